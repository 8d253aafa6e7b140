//! The small grammar of a mention: closed word lists, and where its parts begin and end.

use crate::lexicon::Hit;
use crate::text::Token;

/// One piece of a mention: something we know, or a word we do not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Index of the hit, when it is known.
    pub hit: Option<usize>,
}

/// Cuts a mention into known stretches and single words.
pub(crate) fn units(words: &[Token], hits: &[Hit]) -> Vec<Unit> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    for (i, hit) in hits.iter().enumerate() {
        out.extend((at..hit.start).map(|t| Unit { start: t, end: t + 1, hit: None }));
        out.push(Unit { start: hit.start, end: hit.end, hit: Some(i) });
        at = hit.end;
    }
    out.extend((at..words.len()).map(|t| Unit { start: t, end: t + 1, hit: None }));
    out
}

/// Words that may stand before the noun phrase proper.
pub(crate) fn is_leading(norm: &str) -> bool {
    matches!(
        norm,
        "the"
            | "a"
            | "an"
            | "some"
            | "any"
            | "all"
            | "both"
            | "each"
            | "every"
            | "this"
            | "that"
            | "these"
            | "those"
            | "other"
            | "another"
            | "many"
            | "several"
            | "few"
            | "most"
            | "more"
            | "than"
            | "least"
            | "at"
            | "about"
            | "around"
            | "nearly"
            | "almost"
            | "over"
            | "up"
            | "to"
            | "roughly"
            | "approximately"
            | "hundreds"
            | "thousands"
            | "dozens"
            | "scores"
            | "millions"
            | "tens"
            | "dozen"
            | "hundred"
            | "thousand"
            | "million"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "half"
            | "no"
            | "such"
            | "various"
            | "numerous"
            | "only"
            | "even"
            | "also"
            | "including"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "\""
            | "“"
            | "”"
            | "’"
            | "'"
            | "‘"
            | "("
            | ","
            | "fellow"
            | "same"
            | "certain"
            | "as"
            | "by"
            | "with"
            | "from"
            | "against"
            | "between"
            | "and"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "estimated"
            | "fifteen"
            | "of"
            | "for"
            | "in"
            | "on"
    ) || norm.starts_with(|c: char| c.is_ascii_digit())
}

/// Words after which a noun phrase's core is over.
pub(crate) fn ends_core(norm: &str) -> bool {
    matches!(
        norm,
        "of" | "in"
            | "from"
            | "at"
            | "by"
            | "with"
            | "for"
            | "against"
            | "on"
            | "to"
            | "into"
            | "who"
            | "whom"
            | "whose"
            | "that"
            | "which"
            | "under"
            | "over"
            | "near"
            | "after"
            | "during"
            | "between"
            | "within"
            | "across"
            | "inside"
            | "outside"
            | "including"
            | "such"
            | "as"
            | "about"
            | "based"
            | "accused"
            | "suspected"
            | "stationed"
            | "loyal"
            | "close"
            | "without"
            | "along"
            | "around"
            | "since"
            | "before"
            | "through"
            | "throughout"
            | "amid"
            | "among"
            | "amongst"
            | "behind"
            | "toward"
            | "towards"
            | "("
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "said"
            | "fighting"
            | "living"
            | "backed"
            | "led"
            | "controlled"
            | "held"
            | "jailed"
            | "killed"
            | "where"
            | "when"
            | "while"
            | "following"
            | "regarding"
            | "concerning"
            | "put"
            | "carrying"
            | "belonging"
            | "aligned"
            | "working"
            | "seeking"
            | "known"
            | "named"
            | "called"
            | "made"
            | "linked"
            | "affiliated"
            | "representing"
    )
}

/// After these the place or body that follows belongs to the head: "police in Nairobi".
pub(crate) fn attaches(norm: &str) -> bool {
    matches!(
        norm,
        "of" | "in" | "from" | "at" | "within" | "across" | "inside" | "for" | "near" | "throughout" | "under" | "outside" | "along" | "("
    )
}

