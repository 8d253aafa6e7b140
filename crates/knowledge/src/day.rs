//! Days, for comparison: a date of any precision as its first or its last day.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Days in a date of any precision, for comparison: `from` reads as the first, `to` as the last day of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Day(pub u32);

impl Day {
    /// `2023`, `2023-07`, `2023-07-16` (or a longer ISO time) as its first possible day.
    pub fn first(text: &str) -> Option<Day> {
        let (year, month, day) = parts(text)?;
        Some(Day(year * 10_000 + month.unwrap_or(1) * 100 + day.unwrap_or(1)))
    }

    /// The same as its last possible day.
    pub fn last(text: &str) -> Option<Day> {
        let (year, month, day) = parts(text)?;
        Some(Day(year * 10_000 + month.unwrap_or(12) * 100 + day.unwrap_or(31)))
    }

    /// Days since a fixed day, near enough to measure 400 days with.
    pub fn number(self) -> i64 {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        i64::from(year) * 365 + i64::from(year / 4) + i64::from(month) * 30 + i64::from(month / 2) + i64::from(day)
    }

    /// The day after.
    pub fn next(self) -> Day {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match (month, day) {
            (12.., _) if day >= 31 => Day((year + 1) * 10_000 + 101),
            _ if day >= month_days(year, month) => Day(year * 10_000 + (month + 1) * 100 + 1),
            _ => Day(self.0 + 1),
        }
    }

    /// The day before.
    pub fn previous(self) -> Day {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match (month, day) {
            (_, 2..) => Day(self.0 - 1),
            (..=1, _) => Day(year.saturating_sub(1) * 10_000 + 1231),
            _ => Day(year * 10_000 + (month - 1) * 100 + month_days(year, month - 1)),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

fn month_days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn parts(text: &str) -> Option<(u32, Option<u32>, Option<u32>)> {
    let text = text.get(..10).unwrap_or(text);
    let number = |field: &str, digits: usize| {
        let is_number = field.len() == digits && field.bytes().all(|b| b.is_ascii_digit());
        field.parse::<u32>().ok().filter(|_| is_number)
    };
    let mut fields = text.split('-');
    let year = number(fields.next()?, 4)?;
    let Some(month) = fields.next() else { return Some((year, None, None)) };
    let month = number(month, 2).filter(|m| (1..=12).contains(m))?;
    let Some(day) = fields.next() else { return Some((year, Some(month), None)) };
    let day = number(day, 2).filter(|d| (1..=month_days(year, month)).contains(d))?;
    Some((year, Some(month), Some(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_one_another() {
        for (day, next) in [
            (20_240_228, 20_240_229),
            (20_230_228, 20_230_301),
            (20_001_231, 20_010_101),
            (19_000_228, 19_000_301),
            (20_230_430, 20_230_501),
        ] {
            assert_eq!((Day(day).next(), Day(next).previous()), (Day(next), Day(day)), "{day}");
        }
        assert_eq!(Day::last("2023-02").map(|d| d.next().to_string()).as_deref(), Some("2023-03-01"));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_no_date() {
        for text in ["2023-02-29", "2023-04-31", "2023-13", "2023-00", "2023-7-16", "+023", "2023-+7", "2023-", "23", "soon", ""] {
            assert_eq!(Day::first(text), None, "{text}");
        }
        for text in ["2024-02-29", "2023-07", "2023", "2023-07-16T10:00:00Z"] {
            assert!(Day::first(text).is_some(), "{text}");
        }
    }
}
