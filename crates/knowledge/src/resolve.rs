//! From a mention to who it is: relatives first, then coordination, apposition, the noun phrase, and last whatever is known in it.

use crate::Knowledge;
use crate::lexicon::{Entry, Hit};
use crate::link::{ActorKind, LinkContext, MentionKind, PlaceFact, Relative, Resolved};
use crate::named::may_be_called;
use crate::np::{Unit, is_common, is_former, is_leading, units};
use crate::phrase::{OF_UNKNOWN, Phrase, set_sectors};
use crate::relative;
use crate::text::{Token, tokens};

/// Longer mentions are cut: no actor needs more words to be named.
const MOST_WORDS: usize = 80;

pub(crate) fn resolve(k: &Knowledge, mention: &str, kind: Option<MentionKind>, context: &LinkContext) -> Option<Resolved> {
    read(k, mention, kind, context, |phrase, units| phrase.first(units).into_iter().collect()).into_iter().next()
}

pub(crate) fn resolve_all(k: &Knowledge, mention: &str, kind: Option<MentionKind>, context: &LinkContext) -> Vec<Resolved> {
    read(k, mention, kind, context, |phrase, units| phrase.every(units))
}

/// As [`Knowledge::backers`].
pub(crate) fn backers(k: &Knowledge, mention: &str) -> Vec<String> {
    let backs = |r: &Resolved| {
        let after = mention.get(r.range.1..).and_then(|rest| rest.strip_prefix(['-', '‐', '‑'])).unwrap_or_default();
        let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        word != "led" && crate::np::is_backing(word)
    };
    named_in(k, mention).into_iter().filter(backs).filter_map(|r| r.country).collect()
}

pub(crate) fn named_in(k: &Knowledge, text: &str) -> Vec<Resolved> {
    let words = tokens(text);
    let hits = without_parts(k, &words, k.lexicon.scan(&words));
    let named = |hit: &crate::lexicon::Hit| {
        let (first, last) = (words.get(hit.start)?, words.get(hit.end.checked_sub(1)?)?);
        let mut found = hit.entries.iter().find_map(|e| match e {
            Entry::Country(i) | Entry::Demonym(i) | Entry::Capital(i) | Entry::Seat(i) => {
                let country = k.world.countries.get(*i as usize)?;
                let state = Resolved::new(ActorKind::State, "state word", 0.9);
                Some(Resolved {
                    country: Some(country.slot.clone()),
                    name: Some(country.name.clone()),
                    id: country.wikidata.clone(),
                    ..state
                })
            }
            Entry::Organisation(i) => {
                let body = k.world.organisations.get(*i as usize)?;
                let organisation = Resolved::new(ActorKind::Organization, "organisation", 0.9);
                Some(Resolved {
                    country: Some(body.slot.clone()),
                    name: Some(body.name.clone()),
                    id: Some(body.id.clone()),
                    ..organisation
                })
            }
            _ => None,
        })?;
        found.range = (first.start, last.end);
        let is_currency = text.get(last.end..).is_some_and(|t| t.starts_with(['$', '€', '£']));
        let is_county = words.get(hit.end).is_some_and(|w| w.norm == "county");
        (first.upper && !is_currency && !is_county && !crate::alike::is_of_firm(k, &words, &hits, hit)).then_some(found)
    };
    hits.iter().filter_map(named).collect()
}

fn read(
    k: &Knowledge,
    mention: &str,
    kind: Option<MentionKind>,
    context: &LinkContext,
    reader: impl Fn(&Phrase, &[Unit]) -> Vec<Resolved>,
) -> Vec<Resolved> {
    let mut words = tokens(mention);
    words.truncate(MOST_WORDS);
    let whole = |mut r: Resolved| {
        r.range = (words.first().map_or(0, |w| w.start), words.last().map_or(0, |w| w.end));
        vec![r]
    };
    let special = relative::pronoun(&words).or_else(|| relative::both(&words)).or_else(|| relative::kingdom(&words, context));
    if let Some(found) = special {
        return whole(found);
    }
    if kind == Some(MentionKind::Pronoun) {
        return Vec::new();
    }
    let hits = without_parts(k, &words, k.lexicon.scan(&words));
    let units = units(&words, &hits);
    let phrase = Phrase { k, text: mention, words: &words, hits: &hits, kind, context };
    let counterparts = phrase.counterparts(&units);
    if !counterparts.is_empty() {
        return counterparts.into_iter().flat_map(whole).collect();
    }
    reader(&phrase, &units)
}

