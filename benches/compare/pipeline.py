"""What a competent user would write in Python: reads every text below a folder, guesses headline, language and date, and writes
page, JSON-LD and XML for each, a feed of the newest and a sitemap. Two processes.

    pipeline.py INPUT OUTPUT
"""

import html
import json
import sys
from datetime import datetime, timezone
from multiprocessing import Pool
from pathlib import Path

import py3langid
from dateparser.search import search_dates
from feedgen.feed import FeedGenerator
from lxml import etree

BASE = "https://press.example/"
SETTINGS = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
# Lines below the headline in which a date is looked for.
HEAD = 6
NEWEST = 50


def release(task):
    source, output, name = task
    text = source.read_text(encoding="utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    headline = lines[0] if lines else name
    language, _ = py3langid.classify(text)
    found = search_dates("\n".join(line[:80] for line in lines[1:HEAD]), languages=[language], settings=SETTINGS)
    date = found[0][1].date().isoformat() if found else None
    body = lines[1:]
    address = f"{BASE}releases/{name}.html"
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "headline": headline,
        "inLanguage": language,
        "datePublished": date,
        "articleBody": "\n".join(body),
    }
    ld = json.dumps(article, ensure_ascii=False, indent=2)
    script = ld.replace("</", "<\\/")
    page = "\n".join(
        [
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{html.escape(headline)}</title>',
            f'<script type="application/ld+json">{script}</script></head><body>',
            f"<h1>{html.escape(headline)}</h1>",
            *(f"<p>{html.escape(line)}</p>" for line in body),
            "</body></html>",
        ]
    )
    item = etree.Element("newsItem", guid=address, version="1")
    etree.SubElement(item, "headline").text = clean(headline)
    etree.SubElement(item, "contentCreated").text = date
    content = etree.SubElement(item, "content")
    for line in body:
        etree.SubElement(content, "p").text = clean(line)
    base = output / "releases" / name
    base.parent.mkdir(parents=True, exist_ok=True)
    base.with_name(base.name + ".html").write_text(page, encoding="utf-8")
    base.with_name(base.name + ".jsonld").write_text(ld, encoding="utf-8")
    base.with_name(base.name + ".xml").write_bytes(etree.tostring(item, xml_declaration=True, encoding="UTF-8"))
    return date, headline, address, body[0] if body else ""


def clean(text):
    return "".join(c for c in text if c >= " ")


def main():
    source, output = map(Path, sys.argv[1:])
    tasks = [(path, output, str(path.relative_to(source).with_suffix(""))) for path in sorted(source.rglob("*.txt"))]
    with Pool(2) as pool:
        releases = pool.map(release, tasks, chunksize=32)
    feed = FeedGenerator()
    feed.title("Press office")
    feed.link(href=BASE)
    feed.description("Press releases")
    dated = sorted((found for found in releases if found[0]), reverse=True)
    for date, headline, address, first in reversed(dated[:NEWEST]):
        entry = feed.add_entry()
        entry.id(address)
        entry.title(clean(headline))
        entry.link(href=address)
        entry.description(clean(first))
        entry.published(datetime.fromisoformat(date).replace(tzinfo=timezone.utc))
    feed.rss_file(str(output / "feed.xml"))
    sites = etree.Element("urlset", nsmap={None: "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for date, _, address, _ in releases:
        url = etree.SubElement(sites, "url")
        etree.SubElement(url, "loc").text = address
        if date:
            etree.SubElement(url, "lastmod").text = date
    etree.ElementTree(sites).write(str(output / "sitemap.xml"), xml_declaration=True, encoding="UTF-8")
    print(f"{len(releases)} releases, {len(dated)} dated", file=sys.stderr)


if __name__ == "__main__":
    main()
