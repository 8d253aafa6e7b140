//! Why a record exists, or why a sentence gave none: the readings behind a decision, in words.

use crate::{
    analysis::analyse_sentence,
    coder::Coder,
    coref,
    event::{Refusal, report},
    names,
    phrases::english,
    places::Places,
    reconcile,
    scene::{Scene, best},
};
use chancery_knowledge::Knowledge;
use chancery_model::Predicate;
use chancery_record::{Actor, EventReport, Evidence, LedgerEntry, Record, Text};
use std::fmt::Write;

/// What was seen in one sentence and what became of each predicate.
pub fn sentence(words: &str, coder: &Coder) -> String {
    let text = Text::new(words);
    let mut sentences = [analyse_sentence(words, coder.reader())];
    names::mend(words, &mut sentences, coder.knowledge(), &coder.reader().labels().upos);
    let cast = coref::cast(coref::Input {
        text: words,
        sentences: &sentences,
        knowledge: coder.knowledge(),
        date: None,
        filed_in: None,
        reader: Some(coder.reader()),
    });
    let places = Places::of_article(words, &sentences, &cast, None, coder.knowledge());
    let scene = Scene {
        text: &text,
        article_id: "",
        sentences: &sentences,
        cast: &cast,
        places: &places,
        knowledge: coder.knowledge(),
        labels: coder.reader().labels(),
        published: None,
        genre: english().genre(&words.to_lowercase()),
    };
    let mut out = String::new();
    mentions(&scene, &mut out);
    if sentences[0].reading.predicates.is_empty() {
        out.push_str("No predicate: no word of the sentence reads like a political event or an act of speech.\n");
    }
    for predicate in &sentences[0].reading.predicates {
        explain_predicate(&scene, predicate, coder.options().min_confidence, &mut out);
    }
    out
}

fn mentions(scene: &Scene, out: &mut String) {
    for (m, tag) in scene.sentences[0].reading.mentions.iter().enumerate() {
        let words = scene.mention_span(0, m).slice(scene.text.as_str()).unwrap_or_default();
        let who = match tag.kind.as_str() {
            "da" => scene
                .when(0, m, false)
                .map(|w| format!("date, {}", w.start.unwrap_or_else(|| "not resolvable".to_owned())))
                .unwrap_or_default(),
            "pl" => scene.place(0, m).map(|p| format!("place, {}", p.country.unwrap_or_else(|| "unknown".to_owned()))).unwrap_or_default(),
            _ => scene.actors(0, m).iter().map(who).collect::<Vec<_>>().join(" + "),
        };
        let _ = writeln!(out, "mention    {words:?} = {who}");
    }
}

fn who(actor: &Actor) -> String {
    let parts = [actor.country.as_deref(), actor.sector.as_deref(), actor.office.as_deref()];
    let known: Vec<&str> = parts.into_iter().flatten().collect();
    let known = if known.is_empty() { "unknown".to_owned() } else { known.join(" ") };
    let mut why = format!("rule: {}", actor.rule.as_deref().unwrap_or("none"));
    if let Some(score) = actor.score {
        let _ = write!(why, " {score:.2}");
    }
    if let Some(row) = &actor.row {
        let _ = write!(why, ", {row}");
    }
    if actor.sector_by_article {
        why.push_str(", sector told by the article");
    }
    if let Some(other) = &actor.runner_up {
        let named: Vec<&str> = [&other.name, &other.country].into_iter().flatten().map(String::as_str).collect();
        let _ = write!(why, "; next best: {} {:.2}", named.join(" "), other.score);
    }
    format!("{known} ({why})")
}

