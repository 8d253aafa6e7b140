//! Reads sentences: one encode, then every head of the network.
//!
//! In: the words of a sentence. Out: a [`Reading`] with the mentions of actors, places and dates, the predicates with their type,
//! mode, status and ledger kind, the links between the two, condition clauses, and the head of each word.
//! A reading is numbers about words; what they mean for records is decided by the pipeline.

use crate::whose::{Evidence, Mentioned, Told, Whose};
use crate::{Capitals, Encoder, Error, ErrorKind, Kernel, Linear, Piece, Weights, WordPiece, argmax, gelu, softmax};
use std::sync::Arc;

/// Longest sentence in word pieces; words beyond it are not read (they get no tag).
const MAX_PIECES: usize = 256;
/// Buckets of the distance between predicate and mention, in words; the same as in `training/model.py`.
const DISTANCES: [usize; 8] = [1, 2, 3, 5, 8, 12, 20, 40];
/// Values of a link, and the heads with which links look at each other.
const LINK_WIDTH: usize = 192;
const LINK_HEADS: usize = 4;

/// Names of the classes, in the order of the network's outputs; read from the weight file.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The 16 PLOVER types and `NONE`.
    pub types: Vec<String>,
    /// `-` and `TYPE/mode`.
    pub modes: Vec<String>,
    /// One letter each: occurred, ongoing, planned, expected, conditional, negated, historical.
    pub statuses: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// `-` and ledger kinds.
    pub ledgers: Vec<String>,
    /// `-` and `kind/status`.
    pub ledger_statuses: Vec<String>,
    /// Mention kinds, two letters each.
    pub kinds: Vec<String>,
    mention: Vec<String>,
    predicate: Vec<String>,
    condition: Vec<String>,
    /// Universal parts of speech.
    pub upos: Vec<String>,
    roles: usize,
    speech: usize,
    /// Raw confidence of an event -> share of events of that confidence that are right, at rising knots; empty = not calibrated.
    calibration: Vec<(f32, f32)>,
}

/// A span of words with a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
    /// Kind: for mentions `pe ro st or gr pn pl da`.
    pub kind: String,
    /// Mean probability of its tags, 0-1.
    pub score: f32,
}

/// The ties of a predicate to one mention of its sentence, as probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Index into [`Reading::mentions`].
    pub mention: usize,
    /// None, actor, recipient, place, date.
    pub role: [f32; 5],
    /// None, speaker, addressee.
    pub speech: [f32; 3],
}

/// The words of an event or of an act of speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
    /// Share of its tags that say event or ledger predicate, 0-1.
    pub event: f32,
    /// Share of its tags that say act of speech, 0-1 (both may be high: "condemned").
    pub cue: f32,
    /// Mean probability of its tags, 0-1.
    pub score: f32,
    /// Probability of each of [`Labels::types`].
    pub types: Vec<f32>,
    /// Probability of each of [`Labels::modes`].
    pub modes: Vec<f32>,
    /// Probability of each of [`Labels::statuses`].
    pub statuses: Vec<f32>,
    /// Independent probability of each of [`Labels::contexts`].
    pub contexts: Vec<f32>,
    /// Probability of each of [`Labels::ledgers`].
    pub ledgers: Vec<f32>,
    /// Probability of each of [`Labels::ledger_statuses`].
    pub ledger_statuses: Vec<f32>,
    /// One link a mention, in order.
    pub links: Vec<Link>,
}

impl Predicate {
    /// Whether it is an act of speech.
    pub fn is_cue(&self) -> bool {
        self.cue >= 0.4
    }
}

/// What the network sees in one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Mentions, left to right, not overlapping.
    pub mentions: Vec<Tagged>,
    /// Predicates, left to right, not overlapping.
    pub predicates: Vec<Predicate>,
    /// For each mention the probability that another one tells its country, 0-1: `kin[i][j]` says how likely `j` tells that of `i`
    /// ("villagers" and "Brownsweg" in "villagers from Brownsweg"). Zero where one of the two is a date or is the other.
    pub kin: Vec<Vec<f32>>,
    /// For each mention the mean of its word vectors, as wide as the encoder.
    pub vectors: Vec<Vec<f32>>,
    /// Condition clauses.
    pub conditions: Vec<Tagged>,
    /// Index into [`Labels::upos`] of each word.
    pub upos: Vec<usize>,
    /// Head of each word: 0 = root, else one more than the index of the head; empty when the weights have no arc head.
    pub heads: Vec<usize>,
}

