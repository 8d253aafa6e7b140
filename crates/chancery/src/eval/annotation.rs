//! Reads the annotated corpus in its own format (`corpus/ANNOTATION.md`).
//!
//! `T [a:st:FRA France] {1 condemned} the raid.` and `E 1 ACCUSE/disapprove o act=a` give one [`Sentence`] with its plain text, one
//! mention, one predicate and one event. Spans are bytes of the plain text. Whether sentences repeat each other is left to
//! `corpus/check.py`; a line that cannot be understood is an error that names file and line.

use chancery_record::{EventType, LedgerKind, Span, Status};
use std::path::{Path, PathBuf};

/// One story or scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its name, unique in the corpus; decides the split it is in.
    pub name: String,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
}

/// One sentence with its annotation. Indices into `mentions` and `predicates` tie the parts together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// Line of the file, 1 for the first.
    pub line: usize,
    /// The words without marks.
    pub text: String,
    /// Actors, places and dates, left to right.
    pub mentions: Vec<Mention>,
    /// Words that make events or acts of speech, left to right.
    pub predicates: Vec<Predicate>,
    /// Condition clauses, left to right.
    pub conditions: Vec<Condition>,
    /// The `E` lines.
    pub events: Vec<Event>,
    /// The `S` lines.
    pub cues: Vec<Cue>,
}

/// A marked actor, place or date.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its letters.
    pub id: String,
    /// `pe ro st or gr pn pl da`.
    pub kind: String,
    /// `ISO3.SECTOR`, `ISO3`, `ISO3+ISO3.SECTOR`, `IGO` ...; none when the text does not tell.
    pub code: Option<String>,
    /// The number that it shares with the document's other mentions of the same actor; none where it is not marked.
    pub chain: Option<usize>,
    /// Its words.
    pub span: Span,
}

impl Mention {
    /// The PLOVER sector of its code, where it has one; NGOs count as civil society, and CAMEO's health and civilians as PLOVER calls them.
    pub fn sector(&self) -> Option<&str> {
        let (_, sector) = self.code.as_deref()?.split_once('.')?;
        Some(match sector {
            "NGO" => "SOC",
            "HLH" => "MED",
            "CIV" => "CVL",
            sector => sector,
        })
    }

    /// The country slot of its code; several for a group of several states.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        let slot = self.code.as_deref().and_then(|c| c.split('.').next()).unwrap_or_default();
        slot.split('+').filter(|c| !c.is_empty() && *c != "-")
    }
}

/// Marked words of an event or of an act of speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// Its digit or letter.
    pub id: String,
    /// Its words; several spans for a split predicate ("took ... to task").
    pub spans: Vec<Span>,
}

/// A marked condition clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// `c` or `k`.
    pub id: String,
    /// Its words.
    pub span: Span,
}

/// An `E` line.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Index of its predicate.
    pub predicate: usize,
    /// The type; none for `NONE`, a predicate that gives a ledger entry but no event.
    pub event_type: Option<EventType>,
    /// The mode after the slash.
    pub mode: Option<String>,
    /// How far it has come.
    pub status: Status,
    /// Mentions of who.
    pub actors: Vec<usize>,
    /// Mentions of to whom.
    pub recipients: Vec<usize>,
    /// Mentions of where.
    pub places: Vec<usize>,
    /// Mentions of when.
    pub dates: Vec<usize>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Ledger kind and status.
    pub ledger: Option<(LedgerKind, String)>,
}

/// An `S` line.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Index of its predicate.
    pub predicate: usize,
    /// Mentions of who speaks.
    pub speakers: Vec<usize>,
    /// Mentions of who is spoken to.
    pub addressees: Vec<usize>,
}

/// The documents of a file, or of the `.txt` files of a folder and of its `sentences` and `articles`.
pub fn documents(path: &Path) -> Result<Vec<Document>, String> {
    let mut out = Vec::new();
    for file in files(path)? {
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        out.extend(parse(&text, &file.display().to_string())?);
    }
    Ok(out)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for folder in [path.to_owned(), path.join("sentences"), path.join("articles")].iter().filter(|f| f.is_dir()) {
        let list = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let files = list.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt"));
        let mut files: Vec<PathBuf> = files.collect();
        files.sort();
        found.extend(files);
    }
    if found.is_empty() {
        return Err(format!("{}: no .txt file there, nor in its folders sentences and articles", path.display()));
    }
    Ok(found)
}

