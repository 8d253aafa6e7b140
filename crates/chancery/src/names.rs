//! Mentions and predicates that the network cut beside the ends of a name or phrase.
//!
//! `Sen. Jane Ellis (R-N.D.` -> without the bracket; `ninety-two Walter Krebs` -> without the year; `USA` of `USA Today` -> the newspaper; `China` of `US-China` -> both;
//! `Officials at` -> `Officials`.

use crate::{
    analysis::Sentence,
    phrases::{Word, english},
};
use chancery_knowledge::{ActorKind, Knowledge, Resolved};
use chancery_model::{Predicate, Tagged};

/// Moves the ends of mentions and predicates to those of their phrases and names; `upos` names the parts of speech.
pub fn mend(text: &str, sentences: &mut [Sentence], knowledge: &Knowledge, upos: &[String]) {
    for sentence in sentences {
        whole_phrases(sentence, upos);
        whole_predicates(text, sentence, upos);
        let named = knowledge.named_in(sentence.span.slice(text).unwrap_or_default());
        let (bodies, pairs) = (bodies(sentence, &named), pairs(text, sentence, &named));
        for m in 0..sentence.reading.mentions.len() {
            let tag = &sentence.reading.mentions[m];
            let ends = widened(tag, &bodies)
                .or_else(|| with_other(tag, &pairs))
                .or_else(|| unbracketed(text, sentence, tag))
                .or_else(|| unnumbered(text, sentence, tag));
            if let Some((first, last)) = ends.filter(|(first, last)| first < last) {
                let tag = &mut sentence.reading.mentions[m];
                (tag.first, tag.last) = (first, last);
            }
        }
    }
}

/// "Officials at" loses its preposition, "an unmarked police" of "an unmarked police car" gets its noun. What names a state or place stands before a noun
/// by right ("the US envoy").
fn whole_phrases(sentence: &mut Sentence, upos: &[String]) {
    let reading = &sentence.reading;
    let class = |w: usize| sentence.class(upos, w);
    let is_free = |w: usize| {
        !reading.mentions.iter().any(|m| (m.first..m.last).contains(&w))
            && !reading.predicates.iter().any(|p| (p.first..p.last).contains(&w))
    };
    let end = |m: &Tagged| {
        let mut last = m.last;
        while last > m.first + 1 && matches!(class(last - 1), "ADP" | "CCONJ") {
            last -= 1;
        }
        let is_open = matches!(m.kind.as_str(), "ro" | "gr" | "or") && matches!(class(m.first), "DET" | "ADJ" | "NUM");
        while is_open && reading.heads.get(last - 1) == Some(&(last + 1)) && matches!(class(last), "NOUN" | "PROPN") && is_free(last) {
            last += 1;
        }
        last
    };
    let ends: Vec<usize> = reading.mentions.iter().map(end).collect();
    sentence.reading.mentions.iter_mut().zip(ends).for_each(|(m, last)| m.last = last);
}

/// "called for the" of "called for the resignation" loses its article; "of emergency" of "a state of emergency" is none.
fn whole_predicates(text: &str, sentence: &mut Sentence, upos: &[String]) {
    let predicates = std::mem::take(&mut sentence.reading.predicates);
    let articles = |p: &Predicate| (p.first + 1..p.last).rev().take_while(|w| sentence.class(upos, *w) == "DET").count();
    let whole = |p: Predicate| Predicate { last: p.last - articles(&p), ..p };
    sentence.reading.predicates = predicates.into_iter().filter(|p| sentence.lower(text, p.first) != "of").map(whole).collect();
}

/// The words of each body of several words among what a sentence names.
fn bodies(sentence: &Sentence, named: &[Resolved]) -> Vec<(usize, usize)> {
    let of_bodies = named.iter().filter(|r| r.kind == ActorKind::Organization);
    of_bodies.filter_map(|r| words(sentence, r.range)).filter(|(first, last)| last - first > 1).collect()
}

/// The words of each two states that a hyphen joins: "US-China".
fn pairs(text: &str, sentence: &Sentence, named: &[Resolved]) -> Vec<(usize, usize)> {
    let states: Vec<(usize, usize)> =
        named.iter().filter(|r| r.kind == ActorKind::State).filter_map(|r| words(sentence, r.range)).collect();
    let is_joined = |a: usize, b: usize| b == a + 1 && sentence.span_of(a - 1, b + 1).slice(text).is_some_and(|s| !s.contains(' '));
    states.windows(2).filter(|w| is_joined(w[0].1, w[1].0)).map(|w| (w[0].0, w[1].1)).collect()
}

