//! What would fill the gaps of an event: a sentence that the text may have, or keys of the sidecar.

/// Advice about an event, to be read beside a text.
#[derive(Debug, Clone, Copy)]
pub struct Advice<'a> {
    /// What the event is called.
    pub name: &'a str,
    /// Whether the text is in the language of our sentences; one in another would not be read in it.
    english: bool,
}

impl<'a> Advice<'a> {
    /// Advice about the event called `name` in a text of that language.
    pub fn new(name: &'a str, language: Option<&str>) -> Self {
        let english = language.is_none_or(|tag| tag == "en" || tag.starts_with("en-"));
        Self { name, english }
    }

    /// The sentence that goes on from the event's name, or else the keys of the sidecar.
    pub fn say(self, sentence: &str, keys: &str) -> String {
        if self.english {
            format!("`{} {sentence}.`", self.name)
        } else {
            format!("in a sentence of the text, or by {keys} under `[[event]]` in the sidecar")
        }
    }

    /// Where it is held.
    pub fn place(self) -> String {
        self.say(
            "is held at VENUE in TOWN, COUNTRY",
            "`venue`, `locality` and `country`",
        )
    }

    /// On which day.
    pub fn day(self) -> String {
        self.say("takes place on DAY MONTH YEAR", "`start`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_english_sentence_is_advised_for_a_text_in_another_language() {
        for (language, sentence) in [
            (None, true),
            (Some("en-GB"), true),
            (Some("enm"), false),
            (Some("fr"), false),
        ] {
            for advice in [
                Advice::new("Fair", language).place(),
                Advice::new("Fair", language).day(),
            ] {
                assert_eq!(
                    advice.starts_with("`Fair "),
                    sentence,
                    "{language:?}: {advice}"
                );
                assert_eq!(
                    advice.contains("sidecar"),
                    !sentence,
                    "{language:?}: {advice}"
                );
            }
        }
    }
}
