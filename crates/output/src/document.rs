//! A page to read and print: headings, lines, and footnotes that say on which words of which outlet each line rests. One structure, written as
//! Markdown, HTML, Word and text (`document/`).

mod docx;
mod html;
mod markdown;
mod text;

use crate::{
    Destination, Error,
    sink::Sink,
    telling::{Told, cut, quoted},
    terminal::clean,
    wording::day,
};
use std::path::Path;

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// Plain words.
    Plain(String),
    /// Words that stand out.
    Strong(String),
}

impl Run {
    /// The words, without what a terminal or another program would obey.
    pub fn words(&self) -> String {
        let (Run::Plain(text) | Run::Strong(text)) = self;
        clean(text).replace('\n', " ")
    }

    /// Whether they stand out.
    pub fn is_strong(&self) -> bool {
        matches!(self, Run::Strong(_))
    }
}

/// What a footnote says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Outlet and date.
    pub source: String,
    /// The sentence.
    pub sentence: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The records that rest on it.
    pub ids: Vec<String>,
}

/// A line with the numbers of its footnotes, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its words.
    pub runs: Vec<Run>,
    /// Its footnotes in [`Document::notes`].
    pub notes: Vec<usize>,
    /// The records that it rests on.
    pub ids: Vec<String>,
}

/// Lines under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// How many more lines there would be.
    pub more: usize,
}

/// A page to read and print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Lines under the title.
    pub lead: Vec<String>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The footnotes, in the order in which the lines first name them.
    pub notes: Vec<Note>,
    /// Lines after all.
    pub end: Vec<String>,
}

type Write = fn(&Document) -> Vec<u8>;

/// Name, file extensions, and what writes it.
const FORMATS: &[(&str, &[&str], Write)] = &[
    ("md", &["md", "markdown"], |d| markdown::written(d).into_bytes()),
    ("html", &["html", "htm"], |d| html::written(d).into_bytes()),
    ("docx", &["docx"], docx::written),
    ("txt", &["txt"], |d| text::written(d, &crate::Options::default()).into_bytes()),
];

/// The names of the formats of [`Document::written`].
pub fn document_formats() -> Vec<&'static str> {
    FORMATS.iter().map(|f| f.0).collect()
}

/// The format that a file name's extension stands for.
pub fn document_format_of(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|(_, extensions, _)| extensions.contains(&extension.as_str())).map(|f| f.0)
}

impl Document {
    /// The file's bytes in `format`; the same for the same document.
    ///
    /// # Errors
    /// When there is no such format.
    pub fn written(&self, format: &str) -> Result<Vec<u8>, Error> {
        let known = FORMATS.iter().find(|f| f.0 == format);
        let write = known.ok_or_else(|| Error::usage(format!("no format {format:?}; choose one of {}", document_formats().join(", "))))?.2;
        Ok(write(self))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When there is no such format, or the place cannot be written.
    pub fn write(&self, format: &str, destination: &Destination) -> Result<(), Error> {
        let bytes = self.written(format)?;
        let mut sink = Sink::open(destination)?;
        sink.write_bytes(&bytes)?;
        sink.flush()
    }

    /// The document for a terminal: each line ends with its sources.
    pub fn text(&self, options: &crate::Options) -> String {
        text::written(self, options)
    }

    /// How high it is on paper, about, in pages of A4.
    fn pages(&self) -> f64 {
        let rows = |text: usize, width: usize| text.div_ceil(width).max(1) as f64;
        let chars = |runs: &[Run]| runs.iter().map(|r| r.words().chars().count()).sum::<usize>();
        let line = |l: &Line| 1.2 + 13.6 * rows(chars(&l.runs) + 2 * l.notes.len(), LINE);
        let section = |s: &Section| 26.0 + s.lines.iter().map(line).sum::<f64>() + if s.more > 0 { 13.6 } else { 0.0 };
        let end = |n: &Note| n.link().map_or(0, str::len) + 16 * n.ids.len();
        let note = |n: &Note| 1.0 + 10.4 * rows(n.words().chars().count() + end(n), NOTE);
        let ends = self.lead.iter().chain(&self.end).map(|l| 13.6 * rows(l.chars().count(), LINE)).sum::<f64>();
        (40.0 + ends + self.sections.iter().map(section).sum::<f64>() + self.notes.iter().map(note).sum::<f64>()) / PAGE
    }
}

/// Characters in a line of text, in one of a footnote; points from the top to the bottom of a page.
const LINE: usize = 92;
const NOTE: usize = 118;
const PAGE: f64 = 715.0;

impl Note {
    /// Of a telling.
    pub fn of(told: &Told) -> Self {
        let published = told.published.as_deref().map_or("undated".to_owned(), day);
        let outlet = told.outlet.as_deref().or(told.page.as_deref()).unwrap_or("outlet not named");
        let sentence = cut(told.sentence.as_deref().unwrap_or(&told.quote), SENTENCE);
        Note { source: format!("{outlet}, {published}"), sentence: Some(sentence), url: told.url.clone(), ids: vec![told.id.clone()] }
    }

