//! The words of one date expression -> an interval of days.
//!
//! `("Thursday", 2023-09-10, not ahead)` -> 2023-09-07, anchored; `("early March 2022", ..)` -> 2022-03-01/10, stated; `("Thursday", no
//! anchor)` -> unresolved, the words kept. The precision is the smallest unit that holds the interval: a quarter is `year`, and so is what
//! no unit holds, as a decade; of what is unresolved it is `unknown`. "since 2019" has no end, "until Friday" no start. What rests on another
//! moment of the story ("the same day", "a week earlier", "the following morning") is for [`resolve_from`]. It does not resolve feasts that
//! move, durations, or a number alone. Seasons are those of the northern hemisphere; "the winter of 2023" may have begun in 2022 or 2023.
//! [`find`] is the other way to dates: the expressions of a running text with their TIMEX3 values.

mod calendar;
mod find;
mod lexicon;
mod number;
mod phrase;

pub use find::{Timex, find};
pub use number::ordinal;
pub use phrase::{begins, completes, ends, is_number, is_silent, looks_ahead};

use calendar::{Days, around, nearest_day, nearest_month, shifted, thirds, unit_days};
use chancery_record::{DateBasis, DatePrecision, When};
use jiff::civil::Date;
use lexicon::{Bound, Token, Unit, tokens};

/// Days before publication that news can be of.
const NEWS: i32 = 7;

/// Whether a day (ISO) is the day of publication or one of the seven before it.
pub fn is_news(day: &str, published: Option<&str>) -> bool {
    let date = |iso: &str| iso.parse::<Date>().ok();
    let gap = date(day).zip(published.and_then(date)).and_then(|(day, published)| day.until(published).ok());
    gap.is_some_and(|gap| (0..=NEWS).contains(&gap.get_days()))
}

/// The months of a season.
const SEASON: i64 = 3;
/// How many times the distance of a day gone by counts where the words look ahead.
const BEHIND: i32 = 4;

/// What the words are read against.
#[derive(Clone, Copy)]
struct Frame {
    anchor: Option<Date>,
    is_ahead: bool,
}

/// What the words say, before it is written as a record.
#[derive(Clone, Debug, PartialEq)]
struct Reading {
    /// Open at an end that the words leave open; both open: not resolvable.
    days: Days,
    precision: DatePrecision,
    is_stated: bool,
}

impl Reading {
    fn stated(days: Days, precision: DatePrecision) -> Self {
        Reading { days, precision, is_stated: true }
    }

    fn anchored(days: Option<Days>, precision: DatePrecision) -> Self {
        Reading { days: days.unwrap_or_default(), precision, is_stated: false }
    }
}

/// Day, month, year and weekday as far as the words give them.
#[derive(Clone, Copy, Debug, Default)]
struct Fields {
    weekday: Option<i8>,
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
}

/// The interval that the words of one date expression name.
///
/// Relative words are read against `anchor`, the publication date; without it they stay unresolved. `is_ahead`: the event is planned, so
/// a bare weekday or month is the next one, not the last. A weekday or month that is the anchor's own counts as that one either way.
pub fn resolve(text: &str, anchor: Option<Date>, is_ahead: bool) -> When {
    let tokens = tokens(text);
    let reading = read(&tokens, Frame { anchor, is_ahead }).or_else(|| year_of_something(&tokens));
    let known = reading.filter(|r| r.days != Days::default() && !phrase::is_bare(&tokens));
    let days = known.as_ref().map(|r| r.days).unwrap_or_default();
    When {
        start: days.start.map(|d| d.to_string()),
        end: days.end.map(|d| d.to_string()),
        precision: known.as_ref().map_or(DatePrecision::Unknown, |r| r.precision),
        text: Some(text.to_owned()),
        basis: match known.map(|r| r.is_stated) {
            None => DateBasis::Unknown,
            Some(true) => DateBasis::Stated,
            Some(false) => DateBasis::Anchored,
        },
    }
}

