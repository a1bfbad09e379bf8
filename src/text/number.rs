//! Numbers as people write them: `1.234.567,5` in Vietnamese.
//!
//! Takes exact decimals and texts, never binary fractions: no digit is lost
//! or invented on the way.

/// The two signs inside a written number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberStyle {
    pub decimal: char,
    pub group: char,
}

impl NumberStyle {
    /// `1.234.567,5`
    pub const VI: NumberStyle = NumberStyle { decimal: ',', group: '.' };
    /// `1,234,567.5`
    pub const EN: NumberStyle = NumberStyle { decimal: '.', group: ',' };

    /// A whole number with its thousands grouped.
    pub fn integer(self, number: i128) -> String {
        self.grouped(number < 0, &digits(number))
    }

    /// A plain decimal (`-1234.50`, as data files have it) with its thousands
    /// grouped and every decimal kept; `None` if the text is not one.
    pub fn decimal_text(self, plain: &str) -> Option<String> {
        let (negative, digits) = match plain.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, plain),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        if !all_digits(whole) || !fraction.is_none_or(all_digits) {
            return None;
        }
        let whole = Some(whole.trim_start_matches('0')).filter(|w| !w.is_empty()).unwrap_or("0");
        let mut out = self.grouped(negative, whole);
        if let Some(fraction) = fraction {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        Some(out)
    }

    fn grouped(self, negative: bool, digits: &str) -> String {
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if negative {
            out.push('-');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        out
    }
}

/// An exact decimal: `units / 10^scale`; the last decimal is never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    pub units: i128,
    /// How many decimals, at most 18.
    pub scale: u32,
}

impl Decimal {
    /// `units / 10^scale`, without trailing zeros.
    pub fn new(units: i128, scale: u32) -> Decimal {
        // Division of what fits a register is many times as fast.
        if let Ok(units) = i64::try_from(units) {
            let (units, scale) = without_zeros(units, scale, |n| (n % 10 == 0).then_some(n / 10));
            return Decimal { units: units.into(), scale };
        }
        let (units, scale) = without_zeros(units, scale, |n| (n % 10 == 0).then_some(n / 10));
        Decimal { units, scale }
    }

    /// Written in a style: `1.234,5`.
    pub fn format(self, style: NumberStyle) -> String {
        let scale = self.scale as usize;
        let mut digits = digits(self.units);
        if digits.len() <= scale {
            digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
        }
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let mut out = style.grouped(self.units < 0, whole);
        if !fraction.is_empty() {
            out.push(style.decimal);
            out.push_str(fraction);
        }
        out
    }
}

/// Without the zeros at its end, as long as there are decimals. `tenth`: of a
/// number that ends in a zero.
fn without_zeros<N: Copy>(
    mut units: N,
    mut scale: u32,
    tenth: impl Fn(N) -> Option<N>,
) -> (N, u32) {
    while scale > 0
        && let Some(shorter) = tenth(units)
    {
        (units, scale) = (shorter, scale - 1);
    }
    (units, scale)
}

/// Without its sign.
fn digits(number: i128) -> String {
    let number = number.unsigned_abs();
    u64::try_from(number).map_or_else(|_| number.to_string(), |small| small.to_string())
}

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// Not digits and signs at all.
    NotANumber,
    /// Groups that are not of three digits, or signs in the wrong order.
    Grouping,
    /// `1.5` where the style writes `1,5`: the group sign used for decimals.
    WrongDecimalSign,
    /// More than 18 decimals, or too large to count.
    TooLong,
}

/// Reads a number as Vietnamese is written: the dot groups thousands, the
/// comma starts the decimals. Groups may also be set off by spaces, or by two
/// or more commas (`1,200,000`).
pub fn parse_vi(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    if text.matches(',').count() > 1 && !text.contains('.') {
        return parse(text, NumberStyle::EN);
    }
    parse(text, NumberStyle::VI)
}

