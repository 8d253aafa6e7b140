//! The record contract of chancery.
mod span;
pub use span::{Offsets, Span};
