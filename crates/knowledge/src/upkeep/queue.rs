//! The queue of rows that a person must decide on: `review.tsv` in the user's folder.
//!
//! A line holds `accept`, the table, why it is here, a quote, and then the cells of the row, ready to be copied. `y` in the first cell accepts, `n`
//! refuses for good: the row is not proposed again.

use super::{PERSONS, Proposal};
use crate::overlay::{is_row, key, key_columns, plain};
use crate::{Error, ErrorKind};
use std::collections::{HashMap, HashSet};

const HEADER: &str = "accept\ttable\twhy\tquote\tthe cells of the row";

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `y`: accepted, `n`: refused; `None`: not decided.
    pub accept: Option<bool>,
    /// Its line in the file; 0 = not written yet.
    pub line: usize,
    /// The row and its reasons.
    pub proposal: Proposal,
}

/// Rows that wait for a decision, and those that were refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// In the order in which they came.
    pub entries: Vec<Entry>,
}

impl Queue {
    /// Reads the text of `review.tsv`; an empty text is an empty queue. `file` is its name in messages.
    ///
    /// # Errors
    /// Names the line that is no line of a queue.
    pub fn parse(file: &str, text: &str) -> Result<Queue, Error> {
        let text = plain(text.to_owned());
        let mut entries = Vec::new();
        for (i, line) in text.lines().enumerate().filter(|(_, l)| is_row(l) && *l != HEADER) {
            let bad = |message: String| Error::new(ErrorKind::Format, format!("{file}:{}", i + 1), message);
            let cells: Vec<&str> = line.split('\t').collect();
            let [accept, table, why, quote, row @ ..] = cells.as_slice() else {
                return Err(bad(
                    "not a line of a review queue: accept, table, why, quote, then the cells of the row, separated by tabs".to_owned()
                ));
            };
            let accept = match accept.trim() {
                "" => None,
                "y" | "Y" | "yes" => Some(true),
                "n" | "N" | "no" => Some(false),
                other => return Err(bad(format!("{other:?} in the first cell; write y to accept, n to refuse, nothing to decide later"))),
            };
            if key_columns(table).is_none() || row.is_empty() {
                return Err(bad(format!("{table:?} is no table, or the row has no cells")));
            }
            let cells = row.iter().map(|c| (*c).to_owned()).collect();
            let proposal = Proposal { table: (*table).to_owned(), cells, why: (*why).to_owned(), quote: (*quote).to_owned() };
            entries.push(Entry { accept, line: i + 1, proposal });
        }
        Ok(Queue { entries })
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let line = |e: &Entry| {
            let p = &e.proposal;
            let accept = e.accept.map_or("", |a| if a { "y" } else { "n" });
            format!("{accept}\t{}\t{}\t{}\t{}\n", p.table, p.why, p.quote, p.cells.join("\t"))
        };
        format!("{HEADER}\n{}", self.entries.iter().map(line).collect::<String>())
    }

    /// Puts proposals in, each in the place of an earlier one of the same row that is not decided; what was refused stays so. Proposals that come together
    /// stay apart. Returns how many are new.
    pub fn add(&mut self, proposals: &[Proposal]) -> usize {
        let mut earlier: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            earlier.entry(row_key(&entry.proposal)).or_default().push(i);
        }
        let (before, mut come) = (self.entries.len(), HashSet::new());
        for proposal in proposals.iter().filter(|p| come.insert((&p.table, &p.cells))) {
            let known = earlier.entry(row_key(proposal)).or_default();
            if known.iter().any(|i| self.entries[*i].accept.is_some() && says_the_same(&self.entries[*i].proposal, proposal)) {
                continue;
            }
            match known.iter().position(|i| self.entries[*i].accept.is_none()) {
                Some(at) => self.entries[known.remove(at)].proposal = proposal.clone(),
                None => self.entries.push(Entry { accept: None, line: 0, proposal: proposal.clone() }),
            }
        }
        self.entries.len() - before
    }

    /// Takes the accepted rows out, in the order of their lines.
    pub fn take_accepted(&mut self) -> Vec<Entry> {
        let (accepted, others) = std::mem::take(&mut self.entries).into_iter().partition(|e| e.accept == Some(true));
        self.entries = others;
        accepted
    }

    /// How many wait for a decision.
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|e| e.accept.is_none()).count()
    }
}

/// What tells a row of the queue apart from others.
fn row_key(p: &Proposal) -> (String, String) {
    (p.table.clone(), key(key_columns(&p.table).unwrap_or_default(), &p.cells.join("\t")))
}

/// Whether two proposals of one row say the same: a tenure that ends otherwise is another matter.
fn says_the_same(a: &Proposal, b: &Proposal) -> bool {
    let end = PERSONS.iter().position(|c| *c == "to").unwrap_or_default();
    a.table != "persons.tsv" || a.cells.get(end) == b.cells.get(end)
}
