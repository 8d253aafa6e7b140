//! `run.lock`: what a result was made with, as TOML that people read and `chancery rerun` follows.
//!
//! It names the version, the codebook, the knowledge, the model, every option that changes a byte, and every file read and written, with
//! SHA-256 hashes. Paths stand as they were typed.

use crate::{
    command::Parts,
    input::{FileRead, Given},
};
use chancery::page::PageOptions;
use chancery_output::Written;
use chancery_record::{Codebook, Run};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The form of the file that this program writes and reads.
const FORM: u32 = 1;
/// Name of stdin and stdout.
pub const STREAM: &str = "-";

/// What a result was made with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Lock {
    /// Form of this file.
    pub lock: u32,
    /// Version of chancery.
    pub version: String,
    /// Id of the run record in the result.
    pub run: String,
    /// Ontology.
    pub codebook: Codebook,
    /// Knowledge.
    pub knowledge: Part,
    /// Weights.
    pub model: Part,
    /// Options that change the bytes.
    pub options: Settings,
    /// Files read, in order.
    #[serde(default)]
    pub inputs: Vec<LockedInput>,
    /// Files written, in order.
    #[serde(default)]
    pub outputs: Vec<LockedOutput>,
}

/// Knowledge or weights.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// SHA-256, hex.
    pub hash: String,
    /// Folder or file that was used with or instead of the built-in part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Further folders of knowledge, in turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<String>,
}

impl Part {
    /// A part that came from `paths`.
    fn of(hash: String, paths: &[PathBuf]) -> Self {
        let mut paths = paths.iter().map(|p| p.display().to_string());
        Part { hash, path: paths.next(), overlays: paths.collect() }
    }

    /// All folders or files, in turn.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.path.iter().chain(&self.overlays).map(PathBuf::from).collect()
    }
}

/// A file that was read.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct LockedInput {
    /// As typed, or found in a folder that was; `-` is stdin.
    pub path: String,
    /// SHA-256 of its bytes, hex; absent if it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// A file that was written.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct LockedOutput {
    /// As typed, or in a folder that was; `-` is stdout.
    pub path: String,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of them, hex.
    pub sha256: String,
}

/// The options of `chancery code` that change the bytes of its result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Format of the result.
    pub to: String,
    /// Event reports below this confidence are left out, 0-1.
    pub min_confidence: f64,
    /// Whether page records hold the text.
    pub keep_text: bool,
    /// Whether tables hold what did not happen.
    pub all_statuses: bool,
    /// Longest page in MB.
    pub max_page_size: usize,
    /// Publication date of pages that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Address of pages that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Outlet of pages that state none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// What stdin held: `page` or `jsonl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Colours of the terminal view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<bool>,
    /// Columns of the terminal view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<usize>,
}

impl Settings {
    /// As the coder takes them.
    pub fn coder(&self) -> chancery::Options {
        let page = PageOptions { max_bytes: self.max_page_size.saturating_mul(1 << 20), ..PageOptions::default() };
        chancery::Options { min_confidence: self.min_confidence as f32, keep_text: self.keep_text, page }
    }

    /// As the writers take them.
    pub fn view(&self) -> chancery_output::Options {
        let plain = chancery_output::Options::default();
        let (colour, width) = (self.colour.unwrap_or(plain.colour), self.width.unwrap_or(plain.width));
        chancery_output::Options { colour, width, all_statuses: self.all_statuses }
    }

    /// What they say of all pages.
    pub fn given(&self) -> Given {
        let is_jsonl = self.from.as_deref() == Some("jsonl");
        Given { date: self.date.clone(), url: self.url.clone(), outlet: self.outlet.clone(), is_jsonl, ..Given::default() }
    }

    /// Those that change records, as the run record has them.
    pub fn of_records(&self) -> Map<String, Value> {
        const OF_RECORDS: [&str; 6] = ["min_confidence", "keep_text", "max_page_size", "date", "url", "outlet"];
        match serde_json::to_value(self) {
            Ok(Value::Object(all)) => all.into_iter().filter(|(name, _)| OF_RECORDS.contains(&name.as_str())).collect(),
            _ => Map::new(),
        }
    }
}

