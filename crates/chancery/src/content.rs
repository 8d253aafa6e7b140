//! Where the content of a speech cue lies in its sentence.
//!
//! "She noted that the talks were useful, adding that more would follow." -> noted: "the talks were useful", adding: "more would follow".
//! Handles cues before, after and inside their content, cues in relative clauses, and `according to`. It works on words, punctuation and
//! parts of speech; the heads that the network reads are too often wrong for it. A content that the cue stands in ("Kohl, she said, left")
//! holds the cue.

mod clause;
mod quotation;

pub use clause::Clause;
pub use quotation::{Quotation, is_quoted, quotations, whole};

use crate::phrases::{Word, english};
use chancery_record::Span;

/// Words a content does not begin with.
const OPENERS: [&str; 6] = ["that", ":", ",", "-", "—", "_"];
/// Words that may stand between two coordinated cues and belong to neither content.
const JOINTS: [&str; 7] = [",", ";", "and", "while", "but", "before", "—"];
/// Words that go on with what was said after a cue that interrupts it: "..., she said, since ...".
const CONTINUING: [&str; 9] = ["since", "because", "unless", "until", "if", "although", "though", "including", "so"];

/// A cue's words, and the words of its speaker when in the sentence.
#[derive(Clone, Copy, Debug)]
pub struct CueSite {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
    /// Words of the speaker's mention.
    pub speaker: Option<(usize, usize)>,
    /// Words of the addressee's mention.
    pub addressee: Option<(usize, usize)>,
}

impl CueSite {
    /// Where the cue begins, with a speaker that stands before it.
    fn start(&self) -> usize {
        self.speaker.filter(|s| s.1 <= self.first).map_or(self.first, |s| s.0)
    }

    /// Whether the speaker stands behind the cue: "said the minister".
    fn is_inverted(&self) -> bool {
        self.speaker.is_some_and(|s| s.0 >= self.last)
    }
}

/// The content of `cues[k]`, or `None` when the sentence has no usable words for it.
pub fn content(clause: &Clause, cues: &[CueSite], k: usize) -> Option<Span> {
    let cue = cues.get(k)?;
    let words = if clause.lower(cue.first) == "according" {
        by_source(clause, cues, cue)
    } else if let Some(words) = relative(clause, cue) {
        Some(words)
    } else if follows_content(clause, cue) {
        backward(clause, cues, k)
    } else {
        forward(clause, cues, k).or_else(|| backward(clause, cues, k))
    };
    let (first, last) = words.and_then(|w| clause.trimmed(w))?;
    is_usable(clause, cue, first, last).then(|| clause.sentence.span_of(first, last))
}

/// Whether words can be what somebody said, and are not only where, when or to whom.
fn is_usable(clause: &Clause, cue: &CueSite, first: usize, last: usize) -> bool {
    let led_in = first + usize::from(clause.class(first) == "ADP");
    let is_date = |m: &chancery_model::Tagged| m.kind == "da" && m.first <= led_in && m.last >= last;
    if clause.is_quotation(first, last) {
        return true;
    }
    let has_verb = (first..last).any(|w| clause.is_verb(w));
    let needs_verb = (cue.first..cue.last).any(|w| english().is(Word::Clausal, &clause.lower(w)));
    // "expressed concern at the plan"
    let names_feeling = cue.last > cue.first + 1 && clause.is_noun(cue.last - 1);
    let is_setting = english().is(Word::Setting, &clause.lower(first)) && clause.class(first) == "ADP" && !names_feeling;
    // "spoke at a gathering of farmers"
    let only_speaks = matches!(clause.lower(cue.first).as_str(), "spoke" | "speak" | "speaks" | "spoken" | "speaking");
    if only_speaks && matches!(clause.lower(first).as_str(), "after" | "at" | "to" | "in" | "with" | "before" | "for" | "on" | "by") {
        return false;
    }
    // "Peru and Chad congratulated the winner": whoever speaks is nothing said
    let in_mention = |w: usize| clause.sentence.reading.mentions.iter().any(|m| (m.first..m.last).contains(&w));
    let is_named = |w: usize| in_mention(w) || matches!(clause.class(w), "PUNCT" | "CCONJ" | "DET");
    if last <= cue.first && !has_verb && (first..last).all(is_named) {
        return false;
    }
    let is_partly_quoted = clause.quotations.iter().any(|q| q.first < last && first < q.last);
    !clause.sentence.reading.mentions.iter().any(is_date) && (has_verb || is_partly_quoted || !needs_verb && !is_setting)
}

