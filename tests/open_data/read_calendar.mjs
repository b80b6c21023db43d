// Reads a calendar with Mozilla's parser and prints its events.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((each) => {
  const event = new ICAL.Event(each);
  return {
    uid: event.uid, summary: event.summary, location: event.location, day: event.startDate.toString(),
    end: event.endDate.toString(), stamp: each.getFirstPropertyValue("dtstamp").toString(),
  };
});
console.log(JSON.stringify(events));
