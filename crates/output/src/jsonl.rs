//! JSON Lines: one record a line, in the order given.

use crate::{
    Destination, Error, Options, Writer,
    sink::{Sink, Written},
};
use chancery_record::Record;

struct Jsonl(Sink);

/// Opens a writer of JSON Lines.
pub fn open(destination: Destination, _: Options) -> Result<Box<dyn Writer>, Error> {
    Ok(Box::new(Jsonl(Sink::open(&destination)?)))
}

impl Writer for Jsonl {
    fn page(&mut self, records: &[Record]) -> Result<(), Error> {
        for record in records {
            let mut line =
                serde_json::to_string(record).map_err(|e| Error::usage(format!("{}: cannot be written as json: {e}", record.id())))?;
            line.push('\n');
            self.0.write(&line)?;
        }
        // A page is whole when the next begins: a reader of the pipe sees it at once.
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        Ok(vec![self.0.finish()?])
    }
}
