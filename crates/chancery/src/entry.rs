//! Predicates and occasions -> ledger entries: what the article says of a matter between parties.

mod fate;
mod relations;
mod series;

use crate::{
    coref::Side,
    event::{self, TITLE_WORDS, around, people, source, status, title},
    phrases::{Genre, Word, english},
    scene::{LIKE, Role, Scene, best, linked},
    statement::{Said, Stage},
};
use chancery_model::Predicate;
use chancery_record::{
    Actor, ActorType, DatePrecision, EventType, Evidence, EvidenceRole, From, LedgerEntry, LedgerKind, Span, Stance, Statement, Status, id,
};
use std::collections::BTreeSet;

/// Types whose events belong into the ledger as a rule.
const KEPT: [&str; 4] = ["AGREE", "CONSULT", "CONCEDE", "SANCTION"];

/// The rule of a host that only the place of a visit tells.
const PLACE_OF_VISIT: &str = "place of the visit";

/// Words from a predicate within which a noun names its matter.
const HINTS: usize = 8;

/// The ledger entries of an article, in text order; mentions of one meeting, visit, dialogue or press event give one entry.
pub fn entries(scene: &Scene, said: &[Said], stages: &[Stage]) -> Vec<LedgerEntry> {
    let mut out: Vec<LedgerEntry> = Vec::new();
    for (i, sentence) in scene.sentences.iter().enumerate().filter(|(_, s)| !s.is_headline) {
        for entry in stages.iter().filter(|s| s.sentence == i).filter_map(|s| press_event(scene, said, s)) {
            add(scene, &mut out, entry);
        }
        for entry in said.iter().filter(|s| s.sentence == i).filter_map(|s| warning(scene, s)) {
            add(scene, &mut out, entry);
        }
        for p in &sentence.reading.predicates {
            if let Some(entry) = from_predicate(scene, said, i, p, &out) {
                add(scene, &mut out, entry);
            }
        }
        for entry in fate::fates(scene, said, i, &out) {
            add(scene, &mut out, entry);
        }
        for entry in said.iter().filter(|s| s.sentence == i).filter_map(|s| position(scene, s, &out)).collect::<Vec<_>>() {
            add(scene, &mut out, entry);
        }
    }
    out.retain(|e| scene.genre != Some(Genre::Sport) && !event::is_private_affair(scene, e.parties.iter()));
    relations::relate(scene, &mut out);
    out
}

/// Adds an entry or what it tells of one that there is; words that gave an entry of their kind already (a warning, also read as an event) give no
/// second of the same id.
fn add(scene: &Scene, out: &mut Vec<LedgerEntry>, entry: LedgerEntry) {
    if out.iter().any(|e| e.id == entry.id) {
        return;
    }
    let points_back = entry.kind == LedgerKind::Meeting && is_definite(scene, &entry);
    match out.iter_mut().rev().find(|e| e.id == entry.id || is_same_matter(e, &entry, points_back)) {
        Some(e) => {
            for party in entry.parties {
                if !e.parties.iter().any(|p| p.country == party.country) {
                    e.parties.push(party);
                }
            }
            e.keys = keys(&e.parties);
            let new: Vec<Evidence> = entry.evidence.into_iter().filter(|x| !e.evidence.contains(x)).collect();
            e.evidence.extend(new);
            e.date = e.date.take().or(entry.date);
            e.series = e.series.take().or(entry.series);
            e.status = e.status.take().or(entry.status);
        }
        None => out.push(entry),
    }
}

/// Two mentions of one dialogue, meeting, visit or press event: the same parties, or for a meeting the same body ("the GCC ministers'
/// meeting", "the meeting, chaired by Qatar's minister"), or a phrase that points back; the same status, and nothing that dates them apart.
fn is_same_matter(a: &LedgerEntry, b: &LedgerEntry, points_back: bool) -> bool {
    use LedgerKind::{Dialogue, Meeting, PressEvent, Visit};
    let body = |e: &LedgerEntry| e.parties.iter().filter_map(|p| p.country.clone()).find(|c| is_body(c));
    let together = a.keys == b.keys || points_back || a.kind == Meeting && body(a).is_some() && body(a) == body(b);
    let dates = |e: &LedgerEntry| e.date.as_ref().and_then(|d| d.text.clone());
    let number = |e: &LedgerEntry| e.series.as_ref().map(|s| s.number);
    let apart =
        matches!((dates(a), dates(b)), (Some(x), Some(y)) if x != y) || matches!((number(a), number(b)), (Some(x), Some(y)) if x != y);
    matches!(a.kind, Dialogue | Meeting | PressEvent | Visit) && a.kind == b.kind && together && a.status == b.status && !apart
}