/// The documents of `text`; errors begin with `file` and the line.
pub fn parse(text: &str, file: &str) -> Result<Vec<Document>, String> {
    let mut documents: Vec<Document> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        add(&mut documents, n + 1, line.trim_end()).map_err(|problem| format!("{file}:{}: {problem}", n + 1))?;
    }
    if let Some((line, id)) = documents.iter().flat_map(|d| &d.sentences).find_map(unexplained) {
        return Err(format!("{file}:{line}: predicate {{{id} ...}} has no E or S line"));
    }
    Ok(documents)
}

fn add(documents: &mut Vec<Document>, n: usize, line: &str) -> Result<(), String> {
    if let Some(name) = line.strip_prefix("# doc ") {
        documents.push(Document { name: name.trim().to_owned(), sentences: Vec::new() });
        return Ok(());
    }
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    let document = documents.last_mut().ok_or("no \"# doc NAME\" before the first sentence")?;
    match line.split_once(' ') {
        Some(("T", marked)) => document.sentences.push(sentence(n, marked)?),
        Some(("E", rest)) => {
            let sentence = document.sentences.last_mut().ok_or("no sentence above this line")?;
            sentence.events.push(event(sentence, rest)?);
        }
        Some(("S", rest)) => {
            let sentence = document.sentences.last_mut().ok_or("no sentence above this line")?;
            sentence.cues.push(cue(sentence, rest)?);
        }
        _ => return Err(format!("{line:?} is no T, E or S line")),
    }
    Ok(())
}

/// A predicate without a line of its own: the sentence's line and the predicate's id.
fn unexplained(sentence: &Sentence) -> Option<(usize, &str)> {
    let lines = || sentence.events.iter().map(|e| e.predicate).chain(sentence.cues.iter().map(|c| c.predicate));
    let lost = sentence.predicates.iter().enumerate().find(|(k, _)| !lines().any(|l| l == *k));
    lost.map(|(_, p)| (sentence.line, p.id.as_str()))
}

/// What an opening mark begins.
enum Mark {
    Mention { id: String, kind: String, code: Option<String>, chain: Option<usize> },
    Predicate(String),
    Condition(String),
}

fn sentence(line: usize, marked: &str) -> Result<Sentence, String> {
    let mut out = Sentence { line, ..Sentence::default() };
    let mut open: Vec<(Mark, char, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '[' | '{' | '<' => {
                let (mark, close, length) = opening(rest)?;
                open.push((mark, close, out.text.len()));
                taken = length;
            }
            ']' | '}' | '>' => {
                let (mark, _, start) =
                    open.pop().filter(|o| o.1 == c).ok_or_else(|| format!("{c:?} closes nothing after {:?}", tail(&out.text)))?;
                let span = Span::new(start, out.text.len());
                let words = span.slice(&out.text).unwrap_or_default();
                if words.is_empty() || words.trim() != words {
                    return Err(format!("empty span or space at the edge of a span near {:?}", tail(&out.text)));
                }
                close(&mut out, mark, span)?;
            }
            _ => out.text.push(c),
        }
        rest = &rest[taken..];
    }
    if let Some((_, close, start)) = open.pop() {
        return Err(format!("no {close:?} for the mark before {:?}", &out.text[start..]));
    }
    out.mentions.sort_by_key(|m| m.span);
    out.predicates.sort_by_key(|p| p.spans.first().copied());
    out.conditions.sort_by_key(|c| c.span);
    Ok(out)
}

/// The last characters of `text`, for messages.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The mark at the head of `rest`, the character that closes it, and its length in bytes.
fn opening(rest: &str) -> Result<(Mark, char, usize), String> {
    let head = rest.split(' ').next().unwrap_or_default();
    let bad = || format!("bad mark {head:?}");
    let name = head.get(1..).unwrap_or_default();
    let one_of = |range: std::ops::RangeInclusive<char>| {
        let mut letters = name.chars();
        letters.next().is_some_and(|c| range.contains(&c)) && letters.next().is_none()
    };
    let (mark, close) = match head.chars().next() {
        Some('[') => (mention(name).ok_or_else(bad)?, ']'),
        Some('{') if one_of('0'..='9') || one_of('s'..='v') => (Mark::Predicate(name.to_owned()), '}'),
        Some('<') if name == "c" || name == "k" => (Mark::Condition(name.to_owned()), '>'),
        _ => return Err(bad()),
    };
    if rest.len() == head.len() {
        return Err(bad());
    }
    Ok((mark, close, head.len() + 1))
}

