//! What a line of a page is when it is no sentence: share button, caption, byline, date, rule, "read also".
//!
//! `TT` -> widget; `Ministers in Doha (SPA)` -> caption; `By Lena Okafor` -> byline; `The talks ended.` -> none of them.
//! The word lists are English and from the layouts of news sites; position and repetition are judged in `article.rs`.

use super::BlockKind;
use super::date;

/// Whole lines, or words in a row, that are buttons.
#[rustfmt::skip]
const WIDGETS: &[&str] = &[
    "tt", "a+", "a-", "a", "aa", "share", "share this", "share this article", "share this story", "share on", "share via", "tweet",
    "post", "facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "email", "e-mail", "mail", "print", "copy link", "copy",
    "link", "link copied", "save", "save for later", "bookmark", "listen", "listen to this article", "listen to article",
    "listen to the story", "gift this article", "play", "pause", "mute", "font size", "text size", "larger", "smaller", "comments", "comment", "add a comment",
    "leave a comment", "no comments", "reply", "like", "likes", "follow", "messenger", "reddit", "pinterest", "instagram", "youtube",
    "viber", "telegram channel", "menu", "search", "close", "home", "skip to content", "skip to main content", "back to top", "next",
    "previous", "watch", "watch live", "live", "view gallery", "gallery", "open image", "enlarge", "expand", "translate", "rss", "sms",
    "threads", "flipboard", "bluesky", "mastodon", "snapchat", "tiktok", "line", "wechat", "toggle menu", "sign in", "short url", "log in", "login", "register",
];
/// First words of lines that are no part of an article.
#[rustfmt::skip]
const BOILERPLATE_STARTS: &[&str] = &[
    "read:", "watch:", "listen:", "video:", "photos:", "in photos:", "in pictures:", "read also", "read more", "also read", "read next", "next story:", "previous story:", "up next:", "más noticias", "lea también", "leia também", "leia mais", "à lire aussi", "lire aussi", "read the full", "read full", "see also", "more on this", "more from",
    "more news", "related:", "related articles", "related stories", "related news", "related topics", "related content", "related posts",
    "most read", "most viewed", "most popular", "trending", "recommended", "you may also like", "you might also like", "editor's picks",
    "editors' picks", "don't miss", "subscribe", "sign up", "newsletter", "follow us", "follow @", "follow the topics", "follow this topic", "follow topics", "join our", "join us on",
    "download our app", "download the app", "click here", "advertisement", "sponsored", "this website uses cookies",
    "this site uses cookies", "we use cookies", "accept cookies", "cookie", "cookies", "privacy policy", "terms of use",
    "terms of service", "terms and conditions", "contact us", "about us", "copyright", "©", "(c) 20", "tags:", "tag:", "topics:", "suggested topics:", "contact:",
    "keywords:", "filed under", "categories:", "source:", "reporting by", "editing by", "additional reporting", "writing by",
    "was this article", "was this page", "did you find this", "comments (", "our standards:", "thank you for reading", "support our journalism", "continue reading", "story continues below", "this article was",
    "this story was", "latest news", "latest on", "breaking news alerts", "get the latest", "up next", "we welcome your comments", "join the conversation", "sign in to",
    "log in to", "register to", "share this", "share your", "published in", "comments are closed",
];
/// Those of them that sentences begin with too: "Most popular parties rejected the plan."
#[rustfmt::skip]
const MAYBE_STARTS: &[&str] = &[
    "related articles", "related stories", "related news", "related topics", "related content", "related posts", "most read", "most viewed",
    "most popular", "more on this", "more from", "more news", "latest news", "latest on", "reporting by", "writing by", "editing by",
    "additional reporting", "join our", "contact us", "about us", "up next", "breaking news alerts", "terms of use", "terms of service",
    "read the full", "continue reading", "see also", "sign up", "register to", "share this", "share your", "published in",
];
/// Lines that announce a list of links when nothing follows on the line.
#[rustfmt::skip]
const LIST_HEADS: &[&str] = &[
    "related", "related articles", "related stories", "related news", "related topics", "related content", "read also", "read more",
    "also read", "see also", "most read", "most viewed", "most popular", "trending", "trending now", "recommended", "more on this story",
    "more on this topic", "more from this section", "you may also like", "you might also like", "latest news", "editor's picks",
    "more news", "read next", "up next", "recommended stories", "recommended for you", "more stories", "top stories", "you might like",
];
/// Lines that announce the points of a story in short.
const SUMMARY_HEADS: &[&str] =
    &["summary", "key points", "key takeaways", "takeaways", "highlights", "at a glance", "in brief", "in short"];
