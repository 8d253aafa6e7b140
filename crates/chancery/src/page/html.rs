//! HTML -> the text of its articles, with titles and boundaries.
//!
//! `<article><h1>A</h1><p>One.</p></article><article><h1>B</h1><p>Two.</p></article>` -> `A\n\nOne.\n\nB\n\nTwo.` in two parts.
//! Extractors keep the first `<article>` of a page only, so [`split`] parts them first and `trafilatura` reads each alone. Extraction
//! takes time with the square of the nesting, so depth and nodes are counted before. Scripts are not run.

use super::{Metadata, Outcome, PageOptions, Part, charset, date, label, metadata, plain, split};
use crate::text::head;
use chancery_record::Span;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Node;
use scraper::{Html, node::Element};
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

/// What a page of HTML gives.
pub(super) struct Read {
    pub text: String,
    pub parts: Vec<Part>,
    pub metadata: Metadata,
}

/// One article as extracted.
struct Story {
    title: Option<String>,
    paragraphs: Vec<Paragraph>,
    published: Option<String>,
}

/// A block of text and whether the markup calls it a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub text: String,
    pub heading: Option<u8>,
}

/// Elements whose text is no part of an article.
#[rustfmt::skip]
const NOT_TEXT: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "nav", "aside", "figcaption", "button", "select",
    "option", "textarea", "input", "dialog", "head", "canvas", "audio", "video", "map", "menu",
];
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "body", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd",
    "blockquote", "pre", "table", "tr", "td", "th", "header", "footer", "figure", "form", "fieldset", "address", "hr", "center", "doc",
];
/// Elements without content or close.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that HTML closes by itself, so that an open one says nothing about depth.
const SELF_CLOSING: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead", "tfoot", "colgroup", "rp", "rt"];
/// Elements without content that part words or lines, or are pictures; the extractor takes what follows any other for its content.
const WRITTEN_VOID: &[&str] = &["br", "hr", "img"];
/// Shortest story of several on a page, in bytes of paragraphs.
pub(super) const SHORTEST_STORY: usize = 20;
/// Shortest text above the stories that is a story itself, in bytes of paragraphs.
const SHORTEST_LEAD: usize = 60;

/// Whether the text is HTML: it begins like it, or holds several of its commonest tags.
pub(super) fn is_html(text: &str) -> bool {
    let start = head(text.trim_start(), 16 << 10).to_ascii_lowercase();
    let openings =
        ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<section", "<main", "<h1", "<meta", "<span"];
    if openings.iter().any(|o| start.starts_with(o)) || start.starts_with("<?xml") && start.contains("<html") {
        return true;
    }
    let tags = ["<p>", "</p>", "<p ", "<div", "</div>", "<br>", "<br/>", "<br />", "</a>", "</h1>", "</h2>", "</li>", "<html"];
    tags.iter().filter(|t| start.contains(*t)).count() >= 2
}

/// Reads a page of HTML.
pub(super) fn read(name: &str, source: &str, options: &PageOptions) -> Result<Read, Outcome> {
    if source_depth(source, options.max_depth) > options.max_depth {
        return Err(too_deep(name, options));
    }
    let tags = source.bytes().filter(|b| *b == b'<').count();
    if tags > 2 * options.max_nodes {
        return Err(too_large(name, tags, "tags", 2 * options.max_nodes));
    }
    let mut html = Html::parse_document(source);
    check_tree(name, &html, options)?;
    take_out_invisible(&mut html);
    let metadata = metadata::read(&html);
    let containers = split::containers(&html);
    let mut stories: Vec<Story> = containers.iter().map(|c| story(&html, c, None)).filter(is_worth).collect();
    if stories.len() < 2 {
        let ids: Vec<NodeId> = vec![html.root_element().id()];
        stories = vec![story(&html, &ids, Some(&metadata))];
    } else if let Some(lead) = split::lead(&html, &containers) {
        stories.insert(0, headed(story(&html, &lead, None)));
    }
    let is_single = stories.len() == 1;
    let (text, mut parts) = assemble(&stories);
    if is_single {
        // The page's own date already stands in its metadata.
        parts.iter_mut().for_each(|p| p.published = None);
    }
    Ok(Read { text, parts, metadata })
}

fn too_deep(name: &str, options: &PageOptions) -> Outcome {
    let limit = options.max_depth;
    Outcome::Failed(format!("{name}: HTML elements are nested more than {limit} deep; save the page as text and try again"))
}

