//! Text -> blocks: lines joined to paragraphs, and what each of them is.
//!
//! `"Talks in Doha (SPA)\nTT\n\nMinisters met in\nthe city of Doha."` -> caption, widget, paragraph (one span over two lines).
//! Blank lines, single line breaks and hard-wrapped text are understood; which article a block belongs to is `article.rs`'s business.

use super::{Part, date, dateline, label};
use chancery_record::Span;
use std::collections::HashMap;

/// What a block is, judged by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Could be a headline: short and without a full stop.
    Title,
    /// Sentences.
    Paragraph,
    /// A photo caption with its credit.
    Caption,
    /// A sentence with an agency after it: caption or last paragraph, by position.
    MaybeCaption,
    /// Share buttons, counters.
    Widget,
    /// "Read also", "Subscribe", copyright, credits.
    Boilerplate,
    /// `By ...`.
    Byline,
    /// A line that says only when, or where and when.
    DateLine,
    /// A horizontal rule or an end mark.
    Rule,
}

/// A paragraph, title or label of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where, without white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The earlier block with the same words.
    pub repeat_of: Option<usize>,
    /// How many blank lines stand before it.
    pub blank_lines_before: usize,
}

/// Longest line of hard-wrapped text, in characters.
const WIDEST_WRAP: usize = 120;

#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    chars: usize,
    blank_lines_before: usize,
    /// What it is if it is no part of a paragraph.
    label: Option<BlockKind>,
}

/// The blocks of all parts, in order.
pub(super) fn blocks(text: &str, parts: &[Part]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in parts {
        let lines = lines(text, part.span);
        let width = wrap_width(text, &lines);
        join(text, &lines, width, &mut blocks);
    }
    mark_link_lists(text, &mut blocks);
    mark_repeats(text, &mut blocks);
    blocks
}

/// The span without white space and invisible characters at its ends.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let Some(quote) = span.slice(text) else { return span };
    let start = span.start + (quote.len() - quote.trim_start_matches(is_blank).len());
    Span::new(start, start + quote.trim_matches(is_blank).len())
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' | '\u{2028}' | '\u{2029}')
}

/// The lines with text; `\n`, `\r\n`, a lone `\r` and U+2028 end one.
fn lines(text: &str, part: Span) -> Vec<Line> {
    let (mut lines, mut start, mut blank) = (Vec::new(), part.start, 0);
    let Some(quote) = part.slice(text) else { return lines };
    let mut ends = quote.char_indices().filter(|(_, c)| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{0C}')).peekable();
    loop {
        let end = ends.next();
        let stop = end.map_or(part.end, |(at, _)| part.start + at);
        let span = trimmed(text, Span::new(start, stop));
        if span.is_empty() {
            blank += 1;
        } else {
            let words = span.slice(text).unwrap_or_default();
            lines.push(Line { span, chars: words.chars().count(), blank_lines_before: blank, label: label::kind(words) });
            blank = 0;
        }
        let Some((at, c)) = end else { return lines };
        start = part.start + at + c.len_utf8();
        if c == '\r' && ends.next_if(|(next, c)| *c == '\n' && *next == at + 1).is_some() {
            start += 1;
        }
    }
}

/// Line width of hard-wrapped text: its longest line, where a quarter of the line breaks or more are in mid sentence; else `None`.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut pairs, mut count, mut widest) = (0, 0, 0);
    for pair in lines.windows(2).filter(|w| w[1].blank_lines_before == 0) {
        pairs += 1;
        if is_mid_sentence(text, &pair[0], &pair[1]) {
            count += 1;
            widest = widest.max(pair[0].chars).max(pair[1].chars);
        }
    }
    (count > 0 && count * 4 >= pairs && widest <= WIDEST_WRAP).then_some(widest)
}

/// Whether `b` goes on with the sentence of `a`: adjacent, no end mark, small letter.
fn is_mid_sentence(text: &str, a: &Line, b: &Line) -> bool {
    let words = |l: &Line| l.span.slice(text).unwrap_or_default();
    b.blank_lines_before == 0
        && a.label.is_none_or(|k| k == BlockKind::Caption)
        && !words(a).trim_end().ends_with(['.', '!', '?', ':', ';', '”'])
        && words(b).starts_with(|c: char| c.is_lowercase())
}

/// Joins the lines that are one paragraph and says what each block is.
fn join(text: &str, lines: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at < lines.len() {
        let mut last = at;
        while last + 1 < lines.len() && is_joined(text, &lines[last], &lines[last + 1], last == at, width) {
            last += 1;
        }
        let span = Span::new(lines[at].span.start, lines[last].span.end);
        let words = span.slice(text).unwrap_or_default();
        let label = if last == at { lines[at].label } else { label::kind(words).filter(|k| *k != BlockKind::Byline) };
        let kind = label.unwrap_or_else(|| unlabelled(words));
        blocks.push(Block { span, kind, repeat_of: None, blank_lines_before: lines[at].blank_lines_before });
        at = last + 1;
    }
}

fn unlabelled(words: &str) -> BlockKind {
    // "Ann Lee - Morning Star" has the form of a dateline and no sentence behind it
    let is_filed = dateline::prefix(words).is_some_and(|p| words.get(p.body..).is_some_and(|rest| rest.split_whitespace().count() >= 5));
    if label::is_title_like(words) && !is_filed { BlockKind::Title } else { BlockKind::Paragraph }
}

