//! Two results compared: the invented result of `sample` against itself with one thing changed.

mod sample;

use chancery_output::{Change, Diff, Options, Reason, What, diff};
use chancery_record::Record;
use serde_json::{Value, json};

/// The sample with its parts as JSON edited.
fn edited(edit: impl Fn(&mut Value)) -> Vec<Record> {
    let records = sample::calls().into_iter().flatten();
    let mut values: Vec<Value> = records.map(|r| serde_json::to_value(r).expect("a record is plain JSON")).collect();
    values.iter_mut().for_each(edit);
    values.into_iter().map(|v| serde_json::from_value(v).expect("still a record")).collect()
}

fn sample() -> Vec<Record> {
    edited(|_| ())
}

fn is(value: &Value, id: &str) -> bool {
    value["id"] == id
}

/// `changed er_0000000000000001 knowledge,text`.
fn lines(diff: &Diff) -> Vec<String> {
    let line = |c: &Change| {
        let reasons: Vec<&str> = c.reasons.iter().map(|r| r.code()).collect();
        let id = c.new_id.as_ref().or(c.old_id.as_ref()).map_or("", String::as_str);
        format!("{:?} {id} {}", c.change, reasons.join(","))
    };
    diff.changes.iter().map(line).collect()
}

#[test]
fn a_result_is_the_same_as_itself() {
    let found = diff(&sample(), &sample());
    assert_eq!((found.counts.same, found.counts.differing()), (15, 0));
    assert!(found.changes.is_empty() && found.runs.is_empty());
    assert_eq!(found.table(&Options::default()), "0 added, 0 changed, 0 removed; 15 the same\n");
}

#[test]
fn a_change_of_knowledge_names_the_field_the_values_and_the_reason_and_reaches_what_is_made_of_the_report() {
    let other = edited(|v| match v["record"].as_str() {
        Some("run") => v["knowledge_hash"] = json!("99".repeat(32)),
        _ if is(v, "er_0000000000000001") || is(v, "ev_0000000000000001") => v["actors"][0]["office"] = Value::Null,
        _ => {}
    });
    let found = diff(&sample(), &other);
    assert_eq!(lines(&found), ["Changed er_0000000000000001 knowledge", "Changed ev_0000000000000001 knowledge"]);
    let wanted = "\
0 added, 2 changed, 0 removed; 13 the same
  knowledge: cdcdcdcdcdcd -> 999999999999
  event: 0 added, 1 changed, 0 removed; 1 the same
  event_report: 0 added, 1 changed, 0 removed; 4 the same

changed event_report er_0000000000000001
  CONSULT VLD GOV <-> SRR GOV occurred: the words of the predicate
  because of knowledge on pages/river, \"draft\".txt
  actors[0].office: “minister for foreign affairs” -> none

changed event ev_0000000000000001
  CONSULT VLD GOV <-> SRR GOV occurred: the words of the predicate
  because of knowledge on pages/river, \"draft\".txt
  actors[0].office: “minister for foreign affairs” -> none
";
    assert_eq!(found.table(&Options::default()), wanted);
    let jsonl = found.jsonl();
    let first: Value = serde_json::from_str(jsonl.lines().next().unwrap_or_default()).expect("JSON");
    assert_eq!((&first["change"], &first["changed"], &first["runs"][0]["reason"]), (&json!("summary"), &json!(2), &json!("knowledge")));
    let second: Value = serde_json::from_str(jsonl.lines().nth(1).unwrap_or_default()).expect("JSON");
    let field = json!([{"field": "actors[0].office", "old": "minister for foreign affairs", "new": null}]);
    assert_eq!((&second["record"], &second["fields"], &second["reasons"]), (&json!("event_report"), &field, &json!(["knowledge"])));
}

#[test]
fn a_report_of_another_type_is_the_same_report_by_its_predicate() {
    let other = edited(|v| {
        if v["record"] == "run" {
            v["model_hash"] = json!("99".repeat(32));
        } else if is(v, "er_0000000000000004") {
            (v["id"], v["event_type"], v["quad"]) = (json!("er_00000000000000ff"), json!("ACCUSE"), json!(3));
        } else if is(v, "er_0000000000000003") {
            // one word less, and no word of the old span more
            v["id"] = json!("er_00000000000000fe");
            let quote = &mut v["evidence"][0];
            (quote["quote"], quote["end"]) = (json!("rule out"), json!(quote["end"].as_u64().unwrap_or_default() - 8));
        } else if is(v, "ev_0000000000000002") {
            (v["id"], v["reports"]) = (json!("ev_00000000000000fe"), json!(["er_00000000000000fe"]));
        }
    });
    let found = diff(&sample(), &other);
    let wanted = ["Changed er_00000000000000fe model", "Changed er_00000000000000ff model", "Changed ev_00000000000000fe model"];
    assert_eq!(lines(&found), wanted);
    let fields: Vec<&str> = found.changes[1].fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!((fields, found.changes[1].old_id.as_deref()), (vec!["event_type"], Some("er_0000000000000004")));
    assert_eq!(found.changes[2].fields[0].field, "id", "its report has another id, nothing else");
}