fn explain_predicate(scene: &Scene, p: &Predicate, min_confidence: f32, out: &mut String) {
    let span = scene.sentences[0].span_of(p.first, p.last);
    let words = span.slice(scene.text.as_str()).unwrap_or_default();
    let _ = writeln!(out, "predicate  {words:?} ({:.2}; event {:.2}, act of speech {:.2})", p.score, p.event, p.cue);
    let _ = writeln!(out, "           types: {}", ranked(&scene.labels.types, &p.types, 3));
    let _ = writeln!(
        out,
        "           status: {}   ledger: {}",
        ranked(&scene.labels.statuses, &p.statuses, 2),
        ranked(&scene.labels.ledgers, &p.ledgers, 2)
    );
    for link in &p.links {
        let (role, score) = best(&link.role);
        let (speech, speech_score) = best(&link.speech);
        let names = [["", "actor", "recipient", "place", "date"][role], ["", "speaker", "addressee"][speech]];
        for (name, score) in names.into_iter().zip([score, speech_score]).filter(|n| !n.0.is_empty()) {
            let mention = scene.mention_span(0, link.mention).slice(scene.text.as_str()).unwrap_or_default();
            let _ = writeln!(out, "           {name}: {mention:?} ({score:.2})");
        }
    }
    let verdict = match report(scene, &[], 0, p, min_confidence) {
        Ok(e) => format!("event report: {}", line(&e)),
        Err(Refusal::NoEvent(score)) => format!("no event: \"no event\" is the best reading ({score:.2})"),
        Err(Refusal::Unsure(t, score)) => {
            format!("no event: {t} is likely, but {score:.2} is below the threshold of {min_confidence:.2} (--min-confidence)")
        }
        Err(Refusal::Private) => "no event: firms among themselves, in an article about firms, or private crime".to_owned(),
        Err(Refusal::Asked) => "no event: it is part of a question".to_owned(),
        Err(Refusal::Sport) => "no event: the words are those of a match report".to_owned(),
        Err(Refusal::PressEvent) => "no event: a press event is the occasion of statements, no talks".to_owned(),
        Err(Refusal::Told) => "no event: the verb it belongs to has the report".to_owned(),
        Err(Refusal::RoleInTalks) => "no event: it says who took part in talks that have a report of their own".to_owned(),
        Err(Refusal::NoActor(t)) => format!("no event: it reads as {t}, but no actor and no recipient is tied to it in this sentence"),
    };
    let _ = writeln!(out, "           -> {verdict}");
}

fn ranked(names: &[String], scores: &[f32], n: usize) -> String {
    let mut rows: Vec<(&String, &f32)> = names.iter().zip(scores).collect();
    rows.sort_by(|a, b| b.1.total_cmp(a.1));
    rows.iter().take(n).map(|(name, score)| format!("{name} {score:.2}")).collect::<Vec<_>>().join(", ")
}

fn line(e: &EventReport) -> String {
    let side =
        |actors: &[Actor]| actors.iter().map(|a| a.country.clone().unwrap_or_else(|| a.text.clone())).collect::<Vec<_>>().join(" + ");
    let mode = e.mode.as_ref().map(|m| format!("/{m}")).unwrap_or_default();
    let cameo = e.cameo.as_deref().unwrap_or("-");
    format!(
        "{}{mode} {} {} -> {} (CAMEO {cameo}, confidence {:.2})",
        e.event_type,
        e.status.code(),
        side(&e.actors),
        side(&e.recipients),
        e.confidence
    )
}