/// Whether a country code is that of a body of several states.
fn is_body(country: &str) -> bool {
    matches!(country, "IGO" | "UNO" | "EUR")
}

/// "the meeting", "this session": a noun with the definite article and nothing more before it.
fn is_definite(scene: &Scene, entry: &LedgerEntry) -> bool {
    let Some(noun) = entry.evidence.first().map(|e| &e.quote).filter(|q| english().ledger_noun(&q.quote.to_lowercase()).is_some()) else {
        return false;
    };
    let before = scene.text.as_str().get(..noun.span().start).unwrap_or_default().to_lowercase();
    before.ends_with("the ") || before.ends_with("this ")
}

/// The network's kind and status; CONSULT events that it left without one are meetings and visits all the same.
fn kind_of(scene: &Scene, i: usize, p: &Predicate) -> Option<(LedgerKind, Option<String>)> {
    if let Some(answer) = not_excluded(scene, i, p) {
        return Some((LedgerKind::Possibility, Some(answer.to_owned())));
    }
    if fate::settles(scene, i, p) {
        return Some((LedgerKind::Dispute, Some("settled".to_owned())));
    }
    let (k, _) = best(&hinted(scene, i, p));
    let named = LedgerKind::ALL.iter().copied().find(|kind| Some(kind.code()) == scene.labels.ledgers.get(k).map(String::as_str));
    let calls = scene.labels.types.get(best(&p.types).0).is_some_and(|t| t == "REQUEST");
    // who calls on others to act proposes; that it also shows what they hold is not what the entry is about
    if let Some(kind) = named.filter(|k| !calls || *k != LedgerKind::Position) {
        let states = scene.labels.ledger_statuses.iter().zip(&p.ledger_statuses);
        let of_kind = states.filter_map(|(name, x)| name.split_once('/').filter(|(n, _)| *n == kind.code()).map(|(_, s)| (s, *x)));
        let status = of_kind.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(s, _)| s.to_owned());
        if kind == LedgerKind::Ceasefire && is_of_trade(scene, i, p) {
            let status = status.map(|s| if s == "renewed" { "in_force" } else { &s }.to_owned());
            return Some((LedgerKind::Agreement, status.filter(|s| LedgerKind::Agreement.has(s))));
        }
        // who hails a pact between others takes no step of it
        let is_kept = matches!(kind, LedgerKind::Agreement | LedgerKind::Ceasefire | LedgerKind::Dialogue | LedgerKind::Project);
        if is_kept && english().is(Word::Welcoming, &scene.sentences[i].lower(scene.text.as_str(), p.first)) {
            return Some((LedgerKind::Initiative, Some("welcomed".to_owned())));
        }
        // "arrived in Lima for talks"
        let travels = kind == LedgerKind::Meeting && scene.sentences[i].lower(scene.text.as_str(), p.first).starts_with("arriv");
        let kind = if travels { LedgerKind::Visit } else { kind };
        return Some((kind, status.filter(|s| kind.has(s))));
    }
    by_type(scene, i, p)
}

/// "extended their trade truce": an agreement about trade, which nobody shoots.
fn is_of_trade(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let nouns = (p.first.saturating_sub(HINTS)..(p.last + HINTS).min(sentence.words.len()))
        .filter(|w| word(*w).starts_with("truce") || word(*w).starts_with("ceasefire"));
    let mut kinds = nouns.filter_map(|noun| noun.checked_sub(1)).map(word);
    kinds.any(|kind| english().is(Word::OfTrade, &kind))
}

/// The state of the town to which a journey leads: "will visit Mumbai".
fn host(scene: &Scene, i: usize, p: &Predicate) -> Option<Actor> {
    let m = scene.event_place(i, p)?;
    let country = scene.place(i, m)?.country?;
    let quote = scene.quote(scene.mention_span(i, m))?;
    let gov = || "GOV".to_owned();
    let rule = Some(PLACE_OF_VISIT.to_owned());
    Some(Actor {
        country: Some(country),
        sector: Some(gov()),
        sectors: vec![gov()],
        kind: Some(ActorType::State),
        rule,
        ..Actor::unresolved(&quote)
    })
}

