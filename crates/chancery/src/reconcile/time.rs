//! Days for comparing: when a record says that something was, or when it was told.

use chancery_record::When;
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
