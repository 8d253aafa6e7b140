//! Word lists of a language, read from `knowledge/languages/<code>/`: cue stems with their stance, phrases that name an occasion, kinds of words.

use chancery_record::{LedgerKind, Stance};
use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

/// The word lists of one language.
pub struct Phrases {
    /// Cue stem, stance, and a mark (`t`: the words are told as fact, `s`: an act of speech in itself), longest stem first.
    cues: Vec<(&'static str, Stance, &'static str)>,
    /// Lower-case phrase, ledger kind and status, longest phrase first.
    occasions: Vec<(&'static str, LedgerKind, &'static str)>,
    /// Noun stem and the ledger kind it names, longest stem first.
    ledger: Vec<(&'static str, LedgerKind)>,
    /// Stem or phrase, ledger kind and the status it tells, longest first.
    statuses: Vec<(&'static str, LedgerKind, &'static str)>,
    /// The same of a matter that nobody acts on.
    life: Vec<(&'static str, LedgerKind, &'static str)>,
    /// Further nouns of matters.
    matters: Vec<(&'static str, LedgerKind)>,
    /// Words of match reports.
    sport: BTreeSet<&'static str>,
    /// Words of business pages, and whether each is of firms and their shares alone.
    business: HashMap<&'static str, bool>,
    /// Words of stories of private crime, and whether each makes a story more than that.
    crime: HashMap<&'static str, bool>,
    /// Words by which a speaker says what must or will never be.
    positions: Vec<&'static str>,
    /// Words that do not say what a matter is about.
    common: BTreeSet<&'static str>,
    /// Stem of a word -> the topic it is a word for.
    topics: HashMap<String, &'static str>,
    /// What a word tells, and the word; a stem ends in `-`.
    kinds: Vec<(Word, &'static str)>,
}

/// What an article is, where most that reads like politics in it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// A match report: nothing in it is a political event.
    Sport,
    /// Of firms: what they do among themselves is no political event.
    Business,
    /// Of private crime: what is done by and to private people, police and courts in it is no political event.
    Crime,
}

/// What a word tells: most of whose a mention is that names no country, some of a predicate (`kinds.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// Meets or serves in an international body, or is issued by one.
    OfBody,
    /// A cause that a society acts for.
    Cause,
    /// A society for a cause.
    Society,
    /// What every state has.
    OfState,
    /// Points beyond the home country.
    Abroad,
    /// A body, or somebody, that is none that was named otherwise.
    Itself,
    /// A company: of several, nobody knows which.
    Company,
    /// Several, whom no one person is.
    Collective,
    /// A noun or given name of women.
    Female,
    /// The same of men.
    Male,
    /// Makes a national group its government's.
    Official,
    /// A wish that is expressed and no event.
    Wish,
    /// What states seek with one another.
    Together,
    /// What has numbers: "the 41st session".
    Session,
    /// After a session, says that its number is none of a series: "the first meeting in three years".
    InAll,
    /// Says that somebody goes somewhere.
    Travel,
    /// Who is so to somebody is of the other country: "her hosts".
    OtherSide,
    /// Who is so to one of two countries is the other: "its neighbour".
    Neighbour,
    /// What somebody is blamed for in words.
    Accusation,
    /// Comes by itself, so that who warns of it threatens nobody: "rising tension".
    Rising,
    /// Who is sent, or goes, to a state: "its ambassador", "a trip".
    Mission,
    /// A number in words.
    Number,
    /// Takes place for as long as is said of it: "a three-day visit".
    Lasting,
    /// A verb of speech whose content is a clause or a quotation.
    Clausal,
    /// What somebody says something in: "said in an interview the road was closed".
    Utterance,
    /// A verb of reaching somebody, which is not to speak.
    Contact,
    /// Begins a phrase of where and when, which is no content.
    Setting,
    /// Says that something is possible, or would be.
    Modal,
    /// Gives an answer: "responded by".
    Answering,
    /// Takes what the other side gives.
    Borrowing,
    /// Speaks well of what others did.
    Welcoming,
    /// Makes a truce one of trade.
    OfTrade,
    /// Interrupts or lessens what it is said of: "suspended its sanctions".
    Interrupting,
    /// Ends it.
    Ending,
    /// Restricts trade, money or movement.
    Restriction,
}

/// The word lists of English, in the order in which they are read.
const ENGLISH: [&str; 13] = [
    include_str!("../../../knowledge/languages/en/speech.tsv"),
    include_str!("../../../knowledge/languages/en/occasions.tsv"),
    include_str!("../../../knowledge/languages/en/ledger.tsv"),
    include_str!("../../../knowledge/languages/en/statuses.tsv"),
    include_str!("../../../knowledge/languages/en/sport.tsv"),
    include_str!("../../../knowledge/languages/en/positions.tsv"),
    include_str!("../../../knowledge/languages/en/common.tsv"),
    include_str!("../../../knowledge/languages/en/kinds.tsv"),
    include_str!("../../../knowledge/languages/en/topics.tsv"),
    include_str!("../../../knowledge/languages/en/life.tsv"),
    include_str!("../../../knowledge/languages/en/matters.tsv"),
    include_str!("../../../knowledge/languages/en/business.tsv"),
    include_str!("../../../knowledge/languages/en/crime.tsv"),
];

/// The texts of all word lists: what of `knowledge/` is compiled in and [`chancery_knowledge::Knowledge::fingerprint`] does not cover.
pub fn texts() -> &'static [&'static str] {
    &ENGLISH
}

