//! Ties between the ledger entries of an article: what was agreed at which meeting, on what it is based, where it was stated.
//!
//! Two entries are tied when predicates of both stand in one sentence and the words between or their kinds say how. An entry is tied to
//! another once.

use crate::scene::Scene;
use chancery_record::{EvidenceRole, LedgerEntry, LedgerKind, Relation, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Fills [`LedgerEntry::relations`].
pub fn relate(scene: &Scene, entries: &mut [LedgerEntry]) {
    let spots: Vec<Vec<(usize, Span)>> = entries.iter().map(|e| predicates(scene, e)).collect();
    let mut in_sentence: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (entry, spots) in spots.iter().enumerate() {
        for (sentence, _) in spots {
            in_sentence.entry(*sentence).or_default().insert(entry);
        }
    }
    for from in 0..entries.len() {
        let beside: BTreeSet<usize> = spots[from].iter().flat_map(|(sentence, _)| &in_sentence[sentence]).copied().collect();
        for to in beside.into_iter().filter(|to| *to != from) {
            let pairs = spots[from].iter().flat_map(|a| spots[to].iter().map(move |b| (a, b)));
            let kinds = (entries[from].kind, entries[to].kind);
            let found = pairs.filter(|(a, b)| a.0 == b.0).find_map(|(a, b)| tie(kinds, between(scene, a.1, b.1)));
            if let Some(kind) = found {
                let to = entries[to].id.clone();
                entries[from].relations.push(Relation { kind: kind.to_owned(), to });
            }
        }
    }
}

/// The predicates of an entry, each with the sentence that it stands in.
fn predicates(scene: &Scene, entry: &LedgerEntry) -> Vec<(usize, Span)> {
    let spans = entry.evidence.iter().filter(|e| e.role == EvidenceRole::Predicate).map(|e| e.quote.span());
    spans.filter_map(|span| Some((scene.sentences.iter().position(|s| s.span.contains(&span))?, span))).collect()
}

/// The words from the first span to the second, lower case; none when the second stands before the first.
fn between(scene: &Scene, a: Span, b: Span) -> Option<String> {
    (a.end <= b.start).then(|| Span::new(a.end, b.start).slice(scene.text.as_str()).unwrap_or_default().to_lowercase())
}

/// How an entry is tied to another of its sentence.
fn tie((from, to): (LedgerKind, LedgerKind), words: Option<String>) -> Option<&'static str> {
    use LedgerKind::{
        Agreement, Ceasefire, Commitment, Dialogue, Initiative, Meeting, Position, Possibility, PressEvent, Project, ThreatAssessment,
        Visit,
    };
    let has = |phrase: &str| words.as_ref().is_some_and(|w| w.contains(phrase));
    match (from, to) {
        (Dialogue | Agreement | Project | Meeting, Agreement) if has("based on") || has("under the") || has("in line with") => {
            Some("based_on")
        }
        (Meeting, Visit) if has("during") || has("on the sidelines") || has("on the margins") => Some("during"),
        (Agreement | Ceasefire | Commitment | Dialogue | Project, Meeting | Visit) => Some("agreed_at"),
        (Initiative | Position | Possibility | ThreatAssessment, Meeting | Visit | PressEvent) => Some("stated_at"),
        _ => None,
    }
}
