//! The groups of one expression -> its value, against the anchor and what the text named before.

use super::{
    pattern::Kind,
    tense,
    value::{Clock, Value},
};
use crate::time::{
    calendar::{self, shifted},
    lexicon::{self, Unit},
    number,
};
use jiff::civil::Date;
use regex::Captures;

/// How much less likely a date on the side to which the verb does not look is: its distance counts this many times.
const AGAINST_THE_VERB: i32 = 4;

/// What an expression is read against.
pub struct Frame<'t> {
    /// The text.
    pub text: &'t str,
    /// The document's date.
    pub anchor: Option<Date>,
    /// The last day or interval the text named.
    pub last: Option<Value>,
    /// The last quarter the text named.
    pub quarter: Option<(i16, i8)>,
}

impl Frame<'_> {
    fn is_ahead(&self, c: &Captures) -> Option<bool> {
        let all = c.get(0)?;
        tense::is_ahead(self.text, all.start(), all.end())
    }

    /// The value of an expression; `None` when the words are no date after all or nothing can be said.
    pub fn read(&self, kind: Kind, c: &Captures) -> Option<Value> {
        match kind {
            Kind::Numeric => numeric(c),
            Kind::Clock => self.clock(c),
            Kind::DayPart => self.day_part(c),
            Kind::Day => self.month_day(month(c)?, count(c, "d")?.try_into().ok()?, year(c, "y"), c),
            Kind::Month => self.month(c),
            Kind::Weekday => self.weekday(c),
            Kind::Year => year(c, "y").map(Value::Year),
            Kind::Decade => decade(c),
            Kind::Century => century(c),
            Kind::Quarter => self.quarter(c),
            Kind::Half => self.half(c),
            Kind::Season => self.season(c),
            Kind::Deictic => self.deictic(c),
            Kind::Counted => self.counted(c),
            Kind::FromLast => self.after_last(c),
            Kind::YearAgo => self.year_ago(c),
            Kind::Period => self.period(c),
            Kind::Near => near(&lower(c, "near")).and_then(|n| self.days_away(n)).map(Value::Day),
            Kind::Present => Some(Value::Named("PRESENT_REF")),
            Kind::Past => Some(Value::Named("PAST_REF")),
            Kind::Future => Some(Value::Named("FUTURE_REF")),
            Kind::YearEnd => self.unit_at(unit(c).unwrap_or(Unit::Year), 0),
            Kind::NoDate => None,
        }
    }

    fn days_away(&self, n: i64) -> Option<Date> {
        shifted(self.anchor?, Unit::Day, n)
    }

    fn clock(&self, c: &Captures) -> Option<Value> {
        let at = |h: &str, min: &str| Some((count(c, h)?, count(c, min).unwrap_or(0)));
        let (hour, minute) = match lower(c, "noon").as_str() {
            "noon" | "midday" => (12, 0),
            "midnight" => (24, 0),
            _ => at("h", "min").or_else(|| at("h2", "min2"))?,
        };
        let hour = match lower(c, "ap").chars().next() {
            Some('p') if hour < 12 => hour + 12,
            Some('a') if hour == 12 => 0,
            _ => hour,
        };
        let clock = Clock::At(hour.try_into().ok()?, minute.try_into().ok()?);
        let day = match (c.name("m"), c.name("w"), c.name("near")) {
            (Some(_), ..) => self.month_day(month(c)?, count(c, "d")?.try_into().ok()?, year(c, "y"), c)?.day()?,
            (_, Some(_), _) => self.weekday(c)?.day()?,
            (.., Some(_)) => self.days_away(near(&lower(c, "near"))?)?,
            _ => self.anchor?,
        };
        (hour <= 24).then_some(Value::Time(day, clock))
    }

    fn day_part(&self, c: &Captures) -> Option<Value> {
        let (part, dir) = (lower(c, "p"), lower(c, "dir"));
        let code = match part.as_str() {
            "morning" => "MO",
            "afternoon" => "AF",
            "evening" => "EV",
            _ => "NI",
        };
        let day = match (c.name("w"), dir.as_str()) {
            (Some(_), _) => self.weekday(c)?.day()?,
            (_, "last") => self.days_away(-1)?,
            (_, "that") => self.last?.day()?,
            _ => self.days_away(near(&dir).unwrap_or(0))?,
        };
        Some(Value::Time(day, Clock::Part(code)))
    }

    fn month_day(&self, m: i8, d: i8, year: Option<i16>, c: &Captures) -> Option<Value> {
        Date::new(2024, m, d).ok()?;
        if let Some(y) = year {
            return Date::new(y, m, d).ok().map(Value::Day);
        }
        let Some(anchor) = self.anchor else { return Some(Value::SomeDay(m, d)) };
        let ahead = self.is_ahead(c);
        let years = [anchor.year() - 1, anchor.year(), anchor.year() + 1];
        let distance = |day: &Date| {
            let days = anchor.until(*day).map_or(i32::MAX, |s| s.get_days());
            let against = ahead.is_some_and(|a| a != (days > 0)) && days != 0;
            days.abs().saturating_mul(if against { AGAINST_THE_VERB } else { 1 })
        };
        years.into_iter().filter_map(|y| Date::new(y, m, d).ok()).min_by_key(distance).map(Value::Day)
    }

    fn month(&self, c: &Captures) -> Option<Value> {
        let m = month(c)?;
        if let Some(y) = year(c, "y") {
            return Some(Value::Month(y, m));
        }
        let Some(anchor) = self.anchor else { return Some(Value::SomeMonth(m)) };
        let year = match (side(&lower(c, "dir")), side(&lower(c, "of"))) {
            (_, Some(n)) => anchor.year() + i16::from(n),
            (Some(0), _) => anchor.year(),
            (Some(n), _) => calendar::year_of(anchor, Some(m), None, n)?,
            _ => calendar::nearest_month(anchor, m, self.is_ahead(c) == Some(true))?.start?.year(),
        };
        Some(Value::Month(year, m))
    }

    fn weekday(&self, c: &Captures) -> Option<Value> {
        let day = lexicon::weekday(&lower(c, "w"))?;
        let Some(anchor) = self.anchor else { return Some(Value::SomeWeekday(day + 1)) };
        let monday = |n: i8| calendar::unit_days(shifted(anchor, Unit::Week, n.into())?, Unit::Week)?.start;
        let ahead = self.is_ahead(c) == Some(true);
        let found = match (side(&lower(c, "dir")), side(&lower(c, "of"))) {
            (_, Some(n)) => calendar::weekday(monday(n)?, day, 0, true),
            (Some(0), _) => calendar::weekday(monday(0)?, day, 0, true),
            (Some(n), _) => calendar::weekday(anchor, day, n, false),
            _ => calendar::weekday(anchor, day, if ahead { 0 } else { -1 }, true),
        };
        found.map(Value::Day)
    }

    fn quarter(&self, c: &Captures) -> Option<Value> {
        let n = i8::try_from(ordinal(&lower(c, "q"))?).ok()?;
        let stated = year(c, "y").or_else(|| year(c, "y2"));
        let year = match stated.or_else(|| self.year_of(c)) {
            Some(y) => y,
            None => self.run_year(n, 3, c)?,
        };
        Some(Value::Quarter(year, n))
    }

    fn half(&self, c: &Captures) -> Option<Value> {
        let n = if lower(c, "q") == "last" { 2 } else { i8::try_from(ordinal(&lower(c, "q"))?).ok()? };
        let year = match year(c, "y").or_else(|| self.year_of(c)) {
            Some(y) => y,
            None => self.run_year(n, 6, c)?,
        };
        Some(Value::Half(year, n))
    }

    /// "Last year's", "of next year".
    fn year_of(&self, c: &Captures) -> Option<i16> {
        let words = [lower(c, "dir"), lower(c, "dir2")].into_iter().find(|w| !w.is_empty())?;
        let n = side(words.split_whitespace().next()?)?;
        Some(self.anchor?.year() + i16::from(n))
    }

    /// The year of the `n`th run of `months` months: of the last one begun, of the next one not ended when the verb looks ahead.
    fn run_year(&self, n: i8, months: i8, c: &Captures) -> Option<i16> {
        let anchor = self.anchor?;
        let ahead = self.is_ahead(c) == Some(true);
        let run = (anchor.month() - 1) / months + 1;
        let was_just_now = n % (12 / months) + 1 == run; // its results are still to come
        Some(match n.cmp(&run) {
            std::cmp::Ordering::Less if was_just_now => anchor.year(),
            std::cmp::Ordering::Greater if !ahead => anchor.year() - 1,
            std::cmp::Ordering::Less if ahead => anchor.year() + 1,
            _ => anchor.year(),
        })
    }

    fn season(&self, c: &Captures) -> Option<Value> {
        let (code, first) = match lower(c, "s").as_str() {
            "spring" => ("SP", 3),
            "summer" => ("SU", 6),
            "winter" => ("WI", 12),
            _ => ("FA", 9),
        };
        if let Some(y) = year(c, "y").or_else(|| self.year_of_season(c)) {
            return Some(Value::Season(y, code));
        }
        let anchor = self.anchor?;
        let has_ended = anchor.month() > first + 2;
        let year = match side(&lower(c, "dir")) {
            Some(-1) if !has_ended => anchor.year() - 1,
            Some(1) if anchor.month() >= first => anchor.year() + 1,
            None if anchor.month() < first && self.is_ahead(c) != Some(true) => anchor.year() - 1,
            _ => anchor.year(),
        };
        Some(Value::Season(year, code))
    }

    fn year_of_season(&self, c: &Captures) -> Option<i16> {
        let n = side(lower(c, "dir2").split_whitespace().next()?)?;
        Some(self.anchor?.year() + i16::from(n))
    }

    fn deictic(&self, c: &Captures) -> Option<Value> {
        let (unit, dir) = (unit(c)?, lower(c, "dir"));
        let n = match dir.as_str() {
            "the" if unit == Unit::Weekend => i64::from(self.is_ahead(c) == Some(true)) - 1 + i64::from(calendar::is_weekend(self.anchor?)),
            "the" | "the full" => 0,
            _ => side(dir.strip_prefix("the ").unwrap_or(&dir))?.into(),
        };
        self.unit_at(unit, n.clamp(-1, 1))
    }

    /// The unit `n` units from the anchor.
    fn unit_at(&self, unit: Unit, n: i64) -> Option<Value> {
        from(self.anchor?, unit, n)
    }

    fn counted(&self, c: &Captures) -> Option<Value> {
        let n = count(c, "n")?;
        let n = if lower(c, "dir") == "ago" { -n } else { n };
        self.unit_at(unit(c)?, n.into())
    }

    fn after_last(&self, c: &Captures) -> Option<Value> {
        let dir = lower(c, "dir");
        let n = match dir.as_str() {
            "the next" | "the following" => 1,
            "the previous" | "the preceding" => -1,
            _ => 0,
        };
        from(self.last.and_then(|v| v.day()).or(self.anchor)?, unit(c)?, n)
    }

    fn year_ago(&self, c: &Captures) -> Option<Value> {
        let anchor = self.anchor?;
        let q = ordinal(&lower(c, "q")).and_then(|n| i8::try_from(n).ok());
        Some(match (year(c, "y"), q, self.quarter) {
            (Some(y), _, Some((_, n))) => Value::Quarter(y, n),
            (Some(y), ..) => Value::Year(y),
            (_, Some(n), _) => Value::Quarter(anchor.year() - 1, n),
            (.., Some((y, n))) => Value::Quarter(y - 1, n),
            _ => Value::Year(anchor.year() - 1),
        })
    }

    fn period(&self, c: &Captures) -> Option<Value> {
        let anchor = self.anchor?;
        let words = c.get(0)?.as_str().to_lowercase();
        let now = (anchor.year(), (anchor.month() - 1) / 3 + 1);
        let completed = if now.1 == 1 { (now.0 - 1, 4) } else { (now.0, now.1 - 1) };
        let (year, n) = if words.contains("this") || words.contains("current") { now } else { self.quarter.unwrap_or(completed) };
        Some(Value::Quarter(year, n))
    }
}

