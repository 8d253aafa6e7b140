//! Which places an article means: all its place names are located together, since they tell of each other.

mod name;

pub use name::{innermost, name};

use crate::{analysis::Sentence, coref::Cast};
use chancery_knowledge::{Knowledge, PlaceFact, Toponym};
use chancery_record::Span;
use std::collections::BTreeSet;

/// The located place names of an article.
#[derive(Clone, Debug, Default)]
pub struct Places {
    found: Vec<(Span, Option<PlaceFact>)>,
}

impl Places {
    /// Locates the dateline's place, the place mentions and, as witnesses, the states that are named as such.
    pub fn of_article(text: &str, sentences: &[Sentence], cast: &Cast, dateline: Option<Span>, knowledge: &Knowledge) -> Places {
        let names = |s: &Sentence| {
            let named = s.reading.mentions.iter().filter(|m| matches!(m.kind.as_str(), "pl" | "st"));
            named.map(|m| s.span_of(m.first, m.last)).collect::<Vec<_>>()
        };
        let mut spans: Vec<Span> = dateline.into_iter().chain(sentences.iter().flat_map(names)).filter(|s| s.start < s.end).collect();
        spans.sort_by_key(|s| (s.start, s.end));
        spans.dedup();
        let countries: BTreeSet<&str> = cast.entities.iter().filter_map(|e| e.resolved.country.as_deref()).collect();
        let countries: Vec<String> = countries.into_iter().map(str::to_owned).collect();
        let named: Vec<Span> = spans.iter().map(|s| name::with_kind(text, *s)).collect();
        let facts = locate(text, &named, &countries, knowledge);
        Places { found: spans.into_iter().zip(facts).collect() }
    }

    /// The place of the name at `span`; the outer `None`: no name of the article stands there.
    pub fn at(&self, span: Span) -> Option<Option<&PlaceFact>> {
        self.found.iter().find(|(at, _)| *at == span).map(|(_, fact)| fact.as_ref())
    }
}

/// The place of the name at each of `spans` (in text order), read together with `countries` (ISO3) that the text names otherwise.
///
/// A name encloses the one before it when only a comma parts them, within one span or between two ("Paris, Texas").
pub fn locate(text: &str, spans: &[Span], countries: &[String], knowledge: &Knowledge) -> Vec<Option<PlaceFact>> {
    let mut toponyms: Vec<Toponym> = Vec::new();
    let mut at = Vec::with_capacity(spans.len());
    for (i, span) in spans.iter().enumerate() {
        at.push(toponyms.len());
        let name = span.slice(text).unwrap_or_default();
        let next = spans.get(i + 1).and_then(|next| text.get(span.end..next.start)).is_some_and(|gap| gap.trim_end() == ",");
        match name.split_once(", ") {
            Some((inner, outer)) => {
                toponyms.push(Toponym { text: inner, within: Some(toponyms.len() + 1) });
                toponyms.push(Toponym { text: outer, within: None });
            }
            None => toponyms.push(Toponym { text: name, within: next.then_some(toponyms.len() + 1) }),
        }
    }
    let mut facts = knowledge.locate(&toponyms, countries);
    at.into_iter().map(|i| facts.get_mut(i).and_then(Option::take)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotated::knowledge;

    #[test]
    fn a_name_behind_a_comma_encloses_the_one_before_it() {
        let text = "Paris, Texas and Paris are not one place.";
        let span = |a: usize, n: usize| Span::new(a, a + n);
        let found = locate(text, &[span(0, 5), span(7, 5)], &[], knowledge());
        let country = |i: usize| found.get(i).and_then(|f| f.as_ref()).map(|f| (f.country.as_str(), f.precision));
        assert_eq!((country(0), country(1)), (Some(("USA", "city")), Some(("USA", "admin1"))));
        let joined = locate(text, &[span(0, 12)], &[], knowledge());
        assert_eq!(joined.iter().flatten().map(|f| f.admin1.as_deref()).collect::<Vec<_>>(), [Some("Texas")]);
        let apart = locate(text, &[span(0, 5), span(17, 5)], &[], knowledge());
        assert_eq!(apart.iter().flatten().map(|f| f.country.as_str()).collect::<Vec<_>>(), ["FRA", "FRA"]);
    }
}
