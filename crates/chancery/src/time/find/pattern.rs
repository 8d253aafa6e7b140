//! What date expressions look like, as regular expressions with named groups.
//!
//! In the table `~` is white space and `{name}` one of [`PARTS`]. The groups: `y` year, `m` month, `d` day, `w` weekday, `n` count, `u` unit,
//! `dir` which one (last, this, ago ...), `q` which quarter or half, `s` season, `p` part of the day, `h`, `min`, `ap` the clock.

use regex::Regex;
use std::sync::LazyLock;

/// What an expression is, i.e. how its groups are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `2024-07-16`, `16/07/2024`, `11/02/89`.
    Numeric,
    /// `10 p.m. Wednesday`, `noon`.
    Clock,
    /// `this morning`, `Thursday night`, `tonight`.
    DayPart,
    /// `Nov. 2, 1989`, `16 July`.
    Day,
    /// `November 1995`, `March`.
    Month,
    /// `Friday`, `last Thursday`.
    Weekday,
    /// `1989`, `fiscal 1989`.
    Year,
    /// `the 1980s`.
    Decade,
    /// `the 20th century`.
    Century,
    /// `the third quarter of 1990`, `third-quarter`.
    Quarter,
    /// `the first half of next year`.
    Half,
    /// `this summer`, `the winter of 1994`.
    Season,
    /// `last week`, `next year`, `this month`.
    Deictic,
    /// `two weeks ago`, `five years from now`.
    Counted,
    /// `the next day`, `two days later`, `that year`.
    FromLast,
    /// `a year earlier`, `the year-ago quarter`.
    YearAgo,
    /// `the latest quarter`, `the quarter`.
    Period,
    /// `today`, `yesterday`, `the day before yesterday`.
    Near,
    /// `now`, `currently`.
    Present,
    /// `recently`, `the past`.
    Past,
    /// `soon`, `the future`.
    Future,
    /// `the end of the year`, `year-end`.
    YearEnd,
    /// Durations and repetitions: found only so that no part of them is taken for a date.
    NoDate,
}

const MONTH: &str = "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|\
                     Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|\
                     NOVEMBER|DECEMBER)";
const WEEKDAY: &str = "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri)\\.|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|\
                       FRIDAY|SATURDAY|SUNDAY)";
const TENS: &str = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";
const ONES: &str = "(?:one|two|three|four|five|six|seven|eight|nine)";
const TEENS: &str = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";

/// The parts that the table names in braces.
const PARTS: &[(&str, &str)] = &[
    ("month", MONTH),
    ("weekday", WEEKDAY),
    ("year", "(?:1[4-9]\\d\\d|20\\d\\d|21\\d\\d)"),
    (
        "spelt",
        "(?i:nineteen~(?:hundred|(?:oh|o)[~-]{ones}|{teens}|{tens}(?:[~-]{ones})?)|two~thousand(?:~(?:and~)?(?:{ones}|{teens}|{tens}(?:[~-]{ones})?))?|\
         twenty~(?:{teens}|{tens}(?:[~-]{ones})?))",
    ),
    ("day", "(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?"),
    (
        "count",
        "(?i:a~couple(?:~of)?|(?:a~)?few|several|many|some|a~dozen|{tens}[~-]{ones}|{tens}|{teens}|{ones}|(?:a|one)~hundred|an?|\\d{1,3}(?:\\.\\d)?)",
    ),
    ("unit", "(?i:days?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"),
    ("single", "(?i:day|weekend|week|month|quarter|year|decade|century)"),
    ("short", "(?i:seconds?|minutes?|hours?)"),
    ("season", "(?i:spring|summer|autumn|fall|winter)"),
    ("part", "(?i:morning|afternoon|evening|night)"),
    ("ordinal", "(?i:first|second|third|fourth|1st|2nd|3rd|4th)"),
    (
        "clock",
        "(?:(?P<h>\\d{1,2})(?:[:.](?P<min>[0-5]\\d))?~?(?P<ap>[ap]m\\b|[ap]\\.m\\.|[AP]M\\b|[AP]\\.M\\.)|(?P<h2>[01]?\\d|2[0-3]):(?P<min2>[0-5]\\d)|\
         (?i:(?P<noon>noon|midday|midnight)))(?:~\\(?(?:[ECMP][SD]T|GMT|UTC|BST|local~time)\\)?)?",
    ),
    ("ones", ONES),
    ("tens", TENS),
    ("teens", TEENS),
    ("endof", "(?:(?i:(?:the~)?(?:end|beginning|start|middle|close)~of)~)?"),
    ("about", "(?i:(?:about|around|nearly|almost|roughly|some|more~than|less~than|over|at~least)~)"),
];

