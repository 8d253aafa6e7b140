//! The country of a mention whose own words do not tell it: its owner's, that of the body that meets, else the one for which most speaks of what
//! all mentions of the article tell together (`chancery_model::Reader::whose`), the sentence, the story, a dateline and a person's name.

use super::{Builder, Cast, Entity, LEAD, Reference, Side, alike::Alike, ends_with_name, is_body, is_state, name_words};
use crate::{
    analysis::Sentence,
    phrases::{Word, english},
};
use chancery_knowledge::{ActorKind, HeadClass, Knowledge, LinkContext, MentionKind, Resolved, RunnerUp};
use chancery_model::{Evidence, Mentioned, Predicate, Told, first_of, window_of};
use std::collections::{BTreeMap, BTreeSet};

/// What a dateline in the country that the story is about counts for it, in log odds: our corpus has none to learn it from.
const FILED: f32 = 1.0;
/// The same where nothing but the dateline tells that country, and the sentence tells no other: a paper's own institutions need no country.
const FILED_ONLY: f32 = 8.0;

/// The rule of a country that all mentions of the article tell together, with the story and the place that opens the sentence.
pub const BY_ARTICLE: &str = "told by the article";

/// A mention whose own words tell no country, and what speaks for each that the article may mean.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// Its sentence.
    pub sentence: usize,
    /// Its number among the mentions of that sentence.
    pub mention: usize,
    /// One for each of the cast's candidates.
    pub evidence: Vec<Evidence>,
}

/// The rule of a country that a person's name tells with the text around: a guess, which a plainer word undoes.
const BORNE: &str = "name borne there";

/// Whether an owner is a body of citizens, whose officers the words of their posts take for the state's.
fn is_of_society(owner: &Resolved, post: &Resolved) -> bool {
    let state = |r: &Resolved| r.sector.as_deref().is_none_or(|s| matches!(s, "GOV" | "MIL" | "JUD" | "LEG" | "COP" | "SPY"));
    owner.kind == ActorKind::Organization && !state(owner) && state(post)
}

/// The country of somebody, unless it is only guessed from the name.
pub(super) fn told_country(resolved: &Resolved) -> Option<&String> {
    resolved.country.as_ref().filter(|_| resolved.rule != BORNE)
}

/// What a dateline counts against one mention of a country: a paper's own institutions need no country in it.
const DATELINE: usize = 8;
/// What acting in headline or lead counts.
const ACTS_FIRST: usize = 2;

/// The countries of the towns and regions that the sentences mention; those whose names are state words are counted as such.
pub(super) fn places(text: &str, sentences: &[Sentence], knowledge: &Knowledge, alike: &Alike) -> Vec<String> {
    let place = |s: &Sentence, m: &chancery_model::Tagged| {
        let words = s.span_of(m.first, m.last).slice(text)?;
        let named = knowledge.named_in(words).is_empty();
        let fact = knowledge.is_place(words.trim_start_matches("the ")).filter(|f| named && !f.country.is_empty())?;
        if fact.precision == "country" { Some(fact.country) } else { knowledge.place_country(&fact.name, &alike.told) }
    };
    let inside = |s: &Sentence, m: &chancery_model::Tagged| place_inside(s.span_of(m.first, m.last).slice(text)?, knowledge, alike);
    let of = |s: &Sentence, m: &chancery_model::Tagged| match m.kind.as_str() {
        "pl" => place(s, m),
        "ro" | "or" | "gr" => inside(s, m),
        _ => None,
    };
    sentences.iter().flat_map(|s| s.reading.mentions.iter().filter_map(move |m| of(s, m))).collect()
}

