import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyFileStream, type BusboyHeaders } from "@fastify/busboy";
import { Hono } from "hono";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import { sniff } from "../../images/sniff.ts";
import { limitMb } from "../limits.ts";
import type { Bot, Peer } from "../message.ts";
import { type Env, Named, parseJson, peerOf } from "./asking.ts";

const MAX_FILES = 16;
const megabytes = (bytes: number) => Math.ceil(bytes / 1e5) / 10;

/** A file's bytes, counted while they come: nothing above the limit of its kind is ever held. */
const collect = async (stream: BusboyFileStream, maxImageMb: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  let maxMb: number | undefined;
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    maxMb ??= limitMb(sniff(part) ?? "", maxImageMb);
    if (bytes > maxMb * 1e6) throw new UserError("too_large", { gotMb: megabytes(bytes), maxMb });
  }
  return Buffer.concat(parts);
};

/** `POST /`: a form with any number of `files`, one kept after the other. Answers with what to call them in a request. */
export const uploads = (bot: Bot, maxImageMb: number) =>
  new Hono<Env>().post("/", async (c) => {
    const body = c.req.raw.body;
    const type = c.req.header("content-type") ?? "";
    if (!body || !type.startsWith("multipart/form-data")) throw new UserError("bad_request", { problem: "expected a form" });
    let peer: Peer | undefined = c.get("trusted") ? c.get("peer") : peerOf(c);

    const kept: Promise<FileRef>[] = [];
    const form = new Busboy({ headers: { "content-type": type } as BusboyHeaders, limits: { files: MAX_FILES } });
    form.on("field", (field, value) => {
      if (c.get("trusted") && field === "user") peer = Named.safeParse(parseJson(value)).data;
    });
    form.on("file", (_, stream, file) => {
      const keeping = peer
        ? collect(stream, maxImageMb).then((bytes) => bot.upload(peer as Peer, bytes, file))
        : Promise.reject(new UserError("name_needed", {}));
      keeping.catch((error) => form.destroy(error));
      kept.push(keeping);
    });
    await pipeline(Readable.fromWeb(body as ReadableStream), form);
    return c.json({ files: await Promise.all(kept) });
  });
