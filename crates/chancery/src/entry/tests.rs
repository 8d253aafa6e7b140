//! Ledger entries from gold readings.

use crate::{
    annotated::{Annotated, countries},
    scene::Scene,
};
use chancery_record::{From, LedgerEntry};

fn entries(lines: &str) -> Vec<LedgerEntry> {
    Annotated::new(lines).records().entries
}

/// `kind/status countries` of each entry, `*` before a party that the sentence leaves unsaid.
fn outline(lines: &str) -> Vec<String> {
    let shown = |e: &LedgerEntry| format!("{}/{} {}", e.kind.code(), e.status.as_deref().unwrap_or("-"), countries(&e.parties));
    entries(lines).iter().map(shown).collect()
}

#[test]
fn what_is_not_ruled_out_is_not_ruled_out() {
    let cases = [
        ("does not {1 rule out}", "possibility/not_excluded FRA"),
        ("did not {1 exclude}", "possibility/not_excluded FRA"),
        ("{1 did not rule out}", "possibility/not_excluded FRA"),
        ("{1 ruled out}", "possibility/ruled_out FRA"),
        ("{1 excluded}", "possibility/ruled_out FRA"),
    ];
    for (words, expected) in cases {
        let lines = format!("T [a:st:FRA France] {words} new tariffs.\nE 1 NONE c act=a led=possibility/not_excluded");
        assert_eq!(outline(&lines), [expected], "{words}");
    }
}

#[test]
fn the_condition_of_a_possibility_is_kept() {
    let lines = "T [a:st:FRA France] does not {1 rule out} tariffs <c if the talks fail>.\n\
                 E 1 NONE c act=a cond=c led=possibility/not_excluded";
    assert_eq!(entries(lines)[0].condition.as_ref().map(|q| q.quote.as_str()), Some("if the talks fail"));
}

#[test]
fn two_mentions_of_one_meeting_are_one_entry() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] {1 met} in [p:pl:ITA Rome].\n\
                 E 1 CONSULT o act=a,b place=p led=meeting/held\n\
                 T The {1 meeting} of [a:st:ITA Italy] and [b:st:FRA France] lasted an hour.\n\
                 E 1 CONSULT o act=a,b led=meeting/held";
    let found = entries(lines);
    assert_eq!(outline(lines), ["meeting/held FRA+ITA"]);
    assert_eq!(found[0].keys, ["FRA-ITA"]);
    let predicates: Vec<&str> = found[0].evidence.iter().map(|e| e.quote.quote.as_str()).filter(|q| q.starts_with("me")).collect();
    assert_eq!(predicates, ["met", "meeting"]);
}

#[test]
fn meetings_of_other_parties_days_or_statuses_stay_apart() {
    let second = |line: &str| {
        let first = "T [a:st:FRA France] and [b:st:ITA Italy] {1 met} on [d:da Monday].\nE 1 CONSULT o act=a,b date=d led=meeting/held\n";
        outline(&format!("{first}{line}"))
    };
    let met =
        |a: &str, b: &str, day: &str| format!("T {a} and {b} {{1 met}} on [d:da {day}].\nE 1 CONSULT o act=a,b date=d led=meeting/held");
    let (france, italy, spain) = ("[a:st:FRA France]", "[b:st:ITA Italy]", "[b:st:ESP Spain]");
    assert_eq!(second(&met(france, italy, "Monday")), ["meeting/held FRA+ITA"]);
    assert_eq!(second(&met(france, italy, "Friday")), ["meeting/held FRA+ITA", "meeting/held FRA+ITA"]);
    assert_eq!(second(&met(france, spain, "Monday")), ["meeting/held FRA+ITA", "meeting/held FRA+ESP"]);
    let ahead = "T [a:st:FRA France] and [b:st:ITA Italy] will {1 meet} again.\nE 1 AGREE p act=a,b led=meeting/announced";
    assert_eq!(second(ahead), ["meeting/held FRA+ITA", "meeting/announced FRA+ITA"]);
}

#[test]
fn the_unsaid_side_of_a_matter_between_two_is_filled_and_says_so() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] share a sea.\n\
                 T [a:st:FRA Paris] {1 proposed} a dialogue.\nE 1 AGREE o act=a led=dialogue/proposed";
    assert_eq!(outline(lines), ["dialogue/proposed FRA+*ITA"]);
    let unsaid = &entries(lines)[0].parties[1];
    assert_eq!((unsaid.text.as_str(), unsaid.rule.as_deref()), ("Italy", Some("a side of the story")));
}

