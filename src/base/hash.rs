//! Content hashes: what a page was made from and what it holds.

/// 128 bits of BLAKE3, enough to tell any two contents apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Key {
        Key::from(blake3::hash(bytes))
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

impl From<blake3::Hash> for Key {
    fn from(hash: blake3::Hash) -> Key {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Key(bytes)
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
pub struct KeyBuilder(blake3::Hasher);

impl KeyBuilder {
    pub fn new(domain: &str) -> Self {
        let mut builder = KeyBuilder(blake3::Hasher::new());
        builder.put(domain.as_bytes());
        builder
    }

    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    pub fn put_str(&mut self, text: &str) -> &mut Self {
        self.put(text.as_bytes())
    }

    pub fn put_key(&mut self, key: Key) -> &mut Self {
        self.0.update(&key.0);
        self
    }

    pub fn put_num(&mut self, number: u64) -> &mut Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    pub fn finish(&self) -> Key {
        Key::from(self.0.finalize())
    }
}
