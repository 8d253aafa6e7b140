//! `chancery reconcile RESULT...`.

use super::{
    Parts,
    overlay::{Overlay, tell_lapses},
    place::{self, destination},
};
use crate::End;
use chancery_record::Record;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Join results: reports of one deed become one event, entries of one matter one item with its history
///
/// RESULT is what `chancery code --to jsonl` wrote (- for stdin). Out come all records of the results, each once, with events and items made
/// anew, copies of articles marked and verdicts applied. Reconciling parts first and the whole later gives the same.
#[derive(clap::Args)]
pub struct Args {
    /// Results of `chancery code --to jsonl`
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    #[command(flatten)]
    overlay: Overlay,
    /// Output format; default: by the ending of -o, else jsonl
    #[arg(long = "to", value_parser = PossibleValuesParser::new(chancery_output::format_names()))]
    format: Option<String>,
    /// Write to this file or, for tables, folder (- for stdout)
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Tables with all planned, expected, conditional, negated and historical events too
    #[arg(long)]
    all_statuses: bool,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    write(&args.results, &args.overlay, args.format.as_deref(), args.output, args.all_statuses, parts)
}

/// Writes the results, reconciled and with their verdicts.
pub fn write(
    results: &[PathBuf],
    overlay: &Overlay,
    format: Option<&str>,
    output: Option<PathBuf>,
    all_statuses: bool,
    parts: &Parts,
) -> Result<End, String> {
    let format = place::format(format, output.as_deref())?.unwrap_or("jsonl");
    let knowledge = parts.knowledge()?;
    let joined = overlay.joined(results, &knowledge)?;
    let options = chancery_output::Options { all_statuses, ..chancery_output::Options::default() };
    let mut writer = chancery_output::writer(format, destination(output.as_deref()), options).map_err(|e| e.to_string())?;
    if format == "jsonl" {
        // line by line as they are made: a million need not be kept
        let mut written = writer.page(joined.records());
        let mut verdicts = Vec::new();
        joined.derive(|record| {
            if written.is_ok() {
                written = writer.page(std::slice::from_ref(&record));
            }
            verdicts.extend(matches!(record, Record::Verdict(_)).then_some(record));
        });
        written.map_err(super::code::output_error)?;
        tell_lapses(&verdicts);
    } else {
        let all = joined.all();
        writer.page(&all).map_err(super::code::output_error)?;
        tell_lapses(&all);
        let reports = all.iter().filter(|r| matches!(r, Record::EventReport(_))).count();
        place::tell_left_out(format, all_statuses, chancery_output::left_out(&all), reports);
    }
    writer.finish().map_err(super::code::output_error)?;
    Ok(End::Done)
}
