import { describe, expect, it } from "vitest";
import { architectureCard as drawArch } from "../../src/draw/architectureCard.ts";
import { layerTable } from "../../src/draw/layerTable.ts";
import { describe as describeNet } from "../../src/nets/backends/describe.ts";
import { findNet, nets } from "../../src/nets/index.ts";
import type { Net } from "../../src/nets/net.ts";
import { languages } from "../../src/text.ts";
import { arch } from "../../workers/arch.ts";
import { newJobContext } from "../helpers/jobContext.ts";

const net = (name: string): Net => findNet(name) as Net;

describe("the layer table", () => {
  it.each(nets.map((it) => [it.name, it] as const))("of %s adds up and stays short", (_, it) => {
    const { layers, parameters, macs } = describeNet(it);
    const rows = layerTable(layers);
    expect(rows.reduce((sum, row) => sum + row.parameters, 0)).toBe(parameters);
    expect(rows.reduce((sum, row) => sum + row.macs, 0)).toBe(macs);
    expect(rows.length).toBeLessThan(26);
  });

  it("folds blocks alike, and only those", () => {
    const rows = layerTable(describeNet(net("resnet20")).layers).map(({ name, times }) => [name.en, times]);
    expect(rows).toEqual([
      ["stem", 1],
      ["stage 1 · block 1–3", 3],
      ["stage 2 · block 1", 1],
      ["stage 2 · block 2–3", 2],
      ["stage 3 · block 1", 1],
      ["stage 3 · block 2–3", 2],
      ["global average", 1],
      ["classifier", 1],
    ]);
  });

  it("gives pools a row, because they change the shape", () => {
    const rows = layerTable(describeNet(net("alexnet")).layers).map(({ name, output }) => [name.ko, output.join("×")]);
    expect(rows.slice(0, 3)).toEqual([
      ["합성곱 1", "55×55×64"],
      ["최대 풀링", "27×27×64"],
      ["합성곱 2", "27×27×192"],
    ]);
    expect(rows[7]).toEqual(["최대 풀링", "6×6×256"]);
  });
});

describe.each(languages)("the drawing in %s", (lang) => {
  it.each(nets.map((it) => [it.name, it] as const))("of %s is as wide as a phone, begins with its name and its idea", (_, it) => {
    const svg = drawArch(it, lang);
    expect(svg).toMatch(/^<svg [^>]*width="1080"/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const lines = [...svg.matchAll(/>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(lines[0]).toBe(it.name);
    // Its layers are a table beside it, so it is no taller than it is needed for the diagram.
    expect(Number(/height="(\d+)"/.exec(svg)?.[1])).toBeLessThan(2600);
  });
});

it("a diagram's numbers are the network's own", () => {
  expect(drawArch(net("googlenet"), "en")).toContain(">192 → 16</text>");
  expect(drawArch(net("googlenet"), "en")).not.toContain(">5×5 conv</text>");
  expect(drawArch(net("googlenet-5x5"), "en")).toContain(">5×5 conv</text>");
  expect(drawArch(net("se-resnet20"), "en")).toContain(">16 → 2</text>");
});

it("only a network with shortcuts is drawn with one", () => {
  expect(drawArch(net("resnet20"), "en")).toContain(">shortcut:</text>");
  expect(drawArch(net("plain20"), "en")).toContain(">no shortcut</text>");
});

it("comes back as a picture with words for those who cannot see it", async () => {
  const { picture } = await arch({ net: "airbench94", lang: "ko" }, await newJobContext());
  expect(picture).toMatchObject({ name: "arch-airbench94.jpg", type: "image/jpeg", width: 1080 });
  expect(picture.alt).toContain("구조");
});
