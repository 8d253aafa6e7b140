//! Tab-separated tables with a header line; every row knows its line, so that a complaint can name it.

use crate::error::{Error, ErrorKind};

/// One table, borrowed from the text of its file. Rows are cut as they are read: the tenures alone are 24,000.
pub(crate) struct Table<'t> {
    body: &'t str,
}

/// Cells that a row can be asked for.
const CELLS: usize = 16;

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    /// Line in the file, 1-based.
    pub line: usize,
    cells: [&'t str; CELLS],
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
        for (line, text) in table.lines() {
            let cells = text.bytes().filter(|b| *b == b'\t').count() + 1;
            if cells != columns.len() {
                let message = format!("{cells} cells where the header has {}; add or remove tabs", columns.len());
                return Err(Error::new(ErrorKind::Format, format!("{file}:{line}"), message));
            }
        }
        Ok(table)
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
        let lines = self.body.lines().enumerate();
        lines.filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).map(|(n, text)| (n + 2, text))
    }

    /// The rows in file order; empty lines and lines that begin with `#` are none.
    pub fn rows(&self) -> impl Iterator<Item = Row<'t>> + use<'t> {
        self.lines().map(|(line, text)| Row { line, cells: cut(text) })
    }
}

/// The first cells of a line, `""` beyond the last. Cells are short: looking at byte after byte is faster than a search for each tab.
fn cut(text: &str) -> [&str; CELLS] {
    let mut cells = [""; CELLS];
    let (mut cell, mut start) = (0, 0);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\t' && cell < CELLS {
            cells[cell] = &text[start..at];
            (cell, start) = (cell + 1, at + 1);
        }
    }
    if let Some(last) = cells.get_mut(cell) {
        *last = &text[start..];
    }
    cells
}

impl<'t> Row<'t> {
    /// Cell `column`, `""` beyond the end.
    pub fn get(&self, column: usize) -> &'t str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// Cell `column`, `None` when empty.
    pub fn optional(&self, column: usize) -> Option<&'t str> {
        Some(self.get(column)).filter(|c| !c.is_empty())
    }

    /// The first cells at once, `""` beyond the end.
    pub fn cells<const N: usize>(&self) -> [&'t str; N] {
        std::array::from_fn(|i| self.get(i))
    }

    /// The parts of cell `column`, which separates them by `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').filter(|p| !p.is_empty())
    }
}
