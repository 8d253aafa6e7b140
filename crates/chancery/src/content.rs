//! Where the content of a speech cue lies in its sentence.
//!
//! "She noted that the talks were useful, adding that more would follow." -> noted: "the talks were useful", adding: "more would follow".
//! Handles cues before, after and inside their content, and `according to`. It works on words and punctuation alone.

use crate::analysis::Sentence;
use chancery_record::Span;

/// Words a content does not begin with.
const OPENERS: [&str; 5] = ["that", ":", ",", "-", "—"];
/// Words that may stand between two coordinated cues and belong to neither content.
const JOINTS: [&str; 7] = [",", ";", "and", "while", "but", "before", "—"];

/// A cue's words, and the words of its speaker when in the sentence.
#[derive(Clone, Copy, Debug)]
pub struct CueSite {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
    /// Words of the speaker's mention.
    pub speaker: Option<(usize, usize)>,
    /// Words of the addressee's mention.
    pub addressee: Option<(usize, usize)>,
}

/// The content of `cues[k]`, or `None` when the sentence has no words left for it.
pub fn content(text: &str, sentence: &Sentence, cues: &[CueSite], k: usize) -> Option<Span> {
    let cue = cues.get(k)?;
    let (first, last) = forward(text, sentence, cues, k).or_else(|| backward(text, sentence, cues, k))?;
    debug_assert!(first < last && (last <= cue.first || first >= cue.last));
    let span = sentence.span_of(first, last);
    Some(without_quotes(text, span))
}

/// Whether the content stands inside quotation marks.
pub fn is_quoted(text: &str, content: Span) -> bool {
    let before = text.get(..content.start).and_then(|t| t.chars().next_back());
    before.is_some_and(|c| matches!(c, '"' | '“' | '«' | '„'))
}

fn without_quotes(text: &str, span: Span) -> Span {
    let quote = span.slice(text).unwrap_or_default();
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '„');
    if quote.starts_with(marks) && quote.matches(marks).count() <= 2 {
        let inner = quote.trim_start_matches(marks);
        let start = span.start + quote.len() - inner.len();
        return Span::new(start, start + inner.trim_end_matches(|c: char| marks(c) || c == ',').len());
    }
    span
}

fn is_end(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "”" | "\"" | "»" | "'")
}

/// Content after the cue: up to the joint before the next cue, or the end of the sentence.
fn forward(text: &str, sentence: &Sentence, cues: &[CueSite], k: usize) -> Option<(usize, usize)> {
    let cue = &cues[k];
    let n = sentence.words.len();
    let mut first = cue.last;
    // the speaker or the addressee may follow the cue: "said the minister", "told reporters that"
    for who in [cue.speaker, cue.addressee, cue.speaker].into_iter().flatten() {
        if who.0 >= first && who.0 <= first + 1 {
            first = who.1;
        }
    }
    if let Some(that) = (first..n.min(first + 12)).find(|i| sentence.lower(text, *i) == "that") {
        let between: Vec<String> = (first..that).map(|i| sentence.lower(text, i)).collect();
        if between.iter().all(|w| w != ",") || between.len() <= 6 {
            first = that + 1;
        }
    }
    while first < n && OPENERS.contains(&sentence.lower(text, first).as_str()) {
        first += 1;
    }
    let begins = |c: &CueSite| c.speaker.filter(|s| s.0 >= first).map_or(c.first, |s| s.0.min(c.first));
    let next = cues.iter().filter(|c| c.first >= first && c.first > cue.first).map(begins).min();
    let mut last = match next {
        Some(next) if next > first => joint_before(text, sentence, first, next),
        _ => n,
    };
    while last > first && (is_end(&sentence.lower(text, last - 1)) || JOINTS.contains(&sentence.lower(text, last - 1).as_str())) {
        last -= 1;
    }
    (last > first + 1).then_some((first, last)).filter(|_| !is_inverted(text, sentence, cue, first))
}

/// "..., she underlined on Monday.": a comma or closing quote before cue and speaker, and after them too little, or only where and when it was said.
fn is_inverted(text: &str, sentence: &Sentence, cue: &CueSite, after: usize) -> bool {
    let word = |w: usize| sentence.lower(text, w);
    let is_quote = |w: usize| matches!(word(w).as_str(), "”" | "\"" | "»");
    let start = cue.speaker.filter(|s| s.1 <= cue.first).map_or(cue.first, |s| s.0);
    // "Iran's foreign minister, Abbas Araghchi, accused ...": what stands before the comma is the speaker
    let is_apposed = || sentence.reading.mentions.iter().any(|m| m.first <= 1 && m.last + 1 == start);
    if start < 4 || !(word(start - 1) == "," || is_quote(start - 1)) || word(cue.first).ends_with("ing") || is_apposed() {
        return false;
    }
    let quoted_before = is_quote(start - 1) || is_quote(start - 2);
    let opens = matches!(word(after).as_str(), "“" | "\"" | "«") || word(after - 1) == "that";
    // "..., lawyers said, and the prosecutor has a photograph": what stands behind may be the writer's own
    let goes_on = matches!(word(after).as_str(), "and" | "but" | "while") && word(after - 1) == ",";
    let is_setting = matches!(word(after).as_str(), "on" | "in" | "by" | "at" | "from" | "during" | "after" | "late" | "early" | "via");
    sentence.words.len().saturating_sub(after) <= 6 || !opens && (quoted_before || is_setting || goes_on)
}

