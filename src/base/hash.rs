//! Content hashes: what a page was made from and what it holds.
//!
//! XXH3 in 128 bits: tens of gigabytes a second, and enough to tell any two
//! contents apart that nobody made to look alike. What it guards is only
//! whether a file has to be made or written again.

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

/// 128 bits that differ where contents differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Key {
        Key(XxHash3_128::oneshot(bytes).to_le_bytes())
    }

    /// 32 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Reads what [`Key::hex`] wrote.
    pub fn from_hex(text: &str) -> Option<Key> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[i * 2..i * 2 + 2], 16).ok()?;
        }
        Some(Key(bytes))
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

/// Feeds a [`Key`] piece by piece; every piece is length-prefixed, so that
/// `ab`,`c` and `a`,`bc` differ.
#[derive(Default)]
pub struct KeyBuilder(Vec<u8>);

/// Longer pieces enter a key by their own hash.
const LONG: usize = 512;

impl KeyBuilder {
    pub fn new(domain: &str) -> Self {
        let mut builder = KeyBuilder(Vec::with_capacity(LONG));
        builder.put(domain.as_bytes());
        builder
    }

    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        if bytes.len() > LONG {
            return self.put_key(Key::of(bytes));
        }
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn put_str(&mut self, text: &str) -> &mut Self {
        self.put(text.as_bytes())
    }

    pub fn put_key(&mut self, key: Key) -> &mut Self {
        self.0.extend_from_slice(&key.0);
        self
    }

    pub fn put_num(&mut self, number: u64) -> &mut Self {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    pub fn finish(&self) -> Key {
        Key::of(&self.0)
    }
}

/// The [`Key::of`] bytes that come in pieces and are never held together.
pub struct StreamHash(twox_hash::xxhash3_128::Hasher);

impl StreamHash {
    pub fn new() -> StreamHash {
        StreamHash(twox_hash::xxhash3_128::Hasher::new())
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    pub fn finish(&self) -> Key {
        Key(self.0.finish_128().to_le_bytes())
    }
}

impl std::io::Write for StreamHash {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Default for StreamHash {
    fn default() -> Self {
        StreamHash::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hash_as_the_whole() {
        let bytes: Vec<u8> = (0..70_000_u32).map(|n| (n % 251) as u8).collect();
        let mut stream = StreamHash::new();
        bytes.chunks(999).for_each(|piece| stream.update(piece));
        assert_eq!(stream.finish(), Key::of(&bytes));
    }

    #[test]
    fn borders_of_pieces_count() {
        let key = |pieces: &[&str]| {
            let mut key = KeyBuilder::new("test");
            pieces.iter().for_each(|piece| {
                key.put_str(piece);
            });
            key.finish()
        };
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        let long = "x".repeat(LONG + 1);
        assert_ne!(key(&[&long]), key(&[&long, ""]));
    }
}
