import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, UserError } from "../../errors.ts";
import type { Health } from "../../health.ts";
import type { Log } from "../../log.ts";
import type { Space } from "../../store/space.ts";
import { apologise } from "../answer.ts";
import { MAX_FILE_MB } from "../limits.ts";
import type { Bot } from "../message.ts";
import { type Env, langOf } from "./asking.ts";
import { blobs } from "./blobs.ts";
import { events } from "./events.ts";
import { logIn, onlyLoopback, onlyOwnPage, onlyWithSpace, onlyWithToken } from "./guard.ts";
import { builtPage, page } from "./page.ts";
import { fromCookies, fromRequest, me } from "./peer.ts";
import { rooms } from "./rooms.ts";
import { talk } from "./talk.ts";
import { uploads } from "./uploads.ts";

export interface WebOptions {
  maxImageMb: number;
  log: Log;
  /** What /healthz answers. */
  health?: () => Promise<Health>;
  /** Without room on this disk nothing new is taken. */
  space?: Space;
  /** What everybody has to know, where others can reach this address. Without it, only this machine's names are answered. */
  token?: string | undefined;
  /** For the socket file: only this machine's user can open it, so requests say themselves who asks. */
  trusted?: boolean;
  /** The folder of the built page. */
  folder?: string;
}

const statuses: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  token_needed: 401,
  name_needed: 401,
  foreign_page: 403,
  not_here: 404,
  gone: 404,
  too_large: 413,
  resting: 503,
  no_space: 507,
};

/** The bot over HTTP: the page, and the API that the page and `ask` use. Without a bot, a sentence that says that it rests. */
export const webApp = (
  bot: Bot | undefined,
  { maxImageMb, log, health, space, token, trusted = false, folder = builtPage }: WebOptions,
): Hono<Env> => {
  const app = new Hono<Env>();
  app.onError((error, c) => {
    const code = error instanceof UserError ? error.mistake.code : "ours";
    // What is left of a refused upload is not read, so the connection cannot be used again.
    if (code === "too_large") c.header("connection", "close");
    const { reply } = apologise(error, { lang: langOf(c), id: c.req.path }, log);
    return c.json({ error: reply.text, code }, code === "ours" ? 500 : (statuses[code] ?? 400));
  });
  if (health) {
    app.get("/healthz", async (c) => {
      const found = await health();
      return c.json(found, found.ok ? 200 : 503);
    });
  }
  app.use(secureHeaders({ xFrameOptions: "DENY", strictTransportSecurity: false }));
  if (!trusted && !token) app.use(onlyLoopback);
  if (!trusted) app.use(onlyOwnPage);

  const api = new Hono<Env>();
  api.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  if (token) api.post("/login", logIn(token)).use(onlyWithToken(token));
  api.use(trusted ? fromRequest : fromCookies);
  api.route("/me", me);
  if (space) api.use(onlyWithSpace(space));
  if (bot) {
    api.route("/upload", uploads(bot, maxImageMb)).route("/blobs", blobs(bot)).route("/events", events(bot));
    api.route("/", rooms(bot, { imageMb: maxImageMb, fileMb: MAX_FILE_MB })).route("/", talk(bot));
  } else {
    api.all("/*", () => {
      throw new UserError("resting", {});
    });
  }
  app.route("/api", api);
  app.all("/api/*", (c) => {
    throw new UserError("not_here", { what: c.req.path });
  });
  app.route("/", page(folder));
  return app;
};
