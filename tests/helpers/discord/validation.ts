import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Call } from "./calls.ts";

type Spec = { paths: Record<string, Record<string, { requestBody?: unknown }>> };

/** Discord's own description of its API, which is not ours to hand on: beside the project, or where PEERLAB_DISCORD_OPENAPI says. */
const place =
  process.env["PEERLAB_DISCORD_OPENAPI"] ?? join(import.meta.dirname, "../../../../shared/data/specs/discord-openapi.json");
export const hasSpec = existsSync(place);

const escaped = (it: string) => it.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");

/** The limits that Discord's description does not know, and what every call of ours keeps. */
const ownComplaints = ({ method, path, body }: Call): string[] => {
  const message = body?.data ?? body;
  if (!message || Array.isArray(message) || !/messages|webhooks|callback/.test(path) || /\/threads$/.test(path)) return [];
  const complaints: string[] = [];
  const say = (isWrong: boolean, what: string) => isWrong && complaints.push(`${method} ${path}: ${what}`);
  const { content = "", components = [], attachments = [], nonce } = message;
  say(content.length > 2000, `${content.length} characters`);
  say(attachments.length > 10, `${attachments.length} files`);
  say(nonce !== undefined && String(nonce).length > 25, "a nonce of more than 25 characters");
  say("content" in message && !message.allowed_mentions, "nothing says whom it may ping");
  say((message.allowed_mentions?.parse ?? []).length > 0, "it may ping more than one person");
  say((message.allowed_mentions?.users ?? []).length > 1, "it may ping more than one person");
  if (body?.type !== 9) say(components.length > 5, `${components.length} rows of buttons`);
  for (const it of components.flatMap((row: { components?: { label?: string; custom_id?: string }[] }) => row.components ?? [])) {
    say((it.label ?? "").length > 80, `a label of ${it.label?.length} characters`);
    say((it.custom_id ?? "").length > 100, "a custom_id of more than 100 characters");
  }
  return complaints;
};

/** Validates what the bot sends by Discord's own description, where it is here, and by our list. None when all is well. */
export const openValidator = (): ((call: Call) => string[]) => {
  if (!hasSpec) return ownComplaints;
  const spec = JSON.parse(readFileSync(place, "utf8")) as Spec;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, discriminator: false }).addSchema({ $id: "discord", ...spec });
  const routes = Object.entries(spec.paths)
    .sort(([a], [b]) => a.split("{").length - b.split("{").length)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
        schema: requestBody && `discord#/paths/${escaped(path)}/${method}/requestBody/content/application~1json/schema`,
      })),
    );
  return (call) => {
    const { method, path, body } = call;
    const route = routes.find((it) => it.method === method && it.pattern.test(path));
    if (!route) return [`Discord has no ${method} ${path}`];
    const check = route.schema && body !== undefined ? ajv.getSchema(String(route.schema)) : undefined;
    const isFine = !check || check(body);
    const wrong = isFine ? [] : (check.errors ?? []).map((it) => `${method} ${path}: ${it.instancePath} ${it.message}`);
    return [...wrong, ...ownComplaints(call)];
  };
};
