//! Predicates -> event reports. One predicate, one row; nothing is filled from another predicate.

use crate::{
    cameo,
    coref::BY_ARTICLE,
    phrases::{Word, english},
    scene::{Role, Scene, best, linked, round},
    statement::Said,
};
use chancery_model::{Labels, Predicate};
use chancery_record::{
    Actor, ActorType, EventReport, EventType, Evidence, EvidenceRole, LedgerKind, Quote, RunnerUp, Span, Status, Why, id,
};

/// Why a predicate gave no event report.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The best reading is "no event"; with its probability.
    NoEvent(f32),
    /// The best type is below the threshold; type and confidence.
    Unsure(EventType, f32),
    /// A match report.
    Sport,
    /// A press conference, a post: the occasion of statements, no talks.
    PressEvent,
    /// "The meeting, chaired by ...": who led talks that have a report of their own.
    RoleInTalks,
    /// A type, but no actor and no recipient in the sentence.
    NoActor(EventType),
}

/// A reading of a predicate's status after the rules.
pub struct Reading {
    /// The type.
    pub event_type: EventType,
    /// Probability that predicate and type are right.
    pub confidence: f32,
}

/// The type of a predicate with its confidence, or why it has none.
///
/// The tagger and the type head were trained to refuse different things (words that are no predicate; acts of speech that are no event),
/// so the confidence asks both.
pub fn typed(labels: &Labels, predicate: &Predicate, min_confidence: f32) -> Result<Reading, Refusal> {
    let none = predicate.types.get(EventType::ALL.len()).copied().unwrap_or(0.0);
    let (k, p) = best(&predicate.types[..EventType::ALL.len().min(predicate.types.len())]);
    let event_type = EventType::ALL[k];
    if none >= p {
        return Err(Refusal::NoEvent(none));
    }
    let confidence = labels.calibrated(predicate.score * p * (0.5 + 0.5 * predicate.event));
    if confidence < min_confidence {
        return Err(Refusal::Unsure(event_type, confidence));
    }
    Ok(Reading { event_type, confidence })
}

/// Longest title, in words.
pub const TITLE_WORDS: usize = 14;

/// The event reports of an article, in text order.
pub fn reports(scene: &Scene, said: &[Said], min_confidence: f32) -> Vec<EventReport> {
    let mut out = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate().filter(|(_, s)| !s.is_headline) {
        out.extend(sentence.reading.predicates.iter().filter_map(|p| report(scene, said, i, p, min_confidence).ok()));
    }
    out
}

