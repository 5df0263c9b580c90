import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { findOwnNote, ownNote } from "../parts/noteWords.ts";

/** Takes a line of the asker's own out of the log. */
export const withdraw = command({
  name: "withdraw",
  ko: "취소",
  about: { en: "Take one of your lines back", ko: "내가 남긴 기록 지우기" },
  options: { id: ownNote },
  data: z.object({ id: z.string().describe("of the note that is gone") }),
  run: async (context, { id: typed }) => {
    const { id } = await findOwnNote(context, typed);
    await context.store.notes.withdraw(id);
    const said = { en: "Withdrawn: the line is no longer in the log.", ko: "기록을 지웠어요. 이제 학습 일지에 나오지 않아요." };
    return { text: said[context.lang], data: { id } };
  },
});