/// What an event that the network left without a ledger kind is all the same: talks and visits, calls of or on several.
fn by_type(scene: &Scene, i: usize, p: &Predicate) -> Option<(LedgerKind, Option<String>)> {
    let (t, _) = best(&p.types);
    let (kind, status) = match scene.labels.types.get(t).map(String::as_str)? {
        "CONSULT" if around(scene, i, p).contains("visit") => (LedgerKind::Visit, "held"),
        "CONSULT" => (LedgerKind::Meeting, "held"),
        "REQUEST" if is_multilateral(scene, i, p) => (LedgerKind::Initiative, "proposed"),
        _ => return None,
    };
    (p.event >= 0.4).then(|| (kind, Some(status.to_owned())))
}

/// Whether a body of several states or several countries act, are acted upon, or the story is about their body.
fn is_multilateral(scene: &Scene, i: usize, p: &Predicate) -> bool {
    scene.cast.body.is_some()
        || [Role::Actor, Role::Recipient].into_iter().any(|role| {
            let countries: BTreeSet<String> = people(scene, i, &linked(p, role)).into_iter().filter_map(|a| a.country).collect();
            countries.len() > 1 || countries.iter().any(|c| is_body(c))
        })
}

/// "does not rule out", "is not excluded" against "ruled out".
fn not_excluded(scene: &Scene, i: usize, p: &Predicate) -> Option<&'static str> {
    let sentence = &scene.sentences[i];
    let word = |w: usize| sentence.lower(scene.text.as_str(), w);
    let verb = (p.first..p.last).find(|w| {
        let (this, next) = (word(*w), word(w + 1));
        this.starts_with("exclud") || matches!(this.as_str(), "rule" | "ruled" | "ruling" | "rules") && next == "out"
    })?;
    let negated = (verb.saturating_sub(3)..verb).any(|w| matches!(word(w).as_str(), "not" | "n't" | "never"));
    Some(if negated { "not_excluded" } else { "ruled_out" })
}

/// The network's kinds, those made likelier that the predicate's own words or the words after it name ("agreed to launch a dialogue").
fn hinted(scene: &Scene, i: usize, p: &Predicate) -> Vec<f32> {
    let sentence = &scene.sentences[i];
    let text = scene.text.as_str();
    let stop = (p.last..sentence.words.len())
        .find(|w| matches!(sentence.lower(text, *w).as_str(), "," | "." | ";" | ":"))
        .unwrap_or(sentence.words.len());
    let mut scores = p.ledgers.clone();
    let mut weigh = |first: usize, last: usize, factor: f32| {
        let hint = (first..last).find_map(|w| english().ledger_noun(&sentence.lower(text, w)));
        if let Some(k) = hint.and_then(|kind| scene.labels.ledgers.iter().position(|l| l == kind.code())) {
            scores[k] = (scores[k] * factor).max(scores[k]);
        }
        hint.is_some()
    };
    if !weigh(p.first, p.last, 20.0) {
        weigh(p.last, stop.min(p.last + HINTS), 10.0);
    }
    // what is agreed, signed or imposed is a matter to keep, even where the network hesitates
    let kept = scene.labels.types.get(best(&p.types).0).is_some_and(|t| KEPT.contains(&t.as_str()));
    if let Some(none) = scene.labels.ledgers.iter().position(|l| l == "-").filter(|_| kept) {
        scores[none] *= if is_between_states(scene, i, p) { 0.1 } else { 0.3 };
    }
    scores
}

/// Whether the two sides of a predicate are of different countries.
fn is_between_states(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let sides = [Role::Actor, Role::Recipient].into_iter().flat_map(|role| people(scene, i, &linked(p, role)));
    sides.filter_map(|a| a.country).collect::<BTreeSet<_>>().len() > 1
}

