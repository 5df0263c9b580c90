import type { App, ReceiverEvent } from "@slack/bolt";

/** Takes what Slack sends: a body, and how to acknowledge it. */
export type OnEvent = (body: Readonly<Record<string, unknown>>, acknowledge: (answer?: object) => Promise<void>) => Promise<void>;

/**
 * What Bolt's receivers hand their events to. Bolt's own `App` acknowledges events before anybody has seen them; ours are acknowledged when
 * they are kept, so it stands in the App's place.
 */
export const receiverTarget = (onEvent: OnEvent): App =>
  ({
    processEvent: ({ body, ack }: ReceiverEvent) => onEvent(body, async (answer) => void (await ack(answer))),
  }) as unknown as App;
