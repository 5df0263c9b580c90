import { describe, expect, it } from "vitest";
import { overlayHeatMap, turbo } from "../../src/draw/heatMap.ts";
import { solidImage } from "../../src/images/image.ts";

const whole = { left: 0, top: 0, width: 1, height: 1 };
const at = (data: Uint8Array, width: number, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

describe("turbo", () => {
  it("runs from dark blue over green to dark red", () => {
    const [cold, middle, hot] = [turbo(0.1), turbo(0.5), turbo(1)];
    expect(Math.max(...cold)).toBe(cold[2]);
    expect(Math.max(...middle)).toBe(middle[1]);
    expect(Math.max(...hot)).toBe(hot[0]);
  });
});

describe("the overlay", () => {
  const grey = solidImage(40, 20, [100, 100, 100]);

  it("is hot where the map is, and smooth in between", () => {
    const { data, width } = overlayHeatMap(grey, { rows: 1, columns: 2, values: Float32Array.of(0, 1) }, whole);
    const row = Array.from({ length: width }, (_, x) => at(data, width, x, 10));
    const redness = row.map(([red = 0, , blue = 0]) => red - blue);
    expect(Math.max(...redness.slice(0, 10))).toBeLessThan(10);
    expect(Math.min(...redness.slice(30))).toBeGreaterThan(80);
    const jumps = row.slice(1).flatMap((colour, x) => colour.map((it, channel) => Math.abs(it - (row[x]?.[channel] ?? 0))));
    expect(Math.max(...jumps)).toBeLessThan(40);
  });

  it("darkens what the model never saw", () => {
    const seen = { left: 0.25, top: 0, width: 0.5, height: 1 };
    const { data, width } = overlayHeatMap(grey, { rows: 1, columns: 1, values: Float32Array.of(1) }, seen);
    expect(at(data, width, 0, 5)).toEqual([40, 40, 40]);
    expect(at(data, width, 20, 5)).not.toEqual([40, 40, 40]);
  });

  it("leaves the photo itself alone", () => {
    overlayHeatMap(grey, { rows: 1, columns: 1, values: Float32Array.of(1) }, whole);
    expect(grey).toEqual(solidImage(40, 20, [100, 100, 100]));
  });
});