fn from_predicate(scene: &Scene, said: &[Said], i: usize, p: &Predicate, told: &[LedgerEntry]) -> Option<LedgerEntry> {
    let reworded = event::reworded(scene, i, p);
    let p = reworded.as_ref().unwrap_or(p);
    let (kind, ledger_status) = kind_of(scene, i, p)?;
    if event::is_told_by_another(scene, i, p, |q| kind_of(scene, i, q).is_some_and(|(k, _)| k == kind)) {
        return None;
    }
    if event::is_asked(scene, i, p) {
        return None;
    }
    let sentence = &scene.sentences[i];
    let span = sentence.span_of(p.first, p.last);
    let as_talks = if matches!(kind, LedgerKind::Visit | LedgerKind::Meeting) { EventType::Consult } else { EventType::Agree };
    let (mut mentions, recipients) = event::who(scene, said, i, p, as_talks);
    let leaders = people(scene, i, &mentions).len();
    let roles_of = [(EvidenceRole::Actor, mentions.clone()), (EvidenceRole::Recipient, recipients.clone())];
    mentions.extend(recipients);
    let mut parties = people(scene, i, &mentions);
    let speaker = source(said, i, p, span).map(|s| s.record.speaker.clone());
    if matches!(kind, LedgerKind::Measure | LedgerKind::Position) && parties.iter().take(leaders).any(|a| a.country.is_some()) {
        // one side's own act or view, whomever it touches
        parties.truncate(leaders);
    }
    for state in event::between_states(scene, i, p) {
        if !parties.iter().any(|a| a.country == state.country) {
            parties.push(state);
        }
    }
    if parties.is_empty() || kind == LedgerKind::Possibility && leaders == 0 {
        parties.extend(speaker.clone());
    }
    // whom a journey to a country leads to is told by that country
    match if kind == LedgerKind::Visit { host(scene, i, p) } else { None } {
        Some(host) if !parties.is_empty() => {
            if parties.len() == 1 && parties[0].country.as_ref().is_some_and(|guest| host.country.as_ref() != Some(guest)) {
                parties.push(host);
            }
        }
        _ => complete(scene, i, kind, told, &mut parties),
    }
    if parties.is_empty() {
        return None;
    }
    let proposers = if ledger_status.as_deref() == Some("proposed") { leaders } else { 0 };
    roles(kind, &mut parties, if kind == LedgerKind::Initiative { proposers } else { leaders });
    let (event_status, condition) = status(scene, said, i, p);
    let is_own_denial = is_its_own_denial(scene, i, p);
    let is_undone = event_status == Status::Negated || is_own_denial || (p.first..p.last).any(|w| event::is_no_intention(scene, i, w));
    let words = span.slice(scene.text.as_str()).unwrap_or_default().to_lowercase();
    let worded = english().ledger_status(kind, &words);
    let ledger_status = match ledger_status {
        Some(told) if is_undone && !is_open_to_denial(kind, &told) => return None,
        Some(told) if event::is_outstanding(scene, i, p) && !is_open_to_denial(kind, &told) => return None,
        Some(told) if is_own_denial && !is_view(kind) && (is_undoing(&told) || worded.is_some() || is_planning(&words)) => return None,
        // who rejects a truce neither proposes nor breaks it
        Some(_) if kind == LedgerKind::Ceasefire && scene.labels.types.get(best(&p.types).0).is_some_and(|t| t == "REJECT") => None,
        // "has yet to pay": nothing is broken
        Some(told) if told == "broken" && (p.first.saturating_sub(3)..p.last).any(|w| sentence.lower(scene.text.as_str(), w) == "yet") => {
            return None;
        }
        Some(told) if told == "partly_fulfilled" && is_in_full(scene, i, p) => Some("fulfilled".to_owned()),
        Some(told) if event_status.is_ahead() => before_it_is_done(kind, &told, event_status).map(str::to_owned),
        told => told,
    };
    let worded = worded.filter(|_| matches!(event_status, Status::Occurred | Status::Ongoing | Status::Historical));
    let ledger_status = if event::stops_restricting(scene, i, p) && !event_status.is_ahead() && !is_undone {
        stopped(kind, &words, ledger_status)
    } else {
        worded.map(str::to_owned).or(ledger_status)
    };
    // "agreed to meet again on November 21": the date is that of the meeting to come
    let is_ahead = matches!(ledger_status.as_deref(), Some("announced" | "invited" | "signature_scheduled" | "postponed"));
    let is_ahead = is_ahead && event_status != Status::Historical || event_status.is_ahead();
    let Dates { date, told } = dates(scene, i, p, is_ahead);
    let is_its_own = is_ahead || event_status == Status::Historical;
    let date = date.filter(|m| is_its_own || !event::is_of_what_is_promised(scene, i, p, *m));
    let (date, dated) = date.map(|m| scene.dated(i, p, m, is_ahead)).unwrap_or_default();
    let mut evidence: Vec<Evidence> = scene.evidence(EvidenceRole::Predicate, span).into_iter().collect();
    for (role, mentions) in roles_of {
        evidence.extend(mentions.iter().filter_map(|m| scene.evidence(role, scene.mention_span(i, *m))));
    }
    show(scene, &parties, speaker.as_ref(), &mut evidence);
    evidence.extend(dated);
    evidence.extend(told.into_iter().flat_map(|m| scene.date_evidence(i, m)));
    evidence.extend(condition.clone().map(|quote| Evidence { role: EvidenceRole::Condition, quote }));
    // "the 2024 accord" tells nothing of what became of it, "the accord reached in 2024" does
    let has_verb = || (p.first..p.last).any(|w| sentence.class(&scene.labels.upos, w) == "VERB");
    let is_told = event_status != Status::Historical || kind != LedgerKind::Agreement || worded.is_some() || has_verb();
    let status = ledger_status.filter(|_| is_told);
    make(scene, i, kind, title(scene, i, p), parties, status, span, evidence).map(|e| LedgerEntry {
        date,
        told: told.and_then(|m| scene.when(i, m, false)),
        is_background: event_status == Status::Historical,
        series: if matches!(kind, LedgerKind::Meeting | LedgerKind::Dialogue) { series::series(scene, i, p) } else { None },
        condition,
        reported_by: speaker,
        ..e
    })
}

