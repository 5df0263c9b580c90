import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "../../src/chat/request.ts";
import type { FileRef } from "../../src/files.ts";
import { colourModel, plainly } from "../../tests/helpers/onnxModels.ts";
import { landscape } from "../../tests/helpers/pictures.ts";
import { quantile } from "../shared.ts";
import type { Socket } from "../socket.ts";

/** How long a command took to be acknowledged, and what it did to everybody else. Milliseconds. */
export interface AckTimes {
  input: string;
  p50: number;
  worst: number;
  /** The longest answer time of `/healthz` meanwhile. */
  silence: number;
  /** Resident memory of the server afterwards. */
  mb: number;
  answer: string;
}

const TIMES = 3;
const PULSE_MS = 10;

/** Keeps asking for the server's health and remembers the longest wait. */
const pulse = (peerlab: Socket) => {
  let [longest, going] = [0, true];
  const beats = (async () => {
    while (going) {
      const began = performance.now();
      await peerlab.isUp();
      longest = Math.max(longest, performance.now() - began);
      await sleep(PULSE_MS);
    }
  })();
  return async () => {
    going = false;
    await beats;
    return Math.round(longest);
  };
};

/** Every command of the table in turn; at the end the peer who owns most rows erases everything. */
export const acknowledgements = async (peerlab: Socket, heaviest: Peer, residentMb: () => number): Promise<AckTimes[]> => {
  const user = { id: "newcomer", name: "Newcomer" };
  const photo = await peerlab.upload(user, await landscape(), "hills.jpg");
  const model = await peerlab.upload(user, colourModel(), "colours.onnx");
  const labels = await peerlab.upload(user, Buffer.from("red\ngreen\nblue"), "labels.txt");
  const inputs: [input: string, files: FileRef[], user?: Peer][] = [
    ["/help", []],
    ["/augment op:flip", [photo]],
    ["/randaugment n:1", [photo]],
    ["/trivialaugment n:1", [photo]],
    ["/cutmix", [photo, photo]],
    ["/mixup", [photo, photo]],
    ["/classify", [photo]],
    ["/explain", [photo]],
    ["/arch net:resnet20", []],
    ["/models", []],
    [`/models add name:colours preprocessing:${plainly}`, [model, labels]],
    ["/models remove name:colours", []],
    ["/label class:hills", [photo]],
    ["/label", []],
    ["/history", []],
    ["/history user:Heaviest", []],
    ["/cancel", []],
    ["/status", []],
    ["/forget", []],
    ["/forget yes", []],
    ["/forget yes", [], heaviest],
  ];
  const times: AckTimes[] = [];
  for (const [input, files, who = user] of inputs) {
    const acks: number[] = [];
    let answer = "";
    const stop = pulse(peerlab);
    // Erasing and removing can be done only once.
    for (let i = /yes|remove/.test(input) ? TIMES - 1 : 0; i < TIMES; i++) {
      const began = performance.now();
      const id = await peerlab.send(who, input, files);
      acks.push(performance.now() - began);
      let outcome = await peerlab.outcome(id, who, 25);
      while (outcome.status === "waiting") outcome = await peerlab.outcome(id, who, 25);
      answer = `${outcome.status}: ${outcome.reply?.text.split("\n")[0]}`;
    }
    const silence = await stop();
    const owner = who === heaviest ? " (who owns half)" : "";
    times.push({
      input: `${input.slice(0, 30)}${owner}`,
      p50: Math.round(quantile(acks, 0.5)),
      worst: Math.round(Math.max(...acks)),
      silence,
      mb: Math.round(residentMb()),
      answer,
    });
  }
  return times;
};
