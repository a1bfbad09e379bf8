//! Appeals with their receipts, awards with their roll, works before and
//! after, programmes, and figures as charts.

use crate::site::{SITE, Site, snapshot};

const STORY: &str = "-- content/data/units.yaml --
- {id: xa-a, name: Đoàn xã A}
-- content/bai/_index.md --
---
title: Bài
kind: story
---
-- content/bai/may.md --
---
title: Lớp may
date: 2026-10-01
---
Chuyện lớp may.
";

fn appeal(more: &str) -> String {
    format!(
        "-- content/bai/xe.md --
---
title: Một chiếc xe lăn
kind: appeal
date: 2026-10-05
need: Một chiếc xe lăn.
goal: 6 triệu đồng
stories: [may]
{more}---
Góp đủ thì thôi.
"
    )
}

const RECEIPTS: &str = "receipts:
  - {date: 2026-10-08, amount: 500k, source: Phiếu 2}
  - {date: 2026-10-07, from: Chị Hoa, amount: 2 triệu đồng, source: Phiếu 1}
  - {date: 2026-10-09, from: Xưởng mộc, quantity: Một đoạn dốc, source: Biên nhận 3}
";

#[test]
fn receipts_are_listed_and_added_up() {
    let site = Site::with(&format!("{STORY}{}", appeal(RECEIPTS)));
    site.build().clean();
    let page = site.page("bai/xe/index.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"));
    // In order of date, whoever is not to be named not named.
    assert!(at("Chị Hoa") < at("500.000 đồng") && at("500.000 đồng") < at("Một đoạn dốc"));
    assert!(page.contains("Không nêu tên") && page.contains("Phiếu 1"));
    assert!(page.contains("2,5 triệu đồng</strong>") && page.contains("trên 6 triệu đồng"));
    assert!(page.contains("08/10/2026; Nguồn: Phiếu 1; Phiếu 2"), "{page}");
    assert!(page.contains("<rect width=\"416\""));
    assert!(page.contains("Đang nhận ủng hộ"));
}

#[test]
fn a_sum_that_the_receipts_do_not_come_to_is_an_error() {
    let stated = |sum: &str, day: &str| {
        let received = format!("received: {{amount: {sum}, source: Sổ, as_of: {day}}}\n");
        Site::with(&format!("{STORY}{}", appeal(&format!("{received}{RECEIPTS}")))).build()
    };
    stated("2.500.000 đồng", "2026-10-08").clean();
    // What came after the day of the sum is not in it.
    stated("2 triệu đồng", "2026-10-07").clean();
    let out = stated("3 triệu đồng", "2026-10-08");
    let told = out.problems().join("\n");
    assert!(told.contains("T0231 3,000,000 dong are said to have come"), "{told}");
    assert!(told.contains("the receipts add up to 2,500,000 dong"), "{told}");
    let label =
        &out.diagnostics.iter().find(|diag| diag.rule.code == "T0231").expect("told").labels;
    assert_eq!(&*label[0].span.file, "content/bai/xe.md");
}

#[test]
fn a_receipt_says_how_much_came_and_which_paper_shows_it() {
    let bare =
        "receipts:\n  - {date: 2026-10-08, from: Ai đó}\n  - {date: 2026-10-09, amount: 1k}\n";
    let out = Site::with(&format!("{STORY}{}", appeal(bare))).build();
    assert!(out.has_code("T0232") && out.has_code("T0233"), "{:#?}", out.problems());
}

#[test]
fn a_story_leads_to_the_appeal_that_it_caused_and_says_how_it_stands() {
    let mut site = Site::with(&format!("{STORY}{}", appeal(RECEIPTS)));
    site.build().clean();
    let follow = |site: &Site| {
        let page = site.page("bai/may/index.html");
        let part = page.split("id=\"h-follow-ups\"").nth(1).map(str::to_owned);
        part.map(|part| part.split("</section>").next().unwrap_or_default().to_owned())
    };
    let shown = follow(&site).expect("what came of it");
    assert!(shown.contains("href=\"/bai/xe/\"") && shown.contains("Đang nhận ủng hộ"), "{shown}");
    // Another receipt is no other state: the story stays as it is.
    let story = site.page("bai/may/index.html");
    let more = format!("{RECEIPTS}  - {{date: 2026-10-10, amount: 1 triệu, source: Phiếu 4}}\n");
    site.write_all(&appeal(&more));
    site.build().clean();
    assert_eq!(story, site.page("bai/may/index.html"));
    // Handed over on a day: the story says so from that day on.
    site.write_all(&appeal(&format!("{more}handed_over: 2026-11-24\nrecord: Biên bản 5\n")));
    let flip = site.build().clean().build.outline.expect("a site").next_flip;
    assert_eq!(flip.as_deref(), Some("2026-11-24T00:00:00+07:00"));
    site.at = "2026-11-24T00:00:00+07:00";
    site.build().clean();
    assert!(follow(&site).expect("a state").contains("Đã trao"));
    assert!(site.page("bai/xe/index.html").contains("Biên bản 5"));
    let cold = site.root().join("cold");
    site.build_into(&cold);
    assert_eq!(snapshot(&site.out()), snapshot(&cold));
    // Taken back, it is gone from the story.
    site.write_all(&appeal("withdrawn: true\n"));
    site.build().ok();
    assert_eq!(follow(&site), None);
}

