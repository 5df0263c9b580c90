import type { ReplyToken } from "../../store/requests.ts";
import { TOKEN_MS } from "./limits.ts";

/**
 * How a request can be answered besides by the bot's own token:
 * - "reply": an interaction whose deferred answer everybody sees
 * - "alone": one whose deferred answer only its asker sees
 * - "update": the press of a button, whose message can be edited
 * - "message": a message that mentioned the bot, which the answer replies to
 */
export type Answering =
  | { mode: "reply" | "alone" | "update"; application: string; token: string }
  | { mode: "message"; message: string };
export type Interacting = Exclude<Answering, { mode: "message" }>;

/** A mention can be replied to for as long as an answer may take. */
const MESSAGE_MS = 30 * 24 * 3600_000;

/** How a request can be answered, as it is kept with it; `came` is when its event came. */
export const tokenOf = (answering: Answering | undefined, came: Date): { token?: ReplyToken } => {
  if (!answering) return {};
  if (answering.mode === "message")
    return { token: { value: `message:${answering.message}`, expires: new Date(came.getTime() + MESSAGE_MS) } };
  const { mode, application, token } = answering;
  return { token: { value: `${mode}:${application}:${token}`, expires: new Date(came.getTime() + TOKEN_MS) } };
};

/** The same as it was kept; nothing where it holds no longer. */
export const answeringOf = (token: ReplyToken | undefined): Answering | undefined => {
  if (!token || token.expires <= new Date()) return undefined;
  const [mode, first = "", second = ""] = token.value.split(":");
  if (mode === "message") return { mode, message: first };
  return mode === "reply" || mode === "alone" || mode === "update" ? { mode, application: first, token: second } : undefined;
};
