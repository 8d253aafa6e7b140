//! Progress on stderr: pages, rate, outcomes. Quiet when stderr is no terminal, and on short runs.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Counts pages and says so now and then.
pub struct Progress {
    started: Instant,
    said: Instant,
    shows: bool,
    pages: usize,
    records: usize,
}

impl Progress {
    /// Starts counting.
    pub fn new() -> Self {
        let now = Instant::now();
        Progress { started: now, said: now, shows: std::io::stderr().is_terminal(), pages: 0, records: 0 }
    }

    /// Counts one page with its records.
    pub fn page(&mut self, records: usize) {
        self.pages += 1;
        self.records += records;
        if self.shows && self.started.elapsed() > Duration::from_secs(2) && self.said.elapsed() > Duration::from_millis(500) {
            self.said = Instant::now();
            let rate = self.pages as f64 / self.started.elapsed().as_secs_f64();
            eprint!("\r{} pages, {} records, {rate:.0} pages/s ", self.pages, self.records);
            let _ = std::io::stderr().flush();
        }
    }

    /// Clears the line.
    pub fn finish(&self) {
        if self.shows && self.said > self.started {
            eprint!("\r\x1b[K");
        }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
