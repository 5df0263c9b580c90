import { Hono } from "hono";
import { z } from "zod";
import { LOCAL_GROUP } from "../../place.ts";
import type { Bot } from "../bot.ts";
import type { WebChat } from "./chat.ts";
import { describeCommands } from "./describe.ts";
import { type Env, Id, langOf, parseJson, peerOf, read, readBody, Words } from "./input.ts";

const Suggest = z.object({
  command: Words(60),
  option: Words(60),
  typed: Words(200).default(""),
  /** The other options that are filled in, as JSON. */
  given: Words(4000)
    .transform(parseJson)
    .pipe(z.record(Words(60), Words(4000)))
    .default({}),
  channel: Id,
});

/** What can be looked at: commands, channels, their history, what is searched for in it, and values for an option while it is typed. */
export const channels = (bot: Bot, chat: WebChat, limits: { imageMb: number; fileMb: number }) =>
  new Hono<Env>()
    .get("/commands", (c) => c.json({ commands: describeCommands(bot.commands), limits }))
    .get("/channels", async (c) => c.json({ channels: await chat.channels() }))
    .post("/channels", async (c) => {
      peerOf(c);
      const { name } = await readBody(c, z.object({ name: Words(40).trim().normalize().min(1) }));
      return c.json({ channel: await chat.openChannel(name) });
    })
    .get("/channels/:id/messages", async (c) => {
      const before = read(Id.optional(), c.req.query("before") || undefined);
      return c.json({ messages: await chat.history(read(Id, c.req.param("id")), peerOf(c), before) });
    })
    .get("/channels/:id/search", async (c) => {
      const text = read(Words(200), c.req.query("text") ?? "");
      return c.json({ messages: await chat.search(read(Id, c.req.param("id")), peerOf(c), text) });
    })
    .get("/suggest", async (c) => {
      const { channel, ...wanted } = read(Suggest, c.req.query());
      const place = { adapter: "web", group: LOCAL_GROUP, channel } as const;
      return c.json({
        choices: await bot.suggest({ ...wanted, user: peerOf(c), place, lang: langOf(c) }),
      });
    });
