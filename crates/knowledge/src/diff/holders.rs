//! Who holds an office when, before and after.

use crate::person::{Day, Tenure};
use crate::{Holder, Knowledge};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Offices that one person holds at a time, as far as a holder can be told.
const HELD: [&str; 15] =
    ["HOS", "HOG", "HEIR", "FM", "DEF", "INT", "FIN", "JUS", "SPEAKER", "CJ", "CENTRALBANK", "MILCHIEF", "SPY", "SEC", "HEAD"];

/// A stretch of time in which an office has another holder than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderChange {
    /// The country, or `IGO:` and the id of a body.
    pub country: String,
    /// Key of the office.
    pub office: String,
    /// First day, ISO 8601; `None` = since ever.
    pub from: Option<String>,
    /// Last day; `None` = from then on.
    pub to: Option<String>,
    /// Who held it according to the old state. Of one who holds it in both, "(unverified)" says in which nobody saw him in office lately.
    pub old: Option<String>,
    /// Who holds it now.
    pub new: Option<String>,
}

impl fmt::Display for HolderChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = match (&self.from, &self.to) {
            (None, None) => "always".to_owned(),
            (None, Some(to)) => format!("until {to}"),
            (Some(from), None) => format!("from {from} on"),
            (Some(from), Some(to)) => format!("{from} to {to}"),
        };
        let shown = |name: &Option<String>| name.clone().unwrap_or_else(|| "nobody".to_owned());
        write!(f, "{} of {}, {span}: {} -> {}", self.office, self.country, shown(&self.old), shown(&self.new))
    }
}

/// A tenure as far as it decides who holds an office.
type Spell<'k> = (&'k str, &'k str, &'k str, &'k str);

/// All tenures of an office of a country, sorted.
fn spells(k: &Knowledge) -> BTreeMap<(&str, &str), Vec<(Spell<'_>, &Tenure)>> {
    let mut out: BTreeMap<(&str, &str), Vec<_>> = BTreeMap::new();
    for person in &k.people.people {
        for t in person.tenures.iter().filter(|t| HELD.contains(&t.office.as_str())) {
            out.entry((&t.country, &t.office))
                .or_default()
                .push(((person.name.as_str(), t.from.as_str(), t.to.as_str(), t.asof.as_str()), t));
        }
    }
    out.values_mut().for_each(|list| list.sort_by_key(|(spell, _)| *spell));
    out
}

/// All stretches in which the holders differ, by country, office and day.
pub fn changes(old: &Knowledge, new: &Knowledge) -> Vec<HolderChange> {
    let (was, is) = (spells(old), spells(new));
    let keys: BTreeSet<(&str, &str)> = was.keys().chain(is.keys()).copied().collect();
    let mut out = Vec::new();
    for key in keys {
        let (was, is) = (was.get(&key).map(Vec::as_slice).unwrap_or_default(), is.get(&key).map(Vec::as_slice).unwrap_or_default());
        let same = was.len() == is.len() && was.iter().zip(is).all(|(a, b)| a.0 == b.0);
        if !same {
            let days: BTreeSet<Day> = was.iter().chain(is).flat_map(|(_, t)| turns(t)).chain([Day(0)]).collect();
            stretches(old, new, key, &days, &mut out);
        }
    }
    out
}

/// Days from which on a tenure makes a difference.
fn turns(t: &Tenure) -> Vec<Day> {
    let begins = t.first.into_iter();
    let ended = t.last.map(Day::next).into_iter();
    let stale = t.stale().filter(|_| t.last.is_none()).into_iter();
    begins.chain(ended).chain(stale).collect()
}

fn stretches(old: &Knowledge, new: &Knowledge, (country, office): (&str, &str), days: &BTreeSet<Day>, out: &mut Vec<HolderChange>) {
    let holder = |k: &Knowledge, day: Day| k.people.holder(office, country, day);
    // whether a holder is verified matters only where nothing else changes
    let names = |old: Option<Holder>, new: Option<Holder>| {
        let same = old.as_ref().map(|h| &h.name) == new.as_ref().map(|h| &h.name);
        let name = |h: Holder| if h.verified || !same { h.name } else { format!("{} (unverified)", h.name) };
        (old.map(name), new.map(name))
    };
    let mut open: Option<HolderChange> = None;
    for day in days {
        let now = names(holder(old, *day), holder(new, *day));
        let goes_on = open.as_ref().is_some_and(|c| (&c.old, &c.new) == (&now.0, &now.1));
        if goes_on {
            continue;
        }
        out.extend(open.take().map(|c| HolderChange { to: Some(day.previous().to_string()), ..c }));
        if now.0 != now.1 {
            let from = Some(*day).filter(|d| *d != Day(0)).map(|d| d.to_string());
            open = Some(HolderChange { country: country.to_owned(), office: office.to_owned(), from, to: None, old: now.0, new: now.1 });
        }
    }
    out.extend(open);
}
