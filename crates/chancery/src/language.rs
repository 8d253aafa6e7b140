//! The language of an article.
//!
//! `Ministers met in Doha.` -> `en`; `اجتمع الوزراء في الدوحة` -> `ar`. whatlang is weak on short text in Latin letters (confidence
//! 0.12 on a plain English line), so English is told by its function words first. Only [`is_coded`] languages are coded.

use crate::text::head;
use whatlang::{Lang, Script};

/// A detected language.
#[derive(Clone, Debug, PartialEq)]
pub struct Detected {
    /// ISO 639-1 code where there is one, else ISO 639-3.
    pub code: String,
    /// 0 to 1; not calibrated.
    pub confidence: f64,
}

/// Function words that are common in English and rare in other languages in Latin letters.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "with", "for", "was", "were", "is", "are", "has", "have", "had", "his", "her", "their", "its",
    "which", "said", "by", "from", "at", "on", "it", "be", "as", "not", "would", "will", "they", "he", "she", "this", "but", "after",
    "who",
];
/// Function words of other languages in Latin letters that English text hardly has in lower case, names ("da Silva", "van der Leyen") neither.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "o", "os", "e", "um", "uma", "não", "com", "pelo", "pela", "el", "los", "las", "que", "y", "por", "una", "su", "se", "et", "du", "une", "dans",
    "aux", "das", "und", "den", "mit", "ein", "eine", "ist", "auf", "il", "che", "della", "è", "gli", "ve", "bir", "bu", "ile", "için", "yang",
    "dan", "untuk", "dengan", "het", "een", "och", "att", "som", "på", "og", "til", "na", "się", "są", "si", "cu", "și", "nu",
];
/// Enough of a text to tell its language, in bytes.
const SAMPLE_BYTES: usize = 4000;
/// Below this many words whatlang's answer is not trusted for Latin letters.
const FEW_WORDS: usize = 25;

/// Whether articles in this language are coded (ISO 639-1).
pub fn is_coded(language: &str) -> bool {
    language == "en"
}

/// The language of `text`, from its first 4000 bytes; `None` without letters.
///
/// ```
/// assert_eq!(chancery::language::detect("Ministers met in Doha.").unwrap().code, "en");
/// ```
pub fn detect(text: &str) -> Option<Detected> {
    let sample = head(text, SAMPLE_BYTES);
    let script = whatlang::detect_script(sample)?;
    let guess = whatlang::detect(sample);
    if script == Script::Latin {
        let (words, english) = function_words(sample, |w| ENGLISH.contains(&w.to_lowercase().as_str()));
        let share = english as f64 / words.max(1) as f64;
        if english >= 2 && share >= 0.2 || words < FEW_WORDS && english * 8 >= words && english > 0 {
            return Some(Detected { code: "en".to_owned(), confidence: (0.5 + share).min(1.0) });
        }
        let others = function_words(sample, |w| OTHERS.contains(&w)).1;
        if others >= 2 && others * 5 >= words && others > english {
            let other = guess.as_ref().map(|g| code(g.lang())).filter(|c| *c != "en").unwrap_or("und");
            return Some(Detected { code: other.to_owned(), confidence: 0.5 });
        }
        let told = without_accented_names(sample);
        let is_sure = whatlang::detect(&told).is_some_and(|g| g.is_reliable() && g.confidence() > 0.9);
        if words < FEW_WORDS && !is_sure && told.bytes().filter(|b| !b.is_ascii()).count() * 30 <= told.len() {
            return Some(Detected { code: "en".to_owned(), confidence: 0.3 });
        }
    }
    guess.map(|g| Detected { code: code(g.lang()).to_owned(), confidence: g.confidence() })
}

/// The code for a language as a caller may write it: `en-GB`, `EN`, `eng`, `English` -> `en`. `None` if it is no language tag.
pub fn normalized(stated: &str) -> Option<String> {
    let lower = stated.trim().to_lowercase();
    let tag = lower.split(['-', '_']).next().unwrap_or_default();
    if tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(tag.to_owned());
    }
    let named = Lang::all().iter().find(|l| l.eng_name().to_lowercase() == lower || l.code() == tag);
    named.map(|l| code(*l).to_owned())
}

/// The words but those with a capital and an accent: `José met Orbán in Riga` -> `met in Riga`. Names say little of a text's language.
fn without_accented_names(sample: &str) -> String {
    let is_name = |word: &str| !word.is_ascii() && word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    sample.split_whitespace().filter(|word| !is_name(word)).collect::<Vec<_>>().join(" ")
}

