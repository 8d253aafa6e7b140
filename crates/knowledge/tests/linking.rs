//! Who a mention is: short phrases of every world region, with what must come back.
//!
//! A line is `(mention, "COUNTRY SECTOR OFFICE | name")`; `-` = none, `*` = not checked, what is left away is not checked.

use chancery_knowledge::{ActorKind, HeadClass, Knowledge, LinkContext, MentionKind, Relative, Resolved};
use std::path::PathBuf;
use std::sync::OnceLock;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
        Knowledge::load(&dir).expect("the knowledge of this repository loads")
    })
}

fn shown(who: Option<&Resolved>) -> [String; 4] {
    let text = |t: Option<&str>| t.unwrap_or("-").to_owned();
    match who {
        None => ["none".to_owned(), "-".to_owned(), "-".to_owned(), "-".to_owned()],
        Some(w) => {
            let sector = if w.sectors.is_empty() { "-".to_owned() } else { w.sectors.join("+") };
            [text(w.country.as_deref()), sector, text(w.office.as_deref()), text(w.name.as_deref())]
        }
    }
}

fn compare(context: &LinkContext, kind: Option<MentionKind>, cases: &[(&str, &str)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (mention, expected) in cases {
        let who = knowledge().resolve(mention, kind, context);
        let found = shown(who.as_ref());
        let (codes, name) = expected.split_once('|').unwrap_or((expected, "*"));
        let wanted: Vec<&str> =
            codes.split_whitespace().chain(std::iter::repeat("*")).take(3).chain(std::iter::once(name.trim())).collect();
        if wanted.iter().zip(&found).any(|(w, f)| *w != "*" && w != f) {
            wrong.push(format!(
                "{mention:?}: expected {expected}, found {} {} {} | {} ({})",
                found[0],
                found[1],
                found[2],
                found[3],
                who.map_or("", |w| w.rule)
            ));
        }
    }
    wrong
}

#[test]
fn leaders_go_by_their_surname() {
    let person = |name| knowledge().resolve(name, Some(MentionKind::Person), &LinkContext::default()).and_then(|r| r.country);
    // "Obama" is a town, too; the Bidens of five territories are one; Singapore's leaders have their surname first or last
    for (name, country) in [("Obama", Some("USA")), ("Biden", Some("USA")), ("Xi", Some("CHN")), ("Lawrence", None), ("Kim", None)] {
        assert_eq!(person(name).as_deref(), country, "{name}");
    }
}

#[test]
fn backers_are_somebody_else() {
    for (mention, backers) in
        [("Libyan-backed rebels", &["LBY"][..]), ("a Ghana-led mission", &[]), ("Uzbek-funded schools", &["UZB"]), ("Chad", &[])]
    {
        assert_eq!(knowledge().backers(mention), backers, "{mention}");
    }
}

fn assert_cases(context: &LinkContext, cases: &[(&str, &str)]) {
    let wrong = compare(context, None, cases);
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn states_seats_and_demonyms() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("Japan", "JPN - - | Japan"),
            ("a pro-Russian party", "- PTY"),
            ("the United Democratic Party", "- PTY"),
            ("the US Democratic Party", "USA PTY"),
            ("The Democratic Party", "USA PTY"),
            ("Japanese", "JPN -"),
            ("Norway's UN ambassador", "NOR GOV AMB"),
            ("French NATO ambassador Claire Dumas", "FRA GOV AMB"),
            ("the UN ambassador", "UNO GOV AMB"),
            ("former Soviet republics", "-"),
            ("the Saudis", "SAU"),
            ("Riyadh", "SAU GOV - | Saudi Arabia"),
            ("Tokyo", "JPN GOV"),
            ("the Kremlin", "RUS GOV"),
            ("The White House", "USA GOV"),
            ("Downing Street", "GBR GOV"),
            ("the Élysée", "FRA GOV"),
            ("the Elysee Palace", "FRA GOV"),
            ("U.S.", "USA"),
            ("the US", "USA"),
            ("United States of America", "USA"),
            ("Britain", "GBR"),
            ("the Palestinians", "PSE"),
            ("South Koreans", "KOR"),
            ("North Korea", "PRK"),
            ("Türkiye", "TUR"),
            ("Turkey", "TUR"),
            ("the turkey", "none"),
            ("fine china", "none"),
            ("Niger", "NER"),
            ("Nigeria", "NGA"),
            ("the Nigerien army", "NER MIL"),
            ("Guinea", "GIN"),
            ("Equatorial Guinea", "GNQ"),
            ("Guinea-Bissau", "GNB"),
            ("Papua New Guinea", "PNG"),
            ("the Democratic Republic of Congo", "COD"),
            ("Congo-Brazzaville", "COG"),
            ("the Republic of the Congo", "COG"),
            ("Kosovo", "KOS"),
            ("Puerto Rico", "USA"),
            ("Hong Kong", "HKG"),
            ("Macau", "MAC - - | Macau"),
            ("Taiwan", "TWN"),
            ("Ivory Coast", "CIV"),
            ("Côte d’Ivoire", "CIV"),
            ("the Soviet Union", "RUS"),
            ("Chad", "TCD"),
            ("Jordan", "JOR"),
            ("Georgia", "GEO"),
            ("the Georgian prime minister", "GEO GOV HOG"),
            ("Georgia Governor Brian Kemp", "USA"),
            ("Atlanta, Georgia", "USA"),
            ("Gaza", "PSE"),
            ("Crimea", "UKR"),
        ],
    );
}

