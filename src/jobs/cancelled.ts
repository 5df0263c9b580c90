import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The file that says a job is cancelled: a child whose main thread computes in native code hears no message, but its watchdog looks. */
export const cancelledMark = (home: string, jobId: string): string => join(home, "scratch", "cancelled", jobId);

/** Tells the child that a job of this host is cancelled. */
export const markCancelled = async (home: string, jobId: string): Promise<void> => {
  const mark = cancelledMark(home, jobId);
  await mkdir(dirname(mark), { recursive: true });
  await writeFile(mark, "");
};
