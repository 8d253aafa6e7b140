//! Which parts of a text play which role in which record, and a text cut at the ends of those parts.

use chancery_record::{Actor, Evidence, EvidenceRole, Quote, Range, Record, Span, Text};

/// What a part of the text does in a record. In the order in which one wins over another where only one can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The words that make the event or entry.
    Predicate,
    /// The words of speech.
    Cue,
    /// Who says so.
    Speaker,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// When.
    Date,
    /// Where.
    Place,
    /// On what occasion.
    Occasion,
    /// Under which condition.
    Condition,
    /// What is said.
    Content,
}

impl Role {
    /// The role of a piece of evidence; what a predicate is depends on the record.
    pub fn of(role: EvidenceRole, predicate: Role) -> Role {
        match role {
            EvidenceRole::Predicate => predicate,
            EvidenceRole::Actor => Role::Actor,
            EvidenceRole::Recipient => Role::Recipient,
            EvidenceRole::Date => Role::Date,
            EvidenceRole::Place => Role::Place,
            EvidenceRole::Speaker => Role::Speaker,
            EvidenceRole::Condition => Role::Condition,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Predicate => "predicate",
            Role::Cue => "cue",
            Role::Speaker => "speaker",
            Role::Actor => "actor",
            Role::Recipient => "recipient",
            Role::Date => "date",
            Role::Place => "place",
            Role::Occasion => "occasion",
            Role::Condition => "condition",
            Role::Content => "content",
        }
    }
}

/// A part of the text and its role in record number `record`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Bytes.
    pub span: Span,
    /// Its role.
    pub role: Role,
    /// The record, by the caller's number.
    pub record: usize,
}

/// Something that covers a part of a text.
pub trait Cover: Copy {
    /// The part, in bytes.
    fn span(&self) -> Span;
    /// What comes first where several cover the same text.
    fn rank(&self) -> (u8, usize);
}

impl Cover for Mark {
    fn span(&self) -> Span {
        self.span
    }

    fn rank(&self) -> (u8, usize) {
        (self.role as u8, self.record)
    }
}

/// A stretch of text under the same covers throughout.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece<C = Mark> {
    /// Bytes.
    pub span: Span,
    /// The covers over it, strongest first.
    pub marks: Vec<C>,
}

/// The marks of a record, numbered `n`. Spans that do not fit the text are left out.
pub fn marks(record: &Record, n: usize, text: &Text) -> Vec<Mark> {
    let mut out = Marks { text, n, all: Vec::new() };
    match record {
        Record::EventReport(r) => {
            out.evidence(&r.evidence, Role::Predicate);
            r.actors.iter().for_each(|a| out.actor(a, Role::Actor));
            r.recipients.iter().for_each(|a| out.actor(a, Role::Recipient));
            r.said_by.iter().for_each(|a| out.actor(a, Role::Speaker));
            r.place.iter().for_each(|p| out.range(p.start, p.end, Role::Place));
        }
        Record::Statement(r) => {
            out.evidence(&r.evidence, Role::Cue);
            out.actor(&r.speaker, Role::Speaker);
            out.quote(&r.cue, Role::Cue);
            out.quote(&r.content, Role::Content);
            r.addressee.iter().for_each(|a| out.actor(a, Role::Recipient));
            if let Some(occasion) = &r.occasion {
                out.quote(&occasion.text, Role::Occasion);
                occasion.place.iter().for_each(|q| out.quote(q, Role::Place));
            }
        }
        Record::LedgerEntry(r) => {
            out.evidence(&r.evidence, Role::Predicate);
            r.parties.iter().for_each(|a| out.actor(a, Role::Actor));
            r.reported_by.iter().for_each(|a| out.actor(a, Role::Speaker));
        }
        _ => {}
    }
    let mut all = out.all;
    all.sort_unstable();
    all.dedup();
    all
}

struct Marks<'a> {
    text: &'a Text<'a>,
    n: usize,
    all: Vec<Mark>,
}

impl Marks<'_> {
    fn span(&mut self, span: Option<Span>, role: Role) {
        let fits = span.filter(|s| s.slice(self.text.as_str()).is_some_and(|t| !t.is_empty()));
        self.all.extend(fits.map(|span| Mark { span, role, record: self.n }));
    }

    fn range(&mut self, start: usize, end: usize, role: Role) {
        self.span(self.text.offsets().span_of_chars(start, end), role);
    }

    fn quote(&mut self, quote: &Quote, role: Role) {
        self.span(Some(Span { start: quote.byte_start, end: quote.byte_end }), role);
    }

    fn actor(&mut self, actor: &Actor, role: Role) {
        // What another place of the page lent to the record is not shown as the sentence's own words.
        let is_known = self.all.iter().any(|m| m.role == role);
        if actor.from.is_none() || !is_known {
            self.range(actor.start, actor.end, role);
        }
    }

    fn evidence(&mut self, evidence: &[Evidence], predicate: Role) {
        evidence.iter().for_each(|e| self.quote(&e.quote, Role::of(e.role, predicate)));
    }
}

/// The text of `range` cut at every end of a cover.
pub fn pieces<C: Cover>(range: Span, covers: &[C]) -> Vec<Piece<C>> {
    let mut inside: Vec<C> = covers.iter().filter(|m| m.span().overlaps(&range)).copied().collect();
    inside.sort_by_key(|m| m.span().start);
    let ends = inside.iter().flat_map(|m| [m.span().start, m.span().end]);
    let mut cuts: Vec<usize> = ends.map(|at| at.clamp(range.start, range.end)).chain([range.start, range.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let (mut out, mut open, mut next) = (Vec::new(), Vec::<C>::new(), 0);
    for pair in cuts.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        while let Some(mark) = inside.get(next).filter(|m| m.span().start <= span.start) {
            open.push(*mark);
            next += 1;
        }
        open.retain(|m| m.span().end > span.start);
        let mut marks = open.clone();
        marks.sort_by_key(Cover::rank);
        out.push(Piece { span, marks });
    }
    out
}

/// The bytes of a range of code points, when it fits the text.
pub fn span_of(range: Range, text: &Text) -> Option<Span> {
    text.offsets().span_of_chars(range.start, range.end).filter(|s| s.slice(text.as_str()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_marks_are_cut_at_their_ends() {
        let mark = |start, end, role| Mark { span: Span::new(start, end), role, record: 0 };
        let marks = [mark(2, 6, Role::Content), mark(4, 8, Role::Actor), mark(20, 30, Role::Date)];
        let cut: Vec<_> = pieces(Span::new(0, 10), &marks).into_iter().map(|p| (p.span.start, p.span.end, p.marks.len())).collect();
        assert_eq!(cut, [(0, 2, 0), (2, 4, 1), (4, 6, 2), (6, 8, 1), (8, 10, 0)]);
        assert_eq!(pieces(Span::new(0, 10), &marks)[2].marks[0].role, Role::Actor);
        assert!(pieces(Span::new(5, 5), &marks).is_empty());
    }
}
