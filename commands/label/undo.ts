import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { classesField, datasetField, pictureCount, summary } from "../parts/labels.ts";
import { ago } from "../parts/requests.ts";

/** Takes back what one request said of pictures: a `/label`, or a whole import. */
export const undo = command({
  name: "undo",
  ko: "되돌리기",
  about: { en: "Remove the labels that one of your requests added", ko: "내 요청 하나로 붙인 라벨을 되돌리기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the id of the request that added the labels", ko: "라벨을 붙인 요청의 번호" },
      required: true,
      suggest: async ({ store, place, user, now }) =>
        (await store.labels.addedBy(place.group, user.id)).map(({ request, dataset, label, classes, count, at }) => {
          const where = dataset === UPLOADS ? "" : `${dataset}: `;
          return {
            value: request,
            label: {
              en: `${where}${classes > 1 ? `${classes} classes` : label}, ${pictureCount(count).en}, ${ago(at, now).en}`,
              ko: `${where}${classes > 1 ? `클래스 ${classes}개` : label}, ${pictureCount(count).ko}, ${ago(at, now).ko}`,
            },
          };
        }),
    },
  },
  data: z.object({
    removed: z.int().describe("how many pictures lost the label"),
    dataset: datasetField,
    classes: classesField,
  }),
  run: async (context, { id }) => {
    const { removed, dataset } = await context.store.labels.undo(id, viewerOf(context));
    const head = {
      en: removed === 0 ? "There is no label of yours to undo." : `Removed the label of ${pictureCount(removed).en}.`,
      ko: removed === 0 ? "되돌릴 라벨이 없어요." : `${pictureCount(removed).ko}의 라벨을 되돌렸어요.`,
    }[context.lang];
    const { text, classes } = await summary(context, head, dataset);
    return { text, data: { removed, dataset, classes } };
  },
});
