import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLine } from "../../src/chat/commandLine.ts";

describe("a typed command", () => {
  it.each([
    ["/help", { command: "help", given: [] }],
    ["  /augment rotate n:4 ", { command: "augment", given: [{ value: "rotate" }, { key: "n", value: "4" }] }],
    ["/augment op=rotate", { command: "augment", given: [{ key: "op", value: "rotate" }] }],
    ['/explain class:"Egyptian cat"', { command: "explain", given: [{ key: "class", value: "Egyptian cat" }] }],
    ["/증강 연산:회전", { command: "증강", given: [{ key: "연산", value: "회전" }] }],
    [
      '/models add preprocessing:{"mean": [1, 2, 3]} name:x',
      {
        command: "models",
        given: [{ value: "add" }, { key: "preprocessing", value: '{"mean": [1, 2, 3]}' }, { key: "name", value: "x" }],
      },
    ],
    [
      "/randaugment policy:rand-m9-n2-mstd0.5-inc1",
      { command: "randaugment", given: [{ key: "policy", value: "rand-m9-n2-mstd0.5-inc1" }] },
    ],
    [
      "/증강 변형: 회전 강도:0.8",
      {
        command: "증강",
        given: [
          { key: "변형", value: "회전" },
          { key: "강도", value: "0.8" },
        ],
      },
    ],
    [
      "/augment op: n:4",
      {
        command: "augment",
        given: [
          { key: "op", value: "" },
          { key: "n", value: "4" },
        ],
      },
    ],
    ['/x a:"never closed', { command: "x", given: [{ key: "a", value: "never closed" }] }],
  ])("%s", (text, wanted) => expect(parseLine(text)).toMatchObject(wanted));

  it.each(["hello", "", "/ help", "//"])("%j is not one", (text) => expect(parseLine(text)).toBeUndefined());

  it("survives any text, and loses nothing that was quoted", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(fc.property(text, (any) => void expect(parseLine(`/x ${any}`)).toMatchObject({ command: "x" })));
    const quotable = text.filter((it) => !it.includes('"'));
    fc.assert(
      fc.property(quotable, (value) => {
        const written = `key:"${value}"`;
        expect(parseLine(`/x ${written}`)?.given).toEqual([{ key: "key", value, written }]);
      }),
    );
  });
});
