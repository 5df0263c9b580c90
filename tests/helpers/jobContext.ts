import { mkdtemp } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobs } from "../../src/blobs/blobs.ts";
import { openCache } from "../../src/blobs/cache.ts";
import { openCheckpoints } from "../../src/blobs/checkpoints.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { Progress } from "../../src/jobs/progress.ts";

/** A context for running a handler in a test: real blobs in a fresh folder, and what was reported. */
export const newJobContext = async (): Promise<JobContext & { reports: Progress[] }> => {
  const folder = await mkdtemp(join(tmpdir(), "peerlab-"));
  const reports: Progress[] = [];
  return {
    id: "a-job",
    blobs: openBlobs(join(folder, "blobs")),
    checkpoints: openCheckpoints(join(folder, "blobs")).of("a-job"),
    cache: openCache(join(folder, "blobs")),
    scratch: join(folder, "scratch"),
    dataFolder: process.env["PEERLAB_DATA"] ?? join(homedir(), ".cache", "peerlab"),
    maxMb: 4000,
    workShare: 1,
    signal: new AbortController().signal,
    reports,
    report: async (progress) => void reports.push(progress),
    dependencies: async () => new Map(),
  };
};