/// The same of words that look ahead in a telling of the past ("gave them until July 15"): a month or a day of one is the next, unless the
/// last is so much nearer that it must be meant ("fought until 3 May", told on 5 May).
pub fn resolve_ahead(text: &str, anchor: Option<Date>) -> When {
    let (last, next) = (resolve(text, anchor, false), resolve(text, anchor, true));
    let distance = |when: &When| {
        let day: Date = when.end.as_ref().or(when.start.as_ref())?.parse().ok()?;
        anchor?.until(day).ok().map(|d| d.get_days().abs())
    };
    let weight = if last.precision == DatePrecision::Day { BEHIND } else { 1 };
    let is_next = tokens(text).iter().any(|t| matches!(t, Token::Month(_)))
        && distance(&last).zip(distance(&next)).is_some_and(|(last, next)| next < last.saturating_mul(weight));
    if is_next { next } else { last }
}

/// The days of words that rest on another moment of the story, told for `moment`: "two days later", "the following month", "the night before",
/// "that day". `None` of all other words.
pub fn resolve_from(text: &str, moment: Date) -> Option<When> {
    let (n, unit) = match tokens(text).as_slice() {
        [Token::Number(n, _), Token::Unit(unit, _), Token::Later] => (i64::from(*n), *unit),
        [Token::Number(n, _), Token::Unit(unit, _), Token::Earlier | Token::Bound(Bound::Before)] => (-i64::from(*n), *unit),
        _ => beside(&text.to_lowercase())?,
    };
    let days = calendar::unit_at(moment, unit, n)?;
    Some(When {
        start: days.start.map(|d| d.to_string()),
        end: days.end.map(|d| d.to_string()),
        precision: precision(unit),
        text: Some(text.to_owned()),
        basis: DateBasis::Anchored,
    })
}

/// How many units words (lower case) are from another moment, where they count none: "the next morning", "the month before".
fn beside(words: &str) -> Option<(i64, Unit)> {
    let unit = |word: &str| if lexicon::is_day_part(word) { Some(Unit::Day) } else { lexicon::unit(word).filter(|u| !u.1).map(|u| u.0) };
    let words: Vec<&str> = words.split_whitespace().filter(|w| *w != "the").collect();
    let [first, last] = *words.as_slice() else { return None };
    match (first, last) {
        (_, "before" | "earlier") => Some((-1, unit(first)?)),
        ("next", _) => unit(last).filter(|u| *u == Unit::Day).map(|u| (1, u)),
        ("following", _) => Some((1, unit(last)?)),
        ("previous" | "preceding", _) => Some((-1, unit(last)?)),
        ("same" | "that", _) => Some((0, unit(last)?)),
        _ => None,
    }
}

/// The last day (ISO) of what begins on the day `start` (ISO) and lasts as long as words say: "three-day", "two-week", "72-hour".
pub fn last_day(start: &str, length: &str) -> Option<String> {
    lasting(start, length, 1)?.end?.yesterday().ok().map(|d| d.to_string())
}

/// The first day (ISO) of what ends on the day `end` (ISO) and lasts as long as words say.
pub fn first_day(end: &str, length: &str) -> Option<String> {
    lasting(end, length, -1)?.start?.tomorrow().ok().map(|d| d.to_string())
}

/// From a day to the first one after (`side` 1) or before (-1) what lasts as long as words say.
fn lasting(day: &str, length: &str, side: i64) -> Option<Days> {
    let (n, unit) = length_of(length)?;
    let (n, unit) = if unit == Unit::Hour { ((n + 23) / 24, Unit::Day) } else { (n, unit) };
    around(day.parse().ok()?, unit, n * side)
}

/// Whether words are a day of the week and no more.
pub fn is_weekday(words: &str) -> bool {
    matches!(tokens(words).as_slice(), [Token::Weekday(_)])
}

/// Whether words are a length of time.
pub fn is_length(words: &str) -> bool {
    length_of(words).is_some()
}

fn length_of(words: &str) -> Option<(i64, Unit)> {
    match tokens(words).as_slice() {
        [Token::Number(n @ 1.., _), Token::Unit(unit, _)] => Some(((*n).into(), *unit)),
        _ => None,
    }
}

/// "The 2011 uprising", "the reform of 2009": one year among words that say nothing of time.
fn year_of_something(tokens: &[Token]) -> Option<Reading> {
    let mut rest = tokens.iter().filter(|t| **t != Token::Other);
    match (rest.next()?, rest.next()) {
        (Token::Year(year), None) => dated(Fields { year: Some(*year), ..Fields::default() }, Frame { anchor: None, is_ahead: false }),
        _ => None,
    }
}

