//! Scores against gold: our annotated corpus, pages coded by hand, actor-pair relations, event-or-not classes, actor spans, attributions,
//! dates, places.
//!
//! Each task reads one file, gives a [`Report`] (named figures, and one line per item where that helps) and, for the classification
//! tasks, one prediction per input row. Rows without labels are predicted, not scored.

pub mod actors;
pub mod annotation;
pub mod corpus;
pub mod geo;
pub mod location;
pub mod mentions;
pub mod names;
pub mod pages;
pub mod penta;
pub mod quotes;
pub mod relations;
pub mod storylines;
pub mod timex;

pub use corpus::Split;

use crate::coder::Coder;
use serde_json::Value;
use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    path::Path,
};

/// Named figures of one evaluation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Name and value, in the order they are printed. Shares are percent, counts are counts.
    pub figures: Vec<(String, f64)>,
    /// One line per item that was missed or extra.
    pub items: Vec<String>,
    /// One JSON object per input row, for the tasks that predict.
    pub predictions: Vec<Value>,
}

impl Report {
    /// Adds a figure.
    pub fn push(&mut self, name: &str, value: f64) {
        self.figures.push((name.to_owned(), value));
    }

    /// Adds macro-F1 with its interval and accuracy of (gold, predicted) pairs; nothing when no row had a label.
    pub fn push_classes(&mut self, name: &str, pairs: &[(String, String)]) {
        if pairs.is_empty() {
            return;
        }
        let (low, high) = interval(pairs, macro_f1);
        self.push(&format!("{name} macro-F1"), macro_f1(pairs));
        self.push(&format!("{name} macro-F1, 95 % low"), low);
        self.push(&format!("{name} macro-F1, 95 % high"), high);
        self.push(&format!("{name} accuracy"), accuracy(pairs));
    }

    /// Notes the class that a row should have and what it got instead; right ones are no items.
    pub fn note(&mut self, row: &Value, name: &str, gold: &str, got: &str) {
        if gold != got {
            let id = row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_owned);
            self.items.push(format!("{id}: {name} {got}, not {gold}"));
        }
    }

    /// What changed against the printed items and figures of an earlier run: figures that moved, items won (`+`) and lost (`-`).
    pub fn against(&self, earlier: &str) -> String {
        let figure = |line: &str| Some((line.get(..44)?.trim_end().to_owned(), line.get(44..)?.trim().parse::<f64>().ok()?));
        let old: HashMap<String, f64> = earlier.lines().filter_map(figure).collect();
        let moved = self.figures.iter().filter_map(|(name, new)| Some((name, *old.get(name)?, *new)).filter(|m| (m.1 - m.2).abs() >= 0.05));
        let mut out: String = moved.map(|(name, old, new)| format!("{name:<44} {old:>8.1} -> {new:.1}\n")).collect();
        let before: BTreeSet<&str> = earlier.lines().filter(|l| figure(l).is_none() && !l.is_empty()).collect();
        let now: BTreeSet<&str> = self.items.iter().map(String::as_str).collect();
        out.extend(before.difference(&now).map(|l| format!("+ {l}\n")));
        out.extend(now.difference(&before).map(|l| format!("- {l}\n")));
        out
    }

    /// The figure called `name`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|f| f.0 == name).map(|f| f.1)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (name, value) in &self.figures {
            writeln!(f, "{name:<44} {value:>8.1}")?;
        }
        Ok(())
    }
}

/// Runs the task called `name` on `file`. Only `corpus` has splits; without one it is scored on its test documents.
pub fn run(name: &str, file: &Path, split: Option<Split>, coder: &Coder) -> Result<Report, String> {
    if split.is_some() && name != "corpus" {
        return Err(format!("task {name} has no splits; --split is for corpus"));
    }
    match name {
        "corpus" => corpus::run(file, split.unwrap_or_default(), coder),
        "pages" => pages::run(file, coder),
        "relations" => relations::run(&rows(file)?, coder),
        "penta" => penta::run(&rows(file)?, coder),
        "actors" => actors::run(&rows(file)?, coder),
        "quotes" => quotes::run(&rows(file)?, coder),
        "geo" => geo::run(&rows(file)?, coder),
        "location" => location::run(&rows(file)?, coder),
        "names" => names::run(&rows(file)?),
        "timex" => timex::run(&rows(file)?, coder),
        "storylines" => storylines::run(file, coder),
        _ => Err(format!("no task called {name:?}; there are {}", TASKS.join(", "))),
    }
}

