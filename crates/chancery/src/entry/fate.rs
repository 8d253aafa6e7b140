//! "The truce took effect on Monday": what becomes of a matter that its sentence names as a noun, where nobody acts and the network therefore leaves
//! the verb alone.

use super::{complete, make, roles, show};
use crate::{
    analysis::Sentence,
    event::{TITLE_WORDS, people},
    phrases::english,
    scene::Scene,
    statement::Said,
};
use chancery_model::Predicate;
use chancery_record::{Actor, Evidence, EvidenceRole, LedgerEntry, LedgerKind};

/// Words between a matter and its verb ("the truce between the two armies in the valley took effect").
const BETWEEN: usize = 9;

/// Words before a verb by which it did not happen.
const UNDONE: [&str; 7] = ["not", "n't", "never", "no", "yet", "nearly", "almost"];
/// Words before a verb by which it has not happened yet.
const AHEAD: [&str; 10] = ["will", "would", "to", "could", "should", "may", "might", "must", "shall", "can"];

/// A matter and what the sentence tells of it, in words of the sentence.
struct Fate {
    kind: LedgerKind,
    noun: usize,
    /// First and one past the last word of the verb.
    verb: (usize, usize),
    status: &'static str,
}

/// The entries of sentence `i` beside `told`, those of the article so far.
pub fn fates(scene: &Scene, said: &[Said], i: usize, told: &[LedgerEntry]) -> Vec<LedgerEntry> {
    let sentence = &scene.sentences[i];
    let text = scene.text.as_str();
    let found = (0..sentence.words.len()).filter_map(|noun| fate(text, &scene.labels.upos, sentence, noun));
    let is_told = |f: &Fate| {
        let span = sentence.span_of(f.verb.0, f.verb.1);
        let shown = |e: &LedgerEntry| e.evidence.iter().any(|x| x.role == EvidenceRole::Predicate && x.quote.span().overlaps(&span));
        told.iter().any(shown)
    };
    found.filter(|f| !is_told(f)).filter_map(|f| entry(scene, said, i, &f, told)).collect()
}

/// What a sentence tells of the matter that its word `noun` names; `upos` names the parts of speech.
fn fate(text: &str, upos: &[String], sentence: &Sentence, noun: usize) -> Option<Fate> {
    let word = |w: usize| sentence.lower(text, w);
    let kind = english().matter(&word(noun)).filter(|k| !matches!(k, LedgerKind::Position | LedgerKind::ThreatAssessment))?;
    let class = |w: usize| sentence.class(upos, w);
    let is_whole = matches!(class(noun), "NOUN" | "PROPN") && !matches!(class(noun + 1), "NOUN" | "PROPN");
    let closes = |w: &usize| matches!(class(*w), "PUNCT" | "CCONJ" | "SCONJ") && !matches!(word(*w).as_str(), "and" | "that");
    let clause = |from: usize| (from..sentence.words.len()).find(closes).unwrap_or(sentence.words.len());
    let relative = |w: usize| matches!(word(w).as_str(), "that" | "which");
    // "under the pact that took effect", "a deal, which came into force"
    let own = (noun + 1..clause(noun + 1).min(noun + BETWEEN)).find(|w| relative(*w));
    let own = own.or_else(|| Some(clause(noun + 1) + 1).filter(|w| *w < noun + BETWEEN && relative(*w) && word(w - 1) == ","));
    if !is_whole {
        return None;
    }
    if own.is_none() && !is_subject(sentence, upos, noun) {
        return ended(text, upos, sentence, noun, kind);
    }
    let from = own.map_or(noun + 1, |w| w + 1);
    let stop = clause(from);
    let (at, (length, status)) = (from..stop.min(from + BETWEEN)).find_map(|w| {
        let words = (w..stop.min(w + 3)).map(word).collect::<Vec<_>>().join(" ");
        Some((w, english().fate(kind, &words)?))
    })?;
    let before = (from..at).rev().take_while(|w| leads_in(class(*w), &word(*w)));
    let first = before.last().unwrap_or(at);
    let is_verb = (first..at + length).any(|w| matches!(class(w), "VERB" | "AUX"));
    let heads = &sentence.reading.heads;
    let hangs = |w: usize, on: std::ops::Range<usize>| heads.get(w).is_some_and(|h| h.checked_sub(1).is_some_and(|h| on.contains(&h)));
    let is_tied = hangs(noun, first..at + length + 1) || (first..at + length).any(|w| hangs(w, noun..noun + 1));
    let auxiliaries: Vec<String> = (first..at).map(word).collect();
    let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(&a.as_str()));
    // "the dispute is over fishing rights" is no end of it
    let is_cut = class(at + length - 1) == "ADP" && !matches!(class(at + length), "PUNCT" | "CCONJ" | "SCONJ" | "");
    if !is_verb || !is_tied || is_cut || has(&UNDONE) {
        return None;
    }
    let is_ahead = has(&AHEAD);
    let status = match (kind, status) {
        _ if !is_ahead => status,
        (LedgerKind::Meeting | LedgerKind::Visit, "held") => "announced",
        (LedgerKind::Meeting | LedgerKind::Visit, "announced") => status,
        (LedgerKind::Agreement, "signed") => "signature_scheduled",
        _ => return None,
    };
    kind.has(status).then_some(Fate { kind, noun, verb: (first, at + length), status })
}