/// What became of a measure or sanction that a predicate stops: interrupted it is eased, ended it is lifted.
fn stopped(kind: LedgerKind, words: &str, told: Option<String>) -> Option<String> {
    let is_told = matches!(told.as_deref(), Some("lifted" | "eased" | "waived"));
    if is_told || !matches!(kind, LedgerKind::Measure | LedgerKind::Sanction) {
        return told;
    }
    let is_interrupted = words.split(' ').next().is_some_and(|verb| english().is(Word::Interrupting, verb));
    Some(if is_interrupted { "eased" } else { "lifted" }.to_owned())
}

/// "paid all of the money", "delivered it in full".
fn is_in_full(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    (p.last..p.last + 6).any(|w| word(w) == "all" && w < p.last + 2 || word(w) == "full" && matches!(word(w - 1).as_str(), "in" | "the"))
}

/// Whether an entry says what somebody holds or leaves open, which a denial tells, too.
fn is_view(kind: LedgerKind) -> bool {
    matches!(kind, LedgerKind::Position | LedgerKind::Possibility)
}

/// "is not planned": nothing was called off.
fn is_planning(words: &str) -> bool {
    words.split(' ').any(|w| matches!(w, "plan" | "planned" | "scheduled" | "due" | "envisaged" | "foreseen"))
}

/// Whether a status of a matter can be told by what did not happen: "the pact was never signed" is of a stalled one, "denied holding talks" of none.
fn is_open_to_denial(kind: LedgerKind, status: &str) -> bool {
    #[rustfmt::skip]
    const UNDONE: [&str; 18] = [
        "stalled", "broken", "ruled_out", "suspended", "waived", "postponed", "declined", "cancelled", "rejected", "severed", "terminated",
        "ended", "withdrawn", "lapsed", "expired", "downgraded", "partly_fulfilled", "not_excluded",
    ];
    is_view(kind) || UNDONE.contains(&status)
}

/// Where a matter stands of which a step is planned, expected or conditional: "will lift the ban" announces a measure, "would ratify it if" is no step.
/// What is to hold from a day on is told as holding, with that day.
fn before_it_is_done(kind: LedgerKind, status: &str, event_status: Status) -> Option<&str> {
    use LedgerKind::{Agreement, Ceasefire, Dialogue, Dispute, Initiative, Measure, Meeting, Project, Relations, Sanction, Visit};
    let is_planned = event_status == Status::Planned;
    match (kind, status) {
        (Measure, "decided" | "lifted" | "eased" | "extended") => is_planned.then_some("announced"),
        (Agreement, "signed") => is_planned.then_some("signature_scheduled"),
        (Sanction, "imposed" | "expanded") => Some("threatened"),
        (Dialogue, "launched" | "active" | "resumed") => is_planned.then_some("agreed"),
        (Project, "launched" | "ongoing" | "completed") => is_planned.then_some("agreed"),
        (Meeting | Visit, "held") => (event_status != Status::Conditional).then_some("announced"),
        (Agreement, "in_force") | (Ceasefire, "in_force") if !is_planned => None,
        (Ceasefire, "broken" | "ended" | "renewed") | (Meeting | Visit, "cancelled" | "postponed" | "declined") => None,
        (Dispute, "settled" | "mediated" | "adjudicated") | (Initiative, "accepted" | "rejected" | "adopted" | "implemented") => None,
        (Relations, "recalled" | "downgraded" | "established") | (Agreement, "rejected" | "withdrawn" | "suspended" | "expired") => None,
        (
            _,
            "ratified" | "lifted" | "eased" | "waived" | "fulfilled" | "partly_fulfilled" | "broken" | "severed" | "restored"
            | "terminated",
        ) => None,
        _ => Some(status),
    }
}

