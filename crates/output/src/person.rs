//! One person: which offices when, by the knowledge base and by the records; whom the person met, what the person did and said.

use crate::{
    document::{Document, Draft, Note, Plan, Run, fitted},
    dossier::{Dossier, Happening, Matter, Pick, words},
    judgement::Verdicts,
    lines::{Lines, Names},
    telling::{Tellings, Told},
    wording::{called, capital, count, day, office},
};
use chancery_record::{Actor, ActorType, Event, EventReport, EventType, LedgerKind, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Whom a view is about.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// The name.
    pub name: String,
    /// Surnames that mean this person alone in the records.
    pub also: Vec<String>,
    /// Knowledge-base id, if known.
    pub id: Option<String>,
    /// The posts held, as the knowledge base has them.
    pub posts: Vec<Post>,
}

/// A post of a person.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// `Minister for Foreign Affairs, Japan`.
    pub title: String,
    /// First day (ISO, or month or year), if known.
    pub from: Option<String>,
    /// Last day; none: open or unknown.
    pub to: Option<String>,
    /// When an open end was last seen to be true.
    pub as_of: Option<String>,
    /// Where the knowledge base has it from: `persons.tsv:12`.
    pub source: String,
}

impl Who {
    /// Whether an actor is this person: the same id, or a name that ends like this one ("Foreign Minister Ilse Brandt"), or its surname.
    fn is(&self, actor: &Actor) -> bool {
        let same_id = self.id.is_some() && actor.id == self.id;
        let is_named = actor.kind == Some(ActorType::Person) && (actor.id.is_none() || self.id.is_none());
        same_id || is_named && (ends_like(called(actor), &self.name) || self.also.iter().any(|a| a == called(actor)))
    }
}

fn folded(name: &str) -> Vec<String> {
    name.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn ends_like(long: &str, short: &str) -> bool {
    let (long, short) = (folded(long), folded(short));
    !short.is_empty() && long.ends_with(&short)
}

/// A person whom records name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name without what stands before it now and then ("Foreign Minister").
    pub name: String,
    /// A surname that can only mean this person here.
    pub also: Vec<String>,
    /// How often.
    pub times: usize,
}

