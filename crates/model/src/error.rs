//! What can be wrong with a weights file or with the input of a network.

use std::fmt;

/// A problem with weights or input, with a message that names the tensor, key or sequence concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What sort of problem an [`Error`] is, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a weights file of a known version, or the header contradicts itself.
    Format,
    /// The digest at the end does not match the content.
    Digest,
    /// A tensor is missing, or has another type or shape than the network needs, or values that are not finite.
    Tensor,
    /// A metadata entry is missing or cannot be read.
    Metadata,
    /// A sequence is longer than the positions of the model, or has an id outside the vocabulary.
    Input,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into() }
    }

    /// The sort of problem.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
