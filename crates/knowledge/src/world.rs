//! Countries, regions, peoples, bodies, roles, offices, titles and places, as read from their tables.

use crate::error::{Error, ErrorKind};
use crate::lexicon::{Case, Entry, Lexicon};
use crate::membership::{self, Membership};
use crate::pack::Files;
use crate::table::Table;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A country or dependency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3 (`KOS` for Kosovo).
    pub iso3: String,
    /// The country records carry: PLOVER folds dependencies into their sovereign.
    pub slot: String,
    /// Short English name.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Correlates of War letters.
    pub cow3: Option<String>,
    /// FIPS 10-4 (GDELT's locations).
    pub fips: Option<String>,
    /// CAMEO / UN letters.
    pub cameo: String,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// Capital, where it has another name than the country.
    pub capital: Option<String>,
    pub(crate) line: usize,
}

/// A named body: IGO, armed group, NGO, medium, company, party, national institution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Organisation {
    /// Our id (`GCC`, `HAMAS`).
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Country slot: ISO3, or `IGO`, `UNO`, `EUR`, `NGO`, `MNC`, `IMG`, `ISM`.
    pub slot: String,
    /// PLOVER sectors, the primary one first; may be empty.
    pub sectors: Vec<String>,
    /// `igo`, `body`, `armed`, `ngo`, `media`, `company`, `party` or `movement`.
    pub kind: String,
    /// Members (ISO3), sorted.
    pub members: Vec<String>,
    #[serde(with = "crate::pack::place")]
    pub(crate) place: (&'static str, usize),
}

