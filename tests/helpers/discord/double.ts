import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIMessage } from "discord.js";
import { type DigitalDiscordOptions, generateSnowflake } from "discord-digital-twin";
import { type Call, readCall } from "./calls.ts";
import { fault, refusalOf } from "./refusals.ts";
import { newTwin, startOnLoopback } from "./twin.ts";

const LOADING = 128;
const EPHEMERAL = 64;
const MiB = 2 ** 20;
const json = (body: unknown, status = 200) => Response.json(body, { status });

interface Attachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type: string;
  description?: string;
}
/** What belongs to the call that is being answered. */
interface Answered {
  listed?: Call["listed"];
  added?: Attachment[];
  /** What is added to the event that it causes. */
  amend?: object;
}
export type Interaction = { type: number; channelId: string; userId: string; data: Record<string, unknown>; messageId?: string };

export interface DoubleOptions extends DigitalDiscordOptions {
  /** Sees each call first, and may answer it in the twin's place: with every error that Discord knows. */
  before?(call: Call): Response | undefined | Promise<Response | undefined>;
  /** Discord's clock, for deadlines. */
  now?(): number;
  /** Bytes a file may have. */
  sizeLimit?: number;
}

/**
 * A Discord on loopback: discord-digital-twin, and what it lacks: files, direct messages, the message that a deferred answer shows at once,
 * deadlines, sizes, nonces, resuming, the user's language, who sees what, faults on demand.
 */
