"""Times whole builds of the program, of Hugo and of a Python pipeline over the same texts, one after the other.

    compare.py DATELINE SITE

SITE is a folder as `cargo bench --bench batch -- texts SITE 10000` makes it. Installs the peers (requirements.txt) into a
virtual environment beside it. Prints medians of three rounds: wall clock, processor time, peak memory.

Hugo is given for free what is the hard part here: title, date and body of every release, as the program read them.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUNDS = 3
NOW = "2026-11-24T10:00:00Z"

SETTINGS = """
baseURL = "https://press.example/"
title = "Press office"
disableKinds = ["taxonomy", "term", "section"]
[outputs]
home = ["html", "rss"]
page = ["html", "jsonld", "newsml"]
[mediaTypes."application/ld+json"]
suffixes = ["jsonld"]
[outputFormats.jsonld]
mediaType = "application/ld+json"
isPlainText = true
[outputFormats.newsml]
mediaType = "application/xml"
[services.rss]
limit = 50
"""

TEMPLATES = {
    "_default/single.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<script type="application/ld+json">{{ partial "article.html" . | safeJS }}</script></head>
<body><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}</body></html>
""",
    "_default/single.jsonld": '{{ partial "article.html" . }}\n',
    "_default/single.newsml.xml": """{{ printf "<?xml version=\\"1.0\\" encoding=\\"UTF-8\\"?>" | safeHTML }}
<newsItem guid="{{ .Permalink }}" version="1"><headline>{{ .Title }}</headline>
<contentCreated>{{ .Date.Format "2006-01-02" }}</contentCreated><content>{{ .Content }}</content></newsItem>
""",
    "index.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><ul>
{{ range first 50 .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
""",
    "partials/article.html": """{{- dict "@context" "https://schema.org" "@type" "NewsArticle" "@id" .Permalink "headline" .Title
  "datePublished" (.Date.Format "2006-01-02") "articleBody" .Plain | jsonify -}}
""",
}


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def hugo_site(dateline, site, folder):
    """A site of the same releases, their facts in its front matter."""
    put(folder / "hugo.toml", SETTINGS)
    for name, text in TEMPLATES.items():
        put(folder / "layouts" / name, text)
    extract = subprocess.Popen([dateline, "extract"], cwd=site, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    count = 0
    for line in extract.stdout:
        record = json.loads(line)
        front = {"title": record["headline"], "date": record["published"]["value"][:10]}
        put(folder / "content" / f"{record['id']}.md", json.dumps(front) + "\n\n" + "\n\n".join(block["text"] for block in record["body"]) + "\n")
        count += 1
    assert extract.wait() == 0
    return count


def taken(command, folder):
    """Wall clock and processor time in seconds, peak memory in MiB, of one run."""
    start = time.monotonic()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    assert status == 0, command
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    dateline, site = (Path(word).resolve() for word in sys.argv[1:])
    work = site.parent / (site.name + "-peers")
    if not (work / "venv").exists():
        venv.create(work / "venv", with_pip=True)
    pip = [work / "venv/bin/python", "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"]
    subprocess.run(pip, check=True)
    shutil.rmtree(work / "hugo", ignore_errors=True)
    count = hugo_site(dateline, site, work / "hugo")
    cases = {
        "dateline": ([dateline, "--now", NOW], site, site / "output"),
        "Hugo": ([work / "venv/bin/hugo", "--quiet", "--noBuildLock"], work / "hugo", work / "hugo/public"),
        "Python": (
            [work / "venv/bin/python", HERE / "pipeline.py", site / "input", work / "python"],
            work,
            work / "python",
        ),
    }
    figures = {name: [] for name in cases}
    for round in range(ROUNDS):
        for name, (command, folder, output) in cases.items():
            if output.exists():
                # Set aside, not removed: some file systems are slow to give out what was freed a moment ago.
                output.rename(output.with_name(f"{output.name}-{name}-{round}"))
            subprocess.run(["sync"], check=True)
            figures[name].append(taken(list(map(str, command)), folder))
    print(f"| {count} texts | wall | of dateline's | CPU | peak memory |\n| --- | --- | --- | --- | --- |")
    middle = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in figures.items()}
    for name, (wall, cpu, memory) in middle.items():
        print(f"| {name} | {wall:.2f} s | {wall / middle['dateline'][0]:.1f} | {cpu:.2f} s | {memory:.0f} MiB |")


if __name__ == "__main__":
    main()
