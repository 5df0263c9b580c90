import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";
import type { Bot } from "../bot.ts";
import type { Peer } from "../request.ts";
import type { SlackApi } from "./api.ts";
import { codeOf, handlingOf, SlackRefusal } from "./errors.ts";
import type { SlackFile } from "./payload.ts";

/** A file that was named, and how it is got. */
interface Parts {
  api: SlackApi;
  bot: Pick<Bot, "upload" | "mayUpload">;
  signal: AbortSignal;
}

const nameOf = ({ name, id }: SlackFile): string => name || id;
/** A picture by what Slack says of it; what it really is, its bytes say later. */
export const isPicture = ({ mimetype }: SlackFile): boolean => mimetype?.startsWith("image/") ?? false;

/** Where the bytes are. A file of a shared channel is only named in the event, and described by `files.info`. */
const described = async (api: SlackApi, file: SlackFile): Promise<SlackFile> => {
  if (file.url_private_download || file.url_private) return file;
  try {
    const { file: found } = await api.call((client) => client.files.info({ file: file.id }));
    return { ...file, ...(found as SlackFile | undefined) };
  } catch (error) {
    if (codeOf(error) === "request" || handlingOf(error) === "token") throw error;
    throw new UserError("slack_file_hidden", { name: nameOf(file) }, { cause: error });
  }
};

/** The beginning of a page where a file should be. */
const isPage = (head: Uint8Array): boolean =>
  /^\s*<(?:!doctype html|html|head)/i.test(new TextDecoder("latin1").decode(head.subarray(0, 200)));

/** The bytes as they come, unless they begin like a page: a missing scope is answered with 200 and Slack's login page. */
async function* checked(body: AsyncIterable<Uint8Array>, file: SlackFile): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const part of body) {
    if (isFirst && isPage(part) && !file.mimetype?.startsWith("text/"))
      throw new UserError("slack_login_page", { name: nameOf(file) });
    isFirst = false;
    yield part;
  }
}

/** Fetches a file from Slack and stores it, as this person's upload. */
export const download = async (user: Peer, named: SlackFile, { api, bot, signal }: Parts): Promise<FileRef> => {
  const file = await described(api, named);
  const url = file.url_private_download ?? file.url_private;
  // Our token goes to nobody but Slack.
  if (!url || !api.isOwnHost(url)) throw new UserError("slack_file_hidden", { name: nameOf(file) });
  if (file.size) await bot.mayUpload(user, file.size);
  const response = await fetch(url, { headers: { authorization: `Bearer ${api.token}` }, signal });
  const type = response.headers.get("content-type") ?? "";
  if (response.status === 401 || response.status === 403 || response.status === 404) {
    await response.body?.cancel();
    throw new UserError("slack_file_hidden", { name: nameOf(file) });
  }
  if (response.ok && type.startsWith("text/html") && !file.mimetype?.startsWith("text/")) {
    await response.body?.cancel();
    throw new UserError("slack_login_page", { name: nameOf(file) });
  }
  if (!response.ok || !response.body) throw new SlackRefusal(`http_${response.status}`);
  return bot.upload(user, checked(response.body, file), nameOf(file));
};

/** Several files, one after the other, so that no more than one of a person's is in memory. */
export const downloadAll = async (user: Peer, files: readonly SlackFile[], parts: Parts): Promise<FileRef[]> => {
  const got: FileRef[] = [];
  for (const file of files) got.push(await download(user, file, parts));
  return got;
};
