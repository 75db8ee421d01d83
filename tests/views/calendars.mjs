// What a reader of calendars holds after it has imported files, one version after the other.
//
// In: a list of calendars, each a list of its versions as text. Out: for each calendar its events, in the order they came.
// An event that is known by its UID gives way only to one with a higher SEQUENCE, or the same and a later DTSTAMP
// (RFC 5546, 2.1.5): no reader is stricter.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const known = (event) => event.component.getFirstPropertyValue("dtstamp");

const isNewer = (event, held) =>
  event.sequence > held.sequence || (event.sequence === held.sequence && known(event).compare(known(held)) > 0);

const utc = (time) => (time.isDate ? null : time.convertToZone(ICAL.Timezone.utcTimezone).toString());

const said = (event) => ({
  uid: event.uid,
  summary: event.summary,
  description: event.description,
  start: event.startDate.toString(),
  end: event.endDate.toString(),
  utc: utc(event.startDate),
  status: event.component.getFirstPropertyValue("status"),
  alarms: event.component.getAllSubcomponents("valarm").length,
});

const imported = (versions) => {
  const held = new Map();
  for (const text of versions) {
    for (const component of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")) {
      const event = new ICAL.Event(component);
      if (!held.has(event.uid) || isNewer(event, held.get(event.uid))) held.set(event.uid, event);
    }
  }
  return [...held.values()].map(said);
};

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(imported)));
