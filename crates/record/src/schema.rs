//! JSON Schema of the records, generated from the types.

/// The schema of one line of `--to jsonl` (JSON Schema 2020-12), as pretty JSON with a final line feed.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(crate::Record);
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    /// Run with `BLESS=1` to rewrite the file; the diff is the change of the contract.
    #[test]
    fn the_checked_in_schema_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/records.schema.json");
        let schema = super::json_schema();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &schema).expect("docs/ can be written");
        }
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        assert!(stored == schema, "docs/records.schema.json is out of date: run BLESS=1 cargo test -p chancery-record");
    }
}
