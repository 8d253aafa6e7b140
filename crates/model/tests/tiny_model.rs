//! The tiny random model of `fixtures/make.py`: close to PyTorch in f32, and the same bits on every path and in every batch.

use chancery_model::{Capitals, Encoder, ErrorKind, Kernel, Linear, Piece, States, Weights, argmax, bilinear};

fn weights() -> Weights {
    Weights::from_bytes(include_bytes!("fixtures/tiny.weights").as_slice()).expect("the fixture is a weights file")
}

fn sequences(weights: &Weights) -> Vec<Vec<Piece>> {
    let test = |i: u8, part: &str| weights.u8(&format!("test.{i}.{part}")).unwrap();
    let capitals = |c: u8| [Capitals::None, Capitals::One, Capitals::Several][usize::from(c)];
    let piece = |(&id, &c): (&u8, &u8)| Piece { id: id.into(), capitals: capitals(c) };
    (0..5).map(|i| test(i, "pieces").iter().zip(test(i, "capitals")).map(piece).collect()).collect()
}

fn plain(ids: &[u32]) -> Vec<Piece> {
    ids.iter().map(|&id| id.into()).collect()
}

fn encode(encoder: &Encoder, sequences: &[Vec<Piece>]) -> States {
    encoder.encode(sequences).expect("the sequences fit the model")
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn states_are_close_to_pytorch() {
    let weights = weights();
    let encoder = Encoder::from_weights(&weights).unwrap();
    let sequences = sequences(&weights);
    let states = encode(&encoder, &sequences);
    let mut cosines = Vec::new();
    for (i, sequence) in sequences.iter().enumerate() {
        let expected = weights.f32(&format!("test.{i}.states"), &[sequence.len(), 64]).unwrap();
        cosines.extend(expected.chunks(64).zip(states.sequence(i).chunks(64)).map(|(a, b)| cosine(a, b)));
    }
    assert_eq!(cosines.len(), states.len());
    let mean = cosines.iter().sum::<f32>() / cosines.len() as f32;
    let least = cosines.iter().copied().fold(1.0, f32::min);
    assert!(mean > 0.999 && least > 0.997, "mean {mean}, least {least}");
}

#[test]
fn every_path_and_every_batch_gives_the_same_bits() {
    let weights = weights();
    let sequences = [sequences(&weights), sequences(&weights), sequences(&weights)].concat();
    let encoder = Encoder::from_weights(&weights).unwrap();
    let expected = encode(&encoder.clone().with_kernel(Kernel::SCALAR), &sequences);
    let bits = |x: &[f32]| x.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    for kernel in Kernel::available() {
        let encoder = encoder.clone().with_kernel(kernel);
        assert_eq!(bits(encode(&encoder, &sequences).values()), bits(expected.values()), "{kernel:?}");
        for (i, sequence) in sequences.iter().enumerate() {
            let alone = encode(&encoder, std::slice::from_ref(sequence));
            assert_eq!(bits(alone.values()), bits(expected.sequence(i)), "{kernel:?}, sequence {i} alone");
        }
    }
}

#[test]
fn sequences_that_do_not_fit_are_errors() {
    let encoder = Encoder::from_weights(&weights()).unwrap();
    let cases = [
        (vec![plain(&[1]), plain(&[0; 41])], "sequence 1 has 41 pieces, more than the 40 positions of the model"),
        (vec![plain(&[1, 60])], "sequence 0 has the piece 60; the vocabulary has 60"),
    ];
    for (sequences, expected) in cases {
        let error = encoder.encode(&sequences).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Input, expected));
    }
    let states = encode(&encoder, &[vec![], plain(&[5, 6]), vec![]]);
    assert_eq!((states.offsets(), states.sequence(1).len(), states.sequence(2)), ([0, 0, 2, 2].as_slice(), 128, [].as_slice()));
    assert!(encode(&encoder, &[]).is_empty());
}

#[test]
fn linear_and_bilinear_match_plain_sums() {
    let weights = weights();
    let head = Linear::with_size(&weights, "head", 64, 5).unwrap();
    assert!(Linear::with_size(&weights, "head", 64, 6).unwrap_err().to_string().contains("is 5 x 64, expected 6 x 64"));
    let states = weights.f32("test.1.states", &[7, 64]).unwrap();
    let expected = weights.f32("test.1.head", &[7, 5]).unwrap();
    let left: Vec<f32> = (0..3 * 4).map(|i| i as f32 - 4.0).collect();
    let matrix: Vec<f32> = (0..4 * 5).map(|i| (i % 7) as f32).collect();
    let right: Vec<f32> = (0..6 * 5).map(|i| (i % 5) as f32 - 1.0).collect();
    for kernel in Kernel::available() {
        let found = head.forward(kernel, &states, 7);
        assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4));
        let scores = bilinear(kernel, &left, 4, &matrix, &right, 5);
        for (i, score) in scores.iter().enumerate() {
            let (l, r) = (&left[i / 6 * 4..][..4], &right[i % 6 * 5..][..5]);
            let expected: f32 = (0..4).flat_map(|a| (0..5).map(move |b| (a, b))).map(|(a, b)| l[a] * matrix[a * 5 + b] * r[b]).sum();
            assert_eq!(*score, expected, "{kernel:?} {i}");
        }
    }
    assert_eq!([argmax(&[1.0, 3.0, 3.0]), argmax(&[f32::NAN, -1.0]), argmax(&[])], [1, 1, 0]);
}
