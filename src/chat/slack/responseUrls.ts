import type { ReplyToken } from "../../store/requests.ts";
import type { SlackApi } from "./api.ts";
import type { Block } from "./blocks.ts";
import { SlackRefusal } from "./errors.ts";

/** Slack takes a response_url for half an hour; ours holds a little less, for what takes time. */
const HOLDS_MS = 29 * 60_000;
/** And five times. */
const MOST_USES = 5;

/** A response_url as the token of a request: with it an answer only its asker sees can be sent, and replaced. */
export const tokenOf = (url: string | undefined, came: Date): { token?: ReplyToken } =>
  url ? { token: { value: url, expires: new Date(came.getTime() + HOLDS_MS) } } : {};

export interface Response {
  text: string;
  blocks?: readonly Block[];
  /** Takes the place of the message that the url belongs to. */
  replaces?: boolean;
}

/** Uses response_urls, and counts how often: what is left is kept for the answer. */
export const openResponseUrls = (api: SlackApi, signal: AbortSignal, now: () => number = Date.now) => {
  const uses = new Map<string, { count: number; until: number }>();
  const left = (url: string): number => MOST_USES - (uses.get(url)?.count ?? 0);
  return {
    /** How often a url can still be used, as far as this process knows: one from before a restart may be used up. */
    left,
    /** Shows its user something that nobody else sees. A `SlackRefusal` where the url is used up or has expired. */
    respond: async (url: string, { text, blocks, replaces = false }: Response): Promise<void> => {
      if (!api.isOwnHost(url) || left(url) <= 0) throw new SlackRefusal("used_url");
      for (const [old, { until }] of uses) if (until < now()) uses.delete(old);
      uses.set(url, { count: MOST_USES - left(url) + 1, until: now() + 2 * HOLDS_MS });
      const body = { response_type: "ephemeral", replace_original: replaces, text, ...(blocks && { blocks }) };
      const headers = { "content-type": "application/json" };
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal });
      const said = await response.text();
      if (response.ok) return;
      throw new SlackRefusal(/^[a-z_]+$/.test(said) ? said : response.status === 404 ? "expired_url" : `http_${response.status}`);
    },
  };
};
export type ResponseUrls = ReturnType<typeof openResponseUrls>;
