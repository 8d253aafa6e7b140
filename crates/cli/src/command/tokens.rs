//! `chancery tokens`: `{"text": ...}` lines in, `{"tokens": [[start, end], ...]}` (code points) lines out.

use super::write_error;
use crate::End;
use chancery_record::{Span, Text};
use std::io::{self, BufRead, BufWriter, Write};

pub fn run() -> Result<End, String> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (n, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|e| format!("stdin:{}: {e}", n + 1))?;
        let row: serde_json::Value = serde_json::from_str(&line).map_err(|e| format!("stdin:{}: {e}", n + 1))?;
        let text = Text::new(row["text"].as_str().unwrap_or_default());
        let span = Span::new(0, text.as_str().len());
        let tokens: Vec<(usize, usize)> =
            chancery::sentence::tokens(text.as_str(), span).into_iter().map(|t| text.offsets().chars(t)).collect();
        writeln!(out, "{}", serde_json::json!({ "tokens": tokens })).map_err(write_error)?;
    }
    out.flush().map(|()| End::Done).map_err(write_error)
}