fn read(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    match tokens {
        [] | [Narrative, ..] | [.., Narrative] => None,
        [Iso(date)] => Some(Reading::stated(Days::one(*date), DatePrecision::Day)),
        [Bound(bound), rest @ ..] => bounded(*bound, rest, frame),
        _ => range(tokens, frame)
            .or_else(|| fields(tokens).and_then(|f| dated(f, frame)))
            .or_else(|| part(tokens, frame))
            .or_else(|| coarse(tokens, frame))
            .or_else(|| deictic(tokens, frame))
            .or_else(|| counted(tokens, frame)),
    }
}

/// `since 2019`, `until Friday`, `between 3 and 5 May`, `from June to August`.
fn bounded(bound: Bound, rest: &[Token], frame: Frame) -> Option<Reading> {
    if matches!(bound, Bound::Between | Bound::From)
        && let Some(reading) = range(rest, frame)
    {
        return Some(reading);
    }
    let inner = read(rest, frame)?;
    let days = match bound {
        Bound::Since | Bound::From => Days { start: inner.days.start, end: None },
        Bound::Until => Days { start: None, end: inner.days.end },
        Bound::Before => Days { start: None, end: inner.days.start },
        Bound::After => Days { start: inner.days.end, end: None },
        Bound::Between => return None,
    };
    Some(Reading { days, ..inner })
}

/// `3 and 5 May 2021`, `July 16-18`, `Monday and Tuesday`, `2019-2021`: what one side leaves out is taken from the other.
fn range(tokens: &[Token], frame: Frame) -> Option<Reading> {
    let (left, right) = sides(tokens)?;
    let (first, last) = match (fields(left), fields(right)) {
        (Some(a), Some(b)) => completed(a, b, frame)?,
        _ => (read(left, frame)?, read(right, frame)?),
    };
    let days = Days { start: first.days.start, end: last.days.end };
    let is_ordered = days.start.zip(days.end).is_none_or(|(a, b)| a <= b);
    let precision = first.precision.max(last.precision);
    is_ordered.then_some(Reading { days, precision, is_stated: first.is_stated && last.is_stated })
}

/// What stands before and after the word that joins a range; of several days before it the first: `3, 4 and 5 May`.
fn sides(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let at = tokens.iter().position(|t| *t == Token::And)?;
    let (left, right) = (tokens.get(..at)?, tokens.get(at + 1..)?);
    let are_days = left.iter().all(|t| matches!(t, Token::Number(_, true)));
    Some((if are_days { left.get(..1)? } else { left }, right))
}

fn completed(mut a: Fields, mut b: Fields, frame: Frame) -> Option<(Reading, Reading)> {
    if a.weekday.is_none() || b.weekday.is_none() {
        a.month = a.month.or(b.month.filter(|_| a.day.is_some()));
        b.month = b.month.or(a.month.filter(|_| b.day.is_some()));
    }
    let is_lent = a.year.is_none();
    a.year = a.year.or(b.year);
    b.year = b.year.or(a.year.filter(|_| b.month.is_some()));
    let (mut first, last) = (dated(a, frame)?, dated(b, frame)?);
    if first.days.start > last.days.end {
        // "28 December to 3 January 2024"; "Saturday and Sunday" read on a Saturday.
        match a.year {
            Some(year) if is_lent => a.year = Some(year - 1),
            _ => return rolled(first, last, a),
        }
        first = dated(a, frame)?;
    }
    Some((first, last))
}

/// The first side a week or a year earlier, so that it comes before the second.
fn rolled(first: Reading, last: Reading, a: Fields) -> Option<(Reading, Reading)> {
    let (unit, n) = if a.month.is_some() { (Unit::Year, -1) } else { (Unit::Week, -1) };
    if first.is_stated {
        return None;
    }
    let back = |d: Option<Date>| d.and_then(|d| shifted(d, unit, n));
    let days = Days { start: back(first.days.start), end: back(first.days.end) };
    Some((Reading { days, ..first }, last))
}

