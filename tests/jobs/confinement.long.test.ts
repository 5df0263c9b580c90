import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeConfinement } from "../../src/jobs/confinement.ts";
import { landlockVersion } from "../../src/jobs/landlock.ts";
import { queueNames, queueSpec } from "../../src/jobs/queues.ts";
import { bornChild, saidBy } from "../helpers/bornChild.ts";
import { floats, modelOf, node } from "../helpers/onnxModels.ts";
import { landscape } from "../helpers/pictures.ts";

const unconfined = landlockVersion() === 0 ? " (skipped: this system has no Landlock)" : "";
const source = (path: string) => JSON.stringify(join(import.meta.dirname, "../../src", path));

let folder: string;
let home: string;
let secret: string;
let server: Server;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peerlab-"));
  home = join(folder, "home");
  secret = join(folder, "secret");
  mkdirSync(join(home, "blobs/ab"), { recursive: true });
  writeFileSync(secret, Buffer.from(new Float32Array(9).fill(7).buffer));
  writeFileSync(join(home, "blobs/ab/abc"), "a picture");
  writeFileSync(join(folder, "hills.jpg"), await landscape());
  server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  ({ port } = server.address() as { port: number });
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Each line is one thing to try; the answer is what came of it: "done", or the error's code or message. */
const attempts = (lines: Record<string, string>) => `
  import { readFileSync, writeFileSync, readdirSync, promises } from "node:fs";
  import { connect } from "node:net";
  import { execFileSync } from "node:child_process";
  import { Worker } from "node:worker_threads";
  const said = {};
  const attempt = async (name, act) => { try { await act(); said[name] = "done"; } catch (error) { said[name] = error.code ?? error.message; } };
  const inThread = (code) => new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, execArgv: [] });
    worker.once("error", reject).once("exit", resolve);
  });
  const reach = (where) => new Promise((resolve, reject) => connect(where).once("error", reject).once("data", resolve));
  ${Object.entries(lines)
    .map(([name, code]) => `await attempt(${JSON.stringify(name)}, async () => { ${code} });`)
    .join("\n")}
  console.log(JSON.stringify(said));
  process.exit();`;

/** A model whose weights lie in another file, as ONNX Runtime itself reads it: without our check of what peers upload. */
const readingModel = () =>
  modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["pooled"]),
      node("Flatten", ["pooled"], ["flat"]),
      node("Gemm", ["flat", "weight"], ["scores"]),
    ],
    initializer: [
      {
        ...{ name: "weight", dims: [3, 3], dataType: floats("", [], []).dataType, dataLocation: 1 },
        externalData: [{ key: "location", value: "secret" }],
      },
    ],
  });

describe.skipIf(unconfined)(`a child of the infer queue${unconfined}`, () => {
  it("reads no file but its own, whichever way it tries", async () => {
    const path = JSON.stringify(secret);
    const said = await saidBy(
      bornChild(
        "infer",
        home,
        attempts({
          "a file beside the home": `readFileSync(${path})`,
          "the same, in a thread of the pool": `await promises.readFile(${path})`,
          "the same, in a worker thread": `await inThread(${JSON.stringify(`require("node:fs").readFileSync(${path})`)})`,
          "a picture beside the home, from native code": `const { default: sharp } = await import(${source("../node_modules/sharp/dist/index.mjs")}); await sharp(${JSON.stringify(join(folder, "hills.jpg"))}).toBuffer()`,
          "the system's users": `readFileSync("/etc/passwd")`,
          "its parent's environment": `readFileSync("/proc/${process.pid}/environ")`,
          "our own tests": `readdirSync(${JSON.stringify(import.meta.dirname)})`,
          "another program": `execFileSync("/bin/cat", [${path}])`,
          "a blob": `await promises.readFile(${JSON.stringify(join(home, "blobs/ab/abc"))})`,
        }),
      ),
    );
    expect(said).toEqual({
      "a file beside the home": "EACCES",
      "the same, in a thread of the pool": "EACCES",
      "the same, in a worker thread": "EACCES",
      "a picture beside the home, from native code": expect.stringMatching(/^Input file/),
      "the system's users": "EACCES",
      "its parent's environment": "EACCES",
      "our own tests": "EACCES",
      "another program": "EACCES",
      "a blob": "done",
    });
  });

  it("stands in an empty folder, and ONNX Runtime itself, asked past our check, gets no weights out of a file elsewhere", async () => {
    writeFileSync(join(home, "blobs/reading.onnx"), readingModel());
    writeFileSync(join(home, "blobs/secret"), Buffer.alloc(36));
    const from = (place: string) => `
      process.chdir(${JSON.stringify(place)});
      const { default: runtime } = await import(${JSON.stringify(createRequire(import.meta.url).resolve("onnxruntime-node"))});
      await runtime.InferenceSession.create(readFileSync(${JSON.stringify(join(home, "blobs/reading.onnx"))}));`;
    const said = await saidBy(
      bornChild(
        "infer",
        home,
        attempts({
          "what lies around": `if (readdirSync(".").length > 0) throw new Error(readdirSync(".").join())`,
          "a file of its own": from(join(home, "blobs")),
          "a file elsewhere": from(folder),
        }),
      ),
    );
    expect(said).toEqual({
      "what lies around": "done",
      "a file of its own": "done",
      "a file elsewhere": expect.stringMatching(/secret.*(permission denied|error code: 13)/i),
    });
  });

  it("writes nowhere but among blobs and in its scratch folder", async () => {
    const said = await saidBy(
      bornChild(
        "infer",
        home,
        attempts({
          "beside the home": `writeFileSync(${JSON.stringify(join(folder, "new"))}, "x")`,
          "over a file": `writeFileSync(${JSON.stringify(secret)}, "x")`,
          "where code is read from": `writeFileSync(${source("new.ts")}, "x")`,
          "in its own folder": `writeFileSync("new", "x")`,
          "among blobs": `await promises.writeFile(${JSON.stringify(join(home, "blobs/ab/abd"))}, "x")`,
          "in the temporary folder": `writeFileSync(process.env.TMPDIR + "/new", "x")`,
        }),
      ),
    );
    expect(said).toEqual({
      "beside the home": "EACCES",
      "over a file": "EACCES",
      "where code is read from": "EACCES",
      "in its own folder": "EACCES",
      "among blobs": "done",
      "in the temporary folder": "done",
    });
  });

  it.each([
    ["infer", "EACCES"],
    ["images", "EACCES"],
    ["train", "EACCES"],
    ["fetch", "done"],
  ] as const)("of %s reaches a server of this machine: %s", async (queue, result) => {
    const said = await saidBy(bornChild(queue, home, attempts({ connect: `await reach({ host: "127.0.0.1", port: ${port} })` })));
    expect(said).toEqual({ connect: result });
  });
});

