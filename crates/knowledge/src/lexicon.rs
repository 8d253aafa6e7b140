//! Every form of every name and noun we know, by its folded words; longest match first.
//!
//! Words are kept as 64-bit hashes (FNV-1a, fixed): with 40,000 forms two of them meet by chance once in 10^10 tables, and loading, which happens
//! at every start, takes a third of the time that string keys took.

use crate::text::{Hashed, Token, tokens, word_hash};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Hash of a sequence from the hash of its beginning and the next word's.
fn join(hash: u64, word: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// What a form stands for: an index into a table of [`World`](crate::world::World) or of [`People`](crate::person::People).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Entry {
    Country(u32),
    Demonym(u32),
    Seat(u32),
    Capital(u32),
    Region(u32),
    People(u32),
    Organisation(u32),
    Place(u32),
    Person(u32),
    /// A surname or other short form that only a well-known person goes by.
    Short(u32),
    Office(u32),
    Role(u32),
    Title(u32),
}

/// Whether a form must be written as in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Names: capital letters and acronyms as in the table.
    AsWritten,
    /// Common nouns: any case.
    Any,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Form {
    entry: Entry,
    /// Bit per word: must begin with a capital.
    upper: u16,
    /// Bit per word: must be all capitals.
    acronym: u16,
    /// Must be joined to the next word by a hyphen: "Sino-".
    joined: bool,
    /// Next form with the same words, or `u32::MAX`.
    next: u32,
}

/// A stretch of a mention that some form matches.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// What it may stand for, in the order the tables were read.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    heads: Hashed<u32>,
    forms: Vec<Form>,
    /// Longest form, in words, that begins with a word.
    longest: Hashed<u8>,
}

/// Longer names than this are not looked for.
const WORDS: usize = 12;

impl Lexicon {
    pub fn with_capacity(forms: usize) -> Self {
        let map = |n| HashMap::with_capacity_and_hasher(n, BuildHasherDefault::default());
        Lexicon {
            heads: map(forms),
            forms: Vec::with_capacity(forms),
            longest: HashMap::with_capacity_and_hasher(forms / 2, BuildHasherDefault::default()),
        }
    }

    /// Adds one form; one that ends in a hyphen ("Sino-") is met only before another word. Forms without a word are ignored.
    pub fn add(&mut self, text: &str, entry: Entry, case: Case) {
        let Some(mut name) = Spelt::read(text) else { return };
        if case == Case::Any {
            (name.upper, name.acronym) = (0, 0);
        }
        let longest = self.longest.entry(name.first).or_default();
        *longest = (*longest).max(name.words);
        let form = Form { entry, upper: name.upper, acronym: name.acronym, joined: text.ends_with('-'), next: u32::MAX };
        let at = self.forms.len() as u32;
        match self.heads.get(&name.key) {
            None => {
                self.heads.insert(name.key, at);
            }
            Some(&head) => {
                let mut last = head as usize;
                loop {
                    let old = self.forms[last];
                    let is_lenient =
                        old.upper & form.upper == old.upper && old.acronym & form.acronym == old.acronym && old.joined <= form.joined;
                    if old.entry == entry && is_lenient {
                        return; // an equally or more lenient form is there already
                    }
                    if old.next == u32::MAX {
                        break;
                    }
                    last = old.next as usize;
                }
                self.forms[last].next = at;
            }
        }
        self.forms.push(form);
    }

    /// Number of forms.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// What exactly these words stand for.
    pub fn exact(&self, words: &[Token]) -> Vec<Entry> {
        match self.heads.get(&key(words)) {
            Some(&head) => self.passing(head, words),
            None => Vec::new(),
        }
    }

    fn passing(&self, head: u32, words: &[Token]) -> Vec<Entry> {
        let mut out = Vec::new();
        let mut at = head;
        while let Some(form) = self.forms.get(at as usize) {
            let fits = words.iter().enumerate().all(|(i, word)| {
                let bit = 1u16 << i;
                (form.upper & bit == 0 || word.upper) && (form.acronym & bit == 0 || word.acronym)
            });
            let fits = fits && (!form.joined || words.last().is_some_and(|w| w.hyphen));
            if fits && !out.contains(&form.entry) {
                out.push(form.entry);
            }
            at = form.next;
        }
        out
    }

    /// Leftmost-longest hits that do not overlap.
    pub fn scan(&self, words: &[Token]) -> Vec<Hit> {
        let hashes: Vec<u64> = words.iter().map(|w| word_hash(w.norm.bytes())).collect();
        let mut hits = Vec::new();
        let mut start = 0;
        while start < words.len() {
            match self.longest_at(words, &hashes, start) {
                Some(hit) => {
                    start = hit.end;
                    hits.push(hit);
                }
                None => start += 1,
            }
        }
        hits
    }

    /// The longest hit that begins at `start`.
    fn longest_at(&self, words: &[Token], hashes: &[u64], start: usize) -> Option<Hit> {
        let longest = usize::from(*self.longest.get(hashes.get(start)?)?);
        let mut best = None;
        let mut hash = 0;
        for end in start + 1..=(start + longest).min(words.len()) {
            hash = join(hash, hashes[end - 1]);
            if let Some(&head) = self.heads.get(&hash) {
                let entries = self.passing(head, &words[start..end]);
                if !entries.is_empty() {
                    best = Some(Hit { start, end, entries });
                }
            }
        }
        best
    }
}

fn key(words: &[Token]) -> u64 {
    words.iter().fold(0, |hash, word| join(hash, word_hash(word.norm.bytes())))
}

/// A form as the index keeps it.
struct Spelt {
    key: u64,
    first: u64,
    words: u8,
    upper: u16,
    acronym: u16,
}

impl Spelt {
    fn read(text: &str) -> Option<Spelt> {
        let mut out = Spelt { key: 0, first: 0, words: 0, upper: 0, acronym: 0 };
        if text.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') {
            // most names: the same as below without building the words
            for word in text.split(' ').filter(|w| !w.is_empty()) {
                let acronym = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
                out.push(word_hash(word.bytes().map(|b| b.to_ascii_lowercase())), word.as_bytes()[0].is_ascii_uppercase(), acronym);
            }
        } else {
            for word in tokens(text) {
                out.push(word_hash(word.norm.bytes()), word.upper, word.acronym);
            }
        }
        (1..=WORDS).contains(&usize::from(out.words)).then_some(out)
    }

    fn push(&mut self, word: u64, upper: bool, acronym: bool) {
        if self.words == 0 {
            self.first = word;
        }
        self.key = join(self.key, word);
        let bit = 1u16.checked_shl(u32::from(self.words)).unwrap_or_default();
        self.upper |= if upper { bit } else { 0 };
        self.acronym |= if acronym { bit } else { 0 };
        self.words = self.words.saturating_add(1);
    }
}
