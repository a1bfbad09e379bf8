//! `content/data/` and the data built into the program.
//!
//! Takes a data file's text, gives typed values with their places; never looks
//! at entries. Units are organisations, places are geography: two trees.

mod authors;
mod calendar;
mod gifts;
mod lookup;
mod places;
mod rules;
mod slips;
mod table;
mod terms;
mod timeline;
mod units;

use std::ops::Range;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::config::Texts;
use crate::text::{is_slug, slug};
use crate::yaml::{Node, Reader, Spanned, Value, clip, parse};

pub use authors::{Author, SeriesInfo, read_authors, read_series};
pub use calendar::{Occasion, OccasionDays, OccasionSort, read_calendar};
pub use gifts::{
    About, EMPTY_SUM, FIGURE_DIFFERS, Figure, FileNote, Filter, Gift, GiftFile, NO_AS_OF,
    NO_SOURCE, NameId, Names, RULES as GIFT_RULES, UNKNOWN_GIFT_NAME, parse_day, read_about,
    read_figures, read_gift_table, read_gifts,
};
pub use lookup::{PlaceIndex, PlaceMatch};
pub use places::{Place, Places, read_communes};
pub use rules::RULES;
pub use slips::{Slip, read_slips};
pub use table::{Cell, Table, read_csv};
pub use terms::{TermDecl, TermFile, read_terms};
pub use timeline::{Milestone, Precision, read_timeline};
pub use units::{FormerName, Unit, read_units};

use rules::{BAD_ID, IGNORED_FILE, SAME_ID};

/// One file of `content/data/` (or below), by what its name says it is.
#[derive(Debug, Clone)]
pub enum DataFile {
    Units(Vec<Unit>),
    Terms(TermFile),
    Authors(Vec<Author>),
    Series(Vec<SeriesInfo>),
    /// Communes and other places below the provinces.
    Communes(Vec<Place>),
    /// Slips that `check` warns of besides the built-in ones.
    Slips(Vec<Slip>),
    /// What happened when.
    Timeline(Vec<Milestone>),
    /// Festivals, anniversaries and deadlines.
    Calendar(Vec<Occasion>),
    /// Rows of `contributions/`.
    Gifts(Box<GiftFile>),
    /// What `contributions/about.yaml` says of them.
    GiftsAbout(About),
    /// Figures to cite.
    Figures(Vec<Figure>),
    /// Rows with a header: any other `.csv`, or a YAML/JSON list of maps.
    Table(Table),
    /// Any other YAML or JSON.
    Tree(Node),
}

/// A name as a site declares it, with its slug per language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    pub id: Spanned<String>,
    pub name: Texts,
    /// Explicit slugs per language; else the id in the default language and
    /// the name's slug elsewhere.
    pub slug: Texts,
    pub file: Arc<str>,
}

/// What reading a data file depends on besides its text.
#[derive(Debug, Clone, Copy)]
pub struct DataOptions<'a> {
    /// Tags of the site's languages, the default first.
    pub langs: &'a [String],
    pub zone: &'a TimeZone,
}

/// Reads a file by its name: `units.yaml`, `terms.yaml`, `authors.yaml`,
/// `series.yaml`, `places.yaml`, `slips.yaml`, `timeline.yaml`,
/// `calendar.yaml`, `figures.yaml`, by its folder `contributions/`, else by its extension
/// (`csv`, `tsv`, `yaml`, `yml`, `json`). Any other is ignored, with a note.
pub fn read(path: &Arc<str>, text: &str, opts: DataOptions<'_>) -> (Option<DataFile>, Diagnostics) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    match extension.to_ascii_lowercase().as_str() {
        "csv" | "tsv" if gifts::is_gifts(path) => {
            let (gifts, found) = read_gifts(text, path);
            return (Some(DataFile::Gifts(Box::new(gifts))), found);
        }
        "csv" | "tsv" => {
            let (table, found) = read_csv(text, path);
            return (table.map(DataFile::Table), found);
        }
        "yaml" | "yml" | "json" => {}
        _ => return (None, vec![ignored(path, name)]),
    }
    let node = match parse(text, 0, path) {
        Ok(node) => node,
        Err(error) => return (None, vec![error]),
    };
    let mut found = Diagnostics::new();
    let file = match stem {
        "units" => DataFile::Units(read_units(&node, path, opts, &mut found)),
        "terms" => DataFile::Terms(read_terms(&node, path, opts, &mut found)),
        "authors" => DataFile::Authors(read_authors(&node, path, opts, &mut found)),
        "series" => DataFile::Series(read_series(&node, path, opts, &mut found)),
        "places" => DataFile::Communes(read_communes(&node, path, opts, &mut found)),
        "slips" => DataFile::Slips(read_slips(&node, path, opts, &mut found)),
        "timeline" => DataFile::Timeline(read_timeline(&node, path, opts, &mut found)),
        "calendar" => DataFile::Calendar(read_calendar(&node, path, opts, &mut found)),
        "figures" => DataFile::Figures(read_figures(&node, path, opts, &mut found)),
        "about" if gifts::is_gifts(path) => {
            DataFile::GiftsAbout(read_about(&node, path, opts, &mut found))
        }
        _ => match Table::from_node(&node, path) {
            Some(table) if gifts::is_gifts(path) => {
                let (gifts, wrong) = read_gift_table(&table);
                found.extend(wrong);
                DataFile::Gifts(Box::new(gifts))
            }
            Some(table) => DataFile::Table(table),
            None => DataFile::Tree(node),
        },
    };
    (Some(file), found)
}

