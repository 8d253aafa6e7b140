//! Names that look like those of states, places and office holders, and are others'.

use chancery_knowledge::{ActorKind, Knowledge, LinkContext, MentionKind, Resolved, Told};
use std::path::PathBuf;
use std::sync::OnceLock;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        Knowledge::load(&dir).expect("the knowledge of this repository loads")
    })
}

fn country(mention: &str, kind: MentionKind, context: &LinkContext) -> Option<String> {
    knowledge().resolve(mention, Some(kind), context).and_then(|r| r.country)
}

#[test]
fn a_surname_is_no_state() {
    let cases = [
        ("Ann French", None),
        ("Senator Paul English", None),
        ("Israel Marsh", None),
        ("Georgia Lund", None),
        ("Karen Lund", None),
        ("the mayor, Tom Chad", None),
        ("Georgian Prime Minister Ann Lund", Some("GEO")),
        ("French President Emmanuel Macron", Some("FRA")),
        ("Israel's defence minister", Some("ISR")),
    ];
    for (mention, expected) in cases {
        assert_eq!(country(mention, MentionKind::Person, &LinkContext::default()).as_deref(), expected, "{mention}");
    }
}

#[test]
fn a_firm_is_no_place_and_no_band() {
    for (mention, expected) in [("Salem Corp.", None), ("ETA Motors Inc.", None), ("Norwegian Salem Corp.", Some("NOR"))] {
        let firm = knowledge().resolve(mention, Some(MentionKind::Organization), &LinkContext::default());
        let told = firm.as_ref().map(|f| (f.kind, f.sector.as_deref(), f.country.as_deref()));
        assert_eq!(told, Some((ActorKind::Organization, Some("BUS"), expected)), "{mention}");
    }
    assert_eq!(
        knowledge().firms_in("Salem Corp. sued the Harlan & Tyler Inc. chairman. American Airlines did not."),
        ["Salem", "Harlan & Tyler", "Harlan"]
    );
}

#[test]
fn a_currency_a_county_and_a_firm_name_no_state() {
    let named = |text: &str| {
        knowledge().named_in(text).into_iter().filter(|r| r.kind == ActorKind::State).filter_map(|r| r.country).collect::<Vec<_>>()
    };
    for text in
        ["a loan of US$6 billion", "the American Airlines hall", "Nassau County police", "the Bank of America tower", "she told USA Today"]
    {
        assert!(named(text).is_empty(), "{text}");
    }
    assert_eq!(named("US officials flew to Nassau on German planes"), ["USA", "BHS", "DEU"]);
}

#[test]
fn the_article_tells_which_town_is_meant() {
    let ohio = Told { countries: vec!["USA".to_owned()], divisions: vec![("USA".to_owned(), "Ohio".to_owned())], ..Told::default() };
    let peru = Told { countries: vec!["PER".to_owned(), "USA".to_owned()], ..ohio.clone() };
    let nothing = Told::default();
    let of =
        |mention: &str, told: &Told| country(mention, MentionKind::Nominal, &LinkContext { told: Some(told), ..LinkContext::default() });
    for (mention, told, expected) in [
        ("the Lima police chief", &ohio, Some("USA")),
        ("the Lima police chief", &peru, Some("PER")),
        ("the Lima police chief", &nothing, Some("PER")),
        ("Lima", &ohio, Some("PER")),
        ("the Carthage police chief", &nothing, None),
        ("the Carthage police chief", &ohio, Some("USA")),
        ("Nassau County police", &nothing, None),
        ("the Odessa mayor", &ohio, Some("UKR")),
    ] {
        assert_eq!(of(mention, told).as_deref(), expected, "{mention} in {told:?}");
    }
    let towns = Told { towns: vec!["lima".to_owned()], ..ohio };
    assert_eq!(of("Lima", &towns).as_deref(), Some("USA"));
}

#[test]
fn divisions_are_named_in_full_or_behind_a_comma() {
    let divisions = |text: &str| knowledge().divisions_in(text).into_iter().map(|d| d.1).collect::<Vec<_>>();
    assert_eq!(divisions("a school in Ohio and a court in Elkton, Md."), ["Ohio", "Maryland"]);
    assert!(divisions("Md. Rahman flew from Lima to Georgia").is_empty());
    assert_eq!(knowledge().is_place("Carthage, N.C.").map(|p| p.country).as_deref(), Some("USA"));
}

#[test]
fn an_office_holds_on_the_date() {
    let on = |date: &'static str, name: &str| {
        let context = LinkContext { date: Some(date), ..LinkContext::default() };
        knowledge().resolve(name, Some(MentionKind::Person), &context).map(|r| (r.office, r.sector, r.former))
    };
    let gov = (Some("HOS".to_owned()), Some("GOV".to_owned()), false);
    assert_eq!(on("2018-05-01", "Donald Trump"), Some(gov));
    assert_eq!(on("2022-05-01", "Donald Trump").map(|r| r.2), Some(true));
    assert_eq!(on("2016-05-01", "Donald Trump"), Some((None, None, false)));
    assert_eq!(on("2016-05-01", "Republican nominee Donald Trump").map(|r| r.0), Some(None));
    assert_eq!(on("2020-05-01", "Ford").and_then(|r| r.0), None);
    assert_eq!(on("1976-05-01", "President Ford").and_then(|r| r.0).as_deref(), Some("HOS"));
}

#[test]
fn a_post_that_any_body_may_have_is_of_the_body_named() {
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
        let r = knowledge().resolve(words, Some(MentionKind::Nominal), &LinkContext::default());
        let of = |f: fn(&Resolved) -> Option<&str>| r.as_ref().and_then(f).unwrap_or("-").to_owned();
        format!("{} {} {}", of(|r| r.country.as_deref()), of(|r| r.sector.as_deref()), of(|r| r.office.as_deref()))
    };
    let wrong: Vec<String> =
        cases.iter().filter(|(words, wanted)| shown(words) != *wanted).map(|(words, _)| format!("{words}: {}", shown(words))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
