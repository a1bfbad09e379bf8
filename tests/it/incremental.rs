//! A build over an older output is the same function as a build from empty:
//! random edits to a small site, and the number of files that one edit touches.
//!
//! `TINTOT_SCRIPTS` and `TINTOT_STEPS` ask for more than the quick default,
//! `TINTOT_SEED` for other scripts (or for one that failed).

mod deeds;

use std::collections::BTreeMap;
use std::fmt::Write;

use tintot::theme::builtin_source;

use crate::site::{Built, Site, snapshot};

/// Files of an output with their bytes.
pub type Snapshot = BTreeMap<String, Vec<u8>>;

/// Numbers that look random and are the same on every machine (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// From 0 to `below` - 1.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    pub fn once_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }
}

/// A number from the environment, for those who want to wait longer.
pub fn asked(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What differs between two outputs, a line each; empty when nothing does.
pub fn differences(left: &Snapshot, right: &Snapshot) -> Vec<String> {
    let mut found = Vec::new();
    for path in left.keys().filter(|path| !right.contains_key(*path)) {
        found.push(format!("only in the first: {path}"));
    }
    for (path, bytes) in right {
        match left.get(path) {
            None => found.push(format!("only in the second: {path}")),
            Some(other) if other != bytes => found.push(first_difference(path, other, bytes)),
            Some(_) => {}
        }
    }
    found
}

fn first_difference(path: &str, left: &[u8], right: &[u8]) -> String {
    let at = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(60)..bytes.len().min(at + 100)];
        String::from_utf8_lossy(part).into_owned()
    };
    format!("{path} at byte {at}:\n  first:  {}\n  second: {}", around(left), around(right))
}

/// A piece of a body; links follow their target when its file moves.
#[derive(Clone)]
enum Piece {
    Text(usize),
    Link(usize),
    Table,
    Note(usize),
    Latest,
    Picture,
    Code(usize),
    /// What the campaign's tables come to, as one of `deeds::COMPONENTS`.
    Deed(usize),
}

#[derive(Clone)]
struct Entry {
    id: usize,
    section: &'static str,
    stem: String,
    bundle: bool,
    front: BTreeMap<&'static str, String>,
    body: Vec<Piece>,
    /// Title and slug of the English translation.
    english: Option<(String, Option<String>)>,
}

/// A site as its author thinks of it.
#[derive(Clone)]
pub struct World {
    entries: Vec<Entry>,
    /// Files that are edited as they are.
    files: BTreeMap<String, String>,
    next: usize,
    title: usize,
    tay: bool,
    pagination: usize,
    fallback: &'static str,
    menu: usize,
    feeds: usize,
    /// What is passed on: nothing at first.
    outlets: usize,
    campaigns: usize,
    yearly: bool,
    pub at: &'static str,
    pub base_url: Option<&'static str>,
}

const MOMENTS: [&str; 8] = [
    "2026-10-25T08:00:00+07:00",
    "2026-11-04T23:59:59+07:00",
    "2026-11-05T00:00:00+07:00",
    "2026-11-17T12:00:00+07:00",
    "2026-11-18T11:00:00+07:00",
    "2026-11-23T18:00:00+07:00",
    "2026-12-05T06:00:00+07:00",
    "2027-01-02T09:00:00+07:00",
];
const BASES: [Option<&str>; 3] = [None, Some("https://x.example/a/b/"), Some("http://y.example/")];
const SECTIONS: [&str; 10] = [
    "tin",
    "guong-sang",
    "mo-hinh",
    "su-kien",
    deeds::SECTIONS[0].0,
    deeds::SECTIONS[1].0,
    deeds::SECTIONS[2].0,
    deeds::SECTIONS[3].0,
    deeds::SECTIONS[4].0,
    deeds::SECTIONS[5].0,
];
const PLACES: [&str; 4] = ["Hà Giang", "Tuyên Quang", "Cao Bằng", "Cần Thơ"];
const UNITS: [&str; 3] = ["xa-doan-a", "xa-doan-b", "tinh-doan-x"];
const TERMS: [&str; 4] = ["giam-ngheo", "khoi-nghiep", "giao-duc", "chu-de-moi"];

