//! `mail`: a week of the column as a letter, in a file that a mail program
//! opens ready to be sent.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::args::{Args, MailOptions};
use super::extras::say;
use super::{MACHINE, build, print, report};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::driver::{self, Ready};
use crate::link::LangId;
use crate::mail::{Address, MARK, Mailbox, Message, recipients};
use crate::plan::column::Slot;
use crate::render::Reads;
use crate::render::letter::{self, Letter, Wanted};
use crate::{bi, parse, text};

/// With more readers than this most providers refuse to send one letter.
const MANY: usize = 100;

/// Where a letter goes.
enum Target {
    Screen,
    File(PathBuf),
}

/// Writes the letter of a week.
pub fn mail(args: &Args, options: &MailOptions) -> Result<u8, Fault> {
    let request = build::request(args, &options.look)?;
    let from = options.from.as_deref().map(sender).transpose()?;
    let asked = options.week.as_deref().map(week).transpose()?;
    let Some(readers) = readers(args, options.to_file.as_deref())? else { return Ok(MACHINE) };
    let build = driver::look(&request)?;
    let Some(ready) = &build.ready else {
        super::list::unusable(&build, args.tongue());
        return Ok(MACHINE);
    };
    let views = ready.views();
    let reads = ready.reads(&views);
    let wanted = wanted(options, ready, &reads, asked)?;
    let Some(letter) = letter::letter(&reads, wanted) else {
        return Err(nothing(&reads, wanted));
    };
    let config = &ready.site.config;
    let lang = &ready.site.langs[wanted.lang].tag;
    let from = from.or_else(|| owner(ready, lang));
    let message = Message {
        subject: &letter.subject,
        from: from.as_ref(),
        bcc: &readers,
        date: &request.at.0.to_zoned_datetime(config.timezone.clone()),
        host: config.base_url.origin.rsplit('/').next().unwrap_or_default(),
        lang,
        text: &letter.text,
        html: &letter.html,
    };
    let bytes = message.bytes();
    let target = target(options, ready, wanted);
    match &target {
        Target::Screen => return say(&String::from_utf8_lossy(&bytes)),
        Target::File(file) => write(file, &bytes, options.force)?,
    }
    if !args.quiet {
        told(args.tongue(), &target, &letter, readers.len());
    }
    Ok(0)
}

/// The week, the language and the unit asked for.
fn wanted(
    options: &MailOptions,
    ready: &Ready,
    reads: &Reads<'_>,
    asked: Option<Date>,
) -> Result<Wanted, Fault> {
    if ready.site.config.column.is_none() {
        return Err(super::status::no_column());
    }
    let lang = options.language.as_deref().map_or(Ok(0), |tag| language(tag, ready))?;
    let unit = options.unit.as_deref().map(|id| report::unit(id, ready)).transpose()?;
    let monday = asked.or_else(|| letter::newest(reads, lang, unit));
    match monday {
        Some(monday) => Ok(Wanted { monday, lang, unit }),
        None => Err(Fault::refused(
            bi!("chưa có tuần nào đã xong mà có bài", "no week that is over has anything to send"),
            bi!(
                "Tuần đang chạy thì ghi rõ: --week {week}.",
                "Name the current week to send it: --week {week}.",
                week = Slot::Week.label(Slot::Week.of(ready.plan.today))
            ),
        )),
    }
}

/// The week asked for has nothing; says which one has.
fn nothing(reads: &Reads<'_>, wanted: Wanted) -> Fault {
    let week = Slot::Week.label(wanted.monday);
    let message = bi!("tuần {week} không có bài nào để gửi", "the week {week} has nothing to send");
    let help = match letter::newest(reads, wanted.lang, wanted.unit) {
        Some(newest) => {
            let newest = Slot::Week.label(newest);
            bi!(
                "Tuần mới nhất có bài: --week {newest}.",
                "The newest with something: --week {newest}."
            )
        }
        None => bi!("Xem bằng: tintot status", "See with: tintot status"),
    };
    Fault::refused(message, help)
}

/// `2026-W47`, by its Monday.
fn week(written: &str) -> Result<Date, Fault> {
    let upper = written.trim().to_ascii_uppercase();
    let parts = upper.split_once("-W").or_else(|| upper.split_once("/W"));
    let read = parts.and_then(|(year, week)| Some((year.parse().ok()?, week.parse().ok()?)));
    let monday = read.and_then(|(year, week)| ISOWeekDate::new(year, week, Weekday::Monday).ok());
    monday.map(|day| day.date()).ok_or_else(|| {
        Fault::refused(
            bi!("không có tuần `{written}`", "there is no week `{written}`"),
            bi!(
                "Viết năm và số tuần như --week 2026-W47; tuần bắt đầu từ thứ Hai.",
                "Write the year and the number of the week: --week 2026-W47; weeks begin on Monday."
            ),
        )
    })
}

