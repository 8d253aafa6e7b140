//! What changed between two states of the knowledge: rows, who holds an office when, and what surface forms now mean.
//!
//! Rows are paired by the key of their table, so that moving a line changes nothing. Holders and forms are compared as the linker answers, so that
//! an effect of a row on others shows too. Pure and in a fixed order: the same two states give the same text.

mod forms;
mod holders;
mod rows;

pub use forms::FormChange;
pub use holders::HolderChange;
pub use rows::{RowChange, RowKind};

use crate::pack::Files;
use crate::{Error, Knowledge};
use std::fmt;

/// What changed from an old to a new state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Rows added, changed and removed, by file and key.
    pub rows: Vec<RowChange>,
    /// Stretches of time in which an office has another holder, by country and office.
    pub holders: Vec<HolderChange>,
    /// Names and nouns that now stand for something else, sorted.
    pub forms: Vec<FormChange>,
}

/// Compares two states. `on` (ISO 8601) is the date as of which names are read; without it, by the latest office.
///
/// # Errors
/// When one of them cannot be read.
pub fn diff(old: &Files, new: &Files, on: Option<&str>) -> Result<Diff, Error> {
    let rows = rows::changes(old, new);
    if rows.is_empty() {
        return Ok(Diff::default());
    }
    let (before, after) = (Knowledge::of(old)?, Knowledge::of(new)?);
    let holders = holders::changes(&before, &after);
    let forms = forms::changes((old, &before), (new, &after), on);
    Ok(Diff { rows, holders, forms })
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The last line: how much changed.
    fn sum(&self) -> String {
        let rows = |kind| self.rows.iter().filter(|r| r.kind == kind).count();
        format!(
            "{} rows added, {} changed, {} removed; {} spells of office and {} forms read otherwise",
            rows(RowKind::Added),
            rows(RowKind::Changed),
            rows(RowKind::Removed),
            self.holders.len(),
            self.forms.len()
        )
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "nothing changed");
        }
        let mut file = "";
        for row in &self.rows {
            if row.file != file {
                file = row.file;
                writeln!(f, "{file}")?;
            }
            writeln!(f, "  {row}")?;
        }
        if !self.holders.is_empty() {
            writeln!(f, "holders")?;
        }
        self.holders.iter().try_for_each(|h| writeln!(f, "  {h}"))?;
        if !self.forms.is_empty() {
            writeln!(f, "forms")?;
        }
        self.forms.iter().try_for_each(|form| writeln!(f, "  {form}"))?;
        writeln!(f, "{}", self.sum())
    }
}

#[cfg(test)]
mod tests;
