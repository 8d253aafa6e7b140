//! `chancery eval TASK FILE`.

use super::{Parts, write_error};
use crate::End;
use chancery::{Options, eval};
use clap::builder::PossibleValuesParser;
use std::{fs::File, io::BufWriter, io::Write, path::PathBuf};

/// Score against gold files; rows without labels are predicted, not scored
///
/// corpus: an annotated file, or the folder with sentences and articles (corpus/ANNOTATION.md).
/// pages: NAME.txt or .html with NAME.gold.json beside it, or a folder of them.
/// storylines: NAME.json, or a folder of them.
/// relations, penta, actors, quotes, timex, geo, location, names: JSON Lines (docs/evaluation.md).
#[derive(clap::Args)]
pub struct Args {
    /// What to score
    #[arg(value_parser = PossibleValuesParser::new(eval::TASKS))]
    task: String,
    /// The gold file (or folder, for corpus and pages)
    file: PathBuf,
    /// Which documents of the corpus are scored [default: test]
    #[arg(long, value_parser = PossibleValuesParser::new(eval::Split::NAMES))]
    split: Option<String>,
    /// Write one prediction per input row here (JSON Lines)
    #[arg(long, value_name = "OUT")]
    predictions: Option<PathBuf>,
    /// List what was missed or extra
    #[arg(long)]
    items: bool,
    /// Tell what was won (+) and lost (-) since an earlier run; FILE is what that run printed with --items
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Fail (exit 1) when a figure is below NAME=VALUE, or above it with NAME<=VALUE; may be repeated
    #[arg(long = "floor", value_name = "NAME=VALUE")]
    floors: Vec<String>,
    /// Event reports below this confidence are left out
    #[arg(long, default_value_t = chancery::DEFAULT_CONFIDENCE)]
    min_confidence: f32,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let split = args.split.as_deref().map(str::parse).transpose()?;
    let coder = parts.coder(Options { min_confidence: args.min_confidence, ..Options::default() })?;
    let report = eval::run(&args.task, &args.file, split, &coder)?;
    if let Some(out) = &args.predictions {
        let file = File::create(out).map_err(|e| format!("{}: {e}", out.display()))?;
        let mut file = BufWriter::new(file);
        report.predictions.iter().try_for_each(|row| writeln!(file, "{row}")).and_then(|()| file.flush()).map_err(write_error)?;
    }
    super::print(&report.to_string())?;
    if args.items {
        super::print(&report.items.iter().map(|i| format!("{i}\n")).collect::<String>())?;
    }
    if let Some(file) = &args.against {
        let earlier = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        super::print(&report.against(&earlier))?;
    }
    for floor in &args.floors {
        check(&report, floor)?;
    }
    Ok(End::Done)
}

fn check(report: &eval::Report, floor: &str) -> Result<(), String> {
    let at_most = floor.split_once("<=");
    let (name, value) =
        at_most.or_else(|| floor.split_once('=')).ok_or_else(|| format!("--floor {floor:?} is not NAME=VALUE or NAME<=VALUE"))?;
    let limit: f64 = value.parse().map_err(|_| format!("--floor {floor:?}: {value:?} is not a number"))?;
    let figure = report.get(name).ok_or_else(|| format!("--floor {floor:?}: this task has no figure called {name:?}"))?;
    let holds = if at_most.is_some() { figure <= limit } else { figure >= limit };
    if holds { Ok(()) } else { Err(format!("{name} is {figure:.1}, {} {limit}", if at_most.is_some() { "above" } else { "below" })) }
}
