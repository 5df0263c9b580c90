import { describe, expect, it } from "vitest";
import { isQuiet, zoneOf } from "../src/settings.ts";

const settings = { replies: "channel", timeZone: "Asia/Seoul" } as const;

describe("quiet hours", () => {
  const overnight = { ...settings, quiet: { from: "22:00", to: "08:00" } };
  it.each([
    ["2026-11-26T12:59:00Z", false],
    ["2026-11-26T13:00:00Z", true],
    ["2026-11-26T22:59:00Z", true],
    ["2026-11-26T23:00:00Z", false],
  ])("from 22:00 to 08:00 in Seoul, at %s: %s", (at, quiet) => expect(isQuiet(overnight, new Date(at))).toBe(quiet));

  it("follow daylight saving time", () => {
    const berlin = { ...overnight, timeZone: "Europe/Berlin" };
    expect(isQuiet(berlin, new Date("2026-07-01T20:00:00Z"))).toBe(true);
    expect(isQuiet(berlin, new Date("2026-12-01T20:00:00Z"))).toBe(false);
  });

  it("are none where none are set, or they begin when they end", () => {
    expect(isQuiet(settings, new Date())).toBe(false);
    expect(isQuiet({ ...settings, quiet: { from: "08:00", to: "08:00" } }, new Date())).toBe(false);
  });
});

it("takes a group that speaks Korean to be in Korea, unless it says where it is", () => {
  expect(zoneOf({ language: "ko" })).toBe("Asia/Seoul");
  expect(zoneOf({ language: "ko", timeZone: "Europe/Berlin" })).toBe("Europe/Berlin");
});
