import { boolean, index, jsonb, primaryKey, serial, text } from "drizzle-orm/pg-core";
import type { RunReport } from "../runs/report.ts";
import type { RunKind, RunSpec } from "../runs/spec.ts";
import { at, groupId, peerlab } from "./columns.ts";

/** How a run stands; a `cancelled` one may have a report of what was learned until then. */
export const runStatuses = ["waiting", "done", "cancelled", "failed"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** The data sets that peers made, by their names. What is in them says `labels`; "uploads" needs no row. */
export const datasets = peerlab.table(
  "datasets",
  {
    ...{ groupId: groupId(), name: text().notNull(), at: at() },
    /** Where it was made: one made in a private channel is there for that channel only. */
    ...{ channel: text().notNull().default(""), isPrivate: boolean().notNull().default(false) },
    /** Whoever made it; empty once they have had themselves forgotten. */
    ...{ userId: text().notNull(), userName: text().notNull() },
  },
  (it) => [primaryKey({ columns: [it.groupId, it.name] })],
);

/**
 * What peers said their pictures show, in each data set. The newest word about a picture counts; those of one request are taken back
 * together.
 */
export const labels = peerlab.table(
  "labels",
  {
    seq: serial().notNull(),
    groupId: groupId(),
    dataset: text().notNull().default("uploads"),
    request: text().notNull(),
    blob: text().notNull(),
    label: text().notNull(),
    /** Which split it was put in; null where its hash decides. */
    split: text().$type<"train" | "test">(),
    userId: text().notNull(),
    at: at(),
  },
  (it) => [primaryKey({ columns: [it.request, it.blob] }), index("labels_by_blob").on(it.groupId, it.blob, it.seq)],
);

/**
 * Every training run: it begins with its request, which has the same id, and stays when that is gone. One that was stopped, or failed,
 * stays too.
 */
export const runs = peerlab.table(
  "runs",
  {
    id: text().primaryKey(),
    groupId: groupId(),
    channel: text().notNull(),
    isPrivate: boolean().notNull().default(false),
    userId: text().notNull(),
    userName: text().notNull(),
    kind: text().$type<RunKind>().notNull(),
    /** The data set's name. */
    data: text().notNull(),
    /** What was in it, as `versionOf` says; null for a published one, which never changes. */
    dataVersion: text(),
    spec: jsonb().$type<RunSpec>().notNull(),
    /** Null until it has ended, and where nothing came of it. */
    report: jsonb().$type<RunReport>(),
    status: text().$type<RunStatus>().notNull(),
    at: at(),
  },
  (it) => [
    index("runs_by_group").on(it.groupId, it.at),
    index("runs_by_data").on(it.groupId, it.data),
    index("runs_by_user").on(it.userId),
  ],
);
