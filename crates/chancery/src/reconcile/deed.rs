//! Event reports -> events: a deed told twice is one event with two reports.
//!
//! Two reports tell of one deed when they have one type, modes that do not contradict, the same doers, a recipient in common (a side left
//! unsaid agrees with any), and statuses of one kind (happened, planned, denied ...). Within an article nothing may date or place them apart,
//! no report may tie two that contradict each other, and words (promises, demands) must be about the same. Reports of different articles must
//! also be of the same days, and their words must be alike or the articles copies of one another; undated background looks back further, and
//! so do words that share a figure. Background of a month or year that nothing ties goes to the last deed of its sides told for that time.

use super::{
    Sources, Strictness, Union,
    set::{Names, Set, is_figure},
    time::{self, Days},
    topics,
    verdict::Regroup,
};
use chancery_record::{Actor, ActorType, Event, EventReport, EventType, Status, id};
use std::collections::{BTreeMap, BTreeSet};

/// Background without a date is of a deed told at most so many days before.
const MEMORY: i32 = 800;
/// A word leads back to so many reports at most.
const RARE: usize = 200;

/// A report with what is compared.
struct Told<'a> {
    report: &'a EventReport,
    family: &'a str,
    published: Option<i32>,
    /// When it was; else when it was told. None for undated background.
    days: Option<Days>,
    /// Countries.
    actors: Set,
    recipients: Set,
    /// What title and predicate are about.
    words: Set,
    predicate: Set,
    strictness: Strictness,
}

/// Gives the events behind the reports, in order of their first reports. A report whose article is not among `sources` is a story of its own.
pub fn events(reports: &[&EventReport], sources: &Sources, regroup: &Regroup, mut give: impl FnMut(Event)) {
    let mut names = Names::default();
    let mut told: Vec<Told> = reports.iter().map(|r| Told::of(r, sources, &mut names)).collect();
    // by place of first telling: within an article the order of the text
    told.sort_by_key(|t| (t.published, t.report.article_id.as_str(), t.report.evidence.first().map(|e| e.quote.start)));
    let mut union = Union::new(told.len());
    let mut denials: Vec<(usize, usize)> = Vec::new();
    let mut again: BTreeSet<(usize, usize)> = BTreeSet::new();
    let partitions = partitions(&told);
    for members in partitions.values() {
        for (i, j) in candidates(members, &told) {
            if told[i].tie(&told[j]).is_some() {
                match (told[i].kind(), told[j].kind()) {
                    (x, y) if x == y && told[i].report.article_id == told[j].report.article_id => _ = again.insert((i.min(j), i.max(j))),
                    (x, y) if x == y => union.join(i, j),
                    (Status::Negated, Status::Occurred) => denials.push((j, i)),
                    (Status::Occurred, Status::Negated) => denials.push((i, j)),
                    _ => {}
                }
            }
        }
    }
    tellings(&again, &told).iter().flat_map(|set| set.windows(2)).for_each(|pair| union.join(pair[0], pair[1]));
    for members in partitions.values() {
        for &i in members.iter().filter(|i| told[**i].report.status == Status::Historical) {
            let lone = !members.iter().any(|j| *j != i && union.root(*j) == union.root(i));
            if let Some(&j) = members.iter().rev().filter(|_| lone).find(|j| told[i].recalls(&told[**j])) {
                union.join(i, j);
            }
        }
    }
    let denied: BTreeSet<usize> = denials.iter().map(|d| d.0).collect();
    let sets = regroup.regrouped(union.sets(), |i| &told[i].report.id);
    sets.iter().for_each(|set| give(event(set, &told, sources, set.iter().any(|i| denied.contains(i)))));
}

/// The deeds of single articles: tied reports, but no two that are not tied to each other by sides and place. A report that leaves a side unsaid
/// is of the first deed that it fits, and ties no others.
fn tellings(again: &BTreeSet<(usize, usize)>, told: &[Told]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for &(i, j) in again {
        let [a, b] = [i, j].map(|report| {
            *of.entry(report).or_insert_with(|| {
                sets.push(vec![report]);
                sets.len() - 1
            })
        });
        let may_be_one = |x: &usize| sets[b].iter().all(|y| told[*x].has_the_sides_of(&told[*y]) && !told[*x].is_elsewhere(&told[*y]));
        if a != b && sets[a].iter().all(may_be_one) {
            let moved = std::mem::take(&mut sets[b]);
            moved.iter().for_each(|report| _ = of.insert(*report, a));
            sets[a].extend(moved);
        }
    }
    sets
}

