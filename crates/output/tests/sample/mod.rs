//! An invented page of two articles with hand-made records, and some of its text hostile. All names and events are made up.

use chancery_record::*;

/// The page text.
pub const TEXT: &str = "Valdoria and Serrano agree to reopen river talks
TT
A ferry on the Lume. Photo: T. Okoye / <script>alert(1)</script>
Valdoria and Serrano agree to reopen river talks
By Mara Lindqvist
PORT AVEN, 14 March — Valdoria’s foreign minister, Ilse Brandt, met her Serranese counterpart, Tomás Rey, in Port Aven on Thursday, and the two agreed to launch a joint river commission.
“We do not rule out sharing data on the upper dam, if Serrano opens its archives,” Brandt told reporters at a press conference, stressing that both sides “value the rule of law” & trust.
Serrano rejected a Valdorian request to halt work on the dam, said the Serranese water ministry, which expects to sign a treaty by the end of the year.

Read more: \u{202e}dam\u{202c} \"quotes\", commas, and 'apostrophes'
Subscribe to our newsletter
© Example Gazette
Harbour strike ends after nine days
Dockers in Port Aven protested on Monday over pay; police arrested eleven people 😀.
The Union of Dockers, in a post, thanked the mediator from Norland.";

struct Maker {
    text: Text<'static>,
}

impl Maker {
    /// The `nth` (from 0) place of `words`.
    fn at(&self, words: &str, nth: usize) -> Quote {
        let (start, _) = TEXT.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words:?} stands in the sample"));
        self.text.quote_is(Span::new(start, start + words.len()), words).expect("it was found there")
    }

    fn range(&self, from: &str, to: &str) -> Range {
        let start = self.at(from, 0).start;
        Range { start, end: self.at(to, 0).end }
    }

    fn evidence(&self, role: EvidenceRole, words: &str, nth: usize) -> Evidence {
        Evidence { role, quote: self.at(words, nth) }
    }

    fn actor(&self, words: &str, nth: usize, name: &str, codes: (&str, &str), kind: ActorType) -> Actor {
        Actor {
            name: Some(name.to_owned()).filter(|n| !n.is_empty()),
            country: Some(codes.0.to_owned()).filter(|c| !c.is_empty()),
            sector: Some(codes.1.to_owned()).filter(|c| !c.is_empty()),
            sectors: codes.1.split_whitespace().map(str::to_owned).collect(),
            kind: Some(kind),
            rule: Some("person".to_owned()),
            ..Actor::unresolved(&self.at(words, nth))
        }
    }
}

fn when(text: &str, days: Option<(&str, &str)>, precision: DatePrecision) -> When {
    When {
        start: days.map(|d| d.0.to_owned()),
        end: days.map(|d| d.1.to_owned()),
        precision,
        text: Some(text.to_owned()),
        basis: if days.is_some() { DateBasis::Anchored } else { DateBasis::Unknown },
    }
}

fn article(m: &Maker, id: &str, index: usize, ends: (&str, &str)) -> Article {
    let range = m.range(ends.0, ends.1);
    Article {
        id: id.to_owned(),
        page_id: "pg_0000000000000001".to_owned(),
        index,
        headline: None,
        byline: None,
        dateline: None,
        published: None,
        outlet: None,
        language: Some("en".to_owned()),
        start: range.start,
        end: range.end,
        body: Vec::new(),
        dropped: Vec::new(),
        duplicate_of: None,
    }
}

fn first_article(m: &Maker) -> Article {
    let dropped = |q: Quote, reason| Dropped { start: q.start, end: q.end, reason };
    Article {
        headline: Some(m.at("Valdoria and Serrano agree to reopen river talks", 0)),
        byline: Some(m.at("By Mara Lindqvist", 0)),
        dateline: Some(Dateline {
            quote: m.at("PORT AVEN, 14 March — ", 0),
            place: Some(m.at("PORT AVEN", 0)),
            date: Some(m.at("14 March", 0)),
        }),
        published: Some(Published { date: "2024-03-15".to_owned(), source: "metadata".to_owned() }),
        outlet: Some("Example Gazette".to_owned()),
        body: vec![
            m.range("Valdoria’s foreign", "river commission."),
            m.range("“We do not", "& trust."),
            m.range("Serrano rejected", "of the year."),
        ],
        dropped: vec![
            dropped(m.at("TT", 0), DropReason::Other),
            dropped(m.at("A ferry on the Lume. Photo: T. Okoye / <script>alert(1)</script>", 0), DropReason::Caption),
            dropped(m.at("Valdoria and Serrano agree to reopen river talks", 1), DropReason::Repeat),
            dropped(m.at("Read more: \u{202e}dam\u{202c} \"quotes\", commas, and 'apostrophes'", 0), DropReason::Widget),
            dropped(m.at("Subscribe to our newsletter\n© Example Gazette", 0), DropReason::Boilerplate),
        ],
        ..article(m, "ar_0000000000000001", 0, ("Valdoria", "© Example Gazette"))
    }
}

