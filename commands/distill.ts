import { command } from "../src/chat/command.ts";
import { publishedNames } from "../src/data/dataSource.ts";
import { UserError } from "../src/errors.ts";
import { percent, short } from "../src/numbers.ts";
import { escapeText } from "../src/richText.ts";
import type { LabelCount } from "../src/runs/kinds/common.ts";
import { DistillFields, distillationMethods, isUnlabelled } from "../src/runs/kinds/distill.ts";
import type { Language } from "../src/text.ts";
import { demandLabels, resolveData } from "./parts/data.ts";
import { answerRun, runData } from "./parts/runAnswer.ts";
import { resolveNet } from "./parts/runNets.ts";
import { commonSpec, netOption, runOptions } from "./parts/runOptions.ts";
import { requestRun } from "./parts/runRequest.ts";
import { accuracyText, mainSpread } from "./parts/runWords.ts";
import { suggestTeachers, teacherFor } from "./parts/teachers.ts";

/** The data of /distill. */
const DistillData = runData("distill", DistillFields);
const MOST_LABELS = 10_000;

const labelWords = [
  { value: "all", label: { en: "all", ko: "모두" }, ko: "모두" },
  { value: "none", label: { en: "none", ko: "없음" }, ko: "없음" },
] as const;

/** "all", "none", or so many labels a class. */
const labelCount = (typed: string): LabelCount => {
  const text = typed.trim().toLowerCase();
  const word = labelWords.find(({ value, ko }) => text === value || text === ko);
  if (word) return word.value;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_LABELS) return count;
  throw new UserError("bad_label_count", { got: typed.slice(0, 60), most: MOST_LABELS });
};

/** Whether nobody had labelled its pictures, so that what is measured is how far the student agrees with its teacher. */
const isTaught = (spec: { kind: string; labels: LabelCount; data: string }): boolean =>
  isUnlabelled(spec, publishedNames.some((it) => it === spec.data) ? "published" : "pictures");

const unlabelledWords = (lang: Language, it: { student: string; teaching: string; with_: string; alone: string }) => ({
  head: {
    en: `**${it.student}** gives the same answer as **${it.teaching}** for **${it.with_}** of pictures that it never saw, having learned from its outputs alone. From its bare answers, as hard labels: **${it.alone}**.`,
    ko: `라벨 없이 **${it.teaching}** 모델의 출력만으로 배운 **${it.student}**: 처음 보는 사진에서 교사와 같은 답을 한 비율 **${it.with_}**. 교사의 답만 하드 라벨로 배우면 **${it.alone}**.`,
  }[lang],
  lines: [
    {
      en: "Nobody labelled these pictures, so nobody knows how many answers are right: the accuracies are agreement with the teacher.",
      ko: "아무도 라벨을 붙이지 않은 사진이라 정답은 알 수 없어요. 정확도는 교사와 답이 같은 비율이에요.",
    }[lang],
  ],
});

/** A small network learns from a large one, beside the same small network without a teacher. */
export const distill = command({
  name: "distill",
  ko: "증류",
  about: {
    en: "Let a small CNN learn from a large one (knowledge distillation)",
    ko: "큰 CNN에게서 작은 CNN이 배우기 (지식 증류)",
  },
  options: {
    teacher: {
      kind: "text",
      ko: "교사",
      about: {
        en: "the model that teaches; the best of the data when left out",
        ko: "가르칠 모델. 비우면 그 데이터에 가장 좋은 모델",
      },
      suggest: suggestTeachers,
    },
    student: {
      ...netOption,
      ko: "학생",
      about: { en: "the network that learns; one that suits the preset when left out", ko: "배울 신경망. 비우면 규모에 맞는 것" },
    },
    labels: {
      kind: "text",
      ko: "라벨",
      about: { en: "all, none, or how many labels a class are left", ko: "모두, 없음 또는 클래스마다 남길 라벨 수" },
      suggest: async () => [...labelWords, ...["10", "100"].map((value) => ({ value, label: { en: value, ko: value } }))],
      default: "all",
      defaultKo: "모두",
    },
    method: {
      kind: "choice",
      ko: "방법",
      about: {
        en: "what is compared: logits (kd, dkd) or feature maps (at, fitnet)",
        ko: "비교할 것: 로짓(kd, dkd) 또는 특징 맵(at, fitnet)",
      },
      of: distillationMethods,
      default: "kd",
    },
    temperature: {
      kind: "number",
      ko: "온도",
      about: { en: "how much the teacher's outputs are softened", ko: "교사 출력을 얼마나 부드럽게 할지" },
      min: 0.5,
      max: 50,
      default: 4,
    },
    soft: {
      kind: "number",
      ko: "소프트",
      about: { en: "weight of the teacher", ko: "교사 출력의 가중치" },
      min: 0,
      max: 1000,
      default: 0.9,
    },
    hard: {
      kind: "number",
      ko: "하드",
      about: { en: "weight of the labels", ko: "라벨의 가중치" },
      min: 0,
      max: 1000,
      default: 0.1,
    },
    ...runOptions,
  },
  data: DistillData,
  run: async (context, args) => {
    const { method, temperature, soft, hard } = args;
    const labels = labelCount(args.labels);
    if (soft + (labels === "none" ? 0 : hard) === 0) throw new UserError("weights_sum", {});
    const student = resolveNet(args.student, args.preset).name;
    const common = await commonSpec(context, args);
    if (labels !== "none") demandLabels(await resolveData(context, common.data));
    const teacher = (await teacherFor(context, common.data, args.teacher)).name;
    return requestRun(context, { kind: "distill", ...common, teacher, student, method, labels, temperature, soft, hard });
  },
  answer: async (context, _, done) => {
    const { lang } = context;
    const { report } = done.output;
    const { spec, teacher, agreement, costs, summary, control } = DistillData.parse(report);
    const [own, without] = [mainSpread(report), summary[control ?? ""]];
    const [student, teaching] = [escapeText(spec.student), escapeText(spec.teacher)];
    const [with_, alone] = [own ? accuracyText(own) : "-", without ? accuracyText(without) : "-"];
    const head = {
      en: `**${student}** gets **${with_}** of the test pictures right with **${teaching}** as its teacher, and **${alone}** without.`,
      ko: `**${student}**: **${teaching}**에게 배우면 테스트 정확도 **${with_}**, 혼자 배우면 **${alone}**.`,
    }[lang];
    const times = (costs.teacher.parameters / costs.student.parameters).toFixed(0);
    if (isTaught(spec))
      return answerRun(context, done, { data: DistillData, ...unlabelledWords(lang, { student, teaching, with_, alone }) });
    const lines = {
      en: [
        `The teacher gets ${percent(teacher.accuracy)}; they agree on ${percent(agreement)} of the pictures. The student has ${short(costs.student.parameters)} parameters, the teacher ${times} times as many.`,
      ],
      ko: [
        `교사 정확도 ${percent(teacher.accuracy)}, 둘의 답이 같은 비율 ${percent(agreement)}. 학생의 파라미터는 ${short(costs.student.parameters)}개, 교사는 그 ${times}배예요.`,
      ],
    }[lang];
    return answerRun(context, done, { data: DistillData, head, lines });
  },
});
