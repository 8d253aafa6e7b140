//! `eval actors`: the spans of source and target actors of a sentence's events.
//!
//! In: `{id, text, source: [{start, end}], target: [...], reciprocal: [...]}` (code points; `reciprocal` actors count as source).
//! A predicted span is right when it overlaps a gold span of the same role.

use super::{Report, f1};
use crate::{coder::Coder, page::RawPage};
use chancery_record::{Actor, Record};
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let mut counts = [[0usize; 3]; 3]; // source, target, either: hits, predicted, gold
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let (source, target) = spans(text, coder);
        let gold = |key: &str| -> Vec<(usize, usize)> {
            let spans = row[key].as_array().map(Vec::as_slice).unwrap_or_default();
            spans.iter().filter_map(|s| Some((s["start"].as_u64()? as usize, s["end"].as_u64()? as usize))).collect()
        };
        let sources = [gold("source"), gold("reciprocal")].concat();
        let targets = gold("target");
        let all = |a: &[(usize, usize)], b: &[(usize, usize)]| [a, b].concat();
        let sides = [(&source, &sources), (&target, &targets), (&all(&source, &target), &all(&sources, &targets))];
        for (count, (predicted, wanted)) in counts.iter_mut().zip(sides) {
            count[0] += wanted.iter().filter(|g| predicted.iter().any(|p| p.0 < g.1 && g.0 < p.1)).count();
            count[1] += predicted.len();
            count[2] += wanted.len();
        }
        let list = |spans: &[(usize, usize)]| spans.iter().map(|s| json!({"start": s.0, "end": s.1})).collect::<Vec<_>>();
        report.predictions.push(json!({"id": row["id"], "source": list(&source), "target": list(&target)}));
    }
    report.push("rows", rows.len() as f64);
    for (name, c) in ["source", "target", "either role"].iter().zip(counts) {
        report.push(&format!("{name} overlap F1"), f1(c[0], c[1], c[2]));
    }
    Ok(report)
}

type Spans = Vec<(usize, usize)>;

fn spans(text: &str, coder: &Coder) -> (Spans, Spans) {
    let records = coder.code_page(RawPage { bytes: text.as_bytes().to_vec(), language: Some("en".to_owned()), ..RawPage::default() });
    let (mut source, mut target) = (Vec::new(), Vec::new());
    let add = |to: &mut Spans, actors: &[Actor]| {
        for a in actors {
            if !to.contains(&(a.start, a.end)) {
                to.push((a.start, a.end));
            }
        }
    };
    for record in &records {
        if let Record::EventReport(e) = record {
            add(&mut source, &e.actors);
            add(&mut target, &e.recipients);
        }
    }
    (source, target)
}
