//! The network runtime: a weights file, word pieces, a BERT encoder in int8, and the small operations for task heads.
//!
//! Weights and word pieces go in, one vector per piece comes out:
//!
//! ```text
//! "envoys met"  ->  [101, 19918, 2015, 2777, 102]  ->  5 x 384 numbers
//! ```
//!
//! Results do not depend on the processor: integer products are exact, and every floating-point operation has one fixed
//! order and no fused multiply-add, so the scalar, AVX2 and AVX-512 paths agree bit for bit ([`Kernel`]). Nor do they
//! depend on which sequences are encoded together. What the vectors mean is not decided here: task heads are built on
//! [`Linear`] and the functions beside it.

mod container;
mod encoder;
mod error;
mod float;
mod kernel;
mod ops;
mod reader;
mod unicode;
mod whose;
mod wordpiece;

pub use container::{TensorType, Weights};
pub use encoder::{Capitals, Encoder, Piece, States};
pub use error::{Error, ErrorKind};
pub use kernel::Kernel;
pub use ops::{Linear, argmax, bilinear, gelu, layer_norm, softmax};
pub use reader::{Labels, Link, Predicate, Reader, Reading, Tagged};
pub use whose::{Evidence, Mentioned, NONE, Told, first_of, ties, window_of};
pub use wordpiece::WordPiece;
