//! Pages whose reading takes the network, with the shipped program.

use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

/// What the program writes when `text` is its input.
fn run(args: &[&str], text: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    String::from_utf8(child.wait_with_output().expect("it ends").stdout).expect("UTF-8")
}

/// The countries of the actors of each event of a page.
fn doers(text: &str) -> Vec<String> {
    let records = run(&["code", "-", "--to", "jsonl", "--min-confidence", "0.3"], text);
    let records = records.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON"));
    let country = |r: Value| r["actors"][0]["country"].as_str().unwrap_or("-").to_owned();
    records.filter(|r| r["record"] == "event_report").map(country).collect()
}

#[test]
fn a_dateline_alone_tells_whose_the_government_is() {
    let page = |dateline: &str| {
        format!(
            "{dateline}, Sept 18, 2025 - The government has offered nurses a 5 percent rise. Nurses in Nigeria ended a strike last week."
        )
    };
    assert_eq!(doers(&page("ACCRA")), ["GHA", "NGA"]);
    assert_eq!(doers(&page("ABUJA")), ["NGA", "NGA"]);
}

#[test]
fn each_page_of_a_result_is_shown_under_its_own_text() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let result = folder.join("two.jsonl");
    let pages = ["Kenya and Uganda signed a rail accord in Nairobi on Wednesday.", "France expelled two Russian diplomats on Monday."];
    let lines: String = pages.map(|text| serde_json::json!({ "text": text }).to_string() + "\n").concat();
    fs::write(&result, run(&["code", "-", "--from", "jsonl", "--to", "jsonl"], &lines)).expect("it is there");
    let shown = run(&["reconcile", result.to_str().expect("a name"), "--to", "pretty", "-o", "-"], "");
    assert!(pages.iter().all(|page| shown.contains(page)), "{shown}");
}