/// The hits, but for a party's name at the end of a longer one only those of its last word: "the United Democratic Party" is not America's Democrats.
fn without_parts(k: &Knowledge, words: &[Token], hits: Vec<Hit>) -> Vec<Hit> {
    let is_party =
        |e: &Entry| matches!(e, Entry::Organisation(i) if k.world.organisations.get(*i as usize).is_some_and(|o| o.kind == "party"));
    let is_name = |w: &Token| w.word && w.upper && !is_common(&w.norm) && !is_leading(&w.norm);
    let is_part = |hit: &Hit| {
        let before = hit.start.checked_sub(1).filter(|b| !hits.iter().any(|h| (h.start..h.end).contains(b)));
        hit.end > hit.start + 1 && hit.entries.iter().any(is_party) && before.and_then(|b| words.get(b)).is_some_and(is_name)
    };
    let last_word = |hit: &Hit| {
        let last = hit.end - 1;
        k.lexicon.scan(&words[last..hit.end]).into_iter().map(move |h| Hit { start: last, end: last + 1, ..h }).collect::<Vec<_>>()
    };
    if !hits.iter().any(is_part) {
        return hits;
    }
    hits.iter().flat_map(|hit| if is_part(hit) { last_word(hit) } else { vec![hit.clone()] }).collect()
}

