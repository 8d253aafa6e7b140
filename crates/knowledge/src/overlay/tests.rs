use super::*;
use crate::{Files, Knowledge};
use std::path::PathBuf;
use std::sync::OnceLock;

const HEADER: &str = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n";

fn files() -> Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    let read = || {
        Files::without_gazetteer(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge"))
            .expect("the knowledge of this repository")
    };
    FILES.get_or_init(read).clone()
}

fn persons(path: &str, rows: &str) -> Overlay {
    Overlay::of(path, &[("persons.tsv", &format!("{HEADER}{rows}"))])
}

fn base() -> &'static str {
    "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n\
     # by hand\n\
     Ann Lee\t\tJPN\tFM\tMinister\t2020-01-01\t2021-01-01\t\thand\n\
     Ann Lee\t\tJPN\tHOG\tPrime Minister\t2021-01-01\t\t2026-01\thand\n\
     Bo Ray\t\tUSA\tDEF\tSecretary\t2020\t2022\t\thand\n"
}

fn merged(rows: &str) -> Result<Merged, String> {
    let overlay = persons("mine", rows);
    let origins = Origins { layers: vec![overlay.layer()], ..Origins::default() };
    merge("persons.tsv", base(), &origins, &overlay).map_err(|e| e.to_string())
}

#[test]
fn a_row_is_added_replaced_or_retracted_and_knows_its_line() {
    let text = "Ann Lee\t\tJPN\tHOG\tPrime Minister\t2021-01-01\t2026-10-01\t\tme\n\
                # a remark\n\
                Cy Doe\t\tJPN\tHOG\tPrime Minister\t2026-10-01\t\t2026-11\tme\n\
                -Bo Ray\n\
                Ann Lee\tLee Ann\tJPN\tDEF\tMinister\t2018\t2019\t\tme\n";
    let found = merged(text).expect("well formed");
    let lines: Vec<(&str, usize, usize)> =
        found.text.lines().zip(&found.origins).map(|(l, o)| (&l[..l.len().min(20)], o.layer, o.line)).collect();
    let expected = [
        ("name\taliases\tcountry"[..20].to_owned(), 0, 1),
        ("# by hand".to_owned(), 0, 2),
        ("Ann Lee\t\tJPN\tFM\tMini".to_owned(), 0, 3),
        ("Ann Lee\t\tJPN\tHOG\tPri".to_owned(), 1, 2),
        ("Ann Lee\tLee Ann\tJPN\t"[..20].to_owned(), 1, 6),
        ("Cy Doe\t\tJPN\tHOG\tPrim".to_owned(), 1, 4),
    ];
    let expected: Vec<(&str, usize, usize)> = expected.iter().map(|e| (e.0.as_str(), e.1, e.2)).collect();
    assert_eq!(lines, expected);
    assert!(found.text.contains("2021-01-01\t2026-10-01\t\tme"), "the later row wins:\n{}", found.text);
}

#[test]
fn a_retraction_with_more_cells_takes_less() {
    for (row, left) in [("-Ann Lee", 1), ("- Ann Lee\t\tJPN\tFM", 2), ("-Ann Lee\t\tJPN\tFM\tanything\t2020-01-01\t\t\t", 2)] {
        let rows = merged(&format!("{row}\n")).expect(row).text.lines().skip(1).filter(|l| is_row(l)).count();
        assert_eq!(rows, left, "{row}");
    }
}

#[test]
fn a_retraction_spares_the_rows_of_its_own_folder_whatever_the_order() {
    let row = "Ann Lee\t\tJPN\tHOG\tPrime Minister\t2021-01-01\t2026-10-01\t\tme\n";
    let kept = |rows: &str| {
        merged(rows).expect(rows).text.lines().filter(|l| l.starts_with("Ann Lee")).map(|l| format!("{l}\n")).collect::<String>()
    };
    assert_eq!((kept(&format!("{row}-Ann Lee\n")), kept(&format!("-Ann Lee\n{row}"))), (row.to_owned(), row.to_owned()));
}

#[test]
fn rows_join_a_table_with_columns_of_its_own() {
    let own = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\tnote\nAnn Lee\t\tJPN\tFM\tMinister\t2020\t\t2026\tme\tseen\n";
    let new = ["Ann Lee\t\tJPN\tFM\tMinister\t2020\t2027\t\tx", "Bo Ray\t\tJPN\tFM\tMinister\t2027\t\t2027\tx"];
    let text =
        Overlay::of("mine", &[("persons.tsv", own)]).with_rows("persons.tsv", &format!("{HEADER}{}\n{}\n", new[0], new[1])).expect("fits");
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), [format!("{}\tseen", new[0]), format!("{}\t", new[1])]);
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let cases = [
        ("Cy Doe\t\tJPN\n", "mine/persons.tsv:2: 3 cells where the header has 9"),
        ("Cy Doe  JPN  FM\n", "mine/persons.tsv:2: 1 cells where the header has 9; add or remove tabs, which separate cells, not blanks"),
        ("# x\n\n-Cy Doe\n", "mine/persons.tsv:4: no row of persons.tsv has this key (Cy Doe)"),
        ("-Ann Lee\t\tUSA\n", "the row of that name is: Ann Lee |  | JPN | FM"),
        ("-\n", "mine/persons.tsv:2: `-` must be followed by the key"),
        (
            "C\t\tJPN\tFM\tM\t2020\t\t2026\tme\nC\t\tJPN\tFM\tN\t2020\t\t2026\tme\n",
            "mine/persons.tsv:3: line 2 has the same key (C, JPN, FM, 2020)",
        ),
    ];
    for (rows, wanted) in cases {
        let error = merged(rows).map(|m| m.text).expect_err(rows);
        assert!(error.contains(wanted), "{rows:?}: {error}");
    }
    let overlay = Overlay::of("mine", &[("persons.tsv", "name country\n")]);
    let error = files().with_overlay(&overlay).expect_err("a header of blanks").to_string();
    assert!(error.starts_with("mine/persons.tsv:1: the first line must be the header") && error.contains("separated by tabs"), "{error}");
}

