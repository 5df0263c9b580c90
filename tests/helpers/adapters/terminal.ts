import { randomUUID } from "node:crypto";
import type { Outcome } from "../../../src/chat/request.ts";
import type { TerminalEvent } from "../../../src/chat/terminal/adapter.ts";
import { call } from "../../../src/chat/terminal/client.ts";
import { type Answered, converse, type Question } from "../../../src/chat/terminal/conversation.ts";
import { LOCAL_GROUP } from "../../../src/place.ts";
import { textWithTable } from "../../../src/table.ts";
import type { AdapterDriver, Seen } from "./driver.ts";
import { webDriver } from "./web.ts";

const seen = ({ id, status, reply }: Outcome): Seen => ({
  ...{ id, request: id, status, text: reply ? textWithTable(reply) : "" },
  pictures: reply?.pictures?.map((it) => it.bytes) ?? [],
  files: reply?.files?.map((it) => it.bytes) ?? [],
  buttons: reply?.buttons?.map((it) => it.label) ?? [],
  messages: 1,
});

/** Every request of the exam: a terminal has no channel to look at, so a peer looks for what others asked by its id. */
const everything = new Set<string>();

/** The terminal, by what `npm run ask` does at the socket file. */
export const terminalDriver: AdapterDriver = {
  place: { adapter: "terminal", group: LOCAL_GROUP, channel: "terminal" },
  posts: { driver: webDriver, channel: webDriver.place.channel },
  skips: {
    "a request by fields": "a terminal has only text",
    "autocomplete sees the other options": "a shell completes nothing of ours",
    "edit in place": "what is printed stays printed",
    "a button changes its message in place": "what is printed stays printed; the answer is printed below",
    "two people press at once": "what is printed stays printed; each gets an answer",
    "a press in vain leaves the message as it was": "what is printed stays printed",
    "a post without a request": "nobody is at a terminal between two requests, and the outbox is told so",
  },
  join: async ({ socket }, name, lang) => {
    const user = { id: `terminal-${name}`, name };
    const events = new Map<string, TerminalEvent[]>();
    const conversations = new Map<string, Promise<Answered>>();
    const as = encodeURIComponent(JSON.stringify(user));
    const stops = new Map<string, AbortController>();
    const begin = async (question: Omit<Question, "user" | "lang">): Promise<string> => {
      const { id } = question;
      everything.add(id);
      const [heard, stop] = [[] as TerminalEvent[], new AbortController()];
      events.set(id, heard);
      stops.set(id, stop);
      await new Promise<void>((resolve, reject) => {
        const hear = (event: TerminalEvent) => {
          heard.push(event);
          resolve();
        };
        const conversation = converse(socket, { ...question, user, lang }, hear, stop.signal);
        conversations.set(id, conversation);
        conversation.catch(reject);
      });
      return id;
    };
    return {
      send: ({ input, files = [], replyTo, id = randomUUID() }) =>
        begin({ id, input: String(input), files, ...(replyTo && { replyTo: replyTo.id }) }),
      answer: async (request) => seen((await (conversations.get(request) as Promise<Answered>)).outcome),
      press: (message, button, id = randomUUID()) => begin({ id, input: "", files: [], replyTo: message.id, press: button }),
      cancel: async (request) => stops.get(request)?.abort(),
      progress: (request) => (events.get(request) ?? []).filter((event) => event.type === "progress"),
      sees: async () => {
        const found = await Promise.all([...everything].map((id) => call(socket, "GET", `/api/requests/${id}?user=${as}`)));
        return found.filter((it) => it.status === 200).map((it) => seen(JSON.parse(it.body.toString())));
      },
      download: async ({ id }) => {
        const { reply } = (await (conversations.get(id) as Promise<Answered>)).outcome;
        const files = [...(reply?.pictures ?? []), ...(reply?.files ?? [])];
        return Promise.all(files.map(async ({ blob }) => (await call(socket, "GET", `/api/blobs/${blob}?user=${as}`)).body));
      },
      thread: async () => "",
      suggest: async () => [],
      leave: async () => {},
    };
  },
};
