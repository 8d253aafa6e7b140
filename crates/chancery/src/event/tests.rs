//! Event reports from gold readings.

use super::*;
use crate::annotated::{Annotated, countries};
use crate::statement;

/// The type, countries of actors and recipients, and status of each report: `AGREE JPN > SAU occurred`.
fn reports(lines: &str) -> Vec<String> {
    shown(&Annotated::new(lines))
}

fn shown(article: &Annotated) -> Vec<String> {
    let side = |actors: &[Actor]| if actors.is_empty() { "none".to_owned() } else { countries(actors) };
    let shown = |r: &EventReport| format!("{} {} > {} {}", r.event_type, side(&r.actors), side(&r.recipients), r.status.code());
    article.records().reports.iter().map(shown).collect()
}

/// Why the first predicate of the last sentence gives no report.
fn refusal(lines: &str) -> Option<Refusal> {
    Annotated::new(lines).scene(|scene| {
        let (said, _) = statement::statements(scene);
        let i = scene.sentences.len() - 1;
        report(scene, &said, i, &scene.sentences[i].reading.predicates[0], 0.4).err()
    })
}

#[test]
fn a_negator_before_the_predicate_negates_a_deed() {
    let cases = [
        ("{1 signed}", "o", "occurred"),
        ("did not {1 sign}", "o", "negated"),
        ("didn't {1 sign}", "o", "negated"),
        ("never really {1 signed}", "g", "negated"),
        ("could not, it was clear, {1 sign}", "o", "occurred"),
        ("did not, not once, {1 sign}", "o", "negated"),
        ("would not {1 sign}", "p", "planned"),
    ];
    for (words, status, expected) in cases {
        let lines = format!("T [a:st:FRA France] {words} the pact.\nE 1 SUPPORT {status} act=a");
        assert_eq!(reports(&lines), [format!("SUPPORT FRA > none {expected}")], "{words}");
    }
}

#[test]
fn a_conditional_has_the_nearest_condition() {
    let lines = |status: &str| {
        format!(
            "T <c If [a:st:FRA France] refused>, [b:st:ITA Italy] would {{1 expel}} its envoy, and the port would close <k if it rained>.\n\
             E 1 SANCTION/expel {status} act=b rec=a cond=c"
        )
    };
    let condition = |status: &str| Annotated::new(&lines(status)).records().reports[0].condition.clone().map(|q| q.quote);
    assert_eq!(condition("c").as_deref(), Some("If France refused"));
    assert_eq!(condition("p"), None);
    assert_eq!(reports(&lines("c")), ["SANCTION ITA > FRA conditional"]);
}

#[test]
fn the_own_side_is_no_recipient_of_kind_words() {
    let lines = |event_type: &str| {
        format!(
            "T [a:ro:SAU.GOV The Saudi foreign minister] {{1 spoke to}} [b:st:SAU Riyadh] and [e:st:JPN Tokyo].\nE 1 {event_type} o act=a rec=b,e"
        )
    };
    assert_eq!(reports(&lines("AGREE")), ["AGREE SAU > JPN occurred"]);
    assert_eq!(reports(&lines("ACCUSE")), ["ACCUSE SAU > SAU+JPN occurred"]);
}

#[test]
fn nobody_is_actor_and_recipient_of_one_event() {
    let lines = "T [a:st:FRA France] {1 warned} [b:st:FRA Paris] and [e:st:ITA Italy].\nE 1 THREATEN o act=a rec=b,e";
    assert_eq!(reports(lines), ["THREATEN FRA > ITA occurred"]);
}

#[test]
fn a_press_conference_is_no_consultation() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] held a {1 press conference} in [p:pl:ITA Rome].\nE 1 CONSULT o act=a,b place=p";
    assert_eq!(refusal(lines), Some(Refusal::PressEvent));
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] held {1 talks} before a press conference.\nE 1 CONSULT o act=a,b";
    assert_eq!(refusal(lines), None);
}