/// Content of "according to": after it where it opens the sentence or a clause, else before it.
fn by_source(clause: &Clause, cues: &[CueSite], cue: &CueSite) -> Option<(usize, usize)> {
    let opens = (0..cue.first).all(|w| !clause.is_word(w)) || matches!(clause.lower(cue.first - 1).as_str(), "and" | "but");
    let behind = cue.speaker.filter(|s| s.0 >= cue.last).map_or(cue.last, |s| s.1);
    let comma = (behind..clause.count()).find(|w| clause.lower(*w) == ",");
    if opens || cue.first == 1 {
        let first = comma? + 1;
        return Some((first, end(clause, cues, cue, first)));
    }
    let (first, last) = (0, cue.first);
    match comma {
        Some(_) if !clause.has_verb(first, last) => Some((first, end(clause, cues, cue, behind))),
        _ => Some((clause.body(), last)),
    }
}

/// "the rules, which the firm says were drawn up in haste": from the antecedent to the end of the relative clause.
fn relative(clause: &Clause, cue: &CueSite) -> Option<(usize, usize)> {
    let start = cue.start();
    let is_parted = start > 1 && clause.lower(start - 1) == "," && clause.lower(start - 2) == "which";
    let pronoun = start.checked_sub(if is_parted { 2 } else { 1 }).filter(|_| start < cue.first)?;
    let is_object = match clause.lower(pronoun).as_str() {
        "which" | "whom" => clause.class(pronoun) != "DET",
        "that" => clause.class(pronoun) == "PRON",
        _ => false,
    };
    let behind = pronoun.checked_sub(1).filter(|_| is_object)?;
    let last = if clause.lower(behind) == "," { behind } else { pronoun };
    let first = clause.noun_phrase_before(last)?;
    Some((first, clause.relative_end(cue.last)))
}

/// Content after the cue: up to the joint before the next cue, or the end of the sentence.
fn forward(clause: &Clause, cues: &[CueSite], k: usize) -> Option<(usize, usize)> {
    let cue = &cues[k];
    let start = after(clause, cue);
    let first = clause.quotation_led_in(start).unwrap_or(start);
    let is_noun = cue.last == cue.first + 1 && clause.is_noun(cue.first);
    // "The warning by the court follows two others": the verb is that of the sentence
    if is_noun && clause.is_verb(first) {
        return None;
    }
    let last = if is_noun && clause.class(first) == "ADP" {
        clause.verb_of_subject(first).unwrap_or_else(|| end(clause, cues, cue, first))
    } else {
        end(clause, cues, cue, first)
    };
    let (first, last) = clause.trimmed((first, last))?;
    (last > first + 1 && is_usable(clause, cue, first, last)).then_some((first, last))
}

/// The first word behind the cue, its speaker and addressee, where and when it was said, and "that".
fn after(clause: &Clause, cue: &CueSite) -> usize {
    let mut start = behind(cue);
    // "condolences to the premier and all his people over the loss": who else is addressed, or speaks
    let who_else = |w: usize| clause.sentence.reading.mentions.iter().find(|m| m.first == w && m.kind != "da").map(|m| m.last);
    while let Some(last) = Some(start).filter(|s| *s > cue.last && clause.lower(*s) == "and").and_then(|s| who_else(s + 1)) {
        start = last;
    }
    // "declined to confirm or deny"
    if matches!(clause.lower(start).as_str(), "or" | "nor") && clause.class(start + 1) == "VERB" {
        start += 2;
    }
    let mut first = clause.after_setting(start);
    let that = (start..clause.count().min(start + 12)).find(|w| clause.lower(*w) == "that");
    if let Some(that) = that.filter(|that| clause.is_complementizer(start, *that)) {
        first = that + 1;
    }
    let is_subject = |w: usize| clause.class(w) == "PRON" && clause.is_verb(w + 1);
    while OPENERS.contains(&clause.lower(first).as_str()) && !(clause.lower(first) == "that" && is_subject(first)) {
        first += 1;
    }
    first
}

/// One past the cue, its speaker and its addressee: "said the minister", "told reporters".
fn behind(cue: &CueSite) -> usize {
    let mut first = cue.last;
    for who in [cue.speaker, cue.addressee, cue.speaker].into_iter().flatten() {
        if who.0 >= first && who.0 <= first + 1 {
            first = who.1;
        }
    }
    first
}

