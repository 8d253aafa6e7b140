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

/// The number of an ordinal in words: "third" is 3, up to the twentieth.
pub fn ordinal(word: &str) -> Option<i32> {
    ORDINALS.iter().position(|w| *w == word).and_then(|i| i32::try_from(i).ok())
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
