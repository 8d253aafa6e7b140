//! The types of linking: what the caller asks ([`LinkContext`]) and what comes back ([`Resolved`]).

/// What a caller already knows of a mention, from its own tagger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// Tagged as a person's name.
    Person,
    /// Tagged as an organisation's name.
    Organization,
    /// Tagged as a place name.
    Place,
    /// A common-noun phrase ("the Saudi interior minister", "protesters").
    Nominal,
    /// A pronoun.
    Pronoun,
}

/// What surrounds a mention. Everything is optional; `LinkContext::default()` knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkContext<'c> {
    /// The date as of which offices are read (ISO 8601; `2023`, `2023-07` and `2023-07-16` are all fine).
    pub date: Option<&'c str>,
    /// Country of the article (dateline, outlet), ISO 3166-1 alpha-3. Only used where the phrase itself names none.
    pub country_hint: Option<&'c str>,
    /// What was resolved earlier in the same article, in order. Lets "Hayashi" find "Yoshimasa Hayashi".
    pub earlier: &'c [Resolved],
    /// Where the article is at home. Decides between places of one name; without it a place is the most prominent of its name.
    pub told: Option<&'c Told>,
}

/// The countries and divisions that an article names plainly: by a country's name or people, by a division, in its dateline.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Countries (ISO3), the one named most first.
    pub countries: Vec<String>,
    /// First-level divisions: country (ISO3) and name.
    pub divisions: Vec<(String, String)>,
    /// Names of capitals, folded, that it says of towns in those divisions: "Paris, Texas".
    pub towns: Vec<String>,
    /// Whether its Georgia is the American one.
    pub american_georgia: bool,
}

/// What sort of actor a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ActorKind {
    /// A state or its government as such: "Japan", "the Kremlin", "the Japanese government".
    State,
    /// A named person.
    Person,
    /// A named body: "NATO", "Hezbollah", "Japan's Foreign Ministry".
    Organization,
    /// Several people without a name: "Palestinian protesters", "Ugandan troops".
    Group,
    /// One unnamed holder of a role: "the Saudi interior minister".
    Role,
}

impl ActorKind {
    /// The name used in records: `state`, `person`, `organization`, `group`, `role`.
    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::State => "state",
            ActorKind::Person => "person",
            ActorKind::Organization => "organization",
            ActorKind::Group => "group",
            ActorKind::Role => "role",
        }
    }
}

/// The class of an anaphoric head noun, i.e. what an antecedent must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeadClass {
    /// he, him, his.
    Male,
    /// she, her, hers.
    Female,
    /// One person of either sex: "the official", "the minister", "the spokesperson".
    Person,
    /// A state: "the country", "the kingdom", "the republic".
    State,
    /// A body: "the organisation", "the ministry", "the company".
    Organization,
    /// Several: they, them, "the group", "the ministers".
    Group,
    /// it, its: a state or a body.
    Thing,
    /// I, we: the speaker.
    Speaker,
}

/// How a mention depends on others in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relative {
    /// "his Saudi counterpart": the office of the other party; `country` is set when the phrase names it.
    Counterpart,
    /// "the two sides", "both countries", "the two ministers": the two parties spoken of.
    Both(HeadClass),
    /// "she", "the official", "the kingdom": an antecedent of this class; `head` is the head noun, lower case.
    Anaphor {
        /// What the antecedent must be.
        class: HeadClass,
        /// The head noun or pronoun, lower case.
        head: String,
    },
}

/// A second reading that lost.
#[derive(Clone, Debug, PartialEq)]
pub struct RunnerUp {
    /// Country slot of the other reading.
    pub country: Option<String>,
    /// Name of the other reading.
    pub name: Option<String>,
    /// Its score, on the scale of [`Resolved::score`].
    pub score: f32,
}

/// Who a mention is.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// ISO 3166-1 alpha-3, or a PLOVER country-slot code: `IGO`, `UNO`, `EUR`, `NGO`, `MNC`, `IMG`, `ISM`.
    pub country: Option<String>,
    /// Primary PLOVER sector.
    pub sector: Option<String>,
    /// All sectors, the primary one first.
    pub sectors: Vec<String>,
    /// Canonical name (a person, a body, a country), or the name as written for a person nobody knows.
    pub name: Option<String>,
    /// Wikidata id (`Q...`) of person, country or body; else our own id of a body (`GCC`, `HAMAS`).
    pub id: Option<String>,
    /// Key of the office named or held: `HOS`, `HOG`, `FM`, `DEF`, `INT`, `SPOKES` ... (knowledge/ministries.tsv).
    pub office: Option<String>,
    /// What sort of actor it is.
    pub kind: ActorKind,
    /// The rule that fired, for `explain`.
    pub rule: &'static str,
    /// How good the evidence is, 0 to 1. An ordering, not a probability.
    pub score: f32,
    /// The row that names it, of a person the tenure meant: file and line, as [`Knowledge::row`](crate::Knowledge::row) takes them.
    pub row: Option<(&'static str, usize)>,
    /// The reading that came second, when there was one.
    pub runner_up: Option<RunnerUp>,
    /// Set when the mention can only be completed from the text around it.
    pub relative: Option<Relative>,
    /// The phrase says that the office is no longer held (former, ex-, late, ousted) or not yet (-elect, designate).
    pub former: bool,
    /// The byte range of the mention text that was used, `start..end`.
    pub range: (usize, usize),
}

impl Resolved {
    /// An actor of whom nothing but its sort is known; `score` 0-1.
    pub fn new(kind: ActorKind, rule: &'static str, score: f32) -> Self {
        Resolved {
            country: None,
            sector: None,
            sectors: Vec::new(),
            name: None,
            id: None,
            office: None,
            kind,
            rule,
            score,
            row: None,
            runner_up: None,
            relative: None,
            former: false,
            range: (0, 0),
        }
    }

    /// Whether a country or a sector is known: enough to code.
    pub fn is_codable(&self) -> bool {
        self.country.is_some() || self.sector.is_some()
    }
}

/// A place in the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFact {
    /// Canonical name.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// First-level division, when known.
    pub admin1: Option<String>,
    /// Degrees north (WGS 84): of a town; of a point inside a division or country. `None` for countries without one.
    pub lat: Option<f64>,
    /// Degrees east (WGS 84).
    pub lon: Option<f64>,
    /// Inhabitants, when known.
    pub population: Option<u64>,
    /// GeoNames id, when known.
    pub geonames_id: Option<u32>,
    /// `city`, `admin2` (a county or district), `admin1` or `country`.
    pub precision: &'static str,
}

/// A person and the office asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Canonical name.
    pub name: String,
    /// Wikidata id, when known.
    pub id: Option<String>,
    /// Country slot (ISO3, or `IGO`, `EUR`, `UNO`).
    pub country: String,
    /// Office key.
    pub office: String,
    /// The office's name as the source has it.
    pub title: String,
    /// First day, as far as known.
    pub from: Option<String>,
    /// Last day; `None` = open or unknown.
    pub to: Option<String>,
    /// When an open end was last seen to be true.
    pub as_of: Option<String>,
    /// Whether the date asked lies inside the tenure, and an open end was verified no more than 400 days before it.
    pub verified: bool,
    /// Where the row comes from: `file:line`.
    pub source: String,
}
