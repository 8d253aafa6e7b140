//! `eval pages`: whole pages coded by hand (`NAME.txt` or `.html` with `NAME.gold.json` beside it, or a folder of them).
//!
//! The gold names entities with countries and mentions, merged events with accepted readings, hard negatives, statements and ledger
//! entries; see `docs/evaluation.md`. Scored: articles and headlines, dropped lines, events by type and dyad, CAMEO codes, extras, temptations,
//! statements by speaker, ledger entries by kind and parties, unresolved weekdays, and whether every span verifies.

use super::Report;
use crate::{coder::Coder, page::RawPage};
use chancery_record::{Actor, DateBasis, Event, EventReport, LedgerEntry, Quote, Record, Statement};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Scores one page or every page of a folder; the counts are summed.
pub fn run(file: &Path, coder: &Coder) -> Result<Report, String> {
    let mut total = Report::default();
    for page in pages(file)? {
        let stem = page.with_extension("");
        let gold_path = PathBuf::from(format!("{}.gold.json", stem.display()));
        let gold = std::fs::read_to_string(&gold_path).map_err(|e| format!("{}: {e}", gold_path.display()))?;
        let gold: Value = serde_json::from_str(&gold).map_err(|e| format!("{}: {e}", gold_path.display()))?;
        let bytes = std::fs::read(&page).map_err(|e| format!("{}: {e}", page.display()))?;
        let records = coder.code_page(RawPage { bytes, ..RawPage::default() });
        let one = Coded::of(&records).score(&gold);
        for (name, value) in one.figures {
            match total.figures.iter_mut().find(|f| f.0 == name) {
                Some(f) => f.1 += value,
                None => total.push(&name, value),
            }
        }
        let name = page.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        total.items.extend(one.items.into_iter().map(|i| format!("{name}: {i}")));
    }
    Ok(total)
}

fn pages(file: &Path) -> Result<Vec<PathBuf>, String> {
    if !file.is_dir() {
        return Ok(vec![file.to_owned()]);
    }
    let list = std::fs::read_dir(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut found: Vec<PathBuf> = list.filter_map(|e| Some(e.ok()?.path())).collect();
    found.retain(|p| {
        let page = p.extension().is_some_and(|e| e == "txt" || e == "html");
        page && Path::new(&format!("{}.gold.json", p.with_extension("").display())).exists()
    });
    found.sort();
    Ok(found)
}

/// The records of one page by kind.
struct Coded<'r> {
    text: &'r str,
    articles: Vec<&'r chancery_record::Article>,
    reports: Vec<&'r EventReport>,
    events: Vec<&'r Event>,
    statements: Vec<&'r Statement>,
    entries: Vec<&'r LedgerEntry>,
}

