import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronOf, fromCron, lastDue, nextDue, type Recurrence } from "../src/recurrence.ts";
import { isQuiet, quietUntil } from "../src/settings.ts";
import { addDays, dayOf, instantOf, isDay, spanOfDay, timeOf, weekdayOf } from "../src/zonedTime.ts";

const everyDay = [0, 1, 2, 3, 4, 5, 6];
/** The next moments that something is due, after one. */
const following = (recurrence: Recurrence, after: string, count: number): string[] => {
  const found: string[] = [];
  for (let at = new Date(after); found.length < count; ) {
    at = nextDue(recurrence, at).at;
    found.push(at.toISOString().replace(":00.000Z", "Z"));
  }
  return found;
};

describe("a time of day", () => {
  // The offsets are those of the IANA database: Berlin changes at 01:00 UTC, New York at 02:00 of its own time.
  it.each([
    ["2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"], // does not exist: 03:30 summer time
    ["2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"], // twice: the first, summer time's
    ["2026-03-08", "02:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
    ["2026-09-06", "00:00", "America/Santiago", "2026-09-06T04:00:00.000Z"], // a day that begins at 01:00
    ["2026-11-25", "21:00", "Asia/Seoul", "2026-11-25T12:00:00.000Z"],
    ["2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00.000Z"], // a change of half an hour
  ])("%s %s in %s is %s", (day, time, zone, instant) => expect(instantOf(day, time, zone).toISOString()).toBe(instant));

  it("is what the zone's clock shows then, wherever it shows it", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"];
    const minutes = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
    const check = (minute: number, zone: string) => {
      const at = new Date(minute * 60_000);
      const said = instantOf(dayOf(at, zone), timeOf(at, zone), zone);
      // The same moment, or the hour before that the clock showed the same.
      expect([0, 30 * 60_000, 3_600_000]).toContain(at.getTime() - said.getTime());
      expect(timeOf(said, zone)).toBe(timeOf(at, zone));
    };
    fc.assert(fc.property(minutes, fc.constantFrom(...zones), check), { numRuns: 300 });
  });

  it("makes days of 23 and 25 hours", () => {
    const hours = (day: string) => {
      const { from, to } = spanOfDay(day, "Europe/Berlin");
      return (to.getTime() - from.getTime()) / 3_600_000;
    };
    expect([hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")]).toEqual([23, 25, 24]);
    expect([weekdayOf("2026-11-25"), addDays("2026-12-31", 1), isDay("2026-02-30"), isDay("2026-11-25")]).toEqual([
      3,
      "2027-01-01",
      false,
      true,
    ]);
  });
});

describe("what recurs", () => {
  it("keeps its time over both changes of Berlin's clocks", () => {
    const evening = { at: "21:00", days: everyDay, timeZone: "Europe/Berlin" };
    expect(following(evening, "2026-03-27T20:00:00Z", 3)).toEqual([
      "2026-03-28T20:00Z",
      "2026-03-29T19:00Z",
      "2026-03-30T19:00Z",
    ]);
    expect(following(evening, "2026-10-23T19:00:00Z", 3)).toEqual([
      "2026-10-24T19:00Z",
      "2026-10-25T20:00Z",
      "2026-10-26T20:00Z",
    ]);
  });

  it("is due once on a day on which its time does not exist, or exists twice", () => {
    const night = { at: "02:30", days: everyDay, timeZone: "Europe/Berlin" };
    expect(following(night, "2026-03-28T02:00:00Z", 2)).toEqual(["2026-03-29T01:30Z", "2026-03-30T00:30Z"]);
    expect(following(night, "2026-10-24T01:00:00Z", 2)).toEqual(["2026-10-25T00:30Z", "2026-10-26T01:30Z"]);
    const newYork = { at: "01:30", days: everyDay, timeZone: "America/New_York" };
    expect(following(newYork, "2026-10-31T06:00:00Z", 2)).toEqual(["2026-11-01T05:30Z", "2026-11-02T06:30Z"]);
    const santiago = { at: "00:00", days: everyDay, timeZone: "America/Santiago" };
    expect(following(santiago, "2026-09-05T05:00:00Z", 2)).toEqual(["2026-09-06T04:00Z", "2026-09-07T03:00Z"]);
  });

  it("has a last time and a next one, neither of which leaves one out", () => {
    const weekly = { at: "02:30", days: [0], timeZone: "America/New_York" };
    for (let now = Date.UTC(2026, 1, 20); now < Date.UTC(2026, 2, 20); now += 7 * 3_600_000) {
      const [last, next] = [lastDue(weekly, new Date(now)), nextDue(weekly, new Date(now))];
      expect(last.at.getTime()).toBeLessThanOrEqual(now);
      expect(next.at.getTime()).toBeGreaterThan(now);
      expect(addDays(last.day, 7)).toBe(next.day);
      expect(lastDue(weekly, next.at)).toEqual(next);
    }
    const some = { at: "09:05", days: [1, 3], timeZone: "Asia/Seoul" };
    expect(cronOf(some)).toBe("5 9 * * 1,3");
    expect(fromCron("5 9 * * 1,3", "Asia/Seoul")).toEqual(some);
  });
});

it("quiet hours have an end, also over midnight", () => {
  const settings = { replies: "channel", quiet: { from: "22:00", to: "07:30" }, timeZone: "Asia/Seoul" } as const;
  const [evening, night, day] = ["2026-11-25T13:30:00Z", "2026-11-25T18:00:00Z", "2026-11-25T03:00:00Z"].map(
    (it) => new Date(it),
  );
  expect([evening, night, day].map((it) => isQuiet(settings, it as Date))).toEqual([true, true, false]);
  for (const it of [evening, night]) expect(quietUntil(settings, it as Date).toISOString()).toBe("2026-11-25T22:30:00.000Z");
  expect(quietUntil(settings, day as Date)).toBe(day);
});
