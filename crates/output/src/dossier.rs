//! What the records say of two countries, picked and put in order: the ground of `relation` and `brief`.

use crate::wording::days;
use chancery_record::{Actor, Article, Event, LedgerItem, LedgerKind, Quote, Record, Statement};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which records a view takes.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The two sides: ISO 3166-1 alpha-3 codes, or codes of the country slot such as `IGO`.
    pub sides: [String; 2],
    /// First day (ISO); records without a date stay.
    pub since: Option<String>,
    /// Last day (ISO).
    pub until: Option<String>,
}

impl Scope {
    fn holds(&self, day: Option<&str>) -> bool {
        let after = |since: &String| day.is_none_or(|d| d >= since.as_str());
        let before = |until: &String| day.is_none_or(|d| d.get(..until.len()).unwrap_or(d) <= until.as_str());
        self.since.as_ref().is_none_or(after) && self.until.as_ref().is_none_or(before)
    }

    fn has_both(&self, actors: impl Iterator<Item = impl AsRef<str>>) -> bool {
        let all: BTreeSet<String> = actors.map(|a| a.as_ref().to_owned()).collect();
        self.sides.iter().all(|s| all.contains(s))
    }
}

/// Where a record was told.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// Publication date (ISO), if known.
    pub published: Option<String>,
    /// The words.
    pub quote: String,
}

/// An event with its date and the reports that tell of it.
pub struct Happening<'r> {
    /// The event.
    pub event: &'r Event,
    /// Its own date, else that of its first report.
    pub day: Option<String>,
    /// The words of each report.
    pub told: Vec<Told>,
}

/// A matter with the telling of each of its entries, oldest first.
pub struct Matter<'r> {
    /// The item.
    pub item: &'r LedgerItem,
    /// Its entries' words, by entry id.
    pub told: Vec<(String, Told)>,
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
}

/// All that concerns two countries, oldest first.
pub struct Dossier<'r> {
    /// Events between them.
    pub events: Vec<Happening<'r>>,
    /// Matters that both are party to.
    pub matters: Vec<Matter<'r>>,
    /// What one side said of the other.
    pub words: Vec<Word<'r>>,
}

impl<'r> Dossier<'r> {
    /// Picks from reconciled records.
    pub fn of(records: &'r [Record], scope: &Scope) -> Self {
        let articles: HashMap<&str, &Article> =
            records.iter().filter_map(|r| if let Record::Article(a) = r { Some((a.id.as_str(), a)) } else { None }).collect();
        let told = |article_id: &str, quote: Option<&Quote>| {
            let article = articles.get(article_id);
            Told {
                outlet: article.and_then(|a| a.outlet.clone()),
                published: article.and_then(|a| Some(a.published.as_ref()?.date.clone())),
                quote: quote.map(|q| q.quote.clone()).unwrap_or_default(),
            }
        };
        let mut reports: HashMap<&str, Told> = HashMap::new();
        let mut entries: HashMap<&str, Told> = HashMap::new();
        for record in records {
            match record {
                Record::EventReport(r) => {
                    let words = Told { quote: r.title.clone(), ..told(&r.article_id, None) };
                    reports.insert(&r.id, words);
                }
                Record::LedgerEntry(e) => {
                    let words = Told { quote: e.title.clone(), ..told(&e.article_id, None) };
                    entries.insert(&e.id, words);
                }
                _ => {}
            }
        }
        let mut dossier = Dossier { events: Vec::new(), matters: Vec::new(), words: Vec::new() };
        for record in records {
            match record {
                Record::Event(event) if scope.has_both(countries(event.actors.iter().chain(&event.recipients))) => {
                    let day = event.date.as_ref().and_then(|d| d.start.clone()).or_else(|| event.first_reported.clone());
                    let told = event.reports.iter().filter_map(|id| reports.get(id.as_str()).cloned()).collect();
                    dossier.events.extend(scope.holds(day.as_deref()).then_some(Happening { event, day, told }));
                }
                Record::LedgerItem(item) if scope.has_both(countries(item.parties.iter())) => {
                    let told: Vec<(String, Told)> =
                        item.entries.iter().filter_map(|id| Some((id.clone(), entries.get(id.as_str())?.clone()))).collect();
                    let last = told.iter().filter_map(|(_, t)| t.published.clone()).max();
                    let day = last.clone().or_else(|| item.status_since.clone());
                    dossier.matters.extend(scope.holds(day.as_deref()).then_some(Matter { item, told, last }));
                }
                Record::Statement(s) if is_between(s, scope) => {
                    let told = told(&s.article_id, Some(&s.content));
                    dossier.words.extend(scope.holds(told.published.as_deref()).then_some(Word { statement: s, told }));
                }
                _ => {}
            }
        }
        dossier.events.sort_by(|a, b| a.day.cmp(&b.day));
        dossier.matters.sort_by(|a, b| a.last.cmp(&b.last));
        dossier.words.sort_by(|a, b| a.told.published.cmp(&b.told.published));
        dossier
    }

    /// The day of the last article that tells anything of the two.
    pub fn last_told(&self) -> Option<String> {
        let events = self.events.iter().flat_map(|h| &h.told);
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
