use super::*;
use chancery_record::{Event, EvidenceRole, LedgerItem, Quote, Series};
use serde_json::json;
use std::sync::LazyLock;

pub(super) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    Knowledge::load(&folder).expect("the knowledge of this repository loads")
});

pub(super) fn record(value: serde_json::Value) -> Record {
    serde_json::from_value(value).expect("a record")
}

/// The page and article `id` of `outlet`, published on `date`.
pub(super) fn article(id: &str, outlet: &str, date: &str, text: &str) -> Vec<Record> {
    let page = json!({"record": "page", "id": format!("pg_{id}"), "source_id": id, "path": null, "url": null, "sha256": id, "text": text,
        "outcome": "coded", "reason": null, "articles": 1});
    let end = text.chars().count();
    let article = json!({"record": "article", "id": id, "page_id": format!("pg_{id}"), "index": 0, "headline": null, "byline": null,
        "dateline": null, "published": {"date": date, "source": "caller"}, "outlet": outlet, "language": "en", "start": 0, "end": end,
        "body": [{"start": 0, "end": end}], "dropped": [], "duplicate_of": null});
    vec![record(page), record(article)]
}

pub(super) fn actor(country: &str) -> serde_json::Value {
    json!({"name": null, "text": country, "start": 0, "end": 3, "country": country, "sector": "GOV", "sectors": ["GOV"], "id": null,
        "office": null, "type": "state", "from": null})
}

pub(super) fn quote(words: &str, start: usize) -> serde_json::Value {
    let end = start + words.chars().count();
    json!({"role": "predicate", "quote": words, "start": start, "end": end, "byte_start": start, "byte_end": end})
}

/// A report of `article`: type, doer, recipient, status, predicate and title.
pub(super) fn report(article: &str, n: usize, deed: (&str, &str, &str), status: &str, title: &str) -> Record {
    let predicate = title.split(' ').next().unwrap_or_default();
    let (event_type, by, to) = deed;
    record(
        json!({"record": "event_report", "id": format!("er_{article}_{n}"), "article_id": article, "sentence": {"start": n, "end": n + 9},
        "event_type": event_type, "title": title, "mode": null, "contexts": [], "cameo": null, "quad": 1, "goldstein": null,
        "plover_score": null, "actors": [actor(by)], "recipients": [actor(to)], "reciprocal": false, "status": status, "condition": null,
        "said_by": null, "date": null, "place": null, "confidence": 0.9, "evidence": [quote(predicate, n)],
        "why": {"rule": "model", "score": 0.9, "runner_up": []}}),
    )
}

pub(super) fn entry(article: &str, n: usize, kind: &str, parties: [&str; 2], status: Option<&str>, title: &str) -> Record {
    let keys = [format!("{}-{}", parties[0], parties[1])];
    record(
        json!({"record": "ledger_entry", "id": format!("le_{article}_{n}"), "article_id": article, "sentence": {"start": n, "end": n + 9},
        "kind": kind, "title": title, "parties": parties.map(actor), "status": status, "condition": null, "date": null, "reported_by": null,
        "is_background": status.is_none(), "relations": [], "keys": keys, "evidence": [quote(title, n)]}),
    )
}

pub(super) fn events(records: &[Record]) -> Vec<&Event> {
    records.iter().filter_map(|r| if let Record::Event(e) = r { Some(e) } else { None }).collect()
}

pub(super) fn items(records: &[Record]) -> Vec<&LedgerItem> {
    records.iter().filter_map(|r| if let Record::LedgerItem(i) = r { Some(i) } else { None }).collect()
}

const STORY: &str = "The foreign minister of Norway pledged two hundred million kroner for the harbour of Beira on Tuesday and said the first \
    cranes would arrive before the rains. Officials of the port authority thanked the government in Oslo and asked the other donors to follow. \
    The harbour was damaged by a storm in March and has worked at half of its capacity since then, according to the traders of the town.";

