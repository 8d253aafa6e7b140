//! The name within the words of a place, and the innermost of several.

use chancery_record::Span;

/// Nouns for kinds of places.
const KINDS: &[&str] = &[
    "city",
    "town",
    "village",
    "district",
    "province",
    "region",
    "neighborhood",
    "neighbourhood",
    "suburb",
    "capital",
    "port",
    "area",
    "camp",
    "island",
    "quarter",
    "state",
    "county",
    "governorate",
    "municipality",
    "hamlet",
    "settlement",
    "peninsula",
    "valley",
    "enclave",
    "stronghold",
    "republic",
];
/// Kinds that hold others.
const HOLDERS: &[&str] =
    &["province", "region", "state", "governorate", "district", "county", "southern", "northern", "eastern", "western", "central"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Words by which a second name holds the first: "Bonda, on the outskirts of Santa Marta".
const INSIDE: &[&str] = &["in", "of", "near", "outside", "from", "at", "on", "inside", "within", "around"];
/// Longest gap between a name and the one that holds it, in words.
const REACH: usize = 8;

/// The name within the words of a place; `None` when they are no name.
///
/// "the West Bank city of Nablus" -> "Nablus", "Vedeno region of southern Chechnya" -> "Vedeno", "Iraq's northern Nineveh" -> "Nineveh",
/// "Paris, Texas" -> "Paris".
pub fn name(text: &str, span: Span) -> Option<Span> {
    let words: Vec<Span> = words(text, span);
    let of = |i: usize| words.get(i).and_then(|w: &Span| w.slice(text)).unwrap_or_default();
    let (mut first, mut last) = (0, words.len());
    if let Some(comma) = (0..last).find(|i| of(*i).ends_with(',')) {
        last = comma + 1;
    }
    while let Some(owner) = (first..last.saturating_sub(1)).find(|i| of(*i).ends_with("'s") || of(*i).ends_with("\u{2019}s")) {
        first = owner + 1;
    }
    if let Some(kind) = (first..last.saturating_sub(1)).find(|i| KINDS.contains(&of(*i)) && of(i + 1) == "of") {
        let is_held = (kind + 2..last).any(|i| HOLDERS.contains(&of(i).to_lowercase().as_str())) && (first..kind).any(|i| is_name(of(i)));
        (first, last) = if is_held { (first, kind) } else { (kind + 2, last) };
    }
    while first < last && !is_name(of(first)) {
        first += 1;
    }
    let is_end = |w: &str| !is_name(w) || WEEKDAYS.contains(&w);
    while first < last && is_end(of(last - 1).trim_end_matches(',')) {
        last -= 1;
    }
    let (start, end) = (words.get(first)?.start, words.get(last.checked_sub(1)?)?.end);
    let bare = Span::new(start, end).slice(text)?.trim_end_matches(',').trim_end_matches("'s").trim_end_matches("\u{2019}s");
    (first < last && !bare.is_empty()).then(|| Span::new(start, start + bare.len()))
}

/// The name with the word behind it that says what it is ("Homs province"), and with what follows a comma ("Paris, Texas"); all of `span` when it
/// has no name.
pub(super) fn with_kind(text: &str, span: Span) -> Span {
    let Some(name) = name(text, span) else { return span };
    let rest = text.get(name.end..span.end).unwrap_or_default();
    let kind = rest.strip_prefix(' ').and_then(|r| r.split(' ').next()).filter(|w| KINDS.contains(w));
    match kind {
        Some(kind) => Span::new(name.start, name.end + 1 + kind.len()),
        None if rest.starts_with(", ") => Span::new(name.start, span.end),
        None => name,
    }
}

/// The names that no other of `names` (in text order) holds: of "Bonda, on the outskirts of Santa Marta, Colombia" the first; of
/// "Khan Touman, Aleis and Alzorba" all.
pub fn innermost(text: &str, names: &[Span]) -> Vec<Span> {
    let gap = |i: usize| names.get(i..i + 2).and_then(|p| text.get(p[0].end..p[1].start)).unwrap_or("|");
    let is_comma = |i: usize| gap(i).trim() == ",";
    let mut out: Vec<Span> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let Some(before) = i.checked_sub(1) else {
            out.push(*name);
            continue;
        };
        // a run of commas that ends in "and" is a list
        let end = (i..names.len()).find(|j| !is_comma(*j)).unwrap_or(names.len());
        let is_list = matches!(gap(end).trim(), "and" | "or" | ", and" | "and in" | "&");
        if !(is_comma(before) && !is_list || holds(gap(before))) {
            out.push(*name);
        }
    }
    out
}

