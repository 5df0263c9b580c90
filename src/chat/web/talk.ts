import { Hono } from "hono";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { FileRef } from "../../files.ts";
import { languages } from "../../text.ts";
import type { Bot } from "../bot.ts";
import { MAX_FILES } from "../limits.ts";
import { type Env, Id, peerOf, read, readBody, Words } from "./asking.ts";
import type { WebChat } from "./chat.ts";

const MAX_OPTIONS = 40;
const Said = z.object({
  id: z.uuid(),
  channel: Id,
  files: z.array(FileRef).max(MAX_FILES).default([]),
  replyTo: z.literal("").or(Id).optional(),
});
const Args = z
  .record(
    z.string().regex(/^[\p{L}\p{N}_-]{1,60}$/u),
    z.union([FileRef, z.array(FileRef).max(MAX_FILES), Words(8000), z.number()]),
  )
  .refine((it) => Object.keys(it).length <= MAX_OPTIONS, `more than ${MAX_OPTIONS} options`);
const Asked = Said.extend({
  lang: z.enum(languages).default("en"),
  input: z.union([Words(8000), z.object({ command: Words(60), args: Args })]),
});
const Spoken = Said.extend({ text: Words(8000) });
const Pressed = z.object({
  id: z.uuid(),
  message: Id,
  button: z.int().min(0).max(100),
  lang: z.enum(languages).default("en"),
});
/** The longest that a request for an outcome is held open; the asker asks again. */
const Wait = z.coerce.number().min(0).max(60).default(0);

/** Leaves out a reply to nothing: the bot's types want the field absent, not undefined. */
const tidy = <T extends { replyTo?: string | undefined }>({ replyTo, ...it }: T): Omit<T, "replyTo"> & { replyTo?: string } => ({
  ...it,
  ...(replyTo ? { replyTo } : {}),
});

/** What can be said and done: ask, say, press a button, cancel, wait for the outcome. */
export const talk = (bot: Bot, chat: WebChat) =>
  new Hono<Env>()
    .post("/ask", async (c) => {
      const ask = tidy(await readBody(c, Asked));
      return c.json(await chat.ask({ ...ask, user: peerOf(c) }));
    })
    .post("/say", async (c) => {
      const said = tidy(await readBody(c, Spoken));
      return c.json({ message: await chat.say({ ...said, user: peerOf(c) }) });
    })
    .post("/press", async (c) => c.json(await chat.press({ ...(await readBody(c, Pressed)), user: peerOf(c) })))
    .post("/requests/:id/cancel", async (c) => c.json({ cancelled: await bot.cancel(read(Id, c.req.param("id")), peerOf(c)) }))
    .get("/requests/:id", async (c) => {
      const id = read(Id, c.req.param("id"));
      const outcome = await bot.outcome(id, read(Wait, c.req.query("wait")), peerOf(c));
      if (!outcome) throw new UserError("not_here", { what: id });
      return c.json(outcome);
    });
