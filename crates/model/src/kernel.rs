//! The inner loops, once per processor path: exact int8 products, and f32 loops whose order is the same everywhere.
//!
//! Int8 products accumulate in 32-bit integers, so their order does not matter. The f32 loops are written once, over fixed
//! blocks of 16 lanes and without fused multiply-add, and compiled again for each instruction set ([`versions!`]): the
//! compiler may use wider registers but may not change a result. This is the only module with unsafe code.
#![allow(unsafe_code)]

use std::fmt;

use crate::float;

/// Columns of a weight panel: one 64-byte line holds 16 columns times 4 consecutive inputs.
const PANEL: usize = 16;
/// Columns handled at once: four panels.
pub(crate) const TILE_COLUMNS: usize = 64;
/// Rows handled at once.
const TILE_ROWS: usize = 24;
/// Rows whose accumulators stay in registers.
const STEP_ROWS: usize = 6;
/// Largest number of inputs whose products cannot overflow 32 bits: 255 * 128 * 65536 < 2^31.
pub(crate) const MAX_INPUTS: usize = 65_536;

/// A processor path. All paths give the same bits; they differ in speed only.
///
/// A value exists only for paths this processor has, which is what makes running them sound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kernel(Path);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Path {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Kernel {
    /// Portable code, on every processor.
    pub const SCALAR: Kernel = Kernel(Path::Scalar);

    /// The fastest path of this processor.
    pub fn detect() -> Kernel {
        Self::available().pop().unwrap_or(Self::SCALAR)
    }

    /// The paths of this processor, slowest first.
    pub fn available() -> Vec<Kernel> {
        let mut paths = vec![Kernel::SCALAR];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            paths.push(Kernel(Path::Avx2));
            if is_x86_feature_detected!("avxvnni") {
                paths.push(Kernel(Path::AvxVnni));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni")
            {
                paths.push(Kernel(Path::Avx512Vnni));
            }
        }
        paths
    }

    /// The path called `name`, if this processor has it.
    pub fn named(name: &str) -> Option<Kernel> {
        Self::available().into_iter().find(|k| k.name() == name)
    }

    fn multiplies_bytes(self) -> bool {
        match self.0 {
            Path::Scalar => false,
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => false,
            #[cfg(target_arch = "x86_64")]
            Path::AvxVnni | Path::Avx512Vnni => true,
        }
    }

    /// `"scalar"`, `"avx2"`, `"avx-vnni"` or `"avx512-vnni"`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Path::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Path::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Path::Avx512Vnni => "avx512-vnni",
        }
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kernel({})", self.name())
    }
}

/// Compiles an `#[inline(always)]` function for every path and picks the version by the kernel.
macro_rules! versions {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) = $body:path;)*) => {$(
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub(crate) fn $name(kernel: Kernel, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $ty),*) {
                    $body($($arg),*);
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
                fn avx512($($arg: $ty),*) {
                    $body($($arg),*);
                }
                match kernel.0 {
                    // SAFETY: a kernel of this path exists only where the processor has these features (`Kernel::available`).
                    Path::Avx512Vnni => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    Path::Avx2 | Path::AvxVnni => return unsafe { avx2($($arg),*) },
                    Path::Scalar => {}
                }
            }
            let _ = kernel;
            $body($($arg),*);
        }
    )*};
}

versions! {
    /// `x` becomes `x * Phi(x)`.
    fn gelu(x: &mut [f32]) = float::gelu_all;
    /// Each row of `width` becomes exp(x - max) / sum.
    fn softmax(x: &mut [f32], width: usize) = float::softmax_rows;
    /// Each row of `width` plus the row of `add` (when not empty) is normalised to mean 0 and variance 1, times `gain`, plus `bias`.
    fn add_norm(x: &mut [f32], add: &[f32], gain: &[f32], bias: &[f32]) = float::add_norm_rows;
    /// Embedding rows: `out = word * scale + position`, the word in half bytes.
    fn embed(word: &[u8], shares: &[u8], scale: f32, levels: &[f32; 16], position: &[f32], out: &mut [f32]) = float::embed_row;
    /// `out[rows, 16 * panels] = a[rows, inputs] * b`, `b` in panels of 16 columns, plus `bias`.
    fn product(a: &[f32], inputs: usize, b: &[[f32; 16]], bias: &[f32], out: &mut [f32]) = float::product_panels;
    /// Softmax attention of one sequence.
    fn attention(qkv: &[f32], hidden: usize, heads: usize, scratch: &mut float::AttentionScratch, out: &mut [f32]) = float::attention_heads;
    /// Rows of f32 to whole numbers up to 127 in magnitude with one scale a row, in the form the kernel multiplies.
    fn quantise_as(x: &[f32], width: usize, bytes: bool, out: &mut Quantised) = quantise_rows;
}

