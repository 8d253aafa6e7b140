//! What the words around a date say of it: which belong to it, whether it lies ahead, whether something begins or ends on it.

use super::{
    Frame, ago, fields,
    lexicon::{Token, tokens},
    sides,
};

/// Words after which a day is one to come.
const TO_COME: &[&str] = &["until", "till", "by", "before"];
/// What is said of an act to come right before its day.
const FIXED: &[&str] = &["scheduled", "rescheduled", "set", "planned", "due", "slated", "fixed", "booked"];
/// What is said of an act that is moved, before "to" and its new day.
const MOVED: &[&str] = &["postponed", "delayed", "adjourned", "deferred", "extended", "moved"];
/// What a day is made with "as the".
const MADE: &[&str] = &["date", "day", "deadline"];
/// How many words after a day may stand before what it is made.
const AS_THE: usize = 5;
/// Beginnings of words for the last day of something.
const ENDINGS: &[&str] = &["ended", "ends", "ending", "conclud", "finish", "wrapp", "culminat", "closed", "closes"];
/// Beginnings of words for the first day of something.
const BEGINNINGS: &[&str] = &["began", "begin", "begun", "start", "open", "launch", "kick"];

/// Whether a word (lower case) says that something ends: "ended", "concluding".
pub fn ends(word: &str) -> bool {
    word == "end" || ENDINGS.iter().any(|stem| word.starts_with(stem))
}

/// Whether a word (lower case) says that something begins.
pub fn begins(word: &str) -> bool {
    BEGINNINGS.iter().any(|stem| word.starts_with(stem))
}

/// Whether a word says nothing of a date: "on", "the", a comma.
pub fn is_silent(word: &str) -> bool {
    !word.contains(char::is_alphanumeric) || tokens(word).is_empty()
}

/// Whether words are a number, or several, of which nothing says that they are days: "3", "10 until 12".
pub fn is_number(words: &str) -> bool {
    is_bare(&tokens(words))
}

/// The same of tokens.
pub(super) fn is_bare(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t, Token::Number(_, true)))
        && tokens.iter().all(|t| is_part_of_range(t) && !matches!(t, Token::Ordinal(_)))
}

fn is_part_of_range(token: &Token) -> bool {
    matches!(token, Token::Number(_, true) | Token::Ordinal(_) | Token::And | Token::Bound(_))
}

/// Whether `wide` is the date of which `narrow`, words in it, are only a part that says too little or something else: "1" of "1 and 4 May",
/// "Wednesday" of "two years ago on Wednesday".
pub fn completes(narrow: &str, wide: &str) -> bool {
    // "which left two years ago, on Wednesday returned"
    let is_cut = wide.contains([',', ';', '(']);
    let (narrow, wide) = (tokens(narrow), tokens(wide));
    if narrow.len() >= wide.len() {
        return false;
    }
    if !narrow.is_empty() && narrow.iter().all(is_part_of_range) {
        return is_full(&wide);
    }
    let has = |tokens: &[Token], sought: fn(&Token) -> bool| tokens.iter().any(sought);
    let was_ago = has(&narrow, |t| *t == Token::Ago);
    // "a year ago May was prime minister"
    let is_name = was_ago && has(&wide, |t| matches!(t, Token::Month(_)));
    !is_cut && has(&wide, |t| *t == Token::Ago) && !is_name && ago(&wide, Frame { anchor: None, is_ahead: false }).is_some()
}

/// Whether tokens are a day of a month, or two such days of which one may leave the month to the other.
fn is_full(tokens: &[Token]) -> bool {
    let (left, right) = sides(tokens).unwrap_or((tokens, tokens));
    let days = fields(left).zip(fields(right)).filter(|(a, b)| a.day.is_some() && b.day.is_some());
    days.is_some_and(|(a, b)| a.month.or(b.month).is_some())
}

/// Whether a day is one to come by the words (lower case) before and after it, though they may tell of the past: "gave them until", "as the
/// new date".
pub fn looks_ahead(before: &[String], after: &[String]) -> bool {
    let mut before = before.iter().rev().map(String::as_str).filter(|w| !is_silent(w) && *w != "least");
    let is_led = match before.next() {
        Some("for") => before.next().is_some_and(|w| FIXED.contains(&w) || MOVED.contains(&w)),
        Some("to") => before.next().is_some_and(|w| MOVED.contains(&w)),
        Some(word) => TO_COME.contains(&word) || FIXED.contains(&word),
        None => false,
    };
    let is_made = after.first().is_some_and(|w| w == "as") && after.iter().take(AS_THE).any(|w| MADE.contains(&w.as_str()));
    is_led || is_made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_an_expression_is_completed_by_the_rest() {
        for (narrow, wide) in [
            ("2", "2 and 6 March"),
            ("9", "9 until 11 June"),
            ("9 until 11", "9 until 11 June 2021"),
            ("5", "4, 5 and 6 June"),
            ("the 2nd", "the 2nd to the 6th of March"),
            ("Friday", "three years ago on Friday"),
            ("years ago", "Three years ago this week"),
            ("March", "in March four years ago"),
        ] {
            assert!(completes(narrow, wide), "{narrow}: {wide}");
        }
        for (narrow, wide) in [
            ("2", "2 and 6"),
            ("2", "2 Finnish ships"),
            ("2", "since 2 March"),
            ("Friday", "three years ago, on Friday"),
            ("Friday", "two days ago on Friday"),
            ("a year ago", "a year ago May"),
            ("2 March", "2 March and 6 March"),
        ] {
            assert!(!completes(narrow, wide), "{narrow}: {wide}");
        }
    }

    #[test]
    fn some_words_around_a_day_say_that_it_is_to_come() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for around in [
            "ships until _",
            "vote by the _",
            "is scheduled for _",
            "talks due on _",
            "pushed back, postponed to _",
            "chose _ as the new date",
        ] {
            let (before, after) = around.split_once('_').expect("a day");
            assert!(looks_ahead(&words(before.trim()), &words(after.trim())), "{around}");
        }
        for around in ["met on _", "waited for _", "from Monday to _", "remembered _ as an ally", "_ as"] {
            let (before, after) = around.split_once('_').expect("a day");
            assert!(!looks_ahead(&words(before.trim()), &words(after.trim())), "{around}");
        }
    }
}
