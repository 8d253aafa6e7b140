//! The brief: two countries on two pages, for a reader who carries it into the room. Every line ends in a footnote with outlet, date and the
//! sentence it rests on; what is not in a record is not in it. The wording is the text's own, between quotation marks; the rest is plain.

use crate::{
    document::{Document, Draft, Plan, fitted},
    dossier::{Dossier, Happening, Matter, Scope},
    judgement::Verdicts,
    lines::{Lines, Names},
    telling::Told,
    wording::{count, day},
};
use chancery_record::{LedgerKind, Record};
use std::collections::BTreeSet;

/// Months after which nobody expects an undated meeting any more.
const SEASON: usize = 6;

/// The brief of reconciled records on about so many pages (0: as many as it takes).
pub fn brief(records: &[Record], scope: &Scope, names: &Names, pages: usize) -> Document {
    let dossier = Dossier::of(records, scope);
    let verdicts = Verdicts::of(records);
    let today = dossier.last_told();
    let lines = Lines { names, verdicts: &verdicts, sides: &scope.sides };
    let view = View { lines, today: today.as_deref() };
    let [a, b] = scope.sides.each_ref().map(|s| (names.country)(s).unwrap_or_else(|| s.clone()));
    let plans = view.plans(&dossier);
    let lead = vec![ground(&dossier, scope)];
    let mut end = Vec::new();
    if plans.iter().all(|p| p.lines.is_empty()) {
        end.push("Nothing between the two in these results.".to_owned());
    } else {
        let codes = scope.sides.join(" ");
        end.push(format!("Words in quotation marks are the outlet's; each line rests on the sentence in its note. All there is: chancery relation {codes} RESULT."));
    }
    end.extend(verdicts.summary());
    fitted(format!("{a} and {b}"), lead, end, &plans, pages)
}

struct View<'v> {
    lines: Lines<'v>,
    /// The day of the last telling.
    today: Option<&'v str>,
}

impl View<'_> {
    /// All that could be said, section by section; every matter in one of them.
    fn plans(&self, dossier: &Dossier) -> Vec<Plan> {
        let is_meeting = |m: &Matter| matches!(m.item.kind, LedgerKind::Meeting | LedgerKind::Visit);
        let is_held = |m: &Matter| is_meeting(m) && m.item.status.as_deref() == Some("held");
        let is_due = |m: &Matter| is_meeting(m) && m.is_open() && self.is_due(m);
        let matters = |pick: &dyn Fn(&Matter) -> bool| -> Vec<Draft> {
            let mut all: Vec<&Matter> = dossier.matters.iter().filter(|m| pick(m)).collect();
            // what is only mentioned comes last
            all.sort_by_key(|m| m.item.status.is_some());
            all.into_iter().rev().map(|m| self.lines.matter(m)).collect()
        };
        let told = dossier.in_ledger();
        let is_new = |h: &&Happening| !h.told.iter().any(|(r, _)| told.contains(&(r.article_id.as_str(), r.sentence.start)));
        let ahead = dossier.events.iter().filter(|h| self.is_ahead(h)).filter(is_new).map(|h| self.lines.event(h));
        let past = dossier.events.iter().rev().filter(|h| h.event.status.is_deed()).filter(is_new).map(|h| self.lines.event(h));
        vec![
            Plan { title: "Last meetings", lines: self.held(dossier.matters.iter().filter(|m| is_held(m)).collect()), share: 4 },
            Plan { title: "Ahead", lines: matters(&is_due).into_iter().chain(ahead).collect(), share: 4 },
            Plan { title: "Open between them", lines: matters(&|m| m.is_open() && !is_due(m)), share: 8 },
            Plan { title: "Said, word for word", lines: self.said(dossier, true), share: 4 },
            Plan { title: "Said, as the outlets put it", lines: self.said(dossier, false), share: 4 },
            Plan { title: "What else happened", lines: past.collect(), share: 3 },
            Plan { title: "Concluded, withdrawn or noted", lines: matters(&|m| !m.is_open() && !is_held(m)), share: 3 },
        ]
    }

    /// Meetings by their days, the last first. What is told of a month that holds one meeting with a day, of the same parties, is told of that.
    fn held(&self, mut meetings: Vec<&Matter>) -> Vec<Draft> {
        meetings.reverse();
        meetings.sort_by(|a, b| b.item.status_since.cmp(&a.item.status_since));
        let same = |m: &Matter| {
            let mut finer = meetings.iter().filter(|other| is_coarsely(m, other));
            finer.next().filter(|_| finer.next().is_none()).map(|f| f.item.id.as_str())
        };
        let line = |m: &&Matter| {
            let mut draft = self.lines.matter(m);
            let again = meetings.iter().filter(|other| same(other) == Some(&m.item.id)).flat_map(|other| self.lines.matter(other).notes);
            draft.notes.extend(again.collect::<Vec<_>>());
            draft
        };
        meetings.iter().filter(|m| same(m).is_none()).map(line).collect()
    }

    /// Whether an open meeting is still to be expected: its day lies ahead of the last telling, or it has none and was told not long before.
    fn is_due(&self, m: &Matter) -> bool {
        let planned = m.told.iter().rev().find_map(|(e, _)| e.date.as_ref().and_then(|d| d.end.as_deref()));
        match (planned, m.last.as_deref(), self.today) {
            (Some(end), _, Some(today)) => end >= today,
            (None, Some(last), Some(today)) => months(last).zip(months(today)).is_none_or(|(a, b)| b.saturating_sub(a) <= SEASON),
            _ => true,
        }
    }

    fn is_ahead(&self, h: &Happening) -> bool {
        let end = h.event.date.as_ref().and_then(|d| d.end.as_deref()).or(h.day.as_deref());
        h.event.status.is_ahead() && end >= self.today
    }

    /// The last statements: those in quotation marks, or the others.
    fn said(&self, dossier: &Dossier, is_exact: bool) -> Vec<Draft> {
        let words = dossier.words.iter().rev().filter(|w| w.is_exact() == is_exact);
        words.map(|w| self.lines.said(w)).collect()
    }
}

