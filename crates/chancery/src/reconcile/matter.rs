//! Ledger entries -> items: one matter under all its wordings, with the life of its status.
//!
//! Two entries are of one matter when they are of one kind (meetings and visits count as one, so do measures and sanctions) and of the same parties, and
//! their titles share a topic; meetings must also be of the same days, and two parties have one truce and one state of relations at a time. Titles that
//! share two topics tie what is proposed, promised and agreed across kinds. A matter whose first entry cannot open one ("entered into force",
//! background) and names no topic of another goes to the matter of its kind and parties that was last told before it, else to their last undertaking
//! of any kind.

use super::{
    Sources, Strictness, Union, is_nested,
    time::{self, Days},
    topics,
    verdict::Regroup,
};
use crate::{phrases::english, scene::UNSAID};
use chancery_knowledge::{ActorKind, Knowledge};
use chancery_record::{Actor, DatePrecision, EvidenceRole, LedgerEntry, LedgerItem, LedgerKind, PartyAction, Step, id};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Days within which mentions of a meeting without a date of its own mean the same one.
const SEASON: i32 = 45;
/// Days after its first date by which a meeting that was put off is held.
const PUT_OFF: i32 = 120;
/// Days after which a matter that nobody names by its topic any more is another one.
const MEMORY: i32 = 500;

/// Days by which one step told with two dates is two.
const YEAR: i32 = 365;

/// An entry with what is compared.
struct Told<'a> {
    entry: &'a LedgerEntry,
    family: &'a str,
    /// Publication date (ISO), and as a day.
    told_on: Option<&'a str>,
    /// The day the article's news is of (ISO).
    news: Option<&'a str>,
    published: Option<i32>,
    /// Its own date, unless that is as wide as a year.
    stated: Option<Days>,
    parties: BTreeSet<&'a str>,
    /// The country whose own act or word it is.
    lead: Option<&'a str>,
    topics: BTreeSet<String>,
    /// The kind that it is compared as.
    kind: LedgerKind,
    strictness: Strictness,
}

/// Visits are meetings, sanctions measures; who proposes a dialogue or a pact begins it.
fn compared_as(entry: &LedgerEntry) -> LedgerKind {
    use LedgerKind::{Agreement, Ceasefire, Dialogue, Initiative, Measure, Meeting, Project, Sanction, Visit};
    let named = || entry.title.split(' ').find_map(|w| english().ledger_noun(&w.to_lowercase()));
    match entry.kind {
        Visit => Meeting,
        Sanction => Measure,
        Initiative => named().filter(|k| matches!(k, Agreement | Ceasefire | Dialogue | Project)).unwrap_or(Initiative),
        kind => kind,
    }
}

/// Whether it tells of an occasion that has not been: one announced, put off, called off.
fn is_unheld(entry: &LedgerEntry) -> bool {
    !matches!(entry.status.as_deref(), Some("held" | "published") | None)
}

/// Gives the items behind the entries, in order of their first entries.
pub fn items(entries: &[&LedgerEntry], sources: &Sources, knowledge: &Knowledge, regroup: &Regroup, mut give: impl FnMut(LedgerItem)) {
    let mut told: Vec<Told> = entries.iter().map(|e| Told::of(e, sources, knowledge)).collect();
    let at = |t: &Told| (t.published, t.entry.article_id.clone(), t.entry.evidence.first().map(|e| e.quote.start));
    told.sort_by_cached_key(at);
    let mut union = Union::new(told.len());
    let partitions = partitions(&told);
    let mut wholes = Wholes { told: &told, of: BTreeMap::new() };
    let mut join_all = |members: &[usize], is_one: fn(&Told, &Told) -> bool| {
        for (k, &i) in members.iter().enumerate() {
            let before = members[..k].iter().rev().take_while(|j| told[i].may_reach(&told[**j]));
            before.filter(|j| is_one(&told[i], &told[**j]) && wholes.agree(i, **j)).for_each(|j| union.join(i, *j));
        }
    };
    partitions.values().for_each(|members| join_all(members, |a, b| a.is_same_matter(b)));
    let undertakings = undertakings(&told);
    undertakings.values().for_each(|members| join_all(members, |a, b| a.grows_from(b)));
    let mut go_on = |members: &[usize], may_mean: fn(&Told, &Told) -> bool| {
        for (k, &i) in members.iter().enumerate().filter(|(_, i)| told[**i].is_follow_up()) {
            let earlier = if union.is_first(i) { &members[..k] } else { &[] };
            let mut earlier = earlier.iter().rev().take_while(|j| told[i].may_reach(&told[**j]));
            if let Some(&j) = earlier.find(|j| may_mean(&told[i], &told[**j])) {
                union.join(i, j);
            }
        }
    };
    partitions.values().for_each(|members| go_on(members, |a, b| a.may_mean(b)));
    undertakings.values().for_each(|members| go_on(members, |a, b| a.may_come_of(b)));
    let sets = regroup.regrouped(union.sets(), |i| &told[i].entry.id);
    sets.iter().for_each(|set| give(item(&set.iter().map(|i| &told[*i]).collect::<Vec<_>>())));
}

