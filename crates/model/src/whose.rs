//! Whose a mention is: all mentions of an article, read together, say of which country each is, and of which sector.
//!
//! "Police in Nairobi ... The officers ... Interior Minister Kithure Kindiki": the vectors that the encoder gave of each mention, what ties two of
//! them and the countries that some words tell go in; for each mention one score for each of these countries and one for "none of them" come out, and one for each sector.
//! A small transformer (`training/whose.py`) over at most [`WINDOW`] mentions at a time.

use crate::reader::{attention, dot, missing};
use crate::{Error, ErrorKind, Kernel, Linear, Tagged, Weights, gelu, layer_norm};
use std::collections::HashMap;

/// Mentions read together: the first [`LEAD`] of the article and as many of those at hand as fit.
const WINDOW: usize = 160;
const LEAD: usize = 32;
/// How many of a window's mentions were in the one before.
const OVERLAP: usize = 32;
/// How many mentions each window but the first tells of.
const STEP: usize = WINDOW - LEAD - OVERLAP;
/// Bounds of the distance between two mentions in sentences, and in mentions of one sentence.
const SENTENCES: [usize; 5] = [1, 2, 3, 5, 9];
const MENTIONS: [usize; 4] = [1, 2, 3, 5];
/// How many sorts of each tie there are: how far, how far in one sentence, by words, by countries.
const SORTS: [usize; 4] = [2 * (SENTENCES.len() + 1), 1 + 2 * (MENTIONS.len() + 1), 4, 6];
/// What the log odds of the sentence's own word are divided by.
const SCALE: f32 = 4.0;
const HEADS: usize = 4;

/// What may speak for a country beside the network: `Evidence::N` numbers for each mention and country, weighed by the mention's kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What the other mentions of the sentence say, in log odds, if any tells this country.
    pub sentence: Option<f32>,
    /// What the person's name says, in log odds.
    pub name: f32,
    /// Share of this country among all state words of the article, 0-1.
    pub share: f32,
    /// How many state words name it.
    pub count: usize,
    /// Whether the article is about it.
    pub home: bool,
    /// Whether the place that opens the sentence is in it.
    pub opens: bool,
}

impl Evidence {
    /// How many numbers it is.
    pub const N: usize = 7;

    /// The weights of [`Evidence::plain`].
    const PLAIN: [f32; Self::N] = [SCALE, 0.0, 3.0 * SCALE, 0.0, 0.0, 1.5, 4.0];

    /// What it counts where no network says so, in log odds.
    pub fn plain(&self) -> f32 {
        self.weighed(&Self::PLAIN)
    }

    fn weighed(&self, weights: &[f32]) -> f32 {
        self.numbers().iter().zip(weights).map(|(x, w)| x * w).sum()
    }

    /// As the weights take it.
    pub fn numbers(&self) -> [f32; Self::N] {
        let flag = |b: bool| f32::from(u8::from(b));
        [
            self.sentence.unwrap_or(0.0) / SCALE,
            flag(self.sentence.is_some()),
            self.name / SCALE,
            self.share,
            (1.0 + self.count as f64).ln() as f32,
            flag(self.home),
            flag(self.opens),
        ]
    }
}

/// A mention among all of an article.
#[derive(Clone, Debug)]
pub struct Mentioned<'a> {
    /// Its tag; word indices do not matter here.
    pub tag: &'a Tagged,
    /// Its words.
    pub words: &'a str,
    /// The mean of its word vectors.
    pub vector: &'a [f32],
    /// Number of its sentence; rising.
    pub sentence: usize,
    /// Its number among the mentions of its sentence.
    pub place: usize,
    /// The country that its own words tell, as a number below the number of countries.
    pub country: Option<usize>,
    /// For each mention of its sentence the probability that it tells this one's country ([`crate::Reading::kin`]).
    pub kin: &'a [f32],
}

/// The sector of those who have none.
pub const NONE: &str = "-";

