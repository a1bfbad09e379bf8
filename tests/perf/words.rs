//! What the synthetic stories are made of; nothing in it happened.

/// Everyday sentences to fill stories with, without their full stops.
pub const VIETNAMESE: [&str; 12] = [
    "Buổi sáng cả nhóm gặp nhau ở sân nhà văn hóa, chia cuốc, chia nước, rồi lên đồi khi sương còn dày",
    "Số tiền góp chung được ghi vào một cuốn sổ để ở nhà trưởng thôn, ai muốn xem lúc nào cũng được",
    "Vụ đầu thất thu vì mưa đá, vụ sau cả nhóm đổi giống, che lưới và trồng xen thêm một hàng đậu",
    "Con đường mới ngắn hơn đường cũ hai cây số, trẻ con đi học không còn phải lội qua suối nữa",
    "Bà con góp tre, góp công, chi đoàn lo phần bản vẽ, xi măng và bữa cơm trưa cho những người làm xa nhà",
    "Mỗi tối thứ Sáu có một người kể lại cách mình làm, những người khác hỏi, ghi và đem về thử ở vườn nhà",
    "Quỹ nhỏ cho vay xoay vòng, trả dần sau mỗi vụ, ba năm rồi vẫn chưa phải nhắc ai lần nào",
    "Căn nhà lợp xong trước Tết, chủ nhà mời cả xóm ăn bữa cơm đầu tiên dưới mái tôn còn mới",
    "Bể lọc ba ngăn làm bằng cát, sỏi và than, rửa mỗi tháng một lần, đủ nước cho bốn mươi hộ dùng quanh năm",
    "Lớp học thêm buổi tối dùng đèn tích điện, bàn ghế đóng lại từ gỗ cũ của ngôi trường vừa dỡ",
    "Nhóm đặt ra một luật duy nhất: việc gì làm xong cũng phải viết lại thành từng bước cho người đến sau",
    "Cuối năm cả xã ngồi lại với nhau, cái gì được thì giữ, cái gì chưa được thì nói thẳng và tìm cách sửa",
];

/// The same for translations.
pub const ENGLISH: [&str; 6] = [
    "The group met at dawn, shared out the tools and went up the hill before the mist was gone",
    "What each family gave was written down in a book that everybody in the hamlet may open",
    "The second season went better, with another variety, nets against hail and beans in between",
    "Every Friday evening somebody tells how a thing was done, step by step, and the others try it",
    "The new path is two kilometres shorter and children no longer wade through the stream",
    "Three years later the small fund has lent to forty households and nobody was late to pay back",
];

/// Section folder, kind of its entries, Vietnamese and English title.
pub const SECTIONS: [(&str, &str, &str, &str); 4] = [
    ("guong-sang", "story", "Gương sáng", "Bright examples"),
    ("mo-hinh", "model", "Mô hình", "Models"),
    ("tin-tot", "news", "Tin tốt", "Good news"),
    ("su-kien", "event", "Sự kiện", "Events"),
];

/// Units, one for each province: id and name.
pub const UNITS: [(&str, &str); 34] = [
    ("ha-noi", "Hà Nội"),
    ("hue", "Huế"),
    ("lai-chau", "Lai Châu"),
    ("dien-bien", "Điện Biên"),
    ("son-la", "Sơn La"),
    ("lang-son", "Lạng Sơn"),
    ("quang-ninh", "Quảng Ninh"),
    ("thanh-hoa", "Thanh Hóa"),
    ("nghe-an", "Nghệ An"),
    ("ha-tinh", "Hà Tĩnh"),
    ("cao-bang", "Cao Bằng"),
    ("tuyen-quang", "Tuyên Quang"),
    ("lao-cai", "Lào Cai"),
    ("thai-nguyen", "Thái Nguyên"),
    ("phu-tho", "Phú Thọ"),
    ("bac-ninh", "Bắc Ninh"),
    ("hung-yen", "Hưng Yên"),
    ("hai-phong", "Hải Phòng"),
    ("ninh-binh", "Ninh Bình"),
    ("quang-tri", "Quảng Trị"),
    ("da-nang", "Đà Nẵng"),
    ("quang-ngai", "Quảng Ngãi"),
    ("gia-lai", "Gia Lai"),
    ("khanh-hoa", "Khánh Hòa"),
    ("lam-dong", "Lâm Đồng"),
    ("dak-lak", "Đắk Lắk"),
    ("ho-chi-minh", "Hồ Chí Minh"),
    ("dong-nai", "Đồng Nai"),
    ("tay-ninh", "Tây Ninh"),
    ("can-tho", "Cần Thơ"),
    ("vinh-long", "Vĩnh Long"),
    ("dong-thap", "Đồng Tháp"),
    ("ca-mau", "Cà Mau"),
    ("an-giang", "An Giang"),
];

/// Topics: id and name.
pub const TOPICS: [(&str, &str); 12] = [
    ("giam-ngheo", "Giảm nghèo"),
    ("khoi-nghiep", "Khởi nghiệp"),
    ("hoc-bong", "Học bổng"),
    ("nha-nhan-ai", "Nhà nhân ái"),
    ("nuoc-sach", "Nước sạch"),
    ("viec-lam", "Việc làm"),
    ("chuyen-doi-so", "Chuyển đổi số"),
    ("bien-gioi", "Biên giới"),
    ("hai-dao", "Hải đảo"),
    ("tinh-nguyen", "Tình nguyện"),
    ("suc-khoe", "Sức khỏe"),
    ("moi-truong", "Môi trường"),
];

/// Number of tags: `the-00` ...
pub const TAGS: usize = 60;

/// Languages in the order in which more of them are asked for: tag, name, and
/// the language whose dates they borrow, if they must.
pub const LANGUAGES: [(&str, &str, &str); 8] = [
    ("vi", "Tiếng Việt", ""),
    ("en", "English", ""),
    ("km", "ភាសាខ្មែរ", ""),
    ("tyz", "Tày", "vi"),
    ("nut", "Nùng", "vi"),
    ("mtq", "Mường", "vi"),
    ("cjm", "Chăm", "vi"),
    ("hmn", "Hmông", "vi"),
];