/// The parts of a written date, when the words are nothing else.
fn fields(tokens: &[Token]) -> Option<Fields> {
    let mut f = Fields::default();
    for token in tokens {
        let is_new = match *token {
            Token::Weekday(d) => f.weekday.replace(d).is_none(),
            Token::Month(m) => f.month.replace(m).is_none(),
            Token::Year(y) => f.year.replace(y).is_none(),
            Token::Number(n, true) | Token::Ordinal(n) if (1..=31).contains(&n) => f.day.replace(i8::try_from(n).ok()?).is_none(),
            _ => false,
        };
        if !is_new {
            return None;
        }
    }
    (f.weekday.or(f.day).or(f.month).is_some() || f.year.is_some()).then_some(f)
}

fn dated(f: Fields, frame: Frame) -> Option<Reading> {
    let Frame { anchor, is_ahead } = frame;
    match (f.year, f.month, f.day) {
        (Some(y), Some(m), Some(d)) => Some(Reading::stated(Days::one(Date::new(y, m, d).ok()?), DatePrecision::Day)),
        (Some(y), Some(m), None) => Some(Reading::stated(unit_days(Date::new(y, m, 1).ok()?, Unit::Month)?, DatePrecision::Month)),
        (Some(y), None, None) => Some(Reading::stated(unit_days(Date::new(y, 1, 1).ok()?, Unit::Year)?, DatePrecision::Year)),
        (Some(_), None, Some(_)) => None,
        (None, Some(m), Some(d)) => {
            Date::new(2024, m, d).ok()?; // a leap year: 29 February exists
            let day = anchor.and_then(|a| nearest_day(a, is_ahead, |y, _| Date::new(y, m, d).ok()));
            Some(Reading::anchored(day.map(Days::one), DatePrecision::Day))
        }
        (None, Some(m), None) => Some(Reading::anchored(anchor.and_then(|a| nearest_month(a, m, is_ahead)), DatePrecision::Month)),
        (None, None, Some(d)) => {
            let day = anchor.and_then(|a| nearest_day(a, is_ahead, |y, m| Date::new(y, m, d).ok()));
            Some(Reading::anchored(day.map(Days::one), DatePrecision::Day))
        }
        (None, None, None) => {
            let day = anchor.zip(f.weekday).and_then(|(a, w)| calendar::weekday(a, w, if is_ahead { 0 } else { -1 }, true));
            Some(Reading::anchored(day.map(Days::one), DatePrecision::Day))
        }
    }
}

/// `early March 2022`, `the end of the year`, `the second half of 2023`, `earlier this month`: a part of a longer interval.
fn part(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    let clip = |rest: &[Token], is_earlier: bool| {
        let mut r = read(rest, frame)?;
        let inside = frame.anchor.filter(|a| r.days.start <= Some(*a) && Some(*a) <= r.days.end);
        match inside {
            Some(a) if is_earlier => r.days.end = Some(a),
            Some(a) => r.days.start = Some(a),
            None => {}
        }
        Some(r)
    };
    match tokens {
        [Part(_), Unit(lexicon::Unit::Day | lexicon::Unit::Hour | lexicon::Unit::Weekend, _)] => None,
        [Part(n), Unit(unit, false)] => {
            let days = frame.anchor.and_then(|a| unit_days(a, *unit));
            Some(Reading::anchored(days.map(|d| thirds(d, *n, *unit)), precision(*unit)))
        }
        [Part(n), rest @ ..] => {
            let third = |anchor| {
                let r = read(rest, Frame { anchor, ..frame })?;
                let unit = match r.precision {
                    DatePrecision::Month => lexicon::Unit::Month,
                    DatePrecision::Year => lexicon::Unit::Year,
                    _ => return Some(r),
                };
                Some(Reading { days: thirds(r.days, *n, unit), ..r })
            };
            let nearest = third(frame.anchor)?;
            // "late June" of the past, told on 3 June
            let is_of_month = matches!(rest, [Month(_)]);
            let n = match frame.anchor {
                Some(a) if is_of_month && !frame.is_ahead && nearest.days.start > Some(a) => -1,
                Some(a) if is_of_month && frame.is_ahead && nearest.days.end < Some(a) => 1,
                _ => return Some(nearest),
            };
            third(frame.anchor.and_then(|a| shifted(a, lexicon::Unit::Year, n)))
        }
        [Earlier, rest @ ..] => clip(rest, true),
        [Later, rest @ ..] => clip(rest, false),
        [Ordinal(n @ 1..=2), Half, rest @ ..] | [Half, Number(n @ 1..=2, _), rest @ ..] => span_of_year(*n, 6, rest, frame),
        [Ordinal(n @ 1..=4), Unit(lexicon::Unit::Quarter, false), rest @ ..] | [Q(n), rest @ ..] => span_of_year(*n, 3, rest, frame),
        _ => None,
    }
}

