//! The archive's own codes: one table that the writer uses, the reader knows and the vocabulary file defines.

use crate::diagnostic::Code;
use crate::model::Basis;

/// The scheme address that the archive's codes stand below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vocabulary<'a>(pub &'a str);

impl Vocabulary<'_> {
    /// The address of a code.
    pub fn uri(self, code: &str) -> String {
        format!("{}{code}", self.0)
    }

    /// The code of an address; `None` where it is none of ours.
    pub fn code(self, uri: &str) -> Option<&str> {
        uri.strip_prefix(self.0)
    }
}

macro_rules! codes {
    ($($constant:ident = $code:literal, $about:literal;)+ -- $($row:literal, $row_about:literal;)+) => {
        $(#[doc = $about] pub const $constant: &str = $code;)+

        /// Every code that is written here or by a value of the model, with what it means.
        pub(super) static CODES: &[(&str, &str)] = &[$(($code, $about),)+ $(($row, $row_about)),+];
    };
}

codes! {
    SCOPE_SOURCE = "scope.source", "Hash over the bytes of the source file as received.";
    SCOPE_MODEL = "scope.model", "Hash over the canonical JSON of the release that a reader of the base profile rebuilds from the item.";
    NAME_HONORIFIC = "name.honorific", "Title of address of a person, such as Dr.";
    NAME_ACRONYM = "name.acronym", "Short form that the text gives in brackets behind a name.";
    NAME_ALIAS = "name.alias", "Further form of a name that the text uses.";
    DEFINITION_ROLE = "definition.role", "Post or office of a person.";
    ROLE_CONTACT = "role.press_contact", "Person or office that answers questions of the press.";
    ROLE_SPEAKER = "role.speaker", "Person who speaks at the event.";
    HEADLINE_SUBTITLE = "headline.subtitle", "Second title line.";
    DESCRIPTION_BOILERPLATE = "description.boilerplate", "Standing paragraph about the issuer.";
    DESCRIPTION_ALT = "description.alt", "What a picture shows, for those who do not see it.";
    DESCRIPTION_CAPTION = "description.caption", "Words below a picture.";
    EDNOTE_TO_EDITORS = "ednote.to_editors", "Part of the release that is addressed to journalists.";
    REL_EVENT = "rel.event", "The item of a main event of this release, in the version that says what this release says.";
    REL_FORMER_EVENT = "rel.former_event", "A main event of an earlier version of this release, and the version of its item that takes it back.";
    REL_RELEASE = "rel.release", "The release version that made this version of the event item.";
    REL_ORGANIZATION = "rel.organization", "Body that the person belongs to or speaks for.";
    REL_LOCALITY = "rel.locality", "Town that the place is or lies in.";
    REL_COUNTRY = "rel.country", "Country that the place lies in.";
    REL_EDITION = "rel.edition", "Place of the event in its series, 1 or more.";
    REL_KIND = "rel.kind", "Kind of the event.";
    REL_ATTENDANCE = "rel.attendance", "How one attends the event.";
    REL_START = "rel.start", "First day or hour of the event.";
    REL_END = "rel.end", "Last day or closing hour of an event whose start is not known.";
    REL_STATUS = "rel.status", "Status of an event whose start is not known.";
    REL_LOCATION = "rel.location", "Place of an event whose start is not known: the literal of the assertion that describes it.";
    REL_SPEAKER = "rel.speaker", "Speaker at an event whose start is not known.";
    REL_ORGANIZER = "rel.organizer", "Who convenes an event whose start is not known.";
    REL_PART_OF = "rel.part_of", "Name of the larger event that the event is a part of.";
    REL_PREVIOUS_START = "rel.previous_start", "First day or hour of the event before it was moved or postponed.";
    REL_URL = "rel.url", "Address that the text gives for the event or the contact.";
    REL_DATELINE_DATE = "rel.dateline_date", "Day written in the dateline that opens the body.";
    REL_EMBARGO = "rel.embargo", "End of the embargo as precise as the text, where it names no hour or no zone.";
    REL_TIME_ZONE = "rel.time_zone", "Zone of a time, named as the text or the settings name it.";
    REL_EVIDENCE = "rel.evidence", "Where facts come from: @whyuri is the basis and @howuri the rule; each related @literal is the path of a fact in the record, its @value the bytes start-end of the decoded text (UTF-8) that carry it.";
    REL_BLOCK = "rel.block", "Blocks of text: @typeuri is their kind; each related @literal is the path of a block in the record, its @value the bytes start-end of the decoded text (UTF-8) that it stands at.";
    REL_LINK = "rel.link", "Address that stands in the text: @literal is the address, @value the bytes start-end of the decoded text (UTF-8).";
    REL_IMAGE = "rel.image", "A picture of the release: @href is its file beside the item, @title the file that it was received as.";
    REL_WIDTH = "rel.width", "Width of the picture in pixels.";
    REL_HEIGHT = "rel.height", "Height of the picture in pixels.";
    REL_SHOWS_EVENT = "rel.shows_event", "Name of the main event that the picture shows.";
    REL_PAGE = "rel.page", "Address of the release's page below the site's address; it never changes.";
    REL_FOLDER = "rel.folder", "Folder of the release's items in the archive; it never changes.";
    REL_CHANGED = "rel.changed", "When anything that is published of the release last changed, where this version changed nothing of that: @value is the instant.";
    REL_FIRST_PUBLISHED = "rel.first_published", "Publication date of version 1, where a later version corrected it: @value is the date.";
    REL_SAME_EVENT = "rel.same_event", "An event that another release told of first: @literal is its number in this release, @uri the event as the other release numbered it.";
    REL_TRANSLATION_OF = "rel.translation_of", "The release that this one is a translation of: @uri is the guid of its item.";
    REL_ALTERNATE = "rel.alternate", "The same release under another name: @literal is the name, @value the language of the page it came from.";
    REL_DIAGNOSTIC = "rel.diagnostic", "What reading found to be missing or uncertain: @uri is the finding, @value the bytes start-end of the decoded text (UTF-8).";
    --
    "note.correction", "The publisher corrected the release; the note says what.";
    "note.update", "The source of the release changed.";
    "note.withdrawal", "The publisher took the release back; the item keeps no content.";
    "note.release", "A withheld or embargoed release was set free.";
    "note.reprocessed", "The same source was read again by a newer program.";
    "kind.meeting", "A meeting of a body.";
    "kind.session", "A session of a body or of a larger meeting.";
    "kind.conference", "A conference, congress, symposium or summit.";
    "kind.workshop", "A workshop or seminar.";
    "kind.forum", "A forum.";
    "kind.visit", "A visit.";
    "kind.signing", "A signing.";
    "kind.ceremony", "A ceremony.";
    "kind.training", "A training or course.";
    "kind.webinar", "A webinar.";
    "kind.exhibition", "An exhibition or fair.";
    "kind.hearing", "A hearing.";
    "kind.press_conference", "A press conference or briefing.";
    "kind.other", "An event of another kind.";
    "attendance.offline", "One attends on the spot.";
    "attendance.online", "One attends over the net only.";
    "attendance.mixed", "One attends on the spot or over the net.";
    "status.scheduled", "The event takes place as announced.";
    "status.postponed", "The event is put off, its new date unknown.";
    "status.cancelled", "The event will not take place.";
    "status.rescheduled", "The event is put off, its new date known.";
    "status.moved_online", "The event takes place over the net instead.";
    "notice.language_fallback", "Line saying that the page does not exist in the language asked for.";
    "notice.cookie_banner", "Cookie line.";
    "notice.navigation", "Menu, language switch, counter or related list.";
    "notice.share_links", "Share bar.";
    "notice.print_link", "Print mark.";
    "notice.copyright", "Copyright or picture credit.";
    "notice.embargo", "Embargo or release line.";
    "notice.contact_heading", "Heading of the contacts.";
    "notice.end_mark", "Mark that ends the release.";
    "notice.boilerplate", "Heading of the standing text about the issuer.";
    "notice.other", "Page text outside the release that fits no other code.";
    "block.paragraph", "A paragraph.";
    "block.list_item", "An item of a list.";
    "block.heading", "A heading inside the text.";
    "block.quote", "A quotation set apart.";
    "block.notice", "Page furniture.";
    "basis.stated", "The words are in the text.";
    "basis.inferred", "A named rule over stated words gives it.";
    "basis.configured", "The settings of the site or a sidecar say so.";
}

/// Codes of the findings of reading, with what they mean.
pub(super) fn diagnostics() -> impl Iterator<Item = (String, &'static str)> {
    Code::ALL
        .iter()
        .map(|code| (diagnostic(*code), code.about()))
}

/// The code of a finding.
pub fn diagnostic(code: Code) -> String {
    format!("diagnostic.{}", code.name())
}

/// The code of a basis.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "basis.stated",
        Basis::Inferred => "basis.inferred",
        Basis::Configured => "basis.configured",
    }
}

/// Kinds of events that a reader of the base profile knows.
pub(super) fn is_base_kind(code: &str) -> bool {
    !matches!(code, "hearing" | "press_conference")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Attendance, BlockKind, Change, EventKind, EventStatus, NoticeKind};

    #[test]
    fn every_code_is_defined_once() {
        let codes: BTreeSet<_> = CODES.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), CODES.len());
        let values = [
            (
                "note",
                Change::ALL.iter().map(|v| v.code()).collect::<Vec<_>>(),
            ),
            ("kind", EventKind::ALL.iter().map(|v| v.code()).collect()),
            (
                "attendance",
                Attendance::ALL.iter().map(|v| v.code()).collect(),
            ),
            (
                "status",
                EventStatus::ALL.iter().map(|v| v.code()).collect(),
            ),
            ("notice", NoticeKind::ALL.iter().map(|v| v.code()).collect()),
            ("block", BlockKind::ALL.iter().map(|v| v.code()).collect()),
        ];
        for (group, values) in values {
            for value in values {
                assert!(
                    codes.contains(format!("{group}.{value}").as_str()),
                    "{group}.{value}"
                );
            }
        }
    }
}
