//! `chancery code` and `chancery demo`.

use super::{
    Parts, colour,
    place::{self, destination, is_folder, place},
};
use crate::{
    End,
    input::{self, FileRead, Files, Item},
    lock::{Lock, Settings, as_typed},
    progress::Progress,
};
use chancery::{
    Coder,
    page::{RawPage, date},
};
use chancery_output::{Destination, Writer, Written, left_out};
use chancery_record::{Codebook, Input, Page, PageOutcome, Record, Run, id, sha256_hex};
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use std::{
    collections::HashMap,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    rc::Rc,
};

/// Pages coded together; they leave in the order they came.
const BATCH: usize = 64;
/// Longest page in MB, unless the user says otherwise.
const PAGE_SIZE: usize = 16;

/// Code pages into cited records
///
/// PAGE is a text or HTML file, a folder, a JSON Lines file (.jsonl: id, text, title, date, url, outlet, language; only text is
/// needed), a feed (RSS or Atom: each item is a page) or - for stdin. On a terminal the result is shown for reading; in a pipe it is
/// JSON Lines.
#[derive(clap::Args)]
pub struct Args {
    /// Pages, folders, .jsonl files, or - for stdin
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    #[command(flatten)]
    out: Out,
    /// Publication date of the pages that state none (2024-07-16)
    #[arg(long)]
    date: Option<String>,
    /// Address of the page
    #[arg(long)]
    url: Option<String>,
    /// Who published it
    #[arg(long)]
    outlet: Option<String>,
    /// What stdin holds
    #[arg(long, value_parser = ["page", "jsonl"], default_value = "page")]
    from: String,
    /// Threads (0 = one per core); the result is the same with any number
    #[arg(long, short = 'j', default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
    /// Longest page in MB
    #[arg(long, default_value_t = PAGE_SIZE, value_name = "MB")]
    max_page_size: usize,
    /// Write what the result is made with to this file, for `chancery rerun` (run.lock)
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
}

/// Where the result goes, and how much of it.
#[derive(clap::Args)]
struct Out {
    /// Output format; default: by the ending of -o, else pretty on a terminal and jsonl in a pipe
    #[arg(long = "to", value_parser = PossibleValuesParser::new(chancery_output::format_names()))]
    format: Option<String>,
    /// Write to this file or, for tables, folder (- for stdout)
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Leave out event reports below this confidence (0-1): higher is more precise, lower finds more
    #[arg(long, default_value_t = chancery::DEFAULT_CONFIDENCE)]
    min_confidence: f32,
    /// Tables with all planned, expected, conditional, negated and historical events too
    #[arg(long)]
    all_statuses: bool,
    /// Do not store the page texts in the result (verify cannot read them again then)
    #[arg(long)]
    no_text: bool,
}

/// Code the bundled page: what chancery does, in one second
#[derive(clap::Args)]
pub struct DemoArgs {
    #[command(flatten)]
    out: Out,
}

const DEMO: &[u8] = include_bytes!("../../../../corpus/pages/two-readouts.txt");

impl Out {
    /// The options in use, with those that the surroundings decide.
    fn settings(&self) -> Result<Settings, String> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            return Err(format!("--min-confidence {} is not between 0 and 1", self.min_confidence));
        }
        let by_habit = if colour_or_terminal() && self.place().is_none() { "pretty" } else { "jsonl" };
        let to = place::format(self.format.as_deref(), self.output.as_deref())?.unwrap_or(by_habit).to_owned();
        let is_pretty = to == "pretty";
        Ok(Settings {
            to,
            min_confidence: as_typed(self.min_confidence),
            keep_text: !self.no_text,
            all_statuses: self.all_statuses,
            max_page_size: PAGE_SIZE,
            date: None,
            url: None,
            outlet: None,
            from: None,
            colour: is_pretty.then(|| self.place().is_none() && colour()),
            width: is_pretty.then(width),
        })
    }

    fn place(&self) -> Option<&Path> {
        place(self.output.as_deref())
    }

    fn destination(&self) -> Destination {
        destination(self.output.as_deref())
    }
}

/// A writer of the result.
fn writer(settings: &Settings, destination: Destination) -> Result<Box<dyn Writer>, String> {
    chancery_output::writer(&settings.to, destination, settings.view()).map_err(|e| e.to_string())
}

fn colour_or_terminal() -> bool {
    use std::io::IsTerminal;
    std::io::stdout().is_terminal()
}

