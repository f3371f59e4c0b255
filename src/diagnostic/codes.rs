//! Every finding there is, with what it means and what to do about it.

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A fact is missing or uncertain; the release is published.
    Warning,
    /// The release cannot be published as it is.
    Error,
}

impl Severity {
    /// What it is called before a message.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $severity:ident, $about:literal, $detail:literal, $advice:literal;)+) => {
        /// Every finding there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $about] $variant),+ }

        impl Code {
            /// All codes, by number.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Short code: `D104`.
            pub fn number(self) -> &'static str { match self { $(Self::$variant => $number),+ } }

            /// Name in words with hyphens, as the record prints it.
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name),+ } }

            /// How bad it is.
            pub fn severity(self) -> Severity { match self { $(Self::$variant => Severity::$severity),+ } }

            /// What it means, one sentence.
            pub fn about(self) -> &'static str { match self { $(Self::$variant => $about),+ } }

            /// How it comes about or what follows from it, one sentence.
            pub fn detail(self) -> &'static str { match self { $(Self::$variant => $detail),+ } }

            /// What to do about it, one sentence.
            pub fn advice(self) -> &'static str { match self { $(Self::$variant => $advice),+ } }

            /// The code of a name.
            pub fn from_name(name: &str) -> Option<Self> { Self::ALL.iter().copied().find(|c| c.name() == name) }

            /// The code that somebody means by its number, in letters of any size, or its name.
            pub fn from_words(words: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|c| c.number().eq_ignore_ascii_case(words) || c.name() == words)
            }
        }
    };
}

