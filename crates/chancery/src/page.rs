//! A raw page -> its text, fixed once and for all, with the blocks and the metadata found in it.
//!
//! `b"\xEF\xBB\xBFRIYADH, July 16 (SPA) - The ministers met.\r\n"` -> a [`Page`] whose `text` starts at `RIYADH` and keeps the `\r\n`.
//! Plain text is kept exactly as decoded (without a byte order mark and what is invisible inside words). Of HTML the main
//! text is taken, one [`Part`] per article: title line, blank line, paragraphs with blank lines between. A headline or author that only the caller or the markup states is
//! written behind the text, on a line of its own, so that offsets into the text as it came stay right. Every offset in the program is a UTF-8 byte offset into `text`.
//! It does not fetch, does not read PDF or images, and never uses file times.

mod charset;
pub mod date;
pub(crate) mod dateline;
mod feed;
mod html;
mod jsonl;
pub(crate) mod label;
mod metadata;
mod outcome;
pub(crate) mod plain;
mod split;

pub use feed::raw_pages_from_feed;
pub use jsonl::raw_page_from_json_line;
pub use outcome::Outcome;
pub use plain::{Block, BlockKind};

use chancery_record::{Span, sha256_hex};

/// What the caller says the bytes are; the content decides when nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Media {
    /// HTML, whole or a fragment.
    Html,
    /// Plain text.
    Text,
}

/// A page as it comes in, with what the caller knows about it. Every field but `bytes` may be `None` (not stated).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPage {
    /// The page itself, in any charset.
    pub bytes: Vec<u8>,
    /// What the bytes are.
    pub media: Option<Media>,
    /// Path as the user typed it.
    pub path: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The caller's own id.
    pub source_id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publication date: ISO 8601, or written out in English. What the page states itself does not count beside it.
    pub date: Option<String>,
    /// Publication date if the page and its address state none; it gives a dateline ("RIYADH, July 16") its year.
    pub undated: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Language code or English name of the language.
    pub language: Option<String>,
    /// What the caller had to do to read it, told as the page's reason.
    pub notes: Vec<String>,
    /// How it ends where the caller has found that it is not to be read.
    pub refused: Option<Outcome>,
}

impl RawPage {
    /// What messages call it: path, address, id, or `page`.
    pub fn name(&self) -> &str {
        self.path.as_deref().or(self.url.as_deref()).or(self.source_id.as_deref()).unwrap_or("page")
    }
}

/// Limits on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageOptions {
    /// Longest page, in bytes. Default 16 MB.
    pub max_bytes: usize,
    /// Deepest nesting of HTML elements; the extractors take time with the square of it. Default 500.
    pub max_depth: usize,
    /// Most HTML nodes (elements and texts); of tags twice as many, counted before the page is parsed. Default 400,000.
    pub max_nodes: usize,
}

impl Default for PageOptions {
    fn default() -> Self {
        PageOptions { max_bytes: 16 << 20, max_depth: 500, max_nodes: 400_000 }
    }
}

/// Who says when a page or an article was published, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateSource {
    /// The caller.
    Caller,
    /// JSON-LD, OpenGraph or `<time>`; a "Published:" line where no dateline states a whole date.
    Metadata,
    /// The dateline.
    Dateline,
    /// The address.
    Url,
}

impl DateSource {
    /// As records write it.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::Caller => "caller",
            DateSource::Metadata => "metadata",
            DateSource::Dateline => "dateline",
            DateSource::Url => "url",
        }
    }
}

/// A publication date and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// ISO 8601 date, `2024-07-16`.
    pub date: String,
    /// Who says so.
    pub source: DateSource,
}

/// What is known about a page as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Publication date: of the caller, the markup or the address, in this order.
    pub published: Option<Published>,
    /// ISO 8601 date that the caller gives pages that state none.
    pub undated: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1 code, as stated by the caller or the markup.
    pub language: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
}

/// A stretch of the text that holds whole articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where.
    pub span: Span,
    /// Its headline, where the caller or the markup says so.
    pub headline: Option<Span>,
    /// Who wrote it, where only the markup says so.
    pub byline: Option<Span>,
    /// Its own date, where the markup says so.
    pub published: Option<Published>,
    /// Subheads in it, where the markup says so.
    pub subheads: Vec<Span>,
    /// True when it is one article for certain (HTML), false when it may hold several (pasted text).
    pub is_article: bool,
}

/// A page as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The text that all offsets refer to.
    pub text: String,
    /// Its lines, joined to paragraphs and told apart.
    pub blocks: Vec<Block>,
    /// Articles known from the markup; for plain text one part that covers everything.
    pub parts: Vec<Part>,
    /// What is known about the page.
    pub metadata: Metadata,
    /// SHA-256 of the raw bytes, hex.
    pub sha256: String,
    /// Path as the user typed it.
    pub path: Option<String>,
    /// The caller's own id.
    pub source_id: Option<String>,
    /// What was odd about it, for people ("not valid UTF-8: ...").
    pub notes: Vec<String>,
}

