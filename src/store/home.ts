import { createHash } from "node:crypto";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

/** The longest path that a Unix socket may have on Linux and macOS. */
const MAX_SOCKET_PATH = 100;

/** Makes a folder and those above it. Node.js' own way to do so says ENOENT on a read-only disk, and never ends under /proc. */
export const makeFolder = (path: string): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
};

/** Where the Peerlab that holds this home folder listens for `ask`. Only this user may connect. */
export const socketPath = (home: string): string => {
  const inside = join(home, "peerlab.sock");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  const own = join(tmpdir(), `peerlab-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  return join(own, `${createHash("sha256").update(home).digest("hex").slice(0, 16)}.sock`);
};
