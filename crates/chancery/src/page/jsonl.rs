//! One line of JSON Lines -> a raw page.
//!
//! `{"id": 7, "text": "The ministers met.", "outlet": "The Courier"}` -> a [`RawPage`] with `source_id` `7`. Only `text` is required;
//! `title`, `date`, `url`, `outlet` (or `source`) and `language` are read where given, other fields are left alone.
//! HTML inside `text` is noticed when the page is read.

use super::{Outcome, RawPage};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value};
use std::fmt;

/// The page of one line of a JSON Lines file.
///
/// ```
/// let raw = chancery::page::raw_page_from_json_line(r#"{"id": 7, "text": "The ministers met."}"#).unwrap();
/// assert_eq!(raw.source_id.as_deref(), Some("7"));
/// assert!(chancery::page::raw_page_from_json_line("{}").unwrap_err().to_string().starts_with("no field \"text\""));
/// ```
///
/// # Errors
/// [`Outcome::Failed`], which leaves it to the caller to name the line: no JSON object, no `text`, or a field of the wrong kind.
pub fn raw_page_from_json_line(line: &str) -> Result<RawPage, Outcome> {
    let line = line.trim_start_matches('\u{FEFF}');
    let Fields { values, notes } = serde_json::from_str(line).map_err(|e| {
        let place = e.column();
        Outcome::Failed(match e.is_data() {
            true => "not a JSON object; write {\"text\": \"...\"}".to_owned(),
            false => format!("not JSON at column {place} ({}); write one object per line", cause(&e)),
        })
    })?;
    let text = match (string(&values, "text")?, values.contains_key("text")) {
        (Some(text), _) => text,
        (None, is_there) => {
            let what = if is_there { "field \"text\" is null" } else { "no field \"text\"" };
            return Err(Outcome::Failed(format!("{what}; put the page's text or HTML there")));
        }
    };
    let outlet = string(&values, "outlet")?;
    Ok(RawPage {
        bytes: text.into_bytes(),
        url: string(&values, "url")?,
        source_id: string(&values, "id")?,
        title: string(&values, "title")?,
        date: string(&values, "date")?,
        outlet: outlet.map_or_else(|| string(&values, "source"), |o| Ok(Some(o)))?,
        language: string(&values, "language")?,
        notes,
        ..RawPage::default()
    })
}

/// The fields of an object, the last of those with one name, and which stand more than once.
struct Fields {
    values: Map<String, Value>,
    notes: Vec<String>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Fields, A::Error> {
        let (mut values, mut notes) = (Map::new(), Vec::new());
        while let Some((key, value)) = fields.next_entry::<String, Value>()? {
            if values.insert(key.clone(), value).is_some() {
                notes.push(format!("field {key:?} stands more than once in its line; the last was read"));
            }
        }
        Ok(Fields { values, notes })
    }
}

/// A string field; numbers are taken as written, `null` and empty strings as not stated.
fn string(fields: &Map<String, Value>, key: &str) -> Result<Option<String>, Outcome> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() && key != "text" => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(n)) if key != "text" => Ok(Some(n.to_string())),
        Some(_) => Err(Outcome::Failed(format!("field \"{key}\" is not a string; put it in quotes"))),
    }
}

/// The parser's message without its own line and column.
fn cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_and_names_the_bad_ones() {
        let line = r#"{"id":"a1","text":"<p>Talks ended.</p>","title":"T","date":"2024-07-16","url":"https://e.org/","source":"The Courier","language":"en","x":1}"#;
        let raw = raw_page_from_json_line(line);
        assert!(
            raw.is_ok_and(|r| r.outlet.as_deref() == Some("The Courier") && r.source_id.as_deref() == Some("a1") && r.notes.is_empty())
        );
        for (line, message) in [
            ("{\"text\":", "not JSON at column 8 (EOF while parsing a value); write one object per line"),
            ("[1]", "not a JSON object; write {\"text\": \"...\"}"),
            ("{\"id\":1}", "no field \"text\"; put the page's text or HTML there"),
            ("{\"text\":null}", "field \"text\" is null; put the page's text or HTML there"),
            ("{\"text\":5}", "field \"text\" is not a string; put it in quotes"),
        ] {
            assert_eq!(raw_page_from_json_line(line).map_err(|e| e.to_string()).err().as_deref(), Some(message));
        }
    }

    #[test]
    fn says_that_a_field_stands_twice() {
        let raw = raw_page_from_json_line(r#"{"text":"Chad left.","x":1,"text":"Chad came.","x":2}"#).expect("an object");
        assert_eq!(raw.bytes, b"Chad came.");
        let noted = ["text", "x"].map(|key| format!("field {key:?} stands more than once in its line; the last was read"));
        assert_eq!(raw.notes, noted);
    }
}
