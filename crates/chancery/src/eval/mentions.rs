//! What `training/whose.py` learns from: the mentions of our annotated documents as the network reads them, with what speaks for each country
//! and the country that the annotation gives.

use super::{
    annotation::{self, Document},
    corpus::{Split, article, joined},
};
use crate::{coder::Coder, coref};
use chancery_model::{Evidence, NONE};
use chancery_record::Span;
use serde_json::{Value, json};
use std::{collections::HashMap, path::Path};

/// The greatest number of a vector, which is given in whole numbers.
const STEPS: f32 = 127.0;

/// One row for each document of the corpus at `path`, in order: `{document, split, countries, mentions, ties}`. A mention is `{sentence, kind,
/// vector, scale, country, kin, evidence, gold, sector, coded}`: its vector is `scale * vector`, `country` a number into `countries` or null, `evidence` one list
/// for each country or null where nobody weighed any, `gold` country codes or null where the annotation marks no such mention, `sector` the annotation's (`-` for none, null where it marks no such mention) and
/// `coded` what its words give, which the network is to weigh, and 1 if that is for being a state; null where nothing is weighed. `ties` holds one
/// letter (`a` is 0) for each of the four sorts of tie of each ordered pair of mentions.
pub fn rows(path: &Path, coder: &Coder, each: &mut dyn FnMut(&Value) -> Result<(), String>) -> Result<(), String> {
    annotation::documents(path)?.iter().try_for_each(|document| each(&row(document, coder)))
}

fn row(document: &Document, coder: &Coder) -> Value {
    let (text, starts) = joined(document);
    let sentences = coder.analyse(&text, &article(document, &starts));
    let input = coref::Input {
        text: &text,
        sentences: &sentences,
        knowledge: coder.knowledge(),
        date: None,
        filed_in: None,
        reader: Some(coder.reader()),
    };
    let mut weighed: HashMap<(usize, usize), Vec<[f32; Evidence::N]>> = HashMap::new();
    let cast = coref::cast_watched(input, &mut |w| {
        weighed.insert((w.sentence, w.mention), w.evidence.iter().map(Evidence::numbers).collect());
    });
    let all = coref::mentioned(&text, &sentences, &cast);
    let mention = |m: &chancery_model::Mentioned| {
        let span = sentences[m.sentence].span_of(m.tag.first, m.tag.last);
        let scale = m.vector.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs())) / STEPS;
        let gold = gold(document, &starts, span);
        let vector: Vec<i8> = m.vector.iter().map(|x| (x / scale).round() as i8).collect();
        json!({
            "sentence": m.sentence, "kind": m.tag.kind, "vector": vector, "scale": scale, "country": m.country, "kin": m.kin,
            "evidence": weighed.get(&(m.sentence, m.place)), "gold": gold.map(|g| g.countries().collect::<Vec<_>>()),
            "sector": gold.map(|g| g.sector().unwrap_or(NONE)), "coded": cast.coded(m.sentence, m.place).map(|(sector, is_state)| (sector, u8::from(is_state))),
        })
    };
    let letter = |sort: u8| char::from(b'a' + sort);
    let ties: String = chancery_model::ties(&all).into_iter().flatten().map(letter).collect();
    let split = Split::NAMES.iter().find(|n| n.parse().is_ok_and(|s: Split| s.holds(&document.name)));
    let mentions: Vec<Value> = all.iter().map(mention).collect();
    json!({"document": document.name, "split": split, "countries": cast.candidates, "mentions": mentions, "ties": ties})
}

/// The annotated mention that shares most with `span`.
fn gold<'d>(document: &'d Document, starts: &[usize], span: Span) -> Option<&'d annotation::Mention> {
    let i = starts.partition_point(|s| *s <= span.start).checked_sub(1)?;
    let moved = |s: Span| Span::new(starts[i] + s.start, starts[i] + s.end);
    let shared = |m: &&annotation::Mention| moved(m.span).end.min(span.end).saturating_sub(moved(m.span).start.max(span.start));
    document.sentences[i].mentions.iter().filter(|m| shared(m) > 0).max_by_key(shared)
}
