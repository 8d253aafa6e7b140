//! What the records say of two countries, picked and put in order: the ground of `relation` and `brief`.

use crate::{
    telling::{Tellings, Told},
    wording::days,
};
use chancery_record::{Actor, Event, EventReport, LedgerEntry, LedgerItem, LedgerKind, Record, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Which records a view takes.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The two sides: ISO 3166-1 alpha-3 codes, or codes of the country slot such as `IGO`.
    pub sides: [String; 2],
    /// First day (ISO); records without a date stay.
    pub since: Option<String>,
    /// The day (ISO) as of which the records were reconciled, of what was told until then; none: of all.
    pub until: Option<String>,
}

impl Scope {
    fn holds(&self, day: Option<&str>) -> bool {
        self.since.as_deref().is_none_or(|since| day.is_none_or(|d| d >= since))
    }

    fn has_both(&self, actors: impl Iterator<Item = impl AsRef<str>>) -> bool {
        let all: BTreeSet<String> = actors.map(|a| a.as_ref().to_owned()).collect();
        self.sides.iter().all(|s| all.contains(s))
    }
}

/// An event with its date and the reports that tell of it.
pub struct Happening<'r> {
    /// The event.
    pub event: &'r Event,
    /// Its own date, else that of its first report.
    pub day: Option<String>,
    /// Its reports, each as it was told.
    pub told: Vec<(&'r EventReport, Told)>,
}

/// A matter with the telling of each of its entries, oldest first.
pub struct Matter<'r> {
    /// The item.
    pub item: &'r LedgerItem,
    /// Its entries, each as it was told.
    pub told: Vec<(&'r LedgerEntry, Told)>,
    /// The date of the last telling.
    pub last: Option<String>,
}

impl Matter<'_> {
    /// Whether its status has a way on: it is not over.
    pub fn is_open(&self) -> bool {
        let item = self.item;
        let once = matches!(item.kind, LedgerKind::PressEvent | LedgerKind::ThreatAssessment | LedgerKind::Position);
        let next = |s: &String| item.kind.graph().iter().any(|(from, to)| from == s && !to.is_empty());
        !once && item.status.as_ref().is_none_or(next)
    }
}

/// A statement of one side, with where it was told.
pub struct Word<'r> {
    /// The statement.
    pub statement: &'r Statement,
    /// Where it was told; the words are those said.
    pub told: Told,
    /// The statement of another in which it is told.
    pub within: Option<&'r Statement>,
}

impl Word<'_> {
    /// Whether the words are the speaker's own, between quotation marks.
    pub fn is_exact(&self) -> bool {
        self.statement.quoted && self.within.is_none()
    }
}

/// All that concerns two countries, oldest first.
pub struct Dossier<'r> {
    /// Events between them.
    pub events: Vec<Happening<'r>>,
    /// Matters that both are party to.
    pub matters: Vec<Matter<'r>>,
    /// What one side said of or to the other, and its exact words in articles that tell of both.
    pub words: Vec<Word<'r>>,
}

/// Which records a dossier takes.
pub struct Pick<'p> {
    /// Events, with their reports.
    pub event: &'p dyn Fn(&Event, &[&EventReport]) -> bool,
    /// Items, with their entries.
    pub item: &'p dyn Fn(&LedgerItem, &[&LedgerEntry]) -> bool,
    /// Days: its own, else that of the telling.
    pub day: &'p dyn Fn(Option<&str>) -> bool,
}

impl<'r> Dossier<'r> {
    /// What reconciled records say of two countries.
    pub fn of(records: &'r [Record], scope: &Scope) -> Self {
        let tellings = Tellings::new(records);
        let pick = Pick {
            event: &|e, _| scope.has_both(countries(e.actors.iter().chain(&e.recipients))),
            item: &|i, _| scope.has_both(countries(i.parties.iter())),
            day: &|day| scope.holds(day),
        };
        let mut dossier = Dossier::picked(records, &pick, &tellings);
        let of_events = dossier.events.iter().flat_map(|h| h.told.iter().map(|(r, _)| r.article_id.as_str()));
        let of_matters = dossier.matters.iter().flat_map(|m| m.told.iter().map(|(e, _)| e.article_id.as_str()));
        let on_both: HashSet<&str> = of_events.chain(of_matters).collect();
        let is_exact = |s: &Statement| {
            let speaker = s.speaker.country.as_ref().is_some_and(|c| scope.sides.contains(c));
            s.quoted && speaker && on_both.contains(s.article_id.as_str())
        };
        let words = words(records, &tellings, &|s| is_between(s, scope) || is_exact(s), pick.day);
        // what is told within a statement that is here is not said twice
        let ids: HashSet<&str> = words.iter().map(|w| w.statement.id.as_str()).collect();
        dossier.words = words.into_iter().filter(|w| w.within.is_none_or(|o| !ids.contains(o.id.as_str()))).collect();
        dossier
    }