impl World {
    pub fn new() -> World {
        let mut world = World {
            entries: Vec::new(),
            files: files(),
            next: 0,
            title: 0,
            tay: false,
            pagination: 3,
            fallback: "show",
            menu: 0,
            feeds: 2,
            outlets: 0,
            campaigns: 0,
            yearly: false,
            at: MOMENTS[3],
            base_url: None,
        };
        let mut dice = Dice::new(1);
        for at in 0..20 {
            world.add(&mut dice, SECTIONS[at % SECTIONS.len()]);
        }
        world
    }

    /// A new entry that links to an older one.
    fn add(&mut self, dice: &mut Dice, section: &'static str) -> usize {
        let id = self.next;
        self.next += 1;
        let mut front = BTreeMap::new();
        front.insert("title", format!("Bài số {id} về Đoàn xã"));
        front.insert("summary", format!("Tóm tắt của bài {id}."));
        front.insert("date", date(dice));
        front.insert("places", format!("[{}]", dice.pick(&PLACES)));
        front.insert("units", format!("[{}]", dice.pick(&UNITS)));
        front.insert("topics", format!("[{}]", dice.pick(&TERMS)));
        front.insert("tags", format!("[nhan-{}]", dice.roll(3)));
        match section {
            "guong-sang" => {
                front.insert("series", format!("{{id: duong-len-ban, part: {}}}", id + 1));
                front.insert("authors", "[hoa-gao]".to_owned());
            }
            "mo-hinh" => {
                front.insert("steps", "[Làm đất, Gieo hạt]".to_owned());
                front.insert("cost", "15,5 triệu đồng".to_owned());
            }
            _ => {}
        }
        let others: Vec<usize> = self.entries.iter().map(|entry| entry.id).collect();
        front.extend(deeds::front(section, dice, &others));
        if dice.once_in(3) {
            front.insert("illustrative", "true".to_owned());
        }
        if dice.once_in(3) {
            front.insert("aliases", format!("[cu/{id}.html]"));
        }
        let mut body = vec![Piece::Text(id)];
        if !self.entries.is_empty() {
            body.push(Piece::Link(dice.pick(&self.entries).id));
        }
        let bundle = dice.once_in(3);
        match dice.roll(5) {
            0 => body.push(Piece::Table),
            1 => body.push(Piece::Note(id)),
            2 => body.push(Piece::Latest),
            3 => body.push(Piece::Code(id)),
            _ => {}
        }
        if bundle {
            body.push(Piece::Picture);
        }
        let english = dice.once_in(2).then(|| (format!("Entry {id}"), None));
        let stem = format!("bai-{id}");
        self.entries.push(Entry { id, section, stem, bundle, front, body, english });
        id
    }

    /// Every file of the site.
    fn sources(&self) -> BTreeMap<String, String> {
        let mut all = self.files.clone();
        all.insert("site.yaml".to_owned(), self.config());
        for entry in &self.entries {
            let folder = format!("content/{}/", entry.section);
            let name = match entry.bundle {
                true => format!("{folder}{}/index", entry.stem),
                false => format!("{folder}{}", entry.stem),
            };
            all.insert(format!("{name}.md"), self.original(entry));
            if let Some((title, slug)) = &entry.english {
                let mut text = format!("---\ntitle: {title}\n");
                if let Some(slug) = slug {
                    let _ = writeln!(text, "slug: {slug}");
                }
                let _ = write!(text, "---\n{}", self.body(entry));
                all.insert(format!("{name}.en.md"), text);
            }
            if entry.bundle {
                let picture = format!("{folder}{}/hinh.svg", entry.stem);
                all.entry(picture).or_insert_with(|| drawing(entry.id));
            }
        }
        all.values_mut().for_each(|text| self.refer(text));
        all
    }

