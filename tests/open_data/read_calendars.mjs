// Reads calendars with Mozilla's parser, given as JSON by their names, and prints the events of each.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function eventsOf(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid, summary: event.summary, location: event.location, day: event.startDate.toString(),
      end: event.endDate.toString(), stamp: each.getFirstPropertyValue("dtstamp").toString(),
    };
  });
}

const texts = Object.entries(JSON.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(Object.fromEntries(texts.map(([name, text]) => [name, eventsOf(text)]))));
