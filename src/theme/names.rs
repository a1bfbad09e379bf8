//! The names that templates can ask for: a field of a view whose name stands
//! in none of the templates that a site uses need not be made.
//!
//! Takes the templates' sources as they are; every run of letters, digits and
//! underscores is a name, in tags, strings and text alike, so that none is ever
//! missed. A template that takes maps as a whole (`for key, value in`,
//! `entry[name]`) is taken to name every field. Of single variables
//! [`super::asked`] tells more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::asked::{ByName, asked, components};

/// Values of views that are maps of data, whatever the theme: looking something
/// up in them by a computed name leaves out nothing.
const MAPS: [&str; 10] =
    ["lists", "sets", "menus", "settings", "fields", "extra", "js", "files", "html", "t"];

/// Templates that every site uses.
pub(super) const MAIN: [&str; 10] = [
    "home.html",
    "section.html",
    "term.html",
    "terms.html",
    "archive.html",
    "month.html",
    "entry.html",
    "withdrawn.html",
    "404.html",
    "redirect.html",
];

/// Every name that some templates can ask for.
///
/// Of a variable's own fields less may be asked for than of the views within
/// them: [`Names::of_variable`] gives the names that count for the variable
/// itself, [`Names::below`] those for what its fields hold.
#[derive(Debug, Clone, Default)]
pub struct Names {
    words: Words,
    told: Told,
    /// Of variables that are not taken whole.
    variables: FxHashMap<Box<str>, Names>,
    /// What counts one level below, if not the same.
    below: Option<Arc<Names>>,
}

#[derive(Debug, Clone, Default)]
struct Words {
    /// Whether any name may be asked for.
    all: bool,
    names: FxHashSet<Box<str>>,
    /// Those that stand somewhere without a dot before them.
    roots: FxHashSet<Box<str>>,
    asked: ByName,
}

/// What was told of names of the program, each in the one place that where it
/// lies in memory leads to: asking again costs a look there. Two names of one
/// place take it from each other.
#[derive(Debug)]
struct Told(Box<[AtomicU64]>);

/// A power of two, some times the number of fields of all views.
const PLACES: usize = 2048;

/// The same for the fields of one variable.
const FEW_PLACES: usize = 512;

impl Default for Told {
    fn default() -> Told {
        Told::with_places(PLACES)
    }
}

impl Clone for Told {
    fn clone(&self) -> Told {
        Told::with_places(self.0.len())
    }
}

impl Told {
    fn with_places(places: usize) -> Told {
        Told((0..places).map(|_| AtomicU64::new(0)).collect())
    }

    #[inline]
    fn of(&self, name: &'static str, tell: impl Fn() -> bool) -> bool {
        let (at, len) = (name.as_ptr() as u64, name.len() as u64);
        let place = self.0.get((at ^ (at >> 7) ^ (len << 5)) as usize % self.0.len());
        // The address, the length and, last, what was told.
        let mark = (len << 49) | (at << 1);
        let Some(place) = place.filter(|_| at >> 48 == 0 && len >> 15 == 0) else { return tell() };
        let told = place.load(Ordering::Relaxed);
        if told & !1 == mark {
            return told & 1 == 1;
        }
        let has = tell();
        place.store(mark | u64::from(has), Ordering::Relaxed);
        has
    }
}

impl Names {
    /// Whether a template may ask for a field of this name.
    #[inline]
    pub fn has(&self, name: &str) -> bool {
        self.words.all || self.words.names.contains(name)
    }

    /// As [`Names::has`], for a name that is part of the program: those are few
    /// and asked for again and again.
    #[inline]
    pub fn has_field(&self, name: &'static str) -> bool {
        self.told.of(name, || self.has(name))
    }

    /// The names that count for the fields of a variable.
    pub fn of_variable(&self, name: &str) -> &Names {
        self.variables.get(name).unwrap_or(self)
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.words.names.len()
    }

    /// The names that count for what the fields hold.
    pub fn below(&self) -> &Names {
        self.below.as_deref().unwrap_or(self)
    }

    /// Whether these are the names of one variable alone.
    pub fn are_narrow(&self) -> bool {
        self.below.is_some()
    }

    /// Whether a template may ask for a variable of this name.
    pub fn has_root(&self, name: &str) -> bool {
        self.words.all || self.words.roots.contains(name)
    }
}