/// The `n`th run of `months` months of the year that `rest` names; of the nearest year that fits when it names none.
fn span_of_year(n: i32, months: i32, rest: &[Token], frame: Frame) -> Option<Reading> {
    let first = i8::try_from((n - 1) * months + 1).ok()?;
    let in_year = |year: i16| calendar::months(year, first, months.into());
    if rest.is_empty() || rest == [Token::Unit(Unit::Year, false)] {
        let days = frame.anchor.and_then(|a| {
            let mut years = [a.year() - 1, a.year(), a.year() + 1].into_iter().filter_map(in_year);
            if frame.is_ahead { years.find(|d| d.end >= Some(a)) } else { years.rfind(|d| d.start <= Some(a)) }
        });
        return Some(Reading::anchored(days, DatePrecision::Year));
    }
    let is_year = |d: &Days| d.start.zip(d.end).is_none_or(|(a, b)| a.year() == b.year());
    let year = read(rest, frame).filter(|r| r.precision == DatePrecision::Year && is_year(&r.days))?;
    let days = year.days.start.and_then(|d| in_year(d.year()));
    Some(Reading { days: days.unwrap_or_default(), ..year })
}

/// Decades, centuries, seasons with a year, and days with a name.
fn coarse(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    match tokens {
        [Decade(y)] => {
            Some(Reading::stated(Days { start: Date::new(*y, 1, 1).ok(), end: Date::new(y + 9, 12, 31).ok() }, DatePrecision::Year))
        }
        [Ordinal(n @ 1..=30), Unit(lexicon::Unit::Century, false)] => {
            let last = i16::try_from(*n).ok()? * 100;
            Some(Reading::stated(Days { start: Date::new(last - 99, 1, 1).ok(), end: Date::new(last, 12, 31).ok() }, DatePrecision::Year))
        }
        [Season(first), Year(y)] => Some(Reading::stated(season_of(*first, *y)?, DatePrecision::Year)),
        [Season(first), Deixis(n), Unit(lexicon::Unit::Year, false)] => {
            let days = frame.anchor.and_then(|a| season_of(*first, a.year() + i16::from(*n)));
            Some(Reading::anchored(days, DatePrecision::Year))
        }
        [Deixis(n), Season(first)] => season(*first, *n, frame),
        [Feast(m, d)] => dated(Fields { month: Some(*m), day: Some(*d), ..Fields::default() }, frame),
        [Feast(m, d), Year(y)] => dated(Fields { month: Some(*m), day: Some(*d), year: Some(*y), weekday: None }, frame),
        // "An August morning in 2019", "a Thursday night in February": a day of that month, no one knows which.
        [Number(1, false), rest @ ..] if rest.len() > 1 && rest.iter().any(|t| matches!(t, Weekday(_) | DayPart)) => {
            let rest: Vec<Token> = rest.iter().filter(|t| !matches!(t, Weekday(_) | DayPart)).cloned().collect();
            fields(&rest).and_then(|f| dated(f, frame))
        }
        _ => None,
    }
}

/// The months of the season that begins in month `first`; of winter both that the year has a part of.
fn season_of(first: i8, year: i16) -> Option<Days> {
    let days = calendar::months(year, first, SEASON)?;
    let is_of_one_year = days.end.is_some_and(|d| d.year() == year);
    Some(if is_of_one_year { days } else { Days { start: Date::new(year, 1, 1).ok(), ..days } })
}

