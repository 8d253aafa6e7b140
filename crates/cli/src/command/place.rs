//! Where a result goes and in which format: what -o and --to say together.

use crate::lock::STREAM;
use chancery_output::{Destination, document_format_of, document_formats, format_names, format_of, is_tables};
use chancery_record::Status;
use std::path::{Path, PathBuf};

/// The file or folder that -o names; none is stdout, which `-` names too.
pub fn place(output: Option<&Path>) -> Option<&Path> {
    output.filter(|o| o.as_os_str() != STREAM)
}

/// Whether a path names a folder: one that is there, or by its last character.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_str().is_some_and(|p| p.ends_with(std::path::is_separator))
}

/// Where a result goes.
pub fn destination(output: Option<&Path>) -> Destination {
    place(output).map_or(Destination::Stdout, |o| Destination::Path(PathBuf::from(o)))
}

/// The format of a result: what --to names, else the ending of -o, if either says any.
pub fn format<'f>(to: Option<&'f str>, output: Option<&Path>) -> Result<Option<&'f str>, String> {
    agreed(to, output, format_of, &format_names())
}

/// The format of a page to read and print.
pub fn document_format<'f>(to: Option<&'f str>, output: Option<&Path>) -> Result<Option<&'f str>, String> {
    agreed(to, output, document_format_of, &document_formats())
}

/// The format that --to names and the ending of -o do not contradict; folders have no ending.
fn agreed<'f>(
    to: Option<&'f str>,
    output: Option<&Path>,
    of: fn(&Path) -> Option<&'static str>,
    names: &[&str],
) -> Result<Option<&'f str>, String> {
    let Some(file) = place(output).filter(|p| !is_folder(p) && p.extension().is_some()) else { return Ok(to) };
    match (of(file), to) {
        (None, _) => Err(format!("-o {}: no format has this ending; there are {}", file.display(), names.join(", "))),
        (Some(ending), Some(to)) if ending != to => {
            Err(format!("-o {}: the ending says {ending}, --to says {to}; name one of {} by both", file.display(), names.join(", ")))
        }
        (ending, _) => Ok(ending),
    }
}

/// Says on stderr how many event reports tables leave out, and how to have them.
pub fn tell_left_out(format: &str, all_statuses: bool, left_out: usize, reports: usize) {
    if is_tables(format) && !all_statuses && left_out > 0 {
        let others: Vec<&str> = Status::ALL.into_iter().filter(|s| !s.is_deed()).map(Status::code).collect();
        eprintln!(
            "chancery: {left_out} of {reports} event reports are not in the tables, since they did not happen or are background: {}; \
             --all-statuses writes them too",
            others.join(", ")
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_is_stdout() {
        assert_eq!(destination(Some(Path::new("-"))), Destination::Stdout);
        assert_eq!(destination(Some(Path::new("./-"))), Destination::Path("./-".into()));
        assert_eq!(format(None, Some(Path::new("-"))), Ok(None));
    }

    #[test]
    fn endings_and_formats_agree_or_are_refused() {
        let asked = |to, output: &'static str| format(to, Some(Path::new(output)));
        assert_eq!(asked(None, "r.JSONL"), Ok(Some("jsonl")));
        assert_eq!(asked(Some("csv"), "tables"), Ok(Some("csv")));
        assert_eq!(asked(Some("csv"), "tables.2031/"), Ok(Some("csv")));
        assert_eq!(asked(None, "tables"), Ok(None));
        for (to, output) in [(None, "r.dta"), (None, "r.csv.gz"), (Some("csv"), "r.xlsx"), (Some("csv"), "r.jsonl")] {
            assert!(
                asked(to, output).is_err_and(|e| e.contains(output) && e.contains("jsonl, csv, tsv, parquet, html, pretty")),
                "{output}"
            );
        }
        assert_eq!(document_format(None, Some(Path::new("b.docx"))), Ok(Some("docx")));
        assert!(document_format(Some("md"), Some(Path::new("b.docx"))).is_err());
    }
}
