//! The mistakes that a body can hold, with their explanations.

use crate::rules;

rules! {
    SCHEME = "T0301" Error,
        "Địa chỉ không được phép", "Address not allowed",
        "Liên kết và ảnh chỉ được dùng http, https, mailto, tel, hoặc đường dẫn trong trang. Địa chỉ kiểu javascript: hay data: có thể chạy mã trên máy người đọc; địa chỉ kiểu C:\\anh.jpg hay file: chỉ có trên máy của bạn. Với ảnh, chép tệp vào cạnh bài rồi viết ![mô tả](anh.jpg).",
        "Links and pictures may use http, https, mailto, tel, or a path within the site. Addresses such as javascript: or data: can run code in a reader's browser; C:\\photo.jpg or file: exist on your computer only. Put pictures beside the entry and write ![description](photo.jpg).";
    TARGET_EMPTY = "T0302" Warning,
        "Liên kết hoặc ảnh thiếu địa chỉ", "Link or picture without an address",
        "Phần trong ngoặc tròn còn trống nên liên kết thành chữ thường, ảnh thì không hiện. Viết [chữ](https://…), [bài](@/guong-sang/chi-lan.md) hoặc ![mô tả](anh.jpg).",
        "The parentheses are empty, so the link becomes plain text and a picture is left out. Write [text](https://…), [entry](@/guong-sang/chi-lan.md) or ![description](photo.jpg).";
    REFERENCE_MISSING = "T0303" Warning,
        "Liên kết tham chiếu không có định nghĩa", "Link reference without a definition",
        "[chữ][nhãn] cần một dòng [nhãn]: https://… ở đâu đó trong bài. Kiểm tra nhãn viết có giống nhau không (hoa, thường không tính). Nếu chỉ muốn viết dấu ngoặc vuông, thêm \\ trước dấu [.",
        "[text][label] needs a line [label]: https://… somewhere in the entry. Check that both labels are spelled alike (case does not count). If you only want brackets, put \\ before the [.";
    IMAGE_ALT = "T0304" Warning,
        "Ảnh thiếu mô tả", "Picture without a description",
        "Người khiếm thị và người có mạng chậm chỉ biết ảnh qua lời mô tả. Viết một câu nói điều nhìn thấy: ![Chị Lan tưới cây keo](doi.jpg). Ảnh chỉ để trang trí thì viết ![-](hoa.svg). Chú thích dưới ảnh là chuyện khác: ![mô tả](doi.jpg \"chú thích\").",
        "Readers who cannot see the picture have only its description. Say in one sentence what is seen: ![Lan watering acacia trees](hill.jpg). For mere decoration write ![-](flower.svg). A caption is another thing: ![description](hill.jpg \"caption\").";
    HEADING_FIRST = "T0305" Note,
        "Tiêu đề cấp 1 trong bài", "First-level heading in the text",
        "Tên bài (title) đã là tiêu đề cấp 1 của trang. Các phần trong bài bắt đầu từ cấp 2: viết ## Tên phần. Tiêu đề cấp 1 được tự hạ xuống cấp 2.",
        "The entry's title is the page's first-level heading. Sections within start at the second level: write ## Section. A first-level heading is made second-level.";
    HEADING_SKIP = "T0306" Note,
        "Tiêu đề nhảy cấp", "Heading level skipped",
        "Trình đọc màn hình dựng mục lục từ cấp tiêu đề, nên dưới ## là ###, không phải ####. Cỡ chữ do giao diện lo, đừng chọn cấp theo cỡ chữ.",
        "Screen readers build an outline from the levels, so ### comes below ##, not ####. Sizes are the theme's business; do not choose a level for its size.";
    HEADING_ID = "T0307" Error,
        "Mã tiêu đề trùng hoặc sai", "Heading id used twice or malformed",
        "{#ma} sau tiêu đề đặt địa chỉ cho phần đó, nên mỗi mã chỉ dùng một lần trong bài. Mã gồm chữ thường không dấu, số và dấu gạch nối, bắt đầu bằng chữ. Ví dụ: ## Kết quả {#ket-qua}.",
        "{#id} after a heading is the address of that section, so each may stand only once. It has small letters a-z, digits and hyphens and begins with a letter. Example: ## Results {#results}.";
    FOOTNOTE_MISSING = "T0308" Warning,
        "Chú thích không có nội dung", "Footnote without a text",
        "[^1] trong bài cần một dòng [^1]: lời chú thích. Thiếu dòng ấy thì dấu [^1] hiện nguyên trên trang. Kiểm tra nhãn ở hai chỗ có giống nhau không.",
        "[^1] in the text needs a line [^1]: the note. Without it the mark [^1] shows on the page. Check that both labels are alike.";
    FOOTNOTE_UNUSED = "T0309" Warning,
        "Chú thích không được nhắc tới", "Footnote that nothing refers to",
        "Chú thích này có nội dung nhưng trong bài không có dấu [^nhãn] nào dẫn tới, nên không được in. Thêm dấu vào chỗ cần chú thích, hoặc xóa dòng này.",
        "This footnote has a text, but no [^label] leads to it, so it is not printed. Put the mark where it belongs, or delete the line.";
    HTML_REMOVED = "T0310" Warning,
        "Thẻ HTML bị bỏ", "HTML tag left out",
        "Bài viết chỉ nhận những thẻ HTML an toàn và hợp với giao diện (details, figure, video, mark, sub, sup, ruby …). Chữ trong thẻ bị bỏ vẫn còn, trừ style, svg và tương tự. Markdown có cách viết cho hầu hết mọi thứ: **đậm**, *nghiêng*, ## tiêu đề.",
        "An entry may hold only HTML tags that are safe and fit the theme (details, figure, video, mark, sub, sup, ruby …). The words within a removed tag stay, except in style, svg and the like. Markdown can write nearly everything: **bold**, *italic*, ## heading.";
    HTML_ATTRIBUTE = "T0311" Warning,
        "Thuộc tính bị bỏ", "Attribute left out",
        "Kiểu chữ, màu, lớp và kích thước do giao diện quyết định để mọi trang giống nhau và đọc được khi in, khi tối màn hình. Thuộc tính giữ lại là: href, src, alt, title, lang, dir, id (chữ thường không dấu) và vài thuộc tính của bảng, danh sách, phim.",
        "The theme decides on fonts, colours, classes and sizes, so that pages look alike and read well in print and in the dark. Kept are href, src, alt, title, lang, dir, id (small letters a-z) and some of tables, lists and films.";
    HTML_DANGEROUS = "T0312" Error,
        "HTML chạy hoặc nạp mã của nơi khác", "HTML that runs or loads foreign code",
        "script, iframe, object và các thuộc tính on… chạy mã hoặc nạp nội dung của bên khác, có thể theo dõi hay lừa người đọc, nên không được đăng. Nhúng phim bằng ::video{url=\"https://…\"}; với nội dung khác, đặt một liên kết.",
        "script, iframe, object and on… attributes run code or load what others control; they can track or deceive readers and are never published. Embed a film with ::video{url=\"https://…\"}; link to anything else.";
    WORD_PASTE = "T0313" Note,
        "Dấu vết dán từ Word", "Traces of a word processor",
        "Dán thẳng từ Word mang theo thẻ và khoảng trắng ẩn (o:p, MsoNormal, font, &nbsp; liền nhau). Chúng đã bị bỏ hoặc để nguyên như khoảng trắng. Lần sau dán bằng Ctrl+Shift+V để chỉ lấy chữ.",
        "Pasting straight from a word processor brings hidden tags and spaces (o:p, MsoNormal, font, runs of &nbsp;). The tags were left out. Next time paste with Ctrl+Shift+V to get the text alone.";
    HTML_OPEN = "T0314" Warning,
        "Thẻ HTML không cân", "Unbalanced HTML tags",
        "Mỗi thẻ mở phải được đóng trong chính đoạn, mục hay khối chứa nó; nếu không, thẻ được tự đóng ở cuối chỗ đó để không nuốt phần sau của bài. Ví dụ: <details> … </details>.",
        "A tag has to be closed in the paragraph, item or block that it was opened in; otherwise it is closed at its end, so that it cannot swallow the rest. Example: <details> … </details>.";
    CALL_SYNTAX = "T0315" Error,
        "Lời gọi thành phần viết sai", "Malformed component call",
        "Một thành phần đứng riêng một dòng: ::video{url=\"https://…\" title=\"…\"}. Thành phần bao nội dung mở bằng :::note{title=\"Lưu ý\"} và đóng bằng một dòng :::. Tên và đối số nằm trên cùng một dòng.",
        "A component stands alone on a line: ::video{url=\"https://…\" title=\"…\"}. One that holds text opens with :::note{title=\"Please note\"} and ends with a line :::. Name and arguments stand on one line.";
    CALL_ARGUMENT = "T0316" Error,
        "Đối số của thành phần viết sai", "Malformed component argument",
        "Đối số có dạng tên=\"chữ\", tên=12, tên=true hoặc tên=false, cách nhau bằng dấu cách hay dấu phẩy. Dấu nháy phải là nháy thẳng \" chứ không phải “ ”. Dấu \" bên trong viết là \\\".",
        "An argument is name=\"text\", name=12, name=true or name=false, separated by spaces or commas. The quotes are straight \", not “ ”. Write \\\" for a quote within.";
    CALL_DUPLICATE = "T0317" Error,
        "Đối số lặp lại", "Argument given twice",
        "Mỗi đối số chỉ viết một lần trong một lời gọi. Giữ giá trị đúng và xóa giá trị kia.",
        "Each argument may stand once in a call. Keep the right value and delete the other.";
    CALL_OPEN = "T0318" Error,
        "Khối thành phần không được đóng", "Component block never closed",
        "Khối mở bằng ::: phải có một dòng ::: (cùng số dấu hai chấm) để đóng. Khi lồng nhau, khối ngoài dùng nhiều dấu hơn: ::::grid … :::note … ::: … ::::.",
        "A block opened with ::: needs a line ::: (as many colons) to close it. When nesting, give the outer block more colons: ::::grid … :::note … ::: … ::::.";
    CALL_PLACE = "T0319" Note,
        "Thành phần đặt trong danh sách hoặc trích dẫn", "Component within a list or quotation",
        "Thành phần chỉ được nhận ở đầu dòng, ngoài danh sách và trích dẫn. Ở chỗ khác, chữ được giữ nguyên. Nếu đúng là muốn viết chữ như vậy, đặt nó trong dấu `…`.",
        "Components are recognised only at the start of a line, outside lists and quotations; elsewhere the text stays as it is. If you mean the text itself, put it between `…`.";
    CALL_STRAY = "T0320" Warning,
        "Dòng ::: không đóng khối nào", "Line of colons that closes nothing",
        "Dòng chỉ có dấu hai chấm đóng khối gần nhất có cùng số dấu. Ở đây không có khối nào như vậy, nên dòng bị bỏ. Xóa nó hoặc sửa số dấu.",
        "A line of colons closes the nearest block with as many colons. There is none here, so the line is left out. Delete it or mend the number of colons.";
    CODE_LANGUAGE = "T0341" Note,
        "Ngôn ngữ của khối mã không được nhận ra", "Unknown language of a code block",
        "Khối mã vẫn hiện đúng nhưng không tô màu. Sửa tên sau ``` (yaml, html, css, js, python, sh …), hoặc viết text nếu không cần màu.",
        "The block is shown as it is, without colours. Mend the name after ``` (yaml, html, css, js, python, sh …), or write text if no colours are needed.";
    NESTING = "T0342" Warning,
        "Lồng quá sâu", "Nested too deeply",
        "Danh sách, trích dẫn, thẻ HTML và khối chỉ lồng được tới một mức; phần trong vẫn còn chữ nhưng mất khung. Thường do thừa dấu > hoặc thụt lề nhầm. Bớt số cấp.",
        "Lists, quotations, HTML tags and blocks nest only so deep; the words of deeper levels stay, their frame goes. Mostly a surplus of > or wrong indentation is the cause. Use fewer levels.";
}