#[test]
fn a_matter_that_names_nobody_is_between_the_two_countries_of_the_story() {
    let shown = |lines: &str| outline(&format!("T [a:st:FRA France] and [b:st:ITA Italy] share a sea.\n{lines}"));
    assert_eq!(shown("T The truce {1 held}.\nE 1 NONE o led=ceasefire/in_force"), ["ceasefire/in_force *FRA+*ITA"]);
    assert_eq!(shown("T The visit {1 was put off}.\nE 1 NONE o led=visit/postponed"), ["visit/postponed *FRA+*ITA"]);
    assert_eq!(shown("T The tax {1 was raised}.\nE 1 NONE o led=measure/decided"), Vec::<String>::new());
    // unions of the home country
    assert_eq!(shown("T [c:gr:- Unions] {1 struck} a truce.\nE 1 AGREE o act=c led=ceasefire/agreed"), ["ceasefire/agreed FRA+*ITA"]);
    let headed = Annotated::new(
        "T [a:st:FRA France] and [b:st:ITA Italy] in talks\n\
         T The truce {1 held}.\nE 1 NONE o led=ceasefire/in_force",
    );
    let entry = &headed.headed().records().entries[0];
    assert!(entry.parties.iter().all(|p| p.from == Some(From::Headline)));
    assert!(entry.parties.iter().all(|p| entry.evidence.iter().any(|e| (e.quote.start, e.quote.end) == (p.start, p.end))));
}

#[test]
fn a_matter_is_between_the_states_that_its_noun_names() {
    let lines = "T [a:st:TUR Turkey] {1 offered} mediation.\nE 1 AGREE o act=a led=initiative/proposed\n\
                 T The Sino-Indian border {1 dispute} is open.\nE 1 NONE g led=dispute/raised\n\
                 T The Greek and Albanian {1 truce} ended.\nE 1 NONE o led=ceasefire/ended";
    let parties = |e: &LedgerEntry| e.parties.iter().filter_map(|p| p.country.clone()).collect::<Vec<_>>().join("+");
    assert_eq!(entries(lines).iter().map(parties).collect::<Vec<_>>(), ["TUR", "CHN+IND", "GRC+ALB"]);
}

#[test]
fn a_measure_is_one_sides_own() {
    let lines = |ledger: &str| {
        format!(
            "T [a:st:FRA France] and [b:st:ITA Italy] share a sea.\n\
             T [a:st:FRA Paris] {{1 drew up}} rules for [b:st:ITA Italy].\nE 1 CONCEDE o act=a rec=b led={ledger}"
        )
    };
    assert_eq!(outline(&lines("measure/decided")), ["measure/decided FRA"]);
    assert_eq!(outline(&lines("agreement/agreed")), ["agreement/agreed FRA+ITA"]);
}

#[test]
fn a_warning_is_a_threat_assessment_unless_the_speaker_threatens() {
    let assessment = "T [a:st:FRA France] {s warned} that the drought would spread north.\nS s spk=a";
    assert_eq!(outline(assessment), ["threat_assessment/stated FRA"]);
    let threat = "T [a:st:FRA France] {1 warned} that it would close the border.\nE 1 THREATEN/restrict o act=a\nS 1 spk=a";
    assert_eq!(outline(threat), Vec::<String>::new());
    let plain = "T [a:st:FRA France] {s said} that the drought would spread north.\nS s spk=a";
    assert_eq!(outline(plain), Vec::<String>::new());
}

#[test]
fn a_press_conference_is_the_speakers() {
    let lines = "T At a press conference in [p:pl:ITA Rome] on [d:da Monday], [a:ro:FRA.GOV the French foreign minister] {s said} fish were scarce.\n\
                 S s spk=a";
    let found = entries(lines);
    assert_eq!(outline(lines), ["press_event/held FRA"]);
    assert_eq!((found[0].title.as_str(), found[0].date.as_ref().and_then(|d| d.text.as_deref())), ("press conference", Some("Monday")));
}