/// Reads a number in a style; spaces may group in place of the group sign.
pub fn parse(text: &str, style: NumberStyle) -> Result<Decimal, NumberError> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match text.split_once(style.decimal) {
        Some((whole, fraction)) if !all_digits(fraction) => {
            let known = fraction.chars().all(|c| c.is_ascii_digit() || is_group(c, style));
            let known = (known || fraction.contains(style.decimal)) && !fraction.is_empty();
            return Err(if known && has_digit(whole) {
                NumberError::Grouping
            } else {
                NumberError::NotANumber
            });
        }
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let whole = ungrouped(whole, style)?;
    let fraction = fraction.trim_end_matches('0');
    let scale = u32::try_from(fraction.len()).map_err(|_| NumberError::TooLong)?;
    if scale > 18 {
        return Err(NumberError::TooLong);
    }
    let units: i128 = format!("{whole}{fraction}").parse().map_err(|_| NumberError::TooLong)?;
    Ok(Decimal::new(if negative { -units } else { units }, scale))
}

/// The digits of the part before the decimals.
fn ungrouped(whole: &str, style: NumberStyle) -> Result<String, NumberError> {
    if !has_digit(whole) || !whole.chars().all(|c| c.is_ascii_digit() || is_group(c, style)) {
        return Err(NumberError::NotANumber);
    }
    let groups: Vec<&str> = whole.split(|c| is_group(c, style)).collect();
    let mut signs = whole.chars().filter(|&c| is_group(c, style));
    let first = signs.next();
    if !signs.all(|sign| Some(sign) == first) {
        return Err(NumberError::Grouping);
    }
    match groups.as_slice() {
        [_] => {}
        [head, tail @ ..] => {
            if !(1..=3).contains(&head.len()) || tail.iter().any(|group| group.len() != 3) {
                let like_decimals = tail.len() == 1 && first == Some(style.group);
                let like_decimals = like_decimals && groups.iter().all(|group| !group.is_empty());
                return Err(if like_decimals {
                    NumberError::WrongDecimalSign
                } else {
                    NumberError::Grouping
                });
            }
        }
        [] => return Err(NumberError::NotANumber),
    }
    Ok(groups.concat())
}

fn is_group(c: char, style: NumberStyle) -> bool {
    c == style.group || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vi(text: &str) -> Result<String, NumberError> {
        parse_vi(text).map(|decimal| decimal.format(NumberStyle::VI))
    }

    #[test]
    fn writes() {
        assert_eq!(NumberStyle::VI.integer(1_234_567), "1.234.567");
        assert_eq!(NumberStyle::VI.integer(-999), "-999");
        assert_eq!(NumberStyle::VI.integer(i128::MIN).len(), 40 + 12);
        assert_eq!(NumberStyle::VI.decimal_text("1234567.50"), Some("1.234.567,50".into()));
        assert_eq!(NumberStyle::EN.decimal_text("-0012.5"), Some("-12.5".into()));
        assert_eq!(NumberStyle::EN.decimal_text("1e5"), None);
        assert_eq!(NumberStyle::EN.decimal_text("1."), None);
        assert_eq!(Decimal::new(5, 2).format(NumberStyle::VI), "0,05");
    }

    #[test]
    fn reads_what_vietnamese_write() {
        for (text, want) in [
            ("1.234.567,5", "1.234.567,5"),
            ("1234567,50", "1.234.567,5"),
            ("1,200,000", "1.200.000"),
            ("1 200 000", "1.200.000"),
            ("1\u{a0}200", "1.200"),
            ("15,5", "15,5"),
            ("1,200", "1,2"),
            ("-3", "-3"),
            ("0,05", "0,05"),
        ] {
            assert_eq!(vi(text), Ok(want.to_owned()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        use NumberError::*;
        for (text, why) in [
            ("", NotANumber),
            ("mười", NotANumber),
            ("1.5", WrongDecimalSign),
            ("1.2000", WrongDecimalSign),
            ("1.23.456", Grouping),
            ("1.234 567", Grouping),
            ("1,200.5", Grouping),
            ("1,20,000", Grouping),
            ("1..200", Grouping),
            (",5", NotANumber),
            ("5,", NotANumber),
            ("0,1234567890123456789", TooLong),
            (&"9".repeat(60), TooLong),
        ] {
            assert_eq!(parse_vi(text), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(units in any::<i64>(), scale in 0u32..12) {
            let decimal = Decimal::new(i128::from(units), scale);
            prop_assert_eq!(parse_vi(&decimal.format(NumberStyle::VI)), Ok(decimal));
            prop_assert_eq!(parse(&decimal.format(NumberStyle::EN), NumberStyle::EN), Ok(decimal));
        }

        #[test]
        fn never_panics(text in "[-0-9., ]{0,12}") {
            let _ = parse_vi(&text);
        }
    }
}
