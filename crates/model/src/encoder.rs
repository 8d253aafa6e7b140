//! The BERT encoder: sequences of piece numbers in, one vector per piece out.
//!
//! Sequences are put one after the other without padding; a sequence gets the same vectors whatever is encoded with it.
//! The word table is in half bytes, weights are int8 with a scale per output, activations are rounded to a byte per row before each linear layer,
//! attention, GELU and normalisation are f32 (cosine with the f32 network about 0.997 for MiniLM).

use crate::kernel::{self, Activation, Kernel, Quantised};
use crate::{Error, ErrorKind, Linear, Weights, float};

/// Positions encoded together: few enough that activations stay in the cache, enough that weights are read rarely.
const CHUNK: usize = 192;

/// One word piece as the encoder reads it: the vocabulary folds case, so what the word's case tells comes beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The number in the vocabulary.
    pub id: u32,
    /// How many capitals the word of the piece has: none, one, or several.
    pub capitals: Capitals,
}

/// How many capital letters a word has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Capitals {
    /// "told", "may", "10".
    #[default]
    None,
    /// "May", "Turkey", "A".
    One,
    /// "US", "McKay".
    Several,
}

impl Capitals {
    /// The capitals of `word`.
    pub fn of(word: &str) -> Capitals {
        match word.chars().filter(|c| c.is_uppercase()).take(2).count() {
            0 => Capitals::None,
            1 => Capitals::One,
            _ => Capitals::Several,
        }
    }
}

impl From<u32> for Piece {
    fn from(id: u32) -> Piece {
        Piece { id, capitals: Capitals::None }
    }
}

/// A loaded encoder.
#[derive(Debug, Clone)]
pub struct Encoder {
    kernel: Kernel,
    hidden: usize,
    heads: usize,
    words: Words,
    positions: Vec<f32>,
    capitals: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    inner: usize,
}

/// The word table in half bytes; a value is its level, of 16, times the scale of its group.
#[derive(Debug, Clone)]
struct Words {
    halves: Vec<u8>,
    shares: Vec<u8>,
    scales: Vec<f32>,
    levels: [f32; 16],
}

#[derive(Debug, Clone)]
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug, Clone)]
struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    ffn_in: Linear,
    ffn_out: Linear,
    norm2: Norm,
}

/// The vectors of encoded sequences.
#[derive(Debug, Clone, PartialEq)]
pub struct States {
    values: Vec<f32>,
    offsets: Vec<usize>,
    width: usize,
}

impl States {
    /// All vectors, sequence after sequence: [`States::len`] rows of [`States::width`].
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The number of values in a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of vectors.
    pub fn len(&self) -> usize {
        self.offsets.last().copied().unwrap_or(0)
    }

    /// Whether there are no vectors.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row where each sequence starts, and at the end the number of rows.
    pub fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The vectors of sequence `index`, one after the other; empty when there is no such sequence.
    pub fn sequence(&self, index: usize) -> &[f32] {
        match self.offsets.get(index..index.saturating_add(2)) {
            Some(&[start, end]) => &self.values[start * self.width..end * self.width],
            _ => &[],
        }
    }
}

