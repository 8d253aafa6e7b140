//! Lines of a document: a matter, an event, what was said. The wording is the text's own, between quotation marks; the rest is plain.

use crate::{
    document::{Draft, Note, Run},
    dossier::{Happening, Matter, Word},
    judgement::Verdicts,
    telling::{Told, cut, one_line, quoted},
    wording::{called, capital, day, days_in_words, office},
};
use chancery_record::{Actor, ActorType, LedgerEntry, LedgerKind, When};
use std::collections::BTreeSet;

/// How a reader calls countries and offices.
pub struct Names<'n> {
    /// The English name of a country or body by its code.
    pub country: &'n dyn Fn(&str) -> Option<String>,
    /// The title of the office that a person held on a day (ISO), as the knowledge base has it.
    pub title: &'n dyn Fn(&Actor, Option<&str>) -> Option<String>,
}

/// Longest quotation of a line, in characters.
const WORDS: usize = 170;
/// Longest quotation of what tells a status.
const NEWS: usize = 110;
/// Longest quotation of what was said.
const SPEECH: usize = 360;

/// What lines are made with.
pub struct Lines<'v> {
    /// Names of countries and offices.
    pub names: &'v Names<'v>,
    /// What people said of the records.
    pub verdicts: &'v Verdicts<'v>,
    /// Countries that need no mention.
    pub sides: &'v [String],
}

