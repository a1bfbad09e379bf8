//! The HTML of a document's body: in memory, or with whoever keeps it.
//!
//! Bodies are most of what a large site is made of, and most builds show few
//! of them again. So a body is known by its key, and its text is asked for
//! when a page is really rendered.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::base::hash::Key;

/// HTML that is known by its [`Key`].
#[derive(Clone)]
pub struct Html {
    key: Key,
    place: Place,
}

#[derive(Clone)]
enum Place {
    Here(Box<str>),
    Kept(Arc<dyn Keeper>),
}

/// Keeps the HTML of a body.
pub trait Keeper: Any + Send + Sync {
    /// Hands out the HTML that `is_it` says is the right one, once; not at all if
    /// it is lost.
    fn html(&self, is_it: &dyn Fn(&str) -> bool, each: &mut dyn FnMut(&str));
}

impl Html {
    pub fn new(html: String) -> Html {
        Html { key: Key::of(html.as_bytes()), place: Place::Here(html.into()) }
    }

    /// HTML that somebody keeps; `key` is that of its bytes.
    pub fn kept(key: Key, keeper: Arc<dyn Keeper>) -> Html {
        Html { key, place: Place::Kept(keeper) }
    }

    /// Who keeps it, if they are of that sort.
    pub fn keeper<K: Keeper>(&self) -> Option<&K> {
        match &self.place {
            Place::Here(_) => None,
            Place::Kept(keeper) => {
                let keeper: &dyn Any = &**keeper;
                keeper.downcast_ref()
            }
        }
    }

    /// Changes when the HTML does.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Hands the HTML to somebody; `None` if its keeper lost it or has another.
    pub fn with<T>(&self, each: impl FnOnce(&str) -> T) -> Option<T> {
        match &self.place {
            Place::Here(html) => Some(each(html)),
            Place::Kept(keeper) => {
                let (mut each, mut made) = (Some(each), None);
                let is_it = |html: &str| Key::of(html.as_bytes()) == self.key;
                keeper.html(&is_it, &mut |html| made = each.take().map(|each| each(html)));
                made
            }
        }
    }

    /// As [`Html::with`], to keep.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match &self.place {
            Place::Here(html) => Some(Cow::Borrowed(html)),
            Place::Kept(_) => self.with(str::to_owned).map(Cow::Owned),
        }
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Html").field(&self.key).finish()
    }
}
