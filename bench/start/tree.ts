import { readFileSync } from "node:fs";
import { childrenOf } from "../../tests/helpers/processes.ts";

/** What a process and all that it started use. */
export interface Usage {
  /** Proportional set size in megabytes: what several processes share counts once, in equal parts. */
  pssMb: number;
  processes: number;
  /** Processor time so far, that of children which have ended included. */
  cpuSeconds: number;
}

/** Ticks a second in /proc/PID/stat: USER_HZ, which Linux shows as 100 on every processor. */
const TICKS = 100;
/** Fields of /proc/PID/stat after the program's name, which may hold spaces: utime, stime, and the same of children waited for. */
const CPU_FIELDS = [11, 12, 13, 14] as const;

const familyOf = (pid: number): number[] => {
  try {
    return [pid, ...childrenOf(pid).flatMap(familyOf)];
  } catch {
    return []; // it ended between two looks
  }
};

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
};

/** What a process and all below it use now, from /proc. */
export const usageOf = (pid: number): Usage => {
  const family = familyOf(pid);
  const pss = family.map((it) => Number(/^Pss:\s+(\d+)/m.exec(read(it, "smaps_rollup"))?.[1] ?? 0));
  const ticks = family.map((it) => {
    const fields = read(it, "stat")
      .replace(/^.*\) /s, "")
      .split(" ");
    return CPU_FIELDS.reduce((sum, field) => sum + Number(fields[field] ?? 0), 0);
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, it) => total + it, 0);
  return { pssMb: Math.round((sum(pss) * 1024) / 1e6), processes: family.length, cpuSeconds: sum(ticks) / TICKS };
};
