import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { SingleBar } from "cli-progress";
import { openBlobs } from "./blobs/blobs.ts";
import type { TerminalEvent } from "./chat/terminal/adapter.ts";
import { Unreachable } from "./chat/terminal/client.ts";
import { type Answered, converse, type Question, Refused } from "./chat/terminal/conversation.ts";
import { readNamed, writeFiles } from "./chat/terminal/files.ts";
import { exitCodeOf, failureToJson, toJson, toText } from "./chat/terminal/print.ts";
import { styled } from "./chat/terminal/styled.ts";
import { configOrExit } from "./environment.ts";
import { sentence, UserError } from "./errors.ts";
import { listenForStop, stopping } from "./lifecycle.ts";
import { openLog } from "./log.ts";
import { socketPath } from "./store/home.ts";
import { languageOf } from "./text.ts";

const usage = `npm run -s ask -- "/classify model:googlenet" --image cat.jpg [--image …] [--file model.onnx] [--reply ID] [--as NAME] [--lang ko] [--json] [--out DIR] [--data DIR]
npm run -s ask -- --reply ID --press 1`;

/**
 * What was typed: one command or one press of a button, for the Peerlab that runs in the data folder, or for one that lives only for it.
 * An option that does not exist ends with the usage.
 */
const read = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        image: { type: "string", multiple: true, default: [] },
        file: { type: "string", multiple: true, default: [] },
        reply: { type: "string" },
        press: { type: "string" },
        as: { type: "string", default: userInfo().username },
        lang: { type: "string", default: process.env["LANG"] ?? "en" },
        json: { type: "boolean", default: false },
        out: { type: "string" },
        data: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
};
const { values, positionals } = read();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const config = configOrExit(values.data ? { PEERLAB_HOME: values.data } : {}, { PEERLAB_LOG: "error" });
const lang = languageOf(values.lang);
/** https://no-color.org */
const colours = process.stdout.isTTY && !process.env["NO_COLOR"];
const id = randomUUID();
const POLL_MS = 100;
/** Whoever holds the folder may be starting, which takes a second or two; after this long the asker hears why nothing happens. */
const SAY_AFTER_MS = 3000;

const ask = async (question: Question): Promise<Answered> => {
  const shown = process.stderr.isTTY && !values.json;
  const bar = shown ? new SingleBar({ format: "{bar} {note}", clearOnComplete: true, hideCursor: true }) : undefined;
  const show = (event: TerminalEvent) => {
    if (event.type !== "progress") return;
    // In the queue nobody knows how much there is to do: an empty bar.
    bar?.start(event.of || 1, event.done, { note: event.note });
    bar?.update(event.done, { note: event.note });
  };
  try {
    return await converse(socketPath(config.home), question, show, stopping);
  } finally {
    bar?.stop();
  }
};

/** Finds a Peerlab for this folder, starting one when there is none, until the answer is here. */
const insist = async (question: Question): Promise<Answered> => {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    if (waitedMs === SAY_AFTER_MS)
      console.error(styled(sentence({ code: "folder_busy", facts: { path: config.home } })[lang], false));
    try {
      return await ask(question);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
    // This process lives for one answer: PostgreSQL's WebAssembly would be compiled for speed until it ends (docs/LOG.md).
    setFlagsFromString("--liftoff-only");
    // Loaded only here: most of the time somebody answers already, and then an ask is quick to start.
    const { serve } = await import("./app/serve.ts");
    const own = await serve(config, openLog(config), { web: false });
    if (own) {
      try {
        return await ask(question);
      } finally {
        await own.finish();
      }
    }
    await setTimeout(POLL_MS);
  }
};

const run = async (): Promise<number> => {
  const button = values.press === undefined ? undefined : Number(values.press) - 1;
  const isPress = button !== undefined && Number.isInteger(button) && button >= 0 && values.reply !== undefined;
  if (isPress ? positionals.length > 0 : positionals.length === 0 || button !== undefined) {
    console.error(usage);
    return 1;
  }
  const answered = await insist({
    ...{ id, lang, user: { id: `terminal-${values.as}`, name: values.as } },
    // All that is typed here is a command, with its slash or without.
    input: positionals.join(" ").replace(/^\s*(?!\/)(?=\S)/, "/"),
    files: await Promise.all([...values.image, ...values.file].map(readNamed)),
    ...(values.reply === undefined ? {} : { replyTo: values.reply }),
    ...(isPress ? { press: button } : {}),
  });
  const { status, reply } = answered.outcome;
  const folder = resolve(values.out ?? join(config.home, "out", id.slice(0, 8)));
  const blobs = openBlobs(join(config.home, "blobs"));
  const files = await writeFiles(blobs, [...(reply?.pictures ?? []), ...(reply?.files ?? [])], folder);
  console.log(values.json ? toJson(answered, files) : toText(answered, files, colours));
  return exitCodeOf(status);
};

listenForStop();
try {
  process.exitCode = await run();
} catch (error) {
  const text =
    error instanceof UserError ? sentence(error.mistake)[lang] : error instanceof Error ? error.message : String(error);
  if (values.json) console.log(failureToJson(id, text));
  else console.error(styled(text, false));
  process.exitCode = error instanceof UserError || error instanceof Refused ? 1 : 2;
}
process.exit();
