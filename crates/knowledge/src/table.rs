//! Tab-separated tables with a header line; every row knows its line, so that a complaint can name it.

use crate::error::{Error, ErrorKind};

/// One table, borrowed from the text of its file. Rows are cut as they are read: the tenures alone are 24,000.
pub(crate) struct Table<'t> {
    body: &'t str,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    /// Line in the file, 1-based.
    pub line: usize,
    text: &'t str,
}

impl<'t> Table<'t> {
    /// Reads `text`. `expected` columns must all be there, in this order, though more may follow; every row must have as many cells.
    pub fn read(file: &str, text: &'t str, expected: &[&str]) -> Result<Self, Error> {
        let (header, body) = text.split_once('\n').unwrap_or((text, ""));
        let columns: Vec<&str> = header.split('\t').collect();
        if !columns.starts_with(expected) {
            let message = format!("the header is {columns:?}; it must begin with {expected:?}, separated by tabs");
            return Err(Error::new(ErrorKind::Format, format!("{file}:1"), message));
        }
        let table = Table { body };
        for row in table.rows() {
            let cells = row.text.bytes().filter(|b| *b == b'\t').count() + 1;
            if cells != columns.len() {
                let message = format!("{cells} cells where the header has {}; add or remove tabs", columns.len());
                return Err(Error::new(ErrorKind::Format, format!("{file}:{}", row.line), message));
            }
        }
        Ok(table)
    }

    /// The rows in file order; empty lines and lines that begin with `#` are none.
    pub fn rows(&self) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let lines = self.body.lines().enumerate();
        lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).map(|(n, text)| Row { line: n + 2, text })
    }
}

impl<'t> Row<'t> {
    /// Cell `column`, `""` beyond the end.
    pub fn get(&self, column: usize) -> &'t str {
        self.text.split('\t').nth(column).unwrap_or_default()
    }

    /// Cell `column`, `None` when empty.
    pub fn optional(&self, column: usize) -> Option<&'t str> {
        Some(self.get(column)).filter(|c| !c.is_empty())
    }

    /// The first cells at once, `""` beyond the end.
    pub fn cells<const N: usize>(&self) -> [&'t str; N] {
        let mut cells = self.text.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    }

    /// The parts of cell `column`, which separates them by `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').filter(|p| !p.is_empty())
    }
}
