//! The dateline before the first sentence of a wire story.
//!
//! `RIYADH, July 16 (SPA) - The ministers met.` -> place `RIYADH`, date `July 16`, and the text goes on at `The`.
//! A place in capitals is enough; one in small letters needs a date, an agency or a spaced dash before a new sentence.

use super::date;
use crate::text::head;
use std::ops::Range;

/// Longest dateline, in bytes.
const LONGEST_BYTES: usize = 120;
/// Words in capitals before a colon or dash that are no places.
#[rustfmt::skip]
const SHOUTS: &[&str] = &[
    "UPDATE", "BREAKING", "ANALYSIS", "EXCLUSIVE", "WATCH", "OPINION", "VIDEO", "LIVE", "FACTBOX", "EXPLAINER", "TIMELINE", "CORRECTION",
    "PHOTOS", "URGENT", "READ", "MORE", "NOTE", "Q", "A", "INTERVIEW", "COMMENT", "EDITORIAL", "FEATURE", "SUMMARY", "LEAD", "WRAPUP",
    "FLASH",
];
/// Words in capitals of who takes a turn in a transcript: `PRESIDENT MACRON: We ...`.
#[rustfmt::skip]
const SPEAKERS: &[&str] = &[
    "PRESIDENT", "MINISTER", "PREMIER", "CHANCELLOR", "SECRETARY", "AMBASSADOR", "SENATOR", "GENERAL", "SPOKESPERSON", "SPOKESMAN", "SPOKESWOMAN",
    "MODERATOR", "QUESTION", "ANSWER", "REPORTER", "JOURNALIST", "MR", "MRS", "MS", "DR", "AFP", "AP", "REUTERS",
];

/// A dateline; all ranges are bytes of the text it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prefix {
    /// The prefix with its dash, without the space after it.
    pub end: usize,
    /// Where the sentence goes on.
    pub body: usize,
    /// Place.
    pub place: Option<Range<usize>>,
    /// Date.
    pub date: Option<date::Found>,
    /// Whether a date or an agency stands in it: enough to begin an article.
    pub is_strong: bool,
}

/// The dateline at the start of `text`, if there is one.
pub(crate) fn prefix(text: &str) -> Option<Prefix> {
    let window = head(text, LONGEST_BYTES + 8);
    let mut depth = 0usize;
    for (at, c) in window.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' if window[..at].ends_with('/') => return after_slashes(text, window, at),
            '.' if ends_first_sentence(window, at) => return None,
            _ if depth == 0 && is_separator(window, at, c) => return at_separator(text, window, at, c),
            _ => {}
        }
    }
    None
}

/// Whether the whole line is a dateline without a sentence: `RIYADH, July 16 (SPA)`, `Riyadh, 3 March 2024`.
pub(super) fn alone(line: &str) -> bool {
    let bare = line.trim_end_matches(['-', '–', '—', ':', ' ']);
    parts(bare, true).is_some_and(|p| p.place.is_some() && p.date.is_some())
}

/// Place and date of a line for which [`alone`] holds.
pub(crate) fn line_parts(line: &str) -> (Option<Range<usize>>, Option<date::Found>) {
    if let Some(found) = date::date_line(line) {
        return (None, Some(found));
    }
    match parts(line.trim_end_matches(['-', '–', '—', ':', ' ']), true) {
        Some(found) => (found.place, found.date),
        None => (None, date::find(line)),
    }
}

