//! The web app manifest: name, icons and colours for a phone's home screen.
//!
//! Takes final texts and URLs as paths below the host; gives JSON.

use serde_json::json;

use super::feed::json::without_empty;

/// One manifest per language. Empty texts are left out.
#[derive(Debug, Clone, Default)]
pub struct Manifest<'a> {
    pub name: &'a str,
    /// At most 12 characters or so fit under an icon.
    pub short_name: &'a str,
    pub description: &'a str,
    pub lang: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
    /// Home page of the language: `/a/b/en/`.
    pub start_url: &'a str,
    /// Pages that belong to the site: `/a/b/`.
    pub scope: &'a str,
    pub icons: Vec<Icon<'a>>,
    /// CSS colours.
    pub theme_color: &'a str,
    pub background_color: &'a str,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Icon<'a> {
    pub src: &'a str,
    /// `192x192`, or `any` for SVG.
    pub sizes: &'a str,
    pub mime: &'a str,
    /// `any`, `maskable`, or empty.
    pub purpose: &'a str,
}

/// The text of the manifest, one line of JSON and a line feed.
pub fn render(manifest: &Manifest<'_>) -> String {
    let icons = manifest.icons.iter().map(|icon| {
        json!({
            "src": icon.src,
            "sizes": icon.sizes,
            "type": icon.mime,
            "purpose": icon.purpose,
        })
    });
    let value = without_empty(json!({
        "id": manifest.start_url,
        "name": manifest.name,
        "short_name": manifest.short_name,
        "description": manifest.description,
        "lang": manifest.lang,
        "dir": manifest.dir,
        "start_url": manifest.start_url,
        "scope": manifest.scope,
        "display": "minimal-ui",
        "theme_color": manifest.theme_color,
        "background_color": manifest.background_color,
        "icons": icons.collect::<Vec<_>>(),
    }));
    format!("{value}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest() {
        let text = render(&Manifest {
            name: "Mỗi ngày một \"tin tốt\"",
            short_name: "Tin tốt",
            lang: "vi",
            dir: "ltr",
            start_url: "/a/b/",
            scope: "/a/b/",
            icons: vec![Icon {
                src: "/a/b/assets/icon.svg",
                sizes: "any",
                mime: "image/svg+xml",
                purpose: "",
            }],
            theme_color: "#0b5cad",
            ..Manifest::default()
        });
        assert_eq!(
            text,
            concat!(
                r#"{"id":"/a/b/","name":"Mỗi ngày một \"tin tốt\"","short_name":"Tin tốt","#,
                r#""lang":"vi","dir":"ltr","start_url":"/a/b/","scope":"/a/b/","#,
                r##""display":"minimal-ui","theme_color":"#0b5cad","##,
                r#""icons":[{"src":"/a/b/assets/icon.svg","sizes":"any","type":"image/svg+xml"}]}"#,
                "\n"
            )
        );
    }
}