/// Open elements in the source, counted without a parser (whose time grows with their square); stops just over `limit`.
fn source_depth(source: &str, limit: usize) -> usize {
    let bytes = source.as_bytes();
    let (mut depth, mut deepest, mut at) = (0usize, 0usize, 0usize);
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| *b == b'<')) {
        at += next + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(closes);
        let length = bytes.get(from..).map_or(0, |r| r.iter().take(16).take_while(|b| b.is_ascii_alphanumeric()).count());
        let tag = source.get(from..from + length).unwrap_or_default().to_ascii_lowercase();
        if tag.is_empty() || VOID.contains(&tag.as_str()) || SELF_CLOSING.contains(&tag.as_str()) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else if tag == "script" || tag == "style" {
            at = skip_raw(source, at, &tag);
        } else if !closes_itself(bytes, from + length) {
            depth += 1;
            deepest = deepest.max(depth);
        }
        if deepest > limit {
            return deepest;
        }
    }
    deepest
}

/// `<path d="..."/>`, as in drawings; looks 4096 bytes ahead.
fn closes_itself(bytes: &[u8], from: usize) -> bool {
    let tag = bytes.get(from..).unwrap_or_default().iter().take(4096);
    let mut last = b' ';
    for b in tag {
        match b {
            b'>' => return last == b'/',
            b'<' => return false,
            b => last = *b,
        }
    }
    false
}

/// Where a script or style ends.
fn skip_raw(source: &str, at: usize, tag: &str) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let mut from = 0;
    while let Some(next) = rest.get(from..).and_then(|r| r.find("</")) {
        from += next + 2;
        if rest.get(from..from + tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag)) {
            return at + from;
        }
    }
    source.len()
}

fn check_tree(name: &str, html: &Html, options: &PageOptions) -> Result<(), Outcome> {
    let (mut depth, mut nodes) = (0usize, 0usize);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(_) => {
                depth += 1;
                nodes += 1;
            }
            Edge::Close(_) => depth -= 1,
        }
        if depth > options.max_depth + 50 {
            return Err(too_deep(name, options));
        }
    }
    if nodes > options.max_nodes {
        return Err(too_large(name, nodes, "nodes", options.max_nodes));
    }
    Ok(())
}

fn too_large(name: &str, n: usize, of: &str, limit: usize) -> Outcome {
    Outcome::Skipped(format!("{name}: {n} HTML {of} are over the limit of {limit}; split the page or save it as text"))
}

/// Reads one article: `ids` are the nodes that make it up. `page` is given when it is the whole page.
fn story(html: &Html, ids: &[NodeId], page: Option<&Metadata>) -> Story {
    let nodes: Vec<NodeRef<Node>> = ids.iter().filter_map(|id| html.tree.get(*id)).collect();
    let own: Vec<Paragraph> = nodes.iter().flat_map(|n| paragraphs(*n)).collect();
    let extracted = extract(&nodes);
    let size = |ps: &[Paragraph]| ps.iter().filter(|p| p.heading.is_none()).map(|p| p.text.len()).sum::<usize>();
    let main = match page {
        Some(_) if size(&extracted) > 0 => extracted,
        None if size(&extracted) * 2 > size(&own) => extracted,
        _ => own.clone(),
    };
    let first = |level: u8| own.iter().find(|p| p.heading == Some(level)).map(|p| p.text.clone());
    let heading = first(1).or_else(|| page.is_none().then(|| own.iter().find(|p| p.heading.is_some()).map(|p| p.text.clone())).flatten());
    let title = match page {
        Some(known) => known.title.clone().filter(|t| !is_other_heading(t, &own)).or(heading),
        None => heading,
    };
    let key = title.as_deref().map(plain::key);
    let is_title = |p: &Paragraph| p.heading == Some(1) || Some(plain::key(&p.text)) == key;
    let paragraphs: Vec<Paragraph> = main.into_iter().filter(|p| !is_title(p)).collect();
    let published = nodes.iter().find_map(|n| time(*n));
    Story { title, paragraphs, published }
}

/// A `<title>` that is not the story's: the page has a single h1, and it says something else, or more.
fn is_other_heading(title: &str, own: &[Paragraph]) -> bool {
    let mut heads = own.iter().filter(|p| p.heading == Some(1));
    match (heads.next(), heads.next()) {
        (Some(only), None) => {
            let (a, b) = (plain::key(title), plain::key(&only.text));
            !a.contains(&b) && only.text.split_whitespace().count() >= 4
        }
        _ => false,
    }
}

fn is_worth(story: &Story) -> bool {
    body_bytes(story) >= SHORTEST_STORY
}

fn body_bytes(story: &Story) -> usize {
    story.paragraphs.iter().filter(|p| p.heading.is_none()).map(|p| p.text.len()).sum()
}

/// What stands above the stories: a story where it has sentences, else its title alone.
fn headed(mut lead: Story) -> Story {
    if body_bytes(&lead) < SHORTEST_LEAD || !lead.paragraphs.iter().any(|p| label::ends_sentence(&p.text)) {
        lead.paragraphs.clear();
    }
    lead
}

