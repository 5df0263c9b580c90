import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { newData } from "../parts/data.ts";
import { makeDataset, newDatasetName } from "../parts/datasets.ts";
import { datasetField } from "../parts/labels.ts";

/** Makes an empty data set. */
export const create = command({
  name: "create",
  ko: "만들기",
  about: { en: "Make a data set for pictures of your own", ko: "직접 모은 사진의 데이터셋 만들기" },
  options: { name: newData },
  data: z.object({ dataset: datasetField }),
  run: async (context, { name: typed }) => {
    const name = newDatasetName(typed);
    await makeDataset(context, name);
    const text = {
      en: `**${name}** is ready. Add pictures with \`/label class:cat data:${name}\`, or all at once with \`/dataset import name:${name}\` and a .zip of class folders.`,
      ko: `**${name}** 데이터셋을 만들었어요. \`/라벨 클래스:고양이 데이터:${name}\`으로 사진을 더하거나, 클래스 폴더를 담은 .zip과 함께 \`/데이터셋 가져오기 이름:${name}\`을 보내 한꺼번에 넣어 보세요.`,
    }[context.lang];
    return { text, data: { dataset: name } };
  },
});
