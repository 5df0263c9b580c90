import { readFileSync } from "node:fs";
import { type Engine, installedEngine } from "./engine.ts";

/** Instruction sets for arithmetic, the most capable first: the flag in /proc/cpuinfo, and the usual name. */
const instructionSets = [
  ["amx_tile", "AMX"],
  ["avx512_vnni", "AVX-512 VNNI"],
  ["avx512f", "AVX-512"],
  ["avx2", "AVX2"],
  ["avx", "AVX"],
  ["sse4_2", "SSE4.2"],
  ["sve", "SVE"],
  ["asimd", "NEON"],
] as const;

/** What decides how fast this machine trains, as far as it can be known without loading TensorFlow. */
export interface Processor {
  /** "AMD EPYC"; absent where the system does not say. */
  model?: string;
  /** "AVX-512 VNNI", "AVX2" …; absent where the system does not say. */
  instructionSet?: string;
  /** Whose code computes convolutions on the processor; absent where TensorFlow decides by what it finds. */
  kernels?: "oneDNN" | "Eigen" | "XNNPACK";
}

/** A line of /proc/cpuinfo, of the first processor in it. */
const field = (cpuinfo: string, names: string): string | undefined =>
  new RegExp(`^(?:${names})\\s*:\\s*(.*)$`, "m").exec(cpuinfo)?.[1]?.trim();

const flagsIn = (cpuinfo: string): readonly string[] => field(cpuinfo, "flags|Features")?.split(" ") ?? [];

/**
 * What TF_ENABLE_ONEDNN_OPTS should be for TensorFlow to train at its best, `current` being what it is. By itself TensorFlow switches
 * oneDNN's kernels on only where it finds AVX-512 VNNI or better, and with AVX2 alone they train twice as fast. What the user has set
 * stays, as does everything where there is no AVX2.
 */
export const oneDnnSetting = (cpuinfo: string, current: string | undefined): string | undefined =>
  current ?? (flagsIn(cpuinfo).includes("avx2") ? "1" : undefined);

/** The same facts from the text of /proc/cpuinfo, the engine and the environment's TF_ENABLE_ONEDNN_OPTS. */
export const processorFrom = (cpuinfo: string, way: Engine["way"], oneDnn: string | undefined): Processor => {
  const flags = flagsIn(cpuinfo);
  const model = field(cpuinfo, "model name");
  const instructionSet = instructionSets.find(([flag]) => flags.includes(flag))?.[1];
  const setting = oneDnnSetting(cpuinfo, oneDnn);
  const isX86 = flags.includes("sse4_2");
  const native = setting === undefined ? (isX86 ? "Eigen" : undefined) : /^(1|true)$/i.test(setting) ? "oneDNN" : "Eigen";
  const kernels = way === "wasm" ? "XNNPACK" : native;
  return { ...(model ? { model } : {}), ...(instructionSet ? { instructionSet } : {}), ...(kernels ? { kernels } : {}) };
};

/** The text of /proc/cpuinfo; empty where there is none, as on macOS and Windows. */
const readCpuinfo = (): string => {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
};

/** To be called before TensorFlow is loaded, which reads its environment then and never again. */
export const prepareEnvironment = (): void => {
  // Without it every process begins with five lines about the processor.
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  const setting = oneDnnSetting(readCpuinfo(), process.env["TF_ENABLE_ONEDNN_OPTS"]);
  if (setting !== undefined) process.env["TF_ENABLE_ONEDNN_OPTS"] = setting;
};

/** This machine's processor and the kernels that training uses on it. Loads nothing, so the bot may ask. */
export const describeProcessor = (): Processor =>
  processorFrom(readCpuinfo(), installedEngine().way, process.env["TF_ENABLE_ONEDNN_OPTS"]);
