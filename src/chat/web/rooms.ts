import { Hono } from "hono";
import { z } from "zod";
import type { Bot } from "../message.ts";
import { type Env, langOf, peerOf, read, readBody } from "./asking.ts";
import { describeCommands } from "./describe.ts";

const Suggest = z.object({
  command: z.string().max(60),
  option: z.string().max(60),
  typed: z.string().max(200).default(""),
  channel: z.string().max(80),
});

/** What can be looked at: commands, channels, their history, and values for an option while it is typed. */
export const rooms = (bot: Bot, limits: { imageMb: number; fileMb: number }) =>
  new Hono<Env>()
    .get("/commands", (c) => c.json({ commands: describeCommands(bot.commands), limits }))
    .get("/channels", async (c) => c.json({ channels: await bot.channels() }))
    .post("/channels", async (c) => {
      peerOf(c);
      const { name } = await readBody(c, z.object({ name: z.string().trim().normalize().min(1).max(40) }));
      return c.json({ channel: await bot.openChannel(name) });
    })
    .get("/channels/:id/messages", async (c) =>
      c.json({ messages: await bot.history(c.req.param("id"), peerOf(c), c.req.query("before")) }),
    )
    .get("/suggest", async (c) => {
      const wanted = read(Suggest, c.req.query());
      return c.json({ choices: await bot.suggest({ ...wanted, user: peerOf(c), lang: langOf(c) }) });
    });