/// Whether line `b` belongs to the paragraph that `a` is the end of.
fn is_joined(text: &str, a: &Line, b: &Line, a_is_first: bool, width: Option<usize>) -> bool {
    if b.blank_lines_before > 0 || a.label.is_some_and(|k| k != BlockKind::Caption && k != BlockKind::MaybeCaption) {
        return false;
    }
    if is_mid_sentence(text, a, b) {
        return true;
    }
    let Some(width) = width else { return false };
    let (line, next) = (a.span.slice(text).unwrap_or_default(), b.span.slice(text).unwrap_or_default());
    let first_word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
    let is_forced = a.chars + 1 + first_word > width && a.chars <= width + 12;
    let stands_alone = b.label.is_some_and(|k| !matches!(k, BlockKind::Caption | BlockKind::MaybeCaption | BlockKind::DateLine));
    let headline_above = a_is_first && label::is_title_case(line) && !label::ends_sentence(line) && !label::is_title_case(next);
    is_forced && !stands_alone && !label::is_bullet(next) && !headline_above && dateline::prefix(next).is_none()
}

/// Titles after "Related:" or "Most read" are links, with their dates and authors: those right below, those after a blank line where no
/// story follows them, and all where no text follows on the page.
fn mark_link_lists(text: &str, blocks: &mut [Block]) {
    let words = |b: &Block| b.span.slice(text).unwrap_or_default();
    let is_bullet = |b: &Block| words(b).starts_with(['•', '*', '-', '–', '·', '>']) && !label::ends_sentence(words(b));
    let is_text = |b: &Block| matches!(b.kind, BlockKind::Paragraph | BlockKind::MaybeCaption) && !is_bullet(b);
    let text_end = blocks.iter().rposition(is_text).map_or(0, |last| last + 1);
    let is_entry = |b: &Block| match b.kind {
        BlockKind::Title | BlockKind::DateLine | BlockKind::Byline => true,
        BlockKind::Widget => date::is_clock(words(b)),
        _ => is_bullet(b),
    };
    let mut at = 0;
    while at < blocks.len() {
        let head = blocks[at];
        at += 1;
        if head.kind != BlockKind::Boilerplate || !label::is_list_head(words(&head)) {
            continue;
        }
        if at >= text_end {
            return blocks[at..].iter_mut().filter(|b| is_entry(b)).for_each(|b| b.kind = BlockKind::Boilerplate);
        }
        let is_link = |b: &&Block| b.blank_lines_before <= 1 && is_entry(b);
        let run = at + blocks[at..].iter().take_while(is_link).count();
        let story_follows = blocks.get(run).is_some_and(|b| match b.kind {
            BlockKind::Boilerplate | BlockKind::Widget | BlockKind::Rule => false,
            BlockKind::Title => b.blank_lines_before <= 1,
            _ => true,
        });
        let close = at + blocks[at..run].iter().take_while(|b| b.blank_lines_before == 0).count();
        let end = if story_follows { close } else { run };
        blocks[at..end].iter_mut().for_each(|b| b.kind = BlockKind::Boilerplate);
        at = end;
    }
}

/// Finds blocks with the same words (case, quotes and spacing aside).
fn mark_repeats(text: &str, blocks: &mut [Block]) {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(blocks.len());
    for (i, block) in blocks.iter_mut().enumerate() {
        let key = key(block.span.slice(text).unwrap_or_default());
        match seen.get(&key) {
            Some(first) => block.repeat_of = Some(*first),
            None => {
                seen.insert(key, i);
            }
        }
    }
}

/// The words as repeats are compared.
pub(crate) fn key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for word in words.split(is_blank).filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase).map(|c| match c {
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c => c,
        }));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        let part =
            Part { span: Span::new(0, text.len()), headline: None, byline: None, published: None, is_article: false, subheads: Vec::new() };
        blocks(text, &[part]).iter().map(|b| (b.kind, b.span.slice(text).unwrap_or_default().to_owned())).collect()
    }

    #[test]
    fn joins_hard_wrapped_lines_and_leaves_others() {
        use BlockKind::*;
        let wrapped = "The ministers of the two states met on Sunday\r\nin Doha to discuss the border. Talks will go on\r\nNext week, officials said.\r\n\r\nA second paragraph.";
        let got = read(wrapped);
        assert_eq!(got.iter().map(|b| b.0).collect::<Vec<_>>(), [Paragraph, Paragraph], "{got:#?}");
        let single = "The ministers met on Sunday in Doha.\nThey agreed to meet again.\nShort one.";
        assert_eq!(read(single).len(), 3);
        let labels = "Talks in Doha (SPA)\nTT\n\nMinisters met in\nthe city of Doha.";
        assert_eq!(read(labels).iter().map(|b| b.0).collect::<Vec<_>>(), [Caption, Widget, Paragraph]);
    }

    #[test]
    fn links_to_other_stories_end_with_the_page_or_at_a_wide_gap() {
        let links = "Read Next\n\nEurope\nOslo opens its harbour again\nMay 2, 2025\n\nAsia\nHanoi closes a road to the sea";
        let is_all_links = |blocks: &[(BlockKind, String)]| blocks.iter().all(|b| b.0 == BlockKind::Boilerplate);
        let last = read(&format!("The envoys met in Quito.\n\n{links}"));
        assert!(last.len() == 7 && is_all_links(&last[1..]), "{last:#?}");
        let inside = read(&format!("The envoys met in Quito.\n\n{links}\n\n\nChad expels two diplomats\n\nChad expelled them on Sunday."));
        assert!(is_all_links(&inside[1..7]) && inside[7].0 == BlockKind::Title, "{inside:#?}");
        let story = read("The envoys met in Quito.\n\nRelated\n\nChad expels two diplomats\n\nChad expelled them on Sunday.");
        assert_eq!(story[2].0, BlockKind::Title, "{story:#?}");
    }

    #[test]
    fn every_line_end_counts() {
        assert_eq!(read("One line.\rTwo lines.\u{2028}Three lines.\n\u{a0}\nFour.").len(), 4);
    }
}
