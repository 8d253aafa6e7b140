//! Days, weeks, months and years around a day. A week begins on Monday (ISO 8601).

use super::lexicon::Unit;
use jiff::{Span, civil::Date};

/// From the first to the last day, either end open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Days {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

impl Days {
    /// One day.
    pub fn one(day: Date) -> Self {
        Days { start: Some(day), end: Some(day) }
    }
}

/// `n` units later; `None` before the year 1 and after 9999.
pub fn shifted(day: Date, unit: Unit, n: i64) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Hour => span.try_days(n.signum()),
        Unit::Day => span.try_days(n),
        Unit::Week | Unit::Weekend => span.try_weeks(n),
        Unit::Fortnight => span.try_weeks(n.checked_mul(2)?),
        Unit::Month => span.try_months(n),
        Unit::Quarter => span.try_months(n.checked_mul(3)?),
        Unit::Year => span.try_years(n),
        Unit::Decade => span.try_years(n.checked_mul(10)?),
        Unit::Century => span.try_years(n.checked_mul(100)?),
    };
    day.checked_add(span.ok()?).ok().filter(|d| d.year() > 0)
}

/// The calendar unit that holds `day`; the Saturday and Sunday of its week.
pub fn unit_days(day: Date, unit: Unit) -> Option<Days> {
    let (start, unit) = match unit {
        Unit::Hour | Unit::Day => return Some(Days::one(day)),
        Unit::Week | Unit::Fortnight => (shifted(day, Unit::Day, -i64::from(day.weekday().to_monday_zero_offset()))?, Unit::Week),
        Unit::Weekend => {
            let monday = unit_days(day, Unit::Week)?.start?;
            return Some(Days { start: shifted(monday, Unit::Day, 5), end: shifted(monday, Unit::Day, 6) });
        }
        Unit::Month => (day.first_of_month(), unit),
        Unit::Quarter => (Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?, unit),
        Unit::Year => (day.first_of_year(), unit),
        Unit::Decade => (Date::new(day.year() / 10 * 10, 1, 1).ok()?, unit),
        Unit::Century => (Date::new((day.year() - 1) / 100 * 100 + 1, 1, 1).ok()?, unit),
    };
    let end = shifted(shifted(start, unit, 1)?, Unit::Day, -1)?;
    Some(Days { start: Some(start), end: Some(end) })
}

/// The unit that holds the day `n` units from `day`. Hours ago may have been yesterday.
pub fn unit_at(day: Date, unit: Unit, n: i64) -> Option<Days> {
    match unit {
        Unit::Hour => around(day, Unit::Day, n.signum()),
        _ => unit_days(shifted(day, unit, n)?, unit),
    }
}

/// So many months of one year or of two, from the first day of its month `first` on.
pub fn months(year: i16, first: i8, count: i64) -> Option<Days> {
    let start = Date::new(year, first, 1).ok().filter(|d| d.year() > 0)?;
    let end = shifted(shifted(start, Unit::Month, count)?, Unit::Day, -1)?;
    Some(Days { start: Some(start), end: Some(end) })
}

/// From `day` to the day `n` units away, in order.
pub fn around(day: Date, unit: Unit, n: i64) -> Option<Days> {
    let other = shifted(day, unit, n)?;
    Some(Days { start: Some(day.min(other)), end: Some(day.max(other)) })
}

/// The weekday (0 = Monday) before (`side` -1) or after (0, 1) `day`; `day` itself counts when `is_self`.
pub fn weekday(day: Date, weekday: i8, side: i8, is_self: bool) -> Option<Date> {
    let ahead = i64::from((weekday - day.weekday().to_monday_zero_offset()).rem_euclid(7));
    let n = match (side, ahead) {
        (_, 0) if is_self => 0,
        (-1, n) => n - 7,
        (_, 0) => 7,
        (_, n) => n,
    };
    shifted(day, Unit::Day, n)
}

/// Whether `day` is a Saturday or a Sunday.
pub fn is_weekend(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() >= 5
}

/// The last day at or before `anchor` among those `of(year, month)` gives; the first at or after it when `is_ahead`.
pub fn nearest_day(anchor: Date, is_ahead: bool, of: impl Fn(i16, i8) -> Option<Date>) -> Option<Date> {
    let step = if is_ahead { 1 } else { -1 };
    // 48 months and more: 29 February comes every fourth year, after 1896 and before 1904 every eighth.
    (0..=97).filter_map(|n| shifted(anchor.first_of_month(), Unit::Month, n * step)).find_map(|m| {
        let day = of(m.year(), m.month()).filter(|d| (d.year(), d.month()) == (m.year(), m.month()))?;
        (if is_ahead { day >= anchor } else { day <= anchor }).then_some(day)
    })
}

/// The last month `month` that has begun by `anchor`; the first that has not ended when `is_ahead`.
pub fn nearest_month(anchor: Date, month: i8, is_ahead: bool) -> Option<Days> {
    let this = Date::new(anchor.year(), month, 1).ok()?;
    let n = match (is_ahead, month.cmp(&anchor.month())) {
        (true, std::cmp::Ordering::Less) => 1,
        (false, std::cmp::Ordering::Greater) => -1,
        _ => 0,
    };
    unit_days(shifted(this, Unit::Year, n)?, Unit::Month)
}

/// The year of "last July", "this 5 May", "next February": strictly before or after the anchor's own month or day.
pub fn year_of(anchor: Date, month: Option<i8>, day: Option<i8>, n: i8) -> Option<i16> {
    let key = (month?, day.unwrap_or(0));
    let own = (anchor.month(), day.map_or(0, |_| anchor.day()));
    Some(match n {
        -1 if key >= own => anchor.year() - 1,
        1 if key <= own => anchor.year() + 1,
        _ => anchor.year(),
    })
}

/// The first (0), middle (1) or last (2) third of a month (days 1-10, 11-20, 21-end) or of a run of months or years.
pub fn thirds(days: Days, n: u8, unit: Unit) -> Days {
    let Some((start, end)) = days.start.zip(days.end) else { return days };
    let cut = match unit {
        Unit::Month => (shifted(start, Unit::Day, 10), shifted(start, Unit::Day, 20)),
        Unit::Year | Unit::Decade | Unit::Century => {
            let months = i64::from(end.year() - start.year()) * 12 + i64::from(end.month() - start.month()) + 1;
            (shifted(start, Unit::Month, months / 3), shifted(start, Unit::Month, months * 2 / 3))
        }
        _ => return days,
    };
    let (Some(first), Some(second)) = cut else { return days };
    let before = |d: Date| shifted(d, Unit::Day, -1);
    match n {
        0 => Days { start: Some(start), end: before(first) },
        1 => Days { start: Some(first), end: before(second) },
        _ => Days { start: Some(second), end: Some(end) },
    }
}