/// One predicate's report, or why there is none.
pub fn report(scene: &Scene, said: &[Said], i: usize, p: &Predicate, min_confidence: f32) -> Result<EventReport, Refusal> {
    let sought = seeks_to(scene, i, p);
    let p = sought.as_ref().unwrap_or(p);
    let reading = typed(scene.labels, p, min_confidence)?;
    let sentence = &scene.sentences[i];
    let event_type = reading.event_type;
    let span = sentence.span_of(p.first, p.last);
    if scene.is_sport {
        return Err(Refusal::Sport);
    }
    if is_press_event(scene, span, sentence.span) {
        return Err(Refusal::PressEvent);
    }
    if event_type == EventType::Consult && is_role_in_talks(scene, i, p) {
        return Err(Refusal::RoleInTalks);
    }
    let mode = mode(scene, p, event_type);
    let (actor_mentions, recipient_mentions) = who(scene, said, i, p, event_type);
    let mut actors = people(scene, i, &actor_mentions);
    let issuer = actors.is_empty().then(|| issuer(scene, i)).flatten();
    actors.extend(issuer.clone());
    let mut recipients = people(scene, i, &recipient_mentions);
    recipients.retain(|r| !actors.iter().any(|a| same(a, r)) && !is_own_side(event_type, &actors, r));
    drop_own(&actors, &mut recipients);
    if actors.is_empty() && recipients.is_empty() {
        return Err(Refusal::NoActor(event_type));
    }
    let (status, condition) = status(scene, i, p);
    let ontology = scene.knowledge.ontology();
    let contexts = contexts(scene, p);
    let sectors: Vec<&str> = actors.iter().filter_map(|a| a.sector.as_deref()).collect();
    let told = cameo::Told {
        event_type,
        mode: mode.as_deref(),
        words: &around(scene, i, p),
        own: p.last - p.first,
        contexts: &contexts,
        sectors: &sectors,
        is_ahead: status.is_ahead(),
    };
    let cameo = cameo::code(scene.knowledge, &told);
    let (date, dated) = linked(p, Role::Date).first().map(|m| scene.dated(i, p, *m, status.is_ahead())).unwrap_or_default();
    let place = scene.event_place(i, p);
    let source = source(said, i, p, span);
    let mut evidence: Vec<Evidence> = scene.evidence(EvidenceRole::Predicate, span).into_iter().collect();
    let roles = [(EvidenceRole::Actor, &actor_mentions), (EvidenceRole::Recipient, &recipient_mentions)];
    for (role, mentions) in roles {
        evidence.extend(mentions.iter().filter_map(|m| scene.evidence(role, scene.mention_span(i, *m))));
    }
    evidence.extend(issuer.and_then(|a| scene.evidence(EvidenceRole::Actor, scene.text.offsets().span_of_chars(a.start, a.end)?)));
    evidence.extend(dated);
    evidence.extend(place.and_then(|m| scene.evidence(EvidenceRole::Place, scene.mention_span(i, m))));
    let speaker_span = source.and_then(|s| scene.text.offsets().span_of_chars(s.record.speaker.start, s.record.speaker.end));
    evidence.extend(speaker_span.and_then(|s| scene.evidence(EvidenceRole::Speaker, s)));
    evidence.extend(condition.clone().map(|quote| Evidence { role: EvidenceRole::Condition, quote }));
    Ok(EventReport {
        id: id("er", &[scene.article_id, &span.start.to_string(), &span.end.to_string(), event_type.code()]),
        article_id: scene.article_id.to_owned(),
        sentence: scene.text.range(sentence.span),
        event_type,
        title: title(scene, i, p),
        contexts,
        goldstein: cameo.as_deref().and_then(|c| ontology.goldstein(c)).map(round),
        plover_score: ontology.score(event_type.code(), mode.as_deref()).map(round),
        cameo,
        mode,
        quad: event_type.quad(),
        reciprocal: is_reciprocal(event_type, &actors, &recipients),
        actors,
        recipients,
        status,
        condition,
        said_by: source.map(|s| s.record.speaker.clone()),
        date,
        place: place.and_then(|m| scene.place(i, m)),
        confidence: round(reading.confidence),
        evidence,
        why: why(p, reading.confidence),
    })
}

/// A participle with its doer ("chaired by", "attended by") right behind a predicate that is talks itself.
fn is_role_in_talks(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let consult = |q: &&Predicate| best(&q.types).0 == EventType::Consult as usize;
    let before = sentence.reading.predicates.iter().rev().find(|q| q.last <= p.first).filter(consult);
    word(p.last) == "by" && before.is_some_and(|q| (q.last..p.first).all(|w| word(w) == ","))
}

/// "was seeking to strengthen ties with", "were open to talks", "expressed their desire to cooperate": declared readiness to work together is AGREE, and no REQUEST (guidelines:
/// corpus/ANNOTATION.md). Who seeks to do something else asks nobody for it: there what stood for REQUEST goes to "no event".
pub fn seeks_to(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    let seeks = matches!(word(p.first).as_str(), "seek" | "seeks" | "seeking" | "sought");
    let is_open = word(p.last - 1) == "open" || p.last > p.first + 1 && word(p.last - 2) == "open";
    // "expressed their desire to", "voiced readiness to"
    let voices = ["express", "voic", "signal", "declar", "conve"].iter().any(|v| word(p.first).starts_with(v));
    let wish = (p.first + 1..p.last + 3).find(|w| english().is(Word::Wish, &word(*w))).filter(|_| voices);
    let to = wish.map_or((p.first..=p.last).any(|w| word(w) == "to"), |w| matches!(word(w + 1).as_str(), "to" | "in"));
    if !to || !seeks && !is_open && wish.is_none() {
        return None;
    }
    let together = around(scene, i, p).split(' ').any(|w| english().is(Word::Together, w));
    let mut p = p.clone();
    let request = std::mem::take(&mut p.types[EventType::Request as usize]);
    let (agree, none) = (EventType::Agree as usize, EventType::ALL.len());
    if together {
        p.types[agree] += request + std::mem::take(&mut p.types[none]);
        // the words say it, whatever the network's doubts
        p.score = p.score.max(0.8);
    } else {
        p.types[none] += request;
    }
    Some(p)
}

