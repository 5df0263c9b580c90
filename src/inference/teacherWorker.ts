import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "../errors.ts";
import { type ProviderName, useProviders } from "../providers.ts";
import { openTeacher, type TeacherModel, type TeacherTask } from "./teacher.ts";

// The other end of `openTeacherThread`: opens the teacher, then answers each batch of pictures with what the teacher gives for it.

const { model, task, providers } = workerData as { model: TeacherModel; task: TeacherTask; providers: ProviderName[] };
useProviders(providers);

const opened = openTeacher(model, task);
opened.then(
  ({ mapped, featureShape }) => parentPort?.postMessage({ mapped, featureShape }),
  (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    parentPort?.postMessage({ mistake: error.mistake });
    parentPort?.close();
  },
);

/** One batch after another, so that the session is closed only when none is in it any more. */
let last: Promise<unknown> = opened;
parentPort?.on("message", (asked: { id: number; pixels: Uint8Array } | "close") => {
  last = last.then(() => (asked === "close" ? close() : answer(asked)));
});

const close = async (): Promise<void> => {
  await (await opened).close();
  parentPort?.close();
};

const answer = async ({ id, pixels }: { id: number; pixels: Uint8Array }): Promise<void> => {
  try {
    const { logits, features } = await (await opened).outputs(pixels);
    const moved = [logits.buffer, ...(features ? [features.buffer] : [])];
    parentPort?.postMessage({ id, outputs: { logits, ...(features && { features }) } }, moved);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    parentPort?.postMessage({ id, mistake: error.mistake });
  }
};
