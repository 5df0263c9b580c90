import { nextSeed } from "../images/rng.ts";
import type { Language, Text } from "../text.ts";
import type { Args, Button } from "./command.ts";

/** The option that repeats an answer to the byte. Left out, the request's own seed is taken. */
export const seedOption = {
  kind: "number",
  ko: "시드",
  about: { en: "the same number gives the same picture again", ko: "같은 숫자를 넣으면 같은 결과가 나와요" },
  min: 0,
  max: 2147483647,
  whole: true,
} as const;

/** Asks for the same with the next seed. */
export const shuffleButton = (command: string, args: Args, seed: number, lang: Language): Button => ({
  label: { en: "🔀 Shuffle", ko: "🔀 섞기" }[lang],
  command,
  args: { ...args, seed: nextSeed(seed) },
});

/** Said after an answer about an upload that moves. */
export const firstFrameNote: Text = {
  en: "Your picture moves; I used its first frame.",
  ko: "움직이는 그림이라 첫 장면만 썼어요.",
};