#[test]
fn knowledge_reads_overlays_and_the_later_wins() {
    let row = |name: &str| format!("{name}\t\tJPN\tFM\tMinister for Foreign Affairs\t2027-01-05\t\t2027-01\tme\n");
    let first = persons("a", &row("Ann Example"));
    let second = persons("b", &format!("-Ann Example\n{}", row("Bo Example")));
    let knowledge = Knowledge::of(&files().with_overlay(&first).and_then(|f| f.with_overlay(&second)).expect("both fit")).expect("reads");
    let holder = knowledge.holder("FM", "JPN", "2027-02-01").expect("there is one");
    assert_eq!((holder.name.as_str(), holder.source.as_str()), ("Bo Example", "b/persons.tsv:3"));
    assert!(knowledge.who("Ann Example", None).is_none());
    assert_eq!(knowledge.layers().iter().map(|l| l.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(knowledge.holder("HOG", "JPN", "2023-07-16").map(|h| h.name).as_deref(), Some("Fumio Kishida"), "the rest stays");
}

#[test]
fn a_row_stands_for_the_imported_one_in_whatever_country_the_person_is_listed_first() {
    let knowledge = Knowledge::of(&files()).expect("reads");
    let heads: Vec<String> = knowledge.tenures("Mark Rutte").into_iter().filter(|t| t.office == "HEAD").map(|t| t.source).collect();
    assert!(heads.len() == 1 && heads[0].starts_with("persons.tsv:"), "{heads:?}");
}

#[test]
fn the_fingerprint_covers_overlays() {
    let base = files();
    let changed = base.clone().with_overlay(&persons("a", "Ann Example\t\tJPN\tFM\tM\t2027\t\t2027-01\tme\n")).expect("fits");
    let same = base.clone().with_overlay(&persons("a", "# nothing but a remark\n")).expect("fits");
    assert_ne!(base.fingerprint(), changed.fingerprint());
    assert_eq!(base.fingerprint(), same.fingerprint(), "the same knowledge");
}

#[test]
fn bad_values_and_problems_are_at_home_in_the_overlay() {
    let bad = files().with_overlay(&persons("mine", "Ann Example\t\tJPN\tFM\tM\tyesterday\t\t\tme\n")).expect("the form is right");
    let error = Knowledge::of(&bad).expect_err("no date").to_string();
    assert!(error.starts_with("mine/persons.tsv:2: \"yesterday\" is not a date"), "{error}");
    let wrong = files().with_overlay(&persons("mine", "Ann Example\t\tXXX\tFM\tM\t2027\t2028\t\tme\n")).expect("the form is right");
    let problems = Knowledge::of(&wrong).expect("reads").check();
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.file.as_str(), problem.line), ("mine/persons.tsv", 2));
}

#[test]
fn folders_are_read_with_what_a_text_editor_leaves_in_them() {
    let dir = std::env::temp_dir().join(format!("chancery-overlay-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("imported")).expect("a place for the test");
    let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).expect("can be written");
    let error = |wanted: &str| {
        let found = Overlay::read(&dir).expect_err(wanted).to_string();
        assert!(found.contains(wanted), "{found}");
    };
    error("no table in this folder");
    write("persons.tsv", &format!("\u{feff}{}Ann Example\t\tJPN\tFM\tM\t2027\t\t2027-01\tme\r\n", HEADER.replace('\n', "\r\n")));
    write("README.md", "whose rows these are");
    write("review.tsv", "a queue");
    write(".persons.tsv.swp", "an editor's");
    let overlay = Overlay::read(&dir).expect("byte order mark and line ends of other systems do not matter");
    assert_eq!(overlay.tables().map(|t| t.0).collect::<Vec<_>>(), ["persons.tsv"]);
    assert!(files().with_overlay(&overlay).is_ok());
    for (name, wanted) in
        [("person.tsv", "no table has this name"), ("ontology.toml", "no table has this name"), ("imported/gazetteer.tsv", "in places.tsv")]
    {
        write(name, "x");
        error(wanted);
        std::fs::remove_file(dir.join(name)).expect("can be removed");
    }
    write("SOURCES.toml", "");
    assert!(Files::is_whole(&dir));
    error("whole copy of knowledge/");
    std::fs::remove_dir_all(&dir).expect("can be removed");
    error("no such folder");
}
