//! Templates are given what they ask for, by whatever name they ask.

use crate::site::Site;

/// A section of three news items, so that the second has neighbours.
const NEWS: &str = "-- content/tin/_index.md --
---
title: Tin
kind: news
---
-- content/tin/mot.md --
---
title: Một
date: 2022-06-17
---
-- content/tin/hai.md --
---
title: Hai
date: 2022-06-18
topics: [giao-duc]
---
Thân.
-- content/tin/ba.md --
---
title: Ba
date: 2022-06-19
---
";

/// The page of the second item under a theme whose entries look so.
fn shown(entry: &str, others: &str) -> String {
    let site = Site::with(&format!(
        "{NEWS}{others}-- themes/own/templates/entry.html --\n\
         {{% extends \"base.html\" %}}{{% block main %}}<main>{entry}</main>{{% endblock main %}}\n"
    ));
    let config = std::fs::read_to_string(site.root().join("site.yaml")).expect("a file");
    site.write("site.yaml", format!("theme: own\n{config}").as_bytes());
    site.build().ok();
    let page = site.page("tin/hai/index.html");
    let (_, main) = page.split_once("<main>").expect("a main part");
    main.split_once("</main>").expect("its end").0.to_owned()
}

#[test]
fn a_view_has_all_its_fields_under_any_name() {
    const PART: &str = "-- themes/own/templates/parts/own.html --\n\
        {% component own.all(of: map) -%}{{ of.title }} {{ of.date.iso }} {{ of.kind }}{%- endcomponent own.all %}\n\
        {% component own.same(entry: map) -%}{{ entry.title }} {{ entry.date.iso }} {{ entry.kind }}{%- endcomponent own.same %}\n\
        -- themes/own/templates/parts/shown.html --\n\
        {{ entry.title }} {{ entry.date.iso }} {{ entry.kind }}
";
    for template in [
        "{{ entry.title }} {{ entry.date.iso }} {{ entry.kind }}",
        "{{ entry[\"title\"] }} {{ entry['date']['iso'] }} {{ entry?.kind }}",
        "{% set of = entry %}{{ of.title }} {{ of.date.iso }} {{ of.kind }}",
        "{% set of = entry or page %}{{ of.title }} {{ of.date.iso }} {{ of.kind }}",
        "{% for of in [entry] %}{{ of.title }} {{ of.date.iso }} {{ of.kind }}{% endfor %}",
        "{% set key = \"kind\" %}{{ entry.title }} {{ entry.date.iso }} {{ entry[key] }}",
        "{% set of = {...entry} %}{{ of.title }} {{ of.date.iso }} {{ of.kind }}",
        "{{ <own.all of={entry}/> }}",
        "{{ <own.same entry={entry}/> }}",
        "{% include \"parts/shown.html\" %}",
    ] {
        assert_eq!(shown(template, PART).trim(), "Hai 2022-06-18 news", "{template}");
    }
}

#[test]
fn a_view_that_is_there_is_never_empty() {
    for (template, expected) in [
        ("{% if previous %}có{% endif %}", "có"),
        ("{% if previous and next %}{{ next.title }}{% endif %}", "Ba"),
        ("{% if series %}có{% else %}không{% endif %}", "không"),
        ("{% if not previous %}không{% else %}{{ previous.url }}{% endif %}", "/tin/mot/"),
        ("{% if previous and next is defined %}{{ previous.lang }}{% endif %}", "vi"),
    ] {
        assert_eq!(shown(template, ""), expected, "{template}");
    }
}

#[test]
fn lists_of_views_have_the_fields_of_each() {
    let crumbs = "{% for crumb in page.breadcrumbs %}{{ crumb.id }}:{{ crumb.url }} {% endfor %}";
    assert_eq!(shown(crumbs, ""), "home:/ tin:/tin/ ");
    let feeds = "{% for feed in page.feeds %}{{ feed.format }}:{{ feed.url }} {% endfor %}";
    assert!(shown(feeds, "").contains("rss:/tin/rss.xml "));
    let topics = "{% for topic in entry.topics %}{{ topic.id }} {% endfor %}";
    assert_eq!(shown(topics, ""), "giao-duc ");
}
