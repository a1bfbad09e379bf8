//! `completions` and `man`, and writing to standard output without tripping
//! over a reader that has gone (`tintot list | head`).

use std::io::{ErrorKind, Write};
use std::path::Path;

use clap::CommandFactory;

use super::args::Args;
use crate::base::fault::Fault;
use crate::bi;

/// Writes words to standard output, colours and all.
pub fn say(text: &str) -> Result<u8, Fault> {
    write(text.as_bytes())
}

fn write(bytes: &[u8]) -> Result<u8, Fault> {
    let mut out = anstream::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Fault::io(bi!("không in được ra", "could not print to"), "stdout", error))
        }
        _ => Ok(0),
    }
}

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<u8, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tintot", &mut script);
    write(&script)
}

/// Prints the manual page, or writes one page for each command into a folder.
pub fn man(dir: Option<&Path>) -> Result<u8, Fault> {
    let Some(dir) = dir else {
        let mut page = Vec::new();
        let fault =
            |error| Fault::io(bi!("không in được ra", "could not print to"), "stdout", error);
        clap_mangen::Man::new(Args::command()).render(&mut page).map_err(fault)?;
        return write(&page);
    };
    let fault = |error| Fault::io(bi!("không ghi được vào", "could not write into"), dir, error);
    std::fs::create_dir_all(dir).map_err(fault)?;
    clap_mangen::generate_to(Args::command(), dir).map_err(fault)?;
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_a_page() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        assert!(man(Some(&dir.path().join("man1"))).is_ok());
        for command in Args::command().get_subcommands() {
            let page = dir.path().join(format!("man1/tintot-{}.1", command.get_name()));
            assert!(page.is_file(), "{}", page.display());
        }
        assert!(dir.path().join("man1/tintot.1").is_file());
    }
}
