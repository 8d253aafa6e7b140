//! Two countries on a terminal: what is open between them, what happened, and the months of cooperation and conflict.

use crate::{
    Options,
    dossier::{Dossier, Happening, Matter, Scope, date_of},
    judgement::Verdicts,
    telling::quoted,
    terminal::{BOLD, DIM, GAP, PLAIN, Paint},
    wording::{called, clipped, count, dyad, side},
};
use chancery_record::{LedgerItem, Record};

/// Longest bar of the chart, in columns.
const BAR: usize = 30;

/// The view of reconciled records.
pub fn relation(records: &[Record], scope: &Scope, options: &Options) -> String {
    let dossier = Dossier::of(records, scope);
    let view = View { paint: Paint(options.colour), width: options.width.max(40), verdicts: Verdicts::of(records) };
    let (open, over): (Vec<&Matter>, Vec<&Matter>) = dossier.matters.iter().partition(|m| m.is_open());
    let [a, b] = &scope.sides;
    let totals = [count(dossier.events.len(), "event"), count(open.len(), "open matter"), count(dossier.words.len(), "statement")];
    let mut out = view.line(BOLD, &format!("{a} – {b}")) + &view.line(DIM, &totals.join(" · "));
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{}{}", view.line(BOLD, title), lines.concat()));
        }
    };
    section("Open", open.iter().rev().map(|m| view.matter(m)).collect());
    section("Over", over.iter().rev().map(|m| view.matter(m)).collect());
    section("Events", dossier.events.iter().map(|h| view.event(h)).collect());
    section("Months", view.months(&dossier));
    section("Said", dossier.words.iter().map(|w| view.said(w)).collect());
    if dossier.events.is_empty() && dossier.matters.is_empty() && dossier.words.is_empty() {
        out.push_str(&view.line(PLAIN, "Nothing between the two in these results."));
    }
    out.extend(view.verdicts.summary().map(|v| format!("\n{}", view.line(DIM, &v))));
    out
}

struct View<'r> {
    paint: Paint,
    width: usize,
    verdicts: Verdicts<'r>,
}

impl View<'_> {
    fn line(&self, style: &'static str, text: &str) -> String {
        self.paint.wrapped(&[(style, text.to_owned())], self.width, 0, 2)
    }

    fn matter(&self, m: &Matter) -> String {
        let item = m.item;
        let status = crate::dossier::status_of(item);
        let told = [
            m.last.as_ref().map(|d| format!("last told {d}")),
            Some(count(m.told.len(), "entry")),
            item.condition.as_ref().map(|c| format!("condition: {}", quoted(&c.quote))),
            item.review.as_ref().map(|r| format!("to review: {r}")),
            self.verdicts.note(m.told.iter().map(|(e, _)| e.id.as_str()).chain([item.id.as_str()])),
            Some(item.id.clone()),
        ];
        let rest = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let parts = [
            (PLAIN, format!("{} ", item.kind.code().replace('_', " "))),
            (BOLD, status),
            (PLAIN, format!("{GAP}{} ", clipped(&item.title, 90))),
            (DIM, rest),
        ];
        self.paint.wrapped(&parts, self.width, 2, 4)
    }

    fn event(&self, h: &Happening) -> String {
        let e = h.event;
        let status = if e.status.is_deed() { String::new() } else { format!(" {}", e.status.code()) };
        let disputed = if e.disagreements.is_empty() { String::new() } else { format!("disputed: {} · ", e.disagreements.join(", ")) };
        let judged = self.verdicts.note(e.reports.iter().chain([&e.id]).map(String::as_str)).map(|v| format!("{v} · ")).unwrap_or_default();
        let rest = format!("{disputed}{judged}{} in {} · {}", count(e.reports.len(), "report"), count(e.outlets, "outlet"), e.id);
        let parts = [
            (PLAIN, format!("{}{GAP}", date_of(h))),
            (BOLD, format!("{}{status}", e.event_type)),
            (PLAIN, format!("{GAP}{}{GAP}{} ", dyad(&e.actors, &e.recipients, e.reciprocal), clipped(&e.title, 90))),
            (DIM, rest),
        ];
        self.paint.wrapped(&parts, self.width, 2, 4)
    }

    fn said(&self, w: &crate::dossier::Word) -> String {
        let s = w.statement;
        let told = [w.told.published.clone(), w.told.outlet.clone(), self.verdicts.note([s.id.as_str()].into_iter()), Some(s.id.clone())];
        let told = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let parts = [
            (BOLD, format!("{} ({}) ", called(&s.speaker), side(std::slice::from_ref(&s.speaker)))),
            (PLAIN, format!("{}: {} ", s.cue.quote, clipped(&s.content.quote, 240))),
            (DIM, told),
        ];
        self.paint.wrapped(&parts, self.width, 2, 4)
    }

    /// A bar a month: `+` for cooperation, `-` for conflict, scaled to the fullest month.
    fn months(&self, dossier: &Dossier) -> Vec<String> {
        let months = dossier.months();
        let most = months.values().flatten().copied().max().unwrap_or(0).max(1);
        let length = |n: usize| if most <= BAR { n } else { (n * BAR).div_ceil(most) };
        months
            .iter()
            .map(|(month, [cooperation, conflict])| {
                let bars = [("32", "+", *cooperation), ("31", "-", *conflict)];
                let bars = bars.map(|(style, mark, n)| self.paint.paint(style, &mark.repeat(length(n))));
                format!("  {month}  {}{}  {cooperation} / {conflict}\n", bars[0], bars[1])
            })
            .collect()
    }
}

