import type { createPostgresBackend } from "bullmq";

/** Whether a job waits, and when the next delayed one is due: what a worker asks in two statements before it waits for a job. */
const LOOK = "select present, next_delay from look($1)";

type Rows = Promise<{ rows: unknown[] }>;
/** The part of BullMQ's backend through which its named statements go. */
interface Asking {
  run(command: string, params: unknown[]): Rows;
  query(text: string, params: unknown[]): Rows;
}

/** BullMQ's backend, whose workers look once where they look three times for a job that is not there. */
export const lighterBackend =
  (make: typeof createPostgresBackend): typeof createPostgresBackend =>
  (...given) => {
    const backend = make(...given);
    const asking = backend as unknown as Asking;
    const run = asking.run.bind(backend);
    let looked: Rows | undefined;
    asking.run = (command, params) => {
      // No queue here has a limit to its rate, and `waitForJob`, which comes next, asks for the next delayed job itself.
      if (command === "next_signal") return Promise.resolve({ rows: [{ rate_limit_ttl: 0, next_delay: null }] });
      if (command === "has_waiting_job") {
        looked = asking.query(LOOK, params);
        return looked;
      }
      if (command === "next_delay" && looked) return looked; // asked for in the same moment
      return run(command, params);
    };
    return backend;
  };
