//! `slips.yaml`: slips of the pen that `check` warns of, built in or a site's.

use std::sync::Arc;

use super::rules::EMPTY_SLIP;
use super::{DataOptions, each, without_twins};
use crate::base::diag::{Diagnostic, Diagnostics};
use crate::bi;
use crate::config::Texts;
use crate::yaml::{Node, Spanned};

/// What a slip is about; each has a rule of its own.
const FAMILIES: [&str; 3] = ["spelling", "name", "citation"];

/// One slip: what is written, what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub id: Spanned<String>,
    pub file: Arc<str>,
    /// `spelling`, `name` or `citation`.
    pub family: &'static str,
    /// Wrong phrases; empty if `off`.
    pub find: Vec<String>,
    pub right: String,
    /// Why, in `vi` and `en`.
    pub why: Texts,
    /// Phrases within which the wrong one is right.
    pub unless: Vec<String>,
    /// Whether capital letters count.
    pub case: bool,
    /// Silences the built-in slip of the same id.
    pub off: bool,
}

/// Reads a list of `{id, family, find, right, why, unless, case, off}`.
pub fn read_slips(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
) -> Vec<Slip> {
    // The words are those of the program's messages, not of the site.
    let langs = ["vi".to_owned(), "en".to_owned()];
    let slips = each(node, file, opts, found, |reader| {
        let id = reader.required("id", "ho-tro");
        let off = reader.flag("off").is_some_and(|flag| flag.value);
        if off {
            // What is silenced need not say more, and may.
            reader.also(&["family", "find", "right", "why", "unless", "case"]);
        }
        let family = if off { None } else { reader.choice("family", &FAMILIES) };
        let find = if off { Vec::new() } else { reader.texts("find") };
        let right = if off { None } else { reader.required("right", "hỗ trợ") };
        if !off && find.is_empty() && reader.key("find").is_none() {
            reader.missing("find", "[hổ trợ]");
        }
        for phrase in find.iter().filter(|phrase| !phrase.value.chars().any(char::is_alphanumeric))
        {
            let message = bi!("`find` không có chữ nào để tìm", "`find` has no word to look for");
            let place = reader.span(&phrase.range);
            reader.push(Diagnostic::new(&EMPTY_SLIP, message).at(place));
        }
        let texts = |list: Vec<Spanned<String>>| list.into_iter().map(|text| text.value).collect();
        let why = if off { Texts::default() } else { reader.texts_by_language("why", &langs) };
        let unless = if off { Vec::new() } else { reader.texts("unless") };
        let case = !off && reader.flag("case").is_some_and(|flag| flag.value);
        Some(Slip {
            id: id?,
            file: Arc::clone(file),
            family: family.map_or("spelling", |family| family.value),
            find: texts(find),
            right: if off { String::new() } else { right?.value },
            why,
            unless: texts(unless),
            case,
            off,
        })
    });
    without_twins(slips, found, |slip| (&slip.file, &slip.id))
}
