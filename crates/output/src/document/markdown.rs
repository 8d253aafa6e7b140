//! A document as Markdown with footnotes, as pandoc and most editors read them.

use super::{Document, Line, more};
use crate::terminal::clean;

/// The text of the file.
pub fn written(document: &Document) -> String {
    let mut out = format!("# {}\n\n", escaped(&document.title));
    out.extend(document.lead.iter().map(|l| format!("{}\n\n", escaped(l))));
    for section in &document.sections {
        out.push_str(&format!("## {}\n\n", escaped(&section.title)));
        out.extend(section.lines.iter().map(line));
        out.extend(more(section.more).map(|m| format!("- *{m}*\n")));
        out.push('\n');
    }
    out.extend(document.end.iter().map(|l| format!("{}\n\n", escaped(l))));
    for (n, note) in document.notes.iter().enumerate() {
        let link = note.link().map(|u| format!(" <{}>", u.replace('>', "%3E").replace('<', "%3C"))).unwrap_or_default();
        let ids: String = note.ids.iter().map(|id| format!(" `{}`", clean(id).replace('`', "'"))).collect();
        out.push_str(&format!("[^{}]: {}{link}{ids}\n", n + 1, escaped(&note.words())));
    }
    out
}

fn line(line: &Line) -> String {
    let run = |r: &super::Run| match (escaped(&r.words()), r.is_strong()) {
        (words, true) => format!("**{words}**"),
        (words, false) => words,
    };
    let notes: String = line.notes.iter().map(|n| format!("[^{}]", n + 1)).collect();
    format!("- {}{notes}\n", line.runs.iter().map(run).collect::<String>())
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).replace('\n', " ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#' | '$' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
