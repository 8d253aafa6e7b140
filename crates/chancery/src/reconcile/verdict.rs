//! People's verdicts on records, applied on top of what was coded: rejected records are left out, corrected fields replaced, events and items
//! merged and split.
//!
//! A verdict names the records it is about by what they rest on (page, words, place), so that it holds after a rerun that gave them other
//! ids. It is applied to the thing it judged and to nothing else: a `reject` of an ASSAULT says nothing of the same words coded as CONSULT.
//! What it cannot be applied to is listed in the verdict (`lapsed`), with the reason. Verdicts are taken by day, then in the order given;
//! a later `accept` or `reject` of a record overrules the earlier ones.

mod correct;
mod find;

use chancery_knowledge::Knowledge;
use chancery_record::{Applied, Judged, Lapse, Record, Verdict, VerdictAct};
use find::Index;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub use correct::{fields, is_value};

/// The records behind `ids` as verdicts name them; `records` are reconciled, so that events and items are among them.
///
/// # Errors
/// When an id is not there, is that of two records, or of a kind that nobody judges.
pub fn judged(records: &[Record], ids: &[String]) -> Result<Vec<Judged>, String> {
    let index = Index::of(records);
    let mut out: Vec<Judged> = Vec::new();
    for id in ids {
        let found = one(records, id)?;
        let behind: Vec<&str> = match found {
            Record::Event(e) => e.reports.iter().map(String::as_str).collect(),
            Record::LedgerItem(i) => i.entries.iter().map(String::as_str).collect(),
            other => vec![other.id()],
        };
        for id in behind {
            let record = one(records, id)?;
            let judged = index.judged(record).ok_or_else(|| format!("{id} is no event, item, statement, report, entry or article"))?;
            out.extend(Some(judged).filter(|j| !out.iter().any(|o| o.id == j.id)));
        }
    }
    Ok(out)
}

/// The one record whose id is, or begins with, `id`.
///
/// # Errors
/// When there is none, or two.
pub fn one<'r>(records: &'r [Record], id: &str) -> Result<&'r Record, String> {
    let found: BTreeMap<&str, &Record> = records.iter().filter(|r| !id.is_empty() && r.id().starts_with(id)).map(|r| (r.id(), r)).collect();
    let mut all = found.values();
    match (found.get(id).or_else(|| all.next()), all.next()) {
        (Some(record), _) if found.len() == 1 || record.id() == id => Ok(record),
        (Some(a), Some(b)) => Err(format!("{id:?} begins the ids of {} and {}; write more of it", a.id(), b.id())),
        _ => Err(format!("no record {id:?} in these results")),
    }
}

/// A verdict of the same id twice becomes one that remembers what both were applied to.
pub(super) fn joined(verdicts: Vec<Verdict>) -> Vec<Verdict> {
    let mut out: Vec<Verdict> = Vec::new();
    for verdict in verdicts {
        match out.iter_mut().find(|v| v.id == verdict.id) {
            Some(known) => {
                let new = |a: &Applied| !known.applied.iter().any(|k| k.id == a.id);
                let more: Vec<Applied> = verdict.applied.into_iter().filter(new).collect();
                known.applied.extend(more);
                known.lapsed.retain(|l| verdict.lapsed.iter().any(|m| m.id == l.id));
            }
            None => out.push(verdict),
        }
    }
    out.sort_by(|a, b| a.on.cmp(&b.on));
    out
}

