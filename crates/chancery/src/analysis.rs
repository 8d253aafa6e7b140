//! An article -> its sentences with words and what the network reads in each.
//!
//! The headline is read too: it names actors for coreference and bilateral pairs. It never makes a record (headline loses to body).

use crate::{article::Article, sentence};
use chancery_model::{Reader, Reading};
use chancery_record::Span;

/// One sentence with its words and its reading.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it is in the page text.
    pub span: Span,
    /// Its words.
    pub words: Vec<Span>,
    /// Mentions, predicates, links (word indices into `words`).
    pub reading: Reading,
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
    sentences
}

/// Reads one sentence given alone.
pub fn analyse_sentence(text: &str, reader: &Reader) -> Sentence {
    let mut sentence = blank(text, Span::new(0, text.len()).trimmed(text), false, 0);
    let words: Vec<&str> = sentence.words.iter().map(|w| w.slice(text).unwrap_or_default()).collect();
    sentence.reading = reader.read(&[words]).pop().unwrap_or_default();
    sentence
}

fn blank(text: &str, span: Span, is_headline: bool, paragraph: usize) -> Sentence {
    Sentence { span, words: sentence::tokens(text, span), reading: Reading::default(), is_headline, paragraph }
}