/// What all mentions of an article together tell of one: unnormalised log odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// For each country, and last for none of them.
    pub countries: Vec<f32>,
    /// For each of [`crate::Reader::sectors`]; empty in weights that have not learned them.
    pub sectors: Vec<f32>,
}

/// The window that tells of mention number `mention` of an article.
pub fn window_of(mention: usize) -> usize {
    if mention < WINDOW { 0 } else { 1 + (mention - WINDOW) / STEP }
}

/// The first mention that window `number` tells of.
pub fn first_of(number: usize) -> usize {
    number.checked_sub(1).map_or(0, |n| WINDOW + n * STEP)
}

/// What the words of a mention may share with those of another.
struct Name {
    whole: usize,
    last: usize,
    /// Capitalised words.
    parts: Vec<usize>,
}

/// Numbers for words, so that they are compared once.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn of(&mut self, word: String) -> usize {
        let next = self.0.len();
        *self.0.entry(word).or_insert(next)
    }

    fn name(&mut self, words: &str) -> Name {
        let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
        let is_name = |w: &&str| w.starts_with(char::is_uppercase) && w.chars().count() > 2 && !w.eq_ignore_ascii_case("the");
        let capital = parts.iter().copied().filter(is_name).map(|w| self.of(w.to_lowercase())).collect();
        let last = self.of(parts.last().copied().unwrap_or_default().to_lowercase());
        Name { whole: self.of(words.to_lowercase()), last, parts: capital }
    }
}

/// The network.
pub(crate) struct Whose {
    input: Linear,
    kind: Vec<f32>,
    known: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    query: Linear,
    key: Linear,
    ties: Ties,
    none: Linear,
    untold: f32,
    evidence: Vec<f32>,
    sectors: Option<Sectors>,
}

/// Tells sectors: what a mention's vector says, and what the words count for each.
struct Sectors {
    names: Vec<String>,
    by_vector: Linear,
    /// For each sector that words give a row with one number for each sector, then the same for states as such.
    by_words: Vec<f32>,
}

struct Norm(Vec<f32>, Vec<f32>);

struct Layer {
    look: Linear,
    out: Linear,
    first: Norm,
    up: Linear,
    down: Linear,
    second: Norm,
    ties: Ties,
}

/// What each sort of tie adds to the attention of each head: four tables `[sorts, heads]` one after the other, and the weight of the sentence's own word.
struct Ties {
    heads: usize,
    tables: Vec<f32>,
    kin: Vec<f32>,
}

/// The tie of one mention to another: a row of each table, and the log odds of the sentence's own word.
#[derive(Clone, Copy)]
struct Tie {
    rows: [usize; SORTS.len()],
    kin: f32,
}

/// Mentions that are read together: all of the others are seen by each.
struct Window {
    /// One vector after the other.
    vectors: Vec<f32>,
    kinds: Vec<usize>,
    /// The country that a mention's own words tell.
    own: Vec<Option<usize>>,
    /// Row by row what ties each mention to each.
    ties: Vec<Tie>,
}

impl Norm {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Self, Error> {
        Ok(Norm(weights.f32(&format!("{name}.weight"), &[width])?, weights.f32(&format!("{name}.bias"), &[width])?))
    }

    fn apply(&self, kernel: Kernel, x: &mut [f32]) {
        layer_norm(kernel, x, &self.0, &self.1);
    }
}

impl Tie {
    /// Of the number of each sort.
    fn of(sorts: [usize; SORTS.len()], kin: f32) -> Tie {
        let (mut rows, mut before) = (sorts, 0);
        for (row, n) in rows.iter_mut().zip(SORTS) {
            (*row, before) = (*row + before, before + n);
        }
        Tie { rows, kin }
    }
}

