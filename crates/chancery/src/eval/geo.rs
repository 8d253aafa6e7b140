//! `eval geo`: where the place names of a text lie, the names being given.
//!
//! In: `{id, text, toponyms: [{start, end, lat?, lon?}]}`, code points and WGS 84 degrees. All names of a text are read together; those without
//! coordinates count as witnesses only. A name is right when the point found lies within 161 km (100 miles) of the gold's; a country or division
//! is compared by a point inside it. A name without a place is wrong, half the Earth's circumference away.
//! Out per row: `{id, toponyms: [{start, end, name, country, admin1, precision, lat, lon}]}`.

use super::{Report, interval};
use crate::{coder::Coder, places};
use chancery_knowledge::PlaceFact;
use chancery_record::{Offsets, Span};
use serde_json::{Value, json};

/// Nearer than this is right, km.
const RIGHT: f64 = 161.0;
/// The distance of a name without a place, km.
const FARTHEST: f64 = 20_015.0;

/// Predicts every row, scores those with labels. The network is not asked.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let mut report = Report::default();
    let mut distances: Vec<Vec<f64>> = Vec::new();
    let mut located = 0;
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let names = row["toponyms"].as_array().map(Vec::as_slice).unwrap_or_default();
        let spans = spans(text, names).ok_or_else(|| format!("row {}: a toponym whose start and end are none of the text", n + 1))?;
        let facts = located_in(text, &spans, coder);
        let mut of_text = Vec::new();
        for ((name, span), fact) in names.iter().zip(&spans).zip(&facts) {
            let Some(gold) = name["lat"].as_f64().zip(name["lon"].as_f64()) else { continue };
            let km = fact.as_ref().and_then(|f| f.lat.zip(f.lon)).map_or(FARTHEST, |found| distance(found, gold));
            located += usize::from(fact.is_some());
            of_text.push(km);
            if km > RIGHT {
                let words = span.slice(text).unwrap_or_default();
                report.items.push(format!("{} {}: {words:?} at {:?}, found {}", row["id"], name["start"], gold, shown(fact.as_ref(), km)));
            }
        }
        distances.push(of_text);
        let list = names.iter().zip(&facts).map(|(name, fact)| prediction(name, fact.as_ref()));
        report.predictions.push(json!({"id": row["id"], "toponyms": list.collect::<Vec<_>>()}));
    }
    report.push("rows", rows.len() as f64);
    score(&mut report, &distances, located);
    Ok(report)
}

fn score(report: &mut Report, distances: &[Vec<f64>], located: usize) {
    let mut all: Vec<f64> = distances.iter().flatten().copied().collect();
    if all.is_empty() {
        return;
    }
    all.sort_by(f64::total_cmp);
    let right = |texts: &[Vec<f64>]| {
        let count = texts.iter().map(Vec::len).sum::<usize>().max(1);
        100.0 * texts.iter().flatten().filter(|km| **km <= RIGHT).count() as f64 / count as f64
    };
    let (low, high) = interval(distances, right);
    report.push("toponyms with coordinates", all.len() as f64);
    report.push("located, %", 100.0 * located as f64 / all.len() as f64);
    report.push("within 161 km, %", right(distances));
    report.push("within 161 km, 95 % low", low);
    report.push("within 161 km, 95 % high", high);
    report.push("median error, km", all[all.len() / 2]);
}

fn spans(text: &str, names: &[Value]) -> Option<Vec<Span>> {
    let offsets = Offsets::new(text);
    names.iter().map(|n| offsets.span_of_chars(n["start"].as_u64()? as usize, n["end"].as_u64()? as usize)).collect()
}

/// The place of each span, whatever their order.
fn located_in(text: &str, spans: &[Span], coder: &Coder) -> Vec<Option<PlaceFact>> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|i| (spans[*i].start, spans[*i].end));
    let sorted: Vec<Span> = order.iter().map(|i| spans[*i]).collect();
    let mut out = vec![None; spans.len()];
    for (i, fact) in order.into_iter().zip(places::locate(text, &sorted, &[], coder.knowledge())) {
        out[i] = fact;
    }
    out
}

fn prediction(name: &Value, fact: Option<&PlaceFact>) -> Value {
    let mut out = json!({"start": name["start"], "end": name["end"]});
    if let Some(f) = fact {
        out["name"] = json!(f.name);
        out["country"] = json!(f.country);
        out["admin1"] = json!(f.admin1);
        out["precision"] = json!(f.precision);
        out["lat"] = json!(f.lat);
        out["lon"] = json!(f.lon);
    }
    out
}

fn shown(fact: Option<&PlaceFact>, km: f64) -> String {
    let place =
        |f: &PlaceFact| format!("{}, {}, {} ({}), {km:.0} km off", f.name, f.admin1.as_deref().unwrap_or("-"), f.country, f.precision);
    fact.map_or("none".to_owned(), place)
}

/// Great-circle distance of two points (degrees north and east), km.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_great_circles() {
        assert!((distance((48.86, 2.35), (51.51, -0.13)) - 343.0).abs() < 2.0);
        assert_eq!(distance((10.0, 20.0), (10.0, 20.0)), 0.0);
        assert!((distance((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.5);
    }

    #[test]
    fn a_name_without_a_place_is_wrong() {
        let mut report = Report::default();
        score(&mut report, &[vec![3.0, FARTHEST], vec![160.0, 162.0]], 3);
        assert_eq!(report.get("within 161 km, %"), Some(50.0));
        assert_eq!(report.get("median error, km"), Some(162.0));
        assert_eq!(report.get("located, %"), Some(75.0));
    }
}
