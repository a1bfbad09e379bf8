//! Names, citations and spellings that this field is known to get wrong.
//!
//! Takes a document and its source, gives a warning at each known slip.
//! Compares whole syllables, wherever tones sit and lines break. Never changes
//! a text, never looks at code, quotations, addresses or names of people.

mod dictionary;
mod prose;
#[cfg(test)]
mod tests;
mod words;

pub use dictionary::Dictionary;
pub use words::Memory;

crate::rules! {
    SPELLING = "T1101" Warning,
        "Có lẽ viết sai chính tả", "Probably a misspelling",
        "Cụm từ này nằm trong danh sách lỗi chính tả hay gặp. Sửa theo gợi ý; nếu bài cố ý viết vậy, đặt vào `mã` hoặc tắt mục ấy trong content/data/slips.yaml bằng `off: true`.",
        "This phrase is on the list of frequent misspellings. Follow the suggestion; if it is meant, set it as `code` or silence the item in content/data/slips.yaml with `off: true`.";
    NAME = "T1102" Warning,
        "Có lẽ viết sai tên gọi", "Probably a wrong name",
        "Tên phong trào, chuyên mục, tổ chức hoặc địa danh này hay bị viết sai. Sửa theo gợi ý; muốn thêm hay tắt một mục, dùng content/data/slips.yaml.",
        "This name of a movement, column, organisation or place is often written wrongly. Follow the suggestion; add or silence items in content/data/slips.yaml.";
    CITATION = "T1103" Warning,
        "Có lẽ dẫn sai văn bản", "Probably a wrong citation",
        "Số hiệu văn bản này hay bị dẫn nhầm. Đối chiếu với văn bản gốc rồi sửa theo gợi ý; nếu bài nói đúng về văn bản mang số ấy, tắt mục này trong content/data/slips.yaml bằng `off: true`.",
        "This number of a legal text is often cited by mistake. Compare it with the text itself and follow the suggestion; if the other text is meant, silence the item in content/data/slips.yaml with `off: true`.";
}
