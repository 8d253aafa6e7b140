//! Tenures of Wikidata: results of a query (SPARQL JSON), or a dump read line by line.
//!
//! Both leave out statements of deprecated rank, labels that nobody wrote ("Q123") and tenures that ended before 1990, and keep the precision of a date:
//! a year stays a year.

use super::{Claim, Gathered, cell, country, is_qid, listed, post, source};
use crate::person::Day;
use crate::{Error, ErrorKind, Knowledge};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::io::BufRead;

/// Tenures that ended before are of no use for news.
const SINCE: &str = "1990";
/// More names of one person than these are translations and jokes.
const ALIASES: usize = 8;

/// A point in time as Wikidata gives it, as `2023`, `2023-07` or `2023-07-16`. `precision`: 9 year, 10 month, 11 day.
fn date(time: &str, precision: Option<u64>) -> Option<String> {
    let time = time.strip_prefix('+').unwrap_or(time);
    let day = time.split('T').next()?;
    let mut parts = day.splitn(3, '-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    let sound = year.len() == 4 && [year, month, date].iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    // without a precision, the first of January is how a bare year is written
    let precision = precision.unwrap_or(if (month, date) == ("01", "01") { 9 } else { 11 });
    let text = match precision {
        _ if !sound => return None,
        11.. if month != "00" && date != "00" => format!("{year}-{month}-{date}"),
        10.. if month != "00" => format!("{year}-{month}"),
        9.. => year.to_owned(),
        _ => return None,
    };
    Some(text).filter(|t| Day::first(t).is_some())
}

/// The id at the end of an address: `http://www.wikidata.org/entity/Q17` -> `Q17`.
fn id(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or_default()
}

#[derive(Deserialize)]
struct Results {
    head: Head,
    results: Bindings,
}

#[derive(Deserialize)]
struct Head {
    vars: Vec<String>,
}

#[derive(Deserialize)]
struct Bindings {
    bindings: Vec<HashMap<String, Term>>,
}

#[derive(Deserialize)]
struct Term {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

/// Reads the results of a SPARQL query (`application/sparql-results+json`). Variables: `person`, `personLabel`, `position`, `positionLabel`, `iso3`
/// (needed); `start`, `startPrecision`, `end`, `endPrecision`, `ended` (bound = over, even if no day is known), `aliases` (separated by `|`). `asof`:
/// the day on which it was asked.
///
/// # Errors
/// When it is no such JSON or lacks a variable that is needed.
pub fn sparql(k: &Knowledge, file: &str, text: &str, asof: &str) -> Result<Gathered, Error> {
    let read: Results = serde_json::from_str(text).map_err(|e| {
        let message = format!("not the JSON of SPARQL results ({e}); ask the query service for application/sparql-results+json");
        Error::new(ErrorKind::Format, format!("{file}:{}", e.line()), message).caused(e)
    })?;
    let missing = ["person", "personLabel", "positionLabel", "iso3"].into_iter().find(|v| !read.head.vars.iter().any(|h| h == v));
    if let Some(missing) = missing {
        let message = format!("the results have no variable ?{missing}; the query of docs/knowledge-format.md has all that is needed");
        return Err(Error::new(ErrorKind::Format, file, message));
    }
    let mut out = Gathered::default();
    let mut seen: HashMap<[String; 5], usize> = HashMap::new();
    for (i, row) in read.results.bindings.iter().enumerate() {
        let place = format!("{file}: result {}", i + 1);
        let Some(claim) = of_result(k, row, asof, &place, &mut out) else { continue };
        // one tenure comes once for each label and alias
        let person = claim.id.as_ref().unwrap_or(&claim.name);
        let key = [person, &claim.country, &claim.office, &claim.from, &claim.to].map(String::clone);
        match seen.get(&key).and_then(|at| out.claims.get_mut(*at)) {
            Some(known) => known.aliases.extend(claim.aliases.into_iter().filter(|a| !known.aliases.contains(a)).collect::<Vec<_>>()),
            None => {
                seen.insert(key, out.claims.len());
                out.claims.push(claim);
            }
        }
    }
    Ok(out)
}

fn of_result(k: &Knowledge, row: &HashMap<String, Term>, asof: &str, place: &str, out: &mut Gathered) -> Option<Claim> {
    let get = |name: &str| row.get(name).map(|t| t.value.as_str()).filter(|v| !v.is_empty());
    let is_known = |name: &str| row.get(name).is_some_and(|t| t.kind != "bnode" && !t.value.contains("/.well-known/genid/"));
    let precision = |name: &str| get(name).and_then(|p| p.parse().ok());
    let day = |name: &str, how: &str| get(name).filter(|_| is_known(name)).and_then(|t| date(t, precision(how)));
    let (from, to) = (day("start", "startPrecision"), day("end", "endPrecision"));
    let ended = row.contains_key("end") || row.contains_key("ended");
    let statement = Statement {
        person: id(get("person").unwrap_or_default()),
        name: get("personLabel").unwrap_or_default(),
        aliases: get("aliases").unwrap_or_default().split('|').map(str::to_owned).collect(),
        title: get("positionLabel").unwrap_or_default(),
        country: get("iso3").unwrap_or_default(),
        from,
        to,
        ended,
    };
    statement.claim(k, asof, place, out)
}

/// One statement "position held", with labels.
struct Statement<'s> {
    person: &'s str,
    name: &'s str,
    aliases: Vec<String>,
    title: &'s str,
    country: &'s str,
    from: Option<String>,
    to: Option<String>,
    ended: bool,
}

impl Statement<'_> {
    /// The claim it makes; else counts or names the reason.
    fn claim(self, k: &Knowledge, asof: &str, place: &str, out: &mut Gathered) -> Option<Claim> {
        let name = listed(self.name);
        if name.is_empty() || is_qid(&name) {
            out.skip("a person without an English label");
            return None;
        }
        if self.title.is_empty() || is_qid(self.title) {
            out.skip("a position without an English label");
            return None;
        }
        let Some(post) = post(k, self.title).filter(|p| p.is_sure) else {
            out.skip("a position that is no office of ministries.tsv");
            return None;
        };
        if self.to.as_deref().is_some_and(|to| to < SINCE) {
            out.skip("a tenure that ended before 1990");
            return None;
        }
        if self.ended && self.to.is_none() {
            out.skip("a tenure that ended on a day nobody knows");
            return None;
        }
        let Some(country) = country(k, self.country) else {
            out.refused.push(format!("{place}: country {:?} of {name} is not known", self.country));
            return None;
        };
        let mut aliases: Vec<String> = Vec::new();
        for alias in self.aliases.iter().map(|a| listed(a)) {
            // a bare surname matches too much, another script never
            let useful = alias.contains(' ') && alias != name && alias.chars().any(|c| c.is_ascii_alphabetic());
            if useful && aliases.len() < ALIASES && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        let claim = Claim {
            name,
            aliases,
            id: Some(self.person.to_owned()).filter(|p| is_qid(p)),
            country,
            office: post.office,
            title: cell(self.title),
            from: self.from.unwrap_or_default(),
            asof: if self.to.is_none() { asof.to_owned() } else { String::new() },
            to: self.to.unwrap_or_default(),
            source: "wikidata".to_owned(),
            place: place.to_owned(),
        };
        match claim.fault() {
            Some(fault) => out.refused.push(format!("{place}: {fault}")),
            None => return Some(claim),
        }
        None
    }
}

/// A "position held" of a dump, before the position's own line is known.
struct Held {
    person: u32,
    position: String,
    from: Option<String>,
    to: Option<String>,
    ended: bool,
    line: usize,
}

/// A person of a dump who held something.
struct Holder {
    id: String,
    name: String,
    aliases: Vec<String>,
}

/// Reads a Wikidata JSON dump (an entity a line), in one pass: people with P39, and the positions themselves with their label and country (P1001, else
/// P17). `asof`: the date of the dump.
///
/// # Errors
/// When a line cannot be read or is no JSON; names it.
pub fn dump(k: &Knowledge, file: &str, lines: impl BufRead, asof: &str) -> Result<Gathered, Error> {
    let bad = |line: usize, message: String| Error::new(ErrorKind::Format, format!("{file}:{line}"), message);
    let mut out = Gathered::default();
    let (mut held, mut people, mut positions) = (Vec::new(), Vec::new(), HashMap::new());
    let mut has_entity = false;
    for line in source::lines(file, lines) {
        let (number, line) = line?;
        let line = line.trim().trim_end_matches(',');
        has_entity |= line.starts_with('{');
        // nearly all of the hundred million lines have neither
        if !(line.contains("\"P39\"") || line.contains("\"P1001\"") || line.contains("\"P17\"")) || matches!(line, "[" | "]") {
            continue;
        }
        let entity: Value = serde_json::from_str(line).map_err(|e| {
            bad(number, format!("not an entity of a Wikidata JSON dump ({e}); give the dump with one entity a line")).caused(e)
        })?;
        let Some(id) = entity["id"].as_str() else { continue };
        if entity["claims"]["P39"].is_array() {
            person(&entity, id, number, &mut held, &mut people, &mut out);
        }
        if let Some(position) = position(k, &entity) {
            positions.insert(id.to_owned(), position);
        }
    }
    if !has_entity {
        return Err(bad(1, "no entity here; a Wikidata JSON dump has one a line, between [ and ]".to_owned()));
    }
    for h in held {
        let Some((title, country)) = positions.get(&h.position) else {
            out.skip("a position that is no office of ministries.tsv");
            continue;
        };
        let holder: &Holder = &people[h.person as usize];
        let (name, aliases) = (holder.name.as_str(), holder.aliases.clone());
        let statement = Statement { person: &holder.id, name, aliases, title, country, from: h.from, to: h.to, ended: h.ended };
        let claim = statement.claim(k, asof, &format!("{file}:{}", h.line), &mut out);
        out.claims.extend(claim);
    }
    Ok(out)
}

/// An English text of an entity, else that for all languages.
fn english<'e>(entity: &'e Value, what: &str) -> Option<&'e str> {
    ["en", "mul", "en-gb"].iter().find_map(|l| entity[what][*l]["value"].as_str())
}

