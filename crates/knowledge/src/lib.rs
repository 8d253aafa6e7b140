//! What chancery knows of the world, and who a mention is.
//!
//! `knowledge/` holds it as text: countries and their names, people and the offices they held, bodies, role nouns, places, the PLOVER and CAMEO
//! ontologies. [`Knowledge`] reads a directory or a pack and answers: "the Saudi interior minister" -> `SAU`, `GOV`, office `INT`.
//!
//! ```no_run
//! use chancery_knowledge::{Knowledge, LinkContext};
//! # fn main() -> Result<(), chancery_knowledge::Error> {
//! let knowledge = Knowledge::load(std::path::Path::new("knowledge"))?;
//! let who = knowledge.resolve("the Saudi interior minister", None, &LinkContext::default());
//! assert_eq!(who.and_then(|w| w.country).as_deref(), Some("SAU"));
//! # Ok(()) }
//! ```
//!
//! It does not find mentions in a text and does not follow pronouns: the caller does, and passes what it found in [`LinkContext`].
//! Pure: same files, same mention, same context -> same answer.

mod alike;
mod apposition;
mod borne;
mod check;
mod day;
mod diff;
mod error;
mod gazetteer;
mod lexicon;
mod link;
mod locate;
mod membership;
mod named;
mod np;
mod ontology;
mod overlay;
mod pack;
mod person;
mod phrase;
mod relative;
mod resolve;
mod table;
mod text;
pub mod upkeep;
mod world;

pub use apposition::Apposition;
pub use check::Problem;
pub use diff::{Diff, FormChange, HolderChange, RowChange, RowKind, diff};
pub use error::{Error, ErrorKind};
pub use link::{ActorKind, HeadClass, Holder, LinkContext, MentionKind, PlaceFact, Relative, Resolved, RunnerUp, Told};
pub use locate::Toponym;
pub use ontology::{CameoCode, EventType, Mode, Ontology};
pub use overlay::{Layer, Overlay};
pub use pack::{Files, pack};
pub use world::{Country, Organisation};

use gazetteer::{Gazetteer, Points};
use lexicon::{Entry, Lexicon};
use overlay::Origins;
use person::{Day, People};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use world::World;

/// Everything read from `knowledge/`. `Send + Sync`; build it once.
#[derive(Debug, Serialize, Deserialize)]
pub struct Knowledge {
    pub(crate) world: World,
    pub(crate) people: People,
    pub(crate) lexicon: Lexicon,
    #[serde(skip)]
    pub(crate) gazetteer: Arc<Gazetteer>,
    pub(crate) points: Points,
    ontology: Ontology,
    fingerprint: String,
    ontology_fingerprint: String,
    #[serde(skip)]
    origins: Origins,
    #[serde(skip)]
    borne: OnceLock<borne::Borne>,
}

impl Knowledge {
    /// Reads a whole knowledge directory.
    ///
    /// # Errors
    /// When a file is missing or not in its form. What is well formed but wrong is left to [`check`](Self::check).
    pub fn load(dir: &Path) -> Result<Knowledge, Error> {
        Self::of(&Files::read(dir)?)
    }

    /// Opens what [`pack`] made.
    ///
    /// # Errors
    /// When the pack is damaged or of another version.
    pub fn from_pack(bytes: &'static [u8]) -> Result<Knowledge, Error> {
        pack::unpack(bytes)
    }

    /// Reads files, with their overlays.
    ///
    /// # Errors
    /// When one is not in its form; names the file and line where that was written.
    pub fn of(files: &Files) -> Result<Knowledge, Error> {
        Self::read(files).map_err(|e| e.moved(files.origins()))
    }

