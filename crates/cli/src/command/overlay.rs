//! Results with people's verdicts on top.

use super::records;
use chancery::reconcile::{self, Joined};
use chancery_knowledge::Knowledge;
use chancery_record::{Article, Lapse, Record, Verdict};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

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

    /// The same as it stood on a day, if one is given: events and items are made of what was told until then.
    pub fn reconciled_until(&self, results: &[PathBuf], knowledge: &Knowledge, until: Option<&str>) -> Result<Vec<Record>, String> {
        let all = self.reconciled(results, knowledge)?;
        match until {
            Some(day) => Ok(reconcile::reconcile(told_until(all, day), knowledge, self.strictness.parse()?)),
            None => Ok(all),
        }
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

/// The records without the articles published after a day (ISO) and what was read from these.
fn told_until(mut records: Vec<Record>, day: &str) -> Vec<Record> {
    let is_later = |a: &Article| a.published.as_ref().is_some_and(|p| p.date.as_str() > day);
    let later = records.iter().filter_map(|r| if let Record::Article(a) = r { Some(a).filter(|a| is_later(a)) } else { None });
    let later: HashSet<String> = later.map(|a| a.id.clone()).collect();
    records.retain(|record| {
        let article = match record {
            Record::Article(a) => &a.id,
            Record::EventReport(r) => &r.article_id,
            Record::Statement(s) => &s.article_id,
            Record::LedgerEntry(e) => &e.article_id,
            _ => return true,
        };
        !later.contains(article)
    });
    records
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

#[cfg(test)]
mod tests {
    use super::*;
    use chancery::reconcile::Strictness;
    use serde_json::json;

    /// Two articles a week apart tell of one visit: it is announced, then postponed.
    fn told() -> Vec<Record> {
        let party = |text: &str, code: &str, start: usize| {
            json!({"name": text, "text": text, "start": start, "end": start + text.len(), "country": code, "sector": "GOV", "sectors": ["GOV"], "id": null,
                "office": null, "type": "state", "rule": null})
        };
        let article = |n: usize, date: &str| {
            json!({"record": "article", "id": format!("ar_{n}"), "page_id": format!("pg_{n}"), "index": 0, "headline": null, "byline": null, "dateline": null,
                "published": {"date": date, "source": "caller"}, "outlet": null, "language": "en", "start": 0, "end": 60, "body": [], "dropped": [],
                "duplicate_of": null})
        };
        let entry = |n: usize, status: &str| {
            let quote = json!({"role": "predicate", "quote": "a visit", "start": 10, "end": 17, "byte_start": 10, "byte_end": 17});
            json!({"record": "ledger_entry", "id": format!("le_{n}"), "article_id": format!("ar_{n}"), "sentence": {"start": 0, "end": 60}, "kind": "visit",
                "title": "a visit", "parties": [party("Kenya", "KEN", 0), party("Uganda", "UGA", 20)], "status": status, "condition": null, "date": null,
                "reported_by": null, "relations": [], "keys": ["KEN-UGA"], "evidence": [quote]})
        };
        let all = [article(1, "2031-03-01"), entry(1, "announced"), article(2, "2031-03-08"), entry(2, "postponed")];
        all.into_iter().map(|v| serde_json::from_value(v).expect("a record")).collect()
    }

    #[test]
    fn a_matter_that_is_told_of_again_later_stands_as_it_stood() {
        let knowledge = crate::command::Parts { knowledge: Vec::new(), model: None }.knowledge().expect("the built-in knowledge");
        let statuses = |records: Vec<Record>| -> Vec<(Option<String>, usize)> {
            let all = reconcile::reconcile(records, &knowledge, Strictness::default());
            all.iter()
                .filter_map(|r| if let Record::LedgerItem(i) = r { Some((i.status.clone(), i.entries.len())) } else { None })
                .collect()
        };
        assert_eq!(statuses(told()), [(Some("postponed".to_owned()), 2)]);
        assert_eq!(statuses(told_until(told(), "2031-03-08")), [(Some("postponed".to_owned()), 2)]);
        assert_eq!(statuses(told_until(told(), "2031-03-07")), [(Some("announced".to_owned()), 1)]);
        assert!(statuses(told_until(told(), "2031-02-28")).is_empty());
    }
}
