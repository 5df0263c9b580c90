import { command } from "../../src/chat/command.ts";
import { labelSets } from "../../src/models/labels.ts";
import { type PresetName, presetNames } from "../../src/models/preprocessing.ts";
import type { Text } from "../../src/text.ts";
import { checkedName, keepModel, NewModelData } from "../parts/newModel.ts";

/** By what somebody knows which preprocessing their model was trained with. */
const presetHints: Readonly<Record<PresetName, Text>> = {
  torchvision: { en: "most models trained with PyTorch", ko: "PyTorch로 학습한 대부분의 모델" },
  timm: { en: "most models of timm, with bicubic resizing", ko: "대부분의 timm 모델 (bicubic 리사이즈)" },
  caffe: { en: "BGR, 0 to 255, the mean taken off", ko: "BGR, 0~255에서 평균을 뺀 값" },
  keras: { en: "the whole picture, from -1 to 1", ko: "사진 전체를 -1~1로" },
  cifar10: { en: "32-pixel pictures, CIFAR-10's mean", ko: "32픽셀 사진, CIFAR-10의 평균" },
};

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
      suggest: async () =>
        presetNames.map((value) => {
          const { en, ko } = presetHints[value];
          return { value, label: { en: `${value}: ${en}`, ko: `${value}: ${ko}` } };
        }),
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
