import { useEffect, useState } from "preact/hooks";
import { attach, fileOf } from "./attach.ts";
import type { Chat } from "./chat.ts";
import type { Attachment } from "./state.ts";
import { useWords } from "./words.ts";

/** The files of the message being written, however they come: picked, dropped anywhere on the page, or pasted. */
export const useAttachments = (chat: Chat) => {
  const { t } = useWords();
  const [all, setAll] = useState<readonly Attachment[]>([]);
  const [dragging, setDragging] = useState(false);

  const add = (files: Iterable<File>) => {
    const fresh = [...files].map((it) => attach(it, chat.limits, t));
    setAll((known) => [...known, ...fresh]);
    const become = (key: string, change: Partial<Attachment>) =>
      setAll((known) => known.map((it) => (it.key === key ? { ...it, ...change } : it)));
    for (const it of fresh) {
      if (it.status === "failed") continue;
      fileOf(it, chat.api).then(
        () => become(it.key, { status: "ready" }),
        (error: Error) => become(it.key, { status: "failed", error: error.message }),
      );
    }
  };

  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragging(false);
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setDragging(false);
      add(event.dataTransfer?.files ?? []);
    };
    const paste = (event: ClipboardEvent) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      add(files);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
      removeEventListener("paste", paste);
    };
  });

  return {
    all,
    dragging,
    add,
    remove: (it: Attachment) => setAll((known) => known.filter((one) => one.key !== it.key)),
    clear: () => setAll([]),
  };
};