/// Columns of the terminal, between 60 and 120.
pub fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    columns.unwrap_or(100usize).clamp(60, 120)
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    if let Some(date) = args.date.as_deref().filter(|d| date::iso(d).is_none()) {
        return Err(format!("--date {date:?} is not a whole date; write it as 2024-07-16"));
    }
    if args.max_page_size == 0 {
        return Err("--max-page-size 0 lets no page through; give 1 (MB) or more".to_owned());
    }
    let settings = Settings {
        max_page_size: args.max_page_size,
        date: args.date,
        url: args.url,
        outlet: args.outlet,
        from: (args.from == "jsonl").then_some(args.from),
        ..args.out.settings()?
    };
    let output = place(args.out.output.as_deref());
    if args.lock.is_some() && args.lock.as_deref() == output {
        return Err("--lock and -o name the same file; the lock stands beside the result".to_owned());
    }
    let written: Vec<PathBuf> = [args.lock.as_deref(), output].into_iter().flatten().map(Path::to_owned).collect();
    let is_file = |p: &Path| p.is_file() && !input::is_stream(p);
    if let Some(page) = args.pages.iter().find(|p| is_file(p) && written.iter().any(|w| input::is_same(w, p))) {
        return Err(format!("{} is a page to read; the result would overwrite it: name another file", page.display()));
    }
    let unwritable =
        |l: &Path, e| format!("--lock {}: cannot be written ({}); name a file in a folder that there is", l.display(), input::reason(&e));
    let lock = args.lock.as_deref().map(|l| File::create(l).map_err(|e| unwritable(l, e))).transpose()?;
    if settings.to == "csv" && !output.is_some_and(|o| is_folder(o) || o.extension().is_none()) {
        eprintln!(
            "chancery: one CSV file holds one table, the event reports; name a folder (-o FOLDER) for statements, ledger and the others too"
        );
    }
    let coder = parts.coder(settings.coder())?;
    let task = Task {
        pages: &args.pages,
        settings: &settings,
        destination: args.out.destination(),
        threads: args.threads.into(),
        stdin: None,
        written,
    };
    let made = code_all(task, &coder)?;
    place::tell_left_out(&settings.to, settings.all_statuses, made.tally.left_out, made.tally.reports);
    let end = made.end()?;
    if let Some(mut file) = lock {
        let text = Lock::of(made.run, parts, settings, made.read, &made.written).text()?;
        file.write_all(text.as_bytes()).map_err(super::write_error)?;
    }
    Ok(end)
}

/// What to code, how, and where to.
pub struct Task<'a> {
    /// Pages, folders, JSON Lines files.
    pub pages: &'a [PathBuf],
    /// Options.
    pub settings: &'a Settings,
    /// Where the result goes.
    pub destination: Destination,
    /// Threads; 0: one per core.
    pub threads: usize,
    /// What stdin held, if it has been read already.
    pub stdin: Option<Rc<[u8]>>,
    /// The result and its lock, which are no pages.
    pub written: Vec<PathBuf>,
}

/// What coding gave beside the records, which are written.
pub struct Made {
    /// The run's record.
    pub run: Run,
    /// Files read.
    pub read: Vec<FileRead>,
    /// Files written.
    pub written: Vec<Written>,
    tally: Tally,
    seconds: f64,
}

impl Made {
    /// Says what was left out, and the totals when there is more than one page.
    pub fn end(&self) -> Result<End, String> {
        self.tally.end(self.seconds)
    }
}

/// Codes all pages and writes the result; the coder is one of `parts` with the task's settings.
pub fn code_all(task: Task, coder: &Coder) -> Result<Made, String> {
    let mut writer = writer(task.settings, task.destination)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(task.threads).build().map_err(|e| format!("cannot start threads: {e}"))?;
    let mut read = Files::default();
    let given = input::Given { stdin: task.stdin, written: task.written, ..task.settings.given() };
    let mut pages = input::pages(task.pages, &given, &mut read);
    let mut tally = Tally::default();
    let mut repeats = Repeats::default();
    let mut progress = Progress::new();
    loop {
        let batch: Vec<Item> = pages.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let coded: Vec<Vec<Record>> = pool.install(|| batch.into_par_iter().map(|item| code(coder, item)).collect());
        for records in coded {
            let records = repeats.once(records);
            writer.page(&records).map_err(output_error)?;
            tally.add(&records);
            progress.page(records.len(), read.share());
        }
    }
    let run = run_record(coder, task.settings, tally.inputs.clone());
    writer.page(&[Record::Run(run.clone())]).map_err(output_error)?;
    let written = writer.finish().map_err(output_error)?;
    progress.finish();
    Ok(Made { run, read: read.take(), written, tally, seconds: progress.seconds() })
}

