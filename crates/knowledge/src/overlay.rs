//! Overlays: a folder with only the rows that differ, laid over whole knowledge files.
//!
//! `mine/persons.tsv` with the header of `persons.tsv` and one row: that row is added, or stands for the row of the same key. A line that begins
//! with `-` takes the row of that key away; key cells that it leaves off fit any (`-Ann Example` takes all rows of that name). It takes from what
//! lies below, never from its own folder, so that the order of lines in a folder means nothing. Every line of a merged table remembers where it was
//! written, so that complaints name the user's own file and line.

use crate::error::{Error, ErrorKind};
use crate::pack::{FILES, GAZETTEER, content, digest};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The columns of each table that tell its rows apart; what is not listed is no table.
const KEYS: [(&str, &[usize]); 19] = [
    ("countries.tsv", &[0]),
    ("imported/admin1.tsv", &[0, 1]),
    ("imported/cities.tsv", &[0, 2, 3, 4, 5]),
    ("imported/countries.tsv", &[0]),
    ("imported/members.tsv", &[0]),
    ("imported/parties.tsv", &[0, 1]),
    ("imported/points.tsv", &[0, 1]),
    ("imported/roles.tsv", &[0]),
    ("imported/tenures.tsv", &[0, 1, 3, 4, 5, 6]),
    ("memberships.tsv", &[0]),
    ("ministries.tsv", &[0, 4]),
    ("ontology/cameo.tsv", &[0]),
    ("organisations.tsv", &[0]),
    ("peoples.tsv", &[0]),
    ("persons.tsv", &[0, 2, 3, 5]),
    ("places.tsv", &[0, 1]),
    ("regions.tsv", &[0]),
    ("roles.tsv", &[0]),
    ("titles.tsv", &[0]),
];

/// What an overlay folder may hold beside tables: the queue of `chancery kb update` and `learn`.
pub(crate) const REVIEW: &str = "review.tsv";

/// The key columns of a table; `None` for what is no table.
pub(crate) fn key_columns(file: &str) -> Option<&'static [usize]> {
    KEYS.iter().find(|k| k.0 == file).map(|k| k.1)
}

/// The cells of a row at `columns`, as one text.
pub(crate) fn key(columns: &[usize], row: &str) -> String {
    let cells: Vec<&str> = row.split('\t').collect();
    columns.iter().map(|c| cells.get(*c).copied().unwrap_or_default()).collect::<Vec<_>>().join("\t")
}

/// Whether a line of a table is a row: not empty, no remark.
pub(crate) fn is_row(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

/// The rows of one folder that differ from the knowledge they are laid over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    path: String,
    tables: BTreeMap<&'static str, String>,
}

/// An overlay in use: which folder, and the SHA-256 of its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The folder as the user typed it.
    pub path: String,
    /// SHA-256 of its tables, hexadecimal.
    pub sha256: String,
}

impl Overlay {
    /// Reads a folder. Remarks (`.md`, `.txt`), hidden files and `review.tsv` are left alone.
    ///
    /// # Errors
    /// When the folder is missing, holds no table, or holds a file that would be ignored in silence: a table of an unknown name, a TOML file.
    pub fn read(dir: &Path) -> Result<Overlay, Error> {
        let path = dir.display().to_string();
        let path = if path.len() > 1 { path.trim_end_matches(['/', '\\']).to_owned() } else { path };
        let mut out = Overlay { path, tables: BTreeMap::new() };
        let mut is_queue = false;
        for name in names(dir, &out.path)? {
            match FILES.iter().find(|f| **f == name && key_columns(f).is_some()) {
                Some(table) => {
                    let text = std::fs::read_to_string(dir.join(table)).map_err(|e| unreadable(&out.place(table), e))?;
                    out.tables.insert(table, plain(text));
                }
                None if name == REVIEW => is_queue = true,
                None => return Err(stranger(&out.place(&name), &name)),
            }
        }
        if out.tables.is_empty() && !is_queue {
            let message = format!("no table in this folder; an overlay holds some of: {}", tables());
            return Err(Error::new(ErrorKind::Read, out.path, message));
        }
        Ok(out)
    }

