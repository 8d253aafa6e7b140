//! A page -> its articles: boundaries, headline, byline, dateline, date, body paragraphs, and what is left out with the reason.
//!
//! A pasted page with two stories, each with its title and caption twice and a `TT` button, gives two [`Article`]s whose `body`
//! holds the paragraphs only; the rest is in `dropped`. A sentence pasted alone is an article with a body and no headline.
//! Nothing is decided here about words inside a paragraph.

use crate::language;
use crate::page::dateline::{self, Prefix};
use crate::page::{self, Block, BlockKind, DateSource, Page, Part, Published, date, label, plain};
use crate::text::head;
pub use chancery_record::DropReason as Reason;
use chancery_record::Span;
use std::collections::HashSet;

/// Most words of a paragraph between a headline and the paragraph with the dateline.
const LONGEST_STANDFIRST: usize = 45;

/// Where and when the article was filed, as written before its first sentence or on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Place name.
    pub place: Option<Span>,
    /// Date, with or without a year.
    pub date: Option<Span>,
    /// All of it, with agency and dash.
    pub span: Span,
}

/// One article of a page. All spans are bytes of [`Page::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// 0 for the first on its page.
    pub index: usize,
    /// From its first block to its last.
    pub span: Span,
    /// Headline.
    pub headline: Option<Span>,
    /// The line that names the author.
    pub byline: Option<Span>,
    /// Place and date of filing.
    pub dateline: Option<Dateline>,
    /// Publication date, never from a file time.
    pub published: Option<Published>,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 639-1 code: stated, else detected.
    pub language: Option<String>,
    /// Paragraphs, without a dateline before the first.
    pub body: Vec<Span>,
    /// What is not coded, and why.
    pub dropped: Vec<(Span, Reason)>,
}

impl Article {
    /// English text that is one article of these paragraphs and nothing else.
    pub(crate) fn of_body(body: Vec<Span>) -> Article {
        let span = Span::new(body.first().map_or(0, |s| s.start), body.last().map_or(0, |s| s.end));
        Article {
            index: 0,
            span,
            headline: None,
            byline: None,
            dateline: None,
            published: None,
            outlet: None,
            language: Some("en".to_owned()),
            body,
            dropped: Vec::new(),
        }
    }
}

/// The articles of a page, in order; every page has at least one.
pub fn articles(page: &Page) -> Vec<Article> {
    let mut articles = Vec::new();
    let dated = page::dated_lines(&page.text, &page.blocks);
    for part in &page.parts {
        let first = page.blocks.partition_point(|b| b.span.start < part.span.start);
        let end = page.blocks.partition_point(|b| b.span.start < part.span.end);
        let starts = if part.is_article { vec![first] } else { starts(&page.text, &page.blocks, first, end) };
        for (n, start) in starts.iter().enumerate() {
            let stop = starts.get(n + 1).copied().unwrap_or(end);
            let draft = Draft { page, dated: &dated, part, first: *start, end: stop };
            articles.extend(draft.article(articles.len()));
        }
    }
    articles
}

/// The block at which each article of pasted text begins.
fn starts(text: &str, blocks: &[Block], first: usize, end: usize) -> Vec<usize> {
    let (mut starts, mut has_body) = (vec![first], false);
    let usual_gap = usual_gap(&blocks[first..end]);
    for at in first..end {
        let opened = *starts.last().unwrap_or(&first);
        let begins = has_body && begins_article(text, blocks, at, end, usual_gap) && !is_opening(text, &blocks[opened..=at], usual_gap);
        if begins {
            starts.push(at);
        }
        let is_body = matches!(blocks[at].kind, BlockKind::Paragraph | BlockKind::MaybeCaption) && blocks[at].repeat_of.is_none();
        has_body = is_body || has_body && !begins;
    }
    starts
}

