//! Pages to read and print over the invented result: the brief and the person in every format. `BLESS=1 cargo test -p chancery-output` rewrites
//! `tests/golden/`.

mod sample;

use chancery_output::{
    Destination, Document, Names, Options, Post, Scope, Who, brief, document_formats, history, people, person, relation, writer,
};
use chancery_record::{Actor, Record};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, io::Read, path::Path};

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("golden files can be written");
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|_| panic!("tests/golden/{name} is missing: run with BLESS=1 and read it"));
    assert_eq!(wanted, found, "tests/golden/{name}");
}

fn edited(record: &Record, edit: impl FnOnce(&mut Value)) -> Record {
    let mut value = serde_json::to_value(record).expect("a record is JSON");
    edit(&mut value);
    serde_json::from_value(value).expect("still a record")
}

/// The sample with titles that stand in its text, an item for each entry, and a verdict.
fn records() -> Vec<Record> {
    let mut all: Vec<Record> = sample::calls().into_iter().flatten().collect();
    let words = |v: &Value| v["evidence"][0]["quote"].clone();
    let titles: Vec<(String, Value)> = all.iter().map(|r| (r.id().to_owned(), words(&serde_json::to_value(r).expect("JSON")))).collect();
    for record in &mut all {
        *record = edited(record, |v| match v["record"].as_str() {
            Some("event_report") => v["title"] = words(v),
            Some("event") => v["title"] = titles.iter().find(|t| v["reports"][0] == t.0).expect("its report").1.clone(),
            _ => {}
        });
    }
    let entries: Vec<Value> =
        all.iter().filter(|r| matches!(r, Record::LedgerEntry(_))).map(|r| serde_json::to_value(r).expect("JSON")).collect();
    all.extend(entries.iter().map(|e| {
        let step = json!({"status": e["status"], "date": "2024-03-15", "entry_id": e["id"]});
        let item = json!({"record": "ledger_item", "id": format!("li_{}", &e["id"].as_str().expect("an id")[3..]), "kind": e["kind"], "title": e["title"],
            "parties": e["parties"], "status": e["status"], "status_since": "2024-03-15", "condition": null, "history": [step],
            "entries": [e["id"]], "review": null});
        serde_json::from_value(item).expect("a ledger item")
    }));
    let verdict = json!({"record": "verdict", "id": "vd_0000000000000001", "act": "correct", "ids": ["le_0000000000000002"], "of": [], "by": "M. <Abe>",
        "on": "2024-04-02", "note": null, "field": "status", "value": "signature_scheduled", "applied": [{"id": "le_0000000000000002", "was": "signed"}]});
    all.push(serde_json::from_value(verdict).expect("a verdict"));
    all
}

fn country(code: &str) -> Option<String> {
    [("VLD", "Valdoria"), ("SRR", "Serrano"), ("JPN", "Japan")].iter().find(|c| c.0 == code).map(|c| c.1.to_owned())
}

fn title(_: &Actor, _: Option<&str>) -> Option<String> {
    None
}

fn names() -> Names<'static> {
    Names { country: &country, title: &title }
}

fn scope(a: &str, b: &str) -> Scope {
    Scope { sides: [a.to_owned(), b.to_owned()], ..Scope::default() }
}

fn written(document: &Document, format: &str) -> String {
    String::from_utf8(document.written(format).expect("a format")).expect("text")
}

#[test]
fn a_brief_in_every_format_has_a_golden_file() {
    let document = brief(&records(), &scope("VLD", "SRR"), &names(), 2);
    for format in document_formats() {
        match format {
            "docx" => golden(
                "brief.docx.xml",
                &parts(&document.written("docx").expect("a format")).into_iter().map(|(n, t)| format!("== {n}\n{t}\n")).collect::<String>(),
            ),
            format => golden(&format!("brief.{format}"), &written(&document, format)),
        }
        assert_eq!(document.written(format).expect("a format"), document.clone().written(format).expect("a format"));
    }
    assert!(document.written("pdf").is_err_and(|e| e.to_string().contains("md, html, docx")));
}

/// The stretches between quotation marks, the outer ones.
fn quotations(text: &str) -> Vec<String> {
    let (mut out, mut depth, mut words) = (Vec::new(), 0, String::new());
    for c in text.chars() {
        depth -= i32::from(c == '”');
        if c == '”' && depth == 0 {
            out.push(std::mem::take(&mut words));
        } else if depth > 0 {
            words.push(c);
        }
        depth += i32::from(c == '“');
    }
    out
}

