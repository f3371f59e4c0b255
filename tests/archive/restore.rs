//! What the archive writes comes back whole, from the item alone.

use dateline::archive::newsml::read_item;
use dateline::model::Published;
use dateline::write::newsml_g2::NewsMlG2;
use dateline::write::{Artifacts, Stage, WriteError, Writer};
use proptest::prelude::*;

use crate::random::published;
use crate::scene::site;

fn written(published: &Published) -> Result<Vec<u8>, WriteError> {
    let mut out = Artifacts::default();
    NewsMlG2.release(published, &site(), &mut out)?;
    let mut items = out.0.into_iter();
    let item = items.find(|((stage, _), _)| *stage == Stage::ReleaseItem);
    Ok(item.expect("a release has an item").1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_release_version_comes_back_whole(published in published()) {
        let bytes = written(&published).expect("an item");
        let read = read_item(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read, published);
    }

    #[test]
    fn the_same_version_gives_the_same_bytes(published in published()) {
        prop_assert_eq!(written(&published), written(&published));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read_item(&bytes).is_err());
    }

    #[test]
    fn a_cut_or_changed_item_is_refused_or_read_without_panic(
        published in published(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = written(&published).expect("an item");
        let at = at.index(bytes.len());
        prop_assert!(at + 1 >= bytes.len() || read_item(&bytes[..at]).is_err());
        bytes[at] = byte;
        let _ = read_item(&bytes);
    }
}