#[test]
fn ordinary_words_are_no_towns() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("The Federal Government", "- GOV"),
            ("The Federal Government of Nigeria", "NGA GOV"),
            ("the Federal Ministry of Transport", "- GOV MIN:TRANSPORT"),
            ("the Austrian Federal Government", "AUT GOV"),
            ("Union Minister Asha Example", "- GOV MIN | Asha Example"),
            ("the Liberal government", "- GOV"),
            ("the Independence Party", "- PTY"),
            ("Most protesters", "- CVL+OPP"),
            ("Young farmers", "-"),
            ("Male nurses", "- MED"),
            ("Male", "MDV GOV"),
            ("The Punch", "NGA JRN - | The Punch"),
            ("Punch reporters", "- JRN"),
            ("Phoenix police", "USA COP"),
            ("the Jordanian Royal Court", "JOR GOV"),
            ("a Polish Chancellery spokesman", "POL GOV SPOKES"),
        ],
    );
    let place = knowledge().is_place("Federal").map(|p| p.country);
    assert_eq!((place.as_deref(), knowledge().place_countries("Federal")), (Some("ARG"), Vec::new()), "a place, but nobody's country");
}

#[test]
fn backers_within_a_phrase_are_somebody_else() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("Fighters of the Rwanda-backed M23", "COD REB"),
            ("Fighters from the Iran-aligned Hezbollah group", "LBN REB+PTY"),
            ("soldiers of the Turkish-funded administration", "-"),
            ("members of the Iran-affiliated militia", "-"),
            ("members of the Nairobi-based group", "KEN"),
        ],
    );
}

#[test]
fn half_of_a_double_name_is_the_state() {
    let halves = [
        ("Saint Vincent", "VCT"),
        ("the Grenadines", "VCT"),
        ("São Tomé", "STP"),
        ("Príncipe", "STP"),
        ("Bosnia", "BIH"),
        ("Herzegovina", "BIH"),
        ("Antigua", "ATG"),
        ("Barbuda", "ATG"),
        ("Trinidad", "TTO"),
        ("Tobago", "TTO"),
        ("St Kitts", "KNA"),
        ("Saint Kitts", "KNA"),
        ("Nevis", "KNA"),
    ];
    for (half, country) in halves {
        let who = knowledge().resolve(half, None, &LinkContext::default());
        let found = who.as_ref().map(|w| (w.country.as_deref(), w.kind));
        assert_eq!(found, Some((Some(country), ActorKind::State)), "{half}");
        let named: Vec<_> = knowledge().named_in(half).into_iter().filter_map(|r| r.country).collect();
        assert_eq!(named, [country], "{half}");
    }
}

#[test]
fn civil_offices_are_not_of_the_forces() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("the Japanese consulate general in Recife", "JPN GOV -"),
            ("White House chief of staff Ann Example", "USA GOV - | Ann Example"),
            ("the Kenyan president's chief of staff Ann Example", "KEN GOV - | Ann Example"),
            ("the chief of staff to the prime minister", "- GOV"),
            ("the Kenyan chief of staff", "KEN MIL MILCHIEF"),
            ("the Kenyan army's chief of staff", "KEN MIL MILCHIEF"),
            ("the Kremlin press service", "RUS GOV"),
            ("the Ghanaian army press service", "GHA MIL"),
        ],
    );
}