/// `36 records · 3 outlets · published 13 March 2029 to 18 June 2031`.
fn ground(dossier: &Dossier, scope: &Scope) -> String {
    let events = dossier.events.iter().flat_map(|h| h.told.iter().map(|t| &t.1));
    let matters = dossier.matters.iter().flat_map(|m| m.told.iter().map(|t| &t.1));
    let all: Vec<&Told> = events.chain(matters).chain(dossier.words.iter().map(|w| &w.told)).collect();
    let outlets: BTreeSet<&String> = all.iter().filter_map(|t| t.outlet.as_ref()).collect();
    let days: BTreeSet<&String> = all.iter().filter_map(|t| t.published.as_ref()).collect();
    let records: BTreeSet<&String> = all.iter().map(|t| &t.id).collect();
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => Some(format!("published {} to {}", day(first), day(last))),
        (Some(only), _) => Some(format!("published {}", day(only))),
        _ => None,
    };
    let bounds = [scope.since.as_ref().map(|d| format!("since {}", day(d))), scope.until.as_ref().map(|d| format!("until {}", day(d)))];
    let parts = [Some(count(records.len(), "record")), Some(count(outlets.len(), "outlet")).filter(|_| !outlets.is_empty()), span];
    parts.into_iter().chain(bounds).flatten().collect::<Vec<_>>().join(" · ")
}

/// Whether one matter, dated by a month, may be the other, which has a day in it.
fn is_coarsely(m: &Matter, other: &Matter) -> bool {
    let parties = |m: &Matter| m.item.parties.iter().filter_map(|p| p.country.clone()).collect::<BTreeSet<String>>();
    let [month, date] = [m, other].map(|m| m.item.status_since.as_deref().unwrap_or_default());
    month.len() == 7 && date.len() > month.len() && date.starts_with(month) && parties(m).is_subset(&parties(other))
}

/// Months since the year 0.
fn months(iso: &str) -> Option<usize> {
    Some(iso.get(..4)?.parse::<usize>().ok()? * 12 + iso.get(5..7)?.parse::<usize>().ok()?)
}
