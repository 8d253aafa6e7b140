use super::*;

fn draft(words: &str, sentence: &str) -> Draft {
    let note =
        Note { source: "Gazette, 1 May 2031".to_owned(), sentence: Some(sentence.to_owned()), url: None, ids: vec![words.to_owned()] };
    Draft { runs: vec![Run::Plain(words.to_owned())], notes: vec![note] }
}

#[test]
fn two_lines_on_one_sentence_share_its_note() {
    let plans = [Plan { title: "Open", lines: vec![draft("a", "One."), draft("b", "Two."), draft("c", "One.")], share: 1 }];
    let document = fitted("T".to_owned(), Vec::new(), Vec::new(), &plans, 0);
    let notes: Vec<&[usize]> = document.sections[0].lines.iter().map(|l| l.notes.as_slice()).collect();
    assert_eq!(notes, [[0], [1], [0]]);
    assert_eq!(document.notes[0].ids, ["a", "c"]);
    assert_eq!(
        markdown::written(&document),
        "# T\n\n## Open\n\n- a[^1]\n- b[^2]\n- c[^1]\n\n[^1]: Gazette, 1 May 2031: “One.” `a` `c`\n[^2]: Gazette, 1 May 2031: “Two.” `b`\n"
    );
}

#[test]
fn what_is_too_long_is_cut_where_there_is_most_beyond_its_share() {
    let many = |n: usize| (0..n).map(|i| draft(&format!("line {i}"), &format!("Sentence {i}.").repeat(9))).collect::<Vec<_>>();
    let plans = [
        Plan { title: "A", lines: many(60), share: 4 },
        Plan { title: "B", lines: many(60), share: 1 },
        Plan { title: "C", lines: Vec::new(), share: 9 },
    ];
    let document = fitted("T".to_owned(), Vec::new(), Vec::new(), &plans, 1);
    assert_eq!(document.sections.len(), 2, "a section without lines is left out");
    let shown: Vec<usize> = document.sections.iter().map(|s| s.lines.len()).collect();
    assert!(document.pages() <= 1.0 && shown[0] > 3 * shown[1] && shown[1] > 1, "{shown:?}");
    assert_eq!(document.sections[0].more, 60 - shown[0]);
    assert_eq!(document.sections[0].lines[0].runs, [Run::Plain("line 0".to_owned())], "the first stay");
}

#[test]
fn hostile_words_are_words_in_every_format() {
    let mut line = draft("*a* _b_ [c](d) <i>e</i> & \u{202e}f\u{1b}[31m\u{0}\n# g", "<script>alert(1)</script> \u{ffff}");
    line.notes[0].url = Some("https://x.example/?a=1&b=\"<>".to_owned());
    line.notes[0].source = "`Gazette`".to_owned();
    let plans = [Plan { title: "Said", lines: vec![line], share: 1 }];
    let document = fitted("<T>".to_owned(), Vec::new(), Vec::new(), &plans, 0);
    let (md, html) = (markdown::written(&document), html::written(&document));
    assert!(md.contains("\\*a\\* \\_b\\_ \\[c\\](d) \\<i\\>e\\</i\\> \\& \u{fffd}f\u{fffd}\\[31m\u{fffd} \\# g"), "{md}");
    assert!(!html.contains("<i>") && !html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
    assert!(html.contains("href=\"https://x.example/?a=1&amp;b=&quot;&lt;&gt;\""), "{html}");
    assert!(!docx::written(&document).is_empty());
    line = draft("a", "b");
    line.notes[0].url = Some("javascript:alert(1)".to_owned());
    assert_eq!(line.notes[0].link(), None, "only addresses of the web are links");
}

#[test]
fn formats_are_known_by_ending() {
    let of = |p: &str| document_format_of(Path::new(p));
    assert_eq!([of("a.md"), of("a/b.HTML"), of("c.docx"), of("c.pdf"), of("c")], [Some("md"), Some("html"), Some("docx"), None, None]);
}
