import { randomUUID } from "node:crypto";
import { type Mistake, sentence, UserError } from "../errors.ts";
import type { Contract } from "../jobs/contract.ts";
import { contracts } from "../jobs/contracts.ts";
import type { FlowResult } from "../jobs/flows.ts";
import { hasCrashed, limitMistake } from "../jobs/limits.ts";
import type { Log } from "../log.ts";
import type { Reply, RequestStatus } from "../reply.ts";
import { escapeText } from "../richText.ts";
import type { Language } from "../text.ts";
import type { CommandContext, JobDone } from "./command.ts";
import type { Understood } from "./understand.ts";

export type Answer = { status: Exclude<RequestStatus, "waiting">; reply: Reply };

/** Facts with what peers typed escaped, so that nothing in it becomes bold or code in our sentence. */
const escaped = <F>(facts: F): F =>
  JSON.parse(JSON.stringify(facts), (_, it) => (typeof it === "string" ? escapeText(it) : it)) as F;

/** A mistake in the peer's language; `data` says the same to programs. */
export const describeMistake = (mistake: Mistake, lang: Language): Answer => ({
  status: mistake.code === "cancelled" ? "cancelled" : "mistake",
  reply: {
    text: sentence({ ...mistake, facts: escaped(mistake.facts) } as Mistake)[lang],
    data: { error: mistake.code, ...mistake.facts },
  },
});

/** The one place where an exception becomes words: a peer's mistake is explained, ours is logged and its id told. */
export const describeError = (error: unknown, { lang, id: request }: Pick<CommandContext, "lang" | "id">, log: Log): Answer => {
  if (error instanceof UserError) return describeMistake(error.mistake, lang);
  const id = randomUUID().slice(0, 8);
  log.error({ err: error, id, request }, "told a peer that something broke");
  return { ...describeMistake({ code: "ours", facts: { id } }, lang), status: "failed" };
};

/** What becomes of the end of a request's work. Throws what `command.answer` throws: the caller decides whether to try again. */
export const answerOf = async (
  { command, path, args }: Understood,
  context: CommandContext,
  ending: FlowResult,
  { log, childMaxMb }: { log: Log; childMaxMb: number },
): Promise<Answer> => {
  const { end } = ending;
  if ("failure" in end) {
    // It did not hand back in time what it had.
    if (ending.isCancelled) return describeMistake({ code: "cancelled", facts: {} }, context.lang);
    const mistake = limitMistake(end.failure, contracts[ending.job], childMaxMb);
    if (mistake) return describeMistake(mistake, context.lang);
    if (!hasCrashed(end.failure)) return describeError(new Error(end.failure), context, log);
    const id = randomUUID().slice(0, 8);
    log.error({ id, request: context.id, job: ending.job, failure: end.failure }, "a child process crashed");
    return { ...describeMistake({ code: "crashed", facts: { id } }, context.lang), status: "failed" };
  }
  if ("mistake" in end) return describeMistake(end.mistake, context.lang);
  if (!command.answer) throw new Error(`/${path} asked for ${ending.job} but has no \`answer\``);
  const { output: schema, keepsWhenCancelled } = contracts[ending.job] as Contract;
  const output = schema.parse(end.output);
  const reply = await command.answer(context, args, { job: ending.job, output } as JobDone<typeof ending.job>);
  return { status: keepsWhenCancelled?.isPartial(output) ? "cancelled" : "done", reply };
};
