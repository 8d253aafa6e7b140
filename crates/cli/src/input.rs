//! What the user names -> raw pages, one after another, in a stated order: arguments as given, folders sorted by path.
//!
//! Files, folders, `-` for stdin, and JSON Lines (`.jsonl`, `.ndjson`, or stdin with `--from jsonl`). What cannot be read is an item, too:
//! nothing is lost. Every file is hashed as it is read, for `run.lock`.

use crate::lock::STREAM;
use chancery::page::{RawPage, decode, raw_page_from_json_line};
use chancery_record::sha256_hex;
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
    rc::Rc,
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
    /// What stdin held, if it has been read already.
    pub stdin: Option<Rc<[u8]>>,
    /// Files and folders that are no pages though they lie in a folder of pages: the result itself.
    pub written: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// As typed, or found in a folder that was; `-` is stdin.
    pub path: String,
    /// SHA-256 of its bytes, hex, or why it could not be read.
    pub hash: Result<String, String>,
}

/// The files read so far, in order, and how much of all there is to read.
#[derive(Clone, Default)]
pub struct Files {
    files: Rc<RefCell<Vec<FileRead>>>,
    bytes: Rc<Cell<u64>>,
    total: Option<u64>,
}

impl Files {
    fn add(&self, path: &str, hash: Result<String, String>) {
        self.files.borrow_mut().push(FileRead { path: path.to_owned(), hash });
    }

    fn count(&self, bytes: usize) {
        self.bytes.set(self.bytes.get() + bytes as u64);
    }

    /// All of them; none is left.
    pub fn take(&self) -> Vec<FileRead> {
        self.files.take()
    }

    /// The share of all bytes that has been read, 0-1; `None` where nobody knows how many there are (stdin).
    pub fn share(&self) -> Option<f64> {
        self.total.filter(|t| *t > 0).map(|total| (self.bytes.get() as f64 / total as f64).min(1.0))
    }
}

impl Given {
    fn fill(&self, mut raw: RawPage) -> RawPage {
        raw.date = raw.date.or_else(|| self.date.clone());
        raw.url = raw.url.or_else(|| self.url.clone());
        raw.outlet = raw.outlet.or_else(|| self.outlet.clone());
        raw
    }
}

/// The pages of all arguments; each file read is added to `read`.
pub fn pages(arguments: &[PathBuf], given: &Given, read: &mut Files) -> impl Iterator<Item = Item> + use<> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() { walk(argument, &given.written, &mut files) } else { files.push(argument.clone()) }
    }
    let sizes = files.iter().map(|f| std::fs::metadata(f).ok().filter(|m| m.is_file()).map(|m| m.len()));
    read.total = sizes.sum();
    let (given, read) = (given.clone(), read.clone());
    files.into_iter().flat_map(move |file| {
        let given = given.clone();
        open(&file, &given, &read).map(move |item| item.map(|raw| given.fill(raw)))
    })
}

/// Files below a folder, sorted; hidden ones, pipes and devices, and what is written are left out, links are not followed out of it.
fn walk(folder: &Path, written: &[PathBuf], out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden || path.is_symlink() || written.iter().any(|w| is_same_file(w, &path)) {
            continue;
        }
        if path.is_dir() {
            walk(&path, written, out);
        } else if path.is_file() {
            out.push(path);
        }
    }
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    a.file_name() == b.file_name() && is_same(a, b)
}

/// Whether two paths lead to one file.
pub fn is_same(a: &Path, b: &Path) -> bool {
    a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
}

