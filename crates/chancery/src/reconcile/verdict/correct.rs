//! Another value for a field of a record. Only what a coder concluded can be corrected, never the text: quotes and spans stay.

use super::super::time;
use crate::{entry::keys, scene::round};
use chancery_knowledge::Knowledge;
use chancery_record::{EventReport, Evidence, EvidenceRole, Record};
use serde_json::{Map, Value, json};

/// Lists of actors.
const SIDES: [&str; 4] = ["actors", "recipients", "parties", "about"];
/// Single actors.
const PERSONS: [&str; 4] = ["speaker", "addressee", "said_by", "reported_by"];
const ACTOR: [&str; 6] = ["name", "country", "sector", "office", "id", "role"];
const PLACE: [&str; 3] = ["name", "country", "admin1"];

/// The fields of a kind of record that a verdict may correct.
pub fn fields(record: &Record) -> &'static [&'static str] {
    match record {
        Record::EventReport(_) => {
            &["event_type", "mode", "cameo", "status", "contexts", "reciprocal", "date", "actors", "recipients", "said_by", "place"]
        }
        Record::Statement(_) => &["stance", "speaker", "addressee", "about"],
        Record::LedgerEntry(_) => &["kind", "status", "date", "told", "is_background", "parties", "reported_by"],
        Record::Article(_) => &["outlet", "published"],
        _ => &[],
    }
}

/// Whether `value` would do for `field` of `record`.
///
/// # Errors
/// As [`correct`].
pub fn is_value(record: &Record, field: &str, value: Option<&str>, knowledge: &Knowledge) -> Result<(), String> {
    correct(&mut record.clone(), field, value, knowledge).map(|_| ())
}

/// Sets a field (`status`, `actors.0.country`) and what follows from it; without a value it is emptied, and an actor of a list taken out.
/// Returns what was there.
///
/// # Errors
/// When the record has no such field, or the value does not belong there; the record is then as it was.
pub(super) fn correct(record: &mut Record, field: &str, value: Option<&str>, knowledge: &Knowledge) -> Result<Value, String> {
    let parts: Vec<&str> = field.split('.').collect();
    check_path(record, field, &parts)?;
    let mut fields = serde_json::to_value(&*record).map_err(|e| e.to_string())?;
    let (last, path) = parts.split_last().ok_or("a field has a name")?;
    let pointer: String = path.iter().map(|p| format!("/{p}")).collect();
    let missing = || format!("{} has no {field}", record.id());
    let parent = fields.pointer_mut(&pointer).ok_or_else(missing)?;
    let new = value.map_or(Ok(Value::Null), |v| leaf(last, v, knowledge).map_err(|e| format!("{field}: {e}")))?;
    let was = match parent {
        Value::Object(map) => set(map, last, new).ok_or_else(missing)?,
        Value::Array(list) => {
            let at = last.parse::<usize>().ok().filter(|at| *at < list.len()).ok_or_else(missing)?;
            list.remove(at)
        }
        _ => return Err(missing()),
    };
    let mut corrected: Record = serde_json::from_value(fields).map_err(|e| format!("{field}: {e}"))?;
    follow(&mut corrected, parts[0], &was, knowledge)?;
    *record = corrected;
    Ok(was)
}

/// Whether the field may be corrected: a field of the record, a part of one of its actors or of its place.
fn check_path(record: &Record, field: &str, parts: &[&str]) -> Result<(), String> {
    let known = fields(record);
    let head = parts.first().copied().unwrap_or_default();
    let is_number = |p: &str| p.parse::<usize>().is_ok();
    let fits = match parts {
        _ if !known.contains(&head) => false,
        [_, n] if SIDES.contains(&head) => is_number(n),
        [_, n, part] if SIDES.contains(&head) => is_number(n) && ACTOR.contains(part),
        [_] => !SIDES.contains(&head) && head != "speaker",
        [_, part] if PERSONS.contains(&head) => ACTOR.contains(part),
        ["place", part] => PLACE.contains(part),
        _ => false,
    };
    if fits {
        return Ok(());
    }
    Err(format!(
        "{} has no field {field:?} that a verdict corrects; it has {}. Of an actor give the part ({}), in a list by number: actors.0.country",
        record.id(),
        known.join(", "),
        ACTOR.join(", ")
    ))
}

/// Puts a value in its place and marks whom a person resolved.
fn set(map: &mut Map<String, Value>, name: &str, new: Value) -> Option<Value> {
    let is_actor = map.contains_key("sectors");
    if name == "sector" && is_actor {
        map.insert("sectors".to_owned(), if new.is_null() { json!([]) } else { json!([new]) });
    }
    if is_actor {
        map.insert("rule".to_owned(), json!("verdict"));
    } else if map.contains_key("geonames_id") {
        ["geonames_id", "lat", "lon"].iter().for_each(|f| drop(map.insert((*f).to_owned(), Value::Null)));
    }
    // the role of a party stands in the record only where there is one
    let known = map.contains_key(name) || is_actor && name == "role";
    let new = if name == "contexts" && new.is_null() { json!([]) } else { new };
    known.then(|| map.insert(name.to_owned(), new).unwrap_or_default())
}

