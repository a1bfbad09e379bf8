//! What the random scripts know of a campaign: works, awards, appeals with
//! their receipts, opportunities, reports, documents; and the tables beside
//! the entries that pages of figures, units and milestones are made from.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Dice;

/// Sections with the kind of their entries.
pub const SECTIONS: [(&str, &str); 6] = [
    ("cong-trinh", "work"),
    ("khen-thuong", "award"),
    ("keu-goi", "appeal"),
    ("co-hoi", "opportunity"),
    ("bao-cao", "report"),
    ("van-ban", "document"),
];

/// What `site.yaml` says of campaigns.
pub const CAMPAIGNS: [&str; 4] = [
    "",
    "campaigns:\n  - {id: cao-diem, name: Tháng cao điểm, start: 10-17, end: 11-18, launch: {tag: nhan-0, before: 7}}\n",
    "campaigns:\n  - {id: cao-diem, name: {vi: Đợt, en: Drive}, slogan: Cùng làm, start: 10-17, end: 11-05, years: [{year: 2025, held: false}]}\n",
    "campaigns:\n  - {id: cao-diem, name: Tháng cao điểm, start: 10-17, end: 11-18, launch: {tag: nhan-1}}\n  - {id: dong-am, name: Mùa đông, start: 11-15, end: 01-31, kinds: [event, work]}\n",
];

/// Pieces of bodies that show what the tables come to.
pub const COMPONENTS: [&str; 6] = [
    "::figure{id=\"dong-gop\"}",
    "::figure{id=\"ghi-san\"}",
    "::chart{id=\"dong-gop\" by=\"kinds\"}",
    "::chart{id=\"cua-xa\" by=\"months\"}",
    "::timeline{years=\"2025-2026\"}",
    "::column{slot=\"weekly\"}",
];

const DAYS: [&str; 9] = [
    "2025-11-30",
    "2026-01-02",
    "2026-10-20",
    "2026-11-04",
    "2026-11-05 12:00",
    "2026-11-17",
    "2026-11-23 18:00",
    "2026-12-05",
    "2027-01-01",
];
const GIVERS: [&str; 4] = ["Bà Ân", "Hợp tác xã Đồi", "Ẩn danh", ""];
const UNITS: [&str; 4] = ["xa-doan-a", "xa-doan-b", "tinh-doan-x", "Đoàn xã C"];

fn day(dice: &mut Dice) -> String {
    (*dice.pick(&DAYS)).to_owned()
}

fn millions(dice: &mut Dice) -> String {
    format!("{} triệu đồng", 1 + dice.roll(90))
}

/// A word of a closed list, or silence.
fn word<'a>(dice: &mut Dice, of: &[&'a str]) -> Option<&'a str> {
    dice.roll(3).checked_sub(1).map(|_| *dice.pick(of))
}

