//! `eval corpus`: the whole pipeline against our annotated corpus, in the corpus's own format (a file, or the folder `corpus`).
//!
//! The sentences of a document are the paragraphs of one article, coded without a headline. A gold event and a report meet when their
//! predicates overlap, each at most once; then types, modes, statuses and the countries of both sides are compared. Predicates of type
//! `NONE` are no events. Out per predicted event: `{document, type, confidence, right}`, right when predicate and type are. CAMEO codes are not in the gold and not scored. Documents are split like the training data (`training/data.py`).

use super::{
    Report, accuracy,
    annotation::{self, Document},
    f1, interval,
    storylines::b_cubed,
};
use crate::{article::Article, coder::Coder};
use chancery_record::{Actor, EventReport, EventType, EvidenceRole, LedgerEntry, Record, Span, Statement, Text, sha256_hex};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    str::FromStr,
};

/// Which documents are scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Held out: nothing was trained or chosen on them.
    #[default]
    Test,
    /// Those on which training stops.
    Dev,
    /// Those the network was trained on.
    Train,
    /// Every document.
    All,
}

impl Split {
    /// The names of all splits.
    pub const NAMES: [&str; 4] = ["test", "dev", "train", "all"];

    /// Whether the split holds the document of this name.
    pub fn holds(self, document: &str) -> bool {
        let hash = sha256_hex(document.as_bytes());
        let x = u32::from_str_radix(&hash[..8], 16).map_or(0.0, |n| f64::from(n) / 4_294_967_296.0);
        let of = match x {
            x if x < 0.12 => Split::Test,
            x if x < 0.24 => Split::Dev,
            _ => Split::Train,
        };
        self == Split::All || self == of
    }
}

impl FromStr for Split {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let at =
            Split::NAMES.iter().position(|n| *n == s).ok_or_else(|| format!("no split {s:?}; there are {}", Split::NAMES.join(", ")))?;
        Ok([Split::Test, Split::Dev, Split::Train, Split::All][at])
    }
}

/// Codes and scores the documents of `split`.
pub fn run(path: &Path, split: Split, coder: &Coder) -> Result<Report, String> {
    let documents = annotation::documents(path)?;
    let scored: Vec<Scored> = documents.iter().filter(|d| split.holds(&d.name)).map(|d| Coded::of(d, coder).score()).collect();
    if scored.is_empty() {
        return Err(format!("{}: none of its {} documents is in this split; try --split all", path.display(), documents.len()));
    }
    Ok(report(&scored))
}

/// What is counted, one number a document.
#[derive(Clone, Copy)]
enum Count {
    Sentences,
    Quiet,
    False,
    Gold,
    Predicted,
    Trigger,
    Typed,
    WithStatus,
    WithDyad,
    WithBoth,
    ActorSide,
    RecipientSide,
    Modes,
    ContextHits,
    ContextsGold,
    ContextsPredicted,
    CuesGold,
    CuesPredicted,
    CueHits,
    CuesSpoken,
    Speakers,
    LedgerGold,
    LedgerPredicted,
    LedgerFound,
    LedgerRight,
    LedgerStatus,
    Mentions,
    Countries,
    Sectored,
    Sectors,
}

/// How many there are of each [`Count`].
const COUNTS: usize = Count::Sectors as usize + 1;

/// The counts of one document, or of several.
#[derive(Clone, Copy, Default)]
struct Tally([usize; COUNTS]);

impl Tally {
    fn add(&mut self, what: Count, n: usize) {
        self.0[what as usize] += n;
    }

    fn get(&self, what: Count) -> usize {
        self.0[what as usize]
    }

    fn sum(all: &[Tally]) -> Tally {
        let mut sum = Tally::default();
        all.iter().for_each(|t| sum.0.iter_mut().zip(t.0).for_each(|(s, n)| *s += n));
        sum
    }

    fn f1(&self, hits: Count, predicted: Count, gold: Count) -> f64 {
        f1(self.get(hits), self.get(predicted), self.get(gold))
    }

    fn share(&self, part: Count, whole: Count) -> f64 {
        100.0 * self.get(part) as f64 / self.get(whole).max(1) as f64
    }

    fn event_f1(&self, hits: Count) -> f64 {
        self.f1(hits, Count::Predicted, Count::Gold)
    }