    /// Puts the path of an entry where its number stands between `«` and `»`.
    fn refer(&self, text: &mut String) {
        while let Some((before, rest)) = text.split_once('«') {
            let (id, after) = rest.split_once('»').expect("a number between both");
            let file = self.file_of(id.parse().expect("a number"));
            let key = file.trim_end_matches(".md").trim_end_matches("/index");
            *text = format!("{before}{key}{after}");
        }
    }

    fn original(&self, entry: &Entry) -> String {
        let mut text = "---\n".to_owned();
        for (key, value) in &entry.front {
            let _ = writeln!(text, "{key}: {value}");
        }
        text.push_str("---\n");
        text.push_str(&self.body(entry));
        text
    }

    fn body(&self, entry: &Entry) -> String {
        let mut text = String::new();
        for piece in &entry.body {
            let _ = match piece {
                Piece::Text(n) => writeln!(text, "## Phần {n}\n\nĐoạn văn số **{n}**.\n"),
                Piece::Link(id) => writeln!(text, "Xem [bài ấy](@/{}).\n", self.file_of(*id)),
                Piece::Table => writeln!(text, "::table{{data=\"so-lieu.csv\"}}\n"),
                Piece::Note(n) => writeln!(text, ":::note{{title=\"Lưu ý {n}\"}}\nNhớ nhé.\n:::\n"),
                Piece::Latest => writeln!(text, "::latest{{list=\"latest_models\"}}\n"),
                Piece::Picture => writeln!(text, "![Hình](hinh.svg \"Chú thích\")\n"),
                Piece::Deed(n) => writeln!(text, "{}\n", deeds::COMPONENTS[*n]),
                Piece::Code(n) => writeln!(text, "```rust\nlet n = {n};\n```\n"),
            };
        }
        text
    }

    /// A target that is gone keeps an address that leads nowhere.
    fn file_of(&self, id: usize) -> String {
        match self.entries.iter().find(|entry| entry.id == id) {
            Some(entry) if entry.bundle => format!("{}/{}/index.md", entry.section, entry.stem),
            Some(entry) => format!("{}/{}.md", entry.section, entry.stem),
            None => format!("tin/da-mat-{id}.md"),
        }
    }

    fn config(&self) -> String {
        let tay = if self.tay { "  - {tag: tyz, name: Tày, data_locale: vi}\n" } else { "" };
        let outlets = [
            "",
            "outlets: {newest: 2, embed: true}\n",
            "outlets: {newest: 3, kinds: [model], sheets: 1, short: s}\n",
            "outlets: {books: true, sheets: 2, press: {email: a@b.example}}\n",
            "outlets: {newest: 4, sheets: 1, short: x, short_codes: true}\n",
        ];
        let menu = ["[tin, guong-sang]", "[mo-hinh, {list: topics}]", "[{list: archive}, tin]"];
        format!(
            "title: {{vi: Tin tốt {n}, en: Good news {n}}}\n\
             base_url: https://tintot.example/\n\
             languages:\n  - {{tag: vi, name: Tiếng Việt}}\n  - {{tag: en, name: English}}\n{tay}\
             pagination: {}\nfallback: {}\nmenus:\n  main: {}\n\
             feeds: {{term_minimum: {}, limit: 5}}\n\
             column:\n  name: {{vi: Mỗi ngày một tin tốt, en: A good news a day}}\n  \
             daily: tin\n  weekly: {{sections: [guong-sang], kinds: [story]}}\n\
             yearly_report: {}\n{outlets}{campaigns}",
            self.pagination,
            self.fallback,
            menu[self.menu % menu.len()],
            self.feeds,
            self.yearly,
            n = self.title,
            campaigns = deeds::CAMPAIGNS[self.campaigns % deeds::CAMPAIGNS.len()],
            outlets = outlets[self.outlets % outlets.len()],
        )
    }

    /// Writes what changed since `before`.
    pub fn write(&self, site: &mut Site, before: &mut BTreeMap<String, String>) {
        let now = self.sources();
        for path in before.keys().filter(|path| !now.contains_key(*path)) {
            site.remove(path);
        }
        for (path, text) in &now {
            if before.get(path) != Some(text) {
                site.write(path, text.as_bytes());
            }
        }
        *before = now;
        site.at = self.at;
        site.base_url = self.base_url;
    }

