//! Predicates -> event reports. One predicate, one row; nothing is filled from another predicate.

use crate::{
    cameo,
    coref::BY_ARTICLE,
    phrases::{Genre, Word, english},
    scene::{Role, Scene, best, linked, round},
    statement::Said,
};
use chancery_model::{Labels, Predicate};
use chancery_record::{
    Actor, ActorType, DatePrecision, EventReport, EventType, Evidence, EvidenceRole, LedgerKind, Quote, RunnerUp, Span, Status, Why, id,
};
use std::collections::BTreeSet;

/// Why a predicate gave no event report.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The best reading is "no event"; with its probability.
    NoEvent(f32),
    /// The best type is below the threshold; type and confidence.
    Unsure(EventType, f32),
    /// A match report.
    Sport,
    /// What firms do among themselves, private crime.
    Private,
    /// What somebody asks: "Will the minister visit Quito?", "Asked whether he would visit Quito, ...".
    Asked,
    /// A press conference, a post: the occasion of statements, no talks.
    PressEvent,
    /// "The pact was signed": a noun, where the verb has the report.
    Told,
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

/// Whether these are firms and private people alone, in an article about firms; or private people, police and courts in one about private crime.
pub fn is_private_affair<'a>(scene: &Scene, mut sides: impl Iterator<Item = &'a Actor>) -> bool {
    let is_of_law = |a: &Actor| a.sector.as_deref().is_some_and(|s| matches!(s, "COP" | "CRM" | "JUD"));
    match scene.genre {
        Some(Genre::Business) => sides.all(is_private),
        Some(Genre::Crime) => sides.all(|a| is_private(a) || is_of_law(a)),
        _ => false,
    }
}

/// Whether somebody acts for no state, party or armed group as far as the text tells.
pub fn is_private(actor: &Actor) -> bool {
    const PRIVATE: [&str; 7] = ["BUS", "CVL", "EDU", "HLH", "JRN", "MED", "SOC"];
    actor.kind != Some(ActorType::State) && actor.sector.as_deref().is_none_or(|s| PRIVATE.contains(&s))
}

