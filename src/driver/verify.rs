//! `build --verify`: the output compared, byte for byte, with a build from
//! empty that is held in memory one page at a time.

use std::sync::Mutex;

use super::drawn::{self, Drawn};
use super::{Output, Request, build, pictures, publish};
use crate::base::fault::Fault;
use crate::emit::holds;
use crate::render;

/// Paths of the output that a build from empty would have written otherwise,
/// ascending. Reads every source again and trusts no record.
pub fn verify(request: &Request, output: &Output) -> Result<Vec<String>, Fault> {
    let mut build = build(request)?;
    let Some(ready) = &mut build.ready else { return Ok(Vec::new()) };
    // Of all that is dear only colours must be known before pages are made.
    let pass = pictures::make_missing((&build.tree, ready), &|_, _| true, &|_, _| {})?;
    ready.tint(pass.tints);
    let ready = &*ready;
    let views = ready.views();
    let reads = ready.reads(&views);
    let different: Mutex<Vec<String>> = Mutex::default();
    publish::pages(ready, &|_, _| {}, |page| {
        let bytes = if let Some(source) = publish::copied(page, &reads) {
            build.tree.get(source).map(publish::publish_bytes).transpose()
        } else if let Some(drawn) = Drawn::of(ready, page) {
            // Encoders may write other bytes on another machine, and the cache
            // may come from there: it is what stands behind the output.
            drawn.bytes((&build.tree, ready)).map(Some)
        } else {
            let draft = render::draft(page, &reads);
            draft.and_then(|draft| drawn::finish(draft, (&build.tree, ready))).map(Some)
        };
        // What cannot be made now does not stand behind what lies there.
        let bytes = bytes.ok().flatten();
        if bytes.is_none_or(|bytes| !holds(&output.dir.join(page.path.as_str()), &bytes))
            && let Ok(mut different) = different.lock()
        {
            different.push(page.path.as_str().to_owned());
        }
        Ok(())
    })?;
    let mut different = different.into_inner().unwrap_or_default();
    different.sort();
    Ok(different)
}