/// The countries that the article names otherwise than by their capital. Of the others "Brussels" is no word for the state: it is taken out of `named`.
pub(super) fn drop_seats(text: &str, sentences: &[Sentence], named: &mut [Vec<Resolved>], knowledge: &Knowledge) -> BTreeSet<String> {
    let capital = |s: &Sentence, r: &Resolved| {
        let words = s.span.slice(text)?.get(r.range.0..r.range.1)?;
        (is_state(r) && knowledge.is_capital(words)).then_some(words)
    };
    let all = sentences.iter().zip(named.iter()).flat_map(|(s, rs)| rs.iter().map(move |r| (s, r)));
    let by_name: BTreeSet<String> =
        all.filter(|(s, r)| is_state(r) && capital(s, r).is_none()).filter_map(|(_, r)| r.country.clone()).collect();
    let is_body = |words: &str| knowledge.resolve(words, None, &LinkContext::default()).is_some_and(|r| r.kind == ActorKind::Organization);
    for (sentence, named) in sentences.iter().zip(named) {
        named.retain(|r| r.country.as_ref().is_some_and(|c| by_name.contains(c)) || !capital(sentence, r).is_some_and(is_body));
    }
    by_name
}

/// The countries of those who act in headline and lead.
pub(super) fn leads(sentences: &[Sentence], named: &[Vec<Resolved>]) -> Vec<String> {
    let of = |s: &Sentence, named: &[Resolved], m: usize| {
        let tag = &s.reading.mentions[m];
        let acts = tag.kind != "pl" && s.reading.predicates.iter().any(|p| p.links[m].role[1] >= 0.5 || p.links[m].speech[1] >= 0.5);
        let span = s.span_of(tag.first, tag.last);
        let is_inside = |r: &&Resolved| s.span.start + r.range.0 >= span.start && s.span.start + r.range.1 <= span.end;
        named.iter().filter(|r| acts && is_state(r)).find(is_inside).and_then(|r| r.country.clone())
    };
    let first = sentences.iter().zip(named).take(2);
    first.filter_map(|(s, named)| (0..s.reading.mentions.len()).find_map(|m| of(s, named, m))).collect()
}

/// "the governor of Lower Shabelle", "Oaxaca prosecutors": the country of the town or region that such a phrase names.
fn place_inside(words: &str, knowledge: &Knowledge, alike: &Alike) -> Option<String> {
    if !knowledge.named_in(words).is_empty() || alike.firm(words).is_some() || !knowledge.firms_in(words).is_empty() {
        return None;
    }
    let words: Vec<&str> = words.split(' ').collect();
    let is_name = |w: &&str| w.starts_with(char::is_uppercase);
    let tied = (1..words.len()).filter(|i| matches!(words[i - 1], "of" | "in" | "from" | "near" | "the" | "The"));
    let starts = std::iter::once(0).chain(tied);
    starts.filter(|i| is_name(&words[*i])).find_map(|i| {
        let run = words[i..].iter().take(3).take_while(|w| is_name(w)).count();
        let closed = |n: &usize| i + n < words.len() || i > 0;
        let name = (1..=run).rev().filter(closed).map(|n| words[i..i + n].join(" ")).find(|n| !knowledge.place_countries(n).is_empty())?;
        knowledge.place_country(&name, &alike.told)
    })
}

/// What mentions together say for each of their countries, in log odds: half of what the surest says, and the mean of all. Each is
/// `(country, probability)`.
fn together(all: impl Iterator<Item = (String, f32)>) -> Vec<(String, f32)> {
    let mut told: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for (country, p) in all {
        let p = p.clamp(1e-4, 1.0 - 1e-4);
        told.entry(country).or_default().push((p / (1.0 - p)).ln());
    }
    let of = |odds: Vec<f32>| {
        let surest = odds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        surest / 2.0 + odds.iter().sum::<f32>() / odds.len() as f32
    };
    told.into_iter().map(|(country, odds)| (country, of(odds))).collect()
}

