//! The key `menus`: names to lists of targets.

use std::collections::BTreeMap;

use super::read::error;
use super::rules::BAD_MENU;
use super::{MenuItem, MenuTarget, Texts};
use crate::bi;
use crate::yaml::{Node, Reader, Spanned, Value};

/// Makes a target of what was written.
type Maker = fn(String) -> MenuTarget;

/// Reads every menu; items that lead nowhere are left out.
pub(super) fn read(reader: &mut Reader<'_>, langs: &[String]) -> BTreeMap<String, Vec<MenuItem>> {
    let mut menus = BTreeMap::new();
    let Some(node) = reader.node("menus") else { return menus };
    let Value::Map(entries) = &node.value else {
        reader.wrong_type(node, &bi!("một nhóm thực đơn", "a group of menus"));
        return menus;
    };
    let mut map = Reader::of(node, reader.file(), reader.zone());
    for (name, _) in entries {
        let name = name.scalar().unwrap_or_default();
        let items = map.list(name).unwrap_or_default();
        let items = items.iter().filter_map(|item| menu_item(&mut map, item, langs)).collect();
        menus.insert(name.to_owned(), items);
    }
    reader.adopt(map);
    menus
}

/// `{section | page | list | url: ..., title}`, or a section's folder alone.
fn menu_item<'a>(reader: &mut Reader<'a>, item: &'a Node, langs: &[String]) -> Option<MenuItem> {
    if let Some(folder) = item.scalar() {
        let target = MenuTarget::Section(folder.trim().to_owned());
        let target = Spanned::new(target, item.range.clone());
        return Some(MenuItem { target, title: Texts::default() });
    }
    let mut map = Reader::of(item, reader.file(), reader.zone());
    let mut targets = Vec::new();
    let makers: [(&str, Maker); 3] =
        [("section", MenuTarget::Section), ("page", MenuTarget::Page), ("list", MenuTarget::List)];
    for (key, make) in makers {
        targets.extend(map.line(key).map(|text| text.map(make)));
    }
    let written = usize::from(map.key("url").is_some());
    let count = targets.len() + written;
    targets.extend(map.url("url").map(|url| url.map(MenuTarget::Url)));
    let title = match targets.first().map(|target| &target.value) {
        Some(MenuTarget::Url(_)) => map.required_texts("title", langs, "…"),
        _ => map.texts_by_language("title", langs),
    };
    if matches!(item.value, Value::Map(_)) && count != 1 {
        let message = bi!(
            "mỗi mục thực đơn có đúng một trong: section, page, list, url",
            "a menu item has exactly one of section, page, list and url"
        );
        let error = error(&map, &BAD_MENU, message, item);
        map.push(error);
    }
    reader.adopt(map);
    let target = targets.into_iter().next()?;
    Some(MenuItem { target, title })
}