impl Lines<'_> {
    /// A matter with its status, persons, words and condition.
    pub fn matter(&self, m: &Matter) -> Draft {
        let item = m.item;
        let kind = item.kind.code().replace('_', " ");
        let shown = shown(m);
        let main = shown.last().or(m.told.last().as_ref()).copied();
        let is_planned = m.is_open() && matches!(item.kind, LedgerKind::Meeting | LedgerKind::Visit);
        let planned = main.and_then(|(e, t)| Some((e.date.as_ref()?, t))).filter(|_| is_planned);
        let status = match (&item.status, &item.status_since) {
            (None, _) => "mentioned".to_owned(),
            (Some(s), None) => s.replace('_', " "),
            (Some(s), Some(d)) => format!("{} {}{}", s.replace('_', " "), since(item.kind), day(d)),
        };
        let is_put_off = item.status.as_deref() == Some("postponed");
        let for_day = planned.and_then(|(date, told)| {
            let days = days_in_words(date)?;
            Some(match is_put_off {
                true if is_moved_to(date, told) => format!(", to {days}"),
                true => format!(", which was set for {days}"),
                false => format!(", for {days}"),
            })
        });
        let for_day = for_day.unwrap_or_default();
        let mut runs = vec![Run::Strong(format!("{}, {status}{for_day}", capital(&kind)))];
        runs.extend(self.people(m, &shown).map(|p| Run::Plain(format!(" · {p}"))));
        let titled = shown.iter().find(|(e, _)| e.title == item.title).map(|(_, t)| t);
        runs.push(Run::Plain(format!(": {}", quoted(&titled.map_or_else(|| cut(&item.title, WORDS), |t| t.words(WORDS))))));
        // where other words tell the status, these too
        let news = main.filter(|(e, t)| titled.is_some_and(|titled| titled.id != t.id) && e.status.is_some() && e.status == item.status);
        runs.extend(news.map(|(e, t)| {
            Run::Plain(format!("; {}: {}", e.status.as_deref().unwrap_or_default().replace('_', " "), quoted(&t.words(NEWS))))
        }));
        runs.extend(item.condition.as_ref().map(|c| Run::Plain(format!("; on the condition {}", quoted(&c.quote)))));
        let source = main.and_then(|(e, t)| e.reported_by.as_ref().map(|a| self.who(a, t.published.as_deref())));
        runs.extend(source.map(|s| Run::Plain(format!("; according to {s}"))));
        let differ = |r: &String| format!("; accounts differ ({})", r.split(" (").next().unwrap_or(r).replace('_', " "));
        runs.extend(item.review.as_ref().map(|r| Run::Plain(differ(r))));
        let ids = m.told.iter().map(|(e, _)| e.id.as_str()).chain([item.id.as_str()]);
        runs.extend(self.judged(ids));
        Draft { runs, notes: shown.iter().map(|(_, t)| Note::of(t)).collect() }
    }

    /// The persons of a matter, and after "with" the parties that are neither side.
    fn people(&self, m: &Matter, shown: &[&(&LedgerEntry, Told)]) -> Option<String> {
        let all = shown.iter().flat_map(|(e, t)| e.parties.iter().map(|p| (p, t.published.as_deref())));
        let is_other = |p: &Actor| p.country.as_ref().is_some_and(|c| !self.sides.contains(c));
        let is_person = |p: &Actor| p.kind == Some(ActorType::Person);
        let is_named = |p: &Actor| (is_person(p) || is_other(p)) && !is_pronoun(&called(p).to_lowercase());
        let mut people: Vec<(String, String, bool)> = Vec::new();
        for (party, day) in all.chain(m.item.parties.iter().map(|p| (p, None))).filter(|(p, _)| is_named(p)) {
            let name = called(party).to_lowercase();
            let same = |(known, ..): &(String, String, bool)| known.ends_with(&name) || name.ends_with(known.as_str());
            match people.iter_mut().find(|p| same(p)) {
                // the name alone, which says office and country apart, rather than "Foreign Minister X"
                Some(known) if name.len() < known.0.len() => *known = (name, self.who(party, day), known.2),
                Some(_) => {}
                None => people.push((name, self.who(party, day), is_person(party) || self.sides.is_empty())),
            }
        }
        let some = |wanted: bool| people.iter().filter(|p| p.2 == wanted).map(|p| p.1.as_str()).take(4).collect::<Vec<_>>().join(", ");
        let (persons, beside) = (some(true), some(false));
        let beside = if beside.is_empty() { beside } else { format!("with {beside}") };
        let all: Vec<String> = [persons, beside].into_iter().filter(|p| !p.is_empty()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// An event with its day, sides and words.
    pub fn event(&self, h: &Happening) -> Draft {
        let event = h.event;
        let date = event.date.as_ref().and_then(days_in_words).or_else(|| h.day.as_ref().map(|d| format!("told {}", day(d))));
        let status = if event.status.is_deed() { String::new() } else { format!(", {}", event.status.code()) };
        let date = date.unwrap_or_else(|| "No date".to_owned());
        let mut runs = vec![Run::Strong(format!("{}{status}", capital(&date)))];
        let on = h.told.first().and_then(|(_, t)| t.published.as_deref());
        let side =
            |actors: &[Actor]| actors.iter().map(|a| self.who(a, on)).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        let (from, to) = (side(&event.actors), side(&event.recipients));
        let arrow = if event.reciprocal { " and " } else { " to " };
        let dyad = [from, to].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(arrow);
        let best = h.told.iter().find(|(r, _)| r.title == event.title).or(h.told.first());
        runs.push(Run::Plain(format!(" · {dyad}: {}", quoted(&best.map_or_else(|| cut(&event.title, WORDS), |(_, t)| t.words(WORDS))))));
        let source = best.and_then(|(r, t)| r.said_by.as_ref().map(|a| self.who(a, t.published.as_deref())));
        runs.extend(source.map(|s| Run::Plain(format!("; according to {s}"))));
        runs.extend(
            (!event.disagreements.is_empty()).then(|| Run::Plain(format!("; accounts differ on {}", event.disagreements.join(", ")))),
        );
        let ids = h.told.iter().map(|(r, _)| r.id.as_str()).chain([event.id.as_str()]);
        runs.extend(self.judged(ids));
        let mut told: Vec<&Told> = best.iter().map(|(_, t)| t).collect();
        told.extend(h.told.iter().map(|(_, t)| t).filter(|t| best.is_none_or(|(_, b)| b.outlet != t.outlet)).take(2));
        Draft { runs, notes: told.into_iter().map(Note::of).collect() }
    }

    /// Who said what on which day: the speaker's own words, else the outlet's with the word of speech.
    pub fn said(&self, w: &Word) -> Draft {
        let date = said_on(w).map(|d| format!(", {d}")).unwrap_or_default();
        self.speech(w, capital(&self.who(&w.statement.speaker, w.told.published.as_deref())), &date)
    }

    /// The same without the name.
    pub fn said_on(&self, w: &Word) -> Draft {
        self.speech(w, capital(&said_on(w).unwrap_or_else(|| "no date".to_owned())), "")
    }

    fn speech(&self, w: &Word, lead: String, rest: &str) -> Draft {
        let words = match &w.told.passage {
            Some(passage) if !w.is_exact() => cut(passage, SPEECH),
            _ => cut(w.told.quote.trim_matches(['“', '”', '"', '«', '»']).trim_end_matches(','), SPEECH),
        };
        let mut runs = vec![Run::Strong(lead), Run::Plain(format!("{rest}: {}", quoted(&words)))];
        runs.extend(self.judged([w.statement.id.as_str()].into_iter()));
        Draft { runs, notes: vec![Note::of(&w.told)] }
    }

    /// What people said of the records, in brackets.
    fn judged<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Option<Run> {
        self.verdicts.note(ids).map(|v| Run::Plain(format!(" [{v}]")))
    }

    /// A name with office and country, as far as the name does not say so itself.
    fn who(&self, actor: &Actor, on: Option<&str>) -> String {
        who(actor, on, self.names)
    }
}

/// `Yoshimasa Hayashi (Minister for Foreign Affairs, Japan)`.
pub fn who(actor: &Actor, on: Option<&str>, names: &Names) -> String {
    let name = in_sentence(actor);
    let lower = name.to_lowercase();
    let is_person = matches!(actor.kind, Some(ActorType::Person | ActorType::Role));
    let post = actor.office.as_deref().filter(|_| is_person).map(|o| (names.title)(actor, on).unwrap_or_else(|| office(o)));
    let post = post.filter(|p| !lower.contains(&p.to_lowercase()) && !actor.office.as_deref().is_some_and(|o| lower.contains(&office(o))));
    let country = actor.country.as_deref().map(|c| (names.country)(c).unwrap_or_else(|| c.to_owned()));
    let country = country.filter(|c| !lower.contains(&c.to_lowercase()));
    if let (true, Some(country)) = (is_pronoun(&lower), &country) {
        return format!("{country} (“{name}”)");
    }
    let rest = post.into_iter().chain(country).collect::<Vec<_>>().join(", ");
    if rest.is_empty() { name } else { format!("{name} ({rest})") }
}

/// A name as it stands within a sentence: a description does not begin with "A", and a body whose mention has an article keeps it.
fn in_sentence(actor: &Actor) -> String {
    let name = called(actor);
    if matches!(actor.kind, Some(ActorType::Person | ActorType::State)) {
        return name.to_owned();
    }
    let article =
        |text: &str| text.split_once(' ').filter(|(first, _)| matches!(*first, "A" | "An" | "The" | "the")).map(|(a, _)| a.to_lowercase());
    match article(name) {
        Some(article) => format!("{article}{}", &name[article.len()..]),
        None => {
            article(&actor.text).filter(|a| actor.text[a.len()..].trim_start() == name).map_or(name.to_owned(), |a| format!("{a} {name}"))
        }
    }
}

/// Whether the words move something to this date ("put off until the spring"), which else was its old one.
fn is_moved_to(date: &When, told: &Told) -> bool {
    let sentence = told.sentence.as_deref().unwrap_or(&told.quote);
    let before = date.text.as_deref().and_then(|d| sentence.split_once(&one_line(d))).map(|(before, _)| before.trim_end());
    let before = before.map(|b| b.strip_suffix(" the").unwrap_or(b));
    before.is_some_and(|b| [" to", " until", " till", "rescheduled for"].iter().any(|word| b.ends_with(word)))
}

fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "it" | "he" | "she" | "they" | "its" | "his" | "her" | "their" | "them" | "him" | "we" | "i" | "who" | "which")
}

