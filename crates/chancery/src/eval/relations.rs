//! `eval relations`: which PLOVER type ties an ordered pair of actors in a sentence.
//!
//! In: `{id, text, source: {start, end}, target: {start, end}, root?, quad?}` (code points; a side without `start` is not in the text).
//! `binary?: cooperation | conflict` is scored too. Out per row: `{id, root, quad, binary, confidence}`.
//! When any gold root is `YIELD`, CONCEDE and RETREAT are folded to it; the quad is
//! the class with the largest summed probability, CONCEDE counting as 2 like the file's YIELD.

use super::Report;
use crate::{coder::Coder, sentence};
use chancery_record::{EventType, Offsets, Span};
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let folds = rows.iter().any(|r| r["root"] == "YIELD");
    let mut report = Report::default();
    let (mut roots, mut quads, mut binaries) = (Vec::new(), Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let types = pair(text, &row["source"], &row["target"], coder).map_err(|e| format!("row {}: {e}", n + 1))?;
        let (best, confidence) = best(&types);
        let sums = quads_of(&types);
        let quad = crate::scene::best(&sums).0.max(1);
        let binary = if sums[1] + sums[2] >= sums[3] + sums[4] { "cooperation" } else { "conflict" };
        let folded = match best {
            EventType::Concede | EventType::Retreat if folds => "YIELD",
            other => other.code(),
        };
        let folded = if folds { fold(&types).unwrap_or(folded) } else { folded };
        if let Some(gold) = row["root"].as_str() {
            report.note(row, "root", gold, folded);
            roots.push((gold.to_owned(), folded.to_owned()));
        }
        if let Some(gold) = row["quad"].as_u64() {
            quads.push((gold.to_string(), quad.to_string()));
        }
        if let Some(gold) = row["binary"].as_str() {
            report.note(row, "binary", gold, binary);
            binaries.push((gold.to_owned(), binary.to_owned()));
        }
        report.predictions.push(
            json!({"id": row["id"], "root": written(best, &types, folds), "quad": quad, "binary": binary, "confidence": crate::event::round(confidence)}),
        );
    }
    report.push("rows", rows.len() as f64);
    report.push_classes("root", &roots);
    report.push_classes("quad", &quads);
    report.push_classes("binary", &binaries);
    Ok(report)
}

fn pair(text: &str, source: &Value, target: &Value, coder: &Coder) -> Result<Vec<f32>, String> {
    let words = sentence::tokens(text, Span::new(0, text.len()));
    let offsets = Offsets::new(text);
    let side = |v: &Value| {
        let at = |key: &str| v[key].as_u64().map(|x| x as usize);
        let Some((start, end)) = at("start").zip(at("end")) else { return Ok(None) };
        let outside = || format!("the span {start}..{end} is not in the text");
        let span = offsets.span_of_chars(start, end).filter(|s| s.start < s.end).ok_or_else(outside)?;
        let first = words.iter().position(|w| w.overlaps(&span));
        Ok::<_, String>(first.zip(words.iter().rposition(|w| w.overlaps(&span)).map(|k| k + 1)))
    };
    let strings: Vec<&str> = words.iter().map(|w| w.slice(text).unwrap_or_default()).collect();
    Ok(coder.reader().pair(&strings, side(source)?, side(target)?))
}

fn best(types: &[f32]) -> (EventType, f32) {
    let (k, p) = crate::scene::best(&types[..EventType::ALL.len().min(types.len())]);
    (EventType::ALL[k], p)
}

/// The root for the file of predictions, one of the 16 types: where the score folds to `YIELD`, the likelier of the two.
fn written(best: EventType, types: &[f32], folds: bool) -> &'static str {
    let of = |t: EventType| types.get(t as usize).copied().unwrap_or_default();
    let likelier = if of(EventType::Concede) >= of(EventType::Retreat) { EventType::Concede } else { EventType::Retreat };
    if folds && fold(types) == Some("YIELD") { likelier.code() } else { best.code() }
}

/// `YIELD` when CONCEDE and RETREAT together beat every other type.
fn fold(types: &[f32]) -> Option<&'static str> {
    let p = |t: EventType| types[t as usize];
    let yielding = p(EventType::Concede) + p(EventType::Retreat);
    let others = EventType::ALL.into_iter().filter(|t| !matches!(t, EventType::Concede | EventType::Retreat));
    let top = others.max_by(|a, b| p(*a).total_cmp(&p(*b)))?;
    Some(if yielding > p(top) { "YIELD" } else { top.code() })
}

/// Probability of each quad class, at its number.
fn quads_of(types: &[f32]) -> [f32; 5] {
    let mut sums = [0.0f32; 5];
    for t in EventType::ALL {
        let quad = if t == EventType::Concede { 2 } else { t.quad() };
        sums[usize::from(quad)] += types[t as usize];
    }
    sums
}
