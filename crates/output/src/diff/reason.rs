//! Why a record is not the same: from the runs behind its pages and from what the pages hold.

use super::{
    Differs, What,
    pair::Pair,
    side::{Side, members, name},
};
use chancery_record::{EventReport, Page, Record, Run};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What may be the reason of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The text of its page is another, or the page is in one result only.
    Text,
    /// The same text came with another path, address, id, date or outlet.
    Input,
    /// Another version of chancery.
    Version,
    /// Another ontology.
    Codebook,
    /// Other knowledge.
    Knowledge,
    /// Other weights.
    Model,
    /// Another option.
    Option,
    /// It was reconciled with other articles.
    Reconcile,
    /// Nothing that the runs name: the program was built from other sources under the same version.
    Program,
    /// A result has no run record.
    Unknown,
}

impl Reason {
    /// The word in the output.
    pub fn code(self) -> &'static str {
        const CODES: [&str; 10] =
            ["text", "input", "version", "codebook", "knowledge", "model", "option", "reconcile", "program", "unknown"];
        CODES[self as usize]
    }
}

/// Rounding of a confidence in a record.
const ROUNDING: f64 = 0.001;

/// What the runs of a page say of one part of it, each value once.
type Said = BTreeMap<(Reason, String), BTreeSet<String>>;

/// Names the reasons; pairs come with reports and entries before what is made of them.
pub struct Reasons<'a, 'r> {
    sides: &'a [Side<'r>; 2],
    /// The runs that name a page (name, hash) among their inputs.
    runs_of: [HashMap<(&'r str, &'r str), Vec<&'r Run>>; 2],
    /// Whether one result holds an article that the other does not.
    has_other_articles: bool,
    /// Reasons of the records that differ, by id.
    named: [HashMap<&'r str, BTreeSet<Reason>>; 2],
}

impl<'a, 'r> Reasons<'a, 'r> {
    /// Looks through the runs.
    pub fn of(sides: &'a [Side<'r>; 2]) -> Self {
        let runs_of = sides.each_ref().map(|side| {
            let mut runs: HashMap<(&str, &str), Vec<&Run>> = HashMap::new();
            for run in &side.runs {
                run.inputs.iter().for_each(|i| runs.entry((&i.path, &i.sha256)).or_default().push(run));
            }
            runs
        });
        let has_other_articles = sides[0].articles() != sides[1].articles();
        Reasons { sides, runs_of, has_other_articles, named: [HashMap::new(), HashMap::new()] }
    }

    /// What the runs differ in, all together.
    pub fn runs(&self) -> Vec<Differs> {
        let [old, new] = self.sides.each_ref().map(|s| said(&s.runs));
        let values = |all: Option<&BTreeSet<String>>| all.into_iter().flatten().filter_map(|t| serde_json::from_str(t).ok()).collect();
        let differs = differing(&old, &new).into_iter().map(|key| Differs {
            reason: key.0,
            name: Some(key.1.clone()).filter(|n| !n.is_empty()),
            old: values(old.get(key)),
            new: values(new.get(key)),
        });
        if old.is_empty() || new.is_empty() { Vec::new() } else { differs.collect() }
    }

    /// All that may be the reason of a pair that is not the same.
    pub fn name(&mut self, what: What, records: &Pair<&'r Record>) -> Vec<Reason> {
        let mut reasons = self.of_members(records);
        if reasons.is_empty() {
            reasons = self.of_pages(what, records);
        }
        for (side, record) in [records.old, records.new].into_iter().enumerate() {
            if let Some(record) = record {
                self.named[side].entry(record.id()).or_default().extend(&reasons);
            }
        }
        reasons.into_iter().collect()
    }

    /// An event or item differs for the reasons for which its reports or entries do.
    fn of_members(&self, records: &Pair<&'r Record>) -> BTreeSet<Reason> {
        let of = |side: usize, record: Option<&'r Record>| {
            let ids = record.map(members).unwrap_or_default();
            ids.iter().filter_map(move |id| self.named[side].get(id.as_str())).flatten().copied()
        };
        of(0, records.old).chain(of(1, records.new)).collect()
    }

    /// What differs about the pages and the runs that read them.
    fn of_pages(&self, what: What, records: &Pair<&'r Record>) -> BTreeSet<Reason> {
        let pages = [0, 1].map(|side| self.pages(side, records));
        let mut reasons = BTreeSet::new();
        let hashes = pages.each_ref().map(|p| p.iter().map(|p| &p.sha256).collect::<BTreeSet<_>>());
        if hashes[0] != hashes[1] {
            reasons.insert(Reason::Text);
        }
        if pages.iter().any(Vec::is_empty) {
            return reasons;
        }
        let [old, new] = [0, 1].map(|side| said(&self.runs_behind(side, &pages[side])));
        let keys = differing(&old, &new);
        let touches = |key: &&&(Reason, String)| key.0 != Reason::Option || may_touch(&key.1, what, records, [&old, &new]);
        let by_runs: BTreeSet<Reason> = if old.is_empty() || new.is_empty() {
            [Reason::Unknown].into()
        } else {
            keys.iter().filter(touches).map(|key| key.0).collect()
        };
        reasons.extend(by_runs);
        if self.is_told_otherwise(&pages, records, &keys) {
            reasons.insert(Reason::Input);
        }
        if reasons.is_empty() {
            reasons.insert(if self.is_joined_otherwise(records) { Reason::Reconcile } else { Reason::Program });
        }
        reasons
    }

    /// The pages behind a pair on one side: those of its record, else those like the other's.
    fn pages(&self, side: usize, records: &Pair<&'r Record>) -> Vec<&'r Page> {
        let [own, other] = if side == 0 { [records.old, records.new] } else { [records.new, records.old] };
        if let Some(record) = own {
            return self.sides[side].pages_of(record);
        }
        let there = other.map(|r| self.sides[1 - side].pages_of(r)).unwrap_or_default();
        there.into_iter().filter_map(|p| self.sides[side].page_like(p)).collect()
    }

    /// The runs that read these pages; all runs where none says so.
    fn runs_behind(&self, side: usize, pages: &[&Page]) -> Vec<&'r Run> {
        let runs: Vec<&Run> =
            pages.iter().filter_map(|p| self.runs_of[side].get(&(name(p), p.sha256.as_str()))).flatten().copied().collect();
        if runs.is_empty() { self.sides[side].runs.clone() } else { runs }
    }

    /// Whether the same bytes came with other words about them, which no option explains.
    fn is_told_otherwise(&self, pages: &[Vec<&Page>; 2], records: &Pair<&'r Record>, keys: &[&(Reason, String)]) -> bool {
        let is_option = |name: &str| keys.iter().any(|k| k.0 == Reason::Option && k.1 == name);
        let [old, new] = pages.each_ref().map(|p| p.first().map(|p| (&p.sha256, &p.path, &p.url, &p.source_id)));
        let (Some(old), Some(new)) = (old, new) else { return false };
        let is_page = records.old.or(records.new).is_some_and(|r| matches!(r, Record::Page(_)));
        let named = is_page && old.1 != new.1 || old.2 != new.2 && !is_option("url") || old.3 != new.3;
        let article = |side: usize, r: Option<&'r Record>| r.and_then(|r| self.sides[side].article_of(r));
        let articles = article(0, records.old).zip(article(1, records.new));
        let told = articles.is_some_and(|(a, b)| {
            let by_caller = [a, b].iter().any(|x| x.published.as_ref().is_some_and(|p| p.source == "caller"));
            by_caller && a.published != b.published && !is_option("date") || a.outlet != b.outlet && !is_option("outlet")
        });
        old.0 == new.0 && (named || told)
    }

    /// Whether what is made of many articles, or says that one copies another, saw other articles.
    fn is_joined_otherwise(&self, records: &Pair<&'r Record>) -> bool {
        let [a, b] = self.sides;
        let concerns = |r: &Record| matches!(r, Record::Event(_) | Record::LedgerItem(_) | Record::Article(_));
        records.old.or(records.new).is_some_and(concerns) && (a.is_joined != b.is_joined || a.is_joined && self.has_other_articles)
    }
}

