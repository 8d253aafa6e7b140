use super::super::{
    reconcile,
    tests::{KNOWLEDGE, article, entry, events, items, record, report},
};
use super::*;
use chancery_record::{LedgerKind, Status};

const TEXT: &str = "Norway attacked the plan of Mozambique on Monday. Norway pledged forty million kroner to Mozambique for the harbour.";

/// Three articles on two countries: an attack that is none, a pledge told by two outlets, and entries of two matters.
fn story() -> Vec<Record> {
    let mut all = Vec::new();
    for (n, (id, date)) in [("a", "2031-05-07"), ("b", "2031-05-08"), ("c", "2031-06-20")].iter().enumerate() {
        all.extend(article(id, &format!("Outlet {n}"), date, &format!("{TEXT} Told by {id}.")));
    }
    all.push(report("a", 7, ("ASSAULT", "NOR", "MOZ"), "occurred", "attacked the plan"));
    all.push(report("a", 57, ("AGREE", "NOR", "MOZ"), "occurred", "pledged forty million kroner for the harbour"));
    all.push(report("b", 57, ("AGREE", "NOR", "MOZ"), "occurred", "pledged forty million kroner for the harbour"));
    all.push(report("c", 57, ("AGREE", "NOR", "MOZ"), "occurred", "promised nurses and doctors"));
    all.push(entry("a", 57, "commitment", ["NOR", "MOZ"], Some("made"), "pledged forty million kroner for the harbour"));
    all.push(entry("c", 57, "commitment", ["NOR", "MOZ"], Some("made"), "promised nurses and doctors"));
    all
}

/// The next line of a verdicts file.
fn verdict(n: usize, act: VerdictAct, of: &[Record], ids: &[&str], correction: Option<(&str, &str)>) -> Record {
    let ids: Vec<String> = ids.iter().map(|i| (*i).to_owned()).collect();
    let of = judged(of, &ids).expect("the ids are there");
    let (field, value) = correction.map(|(f, v)| (Some(f.to_owned()), Some(v.to_owned()))).unwrap_or_default();
    let (by, on) = ("M. Abe".to_owned(), format!("2031-07-{n:02}"));
    Record::Verdict(Verdict {
        id: format!("vd_{n}"),
        act,
        ids,
        of,
        field,
        value,
        by,
        on,
        note: None,
        applied: Vec::new(),
        lapsed: Vec::new(),
    })
}

fn verdicts(records: &[Record]) -> Vec<&Verdict> {
    records.iter().filter_map(|r| if let Record::Verdict(v) = r { Some(v) } else { None }).collect()
}

fn with(records: &[Record], more: &[Record]) -> Vec<Record> {
    reconcile([records, more].concat(), &KNOWLEDGE, crate::reconcile::Strictness::Normal)
}

/// The same story after a rerun: other page bytes, other ids, text moved by a line in front.
fn rerun(records: Vec<Record>) -> Vec<Record> {
    let move_on = |text: String| {
        let mut value: Value = serde_json::from_str(&text).expect("JSON");
        moved(&mut value, 10);
        record(value)
    };
    records.into_iter().map(|r| move_on(serde_json::to_string(&r).expect("JSON"))).collect()
}

fn moved(value: &mut Value, by: u64) {
    match value {
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match (name.as_str(), &value) {
                    ("start" | "end" | "byte_start" | "byte_end", Value::Number(n)) => *value = (n.as_u64().unwrap_or(0) + by).into(),
                    ("id" | "article_id" | "page_id" | "sha256", Value::String(id)) => *value = format!("{id}_new").into(),
                    ("text", Value::String(text)) if text.contains("Told by") => *value = format!("An advert\n{text}").into(),
                    _ => moved(value, by),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|v| moved(v, by)),
        _ => {}
    }
}

