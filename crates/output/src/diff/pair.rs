//! Which record of one result is which of the other.

use super::side::{Side, anchor, kind, members, name};
use chancery_record::{Article, Quote, Record};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

/// What there is of one thing on either side; at least one of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// In the first result.
    pub old: Option<T>,
    /// In the second result.
    pub new: Option<T>,
}

impl<T> Pair<T> {
    /// Each that there is, with its side (0 or 1).
    pub fn map<U>(self, mut to: impl FnMut(T, usize) -> U) -> Pair<U> {
        Pair { old: self.old.map(|x| to(x, 0)), new: self.new.map(|x| to(x, 1)) }
    }
}

/// Ids of the first result that are others in the second.
pub type Renamed<'r> = HashMap<&'r str, &'r str>;

/// Where a change is listed: kind, page, place on it, position in its own result.
pub type Position = (usize, usize, usize, usize);

/// All pairs by position in their results, kind by kind: what is made of others comes after them. Run records are left out.
pub fn pairs(sides: &[Side; 2]) -> Vec<Pair<usize>> {
    let mut found = Matching::of(sides);
    found.by(|side, i| Some((kind(&side.records[i]).0, side.records[i].id().to_owned())));
    found.by(|side, i| if let Record::Page(p) = &side.records[i] { Some(name(p).to_owned()) } else { None });
    let [pages, _] = found.renamed();
    found.by(|side, i| article_key(side, i, &pages, |a| a.headline.as_ref().map(|h| h.quote.clone())));
    found.by(|side, i| article_key(side, i, &pages, |a| Some(a.index.to_string())));
    let articles = found.renamed();
    found.by(|side, i| Some((told_in(side, i, &articles)?, kind(&side.records[i]).0, same_place(side, i, &articles)?)));
    found.overlapping(&articles);
    found.by(|side, i| {
        let (record, article) = (&side.records[i], told_in(side, i, &articles)?);
        let moved = same_place(side, i, &articles).is_none();
        moved.then(|| (article, kind(record).0, anchor(record).map(|q| q.quote.clone())))
    });
    found.derived();
    found.end()
}

/// Ids that the pairs make one of.
pub fn renamed<'r>(sides: &[Side<'r>; 2], pairs: &[Pair<usize>]) -> Renamed<'r> {
    let ids = |pair: &Pair<usize>| Some((sides[0].records[pair.old?].id(), sides[1].records[pair.new?].id()));
    pairs.iter().filter_map(ids).filter(|(old, new)| old != new).collect()
}

/// Where a pair is listed: by kind, then by page in the order of the first result that has it, then by place in the text.
pub fn place(sides: &[Side; 2], pair: Pair<usize>) -> Position {
    let Some((side, i)) = pair.new.map(|i| (1, i)).or(pair.old.map(|i| (0, i))) else { return Position::default() };
    let record = &sides[side].records[i];
    let first = members(record).iter().find_map(|m| sides[side].find(m)).map_or(record, |(_, member)| member);
    let page = sides[side].pages_of(record).first().and_then(|p| sides[0].find(&p.id).or(sides[1].find(&p.id))).map_or(0, |(k, _)| k);
    (kind(record).1, page, anchor(first).map_or(0, |q| q.start), i)
}

/// An article by its page, as the second result names it, and something of its own.
fn article_key(side: &Side, i: usize, pages: &Renamed, own: impl Fn(&Article) -> Option<String>) -> Option<(String, String)> {
    let Record::Article(a) = &side.records[i] else { return None };
    Some((translated(&a.page_id, pages), own(a)?))
}

/// The article of a report, statement or entry, as the second result names it.
fn told_in(side: &Side, i: usize, articles: &[Renamed; 2]) -> Option<String> {
    let record = &side.records[i];
    anchor(record)?;
    Some(translated(&side.article_of(record)?.id, &articles[0]))
}

/// The place of a record in its page, if the article is the same in both results: else its offsets say nothing.
fn same_place(side: &Side, i: usize, articles: &[Renamed; 2]) -> Option<(usize, usize)> {
    let record = &side.records[i];
    let article = &side.article_of(record)?.id;
    let is_same = articles.iter().all(|renamed| !renamed.contains_key(article.as_str()));
    anchor(record).filter(|_| is_same).map(|q| (q.start, q.end))
}

/// An id as the second result names it.
fn translated(id: &str, renamed: &Renamed) -> String {
    renamed.get(id).copied().unwrap_or(id).to_owned()
}

/// Pairs found so far.
struct Matching<'a, 'r> {
    sides: &'a [Side<'r>; 2],
    /// For each record of the first result, its partner.
    partner: Vec<Option<usize>>,
    /// Positions without a partner, on either side.
    open: [Vec<usize>; 2],
}

