import { boolean, date, index, jsonb, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { FileRef } from "../files.ts";
import type { Recurrence } from "../recurrence.ts";
import type { Language } from "../text.ts";
import { at, groupId, peerlab, place } from "./columns.ts";

/** What a line of the study log is about: what was learned, what went wrong, what was talked over, what is taken away. */
export const noteKinds = ["review", "trouble", "peer", "retro"] as const;
export type NoteKind = (typeof noteKinds)[number];

/** What peers wrote into the group's log. A note has the id of the request that made it. */
export const notes = peerlab.table(
  "notes",
  {
    id: text().primaryKey(),
    ...{ groupId: groupId(), channel: text().notNull(), isPrivate: boolean().notNull().default(false) },
    ...{ userId: text().notNull(), userName: text().notNull() },
    kind: text().$type<NoteKind>().notNull(),
    text: text().notNull(),
    picture: jsonb().$type<FileRef>(),
    at: at(),
  },
  (it) => [index("notes_by_group").on(it.groupId, it.at), index("notes_by_user").on(it.userId)],
);

/** What may be said of a hypothesis, when its run has ended. */
export const verdicts = ["confirmed", "refuted", "unclear"] as const;
export type Verdict = (typeof verdicts)[number];

/** The runs that were asked for with a hypothesis and have a result. Who may see one is who may see its run. */
export const hypotheses = peerlab.table("hypotheses", {
  /** The run's id; what was expected says its spec. */
  run: text().primaryKey(),
  groupId: groupId(),
  /** Null while it is open. */
  verdict: text().$type<Verdict>(),
  settledAt: timestamp({ withTimezone: true }),
  at: at(),
});

/** What peers say of a hypothesis: one vote each, their newest. */
export const votes = peerlab.table(
  "votes",
  { run: text().notNull(), userId: text().notNull(), vote: text().$type<Verdict>().notNull(), at: at() },
  (it) => [primaryKey({ columns: [it.run, it.userId] }), index("votes_by_user").on(it.userId)],
);

/** What can be posted at certain times. */
export const scheduledForms = ["recap", "quiz"] as const;
export type ScheduledForm = (typeof scheduledForms)[number];

/** What people have chosen for themselves with /privacy; those without a row have not. */
export const privacy = peerlab.table("privacy", {
  userId: text().primaryKey(),
  /** Whether they appear in recaps and other accounts of what the group did. */
  statistics: boolean().notNull().default(true),
  /** Whether recaps say on how many days in a row they took part. */
  streaks: boolean().notNull().default(false),
});

/** When recaps and quizzes are posted. */
export const schedules = peerlab.table("schedules", {
  id: text().primaryKey(),
  ...place,
  ...{ userId: text().notNull(), userName: text().notNull() },
  lang: text().$type<Language>().notNull(),
  /** What is posted. */
  form: text().$type<ScheduledForm>().notNull().default("recap"),
  period: text().$type<"daily" | "weekly">().notNull(),
  recurrence: jsonb().$type<Recurrence>().notNull(),
  /** Days on which nothing happened: a line that says so, or nothing. */
  empty: text().$type<"line" | "silent">().notNull(),
  /** The last day, by its own calendar, whose recap was made or begun: no day has two. */
  lastDay: date({ mode: "string" }),
  /** Until when its last recap went; the next goes on from there. When it was made, before there is one. */
  covered: timestamp({ withTimezone: true }).notNull(),
  /** Why nothing is posted any more; null while it works. */
  paused: text().$type<"undeliverable">(),
  at: at(),
});

/** What a recap is about; an invitation to the quiz goes the same way. */
export interface RecapSpec {
  /** A picture with its words, a zip with a blog post, or an invitation to the quiz. */
  form: ScheduledForm | "blog";
  /** ISO times: from the first until just before the second. */
  from: string;
  to: string;
  timeZone: string;
  lang: Language;
  /** One person's own alone; the group's when left out. */
  userId?: string;
}

/**
 * The recaps that were made, so that they can be made again when somebody is to be left out of them. One that was scheduled has the id of
 * the post that shows it, one that was asked for that of the request.
 */
export const recaps = peerlab.table(
  "recaps",
  {
    id: text().primaryKey(),
    ...place,
    schedule: text(),
    spec: jsonb().$type<RecapSpec>().notNull(),
    /** Everybody whose doings are in it. */
    people: jsonb().$type<readonly string[]>().notNull(),
    /** The job that is making it; null when it is made. */
    work: text(),
    at: at(),
  },
  (it) => [index("recaps_by_work").on(it.work), index("recaps_by_people").using("gin", it.people)],
);
