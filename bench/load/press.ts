import { landscape } from "../../tests/helpers/pictures.ts";
import type { Socket } from "../socket.ts";

const PEERS = 10;
const SIZES = [
  [640, 480],
  [1600, 1200],
  [4000, 3000],
] as const;
/** Commands in turn, and how many pictures each takes. */
const INPUTS: readonly [input: string, pictures: number][] = [
  ["/augment op:rotate", 1],
  ["/classify", 1],
  ["/randaugment", 1],
  ["/history", 0],
  ["/explain", 1],
  ["/augment", 1],
  ["/mixup", 2],
  ["/label class:hills", 1],
  ["/arch net:resnet20", 0],
  ["/trivialaugment", 1],
  ["/cutmix", 2],
  ["/classify model:all", 1],
  ["/status", 0],
];

/** Ten peers who each ask one thing after another, `count` in all, each time with a picture of another size. Times in milliseconds. */
export const press = async (peerlab: Socket, count: number) => {
  const photos = await Promise.all(SIZES.map(([width, height]) => landscape(width, height)));
  const [acks, answers]: [number[], number[]] = [[], []];
  const failures: string[] = [];
  let next = 0;
  const peer = async (number: number) => {
    const user = { id: `peer${number}`, name: `Peer ${number}` };
    for (let i = next++; i < count; i = next++) {
      const [input, pictures] = INPUTS[i % INPUTS.length] as (typeof INPUTS)[0];
      try {
        const files = [];
        for (let j = 0; j < pictures; j++)
          files.push(await peerlab.upload(user, photos[(i + j) % photos.length] as Buffer, `hills${j}.jpg`));
        const began = performance.now();
        const id = await peerlab.send(user, input, files);
        acks.push(performance.now() - began);
        let outcome = await peerlab.outcome(id, user, 25);
        while (outcome.status === "waiting") outcome = await peerlab.outcome(id, user, 25);
        answers.push(performance.now() - began);
        if (outcome.status !== "done") failures.push(`${input}: ${outcome.reply?.text}`);
      } catch (error) {
        failures.push(`${input}: ${error instanceof Error ? error.message : error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: PEERS }, (_, number) => peer(number)));
  return { acks, answers, failures };
};
