//! Every format over one small invented result, compared with `tests/golden/`. `BLESS=1 cargo test -p chancery-output` rewrites the files.

mod sample;

use chancery_output::{Destination, Options, card, format_names, left_out, verify, writer};
use chancery_record::{Quote, Record, Series, Status, sha256_hex};
use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::Field,
};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

fn write(format: &str, to: &Path, options: &Options) {
    let mut out = writer(format, Destination::Path(to.to_owned()), options.clone()).expect("it opens");
    for records in sample::calls() {
        out.page(&records).expect("it writes");
    }
    for written in out.finish().expect("it ends") {
        let bytes = fs::read(written.path.expect("a file")).expect("it was written");
        assert_eq!(
            (written.bytes, &written.sha256),
            (bytes.len() as u64, &sha256_hex(&bytes)),
            "{format}: the hash is not of what was written"
        );
    }
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("golden files can be written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|_| panic!("tests/golden/{name} is missing: run with BLESS=1 and read it"));
    for (n, (a, b)) in wanted.lines().zip(found.lines()).enumerate() {
        assert_eq!(a, b, "tests/golden/{name}, line {}", n + 1);
    }
    assert_eq!(wanted.len(), found.len(), "tests/golden/{name}: one is longer");
}

/// What a format wrote, as text.
fn text(format: &str, path: &Path) -> String {
    if format == "parquet" { parquet_text(path) } else { fs::read_to_string(path).expect("it was written") }
}

fn parquet_text(path: &Path) -> String {
    let reader = SerializedFileReader::new(File::open(path).expect("it was written")).expect("it is parquet");
    let schema = reader.metadata().file_metadata().schema_descr();
    let kinds: Vec<String> = schema.columns().iter().map(|c| format!("{}:{:?}", c.name(), c.physical_type())).collect();
    let mut out = kinds.join("\t") + "\n";
    for row in reader.get_row_iter(None).expect("it has rows") {
        let row = row.expect("a row");
        let cell = |f: &Field| match f {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Double(x) => x.to_string(),
            other => other.to_string(),
        };
        let cells: Vec<String> = row.get_column_iter().map(|(_, f)| cell(f)).collect();
        out.push_str(&(cells.join("\t").replace('\n', "\\n") + "\n"));
    }
    out
}

#[test]
fn every_format_has_a_golden_file() {
    let folder = folder("formats");
    for format in format_names() {
        let path = folder.join(format!("result.{format}"));
        write(format, &path, &Options::default());
        // Parquet is compared as its reader reads it.
        let name = if format == "parquet" { "result.parquet.txt".to_owned() } else { format!("result.{format}") };
        golden(&name, &text(format, &path));
    }
}

#[test]
fn colours_and_all_statuses() {
    let folder = folder("options");
    let path = folder.join("colour");
    write("pretty", &path, &Options { colour: true, width: 72, ..Options::default() });
    golden("colour.pretty", &text("pretty", &path));
    let path = folder.join("all.csv");
    write("csv", &path, &Options { all_statuses: true, ..Options::default() });
    let lines = fs::read_to_string(&path).expect("it was written").lines().count();
    assert_eq!(lines, 6, "five reports and the header, against four and the header");
}

#[test]
fn tables_of_all_kinds_in_a_folder() {
    for format in ["csv", "tsv", "parquet"] {
        let folder = folder(format).join("made/on demand");
        write(format, &folder, &Options::default());
        let mut names: Vec<String> =
            fs::read_dir(&folder).expect("it was made").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        let kinds = [
            "article",
            "event",
            "event_crosswalk",
            "event_report",
            "item_party_action",
            "item_status",
            "ledger_entry",
            "ledger_item",
            "page",
            "participant",
            "run",
            "statement",
            "verdict",
        ];
        assert_eq!(names, kinds.map(|k| format!("{k}.{format}")));
        if format == "tsv" {
            let all: String = names.iter().map(|n| format!("== {n}\n{}", text(format, &folder.join(n)))).collect();
            golden("folder.tsv", &all);
        }
    }
}

/// The first two cells of each row of a table of the folder.
fn keys(folder: &Path, table: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder.join(format!("{table}.tsv"))).expect("it was written");
    let cells = |l: &str| l.split('\t').map(str::to_owned).take(2).collect::<Vec<_>>();
    text.lines().skip(1).map(cells).filter_map(|c| Some((c.first()?.clone(), c.get(1)?.clone()))).collect()
}

#[test]
fn every_row_of_the_crosswalk_finds_its_event_and_its_report_and_keys_are_unique() {
    let folder = folder("joined");
    let mut out = writer("tsv", Destination::Path(folder.clone()), Options::default()).expect("it opens");
    let mut records = sample::calls()[0].clone();
    for record in &mut records {
        match record {
            Record::EventReport(r) if r.id == "er_0000000000000002" => r.status = Status::Historical,
            Record::EventReport(r) if r.id == "er_0000000000000004" => r.status = Status::Historical,
            _ => {}
        }
    }
    assert_eq!(left_out(&records), 2, "what is conditional, and background that no event has");
    out.page(&records).expect("it writes");
    out.finish().expect("it ends");
    let crosswalk = keys(&folder, "event_crosswalk");
    assert_eq!(crosswalk.len(), 2);
    let (events, reports) = (keys(&folder, "event"), keys(&folder, "event_report"));
    for (event, report) in &crosswalk {
        assert!(events.iter().any(|e| e.0 == *event) && reports.iter().any(|r| r.0 == *report), "{event} {report}");
    }
    for table in ["event", "event_report", "statement", "ledger_entry", "article", "page"] {
        let ids: Vec<String> = keys(&folder, table).into_iter().map(|k| k.0).filter(|id| id.contains("_0000")).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{table}");
    }
}

