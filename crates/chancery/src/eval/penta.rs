//! `eval penta`: which quad class a sentence's main event has, or 0 for none.
//!
//! In: `{id, text, penta?: 0-4}`. Out per row: `{id, penta, confidence}`. The class is that of the surest event report; statuses count
//! like the event they are about, since the gold does so.

use super::Report;
use crate::coder::Coder;
use crate::page::RawPage;
use chancery_record::Record;
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let (mut classes, mut binary) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let (penta, confidence) = class(text, coder);
        if let Some(gold) = row["penta"].as_u64() {
            classes.push((gold.to_string(), penta.to_string()));
            binary.push(((gold > 0).to_string(), (penta > 0).to_string()));
        }
        report.predictions.push(json!({"id": row["id"], "penta": penta, "confidence": confidence}));
    }
    report.push("rows", rows.len() as f64);
    report.push_classes("penta", &classes);
    report.push_classes("event or none", &binary);
    Ok(report)
}

fn class(text: &str, coder: &Coder) -> (u8, f64) {
    let records = coder.code_page(RawPage { bytes: text.as_bytes().to_vec(), language: Some("en".to_owned()), ..RawPage::default() });
    let reports = records.iter().filter_map(|r| match r {
        Record::EventReport(e) => Some((e.quad, e.confidence)),
        _ => None,
    });
    reports.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 1.0))
}