/// Statuses that a verb tells by itself ("left", "lifted"), so that "would not leave" tells nothing of the kind.
fn is_undoing(status: &str) -> bool {
    matches!(status, "withdrawn" | "waived" | "severed" | "terminated" | "ended" | "downgraded")
}

/// Whether the negator stands right before the predicate: "would not leave".
fn is_its_own_denial(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    (p.first.saturating_sub(2)..p.last).any(|w| matches!(word(w).as_str(), "not" | "n't" | "never"))
}

/// The date mentions of a matter.
struct Dates {
    /// Its own.
    date: Option<usize>,
    /// Of its announcement.
    told: Option<usize>,
}

/// The dates of a predicate; of one that lies ahead, the day of the sentence on which it was told is none of its own.
fn dates(scene: &Scene, i: usize, p: &Predicate, is_ahead: bool) -> Dates {
    let own = linked(p, Role::Date);
    if !is_ahead {
        return Dates { date: own.first().copied(), told: None };
    }
    let is_past = |m: &usize| {
        let when = scene.when(i, *m, false).filter(|w| w.precision == DatePrecision::Day);
        when.and_then(|w| w.start).is_some_and(|day| scene.is_news(&day))
    };
    let reading = &scene.sentences[i].reading;
    let is_of_cue = |m: &usize| {
        let others = reading.predicates.iter().filter(|q| q.first != p.first && linked(q, Role::Date).contains(m));
        others.map(|q| q.cue >= 0.5).reduce(|a, b| a || b).unwrap_or(true)
    };
    let told = if own.len() > 1 { own.iter().copied().find(is_past) } else { None };
    let beside =
        || (0..reading.mentions.len()).find(|m| reading.mentions[*m].kind == "da" && !own.contains(m) && is_past(m) && is_of_cue(m));
    let told = told.or_else(beside);
    Dates { date: own.into_iter().find(|m| Some(*m) != told), told }
}

/// Adds the parties that a matter of sentence `i` has beside those that the network ties to it. Where it ties none, they are the parties of the like
/// matter told before, if the sentence speaks of no other country; else the only country of which it speaks. Where none is found and no side is
/// clear, the country that the story is about, if about no two.
fn complete(scene: &Scene, i: usize, kind: LedgerKind, told: &[LedgerEntry], parties: &mut Vec<Actor>) {
    if parties.is_empty() {
        let mentions = &scene.sentences[i].reading.mentions;
        let actors = (0..mentions.len()).filter(|m| !matches!(mentions[*m].kind.as_str(), "da" | "pl"));
        let mut here: Vec<Actor> = actors.flat_map(|m| scene.actors(i, m)).filter(|a| a.country.is_some()).collect();
        let mut countries: Vec<&Option<String>> = here.iter().map(|a| &a.country).collect();
        countries.dedup();
        let only = if countries.len() == 1 { Some(here.swap_remove(0)) } else { None };
        // "a trip to Paris was called off" is none to Berlin
        let is_place = |m: &usize| kind == LedgerKind::Visit && mentions[*m].kind == "pl";
        let place = (0..mentions.len()).filter(is_place).find_map(|m| scene.place(i, m)?.country);
        let has = |e: &LedgerEntry, country: &Option<String>| e.parties.iter().any(|p| p.country == *country);
        let is_open = |e: &&LedgerEntry| only.as_ref().is_none_or(|o| has(e, &o.country)) && (place.is_none() || has(e, &place));
        let before = told.iter().rev().find(|e| family(e.kind) == family(kind)).filter(is_open).into_iter().flat_map(|e| &e.parties);
        let taken = |p: &Actor| Actor {
            from: p.from.or(Some(From::Coref)),
            rule: Some(LIKE.to_owned()),
            score: None,
            runner_up: None,
            ..p.clone()
        };
        parties.extend(before.map(taken));
        if parties.is_empty() {
            parties.extend(only);
        }
    }
    let mut sides = if is_whole(scene, i, parties) { Vec::new() } else { unsaid(scene, kind, parties) };
    if parties.is_empty() && sides.is_empty() && scene.cast.pair.is_empty() {
        sides.extend(&scene.cast.home);
    }
    parties.extend(sides.iter().filter_map(|s| scene.side(s)));
}