    fn cue_f1(&self) -> f64 {
        self.f1(Count::CueHits, Count::CuesPredicted, Count::CuesGold)
    }

    /// From precision and recall, since one entry may tell of several gold lines and the other way round.
    fn ledger_f1(&self) -> f64 {
        let (precision, recall) =
            (self.share(Count::LedgerRight, Count::LedgerPredicted), self.share(Count::LedgerFound, Count::LedgerGold));
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    fn false_alarms(&self) -> f64 {
        self.share(Count::False, Count::Quiet)
    }
}

/// One document's counts, its pairs of gold and predicted type, and what was missed or extra.
#[derive(Default)]
struct Scored {
    /// One row per predicted event.
    predictions: Vec<Value>,
    tally: Tally,
    types: Vec<(String, String)>,
    /// The rule that told each mention's country, and whether it was right.
    rules: Vec<(String, bool)>,
    /// The actor that each mention is in the gold, and the one it was taken for.
    actors: Vec<(usize, usize)>,
    items: Vec<String>,
}

/// A score of the documents that a tally sums.
type Figure = fn(&Tally) -> f64;

/// More than the actors and mentions of any document.
const ACTORS: usize = 1 << 20;

/// The other side of a pair of types when there is none.
const NONE: &str = "none";

fn report(scored: &[Scored]) -> Report {
    use Count::*;
    let tallies: Vec<Tally> = scored.iter().map(|s| s.tally).collect();
    let all = Tally::sum(&tallies);
    let mut report = Report::default();
    report.push("documents", scored.len() as f64);
    report.push("sentences", all.get(Sentences) as f64);
    report.push("gold events", all.get(Gold) as f64);
    report.push("predicted events", all.get(Predicted) as f64);
    report.push("trigger F1", all.event_f1(Trigger));
    report.push("type precision", all.share(Typed, Predicted));
    report.push("type recall", all.share(Typed, Gold));
    let figures: [(&str, Figure); 7] = [
        ("type F1", |t| t.event_f1(Typed)),
        ("type and status F1", |t| t.event_f1(WithStatus)),
        ("type and dyad F1", |t| t.event_f1(WithDyad)),
        ("type, dyad and status F1", |t| t.event_f1(WithBoth)),
        ("false events per 100 quiet sentences", Tally::false_alarms),
        ("cue F1", Tally::cue_f1),
        ("ledger kind F1", Tally::ledger_f1),
    ];
    for (name, figure) in figures {
        let (low, high) = interval(&tallies, |drawn: &[Tally]| figure(&Tally::sum(drawn)));
        report.push(name, figure(&all));
        report.push(&format!("{name}, 95 % low"), low);
        report.push(&format!("{name}, 95 % high"), high);
    }
    report.push("quiet sentences", all.get(Quiet) as f64);
    report.push("actor side accuracy on hits", all.share(ActorSide, Typed));
    report.push("recipient side accuracy on hits", all.share(RecipientSide, Typed));
    report.push("mode accuracy on hits", all.share(Modes, Typed));
    report.push("contexts F1 on hits", all.f1(ContextHits, ContextsPredicted, ContextsGold));
    report.push("gold cues", all.get(CuesGold) as f64);
    report.push("predicted statements", all.get(CuesPredicted) as f64);
    report.push("speaker accuracy on cues", all.share(Speakers, CuesSpoken));
    report.push("gold ledger lines", all.get(LedgerGold) as f64);
    report.push("predicted ledger entries", all.get(LedgerPredicted) as f64);
    report.push("ledger status accuracy on hits", all.share(LedgerStatus, LedgerFound));
    let types: Vec<(String, String)> = scored.iter().flat_map(|s| s.types.clone()).collect();
    report.push("mentions found", all.get(Mentions) as f64);
    report.push("countries of mentions right, %", all.share(Countries, Mentions));
    report.push("sectors of mentions right, %", all.share(Sectors, Sectored));
    let numbered =
        scored.iter().enumerate().flat_map(|(k, s)| s.actors.iter().map(move |(gold, found)| (k * ACTORS + gold, k * ACTORS + found)));
    let (precision, recall, f1) = b_cubed(&numbered.collect::<Vec<_>>());
    report.push("coreference B-cubed precision", precision);
    report.push("coreference B-cubed recall", recall);
    report.push("coreference B-cubed F1", f1);
    report.push("type accuracy on triggers", accuracy(&types.iter().filter(|(g, p)| g != NONE && p != NONE).cloned().collect::<Vec<_>>()));
    report.predictions = scored.iter().flat_map(|s| s.predictions.clone()).collect();
    report.items = per_type(&types);
    report.items.extend(confusion(&types));
    report.items.extend(per_rule(scored.iter().flat_map(|s| &s.rules)));
    report.items.extend(scored.iter().flat_map(|s| s.items.clone()));
    report
}

/// Precision, recall and F1 of each type.
fn per_type(pairs: &[(String, String)]) -> Vec<String> {
    let mut lines = vec![format!("{:<10} {:>5} {:>9} {:>9} {:>6} {:>5}", "type", "gold", "predicted", "precision", "recall", "F1")];
    for name in EventType::ALL.map(EventType::code) {
        let gold = pairs.iter().filter(|p| p.0 == name).count();
        let predicted = pairs.iter().filter(|p| p.1 == name).count();
        let hits = pairs.iter().filter(|p| p.0 == name && p.1 == name).count();
        let share = |n: usize| 100.0 * hits as f64 / n.max(1) as f64;
        let (precision, recall) = (share(predicted), share(gold));
        lines.push(format!("{name:<10} {gold:>5} {predicted:>9} {precision:>9.1} {recall:>6.1} {:>5.1}", f1(hits, predicted, gold)));
    }
    lines
}

/// Of the mentions whose country each rule told, how many are right, the most wrong first.
fn per_rule<'s>(mentions: impl Iterator<Item = &'s (String, bool)>) -> Vec<String> {
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (rule, is_right) in mentions {
        let (right, all) = rules.entry(rule).or_default();
        (*right, *all) = (*right + usize::from(*is_right), *all + 1);
    }
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|(_, (right, all))| std::cmp::Reverse(all - right));
    rows.into_iter().map(|(rule, (right, all))| format!("countries by {rule:?}: {right} of {all} right")).collect()
}

