import type { ReadableStream } from "node:stream/web";
import { Hono } from "hono";
import { UserError } from "../../errors.ts";
import type { Bot } from "../bot.ts";
import type { Peer } from "../request.ts";
import { fileName } from "../upload.ts";
import { readForm } from "./form.ts";
import { type Env, parseJson, peerOf } from "./input.ts";
import { trustedPeer } from "./peer.ts";

/** `POST /`: a form with any number of `files`, one kept after the other. Answers with what to call them in a request. */
export const uploads = (bot: Bot) =>
  new Hono<Env>().post("/", async (c) => {
    const trusted = c.get("trusted");
    const body = c.req.raw.body as ReadableStream<Uint8Array> | null;
    const type = c.req.header("content-type") ?? "";
    if (!body || !/^multipart\/form-data\s*;/i.test(type)) throw new UserError("bad_form", { why: "torn" });
    let peer: Peer | undefined = trusted ? c.get("peer") : peerOf(c);
    if (peer) await bot.mayUpload(peer, Number(c.req.header("content-length") ?? 0));

    const files = await readForm({
      body,
      type,
      onField: (field, value) => {
        if (trusted && field === "user") peer = trustedPeer(parseJson(value));
      },
      onFile: async (bytes, name) => {
        if (!peer) throw new UserError("name_needed", {});
        if (fileName(name) === "") throw new UserError("bad_form", { why: "no_name" });
        return bot.upload(peer, bytes, name);
      },
    });
    if (files.length === 0) throw new UserError("bad_form", { why: "no_file" });
    return c.json({ files });
  });
