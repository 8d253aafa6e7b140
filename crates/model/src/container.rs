//! The weights file: named tensors and a map of strings, checked once when loaded.
//!
//! Layout, all numbers little-endian (`training/container.py` writes it):
//!
//! ```text
//! "chancery"  u32 version = 1  u32 header bytes
//! header:     u32 count, then per metadata entry: string key, string value
//!             u32 count, then per tensor: string name, u8 type, u8 rank, u64 per dimension, u64 offset in the payload
//! zeros up to a multiple of 64, then the payload: tensors, each at a multiple of 64
//! 32 bytes:   SHA-256 of everything before
//! ```
//!
//! A string is a u32 count of bytes and UTF-8. Types: 0 = f32, 1 = i8, 2 = u8. The reader treats the bytes as hostile:
//! every count, size and offset is checked before it is used, and nothing is allocated by a number from the file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{Error, ErrorKind};

const MAGIC: &[u8; 8] = b"chancery";
const VERSION: u32 = 1;
const DIGEST_BYTES: usize = 32;
const ALIGNMENT: usize = 64;
const MAX_RANK: usize = 4;

/// The element type of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TensorType {
    /// IEEE single precision.
    F32,
    /// Signed bytes, usually with a `.scale` tensor beside them.
    I8,
    /// Plain bytes, for instance text.
    U8,
}

impl TensorType {
    fn bytes(self) -> usize {
        match self {
            TensorType::F32 => 4,
            TensorType::I8 | TensorType::U8 => 1,
        }
    }

