//! `eval storylines`: articles told over weeks, coded and reconciled, against the events and matters that a reader keeps apart.
//!
//! A file is one storyline (docs/evaluation.md). A gold mention is met by a record whose predicate overlaps its quote. B-cubed is over the
//! mentions that were coded (what the coder misses is `eval corpus`'s business; the share is printed); status and history over all gold
//! items, that of an item being the one of the found item that holds most of its mentions.

use super::Report;
use crate::{coder::Coder, page::RawPage, reconcile};
use chancery_record::{Evidence, EvidenceRole, LedgerItem, Record};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

/// Scores a storyline, or those of a folder.
pub fn run(path: &Path, coder: &Coder) -> Result<Report, String> {
    let mut tally = Tally::default();
    let files = files(path)?;
    for file in &files {
        let name = file.display();
        let text = fs::read_to_string(file).map_err(|e| format!("{name}: {e}"))?;
        let gold: Value = serde_json::from_str(&text).map_err(|e| format!("{name}: not JSON: {e}"))?;
        Storyline::of(&gold, coder).map_err(|e| format!("{name}: {e}"))?.score(&mut tally);
    }
    Ok(tally.report(files.len()))
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut files: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    if files.is_empty() { Err(format!("{}: no storyline (.json) in it", path.display())) } else { Ok(files) }
}

/// Cluster numbers of gold and system, one pair a coded mention.
type Pairs = Vec<(usize, usize)>;

#[derive(Default)]
struct Tally {
    articles: usize,
    events: Pairs,
    event_mentions: usize,
    gold_events: usize,
    items: Pairs,
    item_mentions: usize,
    gold_items: usize,
    found: usize,
    status: usize,
    history: usize,
    lines: Vec<String>,
    /// Clusters are numbered on from one storyline to the next.
    next: usize,
}

impl Tally {
    fn report(self, storylines: usize) -> Report {
        let mut report = Report::default();
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        report.push("storylines", storylines as f64);
        report.push("articles", self.articles as f64);
        for (what, pairs, mentions, gold) in
            [("event", &self.events, self.event_mentions, self.gold_events), ("item", &self.items, self.item_mentions, self.gold_items)]
        {
            let (precision, recall, f1) = b_cubed(pairs);
            report.push(&format!("gold {what}s"), gold as f64);
            report.push(&format!("gold {what} mentions"), mentions as f64);
            report.push(&format!("{what} mentions coded, %"), share(pairs.len(), mentions));
            report.push(&format!("{what} B-cubed precision"), precision);
            report.push(&format!("{what} B-cubed recall"), recall);
            report.push(&format!("{what} B-cubed F1"), f1);
        }
        report.push("items found, %", share(self.found, self.gold_items));
        report.push("final status right, %", share(self.status, self.gold_items));
        report.push("final status right of items found, %", share(self.status, self.found));
        report.push("history right, %", share(self.history, self.gold_items));
        report.items = self.lines;
        report
    }
}

/// Precision, recall and F1 in percent: for each mention the share of its found cluster that is of its gold cluster, and the other way round.
pub(super) fn b_cubed(pairs: &[(usize, usize)]) -> (f64, f64, f64) {
    let mut sizes: [BTreeMap<usize, usize>; 2] = Default::default();
    let mut both: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for &(gold, found) in pairs {
        *sizes[0].entry(gold).or_default() += 1;
        *sizes[1].entry(found).or_default() += 1;
        *both.entry((gold, found)).or_default() += 1;
    }
    let mean = |side: usize| {
        let of = |p: &(usize, usize)| both[p] as f64 / sizes[side][&[p.0, p.1][side]] as f64;
        100.0 * pairs.iter().map(of).sum::<f64>() / pairs.len().max(1) as f64
    };
    let (recall, precision) = (mean(0), mean(1));
    let sum = precision + recall;
    (precision, recall, if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum })
}

struct Storyline<'g> {
    gold: &'g Value,
    records: Vec<Record>,
    /// For each article id of the gold, its page text and the id of its article record.
    articles: HashMap<&'g str, (String, String)>,
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

impl<'g> Storyline<'g> {
    fn of(gold: &'g Value, coder: &Coder) -> Result<Self, String> {
        let (mut records, mut articles) = (Vec::new(), HashMap::new());
        for a in list(gold, "articles") {
            let text = |key: &str| a[key].as_str().map(str::to_owned);
            let name = a["id"].as_str().ok_or("an article without an id")?;
            let raw = RawPage {
                bytes: text("text").ok_or_else(|| format!("{name}: no text"))?.into_bytes(),
                source_id: text("id"),
                title: text("headline"),
                date: text("date"),
                outlet: text("outlet"),
                language: Some("en".to_owned()),
                ..RawPage::default()
            };
            let coded = coder.code_page(raw);
            let page = coded.iter().find_map(|r| if let Record::Page(p) = r { p.text.clone() } else { None });
            let article = coded.iter().find_map(|r| if let Record::Article(a) = r { Some(a.id.clone()) } else { None });
            articles.insert(name, (page.unwrap_or_default(), article.unwrap_or_default()));
            records.extend(coded);
        }
        for mention in ["events", "items"].iter().flat_map(|k| list(gold, k)).flat_map(|g| list(g, "mentions")) {
            let (article, quote) = (word(mention, "article"), word(mention, "quote"));
            let text = &articles.get(article).ok_or_else(|| format!("a mention in {article:?}, which is no article of it"))?.0;
            if text.matches(quote).count() != 1 {
                return Err(format!("{article}: the quote {quote:?} does not stand once in its text"));
            }
        }
        Ok(Storyline { gold, records: reconcile::reconcile(records, coder.knowledge(), reconcile::Strictness::default()), articles })
    }

