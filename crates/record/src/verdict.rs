//! What a person says of records: an overlay that is applied on top of them and never changes the coded result.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a verdict does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictAct {
    /// The record is right.
    Accept,
    /// The record is wrong and is left out.
    Reject,
    /// A field has another value.
    Correct,
    /// The records tell of one event or matter.
    Merge,
    /// The records tell of an event or matter apart from those they were joined with.
    Split,
}

impl VerdictAct {
    /// The word in the records.
    pub fn code(self) -> &'static str {
        ["accept", "reject", "correct", "merge", "split"][self as usize]
    }
}

/// A record as the judge saw it: enough to find it again when a rerun gave it another id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// Its id at that time.
    pub id: String,
    /// Its kind: `event_report`, `statement`, `ledger_entry` or `article`.
    pub record: String,
    /// SHA-256 of the page's bytes, hex.
    pub page: String,
    /// Who published the article, as coded.
    pub outlet: Option<String>,
    /// When (ISO), as coded.
    pub published: Option<String>,
    /// The words that make the record: predicate, cue, or the article's headline.
    pub quote: String,
    /// First code point of these words in the page text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The sentence, if the page's text was stored.
    pub sentence: Option<String>,
    /// Event type or ledger kind; for others the kind of record.
    pub kind: String,
    /// What the record claimed, in short.
    pub claim: String,
}

/// A record that a verdict changed or confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Applied {
    /// Its id in this result; for merge and split that of the event or item that came of it.
    pub id: String,
    /// The value that was corrected; `null` for what is no correction, and for a field that was empty.
    #[serde(default)]
    pub was: serde_json::Value,
}

/// A judged record that a verdict could not be applied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lapse {
    /// Its id when it was judged.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl Lapse {
    /// The reason where the page of the judged record is not among the records: nothing is wrong with the verdict.
    pub const ABSENT: &str = "its page is not among these results";
}

/// One person's verdict: a line of a verdicts file and, with what came of it, of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// `vd_` and 16 hex digits of the content and of its place in the file.
    pub id: String,
    /// What it does.
    pub act: VerdictAct,
    /// The ids that the judge named: of records, events or items.
    pub ids: Vec<String>,
    /// The records behind these ids.
    pub of: Vec<Judged>,
    /// For corrections: which field (`status`, `actors.0.country`).
    #[serde(default)]
    pub field: Option<String>,
    /// For corrections: its value; `null` empties the field.
    #[serde(default)]
    pub value: Option<String>,
    /// Who says so.
    pub by: String,
    /// On which day (ISO).
    pub on: String,
    /// Why, in the judge's words.
    #[serde(default)]
    pub note: Option<String>,
    /// In a result: what it was applied to. Empty where a later verdict overrules it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applied: Vec<Applied>,
    /// In a result: what it could not be applied to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapse>,
}
