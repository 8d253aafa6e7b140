//! Statements and their occasions from gold readings.

use crate::annotated::Annotated;
use chancery_record::{From, Stance, Statement};

fn statements(lines: &str) -> Vec<Statement> {
    Annotated::new(lines).records().statements
}

/// `cue: speaker: content` of each statement; `*` before a speaker taken from elsewhere.
fn outline(lines: &str) -> Vec<String> {
    let mark = |s: &Statement| if s.speaker.from == Some(From::Coref) { "*" } else { "" };
    statements(lines).iter().map(|s| format!("{}: {}{}: {}", s.cue.quote, mark(s), s.speaker.text, s.content.quote)).collect()
}

#[test]
fn a_participle_inherits_the_speaker_of_its_clause() {
    let lines = "T [a:pe:- Ms Arai] {s noted} that the talks were useful, {t adding} that more would follow.\nS s spk=a\nS t";
    let expected = ["noted: Ms Arai: the talks were useful", "adding: *Ms Arai: more would follow"];
    assert_eq!(outline(lines), expected);
    let misled = "T [a:pe:- Ms Arai] {s noted} that the talks were useful, {t adding} that [b:pe:- Mr Okello] would follow.\n\
                  S s spk=a\nS t spk=b";
    assert_eq!(outline(misled)[1], "adding: *Ms Arai: Mr Okello would follow", "whatever the network links to it");
}

#[test]
fn a_cue_without_speaker_has_the_last_one() {
    let lines = "T [a:pe:- Ms Arai] {s said} the talks were useful.\nS s spk=a\n\
                 T Rain fell on the harbour.\n\
                 T It was {s stressed} that more would follow.\nS s";
    assert_eq!(outline(lines), ["said: Ms Arai: the talks were useful", "stressed: *Ms Arai: more would follow"]);
    assert_eq!(outline("T It was {s stressed} that more would follow.\nS s"), Vec::<String>::new(), "nobody has spoken yet");
}

#[test]
fn verbs_of_speech_that_are_events_make_statements_too() {
    let lines = "T [a:st:FRA France] {1 rejected} the offer of the two ports.\nE 1 REJECT o act=a";
    let found = statements(lines);
    assert_eq!((found.len(), found[0].stance, found[0].speaker.text.as_str()), (1, Stance::Deny, "France"));
    assert_eq!(statements("T [a:st:FRA France] {1 bombed} the bridge of the two ports.\nE 1 ASSAULT o act=a").len(), 0);
}

#[test]
fn addressee_and_those_spoken_about_are_kept() {
    let lines = "T [a:ro:KEN.GOV Kenya's trade minister] {s told} [b:ro:GHA.GOV Ghana's president] that [e:st:FRA France] would pay.\n\
                 S s spk=a add=b";
    let one = &statements(lines)[0];
    assert_eq!(one.addressee.as_ref().and_then(|a| a.country.as_deref()), Some("GHA"));
    assert_eq!(one.about.iter().filter_map(|a| a.country.as_deref()).collect::<Vec<_>>(), ["FRA"]);
    assert_eq!((one.content.quote.as_str(), one.quoted), ("France would pay", false));
}

#[test]
fn words_in_quotation_marks_are_quoted() {
    let one = &statements("T “We will not wait for rain,” {s said} [a:ro:KEN.GOV Kenya's trade minister].\nS s spk=a")[0];
    assert_eq!((one.content.quote.as_str(), one.quoted), ("We will not wait for rain", true));
}

#[test]
fn a_press_conference_is_the_occasion_of_what_is_said_after() {
    let lines = "T [a:pe:- Ms Arai] {s said} before lunch that the road was open.\nS s spk=a\n\
                 T [a:pn:- She] held a press conference in [p:pl:KEN Nairobi] on [d:da Monday] and {s said} the port would open.\nS s spk=a\n\
                 T [a:pn:- She] {s added} that ships were waiting.\nS s spk=a";
    let found = statements(lines);
    let occasion = |k: usize| found[k].occasion.as_ref().map(|o| o.text.quote.as_str());
    assert_eq!([occasion(0), occasion(1), occasion(2)], [None, Some("press conference"), Some("press conference")]);
    let stage = found[2].occasion.as_ref().expect("inherited");
    assert_eq!(stage.place.as_ref().map(|p| p.quote.as_str()), Some("Nairobi"));
    assert_eq!(stage.date.as_ref().and_then(|d| d.text.as_deref()), Some("Monday"));
}

#[test]
fn an_opening_names_the_occasion() {
    let lines = "T Speaking at the annual forum in [p:pl:PER Lima], [a:ro:PER.GOV Peru's trade minister] {s said} the port would open.\n\
                 S s spk=a";
    let found = statements(lines);
    let stage = found[0].occasion.as_ref().expect("an occasion");
    assert_eq!(stage.text.quote, "the annual forum in Lima");
    assert_eq!(stage.place.as_ref().map(|p| p.quote.as_str()), Some("Lima"));
}