impl Names {
    fn of(mut words: Words) -> Names {
        let asked = std::mem::take(&mut words.asked);
        let mut names = Names { words, ..Names::default() };
        if names.words.all {
            return names;
        }
        let all = Arc::new(names.clone());
        for (name, of) in asked.into_iter().filter(|(_, of)| !of.whole && !of.fields.is_empty()) {
            let words = Words { names: of.fields.into_iter().collect(), ..Words::default() };
            let told = Told::with_places(FEW_PLACES);
            let (variables, below) = (FxHashMap::default(), Some(Arc::clone(&all)));
            names.variables.insert(name, Names { words, told, variables, below });
        }
        names
    }
}

impl Words {
    fn extend(&mut self, other: &Words) {
        self.all |= other.all;
        self.names.extend(other.names.iter().cloned());
        self.roots.extend(other.roots.iter().cloned());
        for (name, asked) in &other.asked {
            self.asked.entry(name.clone()).or_default().extend(asked);
        }
    }
}

/// What each template of a theme names, and which others it uses.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// By name; of components that is what calls them: `<ui.date`.
    templates: BTreeMap<Box<str>, Template>,
}

/// A template or a component, looked through when it is first found in use: most
/// sites use few of those that come with the program.
#[derive(Debug, Clone)]
struct Template {
    source: Box<str>,
    entry: OnceLock<Entry>,
    /// Of this template alone and what it uses.
    names: OnceLock<Names>,
}

impl Template {
    fn new(source: &str) -> Template {
        Template { source: source.into(), entry: OnceLock::new(), names: OnceLock::new() }
    }

    fn entry(&self) -> &Entry {
        let look = || Entry { words: words(&self.source), refers: refers(&self.source) };
        self.entry.get_or_init(look)
    }
}

#[derive(Debug, Clone, Default)]
struct Entry {
    words: Words,
    /// Among them are the names of the templates and components that it uses.
    refers: BTreeSet<Box<str>>,
}

impl Glossary {
    /// Of templates by their names.
    pub fn of<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> Glossary {
        let mut glossary = Glossary::default();
        for (name, source) in sources {
            let (mut rest, mut done) = (String::new(), 0);
            for (defined, range) in components(source) {
                rest.push_str(source.get(done..range.start).unwrap_or_default());
                done = range.end;
                let template = Template::new(source.get(range).unwrap_or_default());
                glossary.templates.insert(format!("<{defined}").into(), template);
            }
            rest.push_str(source.get(done..).unwrap_or_default());
            glossary.templates.insert(name.into(), Template::new(&rest));
        }
        glossary
    }

    /// The templates of single kinds.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(|name| &**name).filter(|name| name.starts_with("kinds/"))
    }

    /// The names that templates which every site uses can ask for, and these.
    pub fn names<'a>(&self, others: impl Iterator<Item = &'a str>) -> Names {
        self.reached(MAIN.into_iter().chain(others).collect())
    }

    /// The names that one template and those that it uses can ask for.
    pub fn names_of(&self, template: &str) -> Option<&Names> {
        let (name, template) = self.templates.get_key_value(template)?;
        Some(template.names.get_or_init(|| self.reached(vec![name])))
    }

    /// The names in templates and in all that they use.
    fn reached<'a>(&'a self, mut open: Vec<&'a str>) -> Names {
        let (mut seen, mut words) = (BTreeSet::new(), Words::default());
        while let Some(name) = open.pop() {
            let Some((name, template)) = self.templates.get_key_value(name) else { continue };
            if !seen.insert(name) {
                continue;
            }
            let entry = template.entry();
            words.extend(&entry.words);
            open.extend(entry.refers.iter().map(|name| &**name));
        }
        Names::of(words)
    }
}

pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Every word of a source with the one before it, what stands between them and
/// what comes after.
fn each_word<'a>(source: &'a str, mut each: impl FnMut(&'a str, &'a str, &'a str, &'a str)) {
    let (mut from, mut last) = (0, "");
    while let Some(start) = source[from..].find(is_letter).map(|at| from + at) {
        let end = source[start..].find(|c| !is_letter(c)).map_or(source.len(), |at| start + at);
        let word = &source[start..end];
        each(last, source[from..start].trim(), word, source[end..].trim_start());
        (last, from) = (word, end);
    }
}