/// One predicate's report, or why there is none.
pub fn report(scene: &Scene, said: &[Said], i: usize, p: &Predicate, min_confidence: f32) -> Result<EventReport, Refusal> {
    let reworded = reworded(scene, i, p);
    let p = reworded.as_ref().unwrap_or(p);
    let reading = typed(scene.labels, p, min_confidence)?;
    let sentence = &scene.sentences[i];
    let event_type = reading.event_type;
    let span = sentence.span_of(p.first, p.last);
    if scene.genre == Some(Genre::Sport) {
        return Err(Refusal::Sport);
    }
    if is_asked(scene, i, p) {
        return Err(Refusal::Asked);
    }
    if is_press_event(scene, span, sentence.span) {
        return Err(Refusal::PressEvent);
    }
    let is_alike = |q: &Predicate| typed(scene.labels, q, min_confidence).is_ok_and(|r| r.event_type == event_type);
    if is_told_by_another(scene, i, p, is_alike) {
        return Err(Refusal::Told);
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
    of_the_other_side(scene, event_type, &actors, &mut recipients);
    recipients.retain(|r| !actors.iter().any(|a| same(a, r) && !are_set_apart(a, r)) && !is_own_side(event_type, &actors, r));
    drop_own(&actors, &mut recipients);
    let mut between = Vec::new();
    if actors.is_empty() && recipients.is_empty() {
        between = between_states(scene, i, p);
        if between.is_empty() {
            return Err(Refusal::NoActor(event_type));
        }
        actors.extend(between.iter().cloned());
    }
    let is_public = match scene.genre {
        Some(Genre::Crime) => event_type == EventType::Protest,
        _ => matches!(event_type, EventType::Assault | EventType::Protest | EventType::Mobilize),
    };
    if !is_public && is_private_affair(scene, actors.iter().chain(&recipients)) {
        return Err(Refusal::Private);
    }
    let (status, condition) = status(scene, said, i, p);
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
    let date = linked(p, Role::Date)
        .into_iter()
        .next()
        .filter(|m| !status.is_deed() || status == Status::Historical || !is_of_what_is_promised(scene, i, p, *m));
    let (date, dated) = date.map(|m| scene.dated(i, p, m, status.is_ahead())).unwrap_or_default();
    let place = scene.event_place(i, p);
    let source = source(said, i, p, span);
    let mut evidence: Vec<Evidence> = scene.evidence(EvidenceRole::Predicate, span).into_iter().collect();
    let roles = [(EvidenceRole::Actor, &actor_mentions), (EvidenceRole::Recipient, &recipient_mentions)];
    for (role, mentions) in roles {
        evidence.extend(mentions.iter().filter_map(|m| scene.evidence(role, scene.mention_span(i, *m))));
    }
    let unlinked = issuer.iter().chain(&between);
    evidence.extend(unlinked.filter_map(|a| scene.evidence(EvidenceRole::Actor, scene.text.offsets().span_of_chars(a.start, a.end)?)));
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

/// Whether a predicate stands in what somebody asks: a question, its quotation, or behind "asked whether" up to the comma.
pub fn is_asked(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let mark = (p.last..sentence.words.len()).find(|w| matches!(word(*w).as_str(), "?" | "." | "!" | ";"));
    let is_quote = |w: &usize| matches!(word(*w).as_str(), "“" | "\"" | "``");
    // "He asked the envoys: “Will Chad pay?”"
    let opens = |mark: usize| (p.last..mark).any(|w| is_quote(&w));
    let is_question = mark.is_some_and(|m| word(m) == "?" && !opens(m));
    let asks = (0..p.first).rev().find(|w| matches!(word(*w).as_str(), "," | "asked" | "confirm")).filter(|w| word(*w) != ",");
    let asked = asks.is_some_and(|w| {
        let next = (w + 1..w + 8).find(|n| matches!(word(*n).as_str(), "whether" | "if" | "about"));
        next.is_some_and(|n| {
            n < p.first && (word(n) != "about" || matches!(word(n + 1).as_str(), "reports" | "rumors" | "rumours" | "claims"))
        })
    });
    is_question || asked
}

/// "agreed to open the bridge in May", "invited him to visit by June": whether a date behind the infinitive of what is promised or asked is that of it, and not
/// of the word. A day of the news may be of either.
pub fn is_of_what_is_promised(scene: &Scene, i: usize, p: &Predicate, m: usize) -> bool {
    let sentence = &scene.sentences[i];
    let kind = EventType::ALL.get(best(&p.types).0);
    let date = &sentence.reading.mentions[m];
    let is_word = kind.is_some_and(|k| matches!(k, EventType::Agree | EventType::Request));
    let is_to = |w: &usize| sentence.lower(scene.text.as_str(), *w) == "to" && sentence.class(&scene.labels.upos, w + 1) == "VERB";
    let is_behind = date.first >= p.last && (p.first..date.first).any(|w| is_to(&w));
    let day = || scene.when(i, m, false).filter(|w| w.precision == DatePrecision::Day).and_then(|w| w.start);
    is_word && is_behind && !day().is_some_and(|day| scene.is_news(&day))
}

/// Whether what a predicate tells is awaited or owed, and has not happened.
pub fn is_outstanding(scene: &Scene, i: usize, p: &Predicate) -> bool {
    is_awaited(scene, i, p) || is_owed(scene, i, p)
}

/// Whether "whether" leads in a predicate: "it is unclear whether Oman has accepted".
fn is_open(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let led_in = (p.first.saturating_sub(8)..p.first).rev().find(|w| matches!(word(*w).as_str(), "whether" | "," | ";"));
    let between = |w: usize| sentence.reading.predicates.iter().any(|q| w < q.first && q.first < p.first);
    led_in.is_some_and(|w| word(w) == "whether" && !between(w))
}

/// Whether "until", "unless" or "till" leads in a predicate that something to come waits for: "would stay until the minister signed a guarantee".
fn is_awaited(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let led_in = (p.first.saturating_sub(12)..p.first).rev().find(|w| matches!(word(*w).as_str(), "until" | "till" | "unless" | "," | ";"));
    let between = |w: usize| sentence.reading.predicates.iter().any(|q| w < q.first && q.first < p.first);
    let is_ahead =
        |w: usize| (0..w).any(|w| english().is(Word::Modal, &word(w)) || matches!(word(w).as_str(), "will" | "'ll" | "not" | "n't"));
    led_in.is_some_and(|w| !matches!(word(w).as_str(), "," | ";") && !between(w) && is_ahead(w))
}

/// "must release", "should hand over": who says so asks for it. What "must have" been has happened.
fn is_owed(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    let kind = EventType::ALL.get(best(&p.types).0);
    let is_word = kind.is_some_and(|k| matches!(k, EventType::Request | EventType::Accuse | EventType::Threaten));
    let owes = (p.first.saturating_sub(3)..p.first).any(|w| matches!(word(w).as_str(), "must" | "should") && word(w + 1) != "have");
    owes && !is_word
}

/// A participle with its doer ("chaired by", "attended by") right behind a predicate that is talks itself.
fn is_role_in_talks(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let consult = |q: &&Predicate| best(&q.types).0 == EventType::Consult as usize;
    let before = sentence.reading.predicates.iter().rev().find(|q| q.last <= p.first).filter(consult);
    word(p.last) == "by" && before.is_some_and(|q| (q.last..p.first).all(|w| word(w) == ","))
}

/// A predicate whose words tell its type better than the network does.
pub fn reworded(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    seeks_to(scene, i, p)
        .or_else(|| refuses(scene, i, p))
        .or_else(|| sanctions(scene, i, p))
        .or_else(|| foresees(scene, i, p))
        .or_else(|| of_courts(scene, i, p))
        .or_else(|| eases(scene, i, p))
        .or_else(|| kicks_off(scene, i, p))
}

/// The predicate with what stood for one type (or, behind the last, for none) given to another.
fn retyped(p: &Predicate, from: usize, to: usize) -> Predicate {
    let mut p = p.clone();
    p.types[to] += std::mem::take(&mut p.types[from]);
    p
}

/// "warned of rising tension": what grows by itself nobody threatens to do.
fn foresees(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let of = (p.first + 1..=p.last).find(|w| matches!(word(*w).as_str(), "of" | "about"))?;
    if !word(p.first).starts_with("warn") || !english().is(Word::Rising, &word(of + 1)) {
        return None;
    }
    Some(retyped(p, EventType::Threaten as usize, EventType::ALL.len()))
}

/// "imposed sanctions": who does so cuts relations, and does not only restrict somebody.
fn sanctions(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let (coerce, sanction) = (EventType::Coerce as usize, EventType::Sanction as usize);
    let says_so = (p.first..p.last).any(|w| scene.sentences[i].lower(scene.text.as_str(), w).starts_with("sanction"));
    if !says_so || best(&p.types).0 != coerce {
        return None;
    }
    Some(retyped(p, coerce, sanction))
}

/// "suspended sanctions on Peru", "paused its ban": who stops restricting concedes, and restricts nobody.
fn eases(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let (kind, concede) = (best(&p.types).0, EventType::Concede as usize);
    let restricts = [EventType::Coerce as usize, EventType::Sanction as usize].contains(&kind);
    (restricts && stops_restricting(scene, i, p)).then(|| retyped(p, kind, concede))
}

/// Whether a predicate stops a restriction that its words or the next ones name.
pub fn stops_restricting(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    let is_restriction = |w: usize| english().is(Word::Restriction, &word(w));
    let stops = [Word::Interrupting, Word::Ending].into_iter().any(|kind| english().is(kind, &word(p.first)));
    stops && (p.first + 1..p.last.max(p.first + 4)).any(is_restriction)
}

/// "kicked off talks": they began, and nobody called them off.
fn kicks_off(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    let ends = [EventType::Reject as usize, EventType::Sanction as usize];
    let kind = best(&p.types).0;
    let begins = word(p.first).starts_with("kick") && word(p.first + 1) == "off" && ends.contains(&kind);
    let is_drill =
        || around(scene, i, p).split(' ').any(|w| w.starts_with("exercise") || w.starts_with("drill") || w.starts_with("manoeuv"));
    begins.then(|| retyped(p, kind, if is_drill() { EventType::Cooperate } else { EventType::Consult } as usize))
}

/// A warrant accuses, detention before a trial and a regulator's fine restrict (guidelines: corpus/ANNOTATION.md), however the network parts them between two types.
fn of_courts(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let sentence = &scene.sentences[i];
    let words: Vec<String> = around(scene, i, p).split(' ').map(str::to_owned).collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    let is_fine = ["fine", "fines", "fined"].iter().any(|w| has(w));
    let is_before_trial = || {
        let waits = |w: &[String]| w[0] == "pending" || w[0] == "until" || w[0] == "awaiting";
        has("pretrial") || has("pre-trial") || words.windows(3).any(|w| waits(w) && w[1..].iter().any(|t| t == "trial"))
    };
    let is_of_court = || {
        let courts = ["court", "courts", "judge", "judges", "jury", "tribunal"];
        (0..sentence.words.len()).any(|w| courts.contains(&sentence.lower(scene.text.as_str(), w).as_str()))
    };
    let (accuse, coerce, sanction) = (EventType::Accuse as usize, EventType::Coerce as usize, EventType::Sanction as usize);
    let (from, to) = match () {
        () if has("issued") && (has("warrant") || has("warrants")) => (coerce, accuse),
        () if is_before_trial() => (sanction, coerce),
        () if is_fine && !is_of_court() => (sanction, coerce),
        () => return None,
    };
    [from, to].contains(&best(&p.types).0).then(|| retyped(p, from, to))
}

/// Whether another predicate tells what this one only names or leads up to: "responded by expelling two envoys", and, of a noun, the verb on which it
/// hangs, if that is `like` it ("the pact was signed", "signed an agreement").
pub fn is_told_by_another(scene: &Scene, i: usize, p: &Predicate, like: impl Fn(&Predicate) -> bool) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    if english().is(Word::Answering, &word(p.first)) && word(p.last) == "by" {
        let means = |q: &&Predicate| (p.last + 1..p.last + 3).contains(&q.first) && q.event >= 0.5;
        return sentence.reading.predicates.iter().find(means).is_some_and(|q| word(q.first).ends_with("ing"));
    }
    let class = |w: usize| sentence.class(&scene.labels.upos, w);
    let Some(head) = sentence.reading.heads.get(p.last - 1).and_then(|h| h.checked_sub(1)) else { return false };
    let mut others = sentence.reading.predicates.iter().filter(|q| q.first != p.first && (q.first..q.last).contains(&head));
    // "during the visit of the premier they met"
    let led_in = sentence.phrase_start(&scene.labels.upos, p.first).checked_sub(1).is_some_and(|w| class(w) == "ADP");
    class(p.last - 1) == "NOUN" && !led_in && others.any(|q| class(q.first) == "VERB" && like(q))
}

/// "refused to apologise": who will not yield or help rejects.
fn refuses(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
    let kind = EventType::ALL.get(best(&p.types).0)?;
    let yields = matches!(kind, EventType::Agree | EventType::Concede | EventType::Cooperate | EventType::Aid | EventType::Retreat);
    (yields && is_declined(scene, i, p)).then(|| retyped(p, *kind as usize, EventType::Reject as usize))
}

/// "refused to", "declined to".
fn is_declined(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    ["refus", "declin"].iter().any(|stem| word(p.first).starts_with(stem)) && word(p.first + 1) == "to"
}

/// "was seeking to strengthen ties with", "were open to talks", "expressed their desire to cooperate": declared readiness to work together is AGREE, and no REQUEST (guidelines:
/// corpus/ANNOTATION.md). Who seeks to do something else asks nobody for it: there what stood for REQUEST goes to "no event".
fn seeks_to(scene: &Scene, i: usize, p: &Predicate) -> Option<Predicate> {
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

/// Words between a predicate and the noun of the matter that it is said of.
const BETWEEN: usize = 12;

/// The states between which a matter is that a predicate names or is said of, if its noun names several before it: "US-China trade talks resumed", "the
/// Sino-Indian border dispute was raised again".
pub fn between_states(scene: &Scene, i: usize, p: &Predicate) -> Vec<Actor> {
    let (sentence, text) = (&scene.sentences[i], scene.text.as_str());
    let class = |w: usize| sentence.class(&scene.labels.upos, w);
    let word = |w: usize| sentence.lower(text, w);
    let in_predicate = |w: usize| (p.first..p.last).contains(&w);
    let is_tied = |w: usize| in_predicate(w) || sentence.reading.heads.get(w).and_then(|h| h.checked_sub(1)).is_some_and(in_predicate);
    let is_noun = |w: usize| matches!(class(w), "NOUN" | "PROPN");
    let names = |w: usize| matches!(class(w), "ADJ" | "NOUN" | "PROPN" | "NUM" | "CCONJ") || matches!(word(w).as_str(), "-" | "–" | "‑");
    let nouns = p.first.saturating_sub(BETWEEN)..(p.last + BETWEEN).min(sentence.words.len());
    let mut matters =
        nouns.filter(|n| (is_noun(*n) || in_predicate(*n)) && !is_noun(n + 1) && is_tied(*n) && english().matter(&word(*n)).is_some());
    let several = |noun: usize| {
        let first = (0..noun).rev().take_while(|w| names(*w)).last()?;
        let mut states = scene.states(i, first, noun);
        let mut seen = BTreeSet::new();
        states.retain(|s| seen.insert(s.country.clone()));
        (states.len() > 1).then_some(states)
    };
    matters.find_map(several).unwrap_or_default()
}

/// The mentions of actors and recipients.
pub fn who(scene: &Scene, said: &[Said], i: usize, p: &Predicate, event_type: EventType) -> (Vec<usize>, Vec<usize>) {
    let (mut actors, mut recipients) = (linked(p, Role::Actor), linked(p, Role::Recipient));
    if english().is(Word::Borrowing, &scene.sentences[i].lower(scene.text.as_str(), p.first)) {
        (actors, recipients) = (recipients, actors);
    }
    if let Some(accused) = accused(scene, i, p, &actors) {
        actors = accused;
    }
    actors.retain(|m| !is_of_next_clause(scene, i, p, *m));
    for m in &mut recipients {
        *m = antecedent(scene, i, *m, &actors, event_type).unwrap_or(*m);
    }
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
        if actors.is_empty() && scene.sentences[i].lower(scene.text.as_str(), p.first).starts_with("receiv") {
            // "Xi received Lula": who is received visits who receives
            let behind = |m: &usize| scene.sentences[i].reading.mentions[*m].first >= p.last;
            let guests: Vec<usize> = recipients.iter().copied().filter(behind).collect();
            if guests.len() < recipients.len() {
                recipients.retain(|m| !guests.contains(m));
                actors = guests;
            }
        }
        let visitor = (0..p.links.len()).find(|m| is_visitor(scene, i, p, *m));
        recipients.retain(|m| Some(*m) != visitor);
        actors.extend(visitor.filter(|m| !actors.contains(m)));
        actors.extend(attending(scene, said, i, p).filter(|m| !actors.contains(m)));
    }
    // the host of a visit is its recipient, though the words name a place: "the visit of the premier to Ghana", "arrived in Quito"
    if matches!(event_type, EventType::Consult | EventType::Agree) {
        let visits = event_type == EventType::Consult && around(scene, i, p).split(' ').any(|w| w.starts_with("visit"));
        let goes_to = |m: &usize| scene.sentences[i].goes_to(scene.text.as_str(), p, *m);
        let hosts = |m: &usize| !scene.cast.references[i][*m].is_empty() && (visits || goes_to(m));
        let host = linked(p, Role::Place).into_iter().find(hosts);
        // "arrived in Rome for talks with Iran": whom the traveller is to meet there is no host
        let met_there = |m: &usize| host.filter(goes_to).is_some_and(|h| is_met_there(scene, i, h, *m));
        recipients.retain(|m| !met_there(m));
        if recipients.is_empty() {
            recipients.extend(host);
        }
    }
    // "recalled its ambassador in Paris", "called off a trip by the minister to Paris": whom it concerns is told by the place
    if matches!(event_type, EventType::Sanction | EventType::Reject) {
        let own: BTreeSet<Option<String>> = people(scene, i, &actors).into_iter().map(|a| a.country).collect();
        let is_own = |m: &usize| people(scene, i, &[*m]).iter().all(|a| a.country.is_none() || own.contains(&a.country));
        let hosts = |m: &usize| scene.sentences[i].is_of_mission(scene.text.as_str(), p, *m) && !is_own(m);
        if recipients.iter().all(is_own)
            && let Some(host) = linked(p, Role::Place).into_iter().find(hosts)
        {
            recipients = vec![host];
        }
    }
    (actors, recipients)
}

/// "cut ties with Peru, accusing it of arming rebels", "met the king and invited him to Quito": an object pronoun is nobody of those who act, but whom the
/// words before it name beside them. What police do to "him" they do at home.
fn antecedent(scene: &Scene, i: usize, m: usize, actors: &[usize], event_type: EventType) -> Option<usize> {
    let sentence = &scene.sentences[i];
    let tag = &sentence.reading.mentions[m];
    let between_states = matches!(event_type, EventType::Agree | EventType::Consult | EventType::Request | EventType::Support);
    let is_object = tag.last == tag.first + 1
        && match sentence.lower(scene.text.as_str(), tag.first).as_str() {
            "it" => true,
            "him" | "her" => between_states,
            _ => false,
        };
    let countries = |m: usize| scene.actors(i, m).into_iter().filter_map(|a| a.country).collect::<BTreeSet<_>>();
    let doers: BTreeSet<String> = actors.iter().flat_map(|a| countries(*a)).collect();
    let is_self = is_object && !doers.is_empty() && countries(m) == doers;
    let is_other = |k: &usize| {
        let other = &sentence.reading.mentions[*k];
        let theirs = countries(*k);
        !matches!(other.kind.as_str(), "pl" | "da") && !theirs.is_empty() && theirs.is_disjoint(&doers)
    };
    (0..m).rev().find(is_other).filter(|_| is_self)
}

/// "The army was accused by the rebels of looting": who is accused does it, and not who accuses.
fn accused(scene: &Scene, i: usize, p: &Predicate, actors: &[usize]) -> Option<Vec<usize>> {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let before = p.first.checked_sub(1).filter(|w| word(*w) == "of" && word(p.first).ends_with("ing"))?;
    let accusation = sentence.reading.predicates.iter().rev().find(|q| q.last <= before && word(q.last) == "by")?;
    let accusers = linked(accusation, Role::Actor);
    let is_theirs = best(&accusation.types).0 == EventType::Accuse as usize && actors.iter().all(|a| accusers.contains(a));
    is_theirs.then(|| linked(accusation, Role::Recipient)).filter(|all| !all.is_empty())
}

/// "In the wake of the attack, India closed ...": who acts behind a comma, in a clause of another predicate, does not do what a noun before it names.
fn is_of_next_clause(scene: &Scene, i: usize, p: &Predicate, m: usize) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let is_noun = |q: &Predicate| sentence.class(&scene.labels.upos, q.last - 1) == "NOUN";
    let first = sentence.reading.mentions[m].first;
    let is_behind = first > p.last && word(first - 1) == "," && is_noun(p);
    let acts = |q: &&Predicate| q.first > first && !is_noun(q) && linked(q, Role::Actor).contains(&m);
    is_behind && sentence.reading.predicates.iter().any(|q| acts(&q))
}