/// The last such season that has ended, the present one or that of this year, the next to begin.
fn season(first: i8, n: i8, frame: Frame) -> Option<Reading> {
    let days = frame.anchor.and_then(|a| {
        let mut seasons = (a.year() - 2..=a.year() + 1).filter_map(|y| calendar::months(y, first, SEASON));
        match n {
            -1 => seasons.rfind(|d| d.end < Some(a)),
            0 => {
                let holds = |d: &Days| d.start <= Some(a) && d.end >= Some(a);
                let is_of_year = |d: &Days| if frame.is_ahead { d.start } else { d.end }.is_some_and(|day| day.year() == a.year());
                seasons.clone().find(holds).or_else(|| seasons.find(is_of_year))
            }
            _ => seasons.find(|d| d.start > Some(a)),
        }
    });
    Some(Reading::anchored(days, DatePrecision::Year))
}

/// `today`, `last week`, `next Thursday`, `July last year`, `the weekend`.
fn deictic(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    let anchor = frame.anchor;
    let day =
        |n: i8| Some(Reading::anchored(anchor.and_then(|a| shifted(a, lexicon::Unit::Day, n.into())).map(Days::one), DatePrecision::Day));
    match tokens {
        [Now(n)] | [Now(n), DayPart] | [DayPart, Now(n)] => day(*n),
        [Overnight] => Some(Reading::anchored(anchor.and_then(|a| around(a, lexicon::Unit::Day, -1)), DatePrecision::Day)),
        [Deixis(n @ -1..=0), DayPart] => day(*n),
        [Deixis(n), Weekday(w)] | [Deixis(n), Weekday(w), DayPart] => {
            let found = anchor.and_then(|a| match n {
                0 if !frame.is_ahead => unit_days(a, lexicon::Unit::Week)?.start.and_then(|m| calendar::weekday(m, *w, 0, true)),
                n => calendar::weekday(a, *w, *n, *n == 0),
            });
            Some(Reading::anchored(found.map(Days::one), DatePrecision::Day))
        }
        [Weekday(w), Deixis(n), Unit(lexicon::Unit::Week, false)] | [Deixis(n), Unit(lexicon::Unit::Week, false), Weekday(w)] => {
            let week = anchor.and_then(|a| shifted(a, lexicon::Unit::Week, (*n).into())).and_then(|d| unit_days(d, lexicon::Unit::Week));
            let found = week.and_then(|d| d.start).and_then(|monday| calendar::weekday(monday, *w, 0, true));
            Some(Reading::anchored(found.map(Days::one), DatePrecision::Day))
        }
        [Unit(lexicon::Unit::Weekend, false)] => {
            let n = if frame.is_ahead || anchor.is_some_and(calendar::is_weekend) { 0 } else { -1 };
            Some(Reading::anchored(anchor.and_then(|a| calendar::unit_at(a, lexicon::Unit::Weekend, n)), DatePrecision::Week))
        }
        [Deixis(-1 | 1), Unit(lexicon::Unit::Day | lexicon::Unit::Hour, false)] => None,
        [Deixis(n), Unit(unit, false)] => {
            Some(Reading::anchored(anchor.and_then(|a| calendar::unit_at(a, *unit, (*n).into())), precision(*unit)))
        }
        [Deixis(n), rest @ ..] if rest.iter().any(|t| matches!(t, Month(_))) => {
            let f = fields(rest).filter(|f| f.year.is_none())?;
            let year = anchor.and_then(|a| calendar::year_of(a, f.month, f.day, *n));
            relative_year(f, year, frame)
        }
        [rest @ .., Deixis(n), Unit(lexicon::Unit::Year, false)] => {
            let f = fields(rest).filter(|f| f.year.is_none())?;
            relative_year(f, anchor.map(|a| a.year() + i16::from(*n)), frame)
        }
        _ => None,
    }
}

/// Month and day in a year found from the anchor.
fn relative_year(f: Fields, year: Option<i16>, frame: Frame) -> Option<Reading> {
    f.month?;
    let Some(year) = year else { return dated(f, Frame { anchor: None, ..frame }) };
    dated(Fields { year: Some(year), ..f }, frame).map(|r| Reading { is_stated: false, ..r })
}

