//! `chancery mentions CORPUS`: the mentions of annotated documents as `training/whose.py` reads them, one JSON line a document.

use super::{Parts, write_error};
use crate::End;
use chancery::{Options, eval};
use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Args {
    /// An annotated file, or the folder with sentences and articles
    corpus: PathBuf,
}

pub fn run(args: &Args, parts: &Parts) -> Result<End, String> {
    let coder = parts.coder(Options::default())?;
    let mut out = BufWriter::new(io::stdout().lock());
    eval::mentions::rows(&args.corpus, &coder, &mut |row| writeln!(out, "{row}").map_err(write_error))?;
    out.flush().map(|()| End::Done).map_err(write_error)
}
