//! Companies that a text names by their legal form, and what it may call them afterwards.
//!
//! "Vasko Metals Inc. said ..." -> `Vasko Metals`, `Vasko`. Firms that are written without a form are not found.

use crate::Knowledge;
use crate::lexicon::Entry;
use crate::text::{Token, tokens};
use crate::world::RoleClass;

/// The names of the companies in `text`, without their legal forms, each also by its first word where that is a name of its own.
pub(crate) fn firms_in(k: &Knowledge, text: &str) -> Vec<String> {
    let words = tokens(text);
    let ends = (1..words.len()).filter(|at| is_form(k, &words[*at]));
    ends.flat_map(|end| called(k, text, &words, end)).collect()
}

/// The legal form of a company, as one is written: not "co-chairman".
fn is_form(k: &Knowledge, word: &Token) -> bool {
    let is_firm = |e: &Entry| matches!(e, Entry::Role(i) if k.world.roles[*i as usize].class == RoleClass::Firm);
    word.upper && !word.hyphen && k.lexicon.exact(std::slice::from_ref(word)).iter().any(is_firm)
}

/// What the company whose legal form is word `end` is called.
fn called(k: &Knowledge, text: &str, words: &[Token], end: usize) -> Vec<String> {
    let is_part = |w: &&Token| w.word && w.upper || w.norm == "&";
    let mut start = end - words[..end].iter().rev().take_while(is_part).count();
    while start < end && matches!(words[start].norm.as_str(), "the" | "&" | "at" | "in" | "of" | "for" | "but" | "and") {
        start += 1;
    }
    let slice = |from: usize, to: usize| text.get(words[from].start..words[to - 1].end).unwrap_or_default().to_owned();
    if start == end {
        return Vec::new();
    }
    let first = &words[start];
    // "General Motors Corp." is not called "General", nor "American Brass Co." "American"
    let is_other = |e: &Entry| !matches!(e, Entry::Place(_) | Entry::Person(_) | Entry::Short(_));
    let is_plain = first.norm.len() < 3 || k.lexicon.exact(std::slice::from_ref(first)).iter().any(is_other);
    let mut names = vec![slice(start, end)];
    if end - start > 1 && !is_plain {
        names.push(slice(start, start + 1));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LinkContext, MentionKind};
    use std::path::PathBuf;

    fn knowledge() -> Knowledge {
        Knowledge::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")).expect("reads")
    }

    #[test]
    fn companies_are_known_by_their_legal_form() {
        let k = knowledge();
        let cases: [(&str, &[&str]); 5] = [
            ("Vasko Metals Inc. said sales fell.", &["Vasko Metals", "Vasko"]),
            ("He runs Harlan & Tyler Ltd. of Leeds.", &["Harlan & Tyler", "Harlan"]),
            ("The American Brass Co. closed.", &["American Brass"]),
            ("The Co-chairman of the talks left.", &[]),
            ("the Norwegian minister left", &[]),
        ];
        let wrong: Vec<String> = cases
            .iter()
            .map(|(text, wanted)| (text, wanted, k.firms_in(text)))
            .filter(|(_, wanted, found)| found != *wanted)
            .map(|(text, _, found)| format!("{text}: {found:?}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_post_that_any_body_may_have_is_of_the_body_named() {
        let k = knowledge();
        let cases = [
            ("chairman of Vasko Inc.", "- BUS -"),
            ("Harlow's president", "- - -"),
            ("vice president of Harlan & Tyler Inc.", "- BUS -"),
            ("Vendry spokesman Tim Lund", "- - SPOKES"),
            ("company president Ann Holm", "- BUS -"),
            ("farm products group president", "- - -"),
            ("the sheriff's spokesman", "- COP -"),
            ("chief financial officer", "- BUS -"),
            ("President Ann Holm", "- GOV HOS"),
            ("Kenya's president", "KEN GOV HOS"),
            ("the vice president of Ghana", "GHA GOV DHOG"),
            ("chairman of Kenya's electoral commission", "KEN GOV -"),
        ];
        let shown = |words: &str| {
            let r = k.resolve(words, Some(MentionKind::Nominal), &LinkContext::default());
            let of = |f: fn(&crate::Resolved) -> Option<&str>| r.as_ref().and_then(f).unwrap_or("-").to_owned();
            format!("{} {} {}", of(|r| r.country.as_deref()), of(|r| r.sector.as_deref()), of(|r| r.office.as_deref()))
        };
        let wrong: Vec<String> =
            cases.iter().filter(|(words, wanted)| shown(words) != *wanted).map(|(words, _)| format!("{words}: {}", shown(words))).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