#[test]
fn names_with_a_small_part_behind_a_hyphen_stay_whole() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("Judge Moon Hyung-bae", "- JUD - | Moon Hyung-bae"),
            ("South Korean Foreign Minister Kang Min-ho", "KOR GOV FM | Kang Min-ho"),
            ("South Korean President Min Sang-ho", "KOR GOV HOS | Min Sang-ho"),
            ("President-elect Efua Nkansah", "- ELI+GOV HOS | -"),
            ("Kang Ho-in, the South Korean defence minister", "KOR GOV+MIL DEF | Kang Ho-in"),
        ],
    );
}

#[test]
fn an_embassy_is_not_of_the_country_it_stands_in() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("the embassy in Tunis", "- GOV"),
            ("guards at the consulate in Kampala", "-"),
            ("its Kampala embassy", "- GOV"),
            ("the mission in Kabul", "- GOV"),
            ("the Danish Kampala embassy", "DNK GOV"),
            ("the embassy of Kenya in Kampala", "KEN GOV"),
            ("Washington's embassy in Cairo", "USA GOV"),
        ],
    );
}

#[test]
fn offices_and_roles_of_countries() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("the Saudi interior minister", "SAU GOV INT"),
            ("Japan's Foreign Ministry", "JPN GOV FM"),
            ("Japan’s Foreign Ministry", "JPN GOV FM"),
            ("deputy press secretary of Japan's Foreign Ministry", "JPN GOV SPOKES"),
            ("the Japanese foreign minister", "JPN GOV FM"),
            ("The Japanese official", "JPN GOV"),
            ("Saudi citizens", "SAU CVL"),
            ("Ugandan troops", "UGA MIL"),
            ("Palestinian protesters", "PSE CVL+OPP"),
            ("Kurdish fighters", "- UAF"),
            ("police in Nairobi", "KEN COP"),
            ("a Paris court", "FRA JUD"),
            ("A court in Izmir", "TUR JUD"),
            ("the Nagpur High Court", "IND JUD"),
            ("GCC interior ministers", "IGO GOV INT"),
            ("Gulf interior ministers", "- GOV INT"),
            ("the minister of foreign affairs of Brazil", "BRA GOV FM"),
            ("Foreign Minister of the Republic of Korea", "KOR GOV FM"),
            ("the U.S. secretary of state", "USA GOV FM"),
            ("the secretary of state", "USA GOV FM"),
            ("China's top diplomat", "CHN GOV FM"),
            ("the EU's foreign policy chief", "EUR GOV FM"),
            ("the French government", "FRA GOV"),
            ("the government of Ethiopia", "ETH GOV"),
            ("the Iranian parliament", "IRN LEG"),
            ("members of the Turkish parliament", "TUR LEG"),
            ("Kenya's attorney general", "KEN GOV+JUD JUS"),
            ("German prosecutors", "DEU JUD"),
            ("the Colombian army chief", "COL MIL MILCHIEF"),
            ("Venezuelan opposition leader", "VEN OPP OPPLEADER"),
            ("Mexican drug cartels", "MEX CRM"),
            ("Syrian refugees", "SYR REF"),
            ("Rohingya refugees", "MMR REF"),
            ("Indian farmers", "IND AGR"),
            ("Nigerian students", "NGA EDU"),
            ("Chinese state media", "CHN JRN"),
            ("a Russian warship", "RUS MIL"),
            ("the Ukrainian security service", "UKR SPY"),
            ("Libya's central bank", "LBY GOV CENTRALBANK"),
            ("South African miners", "ZAF LAB"),
            ("a senior U.S. diplomat", "USA GOV"),
            ("the Norwegian embassy in Peru", "NOR GOV"),
            ("Chile's Ambassador and Permanent Representative to the OECD", "CHL GOV AMB"),
            ("scores of demonstrators in Bishkek", "KGZ CVL+OPP"),
            ("a group of Haitian migrants", "HTI REF"),
            ("rebels in eastern Congo", "COD REB"),
            ("the army of South Sudan", "SSD MIL"),
            ("the U.S.-backed Iraqi forces", "IRQ MIL"),
            ("the UN-backed cabinet in Somalia", "SOM GOV"),
            ("Russian-backed separatists in Donbas", "UKR REB"),
            ("Troops loyal to Sudanese commander Jaafar Example", "SDN MIL"),
            ("the trade ministry of Indonesia", "IDN GOV MIN:TRADE"),
            ("the Thai defence ministry", "THA GOV+MIL DEF"),
            ("Pakistan's powerful military", "PAK MIL"),
            ("Ogun State", "NGA -"),
        ],
    );
}

