//! Which records have rows in tables: of event reports and events what took place, unless all statuses are asked for.
//!
//! A report of background stands in its table where it belongs to an event that took place, so that every row of `event_crosswalk` finds its
//! event and its report. Events come in one call with their reports.

use crate::Options;
use chancery_record::Record;
use std::collections::HashSet;

/// Those of one call that have rows.
pub fn rows<'r>(records: &'r [Record], options: &Options) -> Vec<&'r Record> {
    let of_deeds = reports_of_deeds(records);
    records.iter().filter(|r| options.all_statuses || is_of_deed(r, &of_deeds)).collect()
}

/// How many event reports of a call tables leave out because of their status.
pub fn left_out(records: &[Record]) -> usize {
    let of_deeds = reports_of_deeds(records);
    records.iter().filter(|r| matches!(r, Record::EventReport(_)) && !is_of_deed(r, &of_deeds)).count()
}

/// The ids of the reports behind events that took place.
fn reports_of_deeds(records: &[Record]) -> HashSet<&str> {
    let deeds = records.iter().filter_map(|r| if let Record::Event(e) = r { Some(e).filter(|e| e.status.is_deed()) } else { None });
    deeds.flat_map(|e| e.reports.iter().map(String::as_str)).collect()
}

fn is_of_deed(record: &Record, of_deeds: &HashSet<&str>) -> bool {
    match record {
        Record::EventReport(r) => r.status.is_deed() || of_deeds.contains(r.id.as_str()),
        Record::Event(e) => e.status.is_deed(),
        _ => true,
    }
}