/// What the gold type of each row was predicted as, most often first; `none` for events missed or extra.
fn confusion(pairs: &[(String, String)]) -> Vec<String> {
    let mut rows: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (gold, predicted) in pairs {
        *rows.entry(gold).or_default().entry(predicted).or_default() += 1;
    }
    let line = |(gold, row): (&str, BTreeMap<&str, usize>)| {
        let mut cells: Vec<(&str, usize)> = row.into_iter().collect();
        cells.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let cells: Vec<String> = cells.iter().map(|(name, n)| format!("{name} {n}")).collect();
        format!("gold {gold} predicted as: {}", cells.join(", "))
    };
    rows.into_iter().map(line).collect()
}

/// A document, the text made of it, and the records of that text.
struct Coded<'d> {
    document: &'d Document,
    text: String,
    /// Where each sentence begins in the text, in bytes.
    starts: Vec<usize>,
    /// Its mentions with the actors they stand for.
    mentions: Vec<(Span, Vec<Actor>)>,
    /// For each of them the actor of the article that it was taken for, if for one alone.
    entities: Vec<Option<usize>>,
    reports: Vec<EventReport>,
    statements: Vec<Statement>,
    entries: Vec<LedgerEntry>,
}

/// A gold event of the whole document.
struct Gold<'d> {
    event: &'d annotation::Event,
    event_type: EventType,
    sentence: usize,
    spans: Vec<Span>,
}

impl<'d> Coded<'d> {
    fn of(document: &'d Document, coder: &Coder) -> Self {
        let (text, starts) = joined(document);
        let page = Text::new(&text);
        let read = coder.read_article(&document.name, &page, &article(document, &starts));
        let scene = coder.scene(&page, &read);
        let all = read.sentences.iter().enumerate().flat_map(|(i, s)| (0..s.reading.mentions.len()).map(move |m| (i, m)));
        let mentions = all.clone().map(|(i, m)| (scene.mention_span(i, m), scene.actors(i, m))).collect();
        let entities =
            all.map(|(i, m)| Some(scene.cast.references[i][m].as_slice()).filter(|r| r.len() == 1).map(|r| r[0].entity)).collect();
        let records = coder.records(&page, &read);
        let mut coded =
            Coded { document, text, starts, mentions, entities, reports: Vec::new(), statements: Vec::new(), entries: Vec::new() };
        for record in records {
            match record {
                Record::EventReport(r) => coded.reports.push(r),
                Record::Statement(s) => coded.statements.push(s),
                Record::LedgerEntry(e) => coded.entries.push(e),
                _ => {}
            }
        }
        coded
    }