#[test]
fn people_with_offices() {
    let at = |date| LinkContext { date: Some(date), ..LinkContext::default() };
    assert_cases(
        &at("2023-07-16"),
        &[
            ("Qatar's Interior Minister Sheikh Khalifa bin Hamad", "QAT GOV INT | Khalifa bin Hamad Al Thani"),
            ("Prime Minister Fumio Kishida", "JPN GOV HOG | Fumio Kishida"),
            ("Kishida", "JPN GOV HOG | Fumio Kishida"),
            ("Bahrain's Minister of Foreign Affairs Rashid Al-Mannaei", "BHR GOV FM | Rashid Al-Mannaei"),
            ("Japanese Foreign Minister Yoshimasa Hayashi", "JPN GOV FM | Yoshimasa Hayashi"),
            ("Prince Faisal bin Farhan", "SAU GOV FM | Faisal bin Farhan Al Saud"),
            ("Crown Prince Mohammed bin Salman", "SAU GOV HEIR | Mohammed bin Salman"),
            ("MBS", "SAU GOV"),
            ("Saudi Interior Minister Prince Abdulaziz bin Saud", "SAU GOV INT | Abdulaziz bin Saud bin Nayef"),
            ("President Erdogan", "TUR GOV HOS | Recep Tayyip Erdoğan"),
            ("Türkiye's President Recep Tayyip Erdoğan", "TUR GOV HOS | Recep Tayyip Erdoğan"),
            ("Turkey's president, Selim Erdogan", "TUR GOV HOS | Selim Erdogan"),
            ("President Selim Erdogan", "- GOV HOS | Selim Erdogan"),
            ("Malaysia's prime minister, Tan Sri Hafiz Rahman", "MYS GOV HOG | Hafiz Rahman"),
            ("President Ana Silva of Portugal", "PRT GOV HOS | Ana Silva"),
            ("Britain's prime minister, Richi Sunak", "GBR GOV HOG | Rishi Sunak"),
            ("Israel's prime minister, Bibi Netanyahu", "ISR GOV HOG | Benjamin Netanyahu"),
            ("Israel's prime minister, Benjamin Netanyahu", "ISR GOV HOG | Benjamin Netanyahu"),
            ("Amnesty International Mali", "MLI SOC | Amnesty International Mali"),
            ("Greenpeace Africa", "NGO SOC | Greenpeace Africa"),
            ("the Nigeria Labour Congress", "NGA LAB"),
            ("Foreign Minister Sergey Lavrov", "RUS GOV FM | Sergey Lavrov"),
            ("Lavrov's spokeswoman Maria Zakharova", "RUS GOV SPOKES"),
            ("Antony Blinken", "USA GOV FM | Antony Blinken"),
            ("U.S. Secretary of State Antony Blinken", "USA GOV FM"),
            ("British Prime Minister Richi Sunak", "GBR GOV HOG | Rishi Sunak"),
            ("Charles Michel", "EUR GOV HEAD"),
            ("UN Secretary-General Antonio Guterres", "UNO GOV HEAD"),
            ("NATO Secretary General Jens Stoltenberg", "IGO GOV HEAD"),
            ("President Xi Jinping of China", "CHN GOV HOS"),
            ("Kenya's President William Ruto", "KEN GOV HOS | William Ruto"),
            ("Brazilian President Luiz Inacio Lula da Silva", "BRA GOV HOS"),
            ("Abdel Fattah al-Burhan, leader of the Sudanese army", "SDN GOV HOS"),
            ("the French president", "FRA GOV HOS | Emmanuel Macron"),
            ("the British prime minister", "GBR GOV HOG | Rishi Sunak"),
            ("former President Barack Obama", "USA ELI+GOV HOS | Barack Obama"),
            ("former Liberian president Charles Taylor", "LBR ELI+GOV HOS | Charles Taylor"),
        ],
    );
    assert_cases(&at("2016-05-01"), &[("Charles Michel", "BEL GOV HOG"), ("the British prime minister", "GBR GOV HOG | David Cameron")]);
    assert_cases(&at("2013-03-01"), &[("Fumio Kishida", "JPN GOV FM"), ("the Japanese foreign minister", "JPN GOV FM | Fumio Kishida")]);
    assert_cases(
        &LinkContext::default(),
        &[
            ("Okano Yukiko, deputy press secretary of Japan's Foreign Ministry", "JPN GOV SPOKES | Okano Yukiko"),
            ("Jane Roe, deputy press secretary of Japan's Foreign Ministry", "JPN GOV SPOKES | Jane Roe"),
            ("Tunisian Ambassador Sami Example", "TUN GOV AMB | Sami Example"),
            ("Judge Rivera", "- JUD - | Rivera"),
            ("US Ambassador Mary Q. Example", "USA GOV AMB | Mary Q. Example"),
            ("Danish journalist Ida Example", "DNK JRN - | Ida Example"),
            ("Hezbollah leader Hassan Nasrallah", "LBN REB+PTY"),
            ("Abdul Hamid Dbeibah, the prime minister of the Tripoli government", "LBY GOV HOG"),
            ("President Gustavo Petro's government", "COL GOV"),
            ("the Trump administration", "USA GOV"),
            ("Libya's Field Marshal Khalifa Haftar", "LBY MIL MILCHIEF | Khalifa Haftar"),
            ("Kim Jong Un", "PRK GOV HOS"),
            ("Pope Francis", "VAT"),
            ("Mr. Washington", "- - - | Washington"),
        ],
    );
}

