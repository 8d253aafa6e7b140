//! What can be wrong with well-formed knowledge, with file, line and remedy.

use crate::person::{Day, Tenure};
use crate::{Knowledge, membership};
use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// One thing that is wrong with the files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// File, relative to the knowledge directory.
    pub file: String,
    /// Line, 1-based.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Offices that one person holds at a time.
const SINGLE: [&str; 5] = ["HOS", "HOG", "FM", "DEF", "INT"];
/// Office keys that no form in ministries.tsv stands for.
const BARE_OFFICES: [&str; 2] = ["PRIVATE", "GOVGEN"];

struct Checker<'k> {
    k: &'k Knowledge,
    found: Vec<Problem>,
}

pub(crate) fn check(k: &Knowledge) -> Vec<Problem> {
    let mut checker = Checker { k, found: Vec::new() };
    checker.countries();
    checker.organisations();
    checker.found.extend(membership::problems(k));
    checker.nouns();
    checker.places();
    checker.tenures();
    checker.ontology();
    checker.found.sort();
    checker.found
}

impl Checker<'_> {
    fn add(&mut self, file: &str, line: usize, message: String) {
        self.found.push(Problem { file: file.to_owned(), line, message });
    }

    fn is_country(&self, code: &str) -> bool {
        self.k.world.by_iso.contains_key(code)
    }

    fn sectors(&mut self, file: &str, line: usize, sectors: &[String]) {
        for sector in sectors {
            if !self.k.ontology().sectors().contains_key(sector) {
                self.add(file, line, format!("sector {sector:?} is none of PLOVER's; see [sectors] in ontology/plover.toml"));
            }
        }
    }

    fn countries(&mut self) {
        let mut seen = HashSet::new();
        for country in &self.k.world.countries {
            let iso3 = &country.iso3;
            if iso3.len() != 3 || !iso3.bytes().all(|b| b.is_ascii_uppercase()) {
                self.add("countries.tsv", country.line, format!("{iso3:?} is not an ISO 3166-1 alpha-3 code"));
            }
            if !seen.insert(iso3.as_str()) {
                self.add("countries.tsv", country.line, format!("{iso3} is there twice; join the two lines"));
            }
            if !self.is_country(&country.slot) {
                self.add("countries.tsv", country.line, format!("sovereign {:?} of {iso3} is no country of this table", country.slot));
            }
            if country.iso2.is_none() {
                self.add(
                    "countries.tsv",
                    country.line,
                    format!("{iso3} has no line in imported/countries.tsv; run the importer or mend the code"),
                );
            }
        }
    }

    fn organisations(&mut self) {
        let mut ids = HashSet::new();
        for body in &self.k.world.organisations {
            let (file, line) = body.place;
            if file == "organisations.tsv" && !ids.insert(body.id.as_str()) {
                self.add(file, line, format!("id {:?} is there twice; give one of them another id", body.id));
            }
            if !self.is_country(&body.slot) && !self.k.ontology().international().contains_key(&body.slot) {
                self.add(
                    file,
                    line,
                    format!("slot {:?} of {} is neither a country nor one of IGO, UNO, EUR, NGO, ISM, IMG, MNC", body.slot, body.name),
                );
            }
            self.sectors(file, line, &body.sectors);
            if !matches!(body.kind.as_str(), "igo" | "body" | "armed" | "ngo" | "media" | "company" | "party" | "movement") {
                self.add(file, line, format!("type {:?} of {} is not known", body.kind, body.name));
            }
            for member in &body.members {
                if !self.is_country(member) && file == "organisations.tsv" {
                    self.add(file, line, format!("member {member:?} of {} is no country", body.name));
                }
            }
        }
    }

    fn nouns(&mut self) {
        let world = &self.k.world;
        let mut seen = HashSet::new();
        for role in &world.roles {
            self.sectors(role.place.0, role.place.1, &role.sectors);
            if role.place.0 == "roles.tsv" && !seen.insert(role.form.to_lowercase()) {
                self.add(role.place.0, role.place.1, format!("{:?} is there twice; keep one line", role.form));
            }
        }
        let mut seen = BTreeMap::new();
        for office in &world.offices {
            self.sectors("ministries.tsv", office.line, &office.sectors);
            // "attorney-general" and "attorney general" are one form to the linker
            let words: Vec<String> = crate::text::tokens(&office.form).into_iter().map(|w| w.norm).collect();
            match seen.insert((words, office.country.as_deref()), (office.form.as_str(), office.key.as_str())) {
                Some((form, key)) if form == office.form || key != office.key => {
                    self.add(
                        "ministries.tsv",
                        office.line,
                        format!("{:?} ({}) is there twice, also as {form:?} ({key}); keep one line", office.form, office.key),
                    );
                }
                _ => {}
            }
            if let Some(country) = office.country.as_deref().filter(|c| !self.is_country(c)) {
                self.add("ministries.tsv", office.line, format!("country {country:?} is not known"));
            }
        }
        for title in &world.titles {
            let sectors: Vec<String> = title.sector.iter().cloned().collect();
            self.sectors("titles.tsv", title.line, &sectors);
            if title.form.contains('.') {
                self.add("titles.tsv", title.line, format!("{:?}: leave the dot away, it is understood", title.form));
            }
        }
        for people in &world.peoples {
            let sectors: Vec<String> = people.sector.iter().cloned().collect();
            self.sectors("peoples.tsv", people.line, &sectors);
            if let Some(country) = people.country.as_deref().filter(|c| !self.is_country(c)) {
                self.add("peoples.tsv", people.line, format!("country {country:?} of {} is not known", people.name));
            }
        }
        for region in &world.regions {
            if self.k.lexicon.exact(&crate::text::tokens(&region.name)).iter().any(|e| matches!(e, crate::lexicon::Entry::Country(_))) {
                self.add("regions.tsv", region.line, format!("{} is also a country's name; a region has no country", region.name));
            }
        }
    }

    fn places(&mut self) {
        for place in &self.k.world.places {
            let (file, line) = place.place;
            if !self.is_country(&place.country) {
                self.add(file, line, format!("country {:?} of {} is not known", place.country, place.name));
            }
            if !(-90.0..=90.0).contains(&place.lat) || !(-180.0..=180.0).contains(&place.lon) {
                self.add(file, line, format!("{} lies at {}, {}: degrees north and east, in this order", place.name, place.lat, place.lon));
            }
        }
        let (alternates, places) = self.k.gazetteer.tables();
        for (file, table) in [("imported/alternates.tsv", alternates), ("imported/gazetteer.tsv", places)] {
            if let Some(line) = table.first_unsorted() {
                self.add(
                    file,
                    line,
                    "stands before the line above it; write the table with training/import_gazetteer.py, which sorts it".to_owned(),
                );
            }
        }
    }

    fn tenures(&mut self) {
        let offices: HashSet<&str> = self.k.world.offices.iter().map(|o| o.key.as_str()).collect();
        let mut single: BTreeMap<(String, String), Vec<(&Tenure, &str)>> = BTreeMap::new();
        for person in &self.k.people.people {
            for tenure in &person.tenures {
                let (file, line) = tenure.place;
                let known = match tenure.country.strip_prefix("IGO:") {
                    Some(id) => self.k.world.by_org.contains_key(id),
                    None => self.is_country(&tenure.country),
                };
                if !known {
                    self.add(
                        file,
                        line,
                        format!("{}: {:?} is neither a country nor IGO: and the id of an organisation", person.name, tenure.country),
                    );
                }
                if let (Some(first), Some(last)) = (tenure.first, tenure.last)
                    && last < first
                {
                    let message = format!(
                        "{}: {} ends {} before it begins {}; swap `from` and `to`?",
                        person.name, tenure.title, tenure.to, tenure.from
                    );
                    self.add(file, line, message);
                }
                if !offices.contains(tenure.office.as_str()) && !BARE_OFFICES.contains(&tenure.office.as_str()) {
                    self.add(file, line, format!("{}: office {:?} has no form in ministries.tsv", person.name, tenure.office));
                }
                if tenure.to.is_empty() && tenure.asof.is_empty() {
                    self.add(file, line, format!("{}: an open end needs `asof`, the date it was last seen to be true", person.name));
                }
                if file == "persons.tsv" && SINGLE.contains(&tenure.office.as_str()) {
                    single.entry((tenure.country.to_string(), tenure.office.to_string())).or_default().push((tenure, &person.name));
                }
            }
        }
        for ((country, office), mut rows) in single {
            rows.sort_by_key(|r| r.0.first);
            for pair in rows.windows(2) {
                let [(a, name), (b, next)] = pair else { continue };
                // an open end that nobody saw for long is not verified: it says nothing against the next
                let open = a.last.or_else(|| a.stale()).map_or(i64::MAX, |l| l.number());
                if name == next && a.last.map_or(i64::MAX, Day::number) > b.first.map_or(0, Day::number) {
                    let message = format!(
                        "{name} holds {office} of {country} twice at once, from {} and from {}; take one row away (in an overlay: a line that begins with -)",
                        a.from, b.from
                    );
                    self.add(b.place.0, b.place.1, message);
                }
                if name != next && b.first.is_some_and(|f| open > f.number() + 31) {
                    let message = format!(
                        "{name} still holds {office} of {country} when {next} begins on {}; give the first an end (in an overlay: repeat its row, with `to`)",
                        b.from
                    );
                    self.add(a.place.0, a.place.1, message);
                }
            }
        }
    }

    fn ontology(&mut self) {
        let ontology = self.k.ontology();
        let types: HashSet<&str> = ontology.event_types().iter().map(|e| e.code.as_str()).collect();
        let file = "ontology/plover.toml";
        for event in ontology.event_types() {
            if !(1..=4).contains(&event.quad) {
                self.add(file, 1, format!("{}: quad {} is not 1 to 4", event.code, event.quad));
            }
            let codes = std::iter::once((&event.code, &event.cameo)).chain(event.modes.iter().map(|m| (&m.code, &m.cameo)));
            for (name, code) in codes {
                if ontology.cameo_code(code).is_none() {
                    self.add(file, 1, format!("{} {name}: CAMEO code {code:?} is not in cameo.tsv", event.code));
                }
            }
        }
        if types.len() != 16 {
            self.add(file, 1, format!("{} event types; PLOVER 2.0 has 16", types.len()));
        }
        for code in ontology.cameo_codes() {
            let Some(facts) = ontology.cameo_code(code) else { continue };
            let named: Vec<&str> = facts.plover.iter().flat_map(|p| p.split('|')).collect();
            if let Some(unknown) = named.iter().find(|t| !types.contains(*t)) {
                self.add("ontology/cameo.tsv", facts.line, format!("{code}: PLOVER type {unknown:?} is not in plover.toml"));
            }
            if let Some(parent) = facts.parent.as_deref().filter(|p| ontology.cameo_code(p).is_none()) {
                self.add("ontology/cameo.tsv", facts.line, format!("{code}: parent {parent:?} is not in this table"));
            }
            let contexts = facts.context.iter().flat_map(|c| c.split('|'));
            for context in contexts.filter(|c| !ontology.contexts().contains_key(*c)) {
                self.add("ontology/cameo.tsv", facts.line, format!("{code}: context {context:?} is not in plover.toml"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Files;
    use std::path::PathBuf;

    fn files() -> Files {
        Files::without_gazetteer(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge"))
            .expect("the knowledge of this repository")
    }

    /// Appends `line` to `file` and returns what the checker says of it.
    fn complaints(file: &str, line: &str) -> Vec<String> {
        let files = files();
        let text = format!("{}{line}\n", files.text(file));
        let number = text.lines().count();
        let knowledge = Knowledge::of(&files.with(file, text)).expect("well formed");
        let place = format!("{file}:{number}: ");
        knowledge.check().iter().map(ToString::to_string).filter(|p| p.starts_with(&place)).collect()
    }

    #[test]
    fn names_file_line_and_remedy() {
        let cases = [
            ("persons.tsv", "Ann Example\t\tJPN\tFM\tMinister\t2023-09-13\t2023-01-01\t\thand", "swap `from` and `to`"),
            ("persons.tsv", "Ann Example\t\tXXX\tFM\tMinister\t2023-09-13\t2024\t\thand", "neither a country nor IGO:"),
            ("persons.tsv", "Ann Example\t\tIGO:NOPE\tFM\tMinister\t2023-09-13\t2024\t\thand", "neither a country nor IGO:"),
            ("persons.tsv", "Ann Example\t\tJPN\tFM\tMinister\t2031\t\t\thand", "an open end needs `asof`"),
            ("persons.tsv", "Ann Example\t\tJPN\tCHEF\tCook\t2031\t2032\t\thand", "has no form in ministries.tsv"),
            ("persons.tsv", "Ann Example\t\tGBR\tHOG\tPrime Minister\t1980-01-01\t1999-01-01\t\thand", "give the first an end"),
            ("persons.tsv", "Fumio Kishida\t\tJPN\tHOG\tPrime Minister\t2022-01-01\t2022-02-01\t\thand", "twice at once"),
            ("countries.tsv", "jp\t\tX\t\t\t\t\thand\t2026", "not an ISO 3166-1"),
            ("countries.tsv", "JPN\t\tX\t\t\t\t\thand\t2026", "is there twice"),
            ("countries.tsv", "ABX\tQQQ\tX\t\t\t\t\thand\t2026", "no country of this table"),
            ("organisations.tsv", "GCC\tX\t\tIGO\t\tigo\t\thand\t2026", "another id"),
            ("organisations.tsv", "XX\tX body\t\tZZZ\t\tigo\t\thand\t2026", "neither a country nor one of IGO"),
            ("organisations.tsv", "XX\tX body\t\tIGO\tQQQ\tigo\t\thand\t2026", "none of PLOVER's"),
            ("organisations.tsv", "XX\tX body\t\tIGO\t\tigo\tQQQ\thand\t2026", "is no country"),
            ("organisations.tsv", "XX\tX body\t\tIGO\t\tclub\t\thand\t2026", "type \"club\""),
            ("memberships.tsv", "NOPE\t3\t2026\thand\t", "is no id of organisations.tsv"),
            ("memberships.tsv", "GCC\t6\t2026\thand\t", "is there twice"),
            ("memberships.tsv", "WTO\t6\t\thand\t", "needs `asof`"),
            ("roles.tsv", "policeman\tCOP\tperson\thand\t2026", "keep one line"),
            ("roles.tsv", "zzyzx\tQQQ\tperson\thand\t2026", "none of PLOVER's"),
            ("ministries.tsv", "zzyzx minister\tMIN\tperson\tGOV\tQQQ\thand\t2026", "is not known"),
            ("titles.tsv", "Zz.\trank\tMIL\thand\t2026", "leave the dot away"),
            ("places.tsv", "Zzyzx\tUSA\tcity\t135.2\t35.1\thand\t2026", "degrees north and east"),
            ("places.tsv", "Zzyzx\tQQQ\tcity\t35.2\t35.1\thand\t2026", "is not known"),
            ("peoples.tsv", "Zzyzx\t\tQQQ\t\thand\t2026", "is not known"),
            ("regions.tsv", "Japan\t\thand\t2026", "a region has no country"),
            ("ontology/cameo.tsv", "9999\t2\t99\t99\tX\t1\t0.0\tNOPE\t\tnope", "is not in plover.toml"),
        ];
        let mut wrong = Vec::new();
        for (file, line, remedy) in cases {
            let found = complaints(file, line);
            if !found.iter().any(|f| f.contains(remedy)) {
                wrong.push(format!("{file}: {line:?} -> {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_member_too_few_is_found_with_total_date_and_source() {
        let files = files();
        let (before, after) = ("ARE|BHR|KWT|OMN|QAT|SAU", "ARE|BHR|KWT|OMN|QAT");
        let text = files.text("organisations.tsv").replacen(&format!("\t{before}\t"), &format!("\t{after}\t"), 1);
        let problems = Knowledge::of(&files.with("organisations.tsv", text)).expect("well formed").check();
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!(problem.file, "organisations.tsv");
        assert!(problem.message.starts_with("Gulf Cooperation Council has 5 members here, 6 as of 2"), "{problem}");
        assert!(problem.message.contains("memberships.tsv:"), "{problem}");
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        let cases = [
            ("persons.tsv", "too\tfew", "cells where the header has"),
            ("persons.tsv", "A B\t\tJPN\tFM\tM\tyesterday\t\t\thand", "is not a date"),
            ("memberships.tsv", "GCC\tsix\t2026\thand\t", "is not a number of countries"),
            ("roles.tsv", "zzyzx\tGOV\tanimal\thand\t2026", "class \"animal\""),
            ("places.tsv", "Zz\tUSA\tcity\tnorth\t35.1\thand\t2026", "is not a coordinate"),
            ("ontology/cameo.tsv", "9999\t2\t99\t99\tX\tone\t0.0\t\t\t", "not a number"),
            ("ontology/plover.toml", "[[event]]", "missing field"),
        ];
        for (file, line, message) in cases {
            let files = files();
            let text = format!("{}{line}\n", files.text(file));
            let error = Knowledge::of(&files.with(file, text)).expect_err(file).to_string();
            assert!(error.starts_with(file) && error.contains(message), "{error}");
        }
        let error = Knowledge::load(&PathBuf::from("/nonexistent")).expect_err("no directory");
        assert_eq!(error.kind(), crate::ErrorKind::Read);
    }
}
