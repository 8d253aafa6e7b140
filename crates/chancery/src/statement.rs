//! Speech cues -> statements: who said what, on which occasion.

mod cues;
mod turn;

use crate::{
    content::{self, Clause, CueSite, Quotation},
    phrases::english,
    scene::{Role, Scene, linked},
};
use chancery_model::Predicate;
use chancery_record::{Actor, EvidenceRole, From, LedgerKind, Occasion, Span, Stance, Statement, id};
use turn::Turn;

/// A statement with what later stages need of it.
pub struct Said {
    /// The record.
    pub record: Statement,
    /// Index of its sentence.
    pub sentence: usize,
    /// Words of the cue.
    pub cue: (usize, usize),
    /// The content in bytes.
    pub content: Span,
}

/// An occasion of the article, with the sentence that names it.
#[derive(Clone)]
pub struct Stage {
    /// The record part.
    pub occasion: Occasion,
    /// Index of its sentence.
    pub sentence: usize,
    /// Ledger kind and status it gives rise to.
    pub ledger: Option<(LedgerKind, &'static str)>,
}

/// The statements of an article, in text order, and the occasions found.
pub fn statements(scene: &Scene) -> (Vec<Said>, Vec<Stage>) {
    let (mut said, mut stages) = (Vec::new(), Vec::<Stage>::new());
    let mut last_speaker: Option<Actor> = None;
    let quotations = content::quotations(scene.text.as_str(), scene.sentences);
    let turns = turn::turns(scene);
    for (i, sentence) in scene.sentences.iter().enumerate() {
        if sentence.is_headline {
            continue;
        }
        stages.extend(stage(scene, i));
        let occasion = stages.iter().rev().find(|s| s.sentence <= i).map(|s| s.occasion.clone());
        if let Some(turn) = turns.iter().find(|t| t.sentence == i) {
            said.extend(in_turn(scene, turn, occasion.clone()));
            last_speaker = Some(turn.speaker.clone());
        }
        let telling = Telling { scene, i, clause: clause(scene, i, &quotations), quotations: &quotations, occasion };
        let (mut found, speaker) = telling.statements(last_speaker.as_ref());
        if found.is_empty() {
            found.extend(telling.going_on(said.last()));
        }
        said.extend(found);
        last_speaker = speaker.or(last_speaker);
    }
    (said, stages)
}

fn clause<'a>(scene: &'a Scene, i: usize, quotations: &'a [Vec<Quotation>]) -> Clause<'a> {
    Clause { text: scene.text.as_str(), sentence: &scene.sentences[i], quotations: &quotations[i], upos: &scene.labels.upos }
}

/// A turn of a transcript as a statement; the colon is its cue.
fn in_turn(scene: &Scene, turn: &Turn, occasion: Option<Occasion>) -> Option<Said> {
    let cue = scene.sentences[turn.sentence].span_of(turn.colon, turn.colon + 1);
    let asks = turn.content.slice(scene.text.as_str())?.trim_end().ends_with('?');
    let stance = if asks { Stance::Ask } else { Stance::Assert };
    let telling =
        Told { sentence: turn.sentence, speaker: turn.speaker.clone(), cue, content: turn.content, stance, addressee: None, occasion };
    Some(Said { record: telling.record(scene)?, sentence: turn.sentence, cue: (turn.colon, turn.colon + 1), content: turn.content })
}

/// What makes a statement.
struct Told {
    sentence: usize,
    speaker: Actor,
    cue: Span,
    content: Span,
    stance: Stance,
    addressee: Option<Actor>,
    occasion: Option<Occasion>,
}

impl Told {
    fn record(self, scene: &Scene) -> Option<Statement> {
        let Told { sentence, speaker, cue, content, stance, addressee, occasion } = self;
        let speaker_span = scene.text.offsets().span_of_chars(speaker.start, speaker.end)?;
        let evidence = [scene.evidence(EvidenceRole::Predicate, cue), scene.evidence(EvidenceRole::Speaker, speaker_span)];
        let (at, cue) = (cue.start.to_string(), scene.quote(cue)?);
        Some(Statement {
            id: id("st", &[scene.article_id, &at, &cue.quote]),
            article_id: scene.article_id.to_owned(),
            sentence: scene.text.range(scene.sentences[sentence].span),
            speaker,
            stance,
            cue,
            quoted: content::is_quoted(scene.text.as_str(), content),
            content: scene.quote(content)?,
            addressee,
            occasion,
            about: about(scene, content),
            evidence: evidence.into_iter().flatten().collect(),
        })
    }
}

/// A sentence in which somebody may say something.
struct Telling<'a> {
    scene: &'a Scene<'a>,
    i: usize,
    clause: Clause<'a>,
    quotations: &'a [Vec<Quotation>],
    occasion: Option<Occasion>,
}

