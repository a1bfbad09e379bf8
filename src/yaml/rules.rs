//! What can be wrong with YAML and with the values written in it.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    YAML_SYNTAX = "T0101" Error,
        "YAML viết sai", "YAML that cannot be read",
        "Khối YAML (phần giữa hai dòng ---, hoặc cả tệp .yaml) gồm các dòng `khóa: giá trị`. Chương trình dừng ở chỗ được gạch chân vì không hiểu dòng ấy. Hãy so với một dòng đúng, ví dụ `title: Chị Lan trồng cây`, và sửa chỗ sai đầu tiên trước.",
        "A YAML block (what stands between the two --- lines, or a whole .yaml file) consists of `key: value` lines. Reading stopped at the underlined place because the line makes no sense there. Compare it with a correct line such as `title: Planting trees`, and mend the first mistake first.";
    DUPLICATE_KEY = "T0102" Error,
        "Một khóa viết hai lần", "The same key twice",
        "Trong một khối, mỗi khóa chỉ được viết một lần, vì không biết phải dùng giá trị nào. Hãy giữ lại một dòng và xóa dòng kia. Nếu muốn ghi nhiều giá trị, viết thành danh sách: `tags: [trong-rung, vuon-uom]`.",
        "Each key may stand only once in a block, because nobody could tell which value counts. Keep one of the two lines and delete the other. To give several values, write a list: `tags: [tree-planting, nurseries]`.";
    UNKNOWN_KEY = "T0103" Error,
        "Khóa không có trong bảng", "Unknown key",
        "Mỗi loại bài có một bảng khóa cố định; khóa lạ thường là gõ nhầm, và nếu bỏ qua thì `darft: true` sẽ làm lộ một bài nháp. Hãy sửa theo gợi ý, hoặc xóa dòng ấy. Dữ liệu riêng của giao diện thì đặt trong `extra:`, ví dụ `extra: {mau: xanh}`.",
        "Each kind of entry has a fixed table of keys; an unknown one is mostly a slip, and if it were ignored, `darft: true` would publish a draft. Follow the suggestion or delete the line. Free data for a theme belongs under `extra:`, for example `extra: {colour: blue}`.";
    WRONG_TYPE = "T0104" Error,
        "Giá trị sai dạng", "Value of the wrong shape",
        "Khóa này cần một dạng giá trị khác: một dòng chữ, một danh sách, hay một nhóm khóa con. Danh sách viết `[a, b]` hoặc mỗi mục một dòng bắt đầu bằng `- `; nhóm khóa con viết thụt vào hai dấu cách. Ví dụ: `authors: [hoa-gao, suoi-nho]`.",
        "This key takes another shape of value: a line of text, a list, or a group of keys. A list is `[a, b]` or one item per line after `- `; a group of keys is indented by two spaces. Example: `authors: [hoa-gao, suoi-nho]`.";
    MISSING_KEY = "T0105" Error,
        "Thiếu khóa bắt buộc", "A required key is missing",
        "Có những khóa phải viết thì trang mới dựng được, ví dụ bài nào cũng cần `title`. Hãy thêm dòng ấy vào khối YAML và ghi giá trị sau dấu hai chấm, ví dụ `title: Chị Lan trồng cây trên đồi trọc`.",
        "Some keys have to be there before a page can be made; every entry needs a `title`, for instance. Add the line to the YAML block with a value after the colon: `title: Planting trees on a bare hill`.";
    YAML_TAB = "T0106" Error,
        "Dùng phím Tab để thụt dòng", "A tab used for indentation",
        "YAML chỉ nhận dấu cách ở đầu dòng, không nhận phím Tab, vì mỗi máy hiện Tab rộng hẹp khác nhau. Hãy xóa Tab và gõ hai dấu cách cho mỗi bậc. Ví dụ: `source:` rồi dòng dưới là `  name: Báo Minh Họa`.",
        "YAML takes only spaces at the start of a line, never tabs, because a tab is wide on one machine and narrow on the next. Delete the tab and type two spaces per level. Example: `source:` and below it `  name: An example paper`.";
    UNCLOSED = "T0117" Error,
        "Dấu ngoặc không khớp", "Quotes or brackets that do not match",
        "Một dấu nháy hay dấu ngoặc mở ra mà không đóng lại đúng chỗ, nên phần sau bị hiểu lầm. Chữ trong nháy thẳng \" phải kết thúc bằng \" trên cùng dòng; muốn trích dẫn bên trong thì dùng nháy cong “ ”. Ví dụ: `title: \"Chuyện “đẹp” hôm nay\"`.",
        "A quote or bracket was opened and not closed in its place, so that what follows is misread. Text in straight quotes \" must end with \" on the same line; for a quotation inside it use curly quotes “ ”. Example: `title: \"A “beautiful” story\"`.";
    NEEDS_QUOTES = "T0108" Error,
        "Chữ này cần đặt trong dấu nháy", "Text that needs quotes",
        "Vài dấu có nghĩa riêng trong YAML: dấu hai chấm theo sau là dấu cách, và các dấu [ { * & ! @ ` % đứng đầu giá trị. Chữ có những dấu ấy thì đặt cả câu trong nháy thẳng. Ví dụ: `title: \"Chuyện làng: phần 2\"`.",
        "Some signs mean something to YAML: a colon followed by a space, and [ { * & ! @ ` % at the start of a value. Put text with such signs in straight quotes as a whole. Example: `title: \"A village tale: part 2\"`.";
    INDENTATION = "T0109" Error,
        "Thụt dòng sai", "Wrong indentation",
        "Các khóa cùng một nhóm phải bắt đầu ở cùng một cột, và khóa con thụt vào sâu hơn khóa mẹ (thường là hai dấu cách). Dấu cách chép từ Word hay Zalo có khi là loại “không ngắt”, trông giống mà không phải; hãy xóa đi và gõ lại bằng phím cách.",
        "Keys of one group must start in the same column, and keys inside another are indented deeper (two spaces as a rule). Spaces pasted from Word or a chat may be of the non-breaking sort, which look alike and are not; delete them and type them again with the space bar.";
    COLON_SPACE = "T0110" Error,
        "Thiếu dấu cách sau dấu hai chấm", "No space after the colon",
        "Sau tên khóa là dấu hai chấm rồi một dấu cách: `title: Chị Lan`, không phải `title:Chị Lan`. Thiếu dấu cách thì cả dòng bị hiểu là một đoạn chữ. Dấu cách phải là dấu cách thường của phím cách.",
        "A key is followed by a colon and a space: `title: A story`, not `title:A story`. Without the space the whole line is taken for text. The space must be an ordinary one, from the space bar.";
    TOO_LARGE = "T0111" Error,
        "Khối YAML quá lớn hoặc quá sâu", "A YAML block too large or too deep",
        "Để một tệp hỏng không làm treo cả lần dựng trang, chương trình chỉ nhận tối đa 32 bậc lồng nhau và không để các tham chiếu (*ten) nở ra quá 50.000 mục. Nội dung bình thường không bao giờ chạm mức này. Hãy xem lại có thiếu dòng --- đóng khối, hay thừa dấu [ hoặc {, hay không.",
        "So that one broken file cannot stall a build, at most 32 levels of nesting are read, and references (*name) may not grow beyond 50,000 values. Ordinary content never comes near. Check for a missing closing --- line or stray [ and {.";
    NOT_USED = "T0112" Error,
        "Cách viết YAML không dùng ở đây", "A YAML feature that is not used here",
        "Chương trình chỉ dùng phần đơn giản của YAML: khóa là chữ, giá trị là chữ, danh sách hoặc nhóm khóa con. Không dùng nhãn (!!python, !ten), khóa gộp <<, khóa phức hợp, hay nhiều tài liệu trong một tệp. Hãy viết thẳng giá trị ra, ví dụ `tags: [a, b]`; nếu đó là chữ thường, hãy đặt trong nháy.",
        "Only the simple part of YAML is used: keys are text; values are text, lists or groups of keys. Tags (!!python, !name), merge keys <<, compound keys and several documents in one file are not. Write the value out, as in `tags: [a, b]`; if it is meant as text, put it in quotes.";
    BAD_CHOICE = "T0113" Error,
        "Giá trị không nằm trong danh sách cho phép", "A value outside the closed list",
        "Khóa này chỉ nhận một trong vài giá trị cố định, ghi trong lời báo. Hãy chọn một giá trị trong đó và viết đúng từng chữ, không dấu. Ví dụ: `status: postponed`.",
        "This key takes one of a few fixed values, which the message lists. Choose one of them and spell it exactly. Example: `status: postponed`.";
    BAD_FLAG = "T0114" Error,
        "Cần true hoặc false", "Must be true or false",
        "Khóa này là một công tắc: `true` là có, `false` là không. Không dùng có/không, yes/no, 1/0, để không ai hiểu nhầm một bài nháp là bài đã đăng. Ví dụ: `draft: true`.",
        "This key is a switch: `true` or `false`. Yes/no, on/off and 1/0 are not taken, so that no draft is ever mistaken for a finished entry. Example: `draft: true`.";
    UNKNOWN_LANGUAGE = "T0115" Error,
        "Ngôn ngữ không có trong site.yaml", "A language that site.yaml does not list",
        "Chữ theo từng ngôn ngữ viết thành nhóm: `name: {vi: Việc làm, en: Jobs}`. Mã ngôn ngữ phải nằm trong `languages` của site.yaml. Chữ có dấu phẩy thì đặt trong nháy, nếu không dấu phẩy sẽ cắt chữ thành hai phần: `{vi: \"Phòng, chống thiên tai\"}`.",
        "Text in several languages is a group: `name: {vi: Việc làm, en: Jobs}`. Each tag must be listed under `languages` in site.yaml. Text with a comma needs quotes, else the comma cuts it in two: `{en: \"Wind, water and soil\"}`.";
    BAD_CHARACTER = "T0116" Error,
        "Ký tự điều khiển trong chữ", "A control character in a text",
        "Chữ chứa một ký tự không nhìn thấy và không dùng được trong trang web (thường do chép từ tệp hỏng, hoặc do viết \\x00). Hãy xóa cả giá trị rồi gõ lại. Ví dụ sau \"Bản\" không nên có gì ngoài dấu cách hay chữ.",
        "The text holds an invisible character that no web page may contain (mostly pasted from a broken file, or written as \\x00). Delete the value and type it again. Between words there should be nothing but spaces.";
    BAD_DATE = "T0204" Error,
        "Ngày giờ không hiểu được", "A date that cannot be read",
        "Viết ngày theo dạng năm-tháng-ngày, thêm giờ nếu cần: `date: 2025-10-17` hoặc `date: 2025-10-17 08:30`. Dạng 17/10/2025 (ngày trước, tháng sau) cũng được nhận. Ngày phải có thật trên lịch, năm đủ bốn chữ số. Không ghi giờ thì tính là 0 giờ theo múi giờ của trang.",
        "Write a date as year-month-day, with the time if needed: `date: 2025-10-17` or `date: 2025-10-17 08:30`. 17/10/2025 (day first) is understood too. The day must exist in the calendar and the year have four digits. Without a time it is midnight in the site's time zone.";
    DATE_ORDER = "T0202" Note,
        "Ngày nên viết năm-tháng-ngày", "Dates are best written year-month-day",
        "Ngày viết kiểu 17/10/2025 được hiểu là ngày 17 tháng 10. Nên viết 2025-10-17 để người và máy ở đâu cũng hiểu như nhau, và để các tệp xếp đúng thứ tự.",
        "A date such as 17/10/2025 is taken as the 17th of October. 2025-10-17 is better: people and programs everywhere read it the same way, and it sorts in order.";
    BAD_URL = "T0207" Error,
        "Địa chỉ web không dùng được", "An unusable web address",
        "Địa chỉ phải đầy đủ và bắt đầu bằng https:// hoặc http:// (cũng nhận mailto: và tel:), không có khoảng trắng hay dấu nháy. Các kiểu khác như javascript: bị từ chối vì có thể gây hại cho người đọc. Ví dụ: `url: https://bao.example/tin-tot`.",
        "An address must be complete and start with https:// or http:// (mailto: and tel: are taken too), without blanks or quotes. Other schemes such as javascript: are refused, since they can harm readers. Example: `url: https://paper.example/good-news`.";
    BAD_NUMBER = "T0203" Error,
        "Cần một số nguyên", "Must be a whole number",
        "Khóa này nhận một số nguyên viết bằng chữ số, không có dấu chấm, dấu phẩy hay đơn vị. Ví dụ: `weight: 10`.",
        "This key takes a whole number in digits, without points, commas or units. Example: `weight: 10`.";
}
