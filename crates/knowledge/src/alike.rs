//! Names that look like those of states, places and bodies and are others': surnames, firms, towns with a better-known namesake.
//!
//! `Tom French` -> no Frenchman; `Salem Corp.` -> a firm; `Lima Police Chief` in an article that names Ohio -> the town there.

use crate::Knowledge;
use crate::lexicon::{Entry, Hit};
use crate::link::{ActorKind, MentionKind, Resolved, Told};
use crate::np::{Unit, is_former, is_leading};
use crate::phrase::{Phrase, set_sectors};
use crate::text::{Token, tokens};
use crate::world::{RoleClass, World};

/// Stands for a place that no table of the linker has: the text says where it is.
pub(crate) const NAMESAKE: Entry = Entry::Place(u32::MAX);

/// Of places of one name the most prominent is meant in an article that names another's country, where that one has not a fifth of its weight ...
const RIVAL: u64 = 5;
/// ... and in one that names neither where no other has half of it.
const EQUAL: u64 = 2;

fn is_firm_word(world: &World, entry: &Entry) -> bool {
    matches!(entry, Entry::Title(i) if world.titles[*i as usize].kind == "firm")
}

/// One past the word for a firm ("Corp", "Airlines") that a run of capitalised words from `from` leads to.
fn firm_end(world: &World, words: &[Token], hits: &[Hit], from: usize) -> Option<usize> {
    let run = words.iter().enumerate().skip(from).take_while(|(_, w)| w.upper || w.norm == "&").map(|(at, _)| at);
    let ends = |at: usize| hits.iter().any(|h| h.start == at && h.entries.iter().any(|e| is_firm_word(world, e)));
    run.filter(|at| ends(*at)).last().map(|at| at + 1)
}

/// Whether a state word or body is part of a firm's name: "ETA Motors Inc.", "American Airlines", not "German" in "German Krupp Corp.".
pub(crate) fn is_of_firm(k: &Knowledge, words: &[Token], hits: &[Hit], hit: &Hit) -> bool {
    let Some(end) = firm_end(&k.world, words, hits, hit.end) else { return false };
    let is_adjective = hit.entries.iter().any(|e| matches!(e, Entry::Demonym(_)));
    !is_adjective || hit.end + 1 == end
}

/// The first-level divisions that a text names by full name or, behind a comma or bracket, for short ("Carthage, N.C.").
pub(crate) fn divisions_in(k: &Knowledge, text: &str) -> Vec<(String, String)> {
    let words = tokens(text);
    let mut out: Vec<(String, String)> = Vec::new();
    let plain = |e: &Entry| matches!(e, Entry::Place(_) | Entry::Short(_));
    for hit in k.lexicon.scan(&words).iter().filter(|h| h.entries.iter().all(plain)) {
        let places = hit.entries.iter().filter_map(|e| if let Entry::Place(i) = e { k.world.places.get(*i as usize) } else { None });
        let division = places.max_by_key(|p| weight(p.city, p.population)).filter(|p| !p.city);
        let name = words.get(hit.start..hit.end).map(form).unwrap_or_default();
        out.extend(division.filter(|_| !is_ambiguous(k, &name)).map(|d| (d.country.to_string(), d.name.to_string())));
    }
    for (i, word) in words.iter().enumerate().skip(1) {
        let short = text.get(word.start..word.end).filter(|w| word.upper && (w.contains('.') || text[word.end..].starts_with('.')));
        let behind = matches!(words[i - 1].norm.as_str(), "," | "(") || words[i - 1].hyphen;
        out.extend(short.filter(|_| behind).and_then(|s| k.points.division(s)).cloned());
    }
    out
}

fn form(words: &[Token]) -> String {
    words.iter().map(|w| w.norm.as_str()).collect::<Vec<_>>().join(" ")
}

/// A division's people count a quarter.
fn weight(is_city: bool, population: u64) -> u64 {
    if is_city { population } else { population / 4 }
}

