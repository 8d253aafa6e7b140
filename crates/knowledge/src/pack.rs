//! Knowledge files from a directory or from one blob, always the same set in the same order.
//!
//! A pack is `CHKNOW2\n`, three SHA-256 (32 bytes each), the length of the first blob (8 bytes, little-endian), then two blobs of gzip. The first holds
//! the content that every start reads: for every file its name, a line feed, its length in decimal, a line feed, its bytes; the second the two tables of
//! the gazetteer, parted by a zero byte, which are unpacked when a place is first asked for. The sums are of all content, of the first blob's
//! content, and of the second blob as it is. The first is the fingerprint, so a directory and its pack have the same one.

use crate::error::{Error, ErrorKind};
use crate::gazetteer::Gazetteer;
use crate::table::Table;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::Path;

/// Every file of knowledge that is read at once, sorted.
pub(crate) const FILES: [&str; 21] = [
    "SOURCES.toml",
    "countries.tsv",
    "imported/admin1.tsv",
    "imported/cities.tsv",
    "imported/countries.tsv",
    "imported/members.tsv",
    "imported/parties.tsv",
    "imported/points.tsv",
    "imported/roles.tsv",
    "imported/tenures.tsv",
    "memberships.tsv",
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

/// The tables of the gazetteer with the header of each.
const GAZETTEER: [(&str, &[&str]); 2] = [
    ("imported/alternates.tsv", &["alternate", "country", "name"]),
    ("imported/gazetteer.tsv", &["name", "country", "kind", "admin1", "lat", "lon", "population", "id"]),
];

const MAGIC: &[u8] = b"CHKNOW2\n";
/// Several times what we ship; a larger blob is damaged or hostile.
pub(crate) const LIMIT: u64 = 64 << 20;

/// The text of all files, by position in [`FILES`].
pub(crate) struct Files {
    texts: Vec<String>,
    pub gazetteer: Gazetteer,
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
        let texts = FILES.iter().map(|name| read(dir, name)).collect::<Result<Vec<_>, _>>()?;
        let [alternates, places] = gazetteer(dir)?;
        let fingerprint = hex(&whole(&content(FILES.iter().zip(&texts)), &alternates, &places));
        Ok(Files { texts, gazetteer: Gazetteer::of(alternates, places), fingerprint })
    }

    /// SHA-256 of the files whose names begin with `folder`, with their names, hexadecimal.
    pub fn fingerprint_of(&self, folder: &str) -> String {
        let files = FILES.iter().zip(&self.texts).filter(|(name, _)| name.starts_with(folder));
        hex(&Sha256::digest(content(files)))
    }

    /// All files but the gazetteer: for tests of the checker, which read them many times.
    #[cfg(test)]
    pub fn without_gazetteer(dir: &Path) -> Result<Files, Error> {
        let texts = FILES.iter().map(|name| read(dir, name)).collect::<Result<Vec<_>, _>>()?;
        Ok(Files { texts, gazetteer: Gazetteer::default(), fingerprint: String::new() })
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
        let cut = || bad("cut short; build it again with `pack`");
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| bad("not a knowledge pack of this version; build it again with `pack`"))?;
        let (fingerprint, rest) = rest.split_at_checked(32).ok_or_else(cut)?;
        let (sum, rest) = rest.split_at_checked(32).ok_or_else(cut)?;
        let (gazetteer_sum, rest) = rest.split_at_checked(32).ok_or_else(cut)?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|e| cut().caused(e))?;
        let (blob, gazetteer) = rest.split_at_checked(length).ok_or_else(cut)?;
        let mut content = Vec::with_capacity(blob.len() * 4);
        GzDecoder::new(blob).take(LIMIT).read_to_end(&mut content).map_err(|e| bad("damaged; build it again with `pack`").caused(e))?;
        if Sha256::digest(&content).as_slice() != sum || Sha256::digest(gazetteer).as_slice() != gazetteer_sum {
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
        Ok(Files { texts, gazetteer: Gazetteer::packed(gazetteer), fingerprint: hex(fingerprint) })
    }
}

fn read(dir: &Path, name: &str) -> Result<String, Error> {
    std::fs::read_to_string(dir.join(name)).map_err(|e| {
        let message = format!("{e}; is {} the knowledge directory?", dir.display());
        Error::new(ErrorKind::Read, name, message).caused(e)
    })
}

/// The texts of the gazetteer, each a table with the right header.
fn gazetteer(dir: &Path) -> Result<[String; 2], Error> {
    let [alternates, places] = GAZETTEER.map(|(name, columns)| {
        let text = read(dir, name)?;
        Table::read(name, &text, columns)?;
        Ok::<String, Error>(text)
    });
    Ok([alternates?, places?])
}

/// SHA-256 of all content.
fn whole(content: &[u8], alternates: &str, places: &str) -> [u8; 32] {
    let mut sum = Sha256::new();
    for part in [content, alternates.as_bytes(), &[0], places.as_bytes()] {
        sum.update(part);
    }
    sum.finalize().into()
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
    let texts = FILES.iter().map(|name| read(dir, name)).collect::<Result<Vec<_>, _>>()?;
    let content = content(FILES.iter().zip(&texts));
    let [alternates, places] = gazetteer(dir)?;
    let failed = |e: std::io::Error| Error::new(ErrorKind::Pack, "knowledge pack", "could not be compressed").caused(e);
    let blob = gzip(&[&content]).map_err(failed)?;
    let tables = gzip(&[alternates.as_bytes(), &[0], places.as_bytes()]).map_err(failed)?;
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&whole(&content, &alternates, &places));
    out.extend_from_slice(&Sha256::digest(&content));
    out.extend_from_slice(&Sha256::digest(&tables));
    out.extend_from_slice(&(blob.len() as u64).to_le_bytes());
    out.extend_from_slice(&blob);
    out.extend_from_slice(&tables);
    Ok(out)
}

fn gzip(parts: &[&[u8]]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::best());
    parts.iter().try_for_each(|part| gzip.write_all(part))?;
    gzip.finish()
}
