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
         06/07/2024 | | | | unknown | unknown
         Thursday, 11 April 2024 | | 2024-04-11 | 2024-04-11 | day | stated
         the 3rd of May 2021 | | 2021-05-03 | 2021-05-03 | day | stated
         31 February 2024 | | | | unknown | unknown
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
         the 1990s | | 1990-01-01 | 1999-12-31 | year | stated
         the late 1990s | | 1996-09-01 | 1999-12-31 | year | stated
         the nineteenth century | | 1801-01-01 | 1900-12-31 | year | stated
         the first half of the 1990s | | | | unknown | unknown
         the summer of 2023 | | 2023-06-01 | 2023-08-31 | year | stated
         the winter of 2023 | | 2023-01-01 | 2024-02-29 | year | stated
         the 2011 uprising | | 2011-01-01 | 2011-12-31 | year | stated
         the night of April 5, 2024 | | 2024-04-05 | 2024-04-05 | day | stated
         10:15 a.m. on 5 April 2024 | | 2024-04-05 | 2024-04-05 | day | stated
         Christmas Eve 2023 | | 2023-12-24 | 2023-12-24 | day | stated",
    );
}

#[test]
fn what_lasts_ends_on_its_last_day() {
    for (length, end) in [
        ("three-day", "2023-07-18"),
        ("two-week", "2023-07-29"),
        ("72-hour", "2023-07-18"),
        ("one-month", "2023-08-15"),
        ("24-hour", "2023-07-16"),
    ] {
        assert_eq!(last_day("2023-07-16", length).as_deref(), Some(end), "{length}");
    }
    assert!(!is_length("day") && !is_length("three") && !is_length("three-way") && last_day("soon", "three-day").is_none());
}

#[test]
fn what_lasted_began_on_its_first_day() {
    for (length, start) in [("three-day", "2023-07-14"), ("two-week", "2023-07-03"), ("72-hour", "2023-07-14")] {
        assert_eq!(first_day("2023-07-16", length).as_deref(), Some(start), "{length}");
    }
    assert!(first_day("0001-01-01", "999-year").is_none());
}

#[test]
fn seasons_are_three_months() {
    check(
        "last autumn | 2025-06-03 | 2024-09-01 | 2024-11-30 | year | anchored
         last spring | 2025-06-03 | 2025-03-01 | 2025-05-31 | year | anchored
         last summer | 2024-07-16 | 2023-06-01 | 2023-08-31 | year | anchored
         last winter | 2025-02-03 | 2023-12-01 | 2024-02-29 | year | anchored
         this spring | 2025-06-03 | 2025-03-01 | 2025-05-31 | year | anchored
         this winter | 2025-02-03 | 2024-12-01 | 2025-02-28 | year | anchored
         this winter | 2025-10-03 | 2024-12-01 | 2025-02-28 | year | anchored
         >this winter | 2025-10-03 | 2025-12-01 | 2026-02-28 | year | anchored
         this summer | 2025-03-22 | 2025-06-01 | 2025-08-31 | year | anchored
         >this autumn | 2025-06-03 | 2025-09-01 | 2025-11-30 | year | anchored
         next spring | 2025-04-03 | 2026-03-01 | 2026-05-31 | year | anchored
         the autumn of last year | 2025-12-03 | 2024-09-01 | 2024-11-30 | year | anchored
         last winter | | | | unknown | unknown",
    );
}

#[test]
fn a_part_of_a_month_is_on_the_side_on_which_it_happens() {
    check(
        "mid-June | 2025-06-03 | 2024-06-11 | 2024-06-20 | month | anchored
         late June | 2025-06-03 | 2024-06-21 | 2024-06-30 | month | anchored
         early June | 2025-06-03 | 2025-06-01 | 2025-06-10 | month | anchored
         >late June | 2025-06-03 | 2025-06-21 | 2025-06-30 | month | anchored
         >early June | 2025-06-13 | 2026-06-01 | 2026-06-10 | month | anchored",
    );
}

