//! Date expressions in running text, by rule: the longest run of words that reads as one.

use super::{
    Frame,
    lexicon::{Token, is_day_part, month, tokens, unit, weekday, year},
    read,
};
use jiff::civil::Date;

/// Longest expression looked for, in words: "the second half of the month of July last year".
const MAX_WORDS: usize = 10;
/// Words of date expressions that are no unit, name or number.
const CONNECTORS: &[&str] = &["the", "of", "in", "and", "to"];
const INNER: &[&str] = &[
    "a",
    "an",
    "last",
    "this",
    "current",
    "next",
    "coming",
    "upcoming",
    "past",
    "recent",
    "few",
    "several",
    "couple",
    "ago",
    "early",
    "late",
    "earlier",
    "later",
    "mid",
    "middle",
    "end",
    "start",
    "beginning",
    "half",
    "first",
    "second",
    "third",
    "fourth",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "same",
    "following",
    "previous",
    "that",
    "day",
    "before",
    "after",
    "winter",
    "spring",
    "summer",
    "autumn",
    "fall",
    "christmas",
    "eve",
    "today",
    "tonight",
    "yesterday",
    "tomorrow",
    "overnight",
    "on",
];

/// Byte ranges of the date expressions of a sentence, in order, without the preposition before them.
///
/// `"They met on Thursday and will sign in early May 2024."` -> `Thursday`, `early May 2024`. Years count only after a word that a date
/// follows; "may", "march", "second" and "sun" only where they cannot be the other word.
pub fn find(text: &str) -> Vec<(usize, usize)> {
    let words = words(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match longest(text, &words, i) {
            Some(n) => {
                found.push((words[i].0, words[i + n - 1].1));
                i += n;
            }
            None => i += 1,
        }
    }
    found
}

/// How many words from `i` on are one expression, at most.
fn longest(text: &str, words: &[(usize, usize)], i: usize) -> Option<usize> {
    let word = |j: usize| words.get(j).and_then(|(a, b)| text.get(*a..*b)).unwrap_or_default();
    let is_joined = |j: usize| {
        let gap = words.get(j - 1).zip(words.get(j)).and_then(|(a, b)| text.get(a.1..b.0)).unwrap_or("|").trim();
        gap.is_empty() || (gap == "," && is_dated(word(j - 1)) && is_dated(word(j)))
    };
    if !is_vocabulary(word(i)) || matches!(lower(word(i)).as_str(), "of" | "in" | "and" | "to" | "on" | "before" | "after") {
        return None;
    }
    let reach = (1..MAX_WORDS).take_while(|n| i + n < words.len() && is_joined(i + n) && is_vocabulary(word(i + n))).count() + 1;
    let before = if i == 0 { String::new() } else { lower(word(i - 1)) };
    (1..=reach).rev().find(|n| {
        let all: Vec<&str> = (i..i + n).map(word).collect();
        let span = words.get(i).zip(words.get(i + n - 1)).and_then(|(a, b)| text.get(a.0..b.1)).unwrap_or_default();
        is_expression(span, &all, &before, i == 0)
    })
}

fn is_expression(span: &str, words: &[&str], before: &str, is_first: bool) -> bool {
    let (Some(head), Some(last)) = (words.first(), words.last()) else { return false };
    if CONNECTORS.contains(&lower(last).as_str()) || lower(last) == "on" || !are_joined_numbers(words, before) {
        return false;
    }
    if let [one] = words {
        return is_alone(one, before, is_first);
    }
    let lowered: Vec<String> = words.iter().map(|w| lower(w)).collect();
    if is_narrative(&lowered) {
        return true;
    }
    let named = words.iter().filter(|w| month(&lower(w)).or(weekday(&lower(w))).is_some());
    let is_small = named.clone().any(|w| !w.starts_with(char::is_uppercase));
    let all_tokens = tokens(span);
    let anchor = Some(Date::constant(2024, 7, 16));
    // "the Monday", "a Sunday" and a lone "the 5" are left to the shorter reading or to none.
    let has_the =
        lower(head) == "the" && words.len() == 2 && (named.count() > 0 || all_tokens.iter().all(|t| matches!(t, Token::Number(..))));
    let is_count = matches!(all_tokens.as_slice(), [Token::Number(..) | Token::Ordinal(_)] | [Token::Year(_)]);
    !is_small
        && !has_the
        && !is_count
        && !all_tokens.contains(&Token::Other)
        && read(&all_tokens, Frame { anchor, is_ahead: false }).is_some()
}

