//! Numbers in words.

/// The cardinals up to twelve, at their number.
pub const NUMBERS: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// The ordinals up to the twentieth, at their number.
pub const ORDINALS: [&str; 21] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The number of an ordinal: "third" is 3, up to the twentieth in words; "41st" is 41.
pub fn ordinal(word: &str) -> Option<i32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).filter(|d| d.len() < 4);
    let in_words = || ORDINALS.iter().position(|w| *w == word).and_then(|i| i32::try_from(i).ok());
    digits.and_then(|d| d.parse().ok()).or_else(in_words)
}

/// A number below one hundred in words: "seven", "forty two".
pub fn cardinal(words: &str) -> Option<i32> {
    const TEENS: [&str; 7] = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str], word: &str| list.iter().position(|w| *w == word).and_then(|i| i32::try_from(i).ok());
    let one = |word: &str| at(&NUMBERS, word).or_else(|| at(&TEENS, word).map(|i| i + 13)).or_else(|| at(&TENS, word).map(|i| 20 + i * 10));
    match words.split_once(['-', ' ']) {
        Some((tens, ones)) => Some(20 + at(&TENS, tens)? * 10 + at(&NUMBERS, ones)?),
        None => one(words),
    }
}
