//! `theme.yaml`: lists, templates, components, settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};

use super::rules::{BAD_LIST, NOT_TEXT};
use super::{
    ArgSpec, ArgType, BodyRule, ComponentSpec, Fragments, ListSpec, Order, PictureSpec, ThemeFile,
    When,
};
use crate::base::diag::{Diagnostic, Diagnostics, Span};
use crate::bi;
use crate::link::TAXONOMIES;
use crate::yaml::{self, Node, Reader, Value};

/// Entries of a list that states no limit.
const DEFAULT_LIMIT: usize = 6;

/// What one or more `theme.yaml` files declare; later ones win by name.
#[derive(Default)]
pub(super) struct Declared {
    pub lists: BTreeMap<String, ListSpec>,
    pub templates: BTreeMap<String, Vec<String>>,
    pub components: BTreeMap<String, ComponentSpec>,
    pub fragments: Fragments,
    pub pictures: BTreeMap<String, PictureSpec>,
    pub settings: Map<String, Json>,
}

impl Declared {
    pub fn add(&mut self, file: &ThemeFile, zone: &TimeZone, diags: &mut Diagnostics) {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            let message = bi!("theme.yaml không phải UTF-8", "theme.yaml is not UTF-8");
            diags.push(Diagnostic::new(&NOT_TEXT, message).at(Span::file(&file.origin)));
            return;
        };
        let node = match yaml::parse(text, 0, &file.origin) {
            Ok(node) => node,
            Err(diag) => return diags.push(diag),
        };
        if node.is_null() {
            return;
        }
        let mut reader = Reader::of(&node, &file.origin, zone);
        reader.also(&["name"]);
        reader.line("name");
        self.pictures(&mut reader);
        self.lists(&mut reader);
        self.templates(&mut reader);
        self.components(&mut reader);
        self.fragments(&mut reader);
        if let Some(settings) = reader.node("settings")
            && let Json::Object(map) = json(settings)
        {
            self.settings.extend(map);
        }
        diags.extend(reader.finish());
    }

    fn lists(&mut self, reader: &mut Reader<'_>) {
        for (name, node) in named(reader, "lists") {
            let mut list = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
            let spec = list_spec(&mut list);
            reader.adopt(list);
            self.lists.insert(name, spec);
        }
    }

    /// `content: 720`, or `{widths: [480, 960], sizes: 100vw}`.
    fn pictures(&mut self, reader: &mut Reader<'_>) {
        for (name, node) in named(reader, "pictures") {
            let mut inner = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
            let spec = match &node.value {
                Value::Map(_) => PictureSpec {
                    widths: widths(&mut inner),
                    sizes: inner
                        .line("sizes")
                        .map_or_else(|| "100vw".to_owned(), |text| text.value),
                },
                _ => match node.scalar().and_then(width) {
                    // For screens of one and of two pixels to each of CSS.
                    Some(shown) => PictureSpec {
                        widths: vec![shown, shown * 2],
                        sizes: format!("(min-width: {shown}px) {shown}px, 100vw"),
                    },
                    None => {
                        reader.wrong_type(node, &bi!("bề rộng, như 720", "a width, such as 720"));
                        continue;
                    }
                },
            };
            reader.adopt(inner);
            self.pictures.insert(name, spec);
        }
    }

    fn templates(&mut self, reader: &mut Reader<'_>) {
        for (name, node) in named(reader, "templates") {
            let Value::List(items) = &node.value else {
                reader.wrong_type(node, &bi!("danh sách tên", "a list of names"));
                continue;
            };
            let mut lists = Vec::new();
            for item in items {
                match item.scalar() {
                    Some(list) if self.lists.contains_key(list) => lists.push(list.to_owned()),
                    _ => reader.push(unknown_list(reader, item)),
                }
            }
            self.templates.insert(name, lists);
        }
    }

    fn fragments(&mut self, reader: &mut Reader<'_>) {
        let Some(node) = reader.node("fragments") else { return };
        let mut inner = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
        for (key, own) in [("site", &mut self.fragments.site), ("cards", &mut self.fragments.cards)]
        {
            // A theme that says what it shares takes nothing from the one below.
            if node.get(key).is_some() {
                own.clear();
            }
            for (name, node) in named(&mut inner, key) {
                let Some(template) = node.scalar() else {
                    inner.wrong_type(node, &bi!("tên một mẫu", "the name of a template"));
                    continue;
                };
                own.retain(|(other, _)| *other != name);
                own.push((name, template.to_owned()));
            }
        }
        reader.adopt(inner);
    }

    fn components(&mut self, reader: &mut Reader<'_>) {
        for (name, node) in named(reader, "components") {
            let mut inner = Reader::of(node, &Arc::clone(reader.file()), &reader.zone().clone());
            let body = inner.choice("body", &["none", "optional", "required"]);
            let args = named(&mut inner, "args")
                .into_iter()
                .map(|(name, node)| arg(&mut inner, name, node))
                .collect();
            reader.adopt(inner);
            let body = match body.map(|body| body.value) {
                Some("required") => BodyRule::Required,
                Some("optional") => BodyRule::Optional,
                _ => BodyRule::None,
            };
            self.components.insert(name, ComponentSpec { args, body });
        }
    }
}

/// A width in pixels that a picture can have.
fn width(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|width| (16..=8192).contains(width))
}

