//! An article -> its sentences with words and what the network reads in each.
//!
//! The headline is read too: it names actors for coreference and bilateral pairs. It never makes a record (headline loses to body).

use crate::{article::Article, sentence};
use chancery_model::{Asked, Reader, Reading, Tagged};
use chancery_record::Span;

/// Longest text, in words, and how many sentences before the one at hand, that are read to learn whose country its mentions have; as in `training/windows.py`.
const LONGEST: usize = 150;
const MOST: usize = 4;

/// How likely another mention of the article tells the country of one, 0-1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kin {
    /// Its sentence: the same or an earlier one.
    pub sentence: usize,
    /// Index into that sentence's mentions.
    pub mention: usize,
    /// How many of the sentences read together it stands before the one at hand.
    pub back: usize,
    /// The probability.
    pub p: f32,
}

/// One sentence with its words and its reading.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it is in the page text.
    pub span: Span,
    /// Its words.
    pub words: Vec<Span>,
    /// Mentions, predicates, links (word indices into `words`).
    pub reading: Reading,
    /// For each mention what may tell its country.
    pub kin: Vec<Vec<Kin>>,
    /// True for the headline.
    pub is_headline: bool,
    /// Which paragraph of the article it is in (0 for the headline).
    pub paragraph: usize,
}

impl Sentence {
    /// The text under words `first..last`.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        match (self.words.get(first), self.words.get(last.saturating_sub(1))) {
            (Some(a), Some(b)) => Span::new(a.start, b.end),
            _ => Span::new(self.span.end, self.span.end),
        }
    }

    /// Lower-case text of word `i`, curly apostrophes straightened; empty outside.
    pub fn lower(&self, text: &str, i: usize) -> String {
        let word = self.words.get(i).and_then(|w| w.slice(text)).unwrap_or_default();
        word.replace('’', "'").to_lowercase()
    }
}

/// Reads the headline and the body of one article.
pub fn analyse(text: &str, article: &Article, reader: &Reader) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if let Some(headline) = article.headline {
        sentences.push(blank(text, headline, true, 0));
    }
    for (paragraph, span) in article.body.iter().enumerate() {
        sentences.extend(sentence::sentences(text, *span).into_iter().map(|s| blank(text, s, false, paragraph)));
    }
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.words.iter().map(|w| w.slice(text).unwrap_or_default()).collect()).collect();
    for (sentence, reading) in sentences.iter_mut().zip(reader.read(&words)) {
        sentence.reading = reading;
    }
    tie(&mut sentences, &words, reader);
    sentences
}

/// Fills `kin`: each sentence is read once more after the article's first ones and those before it.
fn tie(sentences: &mut [Sentence], words: &[Vec<&str>], reader: &Reader) {
    let asked: Vec<(usize, Vec<usize>)> = (0..sentences.len()).filter_map(|i| Some((i, before(sentences, i)?))).collect();
    let texts: Vec<Asked> = asked.iter().map(|(i, before)| one_text(sentences, words, before, *i)).collect();
    let mut ties = reader.kin(&texts).into_iter();
    let mut asked = asked.into_iter().peekable();
    for i in 0..sentences.len() {
        let looked_back = asked.next_if(|a| a.0 == i).and_then(|a| Some((a.1, ties.next()?)));
        let (before, rows) = looked_back.unwrap_or_else(|| (Vec::new(), sentences[i].reading.kin.clone()));
        let read = before.iter().chain([&i]).copied().zip((0..=before.len()).rev());
        let of: Vec<Kin> = read
            .flat_map(|(sentence, back)| {
                (0..sentences[sentence].reading.mentions.len()).map(move |mention| Kin { sentence, mention, back, p: 0.0 })
            })
            .collect();
        let row = |row: Vec<f32>| of.iter().zip(row).map(|(kin, p)| Kin { p, ..*kin }).collect();
        sentences[i].kin = rows.into_iter().map(row).collect();
    }
}

/// The sentences that are read before sentence `i`: the body's first and as many before it as fit. None where there are none or nobody to ask about.
fn before(sentences: &[Sentence], i: usize) -> Option<Vec<usize>> {
    let lead = sentences.iter().position(|s| !s.is_headline)?;
    let mut room = LONGEST.checked_sub(sentences[i].words.len())?;
    let near = (lead.max(i.saturating_sub(MOST))..i).rev();
    let far = (i > lead + MOST).then_some(lead);
    let mut chosen: Vec<usize> = Vec::new();
    for s in near.chain(far) {
        if let Some(left) = room.checked_sub(sentences[s].words.len()) {
            room = left;
            chosen.insert(0, s);
        }
    }
    let who = sentences[i].reading.mentions.iter().any(|m| !matches!(m.kind.as_str(), "da" | "pl" | "st"));
    (who && !chosen.is_empty()).then_some(chosen)
}

/// Sentence `i` after those `before` it.
fn one_text<'a>(sentences: &[Sentence], words: &[Vec<&'a str>], before: &[usize], i: usize) -> Asked<'a> {
    let mut text = Asked::default();
    for s in before.iter().chain([&i]) {
        let at = text.words.len();
        text.from = text.mentions.len();
        text.words.extend(&words[*s]);
        let moved = |m: &Tagged| Tagged { first: m.first + at, last: m.last + at, ..m.clone() };
        text.mentions.extend(sentences[*s].reading.mentions.iter().map(moved));
    }
    text
}

/// Reads one sentence given alone.
pub fn analyse_sentence(text: &str, reader: &Reader) -> Sentence {
    let mut sentence = blank(text, Span::new(0, text.len()).trimmed(text), false, 0);
    let words: Vec<&str> = sentence.words.iter().map(|w| w.slice(text).unwrap_or_default()).collect();
    sentence.reading = reader.read(&[words]).pop().unwrap_or_default();
    tie(std::slice::from_mut(&mut sentence), &[], reader);
    sentence
}

fn blank(text: &str, span: Span, is_headline: bool, paragraph: usize) -> Sentence {
    Sentence { span, words: sentence::tokens(text, span), reading: Reading::default(), kin: Vec::new(), is_headline, paragraph }
}
