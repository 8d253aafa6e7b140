//! Records in short words, shared by the page and the terminal.

use chancery_record::{Actor, DatePrecision, Place, Range, Record, When};
use std::collections::{BTreeSet, HashMap};

/// The article and sentence a record is in.
pub fn home(record: &Record) -> Option<(&str, Range)> {
    match record {
        Record::EventReport(r) => Some((&r.article_id, r.sentence)),
        Record::Statement(r) => Some((&r.article_id, r.sentence)),
        Record::LedgerEntry(r) => Some((&r.article_id, r.sentence)),
        _ => None,
    }
}

/// The records of each page apart, in the order of the pages, if they are of several: an event or item goes with the page of its first report or entry, a verdict
/// with every page of which it judges something, what is of no page with the first.
pub fn by_page(records: &[Record]) -> Option<Vec<Vec<Record>>> {
    let ids: Vec<&str> = records.iter().filter_map(|r| if let Record::Page(p) = r { Some(p.id.as_str()) } else { None }).collect();
    if ids.len() < 2 {
        return None;
    }
    let mut of: HashMap<&str, usize> = ids.iter().enumerate().rev().map(|(n, id)| (*id, n)).collect();
    let mut pages: Vec<Vec<Record>> = vec![Vec::new(); ids.len()];
    for record in records {
        if let Record::Verdict(v) = record {
            let judged: BTreeSet<usize> = v.applied.iter().filter_map(|a| of.get(a.id.as_str()).copied()).collect();
            let on = if judged.is_empty() { BTreeSet::from([0]) } else { judged };
            on.into_iter().for_each(|page| pages[page].push(record.clone()));
            continue;
        }
        let above = match record {
            Record::Page(p) => Some(p.id.as_str()),
            Record::Article(a) => Some(a.page_id.as_str()),
            Record::Event(e) => e.reports.iter().map(String::as_str).find(|id| of.contains_key(id)),
            Record::LedgerItem(i) => i.entries.iter().map(String::as_str).find(|id| of.contains_key(id)),
            _ => home(record).map(|(article, _)| article),
        };
        let page = above.and_then(|id| of.get(id).copied()).unwrap_or(0);
        of.entry(record.id()).or_insert(page);
        pages[page].push(record.clone());
    }
    Some(pages)
}

/// The records of each article by its id, with their numbers, in the order of the text.
pub fn by_article(records: &[Record]) -> HashMap<&str, Vec<(Range, usize, &Record)>> {
    let mut articles: HashMap<&str, Vec<(Range, usize, &Record)>> = HashMap::new();
    for (n, record) in records.iter().enumerate() {
        if let Some((article_id, sentence)) = home(record) {
            articles.entry(article_id).or_default().push((sentence, n, record));
        }
    }
    articles.values_mut().for_each(|own| own.sort_by_key(|(sentence, n, _)| (*sentence, *n)));
    articles
}

/// `JPN GOV`; the name or the mention when no country is known.
pub fn party(actor: &Actor) -> String {
    match (&actor.country, &actor.sector) {
        (Some(country), Some(sector)) => format!("{country} {sector}"),
        (Some(country), None) => country.clone(),
        _ => called(actor).to_owned(),
    }
}

/// The canonical name, else the mention.
pub fn called(actor: &Actor) -> &str {
    actor.name.as_deref().unwrap_or(&actor.text)
}