#[test]
fn declared_readiness_to_work_together_is_an_offer() {
    let lines =
        |words: &str| format!("T [a:st:JPN Japan] is {{1 {words}}} closer cooperation with [b:st:SAU Riyadh].\nE 1 NONE g act=a rec=b");
    assert_eq!(reports(&lines("open to")), ["AGREE JPN > SAU ongoing"]);
    assert_eq!(reports(&lines("seeking to build")), ["AGREE JPN > SAU ongoing"]);
    assert_eq!(reports(&lines("expressing its desire to deepen")), ["AGREE JPN > SAU ongoing"]);
    assert_eq!(refusal("T [a:st:JPN Japan] is {1 open to} visitors.\nE 1 NONE g act=a"), Some(Refusal::NoEvent(1.0)));
}

#[test]
fn who_chaired_a_meeting_held_no_second_one() {
    let lines =
        "T The {1 meeting}, {2 chaired} by [a:ro:QAT.GOV Qatar's minister], was about trade.\nE 1 CONSULT o act=a\nE 2 CONSULT o act=a";
    assert_eq!(reports(lines), ["CONSULT QAT > none occurred"]);
    let lines = "T [a:ro:QAT.GOV Qatar's minister] {1 chaired} [b:or:IGO the council].\nE 1 CONSULT o act=a rec=b";
    assert_eq!(reports(lines), ["CONSULT QAT > - occurred"]);
}

#[test]
fn a_match_report_has_no_events() {
    let attack = "T [a:st:FRA France] {1 attacked} [b:st:ITA Italy].\nE 1 ASSAULT o act=a rec=b";
    let sport = "T The striker scored a late goal in the stadium and the referee blew the whistle.";
    assert_eq!(refusal(attack), None);
    assert_eq!(refusal(&format!("{sport}\n{attack}")), Some(Refusal::Sport));
    assert_eq!(refusal(&format!("T The striker scored in the stadium.\n{attack}")), None, "three words are not enough");
}

#[test]
fn what_firms_do_among_themselves_is_none_where_the_article_is_about_firms() {
    let shares = "T Shares of the retailer rose before the tender for its stock expired, and investors expect a dividend.";
    let deal = "T [a:or:NOR.BUS Vasko] {1 agreed} with [b:or:NOR.BUS Brask].\nE 1 AGREE o act=a rec=b";
    let fine = "T [a:or:NOR.GOV The ministry] {1 fined} [b:or:NOR.BUS Brask].\nE 1 COERCE o act=a rec=b";
    let strike = "T [a:gr:NOR.CVL Villagers] {1 rallied} against [b:or:NOR.BUS Brask].\nE 1 PROTEST o act=a rec=b";
    assert_eq!(refusal(deal), None, "no business page");
    assert_eq!(refusal(&format!("{shares}\n{deal}")), Some(Refusal::Private));
    assert_eq!(refusal(&format!("{shares}\n{fine}")), None, "a ministry takes part");
    assert_eq!(refusal(&format!("{shares}\n{strike}")), None, "people in the street");
}

#[test]
fn a_title_ends_at_a_bracket() {
    let title = |lines: &str| Annotated::new(lines).scene(|s| super::title(s, 0, &s.sentences[0].reading.predicates[0]));
    let two = "T [a:st:PER Peru] {1 scrapped} the levy (of 8 percent) and {2 thanked} [b:st:CHL Chile].\nE 1 CONCEDE o act=a\nE 2 SUPPORT o act=a rec=b";
    assert_eq!(title(two), "scrapped the levy");
}

#[test]
fn no_event_without_type_or_without_anybody() {
    assert_eq!(refusal("T [a:st:FRA France] {1 exports} wine.\nE 1 NONE o act=a"), Some(Refusal::NoEvent(1.0)));
    assert_eq!(refusal("T The pact was {1 signed}.\nE 1 SUPPORT o"), Some(Refusal::NoActor(EventType::Support)));
}

#[test]
fn an_unlikely_predicate_is_unsure() {
    Annotated::new("T [a:st:FRA France] {1 agreed}.\nE 1 AGREE o act=a").scene(|scene| {
        let mut predicate = scene.sentences[0].reading.predicates[0].clone();
        let sure = typed(scene.labels, &predicate, 0.4).ok();
        assert_eq!(sure.map(|r| (r.event_type, r.confidence)), Some((EventType::Agree, 1.0)));
        predicate.score = 0.3;
        assert_eq!(typed(scene.labels, &predicate, 0.4).err(), Some(Refusal::Unsure(EventType::Agree, 0.3)));
    });
}