/// Which entry with more parties each entry of an article was joined to first: "confirmed the talks" is of one meeting of its country, and ties no
/// others to it.
struct Wholes<'t, 'a> {
    told: &'t [Told<'a>],
    of: BTreeMap<usize, usize>,
}

impl Wholes<'_, '_> {
    /// Whether two entries may be joined as far as their parties go; if so, they are taken to be.
    fn agree(&mut self, i: usize, j: usize) -> bool {
        let told = self.told;
        if told[i].family != told[j].family {
            return true;
        }
        let (part, whole) = if told[i].parties.len() < told[j].parties.len() { (i, j) } else { (j, i) };
        let is_nested = |a: usize, b: usize| is_nested(&told[a].parties, &told[b].parties);
        if told[part].parties.len() == told[whole].parties.len() {
            return self.of.get(&part).zip(self.of.get(&whole)).is_none_or(|(a, b)| is_nested(*a, *b));
        }
        let agrees = self.of.get(&part).is_none_or(|known| is_nested(*known, whole));
        if agrees {
            self.of.entry(part).or_insert(whole);
        }
        agrees
    }
}

/// For each of these entries but the first of the item they are joined to: its id, the entry it is tied to, and why.
pub fn ties(entries: &[&LedgerEntry], sources: &Sources, knowledge: &Knowledge) -> Vec<(String, String, &'static str)> {
    let mut told: Vec<Told> = entries.iter().map(|e| Told::of(e, sources, knowledge)).collect();
    let at = |t: &Told| (t.published, t.entry.article_id.clone(), t.entry.evidence.first().map(|e| e.quote.start));
    told.sort_by_cached_key(at);
    let tie = |i: usize| {
        let others = || (0..i).chain(i + 1..told.len());
        let (this, find) = (&told[i], |is_one: fn(&Told, &Told) -> bool| others().find(|j| is_one(&told[i], &told[*j])));
        let occasion = if this.is_occasion() { "one occasion: parties and days" } else { "parties and topic in common" };
        let direct = find(|a, b| a.is_same_matter(b)).map(|j| (j, occasion));
        let grown = || find(|a, b| a.grows_from(b)).map(|j| (j, "two topics in common: what was proposed or promised goes on"));
        let last = |may_mean: fn(&Told, &Told) -> bool| (0..i).rev().find(|j| told[i].is_follow_up() && may_mean(&told[i], &told[*j]));
        let follows =
            || last(|a, b| a.kind == b.kind && a.may_mean(b)).map(|j| (j, "goes on with the last matter of its kind and parties"));
        let comes = || {
            last(|a, b| is_undertaking(a.kind) && is_undertaking(b.kind) && a.may_come_of(b))
                .map(|j| (j, "goes on with the last undertaking of its parties"))
        };
        direct.or_else(grown).or_else(follows).or_else(comes)
    };
    let id = |i: usize| told[i].entry.id.clone();
    (1..told.len()).filter_map(|i| tie(i).map(|(j, why)| (id(i), id(j), why))).collect()
}

/// Entries that can be of one matter share a kind and a pair of countries, the country whose act it is, or an article.
fn partitions<'a>(told: &[Told<'a>]) -> BTreeMap<(LedgerKind, &'a str), Vec<usize>> {
    let mut out: BTreeMap<(LedgerKind, &str), Vec<usize>> = BTreeMap::new();
    for (i, t) in told.iter().enumerate() {
        let keys: BTreeSet<&str> = t.entry.keys.iter().map(String::as_str).chain(t.lead).chain([t.family]).collect();
        for key in keys {
            out.entry((t.kind, key)).or_default().push(i);
        }
    }
    out
}