/// Reads a page with the default limits.
///
/// ```
/// let raw = chancery::page::RawPage { bytes: b"The ministers met in Doha.".to_vec(), ..Default::default() };
/// assert_eq!(chancery::page::page(&raw).unwrap().text, "The ministers met in Doha.");
/// ```
///
/// # Errors
/// [`Outcome::Skipped`] for what holds no text (empty, binary, too long), [`Outcome::Failed`] for what cannot be read safely.
pub fn page(raw: &RawPage) -> Result<Page, Outcome> {
    page_with(raw, &PageOptions::default())
}

/// The bytes of a page or line as text, and what was noticed: a charset that was guessed, bytes that could not be read.
///
/// # Errors
/// Binary data.
pub fn decode(name: &str, bytes: &[u8]) -> Result<(String, Vec<String>), Outcome> {
    charset::decode(name, bytes, None).map(|d| (d.text, d.notes))
}

/// Reads a page.
///
/// # Errors
/// As [`page`].
pub fn page_with(raw: &RawPage, options: &PageOptions) -> Result<Page, Outcome> {
    if let Some(outcome) = &raw.refused {
        return Err(outcome.clone());
    }
    let name = raw.name();
    outcome::check_size(name, &raw.bytes, options)?;
    let decoded = charset::decode(name, &raw.bytes, raw.media)?;
    let mut notes = [raw.notes.clone(), decoded.notes].concat();
    let is_html = match raw.media {
        Some(Media::Html) => true,
        Some(Media::Text) => false,
        None => html::is_html(&decoded.text),
    };
    let (mut text, mut parts, found) = if is_html {
        let read = html::read(name, &decoded.text, options)?;
        (read.text, read.parts, read.metadata)
    } else {
        let span = Span::new(0, decoded.text.len());
        let whole = Part { span, headline: None, byline: None, published: None, subheads: Vec::new(), is_article: false };
        (decoded.text, vec![whole], Metadata::default())
    };
    if text.trim().is_empty() {
        return Err(outcome::no_text(name, is_html));
    }
    if !is_html && outcome::is_json(&text) {
        return Err(outcome::json(name));
    }
    let metadata = metadata::with_caller(found, raw, &mut notes);
    if let ([part], true) = (&mut parts[..], metadata.title.is_some() || metadata.byline.is_some()) {
        write_behind(&mut text, part, &metadata);
    }
    let blocks = plain::blocks(&text, &parts);
    if metadata.published.is_none() && metadata.undated.is_none() {
        notes.extend(undated(&text, &blocks));
    }
    let (path, source_id) = (raw.path.clone(), raw.source_id.clone());
    Ok(Page { text, blocks, parts, metadata, sha256: sha256_hex(&raw.bytes), path, source_id, notes })
}

/// The lines that say when, and the datelines, as far as they can tell whether the page writes the day or the month first.
pub(crate) fn dated_lines<'t>(text: &'t str, blocks: &[Block]) -> Vec<&'t str> {
    let dated = blocks.iter().filter_map(|b| {
        let words = b.span.slice(text)?;
        match b.kind {
            BlockKind::DateLine | BlockKind::Byline => Some(words),
            BlockKind::Paragraph => dateline::prefix(words).and_then(|p| words.get(..p.end)),
            _ => None,
        }
    });
    dated.take(64).collect()
}

/// The whole date a line states, of several the one it was published; where day and month could stand in either order, the other dated
/// lines of the page have to tell.
pub(crate) fn stated_date(line: &str, dated: &[&str]) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let published = ["published", "issued", "posted"].iter().filter_map(|label| lower.find(label)).min();
    let later = published.and_then(|at| line.get(at..)).filter(|l| l.len() < line.len() && date::find(l).is_some());
    let line = later.unwrap_or(line);
    match date::settled(line, dated) {
        Some(settled) => settled,
        None => dateline::line_parts(line).1.and_then(|found| found.iso),
    }
}

/// What is said of the first date line whose day and month nothing tells apart.
fn undated(text: &str, blocks: &[Block]) -> Option<String> {
    let dated = dated_lines(text, blocks);
    let line = dated.iter().find(|l| date::settled(l, &dated) == Some(None))?;
    Some(format!("date {line:?} can be read day or month first and was left out; state the date with --date"))
}

/// Writes the headline and the author behind the text of the only part where the text does not have them.
fn write_behind(text: &mut String, part: &mut Part, metadata: &Metadata) {
    // on a line with a few words more at most: "By Lena Okafor", "Talks in Doha | The Courier"
    let lines: Vec<String> = text.lines().map(plain::key).collect();
    let missing = |stated: &Option<String>| {
        let words = stated.as_deref().and_then(metadata::clean)?;
        let key = plain::key(&words);
        let has = |line: &String| line == &key || line.contains(&key) && line.len() <= key.len() + 24 && !line.ends_with('.');
        (!lines.iter().any(has)).then_some(words)
    };
    let mut write = |words: String| {
        text.push_str("\n\n");
        text.push_str(&words);
        Span::new(text.len() - words.len(), text.len())
    };
    part.headline = part.headline.or_else(|| missing(&metadata.title).map(&mut write));
    part.byline = missing(&metadata.byline).map(&mut write);
}