#[test]
fn what_stands_in_quotation_marks_stands_in_the_text() {
    let all = records();
    let text = sample::TEXT.split_whitespace().collect::<Vec<_>>().join(" ");
    let who = Who { name: "Ilse Brandt".to_owned(), ..Who::default() };
    let mut checked = 0;
    for document in [brief(&all, &scope("VLD", "SRR"), &names(), 0), person(&all, &who, &names())] {
        let page = document.text(&Options { width: 10_000, ..Options::default() });
        for words in quotations(&page).iter().filter(|w| *w != "signed") {
            assert!(text.contains(words.trim_end_matches(" …")), "{words:?} is not in the text:\n{page}");
            checked += 1;
        }
        assert!(!document.notes.is_empty());
        for note in &document.notes {
            assert!(text.contains(note.sentence.as_deref().expect("a sentence")), "{note:?}");
            assert_eq!(note.source, "Example Gazette, 15 March 2024");
        }
        for line in document.sections.iter().flat_map(|s| &s.lines) {
            assert!(!line.notes.is_empty() && !line.ids.is_empty(), "{line:?}");
        }
    }
    assert!(checked > 7, "{checked}");
}

/// The parts of a Word file.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect("an archive");
    let mut entries = archive.entries();
    let mut out = Vec::new();
    while let Some(entry) = entries.next_entry().expect("an entry") {
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let data = archive.get_entry(entry.wayfinder()).expect("its data");
        let mut text = String::new();
        data.verifying_reader(flate2::bufread::DeflateDecoder::new(data.data())).read_to_string(&mut text).expect("whole and UTF-8");
        out.push((name, text));
    }
    out
}