    fn name(self) -> &'static str {
        match self {
            TensorType::F32 => "f32",
            TensorType::I8 => "i8",
            TensorType::U8 => "u8",
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    kind: TensorType,
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

/// A loaded weights file. See the module head for the layout.
#[derive(Debug, Clone)]
pub struct Weights {
    bytes: Cow<'static, [u8]>,
    metadata: BTreeMap<String, String>,
    tensors: BTreeMap<String, Entry>,
    sha256: String,
}

impl Weights {
    /// Reads a weights file from memory: a `&'static [u8]` (not copied) or a `Vec<u8>`.
    ///
    /// Costs one SHA-256 pass (about 15 ms for 20 MB with SHA instructions) and a walk over the header.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] when the layout is wrong, [`ErrorKind::Digest`] when the content changed.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, Error> {
        let bytes = bytes.into();
        let mut head = Reader { bytes: &bytes, at: 0 };
        if head.take(MAGIC.len())? != MAGIC {
            return Err(format_error("not a chancery weights file: the first 8 bytes are not \"chancery\""));
        }
        let version = head.u32()?;
        if version != VERSION {
            return Err(format_error(format!("weights file has version {version}; this program reads version {VERSION}")));
        }
        let header_bytes = head.u32()? as usize;
        let header_start = head.at;
        head.take(header_bytes)?;
        let payload_start = head.at.next_multiple_of(ALIGNMENT);
        let payload_end = bytes
            .len()
            .checked_sub(DIGEST_BYTES)
            .filter(|&end| end >= payload_start)
            .ok_or_else(|| format_error("weights file ends before its payload; is the download complete?"))?;
        let content = Sha256::new_with_prefix(&bytes[..payload_end]);
        let whole = content.clone().chain_update(&bytes[payload_end..]).finalize();
        if content.finalize()[..] != bytes[payload_end..] {
            return Err(Error::new(ErrorKind::Digest, "weights file does not match the SHA-256 at its end; fetch it again"));
        }
        let mut header = Reader { bytes: &bytes[..header_start + header_bytes], at: header_start };
        let (metadata, tensors) = read_header(&mut header, payload_start, payload_end)?;
        let sha256 = whole.iter().map(|b| format!("{b:02x}")).collect();
        Ok(Weights { bytes, metadata, tensors, sha256 })
    }

    /// SHA-256 of the whole file, hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The metadata entry `key`, if there is one.
    pub fn metadata(&self, key: &str) -> Option<&str> {
        self.metadata.get(key).map(String::as_str)
    }

    /// All metadata entries, sorted by key.
    pub fn all_metadata(&self) -> impl Iterator<Item = (&str, &str)> {
        self.metadata.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// The metadata entry `key` as a whole number from 1 to 1,000,000.
    ///
    /// # Errors
    /// [`ErrorKind::Metadata`] when it is missing or not such a number.
    pub fn count(&self, key: &str) -> Result<usize, Error> {
        let text = self.metadata(key).ok_or_else(|| Error::new(ErrorKind::Metadata, format!("weights: metadata {key:?} is missing")))?;
        text.parse::<usize>().ok().filter(|n| (1..=1_000_000).contains(n)).ok_or_else(|| {
            Error::new(ErrorKind::Metadata, format!("weights: metadata {key:?} is {text:?}, not a whole number from 1 to 1000000"))
        })
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// Type and shape of the tensor `name`, if there is one.
    pub fn tensor(&self, name: &str) -> Option<(TensorType, &[usize])> {
        self.tensors.get(name).map(|e| (e.kind, e.shape.as_slice()))
    }

    /// The shape of the tensor `name`.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when it is missing or does not have `N` dimensions.
    pub fn shape<const N: usize>(&self, name: &str) -> Result<[usize; N], Error> {
        let entry = self.entry(name)?;
        entry.shape.as_slice().try_into().map_err(|_| {
            Error::new(ErrorKind::Tensor, format!("weights: tensor {name:?} has shape {:?}, expected {N} dimensions", entry.shape))
        })
    }

    /// The values of the f32 tensor `name`, which must have the given shape and only finite values.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] otherwise.
    pub fn f32(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.checked(name, TensorType::F32, shape)?;
        let values: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|c| f32::from_le_bytes(*c)).collect();
        if values.iter().all(|x| x.is_finite()) {
            Ok(values)
        } else {
            Err(Error::new(ErrorKind::Tensor, format!("weights: tensor {name:?} has a value that is not finite")))
        }
    }

    /// The values of the i8 tensor `name`, which must have the given shape.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] otherwise.
    pub fn i8(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        Ok(self.checked(name, TensorType::I8, shape)?.iter().map(|&b| b.cast_signed()).collect())
    }

    /// The values of the u8 tensor `name`, which must have the given shape.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] otherwise.
    pub fn bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<u8>, Error> {
        self.checked(name, TensorType::U8, shape).map(<[u8]>::to_vec)
    }

    /// The bytes of the u8 tensor `name`, of any shape.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when it is missing or of another type.
    pub fn u8(&self, name: &str) -> Result<&[u8], Error> {
        let entry = self.entry(name)?;
        self.checked(name, TensorType::U8, &entry.shape)
    }

    /// The u8 tensor `name` as text.
    ///
    /// # Errors
    /// [`ErrorKind::Tensor`] when it is missing, of another type, or not UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, Error> {
        std::str::from_utf8(self.u8(name)?)
            .map_err(|e| Error::new(ErrorKind::Tensor, format!("weights: tensor {name:?} is not UTF-8 after byte {}", e.valid_up_to())))
    }

    fn entry(&self, name: &str) -> Result<&Entry, Error> {
        self.tensors.get(name).ok_or_else(|| Error::new(ErrorKind::Tensor, format!("weights: tensor {name:?} is missing")))
    }

    fn checked(&self, name: &str, kind: TensorType, shape: &[usize]) -> Result<&[u8], Error> {
        let entry = self.entry(name)?;
        if entry.kind != kind || entry.shape != shape {
            return Err(Error::new(
                ErrorKind::Tensor,
                format!("weights: tensor {name:?} is {} {:?}, expected {} {shape:?}", entry.kind.name(), entry.shape, kind.name()),
            ));
        }
        Ok(&self.bytes[entry.start..entry.end])
    }
}

type Header = (BTreeMap<String, String>, BTreeMap<String, Entry>);

fn read_header(reader: &mut Reader, payload_start: usize, payload_end: usize) -> Result<Header, Error> {
    let mut metadata = BTreeMap::new();
    for _ in 0..reader.u32()? {
        let key = reader.string()?;
        let value = reader.string()?;
        if metadata.insert(key.clone(), value).is_some() {
            return Err(format_error(format!("weights: metadata {key:?} occurs twice")));
        }
    }
    let mut tensors = BTreeMap::new();
    for _ in 0..reader.u32()? {
        let name = reader.string()?;
        let entry = read_entry(reader, &name, payload_start, payload_end)?;
        if tensors.insert(name.clone(), entry).is_some() {
            return Err(format_error(format!("weights: tensor {name:?} occurs twice")));
        }
    }
    if reader.at != reader.bytes.len() {
        return Err(format_error("weights: the header is longer than its entries"));
    }
    Ok((metadata, tensors))
}

fn read_entry(reader: &mut Reader, name: &str, payload_start: usize, payload_end: usize) -> Result<Entry, Error> {
    let kind = match reader.u8()? {
        0 => TensorType::F32,
        1 => TensorType::I8,
        2 => TensorType::U8,
        other => return Err(format_error(format!("weights: tensor {name:?} has the unknown type {other}"))),
    };
    let rank = usize::from(reader.u8()?);
    if rank > MAX_RANK {
        return Err(format_error(format!("weights: tensor {name:?} has {rank} dimensions, more than {MAX_RANK}")));
    }
    let outside = || format_error(format!("weights: tensor {name:?} lies outside the file"));
    let mut shape = Vec::with_capacity(rank);
    let mut size = kind.bytes();
    for _ in 0..rank {
        let dimension = usize::try_from(reader.u64()?).map_err(|_| outside())?;
        size = size.checked_mul(dimension).ok_or_else(outside)?;
        shape.push(dimension);
    }
    let offset = usize::try_from(reader.u64()?).map_err(|_| outside())?;
    if offset % ALIGNMENT != 0 {
        return Err(format_error(format!("weights: tensor {name:?} starts at {offset}, not a multiple of {ALIGNMENT}")));
    }
    let start = payload_start.checked_add(offset).ok_or_else(outside)?;
    let end = start.checked_add(size).filter(|&end| end <= payload_end).ok_or_else(outside)?;
    Ok(Entry { kind, shape, start, end })
}

fn format_error(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, message)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let taken = self.at.checked_add(count).and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| format_error("weights file ends inside its header; is the download complete?"))?;
        self.at += count;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        Ok(self.take(N)?.try_into().expect("take returns N bytes"))
    }

    fn u8(&mut self) -> Result<u8, Error> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, Error> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn string(&mut self) -> Result<String, Error> {
        let count = self.u32()? as usize;
        let bytes = self.take(count)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| format_error("weights: a name in the header is not UTF-8"))
    }
}