/// The calendar unit `n` units from the one that holds `day`.
fn from(day: Date, unit: Unit, n: i64) -> Option<Value> {
    let day = shifted(day, unit, n)?;
    Some(match unit {
        Unit::Hour | Unit::Day => Value::Day(day),
        Unit::Week | Unit::Fortnight => Value::Week(day),
        Unit::Weekend => Value::Weekend(day),
        Unit::Month => Value::Month(day.year(), day.month()),
        Unit::Quarter => Value::Quarter(day.year(), (day.month() - 1) / 3 + 1),
        Unit::Year => Value::Year(day.year()),
        Unit::Decade => Value::Decade(day.year() / 10 * 10),
        Unit::Century => Value::Century(day.year() / 100),
    })
}

fn numeric(c: &Captures) -> Option<Value> {
    if let Some(y) = year(c, "y") {
        let day = Date::new(y, count(c, "mm")?.try_into().ok()?, count(c, "dd")?.try_into().ok()?).ok()?;
        let clock = count(c, "h2").zip(count(c, "min2"));
        let clock = clock.and_then(|(h, m)| Some(Clock::At(h.try_into().ok()?, m.try_into().ok()?)));
        return Some(clock.map_or(Value::Day(day), |clock| Value::Time(day, clock)));
    }
    let (a, b, y) = (count(c, "a")?, count(c, "b")?, count(c, "c")?);
    let y = i16::try_from(if y >= 100 {
        y
    } else if y < 50 {
        2000 + y
    } else {
        1900 + y
    })
    .ok()?;
    // 06/07/2024 is some day, and only its writer knows which
    let (m, d) = match (a, b) {
        _ if a == b || b > 12 => (a, b),
        _ if a > 12 => (b, a),
        _ => return None,
    };
    Date::new(y, m.try_into().ok()?, d.try_into().ok()?).ok().map(Value::Day)
}