    fn score(&self, tally: &mut Tally) {
        tally.articles += self.articles.len();
        self.score_events(tally);
        self.score_items(tally);
    }

    /// Whether a record's predicate stands in the quote of a gold mention.
    fn meets(&self, mention: &Value, article_id: &str, evidence: &[Evidence]) -> bool {
        let Some((text, article)) = mention["article"].as_str().and_then(|a| self.articles.get(a)) else { return false };
        let Some(quote) = mention["quote"].as_str() else { return false };
        let Some(at) = text.find(quote) else { return false };
        let inside = |e: &Evidence| e.role == EvidenceRole::Predicate && e.quote.byte_start < at + quote.len() && at < e.quote.byte_end;
        article == article_id && evidence.iter().any(inside)
    }

    fn score_events(&self, tally: &mut Tally) {
        let of: HashMap<&str, usize> = self
            .records
            .iter()
            .enumerate()
            .filter_map(|(n, r)| if let Record::Event(e) = r { Some((n, e)) } else { None })
            .flat_map(|(n, e)| e.reports.iter().map(move |id| (id.as_str(), n)))
            .collect();
        let reports: Vec<_> = self.records.iter().filter_map(|r| if let Record::EventReport(e) = r { Some(e) } else { None }).collect();
        for (g, event) in list(self.gold, "events").iter().enumerate() {
            tally.gold_events += 1;
            let mut found = BTreeSet::new();
            for mention in list(event, "mentions") {
                tally.event_mentions += 1;
                // a quote may hold several predicates: the one of the gold type is meant
                let mut here: Vec<_> = reports.iter().filter(|r| self.meets(mention, &r.article_id, &r.evidence)).collect();
                here.sort_by_key(|r| r.event_type.code() != event["type"].as_str().unwrap_or_default());
                let Some(report) = here.first() else { continue };
                let cluster = of[report.id.as_str()];
                found.insert(cluster);
                tally.events.push((tally.next + g, tally.next + cluster));
            }
            if found.len() > 1 {
                tally.lines.push(format!("{} event {} in {} parts", self.gold["storyline"], event["id"], found.len()));
            }
        }
        tally.next += self.records.len().max(list(self.gold, "events").len());
    }

    fn score_items(&self, tally: &mut Tally) {
        let items: Vec<(usize, &LedgerItem)> =
            self.records.iter().enumerate().filter_map(|(n, r)| if let Record::LedgerItem(i) = r { Some((n, i)) } else { None }).collect();
        let of: HashMap<&str, usize> = items.iter().flat_map(|(n, i)| i.entries.iter().map(move |id| (id.as_str(), *n))).collect();
        let entries: Vec<_> = self.records.iter().filter_map(|r| if let Record::LedgerEntry(e) = r { Some(e) } else { None }).collect();
        for (g, gold) in list(self.gold, "items").iter().enumerate() {
            tally.gold_items += 1;
            let mut found: BTreeMap<usize, usize> = BTreeMap::new();
            for mention in list(gold, "mentions") {
                tally.item_mentions += 1;
                let mut here: Vec<_> = entries.iter().filter(|e| self.meets(mention, &e.article_id, &e.evidence)).collect();
                here.sort_by_key(|e| e.kind.code() != gold["kind"].as_str().unwrap_or_default());
                let Some(entry) = here.first() else { continue };
                let cluster = of[entry.id.as_str()];
                *found.entry(cluster).or_default() += 1;
                tally.items.push((tally.next + g, tally.next + cluster));
            }
            let most = found.iter().max_by_key(|(n, k)| (**k, std::cmp::Reverse(**n))).map(|(n, _)| *n);
            let item = items.iter().find(|(n, _)| Some(*n) == most).map(|(_, i)| *i);
            let (status, history) = item.map_or((false, false), |i| (gold["status"].as_str() == i.status.as_deref(), is_history(gold, i)));
            tally.found += usize::from(item.is_some());
            tally.status += usize::from(status);
            tally.history += usize::from(history);
            if !status || !history || found.len() > 1 {
                let life = |i: &LedgerItem| {
                    i.history.iter().map(|s| format!("{} {}", s.status, s.date.as_deref().unwrap_or("?"))).collect::<Vec<_>>().join(", ")
                };
                let wanted: Vec<String> =
                    list(gold, "history").iter().map(|s| format!("{} {}", word(s, "status"), word(s, "date"))).collect();
                tally.lines.push(format!(
                    "{} item {} {} in {} parts: [{}], not [{}]",
                    word(self.gold, "storyline"),
                    word(gold, "id"),
                    word(gold, "kind"),
                    found.len(),
                    item.map(life).unwrap_or_default(),
                    wanted.join(", ")
                ));
            }
        }
        tally.next += self.records.len().max(list(self.gold, "items").len());
    }
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("?")
}

/// Whether the steps are the gold's, in order, each on its date (a gold month takes any day of it).
fn is_history(gold: &Value, item: &LedgerItem) -> bool {
    let wanted = list(gold, "history");
    let same = |(w, s): (&Value, &chancery_record::Step)| {
        w["status"].as_str() == Some(&s.status)
            && s.date.as_deref().is_some_and(|d| d.starts_with(word(w, "date")) || word(w, "date").starts_with(d))
    };
    wanted.len() == item.history.len() && wanted.iter().zip(&item.history).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_counts_mentions() {
        // one gold event in two parts, another one whole: precision 1, recall (2/3 + 2/3 + 1/3 + 1) / 4
        let (precision, recall, _) = b_cubed(&[(0, 5), (0, 5), (0, 6), (1, 7)]);
        assert!((precision - 100.0).abs() < 1e-9 && (recall - 100.0 * (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
        assert_eq!(b_cubed(&[]), (0.0, 0.0, 0.0));
    }
}
