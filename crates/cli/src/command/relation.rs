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
    /// As it stood on this day: from articles published until then
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
    /// As it stood on this day: from articles published until then
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl Pair {
    /// What the view takes.
    pub fn scope(&self, knowledge: &Knowledge) -> Result<Scope, String> {
        let day = |d: &Option<String>| super::kb::day(d.clone());
        let sides = [code(&self.a, knowledge)?, code(&self.b, knowledge)?];
        if sides[0] == sides[1] {
            return Err(format!("{:?} and {:?} are both {}; name two countries", self.a, self.b, sides[0]));
        }
        Ok(Scope { sides, since: day(&self.since)?, until: day(&self.until)? })
    }

    /// The reconciled records to look in.
    pub fn records(&self, knowledge: &Knowledge) -> Result<Vec<Record>, String> {
        self.overlay.reconciled_until(&self.results, knowledge, self.until.as_deref())
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
    let until = super::kb::day(args.until)?;
    let records = args.overlay.reconciled_until(&args.results, &knowledge, until.as_deref())?;
    let text = history(&records, &args.id, &options());
    if text.is_empty() { Err(format!("no item whose id begins with {:?} in these results", args.id)) } else { super::print(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        pair: Pair,
    }

    #[test]
    fn two_names_of_one_country_are_no_pair() {
        let knowledge = Parts { knowledge: Vec::new(), model: None }.knowledge().expect("the built-in knowledge");
        let scope = |a: &str, b: &str| Line::parse_from(["view", a, b, "r.jsonl"]).pair.scope(&knowledge);
        assert!(scope("Kenya", "KEN").is_err_and(|e| e == "\"Kenya\" and \"KEN\" are both KEN; name two countries"));
        assert!(scope("Kenya", "Uganda").is_ok_and(|s| s.sides == ["KEN", "UGA"]));
    }
}