/// "Hayashi met his Saudi counterpart and agreed to launch a dialogue": whom somebody met agrees with them.
fn company(scene: &Scene, i: usize, p: &Predicate, actors: &[usize]) -> Vec<usize> {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let [only] = actors else { return Vec::new() };
    if p.first == 0 || word(p.first) != "agreed" || word(p.first - 1) != "and" {
        return Vec::new();
    }
    let consult = EventType::Consult as usize;
    let before = sentence.reading.predicates.iter().rev().filter(|q| q.last < p.first);
    let met = before
        .filter(|q| best(&q.types).0 == consult)
        .map(|q| [Role::Actor, Role::Recipient].map(|r| linked(q, r)).concat())
        .find(|all| all.contains(only));
    met.into_iter().flatten().filter(|m| m != only).collect()
}

fn is_press_event(scene: &Scene, predicate: Span, sentence: Span) -> bool {
    let lower = sentence.slice(scene.text.as_str()).unwrap_or_default().to_ascii_lowercase();
    let named = english().occasion(&lower).filter(|o| o.2 == LedgerKind::PressEvent);
    named.is_some_and(|o| Span::new(sentence.start + o.0, sentence.start + o.1).overlaps(&predicate))
}

/// The mentions of actors and recipients.
pub fn who(scene: &Scene, said: &[Said], i: usize, p: &Predicate, event_type: EventType) -> (Vec<usize>, Vec<usize>) {
    let (mut actors, mut recipients) = (linked(p, Role::Actor), linked(p, Role::Recipient));
    if actors.is_empty() && p.is_cue() {
        actors.extend(scene.speech(p, 1));
    }
    if actors.is_empty() && scene.sentences[i].lower(scene.text.as_str(), p.first).ends_with("ing") {
        actors.extend(controllers(scene, i, p));
    }
    if event_type == EventType::Agree {
        let company = company(scene, i, p, &actors);
        actors.extend(company);
    }
    if event_type == EventType::Consult {
        let visitor = (0..p.links.len()).find(|m| is_visitor(scene, i, p, *m));
        recipients.retain(|m| Some(*m) != visitor);
        actors.extend(visitor.filter(|m| !actors.contains(m)));
        actors.extend(attending(scene, said, i, p).filter(|m| !actors.contains(m)));
    }
    // the host of a visit is its recipient, though the words name a place: "the visit of the premier to Ghana", "arrived in Quito"
    if recipients.is_empty() && matches!(event_type, EventType::Consult | EventType::Agree) {
        let visits = event_type == EventType::Consult && around(scene, i, p).split(' ').any(|w| w.starts_with("visit"));
        let hosts =
            |m: &usize| !scene.cast.references[i][*m].is_empty() && (visits || scene.sentences[i].goes_to(scene.text.as_str(), p, *m));
        recipients.extend(linked(p, Role::Place).into_iter().find(hosts));
    }
    (actors, recipients)
}

/// "the visit of the premier", "a tour by the envoy": who is named so travels and is no host.
fn is_visitor(scene: &Scene, i: usize, p: &Predicate, m: usize) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    let travels = (p.first..p.last).any(|w| matches!(word(w).as_str(), "visit" | "trip" | "tour"));
    let mention = &scene.sentences[i].reading.mentions[m];
    travels && matches!(word(p.last).as_str(), "of" | "by") && mention.first == p.last + 1 && !matches!(mention.kind.as_str(), "pl" | "da")
}

