import { REQUEST_SEED } from "../../src/chat/options.ts";

/** The picture that a command makes variants of. */
export const imageToVary = {
  kind: "image",
  ko: "사진",
  about: { en: "the picture to vary", ko: "변형할 사진" },
  required: true,
} as const;

/** How many variants to make. */
export const variantsOption = {
  kind: "number",
  ko: "개수",
  about: { en: "how many variants", ko: "변형 개수" },
  min: 1,
  max: 24,
  whole: true,
  default: 8,
} as const;

/** The option that repeats an answer to the byte. */
export const seedOption = {
  kind: "number",
  ko: "시드",
  about: { en: "the same number gives the same picture again", ko: "같은 숫자를 넣으면 같은 결과가 나와요" },
  min: 0,
  max: 2147483647,
  whole: true,
  default: REQUEST_SEED,
} as const;

/** What happens to pictures that have another class already. Left out: they keep it, and the answer asks. */
export const existingOption = {
  kind: "choice",
  ko: "기존",
  about: {
    en: "pictures that have another class already: keep it, or replace it; asked when left out",
    ko: "이미 다른 클래스가 있는 사진: 그대로 두거나 바꾸기. 비우면 물어봐요",
  },
  of: ["keep", "replace"],
  labels: { keep: { en: "keep", ko: "그대로 두기" }, replace: { en: "replace", ko: "바꾸기" } },
} as const;
