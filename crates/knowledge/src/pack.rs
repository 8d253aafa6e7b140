//! Knowledge files from a directory or from one blob, always the same set in the same order.
//!
//! A pack is `CHKNOW3\n`, the fingerprint of all content, then three blobs, each after its length (8 bytes, little-endian) and its SHA-256:
//! the [`Knowledge`] read from the files, which is all that a start needs (LZ4); in gzip the files (of each its name, a line feed, its length in decimal, a line
//! feed, its bytes), for overlays and `kb diff`; the two tables of the gazetteer, parted by a zero byte, which are unpacked when a place is first
//! asked for. A directory and its pack have the same fingerprint. The sums tell damage, not malice: a pack is part of the program that it was built with.

use crate::Knowledge;
use crate::error::{Error, ErrorKind};
use crate::gazetteer::Gazetteer;
use crate::overlay::{self, Layer, Origins, Overlay};
use crate::table::Table;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Display;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

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
pub(crate) const GAZETTEER: [(&str, &[&str]); 2] = [
    ("imported/alternates.tsv", &["alternate", "country", "name"]),
    ("imported/gazetteer.tsv", &["name", "country", "kind", "admin1", "lat", "lon", "population", "id"]),
];

const MAGIC: &[u8] = b"CHKNOW3\n";
/// Several times what we ship; a larger blob is damaged or hostile.
pub(crate) const LIMIT: u64 = 64 << 20;

/// The text of all knowledge files, with the overlays laid over them, not yet read: what [`Knowledge::of`](crate::Knowledge::of) reads and
/// [`diff`](crate::diff()) compares.
#[derive(Clone, Debug)]
pub struct Files {
    /// By position in [`FILES`].
    texts: Vec<String>,
    pub(crate) gazetteer: Arc<Gazetteer>,
    /// Of the files without overlays.
    base: String,
    fingerprint: String,
    origins: Origins,
}

impl Files {
    fn of(texts: Vec<String>, gazetteer: Gazetteer, fingerprint: String) -> Files {
        Files { texts, gazetteer: Arc::new(gazetteer), base: fingerprint.clone(), fingerprint, origins: Origins::default() }
    }

    /// Whether `dir` claims to be a whole knowledge directory: it holds `SOURCES.toml`. Any other folder is an overlay.
    pub fn is_whole(dir: &Path) -> bool {
        dir.join("SOURCES.toml").is_file()
    }

    /// The text of `name`, which must be one of [`FILES`].
    pub(crate) fn text(&self, name: &str) -> &str {
        let at = FILES.iter().position(|f| *f == name);
        at.and_then(|i| self.texts.get(i)).map(String::as_str).unwrap_or_default()
    }

    /// The text of a table as it is with the overlays, those of the gazetteer too; empty for an unknown name.
    pub fn table(&self, name: &str) -> &str {
        let tables = || self.gazetteer.tables();
        match GAZETTEER.iter().position(|g| g.0 == name) {
            Some(0) => tables().0.text(),
            Some(_) => tables().1.text(),
            None => self.text(name),
        }
    }

    /// The first line of a table: its columns, separated by tabs.
    pub fn header(&self, name: &str) -> &str {
        self.text(name).lines().next().unwrap_or_default()
    }

    /// SHA-256 of all files, hexadecimal; with overlays, of that and of the tables as they are now.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The overlays, in the order in which they were laid.
    pub fn layers(&self) -> &[Layer] {
        &self.origins.layers
    }

    /// Reads all files below `dir`.
    ///
    /// # Errors
    /// When one is missing, unreadable or not UTF-8, or a table of the gazetteer has another header.
    pub fn read(dir: &Path) -> Result<Files, Error> {
        let texts = FILES.iter().map(|name| read(dir, name)).collect::<Result<Vec<_>, _>>()?;
        let [alternates, places] = gazetteer(dir)?;
        let fingerprint = hex(&whole(&content(pairs(&texts)), &alternates, &places));
        Ok(Files::of(texts, Gazetteer::of(alternates, places), fingerprint))
    }

