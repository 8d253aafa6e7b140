//! Bytes -> text: UTF-8 with or without a mark, UTF-16, the charset an HTML page states, else a guess.
//!
//! `b"caf\xe9 talks"` -> `café talks`, with the note that windows-1252 was guessed. The byte order mark is not part of the text, nor
//! are soft hyphens and spaces without width, which part words that are one; line ends are kept as they are.

use super::{Media, Outcome, outcome};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a page is looked at to tell what it is.
const SAMPLE_BYTES: usize = 64 << 10;

/// A decoded page.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub notes: Vec<String>,
}

/// Starts of files that hold many pages, with what they are and how to take them apart.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"WARC/", "a web archive (WARC); extract its pages (e.g. with warcio extract) and give those"),
    (b"From: <Saved by ", MHTML),
    (b"From: \"Saved by ", MHTML),
    (b"MIME-Version: ", MHTML),
];
const MHTML: &str = "a web archive (MHTML); extract its pages (e.g. with munpack, or save the page as HTML) and give those";

/// Whether a character is invisible and parts nothing: soft hyphen, spaces and joiners without width.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The text without its invisible characters.
pub(super) fn visible(text: Cow<str>) -> String {
    if text.contains(is_invisible) { text.replace(is_invisible, "") } else { text.into_owned() }
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
    if let Some((_, what)) = ARCHIVES.iter().find(|a| bytes.starts_with(a.0)) {
        return Err(Outcome::Skipped(format!("{name}: {what}")));
    }
    if is_binary(bytes) {
        return Err(outcome::binary(name));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: visible(text.into()), notes: Vec::new() },
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
        stated => {
            let encoding = guess(bytes);
            let mut decoded = lossy(bytes, encoding, format!("not valid {}", encoding.name()));
            let what = if stated.is_some() { "states UTF-8 and is not" } else { "charset not stated and not UTF-8" };
            decoded.notes.insert(0, format!("{what}: read as {} (a guess)", encoding.name()));
            decoded
        }
    }
}

/// The likeliest charset; of those that read the bytes alike windows-1252, which is the commonest.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..SAMPLE_BYTES * 4).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes);
    if guessed != WINDOWS_1252 && read(guessed) == read(WINDOWS_1252) { WINDOWS_1252 } else { guessed }
}

fn lossy(bytes: &[u8], encoding: &'static Encoding, trouble: String) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let notes = if had_errors { vec![format!("{trouble}: unreadable bytes became U+FFFD")] } else { Vec::new() };
    Decoded { text: visible(text), notes }
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

/// `<meta charset="...">`, `<meta ... content="text/html; charset=...">` or `<?xml ... encoding="...">` in the first 4096 bytes.
fn stated_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let behind = |text: &str, key: &str| {
        let rest = text.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        Encoding::for_label(rest.chars().take_while(|c| is_label_char(*c)).collect::<String>().as_bytes())
    };
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|d| d.split_once("?>"));
    declaration.and_then(|(declared, _)| behind(declared, "encoding=")).or_else(|| behind(&head, "charset="))
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

    #[test]
    fn a_page_that_states_utf_8_and_is_not_is_told_so() {
        let page = b"<meta charset=\"utf-8\"><p>The envoy of Per\xfa met Jos\xe9 Lu\xeds in Bogot\xe1.";
        let decoded = decode("t", page, None).expect("text");
        assert!(decoded.text.ends_with("Perú met José Luís in Bogotá."), "{}", decoded.text);
        assert_eq!(decoded.notes, ["states UTF-8 and is not: read as windows-1252 (a guess)"]);
    }

    #[test]
    fn an_xml_declaration_states_the_charset() {
        let feed = b"<?xml version='1.0' encoding='windows-1251'?><title>\xcc\xe8\xf0</title>";
        assert!(text(feed).contains("<title>Мир<"), "{}", text(feed));
    }

    #[test]
    fn what_is_invisible_inside_words_is_no_part_of_the_text() {
        assert_eq!(text("Nor\u{AD}way met Aus\u{200B}tria in Vi\u{2060}en\u{FEFF}na.".as_bytes()), "Norway met Austria in Vienna.");
        let utf16: Vec<u8> = "Nor\u{200B}way met Austria.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), "Norway met Austria.");
    }

    #[test]
    fn web_archives_are_skipped_with_the_way_out() {
        for (start, kind) in [("WARC/1.0\r\n", "WARC"), ("From: <Saved by Blink>\r\n", "MHTML"), ("MIME-Version: 1.0\r\n", "MHTML")] {
            let outcome = decode("a", format!("{start}Content-Type: text/html\r\n\r\n<p>Oman left.").as_bytes(), None).err();
            assert!(matches!(outcome, Some(Outcome::Skipped(m)) if m.starts_with(&format!("a: a web archive ({kind}); extract"))));
        }
    }
}
