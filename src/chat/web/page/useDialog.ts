import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A dialog over the whole page, open from the first. Escape and Back close it: it has an entry of its own in the history. */
export const useDialog = (): RefObject<HTMLDialogElement | null> => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    window.history.pushState({ lightbox: true }, "");
    const back = () => dialog.current?.close();
    addEventListener("popstate", back);
    return () => {
      removeEventListener("popstate", back);
      if (window.history.state?.lightbox) window.history.back();
    };
  }, []);
  return dialog;
};
