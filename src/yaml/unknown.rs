//! What somebody meant who wrote a key that does not exist.
//!
//! Takes the key and the keys that do exist. Vietnamese words and the words of
//! other programs come first, then the nearest spelling.

use std::sync::Arc;

use super::node::Node;
use super::rules::UNKNOWN_KEY;
use super::wording::{clip, listed};
use crate::base::diag::{Diagnostic, Span};
use crate::bi;
use crate::text::{fold, nearest};

/// Most keys that a message lists when nothing is near.
const MAX_LISTED: usize = 12;

/// The diagnostic for an unknown key.
pub(super) fn unknown_key(file: &Arc<str>, key: &Node, known: &[String]) -> Diagnostic {
    let text = key.scalar().unwrap_or_default();
    let name = clip(text);
    let message = bi!("không có khóa `{name}` ở đây", "there is no key `{name}` here");
    let error = Diagnostic::new(&UNKNOWN_KEY, message).at(Span::new(file, key.range.clone()));
    if let Some(meant) = meant(text, known) {
        return error.help(bi!("có phải là `{meant}`?", "did you mean `{meant}`?"));
    }
    let list = listed(known.iter().map(String::as_str).take(MAX_LISTED));
    match known.len() {
        0 => error.help(bi!("hãy xóa dòng này", "delete this line")),
        1..=MAX_LISTED => error.help(bi!("các khóa dùng được: {list}", "the keys are {list}")),
        _ => error.help(bi!(
            "hãy xóa dòng này, hoặc đặt dữ liệu riêng trong `extra:`",
            "delete the line, or put free data under `extra:`"
        )),
    }
}

/// The existing key that was most probably meant.
fn meant<'k>(text: &str, known: &'k [String]) -> Option<&'k str> {
    let plain = folded(text);
    let exists = |wanted: &str| known.iter().find(|key| *key == wanted).map(String::as_str);
    if let Some(key) = exists(&plain) {
        return Some(key);
    }
    let synonym = SYNONYMS.iter().filter(|(words, _)| words.contains(&plain.as_str()));
    let synonym = synonym.flat_map(|(_, keys)| keys.iter()).find_map(|key| exists(key));
    synonym.or_else(|| nearest(&plain, known.iter().map(String::as_str)))
}

/// `Tiêu đề`, `“tieu-de”` and `tieuDe` as `tieu_de`.
fn folded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut lower = false;
    for c in text.trim_matches(|c: char| !c.is_alphanumeric()).chars().take(60) {
        if c.is_ascii_uppercase() && lower {
            words.push('_');
        }
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        words.push(if c.is_alphanumeric() { c } else { '_' });
    }
    fold(&words)
}

