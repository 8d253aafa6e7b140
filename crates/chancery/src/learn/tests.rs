use super::*;
use serde_json::json;
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    Knowledge::load(&folder).expect("the knowledge of this repository loads")
});

const LONG: &str = "The talks about the northern fishing grounds went on until late in the evening, and no side would say whether the quota \
                    of last year is to be kept, raised or given up for good, people close to the delegations told reporters afterwards.";

/// A page with one article of `outlet`.
fn article(id: &str, outlet: Option<&str>, date: &str, text: &str) -> Vec<Record> {
    let end = text.chars().count();
    let page = json!({"record": "page", "id": format!("pg_{id}"), "source_id": id, "path": null, "url": null, "sha256": id, "text": text,
        "outcome": "coded", "reason": null, "articles": 1});
    let article = json!({"record": "article", "id": id, "page_id": format!("pg_{id}"), "index": 0, "headline": null, "byline": null,
        "dateline": null, "published": {"date": date, "source": "caller"}, "outlet": outlet, "language": "en", "start": 0, "end": end,
        "body": [{"start": 0, "end": end}], "dropped": [], "duplicate_of": null});
    [page, article].map(|v| serde_json::from_value(v).expect("a record")).to_vec()
}

fn lessons(articles: &[(&str, Option<&str>, &str, &str)]) -> Learned {
    let records: Vec<Record> = articles.iter().flat_map(|(id, outlet, date, text)| article(id, *outlet, date, text)).collect();
    learn(&records, &KNOWLEDGE)
}

const FIRST: &str = "Norwegian Foreign Minister Marit Haugdal arrived on Monday.";
const SECOND: &str = "“We will sign,” said Marit Haugdal, Norway's foreign minister. She left.";

#[test]
fn two_independent_articles_teach_and_the_row_has_their_dates() {
    let found = lessons(&[("a1", Some("Courier"), "2031-05-02", FIRST), ("a2", Some("Herald"), "2031-05-12", SECOND)]);
    let [lesson] = found.lessons.as_slice() else { panic!("{found:?}") };
    let cells = lesson.cells(&KNOWLEDGE).join("|");
    assert_eq!(cells, "Marit Haugdal||NOR|FM|Foreign Minister|2031-05-02||2031-05-12|learned");
    assert_eq!(lesson.outlets().into_iter().collect::<Vec<_>>(), ["Courier", "Herald"]);
    assert_eq!(lesson.sightings[1].quote, "“We will sign,” said Marit Haugdal, Norway's foreign minister.");
    assert!(lesson.again().is_none(), "{:?}", lesson.known);
}

#[test]
fn one_witness_is_not_enough() {
    let long = format!("{FIRST} {LONG}");
    for (second, why) in [
        (("a2", Some("courier"), "2031-05-12", SECOND), "the same outlet"),
        (("a2", None, "2031-05-12", SECOND), "an outlet that nobody states"),
        (("a2", Some("Herald"), "2031-08-12", SECOND), "three months later"),
        (("a2", Some("Herald"), "2031-05-03", long.as_str()), "a copy"),
        (("a2", Some("Herald"), "2031-05-12", "Former Norwegian foreign minister Marit Haugdal left."), "former"),
    ] {
        let found = lessons(&[("a1", Some("Courier"), "2031-05-02", &long), second]);
        assert!(found.lessons.is_empty() && found.alone == 1, "{why}: {found:?}");
    }
}

#[test]
fn an_outlet_that_one_article_states_and_the_other_shows_by_its_host_is_one() {
    let on_page = |id: &str, outlet: Option<&str>, text: &str, url: &str| {
        let mut records = article(id, outlet, "2031-05-02", text);
        if let Record::Page(p) = &mut records[0] {
            p.url = Some(url.to_owned());
        }
        records
    };
    for (url, lessons) in [("https://m.courier.example/b", 0), ("https://herald.example/b", 1)] {
        let records =
            [on_page("a1", Some("The Courier"), FIRST, "https://www.courier.example/a"), on_page("a2", None, SECOND, url)].concat();
        assert_eq!(learn(&records, &KNOWLEDGE).lessons.len(), lessons, "{url}");
    }
}

#[test]
fn what_is_known_is_no_lesson_and_a_stale_holder_is_confirmed() {
    let verified = "Norwegian Prime Minister Jonas Gahr Støre spoke.";
    let found = lessons(&[("a1", Some("Courier"), "2025-10-02", verified), ("a2", Some("Herald"), "2025-10-05", verified)]);
    assert!(found.lessons.is_empty() && found.known == 1, "{found:?}");
    let found = lessons(&[("a1", Some("Courier"), "2028-10-02", verified), ("a2", Some("Herald"), "2028-10-05", verified)]);
    let [lesson] = found.lessons.as_slice() else { panic!("{found:?}") };
    let cells = lesson.cells(&KNOWLEDGE).join("|");
    assert_eq!(cells, "Jonas Gahr Støre|Jonas Gahr Store|NOR|HOG|Prime Minister|2021-10-14||2028-10-05|learned");
}

#[test]
fn spellings_of_one_person_are_one_and_pages_without_text_are_counted() {
    let first = "Saudi Foreign Minister Abdel Rahman al-Example spoke.";
    let second = "Saudi Foreign Minister Abdulrahman Al Example spoke.";
    let mut records = article("a1", Some("Courier"), "2031-05-02", first);
    records.extend(article("a2", Some("Herald"), "2031-05-03", second));
    let mut bare = article("a3", Some("Post"), "2031-05-03", second);
    if let Record::Page(p) = &mut bare[0] {
        p.text = None;
    }
    records.extend(bare);
    let found = learn(&records, &KNOWLEDGE);
    assert_eq!((found.lessons.len(), found.without_text), (1, 1), "{found:?}");
    assert_eq!(found.lessons[0].aliases.len(), 1, "{found:?}");
}