/// The parties of a side, each once.
pub fn side(actors: &[Actor]) -> String {
    let mut parties: Vec<String> = Vec::new();
    for party in actors.iter().map(party) {
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties.join(", ")
}

/// `JPN GOV -> SAU GOV`, with an arrow each way for what both do to each other.
pub fn dyad(actors: &[Actor], recipients: &[Actor], is_reciprocal: bool) -> String {
    let arrow = if is_reciprocal { "<->" } else { "->" };
    match (actors.is_empty(), recipients.is_empty()) {
        (false, false) => format!("{} {arrow} {}", side(actors), side(recipients)),
        (false, true) if is_reciprocal => actors.iter().map(party).collect::<Vec<_>>().join(" <-> "),
        (false, true) => side(actors),
        (true, false) => format!("? {arrow} {}", side(recipients)),
        (true, true) => "?".to_owned(),
    }
}

/// `2023-07-01 to 2023-07-31`; `None` when the words could not be resolved.
pub fn days(when: &When) -> Option<String> {
    match (&when.start, &when.end) {
        (Some(start), Some(end)) if start == end => Some(start.clone()),
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("from {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

/// `2023-07-01 to 2023-07-31 (“July”)`; the words alone when they could not be resolved.
pub fn when(when: &When) -> String {
    let words = when.text.as_deref().map(|t| format!("“{t}”"));
    match (days(when), words) {
        (Some(days), Some(words)) => format!("{days} ({words})"),
        (Some(days), None) => days,
        (None, Some(words)) => format!("{words}, not resolved"),
        (None, None) => "not resolved".to_owned(),
    }
}

/// `Riyadh, SAU`.
pub fn place(place: &Place) -> String {
    let name = place.name.as_deref().unwrap_or(&place.text);
    match &place.country {
        Some(country) => format!("{name}, {country}"),
        None => name.to_owned(),
    }
}

/// `14 May 2031`, `May 2031`, `2031`; anything else as it is.
pub fn day(iso: &str) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let mut parts = iso.split('-');
    let (year, month, day) = (parts.next().unwrap_or(iso), parts.next(), parts.next());
    let name = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.checked_sub(1)?));
    match (name, day.and_then(|d| d.parse::<u8>().ok())) {
        (Some(name), Some(day)) => format!("{day} {name} {year}"),
        (Some(name), None) if day.is_none() => format!("{name} {year}"),
        _ => iso.to_owned(),
    }
}

/// The days of a date in words: `14 May 2031`, `May 2031`, `5 May 2031 to 7 May 2031`; `None` when it could not be resolved.
pub fn days_in_words(when: &When) -> Option<String> {
    let (start, end) = (when.start.as_deref().or(when.end.as_deref())?, when.end.as_deref().or(when.start.as_deref())?);
    Some(match when.precision {
        DatePrecision::Month if start.get(..7) == end.get(..7) => day(start.get(..7)?),
        DatePrecision::Year if start.get(..4) == end.get(..4) => start.get(..4)?.to_owned(),
        _ if start == end => day(start),
        _ => format!("{} to {}", day(start), day(end)),
    })
}

/// An office key in words: `FM` -> foreign minister. Keys that have no words here stay.
pub fn office(key: &str) -> String {
    let words = match key {
        "HOS" => "head of state",
        "HOG" => "head of government",
        "DHOG" => "deputy head of government",
        "HEIR" => "heir to the throne",
        "FM" => "foreign minister",
        "DFM" => "deputy foreign minister",
        "DEF" => "defence minister",
        "DDEF" => "deputy defence minister",
        "INT" => "interior minister",
        "FIN" => "finance minister",
        "JUS" => "justice minister",
        "MIN" => "minister",
        "MP" => "member of parliament",
        "SPEAKER" => "speaker of parliament",
        "SPOKES" => "spokesperson",
        "AMB" => "ambassador",
        "ENVOY" => "envoy",
        "GOVERNOR" => "governor",
        "MILCHIEF" => "military commander",
        "HEAD" => "head",
        "MIN:AGR" => "agriculture minister",
        "MIN:ENV" => "environment minister",
        "MIN:EDU" => "education minister",
        "MIN:INFRA" => "infrastructure minister",
        "MIN:INFO" => "information minister",
        "MIN:COMMS" => "communications minister",
        key => return key.strip_prefix("MIN:").map_or(key.to_owned(), |matter| format!("{} minister", matter.to_lowercase())),
    };
    words.to_owned()
}

/// Text that begins with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// At most `most` characters, with an ellipsis for the rest.
pub fn clipped(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

/// `1 article`, `2 articles`.
pub fn count(n: usize, one: &str) -> String {
    match (n, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_parted_by_page() {
        let record = |value: serde_json::Value| serde_json::from_value::<Record>(value).expect("a record");
        let page = |id: &str| {
            record(serde_json::json!({"record": "page", "id": id, "source_id": id, "path": null, "url": null, "sha256": id, "text": id,
                "outcome": "coded", "reason": null, "articles": 1}))
        };
        let article = |id: &str, page: &str| {
            record(serde_json::json!({"record": "article", "id": id, "page_id": page, "index": 0, "headline": null, "byline": null,
                "dateline": null, "published": null, "outlet": null, "language": "en", "start": 0, "end": 1, "body": [], "dropped": [],
                "duplicate_of": null}))
        };
        let all = [page("p"), page("q"), article("a", "p"), article("b", "q")];
        let parted = by_page(&all).expect("two pages");
        let ids: Vec<Vec<&str>> = parted.iter().map(|p| p.iter().map(Record::id).collect()).collect();
        assert_eq!(ids, [["p", "a"], ["q", "b"]]);
        let verdict = record(
            serde_json::json!({"record": "verdict", "id": "v", "act": "accept", "ids": ["b"], "of": [], "by": "A", "on": "2031-05-07",
            "applied": [{"id": "b", "was": null}]}),
        );
        let judged = by_page(&[all.to_vec(), vec![verdict]].concat()).expect("two pages");
        assert_eq!((judged[0].len(), judged[1].len()), (2, 3), "a verdict is on the page of what it judges");
        assert!(by_page(&all[..1]).is_none());
    }

    #[test]
    fn offices_have_words() {
        assert_eq!(
            ["FM", "MIN:AGR", "MIN:TOURISM", "POLICE"].map(office),
            ["foreign minister", "agriculture minister", "tourism minister", "POLICE"]
        );
    }

    #[test]
    fn days_are_written_as_fine_as_they_are_known() {
        assert_eq!(
            ["2031-05-14", "2031-05", "2031", "soon", "2031-13-01"].map(day),
            ["14 May 2031", "May 2031", "2031", "soon", "2031-13-01"]
        );
    }
}
