//! An article -> its sentences with words and what the network reads in each.
//!
//! The headline is read too: it names actors for coreference and bilateral pairs. It never makes a record (headline loses to body).

use crate::{
    article::Article,
    phrases::{Word, english},
    sentence,
};
use chancery_model::{Predicate, Reader, Reading};
use chancery_record::{EventType, Span, Stance};

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

    /// Its words, the quotation marks of typewriters and wires as the network knows them.
    fn strings<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let plain = |word| if matches!(word, "``" | "''") { "\"" } else { word };
        self.words.iter().map(move |w| plain(w.slice(text).unwrap_or_default()))
    }

    /// Lower-case text of word `i`, curly apostrophes straightened; empty outside.
    pub fn lower(&self, text: &str, i: usize) -> String {
        let word = self.words.get(i).and_then(|w| w.slice(text)).unwrap_or_default();
        word.replace('’', "'").to_lowercase()
    }

    /// The part of speech of word `i` by the names of its classes; empty outside and where the network did not read it.
    pub fn class<'u>(&self, upos: &'u [String], i: usize) -> &'u str {
        self.reading.upos.get(i).and_then(|k| upos.get(*k)).map(String::as_str).unwrap_or_default()
    }

    /// The first word of the phrase whose head is word `noun`.
    pub fn phrase_start(&self, upos: &[String], noun: usize) -> usize {
        let is_within = |w: usize| matches!(self.class(upos, w), "DET" | "ADJ" | "NUM" | "NOUN" | "PROPN" | "PRON" | "PART");
        let mut start = noun;
        while let Some(before) = start.checked_sub(1).filter(|b| is_within(*b)) {
            start = before;
            if self.class(upos, before) == "DET" {
                break;
            }
        }
        start
    }
}

/// Longest name before the colon that opens a turn of a transcript, in words.
const LABEL_WORDS: usize = 6;

/// Whether sentence `i` opens a paragraph.
pub fn opens_paragraph(sentences: &[Sentence], i: usize) -> bool {
    i == 0 || sentences[i - 1].paragraph != sentences[i].paragraph || sentences[i - 1].is_headline
}

/// The word that is the colon behind the capitals that open a paragraph, as in a transcript: "MR. PATEL: We ...".
pub fn label(text: &str, sentences: &[Sentence], i: usize) -> Option<usize> {
    let sentence = &sentences[i];
    let colon = (1..sentence.words.len().min(LABEL_WORDS + 1)).find(|w| sentence.lower(text, *w) == ":")?;
    let name = sentence.span_of(0, colon).slice(text)?;
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let is_name = letters().count() > 1 && (letters().all(char::is_uppercase) || is_name_of_turns(text, sentences, i, name));
    (is_name && !sentence.is_headline && opens_paragraph(sentences, i)).then_some(colon)
}

/// Sentences from one turn of a transcript to the next one of the same speaker.
const TURN: usize = 60;

/// Whether words before a colon are a name in two words and more ("Mao Ning") with which a paragraph near sentence `i`, too, begins so.
fn is_name_of_turns(text: &str, sentences: &[Sentence], i: usize, name: &str) -> bool {
    let is_name = name.split(' ').count() > 1 && name.split(' ').all(|w| w.starts_with(char::is_uppercase));
    let begins = |i: usize| {
        let rest = sentences[i].span.slice(text).and_then(|s| s.strip_prefix(name));
        rest.is_some_and(|r| r.starts_with(':')) && opens_paragraph(sentences, i)
    };
    is_name && (i.saturating_sub(TURN)..(i + TURN).min(sentences.len())).any(|other| other != i && begins(other))
}

impl Sentence {
    /// Whether predicate `p` takes somebody to the place that is mention `m`: "arrived in Quito", "toured Quito", not "left Quito", "flew from Quito".
    pub fn goes_to(&self, text: &str, p: &Predicate, m: usize) -> bool {
        let word = |w: usize| self.lower(text, w);
        let at = self.reading.mentions[m].first;
        let travels = (p.first..p.last).any(|w| english().is(Word::Travel, &word(w)));
        let before = at.checked_sub(1).map(word).unwrap_or_default();
        let tours = at == p.last && (before.starts_with("visit") || before.starts_with("tour"));
        travels && (tours || matches!(before.as_str(), "to" | "in" | "for" | "at" | "into"))
    }

    /// Whether a mention behind a predicate that cuts or refuses something is where somebody was sent or to go: "recalled its ambassador in Paris",
    /// "cancelled a trip to Paris".
    pub fn is_of_mission(&self, text: &str, p: &Predicate, m: usize) -> bool {
        let word = |w: usize| self.lower(text, w);
        let at = self.reading.mentions[m].first;
        let is_led = at > p.last && matches!(word(at - 1).as_str(), "in" | "to");
        let likeliest = (0..p.types.len()).max_by(|a, b| p.types[*a].total_cmp(&p.types[*b])).and_then(|k| EventType::ALL.get(k));
        let cuts = matches!(likeliest, Some(EventType::Reject | EventType::Sanction));
        cuts && is_led && (at.saturating_sub(MISSION).max(p.first)..at).any(|w| english().is(Word::Mission, &word(w)))
    }
}

/// Words between a mission and where it goes: "a trip by its Foreign Minister Ann Lee to".
const MISSION: usize = 9;

/// Reads the headline and the body of one article.
pub fn analyse(text: &str, article: &Article, reader: &Reader) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if let Some(headline) = article.headline {
        sentences.push(blank(text, headline, true, 0));
    }
    for (paragraph, span) in article.body.iter().enumerate() {
        sentences.extend(sentence::sentences(text, *span).into_iter().map(|s| blank(text, s, false, paragraph)));
    }
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.strings(text).collect()).collect();
    for ((sentence, reading), words) in sentences.iter_mut().zip(reader.read(&words)).zip(&words) {
        sentence.reading = reading;
        drop_denied(text, sentence, words, reader);
        drop_anonymity(text, sentence);
    }
    sentences
}

