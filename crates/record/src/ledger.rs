//! What states owe, plan and hold with one another: entries (one article says so) and items (what we track).

use crate::{Actor, Evidence, Quote, Range, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($variant:ident $code:literal: $($from:literal $(> $($to:literal)|+)?),+;)+) => {
        /// The kinds of the ledger, each with its own status graph.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum LedgerKind { $($variant),+ }

        impl LedgerKind {
            /// All kinds; the model's classes are numbered like this.
            pub const ALL: &'static [LedgerKind] = &[$(LedgerKind::$variant),+];

            /// The word in the records.
            pub fn code(self) -> &'static str {
                match self { $(LedgerKind::$variant => $code),+ }
            }

            /// Each status of the kind with the statuses it may move to.
            pub fn graph(self) -> &'static [(&'static str, &'static [&'static str])] {
                match self { $(LedgerKind::$variant => &[$(($from, &[$($($to),+)?])),+]),+ }
            }
        }
    };
}

kinds! {
    Dialogue "dialogue": "proposed" > "agreed" | "rejected", "agreed" > "launched", "launched" > "active", "active" > "suspended" | "ended",
        "suspended" > "resumed" | "ended", "resumed" > "suspended" | "ended", "ended", "rejected";
    Meeting "meeting": "invited" > "announced" | "declined", "announced" > "held" | "postponed" | "cancelled", "postponed" > "held" | "cancelled",
        "held", "cancelled", "declined";
    Visit "visit": "invited" > "announced" | "declined", "announced" > "held" | "postponed" | "cancelled", "postponed" > "held" | "cancelled",
        "held", "cancelled", "declined";
    Agreement "agreement": "proposed" > "negotiation_agreed" | "agreed" | "rejected", "negotiation_agreed" > "under_negotiation",
        "under_negotiation" > "initialled" | "agreed" | "stalled", "stalled" > "under_negotiation", "initialled" > "signature_scheduled" | "signed",
        "agreed" > "signature_scheduled" | "signed", "signature_scheduled" > "signed", "signed" > "ratified" | "provisionally_applied" | "in_force",
        "ratified" > "in_force", "provisionally_applied" > "in_force", "in_force" > "amended" | "suspended" | "withdrawn" | "expired" | "terminated" | "superseded",
        "amended" > "suspended" | "withdrawn" | "expired" | "terminated" | "superseded", "suspended" > "in_force" | "terminated", "withdrawn", "expired",
        "terminated", "superseded", "rejected";
    Initiative "initiative": "proposed" > "welcomed" | "accepted" | "rejected" | "withdrawn" | "lapsed", "welcomed" > "accepted" | "rejected" | "lapsed",
        "accepted" > "adopted", "adopted" > "implemented", "implemented", "rejected", "withdrawn", "lapsed";
    Commitment "commitment": "made" > "reaffirmed" | "partly_fulfilled" | "fulfilled" | "broken" | "withdrawn", "agreed" > "ongoing" | "fulfilled" | "broken",
        "ongoing" > "fulfilled" | "broken", "reaffirmed" > "partly_fulfilled" | "fulfilled" | "broken" | "withdrawn", "partly_fulfilled" > "fulfilled" | "broken",
        "fulfilled", "broken", "withdrawn";
    Measure "measure": "announced" > "decided" | "in_effect", "decided" > "in_effect", "in_effect" > "extended" | "eased" | "lifted",
        "extended" > "eased" | "lifted", "eased" > "lifted", "lifted";
    Sanction "sanction": "threatened" > "imposed", "imposed" > "expanded" | "eased" | "lifted" | "waived", "expanded" > "eased" | "lifted" | "waived",
        "eased" > "lifted", "lifted", "waived";
    Dispute "dispute": "raised" > "negotiated" | "mediated" | "adjudicated" | "escalated" | "dormant", "negotiated" > "settled" | "escalated" | "dormant",
        "mediated" > "settled" | "escalated" | "dormant", "adjudicated" > "settled" | "dormant", "escalated" > "negotiated" | "mediated" | "settled",
        "dormant" > "raised", "settled";
    Position "position": "stated" > "reaffirmed" | "shifted" | "denied", "held" > "reaffirmed" | "shifted" | "denied",
        "expressed" > "reaffirmed" | "shifted" | "denied", "reaffirmed" > "shifted" | "denied", "shifted" > "reaffirmed", "denied";
    Possibility "possibility": "not_excluded" > "ruled_out", "ruled_out" > "not_excluded";
    Ceasefire "ceasefire": "proposed" > "agreed", "agreed" > "in_force" | "broken", "in_force" > "broken" | "renewed" | "ended", "broken" > "renewed" | "ended",
        "renewed" > "broken" | "ended", "ended";
    Relations "relations": "established" > "downgraded" | "recalled" | "severed", "downgraded" > "restored" | "severed", "recalled" > "restored" | "severed",
        "severed" > "restored", "restored" > "downgraded" | "recalled" | "severed";
    Project "project": "proposed" > "expected" | "agreed", "expected" > "agreed" | "launched", "agreed" > "launched", "launched" > "ongoing" | "completed",
        "ongoing" > "completed" | "suspended", "suspended" > "ongoing", "completed";
    PressEvent "press_event": "announced" > "held" | "published", "held", "published";
    ThreatAssessment "threat_assessment": "stated";
}