/// What is called after its head: "the Obama administration".
pub(crate) fn is_headed(word: &str) -> bool {
    matches!(word, "administration" | "government" | "cabinet" | "regime" | "presidency")
}

/// "U.S.-led", "Qatari-backed": the country is not the head's own.
pub(crate) fn is_backing(norm: &str) -> bool {
    matches!(
        norm,
        "led"
            | "backed"
            | "funded"
            | "sponsored"
            | "supported"
            | "born"
            | "made"
            | "built"
            | "trained"
            | "armed"
            | "aligned"
            | "brokered"
            | "allied"
            | "occupied"
            | "educated"
            | "style"
            | "linked"
            | "supplied"
            | "mediated"
            | "dominated"
            | "friendly"
            | "inspired"
            | "speaking"
            | "affiliated"
            | "financed"
            | "equipped"
    )
}

/// Words that say an office is no longer, or not yet, held.
pub(crate) fn is_former(norm: &str) -> bool {
    matches!(
        norm,
        "former" | "ex" | "late" | "ousted" | "deposed" | "toppled" | "elect" | "designate" | "retired" | "onetime" | "erstwhile"
    )
}

/// Parts of names that are written small.
pub(crate) fn is_particle(norm: &str) -> bool {
    matches!(
        norm,
        "bin"
            | "ibn"
            | "bint"
            | "al"
            | "el"
            | "de"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "del"
            | "della"
            | "di"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "y"
            | "e"
            | "ould"
            | "ben"
            | "abu"
            | "um"
            | "ul"
            | "ur"
            | "bar"
            | "af"
    )
}

/// Heads that stand for what follows "of": "dozens of protesters", "a group of Syrian refugees".
pub(crate) fn is_transparent(norm: &str) -> bool {
    matches!(
        norm,
        "dozens"
            | "hundreds"
            | "thousands"
            | "millions"
            | "scores"
            | "tens"
            | "number"
            | "numbers"
            | "group"
            | "groups"
            | "handful"
            | "majority"
            | "series"
            | "part"
            | "parts"
            | "some"
            | "many"
            | "most"
            | "all"
            | "several"
            | "one"
            | "two"
            | "three"
            | "few"
            | "dozen"
            | "couple"
            | "crowd"
            | "crowds"
            | "delegation"
            | "delegations"
            | "coalition"
            | "alliance"
            | "hundred"
            | "thousand"
            | "mob"
            | "team"
            | "lot"
            | "range"
            | "rest"
            | "half"
            | "percent"
            | "pair"
            | "column"
            | "convoy"
            | "gang"
            | "band"
            | "unit"
            | "units"
            | "section"
            | "sections"
            | "segment"
            | "wave"
            | "influx"
            | "supply"
            | "presence"
            | "representatives"
            | "any"
            | "each"
            | "both"
            | "four"
            | "five"
            | "six"
            | "members"
            | "member"
            | "supporters"
            | "families"
            | "relatives"
            | "followers"
            | "kind"
            | "type"
            | "use"
            | "people"
    )
}

