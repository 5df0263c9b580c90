import type { Call } from "./calls.ts";

/** An error as Discord gives it. */
export const fault = (status: number, code: number, message = "refused", more: object = {}): Response =>
  Response.json({ code, message, ...more }, { status });

/** What Discord refuses and the twin would take. */
export const refusal = (
  { path, body, added }: Call,
  { born, now, sizeLimit }: { born: Date | undefined; now: number; sizeLimit: number },
): Response | undefined => {
  const { content = "" } = body?.data ?? body ?? {};
  if (typeof content === "string" && content.length > 2000) return fault(400, 50035, "Invalid Form Body");
  if (added.some((it) => it.bytes.length > sizeLimit)) return fault(413, 40005, "Request entity too large");
  const [, kind] = path.split("/");
  if (!born || (kind !== "interactions" && kind !== "webhooks")) return undefined;
  if (kind === "interactions" && now - born.getTime() > 3000) return fault(404, 10062, "Unknown interaction");
  if (kind === "webhooks" && now - born.getTime() > 900_000) return fault(401, 50027, "Invalid Webhook Token");
  return undefined;
};