#[test]
fn bodies() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("the European Commission", "EUR GOV"),
            ("the EU", "EUR"),
            ("European Parliament", "EUR LEG"),
            ("the UN Security Council", "UNO"),
            ("U.N.", "UNO"),
            ("UN peacekeepers from Ghana", "UNO MIL"),
            ("UNRWA", "UNO"),
            ("NATO", "IGO MIL"),
            ("the Gulf Cooperation Council", "IGO - - | Gulf Cooperation Council"),
            ("the African Union", "IGO"),
            ("ECOWAS leaders", "IGO GOV"),
            ("Hamas", "PSE REB+PTY"),
            ("Hamas fighters", "PSE REB+PTY"),
            ("Islamic State militants", "IMG REB"),
            ("IS members", "IMG REB"),
            ("this is it", "none"),
            ("al Qaeda", "IMG REB"),
            ("the Taliban", "AFG REB"),
            ("Taliban spokesman Zabihullah Mujahid", "AFG REB SPOKES"),
            ("Boko Haram", "NGA REB"),
            ("Al-Shabaab fighters", "SOM REB"),
            ("the Rapid Support Forces", "SDN REB"),
            ("Amnesty International", "NGO SOC"),
            ("the International Committee of the Red Cross", "NGO MED"),
            ("the Pentagon", "USA MIL+GOV"),
            ("the State Department", "USA GOV"),
            ("the FBI", "USA COP"),
            ("IDF troops", "ISR MIL"),
            ("Iran's Revolutionary Guards", "IRN MIL"),
            ("the BJP", "IND PTY"),
            ("the Israeli Labour Party", "ISR PTY"),
            ("Gazprom", "RUS BUS"),
            ("Boeing", "MNC BUS"),
            ("Al Jazeera", "QAT JRN"),
            ("the IAEA chief", "UNO GOV HEAD"),
            ("ASEAN foreign ministers", "IGO GOV FM"),
        ],
    );
}

#[test]
fn roles_without_a_country() {
    assert_cases(
        &LinkContext::default(),
        &[
            ("the police", "- COP"),
            ("protesters", "- CVL+OPP"),
            ("rebels", "- REB"),
            ("gunmen", "- UAF"),
            ("the government", "- GOV"),
            ("opposition parties", "- PTY+OPP"),
            ("aid workers", "- SOC"),
            ("students", "- EDU"),
            ("Gulf states", "- - - | Gulf states"),
            ("the Middle East", "-"),
            ("Western countries", "-"),
        ],
    );
    let hint = LinkContext { country_hint: Some("KEN"), ..LinkContext::default() };
    assert_cases(
        &hint,
        &[
            ("the police", "KEN COP"),
            ("protesters", "KEN CVL+OPP"),
            ("Ugandan troops", "UGA MIL"),
            ("Gulf interior ministers", "- GOV INT"),
        ],
    );
    let who = knowledge().resolve("the police", None, &hint).expect("a role");
    assert_eq!(who.rule, "hint");
}

