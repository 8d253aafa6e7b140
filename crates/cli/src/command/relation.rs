//! `chancery relation A B RESULT...`, `chancery item ID RESULT...`.

use super::{Parts, overlay::Overlay};
use crate::End;
use chancery_knowledge::Knowledge;
use chancery_output::{Scope, history, relation};
use chancery_record::Record;
use std::path::PathBuf;

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
    #[command(flatten)]
    overlay: Overlay,
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

/// One matter with its history and the words of every telling
#[derive(clap::Args)]
pub struct ItemArgs {
    /// The item's id, or its beginning
    id: String,
    /// Results of `chancery code --to jsonl`; they are reconciled first
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    #[command(flatten)]
    overlay: Overlay,
}

impl Pair {
    /// What the view takes.
    pub fn scope(&self, knowledge: &Knowledge) -> Result<Scope, String> {
        let day = |d: &Option<String>| super::kb::day(d.clone());
        let sides = [code(&self.a, knowledge)?, code(&self.b, knowledge)?];
        Ok(Scope { sides, since: day(&self.since)?, until: day(&self.until)? })
    }

    /// The reconciled records to look in.
    pub fn records(&self, knowledge: &Knowledge) -> Result<Vec<Record>, String> {
        self.overlay.reconciled(&self.results, knowledge)
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

/// How texts for a terminal are shown.
pub fn options() -> chancery_output::Options {
    chancery_output::Options { colour: super::colour(), width: super::code::width(), ..chancery_output::Options::default() }
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let knowledge = parts.knowledge()?;
    let scope = args.pair.scope(&knowledge)?;
    super::print(&relation(&args.pair.records(&knowledge)?, &scope, &options()))
}

pub fn run_item(args: ItemArgs, parts: &Parts) -> Result<End, String> {
    let knowledge = parts.knowledge()?;
    let records = args.overlay.reconciled(&args.results, &knowledge)?;
    let text = history(&records, &args.id, &options());
    if text.is_empty() { Err(format!("no item whose id begins with {:?} in these results", args.id)) } else { super::print(&text) }
}
