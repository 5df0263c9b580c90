import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** When a process began, in kernel ticks; tells a living holder from another program that got the same number later. Linux only. */
const startOf = async (pid: number): Promise<string> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const holds = async (path: string): Promise<boolean> => {
  const [pid, start] = (await readFile(path, "utf8").catch(() => "")).split(" ");
  return Boolean(pid) && isAlive(Number(pid)) && (await startOf(Number(pid))) === (start ?? "");
};

/** Creates the lock with its content in one step, so that nobody ever reads half of it. */
const claim = async (path: string): Promise<boolean> => {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, `${process.pid} ${await startOf(process.pid)}`);
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/**
 * Makes this process the only one that opens the database in `folder`; PGlite itself would let two of them ruin it.
 * Returns how to let go again, or nothing when a living process holds it. The lock of a killed process is taken over.
 */
export const takeLock = async (folder: string): Promise<(() => Promise<void>) | undefined> => {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "lock");
  const release = () => rm(path, { force: true });
  if (await claim(path)) return release;
  if (await holds(path)) return undefined;
  // Only one process at a time may clear a dead one's lock, or the second would clear the first one's new lock.
  const clearing = `${path}.clearing`;
  if (!(await claim(clearing))) {
    if (!(await holds(clearing))) await rm(clearing, { force: true });
    return undefined;
  }
  try {
    if (await holds(path)) return undefined;
    await rm(path, { force: true });
    return (await claim(path)) ? release : undefined;
  } finally {
    await rm(clearing, { force: true });
  }
};
