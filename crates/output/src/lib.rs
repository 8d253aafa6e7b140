//! Views and exports of records.
//!
//! Records come page by page, `[Page, Article, EventReport.., Statement.., LedgerEntry.., Event.., Article, ...]`, and leave in one of
//! the formats of [`format_names`]; a new format is one file and one line of the table in `format.rs`. Nothing here changes a record;
//! [`verify()`] reads every quotation again against the page text.
//!
//! ```
//! use chancery_output::{Destination, Options, writer};
//! let mut out = writer("jsonl", Destination::Stdout, Options::default())?;
//! out.page(&[])?;
//! out.finish()?;
//! # Ok::<(), chancery_output::Error>(())
//! ```

mod brief;
mod card;
mod choice;
mod csv;
mod diff;
mod document;
mod dossier;
mod error;
mod format;
mod html;
mod judgement;
mod jsonl;
mod lines;
mod marks;
mod parquet;
mod person;
mod pretty;
mod relation;
mod sink;
mod table;
mod telling;
mod terminal;
mod verify;
mod wording;

pub use brief::brief;
pub use card::card;
pub use choice::left_out;
pub use diff::{Change, Counts, Diff, Differs, Field, Reason, What, diff};
pub use document::{Document, document_format_of, document_formats};
pub use dossier::Scope;
pub use error::Error;
pub use format::{Destination, Options, Writer, format_names, format_of, is_tables, writer};
pub use lines::Names;
pub use person::{Named, Post, Who, people, person};
pub use relation::{history, relation};
pub use sink::Written;
pub use verify::{VerifyReport, verify};
