//! The body of a request that tells search engines which pages changed (<https://www.indexnow.org/documentation>). It is
//! printed, for another program to send: this one never speaks to the network.

use std::io::Write;
use std::str::FromStr;

use serde::Serialize;

use super::Failure;
use crate::write::percent_path;

/// Most addresses of one request.
const MOST: usize = 10_000;

/// The key by which search engines know that the sender may speak for the site: the file `KEY.txt` beside its index
/// holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && (8..=128).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err("a key is 8 to 128 letters, digits and hyphens".to_owned())
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    host: &'a str,
    key: &'a str,
    key_location: String,
    url_list: &'a [String],
}

impl Key {
    /// Prints one request body a line: most often one, none where no page changed.
    pub(super) fn print<'p>(
        &self,
        base_url: &str,
        paths: impl Iterator<Item = &'p str>,
    ) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        for body in self.bodies(base_url, paths) {
            writeln!(out, "{body}")?;
        }
        out.flush()?;
        Ok(())
    }

    fn bodies<'p>(&self, base_url: &str, paths: impl Iterator<Item = &'p str>) -> Vec<String> {
        let rest = base_url
            .split_once("://")
            .map_or(base_url, |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or(rest);
        let pages = paths.filter(|path| path.rsplit('.').next() == Some("html"));
        // The search is not to be found.
        let pages = pages.filter(|path| *path != "search.html");
        let pages: Vec<String> = pages
            .map(|path| match path {
                // The index is known by the site's own address.
                "index.html" => base_url.to_owned(),
                path => format!("{base_url}{}", percent_path(path)),
            })
            .collect();
        let body = |urls: &[String]| {
            let body = Body {
                host,
                key: &self.0,
                key_location: format!("{base_url}{}.txt", self.0),
                url_list: urls,
            };
            // Strings always have a JSON form.
            serde_json::to_string(&body).expect("a body is plain data")
        };
        pages.chunks(MOST).map(body).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_the_protocol_takes() {
        assert!("a1b2-c3d4".parse::<Key>().is_ok());
        for wrong in ["short", "under_score", "", &"a".repeat(129)] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn pages_alone_are_told_in_requests_of_ten_thousand() {
        let key: Key = "a1b2c3d4".parse().expect("a key");
        let paths = ["index.html", "feed.xml", "search.html", "releases/ä.html"];
        assert_eq!(
            key.bodies("https://press.example/news/", paths.into_iter()),
            [concat!(
                r#"{"host":"press.example","key":"a1b2c3d4","keyLocation":"https://press.example/news/a1b2c3d4.txt","#,
                r#""urlList":["https://press.example/news/","https://press.example/news/releases/%C3%A4.html"]}"#
            )]
        );
        assert_eq!(
            key.bodies("https://press.example/", ["feed.xml"].into_iter())
                .len(),
            0
        );
        let many: Vec<String> = (0..25_000).map(|n| format!("releases/{n}.html")).collect();
        let bodies = key.bodies("https://press.example/", many.iter().map(String::as_str));
        assert_eq!(bodies.len(), 3);
    }
}
