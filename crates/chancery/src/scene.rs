//! One article with everything read from it, and the ways from a mention to a record's actor, date or place.

mod dates;

use crate::{
    analysis::Sentence,
    coref::{Cast, Reference, Side},
    phrases::Genre,
    places::{self, Places},
    time,
};
use chancery_knowledge::{ActorKind, Knowledge, Resolved};
use chancery_model::{Labels, Predicate};
use chancery_record::{
    Actor, ActorType, DateBasis, DatePrecision, Evidence, EvidenceRole, From, OtherActor, Place, PlacePrecision, Quote, Span, Text, When,
};

/// What the coding stages see of an article.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The page text.
    pub text: &'a Text<'a>,
    /// The article's record id.
    pub article_id: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Who is who.
    pub cast: &'a Cast,
    /// Where its places are.
    pub places: &'a Places,
    /// The world.
    pub knowledge: &'a Knowledge,
    /// Names of the network's classes.
    pub labels: &'a Labels,
    /// Publication date (ISO).
    pub published: Option<&'a str>,
    /// What the article is, where most that reads like politics in it is none.
    pub genre: Option<Genre>,
}

/// The rule of an actor that the sentence leaves unsaid.
pub const SIDE: &str = "a side of the story";
/// The rule of an actor that an earlier sentence names as a party of the like matter.
pub const LIKE: &str = "party of the like matter told before";
/// The rules of those that the sentence leaves unsaid.
pub const UNSAID: [&str; 2] = [SIDE, LIKE];

/// A role of a predicate, in the order of [`chancery_model::Link::role`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who.
    Actor = 1,
    /// To whom.
    Recipient = 2,
    /// Where.
    Place = 3,
    /// When.
    Date = 4,
}

/// Probabilities and scores with three decimals: the rest is noise, and short numbers keep the bytes of a result stable.
pub fn round(x: f32) -> f64 {
    (f64::from(x) * 1000.0).round() / 1000.0
}

/// The best class of a row of probabilities.
pub fn best(row: &[f32]) -> (usize, f32) {
    row.iter().copied().enumerate().fold((0, 0.0), |b, (i, p)| if p > b.1 { (i, p) } else { b })
}

/// The mentions that fill `role` of a predicate: those for which it is more likely than not; else the likeliest of those whose best role it is.
pub fn linked(predicate: &Predicate, role: Role) -> Vec<usize> {
    let slot = role as usize;
    let sure: Vec<usize> = predicate.links.iter().filter(|l| l.role[slot] >= 0.5).map(|l| l.mention).collect();
    if !sure.is_empty() {
        return sure;
    }
    let likely = predicate.links.iter().filter(|l| best(&l.role).0 == slot);
    likely.max_by(|a, b| a.role[slot].total_cmp(&b.role[slot])).map(|l| l.mention).into_iter().collect()
}

impl<'a> Scene<'a> {
    /// The quotation of a span; empty spans give none.
    pub fn quote(&self, span: Span) -> Option<Quote> {
        self.text.quote(span).ok()
    }

    /// A quotation as evidence for a role.
    pub fn evidence(&self, role: EvidenceRole, span: Span) -> Option<Evidence> {
        Some(Evidence { role, quote: self.quote(span)? })
    }

    /// Where mention `m` of sentence `i` stands.
    pub fn mention_span(&self, i: usize, m: usize) -> Span {
        let tag = &self.sentences[i].reading.mentions[m];
        self.sentences[i].span_of(tag.first, tag.last)
    }

    /// The mention of the place of an event: of several that the network ties to it the innermost with a name.
    pub fn event_place(&self, i: usize, predicate: &Predicate) -> Option<usize> {
        let text = self.text.as_str();
        let fillers = linked(predicate, Role::Place);
        let named: Vec<(usize, Span)> = fillers.iter().filter_map(|m| Some((*m, places::name(text, self.mention_span(i, *m))?))).collect();
        let spans: Vec<Span> = named.iter().map(|n| n.1).collect();
        let inner = places::innermost(text, &spans);
        named.iter().find(|n| inner.contains(&n.1)).map(|n| n.0).or(fillers.first().copied())
    }

