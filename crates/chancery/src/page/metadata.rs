//! What HTML says about itself, and what the caller says instead.
//!
//! `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-07-16T..."}` -> published 2024-07-16, from the
//! metadata. JSON-LD goes before OpenGraph, OpenGraph before `<time>` and `<title>`; the caller goes before all of them.

use super::{DateSource, Metadata, Published, RawPage, date};
use crate::language;
use scraper::{ElementRef, Html};
use serde_json::Value;

/// Most JSON-LD values looked at.
const MOST_VALUES: usize = 5000;

/// Reads the metadata of a parsed page.
pub(super) fn read(html: &Html) -> Metadata {
    let mut found = Metadata::default();
    let elements: Vec<ElementRef> = html.root_element().descendants().filter_map(ElementRef::wrap).collect();
    for script in elements.iter().filter(|e| is_json_ld(e)) {
        if let Ok(value) = serde_json::from_str(&script.text().collect::<String>()) {
            json_ld(&value, &mut found);
        }
    }
    for meta in elements.iter().filter(|e| e.value().name() == "meta") {
        meta_tag(meta, &mut found);
    }
    let attribute = |name: &str, key: &str| elements.iter().find(|e| e.value().name() == name).and_then(|e| e.attr(key));
    let time = elements.iter().filter(|e| e.value().name() == "time" && !is_aside(e)).find_map(|e| e.attr("datetime").and_then(date::iso));
    found.published = found.published.or(time.map(of_metadata));
    let canonical = elements.iter().find(|e| e.value().name() == "link" && e.attr("rel") == Some("canonical")).and_then(|e| e.attr("href"));
    found.url = found.url.or(canonical.filter(|u| u.starts_with("http")).map(str::to_owned));
    found.language = attribute("html", "lang").and_then(language::normalized).or(found.language);
    let title = elements.iter().find(|e| e.value().name() == "title").map(|e| e.text().collect::<String>());
    found.title = found.title.map(|t| without_outlet(&t, found.outlet.as_deref())).or_else(|| title.and_then(|t| without_site(&t)));
    found
}

/// The metadata with what the caller knows put first; what could not be read is noted.
pub(super) fn with_caller(found: Metadata, raw: &RawPage, notes: &mut Vec<String>) -> Metadata {
    let stated = |field: &Option<String>| field.as_deref().map(str::trim).filter(|f| !f.is_empty()).map(str::to_owned);
    let url = stated(&raw.url).or(found.url);
    let mut whole = |date: &Option<String>| {
        stated(date).and_then(|written| {
            let iso = date::iso(&written);
            if iso.is_none() {
                notes.push(format!("date {written:?} is not a whole date and was left out; write it as 2024-07-16"));
            }
            iso
        })
    };
    let (caller, undated) = (whole(&raw.date).map(|date| Published { date, source: DateSource::Caller }), whole(&raw.undated));
    let of_url = || url.as_deref().and_then(date::in_url).map(|date| Published { date, source: DateSource::Url });
    let language = stated(&raw.language).and_then(|written| {
        let code = language::normalized(&written);
        if code.is_none() {
            notes.push(format!("language {written:?} is unknown and was left out; write it as a code such as en"));
        }
        code
    });
    Metadata {
        title: stated(&raw.title).or(found.title),
        published: caller.or(found.published).or_else(of_url),
        undated,
        outlet: stated(&raw.outlet).or(found.outlet),
        language: language.or(found.language),
        byline: found.byline,
        url,
    }
}

/// A date the markup states.
pub(super) fn of_metadata(date: String) -> Published {
    Published { date, source: DateSource::Metadata }
}

/// White space collapsed; `None` if nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

fn is_json_ld(element: &ElementRef) -> bool {
    element.value().name() == "script" && element.attr("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn is_aside(element: &ElementRef) -> bool {
    element.ancestors().take(60).filter_map(ElementRef::wrap).any(|a| matches!(a.value().name(), "aside" | "nav" | "footer"))
}

/// Takes the first article among the values, wherever it is nested (`@graph`, lists).
fn json_ld(value: &Value, found: &mut Metadata) {
    let (mut open, mut seen) = (vec![value], 0);
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > MOST_VALUES {
            return;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => {
                if is_article(fields.get("@type")) {
                    article_fields(value, found);
                }
                open.extend(fields.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|t| t.ends_with("Article") || matches!(t, "BlogPosting" | "Report" | "LiveBlogPosting"));
    match kind {
        Some(Value::Array(kinds)) => kinds.iter().any(named),
        Some(kind) => named(kind),
        None => false,
    }
}

fn article_fields(value: &Value, found: &mut Metadata) {
    let text = |key: &str| value.get(key).and_then(name).and_then(|t| clean(&t));
    found.title = found.title.take().or_else(|| text("headline"));
    found.outlet = found.outlet.take().or_else(|| text("publisher"));
    found.byline = found.byline.take().or_else(|| text("author").filter(|a| !a.starts_with("http")));
    found.language = found.language.take().or_else(|| text("inLanguage").and_then(|l| language::normalized(&l)));
    found.published = found.published.take().or_else(|| text("datePublished").and_then(|d| date::iso(&d)).map(of_metadata));
}

/// A name written as a string, an object with `name`, or a list of either.
fn name(value: &Value) -> Option<String> {
    let single = |v: &Value| v.as_str().or_else(|| v.get("name").and_then(Value::as_str)).map(str::to_owned);
    match value {
        Value::Array(items) => Some(items.iter().take(10).filter_map(single).collect::<Vec<_>>().join(", ")),
        value => single(value),
    }
}

/// OpenGraph, Dublin Core and the other `<meta>` that news sites use.
fn meta_tag(meta: &ElementRef, found: &mut Metadata) {
    let Some(content) = meta.attr("content").and_then(clean) else { return };
    let key = meta.attr("property").or(meta.attr("name")).or(meta.attr("itemprop")).unwrap_or_default().to_lowercase();
    let put = |field: &mut Option<String>| {
        if field.is_none() {
            *field = Some(content.clone());
        }
    };
    match key.as_str() {
        "og:title" => put(&mut found.title),
        "og:site_name" => put(&mut found.outlet),
        "og:url" if content.starts_with("http") => put(&mut found.url),
        "author" | "dc.creator" | "parsely-author" if !content.starts_with("http") => put(&mut found.byline),
        "article:published_time"
        | "og:published_time"
        | "datepublished"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "date"
        | "dc.date"
        | "dc.date.issued"
        | "dcterms.date"
        | "dcterms.created"
        | "parsely-pub-date"
        | "sailthru.date"
        | "publication_date"
            if found.published.is_none() =>
        {
            found.published = date::iso(&content).map(of_metadata);
        }
        _ => {}
    }
}

/// `Talks end | The Courier` -> `Talks end`, when the outlet is `The Courier`.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let bare = title.strip_suffix(outlet).map(|t| t.trim_end_matches([' ', '|', '-', '–', '—', ':', '·']));
    bare.filter(|t| !t.is_empty()).unwrap_or(title).to_owned()
}

/// `<title>` without the site's name behind the last ` | ` or ` - `.
fn without_site(title: &str) -> Option<String> {
    let title = clean(title)?;
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|s| title.rfind(s).map(|at| (at, s.len()))).max();
    let bare = cut.filter(|(at, len)| title.get(at + len..).is_some_and(|site| site.split_whitespace().count() <= 4));
    Some(bare.and_then(|(at, _)| title.get(..at)).map_or(title.clone(), str::to_owned))
}
