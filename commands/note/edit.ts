import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { noteKinds } from "../../src/store/schema.ts";
import { checkedNote, findOwnNote, kindOption, noteNames, ownNote } from "../parts/noteWords.ts";

/** Corrects a line of the asker's own. */
export const edit = command({
  name: "edit",
  ko: "수정",
  about: { en: "Correct one of your lines", ko: "내가 남긴 기록 고치기" },
  options: {
    id: ownNote,
    text: { kind: "text", ko: "내용", about: { en: "what it is to say", ko: "새 내용" }, required: true, rest: true },
    kind: kindOption,
    image: { kind: "image", ko: "사진", about: { en: "another picture", ko: "바꿀 사진" } },
  },
  data: z.object({ id: z.string(), kind: z.enum(noteKinds), text: z.string() }),
  run: async (context, { id: typed, text: written, kind, image }) => {
    const note = await findOwnNote(context, typed);
    const text = checkedNote(written);
    await context.store.notes.change(note, { text, ...(kind && { kind }), ...(image && { picture: image }) });
    const after = { id: note.id, kind: kind ?? note.kind, text };
    const name = noteNames[after.kind];
    const said = { en: `📝 Corrected, as **${name.en}**.`, ko: `📝 **${name.ko}** 기록을 고쳤어요.` };
    return { text: said[context.lang], data: after };
  },
});