pub fn demo(args: DemoArgs, parts: &Parts) -> Result<End, String> {
    let settings = args.out.settings()?;
    let mut writer = writer(&settings, args.out.destination())?;
    let coder = parts.coder(settings.coder())?;
    let records = coder.code_page(RawPage { bytes: DEMO.to_vec(), path: Some("demo page".to_owned()), ..RawPage::default() });
    writer.page(&records).and_then(|()| writer.finish()).map_err(output_error)?;
    Ok(End::Done)
}

/// The message of a failed write of a result.
pub fn output_error(e: chancery_output::Error) -> String {
    if e.is_broken_pipe() { String::new() } else { e.to_string() }
}

fn code(coder: &Coder, item: Item) -> Vec<Record> {
    match item {
        Ok(raw) => coder.code_page_by(raw, |articles, code| articles.par_iter().map(code).collect()),
        Err((place, reason)) => vec![Record::Page(Page {
            id: id("pg", &[&place, &reason]),
            source_id: None,
            path: Some(place),
            url: None,
            sha256: sha256_hex(b""),
            text: None,
            outcome: PageOutcome::Failed,
            reason: Some(reason),
            articles: 0,
        })],
    }
}

/// How often each page was read, by its id: the same bytes with the same address, outlet, date and caller's id.
#[derive(Default)]
struct Repeats(HashMap<String, usize>);

impl Repeats {
    /// The records of a page; of one that was read before only its own, under an id of its own, skipped if it was coded then.
    fn once(&mut self, records: Vec<Record>) -> Vec<Record> {
        let Some(Record::Page(page)) = records.first() else { return records };
        let before = self.0.entry(page.id.clone()).or_default();
        *before += 1;
        if *before == 1 {
            return records;
        }
        let again = Page { id: id("pg", &[&page.id, &before.to_string()]), text: None, articles: 0, ..page.clone() };
        let reason = || Some(format!("the same page was read before: {}", page.id));
        vec![Record::Page(match page.outcome {
            PageOutcome::Skipped | PageOutcome::Failed => again,
            PageOutcome::Coded | PageOutcome::NoEvents => Page { outcome: PageOutcome::Skipped, reason: reason(), ..again },
        })]
    }
}

/// What came of the pages.
#[derive(Default)]
struct Tally {
    pages: usize,
    coded: usize,
    no_events: usize,
    skipped: Vec<String>,
    failed: Vec<String>,
    /// What was odd about pages that were coded.
    notes: Vec<String>,
    /// Event reports that tables leave out because of their status.
    left_out: usize,
    reports: usize,
    statements: usize,
    entries: usize,
    inputs: Vec<Input>,
}

impl Tally {
    fn add(&mut self, records: &[Record]) {
        self.left_out += left_out(records);
        for record in records {
            match record {
                Record::Page(page) => self.add_page(page),
                Record::EventReport(_) => self.reports += 1,
                Record::Statement(_) => self.statements += 1,
                Record::LedgerEntry(_) => self.entries += 1,
                _ => {}
            }
        }
    }

    fn add_page(&mut self, page: &Page) {
        self.pages += 1;
        let name = page.path.clone().or(page.url.clone()).or(page.source_id.clone()).unwrap_or_else(|| "page".to_owned());
        let reason = page.reason.clone().unwrap_or_default();
        let is_odd = !reason.is_empty();
        let line = if reason.starts_with(&name) { reason } else { format!("{name}: {reason}") };
        self.inputs.push(Input { path: name, sha256: page.sha256.clone() });
        match page.outcome {
            PageOutcome::Skipped => self.skipped.push(line),
            PageOutcome::Failed => self.failed.push(line),
            PageOutcome::Coded | PageOutcome::NoEvents => {
                self.coded += usize::from(page.outcome == PageOutcome::Coded);
                self.no_events += usize::from(page.outcome == PageOutcome::NoEvents);
                self.notes.extend(is_odd.then_some(line));
            }
        }
    }

