//! Knowledge files from a directory or from one blob, always the same set in the same order.
//!
//! A pack is `CHKNOW1\n`, the SHA-256 of the content (32 bytes), then gzip of the content: for every file its name, a line feed, its length in
//! decimal, a line feed, its bytes. The fingerprint is that SHA-256, so a directory and its pack have the same one.

use crate::error::{Error, ErrorKind};
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::Path;

/// Every file of knowledge, sorted.
pub(crate) const FILES: [&str; 19] = [
    "SOURCES.toml",
    "countries.tsv",
    "imported/admin1.tsv",
    "imported/cities.tsv",
    "imported/countries.tsv",
    "imported/members.tsv",
    "imported/parties.tsv",
    "imported/roles.tsv",
    "imported/tenures.tsv",
    "ministries.tsv",
    "ontology/cameo.tsv",
    "ontology/plover.toml",
    "organisations.tsv",
    "peoples.tsv",
    "persons.tsv",
    "places.tsv",
    "regions.tsv",
    "roles.tsv",
    "titles.tsv",
];

const MAGIC: &[u8] = b"CHKNOW1\n";
/// More than ten times what we ship; a larger pack is damaged or hostile.
const LIMIT: u64 = 64 << 20;

/// The text of all files, by position in [`FILES`].
pub(crate) struct Files {
    texts: Vec<String>,
    pub fingerprint: String,
}

impl Files {
    /// The text of `name`, which must be one of [`FILES`].
    pub fn text(&self, name: &str) -> &str {
        let at = FILES.iter().position(|f| *f == name);
        at.and_then(|i| self.texts.get(i)).map(String::as_str).unwrap_or_default()
    }

    /// Reads all files below `dir`.
    pub fn read(dir: &Path) -> Result<Files, Error> {
        let mut texts = Vec::with_capacity(FILES.len());
        for name in FILES {
            let text = std::fs::read_to_string(dir.join(name)).map_err(|e| {
                let message = format!("{e}; is {} the knowledge directory?", dir.display());
                Error::new(ErrorKind::Read, name, message).caused(e)
            })?;
            texts.push(text);
        }
        let content = content(FILES.iter().zip(&texts));
        Ok(Files { texts, fingerprint: hex(&Sha256::digest(&content)) })
    }

    /// SHA-256 of the files whose names begin with `folder`, with their names, hexadecimal.
    pub fn fingerprint_of(&self, folder: &str) -> String {
        let files = FILES.iter().zip(&self.texts).filter(|(name, _)| name.starts_with(folder));
        hex(&Sha256::digest(content(files)))
    }

    /// Replaces one file: for tests of the checker.
    #[cfg(test)]
    pub fn with(mut self, name: &str, text: String) -> Files {
        let at = FILES.iter().position(|f| *f == name).expect("a knowledge file");
        self.texts[at] = text;
        self
    }

    /// Opens a pack.
    pub fn unpack(bytes: &[u8]) -> Result<Files, Error> {
        let bad = |message: &str| Error::new(ErrorKind::Pack, "knowledge pack", message);
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| bad("not a knowledge pack of this version; build it again with `pack`"))?;
        let (sum, blob) = rest.split_at_checked(32).ok_or_else(|| bad("cut short; build it again with `pack`"))?;
        let mut content = Vec::with_capacity(blob.len() * 4);
        GzDecoder::new(blob).take(LIMIT).read_to_end(&mut content).map_err(|e| bad("damaged; build it again with `pack`").caused(e))?;
        if Sha256::digest(&content).as_slice() != sum {
            return Err(bad("its content does not match its checksum; build it again with `pack`"));
        }
        let mut texts = Vec::with_capacity(FILES.len());
        let mut rest = content.as_slice();
        for name in FILES {
            let (found, after) = line(rest).ok_or_else(|| bad("a file name is missing"))?;
            let (length, after) = line(after).ok_or_else(|| bad("a file length is missing"))?;
            let length: usize = length.parse().map_err(|_| bad("a file length is not a number"))?;
            let (body, after) = after.split_at_checked(length).ok_or_else(|| bad("a file is cut short"))?;
            if found != name {
                return Err(bad(&format!("it has {found} where {name} should be; build it again with `pack`")));
            }
            texts.push(String::from_utf8(body.to_vec()).map_err(|e| bad(&format!("{name} is not UTF-8")).caused(e))?);
            rest = after;
        }
        Ok(Files { texts, fingerprint: hex(sum) })
    }
}

fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let at = bytes.iter().take(200).position(|b| *b == b'\n')?;
    Some((std::str::from_utf8(&bytes[..at]).ok()?, &bytes[at + 1..]))
}

fn content<'a>(files: impl Iterator<Item = (&'a &'static str, &'a String)>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, text) in files {
        out.extend_from_slice(format!("{name}\n{}\n", text.len()).as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Packs the knowledge directory into one blob for [`Knowledge::from_pack`](crate::Knowledge::from_pack): the same bytes for the same files.
///
/// # Errors
/// When a file is missing, unreadable or not UTF-8.
pub fn pack(dir: &Path) -> Result<Vec<u8>, Error> {
    let files = Files::read(dir)?;
    let content = content(FILES.iter().zip(&files.texts));
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&Sha256::digest(&content));
    let failed = |e: std::io::Error| Error::new(ErrorKind::Pack, "knowledge pack", "could not be compressed").caused(e);
    let mut gzip = GzEncoder::new(out, flate2::Compression::best());
    gzip.write_all(&content).map_err(failed)?;
    gzip.finish().map_err(failed)
}
