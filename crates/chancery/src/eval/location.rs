//! `eval location`: where an event takes place, its verb being given.
//!
//! In: `{id, text, spans: [{start, end, label}]}`, code points, with one `VERB` and any number of `LOCATION`s. Predicted are the places that the
//! network ties to the verb, each cut to its name ("the northern city of Homs" -> "Homs"),
//! without those that hold another. A span is right when start and end are the gold's;
//! the second figure counts those that touch. A verb without a place in the gold asks for none. Out per row: `{id, locations: [{start, end}]}`.

use super::{Report, f1, interval};
use crate::{coder::Coder, places, scene, sentence};
use chancery_record::{Offsets, Span};
use serde_json::{Value, json};

/// Exact hits, overlapping hits, predicted, gold.
type Counts = [usize; 4];

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let mut counts: Vec<Counts> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let offsets = Offsets::new(text);
        let verb = labelled(row, "VERB").first().and_then(|(a, b)| offsets.span_of_chars(*a, *b));
        let verb = verb.ok_or_else(|| format!("row {}: no span of the text with the label VERB", n + 1))?;
        let found: Vec<(usize, usize)> = locations(text, verb, coder).into_iter().map(|s| offsets.chars(s)).collect();
        let gold = labelled(row, "LOCATION");
        let count = |same: fn(&(usize, usize), &(usize, usize)) -> bool| gold.iter().filter(|g| found.iter().any(|f| same(f, g))).count();
        counts.push([count(|f, g| f == g), count(|f, g| f.0 < g.1 && g.0 < f.1), found.len(), gold.len()]);
        if found != gold {
            let words = |spans: &[(usize, usize)]| spans.iter().map(|s| slice(text, *s)).collect::<Vec<_>>();
            report.items.push(format!(
                "{} {:?}: {:?}, found {:?}",
                row["id"],
                verb.slice(text).unwrap_or_default(),
                words(&gold),
                words(&found)
            ));
        }
        let list = found.iter().map(|s| json!({"start": s.0, "end": s.1}));
        report.predictions.push(json!({"id": row["id"], "locations": list.collect::<Vec<_>>()}));
    }
    report.push("rows", rows.len() as f64);
    score(&mut report, &counts);
    Ok(report)
}

fn score(report: &mut Report, counts: &[Counts]) {
    let sum = |counts: &[Counts], i: usize| counts.iter().map(|c| c[i]).sum::<usize>();
    let exact = |drawn: &[Counts]| f1(sum(drawn, 0), sum(drawn, 2), sum(drawn, 3));
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let [hits, touched, predicted, gold] = [0, 1, 2, 3].map(|i| sum(counts, i));
    let (low, high) = interval(counts, exact);
    report.push("gold locations", gold as f64);
    report.push("predicted locations", predicted as f64);
    report.push("span precision", share(hits, predicted));
    report.push("span recall", share(hits, gold));
    report.push("span F1", exact(counts));
    report.push("span F1, 95 % low", low);
    report.push("span F1, 95 % high", high);
    report.push("overlap F1", f1(touched, predicted, gold));
}

fn labelled(row: &Value, label: &str) -> Vec<(usize, usize)> {
    let spans = row["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of = |s: &Value| Some((s["start"].as_u64()? as usize, s["end"].as_u64()? as usize)).filter(|_| s["label"] == label);
    let mut out: Vec<(usize, usize)> = spans.iter().filter_map(of).collect();
    out.sort_unstable();
    out
}

fn slice(text: &str, (start, end): (usize, usize)) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// The names of the places that the network ties to the verb.
fn locations(text: &str, verb: Span, coder: &Coder) -> Vec<Span> {
    let words = sentence::tokens(text, Span::new(0, text.len()));
    let strings: Vec<&str> = words.iter().map(|w| w.slice(text).unwrap_or_default()).collect();
    let at = |w: &Span| w.overlaps(&verb);
    let Some((first, last)) = words.iter().position(at).zip(words.iter().rposition(at)) else { return Vec::new() };
    let reading = coder.reader().read_at(&strings, first, last + 1);
    let Some(predicate) = reading.predicates.first() else { return Vec::new() };
    let mut out: Vec<Span> = scene::linked(predicate, scene::Role::Place)
        .into_iter()
        .filter_map(|m| reading.mentions.get(m))
        .filter_map(|m| Some(Span::new(words.get(m.first)?.start, words.get(m.last.checked_sub(1)?)?.end)))
        .filter_map(|span| places::name(text, span))
        .collect();
    out.sort_by_key(|s| s.start);
    places::innermost(text, &out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_where_the_gold_has_none_costs_precision() {
        let mut report = Report::default();
        score(&mut report, &[[1, 1, 1, 1], [0, 1, 1, 1], [0, 0, 1, 0], [0, 0, 0, 0]]);
        assert_eq!(report.get("span F1"), Some(40.0));
        assert_eq!(report.get("overlap F1"), Some(80.0));
        let row = json!({"spans": [{"start": 9, "end": 12, "label": "LOCATION"}, {"start": 0, "end": 3, "label": "VERB"}]});
        assert_eq!((labelled(&row, "VERB"), labelled(&row, "LOCATION")), (vec![(0, 3)], vec![(9, 12)]));
    }
}