/// Twenty copies of a wire story with a few words changed, a correction of it, and three other stories on the same two countries and day.
fn wire_day() -> Vec<Record> {
    let mut all = Vec::new();
    for n in 0..21 {
        let id = format!("copy{n:02}");
        let changed = STORY
            .replace("cranes", ["cranes", "tugs", "barges"][n % 3])
            .replace("on Tuesday", if n % 2 == 0 { "on Tuesday" } else { "Tuesday" });
        let text = if n == 20 { changed.replace("two hundred", "one hundred") } else { changed };
        all.extend(article(&id, &format!("Outlet {n}"), "2031-05-07", &text));
        all.push(report(&id, 3, ("AGREE", "NOR", "MOZ"), "occurred", "pledged two hundred million kroner for the harbour of Beira"));
    }
    let others =
        ["promised scholarships to Mozambican nurses", "agreed to open a consulate in Nampula", "offered patrol boats against pirates"];
    for (n, title) in others.iter().enumerate() {
        let id = format!("other{n}");
        all.extend(article(
            &id,
            "The Courier",
            "2031-05-07",
            &format!("Story {n} about something else entirely, told in words of its own: {title}."),
        ));
        all.push(report(&id, 3, ("AGREE", "NOR", "MOZ"), "occurred", title));
    }
    all
}

#[test]
fn a_copy_adds_an_outlet_and_no_event() {
    let all = reconcile(wire_day(), &KNOWLEDGE, Strictness::Normal);
    let mut sizes: Vec<(usize, usize)> = events(&all).iter().map(|e| (e.reports.len(), e.outlets)).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [(1, 1), (1, 1), (1, 1), (21, 21)]);
    let copies = all.iter().filter(|r| matches!(r, Record::Article(a) if a.duplicate_of.as_deref() == Some("copy00"))).count();
    assert_eq!(copies, 20);
}

#[test]
fn an_event_says_what_tied_its_reports() {
    let all = reconcile(wire_day(), &KNOWLEDGE, Strictness::Normal);
    let big = all.iter().find(|r| matches!(r, Record::Event(e) if e.reports.len() == 21)).expect("an event of 21 reports");
    let said = crate::explain::ties(big, &all, &KNOWLEDGE);
    assert_eq!(said.matches(": one article copies the other").count(), 20, "{said}");
    assert!(said.contains("(Outlet 7, 2031-05-07)"), "{said}");
    let alone = all.iter().find(|r| matches!(r, Record::Event(e) if e.reports.len() == 1)).expect("an event of one report");
    assert!(crate::explain::ties(alone, &all, &KNOWLEDGE).contains("joined from 1"));
}

#[test]
fn a_step_without_a_day_was_taken_on_the_day_of_its_articles_news() {
    let mut dated = report("a", 1, ("CONSULT", "JPN", "SAU"), "occurred", "met in Riyadh on Tuesday");
    let mut told = entry("a", 9, "agreement", ["JPN", "SAU"], Some("signed"), "signed the fisheries memorandum");
    let mut announced = entry("a", 20, "visit", ["JPN", "SAU"], Some("announced"), "will visit Osaka");
    let day = |d: &str, words: &str| {
        Some(serde_json::from_value(json!({"start": d, "end": d, "precision": "day", "text": words, "basis": "anchored"})).unwrap())
    };
    if let Record::EventReport(r) = &mut dated {
        r.date = day("2031-05-06", "Tuesday");
    }
    let history = |records: Vec<Record>| -> Vec<String> {
        let all = reconcile([article("a", "The Star", "2031-05-07", ""), records].concat(), &KNOWLEDGE, Strictness::Normal);
        items(&all).iter().flat_map(|i| &i.history).map(|s| format!("{} {}", s.status, s.date.as_deref().unwrap_or("-"))).collect()
    };
    assert_eq!(history(vec![told.clone()]), ["signed 2031-05-07"]);
    assert_eq!(history(vec![dated.clone(), told.clone()]), ["signed 2031-05-06"]);
    if let Record::LedgerEntry(e) = &mut told {
        e.date = day("2031-05-04", "Sunday");
    }
    if let Record::LedgerEntry(e) = &mut announced {
        (e.date, e.told) = (day("2031-05-16", "May 16"), day("2031-05-05", "Monday"));
    }
    assert_eq!(history(vec![dated, told, announced]), ["signed 2031-05-04", "announced 2031-05-05"]);
}

