import { describe, expect, it } from "vitest";
import { drawShape } from "../../src/data/shapes/draw.ts";
import { drawShapes } from "../../src/data/shapes/index.ts";
import { outlines, shapeNames } from "../../src/data/shapes/outlines.ts";

describe("the data set of shapes", () => {
  it("has as many pictures of each class, and draws the same ones every time", () => {
    const [one, again] = [drawShapes({ train: 200, test: 50 }), drawShapes({ train: 200, test: 50 })];
    for (const { labels, count } of [one.train, one.test])
      for (let label = 0; label < 10; label++) expect(labels.filter((it) => it === label)).toHaveLength(count / 10);
    expect(Buffer.from(one.train.pixels).equals(Buffer.from(again.train.pixels))).toBe(true);
    expect(Buffer.from(one.test.pixels).equals(Buffer.from(again.test.pixels))).toBe(true);
  });

  it("shows no picture twice, also not one of training among those of the test", () => {
    const { train, test } = drawShapes({ train: 300, test: 300 });
    const all = [train, test].flatMap(({ pixels, count }) =>
      Array.from({ length: count }, (_, n) => Buffer.from(pixels.subarray(n * 3072, (n + 1) * 3072)).toString("base64")),
    );
    expect(new Set(all).size).toBe(600);
  });

  it("uses the whole range of brightness, and the shape alone makes the difference between two classes", () => {
    const [star, heart] = [6, 8].map((it) => drawShape(it, 99, 32)) as [Uint8Array, Uint8Array];
    const changed = star.filter((it, i) => Math.abs(it - (heart[i] as number)) > 40).length;
    expect(changed).toBeGreaterThan(50);
    expect(changed).toBeLessThan(1500);
  });
});

it("each outline covers a part of the circle around it, and hardly anything beyond", () => {
  for (const name of shapeNames) {
    let [inside, beyond] = [0, 0];
    for (let i = 0; i < 4225; i++) {
      const [x, y] = [((i % 65) - 32) / 20, (Math.floor(i / 65) - 32) / 20];
      if (!outlines[name](x, y)) continue;
      if (Math.hypot(x, y) <= 1.15) inside++;
      else beyond++;
    }
    const share = inside / (Math.PI * 400);
    expect(share, name).toBeGreaterThan(0.25);
    expect(share, name).toBeLessThan(0.95);
    expect(beyond, name).toBeLessThan(30);
  }
});
