//! The knowledge and weights that ship inside chancery's binaries, and a coder made of them.

use chancery::{Coder, Options};
use chancery_knowledge::{Files, Knowledge, Overlay};
use chancery_model::{Reader, Weights};
use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

/// `knowledge/`, packed at build time.
pub const KNOWLEDGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.pack"));

/// `models/chancery.bin`.
pub const WEIGHTS: &[u8] = include_bytes!("../../../models/chancery.bin");

/// The shipped coder. `folders` change the embedded knowledge (see [`files`]), `weights` replaces the embedded weights by a file.
/// Errors name the file that is wrong.
pub fn coder(options: Options, folders: &[PathBuf], weights: Option<&Path>) -> Result<Coder, String> {
    // each takes a tenth of a second, which every start waits for
    let (knowledge, reader) = std::thread::scope(|scope| {
        let knowledge = scope.spawn(|| knowledge(folders));
        let reader = reader(weights);
        (knowledge.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), reader)
    });
    Ok(Coder::new(knowledge?, reader?, options))
}

fn reader(weights: Option<&Path>) -> Result<Reader, String> {
    let bytes = match weights {
        Some(file) => Cow::Owned(std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?),
        None => Cow::Borrowed(WEIGHTS),
    };
    let named =
        |e: chancery_model::Error| weights.map_or_else(|| e.to_string(), |file| format!("{}: {e}; name a weights file", file.display()));
    Weights::from_bytes(bytes).and_then(Reader::new).map_err(named)
}

/// The text of the shipped knowledge, changed by `folders` in turn: the first may be a whole knowledge directory (it holds `SOURCES.toml`) that
/// replaces it, all others are overlays whose rows are laid over what is there. Errors name file, line and remedy.
pub fn files(folders: &[PathBuf]) -> Result<Files, String> {
    let (whole, overlays) = match folders.split_first() {
        Some((first, others)) if Files::is_whole(first) => (Files::read(first), others),
        _ => (Files::unpack(KNOWLEDGE), folders),
    };
    overlays.iter().try_fold(whole.map_err(|e| e.to_string())?, |files, folder| {
        if Files::is_whole(folder) {
            let shown = folder.display();
            return Err(format!(
                "{shown}: a whole knowledge directory (it holds SOURCES.toml) would undo the folders before it; name it first"
            ));
        }
        Overlay::read(folder).and_then(|o| files.with_overlay(&o)).map_err(|e| e.to_string())
    })
}

/// The shipped knowledge, changed by `folders` as [`files`] says.
pub fn knowledge(folders: &[PathBuf]) -> Result<Knowledge, String> {
    if folders.is_empty() {
        return Knowledge::from_pack(KNOWLEDGE).map_err(|e| e.to_string());
    }
    Knowledge::of(&files(folders)?).map_err(|e| e.to_string())
}
