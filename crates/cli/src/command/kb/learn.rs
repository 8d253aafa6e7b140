//! `chancery kb learn`: who holds an office, as coded articles say it.

use super::review::Folder;
use crate::{
    End,
    command::{Parts, print, records},
};
use chancery::learn::{Learned, Lesson, learn};
use chancery_knowledge::{
    Knowledge,
    upkeep::{Proposal, Queue},
};
use chancery_record::Record;
use std::path::PathBuf;

/// Characters of a quote that are shown.
const QUOTE: usize = 160;

/// Persons in office that the knowledge base does not have, as two independent articles say: of different outlets, neither a copy of the other
///
/// Read from appositions ("Norwegian Foreign Minister Ann Example") in the articles of results with page texts. Nothing is accepted by itself: with
/// --review the rows go to the queue, where you decide (`chancery kb review DIR`).
#[derive(clap::Args)]
pub struct Args {
    /// Results of `chancery code --to jsonl`
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    /// Print lines of review.tsv; with --into, put them there
    #[arg(long)]
    review: bool,
    /// The folder whose review.tsv gets them; made if it is not there
    #[arg(long, value_name = "DIR", requires = "review")]
    into: Option<PathBuf>,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let mut folder = args.into.as_deref().map(|into| Folder::open(into, parts)).transpose()?;
    let knowledge = match &folder {
        Some(folder) => Knowledge::of(&folder.before).map_err(|e| e.to_string())?,
        None => parts.knowledge()?,
    };
    let mut all: Vec<Record> = Vec::new();
    for result in &args.results {
        let needed = |r: &Result<Record, String>| !matches!(r, Ok(r) if !matches!(r, Record::Page(_) | Record::Article(_)));
        for record in records(result)?.filter(needed) {
            all.push(record?);
        }
    }
    let learned = learn(&all, &knowledge);
    let proposals: Vec<Proposal> = learned.lessons.iter().map(|l| proposal(l, &knowledge)).collect();
    let mut end = End::Done;
    match &mut folder {
        Some(folder) => {
            let new = folder.queue.add(&proposals);
            folder.write_queue()?;
            eprintln!("{new} new lines in {}; mark them y or n, then `chancery kb review`", folder.queue_path().display());
        }
        None if args.review => {
            let mut queue = Queue::default();
            queue.add(&proposals);
            end = print(&queue.text())?;
        }
        None => end = print(&learned.lessons.iter().map(|l| shown(l, &knowledge)).collect::<String>())?,
    }
    sum(&learned);
    Ok(end)
}

/// Says on stderr what was found.
fn sum(learned: &Learned) {
    let Learned { lessons, alone, known, without_text } = learned;
    eprintln!("{} proposals; {known} persons in office known already, {alone} told by one witness alone", lessons.len());
    if *without_text > 0 {
        eprintln!("chancery: {without_text} articles have no page text (coded with --no-text) and teach nothing");
    }
}

/// Why a lesson is proposed.
fn why(lesson: &Lesson) -> String {
    let (articles, outlets) = (lesson.sightings.len(), lesson.outlets().len());
    let told = format!("{articles} articles of {outlets} outlets; the start is the first day seen");
    match (&lesson.known, lesson.again()) {
        (_, Some(again)) => {
            format!(
                "{articles} articles of {outlets} outlets: still in office, last seen {} ({})",
                again.as_of.as_deref().unwrap_or("?"),
                again.source
            )
        }
        (Some(other), None) => {
            let sure = if other.verified { "" } else { ", unverified" };
            format!("{told}; a change of office? {} is in the tables{sure} ({})", other.name, other.source)
        }
        (None, None) => told,
    }
}

fn proposal(lesson: &Lesson, knowledge: &Knowledge) -> Proposal {
    Proposal { table: "persons.tsv".to_owned(), cells: lesson.cells(knowledge), why: why(lesson), quote: quotes(lesson).join(" ") }
}

/// One quote of each outlet.
fn quotes(lesson: &Lesson) -> Vec<String> {
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for s in lesson.sightings.iter().filter(|s| s.outlet.is_some()) {
        if !seen.contains(&&s.outlet) {
            seen.push(&s.outlet);
            let cut = if s.quote.chars().count() > QUOTE { "…" } else { "" };
            let words: String = s.quote.chars().take(QUOTE).collect();
            out.push(format!("{}, {}: “{words}{cut}”", s.outlet.as_deref().unwrap_or("?"), s.date.as_deref().unwrap_or("?")));
        }
    }
    out
}

fn shown(lesson: &Lesson, knowledge: &Knowledge) -> String {
    let quotes: String = quotes(lesson).iter().map(|q| format!("    {q}\n")).collect();
    format!(
        "{}  {}  {}  ({})\n{quotes}    {}\n",
        lesson.name,
        lesson.country,
        lesson.office,
        why(lesson),
        lesson.cells(knowledge).join("\t")
    )
}
