import type { Removed } from "../../store/deliveries.ts";
import { persistently } from "../persistently.ts";
import type { SlackApi } from "./api.ts";
import { EPHEMERAL } from "./ephemeral.ts";
import { codeOf, handlingOf } from "./errors.ts";
import { findShown } from "./found.ts";
import type { Slack } from "./slack.ts";

/** Whether Slack says that what is to be looked at or removed is not there any more. */
export const isGone = (error: unknown): boolean =>
  /^(message_not_found|file_not_found|file_deleted|thread_not_found)$/.test(codeOf(error));

/** Deletes files from Slack; those that are gone already are fine. */
export const removeFiles = async (api: SlackApi, files: readonly string[]): Promise<void> => {
  for (const file of files) {
    await api
      .call((client) => client.files.delete({ file }))
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
  }
};

/** Takes off Slack what the bot had sent and nobody keeps any more: its messages, those below, and their files. */
export const eraseFromSlack = async (
  removed: readonly Removed[],
  { api, log, signal }: Pick<Slack, "api" | "log" | "signal">,
): Promise<void> => {
  for (const { id, place, externalId: ts } of removed) {
    // Nobody can take back what only one person saw: Slack itself forgets it with their session.
    if (place.adapter !== "slack" || ts === EPHEMERAL) continue;
    const { channel } = place;
    const erase = async () => {
      const found = await findShown(api, id, place, ts).catch((error: unknown) => {
        if (isGone(error)) return [];
        throw error;
      });
      await removeFiles(
        api,
        found.flatMap((it) => it.files),
      );
      for (const old of new Set([...found.filter((it) => it.part > 0).map((it) => it.ts), ts])) {
        await api
          .call((client) => client.chat.delete({ channel, ts: old }))
          .catch((error: unknown) => {
            if (!isGone(error)) throw error;
          });
      }
    };
    try {
      await persistently(signal, erase, (error) => handlingOf(error) === "retry");
    } catch (err) {
      if (!signal.aborted)
        log.error({ err, adapter: "slack", delivery: id }, "a message that was to go could not be deleted from Slack");
    }
  }
};
