//! Cuts of a text that never split a character, and its capitals.

/// The first `bytes` bytes of `text`, cut at a character: `head("naïve", 3)` -> `"na"`.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// "PHNOM PENH" as the gazetteer has it: "Phnom Penh".
pub(crate) fn title_case(place: &str) -> String {
    let words = place.split(' ').map(|w| match w.chars().next() {
        Some(first) if w.len() > 2 => first.to_string() + &w[first.len_utf8()..].to_lowercase(),
        _ => w.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_before_a_character_that_does_not_fit() {
        assert_eq!([head("naïve", 3), head("naïve", 4), head("naïve", 99), head("", 2)], ["na", "naï", "naïve", ""]);
    }
}