fn at_separator(text: &str, window: &str, at: usize, c: char) -> Option<Prefix> {
    let before = window.get(..at)?.trim_end();
    let dashes = window.get(at..)?.chars().take_while(|d| *d == c).map(char::len_utf8).sum::<usize>();
    let end = at + dashes;
    let rest = text.get(end..)?;
    let body = end + (rest.len() - rest.trim_start().len());
    let found = parts(before, c == ':')?;
    let next = text.get(body..)?.chars().next()?;
    let is_spaced = before.len() < at && body > end;
    let begins = next.is_uppercase() || next.is_numeric() || matches!(next, '“' | '"' | '‘' | '\'' | '«');
    let weak_ok = c != ':' && is_spaced && begins && !has_second_dash(text, body);
    let first = before.split_whitespace().next().unwrap_or_default();
    let is_turn = c == ':' && SPEAKERS.contains(&first.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_allowed = !is_turn && (found.is_strong || found.in_capitals && (begins || is_spaced) || weak_ok && found.place_words <= 2);
    is_allowed.then_some(Prefix { end, body, place: found.place, date: found.date, is_strong: found.is_strong })
}

/// The dateline that ends with its agency between slashes: `MOSCOW, May 15. /TASS/. `.
fn after_slashes(text: &str, window: &str, at: usize) -> Option<Prefix> {
    let (before, agency) = window.get(..at)?.strip_suffix('/')?.rsplit_once('/')?;
    let found = parts(before.trim_end_matches([' ', '.', ',']), true)?;
    let rest = text.get(at + 1..)?;
    let body = at + 1 + (rest.len() - rest.trim_start().len());
    let is_filed = found.place.is_some() && is_agency(&format!("({agency})"));
    is_filed.then_some(Prefix { end: at + 1, body, place: found.place, date: found.date, is_strong: true })
}

/// A pair of dashes sets off an aside: `Japan – the host – said`.
fn has_second_dash(text: &str, from: usize) -> bool {
    let rest = text.get(from..).unwrap_or_default();
    let sentence = head(rest, 200).split(". ").next().unwrap_or_default();
    [" - ", " – ", " — ", " -- "].iter().any(|dash| sentence.contains(dash))
}

fn ends_first_sentence(window: &str, at: usize) -> bool {
    let word = window.get(..at).and_then(|t| t.rsplit([' ', ',', '(']).next()).unwrap_or_default();
    let followed = window.get(at + 1..).is_some_and(|t| t.starts_with(' '));
    followed && word.chars().count() > 4
}

fn is_separator(window: &str, at: usize, c: char) -> bool {
    let before = window.get(..at).and_then(|t| t.chars().next_back());
    let after = window.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
    match c {
        '—' => true,
        '-' | '–' | '―' => before.is_some_and(char::is_whitespace) || before == Some(')') || after == Some('-') && before != Some('-'),
        ':' => after.is_some_and(char::is_whitespace),
        _ => false,
    }
}

#[derive(Debug, Default)]
struct Parts {
    place: Option<Range<usize>>,
    date: Option<date::Found>,
    is_strong: bool,
    in_capitals: bool,
    place_words: usize,
}

/// Reads `PLACE[, PLACE][, DATE][ (AGENCY)]`. `strict` asks for capitals or a bracket where only a colon follows.
fn parts(before: &str, strict: bool) -> Option<Parts> {
    if before.len() > LONGEST_BYTES || before.is_empty() {
        return None;
    }
    let mut found = Parts { date: date::find(before), ..Default::default() };
    let bracket = before.find(['(', '[']);
    let names = before.get(..bracket.unwrap_or(before.len()))?;
    let agency = bracket.and_then(|b| before.get(b..)).is_some_and(is_agency);
    if bracket.is_some() && !agency && found.date.as_ref().is_none_or(|d| bracket.is_some_and(|b| d.bytes.start < b)) {
        return None;
    }
    found.is_strong = agency || found.date.is_some();
    let place_end = found.date.as_ref().map_or(names.len(), |d| d.bytes.start.min(names.len()));
    read_place(names, place_end, &mut found)?;
    let after_date = found.date.as_ref().map_or("", |d| names.get(d.bytes.end.min(names.len())..).unwrap_or_default());
    if !is_rest(after_date) || (found.place.is_none() && !(agency && names.trim().is_empty())) {
        return None;
    }
    (!strict || found.in_capitals || found.is_strong).then_some(found)
}

/// The place: one to three comma-separated names before the date; weekdays and times may follow it.
fn read_place(names: &str, end: usize, found: &mut Parts) -> Option<()> {
    let text = names.get(..end)?;
    let trimmed = text.trim_end_matches([' ', ',', '\u{a0}', '/', '-', '–']);
    let (mut place_end, mut at) = (0, 0);
    for (n, piece) in trimmed.split(',').enumerate() {
        let name = piece.trim();
        let is_weekday = date::date_line(name).is_some() || is_hijri(name);
        if n > 5 || !(is_weekday || is_name(name)) {
            return (n == 0 && name.is_empty()).then_some(());
        }
        if is_weekday {
            found.is_strong = true;
        } else {
            place_end = at + piece.trim_end().len();
        }
        at += piece.len() + 1;
    }
    let place = names.get(..place_end)?;
    let first = place.split(',').next().unwrap_or_default();
    let is_shout = first.split_whitespace().any(|w| SHOUTS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())));
    if place.is_empty() || is_shout && !found.is_strong {
        return (!is_shout).then_some(());
    }
    found.in_capitals = first.chars().any(char::is_uppercase) && !first.chars().any(char::is_lowercase) && first.chars().count() > 2;
    found.place_words = first.split_whitespace().count();
    found.place = Some(place.len() - place.trim_start().len()..place_end);
    Some(())
}