fn open(file: &Path, given: &Given, read: &Files) -> Box<dyn Iterator<Item = Item>> {
    let name = file.display().to_string();
    let is_lines = |p: &Path| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    if name == STREAM {
        let mut stdin: Box<dyn Read> = match &given.stdin {
            Some(bytes) => Box::new(Cursor::new(bytes.clone())),
            None => Box::new(io::stdin()),
        };
        return match given.is_jsonl {
            true => lines("stdin".to_owned(), Box::new(BufReader::new(stdin)), Noted::new(STREAM, read)),
            false => whole("stdin".to_owned(), &mut stdin, Noted::new(STREAM, read)),
        };
    }
    let note = Noted::new(&name, read);
    match File::open(file) {
        Err(e) => {
            note.failed(&reason(&e));
            Box::new(std::iter::once(Err((name, reason(&e)))))
        }
        Ok(f) if is_lines(file) => lines(name, Box::new(BufReader::new(f)), note),
        Ok(mut f) => whole(name, &mut f, note),
    }
}

/// A file that is being read and hashed.
struct Noted {
    path: String,
    hash: Sha256,
    read: Files,
}

impl Noted {
    fn new(path: &str, read: &Files) -> Self {
        Noted { path: path.to_owned(), hash: Sha256::new(), read: read.clone() }
    }

    fn failed(self, reason: &str) {
        self.read.add(&self.path, Err(reason.to_owned()));
    }

    fn done(self) {
        self.read.add(&self.path, Ok(hex(self.hash)));
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The hash of a file's bytes, hex, or why it cannot be read.
pub fn hash(file: &Path) -> Result<String, String> {
    let mut hash = Sha256::new();
    let mut open = File::open(file).map_err(|e| reason(&e))?;
    io::copy(&mut open, &mut hash).map_err(|e| reason(&e))?;
    Ok(hex(hash))
}

/// Why a file cannot be read, in the words that a user knows.
pub fn reason(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "not allowed to read it".to_owned(),
        io::ErrorKind::IsADirectory => "a folder; name a file".to_owned(),
        _ => e.to_string(),
    }
}

fn whole(name: String, reader: &mut dyn Read, note: Noted) -> Box<dyn Iterator<Item = Item>> {
    let mut bytes = Vec::new();
    let item = match reader.read_to_end(&mut bytes) {
        Ok(_) => {
            note.read.count(bytes.len());
            note.read.add(&note.path, Ok(sha256_hex(&bytes)));
            Ok(RawPage { bytes, path: Some(name), ..RawPage::default() })
        }
        Err(e) => {
            note.failed(&reason(&e));
            Err((name, reason(&e)))
        }
    };
    Box::new(std::iter::once(item))
}

fn lines(name: String, mut reader: Box<dyn BufRead>, note: Noted) -> Box<dyn Iterator<Item = Item>> {
    let mut n = 0;
    let mut note = Some(note);
    Box::new(std::iter::from_fn(move || {
        loop {
            let noted = note.as_mut()?; // after an error of reading there is no more
            let mut line = Vec::new();
            n += 1;
            let place = format!("{name}:{n}");
            let result = reader.read_until(b'\n', &mut line);
            noted.hash.update(&line);
            noted.read.count(line.len());
            match result {
                Ok(0) => {
                    note.take().into_iter().for_each(Noted::done);
                    return None;
                }
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) if n == 1 && (line.starts_with(b"\xFF\xFE") || line.starts_with(b"\xFE\xFF")) => {
                    let reason = "UTF-16; JSON Lines are UTF-8: convert it first (iconv -f UTF-16 -t UTF-8)".to_owned();
                    note.take().into_iter().for_each(|n| n.failed(&reason));
                    return Some(Err((name.clone(), reason)));
                }
                Ok(_) => {
                    let page = decode(&place, &line).and_then(|(text, notes)| Ok(RawPage { notes, ..raw_page_from_json_line(&text, n)? }));
                    return Some(
                        page.map(|raw| RawPage { path: raw.path.or(Some(place.clone())), ..raw }).map_err(|e| (place, e.to_string())),
                    );
                }
                Err(e) => {
                    note.take().into_iter().for_each(|n| n.failed(&reason(&e)));
                    return Some(Err((place, reason(&e))));
                }
            }
        }
    }))
}
