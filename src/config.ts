import { availableParallelism, homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type ProviderName, providerNames } from "./providers.ts";

const Url = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  /** Folder of everything that must survive a restart: tables, queue, blobs. */
  PEERLAB_HOME: z.string().default("./data"),
  PEERLAB_HOST: z.string().default("127.0.0.1"),
  PEERLAB_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Where peers reach the web chat, for links to it: for a server behind a proxy, or one that others reach by a name. */
  PEERLAB_WEB_URL: Url.optional(),
  /** Needed for any address but loopback; asked for once by the web chat. */
  PEERLAB_WEB_TOKEN: z.string().min(16).optional(),
  /** How many wrong tokens one address may try before the next has to wait half a minute. */
  PEERLAB_WRONG_TOKENS: z.coerce.number().int().min(1).default(10),
  /** Moves the queue to Redis, so that workers can run on other machines. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  PEERLAB_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Largest picture a peer may upload, in megabytes (10^6 bytes). */
  PEERLAB_MAX_IMAGE_MB: z.coerce.number().min(1).max(200).default(25),
  /** What one person may upload within 24 hours, in megabytes. */
  PEERLAB_UPLOAD_MB_PER_DAY: z.coerce.number().min(1).default(2000),
  /** A worker child above this much memory is replaced by a fresh one when its job is done. */
  PEERLAB_CHILD_MB: z.coerce.number().min(200).default(1500),
  /** A worker child that has had nothing to do for so long gives its memory back; the next job begins another. */
  PEERLAB_CHILD_IDLE_MINUTES: z.coerce.number().positive().default(5),
  /** Private memory that no worker child gets more of, in megabytes; a job that needs more is stopped. Linux only. */
  PEERLAB_CHILD_MAX_MB: z.coerce.number().int().min(1000).default(4000),
  /** Where models compute, best first: "cuda,cpu" or "webgpu,cpu" on a machine with a GPU. */
  PEERLAB_ONNX_PROVIDERS: z
    .string()
    .default("cpu")
    .transform((text) => text.split(",").map((it) => it.trim()))
    .pipe(z.array(z.enum(providerNames)).min(1)),
  /** How many augmentation jobs run side by side on this machine. */
  PEERLAB_IMAGE_CHILDREN: z.coerce.number().int().min(1).max(64).default(Math.min(4, availableParallelism())),
  PEERLAB_INFER_CHILDREN: z.coerce.number().int().min(1).max(64).default(Math.min(2, availableParallelism())),
  /** How many requests of one person may wait at a time; more are refused, so that everybody gets a turn. */
  PEERLAB_WAITING_PER_PERSON: z.coerce.number().int().min(1).default(40),
  /** After so many days the pictures of a message and its answer leave, unless somebody labelled them. "forever" keeps them. */
  PEERLAB_KEEP_DAYS: z
    .union([z.literal("forever").transform(() => Number.POSITIVE_INFINITY), z.coerce.number().min(1)])
    .default(180),
  /** Folder of the published data sets; training may read it. */
  PEERLAB_DATA: z.string().default(join(homedir(), ".cache", "peerlab")),
  /** Share of each preset's work that a run may do, for machines that are too slow for a preset's time. */
  PEERLAB_WORK_SHARE: z.coerce.number().min(0.001).max(1).default(1),
  /** Below this much free disk, in megabytes (10^6 bytes), nothing new is taken, so that what was begun can be finished. */
  PEERLAB_MIN_FREE_MB: z.coerce.number().min(1).default(200),
  /** The bot's token; with it, Peerlab is on Discord. */
  DISCORD_TOKEN: z.string().min(1).optional(),
  /** Where Discord's API is, without its version: for a proxy. */
  DISCORD_API_URL: Url.optional(),
  /** The bot's token, `xoxb-…`; with it and one of the two next, Peerlab is on Slack. */
  SLACK_BOT_TOKEN: z.string().startsWith("xoxb-").optional(),
  /** For Socket Mode, which needs no public address: the app-level token, `xapp-…`, with `connections:write`. */
  SLACK_APP_TOKEN: z.string().startsWith("xapp-").optional(),
  /** For HTTP, where Slack calls us: the secret with which it signs. */
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  /** For HTTP: the port at which Slack's calls arrive. */
  SLACK_PORT: z.coerce.number().int().min(0).max(65535).default(3001),
  /** Where Slack's Web API is, with a slash at its end: for a proxy. */
  SLACK_API_URL: Url.optional(),
});

/** How Slack reaches us: over sockets that we open, or by calls to a port of ours. */
export type SlackMode = { socket: { appToken: string } } | { http: { signingSecret: string; port: number } };

const slackMode = (data: z.infer<typeof Environment>): SlackMode | undefined => {
  if (data.SLACK_APP_TOKEN) return { socket: { appToken: data.SLACK_APP_TOKEN } };
  if (data.SLACK_SIGNING_SECRET) return { http: { signingSecret: data.SLACK_SIGNING_SECRET, port: data.SLACK_PORT } };
  return undefined;
};

