//! Files of other people, read with care: no line without end, no text that is not UTF-8, and every complaint with file, line and the way out.

use crate::{Error, ErrorKind};
use std::io::{self, BufRead, Read};

/// Bytes of a line; the longest of a Wikidata dump has some 5 MB.
const LINE: u64 = 64 << 20;
/// Bytes of a file that is read at once.
const TEXT: u64 = 1 << 30;

/// The whole text of a source.
///
/// # Errors
/// When it cannot be read, is longer than 1 GiB or is not UTF-8.
pub fn text(file: &str, reader: impl BufRead) -> Result<String, Error> {
    let mut bytes = Vec::new();
    reader.take(TEXT + 1).read_to_end(&mut bytes).map_err(|e| unreadable(file.to_owned(), e))?;
    if bytes.len() as u64 > TEXT {
        return Err(Error::new(ErrorKind::Read, file, "more than 1 GiB; split the file"));
    }
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        not_utf8(file, 1 + before.iter().filter(|b| **b == b'\n').count())
    })
}

/// The lines of a source with their numbers, without line ends.
pub(crate) fn lines<'f>(file: &'f str, mut reader: impl BufRead + 'f) -> impl Iterator<Item = Result<(usize, String), Error>> + 'f {
    let mut number = 0;
    std::iter::from_fn(move || {
        number += 1;
        let mut bytes = Vec::new();
        let read = match reader.by_ref().take(LINE).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(n) => n as u64,
            Err(e) => return Some(Err(unreadable(format!("{file}:{number}"), e))),
        };
        if read == LINE && !bytes.ends_with(b"\n") {
            return Some(Err(Error::new(ErrorKind::Read, format!("{file}:{number}"), "a line of more than 64 MiB; is it the right file?")));
        }
        let end = bytes.iter().rposition(|b| !matches!(b, b'\n' | b'\r')).map_or(0, |last| last + 1);
        bytes.truncate(end);
        Some(String::from_utf8(bytes).map(|line| (number, line)).map_err(|_| not_utf8(file, number)))
    })
}

fn not_utf8(file: &str, line: usize) -> Error {
    Error::new(ErrorKind::Read, format!("{file}:{line}"), "not UTF-8 text; save the file as UTF-8")
}

fn unreadable(place: String, e: io::Error) -> Error {
    let message = match e.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the gzip is cut short or damaged ({e}); fetch the file again")
        }
        _ => format!("cannot be read ({e})"),
    };
    Error::new(ErrorKind::Read, place, message).caused(e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_named_with_its_line() {
        let read = |bytes: &[u8]| lines("x", bytes).collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string());
        assert_eq!(read(b"a\r\n\nb"), Ok(vec![(1, "a".to_owned()), (2, String::new()), (3, "b".to_owned())]));
        assert_eq!(read(b"a\n\xff\n"), Err("x:2: not UTF-8 text; save the file as UTF-8".to_owned()));
        assert_eq!(text("x", &b"a\nb\n\xe9"[..]).map_err(|e| e.to_string()), Err("x:3: not UTF-8 text; save the file as UTF-8".to_owned()));
        let endless = io::BufReader::new(io::repeat(b'a'));
        let error = lines("x", endless).next().and_then(Result::err).map(|e| e.to_string());
        assert_eq!(error.as_deref(), Some("x:1: a line of more than 64 MiB; is it the right file?"));
    }
}