/// The number that was typed: `0.4`, not the nearest of the narrower kind spelled out.
pub fn as_typed(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

impl Lock {
    /// The lock of a run.
    pub fn of(run: Run, parts: &Parts, options: Settings, read: Vec<FileRead>, written: &[Written]) -> Self {
        let path = |p: &Option<PathBuf>| p.as_ref().map(|p| p.display().to_string());
        let output = |w: &Written| LockedOutput {
            path: path(&w.path).unwrap_or_else(|| STREAM.to_owned()),
            bytes: w.bytes,
            sha256: w.sha256.clone(),
        };
        let input = |f: FileRead| LockedInput { path: f.path, sha256: f.hash.as_ref().ok().cloned(), unreadable: f.hash.err() };
        Lock {
            lock: FORM,
            version: run.version,
            run: run.id,
            codebook: run.codebook,
            knowledge: Part::of(run.knowledge_hash, &parts.knowledge),
            model: Part::of(run.model_hash, parts.model.as_slice()),
            options,
            inputs: read.into_iter().map(input).collect(),
            outputs: written.iter().map(output).collect(),
        }
    }

    /// As the text of a file.
    pub fn text(&self) -> Result<String, String> {
        let body = toml::to_string(self).map_err(|e| format!("the lock cannot be written as TOML: {e}"))?;
        Ok(format!("# What a result of chancery was made with; `chancery rerun FILE` makes it again and compares the bytes.\n{body}"))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Names the file, the line and what to do.
    pub fn read(file: &Path) -> Result<Self, String> {
        let name = file.display();
        let text = std::fs::read_to_string(file).map_err(|e| format!("{name}: {}", crate::input::reason(&e)))?;
        if text.trim().is_empty() {
            return Err(format!("{name}: empty; the run that was to write it did not end, code again with --lock"));
        }
        Self::parse(&text).map_err(|e| format!("{name}{e}"))
    }

    /// Reads a text; the error begins with `:LINE: ` or `: `.
    fn parse(text: &str) -> Result<Self, String> {
        const REMEDY: &str = "give a file that `chancery code --lock` wrote";
        let failed = |e: toml::de::Error| {
            let line =
                e.span().map_or(String::new(), |s| format!(":{}", text.get(..s.start).unwrap_or_default().matches('\n').count() + 1));
            format!("{line}: not a run.lock ({}); {REMEDY}", e.message().replace('\n', " "))
        };
        let form: Form = toml::from_str(text).map_err(failed)?;
        if form.lock != FORM {
            return Err(format!(
                ": written by chancery {} in form {}, this program reads form {FORM}; use that version",
                form.version, form.lock
            ));
        }
        let lock: Lock = toml::from_str(text).map_err(failed)?;
        match lock.options.min_confidence {
            x if (0.0..=1.0).contains(&x) => Ok(lock),
            x => Err(format!(": min_confidence {x} is not between 0 and 1; {REMEDY}")),
        }
    }
}

/// What any form of the file says.
#[derive(Deserialize)]
struct Form {
    lock: u32,
    version: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let hash = "ab".repeat(32);
        Lock {
            lock: FORM,
            version: "0.1.0".to_owned(),
            run: "run_0123456789abcdef".to_owned(),
            codebook: Codebook { name: "PLOVER".to_owned(), version: "2.0".to_owned(), hash: hash.clone() },
            knowledge: Part { hash: hash.clone(), path: Some("kb \"mine\"".to_owned()), overlays: vec!["more".to_owned()] },
            model: Part { hash: hash.clone(), path: None, overlays: Vec::new() },
            options: Settings {
                to: "jsonl".to_owned(),
                min_confidence: as_typed(0.4),
                keep_text: true,
                all_statuses: false,
                max_page_size: 16,
                date: Some("2031-05-14".to_owned()),
                url: None,
                outlet: None,
                from: None,
                colour: None,
                width: None,
            },
            inputs: vec![
                LockedInput { path: "pages/a.txt".to_owned(), sha256: Some(hash.clone()), unreadable: None },
                LockedInput { path: "gone.txt".to_owned(), sha256: None, unreadable: Some("no such file".to_owned()) },
            ],
            outputs: vec![LockedOutput { path: STREAM.to_owned(), bytes: 7, sha256: hash }],
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let text = lock().text().expect("it is plain data");
        assert!(text.contains("min_confidence = 0.4\n"), "{text}");
        assert!(text.contains("\n[[inputs]]\npath = \"pages/a.txt\"\nsha256 = \"abab"), "{text}");
        assert_eq!(Lock::parse(&text), Ok(lock()));
        assert_eq!(lock().options.coder().min_confidence, 0.4);
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let text = lock().text().expect("it is plain data");
        for (old, new, wanted) in [
            ("keep_text = true", "keep_text = 7", ":22: not a run.lock (invalid type"),
            ("lock = 1", "lock = 2", ": written by chancery 0.1.0 in form 2, this program reads form 1; use that version"),
            ("lock = 1\n", "", ":1: not a run.lock (missing field `lock`)"),
            ("min_confidence = 0.4", "min_confidence = nan", ": min_confidence NaN is not between 0 and 1"),
            ("version", "{\"record\":", ":3: not a run.lock"),
        ] {
            assert!(text.contains(old), "{old} is not in:\n{text}");
            let error = Lock::parse(&text.replacen(old, new, 1)).expect_err(new);
            assert!(error.starts_with(wanted), "{new}: {error}");
        }
    }

    #[test]
    fn the_run_record_has_the_options_that_change_records() {
        let options = Value::Object(lock().options.of_records());
        let wanted = serde_json::json!({"date": "2031-05-14", "keep_text": true, "max_page_size": 16, "min_confidence": 0.4});
        assert_eq!(options, wanted);
    }
}
