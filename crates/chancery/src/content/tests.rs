//! Contents of made-up sentences, with the parts of speech of their words.

use super::*;
use crate::{
    analysis::Sentence,
    annotated::{class_names, tags},
    sentence::tokens,
};
use chancery_model::{Reading, Tagged};

/// A sentence with its words tagged, and `dates` marked as such.
fn sentence(text: &str, dates: &[&str]) -> (Sentence, Vec<String>) {
    let span = Span::new(0, text.len());
    let mut sentence = Sentence { span, words: tokens(text, span), reading: Reading::default(), is_headline: false, paragraph: 0 };
    let names = class_names();
    sentence.reading.upos = tags(text, &sentence, &names);
    for date in dates {
        let (first, last) = at(text, &sentence, date);
        sentence.reading.mentions.push(Tagged { first, last, kind: "da".to_owned(), score: 1.0 });
    }
    (sentence, names)
}

fn at(text: &str, sentence: &Sentence, phrase: &str) -> (usize, usize) {
    let byte = text.find(phrase).expect("in the text");
    let hit = |w: &Span| w.start < byte + phrase.len() && w.end > byte;
    let first = sentence.words.iter().position(hit).expect("a word");
    (first, first + sentence.words[first..].iter().take_while(|w| hit(w)).count())
}

type Cue<'a> = (&'a str, Option<&'a str>);

/// The contents of `text` with cues and their speakers given as words.
fn contents(text: &str, cues: &[Cue], dates: &[&str]) -> Vec<String> {
    let (sentence, upos) = sentence(text, dates);
    let all = quotations(text, std::slice::from_ref(&sentence));
    let clause = Clause { text, sentence: &sentence, quotations: &all[0], upos: &upos };
    let site = |(cue, speaker): &Cue| {
        let (first, last) = at(text, &sentence, cue);
        CueSite { first, last, speaker: speaker.map(|s| at(text, &sentence, s)), addressee: None }
    };
    let sites: Vec<CueSite> = cues.iter().map(site).collect();
    let found = |k| content(&clause, &sites, k).map(|s| s.slice(text).unwrap_or_default().to_owned());
    (0..sites.len()).map(|k| found(k).unwrap_or_default()).collect()
}

type Case<'a> = (&'a str, &'a [Cue<'a>], &'a [&'a str]);

#[test]
fn finds_contents_before_after_and_between_cues() {
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
        assert_eq!(&contents(text, cues, &[]), expected, "{text}");
        assert_eq!(&contents(text, cues, &[]), expected, "with parts of speech: {text}");
    }
}

fn check(cases: &[Case]) {
    for (text, cues, expected) in cases {
        assert_eq!(&contents(text, cues, &[]), expected, "{text}");
    }
}

#[test]
fn quotation_marks_of_wires_are_known() {
    check(&[
        (
            "``We will wait for the ferry,'' said Tord, a pilot who runs a harbour.",
            &[("said", Some("Tord"))],
            &["We will wait for the ferry"],
        ),
        (
            "``We are sailors,'' Tord said, adding: ``Pilots want rest.''",
            &[("said", Some("Tord")), ("adding", None)],
            &["We are sailors", "Pilots want rest"],
        ),
        ("Tord said the ferry was a \"floating kiosk.\"", &[("said", Some("Tord"))], &["the ferry was a \"floating kiosk.\""]),
    ]);
}

#[test]
fn a_quotation_that_the_cue_parts_is_one() {
    check(&[
        (
            "\"The number of ferries has risen,\" she wrote, \"and most of them are late.\"",
            &[("wrote", Some("she"))],
            &["The number of ferries has risen,\" she wrote, \"and most of them are late"],
        ),
        (
            "\"They need to fund it,\" the mayor said, but conceded that the pier might not be finished.",
            &[("said", Some("the mayor")), ("conceded", Some("the mayor"))],
            &["They need to fund it", "the pier might not be finished"],
        ),
    ]);
}

#[test]
fn that_of_another_verb_begins_no_content() {
    check(&[
        (
            "He said the crew demanded a timetable that would promote rest.",
            &[("said", Some("He")), ("demanded", Some("the crew"))],
            &["the crew demanded a timetable that would promote rest", "a timetable that would promote rest"],
        ),
        (
            "Tord criticized Marn for not disclosing that pilots expect fares to rise.",
            &[("criticized", Some("Tord"))],
            &["Marn for not disclosing that pilots expect fares to rise"],
        ),
        ("The pier is old, but pilots said that is paid for.", &[("said", Some("pilots"))], &["that is paid for"]),
    ]);
}

#[test]
fn what_only_leads_in_is_no_content() {
    check(&[
        ("In a harbour letter, Marn acknowledged their long delay.", &[("acknowledged", Some("Marn"))], &["their long delay"]),
        ("On the show \"Boats Today,\" Marn said her letter was only a joke.", &[("said", Some("Marn"))], &["her letter was only a joke"]),
        ("Marn spoke at a gathering of pilots to discuss the pier.", &[("spoke", Some("Marn"))], &[""]),
        ("Marn said as much in a letter.", &[("said", Some("Marn"))], &[""]),
    ]);
    let dated = |text, speaker, date| contents(text, &[("said", Some(speaker))], &[date]);
    assert_eq!(dated("The union said Friday it would follow.", "The union", "Friday"), ["it would follow"]);
    assert_eq!(dated("The union said Friday was a day to wait.", "The union", "Friday"), ["Friday was a day to wait"]);
    assert_eq!(
        dated("The old ferry left, the union said this week, and the pier was sold.", "the union", "this week"),
        ["The old ferry left"]
    );
}

