import type { ChannelEvent } from "../message.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Listens to what happens, for as long as the page is open. `onOpen` is called at every (re)connection: that is when to look
 * at the history for what was missed. Returns how to stop.
 */
export const listen = (it: {
  onEvent(channel: string, event: ChannelEvent): void;
  onOpen(): void;
  onLost(): void;
}): (() => void) => {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const connect = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/api/events");
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      it.onOpen();
    };
    source.onmessage = ({ data }) => {
      const { channel, ...event } = JSON.parse(data) as ChannelEvent & { channel: string };
      it.onEvent(channel, event as ChannelEvent);
    };
    source.onerror = () => {
      source?.close();
      it.onLost();
      timer = setTimeout(connect, wait);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    };
  };
  connect();
  addEventListener("online", connect);
  return () => {
    removeEventListener("online", connect);
    clearTimeout(timer);
    source?.close();
  };
};
