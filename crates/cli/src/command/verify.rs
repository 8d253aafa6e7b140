//! `chancery verify RESULT`.

use super::records;
use crate::End;
use std::path::PathBuf;

/// Read every span of a result again: "n of n spans match"
#[derive(clap::Args)]
pub struct Args {
    /// A result of `chancery code --to jsonl` (- for stdin)
    result: PathBuf,
}

pub fn run(args: Args) -> Result<End, String> {
    let report = chancery_output::verify(records(&args.result)?)?;
    super::print(&format!("{} of {} spans match\n", report.matching, report.spans))?;
    for line in report.mismatches.iter().take(50) {
        eprintln!("{line}");
    }
    if report.unverifiable > 0 {
        eprintln!("{} spans belong to pages stored without text (--no-text) and could not be read again", report.unverifiable);
    }
    if !report.is_whole {
        eprintln!(
            "chancery: {}: no run record at the end; the result was cut short, or is a part of one: code the pages again",
            args.result.display()
        );
    }
    let nothing_read = report.spans == 0 && (report.unverifiable > 0 || !report.is_whole);
    if report.mismatches.is_empty() && !nothing_read { Ok(End::Done) } else { Ok(End::SomeFailed) }
}
