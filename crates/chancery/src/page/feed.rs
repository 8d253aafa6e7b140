//! A feed (RSS 0.9 to 2.0, Atom) -> one raw page for each of its items.
//!
//! `<rss><channel><title>The Courier</title><item><title>Talks end</title><guid>7</guid>...` -> a [`RawPage`] with the title, date and
//! address of the item, `source_id` `7` and the outlet `The Courier`. The longest of an item's bodies (`content:encoded`, `content`,
//! `description`, `summary`) is the page; an item without any is its title. The feed is read as strict XML without entities of its own.

use super::{Media, Outcome, PageOptions, RawPage, charset, metadata};
use crate::text::head;
use roxmltree::{Document, Node, ParsingOptions};
use scraper::Html;

/// How far into a file its first element is looked for, in bytes.
const HEAD_BYTES: usize = 64 << 10;
/// Most namespace prefixes that a feed declares.
const MOST_PREFIXES: usize = 1000;
/// Most equals signs in one tag.
const MOST_ATTRIBUTES: usize = 200;
/// Starts of the namespaces of feeds themselves and of Dublin Core; elements of others (photos, podcasts) say something else.
const NAMESPACES: &[&str] = &[
    "http://www.w3.org/2005/Atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/rss/1.0/",
    "http://purl.org/dc/",
    "http://my.netscape.com/rdf/simple/",
    "http://channel.netscape.com/rdf/simple/",
    "http://backend.userland.com/rss",
];

/// The pages of a feed; `None` where the bytes are none. `name` is what messages call the file, and begins the items' paths.
///
/// ```
/// let feed = b"<rss version='2.0'><channel><title>The Courier</title><item><title>Talks end</title></item></channel></rss>";
/// let pages = chancery::page::raw_pages_from_feed("news.xml", feed).unwrap().unwrap();
/// assert_eq!((pages[0].path.as_deref(), pages[0].outlet.as_deref()), (Some("news.xml#1"), Some("The Courier")));
/// ```
///
/// # Errors
/// [`Outcome::Failed`] for what is not well-formed, defines entities or is too large or tangled, [`Outcome::Skipped`] for a feed without items.
pub fn raw_pages_from_feed(name: &str, bytes: &[u8]) -> Option<Result<Vec<RawPage>, Outcome>> {
    let start = String::from_utf8_lossy(bytes.get(..HEAD_BYTES).unwrap_or(bytes)).replace('\0', "");
    if !["<rss", "feed", "RDF"].iter().any(|root| start.contains(root)) {
        return None;
    }
    let decoded = charset::decode(name, bytes, Some(Media::Html)).ok()?;
    is_feed(&decoded.text).then(|| read(name, &decoded.text, &decoded.notes))
}

/// Whether the first element is that of a feed.
fn is_feed(text: &str) -> bool {
    let Some(root) = first_element(head(text, HEAD_BYTES)) else { return false };
    let tag = root.split('>').next().unwrap_or_default();
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    match name.rsplit(':').next() {
        Some("rss") => true,
        Some("feed" | "RDF") => NAMESPACES.iter().any(|namespace| tag.contains(namespace)),
        _ => false,
    }
}

/// The text from behind the `<` of the first element on.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let inside = rest.strip_prefix('<')?;
        let behind = |end: &str| inside.split_once(end).map(|(_, behind)| behind);
        rest = match inside.get(..1)? {
            "!" if inside.starts_with("!--") => behind("-->")?,
            "!" if inside.split('>').next().is_some_and(|declared| declared.contains('[')) => behind("]")?.split_once('>')?.1,
            "!" => behind(">")?,
            "?" => behind("?>")?,
            _ => return Some(inside),
        }
        .trim_start();
    }
}

