//! Mentions -> the cast of an article: who each mention is, with what the article itself teaches.
//!
//! "Okano Yukiko, deputy press secretary of Japan's Foreign Ministry, ... Yukiko ... she ... the Japanese official" -> one entity.
//! Order of evidence: the mention's own words (role phrase, state word, known name), apposition, a short form of an earlier name,
//! a definite description or pronoun; what its country is where none of these tells (`coref/country.rs`). A pair word ("the two sides") stands for the two countries the article is about.

mod alike;
mod anaphor;
mod country;
mod firm;
mod sector;

use crate::{
    analysis::{Sentence, label, opens_paragraph},
    content::{Quotation, quotations},
    phrases::{Word, english},
};
use chancery_knowledge::{ActorKind, HeadClass, Knowledge, LinkContext, MentionKind, Relative, Resolved};
use chancery_model::{Link, Mentioned, Predicate, Reader, Told};
use chancery_record::Span;
use country::told_country;
pub use country::{BY_ARTICLE, Weighed, mentioned};
use firm::is_of_firm;
use std::collections::{BTreeMap, BTreeSet};

/// One actor of the article, with all that its mentions say.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What the fullest mention resolved to.
    pub resolved: Resolved,
    /// The fullest mention.
    pub span: Span,
    /// Words of its names, lower case (persons and bodies).
    names: Vec<String>,
    /// The words of all its mentions, lower case: what "the commissioner" or "the council" may point back to.
    called: BTreeSet<String>,
    gender: Option<HeadClass>,
    /// How often it is called by one name alone.
    alone: usize,
    /// Whether the article tells any role, post or title of it.
    has_role: bool,
    /// Sentence of its last mention.
    last: usize,
    /// The same of those outside quotations.
    outside: Option<usize>,
}

/// A mention's tie to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Index into [`Cast::entities`].
    pub entity: usize,
    /// Whether the mention's own words say who it is; false for pronouns, short forms and descriptions.
    pub direct: bool,
}

/// Who is who in one article.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// The countries that some sentence names beside the home country.
    pub beside_home: BTreeSet<String>,
    /// The actors in order of first mention.
    pub entities: Vec<Entity>,
    /// For each sentence and each of its mentions, the entities it stands for (several for "the two sides"; none if unknown).
    pub references: Vec<Vec<Vec<Reference>>>,
    /// The country that the story is about, if it is about one.
    pub home: Option<Side>,
    /// The two countries of a story between two: both named far more often than any third, neither far more than the other. Empty otherwise.
    pub pair: Vec<Side>,
    /// The international body that the headline or the lead names.
    pub body: Option<Side>,
    /// For each sentence and each of its mentions the country that its own words tell.
    pub own: Vec<Vec<Option<String>>>,
    /// For each sentence and each of its mentions the sector that the network and the words tell together; none where the words alone do.
    pub sectors: Vec<Vec<Option<String>>>,
    /// The countries that a mention may be of, in order.
    pub candidates: Vec<String>,
}

/// A state or body that the story is about, for matters that leave it unsaid.
#[derive(Clone, Debug)]
pub struct Side {
    /// The state or body.
    pub resolved: Resolved,
    /// Where it is first named.
    pub span: Span,
}

impl Side {
    /// Its code in the country slot.
    pub fn country(&self) -> Option<&str> {
        self.resolved.country.as_deref()
    }
}

struct Builder<'a> {
    /// Is shown what is weighed.
    watch: &'a mut dyn FnMut(Weighed),
    text: &'a str,
    sentences: &'a [Sentence],
    knowledge: &'a Knowledge,
    reader: Option<&'a Reader>,
    date: Option<&'a str>,
    cast: Cast,
    /// How often the article names each country, and the state as an actor.
    countries: BTreeMap<String, (usize, Resolved)>,
    /// The countries that it names otherwise than by their capital.
    by_name: BTreeSet<String>,
    /// What its names are that look like states and places.
    alike: alike::Alike,
    /// Who spoke last, and in which sentence.
    speaker: Option<(usize, usize)>,
    /// Who acted last.
    actor: Option<(usize, usize)>,
    /// Who has the floor in the paragraph at hand of a transcript.
    floor: Option<usize>,
    /// The two or more parties of the last predicate that had them, and its sentence.
    pair: (Vec<usize>, usize),
    /// The sides of the last predicate between so many countries.
    companies: BTreeMap<usize, Vec<usize>>,
    /// Entities that a sentence (first) calls somebody's counterpart.
    counterparts: Vec<(usize, usize)>,
    /// The country whose "government" or "police" needs no name in this article.
    home: Option<String>,
    /// Whether the dateline says so.
    filed_at_home: bool,
    /// For each mention of the sentence at hand, the countries that other mentions of it tell, each with the log odds that it is the mention's.
    told: Vec<Vec<(String, f32)>>,
    /// The country of the place that opens it.
    opening: Option<String>,
    /// For each mention of the sentence at hand those that are surely somebody else ([`opposite`]).
    opposite: Vec<Vec<usize>>,
    /// The article's mentions, in order, for the network that reads them together.
    mentions: Vec<Mentioned<'a>>,
    /// What the network told of the mentions of each window that was asked for.
    whose: BTreeMap<usize, Vec<Told>>,
    /// International bodies named, with the sentences that name them.
    bodies: Vec<(usize, Side)>,
    /// The sentence at hand.
    now: usize,
    /// What stands between quotation marks in each sentence.
    quotations: Vec<Vec<Quotation>>,
    /// Whether the mention at hand does.
    is_quoted: bool,
}

