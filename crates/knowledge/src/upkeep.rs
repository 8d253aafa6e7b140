//! Upkeep: what other people's data say, beside what we know.
//!
//! A reader (`csv`, `wikidata`, `phoenix`, `geonames`) makes [`Gathered`] of a source: tenures as [`Claim`]s, other rows as [`Proposal`]s, and what it
//! could not use, with the reason. [`plan`] compares the claims with the knowledge: only new current holders of an office that one person
//! holds at a time become rows by themselves; everything else goes to the queue ([`Queue`]), where a person decides. Pure: reading and writing
//! files, and the date of today, are the caller's.

mod csv;
mod geonames;
mod names;
mod phoenix;
mod plan;
mod post;
mod queue;
mod source;
mod wikidata;

pub use self::csv::csv;
pub use geonames::geonames;
pub use names::same_person;
pub use phoenix::{AS_OF as PHOENIX_AS_OF, phoenix};
pub use plan::{Plan, lost, plan};
pub use post::{Post, post};
pub use queue::{Entry, Queue};
pub use source::text;
pub use wikidata::{dump, sparql};

use crate::Knowledge;
use crate::person::Day;
use std::collections::BTreeMap;

/// Columns of `persons.tsv`.
pub(crate) const PERSONS: [&str; 9] = ["name", "aliases", "country", "office", "title", "from", "to", "asof", "source"];

/// Bytes that a name has at most.
const NAME: usize = 200;

/// What a source says of one tenure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// The person's name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Wikidata id.
    pub id: Option<String>,
    /// ISO3, or `IGO:` and the id of a body.
    pub country: String,
    /// Key of the office (knowledge/ministries.tsv).
    pub office: String,
    /// What the source calls the office.
    pub title: String,
    /// First day as far as known (`2023`, `2023-07`, `2023-07-16`), else empty.
    pub from: String,
    /// Last day, empty = open.
    pub to: String,
    /// When an open end was seen to be true.
    pub asof: String,
    /// Key of the source.
    pub source: String,
    /// Where in the source it is.
    pub place: String,
}

/// A row for the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// The table it is for.
    pub table: String,
    /// Its cells, in the order of the table's columns.
    pub cells: Vec<String>,
    /// Why it is proposed, and not accepted.
    pub why: String,
    /// What the source says, word for word, or where it says it.
    pub quote: String,
}

/// What a reader made of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Tenures.
    pub claims: Vec<Claim>,
    /// Rows of other tables.
    pub proposals: Vec<Proposal>,
    /// What could not be read: place and reason.
    pub refused: Vec<String>,
    /// What was understood and left out, counted by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// What is known already, rows of other tables than tenures.
    pub known: usize,
}

impl Claim {
    /// Why it can be no row, whatever else is known.
    fn fault(&self) -> Option<String> {
        if self.name.is_empty() {
            return Some("no name".to_owned());
        }
        if !is_first_cell(&self.name) {
            return Some(format!("a name cannot begin with - or #: {:.20}", self.name));
        }
        if let Some(long) = self.aliases.iter().chain([&self.name]).find(|n| n.len() > NAME) {
            return Some(format!("no name is so long: {long:.20}..."));
        }
        let (first, last) = (Day::first(&self.from)?, Day::last(&self.to)?);
        (last < first).then(|| format!("{} ends {} before it begins {}; swap the dates?", self.name, self.to, self.from))
    }
}

impl Gathered {
    /// Adds what another file of the same source says.
    pub fn join(&mut self, other: Gathered) {
        self.claims.extend(other.claims);
        self.proposals.extend(other.proposals);
        self.refused.extend(other.refused);
        self.known += other.known;
        other.skipped.into_iter().for_each(|(why, n)| *self.skipped.entry(why).or_default() += n);
    }

    fn skip(&mut self, why: &'static str) {
        *self.skipped.entry(why).or_default() += 1;
    }
}

/// The country that a code or name stands for: ISO3, or `IGO:` and the id of a body.
pub(crate) fn country(k: &Knowledge, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(id) = text.strip_prefix("IGO:") {
        return k.organisation(id).map(|_| text.to_owned());
    }
    if k.country(text).is_some() {
        return Some(text.to_owned());
    }
    let by_iso2 = k.countries().iter().find(|c| c.iso2.as_deref() == Some(text)).map(|c| c.iso3.clone());
    by_iso2.or_else(|| named_country(k, text))
}

/// The country of exactly that name.
fn named_country(k: &Knowledge, text: &str) -> Option<String> {
    let entries = k.lexicon.exact(&crate::text::tokens(text.strip_prefix("the ").unwrap_or(text)));
    let at = entries.iter().find_map(|e| if let crate::lexicon::Entry::Country(i) = e { Some(*i) } else { None })?;
    k.world.countries.get(at as usize).map(|c| c.iso3.clone())
}

/// A cell's text: no tab, no line end, blanks in a row are one.
pub(crate) fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a row may begin with a text: `#` would make it a remark, `-` take a row away.
pub(crate) fn is_first_cell(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(['#', '-'])
}

/// A name as a list of a table holds it: no bar.
pub(crate) fn listed(text: &str) -> String {
    cell(&text.replace('|', " "))
}

/// Whether a word is a Wikidata id: a label that nobody wrote.
pub(crate) fn is_qid(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
