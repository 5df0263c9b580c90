import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { socketPath } from "../src/store/home.ts";
import { landscape } from "../tests/helpers/pictures.ts";
import { press } from "./load/press.ts";
import type { BenchOptions } from "./options.ts";
import { quantile } from "./shared.ts";
import { openSocket } from "./socket.ts";
import { roomMegabytes } from "./start/room.ts";
import { usageOf } from "./start/tree.ts";
import { table } from "./table.ts";

const LATER_MS = 10_000;
/** How long after the last answer memory is measured. */
const SETTLED_MS = 3000;
/** Requests of every kind from ten peers at once: what "after load" comes after. */
const LOAD = 100;
const user = { id: "mina", name: "Mina" };
const root = join(import.meta.dirname, "..");
/** A folder that does not exist yet, inside one to erase. */
const freshFolder = async () => join(await mkdtemp(join(tmpdir(), "peerlab-bench-")), "data");
const secondsSince = (began: number) => (performance.now() - began) / 1000;

/** `npm …` as a user types it, in a process group of its own. */
const npm = (...args: string[]): ChildProcess =>
  spawn("npm", args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PEERLAB_LOG: "warn" },
  });

const start = (home: string) => npm("start", "--", "--data", home, "--port", "0");

/** Resolves with the address that `npm start` prints. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = "";
    const hear = (part: Buffer) => {
      said += part;
      const [, address] = /Peerlab is at (\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });

/** Ends `npm start` as Ctrl-C does, and erases its folder. */
const end = async (child: ChildProcess, home: string) => {
  if (child.exitCode === null) {
    const gone = once(child, "exit");
    process.kill(-(child.pid as number), "SIGTERM");
    await gone;
  }
  await rm(join(home, ".."), { recursive: true, force: true });
};

/** `ask` without a running Peerlab, in a fresh folder, in seconds. */
const askAlone = async (input: string, pictures = 0): Promise<number> => {
  const home = await freshFolder();
  const photo = join(home, "../hills.jpg");
  await writeFile(photo, await landscape(1600, 1200));
  const args = [input, ...Array.from({ length: pictures }, () => ["--image", photo]).flat()];
  const began = performance.now();
  const child = npm("run", "-s", "ask", "--", ...args, "--json", "--data", home);
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  const [code] = await once(child, "close");
  const seconds = secondsSince(began);
  await rm(join(home, ".."), { recursive: true, force: true });
  if (code !== 0) throw new Error(`ask ${args.join(" ")} ended with ${code}`);
  return seconds;
};

/** From `npm start` on a fresh folder to load: seconds, and megabytes of npm and of everything below it. */
const oneStart = async () => {
  const home = await freshFolder();
  const began = performance.now();
  const child = start(home);
  const usage = () => usageOf(child.pid as number);
  try {
    const address = await addressOf(child);
    const page = await (await fetch(address)).text();
    if (!page.includes("<script")) throw new Error(`Expected the page at ${address}, got ${page.slice(0, 100)}`);
    const firstPage = secondsSince(began);
    const started = usage();
    await sleep(LATER_MS);
    const later = usage();
    const peerlab = openSocket(socketPath(home));
    const photo = await peerlab.upload(user, await landscape(1600, 1200), "hills.jpg");
    const ask = async (input: string) => {
      const asked = performance.now();
      const id = await peerlab.send(user, input, [photo]);
      let outcome = await peerlab.outcome(id, user, 25);
      while (outcome.status === "waiting") outcome = await peerlab.outcome(id, user, 25);
      if (outcome.status !== "done") throw new Error(`${input}: ${outcome.reply?.text}`);
      return secondsSince(asked);
    };
    const [augment, augmentAgain, classify] = [await ask("/augment"), await ask("/augment seed:2"), await ask("/classify")];
    const used = usage();
    const { failures } = await press(peerlab, LOAD);
    await sleep(SETTLED_MS);
    const loaded = usage();
    return {
      ...{ firstPage, cpuToFirstPage: started.cpuSeconds, augment, augmentAgain, classify },
      ...{ startedMb: started.pssMb, laterMb: later.pssMb, usedMb: used.pssMb, loadedMb: loaded.pssMb },
      ...{ startedProcesses: started.processes, loadedProcesses: loaded.processes, failures: failures.length },
    };
  } finally {
    await end(child, home);
  }
};

/** A room of 30 pictures in a fresh Peerlab of its own. */
const room = async () => {
  const home = await freshFolder();
  const child = start(home);
  try {
    return await roomMegabytes(openSocket(socketPath(home)), await addressOf(child));
  } finally {
    await end(child, home);
  }
};

/** Times and memory of a fresh start, `count` times: the least and the median, since others may use this machine too. */
export const startUp = async (say: (line: string) => void, { count = 3 }: BenchOptions) => {
  // npm builds the page at the first start after a change, which is not what is measured.
  await once(npm("run", "-s", "build"), "exit");
  const rounds: Record<string, number>[] = [];
  for (let i = 0; i < count; i++) {
    const [help, askAugment] = [await askAlone("/help"), await askAlone("/augment", 1)];
    rounds.push({ ask: help, askAugment, ...(await oneStart()) });
    say(JSON.stringify(rounds.at(-1)));
  }
  const round = (number: number) => Math.round(number * 100) / 100;
  const figures = Object.keys(rounds[0] ?? {}).map((what) => {
    const all = rounds.map((it) => it[what] ?? Number.NaN);
    return { what, least: round(Math.min(...all)), median: round(quantile(all, 0.5)) };
  });
  const { openedMb, scrolledMb } = await room();
  say(table(figures));
  say(`a room of 30 pictures: ${openedMb.toFixed(2)} MB as it opens, ${scrolledMb.toFixed(2)} MB when all of it was seen`);
  return { count, figures, room: { openedMb, scrolledMb } };
};