#[test]
fn a_visit_has_guest_and_host() {
    let lines = "T [a:ro:CZE.GOV The Czech prime minister] {1 visited} [b:st:GHA Ghana].\nE 1 CONSULT/visit o act=a rec=b led=visit/held";
    let found = entries(lines);
    let roles: Vec<_> = found[0].parties.iter().map(|p| (p.country.as_deref(), p.role.as_deref())).collect();
    assert_eq!(roles, [(Some("CZE"), Some("party")), (Some("GHA"), Some("host"))]);
}

#[test]
fn talks_and_calls_without_a_ledger_kind_have_one_all_the_same() {
    let cases = [("{1 met}", "CONSULT o act=a,b", "meeting/held FRA+ITA"), ("{1 visited}", "CONSULT o act=a rec=b", "visit/held FRA+ITA")];
    for (verb, event, expected) in cases {
        let lines = format!("T [a:st:FRA France] {verb} [b:st:ITA Italy].\nE 1 {event}");
        assert_eq!(outline(&lines), [expected], "{verb}");
    }
    let urged = |whom: &str| outline(&format!("T [a:st:FRA France] {{1 urged}} {whom} to wait.\nE 1 REQUEST o act=a rec=b"));
    assert_eq!(urged("[b:or:UNO the Security Council]"), ["initiative/proposed FRA+UNO"]);
    assert_eq!(urged("[b:st:ITA Italy]"), [""; 0], "a call on one state is its event alone");
    assert_eq!(outline("T [a:st:FRA France] {1 bombed} [b:st:ITA Italy].\nE 1 ASSAULT o act=a rec=b"), [""; 0]);
}

#[test]
fn the_title_is_the_texts_own_words() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] {1 agreed to launch} a dialogue on fish, wine and bread.\n\
                 E 1 AGREE o act=a,b led=dialogue/agreed";
    assert_eq!(entries(lines)[0].title, "agreed to launch a dialogue on fish");
}

#[test]
fn entries_of_one_sentence_are_tied() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] {1 met} in [p:pl:ITA Rome] and {2 agreed to launch} a dialogue.\n\
                 E 1 CONSULT o act=a,b place=p led=meeting/held\n\
                 E 2 AGREE o act=a,b led=dialogue/agreed\n\
                 T [a:st:FRA France] {1 reaffirmed its commitment} to the port.\n\
                 E 1 AGREE o act=a led=commitment/reaffirmed";
    let entries = entries(lines);
    let ties: Vec<Vec<(&str, &str)>> =
        entries.iter().map(|e| e.relations.iter().map(|r| (r.kind.as_str(), r.to.as_str())).collect()).collect();
    assert_eq!(entries.len(), 3);
    assert_eq!(ties, [vec![], vec![("agreed_at", entries[0].id.as_str())], vec![]]);
}

#[test]
fn who_seeks_to_do_something_proposes_nothing_to_others() {
    let lines =
        |words: &str| format!("T [a:st:JPN Japan] was {{1 {words}}} bonds with [b:or:EUR the European Union].\nE 1 REQUEST o act=a rec=b");
    assert_eq!(outline(&lines("asking for")), ["initiative/proposed JPN+EUR"]);
    assert!(outline(&lines("seeking to deepen")).is_empty());
}

#[test]
fn a_meeting_knows_its_number_in_a_series() {
    let cases = [
        ("{1 met} in the 41st ordinary session of their joint committee", Some((41, "41st ordinary session"))),
        ("{1 held} a fourth round of talks", Some((4, "fourth round"))),
        ("{1 held} their first meeting in three years", None),
        ("{1 met} on the 3rd floor, before the session", None),
    ];
    for (words, expected) in cases {
        let lines = format!("T [a:st:FRA France] and [b:st:ITA Italy] {words}.\nE 1 CONSULT o act=a,b led=meeting/held");
        let all = entries(&lines);
        assert_eq!(all[0].series.as_ref().map(|s| (s.number, s.quote.quote.as_str())), expected, "{words}");
    }
}

#[test]
fn a_matter_that_names_nobody_has_the_parties_of_the_like_one_told_before() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] share a sea with [c:st:ESP Spain].\n\
                 T [a:st:ESP Spain] and [b:st:ITA Italy] {1 agreed} on a truce.\nE 1 AGREE o act=a,b led=ceasefire/agreed\n\
                 T The deal {1 was broken}.\nE 1 NONE o led=ceasefire/broken";
    let broken = &entries(lines)[1];
    assert_eq!((broken.status.as_deref(), broken.keys.as_slice()), (Some("broken"), ["ESP-ITA".to_owned()].as_slice()));
    assert!(broken.parties.iter().all(|p| p.from == Some(From::Coref)));
    assert!(broken.parties.iter().all(|p| broken.evidence.iter().any(|e| (e.quote.start, e.quote.end) == (p.start, p.end))));
}

