//! What to do with claims: which are known, which may be accepted without a person, which need one.

use super::{Claim, Post, Proposal, post, same_person};
use crate::lexicon::Entry;
use crate::pack::Files;
use crate::person::{Day, Person, Tenure, replaces, sorted_words};
use crate::text::tokens;
use crate::{Knowledge, overlay};
use std::collections::{BTreeMap, HashMap};

/// Offices whose new holder may be accepted without a person: one at a time, known everywhere.
const ACCEPTED: [&str; 6] = ["HOS", "HOG", "FM", "DEF", "INT", "FIN"];
/// Two starts of one tenure lie less than so many days apart.
const NEAR: i64 = 120;
/// Sources disagree by so many days on what is the same date.
const SLACK: i64 = 31;
/// Words that make of an office that of a deputy, or one to come.
const LESS: [&str; 9] = ["deputy", "vice", "assistant", "designate", "designated", "elect", "nominee", "former", "shadow"];
/// What was last seen more days before the rest of a source is not current.
const CURRENT: i64 = 120;

/// What to do with the claims of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Rows of `persons.tsv` that may be written at once: new current holders, and the ends of those they follow.
    pub accepted: Vec<Proposal>,
    /// Rows for the queue.
    pub review: Vec<Proposal>,
    /// Claims that say what the tables say.
    pub known: usize,
}

enum Verdict {
    Known,
    /// The holder we know, seen in office later than we knew.
    Again(Proposal),
    Accept(Vec<Proposal>),
    Review(Proposal),
}

/// Compares claims with the knowledge. `confirm`: accept a later as-of date of a holder who is known already.
pub fn plan(k: &Knowledge, claims: &[Claim], confirm: bool) -> Plan {
    let claims = joined(claims);
    let judge = Judge::new(k, &claims);
    let mut out = Plan::default();
    for claim in &claims {
        match judge.verdict(claim) {
            Verdict::Known => out.known += 1,
            Verdict::Again(row) if confirm => out.accepted.push(row),
            Verdict::Again(row) | Verdict::Review(row) => out.review.push(row),
            Verdict::Accept(rows) => out.accepted.extend(rows),
        }
    }
    for rows in [&mut out.accepted, &mut out.review] {
        rows.sort_by(|a, b| {
            (a.cells.get(2), a.cells.get(3), a.cells.get(5), &a.cells).cmp(&(b.cells.get(2), b.cells.get(3), b.cells.get(5), &b.cells))
        });
        rows.dedup_by(|a, b| a.cells == b.cells);
    }
    out
}

/// The claims, those about one open tenure in two spellings as one: the one seen last, with the names of the others.
fn joined(claims: &[Claim]) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::with_capacity(claims.len());
    let mut open: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for claim in claims {
        if !claim.to.is_empty() {
            out.push(claim.clone());
            continue;
        }
        let known = open.entry((&claim.country, &claim.office)).or_default();
        let same = |c: &Claim| same_person(&c.name, &claim.name) && (c.id.is_none() || claim.id.is_none() || c.id == claim.id);
        let near = |c: &Claim| apart(&c.from, &claim.from).is_some_and(|days| days <= SLACK);
        let Some(at) = known.iter().copied().find(|at| same(&out[*at]) && near(&out[*at])) else {
            known.push(out.len());
            out.push(claim.clone());
            continue;
        };
        let (mut newer, older) = if Day::last(&claim.asof) > Day::last(&out[at].asof) {
            (claim.clone(), out[at].clone())
        } else {
            (out[at].clone(), claim.clone())
        };
        newer.aliases.extend(std::iter::once(older.name).chain(older.aliases));
        newer.id = newer.id.or(older.id);
        out[at] = newer;
    }
    out
}

struct Judge<'k> {
    k: &'k Knowledge,
    by_qid: HashMap<&'k str, &'k Person>,
    by_words: HashMap<(String, &'k str), &'k Person>,
    by_office: HashMap<(&'k str, &'k str), Vec<(&'k Person, &'k Tenure)>>,
    /// All that the source says of an office.
    said: HashMap<(&'k str, &'k str), Vec<&'k Claim>>,
    /// The latest as-of date of the source.
    newest: Option<Day>,
}

