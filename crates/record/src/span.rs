//! Places in a text, in the one unit used inside the program, and the only code that converts it.
//!
//! Inside, every offset is a UTF-8 byte offset into [`page.text`](crate::Page::text). Records carry Unicode code points
//! (R, Python, Spark) with the bytes beside them; a browser needs UTF-16. [`Offsets`] converts all three.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes, `start <= end`, both on character boundaries of the text it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end` (bytes). Swapped ends give an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// The text under the span, or `None` when it lies outside or cuts a character.
    pub fn slice<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.start..self.end)
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without white space (any Unicode white space) at its ends.
    pub fn trimmed(&self, text: &str) -> Span {
        let Some(quote) = self.slice(text) else { return *self };
        let start = self.start + (quote.len() - quote.trim_start().len());
        Span::new(start, start + quote.trim().len())
    }
}

/// Converts byte offsets of one text to code points and to UTF-16 units, and back.
///
/// ```
/// use chancery_record::{Offsets, Span};
/// let offsets = Offsets::new("’a");
/// assert_eq!(offsets.chars(Span::new(3, 4)), (1, 2));
/// assert_eq!(offsets.utf16(Span::new(3, 4)), (1, 2));
/// assert_eq!(offsets.byte_of_char(1), Some(3));
/// ```
#[derive(Clone, Debug)]
pub struct Offsets {
    /// `(byte, code points before, UTF-16 units before)` just after every character that is longer than one byte.
    steps: Vec<(usize, usize, usize)>,
    len: usize,
}

impl Offsets {
    /// Reads `text` once; memory grows with its non-ASCII characters only.
    pub fn new(text: &str) -> Self {
        let (mut steps, mut chars, mut units) = (Vec::new(), 0, 0);
        for (byte, c) in text.char_indices() {
            chars += 1;
            units += c.len_utf16();
            if c.len_utf8() > 1 {
                steps.push((byte + c.len_utf8(), chars, units));
            }
        }
        Offsets { steps, len: text.len() }
    }

    fn at(&self, byte: usize) -> (usize, usize) {
        let i = self.steps.partition_point(|s| s.0 <= byte);
        match i.checked_sub(1).map(|i| self.steps[i]) {
            Some((at, chars, units)) => (chars + byte - at, units + byte - at),
            None => (byte, byte),
        }
    }

    /// Start and end in code points.
    pub fn chars(&self, span: Span) -> (usize, usize) {
        (self.at(span.start).0, self.at(span.end).0)
    }

    /// Start and end in UTF-16 code units (JavaScript, Java).
    pub fn utf16(&self, span: Span) -> (usize, usize) {
        (self.at(span.start).1, self.at(span.end).1)
    }

    /// The byte offset of code point `index` (the end of the text is allowed), or `None` beyond it.
    pub fn byte_of_char(&self, index: usize) -> Option<usize> {
        let i = self.steps.partition_point(|s| s.1 <= index);
        let byte = match i.checked_sub(1).map(|i| self.steps[i]) {
            Some((at, chars, _)) => at + index - chars,
            None => index,
        };
        (byte <= self.len).then_some(byte)
    }

    /// The span of code points `start..end`, or `None` when it leaves the text.
    pub fn span_of_chars(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.byte_of_char(start)?, self.byte_of_char(end)?);
        (start <= end).then_some(Span { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_every_boundary_of_a_mixed_text() {
        let text = "A “b” – 😀 é 日本 z";
        let offsets = Offsets::new(text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            let units = text[..byte].encode_utf16().count();
            assert_eq!(offsets.chars(Span::new(byte, byte)).0, n, "byte {byte}");
            assert_eq!(offsets.utf16(Span::new(byte, byte)).0, units, "byte {byte}");
            assert_eq!(offsets.byte_of_char(n), Some(byte), "char {n}");
        }
        assert_eq!(offsets.byte_of_char(text.chars().count()), Some(text.len()));
        assert_eq!(offsets.byte_of_char(text.chars().count() + 1), None);
    }
}