/// The network with its weights; shared by threads.
#[derive(Clone)]
pub struct Reader {
    inner: Arc<Inner>,
}

struct Inner {
    kernel: Kernel,
    sha256: String,
    pieces: WordPiece,
    encoder: Encoder,
    labels: Labels,
    mention: Linear,
    predicate: Linear,
    condition: Linear,
    upos: Linear,
    event_query: Linear,
    event: Linear,
    event_outs: [Linear; 6],
    link_pred: Linear,
    link_mention: Linear,
    link_distance: Vec<f32>,
    link_kind: Vec<f32>,
    link: Linear,
    link_look: Linear,
    link_mix: Linear,
    link_role: Linear,
    link_speech: Linear,
    kin_of: Linear,
    kin_by: Linear,
    kin: Linear,
    kin_out: Linear,
    /// None in weights that are yet to learn it.
    whose: Option<Whose>,
    pair_query: Linear,
    pair: Linear,
    pair_out: Linear,
    absent: Vec<f32>,
    arcs: Option<(Linear, Linear, Vec<f32>)>,
}

/// Word vectors of one sentence.
struct Words {
    dim: usize,
    /// `[CLS]` state.
    root: Vec<f32>,
    /// `n * dim`; zeros for words beyond the limit.
    vectors: Vec<f32>,
    /// How many words were read.
    read: usize,
    n: usize,
}

impl Words {
    fn unread(n: usize, dim: usize) -> Self {
        Words { dim, root: vec![0.0; dim], vectors: vec![0.0; n * dim], read: 0, n }
    }

    fn mean(&self, first: usize, last: usize) -> Vec<f32> {
        let mut sum = vec![0.0; self.dim];
        for row in self.vectors[first * self.dim..last * self.dim].chunks_exact(self.dim) {
            sum.iter_mut().zip(row).for_each(|(s, x)| *s += x);
        }
        let n = (last - first).max(1) as f32;
        sum.iter_mut().for_each(|s| *s /= n);
        sum
    }

    /// One look at the sentence: the words weighted by their fit to `query`.
    fn attend(&self, kernel: Kernel, query: &[f32]) -> Vec<f32> {
        let scale = (self.dim as f32).sqrt();
        let rows = self.vectors[..self.read * self.dim].chunks_exact(self.dim);
        let weights: Vec<f32> = rows.clone().map(|r| dot(r, query) / scale).collect();
        let weights = probabilities(kernel, weights);
        let mut out = vec![0.0; self.dim];
        for (row, w) in rows.zip(&weights) {
            out.iter_mut().zip(row).for_each(|(o, x)| *o += w * x);
        }
        out
    }
}

/// Attention among rows: `looks` holds query, key and value of each row, `dim` wide each; the result `dim` values a row. `tie` says what is
/// added to the fit of one row to another in a head.
pub(crate) fn attention(kernel: Kernel, looks: &[f32], dim: usize, heads: usize, tie: impl Fn(usize, usize, usize) -> f32) -> Vec<f32> {
    let rows: Vec<&[f32]> = looks.chunks_exact(3 * dim).collect();
    let size = dim / heads;
    let mut out = vec![0.0; rows.len() * dim];
    for (i, (row, out)) in rows.iter().zip(out.chunks_exact_mut(dim)).enumerate() {
        for (head, out) in out.chunks_exact_mut(size).enumerate() {
            let part = |k: usize| k * dim + head * size..k * dim + (head + 1) * size;
            let fit = |(j, r): (usize, &&[f32])| dot(&row[part(0)], &r[part(1)]) / (size as f32).sqrt() + tie(head, i, j);
            let fits = rows.iter().enumerate().map(fit).collect();
            for (r, weight) in rows.iter().zip(probabilities(kernel, fits)) {
                out.iter_mut().zip(&r[part(2)]).for_each(|(o, v)| *o += weight * v);
            }
        }
    }
    out
}

/// Dot product in one fixed order, so that every machine gives the same bits.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (ca, cb) = (a.chunks_exact(16), b.chunks_exact(16));
    let tail: f32 = ca.remainder().iter().zip(cb.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in ca.zip(cb) {
        for i in 0..16 {
            lanes[i] += x[i] * y[i];
        }
    }
    lanes.iter().sum::<f32>() + tail
}

