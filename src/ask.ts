import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { openBlobs } from "./blobs/blobs.ts";
import type { Outcome } from "./chat/request.ts";
import { call, events, Unreachable } from "./chat/terminal/client.ts";
import { styled } from "./chat/terminal/styled.ts";
import type { ChannelEvent } from "./chat/web/message.ts";
import { loadConfig } from "./config.ts";
import { sentence, UserError } from "./errors.ts";
import type { FileRef } from "./files.ts";
import { listenForStop, stopping } from "./lifecycle.ts";
import { openLog } from "./log.ts";
import { socketPath } from "./store/home.ts";
import { textWithTable } from "./table.ts";
import { languageOf } from "./text.ts";

const usage = `npm run -s ask -- "/classify model:googlenet" --image cat.jpg [--image …] [--file model.onnx] [--as NAME] [--lang ko] [--json] [--out DIR] [--data DIR]`;

/** The terminal adapter: one command, asked of the Peerlab that runs in the data folder, or of one that lives only for it. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    image: { type: "string", multiple: true, default: [] },
    file: { type: "string", multiple: true, default: [] },
    as: { type: "string", default: userInfo().username },
    lang: { type: "string", default: process.env["LANG"] ?? "en" },
    json: { type: "boolean", default: false },
    out: { type: "string" },
    data: { type: "string" },
  },
});
const config = loadConfig({ PEERLAB_LOG: "error", ...process.env, ...(values.data ? { PEERLAB_HOME: values.data } : {}) });
const socket = socketPath(config.home);
const lang = languageOf(values.lang);
const colours = process.stdout.isTTY && !process.env["NO_COLOR"];
const user = { id: `terminal-${values.as}`, name: values.as };
const id = randomUUID();
const CHANNEL = "terminal";
const POLL_MS = 100;
const WAIT_SECONDS = 25;
/** Whoever holds the folder may be starting, which takes a second or two; after this long the asker hears why nothing happens. */
const SAY_AFTER_MS = 3000;

class Refused extends Error {}

const parsed = <T>({ status, body }: { status: number; body: Buffer }): T => {
  const it = JSON.parse(body.toString()) as T & { error?: string; code?: string };
  if (status < 400) return it;
  const why = it.error ?? `The server answered ${status}`;
  throw it.code === "ours" ? new Error(why) : new Refused(why);
};

/** A file that the asker named. */
const read = async (path: string): Promise<File> => {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const text = sentence({ code: "unreadable_file", facts: { path, code: cause.code ?? cause.message } });
    throw new Refused(text[lang], { cause });
  });
  return new File([bytes], basename(path));
};

const upload = async (file: File): Promise<FileRef> => {
  const form = new FormData();
  form.append("user", JSON.stringify(user));
  form.append("files", file);
  const { files } = parsed<{ files: [FileRef] }>(await call(socket, "POST", `/api/upload?lang=${lang}`, form));
  return files[0];
};

/** Asks and waits. Safe to repeat after a lost connection: the id makes it the same request. */
const converse = async (given: readonly File[]): Promise<{ outcome: Outcome; ack: number; total: number }> => {
  const began = performance.now();
  const files = await Promise.all(given.map(upload));
  const input = positionals.join(" ");
  const sent = performance.now();
  parsed(await call(socket, "POST", `/api/ask?lang=${lang}`, { id, channel: CHANNEL, user, lang, input, files }));
  const ack = performance.now() - sent;
  const watching = new AbortController();
  const bar =
    process.stderr.isTTY && !values.json
      ? new SingleBar({ format: "{bar} {note}", clearOnComplete: true, hideCursor: true })
      : undefined;
  const show = (event: ChannelEvent) => {
    if (event.type !== "progress" || event.request !== id) return;
    bar?.start(event.of, event.done, { note: event.note });
    bar?.update(event.done, { note: event.note });
  };
  if (bar) events(socket, `/api/events?channel=${CHANNEL}`, (it) => show(it as ChannelEvent), watching.signal);
  const giveUp = () => void call(socket, "POST", `/api/requests/${id}/cancel`, { user }).catch(() => {});
  stopping.addEventListener("abort", giveUp);
  try {
    for (;;) {
      const outcome = parsed<Outcome>(
        await call(socket, "GET", `/api/requests/${id}?wait=${WAIT_SECONDS}&user=${encodeURIComponent(JSON.stringify(user))}`),
      );
      if (outcome.status !== "waiting") return { outcome, ack, total: performance.now() - began };
    }
  } finally {
    bar?.stop();
    watching.abort();
    stopping.removeEventListener("abort", giveUp);
  }
};

/** Finds a Peerlab for this folder, starting one when there is none, until the answer is here. */
const insist = async (given: readonly File[]): Promise<Awaited<ReturnType<typeof converse>>> => {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    if (waitedMs === SAY_AFTER_MS)
      console.error(styled(sentence({ code: "folder_busy", facts: { path: config.home } })[lang], false));
    try {
      return await converse(given);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
    }
    // Loaded only here: most of the time somebody answers already, and then an ask is quick to start.
    const { serve } = await import("./app/serve.ts");
    const own = await serve(config, openLog(config), { web: false });
    if (own) {
      try {
        return await converse(given);
      } finally {
        await own.finish();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/** Writes the answer's pictures and files, and says where. */
const keep = async (files: readonly FileRef[]) => {
  const folder = resolve(values.out ?? join(config.home, "out", id.slice(0, 8)));
  if (files.length > 0) await mkdir(folder, { recursive: true });
  const blobs = openBlobs(join(config.home, "blobs"));
  return Promise.all(
    files.map(async ({ name, blob, bytes }, index) => {
      const twin = files.findIndex((it) => it.name === name) < index;
      const path = join(folder, basename(twin ? `${index + 1}-${name}` : name));
      await writeFile(path, await blobs.get(blob));
      return { name, path, bytes };
    }),
  );
};

const run = async (): Promise<number> => {
  if (positionals.length === 0) {
    console.error(usage);
    return 1;
  }
  const { outcome, ack, total } = await insist(await Promise.all([...values.image, ...values.file].map(read)));
  const { status, reply, seed } = outcome;
  const files = await keep([...(reply?.pictures ?? []), ...(reply?.files ?? [])]);
  const ms = { ack: Math.round(ack), total: Math.round(total) };
  const answer = {
    ok: status === "done",
    text: reply ? textWithTable(reply) : "",
    files,
    data: reply?.data ?? null,
    ms,
    seed,
    id,
  };
  if (values.json) console.log(JSON.stringify(answer));
  else console.log([styled(answer.text, colours), ...files.map((it) => it.path)].join("\n"));
  return status === "done" ? 0 : status === "failed" ? 2 : 1;
};

listenForStop();
try {
  process.exitCode = await run();
} catch (error) {
  const refused = error instanceof UserError || error instanceof Refused;
  const text =
    error instanceof UserError ? sentence(error.mistake)[lang] : error instanceof Error ? error.message : String(error);
  if (values.json) console.log(JSON.stringify({ ok: false, text, files: [], data: null, ms: { ack: 0, total: 0 }, seed: 0, id }));
  else console.error(styled(text, false));
  process.exitCode = refused ? 1 : 2;
}
process.exit();
