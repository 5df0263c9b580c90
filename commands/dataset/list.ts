import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { tableIn } from "../../src/table.ts";
import { datasetField } from "../parts/labels.ts";

/** The group's data sets: what is in them, and who made them. */
export const list = command({
  name: "list",
  ko: "목록",
  about: { en: "The data sets of your group", ko: "우리 그룹의 데이터셋" },
  options: {},
  data: z.object({
    datasets: z.array(
      z.object({
        dataset: datasetField,
        classes: z.int(),
        pictures: z.int(),
        by: z.string().nullable().describe("who made it; null for `uploads`, which every group has"),
      }),
    ),
  }),
  run: async ({ store, place, lang }) => {
    const made = await store.datasets.list(place.group, place.channel);
    const counts = await store.labels.counts(place.group, place.channel);
    const none = { classes: 0, pictures: 0 };
    const uploads = { dataset: UPLOADS as string, ...(counts.get(UPLOADS) ?? none), by: null };
    const others = made.map(({ name, userName }) => ({ dataset: name, ...(counts.get(name) ?? none), by: userName }));
    const datasets = [uploads, ...others];
    const table = tableIn(
      lang,
      [
        { en: "Data set", ko: "데이터셋" },
        { en: "Classes", ko: "클래스", right: true },
        { en: "Pictures", ko: "사진", right: true },
        { en: "Made by", ko: "만든 사람" },
      ],
      datasets.map((it) => [it.dataset, String(it.classes), String(it.pictures), it.by ?? { en: "everybody", ko: "모두" }[lang]]),
    );
    const text = {
      en: "Make one with `/dataset create`, or fill one from a .zip of class folders with `/dataset import`.",
      ko: "`/데이터셋 만들기`로 새로 만들거나, `/데이터셋 가져오기`로 클래스 폴더를 담은 .zip을 넣어 보세요.",
    }[lang];
    return { text, table, data: { datasets } };
  },
});