#[test]
fn a_number_alone_is_no_date() {
    check(
        "3 | 2025-06-03 | | | unknown | unknown
         10 until 12 | 2025-06-03 | | | unknown | unknown
         between 3 and 5 | 2025-06-03 | | | unknown | unknown
         3, 4 and 5 May | 2025-06-03 | 2025-05-03 | 2025-05-05 | day | anchored",
    );
}

#[test]
fn words_that_look_ahead_mean_the_next_day_unless_the_last_is_near() {
    let read = |text: &str, anchor: &str| resolve_ahead(text, day(anchor)).end.unwrap_or_default();
    assert_eq!(read("July 15", "2032-06-27"), "2032-07-15");
    assert_eq!(read("July", "2032-06-27"), "2032-07-31");
    assert_eq!(read("3 May", "2032-05-05"), "2032-05-03");
    assert_eq!(read("March", "2032-06-27"), "2032-03-31");
    assert_eq!(read("Friday", "2032-06-27"), "2032-06-25");
    assert_eq!(read("July 15", ""), "");
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
         2021 to 2019 | | | | unknown | unknown
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
         Thursday | | | | unknown | unknown
         Monday evening | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         late on Monday | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         Monday's | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         last Tuesday | 2024-07-16 | 2024-07-09 | 2024-07-09 | day | anchored
         next Tuesday | 2024-07-16 | 2024-07-23 | 2024-07-23 | day | anchored
         this coming Friday | 2024-07-16 | 2024-07-19 | 2024-07-19 | day | anchored
         this Thursday | 2024-07-16 | 2024-07-18 | 2024-07-18 | day | anchored
         Thursday last week | 2024-07-16 | 2024-07-11 | 2024-07-11 | day | anchored
         next week Monday | 2024-07-16 | 2024-07-22 | 2024-07-22 | day | anchored
         a Sunday | 2024-07-16 | | | unknown | unknown
         each Sunday | 2024-07-16 | | | unknown | unknown
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
         July | | | | unknown | unknown
         July 16 | 2024-07-20 | 2024-07-16 | 2024-07-16 | day | anchored
         July 16 | 2024-07-10 | 2023-07-16 | 2023-07-16 | day | anchored
         >16 July | 2024-07-20 | 2025-07-16 | 2025-07-16 | day | anchored
         July 16 | | | | unknown | unknown
         29 February | 2023-01-01 | 2020-02-29 | 2020-02-29 | day | anchored
         the 23rd | 2024-07-16 | 2024-06-23 | 2024-06-23 | day | anchored
         last July | 2024-07-16 | 2023-07-01 | 2023-07-31 | month | anchored
         last October | 2024-07-16 | 2023-10-01 | 2023-10-31 | month | anchored
         next February | 2024-07-16 | 2025-02-01 | 2025-02-28 | month | anchored
         July last year | 2024-02-01 | 2023-07-01 | 2023-07-31 | month | anchored
         16 July last year | 2024-02-01 | 2023-07-16 | 2023-07-16 | day | anchored
         July last year | | | | unknown | unknown
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
         yesterday | | | | unknown | unknown
         the day before yesterday | 2024-07-16 | 2024-07-14 | 2024-07-14 | day | anchored
         tomorrow morning | 2024-07-16 | 2024-07-17 | 2024-07-17 | day | anchored
         last night | 2024-07-16 | 2024-07-15 | 2024-07-15 | day | anchored
         this morning | 2024-07-16 | 2024-07-16 | 2024-07-16 | day | anchored
         overnight | 2024-07-16 | 2024-07-15 | 2024-07-16 | day | anchored
         last week | 2024-07-16 | 2024-07-08 | 2024-07-14 | week | anchored
         last week | | | | unknown | unknown
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
         two years ago | | | | unknown | unknown
         three weeks ago | 2024-07-16 | 2024-06-24 | 2024-06-30 | week | anchored
         two days ago | 2024-07-16 | 2024-07-14 | 2024-07-14 | day | anchored
         a month ago | 2024-03-31 | 2024-02-01 | 2024-02-29 | month | anchored
         a decade ago | 2024-07-16 | 2010-01-01 | 2019-12-31 | year | anchored
         five hours ago | 2024-07-16 | 2024-07-15 | 2024-07-16 | day | anchored
         >in three weeks | 2024-07-16 | 2024-08-05 | 2024-08-11 | week | anchored
         five years' time | 2024-07-16 | 2029-01-01 | 2029-12-31 | year | anchored
         the past two decades | 2024-07-16 | 2004-07-16 | 2024-07-16 | year | anchored
         the last five days | 2024-07-16 | 2024-07-11 | 2024-07-16 | day | anchored
         >the next two weeks | 2024-07-16 | 2024-07-16 | 2024-07-30 | week | anchored
         the coming weeks | 2024-07-16 | 2024-07-16 | | week | anchored
         recent months | 2024-07-16 | | 2024-07-16 | month | anchored
         a year ago today | 2024-07-16 | 2023-07-16 | 2023-07-16 | day | anchored
         three years ago on Friday | 2024-07-16 | 2021-01-01 | 2021-12-31 | year | anchored
         four years ago this month | 2024-07-16 | 2020-07-01 | 2020-07-31 | month | anchored
         in March four years ago | 2024-07-16 | 2020-03-01 | 2020-03-31 | month | anchored
         a week ago on Monday | 2024-07-16 | 2024-07-08 | 2024-07-08 | day | anchored
         a week ago on Friday | 2024-07-16 | | | unknown | unknown
         years ago on Friday | 2024-07-16 | | 2024-07-16 | year | anchored",
    );
}