fn second_article(m: &Maker) -> Article {
    Article {
        headline: Some(m.at("Harbour strike ends after nine days", 0)),
        body: vec![m.range("Dockers in Port", "people 😀."), m.range("The Union", "from Norland.")],
        ..article(m, "ar_0000000000000002", 1, ("Harbour strike", "from Norland."))
    }
}

fn brandt(m: &Maker, words: &str, nth: usize) -> Actor {
    Actor {
        office: Some("minister for foreign affairs".to_owned()),
        ..m.actor(words, nth, "Ilse Brandt", ("VLD", "GOV"), ActorType::Person)
    }
}

fn rey(m: &Maker) -> Actor {
    m.actor("Tomás Rey", 0, "Tomás Rey", ("SRR", "GOV"), ActorType::Person)
}

fn blank(id: &str, article_id: &str, sentence: Range, event_type: EventType) -> EventReport {
    EventReport {
        id: id.to_owned(),
        article_id: article_id.to_owned(),
        sentence,
        event_type,
        title: "the words of the predicate".to_owned(),
        mode: None,
        contexts: vec!["diplomatic".to_owned()],
        cameo: None,
        quad: event_type.quad(),
        goldstein: None,
        plover_score: None,
        actors: Vec::new(),
        recipients: Vec::new(),
        reciprocal: false,
        status: Status::Occurred,
        condition: None,
        said_by: None,
        date: None,
        place: None,
        confidence: 0.5,
        evidence: Vec::new(),
        why: Why { rule: "model".to_owned(), score: 0.5, runner_up: vec![RunnerUp { event_type: None, score: 0.25 }] },
    }
}

fn meeting(m: &Maker, sentence: Range) -> EventReport {
    let thursday = when("Thursday", Some(("2024-03-14", "2024-03-14")), DatePrecision::Day);
    let port = m.at("Port Aven", 0);
    EventReport {
        mode: Some("meet".to_owned()),
        cameo: Some("040".to_owned()),
        goldstein: Some(1.0),
        plover_score: Some(1.5),
        actors: vec![brandt(m, "Ilse Brandt", 0)],
        recipients: vec![rey(m)],
        reciprocal: true,
        date: Some(thursday),
        place: Some(Place {
            name: Some("Port Aven".to_owned()),
            text: port.quote.clone(),
            country: Some("VLD".to_owned()),
            admin1: None,
            geonames_id: Some(1234567),
            lat: Some(12.5),
            lon: Some(-3.25),
            precision: Some(PlacePrecision::City),
            start: port.start,
            end: port.end,
            from: None,
        }),
        confidence: 0.934,
        evidence: vec![
            m.evidence(EvidenceRole::Predicate, "met", 0),
            m.evidence(EvidenceRole::Actor, "Ilse Brandt", 0),
            m.evidence(EvidenceRole::Recipient, "Tomás Rey", 0),
            m.evidence(EvidenceRole::Date, "Thursday", 0),
            m.evidence(EvidenceRole::Place, "Port Aven", 0),
        ],
        ..blank("er_0000000000000001", "ar_0000000000000001", sentence, EventType::Consult)
    }
}

fn agreement(m: &Maker, sentence: Range) -> EventReport {
    let both =
        |country: (&str, &str), name: &str| Actor { from: Some(From::Coref), ..m.actor("the two", 0, name, country, ActorType::Person) };
    EventReport {
        cameo: Some("036".to_owned()),
        goldstein: Some(4.0),
        actors: vec![both(("VLD", "GOV"), "Ilse Brandt"), both(("SRR", "GOV"), "Tomás Rey")],
        reciprocal: true,
        confidence: 0.87,
        evidence: vec![m.evidence(EvidenceRole::Predicate, "agreed to launch", 0), m.evidence(EvidenceRole::Actor, "the two", 0)],
        ..blank("er_0000000000000002", "ar_0000000000000001", sentence, EventType::Agree)
    }
}