impl Telling<'_> {
    /// Its statements, and the first who speaks in it. A cue without a speaker has that one, or `before`.
    fn statements(&self, before: Option<&Actor>) -> (Vec<Said>, Option<Actor>) {
        let (scene, i) = (self.scene, self.i);
        let predicates = &self.clause.sentence.reading.predicates;
        let cues: Vec<&Predicate> = predicates.iter().filter(|p| cues::speaks(scene, &self.clause, i, p)).collect();
        let sites: Vec<CueSite> = cues.iter().map(|cue| self.site(cue)).collect();
        let (mut found, mut here) = (Vec::new(), None::<Actor>);
        for (k, cue) in cues.iter().enumerate() {
            let hangs = self.hangs(&sites, k);
            // who stands behind a participle belongs to what it tells: "adding that Mr Okello would follow"
            let is_before = |m: &usize| self.clause.sentence.reading.mentions[*m].last <= cue.first;
            let linked = self.speaker(cue).filter(|m| !hangs || here.is_none() || is_before(m));
            let own = linked.and_then(|m| scene.actors(i, m).into_iter().next()).or_else(|| self.unmarked(&sites[k]));
            let is_of_another = hangs && cues::is_of_another(&self.clause, cue, sites[k - 1].last);
            if is_of_another || own.is_none() && self.clause.lower(cue.first) == "according" {
                continue;
            }
            let inherited = || here.clone().or_else(|| before.cloned()).map(|a| Actor { from: Some(From::Coref), ..a });
            let Some(speaker) = own.or_else(inherited) else { continue };
            here = here.or_else(|| Some(speaker.clone()));
            found.extend(self.said(&sites, k, speaker, cue));
        }
        (found, here)
    }

    /// "They beat us," said the leader. "Soldiers killed six.": a quotation without a cue right behind one of the same paragraph has the cue of that.
    fn going_on(&self, before: Option<&Said>) -> Option<Said> {
        let (scene, i, sentence) = (self.scene, self.i, self.clause.sentence);
        let before = before.filter(|s| s.record.quoted && scene.sentences[s.sentence].paragraph == sentence.paragraph)?;
        let is_near = before.sentence + 1 == i || before.content.end >= scene.sentences.get(i.checked_sub(1)?)?.words.last()?.start;
        let q = self.quotations[i].iter().find(|q| is_near && q.opens && q.first == 0 && q.last + 1 >= sentence.words.len())?;
        let last = q.last - usize::from(q.closes);
        let own = sentence.span_of(q.first + 1, last.max(q.first + 1));
        let content = content::whole(scene.text.as_str(), scene.sentences, self.quotations, i, own);
        let mut record = Told {
            sentence: i,
            speaker: Actor { from: Some(From::Coref), ..before.record.speaker.clone() },
            cue: before.record.cue.span(),
            content,
            stance: before.record.stance,
            addressee: None,
            occasion: self.occasion.clone(),
        }
        .record(scene)?;
        // one cue has two contents
        record.id = id("st", &[&before.record.id, &content.start.to_string()]);
        Some(Said { record, sentence: i, cue: (q.first, q.first + 1), content })
    }

    fn site(&self, cue: &Predicate) -> CueSite {
        let words = |m: usize| (self.clause.sentence.reading.mentions[m].first, self.clause.sentence.reading.mentions[m].last);
        // a participle has the speaker of the clause it hangs on: "She said ..., adding that ..."
        let hangs = self.clause.lower(cue.first).ends_with("ing") && self.is_later(cue);
        let speaker = self.speaker(cue).filter(|_| !hangs).map(words);
        let site = CueSite { first: cue.first, last: cue.last, speaker, addressee: self.scene.speech(cue, 2).map(words) };
        let unmarked = || self.clause.unmarked_speaker(&site).filter(|_| !hangs);
        CueSite { speaker: speaker.or_else(unmarked), ..site }
    }

    /// The mention that speaks; of several that are joined the first: "Egypt and Chad welcomed".
    fn speaker(&self, cue: &Predicate) -> Option<usize> {
        let mentions = &self.clause.sentence.reading.mentions;
        let speaks = |m: usize| cue.links.iter().any(|l| l.mention == m && l.speech[1] >= 0.5);
        let joins = |w: usize| matches!(self.clause.lower(w).as_str(), "," | "and");
        let mut first = speaker(self.scene, cue)?;
        let before = |m: usize| (0..m).rev().find(|k| speaks(*k) && (mentions[*k].last..mentions[m].first).all(joins));
        while let Some(other) = before(first) {
            first = other;
        }
        Some(first)
    }

    fn is_later(&self, cue: &Predicate) -> bool {
        let all = &self.clause.sentence.reading.predicates;
        all.iter().any(|p| p.first < cue.first && cues::speaks(self.scene, &self.clause, self.i, p))
    }

    fn hangs(&self, sites: &[CueSite], k: usize) -> bool {
        k > 0 && self.clause.lower(sites[k].first).ends_with("ing")
    }

    /// The speaker of a cue that is no mention: "..., management said", "according to census figures".
    fn unmarked(&self, site: &CueSite) -> Option<Actor> {
        let (first, last) = site.speaker?;
        Some(Actor::unresolved(&self.scene.quote(self.clause.sentence.span_of(first, last))?))
    }

    fn said(&self, sites: &[CueSite], k: usize, speaker: Actor, cue: &Predicate) -> Option<Said> {
        let scene = self.scene;
        let own = content::content(&self.clause, sites, k)?;
        let addressee = scene.speech(cue, 2).filter(|m| !own.contains(&scene.mention_span(self.i, *m)));
        let addressee = addressee.and_then(|m| scene.actors(self.i, m).into_iter().next());
        let content = content::whole(scene.text.as_str(), scene.sentences, self.quotations, self.i, own);
        let span = self.clause.sentence.span_of(cue.first, cue.last);
        let stance = self.stance(cue, span.slice(scene.text.as_str())?);
        let told = Told { sentence: self.i, speaker, cue: span, content, stance, addressee, occasion: self.occasion.clone() };
        let record = told.record(scene)?;
        Some(Said { record, sentence: self.i, cue: (cue.first, cue.last), content })
    }

    /// What the cue does; who calls something a name demands nothing.
    fn stance(&self, cue: &Predicate, words: &str) -> Stance {
        let stance = english().stance(&words.to_lowercase());
        let names = cues::is_call(&self.clause, cue) && !cues::calls_for(&self.clause, cue);
        if names { Stance::Assert } else { stance }
    }
}

