//! Records as rows: the columns that CSV, TSV and Parquet share.
//!
//! Nested fields are flattened with `_`. Of a list of actors the first fills the columns (`actor_name`, `actor_country`, ...), and
//! `actor_countries` holds the countries of all, joined with `;`; `participant` has a row for every actor of every record. Offsets are
//! code points; bytes, all evidence and runners-up are in JSON Lines. `event_crosswalk` pairs every event with each of its reports,
//! `item_status` has the steps of each item, `item_party_action` what each of its parties did. Which records have rows, `choice.rs` says;
//! docs/tables.md says how the tables join.

use chancery_record::{
    Actor, Article, Event, EventReport, EvidenceRole, LedgerEntry, LedgerItem, Page, PartyAction, Place, Quote, Range, Record, Run,
    Statement, Step, Verdict, When,
};
use serde::Serialize;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Int,
    /// Numbers.
    Float,
    /// True or false.
    Bool,
    /// Text and codes.
    Text,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not stated.
    Null,
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// Text or a code.
    Text(String),
}

type Rows = dyn Fn(&Record) -> Vec<Vec<Cell>>;

/// A kind of record as a table.
pub struct Table {
    /// File name without its extension: the `record` field.
    pub name: &'static str,
    /// Names and kinds, in order.
    pub columns: Vec<(String, Kind)>,
    rows: Box<Rows>,
}

impl Table {
    /// The rows that a record gives: none for other kinds.
    pub fn rows(&self, record: &Record) -> Vec<Vec<Cell>> {
        (self.rows)(record)
    }
}

/// All tables.
pub fn tables() -> Vec<Table> {
    vec![
        runs(),
        pages(),
        articles(),
        event_reports(),
        statements(),
        ledger_entries(),
        events(),
        crosswalk(),
        ledger_items(),
        item_statuses(),
        party_actions(),
        participants(),
        verdicts(),
    ]
}

struct Column<T> {
    name: String,
    kind: Kind,
    value: Box<dyn Fn(&T) -> Cell>,
}

/// Columns of records of type `T`, added one after the other.
struct Columns<T>(Vec<Column<T>>);