/// The label and country of a position that is an office of ours.
fn position(k: &Knowledge, entity: &Value) -> Option<(String, String)> {
    let label = english(entity, "labels")?;
    post(k, label).filter(|p| p.is_sure)?;
    let target = |property: &str| entity["claims"][property].as_array().into_iter().flatten().find_map(|s| target(s).map(str::to_owned));
    let qid = target("P1001").or_else(|| target("P17"))?;
    let country = k.countries().iter().find(|c| c.wikidata.as_deref() == Some(&qid))?;
    Some((label.to_owned(), country.iso3.clone()))
}

/// The item that a statement names, unless it is deprecated.
fn target(statement: &Value) -> Option<&str> {
    if statement["rank"] == "deprecated" {
        return None;
    }
    statement["mainsnak"]["datavalue"]["value"]["id"].as_str()
}

/// Notes what a person held.
fn person(entity: &Value, id: &str, line: usize, held: &mut Vec<Held>, people: &mut Vec<Holder>, out: &mut Gathered) {
    let Some(name) = english(entity, "labels") else { return out.skip("a person without an English label") };
    let aliases = entity["aliases"]["en"].as_array().into_iter().flatten().filter_map(|a| a["value"].as_str()).take(40);
    people.push(Holder { id: id.to_owned(), name: name.to_owned(), aliases: aliases.map(str::to_owned).collect() });
    let person = people.len() as u32 - 1;
    for statement in entity["claims"]["P39"].as_array().into_iter().flatten() {
        let Some(position) = target(statement) else { continue };
        let ((from, _), (to, ended)) = (qualifier(statement, "P580"), qualifier(statement, "P582"));
        held.push(Held { person, position: position.to_owned(), from, to, ended, line });
    }
}

