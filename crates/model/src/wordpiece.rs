//! Words to word pieces, exactly as BERT's uncased tokeniser does it.
//!
//! `"Führung"` -> `fuhrung` -> `fu ##hr ##ung` -> their line numbers in the vocabulary. Tokens come from elsewhere: a word
//! here is what the sentence splitter calls a word, and only punctuation and ideographs inside it are split off.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::unicode::{self, Class};
use crate::{Error, ErrorKind, Weights};

/// Longer tokens, in characters, are `[UNK]`.
const MAX_CHARS: usize = 100;
/// The tensor with the vocabulary.
const TENSOR: &str = "wordpiece.pieces";

/// A word-piece vocabulary: piece number `i` is line `i` of the u8 tensor `wordpiece.pieces`.
///
/// The vocabulary may be pruned; it must hold `[UNK]`, `[CLS]` and `[SEP]`.
#[derive(Debug, Clone)]
pub struct WordPiece {
    initial: Pieces,
    continued: Pieces,
    longest: usize,
    foldings: HashMap<char, &'static str, BuildHasherDefault<PieceHasher>>,
    size: usize,
    unknown: u32,
    start: u32,
    end: u32,
}

type Pieces = HashMap<Box<str>, u32, BuildHasherDefault<PieceHasher>>;

impl WordPiece {
    /// Reads the vocabulary from the tensor `wordpiece.pieces`.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when the tensor is missing or not UTF-8, a piece occurs twice, or a special piece is missing.
    pub fn from_weights(weights: &Weights) -> Result<Self, Error> {
        Self::from_lines(weights.text(TENSOR)?)
    }

    /// Reads a vocabulary of one piece a line.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when a piece occurs twice or `[UNK]`, `[CLS]` or `[SEP]` is missing.
    pub fn from_lines(lines: &str) -> Result<Self, Error> {
        let bad = |message: String| Error::new(ErrorKind::Tensor, format!("weights: tensor {TENSOR:?}: {message}"));
        let (mut initial, mut continued) = (Pieces::default(), Pieces::default());
        let mut size = 0u32;
        for line in lines.strip_suffix('\n').unwrap_or(lines).split('\n') {
            let (map, piece) = match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut continued, rest),
                _ => (&mut initial, line),
            };
            if map.insert(piece.into(), size).is_some() {
                return Err(bad(format!("line {} repeats the piece {line:?}", u64::from(size) + 1)));
            }
            size = size.checked_add(1).ok_or_else(|| bad("more than 4294967295 lines".into()))?;
        }
        let special = |piece: &str| initial.get(piece).copied().ok_or_else(|| bad(format!("the piece {piece:?} is missing")));
        let (unknown, start, end) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        let longest = initial.keys().chain(continued.keys()).map(|p| p.len()).max().unwrap_or(0);
        let foldings = unicode::foldings().into_iter().collect();
        Ok(WordPiece { initial, continued, longest, foldings, size: size as usize, unknown, start, end })
    }

    /// Appends the piece numbers of one word and returns how many there are.
    ///
    /// A word of nothing but removed characters (controls, accents alone, spaces) gives none; any other word at least one.
    /// A token that the pieces cannot spell is one `[UNK]`.
    pub fn pieces(&self, word: &str, out: &mut Vec<u32>) -> usize {
        let before = out.len();
        if word.bytes().all(|b| b.is_ascii_lowercase())
            && let Some(&piece) = self.initial.get(word)
            && word.len() <= MAX_CHARS
        {
            out.push(piece);
            return 1;
        }
        let mut token = String::with_capacity(word.len());
        for c in word.chars() {
            match unicode::class(c) {
                Class::Removed => {}
                Class::Space => self.finish(&mut token, out),
                Class::Single => {
                    self.finish(&mut token, out);
                    self.fold(c, &mut token);
                    self.finish(&mut token, out);
                }
                Class::Inside => self.fold(c, &mut token),
            }
        }
        self.finish(&mut token, out);
        out.len() - before
    }

    /// The number of pieces in the vocabulary.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of a piece as the vocabulary writes it (`"##ing"`, `"[unused1]"`), if it is there.
    pub fn id(&self, piece: &str) -> Option<u32> {
        match piece.strip_prefix("##") {
            Some(rest) if !rest.is_empty() => self.continued.get(rest).copied(),
            _ => self.initial.get(piece).copied(),
        }
    }

    /// The number of `[UNK]`.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// The number of `[CLS]`, which starts a sequence.
    pub fn start(&self) -> u32 {
        self.start
    }

    /// The number of `[SEP]`, which ends a sequence.
    pub fn end(&self) -> u32 {
        self.end
    }

    fn fold(&self, c: char, token: &mut String) {
        if c.is_ascii() {
            token.push(c.to_ascii_lowercase());
        } else if let Some(base) = self.foldings.get(&c) {
            token.push_str(base);
        } else if let Some(letters) = unicode::hangul_letters(c) {
            token.extend(letters);
        } else {
            token.extend(c.to_lowercase());
        }
    }

    /// Longest match first from the left; one `[UNK]` for the whole token when a rest has no match.
    fn finish(&self, token: &mut String, out: &mut Vec<u32>) {
        if token.is_empty() {
            return;
        }
        let before = out.len();
        let mut rest = token.as_str();
        if rest.len() > MAX_CHARS && rest.chars().count() > MAX_CHARS {
            out.push(self.unknown);
            rest = "";
        }
        while !rest.is_empty() {
            let pieces = if out.len() == before { &self.initial } else { &self.continued };
            let found = (1..=rest.len().min(self.longest)).rev().filter_map(|n| rest.get(..n)).find_map(|p| pieces.get_key_value(p));
            if let Some((piece, &number)) = found {
                out.push(number);
                rest = &rest[piece.len()..];
            } else {
                out.truncate(before);
                out.push(self.unknown);
                break;
            }
        }
        token.clear();
    }
}

