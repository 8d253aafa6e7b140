//! Who holds what, as a sentence says it beside a name.
//!
//! "Norwegian Foreign Minister Ann Example", "Norway's foreign minister, Ann Example,", "Ann Example, the foreign minister of Norway" -> `Ann Example`,
//! `NOR`, `FM`. Only what stands directly together counts: no word may come between country and office but "new", "acting" and the like, and
//! nothing that is over or yet to come ("former", "-elect").

use crate::Knowledge;
use crate::lexicon::{Entry, Hit};
use crate::np::is_particle;
use crate::text::{Token, tokens};

/// A person with an office, as a sentence says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apposition {
    /// The name as written, without forms of address.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// Key of the office.
    pub office: String,
    /// The office as written.
    pub title: String,
    /// The bytes of the whole: country, office and name.
    pub range: (usize, usize),
}

/// More words than these are no name.
const NAME_WORDS: usize = 6;
/// Between country and office.
const PLAIN: [&str; 9] = ["new", "acting", "interim", "caretaker", "newly", "appointed", "current", "federal", "transitional"];
/// What makes an office one of the past or the future.
const NOT_NOW: [&str; 14] = [
    "former",
    "ex",
    "then",
    "late",
    "ousted",
    "outgoing",
    "deposed",
    "elect",
    "designate",
    "designated",
    "incoming",
    "onetime",
    "would",
    "future",
];
/// What makes an office that of another: "deputy Norwegian foreign minister".
const LESS: [&str; 4] = ["deputy", "vice", "assistant", "shadow"];
/// Capitalised words that are no part of a name.
#[rustfmt::skip]
const NO_NAME: [&str; 22] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december", "on", "in", "the", "and",
];

/// All that `text`, one sentence, says.
pub(crate) fn appositions(k: &Knowledge, text: &str) -> Vec<Apposition> {
    let words = tokens(text);
    let hits = k.lexicon.scan(&words);
    let reader = Reader { k, text, words: &words, hits: &hits };
    (0..hits.len()).filter_map(|at| reader.at(at)).collect()
}

struct Reader<'a> {
    k: &'a Knowledge,
    text: &'a str,
    words: &'a [Token],
    hits: &'a [Hit],
}

/// An office with its country, as a stretch of words.
struct Post {
    office: String,
    country: String,
    title: (usize, usize),
    start: usize,
    end: usize,
}

