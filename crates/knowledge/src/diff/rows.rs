//! Rows of the tables, paired by key.

use crate::overlay::{is_row, key, key_columns};
use crate::pack::{FILES, Files, GAZETTEER};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Columns that hold lists.
const LISTS: [&str; 6] = ["names", "aliases", "demonyms", "seats", "sectors", "members"];

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum RowKind {
    Added,
    Changed,
    Removed,
}

/// One row that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// The table, relative to the knowledge directory.
    pub file: &'static str,
    /// What became of it.
    pub kind: RowKind,
    /// The cells of its key.
    pub key: String,
    /// What its other cells hold now or held, or how they changed.
    pub cells: Vec<String>,
    /// Where it is written: `file:line`; of a removed row, where it was.
    pub place: String,
}

impl fmt::Display for RowChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            RowKind::Added => '+',
            RowKind::Changed => '~',
            RowKind::Removed => '-',
        };
        write!(f, "{sign} {}", self.key)?;
        self.cells.iter().try_for_each(|c| write!(f, "; {c}"))?;
        write!(f, "  [{}]", self.place)
    }
}

/// All rows that differ, by file, key and kind.
pub fn changes(old: &Files, new: &Files) -> Vec<RowChange> {
    let gazetteer = GAZETTEER.iter().map(|g| g.0).filter(|_| !Arc::ptr_eq(&old.gazetteer, &new.gazetteer));
    let tables = FILES.iter().copied().chain(gazetteer).filter(|file| !columns(file).is_empty() && old.table(file) != new.table(file));
    let mut out: Vec<RowChange> = tables.flat_map(|file| Table { file, old, new }.changes()).collect();
    out.extend(ontology(old, new));
    out.sort_by(|a, b| (a.file, &a.key, a.kind, &a.cells).cmp(&(b.file, &b.key, b.kind, &b.cells)));
    out
}

/// The columns that tell the rows of a table apart.
fn columns(file: &str) -> &'static [usize] {
    match file {
        "imported/alternates.tsv" => &[0, 1, 2],
        "imported/gazetteer.tsv" => &[0, 1, 2, 3, 7],
        file => key_columns(file).unwrap_or_default(),
    }
}

/// One row with its line.
type Line<'t> = (usize, &'t str);

struct Table<'t> {
    file: &'static str,
    old: &'t Files,
    new: &'t Files,
}

