import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api.ts";
import { attach, fileOf } from "./attach.ts";
import type { Chat } from "./chat.ts";
import type { Attachment } from "./state.ts";
import { useWords } from "./words.ts";

/** Whether the connection or the server failed; what was refused would be refused again. */
const isBroken = (error: Error): boolean => !(error instanceof ApiError) || error.status === 0 || error.status >= 500;

/** The files of the message being written, however they come: picked, dropped anywhere on the page, or pasted. */
export const useAttachments = (chat: Chat) => {
  const { t } = useWords();
  const [all, setAll] = useState<readonly Attachment[]>([]);
  const [dragging, setDragging] = useState(false);

  const upload = ({ error: _, retry: __, ...it }: Attachment) => {
    const become = (now: Attachment) => setAll((known) => known.map((one) => (one.key === it.key ? now : one)));
    become({ ...it, status: "uploading" });
    fileOf(it, chat.api).then(
      () => become({ ...it, status: "ready" }),
      (error: Error) =>
        become({ ...it, status: "failed", error: error.message, ...(isBroken(error) && { retry: true as const }) }),
    );
  };

  const add = (files: Iterable<File>) => {
    const fresh = [...files].map((it) => attach(it, chat.limits, t));
    setAll((known) => [...known, ...fresh]);
    for (const it of fresh) if (it.status === "uploading") upload(it);
  };

  // What broke off while the server was away goes on when it is back.
  useEffect(() => {
    if (chat.state.online) for (const it of all) if (it.retry) upload(it);
  }, [chat.state.online]);

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
    upload,
    remove: (it: Attachment) => setAll((known) => known.filter((one) => one.key !== it.key)),
    clear: () => setAll([]),
  };
};