    fn score(&self) -> Scored {
        let mut scored = Scored::default();
        scored.tally.add(Count::Sentences, self.document.sentences.len());
        self.score_mentions(&mut scored);
        self.score_events(&mut scored);
        self.score_quiet(&mut scored.tally);
        self.score_statements(&mut scored);
        self.score_ledger(&mut scored);
        scored
    }

    /// Spans of a predicate of sentence `i`, in the text.
    fn spans(&self, i: usize, predicate: usize) -> Vec<Span> {
        self.document.sentences[i].predicates[predicate].spans.iter().map(|s| self.moved(i, *s)).collect()
    }

    fn moved(&self, i: usize, span: Span) -> Span {
        Span::new(self.starts[i] + span.start, self.starts[i] + span.end)
    }

    fn gold(&self) -> Vec<Gold<'d>> {
        let sentences = self.document.sentences.iter().enumerate();
        let events = sentences.flat_map(|(i, s)| s.events.iter().map(move |e| (i, e)));
        let typed = events.filter_map(|(i, e)| e.event_type.map(|t| (i, e, t)));
        typed
            .map(|(sentence, event, event_type)| Gold { event, event_type, sentence, spans: self.spans(sentence, event.predicate) })
            .collect()
    }

    /// The countries and sectors of the mentions of actors that were found with the same words; sectors where the gold has one, states apart.
    fn score_mentions(&self, scored: &mut Scored) {
        for (i, sentence) in self.document.sentences.iter().enumerate() {
            for gold in sentence.mentions.iter().filter(|m| !matches!(m.kind.as_str(), "pl" | "da")) {
                let span = self.moved(i, gold.span);
                let Some(at) = self.mentions.iter().position(|m| m.0 == span) else { continue };
                let actors = &self.mentions[at].1;
                if let Some(chain) = gold.chain {
                    // who is taken for nobody known, or for several, is one of its own
                    scored.actors.push((chain, self.entities[at].unwrap_or(ACTORS / 2 + at)));
                }
                let (wanted, got) = (gold.countries().collect::<BTreeSet<_>>(), countries(actors));
                let rule = actors.first().and_then(|a| a.rule.as_deref()).unwrap_or(NONE);
                scored.tally.add(Count::Mentions, 1);
                scored.tally.add(Count::Countries, (wanted == got).into());
                scored.rules.push((rule.to_owned(), wanted == got));
                let words = span.slice(&self.text).unwrap_or_default();
                let place = self.place(i);
                if wanted != got {
                    scored.items.push(format!("{place} country {words:?} ({rule}): {}, not {}", code_list(&got), code_list(&wanted)));
                }
                if let Some(wanted) = gold.sector().filter(|_| gold.kind != "st") {
                    let got = actors.first().and_then(|a| a.sector.as_deref()).unwrap_or("-");
                    scored.tally.add(Count::Sectored, 1);
                    scored.tally.add(Count::Sectors, (wanted == got).into());
                    if wanted != got {
                        scored.items.push(format!("{place} sector {words:?} ({rule}): {got}, not {wanted}"));
                    }
                }
            }
        }
    }

    fn score_events(&self, scored: &mut Scored) {
        let gold = self.gold();
        let found: Vec<Span> = self.reports.iter().map(trigger).collect();
        let spans: Vec<Vec<Span>> = gold.iter().map(|g| g.spans.clone()).collect();
        let matches = aligned(&spans, &found, |g, p| gold[g].event_type == self.reports[p].event_type);
        scored.tally.add(Count::Gold, gold.len());
        scored.tally.add(Count::Predicted, self.reports.len());
        for (p, report) in self.reports.iter().enumerate() {
            let is_right = gold.iter().zip(&matches).any(|(g, m)| *m == Some(p) && g.event_type == report.event_type);
            let row = json!({"document": self.document.name, "type": report.event_type.code(), "confidence": report.confidence, "right": is_right});
            scored.predictions.push(row);
        }
        for (g, hit) in gold.iter().zip(&matches) {
            let hit = hit.map(|p| &self.reports[p]);
            scored.types.push((g.event_type.code().to_owned(), hit.map_or(NONE, |r| r.event_type.code()).to_owned()));
            scored.tally.add(Count::Trigger, hit.is_some().into());
            match hit.filter(|r| r.event_type == g.event_type) {
                Some(report) => self.score_hit(g, report, scored),
                None => scored.items.push(self.item(g.sentence, "missed", g.event_type, g.spans[0], hit)),
            }
        }
        for (p, report) in self.reports.iter().enumerate().filter(|(p, _)| !matches.contains(&Some(*p))) {
            scored.types.push((NONE.to_owned(), report.event_type.code().to_owned()));
            scored.items.push(self.item(self.sentence_at(found[p]), "extra", report.event_type, found[p], None));
        }
    }

    fn score_hit(&self, gold: &Gold, report: &EventReport, scored: &mut Scored) {
        let sentence = &self.document.sentences[gold.sentence];
        let side = |mentions: &[usize]| -> BTreeSet<&str> { mentions.iter().flat_map(|m| sentence.mentions[*m].countries()).collect() };
        let (actors, recipients) = (side(&gold.event.actors), side(&gold.event.recipients));
        let (is_actor, is_recipient) = (actors == countries(&report.actors), recipients == countries(&report.recipients));
        let is_dyad = is_actor && is_recipient;
        let is_status = gold.event.status == report.status;
        let contexts: BTreeSet<&String> = gold.event.contexts.iter().collect();
        let tally = &mut scored.tally;
        tally.add(Count::Typed, 1);
        tally.add(Count::WithStatus, is_status.into());
        tally.add(Count::WithDyad, is_dyad.into());
        tally.add(Count::WithBoth, (is_dyad && is_status).into());
        tally.add(Count::ActorSide, is_actor.into());
        tally.add(Count::RecipientSide, is_recipient.into());
        tally.add(Count::Modes, (gold.event.mode == report.mode).into());
        tally.add(Count::ContextHits, report.contexts.iter().filter(|c| contexts.contains(c)).count());
        tally.add(Count::ContextsGold, contexts.len());
        tally.add(Count::ContextsPredicted, report.contexts.len());
        if !is_dyad || !is_status {
            let quoted =
                |mentions: &[usize]| words(mentions.iter().map(|m| sentence.mentions[*m].span.slice(&sentence.text).unwrap_or_default()));
            let got = |actors: &[Actor]| format!("{}{}", code_list(&countries(actors)), words(actors.iter().map(by_rule)));
            let got = format!("{} > {} {}", got(&report.actors), got(&report.recipients), report.status.code());
            let (actors, recipients) =
                (code_list(&actors) + &quoted(&gold.event.actors), code_list(&recipients) + &quoted(&gold.event.recipients));
            let wanted = format!("{actors} > {recipients} {}", gold.event.status.code());
            let words = gold.spans[0].slice(&self.text).unwrap_or_default();
            scored.items.push(format!("{} wrong {} {words:?}: {got}, not {wanted}", self.place(gold.sentence), gold.event_type));
        }
    }

    /// Reports in sentences that hold no gold event.
    fn score_quiet(&self, tally: &mut Tally) {
        for (i, sentence) in self.document.sentences.iter().enumerate() {
            if sentence.events.iter().any(|e| e.event_type.is_some()) {
                continue;
            }
            let span = self.moved(i, Span::new(0, sentence.text.len()));
            tally.add(Count::Quiet, 1);
            tally.add(Count::False, self.reports.iter().filter(|r| span.contains(&trigger(r))).count());
        }
    }

    fn score_statements(&self, scored: &mut Scored) {
        let sentences = self.document.sentences.iter().enumerate();
        let gold: Vec<(usize, &annotation::Cue)> = sentences.flat_map(|(i, s)| s.cues.iter().map(move |c| (i, c))).collect();
        let spans: Vec<Vec<Span>> = gold.iter().map(|(i, c)| self.spans(*i, c.predicate)).collect();
        let found: Vec<Span> = self.statements.iter().map(|s| s.cue.span()).collect();
        scored.tally.add(Count::CuesGold, gold.len());
        scored.tally.add(Count::CuesPredicted, found.len());
        let text = Text::new(&self.text);
        for ((i, cue), hit) in gold.iter().zip(aligned(&spans, &found, |_, _| true)) {
            let Some(statement) = hit.map(|p| &self.statements[p]) else { continue };
            scored.tally.add(Count::CueHits, 1);
            let speakers: Vec<Span> = cue.speakers.iter().map(|m| self.moved(*i, self.document.sentences[*i].mentions[*m].span)).collect();
            if speakers.is_empty() {
                continue;
            }
            scored.tally.add(Count::CuesSpoken, 1);
            let speaker = text.offsets().span_of_chars(statement.speaker.start, statement.speaker.end);
            let is_right = speaker.is_some_and(|s| speakers.iter().any(|g| g.overlaps(&s)));
            scored.tally.add(Count::Speakers, is_right.into());
            if !is_right {
                let wanted = speakers[0].slice(&self.text).unwrap_or_default();
                scored.items.push(format!("{} speaker {:?}, not {wanted:?}", self.place(*i), statement.speaker.text));
            }
        }
    }

    fn score_ledger(&self, scored: &mut Scored) {
        let sentences = self.document.sentences.iter().enumerate();
        let lines = sentences.flat_map(|(i, s)| s.events.iter().filter_map(move |e| Some((i, e.predicate, e.ledger.as_ref()?))));
        let gold: Vec<(usize, Vec<Span>, _)> = lines.map(|(i, p, ledger)| (i, self.spans(i, p), ledger)).collect();
        let tells = |entry: &LedgerEntry, spans: &[Span]| {
            let quotes = entry.evidence.iter().filter(|e| e.role == EvidenceRole::Predicate);
            quotes.map(|e| e.quote.span()).any(|q| spans.iter().any(|s| s.overlaps(&q)))
        };
        let tally = &mut scored.tally;
        tally.add(Count::LedgerGold, gold.len());
        tally.add(Count::LedgerPredicted, self.entries.len());
        for (i, spans, (kind, status)) in &gold {
            let words = spans[0].slice(&self.text).unwrap_or_default();
            match self.entries.iter().find(|e| e.kind == *kind && tells(e, spans)) {
                Some(entry) => {
                    let is_right = entry.status.as_ref() == Some(status);
                    tally.add(Count::LedgerFound, 1);
                    tally.add(Count::LedgerStatus, is_right.into());
                    if !is_right {
                        let told = entry.status.as_deref().unwrap_or(NONE);
                        scored.items.push(format!("{} ledger {} {words:?}: {told}, not {status}", self.place(*i), kind.code()));
                    }
                }
                None => {
                    let near: Vec<&str> = self.entries.iter().filter(|e| tells(e, spans)).map(|e| e.kind.code()).collect();
                    let near = if near.is_empty() { NONE.to_owned() } else { near.join(", ") };
                    scored.items.push(format!("{} ledger {} {words:?}: {near}", self.place(*i), kind.code()));
                }
            }
        }
        for entry in &self.entries {
            let is_right = gold.iter().any(|(_, spans, (kind, _))| entry.kind == *kind && tells(entry, spans));
            tally.add(Count::LedgerRight, is_right.into());
            if let Some(first) = entry.evidence.first().filter(|_| !is_right) {
                let place = self.place(self.sentence_at(first.quote.span()));
                scored.items.push(format!("{place} ledger extra {} {:?}", entry.kind.code(), first.quote.quote));
            }
        }
    }

    /// The sentence in which a span begins.
    fn sentence_at(&self, span: Span) -> usize {
        self.starts.partition_point(|s| *s <= span.start).saturating_sub(1)
    }

    fn place(&self, i: usize) -> String {
        format!("{} (line {}):", self.document.name, self.document.sentences[i].line)
    }

    fn item(&self, i: usize, what: &str, event_type: EventType, span: Span, got: Option<&EventReport>) -> String {
        let words = span.slice(&self.text).unwrap_or_default();
        let got = got.map_or(String::new(), |r| format!(": {}", r.event_type));
        format!("{} {what} {event_type} {words:?}{got}", self.place(i))
    }
}

