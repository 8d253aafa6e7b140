//! When an act is: the mention of its date, widened to the range of which it is one end ("from March 3 to 5", "between Monday and Wednesday"), and for
//! as long as the sentence says that it lasts ("a three-day visit that begins on Monday").

use super::Scene;
use crate::{
    phrases::{Word, english},
    time,
};
use chancery_model::Predicate;
use chancery_record::{DatePrecision, Evidence, EvidenceRole, Span, When};

/// How many words the other end of a range has at most, its "to" among them.
const OTHER_END: usize = 5;
/// How many arcs below the predicate the noun of what lasts may hang: "arrived on Tuesday for a two-day visit".
const ARCS: usize = 2;

impl Scene<'_> {
    /// When the act of predicate `p` of sentence `i` is, by the mention `m` of a date, and the words that tell it.
    pub fn dated(&self, i: usize, p: &Predicate, m: usize, is_ahead: bool) -> (Option<When>, Vec<Evidence>) {
        let span = self.date_span(i, m);
        let mut shown = vec![span];
        let mut when = self.when_of(span, is_ahead);
        if let Some(when) = &mut when
            && when.precision == DatePrecision::Day
            && when.start == when.end
            && let Some(start) = &when.start
            && let Some((length, end)) = self.length(i, p).and_then(|l| Some((l, time::last_day(start, l.slice(self.text.as_str())?)?)))
        {
            when.end = Some(end);
            shown.push(length);
        }
        (when, shown.into_iter().filter_map(|s| self.evidence(EvidenceRole::Date, s)).collect())
    }

    /// The words of a date mention, with the rest of the range of which it is the beginning.
    pub fn date_span(&self, i: usize, m: usize) -> Span {
        let (sentence, narrow, text) = (&self.sentences[i], self.mention_span(i, m), self.text.as_str());
        let tag = &sentence.reading.mentions[m];
        let joins = match sentence.lower(text, tag.last).as_str() {
            "to" | "until" | "till" | "through" | "-" | "–" | "—" => true,
            word => word == "and" && tag.first > 0 && sentence.lower(text, tag.first - 1) == "between",
        };
        let read = |span: &Span| time::resolve(span.slice(text).unwrap_or_default(), self.anchor(), false);
        let end = read(&narrow).end;
        let is_range = |span: &Span| {
            let when = read(span);
            when.start.is_some() && when.end > end
        };
        let last = (tag.last + OTHER_END).min(if joins { sentence.words.len() } else { 0 });
        // "to 5 March", not "to 5 March on the"
        let is_dated =
            |w: &usize| sentence.words[w - 1].slice(text).is_some_and(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
        let ends = (tag.last + 2..=last).rev().filter(is_dated);
        ends.map(|w| sentence.span_of(tag.first, w)).find(is_range).unwrap_or(narrow)
    }

    /// The words that say how long the act of a predicate lasts: "two-day" of a visit or the like that is the act or hangs on it.
    fn length(&self, i: usize, p: &Predicate) -> Option<Span> {
        let (sentence, text) = (&self.sentences[i], self.text.as_str());
        let above = |w: usize| sentence.reading.heads.get(w).and_then(|h| h.checked_sub(1));
        let hangs = |noun: usize| std::iter::successors(Some(noun), |w| above(*w)).take(ARCS + 1).any(|h| (p.first..p.last).contains(&h));
        let is_its = |last: usize| above(last).is_some_and(|n| english().is(Word::Lasting, &sentence.lower(text, n)) && hangs(n));
        let is_length = |s: &Span| s.slice(text).is_some_and(|t| t.contains('-') && time::is_length(t));
        // one word or, cut at the hyphen, three
        let lengths = (0..sentence.words.len()).flat_map(|w| [(sentence.span_of(w, w + 1), w), (sentence.span_of(w, w + 3), w + 2)]);
        lengths.into_iter().find(|(span, last)| is_length(span) && is_its(*last)).map(|(span, _)| span)
    }
}