    /// Speaker (1) or addressee (2) of a cue: the most likely mention above one half.
    pub fn speech(&self, cue: &Predicate, slot: usize) -> Option<usize> {
        let likely = cue.links.iter().filter(|l| best(&l.speech).0 == slot);
        likely.max_by(|a, b| a.speech[slot].total_cmp(&b.speech[slot])).map(|l| l.mention)
    }

    /// Who mention `m` of sentence `i` is; several for "the two sides"; an unresolved actor when nobody is known.
    pub fn actors(&self, i: usize, m: usize) -> Vec<Actor> {
        let Some(quote) = self.quote(self.mention_span(i, m)) else { return Vec::new() };
        let references = &self.cast.references[i][m];
        if references.is_empty() {
            return vec![Actor::unresolved(&quote)];
        }
        let settled = self.cast.sectors[i][m].as_deref();
        references.iter().map(|r| in_sector(self.actor(&quote, r), settled)).collect()
    }

    /// The actor of a reference, shown at `quote`.
    pub fn actor(&self, quote: &Quote, reference: &Reference) -> Actor {
        let entity = &self.cast.entities[reference.entity];
        let r = &entity.resolved;
        Actor {
            name: r.name.clone().or_else(|| named(r, entity.span.slice(self.text.as_str()))),
            country: r.country.clone(),
            sector: sector(r),
            sectors: if r.sectors.is_empty() { sector(r).into_iter().collect() } else { r.sectors.clone() },
            id: r.id.clone(),
            office: r.office.clone(),
            kind: Some(kind(r.kind)),
            from: (!reference.direct).then_some(From::Coref),
            rule: Some(r.rule.to_owned()),
            score: (r.score > 0.0).then(|| round(r.score)),
            row: r.row.map(|(file, line)| self.knowledge.row(file, line)),
            runner_up: r
                .runner_up
                .as_ref()
                .map(|o| Box::new(OtherActor { country: o.country.clone(), name: o.name.clone(), score: round(o.score) })),
            ..Actor::unresolved(quote)
        }
    }

    /// A side of the story as a party of a matter whose sentence leaves it unsaid, shown where the article first names it.
    pub fn side(&self, side: &Side) -> Option<Actor> {
        let r = &side.resolved;
        let in_headline = self.sentences.iter().any(|s| s.is_headline && s.span.contains(&side.span));
        Some(Actor {
            name: r.name.clone(),
            country: r.country.clone(),
            sector: r.sector.clone(),
            sectors: r.sector.iter().cloned().collect(),
            id: r.id.clone(),
            kind: Some(kind(r.kind)),
            from: Some(if in_headline { From::Headline } else { From::Coref }),
            rule: Some(SIDE.to_owned()),
            ..Actor::unresolved(&self.quote(side.span)?)
        })
    }

    /// The states that the words `first..last` of sentence `i` name, each where it stands.
    pub fn states(&self, i: usize, first: usize, last: usize) -> Vec<Actor> {
        let span = self.sentences[i].span_of(first, last);
        let named = self.knowledge.named_in(span.slice(self.text.as_str()).unwrap_or_default());
        let state = |r: Resolved| {
            let quote = self.quote(Span::new(span.start + r.range.0, span.start + r.range.1))?;
            Some(Actor {
                sector: sector(&r),
                sectors: sector(&r).into_iter().collect(),
                name: r.name,
                country: r.country,
                id: r.id,
                kind: Some(kind(r.kind)),
                rule: Some(r.rule.to_owned()),
                score: Some(round(r.score)),
                ..Actor::unresolved(&quote)
            })
        };
        named.into_iter().filter(|r| r.kind == ActorKind::State).filter_map(state).collect()
    }

