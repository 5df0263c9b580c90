import type { ChannelEvent, Message, ShownProgress } from "../message.ts";
import type { Channel } from "./api.ts";

/** A message that this browser sent and the server has not shown back yet. */
export interface Draft {
  id: string;
  channel: string;
  text: string;
  attachments: readonly Attachment[];
  replyTo?: string;
}

/** A file on its way to the server. `url` shows it before it got there. */
export interface Attachment {
  key: string;
  file: File;
  url?: string;
  status: "uploading" | "ready" | "failed";
  error?: string;
  /** The upload broke off, and may succeed when it is tried again. */
  retry?: true;
}

/** A message as it is shown: one that is still being sent has its draft, and why it could not be sent. */
export type ShownMessage = Message & { draft?: Draft; problem?: string };

export interface State {
  channels: readonly Channel[];
  channel: string;
  /** The messages of each channel that was looked at, oldest first. */
  messages: Readonly<Record<string, readonly ShownMessage[]>>;
  /** Channels with history before their first message. */
  older: Readonly<Record<string, boolean>>;
  /** By request. */
  progress: Readonly<Record<string, ShownProgress>>;
  unread: readonly string[];
  online: boolean;
}

export const start: State = { channels: [], channel: "general", messages: {}, older: {}, progress: {}, unread: [], online: true };

export type Action =
  | { type: "channels"; channels: readonly Channel[] }
  | { type: "look"; channel: string }
  | { type: "online"; online: boolean }
  | { type: "history"; channel: string; messages: readonly Message[] }
  | { type: "older"; channel: string; messages: readonly Message[] }
  | { type: "event"; channel: string; event: ChannelEvent }
  | { type: "draft"; message: ShownMessage }
  | { type: "problem"; channel: string; id: string; problem: string }
  | { type: "discard"; channel: string; id: string };

/** The server sends this many messages of history at once; fewer means that there is no more. */
const PAGE = 50;
const hasOlder = (messages: readonly Message[]) => messages.filter((it) => !it.author.bot).length >= PAGE;

const upsert = (messages: readonly ShownMessage[], message: ShownMessage): readonly ShownMessage[] =>
  messages.some((it) => it.id === message.id)
    ? messages.map((it) => (it.id === message.id ? message : it))
    : [...messages, message];

/** The newest history over what is shown: what was loaded before it stays, and so does what is still being sent. */
const renew = (messages: readonly ShownMessage[], fresh: readonly Message[]): readonly ShownMessage[] => {
  const seam = messages.findIndex((it) => it.id === fresh[0]?.id);
  const known = new Set(fresh.map((it) => it.id));
  return [...messages.slice(0, Math.max(0, seam)), ...fresh, ...messages.filter((it) => it.draft && !known.has(it.id))];
};

/** The progress that came with a history, where nothing newer was heard since. */
const progressIn = (messages: readonly Message[], heard: State["progress"]): State["progress"] => {
  const found = messages.flatMap(({ progress, request, changing }) => {
    const waiting = changing?.request ?? request?.id;
    return progress && waiting ? [[waiting, progress] as const] : [];
  });
  return { ...Object.fromEntries(found), ...heard };
};

const happen = (state: State, channel: string, event: ChannelEvent): State => {
  const messages = state.messages[channel];
  if (event.type === "opened") {
    const opened = { id: channel, name: event.name };
    return state.channels.some((it) => it.id === channel) ? state : { ...state, channels: [...state.channels, opened] };
  }
  if (event.type === "progress") return { ...state, progress: { ...state.progress, [event.request]: event } };
  const unread =
    event.type === "message" && channel !== state.channel && !state.unread.includes(channel)
      ? [...state.unread, channel]
      : state.unread;
  if (!messages) return { ...state, unread };
  const next = event.type === "removed" ? messages.filter((it) => !event.ids.includes(it.id)) : upsert(messages, event.message);
  return { ...state, unread, messages: { ...state.messages, [channel]: next } };
};

/** What the page shows after something happened. Pure. */
export const reduce = (state: State, action: Action): State => {
  const put = (channel: string, change: (messages: readonly ShownMessage[]) => readonly ShownMessage[]): State => ({
    ...state,
    messages: { ...state.messages, [channel]: change(state.messages[channel] ?? []) },
  });
  switch (action.type) {
    case "channels":
      return { ...state, channels: action.channels };
    case "look":
      return { ...state, channel: action.channel, unread: state.unread.filter((it) => it !== action.channel) };
    case "online":
      return { ...state, online: action.online };
    case "history": {
      const next = put(action.channel, (messages) => renew(messages, action.messages));
      const whole = next.messages[action.channel]?.[0]?.id !== action.messages[0]?.id;
      const older = whole ? (state.older[action.channel] ?? false) : hasOlder(action.messages);
      const progress = progressIn(action.messages, state.progress);
      return { ...next, progress, older: { ...state.older, [action.channel]: older } };
    }
    case "older": {
      const next = put(action.channel, (messages) => [...action.messages, ...messages]);
      return { ...next, older: { ...state.older, [action.channel]: hasOlder(action.messages) } };
    }
    case "event":
      return happen(state, action.channel, action.event);
    case "draft":
      return put(action.message.channel, (messages) => upsert(messages, action.message));
    case "problem":
      return put(action.channel, (messages) =>
        messages.map((it) => (it.id === action.id && it.draft ? { ...it, problem: action.problem } : it)),
      );
    case "discard":
      return put(action.channel, (messages) => messages.filter((it) => it.id !== action.id));
  }
};
