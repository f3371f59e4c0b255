//! What feed-rs takes from the feeds that are named: one JSON object on standard output, by path.

use serde_json::{Map, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut found = Map::new();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let parser = feed_rs::parser::Builder::new().build();
        let feed = parser
            .parse(&bytes[..])
            .map_err(|error| format!("{path}: {error}"))?;
        let items = feed.entries.iter().map(|entry| {
            json!({
                "id": entry.id,
                "link": entry.links.first().map(|link| &link.href),
                "title": entry.title.as_ref().map(|title| &title.content),
                "date": entry.published.map(|date| date.to_rfc3339()),
            })
        });
        found.insert(path, items.collect());
    }
    println!("{}", serde_json::Value::Object(found));
    Ok(())
}