/// Words of Vietnamese and of other programs, folded; the first existing key
/// of those beside them is meant.
const SYNONYMS: &[(&[&str], &[&str])] = &[
    (&["tieu_de", "tua_de", "tua", "ten_bai", "dau_de", "headline", "tit", "tieude"], &["title"]),
    (
        &[
            "tom_tat",
            "sapo",
            "mo_ta",
            "trich_yeu",
            "gioi_thieu",
            "description",
            "excerpt",
            "abstract",
            "lead",
            "dan_nhap",
            "loi_dan",
            "tomtat",
        ],
        &["summary", "description"],
    ),
    (
        &[
            "ngay",
            "ngay_dang",
            "ngay_thang",
            "ngay_gio",
            "thoi_gian",
            "publish_date",
            "publishdate",
            "published",
            "publish",
            "pub_date",
            "created",
            "datetime",
        ],
        &["date", "start", "issued"],
    ),
    (
        &[
            "cap_nhat",
            "ngay_cap_nhat",
            "sua_ngay",
            "lastmod",
            "last_modified",
            "modified",
            "updated_at",
            "last_updated",
        ],
        &["updated"],
    ),
    (
        &[
            "het_han",
            "ngay_het_han",
            "han",
            "expiry_date",
            "expirydate",
            "expiry",
            "expire",
            "unpublish_date",
            "go_ngay",
        ],
        &["expires"],
    ),
    (&["nhap", "ban_nhap", "bai_nhap", "drafts"], &["draft"]),
    (&["thu_hoi", "go_bai", "rut_bai", "da_go", "retracted"], &["withdrawn"]),
    (&["noi_bat", "tieu_diem", "ghim", "pinned", "sticky", "highlight"], &["featured"]),
    (&["minh_hoa", "vi_du", "mau", "fictional", "example", "demo"], &["illustrative"]),
    (&["duong_dan", "dia_chi_trang", "permalink", "url", "path"], &["slug", "url", "file"]),
    (
        &[
            "ten_khac",
            "duong_dan_cu",
            "dia_chi_cu",
            "alias",
            "redirect_from",
            "redirects",
            "chuyen_huong",
        ],
        &["aliases"],
    ),
    (
        &["dia_chi_ngan", "rut_gon", "dia_chi_rut_gon", "link_ngan", "shortlink", "short_url"],
        &["short"],
    ),
    (
        &["tac_gia", "nguoi_viet", "but_danh", "author", "byline", "phong_vien", "writer"],
        &["authors"],
    ),
    (&["nguon", "nguon_tin", "theo", "credit_source", "dan_nguon"], &["source", "credit"]),
    (
        &[
            "dia_diem",
            "noi",
            "dia_danh",
            "location",
            "noi_dien_ra",
            "tinh",
            "xa",
            "province",
            "tinh_thanh",
            "place",
            "places",
        ],
        &["place", "places", "province"],
    ),
    (&["don_vi", "to_chuc", "co_so_doan", "organisation", "organization", "unit"], &["units"]),
    (
        &["chu_de", "chuyen_de", "danh_muc", "category", "categories", "topic", "linh_vuc"],
        &["topics"],
    ),
    (&["the", "tu_khoa", "nhan", "tag", "keywords", "keyword"], &["tags"]),
    (&["dia_ban", "vung", "khu_vuc", "area", "region", "regions"], &["areas"]),
    (&["doi_tuong", "doc_gia", "audiences", "beneficiaries"], &["audience"]),
    (&["chuong_trinh", "programme", "program", "programs", "du_an"], &["programmes"]),
    (&["loat_bai", "tuyen_bai", "chuoi_bai", "serie"], &["series"]),
    (&["phan", "so_thu_tu", "part_number", "ky"], &["part", "weight"]),
    (&["the_loai", "loai_bai", "form_of_text"], &["genre", "kind"]),
    (&["loai", "kieu", "type", "layout", "template"], &["kind", "theme"]),
    (
        &[
            "anh_bia",
            "anh_dai_dien",
            "anh",
            "hinh",
            "hinh_anh",
            "image",
            "thumbnail",
            "featured_image",
            "banner",
            "photo",
        ],
        &["cover", "photos", "file"],
    ),
    (&["bo_anh", "album", "gallery", "images", "pictures", "hinh_anh", "cac_anh"], &["photos"]),
    (&["am_thanh", "ghi_am", "podcast", "sound"], &["audio"]),
    (&["nhan_vat", "nguoi", "con_nguoi", "person"], &["people"]),
    (&["dong_y", "su_dong_y", "phieu_dong_y"], &["consent"]),
    (&["thu_tu", "vi_tri", "order", "position", "sap_xep"], &["weight"]),
    (&["du_phong", "thieu_ban_dich"], &["fallback"]),
    (&["khac", "mo_rong", "du_lieu_rieng", "params", "data", "custom"], &["extra"]),
    (
        &[
            "tep",
            "tep_tin",
            "duong_dan_tep",
            "src",
            "filename",
            "dinh_kem",
            "attachment",
            "attachments",
        ],
        &["file", "files"],
    ),
    (&["mo_ta_anh", "alt_text", "chu_thay_the"], &["alt"]),
    (&["chu_thich", "chu_thich_anh"], &["caption"]),
    (&["nguoi_chup", "tac_gia_anh", "photographer"], &["credit"]),
    (&["ten", "ho_ten", "ho_va_ten", "label"], &["name", "title"]),
    (&["nam_sinh", "ngay_sinh", "sinh_nam", "birth", "birthday", "born_in"], &["born"]),
    (&["vai_tro", "chuc_vu", "chuc_danh"], &["role"]),
    (&["que", "que_quan", "noi_o"], &["home"]),
    (
        &["bat_dau", "khai_mac", "gio_bat_dau", "tu_ngay", "begin", "starts", "from"],
        &["start", "from"],
    ),
    (&["ket_thuc", "be_mac", "den_ngay", "ends", "until", "to"], &["end", "to", "as_of"]),
    (&["ca_ngay", "allday", "all-day"], &["all_day"]),
    (&["don_vi_to_chuc", "ban_to_chuc", "organizer", "chu_tri"], &["organiser"]),
    (&["hinh_thuc", "mode", "format"], &["form", "formats"]),
    (&["trang_thai", "tinh_trang", "hieu_luc_van_ban", "state"], &["status"]),
    (&["van_de", "kho_khan", "thach_thuc"], &["problem"]),
    (&["cac_buoc", "cach_lam", "buoc", "step", "huong_dan"], &["steps"]),
    (&["chi_phi", "kinh_phi", "costs", "budget", "gia"], &["cost", "amount"]),
    (&["so_tien", "tien", "sum"], &["amount"]),
    (&["tinh_den", "so_lieu_den", "so_lieu_den_ngay"], &["as_of"]),
    (&["ket_qua", "hieu_qua", "result", "outcome"], &["results"]),
    (&["tu_nam", "bat_dau_tu", "nam_bat_dau"], &["since"]),
    (&["lien_he", "dau_moi", "contacts"], &["contact"]),
    (&["nhan_rong", "noi_nhan_rong", "replicated"], &["replicated_by"]),
    (&["so", "so_hieu", "so_van_ban", "ky_hieu", "no"], &["number"]),
    (&["co_quan_ban_hanh", "noi_ban_hanh", "ban_hanh", "issued_by"], &["issuer"]),
    (&["ngay_ban_hanh", "issue_date"], &["issued"]),
    (&["ngay_hieu_luc", "co_hieu_luc", "hieu_luc", "effective_date"], &["effective"]),
    (&["ma", "dinh_danh", "ma_so", "uid", "guid"], &["id"]),
    (&["cap_tren", "truc_thuoc", "don_vi_cap_tren"], &["parent"]),
    (&["nhom", "cum"], &["group"]),
    (&["viet_tat", "ten_tat", "short_name", "ten_ngan"], &["short"]),
    (&["ten_cu", "ten_goi_cu", "former_name"], &["former_names", "former"]),
    (&["tieu_su", "biography"], &["bio"]),
    (&["ten_mien", "dia_chi", "baseurl", "base", "site_url", "domain"], &["base_url", "address"]),
    (&["mui_gio", "tz", "time_zone"], &["timezone"]),
    (&["ngon_ngu", "lang", "langs", "language", "locales"], &["languages"]),
    (&["giao_dien", "chu_de_giao_dien", "skin"], &["theme"]),
    (&["chu_quan", "don_vi_chu_quan", "co_quan_chu_quan"], &["owner"]),
    (&["chinh_thuc"], &["official"]),
    (&["thuc_don", "menu", "navigation", "nav"], &["menus"]),
    (&["feed", "rss", "ban_tin"], &["feeds"]),
    (&["phan_trang", "paginate", "page_size", "per_page"], &["pagination", "size"]),
    (&["chuyen_muc", "section", "column_name"], &["column", "section", "kind"]),
    (&["chien_dich", "dot_cao_diem", "campaign"], &["campaigns"]),
    (&["kiem_tra", "check", "rules"], &["checks"]),
    (&["dien_thoai", "so_dien_thoai", "tel"], &["phone"]),
    (&["thu_dien_tu", "mail"], &["email"]),
    (&["nguoi_chiu_trach_nhiem", "chiu_trach_nhiem"], &["responsible"]),
    // Works.
    (&["loai_cong_trinh", "loai_hinh", "loai_co_hoi"], &["type"]),
    (&["khoi_cong", "ngay_khoi_cong", "ngay_bat_dau"], &["started", "start", "from"]),
    (&["ban_giao", "ngay_ban_giao", "ngay_trao", "trao"], &["handed_over"]),
    (&["tri_gia", "gia_tri", "muc_ho_tro"], &["value", "amount", "goal"]),
    (
        &["nguoi_huong_loi", "so_nguoi_huong_loi", "huong_loi", "doi_tuong_huong_loi"],
        &["beneficiaries", "audience"],
    ),
    (&["ho_tro", "don_vi_ho_tro", "nha_tai_tro", "tai_tro", "dong_hanh"], &["supported_by"]),
    // Awards.
    (&["quyet_dinh", "so_quyet_dinh"], &["decision", "number"]),
    (&["ngay_quyet_dinh", "ngay_ky"], &["decided", "issued"]),
    (
        &["nguoi_nhan", "duoc_khen", "tap_the_ca_nhan", "nguoi_duoc_khen", "awardees"],
        &["recipients"],
    ),
    (&["cap", "cap_khen"], &["level"]),
    (&["hinh_thuc_khen"], &["form"]),
    (&["tieu_chi", "tieu_chuan"], &["criteria"]),
    // Opportunities and appeals.
    (&["han_nop", "han_cuoi", "han_nhan", "han_chot", "due"], &["deadline", "expires"]),
    (&["so_suat", "chi_tieu", "so_luong", "suat"], &["slots", "quantity"]),
    (&["danh_cho", "danh_cho_ai", "doi_tuong_nhan"], &["for_whom", "audience"]),
    (&["nhu_cau", "can_giup", "can"], &["need"]),
    (&["muc_tieu", "can_huy_dong", "target"], &["goal"]),
    (&["da_nhan", "so_da_nhan", "raised"], &["received"]),
    (&["khoan_nhan", "cac_khoan_nhan", "phieu_thu", "thu", "donations"], &["receipts"]),
    (&["nguoi_gui", "nguoi_ung_ho", "tu", "donor"], &["from"]),
    (&["bien_ban", "bien_ban_ban_giao"], &["record"]),
    (&["chung_tu", "so_quy"], &["source"]),
    (&["bai_lien_quan", "cau_chuyen", "bai_viet"], &["stories"]),
    // Reports and documents.
    (&["giai_doan", "ky_bao_cao", "stage"], &["period"]),
    (&["het_hieu_luc", "ngay_het_hieu_luc"], &["until", "expires"]),
    // What `site.yaml` turns on.
    (&["bao_cao_nam", "bao_cao", "yearly", "annual_report"], &["yearly_report"]),
    (&["kenh", "loan_tin", "outlet"], &["outlets"]),
    (&["nhung", "khung_nhung"], &["embed"]),
    (&["ban_in", "sheet", "to_tin"], &["sheets"]),
    (&["sach", "book", "epub"], &["books"]),
    (&["bao_chi", "lien_he_bao_chi"], &["press"]),
    (&["khau_hieu", "tagline"], &["slogan"]),
    (&["le_phat_dong", "phat_dong"], &["launch"]),
    (&["hang_ngay", "tin_ngay", "ngay_nao"], &["daily"]),
    (&["hang_tuan", "tin_tuan", "cau_chuyen_tuan"], &["weekly"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str, known: &[&str]) -> Option<String> {
        let known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
        meant(text, &known).map(str::to_owned)
    }

    #[test]
    fn synonyms_lead_to_existing_keys() {
        let keys = ["title", "summary", "date", "authors", "places", "topics", "tags", "updated"];
        for (written, wanted) in [
            ("tieu_de", "title"),
            ("Tiêu đề", "title"),
            ("tieu-de", "title"),
            ("“title”", "title"),
            ("tóm tắt", "summary"),
            ("description", "summary"),
            ("publishDate", "date"),
            ("lastmod", "updated"),
            ("tác giả", "authors"),
            ("dia_diem", "places"),
            ("category", "topics"),
            ("thẻ", "tags"),
            ("titel", "title"),
            ("Title", "title"),
        ] {
            assert_eq!(best(written, &keys).as_deref(), Some(wanted), "{written}");
        }
        assert_eq!(best("dia_diem", &["place", "places"]).as_deref(), Some("place"));
        let newer = [
            ("khoan_nhan", "receipts"),
            ("tiêu chí", "criteria"),
            ("Người nhận", "recipients"),
            ("giai_doan", "period"),
            ("bao_cao_nam", "yearly_report"),
            ("ngay_ban_giao", "handed_over"),
            ("hạn nộp", "deadline"),
            ("sach", "books"),
        ];
        let keys = newer.map(|(_, key)| key);
        for (written, wanted) in newer {
            assert_eq!(best(written, &keys).as_deref(), Some(wanted), "{written}");
        }
        assert_eq!(best("zzzzzz", &keys), None);
        assert_eq!(best("", &keys), None);
    }

    #[test]
    fn the_table_is_folded_and_says_each_word_once_per_key() {
        for (words, keys) in SYNONYMS {
            assert!(!keys.is_empty());
            for word in *words {
                assert!(word.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c)), "{word}");
            }
        }
    }
}
