#!/usr/bin/env python3
"""Feeds as their readers have them.

    readers.py WORK PROGRAM       JUDGES_HOME holds the readers

A hundred releases with hostile titles are published; feed-rs (Rust), feedparser (Python), feedsmith and rss-parser
(JavaScript) read every feed and archive page, and must find each release once, with the title, date and identity that it was given.

Then a subscriber reads, with feed-rs, every feed that the year of an office (WORK/year, left by tests/year) ever served, and
must be given each of its releases exactly once. Ends with status 1 where anything is otherwise.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import unicodedata

import feedparser

HERE = pathlib.Path(__file__).resolve().parent
WORK, PROGRAM = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
HOME = pathlib.Path(os.environ.get("JUDGES_HOME", pathlib.Path.home() / ".cache/dateline-judges")).resolve() / "browser"
SITE = WORK / "readers"
FIRST = datetime.date(2025, 11, 1)

# What other formats take for markup, escapes or the end of something.
PARTS = [
    "<b>bold</b>", "AT&T", "&amp;", "&lt;script&gt;", "]]>", "<!-- -->", "</title>", "\"quoted\"", "it's", "100 % of 5 < 6 > 4",
    "<![CDATA[", "&#60;", "\\u003c", "naïve café", "Привет", "你好", "مرحبا بالعالم", "שלום", "👩‍🚀", "a\u0301", "{{ x }}", "%20",
    "<?php ?>", "\u2028line", "٪", "$&", "\\n", "'); --", "&nbsp;", "¿Qué?",
]


def title(number):
    return f"{PARTS[number % len(PARTS)]} {PARTS[(number * 7 + 3) % len(PARTS)]} no. {number}"


def build():
    (SITE / "input").mkdir(parents=True)
    settings = '[site]\nbase_url = "https://press.example/"\nauthority = "press.example,2025"\ntitle = "R&D <office>"\n'
    (SITE / "dateline.toml").write_text(settings + "[output]\nfeed_items = 40\n", encoding="utf-8")
    wanted = {}
    for number in range(100):
        day = FIRST + datetime.timedelta(days=number)
        sidecar = f"headline = {json.dumps(title(number), ensure_ascii=False)}\npublished = {json.dumps(day.isoformat())}\nlanguage = \"en\"\n"
        (SITE / "input" / f"r{number:03}.toml").write_text(sidecar, encoding="utf-8")
        (SITE / "input" / f"r{number:03}.txt").write_text(f"The harbour light number {number} is open to everyone from now on.\n", encoding="utf-8")
        # Texts are published in NFC.
        composed = unicodedata.normalize("NFC", title(number))
        wanted[f"tag:press.example,2025:release/r{number:03}"] = (composed, f"{day}T12:00:00")
    done = subprocess.run([PROGRAM, "build", "--now", "2026-06-01T08:00:00Z"], cwd=SITE, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"build: exit {done.returncode}\n{done.stderr[:2000]}")
    return wanted


def by_feedparser(path):
    feed = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        yield {"id": None, "title": str(feed.bozo_exception), "date": None}
    for entry in feed.entries:
        moment = entry.get("published_parsed")
        date = datetime.datetime(*moment[:6]).isoformat() if moment else None
        yield {"id": entry.get("id"), "title": entry.get("title"), "date": date}


def folded(text):
    return " ".join(str(text).split())


def by_feed_rs(paths):
    """What feed-rs takes from each feed, by path."""
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")) / "feed-rs"
    manifest = HERE / "feed-rs" / "Cargo.toml"
    cargo = ["cargo", "run", "--quiet", "--locked", "--manifest-path", manifest, "--target-dir", target, "--", *paths]
    done = subprocess.run(cargo, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def subscriber(year):
    """A reader of the year's feed, which knows an item by its identity and keeps all that it was ever given."""
    faults, given, links = [], {}, {}
    feeds = sorted((year / "seen").glob("*/feed.xml"))
    if not feeds:
        return ["the year has left no feeds"]
    for feed, items in sorted(by_feed_rs(feeds).items()):
        told = pathlib.Path(feed).parent.name
        if len({item["id"] for item in items}) != len(items):
            faults.append(f"look {told}: an identity stands twice")
        for item in items:
            known = given.setdefault(item["id"], (item["link"], item["date"]))
            if known != (item["link"], item["date"]):
                faults.append(f"look {told}: {item['id']} was {known} and is {item['link'], item['date']}")
            if links.setdefault(item["link"], item["id"]) != item["id"]:
                faults.append(f"look {told}: {item['link']} was given as {links[item['link']]} and is sent again as {item['id']}")
    pages = (year / "output" / "releases").rglob("*.html")
    published = {f"tag:press.example,2026:release/{page.relative_to(year / 'output' / 'releases').as_posix()[:-5]}" for page in pages}
    faults += [f"{release}: never given" for release in published - set(given)]
    faults += [f"{release}: given and never published" for release in set(given) - published]
    print(f"subscriber of the year: {len(feeds)} feeds read by feed-rs, {len(given)} of {len(published)} releases given once, {len(faults)} faults", flush=True)
    return faults


wanted = build()
output = SITE / "output"
feeds = [*sorted(output.glob("feed*.xml")), *sorted(output.glob("feeds/*.xml")), output / "atom.xml", output / "feed.json"]
rust = by_feed_rs(feeds)
done = subprocess.run(["node", HERE / "browser" / "readers.mjs", HOME, *feeds], capture_output=True, text=True)
if done.returncode:
    sys.exit(done.stderr)
found = json.loads(done.stdout)
faults, seen, archived = [], 0, {}
for feed in feeds:
    readers = found[str(feed)] | {"feed-rs": rust[str(feed)]}
    if feed.suffix == ".xml":
        readers["feedparser"] = list(by_feedparser(feed))
    for reader, items in readers.items():
        told = f"{feed.relative_to(output)} by {reader}"
        seen += len(items)
        least = 40 if "feeds" not in feed.parts else 1
        if len(items) < least or len({item["id"] for item in items}) != len(items):
            faults.append(f"{told}: {len(items)} items")
        if "feeds" in feed.parts:
            archived.setdefault((reader, feed.suffixes[0]), set()).update(item["id"] for item in items)
        for item in items:
            if item["id"] not in wanted:
                faults.append(f"{told}: identity {item['id']}: {item['title']}")
                continue
            title_, date = wanted[item["id"]]
            if folded(item["title"]) != folded(title_):
                faults.append(f"{told}: {item['title']!r} instead of {title_!r}")
            if str(item["date"])[:19] != date:
                faults.append(f"{told}: {item['date']} instead of {date}")
for (reader, kind), ids in archived.items():
    if ids != set(wanted):
        faults.append(f"archive pages {kind} by {reader}: {len(ids)} releases")
print(f"feed readers: {seen} items of {len(feeds)} feeds read, {len(faults)} faults", flush=True)
if (WORK / "year").exists():
    faults += subscriber(WORK / "year")
else:
    print("subscriber of the year: skipped, no year was run", flush=True)
print("\n".join(faults[:40]))
sys.exit(1 if faults else 0)