    /// An overlay from texts: `(table, text)`. Unknown tables are left out.
    pub fn of(path: &str, tables: &[(&str, &str)]) -> Overlay {
        let known = |name: &str| KEYS.iter().map(|k| k.0).find(|k| *k == name);
        let tables = tables.iter().filter_map(|(name, text)| Some((known(name)?, plain((*text).to_owned())))).collect();
        Overlay { path: path.to_owned(), tables }
    }

    /// The folder as the user typed it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text of one of its tables.
    pub fn table(&self, name: &str) -> Option<&str> {
        self.tables.get(name).map(String::as_str)
    }

    /// Its tables, sorted by name.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.tables.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// The text of one of its tables with the rows of `rows` (a table's text, with header) added, each in the place of the row of its key. Columns that
    /// the user has behind ours stay.
    ///
    /// # Errors
    /// When they have not the form of the table.
    pub fn with_rows(&self, name: &str, rows: &str) -> Result<String, Error> {
        let own = self.table(name).unwrap_or_default();
        let (header, rows) = rows.split_once('\n').unwrap_or((rows, ""));
        let columns = key_columns(name).unwrap_or_default();
        let more = own.lines().next().and_then(|l| l.strip_prefix(header)).unwrap_or_default();
        let blank = "\t".repeat(more.matches('\t').count());
        let behind = |line: &'_ str| line.match_indices('\t').nth(header.matches('\t').count()).map(|m| line[m.0..].to_owned());
        let with_more = |row: &str| {
            let old = own.lines().find(|l| !more.is_empty() && is_row(l) && key(columns, l) == key(columns, row));
            format!("{row}{}\n", old.and_then(behind).unwrap_or_else(|| blank.clone()))
        };
        let rows = format!("{header}{more}\n{}", rows.lines().filter(|l| is_row(l)).map(with_more).collect::<String>());
        Ok(merge(name, own, &Origins::default(), &Overlay::of(&self.path, &[(name, &rows)]))?.text)
    }

    /// Which folder it is and the hash of its tables.
    pub(crate) fn layer(&self) -> Layer {
        Layer { path: self.path.clone(), sha256: digest(&content(self.tables())) }
    }

    fn place(&self, file: &str) -> String {
        format!("{}/{file}", self.path)
    }
}

/// The names of the tables, for messages.
fn tables() -> String {
    KEYS.map(|k| k.0).join(", ")
}

/// The files of an overlay folder that matter, relative to it, sorted.
fn names(dir: &Path, shown: &str) -> Result<Vec<String>, Error> {
    let mut out = Vec::new();
    for folder in ["", "imported/", "ontology/", "languages/"] {
        let entries = match std::fs::read_dir(dir.join(folder)) {
            Ok(entries) => entries,
            Err(_) if !folder.is_empty() => continue,
            Err(e) => return Err(unreadable(shown, e)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| unreadable(shown, e))?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            let ours = name.ends_with(".tsv") || name.ends_with(".toml") || folder == "languages/";
            if ours && !entry.file_name().to_string_lossy().starts_with('.') {
                out.push(name);
            }
        }
    }
    out.sort();
    Ok(out)
}

fn unreadable(place: &str, e: std::io::Error) -> Error {
    let message = match e.kind() {
        std::io::ErrorKind::NotFound => "no such folder; name one that holds tables of knowledge/".to_owned(),
        std::io::ErrorKind::NotADirectory => "a file; name a folder that holds tables of knowledge/".to_owned(),
        std::io::ErrorKind::InvalidData => "not UTF-8 text; save it as UTF-8".to_owned(),
        _ => e.to_string(),
    };
    Error::new(ErrorKind::Read, place, message).caused(e)
}

fn stranger(place: &str, name: &str) -> Error {
    let message = if name.starts_with("languages/") {
        "the word lists are compiled in; change them in the sources and build".to_owned()
    } else if GAZETTEER.iter().any(|g| g.0 == name) {
        "the gazetteer is too large to be laid over; write the place in places.tsv".to_owned()
    } else if FILES.contains(&name) {
        "an overlay changes tables only; to replace this file give a whole copy of knowledge/, with its SOURCES.toml".to_owned()
    } else {
        format!("no table has this name; an overlay holds some of: {}", tables())
    };
    Error::new(ErrorKind::Format, place, message)
}

