//! The timeline: one page, if `content/data/timeline.yaml` has milestones.

use std::ops::RangeInclusive;

use super::{Extra, Feature, Spot, base, unknown_page};
use crate::base::diag::Diagnostics;
use crate::data::{DataFile, Milestone};
use crate::emit::Class;
use crate::link::{LangId, Site};
use crate::plan::Plan;

pub(super) const FEATURE: Feature =
    Feature { name: "timeline", template: "timeline.html", leads: true, spots, check };

/// The milestones of a site, the earliest first.
pub fn milestones(site: &Site) -> Vec<&Milestone> {
    let files = site.data.values().filter_map(|file| match &**file {
        DataFile::Timeline(milestones) => Some(milestones),
        _ => None,
    });
    let mut milestones: Vec<&Milestone> = files.flatten().collect();
    milestones.sort_by(|a, b| (a.day, &a.id.value).cmp(&(b.day, &b.id.value)));
    milestones
}

/// Years of an argument, both ends included: `2022`, `2022-2025`; all of them
/// where it is empty, `None` where it is something else.
pub fn years(text: &str) -> Option<RangeInclusive<i16>> {
    if text.trim().is_empty() {
        return Some(i16::MIN..=i16::MAX);
    }
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let year = |text: &str| {
        let text = text.trim();
        let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let (first, last) = (year(first)?, year(last)?);
    (first <= last).then_some(first..=last)
}

fn spots(site: &Site, _plan: &Plan, lang: LangId) -> Vec<Spot> {
    if milestones(site).is_empty() {
        return Vec::new();
    }
    let path = base(site, "timeline", lang);
    vec![Spot { extra: Extra::Timeline, path, class: Class::List }]
}

fn check(site: &Site, diags: &mut Diagnostics) {
    for milestone in milestones(site) {
        let page = milestone.page.as_ref();
        diags.extend(page.and_then(|page| unknown_page(site, &milestone.file, page)));
    }
}

#[cfg(test)]
mod tests {
    use super::years;

    #[test]
    fn years_are_one_or_a_span() {
        for (text, wanted) in [
            ("2022", Some(2022..=2022)),
            (" 2022 - 2025 ", Some(2022..=2025)),
            ("2022–2025", Some(2022..=2025)),
            ("", Some(i16::MIN..=i16::MAX)),
            ("2025-2022", None),
            ("22", None),
            ("2022-2023-2024", None),
            ("năm 2022", None),
            ("-2022", None),
        ] {
            assert_eq!(years(text), wanted, "{text}");
        }
    }
}
