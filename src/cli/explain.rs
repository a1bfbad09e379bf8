//! `explain`: what a code means and what to do.

use std::fmt::Write;

use super::args::Args;
use super::extras::say;
use crate::base::diag::{Rule, Severity, Tongue};
use crate::base::fault::Fault;
use crate::{bi, catalogue, text};

/// Explanations are broken at this width, in characters.
const WIDTH: usize = 88;

/// Prints one rule, or a table of all.
pub fn explain(args: &Args, code: Option<&str>) -> Result<u8, Fault> {
    let tongue = args.tongue();
    let out = match code {
        None => table(tongue),
        Some(written) => one(find(written)?, tongue),
    };
    say(&out)
}

/// The rule that was meant: `T0103`, `t0103`, `0103` and `103` are one.
fn find(written: &str) -> Result<&'static Rule, Fault> {
    let code = full_code(written);
    let mut all = catalogue::rules();
    if let Some(rule) = all.find(|rule| Some(rule.code) == code.as_deref()) {
        return Ok(rule);
    }
    let near = code.and_then(|code| text::nearest(&code, catalogue::rules().map(|rule| rule.code)));
    let shown: String = written.chars().take(40).collect();
    let what = bi!("không có mã `{shown}`", "there is no code `{shown}`");
    Err(match near {
        Some(near) => Fault::refused(
            what,
            bi!(
                "Có phải là {near}? Xem mọi mã: tintot explain",
                "Did you mean {near}? All codes: tintot explain"
            ),
        ),
        None => Fault::refused(
            what,
            bi!("Xem mọi mã: tintot explain", "All codes are listed by: tintot explain"),
        ),
    })
}

fn full_code(written: &str) -> Option<String> {
    let digits = written.trim().trim_start_matches(['T', 't']);
    let number: u16 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    Some(format!("T{number:04}"))
}

fn one(rule: &Rule, tongue: Tongue) -> String {
    let (title, explanation) = match tongue {
        Tongue::Vi => (rule.title.0, rule.explain.0),
        Tongue::En => (rule.title.1, rule.explain.1),
    };
    let severity = severity(rule.severity, tongue);
    format!("{} ({severity}): {title}\n\n{}\n", rule.code, wrap(explanation))
}

fn table(tongue: Tongue) -> String {
    let mut out = String::new();
    let width = [Severity::Note, Severity::Warning, Severity::Error]
        .map(|level| severity(level, tongue).chars().count());
    let width = width.into_iter().max().unwrap_or_default();
    for rule in catalogue::rules() {
        let title = if tongue == Tongue::Vi { rule.title.0 } else { rule.title.1 };
        let _ =
            writeln!(out, "{}  {:<width$}  {title}", rule.code, severity(rule.severity, tongue));
    }
    out.push_str(match tongue {
        Tongue::Vi => "\nGiải thích một mã: tintot explain T0103\n",
        Tongue::En => "\nTo explain a code: tintot explain T0103\n",
    });
    out
}

fn severity(severity: Severity, tongue: Tongue) -> &'static str {
    match (severity, tongue) {
        (Severity::Error, Tongue::Vi) => "lỗi",
        (Severity::Warning, Tongue::Vi) => "cảnh báo",
        (Severity::Note, Tongue::Vi) => "ghi chú",
        (Severity::Error, Tongue::En) => "error",
        (Severity::Warning, Tongue::En) => "warning",
        (Severity::Note, Tongue::En) => "note",
    }
}

/// Lines broken between words; line breaks of the text stay.
fn wrap(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let (mut out, mut used) = (String::new(), 0);
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > WIDTH {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += length;
        }
        out
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for written in ["T0103", "t0103", " 0103", "103", "T103"] {
            assert_eq!(find(written).map(|rule| rule.code).ok(), Some("T0103"), "{written}");
        }
        for written in ["", "T", "x", "T010399", "-1", "9999999999"] {
            assert!(find(written).is_err(), "{written}");
        }
    }

    #[test]
    fn both_tongues_explain_every_rule() {
        for rule in catalogue::rules() {
            for tongue in [Tongue::Vi, Tongue::En] {
                let text = one(rule, tongue);
                assert!(text.starts_with(rule.code) && text.contains("\n\n"));
                let long = text
                    .lines()
                    .skip(1)
                    .find(|line| line.contains(' ') && line.chars().count() > WIDTH);
                assert_eq!(long, None);
                assert!(table(tongue).contains(rule.code));
            }
        }
    }
}
