//! The words of a sentence as the content of a cue is looked for in them.

use super::{CueSite, JOINTS, Quotation, quotation};
use crate::{
    analysis::Sentence,
    page::dateline,
    phrases::{Word, english},
};

/// A sentence with its quotations.
pub struct Clause<'a> {
    /// The page text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// What of it stands between quotation marks.
    pub quotations: &'a [Quotation],
    /// Names of the parts of speech.
    pub upos: &'a [String],
}

impl Clause<'_> {
    /// How many words there are.
    pub fn count(&self) -> usize {
        self.sentence.words.len()
    }

    /// Word `w` in small letters.
    pub fn lower(&self, w: usize) -> String {
        self.sentence.lower(self.text, w)
    }

    /// The part of speech of word `w`; empty where the network did not read it.
    pub fn class(&self, w: usize) -> &str {
        self.sentence.class(self.upos, w)
    }

    /// Whether word `w` is a verb.
    pub fn is_verb(&self, w: usize) -> bool {
        matches!(self.class(w), "VERB" | "AUX")
    }

    /// Whether one of the words `first..last` is a verb.
    pub fn has_verb(&self, first: usize, last: usize) -> bool {
        (first..last).any(|w| self.is_verb(w))
    }

    /// Whether word `w` is more than a mark.
    pub fn is_word(&self, w: usize) -> bool {
        self.lower(w).chars().any(char::is_alphanumeric)
    }

    /// The first word behind a dateline.
    pub fn body(&self) -> usize {
        let words = self.sentence.span.slice(self.text).unwrap_or_default();
        if let Some(dateline) = dateline::prefix(words) {
            let start = self.sentence.span.start + dateline.body;
            return self.sentence.words.iter().position(|w| w.start >= start).unwrap_or(0);
        }
        // "PRAGUE, Czech Republic (AP)_ Tired of waiting ..."
        let is_filed = words.chars().take_while(|c| c.is_alphabetic()).filter(|c| c.is_uppercase()).count() > 2;
        let ends = |w: &usize| self.lower(*w) == ")" && matches!(self.lower(*w + 1).as_str(), "_" | "--" | "-" | "—" | "–");
        (1..self.count().min(14)).find(ends).filter(|_| is_filed).map_or(0, |w| w + 2)
    }

    /// The quotation that ends right before word `w` or the comma before it.
    pub fn quotation_before(&self, w: usize) -> Option<&Quotation> {
        let comma = w > 0 && self.lower(w - 1) == ",";
        self.quotations.iter().find(|q| q.closes && (q.last == w || comma && q.last + 1 == w))
    }

    /// Whether a quotation opens at word `w` or right before it.
    pub fn opens_quotation(&self, w: usize) -> bool {
        self.quotations.iter().any(|q| q.opens && (q.first == w || q.first + 1 == w))
    }

    /// The quotation behind the colon or comma that ends words without a verb: "of the plan on Monday: “...".
    pub fn quotation_led_in(&self, start: usize) -> Option<usize> {
        let is_led_in = |q: &&Quotation| {
            q.opens && q.first > start && matches!(self.lower(q.first - 1).as_str(), ":" | ",") && !self.has_verb(start, q.first)
        };
        self.quotations.iter().find(is_led_in).map(|q| q.first)
    }

    /// Whether word `w` stands in a quotation.
    pub fn is_in_quotation(&self, w: usize) -> bool {
        self.quotations.iter().any(|q| q.first <= w && w < q.last)
    }

    /// Whether words are one quotation, its marks included or not.
    pub fn is_quotation(&self, first: usize, last: usize) -> bool {
        self.quotations.iter().any(|q| q.first <= first && first <= q.first + 1 && last <= q.last && last + 3 >= q.last)
    }

    /// Words without commas, joints and full stops at their ends, and without the quotation marks around them.
    pub fn trimmed(&self, (mut first, mut last): (usize, usize)) -> Option<(usize, usize)> {
        let word = |w: usize| self.lower(w);
        let cut = last;
        while last > first && (quotation::is_end(&word(last - 1)) || JOINTS.contains(&word(last - 1).as_str())) {
            last -= 1;
        }
        let opening = self.quotations.iter().find(|q| q.opens && q.first == first);
        let inner = self.quotations.iter().find(|q| q.opens && q.first > first && q.first < last && last < q.last);
        if opening.is_some_and(|q| q.last >= last || quotation::is_mark(&word(cut - 1))) {
            first += 1;
        } else if let Some(q) = inner.filter(|q| q.closes && q.last <= cut) {
            // the marks of a quotation that is not all of the content stay
            last = q.last;
        }
        while first < last && matches!(word(first).as_str(), "," | ":" | ";") {
            first += 1;
        }
        (first < last).then_some((first, last))
    }

    /// Whether the "that" at word `that` begins the content of a cue whose words end at `start`.
    pub fn is_complementizer(&self, start: usize, that: usize) -> bool {
        let between = start..that;
        let begins = if self.lower(start) == "," { start + 1 } else { start };
        let is_set_off = matches!(self.class(begins), "ADP" | "SCONJ" | "ADV") || self.is_date(begins);
        let subject = self.class(that) != "SCONJ" && (that > start || self.is_verb(that + 1));
        let is_cue = |w: usize| self.sentence.reading.predicates.iter().any(|p| p.first == w && p.is_cue());
        let breaks = between.clone().any(|w| quotation::is_mark(&self.lower(w)) || self.lower(w) == ";" || is_cue(w));
        !subject && !breaks && (is_set_off || !self.has_verb(start, that)) && (that - start <= 9 || is_set_off)
    }

    /// Whether a date begins at word `w`.
    pub fn is_date(&self, w: usize) -> bool {
        self.date_from(w).is_some()
    }

    /// Whether word `w` is a noun; so is "the warning", whatever the network reads in it.
    pub fn is_noun(&self, w: usize) -> bool {
        let has_article = || w > 0 && (self.class(w - 1) == "DET" || self.lower(w - 1) == "'s");
        self.class(w) == "NOUN" || self.lower(w).ends_with("ing") && has_article()
    }

    /// The word that the network has word `w` hang on.
    pub fn head(&self, w: usize) -> Option<usize> {
        self.sentence.reading.heads.get(w)?.checked_sub(1)
    }

    /// One past the date that begins at word `w`.
    fn date_from(&self, w: usize) -> Option<usize> {
        self.sentence.reading.mentions.iter().find(|m| m.kind == "da" && m.first == w).map(|m| m.last)
    }

    /// The first word behind when, where and in what something was said: "said Friday it ...", "said late on Monday that ...", "told reporters in
    /// Dhaka that ...", "said in an interview the ...", "stressed, during the call, the ...".
    pub fn after_setting(&self, start: usize) -> usize {
        let mut at = start;
        // "that" is told by the word: the tagger takes it for a mark at times
        let begins = |w: usize| {
            matches!(self.class(w), "PRON" | "DET" | "PROPN" | "NOUN" | "ADJ" | "NUM" | "ADP" | "SCONJ") || self.lower(w) == "that"
        };
        for _ in 0..3 {
            let says = |w: usize, words: &[&str]| words.contains(&self.lower(w).as_str());
            let on = at + usize::from(says(at, &["late", "later", "early", "earlier"]));
            let day = on + usize::from(says(on, &["on", "at", "in"]));
            let date = self.date_from(day).or_else(|| self.date_from(at)).filter(|last| begins(*last) && !says(*last, &["'s"]));
            let place = || {
                let place = self.sentence.reading.mentions.iter().find(|m| m.first == at + 1 && matches!(m.kind.as_str(), "pl" | "st"))?;
                let is_set_off = says(place.last, &["that", ","]) || says(place.last, &["on"]) && self.is_date(place.last + 1);
                (says(at, &["in", "at", "from"]) && is_set_off).then_some(place.last)
            };
            let aside = || {
                let is_led = says(at, &[","]) && says(at + 1, &["during", "in", "at", "on", "after", "before", "following", "while"]);
                let comma = (at + 2..at + 10).find(|w| self.lower(*w) == ",").filter(|w| is_led && !self.has_verb(at, *w))?;
                Some(comma + 1).filter(|w| begins(*w))
            };
            let said_in = || {
                let is_utterance = |w: &usize| english().is(Word::Utterance, &self.lower(*w));
                let is_in = matches!(self.lower(at).as_str(), "in" | "during");
                let noun = (at + 1..at + 5).find(is_utterance).filter(|_| is_in)?;
                Some(noun + 1).filter(|w| begins(*w) && self.class(*w) != "ADP" || self.date_from(*w).is_some())
            };
            at = date.or_else(place).or_else(aside).or_else(said_in).unwrap_or(at);
        }
        at
    }

    /// Whether the words up to `last` only lead in: "In an essay last week", "Once she saw the plans", "A former teacher".
    pub fn is_fronted(&self, last: usize) -> bool {
        let first = (self.body()..last).find(|w| self.is_word(*w) && self.class(*w) != "CCONJ").unwrap_or(last);
        let has_comma = (first..last).any(|w| self.lower(w) == ",");
        let is_date = self.date_from(first).is_some();
        match self.class(first) {
            "" => false,
            "SCONJ" => !has_comma,
            "ADV" if matches!(self.lower(first).as_str(), "when" | "once" | "while" | "where") => !has_comma,
            "ADP" | "ADV" | "PART" => !(first..last).any(|w| self.class(w) == "AUX"),
            "VERB" => self.lower(first).ends_with("ing") || self.lower(first).ends_with("ed"),
            _ => is_date && !self.has_verb(first, last),
        }
    }

    /// Whether words are a subject that waits for its verb.
    pub fn is_subject(&self, first: usize, last: usize) -> bool {
        matches!(self.class(first), "DET" | "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM") && !self.has_verb(first, last)
    }

    /// Where the noun phrase begins that ends right before word `last`.
    pub fn noun_phrase_before(&self, last: usize) -> Option<usize> {
        let is_part = |w: &usize| {
            matches!(self.class(*w), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM")
                || matches!(self.lower(*w).as_str(), "'s" | "'" | "of" | "its" | "their" | "his" | "her" | "-")
        };
        (0..last).rev().take_while(is_part).last()
    }

    /// The speaker of a cue that is no mention: the noun phrase between comma and cue ("..., management said"), or behind "according to".
    pub fn unmarked_speaker(&self, cue: &CueSite) -> Option<(usize, usize)> {
        if cue.speaker.is_some() {
            return None;
        }
        if self.lower(cue.first) == "according" {
            let is_part = |w: &usize| matches!(self.class(*w), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PART");
            let last = (cue.last..self.count()).take_while(is_part).last()? + 1;
            return Some((cue.last, last));
        }
        self.bare_speaker(cue.first, cue).map(|first| (first, cue.first))
    }

    fn bare_speaker(&self, last: usize, cue: &CueSite) -> Option<usize> {
        let is_bare = cue.speaker.is_none() && last == cue.first && last > 0 && matches!(self.class(last - 1), "NOUN" | "PROPN");
        let first = self.noun_phrase_before(last).filter(|_| is_bare && self.class(cue.first) == "VERB")?;
        let is_marked = first > 0 && (self.lower(first - 1) == "," || quotation::is_mark(&self.lower(first - 1)));
        (is_marked && last - first <= 6).then_some(first)
    }

    /// Where a relative clause that holds word `from` ends: before the comma that the verb of its sentence follows.
    pub fn relative_end(&self, from: usize) -> usize {
        let closes =
            |w: &usize| self.lower(*w) == "," && self.is_verb(w + 1) && !self.lower(w + 1).ends_with("ing") && !self.is_in_quotation(*w);
        (from..self.count()).find(closes).unwrap_or_else(|| self.count())
    }

    /// Where the content of a cue in a relative or participial clause ends at the latest.
    pub fn own_end(&self, cue: &CueSite, first: usize) -> usize {
        let before = (0..cue.first).rev().find(|w| !matches!(self.class(*w), "ADV" | "AUX"));
        let is_relative = before.is_some_and(|w| matches!(self.lower(w).as_str(), "who" | "which") && w > 0 && self.lower(w - 1) == ",");
        let leads_in = cue.first <= 1 && self.lower(cue.first).ends_with("ing");
        let comma = || (first..self.count()).find(|w| self.lower(*w) == "," && !self.is_in_quotation(*w));
        if is_relative {
            self.relative_end(first)
        } else if leads_in {
            comma().unwrap_or_else(|| self.count())
        } else {
            self.count()
        }
    }

    /// The verb whose subject the noun before word `first` is: "proposal for free meals | is vague".
    pub fn verb_of_subject(&self, first: usize) -> Option<usize> {
        let is_own = |w: &usize| {
            let before = self.lower(w - 1);
            self.is_verb(*w) && !self.lower(*w).ends_with("ing") && !matches!(before.as_str(), "to" | "who" | "which" | "that" | "not")
        };
        let phrase = first + 1..self.count();
        let stops = |w: &usize| matches!(self.lower(*w).as_str(), "," | "that" | "who" | "which" | "to");
        let stop = phrase.clone().find(stops).unwrap_or(self.count());
        phrase.take_while(|w| *w < stop).find(is_own)
    }
}
