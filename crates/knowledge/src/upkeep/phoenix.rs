//! Actor dictionaries of the PETRARCH family (`Phoenix.Countries.actors.txt` and the like): phrases with dated CAMEO codes.
//!
//! ```text
//! FUMIO_KISHIDA_            # foreign minister
//! +KISHIDA_FUMIO_
//!     [JPNGOV 20121226-20170803]
//!     [JPN]
//! ```
//! Read as their readers document it, without three faults of these: the last entry of a file counts, a phrase of two words without brackets is
//! no phrase with a code, and blanks inside a date restriction do not cut it off. Nothing in them is current (the newest dates are of 2014), so all
//! becomes proposals: a person with a role and dates, or a body.

use super::{Gathered, NAME, Proposal, source};
use crate::person::Day;
use crate::text::tokens;
use crate::{Error, ErrorKind, Knowledge};
use std::collections::{BTreeSet, HashMap};
use std::io::BufRead;

/// The year of the newest dates in the dictionaries that are about.
pub const AS_OF: &str = "2014";
/// CAMEO role -> PLOVER sector, and what a person of the role is called where no office is known.
const ROLES: [(&str, &str, &str); 24] = [
    ("GOV", "GOV", "government official"),
    ("MIL", "MIL", "military officer"),
    ("COP", "COP", "police officer"),
    ("JUD", "JUD", "judge"),
    ("SPY", "SPY", "intelligence officer"),
    ("LEG", "LEG", "lawmaker"),
    ("PTY", "PTY", "politician"),
    ("OPP", "OPP", "opposition politician"),
    ("REB", "REB", "rebel"),
    ("INS", "REB", "insurgent"),
    ("SEP", "REB", "separatist"),
    ("UAF", "UAF", "gunman"),
    ("BUS", "BUS", "businessman"),
    ("CRM", "CRM", "criminal"),
    ("CVL", "CVL", "civilian"),
    ("EDU", "EDU", "academic"),
    ("ELI", "ELI", "former official"),
    ("HLH", "MED", "doctor"),
    ("MED", "JRN", "journalist"),
    ("LAB", "LAB", "union leader"),
    ("REF", "REF", "refugee"),
    ("AGR", "AGR", "farmer"),
    ("HRI", "SOC", "activist"),
    ("DEV", "SOC", "activist"),
];
/// First blocks that are no country: slot and type of body.
const INTERNATIONAL: [(&str, &str, &str); 6] = [
    ("IGO", "IGO", "igo"),
    ("NGO", "NGO", "ngo"),
    ("NGM", "ISM", "movement"),
    ("IMG", "IMG", "armed"),
    ("MNC", "MNC", "company"),
    ("INT", "IGO", "igo"),
];
/// Words by which a phrase is a body, in lower case.
#[rustfmt::skip]
const BODIES: [&str; 34] = [
    "party", "army", "front", "movement", "council", "committee", "ministry", "forces", "force", "police", "union", "group", "brigade", "brigades", "league",
    "assembly", "parliament", "court", "agency", "corps", "guard", "guards", "company", "bank", "university", "commission", "organization", "organisation",
    "association", "alliance", "congress", "federation", "militia", "coalition",
];

/// A code with the days for which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Code {
    code: String,
    from: String,
    to: String,
    line: usize,
}

/// One entry: its phrases, the first the name, and its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Actor {
    phrases: Vec<String>,
    codes: Vec<Code>,
}

/// Reads one dictionary. `asof` (ISO 8601) is when its open ends were last seen to be true.
///
/// # Errors
/// When the file cannot be read or holds no entry.
pub fn phoenix(k: &Knowledge, file: &str, lines: impl BufRead, asof: &str) -> Result<Gathered, Error> {
    let mut out = Gathered::default();
    let actors = actors(file, lines, &mut out)?;
    if actors.iter().all(|a| a.codes.is_empty()) {
        return Err(Error::new(
            ErrorKind::Format,
            file,
            "no entry with a code; an actor dictionary has lines such as NAME_ [JPNGOV 20121226-20170803]",
        ));
    }
    let codes: HashMap<&str, &str> = k.countries().iter().map(|c| (c.cameo.as_str(), c.iso3.as_str())).collect();
    for actor in actors {
        Judge { k, codes: &codes, file, asof, actor: &actor }.propose(&mut out);
    }
    Ok(out)
}