impl<T: 'static> Columns<T> {
    fn new() -> Self {
        Columns(Vec::new())
    }

    fn add(mut self, name: impl Into<String>, kind: Kind, value: impl Fn(&T) -> Cell + 'static) -> Self {
        self.0.push(Column { name: name.into(), kind, value: Box::new(value) });
        self
    }

    fn text(self, name: impl Into<String>, value: impl Fn(&T) -> Option<String> + 'static) -> Self {
        self.add(name, Kind::Text, move |r| value(r).map_or(Cell::Null, Cell::Text))
    }

    fn int(self, name: impl Into<String>, value: impl Fn(&T) -> Option<usize> + 'static) -> Self {
        self.add(name, Kind::Int, move |r| value(r).and_then(|n| i64::try_from(n).ok()).map_or(Cell::Null, Cell::Int))
    }

    fn float(self, name: impl Into<String>, value: impl Fn(&T) -> Option<f64> + 'static) -> Self {
        self.add(name, Kind::Float, move |r| value(r).map_or(Cell::Null, Cell::Float))
    }

    fn bool(self, name: impl Into<String>, value: impl Fn(&T) -> bool + 'static) -> Self {
        self.add(name, Kind::Bool, move |r| Cell::Bool(value(r)))
    }

    fn range(self, name: &str, value: fn(&T) -> Range) -> Self {
        self.int(format!("{name}_start"), move |r| Some(value(r).start)).int(format!("{name}_end"), move |r| Some(value(r).end))
    }

    fn quote(self, name: &str, value: fn(&T) -> Option<&Quote>) -> Self {
        self.text(name, move |r| value(r).map(|q| q.quote.clone()))
            .int(format!("{name}_start"), move |r| value(r).map(|q| q.start))
            .int(format!("{name}_end"), move |r| value(r).map(|q| q.end))
    }

    fn actor(self, name: &str, value: fn(&T) -> Option<&Actor>) -> Self {
        let part = |p: &str| format!("{name}_{p}");
        self.text(part("name"), move |r| value(r)?.name.clone())
            .text(part("text"), move |r| Some(value(r)?.text.clone()))
            .int(part("start"), move |r| Some(value(r)?.start))
            .int(part("end"), move |r| Some(value(r)?.end))
            .text(part("country"), move |r| value(r)?.country.clone())
            .text(part("sector"), move |r| value(r)?.sector.clone())
            .text(part("sectors"), move |r| joined(&value(r)?.sectors))
            .text(part("id"), move |r| value(r)?.id.clone())
            .text(part("office"), move |r| value(r)?.office.clone())
            .text(part("type"), move |r| value(r)?.kind.and_then(code))
            .text(part("from"), move |r| value(r)?.from.and_then(code))
            .text(part("role"), move |r| value(r)?.role.clone())
            .text(part("rule"), move |r| value(r)?.rule.clone())
    }

    fn actors(self, name: &str, first: fn(&T) -> Option<&Actor>, all: fn(&T) -> &[Actor]) -> Self {
        self.actor(name, first).text(format!("{name}_countries"), move |r| {
            let mut countries: Vec<String> = Vec::new();
            for country in all(r).iter().filter_map(|a| a.country.clone()) {
                if !countries.contains(&country) {
                    countries.push(country);
                }
            }
            joined(&countries)
        })
    }

    fn when(self, name: &str, value: fn(&T) -> Option<&When>) -> Self {
        let part = |p: &str| format!("{name}_{p}");
        self.text(part("start"), move |r| value(r)?.start.clone())
            .text(part("end"), move |r| value(r)?.end.clone())
            .text(part("precision"), move |r| code(value(r)?.precision))
            .text(part("text"), move |r| value(r)?.text.clone())
            .text(part("basis"), move |r| code(value(r)?.basis))
    }

    fn place(self, name: &str, value: fn(&T) -> Option<&Place>) -> Self {
        let part = |p: &str| format!("{name}_{p}");
        self.text(part("name"), move |r| value(r)?.name.clone())
            .text(part("text"), move |r| Some(value(r)?.text.clone()))
            .text(part("country"), move |r| value(r)?.country.clone())
            .text(part("admin1"), move |r| value(r)?.admin1.clone())
            .int(part("geonames_id"), move |r| value(r)?.geonames_id.and_then(|n| usize::try_from(n).ok()))
            .float(part("lat"), move |r| value(r)?.lat)
            .float(part("lon"), move |r| value(r)?.lon)
            .text(part("precision"), move |r| value(r)?.precision.and_then(code))
            .int(part("start"), move |r| Some(value(r)?.start))
            .int(part("end"), move |r| Some(value(r)?.end))
            .text(part("from"), move |r| value(r)?.from.and_then(code))
    }

    fn row(&self, r: &T) -> Vec<Cell> {
        self.0.iter().map(|c| (c.value)(r)).collect()
    }

    fn names(&self) -> Vec<(String, Kind)> {
        self.0.iter().map(|c| (c.name.clone(), c.kind)).collect()
    }

    fn table(self, name: &'static str, pick: fn(&Record) -> Option<&T>) -> Table {
        let columns = self.names();
        let rows = move |record: &Record| pick(record).map(|r| self.row(r)).into_iter().collect();
        Table { name, columns, rows: Box::new(rows) }
    }
}

/// The word that stands for an enum's value in the records.
pub fn code(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn joined(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| list.join(";"))
}

/// The event reports, the table a file or stdout gets.
pub fn event_reports() -> Table {
    Columns::<EventReport>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("article_id", |r| Some(r.article_id.clone()))
        .range("sentence", |r| r.sentence)
        .text("event_type", |r| Some(r.event_type.code().to_owned()))
        .text("title", |r| Some(r.title.clone()))
        .text("mode", |r| r.mode.clone())
        .text("contexts", |r| joined(&r.contexts))
        .text("cameo", |r| r.cameo.clone())
        .int("quad", |r| Some(r.quad.into()))
        .float("goldstein", |r| r.goldstein)
        .float("plover_score", |r| r.plover_score)
        .actors("actor", |r| r.actors.first(), |r| &r.actors)
        .actors("recipient", |r| r.recipients.first(), |r| &r.recipients)
        .bool("reciprocal", |r| r.reciprocal)
        .text("status", |r| Some(r.status.code().to_owned()))
        .quote("condition", |r| r.condition.as_ref())
        .actor("said_by", |r| r.said_by.as_ref())
        .when("date", |r| r.date.as_ref())
        .place("place", |r| r.place.as_ref())
        .float("confidence", |r| Some(r.confidence))
        .quote("predicate", |r| r.evidence.iter().find(|e| e.role == EvidenceRole::Predicate).map(|e| &e.quote))
        .text("why_rule", |r| Some(r.why.rule.clone()))
        .float("why_score", |r| Some(r.why.score))
        .table("event_report", |r| if let Record::EventReport(r) = r { Some(r) } else { None })
}

