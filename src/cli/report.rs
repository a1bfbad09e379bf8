//! `report`: the report of a year as a file.

use std::path::Path;

use jiff::civil::Date;

use super::args::{Args, ReportForm, ReportOptions};
use super::extras::say;
use super::{MACHINE, build, status};
use crate::base::fault::Fault;
use crate::driver::{self, Ready};
use crate::link::{TermId, UNITS};
use crate::report::{self, Scope};
use crate::{bi, text};

/// Writes a report; without a file it is printed as Markdown.
pub fn report(args: &Args, options: &ReportOptions) -> Result<u8, Fault> {
    let form = form(options)?;
    let request = build::request(args, &options.look)?;
    let build = driver::look(&request)?;
    let Some(ready) = &build.ready else {
        super::list::unusable(&build, args.tongue());
        return Ok(MACHINE);
    };
    let scope = scope(args, options, ready)?;
    let report = report::report(&ready.site, &ready.plan, scope, args.tongue());
    let bytes = match form {
        ReportForm::Csv => report::csv(&report),
        ReportForm::Md => report::markdown(&report).into_bytes(),
        ReportForm::Json => report::json(&report).into_bytes(),
        ReportForm::Xlsx => report::xlsx(&report).map_err(|error| {
            Fault::refused(
                bi!("không lập được tệp Excel: {error}", "cannot make the workbook: {error}"),
                bi!("Ghi ra .csv hoặc .json thay thế.", "Write .csv or .json instead."),
            )
        })?,
    };
    let Some(file) = &options.output else {
        return say(&String::from_utf8_lossy(&bytes));
    };
    std::fs::write(file, bytes).map_err(|error| {
        Fault::io(bi!("không ghi được báo cáo", "could not write the report"), file, error)
    })?;
    Ok(0)
}

/// As asked, else as the file's ending says, else Markdown.
fn form(options: &ReportOptions) -> Result<ReportForm, Fault> {
    if let Some(form) = options.format {
        if matches!(form, ReportForm::Xlsx) && options.output.is_none() {
            return Err(Fault::refused(
                bi!("tệp Excel không in ra màn hình được", "a workbook cannot be printed"),
                bi!("Ghi ra tệp: -o bao-cao.xlsx", "Write it to a file: -o report.xlsx"),
            ));
        }
        return Ok(form);
    }
    let Some(file) = &options.output else { return Ok(ReportForm::Md) };
    let ending = Path::new(file).extension().and_then(|ending| ending.to_str());
    match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
        "xlsx" => Ok(ReportForm::Xlsx),
        "csv" => Ok(ReportForm::Csv),
        "md" => Ok(ReportForm::Md),
        "json" => Ok(ReportForm::Json),
        other => Err(Fault::refused(
            bi!("không có dạng báo cáo `{other}`", "there is no form of report `{other}`"),
            bi!("Đặt đuôi .xlsx, .csv, .md hoặc .json.", "Use .xlsx, .csv, .md or .json."),
        )),
    }
}

/// The year asked for, else that of the build; `--from` and `--to` move its ends.
fn scope(args: &Args, options: &ReportOptions, ready: &Ready) -> Result<Scope, Fault> {
    let zone = driver::timezone(&args.root);
    let year = options.year.unwrap_or_else(|| ready.plan.today.year());
    let end = |month, day| {
        Date::new(year, month, day).map_err(|_| {
            Fault::refused(
                bi!("không có năm {year}", "there is no year {year}"),
                bi!("Viết như --year 2026.", "Write it like --year 2026."),
            )
        })
    };
    let from = status::day(options.from.as_deref(), &zone)?.map_or_else(|| end(1, 1), Ok)?;
    let to = status::day(options.to.as_deref(), &zone)?.map_or_else(|| end(12, 31), Ok)?;
    if to < from {
        return Err(Fault::refused(
            bi!("{to} ở trước {from}", "{to} is before {from}"),
            bi!("Đổi chỗ --from và --to.", "Swap --from and --to."),
        ));
    }
    let unit = options.unit.as_deref().map(|id| unit(id, ready)).transpose()?;
    Ok(Scope { from, to, unit })
}

pub(super) fn unit(id: &str, ready: &Ready) -> Result<TermId, Fault> {
    let units = &ready.site.taxonomies[UNITS].terms;
    if let Some(unit) = units.iter().position(|unit| unit.id == id) {
        return Ok(unit);
    }
    let near = text::nearest(id, units.iter().map(|unit| unit.id.as_str())).unwrap_or_default();
    Err(Fault::refused(
        bi!("không có đơn vị `{id}`", "there is no unit `{id}`"),
        bi!(
            "Gần giống: `{near}`. Mã đơn vị ở content/data/units.yaml.",
            "Nearest: `{near}`. Ids are in content/data/units.yaml."
        ),
    ))
}
