//! The companies of an article, and who serves them.
//!
//! "Vasko Inc. ... A Vasko spokesman, Tim Lund, ... Mr Lund": he is of a company, in all that the article says of him.

use super::{Builder, Reference, join_firm};
use crate::analysis::Sentence;
use chancery_knowledge::{ActorKind, LinkContext, MentionKind, Resolved};
use chancery_record::Span;

const FIRM: &str = "BUS";

/// How many words a post may have.
const LONGEST: usize = 16;

impl Builder<'_> {
    /// "Nashua" after "Nashua Corp.": the firm, unless somebody of the article bears that name.
    pub(super) fn firm(&mut self, i: usize, m: usize, span: Span, words: &str) -> Option<Reference> {
        let name = self.alike.firm(words)?.to_owned();
        let borne = name.to_lowercase();
        if self.cast.entities.iter().any(|e| e.resolved.kind == ActorKind::Person && e.names.contains(&borne)) {
            return None;
        }
        let is_it = |r: &Resolved| {
            let called = r.name.as_deref().and_then(|n| n.strip_prefix(&name));
            r.kind == ActorKind::Organization && called.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if let Some(entity) = self.cast.entities.iter().rposition(|e| is_it(&e.resolved)) {
            self.touch(entity, i, words);
            return Some(Reference { entity, direct: false });
        }
        let sectors = vec!["BUS".to_owned()];
        let firm = Resolved::new(ActorKind::Organization, "short for a firm", 0.5);
        let firm = Resolved { name: Some(name), sector: sectors.first().cloned(), sectors, ..firm };
        let firm = self.settled(m, words, firm);
        Some(Reference { entity: self.add(i, span, words, firm), direct: true })
    }

    /// "Vasko's chairman", "Vasko Chairman Tord Melin", "a spokesman for Vasko": a post that any body may have, in a company.
    pub(super) fn with_firm(&self, words: &str, resolved: Resolved) -> Resolved {
        let is_known = resolved.id.is_some() || resolved.relative.is_some();
        let is_role = matches!(resolved.kind, ActorKind::Role | ActorKind::Person | ActorKind::Group);
        let is_labour = resolved.sector.as_deref() == Some("LAB");
        if is_known || !is_role || is_labour || !self.alike.firms().any(|firm| self.has_post_in(words, firm)) {
            return resolved;
        }
        Resolved { sector: Some(FIRM.to_owned()), sectors: vec![FIRM.to_owned()], office: None, ..resolved }
    }

    fn has_post_in(&self, words: &str, firm: &str) -> bool {
        let word_ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        let Some((before, after)) = words.split_once(firm).filter(|(_, after)| word_ends(after)) else { return false };
        let has_post = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|w| self.knowledge.is_post(w));
        let is_of = matches!(before.trim_end().rsplit(' ').next(), Some("of" | "for" | "at" | "with"));
        is_of && has_post(before)
            || before.split(' ').all(|w| !w.starts_with(char::is_uppercase) || w == "The" || w == "A") && has_post(after)
    }

    /// "Ann Lee, president and chief executive of ...,": posts behind a comma that were read as no mention or as several.
    pub(super) fn posts_in_firms(&mut self, i: usize, sentence: &Sentence) {
        for (m, tag) in sentence.reading.mentions.iter().enumerate().filter(|(_, tag)| tag.kind == "pe") {
            let Some(entity) = self.cast.references[i][m].first().map(|r| r.entity) else { continue };
            if self.cast.entities[entity].resolved.kind != ActorKind::Person {
                continue;
            }
            if let Some(post) = self.post_behind(sentence, tag.last) {
                join_firm(&mut self.cast.entities[entity].resolved, &post);
                self.cast.entities[entity].has_role = true;
            }
        }
    }

    /// The post in a company that stands between the comma at word `comma` and the next one.
    fn post_behind(&self, sentence: &Sentence, comma: usize) -> Option<Resolved> {
        let word = |w: usize| sentence.lower(self.text, w);
        if word(comma) != "," {
            return None;
        }
        let start = (comma + 1..).find(|w| !matches!(word(*w).as_str(), "who" | "is" | "also" | "serves" | "as" | "the" | "a" | "an"))?;
        let end =
            (start..sentence.words.len().min(start + LONGEST)).find(|w| matches!(word(*w).as_str(), "," | ";" | "." | "said" | "says"))?;
        let words = sentence.span_of(start, end.max(start + 1)).slice(self.text)?;
        let roles = self.knowledge.resolve_all(words, Some(MentionKind::Nominal), &LinkContext::default());
        let is_post = |r: &Resolved| r.kind == ActorKind::Role && !r.former && r.relative.is_none();
        roles.into_iter().filter(is_post).map(|r| self.with_firm(words, r)).find(is_of_firm)
    }
}

/// Whether somebody is of a company by what words say.
pub(super) fn is_of_firm(resolved: &Resolved) -> bool {
    resolved.sector.as_deref() == Some(FIRM)
}
