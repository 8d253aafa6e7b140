//! People and the offices they held: who held what when, and who goes by a name.

pub(crate) use crate::day::Day;
use crate::error::{Error, ErrorKind};
use crate::lexicon::{Case, Entry, Lexicon};
use crate::link::Holder;
use crate::pack::Files;
use crate::table::Table;
use crate::text::{Hashed, fold, fold_hash};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How long an open end counts after it was last seen, in days.
const SEEN_DAYS: i64 = 400;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Tenure {
    /// ISO3, or the id of a body after `IGO:`.
    pub country: CompactString,
    pub office: CompactString,
    pub title: CompactString,
    pub from: CompactString,
    pub to: CompactString,
    pub asof: CompactString,
    pub first: Option<Day>,
    pub last: Option<Day>,
    #[serde(with = "crate::pack::place")]
    pub place: (&'static str, usize),
}

impl Tenure {
    /// Begun by, and not ended before, `day`. An unknown start does not exclude.
    pub fn covers(&self, day: Day) -> bool {
        self.first.is_none_or(|f| f <= day) && self.last.is_none_or(|l| day <= l)
    }

    /// An open end counts for 400 days after it was last seen.
    fn verified(&self, day: Day) -> bool {
        self.covers(day) && (self.last.is_some() || Day::last(&self.asof).is_some_and(|a| day.number() <= a.number() + SEEN_DAYS))
    }

    /// The first day on which an open end counts no more.
    pub fn stale(&self) -> Option<Day> {
        let seen = Day::last(&self.asof)?;
        std::iter::successors(Some(seen), |d| Some(d.next())).find(|d| d.number() > seen.number() + SEEN_DAYS)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Person {
    pub name: CompactString,
    pub qid: Option<CompactString>,
    pub aliases: Vec<CompactString>,
    pub tenures: Vec<Tenure>,
    /// Listed in `persons.tsv`.
    pub hand: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct People {
    pub people: Vec<Person>,
    /// Folded last and first words of names -> people, for "President Macron".
    by_word: Hashed<Vec<u32>>,
    /// Office -> country -> person and number of the tenure. Only offices that one person holds at a time.
    by_office: BTreeMap<CompactString, BTreeMap<CompactString, Vec<(u32, u32)>>>,
}

/// Offices whose holders are known by their surname.
const WELL_KNOWN: [&str; 9] = ["HOS", "HOG", "FM", "DEF", "INT", "HEIR", "DHOG", "HEAD", "SPOKES"];

/// How high an office ranks when a phrase does not say which is meant.
pub(crate) fn rank(office: &str) -> u8 {
    match office {
        "HOS" => 9,
        "HOG" => 8,
        "HEAD" | "HEIR" => 7,
        "FM" => 6,
        "DHOG" | "DEF" => 5,
        "INT" | "FIN" | "SPEAKER" => 4,
        "MP" | "MIN" => 1,
        _ => 2,
    }
}

impl People {
    pub fn read(files: &Files, lexicon: &mut Lexicon) -> Result<People, Error> {
        let mut people = People { people: Vec::with_capacity(16_000), ..People::default() };
        let columns = ["name", "qid", "aliases", "country", "office", "title", "from", "to", "asof", "source"];
        let imported = Table::read("imported/tenures.tsv", files.text("imported/tenures.tsv"), &columns)?;
        let columns = ["name", "aliases", "country", "office", "title", "from", "to", "asof", "source"];
        let hand = Table::read("persons.tsv", files.text("persons.tsv"), &columns)?;

        let mut last = ("", "", "");
        for row in imported.rows() {
            let [name, qid, aliases, cells @ ..] = row.cells::<9>();
            let same = (name, qid, if qid.is_empty() { cells[0] } else { "" });
            if same != last || people.people.is_empty() {
                people.people.push(Person {
                    name: name.into(),
                    qid: Some(qid.into()).filter(|q: &CompactString| !q.is_empty()),
                    aliases: aliases.split('|').filter(|a| !a.is_empty()).map(CompactString::from).collect(),
                    tenures: Vec::new(),
                    hand: false,
                });
                last = same;
            }
            let tenure = tenure("imported/tenures.tsv", row.line, cells)?;
            if let Some(person) = people.people.last_mut() {
                person.tenures.push(tenure);
            }
        }
        people.overlay(&hand)?;
        people.index(lexicon);
        Ok(people)
    }

    /// Lays the hand-written rows over the imported ones: same person, same office, overlapping or near dates -> the imported row goes.
    fn overlay(&mut self, hand: &Table) -> Result<(), Error> {
        let mut names: HashMap<String, Vec<&str>> = HashMap::new();
        for row in hand.rows() {
            let entry = names.entry(row.get(0).to_owned()).or_default();
            entry.extend(row.list(1));
        }
        // only names that share a last word with a hand-written one are worth a key
        let wanted: HashSet<u64> =
            hand.rows().flat_map(|r| std::iter::once(r.get(0)).chain(r.list(1)).flat_map(edge_words).collect::<Vec<_>>()).collect();
        let mut known: HashMap<String, u32> = HashMap::with_capacity(4_000);
        for (i, person) in self.people.iter().enumerate() {
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                if !edge_words(name).any(|w| wanted.contains(&w)) {
                    continue;
                }
                let words = sorted_words(name);
                let mut last = "";
                for tenure in &person.tenures {
                    if tenure.country == last {
                        continue;
                    }
                    last = &tenure.country;
                    let at = known.entry(format!("{words}|{last}")).or_insert(i as u32);
                    if person.tenures.len() > self.people[*at as usize].tenures.len() {
                        *at = i as u32;
                    }
                }
            }
        }
        let mut by_name: HashMap<String, u32> = HashMap::new();
        for row in hand.rows() {
            let aliases = names.get(row.get(0)).cloned().unwrap_or_default();
            let mut all = std::iter::once(row.get(0)).chain(aliases.iter().copied());
            let here = all.find_map(|n| known.get(&format!("{}|{}", sorted_words(n), row.get(2))).copied());
            let at = by_name.get(row.get(0)).copied().or(here).unwrap_or_else(|| {
                self.people.push(Person { name: row.get(0).into(), qid: None, aliases: Vec::new(), tenures: Vec::new(), hand: true });
                self.people.len() as u32 - 1
            });
            by_name.insert(row.get(0).to_owned(), at);
            let [_, _, cells @ ..] = row.cells::<8>();
            let new = tenure("persons.tsv", row.line, cells)?;
            let person = &mut self.people[at as usize];
            person.hand = true;
            for name in std::iter::once(row.get(0)).chain(row.list(1)) {
                if name != person.name && !person.aliases.iter().any(|a| a == name) {
                    person.aliases.push(name.into());
                }
            }
            if person.name != row.get(0) {
                let old = std::mem::replace(&mut person.name, row.get(0).into());
                person.aliases.retain(|a| a != row.get(0));
                person.aliases.push(old);
            }
            // an imported person without an id is another one in each country
            for i in std::iter::once(at).chain(here) {
                self.people[i as usize].tenures.retain(|old| old.place.0 == "persons.tsv" || !replaces(&new, old));
            }
            self.people[at as usize].tenures.push(new);
        }
        self.people.retain(|p| !p.tenures.is_empty());
        Ok(())
    }

    fn index(&mut self, lexicon: &mut Lexicon) {
        // bearers of a surname; one who stands in the tables of several countries ("Joe Biden" in those of dependencies) is one
        let mut surnames: Hashed<u16> = Hashed::default();
        surnames.reserve(self.people.len());
        let mut last = "";
        for person in &self.people {
            if person.name != last {
                *surnames.entry(fold_hash(surname(person))).or_default() += 1;
            }
            last = &person.name;
        }
        for (i, person) in self.people.iter_mut().enumerate() {
            let at = i as u32;
            if person.tenures.len() > 1 {
                person.tenures.sort_by(|a, b| (a.first, &a.office).cmp(&(b.first, &b.office)));
            }
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                lexicon.add(
                    name,
                    if name.contains([' ', '-']) || person.hand { Entry::Person(at) } else { Entry::Short(at) },
                    Case::AsWritten,
                );
            }
            for (t, tenure) in person.tenures.iter().enumerate() {
                if tenure.office == "MIN" || tenure.office == "MP" {
                    continue;
                }
                let rows = self.by_office.entry(tenure.office.clone()).or_default();
                rows.entry(tenure.country.clone()).or_default().push((at, t as u32));
            }
            if !person.hand && !person.tenures.iter().any(|t| WELL_KNOWN.contains(&t.office.as_str())) {
                continue;
            }
            let mut words: Vec<u64> = std::iter::once(&person.name).chain(&person.aliases).flat_map(|n| outer_words(n)).collect();
            words.sort_unstable();
            words.dedup();
            for word in words {
                self.by_word.entry(word).or_default().push(at);
            }
            let leader = person.tenures.iter().any(|t| matches!(t.office.as_str(), "HOS" | "HOG"));
            let surname = surname(person);
            let key = fold(surname);
            if person.hand
                && leader
                && (key.len() > 3 || is_family_first(person))
                && person.name.contains(' ')
                && surnames.get(&fold_hash(surname)).is_some_and(|n| *n <= 4)
                && lexicon.exact(&crate::text::tokens(surname)).iter().all(|e| matches!(e, Entry::Short(_) | Entry::Place(_)))
            {
                lexicon.add(surname, Entry::Short(at), Case::AsWritten);
            }
        }
    }

    /// People one word of whose name (first or last) is `word`, which must be folded.
    pub fn by_word(&self, word: &str) -> &[u32] {
        self.by_word.get(&fold_hash(word)).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn get(&self, at: u32) -> &Person {
        &self.people[at as usize]
    }

    /// The tenure of `person` that a mention on `day` most likely means, and whether it covers that day.
    pub fn tenure<'p>(&self, person: &'p Person, office: Option<&str>, day: Option<Day>) -> Option<(&'p Tenure, bool)> {
        let best = person.tenures.iter().max_by_key(|t| {
            let now = day.is_some_and(|d| t.covers(d));
            let begun = day.is_none_or(|d| t.first.is_none_or(|f| f <= d));
            let named = office.is_some_and(|o| o == t.office);
            let open = t.last.is_none() && t.place.0 == "persons.tsv";
            let end = t.last.or_else(|| Day::last(&t.asof)).or(t.first);
            (
                named && (now || day.is_none()),
                now,
                begun,
                named,
                day.is_none() && open,
                if now { rank(&t.office) } else { 0 },
                end,
                rank(&t.office),
                t.first,
            )
        })?;
        Some((best, day.is_none_or(|d| best.covers(d))))
    }

    /// The countries and bodies of which some holder of an office is known.
    pub fn held(&self, office: &str) -> Vec<&str> {
        self.by_office.get(office).into_iter().flat_map(|rows| rows.keys().map(CompactString::as_str)).collect()
    }

    /// Who held an office on a day.
    pub fn holder(&self, office: &str, country: &str, day: Day) -> Option<Holder> {
        let rows = self.by_office.get(office)?.get(country)?;
        let (person, tenure) = rows
            .iter()
            .map(|(p, t)| (self.get(*p), &self.get(*p).tenures[*t as usize]))
            .filter(|(_, t)| t.covers(day))
            .max_by_key(|(p, t)| (t.verified(day), t.first, t.place.0 == "persons.tsv", std::cmp::Reverse(&p.name)))?;
        Some(holder(person, tenure, Some(day)))
    }
}

pub(crate) fn holder(person: &Person, tenure: &Tenure, day: Option<Day>) -> Holder {
    let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
    Holder {
        name: person.name.to_string(),
        id: person.qid.as_deref().map(str::to_owned),
        country: tenure.country.to_string(),
        office: tenure.office.to_string(),
        title: tenure.title.to_string(),
        from: text(&tenure.from),
        to: text(&tenure.to),
        as_of: text(&tenure.asof),
        verified: day.is_some_and(|d| tenure.verified(d)),
        source: format!("{}:{}", tenure.place.0, tenure.place.1),
    }
}

/// The words of a name, folded, in alphabetical order: one key for "Kishida Fumio" and "Fumio Kishida".
pub(crate) fn sorted_words(name: &str) -> String {
    let mut words: Vec<String> = name.split([' ', '-']).map(fold).filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// Where the family name comes first in the tables.
const FAMILY_FIRST: [&str; 4] = ["CHN", "KOR", "PRK", "TWN"];

fn is_family_first(person: &Person) -> bool {
    person.tenures.first().is_some_and(|t| FAMILY_FIRST.contains(&t.country.as_str()))
}

fn surname(person: &Person) -> &str {
    let mut words = person.name.split(' ');
    if is_family_first(person) { words.next() } else { words.next_back() }.unwrap_or_default()
}

/// Hashes of the first and last word of a name.
fn edge_words(name: &str) -> impl Iterator<Item = u64> {
    let mut words = name.split([' ', '-']);
    let first = words.next().map(fold_hash);
    first.into_iter().chain(words.next_back().map(fold_hash))
}

/// The same of those that are longer than a particle.
fn outer_words(name: &str) -> impl Iterator<Item = u64> {
    let mut words = name.split([' ', '-']).filter(|w| w.len() > 2);
    let first = words.next().map(fold_hash);
    first.into_iter().chain(words.next_back().map(fold_hash))
}

/// Whether a hand-written row stands for an imported one.
pub(crate) fn replaces(new: &Tenure, old: &Tenure) -> bool {
    if new.country != old.country || new.office.split(':').next() != old.office.split(':').next() {
        return false;
    }
    let far = Day(99_991_231);
    let (a, b) = (new.first.unwrap_or(Day(0)), new.last.unwrap_or(far));
    let (c, d) = (old.first.unwrap_or(Day(0)), old.last.unwrap_or(far));
    (new.office == old.office && a <= d && c <= b) || (a.number() - c.number()).abs() < 120
}

pub(crate) fn tenure(file: &'static str, line: usize, cells: [&str; 6]) -> Result<Tenure, Error> {
    let [country, office, title, from, to, asof] = cells;
    let bad = |text: &str| {
        let message = format!("{text:?} is not a date; write 2023, 2023-07 or 2023-07-16");
        Error::new(ErrorKind::Format, format!("{file}:{line}"), message)
    };
    let (first, last) = (Day::first(from), Day::last(to));
    for (text, known) in [(from, first.is_some()), (to, last.is_some()), (asof, Day::last(asof).is_some())] {
        if !known && !text.is_empty() {
            return Err(bad(text));
        }
    }
    Ok(Tenure {
        country: country.into(),
        office: office.into(),
        title: title.into(),
        from: from.into(),
        to: to.into(),
        asof: asof.into(),
        first,
        last,
        place: (file, line),
    })
}
