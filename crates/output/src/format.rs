//! stub
#![allow(missing_docs)]
use crate::Error;
use chancery_record::Record;
use std::path::{Path, PathBuf};
pub struct Options { pub colour: bool, pub width: usize, pub all_statuses: bool }
impl Default for Options { fn default() -> Self { Options { colour: false, width: 100, all_statuses: false } } }
pub enum Destination { Stdout, Path(PathBuf) }
pub trait Writer { fn page(&mut self, records: &[Record]) -> Result<(), Error>; fn finish(self: Box<Self>) -> Result<(), Error>; }
pub fn writer(format: &str, _destination: Destination, _options: Options) -> Result<Box<dyn Writer>, Error> { Err(Error::usage(format!("{format:?} is not built yet"))) }
pub fn format_names() -> Vec<&'static str> { vec!["jsonl", "csv", "tsv", "parquet", "html", "pretty"] }
pub fn format_of(_path: &Path) -> Option<&'static str> { None }
#[derive(Debug, Default)]
pub struct VerifyReport { pub spans: usize, pub matching: usize, pub unverifiable: usize, pub mismatches: Vec<String> }
pub fn verify(_records: impl Iterator<Item = Result<Record, String>>) -> Result<VerifyReport, String> { Ok(VerifyReport::default()) }
pub fn card(record: &Record, _text: Option<&str>, _options: &Options) -> String { record.id().to_owned() }