/// The tasks of [`run`].
pub const TASKS: [&str; 11] =
    ["corpus", "pages", "relations", "penta", "actors", "quotes", "storylines", "timex", "geo", "location", "names"];

/// Reads JSON Lines; a bad line is an error that names it.
pub fn rows(file: &Path) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines.map(|(n, l)| serde_json::from_str(l).map_err(|e| format!("{}:{}: not JSON: {e}", file.display(), n + 1))).collect()
}

/// F1 in percent from counts; 0 when there is nothing.
pub fn f1(hits: usize, predicted: usize, gold: usize) -> f64 {
    if predicted + gold == 0 { 0.0 } else { 200.0 * hits as f64 / (predicted + gold) as f64 }
}

/// Macro-F1 in percent over the classes of the gold column.
pub fn macro_f1(pairs: &[(String, String)]) -> f64 {
    let mut classes: Vec<&String> = pairs.iter().map(|p| &p.0).collect();
    classes.sort();
    classes.dedup();
    let of = |c: &String| {
        let hits = pairs.iter().filter(|(g, p)| g == c && p == c).count();
        f1(hits, pairs.iter().filter(|(_, p)| p == c).count(), pairs.iter().filter(|(g, _)| g == c).count())
    };
    classes.iter().map(|c| of(c)).sum::<f64>() / classes.len().max(1) as f64
}

/// Accuracy in percent.
pub fn accuracy(pairs: &[(String, String)]) -> f64 {
    100.0 * pairs.iter().filter(|(g, p)| g == p).count() as f64 / pairs.len().max(1) as f64
}

/// 95 % bootstrap interval of `score` over resampled items (1,000 draws, a fixed sequence).
pub fn interval<T: Clone>(items: &[T], score: impl Fn(&[T]) -> f64) -> (f64, f64) {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut draw = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n.max(1) as u64) as usize
    };
    if items.is_empty() {
        return (0.0, 0.0);
    }
    let resample =
        |draw: &mut dyn FnMut(usize) -> usize| -> Vec<T> { (0..items.len()).map(|_| items[draw(items.len())].clone()).collect() };
    let mut scores: Vec<f64> = (0..1000).map(|_| score(&resample(&mut draw))).collect();
    scores.sort_by(f64::total_cmp);
    (scores[25], scores[974])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_are_told_apart_item_by_item() {
        let mut old = Report::default();
        old.push("root macro-F1", 80.0);
        old.note(&serde_json::json!({"id": "r1"}), "root", "AGREE", "CONSULT");
        old.note(&serde_json::json!({"id": 2}), "root", "AID", "AID");
        let mut new = Report::default();
        new.push("root macro-F1", 81.5);
        new.note(&serde_json::json!({"id": 2}), "root", "AID", "AGREE");
        let printed = format!("{old}{}\n", old.items.join("\n"));
        let moved = format!("{:<44} {:>8.1} -> 81.5\n", "root macro-F1", 80.0);
        assert_eq!(new.against(&printed), format!("{moved}+ r1: root CONSULT, not AGREE\n- 2: root AGREE, not AID\n"));
    }

    #[test]
    fn macro_f1_averages_over_gold_classes() {
        let pair = |g: &str, p: &str| (g.to_owned(), p.to_owned());
        let pairs = [pair("a", "a"), pair("a", "b"), pair("b", "b"), pair("b", "c")];
        // a: 1 hit of 1 predicted, 2 gold; b: 1 hit of 2 predicted, 2 gold
        assert!((macro_f1(&pairs) - (200.0 / 3.0 + 50.0) / 2.0).abs() < 1e-9);
        assert_eq!(accuracy(&pairs), 50.0);
        let (low, high) = interval(&pairs, accuracy);
        assert!(low <= 50.0 && 50.0 <= high);
    }
}
