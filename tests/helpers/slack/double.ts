import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { type Envelope, openBotSockets } from "./botSockets.ts";
import { type Call, readCall } from "./calls.ts";
import { type LocalSlack, type SlackConfig, startLocalSlack } from "./localSlack.ts";
import { openWorld } from "./world.ts";

/** A message as everybody who may see it sees it. */
export interface SlackSeen {
  ts: string;
  channel: string;
  user: string;
  text: string;
  thread_ts?: string;
  blocks?: SlackBlock[];
  files?: { id: string; name: string; size: number; url_private: string; mimetype: string; alt_txt?: string }[];
  /** Seen by this user only. */
  ephemeral_to?: string;
  metadata?: { event_payload?: { delivery?: string; part?: number; files?: string; waiting?: boolean } };
}
export interface SlackBlock {
  type: string;
  text?: { type: string; text: string };
  elements?: { type: string; text?: { text: string } | string; action_id?: string; value?: string }[];
  slack_file?: { id: string };
  alt_text?: string;
}

/** The same command for all, with which the double gets a trigger and a response_url of local-slack's. */
const TRIGGER = "/trigger-of-the-double";

interface Options {
  config: SlackConfig;
  /** Sees each request of the bot first, and may answer it: `{ ok: false, error: "not_in_channel" }`, or a Response. */
  before?(call: Call): object | Response | undefined | Promise<object | Response | undefined>;
  now?(): number;
  /** In HTTP mode: where the bot listens, as `requestUrl` in the config says too. */
  botPort?: number;
}

/**
 * A Slack on loopback: local-slack, reached through a relay of ours that adds what it lacks: message shortcuts, option suggestions, locales,
 * administrators, members, metadata, the limits of blocks, redelivery, disconnects, deadlines, the five uses of a response_url, and faults
 * on demand. Nothing listens beyond 127.0.0.1.
 */
