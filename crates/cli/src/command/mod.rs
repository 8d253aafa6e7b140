//! The subcommands.

pub mod code;
pub mod completions;
pub mod diff;
pub mod eval;
pub mod kb;
pub mod mentions;
pub mod overlay;
pub mod people;
pub mod place;
pub mod reconcile;
pub mod relation;
pub mod rerun;
pub mod show;
pub mod tokens;
pub mod verdict;
pub mod verify;
pub mod why;

use crate::End;
use chancery::{Coder, Options};
use chancery_knowledge::{Knowledge, Problem};
use chancery_record::Record;
use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

/// Replacements for the built-in parts.
pub struct Parts {
    /// Folders that change the built-in knowledge, in turn.
    pub knowledge: Vec<PathBuf>,
    /// Weight file.
    pub model: Option<PathBuf>,
}

impl Parts {
    /// A coder of these parts.
    pub fn coder(&self, options: Options) -> Result<Coder, String> {
        let coder = chancery_embedded::coder(options, &self.knowledge, self.model.as_deref())?;
        if !self.knowledge.is_empty() {
            warn(&coder.knowledge().check());
        }
        Ok(coder)
    }

    /// The knowledge.
    pub fn knowledge(&self) -> Result<Knowledge, String> {
        chancery_embedded::knowledge(&self.knowledge)
    }
}

/// Says on stderr that the user's own knowledge has problems.
fn warn(problems: &[Problem]) {
    const SHOWN: usize = 3;
    problems.iter().take(SHOWN).for_each(|p| eprintln!("chancery: {p}"));
    if problems.len() > SHOWN {
        eprintln!("chancery: ... and {} more; `chancery kb check` with the same --knowledge lists them", problems.len() - SHOWN);
    }
}

/// Prints to stdout; a closed pipe ends the command quietly.
pub fn print(text: &str) -> Result<End, String> {
    io::stdout().lock().write_all(text.as_bytes()).map(|()| End::Done).map_err(write_error)
}

/// The message of a failed write; empty when the reader of our output went away, which is no error.
pub fn write_error(e: io::Error) -> String {
    if e.kind() == io::ErrorKind::BrokenPipe { String::new() } else { format!("cannot write: {e}") }
}

/// Whether to colour: a terminal, and no `NO_COLOR`.
pub fn colour() -> bool {
    use std::io::IsTerminal;
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// The records of a result file (`-` = stdin), line by line; errors name the line.
pub fn records(file: &Path) -> Result<impl Iterator<Item = Result<Record, String>>, String> {
    let name = file.display().to_string();
    let reader: Box<dyn BufRead> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(io::BufReader::new(std::fs::File::open(file).map_err(|e| format!("{name}: {}", crate::input::reason(&e)))?))
    };
    let parse = move |(n, line): (usize, io::Result<String>)| {
        let line = line.map_err(|e| format!("{name}:{}: {e}", n + 1))?;
        let read = serde_json::from_str(&line).map_err(|e| format!("{name}:{}: not a record of `chancery code --to jsonl`: {e}", n + 1));
        read.map(|mut record: Record| {
            record.shrink_to_fit();
            record
        })
    };
    let blank = |l: &(usize, io::Result<String>)| l.1.as_ref().is_ok_and(|l| l.trim().is_empty());
    Ok(reader.lines().enumerate().filter(move |l| !blank(l)).map(parse))
}
