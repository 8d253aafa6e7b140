//! Names that only look like those of states: surnames and firms of the article, and where its towns are.
//!
//! "Nashua Corp. ... Nashua said" -> the firm; "Bill Jordan ... Jordan said" -> the man; "Lima police" in an article that names Ohio -> Americans.

use super::{Builder, is_state, name_words};
use crate::analysis::Sentence;
use chancery_knowledge::{Knowledge, LinkContext, MentionKind, Resolved, Told};
use chancery_record::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What of an article's names is a person's or a firm's, and where the article is at home.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Surnames, lower case, that are words for a state.
    surnames: BTreeSet<String>,
    /// Surname, lower case -> the first full name that ends in it.
    full: BTreeMap<String, String>,
    /// Firms without the word for a firm.
    firms: BTreeSet<String>,
    /// The countries and divisions that it names plainly.
    pub told: Told,
}

/// The person to whom a role belongs: "Ann Lee" of "minister Ann Lee's deputy".
fn owner(words: &str) -> &str {
    let owner = words.split_once("'s ").or_else(|| words.split_once("’s ")).map_or("", |(owner, _)| owner);
    let names = owner.rsplit(' ').take_while(|w| w.starts_with(char::is_uppercase));
    let length: usize = names.take(2).map(|w| w.len() + 1).sum();
    owner.get(owner.len().saturating_sub(length.saturating_sub(1))..).unwrap_or_default()
}

impl Alike {
    /// Reads the article's names; takes from `named` the states that are part of persons' names.
    pub fn of(text: &str, sentences: &[Sentence], named: &mut [Vec<Resolved>], knowledge: &Knowledge) -> Alike {
        let mut alike = Alike::default();
        for sentence in sentences {
            alike.firms.extend(knowledge.firms_in(sentence.span.slice(text).unwrap_or_default()));
            for mention in sentence.reading.mentions.iter().filter(|m| matches!(m.kind.as_str(), "pe" | "ro")) {
                let words = sentence.span_of(mention.first, mention.last).slice(text).unwrap_or_default();
                let words = if mention.kind == "pe" { words } else { owner(words) };
                if let [_, .., surname] = name_words(words).as_slice() {
                    alike.full.entry(surname.clone()).or_insert_with(|| words.to_owned());
                }
            }
        }
        // full names first: a surname alone is known by them, unless the article names that state by another word, too
        let mut persons = alike.drop_persons(text, sentences, named, knowledge);
        let place = |s: &Sentence, r: &Resolved| Span::new(s.span.start + r.range.0, s.span.start + r.range.1);
        let all = sentences.iter().zip(named.iter()).flat_map(|(s, rs)| rs.iter().map(move |r| (s, r)));
        for (s, r) in all {
            let word = place(s, r).slice(text).unwrap_or_default().to_lowercase();
            persons.retain(|surname, country| *surname == word || r.country.as_ref() != Some(country));
        }
        alike.surnames = persons.into_keys().collect();
        alike.drop_persons(text, sentences, named, knowledge);
        alike
    }

    /// Takes from `named` the states that are part of persons' names; gives the surnames among them with the country.
    fn drop_persons(
        &self,
        text: &str,
        sentences: &[Sentence],
        named: &mut [Vec<Resolved>],
        knowledge: &Knowledge,
    ) -> BTreeMap<String, String> {
        let mut surnames = BTreeMap::new();
        for (sentence, named) in sentences.iter().zip(named) {
            for mention in &sentence.reading.mentions {
                let span = sentence.span_of(mention.first, mention.last);
                let Some(words) = span.slice(text) else { continue };
                let place = |r: &Resolved| Span::new(sentence.span.start + r.range.0, sentence.span.start + r.range.1);
                let is_inside = |r: &Resolved| is_state(r) && place(r).start >= span.start && place(r).end <= span.end;
                if !named.iter().any(is_inside) {
                    continue;
                }
                let whose = knowledge.resolve(words, Some(MentionKind::Person), &LinkContext::default()).and_then(|r| r.country);
                let (is_surname, is_nobodys) = (self.is_surname(words), whose.is_none());
                let ends = |r: &Resolved| place(r).end == span.end;
                // "Ann Lee of France"
                let is_origin =
                    |r: &Resolved| Span::new(span.start, place(r).start).slice(text).is_some_and(|before| before.ends_with(" of "));
                let is_person = |r: &Resolved| is_nobodys && !is_origin(r) && (mention.kind == "pe" || mention.kind == "ro" && ends(r));
                let dropped = |r: &Resolved| is_inside(r) && (is_surname || is_person(r));
                let last = named.iter().find(|r| dropped(r) && ends(r) && place(r).start > span.start);
                let surname = last.and_then(|r| Some((place(r).slice(text)?.to_lowercase(), r.country.clone()?)));
                surnames.extend(surname);
                named.retain(|r| !dropped(r));
            }
        }
        surnames
    }

    /// Whether a mention is nothing but the surname of a person named before, with or without a form of address: "Mr. Jordan".
    pub fn is_surname(&self, words: &str) -> bool {
        let bare = words.trim_end_matches("'s").trim_end_matches("’s");
        let bare = ["Mr. ", "Mrs. ", "Ms. ", "Dr. ", "Mr ", "Mrs ", "Ms ", "Dr "].iter().find_map(|t| bare.strip_prefix(t)).unwrap_or(bare);
        self.surnames.contains(&bare.to_lowercase())
    }