    /// The events and matters of a choice, oldest first, without words.
    pub fn picked(records: &'r [Record], pick: &Pick, tellings: &Tellings) -> Self {
        let reports: HashMap<&str, &EventReport> =
            records.iter().filter_map(|r| if let Record::EventReport(e) = r { Some((e.id.as_str(), e)) } else { None }).collect();
        let entries: HashMap<&str, &LedgerEntry> =
            records.iter().filter_map(|r| if let Record::LedgerEntry(e) = r { Some((e.id.as_str(), e)) } else { None }).collect();
        let mut dossier = Dossier { events: Vec::new(), matters: Vec::new(), words: Vec::new() };
        for record in records {
            match record {
                Record::Event(event) => {
                    let of: Vec<&EventReport> = event.reports.iter().filter_map(|id| reports.get(id.as_str()).copied()).collect();
                    let day = event.date.as_ref().and_then(|d| d.start.clone()).or_else(|| event.first_reported.clone());
                    if (pick.event)(event, &of) && (pick.day)(day.as_deref()) {
                        let told = of.into_iter().map(|r| (r, tellings.of_report(r))).collect();
                        dossier.events.push(Happening { event, day, told });
                    }
                }
                Record::LedgerItem(item) => {
                    let of: Vec<&LedgerEntry> = item.entries.iter().filter_map(|id| entries.get(id.as_str()).copied()).collect();
                    if !(pick.item)(item, &of) {
                        continue;
                    }
                    let told: Vec<(&LedgerEntry, Told)> = of.into_iter().map(|e| (e, tellings.of_entry(e))).collect();
                    let last = told.iter().filter_map(|(_, t)| t.published.clone()).max();
                    let day = last.clone().or_else(|| item.status_since.clone());
                    dossier.matters.extend((pick.day)(day.as_deref()).then_some(Matter { item, told, last }));
                }
                _ => {}
            }
        }
        dossier.events.sort_by(|a, b| a.day.cmp(&b.day));
        dossier.matters.sort_by(|a, b| a.last.cmp(&b.last));
        dossier
    }

    /// Where the ledger's entries stand: article and sentence.
    pub fn in_ledger(&self) -> HashSet<(&str, usize)> {
        self.matters.iter().flat_map(|m| m.told.iter().map(|(e, _)| (e.article_id.as_str(), e.sentence.start))).collect()
    }

    /// The day of the last article that tells anything of the two.
    pub fn last_told(&self) -> Option<String> {
        let events = self.events.iter().flat_map(|h| h.told.iter().map(|t| &t.1));
        let matters = self.matters.iter().flat_map(|m| m.told.iter().map(|t| &t.1));
        events.chain(matters).chain(self.words.iter().map(|w| &w.told)).filter_map(|t| t.published.clone()).max()
    }

    /// Cooperative and conflictual deeds of each month (`2031-05`).
    pub fn months(&self) -> BTreeMap<String, [usize; 2]> {
        let mut months: BTreeMap<String, [usize; 2]> = BTreeMap::new();
        for happening in self.events.iter().filter(|h| h.event.status.is_deed()) {
            let month = happening.day.as_ref().and_then(|d| d.get(..7));
            if let Some(month) = month {
                months.entry(month.to_owned()).or_default()[usize::from(happening.event.quad > 2)] += 1;
            }
        }
        months
    }
}

/// The statements of a choice, oldest first.
pub fn words<'r>(
    records: &'r [Record],
    tellings: &Tellings,
    pick: &dyn Fn(&Statement) -> bool,
    day: &dyn Fn(Option<&str>) -> bool,
) -> Vec<Word<'r>> {
    let mut by_article: HashMap<&str, Vec<&Statement>> = HashMap::new();
    for record in records {
        if let Record::Statement(s) = record {
            by_article.entry(&s.article_id).or_default().push(s);
        }
    }
    let holds = |o: &Statement, s: &Statement| o.id != s.id && o.content.start <= s.cue.start && s.content.end <= o.content.end;
    let mut words: Vec<Word> = Vec::new();
    for statement in records.iter().filter_map(|r| if let Record::Statement(s) = r { Some(s) } else { None }).filter(|s| pick(s)) {
        let others = by_article.get(statement.article_id.as_str()).into_iter().flatten();
        let within = others.copied().filter(|o| holds(o, statement)).max_by_key(|o| o.content.end - o.content.start);
        let told = within.map_or_else(|| tellings.of_statement(statement), |o| tellings.within(statement, o));
        words.extend(day(told.published.as_deref()).then_some(Word { statement, told, within }));
    }
    words.sort_by(|a, b| a.told.published.cmp(&b.told.published));
    words
}

fn countries<'a>(actors: impl Iterator<Item = &'a Actor>) -> impl Iterator<Item = &'a str> {
    actors.filter_map(|a| a.country.as_deref())
}

/// Whether one side speaks of or to the other.
fn is_between(s: &Statement, scope: &Scope) -> bool {
    let speaker = s.speaker.country.as_deref();
    let others = || countries(s.about.iter().chain(&s.addressee));
    scope.sides.iter().zip(scope.sides.iter().rev()).any(|(a, b)| speaker == Some(a) && others().any(|c| c == b))
}

/// `in force since 2031-05-14`; for what happens once, `held 2031-05-14`.
pub fn status_of(item: &LedgerItem) -> String {
    let Some(status) = &item.status else { return "mentioned".to_owned() };
    let status = status.replace('_', " ");
    let since = if matches!(item.kind, LedgerKind::Meeting | LedgerKind::Visit | LedgerKind::PressEvent) { "" } else { "since " };
    item.status_since.as_ref().map_or(status.clone(), |d| format!("{status} {since}{d}"))
}

/// The day or days of an event in words, if any are known.
pub fn date_of(happening: &Happening) -> String {
    let stated = happening.event.date.as_ref().and_then(days);
    stated.or_else(|| happening.day.as_ref().map(|d| format!("told {d}"))).unwrap_or_else(|| "no date".to_owned())
}