    /// The date mention as an interval.
    pub fn when(&self, i: usize, m: usize, is_ahead: bool) -> Option<When> {
        self.rested(i, m).map(|r| r.0).or_else(|| self.when_of(self.date_span(i, m), is_ahead))
    }

    /// The date words under `span` as an interval; unresolved without an anchor.
    pub fn when_of(&self, span: Span, is_ahead: bool) -> Option<When> {
        let words = span.slice(self.text.as_str())?;
        Some(time::resolve(words, self.anchor(), is_ahead))
    }

    /// The day on which weekdays and the like are read.
    fn anchor(&self) -> Option<jiff::civil::Date> {
        self.published.and_then(|d| d.parse().ok())
    }

    /// Whether a day (ISO) is one whose news the article may bring.
    pub fn is_news(&self, day: &str) -> bool {
        time::is_news(day, self.published)
    }

    /// The place of a mention. Only a city is a pin: a country or division has no coordinates.
    pub fn place(&self, i: usize, m: usize) -> Option<Place> {
        self.place_of(self.mention_span(i, m))
    }

    /// The place under `span`.
    pub fn place_of(&self, span: Span) -> Option<Place> {
        let quote = self.quote(span)?;
        let unknown = Place {
            name: None,
            text: quote.quote.clone(),
            country: None,
            admin1: None,
            geonames_id: None,
            lat: None,
            lon: None,
            precision: None,
            start: quote.start,
            end: quote.end,
            from: None,
        };
        let fact = match self.places.at(span) {
            Some(found) => found.cloned(),
            None => places::locate(self.text.as_str(), &[span], &[], self.knowledge).pop().flatten(),
        };
        let Some(fact) = fact else { return Some(unknown) };
        let precision = match fact.precision {
            "city" => PlacePrecision::City,
            "admin2" => PlacePrecision::Admin2,
            "admin1" => PlacePrecision::Admin1,
            _ => PlacePrecision::Country,
        };
        let is_city = precision == PlacePrecision::City;
        Some(Place {
            name: Some(fact.name.clone()),
            country: Some(fact.country.clone()).filter(|c| !c.is_empty()),
            admin1: fact.admin1.clone(),
            geonames_id: fact.geonames_id,
            lat: fact.lat.filter(|_| is_city),
            lon: fact.lon.filter(|_| is_city),
            precision: Some(precision),
            ..unknown
        })
    }
}

/// The actor in the sector that all mentions together tell; a second one that its words give goes first if it is the one.
fn in_sector(mut actor: Actor, settled: Option<&str>) -> Actor {
    if let Some(sector) = settled.filter(|s| actor.sector.as_deref() != Some(*s)) {
        (actor.sector, actor.sector_by_article) = (Some(sector.to_owned()), true);
        if actor.sectors.iter().any(|s| s == sector) {
            actor.sectors.sort_by_key(|s| s != sector);
        } else {
            actor.sectors = vec![sector.to_owned()];
        }
    }
    actor
}

/// A state acts through its government; others keep what is known of them.
fn sector(r: &Resolved) -> Option<String> {
    r.sector.clone().or_else(|| (r.kind == ActorKind::State).then(|| "GOV".to_owned()))
}

fn named(r: &Resolved, mention: Option<&str>) -> Option<String> {
    (r.kind == ActorKind::Person).then(|| mention.map(str::to_owned)).flatten()
}

fn kind(kind: ActorKind) -> ActorType {
    match kind {
        ActorKind::State => ActorType::State,
        ActorKind::Person => ActorType::Person,
        ActorKind::Organization => ActorType::Organization,
        ActorKind::Group => ActorType::Group,
        _ => ActorType::Role,
    }
}

/// The publication date as a record's date.
pub fn published(date: &str) -> When {
    When {
        start: Some(date.to_owned()),
        end: Some(date.to_owned()),
        precision: DatePrecision::Day,
        text: None,
        basis: DateBasis::Publication,
    }
}
