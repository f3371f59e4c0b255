// What ical.js takes from calendars: one JSON object on standard output, the events of each by path.
//
//     node calendars.mjs HOME CALENDAR...        HOME/node_modules holds ical.js
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [home, ...calendars] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(path.resolve(home, "node_modules/ical.js/dist/ical.js")));
ICAL.design.strict = true;

/** A day as it stands, an hour in UTC. */
const moment = (time) => time && (time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z"));

function events(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  return calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name);
    return {
      uid: value("uid"),
      summary: value("summary"),
      start: moment(value("dtstart")),
      end: moment(value("dtend")) ?? null,
      status: value("status"),
      sequence: value("sequence") ?? 0,
      location: value("location") ?? null,
      url: value("url") ?? null,
      geo: value("geo")?.map(Number) ?? null,
    };
  });
}

console.log(JSON.stringify(Object.fromEntries(calendars.map((file) => [file, events(file)]))));