/// An article as it was read.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The text of its page.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Who is who in the world.
    pub knowledge: &'a Knowledge,
    /// The article's date (ISO) if known.
    pub date: Option<&'a str>,
    /// The country of its dateline.
    pub filed_in: Option<&'a str>,
    /// What read the sentences; none when they were not read but given.
    pub reader: Option<&'a Reader>,
}

/// Resolves every mention of the article.
pub fn cast(input: Input) -> Cast {
    cast_watched(input, &mut |_| ())
}

/// As [`cast`]; `watch` is shown each mention whose own words tell no country, with what speaks for each.
pub fn cast_watched(input: Input, watch: &mut dyn FnMut(Weighed)) -> Cast {
    let Input { text, sentences, knowledge, date, filed_in, reader } = input;
    let mut named: Vec<Vec<Resolved>> = sentences.iter().map(|s| knowledge.named_in(s.span.slice(text).unwrap_or_default())).collect();
    let mut alike = alike::Alike::of(text, sentences, &mut named, knowledge);
    let by_name = country::drop_seats(text, sentences, &mut named, knowledge);
    alike.learn_home(text, sentences, &named, &by_name, filed_in, knowledge);
    alike.drop_georgia(text, sentences, &mut named);
    alike.drop_towns(text, sentences, &mut named, &by_name, knowledge);
    let place = |i: usize, r: &Resolved| Side {
        span: Span::new(sentences[i].span.start + r.range.0, sentences[i].span.start + r.range.1),
        resolved: Resolved { sector: (r.kind == ActorKind::State).then(|| "GOV".to_owned()), ..r.clone() },
    };
    let side = |code: &str| {
        named.iter().enumerate().find_map(|(i, rs)| rs.iter().find(|r| r.country.as_deref() == Some(code)).map(|r| place(i, r)))
    };
    let bodies: Vec<(usize, Side)> =
        named.iter().enumerate().flat_map(|(i, rs)| rs.iter().filter(|r| is_body(r)).map(move |r| (i, place(i, r)))).collect();
    let home = country::home(&named, &country::places(text, sentences, knowledge, &alike), &country::leads(sentences, &named), filed_in);
    let mut b = Builder {
        watch,
        text,
        sentences,
        knowledge,
        reader,
        date,
        cast: Cast { body: bodies.iter().find(|(i, _)| *i < LEAD).map(|(_, body)| body.clone()), ..Cast::default() },
        countries: BTreeMap::new(),
        by_name,
        alike,
        speaker: None,
        actor: None,
        floor: None,
        pair: (Vec::new(), 0),
        companies: BTreeMap::new(),
        counterparts: Vec::new(),
        filed_at_home: filed_in.is_some() && home.as_deref() == filed_in,
        home,
        told: Vec::new(),
        opening: None,
        opposite: Vec::new(),
        mentions: Vec::new(),
        whose: BTreeMap::new(),
        bodies,
        now: 0,
        quotations: quotations(text, sentences),
        is_quoted: false,
    };
    for state in named.iter().flatten().filter(|r| is_state(r)) {
        let country = state.country.clone().unwrap_or_default();
        b.countries.entry(country).or_insert((0, state.clone())).0 += 1;
    }
    b.own_words();
    for (i, sentence) in sentences.iter().enumerate() {
        b.now = i;
        b.sentence(i, sentence);
    }
    b.sectors();
    b.cast.home = b.home.as_deref().and_then(side);
    let beside = |country: &str| -> BTreeSet<String> {
        let names = |rs: &&Vec<Resolved>| rs.iter().any(|r| r.country.as_deref() == Some(country));
        named.iter().filter(names).flatten().filter_map(|r| r.country.clone()).collect()
    };
    b.cast.beside_home = b.home.as_deref().map(beside).unwrap_or_default();
    let pair = b.two_clear();
    if pair.first().is_some_and(|one| beside(one).contains(&pair[1])) {
        b.cast.pair = pair.iter().filter_map(|c| side(c)).collect();
    }
    b.cast
}

fn is_state(r: &Resolved) -> bool {
    r.kind == ActorKind::State && r.country.as_ref().is_some_and(|c| c.len() == 3 && !INTERNATIONAL.contains(&c.as_str()))
}

fn is_body(r: &Resolved) -> bool {
    r.kind == ActorKind::Organization && r.country.as_deref().is_some_and(|c| matches!(c, "IGO" | "EUR"))
}

