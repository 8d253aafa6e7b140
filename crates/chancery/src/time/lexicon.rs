//! The words of date expressions.

use super::number::{NUMBERS, ORDINALS};
use jiff::civil::Date;

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Unit {
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Which side of a date is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Bound {
    Since,
    From,
    Until,
    Before,
    After,
    Between,
}

/// A word of a date expression by what it does in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// 0 is Monday.
    Weekday(i8),
    /// 1-12.
    Month(i8),
    /// A year in four digits.
    Year(i16),
    /// "1990s".
    Decade(i16),
    /// A count; whether it is written in digits.
    Number(i32, bool),
    /// "2nd", "second".
    Ordinal(i32),
    /// "Q2".
    Q(i32),
    /// A unit; whether it is plural.
    Unit(Unit, bool),
    /// Last -1, this 0, next 1.
    Deixis(i8),
    /// "The past": up to now.
    Trail,
    /// Days from today.
    Now(i8),
    /// Last night into today.
    Overnight,
    /// "Morning", "noon".
    DayPart,
    /// A season, by the month (1-12) in which it begins.
    Season(i8),
    /// A feast of fixed date: month, day.
    Feast(i8, i8),
    /// Beginning 0, middle 1, end 2.
    Part(u8),
    /// "First half".
    Half,
    /// "Earlier this".
    Earlier,
    /// "Later this".
    Later,
    /// "Ago".
    Ago,
    /// "From now", "time".
    FromNow,
    /// "In" before a count.
    In,
    /// "Within".
    Within,
    /// Joins the ends of a range.
    And,
    /// One side of a date.
    Bound(Bound),
    /// A date by itself.
    Iso(Date),
    /// Rests on another moment of the story: "same", "that", "following", "each".
    Narrative,
    /// Any other word.
    Other,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Words that carry nothing here.
const FILLERS: &[&str] = &[
    "the", "on", "at", "of", "in", "during", "over", "around", "about", "some", "roughly", "just", "only", "as", "most", "all", "local",
    "time", "gmt", "utc", "whole", "entire", "sometime", "exactly",
];

/// 1-12 for a month's name or its usual short form.
pub fn month(lower: &str) -> Option<i8> {
    let short = lower.trim_end_matches('.');
    let at =
        MONTHS.iter().position(|m| *m == short || (short.len() == 3 && m.starts_with(short)) || (short == "sept" && *m == "september"));
    i8::try_from(at? + 1).ok()
}

/// 0-6 for a weekday's name or its usual short form.
pub fn weekday(lower: &str) -> Option<i8> {
    let short = lower.trim_end_matches('.');
    let is_short = matches!(short, "mon" | "tue" | "tues" | "wed" | "weds" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    let at = WEEKDAYS.iter().position(|d| *d == short || (is_short && d.starts_with(short)));
    i8::try_from(at?).ok()
}

/// A unit and whether it is plural.
pub fn unit(lower: &str) -> Option<(Unit, bool)> {
    let (one, is_plural) = match lower {
        "centuries" => ("century", true),
        _ => lower.strip_suffix('s').map_or((lower, false), |l| (l, true)),
    };
    let unit = match one {
        "hour" | "minute" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    };
    Some((unit, is_plural))
}

/// Whether the word names a part of the day.
pub fn is_day_part(lower: &str) -> bool {
    const PARTS: &[&str] = &[
        "morning",
        "mornings",
        "afternoon",
        "evening",
        "night",
        "noon",
        "midday",
        "midnight",
        "dawn",
        "dusk",
        "sunrise",
        "sunset",
        "daybreak",
        "lunchtime",
        "nightfall",
        "am",
        "pm",
        "a.m",
        "p.m",
        "a.m.",
        "p.m.",
    ];
    PARTS.contains(&lower)
}

fn is_clock(lower: &str) -> bool {
    matches!(lower.trim_end_matches('.'), "am" | "pm" | "a.m" | "p.m" | "gmt" | "utc")
}

/// The year of `1987` as a date would have it.
pub fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| is_year && (1000..=2199).contains(y))
}