#[test]
fn what_a_condition_names_has_not_happened() {
    let lines = "T [a:st:FRA Paris] will {1 send} monitors <c if [b:st:ITA Rome] {2 requested} them>.\nE 1 AGREE c act=a cond=c\nE 2 REQUEST o act=b";
    assert_eq!(reports(lines), ["AGREE FRA > none conditional", "REQUEST ITA > none conditional"]);
}

#[test]
fn a_meeting_of_two_without_host_is_reciprocal() {
    let reciprocal = |event: &str| {
        let lines = format!("T [a:st:FRA France] and [b:st:ITA Italy] {{1 met}} near [e:st:FRA Paris].\nE 1 {event}");
        Annotated::new(&lines).records().reports[0].reciprocal
    };
    assert!(reciprocal("CONSULT o act=a,b"));
    assert!(!reciprocal("CONSULT o act=a rec=b"), "a visit has a host");
    assert!(!reciprocal("CONSULT o act=a,e"), "one side");
    assert!(!reciprocal("ASSAULT o act=a,b"), "two who do the same to a third");
}

#[test]
fn the_host_of_a_visit_is_its_recipient() {
    let lines = |word: &str, place: &str| {
        format!("T The {{1 {word}}} of [a:ro:CZE.GOV the Czech prime minister] to [b:{place}] ended.\nE 1 CONSULT/visit o act=a place=b")
    };
    assert_eq!(reports(&lines("visit", "st:GHA Ghana")), ["CONSULT CZE > GHA occurred"]);
    assert_eq!(reports(&lines("visit", "pl:GHA Ghana")), ["CONSULT CZE > GHA occurred"], "a state, whatever the network called it");
    assert_eq!(reports(&lines("visit", "pl:GHA Kumasi")), ["CONSULT CZE > none occurred"], "a town hosts nobody");
    assert_eq!(reports(&lines("trip", "pl:GHA Accra")), ["CONSULT CZE > GHA occurred"], "a capital does");
    let flew = |way: &str| {
        let lines = "T [a:ro:CZE.GOV The Czech prime minister] {1 flew} WAY [b:pl:GHA Accra] on Monday.\nE 1 CONSULT/visit o act=a place=b";
        reports(&lines.replace("WAY", way))
    };
    assert_eq!(flew("to"), ["CONSULT CZE > GHA occurred"]);
    assert_eq!(flew("from"), ["CONSULT CZE > none occurred"], "whence is no host");
    assert_eq!(reports(&lines("lecture", "st:GHA Ghana")), ["CONSULT CZE > none occurred"]);
    let taken_for_host = lines("visit", "st:GHA Ghana").replace("act=a", "rec=a");
    assert_eq!(reports(&taken_for_host), ["CONSULT CZE > GHA occurred"], "who is named after of travels");
}

#[test]
fn a_participle_has_the_actors_of_the_predicate_before() {
    let lines = "T [a:st:FRA France] and [b:st:ITA Italy] {1 agreed} to meet while {2 sharing} intelligence.\n\
                 E 1 AGREE o act=a,b\nE 2 COOPERATE g";
    assert_eq!(reports(lines), ["AGREE FRA+ITA > none occurred", "COOPERATE FRA+ITA > none ongoing"]);
    let finite = lines.replace("{2 sharing}", "they {2 share}");
    assert_eq!(reports(&finite), ["AGREE FRA+ITA > none occurred"], "a finite verb takes nothing from its neighbour");
}

#[test]
fn who_speaks_at_a_meeting_takes_part_in_it() {
    let lines = "T Speaking at the {1 meeting} of [b:st:ITA Italy], [a:ro:FRA.GOV the French foreign minister] {s said} fish were scarce.\n\
                 E 1 CONSULT o act=b\nS s spk=a";
    assert_eq!(reports(lines), ["CONSULT ITA+FRA > none occurred"]);
}