#[test]
fn strictness_says_how_much_must_be_alike() {
    let deed = ("AGREE", "NOR", "MOZ");
    let all = || {
        let dates = [("a", "2031-05-07"), ("b", "2031-05-09"), ("c", "2031-05-14")];
        let titles = ["pledged kroner for the harbour of Beira", "offered harbour money for Beira", "promised dredgers for Beira"];
        let articles = dates.iter().flat_map(|(id, date)| article(id, "The Star", date, ""));
        articles.chain(dates.iter().zip(titles).map(|((id, _), title)| report(id, 3, deed, "occurred", title))).collect::<Vec<_>>()
    };
    let sizes = |strictness| -> Vec<usize> {
        let mut sizes: Vec<usize> = events(&reconcile(all(), &KNOWLEDGE, strictness)).iter().map(|e| e.reports.len()).collect();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(sizes(Strictness::Loose), [3]);
    assert_eq!(sizes(Strictness::Normal), [1, 2]);
    assert_eq!(sizes(Strictness::Strict), [1, 1, 1]);
    assert_eq!("strict".parse(), Ok(Strictness::Strict));
    assert!("severe".parse::<Strictness>().is_err_and(|e| e.contains("loose, normal, strict")));
}

#[test]
fn parts_first_and_any_order_give_the_same() {
    let all = wire_day();
    let whole = reconcile(all.clone(), &KNOWLEDGE, Strictness::Normal);
    let (left, right) = all.split_at(all.len() / 2);
    let parts =
        [reconcile(left.to_vec(), &KNOWLEDGE, Strictness::Normal), reconcile(right.to_vec(), &KNOWLEDGE, Strictness::Normal)].concat();
    assert_eq!(reconcile(parts, &KNOWLEDGE, Strictness::Normal), whole);
    let backwards = reconcile(all.into_iter().rev().collect(), &KNOWLEDGE, Strictness::Normal);
    assert_eq!(events(&backwards), events(&whole));
}

#[test]
fn days_words_and_denials_tell_deeds_apart() {
    let deed = ("ASSAULT", "BOL", "PRY");
    let all = [
        article("a", "The Courier", "2031-05-07", ""),
        article("b", "The Star", "2031-05-08", ""),
        article("c", "The Star", "2031-06-20", ""),
        vec![
            report("a", 3, deed, "occurred", "shelled the hamlet of Ravelo"),
            report("b", 3, deed, "negated", "shelled Ravelo"),
            report("b", 9, deed, "occurred", "shelled the hamlet"),
            report("c", 3, deed, "occurred", "shelled the hamlet of Ravelo again"),
            report("c", 9, deed, "historical", "shelled the hamlet"),
        ],
    ]
    .concat();
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let found: Vec<(usize, &[String])> = events(&all).iter().map(|e| (e.reports.len(), e.disagreements.as_slice())).collect();
    let status = ["status".to_owned()];
    assert_eq!(found, [(3, &status[..]), (1, &[]), (1, &[])], "two tellings and a memory; the denial; six weeks later");
}

#[test]
fn a_matter_has_one_life_under_many_names() {
    let parties = ["EGY", "ROU"];
    let all = [
        article("a", "The Courier", "2030-02-28", ""),
        article("b", "The Star", "2030-05-15", ""),
        article("c", "The Courier", "2030-08-02", ""),
        article("d", "The Star", "2031-01-10", ""),
        vec![
            entry("a", 3, "initiative", parties, Some("proposed"), "proposed a ten-year wheat agreement"),
            entry("b", 3, "agreement", parties, Some("signed"), "signed a ten-year wheat agreement in Cairo"),
            entry("b", 9, "agreement", parties, Some("signed"), "signed a memorandum on urea for Romanian farms"),
            entry("c", 3, "agreement", parties, Some("in_force"), "sales of wheat under the accord began as it came into force"),
            entry("c", 9, "agreement", parties, Some("proposed"), "proposed wheat deliveries by rail"),
            entry("d", 3, "agreement", parties, None, "the accord"),
        ],
    ]
    .concat();
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let lives: Vec<(Vec<&str>, usize, bool)> =
        items(&all).iter().map(|i| (i.history.iter().map(|s| s.status.as_str()).collect(), i.entries.len(), i.review.is_some())).collect();
    assert_eq!(lives, [(vec!["proposed", "signed", "in_force"], 5, false), (vec!["signed"], 1, false)]);
    let wheat = items(&all)[0];
    assert_eq!((wheat.status.as_deref(), wheat.status_since.as_deref()), (Some("in_force"), Some("2030-08-02")));
}

#[test]
fn a_sanction_that_is_also_told_as_a_measure_keeps_its_steps() {
    let parties = ["NOR", "ISL"];
    let all = [
        article("a", "The Courier", "2030-02-28", ""),
        article("b", "The Star", "2030-03-15", ""),
        article("c", "The Star", "2030-04-15", ""),
        vec![
            entry("a", 3, "measure", parties, Some("decided"), "decided on a ban on Icelandic trawlers"),
            entry("b", 3, "sanction", parties, Some("expanded"), "widened the ban on trawlers"),
            entry("c", 3, "measure", parties, Some("lifted"), "lifted the ban on trawlers"),
        ],
    ]
    .concat();
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let life: Vec<(&str, Vec<&str>)> =
        items(&all).iter().map(|i| (i.kind.code(), i.history.iter().map(|s| s.status.as_str()).collect())).collect();
    assert_eq!(life, [("sanction", vec!["imposed", "expanded", "lifted"])]);
}

#[test]
fn a_move_that_the_graph_does_not_know_is_no_step() {
    let parties = ["NOR", "ISL"];
    let all = [
        article("a", "The Courier", "2030-02-28", ""),
        article("b", "The Star", "2030-03-15", ""),
        vec![
            entry("a", 3, "sanction", parties, Some("lifted"), "lifted the ban on Icelandic trawlers"),
            entry("b", 3, "sanction", parties, Some("expanded"), "widened the ban on trawlers"),
        ],
    ]
    .concat();
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let item = items(&all)[0];
    assert_eq!(item.status.as_deref(), Some("lifted"));
    assert_eq!(item.review.as_deref(), Some("expanded told after lifted (le_b_3)"));
}

#[test]
fn who_signs_with_another_signs_for_both_and_each_ratifies_for_itself() {
    let told = |id: &str, n: usize, status: &str, roles: [EvidenceRole; 2]| {
        let Record::LedgerEntry(mut e) = entry(id, n, "agreement", ["NOR", "MOZ"], Some(status), "pact on the harbour of Beira") else {
            unreachable!()
        };
        for (k, role) in roles.into_iter().enumerate() {
            (e.parties[k].start, e.parties[k].end) = (100 + k, 101 + k);
            let at = Evidence { role, quote: Quote { start: 100 + k, end: 101 + k, ..e.evidence[0].quote.clone() } };
            e.evidence.push(at);
        }
        Record::LedgerEntry(e)
    };
    let mut all: Vec<Record> =
        [("a", "2031-05-07"), ("b", "2031-08-08")].iter().flat_map(|(id, date)| article(id, "Outlet", date, STORY)).collect();
    all.push(told("a", 7, "signed", [EvidenceRole::Actor, EvidenceRole::Recipient]));
    all.push(told("b", 7, "ratified", [EvidenceRole::Recipient, EvidenceRole::Actor]));
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let [item] = items(&all)[..] else { panic!("one item") };
    let done: Vec<String> = item.actions.iter().map(|a| format!("{} {} {}", a.party, a.action, a.date.as_deref().unwrap_or("?"))).collect();
    assert_eq!(done, ["NOR signed 2031-05-07", "MOZ signed 2031-05-07", "MOZ ratified 2031-08-08"]);
}

#[test]
fn meetings_of_other_numbers_are_others_and_one_number_is_one_meeting() {
    let told = |id: &str, status: &str, number: u32| {
        let Record::LedgerEntry(mut e) = entry(id, 7, "meeting", ["NOR", "MOZ"], Some(status), "session of the joint committee") else {
            unreachable!()
        };
        e.series = Some(Series { number, quote: e.evidence[0].quote.clone() });
        Record::LedgerEntry(e)
    };
    let days = [("a", "2031-01-07"), ("b", "2031-05-07"), ("c", "2031-05-09")];
    let mut all: Vec<Record> = days.iter().flat_map(|(id, date)| article(id, "Outlet", date, STORY)).collect();
    all.extend([told("a", "announced", 9), told("b", "held", 9), told("c", "held", 8)]);
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    let found: Vec<_> = items(&all).iter().map(|i| (i.series.as_ref().map(|s| s.number), i.entries.len())).collect();
    assert_eq!(found, [(Some(9), 2), (Some(8), 1)]);
}

#[test]
fn two_parties_have_one_truce_at_a_time_and_a_follow_up_goes_to_their_last_undertaking() {
    let told = [
        article("a", "Kigali News", "2031-03-01", "x"),
        vec![entry("a", 0, "ceasefire", ["RWA", "UGA"], Some("agreed"), "agreed to stop fighting at the lake")],
        article("b", "Kampala Post", "2031-03-20", "x"),
        vec![entry("b", 0, "ceasefire", ["RWA", "UGA"], Some("broken"), "breach by gunmen near Gahunga")],
        article("c", "Kigali News", "2031-04-01", "x"),
        vec![
            entry("c", 0, "project", ["RWA", "BDI"], Some("agreed"), "build a dam at Rusumo"),
            entry("c", 1, "initiative", ["RWA", "BDI"], Some("proposed"), "common visa for students"),
        ],
        article("d", "Kigali News", "2031-04-09", "x"),
        vec![entry("d", 0, "commitment", ["RWA", "BDI"], Some("fulfilled"), "paid on Tuesday")],
    ];
    let records = reconcile(told.concat(), &KNOWLEDGE, Strictness::Normal);
    let members: Vec<Vec<&str>> = items(&records).iter().map(|i| i.entries.iter().map(String::as_str).collect()).collect();
    assert_eq!(members, [vec!["le_a_0", "le_b_0"], vec!["le_c_0"], vec!["le_c_1", "le_d_0"]]);
    let statuses: Vec<&str> = items(&records)[0].history.iter().map(|s| s.status.as_str()).collect();
    assert_eq!(statuses, ["agreed", "broken"]);
}

#[test]
fn a_meeting_that_was_put_off_is_held_within_months() {
    let told = |id: &str, status: &str, day: &str| dated(id, "meeting", status, "session of the joint committee", day);
    let items_when_held = |day: &str| {
        let mut all: Vec<Record> =
            [("a", "2031-01-07"), ("b", day)].iter().flat_map(|(id, date)| article(id, "Outlet", date, STORY)).collect();
        all.extend([told("a", "postponed", "2031-01-16"), told("b", "held", day)]);
        items(&reconcile(all, &KNOWLEDGE, Strictness::Normal)).len()
    };
    assert_eq!((items_when_held("2031-04-23"), items_when_held("2031-09-23")), (1, 2));
}

/// An entry of `article` on a matter of Norway and Mozambique with a day of its own.
fn dated(article: &str, kind: &str, status: &str, title: &str, day: &str) -> Record {
    let Record::LedgerEntry(mut e) = entry(article, 7, kind, ["NOR", "MOZ"], Some(status), title) else { unreachable!() };
    let when = json!({"start": day, "end": day, "precision": "day", "text": day, "basis": "stated"});
    e.date = Some(serde_json::from_value(when).expect("a date"));
    Record::LedgerEntry(e)
}

/// The status and day of each step of the first matter.
fn steps(records: Vec<Record>) -> Vec<String> {
    let all = reconcile(records, &KNOWLEDGE, Strictness::Normal);
    items(&all)[0].history.iter().map(|s| format!("{} {}", s.status, s.date.as_deref().unwrap_or("?"))).collect()
}

#[test]
fn what_takes_effect_later_holds_from_that_day_and_what_remains_is_no_step() {
    let story = |id: &str, day: &str| article(id, "Outlet", day, STORY);
    let mut all: Vec<Record> = [("a", "2031-03-11"), ("b", "2031-07-08")].iter().flat_map(|(id, day)| story(id, day)).collect();
    all.push(dated("a", "agreement", "in_force", "takes effect on 1 June: the wheat agreement", "2031-06-01"));
    all.push(entry("b", 7, "agreement", ["NOR", "MOZ"], Some("suspended"), "suspended the wheat agreement"));
    all.push(entry("b", 40, "agreement", ["NOR", "MOZ"], Some("in_force"), "remained in force: the wheat agreement"));
    assert_eq!(steps(all), ["in_force 2031-06-01", "suspended 2031-07-08"]);
}

#[test]
fn what_is_called_off_was_planned() {
    let items_when_off = |day: &str| {
        let mut all: Vec<Record> =
            [("a", "2031-06-27"), ("b", day)].iter().flat_map(|(id, date)| article(id, "Outlet", date, STORY)).collect();
        all.push(dated("a", "meeting", "announced", "summit of the presidents", "2031-11-20"));
        all.push(entry("b", 7, "meeting", ["NOR", "MOZ"], Some("cancelled"), "called off the summit of the presidents"));
        items(&reconcile(all, &KNOWLEDGE, Strictness::Normal)).len()
    };
    assert_eq!((items_when_off("2031-09-14"), items_when_off("2032-09-14")), (1, 2));
    // "on Sunday" is the day of calling off, not that of the summit
    let mut all: Vec<Record> =
        [("a", "2031-06-27"), ("b", "2031-09-15")].iter().flat_map(|(id, date)| article(id, "Outlet", date, STORY)).collect();
    all.push(dated("a", "meeting", "announced", "summit of the presidents", "2031-11-20"));
    all.push(dated("b", "meeting", "cancelled", "called off the summit of the presidents on Sunday", "2031-09-14"));
    assert_eq!(steps(all), ["announced 2031-06-27", "cancelled 2031-09-14"]);
}

#[test]
fn tellings_of_one_article_that_open_nothing_go_on_with_what_was_told_before() {
    let mut all: Vec<Record> =
        [("a", "2031-03-11"), ("b", "2031-07-08")].iter().flat_map(|(id, day)| article(id, "Outlet", day, STORY)).collect();
    all.push(dated("a", "dispute", "raised", "summoned the ambassador over two trawlers", "2031-03-11"));
    all.push(entry("b", 7, "dispute", ["NOR", "MOZ"], Some("settled"), "declared the quarrel closed"));
    all.push(entry("b", 40, "dispute", ["NOR", "MOZ"], Some("settled"), "quarrel is over"));
    assert_eq!(steps(all), ["raised 2031-03-11", "settled 2031-07-08"]);
}

#[test]
fn a_telling_without_a_side_ties_no_two_deeds_of_an_article() {
    let deed = |n: usize, by: &str, to: &str, title: &str| report("r1", n, ("ASSAULT", by, to), "occurred", title);
    let mut records = article("r1", "A", "2031-05-07", "Peru and Chile fired at each other.");
    records.push(deed(1, "PER", "CHL", "shelled a depot"));
    records.push(without(deed(2, "PER", "CHL", "fired again"), "recipients"));
    records.push(deed(3, "PER", "BOL", "hit a bridge"));
    records.push(deed(4, "CHL", "PER", "struck a port"));
    records.push(without(deed(5, "CHL", "PER", "was struck"), "actors"));
    let made = reconcile(records, &KNOWLEDGE, Strictness::Normal);
    let sizes: Vec<usize> = events(&made).iter().map(|e| e.reports.len()).collect();
    assert_eq!(sizes, [2, 1, 2]);
}

#[test]
fn what_one_side_says_of_a_meeting_ties_no_other_meeting_to_it() {
    let talks = |n: usize, parties: [&str; 2], status: &str| entry("m1", n, "meeting", parties, Some(status), "talks");
    let mut records = article("m1", "A", "2031-05-07", "Peru met Chile and will meet Bolivia.");
    records.push(talks(1, ["PER", "CHL"], "held"));
    records.push(talks(2, ["PER", "PER"], "announced"));
    records.push(talks(3, ["PER", "BOL"], "announced"));
    let made = reconcile(records, &KNOWLEDGE, Strictness::Normal);
    let sizes: Vec<usize> = items(&made).iter().map(|i| i.entries.len()).collect();
    assert_eq!(sizes, [2, 1]);
}

#[test]
fn deeds_in_two_towns_are_two() {
    let strikes = |towns: [&str; 2]| {
        let mut records = article("t1", "A", "2031-05-07", "Peru shelled Chile.");
        records.extend(towns.iter().enumerate().map(|(n, town)| {
            let mut value = serde_json::to_value(report("t1", n, ("ASSAULT", "PER", "CHL"), "occurred", "shelled")).expect("a record");
            value["place"] = json!({"name": town, "text": town, "country": "CHL", "admin1": null, "geonames_id": null, "lat": 1.0, "lon": 1.0,
                "precision": "city", "start": 0, "end": 3, "from": null});
            record(value)
        }));
        events(&reconcile(records, &KNOWLEDGE, Strictness::Normal)).len()
    };
    assert_eq!((strikes(["Arica", "Arica"]), strikes(["Arica", "Iquique"])), (1, 2));
}

/// A report with a side unsaid.
fn without(record: Record, side: &str) -> Record {
    let mut value = serde_json::to_value(record).expect("a record");
    value[side] = json!([]);
    self::record(value)
}

/// The histories of two articles' entries, each of one day.
fn lives(told: [(&str, &str, &str, &str); 2]) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for (n, (kind, status, title, day)) in told.into_iter().enumerate() {
        let id = ["a", "b"][n];
        all.extend(article(id, "The Star", "2031-05-07", &format!("Story {n}: {title}.")));
        let mut told = entry(id, 1, kind, ["JPN", "SAU"], Some(status), title);
        if let Record::LedgerEntry(e) = &mut told {
            e.date = serde_json::from_value(json!({"start": day, "end": day, "precision": "day", "text": day, "basis": "stated"})).unwrap();
        }
        all.push(told);
    }
    let all = reconcile(all, &KNOWLEDGE, Strictness::Normal);
    items(&all).iter().map(|i| i.history.iter().map(|s| s.status.clone()).collect()).collect()
}