/// For each of these reports but the first of the deed they are joined to: its id, the report it is tied to, and why.
pub fn ties(reports: &[&EventReport], sources: &Sources) -> Vec<(String, String, &'static str)> {
    let mut names = Names::default();
    let mut told: Vec<Told> = reports.iter().map(|r| Told::of(r, sources, &mut names)).collect();
    told.sort_by_key(|t| (t.published, t.report.article_id.as_str(), t.report.evidence.first().map(|e| e.quote.start)));
    let tie = |i: usize| {
        let others = || (0..i).chain(i + 1..told.len());
        let recalled = || others().find(|j| told[i].recalls(&told[*j])).map(|j| (j, "background of that month or year"));
        others().find_map(|j| Some((j, told[i].tie(&told[j])?))).or_else(recalled)
    };
    let id = |i: usize| told[i].report.id.clone();
    (1..told.len()).filter_map(|i| tie(i).map(|(j, why)| (id(i), id(j), why))).collect()
}

/// Reports that can tell of one deed share a type and a country.
fn partitions(told: &[Told]) -> BTreeMap<(u8, u32), Vec<usize>> {
    let mut out: BTreeMap<(u8, u32), Vec<usize>> = BTreeMap::new();
    for (i, t) in told.iter().enumerate() {
        for country in t.all().iter() {
            out.entry((t.report.event_type as u8, country)).or_default().push(i);
        }
    }
    out
}

/// The pairs worth comparing: of the same days; of one article; and, for undated background and for figures, those that share a rare word.
fn candidates(members: &[usize], told: &[Told]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut dated: Vec<(Days, usize)> = members.iter().filter_map(|i| Some((told[*i].days?, *i))).collect();
    dated.sort_unstable();
    for (k, (days, i)) in dated.iter().enumerate() {
        out.extend(dated[k + 1..].iter().take_while(|(d, _)| d.0 <= days.1).map(|(_, j)| (*i, *j)));
    }
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &i in members {
        let t = &told[i];
        t.words.iter().chain(t.predicate.iter()).for_each(|w| groups.entry(w).or_default().push(i));
        families.entry(t.family).or_default().push(i);
    }
    for family in families.values() {
        family.iter().enumerate().for_each(|(k, &i)| out.extend(family[..k].iter().map(|j| (*j, i))));
    }
    let far = |i: usize| told[i].days.is_none() || told[i].words.has_number();
    for group in groups.values() {
        for (k, &i) in group.iter().enumerate() {
            out.extend(group[k - k.min(RARE)..k].iter().filter(|j| far(i) || far(**j)).map(|j| (*j, i)));
        }
    }
    out
}

fn countries(actors: &[Actor]) -> BTreeSet<&str> {
    actors.iter().filter_map(|a| a.country.as_deref()).collect()
}

impl<'a> Told<'a> {
    fn of(report: &'a EventReport, sources: &'a Sources, names: &mut Names) -> Self {
        let source = sources.get(&report.article_id);
        let published = time::published(source.and_then(|s| s.published.as_deref()));
        let news = published.filter(|_| report.status != Status::Historical).map(|p| (p - sources.strictness.news(), p));
        let quote = report.evidence.first().map_or("", |e| e.quote.quote.as_str());
        let mut about = |words: BTreeSet<String>| names.set(words.iter().map(String::as_str));
        let (words, predicate) = (about(topics(&report.title, |w| is_named(report, w))), about(topics(quote, |_| false)));
        let actors = names.set(countries(&report.actors));
        Told {
            report,
            family: source.map_or(&report.article_id, |s| &s.family),
            published,
            days: time::stated(report.date.as_ref()).or(news),
            // "its envoys": the doer's own people do not tell deeds apart
            recipients: names.set(countries(&report.recipients)).without(&actors),
            actors,
            words,
            predicate,
            strictness: sources.strictness,
        }
    }

    /// What the status says of the deed itself.
    fn kind(&self) -> Status {
        match self.report.status {
            Status::Ongoing | Status::Historical => Status::Occurred,
            Status::Expected => Status::Planned,
            other => other,
        }
    }