/** What settings were called before. They go on working. */
const formerNames: Readonly<Record<string, keyof z.infer<typeof Environment>>> = {
  PEERLAB_STUDIO_CHILDREN: "PEERLAB_IMAGE_CHILDREN",
};

/** Everything that can be configured, with the defaults filled in. */
export interface Config {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly webUrl: string;
  readonly webToken: string | undefined;
  readonly wrongTokens: number;
  readonly redisUrl: string | undefined;
  readonly log: z.infer<typeof Environment>["PEERLAB_LOG"];
  readonly maxImageMb: number;
  readonly uploadMbPerDay: number;
  readonly childMb: number;
  readonly childIdleMinutes: number;
  readonly childMaxMb: number;
  readonly imageChildren: number;
  readonly inferChildren: number;
  readonly minFreeMb: number;
  readonly dataFolder: string;
  readonly workShare: number;
  readonly providers: readonly ProviderName[];
  readonly waitingPerPerson: number;
  /** Undefined where Peerlab is not on Discord. */
  readonly discord: { token: string; apiUrl: string | undefined } | undefined;
  /** Undefined where Peerlab is not on Slack. */
  readonly slack: { botToken: string; mode: SlackMode; apiUrl: string | undefined } | undefined;
  /** Infinity keeps pictures for good. */
  readonly keepDays: number;
  /** What whoever set the environment should know, a sentence each: to be logged once. */
  readonly notices: readonly string[];
  /** The environment for worker children: ours without the secrets, which a peer's model must never get to see. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

/** What must reach neither a child, a log nor the database. */
const secret = /TOKEN|SECRET|PASSWORD|_URL$/;

/** Whether a host name means this machine itself, whatever a name server says. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);

/** "http://127.0.0.1:3000", with brackets around an IPv6 address. */
export const httpAddress = (host: string, port: number): string => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Reads the environment once. Pure: pass any record in a test. Throws with every problem at once. */
export const loadConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const former = Object.entries(formerNames).filter(([name]) => given[name] !== undefined);
  const set = { ...Object.fromEntries(former.map(([name, now]) => [now, given[name]])), ...given };
  const { data, error } = Environment.safeParse(set);
  const problems =
    error?.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return secret.test(name) ? `${name}: ${message}` : `${path.join(".")}: ${message}, got ${JSON.stringify(set[name])}`;
    }) ?? [];
  if (data && !isLoopback(data.PEERLAB_HOST) && !data.PEERLAB_WEB_TOKEN) {
    problems.push(
      `PEERLAB_WEB_TOKEN: needed because PEERLAB_HOST is ${data.PEERLAB_HOST}, which others can reach; set 16 or more characters`,
    );
  }
  const mode = data && slackMode(data);
  if (data?.SLACK_BOT_TOKEN && !mode)
    problems.push("SLACK_APP_TOKEN: needed beside SLACK_BOT_TOKEN for Socket Mode; set SLACK_SIGNING_SECRET instead for HTTP");
  if (!data || problems.length > 0) throw new Error(`Bad environment:\n  ${problems.join("\n  ")}`);
  const { DISCORD_TOKEN: discordToken, SLACK_BOT_TOKEN: slackToken } = data;
  return Object.freeze({
    home: resolve(data.PEERLAB_HOME),
    host: data.PEERLAB_HOST,
    port: data.PEERLAB_PORT,
    webUrl: data.PEERLAB_WEB_URL ?? httpAddress(data.PEERLAB_HOST, data.PEERLAB_PORT),
    webToken: data.PEERLAB_WEB_TOKEN,
    wrongTokens: data.PEERLAB_WRONG_TOKENS,
    redisUrl: data.REDIS_URL,
    log: data.PEERLAB_LOG,
    maxImageMb: data.PEERLAB_MAX_IMAGE_MB,
    uploadMbPerDay: data.PEERLAB_UPLOAD_MB_PER_DAY,
    childMb: data.PEERLAB_CHILD_MB,
    childIdleMinutes: data.PEERLAB_CHILD_IDLE_MINUTES,
    childMaxMb: data.PEERLAB_CHILD_MAX_MB,
    imageChildren: data.PEERLAB_IMAGE_CHILDREN,
    inferChildren: data.PEERLAB_INFER_CHILDREN,
    minFreeMb: data.PEERLAB_MIN_FREE_MB,
    dataFolder: resolve(data.PEERLAB_DATA),
    workShare: data.PEERLAB_WORK_SHARE,
    providers: data.PEERLAB_ONNX_PROVIDERS,
    waitingPerPerson: data.PEERLAB_WAITING_PER_PERSON,
    keepDays: data.PEERLAB_KEEP_DAYS,
    discord: discordToken ? { token: discordToken, apiUrl: data.DISCORD_API_URL } : undefined,
    slack: slackToken && mode ? { botToken: slackToken, mode, apiUrl: data.SLACK_API_URL } : undefined,
    notices: former.map(([name, now]) => `${name} is called ${now} now; please rename it`),
    childEnvironment: Object.fromEntries(
      Object.entries(env).filter((it): it is [string, string] => it[1] !== undefined && !secret.test(it[0])),
    ),
  });
};
