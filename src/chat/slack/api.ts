import { setTimeout } from "node:timers/promises";
import { webApi } from "@slack/bolt";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";

export type SlackConfig = NonNullable<Config["slack"]>;
type Client = webApi.WebClient;

const TIMEOUT_MS = 60_000;
/** Slack asks for seconds; longer than this nobody is made to wait in one go. */
const LONGEST_WAIT_S = 60;

/** Slack's logger, on our log. What it says on its own at "debug" and "info" has tokens in its neighbourhood, and is dropped. */
export const quietLogger = (log: Pick<Log, "warn">): webApi.Logger => ({
  debug: () => {},
  info: () => {},
  warn: (...said) => log.warn({ adapter: "slack", said: said.map(String).join(" ") }, "what Slack's library says"),
  error: (...said) => log.warn({ adapter: "slack", said: said.map(String).join(" ") }, "what Slack's library says"),
  setLevel: () => {},
  getLevel: () => webApi.LogLevel.WARN,
  setName: () => {},
});

/** Slack's Web API with our patience. */
export interface SlackApi {
  /**
   * Calls Slack. Where it asks us to wait, this does, unless `mayDrop` is set: then the error is thrown. It tries nothing twice that may have
   * been done.
   */
  call<T>(method: (client: Client) => Promise<T>, options?: { mayDrop?: true }): Promise<T>;
  /** Where files may be fetched from with our token: Slack's own hosts, and the API's where that is another. */
  isOwnHost(url: string): boolean;
  token: string;
}

/** `onError` hears of every refusal, so that one that concerns the token is noticed wherever it happens. */
export const openApi = (
  { botToken, apiUrl }: SlackConfig,
  { log, signal, onError }: { log: Log; signal: AbortSignal; onError(error: unknown): void },
): SlackApi => {
  const client = new webApi.WebClient(botToken, {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    logger: quietLogger(log),
    // We wait ourselves: the library would hold up every other call meanwhile, that which opens a modal within 3 s among them.
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
  });
  const ownOrigin = apiUrl && new URL(apiUrl).origin;
  return {
    token: botToken,
    call: async (method, { mayDrop } = {}) => {
      for (;;) {
        try {
          return await method(client);
        } catch (error) {
          onError(error);
          if (mayDrop || !(error instanceof webApi.WebAPIRateLimitedError)) throw error;
          await setTimeout(Math.min(error.retryAfter, LONGEST_WAIT_S) * 1000, undefined, { signal, ref: false });
        }
      }
    },
    isOwnHost: (url) => {
      const { protocol, hostname, origin } = new URL(url);
      return origin === ownOrigin || (protocol === "https:" && /(^|\.)slack\.com$/.test(hostname));
    },
  };
};
