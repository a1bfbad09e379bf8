//! What can be wrong with a kind's own keys.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    BAD_MONEY = "T0205" Error,
        "Số tiền không hiểu được", "A sum of money that cannot be read",
        "Viết số tiền như trên báo: `15,5 triệu đồng`, `1,2 tỷ đồng`, `1.200.000 đồng`; hoặc ghi rõ nguồn và ngày: `cost: {amount: 15500000, source: Sổ thu chi, as_of: 2025-10-17}`. Dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần lẻ. Không nhận khoảng tiền hay ngoại tệ.",
        "Write a sum as Vietnamese newspapers do: `15,5 triệu đồng`, `1,2 tỷ đồng`, `1.200.000 đồng`; or with its source and date: `cost: {amount: 15500000, source: Cash book, as_of: 2025-10-17}`. The point groups thousands and the comma starts decimals. Ranges and other currencies are not taken.";
    END_BEFORE_START = "T0206" Error,
        "Sự kiện kết thúc trước khi bắt đầu", "An event that ends before it starts",
        "`end` phải sau hoặc bằng `start`. Hãy xem lại ngày, tháng và giờ của cả hai khóa. Sự kiện chỉ có một ngày thì không cần ghi `end`. Ví dụ: `start: 2026-12-05 07:30` và `end: 2026-12-05 11:30`.",
        "`end` must not be before `start`. Check day, month and time of both keys. An event of one day needs no `end`. Example: `start: 2026-12-05 07:30` and `end: 2026-12-05 11:30`.";
    RECEIVED_WITHOUT_SOURCE = "T0219" Warning,
        "Tiền ủng hộ chưa ghi nguồn", "Money received without a source",
        "Số tiền đã nhận của một lời kêu gọi phải nói được lấy từ đâu và tính đến ngày nào, để người góp đối chiếu: `received: {amount: 12 triệu đồng, source: Sổ quỹ của chi đoàn, as_of: 2026-11-20}`.",
        "What an appeal has received must say where the sum comes from and of which day it is, so that those who gave can check it: `received: {amount: 12 triệu đồng, source: Cash book, as_of: 2026-11-20}`.";
    RECEIPTS_DIFFER = "T0231" Error,
        "Các khoản nhận không khớp số đã ghi", "Receipts that do not add up to the sum stated",
        "`received` phải bằng tổng các khoản trong `receipts` cho đến ngày `as_of`. Hãy sửa khoản sai, hoặc bỏ `received` để trang tự cộng các khoản.",
        "`received` must be the sum of the `receipts` up to the day of `as_of`. Correct what is wrong, or drop `received`: the receipts are then added up for you.";
    EMPTY_RECEIPT = "T0232" Error,
        "Khoản nhận không ghi bao nhiêu", "A receipt that says no amount",
        "Mỗi khoản trong `receipts` cần `amount` (tiền) hoặc `quantity` (hiện vật, viết bằng chữ): `{date: 2026-11-12, from: Chi đoàn A, amount: 500.000 đồng, source: Phiếu thu 01}`. Không ghi `from` thì người góp không được nêu tên.",
        "Each of the `receipts` needs `amount` (money) or `quantity` (things, in words): `{date: 2026-11-12, from: Chi đoàn A, amount: 500.000 đồng, source: Receipt 01}`. Without `from` nobody is named.";
    RECEIPT_WITHOUT_SOURCE = "T0233" Warning,
        "Khoản nhận không ghi chứng từ", "A receipt without the paper that shows it",
        "Ghi `source` cho từng khoản: số phiếu thu, biên nhận, sao kê. Người góp nhờ đó đối chiếu được.",
        "Write `source` for each: the number of the slip, of the statement of account. Those who gave can then check it.";
}
