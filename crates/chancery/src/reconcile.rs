//! Records of many articles -> what happened, and what became of each matter.
//!
//! Reports are not events: reports of one deed become one [`Event`](chancery_record::Event) (`deed.rs`), entries of one matter one
//! [`LedgerItem`](chancery_record::LedgerItem) with its history (`matter.rs`), articles that copy one another one family (`family.rs`).
//! Two records are tied by what they say themselves, and what is tied is joined; background and follow-ups that nothing ties then go to
//! the deed or matter of their sides that was last told before them. All is made anew from the reports and entries, so neither the order
//! of the input nor reconciling parts of it first changes the result. Only records that share a key (type or kind, and country) and lie
//! close in time or share a rare word are compared, so the work grows with the input and a partition by key may run elsewhere. People's
//! verdicts among the records (`verdict.rs`) are applied before and after.

mod deed;
mod family;
mod matter;
mod set;
mod time;
pub mod verdict;

use crate::phrases::english;
use chancery_knowledge::Knowledge;
use chancery_record::{Article, DateBasis, DatePrecision, Event, EventReport, Evidence, LedgerEntry, LedgerItem, Record, Verdict};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    str::FromStr,
};
use verdict::Regroup;

pub use deed::ties as report_ties;
pub use family::copies;
pub use matter::ties as entry_ties;

/// The events behind the reports, in order of their first reports. A report whose article is not among `sources` is a story of its own.
pub fn events(reports: &[&EventReport], sources: &Sources) -> Vec<Event> {
    let mut all = Vec::new();
    deed::events(reports, sources, &Regroup::default(), |e| all.push(e));
    all
}

/// The items behind the entries, in order of their first entries.
pub fn items(entries: &[&LedgerEntry], sources: &Sources, knowledge: &Knowledge) -> Vec<LedgerItem> {
    let mut all = Vec::new();
    matter::items(entries, sources, knowledge, &Regroup::default(), |i| all.push(i));
    all
}

/// What the second pass knows of an article.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Who published it.
    pub outlet: Option<String>,
    /// Publication date (ISO).
    pub published: Option<String>,
    /// The day its news is of (ISO): the first past day of the week before publication by which it dates something.
    pub news: Option<String>,
    /// The article that it copies, or itself: copies have one family.
    pub family: String,
}

/// How much alike two records must be to be joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Fewer, larger events and items: a little in common is enough.
    Loose,
    /// As scored by `chancery eval storylines`.
    #[default]
    Normal,
    /// More, smaller ones: words must mostly agree, and undated news counts for its own day alone.
    Strict,
}

impl Strictness {
    /// The names of all, from loose to strict.
    pub const NAMES: [&str; 3] = ["loose", "normal", "strict"];

    /// Share of the shorter title's words that two reports of one deed have in common.
    fn alike(self) -> f64 {
        [0.2, 0.34, 0.6][self as usize]
    }

    /// A deed reported without a date happened at most so many days before the article.
    fn news(self) -> i32 {
        [7, 3, 1][self as usize]
    }

    /// Topics that two entries of one matter have in common.
    fn topics(self) -> usize {
        [1, 1, 2][self as usize]
    }
}

impl FromStr for Strictness {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let at = Strictness::NAMES.iter().position(|n| *n == s);
        let at = at.ok_or_else(|| format!("no strictness {s:?}; there are {}", Strictness::NAMES.join(", ")))?;
        Ok([Strictness::Loose, Strictness::Normal, Strictness::Strict][at])
    }
}

/// The articles behind records, by id, and how strictly records are joined.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    articles: HashMap<String, Source>,
    strictness: Strictness,
}

impl Sources {
    /// Those of all articles among some records.
    pub fn of(records: &[Record], strictness: Strictness) -> Self {
        let articles = records.iter().filter_map(|r| if let Record::Article(a) = r { Some((a.id.clone(), Source::of(a))) } else { None });
        Sources { articles: articles.collect(), strictness }
    }

    /// That of one article.
    pub fn of_one(article: &Article) -> Self {
        Sources { articles: [(article.id.clone(), Source::of(article))].into(), ..Sources::default() }
    }

    /// What is known of an article.
    pub fn get(&self, article: &str) -> Option<&Source> {
        self.articles.get(article)
    }
}

impl Source {
    /// Of an article's record.
    pub fn of(article: &Article) -> Self {
        Source {
            outlet: article.outlet.clone(),
            published: article.published.as_ref().map(|p| p.date.clone()),
            news: None,
            family: article.duplicate_of.clone().unwrap_or_else(|| article.id.clone()),
        }
    }
}

/// The records of one or more results with their events and items made anew: a record that two results hold stands once, articles that copy
/// an earlier one say so, and events and items come last, in order of their first report. Verdicts are applied; they end the list, each with
/// what it was applied to.
pub fn reconcile(records: Vec<Record>, knowledge: &Knowledge, strictness: Strictness) -> Vec<Record> {
    Joined::new(records, knowledge, strictness).all()
}

/// Records that are being joined: those of articles, and what follows from them as it is asked for, so that a million need not be kept.
pub struct Joined<'k> {
    records: Vec<Record>,
    verdicts: Vec<Verdict>,
    regroup: Regroup,
    knowledge: &'k Knowledge,
    strictness: Strictness,
}

