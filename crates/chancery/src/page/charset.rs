//! Bytes -> text: UTF-8 with or without a mark, UTF-16, the charset an HTML page states, else a guess.
//!
//! `b"caf\xe9 talks"` -> `café talks`, with the note that windows-1252 was guessed. The byte order mark is not part of the text;
//! line ends are kept as they are.

use super::{Media, Outcome, outcome};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a page is looked at to tell what it is.
const SAMPLE_BYTES: usize = 64 << 10;

/// A decoded page.
pub(super) struct Decoded {
    pub text: String,
    pub notes: Vec<String>,
}

/// Decodes `bytes`, or says why they are no text.
pub(super) fn decode(name: &str, bytes: &[u8], media: Option<Media>) -> Result<Decoded, Outcome> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return Ok(lossy(rest, encoding, format!("not valid {}", encoding.name())));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(lossy(bytes, encoding, format!("not valid {}", encoding.name())));
    }
    if is_binary(bytes) {
        return Err(outcome::binary(name));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), notes: Vec::new() },
        Err(error) => legacy(bytes, error, media),
    })
}

/// Not valid UTF-8: damaged UTF-8, a charset the page states, or a guess.
fn legacy(bytes: &[u8], error: std::str::Utf8Error, media: Option<Media>) -> Decoded {
    let (good, bad) = utf8_sequences(bytes);
    let cut_bytes = if error.error_len().is_none() { bytes.len() - error.valid_up_to() } else { 0 };
    let is_cut = cut_bytes > 1 || cut_bytes == 1 && good > 0;
    let stated = if media == Some(Media::Text) { None } else { stated_charset(bytes) };
    if is_cut || good > 4 * bad {
        return lossy(bytes, UTF_8, "not valid UTF-8, cut or damaged".to_owned());
    }
    match stated {
        Some(encoding) if encoding != UTF_8 => lossy(bytes, encoding, format!("not valid {}", encoding.name())),
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes.get(..SAMPLE_BYTES * 4).unwrap_or(bytes), true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            let mut decoded = lossy(bytes, encoding, format!("not valid {}", encoding.name()));
            decoded.notes.insert(0, format!("charset not stated and not UTF-8: read as {} (a guess)", encoding.name()));
            decoded
        }
    }
}

fn lossy(bytes: &[u8], encoding: &'static Encoding, trouble: String) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let notes = if had_errors { vec![format!("{trouble}: unreadable bytes became U+FFFD")] } else { Vec::new() };
    Decoded { text: text.into_owned(), notes }
}

/// UTF-16 without a mark: Latin letters leave every second byte zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match (even * 10 > pairs * 6, odd * 10 > pairs * 6) {
        (true, false) if odd * 20 < pairs => Some(UTF_16BE),
        (false, true) if even * 20 < pairs => Some(UTF_16LE),
        _ => None,
    }
}

/// NUL bytes, or more control characters than any text has.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let odd = sample.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    sample.contains(&0) || odd * 20 > sample.len()
}

/// Well-formed UTF-8 sequences longer than one byte, and bytes that belong to none.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// `<meta charset="...">` or `<meta ... content="text/html; charset=...">` in the first 4096 bytes.
fn stated_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label: String = head.get(at..)?.trim_start_matches(['"', '\'', ' ']).chars().take_while(|c| is_label_char(*c)).collect();
    Encoding::for_label(label.as_bytes())
}

fn is_label_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode("t", bytes, None).map(|d| d.text).unwrap_or_default()
    }

    #[test]
    fn decodes_what_pages_come_in() {
        let line = "Japan’s minister said “no” – café.\r\nNext line here.";
        let utf16: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = line.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(line.as_bytes()), line);
        assert_eq!(text(&[b"\xEF\xBB\xBF", line.as_bytes()].concat()), line);
        assert_eq!(text(&utf16), line);
        assert_eq!(text(&utf16be), line);
        assert_eq!(text(&[b"\xFF\xFE".as_slice(), &utf16].concat()), line);
        assert_eq!(text(b"Japan\x92s minister said \x93no\x94 in the caf\xe9."), "Japan’s minister said “no” in the café.");
    }

    #[test]
    fn says_when_bytes_were_unreadable() {
        let whole = "The ministers met in São Paulo and said “peace” again – é".as_bytes();
        let cut = decode("t", &whole[..whole.len() - 1], None).ok();
        assert!(cut.is_some_and(|d| d.text.contains("São Paulo") && d.text.ends_with('\u{FFFD}') && d.notes.len() == 1));
        assert!(decode("t", b"abc\0\x01\x02def", None).is_err());
    }
}
