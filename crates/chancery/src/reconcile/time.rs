//! Days for comparing: when a record says that something was, or when it was told.

use chancery_record::{DateBasis, DatePrecision, When};
use jiff::civil::Date;

/// A first and a last day, counted from 1970-01-01.
pub type Days = (i32, i32);

fn day(iso: &str) -> Option<i32> {
    let date: Date = iso.parse().ok()?;
    let epoch = Date::constant(1970, 1, 1);
    epoch.until(date).ok().map(|span| span.get_days())
}

/// The day of an ISO date.
pub fn published(iso: Option<&str>) -> Option<i32> {
    day(iso?)
}

/// The days a date stands for, if it is resolved.
pub fn stated(when: Option<&When>) -> Option<Days> {
    let when = when?;
    let start = day(when.start.as_deref()?)?;
    let end = when.end.as_deref().and_then(day).unwrap_or(start);
    Some((start, end.max(start)))
}

/// Whether two intervals have a day in common.
pub fn overlap(a: Days, b: Days) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// A date that a person gives: a day, month, year, or two days (`2031-05-07..2031-05-09`).
pub fn given(text: &str) -> Option<When> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let day = |iso: &str| iso.parse::<Date>().ok().filter(|_| iso.len() == 10);
    let (start, end, precision) = match first.len() {
        4 => (day(&format!("{first}-01-01"))?, day(&format!("{last}-12-31"))?, DatePrecision::Year),
        7 => (day(&format!("{first}-01"))?, day(&format!("{last}-01"))?.last_of_month(), DatePrecision::Month),
        _ => (day(first)?, day(last)?, DatePrecision::Day),
    };
    let precision = match start.until(end).ok()?.get_days() {
        days if days < 0 => return None,
        1..=6 => DatePrecision::Week,
        7.. if precision == DatePrecision::Day => DatePrecision::Month,
        _ => precision,
    };
    let (start, end) = (Some(start.to_string()), Some(end.to_string()));
    Some(When { start, end, precision, text: None, basis: DateBasis::Verdict })
}