/// Whether the words between two names say that the second holds the first.
fn holds(gap: &str) -> bool {
    let words: Vec<&str> = gap.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_plain = words.len() <= REACH
        && words.iter().all(|w| !w.starts_with(char::is_uppercase) && !matches!(*w, "and" | "or" | "to" | "as" | "but"));
    is_plain && words.iter().any(|w| INSIDE.contains(w)) && !gap.contains(['.', ';'])
}

fn is_name(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let stem = ["al-", "el-", "ar-", "er-", "as-", "es-", "az-", "ez-", "ad-", "ed-", "at-", "et-", "an-", "en-", "ash-", "esh-"]
        .iter()
        .find_map(|article| bare.strip_prefix(article))
        .unwrap_or(bare);
    stem.starts_with(char::is_uppercase)
}

/// The words of a span, marks kept.
fn words(text: &str, span: Span) -> Vec<Span> {
    let all = span.slice(text).unwrap_or_default();
    let at = |w: &str| w.as_ptr() as usize - all.as_ptr() as usize + span.start;
    all.split_whitespace().map(|w| Span::new(at(w), at(w) + w.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_cut_from_what_describes_it() {
        let named = |text: &str| name(text, Span::new(0, text.len())).and_then(|s| s.slice(text)).unwrap_or_default().to_owned();
        for (text, expected) in [
            ("the northern city of Homs", "Homs"),
            ("West Bank city of Nablus Saturday", "Nablus"),
            ("Vedeno region of southern Chechnya", "Vedeno"),
            ("Silopi town of southeastern province of Sirnak", "Silopi"),
            ("Iraq's northern Nineveh", "Nineveh"),
            ("the West Bank\u{2019}s", "West Bank"),
            ("Kafr Shams town", "Kafr Shams"),
            ("Bonda, on the outskirts", "Bonda"),
            ("Deir ez-Zor", "Deir ez-Zor"),
            ("al-Melebiya", "al-Melebiya"),
            ("Rio de Janeiro", "Rio de Janeiro"),
            ("the village", ""),
            ("", ""),
        ] {
            assert_eq!(named(text), expected, "{text}");
        }
    }

    #[test]
    fn what_tells_the_kind_of_a_place_stays_for_the_gazetteer() {
        let kept = |text: &str| with_kind(text, Span::new(0, text.len())).slice(text).unwrap_or_default().to_owned();
        assert_eq!(kept("northern Homs province"), "Homs province");
        assert_eq!(kept("Iraq's city of Mosul"), "Mosul");
        assert_eq!(kept("the town of Paris, Texas"), "Paris, Texas");
        assert_eq!(kept("the village"), "the village");
    }

    #[test]
    fn a_name_that_holds_another_is_not_the_place() {
        let inner = |text: &str, names: &[&str]| {
            let at = |n: &&str| text.find(*n).map(|a| Span::new(a, a + n.len())).expect("a name of the text");
            let spans: Vec<Span> = names.iter().map(at).collect();
            innermost(text, &spans).iter().filter_map(|s| s.slice(text)).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(inner("in Bonda, on the outskirts of Santa Marta, Colombia", &["Bonda", "Santa Marta", "Colombia"]), "Bonda");
        assert_eq!(
            inner("at Khan Touman, Aleis and Alzorba in Aleppo", &["Khan Touman", "Aleis", "Alzorba", "Aleppo"]),
            "Khan Touman; Aleis; Alzorba"
        );
        assert_eq!(inner("in Merida and Mexico City", &["Merida", "Mexico City"]), "Merida; Mexico City");
    }
}
