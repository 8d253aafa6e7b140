//! Text as the linker sees it: words with their folded form, their case and their place in the mention.
//!
//! `Japan’s Foreign-Ministry` -> `japan` `'s` `foreign` `ministry`. Marks, dots and inner apostrophes are dropped (`U.N.` = `UN`, `Türkiye` =
//! `Turkiye`, `Sa'ar` = `Saar`); hyphens separate, but are remembered. Names of the tables go through the same function, so both sides agree.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word or punctuation mark of a mention.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Folded form, lower case. Punctuation as itself, the possessive as `'s`.
    pub norm: String,
    /// First byte in the mention.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Begins with an upper-case letter.
    pub upper: bool,
    /// At least two letters, all upper case (`US`, `U.S.`, `BRICS`).
    pub acronym: bool,
    /// Joined to the next word by a hyphen.
    pub hyphen: bool,
    /// A word or number (not punctuation, not the possessive).
    pub word: bool,
}

/// Folds one word: no marks, no dots, no apostrophes, lower case.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let plain = |b: &u8| !matches!(b, b'.' | b'\'' | b'`');
        return word.bytes().filter(plain).map(|b| b.to_ascii_lowercase() as char).collect();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ı' | 'İ' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ə' | 'Ə' => out.push('a'),
            'þ' | 'Þ' => out.push_str("th"),
            '.' | '\'' | '`' | '´' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a of the bytes of a folded word: the same number on every machine.
pub(crate) fn word_hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(FNV_START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME))
}

/// [`word_hash`] of the folded form of `word`, without building it when the word is plain.
pub(crate) fn fold_hash(word: &str) -> u64 {
    if word.is_ascii() {
        return word_hash(word.bytes().filter(|b| !matches!(b, b'.' | b'\'' | b'`')).map(|b| b.to_ascii_lowercase()));
    }
    word_hash(fold(word).bytes())
}

/// A map from such hashes.
pub(crate) type Hashed<V> = HashMap<u64, V, BuildHasherDefault<Same>>;

/// Takes a key that is a hash already as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = word_hash(bytes.iter().copied());
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '`' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−')
}

/// Splits a mention into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || is_hyphen(c) {
            if is_hyphen(c) && start > 0 {
                let spaced = chars.peek().is_none_or(|n| n.1.is_whitespace());
                if let Some(last) = out.last_mut() {
                    last.hyphen = last.word && !spaced && last.end == start;
                }
            }
            continue;
        }
        if !c.is_alphanumeric() {
            out.push(punctuation(c, start));
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if next.is_alphanumeric() || is_combining_mark(next) || is_apostrophe(next) || inner_dot(text, at, next) {
                end = at + next.len_utf8();
                chars.next();
            } else {
                break;
            }
        }
        push_word(&mut out, text, start, end);
    }
    out
}

/// A dot belongs to its word: between characters ("U.S"), or closing an abbreviation of at most four letters ("Gen.", "U.S.").
fn inner_dot(text: &str, at: usize, c: char) -> bool {
    if !matches!(c, '.') {
        return matches!(c, ',' | ':') && digit_around(text, at);
    }
    let after = text[at + 1..].chars().next();
    let before = text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
    after.is_some_and(|c| c.is_alphanumeric()) || (before <= 4 && (after.is_some() || before <= 1))
}

fn digit_around(text: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text[..at].chars().next_back()) && digit(text[at + 1..].chars().next())
}

fn punctuation(c: char, start: usize) -> Token {
    let norm = match c {
        ';' | ':' => ",".to_owned(),
        '[' => "(".to_owned(),
        ']' => ")".to_owned(),
        _ => c.to_string(),
    };
    Token { norm, start, end: start + c.len_utf8(), upper: false, acronym: false, hyphen: false, word: false }
}

fn push_word(out: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    let word = &text[start..end];
    let trimmed = word.trim_end_matches(is_apostrophe);
    let (stem, possessive) = match trimmed.strip_suffix(['s', 'S']) {
        Some(stem) if trimmed.len() == word.len() && stem.ends_with(is_apostrophe) => (stem.trim_end_matches(is_apostrophe), true),
        Some(_) if trimmed.len() < word.len() => (trimmed, true),
        _ => (trimmed, false),
    };
    if stem.is_empty() {
        return;
    }
    let letters = stem.chars().filter(|c| c.is_alphabetic());
    let count = letters.clone().count();
    let acronym = count >= 2 && letters.clone().filter(|c| c.is_uppercase()).count() == count;
    let upper = stem.chars().next().is_some_and(|c| c.is_uppercase());
    let stem_end = start + stem.len();
    out.push(Token { norm: fold(stem), start, end: stem_end, upper, acronym, hyphen: false, word: true });
    if possessive {
        out.push(Token { norm: "'s".to_owned(), start: stem_end, end, upper: false, acronym: false, hyphen: false, word: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_folds() {
        let cases: [(&str, &[&str]); 9] = [
            ("Japan’s Foreign-Ministry", &["japan", "'s", "foreign", "ministry"]),
            ("U.S. troops", &["us", "troops"]),
            ("the Philippines' army", &["the", "philippines", "'s", "army"]),
            ("Recep Tayyip Erdoğan", &["recep", "tayyip", "erdogan"]),
            ("Gideon Sa'ar", &["gideon", "saar"]),
            ("Quai d'Orsay", &["quai", "dorsay"]),
            ("Gen. Min Aung Hlaing, leader", &["gen", "min", "aung", "hlaing", ",", "leader"]),
            ("1,141 Iraqi refugees", &["1,141", "iraqi", "refugees"]),
            ("Türkiye – NATO", &["turkiye", "nato"]),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = tokens(text).into_iter().map(|t| t.norm).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn offsets_slice_the_mention() {
        let text = "Élysée’s “spokesman” (R) São";
        for token in tokens(text) {
            assert!(text.get(token.start..token.end).is_some(), "{token:?}");
        }
    }
}