/// A writer for tests; weights that ship are written by `training/container.py`.
#[cfg(test)]
pub(crate) mod writing {
    use super::*;

    pub(crate) enum Values {
        F32(Vec<f32>),
        I8(Vec<i8>),
        U8(Vec<u8>),
    }

    pub(crate) fn write(tensors: &[(String, Vec<usize>, Values)], metadata: &[(&str, &str)]) -> Vec<u8> {
        let mut header = Vec::new();
        let mut payload = Vec::new();
        let string = |out: &mut Vec<u8>, s: &str| {
            out.extend((s.len() as u32).to_le_bytes());
            out.extend(s.bytes());
        };
        header.extend((metadata.len() as u32).to_le_bytes());
        for (key, value) in metadata {
            string(&mut header, key);
            string(&mut header, value);
        }
        header.extend((tensors.len() as u32).to_le_bytes());
        for (name, shape, values) in tensors {
            payload.resize(payload.len().next_multiple_of(ALIGNMENT), 0);
            let (code, bytes): (u8, Vec<u8>) = match values {
                Values::F32(v) => (0, v.iter().flat_map(|x| x.to_le_bytes()).collect()),
                Values::I8(v) => (1, v.iter().map(|x| x.cast_unsigned()).collect()),
                Values::U8(v) => (2, v.clone()),
            };
            string(&mut header, name);
            header.extend([code, shape.len() as u8]);
            for &d in shape {
                header.extend((d as u64).to_le_bytes());
            }
            header.extend((payload.len() as u64).to_le_bytes());
            payload.extend(bytes);
        }
        seal(&header, &payload)
    }