#[test]
fn an_event_inside_a_statement_is_said_by_its_speaker() {
    let article = Annotated::new(
        "T [a:ro:KEN.GOV Kenya's interior minister] {s said} that [b:gr:SOM.REB Somali rebels] had {1 burned} a market.\n\
         E 1 ASSAULT/destroy o act=b said=a\nS s spk=a\n\
         T [a:st:KEN Kenya] {1 closed} the border.\nE 1 COERCE/restrict o act=a",
    );
    let reports = article.records().reports;
    assert_eq!(reports[0].said_by.as_ref().map(|a| a.text.as_str()), Some("Kenya's interior minister"));
    assert_eq!(reports[1].said_by, None);
    let roles: Vec<(EvidenceRole, &str)> = reports[0].evidence.iter().map(|e| (e.role, e.quote.quote.as_str())).collect();
    assert_eq!(
        roles,
        [(EvidenceRole::Predicate, "burned"), (EvidenceRole::Actor, "Somali rebels"), (EvidenceRole::Speaker, "Kenya's interior minister")]
    );
}

#[test]
fn a_headline_makes_no_report() {
    let lines = "T [a:st:FRA France] {1 attacks} [b:st:ITA Italy].\nE 1 ASSAULT o act=a rec=b\nT Rain fell.";
    assert_eq!(Annotated::new(lines).records().reports.len(), 1);
    assert_eq!(Annotated::new(lines).headed().records().reports.len(), 0);
}

#[test]
fn what_a_document_says_its_body_says() {
    let lines = "T [a:or:IGO The Arab League] {1 met} in [p:pl:JOR Amman].\nE 1 CONSULT o act=a\n\
                 T The communiqué {1 praised} [a:st:OMN Oman].\nE 1 SUPPORT o rec=a";
    assert_eq!(reports(lines), ["CONSULT IGO > none occurred", "SUPPORT *IGO > OMN occurred"]);
    let records = Annotated::new(lines).records();
    let shown = |e: &&Evidence| e.role == EvidenceRole::Actor && e.quote.quote == "The communiqué";
    assert!(records.reports[1].evidence.iter().find(shown).is_some_and(|e| e.quote.start == records.reports[1].actors[0].start));
}

#[test]
fn who_is_telephoned_or_thanked_is_somebody_else() {
    let told = |event: &str| {
        reports(&format!(
            "T [a:pe:LVA.GOV#1 Latvian Foreign Minister Ilze Kalna] {{s said}} in [p:pl:LVA Riga] that the border was quiet.\nS s spk=a\n\
             T [b:pe:DEU.GOV#2 German Foreign Minister Karl Brandt] {event}"
        ))
    };
    assert_eq!(told("{1 telephoned} [c:pn:LVA.GOV#1 her] on Saturday.\nE 1 CONSULT/phone o act=b rec=c"), ["CONSULT DEU > *LVA occurred"]);
    assert_eq!(told("{1 thanked} [c:ro:LVA.GOV#1 his host].\nE 1 SUPPORT o act=b rec=c"), ["SUPPORT DEU > LVA occurred"]);
}

#[test]
fn a_date_that_begins_a_range_has_its_end() {
    let dated = |dates: &str| {
        let lines = format!("T [a:st:FRA France] {{1 hosted}} [b:st:ITA Italy] {dates} on the coast.\nE 1 CONSULT o act=a rec=b date=d");
        let report = Annotated::new(&lines).records().reports.remove(0);
        let shown: Vec<String> = report.evidence.iter().filter(|e| e.role == EvidenceRole::Date).map(|e| e.quote.quote.clone()).collect();
        let when = report.date.expect("a date");
        (when.start.unwrap_or_default(), when.end.unwrap_or_default(), shown.join("; "))
    };
    let expected = |start: &str, end: &str, shown: &str| (start.to_owned(), end.to_owned(), shown.to_owned());
    assert_eq!(dated("from [d:da 3 March 2021] to 5 March"), expected("2021-03-03", "2021-03-05", "3 March 2021 to 5 March"));
    assert_eq!(
        dated("between [d:da 3 March 2021] and 9 April 2021"),
        expected("2021-03-03", "2021-04-09", "3 March 2021 and 9 April 2021")
    );
    assert_eq!(dated("on [d:da 3 March 2021] and 9 April 2021"), expected("2021-03-03", "2021-03-03", "3 March 2021"));
    assert_eq!(dated("on [d:da 3 March 2021] to much applause"), expected("2021-03-03", "2021-03-03", "3 March 2021"));
}

