//! How many countries a body has as members, written down apart from the list of them, so that a slip in either shows.

use crate::Knowledge;
use crate::check::Problem;
use crate::error::{Error, ErrorKind};
use crate::pack::Files;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One total, with when and by whom it was true.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Membership {
    pub org: String,
    pub total: usize,
    pub asof: String,
    pub source: String,
    pub line: usize,
}

/// Reads `memberships.tsv`.
pub(crate) fn read(files: &Files) -> Result<Vec<Membership>, Error> {
    let file = "memberships.tsv";
    let table = Table::read(file, files.text(file), &["org", "total", "asof", "source"])?;
    let rows = table.rows().map(|row| {
        let total = row.get(1).parse().map_err(|_| {
            let message = format!("total {:?} is not a number of countries", row.get(1));
            Error::new(ErrorKind::Format, format!("{file}:{}", row.line), message)
        })?;
        let [org, _, asof, source] = row.cells().map(str::to_owned);
        Ok(Membership { org, total, asof, source, line: row.line })
    });
    rows.collect()
}

/// What is wrong with the totals, and with the members that the bodies have here.
pub(crate) fn problems(k: &Knowledge) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut add = |file: &str, line: usize, message: String| found.push(Problem { file: file.to_owned(), line, message });
    let mut seen = HashSet::new();
    for pin in &k.world.memberships {
        let (file, org) = ("memberships.tsv", &pin.org);
        if !seen.insert(org.as_str()) {
            add(file, pin.line, format!("{org:?} is there twice; keep one line"));
        }
        if pin.asof.is_empty() || pin.source.is_empty() {
            add(file, pin.line, format!("{org}: a total needs `asof` and `source`"));
        }
        let Some(body) = k.organisation(org) else {
            add(file, pin.line, format!("{org:?} is no id of organisations.tsv"));
            continue;
        };
        let members: HashSet<&String> = body.members.iter().collect();
        if members.len() != body.members.len() {
            add(body.place.0, body.place.1, format!("{}: a member is listed twice", body.name));
        }
        if members.len() != pin.total {
            let (here, total, asof, source, line) = (members.len(), pin.total, &pin.asof, &pin.source, pin.line);
            let which = format!("{total} as of {asof} ({source}, {file}:{line})");
            let remedy = "mend `members`, or the total with its date";
            add(body.place.0, body.place.1, format!("{} has {here} members here, {which}; {remedy}", body.name));
        }
    }
    found
}
