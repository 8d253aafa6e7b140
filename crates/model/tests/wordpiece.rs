//! Word pieces of 3,000 invented words against the `tokenizers` library (`fixtures/make.py`).

use chancery_model::WordPiece;

/// Undoes Python's `unicode_escape`.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let digits = match rest.as_bytes()[at + 1] {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            plain => {
                out.push(match plain {
                    b'n' => '\n',
                    b'r' => '\r',
                    b't' => '\t',
                    other => char::from(other),
                });
                0
            }
        };
        let end = at + 2 + digits;
        if digits > 0 {
            out.push(u32::from_str_radix(&rest[at + 2..end], 16).ok().and_then(char::from_u32).expect("an escape of a character"));
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn pieces_are_those_of_the_reference() {
    let pieces = WordPiece::from_lines(include_str!("fixtures/wordpiece.pieces")).unwrap();
    let (mut count, mut failures) = (0, Vec::new());
    for line in include_str!("fixtures/wordpiece.tsv").lines() {
        let (word, expected) = line.split_once('\t').expect("word, tab, numbers");
        let expected: Vec<u32> = expected.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let mut found = Vec::new();
        assert_eq!(pieces.pieces(&unescape(word), &mut found), expected.len(), "{word}");
        if found != expected {
            failures.push(format!("{word}: {found:?}, expected {expected:?}"));
        }
        count += 1;
    }
    assert!(count == 3000 && failures.is_empty(), "{} of {count} differ: {failures:#?}", failures.len());
}
