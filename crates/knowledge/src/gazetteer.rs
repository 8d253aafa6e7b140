//! Every named place down to the village, read only when a place is first asked for.
//!
//! The tables are sorted by folded name and searched as they are; loading the knowledge only checks their sum.

use crate::error::Error;
use crate::pack::{Files, LIMIT};
use crate::table::Table;
use crate::text::fold;
use crate::world::degrees;
use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::OnceLock;

/// `imported/points.tsv`: a point for each country and some divisions, and what these are called for short.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Points {
    /// Country and first-level division (`""`: the whole country) -> degrees north and east of a point inside.
    points: BTreeMap<(String, String), (f64, f64)>,
    /// Folded short form ("Tenn.") -> country and division.
    short: BTreeMap<String, (String, String)>,
}

impl Points {
    pub fn read(files: &Files) -> Result<Points, Error> {
        let file = "imported/points.tsv";
        let mut out = Points::default();
        for row in Table::read(file, files.text(file), &["country", "admin1", "lat", "lon", "names"])?.rows() {
            let place = (row.get(0).to_owned(), row.get(1).to_owned());
            out.short.extend(row.list(4).map(|name| (key(name), place.clone())));
            if let Some(lat) = row.optional(2) {
                out.points.insert(place, (degrees(file, row.line, lat)?, degrees(file, row.line, row.get(3))?));
            }
        }
        Ok(out)
    }

    /// Degrees north and east of a point in the division, `""` for the country.
    pub fn of(&self, country: &str, admin1: &str) -> Option<(f64, f64)> {
        self.points.get(&(country.to_owned(), admin1.to_owned())).copied()
    }

    /// Country and division of a short form.
    pub fn division(&self, name: &str) -> Option<&(String, String)> {
        self.short.get(&key(name))
    }
}

/// A row of `imported/gazetteer.tsv`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Row<'t> {
    pub name: &'t str,
    /// ISO3.
    pub country: &'t str,
    /// A second-level division, not a town.
    pub is_county: bool,
    /// First-level division, `""` when unknown.
    pub admin1: &'t str,
    pub lat: f64,
    pub lon: f64,
    pub population: u64,
    /// GeoNames.
    pub id: Option<u32>,
}

/// A table with a header, its lines in the order of the folded first cell.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    text: String,
    /// Where each row begins.
    starts: Vec<u32>,
}

impl Sorted {
    pub fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1);
        let starts = ends.filter(|at| (*at as usize) < text.len()).collect();
        Sorted { text, starts }
    }

    /// The table as it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn line(&self, row: usize) -> &str {
        let rest = self.starts.get(row).and_then(|at| self.text.get(*at as usize..)).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    fn key(&self, row: usize) -> String {
        key(self.line(row).split('\t').next().unwrap_or_default())
    }

    /// The rows whose first cell folds to `wanted`.
    pub fn rows(&self, wanted: &str) -> impl Iterator<Item = &str> + use<'_> {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(middle).as_str() < wanted { low = middle + 1 } else { high = middle }
        }
        let wanted = wanted.to_owned();
        (low..self.starts.len()).take_while(move |row| self.key(*row) == wanted).map(|row| self.line(row))
    }

    /// The first row that stands before its predecessor: line in the file, 1-based.
    pub fn first_unsorted(&self) -> Option<usize> {
        let mut last = String::new();
        (0..self.starts.len()).find(|row| std::mem::replace(&mut last, self.key(*row)) > last).map(|row| row + 2)
    }
}

/// Places and their other spellings.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    packed: &'static [u8],
    tables: OnceLock<(Sorted, Sorted)>,
}

impl Gazetteer {
    /// From the texts of `alternates.tsv` and `gazetteer.tsv`.
    pub fn of(alternates: String, places: String) -> Self {
        let tables = OnceLock::new();
        let _ = tables.set((Sorted::new(alternates), Sorted::new(places)));
        Gazetteer { packed: &[], tables }
    }