#[test]
fn a_rejected_record_is_left_out_and_its_event_is_made_anew() {
    let all = with(&story(), &[]);
    assert_eq!(events(&all).len(), 3);
    let no = verdict(1, VerdictAct::Reject, &all, &["er_a_57"], None);
    let found = with(&story(), std::slice::from_ref(&no));
    assert!(!found.iter().any(|r| r.id() == "er_a_57"));
    assert!(events(&found).iter().any(|e| e.reports == ["er_b_57"]), "the other outlet still tells it");
    assert_eq!(verdicts(&found)[0].applied, [Applied { id: "er_a_57".to_owned(), was: Value::Null }]);
    let event = events(&all).iter().find(|e| e.reports.len() == 2).expect("two outlets tell it").id.clone();
    let none = with(&story(), &[verdict(1, VerdictAct::Reject, &all, &[&event], None)]);
    assert_eq!((events(&none).len(), verdicts(&none)[0].applied.len()), (2, 2), "of an event all its reports");
}

#[test]
fn verdicts_survive_a_rerun_that_changed_every_id() {
    let all = with(&story(), &[]);
    let lines = [
        verdict(1, VerdictAct::Reject, &all, &["er_a_7"], None),
        verdict(2, VerdictAct::Correct, &all, &["er_c_57"], Some(("status", "planned"))),
        verdict(3, VerdictAct::Accept, &all, &["le_a_57"], None),
    ];
    let found = with(&rerun(story()), &lines);
    assert!(!found.iter().any(|r| r.id() == "er_a_7_new"));
    let planned = |r: &Record| matches!(r, Record::EventReport(e) if e.id == "er_c_57_new" && e.status == Status::Planned);
    assert!(found.iter().any(planned));
    let applied: Vec<&str> = verdicts(&found).iter().flat_map(|v| v.applied.iter().map(|a| a.id.as_str())).collect();
    assert_eq!(applied, ["er_a_7_new", "er_c_57_new", "le_a_57_new"]);
    assert!(verdicts(&found).iter().all(|v| v.lapsed.is_empty()));
}

#[test]
fn a_sentence_that_got_a_dateline_is_the_same() {
    let all = with(&story(), &[]);
    let mut line = verdict(1, VerdictAct::Reject, &all, &["er_a_7"], None);
    if let Record::Verdict(v) = &mut line {
        v.of[0].sentence = v.of[0].sentence.take().map(|s| format!("OSLO - {s}"));
    }
    assert!(!with(&rerun(story()), std::slice::from_ref(&line)).iter().any(|r| r.id() == "er_a_7_new"));
    if let Record::Verdict(v) = &mut line {
        v.of[0].sentence = Some("Quite another one attacked it.".to_owned());
    }
    assert!(with(&rerun(story()), &[line]).iter().any(|r| r.id() == "er_a_7_new"));
}

#[test]
fn a_verdict_on_one_claim_says_nothing_of_another() {
    let all = with(&story(), &[]);
    let lines = [verdict(1, VerdictAct::Reject, &all, &["er_a_7"], None), verdict(2, VerdictAct::Accept, &all, &["er_a_57"], None)];
    let mut changed = story();
    changed.retain(|r| !["er_a_7", "er_a_57"].contains(&r.id()));
    changed.push(report("a", 7, ("CONSULT", "NOR", "MOZ"), "occurred", "attacked the plan"));
    changed.push(report("a", 57, ("AGREE", "NOR", "ZMB"), "occurred", "pledged forty million kroner for the harbour"));
    let found = with(&changed, &lines);
    assert!(found.iter().any(|r| r.id() == "er_a_7"), "a consultation was not rejected");
    let lapsed: Vec<&str> = verdicts(&found).iter().flat_map(|v| v.lapsed.iter().map(|l| l.reason.as_str())).collect();
    assert_eq!(lapsed.len(), 2);
    assert!(lapsed[0].contains("CONSULT occurred NOR -> MOZ") && lapsed[1].contains("NOR -> ZMB"), "{lapsed:?}");
    changed.retain(|r| r.id() != "er_a_7");
    let gone = with(&changed, &lines[..1]);
    assert_eq!(verdicts(&gone)[0].lapsed[0].reason, "nothing is coded at \"attacked\" any more");
    let elsewhere = with(&article("z", "Other", "2031-01-01", "Nothing here."), &lines[..1]);
    assert_eq!(verdicts(&elsewhere)[0].lapsed[0].reason, Lapse::ABSENT);
}

