//! `eval names`: whether two spellings of a holder of one post are one person, as `kb update` asks.
//!
//! In: `{id, a, b, same?}`, two names and whether they are one person's. Out per row: `{id, same}`.

use super::Report;
use chancery_knowledge::upkeep::same_person;
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value]) -> Result<Report, String> {
    let mut report = Report::default();
    // (pairs, pairs taken for one person) of one person, of one person spelled otherwise, and of two
    let mut counts = [(0, 0); 3];
    for (n, row) in rows.iter().enumerate() {
        let name = |key: &str| row[key].as_str().ok_or_else(|| format!("row {}: no {key:?}", n + 1));
        let (a, b) = (name("a")?, name("b")?);
        let found = same_person(a, b);
        report.predictions.push(json!({"id": row["id"], "same": found}));
        let Some(gold) = row["same"].as_bool() else { continue };
        let kinds = if gold { [Some(0), (a != b).then_some(1)] } else { [Some(2), None] };
        for k in kinds.into_iter().flatten() {
            counts[k].0 += 1;
            counts[k].1 += usize::from(found);
        }
        if found != gold {
            report.items.push(format!("{}: {a:?} and {b:?}: {}", row["id"], if found { "taken for one" } else { "taken for two" }));
        }
    }
    report.push("rows", rows.len() as f64);
    let kinds = [("one person", "found"), ("one person spelled otherwise", "found"), ("two persons", "taken for one")];
    for ((what, how), (all, found)) in kinds.into_iter().zip(counts).filter(|(_, c)| c.0 > 0) {
        report.push(&format!("pairs of {what}"), all as f64);
        report.push(&format!("of {what} {how}, %"), 100.0 * found as f64 / all as f64);
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_counted_apart_from_what_is_written_alike() {
        let row = |a: &str, b: &str, same: bool| json!({"id": a, "a": a, "b": b, "same": same});
        let rows = [
            row("Ann Lee", "Ann Lee", true),
            row("Moammar Gadhafi", "Muammar al-Qadhafi", true),
            row("Ann Lee", "Ann Vasquez Romero", true),
            row("Ann Lee", "Joy Adeyemi", false),
        ];
        let report = run(&rows).expect("rows of the format");
        let figure = |name: &str| report.get(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(figure("of one person spelled otherwise found, %"), 50.0);
        assert_eq!(figure("of two persons taken for one, %"), 0.0);
        assert_eq!(report.items.len(), 1);
        assert!(run(&[json!({"id": 1, "a": "Ann Lee"})]).is_err_and(|e| e == "row 1: no \"b\""));
    }
}
