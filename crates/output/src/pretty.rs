//! The terminal view: each sentence that gave records, its roles coloured, the records beneath it.
//!
//! ```text
//!   Kono said the two ministers agreed to launch a dialogue.
//!     AGREE  occurred  JPN GOV <-> SAU GOV  "agreed to launch"  0.87  (er_0f3a...)
//!     says   Kono (JPN GOV): said “the two ministers agreed to launch a dialogue” (st_77c0...)
//! ```

use crate::{
    Destination, Error, Options, Writer,
    judgement::Verdicts,
    marks::{marks, span_of},
    sink::{Sink, Written},
    table::code,
    terminal::{BOLD, DIM, GAP, PLAIN, Paint, Style, styled},
    wording::{by_article, by_page, called, clipped, count, dyad, party, side},
};
use chancery_record::{Article, EventReport, EvidenceRole, LedgerEntry, Page, PageOutcome, Range, Record, Statement, Text};

struct Pretty {
    sink: Sink,
    options: Options,
    is_first: bool,
}

/// Opens the terminal view.
pub fn open(destination: Destination, options: Options) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(Pretty { sink: Sink::open(&destination)?, options, is_first: true }))
}

impl Writer for Pretty {
    fn page(&mut self, records: &[Record]) -> Result<(), Error> {
        if let Some(pages) = by_page(records) {
            return pages.iter().try_for_each(|page| self.page(page));
        }
        if !records.iter().any(|r| !matches!(r, Record::Run(_))) {
            return Ok(());
        }
        let gap = if std::mem::take(&mut self.is_first) { "" } else { "\n" };
        self.sink.write(&format!("{gap}{}", view(records, &self.options)))?;
        self.sink.flush()
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        Ok(vec![self.sink.finish()?])
    }
}

/// The view of one page.
fn view(records: &[Record], options: &Options) -> String {
    let page = records.iter().find_map(|r| if let Record::Page(p) = r { Some(p) } else { None });
    let text = page.and_then(|p| p.text.as_deref()).map(Text::new);
    let view =
        View { paint: Paint(options.colour), width: options.width.max(40), text: text.as_ref(), records, verdicts: Verdicts::of(records) };
    let mut out = String::new();
    let by_article = by_article(records);
    for record in records {
        if let Record::Article(article) = record {
            out.push_str(&view.article(article, by_article.get(article.id.as_str()).map_or(&[], Vec::as_slice)));
        }
    }
    out.push_str(&view.closing(page));
    out
}

struct View<'a> {
    paint: Paint,
    width: usize,
    text: Option<&'a Text<'a>>,
    records: &'a [Record],
    verdicts: Verdicts<'a>,
}

impl View<'_> {
    fn article(&self, article: &Article, own: &[(Range, usize, &Record)]) -> String {
        let mut out = self.head(article);
        for sentence in own.chunk_by(|a, b| a.0 == b.0) {
            out.push('\n');
            out.push_str(&self.sentence(sentence));
        }
        out.push('\n');
        out
    }

    fn head(&self, article: &Article) -> String {
        let title = article.headline.as_ref().map_or("(no headline)", |h| &h.quote);
        let mut out = self.paint.wrapped(&[(BOLD, title.to_owned())], self.width, 0, 0);
        let published = article.published.as_ref().map(|p| format!("{} (from {})", p.date, p.source));
        let parts = [
            article.dateline.as_ref().map(|d| d.quote.quote.trim().to_owned()),
            Some(published.unwrap_or_else(|| "no publication date".to_owned())),
            article.byline.as_ref().map(|b| b.quote.clone()),
            article.outlet.clone(),
            article.duplicate_of.as_ref().map(|id| format!("repeats {id}")),
        ];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        out.push_str(&self.paint.wrapped(&[(DIM, line)], self.width, 0, 0));
        out
    }

    fn sentence(&self, records: &[(Range, usize, &Record)]) -> String {
        let mut out = String::new();
        let Some((range, ..)) = records.first() else { return out };
        if let Some((text, span)) = self.text.and_then(|t| Some((t, span_of(*range, t)?))) {
            let marks: Vec<_> = records.iter().flat_map(|(_, n, r)| marks(r, *n, text)).collect();
            out.push_str(&self.paint.wrapped(&styled(text.as_str(), span, &marks), self.width, 2, 2));
        }
        let rows: Vec<Row> = records.iter().filter_map(|(.., r)| self.judged(r)).collect();
        let widths = [0, 1, 2].map(|i| rows.iter().filter_map(|r| r.cells.get(i)).map(|c| c.1.chars().count()).max().unwrap_or(0));
        rows.iter().for_each(|row| out.push_str(&self.row(row, &widths)));
        out
    }

    /// A record's row, with what people said of it.
    fn judged(&self, record: &Record) -> Option<Row> {
        let mut row = row(record)?;
        row.rest.extend(self.verdicts.note([record.id()].into_iter()).map(|v| (PLAIN, format!(" [{v}]"))));
        Some(row)
    }

    /// A record's line: aligned cells, then the rest, wrapped beneath.
    fn row(&self, row: &Row, widths: &[usize]) -> String {
        let mut lead = "    ".to_owned();
        let mut column = 4;
        for ((style, text), width) in row.cells.iter().zip(widths) {
            let len = text.chars().count();
            let pad = width.min(&(self.width / 3)).saturating_sub(len) + 2;
            lead.push_str(&format!("{}{}", self.paint.paint(style, text), " ".repeat(pad)));
            column += len + pad;
        }
        self.paint.wrapped_after(lead, column, &row.rest, self.width, 8)
    }

    fn closing(&self, page: Option<&Page>) -> String {
        let n = |is: fn(&Record) -> bool| self.records.iter().filter(|r| is(r)).count();
        let dropped: usize = self.records.iter().map(|r| if let Record::Article(a) = r { a.dropped.len() } else { 0 }).sum();
        let reports = count(n(|r| matches!(r, Record::EventReport(_))), "event report");
        let mut parts = vec![
            page.map_or("page".to_owned(), |p| p.path.clone().or(p.url.clone()).or(p.source_id.clone()).unwrap_or_else(|| p.id.clone())),
            page.map_or(String::new(), outcome),
            count(n(|r| matches!(r, Record::Article(_))), "article"),
            format!("{reports} of {}", count(n(|r| matches!(r, Record::Event(_))), "event")),
            count(n(|r| matches!(r, Record::Statement(_))), "statement"),
            format!("{} in the ledger", count(n(|r| matches!(r, Record::LedgerEntry(_))), "entry")),
            count(dropped, "part") + " not coded",
        ];
        parts.retain(|p| !p.is_empty());
        if page.is_some_and(|p| matches!(p.outcome, PageOutcome::Skipped | PageOutcome::Failed)) {
            parts.truncate(2);
        }
        parts.extend(self.verdicts.summary());
        self.paint.wrapped(&[(DIM, parts.join(" · "))], self.width, 0, 2)
    }
}

