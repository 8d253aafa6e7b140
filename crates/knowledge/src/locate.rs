//! Which of the places of a name a text means: the likeliest by itself, by what it names beside it, and by what lies near.
//!
//! Every name has candidates: country (also by demonym), first- and second-level division, town. A candidate's score is how prominent it is
//! (population, kind) and how well the other names of the text support it: a place near it, one in the same division or country, the division or
//! country that holds it. A name supports with each of its own candidates, as far as that one is likely itself; so the scores are found in rounds.

use crate::Knowledge;
use crate::gazetteer::Row;
use crate::lexicon::Entry;
use crate::link::PlaceFact;
use crate::text::tokens;
use std::collections::HashMap;

mod name;

use name::{Form, forms};

/// A place name of a text.
#[derive(Clone, Copy, Debug)]
pub struct Toponym<'t> {
    /// As written.
    pub text: &'t str,
    /// The name that encloses it, by its position in the list: that of "Texas" for the "Paris" of "Paris, Texas".
    pub within: Option<usize>,
}

/// Candidates of one name beyond this many are dropped, the least prominent first.
const MOST: usize = 40;
/// What full support from the other names counts, against one power of ten of inhabitants.
const SUPPORT: f64 = 4.0;
/// Support beyond that of this many names counts no more.
const ENOUGH: f64 = 4.0;
/// Kilometres at which nearness has fallen to 1/e.
const NEAR: f64 = 100.0;
/// Support by a place of the same first-level division, of the same country, by the division or the country itself.
const SAME_DIVISION: f64 = 0.3;
const SAME_COUNTRY: f64 = 0.1;
const IN_DIVISION: f64 = 0.6;
const IN_COUNTRY: f64 = 0.35;
/// What being a first-level division adds to prominence.
const DIVISION: f64 = 3.0;
/// Prominence of a town of 50,000, and what support counts as none.
const SMALL: f64 = 4.7;
const UNSUPPORTED: f64 = 0.2;
/// By how much more prominence a town outshines another one of its name: "Brussels" in a story from Washington is not the one in Wisconsin.
const OUTSHINES: f64 = 1.5;
const ROUNDS: usize = 3;
/// Mean radius of the Earth, km.
const EARTH: f64 = 6371.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Country,
    Admin1,
    Admin2,
    City,
}

#[derive(Clone, Debug)]
struct Candidate {
    kind: Kind,
    fact: PlaceFact,
    /// Prominence: powers of ten of inhabitants, and what its kind adds.
    prior: f64,
    /// The point on a sphere of radius 1.
    point: Option<[f64; 3]>,
}

impl Candidate {
    fn new(kind: Kind, prior: f64, fact: PlaceFact) -> Self {
        let point = fact.lat.zip(fact.lon).map(|(lat, lon)| {
            let (lat, lon) = (lat.to_radians(), lon.to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        });
        Candidate { kind, fact, prior, point }
    }

    /// Whether the row is this town of the hand-written list, which then takes from it what the list does not say.
    fn completed(&mut self, row: &Row) -> bool {
        let close = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() < 0.5);
        let same =
            self.kind == Kind::City && self.fact.country == row.country && close(self.fact.lat, row.lat) && close(self.fact.lon, row.lon);
        if same && self.fact.geonames_id.is_none() {
            self.fact.admin1 = self.fact.admin1.take().or_else(|| Some(row.admin1.to_owned()).filter(|a| !a.is_empty()));
            self.fact.population = Some(row.population).filter(|p| *p > 0);
            self.fact.geonames_id = row.id;
            self.prior = self.prior.max(inhabitants(row.population) + 1.0);
        }
        same
    }

    /// Whether `self` lies in the country or division `outer`.
    fn is_in(&self, outer: &Candidate) -> bool {
        let same = self.fact.country == outer.fact.country;
        match outer.kind {
            Kind::Country => same && self.kind != Kind::Country,
            Kind::Admin1 => same && self.kind > Kind::Admin1 && self.fact.admin1.is_some() && self.fact.admin1 == outer.fact.admin1,
            Kind::Admin2 => same && self.kind == Kind::City && self.nearness(outer) > 0.5,
            Kind::City => false,
        }
    }

