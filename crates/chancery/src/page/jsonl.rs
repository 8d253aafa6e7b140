//! One line of JSON Lines -> a raw page.
//!
//! `{"id": 7, "text": "The ministers met.", "outlet": "The Courier"}` -> a [`RawPage`] with `source_id` `7`. Only `text` is required;
//! `title`, `date`, `url`, `outlet` (or `source`) and `language` are read where given, other fields are left alone.
//! HTML inside `text` is noticed when the page is read.

use super::{Outcome, RawPage};
use serde_json::{Map, Value};

/// The page of line `number` (from 1) of a JSON Lines file.
///
/// ```
/// let raw = chancery::page::raw_page_from_json_line(r#"{"id": 7, "text": "The ministers met."}"#, 1).unwrap();
/// assert_eq!(raw.source_id.as_deref(), Some("7"));
/// assert!(chancery::page::raw_page_from_json_line("{}", 12).unwrap_err().to_string().starts_with("line 12: "));
/// ```
///
/// # Errors
/// [`Outcome::Failed`] naming the line: no JSON object, no `text`, or a field of the wrong kind.
pub fn raw_page_from_json_line(line: &str, number: usize) -> Result<RawPage, Outcome> {
    let line = line.trim_start_matches('\u{FEFF}');
    let value: Value = serde_json::from_str(line).map_err(|e| {
        let place = e.column();
        Outcome::Failed(format!("line {number}: not JSON at column {place} ({}); write one object per line", cause(&e)))
    })?;
    let Value::Object(fields) = value else {
        return Err(Outcome::Failed(format!("line {number}: not a JSON object; write {{\"text\": \"...\"}}")));
    };
    let text = string(&fields, "text", number)?;
    let Some(text) = text else {
        return Err(Outcome::Failed(format!("line {number}: no field \"text\"; put the page's text or HTML there")));
    };
    let outlet = string(&fields, "outlet", number)?;
    Ok(RawPage {
        bytes: text.into_bytes(),
        media: None,
        path: None,
        url: string(&fields, "url", number)?,
        source_id: string(&fields, "id", number)?,
        title: string(&fields, "title", number)?,
        date: string(&fields, "date", number)?,
        outlet: outlet.map_or_else(|| string(&fields, "source", number), |o| Ok(Some(o)))?,
        language: string(&fields, "language", number)?,
        notes: Vec::new(),
    })
}

/// A string field; numbers are taken as written, `null` and empty strings as not stated.
fn string(fields: &Map<String, Value>, key: &str, number: usize) -> Result<Option<String>, Outcome> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() && key != "text" => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(n)) if key != "text" => Ok(Some(n.to_string())),
        Some(_) => Err(Outcome::Failed(format!("line {number}: field \"{key}\" is not a string; put it in quotes"))),
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
        let raw = raw_page_from_json_line(line, 1);
        assert!(raw.is_ok_and(|r| r.outlet.as_deref() == Some("The Courier") && r.source_id.as_deref() == Some("a1")));
        for (line, message) in [
            ("{\"text\":", "line 3: not JSON at column 8 (EOF while parsing a value); write one object per line"),
            ("[1]", "line 3: not a JSON object; write {\"text\": \"...\"}"),
            ("{\"id\":1}", "line 3: no field \"text\"; put the page's text or HTML there"),
            ("{\"text\":5}", "line 3: field \"text\" is not a string; put it in quotes"),
        ] {
            assert_eq!(raw_page_from_json_line(line, 3).map_err(|e| e.to_string()).err().as_deref(), Some(message));
        }
    }
}
