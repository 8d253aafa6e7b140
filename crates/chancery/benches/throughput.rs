//! How fast one core codes: `cargo bench -p chancery --bench throughput [-- ROUNDS]` reads the bundled pages, ROUNDS times (default 7) in
//! turns, and prints the median of each stage in sentences a second, and what share of the bare encoder's speed each keeps.
//!
//! With `CHANCERY_PYTHON` naming a Python that has `torch`, `onnx` and `onnxruntime`, the same network goes through onnxruntime (int8, one
//! thread, batches by length; `training/onnx_speed.py`) on the same pieces in the same run, and the ratio to it is printed, too.

use chancery::{Coder, Options, article, page, page::RawPage, sentence};
use chancery_knowledge::Knowledge;
use chancery_model::{Encoder, Piece, Reader, Weights};
use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

/// Onnxruntime in a process of its own: a line with the pieces of all sentences in, one of seconds out for each round asked for.
struct Other {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Other {
    fn start(root: &Path, sentences: &[Vec<Piece>]) -> Option<Other> {
        let python = std::env::var_os("CHANCERY_PYTHON")?;
        let mut command = Command::new(python);
        command.arg(root.join("training/onnx_speed.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("CHANCERY_PYTHON can be run");
        let (mut asks, answers) = (child.stdin.take().expect("piped"), BufReader::new(child.stdout.take().expect("piped")));
        let ids: Vec<Vec<u32>> = sentences.iter().map(|s| s.iter().map(|p| p.id).collect()).collect();
        writeln!(asks, "{}", serde_json::to_string(&ids).expect("numbers are JSON")).expect("it reads");
        Some(Other { child, asks, answers })
    }

    fn round(&mut self) -> f64 {
        let mut line = String::new();
        writeln!(self.asks, "go").expect("it reads");
        self.answers.read_line(&mut line).expect("it answers");
        line.trim().parse().expect("onnx_speed.py prints seconds")
    }

    fn end(mut self) {
        drop(self.asks);
        self.child.wait().expect("it ends");
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let rounds = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(7);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let weights =
        || Weights::from_bytes(std::fs::read(root.join("models/chancery.bin")).expect("the weights are there")).expect("they are weights");
    let mut pages: Vec<PathBuf> = ["corpus/pages", "corpus/pages/gold"]
        .iter()
        .flat_map(|d| std::fs::read_dir(root.join(d)).expect("the corpus is there"))
        .filter_map(|e| Some(e.ok()?.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")))
        .collect();
    pages.sort();
    let raw: Vec<RawPage> = pages.iter().map(|p| RawPage { bytes: std::fs::read(p).expect("a page"), ..RawPage::default() }).collect();
    let read: Vec<page::Page> = raw.iter().filter_map(|r| page::page(r).ok()).collect();
    let reader = Reader::new(weights()).expect("a reader");
    let (mut words, mut ids) = (Vec::new(), Vec::new());
    for (page, article) in read.iter().flat_map(|p| article::articles(p).into_iter().map(move |a| (p, a))) {
        let spans = article.headline.into_iter().chain(article.body);
        let sentences: Vec<Vec<&str>> = spans
            .flat_map(|s| sentence::sentences(&page.text, s))
            .map(|s| sentence::tokens(&page.text, s).iter().filter_map(|w| w.slice(&page.text)).collect())
            .collect();
        ids.extend(sentences.iter().map(|words| reader.pieces(words).0));
        words.push(sentences);
    }
    let encoder = Encoder::from_weights(&weights()).expect("an encoder");
    let knowledge = Knowledge::load(&root.join("knowledge")).expect("the knowledge is there");
    let coder = Coder::new(knowledge, reader.clone(), Options::default());
    let mut other = Other::start(&root, &ids);
    let (mut bare, mut heads, mut whole, mut onnx) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        bare.push(seconds(|| drop(std::hint::black_box(encoder.encode(&ids).expect("sentences fit")))));
        onnx.extend(other.as_mut().map(Other::round));
        heads.push(seconds(|| words.iter().for_each(|article| drop(std::hint::black_box(reader.read(article))))));
        whole.push(seconds(|| raw.iter().for_each(|page| drop(std::hint::black_box(coder.code_page(page.clone()))))));
    }
    if let Some(other) = other {
        other.end();
    }
    let n = ids.len() as f64;
    let tokens: usize = ids.iter().map(Vec::len).sum();
    println!(
        "{} sentences of {:.1} pieces, {} pages, one thread, kernel {:?}, median of {rounds}",
        ids.len(),
        tokens as f64 / n,
        raw.len(),
        encoder.kernel()
    );
    let rate = |times: Vec<f64>| n / median(times);
    let bare = rate(bare);
    println!("encoder alone       {bare:8.0} sentences/s");
    for (name, times) in [("with all heads", heads), ("page to records", whole)] {
        let rate = rate(times);
        println!("{name:<20}{rate:8.0} sentences/s {:6.1} % of the encoder", 100.0 * rate / bare);
    }
    if !onnx.is_empty() {
        let onnx = rate(onnx);
        println!("onnxruntime int8    {onnx:8.0} sentences/s; the encoder is {:.2} times as fast", bare / onnx);
    }
}