/// Agencies and picture services that sign captions.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "spa", "afp", "ap", "reuters", "epa", "dpa", "wam", "qna", "kuna", "bna", "ona", "petra", "mena", "irna", "isna", "tasnim", "fars",
    "mehr", "tass", "ria", "sputnik", "xinhua", "kyodo", "yonhap", "jiji", "ani", "pti", "ansa", "efe", "anadolu", "aa", "map", "aps",
    "tap", "suna", "sana", "ina", "nna", "wafa", "saba", "asharq al-awsat", "getty", "getty images", "bloomberg", "ap photo", "afp photo",
    "reuters photo", "upi", "bernama", "antara", "lusa", "interfax", "ukrinform", "belga", "anp", "cna", "xinhua news agency", "handout",
    "supplied", "social media", "x", "file", "archive", "screengrab", "wire", "pool", "via getty images", "ap file", "afp/getty images",
    "saudi press agency",
];

/// Whether words are the name of an agency as it signs: "dpa".
pub(super) fn is_agency_name(words: &str) -> bool {
    AGENCIES.contains(&words.to_lowercase().as_str())
}

#[rustfmt::skip]
const CREDIT_WORDS: &[&str] = &[
    "photo", "photos", "image", "images", "credit", "courtesy", "file", "getty", "handout", "photographer", "picture", "screengrab",
    "archive", "photograph", "via",
];

/// What the line is, if it is surely no sentence; `None` for titles and paragraphs.
pub(super) fn kind(line: &str) -> Option<BlockKind> {
    let line = line.trim();
    if is_rule(line) {
        return Some(BlockKind::Rule);
    }
    if line.len() > 400 {
        return None;
    }
    let lower = line.to_lowercase().replace('’', "'");
    if let Some(kind) = dated_line(line) {
        return Some(kind);
    }
    if is_widget(&lower) || is_address(&lower) || date::is_clock(line) || is_duration(&lower) {
        return Some(BlockKind::Widget);
    }
    if is_boilerplate(&lower) {
        return Some(BlockKind::Boilerplate);
    }
    if date::date_line(line).is_some() || place_and_date(line) {
        return Some(BlockKind::DateLine);
    }
    if is_byline(line, &lower) {
        return Some(BlockKind::Byline);
    }
    credit(line)
}

/// A line of dashes, stars or the like, or the wire's end mark.
fn is_rule(line: &str) -> bool {
    let mut marks = 0;
    for c in line.chars() {
        match c {
            '-' | '_' | '=' | '*' | '—' | '–' | '─' | '•' | '·' | '#' | '~' | '+' => marks += 1,
            c if c.is_whitespace() => {}
            _ => return matches!(line, "-30-" | "ENDS" | "END" | "Ends" | "-END-" | "- END -" | "-ENDS-" | "###"),
        }
    }
    marks >= 3 || matches!(line, "—" | "–" | "--")
}

fn is_widget(lower: &str) -> bool {
    if lower.len() > 90 {
        return false;
    }
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '-');
    if WIDGETS.contains(&bare) || is_count(bare) || is_navigation(lower) {
        return true;
    }
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || matches!(c, '|' | '/' | '·' | '•' | ',' | ':')).filter(|w| !w.is_empty()).collect();
    words.len() >= 2 && buttons(&words)
}