/// First and one past the last word of a range of a sentence's bytes.
fn words(sentence: &Sentence, range: (usize, usize)) -> Option<(usize, usize)> {
    let (start, end) = (sentence.span.start + range.0, sentence.span.start + range.1);
    let first = sentence.words.iter().position(|w| w.start == start)?;
    let last = sentence.words.iter().rposition(|w| w.end == end)?;
    Some((first, last + 1))
}

/// A mention that takes one of two joined states, with the other.
fn with_other(tag: &Tagged, pairs: &[(usize, usize)]) -> Option<(usize, usize)> {
    let inside = |first: usize, last: usize| tag.first < last && first < tag.last;
    let (first, last) = pairs.iter().copied().find(|(first, last)| tag.kind != "pe" && inside(*first, *last))?;
    Some((tag.first.min(first), tag.last.max(last))).filter(|ends| *ends != (tag.first, tag.last))
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
    use super::{mend, whole_phrases};
    use crate::{
        analysis::Sentence,
        annotated::{Annotated, knowledge},
    };
    use chancery_model::{Reading, Tagged};
    use chancery_record::Span;

    #[test]
    fn a_mention_ends_where_the_name_does() {
        let mended = |lines: &str| {
            let article = Annotated::new(lines);
            article.scene(|s| {
                let mut sentences = s.sentences.to_vec();
                mend(s.text.as_str(), &mut sentences, knowledge(), &s.labels.upos);
                let tag = &sentences[0].reading.mentions[0];
                sentences[0].span_of(tag.first, tag.last).slice(s.text.as_str()).unwrap_or_default().to_owned()
            })
        };
        let cases = [
            ("T [a:pe:- Sen. Ann Holm (R-N.D.]) {s said} so.\nS s spk=a", "Sen. Ann Holm"),
            ("T In nineteen [a:pe:- eighty-one Olaf Brand] {s said} so.\nS s spk=a", "Olaf Brand"),
            ("T [a:st:USA USA] Today {s said} so.\nS s spk=a", "USA Today"),
            ("T [a:st:USA USA] {s said} so.\nS s spk=a", "USA"),
            ("T US - [a:st:CHN China] talks {1 resumed}.\nE 1 CONSULT o act=a", "China"),
            ("T US-[a:st:CHN China] talks {1 resumed}.\nE 1 CONSULT o act=a", "US-China"),
            ("T [a:pe:- Olaf Brand (Oslo)] {s said} so.\nS s spk=a", "Olaf Brand (Oslo)"),
        ];
        for (lines, expected) in cases {
            assert_eq!(mended(lines), expected, "{lines}");
        }
    }

    #[test]
    fn mentions_end_with_their_phrase() {
        let upos: Vec<String> = ["DET", "ADJ", "NOUN", "ADP", "VERB", "PROPN"].map(str::to_owned).to_vec();
        let end = |kind: &str, tags: &str, heads: &[usize], last: usize| {
            let upos_of = |t: &str| upos.iter().position(|u| u == t).expect("a part of speech");
            let mention = Tagged { first: 0, last, kind: kind.to_owned(), score: 1.0 };
            let tags = tags.split(' ').map(upos_of).collect();
            let reading = Reading { mentions: vec![mention], upos: tags, heads: heads.to_vec(), ..Reading::default() };
            let (span, words) = (Span::new(0, 0), Vec::new());
            let mut sentence = Sentence { span, words, reading, is_headline: false, paragraph: 0 };
            whole_phrases(&mut sentence, &upos);
            sentence.reading.mentions[0].last
        };
        assert_eq!(end("gr", "NOUN ADP NOUN VERB", &[4, 3, 1, 0], 2), 1, "officials at");
        assert_eq!(end("ro", "DET ADJ NOUN NOUN VERB", &[4, 4, 4, 5, 0], 3), 4, "an unmarked police car");
        assert_eq!(end("ro", "DET NOUN VERB", &[2, 3, 0], 2), 2, "the minister left");
        assert_eq!(end("st", "DET PROPN NOUN VERB", &[3, 3, 4, 0], 2), 2, "the US envoy");
    }
}
