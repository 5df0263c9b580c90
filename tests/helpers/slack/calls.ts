import type http from "node:http";

/** A call of the bot: of a method of the Web API, a file, or a response_url. */
export interface Call {
  path: string;
  method: string;
  /** Its arguments; what was JSON in a form is taken apart. */
  params: Readonly<Record<string, unknown>>;
  bytes: number;
}

const parsed = (value: string): unknown => {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

export const readCall = (request: Pick<http.IncomingMessage, "url" | "headers">, body: Buffer): Call => {
  const type = request.headers["content-type"] ?? "";
  const text = type.includes("json") || type.includes("urlencoded") ? body.toString() : "";
  const form = () => Object.fromEntries([...new URLSearchParams(text)].map(([key, value]) => [key, parsed(value)]));
  const params = type.includes("json")
    ? (JSON.parse(text || "{}") as Record<string, unknown>)
    : type.includes("urlencoded")
      ? form()
      : {};
  const path = request.url ?? "";
  return { path, method: (path.split("?")[0] ?? "").replace("/api/", ""), params, bytes: body.length };
};
