//! What is told of an event -> the CAMEO code; the type's parent code when nothing decides.

use chancery_knowledge::Knowledge;
use chancery_record::EventType;
use std::sync::LazyLock;

/// The text of `knowledge/ontology/cameo_predicates.tsv`, compiled in; its head says how a row is written.
pub const TABLE: &str = include_str!("../../../knowledge/ontology/cameo_predicates.tsv");

/// What the code of an event depends on.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<&'a str>,
    /// The predicate and what follows it, lower case, with blanks between.
    pub words: &'a str,
    /// How many of the words are the predicate's.
    pub own: usize,
    /// PLOVER contexts.
    pub contexts: &'a [String],
    /// Sectors of the actors.
    pub sectors: &'a [&'a str],
    /// Planned, expected or conditional.
    pub is_ahead: bool,
}

/// One condition of a row.
enum Condition {
    /// A word begins so.
    Words(Vec<&'static str>),
    /// A word of the predicate begins so.
    Predicate(Vec<&'static str>),
    Contexts(Vec<&'static str>),
    Sectors(Vec<&'static str>),
    Ahead,
}

impl Condition {
    fn read(cell: &'static str) -> Condition {
        let any = |list: &'static str| list.split('|').collect();
        match cell.split_at_checked(1) {
            Some(("^", list)) => Condition::Predicate(any(list)),
            Some(("+", list)) => Condition::Contexts(any(list)),
            Some(("@", list)) => Condition::Sectors(any(list)),
            Some((">", "")) => Condition::Ahead,
            _ => Condition::Words(any(cell)),
        }
    }

    fn holds(&self, told: &Told) -> bool {
        let begins = |stems: &[&str], n: usize| told.words.split(' ').take(n).any(|w| stems.iter().any(|stem| w.starts_with(stem)));
        match self {
            Condition::Words(stems) => begins(stems, usize::MAX),
            Condition::Predicate(stems) => begins(stems, told.own),
            Condition::Contexts(names) => told.contexts.iter().any(|c| names.contains(&c.as_str())),
            Condition::Sectors(names) => told.sectors.iter().any(|s| names.contains(s)),
            Condition::Ahead => told.is_ahead,
        }
    }
}

/// A row of the table.
struct Row {
    event_type: &'static str,
    mode: &'static str,
    conditions: Vec<Condition>,
    code: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).filter_map(|line| {
        let mut cells = line.split('\t');
        let (event_type, mode, conditions, code) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let conditions = conditions.split(' ').filter(|c| *c != "*").map(Condition::read).collect();
        Some(Row { event_type, mode, conditions, code })
    });
    rows.collect()
});

/// The code of an event. The first row that fits wins.
pub fn code(knowledge: &Knowledge, told: &Told) -> Option<String> {
    let fits = |row: &&Row| {
        row.event_type == told.event_type.code()
            && (row.mode == "*" || Some(row.mode) == told.mode)
            && row.conditions.iter().all(|c| c.holds(told))
    };
    let refined = ROWS.iter().find(fits).map(|row| row.code);
    refined.or_else(|| knowledge.ontology().cameo(told.event_type.code(), told.mode)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_is_whole_and_of_a_known_type() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(ROWS.len(), lines);
        assert!(!TABLE.contains("||") && !TABLE.contains("|\t") && !TABLE.contains("  "), "an empty word fits everything");
        let codes: HashSet<&str> =
            include_str!("../../../knowledge/ontology/cameo.tsv").lines().filter_map(|l| l.split('\t').next()).collect();
        for row in ROWS.iter() {
            assert!(row.event_type.parse::<EventType>().is_ok(), "{}", row.event_type);
            assert!(codes.contains(row.code), "{} is no code of cameo.tsv", row.code);
        }
    }

    #[test]
    fn conditions_read_words_contexts_sectors_and_what_lies_ahead() {
        let told = |words: &'static str, own| Told {
            event_type: EventType::Concede,
            mode: None,
            words,
            own,
            contexts: &[],
            sectors: &["MIL"],
            is_ahead: true,
        };
        let holds = |cell: &'static str, t: &Told| Condition::read(cell).holds(t);
        let t = told("would lift the ban on exports", 2);
        assert!(holds("ban|curfew", &t) && holds("^lift", &t) && holds(">", &t) && holds("@REB|MIL", &t));
        assert!(!holds("^ban", &t) && !holds("port", &t) && !holds("+economic", &t) && !holds("@COP", &t));
        let contexts = ["economic".to_owned()];
        assert!(holds("+legal|economic", &Told { contexts: &contexts, ..t }));
        assert!(!holds(">", &Told { is_ahead: false, ..t }));
    }
}
