import { Worker } from "node:worker_threads";
import { type Mistake, UserError } from "../errors.ts";
import { providers } from "../providers.ts";
import { threadEntry } from "../threadEntry.ts";
import type { Teacher, TeacherModel, TeacherTask } from "./teacher.ts";

type Outputs = Awaited<ReturnType<Teacher["outputs"]>>;
type Opened = Pick<Teacher, "mapped" | "featureShape">;
/** What the thread says: that it is open, and what it found for a batch; or what is wrong. */
type Said = Opened | { mistake: Mistake } | { id: number; outputs: Outputs } | { id: number; mistake: Mistake };

/** A promise with the functions that end it. */
const pending = <T>() => {
  let [done, failed]: [(value: T) => void, (why: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<T>((resolve, reject) => {
    [done, failed] = [resolve, reject];
  });
  promise.catch(() => undefined); // whoever awaits it is told of the failure
  return { promise, done, failed };
};

const mistakeOf = (mistake: Mistake): UserError => new UserError(mistake.code, mistake.facts as never);

/**
 * A teacher in a thread of its own, which looks at the pictures of the next step while this one is trained: ONNX Runtime holds up the
 * thread that it is called from. As `openTeacher` otherwise.
 */
export const openTeacherThread = async (model: TeacherModel, task: TeacherTask): Promise<Teacher> => {
  const worker = new Worker(threadEntry(new URL("./teacherWorker.ts", import.meta.url)), {
    workerData: { model, task, providers: [...providers()] },
  });
  const ended = pending<void>();
  const opening = pending<Opened>();
  const waiting = new Map<number, ReturnType<typeof pending<Outputs>>>();
  let asked = 0;
  let broken: Error | undefined;

  const fail = (why: Error) => {
    broken ??= why;
    opening.failed(why);
    for (const { failed } of waiting.values()) failed(why);
    waiting.clear();
  };
  worker.on("error", (why) => fail(why as Error));
  worker.on("exit", () => {
    fail(new Error("The teacher's thread has ended."));
    ended.done();
  });
  worker.on("message", (said: Said) => {
    if (!("id" in said)) {
      if ("mistake" in said) opening.failed(mistakeOf(said.mistake));
      else opening.done(said);
      return;
    }
    const answer = waiting.get(said.id);
    waiting.delete(said.id);
    if ("mistake" in said) answer?.failed(mistakeOf(said.mistake));
    else answer?.done(said.outputs);
  });

  const { mapped, featureShape } = await opening.promise;
  const outputs = (pixels: Uint8Array): Promise<Outputs> => {
    if (broken) return Promise.reject(broken);
    const answer = pending<Outputs>();
    waiting.set(asked, answer);
    worker.postMessage({ id: asked++, pixels });
    return answer.promise;
  };
  return {
    ...{ model, size: task.size, classes: task.classes.length, mapped, featureShape, outputs },
    logits: async (pixels) => (await outputs(pixels)).logits,
    close: async () => {
      if (!broken) worker.postMessage("close");
      await ended.promise;
    },
  };
};
