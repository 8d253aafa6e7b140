//! Where and in which words a record was told: what a footnote holds.

use chancery_record::{Article, EventReport, LedgerEntry, Page, Range, Record, Statement, Text};
use std::collections::HashMap;

/// Where a record was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The record.
    pub id: String,
    /// Outlet, if known.
    pub outlet: Option<String>,
    /// Publication date (ISO), if known.
    pub published: Option<String>,
    /// Name of the page: the caller's id or its file.
    pub page: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// The record's words.
    pub quote: String,
    /// The whole sentence, where the page's text is stored.
    pub sentence: Option<String>,
    /// What the text has from the first to the last of the words that make the record, on one line.
    pub passage: Option<String>,
}

/// The articles and pages behind records.
pub struct Tellings<'r> {
    articles: HashMap<&'r str, &'r Article>,
    pages: HashMap<&'r str, &'r Page>,
}

impl<'r> Tellings<'r> {
    /// Those of all records.
    pub fn new(records: &'r [Record]) -> Self {
        let articles = records.iter().filter_map(|r| if let Record::Article(a) = r { Some((a.id.as_str(), a)) } else { None }).collect();
        let pages = records.iter().filter_map(|r| if let Record::Page(p) = r { Some((p.id.as_str(), p)) } else { None }).collect();
        Tellings { articles, pages }
    }

    /// That of a record of an article.
    pub fn of(&self, record: &Record) -> Option<Told> {
        match record {
            Record::EventReport(r) => Some(self.of_report(r)),
            Record::LedgerEntry(e) => Some(self.of_entry(e)),
            Record::Statement(s) => Some(self.of_statement(s)),
            _ => None,
        }
    }

    /// A report's.
    pub fn of_report(&self, r: &EventReport) -> Told {
        self.told(&r.id, &r.article_id, r.sentence, None, &r.title)
    }

    /// An entry's.
    pub fn of_entry(&self, e: &LedgerEntry) -> Told {
        self.told(&e.id, &e.article_id, e.sentence, None, &e.title)
    }

    /// A statement's; its passage goes from the word of speech, or what is said, to the end of what is said.
    pub fn of_statement(&self, s: &Statement) -> Told {
        self.within(s, s)
    }

    /// That of a statement told within another: its passage is the other's, so that "he denied that she promised" is no promise.
    pub fn within(&self, s: &Statement, other: &Statement) -> Told {
        let passage = Range { start: other.cue.start.min(other.content.start), end: other.content.end };
        self.told(&s.id, &s.article_id, s.sentence, Some(passage), &s.content.quote)
    }

    fn told(&self, id: &str, article: &str, sentence: Range, passage: Option<Range>, quote: &str) -> Told {
        let article = self.articles.get(article);
        let page = article.and_then(|a| self.pages.get(a.page_id.as_str()));
        let text = page.and_then(|p| p.text.as_deref()).map(Text::new);
        let words = |range: Range| {
            let text = text.as_ref()?;
            let span = text.offsets().span_of_chars(range.start, range.end)?;
            span.slice(text.as_str()).map(one_line)
        };
        Told {
            id: id.to_owned(),
            outlet: article.and_then(|a| a.outlet.clone()),
            published: article.and_then(|a| Some(a.published.as_ref()?.date.clone())),
            page: page.and_then(|p| p.source_id.clone().or_else(|| p.path.as_deref().map(file_name))),
            url: page.and_then(|p| p.url.clone()),
            quote: one_line(quote),
            sentence: words(sentence),
            passage: passage.and_then(words),
        }
    }
}

/// A path without its folders.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// Text with single blanks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Told {
    /// The record's words, carried on to the next pause of their sentence where they stop in the middle of it, and begun with what denies them
    /// ("do not rule out"); the whole sentence where they are one or two; an ellipsis for what is more than `most` characters.
    pub fn words(&self, most: usize) -> String {
        let quote = self.quote.as_str();
        let sentence = self.sentence.as_deref().unwrap_or(quote);
        if quote.split(' ').count() < 3 && sentence.contains(quote) {
            return cut(sentence.trim_end_matches('.'), most);
        }
        let at = sentence.find(quote);
        let rest = at.map_or("", |at| &sentence[at + quote.len()..]);
        let before = at.map_or("", |at| doubt(&sentence[..at]));
        let is_pause = |(at, c): &(usize, char)| match c {
            '”' | '"' | '(' | '—' => true,
            // "2,200 tonnes" goes on
            ',' | ';' | ':' => rest[at + 1..].starts_with([' ', '”', '"']),
            _ => false,
        };
        let pause = rest.char_indices().find(is_pause).map_or(rest.len(), |p| p.0);
        let more = rest[..pause].trim_end_matches(['.', '!', '?', ' ', '–', '-']);
        if rest.starts_with(char::is_alphanumeric) {
            return cut(&format!("{before}{quote}"), most);
        }
        cut(&format!("{before}{quote}{more}"), most)
    }
}

