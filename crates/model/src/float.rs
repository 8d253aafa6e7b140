//! The f32 loops. Every one has a fixed order: 16 lanes side by side, sums over lanes as a fixed tree, no fused multiply-add.
//!
//! All functions here are `#[inline(always)]` so that `kernel.rs` can compile them for several instruction sets. They use
//! only operations that IEEE 754 rounds exactly (+ - * / sqrt, comparisons, conversions), so the versions agree bit for bit.
//! Comparisons are written so that NaN takes the branch that keeps indices and exponents in range.

const LANES: usize = 16;
/// 1.5 * 2^23: adding it rounds a small f32 to a whole number (ties to even), which then sits in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The sum of the lanes, always added in the same tree.
#[inline(always)]
fn sum(lanes: [f32; LANES]) -> f32 {
    let a: [f32; 8] = std::array::from_fn(|i| lanes[i] + lanes[i + 8]);
    let b: [f32; 4] = std::array::from_fn(|i| a[i] + a[i + 4]);
    (b[0] + b[2]) + (b[1] + b[3])
}

/// `a` or the larger `b`; NaN never wins.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The largest magnitude in a row; 0 for nothing, NaN ignored.
#[inline(always)]
pub(crate) fn largest_magnitude(row: &[f32]) -> f32 {
    let (blocks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for block in blocks {
        for (lane, &x) in lanes.iter_mut().zip(block) {
            *lane = larger(*lane, x.abs());
        }
    }
    lanes.into_iter().chain(rest.iter().map(|x| x.abs())).fold(0.0, larger)
}

/// The nearest whole number, ties to even, at most 127 in magnitude; 127 for NaN.
#[inline(always)]
pub(crate) fn round_to_127(x: f32) -> i32 {
    let x = if x < 127.0 { x } else { 127.0 };
    let x = if x > -127.0 { x } else { -127.0 };
    (x + ROUND).to_bits() as i32 - ROUND.to_bits() as i32
}

/// e^x for x <= 0 with a relative error below 2e-7 near 0, growing to 1e-5 at -87; below that and for NaN e^-87.
///
/// 2^f on [-0.5, 0.5] by its Taylor series (ln 2)^k / k! to degree 6 (error below 1.2e-7), then the exponent added as bits.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let t = x * std::f32::consts::LOG2_E;
    let shifted = t + ROUND;
    let f = t - (shifted - ROUND);
    let mut p = 1.540_353e-4;
    p = p * f + 1.333_355_8e-3;
    p = p * f + 9.618_129e-3;
    p = p * f + 5.550_411e-2;
    p = p * f + 2.402_265e-1;
    p = p * f + std::f32::consts::LN_2;
    p = p * f + 1.0;
    p * f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0f32.to_bits()))
}

/// x * Phi(x) with an absolute error below 1e-6 for the magnitudes that occur in networks.
///
/// erf by Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.28 (error below 3e-7).
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let magnitude = x.abs();
    let z = magnitude * std::f32::consts::FRAC_1_SQRT_2;
    let mut p = 4.306_38e-5;
    p = p * z + 2.765_672e-4;
    p = p * z + 1.520_143e-4;
    p = p * z + 9.270_527e-3;
    p = p * z + 4.228_201e-2;
    p = p * z + 7.052_308e-2;
    p = p * z + 1.0;
    let p = p * p;
    let p = p * p;
    let p = p * p;
    let p = p * p;
    // 0.5 x (1 + sign(x) erf) = 0.5 (x + |x| - |x| / p)
    0.5 * ((x + magnitude) - magnitude / p)
}

#[inline(always)]
pub(crate) fn gelu_all(values: &mut [f32]) {
    for x in values {
        *x = gelu(*x);
    }
}

#[inline(always)]
pub(crate) fn softmax_rows(x: &mut [f32], width: usize) {
    for row in x.chunks_exact_mut(width) {
        let total = exponentials(row);
        let factor = 1.0 / total;
        for x in row {
            *x *= factor;
        }
    }
}

