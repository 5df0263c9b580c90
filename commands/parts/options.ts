/** The picture that a command makes variants of. */
export const imageToVary = {
  kind: "image",
  ko: "사진",
  about: { en: "the picture to vary", ko: "바꿔 볼 사진" },
  required: true,
} as const;

/** How many variants to make. */
export const variantsOption = {
  kind: "number",
  ko: "개수",
  about: { en: "how many variants; 8 when left out", ko: "변형 개수. 기본값 8" },
  min: 1,
  max: 24,
  whole: true,
} as const;

/** The option that repeats an answer to the byte. Left out, the request's own seed is taken. */
export const seedOption = {
  kind: "number",
  ko: "시드",
  about: { en: "the same number gives the same picture again", ko: "같은 숫자를 넣으면 같은 결과가 나와요" },
  min: 0,
  max: 2147483647,
  whole: true,
} as const;