impl<'k> Joined<'k> {
    /// Takes each record once, applies verdicts, and marks copies.
    pub fn new(mut records: Vec<Record>, knowledge: &'k Knowledge, strictness: Strictness) -> Self {
        let mut verdicts = part(&mut records);
        let regroup = verdict::apply(&mut verdicts, &mut records, knowledge);
        let copies = family::copies(&records);
        for record in &mut records {
            if let Record::Article(a) = record {
                a.duplicate_of = copies.get(&a.id).cloned();
            }
        }
        Joined { records, verdicts, regroup, knowledge, strictness }
    }

    /// The records of articles.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records of articles and all that follows from them.
    pub fn all(self) -> Vec<Record> {
        let mut derived = Vec::new();
        self.derive(|record| derived.push(record));
        let mut records = self.records;
        records.reserve_exact(derived.len());
        records.extend(derived);
        records
    }

    /// Gives each event, each item and each verdict, in this order.
    pub fn derive(&self, mut give: impl FnMut(Record)) {
        let records = &self.records;
        let mut sources = Sources::of(records, self.strictness);
        let reports: Vec<&EventReport> =
            records.iter().filter_map(|r| if let Record::EventReport(e) = r { Some(e) } else { None }).collect();
        let entries: Vec<&LedgerEntry> =
            records.iter().filter_map(|r| if let Record::LedgerEntry(e) = r { Some(e) } else { None }).collect();
        find_news(&mut sources, &reports, &entries);
        let mut verdicts = self.verdicts.clone();
        self.regroup.begin(&mut verdicts);
        let mut tell = |record: Record| {
            self.regroup.tell(&mut verdicts, &record);
            give(record);
        };
        deed::events(&reports, &sources, &self.regroup, |e| tell(Record::Event(e)));
        matter::items(&entries, &sources, self.knowledge, &self.regroup, |i| tell(Record::LedgerItem(i)));
        verdicts.into_iter().map(Record::Verdict).for_each(give);
    }
}

/// Leaves the records of articles, each once, and gives the verdicts.
fn part(records: &mut Vec<Record>) -> Vec<Verdict> {
    let mut seen = HashSet::new();
    let mut verdicts = Vec::new();
    records.retain(|record| match record {
        Record::Event(_) | Record::LedgerItem(_) => false,
        Record::Verdict(v) => {
            verdicts.push(v.clone());
            false
        }
        other => seen.insert(other.id().to_owned()),
    });
    verdict::joined(verdicts)
}

/// Sets the day that each article's news is of.
fn find_news(sources: &mut Sources, reports: &[&EventReport], entries: &[&LedgerEntry]) {
    let start = |evidence: &[Evidence]| evidence.first().map(|e| e.quote.start);
    let of_reports = reports.iter().filter(|r| r.status.is_deed()).map(|r| (&r.article_id, start(&r.evidence), r.date.as_ref()));
    let of_entries =
        entries.iter().filter(|e| !e.is_background).map(|e| (&e.article_id, start(&e.evidence), e.told.as_ref().or(e.date.as_ref())));
    let mut first: HashMap<&str, (Option<usize>, &str)> = HashMap::new();
    for (article, at, when) in of_reports.chain(of_entries) {
        let day = when.filter(|w| w.precision == DatePrecision::Day && w.basis == DateBasis::Anchored).and_then(|w| w.start.as_deref());
        let published = sources.get(article).and_then(|s| s.published.as_deref());
        let Some(day) = day.filter(|day| crate::time::is_news(day, published)) else { continue };
        let known = first.entry(article).or_insert((at, day));
        *known = (*known).min((at, day));
    }
    let first: Vec<(String, String)> = first.into_iter().map(|(article, (_, day))| (article.to_owned(), day.to_owned())).collect();
    for (article, day) in first {
        sources.articles.entry(article).and_modify(|s| s.news = Some(day));
    }
}

/// Sets that grow together.
struct Union {
    parents: Vec<usize>,
}

impl Union {
    fn new(n: usize) -> Self {
        Union { parents: (0..n).collect() }
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.parents[i] != i {
            self.parents[i] = self.parents[self.parents[i]];
            i = self.parents[i];
        }
        i
    }

    /// Whether `i` is the first of its set.
    fn is_first(&mut self, i: usize) -> bool {
        self.root(i) == i
    }

    /// Joins two sets under the smaller root.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    /// The sets, each in rising order, by their first members.
    fn sets(mut self) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in 0..self.parents.len() {
            let root = self.root(i);
            sets.entry(root).or_default().push(i);
        }
        sets.into_values().collect()
    }
}

/// What a title is about: its numbers, and its words of four letters and more without inflection; country names and common words ("agreement") left out.
fn topics(title: &str, common: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let tells = |w: &String| w.chars().count() > 3 || w.len() > 1 && is_number(w);
    words.filter(|w| tells(w) && !common(w)).map(|w| english().topic(&w)).collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether one set holds the other.
fn is_nested(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    a.is_subset(b) || b.is_subset(a)
}

#[cfg(test)]
mod tests;
