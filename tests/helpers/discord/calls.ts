import type http from "node:http";

/** A file that the bot sent, or that somebody attached. */
export interface SentFile {
  name: string;
  type: string;
  bytes: Buffer;
  about?: string | undefined;
}

/** A call of the bot. */
export interface Call {
  method: string;
  /** Without "/api/v10". */
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever Discord is sent; tests look into it, and the spec judges it
  body: any;
  /** The attachments that the body names; undefined where it names none. */
  listed: { id: string | number; description?: string }[] | undefined;
  added: SentFile[];
  at: number;
}

/** Reads a call: JSON, or a form with files beside it. */
export const readCall = async (request: Request): Promise<Call> => {
  const path = decodeURIComponent(new URL(request.url).pathname).replace("/api/v10", "");
  const isForm = request.headers.get("content-type")?.startsWith("multipart/");
  const form = isForm ? await request.formData() : undefined;
  const text = form ? String(form.get("payload_json") ?? "") : await request.text();
  const body = text ? JSON.parse(text) : undefined;
  const listed = (body?.data ?? body)?.attachments as Call["listed"];
  const added: SentFile[] = [];
  for (const [key, value] of form ?? []) {
    if (!key.startsWith("files[") || typeof value === "string") continue;
    const about = listed?.find((it) => String(it.id) === key.slice(6, -1))?.description;
    added.push({ name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()), about });
  }
  return { method: request.method, path, body, listed, added, at: Date.now() };
};

/** Discord's request as the web's. */
export const webRequest = (req: http.IncomingMessage, port: number): Request =>
  new Request(`http://127.0.0.1:${port}${req.url}`, {
    method: req.method ?? "GET",
    headers: req.headers as Record<string, string>,
    ...(req.method !== "GET" && { body: req as unknown as ReadableStream, duplex: "half" }),
  } as RequestInit);
