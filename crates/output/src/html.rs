//! One page for the browser: text and records side by side, nothing fetched from anywhere.
//!
//! Pages are written as they come; the totals, known last, are moved to the top by the style sheet. Everything from a page is escaped, and
//! the page's own policy allows no script but ours, by its hash, and no request at all.

mod cards;
mod text;

use crate::{
    Destination, Error, Options, Writer,
    marks::marks,
    sink::{Sink, Written},
    table::code,
    wording::{by_page, count},
};
use chancery_record::{Article, Page, PageOutcome, Record, Run, Text, sha256_hex};
use std::collections::BTreeMap;

const CSS: &str = include_str!("html/page.css");
const JS: &str = include_str!("html/page.js");

struct Html {
    sink: Sink,
    is_begun: bool,
    totals: Totals,
    run: Option<Run>,
}

#[derive(Default)]
struct Totals {
    records: usize,
    kinds: BTreeMap<&'static str, usize>,
    outcomes: BTreeMap<PageOutcome, usize>,
}

/// Opens a writer of one HTML page.
pub fn open(destination: Destination, _: Options) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(Html { sink: Sink::open(&destination)?, is_begun: false, totals: Totals::default(), run: None }))
}

impl Writer for Html {
    fn page(&mut self, records: &[Record]) -> Result<(), Error> {
        if let Some(pages) = by_page(records) {
            return pages.iter().try_for_each(|page| self.page(page));
        }
        for record in records {
            self.totals.add(record);
            if let Record::Run(run) = record {
                self.run = Some(run.clone());
            }
        }
        if records.iter().all(|r| matches!(r, Record::Run(_))) {
            return Ok(());
        }
        if !std::mem::replace(&mut self.is_begun, true) {
            self.sink.write(&head(&title(records)))?;
        }
        let html = section(records, self.totals.records);
        self.totals.records += records.len();
        self.sink.write(&html)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, Error> {
        if !self.is_begun {
            self.sink.write(&head("No pages"))?;
        }
        let end = format!("{}{}<script>{JS}</script>\n</body>\n</html>\n", self.totals.html(), colophon(self.run.as_ref()));
        self.sink.write(&end)?;
        Ok(vec![self.sink.finish()?])
    }
}

/// Text as HTML text or attribute value. Control characters, which HTML does not allow, become U+FFFD, and so do the marks that force a
/// writing direction on what follows: a page must not make a quotation read other than it is stored.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            '\u{202d}' | '\u{202e}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn title(records: &[Record]) -> String {
    let headline = records.iter().find_map(|r| if let Record::Article(a) = r { a.headline.as_ref() } else { None });
    headline.map_or("Coded pages".to_owned(), |h| h.quote.clone())
}

fn head(title: &str) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64_of_hex(&sha256_hex(JS.as_bytes()))
    );
    let roles = [
        ("predicate", "what happened"),
        ("actor", "who"),
        ("recipient", "to whom"),
        ("speaker", "who says so"),
        ("cue", "word of speech"),
        ("date", "when"),
        ("place", "where"),
        ("condition", "on condition"),
    ];
    let legend: String = roles.iter().map(|(class, what)| format!("<span class=\"m {class}\">{what}</span> ")).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{} – chancery</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n\
         <div class=\"bar\" id=\"bar\"><div class=\"filters\" id=\"filters\"></div><div class=\"legend\">{legend}<span class=\"m dropped\">left out</span></div></div>\n",
        escape(title)
    )
}

/// Hex digits as base64, for the policy's hash.
fn base64_of_hex(hex: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // Three hex digits are twelve bits: two digits of base64. 64 hex digits leave one byte's worth over.
    let mut bits: Vec<u8> =
        hex.bytes().filter_map(|b| char::from(b).to_digit(16)).flat_map(|d| (0..4).rev().map(move |i| (d >> i & 1) as u8)).collect();
    let bytes = bits.len() / 8;
    bits.resize(bits.len().div_ceil(6) * 6, 0);
    let digit = |six: &[u8]| six.iter().fold(0usize, |n, b| n * 2 + usize::from(*b));
    let mut out: String = bits.chunks(6).map(|six| char::from(DIGITS[digit(six) & 63])).collect();
    out.push_str(["", "==", "="][bytes % 3]);
    out
}

