import { randomUUID } from "node:crypto";
import { type Mistake, sentence, UserError } from "../errors.ts";
import type { Contract } from "../jobs/contract.ts";
import { contracts } from "../jobs/contracts.ts";
import { CRASH, limitIn } from "../jobs/failure.ts";
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

/** What becomes of the end of a request's work. Throws what `command.answer` throws: the caller decides whether to try again. */
export const answerOf = async (
  command: Command,
  args: Args,
  scene: Scene,
  ending: Ending,
  { log, childMaxMb }: { log: Log; childMaxMb: number },
): Promise<End> => {
  const { end } = ending;
  if ("failure" in end) {
    const mistake = limitIn(end.failure, contracts[ending.job], childMaxMb);
    if (mistake) return tell(mistake, scene.lang);
    if (!CRASH.test(end.failure)) return apologise(new Error(end.failure), scene, log);
    const id = randomUUID().slice(0, 8);
    log.error({ id, request: scene.id, job: ending.job, failure: end.failure }, "a child process crashed");
    return { ...tell({ code: "crashed", facts: { id } }, scene.lang), status: "failed" };
  }
  if ("mistake" in end) return tell(end.mistake, scene.lang);
  if (!command.answer) throw new Error(`/${command.name} asked for ${ending.job} but has no \`answer\``);
  const output = (contracts[ending.job] as Contract).output.parse(end.output);
  const reply = await command.answer(scene, args as never, { job: ending.job, output } as never);
  return { status: "done", reply };
};
