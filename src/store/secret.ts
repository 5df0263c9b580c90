import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Bytes that only this Peerlab knows, as text; made at its first start. The caller holds the folder's lock. Lost, they cost
 * everybody one look at the token.
 */
export const ownSecret = async (home: string): Promise<string> => {
  const path = join(home, "secret");
  const kept = await readFile(path, "utf8").catch(() => "");
  if (/^[0-9a-f]{64}$/.test(kept)) return kept;
  const made = randomBytes(32).toString("hex");
  await writeFile(path, made, { mode: 0o600 });
  return made;
};
