//! `chancery relation A B RESULT...`, `chancery brief A B RESULT...`, `chancery item ID RESULT...`.

use super::{Parts, colour, records};
use crate::End;
use chancery::reconcile;
use chancery_knowledge::Knowledge;
use chancery_output::{Scope, brief, history, relation};
use chancery_record::Record;
use std::path::{Path, PathBuf};

/// Two countries and the results to look in.
#[derive(clap::Args)]
pub struct Pair {
    /// One side: a country's name or code (Japan, JPN)
    a: String,
    /// The other side
    b: String,
    /// Results of `chancery code --to jsonl`; they are reconciled first
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    /// From this day on (2024-07-16)
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

/// Two countries: what is open between them, what happened, month by month
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pair: Pair,
}

/// Two countries on two pages, in Markdown, with a footnote to every line
#[derive(clap::Args)]
pub struct BriefArgs {
    #[command(flatten)]
    pair: Pair,
    /// Write to this file
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// One matter with its history and the words of every telling
#[derive(clap::Args)]
pub struct ItemArgs {
    /// The item's id, or its beginning
    id: String,
    /// Results of `chancery code --to jsonl`; they are reconciled first
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
}

/// All records of the results, reconciled.
pub fn reconciled(results: &[PathBuf], knowledge: &Knowledge) -> Result<Vec<Record>, String> {
    let mut all = Vec::new();
    for result in results {
        for record in records(result)? {
            all.push(record?);
        }
    }
    Ok(reconcile::reconcile(all, knowledge))
}

impl Pair {
    fn scope(&self, knowledge: &Knowledge) -> Result<Scope, String> {
        let day = |d: &Option<String>| super::kb::day(d.clone());
        let sides = [code(&self.a, knowledge)?, code(&self.b, knowledge)?];
        Ok(Scope { sides, since: day(&self.since)?, until: day(&self.until)? })
    }
}

/// The code of a side that is named or coded.
pub fn code(side: &str, knowledge: &Knowledge) -> Result<String, String> {
    const BODIES: [&str; 4] = ["IGO", "UNO", "EUR", "NGO"];
    let upper = side.to_uppercase();
    if knowledge.country(&upper).is_some() || BODIES.contains(&upper.as_str()) {
        return Ok(upper);
    }
    let named = knowledge.named_in(side).into_iter().find_map(|r| r.country);
    named.ok_or_else(|| format!("no country or body called {side:?}; write its English name or its code (JPN)"))
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let knowledge = chancery_embedded::knowledge(parts.knowledge.as_deref())?;
    let scope = args.pair.scope(&knowledge)?;
    let options = chancery_output::Options { colour: colour(), width: super::code::width(), ..chancery_output::Options::default() };
    super::print(&relation(&reconciled(&args.pair.results, &knowledge)?, &scope, &options))
}

pub fn run_brief(args: BriefArgs, parts: &Parts) -> Result<End, String> {
    let knowledge = chancery_embedded::knowledge(parts.knowledge.as_deref())?;
    let scope = args.pair.scope(&knowledge)?;
    let name = |code: &str| knowledge.country(code).map_or(code.to_owned(), |c| c.name.clone());
    let [a, b] = scope.sides.each_ref().map(|s| name(s));
    let text = brief(&reconciled(&args.pair.results, &knowledge)?, &scope, [&a, &b]);
    match args.output.as_deref() {
        Some(path) => write(path, &text),
        None => super::print(&text),
    }
}

fn write(path: &Path, text: &str) -> Result<End, String> {
    std::fs::write(path, text).map(|()| End::Done).map_err(|e| format!("{}: {e}", path.display()))
}

pub fn run_item(args: ItemArgs, parts: &Parts) -> Result<End, String> {
    let knowledge = chancery_embedded::knowledge(parts.knowledge.as_deref())?;
    let records = reconciled(&args.results, &knowledge)?;
    let options = chancery_output::Options { colour: colour(), width: super::code::width(), ..chancery_output::Options::default() };
    let text = history(&records, &args.id, &options);
    if text.is_empty() { Err(format!("no item whose id begins with {:?} in these results", args.id)) } else { super::print(&text) }
}