/// FNV-1a, 64 bits: the vocabulary is fixed, so nobody can choose keys that collide.
#[derive(Clone)]
struct PieceHasher(u64);

impl Default for PieceHasher {
    fn default() -> Self {
        PieceHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for PieceHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nfu\n##hr\n##ung\nun\n-\n##s\na\n\u{1112}\n##\u{1161}\n##\u{11ab}\n中\n##";

    #[test]
    fn pieces_of_single_words() {
        let wp = WordPiece::from_lines(LINES).unwrap();
        let long = "a".repeat(101);
        let cases: &[(&str, &[&str])] = &[
            ("Führung", &["fu", "##hr", "##ung"]),
            ("Fu\u{308}hrung", &["fu", "##hr", "##ung"]),
            ("UNs", &["un", "##s"]),
            ("un-un", &["un", "-", "un"]),
            ("unx", &["[UNK]"]),
            ("한", &["\u{1112}", "##\u{1161}", "##\u{11ab}"]),
            ("un中un", &["un", "中", "un"]),
            (" \u{0}\u{301}", &[]),
            ("##", &["[UNK]", "[UNK]"]),
            (&long, &["[UNK]"]),
        ];
        let mut failures = Vec::new();
        for (word, expected) in cases {
            let mut found = Vec::new();
            wp.pieces(word, &mut found);
            let expected: Vec<u32> = expected.iter().map(|p| wp.id(p).unwrap()).collect();
            if found != expected {
                failures.push(format!("{word}: {found:?}, expected {expected:?}"));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[test]
    fn bad_vocabularies_are_errors() {
        for (lines, expected) in [("[UNK]\n[CLS]\nab", "\"[SEP]\" is missing"), ("a\nb\na", "line 3 repeats the piece \"a\"")] {
            let error = WordPiece::from_lines(lines).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
