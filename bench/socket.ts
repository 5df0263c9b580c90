import { randomUUID } from "node:crypto";
import type { Outcome, Peer } from "../src/chat/request.ts";
import { call } from "../src/chat/terminal/client.ts";
import type { Message } from "../src/chat/web/message.ts";
import type { FileRef } from "../src/files.ts";

/** What peers do at the socket file of a Peerlab. Each call fails with `Unreachable` while nobody listens there. */
export const openSocket = (socket: string) => {
  const as = (user: Peer) => `user=${encodeURIComponent(JSON.stringify(user))}`;
  const json = async <T>(...given: [method: "GET" | "POST", path: string, sent?: object]): Promise<T> => {
    const { status, body } = await call(socket, ...given);
    const answer = JSON.parse(body.toString()) as T & { error?: string };
    if (status !== 200) throw new Error(`${given[0]} ${given[1].split("?")[0]} answered ${status}: ${answer.error}`);
    return answer;
  };
  return {
    upload: async (user: Peer, bytes: Uint8Array, name: string): Promise<FileRef> => {
      const form = new FormData();
      form.append("files", new Blob([Uint8Array.from(bytes)]), name);
      return (await json<{ files: [FileRef] }>("POST", `/api/upload?${as(user)}`, form)).files[0];
    },
    /** Resolves with its id when the request is accepted. */
    send: async (user: Peer, input: string, files: readonly FileRef[], id: string = randomUUID()): Promise<string> => {
      await json("POST", "/api/ask", { id, channel: "general", user, lang: "en", input, files });
      return id;
    },
    outcome: (id: string, user: Peer, seconds: number): Promise<Outcome> =>
      json("GET", `/api/requests/${id}?wait=${seconds}&${as(user)}`),
    /** The newest messages before one, oldest first. */
    history: async (user: Peer, before?: string): Promise<Message[]> => {
      const path = `/api/channels/general/messages?${as(user)}${before ? `&before=${before}` : ""}`;
      return (await json<{ messages: Message[] }>("GET", path)).messages;
    },
    isUp: (): Promise<boolean> =>
      call(socket, "GET", "/healthz").then(
        ({ status }) => status === 200,
        () => false,
      ),
  };
};
export type Socket = ReturnType<typeof openSocket>;
