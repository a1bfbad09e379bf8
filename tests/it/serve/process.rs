//! The command itself: what it prints, and how it ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::NEWS;
use crate::site::Site;

/// A running `tintot serve`; killed if a test fails before it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(site: &Site, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tintot"));
    command.arg("-r").arg(site.root()).args(["serve", "--lang", "vi"]).args(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The lines up to the one that names the index.
fn greeting(running: &mut Running) -> Vec<String> {
    let stdout = running.0.stdout.take().expect("its words");
    let mut lines = Vec::new();
    for line in BufReader::new(stdout).lines() {
        let line = line.expect("text");
        lines.push(line);
        if lines.last().is_some_and(|line| line.contains("/.tintot/")) {
            return lines;
        }
    }
    panic!("it ended: {lines:?}");
}

#[cfg(unix)]
#[test]
fn it_ends_when_asked_and_without_complaint() {
    let site = Site::with(NEWS);
    for signal in ["INT", "TERM"] {
        let mut running = Running(serve(&site, &["-p", "0"]).spawn().expect("a process"));
        let lines = greeting(&mut running);
        assert!(lines[0].starts_with("xem thử ở http://127.0.0.1:"), "{lines:?}");
        let address = lines[0].trim_start_matches("xem thử ở http://").trim_end_matches('/');
        std::net::TcpStream::connect(address).expect("it listens");
        let id = running.0.id().to_string();
        let sent = Command::new("kill").args([&format!("-{signal}"), &id]).status();
        assert!(sent.expect("kill").success());
        let status = running.0.wait().expect("an end");
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}

#[test]
fn a_second_one_says_where_it_is() {
    let site = Site::with(NEWS);
    let mut first = Running(serve(&site, &["-p", "0"]).spawn().expect("a process"));
    let lines = greeting(&mut first);
    let port = lines[0].trim_end_matches('/').rsplit(':').next().expect("a port").to_owned();
    let output = serve(&site, &["-p", &port]).output().expect("a process");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&format!("cổng {port} đã có chương trình khác dùng")), "{said}");
    assert!(said.contains("còn trống: tintot serve -p "), "{said}");
}