export const startSlack = async ({ config, before = () => undefined, now = Date.now, botPort = 0 }: Options) => {
  const calls: Call[] = [];
  const world = openWorld(config, now);
  let local: LocalSlack;
  let last: Envelope | undefined;
  let count = 0;
  const triggers: ((payload: Record<string, string>) => void)[] = [];
  const team = { id: config.workspace.teamId };

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const call = readCall(request, body);
    const ours = call.path.startsWith("/_control");
    if (!ours) calls.push(call);
    const token = request.headers.authorization?.replace("Bearer ", "") ?? call.params["token"];
    const wanted = call.method === "apps.connections.open" ? config.app.appToken : config.app.botToken;
    const isUnknown = call.path.startsWith("/api/") && token !== wanted && { ok: false, error: "invalid_auth" };
    const instead = ours ? undefined : ((await before(call)) ?? (isUnknown || world.instead(call)));
    if (instead) {
      const said = instead instanceof Response ? instead : Response.json(instead);
      response.writeHead(said.status, Object.fromEntries(said.headers)).end(Buffer.from(await said.arrayBuffer()));
      return;
    }
    const said = await local.forward(request.method ?? "GET", call.path, request.headers, body);
    if (!call.path.startsWith("/api/")) {
      response.writeHead(said.status, said.headers).end(said.body);
      return;
    }
    const complete = JSON.stringify(world.complete(call, JSON.parse(said.body.toString())));
    response.writeHead(said.status, { "content-type": "application/json" }).end(complete);
  };
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  local = await startLocalSlack(config, port, botPort);

  const sockets = openBotSockets(server, (envelope) => {
    const trigger = envelope.payload["trigger_id"];
    if (typeof trigger === "string") world.bear(trigger);
    last = envelope;
  });
  /** local-slack's one socket: it always stands, because local-slack drops what nobody is there to hear, where Slack sends it again. */
  const listen = async (): Promise<WebSocket> => {
    const headers = { authorization: `Bearer ${config.app.appToken}` };
    const { body } = await local.forward("POST", "/api/apps.connections.open", headers);
    const { url } = JSON.parse(body.toString()) as { url: string };
    const socket = new WebSocket(`ws+unix:${local.socketPath}:${new URL(url).pathname}`);
    socket.on("message", (raw) => {
      const envelope = JSON.parse(String(raw)) as Envelope;
      if (!envelope.envelope_id) return;
      socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
      if (envelope.payload["command"] === TRIGGER) triggers.shift()?.(envelope.payload as Record<string, string>);
      else void sockets.deliver(envelope);
    });
    await once(socket, "open");
    return socket;
  };
  const listening = config.app.mode === "socket" ? await listen() : undefined;

  const control = async (path: string, body: object | FormData): Promise<Record<string, unknown>> => {
    const isForm = body instanceof FormData;
    const headers: Record<string, string> = isForm ? {} : { "content-type": "application/json" };
    const sent = { method: "POST", headers, body: isForm ? body : JSON.stringify(body) };
    return (await (await fetch(`http://127.0.0.1:${port}/_control/${path}`, sent)).json()) as Record<string, unknown>;
  };
  /** Any envelope, over a socket of the bot's; resolves with what the bot acknowledged it with. */
  const send = (type: string, payload: object, more: object = {}): Promise<unknown> =>
    sockets.deliver({ envelope_id: `ours-${++count}`, type, payload: payload as Envelope["payload"], ...more });
  /** A trigger and a response_url that local-slack itself gave out. */
  const trigger = async (user: string, channel: string) => {
    const given = new Promise<Record<string, string>>((resolve) => triggers.push(resolve));
    await control("command", { channel, user, command: TRIGGER });
    const { trigger_id = "", response_url = "" } = await given;
    return { trigger_id, response_url };
  };
  const interact = async (user: string, channel: string, more: object): Promise<unknown> =>
    send("interactive", {
      user: { id: user, team_id: team.id },
      team,
      channel: { id: channel },
      ...(await trigger(user, channel)),
      ...more,
    });

  const messages = async (channel: string): Promise<SlackSeen[]> => {
    const { body } = await local.forward("GET", `/_control/messages/${channel}`);
    const seen = (JSON.parse(body.toString()).messages ?? []) as SlackSeen[];
    return seen.map((it) => ({ ...it, metadata: world.metadataOf(channel, it.ts) as SlackSeen["metadata"] }) as SlackSeen);
  };

  return {
    ...{ apiUrl: `http://127.0.0.1:${port}/api/`, config, calls, world, sockets, control, send, messages },
    acks: sockets.acks,
    /** A slash command; resolves with its trigger once the bot has acknowledged it. */
    command: async ({
      user,
      channel,
      command,
      text = "",
      ...more
    }: {
      user: string;
      channel: string;
      command: string;
      text?: string;
      channel_name?: string;
    }) => {
      const payload = {
        command,
        text,
        team_id: team.id,
        channel_id: channel,
        user_id: user,
        ...(await trigger(user, channel)),
        ...more,
      };
      await send("slash_commands", payload);
      return payload;
    },
    /** A message with a file or several; the message as local-slack keeps it. */
    upload: async (fields: Record<string, string>, files: readonly File[]): Promise<SlackSeen> => {
      const form = new FormData();
      for (const [key, value] of Object.entries(fields)) form.set(key, value);
      for (const file of files) form.append("file", file, file.name);
      return (await control("upload", form))["message"] as SlackSeen;
    },
    say: async (fields: { user: string; channel: string; text: string; thread_ts?: string }): Promise<SlackSeen> => {
      return (await control("message", fields))["message"] as SlackSeen;
    },
    shortcut: ({
      user,
      channel,
      message,
      callback_id,
    }: {
      user: string;
      channel: string;
      message: object & { ts: string };
      callback_id: string;
    }) => interact(user, channel, { type: "message_action", callback_id, message, message_ts: message.ts }),
    /** A press of a button of a message; `more` is put over the payload. */
    press: (
      {
        user,
        channel,
        message,
        action,
      }: {
        user: string;
        channel: string;
        message: SlackSeen;
        action: { action_id?: string; value?: string; type?: string; selected_option?: object | undefined };
      },
      more: object = {},
    ) =>
      interact(user, channel, {
        ...{ type: "block_actions", actions: [{ type: "button", action_ts: String(now()), ...action }], message },
        container: {
          type: "message",
          channel_id: channel,
          message_ts: message.ts,
          is_ephemeral: message.ephemeral_to !== undefined,
        },
        ...more,
      }),
    suggest: (user: string, view: object, action_id: string, value: string) =>
      send("interactive", { type: "block_suggestion", action_id, block_id: action_id, value, view, user: { id: user }, team }),
    /** Fills in the modal that was opened last. */
    submit: async (user: string, values: object): Promise<void> => {
      const page = new WebSocket(`ws+unix:${local.socketPath}:/ui`);
      await once(page, "open");
      page.send(JSON.stringify({ t: "view_submit", user, values }));
      page.close();
    },
    /** The last event once more, as Slack sends it when an acknowledgement was late. */
    repeat: () => {
      if (!last) throw new Error("Expected an event to repeat");
      return send(last.type, last.payload, { retry_attempt: 1, retry_reason: "timeout" });
    },
    fileSize: async (id: string): Promise<number> => {
      const headers = { authorization: `Bearer ${config.app.botToken}`, "content-type": "application/x-www-form-urlencoded" };
      const { body } = await local.forward("POST", "/api/files.info", headers, Buffer.from(`file=${id}`));
      return (JSON.parse(body.toString()).file?.size ?? -1) as number;
    },
    /** The bytes of a file that is there. */
    file: async (id: string): Promise<Buffer> => {
      const authorization = `Bearer ${config.app.botToken}`;
      const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
      const { body } = await local.forward("POST", "/api/files.info", headers, Buffer.from(`file=${id}`));
      const { pathname } = new URL(JSON.parse(body.toString()).file.url_private);
      return (await local.forward("GET", pathname, { authorization })).body;
    },
    stop: async () => {
      listening?.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
      await local.stop();
    },
  };
};
export type SlackDouble = Awaited<ReturnType<typeof startSlack>>;
