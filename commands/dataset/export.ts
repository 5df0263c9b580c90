import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { exportPaths } from "../../src/data/exportPaths.ts";
import { classesOf } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { fileSize } from "../../src/numbers.ts";
import { ownData } from "../parts/data.ts";
import { datasetField, pictureCount } from "../parts/labels.ts";

/** A data set as a zip of class folders, which any program for learning reads, and an import too. */
export const exportZip = command({
  name: "export",
  ko: "내보내기",
  about: { en: "Get a data set as a .zip of class folders", ko: "데이터셋을 클래스 폴더가 담긴 .zip으로 받기" },
  options: { name: { ...ownData, ko: "이름" } },
  data: z.object({
    dataset: datasetField,
    classes: z.int(),
    pictures: z.int(),
    bytes: z.int().describe("the size of the attached zip"),
  }),
  run: async ({ id, store, place }, { name = UPLOADS }) => {
    const labelled = await store.labels.list(place.group, { dataset: name, channel: place.channel });
    if (labelled.length === 0) throw new UserError("empty_dataset", { name });
    const pictures = exportPaths(labelled);
    await store.datasets.shown(
      id,
      place.group,
      pictures.map((it) => it.blob),
    );
    return { job: "exportPictures", input: { name, pictures, classes: classesOf(labelled).length } };
  },
  answer: async ({ lang }, { name = UPLOADS }, { output: { file, pictures, classes } }) => {
    const text = {
      en: `**${name}**: ${pictureCount(pictures).en} in ${classes === 1 ? "1 folder" : `${classes} folders`}, ${fileSize(file.bytes)}. \`/dataset import\` reads it again.`,
      ko: `**${name}** 데이터셋: 폴더 ${classes}개에 ${pictureCount(pictures).ko}, ${fileSize(file.bytes)}. \`/데이터셋 가져오기\`로 다시 넣을 수 있어요.`,
    }[lang];
    return { text, files: [file], data: { dataset: name, classes, pictures, bytes: file.bytes } };
  },
});
