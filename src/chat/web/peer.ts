import { createHash, randomBytes } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { Peer } from "../message.ts";
import { type Env, Name, Named, parseJson, read, readBody } from "./asking.ts";

const KEY = "peerlab_key";
const NAME = "peerlab_name";
/** Browsers keep no cookie for longer. */
export const YEAR_SECONDS = 400 * 24 * 3600;

/** The id that others see. It is made from a key that only the peer's browser has, so nobody can speak in another's name. */
const idOf = (key: string) => `web-${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;

/** In a browser: whoever the cookies say. */
export const fromCookies: MiddlewareHandler<Env> = async (c, next) => {
  const key = getCookie(c, KEY);
  const { data: name } = Name.safeParse(getCookie(c, NAME));
  c.set("trusted", false);
  c.set("peer", key && name ? { id: idOf(key), name } : undefined);
  await next();
};

/** On the socket file, which only the owner of this Peerlab can open: whoever they say they are. */
export const fromRequest: MiddlewareHandler<Env> = async (c, next) => {
  const json = c.req.header("content-type")?.startsWith("application/json");
  const body = parseJson(json ? await c.req.text() : undefined) as { user?: unknown } | undefined;
  const user = body?.user ?? parseJson(c.req.query("user"));
  c.set("peer", user === undefined ? undefined : read(Named, user));
  c.set("trusted", true);
  await next();
};

/** Who am I, and the first visit's answer to it. The key lies in a cookie that no script can read. */
export const me = new Hono<Env>()
  .get("/", (c) => c.json({ user: c.get("peer") ?? null }))
  .post("/", async (c) => {
    const { name } = await readBody(c, z.object({ name: Name }));
    const key = getCookie(c, KEY) ?? randomBytes(24).toString("base64url");
    const options = {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      maxAge: YEAR_SECONDS,
      secure: new URL(c.req.url).protocol === "https:",
    } as const;
    setCookie(c, KEY, key, options);
    setCookie(c, NAME, name, options);
    const user: Peer = { id: idOf(key), name };
    return c.json({ user });
  });
