//! A sentence -> tokens, as the English Web Treebank parts words.

use super::abbreviation::{self, Kind};
use chancery_record::Span;

/// Beginnings that stay with the word after their hyphen (`anti-tank`): those of the treebank's training part, and a few of the same kind.
const PREFIXES: &[&str] = &[
    "e", "non", "pre", "anti", "mid", "re", "post", "co", "over", "pro", "multi", "ex", "sub", "semi", "neo", "socio", "arch", "counter",
    "intra", "micro", "un", "inter", "ultra", "trans", "quasi", "pseudo", "mis", "de", "bi", "tri", "extra", "hyper", "mini", "vice",
    "cross", "under",
];
const ENDINGS: &[&str] = &["'s", "'re", "'ve", "'ll", "'d", "'m"];
const UNITS: &[&str] = &[
    "am", "pm", "km", "kg", "bn", "mn", "m", "k", "mm", "cm", "ft", "mph", "kph", "tn", "trn", "million", "billion", "mw", "gw", "kw",
    "hrs", "a.m", "p.m",
];
/// Words written together that are two tokens.
const PAIRS: &[(&str, usize)] = &[("cannot", 3), ("gonna", 3), ("wanna", 3), ("gotta", 3)];
/// Longest token but an address, in bytes: keeps the time linear on texts without white space.
const LONGEST_TOKEN_BYTES: usize = 200;
const FILE_TYPES: &[&str] =
    &[".com", ".org", ".net", ".gov", ".edu", ".int", ".mil", ".htm", ".html", ".doc", ".pdf", ".xls", ".jpg", ".txt"];

/// The tokens of one sentence (`sentence` of `text`), in order; together they hold every character but white space.
///
/// ```
/// use chancery::sentence::tokens;
/// use chancery_record::Span;
/// let text = "Tokyo doesn’t rule out a two-day visit.";
/// let words: Vec<&str> = tokens(text, Span::new(0, text.len())).iter().filter_map(|t| t.slice(text)).collect();
/// assert_eq!(words, ["Tokyo", "does", "n’t", "rule", "out", "a", "two", "-", "day", "visit", "."]);
/// ```
pub fn tokens(text: &str, sentence: Span) -> Vec<Span> {
    let Some(words) = sentence.slice(text) else { return Vec::new() };
    let mut found = Vec::new();
    let last = words.trim_end().len();
    let mut at = 0;
    while let Some(start) = words.get(at..).and_then(|t| t.find(|c: char| !is_space(c))).map(|n| at + n) {
        let rest = words.get(start..).unwrap_or_default();
        let end = start + rest.find(is_space).unwrap_or(rest.len());
        let mut chunk = Chunk { text: words, offset: sentence.start, end, is_last: end >= last, found: &mut found };
        chunk.read(start);
        at = end;
    }
    found
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

/// Text between white space.
struct Chunk<'t> {
    text: &'t str,
    /// Where `text` begins in the page.
    offset: usize,
    end: usize,
    is_last: bool,
    found: &'t mut Vec<Span>,
}

