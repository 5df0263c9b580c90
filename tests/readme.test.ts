import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../commands/index.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");

/** The cells of every row of a Markdown table whose first cell is code: [["`/help`", "What I can do", …], …]. */
const rows = (text: string, first: RegExp): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((it) => it.trim()))
    .map(([, ...cells]) => cells.slice(0, -1))
    .filter(([cell = ""]) => first.test(cell));

describe("the README", () => {
  it("lists every command, in the order and words of /help", () => {
    const listed = rows(readme, /^`\//).map(([name, about]) => [name, about]);
    expect(listed).toEqual(commands.map((it) => [`\`/${it.name}\``, it.about.en]));
  });

  it("gives examples that are commands", () => {
    const known = new Set(commands.flatMap((it) => [it.name, it.ko]));
    const said = [...readme.matchAll(/["`]\/([\p{L}]+)(?=[\s"`])/gu)].map((it) => it[1] ?? "");
    expect(said.filter((it) => !known.has(it))).toEqual([]);
    expect(said).toContain("augment");
  });

  const tree = readme.match(/## What lies where\n+```\n([\s\S]*?)```/)?.[1] ?? "";
  const ignored = [".git/", ...read(".gitignore").split("\n")].map((it) => it.replaceAll("/", ""));
  const foldersIn = (folder: string, without: readonly string[] = []) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((it) => it.isDirectory() && !without.includes(it.name))
      .map((it) => it.name)
      .sort();

  it("shows every folder of the project", () => {
    const shown = [...tree.matchAll(/^(\S+)\//gm)].map((it) => it[1]).sort();
    expect(shown).toEqual(foldersIn(".", ignored));
  });

  it("shows every folder of src", () => {
    const shown = [...tree.matchAll(/^ {2}([a-z]+)\/ /gm)].map((it) => it[1]).sort();
    expect(shown).toEqual(foldersIn("src"));
  });

  it("names only files that are there", () => {
    const names = [...tree.matchAll(/^ {2}((?:\w+\.ts ?)+)/gm)].flatMap((it) => it[1]?.trim().split(" ") ?? []);
    expect(names.filter((name) => !existsSync(join(root, "src", name)))).toEqual([]);
    expect(names).toContain("main.ts");
  });

  it("names only scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const documents = [readme, ...pages.map(read)].join("\n");
    const said = [...documents.matchAll(/npm run (?:-s )?([a-z]+)/g)].map((it) => it[1] ?? "");
    expect(said.filter((it) => !(it in scripts))).toEqual([]);
    expect(said).toContain("ask");
  });
});

const pages = [
  ...readdirSync(root).filter((it) => it.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".md"))
    .map((it) => join("docs", it)),
];

describe.each(pages)("%s", (page) => {
  it("links to nothing that is not there", () => {
    const text = read(page).replace(/```[\s\S]*?```/g, "");
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map((it) => it[1] ?? it[2] ?? "");
    const near = links.filter((it) => !/^[a-z]+:/.test(it)).map((it) => it.replace(/#.*$/, ""));
    expect(near.filter((it) => !existsSync(join(root, dirname(page), it)))).toEqual([]);
  });
});

it("docs/operations.md lists every setting of src/config.ts with its default", () => {
  const source = read("src/config.ts").match(/const Environment = z\.object\(\{([\s\S]*?)\n\}\);/)?.[1] ?? "";
  const settings = source.split(/\n(?= {2}[A-Z_]+: (?:z|Url)\b)/).flatMap((it) => {
    const name = it.match(/^\s*([A-Z_]+): (?:z|Url)\b/)?.[1];
    return name ? [{ name, preset: it.match(/\.default\((.*?)\)/)?.[1]?.replaceAll('"', "") }] : [];
  });
  const listed = rows(read("docs/operations.md"), /^`[A-Z]+_[A-Z_]+`$/);
  expect(listed.map(([name]) => name)).toEqual(settings.map(({ name }) => `\`${name}\``));
  for (const [index, { preset }] of settings.entries()) {
    // A default that is computed is said in words.
    if (preset?.includes("(")) expect(listed[index]?.[1]).not.toBe("");
    else expect(listed[index]?.[1]).toBe(preset === undefined ? "" : `\`${preset}\``);
  }
});