/// "The ministers agreed to ..., while continuing to work together": a participle has the actors of the predicate before it.
fn controllers(scene: &Scene, i: usize, p: &Predicate) -> Vec<usize> {
    let before = scene.sentences[i].reading.predicates.iter().rev().filter(|q| q.last <= p.first && !q.is_cue());
    before.map(|q| linked(q, Role::Actor)).find(|a| !a.is_empty()).unwrap_or_default()
}

/// "The communiqué praised Oman's efforts": what a document that opens the sentence says, the body that the story is about says.
fn issuer(scene: &Scene, i: usize) -> Option<Actor> {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let is_document = |w: &usize| matches!(word(*w).as_str(), "communique" | "communiqué" | "declaration" | "resolution");
    let document = (1..3).find(is_document).filter(|_| word(0) == "the")?;
    let Quote { quote: text, start, end, .. } = scene.quote(sentence.span_of(0, document + 1))?;
    let body = scene.side(scene.cast.body.as_ref()?)?;
    Some(Actor { text, start, end, rule: Some("issuer of the document".to_owned()), ..body })
}

/// "Speaking at the ministers' meeting, he ...": the speaker takes part in the meeting.
fn attending(scene: &Scene, said: &[Said], i: usize, p: &Predicate) -> Option<usize> {
    let sentence = &scene.sentences[i];
    let opens = matches!(sentence.lower(scene.text.as_str(), 0).as_str(), "speaking" | "addressing");
    let comma = (0..sentence.words.len()).find(|w| sentence.lower(scene.text.as_str(), *w) == ",")?;
    let first = said.iter().find(|s| s.sentence == i && s.cue.0 > comma)?;
    let speaker = &first.record.speaker;
    let at = |m: &usize| scene.quote(scene.mention_span(i, *m)).is_some_and(|q| q.start == speaker.start && q.end == speaker.end);
    (opens && p.last <= comma).then(|| (0..sentence.reading.mentions.len()).find(at)).flatten()
}

/// A state that one of the actors already acts for: "the minister reaffirmed the Kingdom's commitment", "dialogue between Riyadh and Tokyo".
fn is_own_side(event_type: EventType, actors: &[Actor], recipient: &Actor) -> bool {
    let verbal =
        matches!(event_type, EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support | EventType::Concede);
    let state = recipient.kind == Some(ActorType::State) && recipient.country.is_some();
    verbal && state && actors.iter().any(|a| a.country == recipient.country)
}

/// "sent 42 rescue workers to Tajikistan": the sender's own people are no recipients where another country is one.
fn drop_own(actors: &[Actor], recipients: &mut Vec<Actor>) {
    let is_own = |r: &Actor| r.country.is_some() && actors.iter().any(|a| a.country == r.country);
    let is_foreign = |r: &Actor| r.country.is_some() && !is_own(r);
    if recipients.iter().any(is_foreign) {
        recipients.retain(|r| !is_own(r) || r.rule.as_deref() != Some(BY_ARTICLE));
    }
}

/// The actors of mentions, each entity once.
pub fn people(scene: &Scene, i: usize, mentions: &[usize]) -> Vec<Actor> {
    let mut out: Vec<Actor> = Vec::new();
    for actor in mentions.iter().flat_map(|m| scene.actors(i, *m)) {
        if !out.iter().any(|a| same(a, &actor)) {
            out.push(actor);
        }
    }
    out
}

fn same(a: &Actor, b: &Actor) -> bool {
    (a.name.is_some() && a.name == b.name && a.country == b.country) || (a.start == b.start && a.country == b.country)
}

fn is_reciprocal(event_type: EventType, actors: &[Actor], recipients: &[Actor]) -> bool {
    let two = |a: &Actor, b: &Actor| a.country != b.country || a.name != b.name;
    let mutual = matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate);
    mutual && recipients.is_empty() && actors.first().is_some_and(|a| actors.iter().skip(1).any(|b| two(a, b)))
}

