//! A run, the same run again from its lock, and two runs compared, with the shipped program.

use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// An invented page: three of its sentences are about a minister whose tenure the tests change.
const TALKS: &str = "Emirati, Japanese Ministers Discuss Shipping

ABU DHABI, July 16, 2024 (WAM) - United Arab Emirates Foreign Minister Abdullah bin Zayed met Japanese Prime Minister Fumio Kishida in Abu Dhabi on Tuesday.

Abdullah bin Zayed said the two countries had agreed to launch a dialogue on shipping in October.

Kishida thanked the Emirates for its help to Japanese crews and promised to visit again.

France condemned the attack on a tanker on Monday. Germany and Italy signed an accord on ports in Rome.
";
const RAILWAY: &str = "Kenya and Uganda Sign Rail Accord

NAIROBI, July 17, 2024 - Kenya and Uganda signed an agreement on a railway on Wednesday. Ugandan police arrested two men.
";
/// As the knowledge base calls the minister.
const MINISTER: &str = "Abdullah bin Zayed Al Nahyan";

/// A folder of its own with the two pages.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reproduce").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("pages")).expect("the target folder can be written");
    fs::write(folder.join("pages/talks.txt"), TALKS)
        .and_then(|()| fs::write(folder.join("pages/railway.txt"), RAILWAY))
        .expect("it is there");
    folder
}

/// What a command wrote to stdout and stderr, and its exit code.
struct Ran {
    out: Vec<u8>,
    err: String,
    code: Option<i32>,
}

fn run(folder: &Path, arguments: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    let ran = command.current_dir(folder).args(arguments.split_whitespace()).stdin(Stdio::null()).output().expect("the program starts");
    Ran { out: ran.stdout, err: String::from_utf8_lossy(&ran.stderr).into_owned(), code: ran.status.code() }
}

/// Runs a command that must succeed.
fn ok(folder: &Path, arguments: &str) -> Vec<u8> {
    let ran = run(folder, arguments);
    assert_eq!(ran.code, Some(0), "chancery {arguments}: {}", ran.err);
    ran.out
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(bytes).lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect()
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Copies the knowledge folder with one line of one file replaced.
fn knowledge(folder: &Path, file: &str, is_line: impl Fn(&str) -> bool, edit: impl Fn(&str) -> String) {
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge")), &folder.join("kb"));
    let path = folder.join("kb").join(file);
    let text = fs::read_to_string(&path).expect("a knowledge file");
    assert_eq!(text.lines().filter(|l| is_line(l)).count(), 1, "{file}: the line to change is there once");
    let edited: Vec<String> = text.lines().map(|l| if is_line(l) { edit(l) } else { l.to_owned() }).collect();
    fs::write(&path, edited.join("\n") + "\n").expect("the copy can be written");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the target folder can be written");
    for entry in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry").path()) {
        let to = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() { copy(&entry, &to) } else { fs::copy(&entry, &to).map(drop).expect("it can be copied") }
    }
}

/// Whether any field of a record, however deep, has this value.
fn holds(value: &Value, field: &str, wanted: &str) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, v)| name == field && v == wanted || holds(v, field, wanted)),
        Value::Array(all) => all.iter().any(|v| holds(v, field, wanted)),
        _ => false,
    }
}