/// Whether a predicate ends a dispute that its sentence names after it: "settled their quarrel by agreeing that".
pub fn settles(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let (sentence, text) = (&scene.sentences[i], scene.text.as_str());
    let mut nouns = (p.first + 1..(p.last + BETWEEN).min(sentence.words.len())).filter_map(|noun| {
        let kind = english().matter(&sentence.lower(text, noun))?;
        ended(text, &scene.labels.upos, sentence, noun, kind)
    });
    nouns.any(|f| f.verb.0 < p.last && p.first < f.verb.1)
}

/// "settled their quarrel", ", ending the row over the dam": the dispute is what the verb before it ends; "declared the matter closed": what it is said to be.
fn ended(text: &str, upos: &[String], sentence: &Sentence, noun: usize, kind: LedgerKind) -> Option<Fate> {
    let class = |w: usize| sentence.class(upos, w);
    let word = |w: usize| sentence.lower(text, w);
    let start = sentence.phrase_start(upos, noun);
    let verb = start.checked_sub(1).filter(|v| kind == LedgerKind::Dispute && class(*v) == "VERB")?;
    let tells = |words: &str| english().fate(kind, words).filter(|f| f.1 == "settled");
    let before: Vec<String> = (verb.saturating_sub(4)..verb).rev().take_while(|w| leads_in(class(*w), &word(*w))).map(word).collect();
    let is_open = before.iter().any(|w| UNDONE.contains(&w.as_str()) || AHEAD.contains(&w.as_str()));
    let is_result = !word(verb).ends_with("ing") || verb.checked_sub(1).is_some_and(|b| word(b) == ",");
    let span = if tells(&word(verb)).is_some() && is_result {
        (verb, verb + 1)
    } else {
        let (length, _) = tells(&(noun + 1..(noun + 4).min(sentence.words.len())).map(word).collect::<Vec<_>>().join(" "))?;
        if !word(verb).starts_with("declar") && !word(verb).starts_with("consider") {
            return None;
        }
        (verb, noun + 1 + length)
    };
    (!is_open).then_some(Fate { kind, noun, verb: span, status: "settled" })
}

/// Whether a noun is what its clause speaks of: its phrase hangs on no preposition and no verb before it.
fn is_subject(sentence: &Sentence, upos: &[String], noun: usize) -> bool {
    let before = sentence.phrase_start(upos, noun).checked_sub(1);
    before.is_none_or(|before| !matches!(sentence.class(upos, before), "ADP" | "VERB" | "AUX"))
}

