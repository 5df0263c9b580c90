import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { connectDiscord } from "../../../src/chat/discord/connect.ts";
import type { Call } from "../../helpers/discord/calls.ts";
import { type DiscordDouble, startDiscord } from "../../helpers/discord/double.ts";
import { fault } from "../../helpers/discord/refusals.ts";
import { environmentOf, serverOptions } from "../../helpers/discord/server.ts";

const [SERVER, CHANNEL] = ["100000000000000001", "200000000000000001"] as const;
const TOKEN = "the.bot.token";
type Before = (call: Call) => Response | undefined;

let discord: DiscordDouble;
/** An application as it should be set up. */
const application = { id: "1", name: "Peerlab", integration_types_config: { 0: {}, 1: {} }, bot_require_code_grant: false };
const asApplication =
  (changed: object, more: Before = () => undefined): Before =>
  (call) =>
    call.path === "/applications/@me"
      ? Response.json({ ...application, ...changed })
      : call.path === "/users/@me/guilds"
        ? Response.json([{ id: SERVER, name: "Study group" }])
        : more(call);

beforeAll(async () => {
  const place = { guild: { id: SERVER, name: "Study group" }, channels: [{ id: CHANNEL, name: "lab", type: 0 }] };
  discord = await startDiscord({ ...serverOptions(), ...place });
});
afterAll(() => discord.stop());
beforeEach(() => {
  discord.staged.before = asApplication({});
});

/** Walks through the connection with these answers to its questions. */
const connect = async (answers: readonly string[], env: Readonly<Record<string, string>> = environmentOf(discord)) => {
  const said: string[] = [];
  const kept: string[][] = [];
  const left = [...answers];
  const isComplete = await connectDiscord({
    env,
    commands: commands.slice(0, 3),
    say: (line) => said.push(line),
    ask: async () => left.shift() ?? "",
    keep: async (...setting) => void kept.push(setting),
  });
  const text = said.join("\n");
  expect(text).not.toContain(TOKEN);
  return { isComplete, text, kept };
};

describe("npm run connect -- discord", () => {
  it("asks for the token, keeps it, registers the commands, says the links, and says hello", async () => {
    const { DISCORD_API_URL = "" } = environmentOf(discord);
    const { isComplete, text, kept } = await connect([`Bot ${TOKEN}`, CHANNEL], { DISCORD_API_URL });
    expect(text).toContain("discord.com/developers/applications");
    expect(kept).toEqual([["DISCORD_TOKEN", TOKEN]]);
    expect(text).toMatch(/commands are registered/);
    expect(text).toContain(
      "https://discord.com/oauth2/authorize?client_id=1&integration_type=0&scope=bot+applications.commands&permissions=309237763072",
    );
    expect(text).toContain("client_id=1&integration_type=1&scope=applications.commands");
    expect(text).toContain("Study group");
    expect(text).toContain("I said hello");
    expect(isComplete).toBe(true);
    // What is registered is not registered again.
    const count = () => discord.calls.filter((it) => it.method === "PUT" && it.path.endsWith("/commands")).length;
    const registered = count();
    expect((await connect([""])).isComplete).toBe(true);
    expect(count()).toBe(registered);
  });

  it("says what to do about a wrong token, and keeps none", async () => {
    discord.staged.before = () => fault(401, 0, "401: Unauthorized");
    const { DISCORD_API_URL = "" } = environmentOf(discord);
    const { isComplete, text, kept } = await connect(["wrong"], { DISCORD_API_URL });
    expect({ isComplete, kept }).toEqual({ isComplete: false, kept: [] });
    expect(text).toContain("Discord does not know this token");
    expect(text).not.toContain("wrong");
  });

  it("says that a token is missing, and that Discord cannot be reached", async () => {
    expect((await connect([""], {})).text).toContain("Missing: DISCORD_TOKEN");
    const { text } = await connect([], { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: "http://127.0.0.1:9/api" });
    expect(text).toContain("cannot be reached");
  });

  it.each([
    [{ integration_types_config: { 0: {} } }, "tick “User Install”"],
    [{ integration_types_config: { 1: {} } }, "tick “Guild Install”"],
    [{ interactions_endpoint_url: "https://x.example" }, "empty “Interactions Endpoint URL”"],
    [{ bot_require_code_grant: true }, "“Requires OAuth2 Code Grant” off"],
  ])("finds fault with %j", async (changed, advice) => {
    discord.staged.before = asApplication(changed);
    const { isComplete, text } = await connect([""]);
    expect(text).toContain(advice);
    expect(isComplete).toBe(false);
  });

  it("says what it needs where it may not write, and takes no name for an id", async () => {
    discord.staged.before = asApplication({}, ({ path }) =>
      path.endsWith("/messages") ? fault(403, 50013, "Missing Permissions") : undefined,
    );
    const { isComplete, text } = await connect([CHANNEL]);
    expect(text).toMatch(/may not write there.*AttachFiles \(to show pictures/);
    expect(isComplete).toBe(false);
    expect((await connect(["#lab"])).text).toContain("That is no channel's id");
  });

  it("takes back the commands that a server still has of an earlier version", async () => {
    let own: unknown = [{ id: "1", name: "old" }];
    discord.staged.before = asApplication({}, ({ method, path, body }) => {
      if (!path.endsWith(`/guilds/${SERVER}/commands`)) return undefined;
      if (method === "PUT") own = body;
      return Response.json(own);
    });
    expect((await connect([""])).text).toContain("Old commands were taken back in 1 server");
    expect(own).toEqual([]);
  });
});
