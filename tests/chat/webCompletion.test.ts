import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { parseLine } from "../../src/chat/commandLine.ts";
import { describeCommands } from "../../src/chat/web/describe.ts";
import { accept, choiceEntries, entriesFor, isComplete, spotAt, valuesIn } from "../../src/chat/web/page/completion.ts";

const known = describeCommands(commands);
const augment = known.find((it) => it.name === "augment") as (typeof known)[number];
const labels = (text: string, lang: "en" | "ko" = "en") => {
  const spot = spotAt(text, text.length, known);
  return spot ? entriesFor(spot, text, known, lang).map((it) => it.label) : [];
};

describe("what the menu offers", () => {
  it("nothing in a text that is no command", () => {
    expect(labels("hello")).toEqual([]);
    expect(labels("/nobody knows")).toEqual([]);
  });

  it("every command after a slash, and those that fit while it is typed", () => {
    expect(labels("/")).toEqual(known.map((it) => `/${it.name}`));
    expect(labels("/aug")[0]).toBe("/augment");
    expect(labels("/증")[0]).toBe("/augment");
    expect(labels("/aug", "ko")[0]).toBe("/증강");
  });

  it("the options that are not given yet, without pictures and files", () => {
    expect(labels("/augment ")).toEqual(["op", "strength", "n", "seed", "predict", "tile"]);
    expect(labels("/augment op:rotate n:4 ")).toEqual(["strength", "seed", "predict", "tile"]);
    expect(labels("/증강 변형:rotate 강", "ko")).toEqual(["강도"]);
  });

  it("a choice's values, by the beginning first and in either language", () => {
    expect(labels("/augment op:ro")).toEqual(["rotate", "crop"]);
    expect(labels("/증강 변형:회전", "ko")).toHaveLength(1);
    const sizes = choiceEntries(
      [
        { value: "not big", label: { en: "not big", ko: "작게" } },
        { value: "big", label: { en: "big", ko: "크게" } },
      ],
      "big",
      "en",
    );
    expect(sizes.map((it) => it.insert)).toEqual(["big ", '"not big" ']);
  });

  it("sub-commands with the command they belong to, in either language, and then each one's own options", () => {
    expect(labels("/mod")).toEqual(["/models list", "/models details", "/models add", "/models fetch", "/models remove"]);
    expect(labels("/models ")).toEqual(labels("/mod"));
    expect(labels("/models re")).toEqual(["/models remove"]);
    expect(labels("/모델 re", "ko")).toEqual(["/모델 삭제"]);
    expect(labels("/models remove ")).toEqual(["name", "sure"]);
    expect(labels("/models 추가 ")).toEqual(["name", "preprocessing", "labels"]);
    // Without one, the options are those of the sub-command that is meant.
    expect(labels("/label c")).toEqual(["class"]);
    const spot = spotAt("/models re", "/models re".length, known);
    expect(accept("/models re", spot as never, "/models remove ").text).toBe("/models remove ");
  });

  it("looks at the word under the caret, not at the end", () => {
    const spot = spotAt("/augment op:ro n:4", "/augment op:ro".length, known);
    expect(spot).toMatchObject({ kind: "value", typed: "ro", from: 12, to: 14 });
    expect(accept("/augment op:ro n:4", spot as never, "rotate ")).toEqual({ text: "/augment op:rotate n:4", caret: 19 });
  });

  it("lets Enter send what is complete", () => {
    const complete = (text: string) => {
      const spot = spotAt(text, text.length, known);
      return spot !== undefined && isComplete(spot, entriesFor(spot, text, known, "en"));
    };
    expect(complete("/help")).toBe(true);
    expect(complete("/hel")).toBe(false);
    expect(complete("/models")).toBe(true);
    expect(complete("/models ")).toBe(true);
    expect(complete("/models remove")).toBe(true);
    expect(complete("/models re")).toBe(false);
    expect(complete("/augment op:rotate")).toBe(true);
    expect(complete("/augment op:rot")).toBe(false);
  });

  it("reads the same values that the bot will read", () => {
    const value = fc.constantFrom("rotate", "0.5", '"two words"', "회전", "12");
    const option = fc.constantFrom("op", "strength", "n", "seed", "변형");
    fc.assert(
      fc.property(fc.array(fc.tuple(option, value), { maxLength: 4 }), (given) => {
        const text = ["/augment", ...given.map(([key, it]) => `${key}:${it}`)].join(" ");
        const bots = new Map(
          parseLine(text)?.given.map((it) => [
            augment.options.find((one) => [one.name, one.ko].includes(it.key ?? ""))?.name,
            it.value,
          ]),
        );
        expect(new Map([...valuesIn(text, augment)].map(([name, it]) => [name, it.value]))).toEqual(bots);
      }),
    );
  });

  it("never throws, whatever is typed and wherever the caret is", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(40), (rest, caret) => {
        const text = `/augment ${rest}`;
        const spot = spotAt(text, Math.min(caret, text.length), known);
        if (spot) entriesFor(spot, text, known, "ko");
      }),
    );
  });
});
