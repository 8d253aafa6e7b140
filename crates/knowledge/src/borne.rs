//! Where a name is borne, by what the names of each country's office holders are made of.
//!
//! "Teerapat Somboonsuk" in a story between Thailand and China: a Thai. Runs of two to four letters, the ends of a word counted as letters, are
//! counted in the names of `persons.tsv` and `imported/tenures.tsv`; a name speaks for a country as far as its runs are commoner there than in all
//! countries together (naive Bayes). It decides nothing alone: people live abroad, and some countries bear each other's names.

use crate::person::{People, Person};
use crate::text::{Hashed, tokens};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// How many runs of all countries are added to each country's own.
const PRIOR: f32 = 3000.0;
/// Words of names that are borne everywhere.
const COMMON: [&str; 12] = ["de", "al", "bin", "van", "von", "el", "da", "di", "la", "abu", "ben", "du"];
/// The runs of all names are counted by so many bits of their hashes.
const BITS: u32 = 17;
/// What every such count has beside what was counted.
const UNSEEN: f32 = 0.5;

/// The names of one country: its people, and how often each run of letters stands in their names once somebody asked.
#[derive(Debug, Default)]
struct Own {
    people: Vec<u32>,
    runs: OnceLock<(Hashed<u32>, u32)>,
}

/// The runs of all names and those of each country (ISO3).
#[derive(Debug)]
pub(crate) struct Borne {
    all: Vec<u32>,
    total: u32,
    countries: BTreeMap<String, Own>,
}

impl Borne {
    pub fn of(people: &People) -> Borne {
        let mut borne = Borne { all: vec![0; 1 << BITS], total: 0, countries: BTreeMap::new() };
        for (i, person) in people.people.iter().enumerate() {
            let mut countries: Vec<&str> = person.tenures.iter().map(|t| t.country.as_str()).filter(|c| c.len() == 3).collect();
            countries.sort_unstable();
            countries.dedup();
            for country in &countries {
                borne.countries.entry((*country).to_owned()).or_default().people.push(i as u32);
            }
            let often = countries.len() as u32;
            each_run(person, |run| {
                borne.all[(run >> (64 - BITS)) as usize] += often;
                borne.total += often;
            });
        }
        borne
    }

    /// How much the words of a name speak for `country`, in log odds, about -5 to 10; 0 where nothing is known of the country or of the letters.
    pub fn speaks_for(&self, people: &People, name: &[String], country: &str) -> f32 {
        let Some(own) = self.countries.get(country).filter(|_| !name.is_empty()) else { return 0.0 };
        let (count, total) = own.runs.get_or_init(|| {
            let (mut count, mut total) = (Hashed::default(), 0);
            for i in &own.people {
                each_run(people.get(*i), |run| {
                    *count.entry(run).or_default() += 1;
                    total += 1;
                });
            }
            (count, total)
        });
        let each = |run: &u64| {
            let all = self.all[(run >> (64 - BITS)) as usize];
            if all == 0 {
                return 0.0;
            }
            let everywhere = (all as f32 + UNSEEN) / (self.total as f32 + UNSEEN * self.all.len() as f32);
            let here = (count.get(run).map_or(0.0, |n| *n as f32) + PRIOR * everywhere) / (*total as f32 + PRIOR);
            (here / everywhere).ln()
        };
        let one = |word: &String| {
            let runs = runs(word);
            runs.iter().map(each).sum::<f32>() / (runs.len().max(1) as f32).sqrt()
        };
        // runs overlap and words repeat a family's origin: half of what they would say apart
        name.iter().map(one).sum::<f32>() / (name.len() as f32).sqrt() / 2.0
    }
}

fn each_run(person: &Person, mut f: impl FnMut(u64)) {
    for name in std::iter::once(&person.name).chain(&person.aliases) {
        words(name).iter().flat_map(|w| runs(w)).for_each(&mut f);
    }
}

/// Whether a word stands inside names in small letters.
pub(crate) fn is_particle(word: &str) -> bool {
    COMMON.contains(&word)
}

/// The words of a name that may tell where it is borne, folded; of other letters than Latin ones nothing is known.
pub(crate) fn words(name: &str) -> Vec<String> {
    let words = tokens(name).into_iter().filter(|t| t.word).map(|t| t.norm);
    words.filter(|w| w.len() > 1 && w.is_ascii() && !is_particle(w)).collect()
}

/// The hashes of the runs of two to four letters of a word.
fn runs(word: &str) -> Vec<u64> {
    let letters: Vec<u64> = std::iter::once('^').chain(word.chars()).chain(['$']).map(u64::from).collect();
    let hash = |run: &[u64]| {
        run.iter().fold(0u64, |h, c| (h ^ c).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    (2..=4).flat_map(|n| letters.windows(n).map(hash)).collect()
}
