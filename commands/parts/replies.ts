import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import { nextSeed } from "../../src/random.ts";
import type { Args, Button } from "../../src/reply.ts";
import type { Language, Text } from "../../src/text.ts";

/** Asks for the same with the next seed, whose answer takes the place of this one. */
export const shuffleButton = (command: string, args: Args, seed: number, lang: Language): Button => ({
  label: { en: "🔀 Shuffle", ko: "🔀 다시 뽑기" }[lang],
  command,
  args: { ...args, seed: nextSeed(seed) },
  inPlace: true,
});

/** Said after an answer about an upload that moves. */
const firstFrameNote: Text = {
  en: "Your picture is animated; I used its first frame.",
  ko: "움직이는 사진이라 첫 프레임만 썼어요.",
};

/** The lines of an answer, with a note where only the first frame of an upload was used. */
export const linesOf = (lines: readonly string[], firstFrame: boolean, lang: Language): string =>
  [...lines, ...(firstFrame ? [firstFrameNote[lang]] : [])].join("\n");

/** Fields that the data of several commands have. */
export const fields = {
  seed: z.int().describe("give it back as `seed` to get the same picture"),
  firstFrame: z.boolean().describe("the upload was animated (GIF, WebP, AVIF), and only its first frame was used"),
};

/** Takes back the labels that a request of the asker's added. */
export const undoButton = ({ lang, user }: Pick<CommandContext, "lang" | "user">, id: string): Button => ({
  label: { en: "↩ Undo", ko: "↩ 되돌리기" }[lang],
  command: "label undo",
  args: { id },
  owner: user.id,
});
