import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * `npm run build`: makes JavaScript of our TypeScript and the page of the web chat, in `dist/`. In JavaScript itself, since nothing can
 * read TypeScript before it. Most libraries stay where they are, in node_modules.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
/** A build has a folder of its own, named after what it was made of: who builds takes nothing away from those who run. */
const serverOf = (stamp) => join(dist, `server-${stamp}`);
/** Earlier builds stay for so long, since what was started from them may run on, and begins its children from there. */
const KEPT_MS = 30 * 24 * 3600_000;

/** What processes and threads begin with. Anything else that is built is loaded by one of these. */
const entries = [
  ...["src/main.ts", "src/ask.ts", "src/worker.ts", "src/prepare.ts"],
  ...["src/jobs/child.ts", "src/inference/teacherWorker.ts", "src/data/batchWorker.ts", "src/data/shapes/drawWorker.ts"],
];
/** What a child gives away its rights with stands before all that begins threads: `--require`, which reads no modules everywhere. */
const preload = "src/jobs/childPreload.ts";

/** All that the build is made of. */
const inputs = ["package.json", "scripts/build.mjs", "src", "commands", "workers"];

const filesOf = (path) =>
  statSync(join(root, path)).isFile()
    ? [path]
    : readdirSync(join(root, path), { withFileTypes: true })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((it) => (it.isDirectory() ? filesOf(join(path, it.name)) : [join(path, it.name)]));

/** Says which sources a build was made of. */
const stampOf = () => {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap(filesOf)) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
};

/** What is built knows where its source is, so that the files that lie beside it are found: models, migrations, texts. */
const sourcePlaces = {
  name: "source-places",
  transform: {
    filter: { code: "import.meta.url", id: { exclude: /node_modules|\0/ } },
    handler: (code, id) => {
      const source = relative(serverOf("any"), id).replaceAll("\\", "/");
      return code.replaceAll("import.meta.url", `new URL(${JSON.stringify(source)}, import.meta.url).href`);
    },
  },
};

/** Libraries of some 250 small files that every start reads: they come along, in fewer. Others find files by where they lie. */
const bundled = ["@hono/node-server", "drizzle-orm", "hono", "zod"];

const buildServer = async (build, outDir, name) => {
  const bundle = (input, format) =>
    build({
      ...{ configFile: false, root, logLevel: "warn", publicDir: false, plugins: [sourcePlaces] },
      ssr: { noExternal: bundled },
      define: { PEERLAB_BUILT: JSON.stringify(name) },
      build: {
        ...{ ssr: true, outDir, target: "node20", emptyOutDir: false, minify: false, reportCompressedSize: false },
        rolldownOptions: {
          input,
          output: { format, entryFileNames: `[name].${format === "cjs" ? "cjs" : "js"}`, chunkFileNames: "[name]-[hash].js" },
        },
      },
    });
  await bundle(entries, "es");
  await bundle([preload], "cjs");
};

/**
 * Builds what has changed, in a process of its own, which leaves nothing of the builder's in this one's memory. Returns the folder of what
 * was built.
 */
export const built = () => {
  const folder = serverOf(stampOf());
  if (!existsSync(folder)) execFileSync(process.execPath, [fileURLToPath(import.meta.url)], { stdio: "inherit" });
  return folder;
};

/** Puts a folder in its place. Of several who build at once any one's is as good. */
const place = (draft, folder) => {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
};

const buildAll = async () => {
  // In a Docker image the libraries are installed before our sources are there.
  if (!existsSync(join(root, "src/main.ts"))) return;
  const server = serverOf(stampOf());
  if (existsSync(server)) return;
  const { build } = await import("vite");
  mkdirSync(dist, { recursive: true });
  const draft = mkdtempSync(join(dist, "draft-"));
  try {
    const page = { outDir: join(draft, "web"), emptyOutDir: true };
    await build({ configFile: join(root, "src/chat/web/vite.config.ts"), logLevel: "warn", build: page });
    await buildServer(build, join(draft, "server"), basename(server));
    rmSync(join(dist, "web"), { recursive: true, force: true });
    place(join(draft, "web"), join(dist, "web"));
    place(join(draft, "server"), server);
    execFileSync(process.execPath, [join(server, "prepare.js")], { stdio: "inherit" });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  for (const name of readdirSync(dist)) {
    const path = join(dist, name);
    if (/^server-/.test(name) && path !== server && Date.now() - statSync(path).mtimeMs > KEPT_MS)
      rmSync(path, { recursive: true, force: true });
  }
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildAll();