impl Chunk<'_> {
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.found.push(Span::new(self.offset + start, self.offset + end));
        }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        if at < self.end { self.text.get(at..).and_then(|t| t.chars().next()) } else { None }
    }

    fn read(&mut self, start: usize) {
        let opened = self.open(start);
        if let Some(end) = self.address_end(opened) {
            self.push(opened, end);
            return self.marks_and_words(end);
        }
        self.marks_and_words(opened);
    }

    /// Opening quotes and brackets, one token each; where the rest begins.
    fn open(&mut self, start: usize) -> usize {
        let mut at = start;
        while let Some(c) = self.char_at(at).filter(|c| matches!(c, '(' | '[' | '{' | '<' | '"' | '“' | '‘' | '«' | '¿' | '¡')) {
            self.push(at, at + c.len_utf8());
            at += c.len_utf8();
        }
        at
    }

    /// End of a web or mail address or file name at `start`, punctuation behind it left out.
    fn address_end(&self, start: usize) -> Option<usize> {
        let whole = self.slice(start, self.end);
        if whole.len() > 2000 || !whole.contains(['@', '/', '.', '#']) {
            return None;
        }
        let lower = whole.to_ascii_lowercase();
        let bare = lower.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'', '”', '’', '>']);
        let is_site = ["http://", "https://", "www.", "ftp://"].iter().any(|s| lower.starts_with(s));
        let plain =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '/' | '%' | '?' | '=' | '&' | '+' | '~' | '#' | ':');
        let is_mail = bare.contains('@') && bare.len() > 1 && bare.chars().all(plain);
        let is_file =
            bare.chars().all(plain) && FILE_TYPES.iter().any(|f| bare.ends_with(f) || bare.contains(&format!("{f}/"))) && bare.len() > 4;
        let is_tag = (bare.starts_with('#') || bare.starts_with('@'))
            && bare.len() > 1
            && bare.chars().skip(1).all(|c| c.is_alphanumeric() || c == '_');
        let is_number_sign = bare.starts_with('#') && bare.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        ((is_site || is_mail || is_file || is_tag) && !is_number_sign).then_some(start + bare.len())
    }

    /// Reads words, numbers and marks one after the other.
    fn marks_and_words(&mut self, start: usize) {
        let mut at = start;
        while let Some(c) = self.char_at(at) {
            at = if c.is_alphanumeric() {
                self.word(at)
            } else if let Some(end) = self.ending(at) {
                self.push(at, end);
                end
            } else {
                self.mark(at, c)
            };
        }
    }

    /// One mark, or a run of the same (`...`, `--`, `!!`, and the wires' quotation marks ` `` ` and `''`).
    fn mark(&mut self, at: usize, c: char) -> usize {
        let same = |d: char| d == c || matches!(c, '!' | '?') && matches!(d, '!' | '?');
        let runs = matches!(c, '.' | '-' | '!' | '?' | '=' | '*' | '_' | '~' | '#' | '$' | '>' | '<' | '…' | '—' | '–' | '`' | '\'');
        let run: usize =
            if runs { self.slice(at, self.end).chars().take_while(|d| same(*d)).map(char::len_utf8).sum() } else { c.len_utf8() };
        // A combining mark or joiner stays with what it combines with.
        let tail: usize = self.slice(at + run, self.end).chars().take_while(|d| is_combining(*d)).map(char::len_utf8).sum();
        self.push(at, at + run + tail);
        at + run + tail
    }

    /// A word or number from `at`, parted where the treebank parts it; where the rest begins.
    fn word(&mut self, at: usize) -> usize {
        let run = self.run_end(at);
        let word = self.slice(at, run);
        if self.char_at(run).is_some_and(|c| matches!(c, '\'' | '’')) && self.is_nt(run) {
            let end = run + self.char_at(run).map_or(1, char::len_utf8) + 1;
            self.push(at, run - 1);
            self.push(run - 1, end);
            return end;
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(at, run);
        }
        let stop = self.with_stop(at, run);
        if stop > run {
            self.push(at, stop);
            return stop;
        }
        self.parted(at, run);
        run
    }

    /// End of the letters and digits from `at`, with the marks that stand inside a token.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at;
        let mut last = ' ';
        while let Some(c) = self.char_at(end).filter(|_| end < at + LONGEST_TOKEN_BYTES) {
            let next = self.char_at(end + c.len_utf8());
            if !(c.is_alphanumeric() || is_combining(c) || self.is_inside(at, end, last, c, next)) {
                break;
            }
            end += c.len_utf8();
            last = c;
        }
        end
    }

    /// Whether mark `c` at `end` belongs inside the token begun at `start`.
    fn is_inside(&self, start: usize, end: usize, last: char, c: char, next: Option<char>) -> bool {
        let Some(next) = next else { return false };
        let digits = last.is_ascii_digit() && next.is_ascii_digit();
        match c {
            ',' | ':' | '.' if digits => true,
            '/' if digits => self.slice(start, end).chars().all(|c| c.is_ascii_digit() || c == '/'),
            '.' => self.is_dotted(start, end, next),
            '&' => {
                last.is_uppercase() && next.is_uppercase() && self.slice(start, end).chars().count() > 1
                    || self.is_short_pair(start, end, c)
            }
            '\'' | '’' => next.is_alphabetic() && last.is_alphabetic() && self.ending(end).is_none() && !self.is_nt(end),
            '-' => self.is_hyphenated(start, end, last, next),
            '/' => self.is_short_pair(start, end, c),
            '_' => true,
            _ => false,
        }
    }

    /// `U.S`, `a.m`, `Ph.D`: single letters with full stops.
    fn is_dotted(&self, start: usize, end: usize, next: char) -> bool {
        let before = self.slice(start, end);
        let part = before.rsplit('.').next().unwrap_or_default();
        let after = self.char_at(end + 1 + next.len_utf8());
        let single = next.is_alphabetic() && after.is_none_or(|c| !c.is_alphanumeric());
        let letters = before.split('.').all(|p| p.chars().count() == 1);
        single && part.chars().count() <= 2 && part.chars().all(char::is_alphabetic) && (letters || before == "Ph")
    }

    /// `B&B`, `w/o`: one letter on either side.
    fn is_short_pair(&self, start: usize, end: usize, mark: char) -> bool {
        let before = self.slice(start, end);
        let mut after = self.slice(end + mark.len_utf8(), self.end).chars();
        let (first, second) = (after.next(), after.next());
        let single = before.chars().count() == 1 && before.chars().all(char::is_alphabetic);
        single && first.is_some_and(char::is_alphabetic) && second.is_none_or(|c| !c.is_alphanumeric())
    }

    /// Prefixes (`anti-tank`) and telephone numbers keep their hyphen.
    fn is_hyphenated(&self, start: usize, end: usize, last: char, next: char) -> bool {
        let before = self.slice(start, end);
        if last.is_ascii_digit() && next.is_ascii_digit() {
            return self.is_phone(start);
        }
        let lower = before.to_lowercase();
        let begins = next.is_alphanumeric() && PREFIXES.contains(&lower.as_str());
        begins && (next.is_lowercase() || !matches!(lower.as_str(), "vice" | "cross"))
    }

    /// Whether the digits and hyphens from `start` are a telephone number or a date: groups ending in four digits, or three groups.
    fn is_phone(&self, start: usize) -> bool {
        let window = crate::text::head(self.slice(start, self.end), 40);
        let run: &str = window.split(|c: char| !c.is_ascii_digit() && c != '-' && c != '/').next().unwrap_or_default();
        let groups = run.trim_end_matches('-').split('-').map(str::len).collect::<Vec<_>>();
        let is_number = groups.last() == Some(&4) && groups.first().is_some_and(|g| *g == 3 || *g == 1);
        groups.len() <= 5 && (groups.len() >= 3 && groups.iter().all(|g| *g <= 4) || is_number && groups.len() == 2)
    }

    /// The end with an abbreviation's full stop, when it has one and it is not the sentence's.
    fn with_stop(&self, at: usize, run: usize) -> usize {
        if self.char_at(run) != Some('.') || self.char_at(run + 1) == Some('.') {
            return run;
        }
        let after = self.slice(run + 1, self.end);
        let closes_sentence = self.is_last && after.chars().all(|c| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '.'));
        let word = self.slice(at, run);
        let known = match abbreviation::kind(word) {
            Some(Kind::BeforeNumber) => !closes_sentence && self.next_is_digit(),
            Some(_) => !closes_sentence,
            None => false,
        };
        if known && !after.starts_with(char::is_alphanumeric) { run + 1 } else { run }
    }

    fn next_is_digit(&self) -> bool {
        let next = self.text.get(self.end..).unwrap_or_default().trim_start();
        next.starts_with(|c: char| c.is_ascii_digit())
    }

    /// `20th`, `1970s`, `5|pm`, `10.5|m`.
    fn number(&mut self, at: usize, run: usize) -> usize {
        let word = self.slice(at, run);
        let digits = word.find(|c: char| c.is_alphabetic()).unwrap_or(word.len());
        let unit = word.get(digits..).unwrap_or_default().to_lowercase();
        let is_number = word.get(..digits).is_some_and(|n| n.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')));
        if is_number && UNITS.contains(&unit.as_str()) {
            self.push(at, at + digits);
            let end = self.with_stop(at + digits, run);
            self.push(at + digits, end);
            return end;
        }
        let is_decade = word.ends_with('0') && self.ending(run).is_some_and(|e| self.slice(e - 1, e) == "s");
        let end = if is_decade { self.ending(run).unwrap_or(run) } else { run };
        self.push(at, end);
        end
    }

    /// A word, parted inside `cannot`.
    fn parted(&mut self, at: usize, run: usize) {
        let word = self.slice(at, run);
        let lower = word.to_lowercase();
        if let Some((_, first)) = PAIRS.iter().find(|p| p.0 == lower) {
            self.push(at, at + first);
            return self.push(at + first, run);
        }
        self.push(at, run);
    }

    /// Whether the apostrophe at `at` is that of `n't`.
    fn is_nt(&self, at: usize) -> bool {
        let before = self.slice(at.saturating_sub(1), at);
        let mark = self.char_at(at).map_or(1, char::len_utf8);
        let after = self.slice(at + mark, self.end);
        matches!(before, "n" | "N")
            && after.starts_with(['t', 'T'])
            && !after.get(1..).is_some_and(|t| t.starts_with(char::is_alphanumeric))
    }

    /// `'s`, `’re`, ... at `at`: its end.
    fn ending(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at).filter(|c| matches!(c, '\'' | '’'))?;
        let after = self.slice(at + mark.len_utf8(), self.end);
        let letters: String = after.chars().take_while(|c| c.is_alphabetic()).take(3).collect::<String>().to_lowercase();
        let is_ending = ENDINGS.iter().any(|e| e.get(1..) == Some(letters.as_str()));
        let before = self.slice(0, at).chars().next_back().is_some_and(char::is_alphanumeric);
        (is_ending && before).then_some(at + mark.len_utf8() + letters.len())
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE0F}' | '\u{AD}' | '\u{20D0}'..='\u{20FF}')
}
