use super::*;
use crate::Overlay;
use std::path::PathBuf;
use std::sync::OnceLock;

fn files() -> Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    let read = || {
        Files::without_gazetteer(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge"))
            .expect("the knowledge of this repository")
    };
    FILES.get_or_init(read).clone()
}

fn text(tables: &[(&str, &str)]) -> String {
    let old = files();
    let new = old.clone().with_overlay(&Overlay::of("mine", tables)).expect("fits");
    diff(&old, &new, None).expect("both read").to_string()
}

#[test]
fn rows_holders_and_forms_of_a_new_government() {
    let persons = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n\
                   Jonas Gahr Støre\tJonas Gahr Store\tNOR\tHOG\tPrime Minister\t2021-10-14\t2029-10-15\t\tme\n\
                   Marit Haugdal\tM. Haugdal\tNOR\tHOG\tPrime Minister\t2029-10-15\t\t2029-10-20\tme\n";
    let countries = "iso3\tsovereign\tname\tnames\tdemonyms\tcapital\tseats\tsource\tasof\n\
                     NOR\t\tNorway\tKingdom of Norway\tNorwegian|Norwegians\tOslo\tSmaragd Hill\thand\t2026-11-23\n";
    let found = text(&[("persons.tsv", persons), ("countries.tsv", countries)]);
    let lines: Vec<&str> = found.lines().collect();
    for wanted in [
        "persons.tsv",
        "  ~ Jonas Gahr Støre  NOR  HOG  2021-10-14; to (empty) -> 2029-10-15; asof 2025-10 -> (empty); source hand:to-verify -> me  [mine/persons.tsv:2]",
        "  + Marit Haugdal  NOR  HOG  2029-10-15; aliases M. Haugdal; title Prime Minister; asof 2029-10-20; source me  [mine/persons.tsv:3]",
        "  ~ NOR; seats +Smaragd Hill  [mine/countries.tsv:2]",
        "  HOG of NOR, 2026-12-06 to 2029-10-14: Jonas Gahr Støre (unverified) -> Jonas Gahr Støre",
        "  HOG of NOR, from 2029-10-15 on: Jonas Gahr Støre -> Marit Haugdal",
        "  “Marit Haugdal”: nobody -> NOR GOV HOG Marit Haugdal (person)",
        "  “Smaragd Hill”: nobody -> NOR GOV Norway (state)",
    ] {
        assert!(lines.contains(&wanted), "{wanted}\nis not in\n{found}");
    }
    assert!(lines.last().is_some_and(|l| l.starts_with("1 rows added, 2 changed, 0 removed; ")), "{found}");
}

#[test]
fn the_same_states_do_not_differ_and_a_moved_row_is_no_change() {
    let old = files();
    assert!(diff(&old, &old, None).expect("reads").is_empty());
    let text = old.text("regions.tsv");
    let (header, rows) = text.split_once('\n').expect("a header");
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let moved = old.clone().with("regions.tsv", format!("{header}\n{}\n", rows.join("\n")));
    assert_eq!(diff(&old, &moved, None).map(|d| d.to_string()).ok().as_deref(), Some("nothing changed\n"));
}

#[test]
fn a_corrected_start_is_one_change_and_scores_of_the_ontology_are_compared() {
    let old = files();
    let persons =
        old.text("persons.tsv").replacen("\tJPN\tHOG\tPrime Minister\t2021-10-04\t", "\tJPN\tHOG\tPrime Minister\t2021-10-05\t", 1);
    let plover = old.text("ontology/plover.toml").replacen("score = ", "score = 1", 1);
    let new = old.clone().with("persons.tsv", persons).with("ontology/plover.toml", plover);
    let found = diff(&old, &new, None).expect("reads");
    let rows: Vec<String> = found.rows.iter().map(ToString::to_string).collect();
    assert!(
        rows.iter().any(|r| r.starts_with("~ Fumio Kishida  JPN  HOG  2021-10-05; from 2021-10-04 -> 2021-10-05  [persons.tsv:")),
        "{rows:?}"
    );
    assert!(rows.iter().any(|r| r.starts_with("~ event.") && r.contains(".score; ")), "{rows:?}");
    assert_eq!(rows.len(), 2, "{rows:?}");
}

#[test]
fn another_gazetteer_is_told_row_by_row() {
    let header = "name\tcountry\tkind\tadmin1\tlat\tlon\tpopulation\tid\n";
    let with = |rows: &str| {
        let mut files = files();
        files.gazetteer = crate::gazetteer::Gazetteer::of("alternate\tcountry\tname\n".to_owned(), format!("{header}{rows}")).into();
        files
    };
    let (old, new) =
        (with("Nyby\tNOR\tp\t\t60.5\t10.7\t300\t7\n"), with("Nyby\tNOR\tp\t\t60.5\t10.7\t400\t7\nOby\tNOR\tp\t\t61\t10\t9\t8\n"));
    let rows: Vec<String> = diff(&old, &new, None).expect("reads").rows.iter().map(ToString::to_string).collect();
    assert_eq!(
        rows,
        [
            "~ Nyby  NOR  p  7; population 300 -> 400  [imported/gazetteer.tsv:2]",
            "+ Oby  NOR  p  8; lat 61; lon 10; population 9  [imported/gazetteer.tsv:3]"
        ]
    );
}