    /// One random edit; says what it was.
    fn edit(&mut self, dice: &mut Dice) -> String {
        let n = dice.roll(90);
        let at = dice.roll(self.entries.len());
        match dice.roll(20) {
            0..=6 => self.edit_entry(dice, at, n),
            7 => {
                let section = *dice.pick(&SECTIONS);
                let id = self.add(dice, section);
                format!("add entry {id} to {section}")
            }
            8 if self.entries.len() > 6 => {
                let gone = self.entries.remove(at).id;
                // Mostly the author cleans up; else links are dead, an error.
                let careless = dice.once_in(4);
                if !careless {
                    let dead = |piece: &Piece| matches!(piece, Piece::Link(id) if *id == gone);
                    self.entries.iter_mut().for_each(|entry| entry.body.retain(|p| !dead(p)));
                }
                format!("remove entry {gone}, careless: {careless}")
            }
            8 | 9 => {
                self.at = *dice.pick(&MOMENTS);
                format!("build at {}", self.at)
            }
            10 => {
                self.base_url = *dice.pick(&BASES);
                format!("base URL {:?}", self.base_url)
            }
            11 => self.edit_config(dice, n),
            12 => self.edit_theme(dice, n),
            13..=16 => {
                let others: Vec<usize> = self.entries.iter().map(|entry| entry.id).collect();
                deeds::edit(&mut self.files, dice, n, &others)
            }
            _ => self.edit_data(dice, n),
        }
    }

    fn edit_entry(&mut self, dice: &mut Dice, at: usize, n: usize) -> String {
        let others: Vec<usize> = self.entries.iter().map(|entry| entry.id).collect();
        let entry = &mut self.entries[at];
        let id = entry.id;
        let what = match dice.roll(26) {
            0 | 1 => {
                entry.body.push(Piece::Text(n));
                "body".to_owned()
            }
            2 => {
                entry.front.insert("title", format!("Tên mới {n}"));
                format!("title {n}")
            }
            3 => {
                entry.front.insert("date", date(dice));
                format!("date {}", entry.front["date"])
            }
            4 => {
                entry.english = match entry.english {
                    Some(_) => None,
                    None => Some((format!("Translation {n}"), None)),
                };
                format!("translation: {}", entry.english.is_some())
            }
            5 => {
                entry.stem = format!("ten-{n}-{id}");
                format!("rename to {}", entry.stem)
            }
            6 => {
                entry.front.insert("aliases", format!("[{}/bai-{id}/]", entry.section));
                entry.front.insert("slug", format!("duong-dan-{n}"));
                format!("slug {n} with an alias")
            }
            7 => match &mut entry.english {
                Some((_, slug)) => {
                    *slug = Some(format!("path-{n}"));
                    format!("English slug {n}")
                }
                None => "nothing".to_owned(),
            },
            8 => toggle(entry, "draft", "true"),
            9 => toggle(entry, "withdrawn", "true"),
            10 => toggle(entry, "expires", "2026-12-01"),
            11 => toggle(entry, "illustrative", "true"),
            12 => toggle(entry, "featured", "true"),
            13 => {
                let (key, values): (_, &[&str]) =
                    *dice.pick(&[("places", &PLACES[..]), ("units", &UNITS), ("topics", &TERMS)]);
                let value = format!("[{}, {}]", dice.pick(values), dice.pick(values));
                entry.front.insert(key, value.clone());
                format!("{key} {value}")
            }
            14 => {
                entry.body.push(Piece::Link(*dice.pick(&others)));
                "a link".to_owned()
            }
            15 => {
                entry.body.reverse();
                "body reversed".to_owned()
            }
            16 => toggle(entry, "updated", "2026-12-20 10:00"),
            17 if entry.section == "guong-sang" => {
                let part = 100 + n;
                entry.front.insert("series", format!("{{id: duong-len-ban, part: {part}}}"));
                format!("series part {part}")
            }
            18 => {
                entry.bundle = !entry.bundle;
                entry.body.retain(|piece| !matches!(piece, Piece::Picture));
                format!("bundle: {}", entry.bundle)
            }
            19..=21 => {
                let others: Vec<usize> = others.into_iter().filter(|&other| other != id).collect();
                let keys = deeds::front(entry.section, dice, &others);
                let told = format!("{keys:?}");
                entry.front.extend(keys);
                told
            }
            22 => {
                entry.body.push(Piece::Deed(n % deeds::COMPONENTS.len()));
                format!("component {}", n % deeds::COMPONENTS.len())
            }
            23 | 24 => toggle(entry, "short", &format!("bai-{}", n % 60)),
            _ => {
                let piece = [Piece::Table, Piece::Note(n), Piece::Latest, Piece::Code(n)];
                entry.body.push(dice.pick(&piece).clone());
                "a component".to_owned()
            }
        };
        format!("entry {id}: {what}")
    }

