import { randomUUID } from "node:crypto";
import type { ChannelEvent, Message } from "../../../src/chat/web/message.ts";
import type { FileRef } from "../../../src/files.ts";
import { LOCAL_GROUP } from "../../../src/place.ts";
import { textWithTable } from "../../../src/table.ts";
import { until } from "../processes.ts";
import type { AdapterDriver, Seen } from "./driver.ts";

const CHANNEL = "general";

const seen = (message: Message): Seen => ({
  id: message.id,
  text: textWithTable(message),
  pictures: message.pictures.map((it) => it.bytes),
  files: message.files.map((it) => it.bytes),
  buttons: message.buttons,
  status: message.request?.status ?? "said",
  messages: 1,
  ...(message.delivery === undefined ? {} : { request: message.delivery }),
});

/** What each person's browser keeps, by the bot's folder and their name: who comes back is the same person. */
const cookies = new Map<string, string>();

/** The web chat, by the HTTP calls and the event stream of its page. */
export const webDriver: AdapterDriver = {
  skips: {},
  place: { adapter: "web", group: LOCAL_GROUP, channel: CHANNEL },
  join: async (bot, name, lang) => {
    const browser = `${bot.home} ${name}`;
    const kept = cookies.get(browser);
    const headers: Record<string, string> = { "accept-language": lang, ...(kept !== undefined && { cookie: kept }) };
    const call = async <T>(path: string, body?: object | FormData): Promise<T> => {
      const isForm = body instanceof FormData;
      const sent = body && { method: "POST", body: isForm ? body : JSON.stringify(body) };
      const type = body && !isForm ? { "content-type": "application/json" } : {};
      const response = await fetch(`${bot.address}/api/${path}`, { ...sent, headers: { ...headers, ...type } });
      const cookie = response.headers.getSetCookie().map((it) => it.split(";")[0]);
      if (cookie.length > 0) cookies.set(browser, cookie.join("; "));
      headers["cookie"] = cookies.get(browser) ?? "";
      const answer = (await response.json()) as T & { error?: string };
      if (!response.ok) throw new Error(answer.error);
      return answer;
    };
    await call("me", { name });

    const messages = new Map<string, Message>();
    /** What can be downloaded of each message. */
    const blobsOf = (message: Message) => [...message.pictures, ...message.files].map((it) => it.blob);
    const blobs = new Map<string, readonly string[]>();
    const look = (message: Message): Seen => {
      blobs.set(message.id, blobsOf(message));
      return seen(message);
    };
    const progress = new Map<string, { done: number; of: number }[]>();
    const hear = (event: ChannelEvent) => {
      if (event.type === "message" || event.type === "changed") messages.set(event.message.id, event.message);
      if (event.type === "progress") progress.set(event.request, [...(progress.get(event.request) ?? []), event]);
    };
    const left = new AbortController();
    const stream = await fetch(`${bot.address}/api/events`, { headers, signal: left.signal });
    const listening = (async () => {
      const decoder = new TextDecoder();
      let rest = "";
      for await (const part of stream.body as ReadableStream<Uint8Array>) {
        const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (line.startsWith("data:")) hear(JSON.parse(line.slice(5)));
      }
    })().catch(() => {});

    const upload = async (file: File): Promise<FileRef> => {
      const form = new FormData();
      form.append("files", file);
      return (await call<{ files: [FileRef] }>("upload", form)).files[0];
    };
    return {
      send: async ({ input, files = [], replyTo, id = randomUUID() }) => {
        const body = { id, channel: CHANNEL, lang, input, files: await Promise.all(files.map(upload)), replyTo: replyTo?.id };
        return (await call<{ request: string }>("ask", body)).request;
      },
      answer: async (request) => {
        const shown = () => [...messages.values()].find((it) => it.delivery === request && it.request?.status !== "waiting");
        return look(await until(`the answer to ${request}`, shown, 120));
      },
      press: async (message, button, id = randomUUID()) =>
        (await call<{ request: string }>("press", { id, message: message.id, delivery: message.request, button, lang })).request,
      cancel: async (request) => void (await call(`requests/${request}/cancel`, {})),
      progress: (request) => progress.get(request) ?? [],
      sees: async () => (await call<{ messages: Message[] }>(`channels/${CHANNEL}/messages`)).messages.map(look),
      download: ({ id }) =>
        Promise.all(
          (blobs.get(id) ?? []).map(async (blob) =>
            Buffer.from(await (await fetch(`${bot.address}/api/blobs/${blob}`, { headers })).arrayBuffer()),
          ),
        ),
      thread: async () => "",
      suggest: async ({ given, ...wanted }) => {
        const query = new URLSearchParams({ ...wanted, channel: CHANNEL, given: JSON.stringify(given), lang });
        return (await call<{ choices: { value: string }[] }>(`suggest?${query}`)).choices.map((it) => it.value);
      },
      leave: async () => {
        left.abort();
        await listening;
      },
    };
  },
};