/// The values of an attribute, in order.
fn values<'t>(xml: &'t str, before: &str) -> Vec<&'t str> {
    xml.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_word_file_has_every_footnote_once_and_names_only_parts_it_has() {
    let files = parts(&brief(&records(), &scope("VLD", "SRR"), &names(), 2).written("docx").expect("a format"));
    let part = |name: &str| &files.iter().find(|f| f.0 == name).unwrap_or_else(|| panic!("{name} is there")).1;
    let (document, notes) = (part("word/document.xml"), part("word/footnotes.xml"));
    let named = values(document, "<w:footnoteReference w:id=\"");
    let numbers: Vec<String> = (1..=named.len()).map(|n| n.to_string()).collect();
    assert_eq!(named, numbers, "in the order of the text, each once");
    let stored: Vec<&str> = values(notes, "w:id=\"").into_iter().filter(|n| !["-1", "0"].contains(n)).collect();
    assert_eq!(stored, named);
    for again in values(document, "NOTEREF ").iter().filter_map(|f| f.split(' ').next()) {
        assert!(document.contains(&format!("w:name=\"{again}\"")), "{again}");
    }
    let styles = part("word/styles.xml");
    for style in values(document, "<w:pStyle w:val=\"").iter().chain(&values(notes, "Style w:val=\"")) {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    for target in values(part("word/_rels/document.xml.rels"), "Target=\"") {
        part(&format!("word/{target}"));
    }
    assert_eq!(values(part("word/_rels/footnotes.xml.rels"), "Target=\"").len(), stored.len(), "every note links to its page");
    assert!(!document.contains("M. <Abe>") && document.contains("M. &lt;Abe&gt;"));
}

#[test]
fn links_of_a_page_lead_to_the_note_and_back() {
    let html = written(&brief(&records(), &scope("VLD", "SRR"), &names(), 2), "html");
    let ids: BTreeSet<&str> = values(&html, "id=\"").into_iter().collect();
    let targets = values(&html, "href=\"#");
    assert!(targets.len() > 6);
    for target in &targets {
        assert!(ids.contains(target), "{target}");
    }
    assert_eq!(values(&html, "id=\"r").len(), values(&html, "href=\"#r").len(), "each reference has its way back");
    assert!(!html.contains("M. <Abe>") && !html.contains("src=") && !html.contains("@import") && !html.contains("<script"));
}

#[test]
fn a_brief_of_two_pages_says_what_it_leaves_out() {
    let mut all = records();
    let item = all.iter().find(|r| r.id() == "li_0000000000000001").expect("an item").clone();
    all.extend((0..200).map(|n| edited(&item, |v| v["id"] = format!("li_{n}").into())));
    let lines = |pages: usize| -> (usize, usize) {
        let document = brief(&all, &scope("VLD", "SRR"), &names(), pages);
        document.sections.iter().fold((0, 0), |(shown, more), s| (shown + s.lines.len(), more + s.more))
    };
    let (whole, none) = lines(0);
    let (shown, more) = lines(2);
    assert_eq!((none, shown + more), (0, whole));
    assert!(shown < 80 && shown > 20, "{shown}");
    assert!(lines(4).0 > shown);
    let page = written(&brief(&all, &scope("VLD", "SRR"), &names(), 2), "md");
    assert!(page.contains(" more lines are not shown"), "{page}");
}

#[test]
fn a_person_is_found_by_a_part_of_the_name_and_shown_by_date() {
    let all = records();
    let named = |records: &[Record]| people(records, "brandt").into_iter().map(|n| (n.name, n.also, n.times)).collect::<Vec<_>>();
    assert_eq!(named(&all), [("Ilse Brandt".to_owned(), vec![], 6)]);
    assert!(people(&all, "").is_empty() && people(&all, "nobody").is_empty());
    let other = |id: &str, name: &str| {
        edited(&all[2], |v| {
            v["id"] = id.into();
            v["actors"][0]["name"] = name.into();
        })
    };
    let more = [all.clone(), vec![other("er_a", "Foreign Minister Ilse Brandt"), other("er_b", "Brandt")]].concat();
    assert_eq!(
        named(&more),
        [("Ilse Brandt".to_owned(), vec!["Brandt".to_owned()], 8)],
        "with a title in front or the surname alone the same person"
    );
    let namesake = [more.clone(), vec![other("er_c", "Ada Brandt")]].concat();
    let names_found: Vec<String> = named(&namesake).into_iter().map(|n| n.0).collect();
    assert_eq!(names_found, ["Ada Brandt", "Ilse Brandt", "Brandt"], "of two the surname says nothing");
    let who = Who { name: "Ilse Brandt".to_owned(), also: vec!["Brandt".to_owned()], ..Who::default() };
    let offices = |who: &Who| person(&namesake, who, &names()).text(&Options { width: 400, ..Options::default() });
    assert!(
        offices(&who).contains("in 7 records") && offices(&Who { also: Vec::new(), ..who.clone() }).contains("in 6 records"),
        "{}",
        offices(&who)
    );
    let post = Post {
        title: "Foreign Minister, Valdoria".to_owned(),
        from: Some("2022-05".to_owned()),
        source: "persons.tsv:7".to_owned(),
        ..Post::default()
    };
    let who = Who { name: "Ilse Brandt".to_owned(), posts: vec![post], ..Who::default() };
    golden("person.txt", &person(&all, &who, &names()).text(&Options::default()));
    let other = Who { name: "Ada Brandt".to_owned(), ..Who::default() };
    assert!(person(&all, &other, &names()).sections.is_empty(), "a namesake is nobody here");
}

#[test]
fn views_tell_what_people_judged() {
    let all = records();
    let note = "status corrected from “signed” by M. <Abe>, 2 April 2024";
    let view = relation(&all, &scope("VLD", "SRR"), &Options { width: 400, ..Options::default() });
    assert!(view.contains(note) && view.contains("Verdicts on these results: M. <Abe>: 1 correct."), "{view}");
    assert!(history(&all, "li_0000000000000002", &Options { width: 400, ..Options::default() }).contains(note));
    assert!(brief(&all, &scope("VLD", "SRR"), &names(), 2).text(&Options { width: 400, ..Options::default() }).contains(note));
    for (format, note) in [("pretty", note.to_owned()), ("html", note.replace('<', "&lt;").replace('>', "&gt;"))] {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("judged.{format}"));
        let mut out = writer(format, Destination::Path(path.clone()), Options { width: 400, ..Options::default() }).expect("it opens");
        out.page(&all).and_then(|()| out.finish()).expect("it writes");
        assert!(fs::read_to_string(&path).expect("it was written").contains(&note), "{format}");
    }
}

