import type { Context } from "hono";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import { type Language, languageOf } from "../../text.ts";
import type { Peer } from "../message.ts";

/** What a route may ask of its request besides the request itself. */
export interface Env {
  Variables: {
    peer: Peer | undefined;
    /** Whether the request may say itself who asks, as it may on the socket file. */
    trusted: boolean;
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

/** Who somebody is, as a page or a program says it. */
export const Name = z.string().trim().normalize().min(1).max(40);
export const Named = z.object({ id: z.string().min(1).max(80), name: Name });

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

/** The request's JSON body as its schema wants it. */
export const readBody = async <S extends z.ZodType>(c: Context<Env>, schema: S): Promise<z.infer<S>> =>
  read(schema, parseJson(await c.req.text()));
