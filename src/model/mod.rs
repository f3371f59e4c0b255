//! The shared normalized model: one release as facts with their evidence. Writers read it and nothing else.
//!
//! Its JSON form is the public record, see [`record`].

mod date;
mod event;
mod evidence;
mod fact;
mod image;
mod language;
mod published;
pub mod record;
mod release;
mod site;
mod time_zone;

pub use date::{Date, Zone};
pub use event::{Attendance, Event, EventKind, EventStatus, Geo, Location};
pub use evidence::Evidence;
pub use fact::{Basis, Fact, RuleId};
pub use image::Image;
pub use language::{language_tag, primary_language};
pub use published::{
    Alternate, Change, EventItem, EventKey, FormerEvent, Mention, Published, Related, SharedEvent,
    Standing,
};
pub use release::{
    Block, BlockKind, Contact, Dateline, Link, Notice, NoticeKind, Organization, Person, Place,
    Release, Topic,
};
pub use site::{Authority, DateOrder, FeedSettings, Publisher, ReadSettings, Site, TopicSettings};
pub use time_zone::TimeZone;