/// Where a content that begins at word `first` ends: before the next cue that is coordinated with this one or that the content belongs to, too.
fn end(clause: &Clause, cues: &[CueSite], cue: &CueSite, first: usize) -> usize {
    let begins = |c: &CueSite| c.speaker.filter(|s| s.0 >= first).map_or(c.first, |s| s.0.min(c.first));
    let mut next: Vec<(usize, &CueSite)> =
        cues.iter().filter(|c| c.first >= first && c.first > cue.first).map(|c| (begins(c), c)).filter(|c| c.0 > first).collect();
    next.sort_by_key(|c| c.0);
    let whole = clause.quotations.iter().find(|q| q.first + 1 == first || q.first == first).map(|q| q.last);
    // "condemned the attack; Doha reopened its airspace": what is said is no clause that could go on
    let stop = (first..clause.count()).find(|w| clause.lower(*w) == ";" && whole.is_none_or(|last| *w >= last));
    let stop = stop.filter(|s| !clause.has_verb(first, *s) || clause.lower(first) == "to");
    let deed = next_deed(clause, cue, first).filter(|_| whole.is_none());
    let bound = clause.own_end(cue, first).min(stop.unwrap_or(clause.count())).min(deed.unwrap_or(clause.count()));
    let cut = next.iter().find_map(|(at, c)| {
        let is_inside = whole.is_some_and(|last| c.first < last);
        if is_inside {
            None
        } else if follows_content(clause, c) {
            Some(*at)
        } else {
            joint(clause, first, *at, c)
        }
    });
    cut.unwrap_or(clause.count()).min(bound)
}

/// "accused Peru of spying and recalled its envoy", "asked Peru to pay, but Lima refused": where begins what the speaker did next, or another did. What is said as
/// a clause may go on so itself.
fn next_deed(clause: &Clause, cue: &CueSite, first: usize) -> Option<usize> {
    let mentions = &clause.sentence.reading.mentions;
    let is_conjunction = |w: usize| matches!(clause.lower(w).as_str(), "and" | "but");
    let says = (cue.first..cue.last).any(|w| english().is(Word::Clausal, &clause.lower(w)));
    let deeds = clause.sentence.reading.predicates.iter().filter(|p| p.event >= 0.5 && p.first > first && clause.class(p.first) == "VERB");
    deeds.filter(|p| !says && cue.first < first && !clause.is_in_quotation(p.first)).find_map(|p| {
        let mut at = p.first - 1;
        while at > first && matches!(clause.class(at), "ADV" | "AUX") {
            at -= 1;
        }
        let acts = |words: (usize, usize)| {
            p.links.iter().any(|l| l.role[1] >= 0.5 && (mentions[l.mention].first, mentions[l.mention].last) == words)
        };
        let subject = mentions.iter().find(|m| m.last == at + 1 && m.first > first).filter(|m| acts((m.first, m.last)));
        let joint = match subject {
            Some(m) => Some(m.first - 1).filter(|w| is_conjunction(*w) && clause.lower(w - 1) == ","),
            None => Some(at).filter(|w| is_conjunction(*w) && cue.speaker.is_some_and(acts)),
        };
        joint.map(|w| if clause.lower(w - 1) == "," { w - 1 } else { w })
    })
}

/// The comma, "and" or "while" before a cue that begins at word `next`, if it is one that coordinates the cue.
fn joint(clause: &Clause, first: usize, next: usize, cue: &CueSite) -> Option<usize> {
    let word = |w: usize| clause.lower(w);
    let low = first.max(next.saturating_sub(3));
    let near = (low..next).find(|w| JOINTS.contains(&word(*w).as_str()));
    let is_bare = |w: usize| word(w) == "," && w + 1 == next && next < cue.first;
    // "said her mother, Ida Wren, called": a comma alone before a noun is none
    let is_joint = |w: &usize| word(*w) != "," || w + 1 == cue.first || matches!(word(w + 1).as_str(), "and" | "but" | "while" | "also");
    let parts = |w: &usize| {
        word(*w) == "," && matches!(word(w + 1).as_str(), "and" | "but" | "while") && word(w + 2) != "that" && !clause.is_in_quotation(*w)
    };
    near.filter(is_joint).filter(|w| !is_bare(*w)).or_else(|| (first..next).rev().find(parts))
}

