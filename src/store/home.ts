import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** The longest path that a Unix socket may have on Linux and macOS. */
const MAX_SOCKET_PATH = 100;

/** Where the Peerlab that holds this home folder listens for `ask`. Only this user may connect. */
export const socketPath = (home: string): string => {
  const inside = join(home, "peerlab.sock");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  const own = join(tmpdir(), `peerlab-${userInfo().uid}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  return join(own, `${createHash("sha256").update(home).digest("hex").slice(0, 16)}.sock`);
};
