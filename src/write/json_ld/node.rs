//! A JSON-LD node that cannot hold an empty value.

use serde_json::{Map, Value};

/// A node under construction. Keys print in the order in which they are set; absent values leave no trace.
#[derive(Debug, Clone)]
pub(super) struct Node(Map<String, Value>);

impl Node {
    /// A node of a schema.org type. Every node has an identity, or the union of two documents would duplicate it.
    pub(super) fn new(kind: &str, id: impl Into<String>) -> Self {
        Self(Map::new()).with("@type", kind).with("@id", id.into())
    }

    /// The outermost node of a document.
    pub(super) fn document(kind: &str, id: impl Into<String>) -> Self {
        let mut node = Self(Map::new()).with("@context", "https://schema.org");
        node.0.extend(Self::new(kind, id).0);
        node
    }

    /// Sets a property.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// Sets a property that may be absent.
    pub(super) fn opt(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Sets a property of any number of values; a single one stands alone.
    pub(super) fn all(self, key: &str, values: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        match values.len() {
            0 => self,
            1 => self.with(key, values.remove(0)),
            _ => self.with(key, values),
        }
    }

    /// Sets what another function sets.
    pub(super) fn then(self, more: impl FnOnce(Self) -> Self) -> Self {
        more(self)
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Self::Object(node.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_values_leave_no_key_and_single_ones_no_array() {
        let node = Node::document("Event", "x:1")
            .opt("url", None::<&str>)
            .all("performer", Vec::<Value>::new())
            .all("keywords", ["one"])
            .all("sameAs", ["one", "two"]);
        assert_eq!(
            Value::from(node).to_string(),
            r#"{"@context":"https://schema.org","@type":"Event","@id":"x:1","keywords":"one","sameAs":["one","two"]}"#
        );
    }
}
