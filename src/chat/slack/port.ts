import { setTimeout } from "node:timers/promises";
import { HTTPReceiver } from "@slack/bolt";
import type { Log } from "../../log.ts";
import { quietLogger } from "./api.ts";
import { type OnEvent, receiverTarget } from "./listening.ts";
import type { States } from "./states.ts";

/** Where Slack's calls arrive: the path that the manifest says. */
export const EVENTS_PATH = "/slack/events";
const RETRY_MS = 30_000;

/** Listens for Slack's signed calls until the signal aborts. A port that is taken is tried again. */
export const keepPort = (
  { signingSecret, host, port }: { signingSecret: string; host: string; port: number },
  { onEvent, states, log, signal }: { onEvent: OnEvent; states: States; log: Log; signal: AbortSignal },
): void => {
  const keep = async () => {
    while (!signal.aborted) {
      const receiver = new HTTPReceiver({ signingSecret, endpoints: EVENTS_PATH, logger: quietLogger(log) });
      receiver.init(receiverTarget(onEvent));
      try {
        // The types of this method know nothing of the host, which its code hands on.
        await receiver.start({ port, host } as unknown as number);
        states.set("port", { state: "connected" });
        await new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => resolve());
          if (signal.aborted) resolve();
        });
        await receiver.stop();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) states.set("port", { state: "refused", why: `SLACK_PORT: ${why}` });
        await setTimeout(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  };
  keep().catch((err: unknown) => log.error({ err, adapter: "slack" }, "Slack's port is no longer listened on"));
};
