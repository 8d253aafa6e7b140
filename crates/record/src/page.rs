//! Pages, articles and runs as records.

use crate::{Quote, Range};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a page ended. Every page ends in one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageOutcome {
    /// It gave records.
    Coded,
    /// It was read and holds no event, statement or entry.
    NoEvents,
    /// It was not coded on purpose; `reason` says why.
    Skipped,
    /// It could not be read; `reason` says why.
    Failed,
}

/// A page as it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// `pg_` and 16 hex digits of the bytes' hash.
    pub id: String,
    /// The caller's own id.
    pub source_id: Option<String>,
    /// Path as the user typed it.
    pub path: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// The decoded text that all offsets refer to; `null` with `--no-text`.
    pub text: Option<String>,
    /// How it ended.
    pub outcome: PageOutcome,
    /// Why it was skipped, failed, or what was odd about it.
    pub reason: Option<String>,
    /// How many articles it holds.
    pub articles: usize,
}

/// Why a part of the page is not coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DropReason {
    Repeat,
    Caption,
    Widget,
    Boilerplate,
    Other,
}

/// A part of the page that is not coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dropped {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// Why.
    pub reason: DropReason,
}

/// A publication date and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// ISO 8601 date.
    pub date: String,
    /// `metadata`, `dateline`, `url` or `caller`.
    pub source: String,
}

/// The place and date before the first sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dateline {
    /// The whole prefix.
    #[serde(flatten)]
    pub quote: Quote,
    /// The place in it.
    pub place: Option<Quote>,
    /// The date in it.
    pub date: Option<Quote>,
}

/// One article of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// `ar_` and 16 hex digits.
    pub id: String,
    /// The page it is on.
    pub page_id: String,
    /// 0 for the first on its page.
    pub index: usize,
    /// Headline.
    pub headline: Option<Quote>,
    /// Who wrote it.
    pub byline: Option<Quote>,
    /// Dateline.
    pub dateline: Option<Dateline>,
    /// Publication date.
    pub published: Option<Published>,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The paragraphs that are coded.
    pub body: Vec<Range>,
    /// The parts that are not.
    pub dropped: Vec<Dropped>,
    /// The article this one repeats.
    pub duplicate_of: Option<String>,
}

/// What the events are coded with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Codebook {
    /// `PLOVER`.
    pub name: String,
    /// Version of its specification.
    pub version: String,
    /// Hash of our ontology files.
    pub hash: String,
}

/// An input of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Path as the user typed it.
    pub path: String,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

/// What a result was made with: all that is needed to make it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// `run_` and 16 hex digits.
    pub id: String,
    /// Version of chancery.
    pub version: String,
    /// Ontology.
    pub codebook: Codebook,
    /// Hash of the knowledge, with the user's overlays.
    pub knowledge_hash: String,
    /// The user's overlays of the knowledge, in turn: the folder and the hash of its tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<Input>,
    /// Hash of the weights.
    pub model_hash: String,
    /// Options that change records.
    pub options: serde_json::Map<String, serde_json::Value>,
    /// What was read.
    pub inputs: Vec<Input>,
}