pub(crate) fn missing(name: &str) -> Error {
    Error::new(ErrorKind::Tensor, format!("the weights have no {name}; train them with this version of training/train.py"))
}

fn probabilities(kernel: Kernel, mut row: Vec<f32>) -> Vec<f32> {
    let width = row.len();
    softmax(kernel, &mut row, width);
    row
}

impl Labels {
    fn read(weights: &Weights) -> Result<Self, Error> {
        let list = |name: &str| -> Result<Vec<String>, Error> {
            let key = format!("labels.{name}");
            let words = weights.metadata(&key).ok_or_else(|| missing(&key))?;
            Ok(words.split(' ').map(str::to_owned).collect())
        };
        Ok(Labels {
            types: list("type")?,
            modes: list("mode")?,
            statuses: list("status")?,
            contexts: list("context")?,
            ledgers: list("ledger")?,
            ledger_statuses: list("ledger_status")?,
            kinds: list("kind")?,
            mention: list("mention")?,
            predicate: list("predicate")?,
            condition: list("condition")?,
            upos: list("upos")?,
            roles: list("role")?.len(),
            speech: list("speech")?.len(),
            calibration: weights.metadata("calibration.event").map(knots).unwrap_or_default(),
        })
    }

    /// The probability that an event of this raw confidence (0-1) is right, as measured on held-out text: straight lines between the
    /// measured knots. The raw confidence itself where the weights carry no measurement.
    pub fn calibrated(&self, raw: f32) -> f32 {
        let Some(&(first, low)) = self.calibration.first() else { return raw };
        if raw <= first {
            return low;
        }
        let pair = self.calibration.windows(2).find(|w| raw <= w[1].0);
        pair.map_or(self.calibration[self.calibration.len() - 1].1, |w| {
            let ((x0, y0), (x1, y1)) = (w[0], w[1]);
            y0 + (y1 - y0) * (raw - x0) / (x1 - x0).max(f32::EPSILON)
        })
    }
}

/// `0.2:0.1 0.9:0.8` -> its pairs; what is no pair is left out.
fn knots(text: &str) -> Vec<(f32, f32)> {
    let pair = |p: &str| {
        let (x, y) = p.split_once(':')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    text.split(' ').filter_map(pair).collect()
}

/// BIO probabilities (one row a word) to spans. Where a span begins and ends is decided over all kinds together, then its kind:
/// words that agree on being one span but not on its kind stay one span.
fn spans(rows: &[Vec<f32>], names: &[String]) -> Vec<Tagged> {
    let mass = |row: &[f32], tag: char| -> f32 { names.iter().zip(row).filter(|(n, _)| n.starts_with(tag)).map(|(_, p)| p).sum() };
    let mut out: Vec<Tagged> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let (begin, inside, outside) = (mass(row, 'B'), mass(row, 'I'), mass(row, 'O'));
        if outside >= begin && outside >= inside {
            continue;
        }
        match out.last_mut().filter(|s| s.last == i && inside >= begin) {
            Some(span) => span.last = i + 1,
            None => out.push(Tagged { first: i, last: i + 1, kind: String::new(), score: 0.0 }),
        }
    }
    for span in &mut out {
        let kinds = kind_shares(&rows[span.first..span.last], names);
        if let Some((kind, share)) = kinds.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }) {
            (span.kind, span.score) = (kind, share);
        }
        let within: f32 = rows[span.first..span.last].iter().map(|r| 1.0 - mass(r, 'O')).sum();
        span.score = within / (span.last - span.first) as f32;
    }
    out
}

/// Mean probability of each kind over the words of a span.
fn kind_shares(rows: &[Vec<f32>], names: &[String]) -> Vec<(String, f32)> {
    let mut kinds: Vec<(String, f32)> = Vec::new();
    for (k, name) in names.iter().enumerate() {
        let Some((_, kind)) = name.split_once('-') else { continue };
        let share = rows.iter().map(|r| r[k]).sum::<f32>() / rows.len().max(1) as f32;
        match kinds.iter_mut().find(|x| x.0 == kind) {
            Some(x) => x.1 += share,
            None => kinds.push((kind.to_owned(), share)),
        }
    }
    kinds
}

