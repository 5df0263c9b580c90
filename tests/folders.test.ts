import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/**
 * From top to bottom: whoever stands on one line imports only from the lines below. What is not here is a small file at the root of
 * src, a node of its own below all folders.
 */
const order = [
  ["app"],
  ["commands", "workers"],
  ["chat"],
  ["store"],
  ["jobs"],
  ["blobs"],
  ["runs"],
  ["draw"],
  ["learn"],
  ["data"],
  ["nets"],
  ["inference"],
  ["models"],
  ["onnx"],
  ["tf"],
  ["images"],
] as const;

/** Where a process begins, and what it loads there: the only imports against the order. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  "src/main.ts": ["app"],
  "src/ask.ts": ["app", "blobs", "chat", "store"],
  "src/worker.ts": ["jobs"],
  "src/prepare.ts": ["blobs", "jobs", "store"],
  "src/jobs/child.ts": ["workers"],
};

/** "src/draw/text.ts" stands in "draw", "commands/arch.ts" in "commands", and "src/text.ts" is a node of its own. */
const nodeOf = (path: string): string => {
  const [top = "", folder = "", below] = path.split("/");
  return top !== "src" ? top : below === undefined || folder === "messages" ? path : folder;
};

interface Import {
  from: string;
  to: string;
}

/** Every import within src, commands and workers: of values and of types, at once and later, and of files that are started. */
const imports: readonly Import[] = ["src", "commands", "workers"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((it) => join(folder, it)))
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    const paths = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\s*\(\s*|\bnew URL\(\s*)"(\.{1,2}\/[^"]+)"/g);
    return [...paths].map(([, path = ""]) => ({ from, to: normalize(join(dirname(from), path)) }));
  })
  .filter(({ to }) => /\.tsx?$/.test(to));

const isBeginning = ({ from, to }: Import) => beginnings[from]?.includes(nodeOf(to)) ?? false;
const crossing = imports.filter((it) => nodeOf(it.from) !== nodeOf(it.to));

/** Which nodes each node imports from. */
const graph = new Map<string, Set<string>>();
for (const it of crossing) {
  if (isBeginning(it)) continue;
  const [from, to] = [nodeOf(it.from), nodeOf(it.to)];
  graph.set(from, (graph.get(from) ?? new Set()).add(to));
}

/** "draw -> images learn models nets numbers.ts text.ts", the folders in their order. */
const drawing = (): string => {
  const folders: readonly string[] = order.flat();
  const rankOf = (node: string) => (folders.includes(node) ? folders.indexOf(node) : folders.length);
  const sorted = (nodes: Iterable<string>) => [...nodes].sort((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b));
  const short = (node: string) => node.replace("src/", "");
  return sorted(graph.keys())
    .map(
      (node) =>
        `${short(node)} -> ${sorted(graph.get(node) ?? [])
          .map(short)
          .join(" ")}`,
    )
    .join("\n");
};

/** The line a node stands on; root files stand below all folders. */
const lineOf = (node: string): number => {
  const line = order.findIndex((nodes) => (nodes as readonly string[]).includes(node));
  return line < 0 ? order.length : line;
};

if (process.env["FOLDERS"]) console.log(drawing());

it("every folder has its place in the order", () => {
  const folders = new Set(crossing.flatMap(({ from, to }) => [nodeOf(from), nodeOf(to)]).filter((node) => !node.endsWith(".ts")));
  expect([...folders].filter((node) => !(order.flat() as readonly string[]).includes(node))).toEqual([]);
});

it("a folder imports only from folders below it, types included (FOLDERS=1 prints the graph)", () => {
  const upwards = crossing.filter((it) => {
    const [from, to] = [lineOf(nodeOf(it.from)), lineOf(nodeOf(it.to))];
    return !isBeginning(it) && to <= from && !(from === order.length && to === order.length);
  });
  expect(
    upwards.map(({ from, to }) => `${from} imports ${to}`),
    `The graph:\n${drawing()}`,
  ).toEqual([]);
});

/** Nodes along a circle of imports, or none. */
const findCycle = (edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] => {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): readonly string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  return [...edges.keys()].map((node) => visit(node, [])).find((cycle) => cycle.length > 0) ?? [];
};

it("no folder and no root file imports itself by way of others", () => {
  expect(
    findCycle(
      new Map([
        ["a", new Set(["b"])],
        ["b", new Set(["c", "d"])],
        ["d", new Set(["b"])],
      ]),
    ),
  ).toEqual(["b", "d", "b"]);
  expect(findCycle(graph), `The graph:\n${drawing()}`).toEqual([]);
});

it("the exceptions are none too many: each beginning imports what it is listed with", () => {
  for (const [from, nodes] of Object.entries(beginnings))
    expect(crossing.filter((it) => it.from === from).map((it) => nodeOf(it.to))).toEqual(expect.arrayContaining([...nodes]));
});