impl<'t> Table<'t> {
    fn rows(&self, files: &'t Files, columns: &[usize]) -> BTreeMap<String, Vec<Line<'t>>> {
        let mut rows: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for (i, row) in files.table(self.file).lines().enumerate().skip(1).filter(|(_, l)| is_row(l)) {
            rows.entry(key(columns, row)).or_default().push((i + 1, row));
        }
        rows
    }

    fn changes(&self) -> Vec<RowChange> {
        let columns = columns(self.file);
        let (mut gone, mut come) = (self.rows(self.old, columns), self.rows(self.new, columns));
        let keys: BTreeSet<String> = gone.keys().chain(come.keys()).cloned().collect();
        let mut out = Vec::new();
        for key in keys {
            let (Some(old), Some(new)) = (gone.get_mut(&key), come.get_mut(&key)) else { continue };
            let same: Vec<&str> = old.iter().map(|o| o.1).filter(|o| new.iter().any(|n| n.1 == *o)).collect();
            old.retain(|o| !same.contains(&o.1));
            new.retain(|n| !same.contains(&n.1));
            while let (Some(o), Some(n)) = (old.first().copied(), new.first().copied()) {
                out.push(self.changed(o, n));
                old.remove(0);
                new.remove(0);
            }
        }
        let rest = |rows: BTreeMap<String, Vec<Line<'t>>>| rows.into_values().flatten().collect::<Vec<_>>();
        let (gone, come) = (rest(gone), rest(come));
        // a tenure whose start was corrected is one row that changed
        let near = columns.split_last().filter(|(_, rest)| rest.len() > 1).map(|(_, rest)| rest);
        let mut by_near: HashMap<String, Vec<Line<'t>>> = HashMap::new();
        for new in &come {
            by_near.entry(key(near.unwrap_or(columns), new.1)).or_default().push(*new);
        }
        let mut taken = HashSet::new();
        for old in gone {
            let pair = near.and_then(|near| by_near.get_mut(&key(near, old.1))).filter(|rows| !rows.is_empty()).map(|rows| rows.remove(0));
            taken.extend(pair.map(|new| new.0));
            out.push(pair.map_or_else(|| self.whole(RowKind::Removed, self.old, old), |new| self.changed(old, new)));
        }
        out.extend(come.into_iter().filter(|new| !taken.contains(&new.0)).map(|new| self.whole(RowKind::Added, self.new, new)));
        out
    }

    fn header(&self, files: &'t Files) -> Vec<&'t str> {
        files.table(self.file).lines().next().unwrap_or_default().split('\t').collect()
    }

    fn place(&self, files: &Files, line: usize) -> String {
        let (file, line) = files.origins().place(self.file, line);
        format!("{file}:{line}")
    }

    /// The key cells of a row, those that are not empty.
    fn key(&self, row: &str) -> String {
        let key = key(columns(self.file), row);
        key.split('\t').filter(|c| !c.is_empty()).collect::<Vec<_>>().join("  ")
    }

    fn whole(&self, kind: RowKind, files: &'t Files, (line, row): Line) -> RowChange {
        let columns = columns(self.file);
        let cells = self.header(files).into_iter().zip(row.split('\t')).enumerate();
        let cells =
            cells.filter(|(i, (_, cell))| !columns.contains(i) && !cell.is_empty()).map(|(_, (name, cell))| format!("{name} {cell}"));
        RowChange { file: self.file, kind, key: self.key(row), cells: cells.collect(), place: self.place(files, line) }
    }

    fn changed(&self, old: Line<'t>, new: Line<'t>) -> RowChange {
        let cells = |files, row: Line<'t>| self.header(files).into_iter().zip(row.1.split('\t')).collect::<BTreeMap<&str, &str>>();
        let (was, is) = (cells(self.old, old), cells(self.new, new));
        let cells = self.header(self.new).into_iter().filter_map(|name| {
            let (was, is) = (was.get(name).copied().unwrap_or_default(), is.get(name).copied().unwrap_or_default());
            (was != is).then(|| change(name, was, is))
        });
        let (kind, key, place) = (RowKind::Changed, self.key(new.1), self.place(self.new, new.0));
        RowChange { file: self.file, kind, key, cells: cells.collect(), place }
    }
}

/// How a cell changed: of a list, what came and went.
fn change(name: &str, was: &str, is: &str) -> String {
    if !LISTS.contains(&name) {
        let shown = |cell: &str| if cell.is_empty() { "(empty)".to_owned() } else { cell.to_owned() };
        return format!("{name} {} -> {}", shown(was), shown(is));
    }
    let parts = |cell: &'_ str| cell.split('|').filter(|p| !p.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (was, is) = (parts(was), parts(is));
    let gone = was.iter().filter(|p| !is.contains(p)).map(|p| format!("-{p}"));
    let come = is.iter().filter(|p| !was.contains(p)).map(|p| format!("+{p}"));
    let changed: Vec<String> = gone.chain(come).collect();
    if changed.is_empty() { format!("{name} in another order") } else { format!("{name} {}", changed.join(", ")) }
}

/// What changed in `plover.toml`, value by value.
fn ontology(old: &Files, new: &Files) -> Vec<RowChange> {
    const FILE: &str = "ontology/plover.toml";
    let values = |files: &Files| {
        let mut out = BTreeMap::new();
        if let Ok(value) = files.text(FILE).parse::<toml::Table>() {
            flatten("", &toml::Value::Table(value), &mut out);
        }
        out
    };
    let (was, is) = (values(old), values(new));
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let row = |key: &&String| {
        let (kind, cell) = match (was.get(*key), is.get(*key)) {
            (Some(was), Some(is)) if was == is => return None,
            (Some(was), Some(is)) => (RowKind::Changed, format!("{was} -> {is}")),
            (None, Some(is)) => (RowKind::Added, is.clone()),
            (was, _) => (RowKind::Removed, was.cloned().unwrap_or_default()),
        };
        Some(RowChange { file: FILE, kind, key: (*key).clone(), cells: vec![cell], place: FILE.to_owned() })
    };
    keys.iter().filter_map(row).collect()
}

/// Every value with its path; members of lists by their `code`, else by number.
fn flatten(path: &str, value: &toml::Value, out: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        toml::Value::Table(table) => table.iter().for_each(|(name, value)| flatten(&below(name), value, out)),
        toml::Value::Array(list) => {
            for (i, value) in list.iter().enumerate() {
                let number = (i + 1).to_string();
                flatten(&below(value.get("code").and_then(toml::Value::as_str).unwrap_or(&number)), value, out);
            }
        }
        value => {
            out.insert(path.to_owned(), value.to_string());
        }
    }
}
