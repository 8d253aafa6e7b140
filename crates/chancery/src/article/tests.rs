use super::*;
use crate::page::{self, Outcome, PageOptions, RawPage};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn read(text: &str) -> (Page, Vec<Article>) {
    read_raw(RawPage { bytes: text.as_bytes().to_vec(), ..Default::default() })
}

fn read_raw(raw: RawPage) -> (Page, Vec<Article>) {
    let page = page::page(&raw).unwrap_or_else(|e| panic!("{e}"));
    let articles = articles(&page);
    check(&page, &articles);
    (page, articles)
}

/// What holds for every page: spans slice, lie in their article, do not overlap, and articles stand in order.
fn check(page: &Page, articles: &[Article]) {
    assert!(!articles.is_empty());
    for (n, article) in articles.iter().enumerate() {
        assert_eq!(article.index, n);
        let mut spans: Vec<Span> = article.body.iter().copied().chain(article.dropped.iter().map(|d| d.0)).collect();
        let behind = |s: &Span| s.start >= page.parts[0].span.end; // stated, not in the text
        let stated = article.headline.into_iter().chain(article.byline).filter(|s| !behind(s));
        spans.extend(stated.chain(article.dateline.as_ref().map(|d| d.span)));
        spans.sort();
        assert!(
            spans.iter().all(|s| s.slice(&page.text).is_some_and(|t| !t.trim().is_empty()) && article.span.contains(s)),
            "{article:#?}"
        );
        assert!(spans.windows(2).all(|w| !w[0].overlaps(&w[1])), "{article:#?}");
        let is_label = |r: &Reason| matches!(r, Reason::Widget | Reason::Boilerplate | Reason::Repeat | Reason::Other);
        assert!(!article.body.is_empty() || article.dropped.iter().all(|d| is_label(&d.1)), "{article:#?}");
    }
    assert!(articles.windows(2).all(|w| w[0].span.end <= w[1].span.start));
}

fn quote(page: &Page, span: Span) -> &str {
    span.slice(&page.text).unwrap_or_default()
}

/// `H:headline`, `B:byline`, `D:dateline`, `P:published`, `+paragraph`, `-reason:dropped` for each article.
fn outline(text: &str) -> Vec<String> {
    let (page, articles) = read(text);
    articles.iter().map(|a| outline_of(&page, a)).collect()
}

fn outline_of(page: &Page, article: &Article) -> String {
    let mut lines = Vec::new();
    lines.extend(article.headline.map(|s| format!("H:{}", quote(page, s))));
    lines.extend(article.byline.map(|s| format!("B:{}", quote(page, s))));
    if let Some(line) = &article.dateline {
        let part = |s: Option<Span>| s.map_or("-", |s| quote(page, s));
        lines.push(format!("D:{}/{}", part(line.place), part(line.date)));
    }
    lines.extend(article.published.as_ref().map(|p| format!("P:{} {}", p.date, p.source.as_str())));
    lines.extend(article.body.iter().map(|s| format!("+{}", quote(page, *s))));
    lines.extend(article.dropped.iter().map(|(s, r)| format!("-{r:?}:{}", quote(page, *s))));
    lines.join("\n")
}

