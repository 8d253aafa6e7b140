//! Actors, dates and places as they stand in records.

use crate::{Quote, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of thing an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorType {
    /// A state, or a capital that stands for its government.
    State,
    /// A named person.
    Person,
    /// A ministry, party, company, court, alliance ...
    Organization,
    /// People without a name: protesters, troops.
    Group,
    /// An office without a name: "the foreign minister".
    Role,
}

/// Where a role was found when not among the words of the predicate's own sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// Through a pronoun or a short form that refers to an earlier mention.
    Coref,
    /// The dateline.
    Dateline,
    /// The headline.
    Headline,
    /// The caller's options.
    Caller,
    /// The occasion stated elsewhere in the article.
    Occasion,
}

/// An actor in a role of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Canonical name, as the knowledge base or the fullest mention of the article has it.
    pub name: Option<String>,
    /// The mention as written.
    pub text: String,
    /// First code point of the mention.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// ISO 3166-1 alpha-3, or a PLOVER pseudo-country (IGO, UNO, EUR, NGO, MNC, IMG, ISM).
    pub country: Option<String>,
    /// Main PLOVER sector.
    pub sector: Option<String>,
    /// All PLOVER sectors, the main one first.
    pub sectors: Vec<String>,
    /// Whether all mentions of the article together tell the main sector, not the words of this one or what is known of its bearer.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub sector_by_article: bool,
    /// Knowledge-base id (Wikidata where known).
    pub id: Option<String>,
    /// The post held on the article's date, or the one the article names.
    pub office: Option<String>,
    /// State, person, organization, group, role.
    #[serde(rename = "type")]
    pub kind: Option<ActorType>,
    /// Set when the role was filled from elsewhere.
    pub from: Option<From>,
    /// Role in a ledger entry: party, host, chair, mediator, beneficiary, proposer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The rule that resolved the mention.
    pub rule: Option<String>,
    /// How good what the rule went by is, 0-1: an ordering of rules; under `told by the article` and `name borne there` a probability.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score: Option<f64>,
    /// The row of the knowledge base that names it, of a person the tenure meant: file and line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row: Option<String>,
    /// The reading that came second.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub runner_up: Option<Box<OtherActor>>,
}

/// Who else a mention could be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherActor {
    /// ISO 3166-1 alpha-3, or a PLOVER pseudo-country.
    pub country: Option<String>,
    /// Canonical name.
    pub name: Option<String>,
    /// On the scale of [`Actor::score`].
    pub score: f64,
}

impl Actor {
    /// An actor known only by its mention.
    pub fn unresolved(quote: &Quote) -> Self {
        Actor {
            name: None,
            text: quote.quote.clone(),
            start: quote.start,
            end: quote.end,
            country: None,
            sector: None,
            sectors: Vec::new(),
            sector_by_article: false,
            id: None,
            office: None,
            kind: None,
            from: None,
            role: None,
            rule: None,
            score: None,
            row: None,
            runner_up: None,
        }
    }

    /// Whether the mention stands in `text` where the record says.
    pub fn is_in(&self, text: &Text) -> bool {
        text.offsets().span_of_chars(self.start, self.end).and_then(|s| s.slice(text.as_str())) == Some(&self.text)
    }
}

/// How fine a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum DatePrecision {
    Day,
    Week,
    Month,
    Year,
    Unknown,
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// The text gives day, month and year, or what the precision needs.
    Stated,
    /// A relative expression resolved against the dateline or publication date.
    Anchored,
    /// The publication date itself.
    Publication,
    /// A person's verdict.
    Verdict,
    /// Not resolvable from what the page or the caller says.
    Unknown,
}

/// When something happens: an interval of days, or the words that could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// First day, ISO 8601.
    pub start: Option<String>,
    /// Last day, ISO 8601.
    pub end: Option<String>,
    /// How fine the text is.
    pub precision: DatePrecision,
    /// The date as written.
    pub text: Option<String>,
    /// What the interval rests on.
    pub basis: DateBasis,
}

/// How fine a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PlacePrecision {
    City,
    Admin2,
    Admin1,
    Country,
}

/// Where something happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Gazetteer name.
    pub name: Option<String>,
    /// As written.
    pub text: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// WGS84 degrees of a city; `null` for all else: a country or division is no pin.
    pub lat: Option<f64>,
    /// WGS84 degrees.
    pub lon: Option<f64>,
    /// City, second- or first-order division, or country; `null` when the gazetteer does not know it.
    pub precision: Option<PlacePrecision>,
    /// First code point of the mention.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// Set when the place was taken from elsewhere.
    pub from: Option<From>,
}
