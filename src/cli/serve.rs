//! `serve`: the preview's words on the terminal.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use qrcodegen::{QrCode, QrCodeEcc};

use super::args::{Args, Look, ServeOptions};
use super::build;
use crate::base::diag::{Bi, Diagnostic, Tongue};
use crate::base::excerpt::Excerpt;
use crate::base::fault::Fault;
use crate::bi;
use crate::driver::Request;
use crate::serve::{self, Notice, Polling, Port, Server, State};

/// Most errors that are printed after a change; the page shows them in full.
const ERRORS: usize = 5;
/// Most changed files that are named.
const NAMED: usize = 3;

pub fn serve(args: &Args, options: &ServeOptions) -> Result<u8, Fault> {
    let look = Look {
        base_url: None,
        drafts: !options.published,
        future: !options.published,
        at: options.at.clone(),
    };
    let request: Request = build::request(args, &look)?;
    let port = options.port.map_or(Port::Any, Port::Exactly);
    let server = Server::bind(serve::Options {
        request,
        fixed: options.at.is_some() || std::env::var_os("SOURCE_DATE_EPOCH").is_some(),
        bind: options.bind.clone(),
        port,
        hosts: options.host.clone(),
        poll: options.poll,
        tongue: args.lang.map(|_| args.tongue()),
    })?;
    let tongue = args.tongue();
    let (quiet, verbose) = (args.quiet, args.verbose);
    let greeting = Greeting {
        urls: server.urls().to_vec(),
        moved: server.port().filter(|port| options.port.is_none() && *port != serve::PORT),
        qr: options.qr,
    };
    let browser = options.open;
    let tell = move |notice: Notice| match notice {
        Notice::Ready => {
            if !quiet {
                greet(&greeting, tongue);
            }
            if let Some(url) = greeting.urls.first().filter(|_| browser) {
                open(url, tongue);
            }
        }
        other => say(&other, tongue, quiet, verbose),
    };
    server.run(Arc::new(tell))?;
    Ok(0)
}

/// What is said when pages can be opened.
struct Greeting {
    urls: Vec<String>,
    /// The port taken in place of a busy one.
    moved: Option<u16>,
    qr: bool,
}

fn greet(greeting: &Greeting, tongue: Tongue) {
    let print = |text: Bi| anstream::println!("{}", text.get(tongue));
    if let Some(port) = greeting.moved {
        let busy = serve::PORT;
        print(bi!(
            "cổng {busy} đã có chương trình khác dùng, dùng cổng {port}",
            "port {busy} is in use, using port {port}"
        ));
    }
    let Some((first, others)) = greeting.urls.split_first() else { return };
    print(bi!("xem thử ở {first}", "preview at {first}"));
    for other in others {
        print(bi!("       hoặc {other}", "        or {other}"));
    }
    print(bi!(
        "mọi trang và vấn đề: {first}.tintot/ · dừng bằng Ctrl-C",
        "all pages and problems: {first}.tintot/ · stop with Ctrl-C"
    ));
    if greeting.qr {
        if let Ok(code) = QrCode::encode_text(first, QrCodeEcc::Low) {
            anstream::println!("{}", blocks(&code));
        }
        let here = |url: &str| url.starts_with("http://127.") || url.starts_with("http://[::1]");
        if here(first) {
            print(bi!(
                "mã này chỉ mở được ở máy này; cho điện thoại cùng mạng: -i 0.0.0.0",
                "this code opens on this machine only; for phones on the network: -i 0.0.0.0"
            ));
        }
    }
}

