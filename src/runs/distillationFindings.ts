import { softLabelsCard } from "../draw/softLabelsCard.ts";
import { evaluateLogits } from "../inference/evaluation.ts";
import { measureLatency } from "../inference/latency.ts";
import { mostConfused } from "../inference/mostConfused.ts";
import { openTeacher } from "../inference/teacher.ts";
import { readCard } from "../models/cardMetadata.ts";
import { shownClass } from "../models/shownLabel.ts";
import { percent, short } from "../numbers.ts";
import { readModel } from "../onnx/file.ts";
import type { Language } from "../text.ts";
import type { ArmResult, Findings, RunModel, Setting } from "./experiment.ts";
import { writeNetwork } from "./export.ts";
import type { PresetName } from "./presets.ts";
import type { RunReport } from "./report.ts";

/** Test pictures that the teacher is compared on: it may cost a hundred times what its student does. */
const COMPARED: Readonly<Record<PresetName, number>> = { taste: 400, lesson: 1_000, proper: 10_000 };
const PAIRS = 5;

const argmaxAt = (logits: Float32Array, row: number, classes: number): number => {
  const scores = logits.subarray(row * classes, (row + 1) * classes);
  return scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));
};

const words = {
  who: { en: "", ko: "" },
  accuracy: { en: "accuracy", ko: "정확도" },
  parameters: { en: "parameters", ko: "파라미터" },
  teacher: { en: "teacher", ko: "교사" },
  student: { en: "student", ko: "학생" },
  control: { en: "control", ko: "대조군" },
  softened: { en: "What the teacher says of one picture", ko: "교사가 사진 한 장을 보는 눈" },
} as const;

/** A temperature of 1 softens nothing: then Hinton's usual one is shown beside it. */
const shownAt = (temperature: number): number => (temperature === 1 ? 4 : temperature);

/** The picture whose second likeliest class the teacher finds likeliest: there its outputs say more than a label does. */
const mostTelling = (logits: Float32Array, classes: number): number => {
  const margins = Array.from({ length: logits.length / classes }, (_, row) => {
    const [first = 0, second = 0] = [...logits.subarray(row * classes, (row + 1) * classes)].sort((a, b) => b - a);
    return first - second;
  });
  return margins.indexOf(Math.min(...margins));
};

/** What the teacher knows, how far its student agrees with it, what each of them costs, and how it sees one picture. */
export const distillationFindings = async (
  { spec, dataset }: Setting<"distill">,
  teacher: RunModel,
  results: readonly ArmResult[],
  report: RunReport,
  lang: Language,
): Promise<Findings> => {
  const { classes, name: data, size, test } = dataset;
  const student = results.find(({ arm }) => arm.name === "student") ?? (results[0] as ArmResult);
  const compared = Math.min(COMPARED[spec.preset], student.testLogits.length / classes.length);
  const opened = await openTeacher(teacher, { classes, data, size });
  const logits = await opened.logits(test.pixels.subarray(0, compared * size * size * 3)).finally(opened.close);
  const agreed = Array.from({ length: compared }, (_, row) => row).filter(
    (row) => argmaxAt(logits, row, classes.length) === argmaxAt(student.testLogits, row, classes.length),
  );
  const { accuracy } = evaluateLogits(logits, test.labels.subarray(0, compared), classes.length);
  const written = writeNetwork({ name: "student", net: student.arm.net, dataset, weights: student.weights, lineage: {} });
  const card = readCard(readModel(written));
  if (!card) throw new Error("Expected a card in the file that was just written");
  const costOf = async (bytes: Uint8Array, { params, macs, ...rest }: typeof card) => ({
    ...{ parameters: params, ...(macs !== undefined && { macs }) },
    ms: await measureLatency(bytes, { params, ...rest }),
  });
  const costs = { teacher: await costOf(teacher.bytes, teacher.card), student: await costOf(written, card) };
  const accuracyOf = (name: string) => percent(report.summary[name]?.mean ?? 0);
  const row = (name: string, right: string, { parameters, macs, ms }: typeof costs.teacher) => [
    ...[name, right, short(parameters), macs === undefined ? "-" : short(macs), ms.toFixed(2)],
  ];
  const shown = mostTelling(logits, classes.length);
  const called = classes.map((it) => shownClass(data, it, lang));
  const softened = softLabelsCard(
    {
      ...{
        title: words.softened[lang],
        subtitle: `${spec.teacher} · ${data}`,
        classes: called,
        temperature: shownAt(spec.temperature),
      },
      image: { width: size, height: size, data: test.pixels.subarray(shown * size * size * 3, (shown + 1) * size * size * 3) },
      label: test.labels[shown] as number,
      logits: logits.subarray(shown * classes.length, (shown + 1) * classes.length),
    },
    lang,
  );
  return {
    fields: {
      ...{ teacher: { model: spec.teacher, accuracy }, agreement: agreed.length / compared, compared, costs },
      confused: mostConfused(student.test.confusion, classes, PAIRS),
    },
    card: {
      table: {
        columns: [words.who[lang], words.accuracy[lang], words.parameters[lang], "MACs", "ms"],
        rows: [
          row(words.teacher[lang], percent(accuracy), costs.teacher),
          row(words.student[lang], accuracyOf("student"), costs.student),
          row(words.control[lang], accuracyOf("control"), costs.student),
        ],
      },
    },
    pictures: [{ name: "soft-labels", image: softened, alt: words.softened[lang] }],
  };
};