    /// Says what was left out, and the totals when there is more than one page.
    fn end(&self, seconds: f64) -> Result<End, String> {
        const SHOWN: usize = 20;
        for (what, lines) in [("note", &self.notes), ("skipped", &self.skipped), ("failed", &self.failed)] {
            lines.iter().take(SHOWN).for_each(|line| eprintln!("chancery: {what}: {line}"));
            if lines.len() > SHOWN {
                eprintln!("chancery: ... and {} more {what}; the result lists them all", lines.len() - SHOWN);
            }
        }
        if self.pages > 1 {
            eprintln!(
                "{} pages in {seconds:.1} s: {} coded, {} without events, {} skipped, {} failed; {} event reports, {} statements, {} ledger entries",
                self.pages,
                self.coded,
                self.no_events,
                self.skipped.len(),
                self.failed.len(),
                self.reports,
                self.statements,
                self.entries
            );
        }
        if self.pages > 0 && self.skipped.len() == self.pages {
            eprintln!("chancery: nothing was coded: all pages were skipped");
        }
        match (self.failed.len(), self.pages) {
            (0, 0) => Err("no pages found; name a file, a folder with files, or - for stdin".to_owned()),
            (0, _) => Ok(End::Done),
            (failed, all) if failed == all => Err("nothing could be read".to_owned()),
            _ => Ok(End::SomeFailed),
        }
    }
}

fn run_record(coder: &Coder, settings: &Settings, inputs: Vec<Input>) -> Run {
    let made_with = MadeWith::of(coder);
    let options = settings.of_records();
    let hashes: Vec<&str> = inputs.iter().map(|i| i.sha256.as_str()).collect();
    let (said, read) = (serde_json::Value::Object(options.clone()).to_string(), hashes.join(" "));
    let all = [&made_with.version, &made_with.knowledge_hash, &made_with.model_hash, &said, &read].map(String::as_str);
    let id = id("run", &all);
    let overlays = coder.knowledge().layers().iter().map(|l| Input { path: l.path.clone(), sha256: l.sha256.clone() }).collect();
    let MadeWith { version, codebook, knowledge_hash, model_hash } = made_with;
    Run { id, version, codebook, knowledge_hash, overlays, model_hash, options, inputs }
}

/// The program and its parts.
pub struct MadeWith {
    /// Version of chancery.
    pub version: String,
    /// Ontology.
    pub codebook: Codebook,
    /// Hash of the knowledge, hex.
    pub knowledge_hash: String,
    /// Hash of the weights, hex.
    pub model_hash: String,
}

impl MadeWith {
    /// Those in use.
    pub fn of(coder: &Coder) -> Self {
        MadeWith {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            codebook: Codebook { name: "PLOVER".to_owned(), version: "2.0-draft-2024-02-04".to_owned(), hash: coder.codebook_hash() },
            knowledge_hash: coder.knowledge_hash(),
            model_hash: coder.model_hash().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn page(name: &str, outcome: PageOutcome, reason: Option<&str>) -> Record {
        Record::Page(Page {
            id: id("pg", &[name]),
            source_id: None,
            path: Some(format!("{name}.jsonl:3")),
            url: None,
            sha256: sha256_hex(name.as_bytes()),
            text: None,
            outcome,
            reason: reason.map(str::to_owned),
            articles: 0,
        })
    }

    #[test]
    fn pages_read_again_and_odd_ones_are_counted_and_told() {
        let (mut tally, mut repeats) = (Tally::default(), Repeats::default());
        let odd = page("a", PageOutcome::Coded, Some("date \"2031-13-01\" is not a whole date and was left out"));
        let empty = page("c", PageOutcome::Skipped, Some("c: empty"));
        let mut ids = HashSet::new();
        for record in [odd.clone(), odd, page("b", PageOutcome::NoEvents, None), empty.clone(), empty] {
            let records = repeats.once(vec![record]);
            tally.add(&records);
            ids.extend(records.iter().map(|r| r.id().to_owned()));
        }
        assert_eq!((tally.pages, ids.len(), tally.coded, tally.no_events), (5, 5, 1, 1));
        assert_eq!(tally.notes, ["a.jsonl:3: date \"2031-13-01\" is not a whole date and was left out"]);
        let again = format!("a.jsonl:3: the same page was read before: {}", id("pg", &["a"]));
        assert_eq!(tally.skipped, [again, "c.jsonl:3: c: empty".to_owned(), "c.jsonl:3: c: empty".to_owned()]);
    }

    #[test]
    fn a_publication_date_that_is_none_is_refused() {
        use clap::Parser;
        #[derive(Parser)]
        struct Line {
            #[command(flatten)]
            args: Args,
        }
        for date in ["03/06/2025", "2025-13-01", "June 2025", ""] {
            let args = Line::parse_from(["code", "missing.txt", "--date", date]).args;
            let refused = run(args, &Parts { knowledge: Vec::new(), model: None });
            assert!(refused.is_err_and(|e| e.contains("--date") && e.contains("write it as")), "{date}");
        }
    }
}