/// Whether a sentence leaves no side unsaid: it names a side at home ("invited the unions"), or speaks of a country that the story is not about.
fn is_whole(scene: &Scene, i: usize, parties: &[Actor]) -> bool {
    let [first, others @ ..] = parties else { return false };
    let is_domestic = |a: &Actor| a.country == first.country && a.sector.as_deref().is_some_and(|s| !matches!(s, "GOV" | "MIL"));
    let mentions = &scene.sentences[i].reading.mentions;
    let actors = (0..mentions.len()).filter(|m| !matches!(mentions[*m].kind.as_str(), "da" | "pl"));
    let of_story = |c: &str| scene.cast.pair.iter().chain(&scene.cast.home).chain(&scene.cast.body).any(|s| s.country() == Some(c));
    let is_third = |c: &String| Some(c) != first.country.as_ref() && !of_story(c);
    let mut countries = actors.flat_map(|m| scene.actors(i, m)).filter_map(|a| a.country);
    others.iter().any(|o| is_domestic(o) || o.country.is_some() && o.country == first.country) || countries.any(|c| is_third(&c))
}

/// Adds the mentions of those parties that no evidence shows yet: who is unsaid, or only tells of the matter.
fn show(scene: &Scene, parties: &[Actor], teller: Option<&Actor>, evidence: &mut Vec<Evidence>) {
    let at = |a: &Actor| (a.start, a.end);
    for party in parties {
        let is_shown = evidence.iter().any(|e| (e.quote.start, e.quote.end) == at(party));
        let role = if teller.map(at) == Some(at(party)) { EvidenceRole::Speaker } else { EvidenceRole::Recipient };
        let span = scene.text.offsets().span_of_chars(party.start, party.end).filter(|_| !is_shown);
        evidence.extend(span.and_then(|s| scene.evidence(role, s)));
    }
}

/// Kinds that one noun may name: "the deal" is a pact or a truce.
fn family(kind: LedgerKind) -> LedgerKind {
    use LedgerKind::{Agreement, Ceasefire, Dialogue, Measure, Meeting, Sanction, Visit};
    match kind {
        Ceasefire => Agreement,
        Visit | Dialogue => Meeting,
        Sanction => Measure,
        kind => kind,
    }
}