/// The entries of a file, in order. A phrase that is there again adds its codes to the first.
fn actors(file: &str, lines: impl BufRead, out: &mut Gathered) -> Result<Vec<Actor>, Error> {
    let mut all: Vec<Actor> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut at = 0;
    let mut in_remark = false;
    for line in source::lines(file, lines) {
        let (number, line) = line?;
        let place = format!("{file}:{number}");
        let line = without_remarks(&line, &mut in_remark);
        let text = line.trim_end();
        if text.trim().is_empty() {
            continue;
        }
        let (phrase, brackets) = text.split_at(text.find('[').unwrap_or(text.len()));
        let phrase = phrase.trim();
        match (phrase.strip_prefix('+'), all.get_mut(at)) {
            (Some(synonym), Some(actor)) => actor.phrases.push(spoken(synonym)),
            (Some(_), None) => out.refused.push(format!("{place}: a synonym before the first entry")),
            (None, _) if !phrase.is_empty() => {
                let name = spoken(phrase);
                at = *known.entry(name.clone()).or_insert(all.len());
                if at == all.len() {
                    all.push(Actor { phrases: vec![name], codes: Vec::new() });
                }
            }
            (None, _) => {}
        }
        let Some(actor) = all.get_mut(at) else { continue };
        for inside in brackets.split('[').skip(1).map(|b| b.split(']').next().unwrap_or_default()) {
            match code(inside, number) {
                Ok(code) => actor.codes.push(code),
                Err(reason) => out.refused.push(format!("{place}: {reason}")),
            }
        }
    }
    Ok(all)
}

/// A line without `# ...` and `<!-- ... -->`, the latter over several lines too.
fn without_remarks(line: &str, in_remark: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = line;
    loop {
        if *in_remark {
            let Some(at) = rest.find("-->") else { return kept };
            rest = &rest[at + 3..];
            *in_remark = false;
        }
        match rest.find("<!--") {
            Some(at) if !rest[..at].contains('#') => {
                kept.push_str(&rest[..at]);
                rest = &rest[at + 4..];
                *in_remark = true;
            }
            _ => {
                kept.push_str(rest.split('#').next().unwrap_or_default());
                return if kept.trim_start().starts_with("<!") { String::new() } else { kept };
            }
        }
    }
}

/// The words of a phrase: `FUMIO_KISHIDA_` -> `FUMIO KISHIDA`. A mark before a word (`'ULUKALALA`) is a quotation mark in a text.
fn spoken(phrase: &str) -> String {
    let words = phrase.split(|c: char| c == '_' || c.is_whitespace()).map(|w| w.trim_start_matches(['-', '\'', '`', '‘', '’']));
    words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stands between brackets: a code, and a restriction in which blanks mean nothing.
fn code(inside: &str, line: usize) -> Result<Code, String> {
    let inside = inside.trim();
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')).unwrap_or(inside.len());
    let (code, rest) = inside.split_at(end);
    let rest: String = rest.split_whitespace().collect();
    let day = |text: &str| date(text).ok_or_else(|| format!("{text:?} is no day of the calendar"));
    let (from, to) = match (rest.strip_prefix('<'), rest.strip_prefix('>'), rest.split_once('-')) {
        (Some(before), _, _) => (String::new(), day(before)?.previous().to_string()),
        (_, Some(since), _) => (day(since)?.to_string(), String::new()),
        (_, _, Some((first, last))) if day(first)? > day(last)? => return Err(format!("{rest} ends before it begins; swap the dates?")),
        (_, _, Some((first, last))) => (day(first)?.to_string(), day(last)?.to_string()),
        _ if rest.is_empty() => (String::new(), String::new()),
        _ => return Err(format!("restriction {rest:?} is none of <date, >date, date-date")),
    };
    Ok(Code { code: code.to_owned(), from, to, line })
}

/// `YYYYMMDD`, or `YYMMDD` with a year up to 30 in this century.
fn date(text: &str) -> Option<Day> {
    let digits = text.len() == 8 || text.len() == 6;
    let number: u32 = text.parse().ok().filter(|_| digits && text.bytes().all(|b| b.is_ascii_digit()))?;
    let number = match text.len() {
        6 if number / 10_000 <= 30 => number + 20_000_000,
        6 => number + 19_000_000,
        _ => number,
    };
    let day = Day(number);
    ((1..=12).contains(&(number / 100 % 100)) && number % 100 >= 1 && day.previous().next() == day).then_some(day)
}

/// A code taken apart.
struct Meaning<'c> {
    slot: &'c str,
    kind: Option<&'c str>,
    sector: Option<(&'c str, &'c str)>,
}

struct Judge<'a> {
    k: &'a Knowledge,
    codes: &'a HashMap<&'a str, &'a str>,
    file: &'a str,
    asof: &'a str,
    actor: &'a Actor,
}