/// Whether "and" and "to" join numbers of one date, as in "3 and 5 May", or stand after "between".
fn are_joined_numbers(words: &[&str], before: &str) -> bool {
    words.iter().enumerate().filter(|(_, w)| matches!(lower(w).as_str(), "and" | "to")).all(|(j, _)| {
        let is_number = j.checked_sub(1).and_then(|j| words.get(j)).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        is_number || matches!(before, "between" | "from")
    })
}

/// "The same day", "two weeks earlier", "the following morning": dates, though not from the publication date.
fn is_narrative(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is_unit = |w: &str| unit(w).is_some() || is_day_part(w) || weekday(w).is_some();
    match words.as_slice() {
        ["the", "same" | "following" | "previous" | "next", w] | ["that" | "all", w] => is_unit(w),
        [n, w, "earlier" | "later"] => unit(w).is_some() && matches!(tokens(n).as_slice(), [Token::Number(..)]),
        ["the", "day", "before" | "after"] => true,
        _ => false,
    }
}

fn is_alone(word: &str, before: &str, is_first: bool) -> bool {
    let low = lower(word);
    if matches!(low.as_str(), "today" | "tonight" | "yesterday" | "tomorrow" | "overnight" | "christmas") {
        return true;
    }
    if low.strip_prefix("mid-").is_some_and(|m| month(m).is_some()) {
        return true;
    }
    if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    if weekday(&low).is_some() {
        return low.len() > 5;
    }
    let opens =
        matches!(before, "in" | "since" | "by" | "of" | "from" | "until" | "till" | "before" | "after" | "during" | "between" | "through");
    if month(&low).is_some() {
        return low.len() > 4 && (low != "march" || !is_first) || (low.len() >= 3 && opens);
    }
    year(word).is_some_and(|y| (1500..=2100).contains(&y) && opens)
        || matches!(tokens(word).as_slice(), [Token::Iso(_) | Token::Decade(_)])
        || (matches!(tokens(word).as_slice(), [Token::Year(_), Token::And, ..]) && opens)
}

/// Words between which a comma may stand inside a date.
fn is_dated(word: &str) -> bool {
    let low = lower(word);
    let is_day = low.len() <= 4 && low.starts_with(|c: char| c.is_ascii_digit());
    is_day || (word.starts_with(char::is_uppercase) && (month(&low).is_some() || weekday(&low).is_some()))
}

fn is_vocabulary(word: &str) -> bool {
    let low = lower(word);
    CONNECTORS.contains(&low.as_str())
        || INNER.contains(&low.as_str())
        || word.starts_with(|c: char| c.is_ascii_digit())
        || low
            .split('-')
            .all(|w| month(w).is_some() || weekday(w).is_some() || unit(w).is_some() || is_day_part(w) || w == "mid" || w == "q")
        || matches!(tokens(word).as_slice(), [Token::Q(_) | Token::Ordinal(_)])
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Byte ranges of the words; points, colons, hyphens, slashes and dashes inside a word belong to it, and so does the point of "Sept.".
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_inner = matches!(c, '.' | ':' | '-' | '/' | '–') && next.is_some_and(char::is_alphanumeric);
        match start {
            None if c.is_alphanumeric() => start = Some(at),
            Some(from) if !c.is_alphanumeric() && !is_inner => {
                let is_short = c == '.' && next.is_some_and(char::is_whitespace) && is_abbreviation(text.get(from..at).unwrap_or_default());
                out.push((from, if is_short { at + 1 } else { at }));
                start = None;
            }
            _ => {}
        }
    }
    out.extend(start.map(|from| (from, text.len())));
    out
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 4 && word != "May" && word != "June" && word != "July" && month(&word.to_lowercase()).is_some()
}