/// The sides of a matter that the sentence leaves unsaid. Where it names one: the other country of a story between two, the body to which a call at
/// its meeting is addressed, else the country that the story is about. Where it names none ("the truce has held"): both countries of a story between two.
fn unsaid<'s>(scene: &'s Scene, kind: LedgerKind, parties: &[Actor]) -> Vec<&'s Side> {
    use LedgerKind::{Agreement, Ceasefire, Dialogue, Dispute, Initiative, Meeting, Project, Relations, Visit};
    let cast = scene.cast;
    if !parties.is_empty() && parties.iter().all(event::is_private) {
        return Vec::new();
    }
    let countries: BTreeSet<&str> = parties.iter().filter_map(|a| a.country.as_deref()).collect();
    let between_two = matches!(kind, Agreement | Ceasefire | Dialogue | Dispute | Meeting | Project | Visit);
    let mut countries = countries.into_iter();
    match (countries.next(), countries.next()) {
        (None, _) if parties.is_empty() && (between_two || kind == Relations) => cast.pair.iter().collect(),
        (Some(only), None) if between_two || matches!(kind, Initiative | Relations) => {
            let other = |sides: &'s [Side]| sides.iter().find(|s| s.country() != Some(only)).into_iter().collect();
            let in_pair = cast.pair.iter().any(|s| s.country() == Some(only));
            match kind {
                Initiative if cast.body.is_some() => other(cast.body.as_slice()),
                _ if in_pair => other(&cast.pair),
                _ if cast.beside_home.contains(only) => other(cast.home.as_slice()),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// "warned of rising crime": what a speaker sees as a danger, when the words are no threat of the speaker's own.
fn warning(scene: &Scene, said: &Said) -> Option<LedgerEntry> {
    let predicate = scene.sentences[said.sentence].reading.predicates.iter().find(|p| (p.first, p.last) == said.cue)?;
    let is_threat = scene.labels.types.get(best(&predicate.types).0).is_some_and(|t| t == "THREATEN");
    if said.record.stance != Stance::Warn || is_threat {
        return None;
    }
    stated(scene, said, LedgerKind::ThreatAssessment)
}

/// "said that the crossings must stay open", "his country would never join a bloc": what a state holds, where no predicate of the words told it.
fn position(scene: &Scene, said: &Said, told: &[LedgerEntry]) -> Option<LedgerEntry> {
    let speaker = &said.record.speaker;
    let is_official = speaker.country.is_some() && speaker.sector.as_deref().is_some_and(|s| s == "GOV");
    let words = said.record.content.quote.to_lowercase();
    let holds = english().holds(words.get(..words.len().min(160)).unwrap_or(&words));
    let inside = |e: &LedgerEntry| {
        e.evidence.first().is_some_and(|q| said.content.overlaps(&q.quote.span()) || said.record.cue.span() == q.quote.span())
    };
    if !is_official || !holds || told.iter().any(inside) {
        return None;
    }
    stated(scene, said, LedgerKind::Position).map(|e| LedgerEntry { reported_by: Some(speaker.clone()), ..e })
}

/// What a statement's own words give: an entry of its speaker, evident in cue and content.
fn stated(scene: &Scene, said: &Said, kind: LedgerKind) -> Option<LedgerEntry> {
    let Statement { speaker, cue, content, .. } = &said.record;
    let title = content.quote.split_whitespace().take(TITLE_WORDS).collect::<Vec<_>>().join(" ");
    let evidence = [cue, content].map(|quote| Evidence { role: EvidenceRole::Predicate, quote: quote.clone() });
    make(scene, said.sentence, kind, title, vec![speaker.clone()], Some("stated".to_owned()), cue.span(), evidence.into())
}

fn press_event(scene: &Scene, said: &[Said], stage: &Stage) -> Option<LedgerEntry> {
    let (kind, status) = stage.ledger?;
    let speaker = said.iter().find(|s| s.sentence == stage.sentence)?.record.speaker.clone();
    let text = &stage.occasion.text;
    let mut evidence = vec![Evidence { role: EvidenceRole::Predicate, quote: text.clone() }];
    evidence.extend(stage.occasion.place.clone().map(|quote| Evidence { role: EvidenceRole::Place, quote }));
    let title = text.quote.clone();
    let entry = make(scene, stage.sentence, kind, title, vec![speaker], Some(status.to_owned()), text.span(), evidence)?;
    Some(LedgerEntry { date: stage.occasion.date.clone(), ..entry })
}

#[allow(clippy::too_many_arguments)] // one entry, spelled out
fn make(
    scene: &Scene,
    i: usize,
    kind: LedgerKind,
    title: String,
    parties: Vec<Actor>,
    status: Option<String>,
    span: Span,
    evidence: Vec<Evidence>,
) -> Option<LedgerEntry> {
    Some(LedgerEntry {
        id: id("le", &[scene.article_id, &span.start.to_string(), kind.code()]),
        article_id: scene.article_id.to_owned(),
        sentence: scene.text.range(scene.sentences[i].span),
        kind,
        title,
        keys: keys(&parties),
        parties,
        status,
        series: None,
        condition: None,
        date: None,
        told: None,
        is_background: false,
        reported_by: None,
        relations: Vec::new(),
        evidence,
    })
}

/// Host and guest of a visit, proposer of an initiative, party of everything else.
fn roles(kind: LedgerKind, parties: &mut [Actor], leaders: usize) {
    for (k, party) in parties.iter_mut().enumerate() {
        let role = match kind {
            LedgerKind::Visit if leaders > 0 && k >= leaders => "host",
            LedgerKind::Initiative if k < leaders => "proposer",
            _ => "party",
        };
        party.role = Some(role.to_owned());
    }
}

/// Every unordered pair of countries among the parties; a lone country is its own key.
pub fn keys(parties: &[Actor]) -> Vec<String> {
    let countries: BTreeSet<&str> = parties.iter().filter_map(|a| a.country.as_deref()).collect();
    let all: Vec<&str> = countries.into_iter().collect();
    let mut out = Vec::new();
    for (i, a) in all.iter().enumerate() {
        out.extend(all[i + 1..].iter().map(|b| format!("{a}-{b}")));
    }
    if out.is_empty() {
        out.extend(all.iter().map(|a| (*a).to_owned()));
    }
    out
}

#[cfg(test)]
mod tests;
