//! What a title is: "Minister of Foreign Affairs of Japan" -> office `FM`, country `JPN`.

use crate::Knowledge;
use crate::lexicon::{Entry, Hit};
use crate::text::{Token, tokens};

/// An office that a title names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Key of the office.
    pub office: String,
    /// ISO3, or `IGO:` and the id of a body, if the title names one.
    pub country: Option<String>,
    /// Whether the title says nothing else: no deputy, no region, no second office.
    pub is_sure: bool,
}

/// Words that change nothing about the office.
#[rustfmt::skip]
const PLAIN: [&str; 24] = [
    "the", "of", "for", "in", "to", "'s", "acting", "interim", "caretaker", "transitional", "provisional", "federal", "national", "republic", "kingdom",
    "state", "union", "government", "his", "her", "majesty", "sworn", "ad", "cabinet",
];

/// The office that a title names. `None` when it names none.
pub fn post(k: &Knowledge, title: &str) -> Option<Post> {
    let words = tokens(title);
    let hits = k.lexicon.scan(&words);
    let office = |hit: &Hit| hit.entries.iter().find_map(|e| office_of(k, e));
    let at = hits.iter().position(|h| office(h).is_some())?;
    let (key, implied) = office(&hits[at])?;
    let country = hits.iter().find_map(|h| country_of(k, h)).or(implied);
    let is_sure = hits.iter().enumerate().all(|(i, h)| i == at || country_of(k, h).is_some() || is_plain(&words[h.start..h.end]))
        && bare(&words, &hits).all(|w| is_plain(std::slice::from_ref(w)));
    Some(Post { is_sure: is_sure || is_tail(k, &words, &hits, at), office: key, country })
}

/// The key of an office that a person holds, and the country whose office alone is called so.
fn office_of(k: &Knowledge, entry: &Entry) -> Option<(String, Option<String>)> {
    let Entry::Office(i) = entry else { return None };
    let office = k.world.offices.get(*i as usize).filter(|o| !o.body)?;
    Some((office.key.clone(), office.country.clone()))
}

fn country_of(k: &Knowledge, hit: &Hit) -> Option<String> {
    hit.entries.iter().find_map(|e| match e {
        Entry::Country(i) | Entry::Demonym(i) => k.world.countries.get(*i as usize).map(|c| c.iso3.clone()),
        Entry::Organisation(i) => k.world.organisations.get(*i as usize).filter(|o| o.kind == "igo").map(|o| format!("IGO:{}", o.id)),
        _ => None,
    })
}

fn is_plain(words: &[Token]) -> bool {
    words.iter().all(|w| PLAIN.contains(&w.norm.as_str()))
}

/// Words that no hit covers.
fn bare<'w>(words: &'w [Token], hits: &[Hit]) -> impl Iterator<Item = &'w Token> {
    let covered: Vec<bool> = (0..words.len()).map(|i| hits.iter().any(|h| (h.start..h.end).contains(&i))).collect();
    words.iter().zip(covered).filter(|(_, c)| !c).map(|(w, _)| w)
}

/// "Minister of Foreign Affairs and Overseas Territories": the office leads, and what "and" adds is no office of its own.
fn is_tail(k: &Knowledge, words: &[Token], hits: &[Hit], at: usize) -> bool {
    let (start, end) = (hits[at].start, hits[at].end);
    let others = hits.iter().skip(at + 1).any(|h| h.entries.iter().any(|e| office_of(k, e).is_some()));
    is_plain(&words[..start]) && words.get(end).is_some_and(|w| w.norm == "and") && !others
}