/// The tellings that a line cites: that of the title, the last, and that of the present status, which comes last.
fn shown<'m, 'r>(m: &'m Matter<'r>) -> Vec<&'m (&'r LedgerEntry, Told)> {
    let status = m.item.history.last().and_then(|s| m.told.iter().position(|(e, _)| e.id == s.entry_id));
    let titled = m.told.iter().position(|(e, _)| e.title == m.item.title);
    let mut places: Vec<usize> = Vec::new();
    for place in [titled, m.told.len().checked_sub(1), status].into_iter().flatten() {
        places.retain(|p| *p != place);
        places.push(place);
    }
    places.into_iter().filter_map(|p| m.told.get(p)).collect()
}

/// When something was said: on its occasion, else the day of the telling.
fn said_on(w: &Word) -> Option<String> {
    let occasion = w.statement.occasion.as_ref().and_then(|o| days_in_words(o.date.as_ref()?));
    occasion.or_else(|| w.told.published.as_ref().map(|d| format!("told {}", day(d))))
}

/// What happens once has a day, what lasts a beginning.
fn since(kind: LedgerKind) -> &'static str {
    if matches!(kind, LedgerKind::Meeting | LedgerKind::Visit | LedgerKind::PressEvent) { "" } else { "since " }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn actor(name: Value, text: &str, kind: &str, country: &str) -> Actor {
        let value = json!({"name": name, "text": text, "start": 0, "end": 9, "country": country, "sector": null, "sectors": [], "id": null, "office": null,
            "type": kind, "rule": null});
        serde_json::from_value(value).expect("an actor")
    }

    #[test]
    fn descriptions_have_small_articles_within_a_sentence() {
        let names = Names { country: &|c| Some(c).filter(|c| *c == "CHL").map(|_| "Chile".to_owned()), title: &|_, _| None };
        for (name, text, kind, country, wanted) in [
            (Value::Null, "A harbour official", "role", "CHL", "a harbour official (Chile)"),
            ("An aide in Arica".into(), "An aide in Arica", "role", "CHL", "an aide in Arica (Chile)"),
            ("Andean Forum".into(), "the Andean Forum", "organization", "IGO", "the Andean Forum (IGO)"),
            ("Andean Forum".into(), "AF", "organization", "IGO", "Andean Forum (IGO)"),
            ("A Lien".into(), "A Lien", "person", "CHL", "A Lien (Chile)"),
        ] {
            assert_eq!(who(&actor(name, text, kind, country), None, &names), wanted);
        }
    }

    #[test]
    fn a_date_after_until_is_the_new_one() {
        for (sentence, is_moved) in [
            ("The visit was put off until the spring.", true),
            ("They moved the visit to spring.", true),
            ("They put off a visit that was due in the spring.", false),
            ("In spring they postponed the visit.", false),
        ] {
            let told = Told { sentence: Some(sentence.to_owned()), ..Told::default() };
            let date: When =
                serde_json::from_value(json!({"start": null, "end": null, "precision": "unknown", "text": "spring", "basis": "unknown"}))
                    .expect("a date");
            assert_eq!(is_moved_to(&date, &told), is_moved, "{sentence}");
        }
    }
}
