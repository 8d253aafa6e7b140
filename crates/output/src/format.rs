//! The table of formats: one line each.

use crate::{Error, csv, html, jsonl, parquet, pretty, sink::Written};
use chancery_record::Record;
use std::path::{Path, PathBuf};

/// How a result is shown. Nothing here changes a record.
#[derive(Clone, Debug)]
pub struct Options {
    /// ANSI colours (`pretty`, [`card`](crate::card())).
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Tables contain all planned, expected, conditional, negated and historical events too.
    pub all_statuses: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { colour: false, width: 100, all_statuses: false }
    }
}

/// Where a result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Stdout,
    /// A file; for tables also a folder: one that exists, or a path that ends in `/` or has no extension.
    Path(PathBuf),
}

/// Takes the records of one page after the other.
pub trait Writer {
    /// Writes what one page gave, or records of no page, such as the run: each record once. Events come with their reports.
    fn page(&mut self, records: &[Record]) -> Result<(), Error>;
    /// Writes what is left and says what was written, file by file. Without it the output is incomplete.
    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error>;
}

type Open = fn(Destination, Options) -> Result<Box<dyn Writer>, Error>;

/// Name, file extensions, whether it is made of tables, and what opens it.
const FORMATS: &[(&str, &[&str], bool, Open)] = &[
    ("jsonl", &["jsonl", "ndjson"], false, jsonl::open),
    ("csv", &["csv"], true, csv::open_csv),
    ("tsv", &["tsv", "tab"], true, csv::open_tsv),
    ("parquet", &["parquet", "pq"], true, parquet::open),
    ("html", &["html", "htm"], false, html::open),
    ("pretty", &["txt"], false, pretty::open),
];

/// A writer of `format`. The error names the formats there are, or the place that cannot be written.
pub fn writer(format: &str, destination: Destination, options: Options) -> Result<Box<dyn Writer>, Error> {
    let known = FORMATS.iter().find(|(name, ..)| *name == format);
    let (.., open) = known.ok_or_else(|| Error::usage(format!("no format {format:?}; choose one of {}", format_names().join(", "))))?;
    open(destination, options)
}

/// The names of all formats.
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|(name, ..)| *name).collect()
}

/// The format that a file name's extension stands for.
pub fn format_of(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|(_, extensions, ..)| extensions.contains(&extension.as_str())).map(|(name, ..)| *name)
}

/// Whether a format is made of tables.
pub fn is_tables(format: &str) -> bool {
    FORMATS.iter().any(|(name, _, is_tables, _)| *name == format && *is_tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_formats_by_extension() {
        assert_eq!(format_of(Path::new("a/b.JSONL")), Some("jsonl"));
        assert_eq!(format_of(Path::new("b.parquet")), Some("parquet"));
        assert_eq!(format_of(Path::new("b.doc")), None);
        assert_eq!(format_of(Path::new("b")), None);
        assert!(is_tables("tsv") && !is_tables("jsonl") && !is_tables("tab"));
    }

    #[test]
    fn an_unknown_format_is_answered_with_those_there_are() {
        let error = writer("xml", Destination::Stdout, Options::default()).err().expect("there is none");
        assert_eq!(error.to_string(), "no format \"xml\"; choose one of jsonl, csv, tsv, parquet, html, pretty");
        assert!(!error.is_broken_pipe());
    }
}
