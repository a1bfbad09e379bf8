//! What `check` says of the pictures as their authors put them there: what is
//! taken out when they are published lies in the sources all the same, where
//! everybody who has the folder can read it.
//!
//! Reads every picture below `content/` and `static/`; only `check` does.

use std::ops::Range;

use rayon::prelude::*;

use super::publish::{ends_in, is_drawing};
use super::{Build, Ready, settle};
use crate::base::diag::{Bi, Diagnostic, Diagnostics, Span};
use crate::link::{MediaTarget, Picture, Target, Targets, Variant};
use crate::parse::{Fragment, RefKind, Reference};
use crate::picture::{Form, says_where, svg};
use crate::plan::State;
use crate::scan::{FileKind, SourceFile};
use crate::{bi, rules};

rules! {
    BAD_DRAWING = "T1007" Error,
        "Hình SVG sai cú pháp", "An SVG file is not well-formed",
        "Hình SVG là văn bản có thể chứa cả mã chạy được, nên chỉ được đăng khi đọc hiểu trọn vẹn. Tệp này sai cú pháp, nén (.svgz), không phải UTF-8, hoặc có định nghĩa ENTITY. Hãy mở bằng chương trình vẽ (Inkscape chẳng hạn) và lưu lại thành “SVG thuần”.",
        "SVG is text that can hold programs, so it is published only when all of it is understood. This file is not well-formed, is compressed (.svgz), is not UTF-8 or defines entities. Open it in a drawing program (Inkscape, say) and save it as plain SVG.";
    LOUD_DRAWING = "T1008" Note,
        "Hình SVG có phần bị bỏ khi đăng", "Parts of an SVG file are left out",
        "Khi đăng, hình SVG chỉ giữ những gì dùng để vẽ. Mã chạy được, tham chiếu ra ngoài, ghi chú và dữ liệu riêng của chương trình vẽ bị bỏ đi. Nếu hình trên trang thiếu gì, hãy lưu lại thành “SVG thuần” với mọi ảnh nằm bên trong.",
        "Of an SVG file only what draws is published. Programs, references to elsewhere, comments and what drawing programs keep for themselves are left out. If something is missing on the page, save the file as plain SVG with all pictures inside.";
    PLACE_IN_ORIGINAL = "T1009" Note,
        "Ảnh gốc còn ghi nơi chụp", "An original says where it was taken",
        "Khi đăng, nơi chụp luôn được gỡ khỏi ảnh. Nhưng ảnh gốc trong thư mục của trang vẫn còn: ai có thư mục ấy, hay kho mã nếu để công khai, đều đọc được. Với ảnh chụp ở nhà dân, nhất là nơi có trẻ em, hãy tắt ghi vị trí trong máy ảnh và thay bằng ảnh đã xuất lại.",
        "What is published never says where a picture was taken. The original in the site's folder still does, and whoever has that folder, or the repository if it is public, can read it. Of pictures taken at people's homes, above all where children live, turn off the position in the camera and put an exported copy in their place.";
    PEOPLE_UNSAID = "T1010" Note,
        "Ảnh chưa ghi có ai trong hình", "A photo does not say who is on it",
        "Hình ảnh của một người chỉ được dùng khi người ấy đồng ý (Bộ luật Dân sự, điều 32); với trẻ em thì cả người giám hộ. Ghi vào ảnh: people: none khi không có người, unidentifiable khi không nhận ra ai, còn lại là mã phiếu đồng ý, như people: DY-2025-014. Ảnh trong thân bài thì ghi ở `photos` với cùng tên tệp: photos: [{file: doi.jpg, people: none}]; ảnh ấy không in lại sau bài.",
        "A person's picture may be used only with consent (Civil Code, article 32), a child's with the guardian's too. Say it of the photo: people: none when nobody is on it, unidentifiable when nobody can be recognised, else the reference of the consent, as in people: DY-2025-014. Of a photo in the text say it under `photos` with the same file name: photos: [{file: doi.jpg, people: none}]; it is not shown again below the text.";
}

