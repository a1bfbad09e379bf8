//! What a campaign of three years adds to a corpus: events, units below the
//! provinces, rows of contributions, the campaigns themselves.
//!
//! Takes a [`Shape`]; writes below the folder it is given. A corpus of 10,000
//! stories gets 2,000 events and 50,000 rows, another one as many in
//! proportion. Every name and number is made up.

use std::fmt::Write;
use std::path::Path;

use jiff::civil::{Date, date};

use super::Failure;
use super::corpus::{Length, Numbers, Shape, text};
use super::site::{Theme, copy_folder, put};
use super::words::{ENGLISH, LANGUAGES, TAGS, TOPICS, UNITS, VIETNAMESE};

/// Communes below each province.
const COMMUNES: usize = 10;

/// The last day that is over when the corpus is built.
const LAST: Date = date(2026, 11, 20);

/// Kinds of contributions: id, name, and what is counted beside the money.
const KINDS: [(&str, &str, &str); 6] = [
    ("tien-mat", "Tiền mặt", ""),
    ("nha-nhan-ai", "Nhà nhân ái", "căn nhà"),
    ("hoc-bong", "Học bổng", "suất học bổng"),
    ("nuoc-sach", "Nước sạch", "công trình nước"),
    ("suat-qua", "Suất quà", "suất quà"),
    ("cay-con-giong", "Cây, con giống", "cây giống"),
];

const FUNDS: [(&str, &str); 2] =
    [("vi-nguoi-ngheo", "Quỹ “Vì người nghèo”"), ("an-sinh", "An sinh")];

/// What the site's configuration says of it.
const CONFIG: &str = "\
yearly_report: true
campaigns:
  - id: thang-cao-diem
    name: {vi: Tháng cao điểm “Vì người nghèo”, en: The peak month}
    slogan: {vi: Không để ai bị bỏ lại phía sau, en: Leaving no one behind}
    start: \"10-17\"
    end: \"11-18\"
    launch: {tag: le-phat-dong, before: 7}
  - id: mua-dong-am
    name: {vi: Mùa đông ấm, en: Warm winter}
    start: \"11-15\"
    end: \"01-31\"
    tags: [the-07]
";

const TIMELINE: &str = "\
- {id: ke-hoach, date: 2022-06-16, title: {vi: Kế hoạch, en: The plan}}
- {id: so-ket, date: 2024, title: {vi: Sơ kết, en: Mid-term review}}
- {id: tong-ket, date: 2026-12, title: {vi: Tổng kết, en: Final review}}
";

const FIGURES: &str = "\
- {id: dong-gop, label: {vi: đóng góp, en: contributed}, sum: {}}
- {id: dong-gop-2026, label: {vi: đóng góp trong năm, en: contributed this year}, sum: {year: 2026}}
";

/// Makes calendars of the events that a corpus has.
pub fn with_calendars(root: &Path) -> Result<(), Failure> {
    let config = root.join("site.yaml");
    let text = std::fs::read_to_string(&config)?;
    put(&config, &text.replace("calendars: false", "calendars: true"))
}

/// Adds the campaign to a site that is written already.
pub fn add(root: &Path, shape: Shape, theme: Theme) -> Result<(), Failure> {
    if theme == Theme::Bench {
        dress(root)?;
    }
    let config = root.join("site.yaml");
    let text = std::fs::read_to_string(&config)?;
    put(&config, &(text + CONFIG))?;
    let data = root.join("content/data");
    let provinces = std::fs::read_to_string(data.join("units.yaml"))?;
    put(&data.join("units.yaml"), &(provinces + &communes()))?;
    put(&data.join("timeline.yaml"), TIMELINE)?;
    put(&data.join("figures.yaml"), FIGURES)?;
    let mut numbers = Numbers::new(18_112_025);
    events(&root.join("content/lich-hoat-dong"), shape, &mut numbers)?;
    contributions(&data.join("contributions"), shape.stories * 5, &mut numbers)
}

/// Gives the bench theme what the default theme's pages of a campaign need of
/// the theme in which they are drawn.
fn dress(root: &Path) -> Result<(), Failure> {
    let theme = root.join("themes/bench");
    copy_folder("campaign", &theme)?;
    // Drawn by the default theme only where terms are drawn by it as well.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/unit.html");
    put(&theme.join("templates/unit.html"), &std::fs::read_to_string(own)?)?;
    let declared = std::fs::read_to_string(theme.join("theme.yaml"))?;
    let row = "fragments/row.html";
    let declared = declared
        .replace("site: {", "site: {lang: fragments/lang.html, ")
        .replace("cards: {", &format!("cards: {{coming: {row}, past: {row}, "));
    put(&theme.join("theme.yaml"), &declared)
}

fn commune(province: usize, number: usize) -> String {
    format!("xa-{}-{number}", UNITS[province].0)
}

fn communes() -> String {
    let mut text = String::new();
    for (at, (id, name)) in UNITS.iter().enumerate() {
        for number in 0..COMMUNES {
            let own = commune(at, number);
            let _ = writeln!(text, "- {{id: {own}, name: Xã {name} {number}, parent: {id}}}");
        }
    }
    text
}

/// A day of the three years.
fn day(numbers: &mut Numbers) -> Date {
    date(2024, 1, 1).saturating_add(jiff::Span::new().days(numbers.below(1096) as i64))
}

