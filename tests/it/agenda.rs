//! The calendar to look at, and what stands in it besides events.

use crate::site::{Site, snapshot};

const EVENTS: &str = "-- content/su-kien/_index.md --
---
title: Sự kiện
kind: event
---
-- content/su-kien/le.md --
---
title: Lễ phát động
date: 2026-10-01
start: 2026-10-17 07:30
end: 2026-10-17 11:00
---
-- content/su-kien/trai.md --
---
title: Trại qua năm mới
date: 2026-09-01
start: 2026-12-30
end: 2027-01-02
all_day: true
---
-- content/su-kien/huy.md --
---
title: Giải chạy
date: 2026-09-01
start: 2026-12-05 06:00
status: cancelled
---
";

const DAYS: &str = "-- content/data/calendar.yaml --
- id: tet
  name: {vi: Tết, en: New Year}
  dates: {2027: {from: 2027-02-05, to: 2027-02-07}}
  people: Mọi nhà
  source: Âm lịch
- {id: nhuan, sort: anniversary, name: Ngày nhuận, every: 02-29, from: 2022}
- {id: bao-cao, sort: deadline, name: Hạn báo cáo, every: 12-09, from: 2022, until: 2027, warn: [3, 14, 1, 0]}
";

/// The cell of a day, as HTML.
fn cell<'a>(page: &'a str, day: &str) -> &'a str {
    let start =
        page.find(&format!("data-day=\"{day}\"")).unwrap_or_else(|| panic!("{day}: {page}"));
    page[start..].split("</td>").next().unwrap_or_default()
}

#[test]
fn a_month_shows_each_event_on_each_of_its_days() {
    let site = Site::with(EVENTS);
    site.build().clean();
    let page = site.page("lich/2026/12/index.html");
    for (day, shown) in
        [("2026-12-29", false), ("2026-12-30", true), ("2026-12-31", true), ("2026-12-05", false)]
    {
        assert_eq!(cell(&page, day).contains("Trại qua năm mới"), shown, "{day}");
    }
    assert!(cell(&page, "2026-12-05").contains("Đã hủy"), "{page}");
    assert!(cell(&site.page("lich/2026/10/index.html"), "2026-10-17").contains("07:30"));
    // Six weeks of seven days at most, each day once.
    assert_eq!(page.matches("data-day=").count(), 31);
    assert_eq!(page.matches("<td").count(), 35);
    // The next month that holds something, and the one before.
    assert!(page.contains("rel=\"prev\" href=\"/lich/2026/10/\""), "{page}");
    assert!(page.contains("rel=\"next\" href=\"/lich/2027/01/\""), "{page}");
    let january = site.page("lich/2027/01/index.html");
    assert!(
        cell(&january, "2027-01-02").contains("Trại")
            && !cell(&january, "2027-01-03").contains("Trại")
    );
    for path in ["lich/2026/11/index.html", "lich/2026/09/index.html", "lich/calendar.ics"] {
        assert!(!site.has(path), "{path}: nothing is then");
    }
    let main = site.page("lich/index.html");
    assert!(main.contains("href=\"/lich/2026/12/\"") && main.contains("href=\"/calendar.ics\""));
    assert!(site.page("su-kien/index.html").contains("href=\"/lich/\""));
    assert!(site.page("sitemap-vi.xml").contains("/lich/2026/12/"));
}

#[test]
fn no_page_of_the_calendar_changes_because_a_day_went_by() {
    let mut site = Site::with(&format!("{EVENTS}{DAYS}"));
    site.at = "2026-11-23T18:00:00+07:00";
    site.build().clean();
    let before = snapshot(&site.out());
    site.at = "2027-03-01T18:00:00+07:00";
    site.build().clean();
    let after = snapshot(&site.out());
    let mine = |path: &&String| path.starts_with("lich/");
    assert!(before.keys().filter(mine).count() >= 6, "{:?}", before.keys());
    assert!(before.keys().filter(mine).all(|path| before[path] == after[path]));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(after, snapshot(&cold));
}

