//! What the user names -> raw pages, one after another, in a stated order: arguments as given, folders sorted by path.
//!
//! Files, folders, `-` for stdin, and JSON Lines (`.jsonl`, `.ndjson`, or stdin with `--from jsonl`). What cannot be read is an item, too:
//! nothing is lost.

use chancery::page::{RawPage, raw_page_from_json_line};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// One page, or why there is none: the place and the reason.
pub type Item = Result<RawPage, (String, String)>;

/// What the caller says of all pages.
#[derive(Clone, Default)]
pub struct Given {
    /// Publication date.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Read stdin as JSON Lines.
    pub is_jsonl: bool,
}

impl Given {
    fn fill(&self, mut raw: RawPage) -> RawPage {
        raw.date = raw.date.or_else(|| self.date.clone());
        raw.url = raw.url.or_else(|| self.url.clone());
        raw.outlet = raw.outlet.or_else(|| self.outlet.clone());
        raw
    }
}

/// The pages of all arguments.
pub fn pages(arguments: &[PathBuf], given: &Given) -> impl Iterator<Item = Item> + use<> {
    let given = given.clone();
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() { walk(argument, &mut files) } else { files.push(argument.clone()) }
    }
    files.into_iter().flat_map(move |file| {
        let given = given.clone();
        open(&file, &given).map(move |item| item.map(|raw| given.fill(raw)))
    })
}

/// Files below a folder, sorted; hidden ones are left out, links are not followed out of it.
fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden || path.is_symlink() {
            continue;
        }
        if path.is_dir() { walk(&path, out) } else { out.push(path) }
    }
}

fn open(file: &Path, given: &Given) -> Box<dyn Iterator<Item = Item>> {
    let name = file.display().to_string();
    let is_lines = |p: &Path| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if name == "-" {
        return match given.is_jsonl {
            true => lines("stdin".to_owned(), Box::new(BufReader::new(io::stdin()))),
            false => whole("stdin".to_owned(), &mut io::stdin()),
        };
    }
    match File::open(file) {
        Err(e) => Box::new(std::iter::once(Err((name, reason(&e))))),
        Ok(f) if is_lines(file) => lines(name, Box::new(BufReader::new(f))),
        Ok(mut f) => whole(name, &mut f),
    }
}

fn reason(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        _ => e.to_string(),
    }
}

fn whole(name: String, reader: &mut dyn Read) -> Box<dyn Iterator<Item = Item>> {
    let mut bytes = Vec::new();
    let item = match reader.read_to_end(&mut bytes) {
        Ok(_) => Ok(RawPage { bytes, path: Some(name), ..RawPage::default() }),
        Err(e) => Err((name, reason(&e))),
    };
    Box::new(std::iter::once(item))
}

fn lines(name: String, mut reader: Box<dyn BufRead>) -> Box<dyn Iterator<Item = Item>> {
    let mut n = 0;
    Box::new(std::iter::from_fn(move || {
        loop {
            let mut line = Vec::new();
            n += 1;
            let place = format!("{name}:{n}");
            match reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => {
                    let text = String::from_utf8_lossy(&line);
                    let page = raw_page_from_json_line(&text, n);
                    return Some(
                        page.map(|raw| RawPage { path: raw.path.or(Some(place.clone())), ..raw }).map_err(|e| (place, e.to_string())),
                    );
                }
                Err(e) => return Some(Err((place, reason(&e)))),
            }
        }
    }))
}
