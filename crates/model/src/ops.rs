//! Small operations for task heads, on rows of f32: linear layers, activations, bilinear scores.
//!
//! `x` is always rows one after the other. Results are the same bits on every processor and do not depend on how many rows
//! are passed together.

use crate::kernel::{self, Activation, Kernel, MAX_INPUTS, Packed, Quantised};
use crate::{Error, ErrorKind, TensorType, Weights};

/// `y = x W^T + b`, with the weights in int8 (rows of `x` are then rounded to bytes as well) or in f32.
#[derive(Debug, Clone)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    matrix: Matrix,
}

#[derive(Debug, Clone)]
enum Matrix {
    I8(Packed),
    F32 { panels: Vec<[f32; 16]>, bias: Vec<f32> },
}

impl Linear {
    /// Reads `{name}.weight` (outputs x inputs), `{name}.bias` (f32, outputs), and for i8 weights `{name}.scale` (f32, outputs).
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when one is missing or has another type or shape, or when there are no or too many inputs.
    pub fn from_weights(weights: &Weights, name: &str) -> Result<Linear, Error> {
        let (weight_name, scale_name, bias_name) = (format!("{name}.weight"), format!("{name}.scale"), format!("{name}.bias"));
        let [outputs, inputs] = weights.shape(&weight_name)?;
        if inputs == 0 || outputs == 0 || inputs > MAX_INPUTS {
            let message =
                format!("weights: tensor {weight_name:?} is {outputs} x {inputs}; 1 to {MAX_INPUTS} inputs and 1 or more outputs work");
            return Err(Error::new(ErrorKind::Tensor, message));
        }
        let bias = weights.f32(&bias_name, &[outputs])?;
        let matrix = match weights.tensor(&weight_name) {
            Some((TensorType::F32, _)) => {
                let weight = weights.f32(&weight_name, &[outputs, inputs])?;
                Matrix::F32 { panels: panels(&weight, inputs), bias: padded(&bias) }
            }
            _ => {
                let weight = weights.i8(&weight_name, &[outputs, inputs])?;
                let scale = weights.f32(&scale_name, &[outputs])?;
                Matrix::I8(Packed::new(&weight, &scale, &bias, inputs))
            }
        };
        Ok(Linear { inputs, outputs, matrix })
    }

    /// As [`Linear::from_weights`], and the layer must have these inputs and outputs.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] otherwise.
    pub fn with_size(weights: &Weights, name: &str, inputs: usize, outputs: usize) -> Result<Linear, Error> {
        let layer = Self::from_weights(weights, name)?;
        if (layer.inputs, layer.outputs) == (inputs, outputs) {
            Ok(layer)
        } else {
            let message =
                format!("weights: tensor \"{name}.weight\" is {} x {}, expected {outputs} x {inputs}", layer.outputs, layer.inputs);
            Err(Error::new(ErrorKind::Tensor, message))
        }
    }

    /// The width of a row of `x`.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The width of a row of the result.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to `rows` rows: [rows, inputs] to [rows, outputs].
    ///
    /// # Panics
    /// When `x` does not hold `rows` rows.
    pub fn forward(&self, kernel: Kernel, x: &[f32], rows: usize) -> Vec<f32> {
        assert_eq!(x.len(), rows * self.inputs, "a linear layer got {} values for {rows} rows of {}", x.len(), self.inputs);
        let mut out = vec![0.0; rows * self.outputs];
        self.apply(kernel, x, Activation::None, &mut Quantised::default(), &mut out);
        out
    }

    /// `out` holds as many rows as `x`.
    pub(crate) fn apply(&self, kernel: Kernel, x: &[f32], activation: Activation, bytes: &mut Quantised, out: &mut [f32]) {
        match &self.matrix {
            Matrix::I8(packed) => {
                kernel::quantise(kernel, x, self.inputs, bytes);
                kernel::linear(kernel, bytes, packed, activation, out);
            }
            Matrix::F32 { panels, bias } => {
                product(kernel, x, self.inputs, panels, bias, self.outputs, out);
                if activation == Activation::Gelu {
                    kernel::gelu(kernel, out);
                }
            }
        }
    }
}

