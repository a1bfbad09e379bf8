//! Numbers as a Vietnamese reader says them: `17/10/2026` is “ngày mười bảy
//! tháng mười năm hai nghìn không trăm hai mươi sáu”.
//!
//! Takes a text; gives it with the dates, times, sums and numbers that are
//! plainly so in words. Whatever else has digits in it (numbers of documents,
//! codes, names) stays as it was written: a reader who meets a sign can still
//! decide, one who meets a wrong word cannot.

use super::number::{NumberStyle, parse};

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
/// Names of the groups of three digits, the lowest first.
const GROUPS: [&str; 6] = ["", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ"];
/// Units that stand right behind a number, as they are read.
const UNITS: [(&str, &str); 16] = [
    ("%", "phần trăm"),
    ("km", "ki-lô-mét"),
    ("m", "mét"),
    ("cm", "xăng-ti-mét"),
    ("kg", "ki-lô-gam"),
    ("g", "gam"),
    ("ha", "héc-ta"),
    ("m2", "mét vuông"),
    ("m²", "mét vuông"),
    ("m3", "mét khối"),
    ("m³", "mét khối"),
    ("km2", "ki-lô-mét vuông"),
    ("km²", "ki-lô-mét vuông"),
    ("đ", "đồng"),
    ("₫", "đồng"),
    ("VNĐ", "đồng"),
];
/// Words before a day and month without a year: `sáng 17/10`.
const BEFORE_DAY: [&str; 9] =
    ["ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "mồng", "mùng"];

/// A whole number below 10^18 in words.
pub fn whole(number: u64) -> Option<String> {
    if number >= 1_000_000_000_000_000_000 {
        return None;
    }
    if number == 0 {
        return Some(DIGITS[0].to_owned());
    }
    let mut groups = Vec::new();
    let mut rest = number;
    while rest > 0 {
        groups.push(rest % 1000);
        rest /= 1000;
    }
    let mut words: Vec<String> = Vec::new();
    for (at, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            continue;
        }
        words.push(hundreds(group, !words.is_empty()));
        if at > 0 {
            words.push(GROUPS.get(at)?.to_string());
        }
    }
    Some(words.join(" "))
}

/// Three digits; `full` where something stands before them: `không trăm linh năm`.
fn hundreds(number: u64, full: bool) -> String {
    let digit = |n: u64| DIGITS[(n % 10) as usize];
    let (hundred, ten, one) = (number / 100, number / 10 % 10, number % 10);
    let mut words: Vec<&str> = Vec::new();
    if full || hundred > 0 {
        words.extend([digit(hundred), "trăm"]);
    }
    match ten {
        0 if one > 0 && !words.is_empty() => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(ten), "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(one)),
    }
    words.join(" ")
}

/// The text with its numbers in words.
pub fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut at = 0;
        let mut rest = line;
        while let Some(word) = words.get(at) {
            let start = rest.find(word).unwrap_or(0);
            out.push_str(&rest[..start]);
            let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or("");
            let after = words.get(at + 1).copied().unwrap_or("");
            out.push_str(&token(word, before, after));
            rest = &rest[start + word.len()..];
            at += 1;
        }
        out.push_str(rest);
    }
    out
}

