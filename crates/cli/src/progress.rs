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

    /// Counts one page with its records; `share` of all input has been read (0-1), where that is known.
    pub fn page(&mut self, records: usize, share: Option<f64>) {
        self.pages += 1;
        self.records += records;
        if self.shows && self.started.elapsed() > Duration::from_secs(2) && self.said.elapsed() > Duration::from_millis(500) {
            self.said = Instant::now();
            let seconds = self.seconds();
            let rate = self.pages as f64 / seconds;
            let left = |share: f64| format!(", {:.0} % read, {} left", 100.0 * share, time(seconds * (1.0 - share) / share));
            let left = share.filter(|s| *s > 0.0).map(left).unwrap_or_default();
            eprint!("\r{} pages, {} records, {rate:.0} pages/s{left} \x1b[K", self.pages, self.records);
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

/// Seconds for people: `40 s`, `12 min`, `3.5 h`.
fn time(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.0} s"),
        s if s < 6000.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_short() {
        assert_eq!([4.4, 99.0, 300.0, 12600.0].map(super::time), ["4 s", "99 s", "5 min", "3.5 h"]);
    }
}
