//! The stored text, line by line, with its parts and roles marked.

use super::escape;
use crate::{
    marks::{Cover, Mark, Role, pieces},
    table::code,
};
use chancery_record::{Article, DropReason, Quote, Span, Text};

/// A run of left-out lines longer than this is folded.
const FOLD: usize = 6;

/// What a part of the page is to its article.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Headline,
    Byline,
    Dateline,
    Body,
    Dropped(DropReason),
}

/// A role or a part over a stretch of the text.
#[derive(Clone, Copy)]
enum Layer {
    Mark(Mark),
    Part(Span, Part),
}

impl Cover for Layer {
    fn span(&self) -> Span {
        match self {
            Layer::Mark(mark) => mark.span,
            Layer::Part(span, _) => *span,
        }
    }

    fn rank(&self) -> (u8, usize) {
        match self {
            Layer::Mark(mark) => mark.rank(),
            Layer::Part(..) => (u8::MAX, 0),
        }
    }
}

/// The page's text with its articles and marks.
pub fn html(text: &Text, articles: &[&Article], marks: &[Mark]) -> String {
    let mut layers: Vec<Layer> = marks.iter().copied().map(Layer::Mark).collect();
    articles.iter().for_each(|a| layers.extend(parts(a, text).into_iter().map(|(span, part)| Layer::Part(span, part))));
    let lines = lines(text.as_str());
    let over = by_line(&lines, &layers);
    let mut starts: Vec<(usize, &Article)> = articles.iter().filter_map(|a| Some((text.offsets().byte_of_char(a.start)?, *a))).collect();
    starts.sort_by_key(|(at, _)| *at);
    let mut starts = starts.into_iter().peekable();
    let (mut out, mut folded) = (String::new(), Vec::new());
    for (line, layers) in lines.iter().zip(&over) {
        while let Some((_, article)) = starts.next_if(|(at, _)| *at < line.end) {
            out.push_str(&unfolded(&mut folded));
            out.push_str(&article_line(article));
        }
        let class = class(*line, layers);
        let html = format!("<p class=\"{class}\" dir=\"auto\">{}</p>\n", inline(text.as_str(), *line, layers));
        if class == "out" {
            folded.push(html);
        } else {
            out.push_str(&unfolded(&mut folded));
            out.push_str(&html);
        }
    }
    out.push_str(&unfolded(&mut folded));
    out
}

/// A run of left-out lines; a long one behind its number.
fn unfolded(lines: &mut Vec<String>) -> String {
    let n = lines.len();
    let html: String = lines.drain(..).collect();
    if n > FOLD { format!("<details class=\"fold\"><summary>{n} lines left out</summary>\n{html}</details>\n") } else { html }
}

fn article_line(article: &Article) -> String {
    let parts = [
        Some(format!("Article {}", article.index + 1)),
        article.published.as_ref().map(|p| format!("published {} (from {})", p.date, p.source)),
        Some("no publication date".to_owned()).filter(|_| article.published.is_none()),
        article.outlet.clone(),
        article.language.clone(),
        article.duplicate_of.as_ref().map(|id| format!("repeats {id}")),
    ];
    let line = parts.into_iter().flatten().map(|p| escape(&p)).collect::<Vec<_>>().join(" <i>·</i> ");
    format!("<p class=\"art\" id=\"{}\">{line}</p>\n", escape(&article.id))
}

/// Lines that hold more than white space.
fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trimmed(text);
        start += line.len();
        out.extend((!span.is_empty()).then_some(span));
    }
    out
}

/// The layers over each line.
fn by_line(lines: &[Span], layers: &[Layer]) -> Vec<Vec<Layer>> {
    let mut out = vec![Vec::new(); lines.len()];
    for layer in layers {
        let span = layer.span();
        let first = lines.partition_point(|l| l.end <= span.start);
        for (i, _) in lines.iter().enumerate().skip(first).take_while(|(_, l)| l.start < span.end) {
            out[i].push(*layer);
        }
    }
    out
}

fn parts(article: &Article, text: &Text) -> Vec<(Span, Part)> {
    let quote = |q: &Quote, part| (Span::new(q.byte_start, q.byte_end), part);
    let mut out = Vec::new();
    out.extend(article.headline.as_ref().map(|q| quote(q, Part::Headline)));
    out.extend(article.byline.as_ref().map(|q| quote(q, Part::Byline)));
    out.extend(article.dateline.as_ref().map(|d| quote(&d.quote, Part::Dateline)));
    let chars = |start, end| text.offsets().span_of_chars(start, end);
    out.extend(article.dropped.iter().filter_map(|d| Some((chars(d.start, d.end)?, Part::Dropped(d.reason)))));
    out.extend(article.body.iter().filter_map(|r| Some((chars(r.start, r.end)?, Part::Body))));
    out.retain(|(span, _)| span.slice(text.as_str()).is_some());
    out
}

/// What most of a line is.
fn class(line: Span, layers: &[Layer]) -> &'static str {
    let has = |wanted: fn(Part) -> bool| layers.iter().any(|l| matches!(l, Layer::Part(_, part) if wanted(*part)));
    let is_dropped = |l: &Layer| matches!(l, Layer::Part(span, Part::Dropped(_)) if span.contains(&line));
    match () {
        () if layers.iter().any(is_dropped) => "out",
        () if has(|p| p == Part::Headline) => "headline",
        () if has(|p| p == Part::Body) => "body",
        () if has(|p| matches!(p, Part::Byline | Part::Dateline)) => "meta",
        () => "aside",
    }
}

fn inline(text: &str, line: Span, layers: &[Layer]) -> String {
    pieces(line, layers).into_iter().map(|p| piece(p.span.slice(text).unwrap_or_default(), &p.marks)).collect()
}

fn piece(text: &str, layers: &[Layer]) -> String {
    let mut html = escape(text);
    let marks: Vec<&Mark> = layers.iter().filter_map(|l| if let Layer::Mark(m) = l { Some(m) } else { None }).collect();
    if let Some(first) = marks.first() {
        let mut records: Vec<String> = Vec::new();
        let mut roles: Vec<&str> = Vec::new();
        for mark in &marks {
            let n = mark.record.to_string();
            if !records.contains(&n) {
                records.push(n);
            }
            if !roles.contains(&mark.role.name()) {
                roles.push(mark.role.name());
            }
        }
        let title = if first.role == Role::Content { String::new() } else { format!(" title=\"{}\"", roles.join(", ")) };
        html = format!("<span class=\"m {}\" data-r=\"{}\"{title}>{html}</span>", first.role.name(), records.join(" "));
    }
    for layer in layers {
        let Layer::Part(_, part) = layer else { continue };
        html = match part {
            Part::Dropped(reason) => {
                format!("<del title=\"left out: {}\">{html}</del>", code(*reason).unwrap_or_default())
            }
            Part::Dateline => format!("<span class=\"dateline\" title=\"dateline\">{html}</span>"),
            Part::Byline => format!("<span class=\"byline\" title=\"byline\">{html}</span>"),
            Part::Headline | Part::Body => html,
        };
    }
    html
}
