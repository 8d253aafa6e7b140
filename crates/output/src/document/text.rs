//! A document for a terminal: no footnotes, each line ends with its sources and record ids.

use super::{Document, Line, more};
use crate::{
    Options,
    terminal::{BOLD, DIM, PLAIN, Paint},
};

/// The text.
pub fn written(document: &Document, options: &Options) -> String {
    let paint = Paint(options.colour);
    let width = options.width.max(40);
    let one = |style, text: &str| paint.wrapped(&[(style, text.to_owned())], width, 0, 2);
    let mut out = one(BOLD, &document.title);
    out.extend(document.lead.iter().map(|l| one(DIM, l)));
    for section in &document.sections {
        out.push_str(&format!("\n{}", one(BOLD, &section.title)));
        out.extend(section.lines.iter().map(|l| line(document, l, paint, width)));
        out.extend(more(section.more).map(|m| paint.wrapped(&[(DIM, m)], width, 2, 4)));
    }
    if !document.end.is_empty() {
        out.push('\n');
        out.extend(document.end.iter().map(|l| one(DIM, l)));
    }
    out
}

fn line(document: &Document, line: &Line, paint: Paint, width: usize) -> String {
    let mut parts: Vec<_> = line.runs.iter().map(|r| (if r.is_strong() { BOLD } else { PLAIN }, r.words())).collect();
    let mut sources: Vec<&str> = Vec::new();
    for note in line.notes.iter().filter_map(|n| document.notes.get(*n)) {
        sources.extend(Some(note.source.as_str()).filter(|s| !sources.contains(s)));
    }
    let end = [sources.join("; "), line.ids.join(" ")].into_iter().filter(|e| !e.is_empty()).collect::<Vec<_>>().join(" · ");
    parts.extend((!end.is_empty()).then(|| (DIM, format!(" [{end}]"))));
    paint.wrapped(&parts, width, 2, 4)
}