export const startDiscord = async ({ sizeLimit = 10 * MiB, ...options }: DoubleOptions) => {
  /** What a test may change while it runs. */
  const staged = { before: options.before ?? (() => undefined), now: options.now ?? Date.now };
  const twin = newTwin(options);
  const base = twin.prisma;
  const asked = new AsyncLocalStorage<Answered>();
  const files = new Map<string, Buffer>();
  const calls: Call[] = [];
  /** The twin's own ids of threads, by those of the messages below which they hang. */
  const threads = new Map<string, string>();
  const [registered, nonces] = [new Map<string, object[]>(), new Map<string, string>()];
  /** Who sees a message that not everybody sees, by its id, and who did an interaction, by its token. */
  const [onlyFor, users] = [new Map<string, string>(), new Map<string, string>()];

  const keepFile = (name: string, type: string, bytes: Buffer, about?: string): Attachment => {
    const id = generateSnowflake();
    files.set(id, bytes);
    const url = `http://127.0.0.1:${twin.port}/files/${id}/${encodeURIComponent(name)}`;
    const facts = { id, filename: name, size: bytes.length, url, proxy_url: url, content_type: type };
    return { ...facts, ...(about && { description: about }) };
  };
  /** An edit names the attachments that stay; without a list all stay. */
  const attached = (old: Attachment[]): string => {
    const { listed, added = [] } = asked.getStore() ?? {};
    return JSON.stringify([...old.filter((it) => !listed || listed.some(({ id }) => String(id) === it.id)), ...added]);
  };
  twin.prisma = base.$extends({
    query: {
      message: {
        create: ({ args, query }) => query({ ...args, data: { attachments: attached([]), ...args.data } }),
        update: async ({ args, query }) => {
          const old = await base.message.findUniqueOrThrow({ where: args.where });
          const flags = (typeof args.data.flags === "number" ? args.data.flags | (old.flags & EPHEMERAL) : old.flags) & ~LOADING;
          return query({ ...args, data: { ...args.data, flags, attachments: attached(JSON.parse(old.attachments)) } });
        },
      },
    },
  }) as unknown as typeof base;

  const { app, httpServer, gateway } = await startOnLoopback(twin);
  const { broadcast } = gateway;
  /** What nobody heard while the connection was down: a resumed one gets it. */
  const missed: [string, object][] = [];
  gateway.wss.on("connection", (ws) =>
    ws.on("message", (raw) => {
      const { op } = JSON.parse(String(raw));
      // A new session hears nothing of what was before.
      if (op === 2) missed.splice(0);
      if (op !== 6) return;
      const client = gateway.clients.find((it) => it.ws === ws);
      if (!client) return;
      client.identified = true;
      for (const [event, data] of missed.splice(0)) gateway.sendDispatch(client, event, data);
      gateway.sendDispatch(client, "RESUMED", {});
    }),
  );
  const events: [string, object][] = [];
  /** When each event was sent, by `performance.now()`. */
  const sentAt = new Map<object, number>();
  const send = (event: [string, object]) => {
    if (gateway.clients.some((it) => it.identified)) broadcast.apply(gateway, event);
    else missed.push(event);
  };
  gateway.broadcast = (event, data) => {
    const sent: [string, object] = [event, { ...data, ...asked.getStore()?.amend }];
    sentAt.set(sent, performance.now());
    if (event === "INTERACTION_CREATE" || event === "MESSAGE_CREATE") events.push(sent);
    send(sent);
  };

  const own = (path: string) => `http://127.0.0.1:${twin.port}/api/v10${path}`;
  const handle = (method: string, path: string, body?: unknown) =>
    app.handle(
      new Request(own(path), {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      }),
    );
  const messageIn = async (channel: string, id: string) => (await handle("GET", `/channels/${channel}/messages/${id}`)).json();

  /** What the twin has no route for. */
  const answeredByUs = async ({ method, path, body }: Call): Promise<Response | undefined> => {
    if (path === "/users/@me/channels") {
      const id = `9${body.recipient_id}`;
      await base.channel.upsert({ where: { id }, create: { id, type: 1 }, update: {} });
      return json({ id, type: 1, recipients: [await (await handle("GET", `/users/${body.recipient_id}`)).json()] });
    }
    if (/^\/applications\/\d+(\/guilds\/\d+)?\/commands$/.test(path)) {
      if (method === "PUT") registered.set(path, body);
      const all = (registered.get(path) ?? []).map((it, index) => ({
        ...{ id: String(1000 + index), application_id: twin.botUserId, version: "1", nsfw: false, ...it },
      }));
      return json(all);
    }
    return undefined;
  };
  const deferred = async (token: string, { data }: { data?: { flags?: number } }) => {
    const where = { interactionToken: token };
    const { channelId, applicationId } = await base.interactionResponse.findUniqueOrThrow({ where });
    const shown = { id: generateSnowflake(), channelId, authorId: twin.botUserId, flags: LOADING | (data?.flags ?? 0) };
    await base.message.create({ data: { ...shown, webhookId: applicationId, applicationId } });
    await base.interactionResponse.update({ where, data: { messageId: shown.id } });
    if (data?.flags) onlyFor.set(shown.id, users.get(token) as string);
  };

  const answer = async (request: Request): Promise<Response> => {
    const call = await readCall(request);
    const { method, body } = call;
    // A thread below a message has the message's id; the twin gives it another.
    const path = call.path.replace(/^\/channels\/(\d+)/, (all, it) => (threads.has(it) ? `/channels/${threads.get(it)}` : all));
    const [, kind, id = "", token = ""] = path.split("/");
    if (kind === "files") {
      const bytes = files.get(id);
      return bytes ? new Response(new Uint8Array(bytes)) : new Response("gone", { status: 404 });
    }
    calls.push(call);
    const isByToken = kind === "interactions" || kind === "webhooks";
    const row = isByToken ? await base.interactionResponse.findUnique({ where: { interactionToken: token } }) : undefined;
    const how = { born: row?.createdAt, now: staged.now(), sizeLimit };
    const instead = (await staged.before(call)) ?? refusalOf(call, how) ?? (await answeredByUs(call));
    if (instead) return instead;
    // The same nonce again posts nothing.
    const nonce = body?.enforce_nonce ? `${path} ${body.nonce}` : undefined;
    const before = nonce && nonces.get(nonce);
    if (before) return json(await messageIn(id, before));
    const store = { listed: call.listed, added: call.added.map((it) => keepFile(it.name, it.type, it.bytes, it.about)) };
    const answered = await asked.run(store, () => handle(method, path + call.query, body));
    if (!answered.ok) return answered;
    const [, below] = (method === "POST" && path.match(/^\/channels\/\d+\/messages\/(\d+)\/threads$/)) || [];
    if (below) threads.set(below, ((await answered.clone().json()) as { id: string }).id);
    if (kind === "interactions" && body.type === 5) await deferred(token, body);
    if (method === "POST" && (nonce || kind === "webhooks")) {
      const { id: message } = (await answered.clone().json()) as APIMessage;
      if (nonce) nonces.set(nonce, message);
      if (kind === "webhooks" && body.flags & EPHEMERAL) {
        onlyFor.set(message, users.get(token) as string);
        await base.message.update({ where: { id: message }, data: { flags: body.flags } });
      }
    }
    return answered;
  };
  httpServer.removeAllListeners("request").on("request", async (req: IncomingMessage, res: ServerResponse) => {
    const withBody = req.method === "GET" || req.method === "HEAD" ? {} : { body: req, duplex: "half" };
    const init = { method: req.method, headers: req.headers, ...withBody } as unknown as RequestInit;
    const answered = await answer(new Request(`http://127.0.0.1:${twin.port}${req.url}`, init)).catch((error: Error) =>
      fault(500, 0, error.stack ?? error.message),
    );
    res.writeHead(answered.status, Object.fromEntries(answered.headers)).end(Buffer.from(await answered.arrayBuffer()));
  });

  return {
    ...{ twin, calls, files, registered, staged, events, sentAt },
    apiUrl: twin.restUrl,
    upload: keepFile,
    /** Whether a bot is connected and knows the server. */
    isConnected: () => gateway.clients.some((it) => it.identified && it.sequence > 0),
    /** A user does something; `amend` changes the event, as in `{ locale: "ko" }`. */
    act: async (interaction: Interaction, amend: object = {}): Promise<{ id: string; event: [string, object] }> => {
      const event = { attachment_size_limit: sizeLimit, authorizing_integration_owners: { "0": twin.guildId }, ...amend };
      const { id, token } = await asked.run({ amend: event }, () => twin.simulateInteraction(interaction));
      users.set(token, interaction.userId);
      return { id, event: events.findLast(([, data]) => (data as { id: string }).id === id) as [string, object] };
    },
    /** A user writes; to one of the bot's messages, where there is one. */
    say: async (channelId: string, userId: string, content: string, attachments: Attachment[] = [], replied?: APIMessage) => {
      const amend = replied ? { type: 19, referenced_message: replied, message_reference: { message_id: replied.id } } : {};
      const said = await asked.run({ amend, added: attachments }, () =>
        twin.simulateUserMessage({ channelId, userId, content, attachments: attachments as never }),
      );
      return { id: said.id, event: events.findLast(([, data]) => (data as { id: string }).id === said.id) as [string, object] };
    },
    /** Sends an event once more. */
    repeat: (event: [string, object]) => send(event),
    /** Closes the gateway's connections: 4000 lets the client resume, 4009 makes it begin a new session. */
    drop: (code = 4000) => {
      for (const client of [...gateway.clients]) {
        client.identified = false;
        client.ws.close(code);
      }
    },
    /** What a user sees of the bot in a channel, oldest first. */
    shownTo: async (user: string, channelId: string): Promise<APIMessage[]> => {
      const all = await twin.channel(channelId).getMessages();
      const seen = all.filter((it) => it.author.id === twin.botUserId && (onlyFor.get(it.id) ?? user) === user);
      return seen.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    },
    directChannel: (user: string) => `9${user}`,
    stop: async () => {
      for (const { ws } of gateway.clients) ws.terminate();
      httpServer.closeAllConnections();
      await twin.stop();
    },
  };
};
export type DiscordDouble = Awaited<ReturnType<typeof startDiscord>>;
