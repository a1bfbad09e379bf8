//! What templates ask of a variable: the fields of it that they name, as far as
//! that is plain to see.
//!
//! Takes one template's source, gives for each word that may be a variable its
//! fields, or that it may be asked for any: a variable that is handed on under
//! another name, looped over or looked up in by a computed name is taken whole.
//! Knows no scopes: a loop variable of the same name only adds to the fields.
//! Tells besides where a source defines components.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::names::is_letter;

/// The fields of a variable that are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Any field may be.
    pub whole: bool,
    pub fields: BTreeSet<Box<str>>,
}

impl Asked {
    pub fn extend(&mut self, other: &Asked) {
        self.whole |= other.whole;
        self.fields.extend(other.fields.iter().cloned());
    }
}

/// Variables by name.
pub(super) type ByName = BTreeMap<Box<str>, Asked>;

/// Looks through a template.
pub(super) fn asked(source: &str) -> ByName {
    let mut finder = Finder::default();
    each_tag(source, |_, tokens| finder.tag(tokens));
    finder.asked
}

/// The components that a source defines, by name, and the places of all of each.
pub(super) fn components(source: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    // Most templates have none, and all are asked when the program starts.
    if !source.contains("endcomponent") {
        return found;
    }
    each_tag(source, |place, tokens| match tokens {
        [Word("component"), rest @ ..] => {
            let name = rest.iter().map_while(|token| match token {
                Word(word) => Some(*word),
                Sign('.') => Some("."),
                _ => None,
            });
            found.push((name.collect(), place.start..source.len()));
        }
        [Word("endcomponent"), ..] => {
            if let Some((_, range)) = found.last_mut() {
                range.end = place.end;
            }
        }
        _ => {}
    });
    found
}

/// The places and the tokens of what stands in all tags, comments and raw text
/// left out. What has no end is no template: it is refused elsewhere.
fn each_tag<'a>(source: &'a str, mut each: impl FnMut(Range<usize>, &[Token<'a>])) {
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        let after = &rest[at + 1..];
        let inside = after.get(1..).unwrap_or_default();
        let length = match after.as_bytes().first() {
            Some(b'{') => tag_length(inside, "}}"),
            Some(b'%') => tag_length(inside, "%}"),
            Some(b'#') => {
                rest = inside.split_once("#}").map_or("", |(_, rest)| rest);
                continue;
            }
            _ => {
                rest = after;
                continue;
            }
        };
        let start = source.len() - inside.len();
        rest = &inside[length..];
        let tokens = tokens(&inside[..length]);
        if tokens.first() == Some(&Word("raw")) {
            rest = rest.find("endraw").map_or("", |at| &rest[at..]);
            continue;
        }
        each(start..start + length, &tokens);
    }
}