/// `two years ago`, `in three weeks' time`, `the last five days`, `the coming weeks`.
fn counted(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    let anchor = frame.anchor;
    let (n, unit, is_ago) = match tokens {
        [Number(n, _), Unit(unit, _), FromNow] | [In, Number(n, _), Unit(unit, _), FromNow] => ((*n).into(), *unit, true),
        [In, Number(n, _), Unit(unit, _)] if frame.is_ahead => ((*n).into(), *unit, true),
        [Deixis(-1) | Trail, Number(n, _), Unit(unit, _)] => (-i64::from(*n), *unit, false),
        [Trail, Unit(unit, false)] => (-1, *unit, false),
        [Deixis(1), Number(n, _), Unit(unit, _)] => ((*n).into(), *unit, false),
        [Within, Number(n, _), Unit(unit, _)] if frame.is_ahead => ((*n).into(), *unit, false),
        [Deixis(-1) | Trail, Unit(unit, true)] => {
            return Some(Reading::anchored(anchor.map(|a| Days { start: None, end: Some(a) }), precision(*unit)));
        }
        [Deixis(1), Unit(unit, true)] => {
            return Some(Reading::anchored(anchor.map(|a| Days { start: Some(a), end: None }), precision(*unit)));
        }
        _ => return ago(tokens, frame),
    };
    let days = anchor.and_then(|a| if is_ago { calendar::unit_at(a, unit, n) } else { around(a, unit, n) });
    Some(Reading::anchored(days, precision(unit)))
}

/// `two years ago`, `years ago`; `a year ago today`, `in May two years ago`. "Two years ago on Wednesday" may be any of that year: the day
/// itself is known only of weeks, and of those only where it is the same by the weeks of the calendar and by seven days each.
fn ago(tokens: &[Token], frame: Frame) -> Option<Reading> {
    use Token::*;
    let at = tokens.iter().position(|t| *t == Ago)?;
    let (n, unit, rest) = match (tokens.get(..at)?, tokens.get(at + 1..)?) {
        ([Number(n, _), Unit(unit, _)], rest) | ([rest @ .., Number(n, _), Unit(unit, _)], []) => (-i64::from(*n), *unit, rest),
        ([Unit(unit, true)], [] | [Weekday(_)]) => {
            return Some(Reading::anchored(frame.anchor.map(|a| Days { start: None, end: Some(a) }), precision(*unit)));
        }
        _ => return None,
    };
    let is_short = matches!(unit, lexicon::Unit::Hour | lexicon::Unit::Day);
    let then = |day: Date| shifted(day, unit, n);
    let whole = || frame.anchor.and_then(|a| calendar::unit_at(a, unit, n));
    match rest {
        [] => Some(Reading::anchored(whole(), precision(unit))),
        _ if is_short => None,
        [Now(k)] => {
            let day = frame.anchor.and_then(|a| shifted(then(a)?, lexicon::Unit::Day, (*k).into()));
            Some(Reading::anchored(day.map(Days::one), DatePrecision::Day))
        }
        [Deixis(0), Unit(part, false)] => Some(Reading::anchored(frame.anchor.and_then(|a| unit_days(then(a)?, *part)), precision(*part))),
        [Weekday(w)] if unit == lexicon::Unit::Week => {
            let by_days = frame.anchor.and_then(|a| then(calendar::weekday(a, *w, -1, true)?));
            let in_week = whole().and_then(|d| calendar::weekday(d.start?, *w, 0, true));
            Some(Reading::anchored(by_days.filter(|d| Some(*d) == in_week).map(Days::one), DatePrecision::Day))
        }
        [Weekday(_)] => Some(Reading::anchored(whole(), precision(unit))),
        _ => {
            let f = fields(rest).filter(|f| f.year.is_none() && matches!(unit, lexicon::Unit::Year | lexicon::Unit::Decade))?;
            relative_year(f, frame.anchor.and_then(then).map(|d| d.year()), frame)
        }
    }
}

fn precision(unit: Unit) -> DatePrecision {
    match unit {
        Unit::Hour | Unit::Day => DatePrecision::Day,
        Unit::Week | Unit::Weekend | Unit::Fortnight => DatePrecision::Week,
        Unit::Month => DatePrecision::Month,
        Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => DatePrecision::Year,
    }
}

#[cfg(test)]
mod tests;
