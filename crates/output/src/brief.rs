//! The brief: two countries in Markdown, for a reader who has ten minutes. Every line ends in a footnote with outlet, date and words.

use crate::{
    dossier::{Dossier, Happening, Matter, Scope, Told, date_of},
    wording::{called, clipped, side},
};
use chancery_record::{LedgerKind, Record};

/// Meetings and statements that are shown, the last ones.
const MEETINGS: usize = 5;
/// Statements of both sides together.
const STATEMENTS: usize = 10;

/// The brief of reconciled records; `names` are the sides as a reader calls them.
pub fn brief(records: &[Record], scope: &Scope, names: [&str; 2]) -> String {
    let dossier = Dossier::of(records, scope);
    let mut page = Page::default();
    page.line(&format!("# {} and {}\n", names[0], names[1]));
    let is_meeting = |m: &&Matter| matches!(m.item.kind, LedgerKind::Meeting | LedgerKind::Visit);
    let is_held = |m: &&Matter| is_meeting(m) && m.item.status.as_deref() == Some("held");
    let held: Vec<&Matter> = dossier.matters.iter().filter(is_held).collect();
    page.section("Last meetings", &held[held.len().saturating_sub(MEETINGS)..], |m| (matter(m), m.told.iter().map(|t| &t.1).collect()));
    let today = dossier.last_told();
    let is_ahead = |h: &&Happening| {
        let end = h.event.date.as_ref().and_then(|d| d.end.as_deref()).or(h.day.as_deref());
        h.event.status.is_ahead() && end >= today.as_deref()
    };
    let due: Vec<&Matter> = dossier.matters.iter().filter(is_meeting).filter(|m| m.is_open()).collect();
    page.section("Meetings in view", &due, |m| (matter(m), m.told.iter().map(|t| &t.1).collect()));
    let ahead: Vec<_> = dossier.events.iter().filter(is_ahead).collect();
    page.section("Ahead", &ahead, |h| (format!("{}: {}", date_of(h), h.event.title), h.told.iter().collect()));
    let open: Vec<&Matter> = dossier.matters.iter().filter(|m| m.is_open() && !is_meeting(m)).collect();
    page.section("Open between them", &open, |m| (matter(m), m.told.iter().map(|t| &t.1).collect()));
    let over: Vec<&Matter> = dossier.matters.iter().filter(|m| !m.is_open() && !is_held(m)).collect();
    page.section("Concluded, withdrawn or noted", &over, |m| (matter(m), m.told.iter().map(|t| &t.1).collect()));
    let said = &dossier.words[dossier.words.len().saturating_sub(STATEMENTS)..];
    page.section("What was said", said, |w| {
        let s = w.statement;
        let words = clipped(&s.content.quote, 320);
        let words = if s.quoted { format!("“{words}”") } else { words };
        (format!("**{}** ({}) {}: {words}", called(&s.speaker), side(std::slice::from_ref(&s.speaker)), s.cue.quote), vec![&w.told])
    });
    page.end()
}

fn matter(m: &Matter) -> String {
    let item = m.item;
    let status = crate::dossier::status_of(item);
    let condition = item.condition.as_ref().map(|c| format!(" (condition: “{}”)", c.quote)).unwrap_or_default();
    let review = if item.review.is_some() { "; accounts differ" } else { "" };
    format!("{}, **{status}**{review}: {}{condition}", item.kind.code().replace('_', " "), clipped(&item.title, 160))
}

/// Lines and the footnotes they point at.
#[derive(Default)]
struct Page {
    text: String,
    notes: Vec<String>,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A list under a heading; nothing when it is empty.
    fn section<'t, T: 't>(&mut self, title: &str, all: &'t [T], of: impl Fn(&'t T) -> (String, Vec<&'t Told>)) {
        if all.is_empty() {
            return;
        }
        self.line(&format!("## {title}\n"));
        for (line, told) in all.iter().map(of) {
            let marks: String = told.into_iter().map(|t| self.note(t)).collect();
            self.line(&format!("- {}{marks}", plain(&line)));
        }
        self.line("");
    }

    /// The mark of a footnote; the same telling has one.
    fn note(&mut self, told: &Told) -> String {
        let source = [told.outlet.as_deref(), told.published.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let source = if source.is_empty() { "undated page".to_owned() } else { source };
        let note = format!("{source}: “{}”", plain(&clipped(&told.quote, 200)));
        let at = self.notes.iter().position(|n| *n == note).unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        format!("[^{}]", at + 1)
    }

    fn end(mut self) -> String {
        if self.notes.is_empty() {
            self.line("Nothing between the two in these results.");
        }
        for (n, note) in self.notes.iter().enumerate() {
            self.text.push_str(&format!("[^{}]: {note}\n", n + 1));
        }
        self.text
    }
}

/// On one line, without brackets that Markdown would read as a link or note.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('[', "(").replace(']', ")").replace('<', "‹").replace('>', "›")
}
