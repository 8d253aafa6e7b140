//! The records as cards.

use super::escape;
use crate::{
    judgement::Verdicts,
    table::code,
    wording::{by_article, called, capital, clipped, count, party, place, when},
};
use chancery_record::{Actor, Article, Event, EventReport, EvidenceRole, LedgerEntry, Place, Record, Statement, When};
use std::collections::HashMap;

/// The cards of a page, in the order of the text, under a line for each article when there are several. Numbered from `first`.
pub fn cards(records: &[Record], articles: &[&Article], first: usize) -> String {
    let mut events: HashMap<&str, &Event> = HashMap::new();
    for record in records {
        if let Record::Event(event) = record {
            events.extend(event.reports.iter().map(|id| (id.as_str(), event)));
        }
    }
    let mut out = String::new();
    let (by_article, verdicts) = (by_article(records), Verdicts::of(records));
    for article in articles {
        let own = by_article.get(article.id.as_str()).map_or(&[][..], Vec::as_slice);
        if articles.len() > 1 && !own.is_empty() {
            let title = article.headline.as_ref().map_or("", |h| &h.quote);
            out.push_str(&format!("<p class=\"art\">Article {} <i>·</i> {}</p>\n", article.index + 1, escape(&clipped(title, 60))));
        }
        out.extend(own.iter().filter_map(|(_, n, record)| card(record, first + n, &events, &verdicts)));
    }
    out
}

fn card(record: &Record, n: usize, events: &HashMap<&str, &Event>, verdicts: &Verdicts) -> Option<String> {
    let (kind, status, html) = match record {
        Record::EventReport(r) => ("report", r.status.code(), report(r, events.get(r.id.as_str()).copied())),
        Record::Statement(r) => ("statement", "", statement(r)),
        Record::LedgerEntry(r) => ("ledger", r.status.as_deref().unwrap_or("mentioned"), entry(r)),
        _ => return None,
    };
    let (id, status) = (escape(record.id()), escape(status));
    let judged = verdicts.note([record.id()].into_iter()).map(|v| format!("<p class=\"judged\">{}</p>\n", escape(&v))).unwrap_or_default();
    Some(format!(
        "<article class=\"card {kind}\" id=\"{id}\" data-n=\"{n}\" data-kind=\"{kind}\" data-status=\"{status}\" tabindex=\"0\">\n{html}{judged}</article>\n"
    ))
}

fn report(r: &EventReport, event: Option<&Event>) -> String {
    let mode = r.mode.as_ref().map(|m| format!(" <span class=\"mode\">{}</span>", escape(m))).unwrap_or_default();
    let deed = if r.status.is_deed() { "deed" } else { "other" };
    let status = r.status.code();
    let mut out = format!(
        "<header><b class=\"type q{}\">{}</b>{mode}<span class=\"badge {deed} {status}\">{status}</span>\
         <span class=\"conf\" title=\"confidence {:.3}\">{:.2}</span></header>\n",
        r.quad.min(4),
        r.event_type,
        r.confidence,
        r.confidence
    );
    out.push_str(&dyad(&r.actors, &r.recipients, r.reciprocal));
    let words = r.evidence.iter().filter(|e| e.role == EvidenceRole::Predicate).map(|e| quoted(&e.quote.quote, 160));
    out.push_str(&words.map(|q| format!("<p class=\"words\">{q}</p>\n")).collect::<String>());
    let mut facts = Facts::default();
    facts.actors("Who", "actor", &r.actors);
    facts.actors("To whom", "recipient", &r.recipients);
    facts.when(r.date.as_ref());
    facts.place(r.place.as_ref());
    facts.actors("Said by", "speaker", r.said_by.as_slice());
    facts.add("If", r.condition.as_ref().map(|c| quoted(&c.quote, 300)));
    let others = event.filter(|e| e.reports.len() > 1);
    facts.add("Event", others.map(|e| format!("{} <small>with {}</small>", escape(&e.id), count(e.reports.len() - 1, "other report"))));
    out.push_str(&facts.html());
    let codes = [
        r.cameo.as_ref().map(|c| format!("CAMEO {}", escape(c))),
        Some(format!("quad class {}", r.quad)),
        r.goldstein.map(|g| format!("Goldstein {g}")),
        Some(escape(&r.contexts.join(", "))).filter(|c| !c.is_empty()),
    ];
    out.push_str(&foot(codes, &r.id));
    out
}

fn statement(r: &Statement) -> String {
    let stance = code(r.stance).unwrap_or_default();
    let mut out = format!("<header><b class=\"type st\">Statement</b><span class=\"mode\">{}</span></header>\n", escape(&stance));
    let content =
        if r.quoted { format!("<q class=\"bare\">{}</q>", escape(&clipped(&r.content.quote, 400))) } else { quoted(&r.content.quote, 400) };
    out.push_str(&format!(
        "<p class=\"says\">{} <span class=\"m cue\">{}</span></p>\n<p class=\"words\">{content}</p>\n",
        who(&r.speaker, "speaker"),
        escape(&r.cue.quote)
    ));
    let mut facts = Facts::default();
    facts.actors("To", "recipient", r.addressee.as_slice());
    if let Some(occasion) = &r.occasion {
        let place = occasion.place.as_ref().map(|q| format!(", {}", escape(&q.quote))).unwrap_or_default();
        facts.add("Occasion", Some(format!("{}{place}", quoted(&occasion.text.quote, 120))));
        facts.when(occasion.date.as_ref());
    }
    let mut about: Vec<String> = Vec::new();
    for party in r.about.iter().map(party) {
        if !about.contains(&party) {
            about.push(party);
        }
    }
    facts.add("About", Some(escape(&about.join(", "))).filter(|a| !a.is_empty()));
    out.push_str(&facts.html());
    out.push_str(&foot([Some("in quotation marks".to_owned()).filter(|_| r.quoted), None, None, None], &r.id));
    out
}

