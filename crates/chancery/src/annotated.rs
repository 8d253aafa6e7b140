//! For tests: a document of the corpus format as what the network would read in it if it were always right.
//!
//! Every probability is 0 or 1, as the annotation says, so that the stages after the network can be tested without it.

use crate::{
    analysis::Sentence,
    coder::{DEFAULT_CONFIDENCE, genre},
    coref, entry,
    eval::annotation,
    event,
    places::Places,
    scene::Scene,
    sentence, statement,
};
use chancery_knowledge::Knowledge;
use chancery_model::{Labels, Link, Predicate, Reading, Tagged};
use chancery_record::{Actor, EventReport, EventType, LedgerEntry, LedgerKind, Span, Statement, Status, Text};
use std::{path::Path, sync::LazyLock};

/// Parts of speech of the words of made-up sentences; all others are nouns.
const CLASSES: [(&str, &str); 8] = [
    (
        "VERB",
        "noted adding useful follow open underlined wait said stressed highlighting told stands crossed denied having sold lent hold heard \
         show face close conceded built demanded promote leaves bought wrote work fund finished called meant sent rejected drawn ended made \
         spoke discuss follows criticized disclosing expect rise paid replied helps acknowledged asked runs left given showed",
    ),
    ("AUX", "is was were be been are will would could might has had have"),
    ("PRON", "she he it they we them which who what whom"),
    ("DET", "the a an most"),
    ("ADP", "of in on at by for with to from under over into as"),
    ("SCONJ", "since because when once if that"),
    ("CCONJ", "and but or"),
    ("PUNCT", ". , \" “ ” `` '' : ;"),
];

fn class(words: &[String], w: usize) -> &'static str {
    let listed = |word: &str| CLASSES.iter().find(|(_, words)| words.split(' ').any(|v| v == word)).map(|c| c.0);
    let next = words.get(w + 1).and_then(|n| listed(n));
    match words[w].as_str() {
        "that" if matches!(next, Some("VERB" | "AUX")) => "PRON",
        word => listed(word).unwrap_or("NOUN"),
    }
}

/// The names of the parts of speech that [`tags`] gives.
pub(crate) fn class_names() -> Vec<String> {
    CLASSES.iter().map(|c| c.0).chain(["NOUN"]).map(str::to_owned).collect()
}

/// The part of speech of each word: a listed one, else of a predicate's words verb, else noun.
pub(crate) fn tags(text: &str, sentence: &Sentence, names: &[String]) -> Vec<usize> {
    let words: Vec<String> = (0..sentence.words.len()).map(|w| sentence.lower(text, w)).collect();
    let acts = |w: usize| sentence.reading.predicates.iter().any(|p| p.first == w);
    let name = |w: usize| match class(&words, w) {
        "NOUN" if acts(w) => "VERB",
        listed => listed,
    };
    (0..words.len()).map(|w| names.iter().position(|n| n == name(w)).expect("a listed class")).collect()
}

/// The knowledge of this repository.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        Knowledge::load(&folder).expect("the knowledge of this repository loads")
    });
    &KNOWLEDGE
}

/// An article whose sentences are read as they are annotated.
pub(crate) struct Annotated {
    text: String,
    sentences: Vec<Sentence>,
    labels: Labels,
    filed_in: Option<&'static str>,
}

/// What the stages make of it.
pub(crate) struct Records {
    pub reports: Vec<EventReport>,
    pub statements: Vec<Statement>,
    pub entries: Vec<LedgerEntry>,
}

impl Annotated {
    /// The `T`, `E` and `S` lines of one document; each sentence is a paragraph.
    pub fn new(lines: &str) -> Self {
        let marked = format!("# doc test\n{lines}");
        let document = annotation::parse(&marked, "test").unwrap_or_else(|e| panic!("{e}\n{marked}")).remove(0);
        let mut labels = labels(&document);
        labels.upos = class_names();
        let (mut text, mut sentences) = (String::new(), Vec::new());
        for (paragraph, s) in document.sentences.iter().enumerate() {
            let start = text.len();
            text.push_str(&s.text);
            let span = Span::new(start, text.len());
            let words = sentence::tokens(&text, span);
            let reading = reading(s, &labels, &|part| words_under(&words, Span::new(start + part.start, start + part.end)));
            let mut sentence = Sentence { span, words, reading, is_headline: false, paragraph };
            sentence.reading.upos = tags(&text, &sentence, &labels.upos);
            sentences.push(sentence);
            text.push_str("\n\n");
        }
        Annotated { text, sentences, labels, filed_in: None }
    }