/// Half of them translated, as the stories are; one in twenty is a ceremony
/// that opens the peak month.
fn events(dir: &Path, shape: Shape, numbers: &mut Numbers) -> Result<(), Failure> {
    put(&dir.join("_index.md"), "---\ntitle: Lịch hoạt động\nkind: event\n---\n")?;
    for number in 0..shape.stories / 5 {
        let province = number % UNITS.len();
        let launch = number % 20 == 0;
        let start = match launch {
            true => date(2024 + (number / 20 % 3) as i16, 10, 15 + numbers.below(10) as i8),
            false => day(numbers),
        };
        let announced = start.saturating_sub(jiff::Span::new().days(10)).min(LAST);
        let ours = text(numbers, &VIETNAMESE, number, Length::Short);
        let mut file = format!(
            "---\ntitle: \"{}\"\nsummary: \"{}\"\ndate: {announced} 09:00\nstart: {start} 07:30\n\
             end: {start} 11:00\nplace: Nhà văn hóa\nunits: [{}, {}]\ntopics: [{}]\ntags: [{}]\n",
            ours.title,
            ours.summary,
            UNITS[province].0,
            commune(province, numbers.below(COMMUNES)),
            numbers.pick(&TOPICS.map(|(id, _)| id)),
            if launch {
                "le-phat-dong".to_owned()
            } else {
                format!("the-{:02}", numbers.below(TAGS))
            },
        );
        if number % 50 == 49 {
            file.push_str("status: cancelled\n");
        }
        let _ = write!(file, "---\n\n{}", ours.body);
        put(&dir.join(format!("hoat-dong-{number:06}.md")), &file)?;
        for (tag, ..) in LANGUAGES.iter().take(shape.languages).skip(1) {
            if numbers.below(2) == 0 {
                let theirs = text(numbers, &ENGLISH, number, Length::Short);
                let file = format!(
                    "---\ntitle: \"{}\"\nsummary: \"{}\"\n---\n\n{}",
                    theirs.title, theirs.summary, theirs.body
                );
                put(&dir.join(format!("hoat-dong-{number:06}.{tag}.md")), &file)?;
            }
        }
    }
    Ok(())
}

/// A table for each quarter of a year, written as offices write them: some
/// with commas, some with semicolons, amounts in several notations.
fn contributions(dir: &Path, rows: usize, numbers: &mut Numbers) -> Result<(), Failure> {
    let mut about = String::from("files:\n");
    for quarter in 0..12 {
        let (year, month) = (2024 + (quarter / 4) as i16, 1 + 3 * (quarter % 4) as i8);
        let first = date(year, month, 1);
        let next = first.saturating_add(jiff::Span::new().months(3));
        let last = next.saturating_sub(jiff::Span::new().days(1)).min(LAST);
        let name = format!("{year}-{}.csv", 1 + quarter % 4);
        let _ = writeln!(
            about,
            "  - {{file: {name}, as_of: {last}, source: Báo cáo quý, illustrative: true}}"
        );
        let days = (last - first).get_days() as usize;
        let here = rows / 12 + usize::from(quarter < rows % 12);
        let mut table = String::new();
        let between = if quarter % 2 == 0 { ',' } else { ';' };
        let header =
            ["date", "unit", "donor", "kind", "area", "value", "quantity", "measure", "fund"];
        let _ = writeln!(table, "{}", header.join(&between.to_string()));
        for _ in 0..here {
            let day = first.saturating_add(jiff::Span::new().days(numbers.below(days) as i64));
            let cells = row(day, numbers);
            let _ = writeln!(table, "{}", cells.join(&between.to_string()));
        }
        put(&dir.join(name), &table)?;
    }
    about.push_str("kinds:\n");
    for (id, name, _) in KINDS {
        let _ = writeln!(about, "  - {{id: {id}, name: \"{name}\"}}");
    }
    about.push_str("funds:\n");
    for (id, name) in FUNDS {
        let _ = writeln!(about, "  - {{id: {id}, name: {name}}}");
    }
    put(&dir.join("about.yaml"), &about)
}

fn row(day: Date, numbers: &mut Numbers) -> [String; 9] {
    let province = numbers.below(UNITS.len());
    let (kind, _, measure) = KINDS[numbers.below(KINDS.len())];
    let thousands = 500 + numbers.below(99_500);
    let value = match numbers.below(4) {
        0 => format!("{}.000 đ", dotted(thousands)),
        1 => format!("{} triệu", thousands / 1000 + 1),
        2 => format!("{}.000 đồng", dotted(thousands)),
        _ => format!("{thousands}000"),
    };
    let donor = match numbers.below(3) {
        0 => "Ẩn danh".to_owned(),
        _ => format!("Nhóm bạn Minh Họa {}", numbers.below(5_000)),
    };
    let counted = |of: &mut Numbers| (1 + of.below(60)).to_string();
    [
        day.to_string(),
        commune(province, numbers.below(COMMUNES)),
        donor,
        kind.to_owned(),
        UNITS[province].1.to_owned(),
        value,
        if measure.is_empty() { String::new() } else { counted(numbers) },
        measure.to_owned(),
        if numbers.below(2) == 0 { FUNDS[numbers.below(2)].0.to_owned() } else { String::new() },
    ]
}

/// `12.345`
fn dotted(thousands: usize) -> String {
    match thousands {
        0..1000 => thousands.to_string(),
        _ => format!("{}.{:03}", thousands / 1000, thousands % 1000),
    }
}
