//! Small sets of words, as numbers: a million of them fit into memory, and are compared without reading words.

use super::is_number;
use std::collections::HashMap;

/// The numbers of words.
#[derive(Default)]
pub struct Names(HashMap<String, u32>);

/// A set of words, sorted by number; odd numbers stand for words that are numbers themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set(Box<[u32]>);

impl Names {
    /// The set of these words.
    pub fn set<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) -> Set {
        let mut all: Vec<u32> = words.into_iter().map(|w| self.number(w)).collect();
        all.sort_unstable();
        all.dedup();
        Set(all.into())
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.0.get(word) {
            return *known;
        }
        let next = 2 * self.0.len() as u32 + u32::from(is_number(word));
        self.0.insert(word.to_owned(), next);
        next
    }
}

impl Set {
    /// Its words, in rising order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    /// The words that it has in common with another one.
    pub fn shared<'s>(&'s self, other: &'s Set) -> impl Iterator<Item = u32> + 's {
        self.iter().filter(|w| other.0.binary_search(w).is_ok())
    }

    /// Its words that the other one lacks.
    pub fn without(&self, other: &Set) -> Set {
        Set(self.iter().filter(|w| other.0.binary_search(w).is_err()).collect())
    }

    /// The words of either.
    pub fn with(&self, other: &Set) -> Set {
        let mut all: Vec<u32> = self.iter().chain(other.iter()).collect();
        all.sort_unstable();
        all.dedup();
        Set(all.into())
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they have no word in common.
    pub fn is_disjoint(&self, other: &Set) -> bool {
        self.shared(other).next().is_none()
    }

    /// Whether one holds the other.
    pub fn is_nested(&self, other: &Set) -> bool {
        self.shared(other).count() == self.len().min(other.len())
    }

    /// Whether one of its words is a number.
    pub fn has_number(&self) -> bool {
        self.iter().any(is_figure)
    }
}

/// Whether a word is a number.
pub fn is_figure(word: u32) -> bool {
    word % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_compare_like_the_words_they_stand_for() {
        let mut names = Names::default();
        let a = names.set(["pledg", "40", "harbour", "pledg"]);
        let b = names.set(["harbour", "40"]);
        let c = names.set(["visa"]);
        assert_eq!((a.len(), a.shared(&b).count(), a.is_nested(&b), a.is_disjoint(&c)), (3, 2, true, true));
        assert!(a.has_number() && !c.has_number() && a.shared(&b).any(is_figure));
        assert_eq!(a.without(&b), names.set(["pledg"]));
        assert_eq!(b.with(&c), names.set(["visa", "40", "harbour"]));
        assert!(c.without(&c).is_empty());
    }
}
