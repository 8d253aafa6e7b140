//! PLOVER type, mode and the predicate's words -> the CAMEO code; the type's parent code when the words do not decide.

use chancery_knowledge::Knowledge;
use chancery_record::EventType;
use std::sync::LazyLock;

/// A row of `knowledge/ontology/cameo_predicates.tsv`.
struct Row {
    event_type: &'static str,
    mode: &'static str,
    /// Groups of stems; one stem of each group must begin some word of the predicate itself (true) or of it and the words after it.
    stems: Vec<(bool, Vec<&'static str>)>,
    code: &'static str,
}

/// The table's text, compiled in.
pub const TABLE: &str = include_str!("../../../knowledge/ontology/cameo_predicates.tsv");

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).filter_map(|line| {
        let mut cells = line.split('\t');
        let (event_type, mode, stems, code) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let group = |g: &'static str| (g.starts_with('^'), g.trim_start_matches('^').split('|').collect());
        let stems = stems.split(' ').map(group).collect();
        Some(Row { event_type, mode, stems, code })
    });
    rows.collect()
});

/// The code for `words` (lower case, the predicate and what follows it; the first `own` of them are the predicate). The first row that fits wins.
pub fn code(knowledge: &Knowledge, event_type: EventType, mode: Option<&str>, words: &str, own: usize) -> Option<String> {
    let fits = |row: &&Row| {
        let begins = |stem: &str, n: usize| stem == "*" || words.split(' ').take(n).any(|w| w.starts_with(stem));
        row.event_type == event_type.code()
            && (row.mode == "*" || Some(row.mode) == mode)
            && row
                .stems
                .iter()
                .all(|(of_predicate, group)| group.iter().any(|stem| begins(stem, if *of_predicate { own } else { usize::MAX })))
    };
    let refined = ROWS.iter().find(fits).map(|row| row.code);
    refined.or_else(|| knowledge.ontology().cameo(event_type.code(), mode)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole_and_of_a_known_type() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(ROWS.len(), lines);
        for row in ROWS.iter() {
            assert!(row.event_type.parse::<EventType>().is_ok(), "{}", row.event_type);
            assert!(row.code.len() >= 2 && row.code.chars().all(|c| c.is_ascii_digit()), "{}", row.code);
        }
    }
}
