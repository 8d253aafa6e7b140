//! Which verdicts were applied to which records, in words.

use crate::wording::day;
use chancery_record::{Applied, Lapse, Record, Verdict, VerdictAct};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// The verdicts among records.
pub struct Verdicts<'r> {
    all: Vec<&'r Verdict>,
    by_record: HashMap<&'r str, Vec<(&'r Verdict, &'r Applied)>>,
}

impl<'r> Verdicts<'r> {
    /// Of all records.
    pub fn of(records: &'r [Record]) -> Self {
        let all: Vec<&Verdict> = records.iter().filter_map(|r| if let Record::Verdict(v) = r { Some(v) } else { None }).collect();
        let mut by_record: HashMap<&str, Vec<(&Verdict, &Applied)>> = HashMap::new();
        for verdict in &all {
            for applied in &verdict.applied {
                by_record.entry(&applied.id).or_default().push((verdict, applied));
            }
        }
        Verdicts { all, by_record }
    }

    /// What people said of any of the records `ids`: `status corrected from “made” by M. Abe, 2 July 2031`.
    pub fn note<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Option<String> {
        let mut notes: Vec<String> = Vec::new();
        for (verdict, applied) in ids.filter_map(|id| self.by_record.get(id)).flatten() {
            let did = match (verdict.act, verdict.field.as_deref()) {
                (VerdictAct::Accept, _) => "accepted".to_owned(),
                (VerdictAct::Correct, Some(field)) => format!("{field} corrected from {}", value(&applied.was)),
                (VerdictAct::Merge, _) => "merged".to_owned(),
                (VerdictAct::Split, _) => "split".to_owned(),
                (VerdictAct::Reject | VerdictAct::Correct, _) => continue,
            };
            let why = verdict.note.as_ref().map(|n| format!(": {n}")).unwrap_or_default();
            let note = format!("{did} by {}, {}{why}", verdict.by, day(&verdict.on));
            notes.extend(Some(note.clone()).filter(|n| !notes.contains(n)));
        }
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    /// How many verdicts of each kind were applied, and by whom; none when there are none.
    pub fn summary(&self) -> Option<String> {
        let mut counts: BTreeMap<(&str, VerdictAct), usize> = BTreeMap::new();
        self.all.iter().filter(|v| !v.applied.is_empty()).for_each(|v| *counts.entry((&v.by, v.act)).or_default() += 1);
        let lapsed = self.all.iter().filter(|v| v.lapsed.iter().any(|l| l.reason != Lapse::ABSENT)).count();
        let mut parts: Vec<String> = counts.iter().map(|((by, act), n)| format!("{by}: {n} {}", act.code())).collect();
        parts.extend((lapsed > 0).then(|| format!("{lapsed} not applied, what they judged is coded otherwise now")));
        (!parts.is_empty()).then(|| format!("Verdicts on these results: {}.", parts.join("; ")))
    }
}

/// An earlier value in short: a code, a date's words, an actor's mention.
fn value(was: &Value) -> String {
    match was {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => format!("“{text}”"),
        Value::Object(fields) => {
            let part = ["text", "start", "date"].iter().find_map(|f| fields.get(*f)?.as_str());
            part.map_or_else(|| was.to_string(), |p| format!("“{p}”"))
        }
        other => other.to_string(),
    }
}
