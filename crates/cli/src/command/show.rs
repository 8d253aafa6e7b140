//! `chancery show ID`.

use super::{colour, records};
use crate::End;
use chancery_record::Record;
use std::{collections::HashMap, path::PathBuf};

/// Show one record of a result with its evidence in the text
#[derive(clap::Args)]
pub struct Args {
    /// The record's id, or its beginning
    id: String,
    /// A result of `chancery code --to jsonl` (- for stdin)
    result: PathBuf,
}

pub fn run(args: Args) -> Result<End, String> {
    let (mut texts, mut pages, mut found) = (HashMap::new(), HashMap::new(), Vec::new());
    for record in records(&args.result)? {
        let record = record?;
        match &record {
            Record::Page(p) => drop(texts.insert(p.id.clone(), p.text.clone())),
            Record::Article(a) => drop(pages.insert(a.id.clone(), a.page_id.clone())),
            _ => {}
        }
        if record.id().starts_with(&args.id) {
            found.push(record);
        }
    }
    let options = chancery_output::Options { colour: colour(), ..chancery_output::Options::default() };
    if found.is_empty() {
        return Err(format!("{}: no record whose id begins with {:?}", args.result.display(), args.id));
    }
    for record in &found {
        let article = match record {
            Record::EventReport(r) => Some(&r.article_id),
            Record::Statement(r) => Some(&r.article_id),
            Record::LedgerEntry(r) => Some(&r.article_id),
            Record::Article(r) => Some(&r.id),
            _ => None,
        };
        let text = article.and_then(|a| pages.get(a)).and_then(|p| texts.get(p)).and_then(|t: &Option<String>| t.as_deref());
        super::print(&chancery_output::card(record, text, &options))?;
    }
    Ok(End::Done)
}