fn name_words(name: &str) -> Vec<String> {
    #[rustfmt::skip]
    const TITLES: [&str; 34] = [
        "mr", "mrs", "ms", "dr", "prince", "princess", "king", "queen", "sheikh", "sheikha", "sir", "lord", "lady", "president",
        "minister", "prime", "crown", "foreign", "gen", "general", "col", "colonel", "ambassador", "secretary", "senator", "bin", "al",
        "the", "chancellor", "judge", "bishop", "emir", "deputy", "governor",
    ];
    // "Poland's Foreign Minister Jan Nowak" is not called Poland
    let name = name.rsplit_once("'s ").or_else(|| name.rsplit_once("’s ")).map_or(name, |(_, own)| own);
    // "Ann Lee of France"
    let name = name.split_once(" of ").map_or(name, |(name, _)| name);
    // "Clinton's"
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase);
    words.filter(|w| !TITLES.contains(&w.as_str())).collect()
}

/// The words of a mention that a definite noun may take up.
fn nouns(words: &str) -> BTreeSet<String> {
    words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_lowercase).collect()
}

/// Whether a word (lower case) is said of who speaks.
fn is_first_person(word: &str) -> bool {
    matches!(word, "we" | "us" | "our" | "ours" | "ourselves" | "i" | "me" | "my" | "mine" | "myself")
}

/// Whether a role phrase ends in two capitalised words.
fn ends_with_name(words: &str) -> bool {
    let capitals = words.rsplit(' ').take_while(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    capitals >= 2 && !words.starts_with("the ") && !words.starts_with("The ")
}

/// For each mention those on the other side of a predicate: whom somebody telephones is somebody else.
fn opposite(sentence: &Sentence) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); sentence.reading.mentions.len()];
    for p in &sentence.reading.predicates {
        let side = |of: fn(&Link) -> f32| p.links.iter().filter(move |l| of(l) > 0.5).map(|l| l.mention);
        let both = [(side(|l| l.role[1]), side(|l| l.role[2])), (side(|l| l.speech[1]), side(|l| l.speech[2]))];
        for (a, b) in both.into_iter().flat_map(|(doers, others)| doers.flat_map(move |a| others.clone().map(move |b| (a, b)))) {
            out[a].push(b);
            out[b].push(a);
        }
    }
    out
}

fn gender_of(mention: &str) -> Option<HeadClass> {
    let first = mention.split_whitespace().next()?.trim_end_matches('.').to_lowercase();
    match first.as_str() {
        "mr" | "prince" | "king" | "sheikh" | "sir" | "lord" | "he" | "his" | "him" => Some(HeadClass::Male),
        "ms" | "mrs" | "princess" | "queen" | "sheikha" | "lady" | "she" | "her" => Some(HeadClass::Female),
        // "Opposition spokeswoman Ann Lee", "the woman", not "the woman's lawyer"
        _ => mention.split(' ').filter(|w| w.starts_with(char::is_lowercase)).find_map(gender_told),
    }
}

/// What a given name tells.
fn gender_of_name(names: &[String]) -> Option<HeadClass> {
    let [given, _, ..] = names else { return None };
    gender_told(given)
}

fn gender_told(word: &str) -> Option<HeadClass> {
    match () {
        () if english().is(Word::Female, word) => Some(HeadClass::Female),
        () if english().is(Word::Male, word) => Some(HeadClass::Male),
        () => None,
    }
}

