import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";
import { nearestNames } from "../../src/models/names.ts";
import { escapeText } from "../../src/richText.ts";
import { madeDataChoices } from "../parts/data.ts";
import { datasetField, pictureCount } from "../parts/labels.ts";

/** Takes a data set and all that was said in it away, after a question: it cannot be undone. */
export const remove = command({
  name: "remove",
  ko: "삭제",
  about: { en: "Remove a data set with all its labels", ko: "데이터셋을 라벨까지 모두 지우기" },
  options: {
    name: {
      kind: "text",
      ko: "이름",
      about: { en: "the data set's name", ko: "데이터셋 이름" },
      required: true,
      suggest: madeDataChoices,
    },
    sure: {
      kind: "choice",
      ko: "확인",
      about: { en: "yes removes it without asking", ko: "'예'를 고르면 묻지 않고 지워요" },
      of: ["yes"],
      labels: { yes: { en: "yes", ko: "예" } },
    },
  },
  data: z.object({
    dataset: datasetField,
    sure: z.boolean().describe("false: nothing was removed yet, and the answer is the question"),
  }),
  run: async ({ store, place, user, lang, administers }, { name: typed, sure }) => {
    const name = typed.trim().toLowerCase();
    if (name === UPLOADS) throw new UserError("uploads_stay", {});
    const made = await store.datasets.list(place.group, place.channel);
    const found = made.find((it) => it.name === name);
    const known = made.map((it) => it.name);
    if (!found) throw new UserError("unknown_data", { name: typed, near: nearestNames(name, known), known: [...known, UPLOADS] });
    if (found.userId !== user.id && !(await administers())) throw new UserError("not_your_dataset", { name, by: found.userName });
    const { pictures = 0, classes = 0 } = (await store.labels.counts(place.group, place.channel)).get(name) ?? {};
    const by = escapeText(found.userName);
    if (!sure) {
      const text = {
        en: `**${name}**${by ? `, made by ${by},` : ""} has ${pictureCount(pictures).en} in ${classes === 1 ? "1 class" : `${classes} classes`}. Its labels are gone for good once it is removed, for everybody in this group. Are you sure?`,
        ko: `**${name}** 데이터셋${by ? `(만든 사람: ${by})` : ""}에는 클래스 ${classes}개, ${pictureCount(pictures).ko}이 있어요. 지우면 이 그룹의 누구도 그 라벨을 다시 쓸 수 없어요. 정말 지울까요?`,
      }[lang];
      const label = { en: `🗑 Remove ${name}`, ko: `🗑 ${name} 지우기` }[lang];
      const button = { label, command: "dataset remove", args: { name, sure: "yes" }, owner: user.id };
      return { text, buttons: [button], data: { dataset: name, sure: false } };
    }
    await store.datasets.remove(found);
    const text = {
      en: `Removed **${name}** with the labels of ${pictureCount(pictures).en}.`,
      ko: `**${name}** 데이터셋을 ${pictureCount(pictures).ko}의 라벨과 함께 지웠어요.`,
    }[lang];
    return { text, data: { dataset: name, sure: true } };
  },
});
