//! Addresses in the text: web, mail, telephone.

use crate::model::Link;
use crate::source::Span;

/// Every web address of the text.
pub(super) fn links(text: &str) -> Vec<Link> {
    web(text, 0)
        .into_iter()
        .map(|span| Link {
            url: absolute(span.of(text)),
            span,
        })
        .collect()
}

/// An address with its scheme.
pub(super) fn absolute(address: &str) -> String {
    if address.starts_with("http://") || address.starts_with("https://") {
        address.to_owned()
    } else {
        format!("https://{address}")
    }
}

/// Spans of web addresses in `text`, which starts at byte `offset` of the source.
pub(super) fn web(text: &str, offset: usize) -> Vec<Span> {
    if !text.contains("://") && !text.contains("www.") {
        return Vec::new();
    }
    tokens(text)
        .filter(|(_, token)| token.contains('.'))
        .filter_map(|(start, token)| {
            let at = ["http://", "https://", "www."]
                .iter()
                .filter_map(|s| token.find(s))
                .min()?;
            let address = token[at..]
                .split([
                    '<', '>', '"', '«', '»', '“', '”', '，', '。', '；', '（', '）',
                ])
                .next()?;
            let address = close(address);
            let host = address.split("//").last()?.split('/').next()?;
            (host.len() > 3 && host[..host.len() - 1].contains('.'))
                .then(|| Span::new(offset + start + at, offset + start + at + address.len()))
        })
        .collect()
}

/// Spans of mail addresses.
pub(super) fn mails(text: &str, offset: usize) -> Vec<Span> {
    tokens(text)
        .filter_map(|(start, token)| {
            let at = token.find('@')?;
            let local = token[..at]
                .rfind(|c: char| {
                    !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%'))
                })
                .map_or(0, |i| {
                    i + token[i..].chars().next().map_or(1, char::len_utf8)
                });
            let domain_len = token[at + 1..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .unwrap_or(token.len() - at - 1);
            let domain = token[at + 1..at + 1 + domain_len].trim_end_matches(['.', '-']);
            (local < at && domain.contains('.')).then(|| {
                Span::new(
                    offset + start + local,
                    offset + start + at + 1 + domain.len(),
                )
            })
        })
        .collect()
}

/// Spans of telephone numbers: seven digits or more with the marks that numbers are written with, a `+`, a bracket or
/// groups among them, and no date.
pub(super) fn phones(text: &str, offset: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut digits = 0;
    let mut groups = 0;
    let mut last_digit = false;
    let mut flush = |start: &mut Option<usize>, end: usize, digits: usize, groups: usize| {
        if let Some(from) = start.take()
            && (7..=17).contains(&digits)
            && (groups > 1 || text[from..end].starts_with('+'))
        {
            found.push(Span::new(offset + from, offset + end));
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if start.is_none() {
                start = Some(at);
                digits = 0;
                groups = 0;
            }
            digits += 1;
            groups += usize::from(!last_digit);
            end = at + 1;
            last_digit = true;
            continue;
        }
        last_digit = false;
        match c {
            '+' | '(' if start.is_none() => {
                start = Some(at);
                digits = 0;
                groups = 0;
            }
            ' ' | '-' | '.' | '/' | '(' | ')' | '–' | '+' if start.is_some() => {}
            _ => flush(&mut start, end, digits, groups),
        }
    }
    flush(&mut start, end, digits, groups);
    found
}

/// An address without the sentence's marks behind it.
fn close(address: &str) -> &str {
    let mut address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*']);
    if address.ends_with(')') && !address.contains('(') {
        address = address.trim_end_matches([')', '.', ',']);
    }
    address
}

/// Words between white space, with their first byte.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(|token| (token.as_ptr() as usize - text.as_ptr() as usize, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_without_the_marks_around_them() {
        let text = "See (https://x.example/a_(b)) or www.y.example. Mail: <ann.o@z.example>, tel. +46 8 000 12-34; 12 May 2030";
        let words = |spans: Vec<Span>| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(words(mails(text, 0)), ["ann.o@z.example"]);
        assert_eq!(words(phones(text, 0)), ["+46 8 000 12-34"]);
        assert_eq!(web(text, 0)[1].of(text), "www.y.example");
        assert_eq!(links(text)[1].url, "https://www.y.example");
    }
}