fn mode(scene: &Scene, p: &Predicate, event_type: EventType) -> Option<String> {
    let of_type = |name: &String| name == "-" || name.split_once('/').is_some_and(|(t, _)| t == event_type.code());
    let rows = scene.labels.modes.iter().zip(&p.modes).filter(|(name, _)| of_type(name));
    let (name, _) = rows.max_by(|a, b| a.1.total_cmp(b.1))?;
    name.split_once('/').map(|(_, mode)| mode.to_owned())
}

fn contexts(scene: &Scene, p: &Predicate) -> Vec<String> {
    let likely = scene.labels.contexts.iter().zip(&p.contexts).filter(|(_, c)| **c >= 0.5);
    likely.map(|(name, _)| name.clone()).collect()
}

/// The network's status, corrected where a negator stands in the predicate's way or a condition holds it; the condition of a conditional one.
pub fn status(scene: &Scene, i: usize, p: &Predicate) -> (Status, Option<Quote>) {
    let sentence = &scene.sentences[i];
    let (k, _) = best(&p.statuses);
    let mut status = Status::ALL.get(k).copied().unwrap_or(Status::Occurred);
    let negators = (p.first.saturating_sub(3)..p.first).filter(|w| {
        let word = sentence.lower(scene.text.as_str(), *w);
        matches!(word.as_str(), "not" | "n't" | "never" | "cannot")
    });
    if negators.count() == 1 && status.is_deed() {
        status = Status::Negated;
    }
    // "provided that both sides requested it": what a condition names has not happened by it
    if status.is_deed() && sentence.reading.conditions.iter().any(|c| c.first <= p.first && p.last <= c.last) {
        status = Status::Conditional;
    }
    let clause = (status == Status::Conditional).then(|| nearest(&sentence.reading.conditions, p)).flatten();
    (status, clause.and_then(|c| scene.quote(sentence.span_of(c.first, c.last))))
}

fn nearest<'r>(clauses: &'r [chancery_model::Tagged], p: &Predicate) -> Option<&'r chancery_model::Tagged> {
    clauses.iter().min_by_key(|c| if c.first >= p.last { c.first - p.last } else { p.first.saturating_sub(c.last) })
}

/// The words of the predicate and a few after it, lower case: what a CAMEO sub-code depends on.
pub fn around(scene: &Scene, i: usize, p: &Predicate) -> String {
    let sentence = &scene.sentences[i];
    let words = (p.first..(p.last + 8).min(sentence.words.len())).map(|w| sentence.lower(scene.text.as_str(), w));
    words.collect::<Vec<_>>().join(" ")
}

/// The predicate and what follows it, up to a comma or fourteen words, as the text has it.
pub fn title(scene: &Scene, i: usize, p: &Predicate) -> String {
    let sentence = &scene.sentences[i];
    let text = scene.text.as_str();
    let stop = (p.last..sentence.words.len())
        .find(|w| matches!(sentence.lower(text, *w).as_str(), "," | "." | ";" | ":" | "”" | "\""))
        .unwrap_or(sentence.words.len());
    let span = sentence.span_of(p.first, stop.min(p.first + TITLE_WORDS).max(p.last));
    span.slice(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The statement whose content holds the predicate, the tightest one.
pub fn source<'s>(said: &'s [Said], i: usize, p: &Predicate, span: Span) -> Option<&'s Said> {
    let holds = |s: &&Said| s.sentence == i && s.content.contains(&span) && s.cue != (p.first, p.last);
    said.iter().filter(holds).min_by_key(|s| s.content.len())
}

fn why(p: &Predicate, score: f32) -> Why {
    let mut rows: Vec<RunnerUp> =
        p.types.iter().enumerate().map(|(k, x)| RunnerUp { event_type: EventType::ALL.get(k).copied(), score: round(*x) }).collect();
    rows.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.event_type.cmp(&b.event_type)));
    Why { rule: "model".to_owned(), score: round(score), runner_up: rows.into_iter().skip(1).take(2).collect() }
}

#[cfg(test)]
mod tests;