/// An entry of the sample as an item of this kind and status between the countries `A` and `B`.
fn item(records: &[Record], kind: &str, status: &str) -> Record {
    let entry = records.iter().find_map(|r| if let Record::LedgerEntry(e) = r { Some(e) } else { None }).expect("the sample has an entry");
    let party = |code: &str| {
        let mut party = serde_json::to_value(&entry.parties[0]).expect("an actor is JSON");
        party["country"] = code.into();
        party
    };
    let step = serde_json::json!({"status": status, "date": "2031-05", "entry_id": entry.id});
    let item = serde_json::json!({"record": "ledger_item", "id": format!("li_{kind}_{status}"), "kind": kind, "title": format!("the {kind} {status}"),
        "parties": [party("JPN"), party("SAU")], "status": status, "status_since": "2031-05", "condition": null, "history": [step],
        "entries": [entry.id], "review": null});
    serde_json::from_value(item).expect("a ledger item")
}

#[test]
fn every_matter_of_two_countries_is_in_one_section_of_the_brief_and_has_a_footnote() {
    let mut records: Vec<Record> = sample::calls().into_iter().flatten().collect();
    let kinds = [
        ("meeting", "held"),
        ("meeting", "announced"),
        ("meeting", "cancelled"),
        ("agreement", "signed"),
        ("sanction", "lifted"),
        ("press_event", "held"),
    ];
    let items: Vec<Record> = kinds.iter().map(|(kind, status)| item(&records, kind, status)).collect();
    records.extend(items);
    let scope = Scope { sides: ["JPN".to_owned(), "SAU".to_owned()], ..Scope::default() };
    let (page, view) = (written(&brief(&records, &scope, &names(), 0), "md"), relation(&records, &scope, &Options::default()));
    for (kind, status) in kinds {
        let title = format!("the {kind} {status}");
        let escaped = title.replace('_', "\\_");
        let lines: Vec<&str> = page.lines().filter(|l| l.contains(&escaped)).collect();
        assert_eq!(lines.len(), 1, "{title}:\n{page}");
        assert!(lines[0].ends_with("[^1]"), "{}", lines[0]);
        assert_eq!(view.matches(&title).count(), 1, "{title}:\n{view}");
    }
    assert!(page.contains("\n[^1]: "), "{page}");
    assert!(history(&records, "li_agreement", &Options::default()).contains("2031-05  signed"));
    let other = Scope { sides: ["JPN".to_owned(), "KOR".to_owned()], ..Scope::default() };
    assert!(written(&brief(&records, &other, &names(), 2), "md").contains("Nothing between the two"));
}

#[test]
fn meetings_stand_by_their_days_and_a_month_beside_its_only_day() {
    let mut records: Vec<Record> = sample::calls().into_iter().flatten().collect();
    for (name, date) in [("june", "2031-06-02"), ("coarse", "2031-04"), ("april", "2031-04-11"), ("year", "2030"), ("july", "2031-07-05")] {
        let meeting = edited(&item(&records, "meeting", "held"), |v| {
            v["id"] = format!("li_{name}").into();
            v["title"] = format!("met {name}").into();
            v["status_since"] = date.into();
        });
        records.push(meeting);
    }
    let page = written(&brief(&records, &scope("JPN", "SAU"), &names(), 0), "md");
    let lines: Vec<&str> =
        page.lines().filter(|l| l.contains("Meeting, held")).filter_map(|l| l.split('“').nth(1)?.split('”').next()).collect();
    assert_eq!(lines, ["met july", "met june", "met april", "met year"], "{page}");
}

#[test]
fn a_matter_that_was_put_off_says_which_day_was_its_old_one_and_names_all_parties() {
    let mut records: Vec<Record> = sample::calls().into_iter().flatten().collect();
    for record in records.iter_mut().filter(|r| r.id() == "le_0000000000000001") {
        let date = json!({"start": "2031-05-09", "end": "2031-05-09", "precision": "day", "text": "9 May", "basis": "anchored"});
        *record = edited(record, |v| v["date"] = date);
    }
    let visit = edited(&item(&records, "visit", "postponed"), |v| {
        v["status_since"] = "2031-05-02".into();
        let mut third = v["parties"][0].clone();
        for (field, value) in [("name", "Gulf Forum"), ("text", "the Gulf Forum"), ("country", "IGO"), ("type", "organization")] {
            third[field] = value.into();
        }
        v["parties"].as_array_mut().expect("parties").push(third);
    });
    records.push(visit);
    let page = written(&brief(&records, &scope("JPN", "SAU"), &names(), 0), "md");
    assert!(page.contains("Visit, postponed 2 May 2031, which was set for 9 May 2031"), "{page}");
    assert!(page.contains("with the Gulf Forum (IGO)"), "{page}");
}
