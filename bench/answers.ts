import { rm } from "node:fs/promises";
import type { FileRef } from "../src/files.ts";
import { socketPath } from "../src/store/home.ts";
import { start } from "../tests/helpers/ask.ts";
import { freshHome } from "../tests/helpers/bot.ts";
import { childrenOf } from "../tests/helpers/processes.ts";
import { partsOf } from "./answers/parts.ts";
import { type Asking, timelineOf } from "./answers/timeline.ts";
import { quantile } from "./shared.ts";
import { openSocket, type Socket } from "./socket.ts";
import { usageOf } from "./start/tree.ts";
import { table } from "./table.ts";
import { phonePhoto } from "./twelveMegapixels.ts";

const ASKERS = 10;
/** So that nobody asks about the photo that was asked about last. */
const PHOTOS = 7;
/** Until V8 has compiled what an answer needs: the first forty after a start take nearly twice the processor time. */
const WARM_UP = 50;
const TIMES = 30;
/** How long ten ask at once; what they ask in the first second is not counted. */
const SECONDS = 10;
const LEAD_MS = 1000;
const now = () => performance.timeOrigin + performance.now();
const tenths = (number: number) => Math.round(number * 10) / 10;

type Ask = (asker: number) => Promise<Asking>;

const users = Array.from({ length: ASKERS }, (_, number) => ({ id: `peer${number}`, name: `Peer ${number}` }));

/** How one of several peers asks this about one photo of theirs after the other, and waits for the answer. */
const asking = async (peerlab: Socket, input: string, photos: readonly Uint8Array[]): Promise<Ask> => {
  const files = await Promise.all(
    users.map((user) => Promise.all(photos.map((photo) => peerlab.upload(user, photo, "photo.jpg")))),
  );
  let turn = 0;
  return async (asker) => {
    const user = users[asker] as (typeof users)[0];
    const file = files[asker]?.[turn++ % photos.length] as FileRef;
    const sent = now();
    const id = await peerlab.send(user, input, [file]);
    let outcome = await peerlab.outcome(id, user, 25);
    while (outcome.status === "waiting") outcome = await peerlab.outcome(id, user, 25);
    if (outcome.status !== "done") throw new Error(`${input}: ${outcome.reply?.text}`);
    return { id, sent, answered: now() };
  };
};

/** One after the other: how long each takes, and the processor time of all that the server consists of. */
const alone = async (ask: Ask, pid: number, times = TIMES) => {
  for (let i = 0; i < WARM_UP; i++) await ask(0);
  const cpuOf = () => ({ all: usageOf(pid).cpuSeconds, children: sumOf(childrenOf(pid)) });
  const before = cpuOf();
  const askings: Asking[] = [];
  for (let i = 0; i < times; i++) askings.push(await ask(0));
  const after = cpuOf();
  const took = askings.map((it) => it.answered - it.sent);
  const cpu = ((after.all - before.all) * 1000) / times;
  const worker = ((after.children - before.children) * 1000) / times;
  return {
    askings,
    figures: {
      ...{ p50: tenths(quantile(took, 0.5)), p90: tenths(quantile(took, 0.9)) },
      ...{ cpu: tenths(cpu), workerCpu: tenths(worker), botCpu: tenths(cpu - worker) },
    },
  };
};
const sumOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + usageOf(pid).cpuSeconds, 0);

/** Answers a second while ten ask at once, each as soon as they have their answer. */
const together = async (ask: Ask): Promise<number> => {
  const began = now() + LEAD_MS;
  const until = began + SECONDS * 1000;
  const ends: number[] = [];
  const peer = async (asker: number) => {
    while (now() < until) ends.push((await ask(asker)).answered);
  };
  await Promise.all(Array.from({ length: ASKERS }, (_, asker) => peer(asker)));
  return tenths(ends.filter((it) => it >= began && it < until).length / SECONDS);
};

/** What an answer with a picture takes of time and of processors, alone and with ten askers, and where the time of a request goes. */
export const answers = async (say: (line: string) => void) => {
  const photos = await Promise.all(Array.from({ length: PHOTOS }, () => phonePhoto(1600, 1200)));
  const [photo] = photos as [Uint8Array];
  const home = await freshHome();
  const server = await start(home);
  try {
    const peerlab = openSocket(socketPath(home));
    const inputs = { classify: "/classify", augment: "/augment op:rotate n:8", explain: "/explain", all: "/classify model:all" };
    const asks = {
      classify: await asking(peerlab, inputs.classify, photos),
      augment: await asking(peerlab, inputs.augment, photos),
      explain: await asking(peerlab, inputs.explain, photos),
      all: await asking(peerlab, inputs.all, photos),
    };
    const { askings, figures: classify } = await alone(asks.classify, server.pid);
    const augmented = await alone(asks.augment, server.pid);
    const [explain, all] = [await alone(asks.explain, server.pid), await alone(asks.all, server.pid, 10)];
    const perSecond = { classify: await together(asks.classify), augment: await together(asks.augment) };
    await server.kill("SIGTERM");
    const aloneFigures = { classify, augment: augmented.figures, explain: explain.figures, all: all.figures };
    const timeline = { classify: await timelineOf(home, askings), augment: await timelineOf(home, augmented.askings) };
    const parts = await partsOf(photo);
    say(
      `A photo of 1600 x 1200, ${(photo.length / 1e6).toFixed(2)} MB. Milliseconds; processor time of all processes, worker and bot:`,
    );
    say(table(Object.entries(aloneFigures).map(([what, it]) => ({ alone: what, ...it }))));
    say(`With ${ASKERS} askers, answers a second: classify ${perSecond.classify}, augment ${perSecond.augment}`);
    say("The time of a request:");
    say(table(Object.entries(timeline).map(([what, it]) => ({ alone: what, ...it }))));
    say("Processor time inside the worker:");
    for (const [what, it] of Object.entries(parts)) say(table([{ part: what, ...it }]));
    return { alone: aloneFigures, perSecond, timeline, parts, photoBytes: photo.length };
  } finally {
    await server.kill("SIGKILL");
    await rm(home, { recursive: true, force: true });
  }
};