/// All that runs say of themselves, as JSON.
fn said(runs: &[&Run]) -> Said {
    let mut out = Said::new();
    for run in runs {
        let codebook = format!("{} {} {}", run.codebook.name, run.codebook.version, run.codebook.hash);
        let parts = [
            (Reason::Version, &run.version),
            (Reason::Codebook, &codebook),
            (Reason::Knowledge, &run.knowledge_hash),
            (Reason::Model, &run.model_hash),
        ];
        for (reason, value) in parts {
            out.entry((reason, String::new())).or_default().insert(Value::from(value.as_str()).to_string());
        }
        for (name, value) in &run.options {
            out.entry((Reason::Option, name.clone())).or_default().insert(value.to_string());
        }
    }
    out
}

/// The parts that are not said alike.
fn differing<'s>(old: &'s Said, new: &'s Said) -> Vec<&'s (Reason, String)> {
    let keys: BTreeSet<&(Reason, String)> = old.keys().chain(new.keys()).collect();
    keys.into_iter().filter(|k| old.get(k) != new.get(k)).collect()
}

/// Whether an option can have made the change: the threshold takes and gives reports below it, the texts are in page records alone.
fn may_touch(option: &str, what: What, records: &Pair<&Record>, said: [&Said; 2]) -> bool {
    let threshold = |side: usize| -> f64 {
        let values = said[side].get(&(Reason::Option, "min_confidence".to_owned()));
        values.into_iter().flatten().filter_map(|v| v.parse::<f64>().ok()).fold(0.0, f64::max)
    };
    let is_below = |r: &EventReport, side: usize| r.confidence < threshold(side) + ROUNDING;
    match (option, records.old.or(records.new)) {
        ("min_confidence", Some(Record::EventReport(r))) => match what {
            What::Added => is_below(r, 0),
            What::Removed => is_below(r, 1),
            What::Changed | What::Moved => false,
        },
        ("min_confidence", Some(Record::Event(_))) => true,
        ("min_confidence", Some(Record::Page(_))) => {
            let outcome = |r: Option<&Record>| if let Some(Record::Page(p)) = r { Some(p.outcome) } else { None };
            outcome(records.old) != outcome(records.new)
        }
        ("min_confidence", _) => false,
        ("keep_text", record) => record.is_some_and(|r| matches!(r, Record::Page(_))),
        _ => true,
    }
}
