//! Views as templates see them: maps of the fields that a template may name.
//!
//! Takes a view and the [`Names`] of the theme; gives its fields as values, or
//! its key. Fields that no template names are left out of both at every depth,
//! so that nothing is made, hashed or rendered anew for their sake. The names
//! given count for the view itself, [`Names::below`] for the views within it.

use std::borrow::Cow;
use std::fmt::Display;

use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};
use tera::Value;

use crate::base::digest::digest;
use crate::base::hash::Key;
use crate::theme::Names;

/// Names and values, in the order in which they are given; the later of two of
/// one name counts.
pub type Pairs = Vec<(Cow<'static, str>, Value)>;

/// The key of what templates can see of a view.
pub fn key_of<T: Serialize + ?Sized>(view: &T, names: &Names) -> Key {
    digest(&Seen { view, names })
}

/// A view as a value.
pub fn value_of<T: Serialize + ?Sized>(view: &T, names: &Names) -> Value {
    Value::from_serializable(&Seen { view, names })
}

/// As [`value_of`], with room for no more fields of its own than it is given.
pub fn own_value<T: Serialize + ?Sized>(view: &T, names: &Names) -> Value {
    let mut pairs = room(names);
    collect(view, names, &mut pairs);
    // What is no structure; or a template asks whether there is one, and must not
    // find it empty.
    if pairs.is_empty() { value_of(view, names.below()) } else { map(&pairs) }
}

/// Room for the fields of a view.
pub fn room(names: &Names) -> Pairs {
    Pairs::with_capacity(names.count().min(MOST_FIELDS))
}

/// Entries have about as many fields.
const MOST_FIELDS: usize = 64;

/// Adds the fields of a view, if it is a structure.
pub fn collect<T: Serialize + ?Sized>(view: &T, names: &Names, pairs: &mut Pairs) {
    // What is no structure has no fields.
    let _ = view.serialize(Collector { names, pairs });
}

/// A map of pairs, each name hashed once: the engine makes a map that it is given
/// anew.
pub fn map(pairs: &Pairs) -> Value {
    Value::from_serializable(&Map(pairs))
}

struct Map<'a>(&'a Pairs);

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.iter().any(|(name, _)| matches!(name, Cow::Owned(_))) {
            let mut map = serializer.serialize_map(Some(self.0.len()))?;
            self.0.iter().try_for_each(|(name, value)| map.serialize_entry(&**name, value))?;
            return map.end();
        }
        let mut map = serializer.serialize_struct("", self.0.len())?;
        for (name, value) in self.0 {
            if let Cow::Borrowed(name) = name {
                map.serialize_field(name, value)?;
            }
        }
        map.end()
    }
}

/// What templates can see of a view.
struct Seen<'a, T: ?Sized> {
    view: &'a T,
    names: &'a Names,
}

impl<T: Serialize + ?Sized> Serialize for Seen<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view.serialize(Seeing { inner: serializer, names: self.names })
    }
}

/// Hands everything on but the fields that nobody names.
struct Seeing<'a, S> {
    inner: S,
    names: &'a Names,
}

/// Scalars are handed on as they are.
macro_rules! hand_on {
    ($($method:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $method(self, $($arg: $type),*) -> Result<S::Ok, S::Error> {
            self.inner.$method($($arg),*)
        })*
    };
}

impl<'a, S: Serializer> Serializer for Seeing<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Seeing<'a, S::SerializeSeq>;
    type SerializeTuple = Seeing<'a, S::SerializeTuple>;
    type SerializeTupleStruct = S::SerializeTupleStruct;
    type SerializeTupleVariant = S::SerializeTupleVariant;
    type SerializeMap = Seeing<'a, S::SerializeMap>;
    type SerializeStruct = Seeing<'a, S::SerializeStruct>;
    type SerializeStructVariant = S::SerializeStructVariant;

    hand_on! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_i128(v: i128);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_u128(v: u128);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_str(v: &str);
        serialize_bytes(v: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, at: u32, variant: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Seen { view: value, names: self.names })
    }

    // As it is: the template engine hands on values of its own under a name.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(name, value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let value = Seen { view: value, names: self.names };
        self.inner.serialize_newtype_variant(name, at, variant, &value)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Seeing { inner: self.inner.serialize_seq(len)?, names: self.names })
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Seeing { inner: self.inner.serialize_tuple(len)?, names: self.names })
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<S::SerializeTupleStruct, S::Error> {
        self.inner.serialize_tuple_struct(name, len)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<S::SerializeTupleVariant, S::Error> {
        self.inner.serialize_tuple_variant(name, at, variant, len)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Seeing { inner: self.inner.serialize_map(len)?, names: self.names })
    }

    fn serialize_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Seeing { inner: self.inner.serialize_struct(name, len)?, names: self.names })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<S::SerializeStructVariant, S::Error> {
        self.inner.serialize_struct_variant(name, at, variant, len)
    }
}

/// Lists and tuples are one: their items.
macro_rules! items {
    ($($list:ident)*) => {
        $(impl<S: ser::$list> ser::$list for Seeing<'_, S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_element<T: Serialize + ?Sized>(
                &mut self,
                value: &T,
            ) -> Result<(), S::Error> {
                self.inner.serialize_element(&Seen { view: value, names: self.names })
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.inner.end()
            }
        })*
    };
}

items! { SerializeSeq SerializeTuple }

/// The keys of maps are data: all of them are handed on.
impl<S: ser::SerializeMap> ser::SerializeMap for Seeing<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_value(&Seen { view: value, names: self.names.below() })
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

impl<S: ser::SerializeStruct> ser::SerializeStruct for Seeing<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        if !self.names.has_field(name) {
            return Ok(());
        }
        self.inner.serialize_field(name, &Seen { view: value, names: self.names.below() })
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

/// Takes the fields of one structure as pairs.
struct Collector<'a> {
    names: &'a Names,
    pairs: &'a mut Pairs,
}

/// What has no fields; nobody reads it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Fieldless(String);

impl ser::Error for Fieldless {
    fn custom<T: Display>(why: T) -> Self {
        Fieldless(why.to_string())
    }
}

impl SerializeStruct for Collector<'_> {
    type Ok = ();
    type Error = Fieldless;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Fieldless> {
        if self.names.has_field(name) {
            self.pairs.push((Cow::Borrowed(name), value_of(value, self.names.below())));
        }
        Ok(())
    }

    fn end(self) -> Result<(), Fieldless> {
        Ok(())
    }
}

/// Everything but structures is refused.
macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$ok, Fieldless> {
            Err(ser::Error::custom(stringify!($method)))
        })*
    };
}

type Never = Impossible<(), Fieldless>;

impl<'a> Serializer for Collector<'a> {
    type Ok = ();
    type Error = Fieldless;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Collector<'a>;
    type SerializeStructVariant = Never;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Collector<'a>, Fieldless> {
        Ok(self)
    }

    refuse! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Fieldless> {
        Err(ser::Error::custom("some"))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Fieldless> {
        Err(ser::Error::custom("newtype"))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Fieldless> {
        Err(ser::Error::custom("newtype variant"))
    }
}
