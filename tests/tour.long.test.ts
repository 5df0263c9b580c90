import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { stops } from "../scripts/tour/stops.ts";

const root = join(import.meta.dirname, "..");

it("the tour answers at every stop, and says how to get a model that knows more", { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "peerlab-tour-"));
  const out = join(folder, "tour");
  const options = ["--data", join(folder, "data"), "--out", out, "--lang", "en"];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/tour.ts", ...options], {
      cwd: root,
    });
    expect(stdout).toContain("/models fetch name:");
    // Most shipped models know the cat, and the best one says that it knows no bicycle.
    expect(stdout).toMatch(/→ cat · [5-9] of 9/);
    expect(stdout).toContain("→ None of these, I think.");
    const names = await readdir(out);
    expect(names).toEqual(expect.arrayContaining(["bicycle.jpg", "cat.jpg", "sunset.jpg"]));
    const answered = stops.flatMap(({ mistake }, index) => (mistake ? [] : [index + 1]));
    expect(names.flatMap((name) => (/^\d/.test(name) ? [Number.parseInt(name, 10)] : [])).sort((a, b) => a - b)).toEqual(
      answered,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
