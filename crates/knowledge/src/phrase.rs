//! One noun phrase: which of its words is the head, which country or body governs it, which name it carries.
//!
//! `Qatar’s | Interior Minister | Sheikh | Khalifa bin Hamad` -> country of `Qatar`, office of `Interior Minister`, the person of that name.

use crate::Knowledge;
use crate::lexicon::{Entry, Hit};
use crate::link::{ActorKind, LinkContext, MentionKind, Resolved};
use crate::np::{
    Unit, attaches, ends_core, is_adjective, is_backing, is_common, is_division, is_former, is_generic, is_headed, is_leading, is_legation,
    is_particle, is_posted, is_transparent,
};
use crate::text::Token;
use crate::world::RoleClass;

/// A mention being read.
pub(crate) struct Phrase<'a> {
    pub k: &'a Knowledge,
    pub text: &'a str,
    pub words: &'a [Token],
    pub hits: &'a [Hit],
    pub kind: Option<MentionKind>,
    pub context: &'a LinkContext<'a>,
}

/// Something that can govern a role: a country, a people, a body, a place, a person.
#[derive(Clone, Debug)]
pub(crate) struct Geo {
    pub what: Entry,
    pub country: Option<String>,
    pub sectors: Vec<String>,
    /// Position in the units.
    pub unit: usize,
    /// Only led or backed by it.
    pub backing: bool,
    pub possessive: bool,
}

/// An office, role or title in a phrase.
#[derive(Clone, Debug)]
pub(crate) struct RoleHit {
    pub sectors: Vec<String>,
    pub office: Option<String>,
    pub class: RoleClass,
    /// Country implied by the wording ("secretary of state").
    pub country: Option<String>,
    /// Only a form of address (Mr, Sheikh): says little.
    pub title: bool,
    pub royal: bool,
    /// "the president's" aide.
    pub possessive: bool,
    /// Held in any body: a chairman, a spokesman.
    pub general: bool,
    pub unit: usize,
}

impl RoleHit {
    /// Its sectors, or for a post that any body may have those of the body that stands before it: "company president", "sheriff's spokesman".
    pub fn sectors_among(&self, roles: &[RoleHit]) -> Vec<String> {
        let before = roles.iter().rfind(|r| r.unit < self.unit && !r.sectors.is_empty() && !r.title);
        before.filter(|_| self.class == RoleClass::Follow || self.general).map_or(&self.sectors, |b| &b.sectors).clone()
    }
}

impl<'a> Phrase<'a> {
    pub fn norm(&self, unit: &Unit) -> &str {
        self.words.get(unit.start).map(|w| w.norm.as_str()).unwrap_or_default()
    }