impl Ties {
    fn read(weights: &Weights, name: &str, heads: usize) -> Result<Self, Error> {
        let rows: usize = SORTS.iter().sum();
        Ok(Ties {
            heads,
            tables: weights.f32(&format!("{name}.tables"), &[rows, heads])?,
            kin: weights.f32(&format!("{name}.kin"), &[heads])?,
        })
    }

    fn of(&self, tie: &Tie, head: usize) -> f32 {
        tie.rows.iter().map(|row| self.tables[row * self.heads + head]).sum::<f32>() + tie.kin * self.kin[head]
    }
}

impl Whose {
    pub(crate) fn read(weights: &Weights, dim: usize, kinds: usize) -> Result<Self, Error> {
        let linear = |name: &str| Linear::from_weights(weights, name);
        let input = linear("whose.input")?;
        let width = input.outputs();
        if !width.is_multiple_of(16) {
            let message = format!("weights: \"whose.input\" gives {width} values a mention; multiples of 16 work");
            return Err(Error::new(ErrorKind::Tensor, message));
        }
        let layer = |k: usize| -> Result<Layer, Error> {
            let sized = |name: &str, inputs, outputs| Linear::with_size(weights, &format!("whose.layers.{k}.{name}"), inputs, outputs);
            let inner = linear(&format!("whose.layers.{k}.up"))?.outputs();
            Ok(Layer {
                look: sized("look", width, 3 * width)?,
                out: sized("out", width, width)?,
                first: Norm::read(weights, &format!("whose.layers.{k}.first"), width)?,
                up: sized("up", width, inner)?,
                down: sized("down", inner, width)?,
                second: Norm::read(weights, &format!("whose.layers.{k}.second"), width)?,
                ties: Ties::read(weights, &format!("whose.layers.{k}.ties"), HEADS)?,
            })
        };
        let layers = weights.metadata("whose.layers").and_then(|n| n.parse().ok()).ok_or_else(|| missing("whose.layers"))?;
        let sectors = weights.metadata("whose.sectors").map(|names| -> Result<Sectors, Error> {
            let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
            Ok(Sectors {
                by_vector: Linear::with_size(weights, "whose.sector", width, names.len())?,
                by_words: weights.f32("whose.coded", &[2, names.len(), names.len()])?,
                names,
            })
        });
        Ok(Whose {
            sectors: sectors.transpose()?,
            input: Linear::with_size(weights, "whose.input", dim, width)?,
            kind: weights.f32("whose.kind.weight", &[kinds, width])?,
            known: weights.f32("whose.known.weight", &[2, width])?,
            norm: Norm::read(weights, "whose.norm", width)?,
            layers: (0..layers).map(layer).collect::<Result<_, _>>()?,
            query: Linear::with_size(weights, "whose.query", width, width)?,
            key: Linear::with_size(weights, "whose.key", width, width)?,
            ties: Ties::read(weights, "whose.ties", 1)?,
            none: Linear::with_size(weights, "whose.none", width, 1)?,
            untold: weights.f32("whose.untold", &[1])?[0],
            evidence: weights.f32("whose.evidence", &[kinds, Evidence::N])?,
        })
    }

    /// What the evidence counts for a mention of kind number `kind`, in log odds.
    pub(crate) fn weigh(&self, kind: usize, evidence: &Evidence) -> f32 {
        evidence.weighed(&self.evidence[kind * Evidence::N..])
    }

    /// The names of the sectors; none where the weights have not learned them.
    pub(crate) fn sectors(&self) -> &[String] {
        self.sectors.as_ref().map_or(&[], |s| &s.names)
    }

    /// What the sector that the words give counts for each sector, in log odds; nothing for one that was not learned.
    pub(crate) fn weigh_sector(&self, told: &str, is_state: bool) -> &[f32] {
        let row = |s: &'_ Sectors| s.names.iter().position(|n| n == told).map(|at| at + usize::from(is_state) * s.names.len());
        self.sectors.as_ref().and_then(|s| s.by_words.chunks_exact(s.names.len()).nth(row(s)?)).unwrap_or_default()
    }