/// Text as our tables have it: without byte order mark, lines ended by a line feed.
pub(crate) fn plain(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.replace("\r\n", "\n"),
        None if text.contains('\r') => text.replace("\r\n", "\n"),
        None => text,
    }
}

/// Where a line was written: the number of the overlay, from 1 (0 = below all overlays), and the line there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub layer: usize,
    pub line: usize,
}

/// The overlays in use, and where each line of the tables that they changed was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origins {
    pub layers: Vec<Layer>,
    pub lines: BTreeMap<&'static str, Vec<Origin>>,
}

impl Origins {
    fn of(&self, file: &str, line: usize) -> Origin {
        let known = self.lines.get(file).and_then(|lines| lines.get(line.checked_sub(1)?));
        known.copied().unwrap_or(Origin { layer: 0, line })
    }

    /// Where line `line` of `file`, as it is with the overlays, was written: the file as the user knows it, and the line in it.
    pub fn place(&self, file: &str, line: usize) -> (String, usize) {
        let at = self.of(file, line);
        match at.layer.checked_sub(1).and_then(|i| self.layers.get(i)) {
            Some(layer) => (format!("{}/{file}", layer.path), at.line),
            None => (file.to_owned(), at.line),
        }
    }
}

/// A table after an overlay, and where each of its lines was written.
pub(crate) struct Merged {
    pub text: String,
    pub origins: Vec<Origin>,
}

/// Lays the rows of one table of an overlay over `base`. The overlay is the last of `origins.layers`.
///
/// # Errors
/// Names file and line: another header or cell count than the table has, a key twice, a retraction that fits no row.
pub(crate) fn merge(file: &str, base: &str, origins: &Origins, overlay: &Overlay) -> Result<Merged, Error> {
    let lines = base.lines().enumerate().map(|(i, l)| Some((l, origins.of(file, i + 1)))).collect();
    let mut merge = Merge::new(file, lines, overlay);
    merge.header()?;
    let text = overlay.table(file).unwrap_or_default();
    for (i, row) in text.lines().enumerate().skip(1).filter(|(_, l)| is_row(l)) {
        let at = Origin { layer: origins.layers.len(), line: i + 1 };
        match row.strip_prefix('-') {
            Some(pattern) => merge.retract(pattern.trim_start(), at)?,
            None => merge.set(row, at)?,
        }
    }
    Ok(merge.done())
}