/// Three or more short entries between bars, dots or arrows, five between hyphens: `Menu | Home | Continent`, `LIVE SCORES · TABLES · PODCAST`.
fn is_navigation(lower: &str) -> bool {
    let hyphens = if lower.matches(" - ").count() >= 4 { lower.replace(" - ", "|") } else { lower.to_owned() };
    let trail = hyphens.replace(" > ", "|").replace(" — ", "|");
    let entries: Vec<&str> = trail.split(['|', '·', '•', '›', '»', '▾', '▼']).map(str::trim).filter(|e| !e.is_empty()).collect();
    // "Japan — and China — agree" is a title
    if entries.iter().any(|e| ["and ", "or ", "but ", "not ", "with "].iter().any(|w| e.starts_with(w))) {
        return false;
    }
    // "Home / South Asia" leads back
    let leads_back = || lower.strip_prefix("home / ").is_some_and(|path| path.split(" / ").all(|e| e.split_whitespace().count() <= 4));
    let most = if entries.iter().any(|e| WIDGETS.contains(e)) { 6 } else { 4 };
    let short = |e: &&str| e.split_whitespace().count() <= most && !e.ends_with(['.', '!', '?', ';', ':', ',']);
    entries.len() >= 3 && entries.iter().all(short) || leads_back()
}

/// Whether the words are buttons in a row: `Share Tweet Copy link A+ A-`.
fn buttons(words: &[&str]) -> bool {
    let mut at = 0;
    let mut count = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at)).rev().find(|n| WIDGETS.contains(&words[at..at + n].join(" ").as_str()));
        let Some(taken) = longest else { return false };
        at += taken;
        count += 1;
    }
    count > 1
}

