//! Campaigns that come back every year: where their pages are, what they say
//! on which day, and what changes when.

use crate::site::{SITE, Site};

const CAMPAIGN: &str = "campaigns:
  - id: cao-diem
    name: {vi: Tháng cao điểm, en: Peak month}
    slogan: {vi: Không để ai bị bỏ lại phía sau}
    slug: {en: peak-month}
    hashtags: [\"#ViNguoiNgheo\"]
    start: \"10-17\"
    end: \"11-18\"
    from: 2024
    years: {2024: {name: Tháng đầu tiên, start: \"10-10\"}}
    launch: {tag: le-phat-dong, before: 7}
    page: tin/giai-thich
";

const ENTRIES: &str = "-- content/data/units.yaml --
- {id: xa-b, name: Đoàn xã B}
- {id: xa-a, name: Đoàn xã A}
- {id: xa-c, name: Đoàn xã C}
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/giai-thich.md --
---
title: Vì sao có tháng này
date: 2024-01-01
---
-- content/tin/dem-cuoi.md --
---
title: Đêm cuối
date: 2026-11-18 23:59
units: [xa-c]
---
-- content/tin/qua-ngay.md --
---
title: Quá ngày
date: 2026-11-19 00:00
---
-- content/tin/nam-dau.md --
---
title: Chuyện năm đầu
date: 2024-10-10
---
-- content/tin/ke-le.md --
---
title: Kể lại buổi lễ
date: 2026-10-18
units: [xa-a, xa-b]
tags: [le-phat-dong]
---
-- content/le/_index.md --
---
title: Sự kiện
kind: event
---
-- content/le/le-a.md --
---
title: Lễ của A
date: 2026-10-01
start: 2026-10-15 07:30
units: [xa-a]
tags: [le-phat-dong]
---
-- content/le/le-hoan.md --
---
title: Lễ đã hủy
date: 2026-10-01
start: 2026-10-17 07:30
status: cancelled
units: [xa-c]
tags: [le-phat-dong]
---
-- content/le/ngay-hoi.md --
---
title: Ngày hội
date: 2026-10-01
start: 2026-11-17 07:30
end: 2026-11-20 07:30
units: [xa-b]
---
";

fn site(at: &'static str) -> Site {
    let mut site = Site::new(&format!("{SITE}{CAMPAIGN}{ENTRIES}"));
    site.at = at;
    site.build().ok();
    site
}

/// The part of a page from one text to the next.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} in {page}"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or_else(|| panic!("{to} after {from} in {page}"))]
}

#[test]
fn a_year_has_a_hub_with_its_days_and_what_happened_on_them() {
    let site = site("2026-11-23T12:00:00+07:00");
    let hub = site.page("cao-diem/2026/index.html");
    assert!(hub.contains("Đã kết thúc") && hub.contains("#ViNguoiNgheo"));
    assert_eq!(hub.matches("<li class=\"hub-day").count(), 33);
    let last = between(&hub, "data-day=\"2026-11-18\"", "</li>");
    assert!(last.contains("Đêm cuối"), "{last}");
    assert!(!between(&hub, "id=\"h-days\"", "</section>").contains("Quá ngày"));
    assert!(between(&hub, "data-day=\"2026-11-17\"", "</ul>").contains("Ngày hội"));
    assert!(hub.contains("href=\"/tin/giai-thich/\""), "the page that explains it");
    // A year may have another name and other days.
    let first = site.page("cao-diem/2024/index.html");
    assert!(first.contains("Tháng đầu tiên năm 2024"));
    assert!(between(&first, "data-day=\"2024-10-10\"", "</li>").contains("Chuyện năm đầu"));
    assert!(!site.has("cao-diem/2023/index.html") && !site.has("cao-diem/2027/index.html"));
    let archive = site.page("cao-diem/index.html");
    assert!(archive.contains("Đợt tới: từ 17/10/2027 đến 18/11/2027"));
    for year in [2024, 2025, 2026] {
        assert!(archive.contains(&format!("href=\"/cao-diem/{year}/\"")));
    }
    assert!(site.page("en/peak-month/2026/index.html").contains("Peak month 2026"));
    assert!(site.page("sitemap-vi.xml").contains("/cao-diem/2026/"));
}

#[test]
fn units_that_launched_are_named_with_their_ceremony_and_no_others() {
    let hub = site("2026-11-23T12:00:00+07:00").page("cao-diem/2026/index.html");
    let launched = between(&hub, "id=\"h-launched\"", "</section>");
    let at = |text: &str| launched.find(text).unwrap_or_else(|| panic!("{text} in {launched}"));
    assert!(at("Đoàn xã A") < at("Lễ của A") && at("Lễ của A") < at("Đoàn xã B"));
    assert!(at("Đoàn xã B") < at("Kể lại buổi lễ"));
    assert!(!launched.contains("Đoàn xã C") && !launched.contains("Sắp phát động"));
    // Before the day of the ceremony it is still to come.
    let hub = site("2026-10-14T23:59:59+07:00").page("cao-diem/2026/index.html");
    assert!(between(&hub, "id=\"h-launched\"", "</section>").contains("Sắp phát động"));
}

#[test]
fn numbers_stand_beside_those_of_earlier_years() {
    let hub = site("2026-11-23T12:00:00+07:00").page("cao-diem/2026/index.html");
    let table = between(&hub, "id=\"h-compared\"", "</table>");
    let at = |text: &str| table.find(text).unwrap_or_else(|| panic!("{text} in {table}"));
    assert!(at(">2026<") < at(">2025<") && at(">2025<") < at(">2024<"));
    let row = between(table, "count-total", "</tr>");
    // Two pieces of news and two events, one of them cancelled.
    assert!(row.contains("<td>4</td><td>0</td><td>1</td>"), "{row}");
    assert!(between(table, "count-launched", "</tr>").contains("<td>2</td><td>0</td><td>0</td>"));
}

#[test]
fn phases_change_at_local_midnight_and_the_build_foretells_it() {
    let mut site = site("2026-10-16T23:59:59+07:00");
    let next = |site: &Site| {
        let ready = site.build().ok().build.ready.expect("a plan");
        ready.plan.next_flip.as_ref().map(|moment| moment.rfc3339()).unwrap_or_default()
    };
    let phase = |site: &Site| {
        let hub = site.page("cao-diem/2026/index.html");
        let line = between(&hub, "class=\"phase ", "</p>").to_owned();
        line[line.find('>').unwrap_or(0)..].to_owned()
    };
    assert!(phase(&site).contains(">Sắp diễn ra<"), "{}", phase(&site));
    assert_eq!(next(&site), "2026-10-17T00:00:00+07:00");
    site.at = "2026-10-16T17:00:00Z";
    assert!(next(&site).starts_with("2026-10-17T"), "an event of that day is over");
    assert!(phase(&site).contains("Ngày thứ 1/33"), "{}", phase(&site));
    assert!(phase(&site).contains("tính đến ngày 17/10/2026"));
    site.at = "2026-11-18T23:59:59+07:00";
    assert_eq!(next(&site), "2026-11-19T00:00:00+07:00");
    assert!(phase(&site).contains("Ngày thứ 33/33"));
    site.at = "2026-11-19T00:00:00+07:00";
    next(&site);
    assert!(phase(&site).contains(">Đã kết thúc<"));
    // After its last event nothing changes until the next one is announced.
    site.at = "2026-12-01T00:00:00+07:00";
    assert_eq!(next(&site), "2027-09-16T00:00:00+07:00");
    let pages = crate::site::snapshot(&site.out());
    site.at = "2027-02-28T12:00:00+07:00";
    site.build().ok();
    assert!(pages == crate::site::snapshot(&site.out()), "another day changed a page");
}

#[test]
fn a_campaign_has_a_feed_of_its_own() {
    let site = site("2026-11-23T12:00:00+07:00");
    let feed = site.page("cao-diem/rss.xml");
    assert!(feed.contains("Tháng cao điểm") && feed.contains("Đêm cuối"));
    assert!(feed.contains("Chuyện năm đầu") && !feed.contains("Quá ngày"));
    assert!(site.page("cao-diem/2026/index.html").contains("href=\"/cao-diem/rss.xml\""));
}

#[test]
fn the_home_page_leads_to_the_hub_and_menus_to_all_years() {
    let menu = "menus: {main: [{list: campaigns}]}\n";
    let mut site = Site::new(&format!("{SITE}{CAMPAIGN}{menu}{ENTRIES}"));
    site.at = "2026-10-20T12:00:00+07:00";
    site.build().ok();
    let home = site.page("index.html");
    assert!(home.contains("href=\"/cao-diem/2026/\"") && home.contains("href=\"/cao-diem/\""));
}

#[test]
fn only_what_the_lists_let_in_belongs_and_several_run_at_once() {
    let two = "campaigns:
  - {id: mot, name: Một, start: \"12-20\", end: \"01-05\", sections: [tin], tags: [Ấm áp]}
  - {id: hai, name: Hai, start: \"12-01\", end: \"12-31\", kinds: [event]}
";
    let entry = |more: &str| format!("---\ntitle: Bài {more}---\n");
    let entries = format!(
        "-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n-- content/le/_index.md --\n---\ntitle: Lễ\nkind: event\n---\n-- content/tin/a.md --\n{}-- content/tin/b.md --\n{}-- content/le/c.md --\n{}",
        entry("ấm\ndate: 2026-01-02\ntags: [am-ap]\n"),
        entry("thường\ndate: 2026-01-02\n"),
        entry("lễ\ndate: 2025-12-01\nstart: 2025-12-24\ntags: [am-ap]\n"),
    );
    let mut site = Site::new(&format!("{SITE}{two}{entries}"));
    site.at = "2025-12-25T12:00:00+07:00";
    site.build().ok();
    let home = site.page("index.html");
    assert!(home.contains("/mot/2025/") && home.contains("/hai/2025/"));
    site.at = "2026-01-03T12:00:00+07:00";
    site.build().ok();
    let (one, two) = (site.page("mot/2025/index.html"), site.page("hai/2025/index.html"));
    let days = between(&one, "id=\"h-days\"", "</section>");
    assert!(days.contains("Bài ấm") && !days.contains("Bài thường") && !days.contains("Bài lễ"));
    assert!(between(&two, "id=\"h-days\"", "</section>").contains("Bài lễ"));
    assert!(!site.has("mot/2026/index.html"), "that year's has not begun");
}

#[test]
fn names_that_nothing_bears_are_errors_with_the_nearest() {
    let wrong = "campaigns:
  - {id: mot, start: 10-17, end: 11-18, sections: [tinn], kinds: [evnt], page: tin/dem-cuo, years: {hai: {}}, from: nay}
";
    let site = Site::new(&format!("{SITE}{wrong}{ENTRIES}"));
    let out = site.build();
    assert_eq!(out.problems().iter().filter(|told| told.contains("T0616")).count(), 2);
    assert_eq!(out.problems().iter().filter(|told| told.contains("T0166")).count(), 2);
    assert!(out.has_code("T0606"), "{:#?}", out.problems());
}

/// Whatever the window, the zone and the instant: the phase is that of the
/// local day, leap years and windows over the new year included.
#[test]
fn an_instant_stands_in_the_phase_of_its_local_day() {
    use crate::incremental::Dice;
    use tintot::plan::features::campaign::{Edition, Phase};
    let zones = ["Asia/Ho_Chi_Minh", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"];
    let windows = [("10-17", "11-18"), ("12-20", "01-05"), ("02-29", "02-29"), ("02-20", "03-01")];
    let mut dice = Dice::new(7);
    for (start, end) in windows {
        for zone in zones {
            let campaigns = format!(
                "timezone: {zone}\ncampaigns: [{{id: dot, name: Đợt, start: \"{start}\", end: \"{end}\"}}]\n"
            );
            let site = Site::new(&format!("{SITE}{campaigns}"));
            let tz = jiff::tz::TimeZone::get(zone).expect("a zone");
            for _ in 0..2 {
                // Seconds around a midnight, where days and zones meet.
                let year = 2023 + dice.roll(4) as i16;
                let day = jiff::civil::Date::new(year, 1, 1).expect("a day");
                let day =
                    day.checked_add(jiff::Span::new().days(dice.roll(800) as i64)).expect("a day");
                let midnight = tintot::base::time::Moment::midnight(day, &tz);
                let midnight = midnight.expect("a midnight").instant;
                for (second, local) in [(0, day), (-1, day.yesterday().expect("a day"))] {
                    let at = midnight.checked_add(jiff::Span::new().seconds(second)).expect("it");
                    let mut request = site.request();
                    request.at = tintot::base::time::BuildTime(at);
                    let ready = tintot::driver::look(&request).expect("a site").ready.expect("it");
                    assert_eq!(ready.plan.today, local, "{zone} {at}");
                    let campaign = &ready.site.config.campaigns[0];
                    let edition = Edition::of(campaign, year).expect("held");
                    let days = |from: jiff::civil::Date| {
                        i64::from(from.until(local).expect("days").get_days())
                    };
                    let wanted = match (days(edition.start), days(edition.end)) {
                        (ahead, _) if ahead < 0 => Phase::Upcoming(-ahead),
                        (_, over) if over > 0 => Phase::Over,
                        (since, _) => Phase::Running(since + 1),
                    };
                    assert_eq!(edition.phase(ready.plan.today), wanted, "{zone} {at} {start}");
                    assert_eq!(edition.start.year(), year);
                }
            }
        }
    }
}
