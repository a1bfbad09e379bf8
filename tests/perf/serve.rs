//! How long the preview takes from a save to the new page, and whether it stays
//! right and small.
//!
//! `cargo bench --bench serve -- FOLDER SECONDS` serves the site in that folder,
//! edits the body of one of its entries every 100 ms for that long, its title for
//! a fifth of that, and puts the text back. Without a folder it writes a small site into a temporary one.

#![allow(clippy::disallowed_methods, reason = "a benchmark writes files and reads a clock")]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const BETWEEN: Duration = Duration::from_millis(100);
/// An edit that is not seen for this long was missed.
const MISSED: Duration = Duration::from_secs(10);

/// Ended whatever happens.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn main() -> Result<()> {
    // `cargo bench` hands on a flag of its own.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let seconds: u64 = args.get(1).map_or(Ok(2), |text| text.parse())?;
    let temporary = tempfile::tempdir()?;
    let root = match args.first() {
        Some(folder) => PathBuf::from(folder),
        None => small(temporary.path())?,
    };
    let begun = Instant::now();
    let (server, address) = start(&root)?;
    let first = fetch(&address, "/")?;
    println!("start to first page    {:>8.1} ms ({} bytes)", ms(begun.elapsed()), first.len());
    let (file, url) = entry(&address)?;
    let file = root.join(file);
    let text = std::fs::read_to_string(&file)?;
    std::thread::sleep(Duration::from_secs(1));
    let before = memory(server.0.id());
    let time = Duration::from_secs(seconds);
    let body = |mark: &str| format!("{text}\n\n{mark}\n");
    let title = |mark: &str| {
        let named = |line: &str| match line.strip_prefix("title:") {
            Some(_) => format!("title: {mark}\n"),
            None => line.to_owned(),
        };
        text.split_inclusive('\n').map(named).collect()
    };
    let bodies = edit(&address, &url, &file, &body, time);
    let titles = edit(&address, &url, &file, &title, time / 5);
    std::fs::write(&file, &text)?;
    let lost = report("body", bodies?) + report("title", titles?);
    match (before, memory(server.0.id())) {
        (Some(before), Some(after)) => println!("memory  {before:.1} MB, then {after:.1} MB"),
        _ => println!("memory  not known on this system"),
    }
    if lost > 0 {
        return Err("the preview did not follow".into());
    }
    Ok(())
}

/// How long each edit took, how many were missed, how often an older page came
/// after a newer one.
type Edits = (Vec<Duration>, usize, usize);

/// Prints what edits came to; gives how many went wrong.
fn report(what: &str, (mut times, missed, stale): Edits) -> usize {
    times.sort();
    let at = |share: f64| {
        let last = times.len().saturating_sub(1);
        times.get((last as f64 * share).round() as usize).map_or(0.0, |time| ms(*time))
    };
    println!("{what}: edits seen      {:>8}", times.len());
    println!("save to new page  p50  {:>8.1} ms", at(0.50));
    println!("                  p95  {:>8.1} ms", at(0.95));
    println!("                  max  {:>8.1} ms", at(1.0));
    println!("missed edits           {missed:>8}");
    println!("stale pages            {stale:>8}");
    missed + stale
}

/// Edits until the time is over. `text`: the file with a mark that its page shows.
fn edit(
    address: &str,
    url: &str,
    file: &Path,
    text: &dyn Fn(&str) -> String,
    time: Duration,
) -> Result<Edits> {
    let (mut times, mut missed, mut stale) = (Vec::new(), 0, 0);
    let begun = Instant::now();
    let mut number = 0;
    while begun.elapsed() < time {
        number += 1;
        let mark = format!("dauvet{number}x");
        std::fs::write(file, text(&mark))?;
        let saved = Instant::now();
        let mut seen = false;
        while !seen && saved.elapsed() < MISSED {
            seen = fetch(address, url)?.contains(&mark);
        }
        if seen {
            times.push(saved.elapsed());
            stale += usize::from(!fetch(address, url)?.contains(&mark));
        } else {
            missed += 1;
        }
        std::thread::sleep(BETWEEN.saturating_sub(saved.elapsed()));
    }
    Ok((times, missed, stale))
}

fn start(root: &Path) -> Result<(Server, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.arg("-r").arg(root).args(["serve", "-p", "0", "--lang", "en"]);
    let mut server = Server(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?);
    let stdout = server.0.stdout.take().ok_or("no words")?;
    let mut words = BufReader::new(stdout);
    let mut line = String::new();
    words.read_line(&mut line)?;
    let address = line.trim().strip_prefix("preview at http://").ok_or("no address")?;
    let address = address.trim_end_matches('/').to_owned();
    // What it goes on to say must be taken from it, or it would wait.
    std::thread::spawn(move || std::io::copy(&mut words, &mut std::io::sink()));
    Ok((server, address))
}

fn fetch(address: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Source and address of an entry, as the index names them.
fn entry(address: &str) -> Result<(String, String)> {
    let index = fetch(address, "/.tintot/?q=.md")?;
    for row in index.split("<tr>").skip(1) {
        let url = row.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let source = row.rsplit("<td>").next().and_then(|rest| rest.split('<').next());
        if let (Some(url), Some(source)) = (url, source)
            && source.ends_with(".md")
            && !source.contains("_index")
            // What was taken back shows no body.
            && !row.contains("class=\"badge\"")
        {
            return Ok((source.to_owned(), url.to_owned()));
        }
    }
    Err("the site has no entry".into())
}

/// Resident memory of a process, in megabytes.
fn memory(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok().map(|kb| kb / 1000.0)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn small(base: &Path) -> Result<PathBuf> {
    let section = base.join("content/tin");
    std::fs::create_dir_all(&section)?;
    let config = "title: {vi: Tin}\nbase_url: https://tintot.example/\nlanguages:\n  - {tag: vi, name: Tiếng Việt}\n";
    std::fs::write(base.join("site.yaml"), config)?;
    std::fs::write(section.join("_index.md"), "---\ntitle: Tin\nkind: news\n---\n")?;
    for n in 1..=20 {
        let text = format!("---\ntitle: Tin {n}\ndate: 2026-10-{n:02}\n---\nThân bài {n}.\n");
        std::fs::write(section.join(format!("tin-{n}.md")), text)?;
    }
    Ok(base.to_owned())
}
