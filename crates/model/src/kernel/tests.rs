//! All paths against plain loops, and against each other bit for bit.

use super::*;

/// Small deterministic generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    fn f32(&mut self) -> f32 {
        self.next() as f32 / 2f32.powi(30) - 1.0
    }

    fn f32s(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.f32()).collect()
    }

    fn i8s(&mut self, count: usize) -> Vec<i8> {
        (0..count).map(|_| (self.next() % 255) as i32 as u8 as i8).collect()
    }
}

/// NaN has no fixed bits, so it only has to be NaN everywhere.
fn same_bits(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
}

fn run_linear(kernel: Kernel, x: &[f32], inputs: usize, packed: &Packed, activation: Activation) -> Vec<f32> {
    let mut quantised = Quantised::default();
    quantise(kernel, x, inputs, &mut quantised);
    let mut out = vec![f32::NAN; x.len() / inputs * packed.outputs];
    linear(kernel, &quantised, packed, activation, &mut out);
    out
}

/// The definition, in plain loops.
fn plain_linear(x: &[f32], inputs: usize, weight: &[i8], scales: &[f32], bias: &[f32]) -> Vec<f32> {
    let mut out = Vec::new();
    for row in x.chunks(inputs) {
        let max = row.iter().fold(1e-8f32, |m, v| m.max(v.abs()));
        let q: Vec<i32> = row.iter().map(|v| (v * (127.0 / max)).round_ties_even() as i32).collect();
        for ((w, s), b) in weight.chunks(inputs).zip(scales).zip(bias) {
            let sum: i32 = q.iter().zip(w).map(|(q, &w)| q * i32::from(w)).sum();
            out.push(sum as f32 * (max / 127.0 * s) + b);
        }
    }
    out
}

#[test]
fn linear_is_exact_on_every_path() {
    let mut random = Random(1);
    let sizes =
        [(1, 1, 1), (15, 97, 3), (64, 384, 25), (65, 66, 7), (1152, 384, 40), (100, 1537, 9), (3, 4100, 2), (384, 1536, 31), (16, 5, 6)];
    for (outputs, inputs, rows) in sizes {
        let (x, weight) = (random.f32s(rows * inputs), random.i8s(outputs * inputs));
        let (scales, bias) = (random.f32s(outputs), random.f32s(outputs));
        let packed = Packed::new(&weight, &scales, &bias, inputs);
        let expected = plain_linear(&x, inputs, &weight, &scales, &bias);
        let mut activated = expected.clone();
        float::gelu_all(&mut activated);
        for kernel in Kernel::available() {
            let found = run_linear(kernel, &x, inputs, &packed, Activation::None);
            assert!(same_bits(&found, &expected), "{kernel:?} {outputs} x {inputs}, {rows} rows");
            let found = run_linear(kernel, &x, inputs, &packed, Activation::Gelu);
            assert!(same_bits(&found, &activated), "{kernel:?} {outputs} x {inputs}, {rows} rows, with GELU");
        }
    }
}

/// Byte products of two neighbours overflow 16 bits here; a path that saturates would show it.
#[test]
fn largest_values_do_not_saturate() {
    for (inputs, w) in [(384, 127i8), (MAX_INPUTS, 127), (MAX_INPUTS, -128)] {
        for sign in [1.0, -1.0] {
            let (x, weight) = (vec![sign; inputs], vec![w; 20 * inputs]);
            let packed = Packed::new(&weight, &[1.0; 20], &[0.0; 20], inputs);
            let expected = plain_linear(&x, inputs, &weight, &[1.0; 20], &[0.0; 20]);
            for kernel in Kernel::available() {
                assert_eq!(run_linear(kernel, &x, inputs, &packed, Activation::None), expected, "{kernel:?} {inputs} {w} {sign}");
            }
        }
    }
}

/// AVX-VNNI is rarer than AVX-512 on servers; its loop is tested there with the other spelling of its one instruction.
#[cfg(target_arch = "x86_64")]
#[test]
fn byte_products_of_256_bits_are_exact() {
    let Some(kernel) = Kernel::named("avx512-vnni") else { return };
    let mut random = Random(7);
    let (inputs, rows) = (100, 23);
    let (x, weight) = (random.f32s(rows * inputs), random.i8s(TILE_COLUMNS * inputs));
    let packed = Packed::new(&weight, &[1.0; 64], &[0.0; 64], inputs);
    let (mut bytes, mut wide) = (Quantised::default(), Quantised::default());
    quantise(kernel, &x, inputs, &mut bytes);
    quantise(Kernel::SCALAR, &x, inputs, &mut wide);
    let offsets = packed.offsets.as_slice().try_into().unwrap();
    for (first, count) in [(0, 23), (3, 20), (22, 1), (4, 5)] {
        let (mut found, mut expected) = ([[1; TILE_COLUMNS]; TILE_ROWS], [[1; TILE_COLUMNS]; TILE_ROWS]);
        // SAFETY: `kernel` exists, so the processor has AVX-512 VNNI and VL.
        unsafe { x86::tile_avx512_vnni_256(&bytes.bytes, bytes.stride, first, count, &packed.lines, offsets, &mut found) };
        tile_scalar(&wide, first, count, &packed.lines, offsets, &mut expected);
        assert_eq!(found, expected);
    }
}