    fn edit_config(&mut self, dice: &mut Dice, n: usize) -> String {
        match dice.roll(12) {
            6 | 7 => self.outlets = n,
            8 | 9 => self.campaigns = n,
            10 => self.yearly = !self.yearly,
            0 => self.title = n,
            1 => self.menu = n,
            2 => self.tay = !self.tay,
            3 => self.pagination = 2 + n % 4,
            4 => self.fallback = if self.fallback == "show" { "hide" } else { "show" },
            _ => self.feeds = 1 + n % 4,
        }
        format!("site.yaml:\n{}", self.config())
    }

    fn edit_theme(&mut self, dice: &mut Dice, n: usize) -> String {
        let (name, text) = match dice.roll(8) {
            6 | 7 => {
                let name = *dice.pick(&[
                    "templates/parts/campaign.html",
                    "templates/parts/figures.html",
                    "templates/parts/unit.html",
                    "templates/parts/agenda.html",
                    "templates/parts/entry.html",
                    "templates/unit.html",
                    "templates/awards.html",
                    "templates/yearly.html",
                ]);
                let text = built_in(name).replace("<tr>", &format!("<tr data-n=\"{n}\">"));
                (name, text.replace("<li>", &format!("<li data-n=\"{n}\">")))
            }
            5 => ("templates/components/note.txt", appended("templates/components/note.txt", n)),
            0 => ("assets/css/95-rieng.css", format!(".rieng {{ margin: {n}px; }}\n")),
            1 => ("theme.yaml", {
                let text = built_in("theme.yaml");
                text.replace(
                    "kinds: [model], limit: 4",
                    &format!("kinds: [model], limit: {}", n % 4 + 1),
                )
            }),
            2 => ("templates/components/note.html", appended("templates/components/note.html", n)),
            3 => ("templates/entry.html", appended("templates/entry.html", n)),
            _ => ("templates/parts/cards.html", {
                let text = built_in("templates/parts/cards.html");
                text.replacen("<a ", &format!("<a data-n=\"{n}\" "), 1)
            }),
        };
        let path = format!("themes/default/{name}");
        // Every other time an override is taken back.
        if self.files.remove(&path).is_none() {
            self.files.insert(path.clone(), text);
        }
        format!("theme: {path}")
    }