/// The words of `text` as tokens; fillers are left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let trimmed = text.trim();
    match numeric(trimmed) {
        Some(Some(date)) => return vec![Token::Iso(date)],
        // 06/07/2024 is some day, and only its writer knows which.
        Some(None) => return vec![Token::DayPart],
        None => {}
    }
    let lower = trimmed.to_lowercase().replace('’', "'").replace("'s", "").replace('\'', "");
    let lower = lower.replace("new year day", "newyearsday").replace("new year eve", "newyearseve");
    if lower.contains("day before yesterday") {
        return vec![Token::Now(-2)];
    }
    if lower.contains("day after tomorrow") {
        return vec![Token::Now(2)];
    }
    let words: Vec<&str> = split(&lower);
    let mut out = Vec::new();
    let mut is_read = false;
    for (i, word) in words.iter().enumerate() {
        if std::mem::take(&mut is_read) {
            continue;
        }
        let next = words.get(i + 1).copied().unwrap_or_default();
        let previous = i.checked_sub(1).and_then(|j| words.get(j)).copied().unwrap_or_default();
        if let Some(feast) = feast(word, next) {
            out.push(feast);
            is_read = true;
        } else if is_clock(next) && word.starts_with(|c: char| c.is_ascii_digit()) || word.contains(':') {
            continue; // a time: "8 pm", "10:15"
        } else if let Some(token) = token(word, previous, next) {
            out.push(token);
        }
    }
    tidy(out)
}

/// Day parts beside a real day say nothing more about the day.
fn tidy(tokens: Vec<Token>) -> Vec<Token> {
    let is_day = |t: &Token| matches!(t, Token::Weekday(_) | Token::Month(_) | Token::Iso(_) | Token::Now(_));
    let has_day = tokens.iter().any(is_day) && !tokens.contains(&Token::Number(1, false));
    let keep = |t: &Token| !(has_day && *t == Token::DayPart);
    let mut tokens: Vec<Token> = tokens.into_iter().filter(keep).collect();
    // "This coming Friday".
    if let [Token::Deixis(0), Token::Deixis(1), ..] = tokens.as_slice() {
        tokens.remove(0);
    }
    // "Late on Monday" and "earlier on Monday" are Monday.
    if let [Token::Part(_) | Token::Earlier | Token::Later, Token::Weekday(_) | Token::Now(_), ..] = tokens.as_slice() {
        tokens.remove(0);
    }
    tokens
}

/// Words; a hyphen or dash between digits, or between two words that are months or weekdays, joins a range.
fn split(lower: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for chunk in lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).filter(|c| !c.is_empty()) {
        let parts: Vec<&str> = chunk.split(['-', '–', '—', '/']).filter(|p| !p.is_empty()).collect();
        let is_range = parts.len() == 2 && parts.iter().all(|p| starts_range(p)) && chunk.find(['-', '–', '—', '/']) != Some(0);
        if chunk.chars().all(|c| matches!(c, '-' | '–' | '—')) {
            words.push("to");
        }
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 && is_range {
                words.push("to");
            }
            words.push(part);
        }
    }
    words
}

fn starts_range(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit()) || month(part).is_some() || weekday(part).is_some()
}

fn feast(word: &str, next: &str) -> Option<Token> {
    match (word, next) {
        ("christmas", "eve") => Some(Token::Feast(12, 24)),
        ("christmas", "day") => Some(Token::Feast(12, 25)),
        _ => None,
    }
}

