//! The sector of an actor: what its words say, weighed against what all mentions of the article tell together (`chancery_model::Reader::whose`).
//!
//! "Ms Arai ... said the strike would go on": a unionist, whom no word of her name tells; "fighters": rebels here, soldiers there.

use super::{Builder, Cast, Entity};
use chancery_knowledge::ActorKind;
use chancery_model::{Basis, NONE, Reader};

impl Entity {
    /// The sector that words give, and what that rests on.
    fn coded(&self) -> (Option<&str>, Basis) {
        let r = &self.resolved;
        let is_state = r.kind == ActorKind::State;
        let basis = match r.row.is_some() || r.id.is_some() {
            _ if is_state => Basis::State,
            true => Basis::Name,
            false => Basis::Words,
        };
        (r.sector.as_deref().or(is_state.then_some("GOV")), basis)
    }
}

impl Cast {
    /// The sector that words give the first actor that mention `m` of sentence `i` stands for, and what that rests on.
    pub fn coded(&self, i: usize, m: usize) -> Option<(Option<&str>, Basis)> {
        self.references[i][m].first().map(|r| self.entities[r.entity].coded())
    }
}

impl Builder<'_> {
    /// The sector of each mention but of places and of states that are named as such.
    pub(super) fn sectors(&mut self) {
        self.cast.sectors = self.cast.references.iter().map(|refs| vec![None; refs.len()]).collect();
        let Some(reader) = self.reader.filter(|r| !r.sectors().is_empty()) else { return };
        let asked = |i: usize, m: usize| !matches!(self.sentences[i].reading.mentions[m].kind.as_str(), "st" | "pl" | "da");
        let all = self.cast.references.iter().enumerate().flat_map(|(i, refs)| (0..refs.len()).map(move |m| (i, m)));
        let all: Vec<(usize, usize)> = all.filter(|(i, m)| asked(*i, *m) && !self.cast.references[*i][*m].is_empty()).collect();
        for (i, m) in all {
            let told = self.read_together(i, m).sectors;
            self.cast.sectors[i][m] = self.cast.coded(i, m).and_then(|(coded, basis)| likeliest(reader, &told, coded, basis));
        }
    }
}

/// The likeliest sector; nothing where none is likeliest, or the network has not learned the one that words give. Who is known by name stays what he is
/// known for, and former officials `ELI`, as PLOVER has them.
fn likeliest(reader: &Reader, told: &[f32], coded: Option<&str>, basis: Basis) -> Option<String> {
    if coded == Some("ELI") || coded.is_some() && basis == Basis::Name {
        return None;
    }
    let words = reader.weigh_sector(coded.unwrap_or(NONE), basis);
    let scores = told.iter().zip(words).map(|(t, w)| t + w);
    let (best, _) = scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    reader.sectors().get(best).filter(|s| *s != NONE).cloned()
}