impl Phrase<'_> {
    fn word(&self, unit: &Unit) -> Option<&Token> {
        self.words.get(unit.start)
    }

    fn ranged(&self, units: &[Unit], mut found: Resolved) -> Resolved {
        let start = units.first().and_then(|u| self.word(u)).map_or(0, |w| w.start);
        let end = units.last().and_then(|u| self.words.get(u.end.saturating_sub(1))).map_or(start, |w| w.end);
        found.range = (start, end);
        found
    }

    /// Parts between commas.
    fn comma_parts<'u>(&self, units: &'u [Unit]) -> Vec<&'u [Unit]> {
        let parts = units.split(|u| u.hit.is_none() && matches!(self.norm(u), "," | "—"));
        parts.filter(|p| p.iter().any(|u| self.word(u).is_some_and(|w| w.word))).collect()
    }

    /// Parts between "and", "or", "&".
    fn and_parts<'u>(&self, units: &'u [Unit]) -> Vec<&'u [Unit]> {
        let parts = units.split(|u| u.hit.is_none() && matches!(self.norm(u), "and" | "or" | "&" | "/" | "plus"));
        parts.filter(|p| p.iter().any(|u| self.word(u).is_some_and(|w| w.word))).collect()
    }

    /// The first actor of a mention.
    pub fn first(&self, units: &[Unit]) -> Option<Resolved> {
        let parts = self.comma_parts(units);
        let found = match parts.as_slice() {
            [] => None,
            [only] => self.section(only).or_else(|| self.first_conjunct(only)),
            [main, others @ ..] => self.apposed(main, others),
        };
        let stands =
            |f: &Resolved| f.is_codable() || f.relative.is_some() || matches!(f.rule, "region" | OF_UNKNOWN) || f.kind == ActorKind::Person;
        found.filter(stands).or_else(|| self.anywhere(units)).or_else(|| self.unknown_name(units)).map(|f| self.ranged(units, f))
    }

    /// "Amnesty International Mali", "Greenpeace Africa": the part of an organisation of citizens that is at home in a country.
    fn section(&self, units: &[Unit]) -> Option<Resolved> {
        let (units, _) = self.strip(units);
        let [body, home] = units else { return None };
        let organisation = self.entries(body).iter().find_map(|e| if let Entry::Organisation(i) = e { Some(*i as usize) } else { None });
        let organisation = organisation.and_then(|i| self.k.world.organisations.get(i)).filter(|o| o.kind == "ngo")?;
        let country = self.entries(home).iter().find_map(|e| if let Entry::Country(i) = e { Some(*i as usize) } else { None });
        if country.is_none() && !self.entries(home).iter().any(|e| matches!(e, Entry::Region(_))) {
            return None;
        }
        let mut out = Resolved::new(ActorKind::Organization, "organisation", 0.8);
        out.name = Some(self.slice(units).to_owned());
        let country = country.and_then(|i| self.k.world.countries.get(i)).map(|c| c.iso3.to_string());
        out.country = country.or_else(|| Some(organisation.slot.clone()));
        set_sectors(&mut out, &organisation.sectors);
        Some(out)
    }

    fn first_conjunct(&self, units: &[Unit]) -> Option<Resolved> {
        let parts = self.and_parts(units);
        let [head, .., last] = parts.as_slice() else { return self.noun_phrase(units, 0) };
        let mut first = self.shared(head, last).or_else(|| self.noun_phrase(head, 0));
        if let Some(found) = first.as_mut().filter(|f| f.country.is_none() && f.relative.is_none() && f.rule == "role") {
            // "the prime minister and defence minister of Japan"
            found.country = self.noun_phrase(last, 0).filter(|l| l.rule == "role of attached").and_then(|l| l.country);
        }
        if first.as_ref().is_some_and(Resolved::is_codable) {
            return first;
        }
        let whole = self.noun_phrase(units, 0).filter(Resolved::is_codable);
        whole.or_else(|| parts.iter().skip(1).find_map(|p| self.noun_phrase(p, 0).filter(Resolved::is_codable))).or(first)
    }

    /// "Saudi | and Japanese foreign ministers": a lone adjective takes the head of the last part.
    fn shared(&self, part: &[Unit], last: &[Unit]) -> Option<Resolved> {
        let (part, _) = self.strip(part);
        let (last, _) = self.strip(last);
        let [only] = part else { return None };
        let entries = only.hit.and_then(|h| self.hits.get(h)).map(|h| h.entries.as_slice()).unwrap_or_default();
        let adjective = entries.iter().any(|e| matches!(e, Entry::Demonym(_) | Entry::People(_)))
            || entries.iter().any(|e| matches!(e, Entry::Organisation(_)));
        let from = (0..last.len()).find(|i| self.role(last, *i).is_some())?;
        let led = (0..from).any(|i| self.geo(last, i).is_some());
        if !adjective || !led || self.norm(only).ends_with('s') && !matches!(self.norm(only), "us") {
            return None;
        }
        let mut joined = vec![*only];
        joined.extend_from_slice(&last[from..]);
        self.noun_phrase(&joined, 0)
    }

    /// Everyone a mention joins.
    pub fn every(&self, units: &[Unit]) -> Vec<Resolved> {
        let commas = self.comma_parts(units);
        let listed = commas.len() > 1
            && commas
                .last()
                .is_some_and(|l| self.and_parts(l).len() > 1 || l.first().is_some_and(|u| matches!(self.norm(u), "and" | "or")));
        let entities = commas.len() > 1 && commas.iter().all(|p| self.is_entity(p));
        if commas.len() > 1 && !listed && !entities {
            return self.first(units).into_iter().collect();
        }
        let parts: Vec<&[Unit]> = commas.iter().flat_map(|c| self.and_parts(c)).collect();
        if parts.len() < 2 {
            return self.joined(units).unwrap_or_else(|| self.first(units).into_iter().collect());
        }
        let mut out: Vec<Resolved> = Vec::new();
        let last = parts[parts.len() - 1];
        for (i, part) in parts.iter().enumerate() {
            let shared = if i + 1 < parts.len() { self.shared(part, last) } else { None };
            let Some(mut found) = shared.or_else(|| self.first(part)) else { continue };
            if found.country.is_none() && found.relative.is_none() && matches!(found.kind, ActorKind::Role | ActorKind::Group) {
                // "Chile's ambassador and permanent representative"
                if let Some(before) = out.last().filter(|b| b.rule == "role of country" && part.len() < 4) {
                    found.country.clone_from(&before.country);
                }
            }
            if found.is_codable() || found.relative.is_some() || found.kind == ActorKind::Person || found.rule == "region" {
                out.push(self.ranged(part, found));
            }
        }
        out
    }

    /// "US-China trade negotiators", "the Franco-German brigade": both states. A person of two nations ("a British-Iranian aid worker",
    /// "Korean-Americans") is one.
    fn joined(&self, units: &[Unit]) -> Option<Vec<Resolved>> {
        let is_state = |u: &Unit| {
            let entries = u.hit.and_then(|h| self.hits.get(h)).map(|h| h.entries.as_slice()).unwrap_or_default();
            entries.iter().any(|e| matches!(e, Entry::Country(_) | Entry::Demonym(_) | Entry::Capital(_)))
        };
        let is_joined = |u: &Unit| self.words.get(u.end - 1).is_some_and(|w| w.hyphen);
        let at = (1..units.len()).find(|i| is_state(&units[i - 1]) && is_joined(&units[i - 1]) && is_state(&units[*i]))?;
        let without = |k: usize| {
            let rest: Vec<Unit> = units.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, u)| *u).collect();
            self.first(&rest).map(|found| self.ranged(units, found))
        };
        let (first, second) = (without(at)?, without(at - 1)?);
        let last = self.norm(units.last()?);
        let is_one = |r: &Resolved| r.kind == ActorKind::Person || r.kind == ActorKind::Role && !last.ends_with('s');
        let are_people = self.norm(&units[at]).starts_with("american") || at + 1 == units.len() && last.ends_with('s') && last != "us";
        let differ = first.country.is_some() && second.country.is_some() && first.country != second.country;
        (differ && !is_one(&first) && !is_one(&second) && !are_people).then(|| vec![first, second])
    }

    fn is_entity(&self, units: &[Unit]) -> bool {
        let (units, _) = self.strip(units);
        matches!(units, [only] if self.geo(std::slice::from_ref(only), 0).is_some())
    }

    /// "Okano Yukiko, deputy press secretary of Japan's Foreign Ministry"; "Israel's prime minister, Benjamin Netanyahu"; "Mosul, Iraq".
    fn apposed(&self, main: &[Unit], others: &[&[Unit]]) -> Option<Resolved> {
        let mut base = self.first_conjunct(main);
        let unknown = self.name_only(main);
        for other in others {
            // "Malaysia's prime minister, Hafiz Rahman": the text knows better than the table who holds the office
            if let Some(b) = base.as_mut().filter(|b| b.rule.starts_with("role") && b.name.is_some())
                && let Some(name) = self.personal_name(other).or_else(|| self.name_only(other))
                && !b.name.as_deref().is_some_and(|known| may_be_called(known, &name))
            {
                (b.name, b.id, b.row) = (Some(name), None, None);
                break;
            }
            if base.as_ref().is_some_and(|b| b.kind == ActorKind::Person && b.country.is_some() && b.office.is_some()) {
                break;
            }
            let starts_list = other.first().is_some_and(|u| matches!(self.norm(u), "and" | "or" | "who" | "which" | "including"));
            let name = self.name_only(other);
            match (&mut base, name) {
                (Some(b), Some(name)) if b.kind == ActorKind::Role && b.name.is_none() && !starts_list => b.name = Some(name),
                (Some(b), _) if b.kind == ActorKind::Role && b.name.is_none() && !starts_list => {
                    if let Some(p) = self
                        .first_conjunct(other)
                        .filter(|p| p.kind == ActorKind::Person && (b.country.is_none() || p.country == b.country))
                    {
                        b.kind = ActorKind::Person;
                        b.name = p.name;
                        b.id = p.id;
                        if b.country.is_none() {
                            b.country = p.country;
                        }
                    } else if let Some(name) = self.personal_name(other) {
                        b.name = Some(name);
                    } else if b.country.is_none() {
                        b.country = self.first_conjunct(other).filter(|p| p.kind == ActorKind::State).and_then(|p| p.country);
                    }
                }
                (Some(b), _) if b.is_codable() => {
                    let more = self.first_conjunct(other);
                    let person = b.kind == ActorKind::Person || unknown.is_some();
                    if let Some(m) = more
                        .filter(|m| person && !starts_list && matches!(m.kind, ActorKind::Role | ActorKind::Person) && m.office.is_some())
                        && (b.country.is_none() || m.country.is_none() || b.country == m.country)
                    {
                        b.office = b.office.take().or(m.office);
                        b.country = b.country.take().or(m.country);
                        b.former |= m.former;
                    }
                }
                (base_slot, _) => {
                    if let Some(mut m) = self.first_conjunct(other).filter(Resolved::is_codable) {
                        if let Some(name) = &unknown
                            && matches!(m.kind, ActorKind::Role | ActorKind::Group | ActorKind::Organization)
                        {
                            if m.kind == ActorKind::Role {
                                m.kind = ActorKind::Person;
                            }
                            m.name = Some(name.clone());
                            m.rule = "apposition";
                        }
                        *base_slot = Some(m);
                    }
                }
            }
        }
        base
    }

    /// The text of units that can be a person's whole name, though somebody else is known by a part of it.
    fn personal_name(&self, units: &[Unit]) -> Option<String> {
        let (units, _) = self.strip(units);
        let is_title = |u: &Unit| self.entries(u).iter().any(|e| matches!(e, Entry::Title(_)));
        let name = &units[units.iter().take_while(|u| is_title(u)).count()..];
        let may_name = |e: &Entry| matches!(e, Entry::Person(_) | Entry::Short(_) | Entry::Place(_) | Entry::Title(_));
        let is_part = |u: &Unit| self.is_name_part(u) && self.entries(u).iter().all(may_name);
        ((2..6).contains(&name.len()) && name.iter().all(is_part)).then(|| self.slice(name).to_owned())
    }

    /// The text of units that are nothing but an unknown name.
    fn name_only(&self, units: &[Unit]) -> Option<String> {
        let (units, _) = self.strip(units);
        let all = !units.is_empty() && units.len() < 7;
        let names = units.iter().all(|u| self.is_name_word(u));
        let upper = units.iter().any(|u| self.word(u).is_some_and(|w| w.upper));
        let text = self.slice(units);
        let text = text.split('(').next().unwrap_or_default().trim();
        (all && names && upper && !text.is_empty()).then(|| text.to_owned())
    }

    /// Nothing but an unknown name: somebody named earlier, or a person if the caller's tagger says so.
    fn unknown_name(&self, units: &[Unit]) -> Option<Resolved> {
        let part = self.comma_parts(units).into_iter().next()?;
        let tagged = self.kind == Some(MentionKind::Person) && part.iter().all(|u| self.is_name_part(u));
        let name = if tagged { self.slice(part).to_owned() } else { self.name_only(part)? };
        if let Some(found) = self.earlier(&name) {
            return Some(found);
        }
        if self.kind != Some(MentionKind::Person) {
            return None;
        }
        let mut out = Resolved::new(ActorKind::Person, "unknown name", 0.1);
        out.name = Some(name);
        Some(out)
    }

    /// The last resort: any country, body or role in the words, however it stands there.
    fn anywhere(&self, units: &[Unit]) -> Option<Resolved> {
        let geos: Vec<_> = (0..units.len()).filter(|i| !self.is_host(units, *i)).filter_map(|i| self.geo(units, i)).collect();
        let roles: Vec<_> = (0..units.len()).filter_map(|i| self.role(units, i)).filter(|r| !r.sectors.is_empty()).collect();
        if let Some(geo) = geos.iter().find(|g| g.country.is_some() && !g.backing).or_else(|| geos.iter().find(|g| g.country.is_some())) {
            let mut out = Resolved::new(ActorKind::State, "anywhere", 0.2);
            out.country.clone_from(&geo.country);
            if let Entry::Organisation(i) = geo.what {
                out.id = Some(self.k.world.organisations[i as usize].id.clone());
                set_sectors(&mut out, &geo.sectors);
            } else if let Some(role) = roles.iter().find(|r| r.unit > geo.unit) {
                set_sectors(&mut out, &role.sectors);
                out.kind = ActorKind::Group;
            }
            return Some(out);
        }
        let role = roles.first()?;
        let mut out = Resolved::new(ActorKind::Group, "anywhere", 0.15);
        set_sectors(&mut out, &role.sectors);
        if out.sector.is_some()
            && let Some(hint) = self.context.country_hint
        {
            out.country = Some(hint.to_owned());
        }
        Some(out)
    }

    /// "his Swedish and Norwegian counterparts": one of each country, in the order of the words.
    fn counterparts(&self, units: &[Unit]) -> Vec<Resolved> {
        let Some(found) = self.counterpart(units) else { return Vec::new() };
        let state = |u: &Unit| self.geo(std::slice::from_ref(u), 0).filter(|g| !g.possessive).and_then(|g| g.country);
        let listed: Vec<String> = units
            .iter()
            .take_while(|u| self.norm(u) != "counterparts")
            .skip_while(|u| state(u).is_none())
            .take_while(|u| state(u).is_some() || matches!(self.norm(u), "and" | ","))
            .filter_map(state)
            .collect();
        if found.kind != ActorKind::Group || listed.len() < 2 {
            return vec![found];
        }
        listed.into_iter().map(|country| Resolved { country: Some(country), score: 0.85, ..found.clone() }).collect()
    }

    /// "his Saudi counterpart, Prince Faisal bin Farhan".
    fn counterpart(&self, units: &[Unit]) -> Option<Resolved> {
        let at = units.iter().position(|u| matches!(self.norm(u), "counterpart" | "counterparts"))?;
        let plural = self.norm(&units[at]) == "counterparts";
        let mut out = Resolved::new(if plural { ActorKind::Group } else { ActorKind::Role }, "counterpart", 0.7);
        out.relative = Some(Relative::Counterpart);
        set_sectors(&mut out, &["GOV".to_owned()]);
        let before: Vec<_> = (0..at).filter_map(|i| self.geo(&units[..at], i)).filter(|g| !g.possessive).collect();
        out.country = before.iter().rev().find_map(|g| g.country.clone());
        out.former = units[..at].iter().any(|u| is_former(self.norm(u)));
        let rest = &units[at + 1..];
        if out.country.is_none() {
            out.country = self.attached(rest, 0).and_then(|r| r.country);
        }
        let (named, _) = self.strip(rest);
        let person = self.comma_parts(named).first().and_then(|p| self.noun_phrase(p, 0)).filter(|p| p.kind == ActorKind::Person);
        match person {
            Some(p) if p.country.is_none() || out.country.is_none() || p.country == out.country => {
                out.kind = ActorKind::Person;
                out.country = out.country.take().or(p.country);
                (out.name, out.id, out.office) = (p.name, p.id, p.office);
            }
            _ => {
                if let Some(name) = self.comma_parts(named).first().and_then(|p| self.name_only(p)) {
                    out.kind = ActorKind::Person;
                    out.name = Some(name);
                }
            }
        }
        out.score = if out.country.is_some() { 0.85 } else { 0.4 };
        Some(out)
    }
}