#[test]
fn other_moments_of_the_story_are_read_from_them() {
    let moment = day("2024-07-16").expect("a day");
    let days = |text: &str| resolve_from(text, moment).map(|w| format!("{} {}", w.start.unwrap_or_default(), w.end.unwrap_or_default()));
    let cases = [
        ("two days later", "2024-07-18 2024-07-18"),
        ("Three days earlier", "2024-07-13 2024-07-13"),
        ("a day before", "2024-07-15 2024-07-15"),
        ("The day before", "2024-07-15 2024-07-15"),
        ("the previous evening", "2024-07-15 2024-07-15"),
        ("the next morning", "2024-07-17 2024-07-17"),
        ("that night", "2024-07-16 2024-07-16"),
        ("the same month", "2024-07-01 2024-07-31"),
        ("the following week", "2024-07-22 2024-07-28"),
        ("a year later", "2025-01-01 2025-12-31"),
    ];
    for (text, expected) in cases {
        assert_eq!(days(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["next week", "later", "two days ago", "the third night", "Monday", "the following Monday", "several days later", "before"]
    {
        assert_eq!(days(text), None, "{text}");
    }
}

#[test]
fn other_moments_of_the_story_stay_unresolved() {
    check(
        "the same day | 2024-07-16 | | | unknown | unknown
         that night | 2024-07-16 | | | unknown | unknown
         the next morning | 2024-07-16 | | | unknown | unknown
         the following week | 2024-07-16 | | | unknown | unknown
         a week earlier | 2024-07-16 | | | unknown | unknown
         two days later | 2024-07-16 | | | unknown | unknown
         three days | 2024-07-16 | | | unknown | unknown
         the previous January | 2024-07-16 | | | unknown | unknown
         the spring | 2024-07-16 | | | unknown | unknown
         the third night | 2024-07-16 | | | unknown | unknown
         the eve of the 2024 vote | 2024-07-16 | | | unknown | unknown
         Easter | 2024-07-16 | | | unknown | unknown
         the end of the day | 2024-07-16 | | | unknown | unknown
         the last day | 2024-07-16 | | | unknown | unknown
         999 years ago | 0001-07-16 | | | unknown | unknown
         the year 99999999999999999999 | 2024-07-16 | | | unknown | unknown
          | 2024-07-16 | | | unknown | unknown",
    );
}

/// `sentence | expression=value; ...`, read on Tuesday, 16 July 2024.
fn check_found(table: &str, anchor: Option<Date>) {
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (text, expected) = line.split_once('|').expect("a sentence and what is in it");
        let found: Vec<String> = find(text.trim(), anchor).iter().map(|t| format!("{}={}", &text[t.start..t.end], t.value)).collect();
        if found.join("; ") != expected.trim() {
            wrong.push(format!("{line}\n    found {}", found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn finds_days_in_sentences() {
    check_found(
        "They met on Thursday and will sign on Friday. | Thursday=2024-07-11; Friday=2024-07-19
         On Sept. 11, 2001, and again on 16 July 2023 it fell. | Sept. 11, 2001=2001-09-11; 16 July 2023=2023-07-16
         A bill passed on Tuesday, July 9, and signed last Friday. | Tuesday, July 9=2024-07-09; last Friday=2024-07-12
         The offer ends Aug. 2 and was made Oct. 30. | Aug. 2=2024-08-02; Oct. 30=2023-10-30
         Dated 2024-07-16 in Doha. | 2024-07-16=2024-07-16
         He came yesterday, not today, for the day before yesterday it rained. | yesterday=2024-07-15; today=2024-07-16; the day before yesterday=2024-07-14
         Polls will open at 9 a.m. Wednesday and close at midnight. | 9 a.m. Wednesday=2024-07-17T09:00; midnight=2024-07-16T24:00
         It was shelled last night and again this morning. | last night=2024-07-15TNI; this morning=2024-07-16TMO
         Two people died on Monday evening. | Monday evening=2024-07-15TEV
         He left ten days ago. | ten days ago=2024-07-06
         “Yesterday” – said é on July 16. | Yesterday=2024-07-15; July 16=2024-07-16",
        day("2024-07-16"),
    );
}

#[test]
fn finds_longer_units_in_sentences() {
    check_found(
        "Few march on the second city in March. | March=2024-03
         May said the sun rose on 2,000 people; 1990 people left. |
         Since 2019 trade has doubled. | 2019=2019
         Rain in mid-September 2022 and late in 2023. | mid-September 2022=2022-09; late in 2023=2023
         The crisis of the late 1990s ended in the 20th century. | the late 1990s=199; the 20th century=19
         Output fell in the second quarter of 2023 and in the first half of this year. | the second quarter of 2023=2023-Q2; the first half of this year=2024-H1
         A third-quarter loss is expected next year. | third-quarter=2024-Q3; next year=2025
         Net rose in the first quarter from a year earlier. | the first quarter=2024-Q1; a year earlier=2023-Q1
         Talks resume next week, not later this month. | next week=2024-W30; later this month=2024-07
         The front held over the weekend, as in the winter of 2022. | the weekend=2024-W28-WE; the winter of 2022=2022-WI
         It will end by the end of the year, five years from now or soon. | the end of the year=2024; five years from now=2029; soon=FUTURE_REF
         Now, as in the past, they wait. | Now=PRESENT_REF; the past=PAST_REF
         The war began in nineteen ninety-two and ended two years ago. | nineteen ninety-two=1992; two years ago=2022",
        day("2024-07-16"),
    );
}

#[test]
fn durations_counts_and_names_are_no_dates() {
    check_found(
        "For two years, every Friday, they sat for the past three summers. |
         It cost $1990 or 1,990 euros at a rate of 3.1995. |
         Mayor Marchetti and April Springer fell 2,000 times in the next 12 to 18 months. |
         The eight-year war, a 10-hour tour and a five year low. |",
        day("2024-07-16"),
    );
}

#[test]
fn without_a_date_of_the_document_values_stay_open() {
    check_found(
        "Today, on Thursday, in July, on July 16 and in 2019. | Today=XXXX-XX-XX; Thursday=XXXX-WXX-4; July=XXXX-07; July 16=XXXX-07-16; 2019=2019
         The talks ended two weeks ago. | two weeks ago=XXXX-XX-XX",
        None,
    );
}
