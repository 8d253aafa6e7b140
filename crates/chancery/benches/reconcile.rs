//! How joining grows: `cargo bench -p chancery --bench reconcile [-- MOST]` joins 10,000, 100,000 ... up to MOST event reports (default
//! 100,000; 1000000 needs some GB of memory) with a quarter as many ledger entries, and prints seconds and peak memory of each round.
//!
//! The records are made up: countries of unequal weight, eight years of days, four reports an article, titles of five words out of 128.

use chancery::reconcile::{Joined, Strictness};
use chancery_knowledge::Knowledge;
use chancery_record::Record;
use serde_json::{Value, json};
use std::{path::Path, time::Instant};

/// A fixed sequence of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// Small numbers more often than large ones.
    fn low(&mut self, n: usize) -> usize {
        self.below(n).min(self.below(n))
    }
}

const TYPES: [&str; 8] = ["AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "SANCTION", "ASSAULT"];
const KINDS: [(&str, &str); 4] = [("agreement", "signed"), ("commitment", "made"), ("sanction", "imposed"), ("meeting", "announced")];

fn title(dice: &mut Dice, words: usize) -> String {
    const STEMS: [&str; 16] = [
        "harbour", "border", "prisoner", "railway", "pipeline", "fishing", "vaccine", "tariff", "embassy", "drone", "reactor", "grain",
        "visa", "debt", "river", "radar",
    ];
    const ENDS: [&str; 8] = ["", "line", "work", "fund", "zone", "talk", "bank", "post"];
    let word = |dice: &mut Dice| format!("{}{}", STEMS[dice.below(16)], ENDS[dice.below(8)]);
    (0..words).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

fn actor(country: &str) -> Value {
    json!({"name": null, "text": country, "start": 0, "end": 3, "country": country, "sector": "GOV", "sectors": ["GOV"], "id": null,
        "office": null, "type": "state", "from": null, "rule": "country"})
}

fn quote(words: &str, start: usize) -> Value {
    let end = start + words.len();
    json!({"role": "predicate", "quote": words, "start": start, "end": end, "byte_start": start, "byte_end": end})
}

/// `reports` event reports in articles of four, and an entry to each article.
fn records(reports: usize, countries: &[&str]) -> Vec<Record> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut out = Vec::with_capacity(reports * 3 / 2);
    let mut push = |value: Value| {
        let mut record: Record = serde_json::from_value(value).expect("the bench writes records of the contract");
        record.shrink_to_fit();
        out.push(record);
    };
    for a in 0..reports / 4 {
        let id = format!("ar_{a:016x}");
        let date = format!("20{}-{:02}-{:02}", 20 + dice.below(8), 1 + dice.below(12), 1 + dice.below(28));
        push(
            json!({"record": "article", "id": id, "page_id": format!("pg_{a:016x}"), "index": 0, "headline": null, "byline": null, "dateline": null,
            "published": {"date": date, "source": "caller"}, "outlet": format!("Outlet {}", dice.below(40)), "language": "en", "start": 0, "end": 9,
            "body": [], "dropped": [], "duplicate_of": null}),
        );
        let (by, to) = (countries[dice.low(countries.len())], countries[dice.low(countries.len())]);
        for k in 0..4 {
            let (words, status) = (title(&mut dice, 5), ["occurred", "occurred", "occurred", "historical", "planned"][dice.below(5)]);
            push(
                json!({"record": "event_report", "id": format!("er_{a:014x}{k:02}"), "article_id": id, "sentence": {"start": 0, "end": 9},
                "event_type": TYPES[dice.below(TYPES.len())], "title": words, "mode": null, "contexts": [], "cameo": null, "quad": 1,
                "goldstein": null, "plover_score": null, "actors": [actor(by)], "recipients": [actor(to)], "reciprocal": false, "status": status,
                "condition": null, "said_by": null, "date": null, "place": null, "confidence": 0.9,
                "evidence": [quote(words.split(' ').next().unwrap_or_default(), k * 9)], "why": {"rule": "model", "score": 0.9, "runner_up": []}}),
            );
        }
        let (kind, status) = KINDS[dice.below(KINDS.len())];
        push(
            json!({"record": "ledger_entry", "id": format!("le_{a:016x}"), "article_id": id, "sentence": {"start": 0, "end": 9}, "kind": kind,
            "title": title(&mut dice, 4), "parties": [actor(by), actor(to)], "status": status, "condition": null, "date": null, "reported_by": null,
            "is_background": false, "relations": [], "keys": [format!("{}-{}", by.min(to), by.max(to))], "evidence": [quote("x", 0)]}),
        );
    }
    out
}

/// Peak memory of this process in MB, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<usize>().ok().map(|kb| kb / 1024)
}

fn main() {
    let most = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let knowledge = Knowledge::load(&folder).expect("the knowledge of this repository loads");
    let table = std::fs::read_to_string(folder.join("countries.tsv")).expect("countries.tsv is there");
    let countries: Vec<&str> = table.lines().skip(1).filter_map(|l| l.split('\t').next()).collect();
    for reports in std::iter::successors(Some(10_000), |n| Some(n * 10)).take_while(|n| *n <= most) {
        let records = records(reports, &countries);
        let started = Instant::now();
        let mut made = 0;
        Joined::new(records, &knowledge, Strictness::default()).derive(|_| made += 1);
        let seconds = started.elapsed().as_secs_f64();
        println!(
            "{reports:>9} reports: {seconds:>6.2} s, {:>5.2} µs a report, {made} events and items, peak {} MB",
            1e6 * seconds / reports as f64,
            peak().unwrap_or(0)
        );
    }
}
