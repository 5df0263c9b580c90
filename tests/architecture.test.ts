import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const files = ["src", "commands", "workers"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((it) => join(folder, it)))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** Modules that a file loads when it is loaded: no types, and not the ones it imports later by `import()`. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)].map(
    (it) => it[1] ?? it[2] ?? "",
  );

const outside = (text: string) => [...text.matchAll(/(?:from\s+|import\(|import\s+)"([^".][^"]*)"/g)].map((it) => it[1] ?? "");

describe("each library has one home", () => {
  it.each([
    ["sharp", /^src\/images\//],
    ["onnxruntime-node", /^src\/inference\/session\.ts$/],
    ["@resvg/resvg-js", /^src\/draw\/svg\.ts$/],
    ["fontkit", /^src\/draw\/fonts\.ts$/],
    ["echarts", /^src\/draw\/chart\.ts$/],
    ["nanotar", /^src\/data\//],
    ["yauzl", /^src\/data\/zip\//],
    ["yazl", /^src\/data\/zip\//],
    ["iconv-lite", /^src\/data\/zip\//],
    ["bullmq", /^src\/jobs\//],
    ["drizzle-orm", /^src\/store\//],
    ["discord.js", /^src\/chat\/discord\//],
    ["hono", /^src\/chat\/web\//],
    ["@slack/bolt", /^src\/chat\/slack\//],
    ["uqr", /^src\/app\/qrCode\.ts$/],
    ["preact", /^src\/chat\/web\/page\//],
    ["koffi", /^src\/libc\.ts$/],
    ["ts-fsrs", /^src\/spacing\.ts$/],
    ["pino", /^src\/log\.ts$/],
    ["protobufjs", /^src\/(onnx|tf)\//],
    ["@tensorflow/tfjs", /^src\/tf\//],
  ])("%s in %s", (library, home) => {
    const uses = files.filter(({ text }) => outside(text).some((it) => it === library || it.startsWith(`${library}/`)));
    expect(uses.map((it) => it.path).filter((path) => !home.test(path))).toEqual([]);
    expect(uses).not.toEqual([]);
  });
});

/** Everything that comes along when a file is loaded: our own files, and the names of libraries. */
const reach = (path: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const to of importsOf(files.find((it) => it.path === path)?.text ?? "")) {
    if (to.startsWith(".")) reach(join(dirname(path), to), seen);
    else seen.add(to);
  }
  return seen;
};

it("the bot can never be held up by a decoder or an inference engine, because it cannot load one", () => {
  const loaded = ["src/main.ts", "src/ask.ts", "src/app/servers.ts"].flatMap((it) => [...reach(it)]);
  expect(loaded).toContain("commands/index.ts");
  for (const heavy of ["sharp", "onnxruntime-node", "@resvg/resvg-js", "fontkit", "echarts", "@tensorflow/tfjs", "yauzl"])
    expect(loaded).not.toContain(heavy);
});

it("a worker's code never sees the database or a chat platform", () => {
  const loaded = files.filter(({ path }) => path.startsWith("workers/")).flatMap(({ path }) => [...reach(path)]);
  for (const it of loaded)
    expect(it).not.toMatch(/^(src\/store\/(store|database|schema)\.ts|src\/chat\/(bot|web)|drizzle-orm|hono|commands\/)/);
});

it("only entry points read the environment", () => {
  const readers = files.filter(({ text }) => text.includes("process.env"));
  // src/tf/processor.ts speaks to TensorFlow, which reads its own settings from there when it is loaded.
  expect(readers.map((it) => it.path).sort()).toEqual([
    "src/ask.ts",
    "src/environment.ts",
    "src/jobs/child.ts",
    "src/jobs/childPreload.ts",
    "src/tf/processor.ts",
  ]);
});

it("no file outgrows a screenful or three", () => {
  expect(files.filter(({ text }) => text.split("\n").length > 251).map((it) => it.path)).toEqual([]);
});

it("needs nothing from outside that package.json does not pin exactly", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const pinned = { ...dependencies, ...devDependencies, ...optionalDependencies };
  for (const version of Object.values(pinned)) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  const used = new Set(
    files.flatMap(({ text }) => outside(text).flatMap((it) => /^(?!node:)(@[^/]+\/)?[^/]+/.exec(it)?.[0] ?? [])),
  );
  expect([...used].filter((it) => !(it in pinned))).toEqual([]);
  expect(used).toContain("hono");
});
