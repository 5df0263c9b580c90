import type { Call } from "./calls.ts";
import type { SlackConfig } from "./localSlack.ts";
import { refusalOf } from "./validation.ts";

const TRIGGER_MS = 3000;
const URL_USES = 5;

type Said = Record<string, unknown> & { ok?: boolean };
interface Message {
  ts: string;
  channel?: string;
  metadata?: unknown;
}

/** What local-slack does not know of its workspace: locales, administrators, members, archives, metadata, deadlines, and five uses of a url. */
export const openWorld = (config: SlackConfig, now: () => number) => {
  const locales = new Map<string, string>();
  const administrators = new Set<string>();
  const archived = new Set<string>();
  const members = new Map(config.channels.map((it) => [it.id, new Set(it.members)]));
  const metadata = new Map<string, unknown>();
  const born = new Map<string, number>();
  const uses = new Map<string, number>();
  const channelOf = (id: unknown) => config.channels.find((it) => it.id === id);
  const isMember = (id: unknown) => !channelOf(id) || members.get(String(id))?.has(config.app.botUserId);

  const membership = ({ method, params }: Call): string | undefined => {
    const channel = channelOf(params["channel"] ?? params["channel_id"]);
    if (!channel) return undefined;
    const speaks = /^(chat\.(postMessage|postEphemeral|update)|files\.completeUploadExternal)$/.test(method);
    if (speaks && archived.has(channel.id)) return "is_archived";
    if (isMember(channel.id)) return undefined;
    if (channel.is_private && method !== "conversations.join") return "channel_not_found";
    return speaks || /^conversations\.(history|replies)$/.test(method) ? "not_in_channel" : undefined;
  };

  const join = ({ params }: Call): Said => {
    const channel = channelOf(params["channel"]);
    if (!channel) return { ok: false, error: "channel_not_found" };
    if (channel.is_private) return { ok: false, error: "method_not_supported_for_channel_type" };
    members.get(channel.id)?.add(config.app.botUserId);
    return { ok: true, channel: { id: channel.id } };
  };

  return {
    ...{ locales, administrators, archived, members },
    /** Notes when a trigger was given out. */
    bear: (trigger: string): void => void born.set(trigger, now()),
    /** What Slack would answer in the place of local-slack. */
    instead: (call: Call): Said | Response | undefined => {
      const { path, method, params } = call;
      if (method === "views.open" && now() - (born.get(String(params["trigger_id"])) ?? 0) > TRIGGER_MS)
        return { ok: false, error: "expired_trigger_id" };
      if (path.startsWith("/_hooks/response/")) {
        uses.set(path, (uses.get(path) ?? 0) + 1);
        return (uses.get(path) ?? 0) > URL_USES ? new Response("used_url", { status: 404 }) : undefined;
      }
      if (method === "conversations.join") return join(call);
      const error = membership(call);
      return error ? { ok: false, error } : refusalOf(call);
    },
    /** What local-slack answered, with what it left out. */
    complete: ({ method, params }: Call, said: Said): Said => {
      if (method === "users.info" && said["user"]) {
        const user = said["user"] as { id: string; locale?: string; is_admin?: boolean };
        if (params["include_locale"]) user.locale = locales.get(user.id) ?? "en-US";
        user.is_admin = administrators.has(user.id);
      }
      if (/^chat\.(postMessage|update)$/.test(method) && said.ok && params["metadata"])
        metadata.set(`${params["channel"]} ${said["ts"]}`, params["metadata"]);
      if (/^conversations\.(history|replies)$/.test(method) && params["include_all_metadata"])
        for (const message of (said["messages"] as Message[] | undefined) ?? []) {
          const own = metadata.get(`${params["channel"]} ${message.ts}`);
          if (own) message.metadata = own;
        }
      return said;
    },
    metadataOf: (channel: string, ts: string): unknown => metadata.get(`${channel} ${ts}`),
  };
};