/// The country a story is about: the one that its state words and towns name most, the first one, who acts in headline and lead, and the dateline counting
/// more. The dateline of a story about an international body says nothing: bodies meet at their seats.
pub(super) fn home(named: &[Vec<Resolved>], places: &[String], leads: &[String], filed_in: Option<&str>) -> Option<String> {
    let states = || named.iter().flatten().filter(|r| is_state(r)).filter_map(|r| r.country.as_deref());
    let filed_in = filed_in.filter(|_| !named.iter().take(LEAD).flatten().any(is_body));
    let mut scores: BTreeMap<&str, usize> = BTreeMap::new();
    let places = places.iter().map(String::as_str);
    states().chain(states().take(1)).chain(places).for_each(|c| *scores.entry(c).or_default() += 1);
    leads.iter().for_each(|c| *scores.entry(c).or_default() += ACTS_FIRST);
    filed_in.into_iter().for_each(|c| *scores.entry(c).or_default() += DATELINE);
    let total: usize = scores.values().sum();
    let (best, n) = scores.into_iter().max_by_key(|(c, n)| (*n, std::cmp::Reverse(*c)))?;
    (n * 100 >= total * 34).then(|| best.to_owned())
}

/// All mentions of an article for the network that reads them together.
pub fn mentioned<'a>(text: &'a str, sentences: &'a [Sentence], cast: &Cast) -> Vec<Mentioned<'a>> {
    let of = |(sentence, s): (usize, &'a Sentence)| {
        let own = &cast.own[sentence];
        s.reading.mentions.iter().enumerate().map(move |(place, tag)| Mentioned {
            tag,
            words: s.span_of(tag.first, tag.last).slice(text).unwrap_or_default(),
            vector: &s.reading.vectors[place],
            sentence,
            place,
            country: own[place].as_ref().and_then(|c| cast.candidates.binary_search(c).ok()),
            kin: &s.reading.kin[place],
        })
    };
    sentences.iter().enumerate().flat_map(of).collect()
}

