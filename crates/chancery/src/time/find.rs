//! Date expressions in running text, by rule, each with its span and its value.
//!
//! Spans follow TimeML: with the article and words that narrow it ("the end of 1990", "early this week"), without the preposition before it.

mod pattern;
mod reading;
mod tense;
mod value;

use super::{lexicon, number};
use jiff::civil::Date;
use pattern::{Kind, patterns};
use reading::Frame;
use regex::{Captures, Match};
use value::Value;

/// A date or time of day named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is a time of the day (TIMEX3 `TIME`), else a date.
    pub is_time: bool,
    /// TIMEX3 value: `1998-01-08`, `1998-W03`, `1998-Q1`, `1998-01-08TNI`, `XXXX-07-16` without an anchor, `PAST_REF`.
    pub value: String,
}

/// A stretch that some pattern matches.
struct Candidate<'t> {
    kind: Kind,
    captures: Captures<'t>,
    start: usize,
    end: usize,
}

/// The dates and times that `text` names, in order. Durations and repetitions ("for two years", "every Friday") are none.
///
/// `anchor` is the document's date, against which relative words, weekdays and dates without a year are read; without it their values are
/// `XXXX-XX-XX`, `XXXX-WXX-4` (Thursday) and `XXXX-07-16`. A bare weekday or month lies on the side to which the nearest verb looks, else behind.
/// "A year earlier" and "the latest period" are read against the quarter named last, where one was.
pub fn find(text: &str, anchor: Option<Date>) -> Vec<Timex> {
    let mut frame = Frame { text, anchor, last: None, quarter: None };
    let mut found = Vec::new();
    for candidate in chosen(text) {
        let unknown = (anchor.is_none() && needs_anchor(candidate.kind)).then_some(Value::Named("XXXX-XX-XX"));
        let Some(value) = frame.read(candidate.kind, &candidate.captures).or(unknown) else { continue };
        if let Value::Quarter(year, n) = value {
            frame.quarter = Some((year, n)).filter(|_| candidate.kind != Kind::YearAgo).or(frame.quarter);
        }
        frame.last = Some(value).filter(|v| v.day().is_some()).or(frame.last);
        found.push(Timex { start: candidate.start, end: candidate.end, is_time: value.is_time(), value: value.to_string() });
    }
    found
}

/// Whether an expression says nothing without the document's date.
fn needs_anchor(kind: Kind) -> bool {
    use Kind::*;
    matches!(kind, Clock | DayPart | Quarter | Half | Season | Deictic | Counted | FromLast | YearAgo | Period | Near | YearEnd)
}

/// The candidates that do not overlap: from left to right the longest, of equally long ones the first of the table.
fn chosen(text: &str) -> Vec<Candidate<'_>> {
    let mut all: Vec<Candidate> = patterns().iter().flat_map(|(kind, regex)| matches(text, *kind, regex)).collect();
    all.sort_by_key(|c| (c.start, std::cmp::Reverse(c.end)));
    let mut end = 0;
    all.retain(|c| {
        let is_free = c.start >= end;
        end = if is_free { c.end } else { end };
        is_free
    });
    all
}

fn matches<'t>(text: &'t str, kind: Kind, regex: &regex::Regex) -> Vec<Candidate<'t>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(captures) = regex.captures_at(text, at) {
        let Some(all) = captures.get(0) else { break };
        let (start, end) = (all.start(), all.end());
        if is_bounded(text, &all) && is_meant(text, kind, &captures) {
            at = end;
            out.push(Candidate { kind, captures, start, end });
        } else {
            at = start + text.get(start..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
        }
    }
    out
}

/// Whether the match is whole words and whole numbers.
fn is_bounded(text: &str, all: &Match) -> bool {
    let before = text.get(..all.start()).unwrap_or_default().chars().next_back();
    let mut after = text.get(all.end()..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let opens = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '$' | '£' | '€' | '#' | '_')) && !is_decimal(text, all.start());
    let is_number = all.as_str().ends_with(|c: char| c.is_ascii_digit());
    let goes_on = is_number && matches!(next, Some(',' | '.' | ':')) && second.is_some_and(|c| c.is_ascii_digit());
    let is_inside = next.is_some_and(|c| c.is_alphanumeric() || is_number && matches!(c, '%' | '/'));
    opens && !is_inside && !goes_on
}

