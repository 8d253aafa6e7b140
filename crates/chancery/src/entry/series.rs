//! "the 41st session of the joint committee", "a fourth round of talks": which of a series a meeting is.

use crate::{
    analysis::Sentence,
    phrases::{Word, english},
    scene::Scene,
    time::ordinal,
};
use chancery_model::Predicate;
use chancery_record::Series;

/// Words between a number and its noun ("41st ordinary ministerial session").
const BETWEEN: usize = 4;
/// Words between the number and the predicate.
const NEAR: usize = 8;

/// The number nearest to a predicate, with the words from it to its noun.
pub fn series(scene: &Scene, i: usize, p: &Predicate) -> Option<Series> {
    let sentence = &scene.sentences[i];
    let near = p.first.saturating_sub(NEAR)..(p.last + NEAR).min(sentence.words.len());
    let found = near.filter_map(|w| Some((w, numbered(scene.text.as_str(), sentence, w)?)));
    let (first, (number, noun)) = found.min_by_key(|(w, _)| (w + 1).abs_diff(p.last))?;
    Some(Series { number, quote: scene.quote(sentence.span_of(first, noun + 1))? })
}

/// The number that word `w` is, and the noun that it counts.
fn numbered(text: &str, sentence: &Sentence, w: usize) -> Option<(u32, usize)> {
    let word = |w: usize| sentence.lower(text, w);
    let number = u32::try_from(ordinal(&word(w))?).ok().filter(|n| *n > 0)?;
    let noun = (w + 1..=w + 1 + BETWEEN).find(|n| english().is(Word::Session, &word(*n)))?;
    let is_one_phrase = (w + 1..noun).all(|n| word(n).chars().all(char::is_alphanumeric));
    (is_one_phrase && !english().is(Word::InAll, &word(noun + 1))).then_some((number, noun))
}
