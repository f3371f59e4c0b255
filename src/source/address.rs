//! Web addresses that people write into settings and sidecars.

/// Whether the text is an `http` or `https` address with a host and nothing that an address must encode (RFC 3986).
pub fn is_web_address(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    is_host(name)
        && port.parse::<u16>().is_ok()
        && rest
            .bytes()
            .all(|b| b.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&b))
}

/// Whether the text is a host name: labels of letters, digits and inner hyphens (RFC 1123 section 2.1).
pub fn is_host(name: &str) -> bool {
    name.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_web_addresses_are_accepted() {
        for (text, fits) in [
            ("https://press.example/a?b=c#d", true),
            ("http://localhost:8000", true),
            ("https://press.example:port/", false),
            ("https://press..example/", false),
            ("https:///a", false),
            ("ftp://press.example/", false),
            ("javascript:alert(1)", false),
            ("https://press.example/a b", false),
            ("https://press.example/<", false),
            ("https://münchen.example/", false),
        ] {
            assert_eq!(is_web_address(text), fits, "{text}");
        }
    }
}