    pub(crate) fn seal(header: &[u8], payload: &[u8]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend((header.len() as u32).to_le_bytes());
        out.extend(header);
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(payload);
        let digest = Sha256::digest(&out);
        out.extend(digest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::writing::{Values, seal, write};
    use super::*;

    fn sample() -> Vec<u8> {
        write(
            &[
                ("a".into(), vec![2, 3], Values::F32(vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.5])),
                ("b".into(), vec![4], Values::I8(vec![-127, 0, 1, 127])),
                ("c".into(), vec![5], Values::U8(b"no\nun".to_vec())),
            ],
            &[("layers", "6"), ("name", "Ä")],
        )
    }

    #[test]
    fn reads_what_was_written() {
        let w = Weights::from_bytes(sample()).unwrap();
        assert_eq!(w.f32("a", &[2, 3]).unwrap()[5], 5.5);
        assert_eq!(w.i8("b", &[4]).unwrap(), [-127, 0, 1, 127]);
        assert_eq!(w.text("c").unwrap(), "no\nun");
        assert_eq!((w.count("layers").unwrap(), w.metadata("name")), (6, Some("Ä")));
        assert_eq!(w.names().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(w.shape::<2>("a").unwrap(), [2, 3]);
    }

    #[test]
    fn errors_name_the_tensor() {
        let w = Weights::from_bytes(sample()).unwrap();
        let cases = [
            (w.f32("a", &[3, 2]).unwrap_err(), "weights: tensor \"a\" is f32 [2, 3], expected f32 [3, 2]"),
            (w.f32("b", &[4]).unwrap_err(), "weights: tensor \"b\" is i8 [4], expected f32 [4]"),
            (w.i8("d", &[4]).unwrap_err(), "weights: tensor \"d\" is missing"),
            (w.count("name").unwrap_err(), "weights: metadata \"name\" is \"Ä\", not a whole number from 1 to 1000000"),
        ];
        for (error, expected) in cases {
            assert_eq!(error.to_string(), expected);
        }
        let bad = write(&[("x".into(), vec![1], Values::F32(vec![f32::NAN]))], &[]);
        assert!(Weights::from_bytes(bad).unwrap().f32("x", &[1]).unwrap_err().to_string().contains("not finite"));
    }

    #[test]
    fn every_truncation_and_every_changed_byte_is_an_error() {
        let good = sample();
        for length in 0..good.len() {
            assert!(Weights::from_bytes(good[..length].to_vec()).is_err(), "length {length}");
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x41;
            assert!(Weights::from_bytes(bad).is_err(), "byte {at}");
        }
    }

    /// The digest holds here, so the header itself must be checked.
    #[test]
    fn hostile_headers_are_errors() {
        let name = [1u32.to_le_bytes().as_slice(), b"a"].concat();
        let tensor = |kind: u8, dims: &[u64], offset: u64| {
            let mut h = [0u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
            h.extend(&name);
            h.extend([kind, dims.len() as u8]);
            dims.iter().for_each(|d| h.extend(d.to_le_bytes()));
            h.extend(offset.to_le_bytes());
            h
        };
        let trailing = [tensor(2, &[64], 0), vec![0]].concat();
        let huge_count = u32::MAX.to_le_bytes().to_vec();
        let huge_string = [1u32.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
        let twice = {
            let mut h = tensor(2, &[64], 0);
            let entry = h[8..].to_vec();
            h[4] = 2;
            h.extend(entry);
            h
        };
        let cases = [
            ("outside", tensor(2, &[65], 0)),
            ("offset outside", tensor(2, &[64], 64)),
            ("offset overflow", tensor(2, &[64], u64::MAX - 63)),
            ("size overflow", tensor(0, &[u64::MAX, 2], 0)),
            ("product overflow", tensor(0, &[1 << 32, 1 << 32], 0)),
            ("unaligned", tensor(2, &[1], 3)),
            ("unknown type", tensor(9, &[1], 0)),
            ("rank", tensor(2, &[1, 1, 1, 1, 1], 0)),
            ("trailing", trailing),
            ("count", huge_count),
            ("string", huge_string),
            ("twice", twice),
        ];
        assert!(Weights::from_bytes(seal(&tensor(2, &[64], 0), &[0; 64])).is_ok());
        for (what, header) in cases {
            let error = Weights::from_bytes(seal(&header, &[0; 64])).expect_err(what);
            assert_eq!(error.kind(), ErrorKind::Format, "{what}");
        }
    }
}
