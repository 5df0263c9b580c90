import { type ExecFileOptions, execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Engine, enginePath } from "../src/tf/engine.ts";

// Runs after `npm install` and `npm ci`, and may not fail them: without native TensorFlow, training is slower, not impossible.
// In this order: what an earlier installation left in the cache; the package's own binding linked against the TensorFlow of PyPI (one g++ call),
// which is newer and has our operations; the official binary, which npm's optional package fetches and which comes before it where there
// is a GPU, whose operations ours are not; WASM, which needs nothing.

const TENSORFLOW = "2.21.0";
const TFJS = "4.22.0";
const PROBE_SECONDS = 5; // a server that takes longer to answer is blocked or would take an hour for 400 MB
const DOWNLOAD_MINUTES = 20; // 274 MB from PyPI on a slow line

const modules = join(import.meta.dirname, "..", "node_modules");
const home = join(modules, "@tensorflow", "tfjs-node-gpu");
/** Where the package looks for its binding, on every Node.js that Peerlab supports. */
const binding = join(home, "lib", "napi-v8", "tfjs_binding.node");
const hasGpu = (await quiet("nvidia-smi", ["-L"])).ok;
/** Operations of ours, compiled into the binding. */
const operationsHome = join(import.meta.dirname, "..", "src", "tf", "operations");
const operationFiles = readdirSync(operationsHome)
  .sort()
  .map((it) => join(operationsHome, it));
const operations = operationFiles.filter((it) => it.endsWith(".cc"));
const operationsVersion = operationFiles
  .reduce((hash, it) => hash.update(readFileSync(it)), createHash("sha256"))
  .digest("hex")
  .slice(0, 8);
const caches = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
const cache = join(
  caches,
  "peerlab",
  `tensorflow-${TENSORFLOW}-tfjs-${TFJS}-operations-${operationsVersion}-${process.platform}-${process.arch}${hasGpu ? "-cuda" : ""}`,
);

interface Outcome {
  ok: boolean;
  /** The last line it printed, where it failed. */
  said: string;
}

/** Runs a program to its end. */
function quiet(program: string, args: string[], options: ExecFileOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, args, { ...options, maxBuffer: 1e8 }, (error, _, stderr) => {
      const lines = `${stderr}`.trim().split("\n");
      const said = lines.findLast((it) => /error/i.test(it)) ?? lines.at(-1);
      resolve({ ok: error === null, said: said || (error?.message ?? "") });
    });
  });
}

