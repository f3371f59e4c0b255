//! The templates, and how what they print becomes HTML.

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

/// A page as its template makes it.
pub(super) fn render(name: &str, view: Value) -> Result<String, Error> {
    BUILT_IN.get_template(name)?.render(view)
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