    /// With all sentences in one paragraph.
    pub fn in_one_paragraph(mut self) -> Self {
        self.sentences.iter_mut().for_each(|s| s.paragraph = 0);
        self
    }

    /// With its first sentence as the headline.
    pub fn headed(mut self) -> Self {
        self.sentences[0].is_headline = true;
        self
    }

    /// With a dateline of this country.
    pub fn filed_in(mut self, country: &'static str) -> Self {
        self.filed_in = Some(country);
        self
    }

    /// With these words read as nouns, though they are of predicates.
    pub fn nouns(mut self, nouns: &[&str]) -> Self {
        let noun = self.labels.upos.iter().position(|n| n == "NOUN").expect("a listed class");
        for sentence in &mut self.sentences {
            let is_noun = |w: &Span| w.slice(&self.text).is_some_and(|w| nouns.contains(&w));
            sentence.reading.upos.iter_mut().zip(&sentence.words).filter(|(_, w)| is_noun(w)).for_each(|(tag, _)| *tag = noun);
        }
        self
    }

    /// What `look` sees in the article's scene.
    pub fn scene<T>(&self, look: impl FnOnce(&Scene) -> T) -> T {
        let text = Text::new(&self.text);
        let cast = coref::cast(coref::Input {
            text: &self.text,
            sentences: &self.sentences,
            knowledge: knowledge(),
            date: None,
            filed_in: self.filed_in,
            reader: None,
        });
        let places = Places::of_article(&self.text, &self.sentences, &cast, None, knowledge());
        look(&Scene {
            text: &text,
            article_id: "ar_test",
            sentences: &self.sentences,
            cast: &cast,
            places: &places,
            knowledge: knowledge(),
            labels: &self.labels,
            published: None,
            genre: genre(&self.text, &self.sentences),
        })
    }

    /// All records of the article.
    pub fn records(&self) -> Records {
        self.scene(|scene| {
            let (said, stages) = statement::statements(scene);
            let reports = event::reports(scene, &said, DEFAULT_CONFIDENCE);
            let entries = entry::entries(scene, &said, &stages);
            Records { reports, statements: said.into_iter().map(|s| s.record).collect(), entries }
        })
    }

    /// Who the last mention with these words is: `country sector name` of each actor, `-` for none, `*` before actors that the words
    /// alone do not tell; several actors are joined by `+`.
    pub fn who(&self, words: &str) -> String {
        self.scene(|scene| {
            let all = self.sentences.iter().enumerate();
            let mut mentions = all.flat_map(|(i, s)| (0..s.reading.mentions.len()).map(move |m| (i, m)));
            let at = mentions.rfind(|(i, m)| scene.mention_span(*i, *m).slice(&self.text) == Some(words));
            let (i, m) = at.unwrap_or_else(|| panic!("no mention {words:?}"));
            scene.actors(i, m).iter().map(shown).collect::<Vec<_>>().join(" + ")
        })
    }
}

/// `country sector name`.
fn shown(actor: &Actor) -> String {
    let part = |s: &Option<String>| s.clone().unwrap_or_else(|| "-".to_owned());
    let mark = if actor.from.is_some() { "*" } else { "" };
    format!("{mark}{} {} {}", part(&actor.country), part(&actor.sector), part(&actor.name))
}

/// The country codes of actors, in order, joined by `+`; `-` for an actor without country, `*` before those filled from elsewhere.
pub(crate) fn countries(actors: &[Actor]) -> String {
    let code = |a: &Actor| format!("{}{}", if a.from.is_some() { "*" } else { "" }, a.country.as_deref().unwrap_or("-"));
    actors.iter().map(code).collect::<Vec<_>>().join("+")
}

/// All types, ledger kinds and their statuses, and the modes and contexts that the document uses.
fn labels(document: &annotation::Document) -> Labels {
    let mut labels = Labels::default();
    let none = || std::iter::once("-".to_owned());
    let events = || document.sentences.iter().flat_map(|s| &s.events);
    labels.types = EventType::ALL.iter().map(|t| t.code().to_owned()).chain(["NONE".to_owned()]).collect();
    labels.modes = none().chain(events().filter_map(mode)).collect();
    labels.contexts = events().flat_map(|e| e.contexts.clone()).collect();
    labels.ledgers = none().chain(LedgerKind::ALL.iter().map(|k| k.code().to_owned())).collect();
    let statuses = LedgerKind::ALL.iter().flat_map(|k| k.graph().iter().map(|(s, _)| format!("{}/{s}", k.code())));
    labels.ledger_statuses = none().chain(statuses).collect();
    labels
}

