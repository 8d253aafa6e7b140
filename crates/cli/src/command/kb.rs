//! `chancery kb`: what the knowledge base says, what it does not know, and its upkeep.

mod diff;
mod learn;
mod review;
mod update;

use super::{Parts, print, records};
use crate::End;
use chancery_knowledge::{Holder, Knowledge, LinkContext, Resolved};
use chancery_record::{Actor, Record};
use clap::Subcommand;
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
};

/// Ask the knowledge base and keep it up: who held an office, what is wrong, missing, new
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    question: Question,
}

#[derive(Subcommand)]
enum Question {
    /// Who a name or phrase is: "Fumio Kishida", "the Saudi interior minister"
    Who {
        /// The name or phrase
        name: String,
        /// On this day (2023-07-16); else the latest office
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Who held an office on a day, country by country, then the bodies
    Holders {
        /// The office: "foreign minister", or its key (FM)
        office: String,
        /// On this day
        #[arg(long, value_name = "DATE")]
        on: String,
        /// Of this country (name or code) or body (id: NATO) only
        #[arg(long, value_name = "COUNTRY")]
        of: Option<String>,
        /// Print lines of persons.tsv, with its header, for a folder of your own
        #[arg(long)]
        rows: bool,
    },
    /// Check the knowledge files: every problem with file, line and remedy
    Check,
    /// The named actors of results that the knowledge base does not know, the most frequent first, each with a quote and a line of persons.tsv to fill in
    Unknown {
        /// Results of `chancery code --to jsonl`
        #[arg(required = true, value_name = "RESULT")]
        results: Vec<PathBuf>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        most: usize,
    },
    Diff(diff::Args),
    Update(update::Args),
    Review(review::Args),
    Learn(learn::Args),
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    match args.question {
        Question::Who { name, on } => who(&parts.knowledge()?, &name, day(on)?.as_deref()),
        Question::Holders { office, on, of, rows } => holders(&parts.knowledge()?, &office, &on, of.as_deref(), rows),
        Question::Check => check(&parts.knowledge()?),
        Question::Unknown { results, most } => unknown(&results, most),
        Question::Diff(args) => diff::run(args, parts),
        Question::Update(args) => update::run(args, parts),
        Question::Review(args) => review::run(args, parts),
        Question::Learn(args) => learn::run(args, parts),
    }
}

/// A day, if one is given.
pub fn day(text: Option<String>) -> Result<Option<String>, String> {
    let is_day = |d: &str| d.len() == 10 && d.as_bytes()[4] == b'-' && d.parse::<jiff::civil::Date>().is_ok();
    match text {
        Some(d) if !is_day(&d) => Err(format!("{d:?} is not a day; write 2024-07-16")),
        d => Ok(d),
    }
}

fn tenure(h: &Holder) -> String {
    let span = format!("{} to {}", h.from.as_deref().unwrap_or("?"), h.to.as_deref().unwrap_or("open"));
    let seen = h.as_of.as_ref().filter(|_| h.to.is_none()).map(|d| format!(", last seen {d}")).unwrap_or_default();
    let sure = if h.verified { "" } else { ", unverified" };
    let id = h.id.as_ref().map(|q| format!(" {q}")).unwrap_or_default();
    format!(
        "{}  {}  {} ({span}{seen}{sure})  [{}{id}]\n",
        h.name,
        h.country,
        if h.title.is_empty() { &h.office } else { &h.title },
        h.source
    )
}

fn who(knowledge: &Knowledge, name: &str, on: Option<&str>) -> Result<End, String> {
    print(&answer(knowledge, name, on)?)
}

/// Who a name or phrase is, in lines.
fn answer(knowledge: &Knowledge, name: &str, on: Option<&str>) -> Result<String, String> {
    if let Some(holder) = knowledge.who(name, on) {
        return Ok(tenure(&holder));
    }
    let found = knowledge.resolve_all(name, None, &LinkContext { date: on, ..LinkContext::default() });
    let known: Vec<&Resolved> = found.iter().filter(|r| r.country.is_some() || r.sector.is_some()).collect();
    if known.is_empty() {
        return Err(format!("nobody called {name:?} is known; `chancery kb unknown RESULT` proposes a line for the knowledge base"));
    }
    let mut out = String::new();
    for r in known {
        let parts = [r.name.as_deref(), r.country.as_deref(), r.sector.as_deref(), r.office.as_deref()];
        out.push_str(&format!("{}  (rule: {})\n", parts.into_iter().flatten().collect::<Vec<_>>().join("  "), r.rule));
        let holder = r.office.as_deref().zip(r.country.as_deref()).zip(on).and_then(|((o, c), d)| knowledge.holder(o, c, d));
        out.push_str(&holder.map(|h| format!("  {}", tenure(&h))).unwrap_or_default());
    }
    Ok(out)
}

/// A holder as a line of persons.tsv.
fn row(knowledge: &Knowledge, h: &Holder) -> String {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let aliases = knowledge.aliases(h).join("|");
    format!(
        "{}\t{aliases}\t{}\t{}\t{}\t{}\t{}\t{}\tSOURCE\n",
        h.name,
        h.country,
        h.office,
        h.title,
        text(&h.from),
        text(&h.to),
        text(&h.as_of)
    )
}

fn holders(knowledge: &Knowledge, office: &str, on: &str, of: Option<&str>, rows: bool) -> Result<End, String> {
    let on = day(Some(on.to_owned()))?.unwrap_or_default();
    let named = knowledge.resolve(&format!("the {office}"), None, &LinkContext::default()).and_then(|r| r.office);
    let key = named.unwrap_or_else(|| office.to_uppercase());
    let of = of.map(|of| country_or_body(of, knowledge)).transpose()?;
    let mut found = knowledge.holders(&key, &on);
    found.retain(|h| of.as_ref().is_none_or(|of| *of == h.country));
    let lines: String = found.iter().map(|h| if rows { row(knowledge, h) } else { tenure(h) }).collect();
    if rows && !lines.is_empty() {
        let header = "name\taliases\tcountry\toffice\ttitle\tfrom\tto\tasof\tsource\n";
        print(&format!("{header}{lines}"))
    } else if lines.is_empty() {
        Err(format!("no holder of {office:?} on {on} is known; offices are named like \"foreign minister\" or FM"))
    } else {
        print(&lines)
    }
}

/// The code of a country, or `IGO:` and the id of a body.
fn country_or_body(text: &str, knowledge: &Knowledge) -> Result<String, String> {
    let upper = text.to_uppercase();
    let id = upper.strip_prefix("IGO:").unwrap_or(&upper);
    match knowledge.organisation(id) {
        Some(body) if knowledge.country(id).is_none() => Ok(format!("IGO:{}", body.id)),
        _ => super::relation::code(text, knowledge),
    }
}

fn check(knowledge: &Knowledge) -> Result<End, String> {
    let problems = knowledge.check();
    print(&problems.iter().map(|p| format!("{p}\n")).collect::<String>())?;
    eprintln!("{} problems", problems.len());
    if problems.is_empty() { Ok(End::Done) } else { Ok(End::SomeFailed) }
}

/// What is counted of a name.
struct Seen {
    times: usize,
    quote: String,
    date: Option<String>,
}

fn unknown(results: &[PathBuf], most: usize) -> Result<End, String> {
    let mut names: BTreeMap<String, Seen> = BTreeMap::new();
    let mut dates: HashMap<String, Option<String>> = HashMap::new();
    for result in results {
        for record in records(result)? {
            let (article, actors, title): (String, Vec<Actor>, String) = match record? {
                Record::Article(a) => {
                    dates.insert(a.id, a.published.map(|p| p.date));
                    continue;
                }
                Record::EventReport(r) => (r.article_id, [r.actors, r.recipients].concat(), r.title),
                Record::Statement(s) => (s.article_id, vec![s.speaker], s.content.quote),
                _ => continue,
            };
            for actor in actors.iter().filter(|a| a.country.is_none() && is_name(&a.text)) {
                let seen = names.entry(actor.text.clone()).or_insert_with(|| Seen {
                    times: 0,
                    quote: title.chars().take(90).collect(),
                    date: dates.get(&article).cloned().flatten(),
                });
                seen.times += 1;
            }
        }
    }
    let mut rows: Vec<(&String, &Seen)> = names.iter().collect();
    rows.sort_by(|a, b| b.1.times.cmp(&a.1.times).then(a.0.cmp(b.0)));
    let line = |(name, s): &(&String, &Seen)| {
        let date = s.date.as_deref().unwrap_or("?");
        format!("{:>5}  {name}  “{}”\n       {name}\t\tCOUNTRY\tOFFICE\tTITLE\t\t\t{date}\tSOURCE\n", s.times, s.quote)
    };
    print(&rows.iter().take(most).map(line).collect::<String>())
}

/// Whether a mention is a name: two words or more, the first and last with a capital.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |w: Option<&&str>| w.is_some_and(|w| w.starts_with(char::is_uppercase));
    words.len() > 1 && capital(words.first()) && capital(words.last()) && !matches!(words[0], "The" | "A" | "An")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_knowledge::Overlay;

