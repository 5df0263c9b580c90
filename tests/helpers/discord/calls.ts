/** A call of the bot's to Discord's API. */
export interface Call {
  /** When it came, in milliseconds by `performance.now()`. */
  at: number;
  method: string;
  /** Without "/api/v10" and the query. */
  path: string;
  query: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the bot sent, which tests look at
  body: any;
  /** The attachments that the message is to have, where it says so. */
  listed: { id: string | number; description?: string }[] | undefined;
  /** The files that came with it. */
  added: { name: string; type: string; bytes: Buffer; about: string | undefined }[];
}

/** Reads a call, whose files come as a form. */
export const readCall = async (request: Request): Promise<Call> => {
  const at = performance.now();
  const { pathname, search } = new URL(request.url);
  const path = decodeURIComponent(pathname).replace("/api/v10", "");
  const isForm = request.headers.get("content-type")?.startsWith("multipart/") ?? false;
  const form = isForm ? await request.formData() : undefined;
  const text = form ? String(form.get("payload_json")) : await request.text();
  const body = text ? JSON.parse(text) : undefined;
  const listed = (body?.data ?? body)?.attachments as Call["listed"];
  const added: Call["added"] = [];
  for (const [key, file] of form ?? []) {
    if (!key.startsWith("files[") || typeof file === "string") continue;
    const about = listed?.find((it) => String(it.id) === key.slice(6, -1))?.description;
    added.push({ name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()), about });
  }
  return { at, method: request.method, path, query: search, body, listed, added };
};