#[test]
fn relatives() {
    let none = LinkContext::default();
    let relative = |mention: &str| knowledge().resolve(mention, None, &none).and_then(|w| w.relative.map(|r| (r, w.country, w.kind)));
    let saudi = relative("his Saudi counterpart").expect("a counterpart");
    assert_eq!(saudi, (Relative::Counterpart, Some("SAU".to_owned()), ActorKind::Role));
    let named = knowledge().resolve("his Saudi counterpart, Prince Faisal bin Farhan", None, &none).expect("a counterpart");
    assert_eq!((named.country.as_deref(), named.name.as_deref()), (Some("SAU"), Some("Faisal bin Farhan Al Saud")));
    assert_eq!(named.relative, Some(Relative::Counterpart));
    let both = [
        ("the two sides", HeadClass::Group),
        ("both countries", HeadClass::State),
        ("the foreign ministers of the two countries", HeadClass::State),
        ("the two neighbours' coast guards", HeadClass::State),
        ("the two ministers", HeadClass::Person),
        ("the two parties", HeadClass::Group),
        ("The two sides", HeadClass::Group),
    ];
    for (mention, class) in both {
        assert_eq!(relative(mention).map(|r| r.0), Some(Relative::Both(class)), "{mention}");
    }
    let anaphora = [
        ("he", HeadClass::Male),
        ("She", HeadClass::Female),
        ("they", HeadClass::Group),
        ("it", HeadClass::Thing),
        ("the official", HeadClass::Person),
        ("The minister", HeadClass::Person),
        ("the Kingdom", HeadClass::State),
        ("the ministry", HeadClass::Organization),
        ("the group", HeadClass::Group),
    ];
    for (mention, expected) in anaphora {
        match relative(mention).map(|r| r.0) {
            Some(Relative::Anaphor { class, .. }) => assert_eq!(class, expected, "{mention}"),
            other => panic!("{mention}: {other:?}"),
        }
    }
}

#[test]
fn earlier_mentions_complete_short_names() {
    let none = LinkContext::default();
    let resolve = |mention: &str, context: &LinkContext| knowledge().resolve(mention, None, context).expect("resolves");
    let earlier = [
        resolve("Japanese Foreign Minister Yoshimasa Hayashi", &none),
        resolve("Jane Roe, spokeswoman of Japan's Foreign Ministry", &none),
        resolve("Saudi Arabia", &none),
    ];
    let context = LinkContext { earlier: &earlier, ..none };
    for (mention, country) in [("Hayashi", "JPN"), ("Roe", "JPN"), ("the Kingdom", "SAU")] {
        assert_eq!(resolve(mention, &context).country.as_deref(), Some(country), "{mention}");
    }
    let saudi = [resolve("Saudi Interior Minister Prince Abdulaziz bin Saud", &none)];
    let context = LinkContext { earlier: &saudi, ..none };
    let again = resolve("Prince Abdulaziz", &context);
    assert_eq!((again.country.as_deref(), again.office.as_deref()), (Some("SAU"), Some("INT")));
}

