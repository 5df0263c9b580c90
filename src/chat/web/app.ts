import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type ErrorCode, UserError } from "../../errors.ts";
import type { Health } from "../../health.ts";
import type { Log } from "../../log.ts";
import { plainText } from "../../richText.ts";
import type { Space } from "../../space.ts";
import { describeError } from "../answer.ts";
import type { Bot } from "../bot.ts";
import { MAX_FILE_MB } from "../limits.ts";
import type { Terminal } from "../terminal/adapter.ts";
import { blobs, linkedFiles } from "./blobs.ts";
import { channels } from "./channels.ts";
import type { WebChat } from "./chat.ts";
import { events } from "./events.ts";
import type { FileLinks } from "./fileLinks.ts";
import { onlyLoopback, onlyOwnPage, onlyWithSpace, openTokenGuard } from "./guard.ts";
import { type Env, langOf } from "./input.ts";
import { builtPage, page } from "./page.ts";
import { fromCookies, fromRequest, me } from "./peer.ts";
import { talk } from "./talk.ts";
import { terminalRoutes } from "./terminalRoutes.ts";
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
  /** What the cookies of those who know the token are made with; with another one everybody is asked for the token again. */
  secret?: string;
  /** How many wrong tokens one address may try before the next has to wait. */
  wrongTokens?: number;
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
  request_too_large: 413,
  too_much_today: 413,
  too_many_tries: 429,
  resting: 503,
  no_space: 507,
};

/** What the web server serves: a bot that is open, and what its adapters and file links offer over HTTP. */
export interface Served {
  bot: Bot;
  adapters: { web: WebChat; terminal: Terminal };
  links: FileLinks;
}

/** The bot over HTTP: the page, and the API that the page and `ask` use. Without a bot, a sentence that says that it rests. */
export const webApp = (open: Served | undefined, options: WebOptions): Hono<Env> => {
  const { maxImageMb, log, health, space, token, secret = randomBytes(32).toString("hex") } = options;
  const { trusted = false, folder = builtPage, wrongTokens = 10 } = options;
  const app = new Hono<Env>();
  app.onError((error, c) => {
    const mistake = error instanceof UserError ? error.mistake : undefined;
    const status = mistake ? (statuses[mistake.code] ?? 400) : 500;
    // What is left of a refused body is not read, so the connection cannot be used again.
    if (status === 413) c.header("connection", "close");
    if (mistake?.code === "too_many_tries") c.header("retry-after", String(mistake.facts.seconds));
    const { reply } = describeError(error, { lang: langOf(c), id: c.req.path }, log);
    return c.json({ error: plainText(reply.text), code: mistake?.code ?? "ours" }, status);
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
  // Nothing reads what a request brings before it is known to come from our page and from somebody with the token.
  if (token) {
    const guard = openTokenGuard(token, secret, wrongTokens);
    api.post("/login", guard.logIn).use(guard.onlyWithToken);
  }
  if (space) api.use(onlyWithSpace(space));
  if (open) {
    const { bot, adapters, links } = open;
    const { web, terminal } = adapters;
    app.route("/files", linkedFiles(links));
    api.use(trusted ? fromRequest : fromCookies(bot));
    api.route("/me", me(bot)).route("/upload", uploads(bot)).route("/blobs", blobs(bot)).route("/events", events(web));
    api.route("/", channels(bot, web, { imageMb: maxImageMb, fileMb: MAX_FILE_MB })).route("/", talk(bot, web));
    if (trusted) api.route("/terminal", terminalRoutes(terminal));
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
