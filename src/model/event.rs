//! Events: what a release announces, opens, reports or closes.

use serde::{Deserialize, Serialize};

use super::{Date, Fact};

/// An event of a release, main or mentioned in passing.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Fullest name the text supports, without capitals that only the start of a sentence forces. schema.org `name`.
    pub name: Fact<String>,
    /// What recurs, without the ordinal. schema.org `superEvent` as `EventSeries`; NewsML-G2 `broader`.
    pub series: Option<Fact<String>>,
    /// Place in its series (the 20th): 1 or more. No schema.org property.
    pub edition: Option<Fact<u32>>,
    /// Kind of event.
    pub kind: Option<Fact<EventKind>>,
    /// The larger event that this one is a session of. schema.org `superEvent`.
    pub part_of: Option<Fact<String>>,
    /// First day or hour. `None`: the text gives none.
    pub start: Option<Fact<Date>>,
    /// Last day (inclusive) or closing hour. `None`: one day, or not said.
    pub end: Option<Fact<Date>>,
    /// Where it is held.
    pub location: Option<Fact<Location>>,
    /// How one attends; only from explicit words.
    pub attendance: Option<Fact<Attendance>>,
    /// Who convenes it. NewsML-G2 `organiser`.
    pub organizer: Option<Fact<String>>,
    /// Whether it takes place as announced; `Scheduled` by rule `event.status.default` where nothing is said.
    pub status: Fact<EventStatus>,
    /// First day before it was moved or postponed. schema.org `previousStartDate`.
    pub previous_start: Option<Fact<Date>>,
    /// People named as speaking, as in the record's `people`. schema.org `performer`.
    pub speakers: Vec<Fact<String>>,
    /// Address that the text gives for the event.
    pub url: Option<Fact<String>>,
}

impl EventStatus {
    /// Whether the event takes place, on another day or elsewhere than was said.
    pub fn moves(self) -> bool {
        matches!(self, Self::Rescheduled | Self::MovedOnline)
    }
}

impl Event {
    /// The rule of a status that no words give.
    pub const DEFAULT_STATUS: &str = "event.status.default";

    /// Whether the text or the office says how the event stands.
    pub fn states_status(&self) -> bool {
        self.status.rule.as_str() != Self::DEFAULT_STATUS
    }

    /// The name with what the name of its series adds: `15th Meeting`, of the series `Meeting of the Panel`, is the
    /// `15th Meeting of the Panel`.
    pub fn full_name(&self) -> String {
        let name = &self.name.value;
        let Some(series) = &self.series else {
            return name.clone();
        };
        let tail = name
            .char_indices()
            .filter(|(i, _)| *i == 0 || name[..*i].ends_with(' '))
            .map(|(i, _)| &name[i..])
            .find_map(|end| series.value.strip_prefix(end))
            .filter(|rest| rest.starts_with(' '));
        format!("{name}{}", tail.unwrap_or_default())
    }
}

/// Where an event is held. Parts that the text does not give are `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Location {
    /// Named place, or an institution's building. Never a bare town.
    pub venue: Option<String>,
    /// Street and number, with the postal code where given.
    pub street: Option<String>,
    /// Town.
    pub locality: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2, capitals.
    pub country: Option<String>,
    /// Coordinates, only where configured.
    pub geo: Option<Geo>,
}

/// Coordinates in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Geo {
    /// North positive.
    pub latitude: f64,
    /// East positive.
    pub longitude: f64,
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code as the record prints it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// Kind of event, as RECORD lists them.
    EventKind {
        /// A meeting of a body.
        Meeting = "meeting",
        /// A session of a body or of a larger meeting.
        Session = "session",
        /// A conference, congress, symposium or summit.
        Conference = "conference",
        /// A workshop or seminar.
        Workshop = "workshop",
        /// A forum.
        Forum = "forum",
        /// A visit.
        Visit = "visit",
        /// A signing.
        Signing = "signing",
        /// A ceremony.
        Ceremony = "ceremony",
        /// A training or course.
        Training = "training",
        /// A webinar.
        Webinar = "webinar",
        /// An exhibition or fair.
        Exhibition = "exhibition",
        /// A hearing.
        Hearing = "hearing",
        /// A press conference or briefing.
        PressConference = "press_conference",
        /// Anything else.
        Other = "other",
    }
}

codes! {
    /// How one attends. schema.org `eventAttendanceMode`.
    Attendance {
        /// On the spot.
        Offline = "offline",
        /// Over the net only.
        Online = "online",
        /// Both.
        Mixed = "mixed",
    }
}

codes! {
    /// Whether the event takes place as announced. schema.org `eventStatus`.
    EventStatus {
        /// As announced.
        Scheduled = "scheduled",
        /// Put off, new date unknown.
        Postponed = "postponed",
        /// Will not take place.
        Cancelled = "cancelled",
        /// Put off, new date known.
        Rescheduled = "rescheduled",
        /// Takes place over the net instead.
        MovedOnline = "moved_online",
    }
}
