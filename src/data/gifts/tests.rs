use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::base::diag::Diagnostics;

fn read(text: &str) -> (GiftFile, Diagnostics) {
    read_gifts(text, &Arc::from("content/data/contributions/2026.csv"))
}

const HEAD: &str = "ngày;đơn vị;nhà tài trợ;loại;địa bàn;giá trị;số lượng;đơn vị tính;nguồn\n";

#[test]
fn the_same_sum_however_it_is_written() {
    let ways = [
        "1200000000",
        "1.200.000.000 đ",
        "1,2 tỷ",
        "1.2 tỷ",
        "1 tỷ 200 triệu",
        "1.200 triệu",
        "1 200 000 000 đồng",
        "1.200.000 nghìn",
    ];
    let rows: String =
        ways.iter().map(|way| format!("17/10/2026;Đoàn A;;tiền;;{way};;;BC 1\n")).collect();
    for bom in ["", "\u{feff}"] {
        let (file, found) = read(&format!("{bom}{HEAD}{rows}"));
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(file.gifts.len(), ways.len());
        assert!(file.gifts.iter().all(|gift| gift.dong == 1_200_000_000 && gift.donor.is_none()));
        assert_eq!(file.units.list.len(), 1);
    }
}

#[test]
fn a_wrong_cell_is_pointed_at() {
    let text = format!(
        "{HEAD}17/10/2026;Đoàn A;Bà B;tiền;;1,2 tỷ;;;BC\n31/2/2026;Đoàn A;;tiền;;5 triệu;;;BC\n1/1/2026;Đoàn A;;tiền;;khoảng 5 triệu;;;BC\n1/1/2026;Đoàn A;;gạo;;;2;;BC\n1/1/2026;;;gạo;;1;;;BC\n1/1/2026;Đoàn A;;gạo;;;;;BC\n"
    );
    let (file, found) = read(&text);
    assert_eq!(file.gifts.len(), 1);
    let at = |n: usize| {
        let place: &std::ops::Range<usize> = &found[n].labels[0].span.range;
        (found[n].rule.code, &text[place.clone()])
    };
    assert_eq!(at(0), ("T0921", "31/2/2026"));
    assert_eq!(at(1), ("T0922", "khoảng 5 triệu"));
    assert_eq!(
        (found[2].rule.code, found[3].rule.code, found[4].rule.code),
        ("T0923", "T0924", "T0924")
    );
    assert!(found[1].help.as_ref().is_some_and(|help| help.en.contains("khoang")));
}

#[test]
fn headers_in_either_language_and_any_order() {
    let (file, found) = read(
        "Source,Value (VND),Kind,Unit,Date,Donor\nR 1,\"15,5 triệu\",money,A,2026-10-17,anonymous\n",
    );
    assert!(found.is_empty(), "{found:?}");
    assert_eq!((file.gifts[0].dong, file.gifts[0].donor), (15_500_000, None));
    let (_, found) = read("ngày,đơn vị,loaij,giá trị\n");
    assert!(
        found.iter().any(|diag| diag.help.as_ref().is_some_and(|help| help.vi.contains("loại")))
    );
    let (_, found) = read("ngày,đơn vị,loại\n");
    assert_eq!(found.len(), 1);
}

#[test]
fn days_as_people_write_them() {
    for text in ["17/10/2026", "17-10-2026", "17.10.2026", "2026-10-17", "17/10/2026"] {
        assert_eq!(parse_day(text).map(|day| day.to_string()).as_deref(), Some("2026-10-17"));
    }
    for text in ["", "17/10/26", "10/17/2026", "29/2/2025", "17/10", "17/10/2026/1", "2026-10-17a"]
    {
        assert_eq!(parse_day(text), None, "{text}");
    }
}

#[test]
fn nobody_is_named_who_does_not_want_to_be() {
    for word in ["", "anonymous", "Ẩn danh", "ẩn danh", "Không nêu tên", "Giấu tên"] {
        assert!(is_anonymous(word), "{word}");
    }
    assert!(!is_anonymous("Công ty Ẩn Danh Minh Họa"));
}

proptest! {
    #[test]
    fn never_panics(text in "[;,\"\\PC\n]{0,80}") {
        let (file, _) = read(&format!("{HEAD}{text}"));
        prop_assert!(file.gifts.len() <= 80);
    }
}