describe("a child of the train queue", () => {
  it("trains, with whichever TensorFlow is installed, and reads the published data sets", async () => {
    const data = join(folder, "published");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "pictures.bin"), "pictures");
    const script = attempts({
      "a step of training": `
        const { tf } = await import(${source("tf/tf.ts")});
        const weight = tf.variable(tf.scalar(1));
        tf.train.sgd(0.1).minimize(() => weight.square().asScalar(), false);
        const [value] = await weight.data();
        if (Math.abs(value - 0.8) > 1e-6) throw new Error("1 - 0.1 * 2 is not " + value);`,
      "a data set": `readFileSync(${JSON.stringify(join(data, "pictures.bin"))})`,
    });
    const environment = { PEERLAB_DATA: data };
    const done = { "a step of training": "done", "a data set": "done" };
    expect(await saidBy(bornChild("train", home, script, environment))).toEqual(done);
  });

  it.skipIf(unconfined)(
    `may not write there, as downloads may, nor may those that need no data sets read there${unconfined}`,
    async () => {
      const data = join(folder, "published");
      mkdirSync(data, { recursive: true });
      writeFileSync(join(data, "pictures.bin"), "pictures");
      const script = attempts({
        read: `readFileSync(${JSON.stringify(join(data, "pictures.bin"))})`,
        write: `writeFileSync(${JSON.stringify(join(data, "new"))}, "x")`,
      });
      const environment = { PEERLAB_DATA: data };
      expect(await saidBy(bornChild("train", home, script, environment))).toEqual({ read: "done", write: "EACCES" });
      expect(await saidBy(bornChild("infer", home, script, environment))).toEqual({ read: "done", write: "EACCES" });
      expect(await saidBy(bornChild("images", home, script, environment))).toEqual({ read: "EACCES", write: "EACCES" });
      expect(await saidBy(bornChild("fetch", home, script, environment))).toEqual({ read: "done", write: "done" });
    },
  );
});

describe.skipIf(process.platform !== "linux")("priority (skipped elsewhere: only Linux tells the niceness of threads)", () => {
  it.each(
    queueNames,
  )("every thread of a child of %s gives way as its queue's line says, those that read pictures too", async (queue) => {
    const script = `
      const { default: sharp } = await import(${source("../node_modules/sharp/dist/index.mjs")});
      await sharp({ create: { width: 900, height: 900, channels: 3, background: "red" } }).resize(300).jpeg().toBuffer();
      const { readFileSync, readdirSync } = await import("node:fs");
      const niceness = (thread) => Number(readFileSync("/proc/self/task/" + thread + "/stat", "latin1").replace(/.*\\) /, "").split(" ")[16]);
      console.log(JSON.stringify(readdirSync("/proc/self/task").map(niceness)));
      process.exit();`;
    const found = await saidBy<number[]>(bornChild(queue, home, script));
    expect(found.length).toBeGreaterThan(8);
    expect(new Set(found)).toEqual(new Set([queueSpec(queue).niceness]));
  });

  it("is given to images before inference, and to inference before training", () => {
    const [images, infer, train] = (["images", "infer", "train"] as const).map((it) => queueSpec(it).niceness);
    expect(images).toBeLessThan(infer as number);
    expect(infer).toBeLessThan(train as number);
  });
});

it("says what confines children, or why nothing does", () => {
  expect(describeConfinement().en).toMatch(unconfined ? /not confined, because/ : /Landlock \d+/);
});