#[test]
fn a_story_shows_no_more_than_the_newest_that_came_of_it() {
    let many: String = (10..40)
        .map(|n| {
            format!(
                "-- content/bai/x{n}.md --\n---\ntitle: Lần {n}\nkind: appeal\ndate: 2026-10-{:02}\nstories: [may]\n---\nX\n",
                n % 28 + 1
            )
        })
        .collect();
    let site = Site::with(&format!("{STORY}{many}"));
    site.build().clean();
    let page = site.page("bai/may/index.html");
    let part = page.split("id=\"h-follow-ups\"").nth(1).expect("what came of it");
    assert_eq!(part.split("</section>").next().expect("it").matches("<li>").count(), 12);
}

const AWARDS: &str = "-- content/bai/tieu-chi.md --
---
title: Khen vì điều gì
kind: document
date: 2026-01-01
---
X
-- content/bai/khen-1.md --
---
title: Khen xã A
kind: award
date: 2026-12-01
decided: 2025-12-30
level: trung-uong
form: bang-khen
decision: 12-QĐ
recipients: [xa-a, Tổ thợ]
criteria: [tieu-chi]
---
X
-- content/bai/khen-2.md --
---
title: Khen đội
kind: award
date: 2026-10-02
level: xa
form: giay-khen
recipients: [Đoàn xã A]
stories: [may]
---
X
";

#[test]
fn awards_stand_in_a_roll_by_year_and_level() {
    let mut site = Site::with(&format!("{STORY}{AWARDS}"));
    site.at = "2026-12-02T12:00:00+07:00";
    site.build().clean();
    // By the year of the decision, not of the entry.
    let year = site.page("bang-vang/2025/index.html");
    assert!(year.contains(">Trung ương <") && year.contains("12-QĐ") && !year.contains("Khen đội"));
    assert!(year.contains("Đoàn xã A") && year.contains("; Tổ thợ"), "{year}");
    assert!(year.contains("href=\"/bai/tieu-chi/\""), "the criteria");
    let all = site.page("bang-vang/index.html");
    let row = |name: &str| {
        let row = all.split("<tr>").find(|row| row.contains(&format!(">{name}<")));
        row.unwrap_or_else(|| panic!("{name} in {all}")).matches(">1</td>").count()
    };
    assert_eq!((row("Trung ương"), row("Xã, phường, đặc khu")), (1, 1));
    assert!(site.page("sitemap-vi.xml").contains("/bang-vang/2025/"));
    // The criteria lead to what was given by them, the story to its award.
    assert!(site.page("bai/tieu-chi/index.html").contains("href=\"/bai/khen-1/\""));
    assert!(site.page("bai/may/index.html").contains("href=\"/bai/khen-2/\""));
    let without = Site::with(STORY);
    without.build().clean();
    assert!(!without.has("bang-vang/index.html"));
}

#[test]
fn a_recipient_that_is_a_unit_leads_to_its_page() {
    let entry =
        "-- content/bai/tin.md --\n---\ntitle: Tin\ndate: 2026-10-02\nunits: [xa-a]\n---\nX\n";
    let site = Site::with(&format!("{STORY}{AWARDS}{entry}"));
    site.build().clean();
    let link = "<a href=\"/don-vi/xa-a/\">Đoàn xã A</a>";
    assert!(site.page("bang-vang/2026/index.html").contains(link));
    assert!(site.page("bai/khen-2/index.html").contains(link));
}