/// A value as the field holds it.
fn leaf(name: &str, value: &str, knowledge: &Knowledge) -> Result<Value, String> {
    let ontology = knowledge.ontology();
    let known = |is_known: bool, what: &str| if is_known { Ok(json!(value)) } else { Err(format!("{value:?} is {what}")) };
    match name {
        "country" => {
            let is_code = knowledge.country(value).is_some() || ontology.international().contains_key(value);
            known(is_code, "no country code; write one such as JPN or IGO")
        }
        "sector" => {
            let codes: Vec<&str> = ontology.sectors().keys().map(String::as_str).collect();
            known(codes.contains(&value), &format!("no sector; choose one of {}", codes.join(", ")))
        }
        "cameo" => known(ontology.cameo_code(value).is_some(), "no CAMEO code"),
        "reciprocal" | "is_background" => value.parse::<bool>().map(Value::from).map_err(|_| format!("{value:?} is not true or false")),
        "contexts" => {
            let mut all: Vec<&str> = value.split([',', ';']).map(str::trim).filter(|c| !c.is_empty()).collect();
            all.sort_unstable();
            match all.iter().find(|c| !ontology.contexts().contains_key(**c)) {
                Some(odd) => Err(format!("{odd:?} is no context; they are {}", join(ontology.contexts().keys()))),
                None => Ok(json!(all)),
            }
        }
        "date" | "told" => time::given(value).and_then(|w| serde_json::to_value(w).ok()).ok_or_else(|| {
            format!("{value:?} is no date; write a day, month or year (2031-05-07, 2031-05, 2031) or two days (2031-05-07..2031-05-09)")
        }),
        "published" => {
            let is_day = time::published(Some(value)).is_some() && value.len() == 10;
            is_day.then(|| json!({"date": value, "source": "verdict"})).ok_or_else(|| format!("{value:?} is no day; write 2031-05-07"))
        }
        _ if name.parse::<usize>().is_ok() => {
            Err("an actor cannot be written anew, only its parts; without a value it is taken out".to_owned())
        }
        _ if PERSONS.contains(&name) || name == "place" => Err(format!("give a part of it: {name}.name, {name}.country")),
        _ if value.trim().is_empty() => Err("empty; leave --value out to empty the field".to_owned()),
        _ => Ok(json!(value)),
    }
}

fn join<'a>(all: impl Iterator<Item = &'a String>) -> String {
    all.map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// What follows from the corrected field.
fn follow(record: &mut Record, head: &str, was: &Value, knowledge: &Knowledge) -> Result<(), String> {
    match record {
        Record::EventReport(r) => {
            drop_evidence(&mut r.evidence, was);
            recode(r, head, knowledge)
        }
        Record::LedgerEntry(r) => {
            drop_evidence(&mut r.evidence, was);
            r.keys = keys(&r.parties);
            let wrong = r.status.clone().filter(|s| !r.kind.has(s));
            if head == "kind" {
                r.status = r.status.take().filter(|_| wrong.is_none());
                return Ok(());
            }
            let all: Vec<&str> = r.kind.graph().iter().map(|(s, _)| *s).collect();
            wrong.map_or(Ok(()), |s| {
                Err(format!("status: {s:?} is no status of this kind ({}); choose one of {}", r.kind.code(), all.join(", ")))
            })
        }
        Record::Statement(r) => {
            drop_evidence(&mut r.evidence, was);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The evidence of an actor that was taken out goes with it.
fn drop_evidence(evidence: &mut Vec<Evidence>, was: &Value) {
    let at = |name: &str| was.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    if let (Some(start), Some(end), Some(_)) = (at("start"), at("end"), was.get("sectors")) {
        let is_its = |e: &Evidence| e.role != EvidenceRole::Predicate && (e.quote.start, e.quote.end) == (start, end);
        evidence.retain(|e| !is_its(e));
    }
}

/// The codes that hang on type, mode and CAMEO code.
fn recode(r: &mut EventReport, head: &str, knowledge: &Knowledge) -> Result<(), String> {
    let ontology = knowledge.ontology();
    let code = r.event_type.code();
    let modes = || ontology.event_type(code).map(|t| join(t.modes.iter().map(|m| &m.code))).unwrap_or_default();
    match head {
        "event_type" => r.mode = None,
        "mode" if r.mode.as_ref().is_some_and(|m| !modes().split(", ").any(|known| known == m)) => {
            return Err(format!("mode: {:?} is no mode of {code}; it has {}", r.mode.as_deref().unwrap_or_default(), modes()));
        }
        "mode" | "cameo" => {}
        _ => return Ok(()),
    }
    if head != "cameo" {
        r.cameo = ontology.cameo(code, r.mode.as_deref()).map(str::to_owned);
    }
    r.quad = r.event_type.quad();
    r.plover_score = ontology.score(code, r.mode.as_deref()).map(round);
    r.goldstein = r.cameo.as_deref().and_then(|c| ontology.goldstein(c)).map(round);
    Ok(())
}
