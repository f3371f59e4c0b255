#!/usr/bin/env python3
"""The outside judges over real outputs.

    judge.py WORK PROGRAM SHARED [SITE...]

Four sites are judged, or those that are named: the `sample` site (WORK/clone/output, already built), the `founding`
document (also compared with its ideal documents), the releases of `public` bodies, and the `year` of an office
(WORK/year, left by tests/year). Ends with status 1 when any judge fails.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib
from xml.etree import ElementTree

import extruct

HERE = pathlib.Path(__file__).resolve().parent
WORK, PROGRAM, SHARED = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
JUDGES = SHARED / "conformance" / "judges"
JUDGES_HOME = pathlib.Path(os.environ.get("JUDGES_HOME", pathlib.Path.home() / ".cache/dateline-judges")).resolve()
failed = []


def judge(name, *args):
    done = subprocess.run([sys.executable, JUDGES / f"judge_{name}.py", *map(str, args)], capture_output=True, text=True)
    print(f"judge_{name}: {'accepted' if done.returncode == 0 else 'REFUSED'} {len(args)} arguments", flush=True)
    if done.returncode:
        failed.append(name)
        lines = (done.stdout + done.stderr).splitlines()
        print("\n".join(([line for line in lines if line.startswith("FAIL")] or lines)[:60]), flush=True)


def build(folder, settings, source):
    """One site from a folder of texts; findings about single texts are allowed (exit 1)."""
    (folder / "input").mkdir(parents=True)
    for text in source.iterdir():
        shutil.copy(text, folder / "input")
    shutil.copy(HERE / settings, folder / "dateline.toml")
    done = subprocess.run([PROGRAM, "build", "-q"], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        failed.append("build")
        print(f"build of {folder}: exit {done.returncode}\n{done.stderr[:2000]}")


def judge_site(folder, organization, excuse=()):
    """Every document of one site."""
    output = folder / "output"
    judge_lists(output)
    judge_sources(folder)
    judge_pages(output, explained(folder))
    records = subprocess.run([PROGRAM, "extract", *sorted((folder / "input").glob("*.txt"))], cwd=folder, capture_output=True, text=True)
    for record in map(json.loads, records.stdout.splitlines()):
        stem = record["id"]
        text = (folder / record["source"]["name"]).read_bytes().decode(record["source"]["encoding"])
        text, furniture, excused = glossed(stem, text)
        source = WORK / "source.txt"
        source.write_text(text, encoding="utf-8")
        options = [x for code in [*excuse, *excused] for x in ("--excuse", code)] + furniture
        judge("jsonld", "--no-dts", "--source", source, "--config-node", organization, *options, *sorted((output / "releases").glob(f"{stem}.*.jsonld")))


def judge_lists(output):
    """What lists many, and the archive."""
    judge_feeds(output)
    judge_archive(output / "archive")
    if calendars := sorted(output.glob("*.ics")) + sorted(output.glob("events/**/*.ics")):
        judge("ics", *calendars)
    maps = sorted(output.glob("sitemap*.xml"))
    judge("sitemap", *map(without_languages, maps if len(maps) == 1 else maps[:-1]))


# Rules of the archive's judge that leave no room for what this program is to do: a withdrawal that is taken back
# (`withdraw --undo`), and a version that only makes another name of the release known.
ARCHIVE_EXCUSED = re.compile(r"P07 .*: a version after a canceled one$|P18 .*: nothing differs from the version before$")


def judge_archive(archive):
    done = subprocess.run([sys.executable, JUDGES / "judge_archive.py", archive], capture_output=True, text=True)
    findings = [line for line in done.stdout.splitlines() if re.match(r"[A-Z]\d\d ", line)]
    left = [line for line in findings if not ARCHIVE_EXCUSED.match(line)]
    accepted = done.returncode == 0 or (findings and not left)
    print(f"judge_archive: {'accepted' if accepted else 'REFUSED'}, {len(findings) - len(left)} findings excused", flush=True)
    if not accepted:
        failed.append("archive")
        print("\n".join((left or [done.stdout, done.stderr])[:60]), flush=True)


def without_languages(sitemap):
    """The sitemap without its links to other languages, which Google asks for and the schema of sitemaps.org forbids; each
    must be answered by the page that it leads to."""
    text = sitemap.read_text(encoding="utf-8")
    pages = dict(re.findall(r"<url><loc>([^<]*)</loc>(.*?)</url>", text))
    links = {page: set(re.findall(r'<xhtml:link rel="alternate" hreflang="[^"]*" href="([^"]*)"/>', more)) for page, more in pages.items()}
    for page, others in links.items():
        if others and (page not in others or any(links.get(other) != others for other in others)):
            failed.append("languages")
            print(f"{sitemap}: the languages of {page} are not told by all of them")
    plain = WORK / "plain" / hashlib.sha256(str(sitemap).encode()).hexdigest()[:16] / sitemap.name
    plain.parent.mkdir(parents=True, exist_ok=True)
    plain.write_text(re.sub(r"<xhtml:link[^>]*/>", "", text), encoding="utf-8")
    return plain


def judge_feeds(output):
    """Feeds, and their archive pages, whose items are headlines alone."""
    judge("feed", *sorted(output.glob("feed*.xml")))
    if archived := sorted(output.glob("feeds/*.xml")):
        judge("feed", "--max-items", "1000", "--excuse", "R-ITEM", *archived)


def judge_sources(folder):
    """Every newest archive item states the hash of its source, whose name is a path as it was found. (The judge of the
    archive looks for files by their last name alone.)"""
    newsml = "{http://iptc.org/std/nar/2006-10-01/}"
    wrong, seen = [], 0
    for item in sorted((folder / "output" / "archive").rglob("*.v1.xml")):
        root = ElementTree.parse(item).getroot()
        sources = [link.get("title") for link in root.iter(newsml + "link") if link.get("rel") == "irel:derivedFrom"]
        hashes = [element.text for element in root.iter(newsml + "hash") if element.get("scope") == "dl:scope.source"]
        for name in sources if root.tag == newsml + "newsItem" else []:
            seen += 1
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() not in hashes:
                wrong.append(f"{item.name}: {name} has another hash")
    print(f"sources of archive items: {seen - len(wrong)} of {seen} have the stated hash", flush=True)
    if wrong or not seen:
        failed.append("sources")
        print("\n".join(wrong))


GLOSSES = tomllib.loads((HERE / "glosses.toml").read_text(encoding="utf-8"))


def glossed(stem, text):
    """The text as the JSON-LD judge can read it, by `glosses.toml`, and options for what it cannot be told in words."""
    gloss = GLOSSES.get(stem, {})
    for phrase in [*gloss.get("means", {}), *gloss.get("dateline", [])]:
        if phrase not in text:
            failed.append("glosses")
            print(f"glosses.toml: {stem} does not say {phrase!r}")
    for phrase in gloss.get("dateline", []):
        text = text.replace(phrase, phrase + "\n\n")
    text += "".join(f"\n\n{meaning}" for meaning in gloss.get("means", {}).values())
    forbid = gloss.get("furniture")
    return text, ["--forbid", forbid] if forbid else [], gloss.get("lacks", [])


BLOCK = re.compile(r'<script type="application/ld\+json">\n(.*?)\n</script>', re.S)


def blocks(page):
    return [json.loads(block) for block in BLOCK.findall(page.read_text(encoding="utf-8"))]


def explained(folder):
    """The explanation of every text as a page."""
    pages = []
    for text in sorted((folder / "input").glob("*.txt")):
        done = subprocess.run([PROGRAM, "explain", "--html", text.relative_to(folder)], cwd=folder, capture_output=True)
        pages.append(folder / f"explain-{text.stem}.html")
        pages[-1].write_bytes(done.stdout)
    return pages


def judge_pages(output, further):
    """Release pages by their own judge; lists, event pages and what is further given, which hold no article, by the HTML
    checkers alone."""
    releases = sorted(output.glob("releases/**/*.html"))
    events = sorted(output.glob("events/**/*.html"))
    judge_pages_of(releases)
    judge_markup(sorted(output.glob("*.html")) + sorted(output.glob("years/*.html")) + events + further)
    judge_graphs(output)


def judge_pages_of(releases):
    """Pages of releases."""
    eventful = [page for page in releases if any(block["@type"] == "Event" for block in blocks(page))]
    if eventful:
        judge("html", *eventful)
    # The reader of N-SDTT wants an event on every page, and some releases announce none.
    if rest := [page for page in releases if page not in eventful]:
        judge("html", "--excuse", "N-SDTT", *rest)


def judge_markup(pages):
    """Pages by the HTML checkers alone."""
    modules = JUDGES_HOME / "node_modules"
    config = JUDGES / "htmlvalidate.json"
    checkers = {
        "vnu": ["java", "-Xss1m", "-jar", modules / "vnu-jar/build/dist/vnu.jar", "--errors-only"],
        "html-validate": ["npx", "html-validate", "--config", config],
    }
    for name, command in checkers.items():
        refused = []
        for start in range(0, len(pages), 500):
            done = subprocess.run([*map(str, command), *map(str, pages[start:start + 500])], cwd=JUDGES_HOME, capture_output=True, text=True)
            if done.returncode:
                refused += (done.stdout + done.stderr).splitlines()
        print(f"{name}: {'REFUSED' if refused else 'accepted'} {len(pages)} pages", flush=True)
        if refused:
            failed.append(name)
            print("\n".join(refused[:60]), flush=True)


DOCUMENT = re.compile(r'<link rel="alternate" type="application/ld\+json"[^>]* href="([^"]*)"')


def judge_graphs(output):
    """What extruct and structured-data-testing-tool read from the pages of releases and events is what the documents say to which
    their heads lead: the same objects, key by key."""
    wanted = {}
    for page in sorted([*output.glob("releases/**/*.html"), *output.glob("events/**/*.html")]):
        addresses = DOCUMENT.findall(page.read_text(encoding="utf-8"))
        wanted[page] = [output / address.split("/", 3)[3] for address in addresses]
    pages = list(wanted)
    tool = {}
    for start in range(0, len(pages), 200):
        done = subprocess.run(["node", HERE / "graphs.mjs", JUDGES_HOME, *pages[start:start + 200]], capture_output=True, text=True)
        if done.returncode:
            failed.append("graphs")
            print(done.stderr[:2000], flush=True)
            return
        tool |= json.loads(done.stdout)
    wrong, objects = [], 0
    for page, documents in wanted.items():
        # A release that was taken back has none, and its page says nothing to machines.
        alone = by_id(json.loads(path.read_text(encoding="utf-8")) for path in documents)
        objects += len(alone)
        text = page.read_text(encoding="utf-8")
        readers = {
            "extruct": extruct.extract(text, base_url="https://judge.invalid/", syntaxes=["json-ld"], errors="strict")["json-ld"],
            "structured-data-testing-tool": tool[str(page)],
        }
        wrong += [f"{page}: {reader} reads another graph" for reader, found in readers.items() if by_id(found) != alone]
    print(f"graphs by two readers: {objects} documents in {len(pages)} pages, {len(wrong)} differ", flush=True)
    if wrong or not objects:
        failed.append("graphs")
        print("\n".join(wrong[:40]))


def by_id(nodes):
    """In an order that does not depend on the reader."""
    return sorted(nodes, key=lambda node: node["@id"])


def triples(documents):
    """(node, property, value) of JSON-LD documents, @id standing for nodes."""
    found = set()

    def walk(node):
        for key, value in node.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    found.add((node["@id"], key, one["@id"]))
                    walk(one)
                elif key not in ("@context", "@id"):
                    found.add((node["@id"], key, str(one)))

    for document in documents:
        walk(json.loads(document.read_text(encoding="utf-8")))
    return found


MUST = {"headline", "articleBody", "datePublished", "inLanguage", "publisher", "url", "mainEntityOfPage", "identifier", "about", "subjectOf", "startDate"}
STRETCH = {"foundingDate", "givenName", "familyName"}


def compare(output, target):
    """Our documents of the founding release against the ideal ones: every must, three quarters of the should."""
    stem = "000_2146e5b658a75ef0"
    ours = triples(sorted(output.glob(f"releases/{stem}.*.jsonld")))
    ideal = triples([target / "seed.article.jsonld", target / "seed.event.jsonld"])
    page = f"https://news.example.org/releases/{stem}.html"
    stretch = {t for t in ideal if t[1] in STRETCH or any("mentioned-event" in x or "series" in x or "secretariat" in x for x in (t[0], t[2]))}
    must = {t for t in ideal - stretch if t[1] in MUST or (t[0], t[1]) == (page + "#event-1", "name")}
    should = ideal - must - stretch
    for name, wanted, floor in (("must", must, 1.0), ("should", should, 0.75), ("stretch", stretch, 0.0)):
        share = len(wanted & ours) / len(wanted)
        print(f"ideal documents, {name}: {len(wanted & ours)} of {len(wanted)}")
        for triple in sorted(wanted - ours):
            print("  missing:", *(part[:90] for part in triple))
        if share < floor:
            failed.append("ideal " + name)
    invented = {t for t in ours if t[1] in ("endDate", "location", "eventAttendanceMode", "image", "dateModified")}
    invented |= {t for t in ours if t[1] == "startDate" and t[0].endswith("-parent")}
    if invented:
        failed.append("invented")
        print("  invented:", invented)


def sample():
    judge_site(WORK / "clone", "https://press.lighthouse.example/#organization")


def founding():
    build(WORK / "seed", "seed.toml", SHARED / "seed")
    judge_site(WORK / "seed", "https://news.example.org/#organization", ["G:Event.location"])
    compare(WORK / "seed" / "output", SHARED / "conformance" / "target")


def public():
    build(WORK / "real", "real.toml", SHARED / "corpus" / "real" / "releases")
    judge_archive(WORK / "real" / "output" / "archive")
    judge_feeds(WORK / "real" / "output")


def year():
    """What the year left, and what each of its runs changed."""
    output, seen = WORK / "year" / "output", WORK / "year" / "seen"
    if not output.exists():
        print("skipped: no year was run", flush=True)
        return
    judge_lists(output)
    judge("jsonld", "--no-dts", *sorted(output.glob("releases/**/*.jsonld")))
    # The judge of a release's page starts its programs for each: for some of them. The checkers see all of every run.
    judge_pages_of(sorted(output.glob("releases/**/*.html"))[::20])
    judge_graphs(output)
    judge_markup(sorted(seen.glob("*/**/*.html")))
    judge("feed", *sorted(seen.glob("*/feed*.xml")))
    judge("ics", *sorted(seen.glob("*/calendar*.ics")))
    judge("sitemap", *map(without_languages, sorted(seen.glob("*/sitemap.xml"))))


SITES = {
    "sample": ("sample site", sample),
    "founding": ("founding document", founding),
    "public": ("releases of public bodies", public),
    "year": ("a year of an office", year),
}
for name in sys.argv[4:] or SITES:
    title, site = SITES[name]
    print(f"-- {title}", flush=True)
    site()
print("refused: " + ", ".join(failed) if failed else "all judges accept", flush=True)
sys.exit(1 if failed else 0)