/// English.
pub fn english() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(ENGLISH));
    &PHRASES
}

fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

fn named<T: for<'a> serde::Deserialize<'a>>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// Whether `word` is the one that is listed, or begins like it where that ends in `-`.
fn is_listed(listed: &str, word: &str) -> bool {
    listed.strip_suffix('-').map_or(word == listed, |stem| word.starts_with(stem))
}

/// A word without its commonest English endings.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 9] = ["ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "y"];
    let cut = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|w| w.chars().count() >= 3));
    cut.unwrap_or(word).to_owned()
}

impl Phrases {
    fn read(
        [speech, occasions, ledger, statuses, sport, positions, common, kinds, topics, life, matters, business, crime]: [&'static str; 13],
    ) -> Self {
        let mut cues: Vec<_> =
            rows(speech).filter_map(|r| Some((*r.first()?, named(r.get(1)?)?, r.get(2).copied().unwrap_or_default()))).collect();
        let mut occasions: Vec<_> = rows(occasions).filter_map(|r| Some((*r.first()?, named(r.get(1)?)?, *r.get(2)?))).collect();
        cues.sort_by_key(|c| std::cmp::Reverse(c.0.len()));
        occasions.sort_by_key(|o| std::cmp::Reverse(o.0.len()));
        let mut ledger: Vec<_> = rows(ledger).filter_map(|r| Some((*r.first()?, named(r.get(1)?)?))).collect();
        ledger.sort_by_key(|l| std::cmp::Reverse(l.0.len()));
        let told = |r: Vec<&'static str>| -> Vec<_> {
            let pairs = r.get(1).into_iter().flat_map(|kinds| kinds.split(' ')).filter_map(|k| k.split_once('/'));
            pairs.filter_map(|(kind, status)| Some((*r.first()?, named(kind)?, status))).collect()
        };
        let mut statuses: Vec<_> = rows(statuses).flat_map(told).collect();
        statuses.sort_by_key(|s| std::cmp::Reverse(s.0.len()));
        let mut life: Vec<_> = rows(life).flat_map(told).collect();
        life.sort_by_key(|s| std::cmp::Reverse(s.0.len()));
        let matters = rows(matters).filter_map(|r| Some((*r.first()?, named(r.get(1)?)?))).collect();
        let sport = rows(sport).filter_map(|r| r.first().copied()).collect();
        let marked = |file| rows(file).filter_map(|r| Some((*r.first()?, r.len() > 1))).collect();
        let (business, crime) = (marked(business), marked(crime));
        let positions = rows(positions).filter_map(|r| r.first().copied()).collect();
        let common = rows(common).filter_map(|r| r.first().copied()).collect();
        let words = |r: Vec<&'static str>| Some((named::<Word>(r.first()?)?, *r.get(1)?));
        let kinds = rows(kinds).filter_map(words).flat_map(|(kind, words)| words.split(' ').map(move |w| (kind, w))).collect();
        let stems = |r: Vec<&'static str>| Some((*r.first()?, r.get(1)?.split(' ').map(stem)));
        let topics = rows(topics).filter_map(stems).flat_map(|(topic, stems)| stems.map(move |s| (s, topic))).collect();
        Phrases { cues, occasions, ledger, statuses, life, matters, sport, business, crime, positions, common, kinds, topics }
    }