fn outcome(page: &Page) -> String {
    let word = code(page.outcome).unwrap_or_default().replace('_', " ");
    match &page.reason {
        Some(reason) => format!("{word}: {reason}"),
        None => word,
    }
}

/// A record as aligned cells and the rest.
struct Row {
    cells: Vec<(Style, String)>,
    rest: Vec<(Style, String)>,
}

fn row(record: &Record) -> Option<Row> {
    match record {
        Record::EventReport(r) => Some(report(r)),
        Record::Statement(r) => Some(statement(r)),
        Record::LedgerEntry(r) => Some(entry(r)),
        _ => None,
    }
}

fn report(r: &EventReport) -> Row {
    let kind = r.mode.as_ref().map_or(r.event_type.code().to_owned(), |mode| format!("{}/{mode}", r.event_type.code()));
    let predicate = r.evidence.iter().find(|e| e.role == EvidenceRole::Predicate).map_or("", |e| &e.quote.quote);
    let mut rest = vec![(PLAIN, format!("\"{}\"{GAP}{:.2}{GAP}", clipped(predicate, 60), r.confidence))];
    rest.extend(r.condition.as_ref().map(|c| (PLAIN, format!("if: \"{}\"{GAP}", clipped(&c.quote, 80)))));
    rest.push((DIM, format!("({})", r.id)));
    let status = if r.status.is_deed() { PLAIN } else { "3" };
    Row { cells: vec![(BOLD, kind), (status, r.status.code().to_owned()), (PLAIN, dyad(&r.actors, &r.recipients, r.reciprocal))], rest }
}

fn statement(r: &Statement) -> Row {
    let who = called(&r.speaker);
    let who = match party(&r.speaker) {
        p if p == who => who.to_owned(),
        p => format!("{who} ({p})"),
    };
    let to = r.addressee.as_ref().map(|a| format!(" -> {}", called(a))).unwrap_or_default();
    let content = clipped(&r.content.quote, 160);
    let content = if r.quoted { content } else { format!("“{content}”") };
    Row {
        cells: vec![(DIM, "says".to_owned())],
        rest: vec![
            (PLAIN, format!("{who}: ")),
            (BOLD, r.cue.quote.clone()),
            (PLAIN, format!("{to} {content} ")),
            (DIM, format!("({})", r.id)),
        ],
    }
}

fn entry(r: &LedgerEntry) -> Row {
    let parts =
        [r.kind.code().replace('_', " "), r.status.clone().unwrap_or_else(|| "mentioned".to_owned()).replace('_', " "), side(&r.parties)];
    let mut rest = vec![(PLAIN, format!("{} · ", parts.join(" · "))), (PLAIN, clipped(&r.title, 100))];
    rest.extend(r.condition.as_ref().map(|c| (PLAIN, format!(" · if: \"{}\"", clipped(&c.quote, 80)))));
    rest.push((DIM, format!(" ({})", r.id)));
    Row { cells: vec![(DIM, "ledger".to_owned())], rest }
}
