//! Pages in, cited records out.
//!
//! Data flow one way, each module using only those above it in the list: page -> article -> sentence -> analysis -> coref -> scene ->
//! statements, event reports, ledger entries -> events. [`Coder::code_page`] is the whole way; it is pure and shared by threads.
//!
//! ```no_run
//! # fn demo(knowledge: chancery_knowledge::Knowledge, reader: chancery_model::Reader) {
//! use chancery::{Coder, Options, page::RawPage};
//! let coder = Coder::new(knowledge, reader, Options::default());
//! let bytes = b"Japan's foreign minister met his Saudi counterpart in Riyadh on Sunday.".to_vec();
//! for record in coder.code_page(RawPage { bytes, ..RawPage::default() }) {
//!     println!("{}", serde_json::to_string(&record).unwrap());
//! }
//! # }
//! ```

mod text;
pub mod language;
pub mod page;
pub mod phrases;
pub mod article;
pub mod sentence;
pub mod time;
pub mod analysis;
pub mod names;
pub mod content;
pub mod coref;
pub mod places;
pub mod scene;
pub mod statement;
pub mod cameo;
pub mod event;
pub mod entry;
pub mod reconcile;
pub mod learn;
pub mod coder;
pub mod explain;
pub mod eval;
#[cfg(test)]
mod annotated;

pub use coder::{Coder, DEFAULT_CONFIDENCE, Options};