    /// The scores of the mentions of window `number`, as [`crate::Reader::whose`] gives them.
    pub(crate) fn scores(
        &self,
        kernel: Kernel,
        mentions: &[Mentioned],
        countries: usize,
        number: usize,
        kind: impl Fn(&Tagged) -> usize,
    ) -> Vec<Told> {
        let done = first_of(number).min(mentions.len());
        let from = done.saturating_sub(if number == 0 { 0 } else { OVERLAP });
        let lead = if number == 0 { 0 } else { LEAD };
        let read: Vec<&Mentioned> = mentions[..lead.min(from)].iter().chain(mentions[from..].iter().take(WINDOW - lead)).collect();
        let names = names(&read);
        let pairs = (0..read.len()).flat_map(|i| (0..read.len()).map(move |j| (i, j)));
        let window = Window {
            vectors: read.iter().flat_map(|m| m.vector).copied().collect(),
            kinds: read.iter().map(|m| kind(m.tag)).collect(),
            own: read.iter().map(|m| m.country).collect(),
            ties: pairs.map(|(i, j)| tie(&read, &names, i, j)).collect(),
        };
        self.read_window(kernel, &window, countries).split_off(lead + done - from)
    }

    /// What each mention of a window is told to be.
    fn read_window(&self, kernel: Kernel, window: &Window, countries: usize) -> Vec<Told> {
        let n = window.kinds.len();
        let ties = &window.ties;
        let mut x = self.input.forward(kernel, &window.vectors, n);
        let width = self.input.outputs();
        for (row, (kind, own)) in x.chunks_exact_mut(width).zip(window.kinds.iter().zip(&window.own)) {
            add(row, &self.kind[kind * width..(kind + 1) * width]);
            let known = usize::from(own.is_some());
            add(row, &self.known[known * width..(known + 1) * width]);
        }
        self.norm.apply(kernel, &mut x);
        for layer in &self.layers {
            let looks = layer.look.forward(kernel, &x, n);
            let seen = attention(kernel, &looks, width, HEADS, |head, i, j| layer.ties.of(&ties[i * n + j], head));
            add(&mut x, &layer.out.forward(kernel, &seen, n));
            layer.first.apply(kernel, &mut x);
            let mut inner = layer.up.forward(kernel, &x, n);
            gelu(kernel, &mut inner);
            add(&mut x, &layer.down.forward(kernel, &inner, n));
            layer.second.apply(kernel, &mut x);
        }
        let (queries, keys) = (self.query.forward(kernel, &x, n), self.key.forward(kernel, &x, n));
        let none = self.none.forward(kernel, &x, n);
        let sectors = self.sectors.as_ref().map(|s| s.by_vector.forward(kernel, &x, n)).unwrap_or_default();
        let score = |i: usize, j: usize| {
            let fit = dot(&queries[i * width..(i + 1) * width], &keys[j * width..(j + 1) * width]) / (width as f32).sqrt();
            fit + self.ties.of(&ties[i * n + j], 0)
        };
        let row = |i: usize| {
            let mut told: Vec<Vec<f32>> = vec![Vec::new(); countries];
            for (j, own) in window.own.iter().enumerate().filter(|(j, _)| *j != i) {
                if let Some(told) = own.and_then(|c| told.get_mut(c)) {
                    told.push(score(i, j));
                }
            }
            let of = |told: &Vec<f32>| if told.is_empty() { self.untold } else { log_sum_exp(told) };
            let sectors = sectors.chunks_exact(self.sectors().len().max(1)).nth(i).unwrap_or_default().to_vec();
            Told { countries: told.iter().map(of).chain([none[i]]).collect(), sectors }
        };
        (0..n).map(row).collect()
    }
}

fn names(mentions: &[&Mentioned]) -> Vec<Name> {
    let mut numbers = Numbers::default();
    mentions.iter().map(|m| numbers.name(m.words)).collect()
}

