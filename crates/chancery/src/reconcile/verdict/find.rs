//! What a verdict knows a record by, and finding it again.

use chancery_record::{Actor, Article, Evidence, EvidenceRole, Judged, Lapse, Page, Quote, Range, Record, Text};
use std::{cell::OnceCell, cmp::Reverse, collections::HashMap};

/// Kind of record, words, outlet and date.
type Words = (String, String, Option<String>, Option<String>);

/// The records of articles by where they stand.
pub struct Index<'r> {
    records: &'r [Record],
    pages: HashMap<&'r str, &'r Page>,
    articles: HashMap<&'r str, &'r Article>,
    /// Page (SHA-256) -> positions.
    places: HashMap<&'r str, Vec<usize>>,
    /// Made when first asked for.
    words: OnceCell<HashMap<Words, Vec<(usize, String)>>>,
}

impl<'r> Index<'r> {
    /// Of all records.
    pub fn of(records: &'r [Record]) -> Self {
        let pages = records.iter().filter_map(|r| if let Record::Page(p) = r { Some((p.id.as_str(), p)) } else { None }).collect();
        let articles = records.iter().filter_map(|r| if let Record::Article(a) = r { Some((a.id.as_str(), a)) } else { None }).collect();
        let mut index = Index { records, pages, articles, places: HashMap::new(), words: OnceCell::new() };
        for (at, record) in records.iter().enumerate() {
            if let Some(page) = index.page(record) {
                index.places.entry(&page.sha256).or_default().push(at);
            }
        }
        index
    }