/// Rows of activations as whole numbers -127..=127 with one scale a row.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    /// The numbers plus 128, for paths with a byte product; empty for others.
    bytes: Vec<u8>,
    /// The numbers in 16 bits, for paths without.
    wide: Vec<i16>,
    scales: Vec<f32>,
    /// Numbers from row to row: the inputs rounded up to a multiple of 4.
    stride: usize,
}

/// Rounds rows of `width` for the products of this kernel.
pub(crate) fn quantise(kernel: Kernel, x: &[f32], width: usize, out: &mut Quantised) {
    quantise_as(kernel, x, width, kernel.multiplies_bytes(), out);
}

#[inline(always)]
fn quantise_rows(x: &[f32], width: usize, bytes: bool, out: &mut Quantised) {
    let rows = x.len() / width;
    out.stride = width.next_multiple_of(4);
    out.scales.resize(rows, 0.0);
    if bytes {
        out.bytes.resize(rows * out.stride, 0);
        quantise_each(x, width, &mut out.bytes, &mut out.scales, |q| (q + 128) as u8);
    } else {
        out.wide.resize(rows * out.stride, 0);
        quantise_each(x, width, &mut out.wide, &mut out.scales, |q| q as i16);
    }
}

#[inline(always)]
fn quantise_each<T>(x: &[f32], width: usize, out: &mut [T], scales: &mut [f32], number: impl Fn(i32) -> T) {
    for ((row, out), scale) in x.chunks_exact(width).zip(out.chunks_exact_mut(width.next_multiple_of(4))).zip(scales) {
        let max = float::largest_magnitude(row).clamp(1e-8, f32::MAX);
        *scale = max / 127.0;
        let factor = 127.0 / max;
        let (numbers, padding) = out.split_at_mut(width);
        for (to, &v) in numbers.iter_mut().zip(row) {
            *to = number(float::round_to_127(v * factor));
        }
        padding.iter_mut().for_each(|to| *to = number(0));
    }
}

/// An int8 weight matrix in the order the inner loops read it.
///
/// Panels of 16 columns (outputs); in a panel one line of 64 bytes per 4 inputs: column 0 inputs 0-3, column 1 inputs 0-3, ...
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    outputs: usize,
    /// Inputs rounded up to a multiple of 4.
    inputs: usize,
    lines: Vec<Line>,
    /// Per column -128 times the sum of its weights: what the bytes' offset of 128 adds, with the sign turned.
    offsets: Vec<i32>,
    /// Per column, padded with zeros to whole tiles like the weights.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Line([i8; 64]);

impl Packed {
    /// Packs `weight` [outputs, inputs]; the caller has checked the lengths and `inputs <= MAX_INPUTS`.
    pub(crate) fn new(weight: &[i8], scales: &[f32], bias: &[f32], inputs: usize) -> Packed {
        let outputs = scales.len();
        assert!(inputs > 0 && inputs <= MAX_INPUTS && weight.len() == outputs * inputs && bias.len() == outputs);
        let padded = outputs.next_multiple_of(TILE_COLUMNS);
        let steps = inputs.div_ceil(4);
        let mut lines = vec![Line([0; 64]); padded / PANEL * steps];
        let mut offsets = vec![0; padded];
        for (column, row) in weight.chunks_exact(inputs).enumerate() {
            let panel = &mut lines[column / PANEL * steps..][..steps];
            for (line, four) in panel.iter_mut().zip(row.chunks(4)) {
                line.0[column % PANEL * 4..][..four.len()].copy_from_slice(four);
            }
            offsets[column] = -128 * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        }
        let pad = |values: &[f32]| values.iter().copied().chain(std::iter::repeat(0.0)).take(padded).collect();
        Packed { outputs, inputs: steps * 4, lines, offsets, scales: pad(scales), bias: pad(bias) }
    }
}

