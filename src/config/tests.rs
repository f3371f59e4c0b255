use super::*;

const LEAST: &str =
    "[site]\nbase_url = 'https://press.example/news'\nauthority = 'press.example,2026'\n";

fn parse(text: &str) -> Result<Config, SettingsError> {
    Config::parse("dateline.toml", text, Path::new("office"))
}

#[test]
fn all_but_address_and_authority_have_defaults() {
    let config = parse(LEAST).expect("valid");
    assert_eq!(config.site.base_url, "https://press.example/news/");
    assert_eq!(config.site.title, "press.example");
    assert_eq!(config.site.publisher.name, "press.example");
    assert_eq!(config.site.feed.date_only_time.to_string(), "12:00:00");
    assert_eq!(config.output.folder, Path::new("office/output"));
    assert_eq!(
        config.input.decoding.top_level_domain.as_deref(),
        Some("example")
    );
    assert!(config.site.read.publish_inferred && config.output.pages);
}

#[test]
fn title_and_publisher_stand_in_for_each_other() {
    let named = parse(&format!("{LEAST}title = 'Press of  Exampleton'")).expect("valid");
    assert_eq!(named.site.publisher.name, "Press of Exampleton");
    let published =
        parse(&format!("{LEAST}[publisher]\nname = 'City of Exampleton'")).expect("valid");
    assert_eq!(published.site.title, "City of Exampleton");
}

#[test]
fn errors_name_line_key_and_what_was_expected() {
    for (more, shown, hint) in [
        (
            "titel = 'x'",
            "dateline.toml:4:1: unknown key `titel`",
            Some("did you mean `title`?"),
        ),
        (
            "time_zone = 'Europe/Brusels'",
            "dateline.toml:4:13: `time_zone`: `Europe/Brusels` is no IANA zone, expected one like `Europe/Brussels`",
            Some("did you mean `Europe/Brussels`?"),
        ),
        (
            "language = 'english'",
            "dateline.toml:4:12: `language`: `english` is no language tag, expected one like `en` or `pt-BR`",
            None,
        ),
        (
            "[input]\nmax_bytes = 0",
            "dateline.toml:5:13: `max_bytes`: 0 is not between 1 and 1073741824",
            None,
        ),
        (
            "[input]\nmax_bytes = 'big'",
            "dateline.toml:5:13: `max_bytes`: invalid type: string \"big\", expected u64",
            None,
        ),
        (
            "[input]\nencoding = 'utf-9'",
            "dateline.toml:5:12: `encoding`: `utf-9` is no encoding of texts, expected a name like `windows-1252`",
            None,
        ),
        (
            "[input]\ninclude = ['a***']",
            "dateline.toml:5:11: `a***` is no pattern: wildcards are either regular `*` or recursive `**`",
            None,
        ),
        (
            "[output]\ndate_only_time = '9:00'",
            "dateline.toml:5:18: `date_only_time`: `9:00` is no clock time in UTC, expected one like `12:00Z`",
            None,
        ),
        (
            "[publisher]\nlogo = 'logo.png'",
            "dateline.toml:5:8: `logo`: `logo.png` is no absolute web address, expected one like `https://press.example/`",
            None,
        ),
        (
            "[[organization]]\nnam = 'x'",
            "dateline.toml:5:1: unknown key `nam`",
            Some("did you mean `name`?"),
        ),
    ] {
        let error = parse(&format!("{LEAST}{more}")).expect_err(more);
        assert_eq!(
            (error.to_string().as_str(), error.hint.as_deref()),
            (shown, hint)
        );
    }
}

#[test]
fn addresses_and_authorities_are_checked() {
    for (url, authority, fits) in [
        ("https://press.example", "press.example,2026-02", true),
        (
            "http://localhost:8000/x/",
            "office@press.example,2026-02-28",
            true,
        ),
        ("press.example", "press.example,2026", false),
        ("https://", "press.example,2026", false),
        ("https://press.example/?q", "press.example,2026", false),
        ("https://press.example/a b", "press.example,2026", false),
        ("https://press.example/", "press.example", false),
        ("https://press.example/", "press.example,26", false),
        ("https://press.example/", "press.example,2026-02-30", false),
        ("https://press.example/", ",2026", false),
    ] {
        let text = format!("[site]\nbase_url = '{url}'\nauthority = '{authority}'\n");
        assert_eq!(parse(&text).is_ok(), fits, "{url} {authority}");
    }
}

#[test]
fn a_changed_setting_changes_the_fingerprint() {
    let print = |more: &str| {
        parse(&format!("{LEAST}{more}"))
            .expect("valid")
            .fingerprint()
    };
    assert_eq!(print(""), print("# a comment"));
    assert_ne!(print(""), print("title = 'x'"));
    assert_ne!(print(""), print("[output]\npages = false"));
}