/// What makes one of several places of a name the likelier: our own list goes before all, then the population, a division's a quarter.
fn prominence(place: &crate::world::Place) -> (bool, u64) {
    (place.place.0 == "places.tsv", if place.city { place.population } else { place.population / 4 })
}

/// The countries with a place of that name, the most prominent first.
pub(crate) fn place_countries(k: &Knowledge, name: &str) -> Vec<String> {
    let words = tokens(name);
    let form: Vec<&str> = words.iter().map(|w| w.norm.as_str()).collect();
    if is_common(&form.join(" ")) {
        return Vec::new();
    }
    let entries = k.lexicon.exact(&words);
    let mut places: Vec<_> =
        entries.iter().filter_map(|e| if let Entry::Place(i) = e { k.world.places.get(*i as usize) } else { None }).collect();
    places.sort_by_key(|p| std::cmp::Reverse(prominence(p)));
    let mut out: Vec<String> = Vec::new();
    for place in places.into_iter().filter(|p| !p.country.is_empty()) {
        if !out.iter().any(|c| *c == place.country) {
            out.push(place.country.to_string());
        }
    }
    out
}

/// A division by its short form ("N.C.").
fn division(k: &Knowledge, short: &str) -> Option<PlaceFact> {
    let (country, name) = k.points.division(short)?;
    let point = k.points.of(country, name);
    Some(PlaceFact {
        name: name.clone(),
        country: country.clone(),
        admin1: Some(name.clone()),
        lat: point.map(|p| p.0),
        lon: point.map(|p| p.1),
        population: None,
        geonames_id: None,
        precision: "admin1",
    })
}