/// `a:ro:JPN.GOV#1` or `d:da`.
fn mention(head: &str) -> Option<Mark> {
    let mut parts = head.split(':');
    let (id, kind, code) = (parts.next()?, parts.next()?, parts.next());
    let is_letters = |s: &str| s.chars().all(|c| c.is_ascii_lowercase());
    const KINDS: [&str; 8] = ["pe", "ro", "st", "or", "gr", "pn", "pl", "da"];
    if parts.next().is_some() || id.is_empty() || id.len() > 2 || !is_letters(id) || !KINDS.contains(&kind) {
        return None;
    }
    let (code, chain) = code.map_or(("-", None), |c| c.split_once('#').map_or((c, None), |(code, chain)| (code, Some(chain))));
    let is_code = !code.is_empty() && code.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '-' | '+'));
    let chain = chain.map(|c| c.parse::<u16>().ok().filter(|_| c.bytes().all(|b| b.is_ascii_digit())).map(usize::from));
    let code = Some(code).filter(|c| *c != "-").map(str::to_owned);
    (is_code && chain != Some(None)).then(|| Mark::Mention { id: id.to_owned(), kind: kind.to_owned(), code, chain: chain.flatten() })
}

fn close(sentence: &mut Sentence, mark: Mark, span: Span) -> Result<(), String> {
    match mark {
        Mark::Mention { id, .. } if sentence.mentions.iter().any(|m| m.id == id) => return Err(format!("mention id {id:?} twice")),
        Mark::Mention { id, kind, code, chain } => sentence.mentions.push(Mention { id, kind, code, chain, span }),
        Mark::Predicate(id) => match sentence.predicates.iter_mut().find(|p| p.id == id) {
            Some(split) => split.spans.push(span),
            None => sentence.predicates.push(Predicate { id, spans: vec![span] }),
        },
        Mark::Condition(id) => sentence.conditions.push(Condition { id, span }),
    }
    Ok(())
}

/// `1 CONSULT/visit o act=a,b led=visit/held`.
fn event(sentence: &Sentence, rest: &str) -> Result<Event, String> {
    let mut words = rest.split_whitespace();
    let (Some(id), Some(name), Some(status)) = (words.next(), words.next(), words.next()) else {
        return Err("an E line needs id, TYPE and STATUS".to_owned());
    };
    let (name, mode) = name.split_once('/').map_or((name, None), |(n, m)| (n, Some(m.to_owned())));
    let event_type = if name == "NONE" { None } else { Some(name.parse()?) };
    let mut event = Event {
        predicate: predicate(sentence, id)?,
        event_type,
        mode,
        status: status_of(status)?,
        actors: Vec::new(),
        recipients: Vec::new(),
        places: Vec::new(),
        dates: Vec::new(),
        contexts: Vec::new(),
        ledger: None,
    };
    for word in words {
        let (key, value) = word.split_once('=').ok_or_else(|| format!("{word:?} is not key=value"))?;
        match key {
            "act" => event.actors = mentions(sentence, key, value)?,
            "rec" => event.recipients = mentions(sentence, key, value)?,
            "place" => event.places = mentions(sentence, key, value)?,
            "date" => event.dates = mentions(sentence, key, value)?,
            "said" => drop(mentions(sentence, key, value)?),
            "cond" if sentence.conditions.iter().any(|c| c.id == value) => {}
            "cond" => return Err(format!("cond={value}: no <{value} ...> in the sentence")),
            "ctx" => event.contexts = value.split(',').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
            "led" => event.ledger = Some(ledger(value)?),
            _ => return Err(format!("unknown key {key:?}")),
        }
    }
    Ok(event)
}

/// `s spk=a add=b`.
fn cue(sentence: &Sentence, rest: &str) -> Result<Cue, String> {
    let mut words = rest.split_whitespace();
    let id = words.next().ok_or("an S line needs the id of a predicate")?;
    let mut cue = Cue { predicate: predicate(sentence, id)?, speakers: Vec::new(), addressees: Vec::new() };
    for word in words {
        match word.split_once('=') {
            Some(("spk", value)) => cue.speakers = mentions(sentence, "spk", value)?,
            Some(("add", value)) => cue.addressees = mentions(sentence, "add", value)?,
            _ => return Err(format!("{word:?} is neither spk= nor add=")),
        }
    }
    Ok(cue)
}

fn predicate(sentence: &Sentence, id: &str) -> Result<usize, String> {
    sentence.predicates.iter().position(|p| p.id == id).ok_or_else(|| format!("no predicate {{{id} ...}} in the sentence"))
}

fn mentions(sentence: &Sentence, key: &str, ids: &str) -> Result<Vec<usize>, String> {
    let at = |id: &str| sentence.mentions.iter().position(|m| m.id == id).ok_or_else(|| format!("{key}={id}: no such mention"));
    ids.split(',').map(at).collect()
}

