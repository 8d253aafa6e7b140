//! What names and nouns stand for, before and after.

use crate::overlay::is_row;
use crate::pack::Files;
use crate::{Knowledge, LinkContext};
use std::collections::BTreeSet;
use std::fmt;

/// The columns of each table that hold names or nouns a text may use.
const FORMS: [(&str, &[usize]); 14] = [
    ("countries.tsv", &[2, 3, 4, 5, 6]),
    ("imported/admin1.tsv", &[0]),
    ("imported/cities.tsv", &[0, 1]),
    ("imported/parties.tsv", &[1]),
    ("imported/roles.tsv", &[0]),
    ("imported/tenures.tsv", &[0, 2]),
    ("ministries.tsv", &[0]),
    ("organisations.tsv", &[1, 2]),
    ("peoples.tsv", &[0, 1]),
    ("persons.tsv", &[0, 1]),
    ("places.tsv", &[0]),
    ("regions.tsv", &[0, 1]),
    ("roles.tsv", &[0]),
    ("titles.tsv", &[0]),
];

/// A form that stands for something else than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormChange {
    /// The name or noun.
    pub form: String,
    /// What it stood for.
    pub old: String,
    /// What it stands for now.
    pub new: String,
}

impl fmt::Display for FormChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”: {} -> {}", self.form, self.old, self.new)
    }
}

/// Every name and noun of the tables, sorted.
fn forms<'f>(files: &'f Files, out: &mut BTreeSet<&'f str>) {
    for (file, columns) in FORMS {
        for row in files.text(file).lines().skip(1).filter(|l| is_row(l)) {
            let cells: Vec<&str> = row.split('\t').collect();
            let named = columns.iter().filter_map(|c| cells.get(*c)).flat_map(|cell| cell.split('|'));
            out.extend(named.filter(|name| !name.is_empty()));
        }
    }
}

/// All forms of either state whose reading differs, sorted.
pub fn changes(old: (&Files, &Knowledge), new: (&Files, &Knowledge), on: Option<&str>) -> Vec<FormChange> {
    let mut all = BTreeSet::new();
    forms(old.0, &mut all);
    forms(new.0, &mut all);
    let change = |form: &str| {
        let (was, is) = (actor(old.1, form, on), actor(new.1, form, on));
        let (was, is) = if was == is { (place(old.1, form), place(new.1, form)) } else { (was, is) };
        (was != is).then(|| FormChange { form: form.to_owned(), old: was, new: is })
    };
    all.into_iter().filter_map(change).collect()
}

/// Who a form is, in one line.
fn actor(k: &Knowledge, form: &str, on: Option<&str>) -> String {
    let context = LinkContext { date: on, ..LinkContext::default() };
    let Some(r) = k.resolve(form, None, &context) else { return "nobody".to_owned() };
    let sectors = Some(r.sectors.join("|")).filter(|s| !s.is_empty());
    let parts = [r.country.as_deref(), sectors.as_deref(), r.office.as_deref(), r.name.as_deref()];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let former = if r.former { ", former" } else { "" };
    if said.is_empty() { "nobody".to_owned() } else { format!("{said} ({}{former})", r.kind.as_str()) }
}

/// Where a form is, in one line.
fn place(k: &Knowledge, form: &str) -> String {
    let Some(p) = k.is_place(form) else { return "nowhere".to_owned() };
    let at = p.lat.zip(p.lon).map(|(lat, lon)| format!(" {lat} {lon}")).unwrap_or_default();
    let within = p.admin1.map(|a| format!(", {a}")).unwrap_or_default();
    format!("{} {}{within}, {}{at}", p.precision, p.name, p.country)
}