    /// From both texts in one gzip blob whose sum is right, parted by a zero byte.
    pub fn packed(packed: &'static [u8]) -> Self {
        Gazetteer { packed, tables: OnceLock::new() }
    }

    pub fn tables(&self) -> &(Sorted, Sorted) {
        self.tables.get_or_init(|| {
            let mut text = String::with_capacity(self.packed.len() * 4);
            // a sum was checked when the pack was opened: what cannot be read now was packed wrong, and holds no place
            let _ = GzDecoder::new(self.packed).take(LIMIT).read_to_string(&mut text);
            let (alternates, places) = text.split_once('\0').unwrap_or_default();
            (Sorted::new(alternates.to_owned()), Sorted::new(places.to_owned()))
        })
    }

    /// The places of that name in any case.
    pub fn named(&self, name: &str) -> Vec<Row<'_>> {
        self.tables().1.rows(&key(name)).filter_map(row).collect()
    }

    /// The places of which that is another spelling.
    pub fn spelt(&self, name: &str) -> Vec<Row<'_>> {
        let (alternates, places) = self.tables();
        let mut out = Vec::new();
        for line in alternates.rows(&key(name)) {
            let Some((country, name)) = line.split_once('\t').and_then(|(_, rest)| rest.split_once('\t')) else { continue };
            out.extend(places.rows(&key(name)).filter_map(row).filter(|r| r.country == country && r.name == name));
        }
        out
    }
}

fn row(line: &str) -> Option<Row<'_>> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Row {
        name: next()?,
        country: next()?,
        is_county: next()? == "c",
        admin1: next()?,
        lat: next()?.parse().ok()?,
        lon: next()?.parse().ok()?,
        population: next()?.parse().unwrap_or_default(),
        id: next()?.parse().ok(),
    })
}

/// The folded name: words parted by spaces and hyphens, without marks, dots and apostrophes, in small letters; "Saint", "Mount" and "Fort" short.
pub(crate) fn key(name: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−');
    let mut out = String::with_capacity(name.len());
    for word in name.split(is_gap) {
        let folded = fold(word);
        if folded.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(match folded.as_str() {
            "saint" => "st",
            "sainte" => "ste",
            "mount" => "mt",
            "fort" => "ft",
            other => other,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let places = "name\tcountry\tkind\tadmin1\tlat\tlon\tpopulation\tid\n\
                      Henderson County\tUSA\tc\tTexas\t32.2\t-95.8\t\t\n\
                      Paris\tFRA\tp\t\t48.85\t2.35\t2100000\t2988507\n\
                      Paris\tUSA\tp\tTexas\t33.66\t-95.56\t25000\t4717560\n\
                      Saint-Ouen\tFRA\tp\t\t48.9\t2.33\t50000\t1\n\
                      Tall ‘Afar\tIRQ\tp\t\t36.38\t42.45\t0\t2\n";
        Gazetteer::of("alternate\tcountry\tname\nTal Afar\tIRQ\tTall ‘Afar\n".to_owned(), places.to_owned())
    }

    #[test]
    fn names_are_found_in_any_spelling_of_the_key() {
        let gazetteer = gazetteer();
        assert_eq!(gazetteer.named("PARIS").iter().map(|r| r.country).collect::<Vec<_>>(), ["FRA", "USA"]);
        assert!(gazetteer.named("Henderson County")[0].is_county);
        assert_eq!(gazetteer.named("St. Ouen")[0].id, Some(1));
        assert_eq!(gazetteer.spelt("Tal Afar")[0].name, "Tall ‘Afar");
        assert!(gazetteer.named("Par").is_empty() && gazetteer.spelt("Paris").is_empty() && gazetteer.named("Zz").is_empty());
    }

    #[test]
    fn a_row_out_of_order_is_told() {
        assert_eq!(gazetteer().tables().1.first_unsorted(), None);
        assert_eq!(Sorted::new("h\nb\nc\na\n".to_owned()).first_unsorted(), Some(4));
    }
}
