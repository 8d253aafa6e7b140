//! Packs `knowledge/` into one file for `include_bytes!`.
use std::{env, fs, path::Path, process::exit};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let knowledge = root.join("knowledge");
    println!("cargo:rerun-if-changed={}", knowledge.display());
    println!("cargo:rerun-if-changed={}", root.join("models/chancery.bin").display());
    let pack = chancery_knowledge::pack(&knowledge).unwrap_or_else(|e| {
        eprintln!("{e}");
        exit(1)
    });
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("knowledge.pack");
    fs::write(out, pack).expect("OUT_DIR can be written");
}