impl Organisation {
    /// Whether who speaks for it is of its sector, and not of a government as those of most unions of states: a party, a firm, the European Parliament.
    pub(crate) fn lends_its_sector(&self) -> bool {
        self.kind != "igo" || matches!(self.sectors.first().map(String::as_str), Some("LEG" | "JUD"))
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Named {
    pub name: String,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub line: usize,
}

/// What sort of thing a role noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RoleClass {
    Person,
    Group,
    Body,
    Thing,
    /// Takes its sector from what it governs: "members of parliament".
    Follow,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Role {
    pub form: String,
    pub sectors: Vec<String>,
    pub class: RoleClass,
    #[serde(with = "crate::pack::place")]
    pub place: (&'static str, usize),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Office {
    pub form: String,
    pub key: String,
    pub body: bool,
    pub sectors: Vec<String>,
    pub country: Option<String>,
    pub line: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Title {
    pub form: String,
    pub kind: String,
    pub sector: Option<String>,
    pub line: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Place {
    pub name: CompactString,
    pub country: CompactString,
    pub admin1: Option<CompactString>,
    pub lat: f64,
    pub lon: f64,
    pub population: u64,
    pub city: bool,
    #[serde(with = "crate::pack::place")]
    pub place: (&'static str, usize),
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct World {
    pub countries: Vec<Country>,
    pub organisations: Vec<Organisation>,
    pub memberships: Vec<Membership>,
    pub regions: Vec<Named>,
    pub peoples: Vec<Named>,
    pub roles: Vec<Role>,
    pub offices: Vec<Office>,
    pub titles: Vec<Title>,
    pub places: Vec<Place>,
    pub by_iso: BTreeMap<String, u32>,
    pub by_org: BTreeMap<String, u32>,
}

fn text(cell: Option<&str>) -> Option<String> {
    cell.map(str::to_owned)
}

fn list<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    parts.map(str::to_owned).collect()
}

impl World {
    pub fn read(files: &Files, lexicon: &mut Lexicon) -> Result<World, Error> {
        let mut world = World::default();
        world.read_countries(files, lexicon)?;
        world.read_organisations(files, lexicon)?;
        world.memberships = membership::read(files)?;
        world.read_parties(files, lexicon)?;
        world.regions = read_named(files, "regions.tsv", 2, lexicon, Entry::Region)?;
        world.peoples = read_named(files, "peoples.tsv", 4, lexicon, Entry::People)?;
        world.read_offices(files, lexicon)?;
        world.read_roles(files, lexicon)?;
        world.read_titles(files, lexicon)?;
        world.read_places(files, lexicon)?;
        Ok(world)
    }

    /// The slot of an ISO3 code (a dependency's is its sovereign).
    pub fn slot<'a>(&'a self, iso3: &'a str) -> &'a str {
        self.by_iso.get(iso3).map(|i| self.countries[*i as usize].slot.as_str()).unwrap_or(iso3)
    }

    fn read_countries(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        let codes = Table::read(
            "imported/countries.tsv",
            files.text("imported/countries.tsv"),
            &["iso3", "iso2", "cow", "cow3", "fips", "cameo", "wikidata", "name", "region", "source", "asof"],
        )?;
        let codes: HashMap<&str, _> = codes.rows().map(|r| (r.get(0), [1, 2, 3, 4, 5, 6].map(|c| r.optional(c)))).collect();
        let table = Table::read(
            "countries.tsv",
            files.text("countries.tsv"),
            &["iso3", "sovereign", "name", "names", "demonyms", "capital", "seats", "source", "asof"],
        )?;
        for row in table.rows() {
            let at = self.countries.len() as u32;
            let iso3 = row.get(0);
            let [iso2, cow, cow3, fips, cameo, wikidata] = codes.get(iso3).copied().unwrap_or_default();
            for name in std::iter::once(row.get(2)).chain(row.list(3)) {
                lexicon.add(name, Entry::Country(at), Case::AsWritten);
            }
            for name in row.list(4) {
                lexicon.add(name, Entry::Demonym(at), Case::AsWritten);
            }
            if row.get(1).is_empty() {
                for name in row.list(6) {
                    lexicon.add(name, Entry::Seat(at), Case::AsWritten);
                }
                if let Some(capital) = row.optional(5) {
                    lexicon.add(capital, Entry::Capital(at), Case::AsWritten);
                }
            }
            self.by_iso.insert(iso3.to_owned(), at);
            self.countries.push(Country {
                iso3: iso3.to_owned(),
                slot: row.optional(1).unwrap_or(iso3).to_owned(),
                name: row.get(2).to_owned(),
                iso2: text(iso2),
                cow: cow.and_then(|c| c.parse().ok()),
                cow3: text(cow3),
                fips: text(fips),
                cameo: cameo.unwrap_or(iso3).to_owned(),
                wikidata: text(wikidata),
                capital: text(row.optional(5)),
                line: row.line,
            });
        }
        Ok(())
    }

    fn read_organisations(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        let members = Table::read("imported/members.tsv", files.text("imported/members.tsv"), &["org", "members", "source", "asof"])?;
        let members: HashMap<&str, Vec<String>> = members.rows().map(|r| (r.get(0), list(r.list(1)))).collect();
        let table = Table::read(
            "organisations.tsv",
            files.text("organisations.tsv"),
            &["id", "name", "names", "slot", "sectors", "type", "members", "source", "asof"],
        )?;
        for row in table.rows() {
            let at = self.organisations.len() as u32;
            for name in std::iter::once(row.get(1)).chain(row.list(2)) {
                lexicon.add(name, Entry::Organisation(at), Case::AsWritten);
            }
            let own = list(row.list(6));
            let mut members = if own.is_empty() { members.get(row.get(0)).cloned().unwrap_or_default() } else { own };
            members.sort_unstable();
            self.by_org.insert(row.get(0).to_owned(), at);
            self.organisations.push(Organisation {
                id: row.get(0).to_owned(),
                name: row.get(1).to_owned(),
                slot: row.get(3).to_owned(),
                sectors: list(row.list(4)),
                kind: row.get(5).to_owned(),
                members,
                place: ("organisations.tsv", row.line),
            });
        }
        Ok(())
    }

    fn read_parties(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        let table =
            Table::read("imported/parties.tsv", files.text("imported/parties.tsv"), &["country", "name", "abbr", "source", "asof"])?;
        let mut seen: HashMap<&str, u32> = HashMap::new();
        for row in table.rows() {
            // A name that parties of several countries share says nothing; the hand table decides the famous ones.
            *seen.entry(row.get(1)).or_default() += 1;
        }
        for row in table.rows() {
            let name = row.get(1);
            if seen.get(name) != Some(&1) || !name.contains(' ') || !lexicon.exact(&crate::text::tokens(name)).is_empty() {
                continue;
            }
            let at = self.organisations.len() as u32;
            lexicon.add(name, Entry::Organisation(at), Case::AsWritten);
            self.organisations.push(Organisation {
                id: format!("{}-{}", row.get(0), row.optional(2).unwrap_or(name)),
                name: name.to_owned(),
                slot: row.get(0).to_owned(),
                sectors: vec!["PTY".to_owned()],
                kind: "party".to_owned(),
                members: Vec::new(),
                place: ("imported/parties.tsv", row.line),
            });
        }
        Ok(())
    }

    fn read_offices(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        let columns = ["form", "office", "kind", "sectors", "country", "source", "asof"];
        for row in Table::read("ministries.tsv", files.text("ministries.tsv"), &columns)?.rows() {
            lexicon.add(row.get(0), Entry::Office(self.offices.len() as u32), Case::Any);
            self.offices.push(Office {
                form: row.get(0).to_owned(),
                key: row.get(1).to_owned(),
                body: row.get(2) == "body",
                sectors: list(row.list(3)),
                country: text(row.optional(4)),
                line: row.line,
            });
        }
        Ok(())
    }

    fn read_roles(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        for row in Table::read("roles.tsv", files.text("roles.tsv"), &["form", "sectors", "class", "source", "asof"])?.rows() {
            let class = match row.get(2) {
                "person" => RoleClass::Person,
                "group" => RoleClass::Group,
                "body" => RoleClass::Body,
                "thing" => RoleClass::Thing,
                "follow" => RoleClass::Follow,
                other => {
                    let message = format!("class {other:?} is none of person, group, body, thing, follow");
                    return Err(Error::new(ErrorKind::Format, format!("roles.tsv:{}", row.line), message));
                }
            };
            self.add_role(lexicon, row.get(0), list(row.list(1)), class, ("roles.tsv", row.line));
        }
        for row in Table::read("imported/roles.tsv", files.text("imported/roles.tsv"), &["form", "sector"])?.rows() {
            if lexicon.exact(&crate::text::tokens(row.get(0))).iter().any(|e| matches!(e, Entry::Role(_))) {
                continue; // the hand-written table wins
            }
            let class = if row.get(0).ends_with('s') { RoleClass::Group } else { RoleClass::Person };
            self.add_role(lexicon, row.get(0), vec![row.get(1).to_owned()], class, ("imported/roles.tsv", row.line));
        }
        Ok(())
    }

    fn add_role(&mut self, lexicon: &mut Lexicon, form: &str, sectors: Vec<String>, class: RoleClass, place: (&'static str, usize)) {
        let acronym = form.len() > 1 && form.chars().take(2).all(char::is_uppercase);
        lexicon.add(form, Entry::Role(self.roles.len() as u32), if acronym { Case::AsWritten } else { Case::Any });
        self.roles.push(Role { form: form.to_owned(), sectors, class, place });
    }

    fn read_titles(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        for row in Table::read("titles.tsv", files.text("titles.tsv"), &["title", "kind", "sector", "source", "asof"])?.rows() {
            lexicon.add(row.get(0), Entry::Title(self.titles.len() as u32), Case::AsWritten);
            let (form, kind) = (row.get(0).to_owned(), row.get(1).to_owned());
            self.titles.push(Title { form, kind, sector: text(row.optional(2)), line: row.line });
        }
        Ok(())
    }

    fn read_places(&mut self, files: &Files, lexicon: &mut Lexicon) -> Result<(), Error> {
        let columns = ["name", "country", "precision", "lat", "lon", "source", "asof"];
        for row in Table::read("places.tsv", files.text("places.tsv"), &columns)?.rows() {
            lexicon.add(row.get(0), Entry::Place(self.places.len() as u32), Case::AsWritten);
            self.places.push(Place {
                name: row.get(0).into(),
                country: row.get(1).into(),
                admin1: None,
                lat: degrees("places.tsv", row.line, row.get(3))?,
                lon: degrees("places.tsv", row.line, row.get(4))?,
                population: 0,
                city: row.get(2) == "city",
                place: ("places.tsv", row.line),
            });
        }
        let columns = ["name", "alt", "country", "admin1", "lat", "lon", "population"];
        for row in Table::read("imported/cities.tsv", files.text("imported/cities.tsv"), &columns)?.rows() {
            for name in [0, 1] {
                if row.get(name).chars().count() > 2 {
                    lexicon.add(row.get(name), Entry::Place(self.places.len() as u32), Case::AsWritten);
                }
            }
            self.places.push(Place {
                name: row.get(0).into(),
                country: row.get(2).into(),
                admin1: row.optional(3).map(Into::into),
                lat: degrees("imported/cities.tsv", row.line, row.get(4))?,
                lon: degrees("imported/cities.tsv", row.line, row.get(5))?,
                population: row.get(6).parse().unwrap_or_default(),
                city: true,
                place: ("imported/cities.tsv", row.line),
            });
        }
        for row in
            Table::read("imported/admin1.tsv", files.text("imported/admin1.tsv"), &["name", "country", "lat", "lon", "population"])?.rows()
        {
            lexicon.add(row.get(0), Entry::Place(self.places.len() as u32), Case::AsWritten);
            self.places.push(Place {
                name: row.get(0).into(),
                country: row.get(1).into(),
                admin1: Some(row.get(0).into()),
                lat: degrees("imported/admin1.tsv", row.line, row.get(2))?,
                lon: degrees("imported/admin1.tsv", row.line, row.get(3))?,
                population: row.get(4).parse().unwrap_or_default(),
                city: false,
                place: ("imported/admin1.tsv", row.line),
            });
        }
        Ok(())
    }
}

pub(crate) fn degrees(file: &str, line: usize, cell: &str) -> Result<f64, Error> {
    cell.parse().map_err(|_| {
        let message = format!("{cell:?} is not a coordinate in degrees");
        Error::new(ErrorKind::Format, format!("{file}:{line}"), message)
    })
}

fn read_named(
    files: &Files,
    file: &'static str,
    fixed: usize,
    lexicon: &mut Lexicon,
    entry: fn(u32) -> Entry,
) -> Result<Vec<Named>, Error> {
    let header: &[&str] =
        if fixed == 4 { &["name", "names", "country", "sector", "source", "asof"] } else { &["name", "names", "source", "asof"] };
    let mut out = Vec::new();
    for row in Table::read(file, files.text(file), header)?.rows() {
        for name in std::iter::once(row.get(0)).chain(row.list(1)) {
            let name = name.strip_prefix("the ").unwrap_or(name);
            lexicon.add(name, entry(out.len() as u32), Case::AsWritten);
        }
        let (country, sector) = if fixed == 4 { (text(row.optional(2)), text(row.optional(3))) } else { (None, None) };
        out.push(Named { name: row.get(0).to_owned(), country, sector, line: row.line });
    }
    Ok(out)
}
