//! `eval timex`: the dates and times of documents, by strict span and TIMEX3 value.
//!
//! In: `{id, text, dct, timex: [{start, end, type, value}]}`, code points; `dct` is the document's date (ISO 8601; empty or `null`: none).
//! Scored are `DATE` and `TIME`; a prediction on a `DURATION` or `SET` of the gold is an extra one. A span is right when start and end are the
//! gold's, a value when it is written as the gold's. Out per row: `{id, timex: [{start, end, type, value}]}`.

use super::{Report, f1, interval};
use crate::{coder::Coder, time};
use chancery_record::{Offsets, Span};
use serde_json::{Value, json};

/// Right values on right spans, right spans, spans that touch, predicted, gold.
#[derive(Clone, Copy, Default)]
struct Counts {
    value: usize,
    span: usize,
    touched: usize,
    predicted: usize,
    gold: usize,
}

impl Counts {
    fn sum(all: &[Counts]) -> Counts {
        all.iter().fold(Counts::default(), |a, b| Counts {
            value: a.value + b.value,
            span: a.span + b.span,
            touched: a.touched + b.touched,
            predicted: a.predicted + b.predicted,
            gold: a.gold + b.gold,
        })
    }
}

/// An expression: start and end in code points, `DATE` or `TIME`, value.
struct Expression<'t> {
    start: usize,
    end: usize,
    kind: &'t str,
    value: String,
}

/// Predicts every row, scores those with labels. The coder is not asked: the expressions are found by rule.
pub fn run(rows: &[Value], _coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let mut counts = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let place = |what: &str| format!("row {}: {what}", n + 1);
        let text = row["text"].as_str().ok_or_else(|| place("no \"text\""))?;
        let found = expressions(text, row["dct"].as_str().unwrap_or_default()).map_err(|e| place(&e))?;
        if let Some(gold) = row["timex"].as_array() {
            let gold: Vec<Expression> = gold.iter().filter_map(labelled).collect();
            counts.push(compare(&gold, &found, &row["id"], text, &mut report.items));
        }
        let list = found.iter().map(|t| json!({"start": t.start, "end": t.end, "type": t.kind, "value": t.value}));
        report.predictions.push(json!({"id": row["id"], "timex": list.collect::<Vec<_>>()}));
    }
    report.push("rows", rows.len() as f64);
    let all = Counts::sum(&counts);
    if all.gold > 0 {
        report.push("gold expressions", all.gold as f64);
        report.push("predicted expressions", all.predicted as f64);
        report.push("overlap F1", f1(all.touched, all.predicted, all.gold));
        report.push("strict span F1", f1(all.span, all.predicted, all.gold));
        let score = |drawn: &[Counts]| {
            let sum = Counts::sum(drawn);
            f1(sum.value, sum.predicted, sum.gold)
        };
        let (low, high) = interval(&counts, score);
        report.push("value F1", score(&counts));
        report.push("value F1, 95 % low", low);
        report.push("value F1, 95 % high", high);
        report.push("right values of right spans, %", 100.0 * all.value as f64 / all.span.max(1) as f64);
    }
    Ok(report)
}

fn expressions<'t>(text: &str, date: &str) -> Result<Vec<Expression<'t>>, String> {
    let anchor = match date.get(..10).unwrap_or(date) {
        "" => None,
        day => Some(day.parse().map_err(|_| format!("\"dct\" is {date:?}, not a date like 1998-01-08"))?),
    };
    let offsets = Offsets::new(text);
    let expression = |t: time::Timex| {
        let (start, end) = offsets.chars(Span::new(t.start, t.end));
        Expression { start, end, kind: if t.is_time { "TIME" } else { "DATE" }, value: t.value }
    };
    Ok(time::find(text, anchor).into_iter().map(expression).collect())
}

/// A date or time of the gold; durations and sets are none.
fn labelled(gold: &Value) -> Option<Expression<'_>> {
    let kind = gold["type"].as_str().filter(|k| matches!(*k, "DATE" | "TIME"))?;
    let at = |key: &str| gold[key].as_u64().map(|n| n as usize);
    Some(Expression { start: at("start")?, end: at("end")?, kind, value: gold["value"].as_str()?.to_owned() })
}

fn compare(gold: &[Expression], found: &[Expression], id: &Value, text: &str, items: &mut Vec<String>) -> Counts {
    let touches = |a: &Expression, b: &Expression| a.start < b.end && b.start < a.end;
    let words = |e: &Expression| text.chars().skip(e.start).take(e.end - e.start).collect::<String>().replace('\n', " ");
    let mut counts = Counts { predicted: found.len(), gold: gold.len(), ..Counts::default() };
    for g in gold {
        let hit = found.iter().find(|f| touches(f, g));
        counts.touched += usize::from(hit.is_some());
        match hit {
            Some(f) if (f.start, f.end) == (g.start, g.end) => {
                counts.span += 1;
                counts.value += usize::from(f.value == g.value);
                if f.value != g.value {
                    items.push(format!("{id} {}: {:?} is {}, found {}", g.start, words(g), g.value, f.value));
                }
            }
            Some(f) => items.push(format!("{id} {}: {:?} ({}), found {:?}", g.start, words(g), g.value, words(f))),
            None => items.push(format!("{id} {}: missed {:?} ({})", g.start, words(g), g.value)),
        }
    }
    let extra = found.iter().filter(|f| !gold.iter().any(|g| touches(f, g)));
    items.extend(extra.map(|f| format!("{id} {}: extra {:?} ({})", f.start, words(f), f.value)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_strict_and_values_verbatim() {
        let text = "Früh on Monday, the 2nd, it ended on 3 May for two years.";
        let gold = json!([
            {"start": 8, "end": 14, "type": "DATE", "value": "2024-07-15"},
            {"start": 37, "end": 42, "type": "DATE", "value": "2023-05-03"},
            {"start": 47, "end": 56, "type": "DURATION", "value": "P2Y"},
        ]);
        let gold: Vec<Expression> = gold.as_array().into_iter().flatten().filter_map(labelled).collect();
        let found = expressions(text, "2024-07-16T10:00").expect("a good date");
        let mut items = Vec::new();
        let counts = compare(&gold, &found, &json!("a"), text, &mut items);
        assert_eq!((counts.gold, counts.predicted, counts.span, counts.value), (2, 2, 2, 1));
        assert_eq!(items, ["\"a\" 37: \"3 May\" is 2023-05-03, found 2024-05-03"]);
        assert!(expressions(text, "soon").is_err_and(|e| e.contains("\"soon\"")));
        assert_eq!(expressions(text, "").map(|f| f.len()), Ok(2));
    }
}
