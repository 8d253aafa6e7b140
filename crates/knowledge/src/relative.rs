//! Mentions that only the text around them can complete: pronouns, "the minister", "the two sides", "the Kingdom".

use crate::link::{ActorKind, HeadClass, LinkContext, Relative, Resolved};
use crate::text::Token;

/// States that call themselves a kingdom; the Gulf ones first, whose press writes "the Kingdom".
const KINGDOMS: [&str; 16] =
    ["SAU", "BHR", "JOR", "MAR", "GBR", "ESP", "NLD", "BEL", "SWE", "NOR", "DNK", "THA", "KHM", "BTN", "TON", "LSO"];

fn anaphor(class: HeadClass, head: &str, kind: ActorKind) -> Resolved {
    let mut out = Resolved::new(kind, "anaphor", 0.3);
    out.relative = Some(Relative::Anaphor { class, head: head.to_owned() });
    out
}

/// A pronoun.
pub(crate) fn pronoun(words: &[Token]) -> Option<Resolved> {
    let [only] = words else { return None };
    let (class, kind) = match only.norm.as_str() {
        "us" if only.acronym => return None, // the United States
        "he" | "him" | "his" | "himself" => (HeadClass::Male, ActorKind::Person),
        "she" | "her" | "hers" | "herself" => (HeadClass::Female, ActorKind::Person),
        "they" | "them" | "their" | "theirs" | "themselves" | "these" | "those" => (HeadClass::Group, ActorKind::Group),
        "it" | "its" | "itself" | "this" | "that" => (HeadClass::Thing, ActorKind::State),
        "who" | "whom" => (HeadClass::Person, ActorKind::Person),
        "which" => (HeadClass::Thing, ActorKind::State),
        "i" | "me" | "my" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" | "you" | "your" => {
            (HeadClass::Speaker, ActorKind::Person)
        }
        _ => return None,
    };
    Some(anaphor(class, &only.norm, kind))
}

/// "the two sides", "both countries", "the two", "the parties", "each other"; "the ministers of the two countries", "both countries' armies".
pub(crate) fn both(words: &[Token]) -> Option<Resolved> {
    let norms: Vec<&str> = words.iter().map(|w| w.norm.as_str()).collect();
    if is_of_both(&norms) {
        return Some(of_two(HeadClass::State));
    }
    let rest = match norms.as_slice() {
        ["each", "other"]
        | ["one", "another"]
        | ["both"]
        | ["the", "two"]
        | ["the", "pair"]
        | ["the", "duo"]
        | ["the", "former", "foes"] => {
            return Some(of_two(HeadClass::Group));
        }
        ["the", "two", rest @ ..] | ["the", "both", rest @ ..] | ["both", "the", rest @ ..] | ["both", "of", "the", rest @ ..] => rest,
        ["both" | "either" | "neither" | "two", rest @ ..] => rest,
        ["the", rest @ ..] if matches!(rest, ["parties" | "sides" | "pair"]) => rest,
        _ => return None,
    };
    let class = match *rest.last()? {
        "sides" | "parties" | "teams" | "delegations" | "camps" | "factions" | "groups" | "rivals" | "foes" | "enemies" | "partners"
        | "allies" | "neighbours" | "neighbors" | "adversaries" => HeadClass::Group,
        "countries" | "nations" | "states" | "governments" | "capitals" | "powers" | "superpowers" | "peoples" | "kingdoms"
        | "republics" | "economies" | "regions" | "militaries" | "armies" => HeadClass::State,
        "leaders" | "ministers" | "presidents" | "officials" | "men" | "women" | "diplomats" | "envoys" | "heads" | "premiers"
        | "counterparts" | "generals" | "negotiators" | "monarchs" | "princes" | "chiefs" => HeadClass::Person,
        "organizations" | "organisations" | "blocs" | "companies" | "institutions" | "ministries" | "bodies" => HeadClass::Organization,
        _ => return None,
    };
    // "two ministers" without "the" may be new to the text, and adjectives between may name a third
    (norms.first() != Some(&"two") && rest.len() <= 3).then(|| of_two(class))
}