/// How much stands before the end of a tag; ends within quotes are none.
fn tag_length(inside: &str, end: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = inside.get(at..).filter(|rest| !rest.starts_with(end)) {
        let Some(first) = rest.chars().next() else { break };
        at += if is_quote(first) { quoted(rest) } else { first.len_utf8() };
    }
    at.min(inside.len())
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// The bytes of a text in quotes, which begins here, its quotes included.
fn quoted(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate();
    let quote = bytes.next().map(|(_, quote)| quote);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            byte if Some(byte) == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    /// What stands between quotes.
    Text(&'a str),
    Sign(char),
}

use Token::{Sign, Text, Word};

/// The tokens of a tag, without the hyphens that cut white space at its ends.
fn tokens(tag: &str) -> Vec<Token<'_>> {
    let tag = tag.strip_prefix('-').unwrap_or(tag);
    let mut rest = tag.strip_suffix('-').unwrap_or(tag).trim();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            c if is_quote(c) => {
                let length = quoted(rest);
                (Text(rest[..length].trim_matches(c)), length)
            }
            c if is_letter(c) => {
                let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
                (Word(&rest[..end]), end)
            }
            c => (Sign(c), c.len_utf8()),
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    tokens
}

#[derive(Default)]
struct Finder {
    asked: ByName,
}

impl Finder {
    fn of(&mut self, name: &str) -> &mut Asked {
        self.asked.entry(name.into()).or_default()
    }

    fn tag(&mut self, tag: &[Token<'_>]) {
        let first = match tag.first() {
            Some(Word(word)) => *word,
            _ => "",
        };
        // Names of parameters: what is asked of them stands in the component.
        if first == "component" {
            return;
        }
        for (at, token) in tag.iter().enumerate() {
            match token {
                Word(word) if !is_field(tag, at) => self.variable(word, first, tag, at),
                _ => {}
            }
        }
    }

    /// A word that may be a variable.
    fn variable(&mut self, word: &str, first: &str, tag: &[Token<'_>], at: usize) {
        let next = |steps: usize| tag.get(at + steps).copied();
        let before = |steps: usize| at.checked_sub(steps).and_then(|at| tag.get(at)).copied();
        match (next(1), next(2), next(3)) {
            (Some(Sign('.')), Some(Word(field)), _)
            | (Some(Sign('?')), Some(Sign('.')), Some(Word(field)))
            | (Some(Sign('[')), Some(Text(field)), Some(Sign(']'))) => {
                self.of(word).fields.insert(field.into());
                return;
            }
            // What is named here is given a value: `set word =`, `word={…}`.
            (Some(Sign('=')), second, _) if second != Some(Sign('=')) => return,
            _ => {}
        }
        let same = match (before(1), before(2)) {
            (Some(Sign('{')), Some(Sign('='))) => before(3),
            (Some(Sign('=')), name) => name,
            _ => None,
        };
        let handed_on = same == Some(Word(word)) && matches!(next(1), None | Some(Sign('}')));
        let tested = matches!(first, "if" | "elif")
            && matches!(before(1), Some(Word("if" | "elif" | "not" | "and" | "or")))
            && matches!(next(1), None | Some(Word("and" | "or" | "is")));
        let bound = first == "for" && at < tag.iter().position(|t| *t == Word("in")).unwrap_or(0);
        if !(handed_on || tested || bound) {
            self.of(word).whole = true;
        }
    }
}

/// Whether a word stands after one dot: three spread a map.
fn is_field(tag: &[Token<'_>], at: usize) -> bool {
    let dot = |steps: usize| at.checked_sub(steps).and_then(|at| tag.get(at)) == Some(&Sign('.'));
    dot(1) && !dot(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a variable, sorted; `None` where it is taken whole.
    fn fields(source: &str, name: &str) -> Option<Vec<String>> {
        let asked = asked(source);
        let of = asked.get(name).cloned().unwrap_or_default();
        (!of.whole).then(|| of.fields.iter().map(|field| field.to_string()).collect())
    }

    fn some(fields: &[&str]) -> Option<Vec<String>> {
        Some(fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn fields_are_those_after_the_dot() {
        let source = "<p class=\"page\">page {{ page.title }}{# {{ page }} #}\
            {%- if page?.noindex and not page -%}{{ page['url'] | upper }}{% endif %}\
            {{ \"a }} page\" }}{% raw %}{{ page }}{% endraw %}{{ <ui.head page={page} x=\"1\"/> }}\
            {% component ui.head(page: map, card: map) %}{{ page.date.iso }}{% endcomponent %}";
        assert_eq!(fields(source, "page"), some(&["date", "noindex", "title", "url"]));
        assert_eq!(
            fields("{% if previous %}{{ previous.url }}{% endif %}", "previous"),
            some(&["url"])
        );
    }

    #[test]
    fn components_are_found_with_all_that_they_hold() {
        let source = "a {% component ui.one(x: map) -%}{{ x }}{%- endcomponent ui.one %} b\
            {# {% component no() %} #}{% component two() %}c{% endcomponent %} z";
        let found = components(source);
        let pieces: Vec<_> =
            found.iter().map(|(name, at)| (name.as_str(), &source[at.clone()])).collect();
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].0, "ui.one");
        assert!(pieces[0].1.contains("{{ x }}") && pieces[0].1.ends_with("endcomponent ui.one "));
        assert_eq!(pieces[1].0, "two");
        assert!(pieces[1].1.contains("%}c{%") && !pieces[1].1.contains('z'));
    }

    #[test]
    fn what_gets_another_name_is_taken_whole() {
        for source in [
            "{% set copy = page %}",
            "{% set copy = page or next %}",
            "{% for x in page %}{{ x }}{% endfor %}",
            "{{ <ui.head view={page}/> }}",
            "{{ page[name] }}",
            "{{ page | first }}",
            "{{ f(page) }}",
            "{{ f(of=page) }}",
            "{{ [page] }}",
            "{{ {...page} }}",
            "{{ page if page else next }}",
            "{% if page == next %}{% endif %}",
            "{{ page.title }}{{ page }}",
            "{{ \"a\\\"\" ~ page }}",
            "{{ 'a\\\\' }}{{ page }}",
            "{% if \"%}\" == page %}{% endif %}",
        ] {
            assert_eq!(fields(source, "page"), None, "{source}");
        }
    }
}