fn language(tag: &str, ready: &Ready) -> Result<LangId, Fault> {
    if let Some(lang) = ready.site.lang(tag) {
        return Ok(lang);
    }
    let tags: Vec<&str> = ready.site.langs.iter().map(|lang| lang.tag.as_str()).collect();
    let list = tags.join(", ");
    Err(Fault::refused(
        bi!("trang không có ngôn ngữ `{tag}`", "the site has no language `{tag}`"),
        bi!("Trang có: {list}.", "It has: {list}."),
    ))
}

fn sender(written: &str) -> Result<Mailbox, Fault> {
    Mailbox::parse(written).ok_or_else(|| {
        Fault::refused(
            bi!("`{written}` không phải một địa chỉ thư", "`{written}` is no mail address"),
            bi!(
                "Viết như --from \"Ban biên tập <bien-tap@vi-du.vn>\".",
                "Write it like --from \"The editors <editors@site.example>\"."
            ),
        )
    })
}

/// Whoever owns the site, if a letter could come from there.
fn owner(ready: &Ready, lang: &str) -> Option<Mailbox> {
    let owner = &ready.site.config.owner;
    let address = Address::parse(owner.email.as_deref()?.trim())?;
    Some(Mailbox { name: owner.name.get(lang).unwrap_or_default().to_owned(), address })
}

/// The addresses of a file; `None` where one is wrong, which is printed.
fn readers(args: &Args, file: Option<&Path>) -> Result<Option<Vec<Address>>, Fault> {
    let Some(file) = file else { return Ok(Some(Vec::new())) };
    let bytes = std::fs::read(file).map_err(|error| {
        Fault::io(
            bi!("không đọc được người nhận ở", "could not read the recipients in"),
            file,
            error,
        )
    })?;
    let path: Arc<str> = Arc::from(file.display().to_string());
    let (found, diags) = match parse::decode(&path, &bytes) {
        Ok(text) => recipients(text, &path),
        Err(diag) => (Vec::new(), vec![diag]),
    };
    if diags.is_empty() {
        return Ok(Some(found));
    }
    let mut sources = print::Sources::of(&path, &String::from_utf8_lossy(&bytes));
    for diag in &diags {
        anstream::eprintln!("{}\n", print::render(diag, args.tongue(), &mut sources));
    }
    Ok(None)
}

/// As asked, else a file here that is named after the week.
fn target(options: &MailOptions, ready: &Ready, wanted: Wanted) -> Target {
    match &options.output {
        Some(file) if file == Path::new("-") => Target::Screen,
        Some(file) => Target::File(file.clone()),
        None => {
            let week = Slot::Week.label(wanted.monday).to_lowercase();
            let unit = options.unit.iter().filter_map(|unit| text::slug(unit));
            let lang = Some(&ready.site.langs[wanted.lang].tag).filter(|_| wanted.lang > 0);
            let more: String = unit.chain(lang.cloned()).map(|part| format!("-{part}")).collect();
            Target::File(PathBuf::from(format!("ban-tin-{week}{more}.eml")))
        }
    }
}

/// Over a letter of ours, which is made again any time, but over nothing else.
fn write(file: &Path, bytes: &[u8], force: bool) -> Result<(), Fault> {
    let refused = |error| {
        Fault::io(bi!("không ghi được thư vào", "could not write the letter to"), file, error)
    };
    if !force && file.exists() {
        let old = std::fs::read(file).map_err(refused)?;
        let line = format!("\n{MARK}\r\n");
        if !old.windows(line.len()).take(1024).any(|part| part == line.as_bytes()) {
            let name = file.display();
            return Err(Fault::refused(
                bi!(
                    "đã có tệp {name}, không phải thư của tintot",
                    "{name} exists and is no letter of tintot"
                ),
                bi!(
                    "Chọn tên khác ở -o, hoặc ghi đè bằng --force.",
                    "Choose another name with -o, or overwrite it with --force."
                ),
            ));
        }
    }
    std::fs::write(file, bytes).map_err(refused)
}

fn told(tongue: Tongue, target: &Target, letter: &Letter, readers: usize) {
    let Target::File(file) = target else { return };
    let (file, [stories, news, events, open]) = (file.display(), letter.counts);
    match tongue {
        Tongue::Vi => anstream::println!(
            "Đã ghi {file}: {stories} câu chuyện, {news} tin, {events} sự kiện, {open} lời kêu gọi và cơ hội; {readers} người nhận.\n\
             Mở tệp bằng chương trình thư, xem lại, rồi gửi."
        ),
        Tongue::En => anstream::println!(
            "Wrote {file}. Stories: {stories}, news: {news}, events: {events}, appeals and opportunities: {open}; recipients: {readers}.\n\
             Open the file in a mail program, look through it, and send it."
        ),
    }
    if readers > MANY {
        match tongue {
            Tongue::Vi => anstream::eprintln!(
                "Nhiều nơi không cho gửi một thư tới hơn {MANY} người: hãy chia tệp người nhận."
            ),
            Tongue::En => anstream::eprintln!(
                "Many providers send no letter to more than {MANY} people: divide the file of recipients."
            ),
        }
    }
}
