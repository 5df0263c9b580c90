// Long, some 30 s: three starts of `npm start`.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../src/chat/web/message.ts";
import { freshHome } from "./helpers/bot.ts";
import { inNamespace, noNamespaces } from "./helpers/disks.ts";
import { until } from "./helpers/processes.ts";

let home: string;
beforeEach(async () => {
  home = await freshHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** `npm start` as it is in a container of its own, where process ids begin at 1. */
const startContainer = () => {
  const run = join(import.meta.dirname, "../scripts/run.mjs");
  const [command, ...args] = [...inNamespace, process.execPath, run, "main", "--data", home, "--port", "0"];
  const child = spawn(command as string, args, {
    env: { ...process.env, PEERLAB_LOG: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  return {
    said: () => said,
    address: () => said.match(/Peerlab is at (\S+)/)?.[1],
    kill: () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      return gone;
    },
  };
};

/** A peer with a browser. */
const visit = async (address: string) => {
  const json = { "content-type": "application/json" };
  const met = await fetch(`${address}/api/me`, { method: "POST", headers: json, body: JSON.stringify({ name: "Mina" }) });
  const cookie = met.headers
    .getSetCookie()
    .map((it) => it.split(";")[0])
    .join("; ");
  return {
    say: async (text: string): Promise<boolean> => {
      const body = JSON.stringify({ id: randomUUID(), channel: "general", text });
      return (await fetch(`${address}/api/say`, { method: "POST", headers: { ...json, cookie }, body })).ok;
    },
    history: async (): Promise<string[]> => {
      const answer = await fetch(`${address}/api/channels/general/messages`, { headers: { cookie } });
      return ((await answer.json()) as { messages: Message[] }).messages.map((it) => it.text);
    },
  };
};

describe.skipIf(noNamespaces)(`two containers on one folder${noNamespaces}`, () => {
  it("exactly one runs, the other waits, says so, and takes over at once; no accepted message is gone", async () => {
    const one = startContainer();
    await until("the first", one.address, 60);
    const other = startContainer();
    await until("the other to wait or to run", () => other.address() ?? /Another Peerlab works in/.test(other.said()), 60);

    const accepted: string[] = [];
    const send = async (address: string, from: number) => {
      const peer = await visit(address);
      for (let it = from; it < from + 25; it++) if (await peer.say(`message ${it}`)) accepted.push(`message ${it}`);
    };
    await send(one.address() as string, 0);
    const both = other.address() !== undefined;
    if (both) await send(other.address() as string, 25);
    await one.kill();
    const began = performance.now();
    await until("the other to take over", other.address, 60);
    const tookMs = performance.now() - began;
    if (!both) await send(other.address() as string, 25);
    await other.kill();

    const last = startContainer();
    const history = await (await visit(await until("the last", last.address, 60))).history();
    await last.kill();
    expect(accepted.filter((it) => !history.includes(it))).toEqual([]);
    expect(accepted).toHaveLength(50);
    expect(both).toBe(false);
    expect(tookMs).toBeLessThan(30_000);
  }, 180_000);
});
