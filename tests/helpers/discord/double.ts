import { AsyncLocalStorage } from "node:async_hooks";
import type http from "node:http";
import net from "node:net";
import { DigitalDiscord, type DigitalDiscordOptions } from "discord-digital-twin";
import type { APIAttachment, APIMessage } from "discord.js";
import { type Call, readCall, type SentFile, webRequest } from "./calls.ts";
import { fault, refusal } from "./refusals.ts";
import { keepCommands } from "./registered.ts";

// biome-ignore lint/suspicious/noExplicitAny: events and rows of the twin, whose types are its own
type Any = any;

/** Twitter's snowflakes, later ones larger, as Discord numbers things. */
let counter = 0;
const snowflake = (): string => String((BigInt(Date.now() - 1_420_070_400_000) << 22n) | BigInt(counter++ & 0xfff) | (1n << 12n));
const LOADING = 128;
const EPHEMERAL = 64;
const NONCE_MS = 5 * 60_000;
const json = (body: unknown, status = 200) => Response.json(body, { status });

interface Options extends DigitalDiscordOptions {
  /** Sees each request first, and may answer it in Discord's place: with every error that the real one knows. */
  before?(call: Call): Response | undefined | Promise<Response | undefined>;
  now?(): number;
  sizeLimit?: number;
}

/**
 * A Discord on loopback: discord-digital-twin, and what it lacks, by us: files, direct messages, the message that a deferred answer shows at
 * once, who sees what, nonces, deadlines, sizes, resuming, the user's language, faults on demand.
 */
