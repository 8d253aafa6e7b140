//! How a page ends that gives no text: skipped or failed, with the reason and the way out.

use super::PageOptions;
use std::fmt;

/// Why a page was not read. The message names the page, the trouble and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Left out on purpose: nothing to read, or over a limit.
    Skipped(String),
    /// Something is wrong with it.
    Failed(String),
}

impl Outcome {
    /// The message alone.
    pub fn reason(&self) -> &str {
        match self {
            Outcome::Skipped(reason) | Outcome::Failed(reason) => reason,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())
    }
}

impl std::error::Error for Outcome {}

/// First bytes of files that are no text, and what to do about them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF; convert it to text first (pdftotext FILE.pdf)"),
    (b"PK\x03\x04", "a zip file (docx, epub, ...); unpack it or save it as text"),
    (b"\x1f\x8b", "gzip data; unpack it first (gunzip)"),
    (b"\x89PNG", "a PNG image; chancery reads text, not pictures"),
    (b"\xff\xd8\xff", "a JPEG image; chancery reads text, not pictures"),
    (b"GIF8", "a GIF image; chancery reads text, not pictures"),
    (b"\x7fELF", "a program; give a text or HTML page"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as text"),
    (b"{\\rtf", "RTF; save it as plain text"),
];

/// Empty, too long, or known by its first bytes to be no text.
pub(super) fn check_size(name: &str, bytes: &[u8], options: &PageOptions) -> Result<(), Outcome> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let what = if bytes.is_empty() { "empty" } else { "only white space" };
        return Err(Outcome::Skipped(format!("{name}: {what}; nothing to code, check the download")));
    }
    if bytes.len() > options.max_bytes {
        let (is, limit) = (megabytes(bytes.len()), megabytes(options.max_bytes));
        return Err(Outcome::Skipped(format!(
            "{name}: {is} is over the {limit} page limit; raise it with --max-page-size or split the file"
        )));
    }
    match MAGIC.iter().find(|m| bytes.starts_with(m.0)) {
        Some((_, what)) => Err(Outcome::Skipped(format!("{name}: {what}"))),
        None => Ok(()),
    }
}

/// A page whose bytes are no text in any charset.
pub(super) fn binary(name: &str) -> Outcome {
    Outcome::Skipped(format!("{name}: binary data, not text; give a text or HTML page"))
}

/// Whether a text is one JSON value: data, no page.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A page that is data.
pub(super) fn json(name: &str) -> Outcome {
    Outcome::Skipped(format!("{name}: JSON, not text; put one object a line into a .jsonl file, with the page in its field \"text\""))
}

/// A page that decodes but says nothing.
pub(super) fn no_text(name: &str, is_html: bool) -> Outcome {
    Outcome::Skipped(match is_html {
        true => format!("{name}: no main text in this HTML; if the page is built by JavaScript, save it from a browser"),
        false => format!("{name}: no text; nothing to code, check the download"),
    })
}

fn megabytes(bytes: usize) -> String {
    match bytes {
        0..1_048_576 => format!("{} kB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(1 << 20)),
    }
}