/// The heaviest place of that name in each country, from all tables.
fn weights(k: &Knowledge, name: &str) -> Vec<(String, u64)> {
    let entries = k.lexicon.exact(&tokens(name));
    let listed = entries.iter().filter_map(|e| if let Entry::Place(i) = e { k.world.places.get(*i as usize) } else { None });
    let rows = k.gazetteer.named(name);
    let all = listed.map(|p| (p.country.to_string(), weight(p.city, p.population)));
    let all = all.chain(rows.iter().map(|r| (r.country.to_owned(), r.population)));
    let mut out: Vec<(String, u64)> = Vec::new();
    for (country, weight) in all {
        match out.iter_mut().find(|o| o.0 == country) {
            Some(known) => known.1 = known.1.max(weight),
            None => out.push((country, weight)),
        }
    }
    out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

/// Whether several countries have a place of that name and none by itself the likeliest.
pub(crate) fn is_ambiguous(k: &Knowledge, name: &str) -> bool {
    has_rival(k, name, EQUAL)
}

/// Whether the second of the places of that name, by country, is more than the first parted by `factor`.
fn has_rival(k: &Knowledge, name: &str, factor: u64) -> bool {
    let entries = k.lexicon.exact(&tokens(name));
    let ours = |e: &Entry| matches!(e, Entry::Place(i) if k.world.places[*i as usize].place.0 == "places.tsv");
    let all = weights(k, name);
    !entries.iter().any(ours) && matches!(all.as_slice(), [first, second, ..] if second.1 * factor > first.1)
}

/// The country of the town of that name in a division that the article names, else, unless it has the name of a capital or country or one is far more
/// prominent, in a country that it names.
pub(crate) fn namesake(k: &Knowledge, name: &str, told: &Told, is_state: bool) -> Option<String> {
    let in_division = |r: &crate::gazetteer::Row| told.divisions.iter().any(|d| d.0 == r.country && d.1 == r.admin1);
    let divided = k.gazetteer.named(name).into_iter().find(in_division).map(|r| r.country.to_owned());
    let in_country = || {
        let all = weights(k, name);
        told.countries.iter().find(|c| all.iter().any(|(country, _)| country == *c)).cloned()
    };
    divided.or_else(|| if is_state || !has_rival(k, name, RIVAL) { None } else { in_country() })
}

impl Phrase<'_> {
    /// What a name means where it looks like another's, with the country of a namesake ([`NAMESAKE`]); `None` where it is no place, state or body.
    pub fn meant(&self, what: Entry, units: &[Unit], at: usize) -> Option<(Entry, Option<String>)> {
        let unit = units.get(at)?;
        let world = &self.k.world;
        let is_named = match what {
            Entry::Organisation(i) => !matches!(world.organisations[i as usize].kind.as_str(), "company" | "media"),
            Entry::Place(_) | Entry::Capital(_) | Entry::Short(_) | Entry::People(_) | Entry::Region(_) => true,
            _ => false,
        };
        if is_named && firm_end(world, self.words, self.hits, unit.end).is_some() {
            return None;
        }
        let (country, is_state) = match what {
            Entry::Place(i) => (world.places[i as usize].country.as_str(), false),
            Entry::Capital(i) | Entry::Country(i) => (world.countries[i as usize].iso3.as_str(), true),
            _ => return Some((what, None)),
        };
        let is_county = units.get(at + 1).is_some_and(|u| self.norm(u) == "county");
        let is_alone = at + 1 == units.len();
        let told = self.context.told.filter(|t| !t.countries.iter().any(|c| c == country));
        // "Athens said": the state; "Athens Mayor": the town of whichever Athens
        let name = self.form(unit);
        let is_town = |t: &&Told| t.towns.contains(&name);
        let is_bare = is_state && !is_county && (is_alone || matches!(what, Entry::Country(_)));
        let Some(told) = told.filter(|t| !is_bare || is_town(t)) else { return (!is_county || !is_state).then_some((what, None)) };
        if let Some(country) = namesake(self.k, &name, told, is_state) {
            return Some((NAMESAKE, Some(world.slot(&country).to_owned())));
        }
        let is_unclear = is_county && is_state || !is_state && is_ambiguous(self.k, &name);
        (!is_unclear).then_some((what, None))
    }

    /// A firm that is called so: "Salem Corp.", "Norwegian Salem Corp." (of Norway).
    pub fn firm(&self, core: &[Unit]) -> Option<Resolved> {
        let last = core.iter().rposition(|u| self.norm(u) != "'s")?;
        let world = &self.k.world;
        let is_firm = self.entries(&core[last]).iter().any(|e| is_firm_word(world, e));
        let is_part = |u: &&Unit| self.is_upper(u) || self.norm(u) == "&";
        let length = core[..last].iter().rev().take_while(is_part).count();
        let name = &core[last - length..=last];
        let is_known = name
            .iter()
            .flat_map(|u| self.entries(u))
            .any(|e| matches!(e, Entry::Organisation(i) if matches!(world.organisations[*i as usize].kind.as_str(), "company" | "media")));
        if !is_firm || length == 0 || is_known {
            return None;
        }
        let of = |e: &Entry| match e {
            Entry::Country(i) | Entry::Demonym(i) => world.countries.get(*i as usize).map(|c| c.slot.clone()),
            _ => None,
        };
        let mut out = Resolved::new(ActorKind::Organization, "firm", 0.5);
        out.country = self.entries(&name[0]).iter().find_map(of);
        out.name = Some(self.slice(name).trim_end_matches('.').to_owned());
        set_sectors(&mut out, &["BUS".to_owned()]);
        Some(out)
    }

    /// Whether a word that may name a country or its people is part of a person's name: "Tom French", "Israel Lopez", "Karen Lund".
    pub fn is_personal(&self, what: Entry, units: &[Unit], at: usize) -> bool {
        if self.kind != Some(MentionKind::Person)
            || !matches!(what, Entry::Country(_) | Entry::Demonym(_) | Entry::Capital(_) | Entry::People(_))
        {
            return false;
        }
        let Some(unit) = units.get(at) else { return false };
        let after = units.get(at + 1);
        let tight = |u: &Unit| !self.words.get(u.end.saturating_sub(1)).is_some_and(|w| w.hyphen);
        let is_given = |u: &Unit| self.is_borne(u) && tight(u);
        let before = at.checked_sub(1).and_then(|b| units.get(b));
        let ends = after.is_none_or(|u| !self.is_upper(u)) && (at + 1..units.len()).all(|i| self.role(units, i).is_none());
        let begins = matches!(what, Entry::Country(_) | Entry::People(_)) && tight(unit) && after.is_some_and(|u| self.is_borne(u));
        let only = units[at + 1..].iter().all(|u| self.is_borne(u) || self.norm(u) == "'s");
        match before {
            Some(b) if is_given(b) => ends,
            _ => begins && only,
        }
    }

    /// A capitalised word that may be borne as a name.
    fn is_borne(&self, unit: &Unit) -> bool {
        let norm = self.norm(unit);
        let name = |e: &Entry| match e {
            // "Bill" is a thing, too
            Entry::Role(i) => self.k.world.roles[*i as usize].class == RoleClass::Thing,
            e => matches!(e, Entry::Place(_) | Entry::Short(_) | Entry::Capital(_) | Entry::Country(_)),
        };
        self.is_upper(unit)
            && self.is_name_part(unit)
            && !is_former(norm)
            && !is_leading(norm)
            && !self.words.get(unit.start).is_some_and(|w| w.acronym)
            && self.entries(unit).iter().all(name)
    }
}

