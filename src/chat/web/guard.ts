import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import { isLoopback } from "../../config.ts";
import { UserError } from "../../errors.ts";
import type { Space } from "../../space.ts";
import { addressOf } from "./address.ts";
import { openAttempts } from "./attempts.ts";
import { type Env, readBody } from "./input.ts";
import { YEAR_SECONDS } from "./peer.ts";

const COOKIE = "peerlab_token";
const sha256 = (text: string) => createHash("sha256").update(text).digest();
/** Compares in a time that tells nothing about how much of it was right. */
const same = (one: string, other: string) => timingSafeEqual(sha256(one), sha256(other));

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

/**
 * The guard of a Peerlab with a token: `logIn` takes it from the page's form, once for each browser, and `onlyWithToken` lets in
 * who has it, by the cookie from `logIn` or as `Authorization: Bearer`. Wrong tokens soon have to wait. The cookie is made with
 * `secret`, so that nobody can guess tokens by making cookies, and so that it counts even where somebody else is guessing.
 */
export const openTokenGuard = (token: string, secret: string, wrongTokens: number) => {
  const pass = createHmac("sha256", secret).update(`peerlab web chat ${token}`).digest("hex");
  const attempts = openAttempts(wrongTokens);
  const check = (c: Context, given: string) => {
    const address = addressOf(c);
    const seconds = attempts.wait(address);
    if (seconds > 0) throw new UserError("too_many_tries", { seconds });
    if (same(given, token)) return;
    attempts.wrong(address);
    throw new UserError("token_needed", { given: true });
  };
  const onlyWithToken: MiddlewareHandler<Env> = async (c, next) => {
    const bearer = c.req.header("authorization")?.match(/^Bearer (.+)$/)?.[1];
    const shown = getCookie(c, COOKIE);
    if (shown === undefined || !same(shown, pass)) {
      if (bearer === undefined) throw new UserError("token_needed", { given: false });
      check(c, bearer);
    }
    await next();
  };
  const logIn = async (c: Context<Env>) => {
    const given = await readBody(c, z.object({ token: z.string().max(1000) }));
    check(c, given.token.trim());
    const secure = new URL(c.req.url).protocol === "https:";
    setCookie(c, COOKIE, pass, { httpOnly: true, sameSite: "Strict", path: "/", maxAge: YEAR_SECONDS, secure });
    return c.json({ ok: true });
  };
  return { onlyWithToken, logIn };
};

/** Takes nothing that would fill the disk any further. A job may still be cancelled. */
export const onlyWithSpace =
  (space: Space): MiddlewareHandler =>
  async (c, next) => {
    const adds = c.req.method !== "GET" && !c.req.path.endsWith("/cancel");
    if (adds) await space.demand(Number(c.req.header("content-length") ?? 0));
    await next();
  };
