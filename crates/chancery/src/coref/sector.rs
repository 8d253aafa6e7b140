//! The sector of an actor: what its words say, weighed against what all mentions of the article tell together (`chancery_model::Reader::whose`).
//!
//! "Ms Arai ... said the strike would go on": a unionist, whom no word of her name tells; "fighters": rebels here, soldiers there.

use super::{Builder, Cast, Entity};
use chancery_knowledge::ActorKind;
use chancery_model::{NONE, Reader};

impl Entity {
    /// The sector that words give ([`NONE`] for none), and whether for being a state. Nothing where that settles it: who is known by name is what he
    /// is known for, and former officials are `ELI`, as PLOVER has them.
    fn coded(&self) -> Option<(&str, bool)> {
        let r = &self.resolved;
        let is_state = r.kind == ActorKind::State;
        let is_known = (r.row.is_some() || r.id.is_some()) && !is_state;
        match r.sector.as_deref() {
            _ if is_known => None,
            Some(sector) => (sector != "ELI").then_some((sector, is_state)),
            None => Some((if is_state { "GOV" } else { NONE }, is_state)),
        }
    }
}

impl Cast {
    /// What is to be weighed of the sector of mention `m` of sentence `i`: what words give the first actor that it stands for, and whether for being a state.
    pub fn coded(&self, i: usize, m: usize) -> Option<(&str, bool)> {
        self.entities[self.references[i][m].first()?.entity].coded()
    }
}

impl Builder<'_> {
    /// The sector of each mention but of places and of states that are named as such.
    pub(super) fn sectors(&mut self) {
        self.cast.sectors = self.cast.references.iter().map(|refs| vec![None; refs.len()]).collect();
        let Some(reader) = self.reader.filter(|r| !r.sectors().is_empty()) else { return };
        for (i, sentence) in self.sentences.iter().enumerate() {
            for (m, tag) in sentence.reading.mentions.iter().enumerate() {
                if self.cast.coded(i, m).is_none() || matches!(tag.kind.as_str(), "st" | "pl" | "da") {
                    continue;
                }
                let told = self.read_together(i, m).sectors;
                self.cast.sectors[i][m] = self.cast.coded(i, m).and_then(|(words, is_state)| likeliest(reader, &told, words, is_state));
            }
        }
    }
}

/// How much surer of another sector the network must be than of the one that words give, in log odds.
const SURER: f32 = 1.0;

/// The likeliest sector; nothing where none is likeliest, that of the words is not clearly less likely, or the network has not learned that one.
fn likeliest(reader: &Reader, told: &[f32], words: &str, is_state: bool) -> Option<String> {
    let names = reader.sectors();
    let favoured = |k: usize| if words != NONE && names[k] == words { SURER } else { 0.0 };
    let scores = told.iter().zip(reader.weigh_sector(words, is_state)).enumerate().map(|(k, (t, w))| (k, t + w + favoured(k)));
    let (best, _) = scores.max_by(|a, b| a.1.total_cmp(&b.1))?;
    names.get(best).filter(|s| *s != NONE).cloned()
}
