//! Which predicates of a sentence are acts of speech that took place.

use super::speaker;
use crate::{
    content::Clause,
    phrases::{Word, english},
    scene::{Scene, best},
};
use chancery_model::Predicate;
use chancery_record::Stance;

/// A cue, or an event in a verb that is an act of speech by itself ("rejected", "urged", "did not rule out").
pub(super) fn speaks(scene: &Scene, clause: &Clause, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| clause.lower(w);
    let is_speech = p.is_cue() || english().speaks(&word(p.first)) && speaker(scene, p).is_some();
    // "speaking on condition of anonymity" tells how somebody spoke, and not what
    let tells_how = word(p.first).starts_with("sp") && word(p.last) == "on" && (p.last + 1..p.last + 4).any(|w| word(w) == "condition");
    // "an aide who declined to be named"
    let keeps_name =
        word(p.last) == "to" && word(p.last + 1) == "be" && matches!(word(p.last + 2).as_str(), "named" | "identified" | "quoted");
    // "met at the request of Peru"
    let is_occasion = word(p.first) == "request" && p.first > 1 && word(p.first - 1) == "the" && word(p.first - 2) == "at";
    // "issued a travel warning"
    let is_notice = word(p.first) == "warning" && p.first > 0 && word(p.first - 1) == "travel";
    let is_contact = (p.first..=p.last).any(|w| english().is(Word::Contact, &word(w))) && p.first > 0;
    is_speech
        && !tells_how
        && !is_notice
        && !is_contact
        && !is_occasion
        && !keeps_name
        && !calls_off(clause, p)
        && has_sense(clause, p)
        && !is_undone(scene, clause, p)
        && !is_told_to(scene, clause, i, p)
        && !is_second_choice(clause, p)
        && !(is_call(clause, p) && (is_by_telephone(clause, p) || is_visit(clause, p)))
        && !is_conversation(clause, p)
}

/// Whether one of its words, or of "did not" the next one, is more than a function word. A listed verb is, whatever the network takes it for.
fn has_sense(clause: &Clause, p: &Predicate) -> bool {
    let is_function = |w: usize| matches!(clause.class(w), "AUX" | "ADP" | "PART" | "ADV" | "DET" | "SCONJ" | "CCONJ" | "PUNCT");
    let is_listed =
        (p.first..p.last).any(|w| english().is_cue(&clause.lower(w)) || matches!(clause.lower(w).as_str(), "according" | "per"));
    let denies = english().stance(&clause.lower(p.last)) == Stance::Deny;
    is_listed || denies || !(p.first..p.last).all(is_function)
}

/// Whether it is told as what was not, or what may be said: "did not say", "could ask", "does not intend to ask". To deny by a negated word is
/// an act of speech: "did not rule out".
fn is_undone(scene: &Scene, clause: &Clause, p: &Predicate) -> bool {
    let words: Vec<String> = (p.first.saturating_sub(2)..p.last).map(|w| clause.lower(w)).collect();
    let stance = (p.first..=p.last).map(|w| english().stance(&clause.lower(w))).find(|s| *s != Stance::Assert);
    let is_negated = words.iter().any(|w| matches!(w.as_str(), "not" | "n't" | "never" | "neither"));
    let follows_modal = words.windows(2).any(|w| english().is(Word::Modal, &w[0]) && !matches!(w[1].as_str(), "like" | "have" | "be"));
    // "could raise the pressure by urging others to drop the limits"
    let is_modal = |w: usize| english().is(Word::Modal, &clause.lower(w));
    let is_means = p.first > 0 && clause.lower(p.first - 1) == "by" && clause.lower(p.first).ends_with("ing") && (0..p.first).any(is_modal);
    let status = scene.labels.statuses.get(best(&p.statuses).0).map(String::as_str);
    let is_intended = (p.first.saturating_sub(2)..p.first).any(|w| matches!(clause.lower(w).as_str(), "to" | "will" | "'ll"));
    let is_ahead = !p.is_cue() && is_intended && matches!(status, Some("p" | "c" | "e"));
    // "would only say that"
    let is_all = words.iter().any(|w| w == "only");
    stance != Some(Stance::Deny) && !is_all && (is_negated || follows_modal || is_means || is_ahead || !p.is_cue() && status == Some("n"))
}