#[test]
fn what_did_not_come_about_is_no_matter_unless_its_status_says_so() {
    let lines =
        |words: &str, led: &str| format!("T [a:st:FRA France] and [b:st:ITA Italy] {words} the pact.\nE 1 SUPPORT n act=a,b led={led}");
    assert_eq!(outline(&lines("had not {1 signed}", "agreement/signed")), [""; 0]);
    assert_eq!(outline(&lines("had {1 no intention of signing}", "agreement/signed")), [""; 0]);
    assert_eq!(outline(&lines("failed to {1 sign}", "agreement/stalled")), ["agreement/stalled FRA+ITA"]);
}

#[test]
fn whom_a_visit_leads_to_is_told_by_its_place() {
    let story = "T [a:st:IND India] warned [b:st:PAK Pakistan].\nT [a:st:PAK Pakistan] answered [b:st:IND India].\n";
    let lines = |place: &str| {
        format!("{story}T [a:ro:IND.GOV The Indian home minister] {{1 toured}} {place}.\nE 1 CONSULT/visit o act=a place=p led=visit/held")
    };
    assert_eq!(outline(&lines("[p:pl:IND Kolkata]")), ["visit/held IND"]);
    assert_eq!(outline(&lines("[p:pl:- the hills]")), ["visit/held IND+*PAK"]);
}

#[test]
fn what_is_asked_owed_awaited_or_not_undone_is_no_step() {
    let signs = |before: &str, after: &str| {
        outline(&format!(
            "T {before} [a:st:FRA France] {{1 signs}} the pact with [b:st:ITA Italy]{after}\nE 1 SUPPORT o act=a,b led=agreement/signed"
        ))
    };
    assert_eq!(signs("Now", "."), ["agreement/signed FRA+ITA"]);
    assert_eq!(signs("Ships would wait until", "."), Vec::<String>::new());
    assert_eq!(signs("Asked whether", ", she left."), Vec::<String>::new());
    let leaves = |words: &str| {
        outline(&format!("T [a:st:FRA France] {words} the pact with [b:st:ITA Italy].\nE 1 REJECT n act=a rec=b led=agreement/withdrawn"))
    };
    assert_eq!(leaves("would not {1 leave}"), Vec::<String>::new());
    let frees = |words: &str| outline(&format!("T [a:st:FRA France] {words} the port.\nE 1 AGREE o act=a led=commitment/made"));
    assert_eq!(frees("{1 promised}"), ["commitment/made FRA"]);
    assert_eq!(frees("must {1 hand over}"), Vec::<String>::new());
}

#[test]
fn who_arrives_for_talks_visits() {
    let lines =
        "T [a:ro:FRA.GOV France's minister] {1 arrived} in [p:pl:ITA Rome] for talks.\nE 1 CONSULT o act=a place=p led=meeting/held";
    assert_eq!(entries(lines)[0].kind.code(), "visit");
}

#[test]
fn a_sentence_that_speaks_of_a_third_country_leaves_no_side_unsaid() {
    let talks = |words: &str| {
        let story = "T [a:st:FRA France] {1 met} [b:st:ITA Italy].\nE 1 CONSULT o act=a rec=b led=meeting/held\n".repeat(3);
        outline(&format!("{story}T {words}")).pop().unwrap_or_default()
    };
    let of = "{1 agreed}.\nE 1 AGREE o act=a led=agreement/agreed";
    assert_eq!(talks(&format!("[a:st:FRA France] {of}")), "agreement/agreed FRA+*ITA");
    assert_eq!(talks(&format!("Before [b:st:PER Peru] left, [a:st:FRA France] {of}")), "agreement/agreed FRA");
}

#[test]
fn who_welcomes_a_pact_is_no_party_of_it() {
    let hails = |verb: &str| {
        outline(&format!(
            "T [a:st:FRA France] {{1 {verb}}} the accord with [b:st:TCD Chad].\nE 1 SUPPORT o act=a rec=b led=agreement/signed"
        ))
    };
    assert_eq!(hails("welcomed"), ["initiative/welcomed FRA+TCD"]);
    assert_eq!(hails("signed"), ["agreement/signed FRA+TCD"]);
}