/// Predicates that touch are one ("press" + "conference").
fn joined(spans: Vec<Tagged>) -> Vec<Tagged> {
    let mut out: Vec<Tagged> = Vec::new();
    for span in spans {
        match out.last_mut().filter(|s| s.last == span.first) {
            Some(before) => {
                before.last = span.last;
                before.score = before.score.min(span.score);
            }
            None => out.push(span),
        }
    }
    out
}

/// Pronouns that always stand for somebody.
const PRONOUNS: [&str; 3] = ["he", "she", "they"];

/// Mends mentions: a name cut at its hyphen is one, a lone function word or mark is none, a personal pronoun always is one.
fn mended(spans: Vec<Tagged>, words: &[&str]) -> Vec<Tagged> {
    let is_name = |s: &Tagged| s.first < s.last && words[s.first..s.last].iter().any(|w| w.chars().any(char::is_alphanumeric));
    let lone = |s: &Tagged| {
        let word = words[s.first].to_lowercase();
        s.last - s.first == 1
            && matches!(word.as_str(), "in" | "of" | "and" | "the" | "a" | "an" | "’s" | "'s" | "to" | "by" | "at" | "for" | "with" | "on")
    };
    let mut out: Vec<Tagged> = Vec::new();
    for span in spans {
        let hyphen = |i: usize| words.get(i).is_some_and(|w| matches!(*w, "-" | "–"));
        match out
            .last_mut()
            .filter(|b| b.last == span.first && (hyphen(span.first) || hyphen(b.last - 1)) && b.kind != "da" && span.kind != "da")
        {
            Some(before) => before.last = span.last,
            None => out.push(span),
        }
    }
    for span in &mut out {
        let is_mark = |w: &str| !w.chars().any(char::is_alphanumeric) && !matches!(w, "." | "%" | "$" | ")");
        while span.last > span.first && is_mark(words[span.last - 1]) {
            span.last -= 1;
        }
        while span.first < span.last && is_mark(words[span.first]) {
            span.first += 1;
        }
    }
    out.retain(|s| is_name(s) && !lone(s));
    for (i, word) in words.iter().enumerate() {
        let free = out.iter().all(|s| i < s.first || i >= s.last);
        if free && PRONOUNS.contains(&word.to_lowercase().as_str()) {
            out.push(Tagged { first: i, last: i + 1, kind: "pn".to_owned(), score: 1.0 });
        }
    }
    out.sort_by_key(|s| s.first);
    out
}

impl Reader {
    /// Builds the network from a weight file. Errors name the tensor that is missing or has another shape.
    pub fn new(weights: Weights) -> Result<Self, Error> {
        Self::with_kernel(&weights, Kernel::detect())
    }

    /// As [`Reader::new`] with a chosen kernel; all kernels give the same bits.
    pub fn with_kernel(weights: &Weights, kernel: Kernel) -> Result<Self, Error> {
        let labels = Labels::read(weights)?;
        let linear = |name: &str| Linear::from_weights(weights, name);
        let table = |name: &str| -> Result<Vec<f32>, Error> {
            let (_, shape) = weights.tensor(name).ok_or_else(|| missing(name))?;
            weights.f32(name, shape)
        };
        let arcs = match table("arc") {
            Ok(table) => Some((linear("arc_dep")?, linear("arc_head")?, table)),
            Err(_) => None,
        };
        let inner = Inner {
            kernel,
            sha256: weights.sha256().to_owned(),
            pieces: WordPiece::from_weights(weights)?,
            encoder: Encoder::from_weights(weights)?.with_kernel(kernel),
            mention: linear("tags.mention")?,
            predicate: linear("tags.predicate")?,
            condition: linear("tags.condition")?,
            upos: linear("tags.upos")?,
            event_query: linear("event_query")?,
            event: linear("event")?,
            event_outs: [
                linear("event_out.kind")?,
                linear("event_out.mode")?,
                linear("event_out.status")?,
                linear("event_out.ledger")?,
                linear("event_out.ledger_status")?,
                linear("event_out.context")?,
            ],
            link_pred: linear("link_pred")?,
            link_mention: linear("link_mention")?,
            link_distance: table("link_distance.weight")?,
            link_kind: table("link_kind.weight")?,
            link: Linear::with_size(weights, "link", 3 * 128 + 2 * 64, LINK_WIDTH)?,
            link_look: Linear::with_size(weights, "link_look", LINK_WIDTH, 3 * LINK_WIDTH)?,
            link_mix: Linear::with_size(weights, "link_mix", LINK_WIDTH, LINK_WIDTH)?,
            link_role: linear("link_out.role")?,
            link_speech: linear("link_out.speech")?,
            kin_of: linear("kin_of")?,
            kin_by: linear("kin_by")?,
            kin: linear("kin")?,
            kin_out: linear("kin_out")?,
            whose: weights
                .metadata("whose.layers")
                .map(|_| Whose::read(weights, linear("kin_of")?.inputs(), labels.kinds.len()))
                .transpose()?,
            pair_query: linear("pair_query")?,
            pair: linear("pair")?,
            pair_out: linear("pair_out")?,
            absent: table("absent")?,
            arcs,
            labels,
        };
        Ok(Reader { inner: Arc::new(inner) })
    }