/// For each ordered pair of mentions, row by row, the number of its tie in each of four sorts: how far apart, how far in one sentence, what their
/// words share, what their own words tell of countries. For training; the network looks at the same.
pub fn ties(mentions: &[Mentioned]) -> Vec<[u8; SORTS.len()]> {
    let mentions: Vec<&Mentioned> = mentions.iter().collect();
    let names = names(&mentions);
    let pairs = (0..mentions.len()).flat_map(|i| (0..mentions.len()).map(move |j| (i, j)));
    pairs.map(|(i, j)| sorts(&mentions, &names, i, j).map(|s| s as u8)).collect()
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// The logarithm of the sum of the exponentials of one or more scores.
fn log_sum_exp(scores: &[f32]) -> f32 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = scores.iter().map(|s| f64::from(s - most).exp()).sum();
    most + sum.ln() as f32
}

/// The number of each sort of tie of mention `j` to mention `i`.
fn sorts(mentions: &[&Mentioned], names: &[Name], i: usize, j: usize) -> [usize; SORTS.len()] {
    let (a, b) = (mentions[i], mentions[j]);
    let bucket = |bounds: &[usize], gap: usize| bounds.partition_point(|x| *x <= gap);
    let far = bucket(&SENTENCES, a.sentence.abs_diff(b.sentence)) + if b.sentence > a.sentence { SENTENCES.len() + 1 } else { 0 };
    let near = match a.sentence == b.sentence {
        true => 1 + bucket(&MENTIONS, i.abs_diff(j)) + if j > i { MENTIONS.len() + 1 } else { 0 },
        false => 0,
    };
    let by_words = match (&names[i], &names[j]) {
        _ if i == j => 0,
        (x, y) if x.whole == y.whole => 2,
        (x, y) if x.parts.iter().any(|p| y.parts.contains(p)) => 1,
        (x, y) if x.last == y.last => 3,
        _ => 0,
    };
    let by_country = match (a.country, b.country) {
        (Some(x), Some(y)) => 4 + usize::from(x == y),
        (None, Some(_)) => 3,
        (_, None) => 0,
    };
    [far, near, by_words, by_country]
}

/// What ties mention `j` to mention `i`.
fn tie(mentions: &[&Mentioned], names: &[Name], i: usize, j: usize) -> Tie {
    let (a, b) = (mentions[i], mentions[j]);
    let kin = (a.sentence == b.sentence && i != j).then(|| a.kin.get(b.place)).flatten();
    Tie::of(sorts(mentions, names, i, j), kin.filter(|p| **p > 0.0).map_or(0.0, |p| odds(*p) / SCALE))
}

