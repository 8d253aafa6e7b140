//! `chancery kb diff`: what changed between two states of the knowledge.

use crate::{
    End,
    command::{Parts, kb::day, print},
};
use chancery_knowledge::{Files, diff};
use std::path::{Path, PathBuf};

/// What changed between two knowledge folders: rows, holders of offices, what names now stand for
///
/// With one folder: from the knowledge in use to the folder. A folder without SOURCES.toml is an overlay: it is laid over the knowledge in use first.
#[derive(clap::Args)]
pub struct Args {
    /// The folder, or the old and the new one
    #[arg(required = true, num_args = 1..=2, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Read names as of this day (2023-07-16); else by the latest office
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let on = day(args.on)?;
    let (old, new) = match args.folders.as_slice() {
        [old, new] => (with(parts, old)?, with(parts, new)?),
        [new, ..] => (chancery_embedded::files(&below(parts, new))?, with(parts, new)?),
        [] => return Err("name a folder".to_owned()),
    };
    print(&diff(&old, &new, on.as_deref()).map_err(|e| e.to_string())?.to_string())
}

/// The folders in use, without `folder`.
pub fn below(parts: &Parts, folder: &Path) -> Vec<PathBuf> {
    let same = |a: &Path| a == folder || a.canonicalize().ok().is_some_and(|a| folder.canonicalize().is_ok_and(|b| a == b));
    parts.knowledge.iter().filter(|k| !same(k)).cloned().collect()
}

/// The knowledge with `folder`: a whole directory by itself, an overlay over what is in use.
pub fn with(parts: &Parts, folder: &Path) -> Result<Files, String> {
    let mut folders = if Files::is_whole(folder) { Vec::new() } else { below(parts, folder) };
    folders.push(folder.to_owned());
    chancery_embedded::files(&folders)
}
