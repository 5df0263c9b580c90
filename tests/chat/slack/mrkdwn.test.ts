import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf } from "../../../src/chat/slack/blocks.ts";
import { slackLimits } from "../../../src/chat/slack/limits.ts";
import { fromMrkdwn, toMrkdwn } from "../../../src/chat/slack/mrkdwn.ts";
import { escapeText } from "../../../src/richText.ts";

const visible = (text: string) => text.replaceAll("\u200b", "");

describe("mrkdwn", () => {
  it("has our two marks, also before a Korean particle", () => {
    expect(visible(toMrkdwn("**Top-1** is `cat`"))).toBe("*Top-1* is `cat`");
    expect(toMrkdwn("**Top-1**은")).toBe("\u200b*Top-1*\u200b은");
  });
  it("takes nobody's name for a mark or a mention", () => {
    const said = toMrkdwn(escapeText("<!channel> <@U1> *bold* ~gone~ `code` _it_ snake_case & more"));
    expect(said).not.toMatch(/<[!@#]/);
    expect(visible(said)).toBe("&lt;!channel&gt; &lt;@U1&gt; *bold* ~gone~ `code` _it_ snake_case &amp; more");
    expect(said).toContain("snake_case");
    expect(said).not.toContain(" *bold*");
  });
  it("pings nobody, whatever it says", () => {
    fc.assert(fc.property(fc.string(), (text) => !/<(?!https?:)/.test(toMrkdwn(text))));
  });
  it("keeps links that can be followed", () => {
    expect(toMrkdwn("get it here: https://x.example/files/1?a=1&b=2")).toContain("<https://x.example/files/1?a=1&amp;b=2>");
  });
  it("gives back what was typed", () => {
    expect(fromMrkdwn("<@U0BOT> classify model:&lt;all&gt; <https://x.example|x.example>", "T1", "U0BOT")).toBe(
      "classify model:<all> x.example",
    );
    expect(fromMrkdwn("history <@U2|jun>", "T1")).toBe("history slack:T1:U2");
  });
});

describe("a reply as messages", () => {
  const none = () => "https://x.example";
  it("keeps every section within 3000 characters once it is escaped", () => {
    const text = "&<>".repeat(4000);
    const parts = partsOf({ text }, slackLimits, "en", none);
    const sections = parts.flatMap((part) => part.sections);
    for (const section of sections) expect(section.length).toBeLessThanOrEqual(3000);
    expect(sections.join("").replaceAll("\u200b", "")).toBe("&amp;&lt;&gt;".repeat(4000));
  });
  it("shows a table in letters of one width, cut between its rows", () => {
    const rows = Array.from({ length: 400 }, (_, index) => [`모델 ${index}`, String(index)]);
    const parts = partsOf(
      { text: "many", table: { columns: [{ title: "이름" }, { title: "n", right: true }], rows } },
      slackLimits,
      "ko",
      none,
    );
    const sections = parts.flatMap((part) => part.sections).filter((it) => it.startsWith("```"));
    expect(sections.length).toBeGreaterThan(1);
    const lines = sections.flatMap((it) => it.split("\n").slice(1, -1));
    expect(lines).toHaveLength(401);
    for (const section of sections) expect(section.length).toBeLessThanOrEqual(3000);
  });
});
