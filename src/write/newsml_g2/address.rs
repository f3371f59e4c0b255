//! Which texts the schema takes for an address.

/// Whether a text is a URI reference (RFC 3986), letters beyond ASCII allowed: what validators take as `xs:anyURI`.
pub(super) fn is_address(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let legal = !text.is_empty() && is_legal(text) && is_legal(fragment);
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => (Some(scheme), rest),
        _ => (None, text),
    };
    legal && scheme.is_none_or(is_scheme) && rest.strip_prefix("//").is_none_or(has_authority)
}

fn is_legal(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(i, byte)| match byte {
        b'%' => bytes
            .get(i + 1..i + 3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
        _ => {
            !byte.is_ascii()
                || byte.is_ascii_alphanumeric()
                || b"-._~:/?@!$&'()*+,;=".contains(byte)
        }
    })
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Whether what follows `//` begins with a host, and a port of digits where there is one.
fn has_authority(rest: &str) -> bool {
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    !host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) && port.len() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for text in [
            "https://press.example/a%20b?c=d&e#f",
            "http://press.example:8080/",
            "www.press.example/news",
            "https://büro.example/straße",
            "mailto:press@press.example",
            "/a:b",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "a b",
            "https://press.example/[x]",
            "https://press.example/100%",
            "https://press.example/#a#b",
            "https://press.example:x/",
            "https:///x",
            "4:5",
            "https://press.example/<a>",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