fn ignored(path: &Arc<str>, name: &str) -> Diagnostic {
    let name = clip(name);
    let message = bi!(
        "không đọc tệp `{name}` trong thư mục dữ liệu",
        "the file `{name}` in the data folder is ignored"
    );
    let help = bi!(
        "dữ liệu là tệp .csv, .tsv, .yaml hoặc .json",
        "data files end in .csv, .tsv, .yaml or .json"
    );
    Diagnostic::new(&IGNORED_FILE, message).at(Span::file(path)).help(help)
}

/// Reads each map of a list; `read` gives `None` for what is unusable.
fn each<T>(
    node: &Node,
    file: &Arc<str>,
    opts: DataOptions<'_>,
    found: &mut Diagnostics,
    mut read: impl FnMut(&mut Reader<'_>) -> Option<T>,
) -> Vec<T> {
    let items: &[Node] = match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        _ => {
            // One map alone was meant as a list of one, but say so.
            let mut reader = Reader::new(&[], Arc::clone(file), opts.zone);
            let wanted = bi!("một danh sách, mỗi mục bắt đầu bằng `- `", "a list of `- ` items");
            reader.wrong_type(node, &wanted);
            found.extend(reader.finish());
            return Vec::new();
        }
    };
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        let mut reader = Reader::of(item, file, opts.zone);
        values.extend(read(&mut reader));
        found.extend(reader.finish());
    }
    values
}

/// The keys `id`, `name` (or another one for the name) and `slug`.
fn read_named(reader: &mut Reader<'_>, name: &str, langs: &[String]) -> Option<Named> {
    let id = reader.required("id", "viec-lam");
    let id = id.filter(|id| check_slug(reader, "id", &id.value, &id.range));
    let names = reader.required_texts(name, langs, "Việc làm");
    let slugs = reader.texts_by_language("slug", langs);
    let place = reader.key("slug").map(|key| key.range.clone()).unwrap_or_default();
    let good = slugs.0.into_iter().filter(|(_, text)| check_slug(reader, "slug", text, &place));
    let slug = Texts(good.collect());
    Some(Named { id: id?, name: names, slug, file: Arc::clone(reader.file()) })
}

fn check_slug(reader: &mut Reader<'_>, key: &str, text: &str, range: &Range<usize>) -> bool {
    if is_slug(text) {
        return true;
    }
    let shown = clip(text);
    let message = bi!(
        "`{key}: {shown}` chỉ được gồm a-z, 0-9 và dấu nối",
        "`{key}: {shown}` may hold only a-z, 0-9 and hyphens"
    );
    let mut error = Diagnostic::new(&BAD_ID, message).at(reader.span(range));
    if let Some(made) = slug(text) {
        error = error.help(bi!("viết: {key}: {made}", "write: {key}: {made}"));
    }
    reader.push(error);
    false
}

/// Drops every value whose id an earlier one has, and says so.
fn without_twins<T>(
    values: Vec<T>,
    found: &mut Diagnostics,
    named: impl Fn(&T) -> (&Arc<str>, &Spanned<String>),
) -> Vec<T> {
    let mut first: rustc_hash::FxHashMap<String, Range<usize>> = Default::default();
    let mut kept = Vec::with_capacity(values.len());
    for value in values {
        let (file, id) = named(&value);
        if let Some(other) = first.get(&id.value) {
            let name = &id.value;
            let message = bi!("mã `{name}` ghi hai lần", "the id `{name}` stands twice");
            let error = Diagnostic::new(&SAME_ID, message).at(Span::new(file, id.range.clone()));
            let label = bi!("lần đầu ở đây", "first written here");
            found.push(error.at_with(Span::new(file, other.clone()), label));
            continue;
        }
        first.insert(id.value.clone(), id.range.clone());
        kept.push(value);
    }
    kept
}

#[cfg(test)]
mod tests;
