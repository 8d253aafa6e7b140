//! Words that point back: pronouns, definite nouns, counterparts, "the two sides", "the kingdom".

use super::{Builder, Entity, Reference, country::BY_ARTICLE, firm::is_of_firm, is_first_person, nouns};
use crate::{
    analysis::Sentence,
    phrases::{Word, english},
};
use chancery_knowledge::{ActorKind, HeadClass, Relative, Resolved};
use chancery_model::Predicate;
use chancery_record::Span;
use std::collections::BTreeSet;

/// States the article may call "the kingdom", "the sultanate" or "the emirate" (head words as in the CIA World Factbook's government types).
const MONARCHIES: [(&str, &[&str]); 4] = [
    ("kingdom", &["SAU", "JOR", "MAR", "BHR", "GBR", "THA", "NLD", "BEL", "ESP", "SWE", "NOR", "DNK", "KHM", "BTN", "SWZ", "LSO", "TON"]),
    ("sultanate", &["OMN", "BRN"]),
    ("emirate", &["KWT", "QAT", "ARE"]),
    ("republic", &[]),
];

/// Numbers from three on, of countries that do something together.
const SEVERAL: [&str; 5] = ["three", "four", "five", "six", "seven"];
/// The rule by which a mention is of each of the countries that acted together before.
const TOGETHER: &str = "of those named together";

/// Of two countries that words speak of, the second may be less likely than the first by this, in log odds (chosen on the dev part of the corpus).
const APART: f32 = 6.0;

/// Whether who holds an office may be called by the other: "the minister" is any minister.
fn is_office(called: &str, held: &str) -> bool {
    called == held || called == "MIN" && (held.starts_with("MIN") || matches!(held, "FM" | "INT" | "FIN" | "DEF" | "JUS" | "DFM" | "DDEF"))
}

