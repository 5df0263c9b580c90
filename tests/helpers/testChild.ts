import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const { resolve } = createRequire(import.meta.url);
const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/**
 * A child of a worker host that knows the jobs of testJobs.ts too, or of another file beside it that exports `testHandlers`. It stands in
 * the host's scratch folder, because a child cannot read our tests.
 */
export const testChild = (home: string, source = new URL("./testJobs.ts", import.meta.url)): URL => {
  const folder = join(home, "scratch", "test");
  mkdirSync(folder, { recursive: true });
  const code = readFileSync(source, "utf8").replace(/(?<= from )"([^"]+)"/g, (quoted, from: string) =>
    from.startsWith(".") ? url(from) : from.startsWith("node:") ? quoted : JSON.stringify(pathToFileURL(resolve(from)).href),
  );
  writeFileSync(join(folder, "testJobs.mts"), code);
  const child = `
    import child from ${url("../../src/jobs/child.ts")};
    import { handlers } from ${url("../../workers/index.ts")};
    import { testHandlers } from "./testJobs.mts";
    Object.assign(handlers, testHandlers);
    export default child;`;
  writeFileSync(join(folder, "child.mts"), child);
  return pathToFileURL(join(folder, "child.mts"));
};

/** A process that is nothing but a worker host over Redis, with the jobs of testJobs.ts; run with tsx. */
export const testHostPath = fileURLToPath(new URL("./testHost.ts", import.meta.url));