/// The keys of an entry that its kind has and others do not; `others` may be
/// referred to, as `«id»`.
pub fn front(section: &str, dice: &mut Dice, others: &[usize]) -> Vec<(&'static str, String)> {
    let mut keys: Vec<(&'static str, String)> = Vec::new();
    let mut say = |key, value: Option<String>| keys.extend(value.map(|value| (key, value)));
    let link = |dice: &mut Dice| {
        let any = (!others.is_empty() && dice.once_in(2)).then(|| *dice.pick(others));
        any.map(|id| format!("[«{id}»]"))
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    match section {
        "cong-trinh" => {
            say("type", owned(word(dice, &["nha-nhan-ai", "nuoc-sach", "Nhà kho"])));
            say("status", owned(word(dice, &["planned", "started", "handed_over"])));
            say("started", dice.once_in(2).then(|| day(dice)));
            say("handed_over", dice.once_in(2).then(|| day(dice)));
            say("value", Some(millions(dice)));
            say("beneficiaries", Some(dice.roll(500).to_string()));
            say("areas", Some("[Biên giới]".to_owned()));
        }
        "khen-thuong" => {
            say("level", owned(word(dice, &["tinh", "xa"])));
            say("form", owned(word(dice, &["bang-khen", "giay-khen"])));
            say("decided", dice.once_in(2).then(|| day(dice)));
            say("recipients", Some(format!("[{}, Chị Hoa]", dice.pick(&["Đoàn xã A", "Tổ thợ"]))));
            say("criteria", link(dice));
            say("stories", link(dice));
        }
        "keu-goi" => {
            say("status", owned(word(dice, &["open", "closed"])));
            say("goal", Some(millions(dice)));
            say("deadline", Some(day(dice)));
            say("handed_over", dice.once_in(3).then(|| day(dice)));
            say("receipts", Some(receipts(dice)));
            say("stories", link(dice));
        }
        "co-hoi" => {
            say("type", owned(word(dice, &["hoc-bong", "viec-lam"])));
            say("status", owned(word(dice, &["open", "filled"])));
            say("deadline", Some(day(dice)));
            say("slots", Some(dice.roll(40).to_string()));
            say("value", Some(millions(dice)));
        }
        "bao-cao" => {
            say("form", owned(word(dice, &["so-ket", "tong-ket"])));
            say("period", Some(format!("Quý {}", 1 + dice.roll(4))));
        }
        "van-ban" => {
            say("number", Some(format!("{}/KH", dice.roll(90))));
            say("effective", Some(day(dice)));
            say("until", dice.once_in(2).then(|| "2027-06-01".to_owned()));
        }
        "su-kien" => {
            say("start", Some(format!("2026-11-{:02} 08:00", 1 + dice.roll(28))));
            say("status", owned(word(dice, &["cancelled", "postponed"])));
        }
        "mo-hinh" => say("replicated_by", link(dice)),
        _ => {}
    }
    if dice.once_in(3) {
        say("programmes", Some("[vi-nguoi-ngheo]".to_owned()));
    }
    keys
}

fn receipts(dice: &mut Dice) -> String {
    let mut text = "[".to_owned();
    for number in 0..1 + dice.roll(3) {
        let from = dice.pick(&GIVERS);
        let from = if from.is_empty() { String::new() } else { format!("from: {from}, ") };
        let amount = 100 + dice.roll(900);
        let between = if number == 0 { "" } else { ", " };
        let _ = write!(
            text,
            "{between}{{date: 2026-11-0{}, {from}amount: {amount}.000 đồng, source: Sổ quỹ}}",
            1 + number
        );
    }
    text + "]"
}

/// The sections and tables of a site that has all of it.
pub fn files() -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = crate::site::files(TABLES).into_iter().collect();
    for (section, kind) in SECTIONS {
        let index = format!("---\ntitle: Mục {section}\nkind: {kind}\n---\n");
        files.insert(format!("content/{section}/_index.md"), index);
    }
    files
}

const TABLES: &str = "-- content/data/contributions/about.yaml --
files:
  - {file: 2026.csv, as_of: 2026-11-20, source: Báo cáo}
kinds:
  - {id: tien, name: {vi: Tiền mặt, en: Cash}}
  - {id: qua, name: {vi: Suất quà, en: Gifts}}
funds:
  - {id: quy, name: Quỹ}
-- content/data/contributions/2026.csv --
date,unit,donor,kind,area,value,quantity,measure,fund
2026-01-05,xa-doan-a,Bà Ân,tien,Cao Bằng,1 triệu,,,quy
2026-10-20,tinh-doan-x,Ẩn danh,qua,Tuyên Quang,2 triệu,20,suất quà,
-- content/data/figures.yaml --
- {id: dong-gop, label: {vi: đóng góp, en: given}, sum: {year: 2026}}
- {id: cua-xa, label: của xã, sum: {unit: tinh-doan-x}}
- {id: ghi-san, label: suất cơm, value: 1.250, measure: suất, source: Sổ, as_of: 2026-11-15}
-- content/data/timeline.yaml --
- {id: ke-hoach, date: 2025-06-16, title: {vi: Kế hoạch, en: The plan}}
- {id: tong-ket, date: 2026, title: Tổng kết}
";

/// One random edit of the tables; says what it was.
pub fn edit(
    files: &mut BTreeMap<String, String>,
    dice: &mut Dice,
    n: usize,
    others: &[usize],
) -> String {
    let path = match dice.roll(8) {
        0..=2 => "content/data/contributions/2026.csv",
        3 => "content/data/contributions/about.yaml",
        4 => "content/data/figures.yaml",
        5 => "content/data/timeline.yaml",
        6 => "content/data/units.yaml",
        _ => "content/data/calendar.yaml",
    };
    let mut lines: Vec<String> = files[path].lines().map(str::to_owned).collect();
    match path.rsplit('/').next().unwrap_or_default() {
        "2026.csv" => rows(&mut lines, dice),
        "about.yaml" => {
            let note =
                format!("  - {{file: 2026.csv, as_of: 2026-11-{:02}, source: Sổ {n}}}", 1 + n % 28);
            lines[1] = note;
        }
        "figures.yaml" => {
            lines[2] = format!(
                "- {{id: ghi-san, label: suất {n}, value: {n}, measure: suất, source: Sổ, as_of: 2026-11-15}}"
            );
            let sums = ["{year: 2026}", "{kind: tien}", "{year: 2026, unit: xa-doan-a}"];
            lines[0] = format!("- {{id: dong-gop, label: góp, sum: {}}}", dice.pick(&sums));
        }
        "timeline.yaml" if lines.len() > 2 && dice.once_in(2) => drop(lines.pop()),
        "timeline.yaml" => {
            let page = if dice.once_in(2) {
                format!(", page: «{}»", dice.pick(others))
            } else {
                String::new()
            };
            let month = 1 + n % 12;
            lines.push(format!("- {{id: moc-{n}, date: 2026-{month:02}, title: Mốc {n}{page}}}"));
        }
        "units.yaml" => units(&mut lines, dice, n),
        _ if lines.len() > 2 && dice.once_in(2) => drop(lines.pop()),
        _ => {
            let day = 1 + n % 28;
            lines.push(format!(
                "- {{id: hoi-{n}, name: Hội {n}, dates: {{2026: 2026-11-{day:02}}}, source: Lịch}}"
            ));
        }
    }
    let text = lines.join("\n") + "\n";
    let told = format!("{path}:\n{text}");
    files.insert(path.to_owned(), text);
    told
}

/// One row more, one less, or another one.
fn rows(lines: &mut Vec<String>, dice: &mut Dice) {
    let at = 1 + dice.roll(lines.len() - 1);
    if lines.len() > 2 && dice.once_in(3) {
        lines.remove(at);
        return;
    }
    let unit = dice.pick(&UNITS[..3]);
    let day = format!("202{}-1{}-1{}", 4 + dice.roll(3), dice.roll(3), dice.roll(9));
    let (giver, kind) = (dice.pick(&GIVERS), dice.pick(&["tien", "qua"]));
    let place = dice.pick(&["Cao Bằng", "Cần Thơ", ""]);
    let row = format!(
        "{day},{unit},{giver},{kind},{place},{}.000 đ,{},suất quà,",
        1 + dice.roll(90_000),
        1 + dice.roll(9)
    );
    match dice.once_in(2) {
        true => lines[at] = row,
        false => lines.push(row),
    }
}

/// A unit more, another name, another place in the tree.
fn units(lines: &mut Vec<String>, dice: &mut Dice, n: usize) {
    let own = |line: &String| line.contains("id: xa-doan-c");
    let parent = dice.pick(&UNITS[..3]);
    let former = if dice.once_in(2) { ", former_names: [Đoàn xã Cũ]" } else { "" };
    lines.retain(|line| !own(line));
    if !dice.once_in(4) {
        lines.push(format!(
            "- {{id: xa-doan-c, name: {{vi: Đoàn xã C, en: Commune {n}}}, parent: {parent}, group: xa{former}}}"
        ));
    }
}
