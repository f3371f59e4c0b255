//! Pictures beside a text: what their files say of themselves, without decoding them.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use exif::{In, Tag};
use imagesize::ImageType;
use serde::{Deserialize, Serialize};

use super::{Refusal, RefusalKind, file, sha256};

/// A kind of picture that every browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ImageFormat {
    /// Photographs.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Drawings.
    #[serde(rename = "image/png")]
    Png,
    /// Drawings of few colours.
    #[serde(rename = "image/gif")]
    Gif,
    /// Either, smaller.
    #[serde(rename = "image/webp")]
    WebP,
}

impl ImageFormat {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::Jpeg, Self::Png, Self::Gif, Self::WebP];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }

    /// The kind of a media type.
    pub fn from_media_type(text: &str) -> Option<Self> {
        (Self::ALL.iter().copied()).find(|format| format.media_type() == text)
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
        }
    }
}

/// A picture's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFile {
    /// The path as the run calls it, with `/` between folders.
    pub name: String,
    /// What the bytes are, whatever the name says.
    pub format: ImageFormat,
    /// Pixels from side to side, as browsers show it.
    pub width: u32,
    /// Pixels from top to bottom, as browsers show it.
    pub height: u32,
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl ImageFile {
    /// What the file at `path`, which the run calls `name`, is; no more than `max_bytes` and one byte are ever read.
    pub fn look(path: &Path, name: &str, max_bytes: u64) -> Result<Self, Refusal> {
        let bytes = Self::read(path, name, max_bytes)?;
        Self::of(name, &bytes).ok_or_else(|| {
            let why = "is no JPEG, PNG, GIF or WebP picture";
            Refusal::new(name, RefusalKind::NotAnImage, why)
        })
    }

    /// The bytes of the file at `path`, which the run calls `name`.
    pub fn read(path: &Path, name: &str, max_bytes: u64) -> Result<Vec<u8>, Refusal> {
        file::read(path, max_bytes).map_err(|(kind, why)| Refusal::new(name, kind, why))
    }

    fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        let format = match imagesize::image_type(bytes).ok()? {
            ImageType::Jpeg => ImageFormat::Jpeg,
            ImageType::Png => ImageFormat::Png,
            ImageType::Gif => ImageFormat::Gif,
            ImageType::Webp => ImageFormat::WebP,
            _ => return None,
        };
        let size = imagesize::blob_size(bytes).ok()?;
        let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
        let (width, height) = if format == ImageFormat::Jpeg && lies_on_its_side(bytes) {
            (height, width)
        } else {
            (width, height)
        };
        (width > 0 && height > 0).then(|| Self {
            name: name.to_owned(),
            format,
            width,
            height,
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        })
    }
}

/// Whether a photograph is turned by a quarter when it is shown (Exif 2.32, 4.6.4: orientations 5 to 8). Browsers do that; what
/// of its Exif data cannot be read they pass over.
fn lies_on_its_side(bytes: &[u8]) -> bool {
    let mut reader = exif::Reader::new();
    let read = reader
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|error| error.distill_partial_result(drop));
    let orientation = read.ok().and_then(|exif| {
        let field = exif.get_field(Tag::Orientation, In::PRIMARY)?;
        field.value.get_uint(0)
    });
    matches!(orientation, Some(5..=8))
}

/// Where a picture lies that a sidecar calls `file`: beside the sidecar or in a folder below, without a link on the way,
/// which could lead out of the input folder. It names no such place otherwise; the error is the part of `file` that is a
/// link, where that is why.
pub(super) fn beside<'f>(sidecar: &Path, file: &'f str) -> Result<PathBuf, Option<&'f str>> {
    let folder = sidecar.parent().unwrap_or(Path::new(""));
    let plain =
        |part: &str| !part.is_empty() && !matches!(part, "." | "..") && !part.contains(['\\', ':']);
    if !file.split('/').all(plain) {
        return Err(None);
    }
    let mut folders = file.match_indices('/').map(|(end, _)| &file[..end]);
    match folders.find(|part| folder.join(part).is_symlink()) {
        Some(link) => Err(Some(link)),
        None => Ok(folder.join(file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let gif = b"GIF89a\x02\x00\x01\x00\x80\x00\x00\x00\x00\x00\xFF\xFF\xFF;";
        let file = ImageFile::of("a.jpg", gif).expect("a picture");
        assert_eq!(
            (file.format, file.width, file.height),
            (ImageFormat::Gif, 2, 1)
        );
        let cases: [&[u8]; 4] = [
            b"",
            b"GIF89a",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a\x00\x00\x01\x00\x80\x00\x00;",
        ];
        for other in cases {
            assert_eq!(ImageFile::of("a.gif", other), None, "{other:?}");
        }
    }

    /// The beginning of a photograph of 3 by 2 pixels as its sensor had them, with Exif data.
    fn photograph(exif: &[u8]) -> Vec<u8> {
        let segment = |marker: u8, content: &[u8]| {
            let length = u16::try_from(content.len() + 2)
                .expect("short")
                .to_be_bytes();
            [&[0xFF, marker], &length[..], content].concat()
        };
        let frame = [8, 0, 2, 0, 3, 1, 1, 0x11, 0];
        let parts = [
            segment(0xE1, exif),
            segment(0xC0, &frame),
            segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        ];
        [&[0xFF, 0xD8], &parts.concat()[..], &[0, 0xFF, 0xD9]].concat()
    }

    /// A directory of one field in big-endian TIFF: the orientation.
    fn orientation(number: u8) -> Vec<u8> {
        let head = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01";
        let field = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, number, 0, 0];
        [&head[..], &field, &[0, 0, 0, 0]].concat()
    }

    #[test]
    fn a_photograph_is_as_wide_as_it_is_shown() {
        for number in 0..=9 {
            let file =
                ImageFile::of("a.jpg", &photograph(&orientation(number))).expect("a picture");
            let turned = matches!(number, 5..=8);
            let size = if turned { (2, 3) } else { (3, 2) };
            assert_eq!((file.width, file.height), size, "orientation {number}");
        }
        let whole = orientation(6);
        for end in 0..whole.len() {
            let file = ImageFile::of("a.jpg", &photograph(&whole[..end])).expect("a picture");
            // From the last byte of the field on it can be read.
            let size = if end >= 28 { (2, 3) } else { (3, 2) };
            assert_eq!((file.width, file.height), size, "cut after {end} bytes");
        }
    }

    #[test]
    fn a_picture_lies_beside_the_sidecar_or_below() {
        let at = |file| beside(Path::new("input/2026/a.toml"), file);
        assert_eq!(at("a.jpg"), Ok(PathBuf::from("input/2026/a.jpg")));
        assert_eq!(at("p/a b.jpg"), Ok(PathBuf::from("input/2026/p/a b.jpg")));
        for file in [
            "", "../a.jpg", "/a.jpg", "./a.jpg", "p//a.jpg", "p\\a.jpg", "c:a.jpg", "p/",
        ] {
            assert_eq!(at(file), Err(None), "{file}");
        }
    }
}