    /// What a speaker does with the cue (lower case), by the first of its words that has a stem; asserts if none has.
    pub fn stance(&self, cue: &str) -> Stance {
        self.cue(cue).map_or(Stance::Assert, |c| c.1)
    }

    /// Whether a cue tells its words as what happened ("said", "announced"), unlike "claimed", "denied" or "hoped". A cue of no listed stem does.
    pub fn tells(&self, cue: &str) -> bool {
        self.cue(cue).is_none_or(|c| c.2 == "t")
    }

    /// Whether the verb (lower case) speaks even where the network reads an event in it: "expressed", "rejected", "urged".
    pub fn speaks(&self, verb: &str) -> bool {
        self.cue(verb).is_some_and(|c| c.2 == "s" || c.1 != Stance::Assert)
    }

    fn cue(&self, cue: &str) -> Option<&(&'static str, Stance, &'static str)> {
        let of = |word: &str| self.cues.iter().find(|(stem, ..)| word.starts_with(stem));
        cue.split(|c: char| !c.is_alphabetic()).find_map(of)
    }

    /// Whether a word (lower case) begins like a verb of speech.
    pub fn is_cue(&self, word: &str) -> bool {
        self.cues.iter().any(|(stem, ..)| word.starts_with(stem))
    }

    /// What `text` (lower case) reads like: five different words of the genre, at least one in forty of all its words; for business two of firms alone,
    /// for crime one in twenty and no more than one that makes it public.
    pub fn genre(&self, text: &str) -> Option<Genre> {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
        let is_of = |listed: &dyn Fn(&str) -> bool| {
            let hits: Vec<&str> = words.iter().copied().filter(|w| listed(w)).collect();
            hits.len() * 40 >= words.len() && hits.iter().collect::<BTreeSet<_>>().len() >= 5
        };
        let of_firms = || words.iter().filter(|w| self.business.get(*w) == Some(&true)).collect::<BTreeSet<_>>().len();
        if is_of(&|w| self.sport.contains(w)) {
            return Some(Genre::Sport);
        }
        if is_of(&|w| self.business.contains_key(w)) && of_firms() >= 2 {
            return Some(Genre::Business);
        }
        let of_crime = |public| words.iter().copied().filter(|w| self.crime.get(w) == Some(&public)).collect::<Vec<_>>();
        let is_private = of_crime(true).into_iter().collect::<BTreeSet<_>>().len() < 2;
        (is_private && is_of(&|w| self.crime.get(w) == Some(&false)) && of_crime(false).len() * 20 >= words.len()).then_some(Genre::Crime)
    }

    /// Whether `text` (lower case) says what must, should or will never be.
    pub fn holds(&self, text: &str) -> bool {
        let padded = format!(" {text} ");
        self.positions.iter().any(|p| padded.contains(&format!(" {p} ")))
    }

    /// Whether a word (lower case) says only that there is a matter, not which: "agreement", "ministers".
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// The topic that a word (lower case) is a word for, else the word without inflection.
    pub fn topic(&self, word: &str) -> String {
        let stem = stem(word);
        self.topics.get(&stem).map_or(stem, |topic| (*topic).to_owned())
    }

    /// Whether a word (lower case) is of a kind.
    pub fn is(&self, kind: Word, word: &str) -> bool {
        self.kinds.iter().any(|(k, listed)| *k == kind && is_listed(listed, word))
    }

