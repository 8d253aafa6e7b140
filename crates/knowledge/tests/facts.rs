//! Places, office holders, roles and the ontology; the repository's own files pass the checker.

use chancery_knowledge::{Files, Knowledge, Toponym, pack};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Instant;

fn dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")
}

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(&dir()).expect("the knowledge of this repository loads"));
    &KNOWLEDGE
}

#[test]
fn our_own_files_have_no_problems() {
    let problems: Vec<String> = knowledge().check().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn a_pack_is_the_same_knowledge() {
    let blob = pack(&dir()).expect("packs");
    assert_eq!(blob, pack(&dir()).expect("packs"), "packing twice gives the same bytes");
    let size = blob.len();
    assert!(size < 9_000_000, "{size} bytes");
    let start = Instant::now();
    let packed = Knowledge::from_pack(blob.leak()).expect("unpacks");
    println!("{} bytes, {} forms, loaded in {:?}", size, packed.forms(), start.elapsed());
    let start = Instant::now();
    let paris = packed.locate(&[Toponym { text: "Paris", within: None }], &[]);
    println!("gazetteer read in {:?}", start.elapsed());
    let read = knowledge();
    assert_eq!(paris, read.locate(&[Toponym { text: "Paris", within: None }], &[]));
    assert_eq!(packed.fingerprint(), read.fingerprint());
    assert_eq!(packed.forms(), read.forms());
}

#[test]
fn a_damaged_pack_is_refused() {
    let blob: &'static [u8] = pack(&dir()).expect("packs").leak();
    let flipped = |at: usize| -> &'static [u8] {
        let mut bytes = blob.to_vec();
        bytes[at] ^= 0xff;
        bytes.leak()
    };
    // the first byte of the image comes after mark, fingerprint, length and sum; the last byte is the gazetteer's
    let (image, gazetteer) = (flipped(8 + 32 + 8 + 32), flipped(blob.len() - 1));
    for (bytes, what) in
        [(&blob[..20], "cut"), (&blob[..blob.len() / 2], "half"), (image, "image"), (gazetteer, "gazetteer"), (b"hello", "other")]
    {
        let error = Knowledge::from_pack(bytes).expect_err(what);
        assert!(error.to_string().starts_with("knowledge pack: "), "{error}");
    }
    assert!(Files::unpack(gazetteer).is_err() && Files::unpack(image).is_ok(), "an overlay needs the files, not what was read of them");
}

#[test]
fn places() {
    let knowledge = knowledge();
    let cases = [
        ("Riyadh", "SAU", "city"),
        ("Qatar", "QAT", "country"),
        ("Nairobi", "KEN", "city"),
        ("the Gaza Strip", "PSE", "admin1"),
        ("Texas", "USA", "admin1"),
        ("Tripoli", "LBY", "city"),
        ("Tripoli, Lebanon", "LBN", "city"),
        ("Georgia", "GEO", "country"),
        ("Hyderabad, Pakistan", "PAK", "city"),
        ("Osaka", "JPN", "city"),
        ("Mosul", "IRQ", "city"),
        ("Guadalajara", "MEX", "city"),
    ];
    for (name, country, precision) in cases {
        let place = knowledge.is_place(name).unwrap_or_else(|| panic!("{name} is no place"));
        assert_eq!((place.country.as_str(), place.precision), (country, precision), "{name}");
        assert!(place.lat.is_some() && place.lon.is_some(), "{name}");
    }
    assert_eq!(knowledge.is_place("Nowhere"), None);
    assert_eq!(knowledge.is_place("riyadh"), None);
}

#[test]
fn holders() {
    let knowledge = knowledge();
    let cases = [
        ("HOG", "JPN", "2023-07-16", "Fumio Kishida"),
        ("FM", "JPN", "2023-07-16", "Yoshimasa Hayashi"),
        ("FM", "SAU", "2023-07-16", "Faisal bin Farhan Al Saud"),
        ("HOG", "GBR", "1999-01-01", "Tony Blair"),
        ("HOS", "USA", "2024-05-01", "Joe Biden"),
        ("HOS", "FRA", "2010-01-01", "Nicolas Sarkozy"),
        ("FM", "DEU", "2023", "Annalena Baerbock"),
        ("INT", "QAT", "2024-11-20", "Khalifa bin Hamad Al Thani"),
        ("HEAD", "IGO:GCC", "2024-11-20", "Jasem Mohamed Albudaiwi"),
    ];
    for (office, country, date, name) in cases {
        let holder = knowledge.holder(office, country, date).unwrap_or_else(|| panic!("no {office} of {country}"));
        assert_eq!(holder.name, name, "{office} of {country} on {date}");
        assert!(holder.verified, "{office} of {country} on {date}: {holder:?}");
    }
    let stale = knowledge.holder("HOS", "CMR", "2031-01-01").expect("an open tenure");
    assert!(!stale.verified, "an open end last seen years ago is not verified: {stale:?}");
    assert_eq!(knowledge.who("Fumio Kishida", Some("2014-01-01")).map(|h| h.office).as_deref(), Some("FM"));
    assert_eq!(knowledge.who("Fumio Kishida", Some("2022-01-01")).map(|h| h.office).as_deref(), Some("HOG"));
}

