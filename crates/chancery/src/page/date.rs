//! Written dates -> ISO 8601: in metadata, in date lines, in datelines and in addresses.
//!
//! `Published: 12 March 2025, 10:15 GMT` -> `2025-03-12`; `July 16` -> a date without a year, which is never a publication date.
//! It reads English month names and ISO forms; it does not resolve "Wednesday" or "last July".

use crate::text::head;
use jiff::civil::Date;
use std::ops::Range;

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text it covers.
    pub bytes: Range<usize>,
    /// ISO 8601, when year, month and day are all stated and exist.
    pub iso: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day(i8),
    Month(i8),
    Year(i16),
    Weekday,
    Time,
    Label,
    Other,
}

#[derive(Clone, Debug)]
struct Word {
    bytes: Range<usize>,
    part: Part,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "published", "publish", "updated", "update", "posted", "modified", "created", "last", "first", "date", "issued", "release",
    "released", "uploaded", "filed", "on", "at", "of", "the", "and",
];
const TIMES: &[&str] = &[
    "am", "pm", "a.m", "p.m", "gmt", "utc", "ast", "bst", "cet", "cest", "eet", "eest", "est", "edt", "pst", "pdt", "ist", "jst", "kst",
    "msk", "hrs", "local", "time", "ksa", "z",
];

/// Units of a span of time, as in `3 hours ago`.
const UNITS: &[&str] = &["h", "hr", "hrs", "hour", "hours", "min", "mins", "minute", "minutes", "day", "days", "week", "weeks"];

/// A reading of the two small numbers of `05/03/2025`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// The first date in `text`, with or without its year. Looks at the first 300 bytes.
pub fn find(text: &str) -> Option<Found> {
    let text = head(text, 300);
    if let Some(found) = find_iso(text) {
        return Some(found);
    }
    find_in(&words(text))
}

/// The ISO date a machine-readable or written-out date stands for: `2024-07-16T10:00:00+03:00`, `20240716`, `Tue, 16 Jul 2024 ...`.
/// The day is taken as written, in the offset it was written in.
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.get(..8).filter(|d| text.len() == 8 && d.bytes().all(|b| b.is_ascii_digit()));
    if let Some(d) = digits {
        return civil(d.get(..4)?.parse().ok()?, d.get(4..6)?.parse().ok()?, d.get(6..8)?.parse().ok()?);
    }
    find(text).and_then(|f| f.iso)
}

/// The day of a date without a year, such as `July 16`, that is the last before the day after `by` (ISO); `None` if that is more than four
/// weeks before.
pub(crate) fn latest(date: &str, by: &str) -> Option<String> {
    let by: Date = by.parse().ok()?;
    let (_, day, month) = find_named(&words(date))?;
    let mut days = [by.year(), by.year() - 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.find(|d| (-1..=28).contains(&(by - *d).get_days())).map(|d| d.to_string())
}

/// A line that says nothing but when: its date, where one is stated. `None` for any other line.
pub fn date_line(line: &str) -> Option<Found> {
    if line.len() > 160 {
        return None;
    }
    let iso = find_iso(line);
    let outside = |w: &&Word| iso.as_ref().is_none_or(|f| w.bytes.end <= f.bytes.start || f.bytes.end <= w.bytes.start);
    let words = words(line);
    let rest: Vec<Word> = words.iter().filter(outside).cloned().collect();
    let only_date = rest.iter().all(|w| w.part != Part::Other);
    let found = iso.or_else(|| find_in(&rest));
    let weekday = rest.iter().find(|w| w.part == Part::Weekday).map(|w| Found { bytes: w.bytes.clone(), iso: None });
    if only_date { found.or(weekday) } else { None }
}

/// The day of the first numeric date of `line` that could be read day or month first, if `others` tell how: `None` in it if they do not.
///
/// A numeric date that can be read one way only tells, and so does a month by its name close to one of the two readings.
pub(crate) fn settled(line: &str, others: &[&str]) -> Option<Option<String>> {
    let (bytes, iso) = numerics(line).next()?;
    let (first, second, year) = iso.is_none().then(|| small_numbers(line.get(bytes)?)).flatten()?;
    let mut orders: Vec<Order> = Vec::new();
    for text in others.iter().map(|t| head(t, 300)) {
        orders.extend(numerics(text).filter_map(|(bytes, _)| order(small_numbers(text.get(bytes)?)?)));
        if let Some((_, day, month)) = find_named(&words(text)) {
            let is_near = |d: i8, m: i8| m == month && d.abs_diff(day) <= 3;
            orders.extend(is_near(first, second).then_some(Order::DayFirst));
            orders.extend(is_near(second, first).then_some(Order::MonthFirst));
        }
    }
    let told = orders.first().filter(|o| orders.iter().all(|other| other == *o));
    Some(told.and_then(|order| match order {
        Order::DayFirst => civil(year, second, first),
        Order::MonthFirst => civil(year, first, second),
    }))
}

/// A line of times, serial numbers and marks only: `12:30 LOCAL TIME 09:30 GMT`, `0012`.
pub(crate) fn is_clock(line: &str) -> bool {
    line.len() <= 60
        && words(line).iter().all(|w| matches!(w.part, Part::Time | Part::Day(_) | Part::Label))
        && line.contains(|c: char| c.is_ascii_digit())
}

/// The date in an address: `/2024/07/16/`, `/2024-07-16-...`, `/20240716/`.
pub fn in_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mut groups = path.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).take(64).peekable();
    while let Some(year) = groups.next() {
        let next = groups.peek().copied();
        if let Some(date) = whole_date(year).or_else(|| in_parts(year, next, groups.clone().nth(1))) {
            return Some(date);
        }
    }
    None
}

