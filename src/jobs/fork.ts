import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtFolder, isBuilt } from "../built.ts";
import type { Config } from "../config.ts";
import type { ChildSettings } from "./child.ts";
import { confinementOf, emptyFolder } from "./confinement.ts";
import { type QueueName, queueSpec } from "./queues.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** How a child of ours collects its garbage. */
export const v8Flags = [
  // An idle child collects its garbage (child.ts), which nothing else would until the next job, and lets less of it pile up before.
  ...["--expose-gc", "--max-semi-space-size=4"],
  // After one V8 would begin the next some megabytes later, and a picture's pixels are that many: at every second job, for a third of its time.
  "--heap-growing-percent=100",
];

/** Modules in the order in which a child loads them: what confines it stands before everything that begins threads. */
const preloaded = isBuilt
  ? ["--require", fileURLToPath(new URL("childPreload.cjs", builtFolder))]
  : [
      ...["--require", fileURLToPath(import.meta.resolve("tsx/cjs")), "--require", here("./childPreload.ts")],
      ...["--import", import.meta.resolve("tsx")],
    ];

/** A child may not write where others read their code from, and the first modules are compiled without a thread of their own. */
const compiling = {
  TSX_DISABLE_CACHE: "1",
  TSX_TSCONFIG_PATH: here("../../tsconfig.json"),
  ESBUILD_WORKER_THREADS: "0",
};

const loading = {
  ...(isBuilt ? {} : compiling),
  // ONNX Runtime would note a device id on this disk, and tell Microsoft how it is used.
  ORT_DISABLE_TELEMETRY: "1",
  // resvg's allocator would take a gigabyte at a time, mostly never touched, and be stopped at the limit of memory (docs/LOG.md).
  MIMALLOC_ARENA_EAGER_COMMIT: "0",
  // The C library would keep a heap for each of many threads, and what was freed in one is of no use to the others.
  MALLOC_ARENA_MAX: "2",
};

/** How the children of a queue are forked: confined, limited, and told whose they are. */
export const forkOptions = (
  queue: QueueName,
  config: Config,
): { execArgv: string[]; cwd: string; env: Record<string, string> } => {
  const settings: ChildSettings = {
    parent: process.pid,
    home: config.home,
    dataFolder: config.dataFolder,
    workShare: config.workShare,
    niceness: queueSpec(queue).niceness,
    recycleMb: config.childMb,
    idleMinutes: config.childIdleMinutes,
    megabytes: config.childMaxMb,
    providers: config.providers,
    confinement: confinementOf(queue, config),
  };
  return {
    execArgv: [...v8Flags, ...preloaded],
    cwd: emptyFolder(config.home),
    env: {
      ...config.childEnvironment,
      ...loading,
      TMPDIR: join(config.home, "scratch"),
      PEERLAB_CHILD: JSON.stringify(settings),
    },
  };
};
