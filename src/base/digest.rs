//! The key of any value that can be serialized, without writing it out as text.
//!
//! Takes a [`Serialize`] value, gives a [`Key`]. Every scalar enters with a mark
//! of its sort and every text with its length, so that values that differ have
//! keys that differ. Names of fields enter too: a template sees them.

use std::fmt::Display;

use serde::ser::{self, Serialize};

use super::hash::Key;

/// The key of a value. A value that refuses to be serialized (none of ours
/// does) has the key of what it gave until then.
pub fn digest<T: Serialize + ?Sized>(value: &T) -> Key {
    Sink::key_of(value, true)
}

/// As [`digest`], of what was read from a file, wherever in the file it stood:
/// two values that differ in nothing but ranges of bytes have one key.
pub fn digest_unplaced<T: Serialize + ?Sized>(value: &T) -> Key {
    Sink::key_of(value, false)
}

/// What has been serialized so far.
struct Sink {
    bytes: Vec<u8>,
    /// Whether ranges count.
    places: bool,
}

/// What serde calls a `Range`.
const RANGE: &str = "Range";

/// Why a value refused; nobody reads it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refused(String);

impl ser::Error for Refused {
    fn custom<T: Display>(why: T) -> Self {
        Refused(why.to_string())
    }
}

type Done = Result<(), Refused>;

impl Sink {
    fn key_of<T: Serialize + ?Sized>(value: &T, places: bool) -> Key {
        let mut sink = Sink { bytes: Vec::with_capacity(1024), places };
        let _ = value.serialize(&mut sink);
        Key::of(&sink.bytes)
    }

    fn mark(&mut self, mark: u8, bytes: &[u8]) -> Done {
        self.bytes.push(mark);
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn text(&mut self, mark: u8, text: &[u8]) -> Done {
        self.mark(mark, &(text.len() as u64).to_le_bytes())?;
        self.bytes.extend_from_slice(text);
        Ok(())
    }
}

/// Numbers by their width, in one line each.
macro_rules! numbers {
    ($($method:ident $type:ty = $mark:literal;)*) => {
        $(fn $method(self, v: $type) -> Done {
            self.mark($mark, &v.to_le_bytes())
        })*
    };
}

impl<'a> ser::Serializer for &'a mut Sink {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Structure<'a>;
    type SerializeStructVariant = Structure<'a>;

    numbers! {
        serialize_i8 i8 = 1;
        serialize_i16 i16 = 2;
        serialize_i32 i32 = 3;
        serialize_i64 i64 = 4;
        serialize_u8 u8 = 5;
        serialize_u16 u16 = 6;
        serialize_u32 u32 = 7;
        serialize_u64 u64 = 8;
        serialize_f32 f32 = 9;
        serialize_f64 f64 = 10;
        serialize_i128 i128 = 22;
        serialize_u128 u128 = 23;
    }

    fn serialize_bool(self, v: bool) -> Done {
        self.mark(11, &[u8::from(v)])
    }

    fn serialize_char(self, v: char) -> Done {
        self.mark(12, &u32::from(v).to_le_bytes())
    }

    fn serialize_str(self, v: &str) -> Done {
        self.text(13, v.as_bytes())
    }

    fn serialize_bytes(self, v: &[u8]) -> Done {
        self.text(14, v)
    }

    fn serialize_none(self) -> Done {
        self.mark(15, &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        self.mark(16, &[])?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.mark(17, &[])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Done {
        self.text(18, name.as_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Refused> {
        self.mark(19, &[])?;
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, Refused> {
        self.text(18, name.as_bytes())?;
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Refused> {
        self.mark(20, &[])?;
        Ok(self)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Structure<'a>, Refused> {
        let counts = self.places || name != RANGE;
        Ok(Structure { sink: self.serialize_map(None)?, counts })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Structure<'a>, Refused> {
        self.text(18, name.as_bytes())?;
        Ok(Structure { sink: self.serialize_map(None)?, counts: true })
    }
}

/// What ends a list or a map.
const END: u8 = 0;

/// Lists of all kinds are one: their items, then an end.
macro_rules! lists {
    ($($list:ident $method:ident;)*) => {
        $(impl ser::$list for &mut Sink {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                value.serialize(&mut **self)
            }

            fn end(self) -> Done {
                self.mark(END, &[])
            }
        })*
    };
}

lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

impl ser::SerializeMap for &mut Sink {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.mark(END, &[])
    }
}

/// Structures enter as maps of their fields' names.
struct Structure<'a> {
    sink: &'a mut Sink,
    /// Whether its fields do.
    counts: bool,
}

macro_rules! structures {
    ($($structure:ident)*) => {
        $(impl ser::$structure for Structure<'_> {
            type Ok = ();
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Done {
                if !self.counts {
                    return Ok(());
                }
                self.sink.text(21, name.as_bytes())?;
                value.serialize(&mut *self.sink)
            }

            fn end(self) -> Done {
                self.sink.mark(END, &[])
            }
        })*
    };
}

structures! { SerializeStruct SerializeStructVariant }

#[cfg(test)]
mod tests {
    use super::{digest, digest_unplaced};
    use serde_json::{Value, json};

    #[test]
    fn different_values_have_different_keys() {
        let values = [
            json!(null),
            json!(""),
            json!("ab"),
            json!(["ab"]),
            json!(["a", "b"]),
            json!([["a"], "b"]),
            json!([["a", "b"]]),
            json!({"a": "b"}),
            json!({"b": "a"}),
            json!({"a": {"b": 1}}),
            json!({"a": {}, "b": 1}),
            json!(1),
            json!(-1),
            json!(1.0),
            json!(true),
            json!("true"),
        ];
        for (i, a) in values.iter().enumerate() {
            for (j, b) in values.iter().enumerate() {
                assert_eq!(digest(a) == digest(b), i == j, "{a} and {b}");
            }
        }
        assert_ne!(digest(&Some(1)), digest(&1));
        // What comes after a long number counts too.
        assert_ne!(digest(&(1_i128, 1)), digest(&(1_i128, 2)));
        assert_ne!(digest(&(1_u128, 1)), digest(&(1_u128, 2)));
        assert_ne!(digest(&Some(Value::Null)), digest(&None::<Value>));
    }

    #[test]
    fn places_can_be_left_out() {
        assert_ne!(digest(&("a", 1..2)), digest(&("a", 1..3)));
        assert_eq!(digest_unplaced(&("a", 1..2)), digest_unplaced(&("a", 3..9)));
        assert_ne!(digest_unplaced(&("a", 1..2)), digest_unplaced(&("b", 1..2)));
        assert_ne!(digest_unplaced(&("a", Some(1..2))), digest_unplaced(&("a", None::<u8>)));
    }
}
