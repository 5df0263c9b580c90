import { nextSeed } from "../../src/random.ts";
import type { Args, Button } from "../../src/reply.ts";
import type { Language, Text } from "../../src/text.ts";

/** Asks for the same with the next seed, whose answer takes the place of this one. */
export const shuffleButton = (command: string, args: Args, seed: number, lang: Language): Button => ({
  label: { en: "🔀 Shuffle", ko: "🔀 섞기" }[lang],
  command,
  args: { ...args, seed: nextSeed(seed) },
  inPlace: true,
});

/** Said after an answer about an upload that moves. */
export const firstFrameNote: Text = {
  en: "Your picture moves; I used its first frame.",
  ko: "움직이는 그림이라 첫 장면만 썼어요.",
};
