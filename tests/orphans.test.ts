/** Takes 20 to 60 s, by how busy the machine is: two hosts are started, and each is killed over ten children. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshHome } from "./helpers/bot.ts";
import { childrenOf, until } from "./helpers/processes.ts";

const CHILDREN = 10;
const helper = join(import.meta.dirname, "helpers/host.ts");

/** A process as /proc tells it; undefined when it has ended, as a zombie too. */
const look = (pid: number): { parent: number; seconds: number } | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").replace(/.*\) /s, "").split(" ");
    if (fields[0] === "Z") return undefined;
    return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  } catch {
    return undefined;
  }
};
const alive = (pids: readonly number[]) => pids.filter((pid) => look(pid) !== undefined);
/** Children and theirs: a child's compiler is a process of its own. */
const descendantsOf = (pid: number): number[] => {
  const found = childrenOf(pid);
  return [...found, ...found.flatMap((it) => (look(it) ? descendantsOf(it) : []))];
};

/** Kills a host whose ten children were asked for a fifth of a second apart; gives every process that it leaves behind. */
const orphansOf = async (home: string, msAfterLast: number): Promise<{ ages: number[]; left: number[] }> => {
  const env = { ...process.env, PEERLAB_HOME: home, PEERLAB_LOG: "silent", PEERLAB_STUDIO_CHILDREN: String(CHILDREN) };
  const host = spawn(process.execPath, ["--import", "tsx", helper], { env, stdio: ["pipe", "pipe", "ignore"] });
  const pid = host.pid as number;
  await once(host.stdout, "data");
  const births: number[] = [];
  const born = () => childrenOf(pid).filter((it) => look(it)).length;
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

it("leaves no process behind, at whichever of 20 moments of a child's first two seconds its host is killed", async () => {
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
      .join(", ")} ms; ${alive(orphans).length} of ${orphans.length} still there`,
  );
  expect(seen).toHaveLength(20);
  await until("every orphan to end", () => alive(orphans).length === 0, 5).catch(() => {});
  const left = alive(orphans);
  for (const pid of left) process.kill(pid, "SIGKILL");
  await rm(home, { recursive: true, force: true });
  expect(left).toEqual([]);
}, 150_000);
