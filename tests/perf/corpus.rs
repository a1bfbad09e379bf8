//! A synthetic campaign site of any size; the same size gives the same bytes.

use std::fmt::Write;
use std::path::Path;

/// Everyday sentences to fill stories with; nothing in them happened.
const SENTENCES: [&str; 12] = [
    "Buổi sáng cả nhóm gặp nhau ở sân nhà văn hóa, chia cuốc, chia nước, rồi lên đồi khi sương còn dày",
    "Số tiền góp chung được ghi vào sổ, ai muốn xem lúc nào cũng được",
    "Vụ đầu thất thu vì mưa đá, vụ sau cả nhóm đổi giống và che lưới",
    "Con đường mới ngắn hơn đường cũ hai cây số, trẻ con đi học không phải lội suối",
    "Bà con góp tre, góp công, chi đoàn lo phần bản vẽ và xi măng",
    "Mỗi tối thứ Sáu có một người kể lại cách mình làm, người khác hỏi và ghi",
    "Quỹ nhỏ cho vay xoay vòng, trả dần sau mỗi vụ, chưa ai phải nhắc",
    "Căn nhà lợp xong trước Tết, chủ nhà mời cả xóm ăn bữa cơm đầu tiên",
    "Bể lọc ba ngăn làm bằng cát, sỏi và than, rửa mỗi tháng một lần",
    "Lớp học thêm buổi tối dùng đèn tích điện, bàn ghế đóng lại từ gỗ cũ",
    "Nhóm đặt ra một luật duy nhất: việc gì làm xong phải viết lại thành từng bước",
    "Cuối năm cả xã ngồi lại, cái gì được thì giữ, cái gì chưa được thì nói thẳng",
];
const ENGLISH: [&str; 4] = [
    "The group met at dawn, shared out the tools and went up the hill",
    "What each family gave was written down for everybody to see",
    "The second season went better, with another variety and nets against hail",
    "Every Friday evening somebody tells how a thing was done, step by step",
];
const SECTIONS: [(&str, &str, &str); 4] = [
    ("guong-sang", "story", "Gương sáng"),
    ("mo-hinh", "model", "Mô hình"),
    ("tin-tot", "news", "Tin tốt"),
    ("su-kien", "event", "Sự kiện"),
];
const TOPICS: usize = 12;
const TAGS: usize = 60;

/// A small generator of numbers (SplitMix64), so that no crate decides the bytes.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// Writes a site of `n` stories, half of them translated, into a folder.
pub fn write(root: &Path, n: usize) -> std::io::Result<()> {
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir)?;
        }
        std::fs::write(path, text)
    };
    put(
        "site.yaml",
        "title: {vi: Mỗi ngày một tin tốt, en: One good news a day}\nbase_url: https://tintot.example/\n\
         languages:\n  - {tag: vi, name: Tiếng Việt}\n  - {tag: en, name: English}\n",
    )?;
    for (dir, kind, title) in SECTIONS {
        put(
            &format!("content/{dir}/_index.md"),
            &format!("---\ntitle: {title}\nkind: {kind}\n---\n"),
        )?;
        put(&format!("content/{dir}/_index.en.md"), &format!("---\ntitle: {dir}\n---\n"))?;
    }
    put("content/data/terms.yaml", &terms())?;
    let mut numbers = Numbers(17_102_022);
    for i in 0..n {
        story(&mut numbers, i, n, &put)?;
    }
    Ok(())
}

fn terms() -> String {
    let mut text = String::from("topics:\n");
    for i in 0..TOPICS {
        let _ =
            writeln!(text, "  - {{id: chu-de-{i:02}, name: {{vi: Chủ đề {i}, en: Topic {i}}}}}");
    }
    text.push_str("tags:\n");
    for i in 0..TAGS {
        let _ = writeln!(text, "  - {{id: the-{i:02}, name: {{vi: Thẻ {i}, en: Tag {i}}}}}");
    }
    text
}

fn story(
    numbers: &mut Numbers,
    i: usize,
    n: usize,
    put: &dyn Fn(&str, &str) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let (dir, kind, _) = SECTIONS[i % SECTIONS.len()];
    let day = jiff::civil::date(2022, 6, 16);
    let date = day.saturating_add(jiff::Span::new().days((i * 1500 / n.max(1)) as i64));
    let unit = tintot::data::Places::new([]);
    let place = unit.all()[numbers.below(34)].clone();
    let unit = if place.kind == "thanh-pho" { "thanh-doan" } else { "tinh-doan" };
    let mut front = format!(
        "---\ntitle: \"{} {i}\"\nsummary: \"{}.\"\ndate: {date}\nunits: [{unit}-{}]\n",
        clip(numbers.pick(&SENTENCES), 50),
        numbers.pick(&SENTENCES),
        place.id,
    );
    let (a, b) = (numbers.below(TOPICS), numbers.below(TOPICS));
    let _ = writeln!(front, "topics: [chu-de-{a:02}, chu-de-{b:02}]");
    let _ = writeln!(
        front,
        "tags: [the-{:02}, the-{:02}, the-{:02}]",
        numbers.below(TAGS),
        numbers.below(TAGS),
        numbers.below(TAGS)
    );
    if kind == "event" {
        let _ = writeln!(front, "start: {date} 08:00");
    }
    front.push_str("---\n\n");
    let stem = format!("content/{dir}/{dir}-{i:06}");
    put(&format!("{stem}.md"), &(front + &body(numbers, &SENTENCES)))?;
    if numbers.below(2) == 0 {
        let title = format!(
            "---\ntitle: \"{} {i}\"\nsummary: \"{}.\"\n---\n\n",
            clip(numbers.pick(&ENGLISH), 50),
            numbers.pick(&ENGLISH)
        );
        put(&format!("{stem}.en.md"), &(title + &body(numbers, &ENGLISH)))?;
    }
    Ok(())
}

/// About 400 words: headings, paragraphs, a list, a quotation, a table, links.
fn body(numbers: &mut Numbers, from: &[&str]) -> String {
    let paragraph = |numbers: &mut Numbers, n: usize| {
        let sentences: Vec<&str> = (0..n).map(|_| numbers.pick(from)).collect();
        format!("{}.\n\n", sentences.join(". "))
    };
    let mut text = paragraph(numbers, 4);
    for heading in 1..=3 {
        let _ = write!(text, "## {} {heading}\n\n", clip(numbers.pick(from), 40));
        text += &paragraph(numbers, 4);
        text += &paragraph(numbers, 3);
    }
    for _ in 0..4 {
        let _ = writeln!(text, "- **{}**: {}", clip(numbers.pick(from), 30), numbers.pick(from));
    }
    let _ = write!(text, "\n> {}.\n\n| Năm | Kết quả |\n|---|---|\n", numbers.pick(from));
    for year in 2022..=2025 {
        let _ = writeln!(text, "| {year} | {} hộ |", 1 + numbers.below(900));
    }
    let _ = write!(
        text,
        "\n{}. [Xem thêm](https://example.org/{}) và *{}*.\n",
        numbers.pick(from),
        numbers.below(9999),
        clip(numbers.pick(from), 20)
    );
    text
}

/// The first characters of a sentence, to a word's end.
fn clip(text: &str, chars: usize) -> String {
    let cut: String = text.chars().take(chars).collect();
    cut.rsplit_once(' ').map_or(cut.clone(), |(head, _)| head.trim_end_matches(',').to_owned())
}
