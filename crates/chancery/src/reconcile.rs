//! Event reports -> events, within one article: a deed told twice is one event with two reports.
//!
//! Reports of one type are one event when their countries agree as a set (a missing recipient agrees with anything), their modes and
//! statuses do not contradict, and nothing dates them apart. The order of the text decides which report gives the core fields.

use chancery_record::{Actor, Event, EventReport, Status, id};
use std::collections::BTreeSet;

/// The events behind the reports of one article.
pub fn events(reports: &[EventReport], outlet: Option<&str>, published: Option<&str>) -> Vec<Event> {
    let mut groups: Vec<Vec<&EventReport>> = Vec::new();
    for report in reports {
        match groups.iter_mut().find(|g| g.iter().all(|r| is_same_deed(r, report))) {
            Some(group) => group.push(report),
            None => groups.push(vec![report]),
        }
    }
    groups.iter().map(|g| event(g, outlet, published)).collect()
}

fn countries(actors: &[Actor]) -> BTreeSet<&str> {
    actors.iter().filter_map(|a| a.country.as_deref()).collect()
}

fn is_same_deed(a: &EventReport, b: &EventReport) -> bool {
    let all =
        |r: &EventReport| -> BTreeSet<String> { countries(&r.actors).union(&countries(&r.recipients)).map(|c| (*c).to_owned()).collect() };
    let (x, y) = (all(a), all(b));
    let nested = !x.is_empty() && !y.is_empty() && (x.is_subset(&y) || y.is_subset(&x));
    let lead = countries(&a.actors) == countries(&b.actors) || a.reciprocal || b.reciprocal;
    let date = |r: &EventReport| r.date.as_ref().and_then(|d| d.text.clone());
    let apart = matches!((date(a), date(b)), (Some(p), Some(q)) if p != q);
    let modes = matches!((&a.mode, &b.mode), (Some(p), Some(q)) if p != q);
    let deed = |s: Status| if s.is_deed() { Status::Occurred } else { s };
    a.event_type == b.event_type && nested && lead && !modes && !apart && deed(a.status) == deed(b.status)
}

fn event(group: &[&EventReport], outlet: Option<&str>, published: Option<&str>) -> Event {
    let best = group.iter().max_by(|a, b| {
        let fullness = |r: &EventReport| r.actors.len().min(2) + r.recipients.len().min(1);
        fullness(a).cmp(&fullness(b)).then(a.confidence.total_cmp(&b.confidence)).then(b.id.cmp(&a.id))
    });
    let core = best.expect("a group holds at least the report that opened it");
    let mut reports: Vec<String> = group.iter().map(|r| r.id.clone()).collect();
    reports.sort();
    let contexts: BTreeSet<&String> = group.iter().flat_map(|r| &r.contexts).collect();
    Event {
        id: id("ev", &reports.iter().map(String::as_str).collect::<Vec<_>>()),
        event_type: core.event_type,
        mode: group.iter().find_map(|r| r.mode.clone()),
        contexts: contexts.into_iter().cloned().collect(),
        cameo: core.cameo.clone(),
        quad: core.quad,
        actors: core.actors.clone(),
        recipients: core.recipients.clone(),
        reciprocal: core.reciprocal,
        status: core.status,
        date: group.iter().find_map(|r| r.date.clone()),
        place: group.iter().find_map(|r| r.place.clone()),
        confidence: group.iter().map(|r| r.confidence).fold(0.0, f64::max),
        outlets: usize::from(outlet.is_some()).max(1),
        first_reported: published.map(str::to_owned),
        disagreements: Vec::new(),
        reports,
    }
}
