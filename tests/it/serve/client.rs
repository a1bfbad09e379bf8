//! A preview in a thread, and what a browser says to it, spelled out.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tintot::base::diag::Tongue;
use tintot::serve::{Options, Port, Server};

use crate::site::Site;

/// No test waits this long unless it fails.
const LIMIT: Duration = Duration::from_secs(60);

/// A preview of a site; ends with the value.
pub struct Preview {
    pub address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// An answer, its body whole.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Preview {
    pub fn start(site: &Site) -> Preview {
        Preview::with(site, |_| {})
    }

    pub fn with(site: &Site, change: impl FnOnce(&mut Options)) -> Preview {
        let mut options = Options {
            request: site.request(),
            fixed: true,
            bind: "127.0.0.1".to_owned(),
            port: Port::Exactly(0),
            hosts: Vec::new(),
            poll: false,
            tongue: Some(Tongue::En),
        };
        options.request.drafts = true;
        options.request.future = true;
        change(&mut options);
        let server = Server::bind(options).expect("a free port");
        let port = server.port().expect("a port");
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || {
            let stopped = async { drop(stopped.await) };
            server.run_until(Arc::new(|_| {}), stopped).expect("served");
        });
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        Preview { address, stop: Some(stop), thread: Some(thread) }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// One request on a connection of its own; `extra` headers replace `Host`
    /// if they name it.
    pub fn ask(&self, method: &str, path: &str, extra: &[(&str, &str)]) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !extra.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in extra {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        Answer::read(&bytes)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a server");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        stream
    }

    /// A page without what the preview puts into it.
    pub fn page(&self, path: &str) -> String {
        String::from_utf8(bare(&self.get(path).body)).expect("text")
    }

    /// Waits until a page fits.
    #[track_caller]
    pub fn until(&self, path: &str, fits: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if fits(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < LIMIT, "{path}: {} {}", answer.status, answer.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a page holds a text.
    #[track_caller]
    pub fn until_holds(&self, path: &str, text: &str) -> Answer {
        self.until(path, |answer| answer.text().contains(text))
    }

    /// Opens a tab on a page: loads it and begins the conversation.
    pub fn tab(&self, path: &str) -> Tab {
        let text = self.get(path).text();
        let state = text.split("data-tintot=\"").nth(1).and_then(|rest| rest.split('"').next());
        let state = state.unwrap_or_else(|| panic!("no script in {path}: {text}"));
        self.tab_in(path, state)
    }

    /// A tab that shows what another server, or an older state, gave it.
    pub fn tab_in(&self, path: &str, state: &str) -> Tab {
        let origin = format!("http://{}", self.address);
        let (status, stream) = self.upgrade(&[("Origin", &origin)]);
        assert_eq!(status, 101);
        let mut tab = Tab { stream };
        tab.say(&serde_json::json!({"page": path, "state": state}).to_string());
        tab
    }

    /// Asks for a WebSocket.
    pub fn upgrade(&self, extra: &[(&str, &str)]) -> (u16, TcpStream) {
        let mut text = String::from("GET /.tintot/live HTTP/1.1\r\n");
        if !extra.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in extra {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        text.push_str("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        let mut stream = self.connect();
        stream.write_all(text.as_bytes()).expect("sent");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a head");
            head.push(byte[0]);
        }
        (Answer::read(&head).status, stream)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The bytes of an answer without the script.
pub fn bare(body: &[u8]) -> Vec<u8> {
    let find = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).position(|part| part == mark);
    let Some(start) = find(body, b"<script src=\"/.tintot/live.js\"") else { return body.to_vec() };
    let end = b"</script>";
    let length = find(&body[start..], end).expect("the script's end") + end.len();
    [&body[..start], &body[start + length..]].concat()
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").expect("a head") + 4;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Answer { status: status.expect("a status"), head, body: bytes[end..].to_vec() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().map_or("", |(_, value)| value)
    }
}

/// One tab's side of the conversation.
pub struct Tab {
    stream: TcpStream,
}

impl Tab {
    fn say(&mut self, text: &str) {
        let length = u8::try_from(text.len()).ok().filter(|length| *length < 126);
        let mask = [7, 11, 13, 17];
        let mut frame = vec![0x81];
        match length {
            Some(length) => frame.push(0x80 | length),
            None => {
                frame.push(0x80 | 126);
                frame.extend(u16::try_from(text.len()).expect("short").to_be_bytes());
            }
        }
        frame.extend(mask);
        frame.extend(text.bytes().zip(mask.into_iter().cycle()).map(|(byte, mask)| byte ^ mask));
        self.stream.write_all(&frame).expect("said");
    }

    /// The next message.
    #[track_caller]
    pub fn hear(&mut self) -> serde_json::Value {
        loop {
            let mut head = [0; 2];
            self.stream.read_exact(&mut head).expect("a message in time");
            let mut length = u64::from(head[1] & 0x7f);
            if length >= 126 {
                let mut long = [0; 8];
                let part = if length == 126 { &mut long[6..] } else { &mut long[..] };
                self.stream.read_exact(part).expect("a length");
                length = u64::from_be_bytes(long);
            }
            let mut body = vec![0; usize::try_from(length).expect("small")];
            self.stream.read_exact(&mut body).expect("a body");
            if head[0] & 0x0f == 1 {
                return serde_json::from_slice(&body).expect("JSON");
            }
        }
    }

    /// Hears of other problems at most, until there are none: a file that was
    /// read while it was being written may have some of its own.
    #[track_caller]
    pub fn is_mended(&mut self) {
        while self.hears("problems")["html"] != "" {}
    }

    /// The next message, which must be of this type.
    #[track_caller]
    pub fn hears(&mut self, kind: &str) -> serde_json::Value {
        let message = self.hear();
        assert_eq!(message["type"], kind, "{message}");
        message
    }
}

/// A port that is taken as long as the value lives.
pub fn taken() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    (listener, port)
}
