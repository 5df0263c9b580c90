/** Takes 20 to 60 s, by how busy the machine is: two hosts are started, and each is killed over ten children. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshHome } from "./helpers/bot.ts";
import { childrenOf, isRunning, until } from "./helpers/processes.ts";

const CHILDREN = 10;
const helper = join(import.meta.dirname, "helpers/host.ts");

/** Children and theirs: a child's compiler is a process of its own. */
const descendantsOf = (pid: number): number[] => {
  const found = childrenOf(pid);
  return [...found, ...found.flatMap((it) => (isRunning(it) ? descendantsOf(it) : []))];
};

/** Kills a host whose ten children were asked for a fifth of a second apart; gives every process that it leaves behind. */
const orphansOf = async (home: string, msAfterLast: number): Promise<{ ages: number[]; left: number[] }> => {
  const env = { ...process.env, PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_IMAGE_CHILDREN: String(CHILDREN) };
  const host = spawn(process.execPath, ["--import", "tsx", helper], { env, stdio: ["pipe", "pipe", "ignore"] });
  const pid = host.pid as number;
  await once(host.stdout, "data");
  const births: number[] = [];
  const born = () => childrenOf(pid).filter(isRunning).length;
  for (let nth = 1; nth <= CHILDREN; nth++) {
    host.stdin.write("more\n");
    await until(`child ${nth}`, () => born() >= nth, 60);
    births.push(performance.now());
    if (nth < CHILDREN) await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await new Promise((resolve) => setTimeout(resolve, msAfterLast));
  host.kill("SIGSTOP"); // so that no child is born between the count and the kill
  const left = descendantsOf(pid);
  const ages = births.map((it) => performance.now() - it);
  host.kill("SIGKILL");
  await once(host, "exit");
  return { ages, left };
};

it("leaves no process behind, at whichever of 20 moments of a child's first seconds its host is killed", async () => {
  const home = await freshHome();
  const seen: number[] = [];
  const orphans: number[] = [];
  for (const msAfterLast of [0, 100]) {
    const { ages, left } = await orphansOf(home, msAfterLast);
    seen.push(...ages);
    orphans.push(...left);
  }
  console.log(
    `killed at ${seen
      .map((it) => Math.round(it))
      .sort((a, b) => a - b)
      .join(", ")} ms; ${orphans.filter(isRunning).length} of ${orphans.length} still there`,
  );
  expect(orphans.length).toBeGreaterThanOrEqual(20);
  expect(seen).toHaveLength(20);
  expect(Math.min(...seen)).toBeLessThan(1000);
  await until("every orphan to end", () => orphans.filter(isRunning).length === 0, 5).catch(() => {});
  const left = orphans.filter(isRunning);
  for (const pid of left) process.kill(pid, "SIGKILL");
  await rm(home, { recursive: true, force: true });
  expect(left).toEqual([]);
}, 150_000);
