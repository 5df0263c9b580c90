import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { secureHeaders } from "hono/secure-headers";
import type { Env } from "./input.ts";

/** Where `npm run build` puts the page. */
export const builtPage = fileURLToPath(new URL("../../../dist/web/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
};

/** The page runs our own scripts and talks to us; nothing from anywhere else. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "blob:", "data:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Every file of a built page by its address. Nothing else can be asked for, whatever dots an address holds. */
const filesIn = (folder: string): ReadonlyMap<string, string> => {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
    const paths = found.map((it) => join(it.parentPath, it.name));
    return new Map(
      paths.map((it) => [
        `/${relative(folder, it)
          .replaceAll("\\", "/")
          .replace(/^index\.html$/, "")}`,
        it,
      ]),
    );
  } catch {
    return new Map();
  }
};

/** A channel's own address: the page finds out which by itself. */
const CHANNEL_ADDRESS = /^\/c\/[^/]+$/;

/** The page and its assets. Names under /assets hold a hash of their content, so browsers may keep them for good. */
export const page = (folder: string) => {
  const files = filesIn(folder);
  return new Hono<Env>()
    .use(compress(), secureHeaders({ contentSecurityPolicy, strictTransportSecurity: false }))
    .get("*", async (c) => {
      const path = files.get(CHANNEL_ADDRESS.test(c.req.path) ? "/" : c.req.path);
      if (!path && files.size === 0 && c.req.path === "/") return c.text("The page is not built yet: npm run build", 503);
      if (!path) return c.notFound();
      const bytes = new Uint8Array(await readFile(path));
      return c.body(bytes, 200, {
        "content-type": types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream",
        "cache-control": c.req.path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      });
    });
};
