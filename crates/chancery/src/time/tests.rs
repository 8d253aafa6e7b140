use super::*;

fn day(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| text.parse().expect("a test's date"))
}

/// `text | anchor | start | end | precision | basis`; a text that begins with `>` is ahead.
fn check(table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (text, is_ahead) = cells[0].strip_prefix('>').map_or((cells[0], false), |t| (t, true));
        let when = resolve(text, day(cells[1]), is_ahead);
        let code = |v: serde_json::Value| v.as_str().unwrap_or_default().to_owned();
        let found = [
            when.start.clone().unwrap_or_default(),
            when.end.clone().unwrap_or_default(),
            code(serde_json::to_value(when.precision).expect("a code")),
            code(serde_json::to_value(when.basis).expect("a code")),
        ];
        if found != cells[2..6] || when.text.as_deref() != Some(text) {
            wrong.push(format!("{line}\n    found {}", found.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn stated_dates() {
    check(
        "16 July 2024 | | 2024-07-16 | 2024-07-16 | day | stated
         July 16, 2024 | 2020-01-01 | 2024-07-16 | 2024-07-16 | day | stated
         Sept. 11, 2001 | | 2001-09-11 | 2001-09-11 | day | stated
         2024-07-16 | | 2024-07-16 | 2024-07-16 | day | stated
         16/07/2024 | | 2024-07-16 | 2024-07-16 | day | stated
         06/07/2024 | | | | day | unknown
         Thursday, 11 April 2024 | | 2024-04-11 | 2024-04-11 | day | stated
         the 3rd of May 2021 | | 2021-05-03 | 2021-05-03 | day | stated
         31 February 2024 | | | | month | unknown
         July 2023 | | 2023-07-01 | 2023-07-31 | month | stated
         early March 2022 | | 2022-03-01 | 2022-03-10 | month | stated
         mid-March 2022 | | 2022-03-11 | 2022-03-20 | month | stated
         late February 2024 | | 2024-02-21 | 2024-02-29 | month | stated
         2023 | | 2023-01-01 | 2023-12-31 | year | stated
         late 2023 | | 2023-09-01 | 2023-12-31 | year | stated
         the end of 2022 | | 2022-09-01 | 2022-12-31 | year | stated
         the second quarter of 2023 | | 2023-04-01 | 2023-06-30 | year | stated
         Q4 2023 | | 2023-10-01 | 2023-12-31 | year | stated
         the first half of 2023 | | 2023-01-01 | 2023-06-30 | year | stated
         the 1990s | | 1990-01-01 | 1999-12-31 | unknown | stated
         the late 1990s | | 1996-09-01 | 1999-12-31 | unknown | stated
         the nineteenth century | | 1801-01-01 | 1900-12-31 | unknown | stated
         the summer of 2023 | | 2023-01-01 | 2023-12-31 | year | stated
         the winter of 2023 | | 2023-01-01 | 2024-02-29 | year | stated
         the 2011 uprising | | 2011-01-01 | 2011-12-31 | year | stated
         the night of April 5, 2024 | | 2024-04-05 | 2024-04-05 | day | stated
         10:15 a.m. on 5 April 2024 | | 2024-04-05 | 2024-04-05 | day | stated
         Christmas Eve 2023 | | 2023-12-24 | 2023-12-24 | day | stated",
    );
}

#[test]
fn ranges_and_bounds() {
    check(
        "between 3 and 5 May 2021 | | 2021-05-03 | 2021-05-05 | day | stated
         July 16-18, 2024 | | 2024-07-16 | 2024-07-18 | day | stated
         16–18 July 2024 | | 2024-07-16 | 2024-07-18 | day | stated
         3 May to 5 June 2021 | | 2021-05-03 | 2021-06-05 | day | stated
         28 December to 3 January 2024 | | 2023-12-28 | 2024-01-03 | day | stated
         from June to August 2023 | | 2023-06-01 | 2023-08-31 | month | stated
         2019-2021 | | 2019-01-01 | 2021-12-31 | year | stated
         between 2019 and 2021 | | 2019-01-01 | 2021-12-31 | year | stated
         2021 to 2019 | | | | year | unknown
         since 2019 | | 2019-01-01 | | year | stated
         until 5 May 2021 | | | 2021-05-05 | day | stated
         by the end of 2030 | 2024-07-16 | | 2030-12-31 | year | stated
         after June 2023 | | 2023-06-30 | | month | stated
         before 2019 | | | 2019-01-01 | year | stated
         Monday and Tuesday | 2024-07-18 | 2024-07-15 | 2024-07-16 | day | anchored
         Saturday and Sunday | 2024-07-20 | 2024-07-13 | 2024-07-14 | day | anchored
         >Monday to Friday | 2024-07-17 | 2024-07-15 | 2024-07-19 | day | anchored
         16 and 17 October | 2024-10-20 | 2024-10-16 | 2024-10-17 | day | anchored",
    );
}

#[test]
fn weekdays() {
    // 16 July 2024 is a Tuesday.
    check(
        "Thursday | 2024-07-16 | 2024-07-11 | 2024-07-11 | day | anchored
         >Thursday | 2024-07-16 | 2024-07-18 | 2024-07-18 | day | anchored
         Tuesday | 2024-07-16 | 2024-07-16 | 2024-07-16 | day | anchored
         >Tuesday | 2024-07-16 | 2024-07-16 | 2024-07-16 | day | anchored
         Thursday | | | | day | unknown
         Monday evening | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         late on Monday | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         Monday's | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         last Tuesday | 2024-07-16 | 2024-07-09 | 2024-07-09 | day | anchored
         next Tuesday | 2024-07-16 | 2024-07-23 | 2024-07-23 | day | anchored
         this coming Friday | 2024-07-16 | 2024-07-19 | 2024-07-19 | day | anchored
         this Thursday | 2024-07-16 | 2024-07-18 | 2024-07-18 | day | anchored
         Thursday last week | 2024-07-16 | 2024-07-11 | 2024-07-11 | day | anchored
         next week Monday | 2024-07-16 | 2024-07-22 | 2024-07-22 | day | anchored
         a Sunday | 2024-07-16 | | | day | unknown
         each Sunday | 2024-07-16 | | | day | unknown
         since Monday | 2024-07-16 | 2024-07-15 | | day | anchored
         >by Friday | 2024-07-16 | | 2024-07-19 | day | anchored",
    );
}

#[test]
fn months_and_days_without_a_year() {
    check(
        "July | 2023-09-10 | 2023-07-01 | 2023-07-31 | month | anchored
         July | 2024-07-16 | 2024-07-01 | 2024-07-31 | month | anchored
         >July | 2024-07-16 | 2024-07-01 | 2024-07-31 | month | anchored
         December | 2024-02-01 | 2023-12-01 | 2023-12-31 | month | anchored
         >January | 2024-07-16 | 2025-01-01 | 2025-01-31 | month | anchored
         July | | | | month | unknown
         July 16 | 2024-07-20 | 2024-07-16 | 2024-07-16 | day | anchored
         July 16 | 2024-07-10 | 2023-07-16 | 2023-07-16 | day | anchored
         >16 July | 2024-07-20 | 2025-07-16 | 2025-07-16 | day | anchored
         July 16 | | | | day | unknown
         29 February | 2023-01-01 | 2020-02-29 | 2020-02-29 | day | anchored
         the 23rd | 2024-07-16 | 2024-06-23 | 2024-06-23 | day | anchored
         last July | 2024-07-16 | 2023-07-01 | 2023-07-31 | month | anchored
         last October | 2024-07-16 | 2023-10-01 | 2023-10-31 | month | anchored
         next February | 2024-07-16 | 2025-02-01 | 2025-02-28 | month | anchored
         July last year | 2024-02-01 | 2023-07-01 | 2023-07-31 | month | anchored
         16 July last year | 2024-02-01 | 2023-07-16 | 2023-07-16 | day | anchored
         July last year | | | | month | unknown
         mid-September | 2024-11-01 | 2024-09-11 | 2024-09-20 | month | anchored
         the end of June | 2024-07-16 | 2024-06-21 | 2024-06-30 | month | anchored
         a Thursday night in February | 2024-07-16 | 2024-02-01 | 2024-02-29 | month | anchored
         New Year’s Day | 2024-07-16 | 2024-01-01 | 2024-01-01 | day | anchored
         New Year's Eve | 2024-07-16 | 2023-12-31 | 2023-12-31 | day | anchored
         Christmas | 2024-07-16 | 2023-12-25 | 2023-12-25 | day | anchored
         the first quarter | 2024-07-16 | 2024-01-01 | 2024-03-31 | year | anchored",
    );
}

#[test]
fn words_relative_to_the_publication_date() {
    check(
        "today | 2024-07-16 | 2024-07-16 | 2024-07-16 | day | anchored
         yesterday | 2024-07-01 | 2024-06-30 | 2024-06-30 | day | anchored
         yesterday | | | | day | unknown
         the day before yesterday | 2024-07-16 | 2024-07-14 | 2024-07-14 | day | anchored
         tomorrow morning | 2024-07-16 | 2024-07-17 | 2024-07-17 | day | anchored
         last night | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         this morning | 2024-07-16 | 2024-07-16 | 2024-07-16 | day | anchored
         overnight | 2024-07-16 | 2024-07-15 | 2024-07-16 | day | anchored
         last week | 2024-07-16 | 2024-07-08 | 2024-07-14 | week | anchored
         last week | | | | week | unknown
         next month | 2024-12-16 | 2025-01-01 | 2025-01-31 | month | anchored
         this year's | 2024-07-16 | 2024-01-01 | 2024-12-31 | year | anchored
         last quarter | 2024-07-16 | 2024-04-01 | 2024-06-30 | year | anchored
         earlier this month | 2024-07-16 | 2024-07-01 | 2024-07-16 | month | anchored
         later this year | 2024-07-16 | 2024-07-16 | 2024-12-31 | year | anchored
         late last year | 2024-07-16 | 2023-09-01 | 2023-12-31 | year | anchored
         the end of the month | 2024-07-16 | 2024-07-21 | 2024-07-31 | month | anchored
         the first half of this year | 2024-07-16 | 2024-01-01 | 2024-06-30 | year | anchored
         the weekend | 2024-07-16 | 2024-07-13 | 2024-07-14 | week | anchored
         >the weekend | 2024-07-16 | 2024-07-20 | 2024-07-21 | week | anchored
         two years ago | 2024-07-16 | 2022-01-01 | 2022-12-31 | year | anchored
         two years ago | | | | year | unknown
         three weeks ago | 2024-07-16 | 2024-06-24 | 2024-06-30 | week | anchored
         two days ago | 2024-07-16 | 2024-07-14 | 2024-07-14 | day | anchored
         a month ago | 2024-03-31 | 2024-02-01 | 2024-02-29 | month | anchored
         a decade ago | 2024-07-16 | 2010-01-01 | 2019-12-31 | unknown | anchored
         five hours ago | 2024-07-16 | 2024-07-15 | 2024-07-16 | day | anchored
         >in three weeks | 2024-07-16 | 2024-08-05 | 2024-08-11 | week | anchored
         five years' time | 2024-07-16 | 2029-01-01 | 2029-12-31 | year | anchored
         the past two decades | 2024-07-16 | 2004-07-16 | 2024-07-16 | unknown | anchored
         the last five days | 2024-07-16 | 2024-07-11 | 2024-07-16 | day | anchored
         >the next two weeks | 2024-07-16 | 2024-07-16 | 2024-07-30 | week | anchored
         the coming weeks | 2024-07-16 | 2024-07-16 | | week | anchored
         recent months | 2024-07-16 | | 2024-07-16 | month | anchored
         last summer | 2024-07-16 | 2023-01-01 | 2024-07-16 | year | anchored",
    );
}

#[test]
fn other_moments_of_the_story_stay_unresolved() {
    check(
        "the same day | 2024-07-16 | | | day | unknown
         that night | 2024-07-16 | | | day | unknown
         the next morning | 2024-07-16 | | | day | unknown
         the following week | 2024-07-16 | | | week | unknown
         a week earlier | 2024-07-16 | | | week | unknown
         two days later | 2024-07-16 | | | day | unknown
         three days | 2024-07-16 | | | day | unknown
         the previous January | 2024-07-16 | | | month | unknown
         the spring | 2024-07-16 | | | unknown | unknown
         the third night | 2024-07-16 | | | day | unknown
         the eve of the 2024 vote | 2024-07-16 | | | year | unknown
         Easter | 2024-07-16 | | | unknown | unknown
         the end of the day | 2024-07-16 | | | day | unknown
         the last day | 2024-07-16 | | | day | unknown
         999 years ago | 0001-07-16 | | | year | unknown
         the year 99999999999999999999 | 2024-07-16 | | | year | unknown
          | 2024-07-16 | | | unknown | unknown",
    );
}

#[test]
fn finds_expressions_in_sentences() {
    let cases: [(&str, &[&str]); 16] = [
        ("They met on Thursday and will sign in early May 2024.", &["Thursday", "early May 2024"]),
        ("On Sept. 11, 2001, and again on 16 July 2024 it fell.", &["Sept. 11, 2001", "16 July 2024"]),
        ("The minister may march on the second city in March.", &["March"]),
        ("May said the sun rose on 2,000 people.", &[]),
        ("Since 2019 trade has doubled; 2019 people left.", &["2019"]),
        ("He resigned two years ago, the same day as his aide.", &["two years ago", "the same day"]),
        ("Talks resume next week, not later this month.", &["next week", "later this month"]),
        ("It ran between 3 and 5 May 2021.", &["3 and 5 May 2021"]),
        ("The crisis of the late 1990s ended.", &["the late 1990s"]),
        ("On Monday evening, Tuesday's talks were off.", &["Monday evening", "Tuesday"]),
        ("Output fell in the second quarter of 2023.", &["the second quarter of 2023"]),
        ("Dated 2024-07-16 in Doha.", &["2024-07-16"]),
        ("Two days later a second envoy came overnight.", &["Two days later", "overnight"]),
        ("Wednesday, in Paris, and in the coming weeks.", &["Wednesday", "the coming weeks"]),
        ("“Yesterday” – said é on July 16.", &["Yesterday", "July 16"]),
        ("Rain in mid-September and late in 2023.", &["mid-September", "late in 2023"]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found: Vec<&str> = find(text).into_iter().map(|(a, b)| &text[a..b]).collect();
        if found != expected {
            wrong.push(format!("{text}\n    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
