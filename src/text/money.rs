//! Sums of money as Vietnamese newspapers write them: `15,5 triệu đồng`.
//!
//! Takes what an author wrote, gives whole đồng or the reason why not; prints
//! a sum in full or in millions and billions. Never rounds: what has no short
//! exact form is printed in full.

use super::fold::fold;
use super::number::{Decimal, NumberError, NumberStyle, parse, parse_vi};

/// A sum in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money {
    pub dong: i64,
}

/// Why a text is not a sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum MoneyError {
    /// Nothing there.
    Empty,
    /// A word where a number should stand.
    NoNumber { word: String },
    /// A number that cannot be read, and why.
    BadNumber { number: String, why: NumberError },
    /// A word that is neither a unit nor đồng, as folded: `usd`, `khoang`.
    UnknownWord { word: String },
    /// Units that do not go down (`2 triệu 1 tỷ`), or a number without a unit
    /// after another (`2 triệu 500`).
    UnitOrder,
    /// Less than nothing.
    Negative,
    /// Parts of a đồng: `1,5 đồng`.
    Fraction,
    /// More than 9 billion billion đồng.
    TooLarge,
}

/// How sums are printed in a language; `{n}` stands for the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyStyle<'a> {
    pub number: NumberStyle,
    /// `{n} đồng`
    pub full: &'a str,
    /// `{n} triệu đồng`
    pub million: &'a str,
    /// `{n} tỷ đồng`
    pub billion: &'a str,
}

impl MoneyStyle<'static> {
    /// Vietnamese, with `tỷ`.
    pub const VI: Self = MoneyStyle {
        number: NumberStyle::VI,
        full: "{n} đồng",
        million: "{n} triệu đồng",
        billion: "{n} tỷ đồng",
    };
    /// Vietnamese, with `tỉ`, as some newspapers spell it.
    pub const VI_TI: Self = MoneyStyle { billion: "{n} tỉ đồng", ..Self::VI };
    pub const EN: Self = MoneyStyle {
        number: NumberStyle::EN,
        full: "{n} dong",
        million: "{n} million dong",
        billion: "{n} billion dong",
    };
}

const MILLION: i128 = 1_000_000;
const BILLION: i128 = 1_000_000_000;

impl Money {
    /// Reads a sum: a number alone or with units (`tỷ/tỉ`, `triệu/tr`,
    /// `nghìn/ngàn/k`, also `5 nghìn tỷ`, `1 tỷ 200 triệu`, `2 triệu rưỡi`)
    /// and with or without `đồng`, `đ`, `VND`, `VNĐ`, `₫`. The dot groups
    /// thousands and the comma starts decimals; beside the English words
    /// `thousand`, `million`, `billion` it is the other way round. One or two
    /// digits after a dot before a unit are decimals too: `1.2 tỷ`.
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        let folded = fold(text);
        let tokens = tokens(folded.strip_suffix('.').unwrap_or(&folded));
        let tokens = without_currency(&tokens);
        if tokens.is_empty() {
            return Err(MoneyError::Empty);
        }
        sum(tokens)
    }

    /// Every digit: `15.500.000 đồng`.
    pub fn format_full(self, style: &MoneyStyle<'_>) -> String {
        fill(style.full, &style.number.integer(i128::from(self.dong)))
    }

    /// In billions from one billion, in millions from one million, if that
    /// takes at most three decimals: `1,2 tỷ đồng`; else in full.
    pub fn format_short(self, style: &MoneyStyle<'_>) -> String {
        let dong = i128::from(self.dong);
        let (unit, zeros, pattern) = match dong.abs() {
            BILLION.. => (BILLION, 9, style.billion),
            MILLION.. => (MILLION, 6, style.million),
            _ => return self.format_full(style),
        };
        if dong % (unit / 1000) != 0 {
            return self.format_full(style);
        }
        fill(pattern, &Decimal::new(dong, zeros).format(style.number))
    }
}

fn fill(pattern: &str, number: &str) -> String {
    pattern.replace("{n}", number)
}

/// Numbers and words, in order; everything is lower case without marks.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() || (first == '-' && tokens.is_empty()) {
            number_length(rest)
        } else if first.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, tail) = rest.split_at(length);
        tokens.push(token);
        rest = tail.trim_start();
    }
    tokens
}

/// The bytes of a number at the start, with its signs and with spaces between
/// groups of three digits.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits_from = |at: usize| {
        bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut at = 1;
    loop {
        match bytes.get(at) {
            Some(b'0'..=b'9') => at += 1,
            Some(b'.' | b',') if digits_from(at + 1) > 0 => at += 2,
            Some(b' ') if digits_from(at + 1) == 3 => at += 4,
            _ => return at,
        }
    }
}

