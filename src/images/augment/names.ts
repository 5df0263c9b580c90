import type { Text } from "../../text.ts";

/** Every augmentation by name, as peers read it. Reaches no pixels, so that the bot may import it. */
export const augmentationLabels = {
  brightness: { en: "brightness", ko: "밝기" },
  contrast: { en: "contrast", ko: "대비" },
  color: { en: "color", ko: "채도" },
  sharpness: { en: "sharpness", ko: "선명도" },
  rotate: { en: "rotate", ko: "회전" },
  flip: { en: "flip", ko: "좌우 뒤집기" },
  crop: { en: "crop", ko: "크롭" },
  affine: { en: "affine", ko: "아핀 변환" },
  perspective: { en: "perspective", ko: "원근 변환" },
  posterize: { en: "posterize", ko: "포스터화" },
  solarize: { en: "solarize", ko: "솔라라이즈" },
  equalize: { en: "equalize", ko: "평활화" },
  autocontrast: { en: "autocontrast", ko: "오토 콘트라스트" },
  invert: { en: "invert", ko: "색 반전" },
  blur: { en: "blur", ko: "블러" },
  noise: { en: "noise", ko: "노이즈" },
  cutout: { en: "cutout", ko: "컷아웃" },
  grayscale: { en: "grayscale", ko: "흑백" },
} as const satisfies Record<string, Text>;

export type AugmentationName = keyof typeof augmentationLabels;
export const augmentationNames = Object.keys(augmentationLabels) as [AugmentationName, ...AugmentationName[]];