/// Notes on every picture that has something to note.
pub(super) fn check(build: &Build) -> Diagnostics {
    let files = &build.tree.files;
    let found = files.par_iter().filter_map(note).collect::<Vec<Diagnostic>>();
    let Some(ready) = &build.ready else { return found };
    let mut diags = found;
    for (id, entry) in ready.site.entries.iter().enumerate() {
        let shown = !matches!(ready.plan.states[id], State::Withdrawn | State::Expired);
        if let Some(original) = entry.variants[entry.original].as_ref().filter(|_| shown) {
            diags.extend(people(ready, original));
        }
    }
    settle(&ready.site.config, false, &mut diags);
    diags
}

fn note(file: &SourceFile) -> Option<Diagnostic> {
    let published = file.path.starts_with("content/") || file.path.starts_with("static/");
    let drawing = is_drawing(&file.path);
    if !published || file.kind == FileKind::Doc || !(drawing || is_photo(&file.path)) {
        return None;
    }
    let bytes = file.read_any().ok()?;
    let path = &file.path;
    if drawing {
        let removed = svg::clean(&bytes).ok()?.removed;
        // A comment and a document type are no loss to anybody.
        let told = removed.iter().filter(|name| !name.starts_with("<!")).take(6);
        let list = told.cloned().collect::<Vec<_>>().join(", ");
        let message = bi!(
            "khi đăng, hình `{path}` được bỏ bớt: {list}",
            "of the drawing `{path}` is left out when it is published: {list}"
        );
        return (!list.is_empty())
            .then(|| Diagnostic::new(&LOUD_DRAWING, message).at(Span::file(path)));
    }
    let message = bi!(
        "ảnh gốc `{path}` còn ghi nơi chụp (khi đăng thì được gỡ)",
        "the original `{path}` says where it was taken (what is published does not)"
    );
    says_where(&bytes).then(|| Diagnostic::new(&PLACE_IN_ORIGINAL, message).at(Span::file(path)))
}

fn is_photo(path: &str) -> bool {
    ends_in(path, &["jpg", "jpeg", "png", "webp"])
}

/// Photos of which nobody says who is on them; what is drawn shows nobody. What
/// is said in the front matter holds for the same file in the text.
fn people(ready: &Ready, variant: &Variant) -> Vec<Diagnostic> {
    let doc = &ready.site.docs[variant.doc];
    let pictures = || variant.cover.as_deref().into_iter().chain(&variant.photos);
    let said = pictures().filter(|picture| picture.photo.people.is_some());
    let mut done: Vec<MediaTarget> = said.map(|picture| picture.media).collect();
    let mut diags = Vec::new();
    let mut tell = |media: MediaTarget, name: &str, range: &Range<usize>, help: Bi| {
        if ready.site.media[media].form == Form::AsIs || done.contains(&media) {
            return;
        }
        done.push(media);
        let message = bi!(
            "ảnh `{name}` chưa ghi `people`: có ai trong hình, đã đồng ý chưa",
            "the photo `{name}` has no `people`: is somebody on it, and do they agree"
        );
        let span = Span::new(&doc.path, range.clone());
        diags.push(Diagnostic::new(&PEOPLE_UNSAID, message).at(span).help(help));
    };
    for Picture { media, photo } in pictures() {
        let help = bi!(
            "ghi people: none, unidentifiable, hoặc mã phiếu đồng ý",
            "write people: none, unidentifiable, or the reference of a consent"
        );
        tell(*media, &photo.file.value, &photo.file.range, help);
    }
    shown(&doc.body, &variant.targets, &mut |reference, media| {
        let name = &reference.target;
        let help = bi!(
            "ghi ở đầu bài, photos: [{{file: {name}, people: none}}], hoặc unidentifiable, hoặc mã phiếu đồng ý",
            "say it in the front matter: photos: [{{file: {name}, people: none}}], or unidentifiable, or the reference of a consent"
        );
        tell(media, name, &reference.range, help);
    });
    diags
}

/// The pictures of a body with their files, those inside components included.
fn shown(body: &Fragment, targets: &Targets, visit: &mut dyn FnMut(&Reference, MediaTarget)) {
    for (reference, target) in body.refs.iter().zip(&targets.own) {
        if let (RefKind::Image, Target::Media(media)) = (reference.kind, target) {
            visit(reference, *media);
        }
    }
    for (call, targets) in body.calls.iter().zip(&targets.inner) {
        if let Some(inner) = &call.body {
            shown(inner, targets, visit);
        }
    }
}
