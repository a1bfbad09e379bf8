//! What can be wrong with the site as a whole.

use crate::rules;

rules! {
    SAME_PATH = "T0602" Error,
        "Hai trang cùng một địa chỉ", "Two pages at one address",
        "Hai bài (hoặc một bài và một trang tự sinh) muốn cùng một địa chỉ. Hãy đặt slug khác cho một trong hai, hoặc bỏ alias, short trùng.",
        "Two entries (or an entry and a generated page) want one URL. Give one of them another slug, or drop the alias or the short address.";
    CASE_PATH = "T0604" Error,
        "Địa chỉ chỉ khác chữ hoa", "Addresses differ by case only",
        "Hai địa chỉ chỉ khác nhau ở chữ hoa, chữ thường; trên nhiều máy chủ và máy tính chúng là một tệp. Hãy đổi tên một tệp.",
        "Two addresses differ in upper and lower case only: one file on many hosts and computers. Rename one of them.";
    BAD_PATH = "T0605" Error,
        "Địa chỉ không dùng được", "Unusable address",
        "Địa chỉ có phần rỗng, dấu .. hoặc phần dài quá 255 byte. Hãy sửa slug, alias hoặc tên tệp.",
        "The address has an empty part, `..`, or a part over 255 bytes. Change the slug, the alias or the file name.";
    NO_CARD = "T1006" Note,
        "Tiêu đề có chữ mà thẻ chia sẻ không vẽ được", "A title that cannot be drawn on a card",
        "Thẻ chia sẻ được vẽ bằng phông chữ của giao diện, có đủ chữ Việt, chữ la-tinh và chữ Khmer. Tiêu đề có chữ khác thì thẻ không vẽ ô vuông thay chữ: bài dùng thẻ chung của trang. Muốn có thẻ riêng, đặt thêm một phông .ttf có chữ ấy vào themes/<giao diện>/cards/.",
        "Cards are drawn with the theme's own fonts, which have the letters of Vietnamese, of languages in Latin script and of Khmer. A title with other letters gets no boxes in their place: the entry is shared with the site's card. For a card of its own put a .ttf font that has them into themes/<theme>/cards/.";
    DEAD_PATH = "T0331" Error,
        "Địa chỉ trong trang không có", "No such page of this site",
        "Liên kết bắt đầu bằng / phải dẫn tới một trang sẽ được đăng hoặc một tệp trong static/. Liên kết tới bài nên viết theo tệp: @/mo-hinh/vuon-uom.md.",
        "A link that begins with / must lead to a published page or a file in static/. Link to entries by file: @/mo-hinh/vuon-uom.md.";
    UNKNOWN_MENU = "T0706" Error,
        "Mục menu không dẫn tới đâu", "Menu item leads nowhere",
        "Mục menu trong site.yaml nêu một chuyên mục, bài hoặc danh sách không có.",
        "A menu item in site.yaml names a section, an entry or a list that does not exist.";
    UNKNOWN_PAGE = "T0606" Error,
        "Dữ liệu nêu một bài không có", "Data names an entry that does not exist",
        "`page` trong tệp dữ liệu là đường dẫn của một bài, không có đuôi .md, ví dụ `van-ban/ke-hoach-562`. Hãy sửa theo gợi ý, hoặc bỏ dòng ấy.",
        "`page` in a data file is the path of an entry without .md, such as `van-ban/ke-hoach-562`. Follow the suggestion, or drop the line.";
    UNKNOWN_FIGURE = "T0618" Error,
        "Nhãn nêu một con số không có", "A term names a figure that does not exist",
        "`figures` của một nhãn trong terms.yaml là các mã khai báo trong content/data/figures.yaml. Hãy sửa theo gợi ý, hoặc khai báo con số ấy.",
        "`figures` of a term in terms.yaml are ids of content/data/figures.yaml. Follow the suggestion, or declare the figure.";
    UNKNOWN_BELONGS = "T0616" Error,
        "Cấu hình nêu một chuyên mục hoặc loại bài không có", "The configuration names a section or kind that does not exist",
        "Trong site.yaml, `sections` và `kinds` cho biết bài nào thuộc về một đợt cao điểm, hay giữ chỗ nào của chuyên mục hằng ngày, hằng tuần: tên thư mục trong content/, và loại bài như news, story, event. Hãy sửa theo gợi ý.",
        "In site.yaml `sections` and `kinds` say which entries belong to a campaign, or fill a slot of the column: folders of content/, and kinds such as news, story or event. Follow the suggestion.";
    NO_AVIF = "T1012" Warning,
        "Chương trình không làm được AVIF", "AVIF that this program cannot make",
        "`pictures: {avif: true}` làm thêm ảnh AVIF, nhẹ hơn WebP nhưng lâu hơn nhiều lần. Bộ mã hóa AVIF không có sẵn trong chương trình thường: hãy dựng lại chương trình với `--features avif`, hoặc bỏ khóa ấy. Trang vẫn được dựng, với WebP và JPEG.",
        "`pictures: {avif: true}` makes photos in AVIF too, smaller than WebP and many times slower to make. The usual program has no encoder for it: build the program with `--features avif`, or drop the key. The site is built all the same, with WebP and JPEG.";
    UNKNOWN_COMPONENT = "T0332" Error,
        "Không có thành phần này", "Unknown component",
        "Tên sau dấu :: phải là một thành phần của giao diện, ví dụ note, quote, video, table.",
        "The name after :: must be a component of the theme, such as note, quote, video or table.";
    BAD_ARGUMENT = "T0333" Error,
        "Tham số của thành phần sai", "Wrong component argument",
        "Tham số thiếu, thừa hoặc sai kiểu. Xem thành phần nhận những tham số nào trong sổ tay.",
        "An argument is missing, unknown or of the wrong type. The handbook lists what each component takes.";
    BAD_BODY = "T0334" Error,
        "Thành phần thiếu hoặc thừa nội dung", "Component body",
        "Có thành phần cần nội dung giữa ::: và :::, có thành phần chỉ đứng một dòng với ::.",
        "Some components need a body between ::: and :::, others stand on one line with ::.";
}
