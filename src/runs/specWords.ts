import type { Language, Text } from "../text.ts";
import type { RunSpec } from "./spec.ts";

/** The fields that cards show elsewhere: in their title and among their figures. */
type ShownElsewhere = "kind" | "data" | "seed" | "seeds" | "hypothesis";
type FieldOf<S> = S extends unknown ? Exclude<keyof S, ShownElsewhere> : never;

/** What each field of a spec is called on a card; in Korean as the commands' options are. */
const fieldWords: { readonly [F in FieldOf<RunSpec>]: Text } = {
  net: { en: "net", ko: "신경망" },
  teacher: { en: "teacher", ko: "교사" },
  student: { en: "student", ko: "학생" },
  model: { en: "model", ko: "모델" },
  method: { en: "method", ko: "방법" },
  mode: { en: "mode", ko: "방식" },
  labels: { en: "labels", ko: "라벨" },
  temperature: { en: "temperature", ko: "온도" },
  soft: { en: "soft", ko: "소프트" },
  hard: { en: "hard", ko: "하드" },
  lr: { en: "learning rate", ko: "학습률" },
  backboneLr: { en: "backbone learning rate", ko: "백본 학습률" },
  threshold: { en: "threshold", ko: "임곗값" },
  ramp: { en: "ramp", ko: "램프" },
  rounds: { en: "rounds", ko: "라운드" },
  search: { en: "search", ko: "탐색" },
  topic: { en: "topic", ko: "주제" },
  preset: { en: "preset", ko: "규모" },
};

/** What a spec says besides what every card shows elsewhere: "teacher resnet20.shapes · student resnet8 · … · preset taste". */
export const specWords = (spec: RunSpec, lang: Language): string => {
  const { kind: _, data: __, seed: ___, seeds: ____, hypothesis: _____, preset, ...own } = spec;
  return Object.entries({ ...own, preset })
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${fieldWords[name as FieldOf<RunSpec>][lang]} ${Array.isArray(value) ? value.join(", ") : value}`)
    .join(" · ");
};