impl Reader<'_> {
    fn norm(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.norm.as_str())
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        let from = self.words.get(start).map_or(0, |w| w.start);
        let to = end.checked_sub(1).and_then(|e| self.words.get(e)).map_or(from, |w| w.end);
        self.text.get(from..to).unwrap_or_default()
    }

    /// The country that a hit names.
    fn country(&self, hit: &Hit) -> Option<&str> {
        let at = hit.entries.iter().find_map(|e| if let Entry::Country(i) | Entry::Demonym(i) = e { Some(*i) } else { None })?;
        self.k.world.countries.get(at as usize).map(|c| c.iso3.as_str())
    }

    fn hit_ending(&self, end: usize) -> Option<&Hit> {
        self.hits.iter().find(|h| h.end == end)
    }

    fn hit_from(&self, start: usize) -> Option<&Hit> {
        self.hits.iter().find(|h| h.start == start)
    }

    /// What the hit of that number says, if it is an office.
    fn at(&self, at: usize) -> Option<Apposition> {
        let post = self.post(self.hits.get(at)?)?;
        let over = |i: usize| NOT_NOW.contains(&self.norm(i));
        let less = |i: usize| over(i) || LESS.contains(&self.norm(i));
        if post.start.checked_sub(1).is_some_and(less) || (post.start..=post.end).any(over) {
            return None;
        }
        let (first, last) = self.name_after(&post).or_else(|| self.name_before(&post))?;
        let range = (self.words[first.min(post.start)].start, self.words[last.max(post.end) - 1].end);
        let (name, title) = (self.slice(first, last).to_owned(), self.slice(post.title.0, post.title.1).to_owned());
        Some(Apposition { name, country: post.country, office: post.office, title, range })
    }

    /// The office of a hit with the country beside it.
    fn post(&self, hit: &Hit) -> Option<Post> {
        let (country, start, end) = self.country_before(hit.start).map(|(c, s)| (c, s, hit.end)).or_else(|| {
            let (country, end) = self.country_after(hit.end)?;
            Some((country, hit.start, end))
        })?;
        let offices =
            hit.entries.iter().filter_map(|e| if let Entry::Office(i) = e { self.k.world.offices.get(*i as usize) } else { None });
        let fits = |own: &Option<String>| own.as_ref().is_none_or(|own| *own == country);
        let office = offices.filter(|o| !o.body && fits(&o.country)).max_by_key(|o| o.country.is_some())?;
        // "presidents", "ministers of finance": several; "minister of foreign affairs": one
        let head = office.form.split(' ').take_while(|w| !matches!(*w, "of" | "for" | "to" | "in")).last().unwrap_or_default();
        let is_several = head.ends_with('s') && !head.ends_with("ss");
        (!is_several).then(|| Post { office: office.key.clone(), country, title: (hit.start, hit.end), start, end })
    }

    /// "Norwegian", "Norway's", "Norway's new": the country that ends before word `at`, and its first word.
    fn country_before(&self, at: usize) -> Option<(String, usize)> {
        let mut end = at;
        while end > 0 && (PLAIN.contains(&self.norm(end - 1)) || self.norm(end - 1) == "'s") {
            end -= 1;
        }
        let hit = self.hit_ending(end)?;
        // "in Iraq Minister Ann Example said": the place is not the minister's
        let is_where = end == at
            && hit.start.checked_sub(1).is_some_and(|b| matches!(self.norm(b), "in" | "at" | "from" | "near" | "inside" | "into"));
        (!is_where).then_some((self.country(hit)?.to_owned(), hit.start))
    }

    /// "of Norway": the country that begins after word `at`, and one past its last word.
    fn country_after(&self, at: usize) -> Option<(String, usize)> {
        let linked = matches!(self.norm(at), "of" | "for");
        let start = at + 1 + usize::from(self.norm(at + 1) == "the");
        let hit = self.hit_from(start).filter(|_| linked)?;
        Some((self.country(hit)?.to_owned(), hit.end))
    }

    /// "... minister Ann Example", "... minister, Ann Example,".
    fn name_after(&self, post: &Post) -> Option<(usize, usize)> {
        if let Some(name) = self.name_from(post.end) {
            return Some(name);
        }
        let name = self.name_from(post.end + 1).filter(|_| self.norm(post.end) == ",")?;
        // closed by the end of the sentence, or by a comma that no list goes on after
        let goes_on = matches!(self.norm(name.1 + 1), "and" | "or") || self.words.get(name.1 + 1).is_some_and(|w| w.upper);
        (matches!(self.norm(name.1), "" | "." | ";") || self.norm(name.1) == "," && !goes_on).then_some(name)
    }

    /// "Ann Example, the ...", "Ann Example, who is ...".
    fn name_before(&self, post: &Post) -> Option<(usize, usize)> {
        let mut comma = post.start.checked_sub(1)?;
        while matches!(self.norm(comma), "the" | "is" | "who" | "a") {
            comma = comma.checked_sub(1)?;
        }
        if self.norm(comma) != "," {
            return None;
        }
        let mut starts = comma.saturating_sub(NAME_WORDS)..comma.saturating_sub(1);
        starts.find_map(|s| self.name_from(s).filter(|n| *n == (s, comma)))
    }

    /// The name that begins at word `start`, behind forms of address: two words or more.
    fn name_from(&self, start: usize) -> Option<(usize, usize)> {
        let mut first = start;
        while let Some(hit) = self.hit_from(first).filter(|h| h.entries.iter().any(|e| matches!(e, Entry::Title(_)))) {
            first = hit.end;
        }
        let mut end = first;
        while end < self.words.len() && end - first < NAME_WORDS && self.is_name_word(first, end) {
            end += 1;
        }
        while end > first && is_particle(self.norm(end - 1)) && !self.words[end - 1].upper {
            end -= 1;
        }
        let big = (first..end).filter(|i| self.words[*i].upper).count();
        (big > 1 && self.words.get(first).is_some_and(|w| w.upper)).then_some((first, end))
    }

    fn is_name_word(&self, first: usize, at: usize) -> bool {
        let word = &self.words[at];
        let joined = at > first && self.words[at - 1].hyphen;
        if !word.word || NO_NAME.contains(&word.norm.as_str()) {
            return false;
        }
        let hit = self.hits.iter().find(|h| (h.start..h.end).contains(&at));
        let taken = hit.is_some_and(|h| {
            let is_office = h.entries.iter().any(|e| matches!(e, Entry::Office(_)));
            is_office
                || h.entries.iter().all(|e| match e {
                    Entry::Person(_) | Entry::Short(_) | Entry::Place(_) | Entry::Title(_) | Entry::Role(_) => false,
                    Entry::Country(_) | Entry::Capital(_) => at == first,
                    _ => true,
                })
        });
        (word.upper && !word.acronym || joined || at > first && is_particle(&word.norm)) && !taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn what_stands_together_is_read_and_nothing_else() {
        let k = Knowledge::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("reads");
        let cases: [(&str, &[&str]); 24] = [
            ("Norwegian Foreign Minister Ann Example said so.", &["Ann Example NOR FM Foreign Minister"]),
            ("Norway's new foreign minister Ann Example said so.", &["Ann Example NOR FM foreign minister"]),
            ("Norway’s foreign minister, Ann Example, said so.", &["Ann Example NOR FM foreign minister"]),
            ("Ann Example, the Norwegian foreign minister, said so.", &["Ann Example NOR FM foreign minister"]),
            ("Ann Example, foreign minister of Norway, said so.", &["Ann Example NOR FM foreign minister"]),
            ("It was told to Dr. Ann van der Example, who is prime minister of Japan.", &["Ann van der Example JPN HOG prime minister"]),
            ("South Korean President Lee Jae-something flew home.", &["Lee Jae-something KOR HOS President"]),
            ("Saudi Interior Minister Prince Abd bin Example met him.", &["Abd bin Example SAU INT Interior Minister"]),
            (
                "Norwegian Foreign Minister Ann Example met French Defence Minister Bo Ray.",
                &["Ann Example NOR FM Foreign Minister", "Bo Ray FRA DEF Defence Minister"],
            ),
            ("Norwegian Minister of Foreign Affairs Ann Example said so.", &["Ann Example NOR FM Minister of Foreign Affairs"]),
            ("Ann Example, Minister of Foreign Affairs of Norway, said so.", &["Ann Example NOR FM Minister of Foreign Affairs"]),
            ("He met Norway's foreign minister, Ann Example.", &["Ann Example NOR FM foreign minister"]),
            ("A spokesman for Norwegian Foreign Minister Ann Example said so.", &["Ann Example NOR FM Foreign Minister"]),
            ("Deputy Norwegian Foreign Minister Ann Example said so.", &[]),
            ("The ministers of finance of Norway, Ann Example, said so.", &[]),
            ("Former Norwegian Foreign Minister Ann Example said so.", &[]),
            ("Norway's then foreign minister Ann Example said so.", &[]),
            ("Norwegian Prime Minister-elect Ann Example said so.", &[]),
            ("The Norwegian foreign minister, Ann Example and Bo Ray met.", &[]),
            ("The Norwegian foreign minister Thursday said so.", &[]),
            ("Foreign Minister Ann Example said so in Norway.", &[]),
            ("In Norway Minister Ann Example said so.", &[]),
            ("Norwegian deputy oil minister Ann Example said so.", &[]),
            ("The Norwegian and Danish foreign ministers Ann Example and Bo Ray met.", &[]),
        ];
        let mut wrong = Vec::new();
        for (text, wanted) in cases {
            let found: Vec<String> =
                appositions(&k, text).into_iter().map(|a| format!("{} {} {} {}", a.name, a.country, a.office, a.title)).collect();
            if found != wanted {
                wrong.push(format!("{text}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