fn events() -> Table {
    Columns::<Event>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("event_type", |r| Some(r.event_type.code().to_owned()))
        .text("title", |r| Some(r.title.clone()))
        .text("mode", |r| r.mode.clone())
        .text("contexts", |r| joined(&r.contexts))
        .text("cameo", |r| r.cameo.clone())
        .int("quad", |r| Some(r.quad.into()))
        .actors("actor", |r| r.actors.first(), |r| &r.actors)
        .actors("recipient", |r| r.recipients.first(), |r| &r.recipients)
        .bool("reciprocal", |r| r.reciprocal)
        .text("status", |r| Some(r.status.code().to_owned()))
        .when("date", |r| r.date.as_ref())
        .place("place", |r| r.place.as_ref())
        .float("confidence", |r| Some(r.confidence))
        .int("reports", |r| Some(r.reports.len()))
        .int("outlets", |r| Some(r.outlets))
        .text("first_reported", |r| r.first_reported.clone())
        .text("disagreements", |r| joined(&r.disagreements))
        .table("event", |r| if let Record::Event(r) = r { Some(r) } else { None })
}

fn crosswalk() -> Table {
    let rows = |record: &Record| {
        let Record::Event(event) = record else { return Vec::new() };
        event.reports.iter().map(|id| vec![Cell::Text(event.id.clone()), Cell::Text(id.clone())]).collect()
    };
    let columns = vec![("event_id".to_owned(), Kind::Text), ("event_report_id".to_owned(), Kind::Text)];
    Table { name: "event_crosswalk", columns, rows: Box::new(rows) }
}

fn statements() -> Table {
    Columns::<Statement>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("article_id", |r| Some(r.article_id.clone()))
        .range("sentence", |r| r.sentence)
        .actor("speaker", |r| Some(&r.speaker))
        .quote("cue", |r| Some(&r.cue))
        .quote("content", |r| Some(&r.content))
        .bool("quoted", |r| r.quoted)
        .actor("addressee", |r| r.addressee.as_ref())
        .quote("occasion_text", |r| r.occasion.as_ref().map(|o| &o.text))
        .quote("occasion_place", |r| r.occasion.as_ref()?.place.as_ref())
        .when("occasion_date", |r| r.occasion.as_ref()?.date.as_ref())
        .text("stance", |r| code(r.stance))
        .actors("about", |r| r.about.first(), |r| &r.about)
        .table("statement", |r| if let Record::Statement(r) = r { Some(r) } else { None })
}

fn ledger_entries() -> Table {
    Columns::<LedgerEntry>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("article_id", |r| Some(r.article_id.clone()))
        .range("sentence", |r| r.sentence)
        .text("kind", |r| Some(r.kind.code().to_owned()))
        .text("title", |r| Some(r.title.clone()))
        .actors("party", |r| r.parties.first(), |r| &r.parties)
        .text("status", |r| r.status.clone())
        .int("number_in_series", |r| r.series.as_ref().map(|s| s.number as usize))
        .quote("condition", |r| r.condition.as_ref())
        .when("date", |r| r.date.as_ref())
        .when("told", |r| r.told.as_ref())
        .bool("is_background", |r| r.is_background)
        .actor("reported_by", |r| r.reported_by.as_ref())
        .text("relations", |r| joined(&r.relations.iter().map(|x| format!("{} {}", x.kind, x.to)).collect::<Vec<_>>()))
        .text("keys", |r| joined(&r.keys))
        .quote("predicate", |r| r.evidence.iter().find(|e| e.role == EvidenceRole::Predicate).map(|e| &e.quote))
        .table("ledger_entry", |r| if let Record::LedgerEntry(r) = r { Some(r) } else { None })
}

fn item_statuses() -> Table {
    let rows = |record: &Record| {
        let Record::LedgerItem(item) = record else { return Vec::new() };
        let text = |s: &str| Cell::Text(s.to_owned());
        let row = |(position, s): (usize, &Step)| {
            let position = i64::try_from(position).map_or(Cell::Null, Cell::Int);
            vec![text(&item.id), position, text(&s.status), s.date.as_deref().map_or(Cell::Null, text), text(&s.entry_id)]
        };
        item.history.iter().enumerate().map(row).collect()
    };
    let kind = |name: &str| if name == "position" { Kind::Int } else { Kind::Text };
    let columns = ["item_id", "position", "status", "date", "entry_id"].map(|name| (name.to_owned(), kind(name))).to_vec();
    Table { name: "item_status", columns, rows: Box::new(rows) }
}