impl Encoder {
    /// Loads the encoder for the fastest path of this processor.
    ///
    /// Metadata `encoder.layers` and `encoder.heads`; tensors `embed.word` u8 [pieces, hidden / 2] in half bytes (the first of two columns in
    /// the low half), `embed.word.share` u8 [pieces, hidden / 32] with the scale of each group in 255ths of `embed.word.scale` f32 [pieces],
    /// `embed.word.level` f32 [16], `embed.position` f32 [positions, hidden], `embed.capitals` f32 [3, hidden], `embed.norm.{weight,bias}`, and per layer i `layer.{i}.` with `qkv`, `out`,
    /// `ffn_in`, `ffn_out` as in [`Linear::from_weights`] and `norm1`, `norm2`.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] or [`ErrorKind::Metadata`], naming what is missing or does not fit.
    pub fn from_weights(weights: &Weights) -> Result<Encoder, Error> {
        let [positions, hidden] = weights.shape("embed.position")?;
        let (layers, heads) = (weights.count("encoder.layers")?, weights.count("encoder.heads")?);
        if hidden == 0 || hidden % float::GROUP != 0 || hidden % heads != 0 || (hidden / heads) % 16 != 0 {
            let message =
                format!("weights: {hidden} hidden values for {heads} heads; they must be a multiple of 32, those of a head of 16");
            return Err(Error::new(ErrorKind::Metadata, message));
        }
        let layers = (0..layers).map(|i| Layer::from_weights(weights, i, hidden)).collect::<Result<Vec<_>, _>>()?;
        Ok(Encoder {
            kernel: Kernel::detect(),
            hidden,
            heads,
            words: Words::from_weights(weights, hidden)?,
            positions: weights.f32("embed.position", &[positions, hidden])?,
            capitals: weights.f32("embed.capitals", &[3, hidden])?,
            norm: Norm::from_weights(weights, "embed.norm", hidden)?,
            inner: layers.iter().map(|l| l.ffn_in.outputs()).max().unwrap_or(0),
            layers,
        })
    }

    /// The same encoder on another path; results stay the same.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Encoder {
        self.kernel = kernel;
        self
    }

    /// The path in use.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The number of values in a vector.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The number of pieces in the vocabulary.
    pub fn pieces(&self) -> usize {
        self.words.scales.len()
    }

    /// The longest sequence, in pieces.
    pub fn positions(&self) -> usize {
        self.positions.len() / self.hidden
    }

    /// Encodes sequences of pieces (with `[CLS]` and `[SEP]` already in them).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] when a sequence is longer than [`Encoder::positions`] or has a number not below [`Encoder::pieces`].
    pub fn encode<S: AsRef<[Piece]>>(&self, sequences: &[S]) -> Result<States, Error> {
        let mut offsets = Vec::with_capacity(sequences.len() + 1);
        offsets.push(0);
        for (number, sequence) in sequences.iter().enumerate() {
            self.check(number, sequence.as_ref())?;
            offsets.push(offsets[number] + sequence.as_ref().len());
        }
        let mut values = vec![0.0; offsets[sequences.len()] * self.hidden];
        let mut scratch = Scratch::default();
        let mut first = 0;
        while first < sequences.len() {
            let mut end = first + 1;
            while end < sequences.len() && offsets[end + 1] - offsets[first] <= CHUNK {
                end += 1;
            }
            let x = &mut values[offsets[first] * self.hidden..offsets[end] * self.hidden];
            self.encode_chunk(&sequences[first..end], &mut scratch, x);
            first = end;
        }
        Ok(States { values, offsets, width: self.hidden })
    }

    fn check(&self, number: usize, sequence: &[Piece]) -> Result<(), Error> {
        let bad = |message| Err(Error::new(ErrorKind::Input, message));
        if sequence.len() > self.positions() {
            return bad(format!(
                "sequence {number} has {} pieces, more than the {} positions of the model",
                sequence.len(),
                self.positions()
            ));
        }
        match sequence.iter().find(|piece| piece.id as usize >= self.pieces()) {
            Some(Piece { id, .. }) => bad(format!("sequence {number} has the piece {id}; the vocabulary has {}", self.pieces())),
            None => Ok(()),
        }
    }

    fn encode_chunk<S: AsRef<[Piece]>>(&self, sequences: &[S], scratch: &mut Scratch, x: &mut [f32]) {
        let (kernel, hidden) = (self.kernel, self.hidden);
        let rows = x.len() / hidden;
        let Scratch { bytes, wide, context, narrow, attention } = scratch;
        wide.resize(rows * self.inner.max(3 * hidden), 0.0);
        context.resize(rows * hidden, 0.0);
        narrow.resize(rows * hidden, 0.0);
        let pieces = sequences.iter().flat_map(|s| s.as_ref().iter().zip(self.positions.chunks_exact(hidden)));
        for (row, (&Piece { id, capitals }, position)) in x.chunks_exact_mut(hidden).zip(pieces) {
            self.words.embed(kernel, id as usize, position, row);
            let case = &self.capitals[capitals as usize * hidden..][..hidden];
            row.iter_mut().zip(case).for_each(|(x, c)| *x += c);
        }
        kernel::add_norm(kernel, x, &[], &self.norm.gain, &self.norm.bias);
        for layer in &self.layers {
            let qkv = &mut wide[..rows * 3 * hidden];
            layer.qkv.apply(kernel, x, Activation::None, bytes, qkv);
            let mut start = 0;
            for sequence in sequences.iter().filter(|s| !s.as_ref().is_empty()) {
                let end = start + sequence.as_ref().len();
                let qkv = &qkv[start * 3 * hidden..end * 3 * hidden];
                kernel::attention(kernel, qkv, hidden, self.heads, attention, &mut context[start * hidden..end * hidden]);
                start = end;
            }
            layer.out.apply(kernel, context, Activation::None, bytes, narrow);
            kernel::add_norm(kernel, x, narrow, &layer.norm1.gain, &layer.norm1.bias);
            let inner = &mut wide[..rows * layer.ffn_in.outputs()];
            layer.ffn_in.apply(kernel, x, Activation::Gelu, bytes, inner);
            layer.ffn_out.apply(kernel, inner, Activation::None, bytes, narrow);
            kernel::add_norm(kernel, x, narrow, &layer.norm2.gain, &layer.norm2.bias);
        }
    }
}