#[test]
fn words_around_a_predicate_tell_that_it_did_not_come_about() {
    let cases = [
        ("T [a:st:ESP Spain] has no plans to {1 visit} [b:st:ITA Italy].\nE 1 CONSULT/visit p act=a rec=b", "CONSULT ESP > ITA negated"),
        (
            "T [a:st:ESP Spain] has no intention of {1 signing} it with [b:st:ITA Italy].\nE 1 SUPPORT o act=a rec=b",
            "SUPPORT ESP > ITA negated",
        ),
        ("T [a:st:ESP Spain] and [b:st:ITA Italy] were to have {1 met} in May.\nE 1 CONSULT o act=a,b", "CONSULT ESP+ITA > none negated"),
        (
            "T It would be the first {1 visit} to [b:st:ITA Italy] by [a:st:ESP Spain].\nE 1 CONSULT/visit o act=a rec=b",
            "CONSULT ESP > ITA expected",
        ),
        (
            "T [a:st:ESP Spain] {s denied} that [b:pn:ESP it] was {1 negotiating} with [c:st:MAR Morocco].\nE 1 CONSULT g act=b rec=c\nS s spk=a",
            "CONSULT *ESP > MAR negated",
        ),
        (
            "T [a:st:ESP Spain] {s dismissed} reports that [b:pn:ESP it] was {1 negotiating} with [c:st:MAR Morocco].\nE 1 CONSULT g act=b rec=c\n\
             S s spk=a",
            "CONSULT *ESP > MAR ongoing",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(reports(lines), [expected], "{lines}");
    }
}

#[test]
fn who_refuses_to_yield_rejects() {
    let lines = |words: &str| format!("T [a:st:SRB Serbia] {words} to [b:st:HRV Croatia].\nE 1 CONCEDE o act=a rec=b");
    assert_eq!(reports(&lines("{1 refused to apologise}")), ["REJECT SRB > HRV occurred"]);
    assert_eq!(reports(&lines("{1 declined} to apologise")), ["REJECT SRB > HRV occurred"]);
    assert_eq!(reports(&lines("{1 apologised}")), ["CONCEDE SRB > HRV occurred"]);
}

#[test]
fn who_is_accused_of_a_deed_does_it_and_not_who_accuses() {
    let lines = "T [a:st:RWA Rwanda] was {1 accused} by [b:st:COD Congo] of {2 shelling} [c:gr:COD two villages].\n\
                 E 1 ACCUSE/allege o act=b rec=a\nE 2 ASSAULT o act=b rec=c";
    assert_eq!(reports(lines)[1], "ASSAULT RWA > COD occurred");
}

#[test]
fn who_acts_behind_a_comma_does_not_do_what_a_noun_before_it_names() {
    let lines = "T After the {1 bombing}, [a:st:AFG Afghanistan] {2 closed} its border with [b:st:PAK Pakistan].\n\
                 E 1 ASSAULT o act=a rec=b\nE 2 COERCE/restrict o act=a rec=b";
    assert_eq!(shown(&Annotated::new(lines).nouns(&["bombing"])), ["ASSAULT none > PAK occurred", "COERCE AFG > PAK occurred"]);
}

#[test]
fn the_host_is_who_is_travelled_to_and_not_who_is_met_there() {
    let lines = "T [a:ro:USA.GOV The U.S. vice president] {1 arrived} in [p:pl:ITA Rome] on Friday for talks with [b:st:IRN Iran].\n\
                 E 1 CONSULT/visit o act=a rec=b place=p";
    assert_eq!(reports(lines), ["CONSULT USA > ITA occurred"]);
}

#[test]
fn two_of_one_code_whom_the_words_set_against_each_other_stay_two() {
    let lines = |event_type: &str| format!("T [a:st:GEO Abkhazia] {{1 spoke of}} [b:st:GEO Georgia].\nE 1 {event_type} o act=a rec=b");
    assert_eq!(reports(&lines("ACCUSE")), ["ACCUSE GEO > GEO occurred"]);
    assert_eq!(reports(&lines("SUPPORT")), ["SUPPORT GEO > none occurred"]);
}

#[test]
fn a_year_beside_the_day_makes_a_deed_no_older() {
    let status_of = |date: &str| {
        let lines =
            format!("T [a:st:NOR Norway] {{1 expelled}} [b:gr:FIN two envoys] on [d:da {date}].\nE 1 SANCTION h act=a rec=b date=d");
        Annotated::new(&lines).scene(|scene| {
            let scene = Scene { published: Some("2031-06-03"), ..*scene };
            status(&scene, &[], 0, &scene.sentences[0].reading.predicates[0]).0
        })
    };
    assert_eq!(status_of("2 June 2031"), Status::Occurred);
    assert_eq!(status_of("2 June 2030"), Status::Historical, "another year");
    assert_eq!(status_of("2 June"), Status::Historical, "as the network has it");
}

#[test]
fn a_noun_that_its_verb_tells_is_no_event_of_its_own() {
    let article = Annotated::new(
        "T The {1 pact} was {2 signed} by [a:st:FRA France].\nE 1 SUPPORT o act=a\nE 2 SUPPORT o act=a\n\
         T It came [a:st:FRA France] {1 signed} [b:st:ITA Italy].\nE 1 SUPPORT o act=a rec=b",
    );
    let told = |head: usize| {
        article.scene(|scene| {
            let mut sentences = scene.sentences.to_vec();
            let reading = &mut sentences[0].reading;
            reading.heads = vec![0; reading.upos.len()];
            (reading.heads[1], reading.upos[1]) = (head, scene.labels.upos.iter().position(|u| u == "NOUN").expect("a class"));
            let scene = Scene { sentences: &sentences, ..*scene };
            super::reports(&scene, &[], 0.4).iter().map(|r| r.evidence[0].quote.quote.clone()).collect::<Vec<_>>()
        })
    };
    assert_eq!(
        (told(4), told(0)),
        (vec!["signed".to_owned(), "signed".to_owned()], ["pact", "signed", "signed"].map(str::to_owned).to_vec())
    );
}

#[test]
fn private_crime_is_no_event_but_what_touches_the_state_is() {
    let crime = "T The sheriff and her deputies found the victim of the burglary beside a stolen shotgun; detectives sought a suspect in the murder.\n";
    let arrest = "T [a:gr:USA.COP American police] {1 arrested} [b:gr:USA.CVL two men].\nE 1 COERCE/arrest o act=a rec=b";
    let official = "T [a:gr:USA.COP American police] {1 arrested} [b:ro:USA.GOV the governor of Ohio].\nE 1 COERCE/arrest o act=a rec=b";
    assert_eq!(refusal(&format!("{crime}{arrest}")), Some(Refusal::Private));
    assert_eq!(refusal(&format!("{crime}{official}")), None);
    assert_eq!(refusal(arrest), None);
    assert_eq!(refusal(&format!("{crime}T Militants fled the army.\n{arrest}")), None);
}

#[test]
fn sanctions_imposed_are_more_than_a_restriction() {
    let coerced =
        |words: &str| reports(&format!("T [a:st:USA Washington] {{1 {words}}} on [b:st:IRN Iran].\nE 1 COERCE/restrict o act=a rec=b"));
    assert_eq!(coerced("imposed sanctions"), ["SANCTION USA > IRN occurred"]);
    assert_eq!(coerced("imposed curbs"), ["COERCE USA > IRN occurred"]);
}

#[test]
fn what_comes_by_itself_is_nobodys_threat() {
    let warned = |of: &str| reports(&format!("T [a:st:FRA France] {{1 warned}} of {of}.\nE 1 THREATEN o act=a"));
    assert_eq!(warned("rising tension"), Vec::<String>::new());
    assert_eq!(warned("painful measures"), ["THREATEN FRA > none occurred"]);
}

#[test]
fn what_somebody_declined_to_do_was_not_done() {
    let lines = |verb: &str| format!("T [a:st:FRA France] {{1 {verb}}} [b:st:ITA Italy].\nE 1 THREATEN o act=a rec=b");
    assert_eq!(reports(&lines("declined to threaten")), ["THREATEN FRA > ITA negated"]);
    assert_eq!(reports(&lines("rose to threaten")), ["THREATEN FRA > ITA occurred"]);
}

#[test]
fn who_acts_is_not_it() {
    let lines = "T [a:st:MLI Mali] cut ties with [b:st:PER Peru], {1 accusing} [c:pn:MLI it] of theft.\nE 1 ACCUSE o act=a rec=c";
    assert_eq!(reports(lines), ["ACCUSE MLI > PER occurred"]);
}

#[test]
fn what_somebody_asks_is_no_event() {
    let asked = |words: &str| refusal(&format!("T {words}\nE 1 CONSULT o act=a rec=b"));
    let visit = "[a:pe:ITA.GOV President Rossi] {1 visit} [b:st:CHN China]";
    assert_eq!(asked(&format!("“Will {visit} in May?” a reporter said.")), Some(Refusal::Asked));
    assert_eq!(asked(&format!("Asked whether {visit} in May, she declined to answer.")), Some(Refusal::Asked));
    assert_eq!(asked(&format!("Can you confirm whether {visit} in May?")), Some(Refusal::Asked));
    assert_eq!(asked("[a:pe:ITA.GOV President Rossi] {1 met} [b:ro:CHN.GOV China's envoys], whom he asked: “Will you pay?”"), None);
    assert_eq!(asked("Asked about the pact, [a:pe:ITA.GOV President Rossi] {1 met} [b:ro:CHN.GOV China's envoys]."), None);
}

#[test]
fn what_is_promised_has_its_date_for_itself() {
    let date = |words: &str| {
        let lines = format!("T [a:st:GHA Ghana] {{1 agreed}} {words}.\nE 1 AGREE o act=a date=d");
        Annotated::new(&lines).records().reports[0].date.as_ref().and_then(|d| d.text.clone())
    };
    assert_eq!(date("to open the bridge by [d:da June]"), None);
    assert_eq!(date("in [d:da June] to open the bridge").as_deref(), Some("June"));
}

#[test]
fn what_is_awaited_has_not_happened() {
    let signs = |before: &str| {
        reports(&format!("T The miners would stay {before} [a:ro:POL.GOV Poland's minister] {{1 signs}} a pledge.\nE 1 AGREE o act=a"))
    };
    assert_eq!(signs("until"), ["AGREE POL > none conditional"]);
    assert_eq!(signs("and"), ["AGREE POL > none occurred"]);
}

#[test]
fn the_place_of_a_mission_tells_whom_it_concerns() {
    let recalled = |words: &str| reports(&format!("T [a:st:MLI Mali] {{1 recalled}} {words}.\nE 1 SANCTION/withdraw o act=a place=p"));
    assert_eq!(recalled("its ambassador in [p:pl:FRA Paris]"), ["SANCTION MLI > FRA occurred"]);
    assert_eq!(recalled("its troops in [p:pl:FRA Paris]"), ["SANCTION MLI > none occurred"]);
}

#[test]
fn what_is_owed_has_not_happened() {
    let frees = |before: &str| {
        reports(&format!("T [a:st:IND India] {before} {{1 release}} [b:ro:PAK.MIL a Pakistani pilot].\nE 1 RETREAT/release o act=a rec=b"))
    };
    assert_eq!(frees("must"), ["RETREAT IND > PAK conditional"]);
    assert_eq!(frees("must have had to"), ["RETREAT IND > PAK occurred"]);
}

#[test]
fn warrants_accuse_and_regulators_fines_restrict() {
    let typed = |words: &str, label: &str| {
        reports(&format!("T [a:or:KOR.GOV Korea's regulator] {words} [b:or:USA.BUS a US firm].\nE 1 {label} o act=a rec=b"))
    };
    assert_eq!(typed("{1 imposed} a 14 billion won fine on", "SANCTION"), ["COERCE KOR > USA occurred"]);
    assert_eq!(typed("{1 imposed} a ban on", "SANCTION"), ["SANCTION KOR > USA occurred"]);
    assert_eq!(typed("{1 issued} an arrest warrant for", "COERCE"), ["ACCUSE KOR > USA occurred"]);
    assert_eq!(typed("{1 jailed} until its trial", "SANCTION"), ["COERCE KOR > USA occurred"]);
}

#[test]
fn an_answer_is_what_its_verb_tells() {
    let answer = |means: &str| {
        reports(&format!(
            "T [a:st:MLI Mali] {{1 responded}} by {{2 {means}}} [b:gr:FRA two French envoys].\nE 1 ACCUSE o act=a\nE 2 SANCTION/expel o act=a rec=b"
        ))
    };
    assert_eq!(answer("expelling"), ["SANCTION MLI > FRA occurred"]);
    assert_eq!(answer("expulsion of"), ["ACCUSE MLI > none occurred", "SANCTION MLI > FRA occurred"]);
}

#[test]
fn who_borrows_is_given_to() {
    let loan = |verb: &str| reports(&format!("T [a:st:KEN Kenya] {{1 {verb}}} $2m from [b:st:JPN Japan].\nE 1 AID o act=a rec=b"));
    assert_eq!(loan("borrowed"), ["AID JPN > KEN occurred"]);
    assert_eq!(loan("lent"), ["AID KEN > JPN occurred"]);
}

#[test]
fn what_is_negated_of_an_aside_is_done() {
    let lines = "T [a:st:HRV Croatia], which was not {2 invited}, {1 recalled} its envoy.\nE 1 SANCTION o act=a\nE 2 AGREE n rec=a";
    assert!(reports(lines).contains(&"SANCTION HRV > none occurred".to_owned()), "{:?}", reports(lines));
    let did = "T [a:st:HRV Croatia] did not, not once, {1 recall} its envoy.\nE 1 SANCTION o act=a";
    assert_eq!(reports(did), ["SANCTION HRV > none negated"]);
}

#[test]
fn what_is_open_has_not_happened() {
    let signs = |words: &str| reports(&format!("T It is {words} [a:st:OMN Oman] has {{1 signed}} the pact.\nE 1 SUPPORT o act=a"));
    assert_eq!(signs("unclear whether"), ["SUPPORT OMN > none conditional"]);
    assert_eq!(signs("clear, whether wisely or not,"), ["SUPPORT OMN > none occurred"]);
}

#[test]
fn who_stops_a_restriction_concedes() {
    let typed = |words: &str| reports(&format!("T [a:st:GBR Britain] {words} [b:st:PER Peru].\nE 1 SANCTION o act=a rec=b"));
    assert_eq!(typed("{1 suspended} its sanctions on"), ["CONCEDE GBR > PER occurred"]);
    assert_eq!(typed("{1 imposed} its sanctions on"), ["SANCTION GBR > PER occurred"]);
    assert_eq!(typed("{1 suspended} its trade with"), ["SANCTION GBR > PER occurred"]);
}

#[test]
fn what_is_kicked_off_begins() {
    let kicked =
        |words: &str| reports(&format!("T [a:st:TUR Turkey] {{1 kicked off}} {words} with [b:st:PER Peru].\nE 1 REJECT o act=a rec=b"));
    assert_eq!(kicked("talks"), ["CONSULT TUR > PER occurred"]);
    assert_eq!(kicked("a naval exercise"), ["COOPERATE TUR > PER occurred"]);
}

#[test]
fn diplomats_expelled_are_of_the_other_country() {
    let story = "T [a:st:MEX Mexico] {1 accused} [b:st:ECU Ecuador].\nE 1 ACCUSE o act=a rec=b\n".repeat(2);
    let expels = |who: &str| {
        let lines = format!("{story}T [a:st:MEX Mexico] {{1 expelled}} [b:ro:- {who}].\nE 1 SANCTION/expel o act=a rec=b");
        let article = Annotated::new(&lines).filed_in("MEX");
        shown(&article).pop().unwrap_or_default()
    };
    assert_eq!(expels("the ambassador"), "SANCTION MEX > ECU occurred");
    assert_eq!(expels("the governor"), "SANCTION MEX > MEX occurred");
}

#[test]
fn who_is_received_visits_who_receives() {
    let of = |verb: &str| reports(&format!("T [a:pe:CHN Li of China] {{1 {verb}}} [b:pe:BRA Lula of Brazil].\nE 1 CONSULT o rec=a,b"));
    assert_eq!(of("received"), ["CONSULT BRA > CHN occurred"]);
    assert_eq!(of("met"), ["CONSULT none > CHN+BRA occurred"]);
}