/// Applies verdicts, in order, to the records of articles: fields are replaced, rejected records taken out, and each verdict told what came
/// of it. What it returns joins and parts events and items, which are made later.
pub(super) fn apply(verdicts: &mut [Verdict], records: &mut Vec<Record>, knowledge: &Knowledge) -> Regroup {
    if verdicts.is_empty() {
        return Regroup::default();
    }
    let places: Vec<Vec<Result<usize, String>>> = {
        let index = Index::of(records);
        verdicts.iter().map(|v| v.of.iter().map(|j| index.find(j)).collect()).collect()
    };
    let left_out: BTreeSet<String> =
        verdicts.iter().filter(|v| v.act == VerdictAct::Reject).flat_map(|v| v.applied.iter().map(|a| a.id.clone())).collect();
    let mut regroup = Regroup::default();
    let mut ruled: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (n, (verdict, places)) in verdicts.iter_mut().zip(places).enumerate() {
        let before = std::mem::take(&mut verdict.applied);
        let mut judgement = Judgement { before, applied: Vec::new(), lapsed: Vec::new(), ids: Vec::new() };
        for (judged, place) in verdict.of.iter().zip(places) {
            match place.and_then(|at| judgement.rule(verdict, judged, &mut records[at], knowledge).map(|()| at)) {
                Ok(at) if verdict.act == VerdictAct::Reject && matches!(records[at], Record::Article(_)) => {
                    let of_it = find::of_article(records, records[at].id());
                    judgement.leave_out(of_it.iter().map(|i| records[*i].id()));
                    ruled.extend(of_it.into_iter().map(|i| (i, (n, true))));
                }
                Ok(at) if matches!(verdict.act, VerdictAct::Accept | VerdictAct::Reject) => {
                    ruled.insert(at, (n, verdict.act == VerdictAct::Reject));
                }
                Ok(_) => {}
                Err(reason) => judgement.miss(verdict, judged, reason, &left_out),
            }
        }
        regroup.add(n, verdict, judgement.ids);
        (verdict.applied, verdict.lapsed) = (judgement.applied, judgement.lapsed);
    }
    overrule(verdicts, &ruled, records);
    let rejected: BTreeSet<usize> = ruled.iter().filter(|(_, (_, is_rejected))| *is_rejected).map(|(at, _)| *at).collect();
    leave_out(records, &rejected);
    regroup
}

/// What comes of one verdict.
struct Judgement {
    /// What it was applied to in an earlier pass.
    before: Vec<Applied>,
    applied: Vec<Applied>,
    lapsed: Vec<Lapse>,
    /// The records that were found.
    ids: Vec<String>,
}

impl Judgement {
    /// Applies a verdict to one of its records, unless that says something else than what was judged.
    fn rule(&mut self, verdict: &Verdict, judged: &Judged, record: &mut Record, knowledge: &Knowledge) -> Result<(), String> {
        let id = record.id().to_owned();
        let earlier = self.before.iter().find(|a| a.id == id).map(|a| a.was.clone());
        let now = find::claim(record);
        let is_other = match verdict.act {
            VerdictAct::Reject => find::kind(record) != judged.kind,
            VerdictAct::Accept => now != judged.claim,
            _ => false,
        };
        if is_other && earlier.is_none() {
            return Err(format!("these words are now coded as {now:?}, and it was {:?} that was judged: judge {id} again", judged.claim));
        }
        let mut was = Value::Null;
        if verdict.act == VerdictAct::Correct {
            let field = verdict.field.as_deref().ok_or("the verdict names no field")?;
            let found = correct::correct(record, field, verdict.value.as_deref(), knowledge)?;
            was = earlier.unwrap_or(found);
        }
        self.ids.push(id.clone());
        let is_group = matches!(verdict.act, VerdictAct::Merge | VerdictAct::Split);
        self.applied.extend((!is_group).then_some(Applied { id, was }));
        Ok(())
    }

    /// The records of a rejected article are left out, those of an earlier pass still are.
    fn leave_out<'r>(&mut self, ids: impl Iterator<Item = &'r str>) {
        self.applied.extend(ids.map(|id| Applied { id: id.to_owned(), was: Value::Null }));
        let still: Vec<Applied> = self.before.iter().filter(|a| !self.applied.contains(a)).cloned().collect();
        self.applied.extend(still);
    }

    /// A record that is not there. One that an earlier pass left out is missing on purpose.
    fn miss(&mut self, verdict: &Verdict, judged: &Judged, reason: String, left_out: &BTreeSet<String>) {
        let was_told = verdict.lapsed.iter().any(|l| l.id == judged.id);
        let was_there = !was_told && self.before.iter().any(|a| left_out.contains(&a.id));
        if was_there || left_out.contains(&judged.id) {
            let more: Vec<Applied> = self.before.iter().filter(|a| !self.applied.contains(a)).cloned().collect();
            self.applied.extend(more);
        } else {
            self.lapsed.push(Lapse { id: judged.id.clone(), reason });
        }
    }
}