fn read(name: &str, text: &str, notes: &[String]) -> Result<Vec<RawPage>, Outcome> {
    let limit = PageOptions::default().max_nodes;
    let options = ParsingOptions { nodes_limit: u32::try_from(limit).unwrap_or(u32::MAX), ..ParsingOptions::default() };
    let text = without_doctype(text.trim_start());
    if is_tangled(&text) {
        return Err(Outcome::Failed(format!(
            "{name}: a feed too tangled to read (nesting, attributes or namespaces); save its items as pages"
        )));
    }
    let feed = Document::parse_with_options(&text, options).map_err(|e| Outcome::Failed(format!("{name}: {}", trouble(&e, limit))))?;
    let root = feed.root_element();
    let about = child(root, "channel").unwrap_or(root);
    let (outlet, language) = (child(about, "title").and_then(words), child(about, "language").and_then(plain));
    let items = [root, about].into_iter().take(if root == about { 1 } else { 2 }).flat_map(|n| n.children());
    let items = items.filter(|n| matches!(n.tag_name().name(), "item" | "entry"));
    let pages: Vec<RawPage> = items
        .enumerate()
        .map(|(n, item)| RawPage {
            path: Some(format!("{name}#{}", n + 1)),
            outlet: outlet.clone(),
            language: language.clone(),
            notes: notes.to_vec(),
            ..page(item)
        })
        .collect();
    if pages.is_empty() {
        Err(Outcome::Skipped(format!("{name}: a feed without items; nothing to code, check the download")))
    } else {
        Ok(pages)
    }
}

/// Whether the elements are nested deeper or say more than the parser can take, whose time grows with the square of all of these.
fn is_tangled(text: &str) -> bool {
    let (mut rest, mut depth, mut prefixes) = (text, 0usize, 0);
    while let Some((_, inside)) = rest.split_once('<') {
        let behind = |open: &str, close: &str| Some(inside.strip_prefix(open)?.split_once(close).map_or("", |(_, behind)| behind));
        if let Some(behind) = behind("![CDATA[", "]]>").or_else(|| behind("!--", "-->")).or_else(|| behind("?", "?>")) {
            rest = behind;
            continue;
        }
        let (tag, behind) = inside.split_at(tag_end(inside));
        prefixes += tag.matches("xmlns:").count();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.ends_with('/') {
            depth += 1;
        }
        if depth > PageOptions::default().max_depth || prefixes > MOST_PREFIXES || tag.matches('=').count() > MOST_ATTRIBUTES {
            return true;
        }
        rest = behind;
    }
    false
}

/// Where a tag ends, whose attributes may hold a `>`.
fn tag_end(inside: &str) -> usize {
    let mut quote = None;
    for (at, c) in inside.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    inside.len()
}

/// The text with a document type that only names one taken out, as RSS 0.91 has it; one that defines something stays, and is refused.
fn without_doctype(text: &str) -> String {
    let declared = text.find("<!DOCTYPE").and_then(|at| Some((at, at + text.get(at..)?.find('>')? + 1)));
    match declared.and_then(|(from, to)| Some((text.get(..from)?, text.get(from..to)?, text.get(to..)?))) {
        Some((before, doctype, after)) if !doctype.contains('[') && !before.contains("<![CDATA[") => [before, after].concat(),
        _ => text.to_owned(),
    }
}

fn trouble(error: &roxmltree::Error, limit: usize) -> String {
    match error {
        roxmltree::Error::DtdDetected => {
            "a feed that defines entities of its own, which is not safe to read; save its items as pages".to_owned()
        }
        roxmltree::Error::NodesLimitReached => format!("a feed of more than {limit} XML nodes; split it"),
        error => format!("a feed that is not well-formed XML ({error}); load it again, or save its items as pages"),
    }
}

/// What an item says of itself; the feed's own fields are left open.
fn page(item: Node) -> RawPage {
    let title = child(item, "title").and_then(words);
    let body = item.children().filter_map(body).max_by_key(|(text, _)| text.len());
    let (bytes, media) = body.unwrap_or_else(|| (title.clone().unwrap_or_default(), Media::Text));
    let stated = |names: &[&str]| names.iter().find_map(|name| child(item, name).and_then(plain));
    let about = item.attributes().find(|a| a.name() == "about").map(|a| a.value().to_owned());
    let source_id = stated(&["guid", "id"]).or(about);
    let url = item.children().find_map(link).or_else(|| source_id.clone().filter(|id| id.starts_with("http")));
    let date = stated(&["pubDate", "published", "date", "issued", "created", "updated", "modified"]);
    RawPage { bytes: bytes.into_bytes(), media: Some(media), url, source_id, title, date, ..RawPage::default() }
}

