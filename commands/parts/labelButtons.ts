import type { CommandContext } from "../../src/chat/command.ts";
import type { FileRef } from "../../src/files.ts";
import type { Button } from "../../src/reply.ts";
import type { Text } from "../../src/text.ts";
import { classesAmong } from "./labels.ts";

/** A message has room for so many besides its own buttons: Discord shows five in a row. */
const MOST = 3;

/** Says where a group that has no classes yet can begin. A reply to the answer is about the picture that it was asked with. */
export const labelHint: Text = {
  en: "🏷 Do you know it better? Reply with `/label class:…`, and networks can learn from it.",
  ko: "🏷 정답을 알고 계세요? 답장으로 `/라벨 클래스:…`를 보내면 신경망이 배울 수 있어요.",
};

/**
 * Buttons that say what a picture shows: the group's classes with most pictures, but for the one that the picture has. Whoever sees them
 * may press them.
 */
export const labelButtons = async (
  { store, place }: Pick<CommandContext, "store" | "place">,
  image: FileRef,
): Promise<Button[]> => {
  const pictures = await store.labels.list(place.group, { channel: place.channel });
  const own = pictures.find((it) => it.blob === image.blob)?.label;
  return classesAmong(pictures)
    .filter((it) => it.label !== own)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ label }) => ({ label: `🏷 ${label}`, command: "label add", args: { class: label, images: [image] } }));
};