    /// SHA-256 of the weight file, hex.
    pub fn sha256(&self) -> &str {
        &self.inner.sha256
    }

    /// The names of the classes.
    pub fn labels(&self) -> &Labels {
        &self.inner.labels
    }

    /// Reads sentences, each given as its words. One encode for all of them; the result does not depend on the batch.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<Reading> {
        self.encode(sentences).iter().zip(sentences).map(|(w, words)| self.inner.reading(w, words)).collect()
    }

    /// For the mentions of an article from number [`crate::first_of`]`(window)` on, as many as the window tells of, what tells of each of
    /// its `countries` and of its sector, which [`Reader::weigh`] and [`Reader::weigh_sector`] add to. Mentions stand in the order of the text.
    /// Empty where the weights have not learned it.
    pub fn whose(&self, mentions: &[Mentioned], countries: usize, window: usize) -> Vec<Told> {
        let network = self.inner.whose.as_ref();
        network.map_or_else(Vec::new, |w| w.scores(self.inner.kernel, mentions, countries, window, |tag| self.inner.kind_number(tag)))
    }

    /// What the evidence for a country counts for a mention, in log odds.
    pub fn weigh(&self, mention: &Tagged, evidence: &Evidence) -> f32 {
        self.inner.whose.as_ref().map_or_else(|| evidence.plain(), |w| w.weigh(self.inner.kind_number(mention), evidence))
    }

    /// The sectors that [`Reader::whose`] tells apart: [`NONE`] and PLOVER's. None where the weights have not learned them.
    pub fn sectors(&self) -> &[String] {
        self.inner.whose.as_ref().map_or(&[], Whose::sectors)
    }

    /// What the sector that a mention's words give ([`NONE`] when they give none), or that it has as a state, counts for each of
    /// [`Reader::sectors`], in log odds; empty for one that was not learned.
    pub fn weigh_sector(&self, told: &str, is_state: bool) -> &[f32] {
        self.inner.whose.as_ref().map_or(&[], |w| w.weigh_sector(told, is_state))
    }

    /// The reading of a sentence whose one predicate is given as its words `first..last`; words that were not read give none.
    pub fn read_at(&self, words: &[&str], first: usize, last: usize) -> Reading {
        let encoded = self.encode(&[words.to_vec()]);
        let w = &encoded[0];
        let mut reading = self.inner.reading(w, words);
        let rows = self.inner.tags(&self.inner.predicate, w, self.inner.labels.predicate.len());
        let tag = Tagged { first, last, kind: String::new(), score: 1.0 };
        let given = rows.get(first..last).filter(|rows| !rows.is_empty());
        let sentence = w.mean(0, w.read);
        reading.predicates = given.map(|rows| self.inner.predicate(w, &sentence, rows, tag, &reading.mentions)).into_iter().collect();
        reading
    }

    /// Probabilities of the 16 types and `NONE` for the ordered pair `source`, `target` (word spans; `None` = not in the sentence). The
    /// sentence is read with `@` around the source and `#` around the target, as in training. Without words nothing ties them: `NONE`.
    pub fn pair(&self, words: &[&str], source: Option<(usize, usize)>, target: Option<(usize, usize)>) -> Vec<f32> {
        if words.is_empty() {
            return self.labels().types.iter().map(|t| f32::from(u8::from(t == "NONE"))).collect();
        }
        let (words, [source, target]) = marked(words, [source, target]);
        let encoded = self.encode(&[words]);
        let w = &encoded[0];
        let side = |s: Option<(usize, usize)>| s.map_or_else(|| self.inner.absent.clone(), |(a, b)| w.mean(a, b));
        let mut x = side(source);
        x.extend(side(target));
        let k = self.inner.kernel;
        let look = w.attend(k, &self.inner.pair_query.forward(k, &x, 1));
        x.extend(look);
        x.extend(w.mean(0, w.read));
        let mut hidden = self.inner.pair.forward(k, &x, 1);
        gelu(k, &mut hidden);
        probabilities(k, self.inner.pair_out.forward(k, &hidden, 1))
    }

    /// The pieces of a sentence as the encoder reads it, and for each word that fits the place of its first.
    pub fn pieces(&self, words: &[&str]) -> (Vec<Piece>, Vec<usize>) {
        let pieces = &self.inner.pieces;
        let (mut row, mut first, mut word) = (vec![Piece::from(pieces.start())], Vec::with_capacity(words.len()), Vec::new());
        for w in words {
            word.clear();
            if pieces.pieces(w, &mut word) == 0 {
                word.push(pieces.unknown()); // accents or controls alone
            }
            if row.len() + word.len() >= MAX_PIECES {
                break;
            }
            first.push(row.len());
            let capitals = Capitals::of(w);
            row.extend(word.iter().map(|&id| Piece { id, capitals }));
        }
        row.push(pieces.end().into());
        (row, first)
    }

    fn encode(&self, sentences: &[Vec<&str>]) -> Vec<Words> {
        let (ids, firsts): (Vec<_>, Vec<_>) = sentences.iter().map(|words| self.pieces(words)).unzip();
        // pieces come from our own vocabulary and rows fit, so the encoder has nothing to refuse
        let Ok(hidden) = self.inner.encoder.encode(&ids) else {
            return sentences.iter().map(|s| Words::unread(s.len(), self.inner.absent.len())).collect();
        };
        let dim = self.inner.absent.len();
        let build = |(i, first): (usize, &Vec<usize>)| {
            let n = sentences[i].len();
            let states = hidden.sequence(i);
            let mut vectors = vec![0.0; n * dim];
            for (w, &at) in first.iter().enumerate() {
                vectors[w * dim..(w + 1) * dim].copy_from_slice(&states[at * dim..(at + 1) * dim]);
            }
            Words { dim, root: states[..dim].to_vec(), vectors, read: first.len(), n }
        };
        firsts.iter().enumerate().map(build).collect()
    }
}