/// Whether somebody is of both: "the ministers of the two countries", "the two states' armies".
fn is_of_both(norms: &[&str]) -> bool {
    let is_pair = |words: &[&str]| {
        let rest = match words {
            ["the", "two", rest @ ..] | ["both", rest @ ..] => rest,
            _ => return false,
        };
        matches!(rest, [noun] | [_, noun] if matches!(*noun, "countries" | "nations" | "states" | "governments" | "sides" | "neighbours" | "neighbors"))
    };
    let after_of = norms.iter().rposition(|w| matches!(*w, "of" | "from")).filter(|at| *at > 0).map(|at| &norms[at + 1..]);
    let owners = norms.iter().position(|w| *w == "'s").filter(|at| at + 1 < norms.len()).map(|at| &norms[..at]);
    after_of.is_some_and(is_pair) || owners.is_some_and(is_pair)
}

fn of_two(class: HeadClass) -> Resolved {
    let mut out = Resolved::new(ActorKind::Group, "both", 0.3);
    out.relative = Some(Relative::Both(class));
    out
}

/// "the Kingdom": the kingdom last spoken of, else the one the article comes from.
pub(crate) fn kingdom(words: &[Token], context: &LinkContext) -> Option<Resolved> {
    let norms: Vec<&str> = words.iter().map(|w| w.norm.as_str()).collect();
    let head = match norms.as_slice() {
        ["the" | "this", head @ ("kingdom" | "monarchy" | "sultanate" | "emirate")] => *head,
        _ => return None,
    };
    let mut out = anaphor(HeadClass::State, head, ActorKind::State);
    let fits = |country: &str| match head {
        "sultanate" => matches!(country, "OMN" | "BRN"),
        "emirate" => matches!(country, "QAT" | "KWT" | "ARE"),
        _ => KINGDOMS.contains(&country),
    };
    let spoken: Vec<&str> = context.earlier.iter().rev().filter_map(|e| e.country.as_deref()).filter(|c| fits(c)).collect();
    let found = spoken.first().copied().or(context.country_hint.filter(|c| fits(c)));
    if let Some(country) = found {
        out.country = Some(country.to_owned());
        out.rule = "kingdom";
        out.score = if spoken.iter().all(|c| *c == country) { 0.8 } else { 0.5 };
    }
    Some(out)
}

/// The class of a bare definite noun that points back: "the official", "the ministry". `None` for nouns that stand for themselves ("the police").
pub(crate) fn definite(head: &str) -> Option<HeadClass> {
    Some(match head {
        "official"
        | "minister"
        | "spokesman"
        | "spokeswoman"
        | "spokesperson"
        | "leader"
        | "president"
        | "premier"
        | "chancellor"
        | "diplomat"
        | "envoy"
        | "ambassador"
        | "prince"
        | "crown prince"
        | "king"
        | "queen"
        | "emir"
        | "sultan"
        | "sheikh"
        | "general"
        | "commander"
        | "governor"
        | "mayor"
        | "senator"
        | "lawmaker"
        | "secretary"
        | "prime minister"
        | "foreign minister"
        | "interior minister"
        | "defence minister"
        | "defense minister"
        | "finance minister"
        | "press secretary"
        | "deputy press secretary"
        | "top diplomat"
        | "secretary general"
        | "secretary of state"
        | "politician"
        | "statesman"
        | "monarch"
        | "negotiator"
        | "representative"
        | "chief"
        | "director"
        | "chairman"
        | "journalist"
        | "activist"
        | "judge"
        | "prosecutor"
        | "cleric"
        | "suspect"
        | "speaker"
        | "adviser"
        | "advisor"
        | "commissioner"
        | "colonel"
        | "admiral"
        | "vice president"
        | "pope"
        | "ayatollah"
        | "candidate"
        | "former president"
        | "woman"
        | "man" => HeadClass::Person,
        "country" | "kingdom" | "nation" | "republic" | "state" | "emirate" | "sultanate" | "superpower" => HeadClass::State,
        "ministry" | "organization" | "organisation" | "company" | "firm" | "agency" | "council" | "commission" | "committee" | "party"
        | "bloc" | "alliance" | "embassy" | "union" | "institution" | "body" | "department" | "watchdog" | "charity" | "foundation"
        | "bank" | "newspaper" => HeadClass::Organization,
        "group" | "ministers" | "officials" | "leaders" | "delegation" | "movement" | "team" | "militants" | "members" | "countries"
        | "states" | "nations" | "diplomats" | "representatives" | "presidents" | "militia" | "faction" => HeadClass::Group,
        _ => return None,
    })
}