/// One matter after the other whose id begins with `id`: its history, then the words of every telling. Empty when there is none.
pub fn history(records: &[Record], id: &str, options: &Options) -> String {
    let view = View { paint: Paint(options.colour), width: options.width.max(40), verdicts: Verdicts::of(records) };
    let items = records.iter().filter_map(|r| if let Record::LedgerItem(i) = r { Some(i) } else { None });
    items.filter(|i| i.id.starts_with(id)).map(|item| view.life(item, records)).collect()
}

impl View<'_> {
    fn life(&self, item: &LedgerItem, records: &[Record]) -> String {
        let title = format!("{} · {} · {}", item.kind.code().replace('_', " "), side(&item.parties), item.title);
        let mut out = self.line(BOLD, &title) + &self.line(DIM, &item.id);
        out.push_str(
            &item
                .series
                .as_ref()
                .map(|s| self.line(PLAIN, &format!("number {} of its series: {}", s.number, quoted(&s.quote.quote))))
                .unwrap_or_default(),
        );
        for step in &item.history {
            let date = step.date.as_deref().unwrap_or("no date");
            out.push_str(&self.paint.wrapped(
                &[(PLAIN, format!("{date}{GAP}")), (BOLD, step.status.clone()), (DIM, format!(" {}", step.entry_id))],
                self.width,
                2,
                4,
            ));
        }
        let by_party: Vec<String> =
            item.actions.iter().map(|a| format!("{} {} {}", a.party, a.action, a.date.as_deref().unwrap_or("(no date)"))).collect();
        out.push_str(&if by_party.is_empty() { String::new() } else { self.line(PLAIN, &format!("by party: {}", by_party.join(", "))) });
        out.extend(self.verdicts.note([item.id.as_str()].into_iter()).map(|v| self.line(PLAIN, &v)));
        out.push_str(&item.review.as_ref().map(|r| self.line(PLAIN, &format!("to review: {r}"))).unwrap_or_default());
        for entry in records.iter().filter_map(|r| if let Record::LedgerEntry(e) = r { Some(e) } else { None }) {
            if !item.entries.contains(&entry.id) {
                continue;
            }
            let article =
                records.iter().find_map(|r| if let Record::Article(a) = r { Some(a).filter(|a| a.id == entry.article_id) } else { None });
            let told = [
                article.and_then(|a| Some(a.published.as_ref()?.date.clone())),
                article.and_then(|a| a.outlet.clone()),
                self.verdicts.note([entry.id.as_str()].into_iter()),
                Some(entry.id.clone()),
            ];
            let parts = [
                (PLAIN, format!("{}: ", entry.status.as_deref().unwrap_or("mentioned"))),
                (PLAIN, format!("{} ", quoted(&clipped(&entry.title, 160)))),
                (DIM, told.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
            ];
            out.push_str(&self.paint.wrapped(&parts, self.width, 2, 4));
        }
        out
    }
}
