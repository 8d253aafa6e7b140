//! Turns of a transcript: `VOSS: We never said that.`

use crate::{analysis::label, coref::Reference, scene::Scene, text::title_case};
use chancery_knowledge::ActorKind;
use chancery_record::{Actor, Span};
use std::collections::BTreeSet;

/// What one speaker says until the paragraph ends.
pub struct Turn {
    /// Index of its first sentence.
    pub sentence: usize,
    /// The word of that sentence that is the colon.
    pub colon: usize,
    /// Who speaks.
    pub speaker: Actor,
    /// What is said.
    pub content: Span,
}

/// The turns of an article, if it is a transcript: two paragraphs and more that begin with a speaker.
pub fn turns(scene: &Scene) -> Vec<Turn> {
    let colon = |i| label(scene.text.as_str(), scene.sentences, i);
    let labels: Vec<(usize, usize)> = (0..scene.sentences.len()).filter_map(|i| Some((i, colon(i)?))).collect();
    let name = |(i, colon): &(usize, usize)| scene.sentences[*i].span_of(0, *colon).slice(scene.text.as_str());
    let speakers: BTreeSet<&str> = labels.iter().filter_map(name).collect();
    let turns = labels.iter().filter(|_| speakers.len() > 1 && labels.len() > 2).filter_map(|(sentence, colon)| {
        let is_back = labels.iter().filter(|l| name(l) == name(&(*sentence, *colon))).count() > 1;
        let content = content(scene, *sentence, *colon)?;
        Some(Turn { sentence: *sentence, colon: *colon, speaker: speaker(scene, *sentence, *colon, is_back)?, content })
    });
    turns.collect()
}

/// What follows in the paragraph.
fn content(scene: &Scene, i: usize, colon: usize) -> Option<Span> {
    let sentence = &scene.sentences[i];
    let last = scene.sentences[i..].iter().take_while(|s| s.paragraph == sentence.paragraph && !s.is_headline).last()?;
    let first = sentence.words.get(colon + 1)?;
    Some(Span::new(first.start, last.span.end))
}

/// The person of the article who is called so; else who the words themselves say it is; else, when they come back, nobody that is known.
fn speaker(scene: &Scene, i: usize, colon: usize, is_back: bool) -> Option<Actor> {
    let sentence = &scene.sentences[i];
    let quote = scene.quote(sentence.span_of(0, colon))?;
    let last = quote.quote.split([' ', '.']).rfind(|w| !w.is_empty())?.to_lowercase();
    let entities = &scene.cast.entities;
    let is_called = |e: &usize| {
        let name = entities[*e].resolved.name.as_deref().or_else(|| entities[*e].span.slice(scene.text.as_str())).unwrap_or_default();
        entities[*e].resolved.kind == ActorKind::Person && name.to_lowercase().split([' ', '-']).any(|w| w == last)
    };
    let known = (0..entities.len()).find(is_called);
    let person = known.map(|entity| scene.actor(&quote, &Reference { entity, direct: false }));
    let mention = (0..sentence.reading.mentions.len()).find(|m| sentence.reading.mentions[*m].last <= colon);
    let own = || mention.and_then(|m| scene.actors(i, m).into_iter().next()).filter(|a| a.country.is_some() || a.sector.is_some());
    // "NEW DELHI: The government ..." is a dateline
    if person.is_none() && scene.knowledge.is_place(&title_case(&quote.quote)).is_some() {
        return None;
    }
    person.or_else(own).or_else(|| is_back.then(|| Actor::unresolved(&quote)))
}
