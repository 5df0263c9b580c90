import { createHash, randomBytes } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Bot } from "../bot.ts";
import { cleanedName } from "../names.ts";
import type { Peer } from "../request.ts";
import { type Env, Id, parseJson, read, readBody, readText } from "./input.ts";

const KEY = "peerlab_key";
/** Longer than any that is given out. */
const MAX_KEY = 100;
/** Browsers keep no cookie for longer. */
export const YEAR_SECONDS = 400 * 24 * 3600;

const Named = z.object({ id: Id, name: z.string().max(200) });

/** The id that others see. It is made from a key that only the peer's browser has, so nobody can speak in another's name. */
const idOf = (key: string) => `web-${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;

/** In a browser: the name that belongs to the cookie's key. The name itself is in no cookie, where anybody could write it. */
export const fromCookies =
  (bot: Bot): MiddlewareHandler<Env> =>
  async (c, next) => {
    const key = getCookie(c, KEY);
    c.set("trusted", false);
    c.set("peer", key ? await bot.person(idOf(key)) : undefined);
    await next();
  };

/** Who a program on the socket file says that it is. */
export const trustedPeer = (said: unknown): Peer => {
  const { id, name } = read(Named, said);
  return { id, name: cleanedName(name) };
};

/** On the socket file, which only the owner of this Peerlab can open: whoever they say they are. */
export const fromRequest: MiddlewareHandler<Env> = async (c, next) => {
  const json = c.req.header("content-type")?.startsWith("application/json");
  const body = parseJson(json ? await readText(c) : undefined) as { user?: unknown } | null | undefined;
  const user = body?.user ?? parseJson(c.req.query("user"));
  c.set("peer", user === undefined ? undefined : trustedPeer(user));
  c.set("trusted", true);
  await next();
};

/** Who am I, and the first visit's answer to it. The key lies in a cookie that no script can read. */
export const me = (bot: Bot) =>
  new Hono<Env>()
    .get("/", (c) => c.json({ user: c.get("peer") ?? null }))
    .post("/", async (c) => {
      const { name } = await readBody(c, z.object({ name: z.string().max(200) }));
      const known = getCookie(c, KEY);
      const key = known && known.length <= MAX_KEY ? known : randomBytes(24).toString("base64url");
      const user = await bot.claimName(idOf(key), name);
      const secure = new URL(c.req.url).protocol === "https:";
      setCookie(c, KEY, key, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: YEAR_SECONDS, secure });
      return c.json({ user });
    });
