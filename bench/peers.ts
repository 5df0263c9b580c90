import { rm } from "node:fs/promises";
import { socketPath } from "../src/store/home.ts";
import { start } from "../tests/helpers/ask.ts";
import { freshHome } from "../tests/helpers/bot.ts";
import { endlessModel, plainly } from "../tests/helpers/onnxModels.ts";
import { until } from "../tests/helpers/processes.ts";
import { quantile } from "./shared.ts";
import { openSocket } from "./socket.ts";
import { twelveMegapixels } from "./twelveMegapixels.ts";

const PEERS = 10;
const ASKS = 200;

/** 200 `/augment` of a 12-megapixel photo from ten peers at once, while another job computes as hard as it can. */
export const peers = async (say: (line: string) => void) => {
  const home = await freshHome();
  const peerlab = await start(home);
  const { upload, send, outcome } = openSocket(socketPath(home));
  try {
    const photo = await twelveMegapixels();
    const hog = { id: "hog", name: "Hog" };
    const endless = await upload(hog, Uint8Array.from(endlessModel()), "endless.onnx");
    const labels = await upload(hog, new TextEncoder().encode("a\nb\nc"), "labels.txt");
    const busy = await send(hog, `/models add name:endless preprocessing:${plainly}`, [endless, labels]);
    await until("the hog to compute", async () => {
      const { reply } = await outcome(await send(hog, "/status", []), hog, 20);
      return (reply?.data as { queues: { classify: { active: number } } }).queues.classify.active === 1;
    });
    const acks: number[] = [];
    const acksWithUpload: number[] = [];
    const totals: number[] = [];
    let busyFor = 0;
    const began = performance.now();
    const peer = async (number: number) => {
      const user = { id: `peer${number}`, name: `Peer ${number}` };
      for (let i = 0; i < ASKS / PEERS; i++) {
        const from = performance.now();
        const file = await upload(user, photo, "photo.jpg");
        const uploaded = performance.now();
        const id = await send(user, "/augment op:rotate", [file]);
        acks.push(performance.now() - uploaded);
        acksWithUpload.push(performance.now() - from);
        let now = await outcome(id, user, 25);
        while (now.status === "waiting") now = await outcome(id, user, 25);
        if (now.status !== "done") throw new Error(`Expected a picture, got ${JSON.stringify(now)}`);
        totals.push(performance.now() - from);
        if ((await outcome(busy, hog, 0)).status === "waiting") busyFor++;
      }
    };
    await Promise.all(Array.from({ length: PEERS }, (_, number) => peer(number)));
    const seconds = (performance.now() - began) / 1000;
    const ms = (numbers: number[], share: number) => Math.round(quantile(numbers, share));
    say(
      `${ASKS} answers in ${seconds.toFixed(1)} s; the busy job was running during ${busyFor} of them; photo ${(photo.length / 1e6).toFixed(1)} MB`,
    );
    return {
      ack: { p50: ms(acks, 0.5), p99: ms(acks, 0.99) },
      ackWithUpload: { p50: ms(acksWithUpload, 0.5), p99: ms(acksWithUpload, 0.99) },
      total: { p50: ms(totals, 0.5), p99: ms(totals, 0.99) },
      perSecond: Math.round((ASKS / seconds) * 10) / 10,
      whileBusy: busyFor,
      of: ASKS,
      photoBytes: photo.length,
    };
  } finally {
    await peerlab.kill("SIGKILL");
    await rm(home, { recursive: true, force: true });
  }
};
