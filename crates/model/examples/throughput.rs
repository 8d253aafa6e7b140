//! Sentences per second on one thread: `throughput WEIGHTS TEXT [KERNEL]`, one sentence a line, words split at spaces.
//!
//! Prints the rate for all sentences in one call and for one call per sentence, for each path of this processor (or the
//! named one): the fastest of at least three runs and two seconds, because other work on the machine only slows it.

use std::error::Error;
use std::time::Instant;

use chancery_model::{Encoder, Kernel, Piece, Weights, WordPiece};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [weights, text, rest @ ..] = arguments.as_slice() else {
        return Err("usage: throughput WEIGHTS TEXT [KERNEL]".into());
    };
    let start = Instant::now();
    let weights = Weights::from_bytes(std::fs::read(weights)?)?;
    let read = start.elapsed();
    let encoder = Encoder::from_weights(&weights)?;
    println!("load {:.1} ms of which reading and digest {:.1} ms", start.elapsed().as_secs_f64() * 1e3, read.as_secs_f64() * 1e3);
    let pieces = WordPiece::from_weights(&weights)?;
    let text = std::fs::read_to_string(text)?;
    let start = Instant::now();
    let sequences: Vec<Vec<Piece>> = text.lines().map(|line| sequence(line, &pieces, encoder.positions())).collect();
    let split = start.elapsed().as_secs_f64();
    let count = sequences.len() as f64;
    let mean = sequences.iter().map(Vec::len).sum::<usize>() as f64 / count;
    println!("{count} sentences, {mean:.1} pieces each, word splitting {:.0} sentences/s", count / split);
    for kernel in Kernel::available() {
        if rest.first().is_some_and(|name| name != kernel.name()) {
            continue;
        }
        let encoder = encoder.clone().with_kernel(kernel);
        let together = fastest(|| encoder.encode(&sequences).map(drop))?;
        let single = fastest(|| sequences.iter().try_for_each(|s| encoder.encode(std::slice::from_ref(s)).map(drop)))?;
        println!("{:12} all at once {:6.0}/s   one by one {:6.0}/s", kernel.name(), count / together, count / single);
    }
    Ok(())
}

fn sequence(line: &str, pieces: &WordPiece, positions: usize) -> Vec<Piece> {
    let mut ids = vec![pieces.start()];
    for word in line.split_whitespace() {
        pieces.pieces(word, &mut ids);
    }
    ids.truncate(positions.saturating_sub(1));
    ids.push(pieces.end());
    ids.into_iter().map(Piece::from).collect()
}

fn fastest<E>(mut run: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
    let mut best = f64::INFINITY;
    let begin = Instant::now();
    let mut runs = 0;
    while runs < 3 || begin.elapsed().as_secs_f64() < 2.0 {
        runs += 1;
        let start = Instant::now();
        run()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok(best)
}
