//! Where the server listens, how others reach it, and which names they may
//! call it by.
//!
//! A page elsewhere can point a name of its own at this machine and then read
//! what is served as if it were its own (DNS rebinding); the browser still says
//! that name in `Host`, and it is refused.
#![allow(clippy::disallowed_methods, reason = "serve is an end of the program: it opens ports")]

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

use crate::base::fault::Fault;
use crate::bi;

/// The port tried first.
pub const PORT: u16 = 1111;
/// How many ports after a busy one are tried.
const TRIES: u16 = 50;

/// Which port is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// [`PORT`], or the next that is free.
    Any,
    /// This one or none; 0 lets the system choose.
    Exactly(u16),
}

/// Opens the port. A busy one is passed over or, if it was asked for by number,
/// refused with the next that is free.
pub fn listen(bind: &str, port: Port) -> Result<TcpListener, Fault> {
    let first = match port {
        Port::Any => PORT,
        Port::Exactly(port) => port,
    };
    let ip = address(bind)?;
    let error = match TcpListener::bind(SocketAddr::new(ip, first)) {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    if error.kind() != ErrorKind::AddrInUse {
        let what = bi!("không mở được địa chỉ", "cannot listen on");
        return Err(Fault::io(what, SocketAddr::new(ip, first).to_string(), error));
    }
    let next = (first.saturating_add(1)..=first.saturating_add(TRIES))
        .find_map(|port| TcpListener::bind(SocketAddr::new(ip, port)).ok());
    match (port, next) {
        (Port::Any, Some(listener)) => Ok(listener),
        (_, next) => Err(busy(first, next)),
    }
}

fn busy(port: u16, next: Option<TcpListener>) -> Fault {
    let what = bi!(
        "cổng {port} đã có chương trình khác dùng, có lẽ một `tintot serve` đang chạy",
        "port {port} is in use, perhaps by another `tintot serve`"
    );
    let free = next.and_then(|listener| Some(listener.local_addr().ok()?.port()));
    let help = match free {
        Some(free) => bi!(
            "Cổng {free} còn trống: tintot serve -p {free}",
            "Port {free} is free: tintot serve -p {free}"
        ),
        None => bi!("Chọn một cổng khác bằng -p.", "Choose another port with -p."),
    };
    Fault::refused(what, help)
}

fn address(bind: &str) -> Result<IpAddr, Fault> {
    let text = bind.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = text.parse() {
        return Ok(ip);
    }
    let found = (bind, 0).to_socket_addrs().ok();
    // A name with both kinds of addresses is most often reached by the older.
    let found: Vec<IpAddr> = found.into_iter().flatten().map(|address| address.ip()).collect();
    found.iter().find(|ip| ip.is_ipv4()).or(found.first()).copied().ok_or_else(|| {
        Fault::refused(
            bi!("không có địa chỉ nào tên là `{bind}`", "there is no address called `{bind}`"),
            bi!(
                "Dùng 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0 (cả mạng).",
                "Use 127.0.0.1 (this machine) or 0.0.0.0 (the network)."
            ),
        )
    })
}

/// The addresses by which the server can be reached, the best first.
pub fn reachable(local: SocketAddr) -> Vec<IpAddr> {
    if !local.ip().is_unspecified() {
        return vec![local.ip()];
    }
    let v4 =
        lan(SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), 0), (Ipv4Addr::new(192, 0, 2, 1), 9));
    let v6 = local.is_ipv6().then(|| {
        let outside = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
        lan(SocketAddr::new(Ipv6Addr::UNSPECIFIED.into(), 0), (outside, 9))
    });
    let mut all: Vec<IpAddr> = v4.into_iter().chain(v6.flatten()).collect();
    all.push(Ipv4Addr::LOCALHOST.into());
    all
}

/// The address that this machine would speak from to one outside. Nothing is
/// sent: a datagram socket only looks up the way.
fn lan(from: SocketAddr, to: impl ToSocketAddrs) -> Option<IpAddr> {
    let socket = UdpSocket::bind(from).ok()?;
    socket.connect(to).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

/// `http://127.0.0.1:1111/`.
pub fn url(ip: IpAddr, port: u16) -> String {
    format!("http://{}/", SocketAddr::new(ip, port))
}

/// The names that the server answers to.
#[derive(Debug, Clone)]
pub struct Hosts {
    names: BTreeSet<String>,
    bound: IpAddr,
}

impl Hosts {
    /// `named`: what the editor calls the machine by, beside what is obvious.
    pub fn new(bound: IpAddr, bind: &str, named: &[String]) -> Hosts {
        let names = named.iter().map(String::as_str).chain([bind, "localhost"]);
        Hosts { names: names.filter_map(host).collect(), bound }
    }

    /// Whether a `Host` header, or the part of an `Origin` after its scheme,
    /// names this server.
    pub fn allow(&self, header: &str) -> bool {
        let Some(name) = host(header) else { return false };
        if let Ok(ip) = name.parse::<IpAddr>() {
            // No name stands behind an address that could be pointed elsewhere;
            // a server for the whole network has addresses it cannot list.
            return ip.is_loopback() || ip == self.bound || self.bound.is_unspecified();
        }
        name.ends_with(".localhost") || self.names.contains(&name)
    }
}

/// The host of `host:port`, in small letters, without brackets.
fn host(text: &str) -> Option<String> {
    let text = text.trim();
    let name = match text.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']')?;
            let ok = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
            ok.then_some(name)?
        }
        None if text.parse::<Ipv6Addr>().is_ok() => text,
        None => match text.split_once(':') {
            Some((name, port)) => is_port(port).then_some(name)?,
            None => text,
        },
    };
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    (!name.is_empty()).then_some(name)
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(bound: &str, named: &[&str], header: &str) -> bool {
        let named: Vec<String> = named.iter().map(|&name| name.to_owned()).collect();
        Hosts::new(address(bound).expect("an address"), bound, &named).allow(header)
    }

    #[test]
    fn only_names_of_this_server_are_answered() {
        for header in ["localhost", "LOCALHOST:1111", "localhost.:80", "127.0.0.1:1", "[::1]:1111"]
        {
            assert!(allowed("127.0.0.1", &[], header), "{header}");
        }
        for header in
            ["", ":80", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:1111"]
        {
            assert!(!allowed("127.0.0.1", &[], header), "{header}");
            assert!(!allowed("0.0.0.0", &[], header), "{header}");
        }
        assert!(!allowed("127.0.0.1", &[], "192.168.1.9:1111"));
        assert!(!allowed("127.0.0.1", &[], "localhost:x"));
        assert!(allowed("0.0.0.0", &[], "192.168.1.9:1111"));
        assert!(allowed("127.0.0.1", &["May-Ban.local"], "may-ban.local:1111"));
        assert!(allowed("::1", &[], "[::1]"));
    }

    #[test]
    fn addresses_read_as_urls() {
        assert_eq!(url(Ipv4Addr::LOCALHOST.into(), 1111), "http://127.0.0.1:1111/");
        assert_eq!(url(Ipv6Addr::LOCALHOST.into(), 80), "http://[::1]:80/");
    }
}
