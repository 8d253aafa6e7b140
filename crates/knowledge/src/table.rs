//! Tab-separated tables with a header line; every row knows its line, so that a complaint can name it.

use crate::error::{Error, ErrorKind};

/// One table, borrowed from the text of its file.
pub(crate) struct Table<'t> {
    file: &'t str,
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'r, 't> {
    /// Line in the file, 1-based.
    pub line: usize,
    cells: &'r [&'t str],
}

impl<'t> Table<'t> {
    /// Reads `text`. `expected` columns must all be there, in this order, though more may follow.
    pub fn read(file: &'t str, text: &'t str, expected: &[&str]) -> Result<Self, Error> {
        let mut lines = text.lines().enumerate();
        let header = lines.next().map(|l| l.1).unwrap_or_default();
        let columns: Vec<&str> = header.split('\t').collect();
        if !columns.starts_with(expected) {
            let message = format!("the header is {columns:?}; it must begin with {expected:?}, separated by tabs");
            return Err(Error::new(ErrorKind::Format, format!("{file}:1"), message));
        }
        let mut rows = Vec::with_capacity(text.len() / 64);
        for (n, line) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != columns.len() {
                let message = format!("{} cells where the header has {}; add or remove tabs", cells.len(), columns.len());
                return Err(Error::new(ErrorKind::Format, format!("{file}:{}", n + 1), message));
            }
            rows.push((n + 1, cells));
        }
        Ok(Table { file, columns, rows })
    }

    /// The file's name below the knowledge directory.
    pub fn file(&self) -> &'t str {
        self.file
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|(line, cells)| Row { line: *line, cells })
    }
}

impl<'t> Row<'_, 't> {
    /// Cell `column`, `""` beyond the end.
    pub fn get(&self, column: usize) -> &'t str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// Cell `column`, `None` when empty.
    pub fn optional(&self, column: usize) -> Option<&'t str> {
        Some(self.get(column)).filter(|c| !c.is_empty())
    }

    /// The parts of cell `column`, which separates them by `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.get(column).split('|').filter(|p| !p.is_empty())
    }
}