#[test]
fn a_truce_of_trade_is_an_agreement() {
    let extends = |truce: &str| {
        outline(&format!(
            "T [a:st:USA America] and [b:st:CHN China] {{1 extended}} their {truce}.\nE 1 CONCEDE o act=a,b led=ceasefire/renewed"
        ))
    };
    assert_eq!(extends("trade truce"), ["agreement/in_force USA+CHN"]);
    assert_eq!(extends("border truce"), ["ceasefire/renewed USA+CHN"]);
}

#[test]
fn what_is_planned_or_conditional_is_no_step_done() {
    let lifts = |kind: &str, status: &str, event: &str| {
        outline(&format!("T [a:st:FRA France] would {{1 lift}} it on [d:da Monday].\nE 1 CONCEDE {event} act=a date=d led={kind}/{status}"))
    };
    assert_eq!(lifts("measure", "lifted", "o"), ["measure/lifted FRA"]);
    assert_eq!(lifts("measure", "lifted", "p"), ["measure/announced FRA"]);
    assert_eq!(lifts("measure", "lifted", "c"), ["measure/- FRA"]);
    assert_eq!(lifts("sanction", "imposed", "c"), ["sanction/threatened FRA"]);
    assert_eq!(lifts("sanction", "lifted", "p"), ["sanction/- FRA"]);
    assert_eq!(lifts("agreement", "signed", "p"), ["agreement/signature_scheduled FRA"]);
    assert_eq!(lifts("agreement", "in_force", "p"), ["agreement/in_force FRA"]);
}

#[test]
fn an_envoy_is_recalled_from_the_other_country_of_the_story() {
    let story = "T [a:st:FRA France] {1 met} [b:st:ITA Italy].\nE 1 CONSULT o act=a rec=b led=meeting/held\n".repeat(3);
    let recalled = "T [a:st:FRA France] {1 recalled} its ambassador.\nE 1 SANCTION/withdraw o act=a led=relations/recalled";
    assert_eq!(outline(&format!("{story}{recalled}")).pop().as_deref(), Some("relations/recalled FRA+*ITA"));
}

#[test]
fn a_noun_that_its_verb_tells_is_no_entry_of_its_own() {
    let article = Annotated::new(
        "T [a:st:FRA France] {1 signed} a {2 pact} with [b:st:ITA Italy].\nE 1 SUPPORT o act=a rec=b led=agreement/signed\n\
         E 2 AGREE o act=a rec=b led=agreement/agreed",
    );
    let told = |head: usize| {
        article.scene(|scene| {
            let mut sentences = scene.sentences.to_vec();
            let reading = &mut sentences[0].reading;
            reading.heads = vec![0; reading.upos.len()];
            (reading.heads[3], reading.upos[3]) = (head, scene.labels.upos.iter().position(|u| u == "NOUN").expect("a class"));
            let scene = Scene { sentences: &sentences, ..*scene };
            super::entries(&scene, &[], &[]).iter().filter_map(|e| e.status.clone()).collect::<Vec<_>>()
        })
    };
    assert_eq!((told(2), told(0)), (vec!["signed".to_owned()], ["signed", "agreed"].map(str::to_owned).to_vec()));
}

#[test]
fn a_denial_of_the_step_itself_is_no_step() {
    let of = |kind: &str, words: &str, event: &str| {
        outline(&format!("T [a:st:BRA Brazil] {words} the talks with [b:st:ARG Argentina].\nE 1 CONSULT {event} act=a rec=b led={kind}"))
    };
    assert_eq!(of("dialogue/suspended", "{1 suspended}", "o"), ["dialogue/suspended BRA+ARG"]);
    assert_eq!(of("dialogue/suspended", "has not {1 suspended}", "n"), Vec::<String>::new());
    assert_eq!(of("dialogue/resumed", "{1 will not resume}", "p"), Vec::<String>::new());
    assert_eq!(of("visit/cancelled", "has not {1 planned}", "n"), Vec::<String>::new());
    assert_eq!(of("commitment/broken", "has not {1 paid for}", "n"), ["commitment/broken BRA+ARG"]);
    assert_eq!(of("commitment/broken", "has yet to {1 pay for}", "n"), Vec::<String>::new());
}

