//! Places of GeoNames: `cities15000.txt`, `allCountries.txt` or a country's file (19 columns), and `admin1CodesASCII.txt` (4 columns), tab-separated.
//!
//! Data of GeoNames are CC-BY 4.0: keep the notice of SOURCES.toml beside what is made of them.

use super::{Gathered, Proposal, cell, is_first_cell, source};
use crate::lexicon::Entry;
use crate::text::tokens;
use crate::{Error, ErrorKind, Knowledge};
use std::collections::HashMap;
use std::io::BufRead;

/// Smaller towns are taken only if they are capitals.
const INHABITANTS: u64 = 15_000;
/// A place of the same name less than so many degrees away is the same.
const NEAR: f64 = 0.3;

/// One populated place, before the name of its division is known.
struct Town {
    name: String,
    alt: String,
    iso3: String,
    admin1: String,
    lat: f64,
    lon: f64,
    population: u64,
    place: String,
}

/// Reads one or more files; `admin1CodesASCII.txt` among them, or divisions (feature code ADM1) in the same file, give towns the name of theirs.
///
/// # Errors
/// When a file cannot be read, or its first line has neither form.
pub fn geonames<R: BufRead>(k: &Knowledge, files: impl IntoIterator<Item = (String, R)>) -> Result<Gathered, Error> {
    let mut reader = Reader { k, out: Gathered::default(), towns: Vec::new(), divisions: HashMap::new() };
    for (file, lines) in files {
        for line in source::lines(&file, lines) {
            let (number, line) = line?;
            let place = format!("{file}:{number}");
            let cells: Vec<&str> = line.split('\t').collect();
            match cells.as_slice() {
                [""] => {}
                [code, name, _, _] => reader.division((*code).to_owned(), name),
                cells if cells.len() == 19 => reader.feature(cells, &place),
                _ if number == 1 => {
                    let message = format!(
                        "{} columns; a file of GeoNames has 19 (cities15000.txt) or 4 (admin1CodesASCII.txt), separated by tabs",
                        cells.len()
                    );
                    return Err(Error::new(ErrorKind::Format, place, message));
                }
                _ => reader.out.refused.push(format!("{place}: {} columns instead of 19 or 4", cells.len())),
            }
        }
    }
    Ok(reader.done())
}

struct Reader<'k> {
    k: &'k Knowledge,
    out: Gathered,
    towns: Vec<Town>,
    /// `US.CA` -> California.
    divisions: HashMap<String, String>,
}

impl Reader<'_> {
    fn division(&mut self, code: String, name: &str) {
        self.divisions.insert(code, cell(name));
    }

    fn feature(&mut self, cells: &[&str], place: &str) {
        let (class, code, iso2) = (cells[6], cells[7], cells[8]);
        let division = format!("{iso2}.{}", cells[10]);
        if class == "A" && code == "ADM1" {
            return self.division(division, cells[1]);
        }
        let population = cells[14].parse().unwrap_or(0);
        if class != "P" || population < INHABITANTS && code != "PPLC" {
            return self.out.skip("a feature that is no town of 15,000 inhabitants and no capital");
        }
        let iso3 = self.k.countries().iter().find(|c| c.iso2.as_deref() == Some(iso2)).map(|c| c.iso3.clone());
        let at = cells[4].parse().ok().zip(cells[5].parse().ok());
        let sound = at.filter(|(lat, lon): &(f64, f64)| (-90.0..=90.0).contains(lat) && (-180.0..=180.0).contains(lon));
        let (name, ascii) = (cell(cells[1]), cell(cells[2]));
        let (name, alt) = if ascii.is_empty() || ascii == name { (name, String::new()) } else { (ascii, name) };
        match (iso3, sound) {
            _ if !is_first_cell(&name) => self.out.refused.push(format!("{place}: {name:?} is no name")),
            (Some(iso3), Some((lat, lon))) => {
                self.towns.push(Town { name, alt, iso3, admin1: division, lat, lon, population, place: place.to_owned() });
            }
            (None, _) => self.out.refused.push(format!("{place}: country {iso2:?} of {} is not known", cells[1])),
            _ => self.out.refused.push(format!("{place}: {}, {} is no place on earth", cells[4], cells[5])),
        }
    }

    /// Whether the gazetteer has the town.
    fn knows(&self, town: &Town) -> bool {
        let entries = [&town.name, &town.alt].into_iter().flat_map(|n| self.k.lexicon.exact(&tokens(n)));
        let places = entries.filter_map(|e| if let Entry::Place(i) = e { self.k.world.places.get(i as usize) } else { None });
        let here =
            |country: &str, lat: f64, lon: f64| country == town.iso3 && (lat - town.lat).abs() < NEAR && (lon - town.lon).abs() < NEAR;
        let mut villages = [&town.name, &town.alt].into_iter().flat_map(|n| self.k.gazetteer.named(n));
        places.into_iter().any(|p| here(&p.country, p.lat, p.lon)) || villages.any(|p| here(p.country, p.lat, p.lon))
    }

    fn done(mut self) -> Gathered {
        for town in std::mem::take(&mut self.towns) {
            if self.knows(&town) {
                self.out.known += 1;
                continue;
            }
            let admin1 = self.divisions.get(&town.admin1).cloned().unwrap_or_default();
            let (lat, lon) = (format!("{:.4}", town.lat), format!("{:.4}", town.lon));
            let why = format!("a town of {} inhabitants that the gazetteer does not have", town.population);
            let cells = vec![town.name, town.alt, town.iso3, admin1, lat, lon, town.population.to_string()];
            self.out.proposals.push(Proposal { table: "imported/cities.tsv".to_owned(), cells, why, quote: town.place });
        }
        self.out
    }
}
