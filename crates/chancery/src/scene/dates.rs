//! When an act is: the mention of its date, widened to the expression of which it is a part ("from March 3 to 5", "between Monday and
//! Wednesday", "two years ago on Wednesday"), and for as long as the sentence says that it lasts ("a three-day visit that begins on Monday").

use super::{Role, Scene, best, linked};
use crate::{
    phrases::{Word, english},
    time,
};
use chancery_model::Predicate;
use chancery_record::{DatePrecision, EventType, Evidence, EvidenceRole, Span, When};
use jiff::civil::Date;
use std::ops::Range;

/// How many words of an expression at most stand on one side of the mention, joining words among them.
const OTHER_END: usize = 5;
/// How many arcs below the predicate the noun of what lasts may hang: "arrived on Tuesday for a two-day visit".
const ARCS: usize = 2;
/// How many sentences before one the day may stand on which "two days later" rests.
const SENTENCES: usize = 3;

impl Scene<'_> {
    /// When the act of predicate `p` of sentence `i` is, by the mention `m` of a date, and the words that tell it. A number is no date, and an act
    /// that was is not dated by a day to come that another act of the sentence has: "announced that a route would open in 2032".
    pub fn dated(&self, i: usize, p: &Predicate, m: usize, is_ahead: bool) -> (Option<When>, Vec<Evidence>) {
        let words = self.date_words(i, m);
        let span = self.sentences[i].span_of(words.start, words.end);
        let text = span.slice(self.text.as_str()).unwrap_or_default();
        let mut shown = vec![span];
        let before = words.start.checked_sub(1).map(|w| self.sentences[i].lower(self.text.as_str(), w)).unwrap_or_default();
        let looks_ahead = !is_ahead && self.looks_ahead(i, &words);
        // "agreed to free them by Friday", "the visit planned for Friday"
        let is_fixed = !matches!(before.as_str(), "until" | "till" | "by" | "before");
        let is_deadline = looks_ahead && time::is_weekday(text) && (is_of_word(p) || is_fixed);
        let rested = self.rested(i, m);
        let mut when = match &rested {
            _ if self.is_of_a_thing(i, p, &words) => return (None, Vec::new()),
            Some((when, moment)) => {
                shown.push(*moment);
                when.clone()
            }
            // "closed since 2017"
            None if before == "since" => {
                shown = vec![self.sentences[i].span_of(words.start - 1, words.end)];
                self.resolve(shown[0].slice(self.text.as_str()).unwrap_or_default(), false)
            }
            None if looks_ahead && !is_deadline => time::resolve_ahead(text, self.anchor()),
            None => self.resolve(text, is_ahead || is_deadline),
        };
        if time::is_number(text) || !is_ahead && self.is_to_come(&when) && self.is_of_another(i, p, m) {
            return (None, Vec::new());
        }
        if when.precision == DatePrecision::Day
            && when.start == when.end
            && let Some(day) = when.start.clone()
            && let Some((span, noun)) = self.length(i, p)
            && let Some(length) = span.slice(self.text.as_str())
        {
            let (first, last) = if self.ends_on(i, p, &words, noun) {
                (time::first_day(&day, length), Some(day))
            } else {
                (Some(day.clone()), time::last_day(&day, length))
            };
            if first.is_some() && last.is_some() {
                (when.start, when.end) = (first, last);
                shown.push(span);
            }
        }
        (Some(when), shown.into_iter().filter_map(|s| self.evidence(EvidenceRole::Date, s)).collect())
    }

    /// What the words of a date mention mean that rest on the day told last before it ("on Monday. Two days later"), and the words of that day.
    pub(super) fn rested(&self, i: usize, m: usize) -> Option<(When, Span)> {
        let words = self.date_span(i, m).slice(self.text.as_str())?;
        // any day serves to see whether the words rest on one
        time::resolve_from(words, Date::constant(2000, 1, 1))?;
        let dates =
            |i: usize| (0..self.sentences[i].reading.mentions.len()).filter(move |m| self.sentences[i].reading.mentions[*m].kind == "da");
        let first = self.sentences[i].reading.mentions[m].first;
        let here = dates(i).rfind(|d| self.sentences[i].reading.mentions[*d].first < first).map(|d| (i, d));
        let before = || (i.saturating_sub(SENTENCES)..i).rev().find_map(|s| Some((s, dates(s).next_back()?)));
        let (s, d) = here.or_else(before)?;
        let told = self.when_of(self.date_span(s, d), false).filter(|w| w.precision == DatePrecision::Day && w.start == w.end)?;
        Some((time::resolve_from(words, told.start?.parse().ok()?)?, self.date_span(s, d)))
    }

    /// What shows the date of a mention: its words, and those of the day on which they rest.
    pub fn date_evidence(&self, i: usize, m: usize) -> impl Iterator<Item = Evidence> {
        let spans = [Some(self.date_span(i, m)), self.rested(i, m).map(|r| r.1)];
        spans.into_iter().flatten().filter_map(|s| self.evidence(EvidenceRole::Date, s))
    }

    /// The words of a date mention, with the rest of the expression of which it is a part.
    pub fn date_span(&self, i: usize, m: usize) -> Span {
        let words = self.date_words(i, m);
        self.sentences[i].span_of(words.start, words.end)
    }

    fn date_words(&self, i: usize, m: usize) -> Range<usize> {
        let (sentence, text) = (&self.sentences[i], self.text.as_str());
        let tag = &sentence.reading.mentions[m];
        let words = |first: usize, last: usize| sentence.span_of(first, last).slice(text).unwrap_or_default();
        let narrow = words(tag.first, tag.last);
        // "to 5 March", not "to 5 March on the"
        let says = |w: usize| !time::is_silent(words(w, w + 1));
        let firsts = (tag.first.saturating_sub(OTHER_END)..tag.first).filter(|w| says(*w)).chain([tag.first]);
        let lasts: Vec<usize> =
            [tag.last].into_iter().chain((tag.last + 1..=sentence.words.len()).take(OTHER_END).filter(|w| says(w - 1))).collect();
        let mut wider: Vec<(usize, usize)> = firsts.flat_map(|f| lasts.iter().map(move |l| (f, *l))).collect();
        wider.sort_by_key(|(first, last)| std::cmp::Reverse(last - first));
        let is_whole = |(first, last): &(usize, usize)| {
            time::completes(narrow, words(*first, *last)) || self.joins(i, m, *first, *last) && self.is_longer(words(*first, *last), narrow)
        };
        let (first, last) = wider.into_iter().find(is_whole).unwrap_or((tag.first, tag.last));
        first..last
    }

    /// Whether words join the mention of a date to others after it ("March 3" of "from March 3 to 5") or before it ("9 May" of "between 3 May
    /// and 9 May" or "from 3 to 9 May").
    fn joins(&self, i: usize, m: usize, first: usize, last: usize) -> bool {
        let (sentence, text) = (&self.sentences[i], self.text.as_str());
        let tag = &sentence.reading.mentions[m];
        let word = |w: Option<usize>| w.map(|w| sentence.lower(text, w)).unwrap_or_default();
        let joins = |joint: Option<usize>| match word(joint).as_str() {
            "to" | "until" | "till" | "through" | "-" | "–" | "—" => true,
            joint => joint == "and" && word(first.checked_sub(1)) == "between",
        };
        let words = |w: usize| sentence.words.get(w)?.slice(text);
        let is_dated = |w: usize| words(w).is_some_and(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
        let goes_on = first == tag.first && last > tag.last + 1 && is_dated(last - 1) && joins(Some(tag.last));
        let is_led = match word(first.checked_sub(1)).as_str() {
            "between" => true,
            "from" | "on" => tag.first == first + 2 && time::is_number(&word(Some(first))),
            _ => false,
        };
        goes_on || last == tag.last && tag.first > first + 1 && is_led && is_dated(first) && joins(tag.first.checked_sub(1))
    }

    /// Whether words are a longer stretch of days, with those of `narrow` at one of its ends.
    fn is_longer(&self, words: &str, narrow: &str) -> bool {
        let (wide, narrow) = (self.resolve(words, false), self.resolve(narrow, false));
        wide.start.is_some() && (wide.end > narrow.end || wide.start < narrow.start && wide.end == narrow.end)
    }

    fn resolve(&self, words: &str, is_ahead: bool) -> When {
        time::resolve(words, self.anchor(), is_ahead)
    }

    /// "suspended a 2016 migration deal": whether a year is part of what something is called, and that is not the act itself ("the 2014 annexation").
    fn is_of_a_thing(&self, i: usize, p: &Predicate, words: &Range<usize>) -> bool {
        let sentence = &self.sentences[i];
        let class = |w: usize| sentence.class(&self.labels.upos, w);
        let text = sentence.span_of(words.start, words.end).slice(self.text.as_str()).unwrap_or_default();
        let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let is_led = words
            .start
            .checked_sub(1)
            .is_some_and(|w| matches!(sentence.lower(self.text.as_str(), w).as_str(), "a" | "the" | "its" | "their"));
        let is_name = |w: usize| matches!(class(w), "NOUN" | "ADJ" | "PROPN");
        let is_of_act = p.first >= words.end && (words.end..p.first).all(is_name);
        is_year && is_led && is_name(words.end) && !is_of_act
    }

    /// Whether the words of a date are to come by the words around them.
    fn looks_ahead(&self, i: usize, words: &Range<usize>) -> bool {
        let sentence = &self.sentences[i];
        let lower = |words: Range<usize>| words.map(|w| sentence.lower(self.text.as_str(), w)).collect::<Vec<_>>();
        let end = (words.end + OTHER_END).min(sentence.words.len());
        time::looks_ahead(&lower(words.start.saturating_sub(OTHER_END)..words.start), &lower(words.end..end))
    }

    /// Whether a date lies wholly after publication.
    fn is_to_come(&self, when: &When) -> bool {
        let start = when.start.as_deref().and_then(|d| d.parse::<Date>().ok());
        start.zip(self.anchor()).is_some_and(|(start, published)| start > published)
    }

    /// Whether a mention dates another event of the sentence too.
    fn is_of_another(&self, i: usize, p: &Predicate, m: usize) -> bool {
        let mut others = self.sentences[i].reading.predicates.iter().filter(|q| q.first != p.first && q.event >= 0.5);
        others.any(|q| linked(q, Role::Date).contains(&m))
    }

    /// Whether a date is the last day of what lasts, not the first: "a four-day exercise that ended on Sunday".
    fn ends_on(&self, i: usize, p: &Predicate, words: &Range<usize>, noun: usize) -> bool {
        let (sentence, text) = (&self.sentences[i], self.text.as_str());
        let turn = |w: usize| match sentence.lower(text, w) {
            word if time::ends(&word) => Some(true),
            word if time::begins(&word) => Some(false),
            _ => None,
        };
        let above = |w: usize| sentence.reading.heads.get(w).and_then(|h| h.checked_sub(1));
        let head = words.clone().find(|w| above(*w).is_some_and(|h| !words.contains(&h)));
        let over = std::iter::successors(head, |w| above(*w)).skip(1).take(ARCS);
        over.chain(p.first..p.last).chain(above(noun)).find_map(turn).unwrap_or(false)
    }

    /// The words that say how long the act of a predicate lasts: "two-day" of a visit or the like that is the act or hangs on it; and
    /// which word that is.
    fn length(&self, i: usize, p: &Predicate) -> Option<(Span, usize)> {
        let (sentence, text) = (&self.sentences[i], self.text.as_str());
        let above = |w: usize| sentence.reading.heads.get(w).and_then(|h| h.checked_sub(1));
        let hangs = |noun: usize| std::iter::successors(Some(noun), |w| above(*w)).take(ARCS + 1).any(|h| (p.first..p.last).contains(&h));
        let its = |last: usize| above(last).filter(|n| english().is(Word::Lasting, &sentence.lower(text, *n)) && hangs(*n));
        let is_length = |s: &Span| s.slice(text).is_some_and(|t| t.contains('-') && time::is_length(t));
        // one word or, cut at the hyphen, three
        let lengths = (0..sentence.words.len()).flat_map(|w| [(sentence.span_of(w, w + 1), w), (sentence.span_of(w, w + 3), w + 2)]);
        lengths.into_iter().filter(|(span, _)| is_length(span)).find_map(|(span, last)| Some((span, its(last)?)))
    }
}

