//! The templates, and how what they print becomes HTML.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        static TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("templates/", $name)))),+];
    };
}

templates! {
    "base.html", "style.css", "release.html", "withdrawn.html", "event.html", "facts.html", "index.html", "year.html",
    "search.html", "search.js",
}

static BUILT_IN: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_formatter(print);
    for (name, text) in TEMPLATES {
        if let Err(fault) = environment.add_template(name, text) {
            panic!("src/write/pages/templates/{name}: {fault}");
        }
    }
    environment
});

/// The texts of all templates.
pub(super) fn texts() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(_, text)| *text)
}

/// Names of the templates, each of which an office may replace.
pub fn names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(name, _)| *name)
}

/// Whether an office's templates can be read; the error tells which cannot, and why.
pub fn check(own: &BTreeMap<String, String>) -> Result<(), (String, String)> {
    let mut environment = BUILT_IN.clone();
    for (name, text) in own {
        environment
            .add_template_owned(name.clone(), text.clone())
            .map_err(|error| (name.clone(), error.to_string()))?;
    }
    Ok(())
}

/// A page as its template makes it, the office's own where there is one.
pub(super) fn render(
    name: &str,
    view: Value,
    own: &BTreeMap<String, String>,
) -> Result<String, Error> {
    if own.is_empty() {
        return BUILT_IN.get_template(name)?.render(view);
    }
    let mut environment = BUILT_IN.clone();
    for (name, text) in own {
        environment.add_template_owned(name.clone(), text.clone())?;
    }
    environment.get_template(name)?.render(view)
}

/// Prints a value: whatever is not markup of our own making is text. What is absent prints as nothing.
fn print(out: &mut Output<'_>, state: &State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    let text = value.to_string();
    if value.is_safe() || state.auto_escape() == AutoEscape::None {
        out.write_str(&text)?;
    } else {
        out.write_str(&escaped(&text))?;
    }
    Ok(())
}

/// Text as it stands in an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether an HTML document may hold the character (HTML standard, "Preprocessing the input stream").
pub(super) fn is_allowed(c: char) -> bool {
    let noncharacter = matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE;
    !noncharacter && (!c.is_control() || matches!(c, '\t' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(
            escaped("a\0\u{85}\u{FFFF}<b \"c\" 'd'>&amp;"),
            "a&lt;b &quot;c&quot; 'd'&gt;&amp;amp;"
        );
    }
}
