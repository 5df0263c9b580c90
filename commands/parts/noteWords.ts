import type { CommandContext } from "../../src/chat/command.ts";
import { viewerOf } from "../../src/chat/request.ts";
import { UserError } from "../../src/errors.ts";
import { type NoteKind, noteKinds } from "../../src/store/groupTables.ts";
import type { Note } from "../../src/store/notes.ts";
import type { Text } from "../../src/text.ts";
import { ago, shortId } from "./requests.ts";

/** What the kinds of notes are called. */
export const noteNames: Readonly<Record<NoteKind, Text>> = {
  review: { en: "review", ko: "복습" },
  trouble: { en: "trouble", ko: "막힌점" },
  peer: { en: "peer", ko: "토의" },
  retro: { en: "retro", ko: "회고" },
};

/** The longest note, in characters; what is beyond is cut. */
const MAX_NOTE = 1000;
/** How many of a person's own notes are offered while an id is typed. */
const OFFERED = 25;

/** A note as it is kept: one that says nothing is refused. */
export const checkedNote = (typed: string): string => {
  const text = typed.trim().slice(0, MAX_NOTE);
  if (text === "") throw new UserError("empty_note", {});
  return text;
};

/** What a note is about. */
export const kindOption = {
  kind: "choice",
  ko: "종류",
  about: { en: "what it is about", ko: "무엇에 대한 기록인지" },
  of: noteKinds,
  labels: noteNames,
} as const;

/** One of the asker's own notes. */
export const ownNote = {
  kind: "text",
  ko: "번호",
  about: { en: "the first characters of its id, as /log shows them", ko: "/학습일지에 나오는 번호의 앞부분" },
  required: true,
  suggest: async ({ store, user, place, now }: CommandContext) =>
    (await store.notes.latestOf(user.id, place.group, OFFERED)).map(({ id, kind, text, at }) => {
      const beginning = text.slice(0, 40);
      const when = ago(at, now);
      return {
        value: shortId(id),
        label: { en: `${noteNames[kind].en}: ${beginning}, ${when.en}`, ko: `${noteNames[kind].ko}: ${beginning}, ${when.ko}` },
      };
    }),
} as const;

/** The asker's note whose id begins so. A `UserError` where there is none, or where it is somebody else's. */
export const findOwnNote = async (context: CommandContext, typed: string): Promise<Note> => {
  const id = typed.trim().toLowerCase();
  const note = id === "" ? undefined : await context.store.notes.find(id, viewerOf(context));
  if (!note) throw new UserError("unknown_note", { id: typed });
  if (note.userId !== context.user.id) throw new UserError("not_your_note", { id: shortId(note.id), by: note.userName });
  return note;
};
