//! `list`: the entries of a site, newest first, as a table or as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::args::{Args, Format, ListOptions, StateName};
use super::extras::say;
use super::{MACHINE, build, print};
use crate::base::diag::Tongue;
use crate::base::fault::Fault;
use crate::base::path::encode_path;
use crate::driver::{self, Build, Ready};
use crate::link::EntryId;
use crate::plan::State;

/// Prints the entries in the states asked for. Errors in content keep nothing
/// from being listed; their number goes to standard error.
pub fn list(args: &Args, options: &ListOptions) -> Result<u8, Fault> {
    let request = build::request(args, &options.look)?;
    let build = driver::look(&request)?;
    let tongue = args.tongue();
    let Some(ready) = &build.ready else {
        unusable(&build, tongue);
        return Ok(MACHINE);
    };
    let ids = newest_first(ready, options.state);
    let out = match options.format {
        Format::Human => table(ready, &ids, tongue),
        Format::Json => {
            let entries: Vec<Value> = ids.iter().map(|&id| entry(ready, id)).collect();
            format!("{:#}\n", Value::Array(entries))
        }
    };
    say(&out)?;
    let errors = build.diagnostics.iter().filter(|diag| diag.is_error()).count();
    if errors > 0 && !args.quiet {
        match tongue {
            Tongue::Vi => anstream::eprintln!("Trang có {errors} lỗi; xem bằng: tintot check"),
            Tongue::En => {
                anstream::eprintln!("Errors in the site: {errors}; see them with: tintot check")
            }
        }
    }
    Ok(0)
}

/// Without a configuration or a theme nothing is known of the entries.
pub(super) fn unusable(build: &Build, tongue: Tongue) {
    let mut sources = print::Sources::new(&build.tree);
    let set_up = |file: &str| !file.starts_with("content/");
    let errors = build.diagnostics.iter().filter(|diag| diag.is_error());
    for diag in errors.filter(|diag| diag.file().is_none_or(|file| set_up(file))) {
        anstream::eprintln!("{}\n", print::render(diag, tongue, &mut sources));
    }
}

/// By date, newest first; what has no date comes last, by key.
fn newest_first(ready: &Ready, only: Option<StateName>) -> Vec<EntryId> {
    let entries = &ready.site.entries;
    let wanted =
        |id: &EntryId| only.is_none_or(|only| wanted_state(only) == ready.plan.states[*id]);
    let mut ids: Vec<EntryId> = (0..entries.len()).filter(wanted).collect();
    ids.sort_by_key(|&id| {
        let entry = &entries[id];
        (std::cmp::Reverse(entry.date.as_ref().map(|date| date.instant)), entry.key.clone())
    });
    ids
}

fn wanted_state(name: StateName) -> State {
    match name {
        StateName::Live => State::Live,
        StateName::Draft => State::Draft,
        StateName::Future => State::Future,
        StateName::Expired => State::Expired,
        StateName::Withdrawn => State::Withdrawn,
    }
}

/// A state as a program reads it and as the table shows it.
fn state_word(state: State, tongue: Tongue) -> &'static str {
    match (state, tongue) {
        (State::Live, Tongue::Vi) => "đang hiện",
        (State::Draft, Tongue::Vi) => "bản nháp",
        (State::Future, Tongue::Vi) => "chờ ngày",
        (State::Expired, Tongue::Vi) => "hết hạn",
        (State::Withdrawn, Tongue::Vi) => "đã gỡ",
        (State::Quarantined, Tongue::Vi) => "có lỗi",
        (State::Live, Tongue::En) => "live",
        (State::Draft, Tongue::En) => "draft",
        (State::Future, Tongue::En) => "future",
        (State::Expired, Tongue::En) => "expired",
        (State::Withdrawn, Tongue::En) => "withdrawn",
        (State::Quarantined, Tongue::En) => "quarantined",
    }
}

fn table(ready: &Ready, ids: &[EntryId], tongue: Tongue) -> String {
    let head = match tongue {
        Tongue::Vi => ["NGÀY", "TRẠNG THÁI", "LOẠI", "TIẾNG", "BÀI", "TIÊU ĐỀ"],
        Tongue::En => ["DATE", "STATE", "KIND", "LANGUAGES", "ENTRY", "TITLE"],
    };
    let rows = ids.iter().map(|&id| row(ready, id, tongue));
    let rows: Vec<[String; 6]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    // In composed form a Vietnamese letter is one character and one column.
    let widths: [usize; 6] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0));
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(line, "{cell:<width$}  ");
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let count = ids.len();
    let _ = match tongue {
        Tongue::Vi => writeln!(out, "{count} bài"),
        Tongue::En if count == 1 => writeln!(out, "1 entry"),
        Tongue::En => writeln!(out, "{count} entries"),
    };
    out
}

fn row(ready: &Ready, id: EntryId, tongue: Tongue) -> [String; 6] {
    let entry = &ready.site.entries[id];
    let date = entry.date.as_ref().map(|date| {
        let form = if date.has_time { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d" };
        date.local.strftime(form).to_string()
    });
    let title = entry.variants[entry.original].as_ref().map(|variant| variant.title.clone());
    [
        date.unwrap_or_else(|| "-".to_owned()),
        state_word(ready.plan.states[id], tongue).to_owned(),
        entry.kind.name().to_owned(),
        languages(ready, id).join(","),
        entry.key.to_string(),
        title.as_deref().unwrap_or_default().to_owned(),
    ]
}

/// Tags of the languages that the entry is written in.
fn languages(ready: &Ready, id: EntryId) -> Vec<&str> {
    let variants = ready.site.entries[id].variants.iter().zip(&ready.site.langs);
    variants.filter(|(variant, _)| variant.is_some()).map(|(_, lang)| &*lang.tag).collect()
}

fn entry(ready: &Ready, id: EntryId) -> Value {
    let site = &ready.site;
    let entry = &site.entries[id];
    let (mut titles, mut urls) = (serde_json::Map::new(), serde_json::Map::new());
    for (lang, variant) in entry.variants.iter().enumerate() {
        let Some(variant) = variant else { continue };
        let tag = &site.langs[lang].tag;
        titles.insert(tag.clone(), json!(variant.title));
        if ready.plan.has_page(id, lang) {
            let url = site.config.base_url.absolute(&encode_path(&variant.path));
            urls.insert(tag.clone(), json!(url));
        }
    }
    json!({
        "key": &*entry.key,
        "id": entry.id,
        "kind": entry.kind.name(),
        "section": &*site.sections[entry.section].dir,
        "state": state_word(ready.plan.states[id], Tongue::En),
        "date": entry.date.as_ref().map(|date| date.rfc3339()),
        "languages": languages(ready, id),
        "title": titles,
        "urls": urls,
    })
}