#[test]
fn the_cue_tells_the_stance() {
    let cases = [
        ("said", Stance::Assert),
        ("stressed", Stance::Stress),
        ("denied", Stance::Deny),
        ("warned", Stance::Warn),
        ("pledged", Stance::Promise),
        ("asked", Stance::Ask),
    ];
    for (cue, stance) in cases {
        let lines = format!("T [a:st:FRA France] {{s {cue}}} that the port would open soon.\nS s spk=a");
        assert_eq!(statements(&lines)[0].stance, stance, "{cue}");
    }
}

#[test]
fn how_somebody_speaks_and_a_notice_to_travellers_are_no_statements() {
    let lines = |cue: &str, rest: &str| format!("T [a:ro:- A clerk] {cue} {rest}.\nS s spk=a");
    assert_eq!(outline(&lines("was {s speaking}", "on condition of anonymity in the harbour")), [""; 0]);
    assert_eq!(outline(&lines("issued a travel {s warning}", "for the two ports on Tuesday")), [""; 0]);
    assert_eq!(outline(&lines("issued a {s warning}", "that the two ports would close")), ["warning: A clerk: the two ports would close"]);
}

#[test]
fn what_was_not_or_may_be_said_is_no_statement() {
    let found = |words: &str| outline(&format!("T [a:ro:- A clerk] {words}.\nS s spk=a"));
    for words in [
        "could not be {s reached} for comment on the two ports",
        "did not {s say} that the two ports would close",
        "may {s ask} that the two ports be closed",
        "is {s said} to be in one of the two ports",
        "was {s told} that the two ports would close",
        "was {s speaking} on customary condition of anonymity",
    ] {
        assert_eq!(found(words), [""; 0], "{words}");
    }
    assert_eq!(found("did not {s rule out} that the two ports would close"), ["rule out: A clerk: the two ports would close"]);
    assert_eq!(found("{s did not exclude} that the two ports would close"), ["did not exclude: A clerk: the two ports would close"]);
    assert_eq!(found("only {s said} that the two ports would close"), ["said: A clerk: the two ports would close"]);
}

#[test]
fn two_cues_between_which_nobody_chose_are_one() {
    let lines = "T [a:ro:- A clerk] declined to {s confirm} or {t deny} that the two ports would close.\nS s spk=a\nS t spk=a";
    assert_eq!(outline(lines), ["confirm: A clerk: the two ports would close"]);
}

#[test]
fn to_call_something_a_name_demands_nothing() {
    let stance = |words: &str| statements(&format!("T [a:ro:- A clerk] {{s called}} {words}.\nS s spk=a"))[0].stance;
    assert_eq!(stance("the plan of the two ports a hoax"), Stance::Assert);
    assert_eq!(stance("for the two ports to be closed"), Stance::Demand);
}

#[test]
fn an_addressee_of_the_content_is_none_of_the_cue() {
    let lines = "T [a:pe:- Ms Arai] {s said} figures given to [b:pe:- Mr Okello] showed losses.\nS s spk=a add=b";
    assert!(statements(lines)[0].addressee.is_none());
}

#[test]
fn whoever_a_transcript_names_speaks_until_the_paragraph_ends() {
    let lines = "T [a:pe:- Karl Voss], [b:ro:- the host of the show], met the press.\n\
                 T HOST: Will you leave?\n\
                 T VOSS: We never {1 signed} that pact.\nE 1 SUPPORT n\n\
                 T HOST: So be it.";
    assert_eq!(outline(lines), [":: HOST: Will you leave?", ":: *VOSS: We never signed that pact.", ":: HOST: So be it."]);
    let found = Annotated::new(lines).records();
    assert_eq!((found.statements[0].stance, found.statements[1].speaker.name.as_deref()), (Stance::Ask, Some("Karl Voss")));
    let filed = "T NEW DELHI: Rain fell.\nT LAHORE: Snow fell.\nT NEW DELHI: Hail fell.";
    assert_eq!(outline(filed), Vec::<String>::new(), "datelines");
}

#[test]
fn a_participle_may_hang_on_the_second_speaker() {
    let lines = "T [a:or:- The council] {s said} the talks were useful, but [b:pe:- Ms Arai] {t noted} that rain would follow, {u adding} that \
                 snow would follow.\nS s spk=a\nS t spk=b\nS u spk=b";
    assert_eq!(outline(lines)[2], "adding: Ms Arai: snow would follow");
}

#[test]
fn whoever_speaks_is_nothing_said() {
    let lines = "T [a:st:ARG Argentina], [b:st:PER Peru] and [c:st:TCD Chad] {1 congratulated} [d:ro:- the winner].\n\
                 E 1 SUPPORT o act=a,b,c rec=d\nS 1 spk=b add=d";
    assert_eq!(outline(lines), Vec::<String>::new());
}

#[test]
fn of_joined_speakers_the_first_speaks() {
    let lines = "T [a:st:ARG Argentina], [b:st:PER Peru] and [c:st:TCD Chad] {1 welcomed} the useful talks.\n\
                 E 1 SUPPORT o act=a,b,c\nS 1 spk=a,b,c";
    assert_eq!(outline(lines), ["welcomed: Argentina: the useful talks"]);
}

