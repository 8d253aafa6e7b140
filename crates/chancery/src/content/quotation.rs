//! What stands between quotation marks: “ ”, « », ", and the wires' `` and ''.

use super::Clause;
use crate::analysis::Sentence;
use chancery_record::Span;

/// Words of a sentence between quotation marks, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark, or the first word where an earlier sentence opened it.
    pub first: usize,
    /// One past the closing mark, or past the last word where it goes on.
    pub last: usize,
    /// Whether it opens in this sentence.
    pub opens: bool,
    /// Whether it closes in this sentence.
    pub closes: bool,
}

impl Quotation {
    /// Whether it is what somebody said, and no title or single term: it begins the sentence or a clause of its own.
    pub fn is_speech(&self, clause: &Clause) -> bool {
        let follows = |w: usize| matches!(clause.lower(w).as_str(), "," | ":" | "_" | "-" | "—") && self.has_verb(clause);
        !self.opens || self.first == clause.body() || follows(self.first - 1)
    }

    fn has_verb(&self, clause: &Clause) -> bool {
        clause.has_verb(self.first, self.last)
    }
}

/// Whether a word is a quotation mark.
pub fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "«" | "»" | "„" | "``" | "''")
}

/// Whether a word ends a sentence or a quotation.
pub fn is_end(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "'") || is_mark(word)
}

/// Whether the content stands inside quotation marks.
pub fn is_quoted(text: &str, content: Span) -> bool {
    let before = text.get(..content.start).unwrap_or_default();
    before.ends_with(['"', '“', '«', '„']) || before.ends_with("``") || before.ends_with("''")
}

/// The quotations of each sentence. One goes on from sentence to sentence of a paragraph until it is closed.
pub fn quotations(text: &str, sentences: &[Sentence]) -> Vec<Vec<Quotation>> {
    let mut all = Vec::with_capacity(sentences.len());
    let (mut inside, mut paragraph) = (false, None);
    for sentence in sentences {
        if paragraph != Some((sentence.paragraph, sentence.is_headline)) {
            inside = false;
        }
        paragraph = Some((sentence.paragraph, sentence.is_headline));
        let (found, goes_on) = of_sentence(text, sentence, inside);
        all.push(found);
        inside = goes_on;
    }
    all
}

fn of_sentence(text: &str, sentence: &Sentence, inside: bool) -> (Vec<Quotation>, bool) {
    let mut found = Vec::new();
    let mut open = inside.then_some((0, false));
    for w in 0..sentence.words.len() {
        let opens = match sentence.lower(text, w).as_str() {
            "“" | "«" | "„" | "``" => true,
            "”" | "»" => false,
            "\"" | "''" => open.is_none(),
            _ => continue,
        };
        match open {
            None if opens => open = Some((w, true)),
            Some((first, here)) if !opens => {
                found.push(Quotation { first, last: w + 1, opens: here, closes: true });
                open = None;
            }
            _ => {}
        }
    }
    if let Some((first, opens)) = open {
        found.push(Quotation { first, last: sentence.words.len(), opens, closes: false });
    }
    (found, open.is_some())
}

/// The content of sentence `i` with the sentences of its quotation before and after.
pub fn whole(text: &str, sentences: &[Sentence], quotations: &[Vec<Quotation>], i: usize, content: Span) -> Span {
    let sentence = &sentences[i];
    let (mut start, mut end) = (content.start, content.end);
    let begins = sentence.words.first().is_some_and(|w| w.start == content.start);
    if begins && quotations[i].first().is_some_and(|q| !q.opens) {
        let opened = (0..i).rev().find_map(|j| quotations[j].last().filter(|q| q.opens && !q.closes).map(|q| (j, q)));
        if let Some(word) = opened.and_then(|(j, q)| sentences[j].words.get(q.first + 1)) {
            start = word.start;
        }
    }
    let goes_on = quotations[i].last().filter(|q| !q.closes && q.opens);
    if goes_on.is_some_and(|q| sentence.span_of(q.first, q.last).contains(&content)) {
        let next = i + 1..sentences.len();
        let closed = next.clone().find_map(|j| quotations[j].first().filter(|q| !q.opens && q.closes).map(|q| (j, q)));
        if let Some((j, q)) =
            closed.filter(|c| next.clone().take_while(|j| *j <= c.0).all(|j| sentences[j].paragraph == sentence.paragraph))
        {
            let words = (0..q.last)
                .rev()
                .find(|w| !matches!(sentences[j].lower(text, *w).as_str(), "." | ",") && !is_mark(&sentences[j].lower(text, *w)));
            end = words.map_or(end, |w| sentences[j].words[w].end);
        }
    }
    Span::new(start, end)
}