codes! {
    Unreadable = "D001", "unreadable", Error, "The file could not be read.",
        "Its name was mistyped, it has gone since the run began, or the system does not let the program read it.",
        "Look whether it is there and whether the account that runs Dateline may read it.";
    TooLarge = "D002", "too-large", Error, "The file is larger than the settings allow.",
        "Most such files are no releases: logs, exports, attachments.",
        "Take the file out of the input folder, or raise `[input] max_bytes`.";
    NotAFile = "D003", "not-a-file", Error, "The path is a link, a folder or a device.",
        "Only plain files are read, so that nothing outside the input folder is ever published.",
        "Put the text itself there.";
    Empty = "D004", "empty", Error, "No text is left once page furniture is taken away.",
        "Menus, notices and blank lines are no release.",
        "Save the page's text whole, or take the file out of the input folder.";
    Repaired = "D005", "repaired", Note, "Characters that no output may hold were replaced or removed.",
        "XML and JSON have no place for them; the words around them stay as they were, and spans point into the text after the repair.",
        "Nothing, if the text reads well; where letters are lost, save it as UTF-8 or set `[input] encoding`.";
    SidecarInvalid = "D006", "sidecar-invalid", Error, "The sidecar cannot be understood.",
        "What the office wants changed is unknown, so the release is held back: half a correction may say what was taken back.",
        "Put right the key or value that the finding names; README lists all keys.";
    SidecarWithoutRelease = "D007", "sidecar-without-release", Warning, "A sidecar lies beside no release.",
        "It changes nothing: the text that it belongs to was renamed, moved or removed.",
        "Give it the name of its text, or remove it.";
    SameId = "D008", "same-id", Error, "Two files claim one identity.",
        "The path without its extension names the release, and each would overwrite the other.",
        "Rename or remove one of them; the one that was published first should keep its name.";
    UnsafeName = "D009", "unsafe-name", Error, "The file's name cannot be part of an address.",
        "Addresses are made of the path below the input folder, and this one holds something that none can, or that another system reads otherwise.",
        "Rename the file: letters, digits, hyphens and dots are safe.";
    NotText = "D010", "not-text", Error, "The file is a document of another program, not a text.",
        "It is a PDF, a word processor's document, a picture or an archive under a text's name.",
        "Save it as plain text.";
    Unwritable = "D011", "unwritable", Error, "A document could not be made of the release.",
        "A format has no way to hold something the release says; nothing of it is published, so that no format lags behind another.",
        "Report it with the text: that is a fault of Dateline's.";
    ArchiveDamaged = "D012", "archive-damaged", Error, "The newest archive item of the release cannot be read.",
        "What was published last is unknown, and a new version could not follow from it.",
        "Bring the item back from a backup; `dateline verify` tells which others are damaged.";
    InternalError = "D013", "internal-error", Error, "Reading the text failed through a fault of Dateline's.",
        "The text itself may be well; nothing of it is published, and all others are read as ever.",
        "Report it with the text and the words of the finding.";
    ImageUnusable = "D014", "image-unusable", Warning, "A picture that the sidecar names cannot be published.",
        "It is not there, is no JPEG, PNG, GIF or WebP, or is larger than `[input] max_bytes`; the release is published without it, or with the picture of that name that it has already.",
        "Put the picture beside the sidecar, under the name that `file` gives.";
    NoHeadline = "D101", "no-headline", Error, "The text has no headline.",
        "No line above the text reads like a title, or the text begins at once.",
        "Write the headline on a line of its own above the text, set `headline` in the sidecar, or set `[input] headline_from = \"first-sentence\"`.";
    NoDate = "D102", "no-date", Error, "The text has no publication date.",
        "Only a date line or a dateline counts: a date inside a sentence may be the event's.",
        "Write the date on a line of its own, set `published` in the sidecar, or set `[input] date_from`.";
    NoLanguage = "D103", "no-language", Warning, "The language of the text could not be told.",
        "It is too short, mixes languages, or is in one that Dateline has no table of; facts that depend on the language are left out.",
        "Set `language` in the sidecar.";
    EventWithoutPlace = "D104", "event-without-place", Warning, "The text names no place for the event.",
        "Search engines list an event only with its place, and none is guessed.",
        "Say it in one sentence of the text, set `venue`, `locality` and `country` under `[[event]]` in the sidecar, or, where all events are in one house, `[read] default_event_place`.";
    EventWithoutDate = "D105", "event-without-date", Warning, "The text gives no day for the event.",
        "An event without a day is in no calendar and no list of events.",
        "Say it in one sentence of the text, or set `start` under `[[event]]` in the sidecar.";
    AmbiguousDate = "D106", "ambiguous-date", Warning, "A numeric date can be read in two ways.",
        "03/04/2024 is in March or in April; it was read in the usual order of the language or the settings.",
        "Write the month in letters, or set `[read] date_order`.";
    WeekdayMismatch = "D107", "weekday-mismatch", Warning, "The weekday does not belong to the date.",
        "One of the two is a slip, and which one cannot be told; the date is taken as written.",
        "Ask the author, and correct the text.";
    DateFromFallback = "D108", "date-from-fallback", Note, "The publication date is not from the text.",
        "The text gives none, and `[input] date_from` allows the file's name, its time or the first run that saw it; the fact is marked `configured`.",
        "Nothing, if the date is right; else set `published` in the sidecar.";
    NotARelease = "D109", "not-a-release", Error, "The text is a list of several releases.",
        "Several dates on lines of their own, each with a link to the whole text, make an index page, not a release.",
        "Give each release a file of its own.";
    FutureDate = "D110", "future-date", Warning, "The publication date lies after the run.",
        "It is published all the same: offices do send releases out beforehand, and only they can say whether this one was to wait.",
        "If it was to wait, set `embargo` in the sidecar; if the date is wrong, `published` there.";
    Embargoed = "D111", "embargoed", Note, "The release is held until its embargo ends.",
        "Until then no trace of it is in the output; the first run after that moment publishes it.",
        "Nothing; to publish it at once, set `embargo = \"\"` in the sidecar.";
    DateWithoutDay = "D201", "date-without-day", Note, "The publication date names no day.",
        "A month or a year is published as such; feeds and search engines want a day.",
        "Write the day beside the month, or set `published` in the sidecar.";
    LongHeadline = "D202", "long-headline", Note, "The headline is longer than most places show.",
        "It is published whole; above 110 characters search results and feed readers may cut it off.",
        "Shorten the line, and let the next one say the rest: it is published as subtitle.";
    ArticleWithoutImage = "D203", "article-without-image", Note, "The article has no picture.",
        "Search engines recommend one of 50,000 pixels or more; a logo is never taken for one.",
        "Put a picture beside the text, and name it with `file` and `alt` under `[[image]]` in the sidecar.";
    AuthorWithoutAddress = "D204", "author-without-address", Note, "Nothing tells which body the author is.",
        "The publisher stands for the author, and has neither an address of its own nor an authority link.",
        "Set `[publisher] url` or `same_as`.";
    EventWithoutDay = "D301", "event-without-day", Note, "The text gives only the month or year of the event.",
        "It is published as said, stands in no calendar, and search engines do not list it.",
        "Say the day in the text, or set `start` under `[[event]]` in the sidecar.";
    EventWithoutAddress = "D302", "event-without-address", Note, "The event's venue has no town.",
        "Search engines list an event only with a postal address; a venue alone is none.",
        "Name the town beside the venue, or set `locality` and `country` under `[[event]]` in the sidecar.";
    EventOnlineOnly = "D303", "event-online-only", Note, "The event is held on the net alone.",
        "Google lists events that have a place where people meet; this one is published all the same.",
        "Nothing, if that is so; else say in the text where people meet.";
    EventElsewhere = "D304", "event-elsewhere", Note, "The event is in a country whose events Google does not list.",
        "Its list is offered for some countries only; other readers of the same markup know no such bounds.",
        "Nothing needs to be done.";
    EventNameUnfit = "D305", "event-name-unfit", Note, "The event's name is its place or holds an address.",
        "Search engines want what an event is called, and its place apart from that.",
        "Set `name` under `[[event]]` in the sidecar.";
    EventWithoutEnd = "D311", "event-without-end", Note, "The text does not say when the event ends.",
        "Search engines recommend it; without one they take the event to end on the day on which it begins.",
        "Nothing, if it is over within the day; else say its last day, or set `end` under `[[event]]` in the sidecar.";
    EventWithoutImage = "D312", "event-without-image", Note, "The event has no picture.",
        "Search engines recommend one that is 720 pixels wide or more; that a picture of the release shows the event is for the office to say.",
        "Set `event` to the event's name under the `[[image]]` that shows it in the sidecar.";
    EventWithoutDescription = "D313", "event-without-description", Note, "No paragraph names the event.",
        "The paragraph that names an event describes it; this one is named in the headline or a list alone.",
        "Name it in a paragraph of the text.";
    EventWithoutOrganizer = "D314", "event-without-organizer", Note, "The text does not say who holds the event.",
        "Search engines recommend it, and a publisher need not be the organizer.",
        "Say it in the text, or set `organizer` under `[[event]]` in the sidecar.";
    EventWithoutPerformer = "D315", "event-without-performer", Note, "The text does not say who speaks at the event.",
        "Search engines recommend it; somebody quoted in a release need not speak at what it announces.",
        "Say it in the text, or set `speakers` under `[[event]]` in the sidecar.";
    EventWithoutOffers = "D316", "event-without-offers", Note, "The event has no price or tickets.",
        "Search engines recommend them; Dateline reads none, since a price taken for another does harm.",
        "Nothing needs to be done.";
    EventWithoutVenue = "D317", "event-without-venue", Note, "The event has a town, and no house in it.",
        "Search engines recommend the venue's name; a town is never given as one.",
        "Name the house in the text, or set `venue` under `[[event]]` in the sidecar.";
}

impl Code {
    /// The rule of others that the finding is about, where it is about one.
    pub fn reference(self) -> Option<&'static str> {
        match self.number().as_bytes() {
            b"D104" | b"D105" | [b'D', b'3', ..] => {
                Some("https://developers.google.com/search/docs/appearance/structured-data/event")
            }
            [b'D', b'2', ..] => {
                Some("https://developers.google.com/search/docs/appearance/structured-data/article")
            }
            _ => None,
        }
    }

    /// The long form, for people: what it means, how it comes about, what to do.
    pub fn explanation(self) -> String {
        let see = self.reference().map(|address| format!("See {address}\n"));
        format!(
            "{}[{}]: {}\n\n{}\n{}\n\nWhat to do: {}\n{}",
            self.severity().word(),
            self.number(),
            self.name(),
            self.about(),
            self.detail(),
            self.advice(),
            see.unwrap_or_default()
        )
    }
}
