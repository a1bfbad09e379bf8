//! The order of real names, and the laws of an order.

use super::*;
use proptest::prelude::*;

/// The 63 provinces and cities of 2024 in dictionary order.
const PROVINCES: &str = "An Giang|Bà Rịa - Vũng Tàu|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|\
    Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|\
    Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|\
    Hậu Giang|Hòa Bình|Hồ Chí Minh|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|\
    Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|\
    Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|\
    Thanh Hóa|Thừa Thiên Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái";

fn in_order(texts: &[&str]) {
    for pair in texts.windows(2) {
        assert_eq!(vi_cmp(pair[0], pair[1]), Ordering::Less, "{} < {}", pair[0], pair[1]);
    }
}

#[test]
fn provinces() {
    let names: Vec<&str> = PROVINCES.split('|').collect();
    assert_eq!(names.len(), 63);
    in_order(&names);
}

#[test]
fn syllable_by_syllable() {
    in_order(&["Hà", "Hà Nội", "Hà Tĩnh", "Hạ Hòa", "Hạ Long", "Hai"]);
    in_order(&["ma", "mà", "mả", "mã", "má", "mạ", "man", "mán", "măn", "mân", "me"]);
    in_order(&["da", "đa", "e", "ê", "f", "g", "i", "j", "k", "o", "ô", "ơ", "p", "u", "ư", "v"]);
    in_order(&["Hồ Chí Minh", "Huế", "Hưng Yên"]);
    in_order(&["v", "w", "x", "y", "z", "ខ្មែរ"]);
    in_order(&["", "!", "2 cây", "10 cây", "cây"]);
    in_order(&["Bài 9", "Bài 10", "Bài 10a", "Bài toán"]);
}

#[test]
fn ties() {
    in_order(&["hoa", "Hoa", "HOA", "hoa."]);
    in_order(&["Hà Nam", "H'Mông", "Hương"]);
    assert_eq!(vi_cmp("hoa\u{300}", "hoà"), Ordering::Equal);
    // Tone placement weighs less than the next syllable.
    in_order(&["Hoà An", "Hòa Bình", "Hoà Phú"]);
}

#[test]
fn people_by_given_name() {
    let mut names = ["Trần Thị Bình", "Nguyễn Văn An", "Lê An", "Nguyễn Thị An", "Đỗ Ân", "Y"];
    names.sort_by_key(|name| vi_name_key(name));
    assert_eq!(names, ["Lê An", "Nguyễn Thị An", "Nguyễn Văn An", "Đỗ Ân", "Trần Thị Bình", "Y"]);
}

#[test]
fn other_languages() {
    let spanish = Collator::for_lang("es");
    assert_eq!(spanish.compare("nube", "ñame"), Ordering::Less);
    assert_eq!(spanish.compare("ñame", "oso"), Ordering::Less);
    let swedish = Collator::for_lang("sv");
    assert_eq!(swedish.compare("zon", "år"), Ordering::Less);
    let english = Collator::for_lang("en");
    assert_eq!(english.compare("Part 9", "Part 10"), Ordering::Less);
    assert_eq!(english.compare("a", "A"), Ordering::Less);
    let khmer = Collator::for_lang("km-VN");
    assert_eq!(khmer.compare("ក", "ខ"), Ordering::Less);
    for tag in ["tyz", "not a tag", ""] {
        assert_eq!(Collator::for_lang(tag).compare("a", "b"), Ordering::Less, "{tag}");
    }
    assert_eq!(Collator::for_lang("vi-VN").compare("Hà Tĩnh", "Hạ Hòa"), Ordering::Less);
}

proptest! {
    #[test]
    fn equal_keys_are_equal_texts(a in "\\PC{0,8}", b in "\\PC{0,8}") {
        prop_assert_eq!(vi_cmp(&a, &b) == Ordering::Equal, nfc(&a) == nfc(&b));
        prop_assert_eq!(vi_cmp(&a, &b), vi_cmp(&b, &a).reverse());
    }

    #[test]
    fn a_text_comes_after_its_beginning(
        a in "[a-zăâđêôơưàảãáạ0-9]{1,6}( [a-zăâđêôơưàảãáạ0-9]{1,6}){0,2}",
        b in "[a-zăâđêôơưàảãáạ0-9]{1,6}",
    ) {
        prop_assert_eq!(vi_cmp(&a, &format!("{a} {b}")), Ordering::Less);
    }
}
