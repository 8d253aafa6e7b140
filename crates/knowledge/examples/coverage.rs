//! How many actor spans of a JSON Lines file resolve: `cargo run --release --example coverage -- knowledge FILE.jsonl [--misses]`.
//! Each line holds `source.text` and `target.text`; nothing of the file is kept.

use chancery_knowledge::{Knowledge, LinkContext, pack};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, dir, file, rest @ ..] = arguments.as_slice() else {
        return Err("usage: coverage KNOWLEDGE FILE.jsonl [--misses|--all]".into());
    };
    let start = Instant::now();
    let knowledge = Knowledge::load(dir.as_ref())?;
    println!(
        "directory: {:.1} ms, {} forms, fingerprint {}",
        start.elapsed().as_secs_f64() * 1e3,
        knowledge.forms(),
        knowledge.fingerprint()
    );
    let blob = pack(dir.as_ref())?;
    for _ in 0..3 {
        let start = Instant::now();
        let again = Knowledge::from_pack(blob.clone().leak())?;
        println!("pack of {} bytes: {:.1} ms, {} forms", blob.len(), start.elapsed().as_secs_f64() * 1e3, again.forms());
    }
    let text = std::fs::read_to_string(file)?;
    let (mut spans, mut found, mut country, mut implicit) = (0, 0, 0, 0);
    let start = Instant::now();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        for side in ["source", "target"] {
            let span = row[side]["text"].as_str().unwrap_or_default();
            if row[side]["implicit"].as_bool().unwrap_or_default() {
                implicit += 1;
                continue;
            }
            spans += 1;
            let who = knowledge.resolve(span, None, &LinkContext::default());
            let codable = who.as_ref().is_some_and(|w| w.is_codable());
            found += usize::from(codable);
            country += usize::from(who.as_ref().is_some_and(|w| w.country.is_some()));
            if rest.iter().any(|r| r == "--all") || !codable && rest.iter().any(|r| r == "--misses") {
                let w = who.as_ref();
                println!(
                    "{}\t{:?}/{:?}\t{}\t{}\t{}",
                    span,
                    w.and_then(|w| w.country.as_deref()).unwrap_or("-"),
                    w.map(|w| w.sectors.join("+")).unwrap_or_default(),
                    w.and_then(|w| w.office.as_deref()).unwrap_or("-"),
                    w.and_then(|w| w.name.as_deref()).unwrap_or("-"),
                    w.map(|w| w.rule).unwrap_or("none")
                );
            }
        }
    }
    let share = |n: usize| 100.0 * n as f64 / f64::from(u32::try_from(spans).unwrap_or(1).max(1));
    println!("{spans} spans ({implicit} implicit left out): {:.1}% country or sector, {:.1}% country", share(found), share(country));
    println!("{:.1} us a mention", start.elapsed().as_secs_f64() * 1e6 / spans as f64);
    Ok(())
}
