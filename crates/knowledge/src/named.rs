//! Names: persons we know or only read of, bodies, countries, places.

use crate::lexicon::Entry;
use crate::link::{ActorKind, MentionKind, Resolved, RunnerUp};
use crate::np::{Unit, is_division, is_particle};
use crate::person::{Day, Person, Tenure, rank};
use crate::phrase::{Geo, Phrase, RoleHit, drop_office_of_state, set_sectors};
use crate::text::{fold, tokens};

/// How long after their last office people go by their surname alone, in days.
const REMEMBERED_DAYS: i64 = 25 * 365;

impl Phrase<'_> {
    fn day(&self) -> Option<Day> {
        self.context.date.and_then(Day::first)
    }

    /// People a unit may name.
    pub fn candidates(&self, unit: &Unit) -> Vec<u32> {
        let entries = unit.hit.and_then(|h| self.hits.get(h)).map(|h| h.entries.as_slice()).unwrap_or_default();
        let full: Vec<u32> = entries.iter().filter_map(|e| if let Entry::Person(i) = e { Some(*i) } else { None }).collect();
        if !full.is_empty() {
            return full;
        }
        entries.iter().filter_map(|e| if let Entry::Short(i) = e { Some(*i) } else { None }).collect()
    }

    /// Whether it is so long since a person held an office that the surname alone means somebody else.
    pub fn is_long_gone(&self, person: &Person) -> bool {
        let gone = |day: Day| person.tenures.iter().all(|t| t.last.is_some_and(|l| l.number() + REMEMBERED_DAYS < day.number()));
        self.day().is_some_and(gone)
    }

    /// The best of several people of one name, with the tenure meant, and the one that came second.
    pub fn pick(&self, candidates: &[u32], countries: &[&str], office: Option<&str>) -> Option<(&Person, &Tenure, Option<RunnerUp>)> {
        let day = self.day();
        let mut found: Vec<(_, &Person, &Tenure)> = candidates
            .iter()
            .filter_map(|i| {
                let person = self.k.people.get(*i);
                // the country said decides between a person's own tenures too (Charles Michel: Belgium, then the EU)
                let gated: Vec<&Tenure> =
                    person.tenures.iter().filter(|t| countries.iter().any(|c| *c == self.tenure_slot(&t.country))).collect();
                let gate = !gated.is_empty();
                let (tenure, now) =
                    match gated.iter().max_by_key(|t| (office == Some(&t.office), day.is_some_and(|d| t.covers(d)), t.last.or(t.first))) {
                        Some(tenure) => (*tenure, day.is_none_or(|d| tenure.covers(d))),
                        None => self.k.people.tenure(person, office, day)?,
                    };
                let held = office.is_some_and(|o| person.tenures.iter().any(|t| t.office == o));
                let key = (gate, held, now, person.hand, rank(&tenure.office), tenure.last.or(tenure.first), std::cmp::Reverse(*i));
                Some((key, person, tenure))
            })
            .collect();
        found.sort_by_key(|f| std::cmp::Reverse(f.0));
        let (_, person, tenure) = *found.first()?;
        let second = found.get(1).map(|(_, p, t)| RunnerUp {
            country: Some(self.tenure_slot(&t.country)),
            name: Some(p.name.to_string()),
            score: 0.3,
        });
        Some((person, tenure, second))
    }

    /// A person we know, with whatever countries and roles stand before the name.
    pub fn person(&self, core: &[Unit], geo: &Geo, governing: &[Geo], roles: &[RoleHit], former: bool) -> Option<Resolved> {
        let unit = core.get(geo.unit)?;
        let office = own_office(roles);
        let countries: Vec<&str> =
            governing.iter().filter(|g| !matches!(g.what, Entry::Place(_))).filter_map(|g| g.country.as_deref()).collect();
        if let Some(earlier) = self.earlier(self.slice(std::slice::from_ref(unit))).filter(|_| matches!(geo.what, Entry::Short(_))) {
            return Some(earlier);
        }
        let candidates = self.candidates(unit);
        let (person, tenure, second) = self.pick(&candidates, &countries, office)?;
        let gate = countries.is_empty() || person.tenures.iter().any(|t| countries.contains(&self.tenure_slot(&t.country).as_str()));
        let short = matches!(geo.what, Entry::Short(_));
        // "Minister Rashid Al-Mannaei" is nobody we know for being called Rashid, "Selim Erdogan" is not Recep Tayyip
        let name = self.whole_name(core, geo.unit, roles);
        let one_word = self.slice(std::slice::from_ref(unit)).split(' ').count() == 1;
        if !gate || (short || one_word) && !is_called(person, name) {
            return Some(self.titled(name, governing, roles, &[], former, 3));
        }
        let rule = if office.is_some_and(|o| person.tenures.iter().any(|t| t.office == o)) {
            "office and name"
        } else if short {
            "surname"
        } else {
            "name"
        };
        let mut out = self.of_person(person, tenure, rule, if short { 0.6 } else { 0.9 });
        if out.sector.is_none() {
            // "Republican nominee Ann Holm" before she came to office
            let role = roles.iter().rfind(|r| !r.possessive && !r.sectors.is_empty());
            set_sectors(&mut out, role.map(|r| r.sectors.as_slice()).unwrap_or_default());
        }
        if let Some(office) = office.filter(|o| !matches!(*o, "MIN" | "HEAD") && !tenure.office.starts_with(*o)) {
            // the text says another office than our table: believe the text (the table may be stale), keep the person
            out.office = Some(office.to_owned());
            if let Some(role) = roles.iter().rfind(|r| r.office.as_deref() == Some(office)) {
                set_sectors(&mut out, &role.sectors);
            }
        }
        out.former |= former;
        if out.former {
            let mut sectors = out.sectors.clone();
            sectors.insert(0, "ELI".to_owned());
            set_sectors(&mut out, &sectors);
        }
        out.runner_up = second;
        Some(out)
    }

    /// The name around a unit: back to the role before it, and on over what can be part of a name.
    fn whole_name(&self, core: &[Unit], at: usize, roles: &[RoleHit]) -> &str {
        let is_part = |u: &&Unit| self.is_name_part(u);
        let role = roles.iter().map(|r| r.unit).filter(|r| *r < at).max();
        let before = role.map_or(0, |r| core[r + 1..at].iter().rev().take_while(is_part).count());
        let after = core[at + 1..].iter().take_while(is_part).count();
        self.slice(&core[at - before..at + 1 + after])
    }

    fn of_person(&self, person: &Person, tenure: &Tenure, rule: &'static str, score: f32) -> Resolved {
        let mut out = Resolved::new(ActorKind::Person, rule, score);
        out.name = Some(person.name.to_string());
        out.id = person.qid.as_deref().map(str::to_owned);
        out.row = Some(tenure.place);
        out.country = Some(self.tenure_slot(&tenure.country));
        let private = tenure.office == "PRIVATE";
        out.office = Some(tenure.office.to_string()).filter(|_| !private);
        set_sectors(&mut out, &self.tenure_sectors(tenure));
        if let Some(day) = self.day() {
            let ended = person.tenures.iter().any(|t| t.last.is_some_and(|l| l < day));
            out.former = !private && ended && !person.tenures.iter().any(|t| t.covers(day));
            if !private && person.tenures.iter().all(|t| t.first.is_some_and(|f| f > day)) {
                // who will come to office is known by name only
                out.office = None;
                set_sectors(&mut out, &[]);
            }
        }
        out
    }

    /// Sectors of an office; leaders of parties and armed groups take those of the body their title names.
    fn tenure_sectors(&self, tenure: &Tenure) -> Vec<String> {
        let world = &self.k.world;
        if matches!(tenure.office.as_str(), "PARTYLEADER" | "PRIVATE" | "SPOKES") {
            let words = tokens(&tenure.title);
            let hits = self.k.lexicon.scan(&words);
            let body = hits
                .iter()
                .flat_map(|h| &h.entries)
                .find_map(|e| if let Entry::Organisation(i) = e { Some(&world.organisations[*i as usize]) } else { None });
            if let Some(body) = body.filter(|b| !b.sectors.is_empty()) {
                return body.sectors.clone();
            }
            if let Some(body) = tenure.country.strip_prefix("IGO:").and_then(|id| self.k.organisation(id)).filter(|b| !b.sectors.is_empty())
            {
                return body.sectors.clone();
            }
            if let Some(sectors) = self.k.role_sectors(&tenure.title).filter(|_| tenure.office == "PRIVATE") {
                return sectors.to_vec();
            }
        }
        if tenure.office == "PRIVATE" {
            return vec!["CVL".to_owned()];
        }
        let key = tenure.office.as_str();
        let found =
            world.offices.iter().find(|o| o.key == key && !o.body).or_else(|| world.offices.iter().find(|o| o.key.starts_with(key)));
        found.map(|o| o.sectors.clone()).unwrap_or_else(|| vec!["GOV".to_owned()])
    }

    /// A name we do not know in full after a role or title: "Prime Minister Kishida", "Prince Abdulaziz", "Judge Example".
    pub fn titled(&self, name: &str, governing: &[Geo], roles: &[RoleHit], rest: &[Unit], former: bool, depth: u8) -> Resolved {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let office = own_office(roles);
        let governed = self.governing(governing, usize::MAX, office);
        let attached = self.attached(rest, depth);
        let country = governed.and_then(|g| g.country.clone()).or_else(|| attached.as_ref().and_then(|a| a.country.clone()));
        if let Some(mut known) = self.by_surname(name, country.as_deref(), office, roles) {
            known.former |= former;
            if former {
                let mut sectors = known.sectors.clone();
                sectors.insert(0, "ELI".to_owned());
                set_sectors(&mut known, &sectors);
            }
            return known;
        }
        if let Some(mut earlier) = self.earlier(name)
            && (country.is_none() || earlier.country == country)
        {
            earlier.former |= former;
            return earlier;
        }
        let mut out = Resolved::new(ActorKind::Person, "title and name", 0.5);
        out.name = Some(name.to_owned());
        out.office = office.map(str::to_owned);
        out.former = former;
        out.country = country;
        let head = roles.iter().rfind(|r| !r.title).or(roles.last());
        // "Union Minister" is of the government, of whichever union
        let own = |r: &RoleHit| if r.office.as_deref() == Some("MIN") { r.sectors.clone() } else { r.sectors_among(roles) };
        let mut sectors = head.map(own).unwrap_or_default();
        if let Some(Geo { what: Entry::Organisation(i), .. }) = governed {
            let body = &self.k.world.organisations[*i as usize];
            if body.lends_its_sector() && !body.sectors.is_empty() {
                sectors.clone_from(&body.sectors);
            }
        }
        if sectors.is_empty() {
            sectors = attached.map(|a| a.sectors).unwrap_or_default();
        }
        if former && sectors.first().is_none_or(|s| s != "BUS") {
            sectors.insert(0, "ELI".to_owned());
        }
        set_sectors(&mut out, &sectors);
        drop_office_of_state(&mut out);
        if out.country.is_some() {
            out.rule = "role of country and name";
            out.score = 0.8;
        } else if let Some(implied) = head.and_then(|h| h.country.clone()) {
            out.country = Some(implied);
            out.rule = "office of one country";
        } else if let Some(hint) = self.context.country_hint {
            out.country = Some(hint.to_owned());
            out.rule = "hint";
            out.score = 0.4;
        }
        out
    }

    /// A well-known holder by surname: gated by country, office and date.
    fn by_surname(&self, name: &str, country: Option<&str>, office: Option<&str>, roles: &[RoleHit]) -> Option<Resolved> {
        let parts = name.split(' ').flat_map(|w| w.split('-').map(move |part| (fold(part), w.contains('-'))));
        let counts = |(w, joined): &(String, bool)| w.len() > 2 || *joined && w.len() > 1 && !is_particle(w);
        let words: Vec<String> = parts.filter(counts).map(|(w, _)| w).collect();
        let key = words.last()?;
        let day = self.day();
        let royal = roles.iter().any(|r| r.royal);
        let mut found: Vec<(_, &Person, &Tenure)> = Vec::new();
        let pool = self
            .k
            .people
            .by_word(key)
            .iter()
            .chain(words.first().filter(|f| *f != key).map(|f| self.k.people.by_word(f)).unwrap_or_default());
        for at in pool {
            let person = self.k.people.get(*at);
            let all: Vec<String> = std::iter::once(&person.name)
                .chain(&person.aliases)
                .flat_map(|n| n.split([' ', '-']).map(fold).collect::<Vec<_>>())
                .collect();
            let surname = words.last().is_some_and(|w| all.contains(w));
            let exact = words.iter().all(|w| all.contains(w));
            // "Richi Sunak": office and country agree, so a slip in the first name does not matter
            let close = surname
                && words.len() > 1
                && office.is_some()
                && country.is_some()
                && words.first().zip(all.first()).is_some_and(|(a, b)| is_slip(a, b));
            if !exact && !close {
                continue;
            }
            for tenure in &person.tenures {
                let slot = self.tenure_slot(&tenure.country);
                let held = office.is_some_and(|o| o == tenure.office || royal && matches!(tenure.office.as_str(), "HOS" | "HEIR"));
                let here = country.is_some_and(|c| c == slot);
                let now = day.is_some_and(|d| tenure.covers(d));
                let begun = day.is_none_or(|d| tenure.first.is_none_or(|f| f <= d));
                // one word needs office and, where the text names one, country; several words need either
                let enough = if !exact {
                    held && here
                } else if words.len() > 1 {
                    held && country.is_none() || here
                } else {
                    held && (here || country.is_none())
                };
                if enough && begun && country.is_none_or(|c| c == slot) {
                    found.push((
                        (here, held, now, person.hand, tenure.last.is_none(), tenure.last.or(tenure.first), std::cmp::Reverse(*at)),
                        person,
                        tenure,
                    ));
                }
            }
        }
        found.sort_by_key(|f| std::cmp::Reverse(f.0));
        let (_, person, tenure) = *found.first()?;
        let other = found.iter().find(|f| f.1.name != person.name);
        let mut out = self.of_person(person, tenure, "office and surname", if other.is_some() { 0.6 } else { 0.8 });
        out.runner_up =
            other.map(|(_, p, t)| RunnerUp { country: Some(self.tenure_slot(&t.country)), name: Some(p.name.to_string()), score: 0.4 });
        Some(out)
    }

    /// A person named earlier in the article, by part of the name: "Yukiko", "Prince Abdulaziz".
    pub fn earlier(&self, name: &str) -> Option<Resolved> {
        let words: Vec<String> = name.split([' ', '-']).map(fold).filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return None;
        }
        let part_of = |full: &str| {
            let all: Vec<String> = full.split([' ', '-']).map(fold).collect();
            words.iter().all(|w| all.contains(w))
        };
        let found = self.context.earlier.iter().rev().find(|e| e.kind == ActorKind::Person && e.name.as_deref().is_some_and(part_of))?;
        let mut out = found.clone();
        out.rule = "earlier";
        out.score = (found.score * 0.9).max(0.3);
        out.relative = None;
        Some(out)
    }

    /// A name that is itself the head: a country, a body, a people, a place.
    pub fn entity(&self, core: &[Unit], head: &Geo, owner: Option<&Geo>) -> Resolved {
        let world = &self.k.world;
        let next = core.get(head.unit + 1).is_some_and(|u| is_division(self.norm(u))); // "Ogun State"
        let last = head.unit + 1 + usize::from(next || head.possessive) >= core.len();
        let mut out = match head.what {
            Entry::Country(i) => {
                let country = &world.countries[i as usize];
                let mut out = Resolved::new(ActorKind::State, "country", 0.95);
                out.row = Some(("countries.tsv", country.line));
                out.name = Some(country.name.clone());
                out.id.clone_from(&country.wikidata);
                out
            }
            Entry::Demonym(i) => {
                let country = &world.countries[i as usize];
                let word = core.get(head.unit).map(|u| self.norm(u)).unwrap_or_default();
                let plural = word.ends_with('s') && !matches!(word, "swiss" | "us"); // "Palestinians", not an adjective
                let mut out = Resolved::new(if plural { ActorKind::Group } else { ActorKind::State }, "demonym", 0.85);
                out.row = Some(("countries.tsv", country.line));
                out.id.clone_from(&country.wikidata);
                out.name = Some(country.name.clone()).filter(|_| !plural);
                out
            }
            Entry::Seat(i) | Entry::Capital(i) => {
                let country = &world.countries[i as usize];
                let rule = if matches!(head.what, Entry::Seat(_)) { "seat" } else { "capital" };
                let mut out = Resolved::new(ActorKind::State, rule, if rule == "seat" { 0.9 } else { 0.75 });
                out.row = Some(("countries.tsv", country.line));
                out.name = Some(country.name.clone());
                out.id.clone_from(&country.wikidata);
                set_sectors(&mut out, &["GOV".to_owned()]);
                out
            }
            Entry::Organisation(i) => {
                let body = &world.organisations[i as usize];
                let mut out = Resolved::new(ActorKind::Organization, "organisation", 0.9);
                out.row = Some(body.place);
                out.name = Some(body.name.clone());
                out.id = Some(body.id.clone());
                set_sectors(&mut out, &body.sectors);
                out
            }
            Entry::People(i) => {
                let people = &world.peoples[i as usize];
                let mut out = Resolved::new(ActorKind::Group, "people", 0.7);
                out.name = Some(people.name.clone());
                let sector = people.sector.as_deref();
                out.row = sector.map(|_| ("peoples.tsv", people.line));
                set_sectors(&mut out, &[sector.unwrap_or("CVL").to_owned()]);
                out
            }
            Entry::Region(i) => {
                let mut out = Resolved::new(ActorKind::Group, "region", 0.5);
                out.name = Some(world.regions[i as usize].name.clone());
                out
            }
            Entry::Place(i) => {
                let mut out = Resolved::new(ActorKind::State, "place", 0.5);
                let own = core.get(head.unit).map(|u| self.slice(std::slice::from_ref(u)).to_owned());
                out.name = world.places.get(i as usize).map(|p| p.name.to_string()).or(own);
                out
            }
            _ => Resolved::new(ActorKind::State, "name", 0.5),
        };
        out.country.clone_from(&head.country);
        if let Some(owner) = owner.filter(|o| o.country.is_some() && !matches!(head.what, Entry::Organisation(_) | Entry::Seat(_))) {
            if matches!(head.what, Entry::Place(_) | Entry::People(_)) || head.country.is_none() {
                out.runner_up = Some(RunnerUp { country: out.country.clone(), name: out.name.clone(), score: 0.3 });
                out.country.clone_from(&owner.country);
            }
        } else if let (Some(owner), Some("PTY" | "LEG" | "GOV" | "JUD")) = (owner, out.sector.as_deref()) {
            // "the Israeli Labour Party", "Kenya's Supreme Court", "Jordan's Royal Court": the body of that name there
            if owner.country.is_some() && owner.country != out.country && matches!(owner.what, Entry::Country(_) | Entry::Demonym(_)) {
                out.country.clone_from(&owner.country);
                (out.id, out.row) = (None, None);
                out.name = Some(self.slice(core).to_owned());
            }
        }
        if !last {
            // the head noun is unknown: "Swedish timber imports", "Oman's outskirts"
            out.rule = "modifier";
            out.score = 0.35;
            let named = core.get(head.unit + 1..).filter(|rest| self.kind == Some(MentionKind::Person) && rest.len() > 1);
            if !matches!(head.what, Entry::Organisation(_)) {
                out.name = None;
                out.id = None;
            } else if let Some(person) = named {
                // "FBI Director Ann Lee"
                (out.kind, out.name, out.id) = (ActorKind::Person, Some(self.slice(person).to_owned()), None);
            } else if core.last().is_some_and(|u| self.slice(std::slice::from_ref(u)).starts_with(char::is_lowercase)) {
                // "a Pentagon source" is not the Pentagon
                out.name = None;
            }
        }
        if head.backing {
            out.score = 0.2;
        }
        if self.kind == Some(MentionKind::Place) && out.kind == ActorKind::State {
            out.rule = if matches!(head.what, Entry::Capital(_)) { "capital" } else { out.rule };
        }
        out
    }
}

