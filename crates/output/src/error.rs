//! What can go wrong while writing.

use std::{fmt, io, path::Path};

/// Why an output could not be written: the place, the cause and the way out in one lower-case line.
#[derive(Debug)]
pub struct Error {
    message: String,
    source: Option<io::Error>,
}

impl Error {
    /// A wrong request: an unknown format, a table to a place it cannot go.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Error { message: message.into(), source: None }
    }

    /// An input or output error at `path`; `None` is stdout.
    pub(crate) fn io(path: Option<&Path>, source: io::Error) -> Self {
        let place = path.map_or("stdout".to_owned(), |p| p.display().to_string());
        Error { message: format!("{place}: {}", reason(&source)), source: Some(source) }
    }

    /// Whether the reader of a pipe went away (`| head`): no error to tell anyone about.
    pub fn is_broken_pipe(&self) -> bool {
        self.source.as_ref().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such directory; make it first or give another place with -o".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be written; give another place with -o".to_owned(),
        io::ErrorKind::StorageFull => "no space left; free some or give another place with -o".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory; give a file".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}
