//! Abbreviations with a full stop, and what may follow each kind without a new sentence.

/// How an abbreviation behaves before a capital letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Mr.`, `Gen.`: a name follows.
    Title,
    /// `J.`: a name follows, unless a word that only begins sentences does.
    Initial,
    /// `No.`, `Art.`: only before a number.
    BeforeNumber,
    /// `Jan.`
    Month,
    /// `p.m.`: goes on before a weekday or a time zone.
    Hour,
    /// `U.S.`, `bn.`, `Inc.`: goes on unless a word follows that begins sentences.
    Other,
}

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "cmdr", "cdr", "adm", "brig", "sgt", "cpl", "pvt", "st", "ste",
    "amb", "sen", "rep", "reps", "sens", "gov", "rev", "fr", "hon", "pres", "sec", "supt", "insp", "messrs", "mt", "ft", "vs", "h.e",
    "h.m", "h.r.h", "h.h", "e.g", "i.e", "cf", "mme", "mlle", "mgr", "msgr", "sr", "rt", "asst", "dep", "min", "atty", "spc", "det",
    "ambs", "v", "drs", "eng", "viz",
];
const BEFORE_NUMBERS: &[&str] =
    &["no", "nos", "art", "arts", "para", "paras", "par", "vol", "p", "pp", "fig", "figs", "ch", "sect", "res", "op", "ca", "approx"];
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur",
    "thurs", "fri",
];
const OTHERS: &[&str] = &[
    "bn", "mn", "mln", "bln", "tn", "inc", "corp", "ltd", "co", "llc", "plc", "jr", "etc", "dept", "govt", "intl", "assn", "bros", "est",
    "al", "ph.d", "calif", "fla", "mass", "penn", "pa", "va", "ala", "ark", "ariz", "colo", "conn", "ill", "ky", "la", "md", "mich",
    "minn", "mont", "neb", "nev", "okla", "ore", "tenn", "tex", "vt", "wash", "wis", "ave", "blvd", "rd", "km", "kg", "lb", "lbs", "oz",
    "a.k.a", "ext", "tel", "esp", "cent", "cie",
];
const AFTER_HOUR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "gmt",
    "utc",
    "est",
    "edt",
    "cet",
    "cest",
    "eet",
    "ast",
    "pst",
    "pdt",
    "ist",
    "jst",
    "bst",
    "eastern",
    "pacific",
    "central",
    "local",
    "et",
    "moscow",
    "beijing",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "beirut",
    "riyadh",
    "tokyo",
    "london",
    "israel",
    "paris",
];

/// The kind of abbreviation `word` (written without its last full stop) is, if any.
pub(super) fn kind(word: &str) -> Option<Kind> {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut chars = bare.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return c.is_uppercase().then_some(Kind::Initial);
    }
    if bare.len() > 12 {
        return None;
    }
    let lower = bare.to_lowercase();
    let has = |list: &[&str]| list.contains(&lower.as_str());
    let is_capital = bare.starts_with(char::is_uppercase);
    match () {
        () if matches!(lower.as_str(), "a.m" | "p.m" | "am" | "pm") => Some(Kind::Hour),
        () if has(TITLES) && (is_capital || matches!(lower.as_str(), "vs" | "e.g" | "i.e" | "cf" | "v" | "viz")) => Some(Kind::Title),
        () if has(BEFORE_NUMBERS) => Some(Kind::BeforeNumber),
        () if has(MONTHS) && is_capital => Some(Kind::Month),
        () if has(OTHERS) && (is_capital || !matches!(lower.as_str(), "la" | "pa" | "al" | "wash" | "mass" | "ill" | "cent" | "est")) => {
            Some(Kind::Other)
        }
        () if is_dotted(&lower) => Some(Kind::Other),
        () => None,
    }
}

/// Whether a full stop after `word` is the abbreviation's own.
pub(super) fn is_known(word: &str) -> bool {
    kind(word).is_some()
}

/// Words after `p.m.` that do not begin a sentence.
pub(super) fn follows_hour(word: &str) -> bool {
    AFTER_HOUR.contains(&word.to_lowercase().as_str())
}

/// Single letters with full stops between: `u.s`, `d.c`, `u.a.e`.
fn is_dotted(lower: &str) -> bool {
    lower.contains('.') && lower.split('.').all(|part| part.chars().count() == 1 && part.starts_with(char::is_alphabetic))
}