    /// 1 at the same point, 1/e at [`NEAR`].
    fn nearness(&self, other: &Candidate) -> f64 {
        let (Some(a), Some(b)) = (self.point, other.point) else { return 0.0 };
        let chord = (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt();
        let km = chord * EARTH; // shorter than the arc by less than 1 % where nearness counts
        if km > 8.0 * NEAR { 0.0 } else { (-km / NEAR).exp() }
    }

    /// Whether it lies near a town, or holds it as its division, so that it speaks for that town though a far greater one has its name.
    fn is_close_to(&self, town: &Candidate) -> bool {
        let is_same = self.fact.country == town.fact.country && self.fact.admin1.is_some() && self.fact.admin1 == town.fact.admin1;
        is_same || self.nearness(town) > SAME_DIVISION
    }

    /// How much `other` speaks for `self`.
    fn support(&self, other: &Candidate) -> f64 {
        if self.fact.country != other.fact.country {
            let towns = self.kind > Kind::Admin1 && other.kind > Kind::Admin1;
            return if towns { self.nearness(other) } else { 0.0 };
        }
        let same = self.fact.admin1.is_some() && self.fact.admin1 == other.fact.admin1;
        match (self.kind, other.kind) {
            (Kind::Country, Kind::Country) => 0.0,
            (Kind::Country, _) | (_, Kind::Country) => IN_COUNTRY,
            (Kind::Admin1, Kind::Admin1) => SAME_COUNTRY,
            (Kind::Admin1, _) | (_, Kind::Admin1) => {
                if same {
                    IN_DIVISION
                } else {
                    SAME_COUNTRY
                }
            }
            _ => self.nearness(other).max(if same { SAME_DIVISION } else { SAME_COUNTRY }),
        }
    }
}

/// The place of each name; `None` where the gazetteer has none and no enclosing name helps.
pub(crate) fn locate(k: &Knowledge, toponyms: &[Toponym], countries: &[String]) -> Vec<Option<PlaceFact>> {
    let mut known: HashMap<&str, Vec<Candidate>> = HashMap::new();
    for toponym in toponyms {
        known.entry(toponym.text).or_insert_with(|| candidates(k, toponym.text));
    }
    let of = |i: usize| toponyms.get(i).and_then(|t| known.get(t.text)).map(Vec::as_slice).unwrap_or_default();
    // names with the same enclosing name share their reading
    let mut groups: Vec<(&str, Vec<Candidate>)> = Vec::new();
    let mut group_of = Vec::with_capacity(toponyms.len());
    for (i, toponym) in toponyms.iter().enumerate() {
        let enclosed = toponym.within.map(|w| enclosed(of(i), of(w))).unwrap_or_default();
        group_of.push(join(&mut groups, toponym.text, enclosed, of(i)));
    }
    let is_named = |c: &String| known.values().flatten().any(|x| x.kind == Kind::Country && x.fact.country == *c);
    groups.extend(countries.iter().filter(|c| !is_named(c)).filter_map(|c| Some(("", vec![country(k, c)?]))));
    let chosen = choose(&groups);
    let fact = |i: usize| {
        let group = *group_of.get(i)?;
        groups[group].1.get((*chosen.get(group)?)?).map(|c| c.fact.clone())
    };
    (0..toponyms.len()).map(|i| fact(i).or_else(|| toponyms[i].within.and_then(fact))).collect()
}

/// The candidates of a name that lie in one of the enclosing name's.
fn enclosed(inner: &[Candidate], outer: &[Candidate]) -> Vec<Candidate> {
    inner.iter().filter(|c| outer.iter().any(|o| c.is_in(o))).cloned().collect()
}

/// The group of a name: one of its own for the readings that the enclosing name leaves, which then hold for the name all over the text.
fn join<'t>(groups: &mut Vec<(&'t str, Vec<Candidate>)>, text: &'t str, enclosed: Vec<Candidate>, all: &[Candidate]) -> usize {
    let same = |c: &Candidate, d: &Candidate| c.fact == d.fact;
    // "the United States" and "The US" speak for a place once
    let one_country = |readings: &[Candidate]| match (readings, all) {
        ([c], [d]) => c.kind == Kind::Country && same(c, d),
        _ => false,
    };
    let fits = |t: &str, readings: &[Candidate]| {
        t == text && (enclosed.is_empty() || readings.iter().any(|c| enclosed.iter().any(|d| same(c, d)))) || one_country(readings)
    };
    let at = groups.iter().position(|(t, readings)| fits(t, readings));
    match at {
        Some(at) => {
            if !enclosed.is_empty() {
                groups[at].1.retain(|c| enclosed.iter().any(|d| same(c, d)));
            }
            at
        }
        None => {
            groups.push((text, if enclosed.is_empty() { all.to_vec() } else { enclosed }));
            groups.len() - 1
        }
    }
}

