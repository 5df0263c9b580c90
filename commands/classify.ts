import { type Button, type Choice, command, type Scene } from "../src/chat/command.ts";
import { firstFrameNote } from "../src/chat/replies.ts";
import { duration, percent } from "../src/draw/numbers.ts";
import { chosen, installed } from "../src/models/choose.ts";
import type { Guess } from "../src/models/guess.ts";
import type { Language } from "../src/text.ts";

const ALL = "all";

/** Every model that can be asked, and all of them at once. */
const choices = async ({ store }: Scene): Promise<readonly Choice[]> => {
  const names = (await installed(store)).map(({ name }) => ({ value: name, label: { en: name, ko: name } }));
  const all = { value: ALL, label: { en: "all: compare every model", ko: "all: 모든 모델 비교" } };
  return names.length > 0 ? [...names, all] : [];
};

const share = {
  en: (of: number, all: number) => `${of} of ${all}`,
  ko: (of: number, all: number) => `${all}개 중 ${of}개`,
};

interface Opinion {
  model: string;
  top: readonly Guess[];
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
  run: async ({ store, lang }, { image, model }) => {
    const models = model === ALL ? await installed(store) : [await chosen(store, model)];
    return { job: "classify", input: { image, models: models.map(({ blob, card }) => ({ blob, card })), lang } };
  },
  answer: async ({ store, lang }, { image, model }, { output: { picture, models, firstFrame } }) => {
    const [only] = models;
    const buttons: Button[] = [];
    if (only && model !== ALL) {
      buttons.push({
        label: { en: "🔍 Explain", ko: "🔍 이유 보기" }[lang],
        command: "explain",
        args: { image, model: only.model },
      });
      const others = (await store.models.list()).length > 1;
      if (others)
        buttons.push({
          label: { en: "📊 All models", ko: "📊 모든 모델" }[lang],
          command: "classify",
          args: { image, model: ALL },
        });
    }
    const said = models.length > 1 ? votes(models, lang) : models.map(opinion);
    const lines = [...said, ...(firstFrame ? [firstFrameNote[lang]] : [])];
    return { text: lines.join("\n"), pictures: [picture], buttons, data: model === ALL ? { models } : only };
  },
});
