//! What the user names -> raw pages, one after another, in a stated order: arguments as given, folders sorted by path.
//!
//! Files, folders, `-` for stdin, JSON Lines (`.jsonl`, `.ndjson`, or stdin with `--from jsonl`), and feeds, whose items are pages. What
//! cannot be read is an item, too: nothing is lost. Results and locks of this program are skipped. Every file is hashed as it is read,
//! for `run.lock`.

use crate::lock::STREAM;
use chancery::page::{Outcome, RawPage, decode, raw_page_from_json_line, raw_pages_from_feed};
use chancery_record::{Record, sha256_hex};
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

/// One page, or why there is none: the place and the reason.
pub type Item = Result<RawPage, (String, String)>;

/// How a `run.lock` begins.
const LOCK: &[u8] = b"# What a result of chancery was made with";
/// Most links left out of folders that are told one by one.
const TOLD: usize = 20;

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
        raw.undated = raw.date.is_none().then(|| self.date.clone()).flatten();
        raw.url = raw.url.or_else(|| self.url.clone());
        raw.outlet = raw.outlet.or_else(|| self.outlet.clone());
        raw
    }
}

/// The pages of all arguments; each file read is added to `read`.
pub fn pages(arguments: &[PathBuf], given: &Given, read: &mut Files) -> impl Iterator<Item = Item> + use<> {
    let (mut files, mut left) = (Vec::new(), Vec::new());
    for argument in arguments {
        match argument.is_dir() && !is_stream(argument) {
            true => walk(argument, &given.written, &mut files, &mut left),
            false => files.push(argument.clone()),
        }
    }
    left.iter().take(TOLD).for_each(|line| eprintln!("chancery: skipped: {line}"));
    if left.len() > TOLD {
        eprintln!("chancery: ... and {} more links out of the folders given", left.len() - TOLD);
    }
    let sizes = files.iter().map(|f| std::fs::metadata(f).ok().filter(|m| m.is_file() && !is_stream(f)).map(|m| m.len()));
    read.total = sizes.sum();
    let (given, read) = (given.clone(), read.clone());
    files.into_iter().flat_map(move |file| {
        let given = given.clone();
        open(&file, &given, &read).map(move |item| item.map(|raw| given.fill(raw)))
    })
}

/// Files below a folder, sorted; hidden ones, pipes and devices, and what is written are left out. Links inside the folder are followed,
/// each file once; of others a line is added to `left`, and they are no items, since `run.lock` cannot tell them from a file named.
fn walk(folder: &Path, written: &[PathBuf], out: &mut Vec<PathBuf>, left: &mut Vec<String>) {
    let (mut files, mut links) = (Vec::new(), Vec::new());
    below(folder, written, &mut files, &mut links);
    let real = |path: &PathBuf| path.canonicalize().ok();
    let root = folder.canonicalize().unwrap_or_default();
    let mut seen: HashSet<PathBuf> =
        if links.is_empty() { HashSet::new() } else { files.iter().chain(written).filter_map(real).chain([root.clone()]).collect() };
    while !links.is_empty() {
        for link in std::mem::take(&mut links) {
            match real(&link) {
                None => left.push(format!("{}: a link that leads nowhere", link.display())),
                Some(target) if !target.starts_with(&root) => {
                    left.push(format!("{}: a link out of {}; name what it leads to", link.display(), folder.display()));
                }
                Some(target) if !seen.insert(target.clone()) => {}
                Some(target) if target.is_dir() => {
                    let mut more = Vec::new();
                    below(&link, written, &mut more, &mut links);
                    files.extend(more.into_iter().filter(|f| real(f).is_none_or(|f| seen.insert(f))));
                }
                Some(_) => files.push(link),
            }
        }
    }
    files.sort();
    out.append(&mut files);
}

/// Files and links below a folder, links not followed; what cannot be looked at is among the files, so that reading it fails.
fn below(folder: &Path, written: &[PathBuf], files: &mut Vec<PathBuf>, links: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return files.push(folder.to_owned()) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if hidden || written.iter().any(|w| is_same_file(w, &path)) {
            continue;
        }
        match path.symlink_metadata() {
            Ok(m) if m.is_symlink() => links.push(path),
            Ok(m) if m.is_dir() => below(&path, written, files, links),
            Ok(m) if !m.is_file() => {}
            _ => files.push(path),
        }
    }
}