    fn edit_data(&mut self, dice: &mut Dice, n: usize) -> String {
        let edit = |text: &str, from: &str, to: String| text.replacen(from, &to, 1);
        let all = files();
        let (path, text) = match dice.roll(9) {
            7 => {
                let path = "content/data/calendar.yaml";
                (path, edit(&all[path], "2026-11-05", format!("2026-11-{:02}", 1 + n % 30)))
            }
            0 => ("content/data/so-lieu.csv", format!("Xã,Số cây\nMinh Họa A,{n}\n")),
            1 => {
                let path = "content/data/terms.yaml";
                (path, edit(&all[path], "Giảm nghèo", format!("Giảm nghèo {n}")))
            }
            2 => {
                let path = "content/data/terms.yaml";
                (path, edit(&all[path], "poverty", format!("poverty-{n}")))
            }
            3 => {
                let path = "content/data/units.yaml";
                (path, edit(&all[path], "Đoàn xã A", format!("Đoàn xã A{n}")))
            }
            4 => {
                let path = "content/data/series.yaml";
                (path, edit(&all[path], "Đường lên bản", format!("Đường lên bản {n}")))
            }
            5 => {
                let path = "content/guong-sang/_index.md";
                (path, edit(&all[path], "Gương sáng", format!("Gương sáng {n}")))
            }
            6 => {
                let path = "content/guong-sang/_index.en.md";
                (path, edit(&all[path], "exemplary-youth", format!("youth-{n}")))
            }
            _ => ("static/tai-lieu/mau.txt", format!("Mẫu {n}\n")),
        };
        self.files.insert(path.to_owned(), text);
        format!("{path}: {n}")
    }
}

fn toggle(entry: &mut Entry, key: &'static str, value: &str) -> String {
    if entry.front.remove(key).is_none() {
        entry.front.insert(key, value.to_owned());
    }
    format!("{key}: {}", entry.front.contains_key(key))
}

fn date(dice: &mut Dice) -> String {
    let month = 9 + dice.roll(4);
    format!("2026-{month:02}-{:02} {:02}:30", 1 + dice.roll(30), dice.roll(24))
}

fn drawing(n: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} 60\" width=\"{0}\" \
         height=\"60\"><rect width=\"{0}\" height=\"60\"/></svg>\n",
        100 + n
    )
}

fn built_in(name: &str) -> String {
    builtin_source(&format!("themes/default/{name}"))
        .expect("a file of the built-in theme")
        .to_owned()
}

fn appended(name: &str, n: usize) -> String {
    format!("{}<!-- {n} -->\n", built_in(name).trim_end_matches('\n'))
}

fn files() -> BTreeMap<String, String> {
    let text = "-- content/_index.md --
---
title: Tin tốt
---
Lời chào.
-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/_index.en.md --
---
title: News
---
-- content/guong-sang/_index.md --
---
title: Gương sáng
kind: story
---
Lời giới thiệu.
-- content/guong-sang/_index.en.md --
---
title: Exemplary youth
slug: exemplary-youth
---
-- content/mo-hinh/_index.md --
---
title: Mô hình
kind: model
fallback: hide
---
-- content/su-kien/_index.md --
---
title: Sự kiện
kind: event
---
-- content/data/terms.yaml --
topics:
  - {id: giam-ngheo, name: {vi: Giảm nghèo, en: Poverty reduction}, slug: {en: poverty}}
  - {id: khoi-nghiep, name: {vi: Khởi nghiệp, en: Starting up}}
  - {id: giao-duc, name: {vi: Giáo dục, en: Education}}
programmes:
  - {id: vi-nguoi-ngheo, name: {vi: Vì người nghèo, en: For the poor}, figures: [dong-gop]}
-- content/data/units.yaml --
- {id: tinh-doan-x, name: {vi: Tỉnh Đoàn X, en: Province X}, group: tinh}
- {id: xa-doan-a, name: {vi: Đoàn xã A, en: Commune A}, parent: tinh-doan-x, group: xa}
- {id: xa-doan-b, name: {vi: Đoàn xã B, en: Commune B}, parent: tinh-doan-x, group: xa}
-- content/data/series.yaml --
- id: duong-len-ban
  title: {vi: Đường lên bản, en: The road up}
-- content/data/authors.yaml --
- {id: hoa-gao, name: Hoa Gạo}
-- content/data/so-lieu.csv --
Xã,Số cây
Minh Họa A,120
Minh Họa B,80
-- content/data/calendar.yaml --
- {id: le, name: {vi: Lễ, en: Feast}, dates: {2026: 2026-11-05}, source: Lịch}
- {id: han, sort: deadline, name: {vi: Hạn, en: Deadline}, every: 12-09, from: 2022, warn: 3}
-- static/tai-lieu/mau.txt --
Mẫu
";
    crate::site::files(text).into_iter().chain(deeds::files()).collect()
}

