//! Documents that list many releases, made where what they list has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Artifacts, Stage, WriteError};

/// What stands for all that a list was made of, but for the settings and the program. A compiler may make another of the same,
/// which costs time only.
pub type Digest = u64;

/// Where lists stand, and are brought to.
pub trait Shelf: Sync {
    /// Whether the document at a path was made of what a digest stands for, under the settings of this run, and stands.
    fn stands(&self, path: &str, digest: Digest) -> bool;

    /// Brings a document there before all are made, so that they need not be held at once; gives it back where it has to
    /// wait for others.
    fn take(&self, _stage: Stage, _path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
        Some(bytes)
    }
}

/// The lists of a catalog.
#[derive(Debug, Default)]
pub struct Lists {
    /// Those that were made, but for what the shelf has taken.
    pub artifacts: Artifacts,
    /// Paths of those that stand as they are.
    pub standing: BTreeSet<String>,
    /// What each was made of, made now or standing, where its writer tells.
    pub digests: BTreeMap<String, Digest>,
}

impl Lists {
    /// Adds those of another writer.
    pub fn add(&mut self, other: Self) {
        self.artifacts.add(other.artifacts);
        self.standing.extend(other.standing);
        self.digests.extend(other.digests);
    }
}

/// Takes the lists of a catalog as writers make them.
#[derive(Default)]
pub struct Collection<'s> {
    /// So far.
    pub lists: Lists,
    shelf: Option<&'s dyn Shelf>,
}

impl<'s> Collection<'s> {
    /// None yet; lists that stand are not made again.
    pub fn new(shelf: &'s dyn Shelf) -> Self {
        Self {
            lists: Lists::default(),
            shelf: Some(shelf),
        }
    }

    /// Adds a document.
    pub fn put(&mut self, stage: Stage, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let (path, bytes) = (path.into(), bytes.into());
        let kept = match self.shelf {
            Some(shelf) => shelf.take(stage, &path, bytes),
            None => Some(bytes),
        };
        if let Some(bytes) = kept {
            self.lists.artifacts.put(stage, path, bytes);
        }
    }

    /// Adds a document that depends on nothing but `of`, the settings and the program: where one made of the same stands
    /// already, it is not made again.
    pub fn list<B: Into<Vec<u8>>>(
        &mut self,
        stage: Stage,
        path: impl Into<String>,
        of: &impl Hash,
        make: impl FnOnce() -> Result<B, WriteError>,
    ) -> Result<(), WriteError> {
        let path = path.into();
        if self.keeps(&path, of) {
            self.lists.standing.insert(path);
        } else {
            self.put(stage, path, make()?);
        }
        Ok(())
    }

    /// Whether the document at a path stands and was made of the same; what this one is made of is noted.
    fn keeps(&mut self, path: &str, of: &impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        of.hash(&mut hasher);
        let digest = hasher.finish();
        self.lists.digests.insert(path.to_owned(), digest);
        self.shelf.is_some_and(|shelf| shelf.stands(path, digest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Stands(Digest);

    impl Shelf for Stands {
        fn stands(&self, path: &str, digest: Digest) -> bool {
            path == "list" && digest == self.0
        }
    }

    #[test]
    fn a_list_is_made_where_what_it_is_made_of_changed() {
        let mut first = Collection::default();
        let list = |out: &mut Collection<'_>, of: &[&str]| {
            let made = || Ok(of.join("\n"));
            out.list(Stage::Collection, "list", &of, made)
                .expect("a list");
        };
        list(&mut first, &["a", "b"]);
        let digest = first.lists.digests["list"];
        let stands = Stands(digest);
        let made = |of: &[&str]| {
            let mut out = Collection::new(&stands);
            list(&mut out, of);
            (out.lists.artifacts.0.len(), out.lists.standing.len())
        };
        assert_eq!((made(&["a", "b"]), made(&["ab"])), ((0, 1), (1, 0)));
    }
}
