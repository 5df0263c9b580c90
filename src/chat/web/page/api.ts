import type { ThumbnailKind } from "../../../blobs/thumbnails.ts";
import type { FileRef } from "../../../files.ts";
import type { Language } from "../../../text.ts";
import type { Choice } from "../../options.ts";
import type { Outcome, Peer, Pressable } from "../../request.ts";
import type { DescribedCommand } from "../describe.ts";
import type { Message } from "../message.ts";
import { newId } from "./newId.ts";

export interface Channel {
  id: string;
  name: string;
}
export interface Limits {
  imageMb: number;
  fileMb: number;
}

/** An option that is being typed, with the other options of its command as far as they are given. */
interface SuggestionWanted {
  command: string;
  option: string;
  typed: string;
  channel: string;
  given: Readonly<Record<string, string>>;
}

/** The server's own sentence about what was wrong; status 0 when it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(message: string, status: number, code: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The server, as functions. Errors come in the asker's language. */
export const openApi = (lang: Language, unreachable: string) => {
  const call = async <T>(path: string, body?: object | FormData): Promise<T> => {
    const headers = {
      "accept-language": lang,
      ...(body && !(body instanceof FormData) && { "content-type": "application/json" }),
    };
    const sent = body instanceof FormData ? body : JSON.stringify(body);
    const response = await fetch(`/api/${path}`, body ? { method: "POST", headers, body: sent } : { headers }).catch(() => {
      throw new ApiError(unreachable, 0, "unreachable");
    });
    const json = await response.json().catch(() => ({}));
    if (!response.ok) throw new ApiError(json.error ?? `${response.status}`, response.status, json.code ?? "");
    return json;
  };
  return {
    logIn: (token: string) => call("login", { token }),
    me: async () => (await call<{ user: Peer | null }>("me")).user,
    nameMe: async (name: string) => (await call<{ user: Peer }>("me", { name })).user,
    commands: () => call<{ commands: DescribedCommand[]; limits: Limits }>("commands"),
    channels: async () => (await call<{ channels: Channel[] }>("channels")).channels,
    openChannel: async (name: string) => (await call<{ channel: Channel }>("channels", { name })).channel,
    history: async (channel: string, before?: string) =>
      (
        await call<{ messages: Message[] }>(
          `channels/${encodeURIComponent(channel)}/messages${before ? `?before=${encodeURIComponent(before)}` : ""}`,
        )
      ).messages,
    search: async (channel: string, text: string) => {
      const query = new URLSearchParams({ text });
      return (await call<{ messages: Message[] }>(`channels/${encodeURIComponent(channel)}/search?${query}`)).messages;
    },
    upload: async (file: File): Promise<FileRef> => {
      const form = new FormData();
      form.append("files", file, file.name);
      const { files } = await call<{ files: [FileRef] }>("upload", form);
      return files[0];
    },
    ask: (it: { id: string; channel: string; input: string; files: readonly FileRef[]; replyTo?: string }) =>
      call<{ message: Message }>("ask", { ...it, lang }),
    say: (it: { id: string; channel: string; text: string; files: readonly FileRef[]; replyTo?: string }) =>
      call<{ message: Message }>("say", it),
    press: ({ id, delivery }: Pick<Message, "id" | "delivery">, pressed: Pressable) =>
      call<{ message: Message }>("press", { id: newId(), message: id, delivery, ...pressed, lang }),
    /** What only whoever pressed looks at; resolves when it is made. */
    look: async ({ id, delivery }: Message, pressed: Pressable): Promise<Outcome> => {
      const { request } = await call<{ request: string }>("look", { id: newId(), message: id, delivery, ...pressed, lang });
      for (;;) {
        const outcome = await call<Outcome>(`requests/${request}?wait=25`);
        if (outcome.status !== "waiting") return outcome;
      }
    },
    cancel: (request: string) => call<{ cancelled: boolean }>(`requests/${request}/cancel`, {}),
    suggest: async ({ given, ...wanted }: SuggestionWanted) => {
      const query = new URLSearchParams({ ...wanted, given: JSON.stringify(given), lang });
      return (await call<{ choices: Choice[] }>(`suggest?${query}`)).choices;
    },
  };
};
export type Api = ReturnType<typeof openApi>;

/** Where a stored file can be seen, or taken home with `download`. */
export const blobUrl = ({ blob, name }: FileRef, download = false): string =>
  `/api/blobs/${blob}?name=${encodeURIComponent(name)}${download ? "&download" : ""}`;

/** Where a small copy of a picture can be seen. */
export const smallUrl = ({ blob, name }: FileRef, kind: ThumbnailKind): string =>
  `/api/blobs/${blob}/${kind}?name=${encodeURIComponent(name)}`;