/// Every id and offset of the first page as after a letter more at the beginning of its text.
fn shifted(v: &mut Value) {
    match v {
        Value::String(text) if text.len() == 19 && text.ends_with(|c: char| c.is_ascii_digit()) && text.contains("_00000000") => {
            *text = text.replace("_0", "_f");
        }
        Value::Array(all) => all.iter_mut().for_each(shifted),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match (name.as_str(), value.as_u64()) {
                    ("start" | "end" | "byte_start" | "byte_end", Some(n)) => *value = json!(n + 1),
                    _ => shifted(value),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn in_a_text_that_changed_records_are_found_again_and_have_moved() {
    let other = edited(|v| {
        let text = format!("x{}", sample::TEXT);
        let is_first = v["record"] != "run" && v["path"] != "pages/broken.html";
        if is_first {
            shifted(v);
        }
        if v["record"] == "page" && is_first {
            (v["sha256"], v["text"]) = (json!("77".repeat(32)), json!(text));
        }
        if v["record"] == "run" {
            v["inputs"][0]["sha256"] = json!("77".repeat(32));
        }
        if is(v, "er_f000000000000004") {
            v["status"] = json!("negated");
        }
    });
    let found = diff(&sample(), &other);
    assert_eq!((found.counts.moved, found.counts.changed, found.counts.added, found.counts.removed), (12, 2, 0, 0), "{:#?}", lines(&found));
    assert_eq!(lines(&found)[0], "Changed pg_f000000000000001 text");
    let changed: Vec<&Change> = found.changes.iter().filter(|c| c.change == What::Changed).collect();
    assert_eq!(changed[1].fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["status"]);
    assert!(found.changes.iter().all(|c| c.reasons == [Reason::Text]), "{:#?}", lines(&found));
}

#[test]
fn a_threshold_is_a_reason_for_reports_below_it_only() {
    let other = |threshold: f64, lost: &'static [&str]| -> Vec<Record> {
        let all = edited(|v| {
            if v["record"] == "run" {
                v["options"] = json!({"min_confidence": threshold, "keep_text": true});
            }
        });
        all.into_iter().filter(|r| !lost.contains(&r.id())).collect()
    };
    // the confidences are 0.612 and 0.934
    let found = diff(&other(0.5, &[]), &other(0.7, &["er_0000000000000003", "er_0000000000000001"]));
    let wanted = ["Removed er_0000000000000001 program", "Removed er_0000000000000003 option"];
    assert_eq!(lines(&found), wanted);
    assert_eq!((found.runs.len(), found.runs[0].name.as_deref()), (1, Some("min_confidence")));
    let back = diff(&other(0.7, &["er_0000000000000003"]), &other(0.5, &[]));
    assert_eq!(lines(&back), ["Added er_0000000000000003 option"]);
}

#[test]
fn all_that_may_be_the_reason_is_named() {
    let other = edited(|v| match v["record"].as_str() {
        Some("run") => {
            (v["version"], v["model_hash"], v["codebook"]["hash"]) = (json!("0.2.0"), json!("99".repeat(32)), json!("12".repeat(32)))
        }
        _ if is(v, "st_0000000000000001") => v["stance"] = json!("warn"),
        _ => {}
    });
    assert_eq!(lines(&diff(&sample(), &other)), ["Changed st_0000000000000001 version,codebook,model"]);
    let program = edited(|v| {
        if is(v, "st_0000000000000001") {
            v["stance"] = json!("warn")
        }
    });
    assert_eq!(lines(&diff(&sample(), &program)), ["Changed st_0000000000000001 program"]);
    let no_run = program.into_iter().filter(|r| !matches!(r, Record::Run(_))).collect::<Vec<_>>();
    assert_eq!(lines(&diff(&sample(), &no_run)), ["Changed st_0000000000000001 unknown"]);
}

#[test]
fn the_same_bytes_with_another_date_or_address_are_other_input() {
    let other = edited(|v| {
        if is(v, "ar_0000000000000001") {
            v["published"] = json!({"date": "2024-03-16", "source": "caller"});
        } else if is(v, "pg_0000000000000001") {
            v["path"] = json!("elsewhere.txt");
        }
    });
    let wanted = ["Changed pg_0000000000000001 input", "Changed ar_0000000000000001 input"];
    assert_eq!(lines(&diff(&sample(), &other)), wanted);
}

#[test]
fn a_page_of_one_result_only_is_added_with_all_its_records_because_of_its_text() {
    let half: Vec<Record> = sample().into_iter().filter(|r| matches!(r, Record::Run(_)) || r.id() == "pg_0000000000000002").collect();
    let found = diff(&half, &sample());
    assert_eq!((found.counts.added, found.counts.same), (14, 1));
    assert!(found.changes.iter().all(|c| c.change == What::Added && c.reasons == [Reason::Text]), "{:#?}", lines(&found));
    let back = diff(&sample(), &half);
    assert_eq!((back.counts.removed, back.counts.same), (14, 1));
}

#[test]
fn reconciling_is_a_reason_where_nothing_else_is() {
    let mut joined = edited(|v| {
        if is(v, "ar_0000000000000002") {
            v["duplicate_of"] = json!("ar_0000000000000001");
        } else if is(v, "ev_0000000000000001") {
            (v["id"], v["reports"]) =
                (json!("ev_00000000000000ff"), json!(["er_0000000000000001", "er_0000000000000002", "er_0000000000000004"]));
        }
    });
    joined.sort_by_key(|r| matches!(r, Record::Event(_)));
    let wanted = ["Changed ar_0000000000000002 reconcile", "Changed ev_00000000000000ff reconcile"];
    assert_eq!(lines(&diff(&sample(), &joined)), wanted);
}
