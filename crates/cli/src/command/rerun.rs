//! `chancery rerun LOCK`: the same run again, and whether it gave the same bytes.

use super::{
    Parts,
    code::{MadeWith, Task, code_all},
    place,
};
use crate::{
    End, input,
    lock::{Lock, LockedInput, LockedOutput, STREAM},
};
use chancery_output::{Destination, Written};
use chancery_record::sha256_hex;
use std::{
    io::{IsTerminal, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

/// The lock, where the result goes, and what may differ.
#[derive(clap::Args)]
pub struct Args {
    /// What `chancery code --lock` wrote
    lock: PathBuf,
    /// Write the result to this file or, for tables, folder (- for stdout)
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write no result, only compare
    #[arg(long, conflicts_with = "output")]
    check: bool,
    /// Code all the same when version, knowledge, model or inputs are not those of the lock, and say what differs
    #[arg(long)]
    force: bool,
    /// Threads (0 = one per core); the result is the same with any number
    #[arg(long, short = 'j', default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
}

pub fn run(args: Args, parts: Parts) -> Result<End, String> {
    let lock = Lock::read(&args.lock)?;
    let name = args.lock.display().to_string();
    let knowledge = if parts.knowledge.is_empty() { lock.knowledge.paths() } else { parts.knowledge };
    let parts = Parts { knowledge, model: parts.model.or_else(|| lock.model.paths().pop()) };
    let coder = parts.coder(lock.options.coder()).map_err(|e| format!("{name}: {e}; --knowledge and --model name what the run used"))?;
    let stdin = stdin(&lock)?;
    let mut other = other_parts(&lock, &MadeWith::of(&coder));
    other.extend(lock.inputs.iter().filter_map(|i| other_input(i, stdin.as_deref())));
    match other.first() {
        Some(first) if !args.force => return Err(format!("{name}: {first}; or code all the same with --force")),
        _ => other.iter().for_each(|o| eprintln!("chancery: {name}: {o}")),
    }
    let place = Place::of(&args, &lock)?;
    let pages: Vec<PathBuf> = lock.inputs.iter().map(|i| PathBuf::from(&i.path)).collect();
    let destination = place.destination();
    let task = Task { pages: &pages, settings: &lock.options, destination, threads: args.threads.into(), stdin, written: Vec::new() };
    let made = code_all(task, &coder)?;
    made.end()?;
    verdict(&lock.outputs, &made.written, &name, !other.is_empty())
}

/// What stdin holds, if the run read it.
fn stdin(lock: &Lock) -> Result<Option<Rc<[u8]>>, String> {
    if !lock.inputs.iter().any(|i| i.path == STREAM) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("stdin: {}", input::reason(&e)))?;
    Ok(Some(bytes.into()))
}

/// What of the program and its parts is not as in the lock, each with the way out.
fn other_parts(lock: &Lock, now: &MadeWith) -> Vec<String> {
    let codebook = |c: &chancery_record::Codebook| format!("{} {} ({})", c.name, c.version, short(&c.hash));
    let parts = [
        ("version", lock.version.clone(), now.version.clone(), "rerun with that version"),
        ("codebook", codebook(&lock.codebook), codebook(&now.codebook), "give the run's knowledge folder with --knowledge"),
        ("knowledge", lock.knowledge.hash.clone(), now.knowledge_hash.clone(), "give the run's knowledge folder with --knowledge"),
        ("model", lock.model.hash.clone(), now.model_hash.clone(), "give the run's weight file with --model"),
    ];
    let differs = parts.into_iter().filter(|(_, then, now, _)| then != now);
    differs.map(|(what, then, now, way)| format!("the {what} was {}, here it is {}; {way}", short(&then), short(&now))).collect()
}

/// What is not as in the lock about an input.
fn other_input(input: &LockedInput, stdin: Option<&[u8]>) -> Option<String> {
    let now = match stdin {
        Some(bytes) if input.path == STREAM => Ok(sha256_hex(bytes)),
        _ => input::hash(Path::new(&input.path)),
    };
    let path = if input.path == STREAM { "stdin" } else { &input.path };
    match (&input.sha256, &now) {
        (Some(then), Ok(now)) if then == now => None,
        (Some(then), Ok(now)) => {
            Some(format!("{path} holds other bytes than the run read (sha256 {}, the run's {}); bring those back", short(now), short(then)))
        }
        (Some(_), Err(reason)) => Some(format!("{path}: {reason}; rerun in the folder where the run was made, with its inputs")),
        (None, Err(_)) => None,
        (None, Ok(_)) => Some(format!("{path} could not be read then and can be now; take it away")),
    }
}

/// The first twelve digits of a hash; other text whole.
fn short(text: &str) -> &str {
    let is_hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { &text[..12] } else { text }
}

/// Where the result goes.
enum Place {
    /// Where the user says.
    Given(PathBuf),
    /// To the reader of our output.
    Stdout,
    /// To a folder of its own that goes away with this value: only the hashes are wanted.
    Scratch { folder: PathBuf, name: PathBuf },
}

impl Place {
    fn of(args: &Args, lock: &Lock) -> Result<Self, String> {
        if let Some(output) = args.output.as_deref() {
            place::format(Some(&lock.options.to), Some(output))?;
            return Ok(place::place(Some(output)).map_or(Place::Stdout, |path| Place::Given(path.to_owned())));
        }
        let is_stream = lock.outputs.len() == 1 && lock.options.to != "parquet";
        if is_stream && !args.check && !std::io::stdout().is_terminal() {
            return Ok(Place::Stdout);
        }
        let folder = std::env::temp_dir().join(format!("chancery-rerun-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {}; name a place with -o", folder.display(), input::reason(&e)))?;
        // several files came from a folder
        let name = if lock.outputs.len() == 1 { format!("result.{}", lock.options.to) } else { "result/".to_owned() };
        Ok(Place::Scratch { name: folder.join(name), folder })
    }

    fn destination(&self) -> Destination {
        match self {
            Place::Given(path) | Place::Scratch { name: path, .. } => Destination::Path(path.clone()),
            Place::Stdout => Destination::Stdout,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Place::Scratch { folder, .. } = self {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Says whether the bytes are the same; an error if not.
fn verdict(then: &[LockedOutput], now: &[Written], name: &str, is_other: bool) -> Result<End, String> {
    if then.len() != now.len() {
        return Err(format!("{name}: the run wrote {} files, this one {}; give -o a {}", then.len(), now.len(), kind(then.len())));
    }
    let pairs = || then.iter().zip(now);
    if let Some((then, now)) = pairs().find(|(t, n)| t.sha256 != n.sha256) {
        let why = match is_other {
            true => "it was not made with the same",
            false => "all that the lock names is the same, so the program was built from other sources",
        };
        let hashes = format!("sha256 {}, the run's {}", short(&now.sha256), short(&then.sha256));
        return Err(format!("{name}: {} has other bytes ({hashes}): {why}; `chancery diff` lists the records", called(then)));
    }
    match then {
        [then] => eprintln!("chancery: {name}: {} has the same {} bytes (sha256 {})", called(then), then.bytes, then.sha256),
        all => eprintln!("chancery: {name}: all {} files have the same bytes", all.len()),
    }
    Ok(End::Done)
}

fn called(output: &LockedOutput) -> &str {
    if output.path == STREAM { "stdout" } else { &output.path }
}

fn kind(files: usize) -> &'static str {
    if files == 1 { "file" } else { "folder" }
}