/// The sentences as paragraphs of one text, and where each begins.
pub(super) fn joined(document: &Document) -> (String, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for sentence in &document.sentences {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        starts.push(text.len());
        text.push_str(&sentence.text);
    }
    (text, starts)
}

pub(super) fn article(document: &Document, starts: &[usize]) -> Article {
    Article::of_body(starts.iter().zip(&document.sentences).map(|(start, s)| Span::new(*start, start + s.text.len())).collect())
}

/// The words of a report's predicate.
fn trigger(report: &EventReport) -> Span {
    report.evidence.first().map_or(Span::new(0, 0), |e| e.quote.span())
}

fn countries(actors: &[Actor]) -> BTreeSet<&str> {
    actors.iter().filter_map(|a| a.country.as_deref()).collect()
}

fn code_list(codes: &BTreeSet<&str>) -> String {
    if codes.is_empty() { "-".to_owned() } else { codes.iter().copied().collect::<Vec<_>>().join("+") }
}

/// The words of an actor and the rule that gave its country.
fn by_rule(a: &Actor) -> String {
    format!("{}: {}", a.text, a.rule.as_deref().unwrap_or(NONE))
}

/// The words of a side in brackets; nothing for a side of nobody.
fn words<W: Into<String>>(mentions: impl Iterator<Item = W>) -> String {
    let all = mentions.map(W::into).collect::<Vec<_>>().join("; ");
    if all.is_empty() { all } else { format!(" ({all})") }
}

