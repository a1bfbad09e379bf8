//! What can be wrong with `site.yaml`, beyond what is wrong with any YAML.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    BAD_BASE_URL = "T0150" Error,
        "Địa chỉ trang không hợp lệ", "An unusable base URL",
        "`base_url` là địa chỉ đầy đủ của trang khi lên mạng, bắt đầu bằng https:// hoặc http://, không có dấu ? hay #. Mọi liên kết, bản tin và sơ đồ trang đều tính từ đây; trang có thể nằm trong một thư mục con. Ví dụ: `base_url: https://vi-du.vn/tin-tot/`.",
        "`base_url` is the full address of the published site, starting with https:// or http://, without ? or #. Every link, feed and sitemap is counted from it; a site may live in a sub-folder. Example: `base_url: https://site.example/good-news/`.";
    BAD_TIMEZONE = "T0151" Error,
        "Múi giờ không có thật", "An unknown time zone",
        "`timezone` là tên trong danh sách IANA, viết dạng Châu_lục/Thành_phố bằng tiếng Anh. Việt Nam là `timezone: Asia/Ho_Chi_Minh`, cũng là mặc định khi không ghi.",
        "`timezone` is a name of the IANA list, Continent/City. Viet Nam is `timezone: Asia/Ho_Chi_Minh`, which is also the default.";
    BAD_LANGUAGE = "T0152" Error,
        "Mã ngôn ngữ viết sai", "A language tag of the wrong shape",
        "Mã ngôn ngữ theo chuẩn BCP 47: hai hoặc ba chữ thường, rồi có thể thêm chữ viết (Hant) và vùng (VN). Mã này có mặt trong tên tệp (bai.en.md) và trong địa chỉ, nên phải viết đúng chữ hoa, chữ thường. Ví dụ: `{tag: km, name: ភាសាខ្មែរ}`.",
        "A language tag follows BCP 47: two or three lower-case letters, then perhaps a script (Hant) and a region (VN). It stands in file names (story.en.md) and addresses, so its case matters. Example: `{tag: km, name: ភាសាខ្មែរ}`.";
    TWICE = "T0153" Error,
        "Ghi hai lần", "Listed twice",
        "Mỗi ngôn ngữ và mỗi đợt cao điểm chỉ được ghi một lần trong site.yaml. Hãy xóa mục thừa, ví dụ chỉ giữ một dòng `{tag: vi, name: Tiếng Việt}`.",
        "Each language and each campaign may stand only once in site.yaml. Delete the extra item, keeping for instance one line `{tag: vi, name: Tiếng Việt}`.";
    BAD_NAME = "T0154" Error,
        "Tên viết sai dạng", "A name of the wrong shape",
        "Mã, tên giao diện và các phần của địa chỉ chỉ gồm chữ thường không dấu a-z, chữ số và dấu gạch nối. Ví dụ: `id: thang-cao-diem`, `paths: {tags: the}`.",
        "Ids, theme names and parts of addresses consist of lower-case letters a-z, digits and hyphens. Example: `id: peak-month`, `paths: {tags: labels}`.";
    BAD_MENU = "T0155" Error,
        "Mục thực đơn viết sai", "A menu item of the wrong shape",
        "Mỗi mục thực đơn trỏ đến đúng một nơi: `section` (thư mục trong content/), `page` (đường dẫn bài không có .md), `list` (danh sách tự tạo như units, places, archive) hoặc `url`. Mục `url` phải có `title`. Ví dụ: `- {section: tin-tot}`.",
        "A menu item leads to exactly one place: `section` (a folder in content/), `page` (an entry's path without .md), `list` (a generated list such as units, places, archive) or `url`. A `url` needs a `title`. Example: `- {section: good-news}`.";
    BAD_DAY = "T0156" Error,
        "Ngày trong năm không có thật", "No such day of the year",
        "Đợt cao điểm lặp lại hằng năm nên chỉ ghi tháng và ngày, không ghi năm: `start: \"10-17\"`, `end: \"11-18\"`. Cũng được viết 17/10 (ngày/tháng).",
        "A campaign comes back every year, so only month and day are given: `start: \"10-17\"`, `end: \"11-18\"`. 17/10 (day/month) is understood too.";
    BAD_HOST = "T0167" Error,
        "Địa chỉ trang được nhúng viết sai", "The address of a site that may embed is wrong",
        "Dưới `outlets`, `embed` là true (trang nào cũng nhúng được), false, hoặc danh sách trang được nhúng: https:// và tên miền, không có đường dẫn phía sau. Ví dụ: `embed: [\"https://xa.example\"]`.",
        "Under `outlets`, `embed` is true (any site may show the frame), false, or a list of the sites that may: https:// and the host, without a path. Example: `embed: [\"https://xa.example\"]`.";
    BAD_YEAR = "T0166" Error,
        "Năm viết sai", "A year of the wrong shape",
        "Năm của một đợt cao điểm là một số từ 1900 đến 2200. Riêng điều gì của năm nào thì ghi dưới năm ấy. Ví dụ: `from: 2022`, `years: {2025: {start: \"10-10\"}}`.",
        "A campaign's year is a number from 1900 to 2200. What is different in a year stands under that year. Example: `from: 2022`, `years: {2025: {start: \"10-10\"}}`.";
    BAD_CHECK = "T0157" Error,
        "Mã kiểm tra viết sai", "A check's code of the wrong shape",
        "`checks` đổi mức của từng lời báo: ghi mã như T0103 rồi một trong off, note, warning, error. Mã nằm ở đầu mỗi lời báo. Ví dụ: `checks: {T0202: off}`.",
        "`checks` changes how much a message matters: a code such as T0103, then off, note, warning or error. The code stands at the head of each message. Example: `checks: {T0202: off}`.";
    BAD_DATE_PATTERN = "T0158" Error,
        "Mẫu ngày không hợp lệ", "Invalid date pattern",
        "Mẫu ngày gồm chữ và các phần trong ngoặc nhọn: weekday, weekday_short, d, dd, m, mm, month, month_short, yyyy, HH, MM, offset. Ví dụ: `dates: {full: \"{weekday}, {dd}/{mm}/{yyyy}\"}`.",
        "A date pattern is text with parts in braces: weekday, weekday_short, d, dd, m, mm, month, month_short, yyyy, HH, MM, offset. Example: `dates: {full: \"{weekday}, {dd}/{mm}/{yyyy}\"}`.";
}
