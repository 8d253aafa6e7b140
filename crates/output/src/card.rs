//! One record in full for the terminal.

use crate::{
    Options,
    marks::{Role, marks, span_of},
    table::code,
    terminal::{BOLD, DIM, PLAIN, Paint, Style, style, styled},
    wording::{called, days, dyad, place, when},
};
use chancery_record::{Actor, Event, EventReport, Evidence, LedgerEntry, Quote, Range, Record, Statement, Text, When};

/// Column at which values begin.
const VALUES: usize = 17;

/// A record with all its fields, its sentence (when the page's `text` is given) with the roles coloured, and each quote with its place.
pub fn card(record: &Record, text: Option<&str>, options: &Options) -> String {
    let text = text.map(Text::new);
    let mut card = Card { paint: Paint(options.colour), width: options.width.max(40), out: String::new() };
    match record {
        Record::EventReport(r) => card.event_report(r, record, text.as_ref()),
        Record::Statement(r) => card.statement(r, record, text.as_ref()),
        Record::LedgerEntry(r) => card.ledger_entry(r, record, text.as_ref()),
        Record::Event(r) => card.event(r),
        other => card.plain(other),
    }
    card.out
}

struct Card {
    paint: Paint,
    width: usize,
    out: String,
}

impl Card {
    fn title(&mut self, title: &str, id: &str) {
        let line = self.paint.wrapped(&[(BOLD, title.to_owned()), (DIM, format!(" {id}"))], self.width, 0, 2);
        self.out.push_str(&line);
    }

    fn field(&mut self, name: &str, value: impl Into<String>) {
        self.styled_field(name, PLAIN, value.into());
    }

    fn styled_field(&mut self, name: &str, style: Style, value: String) {
        let lead = format!("  {}{}", self.paint.paint(DIM, name), " ".repeat(VALUES.saturating_sub(2 + name.chars().count()).max(1)));
        let line = self.paint.wrapped_after(lead, VALUES, &[(style, value)], self.width, VALUES);
        self.out.push_str(&line);
    }