/// Takes characters out that are invisible and part words, such as soft hyphens written as references.
fn take_out_invisible(html: &mut Html) {
    for node in html.tree.values_mut() {
        if let Node::Text(text) = node
            && text.contains(charset::is_invisible)
        {
            text.text = charset::visible((&**text).into()).into();
        }
    }
}

/// The first `<time datetime>` below a node.
fn time(node: NodeRef<Node>) -> Option<String> {
    let elements = node.descendants().filter_map(|n| n.value().as_element().cloned());
    elements.filter(|e| e.name() == "time").find_map(|e| e.attr("datetime").and_then(date::iso))
}

/// What `trafilatura` takes for the main text.
fn extract(nodes: &[NodeRef<Node>]) -> Vec<Paragraph> {
    let mut source = String::from("<html><body>");
    nodes.iter().for_each(|n| write(*n, &mut source));
    source.push_str("</body></html>");
    let options = Options::default()
        .with_fallback(true)
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    match trafilatura::extract(&source, &options) {
        Ok(result) => paragraphs(*Html::parse_fragment(&result.content_html).root_element()),
        Err(_) => Vec::new(),
    }
}

/// Walks a tree without recursion, leaving out what is no text; `true` with each node that is opened, `false` when it is closed.
fn visit(root: NodeRef<Node>, mut each: impl FnMut(&Node, bool)) {
    let mut skipped = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if node.value().as_element().is_some_and(is_left_out) && node.id() != root.id() {
                    skipped = Some(node.id());
                } else {
                    each(node.value(), true);
                }
            }
            Edge::Close(node) if skipped.is_none() => each(node.value(), false),
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
}

/// Elements that are not read: not text, or hidden.
pub(super) fn is_left_out(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let is_hidden = element.attr("hidden").is_some() || style.replace(' ', "").to_ascii_lowercase().contains("display:none");
    NOT_TEXT.contains(&element.name()) || is_hidden
}

/// HTML of a node, for the extractor.
fn write(root: NodeRef<Node>, out: &mut String) {
    visit(root, |node, opens| match node {
        Node::Text(text) if opens => escape(text, out),
        Node::Element(element) if matches!(element.name(), "html" | "body") => {}
        Node::Element(element) if VOID.contains(&element.name()) && !WRITTEN_VOID.contains(&element.name()) => {}
        Node::Element(element) if opens => {
            out.push('<');
            out.push_str(element.name());
            for key in ["class", "id", "itemprop", "role", "href"] {
                if let Some(value) = element.attr(key) {
                    out.push_str(&format!(" {key}=\""));
                    escape(value, out);
                    out.push('"');
                }
            }
            out.push('>');
        }
        Node::Element(element) if !VOID.contains(&element.name()) => {
            out.push_str(&format!("</{}>", element.name()));
        }
        _ => {}
    });
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// The blocks of text below a node, white space collapsed. A `<br>` parts blocks when doubled or after a sentence.
pub(super) fn paragraphs(root: NodeRef<Node>) -> Vec<Paragraph> {
    let (mut found, mut current, mut heading, mut breaks) = (Vec::new(), String::new(), None, 0);
    let mut flush = |current: &mut String, heading: Option<u8>| {
        if let Some(text) = metadata::clean(current) {
            found.push(Paragraph { text, heading });
        }
        current.clear();
    };
    visit(root, |node, opens| match node {
        Node::Text(text) if opens => {
            if !text.trim().is_empty() {
                breaks = 0;
            }
            current.push_str(text);
        }
        Node::Element(element) if opens && element.name() == "br" => {
            breaks += 1;
            current.push(' ');
            if breaks > 1 || current.trim_end().ends_with(['.', '!', '?', '”', '"']) {
                flush(&mut current, heading);
            }
        }
        Node::Element(element) if BLOCKS.contains(&element.name()) => {
            flush(&mut current, heading);
            heading = level(element.name()).filter(|_| opens);
        }
        _ => {}
    });
    flush(&mut current, heading);
    found
}

fn level(name: &str) -> Option<u8> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}