#[test]
fn roles_and_ontology() {
    let knowledge = knowledge();
    let roles = [
        ("protesters", "CVL"),
        ("police", "COP"),
        ("Peacekeepers", "MIL"),
        ("spokesperson", "GOV"),
        ("foreign minister", "GOV"),
        ("gunmen", "UAF"),
        ("hospital", "MED"),
        ("newspaper", "JRN"),
    ];
    for (noun, sector) in roles {
        assert_eq!(knowledge.role_sector(noun), Some(sector), "{noun}");
    }
    assert_eq!(knowledge.role_sector("table"), None);
    let ontology = knowledge.ontology();
    assert_eq!(ontology.quad("SANCTION"), Some(4));
    assert_eq!(ontology.score("CONSULT", Some("visit")), Some(4.0));
    assert_eq!(ontology.score("PROTEST", Some("vandalize")), Some(-5.0));
    assert_eq!(ontology.cameo("CONSULT", Some("visit")), Some("042"));
    assert_eq!(ontology.cameo("AGREE", None), Some("030"));
    assert_eq!(ontology.cameo_name("042"), Some("Make a visit"));
    assert_eq!(ontology.goldstein("036"), Some(4.0));
    assert_eq!(ontology.event_types().len(), 16);
    assert_eq!(ontology.contexts().len(), 37);
    assert_eq!(knowledge.organisation("GCC").map(|o| o.members.len()), Some(6));
    assert_eq!(knowledge.country("JPN").and_then(|c| c.cow), Some(740));
}

/// The places of names in one text, as `name, division, country, precision`; `Paris<Texas` encloses the first in the second.
fn located(names: &[&str], countries: &[&str]) -> Vec<String> {
    let parts: Vec<(&str, Option<&str>)> = names.iter().map(|n| n.split_once('<').map_or((*n, None), |(a, b)| (a, Some(b)))).collect();
    let at = |name: &str| parts.iter().position(|p| p.0 == name);
    let toponyms: Vec<Toponym> = parts.iter().map(|(text, within)| Toponym { text, within: within.and_then(at) }).collect();
    let countries: Vec<String> = countries.iter().map(|c| (*c).to_owned()).collect();
    let place = |p: Option<chancery_knowledge::PlaceFact>| match p {
        Some(p) => format!("{}, {}, {}, {}", p.name, p.admin1.unwrap_or_default(), p.country, p.precision),
        None => String::new(),
    };
    knowledge().locate(&toponyms, &countries).into_iter().map(place).collect()
}

#[test]
fn places_of_one_name_are_told_apart() {
    let paris = "Paris, Texas, USA, city";
    assert_eq!(located(&["Paris"], &[]), ["Paris, Île-de-France, FRA, city"]);
    assert_eq!(located(&["Paris<Texas", "Texas"], &[]), [paris, "Texas, Texas, USA, admin1"]);
    assert_eq!(located(&["PARIS<Tex.", "Tex."], &[])[0], paris);
    assert_eq!(located(&["Paris", "Lamar County", "Bonham"], &[])[0], paris);
    // a great town is not outshone by the country of the story
    let vienna = &located(&["Vienna", "Washington", "the United States", "Chicago", "Geneva", "Brussels", "Canada", "Toronto"], &[])[0];
    assert!(vienna.contains("AUT"), "{vienna}");
    assert_eq!(located(&["Athens", "Henderson County"], &[]), ["Athens, Texas, USA, city", "Henderson County, Texas, USA, admin2"]);
    assert_eq!(located(&["Tripoli", "Sidon", "Beirut"], &[])[0], "Tripoli, Liban-Nord, LBN, city");
    assert_eq!(located(&["Tripoli"], &["LBY"])[0], "Tripoli, Tripoli, LBY, city");
    assert_eq!(located(&["Georgia", "Atlanta", "Savannah"], &[])[0], "Georgia, Georgia, USA, admin1");
    assert_eq!(located(&["Georgia", "Tbilisi", "Gori"], &[])[0], "Georgia, , GEO, country");
    let often = ["the United States", "The United States", "United States", "Geneva"];
    assert_eq!(located(&often, &["USA"])[3].rsplit(", ").nth(1), Some("CHE"), "a country speaks for a place once");
}

#[test]
fn precision_is_that_of_what_is_known() {
    assert_eq!(
        located(&["Syria", "Russians", "UAE"], &[]),
        ["Syria, , SYR, country", "Russia, , RUS, country", "United Arab Emirates, , ARE, country"]
    );
    assert_eq!(located(&["Homs province"], &[])[0].rsplit(", ").next(), Some("admin1"));
    assert_eq!(located(&["Zzyzxville<Texas", "Texas"], &[])[0], "Texas, Texas, USA, admin1");
    assert_eq!(located(&["Tal Afar"], &["IRQ"])[0], "Tall ‘Afar, Nineveh, IRQ, city");
    assert_eq!(located(&["Zzyzxville", "the village", ""], &[]), ["", "", ""]);
    assert_eq!(located(&["Victory Gardens", "Kyiv", "Kharkiv"], &["UKR"])[0], "", "a village of New Jersey that nothing speaks for");
    let kabul = knowledge().locate(&[Toponym { text: "KABUL", within: None }], &[]).remove(0).expect("a capital");
    assert_eq!((kabul.country.as_str(), kabul.precision, kabul.geonames_id), ("AFG", "city", Some(1138958)));
}