fn list<'v>(gold: &'v Value, key: &str) -> &'v [Value] {
    gold[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn range(v: &Value) -> Option<(usize, usize)> {
    Some((v["start"].as_u64()? as usize, v["end"].as_u64()? as usize))
}

/// The id of a gold speaker; several are joined by `+`.
fn speaker(v: &Value) -> String {
    let ids: Vec<&str> =
        v.as_array().map(|a| a.iter().filter_map(Value::as_str).collect()).unwrap_or_else(|| v.as_str().into_iter().collect());
    ids.join("+")
}

fn countries(actors: &[Actor]) -> BTreeSet<String> {
    actors.iter().filter_map(|a| a.country.clone()).collect()
}

/// Countries of a gold actor list; `IGO:GCC` counts as `IGO`.
fn gold_countries(values: &[Value]) -> BTreeSet<String> {
    let code = |v: &Value| v.as_str().or(v["country"].as_str()).map(|c| c.split([':', '/']).next().unwrap_or(c).to_owned());
    values.iter().filter_map(code).collect()
}

impl<'r> Coded<'r> {
    fn of(records: &'r [Record]) -> Self {
        let mut c = Coded { text: "", articles: vec![], reports: vec![], events: vec![], statements: vec![], entries: vec![] };
        for record in records {
            match record {
                Record::Page(p) => c.text = p.text.as_deref().unwrap_or_default(),
                Record::Article(a) => c.articles.push(a),
                Record::EventReport(e) => c.reports.push(e),
                Record::Event(e) => c.events.push(e),
                Record::Statement(s) => c.statements.push(s),
                Record::LedgerEntry(l) => c.entries.push(l),
                _ => {}
            }
        }
        c
    }

    fn score(&self, gold: &Value) -> Report {
        let mut report = Report::default();
        self.score_articles(gold, &mut report);
        self.score_events(gold, &mut report);
        self.score_negatives(gold, &mut report);
        self.score_statements(gold, &mut report);
        self.score_ledger(gold, &mut report);
        let dates = self.reports.iter().filter_map(|e| e.date.as_ref());
        let invented = dates.filter(|d| d.start.is_some() && d.basis != DateBasis::Stated).count();
        report.push(
            "dates resolved without an anchor",
            if self.articles.iter().all(|a| a.published.is_none()) { invented as f64 } else { 0.0 },
        );
        report.push("spans that do not verify", self.wrong_spans() as f64);
        report
    }

    fn score_articles(&self, gold: &Value, report: &mut Report) {
        let wanted = list(gold, "articles");
        let title = |g: &Value| g["title"]["quote"].as_str().unwrap_or_default().to_owned();
        let found =
            wanted.iter().filter(|g| self.articles.iter().any(|a| a.headline.as_ref().is_some_and(|h| h.quote == title(g)))).count();
        report.push("gold articles", wanted.len() as f64);
        report.push("articles", self.articles.len() as f64);
        report.push("headlines right", found as f64);
        let body: Vec<(usize, usize)> = self.articles.iter().flat_map(|a| a.body.iter().map(|b| (b.start, b.end))).collect();
        let dropped = list(gold, "lines").iter().filter(|l| l["keep"] == false || l["kind"] == "title");
        let coded = dropped.filter_map(range).filter(|(s, e)| body.iter().any(|b| b.0 < *e && *s < b.1)).count();
        report.push("dropped lines coded", coded as f64);
    }

    fn score_events(&self, gold: &Value, report: &mut Report) {
        let all = list(gold, "events");
        let merged: Vec<&Value> = all.iter().filter(|g| g["duplicate_of"].is_null() && !g["plover"].is_null()).collect();
        let mut hits = 0;
        let mut cameo = Cameo::default();
        for g in &merged {
            let found: Vec<&&EventReport> = self.reports.iter().filter(|e| is_event(g, e)).collect();
            match found.is_empty() {
                false => {
                    hits += 1;
                    report.items.extend(cameo.count(g, &found));
                }
                true => {
                    let dyad = |a: &BTreeSet<String>, r: &BTreeSet<String>| format!("{} -> {}", join(a), join(r));
                    let wanted = dyad(&gold_countries(list(g, "actor")), &gold_countries(list(g, "recipient")));
                    let near = self.reports.iter().filter(|e| touches(g, e));
                    let near: Vec<String> =
                        near.map(|e| format!("{} {}", e.event_type, dyad(&countries(&e.actors), &countries(&e.recipients)))).collect();
                    report.items.push(format!(
                        "missed {} {} {wanted} {}: {}",
                        g["id"],
                        g["plover"],
                        g["trigger"]["quote"],
                        near.join("; ")
                    ));
                }
            }
        }
        let explained = |e: &Event| {
            e.reports.iter().any(|id| self.reports.iter().any(|r| r.id == *id && all.iter().any(|g| is_event(g, r) || is_same_place(g, r))))
        };
        let extra: Vec<&&Event> = self.events.iter().filter(|e| e.status.is_deed() && !explained(e)).collect();
        for e in &extra {
            let quote =
                self.reports.iter().find(|r| e.reports.contains(&r.id)).and_then(|r| r.evidence.first()).map(|q| q.quote.quote.clone());
            let dyad = format!("{} -> {}", join(&countries(&e.actors)), join(&countries(&e.recipients)));
            report.items.push(format!("extra {} {dyad} {:?}", e.event_type, quote.unwrap_or_default()));
        }
        report.push("gold events", merged.len() as f64);
        report.push("events found", hits as f64);
        report.push("extra events", extra.len() as f64);
        report.push("events found that have a CAMEO code in the gold", cameo.all as f64);
        report.push("CAMEO codes right", cameo.right as f64);
        report.push("CAMEO codes right or as accepted", cameo.accepted as f64);
        report.push("CAMEO roots right", cameo.roots as f64);
    }

    fn score_negatives(&self, gold: &Value, report: &mut Report) {
        let all = list(gold, "hard_negatives");
        let mut tempted = 0;
        for g in all {
            let Some((start, end)) = range(g) else { continue };
            let types: Vec<&str> =
                g["tempting"].as_str().unwrap_or_default().split(|c: char| !c.is_ascii_uppercase()).filter(|t| t.len() > 2).collect();
            let inside = |e: &EventReport| e.evidence.first().is_some_and(|q| q.quote.start < end && start < q.quote.end);
            if let Some(e) = self.reports.iter().filter(|e| inside(e)).find(|e| types.contains(&e.event_type.code())) {
                tempted += 1;
                report.items.push(format!("tempted by {} into {}", g["quote"], e.event_type));
            }
        }
        report.push("hard negatives", all.len() as f64);
        report.push("hard negatives coded as tempting", tempted as f64);
    }

    fn score_statements(&self, gold: &Value, report: &mut Report) {
        let mentions = |id: &str| -> Vec<(usize, usize)> {
            let of = list(gold, "entities")
                .iter()
                .filter(|e| id.split('+').any(|i| e["id"] == i) || (e["type"] == "anaphoric_dyad" && id.contains('+')));
            of.flat_map(|e| list(e, "mentions")).filter_map(range).collect()
        };
        let name = |id: &str| {
            list(gold, "entities").iter().find(|e| e["id"] == id).and_then(|e| e["name"].as_str()).unwrap_or_default().to_owned()
        };
        let mut hits = 0;
        for g in list(gold, "statements") {
            let (Some((start, end)), id) = (range(&g["cue"]), speaker(&g["speaker"])) else { continue };
            let id = id.as_str();
            let at = |s: &&&Statement| s.cue.start < end && start < s.cue.end;
            let right = |s: &&Statement| {
                let direct = mentions(id).iter().any(|m| m.0 < s.speaker.end && s.speaker.start < m.1);
                let named = s.speaker.name.as_deref().is_some_and(|n| shares_word(n, &name(id)));
                match s.speaker.from {
                    None => direct || named,
                    Some(_) => named || (direct && s.speaker.name.is_none()) || id.contains('+') && direct,
                }
            };
            match self.statements.iter().filter(at).any(right) {
                true => hits += 1,
                false => {
                    let got = self.statements.iter().find(at).map(|s| format!("{:?} {:?}", s.speaker.text, s.speaker.name));
                    report.items.push(format!("statement {} {} of {id}: {}", g["id"], g["cue"]["quote"], got.unwrap_or("none".to_owned())));
                }
            }
        }
        report.push("gold statements", list(gold, "statements").len() as f64);
        report.push("statements with the right speaker", hits as f64);
    }

    fn score_ledger(&self, gold: &Value, report: &mut Report) {
        let (mut hits, mut accepted) = (0, 0);
        for g in list(gold, "ledger") {
            let spots: Vec<(usize, usize)> = list(g, "evidence").iter().filter_map(range).collect();
            let here = |e: &LedgerEntry| {
                // where the article names a side that the sentence leaves unsaid is no sign that the entry is about the gold's words
                let elsewhere = |q: &Quote| e.parties.iter().any(|p| p.from.is_some() && (p.start, p.end) == (q.start, q.end));
                let mut own = e.evidence.iter().map(|q| &q.quote).filter(|q| !elsewhere(q));
                own.any(|q| spots.iter().any(|s| s.0 < q.end && q.start < s.1))
            };
            let kinds = list(&g["accept"], "kind").iter().filter_map(Value::as_str);
            let parties = list(&g["accept"], "parties").iter().filter_map(Value::as_array).map(|p| gold_countries(p));
            let (kind, own) = (g["kind"].as_str().unwrap_or_default(), gold_countries(list(g, "parties")));
            let (kinds, sides): (Vec<&str>, Vec<_>) = (kinds.chain([kind]).collect(), parties.chain([own.clone()]).collect());
            let found = self.entries.iter().filter(|e| here(e));
            let right = found.clone().any(|e| e.kind.code() == kind && countries(&e.parties) == own);
            hits += usize::from(right);
            accepted += usize::from(found.clone().any(|e| kinds.contains(&e.kind.code()) && sides.contains(&countries(&e.parties))));
            if !right {
                let near: Vec<String> = found.map(|e| format!("{} {}", e.kind.code(), join(&countries(&e.parties)))).collect();
                report.items.push(format!("ledger {} {} {}: {}", g["id"], g["kind"], join(&own), near.join("; ")));
            }
        }
        report.push("gold ledger entries", list(gold, "ledger").len() as f64);
        report.push("ledger entries right", hits as f64);
        report.push("ledger entries right or as accepted", accepted as f64);
    }

    fn wrong_spans(&self) -> usize {
        let text = chancery_record::Text::new(self.text);
        let reports = self.reports.iter().flat_map(|r| r.evidence.iter().map(|e| &e.quote));
        let entries = self.entries.iter().flat_map(|r| r.evidence.iter().map(|e| &e.quote));
        let statements = self.statements.iter().flat_map(|s| [&s.cue, &s.content]);
        let actors = self.reports.iter().flat_map(|r| r.actors.iter().chain(&r.recipients));
        reports.chain(entries).chain(statements).filter(|q| !text.holds(q)).count() + actors.filter(|a| !a.is_in(&text)).count()
    }
}

/// The CAMEO codes of the events that were found.
#[derive(Default)]
struct Cameo {
    all: usize,
    right: usize,
    accepted: usize,
    roots: usize,
}

impl Cameo {
    /// Counts the best code of the reports that tell a gold event; what is to say if it is not the gold's.
    fn count(&mut self, gold: &Value, found: &[&&EventReport]) -> Option<String> {
        let wanted = gold["cameo"].as_str()?;
        let codes: Vec<&str> = found.iter().filter_map(|e| e.cameo.as_deref()).collect();
        let is_accepted = |c: &&str| *c == wanted || list(&gold["accept"], "cameo").iter().any(|a| a == c);
        let right = codes.contains(&wanted);
        self.all += 1;
        self.right += usize::from(right);
        self.accepted += usize::from(codes.iter().any(is_accepted));
        self.roots += usize::from(codes.iter().any(|c| c.get(..2) == wanted.get(..2)));
        (!right).then(|| format!("CAMEO {wanted} {}: {}", gold["trigger"]["quote"], codes.join(", ")))
    }
}

fn join(set: &BTreeSet<String>) -> String {
    set.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn shares_word(a: &str, b: &str) -> bool {
    let words =
        |s: &str| -> BTreeSet<String> { s.split_whitespace().filter(|w| w.len() > 2 && *w != "bin").map(str::to_lowercase).collect() };
    words(a).intersection(&words(b)).next().is_some()
}

/// Same words: a predicted predicate that overlaps a gold trigger whose types it may have.
fn is_same_place(gold: &Value, report: &EventReport) -> bool {
    touches(gold, report) && allows(gold, report)
}

/// A predicate that overlaps the gold's trigger.
fn touches(gold: &Value, report: &EventReport) -> bool {
    let Some((start, end)) = range(&gold["trigger"]) else { return false };
    report.evidence.first().is_some_and(|q| q.quote.start < end && start < q.quote.end)
}

fn allows(gold: &Value, report: &EventReport) -> bool {
    let accepted = list(&gold["accept"], "plover").iter().filter_map(Value::as_str);
    accepted.chain(gold["plover"].as_str()).any(|t| t.split(['/', '+']).next() == Some(report.event_type.code()))
}

/// Type and dyad as the gold or its accepted readings have them, at a predicate near the gold's evidence.
fn is_event(gold: &Value, report: &EventReport) -> bool {
    let spots: Vec<(usize, usize)> = list(gold, "evidence").iter().chain([&gold["trigger"]]).filter_map(range).collect();
    let here = report.evidence.first().is_some_and(|q| spots.iter().any(|s| s.0 < q.quote.end && q.quote.start < s.1));
    if !here || !allows(gold, report) {
        return false;
    }
    let (actor, recipient) = (gold_countries(list(gold, "actor")), gold_countries(list(gold, "recipient")));
    let (a, r) = (countries(&report.actors), countries(&report.recipients));
    let union = |x: &BTreeSet<String>, y: &BTreeSet<String>| -> BTreeSet<String> { x.union(y).cloned().collect() };
    let symmetric = gold["symmetric"] == true || gold["accept"]["cameo_pair"].is_array();
    let accepts_none = list(&gold["accept"], "recipient").iter().any(|v| v.as_str().is_some_and(|s| s.contains("none")));
    if symmetric {
        // of a meeting of many, the leading parties are enough
        let all = union(&actor, &recipient);
        let got = union(&a, &r);
        return got == all || (all.len() > 2 && got.len() >= 2 && got.is_subset(&all));
    }
    let in_lieu: BTreeSet<String> = list(&gold["accept"], "recipient")
        .iter()
        .filter_map(Value::as_str)
        .map(|s| s.split(['/', ' ']).next().unwrap_or(s).to_owned())
        .collect();
    a == actor && (r == recipient || (accepts_none && r.is_empty()) || (!r.is_empty() && r.is_subset(&in_lieu)))
}