/// The first child of a name that belongs to the feed itself or to Dublin Core, not to media extensions.
fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.tag_name().name() == name && is_of_feed(n))
}

fn is_of_feed(node: &Node) -> bool {
    node.tag_name().namespace().is_none_or(|n| NAMESPACES.iter().any(|known| n.starts_with(known)))
}

/// The address of an item, in an attribute (Atom) or as text (RSS).
fn link(node: Node) -> Option<String> {
    let is_page = node.attribute("rel").is_none_or(|rel| rel == "alternate");
    let is_link = node.tag_name().name() == "link" && is_of_feed(&node) && is_page;
    is_link.then(|| node.attribute("href").map(str::to_owned).or_else(|| plain(node))).flatten()
}

/// The text of a body element and what it is.
fn body(node: Node) -> Option<(String, Media)> {
    if !is_of_feed(&node) || !matches!(node.tag_name().name(), "encoded" | "content" | "description" | "summary") {
        return None;
    }
    if node.children().any(|n| n.is_element()) {
        return inner(node).map(|source| (source, Media::Html));
    }
    let text = plain(node)?;
    let is_html = match node.attribute("type") {
        Some("text" | "text/plain") => false,
        _ => has_markup(&text),
    };
    Some((text, if is_html { Media::Html } else { Media::Text }))
}

/// The markup inside an element, as XHTML bodies have it, without prefixes of names.
fn inner(node: Node) -> Option<String> {
    let (first, last) = (node.first_child()?, node.last_child()?);
    let source = node.document().input_text().get(first.range().start..last.range().end)?;
    let prefix = node.children().find(|n| n.is_element()).and_then(|n| n.tag_name().namespace().and_then(|uri| n.lookup_prefix(uri)));
    Some(match prefix.filter(|p| !p.is_empty()) {
        Some(prefix) => source.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</"),
        None => source.to_owned(),
    })
}

/// Whether a text has a tag or a character reference.
fn has_markup(text: &str) -> bool {
    let follows = |mark: char, is_next: fn(char) -> bool, end: char| {
        text.match_indices(mark).any(|(at, _)| {
            let rest = head(text.get(at + 1..).unwrap_or_default(), 2000);
            rest.starts_with(is_next) && rest.contains(end)
        })
    };
    follows('<', |c| c.is_ascii_alphabetic() || c == '/', '>') || text.split('&').skip(1).any(is_reference)
}