impl LedgerKind {
    /// Whether `status` belongs to this kind.
    pub fn has(self, status: &str) -> bool {
        self.graph().iter().any(|(s, _)| *s == status)
    }
}

/// A tie from one entry to another record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// `based_on`, `agreed_at`, `during`, `stated_at`, `proposed_by`, `communicated_at`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// Id of the other record.
    pub to: String,
}

/// Which of a series of meetings it is ("the 41st session").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// Its number, from 1.
    pub number: u32,
    /// The words that say so.
    pub quote: Quote,
}

/// One article says where one matter between parties stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// `le_` and 16 hex digits of the content.
    pub id: String,
    /// The article it is in.
    pub article_id: String,
    /// The sentence, in code points of the page text.
    pub sentence: Range,
    /// Which kind of matter.
    pub kind: LedgerKind,
    /// A short title in the text's own words.
    pub title: String,
    /// Whose matter it is, with roles.
    pub parties: Vec<Actor>,
    /// A status of the kind's graph; `null`: merely mentioned.
    pub status: Option<String>,
    /// Its number in a series of meetings.
    #[serde(default)]
    pub series: Option<Series>,
    /// The condition in the text's words.
    pub condition: Option<Quote>,
    /// When.
    pub date: Option<When>,
    /// The day on which it was said or decided, where the sentence dates that apart from the matter itself ("announced on Tuesday that they
    /// will meet on 16 May").
    #[serde(default)]
    pub told: Option<When>,
    /// Whether the text tells it as background, older than the news.
    #[serde(default)]
    pub is_background: bool,
    /// Who the article has it from.
    pub reported_by: Option<Actor>,
    /// Ties to other entries.
    pub relations: Vec<Relation>,
    /// Country pairs under which entries of other articles may be the same item.
    pub keys: Vec<String>,
    /// The quotes of all roles.
    pub evidence: Vec<Evidence>,
}

/// One step in an item's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The status reached.
    pub status: String,
    /// ISO date, if known; a month (`2031-05`) or year where no day is told.
    pub date: Option<String>,
    /// The entry that says so.
    pub entry_id: String,
}

/// What one party did in a matter whose status each party's own act makes: it signed, ratified, suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PartyAction {
    /// The party's code in the country slot.
    pub party: String,
    /// A status of the item's kind.
    pub action: String,
    /// ISO date, if known; a month (`2031-05`) or year where no day is told.
    pub date: Option<String>,
    /// The entry that says so.
    pub entry_id: String,
}

/// A matter tracked across articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerItem {
    /// `li_` and 16 hex digits of the content.
    pub id: String,
    /// Which kind of matter.
    pub kind: LedgerKind,
    /// Title of the first entry.
    pub title: String,
    /// Whose matter it is.
    pub parties: Vec<Actor>,
    /// Current status.
    pub status: Option<String>,
    /// ISO date since when.
    pub status_since: Option<String>,
    /// Its number in a series of meetings.
    #[serde(default)]
    pub series: Option<Series>,
    /// The last condition told, in the text's words.
    #[serde(default)]
    pub condition: Option<Quote>,
    /// Its life.
    pub history: Vec<Step>,
    /// What each party did, in the order told.
    #[serde(default)]
    pub actions: Vec<PartyAction>,
    /// Ids of its entries.
    pub entries: Vec<String>,
    /// Why a person should look at it.
    pub review: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_leads_to_a_status_of_the_same_kind() {
        for kind in LedgerKind::ALL {
            for (from, next) in kind.graph() {
                for to in *next {
                    assert!(kind.has(to), "{}: {from} -> {to}", kind.code());
                }
            }
        }
    }
}