    /// The ledger kind a noun (lower case) names: "dialogue", "memorandum".
    pub fn ledger_noun(&self, word: &str) -> Option<LedgerKind> {
        self.ledger.iter().find(|(stem, _)| word.starts_with(stem)).map(|l| l.1)
    }

    /// Where a matter of this kind stands by the words (lower case) of a predicate: "put off", "ratified".
    pub fn ledger_status(&self, kind: LedgerKind, words: &str) -> Option<&'static str> {
        let padded = format!(" {words}");
        let hit = |s: &&(&str, LedgerKind, &str)| s.1 == kind && padded.contains(&format!(" {}", s.0));
        self.statuses.iter().find(hit).map(|s| s.2)
    }

    /// The ledger kind that a noun (lower case) names, of any list: "truce", "ban".
    pub fn matter(&self, word: &str) -> Option<LedgerKind> {
        let listed = || self.matters.iter().find(|(listed, _)| is_listed(listed, word)).map(|m| m.1);
        listed().or_else(|| self.ledger_noun(word))
    }

    /// What the words (lower case) tell of a matter of this kind that nobody acts on: how many words of them, and its status.
    pub fn fate(&self, kind: LedgerKind, words: &str) -> Option<(usize, &'static str)> {
        let all = self.life.iter().chain(&self.statuses);
        let hit = all.filter(|s| s.1 == kind && words.starts_with(s.0)).max_by_key(|s| s.0.len())?;
        Some((hit.0.split(' ').count(), hit.2))
    }

    /// The first occasion named in `text` (lower case): byte range, kind and status.
    pub fn occasion(&self, text: &str) -> Option<(usize, usize, LedgerKind, &'static str)> {
        let hit = |&(phrase, kind, status): &(&'static str, LedgerKind, &'static str)| {
            text.find(phrase).map(|at| (at, at + phrase.len(), kind, status))
        };
        self.occasions.iter().filter_map(hit).min_by_key(|h| (h.0, std::cmp::Reverse(h.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_word_lists_is_read() {
        let count = |file: &str| file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(english().cues.len(), count(include_str!("../../../knowledge/languages/en/speech.tsv")));
        assert_eq!(english().occasions.len(), count(include_str!("../../../knowledge/languages/en/occasions.tsv")));
        assert_eq!(english().ledger.len(), count(include_str!("../../../knowledge/languages/en/ledger.tsv")));
        let statuses = include_str!("../../../knowledge/languages/en/statuses.tsv");
        assert_eq!(
            english().statuses.len(),
            statuses.lines().filter(|l| !l.starts_with('#')).map(|l| l.matches('/').count()).sum::<usize>()
        );
        assert!(english().statuses.iter().all(|s| s.1.has(s.2)));
        assert_eq!(english().ledger_status(LedgerKind::Meeting, "was put off"), Some("postponed"));
        assert_eq!(english().common.len(), count(include_str!("../../../knowledge/languages/en/common.tsv")));
        let kinds = include_str!("../../../knowledge/languages/en/kinds.tsv");
        let words = kinds.lines().filter(|l| !l.starts_with('#')).map(|l| l.split(['\t', ' ']).count() - 1);
        assert_eq!(english().kinds.len(), words.sum::<usize>());
        assert!(english().is(Word::Society, "organisations") && english().is(Word::Cause, "aid") && !english().is(Word::Cause, "aids"));
        assert_eq!(english().topic("wheat"), english().topic("cereals"));
        assert_eq!(english().topic("harbours"), english().topic("port"));
        assert_ne!(english().topic("wheat"), english().topic("gas"));
        assert_eq!(english().ledger_noun("memorandum"), Some(LedgerKind::Agreement));
        assert_eq!(english().stance("went on to say"), Stance::Assert);
        assert_eq!(english().stance("warned of"), Stance::Warn);
        assert!(english().tells("said") && !english().tells("claimed") && !english().tells("expressed hope"));
        assert_eq!(english().occasion("at a press conference in rome").map(|o| (o.0, o.1)), Some((5, 21)));
    }
}
