import { setTimeout } from "node:timers/promises";
import { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../log.ts";
import { quietLogger } from "./api.ts";
import { codeOf } from "./errors.ts";
import { type OnEvent, receiverTarget } from "./listening.ts";
import { type States, stateOf } from "./states.ts";

/** Two, so that one always stands while the other is replaced: Slack renews each every few hours. */
const SOCKETS = 2;
/** The library notices within 10 s that nobody answers its pings, and then waits half a minute for a farewell: we do not. */
const LOOK_MS = 1000;
const HELLO_MS = 15_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;
const REFUSED_RETRY_MS = 60_000;
/** After one that stood so long the next is opened at once; after a shorter one a moment later, so that no two go on replacing each other. */
const STOOD_MS = 2000;

type Receiver = SocketModeReceiver;

/** Resolves when a socket is of no more use: closed, silent, or about to be renewed by Slack. */
const untilGone = ({ client }: Receiver, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = setInterval(() => {
      if (!client.websocket?.isActive()) gone();
    }, LOOK_MS);
    const hear = (data: unknown) => {
      if (typeof data === "string" && data.startsWith("{") && JSON.parse(data).type === "disconnect") gone();
    };
    const gone = () => {
      clearInterval(look);
      client.off("disconnected", gone);
      client.off("ws_message", hear);
      signal.removeEventListener("abort", gone);
      resolve();
    };
    client.on("disconnected", gone);
    client.on("ws_message", hear);
    signal.addEventListener("abort", gone);
    if (signal.aborted) gone();
  });

const connect = async (receiver: Receiver): Promise<void> => {
  const late = new AbortController();
  const tooLate = setTimeout(HELLO_MS, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error("Slack did not say hello");
  });
  tooLate.catch(() => {});
  try {
    await Promise.race([receiver.start(), tooLate]);
  } finally {
    late.abort();
  }
};

/** Keeps Slack's sockets open until the signal aborts: each that ends is replaced at once, each that fails after a while. */
export const keepSockets = (
  { appToken, apiUrl }: { appToken: string; apiUrl: string | undefined },
  { onEvent, states, log, signal }: { onEvent: OnEvent; states: States; log: Log; signal: AbortSignal },
): void => {
  const keep = async (number: number) => {
    const link = `socket ${number}` as const;
    for (let failures = 0; !signal.aborted; ) {
      const receiver = new SocketModeReceiver({
        appToken,
        autoReconnectEnabled: false,
        logger: quietLogger(log),
        installerOptions: { clientOptions: { retryConfig: { retries: 0 }, ...(apiUrl && { slackApiUrl: apiUrl }) } },
      });
      // Without a listener an error would end the process; how the socket ended is seen anyway.
      receiver.client.on("error", () => {});
      receiver.init(receiverTarget(onEvent));
      const began = performance.now();
      try {
        await connect(receiver);
        states.set(link, { state: "connected" });
        await untilGone(receiver, signal);
        failures = performance.now() - began > STOOD_MS ? 0 : 1;
        if (!signal.aborted) states.set(link, { state: "connecting" });
      } catch (error) {
        failures++;
        if (!signal.aborted) states.set(link, stateOf(codeOf(error), "SLACK_APP_TOKEN", error));
      }
      await receiver.stop().catch(() => {});
      if (failures === 0 || signal.aborted) continue;
      const waitMs =
        states.is(link) === "refused" ? REFUSED_RETRY_MS : Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
      await setTimeout(waitMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  for (let number = 1; number <= SOCKETS; number++) {
    keep(number).catch((err: unknown) => log.error({ err, adapter: "slack" }, "a socket is no longer kept open"));
  }
};