    /// Why both tell of one deed, if they do.
    fn tie(&self, other: &Told) -> Option<&'static str> {
        let (a, b) = (self.report, other.report);
        let modes = matches!((&a.mode, &b.mode), (Some(p), Some(q)) if p != q);
        if a.event_type != b.event_type || !self.has_the_sides_of(other) || modes {
            return None;
        }
        if a.article_id == b.article_id {
            return self.is_told_again_by(other).then_some("the article tells it again");
        }
        let together = self.family == other.family;
        let days = match (self.days, other.days) {
            (Some(x), Some(y)) => time::overlap(x, y) || together,
            // background without a date: of what was told before it
            (x, y) => together || self.remembers(other, y) || other.remembers(self, x),
        };
        match () {
            () if !days => self.has_the_figures_of(other).then_some("told much later with the same figures"),
            () if together => (self.is_worded_like(other) || self.predicate == other.predicate).then_some("one article copies the other"),
            () => self.is_worded_like(other).then_some("of the same days, in words alike"),
        }
    }

    /// Whether a second report of one article is of the same deed: nothing dates them apart, and words say the same. Words are deeds of their
    /// own: two promises are two, unless they promise the same.
    fn is_told_again_by(&self, other: &Told) -> bool {
        let (a, b) = (self.report, other.report);
        let date = |r: &EventReport| r.date.as_ref().and_then(|d| d.text.clone());
        let apart = matches!((date(a), date(b)), (Some(p), Some(q)) if p != q);
        let verbal = matches!(a.event_type.quad(), 1 | 3) && a.event_type != EventType::Consult;
        let bare = self.words.is_empty() || other.words.is_empty();
        let past = |r: &EventReport| r.status == Status::Historical;
        past(a) == past(b) && !apart && !is_to_another(a, b) && !self.is_elsewhere(other) && (!verbal || bare || self.is_worded_like(other))
    }

    /// Whether both name a town, and not the same.
    fn is_elsewhere(&self, other: &Told) -> bool {
        matches!((town(self.report), town(other.report)), (Some(a), Some(b)) if a != b)
    }

    /// Words alike and a number among them, though told much later: "pledged 40 million euros".
    fn has_the_figures_of(&self, other: &Told) -> bool {
        let shared: Vec<u32> = self.words.shared(&other.words).collect();
        let apart = time::stated(self.report.date.as_ref()).is_some() && time::stated(other.report.date.as_ref()).is_some();
        let near = matches!((self.published, other.published), (Some(a), Some(b)) if (a - b).abs() <= MEMORY);
        near && !apart && shared.len() >= 3 && shared.iter().any(|w| is_figure(*w))
    }

    /// Whether this background, dated by a month or year, recalls that other deed of those days.
    fn recalls(&self, other: &Told) -> bool {
        let then = self.report.status == Status::Historical && other.report.status != Status::Historical;
        let days = matches!((self.days, other.days), (Some(a), Some(b)) if time::overlap(a, b));
        then && days && self.kind() == other.kind() && self.report.event_type == other.report.event_type && self.has_the_sides_of(other)
    }

    /// Whether this is undated background, and the other was told on these days, not too long before.
    fn remembers(&self, other: &Told, days: Option<Days>) -> bool {
        let is_news = other.report.status != Status::Historical;
        let earlier = |p: i32| days.is_some_and(|d| d.1 <= p && p - d.1 <= MEMORY);
        self.days.is_none() && is_news && self.published.is_some_and(earlier)
    }

    fn all(&self) -> Set {
        self.actors.with(&self.recipients)
    }

    /// The same doers, and recipients that have one in common; sides left unsaid agree with any, and in mutual deeds the sides may be swapped.
    fn has_the_sides_of(&self, other: &Told) -> bool {
        let (x, y) = (self.all(), other.all());
        if x.is_disjoint(&y) {
            return false;
        }
        let mutual = (self.report.reciprocal || other.report.reciprocal)
            && (x == y || self.recipients.is_empty() && other.recipients.is_empty() && x.is_nested(&y));
        let passive = self.actors.is_empty() != other.actors.is_empty();
        let doers = self.actors == other.actors || passive;
        let meet = |a: &Set, b: &Set| a.is_empty() || b.is_empty() || !a.is_disjoint(b);
        mutual || doers && meet(&self.recipients, &other.recipients)
    }

    fn is_worded_like(&self, other: &Told) -> bool {
        if !self.predicate.is_disjoint(&other.predicate) {
            return true;
        }
        let shared = self.words.shared(&other.words).count() as f64;
        shared > 0.0 && shared >= self.strictness.alike() * self.words.len().min(other.words.len()) as f64
    }
}

