import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChannelEvent, Message } from "../../src/chat/web/message.ts";
import { freshHome } from "../helpers/bot.ts";
import { until } from "../helpers/processes.ts";

let home: string;
beforeEach(async () => {
  home = await freshHome();
});
afterEach(async () => {
  for (const kill of running) await kill();
  await rm(home, { recursive: true, force: true });
});

/** Ends what a failed test left. */
const running = new Set<() => Promise<void>>();

/** Starts Peerlab, to be killed at the statement `holdAt`. */
const start = async (holdAt = "") => {
  const env = { ...process.env, PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_PORT: "0", PEERLAB_HOLD_AT: holdAt };
  const helper = join(import.meta.dirname, "../helpers/heldPeerlab.ts");
  const child = spawn(process.execPath, ["--import", "tsx", helper], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part) => {
    said += part;
  });
  const kill = async () => {
    running.delete(kill);
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  running.add(kill);
  const address = await until("its address", () => /Peerlab is at (\S+)/.exec(said)?.[1], 60);
  return { address, held: () => said.includes("held"), kill };
};

/** A browser: what it has heard and read, by the id of the message. */
const open = async (address: string, cookie?: string) => {
  const shown = new Map<string, Message>();
  const asked = cookie ?? (await enter(address));
  const stream = await fetch(`${address}/api/events?channel=general`, { headers: { cookie: asked } });
  const hear = async () => {
    let text = "";
    for await (const part of stream.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (text + Buffer.from(part)).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines.filter((it) => it.startsWith("data:"))) {
        const event = JSON.parse(line.slice(5)) as ChannelEvent;
        if (event.type === "message" || event.type === "changed") shown.set(event.message.id, event.message);
      }
    }
  };
  hear().catch(() => {}); // it breaks when the server is killed
  const read = async () => {
    const answer = await fetch(`${address}/api/channels/general/messages`, { headers: { cookie: asked } });
    const { messages } = (await answer.json()) as { messages: Message[] };
    for (const message of messages) shown.set(message.id, message);
    return messages;
  };
  const ask = (id: string) =>
    fetch(`${address}/api/ask`, {
      method: "POST",
      headers: { cookie: asked, "content-type": "application/json" },
      body: JSON.stringify({ id, channel: "general", input: "/history", files: [] }),
    });
  return { cookie: asked, shown, read, ask };
};
const enter = async (address: string): Promise<string> => {
  const named = await fetch(`${address}/api/me`, { method: "POST", body: JSON.stringify({ name: "Mina" }) });
  return named.headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
};

it.each([
  ["between the commit of an answer and its delivery", `"attempts" = "peerlab"."deliveries"."attempts" + 1`, false],
  ["between the delivery and the note of it", `"state" = case when`, true],
])("SIGKILL %s: it is shown once", { timeout: 150_000 }, async (_, statement, isShownBefore) => {
  const killed = await start(statement);
  const before = await open(killed.address);
  const id = randomUUID();
  before.ask(id).catch(() => {}); // the process dies of it
  await until("the moment", killed.held, 60);
  if (isShownBefore) await until("the answer to be shown", () => before.shown.get(`${id}.answer`)?.request?.status === "done");
  await killed.kill();

  const again = await start();
  const after = await open(again.address, before.cookie);
  const history = await until("the answer to be kept", async () => {
    const messages = await after.read();
    return messages.some((it) => it.request?.status === "done") ? messages : undefined;
  });
  // The page sends again what was not confirmed.
  expect((await after.ask(id)).status).toBe(200);
  expect((await after.read()).filter((it) => it.replyTo === id)).toEqual(history.filter((it) => it.replyTo === id));
  expect(history.filter((it) => it.replyTo === id)).toHaveLength(1);
  const all = new Map([...before.shown, ...after.shown]);
  expect([...all.keys()].filter((it) => it.startsWith(id)).sort()).toEqual([id, `${id}.answer`]);
  await again.kill();
});
