//! One result with its records by id, and where each of them stands.

use crate::wording::{called, clipped, dyad};
use chancery_record::{Article, Page, Quote, Record, Run};
use std::collections::{HashMap, HashSet};

/// One of the two results.
pub struct Side<'r> {
    /// Its records, as they came.
    pub records: &'r [Record],
    /// Its runs.
    pub runs: Vec<&'r Run>,
    /// Whether events and items were made of all pages together: they come last.
    pub is_joined: bool,
    /// First position of each id.
    by_id: HashMap<&'r str, usize>,
    /// The first page of each name.
    by_name: HashMap<&'r str, &'r Page>,
}

impl<'r> Side<'r> {
    /// Reads through the records once.
    pub fn of(records: &'r [Record]) -> Self {
        let mut by_id = HashMap::with_capacity(records.len());
        for (i, record) in records.iter().enumerate() {
            by_id.entry(record.id()).or_insert(i);
        }
        let mut by_name = HashMap::new();
        let pages = records.iter().filter_map(|r| if let Record::Page(page) = r { Some(page) } else { None });
        for page in pages {
            by_name.entry(name(page)).or_insert(page);
        }
        let runs = records.iter().filter_map(|r| if let Record::Run(run) = r { Some(run) } else { None }).collect();
        let is_joined = records.last().is_some_and(|r| matches!(r, Record::Event(_) | Record::LedgerItem(_) | Record::Verdict(_)));
        Side { records, runs, is_joined, by_id, by_name }
    }

    /// Position and record of an id.
    pub fn find(&self, id: &str) -> Option<(usize, &'r Record)> {
        self.by_id.get(id).map(|i| (*i, &self.records[*i]))
    }

    /// The page of that id, else of that name.
    pub fn page_like(&self, page: &Page) -> Option<&'r Page> {
        let same = self.find(&page.id).and_then(|(_, r)| if let Record::Page(p) = r { Some(p) } else { None });
        same.or_else(|| self.by_name.get(name(page)).copied())
    }

    /// Ids of all articles.
    pub fn articles(&self) -> HashSet<&'r str> {
        self.records.iter().filter_map(|r| if let Record::Article(a) = r { Some(a.id.as_str()) } else { None }).collect()
    }

    /// The article that a record is in; of an event or item, that of its first report or entry.
    pub fn article_of(&self, record: &'r Record) -> Option<&'r Article> {
        let id = match record {
            Record::Article(a) => return Some(a),
            Record::EventReport(r) => &r.article_id,
            Record::Statement(r) => &r.article_id,
            Record::LedgerEntry(r) => &r.article_id,
            derived => return members(derived).iter().find_map(|m| self.article_of(self.find(m)?.1)),
        };
        self.find(id).and_then(|(_, r)| if let Record::Article(a) = r { Some(a) } else { None })
    }

    /// The page that a record is on; of an event or item, the pages of all its reports or entries, in their order.
    pub fn pages_of(&self, record: &'r Record) -> Vec<&'r Page> {
        if let Record::Page(page) = record {
            return vec![page];
        }
        let page = |a: &Article| self.find(&a.page_id).and_then(|(_, r)| if let Record::Page(p) = r { Some(p) } else { None });
        let members = members(record);
        if members.is_empty() {
            return self.article_of(record).and_then(page).into_iter().collect();
        }
        let mut pages: Vec<&Page> = members.iter().filter_map(|m| self.article_of(self.find(m)?.1).and_then(page)).collect();
        let mut seen = HashSet::new();
        pages.retain(|p| seen.insert(p.id.as_str()));
        pages
    }
}

/// Ids of the reports of an event or the entries of an item.
pub fn members(record: &Record) -> &[String] {
    match record {
        Record::Event(e) => &e.reports,
        Record::LedgerItem(i) => &i.entries,
        _ => &[],
    }
}

/// The words that a report, statement or entry rests on.
pub fn anchor(record: &Record) -> Option<&Quote> {
    match record {
        Record::EventReport(r) => r.evidence.first().map(|e| &e.quote),
        Record::Statement(s) => Some(&s.cue),
        Record::LedgerEntry(e) => e.evidence.first().map(|e| &e.quote),
        _ => None,
    }
}

/// The kind of a record as it names itself, and its place among the kinds.
pub fn kind(record: &Record) -> (&'static str, usize) {
    match record {
        Record::Run(_) => ("run", 0),
        Record::Page(_) => ("page", 1),
        Record::Article(_) => ("article", 2),
        Record::EventReport(_) => ("event_report", 3),
        Record::Statement(_) => ("statement", 4),
        Record::LedgerEntry(_) => ("ledger_entry", 5),
        Record::Event(_) => ("event", 6),
        Record::LedgerItem(_) => ("ledger_item", 7),
        Record::Verdict(_) => ("verdict", 8),
    }
}

/// What messages call a page, and what runs call it among their inputs.
pub fn name(page: &Page) -> &str {
    page.path.as_deref().or(page.url.as_deref()).or(page.source_id.as_deref()).unwrap_or("page")
}

/// A record in a few words.
pub fn title(record: &Record) -> String {
    const WIDTH: usize = 90;
    let text = match record {
        Record::Run(run) => run.version.clone(),
        Record::Page(page) => name(page).to_owned(),
        Record::Article(a) => a.headline.as_ref().map_or("without headline".to_owned(), |h| h.quote.clone()),
        Record::EventReport(r) => {
            format!("{} {} {}: {}", r.event_type, dyad(&r.actors, &r.recipients, r.reciprocal), r.status.code(), r.title)
        }
        Record::Statement(s) => format!("{} {} “{}”", called(&s.speaker), s.cue.quote, s.content.quote),
        Record::LedgerEntry(e) => format!("{} {}: {}", e.kind.code(), e.status.as_deref().unwrap_or("mentioned"), e.title),
        Record::Event(e) => {
            format!("{} {} {}: {}", e.event_type, dyad(&e.actors, &e.recipients, e.reciprocal), e.status.code(), e.title)
        }
        Record::LedgerItem(i) => format!("{} {}: {}", i.kind.code(), i.status.as_deref().unwrap_or("mentioned"), i.title),
        Record::Verdict(v) => format!("{} {} by {}", v.act.code(), v.ids.join(" "), v.by),
    };
    clipped(&text, WIDTH)
}