/// The code as text, two rows in a line, with the white rim that cameras need.
fn blocks(code: &QrCode) -> String {
    let size = code.size();
    let mut out = String::new();
    for y in (-2..size + 2).step_by(2) {
        for x in -2..size + 2 {
            out.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    out
}

fn open(url: &str, tongue: Tongue) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let quiet = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if quiet.spawn().is_err() {
        let text = bi!(
            "không mở được trình duyệt; hãy tự mở {url}",
            "cannot open a browser; open {url} yourself"
        );
        anstream::eprintln!("{}", text.get(tongue));
    }
}

fn say(notice: &Notice, tongue: Tongue, quiet: bool, verbose: bool) {
    match notice {
        Notice::Ready => {}
        Notice::Polling(why) => {
            if let Some(text) = polling(*why).filter(|_| !quiet) {
                anstream::eprintln!("{}", text.get(tongue));
            }
        }
        Notice::Applied { changed, took, state } => {
            if !quiet && (verbose || !changed.is_empty()) {
                anstream::println!("{}", applied(changed, *took).get(tongue));
            }
            errors(state, tongue);
        }
    }
}

fn polling(why: Polling) -> Option<Bi> {
    match why {
        Polling::Wanted => None,
        Polling::Limit => Some(bi!(
            "hệ thống không theo dõi thêm được thư mục nào (fs.inotify.max_user_watches); chuyển sang tự xem lại các tệp, chậm hơn một chút",
            "the system watches no more folders (fs.inotify.max_user_watches); looking through the files instead, which is a little slower"
        )),
        Polling::Unable => Some(bi!(
            "hệ thống không theo dõi được thư mục này; chuyển sang tự xem lại các tệp, chậm hơn một chút",
            "the system cannot watch this folder; looking through the files instead, which is a little slower"
        )),
    }
}

fn applied(changed: &[String], took: Duration) -> Bi {
    let time = took.as_millis();
    let named = changed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match changed.len() {
        0 => bi!("đã xem lại cả trang ({time} ms)", "looked at the whole site ({time} ms)"),
        count if count > NAMED => bi!(
            "đã cập nhật {named} và {more} tệp nữa ({time} ms)",
            "updated {named} and {more} more ({time} ms)",
            more = count - NAMED
        ),
        _ => bi!("đã cập nhật {named} ({time} ms)", "updated {named} ({time} ms)"),
    }
}

/// One line for each error; the page shows where it is.
fn errors(state: &State, tongue: Tongue) {
    let head = match tongue {
        Tongue::Vi => "lỗi",
        Tongue::En => "error",
    };
    if let Some((message, _)) = &state.fault {
        anstream::eprintln!("{head}: {}", message.get(tongue));
    }
    let all: Vec<&Diagnostic> = state.errors().collect();
    for diag in all.iter().take(ERRORS) {
        let place = place(diag, state);
        anstream::eprintln!("{head}[{}] {place}{}", diag.rule.code, diag.message.get(tongue));
    }
    if let Some(more) = all.len().checked_sub(ERRORS).filter(|more| *more > 0) {
        let text = bi!("… và {more} lỗi nữa", "… and {more} more errors");
        anstream::eprintln!("{}", text.get(tongue));
    }
}

/// `content/a.md:12: `, as far as it is known.
fn place(diag: &Diagnostic, state: &State) -> String {
    let Some(label) = diag.labels.first() else { return String::new() };
    let file = &label.span.file;
    let text = state.latest.as_deref().and_then(|latest| latest.source(file));
    match text.filter(|_| label.span.range != (0..0)) {
        Some(text) => format!("{file}:{}: ", Excerpt::of(&text, &label.span.range).line),
        None => format!("{file}: "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_rim_and_as_many_rows_as_it_needs() {
        let code = QrCode::encode_text("http://192.168.1.20:1111/", QrCodeEcc::Low).expect("short");
        let text = blocks(&code);
        let lines: Vec<&str> = text.lines().collect();
        let size = usize::try_from(code.size()).expect("positive");
        assert_eq!(lines.len(), (size + 5) / 2);
        assert!(lines.iter().all(|line| line.chars().count() == size + 4));
        assert!(lines[0].chars().all(|c| c == '█'), "the rim");
    }
}
