import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { labelSets, labelsIn, labelsOf } from "../../src/models/labels.ts";

const synsets = "../shared/data/weights/imagenet-synset-words.txt";
const letters = (name: string) => name.toLowerCase().replace(/\(.*\)|[^a-z]/g, "");

describe("known class lists", () => {
  it.each(labelSets)("%s names every class differently", (set) => {
    const names = labelsOf(set, 0);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has ImageNet's 1000 classes, and TensorFlow's background in front of them", () => {
    const names = labelsOf("imagenet", 1000);
    expect(names).toHaveLength(1000);
    expect([names[0], names[285], names[999]]).toEqual(["tench", "Egyptian cat", "toilet tissue"]);
    expect(labelsOf("imagenet", 1001).slice(0, 2)).toEqual(["background", "tench"]);
  });

  it.skipIf(!existsSync(synsets))("is in synset order (needs ../shared/data)", () => {
    const lines = readFileSync(synsets, "utf8").trim().split("\n");
    const known = lines.map((line) => line.slice(10).split(",").map(letters));
    const wrong = labelsOf("imagenet", 1000).filter((name, index) => !known[index]?.includes(letters(name)));
    expect(wrong).toEqual([]);
  });
});

describe("an attached class list", () => {
  const read = (text: string) => labelsIn(Buffer.from(text));

  it("is one name a line, or a JSON array", () => {
    expect(read("\uFEFFcat\r\ndog \r\n")).toEqual(["cat", "dog"]);
    expect(read('["고양이", "개"]')).toEqual(["고양이", "개"]);
  });

  it("may be UTF-16 of either order, as Windows' editors write it", () => {
    const little = Buffer.from("\uFEFF고양이\r\ncat 😺\r\n", "utf16le");
    expect(labelsIn(little)).toEqual(["고양이", "cat 😺"]);
    expect(labelsIn(Buffer.from(little).swap16())).toEqual(["고양이", "cat 😺"]);
    expect(labelsIn(Buffer.from('\uFEFF["개", "cat"]', "utf16le"))).toEqual(["개", "cat"]);
  });

  it("is refused when it is no text, or longer than 2 MB", () => {
    expect(() => labelsIn(Buffer.from("cat\ndog", "utf16le"))).toThrow(/cannot read/);
    expect(() => read('["\\ud800", "dog"]')).toThrow(/cannot read/);
    expect(() => labelsIn(new Uint8Array(5e6).fill(65))).toThrow(/5 MB of text and the limit is 2 MB/);
  });

  it.each(["", "only one", "cat\n\ndog", "[1, 2]", "[broken", `${"x".repeat(201)}\ndog`])("is refused when it is %j", (text) => {
    expect(() => read(text)).toThrow(UserError);
  });
});
