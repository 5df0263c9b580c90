import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { isLoopback } from "../../config.ts";
import { UserError } from "../../errors.ts";
import type { Space } from "../../store/space.ts";
import { type Env, readBody } from "./asking.ts";
import { YEAR_SECONDS } from "./peer.ts";

const COOKIE = "peerlab_token";
const sha256 = (text: string) => createHash("sha256").update(text).digest();
/** Compares in a time that tells nothing about how much of it was right. */
const same = (one: string, other: string) => timingSafeEqual(sha256(one), sha256(other));
/** The cookie does not hold the token itself, which may be used elsewhere too. */
const passOf = (token: string) => sha256(`peerlab web chat ${token}`).toString("hex");

/** Names that resolve to this machine whatever a name server says. Anything else may be a page of somebody else's. */
export const onlyLoopback: MiddlewareHandler = async (c, next) => {
  const { hostname } = new URL(c.req.url);
  if (!isLoopback(hostname)) throw new UserError("foreign_page", { got: hostname });
  await next();
};

/** Changes come from our own page or from a program, never from another page that is open in the same browser. */
export const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header("origin");
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== new URL(c.req.url).host);
  if (c.req.method !== "GET" && foreign) throw new UserError("foreign_page", { got: origin });
  await next();
};

/** Lets in who has the token, as a cookie from `logIn` or as `Authorization: Bearer`. */
export const onlyWithToken =
  (token: string): MiddlewareHandler =>
  async (c, next) => {
    const bearer = c.req.header("authorization")?.match(/^Bearer (.+)$/)?.[1];
    const pass = getCookie(c, COOKIE);
    const known = (bearer !== undefined && same(bearer, token)) || (pass !== undefined && same(pass, passOf(token)));
    if (!known) throw new UserError("token_needed", { given: bearer !== undefined });
    await next();
  };

/** Takes nothing that would fill the disk any further. A job may still be cancelled. */
export const onlyWithSpace =
  (space: Space): MiddlewareHandler =>
  async (c, next) => {
    const adds = c.req.method !== "GET" && !c.req.path.endsWith("/cancel");
    if (adds) await space.demand(Number(c.req.header("content-length") ?? 0));
    await next();
  };

/** Takes the token from the page's form, once for each browser. */
export const logIn = (token: string) => async (c: Context<Env>) => {
  const given = await readBody(c, z.object({ token: z.string().max(1000) }));
  if (!same(given.token.trim(), token)) throw new UserError("token_needed", { given: true });
  const secure = new URL(c.req.url).protocol === "https:";
  setCookie(c, COOKIE, passOf(token), { httpOnly: true, sameSite: "Strict", path: "/", maxAge: YEAR_SECONDS, secure });
  return c.json({ ok: true });
};