fn whole_date(digits: &str) -> Option<String> {
    if digits.len() == 8 { iso(digits) } else { None }
}

fn in_parts(year: &str, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let (month, day) = (month?, day?);
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    civil(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn civil(year: i16, month: i8, day: i8) -> Option<String> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok().map(|d| d.to_string())
}

/// `2024-07-16` (with or without a time) or `2024/07/16`; `16/07/2024` and `7/16/2024` only where day and month cannot be mistaken.
fn find_iso(text: &str) -> Option<Found> {
    numerics(text).next().map(|(bytes, iso)| Found { bytes, iso })
}

/// All numeric dates with the day of those that cannot be mistaken.
fn numerics(text: &str) -> impl Iterator<Item = (Range<usize>, Option<String>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let run = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
            let starts_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            let start = at;
            at += run.max(1);
            if run > 0
                && starts_word
                && let Some((end, iso)) = numeric(bytes, start)
            {
                at = end;
                return Some((start..end, iso));
            }
        }
        None
    })
}

/// `05/03/2025` -> 5, 3 and 2025; `None` where the year stands first.
fn small_numbers(date: &str) -> Option<(i8, i8, i16)> {
    let mut numbers = date.split(['-', '/', '.']);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?)).filter(|n| n.2 > 31)
}