/// One page: its name and outcome, its text, its records. Records are numbered from `first`.
fn section(records: &[Record], first: usize) -> String {
    let page = records.iter().find_map(|r| if let Record::Page(p) = r { Some(p) } else { None });
    let articles: Vec<&Article> = records.iter().filter_map(|r| if let Record::Article(a) = r { Some(a) } else { None }).collect();
    let mut out = format!("<section class=\"page\">\n{}", page.map(page_line).unwrap_or_default());
    let text = page.and_then(|p| p.text.as_deref()).map(Text::new);
    let cards = cards::cards(records, &articles, first);
    let left = match &text {
        Some(text) => {
            let marks: Vec<_> = records.iter().enumerate().flat_map(|(n, r)| marks(r, first + n, text)).collect();
            text::html(text, &articles, &marks)
        }
        None if cards.is_empty() => String::new(),
        None => "<p class=\"none\">The text of this page is not stored.</p>\n".to_owned(),
    };
    if !(left.is_empty() && cards.is_empty()) {
        let cards = if cards.is_empty() { "<p class=\"none\">No records.</p>\n".to_owned() } else { cards };
        out.push_str(&format!("<div class=\"cols\">\n<div class=\"text\">\n{left}</div>\n<div class=\"cards\">\n{cards}</div>\n</div>\n"));
    }
    out.push_str("</section>\n");
    out
}

fn page_line(page: &Page) -> String {
    let name = page.path.as_deref().or(page.source_id.as_deref());
    let link = page.url.as_deref().map(|url| match url.starts_with("https://") || url.starts_with("http://") {
        true => format!("<a href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", escape(url)),
        false => escape(url),
    });
    let parts = [name.map(escape), link, Some(outcome(page)), page.reason.as_deref().map(escape)];
    let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" <i>·</i> ");
    format!("<p class=\"file\" title=\"{}\">{line}</p>\n", escape(&page.id))
}

fn outcome(page: &Page) -> String {
    code(page.outcome).unwrap_or_default().replace('_', " ")
}

impl Totals {
    fn add(&mut self, record: &Record) {
        let kind = match record {
            Record::Page(page) => {
                *self.outcomes.entry(page.outcome).or_default() += 1;
                "page"
            }
            Record::Article(_) => "article",
            Record::EventReport(_) => "event report",
            Record::Event(_) => "event",
            Record::Statement(_) => "statement",
            Record::LedgerEntry(_) => "ledger entry",
            Record::LedgerItem(_) | Record::Run(_) | Record::Verdict(_) => return,
        };
        *self.kinds.entry(kind).or_default() += 1;
    }

    fn html(&self) -> String {
        let kinds = ["page", "article", "event report", "event", "statement", "ledger entry"];
        let one = |kind: &&str| {
            let n = self.kinds.get(*kind).copied().unwrap_or_default();
            let words = count(n, kind);
            format!("<li><b>{n}</b> {}</li>", words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '))
        };
        let odd = self.outcomes.iter().filter(|(o, _)| **o != PageOutcome::Coded);
        let odd: Vec<String> = odd.map(|(o, n)| format!("{n} {}", code(*o).unwrap_or_default().replace('_', " "))).collect();
        let note = if odd.is_empty() { String::new() } else { format!("<li class=\"odd\">{}</li>", odd.join(", ")) };
        format!(
            "<header class=\"top\"><h1>chancery</h1><ul class=\"totals\">{}{note}</ul><p class=\"keys\"><kbd>j</kbd> <kbd>k</kbd> walk the records, <kbd>Esc</kbd> lets go</p></header>\n",
            kinds.iter().map(one).collect::<String>()
        )
    }
}

/// What it was made with.
fn colophon(run: Option<&Run>) -> String {
    let Some(run) = run else { return String::new() };
    let short = |hash: &str| escape(&hash.chars().take(16).collect::<String>());
    let overlays: String = run.overlays.iter().map(|o| format!(" + {}", escape(&o.path))).collect();
    format!(
        "<footer class=\"colophon\">Made with chancery {}, codebook {} {} ({}), knowledge {}{overlays}, model {}, {} · {}</footer>\n",
        escape(&run.version),
        escape(&run.codebook.name),
        escape(&run.codebook.version),
        short(&run.codebook.hash),
        short(&run.knowledge_hash),
        short(&run.model_hash),
        count(run.inputs.len(), "input"),
        escape(&run.id)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_written_as_the_policy_wants_them() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(base64_of_hex(&sha256_hex(b"")), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }

    #[test]
    fn nothing_of_a_page_is_markup() {
        assert_eq!(escape("<b a='1' b=\"2\">&\u{0}</b>"), "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;\u{fffd}&lt;/b&gt;");
    }
}
