import { type Context, Hono } from "hono";
import type { Terminal, TerminalEvent } from "../terminal/adapter.ts";
import { type Env, peerOf, readBody } from "./input.ts";
import { Asked, PressedButton, tidy } from "./talk.ts";

const Question = Asked.omit({ channel: true });
const TerminalPressed = PressedButton.pick({ id: true, lang: true, button: true, delivery: true }).required();

/** Events as lines of JSON, from the first one until the end. What goes wrong before the first is an error of the request. */
const respond = async (
  c: Context<Env>,
  work: (onEvent: (event: TerminalEvent) => void, signal: AbortSignal) => Promise<void>,
): Promise<Response> => {
  const left = new AbortController();
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (it) => {
      controller = it;
    },
    cancel: () => left.abort(),
  });
  await new Promise<void>((resolve, reject) => {
    const onEvent = (event: TerminalEvent) => {
      if (!left.signal.aborted) controller?.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      resolve();
    };
    const end = () => left.signal.aborted || controller?.close();
    const fail = (error: unknown) => {
      reject(error);
      if (!left.signal.aborted) controller?.error(error);
    };
    work(onEvent, left.signal).then(end, fail);
  });
  return c.body(body, 200, { "content-type": "application/x-ndjson" });
};

/** What `npm run ask` says on the socket file, each answered with all that happens until the request's end. */
export const terminalRoutes = (terminal: Terminal) =>
  new Hono<Env>()
    .post("/ask", async (c) => {
      const question = { ...tidy(await readBody(c, Question)), user: peerOf(c) };
      return respond(c, (onEvent, signal) => terminal.ask(question, onEvent, signal));
    })
    .post("/press", async (c) => {
      const { delivery, button, ...asker } = await readBody(c, TerminalPressed);
      const press = { ...asker, user: peerOf(c), pressed: { delivery, button } };
      return respond(c, (onEvent, signal) => terminal.press(press, onEvent, signal));
    });
