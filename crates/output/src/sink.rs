//! Where bytes go, with the place's name for errors.

use crate::{Destination, Error};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// A buffered file or stdout.
pub struct Sink {
    path: Option<PathBuf>,
    out: BufWriter<Box<dyn Write>>,
}

impl Sink {
    /// Opens stdout or makes the file.
    pub fn open(destination: &Destination) -> Result<Self, Error> {
        Ok(match destination {
            Destination::Stdout => Sink { path: None, out: BufWriter::new(Box::new(io::stdout())) },
            Destination::Path(path) => Sink { path: Some(path.clone()), out: BufWriter::new(Box::new(create(path)?)) },
        })
    }

    /// Writes text.
    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        self.out.write_all(text.as_bytes()).map_err(|e| Error::io(self.path.as_deref(), e))
    }

    /// Writes what is buffered.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(|e| Error::io(self.path.as_deref(), e))
    }
}

/// Makes the file at `path`, or empties it.
pub fn create(path: &Path) -> Result<File, Error> {
    File::create(path).map_err(|e| Error::io(Some(path), e))
}

/// The folder that a table destination names, made if missing; `None`: it names one file.
pub fn folder(destination: &Destination) -> Result<Option<&Path>, Error> {
    let Destination::Path(path) = destination else { return Ok(None) };
    let ends_in_separator = path.to_str().is_some_and(|p| p.ends_with(std::path::is_separator));
    let is_new = !path.exists() && (ends_in_separator || path.extension().is_none());
    if is_new {
        fs::create_dir_all(path).map_err(|e| Error::io(Some(path), e))?;
    }
    Ok((is_new || path.is_dir()).then_some(path))
}
