import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discordLimits } from "../../../src/chat/discord/limits.ts";
import { fromDiscord, toDiscord } from "../../../src/chat/discord/markdown.ts";
import { nonceOf } from "../../../src/chat/discord/message.ts";
import { partsOf } from "../../../src/chat/discord/parts.ts";
import type { FileRef } from "../../../src/files.ts";
import { escapeText } from "../../../src/richText.ts";

const link = (file: FileRef) => `https://peerlab.example/files/${file.blob}?name=a_b_c`;
const parts = (reply: Parameters<typeof partsOf>[0]) => partsOf(reply, discordLimits, "en", link);
const file = (name: string, bytes: number): FileRef => ({ blob: "a".repeat(64), name, type: "image/png", bytes });

describe("our text on Discord", () => {
  it("keeps its two marks, and takes every other sign for itself", () => {
    expect(toDiscord("**resnet20** got `91.2 %`")).toBe("**resnet20** got `91.2 %`");
    expect(toDiscord(escapeText("my_cat_photo ~x~ ||y|| [a](b) *z*"))).toBe(
      "my\\_cat\\_photo \\~x\\~ \\|\\|y\\|\\| \\[a\\](b) \\*z\\*",
    );
    expect(toDiscord("# no heading\n- no list\n> no quote")).toBe("\\# no heading\n\\- no list\n\\> no quote");
    expect(toDiscord("12:30, :smile:")).toBe("12:30, \\:smile:");
  });

  it("lets a name ping nobody", () => {
    for (const name of ["<@everyone>", "@here", "<@&123>", "<#1>", "</classify:1>", "<t:1:R>"])
      expect(toDiscord(escapeText(name))).not.toMatch(/(?<!\\)[<@]/);
    expect(toDiscord("**<@everyone>**")).toBe("**\\<\\@everyone\\>**");
  });

  it("leaves addresses whole, so that they can be opened", () => {
    expect(toDiscord("get a_b here: https://x.example/a_b_c?d=*e")).toBe("get a\\_b here: https://x.example/a_b_c?d=*e");
  });

  it("is within Discord's limit however much of it has to be escaped, and nothing is lost", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("_", "*", "가", "a", " ", "\n", "😀"), { minLength: 1900, maxLength: 6000 }),
        (letters) => {
          const text = escapeText(letters.join("")).trim();
          const all = parts({ text });
          for (const part of all) expect(part.text.length).toBeLessThanOrEqual(2000);
          const shown = all.map((part) => part.text).join("");
          const wanted = text.replace(/\\/g, "").replace(/\s/g, "");
          expect(shown.replace(/\\/g, "").replace(/\s/g, "")).toBe(wanted === "" ? "…" : wanted);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("shows a table as code, each part of a long one with its titles", () => {
    const columns = [{ title: "network" }, { title: "parameters", right: true as const }];
    const [one] = parts({
      text: "two networks",
      table: {
        columns,
        rows: [
          ["resnet20", "272,474"],
          ["한글`망", "12"],
        ],
      },
    });
    expect(one?.text).toBe("two networks\n```\nnetwork   parameters\nresnet20     272,474\n한글'망           12\n```");
    const rows = Array.from({ length: 200 }, (_, index) => [`network ${index}`, String(index * 1000)]);
    const long = parts({ text: "many", table: { columns, rows } });
    expect(long.length).toBeGreaterThan(1);
    for (const { text } of long) {
      expect(text.length).toBeLessThanOrEqual(2000);
      expect(text.match(/```/g) ?? []).toHaveLength(2 * (text.match(/network +parameters/g)?.length ?? 0));
    }
    for (const [name] of rows) expect(long.filter((part) => new RegExp(`^${name} `, "m").test(part.text))).toHaveLength(1);
  });

  it("links what Discord takes no file of, and puts at most ten files and 25 buttons in a message", () => {
    const files = Array.from({ length: 13 }, (_, index) => file(`${index}.png`, 1000));
    const buttons = Array.from({ length: 30 }, (_, index) => ({ label: `B ${index}`, command: "runs", args: {} }));
    const all = parts({ text: "x", files: [...files, file("large_one.png", 12_000_000)], buttons });
    expect(all.map((part) => part.files.length)).toEqual([10, 3, 0].slice(0, all.length));
    expect(all.flatMap((part) => part.buttons.map((it) => it.index))).toEqual(buttons.map((_, index) => index));
    for (const part of all) expect(part.buttons.length).toBeLessThanOrEqual(25);
    expect(all[0]?.text).toContain(`large\\_one.png (12.0 MB) is too large`);
    expect(all[0]?.text).toContain(link(file("large_one.png", 1)));
  });

  it("is read back without what Discord makes of mentions", () => {
    expect(fromDiscord("<@42>  classify model:“tiny” <@!7> <:cat:99>", "42")).toBe('classify model:"tiny" discord:7 :cat:');
  });

  it("has a nonce that Discord takes, and another for each part", () => {
    const all = [0, 1, "waiting"].map((part) => nonceOf("6f6b1d3e-1c0f-4d6f-9a5b-7e0c2f8d4a91", part));
    expect(new Set(all).size).toBe(3);
    for (const nonce of all) expect(nonce).toHaveLength(25);
  });
});
