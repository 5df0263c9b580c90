import { once } from "node:events";
import { appendFileSync, chmodSync, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { commands } from "../commands/index.ts";
import { connectDiscord } from "../src/chat/discord/connect.ts";
import { connectSlack } from "../src/chat/slack/connect.ts";
import { readEnvironment } from "../src/environment.ts";

/** `npm run connect -- discord` or `slack`: through the tokens, what they may do, and a hello, in a few questions. */
const guides = { discord: connectDiscord, slack: connectSlack };
const ENVIRONMENT_FILE = ".env";
/** Its owner may read and write it, and nobody else. */
const OWNER_ONLY = 0o600;

const isGuide = (name: string | undefined): name is keyof typeof guides => name !== undefined && name in guides;
const [, , name] = process.argv;
if (!isGuide(name)) {
  console.error(`npm run connect -- ${Object.keys(guides).join("|")}`);
  process.exit(1);
}

let isMuted = false;
const output = new Writable({
  write: (part, _, done) => {
    if (!isMuted) process.stdout.write(part);
    done();
  },
});
const terminal = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });

/** Where nothing more can be typed, every question is answered with nothing. */
const ended = once(terminal, "close").then(() => "");

/** What is typed after a question; a secret is not shown while it is typed. */
const ask = async (question: string, isSecret = false): Promise<string> => {
  process.stdout.write(`${question} `);
  isMuted = isSecret;
  try {
    return await Promise.race([terminal.question(""), ended]);
  } finally {
    isMuted = false;
    if (isSecret) process.stdout.write("\n");
  }
};

/** Keeps a setting in the file that `npm start` reads. */
const keep = async (setting: string, value: string): Promise<void> => {
  const isNewLine = !existsSync(ENVIRONMENT_FILE) || /(^|\n)$/.test(readFileSync(ENVIRONMENT_FILE, "utf8"));
  appendFileSync(ENVIRONMENT_FILE, `${isNewLine ? "" : "\n"}${setting}=${value}\n`, { mode: OWNER_ONLY });
  chmodSync(ENVIRONMENT_FILE, OWNER_ONLY);
  console.log(`Kept ${setting} in ${ENVIRONMENT_FILE}, which only you can read.`);
};

const isComplete = await guides[name]({
  env: readEnvironment(process.env),
  commands,
  say: (line) => console.log(line),
  ask,
  keep,
});
terminal.close();
process.exit(isComplete ? 0 : 1);
