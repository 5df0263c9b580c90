import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Language } from "../../../text.ts";
import type { Peer, Pressable } from "../../request.ts";
import type { DescribedCommand } from "../describe.ts";
import type { Message } from "../message.ts";
import { type Api, ApiError, type Limits } from "./api.ts";
import { fileOf } from "./attach.ts";
import { listen } from "./live.ts";
import { channelInAddress, channelPath, recallChannel, rememberChannel } from "./settings.ts";
import { type Draft, reduce, type ShownMessage, type State, start } from "./state.ts";

/** All that the page's parts can see and do. */
export interface Chat {
  me: Peer;
  state: State;
  commands: readonly DescribedCommand[];
  limits: Limits;
  api: Api;
  look(channel: string): void;
  openChannel(name: string): Promise<void>;
  loadOlder(): Promise<void>;
  /** Loads the history of the channel that is looked at back to one of its messages. */
  loadBackTo(message: string): Promise<void>;
  /** Sends, or sends again: the id makes sure that it is asked once. */
  send(draft: Draft): Promise<void>;
  discard(draft: Draft): void;
  /** Rejects with a sentence for whoever pressed. */
  press(message: Pick<ShownMessage, "id" | "delivery">, pressed: Pressable): Promise<void>;
  cancel(request: string): Promise<void>;
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The message that a draft is shown as until the server has it. */
const shownDraft = (draft: Draft, me: Peer): ShownMessage => ({
  id: draft.id,
  channel: draft.channel,
  at: new Date().toISOString(),
  author: { ...me, bot: false },
  text: draft.text,
  pictures: [],
  files: [],
  buttons: [],
  draft,
  ...(draft.replyTo ? { replyTo: draft.replyTo } : {}),
});

/** The conversation with the server: its state, and what can be done. `onLogOut` is called when it no longer knows us. */
export const useChat = (it: {
  me: Peer;
  api: Api;
  commands: readonly DescribedCommand[];
  limits: Limits;
  lang: Language;
  onLogOut(): void;
}): Chat => {
  const [state, dispatch] = useReducer(reduce, { ...start, channel: recallChannel() ?? start.channel });
  const now = useRef({ ...it, state });
  now.current = { ...it, state };

  const actions = useMemo(() => {
    const failed = (error: unknown) => {
      if (error instanceof ApiError && error.status === 401) now.current.onLogOut();
    };
    const refresh = async () => {
      const { api } = now.current;
      const channels = await api.channels();
      dispatch({ type: "channels", channels });
      const named = channels.find((known) => known.name === channelInAddress());
      const wanted = named?.id ?? now.current.state.channel;
      const channel = channels.some((known) => known.id === wanted) ? wanted : (channels[0]?.id ?? wanted);
      if (channel !== now.current.state.channel) dispatch({ type: "look", channel });
      dispatch({ type: "history", channel, messages: await api.history(channel) });
    };
    const look = (channel: string) => {
      rememberChannel(channel);
      dispatch({ type: "look", channel });
      now.current.api.history(channel).then((messages) => dispatch({ type: "history", channel, messages }), failed);
    };
    const send = async (draft: Draft) => {
      const { api, me } = now.current;
      dispatch({ type: "draft", message: shownDraft(draft, me) });
      try {
        const files = await Promise.all(draft.attachments.map((attached) => fileOf(attached, api)));
        const { id, channel, text, replyTo } = draft;
        const said = { id, channel, files, ...(replyTo ? { replyTo } : {}) };
        const { message } = text.startsWith("/") ? await api.ask({ ...said, input: text }) : await api.say({ ...said, text });
        // The stream brings both messages. Should it be down just now, the reconnect brings them.
        if (message.id === id) dispatch({ type: "event", channel, event: { type: "message", message } });
      } catch (error) {
        failed(error);
        dispatch({ type: "problem", channel: draft.channel, id: draft.id, problem: sentenceOf(error) });
      }
    };
    return {
      refresh,
      failed,
      look,
      send,
      openChannel: async (name: string) => {
        const { id } = await now.current.api.openChannel(name);
        dispatch({ type: "channels", channels: await now.current.api.channels() });
        look(id);
      },
      loadOlder: async () => {
        const { channel, messages } = now.current.state;
        const before = messages[channel]?.[0]?.id;
        if (before) dispatch({ type: "older", channel, messages: await now.current.api.history(channel, before) });
      },
      loadBackTo: async (wanted: string) => {
        const { channel, messages } = now.current.state;
        let [oldest] = messages[channel] ?? [];
        if (messages[channel]?.some((it) => it.id === wanted)) return;
        while (oldest) {
          const older: readonly Message[] = await now.current.api.history(channel, oldest.id);
          dispatch({ type: "older", channel, messages: older });
          if (older.some((it) => it.id === wanted)) return;
          [oldest] = older;
        }
      },
      discard: ({ channel, id }: Draft) => dispatch({ type: "discard", channel, id }),
      press: async (message: Pick<ShownMessage, "id" | "delivery">, pressed: Pressable) => {
        await now.current.api.press(message, pressed).catch((error: unknown) => {
          failed(error);
          throw error;
        });
      },
      cancel: async (request: string) => {
        await now.current.api.cancel(request).catch(failed);
      },
    };
  }, []);

  // The address says which channel is looked at, so that it can be sent to others, and Back goes to the one before.
  const name = state.channels.find((known) => known.id === state.channel)?.name;
  useEffect(() => {
    if (name !== undefined && name !== channelInAddress()) window.history.pushState(null, "", channelPath(name));
  }, [name]);
  useEffect(() => {
    const back = () => {
      const wanted = now.current.state.channels.find((known) => known.name === channelInAddress());
      if (wanted && wanted.id !== now.current.state.channel) actions.look(wanted.id);
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [actions]);

  useEffect(
    () =>
      listen({
        onOpen: () => {
          dispatch({ type: "online", online: true });
          actions.refresh().catch(actions.failed);
        },
        onLost: () => {
          dispatch({ type: "online", online: false });
          // The stream does not say why it ended: perhaps we are no longer known.
          now.current.api.me().then((me) => me ?? now.current.onLogOut(), actions.failed);
        },
        onEvent: (channel, event) => {
          dispatch({ type: "event", channel, event });
          const known = now.current.state.channels.some((one) => one.id === channel);
          if (!known) now.current.api.channels().then((channels) => dispatch({ type: "channels", channels }), actions.failed);
        },
      }),
    [actions],
  );

  return { me: it.me, state, commands: it.commands, limits: it.limits, api: it.api, ...actions };
};