impl Judge<'_> {
    /// What a code says; an error says why it is of no use.
    fn meaning<'s>(&'s self, code: &'s str) -> Result<Meaning<'s>, &'static str> {
        if code.contains('/') {
            return Err("a code for several actors");
        }
        let blocks: Vec<&str> = (0..code.len() / 3).filter_map(|i| code.get(i * 3..i * 3 + 3)).collect();
        let Some(first) = blocks.first().filter(|b| **b != "---") else { return Err("a phrase without a code, or coded as nobody") };
        let sector = blocks[1..].iter().find_map(|b| ROLES.iter().find(|r| r.0 == *b)).map(|r| (r.1, r.2));
        if let Some(body) = INTERNATIONAL.iter().find(|i| i.0 == *first) {
            let slot = match (body.1, blocks.get(1)) {
                ("IGO", Some(&"UNO")) => "UNO",
                ("IGO", Some(&"EUR")) => "EUR",
                (slot, _) => slot,
            };
            return Ok(Meaning { slot, kind: Some(body.2), sector });
        }
        match self.codes.get(first) {
            Some(iso3) => Ok(Meaning { slot: iso3, kind: None, sector }),
            None => Err("a code of a region, a religion or an ethnic group"),
        }
    }

    fn propose(&self, out: &mut Gathered) {
        let name = capitalised(&self.actor.phrases[0]);
        let mut codes = self.actor.codes.iter().map(|c| (c, self.meaning(&c.code))).collect::<Vec<_>>();
        if !name.contains(char::is_alphanumeric) || name.len() > NAME {
            return out.skip("a phrase that is no name");
        }
        if codes.is_empty() {
            return out.skip("a phrase without a code, or coded as nobody");
        }
        if let Some(why) = codes.iter().find_map(|c| c.1.as_ref().err()).filter(|_| codes.iter().all(|c| c.1.is_err())) {
            return out.skip(why);
        }
        codes.retain(|c| c.1.is_ok());
        let usable: Vec<(&Code, Meaning)> = codes.into_iter().filter_map(|(c, m)| Some((c, m.ok()?))).collect();
        let first = &usable[0].1;
        let is_listed = |name: &&String| !self.k.lexicon.exact(&tokens(&capitalised(name))).is_empty();
        let listed = self.actor.phrases.iter().find(is_listed).map(|name| capitalised(name));
        let here = listed.and_then(|name| self.k.resolve(&name, None, &crate::LinkContext::default())?.country);
        if here.as_deref() == Some(first.slot) || here.as_deref() == Some(self.k.world.slot(first.slot)) {
            out.known += 1;
            return;
        }
        if first.kind.is_none() && usable.iter().all(|(_, m)| m.sector.is_none()) {
            return out.skip("a name of a country, place or people without a role");
        }
        let is_dated = usable.iter().any(|(c, _)| !c.from.is_empty() || !c.to.is_empty());
        let words = self.actor.phrases[0].to_lowercase();
        let is_body = first.kind.is_some() || !is_dated && (words.split(' ').any(|w| BODIES.contains(&w)) || !words.contains(' '));
        if is_body {
            out.proposals.push(self.body(&name, usable[0].0, first, here.as_deref()));
            usable[1..].iter().for_each(|_| out.skip("a further code of a body"));
            return;
        }
        let mut begun = BTreeSet::new();
        for (code, m) in &usable {
            match self.tenure(&name, code, m, here.as_deref()).filter(|_| begun.insert((m.slot, &code.from))) {
                Some(row) => out.proposals.push(row),
                None => out.skip("a further code of a person, without a role or from the same day on"),
            }
        }
    }

    fn why(&self, code: &Code, here: Option<&str>) -> String {
        let span = match (code.from.as_str(), code.to.as_str()) {
            ("", "") => String::new(),
            (from, "") => format!(" since {from}"),
            ("", to) => format!(" until {to}"),
            (from, to) => format!(" {from} to {to}"),
        };
        let other = here.map(|c| format!("; reads as {c} here")).unwrap_or_default();
        format!("coded {}{span}{other}; check the capitals of the name", code.code)
    }

    fn others(&self) -> String {
        self.actor.phrases[1..].iter().map(|p| capitalised(p)).collect::<Vec<_>>().join("|")
    }

    fn proposal(&self, table: &str, cells: &[&str], code: &Code, here: Option<&str>) -> Proposal {
        let (cells, table) = (cells.iter().map(|c| (*c).to_owned()).collect(), table.to_owned());
        Proposal { table, cells, why: self.why(code, here), quote: format!("{}:{}: {}", self.file, code.line, self.actor.phrases[0]) }
    }

    fn body(&self, name: &str, code: &Code, m: &Meaning, here: Option<&str>) -> Proposal {
        let sector = m.sector.map_or("", |s| s.0);
        let kind = m.kind.unwrap_or(match sector {
            "REB" | "UAF" => "armed",
            "PTY" | "OPP" => "party",
            "BUS" => "company",
            "JRN" => "media",
            _ => "body",
        });
        let id = name.to_uppercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
        let id = if self.k.organisation(&id).is_some() { format!("{id}-{}", m.slot) } else { id };
        self.proposal("organisations.tsv", &[&id, name, &self.others(), m.slot, sector, kind, "", "phoenix", self.asof], code, here)
    }

    /// A person with a role; the office is not known, so the title says the sector.
    fn tenure(&self, name: &str, code: &Code, m: &Meaning, here: Option<&str>) -> Option<Proposal> {
        let (_, noun) = m.sector?;
        let asof = if code.to.is_empty() { self.asof } else { "" };
        let cells = [name, &self.others(), m.slot, "PRIVATE", noun, &code.from, &code.to, asof, "phoenix"];
        Some(self.proposal("persons.tsv", &cells, code, here))
    }
}