impl<'k> Judge<'k> {
    fn new(k: &'k Knowledge, claims: &'k [Claim]) -> Self {
        let newest = claims.iter().filter_map(|c| Day::last(&c.asof)).max();
        let mut judge =
            Judge { k, by_qid: HashMap::new(), by_words: HashMap::new(), by_office: HashMap::new(), said: HashMap::new(), newest };
        for person in &k.people.people {
            if let Some(qid) = &person.qid {
                judge.by_qid.entry(qid).or_insert(person);
            }
            for tenure in &person.tenures {
                for name in std::iter::once(&person.name).chain(&person.aliases) {
                    judge.by_words.entry((sorted_words(name), &tenure.country)).or_insert(person);
                }
                judge.by_office.entry((&tenure.country, &tenure.office)).or_default().push((person, tenure));
            }
        }
        for claim in claims {
            judge.said.entry((&claim.country, &claim.office)).or_default().push(claim);
        }
        judge
    }

    /// The person meant, and whether that is certain: the same id, the same words of a name in the same country. Else a like spelling of a holder of the
    /// same office.
    fn person(&self, c: &Claim) -> Option<(&'k Person, bool)> {
        let by_id = c.id.as_deref().and_then(|id| self.by_qid.get(id));
        let named = || std::iter::once(&c.name).chain(&c.aliases).find_map(|n| self.by_words.get(&(sorted_words(n), c.country.as_str())));
        // two ids are two people
        let other = |p: &&&Person| c.id.is_none() || p.qid.is_none() || p.qid.as_deref() == c.id.as_deref();
        if let Some(person) = by_id.or_else(|| named().filter(other)) {
            return Some((person, true));
        }
        let holders = self.by_office.get(&(c.country.as_str(), c.office.as_str()))?;
        let alike = |p: &&Person| std::iter::once(&p.name).chain(&p.aliases).any(|n| same_person(n, &c.name));
        holders.iter().map(|h| h.0).filter(|p| other(&p)).find(alike).map(|p| (p, false))
    }

    fn verdict(&self, c: &Claim) -> Verdict {
        let known = self.person(c);
        let own: Vec<&Tenure> =
            known.iter().flat_map(|(p, _)| &p.tenures).filter(|t| t.country == c.country && t.office == c.office).collect();
        if let Some(((person, _), tenure)) = known.zip(own.iter().copied().find(|t| is_same(t, c))) {
            return self.same(c, person, tenure);
        }
        if !c.to.is_empty() {
            return Verdict::Review(row(c, known.map(|k| k.0), "a past tenure that the tables do not have"));
        }
        match self.current(c, known, &own) {
            Ok(rows) => Verdict::Accept(rows),
            Err(why) => Verdict::Review(row(c, known.map(|k| k.0), &why)),
        }
    }

    /// A claim about a tenure that we have.
    fn same(&self, c: &Claim, person: &Person, t: &Tenure) -> Verdict {
        let review = |why: String, from: &str, to: &str, asof: &str| {
            let cells = [person.name.as_str(), &aliases(person), &t.country, &t.office, &t.title, from, to, asof, &c.source]
                .map(str::to_owned)
                .to_vec();
            Proposal { table: "persons.tsv".to_owned(), cells, why, quote: quote(c) }
        };
        let agrees = |a: &str, b: &str| {
            a.is_empty() || b.is_empty() || apart(a, b).is_none_or(|days| days <= SLACK) || a.starts_with(b) || b.starts_with(a)
        };
        if !agrees(&c.from, &t.from) {
            return Verdict::Review(review(
                format!("begins {} here, {} in the tables ({})", c.from, t.from, self.place(t)),
                &c.from,
                &c.to,
                &c.asof,
            ));
        }
        match (t.to.is_empty(), c.to.is_empty()) {
            (true, true) if Day::last(&c.asof) > Day::last(&t.asof) => Verdict::Again(review(
                format!("seen in office again; last seen {} in the tables ({})", t.asof, self.place(t)),
                &t.from,
                "",
                &c.asof,
            )),
            (true, true) => Verdict::Known,
            (true, false) => Verdict::Review(review(format!("ended {}; open in the tables ({})", c.to, self.place(t)), &t.from, &c.to, "")),
            (false, true) => {
                Verdict::Review(review(format!("open here, ended {} in the tables ({})", t.to, self.place(t)), &t.from, "", &c.asof))
            }
            (false, false) if agrees(&c.to, &t.to) => Verdict::Known,
            (false, false) => {
                Verdict::Review(review(format!("ends {} here, {} in the tables ({})", c.to, t.to, self.place(t)), &t.from, &c.to, ""))
            }
        }
    }

