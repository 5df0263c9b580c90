import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Call } from "./calls.ts";

interface Spec {
  paths: Record<string, Record<string, { requestBody?: unknown }>>;
}

const where = process.env["PEERLAB_DISCORD_OPENAPI"] ?? join(import.meta.dirname, "../../../../shared/data/specs/discord-openapi.json");
/** Where Discord's own OpenAPI file is; undefined on a machine without it, where only the limits are checked that it does not know. */
export const specPath = existsSync(where) ? where : undefined;

/** Holds calls to Discord's own OpenAPI file: what it has against each of them. */
export const openJudge = (path: string): ((call: Pick<Call, "method" | "path" | "body">) => string[]) => {
  const spec = JSON.parse(readFileSync(path, "utf8")) as Spec;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, discriminator: false }).addSchema({ $id: "discord", ...spec });
  const escaped = (it: string) => it.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");
  const routes = Object.entries(spec.paths)
    .sort(([a], [b]) => a.split("{").length - b.split("{").length)
    .flatMap(([route, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        pattern: new RegExp(`^${route.replace(/\{[^}]+\}/g, "[^/]+")}$`),
        schema: requestBody && `discord#/paths/${escaped(route)}/${method}/requestBody/content/application~1json/schema`,
      })),
    );
  return ({ method, path: called, body }) => {
    const route = routes.find((it) => it.method === method && it.pattern.test(called));
    if (!route) return [`Discord has no ${method} ${called}`];
    const check = route.schema && body !== undefined ? ajv.getSchema(route.schema) : undefined;
    if (!check || check(body)) return [];
    return (check.errors ?? []).map((it) => `${method} ${called}: ${it.instancePath} ${it.message}`);
  };
};

const length = (text: string | undefined) => [...(text ?? "")].length;

/** What a message of a bot may be, and the OpenAPI file allows more of or does not say. */
export const beyondLimits = ({ method, path, body, added }: Call): string[] => {
  const message = body?.data ?? body ?? {};
  // biome-ignore lint/suspicious/noExplicitAny: whatever components are
  const rows: any[] = Array.isArray(message.components) ? message.components : [];
  const flat = rows.flatMap((row) => [row, ...(row.components ?? []), ...(row.component ? [row.component] : [])]);
  const found = [
    length(message.content) > 2000 && "more than 2000 characters",
    added.length > 10 && "more than 10 files",
    added.reduce((sum, it) => sum + it.bytes.length, 0) > 25 * 2 ** 20 && "more than 25 MiB in one request",
    flat.length > 40 && "more than 40 components",
    rows.length > 5 && "more than 5 rows",
    flat.some((it) => length(it.custom_id) > 100) && "a custom_id of more than 100 characters",
    flat.some((it) => it.type === 2 && length(it.label) > 80) && "a label of more than 80 characters",
    (message.attachments ?? []).some((it: { description?: string }) => length(it.description) > 1024) && "a description over 1024",
    (message.allowed_mentions?.parse ?? []).length > 0 && "mentions beyond single people",
    /^\/channels\/\d+\/messages$/.test(path) && method === "POST" && length(message.nonce) > 25 && "a nonce of more than 25",
    typeof message.content === "string" && !message.allowed_mentions && "no allowed_mentions",
  ];
  return found.flatMap((it) => (it ? [`${method} ${path}: ${it}`] : []));
};