/// Kind and pattern. Of several that begin at one place the longest counts; of equally long ones the first.
const TABLE: &[(Kind, &str)] = &[
    (Kind::Numeric, r"(?P<y>\d{4})-(?P<mm>\d\d)-(?P<dd>\d\d)(?:T(?P<h2>\d\d):(?P<min2>\d\d)(?::\d\d)?)?"),
    (Kind::Numeric, r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<c>\d{4}|\d\d)"),
    (
        Kind::Clock,
        r"{clock}(?:,?~(?:(?i:on)~)?(?:(?P<w>{weekday})|(?P<near>(?i:today|yesterday|tomorrow))))?(?:,?~(?P<m>{month})~(?P<d>{day})(?:,?~(?P<y>{year}))?)?",
    ),
    (
        Kind::DayPart,
        r"(?i:(?:early|earlier|late|later|mid)[~-])?(?:(?P<w>{weekday})(?:'s)?|(?P<dir>(?i:this|last|yesterday|tomorrow|today|that))(?:'s)?)~(?P<p>{part})",
    ),
    (Kind::DayPart, r"(?i:mid-?~?)(?P<p>(?i:morning|afternoon))(?:~(?:(?P<w>{weekday})|(?P<dir>(?i:yesterday|today|tomorrow))))?"),
    (Kind::DayPart, r"(?i:(?P<p>tonight|overnight))"),
    (Kind::Day, r"(?:(?P<w>{weekday}),?~)?(?P<m>{month})~(?P<d>{day})(?:,?~(?P<y>{year}))?"),
    (Kind::Day, r"(?:(?P<w>{weekday}),?~)?(?:(?i:the)~)?(?P<d>{day})~(?:of~)?(?P<m>{month})(?:,?~(?P<y>{year}))?"),
    (Kind::Month, r"{endof}(?:(?i:early|late|mid)[~-])?(?P<m>{month})(?:,?~(?:of~)?)(?P<y>{year}|{spelt})"),
    (
        Kind::Month,
        r"{endof}(?:(?P<mod>(?i:early|late|mid|earlier|later))(?:~(?i:in)~|[~-]))?(?:(?P<dir>(?i:last|next|this|this~past|this~coming|the~following))~)?(?P<m>{month})(?:~(?P<of>(?i:last|this|next))~year)?",
    ),
    (
        Kind::Weekday,
        r"(?:(?i:early|earlier|late|later)~(?:on~)?)?(?:(?P<dir>(?i:last|next|this|this~past|this~coming|the~following|the~previous))~)?(?P<w>{weekday})(?:~(?P<of>(?i:last|next|this)~week))?",
    ),
    (
        Kind::Year,
        r"{endof}(?:(?i:(?:early|late|mid|earlier|later)(?:~in~|[~-])))?(?:(?i:the~)?(?i:fiscal(?:~year)?|year)~)?(?P<y>{year}|{spelt})(?:~(?i:and~beyond))?",
    ),
    (
        Kind::Decade,
        r"{endof}(?i:the~)?(?i:(?:early|late|mid)[~-]?(?:to[~-](?:late|mid)[~-])?)?(?:(?P<y>1[4-9]\d0|20\d0)'?s|'?(?P<short>[2-9]0)'?s|(?P<named>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)))",
    ),
    (
        Kind::Century,
        r"(?i:(?:the~)?(?:(?:early|late|mid)[~-])?)(?P<c>1[5-9]th|20th|21st|(?i:fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first))[~-](?i:century)",
    ),
    (
        Kind::Quarter,
        r"(?:(?P<dir>(?i:last|this|next)~year)'s~|(?P<y>{year})(?:'s)?~)?(?i:fiscal~)?(?P<q>{ordinal})-(?i:quarter)(?:~(?:of~|in~)?(?:(?i:fiscal~)?(?P<y2>{year})|(?P<dir2>(?i:last|this|next)~year)))?",
    ),
    (
        Kind::Quarter,
        r"(?:(?i:the)~)?(?:(?P<dir>(?i:last|this|next)~year)'s~|(?P<y>{year})(?:'s)?~)?(?i:fiscal[~-])?(?P<q>{ordinal})~(?i:fiscal~)?(?i:quarter)(?:~(?:of~|in~)?(?:(?i:fiscal~)?(?P<y2>{year})|(?P<dir2>(?i:last|this|next)~year)))?",
    ),
    (
        Kind::Half,
        r"(?:(?i:the)~)?(?P<q>(?i:first|second|1st|2nd|last))[~-](?i:half)(?:~(?:of~)?(?:(?P<y>{year})|(?P<dir>(?i:last|this|next|the)~year)))?",
    ),
    (
        Kind::Season,
        r"(?:(?P<mod>(?i:early|late|mid|earlier|later))(?:~in~|[~-]))?(?:(?P<dir>(?i:last|this|next|this~past|this~coming|the))~)?(?:(?i:early|late|mid)[~-])?(?P<s>{season})(?:,?~(?:of~)?(?P<y>{year}|{spelt})|~(?:of~)?(?P<dir2>(?i:last|this|next)~year))?",
    ),
    (
        Kind::Deictic,
        r"{endof}(?:(?P<mod>(?i:early|earlier|late|later))~(?:in~)?)?(?P<dir>(?i:last|this|next|this~past|this~coming|(?:the~)?(?:current|coming|past|last)|the~full|the))~(?i:fiscal~|calendar~|model~)?(?P<u>{single})",
    ),
    (Kind::YearAgo, r"(?i:(?:(?:the|a)~)?year[~-](?:ago|earlier)~(?:third~|first~|second~|fourth~)?(?:quarter|period))"),
    (
        Kind::YearAgo,
        r"(?i:the~(?:quarter|period|(?:corresponding|same|comparable|like)~(?:quarter|period))(?:~a~year~(?:ago|earlier|before)|~(?:of~|in~)?last~year))",
    ),
    (Kind::YearAgo, r"(?i:last~year's~(?P<q>first|second|third|fourth)?~?(?:quarter|period))"),
    (Kind::YearAgo, r"(?i:(?:a|one)~year~(?:ago|earlier|before)|year[~-](?:ago|earlier))"),
    (Kind::YearAgo, r"(?i:the~)(?P<y>{year})(?i:~(?:quarter|period))"),
    (
        Kind::Counted,
        r"{about}?(?:(?i:the~)?(?P<n>{count})[~-](?P<u>{unit})(?:~or~(?:so|two|more))?~(?P<dir>(?i:ago|from~now|from~today|hence)))",
    ),
    (
        Kind::FromLast,
        r"(?i:(?P<dir>the~(?:next|following|previous|same|preceding)|that|that~same)~(?P<u>day|week|weekend|month|year|decade))",
    ),
    (Kind::Period, r"(?i:(?:the~(?:latest|most~recent|current|just-ended)|this|the)~(?P<u>quarter)|the~latest~(?:period|three~months))"),
    (
        Kind::Near,
        r"(?:(?P<mod>(?i:early|earlier|late|later))~)?(?P<near>(?i:today|yesterday|tomorrow|the~day~before~yesterday|the~day~after~tomorrow))",
    ),
    (
        Kind::Present,
        r"(?i:(?:right~|even~)?now|currently|at~present|presently|nowadays|these~days|at~the~moment|the~present(?:~time)?|this~(?:moment|time))",
    ),
    (
        Kind::Past,
        r"(?i:(?:more~|most~)?recently|lately|the~(?:recent~)?past|(?:in~the~)?(?:recent|past)~(?:days|weeks|months|years|decades)(?:~and~months)?|(?:several|a~few|many|some)~(?:days|weeks|months|years|decades)~ago|long~ago)",
    ),
    (
        Kind::Future,
        r"(?i:soon|the~(?:near~|foreseeable~|immediate~|not-too-distant~)?future|(?:coming|future)~(?:days|weeks|months|quarters|years|decades)|the~coming~(?:days|weeks|months|years)|a~later~date|one~day|some~day|someday)",
    ),
    (Kind::YearEnd, r"(?i:(?:the~)?year[~-]end|(?:the~)?year's~end|the~end~of~the~(?P<u>year|month|week|quarter|decade|century))"),
    (
        Kind::NoDate,
        r"(?i:(?:for~|over~|in~|during~|within~)?(?:the~)?(?:past|last|next|first|coming|previous|following)~{about}?{count}(?:~(?:or|to)~{count})?[~-](?:{unit}|{short}|{season}s?))",
    ),
    (
        Kind::NoDate,
        r"(?i:{about}?{count}(?:~(?:or|to|and)~{count})?[~-](?:(?:calendar|trading|working|business|straight|consecutive|more|full)~)?(?:{unit}|{short})(?:-old)?)",
    ),
    (Kind::NoDate, r"(?i:(?:each|every)~(?:other~)?(?:{unit}|{part}|{season}|{weekday}|{month})|(?:{weekday}|{part})s)"),
];

/// The table, compiled; every pattern begins and ends at a word boundary.
pub fn patterns() -> &'static [(Kind, Regex)] {
    static PATTERNS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
        let compiled = TABLE.iter().filter_map(|(kind, text)| Some((*kind, Regex::new(&expand(text)).ok()?)));
        compiled.collect()
    });
    &PATTERNS
}

fn expand(pattern: &str) -> String {
    let mut text = pattern.to_owned();
    while let Some((name, part)) = PARTS.iter().find(|(name, _)| text.contains(&format!("{{{name}}}"))) {
        text = text.replace(&format!("{{{name}}}"), part);
    }
    text.replace("[~-]", r"(?:\s+|-)").replace('~', r"(?:\s+)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_of_the_table_compiles() {
        for (kind, text) in TABLE {
            assert!(Regex::new(&expand(text)).is_ok(), "{kind:?}: {:?}", Regex::new(&expand(text)).err());
        }
        assert_eq!(patterns().len(), TABLE.len());
    }
}