#[test]
fn the_last_verdict_on_a_record_counts() {
    let all = with(&story(), &[]);
    let no = verdict(1, VerdictAct::Reject, &all, &["er_a_7"], None);
    let yes = verdict(2, VerdictAct::Accept, &all, &["er_a_7"], None);
    let found = with(&story(), &[yes.clone(), no]);
    assert!(found.iter().any(|r| r.id() == "er_a_7"));
    let applied: Vec<(VerdictAct, usize)> = verdicts(&found).iter().map(|v| (v.act, v.applied.len())).collect();
    assert_eq!(applied, [(VerdictAct::Reject, 0), (VerdictAct::Accept, 1)], "by day, whatever the order of the lines");
    assert!(verdicts(&found)[0].lapsed.is_empty(), "overruled is not lapsed");
}

#[test]
fn a_judged_result_reconciled_again_is_the_same() {
    let all = with(&story(), &[]);
    let pledge = events(&all).iter().find(|e| e.reports.len() == 2).expect("two outlets tell it").id.clone();
    let lines = [
        verdict(1, VerdictAct::Accept, &all, &["er_a_7"], None),
        verdict(2, VerdictAct::Reject, &all, &["er_a_7"], None),
        verdict(3, VerdictAct::Correct, &all, &["er_c_57"], Some(("actors.0.country", "SWE"))),
        verdict(4, VerdictAct::Accept, &all, &["er_c_57"], None),
        verdict(5, VerdictAct::Split, &all, &[&pledge], None),
    ];
    let once = with(&story(), &lines[..3]);
    assert!(with(&once, &[]) == once);
    let once = with(&story(), &lines);
    assert_eq!(events(&once).len(), 3, "the attack is gone, the pledge parted");
    let twice = with(&once, &[]);
    assert!(twice == once, "{:#?}", verdicts(&twice));
    assert!(with(&once, &story()) == once, "and with the coded records beside it");
}

#[test]
fn events_and_items_are_merged_and_split() {
    let all = with(&story(), &[]);
    assert_eq!(items(&all).len(), 2);
    let ids: Vec<&str> = items(&all).iter().map(|i| i.id.as_str()).collect();
    let one = with(&story(), &[verdict(1, VerdictAct::Merge, &all, &ids, None)]);
    assert_eq!(items(&one).len(), 1);
    assert_eq!(items(&one)[0].entries, ["le_a_57", "le_c_57"]);
    assert_eq!(verdicts(&one)[0].applied[0].id, items(&one)[0].id);
    // what is new and tied to one of them follows
    let mut more = story();
    more.extend(article("d", "Outlet 9", "2031-06-01", "More."));
    more.push(entry("d", 5, "commitment", ["NOR", "MOZ"], Some("reaffirmed"), "stood by the kroner for the harbour"));
    assert_eq!(items(&with(&more, &[verdict(1, VerdictAct::Merge, &all, &ids, None)]))[0].entries.len(), 3);
    let split = [verdict(1, VerdictAct::Merge, &all, &ids, None), verdict(2, VerdictAct::Split, &all, &["le_c_57"], None)];
    assert_eq!(items(&with(&story(), &split)).len(), 2, "a later split undoes a merge");
    let apart = with(&story(), &[verdict(1, VerdictAct::Split, &all, &["er_b_57"], None)]);
    assert_eq!(events(&apart).len(), 4);
}