impl Inner {
    fn tags(&self, head: &Linear, w: &Words, classes: usize) -> Vec<Vec<f32>> {
        let out = head.forward(self.kernel, &w.vectors[..w.read * w.dim], w.read);
        out.chunks_exact(classes).map(|row| probabilities(self.kernel, row.to_vec())).collect()
    }

    fn reading(&self, w: &Words, words: &[&str]) -> Reading {
        if w.read == 0 {
            return Reading { upos: vec![0; w.n], heads: Vec::new(), ..Reading::default() };
        }
        let l = &self.labels;
        let mentions = mended(spans(&self.tags(&self.mention, w, l.mention.len()), &l.mention), &words[..w.read]);
        let rows = self.tags(&self.predicate, w, l.predicate.len());
        let tagged = joined(spans(&rows, &l.predicate));
        let conditions = spans(&self.tags(&self.condition, w, l.condition.len()), &l.condition);
        let mut upos: Vec<usize> = self.tags(&self.upos, w, l.upos.len()).iter().map(|r| argmax(r)).collect();
        upos.resize(w.n, 0);
        let sentence = w.mean(0, w.read);
        let predicates = tagged.into_iter().map(|t| self.predicate(w, &sentence, &rows[t.first..t.last], t, &mentions)).collect();
        let vectors = mentions.iter().map(|m| w.mean(m.first, m.last)).collect();
        Reading { kin: self.kin(w, &mentions), vectors, mentions, predicates, conditions, upos, heads: self.heads(w) }
    }