fn token(word: &str, previous: &str, next: &str) -> Option<Token> {
    let token = match word {
        "christmas" => Token::Feast(12, 25),
        "newyearsday" => Token::Feast(1, 1),
        "newyearseve" => Token::Feast(12, 31),
        "today" | "tonight" => Token::Now(0),
        "yesterday" => Token::Now(-1),
        "tomorrow" => Token::Now(1),
        "overnight" => Token::Overnight,
        "last" => Token::Deixis(-1),
        "this" | "current" => Token::Deixis(0),
        "next" if unit(next) == Some((Unit::Day, false)) || is_day_part(next) => Token::Narrative,
        "next" | "coming" | "upcoming" => Token::Deixis(1),
        "past" | "recent" => Token::Trail,
        "few" | "several" | "couple" | "many" => return None,
        "ago" => Token::Ago,
        "now" if previous == "from" => Token::FromNow,
        "from" if next == "now" => return None,
        "time" if unit(previous).is_some() => Token::FromNow,
        "in" if NUMBERS.contains(&next)
            || next == "a"
            || next == "an"
            || next.starts_with(|c: char| c.is_ascii_digit()) && next.len() < 4 =>
        {
            Token::In
        }
        "within" => Token::Within,
        "and" | "to" | "through" | "until" | "till" if !previous.is_empty() => Token::And,
        "since" => Token::Bound(Bound::Since),
        "from" => Token::Bound(Bound::From),
        "until" | "till" | "by" | "through" => Token::Bound(Bound::Until),
        "before" => Token::Bound(Bound::Before),
        "after" => Token::Bound(Bound::After),
        "between" => Token::Bound(Bound::Between),
        "early" | "start" | "beginning" | "opening" => Token::Part(0),
        "mid" | "middle" => Token::Part(1),
        "late" | "end" | "close" => Token::Part(2),
        "earlier" => Token::Earlier,
        "later" => Token::Later,
        "half" => Token::Half,
        "spring" => Token::Season(3),
        "summer" => Token::Season(6),
        "autumn" | "fall" => Token::Season(9),
        "winter" => Token::Season(12),
        "same" | "that" | "following" | "previous" | "each" | "every" | "eve" | "anniversary" | "bc" => Token::Narrative,
        "a" | "an" => Token::Number(1, false),
        _ if FILLERS.contains(&word) => return None,
        _ => return Some(shape(word)),
    };
    Some(token)
}

/// Names and numbers.
fn shape(word: &str) -> Token {
    let bare = word.trim_end_matches(['.', ';', ':', '!', '?', '"', '”']);
    let day = weekday(bare).or_else(|| bare.strip_suffix('s').filter(|d| WEEKDAYS.contains(d)).and_then(weekday));
    if let Some(d) = day {
        return Token::Weekday(d);
    }
    if let Some(m) = month(bare).or_else(|| bare.strip_suffix('s').filter(|m| MONTHS.contains(m)).and_then(month)) {
        return Token::Month(m);
    }
    if let Some((u, is_plural)) = unit(bare) {
        return Token::Unit(u, is_plural);
    }
    if is_day_part(bare) || is_day_part(word) {
        return Token::DayPart;
    }
    if let Some(y) = year(bare) {
        return Token::Year(y);
    }
    let position = |list: &[&str]| list.iter().position(|w| *w == bare).and_then(|i| i32::try_from(i).ok());
    if let Some(n) = position(&NUMBERS) {
        return Token::Number(n, false);
    }
    if let Some(n) = position(&ORDINALS) {
        return Token::Ordinal(n);
    }
    digits(bare)
}

fn digits(word: &str) -> Token {
    let len = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(len);
    match (number.parse::<i32>(), rest) {
        (Ok(y), "s") if len == 4 && y % 10 == 0 && (1000..=2190).contains(&y) => Token::Decade(i16::try_from(y).unwrap_or(i16::MAX)),
        (Ok(n), "") if len <= 3 => Token::Number(n, true),
        (Ok(n), "st" | "nd" | "rd" | "th") if len <= 2 => Token::Ordinal(n),
        _ => match word.strip_prefix('q').map(str::parse::<i32>) {
            Some(Ok(n @ 1..=4)) => Token::Q(n),
            _ => Token::Other,
        },
    }
}

/// `2024-07-16`, `2024/07/16`; `16/07/2024` only where day and month cannot be mistaken, else `Some(None)`.
fn numeric(text: &str) -> Option<Option<Date>> {
    let date = text.split(['T', ' ']).next()?.trim_end_matches(['.', ',']);
    let separator = date.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = date.split(separator).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let is_number = |p: &&str, len: std::ops::RangeInclusive<usize>| len.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    if is_number(a, 4..=4) && is_number(b, 1..=2) && is_number(c, 1..=2) {
        return Some(Date::new(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?).ok());
    }
    if !(is_number(a, 1..=2) && is_number(b, 1..=2) && is_number(c, 4..=4)) {
        return None;
    }
    let (a, b, c): (i8, i8, i16) = (a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    Some(match (a, b) {
        _ if a == b || a > 12 => Date::new(c, b, a).ok(),
        _ if b > 12 => Date::new(c, a, b).ok(),
        _ => None,
    })
}