fn mode(event: &annotation::Event) -> Option<String> {
    Some(format!("{}/{}", event.event_type?.code(), event.mode.as_ref()?))
}

/// First and one past the last word under a span.
fn words_under(words: &[Span], span: Span) -> (usize, usize) {
    let first = words.iter().position(|w| w.overlaps(&span)).expect("a marked span holds a word");
    (first, first + words[first..].iter().take_while(|w| w.overlaps(&span)).count())
}

type WordsUnder<'a> = &'a dyn Fn(Span) -> (usize, usize);

fn reading(sentence: &annotation::Sentence, labels: &Labels, under: WordsUnder) -> Reading {
    let tagged = |span: Span, kind: &str| {
        let (first, last) = under(span);
        Tagged { first, last, kind: kind.to_owned(), score: 1.0 }
    };
    Reading {
        mentions: sentence.mentions.iter().map(|m| tagged(m.span, &m.kind)).collect(),
        kin: sentence.mentions.iter().map(|m| sentence.mentions.iter().map(|o| kin(m, o)).collect()).collect(),
        vectors: vec![Vec::new(); sentence.mentions.len()],
        predicates: (0..sentence.predicates.len()).map(|p| predicate(sentence, p, labels, under)).collect(),
        conditions: sentence.conditions.iter().map(|c| tagged(c.span, "")).collect(),
        upos: Vec::new(),
        heads: Vec::new(),
    }
}

/// Whether two marked mentions share a country; unsure where one has no code.
fn kin(a: &annotation::Mention, b: &annotation::Mention) -> f32 {
    let coded = a.countries().next().is_some() && b.countries().next().is_some();
    if a == b {
        0.0
    } else if coded {
        f32::from(u8::from(a.countries().any(|c| b.countries().any(|d| c == d))))
    } else {
        0.3
    }
}

/// Probability 1 for each of the names that is in `chosen`.
fn row(names: &[String], chosen: &[String]) -> Vec<f32> {
    names.iter().map(|n| f32::from(u8::from(chosen.contains(n)))).collect()
}

/// A split predicate is read at its first words, as the network is taught.
fn predicate(sentence: &annotation::Sentence, p: usize, labels: &Labels, under: WordsUnder) -> Predicate {
    let event = sentence.events.iter().find(|e| e.predicate == p);
    let cue = sentence.cues.iter().find(|c| c.predicate == p);
    let none = || "-".to_owned();
    let event_type = event.and_then(|e| e.event_type).map_or("NONE", EventType::code).to_owned();
    let ledger = event.and_then(|e| e.ledger.as_ref());
    let status = event.map_or(Status::Occurred, |e| e.status);
    let (first, last) = under(sentence.predicates[p].spans[0]);
    let (is_event, is_cue) = (f32::from(u8::from(event.is_some())), f32::from(u8::from(cue.is_some())));
    Predicate {
        first,
        last,
        event: is_event,
        cue: is_cue,
        score: 1.0,
        types: row(&labels.types, &[event_type]),
        modes: row(&labels.modes, &[event.and_then(mode).unwrap_or_else(none)]),
        statuses: Status::ALL.iter().map(|s| f32::from(u8::from(*s == status))).collect(),
        contexts: row(&labels.contexts, event.map_or(&[], |e| &e.contexts)),
        ledgers: row(&labels.ledgers, &[ledger.map_or_else(none, |l| l.0.code().to_owned())]),
        ledger_statuses: row(&labels.ledger_statuses, &[ledger.map_or_else(none, |l| format!("{}/{}", l.0.code(), l.1))]),
        links: (0..sentence.mentions.len()).map(|m| link(m, event, cue)).collect(),
    }
}

fn link(mention: usize, event: Option<&annotation::Event>, cue: Option<&annotation::Cue>) -> Link {
    let roles = event.map_or([&[][..]; 4], |e| [&e.actors[..], &e.recipients, &e.places, &e.dates]);
    let speech = cue.map_or([&[][..]; 2], |c| [&c.speakers[..], &c.addressees]);
    let mut link = Link { mention, role: [0.0; 5], speech: [0.0; 3] };
    link.role[roles.iter().position(|r| r.contains(&mention)).map_or(0, |k| k + 1)] = 1.0;
    link.speech[speech.iter().position(|s| s.contains(&mention)).map_or(0, |k| k + 1)] = 1.0;
    link
}
