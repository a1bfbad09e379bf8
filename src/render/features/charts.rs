//! Numbers as bars and lines, drawn by templates; the words beside them say
//! the same.

use serde::Serialize;

/// A line chart in a box of 320 by 150.
#[derive(Debug, Serialize)]
pub(super) struct LineView {
    /// Of `<polyline>`.
    points: String,
    dots: Vec<DotView>,
    /// What the highest dot stands for.
    top: String,
}

#[derive(Debug, Serialize)]
struct DotView {
    x: i128,
    y: i128,
    /// What stands below it.
    label: String,
    value: String,
}

/// A dot of a line: what stands below it, its number, and the number in words.
pub(super) type Dot = (String, i128, String);

/// `None` for fewer than two dots, and where all of them are nothing.
pub(super) fn line(dots: Vec<Dot>) -> Option<LineView> {
    let steps = i128::try_from(dots.len()).ok()?.checked_sub(1).filter(|steps| *steps > 0)?;
    let (_, most, top) = dots.iter().max_by_key(|(_, number, _)| *number)?;
    let (most, top) = (Some(*most).filter(|most| *most > 0)?, top.clone());
    let dot = |(at, (label, number, value)): (i128, Dot)| DotView {
        x: 24 + at * 272 / steps,
        y: 120 - number.saturating_mul(90) / most,
        label,
        value,
    };
    let dots: Vec<DotView> = (0..).zip(dots).map(dot).collect();
    let points: Vec<String> = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect();
    Some(LineView { points: points.join(" "), dots, top })
}

/// The length of a bar in thousandths of the longest.
pub(super) fn width(number: i128, most: i128) -> i128 {
    number.saturating_mul(1000) / most.max(1)
}
