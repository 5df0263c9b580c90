import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { manifestOf, manifestText } from "../../../src/chat/slack/manifest.ts";
import { allScopes, scopeOfMethod, scopes } from "../../../src/chat/slack/scopes.ts";
import { lineOf, slashNameOf } from "../../../src/chat/slack/slashNames.ts";

const root = join(import.meta.dirname, "../../..");
const schemaPath = process.env["PEERLAB_SLACK_MANIFEST_SCHEMA"] ?? join(root, "../shared/data/specs/slack-manifest.schema.json");
const manifests = {
  socket: manifestOf(commands, "socket"),
  http: manifestOf(commands, { address: "https://peerlab.example.org/" }),
};

describe.each(Object.entries(manifests))("the manifest for %s", (mode, manifest) => {
  it("is valid by Slack's own schema, where that is at hand", () => {
    if (!existsSync(schemaPath)) {
      console.warn(`Slack's manifest schema is not at ${schemaPath}; the manifest is held to the limits written here alone`);
      return;
    }
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, "utf8")));
    validate(JSON.parse(JSON.stringify(manifest)));
    expect(validate.errors ?? []).toEqual([]);
    validate({ ...manifest, display_information: {} });
    expect(validate.errors).not.toBeNull();
  });

  it("keeps Slack's limits", () => {
    const { slash_commands: slash, shortcuts } = manifest.features;
    expect(slash.length).toBeLessThanOrEqual(50);
    expect(new Set(slash.map((it) => it.command)).size).toBe(slash.length);
    for (const { command, description } of slash) {
      expect(command).toMatch(/^\/[a-z0-9-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    expect(shortcuts.length).toBeGreaterThan(0);
    expect(shortcuts.length).toBeLessThanOrEqual(10);
    for (const { name, callback_id } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(callback_id.length).toBeLessThanOrEqual(255);
    }
    expect(manifest.settings.socket_mode_enabled).toBe(mode === "socket");
    expect(JSON.stringify(manifest).includes("https://peerlab.example.org/slack/events")).toBe(mode === "http");
  });
});

it("every command has a slash command that means it, also where Slack has one of that name", () => {
  const names = manifests.socket.features.slash_commands.map((it) => it.command);
  for (const entry of commands) {
    expect(names).toContain(slashNameOf(entry));
    expect(lineOf(slashNameOf(entry), "")).toBe(`/${entry.name}`);
  }
  expect(slashNameOf({ name: "status" })).toBe("/peerlab-status");
  expect(lineOf("/peerlab", "classify model:all")).toBe("/classify model:all");
  expect(lineOf("/peerlab", "")).toBe("/help");
  expect(manifestText(commands, "socket")).toContain('"/peerlab"');
});

it("asks for exactly the rights that the methods it calls take", () => {
  const folder = join(root, "src/chat/slack");
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const called = [...text.matchAll(/client\s*\.(\w+)\.(\w+)\(/g)].map(([, family, method]) => `${family}.${method}`);
  const uploads = text.includes("client.filesUploadV2(") ? ["files.getUploadURLExternal", "files.completeUploadExternal"] : [];
  const methods = new Set([...called, ...uploads]);
  expect([...methods].filter((it) => !(it in scopeOfMethod))).toEqual([]);
  expect(Object.keys(scopeOfMethod).filter((it) => !methods.has(it))).toEqual([]);
  const needed = new Set([...Object.values(scopeOfMethod), "commands", "app_mentions:read"]);
  const likeChannels = allScopes.filter((it) => /^(groups|im|mpim):(read|history)$/.test(it));
  expect(allScopes.filter((it) => !needed.has(it) && !likeChannels.includes(it))).toEqual([]);
});

it("docs/slack.md names every right, and what it is for", () => {
  const page = readFileSync(join(root, "docs/slack.md"), "utf8");
  for (const [scope, why] of Object.entries(scopes)) expect(page).toContain(`| \`${scope}\` | ${why} |`);
});