/// Whether a digit and a point or comma stand right before `start`.
fn is_decimal(text: &str, start: usize) -> bool {
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    matches!(before.next(), Some('.' | ',' | '/' | ':')) && before.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether words that mean more than a date mean one here: "May", "fall", "1989", "10:30".
fn is_meant(text: &str, kind: Kind, c: &Captures) -> bool {
    let Some(all) = c.get(0) else { return false };
    let previous = word_before(text, all.start());
    let opens = matches!(
        previous.as_str(),
        "in" | "since"
            | "by"
            | "of"
            | "from"
            | "until"
            | "till"
            | "before"
            | "after"
            | "during"
            | "between"
            | "through"
            | "to"
            | "for"
            | "on"
    );
    let has = |name: &str| c.name(name).is_some();
    match kind {
        Kind::Month if !has("y") && !has("dir") && !has("mod") && !has("of") => {
            let is_first_name = text.get(all.end()..).unwrap_or_default().trim_start().starts_with(char::is_uppercase);
            opens || is_full_month(all.as_str()) && !is_first_name
        }
        Kind::Season => has("y") || has("dir2") || has("mod") || has("dir") || opens && previous != "to" && previous != "of",
        Kind::Year => is_year(text, all.start(), all.end(), c),
        Kind::Clock => {
            has("ap")
                || has("noon")
                || has("w")
                || has("near")
                || matches!(previous.as_str(), "at" | "by" | "until" | "from" | "before" | "after" | "around")
        }
        Kind::Decade if has("short") => all.as_str().contains('\'') || all.as_str().to_lowercase().contains("mid"),
        Kind::Decade if has("named") => all.as_str().to_lowercase().starts_with("the"),
        Kind::Half => has("y") || has("dir") || all.as_str().to_lowercase().starts_with("the"),
        Kind::Past => !all.as_str().to_lowercase().ends_with("past") || !is_counted(text, all.end()),
        Kind::Future if all.as_str().eq_ignore_ascii_case("soon") => previous != "as" && word_after(text, all.end()) != "after",
        Kind::Future if all.as_str().to_lowercase().ends_with("day") => tense::is_ahead(text, all.start(), all.end()) == Some(true),
        Kind::NoDate => !text.get(all.end()..).is_some_and(|t| t.starts_with('-')),
        Kind::Deictic => has("mod") || !all.as_str().eq_ignore_ascii_case("the year") && is_deictic(all.as_str()),
        _ => true,
    }
}

/// Whether a month is so written that it is no other word: not "May", "March" or "Dec".
fn is_full_month(word: &str) -> bool {
    word.len() > 4 && word != "March" || matches!(word, "June" | "July")
}

/// "The week", "the past month" are stretches of time as often as dates.
fn is_deictic(words: &str) -> bool {
    let lower = words.to_lowercase();
    match lower.rsplit_once(char::is_whitespace) {
        Some(("the", unit)) => unit == "weekend",
        Some(("the past" | "the last" | "past", unit)) => unit == "year" || unit == "weekend",
        Some(("the fiscal" | "the calendar" | "the model", _)) => false,
        _ => !lower.starts_with("the full") || lower.ends_with("year"),
    }
}

/// Four digits that can be a year and count nothing.
fn is_year(text: &str, start: usize, end: usize, c: &Captures) -> bool {
    let Some(year) = c.name("y") else { return false };
    if year.as_str().parse::<i32>().is_ok_and(|y| !(1700..=2080).contains(&y)) {
        return false;
    }
    let rest = text.get(end..).unwrap_or_default().trim_start();
    let next: String = rest.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let counts = [
        "percent", "people", "points", "miles", "feet", "troops", "dollars", "shares", "tons", "meters", "jobs", "soldiers", "men", "women",
    ];
    let before = text.get(..start).unwrap_or_default().trim_end();
    !counts.contains(&next.as_str()) && !before.ends_with(['$', '-', '/', '&'])
}

/// Whether a count or unit follows: "the past three summers", "the past century".
fn is_counted(text: &str, end: usize) -> bool {
    let word = word_after(text, end);
    word.starts_with(|c: char| c.is_ascii_digit()) || lexicon::unit(&word).is_some() || number::cardinal(&word).is_some() || word == "few"
}

fn word_after(text: &str, end: usize) -> String {
    let after = text.get(end..).unwrap_or_default();
    let word = after.strip_prefix(char::is_whitespace).unwrap_or_default();
    word.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

fn word_before(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or_default().trim_end();
    before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase()
}
