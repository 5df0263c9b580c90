import type { CommandContext } from "../../src/chat/command.ts";
import type { FileRef } from "../../src/files.ts";
import type { Button } from "../../src/reply.ts";
import type { Text } from "../../src/text.ts";
import { classesAmong } from "./labels.ts";

/** Discord shows five buttons in a row; a message may have as many as this to label its picture with, where its own leave room. */
const [ROW, MOST] = [5, 3];

/** Says where a group that has no classes yet can begin. A reply to the answer is about the picture that it was asked with. */
export const labelHint: Text = {
  en: "🏷 Do you know it better? Reply with `/label class:…`, and networks can learn from it.",
  ko: "🏷 정답을 알고 계세요? 답장으로 `/라벨 클래스:…`를 보내면 신경망이 배울 수 있어요.",
};

/**
 * Buttons that say what a picture shows: the group's classes with most pictures, but for the one that the picture has. Whoever sees them
 * may press them. With the `own` buttons of a message they fill one row at most.
 */
export const labelButtons = async (
  { store, place }: Pick<CommandContext, "store" | "place">,
  image: FileRef,
  own: readonly unknown[] = [],
): Promise<Button[]> => {
  const pictures = await store.labels.list(place.group, { channel: place.channel });
  const known = pictures.find((it) => it.blob === image.blob)?.label;
  return classesAmong(pictures)
    .filter((it) => it.label !== known)
    .sort((a, b) => b.count - a.count)
    .slice(0, Math.max(0, Math.min(MOST, ROW - own.length)))
    .map(({ label }) => ({ label: `🏷 ${label}`, command: "label add", args: { class: label, images: [image] } }));
};
