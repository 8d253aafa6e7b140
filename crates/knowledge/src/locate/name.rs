//! The forms under which a place name may stand in the tables, and what the words around the name say of its kind.

use super::{Candidate, Kind};

/// A form to look up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub name: String,
    /// What a word beside the name ("province", "county") says it is.
    kind: Option<Kind>,
}

/// Words behind a name with the kind they tell; `None`: they tell nothing.
const BEHIND: &[(&str, Option<Kind>)] = &[
    ("province", Some(Kind::Admin1)),
    ("governorate", Some(Kind::Admin1)),
    ("prefecture", Some(Kind::Admin1)),
    ("oblast", Some(Kind::Admin1)),
    ("region", Some(Kind::Admin1)),
    ("state", Some(Kind::Admin1)),
    ("district", Some(Kind::Admin2)),
    ("county", Some(Kind::Admin2)),
    ("countryside", Some(Kind::Admin1)),
    ("city", None),
    ("town", None),
    ("township", None),
    ("village", None),
    ("municipality", None),
    ("twp.", None),
    ("area", None),
    ("suburb", None),
    ("neighborhood", None),
    ("neighbourhood", None),
];

/// Words before a name.
const BEFORE: &[(&str, Option<Kind>)] = &[
    ("the", None),
    ("city of", None),
    ("town of", None),
    ("village of", None),
    ("port of", None),
    ("province of", Some(Kind::Admin1)),
    ("state of", Some(Kind::Admin1)),
    ("county of", Some(Kind::Admin2)),
    ("county", Some(Kind::Admin2)),
    ("northern", None),
    ("southern", None),
    ("eastern", None),
    ("western", None),
    ("central", None),
    ("north", None),
    ("south", None),
    ("east", None),
    ("west", None),
    ("northeast", None),
    ("northwest", None),
    ("southeast", None),
    ("southwest", None),
    ("northeastern", None),
    ("northwestern", None),
    ("southeastern", None),
    ("southwestern", None),
    ("upper", None),
    ("lower", None),
    ("downtown", None),
    ("greater", None),
    ("rural", None),
];

/// The forms of a name, the fullest first: as written, without the words beside it, in the singular ("Russians").
pub(super) fn forms(text: &str) -> Vec<Form> {
    let name = text.trim().trim_end_matches("'s").trim_end_matches("’s");
    let name =
        ["Co.", "Co"].iter().find_map(|co| name.strip_suffix(co)?.strip_suffix(' ')).map_or(name.to_owned(), |n| format!("{n} County"));
    if !name.contains(char::is_uppercase) {
        return Vec::new();
    }
    let mut out = vec![Form { name: cased(&name), kind: None }];
    // each round takes one word off the last form
    while let Some(form) = out.last().and_then(shorter) {
        out.push(form);
    }
    let singular = name.strip_suffix('s').filter(|n| n.len() > 4 && !n.contains(' '));
    out.extend(singular.map(|n| Form { name: cased(n), kind: None }));
    out
}

fn shorter(form: &Form) -> Option<Form> {
    let lower = form.name.to_lowercase();
    let before = BEFORE.iter().filter_map(|(w, kind)| Some((lower.strip_prefix(w)?.strip_prefix(' ')?.len(), *kind)));
    if let Some((rest, kind)) = before.min_by_key(|b| b.0) {
        let name = form.name.get(form.name.len().checked_sub(rest)?..)?;
        return named(name, kind.or(form.kind));
    }
    let behind = BEHIND.iter().find_map(|(w, kind)| Some((lower.strip_suffix(w)?.strip_suffix(' ')?.len(), *kind)));
    let (rest, kind) = behind?;
    named(form.name.get(..rest)?, form.kind.or(kind))
}

fn named(name: &str, kind: Option<Kind>) -> Option<Form> {
    name.contains(char::is_uppercase).then(|| Form { name: name.to_owned(), kind })
}

/// "PHNOM PENH" as the tables have it; short capitals ("UAE") stay.
fn cased(name: &str) -> String {
    if name.len() <= 3 || name.contains(char::is_lowercase) || name.contains('.') {
        return name.to_owned();
    }
    let words = name.split(' ').map(|w| match w.chars().next() {
        Some(first) => first.to_string() + &w[first.len_utf8()..].to_lowercase(),
        None => String::new(),
    });
    words.collect::<Vec<_>>().join(" ")
}

impl Form {
    /// Keeps what is of the kind told; where nothing is, a town of that name stands for the division around it, and is no town.
    pub fn restrict(&self, mut all: Vec<Candidate>) -> Vec<Candidate> {
        let Some(kind) = self.kind else { return all };
        if all.iter().any(|c| c.kind == kind) {
            all.retain(|c| c.kind == kind);
            return all;
        }
        for candidate in all.iter_mut().filter(|c| c.kind == Kind::City) {
            candidate.kind = kind;
            candidate.fact.precision = if kind == Kind::Admin1 { "admin1" } else { "admin2" };
            candidate.fact.geonames_id = None;
            candidate.fact.population = None;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_name_come_off_one_by_one() {
        let names = |text: &str| forms(text).into_iter().map(|f| f.name).collect::<Vec<_>>();
        assert_eq!(names("the northern Homs province"), ["the northern Homs province", "northern Homs province", "Homs province", "Homs"]);
        assert_eq!(names("PHNOM PENH"), ["Phnom Penh"]);
        assert_eq!(names("Loudon Co."), ["Loudon County", "Loudon"]);
        assert_eq!(names("Russians"), ["Russians", "Russian"]);
        assert_eq!(names("UAE"), ["UAE"]);
        assert!(names("the village").is_empty());
        assert_eq!(forms("Homs province").last().and_then(|f| f.kind), Some(Kind::Admin1));
    }
}
