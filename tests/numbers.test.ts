import { describe, expect, it } from "vitest";
import { costs, duration, fileSize, megabytes, percent, short } from "../src/numbers.ts";

describe("numbers for people", () => {
  it.each([
    [6_998_552, "7.0 M"],
    [138_357_544, "138.4 M"],
    [1_582_671_872, "1.58 G"],
    [75_290, "75.3 k"],
    [999_600, "1.0 M"],
    [9, "9"],
    [0, "0"],
  ])("%i is %s", (count, text) => expect(short(count)).toBe(text));

  it.each([
    [0.8123, "81.2 %"],
    [0.0004, "<0.1 %"],
    [0, "0.0 %"],
    [0.9997, ">99.9 %"],
    [1, "100.0 %"],
  ])("%f is %s", (share, text) => expect(percent(share)).toBe(text));

  it.each([
    [0.4, "<1 ms"],
    [18.4, "18 ms"],
    [1234, "1.2 s"],
  ])("%f ms is %s", (ms, text) => expect(duration(ms)).toBe(text));

  it("says what a model costs in both languages", () => {
    const it = { params: 6_998_552, macs: 1_582_671_872, ms: 18 };
    expect(costs(it, "en")).toBe("7.0 M params · 1.58 G MACs · 18 ms");
    expect(costs({ params: 1e6 }, "ko")).toBe("파라미터 1.0 M");
  });

  it.each([
    [1, "1 kB"],
    [612_300, "612 kB"],
    [999_900, "999 kB"],
    [1_000_000, "1.0 MB"],
    [4_958_202, "5.0 MB"],
    [9_960_000, "10 MB"],
    [531_458_993, "531 MB"],
  ])("%i bytes are %s", (bytes, text) => expect(fileSize(bytes)).toBe(text));

  it.each([
    [25_000_001, 25.1],
    [25_000_000, 25],
    [0, 0],
  ])("%i bytes above a limit in whole megabytes are said to be %f MB", (bytes, mb) => expect(megabytes(bytes)).toBe(mb));
});