/// A word with the signs around it left where they are.
fn token(word: &str, before: &str, after: &str) -> String {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric() && !"%²³₫".contains(c));
    if !core.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    let start = word.find(core).unwrap_or(0);
    // A minus is no hyphen: `-5` stays.
    if word[..start].ends_with(['-', '−', '+']) {
        return word.to_owned();
    }
    let said = date(core, before)
        .or_else(|| time(core))
        .or_else(|| years(core))
        .or_else(|| phone(core))
        .or_else(|| ordinal(core, before, after))
        .or_else(|| quantity(core));
    match said {
        Some(said) => format!("{}{said}{}", &word[..start], &word[start + core.len()..]),
        None => word.to_owned(),
    }
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `17/10/2026`, `17-10-2026`, `2026-10-17`; `17/10` behind a word for a day;
/// `10/2026` behind “tháng”.
fn date(core: &str, before: &str) -> Option<String> {
    let sign = core.chars().find(|c| "/-.".contains(*c))?;
    let parts: Vec<&str> = core.split(sign).collect();
    let before = before.to_lowercase();
    let words = match parts[..] {
        [year, month, day] if year.len() == 4 => day_of(day, month, Some(year))?,
        [day, month, year] => day_of(day, month, Some(year).filter(|year| year.len() == 4))
            .filter(|_| year.len() == 4)?,
        [month, year] if sign == '/' && year.len() == 4 && before == "tháng" => {
            let month = number(month, 1..=2).filter(|month| (1..=12).contains(month))?;
            let year = whole(number(year, 4..=4)?)?;
            return Some(format!("{} năm {year}", month_name(month)?));
        }
        [day, month] if sign == '/' && BEFORE_DAY.contains(&before.as_str()) => {
            day_of(day, month, None)?
        }
        _ => return None,
    };
    // “ngày” is said once.
    let named = ["ngày", "mồng", "mùng"].contains(&before.as_str());
    Some(if named { words } else { format!("ngày {words}") })
}

fn day_of(day: &str, month: &str, year: Option<&str>) -> Option<String> {
    let day = number(day, 1..=2).filter(|day| (1..=31).contains(day))?;
    let month = number(month, 1..=2).filter(|month| (1..=12).contains(month))?;
    let mut words = format!("{} tháng {}", day_name(day)?, month_name(month)?);
    if let Some(year) = year {
        words.push_str(" năm ");
        words.push_str(&whole(number(year, 4..=4)?)?);
    }
    Some(words)
}

fn day_name(day: u64) -> Option<String> {
    let name = whole(day)?;
    Some(if day <= 10 { format!("mồng {name}") } else { name })
}

fn month_name(month: u64) -> Option<String> {
    if month == 4 { Some("tư".to_owned()) } else { whole(month) }
}

/// `7h30`, `07:30`, `19h`.
fn time(core: &str) -> Option<String> {
    let (hour, minute) = core.split_once(['h', ':'])?;
    let hour = number(hour, 1..=2).filter(|hour| *hour < 24)?;
    let minute = match minute {
        "" if core.ends_with('h') => 0,
        minute => number(minute, 2..=2).filter(|minute| *minute < 60)?,
    };
    let hour = whole(hour)?;
    Some(match minute {
        0 => format!("{hour} giờ"),
        minute => format!("{hour} giờ {}", whole(minute)?),
    })
}

/// `2022-2025`.
fn years(core: &str) -> Option<String> {
    let (first, last) = core.split_once(['-', '–'])?;
    let (first, last) = (number(first, 4..=4)?, number(last, 4..=4)?);
    let both = (1900..=2200).contains(&first) && (first..=2200).contains(&last);
    both.then(|| Some(format!("{} đến {}", whole(first)?, whole(last)?))).flatten()
}

/// Digits that begin with 0 are called out one by one.
fn phone(core: &str) -> Option<String> {
    let called =
        core.len() > 1 && core.starts_with('0') && core.bytes().all(|byte| byte.is_ascii_digit());
    let name = |byte: u8| DIGITS[usize::from(byte - b'0')];
    called.then(|| core.bytes().map(name).collect::<Vec<_>>().join(" "))
}

/// `thứ 4`, `tháng 4`, `ngày 5 tháng`: read otherwise than a number of things.
fn ordinal(core: &str, before: &str, after: &str) -> Option<String> {
    let n = number(core, 1..=2)?;
    match before.to_lowercase().as_str() {
        "tháng" | "thứ" if n == 4 => Some("tư".to_owned()),
        "ngày" if after == "tháng" && (1..=10).contains(&n) => day_name(n),
        _ => None,
    }
}