#[test]
fn photos_before_and_after_stand_side_by_side() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>";
    let site = Site::with(&format!(
        "{STORY}-- content/bai/truoc.svg --\n{svg}\n-- content/bai/sau.svg --\n{svg}\n-- content/bai/be.md --
---
title: Bể nước
kind: work
date: 2026-10-03
photos:
  - {{file: truoc.svg, alt: Bãi đất trống, stage: before}}
  - {{file: sau.svg, alt: Bể nước, stage: after, caption: Sau sáu tuần}}
---
X
-- content/bai/chu.md --
---
title: Trong bài
date: 2026-10-04
---
:::before-after{{caption=\"Một con đường\"}}
![Đường đất](truoc.svg)

![Đường bê tông](sau.svg)
:::
"
    ));
    site.build().clean();
    let page = site.page("bai/be/index.html");
    let pair = page.split("class=\"before-after\"").nth(1).expect("a pair");
    let pair = pair.split("</figure>").next().expect("its end");
    let at = |text: &str| pair.find(text).unwrap_or_else(|| panic!("{text} in {pair}"));
    assert!(at(">Trước<") < at("Bãi đất trống") && at("Bãi đất trống") < at(">Sau<"));
    assert!(at(">Sau<") < at("alt=\"Bể nước\"") && pair.contains("Sau sáu tuần"));
    assert_eq!(page.matches("alt=\"Bãi đất trống\"").count(), 1, "shown once");
    let list = site.page("bai/index.html");
    assert!(list.contains("src=\"/bai/sau.svg\""), "lists show how it looks now: {list}");
    let page = site.page("bai/chu/index.html");
    let pair = page.split("class=\"before-after\"").nth(1).expect("a pair");
    assert!(pair.contains("alt=\"Đường đất\"") && pair.contains("Một con đường"));
    let wrong = Site::with(&format!(
        "{STORY}-- content/bai/a.svg --\n{svg}\n-- content/bai/x.md --\n---\ntitle: X\ndate: 2026-10-03\nphotos: [{{file: a.svg, alt: A, stage: beforr}}]\n---\nX\n"
    ));
    let help = wrong.build().diagnostics;
    assert!(
        help.iter().any(|diag| diag.help.as_ref().is_some_and(|help| help.en.contains("`before`")))
    );
}

const GIFTS: &str = "-- content/data/contributions/2026.csv --
date,unit,donor,kind,area,value,source,as_of
2025-01-02,xa-a,Bà Ân,Tiền mặt,Cao Bằng,3 triệu đồng,Sổ 1,2026-02-01
2026-01-02,xa-a,Bà Ân,Gạo,,1 triệu đồng,Sổ 1,2026-02-01
-- content/data/figures.yaml --
- {id: tong, label: {vi: đã góp, en: given}, sum: {unit: xa-a}}
- {id: ghi, label: chỉ ghi, value: \"5\", source: Sổ, as_of: 2026-01-01}
";

fn chart(call: &str) -> Site {
    Site::with(&format!(
        "{STORY}{GIFTS}-- content/bai/so.md --\n---\ntitle: Số\ndate: 2026-10-04\n---\n{call}\n"
    ))
}

#[test]
fn a_declared_figure_is_drawn_by_years_kinds_and_areas() {
    for (call, shown) in [
        ("::chart{id=\"tong\"}", vec!["<polyline", ">2025</th>", "<rect width=\"333\""]),
        ("::chart{id=\"tong\" by=\"kinds\"}", vec![">Gạo</th>", ">Tiền mặt</th>"]),
        (
            "::chart{id=\"tong\" by=\"areas\" title=\"Nơi\"}",
            vec!["Cao Bằng", ">Không ghi rõ</th>", "<caption>Nơi"],
        ),
        ("::chart{id=\"tong\" by=\"months\"}", vec!["tháng 1 năm 2025"]),
        ("::chart{id=\"tong\" by=\"units\"}", vec!["Đoàn xã A", "<rect width=\"1000\""]),
    ] {
        let site = chart(call);
        site.build().clean();
        let page = site.page("bai/so/index.html");
        for text in shown.into_iter().chain(["4 triệu đồng</td>"]) {
            assert!(page.contains(text), "{call}: {text} in {page}");
        }
        assert!(site.page("bai/rss.xml").contains("4 triệu đồng"), "{call}");
    }
    let site = chart("::chart{id=\"tong\"}");
    site.build().clean();
    site.write_all(&GIFTS.replace("1 triệu", "2 triệu"));
    site.build().clean();
    assert!(site.page("bai/so/index.html").contains("5 triệu đồng</td>"), "the rows are read");
}

#[test]
fn a_chart_of_what_has_no_parts_is_told() {
    for (call, told) in [
        ("::chart{id=\"ghi\"}", "only stated"),
        ("::chart{id=\"tong\" by=\"nam\"}", "one of: years, months, kinds, units, areas"),
        ("::chart{id=\"ton\"}", "there is no figure `ton`"),
    ] {
        let problems = chart(call).build().problems().join("\n");
        assert!(problems.contains(told), "{call}: {problems}");
    }
}

#[test]
fn a_programme_has_a_page_with_its_works_and_figures() {
    let terms = "-- content/data/terms.yaml --
programmes:
  - id: lang
    name: {vi: Làng lập nghiệp, en: Start-up village}
    description: {vi: Một làng mới.}
    page: bai/may
    figures: [tong]
-- content/bai/kho.md --
---
title: Kho chung
kind: work
date: 2026-10-04
status: handed_over
value: 20 triệu đồng
beneficiaries: 32
programmes: [lang]
---
X
-- content/bai/tin.md --
---
title: Tin của làng
date: 2026-10-05
programmes: [lang]
---
X
";
    let site = Site::with(&format!("{STORY}{GIFTS}{terms}"));
    site.build().clean();
    let page = site.page("chuong-trinh/lang/index.html");
    for text in ["Một làng mới.", "href=\"/bai/may/\"", "20 triệu đồng", ">32<", "Tin của làng"]
    {
        assert!(page.contains(text), "{text} in {page}");
    }
    assert!(page.contains("4 triệu đồng</strong> <span>đã góp"), "{page}");
    let wrong = terms.replace("bai/may", "bai/mai").replace("[tong]", "[tongg]");
    let out = Site::with(&format!("{STORY}{GIFTS}{wrong}")).build();
    assert!(out.has_code("T0606") && out.has_code("T0618"), "{:#?}", out.problems());
}

/// Every table of contributions adds up to the whole, whatever the rows are.
#[test]
fn random_contributions_add_up_by_year_unit_kind_area_and_month() {
    use crate::incremental::Dice;
    let units = "-- content/data/units.yaml --\n- {id: a, name: A}\n- {id: b, name: B, parent: a}\n- {id: c, name: C, parent: b}\n- {id: d, name: D}\n";
    for seed in 0..8 {
        let mut dice = Dice::new(seed);
        let mut rows =
            String::from("date,unit,donor,kind,area,value,quantity,measure,source,as_of\n");
        for _ in 0..200 {
            let (value, quantity) = match dice.once_in(3) {
                true => (String::new(), format!("{},con gà", dice.roll(50) + 1)),
                false => ((dice.roll(9_999_999) + 1).to_string(), ",".to_owned()),
            };
            rows.push_str(&format!(
                "{}-{:02}-{:02},{},{},{},{},{value},{quantity},S,2027-01-01\n",
                2020 + dice.roll(7),
                1 + dice.roll(12),
                1 + dice.roll(28),
                dice.pick(&["a", "b", "c", "d"]),
                dice.pick(&["", "Bà Ân", "Ông Bính"]),
                dice.pick(&["Tiền", "Gạo", "Nhà"]),
                dice.pick(&["", "Hà Giang", "Tuyên Quang", "Cà Mau", "Bạc Liêu"]),
            ));
        }
        let site =
            Site::new(&format!("{SITE}{units}-- content/data/contributions/x.csv --\n{rows}"));
        let build = tintot::driver::look(&site.request()).expect("a site");
        let ready = build.ready.expect("a plan");
        let gifts = &ready.plan.gifts;
        assert_eq!(gifts.rows.len(), 200, "seed {seed}");
        let whole = &gifts.whole;
        let adds = |what: &str, parts: &mut dyn Iterator<Item = &tintot::plan::gifts::Sum>| {
            let mut sum = tintot::plan::gifts::Sum::default();
            parts.for_each(|part| sum.join(part));
            assert_eq!(sum, whole.sum, "seed {seed}: {what}");
        };
        adds("years", &mut gifts.years.values().map(|year| &year.sum));
        adds("units", &mut whole.units.values());
        adds("kinds", &mut whole.kinds.values());
        adds("areas", &mut whole.areas.values());
        adds("provinces", &mut whole.provinces.values());
        adds("months", &mut whole.months.values());
        let terms = &ready.site.taxonomies[tintot::link::UNITS].terms;
        let roots = whole.below.iter().filter(|(unit, _)| terms[**unit].parent.is_none());
        adds("the tops of the tree", &mut roots.map(|(_, sum)| sum));
        for (year, totals) in &gifts.years {
            let of_kinds: i128 = totals.kinds.values().map(|sum| sum.dong).sum();
            let of_areas: i128 = totals.provinces.values().map(|sum| sum.dong).sum();
            assert_eq!((of_kinds, of_areas), (totals.sum.dong, totals.sum.dong), "{seed} {year}");
        }
    }
}