/// Those of whom a content speaks.
fn about(scene: &Scene, content: Span) -> Vec<Actor> {
    let touched = scene.sentences.iter().enumerate().filter(|(_, s)| !s.is_headline && s.span.overlaps(&content));
    let mentions = touched.flat_map(|(i, s)| s.reading.mentions.iter().enumerate().map(move |(m, tag)| (i, m, tag)));
    let inside = mentions.filter(|(i, m, tag)| content.contains(&scene.mention_span(*i, *m)) && !matches!(tag.kind.as_str(), "da" | "pl"));
    let actors = inside.flat_map(|(i, m, _)| scene.actors(i, m));
    actors.filter(|a| a.country.is_some() || a.sector.is_some()).collect()
}

/// The mention that speaks: the linked speaker, else the actor of the event that the cue is.
fn speaker(scene: &Scene, cue: &Predicate) -> Option<usize> {
    scene.speech(cue, 1).or_else(|| linked(cue, Role::Actor).first().copied())
}

/// The occasion a sentence names: a phrase of the word list, or an opening "Speaking at ..., ".
fn stage(scene: &Scene, i: usize) -> Option<Stage> {
    let sentence = &scene.sentences[i];
    let words = sentence.span.slice(scene.text.as_str())?;
    let lower = words.to_ascii_lowercase();
    let listed = english()
        .occasion(&lower)
        .map(|(from, to, kind, status)| (Span::new(sentence.span.start + from, sentence.span.start + to), Some((kind, status))));
    let (span, ledger) = listed.or_else(|| opening(sentence.span, &lower).map(|s| (s, None)))?;
    let near = |m: &usize| {
        let at = scene.mention_span(i, *m);
        let gap = if at.start >= span.end { at.start - span.end } else { span.start.saturating_sub(at.end) };
        gap <= 60 || span.contains(&at)
    };
    let of_kind = |kinds: &[&str]| {
        (0..sentence.reading.mentions.len()).filter(|m| kinds.contains(&sentence.reading.mentions[*m].kind.as_str())).find(near)
    };
    let after_in = |m: &usize| {
        let first = sentence.reading.mentions[*m].first;
        first > 0 && matches!(sentence.lower(scene.text.as_str(), first - 1).as_str(), "in" | "at")
    };
    let state = || (0..sentence.reading.mentions.len()).filter(|m| sentence.reading.mentions[*m].kind == "st").filter(near).find(after_in);
    let place = of_kind(&["pl"]).or_else(state).and_then(|m| scene.quote(scene.mention_span(i, m)));
    let date = of_kind(&["da"]).and_then(|m| scene.when(i, m, false));
    Some(Stage { occasion: Occasion { text: scene.quote(span)?, place, date }, sentence: i, ledger })
}

/// "Speaking at the annual forum in Lima on Monday, he ..." -> the words after the preposition, up to the comma.
fn opening(sentence: Span, lower: &str) -> Option<Span> {
    const OPENINGS: [&str; 8] =
        ["speaking at ", "speaking during ", "speaking after ", "addressing ", "in a speech at ", "in remarks at ", "at a ", "during a "];
    let opening = OPENINGS.iter().find(|o| lower.starts_with(**o))?;
    let comma = lower.find(',')?;
    (comma > opening.len() + 3).then(|| Span::new(sentence.start + opening.len(), sentence.start + comma))
}

#[cfg(test)]
mod tests;
