import { join } from "node:path";
import { openDatabase } from "../../src/store/database.ts";
import { quantile } from "../shared.ts";

/** When one request was sent and its answer was there, by the asker's clock, in milliseconds since 1970. */
export interface Asking {
  id: string;
  sent: number;
  answered: number;
}

/** Where the time of a request goes, in milliseconds, in the order in which it passes. */
export interface Timeline {
  /** From the asker to the bot. */
  receive: number;
  /** Checked and written down, until the job is made. */
  keep: number;
  /** Put into the queue, until a worker begins. */
  enqueue: number;
  /** The worker: handed to its child, done, and its result written into the queue. */
  work: number;
  /** Until the bot begins with the result. */
  pass: number;
  /** Until the answer is made of it. */
  answer: number;
  /** The answer written down and brought to the asker. */
  tell: number;
}
const steps = ["receive", "keep", "enqueue", "work", "pass", "answer", "tell"] as const;

interface Row {
  id: string;
  asked: number;
  ended: number;
  added: number;
  begun: number;
  done: number;
  taken: number;
}

/** What the tables and the queue noted of every request, from a home that nobody holds. */
const rowsIn = async (home: string): Promise<Row[]> => {
  const { engine, close } = await openDatabase(join(home, "database"));
  try {
    const { rows } = await engine.query<Record<keyof Row, string>>(`
      select r.id, extract(epoch from r.asked) * 1000 as asked, extract(epoch from r.asked) * 1000 + r.total_ms as ended,
        w.added_at_ms as added, w.processed_at_ms as begun, w.finished_at_ms as done, p.processed_at_ms as taken
      from peerlab.requests r join bullmq.job w on w.id = r.id::text and w.queue <> 'results'
        join bullmq.job p on p.id = r.id::text and p.queue = 'results'`);
    return rows.map(({ id, ...times }) => {
      const numbers = Object.fromEntries(Object.entries(times).map(([name, it]) => [name, Number(it)]));
      return { id, ...numbers } as Row;
    });
  } finally {
    await close();
  }
};

/** The median of each step of some requests. */
export const timelineOf = async (home: string, askings: readonly Asking[]): Promise<Timeline> => {
  const known = new Map((await rowsIn(home)).map((it) => [it.id, it]));
  const lines = askings.flatMap(({ id, sent, answered }): Timeline[] => {
    const row = known.get(id);
    if (!row) return [];
    const { asked, ended, added, begun, done, taken } = row;
    return [
      {
        ...{ receive: asked - sent, keep: added - asked, enqueue: begun - added, work: done - begun },
        ...{ pass: taken - done, answer: ended - taken, tell: answered - ended },
      },
    ];
  });
  const median = (step: (typeof steps)[number]) => {
    const times = lines.map((it) => it[step]);
    return Math.round(quantile(times, 0.5) * 10) / 10;
  };
  return Object.fromEntries(steps.map((step) => [step, median(step)])) as unknown as Timeline;
};
