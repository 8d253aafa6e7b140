//! Text for a terminal: ANSI styles, wrapping, and nothing from a page that a terminal would obey.

use crate::marks::{Mark, Role, pieces};
use chancery_record::Span;

/// SGR parameters; empty is plain.
pub type Style = &'static str;

/// Plain text.
pub const PLAIN: Style = "";
/// Headlines and names of things.
pub const BOLD: Style = "1";
/// Ids and side remarks.
pub const DIM: Style = "2";

/// The style of a role: colours that stay apart for colour-blind eyes, and a second sign where two come near.
pub fn style(role: Role) -> Style {
    match role {
        Role::Predicate | Role::Cue => "1;4",
        Role::Actor => "34",
        Role::Recipient => "33",
        Role::Speaker => "35",
        Role::Date => "36",
        Role::Place => "32",
        Role::Condition => "3;31",
        Role::Occasion => "3",
        Role::Content => PLAIN,
    }
}

/// `text` without control characters and without marks that turn the writing direction around.
pub fn clean(text: &str) -> String {
    let is_unsafe = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect()
}

/// Colours, or not.
#[derive(Clone, Copy)]
pub struct Paint(pub bool);

impl Paint {
    /// `text` in `style`, made safe.
    pub fn paint(self, style: Style, text: &str) -> String {
        let text = clean(text);
        if self.0 && !style.is_empty() && !text.is_empty() { format!("\x1b[{style}m{text}\x1b[0m") } else { text }
    }

    /// Styled stretches as lines of at most `width` columns, the first indented by `first`, the others by `rest` spaces.
    /// White space of any kind becomes one blank, [`GAP`] two; a word longer than a line stays whole.
    pub fn wrapped(self, stretches: &[(Style, String)], width: usize, first: usize, rest: usize) -> String {
        self.wrapped_after(" ".repeat(first), first, stretches, width, rest)
    }

    /// As [`Paint::wrapped`], after `lead`, which takes `column` columns.
    pub fn wrapped_after(self, lead: String, mut column: usize, stretches: &[(Style, String)], width: usize, rest: usize) -> String {
        let mut out = lead;
        let mut style = PLAIN;
        for (i, word) in words(stretches).iter().enumerate() {
            let len: usize = word.parts.iter().map(|(_, t)| t.chars().count()).sum();
            let gap = if i == 0 { 0 } else { word.gap };
            if column > rest && column + gap + len > width {
                self.turn(&mut out, &mut style, PLAIN);
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                out.push_str(&" ".repeat(rest));
                column = rest;
            } else {
                if word.parts.first().is_none_or(|(s, _)| *s != style) {
                    self.turn(&mut out, &mut style, PLAIN);
                }
                out.push_str(&" ".repeat(gap));
                column += gap;
            }
            for (next, text) in &word.parts {
                self.turn(&mut out, &mut style, next);
                out.push_str(&clean(text));
            }
            column += len;
        }
        self.turn(&mut out, &mut style, PLAIN);
        out.push('\n');
        out
    }

    /// Changes the style of what follows.
    fn turn(self, out: &mut String, style: &mut Style, next: Style) {
        if !self.0 || *style == next {
            return;
        }
        if !style.is_empty() {
            out.push_str("\x1b[0m");
        }
        if !next.is_empty() {
            out.push_str(&format!("\x1b[{next}m"));
        }
        *style = next;
    }
}

/// A blank twice as wide as others.
pub const GAP: &str = "\u{2003}";

struct Word {
    /// Stretches of one style.
    parts: Vec<(Style, String)>,
    /// Blanks before it.
    gap: usize,
}

fn words(stretches: &[(Style, String)]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut word = Word { parts: Vec::new(), gap: 1 };
    for (style, c) in stretches.iter().flat_map(|(style, text)| text.chars().map(move |c| (*style, c))) {
        if c.is_whitespace() {
            if !word.parts.is_empty() {
                out.push(std::mem::replace(&mut word, Word { parts: Vec::new(), gap: 1 }));
            }
            word.gap = if GAP.starts_with(c) { 2 } else { word.gap };
            continue;
        }
        match word.parts.last_mut().filter(|(s, _)| *s == style) {
            Some((_, part)) => part.push(c),
            None => word.parts.push((style, c.to_string())),
        }
    }
    out.extend((!word.parts.is_empty()).then_some(word));
    out
}

/// The text of `range` in the styles of the marks over it.
pub fn styled(text: &str, range: Span, marks: &[Mark]) -> Vec<(Style, String)> {
    let piece = |p: crate::marks::Piece| {
        let style = p.marks.first().map_or(PLAIN, |m| style(m.role));
        (style, p.span.slice(text).unwrap_or_default().to_owned())
    };
    pieces(range, marks).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_by_columns_and_keeps_styles_within_words() {
        let text = [(PLAIN, "The two\u{a0}sides ".to_owned()), (BOLD, "agreed".to_owned()), (PLAIN, ", he  said".to_owned())];
        assert_eq!(Paint(false).wrapped(&text, 18, 2, 4), "  The two sides\n    agreed, he\n    said\n");
        assert_eq!(Paint(true).wrapped(&text[1..], 80, 0, 0), "\x1b[1magreed\x1b[0m, he said\n");
        assert_eq!(Paint(false).wrapped(&[(PLAIN, format!("a{GAP}b c"))], 80, 1, 0), " a  b c\n");
    }

    #[test]
    fn a_page_cannot_command_the_terminal() {
        assert_eq!(clean("a\x1b[31mb\u{9b}c\u{202e}d\te"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d e");
    }
}