/// Content before the cue: from the end of the previous cue's stretch to the comma before cue and speaker.
fn backward(text: &str, sentence: &Sentence, cues: &[CueSite], k: usize) -> Option<(usize, usize)> {
    let cue = &cues[k];
    let mut last = cue.speaker.filter(|s| s.1 <= cue.first + 1).map_or(cue.first, |s| s.0.min(cue.first));
    let floor = cues.iter().filter(|c| c.last <= last && c.first != cue.first).map(|c| c.last).max().unwrap_or(0);
    while last > floor && matches!(sentence.lower(text, last - 1).as_str(), "," | "”" | "\"" | "»" | "as" | "—") {
        last -= 1;
    }
    let mut first = floor;
    while first < last && OPENERS.contains(&sentence.lower(text, first).as_str()) {
        first += 1;
    }
    (last > first).then_some((first, last))
}

/// The comma, "and" or "while" nearest before word `next`, not before `first`.
fn joint_before(text: &str, sentence: &Sentence, first: usize, next: usize) -> usize {
    let low = first.max(next.saturating_sub(3));
    (low..next).find(|i| JOINTS.contains(&sentence.lower(text, *i).as_str())).unwrap_or(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::tokens;

    /// `text` with cues given as words; a cue's speaker as words, too.
    fn contents(text: &str, cues: &[(&str, Option<&str>)]) -> Vec<Option<String>> {
        let span = Span::new(0, text.len());
        let words = tokens(text, span);
        let sentence = Sentence { span, words, reading: Default::default(), is_headline: false, paragraph: 0 };
        let at = |phrase: &str| {
            let byte = text.find(phrase).expect("in the text");
            let hit = |w: &Span| w.start < byte + phrase.len() && w.end > byte;
            let first = sentence.words.iter().position(hit).expect("a word");
            (first, first + sentence.words[first..].iter().take_while(|w| hit(w)).count())
        };
        let sites: Vec<CueSite> = cues
            .iter()
            .map(|(cue, speaker)| {
                let (first, last) = at(cue);
                CueSite { first, last, speaker: speaker.map(at), addressee: None }
            })
            .collect();
        (0..sites.len()).map(|k| content(text, &sentence, &sites, k).map(|s| s.slice(text).unwrap_or_default().to_owned())).collect()
    }

    #[test]
    fn finds_contents_before_after_and_between_cues() {
        type Case<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)], &'a [&'a str]);
        let cases: &[Case] = &[
            (
                "She noted that the talks were useful, adding that more would follow.",
                &[("noted", Some("She")), ("adding", None)],
                &["the talks were useful", "more would follow"],
            ),
            ("The bridge will open in May, she underlined.", &[("underlined", Some("she"))], &["The bridge will open in May"]),
            ("“We will not wait,” said the minister.", &[("said", Some("the minister"))], &["We will not wait"]),
            (
                "Ms Arai stressed the importance of trade while highlighting the role of ports.",
                &[("stressed", Some("Ms Arai")), ("highlighting", None)],
                &["the importance of trade", "the role of ports"],
            ),
            ("The envoy told reporters on Friday that the offer stands.", &[("told", Some("The envoy"))], &["the offer stands"]),
            (
                "According to the ministry, two convoys crossed the river.",
                &[("According to", Some("the ministry"))],
                &["two convoys crossed the river"],
            ),
            (
                "Lima denied having sold the boats, but said that it had lent three.",
                &[("denied", Some("Lima")), ("said", Some("Lima"))],
                &["having sold the boats", "it had lent three"],
            ),
            (
                "“The rebels hold the bridge,” a clerk told the agency by telephone, with shots to be heard behind her.",
                &[("told", Some("a clerk"))],
                &["The rebels hold the bridge"],
            ),
            (
                "The two could face ten years, lawyers said, and the prosecutor has a photograph of a mast to show.",
                &[("said", Some("lawyers"))],
                &["The two could face ten years"],
            ),
            (
                "The port will close for a month, two officials said on Tuesday, in what would be its third closure.",
                &[("said", Some("two officials"))],
                &["The port will close for a month"],
            ),
        ];
        for (text, cues, expected) in cases {
            let found: Vec<String> = contents(text, cues).into_iter().map(Option::unwrap_or_default).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