/// For each gold predicate the predicted one that it meets: overlapping, each used once, those of equal type and then the longest overlap first.
fn aligned(gold: &[Vec<Span>], predicted: &[Span], is_equal: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let shared = |a: &Span, b: &Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let mut pairs = Vec::new();
    for (g, spans) in gold.iter().enumerate() {
        for (p, span) in predicted.iter().enumerate() {
            let overlap: usize = spans.iter().map(|s| shared(s, span)).sum();
            if overlap > 0 {
                pairs.push((!is_equal(g, p), std::cmp::Reverse(overlap), g, p));
            }
        }
    }
    pairs.sort_unstable();
    let mut out = vec![None; gold.len()];
    for (_, _, g, p) in pairs {
        if out[g].is_none() && !out.contains(&Some(p)) {
            out[g] = Some(p);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_prediction_meets_one_gold_event_and_equal_types_come_first() {
        let span = Span::new;
        let gold = [vec![span(0, 10)], vec![span(4, 20)], vec![span(30, 35), span(40, 45)]];
        let predicted = [span(3, 14), span(42, 44), span(50, 60)];
        assert_eq!(aligned(&gold, &predicted, |_, _| true), [None, Some(0), Some(1)], "the longest overlap wins");
        assert_eq!(aligned(&gold, &predicted, |g, p| (g, p) == (1, 0)), [None, Some(0), Some(1)]);
        assert_eq!(aligned(&gold, &predicted, |g, p| (g, p) == (0, 0)), [Some(0), None, Some(1)], "the equal type wins");
    }

    /// The names and splits of `training/data.py`.
    #[test]
    fn splits_documents_like_the_training_data() {
        let cases = [
            ("statements-1-184", Split::Test),
            ("conflict-1-004", Split::Test),
            ("starter-accuse-25", Split::Dev),
            ("statements-1-086", Split::Dev),
            ("conflict-1-039", Split::Train),
            ("starter-aid-29", Split::Train),
        ];
        for (name, split) in cases {
            assert!(split.holds(name) && Split::All.holds(name), "{name}");
            let others = [Split::Test, Split::Dev, Split::Train].into_iter().filter(|s| *s != split);
            assert_eq!(others.filter(|s| s.holds(name)).count(), 0, "{name}");
        }
        assert_eq!("dev".parse(), Ok(Split::Dev));
        assert_eq!("held-out".parse::<Split>(), Err("no split \"held-out\"; there are test, dev, train, all".to_owned()));
    }

    #[test]
    fn counts_ledger_entries_that_tell_of_several_lines_once() {
        let mut tally = Tally::default();
        for (what, n) in [(Count::LedgerGold, 4), (Count::LedgerFound, 3), (Count::LedgerPredicted, 2), (Count::LedgerRight, 1)] {
            tally.add(what, n);
        }
        // recall 3 of 4, precision 1 of 2
        assert!((tally.ledger_f1() - 60.0).abs() < 1e-9);
    }
}
