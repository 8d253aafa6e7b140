//! The knowledge and weights that ship inside chancery's binaries, and a coder made of them.

use chancery::{Coder, Options};
use chancery_knowledge::Knowledge;
use chancery_model::{Reader, Weights};
use std::{borrow::Cow, path::Path};

/// `knowledge/`, packed at build time.
pub const KNOWLEDGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.pack"));

/// `models/chancery.bin`.
pub const WEIGHTS: &[u8] = include_bytes!("../../../models/chancery.bin");

/// The shipped coder. `knowledge` and `weights` replace the embedded parts by a folder and a file.
/// Errors name the file that is wrong.
pub fn coder(options: Options, knowledge: Option<&Path>, weights: Option<&Path>) -> Result<Coder, String> {
    let bytes = match weights {
        Some(file) => Cow::Owned(std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?),
        None => Cow::Borrowed(WEIGHTS),
    };
    let reader = Weights::from_bytes(bytes).and_then(Reader::new).map_err(|e| e.to_string())?;
    Ok(Coder::new(self::knowledge(knowledge)?, reader, options))
}

/// The shipped knowledge, or that of a folder.
pub fn knowledge(folder: Option<&Path>) -> Result<Knowledge, String> {
    let knowledge = match folder {
        Some(folder) => Knowledge::load(folder),
        None => Knowledge::from_pack(KNOWLEDGE),
    };
    knowledge.map_err(|e| e.to_string())
}

/// SHA-256 of the weights in use, hex.
pub fn weights_hash(weights: Option<&Path>) -> Result<String, String> {
    match weights {
        Some(file) => std::fs::read(file).map(|b| chancery_record::sha256_hex(&b)).map_err(|e| format!("{}: {e}", file.display())),
        None => Ok(chancery_record::sha256_hex(WEIGHTS)),
    }
}
