import { setTimeout } from "node:timers/promises";
import {
  type APIInteraction,
  ChannelType,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type GatewayReadyDispatchData,
  type Guild,
  type GuildBasedChannel,
  Options,
  PermissionFlagsBits,
} from "discord.js";
import type { Log } from "../../log.ts";
import { type Language, languageOf } from "../../text.ts";
import type { ConnectionState } from "../connections.ts";
import type { DiscordConfig } from "./rest.ts";

/** What the gateway has told of servers and channels; undefined where it has not. */
export interface Known {
  /** The bot's own user id, which is its application's too. */
  self(): string | undefined;
  servers(): readonly string[];
  /** A thread's channel. */
  parentOf(channel: string): string | undefined;
  /** Whether not everybody of a server can see a channel, as far as the bot itself can see it. */
  isPrivate(server: string, channel: string): boolean;
  /** The text channels of a server that everybody in it can see; none of what is no server. */
  channels(server: string): readonly { id: string; name: string }[];
  /** The language of a server. */
  lang(server: string): Language | undefined;
}

interface Listening {
  onInteraction(interaction: APIInteraction): void;
  onMessage(message: GatewayMessageCreateDispatchData): void;
  onReady(): void;
  connection(state: ConnectionState): void;
  log: Log;
  signal: AbortSignal;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** A refused token may be set right by whoever runs the bot, without a restart of ours: a new intent or a bot that was added again. */
const REFUSED_RETRY_MS = 5 * 60_000;
/** discord.js reconnects by itself; when it has not within this time, we begin anew. */
const STUCK_MS = 2 * 60_000;

/** Close codes that mean that we are not let in, and what to do: discord.com/developers/docs/topics/opcodes-and-status-codes. */
const refusals: Readonly<Record<number, string>> = {
  4004: "DISCORD_TOKEN is wrong: copy it again from the Bot page of discord.com/developers/applications",
  4013: "Discord knows no such intents: this version of Peerlab is too old for it",
  4014: "an intent is not allowed: Peerlab needs none of the privileged ones, so this is another bot's token or a change at Discord",
};

/** Only what is public about servers and channels is kept; messages and people are not. */
const newClient = ({ apiUrl }: DiscordConfig): Client =>
  new Client({
    // No privileged one: messages that mention the bot and direct messages carry their words without.
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    ...(apiUrl && { rest: { api: apiUrl } }),
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...{ MessageManager: 0, ReactionManager: 0, PresenceManager: 0, UserManager: 10, GuildMemberManager: 10 },
    }),
  });

/** Channels in which a bot posts and that are no threads. */
const posted: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
const isPublic = (guild: Guild, channel: GuildBasedChannel | undefined): boolean =>
  channel?.permissionsFor(guild.roles.everyone)?.has(PermissionFlagsBits.ViewChannel) === true;

const isTokenInvalid = (error: unknown): boolean =>
  error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
const reasonOf = (error: unknown): string => {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  return message || (cause instanceof Error ? cause.message : "no connection");
};

/** Keeps a connection to Discord's gateway until the signal aborts, whatever happens to it. Returns what it comes to know. */
export const keepGateway = (config: DiscordConfig, listening: Listening): Known => {
  const { onInteraction, onMessage, onReady, connection, log, signal } = listening;
  let client: Client | undefined;
  let self: string | undefined;

  /** One client, until it is of no use any more. */
  const connectOnce = async (): Promise<ConnectionState> => {
    const current = newClient(config);
    client = current;
    let end: (state: ConnectionState) => void = () => {};
    const ended = new Promise<ConnectionState>((resolve) => {
      end = resolve;
    });
    let stuck: NodeJS.Timeout | undefined;
    const isUp = () => {
      clearTimeout(stuck);
      connection({ state: "connected" });
    };
    const isDown = (why: string) => {
      clearTimeout(stuck);
      stuck = globalThis.setTimeout(() => end({ state: "unreachable", why }), STUCK_MS).unref();
      connection({ state: "unreachable", why });
    };
    // An error without a listener would end the process.
    current.on(Events.Error, (err) => log.warn({ err, adapter: "discord" }, "discord.js reports an error"));
    current.on(Events.ShardError, (err) => isDown(reasonOf(err)));
    current.on(Events.ShardReconnecting, () => isDown("the connection was lost; connecting again"));
    current.on(Events.ShardResume, isUp);
    current.on(Events.ShardReady, isUp);
    current.on(Events.ShardDisconnect, ({ code }) =>
      end({ state: "refused", why: refusals[code] ?? `Discord closed the connection with code ${code}` }),
    );
    current.on(Events.Invalidated, () => end({ state: "refused", why: refusals[4004] as string }));
    current.ws.on(GatewayDispatchEvents.Ready, (data: GatewayReadyDispatchData) => {
      self = data.user.id;
    });
    current.on(Events.ClientReady, onReady);
    current.ws.on(GatewayDispatchEvents.InteractionCreate, onInteraction);
    current.ws.on(GatewayDispatchEvents.MessageCreate, onMessage);
    const leave = () => end({ state: "connecting" });
    signal.addEventListener("abort", leave, { once: true });
    try {
      const failed = current.login(config.token).then(
        () => ended,
        (error: unknown): ConnectionState =>
          isTokenInvalid(error)
            ? { state: "refused", why: refusals[4004] as string }
            : { state: "unreachable", why: reasonOf(error) },
      );
      return await Promise.race([failed, ended]);
    } finally {
      clearTimeout(stuck);
      signal.removeEventListener("abort", leave);
      await current.destroy().catch((err: unknown) => log.debug({ err, adapter: "discord" }, "a connection was already closed"));
    }
  };

  const keep = async () => {
    connection({ state: "connecting" });
    for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(2 * waitMs, LAST_RETRY_MS)) {
      const began = Date.now();
      const state = await connectOnce();
      if (signal.aborted) return;
      connection(state);
      if (Date.now() - began > STUCK_MS) waitMs = FIRST_RETRY_MS;
      await setTimeout(state.state === "refused" ? REFUSED_RETRY_MS : waitMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  keep().catch((err: unknown) => log.error({ err, adapter: "discord" }, "the connection to Discord is given up"));

  return {
    self: () => self,
    servers: () => [...(client?.guilds.cache.keys() ?? [])],
    parentOf: (id) => {
      const channel = client?.channels.cache.get(id);
      return channel?.isThread() ? (channel.parentId ?? undefined) : undefined;
    },
    isPrivate: (server, id) => {
      const guild = client?.guilds.cache.get(server);
      // One that the bot itself cannot see is not everybody's.
      return guild !== undefined && !isPublic(guild, guild.channels.cache.get(id));
    },
    channels: (server) => {
      const guild = client?.guilds.cache.get(server);
      const all = [...(guild?.channels.cache.values() ?? [])];
      return all.filter((it) => guild && posted.includes(it.type) && isPublic(guild, it)).map(({ id, name }) => ({ id, name }));
    },
    lang: (server) => {
      const locale = client?.guilds.cache.get(server)?.preferredLocale;
      return locale && languageOf(locale);
    },
  };
};
