//! Who said what, in which words, to whom and on what occasion.

use crate::{Actor, Evidence, Quote, Range, When};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where and when something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Occasion {
    /// The words that name it: "a press conference".
    pub text: Quote,
    /// The place as written.
    pub place: Option<Quote>,
    /// When.
    pub date: Option<When>,
}

/// What the speaker does with the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stance {
    Assert,
    Stress,
    Deny,
    Promise,
    Demand,
    Warn,
    Praise,
    Condemn,
    Ask,
}

/// One act of speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// `st_` and 16 hex digits of the content.
    pub id: String,
    /// The article it is in.
    pub article_id: String,
    /// The sentence, in code points of the page text.
    pub sentence: Range,
    /// Who speaks.
    pub speaker: Actor,
    /// The verb or phrase of speech.
    pub cue: Quote,
    /// What is said.
    pub content: Quote,
    /// Whether the content stands inside quotation marks.
    pub quoted: bool,
    /// To whom.
    pub addressee: Option<Actor>,
    /// Where and when it was said.
    pub occasion: Option<Occasion>,
    /// What the speaker does with the words.
    pub stance: Stance,
    /// Actors the content speaks about.
    pub about: Vec<Actor>,
    /// The quotes of all roles.
    pub evidence: Vec<Evidence>,
}