/// A merge at work.
struct Merge<'t> {
    file: &'t str,
    overlay: &'t Overlay,
    key_columns: &'static [usize],
    /// Columns of the table, and of the overlay's file.
    columns: (usize, usize),
    /// Lines of the table below; `None` = taken away.
    lines: Vec<Option<(&'t str, Origin)>>,
    /// New rows, each after the line of that number (`usize::MAX` = at the end).
    added: Vec<(usize, &'t str, Origin)>,
    /// Rows below by key, and the last line of each name.
    by_key: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, usize>,
    /// Keys that this overlay has set, with the line.
    set: HashMap<String, usize>,
}

impl<'t> Merge<'t> {
    fn new(file: &'t str, lines: Vec<Option<(&'t str, Origin)>>, overlay: &'t Overlay) -> Self {
        let key_columns = key_columns(file).unwrap_or_default();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_name = HashMap::new();
        for (i, (row, _)) in lines.iter().enumerate().skip(1).filter_map(|(i, l)| Some((i, (*l)?))).filter(|(_, l)| is_row(l.0)) {
            by_key.entry(key(key_columns, row)).or_default().push(i);
            by_name.insert(name(file, row), i);
        }
        Merge { file, overlay, key_columns, columns: (0, 0), lines, added: Vec::new(), by_key, by_name, set: HashMap::new() }
    }

    fn error(&self, line: usize, message: String) -> Error {
        Error::new(ErrorKind::Format, format!("{}:{line}", self.overlay.place(self.file)), message)
    }

    /// The overlay's header must begin with the table's.
    fn header(&mut self) -> Result<(), Error> {
        let ours: Vec<&str> = self.lines.first().copied().flatten().map(|l| l.0.split('\t').collect()).unwrap_or_default();
        let text = self.overlay.table(self.file).unwrap_or_default();
        let theirs: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
        if !theirs.starts_with(&ours) {
            let tabs = if theirs.len() == 1 { "; the cells must be separated by tabs" } else { "" };
            let message = format!("the first line must be the header of this table: {}{tabs}", ours.join("<tab>"));
            return Err(self.error(1, message));
        }
        self.columns = (ours.len(), theirs.len());
        Ok(())
    }

    /// Adds a row, in the place of the row of its key if there is one.
    fn set(&mut self, row: &'t str, at: Origin) -> Result<(), Error> {
        let (ours, theirs) = self.columns;
        let cells = row.split('\t').count();
        if cells != theirs {
            let blank = if row.contains('\t') { "" } else { ", which separate cells, not blanks" };
            let message = format!("{cells} cells where the header has {theirs}; add or remove tabs{blank}");
            return Err(self.error(at.line, message));
        }
        let row = if cells > ours { &row[..row.match_indices('\t').nth(ours - 1).map_or(row.len(), |m| m.0)] } else { row };
        let key = key(self.key_columns, row);
        if let Some(line) = self.set.insert(key.clone(), at.line) {
            return Err(self.error(at.line, format!("line {line} has the same key ({}); keep one", key.replace('\t', ", "))));
        }
        match self.by_key.get(&key).and_then(|known| known.split_first()) {
            Some((first, others)) => {
                others.iter().for_each(|i| self.lines[*i] = None);
                self.lines[*first] = Some((row, at));
            }
            None => {
                let after = self.by_name.get(&name(self.file, row)).copied().unwrap_or(usize::MAX);
                self.added.push((after, row, at));
            }
        }
        Ok(())
    }

    /// Takes away the rows whose key cells are those of `pattern`, as far as it has cells.
    fn retract(&mut self, pattern: &str, at: Origin) -> Result<(), Error> {
        let wanted: Vec<&str> = pattern.split('\t').collect();
        let columns: Vec<usize> = self.key_columns.iter().copied().filter(|c| *c < wanted.len()).collect();
        let named = key(&columns, pattern);
        if columns.is_empty() || named.trim().is_empty() {
            return Err(self.error(at.line, "`-` must be followed by the key of the row that goes".to_owned()));
        }
        let (mut is_known, own) = (false, at.layer);
        for line in self.lines.iter_mut().skip(1) {
            let Some((_, from)) = line.filter(|l| is_row(l.0) && key(&columns, l.0) == named) else { continue };
            is_known = true;
            if from.layer != own {
                *line = None;
            }
        }
        if !is_known {
            let near = self.lines.iter().flatten().skip(1).find(|l| is_row(l.0) && l.0.split('\t').next() == wanted.first().copied());
            let near = near.map(|l| format!("; the row of that name is: {}", l.0.replace('\t', " | "))).unwrap_or_default();
            let message = format!("no row of {} has this key ({}){near}; mend or remove this line", self.file, named.replace('\t', ", "));
            return Err(self.error(at.line, message));
        }
        Ok(())
    }

    fn done(mut self) -> Merged {
        self.added.sort_by_key(|a| a.0);
        let mut text = String::new();
        let mut origins = Vec::with_capacity(self.lines.len() + self.added.len());
        let mut put = |row: &str, at: Origin| {
            text.push_str(row);
            text.push('\n');
            origins.push(at);
        };
        let mut added = self.added.iter().peekable();
        for (i, line) in self.lines.iter().enumerate() {
            if let Some((row, at)) = line {
                put(row, *at);
            }
            while let Some((_, row, at)) = added.next_if(|a| a.0 == i) {
                put(row, *at);
            }
        }
        added.for_each(|(_, row, at)| put(row, *at));
        Merged { text, origins }
    }
}

/// By which rows stand together: the name, in the imported tenures with the Wikidata id.
fn name(file: &str, row: &str) -> String {
    key(if file == "imported/tenures.tsv" { &[0, 1] } else { &[0] }, row)
}

#[cfg(test)]
mod tests;
