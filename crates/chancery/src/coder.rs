//! The whole way from a page to its records: one pure function, no clock, no network, no globals.

use crate::{
    analysis, article, cameo,
    coref::{self, Cast},
    entry, event, names,
    page::{self, Outcome, PageOptions, RawPage},
    phrases::{self, Genre, english},
    places::Places,
    reconcile,
    scene::Scene,
    statement,
    text::title_case,
};
use chancery_knowledge::Knowledge;
use chancery_model::Reader;
use chancery_record::{self as record, PageOutcome, Record, Text, id, sha256_hex};

/// What changes records.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Event reports below this confidence are left out (0-1).
    pub min_confidence: f32,
    /// Store the page text in the page record; without it `verify` needs the input again.
    pub keep_text: bool,
    /// Limits on what is read.
    pub page: PageOptions,
}

impl Default for Options {
    fn default() -> Self {
        Options { min_confidence: DEFAULT_CONFIDENCE, keep_text: true, page: PageOptions::default() }
    }
}

/// The default threshold on the calibrated confidence (0-1): above it 81 % of the events of our dev split are right (models/README.md).
pub const DEFAULT_CONFIDENCE: f32 = 0.5;

/// Knowledge and network, loaded once and shared by threads.
pub struct Coder {
    knowledge: Knowledge,
    reader: Reader,
    options: Options,
}

/// One article with all layers read from it.
pub struct Read {
    /// The article's record.
    pub record: record::Article,
    /// Sentences with their readings.
    pub sentences: Vec<analysis::Sentence>,
    /// Who is who.
    pub cast: Cast,
    /// Where its places are.
    pub places: Places,
}

impl Coder {
    /// A coder of loaded parts.
    pub fn new(knowledge: Knowledge, reader: Reader, options: Options) -> Self {
        Coder { knowledge, reader, options }
    }

    /// What it knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Hash of all knowledge in use, hex: the knowledge files and the word lists that are compiled in.
    pub fn knowledge_hash(&self) -> String {
        let compiled = phrases::texts().join("\0");
        sha256_hex([self.knowledge.fingerprint(), cameo::TABLE, &compiled].join("\0").as_bytes())
    }

    /// Hash of the weights in use, hex.
    pub fn model_hash(&self) -> &str {
        self.reader.sha256()
    }

    /// Hash of the ontology in use, hex: what events are coded as. It is part of the knowledge.
    pub fn codebook_hash(&self) -> String {
        sha256_hex([self.knowledge.ontology_fingerprint(), cameo::TABLE].join("\0").as_bytes())
    }

    /// Its network.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Its options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Codes one page: its page record first, then each article with its records. Never fails: errors are the page's outcome.
    pub fn code_page(&self, raw: RawPage) -> Vec<Record> {
        self.code_page_by(raw, |articles, code| articles.iter().map(code).collect())
    }

    /// As [`code_page`](Self::code_page); `each` gives what the function makes of each article, in order, on threads if it likes.
    pub fn code_page_by(
        &self,
        raw: RawPage,
        each: impl FnOnce(&[article::Article], &(dyn Fn(&article::Article) -> Vec<Record> + Sync)) -> Vec<Vec<Record>>,
    ) -> Vec<Record> {
        let sha256 = sha256_hex(&raw.bytes);
        let mut page = record::Page {
            id: page_id(&sha256, &raw),
            source_id: raw.source_id.clone(),
            path: raw.path.clone(),
            url: raw.url.clone(),
            sha256,
            text: None,
            outcome: PageOutcome::Failed,
            reason: None,
            articles: 0,
        };
        match page::page_with(&raw, &self.options.page) {
            Err(outcome) => {
                (page.outcome, page.reason) = match outcome {
                    Outcome::Skipped(reason) => (PageOutcome::Skipped, Some(reason)),
                    Outcome::Failed(reason) => (PageOutcome::Failed, Some(reason)),
                };
                vec![Record::Page(page)]
            }
            Ok(read) => {
                let text = Text::new(&read.text);
                let articles = article::articles(&read);
                let id = page.id.clone();
                let records = each(&articles, &|article| self.code_article(&id, &text, article));
                self.finished(page, &read, &articles, records)
            }
        }
    }

    /// The page's own record, with what came of it, and then those of its articles.
    fn finished(&self, mut page: record::Page, read: &page::Page, articles: &[article::Article], records: Vec<Vec<Record>>) -> Vec<Record> {
        let mut records: Vec<Record> = records.into_iter().flatten().collect();
        let uncoded = articles.iter().filter(|a| !is_coded(a));
        let mut foreign: Vec<&str> = uncoded.map(|a| a.language.as_deref().unwrap_or("unknown")).collect();
        page.articles = articles.len();
        let uncoded = foreign.len();
        foreign.sort();
        foreign.dedup();
        let languages = format!("language {} is not coded yet; English is", foreign.join(", "));
        let mut notes = read.notes.clone();
        if uncoded > 0 && uncoded < articles.len() {
            notes.push(format!("{uncoded} of {} articles: {languages}", articles.len()));
        }
        page.reason = (!notes.is_empty()).then(|| notes.join("; "));
        let holds = |r: &Record| !matches!(r, Record::Article(_));
        page.outcome = match records.iter().any(holds) {
            true => PageOutcome::Coded,
            false if uncoded > 0 && uncoded == articles.len() => {
                page.reason = Some(languages);
                PageOutcome::Skipped
            }
            false => PageOutcome::NoEvents,
        };
        page.text = self.options.keep_text.then(|| read.text.clone());
        records.insert(0, Record::Page(page));
        records
    }

