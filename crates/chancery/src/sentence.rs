//! A paragraph -> sentences -> tokens. English; one function each, the same answer every time.
//!
//! `Gen. Lee met U.S. officials. He's in Doha.` -> two sentences; the second -> `He|'s|in|Doha|.`
//! Tokens follow the English Web Treebank (UD): punctuation apart, `do|n't`, `Japan|’s`, `two|-|day`, `anti-tank`, `$|5,000`, `12|%`,
//! and the full stop of an abbreviation that ends a sentence is a token of its own. The neural model reads these tokens.
//! Linear in the text; no recursion. Quotations are found elsewhere.

mod abbreviation;
mod token;

pub use token::tokens;

use abbreviation::Kind;
use chancery_record::Span;

/// Longest sentence, in bytes: what is longer (a page without full stops) is cut at white space.
pub const LONGEST_SENTENCE_BYTES: usize = 8192;

/// Verbs of speech that may follow a quotation and a name: `“No.” Yukiko said.`
const SPEECH: &[&str] = &[
    "said",
    "says",
    "asked",
    "added",
    "told",
    "replied",
    "noted",
    "stressed",
    "stated",
    "declared",
    "insisted",
    "warned",
    "wrote",
    "answered",
    "explained",
    "argued",
    "continued",
    "remarked",
    "concluded",
    "announced",
    "claimed",
    "complained",
    "recalled",
    "responded",
    "tweeted",
];
/// What stands after a verb of speech when the sentence is the quotation's: `..., on Sunday`.
const AFTER_SPEECH: &[&str] = &[
    "on",
    "in",
    "at",
    "during",
    "after",
    "before",
    "when",
    "as",
    "while",
    "to",
    "from",
    "by",
    "yesterday",
    "today",
    "late",
    "early",
    "earlier",
    "later",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "reporters",
    "journalists",
    "via",
];
/// Words that begin a sentence when capitalised, even after an abbreviation.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "Here",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "In",
    "On",
    "At",
    "For",
    "From",
    "With",
    "Without",
    "By",
    "As",
    "After",
    "Before",
    "During",
    "Since",
    "While",
    "When",
    "Where",
    "If",
    "Although",
    "Though",
    "Because",
    "But",
    "And",
    "Or",
    "So",
    "Yet",
    "However",
    "Meanwhile",
    "Both",
    "Some",
    "Many",
    "Most",
    "All",
    "Each",
    "Several",
    "Other",
    "Another",
    "Under",
    "Over",
    "Despite",
    "According",
    "Earlier",
    "Later",
    "Also",
    "What",
    "Who",
    "How",
    "Why",
    "Nor",
    "Not",
    "No",
    "Yes",
    "To",
    "Such",
    "Following",
    "Asked",
    "Speaking",
    "Last",
    "Next",
    "Then",
    "Once",
    "Until",
    "Mr",
    "Mrs",
    "Ms",
];

/// The sentences of one paragraph (`span` of `text`), in order, without white space at their ends.
///
/// ```
/// use chancery::sentence::sentences;
/// use chancery_record::Span;
/// let text = "Lt. Col. Hale met U.N. envoys at 5 p.m. Tuesday. Talks go on.";
/// let found = sentences(text, Span::new(0, text.len()));
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[1].slice(text), Some("Talks go on."));
/// ```
pub fn sentences(text: &str, span: Span) -> Vec<Span> {
    let Some(paragraph) = span.slice(text) else { return Vec::new() };
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(mark) = next_mark(paragraph, at) {
        let end = end_of_marks(paragraph, mark);
        if is_end(paragraph, start, mark, &end) {
            push(text, Span::new(span.start + start, span.start + end.closed), &mut found);
            start = end.closed;
        }
        at = end.closed;
    }
    push(text, Span::new(span.start + start, span.end), &mut found);
    found
}

/// Adds a sentence, cut where it is too long; one without a letter or digit belongs to the sentence before.
fn push(text: &str, span: Span, found: &mut Vec<Span>) {
    let mut rest = span.trimmed(text);
    let has_words = rest.slice(text).is_some_and(|s| s.chars().any(char::is_alphanumeric));
    if !has_words
        && !rest.is_empty()
        && let Some(last) = found.last_mut()
    {
        last.end = rest.end;
        return;
    }
    while rest.len() > LONGEST_SENTENCE_BYTES {
        let cut = cut_at(text, rest);
        found.push(Span::new(rest.start, cut).trimmed(text));
        rest = Span::new(cut, rest.end).trimmed(text);
    }
    if !rest.is_empty() {
        found.push(rest);
    }
}

/// The last white space (else character) before the longest allowed end.
fn cut_at(text: &str, span: Span) -> usize {
    let window = crate::text::head(span.slice(text).unwrap_or_default(), LONGEST_SENTENCE_BYTES);
    span.start + window.rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(window.len())
}

/// The next character that may end a sentence.
fn next_mark(text: &str, from: usize) -> Option<usize> {
    let is_mark = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔');
    text.get(from..)?.find(is_mark).map(|at| from + at)
}

/// A run of marks and what closes behind it.
struct End {
    /// After the marks.
    marks: usize,
    /// After closing quotes and brackets.
    closed: usize,
    has_quote: bool,
    is_stop: bool,
}

