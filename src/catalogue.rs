//! Every rule of every stage in one list, for `tintot explain` and its tests.
//!
//! Takes the `RULES` of the modules, gives them sorted by code. Raises nothing
//! itself.

use crate::base::diag::Rule;

/// The lists that [`rules`] joins: one line for each module that has rules.
fn lists() -> [&'static [&'static Rule]; 17] {
    [
        crate::yaml::RULES,
        crate::config::RULES,
        crate::scan::RULES,
        crate::parse::RULES,
        crate::parse::front_matter::RULES,
        crate::parse::markdown::RULES,
        crate::data::RULES,
        crate::data::GIFT_RULES,
        crate::kinds::RULES,
        crate::link::RULES,
        crate::lint::RULES,
        crate::theme::RULES,
        crate::plan::RULES,
        crate::mail::RULES,
        crate::driver::RULES,
        crate::driver::PICTURE_RULES,
        crate::driver::ORIGINAL_RULES,
    ]
}

/// All rules of the program, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let mut all: Vec<&'static Rule> = lists().into_iter().flatten().copied().collect();
    all.sort_by_key(|rule| rule.code);
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let codes: Vec<&str> = rules().map(|rule| rule.code).collect();
        let twice: Vec<_> = codes.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        for code in codes {
            let digits = code.strip_prefix('T').unwrap_or_default();
            assert!(digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()), "{code}");
        }
    }

    #[test]
    fn every_rule_speaks_both_languages() {
        for Rule { code, title, explain, .. } in rules() {
            for (vi, en) in [title, explain] {
                assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "{code}");
                assert_ne!(vi, en, "{code}");
                assert_eq!(crate::text::nfc(vi), *vi, "{code} is not in NFC");
            }
            assert!(
                !title.0.ends_with('.') && !title.1.ends_with('.'),
                "{code}: a title is no sentence"
            );
            let told = |text: &str| text.chars().count() > 40;
            assert!(told(explain.0) && told(explain.1), "{code}: too little said");
        }
    }

    #[test]
    fn every_declaration_is_listed() {
        let mut declared = Vec::new();
        let top = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        for file in walkdir::WalkDir::new(top).into_iter().filter_map(Result::ok) {
            if file.path().extension().is_some_and(|ending| ending == "rs") {
                #[expect(clippy::disallowed_methods, reason = "a test that reads the sources")]
                let text = std::fs::read_to_string(file.path()).unwrap_or_default();
                declared.extend(text.lines().filter_map(declared_code).map(str::to_owned));
            }
        }
        let listed: Vec<&str> = rules().map(|rule| rule.code).collect();
        let missing: Vec<_> =
            declared.iter().filter(|code| !listed.contains(&code.as_str())).collect();
        assert!(missing.is_empty(), "not in the catalogue: {missing:?}");
    }

    /// The code in a line of `rules!`: `    NAME = "T0103" Error,`.
    fn declared_code(line: &str) -> Option<&str> {
        let (name, rest) = line.trim().split_once(" = \"T")?;
        let known = ["Error,", "Warning,", "Note,"];
        let (digits, severity) = rest.split_once("\" ")?;
        let ours =
            name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_') && known.contains(&severity);
        let start = line.find("\"T")? + 1;
        ours.then(|| line.get(start..start + 1 + digits.len())).flatten()
    }
}
