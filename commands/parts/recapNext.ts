import type { CommandContext } from "../../src/chat/command.ts";
import type { Button } from "../../src/reply.ts";
import type { Viewer } from "../../src/store/references.ts";
import type { Text } from "../../src/text.ts";
import { countedAs, type Gathered } from "./gathered.ts";
import { RETRY_SEEDS } from "./hypotheses.ts";
import { hasReport, titleOf } from "./runs.ts";

/** What to do next: in words, and as the command behind a button. */
export interface NextStep {
  about: Text;
  label: Text;
  button: Pick<Button, "command" | "args">;
}

/** What follows from what was done: a doubtful result is tried again, pictures get labels, who has a teacher gets a student. */
export const nextStep = async (
  { store }: Pick<CommandContext, "store">,
  viewer: Viewer,
  gathered: Gathered,
): Promise<NextStep> => {
  const open = (await store.hypotheses.list(viewer, 20)).find(
    ({ verdict, run }) => verdict === null && run.spec.seeds < RETRY_SEEDS,
  );
  const single = gathered.runs
    .filter(hasReport)
    .find(({ report, spec, status }) => status === "done" && report.gain && spec.seeds === 1);
  const doubtful = open?.run ?? single;
  const again: Text = { en: `🔁 Again with ${RETRY_SEEDS} seeds`, ko: `🔁 시드 ${RETRY_SEEDS}개로 다시` };
  if (doubtful) {
    const what = doubtful.spec.hypothesis === undefined ? titleOf(doubtful) : `“${doubtful.spec.hypothesis}”`;
    return {
      about: {
        en: `${what}: one seed may be chance. Try it again with ${RETRY_SEEDS} seeds.`,
        ko: `${what}: 시드 하나로는 우연일 수 있어요. 시드 ${RETRY_SEEDS}개로 다시 해 보세요.`,
      },
      label: again,
      button: { command: "rerun", args: { id: doubtful.id, seeds: RETRY_SEEDS } },
    };
  }
  const hasLabelled = gathered.requests.some((it) => it.command === "label add");
  if (hasLabelled && gathered.runs.every((it) => it.data === "shapes" || it.data === "cifar10"))
    return {
      about: {
        en: "You have labelled pictures of your own: let a network that was trained before learn them.",
        ko: "직접 라벨을 붙인 사진이 있어요. 이미 학습된 신경망이 그 사진을 배우게 해 보세요.",
      },
      label: { en: "🎓 Transfer to our pictures", ko: "🎓 우리 사진으로 전이 학습" },
      button: { command: "transfer", args: { data: "uploads" } },
    };
  if (gathered.runs.length > 0)
    return {
      about: { en: "Let a small network learn from a large one.", ko: "작은 신경망이 큰 신경망에게 배우게 해 보세요." },
      label: { en: "🧪 Distill", ko: "🧪 지식 증류" },
      button: { command: "distill", args: {} },
    };
  const isAugmented = gathered.requests.some((it) => countedAs[it.command] === "augmented");
  return {
    about: isAugmented
      ? { en: "You have seen augmentation: measure what it is worth.", ko: "증강을 눈으로 봤으니 효과를 재 보세요." }
      : { en: "Train a first network; it takes half a minute.", ko: "첫 신경망을 학습해 보세요. 30초면 돼요." },
    label: isAugmented ? { en: "📖 Lesson: augmentation", ko: "📖 수업: 데이터증강" } : { en: "🚀 Train", ko: "🚀 학습" },
    button: isAugmented ? { command: "lesson", args: { topic: "augmentation" } } : { command: "train", args: {} },
  };
};
