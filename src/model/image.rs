//! A picture that the office gives a release.

use serde::Serialize;

use crate::source::{ImageFile, ImageFormat};

/// A picture of a release: what the office says of it, and what its file is. schema.org `ImageObject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// The file as the run calls it, with `/` between folders.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Words below it.
    pub caption: Option<String>,
    /// Whom it is owed to.
    pub credit: Option<String>,
    /// Name of the main event that it shows.
    pub event: Option<String>,
    /// Its media type.
    #[serde(rename = "media_type")]
    pub format: ImageFormat,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl Image {
    /// What is known of its file.
    pub fn file(&self) -> ImageFile {
        ImageFile {
            name: self.file.clone(),
            format: self.format,
            width: self.width,
            height: self.height,
            bytes: self.bytes,
            sha256: self.sha256.clone(),
        }
    }
}
