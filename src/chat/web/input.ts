import type { ReadableStream } from "node:stream/web";
import type { Context } from "hono";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { type Language, languageOf, wellFormed } from "../../text.ts";
import type { Peer } from "../request.ts";

/** What a route may ask of its request besides the request itself. */
export interface Env {
  Variables: {
    peer: Peer | undefined;
    /** Whether the request may say itself who asks, as it may on the socket file. */
    trusted: boolean;
    /** What `readText` has read. */
    body: string | undefined;
  };
}

/** The language for errors and autocompletion: `?lang=`, else what the browser prefers. */
export const langOf = (c: Context): Language => languageOf(c.req.query("lang") ?? c.req.header("accept-language"));

/** Who asks. A `UserError` when they have not said so yet. */
export const peerOf = (c: Context<Env>): Peer => {
  const peer = c.get("peer");
  if (!peer) throw new UserError("name_needed", {});
  return peer;
};

/** Text for people, which may hold any letter: what is none becomes one. */
export const Words = (max: number) => z.string().max(max).overwrite(wellFormed);

/** What something is found by. One with anything but letters in it was never given to anybody. */
export const Id = z
  .string()
  .min(1)
  .max(100)
  .refine((id) => wellFormed(id) === id, "no such id");

/** Text that should be JSON; `undefined` when it is not. */
export const parseJson = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Some JSON as its schema wants it, or a `UserError` that says what is wrong with it. */
export const read = <S extends z.ZodType>(schema: S, raw: unknown): z.infer<S> => {
  const { data, error } = schema.safeParse(raw);
  if (!error) return data;
  const problem = error.issues.map((it) => `${it.path.join(".") || "body"}: ${it.message}`).join("; ");
  throw new UserError("bad_request", { problem });
};

/** The most that a request may bring, in kilobytes, by the first part of its route. Nothing is read of what is not listed. */
const maxKbOf: ReadonlyMap<string, number> = new Map([
  ["login", 4],
  ["me", 4],
  ["channels", 4],
  ["press", 4],
  ["look", 4],
  ["requests", 4],
  ["say", 256],
  ["ask", 256],
  ["terminal", 256],
]);

/**
 * The request's body, read no further than its route's limit. hono's `bodyLimit` would do, but after a short chunked body it
 * cannot rebuild the request that the Node.js adapter gives it.
 */
export const readText = async (c: Context<Env>): Promise<string> => {
  const known = c.get("body");
  const maxKb = maxKbOf.get(c.req.path.split("/")[2] ?? "") ?? 0;
  if (known !== undefined || maxKb === 0 || !c.req.raw.body) return known ?? "";
  const tooLarge = new UserError("request_too_large", { maxKb });
  if (Number(c.req.header("content-length") ?? 0) > maxKb * 1000) throw tooLarge;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of c.req.raw.body as ReadableStream<Uint8Array>) {
      bytes += part.length;
      if (bytes > maxKb * 1000) throw tooLarge;
      parts.push(part);
    }
  } catch (cause) {
    throw cause === tooLarge ? cause : new UserError("bad_request", { problem: "the connection broke" }, { cause });
  }
  const text = Buffer.concat(parts).toString();
  c.set("body", text);
  return text;
};

/** The request's JSON body as its schema wants it. */
export const readBody = async <S extends z.ZodType>(c: Context<Env>, schema: S): Promise<z.infer<S>> =>
  read(schema, parseJson(await readText(c)));
