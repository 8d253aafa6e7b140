//! PLOVER types, modes, contexts and sectors, CAMEO codes and their Goldstein scores (`knowledge/ontology/`).

use crate::error::{Error, ErrorKind};
use crate::table::Table;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The event ontology.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ontology {
    plover: Plover,
    codes: BTreeMap<String, CameoCode>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Plover {
    version: String,
    quad: BTreeMap<String, String>,
    event: Vec<EventType>,
    contexts: BTreeMap<String, String>,
    sectors: BTreeMap<String, String>,
    international: BTreeMap<String, String>,
}

/// One PLOVER event type.
#[derive(Debug, Serialize, Deserialize)]
pub struct EventType {
    /// `AGREE`, `CONSULT` ...
    pub code: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Conflict-cooperation score of the type without a mode.
    pub score: f32,
    /// CAMEO code used when nothing more exact is known.
    pub cameo: String,
    /// `optional`, `required` or `one-sided only`.
    pub recipient: String,
    /// What it means, in our words.
    pub definition: String,
    /// How the manual settles doubtful cases.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Its modes; may be empty.
    #[serde(default, rename = "mode")]
    pub modes: Vec<Mode>,
}

/// One mode of an event type.
#[derive(Debug, Serialize, Deserialize)]
pub struct Mode {
    /// `visit`, `demo` ...
    pub code: String,
    /// Its score, where PLOVER gives one.
    pub score: Option<f32>,
    /// CAMEO code used when nothing more exact is known.
    pub cameo: String,
    /// What it means, in our words.
    pub definition: String,
}

/// One CAMEO code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CameoCode {
    /// What it is called.
    pub name: String,
    /// The code above it; `None` for the twenty roots.
    pub parent: Option<String>,
    /// GDELT's quad class.
    pub quad: u8,
    /// Goldstein score.
    pub goldstein: f32,
    /// PLOVER type it falls under (two separated by `|` where both are possible); `None` where PLOVER dropped it.
    pub plover: Option<String>,
    /// PLOVER mode, where the code implies one.
    pub mode: Option<String>,
    /// PLOVER contexts, separated by `|`, where the code implies any.
    pub context: Option<String>,
    pub(crate) line: usize,
}

impl Ontology {
    pub(crate) fn read(plover: &str, cameo: &str) -> Result<Ontology, Error> {
        let plover: Plover = toml::from_str(plover).map_err(|e| {
            let line = e.span().map(|s| plover.get(..s.start).unwrap_or_default().lines().count().max(1)).unwrap_or(1);
            Error::new(ErrorKind::Format, format!("ontology/plover.toml:{line}"), e.message().to_owned()).caused(e)
        })?;
        let columns = ["code", "level", "parent", "root", "name", "quad", "goldstein", "plover", "mode", "context"];
        let table = Table::read("ontology/cameo.tsv", cameo, &columns)?;
        let mut codes = BTreeMap::new();
        for row in table.rows() {
            let number = |column: usize, what: &str| {
                row.get(column).parse::<f32>().map_err(|_| {
                    let message = format!("{what} is {:?}, not a number", row.get(column));
                    Error::new(ErrorKind::Format, format!("ontology/cameo.tsv:{}", row.line), message)
                })
            };
            let text = |column: usize| row.optional(column).map(str::to_owned);
            let code = CameoCode {
                name: row.get(4).to_owned(),
                parent: text(2),
                quad: number(5, "quad")? as u8,
                goldstein: number(6, "goldstein")?,
                plover: text(7),
                mode: text(8),
                context: text(9),
                line: row.line,
            };
            codes.insert(row.get(0).to_owned(), code);
        }
        Ok(Ontology { plover, codes })
    }

    /// Version of the PLOVER text the definitions follow.
    pub fn version(&self) -> &str {
        &self.plover.version
    }

    /// All event types, in PLOVER's order.
    pub fn event_types(&self) -> &[EventType] {
        &self.plover.event
    }

    /// One event type by its code.
    pub fn event_type(&self, code: &str) -> Option<&EventType> {
        self.plover.event.iter().find(|e| e.code == code)
    }

    fn mode(&self, event_type: &str, mode: &str) -> Option<&Mode> {
        self.event_type(event_type)?.modes.iter().find(|m| m.code == mode)
    }

    /// Quad class of an event type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(&self, event_type: &str) -> Option<u8> {
        self.event_type(event_type).map(|e| e.quad)
    }

    /// What a quad class is called.
    pub fn quad_name(&self, quad: u8) -> Option<&str> {
        self.plover.quad.get(&quad.to_string()).map(String::as_str)
    }

    /// Conflict-cooperation score of a type and mode; an unknown mode, or one without a score, falls back to the type's.
    pub fn score(&self, event_type: &str, mode: Option<&str>) -> Option<f32> {
        let event = self.event_type(event_type)?;
        let of_mode = mode.and_then(|m| self.mode(event_type, m)).and_then(|m| m.score);
        Some(of_mode.unwrap_or(event.score))
    }

    /// The CAMEO code written for a type and mode when nothing more exact is known.
    pub fn cameo(&self, event_type: &str, mode: Option<&str>) -> Option<&str> {
        let event = self.event_type(event_type)?;
        let of_mode = mode.and_then(|m| self.mode(event_type, m)).map(|m| m.cameo.as_str());
        Some(of_mode.unwrap_or(&event.cameo))
    }

    /// All facts of a CAMEO code.
    pub fn cameo_code(&self, code: &str) -> Option<&CameoCode> {
        self.codes.get(code)
    }

    /// What a CAMEO code is called.
    pub fn cameo_name(&self, code: &str) -> Option<&str> {
        self.codes.get(code).map(|c| c.name.as_str())
    }

    /// Goldstein score of a CAMEO code.
    pub fn goldstein(&self, code: &str) -> Option<f32> {
        self.codes.get(code).map(|c| c.goldstein)
    }

    /// All CAMEO codes, sorted.
    pub fn cameo_codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.codes.keys().map(String::as_str).collect();
        codes.sort_unstable();
        codes
    }

    /// Contexts and what they mean, sorted.
    pub fn contexts(&self) -> &BTreeMap<String, String> {
        &self.plover.contexts
    }

    /// Sectors and what they mean, sorted.
    pub fn sectors(&self) -> &BTreeMap<String, String> {
        &self.plover.sectors
    }

    /// Codes that may stand in the country slot (`IGO`, `UNO`, `EUR` ...) and what they mean.
    pub fn international(&self) -> &BTreeMap<String, String> {
        &self.plover.international
    }
}
