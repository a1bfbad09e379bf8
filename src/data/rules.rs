//! What can be wrong with the files of `content/data/`.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    SAME_ID = "T0751" Error,
        "Một mã dùng cho hai mục", "One id for two items",
        "Trong một danh sách, mỗi `id` chỉ thuộc về một mục, vì bài viết gọi mục ấy bằng `id`. Hãy đổi một trong hai mã, hoặc xóa mục thừa. Ví dụ: `id: doan-xa-minh-hoa-a` và `id: doan-xa-minh-hoa-b`.",
        "Within a list each `id` belongs to one item, because entries refer to it by that id. Change one of the two, or delete the extra item. Example: `id: commune-a` and `id: commune-b`.";
    UNKNOWN_PARENT = "T0752" Error,
        "Đơn vị cấp trên không có", "An unknown parent unit",
        "`parent` của một đơn vị phải là `id` của một đơn vị khác trong units.yaml, hoặc của một tỉnh đoàn, thành đoàn có sẵn. Hãy sửa theo gợi ý. Ví dụ: `parent: tinh-doan-tuyen-quang`.",
        "A unit's `parent` must be the `id` of another unit of units.yaml, or of a built-in provincial union. Follow the suggestion. Example: `parent: tinh-doan-tuyen-quang`.";
    UNIT_CYCLE = "T0753" Error,
        "Các đơn vị là cấp trên của nhau", "Units above one another",
        "Theo `parent` mà đi lên thì phải đến một đơn vị không có cấp trên; ở đây lại quay về chính đơn vị bắt đầu. Hãy xóa hoặc sửa một `parent` trong vòng ấy, ví dụ để đơn vị cao nhất không có dòng `parent`.",
        "Going up along `parent` must end at a unit without one; here it comes back to where it started. Delete or change one `parent` of the circle, so that for instance the highest unit has no such line.";
    BAD_ID = "T0754" Error,
        "Mã hoặc đường dẫn viết sai dạng", "An id or slug of the wrong shape",
        "`id` và `slug` đứng trong địa chỉ trang, nên chỉ gồm chữ thường không dấu a-z, chữ số và dấu gạch nối giữa các từ. Tên có dấu thì ghi ở `name`. Ví dụ: `{id: viec-lam, name: Việc làm}`.",
        "`id` and `slug` stand in addresses, so they consist of lower-case letters a-z, digits, and hyphens between words. The proper name goes into `name`. Example: `{id: viec-lam, name: Việc làm}`.";
    UNKNOWN_PROVINCE = "T0755" Error,
        "Tỉnh, thành phố không có", "An unknown province",
        "`province` của một xã, phường là tên hoặc mã của một trong 34 tỉnh, thành phố; tên tỉnh cũ cũng được nhận và tự hiểu là tỉnh hiện nay. Ví dụ: `province: Tuyên Quang` hoặc `province: tuyen-quang`.",
        "A commune's `province` is the name or id of one of the 34 provinces; a former name is understood as the current province. Example: `province: Tuyên Quang` or `province: tuyen-quang`.";
    DATES_REVERSED = "T0756" Error,
        "Ngày kết thúc trước ngày bắt đầu", "An end before the beginning",
        "`from` là ngày bắt đầu, `to` là ngày cuối cùng còn hiệu lực; `to` không thể trước `from`. Ví dụ: `{name: Tỉnh Đoàn A, from: 1991-08-12, to: 2025-06-30}`.",
        "`from` is the first day and `to` the last one; `to` cannot come before `from`. Example: `{name: Union A, from: 1991-08-12, to: 2025-06-30}`.";
    IGNORED_FILE = "T0901" Note,
        "Tệp trong thư mục dữ liệu không được đọc", "A file in the data folder that is not read",
        "Thư mục content/data/ chỉ dành cho dữ liệu: .csv, .tsv, .yaml, .json. Tệp khác bị bỏ qua và không được đăng. Ảnh hay tài liệu hãy đặt cạnh bài viết hoặc trong static/.",
        "content/data/ holds data only: .csv, .tsv, .yaml, .json. Other files are ignored and not published. Put pictures and documents beside an entry or into static/.";
    RAGGED_ROW = "T0902" Error,
        "Dòng thừa hoặc thiếu ô", "A row with too many or too few cells",
        "Mọi dòng của bảng phải có số ô bằng dòng tiêu đề. Ô trống vẫn cần dấu ngăn; ô có chứa dấu ngăn thì đặt trong nháy kép, ví dụ `\"Nhà, vườn\",12`.",
        "Every row of a table must have as many cells as the header. An empty cell still needs its separator; a cell that contains the separator goes into double quotes, as in `\"House, garden\",12`.";
    BAD_HEADER = "T0903" Error,
        "Dòng tiêu đề của bảng sai", "A wrong table header",
        "Dòng đầu tiên của tệp .csv là tên các cột: không được trống và không được trùng nhau. Ví dụ: `Đơn vị,Công trình,Ngày công`.",
        "The first line of a .csv file gives the names of the columns: none empty, no two alike. Example: `Unit,Project,Days`.";
    TABLE_TOO_LARGE = "T0904" Error,
        "Bảng quá lớn", "A table that is too large",
        "Một bảng có tối đa 100.000 dòng và 500 cột. Hãy chia thành nhiều tệp, ví dụ mỗi năm một tệp: `dong-gop-2025.csv`.",
        "A table holds at most 100,000 rows and 500 columns. Split it into several files, for example one per year: `gifts-2025.csv`.";
    OPEN_QUOTE = "T0905" Error,
        "Dấu nháy trong bảng không được đóng", "An unclosed quote in a table",
        "Ô mở bằng nháy kép phải đóng bằng nháy kép trước dấu ngăn kế tiếp; nháy kép trong ô thì viết đôi. Ví dụ: `\"Tổ \"\"Xanh\"\"\",12`. Nếu không đóng, các dòng sau bị nuốt vào một ô.",
        "A cell that opens with a double quote must close with one before the next separator; a quote inside is doubled. Example: `\"The \"\"Green\"\" team\",12`. Left open, it swallows the following rows.";
    BAD_DAY = "T0907" Error,
        "Ngày của một mốc viết sai", "A milestone's date is wrong",
        "`date` trong timeline.yaml là một năm, một tháng hoặc một ngày có thật, viết từ lớn đến nhỏ với dấu gạch nối. Ví dụ: `date: 2022`, `date: 2022-06`, `date: 2022-06-16`.",
        "`date` in timeline.yaml is a year, a month or a real day, written from large to small with hyphens. Example: `date: 2022`, `date: 2022-06`, `date: 2022-06-16`.";
    BAD_OCCASION_DAY = "T0941" Error,
        "Ngày trong lịch viết sai", "A day of the calendar is wrong",
        "Ngày đổi theo năm thì ghi đủ ngày của từng năm dưới `dates`; ngày cố định thì ghi tháng-ngày ở `every`. Ví dụ: `dates: {2027: 2027-02-06}`, `dates: {2027: {from: 2027-02-06, to: 2027-02-10}}`, `every: \"12-09\"`.",
        "Days that move are written in full for each year under `dates`; days that stay are month-day under `every`. Examples: `dates: {2027: 2027-02-06}`, `dates: {2027: {from: 2027-02-06, to: 2027-02-10}}`, `every: \"12-09\"`.";
    OTHER_YEAR = "T0942" Error,
        "Ngày không thuộc năm đã ghi", "A day of another year",
        "Dưới `dates`, ngày đầu tiên của dịp phải nằm trong năm ghi trước dấu hai chấm; có lẽ dòng này chép từ năm khác mà chưa đổi. Ví dụ: `2027: 2027-02-06`.",
        "Under `dates` the first day of an occasion must lie in the year before the colon; perhaps the line was copied from another year. Example: `2027: 2027-02-06`.";
    NO_OCCASION_DAYS = "T0943" Error,
        "Dịp không có ngày, hoặc có hai cách ghi ngày", "An occasion without days, or with two ways of giving them",
        "Tết và lễ hội đổi ngày theo năm nên ghi `dates` cho từng năm; hạn báo cáo và ngày kỷ niệm cố định thì ghi `every` và `from`. Mỗi dịp chỉ dùng một trong hai. Ví dụ: `every: \"12-09\"` và `from: 2022`.",
        "Festivals move, so `dates` gives the days of each year; deadlines and anniversaries stay and have `every` and `from`. An occasion uses one of the two. Example: `every: \"12-09\"` and `from: 2022`.";
    EMPTY_SLIP = "T0906" Error,
        "Lỗi viết không có chữ để tìm", "A slip without a word to look for",
        "Mỗi cụm ở `find` trong slips.yaml phải có ít nhất một chữ hoặc số, vì máy so từng tiếng. Ví dụ: `find: [hổ trợ]`.",
        "Each phrase under `find` in slips.yaml needs at least one letter or digit, because whole syllables are compared. Example: `find: [hổ trợ]`.";
}
