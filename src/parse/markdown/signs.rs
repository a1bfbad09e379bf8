//! Where in a file signs stand for which running text is looked through.
//!
//! Takes the whole file once, many bytes at a time; tells of a piece of it
//! whether it may hold one. Nearly all pieces hold none, and are short: to look
//! through each of them costs more than to look through all at once.

use multiversion::multiversion;

/// Bytes that are told of together.
const BLOCK: usize = 32;

/// The blocks of a file that hold `&`, `<`, `>`, `/` or `@`: signs that are
/// escaped in HTML, and that bare addresses have.
pub(super) struct Signs<'s> {
    source: &'s str,
    blocks: Vec<bool>,
}

impl<'s> Signs<'s> {
    pub fn of(source: &'s str) -> Signs<'s> {
        Signs { source, blocks: blocks(source.as_bytes()) }
    }

    /// Whether a text may hold one of them; true for whatever is no slice of the
    /// file.
    pub fn may_be_in(&self, text: &str) -> bool {
        let from = text.as_ptr().addr().checked_sub(self.source.as_ptr().addr());
        let told = from.and_then(|from| {
            let end = from.checked_add(text.len()).filter(|end| *end <= self.source.len())?;
            self.blocks.get(from / BLOCK..end.div_ceil(BLOCK))
        });
        told.is_none_or(|blocks| blocks.contains(&true))
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn blocks(bytes: &[u8]) -> Vec<bool> {
    let is_sign = |byte: u8| (byte == b'&') | (byte | 2 == b'>') | (byte == b'/') | (byte == b'@');
    let (whole, rest) = bytes.as_chunks::<BLOCK>();
    let mut blocks = Vec::with_capacity(whole.len() + 1);
    let signs = |block: &[u8; BLOCK]| block.iter().fold(false, |any, byte| any | is_sign(*byte));
    blocks.extend(whole.iter().map(signs));
    blocks.push(rest.iter().any(|byte| is_sign(*byte)));
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Signs;

    proptest! {
        #[test]
        fn no_sign_is_missed(source in "[a-zđ &<>/@]{0,90}", from in 0usize..90, len in 0usize..40) {
            let signs = Signs::of(&source);
            let piece = source.get(from.min(source.len())..(from + len).min(source.len()));
            if let Some(piece) = piece.filter(|piece| piece.contains(['&', '<', '>', '/', '@'])) {
                prop_assert!(signs.may_be_in(piece));
            }
        }
    }

    #[test]
    fn what_is_no_slice_may_hold_anything() {
        let source = "a".repeat(200);
        let signs = Signs::of(&source);
        assert!(!signs.may_be_in(&source) && !signs.may_be_in(&source[33..150]));
        assert!(signs.may_be_in(&source.clone()));
    }
}