/** The version of TensorFlow behind the binding, if it loads; in a process of its own, because a bad library kills its process. */
const loads = (): string | undefined => {
  const tell = "process.stdout.write(require(process.argv[1]).TF_Version)";
  const options = { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" }, timeout: 60_000, encoding: "utf8" } as const;
  const { status, stdout } = spawnSync(process.execPath, ["-e", tell, binding], options);
  return status === 0 ? stdout : undefined;
};

/** npm older than 11.10 runs the package's own script, and takes the package away when its download fails. */
const bringPackage = async (): Promise<Outcome> =>
  existsSync(home)
    ? { ok: true, said: "" }
    : quiet("npm", ["install", "--ignore-scripts", "--no-save", "--no-audit"], { cwd: dirname(modules), timeout: 300_000 });

/** What an earlier installation linked, perhaps with other operations of ours than today's. */
const earlier = lstatSync(binding, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(binding) : undefined;

const fromCache = (kept = join(cache, "tfjs_binding.node")): boolean => {
  if (!existsSync(kept)) return false;
  mkdirSync(dirname(binding), { recursive: true });
  rmSync(binding, { force: true });
  symlinkSync(kept, binding);
  return true;
};

const official = async (): Promise<Outcome> => {
  const server = process.env["TFJS_NODE_CDN_STORAGE"] ?? "https://storage.googleapis.com/";
  const proxied = Object.keys(process.env).some((it) => /^https?_proxy$/i.test(it));
  const probe = () => fetch(server, { method: "HEAD", signal: AbortSignal.timeout(PROBE_SECONDS * 1000) });
  if (!proxied) {
    try {
      await probe();
    } catch {
      return { ok: false, said: `${server} cannot be reached` };
    }
  }
  const path = [join(modules, ".bin"), process.env["PATH"]].join(process.platform === "win32" ? ";" : ":");
  const env = { ...process.env, PATH: path };
  return quiet("node", ["scripts/install.js", "gpu", "download"], { cwd: home, env, timeout: DOWNLOAD_MINUTES * 60_000 });
};

/** The two libraries and the headers that the binding and our operations include; with CUDA, NVIDIA's libraries where TensorFlow looks for them. */
const unpack = `
import re, sys, zipfile
wanted = re.compile(r"tensorflow/libtensorflow_(cc|framework)\\.so\\.2$|nvidia/[^/]+/lib/|tensorflow/include/("
                    r"Eigen|unsupported|absl|google|ml_dtypes|tensorflow/c|tensorflow/core|tsl|xla)/")
for wheel in sys.argv[2:]:
    with zipfile.ZipFile(wheel) as it:
        for name in filter(wanted.match, it.namelist()):
            it.extract(name, sys.argv[1])
`;

/** An earlier version of Peerlab has the same libraries, 850 MB: the same file takes its room once. */
const shareLibraries = async (folder: string): Promise<void> => {
  const earlierOnes = readdirSync(dirname(cache)).filter((it) => it.startsWith(`tensorflow-${TENSORFLOW}-`));
  for (const name of readdirSync(folder)) {
    const own = join(folder, name);
    for (const twin of earlierOnes.map((it) => join(dirname(cache), it, "tensorflow", name))) {
      if (!existsSync(twin) || statSync(twin).ino === statSync(own).ino || !(await quiet("cmp", ["-s", twin, own])).ok) continue;
      linkSync(twin, `${own}.same`);
      renameSync(`${own}.same`, own);
      break;
    }
  }
};

const linked = async (): Promise<Outcome> => {
  const no = (said: string): Outcome => ({ ok: false, said });
  if (process.platform !== "linux") return no("PyPI's TensorFlow can be linked on Linux only");
  const headers = [join(process.execPath, "../../include/node"), "/usr/include/node"].find((it) =>
    existsSync(join(it, "node_api.h")),
  );
  if (!headers) return no("the headers of Node.js are missing");
  if (!(await quiet("g++", ["--version"])).ok) return no("g++ is missing");
  mkdirSync(dirname(cache), { recursive: true });
  const work = mkdtempSync(`${cache}-`);
  try {
    const slim = process.arch === "x64" ? "tensorflow-cpu" : "tensorflow";
    const what = hasGpu ? [`tensorflow[and-cuda]==${TENSORFLOW}`] : [`${slim}==${TENSORFLOW}`, "--no-deps"];
    const wheels = join(work, "wheels");
    const download = (...more: string[]) =>
      quiet("python3", ["-m", "pip", "download", ...what, "--only-binary=:all:", "--retries=1", "-d", wheels, ...more], {
        timeout: DOWNLOAD_MINUTES * 60_000,
      });
    // The wheel of any Python will do; the machine's own may be too old or too new to have one.
    const anyPython = [
      "--python-version",
      "3.12",
      "--platform",
      `manylinux_2_27_${process.arch === "x64" ? "x86_64" : "aarch64"}`,
    ];
    const own = await download();
    if (!own.ok && !(await download(...anyPython)).ok) return no(own.said);
    const files = readdirSync(wheels).map((it) => join(wheels, it));
    const unpacked = await quiet("python3", ["-c", unpack, work, ...files]);
    if (!unpacked.ok) return unpacked;
    const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((it) => join(home, "binding", it));
    const flags = ["-fPIC", "-std=c++17", "-DNAPI_VERSION=8", `-I${headers}`, "-Itensorflow/include"];
    // Without the latter three a compiler may not choose or reorder what a vector computes, and GELU takes several times as long.
    const arithmetic = ["-O3", "-fno-math-errno", "-fno-trapping-math", "-fno-signed-zeros"];
    const objectOf = (source: string) => `${basename(source, ".cc")}.o`;
    const compile = (source: string) =>
      quiet("g++", ["-c", ...flags, ...arithmetic, source, "-o", objectOf(source)], { cwd: work });
    /** Two at a time, each of which takes up to a gigabyte. The first that fails is the last. */
    const compileAll = async (all: readonly string[]): Promise<Outcome> => {
      let result: Outcome = { ok: true, said: "" };
      const left = [...all];
      const take = async () => {
        for (let it = left.shift(); it !== undefined && result.ok; it = left.shift()) {
          const compiled = await compile(it);
          if (!compiled.ok) result = compiled;
        }
      };
      await Promise.all([take(), take()]);
      return result;
    };
    const libraries = [
      "-Ltensorflow",
      "-l:libtensorflow_cc.so.2",
      "-l:libtensorflow_framework.so.2",
      "-Wl,-rpath,$ORIGIN/tensorflow",
    ];
    const link = (...all: string[]) =>
      quiet("g++", ["-shared", ...all.map(objectOf), "-o", "tfjs_binding.node", ...libraries], { cwd: work });
    const compiled = await compileAll(sources);
    if (!compiled.ok) return compiled;
    // A compiler that cannot make our operations still makes the binding.
    const complete = (await compileAll(operations)).ok && (await link(...sources, ...operations)).ok;
    const bound = complete ? compiled : await link(...sources);
    if (!bound.ok) return bound;
    for (const it of [...sources, ...operations]) rmSync(join(work, objectOf(it)), { force: true });
    for (const it of ["wheels", "tensorflow/include"]) rmSync(join(work, it), { recursive: true });
    await shareLibraries(join(work, "tensorflow"));
    chmodSync(work, 0o755);
    if (!existsSync(cache)) renameSync(work, cache);
    return { ok: fromCache(), said: "" };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

const install = async (): Promise<Engine> => {
  const why: string[] = [];
  const failed = (way: string, it: string) => why.push(`${way}: ${it || "it does not load"}`);
  const brought = await bringPackage();
  if (!brought.ok) failed("npm", brought.said);
  else {
    if (fromCache() || (existsSync(binding) && !earlier)) {
      const version = loads();
      if (version) return { way: existsSync(join(home, "deps")) ? "official" : "linked", version };
      rmSync(binding, { force: true });
      rmSync(cache, { recursive: true, force: true });
    }
    const ways = { linked, official };
    for (const way of hasGpu ? (["official", "linked"] as const) : (["linked", "official"] as const)) {
      const { ok, said } = await ways[way]();
      const version = ok ? loads() : undefined;
      if (version) return { way, version };
      failed(way, said);
      for (const it of ["lib", "deps"]) rmSync(join(home, it), { recursive: true, force: true });
    }
    const version = earlier && fromCache(earlier) ? loads() : undefined; // slower than today's, and far quicker than none
    if (version) return { way: "linked", version };
  }
  return { way: "wasm", version: TFJS, why: why.join("; ") };
};

const engine = await install().catch((error): Engine => ({ way: "wasm", version: TFJS, why: `${error}` }));
writeFileSync(enginePath, JSON.stringify(engine));
const native = { official: "the official binary", linked: "linked against the one of PyPI", wasm: "" };
console.log(
  engine.way === "wasm"
    ? `Training runs on WASM, far slower than native TensorFlow (${engine.why}). \`npm run tensorflow\` tries again.`
    : `Training runs on TensorFlow ${engine.version}, ${native[engine.way]}.`,
);