#[test]
fn a_cue_inside_its_content_stands_in_it() {
    check(&[
        (
            "Marn, the harbour said, made a fortune from the ferry.",
            &[("said", Some("the harbour"))],
            &["Marn, the harbour said, made a fortune from the ferry"],
        ),
        (
            "The delay has drawn pilots away, Marn said, since most of them work at night.",
            &[("said", Some("Marn"))],
            &["The delay has drawn pilots away, Marn said, since most of them work at night"],
        ),
        (
            "The offer, which two pilots have rejected as poor, had ended on Friday.",
            &[("rejected", Some("two pilots"))],
            &["The offer, which two pilots have rejected as poor"],
        ),
        ("The harbour spoke of a fire, a claim the crew has denied.", &[("denied", Some("the crew"))], &["a claim"]),
    ]);
}

#[test]
fn a_cue_in_a_content_does_not_end_it() {
    check(&[
        (
            "Tord told Marn that the pier was open, the harbour said.",
            &[("told", Some("Tord")), ("said", Some("the harbour"))],
            &["the pier was open", "Tord told Marn that the pier was open"],
        ),
        (
            "Marn said Tord was late when he said on Monday that the pier was open.",
            &[("said", Some("Marn")), ("said on", Some("he"))],
            &["Tord was late when he said on Monday that the pier was open", "the pier was open"],
        ),
        (
            "She said pilots would be paid, and when asked in the harbour, the mayor replied, \"It helps crews.\"",
            &[("said", Some("She")), ("replied", Some("the mayor"))],
            &["pilots would be paid", "It helps crews"],
        ),
    ]);
}

#[test]
fn according_to_at_the_end_has_its_content_before_it() {
    let cue = |speaker| [("according to", Some(speaker))];
    let cases = [
        ("The harbour bought ferries, according to Tord, the treasurer of the bank.", "Tord", "The harbour bought ferries"),
        ("The harbour bought ferries, according to pilots here and at the pier.", "pilots", "The harbour bought ferries"),
    ];
    for (text, speaker, expected) in cases {
        assert_eq!(contents(text, &cue(speaker), &[]), [expected], "{text}");
    }
}

#[test]
fn a_noun_has_no_content_in_the_verb_of_its_sentence() {
    check(&[
        ("The warning by the harbour follows two letters.", &[("warning", Some("the harbour"))], &[""]),
        ("The proposal for free ferries is late.", &[("proposal", None)], &["for free ferries"]),
    ]);
}

#[test]
fn a_quotation_goes_on_over_sentences() {
    let text = "\"It is late. The pier is old,\" said Tord.";
    let cut = text.find("The").expect("a second sentence");
    let part =
        |span: Span, paragraph| Sentence { span, words: tokens(text, span), reading: Reading::default(), is_headline: false, paragraph };
    let both = |paragraph| [part(Span::new(0, cut - 1), 0), part(Span::new(cut, text.len()), paragraph)];
    let content = Span::new(cut, cut + "The pier is old".len());
    let found = |sentences: &[Sentence]| whole(text, sentences, &quotations(text, sentences), 1, content).slice(text);
    assert_eq!(found(&both(0)), Some("It is late. The pier is old"));
    assert_eq!(found(&both(1)), Some("The pier is old"), "another paragraph");
}

#[test]
fn a_thing_that_is_condemned_ends_with_its_clause() {
    let said = |text: &str, cue: &str, who: &str, dates: &[&str]| contents(text, &[(cue, Some(who))], dates);
    assert_eq!(said("Peru condemned the raid; Chad closed the border.", "condemned", "Peru", &[]), ["the raid"]);
    assert_eq!(said("Peru said the raid was wrong; Chad was shocked.", "said", "Peru", &[]), ["the raid was wrong; Chad was shocked"]);
    assert_eq!(said("On harbours, Peru expressed concern at the plan.", "expressed concern", "Peru", &[]), ["at the plan"]);
    assert_eq!(said("Chad called off the truce Peru announced on Monday night.", "announced", "Peru", &["Monday night"]), [""]);
}

#[test]
fn that_ends_where_it_was_said_whatever_the_tagger_takes_it_for() {
    let text = "Marn said in a joint letter that the pier would open.";
    let (mut sentence, upos) = sentence(text, &[]);
    let that = at(text, &sentence, "that").0;
    sentence.reading.upos[that] = upos.iter().position(|u| u == "PUNCT").expect("a class");
    let clause = Clause { text, sentence: &sentence, quotations: &[], upos: &upos };
    let cue = CueSite { first: 1, last: 2, speaker: Some((0, 1)), addressee: None };
    let found = content(&clause, &[cue], 0).and_then(|s| s.slice(text));
    assert_eq!(found, Some("the pier would open"));
}

#[test]
fn a_quotation_ends_before_who_speaks() {
    let text = "“We will not sign,” the union's president, Marn Tord, told the paper.";
    check(&[(text, &[("told", Some("Marn Tord"))], &["We will not sign"])]);
}
