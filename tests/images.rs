//! Pictures that a sidecar names: published, archived, restored, and told of where they cannot be.

#![allow(clippy::disallowed_methods, reason = "a test makes its own folders")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SETTINGS: &str = "[site]\nbase_url = 'https://press.example/'\nauthority = 'press.example,2026'\n[input]\nmax_bytes = 5000\n";
const TEXT: &str =
    "Harbour office opens its new pier\n\n2 March 2026\n\nThe pier is open to everyone.\n";

/// The picture's name in the archive begins so.
const KEPT: &str = "output/archive/2026/03/pier.";

/// A picture of these sides in one colour.
fn gif(width: u16, height: u16, colour: u8) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0x80, 0, 0, colour, colour, colour, 0, 0, 0, 0x3B]);
    bytes
}

struct Office(tempfile::TempDir);

impl Office {
    /// One release, whose sidecar names the picture `pier.gif`.
    fn new() -> Self {
        let office = Self(tempfile::tempdir().expect("a temporary folder"));
        office.put("dateline.toml", SETTINGS);
        office.put("input/pier.txt", TEXT);
        office
            .says("file = 'pier.gif'\nalt = 'A pier'\ncaption = 'The pier'\ncredit = 'R. & D.'\n");
        office
    }

    fn says(&self, image: &str) {
        self.put("input/pier.toml", format!("[[image]]\n{image}"));
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .args(["--now", "2026-03-03T08:00:00Z"])
            .args(arguments);
        command
            .current_dir(self.0.path())
            .output()
            .expect("started")
    }

    /// Runs the program, which must end with this code; gives all it said.
    fn told(&self, arguments: &[&str], code: i32) -> String {
        let done = self.run(arguments);
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8(said).expect("UTF-8");
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    fn read(&self, name: &str) -> String {
        let path = self.0.path().join(name);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Names of the pictures in the archive, in order.
    fn kept(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path().join("output/archive/2026/03"));
        let names = entries
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<_> = names.filter_map(|name| name.into_string().ok()).collect();
        names.retain(|name| Path::new(name).extension().is_some_and(|of| of == "gif"));
        names.sort();
        names
    }
}

#[test]
fn a_picture_is_in_every_format_and_comes_back_from_the_archive() {
    let office = Office::new();
    let bytes = gif(300, 200, 7);
    office.put("input/pier.gif", &bytes);
    office.told(&["build"], 0);
    let kept = office.kept();
    let [name] = &kept[..] else {
        panic!("{kept:?}")
    };
    let path = format!("output/archive/2026/03/{name}");
    assert!(path.starts_with(KEPT));
    assert_eq!(
        fs::read(office.0.path().join(&path)).ok().as_ref(),
        Some(&bytes)
    );

    let address = format!("https://press.example/archive/2026/03/{name}");
    let page = office.read("output/releases/pier.html");
    let shown = format!(
        "<img src=\"../archive/2026/03/{name}\" width=\"300\" height=\"200\" alt=\"A pier\">"
    );
    assert!(page.contains(&shown), "{page}");
    assert!(page.contains("<figcaption>The pier<br><small>R. &amp; D.</small></figcaption>"));
    assert!(page.contains(&format!(
        "<meta property=\"og:image\" content=\"{address}\">"
    )));
    let article: serde_json::Value =
        serde_json::from_str(&office.read("output/releases/pier.article.jsonld")).expect("JSON");
    let image = &article["image"];
    assert_eq!(image["@type"], "ImageObject");
    assert_eq!(
        (&image["contentUrl"], &image["creditText"]),
        (&address.clone().into(), &"R. & D.".into())
    );
    assert!(image["width"].is_null(), "schema.org takes no bare number");
    let feed =
        ::rss::Channel::read_from(office.read("output/feed.xml").as_bytes()).expect("a feed");
    let item = &feed.items()[0];
    let enclosure = item.enclosure().expect("an enclosure");
    assert_eq!(
        (enclosure.url(), enclosure.length()),
        (address.as_str(), bytes.len().to_string().as_str())
    );
    let media = &item.extensions()["media"]["content"][0];
    assert_eq!(media.attrs().get("url"), Some(&address));
    assert_eq!(media.children()["description"][0].value(), Some("The pier"));
    assert!(office.read("output/atom.xml").contains("rel=\"enclosure\""));
    let feed: serde_json::Value =
        serde_json::from_str(&office.read("output/feed.json")).expect("JSON");
    assert_eq!(feed["items"][0]["image"], address);
    assert_eq!(feed["items"][0]["attachments"][0]["mime_type"], "image/gif");

    assert!(office.told(&["build", "-v"], 0).contains("nothing"));
    office.told(&["verify"], 0);
    fs::remove_file(office.0.path().join("output/releases/pier.html")).expect("removed");
    fs::remove_dir_all(office.0.path().join("input")).expect("removed");
    office.told(&["restore"], 0);
    assert_eq!(office.read("output/releases/pier.html"), page);
    office.told(&["verify"], 0);
    office.put(&path, gif(300, 200, 8));
    assert!(office.told(&["verify"], 1).contains(name));
}

#[test]
fn another_picture_makes_a_new_version_and_the_old_one_stays_in_the_archive() {
    let office = Office::new();
    office.put("input/pier.gif", gif(300, 200, 7));
    office.told(&["build"], 0);
    office.put("input/pier.gif", gif(320, 200, 7));
    office.told(&["build"], 0);
    let page = office.read("output/releases/pier.html");
    let kept = office.kept();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept.iter().filter(|name| page.contains(*name)).count(), 1);
    assert!(page.contains("width=\"320\""));
    assert!(
        office
            .read("output/archive/2026/03/pier.v2.xml")
            .contains("rel.image")
    );
    office.told(&["verify"], 0);
    // Gone from the input folder, as texts may be: what is published stays.
    fs::remove_file(office.0.path().join("input/pier.gif")).expect("removed");
    let said = office.told(&["build", "-v"], 0);
    assert!(
        said.contains("D014") && said.contains("keeps the one that was published"),
        "{said}"
    );
    assert_eq!(office.read("output/releases/pier.html"), page);
    // The sidecar no longer names it: that is said.
    office.put("input/pier.toml", "");
    office.told(&["build"], 0);
    assert!(!office.read("output/releases/pier.html").contains("<img"));
    office.told(&["verify"], 0);
}

