//! What one article says happened ([`EventReport`]), and what happened ([`Event`]).

use crate::{Actor, Evidence, Place, Quote, Range, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The sixteen event types of PLOVER 2.0 (draft of 2024-02-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // the definitions are in knowledge/ontology/plover.toml
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, in PLOVER's order; the model's classes are numbered like this.
    pub const ALL: [EventType; 16] = {
        use EventType::*;
        [
            Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten, Protest, Sanction, Mobilize,
            Coerce, Assault,
        ]
    };

    /// The code, as in PLOVER: `"AGREE"`.
    pub fn code(self) -> &'static str {
        const CODES: [&str; 16] = [
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ];
        CODES[self as usize]
    }

    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    /// SANCTION is 4, after PLOVER's own section and summary table (its quad table says 3).
    pub fn quad(self) -> u8 {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => 1,
            Cooperate | Aid | Retreat => 2,
            Request | Accuse | Reject | Threaten => 3,
            Protest | Sanction | Mobilize | Coerce | Assault => 4,
        }
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for EventType {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|t| t.code() == s).ok_or_else(|| format!("{s:?} is not one of the 16 PLOVER types"))
    }
}

/// How far the reported thing has come, as the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It happened.
    Occurred,
    /// It is going on.
    Ongoing,
    /// Decided, still ahead.
    Planned,
    /// Forecast.
    Expected,
    /// Only if something else is so.
    Conditional,
    /// It did not or will not happen, or was denied.
    Negated,
    /// Background older than the news.
    Historical,
}

impl Status {
    /// All statuses; the model's classes are numbered like this.
    pub const ALL: [Status; 7] =
        [Status::Occurred, Status::Ongoing, Status::Planned, Status::Expected, Status::Conditional, Status::Negated, Status::Historical];

    /// The word in the records.
    pub fn code(self) -> &'static str {
        ["occurred", "ongoing", "planned", "expected", "conditional", "negated", "historical"][self as usize]
    }

    /// Whether it lies ahead of the telling.
    pub fn is_ahead(self) -> bool {
        matches!(self, Status::Planned | Status::Expected | Status::Conditional)
    }

    /// Whether default tables contain it: something that took or takes place.
    pub fn is_deed(self) -> bool {
        matches!(self, Status::Occurred | Status::Ongoing)
    }
}

/// Another reading of a predicate and its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunnerUp {
    /// The type, or `null` for "no event".
    pub event_type: Option<EventType>,
    /// Probability, 0-1.
    pub score: f64,
}

/// What licensed a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// The rules that fired, or `model`; several joined by `+`.
    pub rule: String,
    /// Probability of the chosen reading, 0-1.
    pub score: f64,
    /// The next best readings, best first.
    pub runner_up: Vec<RunnerUp>,
}

/// One predicate of one sentence that reports a political event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventReport {
    /// `er_` and 16 hex digits of the content.
    pub id: String,
    /// The article it is in.
    pub article_id: String,
    /// The sentence, in code points of the page text.
    pub sentence: Range,
    /// PLOVER type.
    pub event_type: EventType,
    /// The predicate and what follows it, in the text's own words.
    #[serde(default)]
    pub title: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code, two to four digits.
    pub cameo: Option<String>,
    /// Quad class, 1-4.
    pub quad: u8,
    /// Goldstein score of the CAMEO code, -10 to 10.
    pub goldstein: Option<f64>,
    /// PLOVER conflict-cooperation score, -10 to 10.
    pub plover_score: Option<f64>,
    /// Who.
    pub actors: Vec<Actor>,
    /// To whom.
    pub recipients: Vec<Actor>,
    /// Whether actors and recipients act on each other.
    pub reciprocal: bool,
    /// Occurred, planned, denied ...
    pub status: Status,
    /// The condition in the text's words.
    pub condition: Option<Quote>,
    /// Who the article says it from; `null`: the article itself.
    pub said_by: Option<Actor>,
    /// When.
    pub date: Option<When>,
    /// Where.
    pub place: Option<Place>,
    /// How sure type and predicate are, 0-1; the share of events of this confidence that are right on held-out text.
    pub confidence: f64,
    /// The quotes of all roles.
    pub evidence: Vec<Evidence>,
    /// Rule or model, score, runner-up.
    pub why: Why,
}

/// What happened, with the reports that say so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `ev_` and 16 hex digits of the content.
    pub id: String,
    /// PLOVER type.
    pub event_type: EventType,
    /// Title of the best report.
    #[serde(default)]
    pub title: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Union of the reports' contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code of the best report.
    pub cameo: Option<String>,
    /// Quad class, 1-4.
    pub quad: u8,
    /// Who.
    pub actors: Vec<Actor>,
    /// To whom.
    pub recipients: Vec<Actor>,
    /// Whether both sides act on each other.
    pub reciprocal: bool,
    /// Status of the best report.
    pub status: Status,
    /// Best known date.
    pub date: Option<When>,
    /// Best known place.
    pub place: Option<Place>,
    /// Highest confidence of the reports.
    pub confidence: f64,
    /// Ids of the reports, sorted.
    pub reports: Vec<String>,
    /// How many different outlets report it.
    pub outlets: usize,
    /// ISO date of the first report.
    pub first_reported: Option<String>,
    /// Fields in which the reports contradict each other.
    pub disagreements: Vec<String>,
}