/// Whether the last block is the paragraph with the dateline of the article whose blocks these are: a headline, and then at most points in
/// short, captions and one short paragraph.
fn is_opening(text: &str, blocks: &[Block], usual_gap: usize) -> bool {
    let Some((last, above)) = blocks.split_last().filter(|(last, _)| last.kind == BlockKind::Paragraph) else { return false };
    let words = |b: &Block| b.span.slice(text).unwrap_or_default();
    let paragraphs: Vec<&Block> =
        above.iter().filter(|b| b.kind == BlockKind::Paragraph && b.repeat_of.is_none() && !label::is_bullet(words(b))).take(2).collect();
    let is_standfirst = |b: &Block| words(b).split_whitespace().count() <= LONGEST_STANDFIRST && !has_dateline(words(b));
    last.blank_lines_before <= usual_gap.max(1)
        && above.iter().all(|b| b.kind != BlockKind::Rule)
        && above.iter().take_while(|b| b.kind != BlockKind::Paragraph).any(|b| b.kind == BlockKind::Title)
        && match paragraphs[..] {
            [] => true,
            [only] => is_standfirst(only),
            _ => false,
        }
}

/// Whether a paragraph has a dateline with a place and with a date or an agency.
fn has_dateline(words: &str) -> bool {
    dateline::prefix(words).is_some_and(|p| p.is_strong && p.place.is_some())
}

/// Whether an article begins at block `at`, given that the one before has its body.
fn begins_article(text: &str, blocks: &[Block], at: usize, end: usize, usual_gap: usize) -> bool {
    let block = &blocks[at];
    let words = block.span.slice(text).unwrap_or_default();
    if block.kind == BlockKind::Paragraph {
        return block.repeat_of.is_none() && has_dateline(words);
    }
    if block.kind != BlockKind::Title || block.repeat_of.is_some() {
        return false;
    }
    let Some(ahead) = look_ahead(text, blocks, at, end) else { return false };
    let before = at.checked_sub(1).map(|i| &blocks[i]);
    if before.is_some_and(|b| b.span.slice(text).is_some_and(|w| w.ends_with(':'))) {
        return false;
    }
    // a question in an interview, answered at once
    if words.ends_with('?') && !ahead.is_head {
        return false;
    }
    let count = words.split_whitespace().count();
    let after_end = before.is_some_and(|b| b.kind == BlockKind::Rule || (b.kind == BlockKind::Boilerplate && count >= 4));
    let wide_gap = block.blank_lines_before >= 3 || block.blank_lines_before > usual_gap.max(1);
    let is_apart = block.blank_lines_before > 0 || usual_gap == 0 && label::is_title_case(words);
    ahead.is_head || after_end || wide_gap || is_apart && is_brief_title(words, count) && !is_below_stamp(text, blocks, at)
}

/// Whether block `at` stands below the time of an entry of a live report: `2h ago (14:30 GMT)`, or `14:30` on the line above.
fn is_below_stamp(text: &str, blocks: &[Block], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).and_then(|i| blocks.get(i)).filter(|b| b.kind == BlockKind::Widget) else { return false };
    let words = above.span.slice(text).unwrap_or_default();
    date::is_clock(words) && (words.contains(" ago") || words.contains(':') && blocks[at].blank_lines_before == 0)
}

/// A headline of its own rather than a subhead or an unfinished sentence: four words in title case, or six.
fn is_brief_title(words: &str, count: usize) -> bool {
    !label::is_sentence_like(words) && (count >= 6 || count >= 4 && label::is_title_case(words))
}

struct Ahead {
    /// A caption, button, byline, date or the same title stands between the title and its body, or the body has a dateline.
    is_head: bool,
}

/// What follows a title, up to the first paragraph; `None` if no paragraph comes within 12 blocks.
fn look_ahead(text: &str, blocks: &[Block], at: usize, end: usize) -> Option<Ahead> {
    let mut is_head = false;
    for block in blocks.iter().take(end).skip(at + 1).take(12) {
        match block.kind {
            BlockKind::Title if block.repeat_of == Some(at) => is_head = true,
            BlockKind::Title | BlockKind::Rule | BlockKind::Boilerplate => {}
            BlockKind::Paragraph => {
                let words = block.span.slice(text).unwrap_or_default();
                return Some(Ahead { is_head: is_head || dateline::prefix(words).is_some_and(|p| p.is_strong) });
            }
            _ => is_head = true,
        }
    }
    None
}

