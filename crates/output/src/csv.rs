//! Comma- and tab-separated tables (RFC 4180 quoting, UTF-8, line feeds, header line; an empty cell is "not stated").
//!
//! A folder gets one file per kind of record; a file or stdout the event reports. Text is exact: nothing is trimmed or changed.

use crate::{
    Destination, Error, Options, Writer,
    choice::rows,
    sink::{Sink, Written, folder},
    table::{Cell, Table, event_reports, tables},
};
use chancery_record::Record;

struct Separated {
    files: Vec<(Table, Sink)>,
    separator: char,
    options: Options,
}

/// Opens a writer of comma-separated tables.
pub fn open_csv(destination: Destination, options: Options) -> Result<Box<dyn Writer>, Error> {
    open(destination, options, ',', "csv")
}

/// Opens a writer of tab-separated tables.
pub fn open_tsv(destination: Destination, options: Options) -> Result<Box<dyn Writer>, Error> {
    open(destination, options, '\t', "tsv")
}

fn open(destination: Destination, options: Options, separator: char, extension: &str) -> Result<Box<dyn Writer>, Error> {
    let mut files = Vec::new();
    match folder(&destination)? {
        Some(folder) => {
            for table in tables() {
                let path = folder.join(format!("{}.{extension}", table.name));
                files.push((table, Sink::open(&Destination::Path(path))?));
            }
        }
        None => files.push((event_reports(), Sink::open(&destination)?)),
    }
    for (table, sink) in &mut files {
        let header: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
        sink.write(&line(header.iter().map(String::as_str), separator))?;
    }
    Ok(Box::new(Separated { files, separator, options }))
}

impl Writer for Separated {
    fn page(&mut self, records: &[Record]) -> Result<(), Error> {
        let chosen = rows(records, &self.options);
        for (table, sink) in &mut self.files {
            for row in chosen.iter().flat_map(|r| table.rows(r)) {
                let cells: Vec<String> = row.into_iter().map(text).collect();
                sink.write(&line(cells.iter().map(String::as_str), self.separator))?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        self.files.into_iter().map(|(_, sink)| sink.finish()).collect()
    }
}

/// A cell as text; empty for "not stated".
pub fn text(cell: Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Int(n) => n.to_string(),
        Cell::Float(x) => x.to_string(),
        Cell::Bool(b) => b.to_string(),
        Cell::Text(t) => t,
    }
}

fn line<'c>(cells: impl Iterator<Item = &'c str>, separator: char) -> String {
    let mut line = String::new();
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            line.push(separator);
        }
        if cell.contains([separator, '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_rfc_4180_says() {
        assert_eq!(
            line(["a", "b,c", "say \"x\"", "two\nlines", "", " t\t"].into_iter(), ','),
            "a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",, t\t\n"
        );
        assert_eq!(line(["b,c", "t\t"].into_iter(), '\t'), "b,c\t\"t\t\"\n");
    }
}