#[test]
fn coordination_gives_everyone() {
    let cases: [(&str, &[&str]); 17] = [
        ("US-China", &["USA -", "CHN -"]),
        ("US-China trade negotiators", &["USA GOV", "CHN GOV"]),
        ("the Franco-German brigade", &["FRA MIL", "DEU MIL"]),
        ("Sino-Indian border guards", &["CHN COP", "IND COP"]),
        ("the British-Iranian journalist", &["IRN JRN"]),
        ("the Korean-American community", &["USA CVL"]),
        ("Franco officials", &["- GOV"]),
        ("his Swedish and Norwegian counterparts", &["SWE GOV", "NOR GOV"]),
        ("Uruguay and Paraguay", &["URY -", "PRY -"]),
        ("the Saudi and Japanese ministers", &["SAU GOV", "JPN GOV"]),
        ("Riyadh and Tokyo", &["SAU GOV", "JPN GOV"]),
        ("Bosnia and Herzegovina", &["BIH -"]),
        ("France, Germany and the United Kingdom", &["FRA -", "DEU -", "GBR -"]),
        ("Israel and Hamas", &["ISR -", "PSE REB+PTY"]),
        ("Knesset Speaker Dan Example and several members of parliament", &["ISR LEG", "- LEG"]),
        ("European Parliament President Dan Example", &["EUR LEG"]),
        ("European Commission President Dan Example", &["EUR GOV"]),
    ];
    let mut wrong = Vec::new();
    for (mention, expected) in cases {
        let all = knowledge().resolve_all(mention, None, &LinkContext::default());
        let found: Vec<String> = all.iter().map(|w| shown(Some(w))[..2].join(" ")).collect();
        if found != expected {
            wrong.push(format!("{mention:?}: {found:?}"));
        }
        if all.iter().any(|w| mention.get(w.range.0..w.range.1).is_none()) {
            wrong.push(format!("{mention:?}: a range does not slice"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tagger_decides_between_place_and_person() {
    let person = compare(&LinkContext::default(), Some(MentionKind::Person), &[("Washington", "-"), ("Chad Wolf", "*")]);
    let place = compare(&LinkContext::default(), Some(MentionKind::Place), &[("Washington", "USA"), ("Medina", "SAU"), ("Tripoli", "LBY")]);
    assert!(person.is_empty() && place.is_empty(), "{person:?} {place:?}");
}

#[test]
fn never_panics_and_is_deterministic() {
    let odd = [
        "",
        " ",
        "'s",
        "’",
        "of",
        "the",
        "and",
        ",",
        "((",
        "the of the of the",
        "\u{301}",
        "日本の外相",
        "🇯🇵",
        "A.",
        "U.S.-",
        "-",
        "of of of of and and",
    ];
    for mention in odd {
        let once = knowledge().resolve(mention, None, &LinkContext::default());
        assert_eq!(once, knowledge().resolve(mention, None, &LinkContext::default()), "{mention}");
        knowledge().resolve_all(mention, None, &LinkContext::default());
        knowledge().is_place(mention);
        knowledge().who(mention, Some("not a date"));
    }
    let long = "the president of ".repeat(5_000);
    knowledge().resolve(&long, None, &LinkContext::default());
}

#[test]
fn brussels_is_the_union_and_its_police_belgian() {
    let country = |words: &str, kind| knowledge().resolve(words, kind, &LinkContext::default()).and_then(|r| r.country);
    for kind in [None, Some(MentionKind::Organization)] {
        assert_eq!(country("Brussels", kind).as_deref(), Some("EUR"), "{kind:?}");
        assert_eq!(country("Brussels police", kind).as_deref(), Some("BEL"), "{kind:?}");
    }
}

#[test]
fn a_name_speaks_for_where_it_is_borne() {
    let knowledge = knowledge();
    // (mention, where it is borne, where not): names of nobody in the tables
    let cases = [
        ("Energy Minister Solange Koffi", "CIV", "EGY"),
        ("Teerapat Somboonsuk", "THA", "CHN"),
        ("Mart Lillepuu", "EST", "RUS"),
        ("Nodirbek Rakhmatullayev", "UZB", "KAZ"),
    ];
    for (mention, here, there) in cases {
        let odds = knowledge.borne(mention, &[here, there]);
        assert!(odds.len() == 2 && odds[0] > odds[1] + 0.5, "{mention}: {here} {there} {odds:?}");
    }
    for mention in ["Mr Teerapat Somboonsuk", "Teerapat Somboonsuk of Harbour Watch", "Minister\nTeerapat Somboonsuk"] {
        assert_eq!(knowledge.borne(mention, &["THA", "CHN"]), knowledge.borne("Teerapat Somboonsuk", &["THA", "CHN"]), "{mention}");
    }
    assert_eq!(knowledge.borne("Ivan Petrov", &["XXX"]), [0.0]);
    for nameless in ["the energy minister", "police", "the Foreign Ministry", "Иван Петров", ""] {
        assert!(knowledge.borne(nameless, &["CIV"]).is_empty(), "{nameless}");
    }
}

#[test]
fn who_comes_from_a_body_is_not_the_body() {
    let none = LinkContext::default();
    let nominal = compare(&none, Some(MentionKind::Nominal), &[("GOP source", "USA PTY - | -"), ("Pentagon sources", "USA MIL+GOV - | -")]);
    let person = compare(&none, Some(MentionKind::Person), &[("U.S. Trade Representative Karen Holloway", "USA GOV * | Karen Holloway")]);
    assert!(nominal.is_empty() && person.is_empty(), "{}", [nominal, person].concat().join("\n"));
}