/// `amp; more`, `#8217;s`: what stands behind the `&` of a character reference.
fn is_reference(rest: &str) -> bool {
    rest.split_once(';')
        .is_some_and(|(name, _)| (2..=10).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// All text of an element, the ends trimmed; `None` without any.
fn plain(node: Node) -> Option<String> {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A title as words: markup in it read, white space collapsed.
fn words(node: Node) -> Option<String> {
    let text = plain(node)?;
    let is_html = node.attribute("type") != Some("text") && has_markup(&text);
    metadata::clean(&if is_html { Html::parse_fragment(&text).root_element().text().collect() } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page;

    fn pages(feed: &str) -> Vec<RawPage> {
        raw_pages_from_feed("f.xml", feed.as_bytes()).expect("a feed").expect("it is well-formed")
    }

    fn refused(feed: &str) -> Outcome {
        raw_pages_from_feed("f.xml", feed.as_bytes()).expect("a feed").expect_err("it is refused")
    }

    #[test]
    fn each_item_of_rss_is_a_page_with_its_own_metadata() {
        let all = pages(
            "<?xml version='1.0'?>\n<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'http://n.example/rss.dtd'>\n\
             <rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/'><channel>\
             <title>The Courier</title><language>en-gb</language><item><media:title>A photo</media:title><title>Chad &amp;amp; Niger sign</title>\
             <link>https://c.example/1</link><guid isPermaLink='false'>c-1</guid><pubDate>Tue, 04 Mar 2025 08:00:00 GMT</pubDate>\
             <description>Chad and Niger signed.</description><content:encoded><![CDATA[<p>Chad and Niger signed a pact on wells in Zinder.</p>\
             <p>Mali sent an envoy.</p>]]></content:encoded></item><item><title>Truce holds</title></item></channel></rss>",
        );
        let first = page::page(&all[0]).expect("text");
        assert_eq!(first.text, "Chad and Niger signed a pact on wells in Zinder.\n\nMali sent an envoy.\n\nChad & Niger sign");
        let metadata = &first.metadata;
        assert_eq!(metadata.published.as_ref().map(|p| p.date.as_str()), Some("2025-03-04"));
        assert_eq!((metadata.outlet.as_deref(), metadata.language.as_deref()), (Some("The Courier"), Some("en")));
        assert_eq!((metadata.url.as_deref(), first.source_id.as_deref()), (Some("https://c.example/1"), Some("c-1")));
        assert_eq!((all.len(), page::page(&all[1]).expect("text").text.as_str()), (2, "Truce holds"));
    }

    #[test]
    fn bodies_of_atom_are_read_as_what_they_are() {
        let all = pages(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:x='http://www.w3.org/1999/xhtml'><title>Wire</title><entry><id>urn:7</id>\
             <title type='text'>Peru &lt;b&gt;protests</title><link rel='self' href='https://w.example/self'/><link href='https://w.example/7'/>\
             <updated>2025-03-05T01:00:00+09:00</updated><summary>Peru protested.</summary><content type='xhtml'><x:div><x:p>Peru recalled its \
             envoy from Quito.</x:p><x:p>Ecuador protested.</x:p></x:div></content></entry><entry><id>https://w.example/8</id>\
             <content type='text'>Norway &amp;amp; Oman talked.</content></entry></feed>",
        );
        assert_eq!(
            page::page(&all[0]).expect("text").text,
            "Peru recalled its envoy from Quito.\n\nEcuador protested.\n\nPeru <b>protests"
        );
        assert_eq!((all[0].url.as_deref(), all[0].date.as_deref()), (Some("https://w.example/7"), Some("2025-03-05T01:00:00+09:00")));
        assert_eq!(
            (all[1].url.as_deref(), all[1].bytes.as_slice()),
            (Some("https://w.example/8"), b"Norway &amp; Oman talked.".as_slice())
        );
    }

    #[test]
    fn items_beside_their_channel_are_found() {
        let all = pages(
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Old Wire</title></channel><item rdf:about='https://o.example/1'>\
             <title>Laos talks</title><dc:date>2025-03-06</dc:date><description>Laos talked to Nepal.</description></item></rdf:RDF>",
        );
        let [only] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((only.outlet.as_deref(), only.date.as_deref()), (Some("Old Wire"), Some("2025-03-06")));
        assert_eq!(only.source_id.as_deref(), Some("https://o.example/1"));
    }

    #[test]
    fn hostile_and_broken_feeds_end_in_a_message() {
        let bomb = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss><channel><item><title>&b;</title></item></channel></rss>";
        assert!(matches!(refused(bomb), Outcome::Failed(m) if m.starts_with("f.xml: a feed that defines entities")));
        let open = "<rss><channel><item><title>Talks end</title>";
        assert!(matches!(refused(open), Outcome::Failed(m) if m.starts_with("f.xml: a feed that is not well-formed XML (")));
        let names: String = (0..100_000).map(|n| format!(" a{n}='>'")).collect();
        let spaces: String = (0..5_000).map(|n| format!("<a xmlns:p{n}='urn:{n}'/>")).collect();
        for tangled in ["<p>".repeat(300_000), format!("<a{names}/>"), spaces] {
            assert!(
                matches!(refused(&format!("<rss>{tangled}</rss>")), Outcome::Failed(m) if m.starts_with("f.xml: a feed too tangled to read"))
            );
        }
        let wide = format!("<rss>{}</rss>", "<a/>".repeat(500_000));
        assert!(matches!(refused(&wide), Outcome::Failed(m) if m.contains("more than 400000 XML nodes")));
        assert!(matches!(refused("<rss><channel/></rss>"), Outcome::Skipped(m) if m.starts_with("f.xml: a feed without items")));
    }

    #[test]
    fn pages_that_speak_of_feeds_are_none() {
        for page in
            ["<html><body>an <rss> feed</body></html>", "The feed <rss> is gone.", "<feed>of hay</feed>", "<?xml version='1.0'?><nitf/>"]
        {
            assert!(raw_pages_from_feed("p", page.as_bytes()).is_none(), "{page}");
        }
    }
}
