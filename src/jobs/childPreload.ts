import { readdirSync } from "node:fs";
import { setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";
import { libc } from "../libc.ts";
import type { ChildSettings } from "./child.ts";
import { confineFiles } from "./landlock.ts";
import { refuseNetwork } from "./seccomp.ts";

const leave = (): never => {
  process.kill(process.pid, "SIGKILL"); // exit handlers could wait for a parent that is gone
  return process.exit();
};

const PR_SET_PDEATHSIG = 1;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9;
const RLIMIT_DATA = 2;

/**
 * Ties a child's life to its parent's, lets others go first, and gives away what it does not need. A child that cannot do so does not
 * live.
 */
const confine = ({ parent, niceness, megabytes, confinement }: ChildSettings): void => {
  // On Linux the kernel kills us with our parent, whatever we are doing. It says nothing of a parent that was gone before we asked.
  libc?.prctl?.(PR_SET_PDEATHSIG, SIGKILL);
  if (process.ppid !== parent) leave();
  process.on("disconnect", leave);
  // BullMQ tells its parent of an uncaught exception; where there is none, telling fails, which is an exception, without end.
  process.on("uncaughtExceptionMonitor", () => process.connected || leave());

  // A thread has the niceness of the one that began it. Here are only those of V8 yet; on other systems it is the whole process's.
  const threads = process.platform === "linux" ? readdirSync("/proc/self/task").map(Number) : [0];
  for (const thread of threads) setPriority(thread, niceness);

  const limits = Buffer.alloc(16);
  for (const offset of [0, 8]) limits.writeBigUInt64LE(BigInt(megabytes) * 1_000_000n, offset);
  libc?.setrlimit?.(RLIMIT_DATA, limits);

  if (confinement.files || !confinement.network) libc?.prctl?.(PR_SET_NO_NEW_PRIVS, 1);
  if (confinement.files) confineFiles(confinement.files);
  if (!confinement.network) refuseNetwork();
};

// The first thing a worker child runs, before its loader and before any thread that opens files (`--require` in fork.ts). A thread that
// begins later is confined with the one that began it, and runs this file too.
if (isMainThread) confine(JSON.parse(process.env["PEERLAB_CHILD"] ?? "") as ChildSettings);
