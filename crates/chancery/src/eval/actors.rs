//! `eval actors`: the spans of the source and target actors of a sentence.
//!
//! In: `{id, text, source: [{start, end}], target: [...], reciprocal: [...]}` (code points; `reciprocal` actors count as source).
//! Predicted are the sides of the sentence's main act, its first event or statement: who acts or speaks, and to whom or about whom. A
//! predicted span is right when it overlaps a gold span of the same role.

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
        let is_labelled = ["source", "target", "reciprocal"].iter().any(|key| row[*key].is_array());
        for (count, (predicted, wanted)) in counts.iter_mut().zip(sides).filter(|_| is_labelled) {
            count[0] += wanted.iter().filter(|g| predicted.iter().any(|p| p.0 < g.1 && g.0 < p.1)).count();
            count[1] += predicted.len();
            count[2] += wanted.len();
        }
        let list = |spans: &[(usize, usize)]| spans.iter().map(|s| json!({"start": s.0, "end": s.1})).collect::<Vec<_>>();
        report.predictions.push(json!({"id": row["id"], "source": list(&source), "target": list(&target)}));
    }
    report.push("rows", rows.len() as f64);
    let [a, b, _] = counts;
    report.push("role overlap F1", f1(a[0] + b[0], a[1] + b[1], a[2] + b[2]));
    for (name, c) in ["source", "target", "either role"].iter().zip(counts) {
        report.push(&format!("{name} overlap F1"), f1(c[0], c[1], c[2]));
    }
    Ok(report)
}

type Spans = Vec<(usize, usize)>;

fn spans(text: &str, coder: &Coder) -> (Spans, Spans) {
    let records = coder.code_page(RawPage { bytes: text.as_bytes().to_vec(), language: Some("en".to_owned()), ..RawPage::default() });
    let span = |a: &Actor| (a.start, a.end);
    let event = |r: &Record| match r {
        Record::EventReport(e) => {
            Some((e.evidence.first()?.quote.start, e.actors.iter().map(span).collect(), e.recipients.iter().map(span).collect()))
        }
        _ => None,
    };
    let statement = |r: &Record| match r {
        Record::Statement(s) => {
            let about = s.about.iter().filter(|a| a.from.is_none() && a.start != s.speaker.start).take(1);
            let target = s.addressee.iter().chain(about).take(1).map(span).collect();
            Some((s.cue.start, vec![span(&s.speaker)], target))
        }
        _ => None,
    };
    let acts: Vec<(usize, Spans, Spans)> = records.iter().filter_map(event).chain(records.iter().filter_map(statement)).collect();
    let Some(first) = acts.iter().map(|a| a.0).min() else { return (Spans::new(), Spans::new()) };
    // an act that is event and statement in one has the event's sides where it has them
    let here = || acts.iter().filter(|a| a.0 == first);
    let side = |of: fn(&(usize, Spans, Spans)) -> &Spans| here().map(of).find(|s| !s.is_empty()).cloned().unwrap_or_default();
    (side(|a| &a.1), side(|a| &a.2))
}