/// A matrix [outputs, inputs] as panels of 16 outputs, zeros after the last.
fn panels(weight: &[f32], inputs: usize) -> Vec<[f32; 16]> {
    let outputs = weight.len() / inputs;
    let mut panels = vec![[0.0; 16]; outputs.div_ceil(16) * inputs];
    for (output, row) in weight.chunks_exact(inputs).enumerate() {
        for (line, &w) in panels[output / 16 * inputs..][..inputs].iter_mut().zip(row) {
            line[output % 16] = w;
        }
    }
    panels
}

fn padded(bias: &[f32]) -> Vec<f32> {
    let mut bias = bias.to_vec();
    bias.resize(bias.len().next_multiple_of(16), 0.0);
    bias
}

/// `out[rows, outputs] = a[rows, inputs] * panels + bias`.
fn product(kernel: Kernel, a: &[f32], inputs: usize, panels: &[[f32; 16]], bias: &[f32], outputs: usize, out: &mut [f32]) {
    let width = outputs.next_multiple_of(16);
    if width == outputs {
        kernel::product(kernel, a, inputs, panels, bias, out);
    } else {
        let mut wide = vec![0.0; a.len() / inputs * width];
        kernel::product(kernel, a, inputs, panels, bias, &mut wide);
        for (to, from) in out.chunks_exact_mut(outputs).zip(wide.chunks_exact(width)) {
            to.copy_from_slice(&from[..outputs]);
        }
    }
}

/// Scores of all pairs of rows: `out[i, j] = left_i W right_j`; for arcs, left are dependents and right are heads.
///
/// `left` is [n, d], `matrix` [d, e], `right` [m, e], the result [n, m].
///
/// # Panics
/// When the lengths do not fit together.
pub fn bilinear(kernel: Kernel, left: &[f32], d: usize, matrix: &[f32], right: &[f32], e: usize) -> Vec<f32> {
    assert!(d > 0 && e > 0 && matrix.len() == d * e, "a bilinear form got {} weights for {d} x {e}", matrix.len());
    assert!(left.len().is_multiple_of(d) && right.len().is_multiple_of(e), "a bilinear form got rows of another width");
    let (n, m) = (left.len() / d, right.len() / e);
    // W as panels of 16 of its e columns; panels() wants [e, d].
    let mut transposed = vec![0.0; d * e];
    for (i, row) in matrix.chunks_exact(e).enumerate() {
        for (j, &w) in row.iter().enumerate() {
            transposed[j * d + i] = w;
        }
    }
    let mut middle = vec![0.0; n * e];
    product(kernel, left, d, &panels(&transposed, d), &[], e, &mut middle);
    let mut out = vec![0.0; n * m];
    if m > 0 {
        product(kernel, &middle, e, &panels(right, e), &[], m, &mut out);
    }
    out
}

/// Replaces each value by x * Phi(x), the exact (erf) GELU, with an absolute error below 1e-6.
pub fn gelu(kernel: Kernel, x: &mut [f32]) {
    kernel::gelu(kernel, x);
}

/// Turns each row of `width` scores into probabilities. A row without a finite value becomes uniform; NaN counts as very low.
///
/// # Panics
/// When `x` is not rows of `width`.
pub fn softmax(kernel: Kernel, x: &mut [f32], width: usize) {
    assert!(width > 0 && x.len().is_multiple_of(width), "softmax got {} values for rows of {width}", x.len());
    kernel::softmax(kernel, x, width);
}

/// Normalises each row to mean 0 and variance 1 (epsilon 1e-12), times `gain`, plus `bias`.
///
/// # Panics
/// When the width `gain.len()` is not a multiple of 16, or `bias` or `x` do not fit it.
pub fn layer_norm(kernel: Kernel, x: &mut [f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    assert!(
        width > 0 && width.is_multiple_of(16) && bias.len() == width && x.len().is_multiple_of(width),
        "layer norm over rows of {width}"
    );
    kernel::add_norm(kernel, x, &[], gain, bias);
}

/// The index of the largest value, the first of equals; NaN never wins; 0 for an empty slice.
pub fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, &x) in values.iter().enumerate() {
        if x > values[best] || values[best].is_nan() && !x.is_nan() {
            best = i;
        }
    }
    best
}
