//! Whether the verbs around an expression look ahead or back.

/// Words after which a date is to come.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "would",
    "could",
    "may",
    "might",
    "should",
    "expects",
    "expected",
    "expect",
    "scheduled",
    "due",
    "plans",
    "plan",
    "planned",
    "planning",
    "payable",
    "going",
    "upcoming",
    "until",
    "till",
    "proposed",
    "slated",
    "hopes",
    "hope",
    "intends",
    "intend",
    "begins",
    "starts",
    "set",
    "tomorrow",
    "next",
];
/// Verbs of the past without "-ed".
const BACK: &[&str] = &[
    "was", "were", "had", "did", "said", "rose", "fell", "went", "met", "made", "told", "took", "came", "began", "got", "gave", "left",
    "held", "won", "lost", "ran", "saw", "put", "hit", "sold", "bought", "paid", "sent", "grew", "became", "led", "brought", "spent",
    "kept", "felt", "found", "thought", "knew", "built", "drew", "broke", "chose", "spoke", "wrote", "ago", "shot", "fought", "stood",
    "struck", "hurt", "threw", "flew", "been", "since", "has", "have", "last",
];
/// Verbs that look ahead with "to" behind them.
const WITH_TO: &[&str] = &[
    "agreed",
    "agrees",
    "supposed",
    "wants",
    "wanted",
    "seeks",
    "seeking",
    "promised",
    "vowed",
    "pledged",
    "decided",
    "preparing",
    "prepared",
    "ready",
    "likely",
    "determined",
    "asked",
    "ordered",
    "urged",
    "required",
    "forced",
    "invited",
];
/// Words looked at on either side.
const REACH: usize = 12;

/// `Some(true)` when the nearest verb of the sentence looks ahead, `Some(false)` when it looks back, `None` when there is none.
///
/// `start..end` is the expression's byte range in `text`. A verb before the expression goes before one as near behind it.
pub fn is_ahead(text: &str, start: usize, end: usize) -> Option<bool> {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let mut left: Vec<&str> =
        before.rsplit(char::is_whitespace).filter(|w| !w.is_empty()).take_while(|w| !ends_sentence(w)).take(REACH).collect();
    left.reverse();
    let mut is_open = true;
    let right = after.split_whitespace().take_while(|w| std::mem::replace(&mut is_open, !ends_sentence(w)));
    let right: Vec<&str> = right.take(REACH).collect();
    if left.last().is_some_and(|w| w.eq_ignore_ascii_case("by")) && !right.contains(&"had") {
        return Some(true);
    }
    let left = (0..left.len()).rev().find_map(|i| Some((left.len() - 1 - i, direction(&left, i)?)));
    let right = (0..right.len()).find_map(|i| Some((i + 2, direction(&right, i)?)));
    match (left, right) {
        (Some(l), Some(r)) => Some(if r.0 < l.0 { r.1 } else { l.1 }),
        (l, r) => l.or(r).map(|v| v.1),
    }
}

/// Where the word at `i` looks: "was to be held" ahead, "had been due" back.
fn direction(words: &[&str], i: usize) -> Option<bool> {
    let at = |i: usize| words.get(i).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).unwrap_or_default();
    let word = at(i);
    let lower = word.to_lowercase();
    let near = |list: &[&str]| (1..=2).any(|n| i.checked_sub(n).is_some_and(|j| list.contains(&at(j))));
    if AHEAD.contains(&lower.as_str()) || WITH_TO.contains(&lower.as_str()) && at(i + 1) == "to" {
        return Some(!near(&["had"]));
    }
    let is_past = BACK.contains(&lower.as_str()) || lower.len() > 4 && lower.ends_with("ed") && lower == word;
    is_past.then(|| near(&["be"]))
}

/// Whether a sentence ends with this word: a stop behind a small letter, a digit or a mark, not behind an initial or a short title.
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
    bare.ends_with(['!', '?']) || bare.strip_suffix('.').is_some_and(|w| w.len() > 3 && !w.contains('.') && w.ends_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_verb_of_the_sentence_counts() {
        let cases = [
            ("The court ruled on Friday.", Some(false)),
            ("The court will rule on Friday.", Some(true)),
            ("He said the court will rule on Friday.", Some(true)),
            ("On Friday, the court ruled.", Some(false)),
            ("It will close. The dinner on Friday was late.", Some(false)),
            ("A dividend payable Friday", Some(true)),
            ("Friday", None),
        ];
        for (text, expected) in cases {
            let at = text.find("Friday").expect("the day");
            assert_eq!(is_ahead(text, at, at + 6), expected, "{text}");
        }
    }
}