/// The names of firms in a text without the word for a firm: "Salem", "Harlan & Tyler". Not those that are called for a country alone.
pub(crate) fn firms_in(k: &Knowledge, text: &str) -> Vec<String> {
    let words = tokens(text);
    let hits = k.lexicon.scan(&words);
    let is_state = |e: &Entry| matches!(e, Entry::Country(_) | Entry::Demonym(_));
    let is_post = |e: &Entry| matches!(e, Entry::Office(_) | Entry::Role(_) | Entry::Title(_));
    let at = |word: usize| hits.iter().find(|h| (h.start..h.end).contains(&word));
    let is = |word: usize, of: &dyn Fn(&Entry) -> bool| at(word).is_some_and(|h| h.entries.iter().any(of));
    let firm_words = hits.iter().filter(|h| h.entries.iter().any(|e| is_firm_word(&k.world, e))).map(|h| h.start);
    let name = |end: usize| {
        let is_part = |i: &usize| words[*i].upper && !is(*i, &is_post) && words[*i].norm != "the" || words[*i].norm == "&";
        let first = (0..end).rev().take_while(is_part).last()?;
        let first = first + (first..end).take_while(|i| is(*i, &is_state)).count();
        let (from, to) = (words.get(first)?, words.get(end.checked_sub(1)?)?);
        // "General Motors Corp." is not called "General"
        let is_other = |e: &Entry| !matches!(e, Entry::Place(_) | Entry::Person(_) | Entry::Short(_));
        let is_plain = from.norm.len() < 3 || k.lexicon.exact(std::slice::from_ref(from)).iter().any(is_other);
        let ends = [Some(to), Some(from).filter(|_| !is_plain && first + 1 < end)];
        let names = ends.into_iter().flatten().filter_map(|last| text.get(from.start..last.end).map(str::to_owned));
        (first < end && from.upper).then(|| names.collect::<Vec<_>>())
    };
    firm_words.filter_map(name).flatten().collect()
}