/// The best candidate of each group. A small town that nothing speaks for in a text with other names is none: "Victory Park" in a story about Kyiv.
fn choose(groups: &[(&str, Vec<Candidate>)]) -> Vec<Option<usize>> {
    let base: Vec<Vec<f64>> = groups.iter().map(|(_, all)| all.iter().map(|c| c.prior).collect()).collect();
    let mut scores = base.clone();
    for _ in 0..ROUNDS {
        let weights: Vec<Vec<f64>> = scores.iter().map(|s| likelihoods(s)).collect();
        for (f, (_, all)) in groups.iter().enumerate() {
            for (i, candidate) in all.iter().enumerate() {
                let is_outshone = all.iter().any(|c| candidate.kind == Kind::City && c.prior > candidate.prior + OUTSHINES);
                let by = |g: usize| {
                    let speaks = |other: &Candidate| !is_outshone || other.is_close_to(candidate);
                    let pairs = groups[g].1.iter().zip(&weights[g]).filter(|(other, w)| **w > 0.01 && speaks(other));
                    pairs.map(|(other, w)| w * candidate.support(other)).fold(0.0, f64::max)
                };
                let support: f64 = (0..groups.len()).filter(|g| *g != f).map(by).sum();
                scores[f][i] = base[f][i] + SUPPORT * support.min(ENOUGH);
            }
        }
    }
    let has_others = groups.iter().filter(|g| !g.1.is_empty()).count() > 1;
    let best = |(g, scores): (usize, &Vec<f64>)| {
        let (i, score) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let candidate = &groups[g].1[i];
        let is_stray = candidate.kind == Kind::City && candidate.prior < SMALL && score - candidate.prior < UNSUPPORTED;
        (!is_stray || !has_others).then_some(i)
    };
    scores.iter().enumerate().map(best).collect()
}

/// How likely each candidate is, against the likeliest.
fn likelihoods(scores: &[f64]) -> Vec<f64> {
    let best = scores.iter().copied().fold(f64::MIN, f64::max);
    scores.iter().map(|s| (s - best).exp()).collect()
}

/// What a name may stand for, the most prominent first.
fn candidates(k: &Knowledge, text: &str) -> Vec<Candidate> {
    let mut all = Vec::new();
    for form in forms(text) {
        all = of_form(k, &form);
        if !all.is_empty() {
            break;
        }
    }
    all.sort_by(|a, b| b.prior.total_cmp(&a.prior));
    all.truncate(MOST);
    all
}

fn of_form(k: &Knowledge, form: &Form) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let entries = k.lexicon.exact(&tokens(&form.name));
    for entry in &entries {
        match entry {
            Entry::Country(i) | Entry::Demonym(i) => all.extend(k.world.countries.get(*i as usize).and_then(|c| country(k, &c.iso3))),
            Entry::Place(i) => {
                all.extend(k.world.places.get(*i as usize).filter(|p| p.place.0 != "imported/cities.tsv").map(|p| listed(k, p)))
            }
            _ => {}
        }
    }
    all.extend(k.points.division(&form.name).map(|d| division(k, d)));
    let capital = entries.iter().find_map(|e| if let Entry::Capital(i) = e { k.world.countries.get(*i as usize) } else { None });
    let is_capital = |r: &Row| capital.is_some_and(|c| c.iso3 == r.country);
    let is_short = form.name.len() <= 3 && form.name.chars().all(char::is_uppercase);
    if !is_short {
        let mut rows = k.gazetteer.named(&form.name);
        if rows.is_empty() && all.is_empty() {
            rows = k.gazetteer.spelt(&form.name);
        }
        rows.retain(|r| !all.iter_mut().any(|c| c.completed(r)));
        all.extend(rows.into_iter().map(|r| town(&r, is_capital(&r))));
    }
    if all.is_empty() {
        all.extend(
            entries
                .iter()
                .filter_map(|e| if let Entry::Place(i) = e { k.world.places.get(*i as usize) } else { None })
                .map(|p| listed(k, p)),
        );
    }
    behind_its_town(&mut all);
    form.restrict(all)
}

