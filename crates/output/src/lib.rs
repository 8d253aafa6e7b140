//! Views and exports of records.
//!
//! Records come page by page, `[Page, Article, EventReport.., Statement.., LedgerEntry.., Event.., Article, ...]`, and leave in one of
//! the formats of [`format_names`]. Nothing here changes a record; [`verify`] reads every quotation again against the page text.
//!
//! ```
//! use chancery_output::{Destination, Options, writer};
//! let mut out = writer("jsonl", Destination::Stdout, Options::default())?;
//! out.page(&[])?;
//! out.finish()?;
//! # Ok::<(), chancery_output::Error>(())
//! ```

mod error;
mod format;

pub use error::Error;
pub use format::{Destination, Options, VerifyReport, Writer, card, format_names, format_of, verify, writer};