/// Drops `đồng (Việt Nam)` and its signs from either end.
fn without_currency<'a, 'b>(tokens: &'b [&'a str]) -> &'b [&'a str] {
    let tokens = match tokens {
        ["vnd" | "₫", rest @ ..] => rest,
        _ => tokens,
    };
    match tokens {
        [rest @ .., "dong", "viet", "nam"] => rest,
        [rest @ .., "dong" | "d" | "vnd" | "₫" | "dongs"] => rest,
        _ => tokens,
    }
}

/// What one unit word multiplies by, in zeros; English words have a mark.
fn unit_zeros(word: &str) -> Option<(u32, bool)> {
    Some(match word {
        "ty" | "ti" => (9, false),
        "trieu" | "tr" => (6, false),
        "nghin" | "ngan" | "k" => (3, false),
        "tram" => (2, false),
        "billion" => (9, true),
        "million" => (6, true),
        "thousand" => (3, true),
        _ => return None,
    })
}

/// Adds up `number unit ...` terms, each smaller than the one before.
fn sum(tokens: &[&str]) -> Result<Money, MoneyError> {
    let english = tokens.iter().any(|t| unit_zeros(t).is_some_and(|(_, english)| english));
    let mut total: i128 = 0;
    let mut above: Option<u32> = None;
    let mut rest = tokens;
    while let Some((&token, tail)) = rest.split_first() {
        if token == "ruoi" && tail.is_empty() {
            let half = above.and_then(|zeros| 10i128.checked_pow(zeros)).map(|unit| unit / 2);
            total += half.filter(|&half| half > 0).ok_or(MoneyError::UnitOrder)?;
            break;
        }
        let chain = tail.iter().take_while(|t| unit_zeros(t).is_some()).count();
        let english = english || (chain > 0 && has_foreign_decimals(token));
        let number = read_number(token, english, above.is_some())?;
        let (units, tail) = tail.split_at(chain);
        let zeros = chained_zeros(units)?;
        if above.is_some_and(|above| zeros == 0 || zeros >= above) {
            return Err(MoneyError::UnitOrder);
        }
        total = total.checked_add(times(number, zeros)?).ok_or(MoneyError::TooLarge)?;
        above = Some(zeros);
        rest = tail;
    }
    if total < 0 {
        return Err(MoneyError::Negative);
    }
    i64::try_from(total).map(|dong| Money { dong }).map_err(|_| MoneyError::TooLarge)
}

/// `1.2` before a unit: two digits after the only dot are no group of three,
/// so nothing else can be meant. `1.200 tỷ` is 1200 of them.
fn has_foreign_decimals(token: &str) -> bool {
    let parts = token.split_once('.');
    parts.is_some_and(|(_, decimals)| {
        (1..=2).contains(&decimals.len()) && decimals.bytes().all(|b| b.is_ascii_digit())
    })
}

fn read_number(token: &str, english: bool, later: bool) -> Result<Decimal, MoneyError> {
    if !token.contains(|c: char| c.is_ascii_digit()) {
        let word = token.to_owned();
        let first = !later && token.chars().all(char::is_alphabetic);
        return Err(if first && unit_zeros(token).is_some() {
            MoneyError::NoNumber { word }
        } else {
            MoneyError::UnknownWord { word }
        });
    }
    let number = if english { parse(token, NumberStyle::EN) } else { parse_vi(token) };
    number.map_err(|why| MoneyError::BadNumber { number: token.to_owned(), why })
}

/// `nghìn tỷ` is 12 zeros; each word of such a chain is greater than the last.
fn chained_zeros(units: &[&str]) -> Result<u32, MoneyError> {
    let (mut zeros, mut last) = (0, 0);
    for unit in units {
        let (more, _) = unit_zeros(unit).unwrap_or_default();
        if more <= last {
            return Err(MoneyError::UnitOrder);
        }
        zeros += more;
        last = more;
    }
    Ok(zeros)
}