/// What tied the reports of an event, or the entries of an item, among all `records` of its result.
pub fn ties(joined: &Record, records: &[Record], knowledge: &Knowledge) -> String {
    let sources = reconcile::Sources::of(records, reconcile::Strictness::default());
    let find = |id: &String| records.iter().find(|r| r.id() == id.as_str());
    let (id, parts, ties) = match joined {
        Record::Event(e) => {
            let of: Vec<&EventReport> =
                e.reports.iter().filter_map(find).filter_map(|r| if let Record::EventReport(x) = r { Some(x) } else { None }).collect();
            (&e.id, &e.reports, reconcile::report_ties(&of, &sources))
        }
        Record::LedgerItem(i) => {
            let of: Vec<&LedgerEntry> =
                i.entries.iter().filter_map(find).filter_map(|r| if let Record::LedgerEntry(x) = r { Some(x) } else { None }).collect();
            (&i.id, &i.entries, reconcile::entry_ties(&of, &sources, knowledge))
        }
        other => return format!("{}: one article's own words, joined from nothing\n", other.id()),
    };
    let told = |id: &String| -> String {
        let Some(record) = find(id) else { return format!("{id} (not in this result)") };
        let (article, title) = match record {
            Record::EventReport(r) => (&r.article_id, &r.title),
            Record::LedgerEntry(r) => (&r.article_id, &r.title),
            _ => return id.clone(),
        };
        let source = sources.get(article);
        let outlet = source.and_then(|s| s.outlet.as_deref()).unwrap_or("unnamed outlet");
        let date = source.and_then(|s| s.published.as_deref()).unwrap_or("undated");
        format!("{id} {title:?} ({outlet}, {date})")
    };
    let mut out = format!("{id}: joined from {}\n", parts.len());
    let tie = |part: &String| ties.iter().find(|t| t.0 == *part);
    let first = parts.iter().find(|p| tie(p).is_none());
    for part in parts {
        let _ = writeln!(out, "  {}", told(part));
        match tie(part) {
            Some((_, to, why)) => _ = writeln!(out, "    = {to}: {why}"),
            None if Some(part) == first => {}
            None => {
                _ = writeln!(out, "    the usual strictness ties it to none of the others: a verdict or another --strictness joined it")
            }
        }
    }
    let verdicts = records.iter().filter_map(|r| if let Record::Verdict(v) = r { Some(v) } else { None });
    for v in verdicts.filter(|v| v.applied.iter().any(|a| a.id == *id)) {
        let _ = writeln!(out, "  {} by {}, {} ({})", v.act.code(), v.by, v.on, v.id);
    }
    out
}

/// Where each role of a record stands, and who its actors are.
fn evidence<'a>(out: &mut String, evidence: &[Evidence], actors: impl Iterator<Item = &'a Actor>) {
    for evidence in evidence {
        let role = serde_json::to_value(evidence.role).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let _ = writeln!(out, "  {role:<10} {:?} [{}..{}]", evidence.quote.quote, evidence.quote.start, evidence.quote.end);
    }
    for actor in actors {
        let _ = writeln!(out, "  {:?} = {}", actor.text, who(actor));
    }
}

/// The rule or model, score and runners-up of a record, and the reading of its sentence.
pub fn record(record: &Record, text: Option<&str>, coder: &Coder) -> String {
    let mut out = String::new();
    let range = match record {
        Record::EventReport(e) => {
            let _ = writeln!(out, "{}: {}", e.id, line(e));
            let others: Vec<String> =
                e.why.runner_up.iter().map(|r| format!("{} {:.2}", r.event_type.map_or("no event", |t| t.code()), r.score)).collect();
            let _ = writeln!(out, "licensed by: {} (score {:.2}); runners-up: {}", e.why.rule, e.why.score, others.join(", "));
            evidence(&mut out, &e.evidence, e.actors.iter().chain(&e.recipients));
            e.sentence
        }
        Record::Statement(s) => {
            let _ = writeln!(
                out,
                "{}: {} {:?} because of the cue {:?}; speaker {}",
                s.id,
                s.speaker.text,
                s.content.quote,
                s.cue.quote,
                who(&s.speaker)
            );
            evidence(&mut out, &s.evidence, s.addressee.iter().chain(&s.about));
            s.sentence
        }
        Record::LedgerEntry(l) => {
            let _ = writeln!(out, "{}: {} ({}), because of {:?}", l.id, l.kind.code(), l.status.as_deref().unwrap_or("mentioned"), l.title);
            evidence(&mut out, &l.evidence, l.parties.iter().chain(&l.reported_by));
            l.sentence
        }
        other => return format!("{}: not made by a rule or the model; see `chancery show`\n", other.id()),
    };
    let words = text.and_then(|t| Text::new(t).offsets().span_of_chars(range.start, range.end).and_then(|s| s.slice(t)));
    match words {
        Some(words) => {
            let _ = writeln!(out, "\nthe sentence read alone (without the article's names and dates):\n{words}");
            out.push_str(&sentence(words, coder));
        }
        None => out.push_str("the page text is not in the result; code it without --no-text to see the reading\n"),
    }
    out
}