fn party_actions() -> Table {
    let rows = |record: &Record| {
        let Record::LedgerItem(item) = record else { return Vec::new() };
        let row = |a: &PartyAction| {
            let text = |s: &str| Cell::Text(s.to_owned());
            vec![text(&item.id), text(&a.party), text(&a.action), a.date.as_deref().map_or(Cell::Null, text), text(&a.entry_id)]
        };
        item.actions.iter().map(row).collect()
    };
    let columns = ["item_id", "party", "action", "date", "entry_id"].map(|name| (name.to_owned(), Kind::Text)).to_vec();
    Table { name: "item_party_action", columns, rows: Box::new(rows) }
}

/// An actor of a record.
struct Participant {
    record: &'static str,
    id: String,
    side: &'static str,
    position: usize,
    actor: Actor,
}

impl Participant {
    /// All of a record: the actors of each of its sides, counted from 0.
    fn all(record: &Record) -> Vec<Participant> {
        let (name, id, sides): (_, _, Vec<(_, Vec<&Actor>)>) = match record {
            Record::EventReport(r) => {
                let said_by = r.said_by.iter().collect();
                (
                    "event_report",
                    &r.id,
                    vec![("actor", r.actors.iter().collect()), ("recipient", r.recipients.iter().collect()), ("said_by", said_by)],
                )
            }
            Record::Event(r) => ("event", &r.id, vec![("actor", r.actors.iter().collect()), ("recipient", r.recipients.iter().collect())]),
            Record::Statement(r) => {
                let (speaker, addressee) = (vec![&r.speaker], r.addressee.iter().collect());
                ("statement", &r.id, vec![("speaker", speaker), ("addressee", addressee), ("about", r.about.iter().collect())])
            }
            Record::LedgerEntry(r) => {
                let reported_by = r.reported_by.iter().collect();
                ("ledger_entry", &r.id, vec![("party", r.parties.iter().collect()), ("reported_by", reported_by)])
            }
            Record::LedgerItem(r) => ("ledger_item", &r.id, vec![("party", r.parties.iter().collect())]),
            _ => return Vec::new(),
        };
        let of = |(side, actors): (&'static str, Vec<&Actor>)| {
            let one =
                |(position, actor): (usize, &Actor)| Participant { record: name, id: id.clone(), side, position, actor: actor.clone() };
            actors.into_iter().enumerate().map(one).collect::<Vec<_>>()
        };
        sides.into_iter().flat_map(of).collect()
    }
}

fn participants() -> Table {
    let columns = Columns::<Participant>::new()
        .text("record_id", |p| Some(p.id.clone()))
        .text("record", |p| Some(p.record.to_owned()))
        .text("side", |p| Some(p.side.to_owned()))
        .int("position", |p| Some(p.position))
        .actor("actor", |p| Some(&p.actor));
    let names = columns.names();
    let rows = move |record: &Record| Participant::all(record).iter().map(|p| columns.row(p)).collect();
    Table { name: "participant", columns: names, rows: Box::new(rows) }
}

fn ledger_items() -> Table {
    Columns::<LedgerItem>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("kind", |r| Some(r.kind.code().to_owned()))
        .text("title", |r| Some(r.title.clone()))
        .actors("party", |r| r.parties.first(), |r| &r.parties)
        .text("status", |r| r.status.clone())
        .text("status_since", |r| r.status_since.clone())
        .int("number_in_series", |r| r.series.as_ref().map(|s| s.number as usize))
        .quote("condition", |r| r.condition.as_ref())
        .text("history", |r| joined(&r.history.iter().map(|s| format!("{} {}", s.status, s.entry_id)).collect::<Vec<_>>()))
        .text("entries", |r| joined(&r.entries))
        .text("review", |r| r.review.clone())
        .table("ledger_item", |r| if let Record::LedgerItem(r) = r { Some(r) } else { None })
}