/// The same cells in Parquet as in TSV, read back by the Parquet reader.
#[test]
fn parquet_holds_what_tsv_holds() {
    let folder = folder("same");
    write("parquet", &folder, &Options::default());
    write("tsv", &folder, &Options::default());
    for kind in ["event_report", "statement", "ledger_entry", "event", "article"] {
        let parquet = parquet_text(&folder.join(format!("{kind}.parquet")));
        let tsv = fs::read_to_string(folder.join(format!("{kind}.tsv"))).expect("it was written");
        assert_eq!(parquet.lines().count(), tsv.lines().count(), "{kind}");
        for (a, b) in parquet.lines().zip(tsv.lines()).skip(1) {
            assert_eq!(a, b, "{kind}");
        }
    }
}

#[test]
fn json_lines_are_the_records_again() {
    let path = folder("again").join("result.jsonl");
    write("jsonl", &path, &Options::default());
    let lines = fs::read_to_string(&path).expect("it was written");
    let records: Vec<Record> = lines.lines().map(|l| serde_json::from_str(l).expect("a record")).collect();
    assert_eq!(records, sample::calls().concat());
}

#[test]
fn the_page_for_the_browser_is_safe_and_whole() {
    let path = folder("browser").join("result.html");
    write("html", &path, &Options::default());
    let html = fs::read_to_string(&path).expect("it was written");
    assert!(!html.contains("<script>alert"), "hostile text is text");
    assert!(!html.contains("src=") && !html.contains("@import") && !html.contains("url("), "nothing is fetched");
    for record in sample::calls().concat() {
        if matches!(record, Record::EventReport(_) | Record::Statement(_) | Record::LedgerEntry(_)) {
            assert!(html.contains(&format!("id=\"{}\"", record.id())), "{} has its card", record.id());
        }
    }
    let text = html.split("<div class=\"cards\">").next().expect("there is text");
    let plain: String = text.split('<').skip(1).filter_map(|t| t.split_once('>')).map(|(_, t)| t).collect();
    let plain = plain.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    for line in sample::TEXT.lines().filter(|l| !l.trim().is_empty()) {
        let line = line.replace('\u{202e}', "\u{fffd}");
        assert!(plain.contains(&line), "the text is shown as stored: {line}");
    }
}

#[test]
fn cards_show_every_quote_with_its_place() {
    let mut all = String::new();
    for record in sample::calls().concat() {
        all.push_str(&card(&record, Some(sample::TEXT), &Options::default()));
        all.push('\n');
    }
    golden("cards.txt", &all);
    let report = &sample::calls()[0][2];
    assert!(card(report, None, &Options::default()).contains("is not stored"));
    assert!(card(report, Some("short"), &Options { colour: true, ..Options::default() }).contains("CONSULT/meet"));
}

#[test]
fn verify_reads_every_span_again() {
    let report = verify(sample::calls().concat().into_iter().map(Ok)).expect("the order is right");
    assert!(report.spans > 70 && report.matching == report.spans && report.mismatches.is_empty() && report.is_whole, "{report:?}");
    let cut = sample::calls().concat().into_iter().filter(|r| !matches!(r, Record::Run(_)));
    assert!(!verify(cut.map(Ok)).expect("the order is right").is_whole);

    let mut wrong = sample::calls()[0].clone();
    if let Record::EventReport(r) = &mut wrong[2] {
        r.evidence[0].quote.quote = "meet".to_owned();
        r.actors[0].start += 1;
        r.sentence.end = 99_999;
        r.evidence[1].quote.start += 1;
    }
    let report = verify(wrong.into_iter().map(Ok)).expect("the order is right");
    let fields: Vec<&str> = report.mismatches.iter().filter_map(|m| m.split(": ").nth(1)?.split(' ').next()).collect();
    assert_eq!(fields, ["sentence", "actors", "evidence", "evidence"], "{:#?}", report.mismatches);
    assert_eq!(report.spans - report.matching, 4);

    let mut numbered = sample::calls()[0].clone();
    let entry = numbered.iter_mut().find_map(|r| if let Record::LedgerEntry(e) = r { Some(e) } else { None }).expect("an entry");
    entry.series = Some(Series { number: 3, quote: Quote { quote: "third session".to_owned(), ..entry.evidence[0].quote.clone() } });
    let report = verify(numbered.into_iter().map(Ok)).expect("the order is right");
    assert!(report.mismatches.len() == 1 && report.mismatches[0].contains(": series "), "{report:?}");

    let mut without = sample::calls()[0].clone();
    if let Record::Page(page) = &mut without[0] {
        page.text = None;
    }
    let report = verify(without.into_iter().map(Ok)).expect("the order is right");
    assert!(report.spans == 0 && report.unverifiable > 70);

    let headless = sample::calls()[0][2..].to_vec();
    assert!(verify(headless.into_iter().map(Ok)).is_err_and(|e| e.contains("order")));
    assert_eq!(verify([Err("line 3: no".to_owned())].into_iter()), Err("line 3: no".to_owned()));
}

#[test]
fn errors_name_the_place_and_the_way_out() {
    let refused = writer("parquet", Destination::Stdout, Options::default()).err().expect("it is refused");
    assert_eq!(refused.to_string(), "parquet cannot be read from a stream; give a file or folder with -o");
    let missing =
        writer("html", Destination::Path("/no/such/place/x.html".into()), Options::default()).err().expect("there is no such place");
    assert!(missing.to_string().starts_with("/no/such/place/x.html: no such directory"), "{missing}");
}
