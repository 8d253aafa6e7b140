//! The queue of rows that a person must decide on: `review.tsv` in the user's folder.
//!
//! A line holds `accept`, the table, why it is here, a quote, and then the cells of the row, ready to be copied. `y` in the first cell accepts, `n`
//! refuses for good: the row is not proposed again.

use super::Proposal;
use crate::overlay::{is_row, key, key_columns, plain};
use crate::{Error, ErrorKind};
use std::collections::BTreeMap;

const HEADER: &str = "accept\ttable\twhy\tquote\tthe cells of the row";

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `y`: accepted, `n`: refused; `None`: not decided.
    pub accept: Option<bool>,
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
            entries.push(Entry { accept, proposal });
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

    /// Puts proposals in; one of the same row that is not decided gives way, one that was refused stays so. Returns how many are new.
    pub fn add(&mut self, proposals: &[Proposal]) -> usize {
        let mut new = 0;
        for proposal in proposals {
            match self.entries.iter_mut().find(|e| row_key(&e.proposal) == row_key(proposal)) {
                Some(entry) if entry.accept.is_none() => entry.proposal = proposal.clone(),
                Some(_) => {}
                None => {
                    self.entries.push(Entry { accept: None, proposal: proposal.clone() });
                    new += 1;
                }
            }
        }
        new
    }

    /// Takes the accepted rows out, by table.
    pub fn take_accepted(&mut self) -> BTreeMap<String, Vec<Vec<String>>> {
        let mut out: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        self.entries.retain(|e| {
            if e.accept == Some(true) {
                out.entry(e.proposal.table.clone()).or_default().push(e.proposal.cells.clone());
            }
            e.accept != Some(true)
        });
        out
    }

    /// How many wait for a decision.
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|e| e.accept.is_none()).count()
    }
}

/// What tells a row of the queue apart from others.
fn row_key(p: &Proposal) -> (&str, String) {
    (&p.table, key(key_columns(&p.table).unwrap_or_default(), &p.cells.join("\t")))
}
