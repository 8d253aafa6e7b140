//! Reads every quotation of a result again.

use chancery_record::{Actor, Article, EventReport, Evidence, LedgerEntry, Offsets, Page, Place, Quote, Range, Record, Span, Statement};
use std::collections::HashSet;

/// What reading a result again found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Spans read again.
    pub spans: usize,
    /// Those that hold what the record says.
    pub matching: usize,
    /// Spans of pages whose text is not stored; not among `spans`.
    pub unverifiable: usize,
    /// One line for each of the others: record, field, what it claims, what is there.
    pub mismatches: Vec<String>,
    /// Whether the record of a run is there, which `code` writes last: without it the result is cut short, or a part of one.
    pub is_whole: bool,
}

/// Compares every quote, mention and range of the records with the text of their page, which comes before them in the same stream.
///
/// Quotes are read by code points and by bytes. The error is the first of the stream, or a record that is not after its own page.
/// The mentions of an event or item are read when all its reports or entries are of the same page.
pub fn verify(records: impl Iterator<Item = Result<Record, String>>) -> Result<VerifyReport, String> {
    let mut check = Check::default();
    for record in records {
        check.record(&record?)?;
    }
    Ok(check.report)
}

/// The page read last, and what has been found so far.
#[derive(Default)]
struct Check {
    page: String,
    text: Option<(String, Offsets)>,
    articles: HashSet<String>,
    reports: HashSet<String>,
    report: VerifyReport,
}

impl Check {
    fn record(&mut self, record: &Record) -> Result<(), String> {
        match record {
            Record::Run(_) => self.report.is_whole = true,
            Record::Page(page) => self.turn(page),
            Record::Article(article) => {
                self.belongs(&article.id, "page", &article.page_id, article.page_id == self.page)?;
                self.articles.insert(article.id.clone());
                self.article(article);
            }
            Record::EventReport(r) => {
                self.belongs(&r.id, "article", &r.article_id, self.articles.contains(&r.article_id))?;
                self.reports.insert(r.id.clone());
                self.event_report(r);
            }
            Record::Statement(r) => {
                self.belongs(&r.id, "article", &r.article_id, self.articles.contains(&r.article_id))?;
                self.statement(r);
            }
            Record::LedgerEntry(r) => {
                self.belongs(&r.id, "article", &r.article_id, self.articles.contains(&r.article_id))?;
                self.reports.insert(r.id.clone());
                self.ledger_entry(r);
            }
            Record::Event(r) if r.reports.iter().all(|id| self.reports.contains(id)) => {
                self.actors(&r.id, "actors", &r.actors);
                self.actors(&r.id, "recipients", &r.recipients);
                self.place(&r.id, r.place.as_ref());
            }
            Record::LedgerItem(r) if r.entries.iter().all(|id| self.reports.contains(id)) => {
                self.actors(&r.id, "parties", &r.parties);
                self.quote(&r.id, "series", r.series.as_ref().map(|s| &s.quote));
                self.quote(&r.id, "condition", r.condition.as_ref());
            }
            _ => {}
        }
        Ok(())
    }

    fn turn(&mut self, page: &Page) {
        self.page.clone_from(&page.id);
        self.text = page.text.clone().map(|text| {
            let offsets = Offsets::new(&text);
            (text, offsets)
        });
        self.articles.clear();
        self.reports.clear();
    }

    fn belongs(&self, id: &str, what: &str, whose: &str, is_here: bool) -> Result<(), String> {
        if is_here {
            return Ok(());
        }
        Err(format!("{id}: its {what} {whose} is not before it; verify needs the records in the order chancery wrote them"))
    }

    fn article(&mut self, r: &Article) {
        self.range(&r.id, "start..end", Range { start: r.start, end: r.end });
        self.quote(&r.id, "headline", r.headline.as_ref());
        self.quote(&r.id, "byline", r.byline.as_ref());
        if let Some(dateline) = &r.dateline {
            self.quote(&r.id, "dateline", Some(&dateline.quote));
            self.quote(&r.id, "dateline.place", dateline.place.as_ref());
            self.quote(&r.id, "dateline.date", dateline.date.as_ref());
        }
        r.body.iter().for_each(|range| self.range(&r.id, "body", *range));
        r.dropped.iter().for_each(|d| self.range(&r.id, "dropped", Range { start: d.start, end: d.end }));
    }

