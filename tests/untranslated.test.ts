import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const files = ["commands", "src", "workers"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((it) => /\.tsx?$/.test(it))
    .map((it) => join(folder, it)),
);

/** A string or a template as it stands in our code; what is put into a template may have templates of its own. */
const STRING = String.raw`"(?:[^"\\]|\\.)*"|${"`"}(?:[^${"`"}\\$]|\\.|\$(?!\{)|\$\{(?:[^{}${"`"}]|${"`"}[^${"`"}]*${"`"}|\{[^{}]*\})*\})*${"`"}`;
const PAIR = new RegExp(
  String.raw`\ben:\s*(?:\([^)]*\)(?:: \w+)? =>\s*)?(${STRING}),\s*ko:\s*(?:\([^)]*\)(?:: \w+)? =>\s*)?(${STRING})`,
  "g",
);

/** Without code, which has no language, and what is put in. */
const said = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\?`[^`]*`/g, "")
    .replace(/\$\{.*?\}/gs, "");
/** Words as people say them: not names of things in code, units or numbers. */
const hasWords = (text: string): boolean => /(?<![\p{L}\d/:._-])[a-z]{3,}(?![\p{L}\d/:_-])/u.test(text);
const hasHangul = (text: string): boolean => /\p{Script=Hangul}/u.test(text);

const pairs = files.flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(PAIR)].map(([, en = "", ko = ""]) => ({
    file,
    en: said(en),
    ko: said(ko),
  })),
);

/** What is English in Korean on purpose: the way back for who reads English, and a formula. */
const meant = ["Read in English", ": read in English", "softmax(z / T)"];

it("the number of untranslated strings is 0: nothing that has words is English in Korean", () => {
  expect(pairs.length).toBeGreaterThan(1000);
  const untranslated = pairs.filter(({ ko }) => hasWords(ko) && !hasHangul(ko) && !meant.includes(ko));
  expect(untranslated).toEqual([]);
});