/// What is proposed, promised, talked over and agreed, by pair of countries: one matter may be told as several kinds.
fn undertakings<'a>(told: &[Told<'a>]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut out: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, t) in told.iter().enumerate().filter(|(_, t)| is_undertaking(t.kind)) {
        t.entry.keys.iter().for_each(|key| out.entry(key).or_default().push(i));
    }
    out
}

/// Kinds of what parties set out to do together.
fn is_undertaking(kind: LedgerKind) -> bool {
    use LedgerKind::{Agreement, Ceasefire, Commitment, Dialogue, Initiative, Project};
    matches!(kind, Agreement | Ceasefire | Commitment | Dialogue | Initiative | Project)
}

impl<'a> Told<'a> {
    fn of(entry: &'a LedgerEntry, sources: &'a Sources, knowledge: &Knowledge) -> Self {
        let source = sources.get(&entry.article_id);
        let told_on = source.and_then(|s| s.published.as_deref());
        let mut title = entry.title.clone();
        let named = knowledge.named_in(&entry.title);
        for state in named.iter().filter(|r| r.kind == ActorKind::State).rev() {
            title.replace_range(state.range.0..state.range.1, " ");
        }
        let people = |w: &str| entry.parties.iter().any(|a| a.name.as_ref().is_some_and(|n| n.to_lowercase().contains(w)));
        let country = |a: &'a Actor| a.country.as_deref();
        let kind = compared_as(entry);
        let published = time::published(told_on);
        let stated = time::stated(entry.date.as_ref()).filter(|d| d.1 - d.0 <= SEASON);
        // "called off the summit on Thursday": a day gone by is that of the step, and no day of a meeting that has not been
        let is_of_step = kind == LedgerKind::Meeting && is_unheld(entry) && stated.zip(published).is_some_and(|(days, now)| days.1 <= now);
        Told {
            entry,
            family: source.map_or(&entry.article_id, |s| &s.family),
            told_on,
            news: source.and_then(|s| s.news.as_deref()).or(told_on),
            published,
            stated: stated.filter(|_| !is_of_step),
            parties: entry.parties.iter().filter_map(country).collect(),
            lead: entry.parties.iter().find_map(country),
            kind,
            strictness: sources.strictness,
            topics: topics(&title, |w| english().is_common(w) || people(w)),
        }
    }

    /// Meetings and press events happen once: their days tell them apart.
    fn is_occasion(&self) -> bool {
        matches!(self.kind, LedgerKind::Meeting | LedgerKind::PressEvent)
    }

    /// Whether that one, or any published before it, may be of the same matter: only occasions with a day of their own are known again after longer.
    fn may_reach(&self, before: &Told) -> bool {
        let is_near = self.published.zip(before.published).is_none_or(|(a, b)| a - b <= MEMORY);
        is_near || self.is_occasion() && self.stated.is_some()
    }

    /// Whether both were published within so many days; undated ones only with their own family.
    fn is_within(&self, days: i32, other: &Told) -> bool {
        match (self.published, other.published) {
            (Some(a), Some(b)) => (a - b).abs() <= days,
            _ => self.family == other.family,
        }
    }

    fn are_the_parties_of(&self, other: &Told) -> bool {
        use LedgerKind::{Commitment, Measure, Position, Possibility, ThreatAssessment};
        if matches!(self.kind, Commitment | Measure | Position | Possibility | ThreatAssessment) {
            return self.lead == other.lead && is_nested(&self.parties, &other.parties);
        }
        let least = self.parties.len().min(other.parties.len());
        // one side's act, told with the other side or without it
        let is_one = least > 1 || self.family == other.family || self.lead == other.lead;
        self.parties == other.parties || is_nested(&self.parties, &other.parties) && is_one
    }

    fn is_same_matter(&self, other: &Told) -> bool {
        if !self.are_the_parties_of(other) {
            return false;
        }
        if self.is_occasion() {
            return self.is_same_occasion(other);
        }
        let shared = self.topics.intersection(&other.topics).count();
        if self.is_of_another_time(other) {
            return false;
        }
        // two parties have one truce and one state of relations at a time
        let is_single = matches!(self.kind, LedgerKind::Ceasefire | LedgerKind::Relations);
        let enough = if matches!(self.kind, LedgerKind::Position | LedgerKind::ThreatAssessment) { 2 } else { self.strictness.topics() };
        self.is_within(MEMORY, other) && (is_single || shared >= enough)
    }