    fn article(&self, record: &'r Record) -> Option<&'r Article> {
        match record {
            Record::Article(a) => Some(a),
            Record::EventReport(r) => self.articles.get(r.article_id.as_str()).copied(),
            Record::Statement(r) => self.articles.get(r.article_id.as_str()).copied(),
            Record::LedgerEntry(r) => self.articles.get(r.article_id.as_str()).copied(),
            _ => None,
        }
    }

    fn page(&self, record: &'r Record) -> Option<&'r Page> {
        self.pages.get(self.article(record)?.page_id.as_str()).copied()
    }

    /// A record of an article as a verdict keeps it.
    pub fn judged(&self, record: &'r Record) -> Option<Judged> {
        let (article, page) = (self.article(record)?, self.page(record)?);
        let (start, end, quote) = place(record);
        Some(Judged {
            id: record.id().to_owned(),
            record: name(record).to_owned(),
            page: page.sha256.clone(),
            outlet: article.outlet.clone(),
            published: article.published.as_ref().map(|p| p.date.clone()),
            quote,
            start,
            end,
            sentence: page.text.as_deref().and_then(|t| sentence(record, &Text::new(t))),
            kind: kind(record),
            claim: claim(record),
        })
    }

    /// The position of a judged record: on its page at the words that were judged; else, where the page has changed, in the same sentence of
    /// the same outlet and day.
    pub fn find(&self, judged: &Judged) -> Result<usize, String> {
        let on_page = self.places.get(judged.page.as_str()).into_iter().flatten().copied();
        let near = on_page.filter_map(|at| Some((self.likeness(at, judged)?, Reverse(at)))).max();
        let elsewhere = || {
            let (words, sentence) = words_of(judged)?;
            let all = self.words.get_or_init(|| self.words()).get(&words)?;
            // a sentence that opens an article may have got or lost its dateline
            let fit = |(at, other): &&(usize, String)| {
                let same = (self.records[*at].id() == judged.id, kind(&self.records[*at]) == judged.kind);
                (*other == sentence, same, Reverse(*at))
            };
            let is_it = |(_, other): &&(usize, String)| other.ends_with(sentence) || sentence.ends_with(other.as_str());
            all.iter().filter(is_it).max_by_key(fit).map(|w| w.0)
        };
        near.map(|(_, at)| at.0).or_else(elsewhere).ok_or_else(|| match self.pages.values().any(|p| p.sha256 == judged.page) {
            true => format!("nothing is coded at {:?} any more", judged.quote),
            false => Lapse::ABSENT.to_owned(),
        })
    }

    /// How well the record at a position fits what was judged: its id, its kind, its words, how many of them. None where it has none of them.
    fn likeness(&self, at: usize, judged: &Judged) -> Option<(bool, bool, bool, usize)> {
        let record = &self.records[at];
        let (start, end, _) = place(record);
        let shared = end.min(judged.end).saturating_sub(start.max(judged.start));
        let exact = (start, end) == (judged.start, judged.end);
        (shared > 0 && name(record) == judged.record).then(|| (record.id() == judged.id, kind(record) == judged.kind, exact, shared))
    }

    fn words(&self) -> HashMap<Words, Vec<(usize, String)>> {
        let mut texts: HashMap<&str, Text> = HashMap::new();
        let mut out: HashMap<Words, Vec<(usize, String)>> = HashMap::new();
        for (at, record) in self.records.iter().enumerate() {
            let Some((article, page)) = self.article(record).zip(self.page(record)) else { continue };
            let text = page.text.as_deref().map(|t| &*texts.entry(&page.id).or_insert_with(|| Text::new(t)));
            let Some(sentence) = text.and_then(|t| sentence(record, t)) else { continue };
            let published = article.published.as_ref().map(|p| p.date.clone());
            out.entry((name(record).to_owned(), place(record).2, article.outlet.clone(), published)).or_default().push((at, sentence));
        }
        out
    }
}

/// The key under which a judged record is found on another page, and its sentence; none without words or sentence.
fn words_of(judged: &Judged) -> Option<(Words, &str)> {
    let sentence = judged.sentence.as_deref().filter(|s| !judged.quote.is_empty() && !s.is_empty())?;
    Some(((judged.record.clone(), judged.quote.clone(), judged.outlet.clone(), judged.published.clone()), sentence))
}

/// The record's kind as its field `record` has it.
fn name(record: &Record) -> &'static str {
    match record {
        Record::Article(_) => "article",
        Record::EventReport(_) => "event_report",
        Record::Statement(_) => "statement",
        Record::LedgerEntry(_) => "ledger_entry",
        _ => "other",
    }
}

/// Event type or ledger kind; else the kind of record.
pub fn kind(record: &Record) -> String {
    match record {
        Record::EventReport(r) => r.event_type.code().to_owned(),
        Record::LedgerEntry(r) => r.kind.code().to_owned(),
        other => name(other).to_owned(),
    }
}

/// What a record claims: `CONSULT occurred JPN -> SAU`.
pub fn claim(record: &Record) -> String {
    let side = |actors: &[Actor]| actors.iter().map(|a| a.country.as_deref().unwrap_or(&a.text)).collect::<Vec<_>>().join(", ");
    match record {
        Record::EventReport(r) => format!("{} {} {} -> {}", r.event_type, r.status.code(), side(&r.actors), side(&r.recipients)),
        Record::LedgerEntry(r) => format!("{} {} {}", r.kind.code(), r.status.as_deref().unwrap_or("mentioned"), side(&r.parties)),
        Record::Statement(r) => format!("{}: {}", r.speaker.name.as_deref().unwrap_or(&r.speaker.text), r.content.quote),
        Record::Article(r) => {
            let date = r.published.as_ref().map(|p| p.date.as_str());
            [r.outlet.as_deref(), date].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        other => other.id().to_owned(),
    }
}

/// The words that make the record, and where they stand (code points).
fn place(record: &Record) -> (usize, usize, String) {
    let of = |q: &Quote| (q.start, q.end, q.quote.clone());
    let predicate = |all: &[Evidence]| all.iter().find(|e| e.role == EvidenceRole::Predicate).map(|e| of(&e.quote));
    let whole = |r: Range| (r.start, r.end, String::new());
    match record {
        Record::EventReport(r) => predicate(&r.evidence).unwrap_or_else(|| whole(r.sentence)),
        Record::LedgerEntry(r) => predicate(&r.evidence).unwrap_or_else(|| whole(r.sentence)),
        Record::Statement(r) => of(&r.cue),
        Record::Article(r) => (r.start, r.end, r.headline.as_ref().map(|h| h.quote.clone()).unwrap_or_default()),
        _ => (0, 0, String::new()),
    }
}

/// The places of an article's reports, statements and entries among `records`.
pub fn of_article(records: &[Record], article: &str) -> Vec<usize> {
    let is_of = |r: &Record| match r {
        Record::EventReport(r) => r.article_id == article,
        Record::Statement(r) => r.article_id == article,
        Record::LedgerEntry(r) => r.article_id == article,
        _ => false,
    };
    (0..records.len()).filter(|i| is_of(&records[*i])).collect()
}

/// The words of a record's sentence, with single blanks; of an article its headline.
fn sentence(record: &Record, text: &Text) -> Option<String> {
    let range = match record {
        Record::EventReport(r) => r.sentence,
        Record::LedgerEntry(r) => r.sentence,
        Record::Statement(r) => r.sentence,
        Record::Article(r) => return r.headline.as_ref().map(|h| h.quote.clone()),
        _ => return None,
    };
    let span = text.offsets().span_of_chars(range.start, range.end)?;
    Some(span.slice(text.as_str())?.split_whitespace().collect::<Vec<_>>().join(" "))
}