/// A site on disk with its first build.
fn started(world: &World) -> (Site, BTreeMap<String, String>, Built) {
    let mut site = Site::new("");
    let mut sources = BTreeMap::new();
    world.write(&mut site, &mut sources);
    let built = site.build().ok();
    (site, sources, built)
}

/// What the report says of files is what happened to them.
fn check_counts(before: &Snapshot, after: &Snapshot, built: &Built) -> Vec<String> {
    let Some(written) = &built.written else { return vec!["nothing written".to_owned()] };
    let created = after.keys().filter(|path| !before.contains_key(*path)).count();
    let removed = before.keys().filter(|path| !after.contains_key(*path)).count();
    let changed = after
        .iter()
        .filter(|(path, bytes)| before.get(*path).is_some_and(|old| old != *bytes))
        .count();
    let told = (written.created, written.changed, written.removed);
    match told == (created, changed, removed) {
        true => Vec::new(),
        false => vec![format!("told {told:?}, happened {:?}", (created, changed, removed))],
    }
}

/// Edits with builds between them; gives the numbers of builds that were
/// published and that had errors.
fn script(seed: u64, steps: usize) -> (usize, usize) {
    let mut dice = Dice::new(seed);
    let mut world = World::new();
    let (mut site, mut sources, _) = started(&world);
    let cold = tempfile::tempdir().expect("a folder");
    let mut told = Vec::new();
    let mut before = snapshot(&site.out());
    let (mut published, mut refused) = (0, 0);
    for step in 0..steps {
        let back = world.clone();
        told.push(world.edit(&mut dice));
        if dice.once_in(3) {
            told.push(world.edit(&mut dice));
        }
        world.write(&mut site, &mut sources);
        site.threads = 1 + dice.roll(3);
        let built = site.build();
        let after = snapshot(&site.out());
        let mut wrong = Vec::new();
        if built.written.is_none() {
            refused += 1;
            told.push(format!("refused: {:?}", built.problems()));
            wrong.extend(differences(&before, &after));
            world = back;
        } else {
            published += 1;
            wrong.extend(check_counts(&before, &after, &built));
            let out = cold.path().join(step.to_string());
            site.build_into(&out).ok();
            wrong.extend(differences(&after, &snapshot(&out)));
            before = after;
        }
        let story = told.join("\n");
        let all = wrong.join("\n");
        assert!(wrong.is_empty(), "TINTOT_SEED={seed}, step {step}\n{story}\n\n{all}");
    }
    (published, refused)
}

#[test]
fn random_edits_end_where_a_first_build_ends() {
    let first = asked("TINTOT_SEED", 1);
    let (mut published, mut refused) = (0, 0);
    for seed in first..first + asked("TINTOT_SCRIPTS", 6) {
        let (good, bad) = script(seed as u64, asked("TINTOT_STEPS", 8));
        published += good;
        refused += bad;
    }
    println!("{published} builds compared, {refused} refused");
    assert!(published > refused, "the scripts mostly make sites that cannot be built");
}

/// Created, changed, removed and rendered, then the paths that changed.
fn touched(before: &Snapshot, after: &Snapshot, built: &Built) -> (Vec<usize>, Vec<String>) {
    let written = built.written.as_ref().expect("a published build");
    let counts = vec![written.created, written.changed, written.removed, built.rendered];
    let differs = |path: &&String| before.get(*path) != after.get(*path);
    (counts, after.keys().filter(differs).cloned().collect())
}

#[test]
fn a_build_without_a_change_renders_nothing() {
    let (site, _, _) = started(&World::new());
    let before = snapshot(&site.out());
    let built = site.build();
    assert_eq!(touched(&before, &snapshot(&site.out()), &built).0, [0, 0, 0, 0]);
}