    /// The code blocks of that language in the walk-through of docs/knowledge-format.md.
    fn blocks(language: &str) -> Vec<String> {
        let text = include_str!("../../../../docs/knowledge-format.md");
        let parts = text.split("## ").find(|s| s.starts_with("A new government")).unwrap_or_default().split("```");
        parts.filter_map(|b| b.strip_prefix(language)?.strip_prefix('\n')).map(str::to_owned).collect()
    }

    #[test]
    fn heads_of_bodies_are_holders_too() {
        let knowledge = chancery_embedded::knowledge(&[]).expect("built in");
        let found = knowledge.holders("HEAD", "2024-11-01");
        assert!(found.iter().any(|h| h.country == "IGO:NATO" && h.name == "Mark Rutte"), "{found:?}");
        assert_eq!(country_or_body("nato", &knowledge).as_deref(), Ok("IGO:NATO"));
        assert_eq!(country_or_body("Norway", &knowledge).as_deref(), Ok("NOR"));
    }

    #[test]
    fn the_walk_through_of_the_docs_works_as_printed() {
        let (tables, outputs) = (blocks("tsv"), blocks("text"));
        let ([table], [output]) = (tables.as_slice(), outputs.as_slice()) else {
            panic!("one table and one output: {tables:?} {outputs:?}")
        };
        let overlay = Overlay::of("mine", &[("persons.tsv", table)]);
        let files = chancery_embedded::files(&[]).expect("built in").with_overlay(&overlay).expect("the table has its form");
        let knowledge = Knowledge::of(&files).expect("reads");
        assert!(knowledge.check().is_empty(), "{:?}", knowledge.check());
        assert_eq!(answer(&knowledge, "the Norwegian prime minister", Some("2026-11-21")).as_deref(), Ok(output.as_str()));
        let before = knowledge.holder("HOG", "NOR", "2026-11-01").expect("somebody");
        let ended = row(&knowledge, &before).replace("SOURCE", "regjeringen.no");
        assert_eq!(
            table.lines().nth(1).map(|l| format!("{l}\n")),
            Some(ended),
            "what --rows prints is what the table begins with, once ended"
        );
    }
}
