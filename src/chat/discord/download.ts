import type { APIAttachment } from "discord.js";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import type { Bot } from "../bot.ts";
import type { Peer } from "../request.ts";

interface Parts {
  bot: Pick<Bot, "upload" | "mayUpload">;
  signal: AbortSignal;
}

/** What we need to know of a file on Discord. */
export type DiscordFile = Pick<APIAttachment, "id" | "filename" | "size" | "url" | "content_type">;

/** A picture by what Discord says of it; what it really is, its bytes say later. */
export const isPicture = ({ content_type, filename }: DiscordFile): boolean =>
  content_type?.startsWith("image/") ?? /\.(png|jpe?g|gif|webp|avif|hei[cf]|bmp|tiff?)$/i.test(filename);

const download = async (user: Peer, file: DiscordFile, { bot, signal }: Parts): Promise<FileRef> => {
  const response = await fetch(file.url, { signal });
  if (response.ok && response.body) return bot.upload(user, response.body, file.filename);
  await response.body?.cancel();
  // A link that has expired, or a file that was deleted meanwhile.
  if (response.status === 403 || response.status === 404) throw new UserError("discord_file_gone", { name: file.filename });
  throw new Error(`Discord answered ${response.status} for a file`);
};

/** Fetches files from Discord and stores them, as this person's uploads; at once, because their links expire. */
export const downloadAll = async (user: Peer, files: readonly DiscordFile[], parts: Parts): Promise<FileRef[]> => {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > 0) await parts.bot.mayUpload(user, bytes);
  const got: FileRef[] = [];
  // One after the other, so that no more than one of a person's is in memory.
  for (const file of files) got.push(await download(user, file, parts));
  return got;
};
