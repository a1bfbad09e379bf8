//! Calendars: what other programs read of events.

use crate::outputs::demo;
use crate::site::{Site, snapshot};

const EVENTS: &str = "-- content/su-kien/_index.md --
---
title: Sự kiện
kind: event
---
-- content/su-kien/mot.md --
---
title: Lễ phát động; nhớ mang mũ, nón
summary: \"Dòng một\\nDòng hai có dấu \\\\ và rất nhiều chữ tiếng Việt để dòng này phải gấp lại ít nhất một lần\"
date: 2026-10-01 08:00
updated: 2026-10-02 08:30
start: 2026-10-17 07:30
end: 2026-10-17 11:00
place: Sân vận động, phường Minh Họa
units: [tinh-doan-lao-cai]
---
Chữ.
-- content/su-kien/hai.md --
---
title: Trại ba ngày
date: 2026-09-01
start: 2026-12-30
end: 2027-01-01
all_day: true
status: cancelled
---
Chữ.
";

/// Unfolded lines of a file that keeps the standard's outer form.
fn lines(path: &str, bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n"), "{path}");
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{path}: {line}");
        assert!(!line.is_empty(), "{path}: an empty line");
    }
    text.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

/// Checks a file against the grammar of RFC 5545 as far as events need it.
pub fn strict(path: &str, bytes: &[u8]) {
    let lines = lines(path, bytes);
    assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"], "{path}");
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"), "{path}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("PRODID:")).count(), 1, "{path}");
    let events: Vec<&[String]> = lines
        .split(|line| line == "BEGIN:VEVENT")
        .skip(1)
        .map(|part| part.split(|line| line == "END:VEVENT").next().unwrap_or_default())
        .collect();
    assert!(!events.is_empty(), "{path}");
    let mut uids = std::collections::BTreeSet::new();
    for event in events {
        let (event, alarms) = without_alarms(event);
        for alarm in alarms {
            for name in ["ACTION:DISPLAY", "DESCRIPTION:", "TRIGGER:"] {
                let of = alarm.iter().filter(|line| line.starts_with(name)).count();
                assert_eq!(of, 1, "{path}: {name} in {alarm:?}");
            }
            assert_eq!(alarm.len(), 3, "{path}: {alarm:?}");
        }
        let all = |name: &str| -> Vec<&str> {
            let named = event.iter().filter_map(|line| {
                let (head, value) = line.split_once(':')?;
                (head.split(';').next() == Some(name)).then_some(value)
            });
            named.collect()
        };
        for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"] {
            assert_eq!(all(name).len(), 1, "{path}: {name}");
        }
        for name in ["DTEND", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "RRULE", "TRANSP"] {
            assert!(all(name).len() <= 1, "{path}: {name}");
        }
        let (start, end) = (all("DTSTART")[0], all("DTEND"));
        assert!(end.iter().all(|end| end.len() == start.len() && **end > *start), "{path}");
        assert!(all("DTSTAMP")[0].ends_with('Z') && all("SEQUENCE")[0].parse::<u32>().is_ok());
        assert!(uids.insert(all("UID")[0].to_owned()), "{path}: a UID twice");
    }
}

/// The lines of an event, and those of each alarm within it.
fn without_alarms(event: &[String]) -> (Vec<&String>, Vec<Vec<&String>>) {
    let (mut own, mut alarms, mut inside) = (Vec::new(), Vec::<Vec<&String>>::new(), false);
    for line in event {
        match line.as_str() {
            "BEGIN:VALARM" => {
                alarms.push(Vec::new());
                inside = true;
            }
            "END:VALARM" => inside = false,
            _ if inside => alarms.last_mut().expect("an alarm").push(line),
            _ => own.push(line),
        }
    }
    (own, alarms)
}

#[test]
fn an_event_has_a_file_beside_its_page_and_stands_in_every_calendar() {
    let site = Site::with(EVENTS);
    site.build().ok();
    let file = site.page("su-kien/mot/event.ics");
    strict("mot", file.as_bytes());
    let unfolded = file.replace("\r\n ", "");
    for line in [
        "DTSTART:20261017T003000Z",
        "DTEND:20261017T040000Z",
        "DTSTAMP:20261002T013000Z",
        // Minutes from `date` to `updated`.
        "SEQUENCE:1470",
        "SUMMARY;LANGUAGE=vi:Lễ phát động\\; nhớ mang mũ\\, nón",
        "LOCATION;LANGUAGE=vi:Sân vận động\\, phường Minh Họa",
        "STATUS:CONFIRMED",
    ] {
        assert!(unfolded.contains(&format!("{line}\r\n")), "{line} in {unfolded}");
    }
    assert!(unfolded.contains("Dòng một Dòng hai có dấu \\\\ và"), "{unfolded}");
    for path in ["calendar.ics", "su-kien/calendar.ics", "don-vi/tinh-doan-lao-cai/calendar.ics"] {
        assert!(site.page(path).contains("DTSTART:20261017T003000Z"), "{path}");
    }
    assert!(site.page("su-kien/mot/index.html").contains("href=\"/su-kien/mot/event.ics\""));
    assert!(site.page("su-kien/index.html").contains("href=\"/su-kien/calendar.ics\""));
}

#[test]
fn days_end_after_the_last_and_what_is_cancelled_says_so() {
    let site = Site::with(EVENTS);
    site.build().ok();
    let file = site.page("su-kien/hai/event.ics");
    assert!(
        file.contains("DTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20270102\r\n"),
        "{file}"
    );
    assert!(file.contains("STATUS:CANCELLED\r\n"), "{file}");
}

#[test]
fn a_site_may_do_without_and_one_without_events_has_none() {
    let off = format!(
        "{EVENTS}-- site.yaml --\ntitle: T\nbase_url: https://t.example/\nfeeds: {{calendars: false}}\n"
    );
    for site in [Site::with(&off), Site::with("")] {
        site.build().ok();
        assert!(!snapshot(&site.out()).keys().any(|path| path.ends_with(".ics")));
    }
}

#[test]
fn every_calendar_of_the_demo_keeps_the_standard() {
    let mut seen = 0;
    for (path, bytes) in demo().files.iter().filter(|(path, _)| path.ends_with(".ics")) {
        strict(path, bytes);
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}
