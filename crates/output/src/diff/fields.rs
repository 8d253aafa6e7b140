//! Two records of one kind -> the fields in which they differ.

use super::{Field, pair::Renamed};
use chancery_record::Record;
use serde_json::{Map, Value};

/// A longer text is cut.
const LONG: usize = 200;
/// Characters kept before the first difference of two long texts.
const BEFORE: usize = 40;

/// The fields that differ once the ids of the first result are read as those of the second; without offsets where the text changed. The
/// record's own id is no such field.
pub fn differing(old: &Record, new: &Record, renamed: &Renamed, text_changed: bool) -> Vec<Field> {
    let [mut old, mut new] = [old, new].map(|r| serde_json::to_value(r).unwrap_or_default());
    rename(&mut old, renamed);
    for value in [&mut old, &mut new] {
        if text_changed {
            without_offsets(value);
        }
        if let Value::Object(fields) = value {
            fields.remove("id");
            if let Some(Value::Array(ids)) = fields.get_mut("reports") {
                ids.sort_by(|a, b| a.as_str().cmp(&b.as_str())); // by id, and ids have changed
            }
        }
    }
    let mut fields = Vec::new();
    walk("", &old, &new, &mut fields);
    fields
}

fn rename(value: &mut Value, renamed: &Renamed) {
    match value {
        Value::String(text) => {
            if let Some(id) = renamed.get(text.as_str()) {
                *text = (*id).to_owned();
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|v| rename(v, renamed)),
        Value::Object(fields) => fields.values_mut().for_each(|v| rename(v, renamed)),
        _ => {}
    }
}

/// Takes numbers named like offsets away (dates have a `start`, too, which is text).
fn without_offsets(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(without_offsets),
        Value::Object(fields) => {
            fields.retain(|name, v| !(v.is_number() && matches!(name.as_str(), "start" | "end" | "byte_start" | "byte_end")));
            fields.values_mut().for_each(without_offsets);
        }
        _ => {}
    }
}

fn walk(path: &str, old: &Value, new: &Value, out: &mut Vec<Field>) {
    match (old, new) {
        (old, new) if old == new => {}
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k)));
            for name in names {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(&path, a.get(name).unwrap_or(&Value::Null), b.get(name).unwrap_or(&Value::Null), out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.iter().chain(b).all(Value::is_object) => {
            for (i, old, new) in aligned(a, b) {
                walk(&format!("{path}[{i}]"), old, new, out);
            }
        }
        (old, new) => {
            let (old, new) = cut(old, new);
            out.push(Field { field: path.to_owned(), old, new });
        }
    }
}

/// The elements of two lists side by side: by position when they are as many, else the equal ones, then those of the same place in the text.
/// The index is that of the new list, of what is gone that of the old.
fn aligned<'v>(a: &'v [Value], b: &'v [Value]) -> Vec<(usize, &'v Value, &'v Value)> {
    if a.len() == b.len() {
        return a.iter().zip(b).enumerate().map(|(i, (x, y))| (i, x, y)).collect();
    }
    let mut open: Vec<(usize, &Value)> = a.iter().enumerate().collect();
    let mut rest: Vec<(usize, &Value)> = Vec::new();
    let mut out = Vec::new();
    for (i, new) in b.iter().enumerate() {
        match open.iter().position(|(_, old)| *old == new) {
            Some(k) => drop(open.remove(k)),
            None => rest.push((i, new)),
        }
    }
    let place = |v: &Value| v.get("start").cloned().filter(Value::is_number);
    for (i, new) in rest {
        let same_place = open.iter().position(|(_, old)| place(old).is_some() && place(old) == place(new));
        out.push((i, same_place.map_or(&Value::Null, |k| open.remove(k).1), new));
    }
    out.extend(open.into_iter().map(|(i, old)| (i, old, &Value::Null)));
    out
}

/// Long texts with what stands around their first difference.
fn cut(old: &Value, new: &Value) -> (Value, Value) {
    let texts = [old, new].map(|v| v.as_str().unwrap_or_default());
    if texts.iter().all(|t| t.chars().count() <= LONG) {
        return (old.clone(), new.clone());
    }
    let alike = texts[0].chars().zip(texts[1].chars()).take_while(|(a, b)| a == b).count();
    let from = alike.saturating_sub(BEFORE);
    let part = |value: &Value| {
        let Value::String(text) = value else { return value.clone() };
        let part: String = text.chars().skip(from).take(LONG).collect();
        let is_whole = from + LONG >= text.chars().count();
        Value::String(format!("{}{part}{}", if from > 0 { "…" } else { "" }, if is_whole { "" } else { "…" }))
    };
    (part(old), part(new))
}

/// A value in few words for a line of text: the words of an actor or quote, nothing as `none`.
pub fn brief(value: &Value) -> String {
    let words = |fields: &Map<String, Value>| ["name", "text", "quote"].iter().find_map(|k| fields.get(*k)?.as_str().map(str::to_owned));
    match value {
        Value::Null => "none".to_owned(),
        Value::Object(fields) if fields.is_empty() => "there".to_owned(), // nothing but offsets
        Value::String(text) => format!("“{text}”"),
        Value::Object(fields) => words(fields).map_or_else(|| value.to_string(), |w| format!("“{w}”")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(old: Value, new: Value) -> Vec<String> {
        let mut out = Vec::new();
        walk("", &old, &new, &mut out);
        out.iter().map(|f| format!("{} {} {}", f.field, f.old, f.new)).collect()
    }

    #[test]
    fn names_the_innermost_field() {
        assert_eq!(found(json!({"a": [{"b": 1, "c": 2}]}), json!({"a": [{"b": 1, "c": 3}], "d": "x"})), ["a[0].c 2 3", "d null \"x\""]);
        assert_eq!(found(json!({"a": ["x", "y"]}), json!({"a": ["x"]})), ["a [\"x\",\"y\"] [\"x\"]"], "codes are one value");
    }

    #[test]
    fn an_element_put_before_others_changes_only_itself() {
        let old = json!({"a": [{"start": 5, "c": 1}, {"start": 9, "c": 2}]});
        let new = json!({"a": [{"start": 1, "c": 0}, {"start": 5, "c": 7}, {"start": 9, "c": 2}]});
        assert_eq!(found(old, new), ["a[0] null {\"c\":0,\"start\":1}", "a[1].c 1 7"]);
        assert_eq!(found(json!({"a": [{"c": 1}]}), json!({"a": []})), ["a[0] {\"c\":1} null"]);
    }

    #[test]
    fn long_texts_are_cut_around_the_first_difference() {
        let text = |middle: &str| json!(format!("{}{middle}{}", "é".repeat(300), "z".repeat(300)));
        let (old, new) = cut(&text("A"), &text("B"));
        let (old, new) = (old.as_str().unwrap_or_default(), new.as_str().unwrap_or_default());
        assert!(old.starts_with(&format!("…{}A", "é".repeat(40))) && new.contains("éBz") && new.ends_with("z…"), "{old}\n{new}");
        assert_eq!(cut(&json!(null), &json!("short")), (json!(null), json!("short")));
    }

    #[test]
    fn offsets_are_numbers_and_dates_stay() {
        let mut value = json!({"date": {"start": "2031-05-14"}, "actors": [{"start": 3, "text": "x"}], "index": 1});
        without_offsets(&mut value);
        assert_eq!(value, json!({"date": {"start": "2031-05-14"}, "actors": [{"text": "x"}], "index": 1}));
    }
}