/// The office that is said of the name itself: not "president" in "the president's brother Bo Ray".
fn own_office(roles: &[RoleHit]) -> Option<&str> {
    roles.iter().rev().filter(|r| !r.possessive).find_map(|r| r.office.as_deref())
}

/// Whether two given names may be one, spelled otherwise: "Richi" and "Rishi", "Mohammed" and "Muhammad", but not "Ana" and "Aníbal".
fn is_slip(a: &str, b: &str) -> bool {
    let same = |x: &mut dyn Iterator<Item = char>, y: &mut dyn Iterator<Item = char>| x.zip(y).take_while(|(x, y)| x == y).count();
    let (from_start, from_end) = (same(&mut a.chars(), &mut b.chars()), same(&mut a.chars().rev(), &mut b.chars().rev()));
    let longer = a.chars().count().max(b.chars().count());
    let consonants = |name: &str| {
        let mut all: Vec<char> = name.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')).collect();
        all.dedup();
        all
    };
    from_start > 0 && (from_start + from_end + 1 >= longer || consonants(a) == consonants(b))
}

/// Whether every word of a name is one of the person's.
fn is_called(person: &Person, name: &str) -> bool {
    has_words_of(std::iter::once(&person.name).chain(&person.aliases).map(|n| n.as_str()), name)
}

/// Whether a name that the table has may be what somebody is called in a text: it has all words, or a given name spelled otherwise.
pub(crate) fn may_be_called(known: &str, name: &str) -> bool {
    let ends = |n: &str| Some((fold(n.split(' ').next()?), fold(n.rsplit(' ').next()?)));
    let is_slipped = ends(known).zip(ends(name)).is_some_and(|(a, b)| a.1 == b.1 && is_slip(&a.0, &b.0));
    is_slipped || has_words_of(std::iter::once(known), name)
}

fn has_words_of<'n>(known: impl Iterator<Item = &'n str>, name: &str) -> bool {
    let words = |n: &str| n.split([' ', '-']).map(fold).filter(|w| w.len() > 2).collect::<Vec<_>>();
    let known: Vec<String> = known.flat_map(words).collect();
    words(name).iter().all(|w| known.contains(w))
}