#[test]
fn a_step_of_another_year_is_of_another_matter() {
    let signed = |day| {
        lives([("agreement", "signed", "signed a fisheries pact", "2031-05-06"), ("agreement", "signed", "signed a fisheries pact", day)])
    };
    assert_eq!((signed("2031-05-05").len(), signed("2019-05-05").len()), (1, 2));
}

#[test]
fn what_is_held_of_one_thing_is_not_held_of_another() {
    let denied =
        |second| lives([("position", "denied", "denied lying to parliament", "2031-05-06"), ("position", "denied", second, "2031-05-06")]);
    assert_eq!((denied("denied taking bribes from miners").len(), denied("denied lying to the parliament").len()), (2, 1));
}

#[test]
fn two_persons_sentenced_are_two_deeds() {
    let deeds = |second: &str| {
        let mut all = article("a", "The Star", "2031-05-07", "Two trials.");
        for (n, name) in ["Bola Adu", second].into_iter().enumerate() {
            let mut told = report("a", 10 * n + 1, ("SANCTION", "NGA", "NGA"), "occurred", "sentenced to two years");
            if let Record::EventReport(r) = &mut told {
                r.recipients[0].name = Some(name.to_owned());
                r.recipients[0].kind = Some(chancery_record::ActorType::Person);
            }
            all.push(told);
        }
        events(&reconcile(all, &KNOWLEDGE, Strictness::Normal)).len()
    };
    assert_eq!((deeds("Bola Adu"), deeds("Musa Bello")), (1, 2));
}
