//! Which languages there are, for the program and its build script.

/// Calls a macro with the tag of every language. Their order is that of the registry.
macro_rules! languages {
    ($call:ident) => {
        $call! {
            "en", "fr", "es", "ru", "zh", "ar", "pt", "de", "it", "ja", "ko", "nl", "pl", "tr", "uk",
            "bg", "bs", "ca", "cs", "da", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "ka",
            "kk", "lt", "lv", "mk", "ms", "nb", "ro", "sk", "sl", "sq", "sr", "sv", "th", "vi",
        }
    };
}

pub(super) use languages;