/// How many words there are, and how many of them (lower case in the text) are among some function words.
fn function_words(sample: &str, is_one: impl Fn(&str) -> bool) -> (usize, usize) {
    let words = sample.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().next().is_some_and(char::is_alphabetic));
    words.fold((0, 0), |(all, hits), word| (all + 1, hits + usize::from(is_one(word))))
}

/// ISO 639-1 for whatlang's ISO 639-3.
fn code(lang: Lang) -> &'static str {
    #[rustfmt::skip]
    const CODES: &[(&str, &str)] = &[
        ("epo", "eo"), ("eng", "en"), ("rus", "ru"), ("cmn", "zh"), ("spa", "es"), ("por", "pt"), ("ita", "it"), ("ben", "bn"),
        ("fra", "fr"), ("deu", "de"), ("ukr", "uk"), ("kat", "ka"), ("ara", "ar"), ("hin", "hi"), ("jpn", "ja"), ("heb", "he"),
        ("yid", "yi"), ("pol", "pl"), ("amh", "am"), ("jav", "jv"), ("kor", "ko"), ("nob", "nb"), ("dan", "da"), ("swe", "sv"),
        ("fin", "fi"), ("tur", "tr"), ("nld", "nl"), ("hun", "hu"), ("ces", "cs"), ("ell", "el"), ("bul", "bg"), ("bel", "be"),
        ("mar", "mr"), ("kan", "kn"), ("ron", "ro"), ("slv", "sl"), ("hrv", "hr"), ("srp", "sr"), ("mkd", "mk"), ("lit", "lt"),
        ("lav", "lv"), ("est", "et"), ("tam", "ta"), ("vie", "vi"), ("urd", "ur"), ("tha", "th"), ("guj", "gu"), ("uzb", "uz"),
        ("pan", "pa"), ("aze", "az"), ("ind", "id"), ("tel", "te"), ("pes", "fa"), ("mal", "ml"), ("ori", "or"), ("mya", "my"),
        ("nep", "ne"), ("sin", "si"), ("khm", "km"), ("tuk", "tk"), ("aka", "ak"), ("zul", "zu"), ("sna", "sn"), ("afr", "af"),
        ("lat", "la"), ("slk", "sk"), ("cat", "ca"), ("tgl", "tl"), ("hye", "hy"), ("cym", "cy"),
    ];
    CODES.iter().find(|(long, _)| *long == lang.code()).map_or(lang.code(), |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        let cases = [
            ("Ministers met in Doha.", "en"),
            ("Okano Yukiko, deputy press secretary, emphasized the importance of relations.", "en"),
            ("Kishida visits Riyadh", "en"),
            ("Lula da Silva meets Ursula von der Leyen in Rio de Janeiro", "en"),
            ("O presidente brasileiro condenou o ataque e pediu calma.", "pt"),
            ("Il ministro degli Esteri ha incontrato il suo omologo e gli ambasciatori.", "it"),
            ("اجتمع وزراء الداخلية في الدوحة يوم الأربعاء", "ar"),
            (
                "Le ministre des Affaires étrangères a rencontré son homologue saoudien à Riyad pour discuter de la coopération bilatérale entre les deux pays.",
                "fr",
            ),
            ("外务大臣在利雅得会见了沙特外交大臣", "zh"),
            (
                "Der Außenminister traf am Sonntag seinen saudischen Kollegen, um über die Zusammenarbeit der beiden Länder zu sprechen.",
                "de",
            ),
            (
                "El ministro de Exteriores se reunió con su homólogo para hablar de la cooperación entre los dos países y de la seguridad.",
                "es",
            ),
            ("Министр иностранных дел встретился с коллегой в Эр-Рияде", "ru"),
        ];
        let failures: Vec<_> =
            cases.iter().map(|(t, c)| (t, c, detect(t))).filter(|(_, c, d)| d.as_ref().map(|d| d.code.as_str()) != Some(**c)).collect();
        assert!(failures.is_empty(), "{failures:#?}");
        assert_eq!(detect("1234 -- 5"), None);
        assert_eq!(normalized("English").as_deref(), Some("en"));
        assert_eq!(normalized("en-GB").as_deref(), Some("en"));
    }

    #[test]
    fn accented_names_make_no_short_page_foreign() {
        let english =
            ["Søren Ærø met Zoë Muñoz in Ålesund on Friday.", "Jānis Ozoliņš met Kęstutis Čižas in Riga.", "Peña criticises Orbán envoy"];
        let foreign =
            ["Le président Muñoz a rencontré Orbán à Lille.", "Ministr zahraničí navštívil Plzeň v pátek.", "Peña reçoit Gómez à Lyon"];
        let is_english = |text: &str| detect(text).is_some_and(|d| d.code == "en");
        assert_eq!(english.map(is_english), [true; 3]);
        assert_eq!(foreign.map(is_english), [false; 3]);
    }
}
