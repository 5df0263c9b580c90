import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { UserError } from "../../src/errors.ts";
import type { Button } from "../../src/reply.ts";
import { verdicts } from "../../src/store/groupTables.ts";
import type { Hypothesis } from "../../src/store/hypotheses.ts";
import type { Language } from "../../src/text.ts";
import { verdictWords } from "./hypothesisWords.ts";
import { shortId } from "./requests.ts";

const OFFERED = 100;
/** How many seeds a doubtful result is tried again with. */
export const RETRY_SEEDS = 3;

const suggestOpen = async (context: CommandContext): Promise<readonly Choice[]> => {
  const all = await context.store.hypotheses.list(viewerOf(context), OFFERED);
  return all
    .filter((it) => it.verdict === null)
    .map(({ run }) => {
      const label = `${run.spec.hypothesis ?? ""} (${run.userName})`;
      return { value: shortId(run.id), label: { en: label, ko: label } };
    });
};

/** Which hypothesis is meant: by its run. */
export const hypothesisOption = {
  kind: "text",
  ko: "번호",
  about: { en: "the first characters of its run's id", ko: "실험 번호의 앞부분" },
  required: true,
  suggest: suggestOpen,
} as const;

/** What somebody says of one. */
export const verdictOption = { kind: "choice", of: verdicts, labels: verdictWords } as const;

/** The one that somebody sees whose run's id begins so. */
export const findHypothesis = async (context: CommandContext, typed: string): Promise<Hypothesis> => {
  const id = typed.trim().toLowerCase();
  const [found] = id === "" ? [] : await context.store.hypotheses.find(id, viewerOf(context));
  if (!found) throw new UserError("unknown_hypothesis", { id: typed });
  return found;
};

/** Asks for the same run with three seeds, to see what of its result is chance. */
export const retryButton = ({ run }: Pick<Hypothesis, "run">, lang: Language): Button => ({
  label: { en: `🔁 Try again with ${RETRY_SEEDS} seeds`, ko: `🔁 시드 ${RETRY_SEEDS}개로 다시 해 보기` }[lang],
  command: "rerun",
  args: { id: run.id, seeds: RETRY_SEEDS },
});