/// Whether both name who it was done to, and nobody is named twice: "sentenced Bola Adu", "sentenced Musa Bello".
fn is_to_another(a: &EventReport, b: &EventReport) -> bool {
    let named = |r: &EventReport| -> BTreeSet<String> {
        let persons = r.recipients.iter().filter(|p| p.kind == Some(ActorType::Person));
        persons.filter_map(|p| p.name.clone()).collect()
    };
    let (x, y) = (named(a), named(b));
    let whole = |r: &EventReport, names: &BTreeSet<String>| !names.is_empty() && names.len() == r.recipients.len();
    whole(a, &x) && whole(b, &y) && x.is_disjoint(&y)
}

/// Whether a word of the title is part of the name of one of the parties: they are compared by country.
fn is_named(report: &EventReport, word: &str) -> bool {
    report.actors.iter().chain(&report.recipients).any(|a| a.text.to_lowercase().contains(word))
}

fn event(set: &[usize], told: &[Told], sources: &Sources, is_denied: bool) -> Event {
    let group: Vec<&EventReport> = set.iter().map(|i| told[*i].report).collect();
    let best = group.iter().max_by(|a, b| {
        let fullness = |r: &EventReport| r.actors.len().min(2) + r.recipients.len().min(1);
        fullness(a).cmp(&fullness(b)).then(a.confidence.total_cmp(&b.confidence)).then(b.id.cmp(&a.id))
    });
    let core = best.expect("a set holds at least one report");
    let mut reports: Vec<String> = group.iter().map(|r| r.id.clone()).collect();
    reports.sort();
    let contexts: BTreeSet<&String> = group.iter().flat_map(|r| &r.contexts).collect();
    let articles: Vec<_> = group.iter().filter_map(|r| sources.get(&r.article_id)).collect();
    let outlets: BTreeSet<&String> = articles.iter().filter_map(|s| s.outlet.as_ref()).collect();
    Event {
        id: id("ev", &reports.iter().map(String::as_str).collect::<Vec<_>>()),
        event_type: core.event_type,
        title: core.title.clone(),
        mode: group.iter().find_map(|r| r.mode.clone()),
        contexts: contexts.into_iter().cloned().collect(),
        cameo: core.cameo.clone(),
        quad: core.quad,
        actors: core.actors.clone(),
        recipients: core.recipients.clone(),
        reciprocal: core.reciprocal,
        status: group.iter().map(|r| r.status).find(|s| *s != Status::Historical).unwrap_or(core.status),
        date: group.iter().filter_map(|r| r.date.clone()).min_by_key(|d| d.start.is_none()),
        place: group.iter().find_map(|r| r.place.clone()),
        confidence: group.iter().map(|r| r.confidence).fold(0.0, f64::max),
        outlets: outlets.len().max(1),
        first_reported: articles.iter().filter_map(|s| s.published.clone()).min(),
        disagreements: disagreements(&group, is_denied),
        reports,
    }
}

/// The town where it was.
fn town(report: &EventReport) -> Option<&String> {
    report.place.as_ref().filter(|p| p.lat.is_some())?.name.as_ref()
}

/// The fields in which the reports contradict each other: a denial, other places, other recipients.
fn disagreements(group: &[&EventReport], is_denied: bool) -> Vec<String> {
    let cities: BTreeSet<&String> = group.iter().filter_map(|r| town(r)).collect();
    let sides: BTreeSet<BTreeSet<&str>> = group.iter().map(|r| countries(&r.recipients)).filter(|s| !s.is_empty()).collect();
    let parts = [("place", cities.len() > 1), ("recipients", sides.len() > 1), ("status", is_denied)];
    parts.into_iter().filter(|(_, differ)| *differ).map(|(field, _)| field.to_owned()).collect()
}