    fn maybe(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            self.field(name, value);
        }
    }

    fn sentence(&mut self, record: &Record, range: Range, text: Option<&Text>) {
        let Some((text, span)) = text.and_then(|t| Some((t, span_of(range, t)?))) else {
            self.field("sentence", format!("{}..{} (the page's text is not stored)", range.start, range.end));
            return;
        };
        let marks = marks(record, 0, text);
        let lines = self.paint.wrapped(&styled(text.as_str(), span, &marks), self.width, 2, 2);
        self.out.push_str(&format!("\n{lines}\n"));
    }

    fn actors(&mut self, name: &str, role: Role, actors: &[Actor]) {
        for actor in actors {
            let codes = [&actor.country, &actor.sector].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
            let more = [
                Some(format!("“{}” {}..{}", actor.text, actor.start, actor.end)),
                actor.office.clone(),
                actor.kind.and_then(code),
                actor.role.clone(),
                actor.from.and_then(code).map(|f| format!("from {f}")),
                Some(actor.sectors.join("+")).filter(|_| actor.sectors.len() > 1),
                actor.id.clone(),
                actor.rule.as_ref().map(|r| format!("rule {r}")),
            ];
            let more = more.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let codes = if codes.is_empty() { String::new() } else { format!(" [{codes}]") };
            self.styled_field(name, style(role), format!("{}{codes} · {more}", called(actor)));
        }
    }

    fn quote(&mut self, name: &str, role: Role, quote: &Quote) {
        let place = format!("{}..{} (bytes {}..{})", quote.start, quote.end, quote.byte_start, quote.byte_end);
        self.styled_field(name, style(role), format!("“{}” {place}", quote.quote));
    }

    fn evidence(&mut self, evidence: &[Evidence], predicate: Role) {
        self.out.push_str(&format!("  {}\n", self.paint.paint(BOLD, "evidence")));
        for e in evidence {
            let role = Role::of(e.role, predicate);
            self.quote(role.name(), role, &e.quote);
        }
    }

    fn when(&mut self, date: Option<&When>) {
        let text = |w: &When| {
            let fine = code(w.precision).unwrap_or_default();
            let basis = code(w.basis).unwrap_or_default();
            if days(w).is_some() { format!("{}, {fine}, {basis}", when(w)) } else { format!("{} ({fine})", when(w)) }
        };
        self.maybe("date", date.map(text));
    }

    fn event_report(&mut self, r: &EventReport, record: &Record, text: Option<&Text>) {
        let mode = r.mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
        self.title(&format!("{}{mode} · {} · {}", r.event_type, r.status.code(), dyad(&r.actors, &r.recipients, r.reciprocal)), &r.id);
        self.sentence(record, r.sentence, text);
        self.actors("actor", Role::Actor, &r.actors);
        self.actors("recipient", Role::Recipient, &r.recipients);
        self.maybe("reciprocal", r.reciprocal.then(|| "yes".to_owned()));
        self.actors("said by", Role::Speaker, r.said_by.as_slice());
        r.condition.iter().for_each(|q| self.quote("condition", Role::Condition, q));
        self.when(r.date.as_ref());
        self.maybe("place", r.place.as_ref().map(place_in_full));
        self.maybe("contexts", Some(r.contexts.join(", ")));
        let scores = [
            r.cameo.as_ref().map(|c| format!("CAMEO {c}")),
            Some(format!("quad class {}", r.quad)),
            r.goldstein.map(|g| format!("Goldstein {g}")),
            r.plover_score.map(|s| format!("PLOVER score {s}")),
        ];
        self.field("codes", scores.into_iter().flatten().collect::<Vec<_>>().join(", "));
        self.field("confidence", format!("{:.3}", r.confidence));
        let next = r.why.runner_up.iter().map(|x| format!("{} {:.3}", x.event_type.map_or("no event", |t| t.code()), x.score));
        self.field("why", format!("{} {:.3}; next best: {}", r.why.rule, r.why.score, next.collect::<Vec<_>>().join(", ")));
        self.field("article", r.article_id.clone());
        self.evidence(&r.evidence, Role::Predicate);
    }

    fn statement(&mut self, r: &Statement, record: &Record, text: Option<&Text>) {
        self.title(&format!("statement · {} · {}", code(r.stance).unwrap_or_default(), called(&r.speaker)), &r.id);
        self.sentence(record, r.sentence, text);
        self.actors("speaker", Role::Speaker, std::slice::from_ref(&r.speaker));
        self.quote("cue", Role::Cue, &r.cue);
        self.quote("content", Role::Content, &r.content);
        self.field("quoted", if r.quoted { "yes, in quotation marks" } else { "no" });
        self.actors("addressee", Role::Recipient, r.addressee.as_slice());
        if let Some(occasion) = &r.occasion {
            self.quote("occasion", Role::Occasion, &occasion.text);
            occasion.place.iter().for_each(|q| self.quote("  place", Role::Place, q));
            self.when(occasion.date.as_ref());
        }
        self.actors("about", Role::Actor, &r.about);
        self.field("article", r.article_id.clone());
        self.evidence(&r.evidence, Role::Cue);
    }

    fn ledger_entry(&mut self, r: &LedgerEntry, record: &Record, text: Option<&Text>) {
        self.title(&format!("{} · {} · {}", r.kind.code(), r.status.as_deref().unwrap_or("mentioned"), r.title), &r.id);
        self.sentence(record, r.sentence, text);
        self.actors("party", Role::Actor, &r.parties);
        r.condition.iter().for_each(|q| self.quote("condition", Role::Condition, q));
        self.when(r.date.as_ref());
        self.actors("reported by", Role::Speaker, r.reported_by.as_slice());
        r.relations.iter().for_each(|x| self.field("relation", format!("{} {}", x.kind, x.to)));
        self.maybe("keys", Some(r.keys.join(", ")));
        self.field("article", r.article_id.clone());
        self.evidence(&r.evidence, Role::Predicate);
    }

    fn event(&mut self, r: &Event) {
        let mode = r.mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
        self.title(
            &format!("event {}{mode} · {} · {}", r.event_type, r.status.code(), dyad(&r.actors, &r.recipients, r.reciprocal)),
            &r.id,
        );
        self.actors("actor", Role::Actor, &r.actors);
        self.actors("recipient", Role::Recipient, &r.recipients);
        self.when(r.date.as_ref());
        self.maybe("place", r.place.as_ref().map(place_in_full));
        self.maybe("contexts", Some(r.contexts.join(", ")));
        self.field("codes", format!("{}quad class {}", r.cameo.as_ref().map(|c| format!("CAMEO {c}, ")).unwrap_or_default(), r.quad));
        self.field("confidence", format!("{:.3}", r.confidence));
        self.field("reports", r.reports.join(" "));
        self.field("outlets", r.outlets.to_string());
        self.maybe("first report", r.first_reported.clone());
        self.maybe("disagree on", Some(r.disagreements.join(", ")));
    }

    /// Pages, articles, runs, ledger items: the fields as they are in JSON, long texts cut.
    fn plain(&mut self, record: &Record) {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(record) else { return };
        let kind = fields.get("record").and_then(|k| k.as_str()).unwrap_or("record").to_owned();
        self.title(&kind, record.id());
        for (name, value) in fields.iter().filter(|(name, _)| !matches!(name.as_str(), "record" | "id")) {
            let value = match value {
                serde_json::Value::Null => continue,
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            self.field(name, crate::wording::clipped(&value, 600));
        }
    }
}

fn place_in_full(p: &chancery_record::Place) -> String {
    let parts = [
        Some(place(p)),
        p.admin1.clone(),
        p.precision.and_then(code),
        p.lat.zip(p.lon).map(|(lat, lon)| format!("{lat}, {lon}")),
        p.geonames_id.map(|id| format!("GeoNames {id}")),
        Some(format!("“{}” {}..{}", p.text, p.start, p.end)),
        p.from.and_then(code).map(|f| format!("from {f}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
