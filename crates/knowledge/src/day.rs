//! Days, for comparison: a date of any precision as its first or its last day.

use std::fmt;

/// Days in a date of any precision, for comparison: `from` reads as the first, `to` as the last day of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    let mut fields = text.split('-');
    let year: u32 = fields.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let mut field = |range: std::ops::RangeInclusive<u32>| match fields.next() {
        None => Some(None),
        Some(f) => f.parse::<u32>().ok().filter(|v| range.contains(v)).map(Some),
    };
    Some((year, field(1..=12)?, field(1..=31)?))
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
}