/// The status of a letter, in the order of [`Status::ALL`].
fn status_of(letter: &str) -> Result<Status, String> {
    let at = ["o", "g", "p", "e", "c", "n", "h"].iter().position(|l| *l == letter);
    at.map(|k| Status::ALL[k]).ok_or_else(|| format!("unknown status {letter:?}; there are o g p e c n h"))
}

fn ledger(value: &str) -> Result<(LedgerKind, String), String> {
    let (name, status) = value.split_once('/').ok_or_else(|| format!("led={value}: not kind/status"))?;
    let kind =
        LedgerKind::ALL.iter().copied().find(|k| k.code() == name).ok_or_else(|| format!("led={value}: unknown ledger kind {name:?}"))?;
    match kind.has(status) {
        true => Ok((kind, status.to_owned())),
        false => Err(format!("led={value}: {status:?} is no status of {name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_marks_lines_and_split_predicates() {
        let text = "# doc one\n\
            T “[a:ro:NGA.GOV#1 The minister]” {1 took} [b:or:- the bank] {1 to task} <c if [e:pn:- it] slept> on [d:da Monday], [f:pn:- he] {s said}.\n\
            E 1 ACCUSE/disapprove c act=a rec=b date=d cond=c said=f ctx=economic,legal led=dispute/raised\n\
            S s spk=f\n";
        let documents = parse(text, "x.txt").expect("a good document");
        let s = &documents[0].sentences[0];
        assert_eq!(s.text, "“The minister” took the bank to task if it slept on Monday, he said.");
        let words = |span: Span| span.slice(&s.text).expect("on character boundaries");
        assert_eq!(s.mentions.iter().map(|m| words(m.span)).collect::<Vec<_>>(), ["The minister", "the bank", "it", "Monday", "he"]);
        assert_eq!(s.mentions[0].countries().collect::<Vec<_>>(), ["NGA"]);
        assert_eq!(s.mentions[1].countries().next(), None);
        assert_eq!(s.predicates[0].spans.iter().map(|p| words(*p)).collect::<Vec<_>>(), ["took", "to task"]);
        assert_eq!(words(s.conditions[0].span), "if it slept");
        let e = &s.events[0];
        assert_eq!((e.event_type, e.mode.as_deref(), e.status), (Some(EventType::Accuse), Some("disapprove"), Status::Conditional));
        assert_eq!((&e.actors[..], &e.recipients[..], &e.dates[..]), (&[0][..], &[1][..], &[3][..]));
        assert_eq!(e.contexts, ["economic", "legal"]);
        assert_eq!(e.ledger, Some((LedgerKind::Dispute, "raised".to_owned())));
        assert_eq!(s.cues[0].speakers, [4]);
    }

    #[test]
    fn says_file_line_and_what_is_wrong() {
        let cases = [
            ("T A sentence.", "x.txt:1: no \"# doc NAME\" before the first sentence"),
            ("# doc one\nE 1 AGREE o", "x.txt:2: no sentence above this line"),
            ("# doc one\nT [a:xx Someone] slept.", "x.txt:2: bad mark \"[a:xx\""),
            ("# doc one\nT [a:st:FRA France slept.", "x.txt:2: no ']' for the mark before \"France slept.\""),
            ("# doc one\nT France] slept.", "x.txt:2: ']' closes nothing after \"France\""),
            ("# doc one\nT [a:st:FRA France ] slept.", "x.txt:2: empty span or space at the edge of a span near \"France \""),
            ("# doc one\nT [a:st:FRA France] and [a:st:ITA Italy].", "x.txt:2: mention id \"a\" twice"),
            ("# doc one\nT France {1 slept}.", "x.txt:2: predicate {1 ...} has no E or S line"),
            ("# doc one\nT France {1 slept}.\nE 2 AGREE o", "x.txt:3: no predicate {2 ...} in the sentence"),
            ("# doc one\nT France {1 slept}.\nE 1 SLEEP o", "x.txt:3: \"SLEEP\" is not one of the 16 PLOVER types"),
            ("# doc one\nT France {1 slept}.\nE 1 AGREE x", "x.txt:3: unknown status \"x\"; there are o g p e c n h"),
            ("# doc one\nT France {1 slept}.\nE 1 AGREE o act=b", "x.txt:3: act=b: no such mention"),
            ("# doc one\nT France {1 slept}.\nE 1 AGREE o led=visit/signed", "x.txt:3: led=visit/signed: \"signed\" is no status of visit"),
            ("# doc one\nT France {1 slept}.\nE 1 AGREE o cond=c", "x.txt:3: cond=c: no <c ...> in the sentence"),
            ("# doc one\nX what", "x.txt:2: \"X what\" is no T, E or S line"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text, "x.txt").expect_err(text), expected, "{text}");
        }
    }
}