    /// The full name of the person whom a bare surname means here: "Clinton" in an article about Hillary Clinton.
    pub fn full_name(&self, words: &str) -> Option<&str> {
        let [surname] = &name_words(words)[..] else { return None };
        self.full.get(surname).map(String::as_str)
    }

    /// The names of its firms without the word for a firm.
    pub fn firms(&self) -> impl Iterator<Item = &str> {
        self.firms.iter().map(String::as_str)
    }

    /// The firm that a bare name is short for.
    pub fn firm(&self, words: &str) -> Option<&str> {
        let bare = words.trim_end_matches("'s").trim_end_matches("’s");
        self.firms.get(bare).map(String::as_str)
    }

    /// Learns where the article is at home: by the states it names otherwise than by their capital, its divisions and its dateline.
    pub fn learn_home(
        &mut self,
        text: &str,
        sentences: &[Sentence],
        named: &[Vec<Resolved>],
        by_name: &BTreeSet<String>,
        filed_in: Option<&str>,
        knowledge: &Knowledge,
    ) {
        let divisions = |s: &Sentence| knowledge.divisions_in(s.span.slice(text).unwrap_or_default());
        self.told.divisions = sentences.iter().flat_map(divisions).collect();
        let states = named.iter().flatten().filter(|r| is_state(r)).filter_map(|r| r.country.as_ref()).filter(|c| by_name.contains(*c));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let divided = self.told.divisions.iter().map(|d| d.0.as_str());
        states.map(String::as_str).chain(divided).chain(filed_in).for_each(|c| *counts.entry(c).or_default() += 1);
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        self.told.countries = counts.into_iter().map(|(c, _)| c.to_owned()).collect();
    }

    /// Takes the country Georgia from `named` where the article is about another Georgia: it names divisions of the United States, and nothing else of the
    /// country or of a state beside it (Russia, Armenia, Azerbaijan, Turkey; land borders as any atlas has them).
    pub fn drop_georgia(&mut self, text: &str, sentences: &[Sentence], named: &mut [Vec<Resolved>]) {
        let words = |s: &Sentence, r: &Resolved| text.get(s.span.start + r.range.0..s.span.start + r.range.1) == Some("Georgia");
        let is_near = |r: &Resolved| r.country.as_deref().is_some_and(|c| matches!(c, "GEO" | "RUS" | "ARM" | "AZE" | "TUR"));
        let is_american = self.told.divisions.iter().any(|d| d.0 == "USA");
        let is_other = sentences.iter().zip(named.iter()).any(|(s, rs)| rs.iter().any(|r| is_near(r) && !words(s, r)));
        self.told.american_georgia = is_american && !is_other;
        if self.told.american_georgia {
            sentences.iter().zip(named).for_each(|(s, rs)| rs.retain(|r| !words(s, r)));
            self.told.countries.retain(|c| c != "GEO");
        }
    }

    /// Takes from `named` the capitals that are towns of a division here, at least once with its name or another capitalised word behind: "Paris, Texas",
    /// "Lima Police".
    pub fn drop_towns(
        &mut self,
        text: &str,
        sentences: &[Sentence],
        named: &mut [Vec<Resolved>],
        by_name: &BTreeSet<String>,
        knowledge: &Knowledge,
    ) {
        let place = |s: &Sentence, r: &Resolved| Span::new(s.span.start + r.range.0, s.span.start + r.range.1);
        let town = |s: &Sentence, r: &Resolved| {
            let words = place(s, r).slice(text)?;
            let is_other = r.country.as_ref().is_some_and(|c| !by_name.contains(c));
            (is_state(r) && is_other && knowledge.is_capital(words) && knowledge.is_namesake(words, &self.told)).then_some(words)
        };
        let all = sentences.iter().zip(named.iter()).flat_map(|(s, rs)| rs.iter().map(move |r| (s, r)));
        let is_local = |(s, r): &(&Sentence, &Resolved)| {
            let rest = text.get(place(s, r).end..s.span.end).unwrap_or_default();
            let rest = rest.strip_prefix(", ").or_else(|| rest.strip_prefix(' '));
            rest.is_some_and(|t| t.starts_with(char::is_uppercase))
        };
        let towns: BTreeSet<&str> = all.filter(is_local).filter_map(|(s, r)| town(s, r)).collect();
        for (sentence, named) in sentences.iter().zip(&mut *named) {
            named.retain(|r| town(sentence, r).is_none_or(|t| !towns.contains(t)));
        }
        self.told.towns = towns.into_iter().map(str::to_lowercase).collect();
    }

    /// Whether the article says this name of a capital of a town.
    pub fn is_town(&self, words: &str) -> bool {
        self.told.towns.contains(&words.to_lowercase())
    }
}

impl Builder<'_> {
    /// What the knowledge base is told of the article.
    pub(super) fn context(&self) -> LinkContext<'_> {
        LinkContext { date: self.date, told: Some(&self.alike.told), ..LinkContext::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_role_belongs_to_who_is_named_before_it() {
        assert_eq!(owner("minister Tamba Orban's deputy"), "Tamba Orban");
        assert_eq!(owner("Orban’s deputy"), "Orban");
        assert_eq!([owner("the minister's deputy"), owner("the deputy")], ["", ""]);
    }
}