/// The end of what stands before a predicate, from the word before a "not" or "refused to" on: without it the words say the contrary. Empty
/// where the last words of the clause hold none.
fn doubt(before: &str) -> &str {
    #[rustfmt::skip]
    const WORDS: [&str; 27] = [
        "not", "never", "no", "nor", "neither", "without", "cannot", "hardly", "refused", "refuses", "refuse", "refusing", "refusal", "failed",
        "fails", "failing", "declined", "declines", "declining", "denied", "denies", "denying", "unwilling", "unlikely", "if", "unless", "whether",
    ];
    let is_doubt = |w: &str| WORDS.contains(&w.to_lowercase().as_str()) || w.ends_with("n't") || w.ends_with("n’t");
    let (mut end, mut from) = (before.len(), None);
    // the word before the doubt is its auxiliary: "did not"
    for _ in 0..REACH {
        let head = before[..end].trim_end();
        let word = head.rsplit(' ').next().unwrap_or_default();
        if word.is_empty() || word.ends_with([',', ';', ':', '.', '”', '"', ')']) {
            break;
        }
        end = head.len() - word.len();
        if is_doubt(word) {
            let auxiliary = before[..end].trim_end().rsplit(' ').next().filter(|w| is_auxiliary(w)).map_or(0, |w| w.len() + 1);
            from = Some(end - auxiliary.min(end));
        }
    }
    from.map_or("", |at| &before[at..])
}

/// Words of a clause before a predicate that are looked at for a doubt.
const REACH: usize = 5;

fn is_auxiliary(word: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 20] = [
        "do", "does", "did", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "has", "have", "had", "is", "are", "was",
        "were", "been",
    ];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Whole words of at most `most` characters, with an ellipsis for the rest.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let whole = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    format!("{} …", whole.trim_end_matches([',', ';', ':', ' ', '–']))
}

/// Words between quotation marks. Their own marks are in pairs: where the words begin or end within a quotation, its other mark is added.
pub fn quoted(words: &str) -> String {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut inner, mut before) = (words, String::new());
    for (at, c) in words.char_indices() {
        let Some((opening, closing)) = marks(c) else { continue };
        let rest = &words[at + c.len_utf8()..];
        let is_after_word = words[..at].ends_with(|b: char| !b.is_whitespace() && b != '(') && !rest.starts_with(char::is_alphanumeric);
        let is_open = open.iter().rposition(|o| o.1 == closing);
        match is_open {
            Some(place) if c == closing => {
                let (from, _) = open.remove(place);
                // all of it is one quotation
                inner = if from == 0 && rest.is_empty() { &words[opening.len_utf8()..at] } else { inner };
            }
            None if c == closing && (c != opening || is_after_word) => before.insert(0, opening),
            _ => open.push((at, closing)),
        }
    }
    if let Some((0, _)) = open.first() {
        open.remove(0);
        inner = words.strip_prefix(|c| marks(c).is_some()).unwrap_or(words);
    }
    let after: String = open.iter().rev().map(|o| o.1).collect();
    format!("“{before}{inner}{after}”")
}

/// The opening and the closing mark that a quotation mark belongs to.
fn marks(c: char) -> Option<(char, char)> {
    match c {
        '"' | '＂' => Some((c, c)),
        '“' | '”' => Some(('“', '”')),
        '«' | '»' => Some(('«', '»')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_in_pairs() {
        for (words, wanted) in [
            ("signed a pact", "“signed a pact”"),
            ("called it \"a good start", "“called it \"a good start\"”"),
            ("a good start,\" she said", "“\"a good start,\" she said”"),
            ("\"a good start", "“a good start”"),
            ("\"a good start\"", "“a good start”"),
            ("“Yes,” she said, “we …", "““Yes,” she said, “we …””"),
            ("at last,” she said", "““at last,” she said”"),
            ("a ＂good＂ start and a «bad end", "“a ＂good＂ start and a «bad end»”"),
            ("\"", "“”"),
        ] {
            assert_eq!(quoted(words), wanted, "{words}");
        }
    }

    #[test]
    fn words_run_to_the_next_pause() {
        let told = |quote: &str, sentence: &str| Told { quote: quote.to_owned(), sentence: Some(sentence.to_owned()), ..Told::default() };
        let sentence = "The two signed an accord in Cairo that covers 2.2 million tonnes, officials said.";
        assert_eq!(
            told("signed an accord in Cairo that covers 2.2", sentence).words(80),
            "signed an accord in Cairo that covers 2.2 million tonnes"
        );
        assert_eq!(told("signed an accord", sentence).words(30), "signed an accord in Cairo …");
        assert_eq!(told("pledged a gift of", "He pledged a gift of 2,200 tonnes, he said.").words(80), "pledged a gift of 2,200 tonnes");
        assert_eq!(told("agreed on it", "They agreed on it.").words(80), "agreed on it");
        assert_eq!(told("force", "It is in force.").words(80), "It is in force");
        assert_eq!(told("rule out sharing data", "“We do not rule out sharing data,” he said.").words(80), "do not rule out sharing data");
        assert_eq!(told("sign the pact today", "They flatly refused to sign the pact today.").words(80), "refused to sign the pact today");
        assert_eq!(told("met the envoy alone", "It did not rain, and she met the envoy alone.").words(80), "met the envoy alone");
        assert_eq!(Told { quote: "agreed".to_owned(), ..Told::default() }.words(80), "agreed");
    }
}