/// A web address alone on its line.
fn is_address(lower: &str) -> bool {
    (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.")) && !lower.contains(char::is_whitespace)
}

/// `5 min read`, `3 minute read`, `12 comments`, `2 hours ago`, `1,204 views`.
fn is_count(bare: &str) -> bool {
    #[rustfmt::skip]
    const UNITS: &[&str] = &[
        "min read", "mins read", "minute read", "minutes read", "min", "mins", "comments", "comment", "shares", "views", "likes",
        "hours ago", "hour ago", "minutes ago", "days ago", "day ago", "reads",
    ];
    let starts = ["reading time:", "estimated reading time", "listen to this article:"];
    let bare = starts.iter().find_map(|s| bare.strip_prefix(s)).unwrap_or(bare).trim();
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.').trim_start_matches([' ', '-']);
    rest.len() < bare.len() && UNITS.contains(&rest)
}

/// Boilerplate is told by its first words; a line that is long or ends as a sentence in a text is left alone.
fn is_boilerplate(lower: &str) -> bool {
    if lower.len() > 240 {
        return false;
    }
    if lower.contains("all rights reserved")
        || (lower.contains("your inbox") && lower.split_whitespace().count() <= 20)
        || (lower.contains("cookies") && (lower.contains("we use") || lower.contains("accept")))
    {
        return true;
    }
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(');
    if is_list_head(bare) || is_list_entry(bare) || is_sign_off(lower) || is_desk(lower) || is_contribution(bare) || is_invitation(bare) {
        return true;
    }
    let Some(start) = BOILERPLATE_STARTS.iter().find(|s| bare.starts_with(**s)) else { return false };
    let rest = bare.get(start.len()..).unwrap_or_default();
    let ends_word = !start.ends_with(char::is_alphanumeric) || !rest.starts_with(|c: char| c.is_alphanumeric());
    ends_word && is_notice(start, rest, bare)
}

/// Words such as "subscribe" or "source" also begin sentences: those need the look of a notice.
fn is_notice(start: &str, rest: &str, bare: &str) -> bool {
    let words = bare.split_whitespace().count();
    match start {
        "cookie" | "cookies" | "copyright" | "trending" | "recommended" | "advertisement" | "sponsored" | "newsletter" => {
            words <= 3 || rest.starts_with([':', ' ']) && rest.trim_start().starts_with(['©', ':', '(', '2'])
        }
        "this article was" | "this story was" => ["published", "produced", "translated", "updated", "corrected", "first", "originally"]
            .iter()
            .any(|w| rest.trim_start().starts_with(w)),
        "source:" => words <= 6,
        start if MAYBE_STARTS.contains(&start) => words <= 30 && (words < 6 || !bare.ends_with('.') || bare.contains(';')),
        _ => words <= 30,
    }
}

/// "Join The Star's WhatsApp channel and get the latest news.", "Support our reporting: become a member."
fn is_invitation(bare: &str) -> bool {
    let calls = ["join ", "follow ", "get ", "subscribe "].iter().any(|s| bare.starts_with(s));
    let asks = bare.starts_with("become a member")
        || ["support ", "donate "].iter().any(|s| bare.starts_with(s))
            && ["journalism", "our reporting", "become a member", "subscri"].iter().any(|w| bare.contains(w));
    let channel = || ["whatsapp", "telegram", "newsletter", "channel", "https://", "http://"].iter().any(|w| bare.contains(w));
    (calls && channel() || asks) && bare.split_whitespace().count() <= 20
}

fn is_sign_off(lower: &str) -> bool {
    let bare = lower.trim_start_matches(['-', '–', '—', '(', '[', ' ']);
    let name = bare.trim_end_matches([')', ']', '.', ' ']);
    bare.len() < lower.len() && (AGENCIES.contains(&name) || matches!(name, "with agencies" | "agencies" | "with input from agencies"))
}

/// Initials of the desks that edited the story: `abc-def/ghi`.
fn is_desk(lower: &str) -> bool {
    let is_initials = |part: &str| (2..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    lower.contains('/') && lower.contains('-') && lower.split(['/', '-']).all(is_initials)
}

/// `Courier writer Lena Okafor in Doha contributed to this report.`
fn is_contribution(bare: &str) -> bool {
    ["contributed to this report", "contributed to this story", "contributed reporting"]
        .iter()
        .any(|e| bare.trim_end_matches('.').ends_with(e))
}

/// An entry of a list of links read out: `list 1 of 3: Talks in Doha`, `end of list`.
fn is_list_entry(bare: &str) -> bool {
    bare == "end of list" || list_place(bare).is_some()
}

/// What follows `list 1 of 3`.
fn list_place(bare: &str) -> Option<&str> {
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare.strip_prefix("list ")?;
    let total = rest.get(number(rest)..)?.strip_prefix(" of ")?;
    total.get(number(total)..).filter(|after| rest.len() > number(rest) && after.len() < total.len() && number(rest) > 0)
}

/// Whether the line announces a list of links and holds none itself: `Related:`, `Most read`, `list 1 of 3`.
pub(crate) fn is_list_head(line: &str) -> bool {
    let lower = line.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    LIST_HEADS.contains(&bare) || list_place(bare) == Some("")
}

/// Whether the line announces the points of the story: `Summary`, `Key points:`.
pub(crate) fn is_summary_head(line: &str) -> bool {
    SUMMARY_HEADS.contains(&line.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether the line is a point of a list.
pub(crate) fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '*', '·', '▪', '●']) || line.starts_with("- ") || line.starts_with("– ")
}

/// Length of a recording: `Video Duration 02 minutes 14 seconds 02:14`.
fn is_duration(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let is_time = |w: &str| w.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let names = ["video", "audio", "duration", "play"];
    let units = ["hour", "hours", "minute", "minutes", "second", "seconds", "min", "mins", "sec", "secs"];
    words.iter().any(|w| names.contains(w))
        && words.iter().any(|w| is_time(w))
        && words.iter().all(|w| is_time(w) || names.contains(w) || units.contains(w))
}

/// A line with the author or the place first and the date behind: `Written by Lena Okafor | Doha | Updated: 12 March 2025`.
fn dated_line(line: &str) -> Option<BlockKind> {
    if author_and_date(line).is_some() {
        return Some(BlockKind::Byline);
    }
    let pieces = pieces(line);
    let is_name = |p: &&str| p.split_whitespace().count() <= 3 && p.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    let (dates, others): (Vec<&str>, Vec<&str>) = pieces.into_iter().partition(|p| is_date(p));
    let is_button = |p: &&str| WIDGETS.contains(&p.to_lowercase().as_str());
    let is_dated = !dates.is_empty() && !others.is_empty() && others.iter().all(|p| is_name(p) && !is_button(p));
    is_dated.then_some(BlockKind::DateLine)
}

/// Where the author ends and where the rest begins on a line that names the author first and states a date behind.
pub(crate) fn author_and_date(line: &str) -> Option<(usize, usize)> {
    let (author, rest) = parted(line)?;
    let is_signed = line.len() <= 160 && is_byline(author, &author.to_lowercase()) && pieces(rest).iter().any(|p| is_date(p));
    is_signed.then_some((author.len(), line.len() - rest.len()))
}

fn is_date(piece: &str) -> bool {
    date::date_line(piece).is_some_and(|found| found.iso.is_some()) || date::settled(piece, &[]).is_some()
}

/// The parts of a line between bars, dots and spaced dashes; none of a line that is too long for a label.
fn pieces(line: &str) -> Vec<&str> {
    let (mut pieces, mut open) = (Vec::new(), Some(line).filter(|l| l.len() <= 160));
    while let Some(text) = open {
        let cut = parted(text);
        pieces.push(cut.map_or(text, |c| c.0));
        open = cut.map(|c| c.1);
    }
    pieces
}

/// The line before and after its first bar, dot or spaced dash.
fn parted(line: &str) -> Option<(&str, &str)> {
    let marks = ["|", "·", "•", " - ", " – ", " — ", " / "];
    let (at, length) = marks.iter().filter_map(|mark| Some((line.find(mark)?, mark.len()))).min()?;
    Some((line.get(..at)?.trim_end(), line.get(at + length..)?.trim_start()))
}

/// `By Lena Okafor`, `By Our Correspondent in Doha`, `Written by ...`.
fn is_byline(line: &str, lower: &str) -> bool {
    let Some(start) = ["by ", "by: ", "written by ", "story by ", "by\u{a0}"].iter().find(|s| lower.starts_with(**s)) else { return false };
    let Some(name) = line.get(start.len()..) else { return false };
    let words: Vec<&str> = name.split_whitespace().collect();
    let closes = name.ends_with(['.', '!', '?', ':', ';']) && !name.ends_with("Jr.");
    let is_name = |w: &&str| {
        w.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
            || matches!(*w, "and" | "in" | "of" | "for" | "the" | "de" | "al" | "bin" | "van" | "von" | "at")
    };
    let starts_name = words.first().is_some_and(|w| w.starts_with(char::is_uppercase) && !is_time_word(w));
    starts_name && !closes && words.len() <= 12 && words.iter().all(is_name)
}

fn is_time_word(word: &str) -> bool {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    date::month(&lower).is_some() || lower.ends_with("day")
}

/// `Riyadh, 3 March 2024` or `RIYADH, July 16 (SPA)` alone on a line; `Foreign Ministry Press Briefing – 7 May 2024` is a title.
fn place_and_date(line: &str) -> bool {
    let is_place = |name: &str| name.split_whitespace().count() < 4 || !name.contains(char::is_lowercase);
    if [" – ", " — ", " - "].iter().filter_map(|dash| line.split_once(dash)).any(|(name, _)| !is_place(name)) {
        return false;
    }
    line.len() <= 80 && super::dateline::alone(&line.replace('\u{a0}', " ").replace(" — ", ", ").replace(" – ", ", "))
}

/// A photo credit at the end: `(SPA)`, `(Photo: Abdulaziz Al-Arifi)`, `[AFP]`, `/ AP`, `REUTERS/Name`, `File photo`.
fn credit(line: &str) -> Option<BlockKind> {
    let lower = line.to_lowercase();
    if is_photo_line(&lower) || is_signed(line) {
        return Some(BlockKind::Caption);
    }
    let (before, inside) = last_brackets(line).or_else(|| slash_credit(line))?;
    let sure = is_credit(inside);
    if is_acronym(inside) && is_initialism(inside, before) || !sure && !is_acronym(inside) {
        return None;
    }
    let explicit = inside.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| CREDIT_WORDS.contains(&w));
    let is_sentence = before.trim_end().ends_with(['.', '!', '?', '”', '"']);
    Some(if sure && (explicit || !is_sentence) { BlockKind::Caption } else { BlockKind::MaybeCaption })
}

fn is_photo_line(lower: &str) -> bool {
    #[rustfmt::skip]
    let starts = [
        "file photo", "file -", "file –", "file —", "photo:", "photo by", "photo courtesy", "image:", "image credit", "picture:",
        "photo credit", "a handout photo", "credit:", "caption:", "photo caption:",
    ];
    let bare = lower.trim_end_matches(['.', ' ', ')', ']']);
    let ends = ["file photo", "file picture", "file image", "via reuters", "via ap", "handout via reuters"];
    // "on the Rambla in Montevideo. © Agencia Litoral"; a "(c)" may also count: "under article 7 (c) of the law"
    let signed = [("(c) ", true), ("© ", false)].iter().any(|(mark, has_slash)| {
        let name = lower.rfind(mark).and_then(|at| lower.get(at + mark.len()..)).filter(|_| !lower.starts_with(mark));
        name.is_some_and(|n| n.split_whitespace().count() <= 5 && (!has_slash || n.contains('/')))
    });
    signed
        || starts.iter().any(|s| lower.trim_start_matches(['(', '[']).starts_with(s))
        || ends.iter().any(|e| bare.ends_with(e))
        || slash_photographer(bare)
        || named_credit(bare)
}

/// `... on Monday. Credit: First Last / Agency`, `... in Ottawa / Photo by First Last`: a credit word, a name of at most eight words, the end.
fn named_credit(lower: &str) -> bool {
    let marks =
        ["credit: ", "photo: ", "photograph: ", "photo by ", "photograph by ", "picture by ", "picture: ", "image: ", "photo credit: "];
    marks.iter().filter_map(|m| Some((lower.rfind(m)?, m.len()))).any(|(at, len)| {
        let (before, name) = (lower.get(..at).unwrap_or_default().trim_end(), lower.get(at + len..).unwrap_or_default());
        before.ends_with(['.', '/', '|', '(', '—', '–', '-', ',']) && name.split_whitespace().count() <= 8
    })
}

/// `... July 3, 2024. reuters/name name`.
fn slash_photographer(lower: &str) -> bool {
    let from = lower.len().saturating_sub(60);
    let tail = (from..lower.len()).find_map(|i| lower.get(i..)).unwrap_or_default();
    ["reuters/", "ap photo/", "afp/", "epa/", "getty images/"]
        .iter()
        .any(|a| tail.find(a).is_some_and(|at| tail.get(at + a.len()..).is_some_and(|n| n.split_whitespace().count() <= 4)))
}

/// `... in this file photo. MORNING STAR / First Last`: behind the last sentence nothing but names with a slash.
fn is_signed(line: &str) -> bool {
    let Some((_, credit)) = line.rsplit_once(". ").filter(|(_, c)| c.contains('/')) else { return false };
    let words: Vec<&str> = credit.split([' ', '/']).filter(|w| !w.is_empty()).collect();
    (2..=8).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase)) && !credit.ends_with('.')
}

