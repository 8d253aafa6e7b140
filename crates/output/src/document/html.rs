//! A document as one page for the browser and the printer: nothing fetched, no script, footnotes with links there and back.

use super::{Document, Line, Note, more};
use crate::html::escape;

const CSS: &str = include_str!("page.css");

/// The text of the file.
pub fn written(document: &Document) -> String {
    let mut backs: Vec<Vec<String>> = vec![Vec::new(); document.notes.len()];
    let mut body = String::new();
    for section in &document.sections {
        let lines: String = section.lines.iter().map(|l| line(l, &mut backs)).collect();
        let more = more(section.more).map(|m| format!("<p class=\"more\">{m}</p>\n")).unwrap_or_default();
        body.push_str(&format!("<section>\n<h2>{}</h2>\n<ul>\n{lines}</ul>\n{more}</section>\n", escape(&section.title)));
    }
    let paragraphs = |all: &[String]| all.iter().map(|l| format!("<p>{}</p>\n", escape(l))).collect::<String>();
    let notes: String = document.notes.iter().zip(&backs).enumerate().map(|(n, (note, backs))| footnote(n, note, backs)).collect();
    let notes =
        if notes.is_empty() { notes } else { format!("<section class=\"notes\">\n<h2>Sources</h2>\n<ol>\n{notes}</ol>\n</section>\n") };
    let title = escape(&document.title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n{}</header>\n<main>\n{body}{notes}</main>\n\
         <footer>\n{}</footer>\n</body>\n</html>\n",
        paragraphs(&document.lead),
        paragraphs(&document.end)
    )
}

/// A line; `backs` learns the anchors of its references.
fn line(line: &Line, backs: &mut [Vec<String>]) -> String {
    let run = |r: &super::Run| match (escape(&r.words()), r.is_strong()) {
        (words, true) => format!("<b>{words}</b>"),
        (words, false) => words,
    };
    let mut marks: Vec<String> = Vec::new();
    for note in &line.notes {
        let Some(known) = backs.get_mut(*note) else { continue };
        let (n, anchor) = (note + 1, format!("r{}-{}", note + 1, known.len() + 1));
        marks.push(format!("<a id=\"{anchor}\" href=\"#n{n}\" aria-label=\"source {n}\">{n}</a>"));
        known.push(anchor);
    }
    let marks = if marks.is_empty() { String::new() } else { format!("<sup>{}</sup>", marks.join(",&#8239;")) };
    format!("<li>{}{marks}</li>\n", line.runs.iter().map(run).collect::<String>())
}

fn footnote(n: usize, note: &Note, backs: &[String]) -> String {
    let back = |(i, anchor): (usize, &String)| match backs.len() {
        1 => format!(" <a class=\"back\" href=\"#{anchor}\" aria-label=\"back to the text\">↩</a>"),
        _ => format!(" <a class=\"back\" href=\"#{anchor}\" aria-label=\"back to the text\">↩<sup>{}</sup></a>", i + 1),
    };
    let link =
        note.link().map(|u| format!(" <a class=\"url\" href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", escape(u))).unwrap_or_default();
    let backs: String = backs.iter().enumerate().map(back).collect();
    format!("<li id=\"n{}\">{}{link} <code>{}</code>{backs}</li>\n", n + 1, escape(&note.words()), escape(&note.ids.join(" ")))
}