#[test]
fn reads_pasted_pages() {
    let cases: &[(&str, &[&str])] = &[
        ("The ministers met in Doha.", &["+The ministers met in Doha."]),
        ("Japan and Saudi Arabia Agree on Talks", &["+Japan and Saudi Arabia Agree on Talks"]),
        ("Talks in Doha (SPA)", &["+Talks in Doha (SPA)"]),
        ("By Lena Okafor of Doha", &["+By Lena Okafor of Doha"]),
        (
            "Talks End\n\nRIYADH, July 16 (SPA) - The ministers met.\nShort one.",
            &["H:Talks End\nD:RIYADH/July 16\n+The ministers met.\n+Short one."],
        ),
        (
            "Talks End Early\nBy Lena Okafor\nPublished: 12 March 2025\n\nParis, 3 March 2024 – France left.\n\nRead also: More talks\nIt said no more.",
            &[
                "H:Talks End Early\nB:By Lena Okafor\nD:Paris/3 March 2024\nP:2024-03-03 dateline\n+France left.\n+It said no more.\n-Other:Published: 12 March 2025\n-Boilerplate:Read also: More talks",
            ],
        ),
        (
            "GENEVA, 3 March 2024 (Reuters) — Talks ended.\n\nHe said:\n\nNo more talks\n\nThey left",
            &["D:GENEVA/3 March 2024\nP:2024-03-03 dateline\n+Talks ended.\n+He said:\n+No more talks\n+They left"],
        ),
        (
            "Talks Resume in Doha\n\nThe ministers met on Sunday.\n\nBackground\n\nThey had met before.",
            &["H:Talks Resume in Doha\n+The ministers met on Sunday.\n+They had met before.\n-Other:Background"],
        ),
        (
            "Talks Resume in Doha\n\nThe ministers met on Sunday.\n\n* * *\n\nPolice Hold Nine in Larnis\n\nPolice held nine.",
            &["H:Talks Resume in Doha\n+The ministers met on Sunday.\n-Other:* * *", "H:Police Hold Nine in Larnis\n+Police held nine."],
        ),
        (
            "RIYADH, July 16 (SPA) - The ministers met.\n\nDOHA, July 17 (QNA) - The envoys met.",
            &["D:RIYADH/July 16\n+The ministers met.", "D:DOHA/July 17\n+The envoys met."],
        ),
        (
            "The minister did not say when the talks would resume\n\nHe left on Sunday.",
            &["+The minister did not say when the talks would resume\n+He left on Sunday."],
        ),
        ("World\nTalks Resume in Doha Again\n\nThey met.", &["H:Talks Resume in Doha Again\n+They met.\n-Other:World"]),
        (
            "Talks Resume in Doha Again\n\n5 min read\n\nThe minister did not say when the talks would end\n\nThey met.",
            &["H:Talks Resume in Doha Again\n+The minister did not say when the talks would end\n+They met.\n-Widget:5 min read"],
        ),
        ("“No comment.”\n\nHe was asked again.\n\n“No comment.”", &["+“No comment.”\n+He was asked again.\n+“No comment.”"]),
    ];
    let mut failures = Vec::new();
    for (text, expected) in cases {
        let got = outline(text);
        if got != *expected {
            failures.push(format!("{text:?}\n  got      {got:#?}\n  expected {expected:#?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn dates_come_from_the_best_source() {
    let text = "Talks End\nPublished: 12 March 2025\n\nPARIS, 11 March – France left.";
    let url = Some("https://e.org/2023/01/02/talks".to_owned());
    let published = |raw: RawPage| read_raw(raw).1.remove(0).published.map(|p| (p.date, p.source.as_str()));
    let raw = |text: &str, date: Option<&str>| RawPage {
        bytes: text.as_bytes().to_vec(),
        url: url.clone(),
        date: date.map(str::to_owned),
        ..Default::default()
    };
    let is = |date: &str, source| Some((date.to_owned(), source));
    assert_eq!(published(raw(text, Some("2022-05-06"))), is("2022-05-06", "caller"));
    assert_eq!(published(raw(text, None)), is("2025-03-12", "metadata"));
    assert_eq!(published(raw(&text.replace("11 March", "11 March 2025"), None)), is("2025-03-11", "dateline"));
    assert_eq!(published(raw("PARIS, 3 March – France left.", None)), is("2023-01-02", "url"));
    // what the caller gives pages that state none
    let undated = |text: &str| published(RawPage { undated: Some("2026-01-03".to_owned()), url: None, ..raw(text, None) });
    assert_eq!(undated(text), is("2025-03-12", "metadata"));
    assert_eq!(undated("PARIS, 30 December – France left."), is("2025-12-30", "dateline"));
    assert_eq!(undated("PARIS, 3 March – France left."), is("2026-01-03", "caller"));
    assert_eq!(undated("France left on 30 December."), is("2026-01-03", "caller"));
    let (page, _) = read_raw(raw(text, Some("last week")));
    assert!(page.notes.iter().any(|n| n.contains("last week")), "{:?}", page.notes);
}

#[test]
fn dates_below_links_date_nothing() {
    let links = "Read Next\n\nEurope\nOslo opens its harbour again\nMay 2, 2025";
    let published = |text: String| read(&text).1.remove(0).published.map(|p| (p.date, p.source.as_str()));
    let story = |filed: &str| format!("Chad expels two envoys\n\n{filed} (Reuters) - Chad expelled two envoys on Sunday.\n\n{links}");
    assert_eq!(published(story("N'DJAMENA, May 4, 2025")), Some(("2025-05-04".to_owned(), "dateline")));
    assert_eq!(published(story("N'DJAMENA, May 4")), None);
    assert_eq!(published(story("N'DJAMENA, May 4") + "\nOslo opened its harbour on Friday, the mayor said."), None);
}

#[test]
fn lines_of_agencies_say_when() {
    let published = |line: &str| {
        let (page, articles) = read(&format!("Chad expels two envoys\n\n{line}\n\nChad expelled two envoys on Sunday."));
        assert_eq!(articles.len(), 1, "{line}");
        (articles[0].published.as_ref().map(|p| p.date.clone()), page.notes.len())
    };
    let is = |date: &str| (Some(date.to_owned()), 0);
    assert_eq!(published("May 4, 2025 5:14 PM GMT+1 · Updated 3 hours ago"), is("2025-05-04"));
    assert_eq!(published("Issued on: 20/05/2025 - 14:32   Modified: 21/05/2025 - 16:05   3 min"), is("2025-05-20"));
    assert_eq!(published("Updated: 5 May 2025, first published: 4 May 2025"), is("2025-05-04"));
    assert_eq!(published("Issued on: 04/05/2025 - 14:32"), (None, 1));
    assert_eq!(published("Issued on: 04/05/2025 - Modified: 21/05/2025"), is("2025-05-04"));
    let text = "Chad expels two envoys\n\nWritten by Lena Okafor | Quito | Updated: May 4, 2025 07:12 IST\n\nChad expelled two envoys.";
    assert_eq!(
        outline(text),
        ["H:Chad expels two envoys\nB:Written by Lena Okafor\nD:-/May 4, 2025\nP:2025-05-04 metadata\n+Chad expelled two envoys."]
    );
}

#[test]
fn agency_layouts_are_one_article() {
    let cases: &[(&str, &str)] = &[
        (
            "Chad expels two envoys, sources say\n\nBy Lena Okafor\n\nMay 4, 2025 5:14 PM GMT+1 · Updated 3 hours ago\n\nSummary\n\
             • Chad expels envoys\n• Niger recalls its own\n\nN'DJAMENA, May 4 (Reuters) - Chad expelled two envoys.\n\nNiger recalled its own.",
            "H:Chad expels two envoys, sources say\nB:By Lena Okafor\nD:N'DJAMENA/May 4\nP:2025-05-04 metadata\n+Chad expelled two envoys.\n\
             +Niger recalled its own.\n-Other:May 4, 2025 5:14 PM GMT+1 · Updated 3 hours ago\n-Other:Summary\n-Repeat:• Chad expels envoys\n\
             -Repeat:• Niger recalls its own",
        ),
        (
            "Chad expels two envoys of Niger\n\nThe two states had quarrelled for years.\n\nN'DJAMENA, May 4 (Reuters) - Chad expelled them.",
            "H:Chad expels two envoys of Niger\nD:N'DJAMENA/May 4\n+The two states had quarrelled for years.\n+Chad expelled them.",
        ),
        (
            "Chad expels two envoys of Niger\n\nSource: Xinhua\nEditor: okafor\n2025-05-04 20:41:30\n\nThe envoys leave the ministry in N'Djamena, \
             Chad, May 4, 2025. (Xinhua/Lena Okafor)\n\nN'DJAMENA, May 4 (Xinhua) -- Chad expelled two envoys.",
            "H:Chad expels two envoys of Niger\nD:N'DJAMENA/May 4\nP:2025-05-04 metadata\n+Chad expelled two envoys.\n-Boilerplate:Source: Xinhua\n\
             -Other:Editor: okafor\n-Other:2025-05-04 20:41:30\n-Caption:The envoys leave the ministry in N'Djamena, Chad, May 4, 2025. \
             (Xinhua/Lena Okafor)",
        ),
        (
            "Chad expels two envoys of Niger\n\nN'Djamena (AFP) – Chad expelled two envoys, local sources said.\n\nIssued on: 20/05/2025 - 14:32   \
             Modified: 20/05/2025 - 16:05   3 min\n\nThe envoys in N'Djamena © Lena Okafor / AFP/File\n\nNiger recalled its own.",
            "H:Chad expels two envoys of Niger\nD:N'Djamena/-\nP:2025-05-20 metadata\n+Chad expelled two envoys, local sources said.\n\
             +Niger recalled its own.\n-Other:Issued on: 20/05/2025 - 14:32   Modified: 20/05/2025 - 16:05   3 min\n\
             -Caption:The envoys in N'Djamena © Lena Okafor / AFP/File",
        ),
        (
            "Chad live: envoys leave as talks go on\nPublished On 4 May 2025\n\n• Niger waited.\n\nVideo Duration 02 minutes 14 seconds 02:14\n\n\
             2h ago (14:30 GMT)\nChad says it has expelled two of the envoys of Niger\n\nChad said that it had expelled two envoys.\n\n\
             3h ago (13:30 GMT)\n\nNiger recalls its own envoys from Chad for talks\n\nNiger recalled them.\n\nRECOMMENDED\n\
             list 1 of 2: Oslo opens its harbour\nend of list",
            "H:Chad live: envoys leave as talks go on\nD:-/4 May 2025\nP:2025-05-04 metadata\n+• Niger waited.\n\
             +Chad said that it had expelled two envoys.\n+Niger recalled them.\n-Widget:Video Duration 02 minutes 14 seconds 02:14\n\
             -Widget:2h ago (14:30 GMT)\n-Other:Chad says it has expelled two of the envoys of Niger\n-Widget:3h ago (13:30 GMT)\n\
             -Other:Niger recalls its own envoys from Chad for talks\n-Boilerplate:RECOMMENDED\n-Boilerplate:list 1 of 2: Oslo opens its harbour\n\
             -Boilerplate:end of list",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(outline(text), [*expected], "{text}");
    }
}

fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// `CHANCERY_BLESS=1 cargo test -p chancery corpus_pages` rewrites the expected files; read the diff.
#[test]
fn corpus_pages_are_read_as_expected() {
    let mut names: Vec<PathBuf> = std::fs::read_dir(workspace("corpus/pages"))
        .map(|dir| {
            dir.filter_map(|f| f.ok().map(|f| f.path())).filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "html")).collect()
        })
        .unwrap_or_default();
    names.sort();
    let mut failures = Vec::new();
    for path in &names {
        let raw = RawPage { bytes: std::fs::read(path).unwrap_or_default(), path: Some(path.display().to_string()), ..Default::default() };
        let (page, articles) = read_raw(raw);
        let got = serde_json::to_string_pretty(&described(&page, &articles)).unwrap_or_default() + "\n";
        if std::env::var_os("CHANCERY_BLESS").is_some() {
            assert!(std::fs::write(path.with_extension("expected.json"), &got).is_ok());
        }
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap_or_default();
        if got != expected {
            failures.push(format!("{}: got\n{got}", path.display()));
        }
    }
    assert!(names.len() >= 6, "corpus/pages holds {} pages", names.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The form of `NAME.expected.json`.
fn described(page: &Page, articles: &[Article]) -> Value {
    let quoted = |s: Option<Span>| s.map(|s| quote(page, s));
    let first = |a: &Article| a.body.first().map(|s| quote(page, *s).split_whitespace().take(4).collect::<Vec<_>>().join(" "));
    let last = |a: &Article| {
        let words: Vec<&str> = a.body.last().map(|s| quote(page, *s).split_whitespace().collect()).unwrap_or_default();
        words[words.len().saturating_sub(4)..].join(" ")
    };
    let articles: Vec<Value> = articles
        .iter()
        .map(|a| {
            serde_json::json!({
                "headline": quoted(a.headline),
                "byline": quoted(a.byline),
                "dateline": quoted(a.dateline.as_ref().map(|d| d.span)),
                "published": a.published.as_ref().map(|p| serde_json::json!({"date": p.date, "source": p.source.as_str()})),
                "language": a.language,
                "paragraphs": a.body.len(),
                "first_words": first(a),
                "last_words": last(a),
                "dropped": a.dropped.iter().map(|(s, r)| serde_json::json!({"quote": quote(page, *s), "reason": r})).collect::<Vec<_>>(),
            })
        })
        .collect();
    serde_json::json!({ "articles": articles })
}

#[test]
fn seed_page_is_two_articles() {
    let seeds = workspace("../shared/seeds");
    let Ok(bytes) = std::fs::read(seeds.join("asharq-al-awsat-page.txt")) else { return };
    let Ok(gold) = std::fs::read_to_string(seeds.join("asharq-al-awsat-page.gold.json")) else { return };
    let Ok(gold) = serde_json::from_str::<Value>(&gold) else { return };
    let (page, articles) = read_raw(RawPage { bytes, ..Default::default() });
    assert_eq!(articles.iter().map(|a| a.body.len()).collect::<Vec<_>>(), [10, 8]);
    let offsets = chancery_record::Offsets::new(&page.text);
    let lines = gold["lines"].as_array().cloned().unwrap_or_default();
    let spans = |kept: bool, kind: &str| -> Vec<Span> {
        let chosen = lines.iter().filter(|l| l["keep"] == kept && l["kind"] == kind);
        let at = |l: &Value, key: &str| usize::try_from(l[key].as_u64().unwrap_or(0)).unwrap_or(0);
        chosen.filter_map(|l| offsets.span_of_chars(at(l, "start"), at(l, "end"))).collect()
    };
    let body: Vec<Span> = articles.iter().flat_map(|a| a.body.iter().copied()).collect();
    assert_eq!(body, spans(true, "body"));
    assert_eq!(articles.iter().filter_map(|a| a.headline).collect::<Vec<_>>(), spans(true, "title"));
    let reasons =
        |reason: Reason| -> Vec<Span> { articles.iter().flat_map(|a| &a.dropped).filter(|d| d.1 == reason).map(|d| d.0).collect() };
    assert_eq!(reasons(Reason::Caption), spans(false, "caption"));
    assert_eq!(reasons(Reason::Repeat), spans(false, "title"));
    assert_eq!(reasons(Reason::Widget).len(), 2);
    for (article, gold) in articles.iter().zip(gold["articles"].as_array().cloned().unwrap_or_default()) {
        let (start, end) = offsets.chars(article.span);
        assert_eq!((Some(start as u64), Some(end as u64)), (gold["start"].as_u64(), gold["end"].as_u64()));
    }
}

#[test]
fn other_languages_are_named() {
    let (_, arabic) =
        read("الرياض: اجتمع وزراء داخلية دول الخليج في الدوحة يوم الأربعاء.\n\nوأكد الوزير أهمية التعاون الأمني بين دول المنطقة.");
    assert_eq!(arabic[0].language.as_deref(), Some("ar"));
    assert!(!crate::language::is_coded("ar") && crate::language::is_coded("en"));
}

#[test]
fn unreadable_pages_say_why() {
    let outcome = |bytes: &[u8]| {
        page::page(&RawPage { bytes: bytes.to_vec(), path: Some("p.html".to_owned()), ..Default::default() }).map(|p| p.text).unwrap_err()
    };
    let cases: &[(&[u8], &str)] = &[
        (b"", "p.html: empty; nothing to code, check the download"),
        (b" \r\n ", "p.html: only white space; nothing to code, check the download"),
        ("\u{a0}\n\u{a0}".as_bytes(), "p.html: no text; nothing to code, check the download"),
        (b"\x00\x01\x02\x03\xff\xfe\x00\x10\x80\x01", "p.html: binary data, not text; give a text or HTML page"),
        (b"%PDF-1.7 ...", "p.html: a PDF; convert it to text first (pdftotext FILE.pdf)"),
        (
            b"<html><head><title>T</title><script>var a = 'b';</script></head><body><nav>Home</nav><div><img src=x></div></body></html>",
            "p.html: no main text in this HTML; if the page is built by JavaScript, save it from a browser",
        ),
    ];
    for (bytes, message) in cases {
        assert_eq!(outcome(bytes).to_string(), *message);
    }
    assert!(matches!(outcome("<div>".repeat(20_000).as_bytes()), Outcome::Failed(_)));
}

/// 20 MB on one line: skipped at the default limit, read within seconds when the limit is raised.
#[test]
fn long_line_is_bounded() {
    let megabytes = if cfg!(debug_assertions) { 2 } else { 20 };
    for unit in ["The minister of the Interior met envoys in Doha. ", "a", "A title without end ", "\u{201c}No.\u{201d} "] {
        let raw = RawPage { bytes: unit.repeat((megabytes << 20) / unit.len() + 1).into_bytes(), ..Default::default() };
        let started = Instant::now();
        let options = PageOptions { max_bytes: 32 << 20, ..Default::default() };
        let page = page::page_with(&raw, &options).unwrap_or_else(|e| panic!("{e}"));
        let count = articles(&page).iter().map(|a| a.body.len()).sum::<usize>();
        let elapsed = started.elapsed();
        assert!(count >= 1);
        println!("{megabytes} MB of {unit:?}: page and articles {elapsed:?}");
        assert!(elapsed < Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 }), "{unit:?}: {elapsed:?}");
    }
    let raw = RawPage { bytes: vec![b'a'; 20 << 20], path: Some("p.txt".to_owned()), ..Default::default() };
    let message = page::page(&raw).map(|p| p.text.len()).map_err(|e| e.to_string());
    assert_eq!(message, Err("p.txt: 20 MB is over the 16 MB page limit; raise it with --max-page-size or split the file".to_owned()));
}

#[test]
fn many_short_lines_are_bounded() {
    for unit in [
        "A title line here\n",
        "A title line here\n\nThe body.\n\n",
        "Talks (SPA)\n",
        "TT\n",
        "“\n",
        "DOHA, July 3 (QNA) - No.\n",
        "• DOHA, July 3 (QNA) - No.\n",
        "05/03/2025\n",
        "Read next\n\nA title line here\n3 May 2025\n",
        "a\n\n\n",
    ] {
        let started = Instant::now();
        let (_, articles) = read(&unit.repeat(20_000));
        assert!(!articles.is_empty() && started.elapsed() < Duration::from_secs(20), "{unit:?}: {:?}", started.elapsed());
    }
}

#[test]
fn html_page_with_metadata() {
    let one = "The ministers of the two states met in Doha on Sunday and agreed to hold talks on the border next month, officials said.";
    let html = format!(
        r#"<!doctype html><html lang="en"><head><title>Talks in Doha | The Courier</title><meta property="og:site_name" content="The Courier">
        <script type="application/ld+json">{{"@graph":[{{"@type":"WebSite","name":"x"}},{{"@type":"NewsArticle","headline":"Ministers Hold Talks in Doha",
        "datePublished":"2024-07-16T23:30:00+03:00","author":[{{"name":"Lena Okafor"}}],"publisher":{{"name":"The Courier"}}}}]}}</script></head>
        <body><nav>Home World</nav><h1>Ministers Hold Talks in Doha</h1><figure><img src="a.jpg"><figcaption>Talks (SPA)</figcaption></figure>
        <div class="story"><p>DOHA (QNA) - {one}</p><p>They left on Monday, according to a statement the two ministries issued in the evening.</p>
        <p>Read also: More talks</p></div><footer>All rights reserved</footer></body></html>"#
    );
    let (page, articles) = read_raw(RawPage { bytes: html.into_bytes(), ..Default::default() });
    assert_eq!(page.metadata.byline.as_deref(), Some("Lena Okafor"));
    assert_eq!(articles[0].outlet.as_deref(), Some("The Courier"));
    let expected = format!(
        "H:Ministers Hold Talks in Doha\nB:Lena Okafor\nD:DOHA/-\nP:2024-07-16 metadata\n+{one}\n+They left on Monday, according to a statement the two ministries issued in the evening.\n-Boilerplate:Read also: More talks"
    );
    assert_eq!(articles.iter().map(|a| outline_of(&page, a)).collect::<Vec<_>>(), [expected]);
}

#[test]
fn damaged_and_wide_charsets_are_read() {
    let text = "Japan’s minister said “no” in Doha.\r\n\r\nHe left.";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (page, articles) = read_raw(RawPage { bytes: utf16, ..Default::default() });
    assert_eq!((page.text.as_str(), articles[0].body.len()), (text, 2));
    let whole = "The ministers met in São Paulo and agreed on a “roadmap” for peace – é".as_bytes();
    let (page, _) = read_raw(RawPage { bytes: whole[..whole.len() - 1].to_vec(), ..Default::default() });
    assert!(page.text.contains("São Paulo") && page.notes.len() == 1, "{page:?}");
}

#[test]
fn questions_of_an_interview_begin_no_article() {
    let text = "The Harbour Can Wait: the Minister on Fish and Rails\nBy Ana Serra\n\n\
        The minister of ports received this newspaper in Beira on Monday and spoke for an hour of the rails that were never laid.\n\n\
        Did you promise Norway the second quay?\n\n\
        “No. We promised nothing, and nothing was asked of us by anybody in Oslo,” the minister said at once.\n\n\
        Will the fishermen be paid before the rains?\n\n\
        “They will be paid when the treasury has counted the boats that are left in the lagoon,” he said.\n";
    assert_eq!(outline(text).len(), 1);
}

#[test]
fn headline_and_author_that_the_text_lacks_stand_behind_it() {
    let text = "DOHA, July 16 (QNA) - The two ministers met on Tuesday.";
    let raw = RawPage { bytes: text.into(), title: Some("Ministers  meet in Doha".to_owned()), ..Default::default() };
    let (page, articles) = read_raw(raw);
    assert_eq!(page.text, format!("{text}\n\nMinisters meet in Doha"));
    assert_eq!(quote(&page, articles[0].headline.unwrap()), "Ministers meet in Doha");
    assert_eq!(articles[0].span.end, text.len());

    let raw = RawPage { bytes: "A truce was agreed on Tuesday.".into(), title: Some("Truce".to_owned()), ..Default::default() };
    let (page, articles) = read_raw(raw);
    assert_eq!(quote(&page, articles[0].headline.unwrap()), "Truce", "a word of the text is no headline in it");

    let text = "Ministers meet in Doha\n\nThe two ministers met on Tuesday.";
    let raw = RawPage { bytes: text.into(), title: Some("Ministers meet in Doha".to_owned()), ..Default::default() };
    assert_eq!(read_raw(raw).0.text, text);

    let html = "<html><head><meta name=author content='Lena Okafor'></head><body><h1>Talks in Doha go on</h1><p>The two ministers met on \
                Tuesday for talks about the border and the river.</p><p>They will meet again in a month, a spokesman said.</p></body></html>";
    let (page, articles) = read(html);
    assert_eq!(quote(&page, articles[0].byline.unwrap()), "Lena Okafor");
}