fn decade(c: &Captures) -> Option<Value> {
    const NAMES: [&str; 8] = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let named = NAMES.iter().position(|n| *n == lower(c, "named")).and_then(|i| i16::try_from(1920 + i * 10).ok());
    let short = count(c, "short").and_then(|n| i16::try_from(1900 + n).ok());
    year(c, "y").or(short).or(named).map(Value::Decade)
}

fn century(c: &Captures) -> Option<Value> {
    let words = lower(c, "c");
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    let n = digits.parse().ok().or_else(|| if words == "twenty-first" { Some(21) } else { number::ordinal(&words) })?;
    i16::try_from(n - 1).ok().map(Value::Century)
}

fn lower(c: &Captures, name: &str) -> String {
    let words = c.name(name).map(|m| m.as_str().to_lowercase()).unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Last -1, this 0, next 1.
fn side(dir: &str) -> Option<i8> {
    Some(match dir {
        "last" | "this past" | "past" | "the previous" => -1,
        "this" | "current" | "the" => 0,
        "next" | "coming" | "this coming" | "the following" => 1,
        _ => return None,
    })
}

fn near(words: &str) -> Option<i64> {
    Some(match words {
        "the day before yesterday" => -2,
        "yesterday" => -1,
        "today" => 0,
        "tomorrow" => 1,
        "the day after tomorrow" => 2,
        _ => return None,
    })
}

fn month(c: &Captures) -> Option<i8> {
    lexicon::month(&lower(c, "m"))
}

fn unit(c: &Captures) -> Option<Unit> {
    lexicon::unit(&lower(c, "u")).map(|u| u.0)
}

fn ordinal(word: &str) -> Option<i32> {
    number::ordinal(word).or_else(|| word.chars().next().and_then(|c| c.to_digit(10)).and_then(|n| i32::try_from(n).ok()))
}

/// A count in digits or words; "a couple" is two, "several" none.
fn count(c: &Captures, name: &str) -> Option<i32> {
    let words = lower(c, name);
    match words.as_str() {
        "a" | "an" => return Some(1),
        "a couple" | "a couple of" => return Some(2),
        "a dozen" => return Some(12),
        "a hundred" | "one hundred" => return Some(100),
        _ => {}
    }
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().or_else(|| number::cardinal(&words))
}

/// A year in digits or as it is spoken: "nineteen ninety-seven", "two thousand and four".
fn year(c: &Captures, name: &str) -> Option<i16> {
    let words = lower(c, name).replace('-', " ");
    if words.is_empty() {
        return None;
    }
    if let Ok(y) = words.parse() {
        return Some(y);
    }
    let (hundreds, rest) = match words.strip_prefix("two thousand") {
        Some(rest) => (2000, rest.trim().trim_start_matches("and ").to_owned()),
        None => {
            let (first, rest) = words.split_once(' ')?;
            (number::cardinal(first)? * 100, rest.replace("hundred", ""))
        }
    };
    let rest = rest.trim().trim_start_matches("oh ").trim_start_matches("o ");
    let rest = if rest.is_empty() { 0 } else { number::cardinal(rest)? };
    i16::try_from(hundreds + rest).ok()
}
