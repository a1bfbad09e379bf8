//! What may be typed, and what it means.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::base::time::BuildTime;
use crate::bi;
use crate::config::BaseUrl;

/// tintot dựng trang tin tốt từ các bài Markdown.
/// tintot makes a site of good news from Markdown stories.
#[derive(Debug, Parser)]
#[command(name = "tintot", version, max_term_width = 100)]
pub struct Args {
    /// Thư mục của trang / the site's folder
    #[arg(short, long, global = true, default_value = ".", value_name = "DIR")]
    pub root: PathBuf,
    /// Ngôn ngữ của thông báo / language of messages (vi, en)
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// Chỉ in lỗi / print errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// In thời gian từng bước / print the time of each stage
    #[arg(short, long, global = true)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Vi,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tạo một trang mới dựng được ngay / create a site that builds at once
    Init {
        /// Thư mục mới; mặc định là thư mục hiện tại / the new folder
        dir: Option<PathBuf>,
        /// Tên trang / title of the site
        #[arg(long)]
        title: Option<String>,
    },
    /// Tạo một bài mới / create an entry: tintot new news "Tiêu đề"
    New {
        /// Loại bài / kind: story, model, news, event, work, opportunity, appeal, award, document, report, page
        kind: String,
        /// Tiêu đề / title
        title: String,
        /// Chuyên mục (thư mục trong content/) / section folder
        #[arg(long)]
        section: Option<String>,
        /// Ngày đăng / date: 2026-11-23 hoặc 23/11/2026
        #[arg(long)]
        date: Option<String>,
    },
    /// Dựng trang / build the site
    Build(BuildOptions),
    /// Kiểm tra mọi thứ, không ghi gì / say all that build would, write nothing
    Check(CheckOptions),
    /// Xem thử trong lúc viết / preview while writing
    Serve(ServeOptions),
    /// Liệt kê các bài / list the entries
    List(ListOptions),
    /// Chuyên mục: ngày, tuần nào có bài, còn trống / the column: which days and weeks are filled
    Status(StatusOptions),
    /// Lập báo cáo của một năm / make the report of a year
    Report(ReportOptions),
    /// Soạn thư bản tin tuần để gửi / make a letter of a week, to be sent by a mail program
    Mail(MailOptions),
    /// Kho ảnh đã thu nhỏ / pictures made smaller, kept between builds
    Cache {
        #[command(subcommand)]
        command: CacheCommand,
    },
    /// Giải thích một mã thông báo / explain a code such as T0103
    Explain { code: Option<String> },
    /// In mã gợi ý lệnh cho shell / print shell completions
    Completions { shell: clap_complete::Shell },
    /// In trang hướng dẫn man / print the manual page
    Man {
        /// Ghi mọi trang vào thư mục này / write all pages into this folder
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum CacheCommand {
    /// Có bao nhiêu / how much there is
    Stats,
    /// Xóa những gì trang không còn dùng / remove what the site shows nowhere
    Prune,
    /// Chép ra một thư mục / copy into a folder
    Export { dir: PathBuf },
    /// Nhập từ một thư mục / take over from a folder
    Import { dir: PathBuf },
}

#[derive(Debug, clap::Args)]
pub struct Look {
    /// Thay base_url của site.yaml / replaces base_url, any sub-path
    #[arg(short, long, value_name = "URL", alias = "base-URL", alias = "baseURL")]
    pub base_url: Option<String>,
    /// Gồm cả bản nháp / include drafts
    #[arg(short = 'D', long)]
    pub drafts: bool,
    /// Gồm cả bài chưa tới ngày / include what is not yet due
    #[arg(short = 'F', long)]
    pub future: bool,
    /// Dựng như vào lúc này / build as of this moment: 2026-10-17, 2026-10-17T08:00+07:00
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct CheckOptions {
    #[command(flatten)]
    pub look: Look,
    /// Coi cảnh báo như lỗi / treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Dạng in / format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub struct BuildOptions {
    #[command(flatten)]
    pub check: CheckOptions,
    /// Thư mục ghi trang / output folder (default: public)
    #[arg(short, long, value_name = "DIR", short_alias = 'd', alias = "destination")]
    pub output: Option<PathBuf>,
    /// Bỏ riêng các bài có lỗi, đăng phần còn lại / leave out entries with errors, publish the rest
    #[arg(long)]
    pub quarantine: bool,
    /// Ghi đè tệp lạ trong thư mục ghi / take over foreign files in the output folder
    #[arg(long)]
    pub adopt: bool,
    /// Dựng lại từ đầu trong bộ nhớ và so từng byte / build again from nothing in memory and compare every byte
    #[arg(long)]
    pub verify: bool,
}

#[derive(Debug, clap::Args)]
pub struct ServeOptions {
    /// Địa chỉ nghe; 0.0.0.0 cho cả mạng / address to listen on; 0.0.0.0 for the whole network
    #[arg(
        short = 'i',
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1",
        alias = "interface"
    )]
    pub bind: String,
    /// Cổng; mặc định 1111 hoặc cổng trống kế tiếp / port; default 1111 or the next free one
    #[arg(short, long)]
    pub port: Option<u16>,
    /// Mở trình duyệt / open a browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// In mã QR của địa chỉ cho điện thoại / print the address as a QR code for phones
    #[arg(long)]
    pub qr: bool,
    /// Tên khác của máy này, ngoài localhost / another name of this machine; may be repeated
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Chỉ những gì người đọc thấy, không bản nháp và bài chưa tới ngày / only what readers see: no drafts, nothing not yet due
    #[arg(long)]
    pub published: bool,
    /// Xem như vào lúc này / preview as of this moment: 2026-10-17, 2026-10-17T08:00+07:00
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Tự xem lại các tệp, cho ổ đĩa mạng / look through the files in turn, for network drives
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, clap::Args)]
pub struct ListOptions {
    #[command(flatten)]
    pub look: Look,
    /// Chỉ các bài ở trạng thái này / only these entries
    #[arg(long, value_enum)]
    pub state: Option<StateName>,
    /// Dạng in / format of the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub struct ReportOptions {
    #[command(flatten)]
    pub look: Look,
    /// Năm; mặc định là năm nay / the year; default: this year
    #[arg(long)]
    pub year: Option<i16>,
    /// Chỉ đơn vị này và cấp dưới / this unit and those below it only
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// Từ ngày / from this day
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Đến hết ngày / up to and with this day
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Tệp ghi ra, đuôi là dạng: .xlsx .csv .md .json / file to write, its ending says the form
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Dạng, nếu không theo đuôi tệp / the form, if not by the file's ending
    #[arg(long, value_enum)]
    pub format: Option<ReportForm>,
}

