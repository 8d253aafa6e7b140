//! Coded articles -> who holds an office, as two independent articles say it: proposals for the knowledge base.
//!
//! "Norwegian Foreign Minister Ann Example" in The Courier and "Ann Example, Norway's foreign minister" in The Herald, ten days apart -> one
//! [`Lesson`]. Copies of an article are one witness, so are two articles of one outlet; an article whose outlet nobody states is none. What the knowledge
//! base has, verified, is no lesson. It changes nothing: a person decides.

use crate::{reconcile, sentence};
use chancery_knowledge::{Holder, Knowledge, upkeep::same_person};
use chancery_record::{Article, Offsets, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Two witnesses may lie so many days apart.
const DAYS: i64 = 30;

/// One article that says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Its publication date, ISO 8601.
    pub date: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its id.
    pub article: String,
    /// The sentence.
    pub quote: String,
    /// The office as written.
    pub title: String,
    /// The name as written.
    pub name: String,
    /// The host of its page.
    host: Option<String>,
    /// The article that it copies, or itself.
    family: String,
}

/// A person in an office, by two independent articles or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The fullest of the names as written.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// Key of the office.
    pub office: String,
    /// The articles, by date.
    pub sightings: Vec<Sighting>,
    /// Whom the knowledge base has in the office on the last of their days.
    pub known: Option<Holder>,
}

/// What a result teaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// Proposals, by country, office and name.
    pub lessons: Vec<Lesson>,
    /// Persons in office of whom one witness alone tells.
    pub alone: usize,
    /// Persons in office whom the knowledge base has, verified.
    pub known: usize,
    /// Articles without a page text, which teach nothing.
    pub without_text: usize,
}

impl Lesson {
    /// Different outlets that say so.
    pub fn outlets(&self) -> BTreeSet<&str> {
        self.sightings.iter().filter_map(|s| s.outlet.as_deref()).collect()
    }

    /// The holder whom the knowledge base has, if it is the same person: seen in office again.
    pub fn again(&self) -> Option<&Holder> {
        self.known.as_ref().filter(|h| same_person(&h.name, &self.name))
    }

    /// The cells of `persons.tsv`. `from` is the first day seen in office: when it began, the articles do not say.
    pub fn cells(&self, knowledge: &Knowledge) -> Vec<String> {
        let dated: Vec<&str> = self.sightings.iter().filter_map(|s| s.date.as_deref()).collect();
        let (first, last) = (dated.first().copied().unwrap_or_default(), dated.last().copied().unwrap_or_default());
        let title = self.sightings.first().map(|s| s.title.as_str()).unwrap_or_default();
        let row = |name: &str, aliases: String, title: &str, from: &str| {
            [name, &aliases, &self.country, &self.office, title, from, "", last, "learned"].map(str::to_owned).to_vec()
        };
        match self.again() {
            // the row stands for the one that we have, so it says all that that one says
            Some(h) => row(&h.name, knowledge.aliases(h).join("|"), &h.title, h.from.as_deref().unwrap_or_default()),
            None => row(&self.name, self.aliases.join("|"), title, first),
        }
    }
}

/// Reads the articles of results.
pub fn learn(records: &[Record], knowledge: &Knowledge) -> Learned {
    let mut out = Learned::default();
    let copies = reconcile::copies(records);
    let pages: HashMap<&str, (Option<&str>, Option<&str>)> = records
        .iter()
        .filter_map(|r| if let Record::Page(p) = r { Some((p.id.as_str(), (p.text.as_deref(), p.url.as_deref()))) } else { None })
        .collect();
    let mut said: BTreeMap<(String, String), Vec<Sighting>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for article in records.iter().filter_map(|r| if let Record::Article(a) = r { Some(a) } else { None }) {
        let (text, url) = pages.get(article.page_id.as_str()).copied().unwrap_or_default();
        match text {
            _ if !seen.insert(&article.id) => {}
            Some(text) => read(article, text, url, &copies, knowledge, &mut said),
            None => out.without_text += 1,
        }
    }
    for ((country, office), sightings) in said {
        for person in persons(sightings) {
            teach(&country, &office, person, knowledge, &mut out);
        }
    }
    out
}

