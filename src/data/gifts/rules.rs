//! What can be wrong with contributions and declared figures.
//!
//! Only the catalogue: nothing here reads anything.

crate::rules! {
    BAD_COLUMN = "T0920" Error,
        "Cột của bảng đóng góp sai", "A wrong column in a table of contributions",
        "Tệp trong content/data/contributions/ có các cột: ngày, đơn vị, nhà tài trợ, loại, địa bàn, giá trị, số lượng, đơn vị tính, nguồn, quỹ, đến ngày, ghi chú (hoặc tên tiếng Anh: date, unit, donor, kind, area, value, quantity, measure, source, fund, as_of, note). Phải có ngày, đơn vị, loại, và giá trị hoặc số lượng. Ví dụ dòng tiêu đề: `ngày;đơn vị;nhà tài trợ;loại;địa bàn;giá trị;nguồn`.",
        "A file in content/data/contributions/ has the columns date, unit, donor, kind, area, value, quantity, measure, source, fund, as_of, note (or their Vietnamese names). It needs date, unit, kind, and value or quantity. Example of a header: `date;unit;donor;kind;area;value;source`.";
    BAD_GIFT_DAY = "T0921" Error,
        "Ngày trong bảng đóng góp sai", "A wrong date in a table of contributions",
        "Ngày viết theo thứ tự ngày/tháng/năm hoặc năm-tháng-ngày, đủ bốn số của năm, và phải có thật. Ví dụ: `17/10/2026` hoặc `2026-10-17`.",
        "Write the day as day/month/year or year-month-day, with all four digits of the year; it must exist. Example: `17/10/2026` or `2026-10-17`.";
    BAD_AMOUNT = "T0922" Error,
        "Số tiền trong bảng đóng góp sai", "A wrong amount in a table of contributions",
        "Giá trị là số tiền bằng đồng, viết như báo chí vẫn viết. Dấu chấm ngăn hàng nghìn, dấu phẩy là phần lẻ; chỗ nào có thể hiểu hai cách thì chương trình không đoán. Ví dụ: `15,5 triệu`, `1.200.000.000 đ`, `1,2 tỷ`, `500 nghìn`, `1200000`.",
        "The value is a sum in đồng, as newspapers write it. The dot groups thousands, the comma starts decimals; what can be read in two ways is not guessed. Example: `15,5 triệu`, `1.200.000.000 đ`, `1,2 tỷ`, `500 nghìn`, `1200000`.";
    BAD_QUANTITY = "T0923" Error,
        "Số lượng trong bảng đóng góp sai", "A wrong quantity in a table of contributions",
        "Số lượng là một số dương, phần lẻ nhiều nhất ba chữ số, và đi cùng đơn vị tính. Ví dụ: số lượng `2`, đơn vị tính `căn nhà`; số lượng `1.500,5`, đơn vị tính `kg gạo`.",
        "A quantity is a positive number with at most three decimals, and comes with its unit of measure. Example: quantity `2`, measure `căn nhà`; quantity `1.500,5`, measure `kg gạo`.";
    EMPTY_GIFT = "T0924" Error,
        "Dòng đóng góp thiếu ô cần có", "A contribution that lacks a cell",
        "Mỗi dòng cần ngày, đơn vị, loại, và ít nhất một trong hai: giá trị (bằng tiền) hoặc số lượng (hiện vật). Không biết giá trị thì bỏ trống ô ấy và ghi số lượng kèm đơn vị tính, ví dụ `20` và `suất quà`; đừng ghi 0.",
        "Each row needs a date, a unit, a kind, and a value (in money) or a quantity (in kind). Where the value is not known leave it empty and give the quantity with its measure, for example `20` and `gift sets`; do not write 0.";
    NO_SOURCE = "T0925" Error,
        "Đóng góp không ghi nguồn", "A contribution without a source",
        "Con số nào đăng lên cũng phải nói được lấy từ đâu: báo cáo, biên bản, phiếu thu. Ghi ở cột nguồn của dòng, hoặc một lần cho cả tệp trong content/data/contributions/about.yaml. Ví dụ: `files: [{file: 2026.csv, source: Báo cáo số 12, as_of: 2026-11-20}]`.",
        "Every published figure must say where it comes from: a report, minutes, a receipt. Put it into the column `source`, or once for the file into content/data/contributions/about.yaml. Example: `files: [{file: 2026.csv, source: Report 12, as_of: 2026-11-20}]`.";
    NO_AS_OF = "T0926" Error,
        "Số liệu không ghi đến ngày nào", "Figures without an as-of date",
        "Người đọc cần biết số liệu tính đến ngày nào. Ghi ở cột `đến ngày`, hoặc một lần cho cả tệp trong content/data/contributions/about.yaml. Ví dụ: `files: [{file: 2026.csv, as_of: 2026-11-20, source: Báo cáo số 12}]`.",
        "Readers need to know up to which day the figures count. Put it into the column `as_of`, or once for the file into content/data/contributions/about.yaml. Example: `files: [{file: 2026.csv, as_of: 2026-11-20, source: Report 12}]`.";
    UNKNOWN_GIFT_NAME = "T0927" Error,
        "Tên trong bảng đóng góp không có", "An unknown name in a table of contributions",
        "Đơn vị phải có trong content/data/units.yaml (hoặc là tỉnh đoàn, thành đoàn có sẵn), địa bàn là một tỉnh, thành phố hay nơi khai báo trong places.yaml, loại và quỹ là mã hoặc tên trong about.yaml nếu tệp ấy liệt kê. Sửa theo gợi ý, hoặc khai báo tên mới. Ví dụ: `đơn vị: Tỉnh Đoàn Cao Bằng`.",
        "A unit must be declared in content/data/units.yaml (or be a built-in provincial union), an area is a province or a place of places.yaml, kinds and funds are ids or names of about.yaml where it lists them. Follow the suggestion, or declare the new name. Example: `unit: Tỉnh Đoàn Cao Bằng`.";
    FIGURE_DIFFERS = "T0928" Error,
        "Con số khai báo khác tổng các dòng", "A declared figure differs from its rows",
        "Mục trong figures.yaml vừa có `value` vừa có `sum` thì hai số phải bằng nhau, để một tổng ở đâu cũng như nhau. Kiểm tra lại bảng, hoặc sửa `value`; cũng có thể bỏ `value` để lấy đúng tổng của bảng. Ví dụ: `{id: tong-2026, label: Tổng 2026, sum: {year: 2026}}`.",
        "Where an item of figures.yaml has both `value` and `sum`, the two must agree, so that a total is the same everywhere. Check the table or mend `value`; without `value` the sum of the table is shown. Example: `{id: total-2026, label: Total 2026, sum: {year: 2026}}`.";
    BAD_FIGURE = "T0929" Error,
        "Con số khai báo thiếu phần cần có", "An incomplete declared figure",
        "Mỗi mục trong figures.yaml có `value` hoặc `sum`. Có `value` thì phải ghi cả `source` và `as_of`; chỉ có `sum` thì nguồn và ngày lấy theo các dòng. Số không phải tiền thì thêm `measure`. Ví dụ: `{id: nha-2026, label: Nhà nhân ái, value: 12, measure: căn, source: Báo cáo số 12, as_of: 2026-11-20}`.",
        "Each item of figures.yaml has a `value` or a `sum`. A `value` needs `source` and `as_of`; with `sum` alone they come from the rows. What is no money takes a `measure`. Example: `{id: houses-2026, label: Houses, value: 12, measure: houses, source: Report 12, as_of: 2026-11-20}`.";
    EMPTY_SUM = "T0930" Warning,
        "Tổng không có dòng nào", "A sum without rows",
        "`sum` trong figures.yaml chọn các dòng theo `year`, `unit`, `kind`, `area`, `measure`, nhưng không dòng nào khớp nên tổng bằng 0. Kiểm tra năm và tên. Ví dụ: `sum: {year: 2026, unit: tinh-doan-cao-bang}`.",
        "`sum` in figures.yaml chooses rows by `year`, `unit`, `kind`, `area`, `measure`; none fits, so the sum is 0. Check the year and the names. Example: `sum: {year: 2026, unit: tinh-doan-cao-bang}`.";
}
