import { command } from "../../src/chat/command.ts";
import { labelSets } from "../../src/models/labels.ts";
import { presetNames } from "../../src/models/preprocessing.ts";
import { checkedName, keepModel, NewModelData } from "../parts/newModel.ts";

/** Adds a peer's own .onnx file. */
export const add = command({
  name: "add",
  ko: "추가",
  about: { en: "Add a model of your own, as an .onnx file", ko: "내 .onnx 파일을 모델로 추가하기" },
  options: {
    onnx: {
      kind: "file",
      ko: "파일",
      about: { en: "the .onnx file to add", ko: "추가할 .onnx 파일" },
      endings: [".onnx"],
      required: true,
    },
    name: {
      kind: "text",
      ko: "이름",
      about: { en: "what to call the model; the file's name when left out", ko: "모델 이름. 비우면 파일 이름" },
    },
    preprocessing: {
      kind: "text",
      ko: "전처리",
      about: { en: `${presetNames.join(", ")}, or JSON of its parts`, ko: `${presetNames.join(", ")} 또는 JSON` },
      suggest: async () => presetNames.map((name) => ({ value: name, label: { en: name, ko: name } })),
    },
    labels: { kind: "choice", ko: "라벨", about: { en: "a known list of classes", ko: "알려진 클래스 목록" }, of: labelSets },
    labelsfile: {
      kind: "file",
      ko: "라벨파일",
      about: { en: "class names, one a line", ko: "한 줄에 하나씩 적은 클래스 이름" },
      endings: [".txt", ".json"],
    },
  },
  data: NewModelData,
  run: async (context, { name, onnx, preprocessing, labels, labelsfile }) => {
    const checked = await checkedName(context, (name ?? onnx.name.replace(/\.onnx$/i, "")).toLowerCase());
    return { job: "addModel", input: { file: onnx, name: checked, preprocessing, labels, labelsFile: labelsfile } };
  },
  answer: (context, _, { output }) => keepModel(context, output),
});