    fn predicate(&self, w: &Words, sentence: &[f32], rows: &[Vec<f32>], tag: Tagged, mentions: &[Tagged]) -> Predicate {
        let p = w.mean(tag.first, tag.last);
        let look = w.attend(self.kernel, &self.event_query.forward(self.kernel, &p, 1));
        let x = [&p[..], sentence, &look[..]].concat();
        let mut hidden = self.event.forward(self.kernel, &x, 1);
        gelu(self.kernel, &mut hidden);
        let mut outs = self.event_outs.iter().map(|o| o.forward(self.kernel, &hidden, 1));
        let mut next = || outs.next().unwrap_or_default();
        let (types, modes, statuses) =
            (probabilities(self.kernel, next()), probabilities(self.kernel, next()), probabilities(self.kernel, next()));
        let (ledgers, ledger_statuses) = (probabilities(self.kernel, next()), probabilities(self.kernel, next()));
        let contexts = next().into_iter().map(|x| probabilities(self.kernel, vec![0.0, x])[1]).collect();
        let kinds = kind_shares(rows, &self.labels.predicate);
        let all = kinds.iter().map(|k| k.1).sum::<f32>().max(f32::MIN_POSITIVE);
        let share = |kind: &str| kinds.iter().find(|k| k.0 == kind).map_or(0.0, |k| k.1 / all);
        let links = self.links(w, &p, &tag, mentions);
        Predicate {
            first: tag.first,
            last: tag.last,
            event: share("event") + share("both"),
            cue: share("cue") + share("both"),
            score: tag.score,
            types,
            modes,
            statuses,
            contexts,
            ledgers,
            ledger_statuses,
            links,
        }
    }

    /// The links of one predicate, one a mention. They look at each other before they decide: mentions compete for its roles.
    fn links(&self, w: &Words, predicate: &[f32], tag: &Tagged, mentions: &[Tagged]) -> Vec<Link> {
        let p = self.link_pred.forward(self.kernel, predicate, 1);
        let mut x = Vec::new();
        for mention in mentions {
            let m = self.link_mention.forward(self.kernel, &w.mean(mention.first, mention.last), 1);
            let product: Vec<f32> = p.iter().zip(&m).map(|(a, b)| a * b).collect();
            x.extend([&p, &m, &product, &self.distance(tag, mention), &self.kind(mention)].into_iter().flatten());
        }
        let mut hidden = self.link.forward(self.kernel, &x, mentions.len());
        gelu(self.kernel, &mut hidden);
        let looks = self.link_look.forward(self.kernel, &hidden, mentions.len());
        let mixed = self.link_mix.forward(
            self.kernel,
            &attention(self.kernel, &looks, self.link_mix.inputs(), LINK_HEADS, |_, _, _| 0.0),
            mentions.len(),
        );
        hidden.iter_mut().zip(&mixed).for_each(|(h, m)| *h += m);
        let roles = self.link_role.forward(self.kernel, &hidden, mentions.len());
        let speech = self.link_speech.forward(self.kernel, &hidden, mentions.len());
        let both = roles.chunks_exact(self.labels.roles).zip(speech.chunks_exact(self.labels.speech));
        let link = |(mention, (role, speech)): (usize, (&[f32], &[f32]))| {
            let mut link = Link { mention, role: [0.0; 5], speech: [0.0; 3] };
            for (to, from) in [(&mut link.role[..], role), (&mut link.speech[..], speech)] {
                to.iter_mut().zip(probabilities(self.kernel, from.to_vec())).for_each(|(to, p)| *to = p);
            }
            link
        };
        both.enumerate().map(link).collect()
    }

    /// What the network learned of the distance from one span to another and its direction.
    fn distance(&self, from: &Tagged, to: &Tagged) -> Vec<f32> {
        let after = to.first >= from.last;
        let gap = if after { to.first - from.last } else { from.first.saturating_sub(to.last) };
        let bucket = DISTANCES.partition_point(|d| *d <= gap) + if after { DISTANCES.len() + 1 } else { 0 };
        self.link_distance[bucket * 64..(bucket + 1) * 64].to_vec()
    }

    /// What it learned of a mention's kind.
    fn kind(&self, mention: &Tagged) -> Vec<f32> {
        let kind = self.kind_number(mention);
        self.link_kind[kind * 64..(kind + 1) * 64].to_vec()
    }

    /// The number of a mention's kind among the network's.
    fn kind_number(&self, mention: &Tagged) -> usize {
        self.labels.kinds.iter().position(|k| *k == mention.kind).unwrap_or(0)
    }