fn words(source: &str) -> Words {
    let mut words = Words { asked: asked(source), ..Words::default() };
    each_word(source, |last, between, word, after| {
        words.all |= takes_maps(last, between, word, after);
        words.names.insert(word.into());
        if !between.ends_with('.') {
            words.roots.insert(word.into());
        }
    });
    words
}

/// Whether a word in a template stands where maps are taken as a whole.
/// `last`: the word before it, `between`: what stands between them.
fn takes_maps(last: &str, between: &str, word: &str, after: &str) -> bool {
    let pairs = last == "for" && between.is_empty() && after.starts_with(',');
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    let computed = between == "[" && !number && !MAPS.contains(&last) && !last.is_empty();
    let spread = between.ends_with("...");
    let listed = between == "|" && matches!(word, "keys" | "values" | "pairs" | "get");
    pairs || computed || spread || listed || word == "__tera_context"
}

/// Runs of characters that names of templates are made of, and what stands after
/// a `<` with it.
fn refers(source: &str) -> BTreeSet<Box<str>> {
    let part = |c: char| is_letter(c) || matches!(c, '.' | '/' | '-');
    let runs = source.split(|c| !part(c)).filter(|run| !run.is_empty());
    let called = source.split('<').skip(1).map(|after| {
        let after = after.trim_start();
        let end = after.find(|c| !is_letter(c) && c != '.').unwrap_or(after.len());
        format!("<{}", &after[..end])
    });
    runs.map(Box::from).chain(called.map(String::into_boxed_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Glossary, Names};

    fn of(source: &str) -> Names {
        Glossary::of([("home.html", source)].into_iter()).names([].into_iter())
    }

    #[test]
    fn only_names_in_templates_are_asked_for() {
        let names = of("{{ page.title }} {% if entry['draft'] %}{{ t.related }}{% endif %}");
        assert!(names.has("title") && names.has("draft") && names.has("related"));
        assert!(!names.has("summary"));
        assert!(names.has_root("page") && names.has_root("draft") && !names.has_root("related"));
    }

    #[test]
    fn fields_are_told_as_names_are() {
        let (some, others) = (of("{{ page.title }} {{ a.to }}"), of("{{ page.summary }}"));
        let text = "title summary to titles a the of in an";
        for _ in 0..2 {
            // Names that begin at one place, and those that lie side by side.
            for (at, _) in text.char_indices() {
                for end in at + 1..text.len() {
                    let name = &text[at..end];
                    assert_eq!(some.has_field(name), some.has(name), "{name}");
                    assert_eq!(others.has_field(name), others.has(name), "{name}");
                }
            }
        }
    }

    #[test]
    fn templates_that_take_maps_whole_get_them_whole() {
        for source in [
            "{% for name, value in entry %}{{ value }}{% endfor %}",
            "{{ entry[name] }}",
            "{{ entry | keys }}",
            "{% set copy = {...entry} %}",
            "{{ __tera_context }}",
        ] {
            assert!(of(source).has("summary"), "{source}");
        }
        for source in ["{{ lists[unit.id] }}", "{{ parts[2] }}", "{{ list[\"a\"] }}"] {
            assert!(!of(source).has("summary"), "{source}");
        }
    }

    #[test]
    fn names_of_unused_templates_do_not_count() {
        let sources = [
            ("home.html", "{% extends \"base.html\" %}{{ <ui.card card={lead}/> }}"),
            ("base.html", "{% include 'parts/foot.html' %}"),
            ("parts/foot.html", "{{ site.owner }}"),
            (
                "parts/ui.html",
                "{% component ui.card(card: map) %}{{ card.cover }}{{ <ui.end/> }}{% endcomponent %}\
                 {% component ui.end() %}{{ card.end }}{% endcomponent %}\
                 {% component card.title(card: map) %}{{ card.unasked }}{% endcomponent %}",
            ),
            ("section.html", "{{ card.title }}"),
            ("column.html", "{{ days.missing }}"),
        ];
        let glossary = Glossary::of(sources.into_iter());
        let names = glossary.names([].into_iter());
        assert!(names.has("owner") && names.has("cover") && names.has("end"));
        assert!(!names.has("missing") && !names.has("unasked"));
        assert!(glossary.names(["column.html"].into_iter()).has("missing"));
    }
}