/// Whether a word may stand before the verb that tells a matter's fate: "has been", "formally", "came" into force.
fn leads_in(class: &str, word: &str) -> bool {
    matches!(class, "AUX" | "ADV" | "PART")
        || matches!(word, "came" | "come" | "comes" | "entered" | "enters" | "remained" | "remains" | "stayed" | "stays" | "put")
}

fn entry(scene: &Scene, said: &[Said], i: usize, fate: &Fate, told: &[LedgerEntry]) -> Option<LedgerEntry> {
    let sentence = &scene.sentences[i];
    let mentions = &sentence.reading.mentions;
    let class = |w: usize| sentence.class(&scene.labels.upos, w);
    let start = sentence.phrase_start(&scene.labels.upos, fate.noun);
    let named: Vec<usize> = (0..mentions.len())
        .filter(|m| start <= mentions[*m].first && mentions[*m].last <= fate.verb.0 && !matches!(mentions[*m].kind.as_str(), "da" | "pl"))
        .collect();
    let mut parties: Vec<Actor> = people(scene, i, &named).into_iter().filter(|a| a.country.is_some()).collect();
    complete(scene, i, fate.kind, told, &mut parties);
    if parties.is_empty() {
        return None;
    }
    roles(fate.kind, &mut parties, 0);
    let span = sentence.span_of(fate.verb.0, fate.verb.1);
    let stop = (fate.verb.1..sentence.words.len()).find(|w| class(*w) == "PUNCT").unwrap_or(sentence.words.len());
    let title = sentence.span_of(start, stop.min(start + TITLE_WORDS).max(fate.verb.1)).slice(scene.text.as_str())?;
    let date = (0..mentions.len()).find(|m| mentions[*m].kind == "da" && mentions[*m].first >= fate.verb.0 && mentions[*m].first < stop);
    let is_ahead = matches!(fate.status, "announced" | "signature_scheduled");
    let when = date.and_then(|m| scene.when(i, m, is_ahead));
    let is_past = when.as_ref().and_then(|w| w.start.as_ref()).is_some_and(|day| !scene.is_news(day));
    let matter = sentence.span_of(fate.noun, fate.noun + 1);
    let mut evidence: Vec<Evidence> = [span, matter].into_iter().filter_map(|s| scene.evidence(EvidenceRole::Predicate, s)).collect();
    evidence.extend(named.iter().filter_map(|m| scene.evidence(EvidenceRole::Actor, scene.mention_span(i, *m))));
    let teller = said.iter().filter(|s| s.sentence == i && s.content.contains(&span)).min_by_key(|s| s.content.len());
    let teller = teller.map(|s| s.record.speaker.clone());
    show(scene, &parties, teller.as_ref(), &mut evidence);
    evidence.extend(date.into_iter().flat_map(|m| scene.date_evidence(i, m)));
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    make(scene, i, fate.kind, title, parties, Some(fate.status.to_owned()), span, evidence).map(|e| LedgerEntry {
        date: when,
        is_background: is_past && !is_ahead,
        reported_by: teller,
        ..e
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Reading;
    use chancery_record::Span;

    const UPOS: [&str; 10] = ["ADJ", "ADP", "ADV", "AUX", "DET", "NOUN", "PART", "PRON", "PUNCT", "VERB"];

    /// `kind/status words of the verb` of each matter of a sentence whose words are written `word/UPOS/head`, the head 0 for the root.
    fn told(tagged: &str) -> Vec<String> {
        let upos: Vec<String> = UPOS.map(str::to_owned).to_vec();
        let (mut text, mut sentence) = (
            String::new(),
            Sentence { span: Span::new(0, 0), words: Vec::new(), reading: Reading::default(), is_headline: false, paragraph: 0 },
        );
        for token in tagged.split(' ') {
            let mut parts = token.split('/');
            let (word, tag, head) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap().parse().unwrap());
            sentence.words.push(Span::new(text.len(), text.len() + word.len()));
            text.push_str(word);
            text.push(' ');
            sentence.reading.upos.push(UPOS.iter().position(|u| *u == tag).expect("a part of speech"));
            sentence.reading.heads.push(head);
        }
        let found = (0..sentence.words.len()).filter_map(|noun| fate(&text, &upos, &sentence, noun));
        let shown = |f: Fate| {
            let words = sentence.span_of(f.verb.0, f.verb.1).slice(&text).unwrap_or_default();
            format!("{}/{} {words}", f.kind.code(), f.status)
        };
        found.map(shown).collect()
    }

    #[test]
    fn what_becomes_of_a_matter_is_told_by_its_verb() {
        let cases = [
            ("The/DET/2 truce/NOUN/3 took/VERB/0 effect/NOUN/3 ./PUNCT/3", "ceasefire/in_force took effect"),
            ("The/DET/2 ban/NOUN/4 was/AUX/4 lifted/VERB/0 ./PUNCT/4", "measure/lifted was lifted"),
            ("The/DET/2 accord/NOUN/6 is/AUX/6 still/ADV/6 in/ADP/6 force/NOUN/0 ./PUNCT/6", "agreement/in_force is still in force"),
            ("The/DET/2 talks/NOUN/5 will/AUX/5 be/AUX/5 held/VERB/0 ./PUNCT/5", "meeting/announced will be held"),
            ("They/PRON/2 settled/VERB/0 their/PRON/4 quarrel/NOUN/2 ./PUNCT/2", "dispute/settled settled"),
            ("A/DET/2 deal/NOUN/0 ,/PUNCT/4 ending/VERB/2 the/DET/6 row/NOUN/4 ./PUNCT/2", "dispute/settled ending"),
            ("They/PRON/2 declared/VERB/0 the/DET/4 matter/NOUN/2 closed/ADJ/2 ./PUNCT/2", "dispute/settled declared the matter closed"),
            ("The/DET/2 row/NOUN/4 is/AUX/4 over/ADP/0 ./PUNCT/4", "dispute/settled is over"),
            ("Under/ADP/3 a/DET/3 pact/NOUN/6 that/PRON/5 expired/VERB/3 ./PUNCT/3", "agreement/expired expired"),
        ];
        for (tagged, expected) in cases {
            assert_eq!(told(tagged), [expected], "{tagged}");
        }
    }

    #[test]
    fn what_is_not_told_of_the_matter_itself_is_none_of_its_life() {
        let cases = [
            ("The/DET/2 truce/NOUN/5 has/AUX/5 not/PART/5 expired/VERB/0 ./PUNCT/5", "denied"),
            ("The/DET/2 truce/NOUN/4 would/AUX/4 end/VERB/0 ./PUNCT/4", "ahead"),
            ("A/DET/2 breach/NOUN/6 of/ADP/5 the/DET/5 truce/NOUN/2 ended/VERB/0 ./PUNCT/6", "of another noun"),
            ("The/DET/2 truce/NOUN/3 talks/NOUN/4 ended/VERB/0 ./PUNCT/4", "part of another noun"),
            ("The/DET/2 row/NOUN/0 is/AUX/2 over/ADP/5 fish/NOUN/2 ./PUNCT/2", "what it is about"),
            ("They/PRON/2 aim/VERB/0 at/ADP/4 ending/VERB/2 the/DET/6 row/NOUN/4 ./PUNCT/2", "an aim"),
            ("They/PRON/3 will/AUX/3 settle/VERB/0 the/DET/5 row/NOUN/3 ./PUNCT/3", "ahead, of an act"),
            ("The/DET/2 truce/NOUN/0 ,/PUNCT/2 ended/VERB/6 men/NOUN/2 ./PUNCT/2", "of another clause"),
        ];
        for (tagged, why) in cases {
            assert_eq!(told(tagged), [""; 0], "{why}: {tagged}");
        }
    }
}