/// Whether its speaker is who was told, or of whom it was said: "he was told", "she is said to be ill".
fn is_told_to(scene: &Scene, clause: &Clause, i: usize, p: &Predicate) -> bool {
    let verb = p.last - 1;
    let word = clause.lower(verb);
    let before = (0..verb).rev().find(|w| clause.class(*w) != "ADV").map(|w| clause.lower(w)).unwrap_or_default();
    let is_passive = matches!(before.as_str(), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "'re");
    if !is_passive || clause.class(verb) != "VERB" || word.ends_with("ing") || word.starts_with("quot") || !english().is_cue(&word) {
        return false;
    }
    let subject = speaker(scene, p).map(|m| &scene.sentences[i].reading.mentions[m]).filter(|m| m.last <= p.first);
    clause.lower(p.last) == "to" && word == "said" || subject.is_some_and(|m| clause.lower(m.first) != "it")
}

/// "declined to confirm or deny": the second of two cues between which somebody would not choose.
fn is_second_choice(clause: &Clause, p: &Predicate) -> bool {
    let ends_before = |q: &Predicate| q.is_cue() && q.last + 1 == p.first;
    let is_joined = p.first > 0 && matches!(clause.lower(p.first - 1).as_str(), "or" | "nor");
    is_joined && clause.sentence.reading.predicates.iter().any(ends_before)
}

/// Whether the cue is the verb "call" alone.
pub(super) fn is_call(clause: &Clause, p: &Predicate) -> bool {
    p.last == p.first + 1
        && matches!(clause.lower(p.first).as_str(), "call" | "calls" | "called" | "calling")
        && clause.class(p.first) != "NOUN"
}

/// "called off a visit", "called in the envoy", "calling its staff home": nothing is said.
fn calls_off(clause: &Clause, p: &Predicate) -> bool {
    // "called in the envoy", not "called in March for peace"
    let is_envoy = |w: usize| (w + 1..w + 6).any(|n| english().is(Word::Mission, &clause.lower(n)));
    let is_way = |w: usize| match clause.lower(w).as_str() {
        "off" | "home" | "back" | "up" => true,
        "in" => is_envoy(w),
        _ => false,
    };
    clause.lower(p.first).starts_with("call") && clause.class(p.first) != "NOUN" && (p.first + 1..=p.last).any(is_way)
}

/// Whether a call is one for something, or on somebody to do it.
pub(super) fn calls_for(clause: &Clause, p: &Predicate) -> bool {
    matches!(clause.lower(p.last).as_str(), "for" | "on" | "upon" | "again" | "instead" | "repeatedly" | "anew" | "also")
}

/// Whether a call is one by telephone or to a meeting: nothing that is named follows it.
fn is_by_telephone(clause: &Clause, p: &Predicate) -> bool {
    let is_date = clause.sentence.reading.mentions.iter().any(|m| m.kind == "da" && m.first == p.last);
    let is_moment = matches!(clause.lower(p.last + 1).as_str(), "after" | "before" | "later" | "ago" | "earlier");
    let names = matches!(clause.class(p.last), "PRON" | "DET" | "NOUN" | "PROPN" | "ADJ" | "NUM") && !is_date && !is_moment;
    !calls_for(clause, p) && !names && !clause.opens_quotation(p.last)
}

/// "called on the king in Amman": nothing is asked of him.
fn is_visit(clause: &Clause, p: &Predicate) -> bool {
    let asks = |w: usize| matches!(clause.lower(w).as_str(), "to" | "for" | "not" | ":") || clause.opens_quotation(w);
    clause.lower(p.last) == "on" && !(p.last..clause.count()).any(asks)
}

/// "during the call, ...": a call is a conversation, and one for something is none.
fn is_conversation(clause: &Clause, p: &Predicate) -> bool {
    let is_noun = matches!(clause.lower(p.first).as_str(), "call" | "calls") && clause.class(p.first) == "NOUN";
    is_noun && !matches!(clause.lower(p.last).as_str(), "for" | "to" | "on")
}

/// "said the rival had been calling donors, telling them ...": whether a participle hangs on a verb that somebody else does, told in the
/// content of an earlier cue.
pub(super) fn is_of_another(clause: &Clause, p: &Predicate, earlier: usize) -> bool {
    let predicates = &clause.sentence.reading.predicates;
    let is_cue = |w: usize| predicates.iter().any(|q| q.is_cue() && q.first <= w && w < q.last);
    let of_others = |head: usize| head > earlier && head < p.first && clause.class(head) == "VERB" && !is_cue(head);
    english().is(Word::Clausal, &clause.lower(p.first)) && clause.head(p.first).is_some_and(of_others)
}