/// The order that a numeric date shows by itself.
fn order((first, second, _): (i8, i8, i16)) -> Option<Order> {
    match (first > 12, second > 12) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Three numbers joined by the same separator from `at` on: end and, if unmistakable, the date.
fn numeric(bytes: &[u8], at: usize) -> Option<(usize, Option<String>)> {
    let (a, len_a, next) = number(bytes, at)?;
    let separator = bytes.get(next).copied().filter(|b| matches!(b, b'-' | b'/' | b'.'))?;
    let (b, _, next) = number(bytes, next + 1)?;
    if bytes.get(next) != Some(&separator) {
        return None;
    }
    let (c, len_c, end) = number(bytes, next + 1)?;
    let small = |n: i16| i8::try_from(n).ok();
    match (len_a, len_c) {
        (4, 1 | 2) => Some((end, Some(civil(a, small(b)?, small(c)?)?))),
        (1 | 2, 4) if b > 12 => Some((end, Some(civil(c, small(a)?, small(b)?)?))),
        (1 | 2, 4) if a > 12 => Some((end, Some(civil(c, small(b)?, small(a)?)?))),
        (1 | 2, 4) => Some((end, (a == b).then(|| civil(c, small(a)?, small(b)?)).flatten())),
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize) -> Option<(i16, usize, usize)> {
    let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let value = bytes.get(at..at + digits)?.iter().fold(0i16, |n, b| n * 10 + i16::from(b - b'0'));
    Some((value, digits, at + digits))
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (start.is_some() && (c == ':' || c == '.') && joins(text, at, c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let part = text.get(from..at).map_or(Part::Other, part_of);
                words.push(Word { bytes: from..at, part });
                start = None;
            }
            _ => {}
        }
    }
    mark_spans(text, &mut words);
    words
}

/// Marks `3 hours ago`, `an hour ago`, `2h ago` and `5 min read` as times.
fn mark_spans(text: &str, words: &mut [Word]) {
    let lower = |w: Option<&Word>| w.and_then(|w| text.get(w.bytes.clone())).unwrap_or_default().to_lowercase();
    let is_amount = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "a" | "an" | "one");
    for at in 1..words.len() {
        let (before, unit, after) = (lower(words.get(at - 1)), lower(words.get(at)), lower(words.get(at + 1)));
        let closes = matches!(after.as_str(), "ago" | "read");
        if UNITS.contains(&unit.as_str()) && is_amount(&before) && (closes || matches!(unit.as_str(), "min" | "mins")) {
            words[at - 1..=at + usize::from(closes)].iter_mut().for_each(|w| w.part = Part::Time);
        } else if unit == "ago" && words[at - 1].part == Part::Time && is_amount(&before) {
            words[at].part = Part::Time;
        }
    }
}

/// Whether the mark at `at` stands inside a time or an abbreviation: `10:15`, `10.15`, `a.m`.
fn joins(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
    matches!((before, after), (Some(b), Some(a)) if b.is_ascii_digit() && a.is_ascii_digit() || (c == '.' && b.is_alphabetic() && a.is_alphabetic()))
}

fn part_of(word: &str) -> Part {
    let lower = word.to_lowercase();
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return number_part(&lower, digits);
    }
    if let Some(month) = month(&lower) {
        return Part::Month(month);
    }
    if WEEKDAYS.iter().any(|d| *d == lower || lower.len() >= 3 && lower.len() <= 5 && d.starts_with(&lower)) {
        return Part::Weekday;
    }
    match () {
        () if LABELS.contains(&lower.as_str()) => Part::Label,
        () if TIMES.contains(&lower.as_str()) => Part::Time,
        () => Part::Other,
    }
}

fn number_part(lower: &str, digits: usize) -> Part {
    let (number, rest) = lower.split_at(digits);
    let value: i16 = number.parse().unwrap_or(0);
    match (digits, rest) {
        (4, "") if (1900..=2100).contains(&value) => Part::Year(value),
        (1 | 2, "" | "st" | "nd" | "rd" | "th") if (1..=31).contains(&value) => Part::Day(i8::try_from(value).unwrap_or(0)),
        (1 | 2, "am" | "pm" | "h" | "") | (4, "") => Part::Time,
        (1 | 2, _) if rest.starts_with([':', '.']) && !rest.contains(|c: char| c.is_alphabetic() && !"apmzh".contains(c)) => Part::Time,
        _ => Part::Other,
    }
}

/// 1-12 for a month's name or its usual short form.
pub fn month(lower: &str) -> Option<i8> {
    let short = lower.trim_end_matches('.');
    let at =
        MONTHS.iter().position(|m| *m == short || (short.len() == 3 && m.starts_with(short)) || (short == "sept" && *m == "september"))?;
    i8::try_from(at + 1).ok()
}

/// `12 March 2025`, `March 12, 2025`, `12 March`, `Mar. 12`.
fn find_in(words: &[Word]) -> Option<Found> {
    find_named(words).map(|(found, _, _)| found)
}

