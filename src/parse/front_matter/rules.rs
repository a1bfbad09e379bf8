//! What can be wrong with the block between `---` lines.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    NO_FRONT_MATTER = "T0120" Error,
        "Tệp không có khối thông tin ở đầu", "No front matter",
        "Mỗi tệp .md bắt đầu bằng một khối nằm giữa hai dòng ba gạch ngang ---, ghi ít nhất tên bài. Dòng đầu tiên của tệp phải đúng là ba dấu gạch ngang, không phải gạch dài do máy tự sửa. Ví dụ ba dòng đầu: `---`, `title: Chị Lan trồng cây`, `---`.",
        "Every .md file starts with a block between two lines of three hyphens ---, which gives at least the title. The first line must be exactly three hyphens, not dashes made by autocorrect. Example of the first three lines: `---`, `title: Planting trees`, `---`.";
    UNCLOSED_FRONT_MATTER = "T0121" Error,
        "Khối thông tin không được đóng", "Front matter that is never closed",
        "Khối thông tin mở bằng dòng --- thì phải đóng bằng một dòng --- nữa, rồi mới đến thân bài. Hãy thêm dòng --- ngay sau khóa cuối cùng.",
        "A block opened with a --- line must be closed with another one before the body starts. Add a --- line right after the last key.";
    TOML = "T0122" Error,
        "Khối thông tin viết bằng TOML", "Front matter in TOML",
        "Khối nằm giữa hai dòng +++ là TOML, chương trình này dùng YAML. Hãy đổi hai dòng +++ thành ---, và đổi mỗi dòng `khóa = giá trị` thành `khóa: giá trị`; nhóm [extra] thành dòng `extra:` với các khóa con thụt vào hai dấu cách. Ví dụ: `title = \"A\"` thành `title: \"A\"`.",
        "A block between +++ lines is TOML; YAML is used here. Change the two +++ lines to ---, and each `key = value` to `key: value`; a group [extra] becomes the line `extra:` with its keys indented by two spaces. Example: `title = \"A\"` becomes `title: \"A\"`.";
    DATES_CROSSED = "T0210" Warning,
        "Các ngày mâu thuẫn nhau", "Dates that contradict each other",
        "`updated` không thể trước `date`, và bài có `expires` không sau `date` thì không bao giờ hiện ra. Hãy xem lại hai ngày được gạch chân. Ví dụ đúng: `date: 2025-10-17` và `expires: 2025-11-18`.",
        "`updated` cannot be before `date`, and an entry whose `expires` is not after its `date` is never shown. Check the two underlined dates. A correct pair: `date: 2025-10-17` and `expires: 2025-11-18`.";
    BAD_FOCUS = "T0211" Error,
        "Tâm ảnh ghi sai", "A wrong picture focus",
        "`focus` là điểm chính của ảnh, tính từ góc trên bên trái: hai số từ 0 đến 1, ngang trước, dọc sau. Ví dụ `focus: [0.5, 0.3]` là giữa theo chiều ngang và gần một phần ba từ trên xuống.",
        "`focus` is the main point of a picture, counted from its top left corner: two numbers from 0 to 1, across first, then down. Example: `focus: [0.5, 0.3]` is the middle across and about a third from the top.";
    BAD_SLUG = "T0651" Error,
        "Đường dẫn `slug` không hợp lệ", "An unusable slug",
        "`slug` là phần cuối của địa chỉ trang: chỉ gồm chữ thường không dấu a-z, chữ số, và dấu gạch nối giữa các từ, dài không quá 120 ký tự. Không ghi `slug` thì địa chỉ lấy theo tên tệp. Ví dụ: `slug: chi-lan-trong-cay`.",
        "`slug` is the last part of a page's address: only lower-case letters a-z, digits, and hyphens between words, at most 120 characters. Without one the address follows the file name. Example: `slug: planting-trees`.";
    BAD_ALIAS = "T0652" Error,
        "Địa chỉ cũ trong `aliases` không hợp lệ", "An unusable alias",
        "`aliases` liệt kê các địa chỉ cũ của bài trong chính trang này, để người đọc theo liên kết cũ vẫn đến nơi. Mỗi mục là một đường dẫn như `/bai-cu/` hoặc `bai-cu.html`: không có http://, không có `..`, dấu \\ hay dấu ?, dài không quá 200 byte.",
        "`aliases` lists old addresses of the entry on this very site, so that old links still lead there. Each is a path such as `/old-story/` or `old-story.html`: no http://, no `..`, backslash or question mark, at most 200 bytes.";
    BAD_SHORT = "T0654" Error,
        "Địa chỉ ngắn `short` không hợp lệ", "An unusable short address",
        "`short` là phần cuối của địa chỉ ngắn, để nói qua điện thoại và gõ tay: chỉ gồm chữ thường không dấu a-z, chữ số, và dấu gạch nối giữa các từ, dài không quá 40 ký tự. Đã phát ra rồi thì đừng đổi. Ví dụ `short: nhan-ai`, và trang là /s/nhan-ai/.",
        "`short` is the last part of a short address, to be said on the telephone and typed by hand: only lower-case letters a-z, digits, and hyphens between words, at most 40 characters. Once it was handed out, do not change it. Example: `short: kindness`, and the page is /s/kindness/.";
    BAD_ID = "T0653" Error,
        "`id` không hợp lệ", "An unusable id",
        "`id` là mã cố định của bài, bản tin và lịch dựa vào nó, nên không được đổi. Nó gồm chữ, số và các dấu - _ . / :, không có khoảng trắng, dài không quá 200 byte. Thường không cần ghi. Ví dụ: `id: 2025-10-chi-lan`.",
        "`id` is the entry's permanent mark, on which feeds and calendars rely, so it must not change. It consists of letters, digits and - _ . / :, without blanks, at most 200 bytes. Mostly it is not needed. Example: `id: 2025-10-planting-trees`.";
    CHILD_WITHOUT_CONSENT = "T1001" Warning,
        "Người dưới 16 tuổi mà chưa ghi sự đồng ý", "A person under 16 without consent",
        "Tên, ảnh, hoàn cảnh của trẻ em là bí mật đời sống riêng tư: cần cha mẹ hoặc người giám hộ đồng ý, và cả trẻ từ 7 tuổi trở lên. Hãy xin đồng ý rồi ghi mã phiếu vào `consent`, hoặc viết tắt tên, không nêu trường lớp. Giấy đồng ý thì cất nơi khác, ở đây chỉ ghi mã, ví dụ `consent: DY-2025-014`.",
        "A child's name, picture and circumstances are private: a parent or guardian must agree, and so must a child of seven or older. Obtain consent and put its reference into `consent`, or use initials and leave out the school. The paper is kept elsewhere; only its reference stands here, as in `consent: DY-2025-014`.";
}
