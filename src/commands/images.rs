//! The pictures of a release version, taken into the archive before the item that names them.

use super::Failure;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Image, Published};
use crate::publish::{Documents, Folder, Mark};
use crate::source::ImageFile;
use crate::write::newsml_g2::paths;

/// Copies each picture that the archive does not hold yet, one at a time. The finding says which is not what was read any
/// more.
pub(super) fn keep(
    config: &Config,
    folder: &Folder,
    documents: &mut Documents<'_>,
    published: &Published,
) -> Result<Result<(), Diagnostic>, Failure> {
    let release = &published.release;
    for image in release.images.iter().map(|fact| &fact.value) {
        let path = paths::image(&published.archive_folder, &release.id, image);
        let Some(mark) = Mark::told(image.bytes, &image.sha256) else {
            return Ok(Err(changed(image)));
        };
        if !folder.has(&path, &mark)? {
            let source = config.input.root.join(&image.file);
            match ImageFile::read(&source, &image.file, config.input.max_bytes) {
                Ok(bytes) if Mark::of(&bytes) == mark => folder.write_durably(&path, &bytes)?,
                Ok(_) => return Ok(Err(changed(image))),
                Err(refusal) => return Ok(Err(Diagnostic::from(&refusal))),
            };
        }
        documents.keep_file(path, mark);
    }
    Ok(Ok(()))
}

fn changed(image: &Image) -> Diagnostic {
    let message = format!("the picture `{}` changed while it was read", image.file);
    Diagnostic::new(Code::Unreadable, message).hint("nothing: the next run reads it again")
}