/// "... in Rome for talks with Iran": mention `m` stands behind `host`, led in by "with".
fn is_met_there(scene: &Scene, i: usize, host: usize, m: usize) -> bool {
    let sentence = &scene.sentences[i];
    let (host, met) = (&sentence.reading.mentions[host], &sentence.reading.mentions[m]);
    met.first > host.last && sentence.lower(scene.text.as_str(), met.first - 1) == "with"
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

/// The rule of a diplomat who is of the other country of the story.
const OTHER_SIDE: &str = "of the other side";

/// "accused Peru of spying and expelled the ambassador": diplomats whose country no word tells are not of who expels or summons them, but of the other country of
/// a story between two.
fn of_the_other_side(scene: &Scene, event_type: EventType, actors: &[Actor], recipients: &mut [Actor]) {
    let is_of_actor = |r: &Actor| r.country.is_some() && actors.iter().any(|a| a.country == r.country);
    let is_diplomat = |r: &Actor| r.text.split(' ').any(|w| english().is(Word::Mission, &w.to_lowercase()));
    let is_guessed = |r: &Actor| r.rule.as_deref() == Some(BY_ARTICLE) && r.name.is_none();
    if !matches!(event_type, EventType::Sanction | EventType::Accuse | EventType::Coerce) {
        return;
    }
    for r in recipients.iter_mut().filter(|r| is_of_actor(r) && is_diplomat(r) && is_guessed(r)) {
        let pair: Vec<&str> = scene.cast.pair.iter().filter_map(|s| s.country()).collect();
        let is_between = r.country.as_deref().is_some_and(|c| pair.contains(&c));
        r.country = pair.into_iter().find(|c| is_between && Some(*c) != r.country.as_deref()).map(str::to_owned);
        (r.rule, r.score, r.runner_up) = (r.country.as_ref().map(|_| OTHER_SIDE.to_owned()), None, None);
    }
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

/// "Abkhazia accused Georgia": two of one country's code whom the words set against each other.
fn are_set_apart(a: &Actor, b: &Actor) -> bool {
    let named = |x: &Actor| x.from.is_none() && x.kind == Some(ActorType::State) && x.rule.as_deref() != Some("capital");
    named(a) && named(b) && a.text != b.text
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

/// The network's status, corrected where the words in the predicate's way, a denial or a date tell otherwise or a condition holds it; the condition of a
/// conditional one.
pub fn status(scene: &Scene, said: &[Said], i: usize, p: &Predicate) -> (Status, Option<Quote>) {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let (k, _) = best(&p.statuses);
    let mut status = Status::ALL.get(k).copied().unwrap_or(Status::Occurred);
    // a year beside the day makes a deed no older
    if status == Status::Historical && is_dated_news(scene, i, p) {
        status = Status::Occurred;
    }
    let before = || p.first.saturating_sub(3)..p.first;
    // "Peru, which was not invited, recalled": what is negated is another verb
    let is_of_aside = |w: usize| (w + 1..p.first).any(|v| sentence.class(&scene.labels.upos, v) == "VERB" && word(v + 1) == ",");
    let negators = before().filter(|w| matches!(word(*w).as_str(), "not" | "n't" | "never" | "cannot") && !is_of_aside(*w));
    let is_denied = || {
        let denial = source(said, i, p, sentence.span_of(p.first, p.last));
        denial.is_some_and(|s| ["deny", "deni"].iter().any(|stem| s.record.cue.quote.to_lowercase().contains(stem)))
    };
    if status.is_deed() && (negators.count() == 1 || is_denied()) {
        status = Status::Negated;
    }
    // "has no intention of signing", "has no plans to visit"; "were to have met" tells what did not come about
    let unmade = |w: usize| matches!(word(w).as_str(), "was" | "were") && word(w + 1) == "to" && word(w + 2) == "have";
    let leading = || p.first.saturating_sub(4)..p.first;
    if leading().any(|w| is_no_intention(scene, i, w) || unmade(w)) {
        status = Status::Negated;
    }
    // "declined to threaten": nobody threatened; who refuses a favour rejects, which is a deed
    if is_declined(scene, i, p) && best(&p.types).0 != EventType::Reject as usize {
        status = Status::Negated;
    }
    // "it would be the first visit by a chancellor"
    if status.is_deed() && leading().any(|w| word(w) == "would" && word(w + 1) == "be") {
        status = Status::Expected;
    }
    // "provided that both sides requested it": what a condition names has not happened by it
    if status.is_deed() && sentence.reading.conditions.iter().any(|c| c.first <= p.first && p.last <= c.last) {
        status = Status::Conditional;
    }
    if status.is_deed() && (is_outstanding(scene, i, p) || is_open(scene, i, p)) {
        status = Status::Conditional;
    }
    let clause = (status == Status::Conditional).then(|| nearest(&sentence.reading.conditions, p)).flatten();
    (status, clause.and_then(|c| scene.quote(sentence.span_of(c.first, c.last))))
}

/// "no intention", "no plans", the first word of which is word `w`.
pub fn is_no_intention(scene: &Scene, i: usize, w: usize) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    word(w) == "no" && matches!(word(w + 1).as_str(), "intention" | "plan" | "plans" | "desire" | "reason")
}

/// Whether a full date tells that what a predicate names is of the days before publication.
fn is_dated_news(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let has_year = |m: &usize| {
        let words = scene.date_span(i, *m).slice(scene.text.as_str()).unwrap_or_default();
        words.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4)
    };
    let dates = linked(p, Role::Date).into_iter().filter(has_year).filter_map(|m| scene.when(i, m, false));
    dates.filter(|w| w.precision == DatePrecision::Day).filter_map(|w| w.start).any(|day| scene.is_news(&day))
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
    let word = |w: usize| sentence.lower(text, w);
    let class = |w: usize| sentence.class(&scene.labels.upos, w);
    // "abolished the levy and agreed that": the next predicate has a title of its own
    let is_next = |w: usize| {
        let verb = if matches!(class(w + 1), "ADV" | "AUX" | "PART") { w + 2 } else { w + 1 };
        class(w) == "CCONJ" && sentence.reading.predicates.iter().any(|q| q.first == verb)
    };
    let stop = (p.last..sentence.words.len())
        .find(|w| matches!(word(*w).as_str(), "," | "." | ";" | ":" | "”" | "\"" | "(" | ")" | "--" | "–" | "—") || is_next(*w))
        .unwrap_or(sentence.words.len());
    let mut last = stop.min(p.first + TITLE_WORDS).max(p.last);
    while last > p.last && matches!(class(last - 1), "ADP" | "AUX" | "CCONJ" | "DET" | "PART" | "SCONJ") {
        last -= 1;
    }
    sentence.span_of(p.first, last).slice(text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
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