fn possibility(m: &Maker, sentence: Range) -> EventReport {
    EventReport {
        actors: vec![m.actor("We", 0, "Valdoria", ("VLD", "GOV"), ActorType::State)],
        recipients: vec![m.actor("Serrano", 2, "Serrano", ("SRR", "GOV"), ActorType::State)],
        status: Status::Conditional,
        condition: Some(m.at("if Serrano opens its archives", 0)),
        said_by: Some(brandt(m, "Brandt", 1)),
        confidence: 0.612,
        evidence: vec![
            m.evidence(EvidenceRole::Predicate, "rule out sharing", 0),
            m.evidence(EvidenceRole::Actor, "We", 0),
            m.evidence(EvidenceRole::Condition, "if Serrano opens its archives", 0),
            m.evidence(EvidenceRole::Speaker, "Brandt", 1),
        ],
        ..blank("er_0000000000000003", "ar_0000000000000001", sentence, EventType::Cooperate)
    }
}

fn refusal(m: &Maker, sentence: Range) -> EventReport {
    EventReport {
        cameo: Some("120".to_owned()),
        goldstein: Some(-4.0),
        actors: vec![m.actor("Serrano", 3, "Serrano", ("SRR", "GOV"), ActorType::State)],
        recipients: vec![m.actor("Valdorian", 0, "Valdoria", ("VLD", "GOV"), ActorType::State)],
        said_by: Some(m.actor("the Serranese water ministry", 0, "", ("SRR", "GOV"), ActorType::Organization)),
        confidence: 0.79,
        evidence: vec![
            m.evidence(EvidenceRole::Predicate, "rejected", 0),
            m.evidence(EvidenceRole::Actor, "Serrano", 3),
            m.evidence(EvidenceRole::Recipient, "Valdorian", 0),
            m.evidence(EvidenceRole::Speaker, "the Serranese water ministry", 0),
        ],
        ..blank("er_0000000000000004", "ar_0000000000000001", sentence, EventType::Reject)
    }
}

fn protest(m: &Maker, sentence: Range) -> EventReport {
    EventReport {
        mode: Some("demo".to_owned()),
        contexts: vec!["economic".to_owned(), "pro_labour".to_owned()],
        actors: vec![m.actor("Dockers", 0, "", ("", "LAB"), ActorType::Group)],
        date: Some(when("Monday", None, DatePrecision::Day)),
        confidence: 0.71,
        evidence: vec![
            m.evidence(EvidenceRole::Predicate, "protested", 0),
            m.evidence(EvidenceRole::Actor, "Dockers", 0),
            m.evidence(EvidenceRole::Date, "Monday", 0),
        ],
        ..blank("er_0000000000000005", "ar_0000000000000002", sentence, EventType::Protest)
    }
}

fn statements(m: &Maker, second: Range, last: Range) -> [Statement; 2] {
    let one = |id: &str, speaker: Actor, cue: &str, content: Quote, stance| Statement {
        id: id.to_owned(),
        article_id: "ar_0000000000000001".to_owned(),
        sentence: second,
        evidence: vec![
            m.evidence(EvidenceRole::Predicate, cue, 0),
            Evidence { role: EvidenceRole::Speaker, quote: m.at(&speaker.text, if speaker.text == "Brandt" { 1 } else { 0 }) },
        ],
        speaker,
        cue: m.at(cue, 0),
        content,
        quoted: false,
        addressee: None,
        occasion: None,
        stance,
        about: Vec::new(),
    };
    let told = Statement {
        quoted: true,
        addressee: Some(m.actor("reporters", 0, "", ("", "MED"), ActorType::Group)),
        occasion: Some(Occasion { text: m.at("a press conference", 0), place: None, date: None }),
        about: vec![m.actor("Serrano", 2, "Serrano", ("SRR", "GOV"), ActorType::State)],
        ..one(
            "st_0000000000000001",
            brandt(m, "Brandt", 1),
            "told",
            m.at("“We do not rule out sharing data on the upper dam, if Serrano opens its archives,”", 0),
            Stance::Assert,
        )
    };
    let thanked = Statement {
        article_id: "ar_0000000000000002".to_owned(),
        sentence: last,
        ..one(
            "st_0000000000000002",
            m.actor("The Union of Dockers", 0, "Union of Dockers", ("VLD", "LAB"), ActorType::Organization),
            "thanked",
            m.at("thanked the mediator from Norland", 0),
            Stance::Praise,
        )
    };
    [told, thanked]
}