/// "Rejected accusations" accuses nobody (`corpus/ANNOTATION.md`): what somebody denies is no act beside the denying, and where the network takes both
/// words for one predicate the sentence is read again with the denying alone.
fn drop_denied(text: &str, sentence: &mut Sentence, words: &[&str], reader: &Reader) {
    let nouns: Vec<Option<usize>> = (0..sentence.reading.predicates.len()).map(|p| denied(text, sentence, p)).collect();
    let alone = |(p, noun): (Predicate, Option<usize>)| match noun {
        None => Some(p),
        Some(noun) if noun == p.first => None,
        Some(noun) => reader.read_at(words, p.first, noun).predicates.pop().map(|alone| Predicate { score: p.score, ..alone }),
    };
    let predicates = std::mem::take(&mut sentence.reading.predicates);
    sentence.reading.predicates = predicates.into_iter().zip(nouns).filter_map(alone).collect();
}

/// "said on condition of anonymity because they feared reprisals": no condition of what is told.
fn drop_anonymity(text: &str, sentence: &mut Sentence) {
    let mut conditions = std::mem::take(&mut sentence.reading.conditions);
    let is_anonymity = |w: usize| sentence.lower(text, w).starts_with("anonym");
    conditions.retain(|c| !(c.first.saturating_sub(3)..c.last).any(is_anonymity));
    sentence.reading.conditions = conditions;
}

/// The word of predicate `at` that names an accusation or a deed, if a word of denial right before it, or the predicate before, denies it.
fn denied(text: &str, sentence: &Sentence, at: usize) -> Option<usize> {
    let predicates = &sentence.reading.predicates;
    let p = &predicates[at];
    let denies = |w: usize| english().stance(&sentence.lower(text, w)) == Stance::Deny;
    let before = at.checked_sub(1).map(|b| predicates[b].last - 1).filter(|verb| p.first <= verb + 3);
    // "denied violating the truce": the denying alone
    if p.last > p.first + 1 && denies(p.first) && sentence.lower(text, p.first + 1).ends_with("ing") {
        return Some(p.first + 1);
    }
    let noun = (p.first..p.last).find(|w| english().is(Word::Accusation, &sentence.lower(text, *w)))?;
    let verb = if noun == p.first { before } else { Some(noun - 1) };
    verb.filter(|v| denies(*v)).map(|_| noun)
}

/// Reads one sentence given alone.
pub fn analyse_sentence(text: &str, reader: &Reader) -> Sentence {
    let mut sentence = blank(text, Span::new(0, text.len()).trimmed(text), false, 0);
    let words: Vec<&str> = sentence.strings(text).collect();
    sentence.reading = reader.read(std::slice::from_ref(&words)).pop().unwrap_or_default();
    drop_denied(text, &mut sentence, &words, reader);
    sentence
}

fn blank(text: &str, span: Span, is_headline: bool, paragraph: usize) -> Sentence {
    Sentence { span, words: sentence::tokens(text, span), reading: Reading::default(), is_headline, paragraph }
}

#[cfg(test)]
mod tests {
    use super::{denied, drop_anonymity, label};
    use crate::annotated::Annotated;

    #[test]
    fn an_accusation_that_is_denied_is_found() {
        let word = |lines: &str, at: usize| {
            let article = Annotated::new(lines);
            article.scene(|s| {
                let word = denied(s.text.as_str(), &s.sentences[0], at)?;
                Some(s.sentences[0].lower(s.text.as_str(), word))
            })
        };
        let line = |verb: &str| format!("T [a:st:NOR Oslo] {{1 {verb}}} by [b:st:CHE Bern].\nE 1 NONE o act=a");
        assert_eq!(word(&line("rejected accusations"), 0).as_deref(), Some("accusations"));
        assert_eq!(word(&line("repeated accusations"), 0), None);
        assert_eq!(word(&line("rejected an offer"), 0), None);
        let apart = "T [a:st:NOR Oslo] {1 denied} the latest {2 allegations} by [b:st:CHE Bern].\nE 1 NONE o act=a\nE 2 ACCUSE o act=b";
        assert_eq!((word(apart, 0), word(apart, 1).as_deref()), (None, Some("allegations")));
        assert_eq!(word(&apart.replace("denied", "repeated"), 1), None);
        assert_eq!(word(&line("denied violating the truce"), 0).as_deref(), Some("violating"));
        assert_eq!(word(&line("began violating the truce"), 0), None);
    }

    #[test]
    fn anonymity_is_no_condition() {
        let left = |condition: &str| {
            let article = Annotated::new(&format!("T [a:ro:- An aide] {{s said}} so <c {condition}>.\nS s spk=a"));
            article.scene(|s| {
                let mut sentence = s.sentences[0].clone();
                drop_anonymity(s.text.as_str(), &mut sentence);
                sentence.reading.conditions.len()
            })
        };
        assert_eq!((left("on condition of anonymity because he feared"), left("on condition that he leaves")), (0, 1));
    }

    #[test]
    fn a_name_before_a_colon_opens_a_turn_where_it_comes_back() {
        let turns = |second: &str| {
            let article = Annotated::new(&format!("T Mao Ning: We agree.\nT QUESTION: Why?\nT {second}: We wait."));
            article.scene(|s| (0..3).map(|i| label(s.text.as_str(), s.sentences, i)).collect::<Vec<_>>())
        };
        assert_eq!(turns("Mao Ning"), [Some(2), Some(1), Some(2)]);
        assert_eq!(turns("The rule"), [None, Some(1), None]);
    }
}