impl Builder<'_> {
    fn sentence(&mut self, i: usize, sentence: &Sentence) {
        self.cast.references.push(vec![Vec::new(); sentence.reading.mentions.len()]);
        self.told = self.told(i, sentence);
        self.opening = self.opening(sentence);
        self.opposite = opposite(sentence);
        self.floor = self.floor.filter(|_| !opens_paragraph(self.sentences, i));
        let label = label(self.text, self.sentences, i);
        // "We" of a quotation may be who is named behind it
        let words = |m: &usize| sentence.lower(self.text, sentence.reading.mentions[*m].first);
        let (we, others): (Vec<usize>, Vec<usize>) =
            (0..sentence.reading.mentions.len()).partition(|m| self.quotation_of(i, *m).is_some() && is_first_person(&words(m)));
        for m in others.into_iter().chain(we) {
            self.is_quoted = self.quotation_of(i, m).is_some();
            let kind = sentence.reading.mentions[m].kind.as_str();
            if kind != "da" && (kind != "pl" || self.is_state(sentence, m)) {
                self.cast.references[i][m] = self.mention(i, m, sentence);
                if label == Some(sentence.reading.mentions[m].last) {
                    self.floor = self.cast.references[i][m].first().map(|r| r.entity);
                }
            } else if kind == "pl" && (Self::is_party(sentence, m) || self.is_destination(sentence, m)) {
                let span = sentence.span_of(sentence.reading.mentions[m].first, sentence.reading.mentions[m].last);
                let firm = self.firm(i, m, span, span.slice(self.text).unwrap_or_default());
                self.cast.references[i][m] = firm.or_else(|| self.place(i, m, sentence)).into_iter().collect();
            }
        }
        self.posts_in_firms(i, sentence);
        self.move_focus(i, sentence);
    }

    /// The quotation in which mention `m` of sentence `i` stands.
    fn quotation_of(&self, i: usize, m: usize) -> Option<Quotation> {
        let first = self.sentences[i].reading.mentions[m].first;
        self.quotations[i].iter().copied().find(|q| q.first <= first && first < q.last)
    }

    /// The year before that of publication in which the act was in which a mention has a part: "In 2011 the chancellor met".
    fn year_told(&self, sentence: &Sentence, m: usize) -> Option<String> {
        let published = self.date?.get(..4)?;
        let has_part = |p: &&Predicate| p.links.iter().any(|l| l.mention == m && l.role[1].max(l.role[2]) > 0.5);
        let mentions = &sentence.reading.mentions;
        let dates = |p: &Predicate| {
            let dated = p.links.iter().filter(|l| l.role[4] > 0.5).map(|l| &mentions[l.mention]);
            dated.map(|tag| (tag.first, tag.last)).collect::<Vec<_>>()
        };
        let year = |(first, last): (usize, usize)| {
            (first..last)
                .map(|w| sentence.lower(self.text, w))
                .find(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()) && w.as_str() < published)
        };
        sentence.reading.predicates.iter().filter(has_part).flat_map(dates).find_map(year)
    }

    /// A place that is a state: "the visit of the premier to the Kingdom".
    fn is_state(&self, sentence: &Sentence, m: usize) -> bool {
        let tag = &sentence.reading.mentions[m];
        let words = sentence.span_of(tag.first, tag.last).slice(self.text).unwrap_or_default();
        let resolved = self.knowledge.resolve(words, None, &LinkContext::default());
        let points_back = |r: &Resolved| matches!(r.relative, Some(Relative::Anaphor { class: HeadClass::State, .. }));
        resolved.is_some_and(|r| r.kind == ActorKind::State && (matches!(r.rule, "country" | "kingdom") || points_back(&r)))
    }

    /// The last speaker, else the first actor, becomes what "she" or "the official" of the next sentence means.
    fn move_focus(&mut self, i: usize, sentence: &Sentence) {
        let refs = &self.cast.references[i];
        let person = |m: usize| {
            let r = refs.get(m)?.first()?;
            let kind = self.cast.entities[r.entity].resolved.kind;
            matches!(kind, ActorKind::Person | ActorKind::Role).then_some(r.entity)
        };
        let by = |slot: fn(&chancery_model::Link) -> f32, of: fn(&str) -> bool| {
            let predicates = sentence.reading.predicates.iter().filter(|p| of(&sentence.lower(self.text, p.first)));
            predicates.flat_map(|p| &p.links).filter(|l| slot(l) > 0.5).find_map(|l| person(l.mention))
        };
        // a participle ("adding that ...") says less of who speaks than the verb it hangs on
        let speaker = by(|l| l.speech[1], |w| !w.ends_with("ing")).or_else(|| by(|l| l.speech[1], |w| w.ends_with("ing")));
        let actor = by(|l| l.role[1], |_| true);
        for predicate in &sentence.reading.predicates {
            let parties = predicate.links.iter().filter(|l| l.role[1] > 0.5 || l.role[2] > 0.5);
            let mut entities: Vec<usize> = parties.flat_map(|l| &refs[l.mention]).map(|r| r.entity).collect();
            entities.sort_unstable();
            entities.dedup();
            let of = |e: &usize| &self.cast.entities[*e].resolved;
            let bodies = entities.iter().all(|e| matches!(of(e).kind, ActorKind::Organization | ActorKind::Group | ActorKind::State));
            let countries: BTreeSet<_> = entities.iter().filter_map(|e| of(e).country.as_deref()).collect();
            let count = countries.len();
            if count > 1 {
                self.companies.insert(count, entities.clone());
            }
            if count > 1 || entities.len() > 1 && bodies {
                self.pair = (entities, i);
            }
        }
        self.speaker = speaker.map(|s| (s, i)).or(self.speaker);
        self.actor = actor.map(|a| (a, i)).or(self.actor);
    }

    /// Whom "she" or "the official" means when nobody nearer fits: who spoke in the last four sentences, unless somebody acted since, else who acted
    /// last.
    fn focus(&self) -> Option<usize> {
        let recent = self.speaker.filter(|(_, at)| self.now - at <= 4 && self.actor.is_none_or(|a| a.1 <= *at));
        recent.or(self.actor).or(self.speaker).map(|s| s.0)
    }

    /// Whom "we" means: who has the floor, else who spoke last.
    fn voice(&self) -> Option<usize> {
        self.floor.or(self.speaker.filter(|(_, at)| self.now - at <= 4).map(|s| s.0)).or_else(|| self.focus())
    }

    fn mention(&mut self, i: usize, m: usize, sentence: &Sentence) -> Vec<Reference> {
        let tag = &sentence.reading.mentions[m];
        let span = sentence.span_of(tag.first, tag.last);
        let words = span.slice(self.text).unwrap_or_default();
        let kind = match tag.kind.as_str() {
            "pe" => Some(MentionKind::Person),
            "or" => Some(MentionKind::Organization),
            "pn" => Some(MentionKind::Pronoun),
            "ro" | "gr" => Some(MentionKind::Nominal),
            _ => None,
        };
        if let Some(firm) = self.firm(i, m, span, words) {
            return vec![firm];
        }
        let year = self.year_told(sentence, m);
        let context = LinkContext { date: year.as_deref().or(self.date), ..self.context() };
        let all = match self.knowledge.resolve_all(words, kind, &context) {
            _ if self.alike.is_surname(words) => Vec::new(),
            all if tag.kind == "pe" && all.iter().any(|r| r.rule == "surname") => {
                self.alike.full_name(words).map_or(all, |full| self.knowledge.resolve_all(full, kind, &context))
            }
            all if tag.kind == "ro" && ends_with_name(words) => self.as_named(words, &context).map_or(all, |r| vec![r]),
            all => all,
        };
        let seat = |r: Resolved| self.seat(words.get(r.range.0..r.range.1).unwrap_or(words), r);
        let all: Vec<Resolved> = all.into_iter().map(|r| self.with_firm(words, seat(r))).collect();
        let is_one = || tag.kind == "ro" && all.iter().all(|r| r.kind == ActorKind::Role) && self.apposition(m, i, sentence).is_some();
        let all = if all.len() > 1 && is_one() { vec![one_role(all)] } else { all };
        if all.len() > 1 && all.iter().all(|r| r.relative.is_none()) {
            return all.into_iter().map(|r| self.same_or_new(i, span, words, r)).collect();
        }
        if all.len() > 1 && all.iter().all(|r| matches!(r.relative, Some(Relative::Counterpart))) {
            return all.into_iter().flat_map(|r| self.counterpart(i, m, sentence, span, Some(r))).collect();
        }
        let own = all.into_iter().next().or_else(|| self.national(words, &tag.kind)).or_else(|| self.host_or_guest(i, m, words));
        if let Some(entity) = self.called_so(words, own.as_ref()).filter(|_| own.as_ref().is_none_or(|r| r.country.is_none())) {
            self.touch(entity, i, words);
            return vec![Reference { entity, direct: false }];
        }
        for several in [self.each_of_two(i, m, span, words, own.as_ref()), self.each_of_several(i, span, words, own.as_ref())] {
            if !several.is_empty() {
                return several;
            }
        }
        let resolved = own.map(|r| self.settled(m, words, self.owned(i, m, words, r)));
        match resolved.as_ref().and_then(|r| r.relative.clone()) {
            Some(Relative::Both(_)) => return self.both(i, m, span, resolved),
            Some(Relative::Counterpart) => return self.counterpart(i, m, sentence, span, resolved),
            Some(Relative::Anaphor { class, head }) => return self.anaphor(i, m, span, class, &head, resolved),
            _ => {}
        }
        // a town may be somebody's name
        let is_state = resolved.as_ref().is_some_and(|r| r.kind == ActorKind::State && r.rule != "place");
        if let Some(entity) = self.short_name(words, &tag.kind).filter(|_| !is_state) {
            self.touch(entity, i, words);
            return vec![Reference { entity, direct: false }];
        }
        if let Some(entity) = self.apposition(m, i, sentence) {
            let entity = self.other_than(entity, i, m, sentence, words);
            let was = |w| matches!(sentence.lower(self.text, w).as_str(), "former" | "then" | "late");
            let former = tag.first.checked_sub(1).is_some_and(was);
            let resolved = resolved.map(|r| Resolved { former: r.former || former, ..r });
            return vec![self.merge(entity, resolved, span, words, i)];
        }
        if tag.kind == "pe" || resolved.as_ref().is_some_and(|r| r.kind == ActorKind::Person && r.name.is_some() && ends_with_name(words)) {
            return vec![self.person(i, m, span, words, resolved)];
        }
        let Some(resolved) = resolved else { return vec![self.unknown(i, m, span, words, &tag.kind)] };
        vec![self.same_or_new(i, span, words, resolved)]
    }

    /// "Foreign Ministry spokesperson Noh Ji-an", tagged as a role: the person named at its end.
    fn as_named(&self, words: &str, context: &LinkContext) -> Option<Resolved> {
        let at = words.rmatch_indices(' ').map(|(at, _)| at).take_while(|at| words[at + 1..].starts_with(char::is_uppercase)).last()?;
        let (role, name) = (words[..at].trim_end_matches(','), words[at..].trim());
        self.knowledge.role_sector(role.rsplit(' ').next()?)?;
        let role = self
            .knowledge
            .resolve(role, Some(MentionKind::Nominal), context)
            .filter(|r| r.relative.is_none() && r.kind == ActorKind::Role)?;
        Some(Resolved { kind: ActorKind::Person, name: Some(name.to_owned()), rule: "role and name", ..role })
    }

    /// "Lindroos", whatever it was tagged as, after "transport commissioner Annika Lindroos".
    fn short_name(&self, words: &str, kind: &str) -> Option<usize> {
        let names = name_words(words);
        let all_capital = words.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
        let fits =
            |e: &Entity| e.resolved.kind == ActorKind::Person && e.names.len() > names.len() && names.iter().all(|n| e.names.contains(n));
        (all_capital && kind != "pe" && names.len() == 1).then(|| self.cast.entities.iter().rposition(fits)).flatten()
    }

    /// A name: an earlier full name of which this is a short form, else itself.
    fn person(&mut self, i: usize, m: usize, span: Span, words: &str, resolved: Option<Resolved>) -> Reference {
        let names = name_words(words);
        let fits = |e: &Entity| {
            let clash = match (&resolved, told_country(&e.resolved)) {
                (Some(r), Some(c)) => r.country.as_ref().is_some_and(|x| x != c) && r.rule.starts_with("role"),
                _ => false,
            };
            e.resolved.kind == ActorKind::Person && !clash && !names.is_empty() && names.iter().all(|n| e.names.contains(n))
        };
        if let Some(entity) = self.bearer(words, &names, fits) {
            if let Some(post) = resolved.as_ref().filter(|r| is_of_firm(r)) {
                join_firm(&mut self.cast.entities[entity].resolved, post);
            }
            self.cast.entities[entity].has_role |= resolved.as_ref().is_some_and(tells_role);
            if let Some(post) = resolved.filter(|r| told_country(r).is_some()) {
                learn(&mut self.cast.entities[entity].resolved, post);
            }
            let same = self.cast.entities[entity].names.len() == names.len();
            self.touch(entity, i, words);
            return Reference { entity, direct: same };
        }
        let mut resolved = resolved.unwrap_or_else(|| self.settled(m, words, unresolved(words)));
        resolved.kind = ActorKind::Person;
        // the full name after a short form (a headline, say)
        let short = |e: &Entity| {
            e.resolved.kind == ActorKind::Person
                && told_country(&e.resolved).is_none()
                && !e.names.is_empty()
                && e.names.iter().all(|n| names.contains(n))
        };
        if let Some(entity) = self.cast.entities.iter().rposition(short) {
            self.touch(entity, i, words);
            let e = &mut self.cast.entities[entity];
            e.gender = e.gender.or_else(|| gender_of_name(&names));
            e.has_role |= tells_role(&resolved);
            (e.resolved, e.span, e.names) = (resolved, span, names);
            return Reference { entity, direct: true };
        }
        Reference { entity: self.add(i, span, words, resolved), direct: true }
    }

    /// Who bears these names of those that fit: the last one, but of several called by one name alone whom the article called so before, else whom it
    /// introduced first. Papers write "Ann Holt", not "Holt", of the relatives of somebody called Holt.
    fn bearer(&mut self, words: &str, names: &[String], fits: impl Fn(&Entity) -> bool) -> Option<usize> {
        let title = gender_of(words);
        let agrees = |e: &Entity| title.is_none() || e.gender.is_none() || e.gender == title;
        let entities = self.cast.entities.iter().enumerate();
        let mut all: Vec<usize> = entities.filter(|(_, e)| fits(e) && agrees(e)).map(|(i, _)| i).collect();
        if names.len() == 1 {
            let ends_so = |e: &Entity| e.names.last() == names.first();
            all.sort_by_key(|e| (ends_so(&self.cast.entities[*e]), self.cast.entities[*e].alone, std::cmp::Reverse(*e)));
        }
        let found = all.last().copied()?;
        self.cast.entities[found].alone += usize::from(names.len() == 1);
        Some(found)
    }

    fn same_or_new(&mut self, i: usize, span: Span, words: &str, resolved: Resolved) -> Reference {
        let same = |e: &Entity| {
            let r = &e.resolved;
            r.kind == resolved.kind
                && r.country == resolved.country
                && match r.kind {
                    // "Ohio" is not the United States
                    ActorKind::State => r.sector == resolved.sector && (r.rule == "place") == (resolved.rule == "place"),
                    ActorKind::Organization => r.name == resolved.name,
                    _ => e.span.slice(self.text) == Some(words),
                }
        };
        // "the Saudi foreign minister" after "Saudi Foreign Minister Prince Faisal": the holder of the same office
        let holder = |e: &Entity| {
            resolved.kind == ActorKind::Role
                && e.resolved.kind == ActorKind::Person
                && resolved.office.is_some()
                && e.resolved.office == resolved.office
                && e.resolved.country == resolved.country
                && resolved.country.is_some()
        };
        if let Some(entity) = self.cast.entities.iter().rposition(same) {
            self.touch(entity, i, words);
            return Reference { entity, direct: true };
        }
        if let Some(entity) = self.cast.entities.iter().rposition(holder) {
            self.touch(entity, i, words);
            return Reference { entity, direct: false };
        }
        // "the Japanese official": a person of that country who is in focus; "The Dayton Observer" has a name of its own
        if resolved.kind == ActorKind::Role && resolved.office.is_none() && words.to_lowercase().starts_with("the ") {
            let head = words.rsplit(' ').next().unwrap_or_default();
            let is_noun = head.starts_with(char::is_lowercase) && !english().is(Word::Collective, head);
            let is_so = |e: &Entity| self.knowledge.is_post(head) || e.resolved.sector == resolved.sector;
            let fits = |e: &Entity| is_noun && e.resolved.kind == ActorKind::Person && e.resolved.country == resolved.country && is_so(e);
            if let Some(entity) = self.focus().filter(|f| fits(&self.cast.entities[*f])) {
                self.touch(entity, i, words);
                return Reference { entity, direct: false };
            }
        }
        Reference { entity: self.add(i, span, words, resolved), direct: true }
    }

    fn unknown(&mut self, i: usize, m: usize, span: Span, words: &str, kind: &str) -> Reference {
        let kind = match kind {
            "or" => ActorKind::Organization,
            "gr" => ActorKind::Group,
            "st" => ActorKind::State,
            _ => ActorKind::Role,
        };
        let resolved = self.settled(m, words, Resolved { kind, ..unresolved(words) });
        let same = |e: &Entity| e.span.slice(self.text) == Some(words);
        if let Some(entity) = self.cast.entities.iter().rposition(same) {
            self.touch(entity, i, words);
            return Reference { entity, direct: true };
        }
        Reference { entity: self.add(i, span, words, resolved), direct: true }
    }

    fn add(&mut self, i: usize, span: Span, words: &str, resolved: Resolved) -> usize {
        let names = match resolved.kind {
            ActorKind::Person => name_words(resolved.name.as_deref().filter(|n| words.contains(n)).unwrap_or(words)),
            _ => Vec::new(),
        };
        let gender = gender_of(words).or_else(|| gender_of_name(&names));
        let has_role = tells_role(&resolved) || resolved.kind != ActorKind::Person;
        let outside = (!self.is_quoted).then_some(i);
        self.cast.entities.push(Entity { resolved, span, names, called: nouns(words), gender, alone: 0, has_role, last: i, outside });
        self.cast.entities.len() - 1
    }

    fn touch(&mut self, entity: usize, i: usize, words: &str) {
        let e = &mut self.cast.entities[entity];
        e.last = i;
        e.outside = if self.is_quoted { e.outside } else { Some(i) };
        e.called.extend(nouns(words));
        e.gender = e.gender.or(gender_of(words));
    }

    /// The mention just before, when only a comma (or nothing) stands between a name and a role.
    fn apposition(&self, m: usize, i: usize, sentence: &Sentence) -> Option<usize> {
        let (before, this) = (sentence.reading.mentions.get(m.checked_sub(1)?)?, &sentence.reading.mentions[m]);
        let kinds = (before.kind.as_str(), this.kind.as_str());
        if !matches!(kinds, ("pe", "ro") | ("ro", "pe")) {
            return None;
        }
        let gap = this.first.checked_sub(before.last)?;
        // "Mwakasege, a former Tanzanian judge"
        let between = |w: usize| {
            matches!(sentence.lower(self.text, w).as_str(), "a" | "an" | "the" | "former" | "then" | "late" | "himself" | "herself")
        };
        let word = |w: usize| sentence.lower(self.text, w);
        // "Ann Lee, who is also chairman of ...", "Ann Lee is chairman of ..."
        let said = before.last + usize::from(word(before.last) == ",") + usize::from(word(before.last + 1) == "who");
        let copula = kinds.0 == "pe" && word(said) == "is" && (said + 1..this.first).all(|w| between(w) || word(w) == "also");
        // "met Ann Lee, an official said"
        let is_teller = matches!(word(this.first).as_str(), "a" | "an")
            && sentence.reading.predicates.iter().any(|p| p.first == this.last && p.is_cue());
        let comma = gap >= 1 && word(before.last) == "," && !is_teller && (before.last + 1..this.first).all(between) || copula;
        // a role before the name must be one person's, and the name closed off: "the justice minister, Ann Lee, said"
        let after = sentence.lower(self.text, this.last);
        let closed =
            kinds.0 == "pe" || gap == 0 || !self.is_plural(sentence, before) && matches!(after.as_str(), "," | "." | "" | "(" | "—" | ";");
        (gap == 0 || comma && closed).then(|| self.cast.references[i][m - 1].first().map(|r| r.entity)).flatten()
    }

    /// "The Speaker, Ann Lee" where "the Speaker" was taken for somebody of another name: the role is hers, an entity of its own.
    fn other_than(&mut self, entity: usize, i: usize, m: usize, sentence: &Sentence, words: &str) -> usize {
        let (names, taken) = (name_words(words), &self.cast.entities[entity]);
        let is_other =
            taken.resolved.kind == ActorKind::Person && !taken.names.is_empty() && taken.names.iter().all(|n| !names.contains(n));
        let role = &sentence.reading.mentions[m - 1];
        if role.kind != "ro" || !is_other {
            return entity;
        }
        let span = sentence.span_of(role.first, role.last);
        let role = span.slice(self.text).unwrap_or_default();
        let resolved = self.knowledge.resolve(role, Some(MentionKind::Nominal), &self.context()).unwrap_or_else(|| unresolved(role));
        let resolved = self.settled(m - 1, role, Resolved { relative: None, kind: ActorKind::Role, ..resolved });
        let entity = self.add(i, span, role, resolved);
        self.cast.references[i][m - 1] = vec![Reference { entity, direct: true }];
        entity
    }

    fn is_plural(&self, sentence: &Sentence, role: &chancery_model::Tagged) -> bool {
        let head = sentence.lower(self.text, role.last.saturating_sub(1));
        head.ends_with('s') && !head.ends_with("ss") || matches!(head.as_str(), "men" | "women" | "people")
    }

    /// Name and role of one person become one entity.
    fn merge(&mut self, entity: usize, other: Option<Resolved>, span: Span, words: &str, i: usize) -> Reference {
        let is_named = words.rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_uppercase));
        let is_name = other.as_ref().map_or(is_named, |r| r.kind == ActorKind::Person && is_named);
        let known = |e: &Entity, names: &[String]| {
            e.resolved.kind == ActorKind::Person && !names.is_empty() && names.iter().all(|n| e.names.contains(n))
        };
        let names = name_words(words);
        let named = self.cast.entities.iter().rposition(|e| is_name && known(e, &names)).filter(|earlier| *earlier != entity);
        if let Some(person) = named {
            self.adopt(person, entity);
        }
        let entity = named.unwrap_or(entity);
        let e = &mut self.cast.entities[entity];
        e.called.extend(nouns(words));
        let mut other = other.unwrap_or_else(|| unresolved(words));
        if is_name && named.is_none() {
            e.gender = e.gender.or_else(|| gender_of_name(&names));
            e.names = names;
            e.span = span;
            std::mem::swap(&mut e.resolved, &mut other);
            e.resolved.kind = ActorKind::Person;
        }
        e.has_role |= tells_role(&other) || tells_role(&e.resolved);
        // `other` now holds the role's side, what the article says of the post; of somebody named before the new mention's
        let r = &mut e.resolved;
        if is_of_firm(&other) {
            join_firm(r, &other);
        }
        // "Mwakasege, a former Tanzanian judge": what somebody was does not undo what the article says of the present post
        let was = other.former && told_country(r).is_some();
        // ... nor does a guess from a short name what was said of its bearer
        let guessed = named.is_some() && told_country(&other).is_none();
        // "Angolan President João Lourenço, the African Union mediator": nor does the body that somebody serves besides
        let is_body = |c: &String| INTERNATIONAL.contains(&c.as_str());
        let serves = told_country(r).is_some_and(|c| !is_body(c)) && other.country.as_ref().is_some_and(is_body);
        // "Senator Ann Lee, the top Democrat on the committee": nor does a party take the office away
        if other.sector.as_deref() == Some("PTY") && r.sector.is_some() {
            (other.sector, other.sectors) = (None, Vec::new());
        }
        if other.country.is_some() && !was && !guessed && !serves {
            if r.country != other.country {
                r.id = None;
            }
            if told_country(r).is_none() {
                (r.rule, r.score, r.row, r.runner_up) = (other.rule, other.score, other.row, other.runner_up);
            }
            r.country = other.country;
            r.sector = other.sector.or(r.sector.take());
            r.sectors = if other.sectors.is_empty() { std::mem::take(&mut r.sectors) } else { other.sectors };
            r.office = other.office.or(r.office.take());
        } else if r.sector.is_none() {
            r.sector = other.sector;
            r.sectors = other.sectors;
            r.office = r.office.take().or(other.office);
        }
        e.last = i;
        e.outside = if self.is_quoted { e.outside } else { Some(i) };
        Reference { entity, direct: true }
    }

    /// What a bare role (say, "his Saudi counterpart") told goes to the person it turned out to be.
    fn adopt(&mut self, person: usize, role: usize) {
        let from = self.cast.entities[role].resolved.clone();
        learn(&mut self.cast.entities[person].resolved, from);
    }
}