fn verdicts() -> Table {
    let ids = |all: &mut dyn Iterator<Item = &String>| joined(&all.cloned().collect::<Vec<_>>());
    Columns::<Verdict>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("act", |r| Some(r.act.code().to_owned()))
        .text("ids", |r| joined(&r.ids))
        .text("field", |r| r.field.clone())
        .text("value", |r| r.value.clone())
        .text("by", |r| Some(r.by.clone()))
        .text("on", |r| Some(r.on.clone()))
        .text("note", |r| r.note.clone())
        .text("applied", move |r| ids(&mut r.applied.iter().map(|a| &a.id)))
        .text("lapsed", move |r| ids(&mut r.lapsed.iter().map(|l| &l.id)))
        .table("verdict", |r| if let Record::Verdict(r) = r { Some(r) } else { None })
}

fn articles() -> Table {
    Columns::<Article>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("page_id", |r| Some(r.page_id.clone()))
        .int("index", |r| Some(r.index))
        .quote("headline", |r| r.headline.as_ref())
        .quote("byline", |r| r.byline.as_ref())
        .quote("dateline", |r| r.dateline.as_ref().map(|d| &d.quote))
        .quote("dateline_place", |r| r.dateline.as_ref()?.place.as_ref())
        .quote("dateline_date", |r| r.dateline.as_ref()?.date.as_ref())
        .text("published_date", |r| Some(r.published.as_ref()?.date.clone()))
        .text("published_source", |r| Some(r.published.as_ref()?.source.clone()))
        .text("outlet", |r| r.outlet.clone())
        .text("language", |r| r.language.clone())
        .int("start", |r| Some(r.start))
        .int("end", |r| Some(r.end))
        .int("paragraphs", |r| Some(r.body.len()))
        .int("dropped_parts", |r| Some(r.dropped.len()))
        .text("duplicate_of", |r| r.duplicate_of.clone())
        .table("article", |r| if let Record::Article(r) = r { Some(r) } else { None })
}

fn pages() -> Table {
    Columns::<Page>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("source_id", |r| r.source_id.clone())
        .text("path", |r| r.path.clone())
        .text("url", |r| r.url.clone())
        .text("sha256", |r| Some(r.sha256.clone()))
        .text("text", |r| r.text.clone())
        .text("outcome", |r| code(r.outcome))
        .text("reason", |r| r.reason.clone())
        .int("articles", |r| Some(r.articles))
        .table("page", |r| if let Record::Page(r) = r { Some(r) } else { None })
}

fn runs() -> Table {
    Columns::<Run>::new()
        .text("id", |r| Some(r.id.clone()))
        .text("version", |r| Some(r.version.clone()))
        .text("codebook_name", |r| Some(r.codebook.name.clone()))
        .text("codebook_version", |r| Some(r.codebook.version.clone()))
        .text("codebook_hash", |r| Some(r.codebook.hash.clone()))
        .text("knowledge_hash", |r| Some(r.knowledge_hash.clone()))
        .text("overlays", |r| Some(&r.overlays).filter(|o| !o.is_empty()).and_then(|o| serde_json::to_string(o).ok()))
        .text("model_hash", |r| Some(r.model_hash.clone()))
        .text("options", |r| serde_json::to_string(&r.options).ok())
        .int("inputs", |r| Some(r.inputs.len()))
        .table("run", |r| if let Record::Run(r) = r { Some(r) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_step_of_an_item_has_a_row_with_its_date() {
        let item = serde_json::json!({"record": "ledger_item", "id": "li_1", "kind": "visit", "title": "visit", "parties": [], "status": "held",
            "status_since": "2033-02-09", "entries": ["le_1", "le_2"], "review": null, "history": [
                {"status": "announced", "date": "2033-01", "entry_id": "le_1"}, {"status": "held", "date": null, "entry_id": "le_2"}]});
        let rows = item_statuses().rows(&serde_json::from_value(item).expect("an item"));
        let text = |s: &str| Cell::Text(s.to_owned());
        assert_eq!(
            rows,
            [
                [text("li_1"), Cell::Int(0), text("announced"), text("2033-01"), text("le_1")],
                [text("li_1"), Cell::Int(1), text("held"), Cell::Null, text("le_2")]
            ]
        );
    }

    #[test]
    fn every_table_has_its_own_name_and_no_column_twice() {
        let all = tables();
        let names: BTreeSet<&str> = all.iter().map(|t| t.name).collect();
        assert_eq!(names.len(), all.len());
        for table in &all {
            let columns: BTreeSet<&str> = table.columns.iter().map(|(n, _)| n.as_str()).collect();
            assert_eq!(columns.len(), table.columns.len(), "{}", table.name);
            assert!(columns.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')), "{}", table.name);
        }
    }
}