/// What is done to each output of a linear layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activation {
    None,
    Gelu,
}

type Tile = [[i32; TILE_COLUMNS]; TILE_ROWS];

/// `out[rows, outputs] = activation(x * weight^T * scales + bias)`.
pub(crate) fn linear(kernel: Kernel, x: &Quantised, weight: &Packed, activation: Activation, out: &mut [f32]) {
    assert!(x.stride == weight.inputs && out.len() == x.scales.len() * weight.outputs);
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn avx2(x: &Quantised, weight: &Packed, activation: Activation, out: &mut [f32]) {
            linear_tiles(x, weight, activation, out, |x, first, rows, lines, offsets, tile| {
                x86::tile_avx2(&x.wide, x.stride, first, rows, lines, offsets, tile);
            });
        }
        #[target_feature(enable = "avx2,avxvnni")]
        fn avx_vnni(x: &Quantised, weight: &Packed, activation: Activation, out: &mut [f32]) {
            linear_tiles(x, weight, activation, out, |x, first, rows, lines, offsets, tile| {
                x86::tile_avx_vnni(&x.bytes, x.stride, first, rows, lines, offsets, tile);
            });
        }
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
        fn avx512_vnni(x: &Quantised, weight: &Packed, activation: Activation, out: &mut [f32]) {
            linear_tiles(x, weight, activation, out, |x, first, rows, lines, offsets, tile| {
                x86::tile_avx512_vnni(&x.bytes, x.stride, first, rows, lines, offsets, tile);
            });
        }
        match kernel.0 {
            // SAFETY: a kernel of this path exists only where the processor has these features (`Kernel::available`).
            Path::Avx512Vnni => return unsafe { avx512_vnni(x, weight, activation, out) },
            // SAFETY: as above.
            Path::AvxVnni => return unsafe { avx_vnni(x, weight, activation, out) },
            // SAFETY: as above.
            Path::Avx2 => return unsafe { avx2(x, weight, activation, out) },
            Path::Scalar => {}
        }
    }
    let _ = kernel;
    linear_tiles(x, weight, activation, out, tile_scalar);
}

/// Walks the output in tiles: four panels of weights stay in cache while all rows pass.
#[inline(always)]
fn linear_tiles<F>(x: &Quantised, weight: &Packed, activation: Activation, out: &mut [f32], tile_product: F)
where
    F: Fn(&Quantised, usize, usize, &[Line], &[i32; TILE_COLUMNS], &mut Tile),
{
    let rows = x.scales.len();
    let tile_lines = weight.inputs / 4 * (TILE_COLUMNS / PANEL);
    let mut tile: Tile = [[0; TILE_COLUMNS]; TILE_ROWS];
    let constants = weight.offsets.as_chunks::<TILE_COLUMNS>().0.iter();
    let constants = constants.zip(weight.scales.as_chunks::<TILE_COLUMNS>().0).zip(weight.bias.as_chunks::<TILE_COLUMNS>().0);
    for (number, (lines, ((offsets, scales), bias))) in weight.lines.chunks_exact(tile_lines).zip(constants).enumerate() {
        let column = number * TILE_COLUMNS;
        let columns = TILE_COLUMNS.min(weight.outputs - column);
        for first in (0..rows).step_by(TILE_ROWS) {
            let count = TILE_ROWS.min(rows - first);
            tile_product(x, first, count, lines, offsets, &mut tile);
            for (r, sums) in tile[..count].iter().enumerate() {
                let row_scale = x.scales[first + r];
                let out = &mut out[(first + r) * weight.outputs + column..][..columns];
                if let Ok(out) = <&mut [f32; TILE_COLUMNS]>::try_from(&mut *out) {
                    finish(sums, row_scale, scales, bias, activation, out);
                } else {
                    let mut whole = [0.0; TILE_COLUMNS];
                    finish(sums, row_scale, scales, bias, activation, &mut whole);
                    out.copy_from_slice(&whole[..columns]);
                }
            }
        }
    }
}