    /// Whether both tell one step, but more than a year apart: "signed a treaty on Monday", "signed one in 2019".
    fn is_of_another_time(&self, other: &Told) -> bool {
        let days = |t: &Told| time::stated(t.entry.date.as_ref());
        let is_step = matches!(
            self.entry.status.as_deref(),
            Some("signed" | "imposed" | "in_effect" | "decided" | "lifted" | "ratified" | "announced")
        );
        let gap = days(self).zip(days(other)).map(|(a, b)| (a.0 - b.1).max(b.0 - a.1));
        is_step && self.entry.status == other.entry.status && gap.is_some_and(|gap| gap > YEAR)
    }

    /// Whether it must continue a matter: what it tells presupposes that there is one.
    fn is_follow_up(&self) -> bool {
        #[rustfmt::skip]
        const OPENERS: [&str; 23] = [
            "proposed", "expected", "agreed", "launched", "invited", "announced", "held", "negotiation_agreed", "initialled", "signed", "made", "decided",
            "imposed", "threatened", "raised", "stated", "expressed", "not_excluded", "ruled_out", "recalled", "downgraded", "severed", "published",
        ];
        let opens = self.entry.status.as_deref().is_some_and(|s| OPENERS.contains(&s));
        // "denied taking bribes": what is held of one thing is not held of another
        let is_view = matches!(self.kind, LedgerKind::Position | LedgerKind::Possibility | LedgerKind::ThreatAssessment);
        !self.is_occasion() && !is_view && (!opens || self.entry.is_background || self.topics.is_empty())
    }

    fn is_same_occasion(&self, other: &Told) -> bool {
        let number = |t: &Told| t.entry.series.as_ref().map(|s| s.number);
        if let (Some(a), Some(b)) = (number(self), number(other)) {
            return a == b && self.is_within(MEMORY, other);
        }
        let told = |t: &Told| t.published.map(|p| (p - t.strictness.news(), p));
        let ahead = |t: &Told| is_unheld(t.entry);
        let apart = !self.topics.is_empty() && !other.topics.is_empty() && self.topics.is_disjoint(&other.topics);
        // told in other words, the same parties on the same day are one all the same
        let is_kept = |plan: &Told, deed: &Told| {
            let days = plan.stated.zip(deed.stated.or_else(|| told(deed)));
            ahead(plan)
                && !ahead(deed)
                && deed.parties.len() > 1
                && deed.parties == plan.parties
                && days.is_some_and(|(a, b)| time::overlap(a, b))
        };
        if apart && (self.stated.is_none() || self.stated != other.stated) && !is_kept(self, other) && !is_kept(other, self) {
            return false;
        }
        let calls_off = |t: &Told, plan: &Told| {
            let is_later = t.published.zip(plan.published).is_some_and(|(now, then)| (0..=PUT_OFF).contains(&(now - then)));
            matches!(t.entry.status.as_deref(), Some("cancelled" | "postponed")) && is_later && ahead(plan)
        };
        match (self.stated, other.stated) {
            (Some(a), Some(b)) => time::overlap(a, b) || self.makes_up_for(other) || other.makes_up_for(self),
            // one was announced, the other tells of it: a season apart at most
            _ if calls_off(self, other) || calls_off(other, self) => true,
            _ if ahead(self) || ahead(other) => self.is_within(SEASON, other),
            (a, b) => match (a.or_else(|| told(self)), b.or_else(|| told(other))) {
                (Some(x), Some(y)) => time::overlap(x, y),
                _ => self.family == other.family,
            },
        }
    }

    /// Whether a meeting was put off to the day of this one, or not far from it.
    fn makes_up_for(&self, put_off: &Told) -> bool {
        let is_put_off = |t: &Told| t.entry.status.as_deref() == Some("postponed");
        let days = self.stated.zip(put_off.stated).map(|(now, then)| now.0 - then.1);
        let is_told_later = self.published.zip(put_off.published).is_some_and(|(now, then)| now >= then);
        is_put_off(put_off) && !is_put_off(self) && is_told_later && days.is_some_and(|d| (1..=PUT_OFF).contains(&d))
    }