    /// Where a tenure's row was written.
    fn place(&self, t: &Tenure) -> String {
        let (file, line) = self.k.origins.place(t.place.0, t.place.1);
        format!("{file}:{line}")
    }

    /// The rows of a new current holder, or why a person must decide.
    fn current(&self, c: &Claim, known: Option<(&'k Person, bool)>, own: &[&Tenure]) -> Result<Vec<Proposal>, String> {
        let (Some(first), Some(seen)) = (Day::first(&c.from), Day::last(&c.asof)) else {
            return Err("an open tenure needs a start and an as-of date".to_owned());
        };
        self.is_plain(c)?;
        if c.from.len() < 7 || first > seen {
            return Err("the start is a year only, or after the as-of date".to_owned());
        }
        if self.newest.is_some_and(|newest| newest.number() > seen.number() + CURRENT) {
            return Err(format!("last seen {}, long before the rest of the source", c.asof));
        }
        match known {
            Some((person, false)) => return Err(format!("may be {} under another spelling", person.name)),
            Some((p, true)) if !std::iter::once(&p.name).chain(&p.aliases).any(|n| same_person(n, &c.name)) => {
                return Err(format!("has the id of {}, under another name", p.name));
            }
            _ => {}
        }
        self.is_alone(c, first)?;
        let name = known.map_or(c.name.as_str(), |(p, _)| &p.name);
        if let Some(other) =
            self.k.people.people.iter().find(|p| p.hand && p.name == name && p.tenures.iter().all(|t| t.country != c.country))
        {
            return Err(format!("persons.tsv has another {} ({}); give one of them another name", other.name, other.tenures[0].country));
        }
        let rows = self.tenures(c);
        let later = rows.iter().filter(|(p, _)| Some(*p as *const Person) != known.map(|k| k.0 as *const Person));
        if let Some((p, t)) = later.clone().find(|(_, t)| t.first >= Some(first)) {
            return Err(format!("{} began later, {} ({})", p.name, t.from, self.place(t)));
        }
        let open: Vec<&(&Person, &Tenure)> = later.filter(|(_, t)| t.last.is_none_or(|l| l > first)).collect();
        if let Some((p, t)) = open.iter().find(|(_, t)| t.last.is_some() || Day::first(&t.asof).is_some_and(|a| a > first)) {
            let until = if t.to.is_empty() { &t.asof } else { &t.to };
            return Err(format!("{} was in office until {until} ({})", p.name, self.place(t)));
        }
        let mut plain = c.clone();
        plain.aliases.retain(|a| same_person(a, &c.name) && !self.is_taken(a));
        let new = row(&plain, known.map(|k| k.0), "");
        if own.iter().any(|t| replaced(&new, t)) {
            return Err("near another tenure of the same person, which it would replace".to_owned());
        }
        // whom nobody saw in office for long may have left it long ago: his row stays as it is, unverified
        let seen: Vec<&&(&Person, &Tenure)> = open.iter().filter(|(_, t)| t.stale().is_some_and(|stale| first < stale)).collect();
        let names = || seen.iter().map(|(p, _)| p.name.as_str()).collect::<Vec<_>>().join(", ");
        if seen.len() > 1 {
            return Err(format!("{} are in office at once; who of them left?", names()));
        }
        let ended = |(p, t): &&(&Person, &Tenure)| {
            self.ended(c, p, t).ok_or_else(|| format!("the row that ends {} would stand for several of the tables", p.name))
        };
        let mut out = seen.iter().map(|s| ended(s)).collect::<Result<Vec<_>, _>>()?;
        out.push(Proposal { why: if seen.is_empty() { "new holder".to_owned() } else { format!("new holder after {}", names()) }, ..new });
        Ok(out)
    }

    /// Whether the source has nobody else in the office of an open claim since `first`, and no end of it; else whom or when.
    fn is_alone(&self, c: &Claim, first: Day) -> Result<(), String> {
        let said = self.said.get(&(c.country.as_str(), c.office.as_str())).map(Vec::as_slice).unwrap_or_default();
        let open: Vec<&str> = said.iter().filter(|o| o.to.is_empty()).map(|o| o.name.as_str()).collect();
        if open.len() > 1 {
            return Err(format!("the source has {} in this office at once: {}", open.len(), open.join(", ")));
        }
        let goes_on = |o: &&&Claim| {
            let same = if c.id.is_some() && o.id.is_some() { c.id == o.id } else { same_person(&c.name, &o.name) };
            let days = if same { 0 } else { SLACK };
            Day::first(&o.from) > Some(first) || Day::last(&o.to).is_some_and(|last| last.number() > first.number() + days)
        };
        match said.iter().filter(|o| !o.to.is_empty()).find(goes_on) {
            Some(o) => Err(format!("the source has {} in this office until {} ({})", o.name, o.to, o.place)),
            None => Ok(()),
        }
    }

    /// Whether a name is that of something else than a person.
    fn is_taken(&self, name: &str) -> bool {
        let entries = self.k.lexicon.exact(&tokens(name));
        entries.iter().any(|e| !matches!(e, Entry::Person(_) | Entry::Short(_)))
    }

    /// Whether a claim is of an office that one person holds, that its title says so, and that the name is a name; else what is not so.
    fn is_plain(&self, c: &Claim) -> Result<(), String> {
        let is_single = ACCEPTED.contains(&c.office.as_str()) || c.office == "HEAD" && c.country.starts_with("IGO:");
        if !is_single {
            return Err("an office that several hold, or that is not followed here".to_owned());
        }
        let says = |p: Post| p.is_sure && p.office == c.office && p.country.is_none_or(|own| own == c.country);
        let is_less = tokens(&c.title).iter().any(|w| LESS.contains(&w.norm.as_str()));
        if !c.title.is_empty() && (is_less || !post(self.k, &c.title).is_some_and(says)) {
            return Err(format!("the title {:?} does not say {} of {}", c.title, c.office, c.country));
        }
        if self.k.world.slot(&c.country) != c.country {
            return Err("a dependency".to_owned());
        }
        let odd = |ch: char| !(ch.is_alphabetic() || matches!(ch, ' ' | '-' | '\'' | '’' | '.' | 'ʻ' | 'ʼ'));
        let words = c.name.split(' ').count();
        let is_latin = c
            .name
            .chars()
            .filter(|ch| ch.is_alphabetic())
            .all(|ch| u32::from(ch) < 0x250 || (0x1e00..0x1f00).contains(&u32::from(ch)) || matches!(ch, 'ʻ' | 'ʼ'));
        if !(2..=6).contains(&words) || c.name.contains(odd) || !is_latin || !c.name.starts_with(char::is_uppercase) {
            return Err("the name is one word, or has signs that names do not have".to_owned());
        }
        if self.is_taken(&c.name) {
            return Err("the name is that of something else, too".to_owned());
        }
        Ok(())
    }

    fn tenures(&self, c: &Claim) -> Vec<(&'k Person, &'k Tenure)> {
        self.by_office.get(&(c.country.as_str(), c.office.as_str())).cloned().unwrap_or_default()
    }

    /// The row that ends the tenure of the one before; none if it would stand for more than that one.
    fn ended(&self, c: &Claim, person: &Person, t: &Tenure) -> Option<Proposal> {
        let cells = [person.name.as_str(), &aliases(person), &t.country, &t.office, &t.title, &t.from, &c.from, "", &c.source]
            .map(str::to_owned)
            .to_vec();
        let row = Proposal { table: "persons.tsv".to_owned(), cells, why: format!("ends when {} begins", c.name), quote: quote(c) };
        let gone = person.tenures.iter().filter(|old| replaced(&row, old)).count();
        (gone <= 1).then_some(row)
    }
}

/// The names that a new row of a person must not lose: it may stand for the row that has them.
fn aliases(person: &Person) -> String {
    if person.hand { person.aliases.join("|") } else { String::new() }
}

/// Whether a row of `persons.tsv` would stand for this imported tenure of the same person.
fn replaced(row: &Proposal, old: &Tenure) -> bool {
    let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
    let [_, _, country, office, title, from, to, asof, _] = cells.as_slice() else { return false };
    let new = crate::person::tenure("persons.tsv", 0, [country, office, title, from, to, asof]);
    old.place.0 != "persons.tsv" && new.is_ok_and(|new| replaces(&new, old))
}

/// Whether a claim is about this tenure: it begins near it, or both are open, or one start is unknown and they overlap.
fn is_same(t: &Tenure, c: &Claim) -> bool {
    if t.to.is_empty() && c.to.is_empty() {
        return true;
    }
    match (t.first, Day::first(&c.from)) {
        (Some(a), Some(b)) => {
            (a.number() - b.number()).abs() < NEAR
                || t.from.len() == 4 && c.from.starts_with(t.from.as_str())
                || c.from.len() == 4 && t.from.starts_with(&c.from)
        }
        (a, b) => {
            let far = Day(99_991_231);
            a.unwrap_or(Day(0)) <= Day::last(&c.to).unwrap_or(far) && b.unwrap_or(Day(0)) <= t.last.unwrap_or(far)
        }
    }
}

/// Days between two dates.
fn apart(a: &str, b: &str) -> Option<i64> {
    Some((Day::first(a)?.number() - Day::first(b)?.number()).abs())
}

fn quote(c: &Claim) -> String {
    format!(
        "{}: {}, {}, {} to {}",
        c.place,
        c.name,
        c.title,
        if c.from.is_empty() { "?" } else { &c.from },
        if c.to.is_empty() { "open" } else { &c.to }
    )
}

/// The row of `persons.tsv` that a claim makes; a known person keeps the name we have.
fn row(c: &Claim, known: Option<&Person>, why: &str) -> Proposal {
    let name = known.map_or(c.name.as_str(), |p| &p.name);
    let new = std::iter::once(&c.name).chain(&c.aliases).filter(|a| *a != name && known.is_none_or(|p| p.aliases.iter().all(|b| b != a)));
    let mut aliases: Vec<&str> = Vec::new();
    new.for_each(|a| {
        if !aliases.contains(&a.as_str()) {
            aliases.push(a)
        }
    });
    let title = if c.title.is_empty() { &c.office } else { &c.title };
    let cells =
        [name, &aliases.join("|"), &c.country, &c.office, title, &c.from, &c.to, &c.asof, &c.source].map(|s| s.to_string()).to_vec();
    Proposal { table: "persons.tsv".to_owned(), cells, why: why.to_owned(), quote: quote(c) }
}

/// What a new state has lost: tables with fewer rows, offices with fewer tenures. Each in a line; empty = nothing.
pub fn lost(before: (&Files, &Knowledge), after: (&Files, &Knowledge)) -> Vec<String> {
    let rows = |files: &Files, table: &str| files.text(table).lines().skip(1).filter(|l| overlay::is_row(l)).count();
    let mut out = Vec::new();
    for table in crate::pack::FILES.iter().filter(|t| overlay::key_columns(t).is_some()) {
        let (was, is) = (rows(before.0, table), rows(after.0, table));
        if is < was {
            out.push(format!("{table} would have {is} rows, {was} now"));
        }
    }
    let (was, is) = (tenures(before.1), tenures(after.1));
    for ((country, office), names) in was {
        let left = is.get(&(country, office)).map_or(0, Vec::len);
        if left < names.len() {
            let gone: Vec<&str> = names.iter().filter(|n| !is.get(&(country, office)).is_some_and(|l| l.contains(n))).copied().collect();
            let shown = if gone.is_empty() { String::new() } else { format!(": {} would be gone", gone.join(", ")) };
            out.push(format!("{office} of {country} would have {left} tenures, {} now{shown}", names.len()));
        }
    }
    out
}

/// Names of the holders of each office, one for each tenure.
fn tenures(k: &Knowledge) -> BTreeMap<(&str, &str), Vec<&str>> {
    let mut out: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for person in &k.people.people {
        for t in &person.tenures {
            out.entry((&t.country, &t.office)).or_default().push(&person.name);
        }
    }
    out
}