#[test]
fn corrections_carry_what_follows_from_them() {
    let all = with(&story(), &[]);
    let set = |id: &str, field: &str, value: Option<&str>| {
        let mut record = one(&all, id).expect("it is there").clone();
        let was = correct::correct(&mut record, field, value, &KNOWLEDGE);
        was.map(|w| (w, record))
    };
    let (was, Record::EventReport(r)) = set("er_a_7", "event_type", Some("CONSULT")).expect("a type") else { panic!("a report") };
    assert_eq!((was, r.quad, r.cameo.as_deref()), ("ASSAULT".into(), 1, Some("040")));
    let (_, Record::LedgerEntry(e)) = set("le_a_57", "parties.1.country", Some("ZMB")).expect("a country") else { panic!("an entry") };
    assert_eq!(e.keys, ["NOR-ZMB"]);
    assert_eq!(e.parties[1].rule.as_deref(), Some("verdict"));
    let (_, Record::LedgerEntry(e)) = set("le_a_57", "parties.1", None).expect("a party") else { panic!("an entry") };
    assert_eq!((e.parties.len(), e.keys), (1, vec!["NOR".to_owned()]));
    let (_, Record::LedgerEntry(e)) = set("le_a_57", "kind", Some("visit")).expect("a kind") else { panic!("an entry") };
    assert_eq!((e.kind, e.status), (LedgerKind::Visit, None), "made is no status of a visit");
    let (_, Record::EventReport(r)) = set("er_a_7", "date", Some("2031-05")).expect("a date") else { panic!("a report") };
    assert_eq!(r.date.and_then(|d| d.end).as_deref(), Some("2031-05-31"));
    let wrong = [
        ("er_a_7", "evidence.0.quote", Some("x"), "has no field"),
        ("er_a_7", "title", Some("x"), "has no field"),
        ("er_a_7", "actors.0.text", Some("x"), "has no field"),
        ("er_a_7", "actors.4.country", Some("SWE"), "has no actors.4.country"),
        ("er_a_7", "actors.0.country", Some("XYZ"), "no country code"),
        ("er_a_7", "status", Some("done"), "unknown variant"),
        ("er_a_7", "mode", Some("chess"), "no mode of ASSAULT"),
        ("er_a_7", "date", Some("2031-02-30"), "is no date"),
        ("er_a_7", "date", Some("2031-05-09..2031-05-07"), "is no date"),
        ("er_a_7", "event_type", None, "event_type"),
        ("le_a_57", "status", Some("signed"), "no status of this kind (commitment)"),
        ("ev_", "status", Some("signed"), "no field"),
    ];
    for (id, field, value, reason) in wrong {
        let id = if id == "ev_" { events(&all)[0].id.as_str() } else { id };
        let said = set(id, field, value).expect_err(field);
        assert!(said.contains(reason), "{field}: {said}");
    }
}

#[test]
fn ids_that_are_not_there_or_not_clear_are_told() {
    let all = with(&story(), &[]);
    let say = |id: &str| judged(&all, &[id.to_owned()]).expect_err(id);
    assert!(say("er_z").contains("no record"));
    assert!(say("").contains("no record"));
    assert!(say("er_a").contains("begins the ids of er_a_57 and er_a_7"));
    assert!(say("pg_a").contains("is no event, item"));
}

#[test]
fn an_article_is_rejected_with_all_that_was_read_from_it_unless_a_later_verdict_accepts_one() {
    let coded = with(&story(), &[]);
    let report_of = |article: &str, n: usize| {
        let of = coded.iter().filter_map(|r| if let Record::EventReport(e) = r { Some(e) } else { None });
        of.filter(|e| e.article_id == article).nth(n).expect("a report").id.clone()
    };
    let article = coded.iter().find_map(|r| if let Record::Article(a) = r { Some(a.id.clone()) } else { None }).expect("an article");
    let pledge = report_of(&article, 1);
    let lines = [verdict(1, VerdictAct::Reject, &coded, &[&article], None), verdict(2, VerdictAct::Accept, &coded, &[&pledge], None)];
    let judged = with(&coded, &lines);
    let left: Vec<&str> = find::of_article(&judged, &article).into_iter().map(|i| judged[i].id()).collect();
    assert_eq!(left, [pledge.as_str()]);
    assert!(judged.iter().any(|r| r.id() == article), "the article itself stays as a source");
    assert_eq!(verdicts(&judged)[0].applied.len(), 3, "the article, its other report and its entry");
    let again = reconcile(judged.clone(), &KNOWLEDGE, crate::reconcile::Strictness::Normal);
    assert_eq!(again, judged, "joined again it stays judged");
}
