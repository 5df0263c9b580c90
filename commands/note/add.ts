import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { columnsOf } from "../../src/store/requests.ts";
import { noteKinds } from "../../src/store/schema.ts";
import { checkedNote, kindOption, noteNames } from "../parts/noteWords.ts";
import { shortId } from "../parts/requests.ts";

/** Writes a line into the group's log of today. */
export const add = command({
  name: "add",
  ko: "추가",
  about: { en: "Add a line to today's study log", ko: "오늘의 학습 일지에 한 줄 남기기" },
  options: {
    kind: { ...kindOption, required: true },
    text: { kind: "text", ko: "내용", about: { en: "what to keep", ko: "남길 내용" }, required: true, rest: true },
    image: { kind: "image", ko: "사진", about: { en: "a picture that belongs to it", ko: "함께 남길 사진" } },
  },
  data: z.object({ id: z.string(), kind: z.enum(noteKinds), text: z.string() }),
  run: async ({ id, user, place, lang, now, store }, { kind, text: typed, image }) => {
    const text = checkedNote(typed);
    const { groupId, channel, isPrivate } = columnsOf(place);
    const note = { id, groupId, channel, isPrivate, userId: user.id, userName: user.name, kind, text, at: now };
    await store.notes.add({ ...note, picture: image ?? null });
    const [name, short] = [noteNames[kind], `\`${shortId(id)}\``];
    const said = {
      en: `📝 Noted as **${name.en}** (${short}). \`/log\` shows the day, \`/note edit\` and \`/note withdraw\` change your lines.`,
      ko: `📝 **${name.ko}**에 적었어요(${short}). \`/학습일지\`로 하루를 보고, \`/기록 수정\`과 \`/기록 취소\`로 내 기록을 고칠 수 있어요.`,
    };
    return { text: said[lang], data: { id, kind, text } };
  },
});
