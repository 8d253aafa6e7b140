//! `chancery verdict`: what people say of records, line by line in a file that is only ever added to.

use super::{
    Parts,
    overlay::{self, Overlay},
    print,
};
use crate::End;
use chancery::reconcile::{Strictness, reconcile, verdict};
use chancery_knowledge::Knowledge;
use chancery_record::{Judged, Record, Verdict, VerdictAct, id};
use clap::builder::PossibleValuesParser;
use std::{
    fs::OpenOptions,
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Accept, reject or correct records, merge or split events and items: a file of verdicts on top of results
///
/// FILE is made if missing; each verdict is one line added to it, and no line is ever changed: a later verdict overrules an earlier one.
/// Verdicts name records by page, words and place, so that they hold after a rerun. Apply them with --verdicts FILE (reconcile,
/// relation, brief, item, person) or `chancery verdict apply RESULT FILE`; the results themselves stay as they were coded.
#[derive(clap::Args)]
#[command(subcommand_precedence_over_arg = true)]
pub struct Args {
    /// The file of verdicts (x.verdicts.jsonl)
    file: Option<PathBuf>,
    #[command(subcommand)]
    act: Act,
}

#[derive(clap::Subcommand)]
enum Act {
    /// The records are right
    Accept(Judge),
    /// The records are wrong; they are left out, of events and items all reports and entries
    Reject(Judge),
    /// A field has another value: --field status --value planned, --field actors.0.country --value JPN
    Correct {
        #[command(flatten)]
        judge: Judge,
        /// Which field; a part of an actor by dots and numbers from 0 (actors.0.country)
        #[arg(long)]
        field: String,
        /// Its value; left out: the field is emptied, or the actor taken out
        #[arg(long)]
        value: Option<String>,
    },
    /// The events or reports are of one event; the items or entries of one matter
    Merge(Judge),
    /// The reports or entries, together, stand apart from those they were joined with; of an event or item each one
    Split(Judge),
    /// Apply the verdicts to a result: the same as `chancery reconcile RESULT --verdicts FILE`
    Apply(Apply),
    /// Print the verdicts for reading
    List,
}

#[derive(clap::Args)]
struct Judge {
    /// Ids, or their beginnings
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// The result in which they are; may be given several times
    #[arg(long = "in", required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: String,
    /// On which day; default: today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Why
    #[arg(long)]
    note: Option<String>,
}

#[derive(clap::Args)]
struct Apply {
    /// A result of `chancery code --to jsonl` (- for stdin)
    result: PathBuf,
    /// The file of verdicts
    verdicts: PathBuf,
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
    let file = args.file.ok_or("name the file of verdicts first: chancery verdict FILE reject ID --in RESULT --by NAME".to_owned());
    match args.act {
        Act::Accept(judge) => judge.rule(VerdictAct::Accept, None, &file?, parts),
        Act::Reject(judge) => judge.rule(VerdictAct::Reject, None, &file?, parts),
        Act::Correct { judge, field, value } => judge.rule(VerdictAct::Correct, Some((field, value)), &file?, parts),
        Act::Merge(judge) => judge.rule(VerdictAct::Merge, None, &file?, parts),
        Act::Split(judge) => judge.rule(VerdictAct::Split, None, &file?, parts),
        Act::List => print(&overlay::verdicts(&file?)?.iter().map(told).collect::<String>()),
        Act::Apply(apply) => {
            let overlay =
                Overlay { verdicts: vec![apply.verdicts], strictness: Strictness::NAMES[Strictness::default() as usize].to_owned() };
            super::reconcile::write(&[apply.result], &overlay, apply.format.as_deref(), apply.output, apply.all_statuses, parts)
        }
    }
}

impl Judge {
    /// Adds a verdict to the file.
    fn rule(self, act: VerdictAct, correction: Option<(String, Option<String>)>, file: &Path, parts: &Parts) -> Result<End, String> {
        let by = self.by.trim().to_owned();
        if by.is_empty() {
            return Err("--by: say who judges".to_owned());
        }
        let on = super::kb::day(self.on)?.unwrap_or_else(|| jiff::ZonedDateTime::now().date().to_string());
        let knowledge = parts.knowledge()?;
        let earlier = if file.exists() { overlay::verdicts(file)? } else { Vec::new() };
        let records = overlay::read(&self.results)?;
        let is_status = correction.as_ref().is_some_and(|(field, _)| field == "status");
        let (ids, of) = found(&self.ids, is_status, &records, &earlier, &knowledge)?;
        check(act, &of)?;
        let (field, value) = correction.unzip();
        let (field, value) = (field, value.flatten());
        let mut verdict =
            Verdict { id: String::new(), act, ids, of, field, value, by, on, note: self.note, applied: Vec::new(), lapsed: Vec::new() };
        check_value(&verdict, &records, &knowledge)?;
        verdict.id = id("vd", &[&serde_json::to_string(&verdict).map_err(|e| e.to_string())?, &earlier.len().to_string()]);
        let line = serde_json::to_string(&Record::Verdict(verdict.clone())).map_err(|e| e.to_string())?;
        append(file, &line).map_err(|e| format!("{}: {e}", file.display()))?;
        print(&told(&verdict))
    }
}

/// The full ids and the records behind them: as they are with the verdicts so far, else as they were without what these leave out or regroup.
/// For a status the entry that tells it stands for an item.
fn found(
    ids: &[String],
    is_status: bool,
    records: &[Record],
    earlier: &[Verdict],
    knowledge: &Knowledge,
) -> Result<(Vec<String>, Vec<Judged>), String> {
    let with = |pick: &dyn Fn(&&Verdict) -> bool| {
        let verdicts = earlier.iter().filter(pick).cloned().map(Record::Verdict);
        reconcile(records.iter().cloned().chain(verdicts).collect(), knowledge, Strictness::default())
    };
    let in_full = |all: &[Record]| -> Result<(Vec<String>, Vec<Judged>), String> {
        let meant = |record: &Record| match record {
            Record::LedgerItem(item) if is_status => item.history.last().map_or(item.id.clone(), |step| step.entry_id.clone()),
            other => other.id().to_owned(),
        };
        let full = ids.iter().map(|id| verdict::one(all, id).map(meant)).collect::<Result<Vec<_>, _>>()?;
        let judged = verdict::judged(all, &full)?;
        Ok((full, judged))
    };
    let now = in_full(&with(&|_| true));
    if now.is_ok() || earlier.is_empty() {
        return now;
    }
    in_full(&with(&|v| matches!(v.act, VerdictAct::Accept | VerdictAct::Correct))).or(now)
}

/// Whether these records can be judged so.
fn check(act: VerdictAct, of: &[Judged]) -> Result<(), String> {
    let has_all = |kind: &str| of.iter().all(|j| j.record == kind);
    match act {
        VerdictAct::Accept if of.iter().any(|j| j.record == "article") => {
            Err("an article is no claim; accept its records, reject it as a whole, or correct its outlet or date".to_owned())
        }
        VerdictAct::Merge | VerdictAct::Split if !has_all("event_report") && !has_all("ledger_entry") => {
            Err(format!("{} takes events and reports, or items and entries", act.code()))
        }
        VerdictAct::Merge if of.len() < 2 => Err("give two events or items to merge".to_owned()),
        _ => Ok(()),
    }
}

/// Whether a correction would do for each of its records.
fn check_value(verdict: &Verdict, records: &[Record], knowledge: &Knowledge) -> Result<(), String> {
    let Some(field) = verdict.field.as_deref() else { return Ok(()) };
    if let (Some(item), true) = (verdict.ids.iter().find(|id| id.starts_with("li_")), verdict.of.len() > 1) {
        let entries: Vec<String> = verdict.of.iter().map(|j| format!("{} ({})", j.id, j.claim)).collect();
        return Err(format!("{item}: what an item says follows from its entries; correct the one that is wrong: {}", entries.join("; ")));
    }
    for judged in &verdict.of {
        verdict::is_value(verdict::one(records, &judged.id)?, field, verdict.value.as_deref(), knowledge)?;
    }
    Ok(())
}

/// Adds a line to a file, which is made if missing.
fn append(file: &Path, line: &str) -> std::io::Result<()> {
    let mut out = OpenOptions::new().create(true).append(true).read(true).open(file)?;
    let mut last = [b'\n'];
    if out.metadata()?.len() > 0 {
        out.seek(SeekFrom::End(-1))?;
        out.read_exact(&mut last)?;
    }
    let start = if last == [b'\n'] { "" } else { "\n" };
    out.write_all(format!("{start}{line}\n").as_bytes())
}

/// A verdict for reading.
fn told(v: &Verdict) -> String {
    let field = v.field.as_ref().map(|f| format!(" {f} = {}", v.value.as_deref().unwrap_or("nothing"))).unwrap_or_default();
    let note = v.note.as_ref().map(|n| format!(" · {n}")).unwrap_or_default();
    let mut out = format!("{}  {}{field}  {}  by {}, {}{note}\n", v.id, v.act.code(), v.ids.join(" "), v.by, v.on);
    for judged in &v.of {
        out.push_str(&format!("    {} “{}”: {}\n", judged.id, judged.quote, judged.claim));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_added_and_none_is_changed() {
        let file = std::env::temp_dir().join(format!("chancery-{}.verdicts.jsonl", std::process::id()));
        std::fs::write(&file, "first").expect("the folder for temporary files can be written");
        append(&file, "second").and_then(|()| append(&file, "third")).expect("so can the file");
        let found = std::fs::read_to_string(&file).expect("it is there");
        std::fs::remove_file(&file).expect("it can be removed");
        assert_eq!(found, "first\nsecond\nthird\n", "also behind a line without its end");
    }
}