/// Notes what the sentences of an article's body say.
fn read(
    article: &Article,
    text: &str,
    url: Option<&str>,
    copies: &HashMap<String, String>,
    knowledge: &Knowledge,
    said: &mut BTreeMap<(String, String), Vec<Sighting>>,
) {
    let offsets = Offsets::new(text);
    let host = url.and_then(host).map(str::to_owned);
    let outlet = article.outlet.clone().or_else(|| host.clone());
    let family = copies.get(&article.id).or(article.duplicate_of.as_ref()).unwrap_or(&article.id);
    for span in article.body.iter().filter_map(|r| offsets.span_of_chars(r.start, r.end)) {
        for sentence in sentence::sentences(text, span) {
            let words = sentence.slice(text).unwrap_or_default();
            for found in knowledge.appositions(words) {
                let sighting = Sighting {
                    date: article.published.as_ref().map(|p| p.date.clone()),
                    outlet: outlet.clone(),
                    article: article.id.clone(),
                    quote: words.split_whitespace().collect::<Vec<_>>().join(" "),
                    title: found.title,
                    name: found.name.split_whitespace().collect::<Vec<_>>().join(" "),
                    host: host.clone(),
                    family: family.clone(),
                };
                said.entry((found.country, found.office)).or_default().push(sighting);
            }
        }
    }
}

/// `https://www.courier.example/a/b`, `https://m.courier.example` -> `courier.example`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next()?;
    let host = ["www.", "m.", "amp.", "edition."].iter().find_map(|p| host.strip_prefix(p)).unwrap_or(host);
    Some(host).filter(|h| h.contains('.'))
}

/// The sightings of each person: names that can be one are one. Each article counts once.
fn persons(mut sightings: Vec<Sighting>) -> Vec<Vec<Sighting>> {
    sightings.sort();
    let mut out: Vec<Vec<Sighting>> = Vec::new();
    for sighting in sightings {
        match out.iter_mut().find(|p| p.iter().any(|s| s.name == sighting.name || same_person(&s.name, &sighting.name))) {
            Some(person) => person.push(sighting),
            None => out.push(vec![sighting]),
        }
    }
    out.iter_mut().for_each(|person| person.dedup_by(|a, b| a.article == b.article && a.name == b.name));
    out
}

fn teach(country: &str, office: &str, sightings: Vec<Sighting>, knowledge: &Knowledge, out: &mut Learned) {
    let last = sightings.iter().filter_map(|s| s.date.as_deref()).max();
    let known = last.and_then(|d| knowledge.holder(office, country, d));
    let fullest =
        sightings.iter().map(|s| &s.name).max_by_key(|n| (n.split(' ').count(), sightings.iter().filter(|s| s.name == **n).count()));
    let Some(name) = fullest.cloned() else { return };
    if known.as_ref().is_some_and(|h| h.verified && same_person(&h.name, &name)) {
        out.known += 1;
        return;
    }
    if !independent(&sightings) {
        out.alone += 1;
        return;
    }
    let mut aliases: Vec<String> = sightings.iter().map(|s| s.name.clone()).filter(|n| *n != name).collect();
    aliases.sort();
    aliases.dedup();
    out.lessons.push(Lesson { name, aliases, country: country.to_owned(), office: office.to_owned(), sightings, known });
}

/// Whether two articles, of different outlets and hosts and neither a copy of the other, say so within [`DAYS`].
fn independent(sightings: &[Sighting]) -> bool {
    let differ =
        |a: &Option<String>, b: &Option<String>| a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.to_lowercase() != b.to_lowercase());
    let near = |a: &Option<String>, b: &Option<String>| match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= DAYS,
        _ => true,
    };
    sightings.iter().enumerate().any(|(i, a)| {
        sightings[i + 1..].iter().any(|b| {
            differ(&a.outlet, &b.outlet) && (a.host.is_none() || a.host != b.host) && a.family != b.family && near(&a.date, &b.date)
        })
    })
}

/// Days since a fixed day.
fn day(date: &Option<String>) -> Option<i64> {
    let date: jiff::civil::Date = date.as_deref()?.get(..10)?.parse().ok()?;
    Some(i64::from(date.since(jiff::civil::date(2000, 1, 1)).ok()?.get_days()))
}

#[cfg(test)]
mod tests;