/// Whole numbers back to f32, and the activation.
#[inline(always)]
fn finish(
    sums: &[i32; TILE_COLUMNS],
    row_scale: f32,
    scales: &[f32; TILE_COLUMNS],
    bias: &[f32; TILE_COLUMNS],
    activation: Activation,
    out: &mut [f32; TILE_COLUMNS],
) {
    for (((y, &sum), &scale), &bias) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
        *y = sum as f32 * (row_scale * scale) + bias;
    }
    if activation == Activation::Gelu {
        float::gelu_all(out);
    }
}

/// The portable tile: multiplies in f32, which compilers make vector code of everywhere.
///
/// It is exact: the sum of 1024 products of at most 127 * 128 is a whole number below 2^24. Plain `i32` loops were six times
/// slower with SSE2.
fn tile_scalar(x: &Quantised, first: usize, rows: usize, lines: &[Line], _offsets: &[i32; TILE_COLUMNS], tile: &mut Tile) {
    const EXACT: usize = 1024;
    tile[..rows].fill([0; TILE_COLUMNS]);
    let mut weights = [[0.0; PANEL]; EXACT];
    let mut inputs = [[0.0; EXACT]; 2];
    for (panel, lines) in lines.chunks_exact(x.stride / 4).enumerate() {
        for (part, lines) in lines.chunks(EXACT / 4).enumerate() {
            let count = lines.len() * 4;
            for (line, weights) in lines.iter().zip(weights.as_chunks_mut::<4>().0) {
                for (i, weights) in weights.iter_mut().enumerate() {
                    for (c, w) in weights.iter_mut().enumerate() {
                        *w = f32::from(line.0[c * 4 + i]);
                    }
                }
            }
            for row in (0..rows).step_by(2) {
                let two = [first + row, first + row + usize::from(row + 1 < rows)];
                for (inputs, row) in inputs.iter_mut().zip(two) {
                    for (to, &from) in inputs.iter_mut().zip(&x.wide[row * x.stride + part * EXACT..][..count]) {
                        *to = f32::from(from);
                    }
                }
                // Opaque, or the conversion below splits the sums into single lanes inside the loop.
                let sums = std::hint::black_box(float::block([&inputs[0][..count], &inputs[1][..count]], &weights[..count]));
                for (sums, tile) in sums.iter().zip(&mut tile[row..rows]) {
                    for (total, &sum) in tile[panel * PANEL..][..PANEL].iter_mut().zip(sums) {
                        *total += sum as i32;
                    }
                }
            }
        }
    }
}