export const startDiscord = async ({ before = () => undefined, now = Date.now, sizeLimit = 10 * 2 ** 20, ...options }: Options) => {
  const twin = new DigitalDiscord(options);
  const base = twin.prisma as Any;
  const asked = new AsyncLocalStorage<{ listed?: Call["listed"]; added?: APIAttachment[]; amend?: object; user?: string | undefined }>();
  const files = new Map<string, SentFile>();
  const calls: Call[] = [];
  /** Who sees an ephemeral message, and whose token is whose. */
  const owners = new Map<string, string>();
  const users = new Map<string, string>();
  const sent = new Map<string, { at: number; id: string }>();

  const keepFile = (file: SentFile): APIAttachment => {
    const id = snowflake();
    files.set(id, file);
    const url = `http://127.0.0.1:${twin.port}/files/${id}/${encodeURIComponent(file.name)}`;
    const about = file.about === undefined ? {} : { description: file.about };
    return { id, filename: file.name, size: file.bytes.length, url, proxy_url: url, content_type: file.type, ...about };
  };
  /** An edit names the attachments that stay; without a list all stay. */
  const attached = (old: APIAttachment[]): string => {
    const { listed, added = [] } = asked.getStore() ?? {};
    return JSON.stringify([...old.filter((it) => !listed || listed.some(({ id }) => String(id) === it.id)), ...added]);
  };
  (twin as Any).prisma = base.$extends({
    query: {
      message: {
        create: ({ args, query }: Any) => {
          const { user } = asked.getStore() ?? {};
          if ((args.data.flags ?? 0) & EPHEMERAL && user) owners.set(args.data.id, user);
          return query({ ...args, data: { attachments: attached([]), ...args.data } });
        },
        update: async ({ args, query }: Any) => {
          const old = await base.message.findUniqueOrThrow({ where: args.where });
          const flags = ((args.data.flags ?? 0) | (old.flags & EPHEMERAL)) & ~LOADING;
          return query({ ...args, data: { ...args.data, flags, attachments: attached(JSON.parse(old.attachments)) } });
        },
      },
    },
  });

  // The twin listens on every address and cannot be told otherwise.
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (this: net.Server, port: Any, done: Any) {
    return (listen as Any).call(this, port, "127.0.0.1", done);
  } as Any;
  await twin.start().finally(() => {
    net.Server.prototype.listen = listen;
  });
  const { app, httpServer, gateway } = (twin as Any).server as { app: Any; httpServer: http.Server; gateway: Any };
  const broadcast = gateway.broadcast.bind(gateway);
  let isDeaf = false;
  /** Events that nobody heard while the connection was down, which a resumed one hears. */
  const unheard: [string, unknown][] = [];
  gateway.wss.on("connection", (ws: Any) =>
    ws.on("message", (raw: Buffer) => {
      if (JSON.parse(String(raw)).op !== 6) return;
      const client = gateway.clients.find((it: Any) => it.ws === ws);
      client.identified = true;
      gateway.sendDispatch(client, "RESUMED", {});
      for (const event of unheard.splice(0)) gateway.sendDispatch(client, ...event);
    }),
  );
  let last: [string, object] | undefined;
  gateway.broadcast = (event: string, data: object) => {
    const all: [string, object] = [event, { ...data, ...asked.getStore()?.amend }];
    if (event === "INTERACTION_CREATE") last = all;
    if (isDeaf || !gateway.clients.some((it: Any) => it.identified)) unheard.push(all);
    else broadcast(...all);
  };

  const handle = (method: string, path: string, body?: unknown): Promise<Response> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    return app.handle(new Request(`http://127.0.0.1:${twin.port}/api/v10${path}`, { method, ...content }));
  };
  const commands = keepCommands();
  const bornOf = async (token: string | undefined): Promise<Date | undefined> =>
    (await base.interactionResponse.findUnique({ where: { interactionToken: token ?? "" } }))?.createdAt;

  /** What a deferred answer shows at once. */
  const showLoading = async (token: string, user: string | undefined, flags: number) => {
    const where = { interactionToken: token };
    const { channelId, applicationId } = await base.interactionResponse.findUniqueOrThrow({ where });
    const id = snowflake();
    if (flags & EPHEMERAL && user) owners.set(id, user);
    const shown = { id, channelId, authorId: twin.botUserId, flags: LOADING | flags, webhookId: applicationId, applicationId };
    await base.message.create({ data: shown });
    await base.interactionResponse.update({ where, data: { messageId: id } });
  };

  const answer = async (request: Request): Promise<Response> => {
    const call = await readCall(request);
    const { method, path, body } = call;
    const [, kind, id = "", token = ""] = path.split("/");
    if (kind === "files") return files.has(id) ? new Response(files.get(id)?.bytes as Any) : new Response("gone", { status: 404 });
    calls.push(call);
    const instead = (await before(call)) ?? refusal(call, { born: await bornOf(token), now: now(), sizeLimit });
    if (instead) return instead;
    const known = commands.answer(method, path, body);
    if (known) return json(known);
    if (path === "/users/@me/channels") {
      const had = await base.channel.findFirst({ where: { name: `dm ${body.recipient_id}` } });
      const channel = had ?? (await base.channel.create({ data: { id: snowflake(), type: 1, name: `dm ${body.recipient_id}` } }));
      return json({ id: channel.id, type: 1, recipients: [await (await handle("GET", `/users/${body.recipient_id}`)).json()] });
    }
    const nonce = body?.enforce_nonce ? `${id} ${body.nonce}` : undefined;
    const twice = nonce === undefined ? undefined : sent.get(nonce);
    if (twice && now() - twice.at < NONCE_MS) return handle("GET", `/channels/${id}/messages/${twice.id}`);
    const user = users.get(token);
    const store = { listed: call.listed, added: call.added.map(keepFile), user };
    const answered = await asked.run(store, () => handle(method, path + new URL(request.url).search, body));
    if (nonce !== undefined && answered.ok) sent.set(nonce, { at: now(), id: ((await answered.clone().json()) as { id: string }).id });
    if (kind === "interactions" && answered.ok && body.type === 5) await showLoading(token, user, body.data?.flags ?? 0);
    return answered;
  };
  httpServer.removeAllListeners("request").on("request", async (req, res) => {
    const answered = await answer(webRequest(req, twin.port)).catch((error: Error) => fault(500, 0, error.stack ?? error.message));
    res.writeHead(answered.status, Object.fromEntries(answered.headers)).end(Buffer.from(await answered.arrayBuffer()));
  });

  return {
    twin,
    /** What DISCORD_API_URL has to be. */
    apiUrl: twin.restUrl.replace(/\/v10$/, ""),
    calls,
    files,
    commands: commands.all,
    fault,
    /** A user does something: `amend` changes the event, as by `{ locale: "ko" }`. Returns the interaction. */
    act: async (
      interaction: { type: number; channelId: string; userId: string; data?: Record<string, unknown>; messageId?: string },
      amend: object = {},
    ): Promise<{ id: string; token: string }> => {
      const event = { attachment_size_limit: sizeLimit, ...amend };
      const sentNow = await asked.run({ amend: event }, () => twin.simulateInteraction(interaction));
      users.set(sentNow.token, interaction.userId);
      return sentNow;
    },
    /** A user writes; `amend` as above. */
    say: (message: { channelId: string; userId: string; content: string; attachments?: APIAttachment[] }, amend: object = {}): Promise<APIMessage> =>
      asked.run({ amend: { type: 0, ...amend } }, () => twin.simulateUserMessage(message)),
    upload: keepFile,
    /** The last interaction once more, as after a resumed connection. */
    repeat: () => last && broadcast(...last),
    /** Closes the gateway: 4000 lets the client resume, 4009 makes it log in anew, 4004 refuses its token. */
    drop: (code = 4000) => {
      for (const { ws } of [...gateway.clients]) ws.close(code);
    },
    /** Whether a client is connected and known. */
    isConnected: (): boolean => gateway.clients.some((it: Any) => it.identified),
    /** Loses the connection for as long as `work` takes, with what happens meanwhile. */
    offline: async (work: () => Promise<unknown>): Promise<void> => {
      isDeaf = true;
      try {
        await work();
      } finally {
        isDeaf = false;
        for (const { ws } of [...gateway.clients]) ws.close(4000);
      }
    },
    /** All messages of a channel that this user can see, oldest first. */
    messages: async (channel: string, user: string): Promise<APIMessage[]> => {
      const all = (await (await handle("GET", `/channels/${channel}/messages?limit=100`)).json()) as APIMessage[];
      return all.reverse().filter((it) => !((it.flags ?? 0) & EPHEMERAL) || owners.get(it.id) === user);
    },
    /** The message of a deferred answer, or that whose button was pressed. */
    originalOf: async (interaction: string): Promise<string | undefined> =>
      (await base.interactionResponse.findUnique({ where: { interactionId: interaction } }))?.messageId ?? undefined,
    /** How an interaction was acknowledged: the type and the data. */
    callbackOf: (interaction: string): Call["body"] => calls.find((it) => it.path.startsWith(`/interactions/${interaction}/`))?.body,
    /** The channel of a user's direct messages, once there is one. */
    directMessages: async (user: string): Promise<string | undefined> =>
      (await base.channel.findFirst({ where: { name: `dm ${user}` } }))?.id,
    removeMessage: (channel: string, message: string): Promise<Response> => handle("DELETE", `/channels/${channel}/messages/${message}`),
    stop: () => twin.stop(),
  };
};
export type DiscordDouble = Awaited<ReturnType<typeof startDiscord>>;