/// Whether a cue stands behind its content or inside it: "..., she underlined on Monday.", "..., she wrote, since ...".
fn follows_content(clause: &Clause, cue: &CueSite) -> bool {
    let word = |w: usize| clause.lower(w);
    let start = cue.start();
    let is_marked = start > 0 && (word(start - 1) == "," || quotation::is_mark(&word(start - 1)));
    // "Iran's foreign minister, Abbas Araghchi, accused ...": what stands before the comma is the speaker
    let interrupts = word(behind(cue)) == "," && clause.is_verb(behind(cue) + 1);
    let is_apposed = || !interrupts && clause.sentence.reading.mentions.iter().any(|m| m.first <= 1 && m.last + 1 == start);
    let is_parted = cue.speaker.is_some_and(|s| (s.1..cue.first).any(|w| clause.class(w) == "VERB"));
    if !is_marked || is_parted || word(cue.first).ends_with("ing") || is_apposed() {
        return false;
    }
    let at = after(clause, cue);
    let quoted = clause.quotation_before(start);
    let says_that = at > 0 && word(at - 1) == "that";
    if says_that || clause.opens_quotation(at) {
        return quoted.is_some_and(|q| q.is_speech(clause)) && !says_that;
    }
    if at >= clause.count() || quotation::is_end(&word(at)) || cue.is_inverted() || quoted.is_some_and(|q| q.is_speech(clause)) {
        return start >= 2;
    }
    let is_fronted = clause.is_fronted(start - 1);
    if word(behind(cue)) == "," {
        return !is_fronted;
    }
    if start < 4 || is_fronted && is_complement(clause, cue, at) {
        return false;
    }
    // "..., lawyers said, and the prosecutor has a photograph": what stands behind may be the writer's own
    let goes_on = matches!(word(at).as_str(), "and" | "but" | "while") && word(at - 1) == ",";
    let is_setting = clause.is_date(at)
        || matches!(word(at).as_str(), "on" | "in" | "by" | "at" | "from" | "during" | "after" | "late" | "early" | "via");
    is_setting || goes_on || clause.count() - at <= 6 && (!is_complement(clause, cue, at) || clause.has_verb(0, start))
}

/// Whether what is said can begin at word `at`: "acknowledged their long struggle", not "told the agency".
fn is_complement(clause: &Clause, cue: &CueSite, at: usize) -> bool {
    let needs_verb = english().is(Word::Clausal, &clause.lower(cue.last - 1));
    let begins = matches!(clause.class(at), "PRON" | "DET" | "PROPN" | "NOUN" | "ADJ" | "NUM" | "SCONJ" | "PART");
    begins && (!needs_verb || clause.has_verb(at, clause.count()))
}

/// Content before the cue, with what follows the cue where that belongs to it.
fn backward(clause: &Clause, cues: &[CueSite], k: usize) -> Option<(usize, usize)> {
    let cue = &cues[k];
    let mut last = cue.speaker.filter(|s| s.1 <= cue.first + 1).map_or(cue.first, |s| s.0.min(cue.first));
    let is_marked =
        last > 0 && (matches!(clause.lower(last - 1).as_str(), "," | "as" | "—") || quotation::is_mark(&clause.lower(last - 1)));
    if !is_marked {
        // "an allegation (that) the army has dismissed."
        let behind = if last > 0 && clause.lower(last - 1) == "that" { last - 1 } else { last };
        let is_last = cue.last >= clause.count() || quotation::is_end(&clause.lower(cue.last));
        return clause.noun_phrase_before(behind).filter(|_| is_last && last < cue.first).map(|first| (first, behind));
    }
    // "We will wait," the union's president, Ann Lee, said
    let opening = clause.quotations.iter().find(|q| q.first == clause.body() && q.closes && q.last < last && q.is_speech(clause));
    if let Some(q) = opening.filter(|q| !clause.has_verb(q.last, last)) {
        return Some((q.first, q.last));
    }
    let quoted = clause.quotation_before(last);
    while last > 0 && (matches!(clause.lower(last - 1).as_str(), "," | "as" | "—") || quotation::is_mark(&clause.lower(last - 1))) {
        last -= 1;
    }
    let first = quoted.filter(|q| q.is_speech(clause)).map_or_else(|| floor(clause, cues, k, last), |q| q.first);
    let resumed = after(clause, cue);
    let is_broken_off = clause.lower(behind(cue)) == "," && resumed < clause.count();
    if is_broken_off && quoted.is_some() && clause.opens_quotation(resumed) {
        let second = clause.quotations.iter().find(|q| q.first + 1 == resumed || q.first == resumed);
        return Some((first, second.map_or(clause.count(), |q| q.last)));
    }
    let goes_on = CONTINUING.contains(&clause.lower(resumed).as_str()) || clause.is_subject(first, last) && clause.is_verb(resumed);
    if is_broken_off && quoted.is_none() && goes_on {
        return Some((first, end(clause, cues, cue, resumed)));
    }
    (last > first).then_some((first, last))
}

/// Where a content that ends at word `last` may begin: at the start of the sentence, or after the joint behind an earlier cue that has its own.
fn floor(clause: &Clause, cues: &[CueSite], k: usize, last: usize) -> usize {
    let before = cues.iter().enumerate().filter(|(j, c)| *j != k && c.last <= last);
    let ended = before.filter(|(_, c)| follows_content(clause, c)).map(|(_, c)| c.last).max();
    let Some(ended) = ended else { return clause.body() };
    let joint = (ended..last).find(|w| matches!(clause.lower(*w).as_str(), ";" | "and" | "but" | "while"));
    joint.map_or_else(|| clause.body(), |j| j + 1)
}

#[cfg(test)]
mod tests;