/// The persons of the records whose names hold all words of `name`. One who is also called by more words ("Foreign Minister Ilse Brandt") stands
/// once, and so does a surname that only one of them has; one that several have is a name of its own.
pub fn people(records: &[Record], name: &str) -> Vec<Named> {
    let wanted = folded(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for actor in records.iter().flat_map(actors).filter(|a| a.kind == Some(ActorType::Person)) {
        *found.entry(called(actor)).or_default() += 1;
    }
    let (mut whole, surnames): (Vec<(&str, usize)>, Vec<_>) = found.into_iter().partition(|(n, _)| folded(n).len() > 1);
    whole.sort_by_key(|(n, _)| (folded(n).len(), *n));
    let mut out: Vec<Named> = Vec::new();
    for (name, times) in whole {
        match out.iter_mut().find(|n| ends_like(name, &n.name)) {
            Some(known) => known.times += times,
            None => out.push(Named { name: name.to_owned(), also: Vec::new(), times }),
        }
    }
    for (surname, times) in surnames {
        let bearers: Vec<usize> = (0..out.len()).filter(|i| ends_like(&out[*i].name, surname)).collect();
        match bearers.as_slice() {
            [only] => {
                out[*only].also.push(surname.to_owned());
                out[*only].times += times;
            }
            _ => out.push(Named { name: surname.to_owned(), also: Vec::new(), times }),
        }
    }
    out.retain(|n| wanted.iter().all(|w| folded(&n.name).contains(w)));
    out
}

/// The actors of a record of an article.
fn actors(record: &Record) -> Vec<&Actor> {
    match record {
        Record::EventReport(r) => r.actors.iter().chain(&r.recipients).chain(&r.said_by).collect(),
        Record::Statement(s) => s.about.iter().chain([&s.speaker]).chain(&s.addressee).collect(),
        Record::LedgerEntry(e) => e.parties.iter().chain(&e.reported_by).collect(),
        _ => Vec::new(),
    }
}

/// The page of a person from reconciled records.
pub fn person(records: &[Record], who: &Who, names: &Names) -> Document {
    let tellings = Tellings::new(records);
    let verdicts = Verdicts::of(records);
    let lines = Lines { names, verdicts: &verdicts, sides: &[] };
    let does = |r: &EventReport| r.actors.iter().any(|a| who.is(a));
    let gets = |r: &EventReport| r.recipients.iter().any(|a| who.is(a));
    let pick = Pick {
        event: &|_, reports| reports.iter().any(|r| does(r) || gets(r)),
        item: &|_, entries| entries.iter().any(|e| e.parties.iter().any(|a| who.is(a))),
        day: &|_| true,
    };
    let dossier = Dossier::picked(records, &pick, &tellings);
    // what the reports that name the person say, not what others add
    let own: Vec<Event> = dossier.events.iter().map(|h| narrowed(h, &|r| does(r) || gets(r))).collect();
    let happenings: Vec<Happening> = dossier.events.iter().zip(&own).map(|(h, event)| of_reports(h, event)).collect();
    let said = words(records, &tellings, &|s| who.is(&s.speaker), &|_| true);
    let is_meeting = |m: &Matter| matches!(m.item.kind, LedgerKind::Meeting | LedgerKind::Visit);
    let met = |h: &&Happening| h.event.event_type == EventType::Consult && h.event.status.is_deed();
    let is_doer = |h: &&Happening| h.told.iter().any(|(r, _)| does(r));
    let told: BTreeSet<(&str, usize)> =
        happenings.iter().filter(met).flat_map(|h| h.told.iter().map(|(r, _)| (r.article_id.as_str(), r.sentence.start))).collect();
    let is_new = |m: &&Matter| !m.told.iter().all(|(e, _)| told.contains(&(e.article_id.as_str(), e.sentence.start)));
    let matter = |m: &Matter| {
        let mut draft = lines.matter(m);
        let names = m.told.iter().find(|(e, _)| e.parties.iter().any(|a| who.is(a)));
        draft.notes.extend(names.map(|(_, t)| Note::of(t)).filter(|n| !draft.notes.contains(n)));
        draft
    };
    let events = |pick: &dyn Fn(&&Happening) -> bool| -> Vec<Draft> { happenings.iter().filter(pick).map(|h| lines.event(h)).collect() };
    let matters = |pick: &dyn Fn(&&Matter) -> bool| -> Vec<Draft> { dossier.matters.iter().filter(pick).map(matter).collect() };
    let meetings = matters(&|m| is_meeting(m) && is_new(m));
    let plan = |title, lines| Plan { title, lines, share: 1 };
    let plans = [
        plan("Offices, by the knowledge base", who.posts.iter().map(post).collect()),
        plan("Offices, by these results", offices(records, who, &tellings, names)),
        plan("Met", events(&met).into_iter().chain(meetings).collect()),
        plan("Did", events(&|h| !met(h) && is_doer(h))),
        plan("What others did or said to the person", events(&|h| !met(h) && !is_doer(h))),
        plan("Party to", matters(&|m| !is_meeting(m))),
        plan("Said", said.iter().map(|w| lines.said_on(w)).collect()),
    ];
    let totals = [
        who.id.clone(),
        Some(count(dossier.events.len(), "event")),
        Some(count(dossier.matters.len(), "matter")),
        Some(count(said.len(), "statement")),
    ];
    let lead = vec![totals.into_iter().flatten().collect::<Vec<_>>().join(" · ")];
    fitted(who.name.clone(), lead, verdicts.summary().into_iter().collect(), &plans, 0)
}

/// An event as those of its reports tell it that `pick` takes: the fullest of them.
fn narrowed(h: &Happening, pick: &dyn Fn(&EventReport) -> bool) -> Event {
    let fullness = |r: &&EventReport| (r.actors.len() + r.recipients.len(), std::cmp::Reverse(r.id.clone()));
    let Some(best) = h.told.iter().map(|(r, _)| *r).filter(|r| pick(r)).max_by_key(fullness) else { return h.event.clone() };
    Event {
        title: best.title.clone(),
        actors: best.actors.clone(),
        recipients: best.recipients.clone(),
        reciprocal: best.reciprocal,
        status: best.status,
        date: best.date.clone().filter(|d| d.start.is_some()).or_else(|| h.event.date.clone()),
        reports: h.told.iter().filter(|(r, _)| pick(r)).map(|(r, _)| r.id.clone()).collect(),
        disagreements: Vec::new(),
        ..h.event.clone()
    }
}

/// A happening with the reports of `event` only.
fn of_reports<'e>(h: &Happening<'e>, event: &'e Event) -> Happening<'e> {
    let told = h.told.iter().filter(|(r, _)| event.reports.contains(&r.id)).map(|(r, t)| (*r, t.clone())).collect();
    Happening { event, day: h.day.clone(), told }
}

/// A post with its days and the line of the knowledge base.
fn post(post: &Post) -> Draft {
    let seen = post.as_of.as_deref().map(|d| format!(", last seen {}", day(d))).unwrap_or_default();
    let days = match (post.from.as_deref().map(day), post.to.as_deref().map(day)) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        (Some(from), None) => format!(", since {from}{seen}"),
        (None, Some(to)) => format!(", until {to}"),
        (None, None) => seen,
    };
    let runs = vec![Run::Strong(post.title.clone()), Run::Plain(days)];
    let source = format!("knowledge base, {}", post.source);
    Draft { runs, notes: vec![Note { source, sentence: None, url: None, ids: Vec::new() }] }
}

/// The offices that the records give the person, each with its first and last telling.
fn offices(records: &[Record], who: &Who, tellings: &Tellings, names: &Names) -> Vec<Draft> {
    let mut held: BTreeMap<(String, String), Vec<Told>> = BTreeMap::new();
    for record in records {
        for actor in actors(record).into_iter().filter(|a| who.is(a)) {
            let (Some(key), Some(told)) = (&actor.office, tellings.of(record)) else { continue };
            let country = actor.country.as_deref().map(|c| (names.country)(c).unwrap_or_else(|| c.to_owned())).unwrap_or_default();
            let tellings = held.entry((office(key), country)).or_default();
            tellings.extend(Some(told).filter(|t| tellings.last().is_none_or(|l| l.id != t.id)));
        }
    }
    let line = |((office, country), mut told): ((String, String), Vec<Told>)| {
        told.sort_by(|a, b| a.published.cmp(&b.published));
        let title = [office, country].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
        let days: Vec<String> = [told.first(), told.last()].into_iter().flatten().filter_map(|t| t.published.as_deref().map(day)).collect();
        let span = match days.as_slice() {
            [first, last] if first != last => format!(", told {first} to {last}"),
            [first, ..] => format!(", told {first}"),
            [] => String::new(),
        };
        let runs = vec![Run::Strong(capital(&title)), Run::Plain(format!(" in {}{span}", count(told.len(), "record")))];
        let cited = if told.len() > 1 { vec![&told[0], &told[told.len() - 1]] } else { told.iter().collect() };
        Draft { runs, notes: cited.into_iter().map(Note::of).collect() }
    };
    held.into_iter().map(line).collect()
}
