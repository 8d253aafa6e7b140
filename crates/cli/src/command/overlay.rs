//! Results with people's verdicts on top.

use super::records;
use chancery::reconcile::{self, Joined};
use chancery_knowledge::Knowledge;
use chancery_record::{Lapse, Record, Verdict};
use std::path::{Path, PathBuf};

/// Verdicts that are applied to results.
#[derive(clap::Args)]
pub struct Overlay {
    /// Apply the verdicts of this file on top (`chancery verdict`); may be given several times
    #[arg(long, value_name = "FILE")]
    pub verdicts: Vec<PathBuf>,
    /// How much alike records must be to be joined
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(reconcile::Strictness::NAMES), default_value = "normal")]
    pub strictness: String,
}

impl Overlay {
    /// All records of the results, reconciled, with the verdicts applied; those that do not fit are told on stderr.
    pub fn reconciled(&self, results: &[PathBuf], knowledge: &Knowledge) -> Result<Vec<Record>, String> {
        let all = self.joined(results, knowledge)?.all();
        tell_lapses(&all);
        Ok(all)
    }

    /// The same before events and items are derived.
    pub fn joined<'k>(&self, results: &[PathBuf], knowledge: &'k Knowledge) -> Result<Joined<'k>, String> {
        let mut all = read(results)?;
        for file in &self.verdicts {
            all.extend(verdicts(file)?.into_iter().map(Record::Verdict));
        }
        Ok(Joined::new(all, knowledge, self.strictness.parse()?))
    }
}

/// All records of the results.
pub fn read(results: &[PathBuf]) -> Result<Vec<Record>, String> {
    let mut all = Vec::new();
    for result in results {
        let before = all.len();
        for record in records(result)? {
            all.push(record?);
        }
        if all.len() == before {
            return Err(format!("{}: no records in it; give a result of `chancery code --to jsonl`", result.display()));
        }
    }
    Ok(all)
}

/// The verdicts of a file.
pub fn verdicts(file: &Path) -> Result<Vec<Verdict>, String> {
    let mut all = Vec::new();
    for record in records(file)? {
        match record? {
            Record::Verdict(v) => all.push(v),
            other => {
                return Err(format!("{}: holds {}, which is no verdict; verdicts have a file of their own", file.display(), other.id()));
            }
        }
    }
    Ok(all)
}

/// Says which verdicts were not applied, and why.
pub fn tell_lapses(records: &[Record]) {
    let verdicts = records.iter().filter_map(|r| if let Record::Verdict(v) = r { Some(v) } else { None });
    let lapses: Vec<_> = verdicts.flat_map(|v| v.lapsed.iter().map(move |l| (v, l))).collect();
    let (absent, odd): (Vec<_>, Vec<_>) = lapses.into_iter().partition(|(_, l)| l.reason == Lapse::ABSENT);
    for (v, lapse) in &odd {
        eprintln!("chancery: {} ({} by {}, {}) is not applied to {}: {}", v.id, v.act.code(), v.by, v.on, lapse.id, lapse.reason);
    }
    if let Some((v, lapse)) = absent.first() {
        let n = absent.len();
        eprintln!("chancery: judged records whose pages are not among these results: {n}; the first is {} of {}", lapse.id, v.id);
    }
}