    /// Lays the rows of `overlay` over these files.
    ///
    /// # Errors
    /// When a row has not the form of its table or a retraction fits no row; names the overlay's file and line.
    pub fn with_overlay(mut self, overlay: &Overlay) -> Result<Files, Error> {
        self.origins.layers.push(overlay.layer());
        let mut is_changed = self.fingerprint != self.base;
        for (at, name) in FILES.iter().enumerate().filter(|(_, name)| overlay.table(name).is_some()) {
            let merged = overlay::merge(name, &self.texts[at], &self.origins, overlay)?;
            is_changed |= merged.text != self.texts[at];
            self.texts[at] = merged.text;
            self.origins.lines.insert(name, merged.origins);
        }
        if is_changed {
            let all = [self.base.as_bytes(), &content(pairs(&self.texts))].concat();
            self.fingerprint = digest(&all);
        }
        Ok(self)
    }

    /// Where the lines of the tables were written.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// SHA-256 of the files whose names begin with `folder`, with their names, hexadecimal.
    pub fn fingerprint_of(&self, folder: &str) -> String {
        digest(&content(pairs(&self.texts).filter(|(name, _)| name.starts_with(folder))))
    }

    /// All files but the gazetteer: for tests of the checker, which read them many times.
    #[cfg(test)]
    pub fn without_gazetteer(dir: &Path) -> Result<Files, Error> {
        let texts = FILES.iter().map(|name| read(dir, name)).collect::<Result<Vec<_>, _>>()?;
        Ok(Files::of(texts, Gazetteer::default(), String::new()))
    }

    /// Replaces one file: for tests of the checker.
    #[cfg(test)]
    pub fn with(mut self, name: &str, text: String) -> Files {
        let at = FILES.iter().position(|f| *f == name).expect("a knowledge file");
        self.texts[at] = text;
        self
    }

    /// Opens what [`pack`] made.
    ///
    /// # Errors
    /// When it is damaged or of another version.
    pub fn unpack(bytes: &'static [u8]) -> Result<Files, Error> {
        let parts = Parts::open(bytes)?;
        let content = gunzip(parts.files.whole()?)?;
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
        Ok(Files::of(texts, Gazetteer::packed(parts.gazetteer.whole()?), hex(parts.fingerprint)))
    }
}

/// The knowledge of a pack as it was read when the pack was made.
pub(crate) fn unpack(bytes: &'static [u8]) -> Result<Knowledge, Error> {
    let parts = Parts::open(bytes)?;
    let image = lz4_flex::decompress_size_prepended(parts.image.whole()?).map_err(|e| bad(DAMAGED).caused(e))?;
    let mut knowledge: Knowledge =
        postcard::from_bytes(&image).map_err(|e| bad("not of this version; build it again with `pack`").caused(e))?;
    knowledge.gazetteer = Arc::new(Gazetteer::packed(parts.gazetteer.whole()?));
    Ok(knowledge)
}

const DAMAGED: &str = "damaged; build it again with `pack`";

fn bad(message: &str) -> Error {
    Error::new(ErrorKind::Pack, "knowledge pack", message)
}

/// A blob and the sum it should have.
struct Blob<'b> {
    sum: &'b [u8],
    bytes: &'b [u8],
}

impl<'b> Blob<'b> {
    fn split(rest: &mut &'b [u8]) -> Option<Blob<'b>> {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let (sum, after) = after.split_at_checked(32)?;
        let (bytes, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        *rest = after;
        Some(Blob { sum, bytes })
    }

    /// Its bytes, when they are those that were packed.
    fn whole(&self) -> Result<&'b [u8], Error> {
        if Sha256::digest(self.bytes).as_slice() != self.sum {
            return Err(bad("its content does not match its checksum; build it again with `pack`"));
        }
        Ok(self.bytes)
    }
}

/// The parts of a pack.
struct Parts<'b> {
    fingerprint: &'b [u8],
    image: Blob<'b>,
    files: Blob<'b>,
    gazetteer: Blob<'b>,
}

