//! Which nodes of an HTML page are articles of their own.
//!
//! Two `<article>` elements of like size, or two `<h1>` with text after each, are two articles; a page with one is left whole, and
//! cards with a teaser beside a long article are no articles. Short posts of a live page are articles like the long ones beside them.

use super::html::{SHORTEST_STORY, is_left_out};
use super::plain;
use ego_tree::{NodeId, NodeRef};
use scraper::Html;
use scraper::node::Node;
use std::collections::HashSet;

/// An article has at least this share of the text of the longest on its page.
const LEAST_SHARE: usize = 5;
/// Least text of an article by itself, in bytes; posts that are most of their page, or beside a longer one of their kind, may be shorter.
const LEAST_BYTES: usize = 80;

/// The nodes of each article, in order, when there are at least two; else nothing.
pub(super) fn containers(html: &Html) -> Vec<Vec<NodeId>> {
    let marked = marked(html);
    if marked.len() >= 2 {
        return marked.into_iter().map(|id| vec![id]).collect();
    }
    by_headings(html)
}

/// An `<article>` element.
struct Marked {
    id: NodeId,
    bytes: usize,
    has_heading: bool,
    kin: Kin,
}

/// What posts of one live page have in common.
#[derive(PartialEq, Eq, Hash)]
struct Kin {
    parent: Option<NodeId>,
    class: Option<String>,
    has_time: bool,
}

impl Kin {
    fn of(node: NodeRef<Node>) -> Self {
        let class = node.value().as_element().and_then(|e| e.attr("class")).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty());
        Kin { parent: node.parent().map(|p| p.id()), class, has_time: node.descendants().any(|n| is(n, "time")) }
    }

    /// Whether it says enough to know others by.
    fn is_known(&self) -> bool {
        self.class.is_some() || self.has_time
    }
}

/// Outermost `<article>` elements with a heading and enough text, and those like them.
fn marked(html: &Html) -> Vec<NodeId> {
    let mut all: Vec<Marked> = Vec::new();
    for node in html.tree.root().descendants().filter(|n| is(*n, "article")) {
        let is_inside = node.ancestors().any(|a| is(a, "article") || a.value().as_element().is_some_and(is_left_out));
        if !is_inside {
            let has_heading = node.descendants().any(is_heading);
            all.push(Marked { id: node.id(), bytes: text_bytes(node), has_heading, kin: Kin::of(node) });
        }
    }
    let longest = all.iter().filter(|m| m.has_heading).map(|m| m.bytes).max().unwrap_or(0);
    let is_large = |m: &&Marked| m.has_heading && m.bytes >= LEAST_BYTES && m.bytes * LEAST_SHARE >= longest;
    let is_post = |m: &&Marked| m.bytes >= SHORTEST_STORY && m.kin.is_known();
    let mut kin: HashSet<&Kin> = all.iter().filter(is_large).map(|m| &m.kin).collect();
    if all.iter().filter(is_large).count() < 2 {
        let heads: Vec<&Marked> = all.iter().filter(|m| m.has_heading && is_post(m)).collect();
        let is_page = heads.iter().map(|m| m.bytes).sum::<usize>() * 2 >= text_bytes(html.tree.root());
        kin.extend(heads.into_iter().filter(|_| is_page).map(|m| &m.kin));
    }
    all.iter().filter(|m| is_large(m) || is_post(m) && kin.contains(&m.kin)).map(|m| m.id).collect()
}

/// What stands above the first of several articles: the last `<h1>` before it and what follows that.
pub(super) fn lead(html: &Html, containers: &[Vec<NodeId>]) -> Option<Vec<NodeId>> {
    let first = html.tree.get(*containers.first()?.first()?)?;
    let before = html.tree.root().descendants().take_while(|n| n.id() != first.id());
    let head = before.filter(|n| is(*n, "h1") && !n.ancestors().any(|a| a.value().as_element().is_some_and(is_left_out))).last()?;
    let parent = common_parent(head, first)?;
    let holds = |child: &NodeRef<Node>, node: NodeRef<Node>| child.id() == node.id() || node.ancestors().any(|a| a.id() == child.id());
    Some(parent.children().skip_while(|c| !holds(c, head)).take_while(|c| !holds(c, first)).map(|c| c.id()).collect())
}

/// Siblings from one `<h1>` to the next, below the node that holds all of them.
fn by_headings(html: &Html) -> Vec<Vec<NodeId>> {
    let is_h1 = |n: &NodeRef<Node>| is(*n, "h1") && !n.ancestors().any(|a| a.value().as_element().is_some_and(is_left_out));
    let heads: Vec<NodeRef<Node>> = html.tree.root().descendants().filter(is_h1).take(500).collect();
    let [first, .., last] = heads.as_slice() else { return Vec::new() };
    let Some(parent) = common_parent(*first, *last) else { return Vec::new() };
    let mut segments: Vec<(String, Vec<NodeId>)> = Vec::new();
    for child in parent.children() {
        let head = if is(child, "h1") { Some(child) } else { child.descendants().find(is_h1) };
        let title = head.map(|h| plain::key(&text(h)));
        match title {
            Some(title) if segments.last().is_none_or(|s| s.0 != title) => segments.push((title, vec![child.id()])),
            _ => {
                if let Some(segment) = segments.last_mut() {
                    segment.1.push(child.id());
                }
            }
        }
    }
    let size = |ids: &[NodeId]| ids.iter().filter_map(|id| html.tree.get(*id)).map(text_bytes).sum::<usize>();
    segments.retain(|s| size(&s.1) >= LEAST_BYTES);
    if segments.len() < 2 { Vec::new() } else { segments.into_iter().map(|s| s.1).collect() }
}

fn common_parent<'t>(a: NodeRef<'t, Node>, b: NodeRef<'t, Node>) -> Option<NodeRef<'t, Node>> {
    let above: Vec<NodeId> = b.ancestors().map(|n| n.id()).collect();
    a.ancestors().find(|n| above.contains(&n.id()))
}

/// Bytes of text in paragraphs (or in bare `<div>`s and the like), headings and what is left out not counted.
fn text_bytes(node: NodeRef<Node>) -> usize {
    let paragraphs = super::html::paragraphs(node);
    paragraphs.iter().filter(|p| p.heading.is_none()).map(|p| p.text.len()).sum()
}

fn text(node: NodeRef<Node>) -> String {
    node.descendants().filter_map(|n| n.value().as_text().map(|t| t.to_string())).collect()
}

fn is(node: NodeRef<Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|e| e.name() == name)
}

fn is_heading(node: NodeRef<Node>) -> bool {
    ["h1", "h2", "h3", "h4"].iter().any(|h| is(node, h))
}
