import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { ConnectionState } from "../../../src/chat/connections.ts";
import { keepGateway } from "../../../src/chat/discord/gateway.ts";
import { openLog } from "../../../src/log.ts";
import { type DiscordDouble, startDiscord } from "../../helpers/discord/double.ts";
import { fault } from "../../helpers/discord/refusals.ts";
import { CHANNEL, SERVER, serverOptions } from "../../helpers/discord/server.ts";
import { until } from "../../helpers/processes.ts";

let discord: DiscordDouble;
let leave = new AbortController();
beforeAll(async () => {
  discord = await startDiscord(serverOptions());
});
afterEach(() => {
  leave.abort();
  discord.staged.before = () => undefined;
});
afterAll(() => discord.stop());

/** Keeps a connection, and notes how it is. */
const connect = (apiUrl: string, token = "the.bot.token") => {
  leave = new AbortController();
  const states: ConnectionState[] = [];
  let ready = 0;
  const known = keepGateway(
    { token, apiUrl },
    {
      onInteraction: () => {},
      onMessage: () => {},
      onReady: () => {
        ready += 1;
      },
      connection: (state) => states.push(state),
      ...{ log: openLog({ log: "silent" }), signal: leave.signal },
    },
  );
  const now = () => states.at(-1);
  return { known, states, now, ready: () => ready };
};

it("knows who it is and what everybody can see, and comes back after a lost connection without starting anew", async () => {
  const { known, states, now, ready } = connect(discord.apiUrl);
  await until("the connection", () => now()?.state === "connected" && ready() === 1);
  expect(states[0]).toEqual({ state: "connecting" });
  expect(known.self()).toBe("900");
  expect(known.servers()).toEqual([SERVER]);
  expect(known.isPrivate(SERVER, CHANNEL)).toBe(false);
  // A channel that the bot itself cannot see is not everybody's.
  expect(known.isPrivate(SERVER, "12345")).toBe(true);
  discord.drop(4000);
  await until("the loss to be noticed", () => now()?.state === "unreachable");
  await until("the connection again", () => now()?.state === "connected");
  expect(ready()).toBe(1);
});

it("says what to do about a token that Discord does not know, whether the API or the gateway says so", async () => {
  const wrong = connect(discord.apiUrl, "another.token");
  await until("the refusal", () => wrong.now()?.state === "refused");
  expect(wrong.now()).toMatchObject({ why: expect.stringContaining("DISCORD_TOKEN is wrong") });
  leave.abort();
  discord.staged.before = ({ path }) => (path === "/gateway/bot" ? fault(401, 0, "401: Unauthorized") : undefined);
  const { now } = connect(discord.apiUrl);
  await until("the refusal", () => now()?.state === "refused");
  expect(JSON.stringify(now())).not.toContain("the.bot.token");
});

it("says that Discord cannot be reached, and goes on trying", async () => {
  let down = true;
  discord.staged.before = ({ path }) => (down && path === "/gateway/bot" ? fault(503, 0, "unavailable") : undefined);
  const { now, states } = connect(discord.apiUrl);
  await until("the failure to be said", () => now()?.state === "unreachable");
  down = false;
  await until("the connection", () => now()?.state === "connected");
  expect(states.map((it) => it.state)).toEqual(["connecting", "unreachable", "connected"]);
  leave.abort();
  const nobody = connect("http://127.0.0.1:9/api");
  await until("the failure to be said", () => nobody.now()?.state === "unreachable");
});