/// The widths of a list, ascending, each once.
fn widths(reader: &mut Reader<'_>) -> Vec<u32> {
    let Some(node) = reader.node("widths") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.iter().map(|item| item.scalar().and_then(width)).collect(),
        _ => None,
    };
    let Some(mut items): Option<Vec<u32>> = items else {
        reader.wrong_type(node, &bi!("các bề rộng, như [480, 960]", "widths, such as [480, 960]"));
        return Vec::new();
    };
    items.sort_unstable();
    items.dedup();
    items
}

fn unknown_list(reader: &Reader<'_>, item: &Node) -> Diagnostic {
    let name = item.scalar().unwrap_or_default();
    let message = bi!("không có danh sách `{name}`", "there is no list `{name}`");
    let help = bi!("khai báo nó dưới `lists:`", "declare it under `lists:`");
    Diagnostic::new(&BAD_LIST, message).at(reader.span(&item.range)).help(help)
}

/// The entries of a map under a key.
fn named<'a>(reader: &mut Reader<'a>, key: &str) -> Vec<(String, &'a Node)> {
    let Some(node) = reader.node(key) else { return Vec::new() };
    let Value::Map(entries) = &node.value else {
        reader.wrong_type(node, &bi!("một bảng khóa và giá trị", "a map"));
        return Vec::new();
    };
    entries.iter().filter_map(|(key, value)| Some((key.scalar()?.to_owned(), value))).collect()
}

fn list_spec(reader: &mut Reader<'_>) -> ListSpec {
    let words = |reader: &mut Reader<'_>, key: &str| -> Vec<String> {
        reader.texts(key).into_iter().map(|text| text.value).collect()
    };
    let mut terms = Vec::new();
    for (taxonomy, name) in TAXONOMIES.iter().enumerate() {
        let wanted = words(reader, name);
        if !wanted.is_empty() {
            terms.push((taxonomy, wanted));
        }
    }
    let when = reader.choice("when", &["upcoming", "past"]).map(|when| match when.value {
        "upcoming" => When::Upcoming,
        _ => When::Past,
    });
    let order = reader.choice("order", &["newest", "oldest", "start", "title"]);
    ListSpec {
        kinds: words(reader, "kinds"),
        sections: words(reader, "sections"),
        terms,
        featured: reader.flag("featured").is_some_and(|flag| flag.value),
        column: reader.choice("column", &["daily", "weekly"]).map(|slot| slot.value.to_owned()),
        when,
        order: match order.map(|order| order.value) {
            Some("oldest") => Order::Oldest,
            Some("start") => Order::Start,
            Some("title") => Order::Title,
            _ => Order::Newest,
        },
        limit: reader
            .integer("limit")
            .and_then(|limit| usize::try_from(limit.value).ok())
            .unwrap_or(DEFAULT_LIMIT),
    }
}

/// `title: text`, or `{type: choice, values: [...], default: x, required: true}`.
fn arg<'a>(reader: &mut Reader<'a>, name: String, node: &'a Node) -> ArgSpec {
    let types = [
        "text", "number", "flag", "url", "choice", "data", "list", "figure", "years", "by", "slot",
    ];
    let file = Arc::clone(reader.file());
    let zone = reader.zone().clone();
    let mut values = Vec::new();
    let (mut required, mut default) = (false, None);
    let kind = match &node.value {
        Value::Scalar { text, .. } => text.clone(),
        _ => {
            let mut inner = Reader::of(node, &file, &zone);
            values = inner.texts("values").into_iter().map(|value| value.value).collect();
            required = inner.flag("required").is_some_and(|flag| flag.value);
            default = inner.text("default").map(|text| text.value);
            let kind = inner.choice("type", &types).map(|kind| kind.value.to_owned());
            reader.adopt(inner);
            kind.unwrap_or_else(|| "text".to_owned())
        }
    };
    let kind = match kind.as_str() {
        "text" => ArgType::Text,
        "number" => ArgType::Number,
        "flag" => ArgType::Flag,
        "url" => ArgType::Url,
        "choice" => ArgType::Choice(values),
        "data" => ArgType::Data,
        "list" => ArgType::List,
        "figure" => ArgType::Figure,
        "years" => ArgType::Years,
        "by" => ArgType::By,
        "slot" => ArgType::Slot,
        other => {
            let list = types.join(", ");
            let message = bi!(
                "không có kiểu `{other}`; có: {list}",
                "there is no type `{other}`; types: {list}"
            );
            reader
                .push(Diagnostic::new(&BAD_LIST, message).at(Span::new(&file, node.range.clone())));
            ArgType::Text
        }
    };
    ArgSpec { name, kind, required, default }
}

/// The theme's defaults with the site's settings over them, maps merged.
pub(super) fn settings(defaults: Map<String, Json>, own: Option<&Node>) -> Json {
    let mut all = Json::Object(defaults);
    if let Some(own) = own {
        merge(&mut all, json(own));
    }
    all
}

fn merge(under: &mut Json, over: Json) {
    match (under, over) {
        (Json::Object(under), Json::Object(over)) => {
            for (key, value) in over {
                merge(under.entry(key).or_insert(Json::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}

/// A free tree as JSON; only what was written plainly becomes a number or flag.
pub fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar { text, plain: true } => match text.as_str() {
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            number if !number.starts_with('0') || number == "0" => {
                number.parse::<i64>().map_or_else(|_| Json::String(text.clone()), Json::from)
            }
            _ => Json::String(text.clone()),
        },
        Value::Scalar { text, .. } => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Map(entries) => {
            let pairs = entries
                .iter()
                .filter_map(|(key, value)| Some((key.scalar()?.to_owned(), json(value))));
            Json::Object(pairs.collect())
        }
    }
}