/// Heads that say what somebody is in a body, not which body: the sector comes from what stands before.
pub(crate) fn is_generic(form: &str) -> bool {
    matches!(
        form.trim_end_matches('s'),
        "official"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "leader"
            | "chief"
            | "head"
            | "member"
            | "officer"
            | "representative"
            | "commander"
            | "figure"
            | "boss"
            | "source"
            | "supporter"
            | "ally"
            | "fighter"
            | "force"
            | "group"
            | "authority"
            | "leadership"
            | "delegation"
            | "delegate"
            | "administration"
            | "worker"
            | "employee"
            | "staff"
            | "president"
            | "director"
            | "secretary"
            | "chairman"
            | "chairmen"
            | "chairwoman"
            | "chairwomen"
            | "chairperson"
            | "chair"
            | "vice chairman"
            | "vice chairwoman"
            | "vice president"
            | "executive vice president"
            | "senior vice president"
            | "board member"
            | "treasurer"
            | "trustee"
            | "analyst"
            | "strategist"
            | "manager"
            | "attorney"
            | "counsel"
            | "deputy"
            | "adviser"
            | "advisor"
            | "operative"
            | "activist"
            | "negotiator"
            | "envoy"
            | "minister"
            | "secretary general"
            | "secretary-general"
            | "personnel"
            | "agent"
            | "body"
            | "spokespeople"
            | "spokesmen"
            | "candidate"
            | "executive"
            | "team"
            | "unit"
            | "troop"
            | "vehicle"
            | "convoy"
            | "base"
            | "founder"
            | "lawyer"
            | "politician"
            | "general secretary"
            | "organization"
            | "organisation"
            | "movement"
            | "bloc"
            | "militant"
            | "press service"
            | "press office"
    )
}

/// Words that are likelier to qualify a post than to name its body: "Outgoing President", "Conservative leader".
pub(crate) fn is_adjective(norm: &str) -> bool {
    const ENDINGS: [&str; 15] = ["ing", "ed", "ent", "ist", "ive", "al", "an", "ern", "ary", "ous", "ic", "ful", "ese", "ish", "ly"];
    matches!(norm, "new" | "then" | "top" | "key" | "young" | "old" | "longtime" | "veteran" | "interim" | "vice" | "deputy" | "chief")
        || ENDINGS.iter().any(|e| norm.ends_with(e))
}

/// Roles that are held in another country.
pub(crate) fn is_posted(form: &str) -> bool {
    is_legation(form) || ["ambassador", "consul", "chargé", "diplomat", "attaché"].iter().any(|posted| form.starts_with(posted))
}

/// Houses that a country keeps in another one.
pub(crate) fn is_legation(form: &str) -> bool {
    ["embass", "consulate", "high commission", "legation", "mission"].iter().any(|house| form.starts_with(house))
        && !form.starts_with("missionar")
}

/// Ordinary words, and words of institutions, by which a town or province is called, too: "the Federal Government", "most protesters".
#[rustfmt::skip]
pub(crate) fn is_common(name: &str) -> bool {
    matches!(
        name,
        "alliance" | "anthem" | "bar" | "capitol" | "central" | "centrale" | "concord" | "defiance" | "delta" | "eagle" | "enterprise" | "federal"
            | "fleet" | "forest" | "golden" | "green" | "highland" | "imperial" | "independence" | "islands" | "liberal" | "libertad" | "liberty"
            | "litoral" | "medias" | "metro" | "midlands" | "mission" | "mobile" | "nacional" | "national capital" | "north central" | "north west"
            | "north western" | "orange" | "oriental" | "paramount" | "pest" | "police" | "punch" | "republic" | "roman" | "south east" | "south west"
            | "summit" | "sunrise" | "superior" | "temple" | "union" | "university"
            // words that open a phrase or a sentence
            | "along" | "begun" | "best" | "can" | "come" | "cocoa" | "date" | "deal" | "drama" | "fishers" | "gap" | "gay" | "goes" | "hit" | "holiday"
            | "humble" | "hurricane" | "man" | "manage" | "march" | "marks" | "mentor" | "most" | "much" | "normal" | "plantation" | "pop" | "prosper"
            | "retreat" | "sale" | "salt" | "same" | "save" | "savage" | "spring" | "surprise" | "tank" | "than" | "tire" | "young"
    )
}

/// "Ogun State", "Nagpur district": the name of a place, not a body of it.
pub(crate) fn is_division(form: &str) -> bool {
    matches!(
        form,
        "state"
            | "province"
            | "district"
            | "region"
            | "county"
            | "city"
            | "village"
            | "town"
            | "republic"
            | "governorate"
            | "municipality"
            | "island"
    )
}
