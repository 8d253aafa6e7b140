//! The record contract of chancery: what it writes and what R, Python, Stata, Spark and the web UI read.
//!
//! Field names are fixed; fields may be added, never renamed. `None` is "not stated". Offsets are Unicode code points into the
//! page's decoded text, with UTF-8 bytes beside them. [`Text::quote`] is the only way to make a [`Quote`], and it refuses
//! a span that does not hold the words: no span, no row.
//!
//! ```
//! use chancery_record::{Span, Text};
//! let text = Text::new("Japan’s minister met his counterpart.");
//! let quote = text.quote_is(Span::new(19, 22), "met").unwrap();
//! assert_eq!((quote.start, quote.byte_start), (17, 19));
//! ```

mod actor;
mod event;
mod ledger;
mod page;
mod quote;
mod schema;
mod span;
mod statement;
mod verdict;

pub use actor::{Actor, ActorType, DateBasis, DatePrecision, From, OtherActor, Place, PlacePrecision, When};
pub use event::{Event, EventReport, EventType, RunnerUp, Status, Why};
pub use ledger::{LedgerEntry, LedgerItem, LedgerKind, PartyAction, Relation, Series, Step};
pub use page::{Article, Codebook, Dateline, DropReason, Dropped, Input, Page, PageOutcome, Published, Run};
pub use quote::{Evidence, EvidenceRole, Quote, QuoteError, Range, Text};
pub use schema::json_schema;
pub use span::{Offsets, Span};
pub use statement::{Occasion, Stance, Statement};
pub use verdict::{Applied, Judged, Lapse, Verdict, VerdictAct};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Any record, as one JSON object with its kind in the field `record`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // most records are the large kinds
pub enum Record {
    /// What the result was made with.
    Run(Run),
    /// A page and how it ended.
    Page(Page),
    /// An article of a page.
    Article(Article),
    /// One article says so.
    EventReport(EventReport),
    /// Who said what.
    Statement(Statement),
    /// Where a matter stands, says one article.
    LedgerEntry(LedgerEntry),
    /// What happened.
    Event(Event),
    /// A matter tracked across articles.
    LedgerItem(LedgerItem),
    /// What a person says of records.
    Verdict(Verdict),
}

impl Record {
    /// Gives back memory that reading it reserved: lists of one actor have room for four.
    pub fn shrink_to_fit(&mut self) {
        fn fit(actors: &mut Vec<Actor>) {
            actors.iter_mut().for_each(|a| a.sectors.shrink_to_fit());
            actors.shrink_to_fit();
        }
        match self {
            Record::EventReport(r) => {
                fit(&mut r.actors);
                fit(&mut r.recipients);
                r.evidence.shrink_to_fit();
                r.contexts.shrink_to_fit();
                r.why.runner_up.shrink_to_fit();
            }
            Record::LedgerEntry(r) => {
                fit(&mut r.parties);
                r.evidence.shrink_to_fit();
                r.keys.shrink_to_fit();
                r.relations.shrink_to_fit();
            }
            _ => {}
        }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Record::Run(r) => &r.id,
            Record::Page(r) => &r.id,
            Record::Article(r) => &r.id,
            Record::EventReport(r) => &r.id,
            Record::Statement(r) => &r.id,
            Record::LedgerEntry(r) => &r.id,
            Record::Event(r) => &r.id,
            Record::LedgerItem(r) => &r.id,
            Record::Verdict(r) => &r.id,
        }
    }
}

/// SHA-256 of `bytes` as 64 hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A content-derived id: `prefix_` and the first 16 hex digits of the hash of `parts` (each ended by a NUL).
pub fn id(prefix: &str, parts: &[&str]) -> String {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    format!("{prefix}_{}", &sha256_hex(&bytes)[..16])
}