#[test]
fn festivals_and_deadlines_stand_in_their_months_and_on_the_main_page() {
    let site = Site::with(&format!("{EVENTS}{DAYS}"));
    site.build().clean();
    let february = site.page("lich/2027/02/index.html");
    for day in ["2027-02-05", "2027-02-06", "2027-02-07"] {
        assert!(cell(&february, day).contains("Tết"), "{day}: {february}");
    }
    assert!(!cell(&february, "2027-02-08").contains("Tết"));
    assert!(cell(&february, "2027-02-28").contains("Ngày nhuận"), "the last day of February");
    assert!(february.contains("Mọi nhà") && february.contains("Âm lịch"));
    let december = site.page("lich/2026/12/index.html");
    assert!(cell(&december, "2026-12-09").contains("Hạn báo cáo"));
    assert!(december.contains("14, 3, 1 và 0"), "{december}");
    let main = site.page("lich/index.html");
    assert!(main.contains("Hằng năm, ngày 9/12") && main.contains("05/02/2027"), "{main}");
    // What comes back every year makes no year by itself.
    assert!(!site.has("lich/2025/12/index.html") && !site.has("lich/2028/02/index.html"));
}

#[test]
fn a_subscription_reminds_of_deadlines_every_year() {
    let site = Site::with(&format!("{EVENTS}{DAYS}"));
    site.build().clean();
    let file = site.page("lich/calendar.ics");
    crate::calendar::strict("lich", file.as_bytes());
    for lines in [
        "UID:calendar-tet-2027@tintot.example\r\n",
        "DTSTART;VALUE=DATE:20270205\r\nDTEND;VALUE=DATE:20270208\r\n",
        "DTSTART;VALUE=DATE:20221209\r\nDTEND;VALUE=DATE:20221210\r\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9;UNTIL=20271209\r\n",
        "DTSTART;VALUE=DATE:20220228\r\n",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n",
        // At eight in the morning, a fortnight, three days and a day before.
        "TRIGGER:-P13DT16H\r\n",
        "TRIGGER:-P2DT16H\r\n",
        "TRIGGER:-PT16H\r\n",
        "TRIGGER:PT8H\r\n",
        "TRANSP:TRANSPARENT\r\n",
    ] {
        assert!(file.contains(lines), "{lines} in {file}");
    }
    assert_eq!(file.matches("BEGIN:VALARM").count(), 4);
    assert!(!site.page("calendar.ics").contains("VALARM"), "events remind of nothing");
}

#[test]
fn days_that_are_none_are_told_with_their_place() {
    for (line, code, told) in [
        ("dates: {2027: 2027-02-30}, source: X", "T0941", "2027-02-30"),
        ("dates: {2027: 2026-02-17}, source: X", "T0942", "2027"),
        ("dates: {2027: {from: 2027-02-07, to: 2027-02-06}}, source: X", "T0756", "before"),
        ("dates: {2027: 2027-02-06}", "T0105", "source"),
        ("every: 13-01, from: 2022", "T0941", "13-01"),
        ("every: 12-09", "T0105", "from"),
        ("every: 12-09, from: 2022, warn: [200]", "T0203", "180"),
        ("every: 12-09, from: 2022, dates: {}", "T0943", "exactly one"),
        ("place: X, every: 12-09, from: 2022", "T0103", "places"),
        ("text: X", "T0943", "exactly one"),
    ] {
        let data = format!("-- content/data/calendar.yaml --\n- {{id: a, name: A, {line}}}\n");
        let built = Site::with(&data).build();
        let found = built.diagnostics.iter().find(|diag| diag.rule.code == code);
        let found = found.unwrap_or_else(|| panic!("{line}: {:?}", built.problems()));
        let label = &found.labels[0];
        assert_eq!(&*label.span.file, "content/data/calendar.yaml", "{line}");
        let said = format!("{:?} {:?}", found.message.en, found.help);
        assert!(said.contains(told), "{line}: {said}");
    }
}

#[test]
fn an_occasion_of_an_entry_that_is_not_there_names_the_nearest() {
    let data = "-- content/data/calendar.yaml --\n- {id: a, name: A, every: 12-09, from: 2022, page: su-kien/lee}\n";
    let built = Site::with(&format!("{EVENTS}{data}")).build();
    assert!(built.has_code("T0606"), "{:?}", built.problems());
}
