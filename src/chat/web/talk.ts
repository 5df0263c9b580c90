import { Hono } from "hono";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { FileRef } from "../../files.ts";
import { languages } from "../../text.ts";
import type { Ask, Bot } from "../message.ts";
import { type Env, peerOf, read, readBody } from "./asking.ts";

const MAX_FILES = 16;
const Id = z.uuid();
const Said = z.object({
  id: Id,
  channel: z.string().min(1).max(80),
  files: z.array(FileRef).max(MAX_FILES).default([]),
  replyTo: z.string().max(80).optional(),
});
const Args = z.record(z.string(), z.union([FileRef, z.array(FileRef), z.string(), z.number()]));
const Asked = Said.extend({
  lang: z.enum(languages).default("en"),
  wish: z.union([z.string().max(8000), z.object({ command: z.string().max(60), args: Args })]),
});
const Spoken = Said.extend({ text: z.string().max(8000) });
const Pressed = z.object({
  id: Id,
  message: z.string().max(80),
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
export const talk = (bot: Bot) =>
  new Hono<Env>()
    .post("/ask", async (c) => {
      const ask = tidy(await readBody(c, Asked));
      return c.json(await bot.ask({ ...ask, user: peerOf(c) } satisfies Ask));
    })
    .post("/say", async (c) => {
      const said = tidy(await readBody(c, Spoken));
      return c.json({ message: await bot.say({ ...said, user: peerOf(c) }) });
    })
    .post("/press", async (c) => c.json(await bot.press({ ...(await readBody(c, Pressed)), user: peerOf(c) })))
    .post("/requests/:id/cancel", async (c) => c.json({ cancelled: await bot.cancel(c.req.param("id"), peerOf(c)) }))
    .get("/requests/:id", async (c) => {
      const outcome = await bot.outcome(c.req.param("id"), read(Wait, c.req.query("wait")), peerOf(c));
      if (!outcome) throw new UserError("not_here", { what: c.req.param("id") });
      return c.json(outcome);
    });