#[derive(Debug, clap::Args)]
pub struct MailOptions {
    #[command(flatten)]
    pub look: Look,
    /// Tuần; mặc định là tuần mới nhất đã xong / the week: 2026-W47; default: the newest that is over
    #[arg(long, value_name = "WEEK")]
    pub week: Option<String>,
    /// Ngôn ngữ của thư / language of the letter: vi, en, km ...
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Chỉ đơn vị này và cấp dưới / this unit and those below it only
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// Tệp ghi ra, - là in ra / file to write, - prints it; default: ban-tin-2026-w47.eml
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Tệp người nhận (Bcc), mỗi dòng một địa chỉ / file of recipients (Bcc), one address a line
    #[arg(long, value_name = "FILE")]
    pub to_file: Option<PathBuf>,
    /// Người gửi; mặc định là owner của site.yaml / the sender; default: owner in site.yaml
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// Ghi đè tệp lạ / overwrite a file that is no letter of tintot
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    Xlsx,
    Csv,
    Md,
    Json,
}

#[derive(Debug, clap::Args)]
pub struct StatusOptions {
    #[command(flatten)]
    pub look: Look,
    /// Chuyên mục (mặc định) / the column (default)
    #[arg(long)]
    pub column: bool,
    /// Từ ngày; mặc định là bài đầu tiên / from this day; default: the first entry
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Đến ngày; mặc định là hôm nay / up to this day; default: today
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Dạng in / format of the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Có ngày hoặc tuần trống thì mã thoát là 4 / exit with 4 when a slot is empty
    #[arg(long)]
    pub fail_on_gap: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StateName {
    Live,
    Draft,
    Future,
    Expired,
    Withdrawn,
}

impl Args {
    /// The language of messages: as asked, else as the environment says, else
    /// English.
    pub fn tongue(&self) -> Tongue {
        match self.lang {
            Some(Lang::Vi) => Tongue::Vi,
            Some(Lang::En) => Tongue::En,
            None => {
                let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter();
                let locale =
                    set.filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
                if locale.is_some_and(|locale| locale.starts_with("vi")) {
                    Tongue::Vi
                } else {
                    Tongue::En
                }
            }
        }
    }
}

impl Look {
    /// The base URL on the command line, if there is one.
    pub fn base_url(&self) -> Result<Option<BaseUrl>, Fault> {
        let Some(text) = &self.base_url else { return Ok(None) };
        match BaseUrl::parse(text) {
            Some(url) => Ok(Some(url)),
            None => Err(Fault::refused(
                bi!("`{text}` không phải địa chỉ dùng được", "`{text}` is not a usable URL"),
                bi!(
                    "Viết như https://tintot.example/ hoặc https://x.example/a/b/.",
                    "Write it like https://tintot.example/ or https://x.example/a/b/."
                ),
            )),
        }
    }

    /// The instant of the build: `--at`, else `SOURCE_DATE_EPOCH`, else now.
    /// A local time without an offset stands in the site's zone.
    pub fn at(&self, zone: &jiff::tz::TimeZone) -> Result<BuildTime, Fault> {
        if let Some(text) = &self.at {
            if let Ok(instant) = text.parse::<jiff::Timestamp>() {
                return Ok(BuildTime(instant));
            }
            let written = crate::yaml::parse_moment(text, zone);
            return written.map(|written| BuildTime(written.moment.instant)).map_err(|_| {
                Fault::refused(
                    bi!("không hiểu thời điểm `{text}`", "cannot read the moment `{text}`"),
                    bi!(
                        "Viết như 2026-10-17, 2026-10-17T08:00 hoặc 2026-10-17T08:00+07:00.",
                        "Write it like 2026-10-17, 2026-10-17T08:00 or 2026-10-17T08:00+07:00."
                    ),
                )
            });
        }
        if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH")
            && !epoch.trim().is_empty()
        {
            let seconds = epoch.trim().parse::<i64>().ok();
            let instant = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            return instant.map(BuildTime).ok_or_else(|| {
                Fault::refused(
                    bi!(
                        "SOURCE_DATE_EPOCH=`{epoch}` không phải số giây",
                        "SOURCE_DATE_EPOCH=`{epoch}` is not a number of seconds"
                    ),
                    bi!("Đặt lại hoặc bỏ biến này.", "Set it right or unset it."),
                )
            });
        }
        Ok(BuildTime(jiff::Timestamp::now()))
    }
}