/// The commonest number of blank lines between blocks.
fn usual_gap(blocks: &[Block]) -> usize {
    let mut counts = [0usize; 4];
    for block in blocks {
        counts[block.blank_lines_before.min(3)] += 1;
    }
    (0..4).max_by_key(|gap| (counts[*gap], 4 - gap)).unwrap_or(0)
}

/// The blocks of one article, before it is known what each of them does in it.
struct Draft<'p> {
    page: &'p Page,
    /// The lines of the page that say when.
    dated: &'p [&'p str],
    part: &'p Part,
    first: usize,
    end: usize,
}

impl Draft<'_> {
    fn article(&self, index: usize) -> Option<Article> {
        let blocks = self.page.blocks.get(self.first..self.end)?;
        let span = Span::new(blocks.first()?.span.start, blocks.last()?.span.end);
        let mut article = Article {
            index,
            span,
            headline: None,
            byline: None,
            dateline: None,
            published: None,
            outlet: self.page.metadata.outlet.clone(),
            language: None,
            body: Vec::new(),
            dropped: Vec::new(),
        };
        let headline = self.headline();
        let behind = |stated: Option<Span>| stated.filter(|s| s.start >= self.part.span.end && self.is_first());
        article.headline = headline.map(|i| self.page.blocks[i].span).or_else(|| behind(self.part.headline));
        let mut stated = None;
        for at in self.first..self.end {
            if Some(at) != headline {
                self.place(at, headline, &mut article, &mut stated);
            }
        }
        self.never_empty(&mut article);
        article.byline = article.byline.or_else(|| behind(self.part.byline));
        let filed = self.take_dateline(&mut article);
        article.published = self.published(stated, filed).or_else(|| self.undated(&article));
        article.language = self.language(&article);
        Some(article)
    }

    /// Whether it is the first article of its part.
    fn is_first(&self) -> bool {
        self.first == self.page.blocks.partition_point(|b| b.span.start < self.part.span.start)
    }

    fn words(&self, at: usize) -> &str {
        self.page.blocks.get(at).and_then(|b| b.span.slice(&self.page.text)).unwrap_or_default()
    }

    /// The first block that is a paragraph.
    fn first_paragraph(&self) -> Option<usize> {
        (self.first..self.end).find(|i| {
            let block = &self.page.blocks[*i];
            block.kind == BlockKind::Paragraph && !self.is_earlier_repeat(*i)
        })
    }

    /// Whether the block repeats one of an earlier article or of this one.
    fn is_earlier_repeat(&self, at: usize) -> bool {
        self.page.blocks[at].repeat_of.is_some()
    }

    /// The block that is the headline: said by the markup, repeated, the page's title, or the first of some length.
    fn headline(&self) -> Option<usize> {
        if let Some(known) = self.part.headline.filter(|h| h.start < self.part.span.end) {
            return (self.first..self.end).find(|i| self.page.blocks[*i].span == known);
        }
        let first_paragraph = self.first_paragraph();
        let titles: Vec<usize> = (self.first..first_paragraph.unwrap_or(self.end))
            .filter(|i| self.page.blocks[*i].kind == BlockKind::Title && !self.is_earlier_repeat(*i))
            .take(16)
            .collect();
        let is_repeated = |i: &usize| (i + 1..self.end.min(i + 16)).any(|j| self.page.blocks[j].repeat_of == Some(*i));
        let page_title = self.page.metadata.title.as_deref().map(plain::key);
        let is_page_title = |i: &usize| page_title.as_deref() == Some(&plain::key(self.words(*i)));
        if let Some(sure) = titles.iter().find(|i| is_repeated(i) || is_page_title(i)) {
            return Some(*sure).filter(|_| first_paragraph.is_some() || titles.len() > 1);
        }
        let candidates: Vec<usize> = titles.into_iter().filter(|i| !label::is_sentence_like(self.words(*i))).collect();
        // a masthead ("The Courier | Since 1998") is no headline if another line can be
        let is_long = |i: &&usize| self.words(**i).split_whitespace().count() >= 4;
        match first_paragraph {
            Some(_) => {
                let titles = candidates.iter().filter(is_long);
                titles.clone().find(|i| !self.words(**i).contains('|')).or(titles.clone().next()).or(candidates.first()).copied()
            }
            None => candidates.first().copied().filter(|first| self.has_other_text(*first)),
        }
    }

    /// Whether a title-like line after `first` can be the body: it reads as a sentence, or is long.
    fn has_other_text(&self, first: usize) -> bool {
        (first + 1..self.end).take(16).any(|i| {
            let words = self.words(i);
            let kind = self.page.blocks[i].kind;
            kind == BlockKind::MaybeCaption
                || kind == BlockKind::Title && (label::is_sentence_like(words) || words.split_whitespace().count() > 12)
        })
    }

    /// Puts one block where it belongs.
    fn place(&self, at: usize, headline: Option<usize>, article: &mut Article, stated: &mut Option<String>) {
        let block = &self.page.blocks[at];
        match block.kind {
            BlockKind::Widget => article.dropped.push((block.span, Reason::Widget)),
            BlockKind::Boilerplate => article.dropped.push((block.span, Reason::Boilerplate)),
            BlockKind::Caption => article.dropped.push((block.span, Reason::Caption)),
            BlockKind::Rule => article.dropped.push((block.span, Reason::Other)),
            BlockKind::MaybeCaption if self.is_caption(at, article) => article.dropped.push((block.span, Reason::Caption)),
            _ if self.is_repeat(at) || self.is_pull_quote(at) => article.dropped.push((block.span, Reason::Repeat)),
            BlockKind::Title if self.is_repeated_later(at) => article.dropped.push((block.span, Reason::Caption)),
            BlockKind::Byline if article.byline.is_none() => self.byline(at, article, stated),
            BlockKind::Byline => article.dropped.push((block.span, Reason::Other)),
            BlockKind::DateLine => self.date_line(at, block.span, article, stated),
            BlockKind::Paragraph if self.is_summary(at, headline, article) => article.dropped.push((block.span, Reason::Repeat)),
            BlockKind::Title if !self.is_body_title(at, headline, article) => article.dropped.push((block.span, Reason::Other)),
            _ => article.body.push(block.span),
        }
    }

    /// A sentence with an agency behind it is a caption above the body, when repeated, or right after the headline; else body.
    fn is_caption(&self, at: usize, article: &Article) -> bool {
        let repeats = self.is_earlier_repeat(at) || self.page.blocks.get(at + 1).is_some_and(|b| b.repeat_of == Some(at));
        let body_follows = (at + 1..self.end).take(8).any(|i| self.page.blocks[i].kind == BlockKind::Paragraph);
        repeats || article.body.is_empty() && article.headline.is_some() && body_follows
    }

    /// Repeats are dropped, except short sentences, which texts do repeat ("No comment.").
    fn is_repeat(&self, at: usize) -> bool {
        let block = &self.page.blocks[at];
        let words = self.words(at);
        let is_short_sentence = block.kind == BlockKind::Paragraph && words.split_whitespace().count() < 6;
        block.repeat_of.is_some_and(|first| first != at) && !is_short_sentence
    }

    /// A line under a picture is often there twice.
    fn is_repeated_later(&self, at: usize) -> bool {
        (at + 1..self.end.min(at + 8)).any(|j| self.page.blocks[j].repeat_of == Some(at))
    }

    /// A quotation on a line of its own that the text has again, with its speaker.
    fn is_pull_quote(&self, at: usize) -> bool {
        let words = self.words(at).trim();
        let inner = words.strip_prefix(['“', '"']).and_then(|w| w.strip_suffix(['”', '"'])).filter(|w| !w.contains(['“', '”', '"']));
        let Some(inner) = inner else { return false };
        let first = inner.split(['.', '!', '?']).next().unwrap_or_default().trim();
        let key = plain::key(first);
        key.split(' ').count() >= 4
            && (self.first..self.end).any(|i| i != at && self.words(i).len() > words.len() && plain::key(self.words(i)).contains(&key))
    }

    /// Whether a line without a full stop is text: in a list, after a colon, reading as a sentence, or closing the article.
    fn is_body_title(&self, at: usize, headline: Option<usize>, article: &Article) -> bool {
        let block = &self.page.blocks[at];
        let words = self.words(at);
        let is_entry_head = headline.is_some() && !article.body.is_empty() && is_below_stamp(&self.page.text, &self.page.blocks, at);
        if self.part.subheads.contains(&block.span) || is_entry_head {
            return false;
        }
        let after_colon = at > self.first && self.words(at - 1).ends_with(':');
        let is_question = words.ends_with('?') && !article.body.is_empty();
        if headline.is_none() || after_colon || is_question || label::is_sentence_like(words) || self.part.is_article {
            return true;
        }
        let body_follows = (at + 1..self.end).take(12).any(|i| self.page.blocks[i].kind == BlockKind::Paragraph);
        if article.body.is_empty() {
            return !body_follows && words.split_whitespace().count() > 12;
        }
        !body_follows || words.split_whitespace().count() > 8 && !label::is_title_case(words)
    }

    /// Whether the block is one of the points in short above the paragraphs, which say them again.
    fn is_summary(&self, at: usize, headline: Option<usize>, article: &Article) -> bool {
        let is_point = |i: &usize| label::is_bullet(self.words(*i));
        if headline.is_none_or(|h| h > at) || !article.body.is_empty() || !is_point(&at) {
            return false;
        }
        let above = (self.first..at).rev().take(16).find(|i| !is_point(i));
        let below = (at..self.end).take(16).find(|i| self.page.blocks[*i].kind == BlockKind::Paragraph && !is_point(i));
        below.is_some_and(|i| has_dateline(self.words(i)) || above.is_some_and(|a| label::is_summary_head(self.words(a))))
    }

    /// The author, with the date where the line states one too.
    fn byline(&self, at: usize, article: &mut Article, stated: &mut Option<String>) {
        let span = self.page.blocks[at].span;
        match label::author_and_date(self.words(at)) {
            Some((author, rest)) => {
                article.byline = Some(Span::new(span.start, span.start + author));
                self.date_line(at, Span::new(span.start + rest, span.end), article, stated);
            }
            None => article.byline = Some(span),
        }
    }

    /// The first line with a whole date says when, if it does not stand below links to other stories.
    fn date_line(&self, at: usize, span: Span, article: &mut Article, stated: &mut Option<String>) {
        let words = span.slice(&self.page.text).unwrap_or_default();
        let is_link = |i: usize| self.page.blocks[i].kind == BlockKind::Boilerplate && label::is_list_head(self.words(i));
        let is_below_links = !article.body.is_empty() && (self.first..at).any(is_link);
        if stated.is_none() && !is_below_links {
            *stated = page::stated_date(words, self.dated);
        }
        if article.dateline.is_some() || is_below_links {
            return article.dropped.push((span, Reason::Other));
        }
        let (place, date) = dateline::line_parts(words);
        let shifted = |r: std::ops::Range<usize>| Span::new(span.start + r.start, span.start + r.end);
        article.dateline = Some(Dateline { place: place.map(shifted), date: date.map(|d| shifted(d.bytes)), span });
    }

    /// An article without a body takes its headline, then what was dropped for its looks alone.
    fn never_empty(&self, article: &mut Article) {
        if !article.body.is_empty() {
            return;
        }
        article.body.extend(article.headline.take());
        let words = |s: &Span| s.slice(&self.page.text).unwrap_or_default();
        let has_words = |s: &Span| words(s).split_whitespace().count() >= 2;
        if article.body.is_empty() {
            let mut seen = HashSet::new();
            let (body, dropped) = std::mem::take(&mut article.dropped).into_iter().partition(|(span, reason)| {
                matches!(reason, Reason::Other | Reason::Caption) && has_words(span) && seen.insert(plain::key(words(span)))
            });
            article.dropped = dropped;
            article.body = Vec::into_iter(body).map(|(span, _): (Span, Reason)| span).collect();
        }
        if article.body.is_empty() && article.byline.is_some_and(|b| has_words(&b)) {
            article.body.extend(article.byline.take());
        }
    }

    /// Takes the dateline off the first paragraph, or off the second below a short first; its full date, if any.
    fn take_dateline(&self, article: &mut Article) -> Option<String> {
        let words = |span: &Span| span.slice(&self.page.text).unwrap_or_default();
        let is_short = |s: &Span| words(s).split_whitespace().count() <= LONGEST_STANDFIRST && dateline::prefix(words(s)).is_none();
        let is_second = article.headline.is_some() && matches!(&article.body[..], [a, b, ..] if is_short(a) && has_dateline(words(b)));
        let at = usize::from(is_second);
        let first = *article.body.get(at)?;
        let found: Prefix = dateline::prefix(words(&first))?;
        let rest = Span::new(first.start + found.body, first.end);
        if rest.is_empty() {
            return None;
        }
        let shifted = |r: std::ops::Range<usize>| Span::new(first.start + r.start, first.start + r.end);
        article.body[at] = rest;
        let iso = found.date.as_ref().and_then(|d| d.iso.clone());
        if let Some(line) = article.dateline.take() {
            article.dropped.push((line.span, Reason::Other));
            article.dropped.sort();
        }
        let span = shifted(0..found.end);
        article.dateline = Some(Dateline { place: found.place.map(shifted), date: found.date.map(|d| shifted(d.bytes)), span });
        iso
    }

    /// Caller, markup, dateline, date line, address: the first that states a whole date.
    fn published(&self, stated: Option<String>, filed: Option<String>) -> Option<Published> {
        let page = self.page.metadata.published.clone();
        let (caller, rest) = match page {
            Some(p) if p.source == DateSource::Caller => (Some(p), None),
            other => (None, other),
        };
        let (metadata, url) = match rest {
            Some(p) if p.source == DateSource::Url => (None, Some(p)),
            other => (other, None),
        };
        let of = |date: Option<String>, source| date.map(|date| Published { date, source });
        caller
            .or_else(|| self.part.published.clone())
            .or(metadata)
            .or(of(filed, DateSource::Dateline))
            .or(of(stated, DateSource::Metadata))
            .or(url)
    }

    /// The date that the caller gives pages that state none; a dateline of the weeks before it states the day.
    fn undated(&self, article: &Article) -> Option<Published> {
        let given = self.page.metadata.undated.as_ref()?;
        let day = article.dateline.as_ref().and_then(|d| d.date).and_then(|d| date::latest(d.slice(&self.page.text)?, given));
        let (date, source) = day.map_or((given.clone(), DateSource::Caller), |day| (day, DateSource::Dateline));
        Some(Published { date, source })
    }

    fn language(&self, article: &Article) -> Option<String> {
        if let Some(stated) = &self.page.metadata.language {
            return Some(stated.clone());
        }
        let mut sample = String::new();
        for span in &article.body {
            sample.push_str(head(span.slice(&self.page.text).unwrap_or_default(), 2000));
            sample.push(' ');
            if sample.len() > 4000 {
                break;
            }
        }
        language::detect(&sample).map(|d| d.code)
    }
}

#[cfg(test)]
mod tests;