/// The first news of a world, and its paths in the output.
fn news(world: &mut World) -> (&mut Entry, Vec<String>) {
    let entry = world.entries.iter_mut().find(|entry| entry.section == "tin").expect("news");
    entry.front.insert("date", "2026-11-16 08:00".to_owned());
    let path = format!("tin/{}/index.html", entry.stem);
    (entry, vec![format!("en/{path}"), path])
}

#[test]
fn an_edit_in_a_body_touches_the_page_and_its_feeds() {
    let mut world = World::new();
    news(&mut world);
    let (mut site, mut sources, _) = started(&world);
    let before = snapshot(&site.out());
    let (entry, own) = news(&mut world);
    entry.body.push(Piece::Text(77));
    world.write(&mut site, &mut sources);
    let built = site.build().ok();
    let (counts, paths) = touched(&before, &snapshot(&site.out()), &built);
    let feed = |path: &&String| path.ends_with(".xml") || path.ends_with(".json");
    let (feeds, pages): (Vec<String>, Vec<String>) = paths.iter().cloned().partition(|p| feed(&p));
    assert_eq!(pages, own);
    assert!(!feeds.is_empty() && !feeds.iter().any(|path| path.contains("sitemap")), "{feeds:?}");
    assert_eq!(counts, [0, paths.len(), 0, paths.len()], "{paths:#?}");
}

/// A site of `n` news in two languages, a news a day up to the middle of
/// November, filed as editors file them.
fn newspaper(n: usize) -> Site {
    let site = Site::with("-- content/tin/_index.md --\n---\ntitle: Tin\nkind: news\n---\n");
    let units = files();
    for name in ["terms.yaml", "units.yaml", "authors.yaml"] {
        let path = format!("content/data/{name}");
        let text = units[&path].replace(", figures: [dong-gop]", "");
        site.write(&path, text.as_bytes());
    }
    (1..=n).for_each(|back| daily(&site, back));
    site
}

/// The news of so many days before the 16th of November 2026.
fn daily(site: &Site, back: usize) {
    let last: jiff::civil::Date = "2026-11-16".parse().expect("a date");
    let day = last - jiff::Span::new().days(back as i64);
    let text = format!(
        "---\ntitle: Tin ngày {day}\nsummary: Một việc tốt.\ndate: {day} 07:00\n\
         places: [{}]\nunits: [{}]\ntopics: [{}]\ntags: [nhan-{}]\nauthors: [hoa-gao]\n---\n\
         Nội dung.\n",
        PLACES[back % PLACES.len()],
        UNITS[back % UNITS.len()],
        TERMS[back % TERMS.len()],
        back % 10,
    );
    site.write(&format!("content/tin/{day}.md"), text.as_bytes());
    let english = format!("---\ntitle: News of {day}\n---\nText.\n");
    site.write(&format!("content/tin/{day}.en.md"), english.as_bytes());
}

#[test]
fn a_new_entry_touches_few_files_however_large_the_site() {
    let sizes = [120, asked("TINTOT_ENTRIES", 240)];
    let [few, many] = sizes.map(|n| {
        let site = newspaper(n);
        site.build().ok();
        let before = snapshot(&site.out());
        daily(&site, 0);
        let built = site.build().ok();
        let (counts, paths) = touched(&before, &snapshot(&site.out()), &built);
        println!("{n} entries, {} files: {counts:?}", before.len());
        assert_eq!(counts[2], 0, "nothing goes");
        (counts, paths)
    });
    if asked("TINTOT_VERBOSE", 0) > 0 {
        println!("{}", many.1.join("\n"));
    }
    for (counts, paths) in [&few, &many] {
        // Full pages of a list stay as they are; the newest of them changes
        // when there is one more, to which it leads.
        let numbered = |path: &&String| path.contains("/trang/") || path.contains("/page/");
        let numbered: Vec<&String> = paths.iter().filter(numbered).collect();
        assert!(numbered.len() <= 2 * (counts[0] - 2), "{numbered:#?}");
    }
    // About 30 in each of the two languages, and a few for both.
    assert!(many.1.len() <= 80, "{} files:\n{}", many.1.len(), many.1.join("\n"));
}
