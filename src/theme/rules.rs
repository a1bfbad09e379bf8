//! What can be wrong with a theme.

use crate::rules;

rules! {
    TEMPLATE_SYNTAX = "T0801" Error,
        "Mẫu viết sai cú pháp", "Template syntax error",
        "Tệp mẫu của giao diện có chỗ viết sai, nên không trang nào được dựng. Sửa chỗ được gạch chân, hoặc xóa tệp trong themes/ để dùng lại mẫu có sẵn.",
        "A template of the theme cannot be understood, so no page is built. Mend the underlined place, or delete the file in themes/ to get the built-in one back.";
    TEMPLATE_RENDER = "T0802" Error,
        "Mẫu không dựng được trang", "Template failed to render",
        "Mẫu hỏi một giá trị không có hoặc dùng sai kiểu. Danh sách giá trị của mỗi mẫu có trong tài liệu cho người làm giao diện.",
        "The template asks for a value that is not there or uses it wrongly. The theme documentation lists the values of every template.";
    THEME_MISSING = "T0803" Error,
        "Không có giao diện này", "No such theme",
        "Tên giao diện trong site.yaml phải là default hoặc một thư mục trong themes/.",
        "The theme named in site.yaml must be default or a folder in themes/.";
    BAD_LIST = "T0804" Error,
        "Khai báo giao diện sai", "Wrong theme declaration",
        "Một khai báo trong theme.yaml không hợp lệ. Danh sách nhận: kinds, sections, topics, tags, units, places, column, featured, when, order, limit.",
        "A declaration in theme.yaml is not valid. A list takes: kinds, sections, topics, tags, units, places, column, featured, when, order, limit.";
    BAD_COLOUR = "T0805" Error,
        "Giá trị màu không hợp lệ", "Invalid colour",
        "Màu viết như #0b5cad hoặc rgb(11 92 173). Tên màu là tên biến trong giao diện, ví dụ blue, red, gold.",
        "Write a colour as #0b5cad or rgb(11 92 173). A colour's name is the name of a custom property of the theme: blue, red, gold ...";
    BAD_CARD = "T1005" Error,
        "Tệp thẻ chia sẻ của giao diện sai", "A theme's file for cards is wrong",
        "Thẻ chia sẻ được vẽ từ cards/card.svg (bài có ảnh thì cards/photo.svg) bằng phông chữ .ttf, .otf nằm cùng thư mục. Chữ đặt trong <text data-slot=\"title\">, các ô khác là section, unit, date, badge, site; mỗi ô cần x, y, font-size và data-width. Khung ảnh là <rect data-photo=\"\">.",
        "Cards are drawn from cards/card.svg (with a photo, from cards/photo.svg) with the .ttf and .otf fonts of that folder. Texts stand in <text data-slot=\"title\">, the other slots being section, unit, date, badge and site; each needs x, y, font-size and data-width. A photo's frame is <rect data-photo=\"\">.";
    NOT_TEXT = "T0806" Error,
        "Tệp mẫu không phải UTF-8", "Template is not UTF-8",
        "Tệp mẫu phải ghi bằng UTF-8. Hãy mở và lưu lại với mã UTF-8.",
        "A template must be UTF-8 text. Open it and save it as UTF-8.";
}