/// A phrase in capitals as a name is written: `ABDULLAH BIN ABDUL AZIZ` -> `Abdullah bin Abdul Aziz`.
fn capitalised(phrase: &str) -> String {
    const SMALL: [&str; 16] = ["bin", "ibn", "bint", "of", "the", "and", "for", "in", "de", "la", "da", "dos", "del", "van", "der", "von"];
    let word = |(i, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if i > 0 && SMALL.contains(&lower.as_str()) {
            return lower;
        }
        let mut begins = true;
        let big = |c: char| {
            let c = if begins { c.to_uppercase().collect::<String>() } else { c.to_string() };
            begins = matches!(c.as_str(), "-" | "'" | "`" | "(");
            c
        };
        lower.chars().map(big).collect()
    };
    phrase.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Actor>, Vec<String>) {
        let mut out = Gathered::default();
        let actors = actors("x.txt", text.as_bytes(), &mut out).expect("readable");
        (actors, out.refused)
    }

    #[test]
    fn entries_with_synonyms_codes_and_dates() {
        let text = "# a remark\n<!-- more\n   FAKE_ [USA]\n-->\n\
                    FUMIO_KISHIDA_ # foreign minister\n+KISHIDA_FUMIO_\n\t[JPNGOV 20121226-20170803]\n\t[JPN > 170804]\n\
                    EEC_ [IGOEUREEC 820701-821231][IGOEUREEC 870701-871231]\n";
        let (actors, refused) = read(text);
        assert!(refused.is_empty(), "{refused:?}");
        let shown: Vec<String> = actors
            .iter()
            .map(|a| {
                format!("{:?} {:?}", a.phrases, a.codes.iter().map(|c| format!("{} {}..{}", c.code, c.from, c.to)).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            shown,
            [
                r#"["FUMIO KISHIDA", "KISHIDA FUMIO"] ["JPNGOV 2012-12-26..2017-08-03", "JPN 2017-08-04.."]"#,
                r#"["EEC"] ["IGOEUREEC 1982-07-01..1982-12-31", "IGOEUREEC 1987-07-01..1987-12-31"]"#,
            ]
        );
    }

    #[test]
    fn the_faults_of_the_readers_are_not_repeated() {
        // the last entry of the file, without a line end
        let (actors, _) = read("A_ [USA]\nSHOKO_ASAHARA_ [JPNCVL]");
        assert_eq!(actors.last().map(|a| (a.phrases[0].as_str(), a.codes.len())), Some(("SHOKO ASAHARA", 1)));
        // two words without brackets
        let (actors, _) = read("PRINCE 'ULUKALALA LAVAKA\n\t[TONGOV]\n");
        assert_eq!(actors[0].phrases, ["PRINCE ULUKALALA LAVAKA"]);
        assert_eq!(actors[0].codes[0].code, "TONGOV");
        // a phrase that is there twice has the codes of both
        let (actors, _) = read("A_ [USA <19950601]\nB_ [USA]\nA_\n+C_\n [RUS]\n");
        assert_eq!((actors.len(), actors[0].phrases.join("|").as_str(), actors[0].codes.len()), (2, "A|C", 2));
        // blanks in a restriction on the line of the phrase
        let (actors, _) = read("HOB_ [HOB < 950601]\n");
        assert_eq!((actors[0].codes[0].code.as_str(), actors[0].codes[0].to.as_str()), ("HOB", "1995-05-31"));
    }

    #[test]
    fn days_that_do_not_exist_are_refused_with_their_line() {
        let (_, refused) = read("A_ [USA 19950231-19950301]\n\t[USA ~3]\nB_ [USA >1995]\n\t[USA 19990101-19980101]\n");
        assert_eq!(refused.len(), 4, "{refused:?}");
        assert!(refused[0].starts_with("x.txt:1: \"19950231\" is no day"), "{refused:?}");
        assert_eq!(date("310101").map(|d| d.to_string()).as_deref(), Some("1931-01-01"));
        assert_eq!(date("300101").map(|d| d.to_string()).as_deref(), Some("2030-01-01"));
        assert_eq!(date("20240229").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
    }
}