/// Title line, blank line, paragraphs with blank lines between; three line breaks between articles. A title above several stories is
/// text of the page, but no article.
fn assemble(stories: &[Story]) -> (String, Vec<Part>) {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for story in stories.iter().filter(|s| !s.paragraphs.is_empty() || stories.len() > 1) {
        if !text.is_empty() {
            text.push_str("\n\n\n");
        }
        let start = text.len();
        let mut push = |words: &str| {
            if text.len() > start {
                text.push_str("\n\n");
            }
            let from = text.len();
            text.push_str(words);
            Span::new(from, text.len())
        };
        let headline = story.title.as_deref().map(&mut push);
        let mut subheads = Vec::new();
        for paragraph in &story.paragraphs {
            let span = push(&paragraph.text);
            if paragraph.heading.is_some() {
                subheads.push(span);
            }
        }
        if story.paragraphs.is_empty() {
            continue;
        }
        let published = story.published.clone().map(metadata::of_metadata);
        parts.push(Part { span: Span::new(start, text.len()), headline, byline: None, published, subheads, is_article: true });
    }
    (text, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stories_and_leaves_out_what_is_no_text() {
        let one =
            "The ministers of the two states met in Doha on Sunday and agreed to hold talks on the border next month, officials said.";
        let two =
            "Police in the port city of Larnis detained nine protesters on Monday after a march against fuel prices, the ministry said.";
        let html = format!(
            "<html lang=en-GB><head><title>News | The Courier</title></head><body><nav>Home</nav><article><h1>Talks</h1><figure><img src=x>\
             <figcaption>A caption</figcaption></figure><p>{one}</p><p>They shook hands.</p></article><article><h1>March</h1><p>{two}</p></article>"
        );
        let Ok(read) = read("t", &html, &PageOptions::default()) else { panic!("not read") };
        assert_eq!(read.text, format!("Talks\n\n{one}\n\nThey shook hands.\n\n\nMarch\n\n{two}"));
        assert_eq!(read.parts.len(), 2);
        assert_eq!(read.metadata.language.as_deref(), Some("en"));
    }

    fn text_of(html: &str) -> String {
        read("t", html, &PageOptions::default()).map(|r| r.text).unwrap_or_default()
    }

    #[test]
    fn a_place_to_break_a_word_breaks_nothing_off() {
        for mark in ["<wbr>", "<wbr/>", "<wbr></wbr>", "&shy;", "&#8203;", "\u{200B}"] {
            let html =
                format!("<article><h1>Talks</h1><p>Norway sanc{mark}tioned Oman. Chad left.</p><p>Laos recalled its envoy.</p></article>");
            assert_eq!(text_of(&html), "Talks\n\nNorway sanctioned Oman. Chad left.\n\nLaos recalled its envoy.", "{mark}");
        }
    }

    #[test]
    fn short_posts_and_the_title_above_them_are_kept() {
        let post = |time: &str, words: &str| format!("<article><time datetime={time}></time><h2>Post</h2><p>{words}</p></article>");
        let long = "Norway closed its embassy in the capital on Friday and told the staff to leave the country at once, the ministry said.";
        let posts =
            [post("2025-06-20", long), post("2025-06-20", "Oman called for calm."), post("2025-06-20", "Chad said it would host talks.")];
        let html = format!("<main><header><h1>Live: Norway closes embassy</h1></header><div>{}</div></main>", posts.concat());
        let Ok(read) = read("t", &html, &PageOptions::default()) else { panic!("not read") };
        assert_eq!(
            read.text,
            format!(
                "Live: Norway closes embassy\n\n\nPost\n\n{long}\n\n\nPost\n\nOman called for calm.\n\n\nPost\n\nChad said it would host talks."
            )
        );
        assert_eq!(read.parts.len(), 3);
    }

    #[test]
    fn cards_below_a_story_that_is_no_article_element_leave_it_alone() {
        let story =
            "Norway closed its embassy in the capital on Friday and told the staff to leave the country at once, the ministry said.";
        let card = "<article class=card><time>09:15</time><h3>More</h3><p>Oman called for calm.</p></article>";
        let html = format!("<h1>Norway closes embassy</h1><div><p>{story}</p><p>{story}</p></div><section>{}</section>", card.repeat(3));
        let Ok(read) = read("t", &html, &PageOptions::default()) else { panic!("not read") };
        assert!(read.parts.len() == 1 && read.text.contains(story), "{}", read.text);
        assert_eq!(text_of(&card.replace("More", "One").repeat(2).replacen("Oman", "Chad", 1)).matches("for calm").count(), 2);
    }

    #[test]
    fn refuses_deep_nesting_before_parsing() {
        let deep = "<div>".repeat(20_000) + "text";
        assert!(
            matches!(read("p.html", &deep, &PageOptions::default()), Err(Outcome::Failed(m)) if m.starts_with("p.html: HTML elements"))
        );
    }

    #[test]
    fn refuses_more_tags_than_a_page_has_before_parsing() {
        let many = "<p>".repeat(900_000);
        let said = |o: &Outcome| matches!(o, Outcome::Skipped(m) if m.starts_with("p.html: 900000 HTML tags"));
        assert!(read("p.html", &many, &PageOptions::default()).is_err_and(|o| said(&o)));
    }
}