    /// Whether both tell of one undertaking, though as different kinds.
    fn grows_from(&self, other: &Told) -> bool {
        self.is_within(MEMORY, other) && self.parties == other.parties && self.topics.intersection(&other.topics).count() >= 2
    }

    /// Whether "the pact" may mean that other one, told before.
    fn may_mean(&self, other: &Told) -> bool {
        self.is_within(MEMORY, other) && self.are_the_parties_of(other)
    }

    /// Whether "what was promised has been delivered" may be of that other undertaking, told by an earlier article: one article may tell of several.
    fn may_come_of(&self, other: &Told) -> bool {
        self.is_within(MEMORY, other) && self.parties == other.parties && self.entry.article_id != other.entry.article_id
    }

    /// When the step that it tells was taken (ISO): its own date, else the day on which it was told, by its sentence or the article's news. What
    /// lies ahead (a signature that is scheduled) was said on that day. A month or year stays one: `2031-05`, `2031`.
    fn date(&self) -> Option<&str> {
        let stated = self.entry.date.as_ref().and_then(|d| {
            let start = d.start.as_deref()?;
            start.get(
                ..match d.precision {
                    DatePrecision::Month => 7,
                    DatePrecision::Year => 4,
                    _ => start.len(),
                },
            )
        });
        let holds_from = matches!(self.entry.status.as_deref(), Some("in_force" | "in_effect" | "imposed" | "lifted" | "expired"));
        let past = stated.filter(|s| holds_from || self.told_on.is_none_or(|t| *s <= t));
        let told = || self.entry.told.as_ref().and_then(|d| d.start.as_deref());
        past.or_else(told).or(self.news.filter(|_| !self.entry.is_background))
    }
}

/// The item of the entries of one matter, in the order they were told.
fn item(told: &[&Told]) -> LedgerItem {
    // the title whose topics most of the others share
    let fit = |t: &Told| told.iter().map(|o| o.topics.intersection(&t.topics).count()).sum::<usize>();
    let best = told.iter().rev().max_by_key(|t| (!t.entry.is_background, fit(t)));
    let first = best.unwrap_or(&told[0]).entry;
    let kind = kind_of(told);
    let mut parties: Vec<Actor> = Vec::new();
    for party in told.iter().flat_map(|t| &t.entry.parties) {
        let known = |p: &Actor| if party.country.is_some() { p.country == party.country } else { p.text == party.text };
        if !parties.iter().any(known) {
            parties.push(party.clone());
        }
    }
    let (history, review) = history(kind, told);
    let entries: Vec<String> = told.iter().map(|t| t.entry.id.clone()).collect();
    let mut ids = entries.clone();
    ids.sort();
    LedgerItem {
        id: id("li", &ids.iter().map(String::as_str).collect::<Vec<_>>()),
        kind,
        title: first.title.clone(),
        parties,
        status: history.last().map(|s| s.status.clone()),
        status_since: history.last().and_then(|s| s.date.clone()),
        series: told.iter().find_map(|t| t.entry.series.clone()),
        condition: told.iter().rev().find_map(|t| t.entry.condition.clone()),
        actions: actions(kind, told),
        history,
        entries,
        review,
    }
}

/// What each party of a pact did: who signs with another signs for both; ratification, suspension and withdrawal are one party's own.
fn actions(kind: LedgerKind, told: &[&Told]) -> Vec<PartyAction> {
    let mut out: Vec<PartyAction> = Vec::new();
    for t in told {
        let together = match t.entry.status.as_deref() {
            Some("initialled" | "signed") => true,
            Some("ratified" | "provisionally_applied" | "suspended" | "withdrawn" | "broken") => false,
            _ => continue,
        };
        let Some(action) = t.entry.status.as_ref().filter(|s| kind.has(s) && matches!(kind, LedgerKind::Agreement | LedgerKind::Ceasefire))
        else {
            continue;
        };
        let acts = |p: &&Actor| {
            let mut shown = t.entry.evidence.iter().filter(|e| (e.quote.start, e.quote.end) == (p.start, p.end));
            shown.any(|e| e.role == EvidenceRole::Actor || together && e.role == EvidenceRole::Recipient)
        };
        let is_said = |p: &&Actor| !p.rule.as_deref().is_some_and(|r| UNSAID.contains(&r));
        for party in t.entry.parties.iter().filter(is_said).filter(acts).filter_map(|p| p.country.as_ref()) {
            if !out.iter().any(|a| a.party == *party && a.action == *action) {
                let (date, entry_id) = (t.date().map(str::to_owned), t.entry.id.clone());
                out.push(PartyAction { party: party.clone(), action: action.clone(), date, entry_id });
            }
        }
    }
    out
}

