//! `eval relations`: which PLOVER type ties an ordered pair of actors in a sentence.
//!
//! In: `{id, text, source: {start, end}, target: {start, end}, root?, quad?}` (code points; a side without `start` is not in the text).
//! `binary?: cooperation | conflict` is scored too. Out per row: `{id, root, quad, binary, confidence, source, target}`, the sides as the
//! country, sector and rule of the actor, or the country of the place, that the pipeline sees there. Counted, not scored: the sides in the
//! text that give an actor with a country or a sector, and those that give that or the country of a place.
//! When any gold root is `YIELD`, CONCEDE and RETREAT are folded to it; the quad is
//! the class with the largest summed probability, CONCEDE counting as 2 like the file's YIELD.

use super::Report;
use crate::article::Article;
use crate::coder::{Coder, Read};
use crate::scene::{Role, Scene};
use crate::sentence;
use chancery_record::{Actor, EventType, Span, Text};
use serde::Serialize;
use serde_json::{Value, json};

/// Predicts every row, scores those with labels.
pub fn run(rows: &[Value], coder: &Coder) -> Result<Report, String> {
    let folds = rows.iter().any(|r| r["root"] == "YIELD");
    let mut report = Report::default();
    let (mut roots, mut quads, mut binaries) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sides, mut known, mut placed) = (0, 0, 0);
    for (n, row) in rows.iter().enumerate() {
        let text = row["text"].as_str().ok_or_else(|| format!("row {}: no \"text\"", n + 1))?;
        let text = Text::new(text);
        let side = |key: &str| span(&text, &row[key]).map_err(|e| format!("row {}: {e}", n + 1));
        let pair = [side("source")?, side("target")?];
        let read = coder.read_article("", &text, &Article::of_body(vec![Span::new(0, text.as_str().len())]));
        let types = both(&types(text.as_str(), pair, coder), &between(&coder.scene(&text, &read), &read, pair));
        let actors = pair.map(|side| side.and_then(|s| actor(&text, &read, s, coder)));
        sides += pair.iter().flatten().count();
        let told = |a: &&Seen| a.country.is_some() || a.sector.is_some();
        known += actors.iter().flatten().filter(|a| told(a) && a.rule.as_deref() != Some(PLACE)).count();
        placed += actors.iter().flatten().filter(told).count();
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
        let [source, target] = actors;
        report.predictions.push(json!({
            "id": row["id"], "root": written(best, &types, folds), "quad": quad, "binary": binary, "confidence": crate::scene::round(confidence),
            "source": source, "target": target,
        }));
    }
    report.push("rows", rows.len() as f64);
    let share = |n: usize| 100.0 * n as f64 / sides.max(1) as f64;
    report.push("sides that give an actor, %", share(known));
    report.push("sides that give an actor or a place's country, %", share(placed));
    report.push_classes("root", &roots);
    report.push_classes("quad", &quads);
    report.push_classes("binary", &binaries);
    Ok(report)
}

/// The span of a side; `None` when it is not in the text.
fn span(text: &Text, side: &Value) -> Result<Option<Span>, String> {
    let at = |key: &str| side[key].as_u64().map(|x| x as usize);
    let Some((start, end)) = at("start").zip(at("end")) else { return Ok(None) };
    let span = text.offsets().span_of_chars(start, end).filter(|s| s.start < s.end);
    span.map(Some).ok_or_else(|| format!("the span {start}..{end} is not in the text"))
}

/// The probabilities of the types between two sides.
fn types(text: &str, pair: [Option<Span>; 2], coder: &Coder) -> Vec<f32> {
    let words = sentence::tokens(text, Span::new(0, text.len()));
    let [source, target] = pair.map(|span| {
        let span = span?;
        let first = words.iter().position(|w| w.overlaps(&span));
        first.zip(words.iter().rposition(|w| w.overlaps(&span)).map(|k| k + 1))
    });
    let strings: Vec<&str> = words.iter().map(|w| w.slice(text).unwrap_or_default()).collect();
    coder.reader().pair(&strings, source, target)
}

/// For each type how surely an event of it ties the source as its actor to the target as its recipient, or both as its actors: the reading
/// of the plain sentence, beside that of the marked one. A side that no mention covers counts as half sure.
fn between(scene: &Scene, read: &Read, pair: [Option<Span>; 2]) -> Vec<f32> {
    let mut sure = vec![0.0f32; EventType::ALL.len() + 1];
    for (i, s) in read.sentences.iter().enumerate() {
        for p in &s.reading.predicates {
            let role = |side: Option<Span>, role: Role| {
                let there = p.links.iter().filter(|l| side.is_some_and(|s| scene.mention_span(i, l.mention).overlaps(&s)));
                there.map(|l| l.role[role as usize]).reduce(f32::max)
            };
            let [source, target] = pair;
            let (acts, bears) = (role(source, Role::Actor).unwrap_or(0.5), role(target, Role::Recipient).unwrap_or(0.5));
            let together = role(source, Role::Actor).zip(role(target, Role::Actor)).map_or(0.0, |(a, b)| a.min(b));
            let tied = (acts * bears).max(0.7 * together);
            sure.iter_mut().zip(&p.types).for_each(|(s, t)| *s = s.max(t * tied));
        }
    }
    sure
}

/// The two readings as one, in all 1: the marked sentence decides, the events of the plain one shift it (how much was chosen on PLV, with weights
/// that had not seen it).
fn both(marked: &[f32], plain: &[f32]) -> Vec<f32> {
    let product: Vec<f32> = marked.iter().zip(plain).map(|(m, p)| m * (0.1 + p).sqrt()).collect();
    let all: f32 = product.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    product.iter().map(|p| p / all).collect()
}

/// What the pipeline knows of a side.
#[derive(Serialize)]
struct Seen {
    country: Option<String>,
    sector: Option<String>,
    rule: Option<String>,
}

/// The rule of a side that is a place.
const PLACE: &str = "place";

/// Who the mention is that covers most of a span; of several persons or states the first. A place only where nobody is mentioned ("protesters in
/// Lima"): it stands for its state.
fn actor(text: &Text, read: &Read, span: Span, coder: &Coder) -> Option<Seen> {
    let scene = coder.scene(text, read);
    let all = read.sentences.iter().enumerate().flat_map(|(i, s)| (0..s.reading.mentions.len()).map(move |m| (i, m)));
    let actors = all.filter(|(i, m)| read.sentences[*i].reading.mentions[*m].kind != "da");
    let shared = |(i, m): &(usize, usize)| {
        let other = scene.mention_span(*i, *m);
        other.end.min(span.end).saturating_sub(other.start.max(span.start))
    };
    let is_place = |(i, m): &(usize, usize)| read.sentences[*i].reading.mentions[*m].kind == "pl";
    let (i, m) = actors.filter(|at| shared(at) > 0).max_by_key(|at| (!is_place(at), shared(at), std::cmp::Reverse(*at)))?;
    if is_place(&(i, m)) {
        let country = scene.place(i, m).and_then(|p| p.country);
        return Some(Seen { sector: country.as_ref().map(|_| "GOV".to_owned()), country, rule: Some(PLACE.to_owned()) });
    }
    scene.actors(i, m).into_iter().next().map(|Actor { country, sector, rule, .. }| Seen { country, sector, rule })
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