/// Log odds of a probability, kept within bounds.
fn odds(p: f32) -> f32 {
    let p = f64::from(p.clamp(1e-4, 1.0 - 1e-4));
    (p / (1.0 - p)).ln() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Weights;

    fn tag(kind: &str) -> Tagged {
        Tagged { first: 0, last: 1, kind: kind.to_owned(), score: 1.0 }
    }

    #[test]
    fn mentions_are_tied_by_distance_words_and_countries() {
        let tag = tag("pe");
        let of = |words, sentence, place, country| Mentioned { tag: &tag, words, vector: &[], sentence, place, country, kin: &[] };
        let mentions = [
            of("Kenya", 0, 0, Some(0)),
            of("Interior Minister Ann Njoroge", 0, 1, None),
            of("Njoroge", 1, 0, None),
            of("Kenya", 4, 0, Some(0)),
            of("the foreign minister", 4, 1, None),
            of("a minister", 4, 2, Some(1)),
        ];
        let all = ties(&mentions);
        let tie = |i: usize, j: usize| all[i * mentions.len() + j];
        // how far in sentences (6 more for what comes later), how far in one sentence (1, and 5 more), words, countries
        assert_eq!(tie(0, 0), [0, 1, 0, 5], "itself");
        assert_eq!(tie(0, 1), [0, 1 + 5 + 1, 0, 0], "next in the sentence; only the first has a country");
        assert_eq!(tie(1, 0), [0, 1 + 1, 0, 3], "the one before; only the other has a country");
        assert_eq!(tie(1, 2), [1 + 6, 0, 1, 0], "a sentence later, one name");
        assert_eq!(tie(3, 0), [3, 0, 2, 5], "four sentences before, the same words and country");
        assert_eq!(tie(4, 5), [0, 1 + 5 + 1, 3, 3], "the same last word");
        assert_eq!(tie(0, 5), [3 + 6, 0, 0, 4], "two countries");
    }

    /// `tests/fixtures/make.py` wrote the weights, the inputs and what PyTorch makes of them.
    #[test]
    fn scores_are_those_of_pytorch_on_every_path() {
        let weights = Weights::from_bytes(include_bytes!("../tests/fixtures/whose.weights").as_slice()).expect("a weights file");
        let floats = |name: &str, shape: &[usize]| weights.f32(name, shape).expect(name);
        let bytes = |name: &str| weights.tensor(name).map(|(_, shape)| weights.f32(name, shape).expect(name)).expect(name);
        let kinds: Vec<usize> = bytes("test.kinds").iter().map(|k| *k as usize).collect();
        let n = kinds.len();
        let own: Vec<Option<usize>> = bytes("test.own").iter().map(|c| (*c >= 0.0).then_some(*c as usize)).collect();
        let (sorts, kin) = (floats("test.ties", &[n, n, SORTS.len()]), floats("test.kin", &[n, n]));
        let ties = sorts.chunks_exact(SORTS.len()).zip(&kin);
        let ties = ties.map(|(s, kin)| Tie::of(std::array::from_fn(|k| s[k] as usize), *kin)).collect();
        let window = Window { vectors: floats("test.vectors", &[n, 16]), kinds, own, ties };
        let network = Whose::read(&weights, 16, 8).expect("the network");
        assert_eq!(network.weigh_sector("XYZ", false), [0.0; 0], "a sector that was not learned counts nothing");
        let expected = floats("test.scores", &[n, 4 + network.sectors().len()]);
        for kernel in Kernel::available() {
            let words = network.weigh_sector(NONE, false);
            let all = |t: Told| t.countries.into_iter().chain(t.sectors.iter().zip(words).map(|(s, w)| s + w)).collect::<Vec<f32>>();
            let read = |kernel| network.read_window(kernel, &window, 3).into_iter().flat_map(all).collect::<Vec<f32>>();
            let scores = read(kernel);
            assert_eq!(scores, read(Kernel::SCALAR), "{}", kernel.name());
            let far = scores.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(far < 1e-4, "{}: {far} from PyTorch", kernel.name());
        }
    }

    #[test]
    fn every_mention_of_a_long_article_is_scored() {
        let weights = Weights::from_bytes(include_bytes!("../tests/fixtures/whose.weights").as_slice()).expect("a weights file");
        let network = Whose::read(&weights, 16, 8).expect("the network");
        let (tag, vector) = (tag("ro"), [0.5; 16]);
        let of = |sentence| Mentioned { tag: &tag, words: "police", vector: &vector, sentence, place: 0, country: Some(0), kin: &[0.0] };
        for n in [1, WINDOW, WINDOW + 1, 3 * WINDOW] {
            let mentions: Vec<Mentioned> = (0..n).map(of).collect();
            let windows = 0..=window_of(n - 1);
            let counts: Vec<usize> = windows.clone().map(|w| network.scores(Kernel::SCALAR, &mentions, 1, w, |_| 1).len()).collect();
            for (m, w) in (0..n).map(|m| (m, window_of(m))) {
                assert!(m >= first_of(w) && m < first_of(w) + counts[w], "mention {m} of {n}");
            }
        }
    }
}
