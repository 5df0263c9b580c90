import { boolean, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import type { AdapterName } from "../place.ts";

/** Everything of ours lies in this schema. */
export const peerlab = pgSchema("peerlab");
/** When a row was made. */
export const at = () => timestamp({ withTimezone: true }).notNull().defaultNow();

/** Everything belongs to a group: see `Place`. */
export const groupId = () => text().notNull();

/** Where something was said or is to be sent: see `Place`. */
export const place = {
  adapter: text().$type<AdapterName>().notNull(),
  groupId: groupId(),
  channel: text().notNull(),
  thread: text(),
  isPrivate: boolean().notNull().default(false),
};
