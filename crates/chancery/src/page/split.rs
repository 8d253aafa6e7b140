//! Which nodes of an HTML page are articles of their own.
//!
//! Two `<article>` elements of like size, or two `<h1>` with text after each, are two articles; a page with one is left whole, and
//! cards with a teaser beside a long article are no articles.

use super::html::is_left_out;
use super::plain;
use ego_tree::{NodeId, NodeRef};
use scraper::Html;
use scraper::node::Node;

/// An article has at least this share of the text of the longest on its page.
const LEAST_SHARE: usize = 5;
/// Least text of an article, in bytes.
const LEAST_BYTES: usize = 80;

/// The nodes of each article, in order, when there are at least two; else nothing.
pub(super) fn containers(html: &Html) -> Vec<Vec<NodeId>> {
    let marked = marked(html);
    if marked.len() >= 2 {
        return marked.into_iter().map(|id| vec![id]).collect();
    }
    by_headings(html)
}

/// Outermost `<article>` elements with a heading and enough text.
fn marked(html: &Html) -> Vec<NodeId> {
    let mut sizes: Vec<(NodeId, usize)> = Vec::new();
    for node in html.tree.root().descendants().filter(|n| is(*n, "article")) {
        let is_inside = node.ancestors().any(|a| is(a, "article") || a.value().as_element().is_some_and(is_left_out));
        if !is_inside && node.descendants().any(is_heading) {
            sizes.push((node.id(), text_bytes(node)));
        }
    }
    let longest = sizes.iter().map(|s| s.1).max().unwrap_or(0);
    sizes.retain(|(_, size)| *size >= LEAST_BYTES && size * LEAST_SHARE >= longest);
    sizes.into_iter().map(|(id, _)| id).collect()
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
