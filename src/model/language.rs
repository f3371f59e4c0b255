//! Language tags.

/// A well-formed language tag in its usual capitals (`pt-BR`, `zh-Hant`); `None` where BCP 47 does not allow it.
///
/// Well-formed as RFC 5646 section 2.1 has it, without extensions and grandfathered tags: language, script, region, variants.
/// Whether the parts are registered is not looked at.
pub fn language_tag(text: &str) -> Option<String> {
    let mut parts = text.split('-').peekable();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let language = parts
        .next()
        .filter(|p| (2..=3).contains(&p.len()) && letters(p))?;
    let mut tag = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|p| p.len() == 4 && letters(p)) {
        let (first, rest) = script.split_at(1);
        tag.push('-');
        tag.push_str(&first.to_ascii_uppercase());
        tag.push_str(&rest.to_ascii_lowercase());
    }
    let is_region = |p: &&str| {
        (p.len() == 2 && letters(p)) || (p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(region) = parts.next_if(is_region) {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    for variant in parts {
        let starts_with_digit = variant.starts_with(|c: char| c.is_ascii_digit());
        let fits = (5..=8).contains(&variant.len()) || (variant.len() == 4 && starts_with_digit);
        if !fits || !variant.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&variant.to_ascii_lowercase());
    }
    Some(tag)
}

/// The part of a tag that names the language, without script, region and variants.
pub fn primary_language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_get_their_usual_capitals_and_others_are_refused() {
        for (text, tag) in [
            ("EN", Some("en")),
            ("pt-br", Some("pt-BR")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("de-1996", Some("de-1996")),
            ("sl-rozaj", Some("sl-rozaj")),
            ("english", None),
            ("en_GB", None),
            ("en-", None),
            ("", None),
            ("é-x", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), tag, "{text}");
        }
    }
}