fn end_of_marks(text: &str, mark: usize) -> End {
    let rest = text.get(mark..).unwrap_or_default();
    let run: usize = rest.chars().take_while(|c| ".!?…。！？؟।۔".contains(*c)).map(char::len_utf8).sum();
    let marks = mark + run;
    let closers: usize = text.get(marks..).unwrap_or_default().chars().take_while(|c| is_closer(*c)).map(char::len_utf8).sum();
    let closing = text.get(marks..marks + closers).unwrap_or_default();
    let opens_next = closing.ends_with(['"', '\''])
        && closing.len() > 1
        && text.get(marks + closers..).is_some_and(|t| t.starts_with(char::is_alphanumeric));
    let closed = marks + closers - usize::from(opens_next);
    End { marks, closed, has_quote: closing.contains(['"', '”', '’', '\'', '»']), is_stop: rest.get(..run) == Some(".") }
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '}')
}

/// Whether the sentence that began at `start` ends with the marks at `mark`.
fn is_end(text: &str, start: usize, mark: usize, end: &End) -> bool {
    let rest = text.get(end.closed..).unwrap_or_default();
    let next = rest.trim_start();
    let Some(c) = next.chars().next() else { return true };
    let is_wide = text.get(mark..).is_some_and(|t| t.starts_with(['。', '！', '？', '؟', '।', '۔']));
    if is_wide {
        return true;
    }
    let word = last_word(text, mark);
    if next.len() == rest.len() {
        return is_glued_end(text, mark, end, word, rest);
    }
    let first = next.trim_start_matches(['“', '"', '‘', '\'', '«', '(', '[', '—', '–', '-', ' ']);
    let opens_quote = matches!(c, '“' | '"' | '«');
    if first.starts_with(char::is_lowercase) && !opens_quote {
        return false;
    }
    if end.has_quote && is_attribution(next) {
        return false;
    }
    if !end.is_stop || end.closed > end.marks {
        return true;
    }
    let before = text.get(start..mark).unwrap_or_default().trim_start();
    !is_list_number(before) && !goes_on(word, first, before)
}

/// The word that ends at `at`, back to white space, a dash or an opening bracket; at most 40 bytes.
fn last_word(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at).unwrap_or_default();
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '—' | '–' | '/' | '$');
    window.rsplit(is_edge).next().unwrap_or_default()
}

/// `1` or `12` at the very start of a sentence is the number of a list item.
fn is_list_number(before: &str) -> bool {
    (1..=3).contains(&before.len()) && before.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the full stop after `word` is an abbreviation's and the sentence goes on with `next`.
fn goes_on(word: &str, next: &str, before: &str) -> bool {
    let next_word: &str = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let starts = STARTERS.contains(&next_word);
    match abbreviation::kind(word) {
        Some(Kind::Title) => true,
        Some(Kind::Initial) => !starts && before.len() > word.len() || before.len() == word.len(),
        Some(Kind::BeforeNumber) => next.starts_with(|c: char| c.is_ascii_digit()),
        Some(Kind::Month) => !starts,
        Some(Kind::Hour) => abbreviation::follows_hour(next_word) || next.starts_with(|c: char| c.is_ascii_digit()),
        Some(Kind::Other) => !starts,
        None => false,
    }
}

/// No white space behind the mark: `Tuesday.Reporters` and `it.”The` end a sentence; `3.5`, `U.S.-led`, `e.org` do not.
fn is_glued_end(text: &str, mark: usize, end: &End, word: &str, rest: &str) -> bool {
    let mut after = rest.chars();
    let (first, second) = (after.next(), after.next());
    let opens = first.is_some_and(|c| matches!(c, '“' | '‘' | '«'));
    let capital = first.is_some_and(char::is_uppercase) && second.is_some_and(|c| c.is_lowercase() || c.is_whitespace());
    if !(capital || opens) {
        return false;
    }
    if end.closed > end.marks || !end.is_stop {
        return text.get(mark..).is_some_and(|t| !t.starts_with('…')) || capital;
    }
    let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
    let plain = !word.contains(['@', '/', '.', '_']) && !word.starts_with("www");
    let next: &str = crate::text::head(rest, 80).split(char::is_whitespace).next().unwrap_or_default();
    let is_name = next.contains(['@', '/', '_']) || next.trim_end_matches('.').contains('.');
    plain && !is_name && (letters >= 3 || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty())
}

/// Whether a quotation's sentence goes on: one to five words of a name, then a verb of speech that takes no other object.
fn is_attribution(next: &str) -> bool {
    let window = crate::text::head(next, 160);
    for (n, raw) in window.split_whitespace().take(7).enumerate() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if SPEECH.contains(&word) {
            return n > 0 && ends_attribution(window, raw, n);
        }
        let is_name =
            word.starts_with(char::is_uppercase) || matches!(word, "al" | "bin" | "of" | "de" | "el" | "van" | "von" | "ibn" | "the");
        if !is_name
            || raw.ends_with(['.', '!', '?', ':']) && !abbreviation::is_known(word)
            || n == 0 && STARTERS.contains(&word) && word != "Mr"
        {
            return false;
        }
    }
    false
}

fn ends_attribution(window: &str, verb: &str, index: usize) -> bool {
    if verb.ends_with(['.', ',', '!', '?', ';', ':']) {
        return true;
    }
    let after = window.split_whitespace().nth(index + 1);
    after.is_none_or(|w| AFTER_SPEECH.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
}

#[cfg(test)]
mod tests;
