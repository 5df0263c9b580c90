import type { Picture } from "../files.ts";
import type { Text } from "../text.ts";

/** How far a job has come. `note` is shown beside the bar, `picture` below it: a run's curves so far. */
export interface Progress {
  done: number;
  of: number;
  note?: Text;
  picture?: Picture;
}

/** The shortest time between two reports that leave a job. Each is a write to the queue and an event to everybody who looks. */
const INTERVAL_MS = 250;

/** Reports of one job on their way out: the first at once, then at most one an interval, and in the end always the last. */
export interface ProgressReports {
  report(progress: Progress): Promise<void>;
  /** Sends what is held back. Call it when the job has ended. */
  flush(): Promise<void>;
}

/** `send` takes a report to the queue. When it fails in the background, the next `report` or `flush` throws what it threw. */
export const throttleProgress = (send: (progress: Progress) => Promise<void>): ProgressReports => {
  let held: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sent = Promise.resolve();
  const release = () => {
    timer = undefined;
    if (!held) return;
    const progress = held;
    held = undefined;
    timer = setTimeout(release, INTERVAL_MS);
    sent = sent.then(() => send(progress));
    sent.catch(() => {});
  };
  return {
    report: async (progress) => {
      held = progress;
      if (!timer) release();
      await sent;
    },
    flush: async () => {
      clearTimeout(timer);
      release();
      clearTimeout(timer);
      await sent;
    },
  };
};