#[test]
fn who_else_is_addressed_is_nothing_said() {
    let lines =
        "T [a:pe:- Ms Arai] {s expressed condolences} to [b:pe:- Mr Okello] and [c:gr:- all sailors] over the loss.\nS s spk=a add=b";
    assert_eq!(outline(lines), ["expressed condolences: Ms Arai: over the loss"]);
}

#[test]
fn when_and_where_it_was_said_is_nothing_said() {
    let said = |words: &str| outline(&format!("T [a:pe:- Ms Arai] {{s said}} {words} the talks were useful.\nS s spk=a"));
    for words in [
        "on [d:da Thursday] that",
        "late on [d:da Monday] that",
        "in [p:pl:BGD Dhaka] that",
        "in [p:pl:BGD Dhaka] on [d:da Monday] that",
        ", during the call, that",
    ] {
        assert_eq!(said(words), ["said: Ms Arai: the talks were useful"], "{words}");
    }
    assert_eq!(
        outline("T [a:pe:- Ms Arai] {s stressed}, during the call, the need for rain.\nS s spk=a"),
        ["stressed: Ms Arai: the need for rain"]
    );
    let bare = "T [a:pe:- Ms Arai] {s said} on [d:da Thursday] the talks were useful.\nS s spk=a";
    assert_eq!(outline(bare), ["said: Ms Arai: the talks were useful"]);
}

#[test]
fn a_courtesy_call_is_nothing_said() {
    let said = |words: &str| outline(&format!("T [a:pe:- Ms Arai] {words}.\nS s spk=a"));
    assert_eq!(said("{s called} on [b:pe:JOR.GOV King Talal] in Amman"), Vec::<String>::new());
    assert_eq!(said("{s called} on [b:pe:JOR.GOV King Talal] to open the bridge").len(), 1);
}

#[test]
fn a_quotation_goes_on_behind_its_cue() {
    let found = |second: &str| {
        let lines = format!("T “They beat us,” {{s said}} [a:pe:- Ms Arai].\nS s spk=a\nT {second}");
        Annotated::new(&lines).in_one_paragraph().records().statements
    };
    let all = found("“Soldiers killed six.”");
    let shown: Vec<&str> = all.iter().map(|s| s.content.quote.as_str()).collect();
    assert_eq!(shown, ["They beat us", "Soldiers killed six."]);
    assert_eq!((&all[0].cue, all[0].id == all[1].id, all[1].speaker.from), (&all[1].cue, false, Some(From::Coref)));
    assert_eq!((found("Soldiers killed six.").len(), found("He left “six” there.").len()), (1, 1));
}

#[test]
fn what_is_called_off_or_requested_is_nothing_said() {
    let calls =
        |words: &str| outline(&format!("T [a:st:ETH Ethiopia] {words} [b:ro:ERI.GOV the Eritrean envoy].\nE 1 REJECT o act=a rec=b")).len();
    assert_eq!((calls("{1 called off} a visit by"), calls("{1 called in}"), calls("{1 urged}")), (0, 0, 1));
    let meets =
        |noun: &str| outline(&format!("T The council met at the {{1 {noun}}} of [a:st:PER Peru] and Chad.\nE 1 REQUEST o act=a")).len();
    assert_eq!(meets("request"), 0);
}

#[test]
fn who_wants_no_name_speaks_all_the_same() {
    let lines = "T [a:ro:BGR.GOV The minister] will {1 resign}, [b:ro:BGR.LEG two lawmakers] {s said} on condition of anonymity.\nE 1 RETREAT p act=a\nS s spk=b";
    assert_eq!(outline(lines), ["said: two lawmakers: The minister will resign"]);
    let aide = "T [a:ro:BGR.GOV An aide], who {s declined} to be named, left.\nS s spk=a";
    assert_eq!((outline(aide).len(), outline(&aide.replace("named", "bribed")).len()), (0, 1));
}

#[test]
fn a_content_ends_before_the_next_deed() {
    let accuses = |next: &str, roles: &str| {
        let lines = format!(
            "T [a:st:CHL Chile] {{1 accused}} [b:st:BOL Bolivia] of theft{next}.\nE 1 ACCUSE o act=a rec=b\nE 2 SANCTION o {roles}"
        );
        outline(&lines).swap_remove(0)
    };
    assert_eq!(accuses(" and {2 recalled} its envoy", "act=a"), "accused: Chile: Bolivia of theft");
    assert_eq!(accuses(", but [c:st:PER Peru] {2 refused} help", "act=c"), "accused: Chile: Bolivia of theft");
    let says = "T [a:st:CHL Chile] {s said} it left and {2 recalled} its envoy.\nS s spk=a\nE 2 SANCTION o act=a";
    assert_eq!(outline(says), ["said: Chile: it left and recalled its envoy"], "both are said");
}
