//! Ties between the ledger entries of an article: what was agreed at which meeting, on what it is based, where it was stated.
//!
//! Two entries are tied when predicates of both stand in one sentence and the words between or their kinds say how. An entry is tied to
//! another once.

use crate::scene::Scene;
use chancery_record::{EvidenceRole, LedgerEntry, LedgerKind, Relation, Span};

/// Fills [`LedgerEntry::relations`].
pub fn relate(scene: &Scene, entries: &mut [LedgerEntry]) {
    let spots: Vec<Vec<Span>> = entries.iter().map(predicates).collect();
    for from in 0..entries.len() {
        for to in (0..entries.len()).filter(|to| *to != from) {
            let pairs = spots[from].iter().flat_map(|a| spots[to].iter().map(move |b| (*a, *b)));
            let kinds = (entries[from].kind, entries[to].kind);
            let found = pairs.filter(|(a, b)| is_one_sentence(scene, *a, *b)).find_map(|(a, b)| tie(kinds, between(scene, a, b)));
            if let Some(kind) = found {
                let to = entries[to].id.clone();
                entries[from].relations.push(Relation { kind: kind.to_owned(), to });
            }
        }
    }
}

fn predicates(entry: &LedgerEntry) -> Vec<Span> {
    entry.evidence.iter().filter(|e| e.role == EvidenceRole::Predicate).map(|e| e.quote.span()).collect()
}

fn is_one_sentence(scene: &Scene, a: Span, b: Span) -> bool {
    scene.sentences.iter().any(|s| s.span.contains(&a) && s.span.contains(&b))
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
