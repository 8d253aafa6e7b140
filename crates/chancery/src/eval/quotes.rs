//! `eval quotes`: source, cue and content of the statements of whole articles.
//!
//! In: `{id, text, attributions: [{source: [span], cue: [span], content: [span]}]}`, spans `{start, end}` in code points. Out per row:
//! `{id, attributions}` in the same form. A cue is found when a predicted one overlaps it; a source or content counts when it overlaps the
//! gold's for an overlapping cue, and is exact when start and end are the same. Attributions without a source in the gold ask for none.

use super::{Report, f1};
use crate::{coder::Coder, page::RawPage};
use chancery_record::{Record, Statement};
use serde_json::{Value, json};

type Spans = Vec<(usize, usize)>;

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    // hits, predicted, gold of: cue, source, content; then exact hits of content
    let (mut counts, mut exact) = ([[0usize; 3]; 3], 0);
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let statements = attributions(text, coder);
        let gold = row["attributions"].as_array().map(Vec::as_slice).unwrap_or_default();
        for a in gold {
            let [cue, source, content] = ["cue", "source", "content"].map(|key| spans(&a[key]));
            let said = statements.iter().find(|s| touches(&cue, s[0].cue.start, s[0].cue.end));
            counts[0][2] += 1;
            counts[1][2] += usize::from(!source.is_empty());
            counts[2][2] += 1;
            let Some(said) = said else { continue };
            counts[0][0] += 1;
            let found: Vec<(usize, usize)> = said.iter().map(|s| (s.content.start, s.content.end)).collect();
            counts[1][0] += usize::from(touches(&source, said[0].speaker.start, said[0].speaker.end));
            counts[2][0] += usize::from(found.iter().any(|(start, end)| touches(&content, *start, *end)));
            exact += usize::from(content == found);
        }
        if row["attributions"].is_array() {
            counts.iter_mut().for_each(|c| c[1] += statements.len());
        }
        let span = |start: usize, end: usize| json!({"start": start, "end": end});
        let out = statements.iter().map(|parts| {
            let (s, contents) = (&parts[0], parts.iter().map(|s| span(s.content.start, s.content.end)).collect::<Vec<_>>());
            json!({"cue": [span(s.cue.start, s.cue.end)], "source": [span(s.speaker.start, s.speaker.end)], "content": contents})
        });
        report.predictions.push(json!({"id": row["id"], "attributions": out.collect::<Vec<_>>()}));
    }
    report.push("rows", rows.len() as f64);
    report.push("gold attributions", counts[0][2] as f64);
    report.push("predicted attributions", counts[0][1] as f64);
    for (name, c) in ["cue", "source", "content"].iter().zip(counts) {
        report.push(&format!("{name} overlap F1"), f1(c[0], c[1], c[2]));
    }
    report.push("content exact F1", f1(exact, counts[2][1], counts[2][2]));
    Ok(report)
}

/// The statements of a text, those of one cue together: a quotation that its cue parts is one attribution.
fn attributions(text: &str, coder: &Coder) -> Vec<Vec<Statement>> {
    let mut out: Vec<Vec<Statement>> = Vec::new();
    for statement in statements(text, coder) {
        match out.last_mut().filter(|parts| parts[0].cue == statement.cue) {
            Some(parts) => parts.push(statement),
            None => out.push(vec![statement]),
        }
    }
    out
}

fn statements(text: &str, coder: &Coder) -> Vec<Statement> {
    let records = coder.code_page(RawPage { bytes: text.as_bytes().to_vec(), language: Some("en".to_owned()), ..RawPage::default() });
    let statement = |r| match r {
        Record::Statement(s) => Some(s),
        _ => None,
    };
    records.into_iter().filter_map(statement).collect()
}

fn spans(list: &Value) -> Spans {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|s| Some((s["start"].as_u64()? as usize, s["end"].as_u64()? as usize))).collect()
}

fn touches(spans: &Spans, start: usize, end: usize) -> bool {
    spans.iter().any(|s| s.0 < end && start < s.1)
}