/// Text before and inside the last brackets, when they end the line.
fn last_brackets(line: &str) -> Option<(&str, &str)> {
    let body = line.trim_end_matches('.');
    let (open, close) = if body.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inner = body.strip_suffix(close)?;
    let at = inner.rfind(open)?;
    Some((inner.get(..at)?, inner.get(at + 1..)?.trim()))
}

/// `Ministers in Doha / AP`.
fn slash_credit(line: &str) -> Option<(&str, &str)> {
    let at = line.rfind(['/', '|'])?;
    let name = line.get(at + 1..)?.trim();
    let before = line.get(..at)?;
    (AGENCIES.contains(&name.to_lowercase().as_str()) && before.ends_with(' ')).then_some((before, name))
}

fn is_credit(inside: &str) -> bool {
    let lower = inside.to_lowercase();
    let words = lower.split_whitespace().count();
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let last = lower.rsplit(['/', ',', ' ']).next().unwrap_or_default();
    AGENCIES.contains(&lower.as_str())
        || (words <= 8 && lower.split(['/', ',']).any(|p| AGENCIES.contains(&p.trim())))
        || (words <= 8 && (CREDIT_WORDS.contains(&first) || CREDIT_WORDS.contains(&last)))
}

fn is_acronym(inside: &str) -> bool {
    (2..=6).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether the letters are the initials of the words before: `Gulf Cooperation Council (GCC)`.
fn is_initialism(inside: &str, before: &str) -> bool {
    let initials: String =
        before.split(|c: char| c.is_whitespace() || c == '-').filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    let last = initials.len().saturating_sub(inside.len());
    initials.get(last..).is_some_and(|tail| tail == inside)
}

/// Whether the line could be a headline: short, no full stop at its end, not begun in lower case.
pub(super) fn is_title_like(text: &str) -> bool {
    if text.len() > 400 || text.split_whitespace().count() > 30 || text.chars().count() > 220 {
        return false;
    }
    let turn = ["Q:", "A:", "Q.", "Q -", "Question:", "Answer:"].iter().any(|t| text.starts_with(t));
    let bullet = turn || text.starts_with(['-', '•', '*', '–', '—', '·', '▪', '>']);
    let first = text.chars().find(|c| c.is_alphanumeric());
    !bullet && first.is_some_and(|c| !c.is_lowercase()) && !ends_sentence(text)
}

/// Whether the text ends as a sentence does (closing quotes and brackets are looked through).
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '\u{a0}']);
    bare.ends_with(['.', '!', '…', '。', '！', '।', '۔', ':', ';', ',']) || (bare.ends_with(['?', '؟', '？']) && bare.len() < text.len())
}