/// The last word of a phrase, lower case.
fn last_word(words: &str) -> String {
    words.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

impl Builder<'_> {
    /// "the commissioner", "the council": the last actor that a fuller mention called so, if all who were called so are of one country.
    pub(super) fn called_so(&self, words: &str, own: Option<&Resolved>) -> Option<usize> {
        let noun = words.strip_prefix("the ").or_else(|| words.strip_prefix("The "))?.to_lowercase();
        if english().is(Word::OfState, &noun) {
            return None;
        }
        if english().is(Word::Company, &noun) && !self.is_only_firm() {
            return None;
        }
        let is_person = |kind: ActorKind| matches!(kind, ActorKind::Person | ActorKind::Role);
        let is_body = english().is(Word::Collective, &noun) || own.is_some_and(|r| !is_person(r.kind));
        // "the chief of staff" after "White House Chief of Staff John Hurd"
        let words = nouns(&noun);
        let is_called = |e: &Entity| e.called.contains(&noun) || words.len() > 1 && words.is_subset(&e.called);
        // "the campaign" is not its spokesman
        let fits = |e: &&Entity| is_called(e) && e.resolved.country.is_some() && !(is_body && is_person(e.resolved.kind));
        let all: BTreeSet<_> = self.cast.entities.iter().filter(fits).map(|e| &e.resolved.country).collect();
        let last = self.cast.entities.iter().enumerate().filter(|(_, e)| fits(e)).max_by_key(|(i, e)| (e.last, *i));
        last.map(|(i, _)| i).filter(|_| all.len() == 1)
    }

    /// Whether the article speaks of no more than one company.
    fn is_only_firm(&self) -> bool {
        let firms = self.cast.entities.iter().filter(|e| e.resolved.kind == ActorKind::Organization && is_of_firm(&e.resolved));
        firms.map(|e| (&e.resolved.country, &e.resolved.name)).collect::<BTreeSet<_>>().len() < 2
    }

    /// "the woman", "the suspect": the last whom the article called so.
    fn person_called(&self, noun: &str) -> Option<usize> {
        let fits = |e: &Entity| matches!(e.resolved.kind, ActorKind::Person | ActorKind::Role) && e.called.contains(noun);
        let all = self.cast.entities.iter().enumerate().filter(|(_, e)| fits(e));
        all.max_by_key(|(i, e)| (e.last, *i)).map(|(i, _)| i)
    }

    /// "his Saudi counterpart": the same office in the other country.
    pub(super) fn counterpart(
        &mut self,
        i: usize,
        m: usize,
        sentence: &Sentence,
        span: Span,
        resolved: Option<Resolved>,
    ) -> Vec<Reference> {
        let Some(mut resolved) = resolved else { return Vec::new() };
        let earlier = (0..m).rev().filter_map(|k| self.cast.references[i][k].first()).map(|r| r.entity);
        let with_office = earlier.into_iter().chain(self.focus()).find(|e| {
            let r = &self.cast.entities[*e].resolved;
            matches!(r.kind, ActorKind::Person | ActorKind::Role) && r.country != resolved.country
        });
        if let Some(other) = with_office.map(|e| &self.cast.entities[e].resolved) {
            resolved.office = other.office.clone();
            resolved.sector = other.sector.clone();
            resolved.sectors = other.sectors.clone();
        }
        resolved.kind = ActorKind::Role;
        resolved.rule = "counterpart";
        let words = span.slice(self.text).unwrap_or_default();
        let named_next = sentence.reading.mentions.get(m + 1).is_some_and(|n| {
            let gap = n.first.saturating_sub(sentence.reading.mentions[m].last);
            n.kind == "pe" && gap <= 1
        });
        let same =
            |e: &Entity| e.resolved.office == resolved.office && e.resolved.country == resolved.country && resolved.country.is_some();
        if let Some(entity) = self.cast.entities.iter().rposition(same).filter(|_| !named_next) {
            self.touch(entity, i, words);
            self.counterparts.push((i, entity));
            return vec![Reference { entity, direct: false }];
        }
        let entity = self.add(i, span, words, resolved);
        self.counterparts.push((i, entity));
        vec![Reference { entity, direct: true }]
    }

    /// The countries that the article names, most often first.
    pub(super) fn ranked(&self) -> Vec<(String, usize)> {
        let mut ranked: Vec<(String, usize)> = self.countries.iter().map(|(c, (n, _))| (c.clone(), *n)).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The two countries that are named at least twice as often as any third, the second more than a third as often as the first; none if
    /// there are not two.
    pub(super) fn two_clear(&self) -> Vec<String> {
        let ranked = self.ranked();
        let third = ranked.get(2).map_or(0, |r| r.1);
        if ranked.len() < 2 || ranked[1].1 < 2 * third || 3 * ranked[1].1 <= ranked[0].1 {
            return Vec::new();
        }
        ranked.into_iter().take(2).map(|(c, _)| c).collect()
    }

    /// The one or two countries that all mentions of the article tell of mention `m`, which speaks of two; none without a network. Beside the likeliest a third
    /// country does not stand for the other one of a story that is clearly between two.
    fn two_told(&mut self, i: usize, m: usize) -> Vec<String> {
        let together = self.read_together(i, m).countries;
        let none = together.last().copied().unwrap_or(0.0);
        let candidates = self.cast.candidates.iter().enumerate();
        let mut told: Vec<(f32, &String)> =
            candidates.filter_map(|(k, c)| Some((together.get(k)? - none, c))).filter(|t| t.0 > 0.0).collect();
        told.sort_by(|a, b| b.0.total_cmp(&a.0));
        let most = told.first().map_or(0.0, |t| t.0);
        let two: Vec<String> = told.into_iter().take(2).filter(|t| most - t.0 < APART).map(|t| t.1.clone()).collect();
        let clear = self.two_clear();
        let is_third = two.len() == 2 && clear.contains(&two[0]) && !clear.contains(&two[1]);
        if is_third { clear } else { two }
    }

    /// "both treasuries", "the two transport ministers": one of each of the two countries that the article tells of them.
    pub(super) fn each_of_two(&mut self, i: usize, m: usize, span: Span, words: &str, own: Option<&Resolved>) -> Vec<Reference> {
        let lower = words.to_lowercase();
        let is_pair = ["both ", "the two ", "either ", "neither "].iter().any(|start| lower.starts_with(start));
        let Some(own) = own.filter(|r| is_pair && r.country.is_none() && r.relative.is_none()) else { return Vec::new() };
        let two = self.two_told(i, m);
        if two.len() < 2 {
            return Vec::new();
        }
        let of = |country: String| Resolved { country: Some(country), rule: BY_ARTICLE, ..own.clone() };
        let all: Vec<Resolved> = two.into_iter().map(of).collect();
        all.into_iter().map(|r| Reference { entity: self.add(i, span, words, r), direct: true }).collect()
    }

    /// "the three foreign ministers", "the four states": of those countries that a predicate before set together, if it was as many.
    pub(super) fn each_of_several(&mut self, i: usize, span: Span, words: &str, own: Option<&Resolved>) -> Vec<Reference> {
        let lower = words.to_lowercase();
        let number = lower.strip_prefix("the ").or_else(|| lower.strip_prefix("all ")).and_then(|rest| rest.split(' ').next());
        let count = number.and_then(|n| SEVERAL.iter().position(|s| *s == n)).map(|at| at + 3);
        let is_of_states = own.is_some_and(|r| r.country.is_none() && r.sector.as_deref() == Some("GOV"));
        let Some(count) = count.filter(|_| is_of_states) else { return Vec::new() };
        let Some(company) = self.companies.get(&count).cloned() else { return Vec::new() };
        let own = own.filter(|r| r.relative.is_none());
        let mut out: Vec<(Option<String>, Reference)> = Vec::new();
        for e in company {
            let country = self.cast.entities[e].resolved.country.clone();
            if country.is_none() || out.iter().any(|(c, _)| *c == country) {
                continue;
            }
            let reference = match own {
                Some(own) => {
                    let of = Resolved { country: country.clone(), rule: TOGETHER, ..own.clone() };
                    Reference { entity: self.add(i, span, words, of), direct: true }
                }
                None => Reference { entity: e, direct: false },
            };
            out.push((country, reference));
        }
        out.into_iter().map(|(_, r)| r).collect()
    }

    /// The two countries of those whom the sentence joins before a mention, or of the last parties of the sentence before it. "Oman hosted talks between Iran and
    /// America. It urged both sides": who mediates is none of them.
    fn two_near(&self, i: usize, m: usize) -> Vec<String> {
        let before = i.checked_sub(1).filter(|b| self.pair.1 == *b);
        let mediated = || before.filter(|_| self.pair.0.len() > 2).map(|b| self.joined_before(b, usize::MAX)).unwrap_or_default();
        let parties = || before.map(|_| self.pair.0.clone()).unwrap_or_default();
        let near = [self.joined_before(i, m), mediated(), parties()].into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        let countries: BTreeSet<String> = near.iter().filter_map(|e| self.cast.entities[*e].resolved.country.clone()).collect();
        if countries.len() == 2 { countries.into_iter().collect() } else { Vec::new() }
    }

    /// "We will wait," said the minister: who speaks the quotation in which a mention stands, by the words of its sentence beside it.
    fn who_is_quoted(&self, i: usize, m: usize) -> Vec<Reference> {
        let sentence = &self.sentences[i];
        let Some(q) = self.quotation_of(i, m) else { return Vec::new() };
        let is_outside = |first: usize| first < q.first || first >= q.last;
        let distance = |p: &Predicate| if p.first >= q.last { p.first - q.last } else { q.first - p.first };
        let speaker = |p: &Predicate| {
            let speaks = p.links.iter().filter(|l| l.speech[1] >= 0.5 && is_outside(sentence.reading.mentions[l.mention].first));
            let best = speaks.max_by(|a, b| a.speech[1].total_cmp(&b.speech[1]));
            best.map(|l| self.cast.references[i][l.mention].clone()).filter(|r| !r.is_empty())
        };
        let cues = sentence.reading.predicates.iter().filter(|p| is_outside(p.first));
        let found = cues.filter_map(|p| Some((distance(p), speaker(p)?))).min_by_key(|(d, _)| *d);
        found.into_iter().flat_map(|(_, r)| r).map(|r| Reference { direct: false, ..r }).collect()
    }

    /// "they" after "Ann Lee and Kenji Mori said that": the entities that the sentence joins before a mention.
    fn joined_before(&self, i: usize, m: usize) -> Vec<usize> {
        let sentence = &self.sentences[i];
        let mentions = &sentence.reading.mentions;
        let is_joined = |k: &usize| {
            let gap = mentions[*k].last..mentions[k + 1].first;
            let is_actor =
                |k: usize| matches!(mentions[k].kind.as_str(), "pe" | "ro" | "st" | "or") && !self.cast.references[i][k].is_empty();
            gap.len() == 1 && sentence.lower(self.text, gap.start) == "and" && is_actor(*k) && is_actor(k + 1)
        };
        let pair = (0..m.min(mentions.len()).saturating_sub(1)).rev().find(is_joined).map(|k| [k, k + 1]);
        let entities: BTreeSet<usize> = pair.into_iter().flatten().flat_map(|k| &self.cast.references[i][k]).map(|r| r.entity).collect();
        if entities.len() > 1 { entities.into_iter().collect() } else { Vec::new() }
    }

    /// "the two sides": the two near by, else those of whom all mentions of the article tell it, else the two countries that it names far more than
    /// others, else the parties of the predicate before, else the two that it names most.
    pub(super) fn both(&mut self, i: usize, m: usize, span: Span, resolved: Option<Resolved>) -> Vec<Reference> {
        let near = self.two_near(i, m);
        let mut pair = if near.is_empty() { self.two_told(i, m) } else { near };
        pair.retain(|c| self.countries.contains_key(c));
        if pair.is_empty() {
            pair = self.two_clear();
            if pair.is_empty() && self.pair.0.len() > 1 {
                return self.pair.0.iter().map(|entity| Reference { entity: *entity, direct: false }).collect();
            }
            if pair.is_empty() {
                pair = self.ranked().into_iter().take(2).map(|(c, _)| c).collect();
            }
            if pair.len() < 2 {
                return Vec::new();
            }
        }
        let sector = resolved.and_then(|r| r.sector);
        let words = span.slice(self.text).unwrap_or_default().to_owned();
        let mut out = Vec::new();
        for country in pair {
            let known = self
                .cast
                .entities
                .iter()
                .position(|e| e.resolved.kind == ActorKind::State && e.resolved.country.as_deref() == Some(&country));
            let entity = known.unwrap_or_else(|| {
                let state = self.countries[&country].1.clone();
                let state = Resolved { sector: sector.clone().or(state.sector.clone()), ..state };
                self.add(i, span, &words, state)
            });
            out.push(Reference { entity, direct: false });
        }
        out
    }

    /// Pronouns and definite descriptions.
    pub(super) fn anaphor(
        &mut self,
        i: usize,
        m: usize,
        span: Span,
        class: HeadClass,
        head: &str,
        resolved: Option<Resolved>,
    ) -> Vec<Reference> {
        let words = span.slice(self.text).unwrap_or_default().to_owned();
        if let (HeadClass::Male | HeadClass::Female, Some(entity)) = (class, self.person_for(i, m, class, resolved.as_ref())) {
            self.cast.entities[entity].gender.get_or_insert(class);
        }
        let is_own = class == HeadClass::Speaker && is_first_person(&words.to_lowercase());
        let outer = if is_own { self.who_is_quoted(i, m) } else { Vec::new() };
        if !outer.is_empty() {
            return outer;
        }
        let found = match class {
            HeadClass::State => self.state_called(head),
            HeadClass::Person if english().is(Word::Itself, head) => self.person_called(head),
            HeadClass::Male | HeadClass::Female | HeadClass::Person | HeadClass::Speaker => self.person_for(i, m, class, resolved.as_ref()),
            HeadClass::Organization | HeadClass::Group | HeadClass::Thing => self.body_for(class, &words),
            _ => None,
        };
        // "Laos and Vietnam said they", "The French and German ministers met. They ...", "Alb visited Crin. They discussed ..."
        let is_they = words.eq_ignore_ascii_case("they");
        let is_earlier = found.is_none_or(|f| self.cast.entities[f].last < i);
        let mut several = if is_they && is_earlier { self.joined_before(i, m) } else { Vec::new() };
        let may_be_pair = is_they && several.is_empty() && self.pair.1 + 1 == i && self.pair.0.len() > 1;
        if may_be_pair && found.is_none_or(|f| self.pair.0.contains(&f)) {
            several.clone_from(&self.pair.0);
        }
        match found {
            _ if !several.is_empty() => several.into_iter().map(|entity| Reference { entity, direct: false }).collect(),
            Some(entity) => {
                self.touch(entity, i, &words);
                vec![Reference { entity, direct: false }]
            }
            // a description without antecedent ("the minister" alone) still says its sector
            None => match resolved.filter(|r| r.sector.is_some()) {
                Some(r) => {
                    let r = self.settled(m, &words, Resolved { relative: None, ..r });
                    vec![Reference { entity: self.add(i, span, &words, r), direct: true }]
                }
                None => Vec::new(),
            },
        }
    }

    pub(super) fn person_for(&self, i: usize, m: usize, class: HeadClass, described: Option<&Resolved>) -> Option<usize> {
        let by_pronoun = matches!(class, HeadClass::Male | HeadClass::Female);
        let head = described.and_then(|d| if let Some(Relative::Anaphor { head, .. }) = &d.relative { Some(head.as_str()) } else { None });
        let is_any = by_pronoun || head.is_none_or(|h| self.knowledge.is_post(h));
        let fits = |e: &usize| {
            let e = &self.cast.entities[*e];
            // "the chairman" is not the state government
            let is_body = || e.span.slice(self.text).is_some_and(|s| self.knowledge.is_body(&last_word(s)));
            let person = e.resolved.kind == ActorKind::Person || e.resolved.kind == ActorKind::Role && !is_body();
            let gender =
                !matches!((class, e.gender), (HeadClass::Male, Some(HeadClass::Female)) | (HeadClass::Female, Some(HeadClass::Male)));
            let country = described.and_then(|d| d.country.as_ref()).is_none_or(|c| e.resolved.country.as_ref() == Some(c));
            let office = described
                .and_then(|d| d.office.as_deref())
                .is_none_or(|o| e.resolved.office.as_deref().is_some_and(|held| is_office(o, held)));
            // "the judge" is not the minister who spoke last
            let sector = described.filter(|d| d.office.is_none()).and_then(|d| d.sector.as_ref());
            let is_so = sector.is_none_or(|s| e.resolved.sector.is_none() || e.resolved.sectors.contains(s) || is_any);
            // "she" is nobody who is known by neither name nor post
            let known = e.resolved.kind == ActorKind::Person || e.resolved.sector.is_some();
            person && known && gender && country && office && is_so
        };
        // "after talks with his Portuguese counterpart, Helena Vasques, he": he is whose counterpart she is
        let is_opposite = |e: &usize| self.opposite[m].iter().any(|k| self.cast.references[i][*k].iter().any(|r| r.entity == *e));
        let is_own = |e: &usize| by_pronoun && self.counterparts.contains(&(i, *e)) || is_opposite(e);
        let here = (0..m).filter_map(|k| self.cast.references[i][k].first()).map(|r| r.entity).filter(|e| !is_own(e));
        let mut recent: Vec<usize> = (0..self.cast.entities.len()).collect();
        recent.sort_by_key(|e| std::cmp::Reverse((self.cast.entities[*e].last, *e)));
        recent.retain(|e| !is_own(e));
        let focus = if class == HeadClass::Speaker { self.voice() } else { self.focus() }.filter(|e| !is_own(e));
        // a pronoun looks at its own sentence first, a description at who spoke last
        let order: Vec<usize> =
            if !by_pronoun { focus.into_iter().chain(recent).collect() } else { here.chain(focus).chain(recent).collect() };
        let same_country = |e: &usize| {
            let e = &self.cast.entities[*e].resolved;
            let country = described.and_then(|d| d.country.as_ref()).is_none_or(|c| e.country.as_ref() == Some(c));
            country && matches!(e.kind, ActorKind::Person)
        };
        let found = order.iter().copied().find(fits);
        // "the envoy" of somebody introduced by another title; "the president" is no minister
        let is_title = described.and_then(|d| d.office.as_deref()).is_none_or(|o| o == "ENVOY");
        found.or_else(|| focus.filter(|_| !by_pronoun && is_title).filter(same_country))
    }

    /// The last body that a description may mean: one that was called so, for "the bloc" an international one; a council, committee or court
    /// that nothing was called is none that was named otherwise.
    pub(super) fn body_for(&self, class: HeadClass, words: &str) -> Option<usize> {
        let noun = last_word(words);
        let fits = |e: &Entity| match class {
            HeadClass::Organization => e.resolved.kind == ActorKind::Organization,
            HeadClass::Group => e.resolved.kind == ActorKind::Group,
            _ => {
                let is_body = || e.span.slice(self.text).is_some_and(|s| self.knowledge.is_body(&last_word(s)));
                matches!(e.resolved.kind, ActorKind::State | ActorKind::Organization) || is_body()
            }
        };
        // of those of one sentence the first: "The union told the ministry that it"
        let place = |entity: usize, sentence: usize| {
            let said = self.cast.references.get(sentence).into_iter().flatten().position(|m| m.iter().any(|r| r.entity == entity));
            std::cmp::Reverse(said.unwrap_or(usize::MAX))
        };
        // outside quotations nobody is meant who is only named in one
        let at = |e: &Entity| if self.is_quoted { Some(e.last) } else { e.outside };
        let last = |fits: &dyn Fn(&Entity) -> bool| {
            let all = self.cast.entities.iter().enumerate().filter_map(|(i, e)| Some((i, at(e).filter(|_| fits(e))?)));
            all.max_by_key(|(i, at)| (*at, place(*i, *at), *i)).map(|(i, _)| i)
        };
        let called = last(&|e| fits(e) && e.called.contains(&noun));
        match noun.as_str() {
            "they" | "them" | "their" | "themselves" => last(&fits).filter(|group| self.is_plural_at_hand(*group)),
            _ if english().is(Word::Company, &noun) => {
                if self.is_only_firm() {
                    called.or_else(|| last(&|e| fits(e) && is_of_firm(&e.resolved)))
                } else {
                    None
                }
            }
            "bloc" => called.or_else(|| last(&|e| fits(e) && e.resolved.country.as_deref().is_some_and(|c| matches!(c, "IGO" | "EUR")))),
            _ if english().is(Word::Itself, &noun) => called,
            _ => called.or_else(|| last(&fits)),
        }
    }

    /// Whether "they" may be a group: nobody else who acts together was named since, and it was lately.
    fn is_plural_at_hand(&self, group: usize) -> bool {
        let said = self.cast.entities[group].last;
        let is_later = |e: &Entity| e.resolved.kind == ActorKind::Organization && e.last > said && e.last < self.now;
        self.now - said <= 3 && !self.cast.entities.iter().any(is_later)
    }

    pub(super) fn state_called(&mut self, head: &str) -> Option<usize> {
        let allowed = MONARCHIES.iter().find(|(h, _)| *h == head).map(|(_, c)| *c).unwrap_or_default();
        let fits = |c: &str| allowed.is_empty() || allowed.contains(&c);
        let of_kind = self.countries.iter().filter(|(c, _)| fits(c));
        let named = of_kind.max_by_key(|(c, (n, _))| (*n, std::cmp::Reverse((*c).clone())))?.0.clone();
        let known =
            self.cast.entities.iter().position(|e| e.resolved.kind == ActorKind::State && e.resolved.country.as_deref() == Some(&named));
        known.or_else(|| {
            let resolved = self.countries[&named].1.clone();
            self.cast.entities.push(Entity {
                resolved,
                span: Span::new(0, 0),
                names: Vec::new(),
                called: BTreeSet::new(),
                gender: None,
                alone: 0,
                has_role: true,
                last: 0,
                outside: None,
            });
            Some(self.cast.entities.len() - 1)
        })
    }
}
