import { type Context, Hono } from "hono";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { FileRef } from "../../files.ts";
import { LOCAL_GROUP } from "../../place.ts";
import { languages } from "../../text.ts";
import type { Bot } from "../bot.ts";
import { MAX_FILES } from "../limits.ts";
import type { Peer } from "../request.ts";
import { asksAbout } from "../understand.ts";
import type { WebChat } from "./chat.ts";
import { type Env, Id, langOf, peerOf, read, readBody, Words } from "./input.ts";

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
/** A request, as text or taken apart. */
export const Asked = Said.extend({
  lang: z.enum(languages).default("en"),
  input: z.union([Words(8000), z.object({ command: Words(60), args: Args })]),
});
const Spoken = Said.extend({ text: Words(8000) });
const Place = z.int().min(0).max(100);
const Press = z.object({
  id: z.uuid(),
  message: Id,
  /** What the presser saw, since the message may have changed meanwhile. */
  delivery: Id.optional(),
  lang: z.enum(languages).default("en"),
});
/** A press of a button. */
export const PressedButton = Press.extend({ button: Place });
/** A press of a button, or of a control with a value. */
const Pressed = z.union([PressedButton, Press.extend({ control: Place, value: z.number() })]);
/** The longest that a request for an outcome is held open; the asker asks again. */
const Wait = z.coerce.number().min(0).max(60).default(0);

/** Leaves out a reply to nothing: the bot's types want the field absent, not undefined. */
export const tidy = <T extends { replyTo?: string | undefined }>({
  replyTo,
  ...it
}: T): Omit<T, "replyTo"> & { replyTo?: string } => ({
  ...it,
  ...(replyTo ? { replyTo } : {}),
});

const viewer = (c: Context<Env>) => ({ userId: peerOf(c).id, groupId: LOCAL_GROUP });
const pressedBy = ({ delivery, ...pressed }: z.infer<typeof Pressed>, user: Peer) => ({
  ...{ ...pressed, user },
  ...(delivery ? { delivery } : {}),
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
      // A picture, alone or with a question, is asked about; any other talk is among people.
      if (asksAbout(said.text, said.files)) {
        const { text: input, ...asked } = said;
        return c.json(await chat.ask({ ...asked, input, lang: langOf(c), user: peerOf(c) }));
      }
      return c.json({ message: await chat.say({ ...said, user: peerOf(c) }) });
    })
    .post("/press", async (c) => c.json(await chat.press(pressedBy(await readBody(c, Pressed), peerOf(c)))))
    .post("/look", async (c) => c.json(await chat.look(pressedBy(await readBody(c, Pressed), peerOf(c)))))
    .post("/requests/:id/cancel", async (c) => c.json({ cancelled: await bot.cancel(read(Id, c.req.param("id")), viewer(c)) }))
    .get("/requests/:id", async (c) => {
      const id = read(Id, c.req.param("id"));
      const outcome = await bot.outcome(id, read(Wait, c.req.query("wait")), viewer(c));
      if (!outcome) throw new UserError("not_here", { what: id });
      return c.json(outcome);
    });