/// A date of a statement, and whether there is one at all: "some value" is a date that nobody knows, "no value" is none.
fn qualifier(statement: &Value, property: &str) -> (Option<String>, bool) {
    let snaks = statement["qualifiers"][property].as_array().map(Vec::as_slice).unwrap_or_default();
    let known = snaks.iter().find_map(|s| {
        let value = &s["datavalue"]["value"];
        date(value["time"].as_str()?, value["precision"].as_u64())
    });
    (known, snaks.iter().any(|s| s["snaktype"] != "novalue"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        let cases = [
            ("+2023-09-13T00:00:00Z", Some(11), Some("2023-09-13")),
            ("2023-09-13T00:00:00Z", None, Some("2023-09-13")),
            ("+2023-09-00T00:00:00Z", Some(10), Some("2023-09")),
            ("+2023-01-01T00:00:00Z", Some(9), Some("2023")),
            ("2023-01-01T00:00:00Z", None, Some("2023")),
            ("+2020-00-00T00:00:00Z", Some(8), None),
            ("-0044-03-15T00:00:00Z", Some(11), None),
            ("+12023-01-01T00:00:00Z", Some(11), None),
            ("soon", Some(11), None),
            ("+2023-13-45T00:00:00Z", Some(11), None),
        ];
        for (time, precision, wanted) in cases {
            assert_eq!(date(time, precision).as_deref(), wanted, "{time}");
        }
    }
}