    pub fn slice(&self, units: &[Unit]) -> &'a str {
        let (Some(first), Some(last)) = (units.first(), units.last()) else { return "" };
        let (Some(a), Some(b)) = (self.words.get(first.start), self.words.get(last.end.saturating_sub(1))) else { return "" };
        self.text.get(a.start..b.end).unwrap_or_default()
    }

    pub(crate) fn entries(&self, unit: &Unit) -> &[Entry] {
        unit.hit.and_then(|h| self.hits.get(h)).map(|h| h.entries.as_slice()).unwrap_or_default()
    }

    pub(crate) fn form(&self, unit: &Unit) -> String {
        let words: Vec<&str> = self.words.get(unit.start..unit.end).unwrap_or_default().iter().map(|w| w.norm.as_str()).collect();
        words.join(" ")
    }

    pub(crate) fn is_upper(&self, unit: &Unit) -> bool {
        self.words.get(unit.start).is_some_and(|w| w.upper)
    }

    /// An unknown word that may be part of a name.
    pub(crate) fn is_name_word(&self, unit: &Unit) -> bool {
        unit.hit.is_none() && self.is_name_part(unit)
    }

    /// A word that is written as parts of names are: with a capital, as a particle, or small behind a hyphen ("Hyung-bae").
    pub(crate) fn is_name_part(&self, unit: &Unit) -> bool {
        let norm = self.norm(unit);
        let is_part = || !is_backing(norm) && (!ends_core(norm) || norm.len() < 3) && norm.starts_with(char::is_alphabetic);
        let is_joined = || self.is_hyphened(unit) && is_part() && self.is_name_before(unit);
        self.words.get(unit.start).is_some_and(|w| w.word) && (self.is_upper(unit) || is_particle(norm) || is_joined())
    }

    /// Whether the word before a unit may be of a name: not "President" in "President-elect".
    fn is_name_before(&self, unit: &Unit) -> bool {
        let Some(before) = unit.start.checked_sub(1) else { return false };
        let hit = self.hits.iter().find(|h| (h.start..h.end).contains(&before));
        let is_post = |e: &Entry| matches!(e, Entry::Office(_) | Entry::Role(_) | Entry::Title(_));
        self.words[before].upper && !hit.is_some_and(|h| h.entries.iter().any(is_post))
    }

    /// Whether a hyphen joins the word before to a unit.
    fn is_hyphened(&self, unit: &Unit) -> bool {
        unit.start.checked_sub(1).and_then(|before| self.words.get(before)).is_some_and(|w| w.hyphen)
    }

    /// The role a unit names, if it does.
    pub fn role(&self, units: &[Unit], at: usize) -> Option<RoleHit> {
        let unit = units.get(at)?;
        let world = &self.k.world;
        let entries = self.entries(unit);
        let possessive = units.get(at + 1).is_some_and(|n| self.norm(n) == "'s");
        let (sectors, office, class) = (Vec::new(), None, RoleClass::Person);
        let general = is_generic(&self.form(unit));
        let blank = RoleHit { sectors, office, class, country: None, title: false, royal: false, possessive, general, unit: at };
        let mut found = None;
        let mut implied = None;
        let is_civil = self.form(unit) == "chief of staff" && self.serves_official(unit);
        for entry in entries {
            match entry {
                Entry::Office(i) if !is_civil && (found.is_none() || world.offices[*i as usize].country.is_none()) => {
                    let office = &world.offices[*i as usize];
                    let class = if office.body {
                        RoleClass::Body
                    } else if office.form.ends_with('s') && !office.form.ends_with("ss")
                        || office.form.ends_with("men")
                        || office.form.ends_with("people")
                    {
                        RoleClass::Group
                    } else {
                        RoleClass::Person
                    };
                    implied = implied.or_else(|| office.country.clone());
                    found = Some(RoleHit { sectors: office.sectors.clone(), office: Some(office.key.clone()), class, ..blank.clone() });
                }
                _ => {}
            }
        }
        let royal = entries.iter().any(|e| matches!(e, Entry::Title(i) if world.titles[*i as usize].kind == "royal"));
        if let Some(mut hit) = found {
            hit.country = implied;
            hit.royal = royal;
            return Some(hit);
        }
        if let Some(role) = entries.iter().find_map(|e| if let Entry::Role(i) = e { world.roles.get(*i as usize) } else { None }) {
            let class = match role.class {
                RoleClass::Person if self.form(unit).ends_with('s') && !self.form(unit).ends_with("ss") => RoleClass::Group,
                class => class,
            };
            return Some(RoleHit { sectors: role.sectors.clone(), class, royal, ..blank });
        }
        let title = entries.iter().find_map(|e| if let Entry::Title(i) = e { world.titles.get(*i as usize) } else { None })?;
        Some(RoleHit { sectors: title.sector.iter().cloned().collect(), title: true, royal, ..blank })
    }

    /// "White House chief of staff", "Obama's chief of staff", "chief of staff to the president": not of the forces.
    fn serves_official(&self, unit: &Unit) -> bool {
        let norm = |at: usize| self.words.get(at).map_or("", |w| w.norm.as_str());
        let official = |hit: &Hit| {
            hit.entries.iter().any(|e| match e {
                Entry::Seat(_) | Entry::Person(_) | Entry::Short(_) => true,
                Entry::Office(i) => {
                    let office = &self.k.world.offices[*i as usize];
                    !matches!(office.key.as_str(), "DEF" | "MILCHIEF") && office.sectors.iter().any(|s| s == "GOV")
                }
                _ => false,
            })
        };
        let end = unit.start - usize::from(unit.start > 0 && norm(unit.start - 1) == "'s");
        let start = unit.end + 1 + usize::from(norm(unit.end + 1) == "the");
        let serves = matches!(norm(unit.end), "of" | "to") && self.hits.iter().any(|h| h.start == start && official(h));
        serves || end > 0 && norm(end - 1) == "presidential" || self.hits.iter().any(|h| h.end == end && official(h))
    }

    /// The country, people, body, place or person a unit names, if it does.
    pub fn geo(&self, units: &[Unit], at: usize) -> Option<Geo> {
        let unit = units.get(at)?;
        let entries = self.entries(unit);
        let is_head = units.get(at + 1).is_some_and(|next| is_headed(self.norm(next)));
        // "Brussels" acts for the Union; the Brussels police do not
        let is_seat = units.len() > 1 && entries.iter().any(|e| matches!(e, Entry::Capital(_)));
        let order = |e: &Entry| match e {
            Entry::Place(_) if self.kind == Some(MentionKind::Place) => 1,
            Entry::Person(_) if self.kind == Some(MentionKind::Person) => 1,
            Entry::Organisation(_) if self.kind == Some(MentionKind::Organization) && !is_seat => 1,
            Entry::Country(_) => 2,
            Entry::Demonym(_) => 3,
            Entry::Organisation(_) if !is_seat => 4,
            Entry::Capital(_) => 5,
            Entry::Seat(_) => 6,
            Entry::People(_) => 7,
            Entry::Region(_) => 8,
            Entry::Person(_) => 9,
            Entry::Short(_) if is_head || self.kind == Some(MentionKind::Person) => 10,
            Entry::Place(_) => 11,
            Entry::Short(_) => 12,
            _ => 99,
        };
        let rank = |e: &Entry| match e {
            // of places of one name the largest, of persons decided later
            Entry::Place(i) => std::cmp::Reverse(self.place_weight(*i)),
            _ => std::cmp::Reverse((false, 0)),
        };
        let what = *entries.iter().filter(|e| order(e) < 99).min_by_key(|e| (order(e), rank(e)))?;
        let what = self.disambiguate(what, units, at)?;
        let (what, namesake) = self.meant(what, units, at)?;
        let world = &self.k.world;
        let (country, sectors) = match what {
            _ if namesake.is_some() => (namesake, vec![]),
            Entry::Country(i) | Entry::Demonym(i) | Entry::Capital(i) | Entry::Seat(i) => {
                (world.countries.get(i as usize).map(|c| c.slot.clone()), vec![])
            }
            Entry::Place(i) => (world.places.get(i as usize).map(|p| world.slot(&p.country).to_owned()), vec![]),
            Entry::People(i) => {
                world.peoples.get(i as usize).map(|p| (p.country.clone(), p.sector.iter().cloned().collect())).unwrap_or_default()
            }
            Entry::Organisation(i) => {
                world.organisations.get(i as usize).map(|o| (Some(o.slot.clone()), o.sectors.clone())).unwrap_or_default()
            }
            Entry::Person(_) | Entry::Short(_) => {
                let (person, tenure, _) = self.pick(&self.candidates(unit), &[], None)?;
                if matches!(what, Entry::Short(_)) && self.is_long_gone(person) {
                    return None;
                }
                (Some(self.tenure_slot(&tenure.country)), vec![])
            }
            _ => (None, vec![]),
        };
        let next = units.get(at + 1);
        let possessive = next.is_some_and(|n| self.norm(n) == "'s");
        let hyphen = self.words.get(unit.end.saturating_sub(1)).is_some_and(|w| w.hyphen);
        let before = unit.start.checked_sub(1).and_then(|w| self.words.get(w));
        // "a pro-Russian party" is not Russia's
        let is_cause = before.is_some_and(|w| w.hyphen && matches!(w.norm.as_str(), "pro" | "anti"));
        let backing = is_cause || next.is_some_and(|n| is_backing(self.norm(n)) && (hyphen || n.hit.is_none()));
        Some(Geo { what, country, sectors, unit: at, backing, possessive })
    }

    fn place_weight(&self, at: u32) -> (bool, u64) {
        let place = &self.k.world.places[at as usize];
        (place.place.0 == "places.tsv", if place.city { place.population } else { place.population / 4 })
    }

    /// Names that are both a place and something else.
    fn disambiguate(&self, what: Entry, units: &[Unit], at: usize) -> Option<Entry> {
        let unit = units.get(at)?;
        if self.is_personal(what, units, at) {
            return None;
        }
        let name = self.form(unit);
        let before = at.checked_sub(1).and_then(|b| units.get(b));
        let after = units.get(at + 1);
        let united_states = self.k.world.by_iso.get("USA").copied();
        if name == "georgia" {
            let cue = |u: Option<&Unit>| {
                u.is_some_and(|u| {
                    let f = self.form(u);
                    let usa = self.entries(u).iter().any(|e| match e {
                        Entry::Place(i) => self.k.world.places[*i as usize].country == "USA",
                        Entry::Organisation(i) => self.k.world.organisations[*i as usize].slot == "USA",
                        _ => false,
                    });
                    usa || [
                        "state",
                        "governor",
                        "senator",
                        "secretary of state",
                        "legislature",
                        "voters",
                        "lawmakers",
                        "senate",
                        "house",
                        "gov",
                        "sen",
                        "rep",
                    ]
                    .contains(&f.as_str())
                })
            };
            let comma = before.is_some_and(|b| self.norm(b) == ",");
            let far = if comma { at.checked_sub(2).and_then(|b| units.get(b)) } else { before };
            let is_at_home = self.context.country_hint == Some("USA") || self.context.told.is_some_and(|t| t.american_georgia);
            if cue(after) || cue(far) || is_at_home {
                return united_states.map(Entry::Country);
            }
            return Some(what);
        }
        let joins = |u: Option<&Unit>| u.is_some_and(|u| self.is_name_word(u) && self.is_upper(u) && !is_division(self.norm(u)));
        let tight = !self.words.get(unit.end.saturating_sub(1)).is_some_and(|w| w.hyphen);
        let name_like = match what {
            Entry::Country(_) => {
                matches!(name.as_str(), "jordan" | "chad" | "israel" | "ireland" | "holland" | "england" | "france" | "cuba" | "america")
            }
            Entry::Capital(_) => matches!(
                name.as_str(),
                "washington" | "paris" | "london" | "victoria" | "santiago" | "sofia" | "kingston" | "hamilton" | "vienna"
            ),
            Entry::Place(_) | Entry::Short(_) => true,
            _ => false,
        };
        let is_word = match what {
            Entry::Place(_) => self.kind != Some(MentionKind::Place) && is_common(&name),
            Entry::Capital(_) => name == "male" && after.is_some(),
            _ => false,
        };
        if is_word {
            return None;
        }
        let possessive = after.is_some_and(|n| self.norm(n) == "'s");
        let personal =
            self.kind == Some(MentionKind::Person) && matches!(what, Entry::Place(_) | Entry::Capital(_) | Entry::Country(_)) && name_like;
        let titled = before.is_some_and(|b| {
            self.entries(b).iter().any(|e| matches!(e, Entry::Title(i) if matches!(self.k.world.titles[*i as usize].kind.as_str(), "honorific" | "rank" | "legislator" | "law" | "police")))
        });
        let named = tight && name_like && (joins(before) || (joins(after) && !possessive && !matches!(what, Entry::Short(_))));
        let surname = name_like && titled && !matches!(what, Entry::Short(_));
        // a city before more capitalised words and a role is a body of that city: "Nagpur High Court"
        let governed = matches!(what, Entry::Place(_) | Entry::Capital(_) | Entry::Country(_))
            && !joins(before)
            && (at + 1..units.len()).any(|i| self.role(units, i).is_some());
        ((!named && !surname && !personal) || (governed && !titled)).then_some(what)
    }

    pub fn tenure_slot(&self, country: &str) -> String {
        match country.strip_prefix("IGO:") {
            Some(id) => self.k.organisation(id).map(|o| o.slot.clone()).unwrap_or_else(|| "IGO".to_owned()),
            None => self.k.world.slot(country).to_owned(),
        }
    }

    /// Strips determiners, numbers and the like; says whether "the" was among them.
    pub fn strip<'u>(&self, mut units: &'u [Unit]) -> (&'u [Unit], bool) {
        let mut definite = false;
        while let Some((first, rest)) = units.split_first() {
            let norm = self.norm(first);
            let transparent = matches!(norm, "dozens" | "hundreds" | "thousands" | "scores");
            if first.hit.is_some() && !transparent || !is_leading(norm) || rest.is_empty() {
                break;
            }
            definite |= matches!(norm, "the" | "this" | "that");
            units = rest;
        }
        while let Some((last, rest)) = units.split_last() {
            if last.hit.is_none() && !self.words.get(last.start).is_some_and(|w| w.word) {
                units = rest;
            } else {
                break;
            }
        }
        (units, definite)
    }

    /// Reads one noun phrase.
    pub fn noun_phrase(&self, units: &[Unit], depth: u8) -> Option<Resolved> {
        let (units, definite) = self.strip(units);
        units.first()?;
        let cut = (1..units.len()).find(|i| units[*i].hit.is_none() && self.core_ends(units, *i)).unwrap_or(units.len());
        let (core, rest) = units.split_at(cut);
        let joint = rest.first().map(|u| self.norm(u)).unwrap_or_default();
        let last = core.last()?;
        let plain = (0..core.len()).all(|i| self.geo(core, i).is_none());
        if depth < 4 && plain && matches!(joint, "of" | "such" | "including" | "like") {
            let role = self.role(core, core.len() - 1);
            let follow = role.as_ref().is_some_and(|r| r.class == RoleClass::Follow);
            if (follow
                || is_transparent(&self.form(last))
                || role.is_none() && !core.iter().any(|u| self.role(std::slice::from_ref(u), 0).is_some()))
                && let Some(mut inner) = self.noun_phrase(&rest[1..], depth + 1).filter(Resolved::is_codable)
            {
                if follow || role.is_some() {
                    self.take_from(&mut inner, role.as_ref(), &self.form(last));
                }
                return Some(inner);
            }
        }
        self.core(core, rest, definite, depth)
    }

    fn core_ends(&self, units: &[Unit], at: usize) -> bool {
        let norm = self.norm(&units[at]);
        if !ends_core(norm) {
            return false;
        }
        let opens = self.words.get(units[at].start).is_some_and(|w| w.hyphen);
        // "U.S.-led coalition", "guerrilla-held valley", "Western-backed forces", "Yong-in"
        let joins = || is_backing(norm) || matches!(norm, "held" | "controlled" | "based") || norm.len() < 3;
        !(opens || self.is_hyphened(&units[at]) && joins())
    }

    /// "members of parliament", "leaders of Hamas", "the head of the army": the inner phrase gives country and sector.
    fn take_from(&self, inner: &mut Resolved, role: Option<&RoleHit>, head: &str) {
        let plural = head.ends_with('s') || matches!(head, "people" | "men");
        // "the chairman of the union" is not the union that was named before
        if inner.relative.take().is_some() {
            (inner.rule, inner.kind) = ("role of attached", ActorKind::Organization);
        }
        if inner.kind == ActorKind::State || inner.kind == ActorKind::Organization {
            if inner.sector.is_none()
                && matches!(
                    head.trim_end_matches('s'),
                    "leader" | "chief" | "head" | "president" | "ruler" | "representative" | "spokesman"
                )
            {
                set_sectors(inner, &["GOV".to_owned()]);
            } else if inner.sector.is_none() && inner.kind == ActorKind::State {
                set_sectors(inner, &["CVL".to_owned()]);
            }
            inner.kind = if plural { ActorKind::Group } else { ActorKind::Role };
            if inner.rule == "country" || inner.rule == "organisation" {
                inner.rule = "member of";
            }
        }
        if let Some(role) = role
            && inner.office.is_none()
        {
            inner.office.clone_from(&role.office);
        }
    }

    fn core(&self, core: &[Unit], rest: &[Unit], definite: bool, depth: u8) -> Option<Resolved> {
        if let Some(firm) = self.firm(core) {
            return Some(firm);
        }
        let geos: Vec<Geo> = (0..core.len()).filter_map(|i| self.geo(core, i)).collect();
        let roles: Vec<RoleHit> = (0..core.len())
            .filter_map(|i| self.role(core, i))
            .filter(|r| !geos.iter().any(|g| g.unit == r.unit && self.geo_wins(g)))
            .collect();
        let former = core.iter().any(|u| u.hit.is_none() && is_former(self.norm(u)));
        let last_role = roles.iter().map(|r| r.unit).max();

        // a person we know, standing after the role or alone
        let person = geos.iter().rev().find(|g| {
            matches!(g.what, Entry::Person(_) | Entry::Short(_))
                && last_role.is_none_or(|r| r < g.unit)
                && !(g.possessive && g.unit + 2 < core.len())
        });
        if let Some(person) = person {
            let governing: Vec<Geo> = geos.iter().filter(|g| g.unit != person.unit && !g.backing).cloned().collect();
            return self.person(core, person, &governing, &roles, former);
        }
        // a name after the role
        if let Some(at) = last_role {
            let (tail, geo_in_tail) = (
                core.get(at + 1..).unwrap_or_default(),
                geos.iter().any(|g| g.unit > at && !matches!(g.what, Entry::Place(_) | Entry::Capital(_))),
            );
            let named = !geo_in_tail
                && !tail.is_empty()
                && tail.iter().all(|u| self.is_name_word(u) || self.is_upper(u) && u.hit.is_some() || self.norm(u) == "\"");
            if named && tail.iter().any(|u| self.is_upper(u)) && roles.iter().all(|r| r.class != RoleClass::Body || r.unit != at) {
                let governing: Vec<Geo> = geos.iter().filter(|g| g.unit < at && !g.backing).cloned().collect();
                let mut out = self.titled(self.slice(tail), &governing, &roles, rest, former, depth);
                let head = roles.iter().rfind(|r| !r.title).filter(|_| out.id.is_none() && out.country.is_none());
                if head.is_some_and(|h| !h.sectors.is_empty() && self.is_of_unknown(core, h, rest)) {
                    set_sectors(&mut out, &[]);
                    drop_office_of_state(&mut out);
                }
                return Some(out);
            }
        }
        if let Some(head) = roles.iter().rfind(|r| !r.title).or(roles.last()) {
            let entity = geos.iter().rfind(|g| g.unit > head.unit);
            if entity.is_none_or(|g| g.backing) {
                return self.role_phrase(core, head, &geos, &roles, rest, definite, former, depth);
            }
        }
        // a body, country, people or place that is itself the head
        let own: Vec<&Geo> = geos.iter().filter(|g| !g.backing).collect();
        let head = own.last().copied().or(geos.last())?;
        if matches!(head.what, Entry::Person(_) | Entry::Short(_)) {
            // "Prime Minister Modi's proposal": the person it belongs to
            let governing: Vec<Geo> = geos.iter().filter(|g| g.unit < head.unit && !g.backing).cloned().collect();
            let before: Vec<RoleHit> = roles.iter().filter(|r| r.unit < head.unit).cloned().collect();
            let mut out = self.person(core, head, &governing, &before, former)?;
            out.rule = "possessor";
            out.score *= 0.5;
            return Some(out);
        }
        Some(self.entity(core, head, own.first().copied().filter(|f| f.unit < head.unit)))
    }

    /// A hit that is both a name and a role ("Solidarity", "Labour", "State Department") is the name, unless it is only a title.
    fn geo_wins(&self, geo: &Geo) -> bool {
        !matches!(geo.what, Entry::Place(_) | Entry::Short(_))
    }

    /// The country that governs a role: the nearest before it, or a possessor. "The U.S. UN ambassador" (office `AMB`) is of the country that sent him.
    pub fn governing<'g>(&self, geos: &'g [Geo], before: usize, office: Option<&str>) -> Option<&'g Geo> {
        let usable: Vec<&Geo> = geos.iter().filter(|g| g.unit < before && !g.backing).collect();
        let last = usable.last().copied()?;
        let is_posted = office == Some("AMB") && matches!(last.what, Entry::Organisation(_));
        if is_posted || matches!(last.what, Entry::Place(_) | Entry::Region(_) | Entry::Seat(_)) || last.country.is_none() {
            let is_other =
                |g: &Geo| matches!(g.what, Entry::Place(_) | Entry::Seat(_)) || is_posted && matches!(g.what, Entry::Organisation(_));
            let fits = |g: &&&Geo| g.country.is_some() && !is_other(g);
            let better = usable.iter().rev().find(fits);
            return Some(better.copied().unwrap_or(last));
        }
        Some(last)
    }

    /// What the words after the head say of its country: "of Japan's Foreign Ministry", "in Nairobi", "from Ghana".
    pub fn attached(&self, rest: &[Unit], depth: u8) -> Option<Resolved> {
        if depth > 3 {
            return None;
        }
        let mut best: Option<Resolved> = None;
        for (i, unit) in rest.iter().enumerate() {
            let norm = self.norm(unit);
            let loyal = norm == "to"
                && i > 0
                && matches!(self.norm(&rest[i - 1]), "loyal" | "close" | "belonging" | "linked" | "allied" | "aligned");
            if unit.hit.is_some() || !(attaches(norm) || loyal) {
                continue;
            }
            if self.is_host(rest, i + 1) {
                continue;
            }
            let end = (i + 1..rest.len())
                .find(|j| rest[*j].hit.is_none() && self.core_ends(rest, *j) && self.norm(&rest[*j]) != "of")
                .unwrap_or(rest.len());
            let inner = self.noun_phrase(rest.get(i + 1..end)?, depth + 1);
            if let Some(mut inner) = inner.filter(|r| r.country.is_some() || best.is_none() && r.sector.is_some()) {
                if norm != "of" {
                    inner.score *= 0.9;
                }
                if inner.country.is_some() {
                    return Some(inner);
                }
                best = Some(inner);
            }
        }
        best
    }

    /// Whether a unit says where a house of another country stands: "the embassy in Tunis".
    pub fn is_host(&self, units: &[Unit], at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n).and_then(|b| units.get(b));
        before(1).is_some_and(|u| matches!(self.norm(u), "in" | "at")) && before(2).is_some_and(|u| is_legation(&self.form(u)))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one phrase; a struct would only rename them")]
    fn role_phrase(
        &self,
        core: &[Unit],
        head: &RoleHit,
        geos: &[Geo],
        roles: &[RoleHit],
        rest: &[Unit],
        definite: bool,
        former: bool,
        depth: u8,
    ) -> Option<Resolved> {
        let form = self.form(&core[head.unit]);
        // "its Kampala embassy": where the house stands
        let is_where = |g: &Geo| is_legation(&form) && !g.possessive && matches!(g.what, Entry::Capital(_) | Entry::Place(_));
        let geos: Vec<Geo> = geos.iter().filter(|g| !is_where(g)).cloned().collect();
        let governing = self.governing(&geos, head.unit, head.office.as_deref());
        // no town has a president: a firm that is called like one
        let is_of_town =
            governing.is_some_and(|g| self.is_town(g)) && matches!(head.office.as_deref(), Some("HOS" | "DHOG")) && head.general;
        let governing = governing.filter(|_| !is_of_town);
        if let Some(geo) = governing.filter(|g| matches!(g.what, Entry::Place(_)) && is_division(&form) && head.unit + 1 == core.len()) {
            return Some(self.entity(&core[..geo.unit + 1], geo, None));
        }
        let kind = match head.class {
            RoleClass::Person => ActorKind::Role,
            RoleClass::Body if form == "government" || head.office.as_deref() == Some("HOS") => ActorKind::State,
            RoleClass::Body => ActorKind::Organization,
            RoleClass::Group | RoleClass::Thing => ActorKind::Group,
            RoleClass::Follow if form.ends_with('s') => ActorKind::Group,
            RoleClass::Follow => ActorKind::Role,
        };
        let mut out = Resolved::new(kind, "role", 0.5);
        out.office.clone_from(&head.office);
        out.former = former;
        let before = roles.iter().rfind(|r| r.unit < head.unit && !r.sectors.is_empty() && !r.title);
        let mut sectors = head.sectors_among(roles);
        if head.class == RoleClass::Body
            && before.is_some_and(|b| b.class == RoleClass::Person && b.office.is_some())
            && head.office.is_none()
        {
            sectors = before.map(|b| b.sectors.clone()).unwrap_or_default();
        }
        // "its ambassador in Cotonou" is not of the country it is posted to
        let attached = if is_posted(&form) && rest.first().is_some_and(|u| matches!(self.norm(u), "in" | "at")) {
            None
        } else {
            self.attached(rest, depth)
        };
        let is_unknown = governing.is_none() && attached.is_none() && (is_of_town || self.is_of_unknown(core, head, rest));
        if let Some(geo) = governing {
            out.country.clone_from(&geo.country);
            out.rule = "role of country";
            out.score = 0.9;
            self.body_role(&mut out, geo, &form, &mut sectors);
            if geo.country.is_none() {
                out.rule = if matches!(geo.what, Entry::Region(_)) { "role of region" } else { "role of people" };
                out.score = 0.6;
            }
        }
        if let Some(inner) =
            attached.as_ref().filter(|_| out.country.is_none() && !matches!(governing.map(|g| g.what), Some(Entry::Region(_))))
        {
            out.country.clone_from(&inner.country);
            out.rule = "role of attached";
            out.score = 0.85 * inner.score.max(0.5);
            let body = matches!(inner.kind, ActorKind::Organization | ActorKind::Group | ActorKind::State)
                || inner.id.is_some() && inner.office.is_none();
            if (head.class == RoleClass::Follow || is_generic(&form))
                && body
                && !inner.sectors.is_empty()
                && head.office.as_deref() != Some("AMB")
            {
                sectors.clone_from(&inner.sectors);
            }
            if out.id.is_none() && inner.kind == ActorKind::Organization {
                out.id.clone_from(&inner.id);
            }
        } else if let Some(inner) = attached.filter(|i| sectors.is_empty() && !i.sectors.is_empty()) {
            sectors = inner.sectors;
        }
        if sectors.is_empty() && head.class == RoleClass::Follow {
            sectors = if out.country.is_some()
                && matches!(form.trim_end_matches('s'), "leader" | "chief" | "head" | "ally" | "partner" | "side")
            {
                vec!["GOV".to_owned()]
            } else {
                Vec::new()
            };
        }
        if is_unknown {
            sectors.clear();
        }
        // who led a firm is none of the elite that governed
        if former && kind == ActorKind::Role && !is_unknown && sectors.first().is_none_or(|s| s != "BUS") {
            sectors.insert(0, "ELI".to_owned());
        }
        set_sectors(&mut out, &sectors);
        drop_office_of_state(&mut out);
        if is_unknown && kind == ActorKind::Role {
            out.rule = OF_UNKNOWN;
            return Some(out);
        }
        if out.country.is_none() && !matches!(governing.map(|g| g.what), Some(Entry::Region(_))) {
            if let Some(implied) = &head.country {
                out.country = Some(implied.clone());
                out.rule = "office of one country";
                out.score = 0.7;
            } else {
                if core.len() > head.unit + 1 || matches!(rest.first().map(|u| self.norm(u)), Some("with" | "against" | "by" | "on" | "to"))
                {
                    // "official contacts with Chile's government": the role is not the actor, whoever else is named may be
                    if let Some(other) = (0..rest.len()).filter_map(|i| self.geo(rest, i)).find(|g| g.country.is_some() && !g.backing) {
                        out.country = other.country;
                        out.rule = "anywhere";
                        out.score = 0.2;
                        return Some(out);
                    }
                }
                self.hint(&mut out, &form, definite && core.len() == 1 && rest.is_empty());
            }
        } else if head.country.is_some() && out.country != head.country {
            out.office = Some("MIN".to_owned()); // "secretary of state" elsewhere is no foreign minister
        }
        self.holder(&mut out, &form, head);
        (out.is_codable() || out.relative.is_some()).then_some(out)
    }

    /// Whether a post that any body may have is one in a body that we do not know: "president of Harlow & Tyler", "Harlow's spokesman",
    /// "Harlow Chairman".
    fn is_of_unknown(&self, core: &[Unit], head: &RoleHit, rest: &[Unit]) -> bool {
        if !head.general {
            return false;
        }
        let is_name = |u: &Unit| self.is_name_word(u) && self.is_upper(u);
        let is_of = rest.first().is_some_and(|u| matches!(self.norm(u), "of" | "for" | "at" | "with"));
        if is_of && rest.iter().skip(1).take_while(|u| !self.is_comma(u)).any(is_name) {
            return true;
        }
        let Some((last, others)) = core[..head.unit].split_last() else { return false };
        match (self.norm(last), others.last()) {
            ("'s", Some(owner)) => is_name(owner),
            // "products group president"
            _ if self.role(core, head.unit - 1).is_some_and(|r| r.class == RoleClass::Follow && r.sectors.is_empty()) => true,
            _ => is_name(last) && !is_adjective(self.norm(last)),
        }
    }

    fn is_town(&self, geo: &Geo) -> bool {
        matches!(geo.what, Entry::Place(i) if self.k.world.places.get(i as usize).is_none_or(|p| p.city))
    }

    fn is_comma(&self, unit: &Unit) -> bool {
        unit.hit.is_none() && self.norm(unit) == ","
    }

    /// "the French president" on a known date: who that was.
    fn holder(&self, out: &mut Resolved, form: &str, head: &RoleHit) {
        let single = matches!(out.office.as_deref(), Some("HOS" | "HOG" | "FM" | "DEF" | "INT"));
        let given = matches!(out.rule, "role of country" | "role of attached" | "office of one country");
        if !single || !given || out.former || out.kind != ActorKind::Role || head.class != RoleClass::Person || form.contains("deputy") {
            return;
        }
        let found = self.context.date.zip(out.country.as_deref()).zip(out.office.as_deref());
        let Some(holder) = found.and_then(|((date, country), office)| self.k.holder(office, country, date)).filter(|h| h.verified) else {
            return;
        };
        out.name = Some(holder.name);
        out.id = holder.id;
    }

    /// A role in a body: "NATO secretary general", "Hamas fighters", "FBI director", "Pentagon spokesman".
    fn body_role(&self, out: &mut Resolved, geo: &Geo, form: &str, sectors: &mut Vec<String>) {
        match geo.what {
            Entry::Organisation(i) => {
                let body = &self.k.world.organisations[i as usize];
                out.id = Some(body.id.clone());
                if !body.sectors.is_empty() && (sectors.is_empty() || body.lends_its_sector() && is_generic(form)) {
                    sectors.clone_from(&body.sectors);
                }
                let top = matches!(out.office.as_deref(), Some("HOS" | "HOG"))
                    || out.office.is_none() && matches!(form, "chief" | "head" | "leader" | "boss");
                if body.kind == "igo" && top {
                    out.office = Some("HEAD".to_owned());
                }
            }
            Entry::People(_) if sectors.is_empty() => sectors.clone_from(&geo.sectors),
            _ => {}
        }
    }

    /// No country in the phrase: take the caller's, say so, and say what could complete it.
    fn hint(&self, out: &mut Resolved, form: &str, bare_definite: bool) {
        if let Some(country) = self.context.country_hint {
            out.country = Some(country.to_owned());
            out.rule = "hint";
            out.score = 0.4;
        }
        if let Some(class) = crate::relative::definite(form).filter(|_| bare_definite) {
            out.relative = Some(crate::link::Relative::Anaphor { class, head: form.to_owned() });
            out.rule = "anaphor";
            out.score = 0.3;
        }
    }
}

/// The rule of a post in a body that we do not know.
pub(crate) const OF_UNKNOWN: &str = "post in a body unknown";

/// The president of a firm, a party or a school board is no head of state.
pub(crate) fn drop_office_of_state(out: &mut Resolved) {
    let is_government = out.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "ELI"));
    if matches!(out.office.as_deref(), Some("HOS" | "HOG" | "DHOG" | "FIN")) && !is_government {
        out.office = None;
    }
}

/// Sets primary sector and list, without repeats.
pub(crate) fn set_sectors(out: &mut Resolved, sectors: &[String]) {
    out.sectors.clear();
    for sector in sectors {
        if !out.sectors.contains(sector) {
            out.sectors.push(sector.clone());
        }
    }
    out.sector = out.sectors.first().cloned();
}