/// The gazetteer. A town that it lacks in the division said gives that division.
pub(crate) fn place(k: &Knowledge, name: &str) -> Option<PlaceFact> {
    let (name, within) = match name.split_once(',') {
        Some((city, rest)) => (city.trim(), division(k, rest.trim()).or_else(|| place(k, rest.trim()))),
        None => (name.trim(), None),
    };
    let mut words = tokens(name);
    if words.first().is_some_and(|w| w.norm == "the") && k.lexicon.exact(&words).is_empty() {
        words.remove(0);
    }
    let entries = k.lexicon.exact(&words);
    let world = &k.world;
    let fits = |country: &str, admin1: Option<&str>| match &within {
        None => true,
        Some(w) if w.precision == "country" => w.country == country,
        Some(w) => w.country == country && admin1.is_none_or(|a| a == w.name || w.admin1.as_deref() == Some(a)),
    };
    // "the Gaza Strip" is another name of a country and a place of its own: the place is more exact
    let own = entries.iter().any(|e| matches!(e, Entry::Place(i) if world.places[*i as usize].place.0 == "places.tsv"));
    let country = entries.iter().find_map(|e| if let Entry::Country(i) = e { world.countries.get(*i as usize) } else { None });
    let country = country.filter(|c| !own || crate::text::fold(&c.name) == crate::text::fold(name));
    if let Some(country) = country.filter(|c| within.is_none() || fits(&c.iso3, None)) {
        let capital = country.capital.as_deref().unwrap_or(&country.name);
        let seat = world.places.iter().find(|p| p.city && p.country == country.iso3 && p.name == capital);
        return Some(PlaceFact {
            name: country.name.clone(),
            country: country.iso3.clone(),
            admin1: None,
            lat: seat.map(|p| p.lat),
            lon: seat.map(|p| p.lon),
            population: None,
            geonames_id: None,
            precision: "country",
        });
    }
    let places = entries.iter().filter_map(|e| if let Entry::Place(i) = e { world.places.get(*i as usize) } else { None });
    let found = places.filter(|p| fits(&p.country, p.admin1.as_deref())).max_by_key(|p| prominence(p));
    if let Some(found) = found {
        let population = Some(found.population).filter(|p| *p > 0).or_else(|| {
            world
                .places
                .iter()
                .filter(|p| p.name == found.name && p.country == found.country && p.city)
                .map(|p| p.population)
                .find(|p| *p > 0)
        });
        return Some(PlaceFact {
            name: found.name.to_string(),
            country: found.country.to_string(),
            admin1: found.admin1.as_ref().map(ToString::to_string),
            lat: Some(found.lat),
            lon: Some(found.lon),
            population,
            geonames_id: None,
            precision: if found.city { "city" } else { "admin1" },
        });
    }
    if let Some(within) = within.filter(|w| w.precision == "admin1") {
        return Some(within);
    }
    // a capital too small for the gazetteer
    let capital = entries.iter().find_map(|e| if let Entry::Capital(i) = e { world.countries.get(*i as usize) } else { None })?;
    Some(PlaceFact {
        name: capital.capital.clone().unwrap_or_default(),
        country: capital.iso3.clone(),
        admin1: None,
        lat: None,
        lon: None,
        population: None,
        geonames_id: None,
        precision: "city",
    })
}