/// Ids of the records of a result that hold a value in a field.
fn ids_with(records: &[Value], field: &str, wanted: &str) -> BTreeSet<String> {
    records.iter().filter(|r| holds(r, field, wanted)).map(|r| r["id"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_run_is_made_again_byte_for_byte() {
    let folder = folder("again");
    ok(&folder, "code pages -o result.jsonl --lock run.lock");
    let lock = String::from_utf8(read(&folder, "run.lock")).expect("text");
    for wanted in
        ["path = \"pages/railway.txt\"", "path = \"pages/talks.txt\"", "path = \"result.jsonl\"", "min_confidence = 0.5", "[codebook]"]
    {
        assert!(lock.contains(wanted), "{wanted} is not in\n{lock}");
    }
    let result = read(&folder, "result.jsonl");
    assert_eq!(ok(&folder, "rerun run.lock"), result, "to stdout");
    ok(&folder, "rerun run.lock -o again.jsonl -j 2");
    assert_eq!(read(&folder, "again.jsonl"), result, "to a file, with two threads");
    let checked = run(&folder, "rerun run.lock --check");
    assert!(checked.out.is_empty() && checked.err.contains("result.jsonl has the same"), "{}", checked.err);
    let records = lines(&result);
    let ids: BTreeSet<&str> = records.iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!(ids.len(), records.len(), "every record has an id of its own");
    assert_eq!(
        ok(&folder, "diff result.jsonl again.jsonl"),
        format!("0 added, 0 changed, 0 removed; {} the same\n", records.len() - 1).into_bytes()
    );
}

#[test]
fn options_and_tables_are_made_again() {
    let folder = folder("tables");
    for (n, how) in ["--to csv -o out", "--to parquet -o out.parquet --min-confidence 0.35 --all-statuses", "--to pretty --date 2024-07-01"]
        .iter()
        .enumerate()
    {
        ok(&folder, &format!("code pages {how} --no-text --lock {n}.lock"));
        let ran = run(&folder, &format!("rerun {n}.lock --check"));
        assert_eq!(ran.code, Some(0), "{how}: {}", ran.err);
    }
    assert!(run(&folder, "rerun 0.lock --check").err.contains("all 13 files have the same bytes"));
    let one = run(&folder, "rerun 0.lock -o one.csv");
    assert!(one.code == Some(1) && one.err.contains("the run wrote 13 files, this one 1; give -o a folder"), "{}", one.err);
}

#[test]
fn the_first_thing_that_is_not_as_in_the_lock_is_named_with_the_way_out() {
    let folder = folder("other");
    ok(&folder, "code pages -o result.jsonl --lock run.lock");
    let lock = String::from_utf8(read(&folder, "run.lock")).expect("text");
    let rerun = |lock: &str, arguments: &str, wanted: &str| {
        fs::write(folder.join("other.lock"), lock).expect("it can be written");
        let ran = run(&folder, &format!("rerun other.lock --check {arguments}"));
        assert!(ran.code == Some(1) && ran.err.contains(wanted), "{wanted}: {}", ran.err);
    };
    rerun(&lock.replace("version = \"0", "version = \"9"), "", "the version was 9.1.0, here it is 0.1.0; rerun with that version");
    rerun(&lock.replacen("[knowledge]\nhash = \"", "[knowledge]\nhash = \"0", 1), "", "the knowledge was 0");
    rerun(
        &lock.replacen("[model]\nhash = \"", "[model]\nhash = \"0", 1),
        "",
        "give the run's weight file with --model; or code all the same with --force",
    );
    rerun(&lock.replacen("bytes = ", "bytes = 1", 1).replace("sha256 = \"", "sha256 = \"0"), "--force", "result.jsonl has other bytes");
    rerun("", "", "other.lock: empty");
    rerun("{}", "", "other.lock:1: not a run.lock");
    fs::write(folder.join("pages/talks.txt"), "Other words.").expect("it can be written");
    rerun(&lock, "", "pages/talks.txt holds other bytes than the run read");
    fs::remove_file(folder.join("pages/talks.txt")).expect("it is there");
    rerun(&lock, "", "pages/talks.txt: no such file; rerun in the folder where the run was made, with its inputs");
    assert!(run(&folder, "rerun nothing.lock").err.contains("nothing.lock: no such file"));
}

#[test]
fn a_tenure_changed_in_the_knowledge_touches_exactly_the_records_that_cite_the_minister() {
    let folder = folder("tenure");
    let is_line = |l: &str| l.starts_with(MINISTER) && l.contains("\tFM\t");
    knowledge(&folder, "persons.tsv", is_line, |l| l.replace("\t2006-02-09\t\t2025-10\t", "\t2006-02-09\t2020-01-01\t\t"));
    ok(&folder, "code pages -o old.jsonl");
    ok(&folder, "--knowledge kb code pages -o new.jsonl --lock run.lock");
    let found = lines(&ok(&folder, "diff old.jsonl new.jsonl --to jsonl"));
    let citing = ids_with(&lines(&read(&folder, "old.jsonl")), "name", MINISTER);
    let touched: BTreeSet<String> = found[1..].iter().map(|c| c["new_id"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(touched, citing);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for change in &found[1..] {
        assert_eq!(
            (&change["change"], &change["reasons"], &change["page"]),
            (&"changed".into(), &serde_json::json!(["knowledge"]), &"pages/talks.txt".into())
        );
        let only_his = change["fields"]
            .as_array()
            .is_some_and(|f| f.iter().all(|f| f["field"].as_str().is_some_and(|n| n.contains(".sector") || n.contains(".office"))));
        assert!(only_his, "{change}");
        *kinds.entry(change["record"].as_str().unwrap_or_default()).or_default() += 1;
    }
    assert!(["event", "event_report", "ledger_entry", "ledger_item", "statement"].iter().all(|k| kinds.contains_key(k)), "{kinds:?}");
    assert_eq!(found[0]["runs"].as_array().map(Vec::len), Some(1), "nothing but the knowledge differs: {}", found[0]);
    // the lock knows which folder the knowledge was of, and that another is another
    ok(&folder, "rerun run.lock --check");
    fs::remove_dir_all(folder.join("kb")).expect("it is there");
    let gone = run(&folder, "rerun run.lock --check");
    assert!(gone.code == Some(1) && gone.err.contains("kb: no such folder"), "{}", gone.err);
}

#[test]
fn a_demonym_taken_from_the_knowledge_touches_records_of_its_country_only() {
    let folder = folder("demonym");
    knowledge(&folder, "countries.tsv", |l| l.starts_with("UGA\t"), |l| l.replace("Ugandan|Ugandans", "Ugandish"));
    ok(&folder, "code pages -o old.jsonl");
    ok(&folder, "--knowledge kb code pages -o new.jsonl");
    let found = lines(&ok(&folder, "diff old.jsonl new.jsonl --to jsonl"));
    let of_uganda = ids_with(&lines(&read(&folder, "old.jsonl")), "country", "UGA");
    assert!(found.len() > 1, "police that are no longer Ugandan");
    for change in &found[1..] {
        let id = change["old_id"].as_str().or(change["new_id"].as_str()).unwrap_or_default();
        assert!(of_uganda.contains(id) && change["reasons"] == serde_json::json!(["knowledge"]), "{change}");
    }
    let untouched = lines(&read(&folder, "new.jsonl")).iter().filter(|r| of_uganda.contains(r["id"].as_str().unwrap_or_default())).count();
    assert!(untouched > 0, "Uganda by its name stays");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder("bad");
    ok(&folder, "code pages -o result.jsonl");
    fs::write(folder.join("empty.jsonl"), "").expect("it can be written");
    for (other, wanted) in [
        ("empty.jsonl", "empty.jsonl: holds no records"),
        ("pages/talks.txt", "pages/talks.txt:1: not a record"),
        ("missing.jsonl", "missing.jsonl: no such file"),
    ] {
        let ran = run(&folder, &format!("diff result.jsonl {other}"));
        assert!(ran.code == Some(1) && ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
    let beside = run(&folder, "code pages -o result.jsonl --lock result.jsonl");
    assert!(beside.code == Some(1) && beside.err.contains("name the same file"), "{}", beside.err);
    let nowhere = run(&folder, "code pages --lock no/run.lock");
    assert!(nowhere.code == Some(1) && nowhere.err.contains("--lock no/run.lock: cannot be written"), "{}", nowhere.err);
}

#[test]
fn a_result_that_lies_among_its_pages_is_no_page() {
    let folder = folder("among");
    ok(&folder, "code . -o result.jsonl --lock run.lock");
    ok(&folder, "code . -o result.jsonl --lock run.lock");
    let pages = lines(&read(&folder, "result.jsonl")).iter().filter(|r| r["record"] == "page").count();
    assert_eq!(pages, 2);
    ok(&folder, "rerun run.lock --check");
}

#[test]
fn a_run_with_overlays_names_them_and_is_made_again() {
    const HEADER: &str = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n";
    let folder = folder("overlays");
    for (name, rows) in [("a", "Ann Example\t\tKEN\tFM\tMinister\t2024-01-01\t\t2024-07\tus\n"), ("b", "-Ann Example\n")] {
        fs::create_dir_all(folder.join(name)).expect("the target folder can be written");
        fs::write(folder.join(name).join("persons.tsv"), format!("{HEADER}{rows}")).expect("it is there");
    }
    ok(&folder, "--knowledge a --knowledge b code pages -o result.jsonl --lock run.lock");
    let lock = String::from_utf8(read(&folder, "run.lock")).expect("text");
    assert!(lock.contains("path = \"a\"\noverlays = [\"b\"]"), "{lock}");
    let records = lines(&read(&folder, "result.jsonl"));
    let run_record = records.iter().find(|r| r["record"] == "run").expect("a run");
    let named: Vec<&str> = run_record["overlays"].as_array().into_iter().flatten().filter_map(|o| o["path"].as_str()).collect();
    assert_eq!(named, ["a", "b"]);
    assert!(run(&folder, "rerun run.lock --check").code == Some(0));
    fs::write(folder.join("b/persons.tsv"), HEADER).expect("it can be written");
    let other = run(&folder, "rerun run.lock --check");
    assert!(other.code == Some(1) && other.err.contains("the knowledge was"), "{}", other.err);
    let apart = run(&folder, "--knowledge a kb check --knowledge b");
    assert!(apart.code == Some(1) && apart.err.contains("in one place"), "{}", apart.err);
}

#[test]
fn a_dash_is_stdin_and_stdout_whatever_files_there_are() {
    let folder = folder("dash");
    let whole = ok(&folder, "code pages");
    assert_eq!(ok(&folder, "code pages -o -"), whole);
    assert!(!folder.join("-").exists());
    fs::create_dir(folder.join("-")).and_then(|()| fs::write(folder.join("-/talks.txt"), TALKS)).expect("it is there");
    let empty = run(&folder, "code - -o -");
    assert!(empty.code == Some(0) && empty.err.contains("stdin: empty"), "{}", empty.err);
    assert!(String::from_utf8_lossy(&ok(&folder, "code pages --to csv -o -")).starts_with("id,article_id,"));
}

#[test]
fn a_page_read_twice_has_its_records_once_and_tables_say_what_they_leave_out() {
    let folder = folder("once");
    fs::create_dir(folder.join("more")).and_then(|()| fs::write(folder.join("more/copy.txt"), TALKS)).expect("it is there");
    let once = run(&folder, "code pages --to csv -o once");
    let twice = run(&folder, "code pages more --to csv -o twice");
    assert!(twice.err.contains("copy.txt: the same page was read before: pg_") && !once.err.contains("read before"), "{}", twice.err);
    for table in ["event_report", "event_crosswalk", "article", "participant", "ledger_item"] {
        assert_eq!(read(&folder, &format!("once/{table}.csv")), read(&folder, &format!("twice/{table}.csv")), "{table}");
    }
    let [one, two] = ["code pages", "code pages more more/copy.txt"].map(|command| {
        let result = String::from_utf8(ok(&folder, command)).expect("it is UTF-8");
        result.lines().map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")).collect::<Vec<_>>()
    });
    let ids: BTreeSet<&str> = two.iter().filter_map(|r| r["id"].as_str()).collect();
    assert_eq!((two.len(), ids.len()), (one.len() + 2, two.len()), "each record once, and both copies are told");
    assert_eq!(two.iter().filter(|r| r["outcome"] == "skipped" && r["text"].is_null()).count(), 2);
    let lines = |table: &[u8]| String::from_utf8_lossy(table).lines().count();
    let all = lines(&ok(&folder, "code pages --to csv -o - --all-statuses --no-text"));
    let left_out = all - lines(&read(&folder, "once/event_report.csv"));
    let told = format!("{left_out} of {} event reports are not in the tables", all - 1);
    assert_eq!(once.err.contains(&told), left_out > 0, "{told}: {}", once.err);
}
