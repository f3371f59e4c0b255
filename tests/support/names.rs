//! Names compared as a reader would: case, accents and punctuation set aside, word by word.

#![allow(clippy::cast_precision_loss, reason = "counts are small")]

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Case, accents, punctuation and white space set aside.
pub fn fold(text: &str) -> String {
    let compatible: String = text
        .nfkc()
        .collect::<String>()
        .to_lowercase()
        .replace('ß', "ss");
    let bare: String = compatible
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    let spaced: String = bare
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                ' '
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tokens(text: &str) -> Vec<String> {
    const SMALL: &[&str] = &[
        "the", "of", "a", "an", "and", "de", "la", "le", "des", "du", "der", "die", "das",
    ];
    let folded = fold(text);
    if folded
        .chars()
        .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
    {
        return folded
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(String::from)
            .collect();
    }
    folded
        .split(' ')
        .filter(|w| !w.is_empty() && !SMALL.contains(w))
        .map(String::from)
        .collect()
}

/// Harmonic mean of the shares of words that two names have in common.
pub fn token_f1(a: &str, b: &str) -> f64 {
    let (a, mut rest) = (tokens(a), tokens(b));
    if a.is_empty() || rest.is_empty() {
        return 0.0;
    }
    let total = a.len() + rest.len();
    let mut common = 0;
    for token in &a {
        if let Some(at) = rest.iter().position(|t| t == token) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    2.0 * f64::from(common) / total as f64
}

/// Every form that an entry goes by.
pub fn names_of(entry: &Value) -> Vec<String> {
    match entry {
        Value::String(name) => vec![name.clone()],
        _ => ["name", "acronym", "name_as_written"]
            .iter()
            .map(|key| &entry[key])
            .chain(list(&entry["aliases"]))
            .filter_map(Value::as_str)
            .filter(|n| !n.is_empty())
            .map(String::from)
            .collect(),
    }
}

/// The best agreement between any two forms.
pub fn best_name(a: &Value, b: &Value) -> f64 {
    let b = names_of(b);
    names_of(a)
        .iter()
        .flat_map(|x| b.iter().map(move |y| token_f1(x, y)))
        .fold(0.0, f64::max)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Whether two people hold the same post, by the words of it.
pub fn same_post(gold: &Value, given: &Value) -> bool {
    let post = |person: &Value| person["role"].as_str().unwrap_or_default().to_owned();
    token_f1(&post(gold), &post(given)) >= 0.6
}
