//! Bodies in, HTML and diagnostics out.

mod calls;
mod hostile;
mod markdown;
mod raw_html;

use std::sync::Arc;

use super::clean::escape_attribute;
use crate::base::diag::Diagnostics;
use crate::parse::{Fragment, SlotKind};

fn render(source: &str) -> (Fragment, Diagnostics) {
    super::render(source, 0..source.len(), &Arc::from("content/a.md"))
}

/// The HTML with slots filled plainly.
fn fill(fragment: &Fragment) -> String {
    let mut out = String::new();
    let mut from = 0;
    for slot in &fragment.slots {
        out.push_str(&fragment.html[from..slot.at]);
        from = slot.at;
        match slot.what {
            SlotKind::LinkOpen(n) => {
                out.push_str("<a href=\"");
                escape_attribute(&mut out, &fragment.refs[n as usize].target);
                out.push_str("\">");
            }
            SlotKind::LinkClose(_) => out.push_str("</a>"),
            SlotKind::Image(n) => {
                let image = &fragment.refs[n as usize];
                out.push_str("<img src=\"");
                escape_attribute(&mut out, &image.target);
                out.push_str("\" alt=\"");
                escape_attribute(&mut out, &image.alt);
                out.push_str("\">");
            }
            SlotKind::Credit(_) => {}
            SlotKind::Url(n) => escape_attribute(&mut out, &fragment.refs[n as usize].target),
            SlotKind::Component(n) => {
                let call = &fragment.calls[n as usize];
                let body = call.body.as_ref().map(fill).unwrap_or_default();
                out.push_str(&format!("<div>[{}]{body}</div>", call.name.value));
            }
        }
    }
    out.push_str(&fragment.html[from..]);
    out
}

fn html(source: &str) -> String {
    fill(&render(source).0)
}

/// Codes and the source they point at.
fn problems(source: &str) -> Vec<(&'static str, &str)> {
    let found = render(source).1;
    found.iter().map(|d| (d.rule.code, &source[d.labels[0].span.range.clone()])).collect()
}
