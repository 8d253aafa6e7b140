//! A comparison as lines for people, or as JSON Lines.

use super::{Change, Counts, Diff, Differs, What, fields::brief};
use crate::{
    Options,
    terminal::{BOLD, DIM, Paint},
    wording::clipped,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Columns of a value in the table.
const VALUE: usize = 60;

/// The first line of the JSON Lines.
#[derive(Serialize)]
struct Summary<'d> {
    change: &'static str,
    #[serde(flatten)]
    counts: &'d Counts,
    kinds: &'d BTreeMap<&'static str, Counts>,
    runs: &'d [Differs],
}

impl Diff {
    /// JSON Lines: `{"change":"summary", ...}`, then one object for each record that differs.
    pub fn jsonl(&self) -> String {
        let summary = Summary { change: "summary", counts: &self.counts, kinds: &self.kinds, runs: &self.runs };
        let line = |json: serde_json::Result<String>| json.unwrap_or_default() + "\n";
        line(serde_json::to_string(&summary)) + &self.changes.iter().map(|c| line(serde_json::to_string(c))).collect::<String>()
    }

    /// A summary line, what the runs differ in, then every record that differs with its fields; those that only moved are counted.
    pub fn table(&self, options: &Options) -> String {
        let paint = Paint(options.colour);
        let mut out = format!("{}\n", paint.paint(BOLD, &self.counts.in_words()));
        for differs in &self.runs {
            let name = differs.name.as_ref().map_or(String::new(), |n| format!(" {n}"));
            let values = format!("{} -> {}", all(&differs.old), all(&differs.new));
            out.push_str(&paint.paint("", &format!("  {}{name}: {values}\n", differs.reason.code())));
        }
        for (kind, counts) in self.kinds.iter().filter(|(_, c)| c.differing() > 0) {
            out.push_str(&format!("  {kind}: {}\n", counts.in_words()));
        }
        for change in self.changes.iter().filter(|c| c.change != What::Moved) {
            out.push_str(&entry(change, paint));
        }
        out
    }
}

impl Counts {
    /// How many records are not the same.
    pub fn differing(&self) -> usize {
        self.added + self.changed + self.removed + self.moved
    }

    fn in_words(&self) -> String {
        let moved = if self.moved > 0 { format!(", {} only moved", self.moved) } else { String::new() };
        format!("{} added, {} changed, {} removed{moved}; {} the same", self.added, self.changed, self.removed, self.same)
    }
}

/// The values that runs say, shortened hashes among them.
fn all(values: &[Value]) -> String {
    let one = |v: &Value| match v {
        Value::String(text) => text.split(' ').map(short).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    if values.is_empty() { "none".to_owned() } else { values.iter().map(one).collect::<Vec<_>>().join(", ") }
}

/// The first twelve digits of a hash; another word whole.
fn short(word: &str) -> &str {
    let is_hash = word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { &word[..12] } else { word }
}

fn entry(change: &Change, paint: Paint) -> String {
    let what = match change.change {
        What::Added => "added",
        What::Changed => "changed",
        What::Removed => "removed",
        What::Moved => "moved",
    };
    let ids = match (&change.old_id, &change.new_id) {
        (Some(old), Some(new)) if old != new => format!("{old} -> {new}"),
        (old, new) => new.as_ref().or(old.as_ref()).cloned().unwrap_or_default(),
    };
    let reasons = change.reasons.iter().map(|r| r.code()).collect::<Vec<_>>().join(" or ");
    let page = change.page.as_ref().map_or(String::new(), |p| format!(" on {p}"));
    let mut out = format!("\n{} {} {}\n", paint.paint(BOLD, what), change.record, paint.paint(DIM, &ids));
    out.push_str(&format!("  {}\n", paint.paint("", &change.title)));
    out.push_str(&format!("  {}\n", paint.paint(DIM, &format!("because of {reasons}{page}"))));
    for field in &change.fields {
        let [old, new] = [&field.old, &field.new].map(|v| paint.paint("", &clipped(&brief(v), VALUE)));
        out.push_str(&format!("  {}: {old} -> {new}\n", field.field));
    }
    out
}