/// The first date with a month by its name, its day and its month.
fn find_named(words: &[Word]) -> Option<(Found, i8, i8)> {
    for (i, word) in words.iter().enumerate() {
        let Part::Month(month) = word.part else { continue };
        let before = i.checked_sub(1).and_then(|j| words.get(j));
        let after = words.get(i + 1);
        let year_at = |j: usize| words.get(j).and_then(|w| if let Part::Year(y) = w.part { Some((y, w.bytes.end)) } else { None });
        let (day, start, end, year) = match (before.map(|w| w.part), after.map(|w| w.part)) {
            (_, Some(Part::Day(day))) if !matches!(before.map(|w| w.part), Some(Part::Day(_))) || year_at(i + 2).is_some() => {
                (day, word.bytes.start, after.map_or(word.bytes.end, |w| w.bytes.end), year_at(i + 2))
            }
            (Some(Part::Day(day)), _) => (day, before.map_or(0, |w| w.bytes.start), word.bytes.end, year_at(i + 1)),
            _ => continue,
        };
        let iso = year.and_then(|(y, _)| civil(y, month, day));
        return Some((Found { bytes: start..year.map_or(end, |(_, e)| e), iso }, day, month));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_written_and_machine_dates() {
        let cases = [
            ("12 March 2025", Some("2025-03-12")),
            ("Mar 3, 2024, 10:15", Some("2024-03-03")),
            ("Tue, 16 Jul 2024 09:00:00 GMT", Some("2024-07-16")),
            ("2024-07-16T23:30:00+03:00", Some("2024-07-16")),
            ("20240716", Some("2024-07-16")),
            ("16/07/2024", Some("2024-07-16")),
            ("Sept. 9, 2023", Some("2023-09-09")),
            ("06/07/2024", None),
            ("July 16", None),
            ("2024-13-40", None),
            ("31 February 2024", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(iso(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_is_the_last_one() {
        let is = |day: &str| Some(day.to_owned());
        assert_eq!(latest("Nov. 18", "2026-11-20"), is("2026-11-18"));
        assert_eq!(latest("November 21", "2026-11-20"), is("2026-11-21"));
        assert_eq!(latest("30 December", "2027-01-02"), is("2026-12-30"));
        assert_eq!(latest("30 September", "2026-11-20"), None);
        assert_eq!(latest("Thursday", "2026-11-20"), None);
    }

    #[test]
    fn tells_date_lines_from_prose() {
        for line in [
            "Published: 12 March 2025",
            "Mar 3, 2024, 10:15",
            "Last updated: Thursday, 3 March 2024 - 10:15 GMT",
            "2024-07-16 10:15",
            "May 3, 2025 5:14 PM GMT+1 · Updated 3 hours ago",
            "Issued on: 20/03/2025 - 14:05   3 min",
            "3 March 2024 • 4 min read",
            "First uploaded on: 24-04-2025 at 04:10 IST",
        ] {
            assert!(date_line(line).is_some(), "{line}");
        }
        for line in [
            "March 12 talks postponed",
            "May",
            "The ministers met on 12 March 2025.",
            "10:15",
            "Doha, 12 March 2025",
            "3 March 2024, ten hours of talks",
        ] {
            assert!(date_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn takes_day_or_month_first_only_where_other_lines_tell() {
        let line = "Issued on: 05/03/2025";
        let is = |iso: &str| Some(Some(iso.to_owned()));
        assert_eq!(settled(line, &[line]), Some(None));
        assert_eq!(settled(line, &[line, "Modified: 20/03/2025"]), is("2025-03-05"));
        assert_eq!(settled(line, &[line, "Modified: 03/20/2025"]), is("2025-05-03"));
        assert_eq!(settled(line, &["QUITO, March 4 (EFE) -"]), is("2025-03-05"));
        assert_eq!(settled(line, &["20/03/2025", "03/20/2025"]), Some(None));
        assert_eq!(settled("20/03/2025", &[]), None);
    }

    #[test]
    fn reads_dates_in_addresses() {
        assert_eq!(in_url("https://e.org/news/2024/07/16/talks").as_deref(), Some("2024-07-16"));
        assert_eq!(in_url("https://e.org/2024-7-6-talks.html").as_deref(), Some("2024-07-06"));
        assert_eq!(in_url("https://e.org/20240716/talks").as_deref(), Some("2024-07-16"));
        assert_eq!(in_url("https://e.org/gulf/4534221-japan"), None);
        assert_eq!(in_url("https://e.org/2024/07/talks"), None);
    }
}
