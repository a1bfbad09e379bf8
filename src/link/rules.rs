//! What can be wrong between files.

use crate::rules;

rules! {
    MISSING_DATE = "T0201" Error,
        "Thiếu ngày", "Missing date",
        "Bài thuộc loại này cần có ngày đăng để xếp đúng chỗ trong trang và nguồn tin. Thêm vào đầu tệp một dòng như: date: 2025-10-17 08:30",
        "Entries of this kind need a date, to take their place in lists and feeds. Add a line at the top: date: 2025-10-17 08:30";
    BAD_KIND = "T0107" Error,
        "Loại bài không có", "Unknown kind",
        "Giá trị của khóa kind phải là một trong các loại mà chương trình biết, ví dụ story, model, news, event, work, opportunity, appeal, award, report, document, page.",
        "The key kind takes one of the kinds that the program knows: story, model, news, event, work, opportunity, appeal, award, document, report, page.";
    NO_ORIGINAL = "T0502" Warning,
        "Bản dịch không có bản gốc", "Translation without an original",
        "Có tệp bản dịch nhưng không có tệp ở ngôn ngữ mặc định. Bài vẫn được đăng ở ngôn ngữ đang có; hãy kiểm tra tên tệp: bản dịch phải trùng tên với bản gốc, chỉ thêm mã ngôn ngữ (chi-lan.md và chi-lan.en.md).",
        "A translation exists but no file in the default language. It is published in the languages it has; check the file name: a translation has the original's name and a language tag (chi-lan.md and chi-lan.en.md).";
    SAME_VARIANT = "T0503" Error,
        "Hai tệp cho cùng một bài", "Two files for one entry",
        "Một bài có hai tệp trong cùng một ngôn ngữ, ví dụ chi-lan.md và chi-lan/index.md. Hãy giữ lại một tệp.",
        "An entry has two files in one language, such as chi-lan.md and chi-lan/index.md. Keep one of them.";
    SAME_ID = "T0603" Error,
        "Hai bài cùng một id", "Two entries with one id",
        "Khóa id phải khác nhau ở mọi bài, vì nguồn tin và lịch dựa vào nó để nhận ra bài.",
        "Each entry's id must be its own: feeds and calendars know entries by it.";
    NO_SLUG = "T0601" Error,
        "Không tạo được đường dẫn", "No slug can be made",
        "Tên tệp không chuyển được thành chữ Latin không dấu để làm đường dẫn. Thêm một dòng vào đầu tệp, ví dụ: slug: ten-bai-viet",
        "The file's name cannot be turned into plain Latin letters for a URL. Add a line at the top, for example: slug: name-of-the-story";
    SAME_SHORT = "T0607" Error,
        "Hai bài cùng một địa chỉ ngắn", "Two entries with one short address",
        "Mỗi địa chỉ ngắn dẫn tới một bài, ở mọi ngôn ngữ. Hãy đổi `short` của bài mới hơn: địa chỉ đã phát ra rồi phải dẫn mãi tới bài cũ. Mã tự tạo (short_codes) trùng nhau thì ghi `short` cho bài mới hơn.",
        "A short address leads to one entry, in every language. Change the `short` of the newer entry: an address that was handed out has to lead to the old one forever. Where two codes that were made (short_codes) are the same, write a `short` for the newer entry.";
    NO_SHORTS = "T0608" Warning,
        "Trang không có địa chỉ ngắn", "A site without short addresses",
        "Bài ghi `short`, nhưng site.yaml chưa cho biết thư mục của các địa chỉ ngắn, nên địa chỉ ấy không có. Thêm vào site.yaml: outlets: {short: s}",
        "The entry states a `short`, but site.yaml names no folder for short addresses, so there is none. Add to site.yaml: outlets: {short: s}";
    ORIGINAL_COUNTS = "T0508" Note,
        "Khóa chỉ có tác dụng ở bản gốc", "Key that counts in the original only",
        "Bản dịch chỉ ghi điều khác với bản gốc: title, summary, slug, thân bài, chú thích ảnh. Ngày, địa phương, đơn vị và nhãn luôn lấy theo bản gốc, nên khóa này không có tác dụng. Hãy xóa nó, hoặc sửa ở bản gốc.",
        "A translation states only what differs: title, summary, slug, body, captions. Dates, places, units and terms are the original's, so this key has no effect. Remove it, or change the original.";
    PHOTO_ALT = "T1002" Warning,
        "Ảnh chưa có lời mô tả", "Photo without a description",
        "Người khiếm thị nghe lời mô tả thay cho ảnh, và ảnh tải chậm cũng hiện lời này. Thêm alt vào ảnh, ví dụ: cover: {file: doi.jpg, alt: Đồi keo nhìn từ trường học}.",
        "People who cannot see the picture hear its description, and slow pictures show it. Add alt, for example: cover: {file: hill.jpg, alt: The hill seen from the school}.";
    PHOTO_PEOPLE = "T1011" Warning,
        "`people` của ảnh viết chưa đúng", "A photo's `people` says neither",
        "`people` của ảnh là một trong ba: none (không có người), unidentifiable (có người nhưng không nhận ra ai), hoặc mã phiếu đồng ý như DY-2025-014. Tên người không ghi ở đây, vì tấm phiếu mới cho biết họ đồng ý hay không.",
        "`people` of a photo is one of three: none (nobody on it), unidentifiable (nobody can be recognised), or the reference of a consent such as DY-2025-014. Names do not belong here: it is the paper that says whether they agreed.";
    EMPTY_TRANSLATION = "T0510" Warning,
        "Bản dịch chưa có thân bài", "Translation without a body",
        "Tệp bản dịch chỉ có phần đầu, nên trang ở ngôn ngữ này sẽ trống. Hãy dịch thân bài, hoặc đặt draft: true để giữ bản dịch lại.",
        "The translation has front matter only, so its page would be empty. Translate the body, or hold the translation back with draft: true.";
    SAME_PART = "T0707" Warning,
        "Hai bài cùng một phần của loạt", "Two entries are one part of a series",
        "Hai bài của một loạt ghi cùng số phần. Hãy sửa part của một bài.",
        "Two entries of a series state the same part. Change the part of one of them.";
    BAD_FALLBACK = "T0504" Error,
        "Chính sách bản dịch không hợp lệ", "Invalid fallback policy",
        "Khóa fallback của chuyên mục nhận hide (ẩn bài chưa dịch) hoặc show (hiện nguyên bản kèm ghi chú).",
        "A section's fallback is hide (leave out what is not translated) or show (show the original with a note).";
    SECTION_WITHOUT_PAGE = "T0407" Note,
        "Chuyên mục chưa có _index.md", "Section without _index.md",
        "Thư mục có bài nhưng chưa có tệp _index.md, nên tên chuyên mục lấy theo tên thư mục và các bài thuộc loại page. Hãy tạo _index.md với title và kind.",
        "The folder has entries but no _index.md, so the section is named after the folder and its entries are pages. Create _index.md with a title and a kind.";
    UNKNOWN_UNIT = "T0701" Error,
        "Không có đơn vị này", "Unknown unit",
        "Mã đơn vị phải có trong danh sách đơn vị (content/data/units.yaml, cùng các tổ chức có sẵn như tinh-doan-tuyen-quang). Hãy sửa mã hoặc khai báo đơn vị mới.",
        "A unit's id must be in the list of units (content/data/units.yaml, and the built-in ones such as tinh-doan-tuyen-quang). Correct the id or declare the unit.";
    UNKNOWN_PLACE = "T0702" Error,
        "Không có địa phương này", "Unknown place",
        "Tên phải là một tỉnh, thành phố hiện nay hoặc trước đây, hoặc một xã, phường đã khai báo trong content/data/places.yaml.",
        "The name must be a present or former province, or a commune declared in content/data/places.yaml.";
    AMBIGUOUS_PLACE = "T0703" Error,
        "Tên địa phương chưa rõ", "Ambiguous place",
        "Nhiều địa phương trùng tên này. Hãy ghi mã của địa phương (id trong content/data/places.yaml).",
        "Several places have this name. Write the place's id from content/data/places.yaml.";
    UNDECLARED_TERM = "T0704" Note,
        "Nhãn chưa khai báo", "Undeclared term",
        "Chủ đề hoặc từ khóa chưa có trong content/data/terms.yaml nên được tạo mới theo đúng chữ đã viết. Nếu là viết nhầm, hãy sửa; nếu là nhãn mới, khai báo để có tên ở mọi ngôn ngữ.",
        "The topic or tag is not in content/data/terms.yaml and becomes a new term as written. If it is a slip, correct it; if it is new, declare it to give it a name in every language.";
    TERM_NO_SLUG = "T0705" Error,
        "Nhãn không thành đường dẫn được", "Term without a slug",
        "Nhãn viết bằng chữ không chuyển được sang Latin. Hãy khai báo nó trong content/data/terms.yaml với id bằng chữ Latin.",
        "The term is written in a script that cannot be turned into Latin letters. Declare it in content/data/terms.yaml with a Latin id.";
    DEAD_LINK = "T0321" Error,
        "Liên kết gãy", "Dead link",
        "Bài hoặc tệp được dẫn tới không có. Liên kết giữa các bài viết theo tệp: [mô hình](@/mo-hinh/vuon-uom.md) tính từ content/, hoặc đường dẫn tương đối từ tệp đang viết.",
        "The entry or file that is linked to does not exist. Link to entries by file: [model](@/mo-hinh/vuon-uom.md) from content/, or a path relative to this file.";
    DEAD_ANCHOR = "T0322" Error,
        "Không có mục này trong bài", "No such heading",
        "Phần sau dấu # phải là mã của một tiêu đề trong bài được dẫn tới, ví dụ #cac-buoc-lam cho tiêu đề “Các bước làm”.",
        "What follows # must be the id of a heading in the linked entry, for example #cac-buoc-lam for the heading “Các bước làm”.";
    DEAD_IMAGE = "T0323" Error,
        "Không tìm thấy tệp", "File not found",
        "Tệp ảnh, âm thanh hoặc tài liệu không có bên cạnh bài. Hãy chép tệp vào cùng thư mục với bài và kiểm tra lại tên tệp, kể cả đuôi .jpg, .png.",
        "The picture, audio or document is not beside the entry. Copy it into the entry's folder and check the name and its ending.";
    BAD_PICTURE = "T0327" Warning,
        "Tệp ảnh không đọc được", "Unreadable picture",
        "Tên tệp là ảnh nhưng nội dung trống, hỏng hoặc thuộc loại khác (ví dụ HEIC đổi đuôi thành .jpg). Hãy mở tệp bằng phần mềm xem ảnh rồi lưu lại thành JPEG hoặc PNG.",
        "The name says picture but the content is empty, broken or of another type (such as HEIC renamed to .jpg). Open it in a picture viewer and save it as JPEG or PNG.";
    PATH_OUTSIDE = "T0324" Error,
        "Đường dẫn ra ngoài content", "Path leaves content",
        "Đường dẫn tương đối đi ra ngoài thư mục content/. Tệp dùng chung hãy đặt trong content/ hoặc static/.",
        "The relative path leaves the content/ folder. Put shared files into content/ or static/.";
    HIDDEN_LINK = "T0325" Warning,
        "Liên kết tới bài chưa hiện", "Link to a hidden entry",
        "Bài được dẫn tới là bản nháp, chưa tới ngày, đã hết hạn, đã gỡ hoặc đang có lỗi, nên liên kết được in thành chữ thường cho tới khi bài hiện ra.",
        "The linked entry is a draft, in the future, expired, withdrawn or in quarantine: the link is printed as plain text until the entry is visible.";
    BAD_SCHEME = "T0326" Error,
        "Loại địa chỉ không được phép", "Address scheme not allowed",
        "Chỉ dùng các địa chỉ http, https, mailto và tel.",
        "Only http, https, mailto and tel addresses are allowed.";
}
