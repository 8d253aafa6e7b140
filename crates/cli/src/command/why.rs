//! `chancery why`: what licensed a record, or why a sentence gave none.

use super::{Parts, records};
use crate::End;
use chancery::{Options, explain};
use chancery_record::Record;
use std::path::PathBuf;

/// Say why a record exists, or why a sentence gave none
///
/// With an id and a result file: the rule or model, its score, the runners-up and the evidence of that record; of an event or item, what tied
/// its reports or entries.
/// With a sentence in quotes: every predicate seen in it, its readings and links, and what became of it.
#[derive(clap::Args)]
pub struct Args {
    /// A record's id, or a sentence in quotes
    what: String,
    /// The result the id is in (chancery code --to jsonl)
    result: Option<PathBuf>,
    /// Event reports below this confidence are left out
    #[arg(long, default_value_t = chancery::DEFAULT_CONFIDENCE)]
    min_confidence: f32,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let is_id = args.what.split_once('_').is_some_and(|(kind, rest)| kind.len() <= 3 && rest.chars().all(|c| c.is_ascii_hexdigit()));
    if !is_id {
        let coder = parts.coder(Options { min_confidence: args.min_confidence, ..Options::default() })?;
        return super::print(&explain::sentence(&args.what, &coder));
    }
    let result = args.result.ok_or_else(|| format!("{} is an id: name the result it is in (chancery why ID RESULT.jsonl)", args.what))?;
    if ["ev_", "li_"].iter().any(|kind| args.what.starts_with(kind)) {
        let all = records(&result)?.collect::<Result<Vec<Record>, String>>()?;
        let joined = all.iter().find(|r| r.id().starts_with(&args.what));
        let joined = joined.ok_or_else(|| format!("{}: no record whose id begins with {:?}", result.display(), args.what))?;
        return super::print(&explain::ties(joined, &all, &parts.knowledge()?));
    }
    let (mut text, mut found) = (None, None);
    for record in records(&result)? {
        match record? {
            Record::Page(p) if found.is_none() && !p.id.starts_with(&args.what) => text = p.text,
            record if found.is_none() && record.id().starts_with(&args.what) => found = Some(record),
            _ => {}
        }
    }
    let record = found.ok_or_else(|| format!("{}: no record whose id begins with {:?}", result.display(), args.what))?;
    let coder = parts.coder(Options { min_confidence: args.min_confidence, ..Options::default() })?;
    super::print(&explain::record(&record, text.as_deref(), &coder))
}