/// One to four words, each with a capital (or a joining word between): `RIYADH`, `St. Petersburg`, `Washington D.C.`, `Sharm el-Sheikh`.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let joins = |w: &str| matches!(w, "al" | "el" | "de" | "la" | "and" | "of" | "bin" | "on" | "en");
    let is_word = |w: &&str| w.starts_with(char::is_uppercase) || joins(w) || w.contains('-') && w.contains(char::is_uppercase);
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’' | '/' | '&');
    (1..=4).contains(&words.len()) && words.iter().all(is_word) && name.chars().all(plain) && !joins(words[0])
}

/// Part of a date in the Islamic calendar, which Gulf agencies put first: `Muharram 10`, `1446 AH`.
fn is_hijri(name: &str) -> bool {
    const MONTHS: &[&str] =
        &["muharram", "safar", "rabi", "jumada", "rajab", "shaban", "sha'ban", "shaaban", "ramadan", "shawwal", "dhu", "thul", "dhul"];
    let lower = name.to_lowercase().replace('’', "'");
    let year = lower.trim_end_matches([' ', 'a', 'h', '.']);
    MONTHS.iter().any(|m| lower.starts_with(m)) && lower.contains(|c: char| c.is_ascii_digit())
        || year.len() == 4 && year.starts_with("14") && year.parse::<u16>().is_ok()
}

/// What may follow the date before the dash: nothing, an agency after a comma, a time.
fn is_rest(rest: &str) -> bool {
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty() || date::date_line(rest).is_some() || (rest.len() <= 20 && is_name(rest))
}

/// `(SPA)`, `[Reuters]`, `(Agencies)`, `(Asharq Al-Awsat)`.
fn is_agency(bracket: &str) -> bool {
    let Some(inside) = bracket.trim_end().strip_suffix([')', ']']).and_then(|b| b.get(1..)) else { return false };
    !inside.is_empty()
        && inside.len() <= 40
        && inside.split_whitespace().count() <= 4
        && !inside.contains(['(', ')', '[', ']'])
        && (inside.starts_with(char::is_uppercase) || super::label::is_agency_name(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_datelines() {
        let cases = [
            ("RIYADH, July 16 (SPA) - The ministers met.", "RIYADH", "July 16", "The"),
            ("GENEVA (Reuters) — Talks ended.", "GENEVA", "", "Talks"),
            ("Paris, 3 March 2024 – France said.", "Paris", "3 March 2024", "France"),
            ("KYIV, Ukraine (AP) — Russia said.", "KYIV, Ukraine", "", "Russia"),
            ("BEIJING, March 3 (Xinhua) -- China said.", "BEIJING", "March 3", "China"),
            ("WASHINGTON—The United States said.", "WASHINGTON", "", "The"),
            ("ISLAMABAD: Prime Minister Khan said.", "ISLAMABAD", "", "Prime"),
            ("Manama, 3 Mar (BNA): The king met.", "Manama", "3 Mar", "The"),
            ("Doha, Muharram 10, 1446, July 16, 2024, SPA -- Ministers met.", "Doha", "July 16, 2024", "Ministers"),
            ("(Reuters) - Oil rose.", "", "", "Oil"),
            ("Tokyo - The Japanese minister said.", "Tokyo", "", "The"),
            ("BERLIN, 12 September 2024 (dpa) - Germany will act.", "BERLIN", "12 September 2024", "Germany"),
            ("LAHORE (AFP): Ministers met.", "LAHORE", "", "Ministers"),
            ("ASTANA, May 15. /TASS/. The envoys met.", "ASTANA", "May 15", "The"),
            ("ST. PETERSBURG, Russia, Thursday — Officials met.", "ST. PETERSBURG, Russia", "", "Officials"),
        ];
        let mut failures = Vec::new();
        for (text, place, date, next) in cases {
            let Some(found) = prefix(text) else {
                failures.push(format!("{text}: none"));
                continue;
            };
            let got_place = found.place.map_or("", |r| &text[r]);
            let got_date = found.date.map_or("", |d| &text[d.bytes]);
            if (got_place, got_date) != (place, date) || !text[found.body..].starts_with(next) {
                failures.push(format!("{text}: {got_place:?} {got_date:?} {:?}", &text[found.body..]));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn leaves_sentences_alone() {
        for text in [
            "Japan – the host of the summit – said no.",
            "The ministers - all six of them - met.",
            "Saudi-Japanese relations are strong.",
            "BREAKING: Talks end",
            "UPDATE - Talks end",
            "PRESIDENT MACRON: We have agreed.",
            "He said: We will talk.",
            "Okano Yukiko, deputy press secretary of Japan's Foreign Ministry, said - quietly - no.",
            "The minister said. RIYADH - Not this.",
        ] {
            assert_eq!(prefix(text), None, "{text}");
        }
    }
}
