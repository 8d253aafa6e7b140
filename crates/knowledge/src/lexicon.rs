//! Every form of every name and noun we know, by its folded words; longest match first.

use crate::text::{Token, tokens};
use std::collections::HashMap;

/// What a form stands for: an index into a table of [`World`](crate::world::World) or of [`People`](crate::person::People).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Clone, Copy, Debug)]
struct Form {
    entry: Entry,
    /// Bit per word: must begin with a capital.
    upper: u16,
    /// Bit per word: must be all capitals.
    acronym: u16,
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

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    heads: HashMap<String, u32>,
    forms: Vec<Form>,
    /// Longest form, in words, that begins with a word.
    longest: HashMap<String, u8>,
}

/// Longer names than this are not looked for.
const WORDS: usize = 12;

impl Lexicon {
    pub fn with_capacity(forms: usize) -> Self {
        Lexicon { heads: HashMap::with_capacity(forms), forms: Vec::with_capacity(forms), longest: HashMap::with_capacity(forms / 2) }
    }

    /// Adds one form. Forms without a word are ignored.
    pub fn add(&mut self, text: &str, entry: Entry, case: Case) {
        let words = tokens(text);
        let (Some(first), true) = (words.first(), words.len() <= WORDS) else { return };
        let (mut upper, mut acronym) = (0, 0);
        if case == Case::AsWritten {
            for (i, word) in words.iter().enumerate() {
                upper |= u16::from(word.upper) << i;
                acronym |= u16::from(word.acronym) << i;
            }
        }
        let length = words.len() as u8;
        match self.longest.get_mut(&first.norm) {
            Some(longest) => *longest = (*longest).max(length),
            None => {
                self.longest.insert(first.norm.clone(), length);
            }
        }
        let form = Form { entry, upper, acronym, next: u32::MAX };
        let at = self.forms.len() as u32;
        let key = key(&words);
        match self.heads.get(&key) {
            None => {
                self.heads.insert(key, at);
            }
            Some(&head) => {
                let mut last = head as usize;
                loop {
                    let old = self.forms[last];
                    if old.entry == entry && old.upper & upper == old.upper && old.acronym & acronym == old.acronym {
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
            if fits && !out.contains(&form.entry) {
                out.push(form.entry);
            }
            at = form.next;
        }
        out
    }

    /// Leftmost-longest hits that do not overlap.
    pub fn scan(&self, words: &[Token]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut start = 0;
        while start < words.len() {
            match self.longest_at(words, start) {
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
    pub fn longest_at(&self, words: &[Token], start: usize) -> Option<Hit> {
        let longest = usize::from(*self.longest.get(&words.get(start)?.norm)?);
        let end = (start + longest).min(words.len());
        for end in (start + 1..=end).rev() {
            let part = words.get(start..end)?;
            if let Some(&head) = self.heads.get(&key(part)) {
                let entries = self.passing(head, part);
                if !entries.is_empty() {
                    return Some(Hit { start, end, entries });
                }
            }
        }
        None
    }
}

fn key(words: &[Token]) -> String {
    let mut key = String::with_capacity(words.iter().map(|w| w.norm.len() + 1).sum());
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            key.push(' ');
        }
        key.push_str(&word.norm);
    }
    key
}
