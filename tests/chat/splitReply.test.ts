import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AdapterLimits } from "../../src/chat/adapter.ts";
import { pressableOf, splitReply } from "../../src/chat/splitReply.ts";
import { splitText } from "../../src/chat/splitText.ts";
import type { FileRef, Picture } from "../../src/files.ts";
import { spansOf } from "../../src/richText.ts";

/** Every character but spaces, with how it is set. */
const charactersOf = (text: string) =>
  spansOf(text).flatMap((span) => [...span.text.replace(/\s/g, "")].map((character) => `${character} ${span.kind}`));
const limit = fc.integer({ min: 20, max: 200 });
/** Text with marks and gaps in it, in letters of one, two and many code units. */
const marked = fc
  .array(
    fc.oneof(fc.constantFrom("**", "`", " ", "\n", "\\*", "word", "한국어", "👩‍🔬", "e\u0301"), fc.string({ unit: "grapheme" })),
    {
      maxLength: 150,
    },
  )
  .map((parts) => parts.join(""));

describe("a long text", () => {
  it("is cut into pieces within the limit, and nothing of it is lost, neither characters nor what is bold or code", () => {
    fc.assert(
      fc.property(marked, limit, (text, most) => {
        const pieces = splitText(text, most);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(most);
        for (const piece of pieces) expect(piece.trim()).not.toBe("");
        expect(pieces.flatMap(charactersOf)).toEqual(charactersOf(text));
      }),
    );
  });

  it("is cut through no character that a reader sees as one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), limit, (count, most) => {
        const pieces = splitText("👩‍🔬".repeat(count), most);
        for (const piece of pieces) expect(piece.length % "👩‍🔬".length).toBe(0);
      }),
    );
  });

  it("is cut after a line where there is one, else after a word", () => {
    expect(splitText("a first line of words\nand a second one", 32)).toEqual(["a first line of words", "and a second one"]);
    expect(splitText("one two three four five", 20)).toEqual(["one two three four", "five"]);
  });

  it("stays bold and stays code on both sides of a cut", () => {
    expect(splitText("so **many bold words** here", 20)).toEqual(["so **many bold**", "**words** here"]);
    expect(splitText("`code with spaces in it`", 20)).toEqual(["`code with spaces`", "`in it`"]);
  });
});

const limits: AdapterLimits = {
  filesPerMessage: 10,
  bytesPerFile: 10 * 2 ** 20,
  bytesPerMessage: 25 * 2 ** 20,
  charactersPerMessage: 2000,
  buttonsPerMessage: 25,
  choicesPerMenu: 25,
  charactersPerButton: 80,
  choices: 25,
  editSeconds: { message: Number.POSITIVE_INFINITY, ephemeral: 900 },
  secondsBetweenEdits: 5,
  ephemeral: true,
  threads: true,
};
const file = (index: number, bytes: number): Picture => ({
  blob: index.toString(16).padStart(64, "0"),
  name: `${index}.png`,
  type: "image/png",
  bytes,
  alt: `picture ${index}`,
});
const link = ({ name }: FileRef) => `https://peerlab.example/files/${name}`;

describe("a reply", () => {
  it("keeps every limit, and loses no file and no button", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 14 * 2 ** 20 }), { maxLength: 30 });
    const labels = fc.array(fc.string({ unit: "grapheme", maxLength: 120 }), { maxLength: 60 });
    fc.assert(
      fc.property(marked, sizes, labels, (text, bytes, given) => {
        const pictures = bytes.map((it, index) => file(index, it));
        const buttons = given.map((label) => ({ label, command: "help", args: {} }));
        const parts = splitReply({ text, pictures, buttons }, limits, "en", link);
        expect(parts.length).toBeGreaterThan(0);
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(limits.charactersPerMessage);
          expect(part.files.length).toBeLessThanOrEqual(limits.filesPerMessage);
          expect(part.files.reduce((sum, it) => sum + it.bytes, 0)).toBeLessThanOrEqual(limits.bytesPerMessage);
          expect(part.buttons.length).toBeLessThanOrEqual(limits.buttonsPerMessage);
          for (const { label } of part.buttons) expect(label.length).toBeLessThanOrEqual(limits.charactersPerButton);
          expect(part.text !== "" || part.files.length > 0).toBe(true);
        }
        const sent = parts.flatMap((part) => part.files.map((it) => it.name));
        const tooLarge = pictures.filter((it) => it.bytes > limits.bytesPerFile);
        expect([...sent, ...tooLarge.map((it) => it.name)].sort()).toEqual(pictures.map((it) => it.name).sort());
        const words = parts.map((part) => part.text).join("\n");
        for (const it of tooLarge) expect(words).toContain(link(it));
        expect(parts.flatMap((part) => part.buttons.map((it) => it.index))).toEqual(given.map((_, index) => index));
      }),
    );
  });

  it("has the steps of a number as buttons, and tiles in a menu, where there are menus", () => {
    const asked = { label: "", command: "augment", args: {} };
    const steps = [{ label: "Stronger", value: 0.75 }];
    const controls = [
      { ...asked, option: "strength", kind: "number", min: 0, max: 1, value: 0.5, steps },
      { ...asked, label: "See one large", option: "tile", kind: "tile", choices: ["original", "rotate 27°"] },
    ] as const;
    const reply = { text: "a sheet", buttons: [{ ...asked, label: "Shuffle" }], controls };
    const [part, ...others] = splitReply(reply, limits, "en", link);
    expect(others).toEqual([]);
    expect(part?.buttons.map(pressableOf)).toEqual([{ control: 0, value: 0.75 }, { button: 0 }]);
    expect(part?.menus).toEqual([{ label: "See one large", control: 1, choices: ["original", "rotate 27°"] }]);
    const [without] = splitReply({ text: "a sheet", controls: [controls[1]] }, { ...limits, choicesPerMenu: 0 }, "en", link);
    expect([without?.menus, without?.buttons]).toEqual([undefined, []]);
    // A menu takes a row of its own.
    const many = Array.from({ length: 25 }, () => ({ ...asked, label: "one" }));
    const rows = splitReply({ text: "", buttons: many, controls: [controls[1]] }, limits, "en", link);
    expect(rows.map((it) => [it.buttons.length, it.menus?.length ?? 0])).toEqual([
      [20, 1],
      [5, 0],
    ]);
  });

  it("that fits is one message, as it is", () => {
    const reply = {
      text: "**done**",
      pictures: [file(1, 5)],
      files: [file(2, 6)],
      buttons: [{ label: "Again", command: "x", args: {} }],
    };
    expect(splitReply(reply, limits, "en", link)).toEqual([
      { text: "**done**", files: [file(1, 5), file(2, 6)], buttons: [{ label: "Again", index: 0 }] },
    ]);
  });

  it("says in the reader's language where a file that is too large can be had", () => {
    const [part] = splitReply({ text: "끝났어요", files: [file(7, 12_300_000)] }, limits, "ko", link);
    expect(part).toEqual({
      text: "끝났어요\n7.png (12.3 MB) 파일은 이 채팅에 올리기에 너무 커요. 여기에서 내려받으세요: https://peerlab.example/files/7.png",
      files: [],
      buttons: [],
    });
  });
});