/// Whether a path names stdin or stdout.
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == STREAM
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
    if is_stream(file) {
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

    /// Hashes what is left to read.
    fn rest(mut self, reader: &mut dyn Read) {
        match io::copy(reader, &mut self.hash) {
            Ok(bytes) => {
                self.read.bytes.set(self.read.bytes.get() + bytes);
                self.done();
            }
            Err(e) => self.failed(&reason(&e)),
        }
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
    match reader.read_to_end(&mut bytes) {
        Ok(_) => {
            note.read.count(bytes.len());
            note.read.add(&note.path, Ok(sha256_hex(&bytes)));
            Box::new(pages_of(name, bytes).into_iter().map(Ok))
        }
        Err(e) => {
            note.failed(&reason(&e));
            Box::new(std::iter::once(Err((name, reason(&e)))))
        }
    }
}

/// The pages of a file: one, or one for each item of a feed.
fn pages_of(name: String, bytes: Vec<u8>) -> Vec<RawPage> {
    let refused = |outcome| RawPage { path: Some(name.clone()), refused: Some(outcome), ..RawPage::default() };
    let page = match raw_pages_from_feed(&name, &bytes) {
        _ if bytes.starts_with(LOCK) => refused(Outcome::Skipped(format!("{name}: the lock of a result of chancery, no page"))),
        Some(Ok(pages)) => return pages,
        Some(Err(outcome)) => refused(outcome),
        None => RawPage { path: Some(name.clone()), ..RawPage::default() },
    };
    vec![RawPage { bytes, ..page }]
}

/// Whether a line is a record that this program wrote.
fn is_record(line: &[u8]) -> bool {
    serde_json::from_slice::<Record>(line).is_ok()
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
                Ok(_) if n == 1 && is_record(&line) => {
                    note.take().into_iter().for_each(|n| n.rest(&mut reader));
                    let outcome = Outcome::Skipped(format!("{name}: a result of chancery, no pages"));
                    return Some(Ok(RawPage { bytes: line, path: Some(name.clone()), refused: Some(outcome), ..RawPage::default() }));
                }
                Ok(_) => {
                    let page = decode(&place, &line).and_then(|(text, notes)| {
                        let raw = raw_page_from_json_line(&text)?;
                        Ok(RawPage { notes: [notes, raw.notes].concat(), path: raw.path.or(Some(place.clone())), ..raw })
                    });
                    return Some(page.map_err(|e| (place, e.to_string())));
                }
                Err(e) => {
                    note.take().into_iter().for_each(|n| n.failed(&reason(&e)));
                    return Some(Err((place, reason(&e))));
                }
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder of its own with these files.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("chancery-input-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("it can be written");
        }
        folder
    }

    /// The pages of a folder, paths without it: the text, or the reason why there is none.
    fn read(folder: &Path) -> Vec<(String, String)> {
        let base = format!("{}/", folder.display());
        let told = |item: Item| match item {
            Ok(raw) => {
                let text = raw.refused.map_or_else(|| String::from_utf8_lossy(&raw.bytes).into_owned(), |o| o.reason().to_owned());
                (raw.path.unwrap_or_default().replace(&base, ""), text.replace(&base, ""))
            }
            Err((place, reason)) => (place.replace(&base, ""), reason.replace(&base, "")),
        };
        let items = pages(&[folder.to_owned()], &Given::default(), &mut Files::default()).map(told).collect();
        let _ = fs::remove_dir_all(folder);
        items
    }

    fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect()
    }

    #[test]
    fn each_item_of_a_feed_is_a_page_and_a_broken_feed_is_told() {
        let feed = "<rss><channel><item><title>Oman votes</title></item><item><title>Chad votes</title></item></channel></rss>";
        let items = read(&folder("feed", &[("a.xml", feed), ("b.xml", &feed.replace("</channel>", ""))]));
        assert_eq!(items[..2], pairs(&[("a.xml#1", "Oman votes"), ("a.xml#2", "Chad votes")]));
        assert!(items.len() == 3 && items[2].0 == "b.xml" && items[2].1.contains("not well-formed XML"), "{items:?}");
    }

    #[test]
    fn results_and_locks_are_skipped() {
        let record = r#"{"record":"page","id":"pg_0123456789abcdef","source_id":null,"path":"a.txt","url":null,"sha256":"00","text":"Oman left.","outcome":"coded","reason":null,"articles":1}"#;
        let lock = "# What a result of chancery was made with; `chancery rerun FILE` makes it again and compares the bytes.\nlock = 1\n";
        let files = [
            ("a.jsonl", format!("{record}\n{record}\n")),
            ("b.lock", lock.to_owned()),
            ("c.jsonl", "{\"text\":\"Chad left.\"}".to_owned()),
        ];
        let items = read(&folder("results", &files.each_ref().map(|(name, text)| (*name, text.as_str()))));
        let wanted = [
            ("a.jsonl", "a.jsonl: a result of chancery, no pages"),
            ("b.lock", "b.lock: the lock of a result of chancery, no page"),
            ("c.jsonl:1", "Chad left."),
        ];
        assert_eq!(items, pairs(&wanted));
    }

    #[test]
    fn a_line_is_named_once() {
        let items = read(&folder("lines", &[("a.jsonl", "{\"text\":\"Oman left.\"}\n{}\n")]));
        assert_eq!(items[1], ("a.jsonl:2".to_owned(), "no field \"text\"; put the page's text or HTML there".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn links_inside_the_folder_are_followed_once_and_others_told() {
        let folder = folder("links", &[("in/a.txt", "Oman"), ("in/.store/b.txt", "Chad"), ("in/.more/c.txt", "Laos"), ("out.txt", "Mali")]);
        let inside = folder.join("in");
        let links = [
            ("a.txt", "0.txt"),
            (".store/b.txt", "b.txt"),
            (".store/b.txt", "b2.txt"),
            (".more", "more"),
            (".", "loop"),
            ("../out.txt", "out.txt"),
            ("gone", "gone.txt"),
        ];
        links.iter().for_each(|(to, name)| std::os::unix::fs::symlink(to, inside.join(name)).expect("it can be linked"));
        let (mut files, mut left) = (Vec::new(), Vec::new());
        walk(&inside, &[], &mut files, &mut left);
        let base = format!("{}/", inside.display());
        let names: Vec<String> = files.iter().map(|f| f.display().to_string().replace(&base, "")).collect();
        let _ = fs::remove_dir_all(&folder);
        assert_eq!(names, ["a.txt", "b.txt", "more/c.txt"]);
        assert!(
            left.len() == 2 && left[0].contains("gone.txt: a link that leads nowhere") && left[1].contains("out.txt: a link out of"),
            "{left:?}"
        );
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_a_failed_item() {
        let (mut files, gone) = (Vec::new(), PathBuf::from("no-such-folder"));
        below(&gone, &[], &mut files, &mut Vec::new());
        let items: Vec<Item> = files.iter().flat_map(|f| open(f, &Given::default(), &Files::default())).collect();
        assert_eq!(items, [Err(("no-such-folder".to_owned(), "no such file".to_owned()))]);
    }
}
