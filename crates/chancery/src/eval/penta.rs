//! `eval penta`: which quad class a sentence's main event has, or 0 for none.
//!
//! In: `{id, text, penta?: 0-4}`. Out per row: `{id, penta, confidence}`. The classes are CAMEO's: 0 statements and appeals (roots 01, 02),
//! 1 verbal cooperation (03-05), 2 material cooperation (06-08), 3 verbal conflict (09-13), 4 material conflict (14-20). A sentence has the
//! class of its main event: the first in the text whose class is not 0. What a statement is about (the attack somebody claims, denies or
//! mourns) is not what the sentence reports. Statuses count like the event they are about, since the gold does so.

use super::Report;
use crate::{coder::Coder, page::RawPage, phrases::english};
use chancery_record::{EventReport, Record};
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let (mut classes, mut binary) = (Vec::new(), Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let (penta, confidence) = class(text, coder);
        if let Some(gold) = row["penta"].as_u64() {
            report.note(row, "penta", &gold.to_string(), &penta.to_string());
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
    let untold: Vec<(usize, usize)> = records
        .iter()
        .filter_map(|r| match r {
            Record::Statement(s) if !english().tells(&s.cue.quote.to_lowercase()) => Some((s.content.start, s.content.end)),
            _ => None,
        })
        .collect();
    let reported =
        |e: &&EventReport| e.evidence.first().is_some_and(|q| !untold.iter().any(|u| u.0 <= q.quote.start && q.quote.end <= u.1));
    let events = records.iter().filter_map(|r| match r {
        Record::EventReport(e) => Some(e),
        _ => None,
    });
    events.filter(reported).map(|e| (penta(e.cameo.as_deref()), e.confidence)).find(|e| e.0 > 0).unwrap_or((0, 1.0))
}

fn penta(cameo: Option<&str>) -> u8 {
    match cameo.and_then(|c| c.get(..2)).and_then(|root| root.parse::<u8>().ok()) {
        Some(3..=5) => 1,
        Some(6..=8) => 2,
        Some(9..=13) => 3,
        Some(14..=20) => 4,
        _ => 0,
    }
}
