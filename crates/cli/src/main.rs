//! The `chancery` command: each subcommand parses, calls the library, prints.
//!
//! Exit codes: 0 done; 1 wrong usage, nothing could be read, or a rerun gave other bytes; 2 some inputs failed. Results go to stdout, everything else to stderr.

mod command;
mod input;
mod lock;
mod progress;

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Reads the news and keeps the record of what states and other political actors say, promise and do to one another, every line cited.
#[derive(Parser)]
#[command(
    version,
    max_term_width = 110,
    after_help = "Try `chancery demo`, then `chancery code PAGE` with a page of yours. More: `chancery help COMMAND`."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Change the built-in knowledge by the rows of this folder (docs/knowledge-format.md); may be given several times, later rows win.
    /// A first folder that holds SOURCES.toml is a whole knowledge directory and replaces it
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Vec<PathBuf>,
    /// Use this weight file instead of the built-in one
    #[arg(long, global = true, value_name = "FILE")]
    model: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Code pages into cited records
    Code(command::code::Args),
    /// Make a result again from its run.lock and say whether the bytes are the same
    ///
    /// Version, codebook, knowledge, model and every input are first compared with the lock; --knowledge and --model replace what it names. The result goes
    /// to -o or, unless that is a terminal, to stdout, the verdict to stderr; the exit code is 1 if a byte differs. Paths are taken as they were typed:
    /// rerun in the folder where the run was made.
    Rerun(command::rerun::Args),
    /// Compare two results: records added, changed and removed, each with the reason
    ///
    /// Reasons are text (that of the page is another, or the page is in one result only), input (the same text with another path, address, date or outlet),
    /// version, codebook, knowledge, model, option, reconcile (joined with other articles), program (built from other sources under one version) and unknown
    /// (no run record). Where several differ, each is named.
    Diff(command::diff::Args),
    /// Join results: reports become events, entries become items with their history
    Reconcile(command::reconcile::Args),
    /// Two countries: what is open between them, what happened, month by month
    Relation(command::relation::Args),
    /// Two countries on two pages, for the reader who carries them into the room: Markdown, HTML or Word
    Brief(command::people::BriefArgs),
    /// One matter with its history and the words of every telling
    Item(command::relation::ItemArgs),
    /// One person: offices by day, whom the person met, what the person did and said
    Person(command::people::PersonArgs),
    /// Accept, reject, correct, merge, split: what people say of records, in a file of its own on top of results
    Verdict(command::verdict::Args),
    /// Ask the knowledge base and keep it up: who held an office, what is wrong, missing, new
    Kb(command::kb::Args),
    /// Show one record of a result with its evidence in the text
    Show(command::show::Args),
    /// Say why a record exists, or why a sentence gave none
    Why(command::why::Args),
    /// Read every span of a result again: "n of n spans match"
    Verify(command::verify::Args),
    /// Score against gold files
    Eval(command::eval::Args),
    /// Print the JSON Schema of the records
    Schema,
    /// Code the bundled page: what chancery does, in one second
    Demo(command::code::DemoArgs),
    /// Print a completion script for your shell
    Completions(command::completions::Args),
    /// Print the words of each sentence (JSON Lines in and out; used by training)
    #[command(hide = true)]
    Tokens,
    /// Print the mentions of annotated documents (used by training)
    #[command(hide = true)]
    Mentions(command::mentions::Args),
}

/// How a command ends.
pub enum End {
    /// All done.
    Done,
    /// Some inputs failed; the rest is done.
    SomeFailed,
}

/// How often the command line says --knowledge.
fn knowledge_given() -> usize {
    let args = std::env::args_os().skip(1).take_while(|a| a != "--");
    args.filter(|a| a.to_str().is_some_and(|a| a == "--knowledge" || a.starts_with("--knowledge="))).count()
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            let is_help = !e.use_stderr();
            let _ = e.print();
            return if is_help { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
    };
    // clap keeps those before or those after the subcommand, not both
    if cli.knowledge.len() != knowledge_given() {
        eprintln!("chancery: give all --knowledge in one place, before or after the subcommand");
        return ExitCode::FAILURE;
    }
    let parts = command::Parts { knowledge: cli.knowledge, model: cli.model };
    let end = match cli.command {
        Command::Code(args) => command::code::run(args, &parts),
        Command::Rerun(args) => command::rerun::run(args, parts),
        Command::Diff(args) => command::diff::run(args),
        Command::Reconcile(args) => command::reconcile::run(args, &parts),
        Command::Relation(args) => command::relation::run(args, &parts),
        Command::Brief(args) => command::people::run_brief(args, &parts),
        Command::Item(args) => command::relation::run_item(args, &parts),
        Command::Person(args) => command::people::run_person(args, &parts),
        Command::Verdict(args) => command::verdict::run(args, &parts),
        Command::Kb(args) => command::kb::run(args, &parts),
        Command::Show(args) => command::show::run(args),
        Command::Why(args) => command::why::run(args, &parts),
        Command::Verify(args) => command::verify::run(args),
        Command::Eval(args) => command::eval::run(args, &parts),
        Command::Schema => command::print(&chancery_record::json_schema()),
        Command::Demo(args) => command::code::demo(args, &parts),
        Command::Completions(args) => command::completions::run::<Cli>(args),
        Command::Tokens => command::tokens::run(),
        Command::Mentions(args) => command::mentions::run(&args, &parts),
    };
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::SomeFailed) => ExitCode::from(2),
        Err(message) if message.is_empty() => ExitCode::SUCCESS, // the reader of our output went away
        Err(message) => {
            eprintln!("chancery: {message}");
            ExitCode::FAILURE
        }
    }
}