impl<'b> Parts<'b> {
    fn open(bytes: &'b [u8]) -> Result<Parts<'b>, Error> {
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| bad("not a knowledge pack of this version; build it again with `pack`"))?;
        let parts = || {
            let (fingerprint, mut rest) = rest.split_at_checked(32)?;
            let mut blob = || Blob::split(&mut rest);
            Some(Parts { fingerprint, image: blob()?, files: blob()?, gazetteer: blob()? })
        };
        parts().ok_or_else(|| bad("cut short; build it again with `pack`"))
    }
}

/// Rows by file and line, the file as its number in [`FILES`]: for serde's `with`.
pub(crate) mod place {
    use super::FILES;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

    pub fn serialize<S: Serializer>(place: &(&'static str, usize), to: S) -> Result<S::Ok, S::Error> {
        let file = FILES.iter().position(|f| *f == place.0).ok_or_else(|| ser::Error::custom("a row of no file"))?;
        (file, place.1).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<(&'static str, usize), D::Error> {
        let (file, line) = <(usize, usize)>::deserialize(from)?;
        FILES.get(file).map(|f| (*f, line)).ok_or_else(|| de::Error::custom("a row of no file"))
    }
}

fn read(dir: &Path, name: &str) -> Result<String, Error> {
    let text = std::fs::read_to_string(dir.join(name)).map_err(|e| {
        let files = FILES.len() + GAZETTEER.len();
        let remedy = format!(
            "a whole knowledge directory (with SOURCES.toml) holds {files} files: copy it again; without SOURCES.toml it is an overlay"
        );
        let message = if e.kind() == std::io::ErrorKind::NotFound { format!("no such file; {remedy}") } else { e.to_string() };
        Error::new(ErrorKind::Read, dir.join(name).display().to_string(), message).caused(e)
    })?;
    Ok(overlay::plain(text))
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

/// Files with their names.
fn pairs(texts: &[String]) -> impl Iterator<Item = (&'static str, &str)> {
    FILES.iter().copied().zip(texts.iter().map(String::as_str))
}

/// Files as one blob: of each its name, length and bytes.
pub(crate) fn content<N: Display, T: AsRef<str>>(files: impl Iterator<Item = (N, T)>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, text) in files {
        let text = text.as_ref();
        out.extend_from_slice(format!("{name}\n{}\n", text.len()).as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    out
}

/// SHA-256, hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Packs the knowledge directory into one blob for [`Knowledge::from_pack`] and [`Files::unpack`]: the same bytes for the same files.
///
/// # Errors
/// When a file is missing, unreadable, not UTF-8 or not in its form.
pub fn pack(dir: &Path) -> Result<Vec<u8>, Error> {
    let files = Files::read(dir)?;
    let failed = |e| Error::new(ErrorKind::Pack, "knowledge pack", "could not be made").caused(e);
    let image = postcard::to_stdvec(&Knowledge::of(&files)?).map_err(|e| failed(std::io::Error::other(e)))?;
    let (alternates, places) = files.gazetteer.tables();
    let content = content(pairs(&files.texts));
    let blobs = [
        Ok(lz4_flex::compress_prepend_size(&image)),
        gzip(&[&content]),
        gzip(&[alternates.text().as_bytes(), &[0], places.text().as_bytes()]),
    ];
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&whole(&content, alternates.text(), places.text()));
    for blob in blobs {
        let blob = blob.map_err(failed)?;
        out.extend_from_slice(&(blob.len() as u64).to_le_bytes());
        out.extend_from_slice(&Sha256::digest(&blob));
        out.extend_from_slice(&blob);
    }
    Ok(out)
}

fn gunzip(blob: &[u8]) -> Result<Vec<u8>, Error> {
    let mut content = Vec::with_capacity(blob.len() * 4);
    GzDecoder::new(blob).take(LIMIT).read_to_end(&mut content).map_err(|e| bad(DAMAGED).caused(e))?;
    Ok(content)
}

fn gzip(parts: &[&[u8]]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::best());
    parts.iter().try_for_each(|part| gzip.write_all(part))?;
    gzip.finish()
}