/// Whether a predicate is one of words about what is to come: a promise, a demand, a threat.
fn is_of_word(p: &Predicate) -> bool {
    matches!(EventType::ALL.get(best(&p.types).0), Some(EventType::Agree | EventType::Request | EventType::Threaten))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::Sentence, annotated::Annotated};

    /// The first and last day and the words of the date of the first event of a sentence, told on Tuesday, 3 June 2031. `heads`: words and
    /// the words on which they hang.
    fn told(lines: &str, heads: &[(&str, &str)]) -> Option<[String; 3]> {
        Annotated::new(lines).scene(|scene| {
            let mut sentences: Vec<Sentence> = scene.sentences.to_vec();
            let sentence = &mut sentences[0];
            let at = |s: &Sentence, word: &str| s.words.iter().position(|w| w.slice(scene.text.as_str()) == Some(word)).expect("a word");
            let mut hangs = vec![0; sentence.words.len()];
            heads.iter().for_each(|(word, on)| hangs[at(sentence, word)] = at(sentence, on) + 1);
            sentence.reading.heads = hangs;
            let scene = Scene { sentences: &sentences, published: Some("2031-06-03"), ..*scene };
            let p = &scene.sentences[0].reading.predicates[0];
            let (when, shown) = scene.dated(0, p, *linked(p, Role::Date).first().expect("a date"), false);
            assert_eq!(when.is_some(), !shown.is_empty(), "{lines}");
            let when = when?;
            Some([when.start, when.end, when.text].map(Option::unwrap_or_default))
        })
    }

    fn dated(dates: &str) -> Option<[String; 3]> {
        let lines = format!("T [a:st:GHA Ghana] {{1 expelled}} [b:gr:TGO two Togolese envoys] {dates}.\nE 1 SANCTION o act=a rec=b date=d");
        told(&lines, &[])
    }

    fn days(start: &str, end: &str, text: &str) -> Option<[String; 3]> {
        Some([start, end, text].map(str::to_owned))
    }

    #[test]
    fn a_number_is_widened_to_its_range_or_no_date() {
        assert_eq!(dated("between [d:da 2] and 6 March"), days("2031-03-02", "2031-03-06", "2 and 6 March"));
        assert_eq!(dated("from [d:da 2] to 6 March"), days("2031-03-02", "2031-03-06", "2 to 6 March"));
        assert_eq!(dated("from [d:da 9 until 11] April"), days("2031-04-09", "2031-04-11", "9 until 11 April"));
        assert_eq!(dated("from 2 to [d:da 6 March]"), days("2031-03-02", "2031-03-06", "2 to 6 March"));
        assert_eq!(dated("on a train of 2 to [d:da 6 March]"), days("2031-03-06", "2031-03-06", "6 March"));
        assert_eq!(dated("in [d:da 2] or 6 cars"), None);
    }

    #[test]
    fn a_weekday_of_another_year_is_not_of_this_week() {
        assert_eq!(dated("three years ago on [d:da Monday]"), days("2028-01-01", "2028-12-31", "three years ago on Monday"));
        assert_eq!(dated("three [d:da years ago] today"), days("2028-06-03", "2028-06-03", "three years ago today"));
        assert_eq!(dated("who came three years ago, on [d:da Monday]"), days("2031-06-02", "2031-06-02", "Monday"));
    }

    #[test]
    fn words_that_look_ahead_mean_the_day_to_come() {
        assert_eq!(dated("and gave others until [d:da July 8]"), days("2031-07-08", "2031-07-08", "July 8"));
        assert_eq!(dated("and took [d:da 8 July] as the new date"), days("2031-07-08", "2031-07-08", "8 July"));
        assert_eq!(dated("on [d:da July 8]"), days("2030-07-08", "2030-07-08", "July 8"));
    }

    #[test]
    fn a_deadline_is_to_come_and_since_has_no_end() {
        let of = |verb: &str, dates: &str| {
            told(&format!("T [a:st:GHA Ghana] {{1 acted}} on [b:gr:TGO two envoys] {dates}.\nE 1 {verb} o act=a rec=b date=d"), &[])
        };
        assert_eq!(of("AGREE", "by [d:da Friday]"), days("2031-06-06", "2031-06-06", "Friday"));
        assert_eq!(of("ASSAULT", "by [d:da Friday]"), days("2031-05-30", "2031-05-30", "Friday"));
        assert_eq!(of("ASSAULT", "planned for [d:da Friday]"), days("2031-06-06", "2031-06-06", "Friday"));
        assert_eq!(of("ASSAULT", "since [d:da 2029]"), days("2029-01-01", "", "since 2029"));
        assert_eq!(of("ASSAULT", "of a [d:da 2029] deal"), None);
        let noun = "T The [d:da 2029] {1 attack} on [b:st:GHA Ghana] failed.\nE 1 ASSAULT o rec=b date=d";
        assert_eq!(told(noun, &[]), days("2029-01-01", "2029-12-31", "2029"));
        assert_eq!(of("ASSAULT", "in [d:da 2029]"), days("2029-01-01", "2029-12-31", "2029"));
    }

    #[test]
    fn days_are_counted_from_the_one_told_before() {
        let story = |first: &str| {
            format!(
                "T [a:st:GHA Ghana] {{1 expelled}} [b:gr:TGO two envoys] {first}, and [c:st:TGO Togo] {{2 answered}} [e:da two days later].\n\
                 E 2 ACCUSE o act=c date=e\nE 1 SANCTION o act=a rec=b"
            )
        };
        let later = |first: &str| {
            Annotated::new(&story(first)).scene(|scene| {
                let scene = Scene { published: Some("2031-06-03"), ..*scene };
                let p = scene.sentences[0].reading.predicates.iter().find(|p| !linked(p, Role::Date).is_empty()).expect("the dated one");
                let (when, shown) = scene.dated(0, p, linked(p, Role::Date)[0], false);
                (when.and_then(|w| w.start), shown.len())
            })
        };
        assert_eq!(later("on [d:da Friday]"), (Some("2031-06-01".to_owned()), 2));
        assert_eq!(later("in [d:da May]"), (None, 1));
        assert_eq!(later("by night"), (None, 1));
    }

    #[test]
    fn what_ended_on_a_day_lasted_until_then() {
        let walk = |end: &str, of: [(&str, &str); 3]| {
            let lines = format!("T [a:st:GHA Ghana] {{1 held}} a 4-day drill that {end} on [d:da Sunday].\nE 1 COOPERATE o act=a date=d");
            told(&lines, &of)
        };
        let drill = [("day", "drill"), ("drill", "held")];
        assert_eq!(walk("ended", [drill[0], drill[1], ("Sunday", "ended")]), days("2031-05-29", "2031-06-01", "Sunday"));
        assert_eq!(walk("began", [drill[0], drill[1], ("Sunday", "began")]), days("2031-06-01", "2031-06-04", "Sunday"));
    }

    #[test]
    fn what_was_done_is_not_dated_by_what_is_to_come() {
        let lines = "T [a:st:GHA Ghana] {1 promised} that it would {2 lift} the ban in [d:da 2032].\nE 1 AGREE o act=a date=d\n\
                     E 2 CONCEDE p act=a date=d";
        assert_eq!(told(lines, &[]), None);
        let past = lines.replace("2032", "2029");
        assert_eq!(told(&past, &[]), days("2029-01-01", "2029-12-31", "2029"));
    }
}