/// A number, whole or not, with its unit if one is attached.
fn quantity(core: &str) -> Option<String> {
    let end = core.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let (digits, unit) = core.split_at(end.unwrap_or(core.len()));
    let unit = match unit {
        "" => "",
        unit => UNITS.iter().find(|(sign, _)| *sign == unit)?.1,
    };
    let read = parse(digits, NumberStyle::VI).ok()?;
    let scale = 10_u64.checked_pow(read.scale)?;
    let units = u64::try_from(read.units).ok()?;
    let mut words = whole(units / scale)?;
    if read.scale > 0 {
        let fraction = digits.split_once(',').map_or("", |(_, fraction)| fraction);
        words.push_str(" phẩy ");
        words.push_str(&match number(fraction, 1..=2).filter(|_| !fraction.starts_with('0')) {
            Some(fraction) => whole(fraction)?,
            None => phone(&format!("0{fraction}"))?.split_once(' ')?.1.to_owned(),
        });
    }
    if !unit.is_empty() {
        words.push(' ');
        words.push_str(unit);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers() {
        for (number, words) in [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (11, "mười một"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (25, "hai mươi lăm"),
            (30, "ba mươi"),
            (100, "một trăm"),
            (105, "một trăm linh năm"),
            (115, "một trăm mười lăm"),
            (1005, "một nghìn không trăm linh năm"),
            (2026, "hai nghìn không trăm hai mươi sáu"),
            (1_000_000, "một triệu"),
            (1_200_000_000, "một tỷ hai trăm triệu"),
            (1_000_005, "một triệu không trăm linh năm"),
            (15_500_000, "mười lăm triệu năm trăm nghìn"),
        ] {
            assert_eq!(whole(number).as_deref(), Some(words), "{number}");
        }
    }

    #[test]
    fn texts_are_read_and_what_is_no_plain_number_stays() {
        for (written, said) in [
            (
                "Sáng 17/10/2026, lúc 7h30, 1.250 người",
                "Sáng ngày mười bảy tháng mười năm hai nghìn không trăm hai mươi sáu, lúc bảy giờ ba mươi, một nghìn hai trăm năm mươi người",
            ),
            ("ngày 5/4/2026", "ngày mồng năm tháng tư năm hai nghìn không trăm hai mươi sáu"),
            ("ngày 5 tháng 4", "ngày mồng năm tháng tư"),
            ("mỗi ngày 5 suất, thứ 4", "mỗi ngày năm suất, thứ tư"),
            ("(15,5 triệu đồng).", "(mười lăm phẩy năm triệu đồng)."),
            ("giảm 2,05% và 30%", "giảm hai phẩy không năm phần trăm và ba mươi phần trăm"),
            ("500m, 3ha", "năm trăm mét, ba héc-ta"),
            ("gọi 0123", "gọi không một hai ba"),
            (
                "2022-2025",
                "hai nghìn không trăm hai mươi hai đến hai nghìn không trăm hai mươi lăm",
            ),
            ("tháng 10/2026", "tháng mười năm hai nghìn không trăm hai mươi sáu"),
            ("19:05", "mười chín giờ năm"),
            // Left alone.
            ("07/2021/NĐ-CP", "07/2021/NĐ-CP"),
            ("Số 562/KH-MTTW-BTT", "Số 562/KH-MTTW-BTT"),
            ("3/4 số hộ, K5, 1.2.3.4, -5, 31/2x", "3/4 số hộ, K5, 1.2.3.4, -5, 31/2x"),
            ("1.5 triệu", "1.5 triệu"),
            ("32/10/2026", "32/10/2026"),
        ] {
            assert_eq!(spoken(written), said);
        }
    }

    #[test]
    fn lines_and_blanks_are_kept() {
        assert_eq!(spoken("a  1\n\n 2\n"), "a  một\n\n hai\n");
    }

    proptest! {
        #[test]
        fn nothing_panics_and_words_without_digits_stay(text in "\\PC{0,60}", plain in "[a-zđ ,.]{0,40}") {
            let _ = spoken(&text);
            prop_assert_eq!(spoken(&plain), plain);
        }

        #[test]
        fn every_number_has_words_of_its_own(a in 0u64..2_000_000, b in 0u64..2_000_000) {
            prop_assert_eq!(whole(a) == whole(b), a == b);
        }
    }
}
