import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";
import { ownData } from "../parts/data.ts";
import { classesField, classesIn, datasetField, pictureCount, summary } from "../parts/labels.ts";

/** Classes shown as tiles; the others are only named. */
const TILES = 24;

/** The classes of a data set, each with its newest picture. */
export const list = command({
  name: "list",
  ko: "목록",
  about: { en: "The classes so far, with a picture of each", ko: "지금까지의 클래스와 사진 보기" },
  options: { data: ownData },
  data: z.object({ dataset: datasetField, classes: classesField }),
  run: async (context, { data = UPLOADS }) => {
    const { id, place, store, lang } = context;
    const classes = await classesIn(context, data);
    if (classes.length === 0)
      throw data === UPLOADS ? new UserError("no_labels", {}) : new UserError("empty_dataset", { name: data });
    const total = pictureCount(classes.reduce((sum, it) => sum + it.count, 0))[lang];
    const shown = classes.slice(0, TILES);
    await store.datasets.shown(
      id,
      place.group,
      shown.map((it) => it.newest),
    );
    const input = {
      name: data === UPLOADS ? "labels" : data,
      title: data === UPLOADS ? { en: "Our labelled pictures", ko: "우리가 라벨을 붙인 사진" }[lang] : data,
      subtitle: { en: `${total} in ${classes.length} classes`, ko: `클래스 ${classes.length}개, ${total}` }[lang],
      tiles: shown.map((it) => ({ blob: it.newest, caption: `${it.label}\n${pictureCount(it.count)[lang]}` })),
    };
    return { job: "album", input };
  },
  answer: async (context, { data = UPLOADS }, { output: { picture } }) => {
    const { text, classes } = await summary(context, "", data);
    return { text, pictures: [picture], data: { dataset: data, classes } };
  },
});
