// What two feed readers of another language take from feeds: one JSON object on standard output, by path.
//
//     node readers.mjs HOME FEED...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const [home, ...feeds] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(home), "package.json"));
const { parseFeed } = require("feedsmith");
const RssParser = require("rss-parser");

const instant = (date) => (date ? new Date(date).toISOString() : null);
const read = {
  feedsmith(text) {
    const { format, feed } = parseFeed(text);
    const items = format === "atom" ? feed.entries : feed.items;
    return (items ?? []).map((item) => ({
      id: item.guid?.value ?? item.id,
      title: item.title?.value ?? item.title,
      date: instant(item.pubDate ?? item.published ?? item.date_published),
    }));
  },
  async "rss-parser"(text) {
    const { items } = await new RssParser().parseString(text);
    return items.map((item) => ({ id: item.guid ?? item.id, title: item.title, date: instant(item.pubDate) }));
  },
};

const found = {};
for (const feed of feeds) {
  const text = readFileSync(feed, "utf8");
  found[feed] = {};
  for (const [reader, items] of Object.entries(read)) {
    if (reader === "rss-parser" && feed.endsWith(".json")) continue;
    found[feed][reader] = await items(text);
  }
}
console.log(JSON.stringify(found));