impl Builder<'_> {
    /// Somebody or some place that acts or is acted on; such a place stands for its country.
    pub(super) fn is_party(sentence: &Sentence, m: usize) -> bool {
        sentence.reading.predicates.iter().map(|p| p.links[m].role).any(|role| role[1] + role[2] >= 0.5)
    }

    /// A capital to which somebody travels or was sent: it stands for the hosts.
    pub(super) fn is_destination(&self, sentence: &Sentence, m: usize) -> bool {
        let tag = &sentence.reading.mentions[m];
        let words = sentence.span_of(tag.first, tag.last).slice(self.text).unwrap_or_default();
        let leads = |p: &Predicate| p.links[m].role[3] >= 0.5 && sentence.goes_to(self.text, p, m);
        let sends = |p: &Predicate| p.links[m].role[3] >= 0.5 && sentence.is_of_mission(self.text, p, m);
        sentence.reading.predicates.iter().any(|p| leads(p) || sends(p)) && self.knowledge.is_capital(words)
    }

    /// The country of a place, as an actor.
    pub(super) fn place(&mut self, i: usize, m: usize, sentence: &Sentence) -> Option<Reference> {
        let tag = &sentence.reading.mentions[m];
        let span = sentence.span_of(tag.first, tag.last);
        let words = span.slice(self.text)?;
        let country = self.own_country(sentence, tag)?;
        let state = |e: &Entity| e.resolved.kind == ActorKind::State && e.resolved.country.as_ref() == Some(&country);
        if let Some(entity) = self.cast.entities.iter().position(state) {
            return Some(Reference { entity, direct: true });
        }
        let resolved = Resolved { country: Some(country), ..Resolved::new(ActorKind::State, "country of the place", 0.5) };
        Some(Reference { entity: self.add(i, span, words, resolved), direct: true })
    }

    /// What the own words of each mention tell, for the others of the article.
    pub(super) fn own_words(&mut self) {
        let sentences = self.sentences;
        let own = |s: &Sentence| s.reading.mentions.iter().map(|m| self.own_country(s, m)).collect();
        self.cast.own = sentences.iter().map(own).collect();
        let all = self.cast.own.iter().flatten().flatten().chain(self.countries.keys()).chain(&self.home);
        self.cast.candidates = all.cloned().collect::<BTreeSet<String>>().into_iter().collect();
        self.mentions = mentioned(self.text, sentences, &self.cast);
    }

    /// What all mentions together tell of mention `m` of sentence `i`; nothing without a network.
    pub(super) fn read_together(&mut self, i: usize, m: usize) -> Told {
        let Some(reader) = self.reader else { return Told::default() };
        let number = self.mentions.partition_point(|x| x.sentence < i) + m;
        let window = window_of(number);
        let read = || reader.whose(&self.mentions, self.cast.candidates.len(), window);
        self.whose.entry(window).or_insert_with(read).get(number - first_of(window)).cloned().unwrap_or_default()
    }

    /// Which countries other mentions of sentence `i` tell for each one, by the network's word.
    pub(super) fn told(&self, i: usize, sentence: &Sentence) -> Vec<Vec<(String, f32)>> {
        let own = &self.cast.own[i];
        let of = |m: usize| {
            let others = own.iter().zip(&sentence.reading.kin[m]).enumerate().filter(|(j, _)| *j != m);
            together(others.filter_map(|(_, (country, p))| Some((country.clone()?, *p))))
        };
        (0..own.len()).map(of).collect()
    }

    /// "In Port Sudan, the information minister thanked ...": the country of the place that opens the sentence.
    pub(super) fn opening(&self, sentence: &Sentence) -> Option<String> {
        let first = sentence.reading.mentions.first().filter(|m| m.first == 1 && matches!(m.kind.as_str(), "pl" | "st"))?;
        let word = |w: usize| sentence.lower(self.text, w);
        (word(0) == "in" && word(first.last) == ",").then(|| self.own_country(sentence, first)).flatten()
    }

    /// The country that a mention's own words tell.
    pub(super) fn own_country(&self, sentence: &Sentence, m: &chancery_model::Tagged) -> Option<String> {
        let words = sentence.span_of(m.first, m.last).slice(self.text)?;
        if m.kind == "pl" {
            let is_town = |r: &Resolved| words.get(r.range.0..r.range.1).is_some_and(|name| self.alike.is_town(name));
            let state = self.knowledge.named_in(words).into_iter().find(|r| is_state(r) && !is_town(r));
            return state.and_then(|s| s.country).or_else(|| self.town(words));
        }
        if self.alike.is_surname(words) || self.alike.firm(words).is_some() {
            return None;
        }
        let is_person = m.kind == "pe" || m.kind == "ro" && ends_with_name(words);
        let kind = is_person.then_some(MentionKind::Person);
        let resolved = self.knowledge.resolve(words, kind, &self.context())?;
        let resolved = self.seat(words, resolved);
        // an agency tells nothing of those who speak to it
        let is_agency = resolved.rule == "organisation" && resolved.sector.as_deref() == Some("JRN");
        resolved.country.clone().filter(|c| resolved.relative.is_none() && !is_agency && !self.is_elsewhere(&resolved, c))
    }

    /// The country of a place; of several of that name the one at home, else the one in a country that the article has named, else the largest.
    pub(super) fn town(&self, words: &str) -> Option<String> {
        let words = words.trim_start_matches("the ");
        let countries = self.knowledge.place_countries(words);
        let at_home = countries.iter().find(|c| self.home.as_ref() == Some(*c));
        let named = at_home.or_else(|| countries.iter().find(|c| self.countries.contains_key(*c))).cloned();
        named.or_else(|| self.knowledge.place_country(words, &self.alike.told))
    }

    /// "the Kyrgyz side": a phrase the knowledge base cannot place, with one state word in it.
    pub(super) fn national(&self, words: &str, kind: &str) -> Option<Resolved> {
        let mut named = self.knowledge.named_in(words).into_iter().filter(is_state);
        let state = named.next().filter(|_| kind != "pe" && !self.alike.is_surname(words))?;
        let kind = match kind {
            "or" => ActorKind::Organization,
            "ro" => ActorKind::Role,
            "pe" => ActorKind::Person,
            _ => ActorKind::Group,
        };
        let lower = words.to_lowercase();
        let official = lower.rsplit(' ').next().is_some_and(|last| english().is(Word::Official, last));
        let sector = official.then(|| "GOV".to_owned());
        let one = named.all(|s| s.country == state.country);
        one.then(|| Resolved {
            kind,
            name: None,
            id: None,
            sectors: sector.clone().into_iter().collect(),
            sector,
            rule: "state word",
            ..state
        })
    }

    /// "her government", "Vasques's ministry": the country of whoever owns it.
    pub(super) fn owned(&self, i: usize, m: usize, words: &str, resolved: Resolved) -> Resolved {
        let named = words.split_once("’s ").or_else(|| words.split_once("'s "));
        // "Bush's son": there is a town of that name, too
        let is_namesake = |owner: &str| {
            let town = || self.knowledge.resolve(owner, None, &LinkContext::default()).is_some_and(|r| r.rule == "place");
            self.alike.full_name(owner).is_some() && town()
        };
        if let Some((owner, _)) = named.filter(|(owner, _)| resolved.country.is_none() || is_namesake(owner)) {
            let names = name_words(owner);
            let fits = |e: &&Entity| !names.is_empty() && names.iter().all(|n| e.names.contains(n));
            if let Some(country) = self.cast.entities.iter().rev().find(fits).and_then(|e| e.resolved.country.clone()) {
                return Resolved { country: Some(country), relative: None, rule: "owner", ..resolved };
            }
        }
        let class = match words.split(' ').next().unwrap_or_default().to_lowercase().as_str() {
            "his" => HeadClass::Male,
            "her" => HeadClass::Female,
            "its" => HeadClass::Thing,
            _ => return resolved,
        };
        if resolved.country.is_some() || resolved.relative.is_some() {
            return resolved;
        }
        if let Some(other) = self.neighbour(i, m, words) {
            return other;
        }
        let owner = if class == HeadClass::Thing {
            // "Italy, which counts on Tunis, struck a softer note. Its minister ...": whom the sentence before began with
            let begun = || self.cast.references.get(i.checked_sub(1)?)?.iter().flatten().map(|r| r.entity).find(|e| self.is_body(*e));
            begun().filter(|_| words.starts_with("Its ")).or_else(|| self.body_for(class, words))
        } else {
            self.person_for(i, m, class, None)
        };
        let owner = owner.map(|o| &self.cast.entities[o].resolved);
        let country = owner.and_then(|o| o.country.clone());
        // "his forces" of a rebel are no army
        let is_armed = |r: &Resolved| r.sector.as_deref().is_some_and(|s| matches!(s, "REB" | "UAF" | "PRM"));
        let are_forces = resolved.sector.as_deref() == Some("MIL");
        // "its president" of a party or a bank is no head of state
        let is_told_by = |o: &&Resolved| is_armed(o) && are_forces || is_of_society(o, &resolved);
        let (sector, sectors) = match owner.filter(is_told_by) {
            Some(owner) => (owner.sector.clone(), owner.sectors.clone()),
            None => (resolved.sector, resolved.sectors),
        };
        Resolved { rule: if country.is_some() { "owner" } else { resolved.rule }, country, sector, sectors, ..resolved }
    }

    /// "Brussels" is the Union, but Belgium's government in a story that names Belgium and not the Union.
    pub(super) fn seat(&self, words: &str, resolved: Resolved) -> Resolved {
        let is_seat = resolved.kind == ActorKind::Organization && self.knowledge.is_capital(words);
        let is_named = || self.bodies.iter().any(|(_, body)| body.resolved.id == resolved.id);
        let country = (is_seat && !is_named()).then(|| self.town(words)).flatten().filter(|c| self.by_name.contains(c));
        let Some((_, state)) = country.and_then(|c| self.countries.get(&c)) else { return resolved };
        Resolved { sector: Some("GOV".to_owned()), sectors: vec!["GOV".to_owned()], rule: "capital", ..state.clone() }
    }

    /// "thanked its neighbour": the other of the two countries that the story is about, where the sentence says whose neighbour it is.
    fn neighbour(&self, i: usize, m: usize, words: &str) -> Option<Resolved> {
        let lower = words.to_lowercase();
        lower.strip_prefix("its ").and_then(|w| w.rsplit(' ').next()).filter(|w| english().is(Word::Neighbour, w))?;
        let earlier = (0..m).rev().flat_map(|k| &self.cast.references[i][k]).map(|r| r.entity);
        let against = self.opposite[m].iter().flat_map(|k| &self.cast.references[i][*k]).map(|r| r.entity);
        let of = |e: usize| self.cast.entities[e].resolved.country.as_ref().filter(|_| self.is_body(e));
        let country = against.chain(earlier).find_map(of)?;
        let pair = self.two_clear();
        let other = pair.iter().find(|c| *c != country).filter(|_| pair.contains(country))?;
        Some(Resolved { rule: "neighbour", ..self.countries.get(other)?.1.clone() })
    }

    /// "her hosts", "his guest, Andrés Villamar": somebody of the other of the two countries that the story is about.
    pub(super) fn host_or_guest(&self, i: usize, m: usize, words: &str) -> Option<Resolved> {
        let lower = words.to_lowercase();
        let mut called = lower.split(|c: char| !c.is_alphabetic());
        let class = match called.next()? {
            "his" => HeadClass::Male,
            "her" => HeadClass::Female,
            _ => return None,
        };
        let noun = called.find(|w| english().is(Word::OtherSide, w))?;
        // whom the sentence sets against them is the one whose host or guest they are
        let against = self.opposite[m].iter().flat_map(|k| &self.cast.references[i][*k]).map(|r| r.entity);
        let owner = against.chain(self.person_for(i, m, class, None)).find(|e| self.cast.entities[*e].resolved.country.is_some())?;
        let country = self.cast.entities[owner].resolved.country.as_ref()?;
        let other = self
            .two_clear()
            .into_iter()
            .find(|c| c != country)
            .or_else(|| self.ranked().into_iter().map(|r| r.0).find(|c| c != country))?;
        let kind = if noun.ends_with('s') { ActorKind::Group } else { ActorKind::Role };
        Some(Resolved { country: Some(other), ..Resolved::new(kind, "host or guest", 0.5) })
    }

    fn is_body(&self, entity: usize) -> bool {
        matches!(self.cast.entities[entity].resolved.kind, ActorKind::State | ActorKind::Organization)
    }

    /// A party of a country that the article never names is another one of that name.
    fn is_elsewhere(&self, resolved: &Resolved, country: &String) -> bool {
        resolved.sector.as_deref() == Some("PTY") && !self.countries.contains_key(country)
    }

    /// Who has no country belongs to the international body at hand ("the ministers", "the secretary-general"), else to the country for which
    /// most speaks: the article's other mentions, the person's name, the story.
    pub(super) fn settled(&mut self, m: usize, words: &str, mut resolved: Resolved) -> Resolved {
        resolved.country = resolved.country.take().filter(|c| !self.is_elsewhere(&resolved, c));
        if resolved.country.is_some() || resolved.relative.is_some() {
            return resolved;
        }
        let lower = words
            .to_lowercase()
            .replace("foreign minist", "minist")
            .replace("foreign affairs", "affairs")
            .replace("foreign office", "office");
        let has = |kind: Word| lower.split(|c: char| !c.is_alphabetic()).any(|w| english().is(kind, w));
        // "human rights groups"
        if has(Word::Cause) && has(Word::Society) {
            return Resolved { country: Some("NGO".to_owned()), rule: "societies of a cause", ..resolved };
        }
        let european = self.bodies.iter().map(|b| &b.1).find(|b| lower.contains("european") && b.country() == Some("EUR"));
        if let Some(body) = european.or_else(|| self.body().filter(|_| has(Word::OfBody))) {
            return Resolved { country: body.resolved.country.clone(), rule: "of the body named", ..resolved };
        }
        let home = self.home.clone().filter(|_| !has(Word::Abroad));
        self.weigh(m, words, resolved, home.as_deref())
    }

    /// Of the country for which most speaks, if that is more than speaks for none. `home` is the country that the story is about, if it may be the
    /// mention's; those that only back whom the words mean are not.
    fn weigh(&mut self, m: usize, words: &str, resolved: Resolved, home: Option<&str>) -> Resolved {
        let evidence = self.evidence(m, words, &resolved, home);
        let tag = &self.sentences[self.now].reading.mentions[m];
        let together = self.read_together(self.now, m).countries;
        let none = together.last().copied().unwrap_or(0.0);
        let backers = self.knowledge.backers(words);
        // firms of several countries have people of one
        let is_firms = |k: usize| self.cast.candidates[k] == "MNC" && matches!(resolved.kind, ActorKind::Person | ActorKind::Role);
        let may_be = |k: usize| !backers.contains(&self.cast.candidates[k]) && !is_firms(k);
        let scores = evidence.iter().enumerate().filter(|(k, _)| may_be(*k)).map(|(k, e)| {
            let evidence = self.reader.map_or_else(|| e.plain(), |r| r.weigh(tag, e));
            let filed = match () {
                () if !self.filed_at_home || !e.home => 0.0,
                () if e.count == 0 && self.told[m].is_empty() => FILED_ONLY,
                () => FILED,
            };
            (k, together.get(k).copied().unwrap_or(0.0) - none + evidence + filed)
        });
        let mut scores: Vec<(usize, f32)> = scores.collect();
        (self.watch)(Weighed { sentence: self.now, mention: m, evidence });
        scores.sort_by(|a, b| b.1.total_cmp(&a.1));
        let Some(&(k, best)) = scores.first().filter(|s| s.1 > 0.0) else { return resolved };
        // of none of them is as likely as a score of zero
        let all = (-best).exp() + scores.iter().map(|s| (s.1 - best).exp()).sum::<f32>();
        let country = |k: usize| Some(self.cast.candidates[k].clone());
        let second = scores.get(1).map(|(k, s)| RunnerUp { country: country(*k), name: None, score: (s - best).exp() / all });
        let rule = if resolved.kind == ActorKind::Person { BORNE } else { BY_ARTICLE };
        Resolved { country: country(k), rule, score: 1.0 / all, runner_up: second, ..resolved }
    }

    /// What speaks for each of the candidates.
    fn evidence(&self, m: usize, words: &str, resolved: &Resolved, home: Option<&str>) -> Vec<Evidence> {
        let candidates: Vec<&str> = self.cast.candidates.iter().map(String::as_str).collect();
        let is_person = resolved.kind == ActorKind::Person;
        let names = if is_person { self.knowledge.borne(resolved.name.as_deref().unwrap_or(words), &candidates) } else { Vec::new() };
        let opening = self.opening.as_deref().filter(|_| resolved.sector.is_some());
        let all: usize = self.countries.values().map(|c| c.0).sum();
        let of = |(k, code): (usize, &&str)| {
            let count = self.countries.get(*code).map_or(0, |c| c.0);
            Evidence {
                sentence: self.told[m].iter().find(|t| t.0 == **code).map(|t| t.1),
                name: names.get(k).copied().unwrap_or(0.0),
                share: count as f32 / all.max(1) as f32,
                count,
                home: home == Some(*code),
                opens: opening == Some(*code),
            }
        };
        candidates.iter().enumerate().map(of).collect()
    }

    /// The international body that this sentence names, else the one of the lead.
    pub(super) fn body(&self) -> Option<&Side> {
        let here = self.bodies.iter().find(|(i, _)| *i == self.now).map(|(_, body)| body);
        here.or(self.cast.body.as_ref())
    }
}
