import type { Call } from "./calls.ts";

/** An error as Discord answers it. */
export const fault = (status: number, code: number, message: string, more: object = {}): Response =>
  Response.json({ code, message, ...more }, { status });
/** A rate limit: of one route, or of everything. */
export const rateLimited = (seconds: number, isGlobal = false): Response =>
  Response.json(
    { message: "You are being rate limited.", retry_after: seconds, global: isGlobal },
    {
      status: 429,
      headers: {
        "retry-after": String(seconds),
        "x-ratelimit-scope": isGlobal ? "global" : "user",
        ...(isGlobal && { "x-ratelimit-global": "true" }),
      },
    },
  );

const SECONDS_TO_ACKNOWLEDGE = 3;
const SECONDS_OF_A_TOKEN = 900;

/** What Discord refuses and the twin would take; undefined for what is fine. `born` is when the interaction of a token came. */
export const refusalOf = (
  { path, method, body, added }: Call,
  { born, now, sizeLimit }: { born: Date | undefined; now: number; sizeLimit: number },
): Response | undefined => {
  const message = body?.data ?? body ?? {};
  const embeds = (message.embeds ?? []) as { title?: string; description?: string; footer?: { text: string } }[];
  const inEmbeds = embeds.map(({ title = "", description = "", footer }) => title + description + (footer?.text ?? "")).join("");
  if ((message.content ?? "").length > 2000 || inEmbeds.length > 6000) return fault(400, 50035, "Invalid Form Body");
  if (method === "POST" && /^\/channels\/\d+\/messages$/.test(path) && !message.content && added.length === 0)
    return fault(400, 50006, "Cannot send an empty message");
  if (added.some((it) => it.bytes.length > sizeLimit)) return fault(413, 40005, "Request entity too large");
  const kind = path.split("/")[1];
  const seconds = born ? (now - born.getTime()) / 1000 : 0;
  if (kind === "interactions" && seconds > SECONDS_TO_ACKNOWLEDGE) return fault(404, 10062, "Unknown interaction");
  if (kind === "webhooks" && seconds > SECONDS_OF_A_TOKEN) return fault(401, 50027, "Invalid Webhook Token");
  return undefined;
};
