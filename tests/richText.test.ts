import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeMistake } from "../src/chat/answer.ts";
import { styled } from "../src/chat/terminal/styled.ts";
import { escapeText, plainText, type Span, spansOf } from "../src/richText.ts";
import { type Table, tableIn, tableLines, textWithTable } from "../src/table.ts";

/** What peers type when they mean harm, and anything else. */
const typed = fc
  .array(fc.oneof(fc.constantFrom("*", "**", "`", "\\", "\\*", "\n", " ", "사과"), fc.string({ unit: "grapheme" })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""));
const oneLine = (text: string) => text.replace(/\s+/g, " ");
const joined = (spans: readonly Span[]) => spans.map((it) => it.text).join("");

describe("a text with marks", () => {
  it("is bold between two stars and code between backticks, and nothing else", () => {
    expect(spansOf("a **b c** `d*e` f * g ` h\n_i_ [j](k)")).toEqual([
      { kind: "text", text: "a " },
      { kind: "bold", text: "b c" },
      { kind: "text", text: " " },
      { kind: "code", text: "d*e" },
      { kind: "text", text: " f * g ` h\n_i_ [j](k)" },
    ]);
  });

  it("shows a mark that is not closed on its line, and an escaped one, as the character it is", () => {
    expect(spansOf("**a\nb** `c")).toEqual([{ kind: "text", text: "**a\nb** `c" }]);
    expect(spansOf("\\**a** \\`b` \\\\ C:\\d")).toEqual([{ kind: "text", text: "**a** `b` \\ C:\\d" }]);
    expect(spansOf("**a\\*\\*b** `\\``")).toEqual([
      { kind: "bold", text: "a**b" },
      { kind: "text", text: " " },
      { kind: "code", text: "`" },
    ]);
  });

  it("keeps what peers typed out of its marks, wherever it stands", () => {
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        const [first, second] = [`x${one}`, `y${other}`];
        expect(spansOf(`${escapeText(first)} **${escapeText(second)}** \`${escapeText(first)}\`: ${escapeText(second)}`)).toEqual(
          [
            { kind: "text", text: `${oneLine(first)} ` },
            { kind: "bold", text: oneLine(second) },
            { kind: "text", text: " " },
            { kind: "code", text: oneLine(first) },
            { kind: "text", text: `: ${oneLine(second)}` },
          ],
        );
      }),
    );
  });

  it("says no more in a mistake than it says without what was typed", () => {
    fc.assert(
      fc.property(typed, (got) => {
        const { reply } = describeMistake({ code: "bad_label", facts: { got, max: 40 } }, "en");
        expect(spansOf(reply.text)).toEqual([
          { kind: "text", text: `A class is a name of 1 to 40 characters, like "cat"; I got "${oneLine(got)}".` },
        ]);
        expect(reply.data).toEqual({ error: "bad_label", got, max: 40 });
      }),
    );
  });

  it("reads as the same words without its marks and in colours", () => {
    expect(plainText("**a** `b` \\*c")).toBe("a b *c");
    expect(styled("**a** `b` \\*c", true)).toBe("\u001b[1ma\u001b[22m \u001b[36mb\u001b[39m \\*c".replace("\\", ""));
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(joined(spansOf(text))).toBe(plainText(text));
        expect(styled(text, false)).toBe(plainText(text));
        expect(stripVTControlCharacters(styled(text, true))).toBe(stripVTControlCharacters(plainText(text)));
      }),
    );
  });
});

describe("a table as text", () => {
  const columns = [
    { en: "Fruit", ko: "과일" },
    { en: "Count", ko: "개수", right: true },
  ] as const;
  const rows = [
    ["사과", "3"],
    ["an apple", "12"],
  ];

  it("has its columns below each other where all letters are of one width, Hangul of two", () => {
    expect(tableLines(tableIn("en", columns, rows))).toEqual(["Fruit     Count", "사과          3", "an apple     12"]);
    expect(tableLines(tableIn("ko", columns, rows))).toEqual(["과일      개수", "사과         3", "an apple    12"]);
  });

  it("has every cell, in order, none of them with marks in it", () => {
    const cells = fc.array(fc.tuple(typed, typed), { maxLength: 6 });
    fc.assert(
      fc.property(cells, (rows) => {
        const table: Table = { columns: [{ title: "a" }, { title: "b", right: true }], rows };
        const words = spansOf(textWithTable({ text: "**t**", table }));
        expect(words[0]).toEqual({ kind: "bold", text: "t" });
        expect(words.slice(1).every((it) => it.kind === "text")).toBe(true);
        const bare = (text: string) => text.replace(/\s+/g, "");
        expect(bare(joined(words))).toBe(bare(`tab${rows.flat().join("")}`));
      }),
    );
  });
});
