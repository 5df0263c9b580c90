import type { CommandContext } from "../../src/chat/command.ts";
import type { FileRef } from "../../src/files.ts";
import type { Hypothesis } from "../../src/store/hypotheses.ts";
import type { Note, Span } from "../../src/store/notes.ts";
import { filesIn, type Viewer } from "../../src/store/references.ts";
import type { RequestRow } from "../../src/store/requests.ts";
import type { Run } from "../../src/store/runs.ts";

/** Requests of a period that are looked through: a busy group's month. */
const MOST_REQUESTS = 3000;
const MOST_HYPOTHESES = 500;

/** How a command counts in an account of the day. What is not listed only asks how things are. */
export const countedAs: Readonly<Record<string, "reviewed" | "augmented" | "classified" | "labelled" | "measured" | undefined>> =
  {
    ...{ "explain-topic": "reviewed", arch: "reviewed", "models details": "reviewed", quiz: "reviewed" },
    ...{ augment: "augmented", randaugment: "augmented", trivialaugment: "augmented", cutmix: "augmented", mixup: "augmented" },
    ...{ classify: "classified", explain: "classified" },
    ...{ "label add": "labelled", "dataset create": "labelled", "dataset import": "labelled", "models add": "measured" },
    ...{ evaluate: "measured", "learning-rate": "measured", compare: "measured" },
  };

/** Whether a request counts at all. A question of the quiz is reviewed by who answers it, not by who is asked. */
const isCounted = ({ status, command, args }: RequestRow): boolean =>
  status === "done" && countedAs[command] !== undefined && (command !== "quiz" || args["answer"] !== undefined);

/** What a group did in some time, as somebody sees it. */
export interface Gathered {
  span: Span;
  /** Answered requests that count, without those that asked for runs. */
  requests: readonly RequestRow[];
  runs: readonly Run[];
  notes: readonly Note[];
  /** Hypotheses that were settled then. */
  settled: readonly Hypothesis[];
  /** The pictures that were sent with requests and notes, each once, newest first, and who asked or noted. */
  pictures: readonly { file: FileRef; by: string }[];
  /** Everybody whose doings these are, by their ids. */
  people: ReadonlyMap<string, string>;
  /** Whoever sent those pictures: others may have worked with them. */
  owners: ReadonlySet<string>;
}

/**
 * What a group, or one person of it, did in some time, as far as somebody sees it from where they are. Whoever wants to be left out of
 * such accounts is, except from their own.
 */
export const gather = async (
  { store }: Pick<CommandContext, "store">,
  viewer: Viewer,
  span: Span,
  userId?: string,
): Promise<Gathered> => {
  const leftOut = await store.privacy.leftOut();
  const isMeant = (id: string) => (userId === undefined ? id === viewer.userId || !leftOut.has(id) : id === userId);
  const meant = <T extends { userId: string }>(rows: readonly T[]) => rows.filter((it) => isMeant(it.userId));
  const all = await store.requests.between(viewer, span, MOST_REQUESTS);
  const requests = meant(all).filter(isCounted);
  const runs = meant(await store.runs.between(viewer, span));
  const notes = meant(await store.notes.between(viewer, span));
  const hypotheses = await store.hypotheses.list(viewer, MOST_HYPOTHESES);
  const settled = hypotheses.filter(
    ({ settledAt, run }) => settledAt && settledAt >= span.from && settledAt < span.to && isMeant(run.userId),
  );
  const everybody = [...requests, ...runs, ...notes, ...settled.map((it) => it.run)];
  const people = new Map(everybody.map((it) => [it.userId, it.userName]));
  const sent = picturesOf({ requests, notes });
  const owners = await store.uploads.ownersOf(sent.map((it) => it.file.blob));
  const ownersOf = (blob: string) => owners.get(blob) ?? [];
  const pictures = sent.filter(({ file }) => !ownersOf(file.blob).some((it) => it !== viewer.userId && leftOut.has(it)));
  const shownOwners = new Set(pictures.flatMap((it) => ownersOf(it.file.blob)));
  return { span, requests, runs, notes, settled, pictures, people, owners: shownOwners };
};

/** Whether nothing happened. */
export const isEmpty = ({ requests, runs, notes, settled }: Gathered): boolean =>
  requests.length + runs.length + notes.length + settled.length === 0;

/** The pictures that peers sent with what they asked and noted, each once, newest first, and who sent it. */
const picturesOf = ({ requests, notes }: Pick<Gathered, "requests" | "notes">): { file: FileRef; by: string }[] => {
  const sent = [
    ...requests.map((it) => ({ at: it.asked, by: it.userName, files: filesIn(it.args) })),
    ...notes.map((it) => ({ at: it.at, by: it.userName, files: it.picture ? [it.picture] : [] })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  const pictures = sent.flatMap(({ by, files }) =>
    files.filter((it) => it.type.startsWith("image/")).map((file) => ({ file, by })),
  );
  const first = new Map<string, { file: FileRef; by: string }>();
  for (const it of pictures) if (!first.has(it.file.blob)) first.set(it.file.blob, it);
  return [...first.values()];
};
