import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ask, start } from "../tests/helpers/ask.ts";
import { freshHome } from "../tests/helpers/bot.ts";
import { quantile, sharedFile } from "./shared.ts";

/** Adds GoogLeNet as a peer would and classifies 40 ImageNet photos through `ask --json`: how many are right. */
export const photos = async (say: (line: string) => void) => {
  const home = await freshHome();
  const synsets = readFileSync(sharedFile("weights", "imagenet-synset-words.txt"), "utf8").trim().split("\n");
  const folder = sharedFile("photos");
  const peerlab = await start(home);
  try {
    const weights = sharedFile("weights", "googlenet-imagenet-caffe.onnx");
    const added = await ask(home, "/models add name:googlenet preprocessing:caffe labels:imagenet", "--file", weights);
    if (added.code !== 0) throw new Error(added.answer.text);
    const score = { top1: 0, top5: 0, of: 0 };
    const ms: number[] = [];
    const total: number[] = [];
    for (const name of readdirSync(folder).filter((it) => /^n\d{8}_/.test(it))) {
      const truth = synsets.findIndex((it) => it.startsWith(name.slice(0, 9)));
      const { answer } = await ask(home, "/classify model:googlenet", "--image", join(folder, name));
      const data = answer.data as { top: { index: number; label: string }[]; ms: number };
      const rank = data.top.findIndex((it) => it.index === truth);
      score.of++;
      if (rank === 0) score.top1++;
      if (rank >= 0) score.top5++;
      ms.push(data.ms);
      total.push(answer.ms.total);
      say(`${rank === 0 ? "1" : rank > 0 ? "5" : "-"} ${name}: ${data.top[0]?.label}`);
    }
    return { ...score, msMedian: Math.round(quantile(ms, 0.5)), totalMsMedian: Math.round(quantile(total, 0.5)) };
  } finally {
    await peerlab.kill("SIGTERM");
    await rm(home, { recursive: true, force: true });
  }
};