    /// One row for each mention.
    fn kin(&self, w: &Words, mentions: &[Tagged]) -> Vec<Vec<f32>> {
        let mut out = vec![vec![0.0; mentions.len()]; mentions.len()];
        let side = |head: &Linear, m: &Tagged| head.forward(self.kernel, &w.mean(m.first, m.last), 1);
        let by: Vec<Vec<f32>> = mentions.iter().map(|m| side(&self.kin_by, m)).collect();
        let of: Vec<Vec<f32>> = mentions.iter().map(|m| side(&self.kin_of, m)).collect();
        let actors: Vec<usize> = (0..mentions.len()).filter(|m| mentions[*m].kind != "da").collect();
        for &i in &actors {
            let others: Vec<usize> = actors.iter().copied().filter(|j| *j != i).collect();
            let mut x = Vec::new();
            for &j in &others {
                let product: Vec<f32> = of[i].iter().zip(&by[j]).map(|(a, b)| a * b).collect();
                let tied = [self.distance(&mentions[i], &mentions[j]), self.kind(&mentions[i]), self.kind(&mentions[j])].concat();
                x.extend([&of[i], &by[j], &product, &tied].into_iter().flatten());
            }
            let mut hidden = self.kin.forward(self.kernel, &x, others.len());
            gelu(self.kernel, &mut hidden);
            for (j, score) in others.iter().zip(self.kin_out.forward(self.kernel, &hidden, others.len())) {
                out[i][*j] = probabilities(self.kernel, vec![0.0, score])[1];
            }
        }
        out
    }

    /// Head of each word: the best-scoring one (greedy).
    fn heads(&self, w: &Words) -> Vec<usize> {
        let Some((dep, head, table)) = &self.arcs else { return Vec::new() };
        let mut d = dep.forward(self.kernel, &w.vectors[..w.read * w.dim], w.read);
        gelu(self.kernel, &mut d);
        let with_root = [&w.root[..], &w.vectors[..w.read * w.dim]].concat();
        let mut h = head.forward(self.kernel, &with_root, w.read + 1);
        gelu(self.kernel, &mut h);
        let k = h.len() / (w.read + 1);
        let mut heads = Vec::with_capacity(w.n);
        for i in 0..w.read {
            // q = [d_i, 1] * table, table is [k + 1, k]
            let mut q = table[k * k..(k + 1) * k].to_vec();
            for (x, row) in d[i * k..(i + 1) * k].iter().zip(table.chunks_exact(k)) {
                q.iter_mut().zip(row).for_each(|(s, t)| *s += x * t);
            }
            let scores: Vec<f32> = h.chunks_exact(k).map(|row| dot(&q, row)).collect();
            heads.push(argmax(&scores));
        }
        heads.resize(w.n, 0);
        heads
    }
}
/// First and one past the last word of a source and a target; `None` = not in the sentence.
type Sides = [Option<(usize, usize)>; 2];

/// The words with marks around both sides, and where the marked sides then are.
fn marked<'w>(words: &[&'w str], sides: Sides) -> (Vec<&'w str>, Sides) {
    let (mut out, mut spans) = (Vec::with_capacity(words.len() + 4), [None; 2]);
    for i in 0..=words.len() {
        for (k, mark) in ["@", "#"].into_iter().enumerate() {
            if sides[k].is_some_and(|s| s.1 == i) {
                out.push(mark);
                spans[k] = spans[k].map(|(first, _)| (first, out.len()));
            }
        }
        for (k, mark) in ["@", "#"].into_iter().enumerate() {
            if sides[k].is_some_and(|s| s.0 == i) {
                spans[k] = Some((out.len(), out.len()));
                out.push(mark);
            }
        }
        out.extend(words.get(i));
    }
    (out, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_that_touch_are_one() {
        let one = |first: usize, last: usize, score: f32| Tagged { first, last, kind: String::new(), score };
        let found = joined(vec![one(1, 2, 0.9), one(2, 3, 0.7), one(4, 5, 0.8)]);
        let shown: Vec<(usize, usize, f32)> = found.iter().map(|t| (t.first, t.last, t.score)).collect();
        assert_eq!(shown, [(1, 3, 0.7), (4, 5, 0.8)]);
    }
}
