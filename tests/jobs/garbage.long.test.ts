import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { v8Flags } from "../../src/jobs/fork.ts";

/** What tests/helpers/collections.ts counts under some flags of V8. */
const collectionsWith = async (flags: readonly string[]): Promise<number> => {
  const program = join(import.meta.dirname, "../helpers/collections.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--import", "tsx", program]);
  const { times, collections } = JSON.parse(stdout) as { times: number; collections: number };
  return collections / times;
};

test("a child that has tidied up does not collect all of its garbage again at every second picture", async () => {
  const [ours, unasked] = [
    await collectionsWith(v8Flags),
    await collectionsWith(v8Flags.filter((it) => !it.includes("growing"))),
  ];
  expect(ours).toBeLessThan(0.1);
  // If this is no longer so, V8 has learned it, and the flag can go.
  expect(unasked).toBeGreaterThan(0.2);
}, 60_000);
