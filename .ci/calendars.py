#!/usr/bin/env python3
"""Calendars as their readers have them.

    calendars.py WORK PROGRAM       JUDGES_HOME holds the readers

Events on the days on which clocks change, in zones far from each other, of whole days, over several days and over the end
of a month and a year are published; icalendar and vobject (Python) and ical.js (JavaScript) must find in every calendar
the events that were given, each with its name, days and hours. They must agree on every other calendar below WORK as well.
Ends with status 1 where one does not.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys

import icalendar
import vobject

HERE = pathlib.Path(__file__).resolve().parent
WORK, PROGRAM = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
HOME = pathlib.Path(os.environ.get("JUDGES_HOME", pathlib.Path.home() / ".cache/dateline-judges")).resolve()
SITE = WORK / "calendars"

# Name, start and end as the sidecar gives them, and as they must be found: hours in UTC, the end of days exclusive. The
# site's clocks are Zurich's.
CASES = [
    ("Winter evening", "2026-01-15T18:00", None, "2026-01-15T17:00:00Z", None),
    ("Summer evening", "2026-07-15T18:00", "2026-07-15T20:30", "2026-07-15T16:00:00Z", "2026-07-15T18:30:00Z"),
    ("Over the night on which clocks go forward", "2026-03-28T22:00", "2026-03-29T06:00", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
    ("Minute before clocks go forward", "2026-03-29T01:59", None, "2026-03-29T00:59:00Z", None),
    ("Hour that clocks skip", "2026-03-29T02:30", None, "2026-03-29", None),
    ("Hour after the skipped one", "2026-03-29T03:00", None, "2026-03-29T01:00:00Z", None),
    ("Over the night on which clocks go back", "2026-10-24T22:00", "2026-10-25T06:00", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
    ("Hour that comes twice", "2026-10-25T02:30", None, "2026-10-25", None),
    ("First of the two hours", "2026-10-25T02:30+02:00", None, "2026-10-25T00:30:00Z", None),
    ("Second of the two hours", "2026-10-25T02:30+01:00", None, "2026-10-25T01:30:00Z", None),
    ("New York before clocks go back", "2026-11-01T01:30-04:00", None, "2026-11-01T05:30:00Z", None),
    ("Kathmandu", "2026-05-04T09:00+05:45", "2026-05-04T10:00+05:45", "2026-05-04T03:15:00Z", "2026-05-04T04:15:00Z"),
    ("Kiritimati, where it is tomorrow", "2026-05-04T09:00+14:00", None, "2026-05-03T19:00:00Z", None),
    ("Pago Pago, where it is yesterday", "2026-05-04T20:00-11:00", None, "2026-05-05T07:00:00Z", None),
    ("Midnight of the new year", "2026-12-31T23:30", "2027-01-01T00:30", "2026-12-31T22:30:00Z", "2026-12-31T23:30:00Z"),
    ("Whole day", "2026-05-04", None, "2026-05-04", None),
    ("Three days", "2026-05-04", "2026-05-06", "2026-05-04", "2026-05-07"),
    ("Whole day on which clocks go forward", "2026-03-29", "2026-03-29", "2026-03-29", None),
    ("Days over the end of a month", "2026-04-30", "2026-05-01", "2026-04-30", "2026-05-02"),
    ("Days over the end of a year", "2026-12-31", "2027-01-02", "2026-12-31", "2027-01-03"),
    ("Leap day", "2028-02-29", None, "2028-02-29", None),
    ("Up to leap day", "2028-02-28", "2028-02-29", "2028-02-28", "2028-03-01"),
    ("Hour at the start alone", "2026-06-01T09:00", "2026-06-03", "2026-06-01", "2026-06-04"),
    ("Comma, semicolon; back\\slash: \"quotes\" & ümläut, " + "随着灯光 " * 12 + "المنارات 👩‍🚀", "2026-06-10", None, "2026-06-10", None),
    ("Month alone", "2026-06", None, None, None),
]


def build():
    (SITE / "input").mkdir(parents=True)
    site = '[site]\nbase_url = "https://press.example/"\nauthority = "press.example,2025"\ntime_zone = "Europe/Zurich"\n'
    (SITE / "dateline.toml").write_text(site, encoding="utf-8")
    quoted = lambda text: json.dumps(text, ensure_ascii=False)
    wanted = {}
    for number, (name, start, end, found_start, found_end) in enumerate(CASES):
        lines = [f"headline = {quoted(name)}", 'published = "2025-12-01"', 'language = "en"', "[[event]]", f"name = {quoted(name)}", f"start = {quoted(start)}"]
        lines += [f"end = {quoted(end)}"] if end else []
        lines += ['venue = "Hall; A, B"', 'locality = "Bern"', 'country = "CH"']
        lines += ['status = "cancelled"'] if number == 0 else []
        (SITE / "input" / f"e{number:02}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (SITE / "input" / f"e{number:02}.txt").write_text("The doors are open to everyone.\n", encoding="utf-8")
        if found_start:
            wanted[name] = (found_start, found_end, "CANCELLED" if number == 0 else "CONFIRMED")
    done = subprocess.run([PROGRAM, "build", "--now", "2025-12-02T08:00:00Z"], cwd=SITE, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"build: exit {done.returncode}\n{done.stderr[:2000]}")
    return wanted


def moment(value):
    """A day as it stands, an hour in UTC."""
    if not isinstance(value, datetime.datetime):
        return value and value.isoformat()
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def by_icalendar(path):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    for event in calendar.walk("VEVENT"):
        text = lambda name: str(event[name]) if name in event else None
        when = lambda name: moment(event[name].dt) if name in event else None
        geo = event.get("GEO")
        yield {
            "uid": text("UID"), "summary": text("SUMMARY"), "start": when("DTSTART"), "end": when("DTEND"),
            "status": text("STATUS"), "sequence": int(event.get("SEQUENCE", 0)), "location": text("LOCATION"), "url": text("URL"),
            "geo": [float(geo.latitude), float(geo.longitude)] if geo else None,
        }


def by_vobject(path):
    for calendar in vobject.readComponents(path.read_text(encoding="utf-8")):
        for event in calendar.contents.get("vevent", []):
            value = lambda name: event.contents[name][0].value if name in event.contents else None
            geo = value("geo")
            yield {
                "uid": value("uid"), "summary": value("summary"), "start": moment(value("dtstart")), "end": moment(value("dtend")),
                "status": value("status"), "sequence": int(value("sequence") or 0), "location": value("location"), "url": value("url"),
                "geo": [float(part) for part in geo.split(";")] if geo else None,
            }


def by_ical_js(paths):
    done = subprocess.run(["node", HERE / "browser" / "calendars.mjs", HOME, *paths], capture_output=True, text=True, check=True)
    return {pathlib.Path(path): events for path, events in json.loads(done.stdout).items()}


wanted = build()
paths = sorted(path for site in WORK.iterdir() for path in (site / "output").rglob("*.ics"))
faults, events = [], 0
java_script = by_ical_js(paths)
for path in paths:
    readers = {"icalendar": list(by_icalendar(path)), "vobject": list(by_vobject(path)), "ical.js": java_script[path]}
    found = {name: {event["uid"]: event for event in read} for name, read in readers.items()}
    first = found["icalendar"]
    events += len(first)
    for name, read in found.items():
        if read != first or len(read) != len(readers[name]):
            faults += [f"{path}: {name} and icalendar differ: {read.get(uid)} {first.get(uid)}" for uid in {*read, *first} if read.get(uid) != first.get(uid)] or [f"{path}: {name}: one UID twice"]
made = SITE / "output" / "calendar.ics"
given = {event["summary"]: (event["start"], event["end"], event["status"]) for event in by_icalendar(made)}
faults += [f"{name!r}: found {given.get(name)}, wanted {wanted.get(name)}" for name in {*given, *wanted} if given.get(name) != wanted.get(name)]
faults += [f"{event['summary']!r}: {event['location']}" for event in by_icalendar(made) if event["location"] != "Hall; A, B, Bern, Switzerland"]
print(f"calendars: 3 readers, {len(paths)} calendars, {events} events, {len(wanted)} of them given day by day", flush=True)
print("\n".join(faults[:40]) if faults else "all readers agree", flush=True)
sys.exit(1 if faults or len(wanted) < 20 else 0)
