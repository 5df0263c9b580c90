import { type Context, Hono } from "hono";
import { type ThumbnailKind, thumbnailKinds } from "../../blobs/thumbnails.ts";
import { UserError } from "../../errors.ts";
import { sniff } from "../../images/sniff.ts";
import { LOCAL_GROUP } from "../../place.ts";
import { wellFormed } from "../../text.ts";
import type { Bot } from "../bot.ts";
import type { FileLinks } from "./fileLinks.ts";
import type { Env } from "./input.ts";

/** What browsers may show in the page. Everything else is only ever downloaded. */
const shown: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"]);

const HASH = ":hash{[0-9a-f]{64}}";

/** A file by the name that its address gives it. Its type is read off its bytes, so that nobody can pass a page off as a picture. */
const respond = (c: Context<Env>, bytes: Buffer) => {
  const sniffed = sniff(bytes) ?? "";
  const inline = shown.has(sniffed) && c.req.query("download") === undefined;
  const name = encodeURIComponent(wellFormed(c.req.query("name") ?? "file").replace(/[/\\]/g, "_")).replace(/['()*]/g, "_");
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": inline ? sniffed : "application/octet-stream",
    "content-disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=31536000, immutable",
  });
};

const viewerOf = (c: Context<Env>) => ({ userId: c.get("peer")?.id ?? "", groupId: LOCAL_GROUP });

/**
 * `GET /:hash?name=`: a stored file that this peer may see. `GET /:hash/photo` and `/:hash/drawing`: a small copy of a picture; of what has
 * none, the whole.
 */
export const blobs = (bot: Bot) => {
  const whole = async (c: Context<Env>, hash: string) => {
    const bytes = await bot.read(hash, viewerOf(c)).catch((cause) => {
      throw new UserError("not_here", { what: c.req.query("name") ?? hash.slice(0, 8) }, { cause });
    });
    return respond(c, bytes);
  };
  return new Hono<Env>()
    .get(`/${HASH}`, (c) => whole(c, c.req.param("hash")))
    .get(`/${HASH}/:kind{${thumbnailKinds.join("|")}}`, async (c) => {
      const hash = c.req.param("hash");
      const small = await bot.thumbnail(hash, c.req.param("kind") as ThumbnailKind, viewerOf(c)).catch(() => undefined);
      return small ? respond(c, small) : whole(c, hash);
    });
};

/** `GET /:hash?name=&key=`: a stored file, for whoever has a link to it. */
export const linkedFiles = (links: FileLinks) =>
  new Hono<Env>().get(`/${HASH}`, async (c) => respond(c, await links.read(c.req.param("hash"), c.req.query("key") ?? "")));