fn entry(r: &LedgerEntry) -> String {
    let status = r.status.as_deref().unwrap_or("mentioned").replace('_', " ");
    let kind = r.kind.code().replace('_', " ");
    let mut out = format!(
        "<header><b class=\"type le\">{}</b><span class=\"mode\">ledger</span><span class=\"badge other\">{}</span></header>\n<p class=\"words title\">{}</p>\n",
        escape(&kind),
        escape(&status),
        escape(&clipped(&r.title, 200))
    );
    let mut facts = Facts::default();
    for party in &r.parties {
        let role = party.role.as_deref().map_or("Party".to_owned(), capital);
        facts.add(&role, Some(who(party, "actor")));
    }
    facts.when(r.date.as_ref());
    facts.actors("Reported by", "speaker", r.reported_by.as_slice());
    facts.add("If", r.condition.as_ref().map(|c| quoted(&c.quote, 300)));
    for relation in &r.relations {
        facts.add(&capital(&relation.kind.replace('_', " ")), Some(format!("<a href=\"#{0}\">{0}</a>", escape(&relation.to))));
    }
    out.push_str(&facts.html());
    out.push_str(&foot([Some(escape(&r.keys.join(", "))).filter(|k| !k.is_empty()), None, None, None], &r.id));
    out
}

fn dyad(actors: &[Actor], recipients: &[Actor], is_reciprocal: bool) -> String {
    let one = |a: &Actor, class: &str| {
        let sector =
            a.sector.as_ref().filter(|_| a.country.is_some()).map(|s| format!(" <small>{}</small>", escape(s))).unwrap_or_default();
        format!("<span class=\"party {class}\">{}{sector}</span>", escape(a.country.as_deref().unwrap_or_else(|| called(a))))
    };
    let side = |all: &[Actor], class: &str| {
        let mut parties: Vec<String> = Vec::new();
        for party in all.iter().map(|a| one(a, class)) {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        parties
    };
    let (from, to) = (side(actors, "actor"), side(recipients, "recipient"));
    let arrow = if is_reciprocal { " <span class=\"arrow\">⇄</span> " } else { " <span class=\"arrow\">→</span> " };
    let inner = match (from.is_empty(), to.is_empty()) {
        (false, true) => from.join(if is_reciprocal { arrow } else { " " }),
        (true, _) => format!("<span class=\"party none\">not stated</span>{arrow}{}", to.join(" ")),
        (false, false) => format!("{}{arrow}{}", from.join(" "), to.join(" ")),
    };
    format!("<p class=\"dyad\">{inner}</p>\n")
}

/// Name, office and mention of an actor, and where it was taken from.
fn who(actor: &Actor, class: &str) -> String {
    let name = called(actor);
    let mut notes: Vec<String> = Vec::new();
    notes.extend(Some(party(actor)).filter(|p| p != name));
    notes.extend(actor.office.clone());
    notes.extend(Some(format!("“{}”", actor.text)).filter(|_| actor.text != name));
    notes.extend(actor.from.and_then(code).map(|f| format!("from {f}")));
    let notes = if notes.is_empty() { String::new() } else { format!(" <small>{}</small>", escape(&notes.join(" · "))) };
    format!("<span class=\"who {class}\">{}</span>{notes}", escape(name))
}

fn quoted(text: &str, most: usize) -> String {
    format!("<q>{}</q>", escape(&clipped(text, most)))
}

fn foot(parts: [Option<String>; 4], id: &str) -> String {
    let line = parts.into_iter().flatten().map(|p| format!("<span>{p}</span>")).collect::<String>();
    format!("<footer>{line}<a class=\"id\" href=\"#{0}\">{0}</a></footer>\n", escape(id))
}

/// The lines "what: value" of a card; values are HTML.
#[derive(Default)]
struct Facts(Vec<(String, String)>);

impl Facts {
    fn add(&mut self, name: &str, value: Option<String>) {
        self.0.extend(value.map(|v| (name.to_owned(), v)));
    }

    fn actors(&mut self, name: &str, class: &str, actors: &[Actor]) {
        for (i, actor) in actors.iter().enumerate() {
            self.add(if i == 0 { name } else { "" }, Some(who(actor, class)));
        }
    }

    fn when(&mut self, date: Option<&When>) {
        let basis = |w: &When| code(w.basis).filter(|b| b != "unknown").map(|b| format!(" <small>{b}</small>")).unwrap_or_default();
        self.add("When", date.map(|w| format!("<span class=\"who date\">{}</span>{}", escape(&when(w)), basis(w))));
    }

    fn place(&mut self, found: Option<&Place>) {
        let from = |p: &Place| p.from.and_then(code).map(|f| format!(" <small>from {f}</small>")).unwrap_or_default();
        self.add("Where", found.map(|p| format!("<span class=\"who place\">{}</span>{}", escape(&place(p)), from(p))));
    }

    fn html(self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let rows = self.0.into_iter().map(|(name, value)| format!("<dt>{}</dt><dd>{value}</dd>", escape(&name))).collect::<String>();
        format!("<dl>{rows}</dl>\n")
    }
}
