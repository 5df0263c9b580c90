import { rm } from "node:fs/promises";
import { freshHome } from "../tests/helpers/bot.ts";
import { until, workersOf } from "../tests/helpers/processes.ts";
import { httpAttack } from "./hostile/http.ts";
import { onnxAttack } from "./hostile/onnx.ts";
import { optionsAttack } from "./hostile/options.ts";
import { picturesAttack } from "./hostile/pictures.ts";
import { openTarget, type Target } from "./hostile/target.ts";
import { type Attack, type Verdict, verdicts } from "./hostile/verdict.ts";
import type { BenchOptions } from "./options.ts";
import { program, supervise } from "./supervisor.ts";
import { table } from "./table.ts";

const TOKEN = "a-token-for-hostile-inputs";
/** The kinds of hostile input, each one's share of the default count, and how many are sent side by side. */
const kinds: Readonly<Record<string, { open: (target: Target) => Promise<Attack>; count: number; abreast: number }>> = {
  pictures: { open: picturesAttack, count: 1500, abreast: 6 },
  onnx: { open: onnxAttack, count: 300, abreast: 2 },
  options: { open: optionsAttack, count: 2000, abreast: 6 },
  http: { open: httpAttack, count: 1000, abreast: 6 },
};
const DEFAULT = Object.values(kinds).reduce((sum, it) => sum + it.count, 0);
const LISTED = 10;
const START_SECONDS = 60;

/** `npm start` with a token, on a free port. */
const startServer = async (home: string) => {
  let heard = "";
  const addressIn = () => /Peerlab is at (http\S+)/.exec(heard)?.[1];
  const hear = (text: string) => {
    heard += text;
  };
  const environment = { PEERLAB_WEB_TOKEN: TOKEN, PEERLAB_LOG: "error" };
  const server = supervise(...program("main", "--data", home, "--port", "0"), environment, hear);
  /** What the log says about a failure whose id a peer was told. */
  const reasonOf = (answer: string): string => {
    const [id = "no number"] = /logged as ([0-9a-f]{8})/.exec(answer)?.slice(1) ?? [];
    const line = heard.split("\n").find((it) => it.includes(id));
    return /"message":"((?:[^"\\]|\\.)*)"/.exec(line ?? "")?.[1]?.slice(0, 300) ?? "";
  };
  return { server, address: await until("the server", addressIn, START_SECONDS), reasonOf };
};

/** Sends the inputs of one kind, counts the verdicts and prints those that got through. */
const run = async (name: string, attack: Attack, seeds: readonly number[], abreast: number, say: (line: string) => void) => {
  const counts = Object.fromEntries(verdicts.map((it) => [it, 0])) as Record<Verdict, number>;
  let [told, leaks] = [0, 0];
  const through: { kind: string; seed: number; verdict: string; input: string; answer: string }[] = [];
  const left = [...seeds].reverse();
  const sender = async () => {
    for (let seed = left.pop(); seed !== undefined; seed = left.pop()) {
      const { verdict, input, answer, leak, secret } = await attack(seed);
      counts[verdict]++;
      if (secret) told++;
      if (leak) leaks++;
      const bad = verdict === "ours" || verdict === "hung" || verdict === "crashed" || verdict === "wordy" || secret || leak;
      if (!bad) continue;
      const what = [verdict, ...(secret ? ["secret kept"] : []), ...(leak ? [`leak ${leak}`] : [])].join(", ");
      through.push({ kind: name, seed, verdict: what, input: input.slice(0, 200), answer: answer.slice(0, 200) });
      say(`  ${name} ${seed}: ${what}: ${input.slice(0, 100)} -> ${answer.slice(0, 100)}`);
    }
  };
  await Promise.all(Array.from({ length: abreast }, sender));
  // Worst first.
  const rank = (it: (typeof through)[0]) => ["ours", "hung", "crashed"].findIndex((worst) => it.verdict.startsWith(worst)) >>> 0;
  return { kind: name, sent: seeds.length, ...counts, secrets: told, leaks, through: through.sort((a, b) => rank(a) - rank(b)) };
};

/** Hostile pictures, models, options and HTTP against one server: what is refused kindly, and what gets through. */
export const hostile = async (say: (line: string) => void, { count = DEFAULT, seed, kind, first }: BenchOptions) => {
  const home = await freshHome();
  const { server, address, reasonOf } = await startServer(home);
  try {
    const target = await openTarget(address, TOKEN);
    const results = [];
    const chosen = Object.entries(kinds).filter(([name]) => kind === undefined || kind === name);
    if (chosen.length === 0) throw new Error(`--kind: expected one of ${Object.keys(kinds).join(", ")}, got "${kind}"`);
    const all = chosen.reduce((sum, [, it]) => sum + it.count, 0);
    for (const [name, { open, count: share, abreast }] of chosen) {
      const attack = await open(target);
      const from = first ?? seed * 1_000_000;
      const seeds = Array.from({ length: Math.max(1, Math.round((count * share) / (kind ? all : DEFAULT))) }, (_, i) => from + i);
      say(`${name}: ${seeds.length} inputs from seed ${from} on`);
      results.push(await run(name, attack, seeds, abreast, say));
    }
    say(table(results.map(({ through: _, ...it }) => it)));
    const through = results.flatMap((it) => it.through.slice(0, LISTED)).map((it) => ({ ...it, logged: reasonOf(it.answer) }));
    for (const it of through) say(`${it.kind} ${it.seed}: ${it.verdict}: ${it.input} -> ${it.logged || it.answer}`);
    return {
      results: results.map(({ through: _, ...it }) => it),
      through,
      serverEnded: server.deaths,
      children: workersOf(server.pid).length,
    };
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
};
