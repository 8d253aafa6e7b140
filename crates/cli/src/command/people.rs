//! Pages to read and print: `chancery brief A B RESULT...`, `chancery person NAME RESULT...`.

use super::{
    Parts,
    overlay::Overlay,
    place::{destination, document_format, place},
    relation::{Pair, options},
};
use crate::End;
use chancery_knowledge::{Holder, Knowledge};
use chancery_output::{Document, Names, Post, Who, brief, document_formats, people, person};
use chancery_record::{Actor, Record};
use clap::builder::PossibleValuesParser;
use std::{io::IsTerminal, path::PathBuf};

/// Two countries on two pages: last meetings, what is planned and open, what was said, each line with a footnote to outlet, day and sentence
#[derive(clap::Args)]
pub struct BriefArgs {
    #[command(flatten)]
    pair: Pair,
    #[command(flatten)]
    out: Out,
    /// Fill at most about so many pages of A4 (0: all there is)
    #[arg(long, default_value_t = 2, value_name = "N")]
    pages: usize,
}

/// One person: offices by day, whom the person met, what the person did and said
#[derive(clap::Args)]
pub struct PersonArgs {
    /// The name, whole or in part, or a Wikidata id (Q...)
    name: String,
    /// Results of `chancery code --to jsonl`; they are reconciled first
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<PathBuf>,
    #[command(flatten)]
    overlay: Overlay,
    #[command(flatten)]
    out: Out,
}

/// Where a document goes.
#[derive(clap::Args)]
struct Out {
    /// Format; default: by the ending of -o, else Markdown (brief) or text (person)
    #[arg(long = "to", value_parser = PossibleValuesParser::new(document_formats()))]
    format: Option<String>,
    /// Write to this file (- for stdout)
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
}

impl Out {
    fn write(&self, document: &Document, habit: &str) -> Result<End, String> {
        let to = document_format(self.format.as_deref(), self.output.as_deref())?;
        let is_stdout = match (place(self.output.as_deref()), to) {
            (Some(file), None) => {
                let formats = document_formats().join(", ");
                return Err(format!("{}: no format has this ending; choose one of {formats} with --to", file.display()));
            }
            (file, _) => file.is_none(),
        };
        match to.unwrap_or(habit) {
            "docx" if is_stdout && std::io::stdout().is_terminal() => {
                Err("a Word file is not for the screen; give a file with -o".to_owned())
            }
            "txt" if is_stdout => super::print(&document.text(&options())),
            format => document.write(format, &destination(self.output.as_deref())).map(|()| End::Done).map_err(super::code::output_error),
        }
    }
}

pub fn run_brief(args: BriefArgs, parts: &Parts) -> Result<End, String> {
    let knowledge = parts.knowledge()?;
    let scope = args.pair.scope(&knowledge)?;
    let records = args.pair.records(&knowledge)?;
    let (country, title) = (|code: &str| country(code, &knowledge), |actor: &Actor, on: Option<&str>| title(actor, on, &knowledge));
    let document = brief(&records, &scope, &Names { country: &country, title: &title }, args.pages);
    args.out.write(&document, "md")
}

pub fn run_person(args: PersonArgs, parts: &Parts) -> Result<End, String> {
    let knowledge = parts.knowledge()?;
    let records = args.overlay.reconciled(&args.results, &knowledge)?;
    let who = whom(&args.name, &records, &knowledge)?;
    let (country, title) = (|code: &str| country(code, &knowledge), |actor: &Actor, on: Option<&str>| title(actor, on, &knowledge));
    let document = person(&records, &who, &Names { country: &country, title: &title });
    args.out.write(&document, "txt")
}

/// The English name of a code.
fn country(code: &str, knowledge: &Knowledge) -> Option<String> {
    knowledge.country(code).map(|c| c.name.clone())
}

/// The title of the post that a person of the knowledge base held on a day.
fn title(actor: &Actor, on: Option<&str>, knowledge: &Knowledge) -> Option<String> {
    let holder = knowledge.who(actor.name.as_deref()?, Some(on?))?;
    let is_same = holder.country == *actor.country.as_ref()? && holder.office == *actor.office.as_ref()?;
    Some(holder.title).filter(|t| is_same && !t.is_empty())
}

/// The one person that a name means: of the knowledge base by the whole name or id, else of the records by a part of it.
fn whom(name: &str, records: &[Record], knowledge: &Knowledge) -> Result<Who, String> {
    let known = knowledge.tenures(name);
    if !known.is_empty() {
        return of_knowledge(name, known, records, knowledge);
    }
    match people(records, name).as_slice() {
        [] => Err(format!("nobody called {name:?} is in these results or the knowledge base; write the name as the articles do")),
        [only] => {
            let known = knowledge.tenures(&only.name);
            let who = Who { name: only.name.clone(), also: only.also.clone(), ..Who::default() };
            if known.is_empty() { Ok(who) } else { of_knowledge(&only.name, known, records, knowledge) }
        }
        several => {
            let list: Vec<String> = several.iter().map(|n| format!("{} ({})", n.name, n.times)).collect();
            Err(format!("{name:?} may be {}; write more of the name", list.join(", ")))
        }
    }
}

fn of_knowledge(name: &str, tenures: Vec<Holder>, records: &[Record], knowledge: &Knowledge) -> Result<Who, String> {
    let first = tenures.first().cloned().ok_or_else(|| format!("nobody called {name:?} is known"))?;
    if let Some(other) = tenures.iter().find(|t| (&t.name, &t.id) != (&first.name, &first.id)) {
        let one = |h: &Holder| format!("{} ({}, {})", h.name, h.id.as_deref().unwrap_or("no id"), h.title);
        return Err(format!("{name:?} may be {} or {}; give the id", one(&first), one(other)));
    }
    let also = people(records, &first.name).into_iter().find(|n| n.name == first.name).map(|n| n.also).unwrap_or_default();
    let post = |h: Holder| {
        let title = if h.title.is_empty() { h.office.clone() } else { h.title };
        let place = country(&h.country, knowledge).unwrap_or(h.country);
        Post { title: format!("{title}, {place}"), from: h.from, as_of: h.as_of.filter(|_| h.to.is_none()), to: h.to, source: h.source }
    };
    Ok(Who { name: first.name, also, id: first.id, posts: tenures.into_iter().map(post).collect() })
}
