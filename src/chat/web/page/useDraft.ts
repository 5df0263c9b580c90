import { useEffect } from "preact/hooks";
import { recallDraft, rememberDraft } from "./settings.ts";

/** Keeps what is being written in a channel: `restore` is called with it when one comes back, empty where nothing was begun. */
export const useDraft = (channel: string, text: string, restore: (draft: string) => void): void => {
  useEffect(() => restore(recallDraft(channel)), [channel]);
  useEffect(() => rememberDraft(channel, text), [text]);
};