fn ledger(m: &Maker, first: Range, third: Range) -> [LedgerEntry; 2] {
    let party = |actor: Actor| Actor { role: Some("party".to_owned()), ..actor };
    let one = |id: &str, sentence, kind, title: &str, words: &str| LedgerEntry {
        id: id.to_owned(),
        article_id: "ar_0000000000000001".to_owned(),
        sentence,
        kind,
        title: title.to_owned(),
        told: None,
        is_background: false,
        parties: vec![party(brandt(m, "Ilse Brandt", 0)), party(rey(m))],
        status: None,
        series: None,
        condition: None,
        date: None,
        reported_by: None,
        relations: Vec::new(),
        keys: vec!["SRR-VLD".to_owned()],
        evidence: vec![m.evidence(EvidenceRole::Predicate, words, 0)],
    };
    let commission = LedgerEntry {
        status: Some("agreed".to_owned()),
        relations: vec![Relation { kind: "agreed_at".to_owned(), to: "le_0000000000000002".to_owned() }],
        ..one("le_0000000000000001", first, LedgerKind::Dialogue, "launch a joint river commission", "agreed to launch")
    };
    let treaty = LedgerEntry {
        status: Some("signature_scheduled".to_owned()),
        date: Some(When { start: None, ..when("the end of the year", Some(("", "2024-12-31")), DatePrecision::Year) }),
        ..one("le_0000000000000002", third, LedgerKind::Agreement, "sign a treaty", "sign a treaty")
    };
    [commission, treaty]
}

fn event(report: &EventReport, id: &str, reports: &[&str]) -> Event {
    Event {
        id: id.to_owned(),
        event_type: report.event_type,
        title: report.title.clone(),
        mode: report.mode.clone(),
        contexts: report.contexts.clone(),
        cameo: report.cameo.clone(),
        quad: report.quad,
        actors: report.actors.clone(),
        recipients: report.recipients.clone(),
        reciprocal: report.reciprocal,
        status: report.status,
        date: report.date.clone(),
        place: report.place.clone(),
        confidence: report.confidence,
        reports: reports.iter().map(|r| (*r).to_owned()).collect(),
        outlets: 1,
        first_reported: Some("2024-03-15".to_owned()),
        disagreements: Vec::new(),
    }
}

fn page() -> Page {
    Page {
        id: "pg_0000000000000001".to_owned(),
        source_id: None,
        path: Some("pages/river, \"draft\".txt".to_owned()),
        url: Some("https://gazette.example/2024/03/15/river?a=1&b=2".to_owned()),
        sha256: sha256_hex(TEXT.as_bytes()),
        text: Some(TEXT.to_owned()),
        outcome: PageOutcome::Coded,
        reason: None,
        articles: 2,
    }
}

/// The records of the page, of a page that failed, and of the run: three calls of `Writer::page`.
pub fn calls() -> [Vec<Record>; 3] {
    let m = Maker { text: Text::new(TEXT) };
    let (first, second) = (m.range("Valdoria’s foreign", "river commission."), m.range("“We do not", "& trust."));
    let (third, fourth, last) =
        (m.range("Serrano rejected", "of the year."), m.range("Dockers in Port", "people 😀."), m.range("The Union", "from Norland."));
    let reports = [meeting(&m, first), agreement(&m, first), possibility(&m, second), refusal(&m, third)];
    let protest = protest(&m, fourth);
    let [told, thanked] = statements(&m, second, last);
    let events = [
        event(&reports[0], "ev_0000000000000001", &["er_0000000000000001", "er_0000000000000002"]),
        event(&reports[2], "ev_0000000000000002", &["er_0000000000000003"]),
    ];
    let mut records = vec![Record::Page(page()), Record::Article(first_article(&m))];
    records.extend(reports.into_iter().map(Record::EventReport));
    records.push(Record::Statement(told));
    records.extend(ledger(&m, first, third).map(Record::LedgerEntry));
    records.extend(events.map(Record::Event));
    records.extend([Record::Article(second_article(&m)), Record::EventReport(protest), Record::Statement(thanked)]);
    let failed = Page {
        id: "pg_0000000000000002".to_owned(),
        path: Some("pages/broken.html".to_owned()),
        url: None,
        text: None,
        outcome: PageOutcome::Failed,
        reason: Some("31 MB is over the 16 MB page limit; raise it with --max-page-size or split the file".to_owned()),
        articles: 0,
        ..page()
    };
    let run = Run {
        id: "run_0000000000000001".to_owned(),
        version: "0.1.0".to_owned(),
        codebook: Codebook { name: "PLOVER".to_owned(), version: "2.0".to_owned(), hash: "ab".repeat(32) },
        knowledge_hash: "cd".repeat(32),
        overlays: vec![Input { path: "our-ministers".to_owned(), sha256: "0a".repeat(32) }],
        model_hash: "ef".repeat(32),
        options: serde_json::Map::new(),
        inputs: vec![Input { path: "pages/river, \"draft\".txt".to_owned(), sha256: sha256_hex(TEXT.as_bytes()) }],
    };
    [records, vec![Record::Page(failed)], vec![Record::Run(run)]]
}
