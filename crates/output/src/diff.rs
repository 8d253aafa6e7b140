//! Two results -> what was added, changed and removed between them, and why.
//!
//! Records are matched by id; what is left over by its place: a page by its name, an article by its headline, a report, statement or entry by the predicate
//! that it rests on, an event or item by its reports or entries. The reason is read from the run records and from the hashes of the pages: where
//! several differ, each of them is named. A record of a page whose text changed that differs in nothing but its offsets and id has only moved.

mod fields;
mod pair;
mod reason;
mod show;
mod side;

pub use reason::Reason;

use chancery_record::Record;
use pair::Pair;
use reason::Reasons;
use serde::Serialize;
use serde_json::Value;
use side::Side;
use std::collections::BTreeMap;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is in the first result only.
    Removed,
    /// It is in both, with other content.
    Changed,
    /// It is in the second result only.
    Added,
    /// It is in both; its words stand elsewhere in a text that changed around them.
    Moved,
}

/// A field of a record that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Path to it: `actors[0].office`.
    pub field: String,
    /// In the first result; long texts are cut around the first difference.
    pub old: Value,
    /// In the second result.
    pub new: Value,
}

/// A record that is not the same in both results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub change: What,
    /// Its kind: `event_report`.
    pub record: &'static str,
    /// Its id in the first result.
    pub old_id: Option<String>,
    /// Its id in the second result.
    pub new_id: Option<String>,
    /// It in a few words.
    pub title: String,
    /// Path, address or id of the page it is on; of an event or item, the page of its first report or entry.
    pub page: Option<String>,
    /// All that may be the reason.
    pub reasons: Vec<Reason>,
    /// The fields that differ, by name; empty unless changed.
    pub fields: Vec<Field>,
}

/// How many records became what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The same in both results.
    pub same: usize,
    /// In the second only.
    pub added: usize,
    /// In both, with other content.
    pub changed: usize,
    /// In the first only.
    pub removed: usize,
    /// In both, elsewhere in a text that changed.
    pub moved: usize,
}

/// A part of the runs that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Differs {
    /// Which: version, codebook, knowledge, model, option.
    pub reason: Reason,
    /// Name of the option.
    pub name: Option<String>,
    /// In the runs of the first result, each once.
    pub old: Vec<Value>,
    /// In the runs of the second result.
    pub new: Vec<Value>,
}

/// Two results compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// All records together.
    pub counts: Counts,
    /// By kind of record, for kinds that there are.
    pub kinds: BTreeMap<&'static str, Counts>,
    /// What the runs differ in.
    pub runs: Vec<Differs>,
    /// Every record that differs, by kind, then by place: pages in the order of the results.
    pub changes: Vec<Change>,
}

/// Compares two results. Run records are where the reasons come from and are not compared themselves.
pub fn diff(old: &[Record], new: &[Record]) -> Diff {
    let sides = [Side::of(old), Side::of(new)];
    let pairs = pair::pairs(&sides);
    let renamed = pair::renamed(&sides, &pairs);
    let mut reasons = Reasons::of(&sides);
    let (mut counts, mut kinds, mut changes) = (Counts::default(), BTreeMap::new(), Vec::new());
    for pair in &pairs {
        let records = pair.map(|i, side| &sides[side].records[i]);
        let Some(record) = records.new.or(records.old) else { continue };
        let kind = side::kind(record).0;
        let found = compare(&sides, &records, &renamed);
        for counts in [&mut counts, kinds.entry(kind).or_insert_with(Counts::default)] {
            counts.add(found.as_ref().map(|f| f.0));
        }
        if let Some((what, fields)) = found {
            let [old_id, new_id] = [records.old, records.new].map(|r| r.map(|r| r.id().to_owned()));
            let (title, page, reasons) = (side::title(record), page_name(&sides, &records), reasons.name(what, &records));
            let change = Change { change: what, record: kind, old_id, new_id, title, page, reasons, fields };
            changes.push((pair::place(&sides, *pair), change));
        }
    }
    changes.sort_by_key(|(position, _)| *position);
    Diff { counts, kinds, runs: reasons.runs(), changes: changes.into_iter().map(|(_, change)| change).collect() }
}

impl Counts {
    fn add(&mut self, what: Option<What>) {
        let count = match what {
            None => &mut self.same,
            Some(What::Added) => &mut self.added,
            Some(What::Changed) => &mut self.changed,
            Some(What::Removed) => &mut self.removed,
            Some(What::Moved) => &mut self.moved,
        };
        *count += 1;
    }
}

/// What became of a pair; `None` if it is the same.
fn compare<'r>(sides: &[Side<'r>; 2], records: &Pair<&'r Record>, renamed: &pair::Renamed) -> Option<(What, Vec<Field>)> {
    let (old, new) = match (records.old, records.new) {
        (Some(old), Some(new)) => (old, new),
        (Some(_), None) => return Some((What::Removed, Vec::new())),
        (None, _) => return Some((What::Added, Vec::new())),
    };
    if old == new {
        return None;
    }
    let text_changed = sides[0].pages_of(old).iter().map(|p| &p.id).ne(sides[1].pages_of(new).iter().map(|p| &p.id));
    let fields = fields::differing(old, new, renamed, text_changed);
    match (fields.is_empty(), text_changed, old.id() == new.id()) {
        (false, ..) => Some((What::Changed, fields)),
        (true, true, _) => Some((What::Moved, fields)),
        (true, false, true) => None,
        (true, false, false) => {
            let field = Field { field: "id".to_owned(), old: old.id().into(), new: new.id().into() };
            Some((What::Changed, vec![field]))
        }
    }
}

fn page_name<'r>(sides: &[Side<'r>; 2], records: &Pair<&'r Record>) -> Option<String> {
    let page = |side: usize, record: Option<&'r Record>| sides[side].pages_of(record?).first().map(|p| side::name(p).to_owned());
    page(1, records.new).or_else(|| page(0, records.old))
}
