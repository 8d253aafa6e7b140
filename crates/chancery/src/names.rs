//! Mentions that the network cut beside the ends of a name.
//!
//! `Sen. Jane Ellis (R-N.D.` -> without the bracket; `ninety-two Walter Krebs` -> without the year; `USA` of `USA Today` -> the newspaper.

use crate::{
    analysis::Sentence,
    phrases::{Word, english},
};
use chancery_knowledge::{ActorKind, Knowledge};
use chancery_model::Tagged;

/// Moves the ends of mentions to those of the names.
pub fn mend(text: &str, sentences: &mut [Sentence], knowledge: &Knowledge) {
    for sentence in sentences {
        let bodies: Vec<(usize, usize)> = bodies(text, sentence, knowledge);
        for m in 0..sentence.reading.mentions.len() {
            let tag = &sentence.reading.mentions[m];
            let ends = widened(tag, &bodies).or_else(|| unbracketed(text, sentence, tag)).or_else(|| unnumbered(text, sentence, tag));
            if let Some((first, last)) = ends.filter(|(first, last)| first < last) {
                let tag = &mut sentence.reading.mentions[m];
                (tag.first, tag.last) = (first, last);
            }
        }
    }
}

/// The words of each body of several words that the sentence names.
fn bodies(text: &str, sentence: &Sentence, knowledge: &Knowledge) -> Vec<(usize, usize)> {
    let named = knowledge.named_in(sentence.span.slice(text).unwrap_or_default());
    let words = |range: (usize, usize)| {
        let (start, end) = (sentence.span.start + range.0, sentence.span.start + range.1);
        let first = sentence.words.iter().position(|w| w.start == start)?;
        let last = sentence.words.iter().rposition(|w| w.end == end)?;
        (first < last).then_some((first, last + 1))
    };
    named.iter().filter(|r| r.kind == ActorKind::Organization).filter_map(|r| words(r.range)).collect()
}

/// A mention that is the beginning of a body's name, to its end.
fn widened(tag: &Tagged, bodies: &[(usize, usize)]) -> Option<(usize, usize)> {
    bodies.iter().copied().find(|(first, last)| tag.kind != "da" && tag.first == *first && tag.last < *last)
}

/// A name without a bracket that opens in it and closes behind it.
fn unbracketed(text: &str, sentence: &Sentence, tag: &Tagged) -> Option<(usize, usize)> {
    let bracket = |w: &usize| sentence.lower(text, *w) == "(";
    let open = (tag.first..tag.last).rev().find(bracket)?;
    (tag.kind == "pe" && (open..tag.last).all(|w| sentence.lower(text, w) != ")")).then_some((tag.first, open))
}

/// A person's name without the number in words before it.
fn unnumbered(text: &str, sentence: &Sentence, tag: &Tagged) -> Option<(usize, usize)> {
    let is_number = |w: &usize| {
        let word = sentence.words.get(*w).and_then(|w| w.slice(text)).unwrap_or_default();
        word == "-" || word.starts_with(char::is_lowercase) && word.split('-').all(|part| english().is(Word::Number, part))
    };
    let numbers = (tag.first..tag.last).take_while(is_number).count();
    (tag.kind == "pe" && numbers > 0).then_some((tag.first + numbers, tag.last))
}

#[cfg(test)]
mod tests {
    use super::mend;
    use crate::annotated::{Annotated, knowledge};

    #[test]
    fn a_mention_ends_where_the_name_does() {
        let mended = |lines: &str| {
            let article = Annotated::new(lines);
            article.scene(|s| {
                let mut sentences = s.sentences.to_vec();
                mend(s.text.as_str(), &mut sentences, knowledge());
                let tag = &sentences[0].reading.mentions[0];
                sentences[0].span_of(tag.first, tag.last).slice(s.text.as_str()).unwrap_or_default().to_owned()
            })
        };
        let cases = [
            ("T [a:pe:- Sen. Ann Holm (R-N.D.]) {s said} so.\nS s spk=a", "Sen. Ann Holm"),
            ("T In nineteen [a:pe:- eighty-one Olaf Brand] {s said} so.\nS s spk=a", "Olaf Brand"),
            ("T [a:st:USA USA] Today {s said} so.\nS s spk=a", "USA Today"),
            ("T [a:st:USA USA] {s said} so.\nS s spk=a", "USA"),
            ("T [a:pe:- Olaf Brand (Oslo)] {s said} so.\nS s spk=a", "Olaf Brand (Oslo)"),
        ];
        for (lines, expected) in cases {
            assert_eq!(mended(lines), expected, "{lines}");
        }
    }
}
