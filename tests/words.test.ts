import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Words of our own that were in the way, and the field's words that took their place. */
const replaced = {
  Scene: "CommandContext",
  scene: "context",
  Ask: "IncomingRequest",
  Line: "CommandLine, Message",
  Wish: "JobRequest",
  wish: "input",
  Ending: "FlowResult",
  Ended: "JobResult",
  Shift: "JobContext",
  happenings: "events",
  Happenings: "Events",
  desk: "requests",
  Desk: "Requests, Services",
  hushed: "ephemeral",
  Look: "Prediction",
  guess: "prediction",
  Guess: "Prediction",
  judge: "evaluate",
  Judgement: "Evaluation",
  findRate: "learningRateFinder",
  RateSearch: "LearningRateSearch",
  heat: "classActivationMap",
  occlude: "occlusionMap",
  sayings: "messages",
  apologise: "describeError",
  tell: "describeMistake",
  embed: "cardMetadata",
  ports: "inputsOutputs",
  studio: "images",
  killers: "crashedModels",
  kills: "crashes",
} as const;

const sources = execFileSync("git", ["ls-files", "src", "commands", "workers"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => /\.tsx?$/.test(path));

/** The identifiers of a file: its code without comments, texts and the old names of what is still read. */
const identifiersOf = (path: string): string[] => {
  const code = readFileSync(join(root, path), "utf8")
    .replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');
  return [...code.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)].map(([word]) => word);
};

const uses = sources.map((path) => ({ path, words: new Set([...identifiersOf(path), basename(path).split(".")[0] ?? ""]) }));

/** Former names that are still read: what queues were called when somebody wrote a script. */
const stillRead: Readonly<Record<string, readonly string[]>> = { studio: ["src/jobs/queues.ts"] };

it.each(Object.entries(replaced))("nothing is called %s any more, but %s", (old) => {
  expect(uses.filter(({ words }) => words.has(old)).map(({ path }) => path)).toEqual(stillRead[old] ?? []);
});
