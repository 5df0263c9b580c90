import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestId } from "../../src/chat/requestId.ts";
import { freshHome } from "../helpers/bot.ts";

const helper = join(import.meta.dirname, "../helpers/platform.ts");
const EVENT = "message 1201";
const id = requestId("terminal", EVENT);
let home: string;
beforeEach(async () => {
  home = await freshHome();
  mkdirSync(join(home, "platform"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Runs a bot on the test's platform until it has nothing more to do, or until it holds at a moment; there it is killed. */
const run = async (events: string[], holdAt = ""): Promise<string> => {
  const env = { ...process.env, PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_HOLD_AT: holdAt };
  const child = spawn(process.execPath, ["--import", "tsx", helper, ...events], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (part) => {
    said += part;
    if (said.includes("held\n")) child.kill("SIGKILL");
  });
  const [code, signal] = await once(child, "close");
  expect({ code, signal }).toEqual(holdAt ? { code: null, signal: "SIGKILL" } : { code: 0, signal: null });
  return said;
};
const nothingLeft = (said: string) => {
  const { receipts, waiting } = JSON.parse(/done (.*)/.exec(said)?.[1] ?? "{}");
  expect({ receipts, waiting }).toEqual({ receipts: [], waiting: 0 });
};
/** What the platform shows, and how often it was called to show it, with the attempts before. */
const messages = () => readdirSync(join(home, "platform")).filter((it) => !it.endsWith(".txt"));
const lines = (name: string) =>
  readFileSync(join(home, "platform", name), "utf8")
    .trim()
    .split("\n");

describe("SIGKILL of the bot delivers an answer once", { timeout: 120_000 }, () => {
  it("between its commit and its send", async () => {
    await run([EVENT], "before the send");
    expect(messages()).toHaveLength(0);
    nothingLeft(await run([]));
    expect(messages()).toHaveLength(1);
    expect(readFileSync(join(home, "platform", messages()[0] ?? ""), "utf8")).toContain("/augment");
  });

  it("between its send and the note of it: the next try knows that it may have arrived, and the platform refuses the double", async () => {
    await run([EVENT], "after the send");
    expect(messages()).toHaveLength(1);
    nothingLeft(await run([]));
    expect(messages()).toHaveLength(1);
    expect(lines("calls.txt")).toEqual([`${id} 0`, `${id} 1`]);
    nothingLeft(await run([]));
    expect(lines("calls.txt")).toHaveLength(2);
  });
});

describe("SIGKILL of the bot asks once what was acknowledged", { timeout: 120_000 }, () => {
  it("right after the acknowledgement, when nothing was downloaded or kept", async () => {
    expect(await run([EVENT], "after the acknowledgement")).toContain(`acknowledged ${EVENT}`);
    expect(readdirSync(join(home, "platform"))).toEqual([]);
    nothingLeft(await run([]));
    expect(lines("asked.txt")).toEqual([id]);
    expect(messages()).toHaveLength(1);
  });

  it("when the request was kept already, and its event was not yet worked off", async () => {
    await run([EVENT], "before the receipt is removed");
    nothingLeft(await run([]));
    expect(lines("asked.txt")).toEqual([id, id]);
    expect(messages()).toHaveLength(1);
  });
});

it("the same event twice is one request", { timeout: 60_000 }, async () => {
  nothingLeft(await run([EVENT, "message 1202", EVENT]));
  expect(messages()).toHaveLength(2);
});