    /// An article's record and, if its language is coded, all layers read from it.
    pub fn read_article(&self, page_id: &str, text: &Text, article: &article::Article) -> Read {
        let record = article_record(page_id, text, article);
        if !is_coded(article) {
            return Read { record, sentences: Vec::new(), cast: Cast::default(), places: Places::default() };
        }
        let sentences = self.analyse(text.as_str(), article);
        let date = record.published.as_ref().map(|p| p.date.as_str());
        let filed_in = record.dateline.as_ref().and_then(|d| d.place.as_ref()).and_then(|p| self.knowledge.is_place(&title_case(&p.quote)));
        let filed_in = filed_in.as_ref().map(|p| p.country.as_str());
        let cast = coref::cast(coref::Input {
            text: text.as_str(),
            sentences: &sentences,
            knowledge: &self.knowledge,
            date,
            filed_in,
            reader: Some(&self.reader),
        });
        let dateline = article.dateline.as_ref().and_then(|d| d.place);
        let places = Places::of_article(text.as_str(), &sentences, &cast, dateline, &self.knowledge);
        Read { record, sentences, cast, places }
    }

    /// The sentences of an article with what the network reads in them.
    pub(crate) fn analyse(&self, text: &str, article: &article::Article) -> Vec<analysis::Sentence> {
        let mut sentences = analysis::analyse(text, article, &self.reader);
        names::mend(text, &mut sentences, &self.knowledge, &self.reader.labels().upos);
        sentences
    }

    /// The scene of a read article.
    pub fn scene<'a>(&'a self, text: &'a Text<'a>, read: &'a Read) -> Scene<'a> {
        Scene {
            text,
            article_id: &read.record.id,
            sentences: &read.sentences,
            cast: &read.cast,
            places: &read.places,
            knowledge: &self.knowledge,
            labels: self.reader.labels(),
            genre: genre(text.as_str(), &read.sentences),
            published: read.record.published.as_ref().map(|p| p.date.as_str()),
        }
    }

    /// An article's record, then those read from it: reports, statements, ledger entries, events, items.
    pub fn code_article(&self, page_id: &str, text: &Text, article: &article::Article) -> Vec<Record> {
        self.records(text, &self.read_article(page_id, text, article))
    }

    /// The records of a read article: its own first.
    pub fn records(&self, text: &Text, read: &Read) -> Vec<Record> {
        let scene = self.scene(text, read);
        let (said, stages) = statement::statements(&scene);
        let reports = event::reports(&scene, &said, self.options.min_confidence);
        let entries = entry::entries(&scene, &said, &stages);
        let sources = reconcile::Sources::of_one(&read.record);
        let events = reconcile::events(&reports.iter().collect::<Vec<_>>(), &sources);
        let items = reconcile::items(&entries.iter().collect::<Vec<_>>(), &sources, &self.knowledge);
        let mut records = vec![Record::Article(read.record.clone())];
        records.extend(reports.into_iter().map(Record::EventReport));
        records.extend(said.into_iter().map(|s| Record::Statement(s.record)));
        records.extend(entries.into_iter().map(Record::LedgerEntry));
        records.extend(events.into_iter().map(Record::Event));
        records.extend(items.into_iter().map(Record::LedgerItem));
        records
    }
}

/// The hash of the bytes, and of what the caller says of them: one wire story in two papers is two pages.
fn page_id(sha256: &str, raw: &RawPage) -> String {
    let given = [&raw.source_id, &raw.url, &raw.outlet, &raw.date, &raw.undated].map(|field| field.as_deref().unwrap_or_default());
    if given.iter().all(|g| g.is_empty()) { id("pg", &[sha256]) } else { id("pg", &[&[sha256], &given[..]].concat()) }
}

/// What the sentences together read like.
pub(crate) fn genre(text: &str, sentences: &[analysis::Sentence]) -> Option<Genre> {
    let words: Vec<&str> = sentences.iter().filter_map(|s| s.span.slice(text)).collect();
    english().genre(&words.join(" ").to_lowercase())
}

fn article_record(page_id: &str, text: &Text, a: &article::Article) -> record::Article {
    let quote = |span: Option<record::Span>| span.and_then(|s| text.quote(s).ok());
    let dateline = a
        .dateline
        .as_ref()
        .and_then(|d| Some(record::Dateline { quote: text.quote(d.span).ok()?, place: quote(d.place), date: quote(d.date) }));
    let (start, end) = text.offsets().chars(a.span);
    record::Article {
        id: id("ar", &[page_id, &a.index.to_string(), a.span.slice(text.as_str()).unwrap_or_default()]),
        page_id: page_id.to_owned(),
        index: a.index,
        headline: quote(a.headline),
        byline: quote(a.byline),
        dateline,
        published: a.published.as_ref().map(|p| record::Published { date: p.date.clone(), source: p.source.as_str().to_owned() }),
        outlet: a.outlet.clone(),
        language: a.language.clone(),
        start,
        end,
        body: a.body.iter().map(|s| text.range(*s)).collect(),
        dropped: a.dropped.iter().map(|(span, reason)| dropped(text, *span, *reason)).collect(),
        duplicate_of: None,
    }
}

fn dropped(text: &Text, span: record::Span, reason: article::Reason) -> record::Dropped {
    let (start, end) = text.offsets().chars(span);
    record::Dropped { start, end, reason }
}

/// An article whose language nobody can tell (too short) is tried as English.
fn is_coded(article: &article::Article) -> bool {
    article.language.as_deref().is_none_or(crate::language::is_coded)
}
