import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobs } from "../../src/blobs/blobs.ts";
import type { JobContext, Progress } from "../../src/jobs/context.ts";

/** A context for running a handler in a test: real blobs in a fresh folder, and what was reported. */
export const newJobContext = async (): Promise<JobContext & { reports: Progress[] }> => {
  const folder = await mkdtemp(join(tmpdir(), "peerlab-"));
  const reports: Progress[] = [];
  return {
    blobs: openBlobs(join(folder, "blobs")),
    scratch: join(folder, "scratch"),
    maxMb: 4000,
    signal: new AbortController().signal,
    reports,
    report: async (progress) => void reports.push(progress),
    parts: async () => new Map(),
  };
};