impl<'a, 'r> Matching<'a, 'r> {
    fn of(sides: &'a [Side<'r>; 2]) -> Self {
        let all = |s: &Side| (0..s.records.len()).filter(|i| !matches!(s.records[*i], Record::Run(_))).collect();
        Matching { sides, partner: vec![None; sides[0].records.len()], open: [all(&sides[0]), all(&sides[1])] }
    }

    /// Pairs what is open and has the same key, the first with the first.
    fn by<K: Eq + Hash>(&mut self, key: impl Fn(&Side, usize) -> Option<K>) {
        let mut there: HashMap<K, Vec<usize>> = HashMap::new();
        for &j in self.open[1].iter().rev() {
            if let Some(key) = key(&self.sides[1], j) {
                there.entry(key).or_default().push(j);
            }
        }
        for &i in &self.open[0] {
            self.partner[i] = key(&self.sides[0], i).and_then(|k| there.get_mut(&k)?.pop());
        }
        self.close();
    }

    /// Pairs what is open, of one kind and article, and rests on words that overlap.
    fn overlapping(&mut self, articles: &[Renamed; 2]) {
        let key = |side: &Side, i: usize| {
            same_place(side, i, articles)?;
            Some((told_in(side, i, articles)?, kind(&side.records[i]).0))
        };
        let mut there: HashMap<(String, &str), Vec<usize>> = HashMap::new();
        for &j in &self.open[1] {
            if let Some(key) = key(&self.sides[1], j) {
                there.entry(key).or_default().push(j);
            }
        }
        let overlap = |a: &Quote, b: &Quote| a.start < b.end && b.start < a.end;
        let quote = |side: usize, i: usize| anchor(&self.sides[side].records[i]);
        for &i in &self.open[0] {
            let Some(others) = key(&self.sides[0], i).and_then(|k| there.get_mut(&k)) else { continue };
            let at = others.iter().position(|j| quote(0, i).zip(quote(1, *j)).is_some_and(|(a, b)| overlap(a, b)));
            self.partner[i] = at.map(|at| others.remove(at));
        }
        self.close();
    }

    /// Pairs events and items that are open by the reports and entries they have in common, the most first.
    fn derived(&mut self) {
        let mut home: HashMap<&str, usize> = HashMap::new();
        for &j in &self.open[1] {
            home.extend(members(&self.sides[1].records[j]).iter().map(|m| (m.as_str(), j)));
        }
        let renamed = &self.renamed()[0];
        let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for &i in &self.open[0] {
            for member in members(&self.sides[0].records[i]) {
                let id = renamed.get(member.as_str()).copied().unwrap_or(member);
                if let Some(&j) = home.get(id) {
                    *votes.entry((i, j)).or_default() += 1;
                }
            }
        }
        let mut votes: Vec<((usize, usize), usize)> = votes.into_iter().collect();
        votes.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
        let mut taken = std::collections::HashSet::new();
        for ((i, j), _) in votes {
            let same_kind = kind(&self.sides[0].records[i]) == kind(&self.sides[1].records[j]);
            if same_kind && self.partner[i].is_none() && taken.insert(j) {
                self.partner[i] = Some(j);
            }
        }
        self.close();
    }

    /// Takes what has found a partner from what is open.
    fn close(&mut self) {
        let taken: std::collections::HashSet<usize> = self.open[0].iter().filter_map(|i| self.partner[*i]).collect();
        self.open[0].retain(|i| self.partner[*i].is_none());
        self.open[1].retain(|j| !taken.contains(j));
    }

    /// Ids that are others on the other side, both ways.
    fn renamed(&self) -> [Renamed<'r>; 2] {
        let mut out = [HashMap::new(), HashMap::new()];
        for (i, j) in self.partner.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))) {
            let (old, new) = (self.sides[0].records[i].id(), self.sides[1].records[j].id());
            if old != new {
                out[0].insert(old, new);
                out[1].insert(new, old);
            }
        }
        out
    }

    fn end(self) -> Vec<Pair<usize>> {
        let is_run = |i: &usize| matches!(self.sides[0].records[*i], Record::Run(_));
        let old = (0..self.partner.len()).filter(|i| !is_run(i)).map(|i| Pair { old: Some(i), new: self.partner[i] });
        let mut pairs: Vec<Pair<usize>> = old.chain(self.open[1].iter().map(|j| Pair { old: None, new: Some(*j) })).collect();
        let rank = |p: &Pair<usize>| p.map(|i, side| kind(&self.sides[side].records[i]).1);
        pairs.sort_by_key(|p| rank(p).old.or(rank(p).new));
        pairs
    }
}