/// Runs an operation on every path and compares with the portable one.
fn agree(what: &str, run: impl Fn(Kernel) -> Vec<f32>) {
    let expected = run(Kernel::SCALAR);
    for kernel in Kernel::available() {
        assert!(same_bits(&run(kernel), &expected), "{what} on {kernel:?}");
    }
}

#[test]
fn float_operations_have_the_same_bits_on_every_path() {
    let mut random = Random(3);
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0, f32::MAX, f32::MIN, 1e-40, -1e-40, 88.0, -88.0, 1e30];
    for length in [1, 2, 5, 16, 17, 34, 67] {
        for with_odd in [false, true] {
            let mut values = |count: usize| -> Vec<f32> {
                let mut x = random.f32s(count);
                x.iter_mut().for_each(|v| *v *= 8.0);
                if with_odd {
                    for (i, &value) in odd.iter().enumerate() {
                        x[(i * 37 + 5) % count] = value;
                    }
                }
                x
            };
            let what = |name: &str| format!("{name}, length {length}, odd values {with_odd}");
            let x = values(length * 3);
            agree(&what("gelu"), |k| {
                let mut x = x.clone();
                gelu(k, &mut x);
                x
            });
            agree(&what("softmax"), |k| {
                let mut x = x.clone();
                softmax(k, &mut x, length);
                x
            });
            let (x, add, gain, bias) = (values(length * 96), values(length * 96), values(96), values(96));
            agree(&what("norm"), |k| {
                let mut x = x.clone();
                add_norm(k, &mut x, &add, &gain, &bias);
                x
            });
            let qkv = values(length * 3 * 96);
            agree(&what("attention"), |k| {
                let mut out = vec![0.0; length * 96];
                attention(k, &qkv, 96, 3, &mut float::AttentionScratch::default(), &mut out);
                out
            });
            agree(&what("linear"), |k| {
                let packed = Packed::new(&[77; 96 * 5], &[0.1; 5], &[0.2; 5], 96);
                run_linear(k, &x, 96, &packed, Activation::Gelu)
            });
            let b: Vec<[f32; 16]> = (0..192).map(|_| values(16).try_into().unwrap()).collect();
            agree(&what("product"), |k| {
                let mut out = vec![0.0; length * 32];
                product(k, &x, 96, &b, &bias[..32], &mut out);
                out
            });
        }
    }
}

#[test]
fn attention_is_what_it_should_be() {
    let mut random = Random(5);
    let (hidden, heads) = (64, 2);
    for length in [1, 4, 7, 16, 21] {
        let qkv = random.f32s(length * 3 * hidden);
        let mut found = vec![0.0; length * hidden];
        attention(Kernel::detect(), &qkv, hidden, heads, &mut float::AttentionScratch::default(), &mut found);
        let at = |row: usize, part: usize, i: usize| f64::from(qkv[row * 3 * hidden + part * hidden + i]);
        for (i, &value) in found.iter().enumerate() {
            let (row, column) = (i / hidden, i % hidden);
            let head = column / 32 * 32;
            let weight = |key: usize| ((0..32).map(|d| at(row, 0, head + d) * at(key, 1, head + d)).sum::<f64>() / 32f64.sqrt()).exp();
            let total: f64 = (0..length).map(weight).sum();
            let expected = (0..length).map(|key| weight(key) * at(key, 2, column)).sum::<f64>() / total;
            assert!((f64::from(value) - expected).abs() < 2e-6, "{length} {i}: {value} {expected}");
        }
    }
}

/// erf by the series without cancellation, 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!, in f64.
fn erf(x: f64) -> f64 {
    let (mut term, mut total) = (x, x);
    for n in 1..200 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        total += term;
    }
    total * 2.0 / std::f64::consts::PI.sqrt() * (-x * x).exp()
}

#[test]
fn gelu_and_softmax_are_close_to_the_functions() {
    let mut worst = 0.0f64;
    for i in -80_000..80_000 {
        let x = i as f32 / 10_000.0;
        let mut y = [x];
        gelu(Kernel::detect(), &mut y);
        worst = worst.max((f64::from(y[0]) - 0.5 * f64::from(x) * (1.0 + erf(f64::from(x) / 2f64.sqrt()))).abs());
    }
    assert!(worst < 1e-6, "GELU off by {worst:e}");
    let mut worst = 0.0f64;
    for i in 0..800_000 {
        let x = -i as f32 / 10_000.0;
        let mut y = [0.0, x];
        softmax(Kernel::detect(), &mut y, 2);
        let e = f64::from(x).exp();
        worst = worst.max((f64::from(y[1]) / (e / (1.0 + e)) - 1.0).abs());
    }
    assert!(worst < 1e-5, "softmax off by a factor of 1 + {worst:e}");
}

#[test]
fn softmax_survives_anything() {
    let cases = [vec![f32::NAN; 5], vec![f32::INFINITY; 3], vec![f32::NEG_INFINITY; 3], vec![f32::NAN, 3.0, f32::NEG_INFINITY]];
    for case in cases {
        for kernel in Kernel::available() {
            let mut x = case.clone();
            softmax(kernel, &mut x, case.len());
            assert!((x.iter().sum::<f32>() - 1.0).abs() < 1e-6, "{case:?} gave {x:?}");
        }
    }
}
