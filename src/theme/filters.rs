//! The few filters a template has: numbers, plurals and texts with holes.
//! Each is a function of its arguments and of the interface languages.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::i18n::Locale;

/// Tag to locale.
type Locales = Arc<Vec<(String, Locale)>>;

pub(super) fn register(tera: &mut Tera, locales: Locales) {
    let of = Arc::clone(&locales);
    tera.register_filter("number", move |n: i64, args: Kwargs, _: &State| -> TeraResult<String> {
        Ok(find(&of, &args)?.number(n))
    });
    tera.register_filter(
        "plural",
        move |forms: &Value, args: Kwargs, _: &State| -> TeraResult<String> {
            let n: i64 = args.must_get("n")?;
            let locale = find(&locales, &args)?;
            let category = locale.plural_category(n.unsigned_abs());
            let form = forms.get_from_path(category).or_else(|| forms.get_from_path("other"));
            let text = form.or(Some(forms)).and_then(Value::as_str);
            let text = text
                .ok_or_else(|| Error::message("`plural` needs a text or a map of plural forms"))?;
            Ok(text.replace("{n}", &locale.number(n)))
        },
    );
    tera.register_filter("fill", |text: &str, args: Kwargs, _: &State| -> String {
        let mut filled = text.to_owned();
        for (name, value) in args.iter() {
            if let Some(name) = name.as_str() {
                filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
            }
        }
        filled
    });
}

fn find<'a>(locales: &'a Locales, args: &Kwargs) -> TeraResult<&'a Locale> {
    let tag: String = args.must_get("lang")?;
    let found = locales.iter().find(|(name, _)| *name == tag).map(|(_, locale)| locale);
    found.ok_or_else(|| Error::message(format!("the site has no language `{tag}`")))
}