/// Whether an office or what an actor is in society is told.
fn tells_role(resolved: &Resolved) -> bool {
    resolved.sector.is_some() || resolved.office.is_some() || resolved.id.is_some()
}

/// "chairman and chief executive": of the roles of one person that of a company, else the first that has a sector.
fn one_role(all: Vec<Resolved>) -> Resolved {
    let of_firm = all.iter().position(is_of_firm);
    let told = of_firm.or_else(|| all.iter().position(|r| r.sector.is_some())).unwrap_or_default();
    all.into_iter().nth(told).unwrap_or_else(|| unresolved(""))
}

/// The role in a company that a person turns out to have: what "President Harold Finch" had led to believe was wrong.
fn join_firm(holder: &mut Resolved, post: &Resolved) {
    let of_any_body = matches!(holder.office.as_deref(), None | Some("HOS" | "DHOG" | "FIN" | "SPOKES"));
    let is_told = holder.rule.starts_with("role of") || holder.rule.starts_with("office");
    if holder.id.is_none() && (holder.sector.is_none() || of_any_body && !is_told) && !holder.former {
        (holder.sector, holder.sectors) = (post.sector.clone(), post.sectors.clone());
        holder.office = None;
    }
}

/// What a post tells of its holder: the country, unless the holder's own words told it, and the office.
fn learn(holder: &mut Resolved, post: Resolved) {
    if told_country(holder).is_none() && post.country.is_some() {
        (holder.country, holder.rule, holder.score) = (post.country, post.rule, post.score);
        (holder.row, holder.runner_up) = (post.row, post.runner_up);
        (holder.sector, holder.sectors) = (post.sector, post.sectors);
    }
    holder.office = holder.office.take().or(post.office);
}

/// How many sentences, counted from the headline, may introduce the body a story is about.
const LEAD: usize = 3;

/// Codes of the country slot that are no state.
const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "MNC", "IMG", "ISM"];

/// A person of whom only the words are known.
fn unresolved(words: &str) -> Resolved {
    Resolved { range: (0, words.len()), ..Resolved::new(ActorKind::Person, "unknown", 0.0) }
}

#[cfg(test)]
mod tests;
