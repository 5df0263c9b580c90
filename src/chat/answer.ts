import { randomUUID } from "node:crypto";
import { type Mistake, sentence, UserError } from "../errors.ts";
import type { Contract } from "../jobs/contract.ts";
import { contracts } from "../jobs/contracts.ts";
import { CRASH, MEMORY, PROCESSOR_TIME, WALL_TIME } from "../jobs/failure.ts";
import type { Ending } from "../jobs/flows.ts";
import type { Log } from "../log.ts";
import type { Language } from "../text.ts";
import type { Args, Command, Reply, Scene } from "./command.ts";
import type { RequestStatus } from "./message.ts";

export type End = { status: Exclude<RequestStatus, "waiting">; reply: Reply };

/** A mistake in the peer's language; `data` says the same to programs. */
export const tell = (mistake: Mistake, lang: Language): End => ({
  status: mistake.code === "cancelled" ? "cancelled" : "mistake",
  reply: { text: sentence(mistake)[lang], data: { error: mistake.code, ...mistake.facts } },
});

/** The one place where an exception becomes words: a peer's mistake is explained, ours is logged and its id told. */
export const apologise = (error: unknown, { lang, id: request }: Pick<Scene, "lang" | "id">, log: Log): End => {
  if (error instanceof UserError) return tell(error.mistake, lang);
  const id = randomUUID().slice(0, 8);
  log.error({ err: error, id, request }, "told a peer that something broke");
  return { ...tell({ code: "ours", facts: { id } }, lang), status: "failed" };
};

/** Which limit a job was stopped at, as its asker is told. */
const overLimit = (failure: string, { processorSeconds, wallSeconds }: Contract, maxMb: number): Mistake | undefined => {
  if (PROCESSOR_TIME.test(failure)) return { code: "too_slow", facts: { seconds: processorSeconds } };
  if (WALL_TIME.test(failure)) return { code: "waited_too_long", facts: { seconds: wallSeconds } };
  if (MEMORY.test(failure)) return { code: "too_much_memory", facts: { maxMb } };
  return undefined;
};

/** What becomes of the end of a request's work. Throws what `command.answer` throws: the caller decides whether to try again. */
export const answerOf = async (
  command: Command,
  args: Args,
  scene: Scene,
  ending: Ending,
  { log, childMaxMb }: { log: Log; childMaxMb: number },
): Promise<End> => {
  if ("failure" in ending) {
    const mistake = overLimit(ending.failure, contracts[ending.job], childMaxMb);
    if (mistake) return tell(mistake, scene.lang);
    if (!CRASH.test(ending.failure)) return apologise(new Error(ending.failure), scene, log);
    const id = randomUUID().slice(0, 8);
    log.error({ id, request: scene.id, job: ending.job, failure: ending.failure }, "a child process crashed");
    return { ...tell({ code: "crashed", facts: { id } }, scene.lang), status: "failed" };
  }
  if ("mistake" in ending.returned) return tell(ending.returned.mistake, scene.lang);
  if (!command.answer) throw new Error(`/${command.name} asked for ${ending.job} but has no \`answer\``);
  const output = (contracts[ending.job] as Contract).output.parse(ending.returned.output);
  const reply = await command.answer(scene, args as never, { job: ending.job, output } as never);
  return { status: "done", reply };
};
