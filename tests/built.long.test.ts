/** Takes 15 s or more: `npm start` as it was built, on a folder that does not exist yet. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { landlockVersion } from "../src/jobs/landlock.ts";
import { ask, type Running, start } from "./helpers/ask.ts";
import { saidBy } from "./helpers/bornChild.ts";
import { landscape } from "./helpers/pictures.ts";
import { workersOf } from "./helpers/processes.ts";

let folder: string;
let home: string;
let photo: string;
let peerlab: Running;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-built-"));
  home = join(folder, "home");
  photo = join(folder, "hills.jpg");
  await writeFile(photo, await landscape());
  peerlab = await start(home);
});
afterAll(async () => {
  await peerlab.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

const read = (pid: number, what: string) => readFileSync(`/proc/${pid}/${what}`, "latin1");

it("begins as a copy of the prepared home, has no worker before there is work, and answers", async () => {
  expect(existsSync(join(home, "database/PG_VERSION"))).toBe(true);
  expect(existsSync(join(home, "database.draft"))).toBe(false);
  expect(workersOf(peerlab.pid)).toEqual([]);
  const augmented = await ask(home, "/augment op:rotate n:2", "--image", photo);
  expect([augmented.code, augmented.answer.files.length]).toEqual([0, 1]);
  const classified = await ask(home, "/classify", "--image", photo);
  expect(classified.answer.data).toMatchObject({ model: "airbench94.cifar10" });
  const { models } = (await ask(home, "/models")).answer.data as { models: { addedBy: string }[] };
  expect(models.length).toBeGreaterThan(5);
  // Neither a compiler nor a loader of TypeScript runs beside the work.
  for (const pid of workersOf(peerlab.pid)) expect(read(pid, "cmdline")).not.toMatch(/tsx|esbuild/);
}, 120_000);

it.skipIf(landlockVersion() === 0)(
  "confines its children as it does where TypeScript is run, and lets them run no program",
  async () => {
    const [child] = workersOf(peerlab.pid);
    if (child === undefined) throw new Error("Expected a worker child");
    expect(read(child, "status")).toMatch(/NoNewPrivs:\s+1[\s\S]*Seccomp:\s+2/);
    const [, preload = ""] = /--require\0([^\0]+childPreload\.cjs)/.exec(read(child, "cmdline")) ?? [];
    const [, settings = ""] = /(?:^|\0)PEERLAB_CHILD=([^\0]+)/.exec(read(child, "environ")) ?? [];
    const esbuild = createRequire(import.meta.url).resolve("esbuild/bin/esbuild");
    const script = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { execFileSync } from "node:child_process";
    import { connect } from "node:net";
    const said = {};
    const attempt = async (name, act) => { try { await act(); said[name] = "done"; } catch (error) { said[name] = error.code; } };
    await attempt("its code", () => readFileSync(${JSON.stringify(preload)}));
    await attempt("a peer's photo elsewhere", () => readFileSync(${JSON.stringify(photo)}));
    await attempt("the database", () => readFileSync(${JSON.stringify(join(home, "database/PG_VERSION"))}));
    await attempt("writing its code", () => writeFileSync(${JSON.stringify(preload)}, ""));
    await attempt("a program", () => execFileSync("/bin/true"));
    await attempt("a compiler", () => execFileSync(${JSON.stringify(esbuild)}, ["--version"]));
    await attempt("a server", () => new Promise((done, failed) => connect(9, "127.0.0.1").once("error", failed).once("connect", done)));
    console.log(JSON.stringify(said));
    process.exit();`;
    const born = spawn(process.execPath, ["--require", preload, "--input-type=module", "--eval", script], {
      env: { PEERLAB_CHILD: JSON.stringify({ ...JSON.parse(settings), parent: process.pid }) },
      cwd: join(home, "empty"),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    expect(await saidBy(born)).toEqual({
      "its code": "done",
      "a peer's photo elsewhere": "EACCES",
      "the database": "EACCES",
      "writing its code": "EACCES",
      "a program": "EACCES",
      "a compiler": "EACCES",
      "a server": "EACCES",
    });
  },
  60_000,
);
