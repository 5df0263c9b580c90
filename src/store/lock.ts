import { closeSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import { libc } from "../libc.ts";
import { makeFolder } from "./home.ts";
import { takeLease } from "./lease.ts";

/** flock(2): for one holder only, and do not wait for it. */
const LOCK_EX = 2;
const LOCK_NB = 4;

/** What says that somebody else holds the lock. */
const HELD = /^(EWOULDBLOCK|EAGAIN)$/;
/** What a file system without locks says. */
const NO_LOCKS = /^(ENOSYS|EOPNOTSUPP|ENOTSUP|ENOLCK)$/;

/** Lets go of a lock. */
export type Release = () => void | Promise<void>;

/** Asks the kernel for the lock; "unknown" where there is no such lock. */
const ask = (fd: number): "held" | "ours" | "unknown" => {
  if (!libc) return "unknown";
  while (libc.flock(fd, LOCK_EX | LOCK_NB) !== 0) {
    const error = libc.errorName();
    if (HELD.test(error)) return "held";
    if (NO_LOCKS.test(error)) return "unknown";
    if (error !== "EINTR") throw new Error(`flock: ${error}`);
  }
  return "ours";
};

/**
 * Makes this process the only one that opens the database in `folder`; PGlite itself would let two of them ruin it. Returns how to
 * let go again, or nothing when somebody else holds it.
 *
 * The lock is the kernel's: it dies with its holder, however that dies, and is seen from every container that shares the folder,
 * where process ids mean nothing. Node.js opens files close-on-exec, so no child keeps it. The file itself is never deleted, or
 * two could hold locks on two files of one name. Where a file system has no such locks, a lease does: `onLost` is called when
 * somebody else took that, and then this process must not write any more.
 */
export const takeLock = async (folder: string, onLost: () => void): Promise<Release | undefined> => {
  makeFolder(folder);
  const path = join(folder, "lock");
  const fd = openSync(path, "a+");
  const answer = ask(fd);
  if (answer === "ours") {
    // What an older version wrote there means nothing any more.
    ftruncateSync(fd);
    return () => closeSync(fd);
  }
  closeSync(fd);
  return answer === "unknown" ? takeLease(path, onLost) : undefined;
};
