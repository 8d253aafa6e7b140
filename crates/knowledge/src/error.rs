//! What can go wrong when knowledge is read, in words that name the file, the line and the way out.

use crate::overlay::Origins;
use std::fmt;

/// Why knowledge could not be read or packed.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    place: String,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The sort of error, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file is missing or unreadable.
    Read,
    /// A table or a TOML file is not in the expected form.
    Format,
    /// A pack is damaged, too large or of another version.
    Pack,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, place: impl Into<String>, message: impl Into<String>) -> Self {
        Error { kind, place: place.into(), message: message.into(), source: None }
    }

    pub(crate) fn caused(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same error at the place where a merged table's line was written.
    pub(crate) fn moved(mut self, origins: &Origins) -> Self {
        if let Some((file, line)) = self.place.rsplit_once(':').and_then(|(f, l)| Some((f, l.parse().ok()?))) {
            let (file, line) = origins.place(file, line);
            self.place = format!("{file}:{line}");
        }
        self
    }

    /// The sort of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file (and line) it is about, relative to the knowledge directory.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}