fn times(number: Decimal, zeros: u32) -> Result<i128, MoneyError> {
    if number.scale > zeros {
        return Err(MoneyError::Fraction);
    }
    let factor = 10i128.checked_pow(zeros - number.scale).ok_or(MoneyError::TooLarge)?;
    number.units.checked_mul(factor).ok_or(MoneyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_newspapers_write() {
        for (text, dong) in [
            ("15,5 triệu đồng", 15_500_000),
            ("1.200.000.000 đ", 1_200_000_000),
            ("1.200.000.000đ", 1_200_000_000),
            ("1,2 tỷ", 1_200_000_000),
            ("1,2 tỉ đồng", 1_200_000_000),
            ("1.2 tỷ", 1_200_000_000),
            ("1.25 tỷ đồng", 1_250_000_000),
            ("1.200 tỷ", 1_200_000_000_000),
            ("12 000 000 đồng", 12_000_000),
            ("500 nghìn đồng", 500_000),
            ("500 ngàn đồng.", 500_000),
            ("500k", 500_000),
            ("500K", 500_000),
            ("2 triệu rưỡi", 2_500_000),
            ("1 tỷ rưỡi đồng", 1_500_000_000),
            ("1 tỷ 200 triệu đồng", 1_200_000_000),
            ("2 triệu 350 nghìn đồng", 2_350_000),
            ("2.000.000 VND", 2_000_000),
            ("2.000.000 VNĐ", 2_000_000),
            ("2.000.000₫", 2_000_000),
            ("VND 2.000.000", 2_000_000),
            ("2.000.000 đồng Việt Nam", 2_000_000),
            ("1,200,000", 1_200_000),
            ("1 200 000 đồng", 1_200_000),
            ("15500000", 15_500_000),
            ("5 nghìn tỷ đồng", 5_000_000_000_000),
            ("3 trăm triệu", 300_000_000),
            ("1.500 TRIỆU ĐỒNG", 1_500_000_000),
            ("15.5 million dong", 15_500_000),
            ("2,500 million dong", 2_500_000_000),
            ("0 đồng", 0),
        ] {
            assert_eq!(Money::parse(text), Ok(Money { dong }), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        use MoneyError::*;
        let unknown = |word: &str| UnknownWord { word: word.to_owned() };
        let bad = |number: &str, why| BadNumber { number: number.to_owned(), why };
        for (text, why) in [
            ("", Empty),
            (" đồng", Empty),
            ("triệu đồng", NoNumber { word: "trieu".to_owned() }),
            ("khoảng 5 triệu", unknown("khoang")),
            ("500 USD", unknown("usd")),
            ("$500", unknown("$")),
            ("5 triệu/hộ", unknown("/")),
            ("1.5 đồng", bad("1.5", NumberError::WrongDecimalSign)),
            ("1.2345 tỷ", bad("1.2345", NumberError::WrongDecimalSign)),
            ("1.2.3 tỷ", bad("1.2.3", NumberError::Grouping)),
            ("1.23.456 đồng", bad("1.23.456", NumberError::Grouping)),
            ("2 triệu 500", UnitOrder),
            ("2 triệu 1 tỷ", UnitOrder),
            ("2 tỷ nghìn", UnitOrder),
            ("5 rưỡi", UnitOrder),
            ("-5 triệu", Negative),
            ("1,5 đồng", Fraction),
            ("1,2345 nghìn", Fraction),
            ("99999999999 tỷ", TooLarge),
        ] {
            assert_eq!(Money::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn prints() {
        for (dong, short) in [
            (15_500_000, "15,5 triệu đồng"),
            (1_200_000_000, "1,2 tỷ đồng"),
            (1_234_567_000_000, "1.234,567 tỷ đồng"),
            (1_234_567, "1.234.567 đồng"),
            (1_250_500_000, "1.250.500.000 đồng"),
            (2_000_000, "2 triệu đồng"),
            (500_000, "500.000 đồng"),
            (0, "0 đồng"),
        ] {
            assert_eq!(Money { dong }.format_short(&MoneyStyle::VI), short);
        }
        let sum = Money { dong: 15_500_000 };
        assert_eq!(sum.format_full(&MoneyStyle::VI), "15.500.000 đồng");
        assert_eq!(sum.format_short(&MoneyStyle::EN), "15.5 million dong");
        let sum = Money { dong: 1_200_000_000 };
        assert_eq!(sum.format_short(&MoneyStyle::EN), "1.2 billion dong");
        assert_eq!(sum.format_short(&MoneyStyle::VI_TI), "1,2 tỉ đồng");
    }

    proptest! {
        #[test]
        fn reads_what_it_printed(dong in 0..=i64::MAX, zeros in 0u32..12) {
            let dong = dong - dong % 10i64.pow(zeros);
            let sum = Money { dong };
            for style in [MoneyStyle::VI, MoneyStyle::VI_TI] {
                prop_assert_eq!(Money::parse(&sum.format_full(&style)), Ok(sum));
                prop_assert_eq!(Money::parse(&sum.format_short(&style)), Ok(sum));
            }
        }

        #[test]
        fn never_panics(text in "[-0-9., ]{0,6}(tỷ|triệu|đồng|rưỡi|nghìn| ){0,4}[0-9,.]{0,30}\\PC{0,4}") {
            let _ = Money::parse(&text);
        }
    }
}