/// Memory that chunks use again.
#[derive(Default)]
struct Scratch {
    bytes: Quantised,
    wide: Vec<f32>,
    context: Vec<f32>,
    narrow: Vec<f32>,
    attention: float::AttentionScratch,
}

impl Words {
    fn from_weights(weights: &Weights, hidden: usize) -> Result<Words, Error> {
        let [pieces] = weights.shape("embed.word.scale")?;
        let mut levels = [0.0; 16];
        levels.copy_from_slice(&weights.f32("embed.word.level", &[16])?);
        Ok(Words {
            halves: weights.bytes("embed.word", &[pieces, hidden / 2])?,
            shares: weights.bytes("embed.word.share", &[pieces, hidden / float::GROUP])?,
            scales: weights.f32("embed.word.scale", &[pieces])?,
            levels,
        })
    }

    fn embed(&self, kernel: Kernel, id: usize, position: &[f32], out: &mut [f32]) {
        let part = |width: usize| id * width..(id + 1) * width;
        let (word, shares) = (&self.halves[part(out.len() / 2)], &self.shares[part(out.len() / float::GROUP)]);
        kernel::embed(kernel, word, shares, self.scales[id], &self.levels, position, out);
    }
}

impl Norm {
    fn from_weights(weights: &Weights, name: &str, hidden: usize) -> Result<Norm, Error> {
        let read = |part: &str| weights.f32(&format!("{name}.{part}"), &[hidden]);
        Ok(Norm { gain: read("weight")?, bias: read("bias")? })
    }
}

impl Layer {
    fn from_weights(weights: &Weights, index: usize, hidden: usize) -> Result<Layer, Error> {
        let name = |part: &str| format!("layer.{index}.{part}");
        let [inner, _] = weights.shape(&name("ffn_in.weight"))?;
        Ok(Layer {
            qkv: Linear::with_size(weights, &name("qkv"), hidden, 3 * hidden)?,
            out: Linear::with_size(weights, &name("out"), hidden, hidden)?,
            norm1: Norm::from_weights(weights, &name("norm1"), hidden)?,
            ffn_out: Linear::with_size(weights, &name("ffn_out"), inner, hidden)?,
            ffn_in: Linear::with_size(weights, &name("ffn_in"), hidden, inner)?,
            norm2: Norm::from_weights(weights, &name("norm2"), hidden)?,
        })
    }
}
