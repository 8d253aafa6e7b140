//! Tenures in CSV: the columns of `persons.tsv`, in any order, separated by commas, semicolons or tabs.

use super::{Claim, Gathered, cell, country, listed, post};
use crate::person::Day;
use crate::{Error, ErrorKind, Knowledge};

/// Columns that must be there.
const REQUIRED: [&str; 3] = ["name", "country", "office"];

/// Reads a CSV text. `country` may be a code or a name, `office` a key of `ministries.tsv` or a title; `asof` is the date for open ends that give none.
///
/// # Errors
/// When the header lacks `name`, `country` or `office`, or a row cannot be taken apart.
pub fn csv(k: &Knowledge, file: &str, text: &str, asof: Option<&str>) -> Result<Gathered, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let separator = [b'\t', b';', b','].into_iter().find(|s| header.as_bytes().contains(s)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
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
        match claim(k, get, asof) {
            Ok(claim) => out.claims.push(Claim { place, ..claim }),
            Err(reason) => out.refused.push(format!("{place}: {reason}")),
        }
    }
    Ok(out)
}

/// What an office is called first of all.
fn form_of<'k>(k: &'k Knowledge, office: &str) -> Option<&'k str> {
    k.world.offices.iter().find(|o| o.key == office && !o.body).map(|o| o.form.as_str())
}

fn claim(k: &Knowledge, get: impl Fn(&str) -> String, asof: Option<&str>) -> Result<Claim, String> {
    let name = listed(&get("name"));
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let said = get("country");
    let country = country(k, &said).ok_or_else(|| format!("country {said:?} is not known; write its ISO 3166-1 alpha-3 code"))?;
    let (said, title) = (get("office"), get("title"));
    let is_key = said == "PRIVATE" || k.world.offices.iter().any(|o| o.key == said);
    let office = if is_key { Some(said.clone()) } else { post(k, &said).filter(|p| p.is_sure).map(|p| p.office) };
    let office =
        office.ok_or_else(|| format!("office {said:?} is not known; write a key of ministries.tsv (FM, HOG, MIN) or add a form there"))?;
    for column in ["from", "to", "asof"] {
        let date = get(column);
        if !date.is_empty() && Day::first(&date).is_none() {
            return Err(format!("{column} {date:?} is not a date; write 2023, 2023-07 or 2023-07-16"));
        }
    }
    let or = |a: String, b: Option<&str>| if a.is_empty() { b.unwrap_or_default().to_owned() } else { a };
    Ok(Claim {
        name,
        aliases: get("aliases").split('|').map(listed).filter(|a| !a.is_empty()).collect(),
        id: None,
        country,
        title: or(title, if is_key { form_of(k, &office) } else { Some(&said) }),
        office,
        from: get("from"),
        asof: if get("to").is_empty() { or(get("asof"), asof) } else { String::new() },
        to: get("to"),
        source: or(get("source"), Some("csv")),
        place: String::new(),
    })
}
