import type { ChannelEvent, Message } from "../message.ts";
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
}

export type Line = Message & { draft?: Draft; problem?: string };
export type Progress = { done: number; of: number; note: string };

export interface State {
  channels: readonly Channel[];
  channel: string;
  /** The lines of each channel that was looked at, oldest first. */
  lines: Readonly<Record<string, readonly Line[]>>;
  /** Channels with history before their first line. */
  older: Readonly<Record<string, boolean>>;
  progress: Readonly<Record<string, Progress>>;
  unread: readonly string[];
  online: boolean;
}

export const start: State = { channels: [], channel: "general", lines: {}, older: {}, progress: {}, unread: [], online: true };

export type Action =
  | { type: "channels"; channels: readonly Channel[] }
  | { type: "look"; channel: string }
  | { type: "online"; online: boolean }
  | { type: "history"; channel: string; messages: readonly Message[] }
  | { type: "older"; channel: string; messages: readonly Message[] }
  | { type: "event"; channel: string; event: ChannelEvent }
  | { type: "draft"; line: Line }
  | { type: "problem"; channel: string; id: string; problem: string }
  | { type: "discard"; channel: string; id: string };

/** The server sends this many lines of history at once; fewer means that there is no more. */
const PAGE = 50;
const hasOlder = (messages: readonly Message[]) => messages.filter((it) => !it.author.bot).length >= PAGE;

const upsert = (lines: readonly Line[], message: Line): readonly Line[] =>
  lines.some((it) => it.id === message.id) ? lines.map((it) => (it.id === message.id ? message : it)) : [...lines, message];

/** The newest history over what is shown: what was loaded before it stays, and so does what is still being sent. */
const renew = (lines: readonly Line[], fresh: readonly Message[]): readonly Line[] => {
  const seam = lines.findIndex((it) => it.id === fresh[0]?.id);
  const known = new Set(fresh.map((it) => it.id));
  return [...lines.slice(0, Math.max(0, seam)), ...fresh, ...lines.filter((it) => it.draft && !known.has(it.id))];
};

const happen = (state: State, channel: string, event: ChannelEvent): State => {
  const lines = state.lines[channel];
  if (event.type === "progress") return { ...state, progress: { ...state.progress, [event.message]: event } };
  const unread =
    event.type === "message" && channel !== state.channel && !state.unread.includes(channel)
      ? [...state.unread, channel]
      : state.unread;
  if (!lines) return { ...state, unread };
  const next = event.type === "removed" ? lines.filter((it) => !event.ids.includes(it.id)) : upsert(lines, event.message);
  return { ...state, unread, lines: { ...state.lines, [channel]: next } };
};

/** What the page shows after something happened. Pure. */
export const reduce = (state: State, action: Action): State => {
  const put = (channel: string, change: (lines: readonly Line[]) => readonly Line[]): State => ({
    ...state,
    lines: { ...state.lines, [channel]: change(state.lines[channel] ?? []) },
  });
  switch (action.type) {
    case "channels":
      return { ...state, channels: action.channels };
    case "look":
      return { ...state, channel: action.channel, unread: state.unread.filter((it) => it !== action.channel) };
    case "online":
      return { ...state, online: action.online };
    case "history": {
      const next = put(action.channel, (lines) => renew(lines, action.messages));
      const whole = next.lines[action.channel]?.[0]?.id !== action.messages[0]?.id;
      const older = whole ? (state.older[action.channel] ?? false) : hasOlder(action.messages);
      return { ...next, older: { ...state.older, [action.channel]: older } };
    }
    case "older": {
      const next = put(action.channel, (lines) => [...action.messages, ...lines]);
      return { ...next, older: { ...state.older, [action.channel]: hasOlder(action.messages) } };
    }
    case "event":
      return happen(state, action.channel, action.event);
    case "draft":
      return put(action.line.channel, (lines) => upsert(lines, action.line));
    case "problem":
      return put(action.channel, (lines) =>
        lines.map((it) => (it.id === action.id && it.draft ? { ...it, problem: action.problem } : it)),
      );
    case "discard":
      return put(action.channel, (lines) => lines.filter((it) => it.id !== action.id));
  }
};