/// Of several verdicts that accept or reject a record only the last counts.
fn overrule(verdicts: &mut [Verdict], ruled: &BTreeMap<usize, (usize, bool)>, records: &[Record]) {
    let last: BTreeMap<&str, usize> = ruled.iter().map(|(at, (n, _))| (records[*at].id(), *n)).collect();
    for (n, verdict) in verdicts.iter_mut().enumerate().filter(|(_, v)| matches!(v.act, VerdictAct::Accept | VerdictAct::Reject)) {
        verdict.applied.retain(|a| last.get(a.id.as_str()).is_none_or(|l| *l == n));
    }
}

/// Takes records out, and the ties of others to them.
fn leave_out(records: &mut Vec<Record>, rejected: &BTreeSet<usize>) {
    if rejected.is_empty() {
        return;
    }
    let ids: BTreeSet<String> = rejected.iter().map(|at| records[*at].id().to_owned()).collect();
    records.retain(|r| !ids.contains(r.id()));
    for record in records {
        if let Record::LedgerEntry(e) = record {
            e.relations.retain(|r| !ids.contains(&r.to));
        }
    }
}

/// Events and items that people put together or take apart.
#[derive(Clone, Debug, Default)]
pub struct Regroup(Vec<Step>);

/// One merge or split.
#[derive(Clone, Debug)]
struct Step {
    /// The number of the verdict.
    verdict: usize,
    /// Each of these sets of records is to stand together.
    parts: Vec<BTreeSet<String>>,
    /// Apart from all others.
    is_apart: bool,
}

impl Regroup {
    /// Takes a merge or split of the records `ids`. A split of an event or item parts each of its records; one of records takes these, together,
    /// out of where they are.
    fn add(&mut self, n: usize, verdict: &Verdict, ids: Vec<String>) {
        let is_whole = verdict.ids.iter().all(|id| id.starts_with("ev_") || id.starts_with("li_"));
        let is_apart = verdict.act == VerdictAct::Split;
        if ids.is_empty() || !is_apart && verdict.act != VerdictAct::Merge {
            return;
        }
        let parts = if is_apart && is_whole { ids.into_iter().map(|id| [id].into()).collect() } else { vec![ids.into_iter().collect()] };
        self.0.push(Step { verdict: n, parts, is_apart });
    }

    /// The sets after all verdicts; `id` tells a member's record. Members stay in rising order, sets in that of their first members.
    pub(super) fn regrouped<'a>(&self, mut sets: Vec<Vec<usize>>, id: impl Fn(usize) -> &'a str) -> Vec<Vec<usize>> {
        for step in &self.0 {
            for part in &step.parts {
                let is_in = |i: &usize| part.contains(id(*i));
                let mut own: Vec<usize> = Vec::new();
                for set in sets.iter_mut().filter(|s| s.iter().any(is_in)) {
                    let (taken, left) = set.iter().partition(|i| !step.is_apart || is_in(i));
                    own.extend::<Vec<usize>>(taken);
                    *set = left;
                }
                sets.push(own);
            }
            sets.retain(|s| !s.is_empty());
            sets.iter_mut().for_each(|s| s.sort_unstable());
            sets.sort();
        }
        sets
    }

    /// Tells each merge and split whose records this event or item holds now.
    pub(super) fn tell(&self, verdicts: &mut [Verdict], derived: &Record) {
        for step in &self.0 {
            let has = |id: &String| step.parts.iter().any(|p| p.contains(id));
            let holds = match derived {
                Record::Event(e) => e.reports.iter().any(has),
                Record::LedgerItem(i) => i.entries.iter().any(has),
                _ => false,
            };
            if holds {
                verdicts[step.verdict].applied.push(Applied { id: derived.id().to_owned(), was: Value::Null });
            }
        }
    }

    /// Forgets what an earlier joining told of merges and splits.
    pub(super) fn begin(&self, verdicts: &mut [Verdict]) {
        self.0.iter().for_each(|step| verdicts[step.verdict].applied.clear());
    }
}

#[cfg(test)]
mod tests;