    fn event_report(&mut self, r: &EventReport) {
        self.range(&r.id, "sentence", r.sentence);
        self.actors(&r.id, "actors", &r.actors);
        self.actors(&r.id, "recipients", &r.recipients);
        self.actors(&r.id, "said_by", r.said_by.as_slice());
        self.quote(&r.id, "condition", r.condition.as_ref());
        self.place(&r.id, r.place.as_ref());
        self.evidence(&r.id, &r.evidence);
    }

    fn statement(&mut self, r: &Statement) {
        self.range(&r.id, "sentence", r.sentence);
        self.actors(&r.id, "speaker", std::slice::from_ref(&r.speaker));
        self.quote(&r.id, "cue", Some(&r.cue));
        self.quote(&r.id, "content", Some(&r.content));
        self.actors(&r.id, "addressee", r.addressee.as_slice());
        if let Some(occasion) = &r.occasion {
            self.quote(&r.id, "occasion.text", Some(&occasion.text));
            self.quote(&r.id, "occasion.place", occasion.place.as_ref());
        }
        self.actors(&r.id, "about", &r.about);
        self.evidence(&r.id, &r.evidence);
    }

    fn ledger_entry(&mut self, r: &LedgerEntry) {
        self.range(&r.id, "sentence", r.sentence);
        self.actors(&r.id, "parties", &r.parties);
        self.quote(&r.id, "series", r.series.as_ref().map(|s| &s.quote));
        self.quote(&r.id, "condition", r.condition.as_ref());
        self.actors(&r.id, "reported_by", r.reported_by.as_slice());
        self.evidence(&r.id, &r.evidence);
    }

    fn evidence(&mut self, id: &str, evidence: &[Evidence]) {
        if evidence.is_empty() {
            self.count(false, || format!("{id}: no evidence; no span, no row"));
        }
        evidence.iter().for_each(|e| self.quote(id, "evidence", Some(&e.quote)));
    }

    fn actors(&mut self, id: &str, field: &str, actors: &[Actor]) {
        actors.iter().for_each(|a| self.chars(id, field, a.start, a.end, Some(&a.text)));
    }

    fn place(&mut self, id: &str, place: Option<&Place>) {
        place.into_iter().for_each(|p| self.chars(id, "place", p.start, p.end, Some(&p.text)));
    }

    fn range(&mut self, id: &str, field: &str, range: Range) {
        self.chars(id, field, range.start, range.end, None);
    }

    /// Code points `start..end`: inside the text and, where words are claimed, those words.
    fn chars(&mut self, id: &str, field: &str, start: usize, end: usize, wanted: Option<&str>) {
        let Some((text, offsets)) = &self.text else {
            self.report.unverifiable += 1;
            return;
        };
        let found = offsets.span_of_chars(start, end).and_then(|s| s.slice(text)).map(str::to_owned);
        let is_there = found.is_some() && wanted.is_none_or(|w| found.as_deref() == Some(w));
        self.count(is_there, || format!("{id}: {field} {start}..{end} {}", claim(wanted, found.as_deref())));
    }

    fn quote(&mut self, id: &str, field: &str, quote: Option<&Quote>) {
        let Some(quote) = quote else { return };
        let Some((text, offsets)) = &self.text else {
            self.report.unverifiable += 1;
            return;
        };
        let bytes = Span { start: quote.byte_start, end: quote.byte_end };
        let found = bytes.slice(text).map(str::to_owned);
        let is_there = found.as_deref() == Some(&quote.quote) && offsets.span_of_chars(quote.start, quote.end) == Some(bytes);
        let (start, end, wanted) = (quote.start, quote.end, quote.quote.as_str());
        self.count(is_there, || match found.as_deref() == Some(wanted) {
            true => format!("{id}: {field} {start}..{end} is not bytes {}..{}, which hold {wanted:?}", bytes.start, bytes.end),
            false => {
                format!("{id}: {field} {start}..{end} (bytes {}..{}) {}", bytes.start, bytes.end, claim(Some(wanted), found.as_deref()))
            }
        });
    }

    fn count(&mut self, is_there: bool, mismatch: impl FnOnce() -> String) {
        self.report.spans += 1;
        if is_there {
            self.report.matching += 1;
        } else {
            self.report.mismatches.push(mismatch());
        }
    }
}

fn claim(wanted: Option<&str>, found: Option<&str>) -> String {
    match (wanted, found) {
        (Some(wanted), Some(found)) => format!("claims {wanted:?}, the page holds {found:?}"),
        (Some(wanted), None) => format!("claims {wanted:?}, which is outside the page or cuts a character"),
        (None, _) => "is outside the page".to_owned(),
    }
}