    fn read(files: &Files) -> Result<Knowledge, Error> {
        let mut lexicon = Lexicon::with_capacity(60_000);
        let world = World::read(files, &mut lexicon)?;
        let people = People::read(files, &mut lexicon)?;
        let points = Points::read(files)?;
        let ontology = Ontology::read(files.text("ontology/plover.toml"), files.text("ontology/cameo.tsv"))?;
        Ok(Knowledge {
            world,
            people,
            lexicon,
            gazetteer: Arc::clone(&files.gazetteer),
            points,
            ontology,
            fingerprint: files.fingerprint().to_owned(),
            ontology_fingerprint: files.fingerprint_of("ontology/"),
            origins: files.origins().clone(),
            borne: OnceLock::new(),
        })
    }

    /// SHA-256 of all files, with the overlays, hexadecimal; the same for a directory and its pack.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The overlays in use, in the order in which they were laid.
    pub fn layers(&self) -> &[Layer] {
        &self.origins.layers
    }

    /// SHA-256 of the files of the ontology alone, hexadecimal.
    pub fn ontology_fingerprint(&self) -> &str {
        &self.ontology_fingerprint
    }

    /// Number of names and nouns in the index.
    pub fn forms(&self) -> usize {
        self.lexicon.len()
    }

    /// Everything that is wrong with the files, in file order.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = check::check(self);
        for problem in &mut problems {
            (problem.file, problem.line) = self.origins.place(&problem.file, problem.line);
        }
        problems
    }

    /// The event ontology.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// A country by its ISO 3166-1 alpha-3 code (`KOS` for Kosovo).
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        self.world.by_iso.get(iso3).and_then(|i| self.world.countries.get(*i as usize))
    }

    /// All countries and dependencies, sorted by code.
    pub fn countries(&self) -> &[Country] {
        &self.world.countries
    }

    /// A body by its id (`GCC`).
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.world.by_org.get(id).and_then(|i| self.world.organisations.get(*i as usize))
    }

    /// Whether any body may have such a post: "chairman", "spokesman", not "minister".
    pub fn is_post(&self, noun: &str) -> bool {
        np::is_generic(&noun.to_lowercase())
    }

    /// Whether a noun in any case is for a body, not a person: "government", "ministry".
    pub fn is_body(&self, noun: &str) -> bool {
        let is_body = |e: &Entry| matches!(e, Entry::Role(i) if self.world.roles[*i as usize].class == world::RoleClass::Body);
        self.lexicon.exact(&text::tokens(noun)).iter().any(is_body)
    }

    /// Primary PLOVER sector of a role or office noun in any case and number: "protesters" -> `CVL`, "police" -> `COP`.
    pub fn role_sector(&self, noun: &str) -> Option<&str> {
        self.role_sectors(noun)?.first().map(String::as_str)
    }

    /// All PLOVER sectors of a role or office noun, the primary one first.
    pub fn role_sectors(&self, noun: &str) -> Option<&[String]> {
        let words = text::tokens(noun);
        let entries = self.lexicon.exact(&words);
        entries.iter().find_map(|e| match e {
            Entry::Role(i) => Some(self.world.roles[*i as usize].sectors.as_slice()),
            Entry::Office(i) => Some(self.world.offices[*i as usize].sectors.as_slice()),
            _ => None,
        })
    }

    /// Who held `office` (`FM`, `HOG` ...) of `country` (ISO3, or `IGO:` and the id of a body) on `date` (ISO 8601).
    ///
    /// [`Holder::verified`] is false when the tenure is open and was last seen more than 400 days before `date`.
    pub fn holder(&self, office: &str, country: &str, date: &str) -> Option<Holder> {
        self.people.holder(office, country, Day::first(date)?).map(|h| self.placed(h))
    }

    /// Who held `office` on `date` wherever it is known: countries by their code, then bodies (`IGO:` and id).
    pub fn holders(&self, office: &str, date: &str) -> Vec<Holder> {
        let mut held = self.people.held(office);
        held.sort_by_key(|country| (country.starts_with("IGO:"), *country));
        held.into_iter().filter_map(|country| self.holder(office, country, date)).collect()
    }

    /// Where a row was written: the file, that of an overlay if it is one's, and the line.
    pub fn row(&self, file: &str, line: usize) -> String {
        let (file, line) = self.origins.place(file, line);
        format!("{file}:{line}")
    }

    /// The holder with the place where its row was written.
    fn placed(&self, mut holder: Holder) -> Holder {
        if let Some((file, line)) = holder.source.rsplit_once(':').and_then(|(f, l)| Some((f, l.parse().ok()?))) {
            holder.source = self.row(file, line);
        }
        holder
    }

    /// The person of that full name, with the office held on `date`, else the latest one.
    pub fn who(&self, name: &str, date: Option<&str>) -> Option<Holder> {
        let words = text::tokens(name);
        let day = date.and_then(Day::first);
        let entries = self.lexicon.exact(&words);
        let found = entries.iter().filter_map(|e| match e {
            Entry::Person(i) | Entry::Short(i) => {
                let person = self.people.get(*i);
                self.people.tenure(person, None, day).map(|(t, now)| (now, person::rank(&t.office), t.first, person, t))
            }
            _ => None,
        });
        let (_, _, _, person, tenure) = found.max_by_key(|f| (f.0, f.1, f.2))?;
        Some(self.placed(person::holder(person, tenure, day)))
    }

    /// The other names of a holder.
    pub fn aliases(&self, holder: &Holder) -> Vec<&str> {
        let is_tenure = |t: &person::Tenure| t.country == holder.country && t.office == holder.office;
        let person = self.people.people.iter().find(|p| p.name == holder.name && p.tenures.iter().any(is_tenure));
        person.into_iter().flat_map(|p| p.aliases.iter().map(|a| a.as_str())).collect()
    }

    /// How much the name that a mention ends in ("Energy Minister Solange Aka") speaks for each of `countries` (ISO3), in log odds: by what names are
    /// made of there and elsewhere. Empty where it ends in none. The first call counts all names.
    pub fn borne(&self, mention: &str, countries: &[&str]) -> Vec<f32> {
        let whole = mention.split(" of ").next().unwrap_or_default();
        let words: Vec<&str> = whole.split_whitespace().collect();
        let is_post =
            |w: &str| self.role_sector(w).is_some() || self.lexicon.exact(&text::tokens(w)).iter().any(|e| matches!(e, Entry::Title(_)));
        let is_name = |(back, w): &(usize, &&str)| (w.starts_with(char::is_uppercase) || *back > 0 && borne::is_particle(w)) && !is_post(w);
        let count = words.iter().rev().enumerate().take_while(is_name).count();
        let name: Vec<String> = words[words.len() - count..].iter().flat_map(|w| borne::words(w)).collect();
        if name.is_empty() {
            return Vec::new();
        }
        let borne = self.borne.get_or_init(|| borne::Borne::of(&self.people));
        countries.iter().map(|c| borne.speaks_for(&self.people, &name, c)).collect()
    }

    /// Who holds what, as one sentence says it beside a name: "Norwegian Foreign Minister Ann Example".
    pub fn appositions(&self, sentence: &str) -> Vec<Apposition> {
        apposition::appositions(self, sentence)
    }

    /// Every tenure of everybody of that full name or Wikidata id, person by person, each by its first day. [`Holder::verified`] is false: no
    /// day is asked about.
    pub fn tenures(&self, name: &str) -> Vec<Holder> {
        let entries = self.lexicon.exact(&text::tokens(name));
        let named = entries.iter().filter_map(|e| if let Entry::Person(i) | Entry::Short(i) = e { Some(*i) } else { None });
        let has_id = |p: &person::Person| p.qid.as_deref() == Some(name);
        let by_id = self.people.people.iter().enumerate().filter(|(_, p)| has_id(p)).map(|(i, _)| i as u32);
        let people: std::collections::BTreeSet<u32> = named.chain(by_id).collect();
        let people = people.into_iter().map(|i| self.people.get(i));
        people.flat_map(|p| p.tenures.iter().map(|t| self.placed(person::holder(p, t, None)))).collect()
    }

    /// The city, first-level division or country of that name; of several cities the most populous.
    pub fn is_place(&self, name: &str) -> Option<PlaceFact> {
        resolve::place(self, name)
    }

    /// Whether it is the name of a capital: "Quito".
    pub fn is_capital(&self, name: &str) -> bool {
        self.lexicon.exact(&text::tokens(name)).iter().any(|e| matches!(e, Entry::Capital(_)))
    }

    /// The place of each name of a text, told from others of that name by what the text names beside it; `None` where there is none.
    ///
    /// `toponyms` in text order; `countries` (ISO3) are those that the text names otherwise, as by their peoples and officials. A name that the
    /// gazetteer lacks gets its enclosing name's place, with that one's precision. The first call reads the gazetteer (some 30 ms).
    pub fn locate(&self, toponyms: &[Toponym], countries: &[String]) -> Vec<Option<PlaceFact>> {
        locate::locate(self, toponyms, countries)
    }

    /// The countries (ISO3) that have a city or first-level division of that name, the most prominent first. None for names of states and
    /// for ordinary words ("Federal").
    pub fn place_countries(&self, name: &str) -> Vec<String> {
        resolve::place_countries(self, name)
    }

    /// Every state and body that `text` names, in text order: "South Sudan", "Saudi-Japanese" (two), "Ankara", "the Arab League".
    /// States are named by country name, demonym, capital or seat. Each with its byte range in `text`.
    pub fn named_in(&self, text: &str) -> Vec<Resolved> {
        resolve::named_in(self, text)
    }

    /// The first-level divisions that `text` names, as country (ISO3) and name: "Ohio", "Carthage, N.C.". Not those that share their name with a
    /// country, a capital or a place elsewhere.
    pub fn divisions_in(&self, text: &str) -> Vec<(String, String)> {
        alike::divisions_in(self, text)
    }

    /// What the firms that `text` names with a word for a firm are called without it, each also by its first word where that is a name of its own:
    /// "Vasko Metals Inc." -> `Vasko Metals`, `Vasko`.
    pub fn firms_in(&self, text: &str) -> Vec<String> {
        alike::firms_in(self, text)
    }

    /// Whether a capital of that name may be a town in a division that the article names.
    pub fn is_namesake(&self, capital: &str, told: &Told) -> bool {
        alike::namesake(self, capital, told, true).is_some()
    }

    /// The country of a town or division (ISO3) in an article that names what `told` says: one there before one elsewhere, and none where
    /// several countries have one and the article does not tell.
    pub fn place_country(&self, name: &str, told: &Told) -> Option<String> {
        let first = self.place_countries(name).into_iter().next();
        let home = first.clone().filter(|c| told.countries.contains(c));
        let clear = || first.filter(|_| !alike::is_ambiguous(self, name));
        home.or_else(|| alike::namesake(self, name, told, self.is_capital(name))).or_else(clear)
    }

    /// The countries that a mention names as others' backers: "Iran-backed militias". Not those who lead them.
    pub fn backers(&self, mention: &str) -> Vec<String> {
        resolve::backers(self, mention)
    }

    /// Who a mention is. `None` when nothing in it is known. A mention that joins several gives the first; see
    /// [`resolve_all`](Self::resolve_all).
    pub fn resolve(&self, mention: &str, kind: Option<MentionKind>, context: &LinkContext) -> Option<Resolved> {
        resolve::resolve(self, mention, kind, context)
    }

    /// Everyone a mention joins: "Uruguay and Paraguay", "the Saudi and Japanese foreign ministers".
    pub fn resolve_all(&self, mention: &str, kind: Option<MentionKind>, context: &LinkContext) -> Vec<Resolved> {
        resolve::resolve_all(self, mention, kind, context)
    }
}
