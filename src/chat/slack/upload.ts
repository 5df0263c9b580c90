import { setTimeout } from "node:timers/promises";
import type { FileRef } from "../../files.ts";
import type { SlackApi } from "./api.ts";

/** Slack's image blocks show these; other pictures are posted as files. */
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif"]);
export const isShown = ({ type }: FileRef): boolean => SHOWN.has(type);

/** An upload is complete before Slack knows what it is; until then no message may show it. */
const READY_TRIES = 8;
const READY_MS = 150;

interface Parts {
  api: SlackApi;
  /** The bytes of a file that a delivery shows. */
  read(file: FileRef): Promise<Buffer>;
  signal: AbortSignal;
}

/** What the library's answer says of an uploaded file: it nests the answers of Slack's two calls. */
const idOf = (result: unknown): string => {
  const { files } = result as { files?: readonly { id?: string; files?: readonly { id?: string }[] }[] };
  const id = files?.[0]?.files?.[0]?.id ?? files?.[0]?.id;
  if (!id) throw new Error("Expected the id of the file that was uploaded; Slack gave none");
  return id;
};

/**
 * Uploads a picture that a message is to show, and waits until Slack knows what it is. It is in no channel: the message that shows it is
 * what lets others see it, so that no membership is needed, and words, picture and buttons are one message that can be edited.
 */
export const uploadShown = async (file: FileRef, { api, read, signal }: Parts): Promise<string> => {
  const bytes = await read(file);
  const upload = { file: bytes, filename: file.name, ...(file.alt && { alt_text: file.alt.slice(0, 1000) }) };
  const id = idOf(await api.call((client) => client.filesUploadV2(upload)));
  for (let tries = 0; tries < READY_TRIES; tries++) {
    const { file: known } = await api.call((client) => client.files.info({ file: id }));
    if (known?.mimetype) return id;
    await setTimeout(READY_MS * 2 ** tries, undefined, { signal, ref: false });
  }
  return id;
};

/** Posts a file into a conversation, below a message; its id. Needs the bot to be a member. */
export const share = async (
  file: FileRef,
  { channel, thread }: { channel: string; thread: string },
  { api, read }: Omit<Parts, "signal">,
): Promise<string> => {
  const upload = { file: await read(file), filename: file.name, channel_id: channel, thread_ts: thread };
  const described = file.alt ? { ...upload, alt_text: file.alt.slice(0, 1000) } : upload;
  return idOf(await api.call((client) => client.filesUploadV2(described)));
};
