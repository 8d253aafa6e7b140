use super::*;
use crate::{Files, Overlay};
use std::path::PathBuf;
use std::sync::OnceLock;

fn files() -> Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    let read =
        || Files::read(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("the knowledge of this repository");
    FILES.get_or_init(read).clone()
}

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::of(&files()).expect("reads"))
}

/// What `persons.tsv` gets of a CSV text, and what the queue: `name|office|from|to|why`.
fn planned(rows: &str) -> (Vec<String>, Vec<String>, usize) {
    let gathered = csv(knowledge(), "new.csv", &format!("name,country,office,title,from,to,asof\n{rows}"), None).expect("well formed");
    assert!(gathered.refused.is_empty(), "{:?}", gathered.refused);
    let plan = plan(knowledge(), &gathered.claims, false);
    let shown = |p: &Proposal| format!("{}|{}|{}|{}|{}", p.cells[0], p.cells[3], p.cells[5], p.cells[6], p.why);
    (plan.accepted.iter().map(shown).collect(), plan.review.iter().map(shown).collect(), plan.known)
}

#[test]
fn titles_are_offices_only_when_they_say_nothing_else() {
    let cases = [
        ("Minister of Foreign Affairs of Japan", Some(("FM", Some("JPN"), true))),
        ("Prime Minister of Norway", Some(("HOG", Some("NOR"), true))),
        ("President of the French Republic", Some(("HOS", Some("FRA"), true))),
        ("Federal Minister of Defence", Some(("DEF", None, true))),
        ("Minister of Foreign Affairs and Overseas Development", Some(("FM", None, true))),
        ("United States Secretary of State", Some(("FM", Some("USA"), true))),
        ("President of the Supreme Court of Norway", Some(("CJ", Some("NOR"), true))),
        ("President of the Nordic Council of Norway", Some(("HOS", Some("NOR"), false))),
        ("Prime Minister and Minister of Defence", Some(("HOG", None, false))),
        ("member of the 5th Parliament", None),
        ("ambassador's residence", None),
    ];
    let mut wrong = Vec::new();
    for (title, wanted) in cases {
        let found = post(knowledge(), title);
        let shown = found.as_ref().map(|p| (p.office.as_str(), p.country.as_deref(), p.is_sure));
        let sure = shown.is_some_and(|s| s.2);
        if shown != wanted && (wanted.is_some() || sure) {
            wrong.push(format!("{title}: {shown:?}, not {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_a_new_current_holder_is_accepted_and_ends_the_one_before() {
    let (accepted, review, known) = planned("Marit Haugdal,NOR,HOG,Prime Minister,2026-10-15,,2026-10-20\n");
    assert_eq!(
        accepted,
        [
            "Jonas Gahr Støre|HOG|2021-10-14|2026-10-15|ends when Marit Haugdal begins",
            "Marit Haugdal|HOG|2026-10-15||new holder after Jonas Gahr Støre"
        ]
    );
    assert!(review.is_empty() && known == 0, "{review:?}");
    let (accepted, ..) = planned("Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20\n");
    assert_eq!(accepted, ["Marit Haugdal|HOG|2029-10-15||new holder"], "nobody knows when the one before left");
}

#[test]
fn everything_else_waits_for_a_person_with_the_reason() {
    let cases = [
        ("Marit Haugdal,NOR,HOG,Prime Minister,2029,,2029-10-20", "the start is a year only"),
        ("Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,,", "needs a start and an as-of date"),
        ("Marit Haugdal,NOR,MIN:AGR,Minister of Agriculture,2029-10-15,,2029-10-20", "an office that several hold"),
        ("Marit Haugdal,NOR,HOG,Head of Government of Oslo,2029-10-15,,2029-10-20", "does not say HOG"),
        ("Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20", "the name is one word"),
        ("Marit (Mimi) Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20", "has signs"),
        ("Marit Haugdal,GRL,HOG,Prime Minister,2029-10-15,,2029-10-20", "a dependency"),
        ("Marit Haugdal,NOR,HOG,Prime Minister,2015-10-15,,2029-10-20", "began later"),
        ("Marit Haugdal,NOR,HOG,Prime Minister,2025-05-15,,2029-10-20", "was in office until 2025-10"),
        ("Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,2030-01-01,", "a past tenure that the tables do not have"),
        ("Fumio Kishida,JPN,HOG,Prime Minister,2021-10-04,2024-12-24,", "ends 2024-12-24 here, 2024-10-01 in the tables (persons.tsv:"),
        ("Fumio Kishida,JPN,HOG,Prime Minister,2021-10-04,,2026-10", "open here, ended 2024-10-01"),
        ("Jonas Gahr Støre,NOR,HOG,Prime Minister,2021-10-14,2027-01-02,", "ended 2027-01-02; open in the tables"),
        ("Jonas Gahr Støre,NOR,HOG,Prime Minister,2021-10-14,,2027-01-02", "seen in office again; last seen 2025-10"),
        ("Marit Haugdal,NOR,HOG,Prime Minister of Sweden,2029-10-15,,2029-10-20", "does not say HOG of NOR"),
        ("Marit Haugdal,NOR,HOG,Prime Minister-designate,2029-10-15,,2029-10-20", "does not say HOG of NOR"),
        ("Saudi Arabia,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20", "the name is that of something else"),
        ("Foreign Minister,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20", "the name is that of something else"),
        ("Fumio Kishida,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20", "persons.tsv has another Fumio Kishida (JPN)"),
    ];
    let mut wrong = Vec::new();
    for (row, wanted) in cases {
        let (accepted, review, _) = planned(&format!("{row}\n"));
        if !accepted.is_empty() || review.len() != 1 || !review[0].contains(wanted) {
            wrong.push(format!("{row}: accepted {accepted:?}, review {review:?}, not {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let two = "Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20\nSiv Kvamme,NOR,HOG,Prime Minister,2029-10-16,,2029-10-20\n";
    let (accepted, review, _) = planned(two);
    assert!(accepted.is_empty() && review.len() == 2 && review[0].contains("2 in this office at once"), "{accepted:?} {review:?}");
    let stale =
        "Marit Haugdal,NOR,HOG,Prime Minister,2028-10-15,,2028-10-20\nSiv Kvamme,NOR,FIN,Minister of Finance,2029-10-15,,2029-10-20\n";
    let (accepted, review, _) = planned(stale);
    assert!(accepted.len() == 1 && review.len() == 1 && review[0].contains("last seen 2028-10-20, long before"), "{accepted:?} {review:?}");
    for (other, wanted) in [
        ("Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,2029-10-18,", "has Marit Haugdal in this office until 2029-10-18 (new.csv:3)"),
        ("Siv Kvamme,NOR,HOG,Prime Minister,2029-10-17,2029-10-18,", "has Siv Kvamme in this office until"),
        ("Siv Kvamme,NOR,HOG,Prime Minister,2028-10-17,2030-01-01,", "has Siv Kvamme in this office until"),
        ("Marit Haugdal,NOR,HOG,Prime Minister,2029-05-15,,2029-10-20", "2 in this office at once: Marit Haugdal, Marit Haugdal"),
    ] {
        let (accepted, review, _) = planned(&format!("Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20\n{other}\n"));
        assert!(accepted.is_empty() && review.iter().any(|r| r.contains(wanted)), "{other}: {accepted:?} {review:?}");
    }
    let twice = "Marit Haugdal,NOR,HOG,Prime Minister,2029-10-15,,2029-10-20\nM. Haugdal,NOR,HOG,Prime Minister,2029-10-16,,2029-10-21\n";
    assert_eq!(planned(twice).0.len(), 1, "two spellings of one person are one row");
    assert_eq!(planned("Fumio Kishida,JPN,HOG,Prime Minister,2021-10,2024-10,\n").2, 1, "what is known is counted");
}

#[test]
fn a_new_holder_brings_only_the_names_that_are_spellings_of_his() {
    let text = "name,aliases,country,office,from,asof\nMarit Haugdal,Marit A. Haugdal|The Prime Minister|Iron Fist,NOR,HOG,2029-10-15,2029-10-20\n";
    let claims = csv(knowledge(), "new.csv", text, None).expect("a table").claims;
    let accepted = plan(knowledge(), &claims, false).accepted;
    assert_eq!(accepted.last().map(|p| p.cells[1].as_str()), Some("Marit A. Haugdal"), "{accepted:?}");
    let (id, office, title) = (Some("Q467948".to_owned()), "FIN".to_owned(), "Minister of Finance".to_owned());
    let stranger = Claim { id, office, title, aliases: Vec::new(), ..claims[0].clone() };
    let review = plan(knowledge(), &[stranger], false).review;
    assert_eq!(review.first().map(|p| p.why.as_str()), Some("has the id of Jonas Gahr Støre, under another name"), "{review:?}");
}

#[test]
fn csv_takes_names_of_countries_and_titles_and_says_what_it_cannot_read() {
    let text = "Name;Office;Country;From\nMarit Haugdal;foreign minister;Norway;2029-10-15\nX Y;foreign minister;Narnia;2029\n\
                X Y;cook;NOR;2029\nX Y;FM;NO;yesterday\n;FM;NO;2029\n";
    let gathered = csv(knowledge(), "new.csv", text, Some("2029-10-20")).expect("a header that is known");
    let [claim] = gathered.claims.as_slice() else { panic!("{gathered:?}") };
    assert_eq!(
        (claim.country.as_str(), claim.office.as_str(), claim.asof.as_str(), claim.place.as_str()),
        ("NOR", "FM", "2029-10-20", "new.csv:2")
    );
    let wanted = ["new.csv:3: country \"Narnia\"", "new.csv:4: office \"cook\"", "new.csv:5: from \"yesterday\"", "new.csv:6: no name"];
    assert!(gathered.refused.len() == 4 && gathered.refused.iter().zip(wanted).all(|(r, w)| r.starts_with(w)), "{:?}", gathered.refused);
    for (text, wanted) in [("a,b\n1,2\n", "new.csv:1: no column \"name\""), ("", "no column")] {
        let error = csv(knowledge(), "new.csv", text, None).expect_err(text).to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn csv_refuses_rows_that_no_table_could_hold_and_takes_the_rest() {
    let columns = "name,country,office,from,to,asof\n";
    let text = format!(
        "{columns}-Ann Lee,NOR,FM,2029,,\n{},NOR,FM,2029,,\nAnn Lee,NOR,FM,2030,2029,\nAnn Lee,NOR,FM,2029-02-30,,\nAnn Lee,NOR\n\
         Marit Haugdal,NOR,HOG,2029-10-15T00:00:00,,2029-10-20\n",
        "a".repeat(1000)
    );
    let gathered = csv(knowledge(), "odd.csv", &text, None).expect("a table");
    let reasons = ["a name cannot begin with", "no name is so long", "ends 2029 before it begins 2030", "is not a date", "2 cells where"];
    assert!(gathered.refused.len() == 5 && gathered.refused.iter().zip(reasons).all(|(r, why)| r.contains(why)), "{:?}", gathered.refused);
    let [claim] = gathered.claims.as_slice() else { panic!("{gathered:?}") };
    assert_eq!(
        (claim.title.as_str(), claim.from.as_str()),
        ("Prime Minister", "2029-10-15"),
        "the title is what the tables call the office"
    );
}

#[test]
fn tenures_that_differ_in_their_end_or_whose_person_has_no_id_stay_apart() {
    let row = |person: &str, label: &str, end: &str| {
        let value = |value: &str| serde_json::json!({"type": "literal", "value": value});
        let mut row = serde_json::json!({"person": value(person), "personLabel": value(label), "positionLabel": value("Minister of Finance"), "iso3": value("NOR")});
        if !end.is_empty() {
            row["end"] = value(end);
        }
        row
    };
    let rows = [
        row("Q1", "Marit Haugdal", "2001-10-15"),
        row("Q1", "Marit Haugdal", "2009-10-15"),
        row("x", "Ann Lee", ""),
        row("y", "Bo Ray", ""),
    ];
    let text = serde_json::json!({"head": {"vars": ["person", "personLabel", "positionLabel", "iso3"]}, "results": {"bindings": rows}})
        .to_string();
    let gathered = sparql(knowledge(), "q.json", &text, "2029-11-01").expect("results");
    assert_eq!(gathered.claims.len(), 4, "{gathered:?}");
}

#[test]
fn sparql_results_are_joined_and_what_is_no_fact_is_left_out() {
    let row = |person: &str, label: &str, more: &str| {
        format!(
            r#"{{"person":{{"type":"uri","value":"http://www.wikidata.org/entity/{person}"}},"personLabel":{{"type":"literal","value":"{label}"}},
            "positionLabel":{{"type":"literal","value":"Minister of Foreign Affairs"}},"iso3":{{"type":"literal","value":"NOR"}}{more}}}"#
        )
    };
    let start = r#","start":{"type":"literal","value":"2029-10-15T00:00:00Z"},"startPrecision":{"type":"literal","value":"11"}"#;
    let rows = [
        row("Q1", "Marit Haugdal", &format!(r#"{start},"aliases":{{"type":"literal","value":"M. Haugdal|Haugdal"}}"#)),
        row("Q1", "Marit Haugdal", &format!(r#"{start},"aliases":{{"type":"literal","value":"Marit A. Haugdal"}}"#)),
        row("Q2", "Q2", start),
        row("Q3", "Siv Kvamme", r#","end":{"type":"bnode","value":"t1"}"#),
    ];
    let text = format!(
        r#"{{"head":{{"vars":["person","personLabel","position","positionLabel","iso3","start","end","aliases"]}},"results":{{"bindings":[{}]}}}}"#,
        rows.join(",")
    );
    let gathered = sparql(knowledge(), "q.json", &text, "2029-11-01").expect("results");
    let [claim] = gathered.claims.as_slice() else { panic!("{gathered:?}") };
    assert_eq!((claim.from.as_str(), claim.office.as_str(), claim.id.as_deref()), ("2029-10-15", "FM", Some("Q1")));
    assert_eq!(claim.aliases, ["M. Haugdal", "Marit A. Haugdal"]);
    assert_eq!(gathered.skipped.values().sum::<usize>(), 2, "{:?}", gathered.skipped);
    for (text, wanted) in
        [("<html>", "not the JSON of SPARQL results"), (r#"{"head":{"vars":["x"]},"results":{"bindings":[]}}"#, "no variable ?person")]
    {
        let error = sparql(knowledge(), "q.json", text, "2029").expect_err(text).to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn a_dump_is_read_line_by_line_whatever_the_order() {
    let held = |position: &str, rank: &str, more: &str| {
        format!(
            r#"{{"rank":"{rank}","mainsnak":{{"datavalue":{{"value":{{"id":"{position}"}}}}}},"qualifiers":{{"P580":[{{"snaktype":"value","datavalue":{{"value":{{"time":"+2029-10-00T00:00:00Z","precision":10}}}}}}]{more}}}}}"#
        )
    };
    let unknown_end = r#","P582":[{"snaktype":"somevalue"}]"#;
    let no_end = r#","P582":[{"snaktype":"novalue"}]"#;
    let person = format!(
        r#"{{"id":"Q1","labels":{{"en":{{"value":"Marit Haugdal"}}}},"aliases":{{"en":[{{"value":"M. Haugdal"}}]}},"claims":{{"P39":[{},{},{},{}]}}}},"#,
        held("Q9", "normal", no_end),
        held("Q9", "deprecated", ""),
        held("Q9", "normal", unknown_end),
        held("Q8", "normal", "")
    );
    let position = r#"{"id":"Q9","labels":{"en":{"value":"Minister of Foreign Affairs of Norway"}},"claims":{"P1001":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q20"}}}}]}},"#;
    let text = format!("[\n{person}\n{{\"id\":\"Q7\",\"claims\":{{}}}},\n{position}\n]\n");
    let gathered = dump(knowledge(), "dump.json", text.as_bytes(), "2029-11-01").expect("a dump");
    let [claim] = gathered.claims.as_slice() else { panic!("{gathered:?}") };
    assert_eq!((claim.country.as_str(), claim.office.as_str(), claim.from.as_str(), claim.to.as_str()), ("NOR", "FM", "2029-10", ""));
    assert_eq!(claim.place, "dump.json:2");
    assert_eq!(gathered.skipped.values().sum::<usize>(), 2, "{:?}", gathered.skipped);
    let error = dump(knowledge(), "dump.json", "[\n{\"P39\"\n".as_bytes(), "2029").expect_err("cut").to_string();
    assert!(error.starts_with("dump.json:2: not an entity"), "{error}");
}

#[test]
fn towns_that_the_gazetteer_lacks_are_proposed_with_their_division() {
    let town = |name: &str, lat: &str, iso2: &str, population: &str| {
        format!("1\t{name}\t{name}\t\t{lat}\t10.75\tP\tPPL\t{iso2}\t\t12\t\t\t\t{population}\t\t5\tEurope/Oslo\t2026-01-01\n")
    };
    let text = [
        town("Oslo", "59.91", "NO", "700000"),
        town("Nyby Nord", "60.5", "NO", "16000"),
        town("Småby", "60.5", "NO", "800"),
        town("Nowhere", "60.5", "QQ", "80000"),
        town("Far Out", "160.5", "NO", "80000"),
    ]
    .concat();
    let files = [("no.txt".to_owned(), text.as_bytes()), ("admin1.txt".to_owned(), "NO.12\tOslo County\tOslo County\t1\n".as_bytes())];
    let gathered = geonames(knowledge(), files).expect("reads");
    assert_eq!(gathered.known, 1);
    let [row] = gathered.proposals.as_slice() else { panic!("{gathered:?}") };
    assert_eq!(row.cells, ["Nyby Nord", "", "NOR", "Oslo County", "60.5000", "10.7500", "16000"]);
    assert_eq!(gathered.refused.len(), 2, "{:?}", gathered.refused);
    let error = geonames(knowledge(), [("x.csv".to_owned(), "a,b\n".as_bytes())]).expect_err("no tabs").to_string();
    assert!(error.starts_with("x.csv:1: 1 columns"), "{error}");
}

#[test]
fn actor_dictionaries_give_people_with_roles_and_bodies() {
    let text = "JAPAN_ [JPN]\nOLA_NORDFJELL_\n+NORDFJELL_OLA_\n\t[NORMIL 19990101-20040301]\n\t[NORGOV >20040301]\n\
                PER_LUND_ [NORMIL]\n\t[NORGOV]\n\t[NOR >19900101]\n(NEW)_PEOPLES_FRONT_OF_NORDLAND_ [NORREB]\nFISHERIES_COMMISSION_OF_THE_DEEP_ [IGOUNO]\nTALLEST_PEAK_ [NOR]\nSOMEONE_ [---]\n--_ [NORGOV]\n";
    let gathered = phoenix(knowledge(), "x.txt", text.as_bytes(), "2014").expect("entries");
    let shown: Vec<String> = gathered.proposals.iter().map(|p| format!("{}: {}", p.table, p.cells.join("|"))).collect();
    assert_eq!(
        shown,
        [
            "persons.tsv: Ola Nordfjell|Nordfjell Ola|NOR|PRIVATE|military officer|1999-01-01|2004-03-01||phoenix",
            "persons.tsv: Ola Nordfjell|Nordfjell Ola|NOR|PRIVATE|government official|2004-03-01||2014|phoenix",
            "persons.tsv: Per Lund||NOR|PRIVATE|military officer|||2014|phoenix",
            "organisations.tsv: NEW-PEOPLES-FRONT-OF-NORDLAND|(New) Peoples Front of Nordland||NOR|REB|armed||phoenix|2014",
            "organisations.tsv: FISHERIES-COMMISSION-OF-THE-DEEP|Fisheries Commission of the Deep||UNO||igo||phoenix|2014",
        ]
    );
    assert_eq!((gathered.known, gathered.skipped.values().sum::<usize>()), (1, 5), "{gathered:?}");
    let rows = |table: &str| gathered.proposals.iter().filter(|p| p.table == table).map(|p| p.cells.join("\t") + "\n").collect::<String>();
    let table = |name: &str| format!("{}\n{}", files().text(name).lines().next().unwrap_or_default(), rows(name));
    let overlay = Overlay::of("mine", &[("persons.tsv", &table("persons.tsv")), ("organisations.tsv", &table("organisations.tsv"))]);
    let k = Knowledge::of(&files().with_overlay(&overlay).expect("rows of the tables")).expect("reads");
    assert!(k.check().is_empty(), "{:?}", k.check());
    let who = k.resolve("Ola Nordfjell", None, &crate::LinkContext { date: Some("2000-01-01"), ..Default::default() });
    assert_eq!(who.and_then(|w| w.sector).as_deref(), Some("MIL"));
    assert!(phoenix(knowledge(), "x.txt", "".as_bytes(), "2014").is_err());
}

#[test]
fn the_queue_keeps_decisions_and_does_not_ask_twice() {
    let row = |why: &str| Proposal {
        table: "persons.tsv".to_owned(),
        cells: ["Ann Lee", "", "JPN", "FM", "Minister", "2020-01-01", "", why, "me"].map(str::to_owned).to_vec(),
        why: why.to_owned(),
        quote: "“…”".to_owned(),
    };
    let mut queue = Queue::default();
    assert_eq!((queue.add(&[row("2026")]), queue.add(&[row("2027")]), queue.waiting()), (1, 0, 1));
    assert_eq!(queue.entries[0].proposal.why, "2027", "the newer proposal of a row stands");
    assert_eq!(Queue::parse("review.tsv", &queue.text()).expect("its own text").text(), queue.text());
    let refused = Queue::parse("review.tsv", &queue.text().replacen("\n\t", "\nn\t", 1)).expect("marked");
    let mut again = refused.clone();
    assert_eq!((again.add(&[row("2028")]), again.waiting()), (0, 0));
    assert_eq!(again, refused);
    let mut ended = row("");
    ended.cells[6] = "2028-01-01".to_owned();
    assert_eq!((again.add(&[ended.clone()]), again.waiting()), (1, 1), "who refused a row has not refused its end");
    let mut later = ended.clone();
    later.cells[6] = "2028-02-01".to_owned();
    let mut both = Queue::default();
    assert_eq!(both.add(&[ended.clone(), later.clone(), ended.clone()]), 2, "what comes together stays apart");
    assert_eq!((both.add(&[ended, later]), both.entries.len()), (0, 2), "and comes again as it was");
    let mut accepted = Queue::parse("review.tsv", &queue.text().replacen("\n\t", "\ny\t", 1)).expect("marked");
    let rows = accepted.take_accepted();
    assert_eq!((rows[0].proposal.cells[0].as_str(), rows[0].line), ("Ann Lee", 2));
    assert!(accepted.entries.is_empty());
    for (line, wanted) in [
        ("x\tpersons.tsv\tw\tq\tAnn", "review.tsv:1: \"x\""),
        ("y\tpersons", "not a line of a review queue"),
        ("y\tno.tsv\tw\tq\tAnn", "is no table"),
    ] {
        let error = Queue::parse("review.tsv", line).expect_err(line).to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn a_loss_of_rows_or_tenures_is_named() {
    let before = files();
    let text = before.text("persons.tsv");
    let fewer: String = text.lines().filter(|l| !l.starts_with("Jonas Gahr Støre\t\tNOR")).map(|l| format!("{l}\n")).collect();
    let fewer = fewer.lines().filter(|l| !l.starts_with("Jonas Gahr St")).map(|l| format!("{l}\n")).collect::<String>();
    let after = before.clone().with("persons.tsv", fewer);
    let k = Knowledge::of(&after).expect("reads");
    let found = lost((&before, knowledge()), (&after, &k));
    assert!(found.iter().any(|l| l.starts_with("persons.tsv would have ")), "{found:?}");
    assert!(lost((&before, knowledge()), (&before, knowledge())).is_empty());
}
