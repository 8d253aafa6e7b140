//! Quotations that are where they say they are: the one gate through which text enters a record.

use crate::{Offsets, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A stored text with its offset tables; makes quotes and refuses wrong ones.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    text: &'t str,
    offsets: Offsets,
}

/// A part of the page text, by its words and by its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The characters as they stand in the page text.
    pub quote: String,
    /// First code point in the page text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// First UTF-8 byte.
    pub byte_start: usize,
    /// One past the last UTF-8 byte.
    pub byte_end: usize,
}

/// A range of code points without its words (an article's sentence or paragraph).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// First code point in the page text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// What a quoted part of the text stands for in its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRole {
    /// The words that make the event or entry.
    Predicate,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// When.
    Date,
    /// Where.
    Place,
    /// Who says so.
    Speaker,
    /// Under which condition.
    Condition,
}

/// One role of a record with the text that shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Which role the quote fills.
    pub role: EvidenceRole,
    /// The quote and its place.
    #[serde(flatten)]
    pub quote: Quote,
}

/// A span that does not hold the quotation claimed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteError {
    wanted: Option<String>,
    found: Option<String>,
    span: Span,
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&self.wanted, &self.found) {
            (Some(w), Some(s)) => write!(f, "bytes {}..{} hold {s:?}, not {w:?}", self.span.start, self.span.end),
            _ => write!(f, "bytes {}..{} are empty or not whole characters of the text", self.span.start, self.span.end),
        }
    }
}

impl std::error::Error for QuoteError {}

impl<'t> Text<'t> {
    /// Reads `text` once to build the offset tables.
    pub fn new(text: &'t str) -> Self {
        Text { text, offsets: Offsets::new(text) }
    }

    /// The whole text.
    pub fn as_str(&self) -> &'t str {
        self.text
    }

    /// The offset tables.
    pub fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// The quotation under `span`; an error when the span is empty, outside, or cuts a character.
    pub fn quote(&self, span: Span) -> Result<Quote, QuoteError> {
        let quote = span.slice(self.text).filter(|q| !q.is_empty());
        let quote = quote.ok_or(QuoteError { wanted: None, found: None, span })?;
        let (start, end) = self.offsets.chars(span);
        Ok(Quote { quote: quote.to_owned(), start, end, byte_start: span.start, byte_end: span.end })
    }

    /// As [`Text::quote`], and refuses a span whose text is not `wanted`.
    pub fn quote_is(&self, span: Span, wanted: &str) -> Result<Quote, QuoteError> {
        let quote = self.quote(span)?;
        if quote.quote == wanted {
            return Ok(quote);
        }
        Err(QuoteError { wanted: Some(wanted.to_owned()), found: Some(quote.quote), span })
    }

    /// The span as a range of code points.
    pub fn range(&self, span: Span) -> Range {
        let (start, end) = self.offsets.chars(span);
        Range { start, end }
    }

    /// Whether the text really holds `quote` at both its code points and its bytes.
    pub fn holds(&self, quote: &Quote) -> bool {
        let bytes = Span { start: quote.byte_start, end: quote.byte_end };
        bytes.slice(self.text) == Some(&quote.quote) && self.offsets.span_of_chars(quote.start, quote.end) == Some(bytes)
    }
}

impl Quote {
    /// The place as a byte span.
    pub fn span(&self) -> Span {
        Span::new(self.byte_start, self.byte_end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_a_quote_that_is_not_at_its_span() {
        let text = Text::new("Tokyo’s envoy");
        let good = text.quote_is(Span::new(0, 8), "Tokyo’").expect("it is there");
        assert_eq!((good.start, good.end), (0, 6));
        assert!(text.holds(&good));
        assert!(text.quote_is(Span::new(0, 5), "Kyoto").is_err());
        assert!(text.quote(Span::new(0, 6)).is_err(), "cuts a character");
        assert!(text.quote(Span::new(3, 3)).is_err(), "empty");
        assert!(text.quote(Span::new(10, 99)).is_err(), "outside");
        assert!(!text.holds(&Quote { start: 1, end: 7, ..good }));
    }
}