/// Whether a line without a full stop reads as a sentence rather than as a headline: `The minister said talks would resume`.
pub(crate) fn is_sentence_like(text: &str) -> bool {
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "The", "A", "An", "He", "She", "It", "They", "We", "I", "But", "And", "However", "In", "On", "At", "During", "After", "Meanwhile",
        "This", "These", "Those", "There", "His", "Her", "Their", "Its", "Earlier", "Also", "According", "Speaking", "Asked",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() >= 7 && words.first().is_some_and(|w| STARTS.contains(&w.trim_end_matches(','))) && !is_title_case(text)
}

/// Whether most words of four letters or more begin with a capital.
pub(crate) fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().skip(1).filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4).collect();
    let capital = long.iter().filter(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)).count();
    !long.is_empty() && capital * 10 >= long.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lines_apart() {
        use BlockKind::*;
        let cases = [
            ("TT", Some(Widget)),
            ("MENU | Home | Continent | Business", Some(Widget)),
            ("☰  La Cordillera in English  |  Subscribe  |  Log in", Some(Widget)),
            ("LIVE SCORES · TABLES · PODCAST", Some(Widget)),
            ("Nation ▾   Coast ▾   Money ▾   Log in", Some(Widget)),
            ("HARBOUR POST - Politics - Money - Coast - Sport", Some(Widget)),
            ("Ministers - old and new - meet", None),
            ("Listen to this article: 6 min", Some(Widget)),
            ("Follow the topics in this article: Ports + Add   Rails + Add", Some(Boilerplate)),
            ("Fishermen on the quay in Beira. © Agencia Sur", Some(Caption)),
            ("Latest on Harbours: the lagoon is closed", Some(Boilerplate)),
            ("Get the week in your inbox. Enter your e-mail", Some(Boilerplate)),
            ("Was this article useful?  Yes / No", Some(Boilerplate)),
            ("A soldier near the checkpoint. (c) Courier/Yonas Hailu", Some(Caption)),
            ("Kathmandu — 22 April 2033", Some(DateLine)),
            ("Opinion | The treaty nobody read", None),
            ("A+ A-", Some(Widget)),
            ("Share Tweet Facebook Copy link", Some(Widget)),
            ("4 min read", Some(Widget)),
            ("READ: Fishermen sail home early", Some(Boilerplate)),
            ("We welcome your comments. Sign in to join the conversation.", Some(Boilerplate)),
            ("The Andean Courier — Politics — Economy — Amazon", Some(Widget)),
            ("Home > Foreign Affairs > Neighbours", Some(Widget)),
            ("Home / South Asia", Some(Widget)),
            ("World | Japan sends aid", None),
            ("Next story: Rain stops play", Some(Boilerplate)),
            ("Lire aussi : Le port rouvre", Some(Boilerplate)),
            ("Support fearless journalism. Become a member for €3 a month.", Some(Boilerplate)),
            ("Support for the truce is growing, a member of the council said in a month of talks.", None),
            ("Japan — and China — agree", None),
            ("Comments are closed", Some(Boilerplate)),
            ("Join The Star's WhatsApp channel and get the latest news.", Some(Boilerplate)),
            (
                "Join forces or fail, the minister told the two sides of the Channel tunnel dispute, which has dragged on for a decade without an end in sight.",
                None,
            ),
            ("Share this story: X, Bluesky, email", Some(Widget)),
            ("Share this burden, the minister told Europe, or watch the camps grow.", None),
            ("Porters load sacks of rice aboard a ferry. HARBOUR TIMES / Ann Lee", Some(Caption)),
            ("The ministers met. Talks resume in May and/or June", None),
            ("* * *", Some(Rule)),
            ("Okano Yukiko, deputy press secretary (Photo: Abdulaziz Al-Arifi)", Some(Caption)),
            ("Gulf interior ministers at their meeting in Qatar (SPA)", Some(Caption)),
            ("Ministers in Doha [AFP]", Some(Caption)),
            ("[Photo caption: Delegates applaud after the vote in Lima on Tuesday. — Reuters]", Some(Caption)),
            ("[Caption: The ministers in Quito on Wednesday]", Some(Caption)),
            ("Ministers in Doha / AP", Some(Caption)),
            ("A patrol boat off the coast. File photo", Some(Caption)),
            ("The talks will resume next week, the agency said. (SPA)", Some(MaybeCaption)),
            ("Ministers meet at the Gulf Cooperation Council (GCC)", None),
            ("Aid falls in the Middle East and North Africa (MENA)", None),
            ("Most popular parties rejected the plan on Sunday.", None),
            ("Reporting by state media suggested that talks were near.", None),
            ("Reporting by Jane Roe; Editing by Ann Lee", Some(Boilerplate)),
            ("Read also: Minister visits Doha", Some(Boilerplate)),
            ("© 2024 The Courier. All rights reserved.", Some(Boilerplate)),
            ("Advertisement", Some(Boilerplate)),
            ("By Lena Okafor", Some(Byline)),
            ("By Thursday, the ministers had agreed.", None),
            ("By Thursday Evening Talks Collapse", None),
            ("Published: 12 March 2025", Some(DateLine)),
            ("Foreign Ministry Press Briefing – 7 May 2024", None),
            ("Riyadh, 3 March 2024", Some(DateLine)),
            ("He left.", None),
            ("Subscribers to the fund include Norway.", None),
            ("Copyright law was among the topics the ministers raised in the talks.", None),
            ("Trending markets were not discussed.", None),
            ("Written by Lena Okafor | Quito | Updated: April 24, 2025 07:12 IST", Some(Byline)),
            ("PTI | New Delhi | Updated: April 24, 2025", Some(DateLine)),
            ("Talks on the canal | 24 April 2025", None),
            ("Recommended stories", Some(Boilerplate)),
            ("list 2 of 3: Oslo opens its harbour", Some(Boilerplate)),
            ("list of the three harbours", None),
            ("end of list", Some(Boilerplate)),
            ("Suggested Topics: World, Grains", Some(Boilerplate)),
            ("Courier writer Lena Okafor in Oslo contributed to this report.", Some(Boilerplate)),
            ("She contributed to this report on harbours, the minister said.", None),
            ("abcd-efg/hij/klm", Some(Boilerplate)),
            ("Follow our coverage of harbours at https://courier.example/harbours", Some(Boilerplate)),
            ("Video Duration 02 minutes 14 seconds 02:14", Some(Widget)),
            ("3h ago (13:45 GMT)", Some(Widget)),
        ];
        let failures: Vec<_> = cases.iter().filter(|(t, expected)| kind(t) != *expected).map(|(t, _)| (t, kind(t))).collect();
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
