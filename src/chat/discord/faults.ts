import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { Undeliverable } from "../outbox.ts";

/**
 * What to do where Discord refuses a call:
 * - "late": the three seconds for an acknowledgement are over; what was received is answered without the interaction's token
 * - "acknowledged": it was acknowledged before, which is as good
 * - "token": the interaction's token holds no longer, so the bot's own is used
 * - "elsewhere": the bot may not write there, or that place is gone: its asker gets it in another way
 * - "blocked": AutoMod did not let it through: its asker alone gets it
 * - "anew": the message is gone or can no longer be edited, so it is posted as a new one
 * - "unarchive": the thread sleeps; it is woken first
 * - "link": Discord takes no such file, so the message says where it can be downloaded
 * - "shorten": it is cut into smaller messages
 * - "refused": nothing works with this token; what is to be sent waits until it does
 * - "retry": it may work a little later
 * - "give up": it never will
 */
export type Handling =
  | "late"
  | "acknowledged"
  | "token"
  | "elsewhere"
  | "blocked"
  | "anew"
  | "unarchive"
  | "link"
  | "shorten"
  | "refused"
  | "retry"
  | "give up";

/** Every error of Discord's that we know, by its code: discord.com/developers/docs/topics/opcodes-and-status-codes. */
const handlings: Readonly<Record<number, Handling>> = {
  10003: "elsewhere", // unknown channel
  10004: "elsewhere", // unknown server
  10008: "anew", // unknown message
  10013: "give up", // unknown user
  10015: "token", // unknown webhook
  10062: "late", // unknown interaction
  20016: "retry", // slow mode
  20026: "give up", // the bot is quarantined
  20028: "retry", // too much was written in this channel
  20029: "retry", // too much was written in this server
  30046: "anew", // too many edits of a message older than an hour
  40001: "refused", // unauthorised
  40005: "link", // request entity too large
  40060: "acknowledged",
  50001: "elsewhere", // missing access
  50005: "anew", // another's message cannot be edited
  50006: "give up", // an empty message
  50007: "give up", // this person takes no direct messages
  50008: "elsewhere", // not a channel for text
  50013: "elsewhere", // missing permissions
  50027: "token", // expired or unknown token of an interaction
  50035: "shorten", // invalid form body
  50083: "unarchive",
  50278: "give up", // no server in common with this person
  160005: "elsewhere", // the thread is locked
  160006: "elsewhere", // too many threads
  200000: "blocked",
  200001: "blocked",
};

/** Discord's code of an error, or its HTTP status where it has none; 0 for one that is not Discord's. */
export const codeOf = (error: unknown): number => {
  if (error instanceof DiscordAPIError) return Number(error.code) || error.status;
  if (error instanceof RateLimitError) return 429;
  return error instanceof HTTPError ? error.status : 0;
};

/** How an error is handled; what is unknown is tried again, in case it passes. */
export const handlingOf = (error: unknown): Handling => {
  const code = codeOf(error);
  if (code === 401) return "refused";
  if (code === 413) return "link";
  return handlings[code] ?? "retry";
};

/** An error as the outbox understands it: given up, or tried again. */
export const forOutbox = (error: unknown): unknown => {
  if (error instanceof Undeliverable) return error;
  const handling = handlingOf(error);
  const isForGood = handling !== "retry" && handling !== "refused" && handling !== "late" && handling !== "token";
  return isForGood ? new Undeliverable(`Discord refused it for good: ${codeOf(error)}`, { cause: error }) : error;
};
