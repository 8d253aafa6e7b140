//! Which articles copy one another: wire copy with a few words changed, cut short, or corrected.

use super::Union;
use chancery_record::{Article, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Words in a row that are compared.
const SHINGLE: usize = 4;
/// Share of the shorter article's shingles that a copy has too.
const COPIED: f64 = 0.5;
/// Least number of shingles of an article that can be a copy.
const LEAST: usize = 12;
/// Rows of an article's sketch; those with the smallest hashes, so that near-copies share some.
const SKETCH: usize = 48;
/// An article shares a sketch row with at most so many others to be compared with them: commoner rows are house phrases.
const COMMON: usize = 200;

/// For each article that copies another one: the first of its family by date, then by id. Needs the page texts.
pub fn copies(records: &[Record]) -> HashMap<String, String> {
    let texts: HashMap<&str, &str> =
        records.iter().filter_map(|r| if let Record::Page(p) = r { Some((p.id.as_str(), p.text.as_deref()?)) } else { None }).collect();
    let mut articles: Vec<(&Article, Vec<u64>)> = records
        .iter()
        .filter_map(|r| if let Record::Article(a) = r { Some((a, shingles(a, texts.get(a.page_id.as_str())?))) } else { None })
        .filter(|(_, s)| s.len() >= LEAST)
        .collect();
    articles.sort_by_key(|(a, _)| (a.published.as_ref().map(|p| p.date.clone()), a.id.clone()));
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (i, (_, shingles)) in articles.iter().enumerate() {
        shingles.iter().take(SKETCH).for_each(|s| holders.entry(*s).or_default().push(i));
    }
    let near = holders.values().filter(|h| h.len() <= COMMON);
    let pairs: BTreeSet<(usize, usize)> =
        near.flat_map(|h| h.iter().enumerate().flat_map(|(k, i)| h[k + 1..].iter().map(|j| (*i, *j)))).collect();
    let mut union = Union::new(articles.len());
    for (i, j) in pairs {
        if shared(&articles[i].1, &articles[j].1) >= COPIED {
            union.join(i, j);
        }
    }
    let families = union.sets();
    let copies = families.iter().flat_map(|f| f[1..].iter().map(move |i| (*i, f[0])));
    copies.map(|(copy, first)| (articles[copy].0.id.clone(), articles[first].0.id.clone())).collect()
}

/// The hashes of every four words in a row of an article's body, sorted, each once.
fn shingles(article: &Article, text: &str) -> Vec<u64> {
    let chars: Vec<char> = text.chars().collect();
    let body: String = article.body.iter().filter_map(|r| chars.get(r.start..r.end)).flat_map(|c| c.iter().copied().chain([' '])).collect();
    let words: Vec<String> = body.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let mut all: Vec<u64> = words.windows(SHINGLE).map(fnv).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// FNV-1a, 64 bits, of the words with a blank after each: the same with every toolchain.
fn fnv(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|w| w.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Share of the shorter one's shingles that the other one has.
fn shared(a: &[u64], b: &[u64]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let hits = short.iter().filter(|s| long.binary_search(s).is_ok()).count();
    hits as f64 / short.len().max(1) as f64
}
