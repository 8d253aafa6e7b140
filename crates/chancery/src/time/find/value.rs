//! Values in the notation of TIMEX3 (TimeML 1.2.1), the extended ISO 8601 of annotated dates.

use jiff::civil::Date;
use std::fmt;

/// What a date expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `1998-01-08`.
    Day(Date),
    /// `1998-01-08TNI`, `1998-01-08T17:00`: a day and what follows the `T`.
    Time(Date, Clock),
    /// `1998-W03`, by a day of the week.
    Week(Date),
    /// `1998-W03-WE`.
    Weekend(Date),
    /// `1998-01`.
    Month(i16, i8),
    /// `1998-Q1`.
    Quarter(i16, i8),
    /// `1998-H1`.
    Half(i16, i8),
    /// `1998-SU`: spring, summer, autumn, winter.
    Season(i16, &'static str),
    /// `1998`.
    Year(i16),
    /// `199`.
    Decade(i16),
    /// `19`: the hundreds of its years.
    Century(i16),
    /// `XXXX-07-16`: month and day of an unknown year.
    SomeDay(i8, i8),
    /// `XXXX-07`.
    SomeMonth(i8),
    /// `XXXX-WXX-4`: 1 is Monday.
    SomeWeekday(i8),
    /// `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`, `XXXX-XX-XX` and the like.
    Named(&'static str),
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// `MO`, `AF`, `EV`, `NI`.
    Part(&'static str),
    /// Hour and minute.
    At(i8, i8),
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Clock::Part(part) => write!(f, "T{part}"),
            Clock::At(hour, minute) => write!(f, "T{hour:02}:{minute:02}"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let week = |f: &mut fmt::Formatter, day: &Date| {
            let week = day.iso_week_date();
            write!(f, "{:04}-W{:02}", week.year(), week.week())
        };
        match self {
            Value::Day(day) => write!(f, "{day}"),
            Value::Time(day, clock) => write!(f, "{day}{clock}"),
            Value::Week(day) => week(f, day),
            Value::Weekend(day) => week(f, day).and_then(|()| f.write_str("-WE")),
            Value::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Value::Quarter(year, n) => write!(f, "{year:04}-Q{n}"),
            Value::Half(year, n) => write!(f, "{year:04}-H{n}"),
            Value::Season(year, season) => write!(f, "{year:04}-{season}"),
            Value::Year(year) => write!(f, "{year:04}"),
            Value::Decade(year) => write!(f, "{:03}", year / 10),
            Value::Century(hundreds) => write!(f, "{hundreds:02}"),
            Value::SomeDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Value::SomeMonth(month) => write!(f, "XXXX-{month:02}"),
            Value::SomeWeekday(day) => write!(f, "XXXX-WXX-{day}"),
            Value::Named(name) => f.write_str(name),
        }
    }
}

impl Value {
    /// A day that lies in it, where it is an interval of known days.
    pub fn day(&self) -> Option<Date> {
        match *self {
            Value::Day(day) | Value::Time(day, _) | Value::Week(day) | Value::Weekend(day) => Some(day),
            Value::Month(year, month) => Date::new(year, month, 1).ok(),
            Value::Quarter(year, n) => Date::new(year, n * 3 - 2, 1).ok(),
            Value::Half(year, n) => Date::new(year, n * 6 - 5, 1).ok(),
            Value::Year(year) | Value::Season(year, _) => Date::new(year, 1, 1).ok(),
            _ => None,
        }
    }

    /// Whether it is a time of the day rather than a date.
    pub fn is_time(&self) -> bool {
        matches!(self, Value::Time(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_in_timex3() {
        let day = Date::constant(1998, 1, 1);
        let cases = [
            (Value::Day(day), "1998-01-01"),
            (Value::Time(day, Clock::Part("NI")), "1998-01-01TNI"),
            (Value::Time(day, Clock::At(7, 5)), "1998-01-01T07:05"),
            (Value::Week(day), "1998-W01"),
            (Value::Weekend(day), "1998-W01-WE"),
            (Value::Month(1998, 3), "1998-03"),
            (Value::Quarter(1998, 4), "1998-Q4"),
            (Value::Half(1998, 2), "1998-H2"),
            (Value::Season(1998, "SU"), "1998-SU"),
            (Value::Year(998), "0998"),
            (Value::Decade(1980), "198"),
            (Value::Century(19), "19"),
            (Value::SomeDay(7, 16), "XXXX-07-16"),
            (Value::SomeMonth(7), "XXXX-07"),
            (Value::SomeWeekday(4), "XXXX-WXX-4"),
            (Value::Named("PAST_REF"), "PAST_REF"),
        ];
        for (value, text) in cases {
            assert_eq!(value.to_string(), text);
        }
    }
}