#[test]
fn talks_asked_for_or_planned_are_not_held() {
    let of = |event: &str| {
        outline(&format!(
            "T [a:st:BRA Brazil] would {{1 resume}} talks with [b:st:PER Peru].\nE 1 CONSULT {event} act=a rec=b led=dialogue/resumed"
        ))
    };
    assert_eq!(of("p"), ["dialogue/agreed BRA+PER"]);
    assert_eq!(of("c"), ["dialogue/- BRA+PER"]);
}

#[test]
fn a_sanction_that_is_interrupted_is_eased() {
    let of = |verb: &str| {
        outline(&format!(
            "T [a:st:GBR Britain] {{1 {verb}}} sanctions on [b:st:PER Peru].\nE 1 SANCTION o act=a rec=b led=sanction/imposed"
        ))
    };
    assert_eq!(of("imposed"), ["sanction/imposed GBR+PER"]);
    assert_eq!(of("suspended"), ["sanction/eased GBR+PER"]);
    assert_eq!(of("ended"), ["sanction/lifted GBR+PER"]);
}

#[test]
fn a_pledge_paid_in_full_is_fulfilled() {
    let of = |sum: &str| {
        outline(&format!("T [a:st:JPN Japan] {{1 paid}} {sum} to [b:st:PER Peru].\nE 1 AID o act=a rec=b led=commitment/partly_fulfilled"))
    };
    assert_eq!(of("all of the money"), ["commitment/fulfilled JPN+PER"]);
    assert_eq!(of("the full sum"), ["commitment/fulfilled JPN+PER"]);
    assert_eq!(of("half of it"), ["commitment/partly_fulfilled JPN+PER"]);
}

#[test]
fn two_sides_at_home_need_no_third() {
    let story = "T [a:st:CZE Prague] {1 met} [b:st:DEU Germany].\nE 1 CONSULT o act=a rec=b led=meeting/held\n".repeat(3);
    let met = "T [a:ro:CZE.GOV The Czech premier] {1 met} [b:ro:CZE.GOV a Czech minister].\nE 1 CONSULT o act=a rec=b led=meeting/held";
    assert_eq!(outline(&format!("{story}{met}")).pop().as_deref(), Some("meeting/held CZE+CZE"));
}

#[test]
fn two_countries_that_no_sentence_names_together_are_no_pair() {
    let of = |first: &str| {
        let lines = format!(
            "T [a:st:IRN Iran] {{s said}} {first}.\nS s spk=a\nT [a:st:ITA Italy] {{1 postponed}} a summit.\nE 1 REJECT o act=a led=meeting/postponed"
        );
        outline(&lines).pop().unwrap_or_default()
    };
    assert_eq!(of("it would not attend"), "meeting/postponed ITA");
    assert_eq!(of("it would not follow [b:st:ITA Italy]"), "meeting/postponed ITA+*IRN");
}

#[test]
fn a_trip_called_off_is_of_where_it_leads() {
    let lines = "T [a:ro:POL.GOV Poland's minister] will {1 travel} to [p:pl:DEU Berlin].\nE 1 AGREE p act=a place=p led=visit/announced\n\
                 T A trip to [p:pl:FRA Paris] was {1 called off}.\nE 1 REJECT o led=visit/cancelled";
    let found = outline(lines);
    assert_eq!(found, ["visit/announced POL+DEU", "visit/cancelled *POL"], "nobody goes to Berlin by it");
}

#[test]
fn a_visit_to_a_town_is_one_to_its_state() {
    let visits = |place: &str| {
        outline(&format!(
            "T [a:ro:JPN.GOV Japan's premier] will {{1 visit}} [p:pl:- {place}].\nE 1 AGREE p act=a place=p led=visit/announced"
        ))
    };
    assert_eq!(visits("Mumbai"), ["visit/announced JPN+IND"]);
    assert_eq!(visits("Osaka"), ["visit/announced JPN"]);
}

#[test]
fn who_rejects_a_truce_takes_no_step_of_it() {
    let of = |event: &str| {
        outline(&format!(
            "T [a:st:RUS Russia] {{1 answered}} a truce with [b:st:UKR Ukraine].\nE 1 {event} o act=a rec=b led=ceasefire/proposed"
        ))
    };
    assert_eq!((of("REJECT"), of("AGREE")), (vec!["ceasefire/- RUS+UKR".to_owned()], vec!["ceasefire/proposed RUS+UKR".to_owned()]));
}
