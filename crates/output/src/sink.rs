//! Where bytes go, with the place's name for errors and the hash of what went there.

use crate::{Destination, Error};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// One file that a writer wrote, or stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where; `None` is stdout.
    pub path: Option<PathBuf>,
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of them, hex.
    pub sha256: String,
}

/// Passes bytes on and hashes them.
pub struct Hashed<W> {
    out: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashed<W> {
    /// Hashes what is written to `out`.
    pub fn new(out: W) -> Self {
        Hashed { out, hash: Sha256::new(), bytes: 0 }
    }

    /// What went to `path`.
    pub fn written(self, path: Option<PathBuf>) -> Written {
        let sha256 = self.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Written { path, bytes: self.bytes, sha256 }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let n = self.out.write(buffer)?;
        self.hash.update(&buffer[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A buffered file or stdout. A result that is there already stays until the new one is whole, which is written beside it till then.
pub struct Sink {
    path: Option<PathBuf>,
    partial: Option<PathBuf>,
    out: Hashed<BufWriter<Box<dyn Write>>>,
}

impl Sink {
    /// Opens stdout or makes the file.
    pub fn open(destination: &Destination) -> Result<Self, Error> {
        let (path, partial, out): (_, _, Box<dyn Write>) = match destination {
            Destination::Stdout => (None, None, Box::new(io::stdout())),
            Destination::Path(path) => {
                let (file, partial) = create(path)?;
                (Some(path.clone()), partial, Box::new(file))
            }
        };
        Ok(Sink { path, partial, out: Hashed::new(BufWriter::new(out)) })
    }

    /// Writes text.
    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes bytes.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| Error::io(self.path.as_deref(), e))
    }

    /// Writes what is buffered.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(|e| Error::io(self.path.as_deref(), e))
    }

    /// Writes what is buffered and says what was written in all.
    pub fn finish(mut self) -> Result<Written, Error> {
        self.flush()?;
        self.out.written(self.path).put_in_place(self.partial)
    }
}

impl Written {
    /// Puts a whole file that was written as `partial` in its place.
    pub(crate) fn put_in_place(self, partial: Option<PathBuf>) -> Result<Self, Error> {
        if let (Some(partial), Some(path)) = (partial, &self.path) {
            fs::rename(partial, path).map_err(|e| Error::io(Some(path), e))?;
        }
        Ok(self)
    }
}

/// A new hidden file `.NAME.part` beside the plain file at `path`, if there is one that may be written and its folder takes it.
fn beside(path: &Path) -> Option<(PathBuf, File)> {
    let old = fs::symlink_metadata(path).ok().filter(|m| m.is_file() && !m.permissions().readonly())?;
    let partial = path.with_file_name(format!(".{}.part", path.file_name()?.to_str()?));
    let file = File::create(&partial).ok()?;
    file.set_permissions(old.permissions()).ok()?;
    Some((partial, file))
}

/// Makes the file at `path`. Where one is, the new one and its name till it is whole ([`Written::put_in_place`]); else it is emptied.
pub fn create(path: &Path) -> Result<(File, Option<PathBuf>), Error> {
    match beside(path) {
        Some((partial, file)) => Ok((file, Some(partial))),
        None => File::create(path).map(|file| (file, None)).map_err(|e| Error::io(Some(path), e)),
    }
}

/// The folder that a table destination names, made if missing; `None`: it names one file.
pub fn folder(destination: &Destination) -> Result<Option<&Path>, Error> {
    let Destination::Path(path) = destination else { return Ok(None) };
    let ends_in_separator = path.to_str().is_some_and(|p| p.ends_with(std::path::is_separator));
    let is_new = !path.exists() && (ends_in_separator || path.extension().is_none());
    if is_new {
        fs::create_dir_all(path).map_err(|e| Error::io(Some(path), e))?;
    }
    Ok((is_new || path.is_dir()).then_some(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_stays_until_the_new_one_is_whole() {
        let folder = std::env::temp_dir().join(format!("chancery-sink-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("result.jsonl");
        let read = || fs::read_to_string(&path).expect("a file");
        fs::write(&path, "before").expect("a file");
        let open = || Sink::open(&Destination::Path(path.clone())).expect("it opens");
        let mut cut = open();
        cut.write("half").and_then(|()| cut.flush()).expect("it takes it");
        drop(cut);
        assert_eq!(read(), "before");
        let mut whole = open();
        whole.write("after").expect("it takes it");
        assert_eq!(whole.finish().expect("it ends").bytes, 5);
        assert_eq!((read().as_str(), fs::read_dir(&folder).expect("a folder").count()), ("after", 1));
        fs::remove_dir_all(folder).expect("it goes");
    }

    #[test]
    fn counts_and_hashes_what_was_written() {
        let mut out = Hashed::new(Vec::new());
        out.write_all(b"a").and_then(|()| out.write_all(b"bc")).expect("memory takes it");
        let written = out.written(None);
        assert_eq!((written.bytes, written.sha256), (3, chancery_record::sha256_hex(b"abc")));
    }
}