#[test]
fn a_picture_that_cannot_be_published_is_told_and_the_release_goes_out_without_it() {
    let office = Office::new();
    let large = [gif(300, 200, 7), vec![0; 5000]].concat();
    let cases: [(&[u8], &str); 4] = [
        (b"", "cannot be read: "),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "is no JPEG, PNG, GIF or WebP picture",
        ),
        (&large, "is larger than 5000 bytes"),
        (b"GIF89a", "is no JPEG, PNG, GIF or WebP picture"),
    ];
    for (bytes, why) in cases {
        if !bytes.is_empty() {
            office.put("input/pier.gif", bytes);
        }
        let said = office.told(&["check"], 0);
        for part in [
            "warning[D014]",
            "pier.toml:2:8",
            "the picture `input/pier.gif`",
            why,
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        office.told(&["build"], 0);
        assert!(!office.read("output/releases/pier.html").contains("<img"));
    }
    // Put right, it is taken, though neither text nor sidecar changed.
    office.put("input/pier.gif", gif(300, 200, 7));
    office.told(&["build"], 0);
    assert!(office.read("output/releases/pier.html").contains("<img"));
}

#[test]
fn what_a_sidecar_says_of_a_picture_is_checked() {
    let office = Office::new();
    office.put("input/pier.gif", gif(300, 200, 7));
    office.put("outside.gif", gif(300, 200, 7));
    for (image, why) in [
        (
            "file = '../outside.gif'\nalt = 'x'",
            "expected a file beside the sidecar",
        ),
        ("file = 'pier.gif'", "missing key `alt`"),
        (
            "file = 'pier.gif'\nalt = ' '",
            "expected words that stand in for the picture",
        ),
        (
            "file = 'pier.gif'\nalt = 'x'\nevent = 'Fair'",
            "expected none, since the release has no main event",
        ),
        (
            "file = 'pier.gif'\nalt = 'x'\nwidth = '3'",
            "unknown key `width`",
        ),
    ] {
        office.says(image);
        let said = office.told(&["check"], 1);
        assert!(
            said.contains("D006") && said.contains(why),
            "{image}: {said}"
        );
    }
}

#[test]
fn a_picture_fills_the_gap_that_check_tells_of() {
    let office = Office::new();
    let event = "[[event]]\nname = 'Opening of the pier'\nstart = '2026-03-09'\n";
    let named = |more: &str| format!("{event}[[image]]\nfile = 'pier.gif'\nalt = 'A pier'\n{more}");
    for (sidecar, width, article, shown) in [
        (event.to_owned(), 800, true, true),
        (named(""), 800, false, true),
        (named("event = 'Opening of the pier'\n"), 700, false, true),
        (named("event = 'Opening of the pier'\n"), 800, false, false),
        (named("event = 'Opening of the pier'\n"), 200, true, true),
    ] {
        office.put("input/pier.gif", gif(width, 200, 7));
        office.put("input/pier.toml", &sidecar);
        let said = office.told(&["check"], 0);
        let gaps = (said.contains("D203"), said.contains("D312"));
        assert_eq!(gaps, (article, shown), "{sidecar} {width}: {said}");
    }
    office.put("input/pier.gif", gif(800, 200, 7));
    office.told(&["build"], 0);
    let page = office.read("output/events/pier-1.html");
    assert!(
        page.contains("<figure>") && page.contains("og:image"),
        "{page}"
    );
    assert!(page.contains("#image-1"));
}

#[cfg(unix)]
#[test]
fn a_picture_below_a_link_is_taken_once_the_link_is_a_folder() {
    let office = Office::new();
    office.says("file = 'p/pier.gif'\nalt = 'A pier'\n");
    office.put("elsewhere/pier.gif", gif(300, 200, 7));
    let (elsewhere, folder) = (
        office.0.path().join("elsewhere"),
        office.0.path().join("input/p"),
    );
    std::os::unix::fs::symlink(&elsewhere, &folder).expect("linked");
    assert!(office.told(&["build"], 1).contains("D006"));
    office.told(&["build"], 1);
    fs::remove_file(&folder).expect("removed");
    fs::rename(elsewhere, folder).expect("moved");
    office.told(&["build"], 0);
    assert!(office.read("output/releases/pier.html").contains("<img"));
}
