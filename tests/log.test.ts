import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What a process writes to its log, line by line, and how it ends. */
const run = async (code: string, stderr: "pipe" | number = "pipe") => {
  const log = join(import.meta.dirname, "../src/log.ts");
  const script = `const { openLog } = await import("${log}"); const log = openLog({ log: "info" }, 200);
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)); ${code}`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "ignore", stderr],
  });
  let said = "";
  child.stderr?.on("data", (part) => (said += part));
  const [end] = await once(child, "close");
  return {
    end,
    lines: said
      .split("\n")
      .filter(Boolean)
      .map((it) => JSON.parse(it)),
  };
};

it("writes what happens again and again once, and later how often it was held back", async () => {
  const { lines } = await run(`
    for (let at = 0; at < 1000; at++) log.error({ err: new Error("no space left"), queue: "images" }, "the queue fails");
    await pause(300);`);
  expect(lines.map((it) => [it.msg, it.queue, it.err.message, it.heldBack])).toEqual([
    ["the queue fails", "images", "no space left", undefined],
    ["the queue fails", "images", "no space left", 999],
  ]);
});

it("writes what is different, and what happens again after a while", async () => {
  const { lines } = await run(`
    for (const id of [1, 2, 3]) log.error({ id }, "told a peer that something broke");
    log.info("ready");
    log.warn("ready");
    await pause(300);
    log.info("ready");`);
  expect(lines.map((it) => it.id ?? it.msg)).toEqual([1, 2, 3, "ready", "ready", "ready"]);
});

it("goes on working when the log itself is on a full disk", async () => {
  const { end } = await run(
    `log.info("one"); await pause(10); log.info("two"); process.exitCode = 7;`,
    openSync("/dev/full", "w"),
  );
  expect(end).toBe(7);
});