// Rows and registers are counted, as in the descriptions of the instructions.
#[cfg(target_arch = "x86_64")]
#[allow(clippy::needless_range_loop)]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Line, PANEL, STEP_ROWS, TILE_COLUMNS, TILE_ROWS, Tile};

    /// Calls `$step::<R>` for blocks of up to six rows.
    macro_rules! by_rows {
        ($rows:expr, $r:ident, $step:ident($($arg:expr),*)) => {
            for $r in (0..$rows).step_by(STEP_ROWS) {
                match $rows - $r {
                    1 => $step::<1>($($arg),*),
                    2 => $step::<2>($($arg),*),
                    3 => $step::<3>($($arg),*),
                    4 => $step::<4>($($arg),*),
                    5 => $step::<5>($($arg),*),
                    _ => $step::<6>($($arg),*),
                }
            }
        };
    }

    /// Checks once per tile what the unchecked reads in the steps rely on.
    fn check<T>(x: &[T], stride: usize, first: usize, rows: usize, lines: &[Line]) {
        assert!(stride.is_multiple_of(4) && rows <= TILE_ROWS && x.len() >= (first + rows) * stride && lines.len() >= stride);
    }

    /// With AVX512-VNNI.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) fn tile_avx512_vnni(
        x: &[u8],
        stride: usize,
        first: usize,
        rows: usize,
        lines: &[Line],
        offsets: &[i32; TILE_COLUMNS],
        tile: &mut Tile,
    ) {
        #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
        #[inline]
        fn step<const R: usize>(x: *const u8, stride: usize, lines: *const Line, offsets: &[i32; TILE_COLUMNS], tile: *mut [i32; 64]) {
            let steps = stride / 4;
            // SAFETY: `check` holds in the caller: x has R rows of `stride` bytes, lines 4 panels of `steps`, tile R rows;
            // all loads and stores are unaligned ones inside these.
            unsafe {
                let start: [__m512i; 4] = std::array::from_fn(|c| _mm512_loadu_si512(offsets.as_ptr().add(c * PANEL).cast()));
                let mut sums = [start; R];
                for i in 0..steps {
                    let line = lines.add(i);
                    let w = [line, line.add(steps), line.add(2 * steps), line.add(3 * steps)].map(|p| _mm512_loadu_si512(p.cast()));
                    for r in 0..R {
                        let four = _mm512_set1_epi32(x.add(r * stride + i * 4).cast::<i32>().read_unaligned());
                        for c in 0..4 {
                            sums[r][c] = _mm512_dpbusd_epi32(sums[r][c], four, w[c]);
                        }
                    }
                }
                for r in 0..R {
                    for c in 0..4 {
                        _mm512_storeu_si512(tile.add(r).cast::<i32>().add(c * PANEL).cast(), sums[r][c]);
                    }
                }
            }
        }
        check(x, stride, first, rows, lines);
        // SAFETY: rows r up to rows - 1 of x and tile exist (`check`).
        unsafe {
            by_rows!(rows, r, step(x.as_ptr().add((first + r) * stride), stride, lines.as_ptr(), offsets, tile.as_mut_ptr().add(r)));
        }
    }

    /// A tile with 256-bit byte products, by the intrinsic of AVX-VNNI or the same one of AVX-512 (to test it there).
    macro_rules! tile_256 {
        ($(#[$doc:meta])* $name:ident, $features:literal, $dpbusd:ident) => {
            $(#[$doc])*
            #[target_feature(enable = $features)]
            pub(super) fn $name(
                x: &[u8],
                stride: usize,
                first: usize,
                rows: usize,
                lines: &[Line],
                offsets: &[i32; TILE_COLUMNS],
                tile: &mut Tile,
            ) {
                #[target_feature(enable = $features)]
                #[inline]
                fn step<const R: usize>(x: *const u8, stride: usize, lines: *const Line, offsets: *const i32, tile: *mut i32) {
                    // SAFETY: `check` holds in the caller: x has R rows of `stride` bytes, lines one panel of stride / 4,
                    // offsets 16 values, tile R rows of 64 of which 16 are written; all accesses are unaligned ones inside these.
                    unsafe {
                        let start = [_mm256_loadu_si256(offsets.cast()), _mm256_loadu_si256(offsets.add(8).cast())];
                        let mut sums = [start; R];
                        for i in 0..stride / 4 {
                            let line: *const __m256i = lines.add(i).cast();
                            let w = [_mm256_loadu_si256(line), _mm256_loadu_si256(line.add(1))];
                            for r in 0..R {
                                let four = _mm256_set1_epi32(x.add(r * stride + i * 4).cast::<i32>().read_unaligned());
                                sums[r][0] = $dpbusd(sums[r][0], four, w[0]);
                                sums[r][1] = $dpbusd(sums[r][1], four, w[1]);
                            }
                        }
                        for r in 0..R {
                            _mm256_storeu_si256(tile.add(r * TILE_COLUMNS).cast(), sums[r][0]);
                            _mm256_storeu_si256(tile.add(r * TILE_COLUMNS + 8).cast(), sums[r][1]);
                        }
                    }
                }
                check(x, stride, first, rows, lines);
                for panel in 0..TILE_COLUMNS / PANEL {
                    // SAFETY: panel < 4 and rows r up to rows - 1 of x and tile exist (`check`).
                    unsafe {
                        let (lines, offsets) = (lines.as_ptr().add(panel * stride / 4), offsets.as_ptr().add(panel * PANEL));
                        let tile = tile.as_mut_ptr().cast::<i32>().add(panel * PANEL);
                        by_rows!(rows, r, step(x.as_ptr().add((first + r) * stride), stride, lines, offsets, tile.add(r * TILE_COLUMNS)));
                    }
                }
            }
        };
    }
    tile_256!(
        /// With AVX-VNNI.
        tile_avx_vnni,
        "avx2,avxvnni",
        _mm256_dpbusd_avx_epi32
    );
    #[cfg(test)]
    tile_256!(
        /// The same loop with the AVX-512 spelling of the instruction, for test machines without AVX-VNNI.
        tile_avx512_vnni_256,
        "avx2,avx512vl,avx512vnni",
        _mm256_dpbusd_epi32
    );

    /// With 16-bit products (`vpmaddwd`), which cannot saturate here, unlike byte products without VNNI (`vpmaddubsw`).
    #[target_feature(enable = "avx2")]
    pub(super) fn tile_avx2(
        x: &[i16],
        stride: usize,
        first: usize,
        rows: usize,
        lines: &[Line],
        _offsets: &[i32; TILE_COLUMNS],
        tile: &mut Tile,
    ) {
        /// Eight columns: a register holds four, each as two partial sums. Adds to the tile.
        #[target_feature(enable = "avx2")]
        #[inline]
        fn step<const R: usize>(x: *const i16, stride: usize, steps: usize, half_lines: *const i8, tile: *mut i32) {
            // SAFETY: `check` holds in the caller: x has R rows of `stride` values of which steps * 4 are read, half_lines `steps`
            // lines of 64 bytes from their half on, tile R rows of 64 of which 8 are used; all accesses are unaligned and inside.
            unsafe {
                let mut sums = [[_mm256_setzero_si256(); 2]; R];
                let rows: [*const i16; R] = std::array::from_fn(|r| x.add(r * stride));
                for i in 0..steps {
                    let line: *const __m128i = half_lines.add(i * 64).cast();
                    let w = [_mm256_cvtepi8_epi16(_mm_loadu_si128(line)), _mm256_cvtepi8_epi16(_mm_loadu_si128(line.add(1)))];
                    for r in 0..R {
                        let four = _mm256_set1_epi64x(rows[r].add(i * 4).cast::<i64>().read_unaligned());
                        sums[r][0] = _mm256_add_epi32(sums[r][0], _mm256_madd_epi16(four, w[0]));
                        sums[r][1] = _mm256_add_epi32(sums[r][1], _mm256_madd_epi16(four, w[1]));
                    }
                }
                for r in 0..R {
                    let pairs = _mm256_hadd_epi32(sums[r][0], sums[r][1]);
                    let ordered = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                    let to: *mut __m256i = tile.add(r * TILE_COLUMNS).cast();
                    _mm256_storeu_si256(to, _mm256_add_epi32(_mm256_loadu_si256(to), ordered));
                }
            }
        }
        check(x, stride, first, rows, lines);
        tile[..rows].fill([0; TILE_COLUMNS]);
        let all = stride / 4;
        // 128 steps of a panel (8 KB) and of six rows (6 KB) stay in the first-level cache.
        for start in (0..all).step_by(128) {
            let steps = 128.min(all - start);
            for half in 0..TILE_COLUMNS / 8 {
                // SAFETY: half / 2 is one of 4 panels of `all` lines, start + steps <= all; rows r up to rows - 1 of x and tile exist.
                unsafe {
                    let half_lines = lines.as_ptr().add(half / 2 * all + start).cast::<i8>().add(half % 2 * 32);
                    let x = x.as_ptr().add(first * stride + start * 4);
                    let tile = tile.as_mut_ptr().cast::<i32>().add(half * 8);
                    by_rows!(rows, r, step(x.add(r * stride), stride, steps, half_lines, tile.add(r * TILE_COLUMNS)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