/// A division named after its own town is meant less often than the town: "Kabul", "Aleppo".
fn behind_its_town(all: &mut [Candidate]) {
    let towns: Vec<Candidate> = all.iter().filter(|c| c.kind == Kind::City).cloned().collect();
    for division in all.iter_mut().filter(|c| c.kind == Kind::Admin1) {
        let is_its_town = |t: &Candidate| t.fact.country == division.fact.country && (t.is_in(division) || t.nearness(division) > 0.6);
        if towns.iter().any(is_its_town) {
            division.prior -= DIVISION + 1.0;
        }
    }
}

fn inhabitants(n: u64) -> f64 {
    (n as f64 + 300.0).log10()
}

fn town(row: &Row, is_capital: bool) -> Candidate {
    let kind = if row.is_county { Kind::Admin2 } else { Kind::City };
    let bonus = if row.is_county {
        0.5
    } else if is_capital {
        1.0
    } else {
        0.0
    };
    Candidate::new(
        kind,
        inhabitants(row.population) + bonus,
        PlaceFact {
            name: row.name.to_owned(),
            country: row.country.to_owned(),
            admin1: Some(row.admin1.to_owned()).filter(|a| !a.is_empty()),
            lat: Some(row.lat),
            lon: Some(row.lon),
            population: Some(row.population).filter(|p| *p > 0),
            geonames_id: row.id,
            precision: if row.is_county { "admin2" } else { "city" },
        },
    )
}

fn country(k: &Knowledge, iso3: &str) -> Option<Candidate> {
    let country = k.country(iso3)?;
    let point = k.points.of(iso3, "");
    Some(Candidate::new(
        Kind::Country,
        10.8,
        PlaceFact {
            name: country.name.clone(),
            country: country.iso3.clone(),
            admin1: None,
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            population: None,
            geonames_id: None,
            precision: "country",
        },
    ))
}

/// A row of the hand-written list, of `admin1.tsv`, or of `cities.tsv`.
fn listed(k: &Knowledge, place: &crate::world::Place) -> Candidate {
    let point = k.points.of(&place.country, &place.name).filter(|_| !place.city);
    let (kind, bonus) = if place.city { (Kind::City, 0.0) } else { (Kind::Admin1, DIVISION) };
    let is_ours = place.place.0 == "places.tsv";
    // the hand-written list is of places that the news of the world names
    let prior = if is_ours { inhabitants(3_000_000) + bonus } else { inhabitants(place.population) + bonus };
    Candidate::new(
        kind,
        prior,
        PlaceFact {
            name: place.name.to_string(),
            country: place.country.to_string(),
            admin1: place.admin1.as_ref().or((!place.city).then_some(&place.name)).map(ToString::to_string),
            lat: Some(point.map_or(place.lat, |p| p.0)),
            lon: Some(point.map_or(place.lon, |p| p.1)),
            population: Some(place.population).filter(|p| *p > 0),
            geonames_id: None,
            precision: if place.city { "city" } else { "admin1" },
        },
    )
}

/// A first-level division by its short form ("Tenn.").
fn division(k: &Knowledge, division: &(String, String)) -> Candidate {
    let point = k.points.of(&division.0, &division.1);
    Candidate::new(
        Kind::Admin1,
        inhabitants(3_000_000) + DIVISION,
        PlaceFact {
            name: division.1.clone(),
            country: division.0.clone(),
            admin1: Some(division.1.clone()),
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            population: None,
            geonames_id: None,
            precision: "admin1",
        },
    )
}