/// The kind that most entries give it; what was first only proposed or promised is what became of it, a measure that anybody calls a sanction is one.
fn kind_of(told: &[&Told]) -> LedgerKind {
    let mut counts: BTreeMap<LedgerKind, usize> = BTreeMap::new();
    told.iter().for_each(|t| *counts.entry(t.entry.kind).or_default() += 1);
    let is_start = |k: &LedgerKind| matches!(k, LedgerKind::Initiative | LedgerKind::Commitment);
    let best = |wanted: bool| {
        counts.iter().filter(|(k, _)| is_start(k) == wanted).max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map(|(k, _)| *k)
    };
    match best(false).or(best(true)).unwrap_or(told[0].entry.kind) {
        LedgerKind::Measure if counts.contains_key(&LedgerKind::Sanction) => LedgerKind::Sanction,
        kind => kind,
    }
}

/// The status of an entry in the words of the item's kind: a sanction that was told as a measure.
fn as_told(kind: LedgerKind, entry: &LedgerEntry) -> Option<&str> {
    let status = entry.status.as_deref().map(|s| match (kind, entry.kind, s) {
        (LedgerKind::Sanction, LedgerKind::Measure, "decided" | "in_effect") => "imposed",
        (LedgerKind::Sanction, LedgerKind::Measure, "announced") => "threatened",
        (LedgerKind::Sanction, LedgerKind::Measure, "extended") => "expanded",
        _ => s,
    });
    status.filter(|s| kind.has(s))
}

/// The steps of a matter, and what a person should look at: a status that the kind's graph does not reach from the one before it (another
/// outlet tells it otherwise, or one side denies it) is no step.
fn history(kind: LedgerKind, told: &[&Told]) -> (Vec<Step>, Option<String>) {
    let mut steps: Vec<Step> = Vec::new();
    let mut review = None;
    let mut told: Vec<&Told> = told.iter().copied().filter(|t| !t.entry.is_background || t.date().is_some()).collect();
    told.sort_by_key(|t| t.date().map(str::to_owned));
    for t in told {
        let Some(status) = as_told(kind, t.entry).filter(|_| steps.is_empty() || !goes_on(t.entry)) else { continue };
        let step = || Step { status: status.to_owned(), date: t.date().map(str::to_owned), entry_id: t.entry.id.clone() };
        match steps.last() {
            None => steps.push(step()),
            // told again: the finer date stays
            Some(last) if last.status == status => {
                if let (Some(coarse), Some(fine)) = (&last.date, t.date())
                    && fine.len() > coarse.len()
                    && fine.starts_with(coarse.as_str())
                    && let Some(last) = steps.last_mut()
                {
                    last.date = Some(fine.to_owned());
                }
            }
            Some(last) if reaches(kind, &last.status, status) => steps.push(step()),
            // background: it was so before
            Some(_) if steps.iter().any(|s| s.status == status) => {}
            Some(last) => {
                review.get_or_insert_with(|| format!("{status} told after {} ({})", last.status, t.entry.id));
            }
        }
    }
    (steps, review)
}

/// Whether the predicate tells that a matter stays as it is: "remained in force".
fn goes_on(entry: &LedgerEntry) -> bool {
    let predicate = entry.evidence.iter().find(|e| e.role == EvidenceRole::Predicate);
    let words = predicate.map(|e| e.quote.quote.to_lowercase()).unwrap_or_default();
    words.split(' ').any(|w| ["remain", "stay", "still"].iter().any(|stem| w.starts_with(stem)))
}

/// Whether a matter of this kind can come from one status to the other, in one move or several.
fn reaches(kind: LedgerKind, from: &str, to: &str) -> bool {
    let next: HashMap<&str, &[&str]> = kind.graph().iter().copied().collect();
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = next.get(from).copied().unwrap_or_default().to_vec();
    while let Some(status) = open.pop() {
        if status == to {
            return true;
        }
        if seen.insert(status) {
            open.extend(next.get(status).copied().unwrap_or_default());
        }
    }
    false
}