/// Each value becomes exp(value - largest); returns their sum, which is at least 1 unless no value is finite.
#[inline(always)]
fn exponentials(row: &mut [f32]) -> f32 {
    let (blocks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [f32::MIN; LANES];
    for block in blocks {
        for (lane, &x) in lanes.iter_mut().zip(block) {
            *lane = larger(*lane, x);
        }
    }
    let max = lanes.into_iter().chain(rest.iter().copied()).fold(f32::MIN, larger);
    let (blocks, rest) = row.as_chunks_mut::<LANES>();
    let mut lanes = [0.0; LANES];
    for block in blocks {
        for (lane, x) in lanes.iter_mut().zip(block) {
            *x = exp(*x - max);
            *lane += *x;
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *x = exp(*x - max);
        *lane += *x;
    }
    sum(lanes)
}

/// `gain.len()` is the width and a multiple of 16 (checked by the callers); variance epsilon 1e-12 as in BERT.
#[inline(always)]
pub(crate) fn add_norm_rows(x: &mut [f32], add: &[f32], gain: &[f32], bias: &[f32]) {
    let width = gain.len();
    for (number, row) in x.chunks_exact_mut(width).enumerate() {
        if let Some(add) = add.get(number * width..(number + 1) * width) {
            for (x, &y) in row.iter_mut().zip(add) {
                *x += y;
            }
        }
        let mut lanes = [0.0; LANES];
        for block in row.as_chunks::<LANES>().0 {
            for (lane, &x) in lanes.iter_mut().zip(block) {
                *lane += x;
            }
        }
        let mean = sum(lanes) / width as f32;
        let mut lanes = [0.0; LANES];
        for block in row.as_chunks_mut::<LANES>().0 {
            for (lane, x) in lanes.iter_mut().zip(block) {
                *x -= mean;
                *lane += *x * *x;
            }
        }
        let factor = 1.0 / (sum(lanes) / width as f32 + 1e-12).sqrt();
        for ((x, &g), &b) in row.iter_mut().zip(gain).zip(bias) {
            *x = (*x * factor) * g + b;
        }
    }
}

/// Columns of a word table that share a scale; the same in `training/container.py`.
pub(crate) const GROUP: usize = 32;

/// `word` holds two columns a byte, the first in the low half; `shares` the scale of each group in 255ths of `scale`.
#[inline(always)]
pub(crate) fn embed_row(word: &[u8], shares: &[u8], scale: f32, levels: &[f32; 16], position: &[f32], out: &mut [f32]) {
    let groups = word.as_chunks::<{ GROUP / 2 }>().0.iter().zip(shares).zip(position.as_chunks::<GROUP>().0);
    for (out, ((halves, &share), position)) in out.as_chunks_mut::<GROUP>().0.iter_mut().zip(groups) {
        let scale = f32::from(share) / 255.0 * scale;
        for ((x, byte), p) in out.as_chunks_mut::<2>().0.iter_mut().zip(halves).zip(position.as_chunks::<2>().0) {
            x[0] = levels[usize::from(byte & 15)] * scale + p[0];
            x[1] = levels[usize::from(byte >> 4)] * scale + p[1];
        }
    }
}

/// The sums over `i` of `rows[r][i] * b[i]`, one block of 16 columns for R rows, in the order of `i`.
#[inline(always)]
pub(crate) fn block<const R: usize>(rows: [&[f32]; R], b: &[[f32; LANES]]) -> [[f32; LANES]; R] {
    let mut sums = [[0.0; LANES]; R];
    let inputs = rows[0].len();
    let rows = rows.map(|r| &r[..inputs]);
    for (i, b) in b.iter().take(inputs).enumerate() {
        for r in 0..R {
            let x = rows[r][i];
            for lane in 0..LANES {
                sums[r][lane] += x * b[lane];
            }
        }
    }
    sums
}

/// `b` holds panels of `inputs` blocks of 16 columns; `out` and `bias` are as wide as all panels; an empty bias counts as 0.
#[inline(always)]
pub(crate) fn product_panels(a: &[f32], inputs: usize, b: &[[f32; LANES]], bias: &[f32], out: &mut [f32]) {
    let width = b.len() / inputs * LANES;
    for (number, panel) in b.chunks_exact(inputs).enumerate() {
        let column = number * LANES;
        let bias: [f32; LANES] = bias.get(column..column + LANES).and_then(|b| b.try_into().ok()).unwrap_or([0.0; LANES]);
        let mut put = |row: usize, sums: &[f32; LANES]| {
            let out = &mut out[row * width + column..][..LANES];
            for ((y, &s), &b) in out.iter_mut().zip(sums).zip(&bias) {
                *y = s + b;
            }
        };
        let mut row = 0;
        for four in a.chunks_exact(4 * inputs) {
            let sums = block([0, 1, 2, 3].map(|r| &four[r * inputs..][..inputs]), panel);
            (0..4).for_each(|r| put(row + r, &sums[r]));
            row += 4;
        }
        for one in a[row * inputs..].chunks_exact(inputs) {
            put(row, &block([one], panel)[0]);
            row += 1;
        }
    }
}

/// Memory that attention uses again from call to call.
#[derive(Debug, Default)]
pub(crate) struct AttentionScratch {
    keys: Vec<[f32; LANES]>,
    values: Vec<[f32; LANES]>,
    scores: Vec<f32>,
}

/// `qkv` rows hold queries, keys and values of all heads (3 * hidden); the size of a head is a multiple of 16.
#[inline(always)]
pub(crate) fn attention_heads(qkv: &[f32], hidden: usize, heads: usize, scratch: &mut AttentionScratch, out: &mut [f32]) {
    let stride = 3 * hidden;
    let length = qkv.len() / stride;
    let size = hidden / heads;
    let blocks = length.div_ceil(LANES);
    let padded = blocks * LANES;
    let factor = 1.0 / (size as f32).sqrt();
    scratch.keys.resize(blocks * size, [0.0; LANES]);
    scratch.values.resize(size / LANES * length, [0.0; LANES]);
    scratch.scores.resize(4 * padded, 0.0);
    for head in 0..heads {
        let at = head * size;
        // Keys as panels of 16 positions, values as panels of 16 features.
        for (position, row) in qkv.chunks_exact(stride).enumerate() {
            let panel = &mut scratch.keys[position / LANES * size..][..size];
            for (line, &k) in panel.iter_mut().zip(&row[hidden + at..][..size]) {
                line[position % LANES] = k * factor;
            }
            for (part, v) in row[2 * hidden + at..][..size].as_chunks::<LANES>().0.iter().enumerate() {
                scratch.values[part * length + position] = *v;
            }
        }
        for first in (0..length).step_by(4) {
            let queries = &qkv[first * stride..];
            if first + 4 <= length {
                let queries = [0, 1, 2, 3].map(|r| &queries[r * stride + at..][..size]);
                attend(queries, length, scratch, &mut out[first * hidden + at..], hidden);
            } else {
                for row in first..length {
                    let queries = [&qkv[row * stride + at..][..size]];
                    attend(queries, length, scratch, &mut out[row * hidden + at..], hidden);
                }
            }
        }
    }
}

/// R queries of one head over all positions.
#[inline(always)]
fn attend<const R: usize>(queries: [&[f32]; R], length: usize, scratch: &mut AttentionScratch, out: &mut [f32], stride: usize) {
    let size = queries[0].len();
    let padded = length.next_multiple_of(LANES);
    for (number, panel) in scratch.keys.chunks_exact(size).enumerate() {
        let sums = block(queries, panel);
        for (r, sums) in sums.iter().enumerate() {
            scratch.scores[r * padded + number * LANES..][..LANES].copy_from_slice(sums);
        }
    }
    let mut factors = [0.0; R];
    for (factor, row) in factors.iter_mut().zip(scratch.scores.chunks_exact_mut(padded)) {
        row[length..].fill(f32::MIN);
        *factor = 1.0 / exponentials(row);
    }
    let weights: [&[f32]; R] = std::array::from_fn(|r| &scratch.scores[r * padded..][..length]);
    for (part, panel) in scratch.values.chunks_exact(length).enumerate() {
        let sums = block(weights, panel);
        for r in 0..R {
            for (y, &s) in out[r * stride + part * LANES..][..LANES].iter_mut().zip(&sums[r]) {
                *y = s * factors[r];
            }
        }
    }
}
