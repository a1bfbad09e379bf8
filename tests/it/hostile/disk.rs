//! Names and links that a disk can hold and a site cannot.

use super::runner::Case;

const GOOD: &[u8] = "---\ntitle: Tin từ bản\ndate: 2026-03-01\n---\nThân.\n".as_bytes();
const X: &str = "content/tin/x.md";

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::error("site-yaml-missing", "T0100", "site.yaml", |site| site.remove("site.yaml")),
        long_name(),
        Case::error("name-in-two-spellings", "T0402", "content/tin/chuyện.md", |site| {
            site.write("content/tin/chuyện.md", GOOD);
            site.write("content/tin/chuye\u{323}\u{302}n.md", GOOD);
        }),
        Case::error(
            "names-differ-by-marks",
            "T0602",
            "content/tin/đường-lên-bản.md",
            |site| {
                site.write("content/tin/duong-len-ban.md", GOOD);
                site.write("content/tin/đường-lên-bản.md", GOOD);
            },
        ),
        Case::error("names-differ-by-case", "T0602", "content/tin/bai-moi.md", |site| {
            site.write("content/tin/Bai-Moi.md", GOOD);
            site.write("content/tin/bai-moi.md", GOOD);
        }),
        Case::error("folder-called-md", "T0413", X, |site| {
            std::fs::create_dir_all(site.root().join(X)).expect("a folder");
        }),
    ];
    cases.extend(unix::cases());
    cases
}

fn long_name() -> Case {
    // 83 letters of three bytes each; the disk allows 255 bytes.
    let path = format!("content/tin/{}.md", "ệ".repeat(83));
    let written = path.clone();
    Case::error("long-name", "T0405", &path, move |site| site.write(&written, GOOD))
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn link(name: &str, code: &str, at: &'static str, target: &'static str) -> Case {
        Case::error(name, code, at, move |site| {
            symlink(target, site.root().join(at)).expect("a link");
        })
    }

    pub fn cases() -> Vec<Case> {
        let mut cases = vec![
            link("link-to-secret", "T0403", X, "/etc/passwd"),
            link("link-out-relative", "T0403", X, "../../../../../../../../etc/hosts"),
            link("folder-out", "T0403", "content/tin/ngoai", "/etc"),
            link("link-loop", "T0404", X, "x.md"),
            link("folder-loop", "T0404", "content/tin/vong", ".."),
            link("link-to-nothing", "T0404", X, "khong-co.md"),
            link("static-out", "T0403", "static/mat-khau.txt", "/etc/passwd"),
            Case::error("content-out", "T0403", "content", |site| {
                std::fs::remove_dir_all(site.root().join("content")).expect("a folder");
                symlink("/etc", site.root().join("content")).expect("a link");
            }),
            Case::error("site-yaml-out", "T0403", "site.yaml", |site| {
                site.remove("site.yaml");
                symlink("/etc/hosts", site.root().join("site.yaml")).expect("a link");
            }),
            Case::error("link-into-output", "T0403", "content/tin/trang", |site| {
                symlink("../../public", site.root().join("content/tin/trang")).expect("a link");
            }),
            Case::error("name-not-utf-8", "T0401", "content/tin/b\u{fffd}i.md", |site| {
                let name = std::ffi::OsStr::from_bytes(b"b\xb5i.md");
                std::fs::write(site.root().join("content/tin").join(name), GOOD).expect("a file");
            }),
        ];
        if !is_root() {
            cases.push(Case::error("no-permission", "T0404", X, |site| {
                site.write(X, GOOD);
                let none = std::fs::Permissions::from_mode(0o0);
                std::fs::set_permissions(site.root().join(X), none).expect("permissions");
            }));
        }
        cases
    }

    /// Nothing is unreadable for root.
    fn is_root() -> bool {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let none = std::fs::Permissions::from_mode(0o0);
        std::fs::set_permissions(file.path(), none).expect("permissions");
        std::fs::File::open(file.path()).is_ok()
    }
}

#[cfg(not(unix))]
mod unix {
    pub fn cases() -> Vec<super::Case> {
        Vec::new()
    }
}