    /// `Meridian Wire, 15 May 2030: “The two signed.”`
    pub fn words(&self) -> String {
        let sentence = self.sentence.as_ref().map(|s| format!(": {}", quoted(s))).unwrap_or_default();
        clean(&format!("{}{sentence}", self.source)).replace('\n', " ")
    }

    /// Its address, if a browser may open it.
    pub fn link(&self) -> Option<&str> {
        let is_plain = |u: &&str| !u.chars().any(|c| c.is_control() || c.is_whitespace());
        self.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")).filter(is_plain)
    }
}

/// Longest sentence of a footnote, in characters.
const SENTENCE: usize = 420;

/// A line as it is planned: with what it rests on.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its words.
    pub runs: Vec<Run>,
    /// Its sources.
    pub notes: Vec<Note>,
}

/// A section as it is planned.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The heading.
    pub title: &'static str,
    /// All that could be said, the most important first.
    pub lines: Vec<Draft>,
    /// About how many lines it should have, beside the other sections.
    pub share: usize,
}

/// The document of a plan on at most so many pages (0: any number). What does not fit is cut from the sections that have most beyond their share.
pub fn fitted(title: String, lead: Vec<String>, end: Vec<String>, plans: &[Plan], pages: usize) -> Document {
    let mut shown: Vec<usize> =
        plans.iter().map(|p| p.lines.len().min(if pages == 0 { usize::MAX } else { p.share * MOST * pages })).collect();
    loop {
        let document = laid_out(&title, &lead, &end, plans, &shown);
        let longest =
            (0..plans.len()).filter(|i| shown[*i] > 1).max_by(|a, b| (shown[*a] * plans[*b].share).cmp(&(shown[*b] * plans[*a].share)));
        match longest {
            Some(i) if pages > 0 && document.pages() > pages as f64 => shown[i] -= 1,
            _ => return document,
        }
    }
}

/// No section shows more than so many times its share on a page.
const MOST: usize = 4;

/// The document that shows so many lines of each section. Sections without any are left out; a note that two lines name stands once.
fn laid_out(title: &str, lead: &[String], end: &[String], plans: &[Plan], shown: &[usize]) -> Document {
    let mut notes: Vec<Note> = Vec::new();
    let mut sections = Vec::new();
    for (plan, shown) in plans.iter().zip(shown).filter(|(p, _)| !p.lines.is_empty()) {
        let mut lines = Vec::new();
        for draft in &plan.lines[..*shown] {
            let mut numbers: Vec<usize> = Vec::new();
            for note in &draft.notes {
                // two records of one sentence share its note
                let same = |n: &Note| (&n.source, &n.sentence, &n.url) == (&note.source, &note.sentence, &note.url);
                let at = notes.iter().position(same).unwrap_or_else(|| {
                    notes.push(Note { ids: Vec::new(), ..note.clone() });
                    notes.len() - 1
                });
                let new = note.ids.iter().filter(|id| !notes[at].ids.contains(id)).cloned().collect::<Vec<_>>();
                notes[at].ids.extend(new);
                numbers.extend((!numbers.contains(&at)).then_some(at));
            }
            let ids = draft.notes.iter().flat_map(|n| n.ids.clone()).collect();
            lines.push(Line { runs: draft.runs.clone(), notes: numbers, ids });
        }
        sections.push(Section { title: plan.title.to_owned(), lines, more: plan.lines.len() - shown });
    }
    Document { title: title.to_owned(), lead: lead.to_vec(), sections, notes, end: end.to_vec() }
}

/// `12 more lines are not shown`.
pub fn more(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("1 more line is not shown".to_owned()),
        n => Some(format!("{n} more lines are not shown")),
    }
}

#[cfg(test)]
mod tests;
