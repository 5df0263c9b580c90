import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt } from "../built.ts";
import type { Config } from "../config.ts";
import type { Text } from "../text.ts";
import { type FileRules, landlockVersion } from "./landlock.ts";
import { type QueueName, queueSpec } from "./queues.ts";
import { canRefuseNetwork } from "./seccomp.ts";

/** What a child may reach, decided by its host and imposed on itself when it starts. */
export interface Confinement {
  /** Undefined where the system cannot confine. */
  files?: FileRules;
  network: boolean;
}

const project = fileURLToPath(new URL("../../", import.meta.url));
/** Our code and its libraries. Not the whole project: `data` with everybody's messages lies there too, unless it is told to lie elsewhere. */
const code = ["package.json", "tsconfig.json", "src", "workers", "content", "dist/server"].map((it) => join(project, it));
const libraries = join(project, "node_modules");
/** The system's libraries, and what they read about the processor and about this process. Nothing about other processes: the child itself follows /proc/self. */
const system = [
  ...[
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
  ],
  ...["/dev/null", "/dev/urandom", "/dev/random", "/dev/zero", "/sys/devices", "/sys/bus/pci", "/sys/fs/cgroup"],
  ...["/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/version_signature", "/proc/sys/vm"],
];
/** To find servers by name and to know their certificates. */
const forNetwork = [
  ...["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services"],
  ...["/etc/ssl", "/etc/pki", "/etc/ca-certificates"],
];
/** A GPU's driver is files, devices and libraries in many places. */
const forGpu = ["/usr/local", "/opt", "/etc", "/sys", "/proc/driver", "/proc/modules", "/proc/devices"];

/** The empty folder where a child stands, so that a name without a path leads nowhere. */
export const emptyFolder = (home: string): string => join(home, "empty");

/** Native TensorFlow where a link leads to one outside our own folder, as it is built once for all copies of the project. */
const tensorflow = (): readonly string[] => {
  const binding = join(project, "node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node");
  return existsSync(binding) ? [dirname(realpathSync(binding))] : [];
};

/** A folder outside our own, made if it can be: where it cannot, whoever needs it is told, and everything else works. */
const madeFolder = (path: string): readonly string[] => {
  try {
    mkdirSync(path, { recursive: true });
    return [path];
  } catch {
    return [];
  }
};

/** What the children of a queue may reach. Only downloads need a network; nothing needs more files than these. */
export const confinementOf = (
  queue: QueueName,
  { home, dataFolder, providers }: Pick<Config, "home" | "dataFolder" | "providers">,
): Confinement => {
  const { network = false, dataSets } = queueSpec(queue);
  if (landlockVersion() === 0) return { network: network || !canRefuseNetwork() };
  const gpu = providers.some((it) => it !== "cpu");
  const own = [join(home, "blobs"), join(home, "scratch")];
  for (const folder of [...own, emptyFolder(home)]) mkdirSync(folder, { recursive: true });
  if (dataSets === "write") own.push(...madeFolder(dataFolder));
  const read = [...code, ...system, dirname(process.execPath), ...(network ? forNetwork : []), ...(gpu ? forGpu : [])];
  if (dataSets === "read") read.push(dataFolder, ...tensorflow());
  return {
    network: network || !canRefuseNetwork(),
    files: {
      read: [...read, libraries, emptyFolder(home)],
      // Only TypeScript's compiler is a program.
      run: isBuilt ? [] : [libraries],
      write: [...own, "/dev/null", ...(gpu ? ["/dev"] : [])],
    },
  };
};

/** What /status and the log say about it. */
export const describeConfinement = (): Text => {
  const version = landlockVersion();
  if (version > 0 && canRefuseNetwork())
    return {
      en: `Worker children: read and write only their own files (Landlock ${version}), no network (seccomp)`,
      ko: `작업 프로세스: 자기 파일만 읽고 쓰고(Landlock ${version}) 네트워크는 막혀 있어요(seccomp)`,
    };
  return {
    en: `Worker children: not confined, because ${process.platform === "linux" ? "this Linux has no Landlock or no koffi" : "only Linux can do it"}. Let nobody add models whom you would not let log in here.`,
    ko: `작업 프로세스: 격리되지 않음(${process.platform === "linux" ? "이 리눅스에 Landlock이나 koffi가 없어요" : "리눅스에서만 돼요"}). 이 컴퓨터를 맡길 수 있는 사람만 모델을 추가하게 하세요.`,
  };
};
