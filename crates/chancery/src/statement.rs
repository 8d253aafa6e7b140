//! Speech cues -> statements: who said what, on which occasion.

use crate::{
    content::{self, CueSite},
    phrases::english,
    scene::{Role, Scene, linked},
};
use chancery_model::Predicate;
use chancery_record::{Actor, EvidenceRole, From, LedgerKind, Occasion, Span, Statement, id};

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
    for (i, sentence) in scene.sentences.iter().enumerate() {
        if sentence.is_headline {
            continue;
        }
        stages.extend(stage(scene, i));
        let cues: Vec<_> = sentence.reading.predicates.iter().filter(|p| speaks(scene, i, p)).collect();
        // a participle has the speaker of the clause it hangs on: "She said ..., adding that ..."
        let hangs = |k: usize| k > 0 && sentence.lower(scene.text.as_str(), cues[k].first).ends_with("ing");
        let words = |m: usize| (sentence.reading.mentions[m].first, sentence.reading.mentions[m].last);
        let sites: Vec<CueSite> = cues
            .iter()
            .enumerate()
            .map(|(k, p)| CueSite {
                first: p.first,
                last: p.last,
                speaker: speaker(scene, p).filter(|_| !hangs(k)).map(words),
                addressee: scene.speech(p, 2).map(words),
            })
            .collect();
        let mut here: Option<Actor> = None;
        for (k, cue) in cues.iter().enumerate() {
            let own = speaker(scene, cue).and_then(|m| scene.actors(i, m).into_iter().next()).filter(|_| !hangs(k) || here.is_none());
            let inherited = || here.clone().or_else(|| last_speaker.clone()).map(|a| Actor { from: Some(From::Coref), ..a });
            let Some(speaker) = own.or_else(inherited) else { continue };
            here = here.or_else(|| Some(speaker.clone()));
            let Some(content) = content::content(scene.text.as_str(), sentence, &sites, k) else { continue };
            let addressee = scene.speech(cue, 2).and_then(|m| scene.actors(i, m).into_iter().next());
            let occasion = stages.iter().rev().find(|s| s.sentence <= i).map(|s| s.occasion.clone());
            if let Some(one) = build(scene, i, (cue.first, cue.last), content, speaker, addressee, occasion) {
                said.push(one);
            }
        }
        last_speaker = here.or(last_speaker);
    }
    (said, stages)
}

/// A cue, or an event in a verb that is an act of speech by itself ("rejected", "urged", "did not rule out").
fn speaks(scene: &Scene, i: usize, p: &Predicate) -> bool {
    let word = |w: usize| scene.sentences[i].lower(scene.text.as_str(), w);
    // "speaking on condition of anonymity" tells how somebody spoke, and not what
    let tells_how = word(p.last) == "on" && word(p.last + 1) == "condition";
    // "issued a travel warning"
    let is_notice = word(p.first) == "warning" && p.first > 0 && word(p.first - 1) == "travel";
    !tells_how && !is_notice && (p.is_cue() || english().speaks(&word(p.first)) && speaker(scene, p).is_some())
}

/// The mention that speaks: the linked speaker, else the actor of the event that the cue is.
fn speaker(scene: &Scene, cue: &Predicate) -> Option<usize> {
    scene.speech(cue, 1).or_else(|| linked(cue, Role::Actor).first().copied())
}

fn build(
    scene: &Scene,
    i: usize,
    cue: (usize, usize),
    content: Span,
    speaker: Actor,
    addressee: Option<Actor>,
    occasion: Option<Occasion>,
) -> Option<Said> {
    let sentence = &scene.sentences[i];
    let cue_span = sentence.span_of(cue.0, cue.1);
    let cue_quote = scene.quote(cue_span)?;
    let speaker_span = scene.text.offsets().span_of_chars(speaker.start, speaker.end)?;
    let evidence = [scene.evidence(EvidenceRole::Predicate, cue_span), scene.evidence(EvidenceRole::Speaker, speaker_span)];
    let stance = english().stance(&cue_quote.quote.to_lowercase());
    let mut about: Vec<Actor> = Vec::new();
    for m in 0..sentence.reading.mentions.len() {
        let inside = content.contains(&scene.mention_span(i, m)) && !matches!(sentence.reading.mentions[m].kind.as_str(), "da" | "pl");
        if inside {
            about.extend(scene.actors(i, m).into_iter().filter(|a| a.country.is_some() || a.sector.is_some()));
        }
    }
    let record = Statement {
        id: id("st", &[scene.article_id, &cue_span.start.to_string(), &cue_quote.quote]),
        article_id: scene.article_id.to_owned(),
        sentence: scene.text.range(sentence.span),
        speaker,
        cue: cue_quote,
        quoted: content::is_quoted(scene.text.as_str(), content),
        content: scene.quote(content)?,
        addressee,
        occasion,
        stance,
        about,
        evidence: evidence.into_iter().flatten().collect(),
    };
    Some(Said { record, sentence: i, cue, content })
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
