//! Tenures in CSV: the columns of `persons.tsv`, in any order, separated by commas, semicolons or tabs.

use super::{Claim, Gathered, cell, country, listed, post};
use crate::person::Day;
use crate::{Error, ErrorKind, Knowledge};
use std::collections::BTreeMap;

/// Columns that must be there.
const REQUIRED: [&str; 3] = ["name", "country", "office"];

/// Reads a CSV text. `country` may be a code or a name, `office` a key of `ministries.tsv` or a title; `asof` is the date for open ends that give none.
///
/// # Errors
/// When the header lacks `name`, `country` or `office`.
pub fn csv(k: &Knowledge, file: &str, text: &str, asof: Option<&str>) -> Result<Gathered, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().find(|s| header.as_bytes().contains(s)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let bad = |e: ::csv::Error| {
        let line = e.position().map_or(1, ::csv::Position::line);
        Error::new(ErrorKind::Format, format!("{file}:{line}"), format!("not a row of this table ({e}); mend its cells or quotes"))
            .caused(e)
    };
    let columns: Vec<String> = reader.headers().map_err(bad)?.iter().map(|c| c.trim().to_lowercase()).collect();
    if let Some(missing) = REQUIRED.iter().find(|r| !columns.iter().any(|c| c == *r)) {
        let message =
            format!("no column {missing:?}; the first line must name the columns, those of persons.tsv: {}", super::PERSONS.join(", "));
        return Err(Error::new(ErrorKind::Format, format!("{file}:1"), message));
    }
    let mut out = Gathered::default();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let place = format!("{file}:{}", record.position().map_or(0, ::csv::Position::line));
        let get = |name: &str| columns.iter().position(|c| c == name).and_then(|i| record.get(i)).map(cell).unwrap_or_default();
        let (cells, wanted) = (record.len(), columns.len());
        let found = if cells == wanted {
            claim(k, get, asof)
        } else {
            Err(format!("{cells} cells where the header has {wanted}; add or remove separators"))
        };
        match found {
            Ok(claim) => out.claims.push(Claim { place, ..claim }),
            Err(fault) => out.refused.push(format!("{place}: {fault}")),
        }
    }
    Ok(out)
}

/// What the tables call an office of a country most often.
fn usual_title(k: &Knowledge, country: &str, office: &str) -> String {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let tenures = k.people.people.iter().flat_map(|p| &p.tenures).filter(|t| t.country == country && t.office == office);
    tenures.for_each(|t| *times.entry(&t.title).or_default() += 1);
    times.into_iter().max_by_key(|(_, n)| *n).map(|(title, _)| title.to_owned()).unwrap_or_default()
}

fn claim(k: &Knowledge, get: impl Fn(&str) -> String, asof: Option<&str>) -> Result<Claim, String> {
    let said = get("country");
    let country = country(k, &said)
        .ok_or_else(|| format!("country {said:?} is not known; write its ISO 3166-1 alpha-3 code, or IGO: and the id of a body"))?;
    let (said, title) = (get("office"), get("title"));
    let is_key = said == "PRIVATE" || k.world.offices.iter().any(|o| o.key == said);
    let office = if is_key { Some(said.clone()) } else { post(k, &said).filter(|p| p.is_sure).map(|p| p.office) };
    let office =
        office.ok_or_else(|| format!("office {said:?} is not known; write a key of ministries.tsv (FM, HOG, MIN) or add a form there"))?;
    let day = |column: &str| get(column).chars().take(10).collect::<String>();
    for column in ["from", "to", "asof"] {
        let date = day(column);
        if !date.is_empty() && Day::first(&date).is_none() {
            return Err(format!("{column} {date:?} is not a date; write 2023, 2023-07 or 2023-07-16"));
        }
    }
    let or = |a: String, b: &str| if a.is_empty() { b.to_owned() } else { a };
    let title = if !title.is_empty() || !is_key { or(title, &said) } else { usual_title(k, &country, &office) };
    let claim = Claim {
        name: listed(&get("name")),
        aliases: get("aliases").split('|').map(listed).filter(|a| !a.is_empty()).collect(),
        id: None,
        country,
        title,
        office,
        from: day("from"),
        asof: if day("to").is_empty() { or(day("asof"), asof.unwrap_or_default()) } else { String::new() },
        to: day("to"),
        source: or(get("source"), "csv"),
        place: String::new(),
    };
    match claim.fault() {
        Some(fault) => Err(fault),
        None => Ok(claim),
    }
}
