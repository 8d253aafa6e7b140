//! `chancery diff OLD NEW`.

use super::{colour, print, records};
use crate::End;
use chancery_record::Record;
use std::path::{Path, PathBuf};

/// The two results.
#[derive(clap::Args)]
pub struct Args {
    /// A result of `chancery code --to jsonl` or `chancery reconcile` (- for stdin)
    old: PathBuf,
    /// The result to compare it with
    new: PathBuf,
    /// Lines for reading, or one JSON object for the summary and each record that differs
    #[arg(long, value_parser = ["table", "jsonl"], default_value = "table")]
    to: String,
}

pub fn run(args: Args) -> Result<End, String> {
    let diff = chancery_output::diff(&all(&args.old)?, &all(&args.new)?);
    let options = chancery_output::Options { colour: colour(), ..chancery_output::Options::default() };
    print(&if args.to == "jsonl" { diff.jsonl() } else { diff.table(&options) })
}

fn all(file: &Path) -> Result<Vec<Record>, String> {
    let all: Vec<Record> = records(file)?.collect::<Result<_, _>>()?;
    if all.is_empty() {
        return Err(format!("{}: holds no records; give a result of `chancery code --to jsonl`", file.display()));
    }
    Ok(all)
}
