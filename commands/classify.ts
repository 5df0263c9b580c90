import { type Choice, type CommandContext, command } from "../src/chat/command.ts";
import type { Prediction } from "../src/models/prediction.ts";
import { duration, percent } from "../src/numbers.ts";
import type { Button } from "../src/reply.ts";
import type { Language } from "../src/text.ts";
import { allToAsk, installed, isSetAside, toAsk } from "./parts/models.ts";
import { firstFrameNote } from "./parts/replies.ts";

const ALL = "all";

/** Every model that can be asked, all of them at once, and at the end those set aside, which their owners may ask again. */
const choices = async (context: CommandContext): Promise<readonly Choice[]> => {
  const models = await installed(context);
  const well = models.filter((it) => !isSetAside(it)).map(({ name }) => ({ value: name, label: { en: name, ko: name } }));
  const aside = models
    .filter(isSetAside)
    .map(({ name }) => ({ value: name, label: { en: `${name} (set aside)`, ko: `${name} (빼 둠)` } }));
  const all = { value: ALL, label: { en: "all: compare every model", ko: "all: 모든 모델 비교" } };
  return models.length > 0 ? [...well, all, ...aside] : [];
};

const share = {
  en: (of: number, all: number) => `${of} of ${all}`,
  ko: (of: number, all: number) => `${all}개 중 ${of}개`,
};

interface Opinion {
  model: string;
  top: readonly Prediction[];
  ms: number;
}

const opinion = ({ model, top: [best], ms }: Opinion): string =>
  `**${model}**: ${best ? `${best.label} ${percent(best.probability)}` : "-"} · ${duration(ms)}`;

/** Who says what, most votes first; how sure each is and what it took stands in the picture. */
const votes = (opinions: readonly Opinion[], lang: Language): string[] => {
  const voters = new Map<string, string[]>();
  for (const { model, top } of opinions) {
    const label = top[0]?.label ?? "-";
    voters.set(label, [...(voters.get(label) ?? []), model]);
  }
  return [...voters]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([label, them]) => `**${label}** · ${share[lang](them.length, opinions.length)}: ${them.join(", ")}`);
};

/** A line for each model that did not answer. */
const failures = (failed: readonly { model: string; reason: string }[]): string[] =>
  failed.map(({ model, reason }) => `⚠️ **${model}**: ${reason}`);

/** Asks one model, or every one, what a picture shows. */
export const classify = command({
  name: "classify",
  ko: "분류",
  about: { en: "Ask a CNN what your picture shows", ko: "사진에 무엇이 있는지 CNN에게 물어보기" },
  options: {
    image: { kind: "image", ko: "사진", about: { en: "the picture to look at", ko: "살펴볼 사진" }, required: true },
    model: {
      kind: "choice",
      ko: "모델",
      about: { en: "which model, or all; the best one when left out", ko: "모델 이름 또는 all. 비우면 가장 좋은 모델" },
      among: choices,
    },
  },
  run: async (context, { image, model }) => {
    const { lang } = context;
    const models = (model === ALL ? await allToAsk(context) : [await toAsk(context, model)]).map(({ blob, card }) => ({
      blob,
      card,
    }));
    const [only] = models;
    if (only && models.length === 1) return { job: "classify", input: { image, model: only, lang } };
    const cards = models.map(({ card: { name, params, macs } }) => ({ name, params, macs }));
    const each = models.map((it, done) => ({
      job: "predict" as const,
      input: { image, model: it, turn: { done, of: models.length } },
    }));
    return { job: "compare", input: { image, models: cards, lang }, each };
  },
  answer: async ({ store, place, lang }, { image, model }, done) => {
    const { picture, firstFrame } = done.output;
    const lines = firstFrame ? [firstFrameNote[lang]] : [];
    if (done.job === "compare") {
      const { models, failed } = done.output;
      const said = [...votes(models, lang), ...failures(failed)];
      return { text: [...said, ...lines].join("\n"), pictures: [picture], data: { models, failed } };
    }
    const { picture: _picture, firstFrame: _firstFrame, ...only } = done.output;
    const buttons: Button[] = [];
    if (model !== ALL) {
      buttons.push({
        label: { en: "🔍 Explain", ko: "🔍 이유 보기" }[lang],
        command: "explain",
        args: { image, model: only.model },
      });
      const others = (await store.models.list(place.group)).length > 1;
      if (others)
        buttons.push({
          label: { en: "📊 All models", ko: "📊 모든 모델" }[lang],
          command: "classify",
          args: { image, model: ALL },
        });
    }
    const data = model === ALL ? { models: [only], failed: [] } : only;
    return { text: [opinion(only), ...lines].join("\n"), pictures: [picture], buttons, data };
  },
});
